//! The year of a day that is written without one.

use std::ops::Range;

use dixit::{BasisKind, StatementDate};

use super::super::Found;
use super::super::tokens::Token;
use super::anchors::{self, Anchor};
use super::beginnings::{Lists, may_have};
use super::holidays::{self, Holiday};
use super::own::Place;
use super::{
    DateOutcome, OPENING_BYTES, Own, PUBLISHED_WITHIN_DAYS, Search, days_between, evidence,
    file_name, quoted, weekday,
};

/// No inference is surer than this.
const MOST_CERTAIN: f64 = 0.97;
/// The year is the file's: the file may be older or younger than the text.
const FILE_YEAR: f64 = 0.85;
/// The latest such day before publication.
const PUBLISHED: f64 = 0.95;
/// A weekday fits one year in seven by chance.
const WEEKDAY: f64 = 0.85;
/// A named day on its day adds this much.
const HOLIDAY_AGREES: f64 = 0.02;
/// A named day beside another day takes this much.
const HOLIDAY_DIFFERS: f64 = 0.2;
/// A year that follows from anniversaries alone, with no day to hold them against.
const YEAR_ONLY: f64 = 0.85;

/// A year of which the text tells from a later time.
const PASSED: f64 = 0.6;

/// One of two sessions, by the day.
const SESSION_BESIDE: f64 = 0.75;

/// More candidates than these are no help.
const MOST_CANDIDATES: usize = 3;

/// Bytes between a day and the name of the moving day that it is.
const BESIDE: usize = 90;

/// One reason for one or two years.
struct Reason {
    years: Vec<i16>,
    weight: f64,
    /// It leaves many years, and makes another reason no surer.
    is_wide: bool,
    is_weekday: bool,
    /// The text tells of it from a later time.
    is_passed: bool,
    words: String,
    evidence: Option<Range<usize>>,
}

impl Search<'_> {
    pub(super) fn day_without_year(&self) -> Option<DateOutcome> {
        let own = self.best(|own| {
            own.mention.year.is_none() && own.mention.day.is_some() && !own.mention.several
        });
        let first = *own.first()?;
        let (month, day) = (first.mention.month, first.mention.day?);
        let other =
            own.iter().find(|own| (own.mention.month, own.mention.day) != (month, Some(day)));
        if other.is_some() && first.place.rank() == 0 {
            return Some(DateOutcome::Unknown {
                rule: "conflicting-dates",
                note: "the text carries two days of its own".to_owned(),
                candidates: Vec::new(),
                evidence: evidence(own.iter().copied()),
            });
        }
        if first.place == Place::Opening && self.is_far_from_publication(month, day) {
            return None;
        }
        Some(self.with_year(Some(first), month, day, None))
    }

    /// Whether the file name or the day of publication is weeks away from this day of the year, so
    /// that a sentence with it tells of another day.
    fn is_far_from_publication(&self, month: i8, day: i8) -> bool {
        let file = self.hints.file_name.and_then(file_name::day);
        [file, self.published].into_iter().flatten().any(|date| {
            let Some(year) = latest_before(date, month, day) else { return false };
            StatementDate::day(year, month, day)
                .and_then(|day| days_between(day, date))
                .is_some_and(|apart| apart > PUBLISHED_WITHIN_DAYS)
        })
    }

    /// "Today is Human Rights Day": the name gives the day.
    pub(super) fn holiday(&self) -> Option<DateOutcome> {
        const CUES: [&str; 8] = ["today", "on", "this", "heute", "marking", "mark", "am", "happy"];
        let near = self.words.partition_point(|word| word.end() <= OPENING_BYTES / 4);
        let words = &self.words[..near];
        let holiday = self.holidays(words).into_iter().find(|holiday| {
            let before = &words[holiday.tokens.start.saturating_sub(5)..holiday.tokens.start];
            before.iter().any(|token| {
                let folded = token.folded();
                CUES.contains(&&*folded) && (&*folded != "on" || token.is_capitalised())
            })
        })?;
        let range = words[holiday.tokens.start].start..words[holiday.tokens.end - 1].end();
        let found = self.with_year(None, holiday.month, holiday.day, Some(range));
        found.known()?;
        Some(found)
    }

    fn with_year(
        &self,
        own: Option<&Own>,
        month: i8,
        day: i8,
        holiday: Option<Range<usize>>,
    ) -> DateOutcome {
        let shown = own.and_then(|own| own.evidence.clone()).or(holiday);
        let written = shown.clone().map_or_else(
            || "the day in the title".to_owned(),
            |range| format!("“{}”", quoted(&self.text[range])),
        );
        let mut reasons = self.reasons(month, day, shown.as_ref());
        let mut evidence: Vec<_> = shown.into_iter().collect();
        let years = agreed(&reasons);
        evidence.extend(reasons.iter().filter_map(|reason| reason.evidence.clone()));
        let unknown = |rule, note: String, years: &[i16]| DateOutcome::Unknown {
            rule,
            note,
            candidates: years
                .iter()
                .filter_map(|&year| StatementDate::day(year, month, day))
                .map(|date| date.to_string())
                .collect(),
            evidence: evidence.clone(),
        };
        if reasons.is_empty() {
            let note = format!("{written} has no year, and nothing ties it to one");
            return unknown("year-unknown", note, &[]);
        }
        let told = told(&reasons);
        let Some(mut years) = years else {
            let mut all: Vec<_> = reasons.iter().flat_map(|r| r.years.clone()).collect();
            all.sort_unstable();
            all.dedup();
            let note = format!("{written} has no year, and {told} do not agree");
            return unknown("conflicting-years", note, &all);
        };
        if let Some((named, range)) = own.and_then(|own| own.mention.weekday.clone()) {
            let fits =
                |year: &i16| StatementDate::day(*year, month, day).and_then(weekday) == Some(named);
            if !years.iter().any(fits) {
                let note = format!("{told} gives a year in which {written} is another weekday");
                return unknown("weekday-conflict", note, &years);
            }
            years.retain(fits);
            let words =
                format!("the weekday “{}”", quoted(self.text.get(range.clone()).unwrap_or("")));
            let evidence = own.and_then(|own| own.evidence.clone()).map(|_| range);
            reasons.push(Reason {
                years: years.clone(),
                weight: WEEKDAY,
                is_wide: false,
                is_weekday: true,
                is_passed: false,
                words,
                evidence,
            });
        }
        let [year] = years[..] else {
            let note = format!("{written} has no year; {told} leave more than one");
            let few = if years.len() > MOST_CANDIDATES { &[][..] } else { &years };
            return unknown("year-unknown", note, few);
        };
        let Some(value) = StatementDate::day(year, month, day) else {
            let note = format!("{written} has no year; {told} gives {year}, which has no such day");
            return unknown("conflicting-years", note, &[]);
        };
        let doubt = doubt(&reasons);
        let (change, remark) = self.holiday_beside(own, month, day);
        let confidence = (1.0 - doubt + change).clamp(0.0, most(&reasons));
        let mut evidence = evidence.clone();
        evidence.extend(reasons.last().and_then(|reason| reason.evidence.clone()));
        evidence.sort_by_key(|range| (range.start, range.end));
        evidence.dedup();
        let both = match reasons.len() {
            1 => "gives",
            2 => "both give",
            _ => "all give",
        };
        let told = self::told(&reasons);
        DateOutcome::Known(Found {
            value,
            evidence,
            kind: BasisKind::Inferred,
            rule: match own {
                Some(_) => "day-and-anchored-year",
                None => "holiday-and-anchored-year",
            },
            confidence,
            note: Some(format!("{written} has no year; {told} {both} {year}{remark}")),
        })
    }

    /// Everything that ties the text to a year.
    fn reasons(&self, month: i8, day: i8, shown: Option<&Range<usize>>) -> Vec<Reason> {
        let beside = |range: &Range<usize>| {
            shown.is_some_and(|day| {
                range.start.saturating_sub(day.end).max(day.start.saturating_sub(range.end))
                    <= BESIDE
            })
        };
        let mut reasons: Vec<Reason> = Vec::new();
        let mut events = Vec::new();
        let anchors = anchors::find(self.text, &self.words, self.apart);
        for anchor in &anchors {
            let beside_it = anchors.iter().find(|other| anchor.is_beside(other));
            let years = match beside_it {
                Some(other) => anchor.years_beside(other, (month, day)),
                None => anchor.possible(Some((month, day))),
            };
            // The same event told twice is one reason; a meeting on other days is none.
            let told = events.iter().any(|(key, before)| *key == anchor.key && *before == years);
            let apart = anchor.is_moving_day() && !beside(&anchor.range);
            if told || apart || years.is_empty() {
                continue;
            }
            events.push((anchor.key, years.clone()));
            let mut reason = self.reason(anchor, &anchors, years, Some((month, day)));
            if beside_it.is_some() {
                reason.weight = reason.weight.min(SESSION_BESIDE);
            }
            reasons.push(reason);
        }
        if let Some(date) = self.published
            && let Some(year) = latest_before(date, month, day)
        {
            reasons.push(Reason {
                years: vec![year],
                weight: PUBLISHED,
                is_wide: false,
                is_weekday: false,
                is_passed: false,
                words: format!("the day of publication, {date},"),
                evidence: self.published_at.clone(),
            });
        }
        if let Some(name) = self.hints.file_name
            && let Some((date, ..)) = file_name::find(name)
        {
            let years = match date.get_day() {
                Some(_) => latest_before(date, month, day).into_iter().collect(),
                None => vec![date.get_year()],
            };
            reasons.push(Reason {
                years,
                weight: FILE_YEAR,
                is_wide: false,
                is_weekday: false,
                is_passed: false,
                words: format!("the file name “{}”", quoted(file_name::last(name))),
                evidence: None,
            });
        }
        reasons
    }

    fn reason(
        &self,
        anchor: &Anchor,
        all: &[Anchor],
        years: Vec<i16>,
        day: Option<(i8, i8)>,
    ) -> Reason {
        let words = quoted(self.text.get(anchor.range.clone()).unwrap_or(""));
        let is_passed = anchors::is_passed(self.text, anchor, all);
        let weight = anchor.weight(day);
        let later = if is_passed { ", told from a later time" } else { "" };
        Reason {
            years,
            weight: if is_passed { weight.min(PASSED) } else { weight },
            is_wide: anchor.is_wide(),
            is_weekday: false,
            is_passed,
            words: format!("“{words}” ({}{later})", anchor.origin()),
            evidence: Some(anchor.range.clone()),
        }
    }

    /// The named days among words of the opening.
    fn holidays(&self, words: &[Token<'_>]) -> Vec<Holiday> {
        let may_be = may_have(Lists::HOLIDAYS, self.apart, OPENING_BYTES);
        if may_be { holidays::find(words) } else { Vec::new() }
    }

    /// A named day within a few words of the date: it agrees, or it does not.
    fn holiday_beside(&self, own: Option<&Own>, month: i8, day: i8) -> (f64, String) {
        let Some(range) = own.and_then(|own| own.evidence.clone()) else {
            return (0.0, String::new());
        };
        let words = &self.words;
        let beside = self.holidays(words).into_iter().find(|holiday| {
            let start = words[holiday.tokens.start].start;
            let end = words[holiday.tokens.end - 1].end();
            let between = if start >= range.end { range.end..start } else { end..range.start };
            let text = self.text.get(between);
            text.is_some_and(|text| matches!(text.trim(), "," | "(" | "is" | "–" | "-" | ", the"))
        });
        match beside {
            Some(holiday) if (holiday.month, holiday.day) == (month, day) => {
                (HOLIDAY_AGREES, format!("; {} is that day", holiday.name))
            }
            Some(holiday) => (
                -HOLIDAY_DIFFERS,
                format!("; but {} is {:02}-{:02}", holiday.name, holiday.month, holiday.day),
            ),
            None => (0.0, String::new()),
        }
    }

    /// A text without a day of its own: its year, when anniversaries say "this year" or agree.
    pub(super) fn year_from_anchors(&self) -> Option<DateOutcome> {
        let anchors: Vec<_> = anchors::find(self.text, &self.words, self.apart);
        let mut reasons = Vec::new();
        let mut keys = Vec::new();
        for anchor in anchors.iter().filter(|anchor| !anchor.is_wide()) {
            if !keys.contains(&anchor.key) {
                keys.push(anchor.key);
                reasons.push(self.reason(anchor, &anchors, anchor.possible(None), None));
            }
        }
        let sure = anchors.iter().any(Anchor::is_this_year) || reasons.len() >= 2;
        if !sure || reasons.is_empty() {
            return None;
        }
        let evidence: Vec<_> =
            reasons.iter().filter_map(|reason| reason.evidence.clone()).collect();
        let told = told(&reasons);
        let doubt = doubt(&reasons);
        match agreed(&reasons).as_deref() {
            Some(&[year]) => Some(DateOutcome::Known(Found {
                value: StatementDate::year(year)?,
                evidence,
                kind: BasisKind::Inferred,
                rule: "anchored-year",
                confidence: (1.0 - doubt).min(YEAR_ONLY).min(most(&reasons)),
                note: Some(format!(
                    "no day is stated; {told} give{} {year}",
                    if reasons.len() == 1 { "s" } else { "" }
                )),
            })),
            Some(_) => None,
            None => {
                let mut all: Vec<_> = reasons.iter().flat_map(|r| r.years.clone()).collect();
                all.sort_unstable();
                all.dedup();
                Some(DateOutcome::Unknown {
                    rule: "conflicting-years",
                    note: format!("no day is stated, and {told} do not agree"),
                    candidates: all.iter().map(i16::to_string).collect(),
                    evidence,
                })
            }
        }
    }
}

/// The years that every reason allows; `None` when there are none.
fn agreed(reasons: &[Reason]) -> Option<Vec<i16>> {
    let mut reasons = reasons.iter();
    let mut years = reasons.next()?.years.clone();
    for reason in reasons {
        years.retain(|year| reason.years.contains(year));
    }
    (!years.is_empty()).then_some(years)
}

/// How often reasons of such weights are all wrong. A weekday counts with whatever left the years among
/// which it chose.
fn doubt(reasons: &[Reason]) -> f64 {
    let narrow = reasons
        .iter()
        .any(|reason| !reason.is_wide && reason.years.len() == 1 && !reason.is_weekday);
    let counts = |reason: &&Reason| !(narrow && reason.is_wide);
    reasons.iter().filter(counts).map(|reason| 1.0 - reason.weight).product()
}

/// No surer than this, where all that gives the year was told from a later time: several anniversaries of one
/// quotation are of one year.
fn most(reasons: &[Reason]) -> f64 {
    let mut narrow =
        reasons.iter().filter(|reason| !reason.is_wide && !reason.is_weekday).peekable();
    let all = narrow.peek().is_some() && narrow.all(|reason| reason.is_passed);
    if all { PASSED } else { MOST_CERTAIN }
}

/// `a and b`, `a, b and c`.
fn told(reasons: &[Reason]) -> String {
    let words: Vec<_> = reasons.iter().map(|reason| reason.words.as_str()).collect();
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

/// The year of the last such day not after `date` (or one day after it, for time zones).
fn latest_before(date: StatementDate, month: i8, day: i8) -> Option<i16> {
    let published = date.range().to?.tomorrow().ok()?;
    (0..=8).map(|back| date.get_year() - back).find(|&year| {
        StatementDate::day(year, month, day)
            .and_then(|date| date.range().from)
            .is_some_and(|day| day <= published)
    })
}
