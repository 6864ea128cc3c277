//! When a statement was made.
//!
//! Three things count, in this order: a full date where texts carry their own date (title, a line
//! of its own, dateline, opening sentence); a day and a month in such a place with a year that
//! follows from the text; the name of the file. A date that merely occurs in the text is never
//! taken. Where the text contradicts itself the answer is [`DateOutcome::Unknown`] with all
//! candidates.
//!
//! A year follows from anniversaries and "N years ago" of the events in `data/anchors.toml`. One
//! such anchor is right in about 85 of 100 texts, two that agree in 97; the constants are stated
//! where they are used.

mod anchors;
mod another_day;
mod aside;
mod beginnings;
mod cues;
mod events;
mod file_name;
mod holidays;
mod mentions;
mod numbers;
mod own;
mod relative;
mod search;
#[cfg(test)]
mod tests;
mod year;

use std::ops::Range;

use dixit::StatementDate;
use jiff::civil::Date;

use super::Found;
use super::tokens::{prefix, tokens};
use super::vocabulary::NumberedText;
pub(super) use beginnings::Lists;
use mentions::Mention;
use own::Place;
use search::Search;

/// The opening in which a text states its own date.
const OPENING_BYTES: usize = 4096;
/// Two places that agree.
const AGREEING: f64 = 0.98;
/// A month, stated in a place of its own.
const MONTH_CONFIDENCE: f64 = 0.9;
/// A full date in a place of its own that the file name or the publication date contradicts.
const CONTRADICTED: f64 = 0.8;
/// A full date at the beginning of a text that then speaks of another day as its own.
const DOUBTED: f64 = 0.6;
/// A day on which a page was changed.
const UPDATED: f64 = 0.7;
/// The file name and the text may differ by the days between an event and its publication.
const PUBLISHED_WITHIN_DAYS: i64 = 14;

/// A date so many days before publication is hardly the statement's.
const FAR_DAYS: i64 = 400;

/// What is known of a statement besides its text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DateHints<'a> {
    /// The name of the file, with or without its folders.
    pub file_name: Option<&'a str>,
    /// The day of publication, where the source gives it as data.
    pub published: Option<StatementDate>,
}

/// The date of a statement, or why it has none.
#[derive(Debug, Clone, PartialEq)]
pub enum DateOutcome {
    /// The text, or what is known besides, gives the date.
    Known(Found<StatementDate>),
    /// It does not, or it gives several.
    Unknown {
        /// The reason: `no-date`, `year-unknown`, `conflicting-years`, `conflicting-dates`,
        /// `ambiguous-numeric-date`, `date-in-prose`, `weekday-conflict`.
        rule: &'static str,
        /// The reasoning in words.
        note: String,
        /// The dates or years between which the text does not decide.
        candidates: Vec<String>,
        /// The stretches of the text that were weighed.
        evidence: Vec<Range<usize>>,
    },
}

impl DateOutcome {
    /// The finding, when there is one.
    #[must_use]
    pub fn known(&self) -> Option<&Found<StatementDate>> {
        match self {
            Self::Known(found) => Some(found),
            Self::Unknown { .. } => None,
        }
    }

    fn unknown(rule: &'static str, note: impl Into<String>) -> Self {
        let note = note.into();
        Self::Unknown { rule, note, candidates: Vec::new(), evidence: Vec::new() }
    }
}

/// Whether a line tells of another day than that of the text: what happened then, or when the page was
/// made.
pub(crate) fn tells_of_another(line: &str) -> bool {
    const OTHER: [&str; 34] = [
        "anniversary",
        "attack",
        "attacks",
        "act",
        "treaty",
        "agreement",
        "convention",
        "resolution",
        "law",
        "next",
        "updated",
        "approved",
        "embargo",
        "embargoed",
        "printed",
        "retrieved",
        "accessed",
        "war",
        "since",
        "until",
        "before",
        "after",
        "death",
        "fire",
        "events",
        "declaration",
        "judgment",
        "gesetz",
        "vertrag",
        "ley",
        "loi",
        "traité",
        "jahrestag",
        "aniversario",
    ];
    let is_other = |word: &str| {
        OTHER.contains(&word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase().as_str())
    };
    line.split_whitespace().any(is_other)
}

/// The one day that a line states in full, wherever it stands in it.
pub(crate) fn day_in_line(line: &str) -> Option<(StatementDate, Range<usize>)> {
    if tells_of_another(line) {
        return None;
    }
    let words: Vec<_> = tokens(prefix(line, OPENING_BYTES)).collect();
    let mut days = mentions::scan(&words).into_iter().filter_map(|mention| {
        let day = StatementDate::day(mention.year?, mention.month, mention.day?)?;
        (!mention.several && !mention.swappable).then_some((day, mention.range))
    });
    let first = days.next()?;
    days.all(|(day, _)| day == first.0).then_some(first)
}

/// The full date that a text states in a place of its own, which tells of itself: no sentence.
pub(crate) fn stated(text: &str, title: Option<&str>) -> Option<Found<StatementDate>> {
    let hints = DateHints::default();
    match Search::new(text, title, &hints).full_date()? {
        DateOutcome::Known(found) if found.rule != Place::Opening.rule() => Some(found),
        _ => None,
    }
}

/// Whether a statement of one of these dates may have been published on the other: no more than some days
/// lie between them.
pub(crate) fn may_be_same(one: StatementDate, other: StatementDate) -> bool {
    let (one, other) = (one.range(), other.range());
    let days = |from: Option<Date>, to: Option<Date>| match (from, to) {
        (Some(from), Some(to)) => to.duration_since(from).as_secs() / 86_400,
        _ => 0,
    };
    days(one.to, other.from).max(days(other.to, one.from)) <= PUBLISHED_WITHIN_DAYS
}

/// The date that a file name states, how often such a date is right, and the rule.
pub(crate) fn in_file_name(name: &str) -> Option<(StatementDate, f64, &'static str)> {
    file_name::find(name)
}

/// The date of a statement. Ranges count bytes of `text`; what only the title, the file name or the
/// publication date shows has no range, and the note says so.
///
/// ```
/// use dixit_sources::extract::date::{DateHints, find};
///
/// let text = "On 26 June, the minister said that this year marks the 75th anniversary of the \
///             United Nations.";
/// let found = find(text, None, &DateHints::default());
/// let date = found.known().unwrap();
/// assert_eq!(date.value.to_string(), "2020-06-26");
/// ```
#[must_use]
pub fn find(text: &str, title: Option<&str>, hints: &DateHints<'_>) -> DateOutcome {
    Search::new(text, title, hints).find()
}

/// The same of a text that was taken apart.
pub(super) fn find_in(text: &NumberedText<'_>, hints: &DateHints<'_>) -> DateOutcome {
    Search::of(text, hints).find()
}

impl Search<'_> {
    fn find(&self) -> DateOutcome {
        let search = self;
        search
            .full_date()
            .or_else(|| search.day_without_year())
            .or_else(|| search.relative())
            .or_else(|| search.full_date_of(|own| own.place == Place::Label))
            .or_else(|| search.by_file_name())
            .or_else(|| search.month())
            .or_else(|| search.by_publication())
            .or_else(|| search.holiday())
            .or_else(|| search.year_from_anchors())
            .unwrap_or_else(|| search.nothing())
    }
}

/// A date in a place of its own.
#[derive(Debug, Clone)]
struct Own {
    place: Place,
    mention: Mention,
    /// `None` when it stands in the title only.
    evidence: Option<Range<usize>>,
}

impl Own {
    fn day(&self) -> Option<StatementDate> {
        let mention = &self.mention;
        StatementDate::day(mention.year?, mention.month, mention.day?)
    }
}

fn evidence<'a>(own: impl IntoIterator<Item = &'a Own>) -> Vec<Range<usize>> {
    let mut ranges: Vec<_> = own.into_iter().filter_map(|own| own.evidence.clone()).collect();
    ranges.sort_by_key(|range| range.start);
    ranges.dedup();
    ranges
}

/// White space folded, and not longer than fits in a note.
fn quoted(text: &str) -> String {
    const MOST: usize = 100;
    let folded = super::squeeze(text);
    if folded.chars().count() <= MOST {
        return folded;
    }
    let mut short: String = folded.chars().take(MOST).collect();
    short.push('…');
    short
}

/// 0 is Monday.
fn weekday(date: StatementDate) -> Option<i8> {
    date.range().from.map(|day| day.weekday().to_monday_zero_offset())
}

fn weekday_conflict(date: StatementDate, mention: &Mention) -> Option<DateOutcome> {
    let (named, range) = mention.weekday.clone()?;
    (weekday(date)? != named).then(|| DateOutcome::Unknown {
        rule: "weekday-conflict",
        note: format!("{date} is not the weekday that the text names"),
        candidates: vec![date.to_string()],
        evidence: vec![range, mention.range.clone()],
    })
}

/// Days from one day to another; `None` unless both are days.
fn days_between(from: StatementDate, to: StatementDate) -> Option<i64> {
    if from.get_day().is_none() || to.get_day().is_none() {
        return None;
    }
    let (from, to) = (from.range().from?, to.range().from?);
    Some(to.duration_since(from).as_secs() / 86_400)
}
