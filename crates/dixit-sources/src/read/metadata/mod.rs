//! Metadata in a file beside a text: `a.json` beside `a.txt`, or a table of the folder whose records name
//! its files. The text uses it, and it is no statement itself. A name alone proves nothing: what a file
//! holds has to look like metadata ([`content`]).

mod content;
mod files;
mod table;

use std::io;

use dixit::{Basis, BasisKind, Person, Precision, Statement, StatementDate};

use super::beside::Beside;
use super::given::{self, Stated as GivenField};
use super::mapping::Slot;
use super::{Head, Input, Item, Reader, Sink, labels};
use crate::extract;
use crate::extract::date;
use crate::problem::Problem;
use content::{Content, Stated};
pub(crate) use files::{described, look};

/// The rule by which a value beside a text is known.
const RULE: &str = "beside";
/// The only speaker whom a list beside a text names may be one of several in it.
const ONLY_ONE_LISTED: f64 = 0.7;

/// A file that only describes others.
pub(crate) struct MetadataFile;

impl Reader for MetadataFile {
    fn name(&self) -> &'static str {
        "metadata"
    }

    fn about(&self) -> &'static str {
        "metadata beside a text (a.json, a.yml, … or a metadata.csv): used by it, no statements"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    /// It shows by what lies beside it, not by its bytes.
    fn recognise(&self, _: &Head<'_>) -> Option<&'static str> {
        None
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        let problem = match described(input.name, &input.beside) {
            Some((text, None)) => {
                let message =
                    format!("it describes {text}, which uses it, and holds no statements");
                Problem::noted(input.name, message)
            }
            Some((text, Some(why))) => {
                let message = format!("it lies beside {text} and cannot be used: {why}");
                Problem::left_out(input.name, message)
            }
            None => Problem::left_out(input.name, "there is no text beside it that it describes"),
        };
        sink(Item::Problem(problem));
        Ok(())
    }
}

/// What the files beside a text state of it.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// With the name of each file, the nearest first.
    found: Vec<(String, Stated)>,
}

impl Metadata {
    /// Looks beside a text, and tells what cannot be used.
    pub(super) fn of(name: &str, beside: &Beside, sink: &mut Sink<'_>) -> Self {
        let mut metadata = Self::default();
        let folder = name.rfind('/').map_or("", |end| &name[..=end]);
        for (file, content) in files::beside(name, beside) {
            let mut tell = |why: &str| {
                let message = format!("{folder}{file} beside it: {why}");
                sink(Item::Problem(Problem::noted(name, message)));
            };
            match content {
                Content::Stated(stated) => {
                    stated.problems.iter().for_each(|why| tell(why));
                    metadata.found.push((format!("{folder}{file}"), stated));
                }
                Content::Broken(why) => tell(&format!("it is not used: {why}")),
                Content::Other => {}
            }
        }
        metadata
    }

    /// Puts it to a text taken whole, where the text does not state the same as data itself. Whether
    /// another title took the place of a heading of the text.
    pub(super) fn apply(&self, statement: &mut Statement) -> bool {
        let heading = statement.title.clone();
        for (file, stated) in &self.found {
            put(statement, file, stated, true);
            who(statement, file, stated);
        }
        heading.is_some_and(|heading| statement.title.as_ref() != Some(&heading))
    }

    /// Puts it to one of several speeches or turns, all but what is of the whole: whose words they are, and
    /// the title, which is that of the event.
    pub(super) fn apply_to_part(&self, statement: &mut Statement) {
        for (file, stated) in &self.found {
            put(statement, file, stated, false);
        }
    }
}

/// Whether a value comes from a file beside the text.
pub(super) fn is_beside(basis: &Basis) -> bool {
    basis.rule.as_deref() == Some(RULE)
}

fn given(file: &str) -> Basis {
    Basis::given(RULE, []).with_note(format!("in {file}"))
}

fn put(statement: &mut Statement, file: &str, stated: &Stated, is_whole: bool) {
    if let Some(date) = stated.date
        && !statement.basis.contains_key("date")
    {
        statement.date = Some(date);
        statement.set_basis("date", given(file));
    }
    for (slot, values) in &stated.of {
        let slot = match slot {
            Slot::Title if !is_whole => Slot::Event,
            Slot::Kind | Slot::Id if !is_whole => continue,
            slot => *slot,
        };
        let key = slot.name();
        let known = statement.basis.get(key);
        if known.is_some_and(|basis| basis.kind == BasisKind::Given) {
            continue;
        }
        let mut basis = given(file);
        match slot {
            Slot::Title => {
                // The heading of the text says the same, and shows it.
                let own = statement.title.as_deref().filter(|own| is_same(own, &values[0]));
                if let (Some(own), Some(known)) = (own, known) {
                    basis.evidence.clone_from(&known.evidence);
                    let own = own.to_owned();
                    take(statement, key, &[&own], &basis);
                    continue;
                }
            }
            Slot::Topics => statement.topics.clear(),
            Slot::Keywords => statement.keywords.clear(),
            Slot::References => statement.references.clear(),
            Slot::Url if statement.source.url.is_some() => continue,
            Slot::Id if statement.source.record.is_some() => continue,
            Slot::Event | Slot::Language | Slot::Kind | Slot::Url | Slot::Id => {}
            _ => continue,
        }
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        take(statement, key, &values, &basis);
    }
}

fn take(statement: &mut Statement, key: &str, values: &[&str], basis: &Basis) {
    let basis = || basis.clone();
    // What is no kind is a word that publishers use for much else.
    let _ = given::apply(statement, &GivenField { key, values, basis: &basis });
}

/// Whether two titles are the same words.
fn is_same(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(one) == letters(other)
}

/// Who stands behind the whole.
fn who(statement: &mut Statement, file: &str, stated: &Stated) {
    let mut person = Person::default();
    let mut basis = given(file);
    for (slot, values) in &stated.of {
        let value = || values.first().cloned();
        match slot {
            Slot::Speaker => {
                person.name = value();
                person.as_written = value();
            }
            Slot::Role => person.role = value(),
            Slot::Affiliation => person.affiliation = value(),
            Slot::Party => person.party = value(),
            Slot::Country => person.country = value(),
            Slot::Person => person.person = value(),
            _ => {}
        }
    }
    // A list of several makes none of them the speaker of the whole.
    if let (None, [one]) = (&person.name, stated.listed.as_slice())
        && labels::is_name(one)
    {
        person.name = Some(one.clone());
        person.as_written = Some(one.clone());
        basis = Basis::new(BasisKind::Inferred, RULE)
            .with_confidence(ONLY_ONE_LISTED)
            .with_note(format!("the only speaker whom {file} lists"));
    }
    if person == Person::default() {
        return;
    }
    let Some(own) = &mut statement.speaker else {
        if !statement.basis.contains_key("speaker") {
            statement.speaker = Some(person);
            statement.set_basis("speaker", basis);
        }
        return;
    };
    // What is told of another person is not put to this one.
    if let (Some(own), Some(other)) = (&own.name, &person.name)
        && !is_same(own, other)
    {
        return;
    }
    for (field, other) in [
        (&mut own.name, person.name),
        (&mut own.as_written, person.as_written),
        (&mut own.role, person.role),
        (&mut own.affiliation, person.affiliation),
        (&mut own.party, person.party),
        (&mut own.country, person.country),
        (&mut own.person, person.person),
    ] {
        if field.is_none() && other.is_some() {
            *field = other;
            if let Some(basis) = statement.basis.get_mut("speaker") {
                basis.note.get_or_insert_with(|| format!("the rest in {file}"));
            }
        }
    }
}

/// Puts a day from beside a text to what the text and the name of its file state: a day that is far from
/// it makes it unknown, one within its month or year is the finer one.
pub(super) fn weigh(statement: &mut Statement) {
    let in_text = date::stated(&statement.text, statement.title.as_deref());
    let in_text = in_text.map(|found| (found.value, found.basis(statement)));
    weigh_against(statement, in_text);
}

/// The same without a look at the words.
pub(super) fn weigh_by_name(statement: &mut Statement) {
    weigh_against(statement, None);
}

fn weigh_against(statement: &mut Statement, in_text: Option<(StatementDate, Basis)>) {
    let basis = statement.basis.get("date").filter(|basis| is_beside(basis)).cloned();
    let (Some(date), Some(basis)) = (statement.date, basis) else { return };
    let (date, basis) = weighed(date, &basis, in_text, &statement.source.name);
    statement.date = date;
    statement.set_basis("date", basis);
}

/// A date from beside a text, against the one in the text and the one in the name of its file.
pub(super) fn weighed(
    date: StatementDate,
    basis: &Basis,
    in_text: Option<(StatementDate, Basis)>,
    name: &str,
) -> (Option<StatementDate>, Basis) {
    let mut finer = None;
    for (other, shown) in in_text.into_iter().chain(extract::day_of_file(name)) {
        if !date::may_be_same(date, other) {
            let beside = basis.note.as_deref().unwrap_or_default();
            let note = format!("{date} {beside}, {other} by the text or the name of its file");
            let unknown = Basis::unknown("conflicting-dates").with_note(note);
            let candidates = vec![date.to_string(), other.to_string()];
            return (None, Basis { candidates, evidence: shown.evidence, ..unknown });
        }
        let (within, whole) = (other.range(), date.range());
        let is_within = within.from >= whole.from && within.to <= whole.to;
        if date.precision() != Precision::Day && other.precision() == Precision::Day && is_within {
            finer = finer.or(Some((Some(other), shown)));
        }
    }
    finer.unwrap_or_else(|| (Some(date), basis.clone()))
}
