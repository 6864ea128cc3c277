//! What a text says about its own year: anniversaries and "N years ago" of known events, years that it
//! ties to its own, sessions that are numbered, and who holds an office.

mod counted;
mod moving;
mod offices;
mod own_year;
mod passed;
mod sentence;
mod series;

use std::ops::Range;

use dixit::StatementDate;
use jiff::ToSpan;
use jiff::civil::Date;

use super::super::tokens::Token;
use super::super::vocabulary::NumberedText;
use super::beginnings::{Lists, may_have, next};
use super::cues::{cues, sentence};
pub(super) use passed::is_passed;
use sentence::Sentence;

/// A single anniversary is right this often when the text says that it is this year's.
const THIS_YEAR: f64 = 0.85;
/// The same of the year before or the year after.
const NEAR_YEAR: f64 = 0.82;
/// The same without such words: the text may look forward or back.
const UNMARKED: f64 = 0.78;
/// The day of the text is the day of the event.
const ON_THE_DAY: f64 = 0.9;
/// "77 years ago" of an event of known day.
const AGO: f64 = 0.85;
/// "80 years ago", "ten years ago": round numbers are often rounded.
const AGO_ROUND: f64 = 0.75;
/// "75 years after the founding", "in the 80 years since": the present is only likely meant.
const AFTER: f64 = 0.8;
/// The same with a small number of years, which is how the past is told.
const AFTER_SHORT: f64 = 0.6;
/// "ahead of the 80th anniversary".
const FUTURE: f64 = 0.7;
/// So many days before the day itself, "77 years ago" still means the same year.
const ROUNDED_UP_DAYS: i32 = 31;
/// A session is new for so many days.
const FIRST_WEEKS: i64 = 42;
/// More anchors add nothing.
const MOST: usize = 32;

/// When the anniversary is, as its sentence says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    ThisYear,
    NextYear,
    LastYear,
    Ahead,
    Unmarked,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Anniversary(When),
    Ago,
    After(When),
}

/// What two anchors must not share to be two reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// An event of the table.
    Event(usize),
    /// A year that the text writes.
    Year(i16),
    /// A row of the table of series.
    Series(usize),
    /// A row of the table of series that is a stretch of years: the sessions of a parliament, a term.
    Stretch(usize),
    /// A row of the table of offices.
    Office(usize),
    /// A row of the table of moving days.
    Moving(usize),
}

#[derive(Debug, Clone)]
enum Claim {
    /// So many years from a date.
    Count { form: Form, years: i16, from: StatementDate, also: Vec<i16> },
    /// One of these years.
    Years(Vec<i16>),
    /// One of these days.
    Days(Vec<Date>),
    /// Some day from the first to the last of one of these.
    Spans(Vec<(Date, Date)>),
}

/// What ties a text to one year, or to a few.
#[derive(Debug, Clone)]
pub(super) struct Anchor {
    /// The words, from the number to the event.
    pub(super) range: Range<usize>,
    /// What it is about; two anchors of one key that allow the same years are one.
    pub(super) key: Key,
    claim: Claim,
    /// How often an anchor of this form is right; a count has its own.
    weight: f64,
    /// Whether the text says in so many words that this is its own year.
    this_year: bool,
    origin: String,
    /// The days of a session that sits for a year.
    session: Option<(Date, Date)>,
}

impl Anchor {
    /// The years in which the text can have been written, given the month and day of it.
    pub(super) fn possible(&self, day: Option<(i8, i8)>) -> Vec<i16> {
        match &self.claim {
            Claim::Years(years) => years.clone(),
            Claim::Days(days) => {
                let fits = |date: &&Date| day.is_none_or(|day| day == (date.month(), date.day()));
                days.iter().filter(fits).map(|date| date.year()).collect()
            }
            Claim::Spans(spans) => {
                let years = spans.iter().flat_map(|(from, to)| within(*from, *to, day));
                let mut years: Vec<_> = years.collect();
                years.sort_unstable();
                years.dedup();
                years
            }
            Claim::Count { form, years, from, also } => counted(*form, *years, *from, also, day),
        }
    }

    /// How often such an anchor is right, for a text of this day.
    pub(super) fn weight(&self, day: Option<(i8, i8)>) -> f64 {
        let Claim::Count { form, years, from, .. } = &self.claim else { return self.weight };
        let plain = match form {
            Form::Anniversary(When::ThisYear) => THIS_YEAR,
            Form::Anniversary(When::NextYear | When::LastYear) => NEAR_YEAR,
            Form::Anniversary(When::Unmarked) => UNMARKED,
            Form::Anniversary(When::Ahead) => FUTURE,
            Form::Ago if years % 10 == 0 => AGO_ROUND,
            Form::Ago => AGO,
            Form::After(_) if *years >= 10 => AFTER,
            Form::After(_) => AFTER_SHORT,
        };
        // `Since the 75th anniversary` stands on any anniversary.
        let is_now = matches!(
            form,
            Form::Anniversary(When::ThisYear) | Form::Ago | Form::After(When::ThisYear)
        );
        let on_the_day = is_now && day.is_some() && day == from.get_month().zip(from.get_day());
        if on_the_day { plain.max(ON_THE_DAY) } else { plain }
    }

    /// Whether the text says in so many words that this is its own year.
    pub(super) fn is_this_year(&self) -> bool {
        self.this_year
    }

    /// Whether it is only a stretch of years, which says nothing without a weekday or another reason.
    pub(super) fn is_wide(&self) -> bool {
        matches!(self.key, Key::Stretch(_) | Key::Office(_) | Key::Moving(_))
    }

    /// The years that it counts, and from which year.
    fn count(&self) -> Option<(i16, i16)> {
        match &self.claim {
            Claim::Count { years, from, .. } => Some((*years, from.get_year())),
            _ => None,
        }
    }

    /// Whether this and another are sessions of which one follows the other.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        let year = |anchor: &Self| anchor.session.map(|(first, _)| first.year());
        let years = year(self).zip(year(other));
        self.key == other.key && years.is_some_and(|(one, other)| (one - other).abs() == 1)
    }

    /// The years in which a text of this day can be of this session and not of that beside it: in the first
    /// weeks of a session thanks go to the one before, and later there is talk of the next.
    pub(super) fn years_beside(&self, other: &Self, day: (i8, i8)) -> Vec<i16> {
        let (Some((first, last)), Some((next, _))) = (self.session, other.session) else {
            return Vec::new();
        };
        let is_new = |year: &i16| {
            let later = first.max(next);
            let since = Date::new(*year, day.0, day.1).map(|date| date.duration_since(later));
            since.is_ok_and(|since| (0..=FIRST_WEEKS).contains(&(since.as_hours() / 24)))
        };
        let mut years = within(first, last, Some(day));
        if first > next {
            years.retain(is_new);
        } else {
            let days = within(next, next.saturating_add(FIRST_WEEKS.days()), Some(day));
            years.retain(|_| days.is_empty());
        }
        years
    }

    /// Whether it names a moving day, which is that of the text only where the two stand together.
    pub(super) fn is_moving_day(&self) -> bool {
        matches!(self.key, Key::Moving(_))
    }

    /// `founded 1945`.
    pub(super) fn origin(&self) -> &str {
        &self.origin
    }
}

fn counted(
    form: Form,
    years: i16,
    from: StatementDate,
    also: &[i16],
    day: Option<(i8, i8)>,
) -> Vec<i16> {
    let plain = from.get_year().saturating_add(years);
    let event_day = from.get_month().zip(from.get_day());
    let mut possible = match form {
        Form::Anniversary(When::ThisYear | When::Unmarked) => vec![plain],
        Form::Anniversary(When::NextYear) | Form::After(When::NextYear) => vec![plain - 1],
        Form::Anniversary(When::LastYear) | Form::After(When::LastYear) => vec![plain + 1],
        Form::Anniversary(When::Ahead) => match (day, event_day) {
            (Some(day), Some(event_day)) if day > event_day => vec![plain - 1],
            _ => vec![plain - 1, plain],
        },
        Form::After(When::Ahead) => vec![plain - 1, plain],
        Form::Ago | Form::After(_) => match (day, event_day) {
            (Some(day), Some(event_day)) if !long_before(day, event_day) => vec![plain],
            // Round numbers of years count from a year as anniversaries do.
            (Some(_), None) if years % 5 == 0 => vec![plain],
            _ => vec![plain, plain + 1],
        },
    };
    if matches!(form, Form::Anniversary(When::ThisYear | When::Unmarked)) {
        possible.extend(also.iter().map(|year| year.saturating_add(years)));
    }
    possible.sort_unstable();
    possible.dedup();
    possible
}

/// The years in which a day of the year lies between two dates.
fn within(from: Date, to: Date, day: Option<(i8, i8)>) -> Vec<i16> {
    let fits = |year: &i16| match day {
        None => true,
        Some((month, day)) => {
            Date::new(*year, month, day).is_ok_and(|date| from <= date && date <= to)
        }
    };
    (from.year()..=to.year()).filter(fits).collect()
}

/// Whether a day of a year is so far before another that "N years ago" means the year before.
fn long_before(day: (i8, i8), event: (i8, i8)) -> bool {
    let number = |(month, day): (i8, i8)| i32::from(month) * 31 + i32::from(day);
    number(event) - number(day) > ROUNDED_UP_DAYS
}

/// The entries of the lists that are searched for here, each with its list.
pub(super) fn listed() -> impl Iterator<Item = (Lists, &'static str)> {
    let series = series::written().iter().map(|cue| (Lists::SERIES, cue.as_str()));
    let offices = offices::names().map(|name| (Lists::OFFICES, name));
    series.chain(offices).chain(moving::names().map(|name| (Lists::MOVING, name)))
}

#[cfg(test)]
pub(super) fn series_cues() -> (Option<&'static aho_corasick::AhoCorasick>, &'static [String]) {
    (series::cues(), series::written())
}

/// All anchors of a text, in order; `opening` are its first tokens.
pub(super) fn find(
    text: &str,
    opening: &[Token<'_>],
    apart: Option<&NumberedText<'_>>,
) -> Vec<Anchor> {
    let mut found = Vec::new();
    let mut done = 0;
    while found.len() < MOST
        && let Some(cues) = cues()
        && let Some(cue) = next((Lists::CUES, cues), text, apart, done)
    {
        let window = sentence(text, cue, done);
        done = window.end;
        let sentence = Sentence::new(&text[window.clone()]);
        let mut anchors = sentence.counted();
        anchors.extend(sentence.own_year());
        found.extend(anchors.into_iter().map(|anchor| moved(anchor, window.start)));
    }
    found.extend(series::find(text, opening, apart));
    if may_have(Lists::OFFICES, apart, offices::HEAD_BYTES) {
        found.extend(offices::find(text));
    }
    if may_have(Lists::MOVING, apart, moving::HEAD_BYTES) {
        found.extend(moving::find(text));
    }
    found.sort_by_key(|anchor| (anchor.range.start, anchor.range.end));
    found.truncate(MOST);
    found
}

fn moved(mut anchor: Anchor, by: usize) -> Anchor {
    anchor.range = anchor.range.start + by..anchor.range.end + by;
    anchor
}
