//! Dates as people write them in a query.

mod names;
mod numeric;
mod part;
mod range;
mod relative;
mod single;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
mod words;

use std::collections::HashMap;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::date::{DateRange, StatementDate};
use single::One;

/// What a `date:` that is not understood is answered with.
pub(super) const FORMS: &str = "write 2025, 2025-12, 2025-12-10, 2025-Q4, 1990s, 2024-03..2025, \
    ..2025, 2025.., \"december 2025\", \"10 december 2025\", today, \"last monday\", \"last month\", \
    \"past 3 weeks\", or \"2 years ago\"";

/// Why a text is not a stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It is not written like one.
    Form,
    /// There is no such day, month or year.
    NoSuchDay,
    /// It depends on the day, which the caller did not tell.
    Today,
    /// A day or month of no year; perhaps the last one that there was.
    NoYear(Option<StatementDate>),
    /// A season, which the two halves of the earth have at different times; its months in the north.
    Season(Option<DateRange>),
}

/// What a reader of a date decided that its writer may have meant otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remark {
    /// `2020/21`: a year that begins within a year, on a day that differs; read as both.
    TwoYears,
    /// `2010/11`: read as the month, and not as two years.
    NotTwoYears,
    /// `3.3.21`: read as the last such year that there was.
    ShortYear,
    /// `Tuesday, 3 March 2021` was a Wednesday.
    Weekday,
    /// `November to February 2021`: the first is read as one of the year before.
    YearBefore,
}

/// A stretch of days, as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dates {
    pub(super) range: DateRange,
    /// Other days that may be meant as well: `10/12/2025`.
    pub(super) other: Option<DateRange>,
    /// An end of it may be another day, and the wider range was taken: `since 10/12/2025`.
    pub(super) widened: bool,
    /// Written from the later to the earlier.
    pub(super) reversed: bool,
    /// Written with two ends.
    pub(super) has_ends: bool,
    pub(super) remark: Option<Remark>,
}

impl From<One> for Dates {
    fn from(One { range, other, remark }: One) -> Self {
        Self { range, other, widened: false, reversed: false, has_ends: false, remark }
    }
}

/// No date is longer; the longest has a few words.
const LONGEST: usize = 100;

/// Reads a date, or a range of dates.
pub(super) fn read(text: &str, today: Option<Date>) -> Result<Dates, Trouble> {
    if text.len() > LONGEST {
        return Err(Trouble::Form);
    }
    let text = plain(text);
    range::read(text.trim(), today)
}

/// Lower case, without accents, wide letters as narrow ones, one dash for the long ones.
pub(super) fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let letters = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    letters
        // Korean syllables fall apart like letters with accents do.
        .nfc()
        .map(|c| match c {
            '\u{2010}'..='\u{2012}' | '\u{2212}' => '-',
            '\u{2013}' | '\u{2014}' | '\u{2015}' => '\u{2013}',
            '\u{2019}' => '\'',
            // Turkish and Polish keyboards, and those without such letters.
            'ı' => 'i',
            'ł' => 'l',
            c => c,
        })
        .collect()
}

/// What each word of some lists stands for. Many words are looked up, and hostile ones many times.
fn table<T: Copy>(lists: impl IntoIterator<Item = (T, &'static str)>) -> HashMap<&'static str, T> {
    let words =
        lists.into_iter().flat_map(|(of, list)| list.split(' ').map(move |word| (word, of)));
    words.collect()
}

/// The years from one to the other.
fn years(first: i16, last: i16) -> Option<(Date, Date)> {
    let from = StatementDate::year(first)?.range().from?;
    let to = StatementDate::year(last)?.range().to?;
    Some((from, to))
}

/// The ten years that begin with this one.
fn decade(first: i16) -> Option<(Date, Date)> {
    years(first, first.checked_add(9)?)
}

fn number(text: &str, most: usize) -> Option<i16> {
    let digits = !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// A year as it is written in full.
fn year(text: &str) -> Option<i16> {
    number(text, 4).filter(|_| text.len() == 4)
}
