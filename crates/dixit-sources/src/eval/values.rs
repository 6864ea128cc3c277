//! Fields of one value: speaker, date, language, kind.

use dixit::{Person, Statement, StatementDate};
use serde::Serialize;

use super::{GoldRow, Ledger, Mistake, basis, folded, share};

/// How a field of one value came out.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct ValueScore {
    /// Rows that say what it is, or that there is none.
    pub gold: u64,
    /// Right: the value, or nothing where there is none. A date is also right that is more precise than the
    /// gold, and a speaker who is named shorter or longer.
    pub right: u64,
    /// Another value than the gold has.
    pub wrong: u64,
    /// Nothing, where the gold has a value.
    pub missing: u64,
    /// A value, where the gold has none.
    pub invented: u64,
    /// Less precise than the gold, and within that right: a month for a day.
    pub coarse: u64,
    /// Right ones among the rows.
    pub accuracy: f64,
    /// Values that would be shown as facts.
    pub sure: u64,
    /// Those of them that are right.
    pub sure_right: u64,
    /// Those of them that are wrong or invented.
    pub sure_wrong: u64,
}

/// How a value compares with the gold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Right,
    Wrong,
    Missing,
    Invented,
    Coarse,
}

#[derive(Default)]
pub(super) struct Tally {
    scores: [Option<ValueScore>; 4],
}

const FIELDS: [&str; 4] = ["speaker", "date", "language", "kind"];

impl Tally {
    pub(super) fn add(&mut self, row: &GoldRow, statement: &Statement, ledger: &mut Ledger) {
        if let Some(gold) = &row.speaker {
            // A country alone is nobody.
            let named =
                |person: Option<&Person>| person.filter(|person| person.label().is_some()).cloned();
            let (gold, found) = (named(gold.as_ref()), named(statement.speaker.as_ref()));
            let outcome = compare(gold.as_ref(), found.as_ref(), |gold, found| {
                match is_called(gold, found) {
                    true => Outcome::Right,
                    false => Outcome::Wrong,
                }
            });
            let said = |person: Option<Person>| {
                person.and_then(|person| person.label().map(str::to_owned)).unwrap_or_default()
            };
            self.put(0, outcome, said(gold), said(found), row, statement, ledger);
        }
        if let Some(gold) = row.date {
            let outcome =
                compare(gold.as_ref(), statement.date.as_ref(), |gold, found| on(*gold, *found));
            let said =
                |date: Option<StatementDate>| date.map(|date| date.to_string()).unwrap_or_default();
            self.put(1, outcome, said(gold), said(statement.date), row, statement, ledger);
        }
        let same = |gold: &String, found: &String| match gold == found {
            true => Outcome::Right,
            false => Outcome::Wrong,
        };
        if let Some(gold) = &row.language {
            let primary =
                |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
            let (gold, found) = (primary(gold), statement.language.as_deref().map(primary));
            let outcome = compare(Some(&gold), found.as_ref(), same);
            self.put(2, outcome, gold, found.unwrap_or_default(), row, statement, ledger);
        }
        if let Some(gold) = row.kind {
            let (gold, found) = (gold.to_string(), statement.kind.to_string());
            let outcome = compare(Some(&gold), Some(&found), same);
            self.put(3, outcome, gold, found, row, statement, ledger);
        }
    }

    #[allow(clippy::too_many_arguments, reason = "what there is to tell of one comparison")]
    fn put(
        &mut self,
        place: usize,
        outcome: Outcome,
        expected: String,
        found: String,
        row: &GoldRow,
        statement: &Statement,
        ledger: &mut Ledger,
    ) {
        let field = FIELDS[place];
        let (basis, confidence, rule) = basis(statement, field);
        let has_value = !found.is_empty();
        let is_sure = has_value && basis.is_some_and(dixit::Basis::is_fact);
        let score = self.scores[place].get_or_insert_default();
        score.gold += 1;
        let is_right = matches!(outcome, Outcome::Right | Outcome::Coarse);
        match outcome {
            Outcome::Right => score.right += 1,
            Outcome::Wrong => score.wrong += 1,
            Outcome::Missing => score.missing += 1,
            Outcome::Invented => score.invented += 1,
            Outcome::Coarse => score.coarse += 1,
        }
        score.sure += u64::from(is_sure);
        score.sure_right += u64::from(is_sure && is_right);
        score.sure_wrong += u64::from(is_sure && !is_right);
        if has_value {
            ledger.count(field, confidence, is_right);
        }
        if outcome != Outcome::Right {
            let row = row.id.clone();
            ledger.tell(|| Mistake { row, field, expected, found, rule, is_sure }, field);
        }
    }

    pub(super) fn scores(self) -> [Option<ValueScore>; 4] {
        self.scores.map(|score| {
            score.map(|score| ValueScore { accuracy: share(score.right, score.gold), ..score })
        })
    }
}

fn compare<T>(gold: Option<&T>, found: Option<&T>, with: impl Fn(&T, &T) -> Outcome) -> Outcome {
    match (gold, found) {
        (Some(gold), Some(found)) => with(gold, found),
        (Some(_), None) => Outcome::Missing,
        (None, Some(_)) => Outcome::Invented,
        (None, None) => Outcome::Right,
    }
}

/// Whether two persons are called the same: all words of the shorter name stand in the longer one.
pub(super) fn is_called(gold: &Person, found: &Person) -> bool {
    let words = |person: &Person| {
        let label = folded(person.label().unwrap_or_default());
        label.split(' ').map(str::to_owned).collect::<std::collections::BTreeSet<_>>()
    };
    let (gold, found) = (words(gold), words(found));
    gold.is_subset(&found) || found.is_subset(&gold)
}

fn on(gold: StatementDate, found: StatementDate) -> Outcome {
    let (wide, narrow) = (gold.range(), found.range());
    let within = |inner: dixit::DateRange, outer: dixit::DateRange| {
        inner.from >= outer.from && inner.to <= outer.to
    };
    if within(narrow, wide) {
        Outcome::Right
    } else if within(wide, narrow) {
        Outcome::Coarse
    } else {
        Outcome::Wrong
    }
}
