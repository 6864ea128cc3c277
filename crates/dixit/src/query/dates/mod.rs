//! Dates as people write them in a query.

mod relative;
mod single;
mod words;

use jiff::ToSpan;
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
}

impl From<One> for Dates {
    fn from(one: One) -> Self {
        Self { range: one.range, other: one.other, widened: false, reversed: false }
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
    let text = text.trim();
    if let Some((from, to)) = ends(text) {
        return between(from, to, today);
    }
    if let Some((bound, text)) = bound(text) {
        let one = single::read(text, today)?;
        return bound.of(one).ok_or(Trouble::NoSuchDay);
    }
    single::read(text, today).map(Dates::from)
}

/// Lower case, without accents, wide letters as narrow ones, one dash for the long ones.
fn plain(text: &str) -> String {
    let letters = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    letters
        .map(|c| match c {
            '\u{2010}'..='\u{2012}' | '\u{2212}' => '-',
            '\u{2013}' | '\u{2014}' | '\u{2015}' => '\u{2013}',
            '\u{2019}' => '\'',
            c => c,
        })
        .collect()
}

/// The two ends of a range, either of which may be open.
fn ends(text: &str) -> Option<(&str, &str)> {
    if let Some((from, to)) = text.split_once("..") {
        // `2024...2025` is a slip of the finger, not another notation.
        return Some((from.trim(), to.trim_start_matches('.').trim()));
    }
    if let Some((from, to)) = text.split_once('\u{2013}') {
        return Some((from.trim(), to.trim()));
    }
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((from, to)) = text.split_once('-')
        && is_year(from)
        && is_year(to)
    {
        return Some((from, to));
    }
    if let Some(from) = text.strip_suffix('-') {
        return Some((from.trim(), ""));
    }
    if let Some(rest) = text.strip_prefix("between ") {
        return rest.split_once(" and ");
    }
    let rest = text.strip_prefix("from ").unwrap_or(text);
    [" to ", " until ", " till ", " through ", " bis "]
        .iter()
        .find_map(|word| rest.split_once(word))
}

/// Imprecise ends widen: the first day of the one, the last day of the other.
fn between(from: &str, to: &str, today: Option<Date>) -> Result<Dates, Trouble> {
    let mut widened = false;
    let mut end = |text: &str| match text {
        "" => Ok(None),
        _ => single::read(text, today).map(|one| {
            widened |= one.other.is_some();
            Some(widest(one))
        }),
    };
    let (range, reversed) = match (end(from)?, end(to)?) {
        (None, None) => return Err(Trouble::Form),
        (Some(a), Some(b)) if a.from > b.to => (DateRange { from: b.from, to: a.to }, true),
        (a, b) => (DateRange { from: a.and_then(|a| a.from), to: b.and_then(|b| b.to) }, false),
    };
    Ok(Dates { range, other: None, widened, reversed })
}

/// From the first day of either reading to the last of either.
fn widest(one: One) -> DateRange {
    let Some(other) = one.other else { return one.range };
    DateRange { from: one.range.from.min(other.from), to: one.range.to.max(other.to) }
}

/// A word or sign that makes an end of a date.
#[derive(Debug, Clone, Copy)]
enum Bound {
    Since,
    Until,
    After,
    Before,
}

/// What a date begins with that makes an end of it. Signs go before words, the longer first.
const BOUNDS: [(&str, Bound); 14] = [
    (">=", Bound::Since),
    ("<=", Bound::Until),
    ("≥", Bound::Since),
    ("≤", Bound::Until),
    (">", Bound::After),
    ("<", Bound::Before),
    ("since ", Bound::Since),
    ("from ", Bound::Since),
    ("after ", Bound::After),
    ("until ", Bound::Until),
    ("till ", Bound::Until),
    ("before ", Bound::Before),
    ("seit ", Bound::Since),
    ("bis ", Bound::Until),
];

fn bound(text: &str) -> Option<(Bound, &str)> {
    let found = BOUNDS.iter().find_map(|(sign, bound)| Some((*bound, text.strip_prefix(sign)?)));
    found.map(|(bound, rest)| (bound, rest.trim()))
}

impl Bound {
    /// `None` at the end of time.
    fn of(self, one: One) -> Option<Dates> {
        let widened = one.other.is_some();
        let other = one.other.unwrap_or(one.range);
        let DateRange { from, to } = widest(one);
        let (first, last) = (one.range.from.max(other.from), one.range.to.min(other.to));
        let (from, to) = match self {
            Self::Since => (from, None),
            Self::Until => (None, to),
            Self::After => (Some(last?.checked_add(1.day()).ok()?), None),
            Self::Before => (None, Some(first?.checked_sub(1.day()).ok()?)),
        };
        Some(Dates { range: DateRange { from, to }, other: None, widened, reversed: false })
    }
}

/// The ten years that begin with this one.
fn decade(first: i16) -> Option<(Date, Date)> {
    let from = StatementDate::year(first)?.range().from?;
    let to = StatementDate::year(first.checked_add(9)?)?.range().to?;
    Some((from, to))
}

fn number(text: &str, most: usize) -> Option<i16> {
    let digits = !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn days(text: &str) -> String {
        // A Wednesday.
        match read(text, Some(jiff::civil::date(2026, 1, 14))) {
            Ok(Dates { range, other, widened, reversed }) => {
                let other = other.map_or(String::new(), |other| format!(" or {other}"));
                let widened = if widened { " widened" } else { "" };
                format!("{range}{other}{widened}{}", if reversed { " reversed" } else { "" })
            }
            Err(Trouble::NoYear(last)) => {
                format!("no year{}", last.map_or(String::new(), |last| format!(", {last}?")))
            }
            Err(trouble) => format!("{trouble:?}"),
        }
    }

    #[test]
    fn every_form_is_understood() {
        for (text, expected) in [
            ("2025", "2025-01-01..2025-12-31"),
            ("2024-02", "2024-02-01..2024-02-29"),
            ("2025-12-10", "2025-12-10..2025-12-10"),
            ("2024-03..2025", "2024-03-01..2025-12-31"),
            ("2024...2025", "2024-01-01..2025-12-31"),
            ("2024…2025", "2024-01-01..2025-12-31"),
            ("2024 .. 2025", "2024-01-01..2025-12-31"),
            ("..2025-06", "..2025-06-30"),
            ("2025..", "2025-01-01.."),
            ("2025..2024-03", "2024-03-01..2025-12-31 reversed"),
            ("2025..2025-03", "2025-01-01..2025-03-31"),
            ("２０２５－１２", "2025-12-01..2025-12-31"),
            ("December 2025", "2025-12-01..2025-12-31"),
            ("Sept. 2025", "2025-09-01..2025-09-30"),
            ("10 december 2025", "2025-12-10..2025-12-10"),
            ("Dec 10, 2025", "2025-12-10..2025-12-10"),
            ("march 2024..may 2024", "2024-03-01..2024-05-31"),
            ("today", "2026-01-14..2026-01-14"),
            ("Yesterday", "2026-01-13..2026-01-13"),
            ("this week", "2026-01-12..2026-01-18"),
            ("last week", "2026-01-05..2026-01-11"),
            ("this month", "2026-01-01..2026-01-31"),
            ("last month", "2025-12-01..2025-12-31"),
            ("this year", "2026-01-01..2026-12-31"),
            ("last year", "2025-01-01..2025-12-31"),
            ("last year..today", "2025-01-01..2026-01-14"),
            // Numbers in other orders, and with other marks.
            ("2025-1-5", "2025-01-05..2025-01-05"),
            ("2025-1", "2025-01-01..2025-01-31"),
            ("2025/12/10", "2025-12-10..2025-12-10"),
            ("2025.12.10", "2025-12-10..2025-12-10"),
            ("20251210", "2025-12-10..2025-12-10"),
            ("2025-12-10T08:30:00Z", "2025-12-10..2025-12-10"),
            ("10.12.2025", "2025-12-10..2025-12-10"),
            ("1.2.2025", "2025-02-01..2025-02-01"),
            ("25/12/2025", "2025-12-25..2025-12-25"),
            ("12/25/2025", "2025-12-25..2025-12-25"),
            ("10/10/2025", "2025-10-10..2025-10-10"),
            ("12/2025", "2025-12-01..2025-12-31"),
            ("10/12/2025", "2025-12-10..2025-12-10 or 2025-10-12..2025-10-12"),
            ("10-12-2025", "2025-12-10..2025-12-10 or 2025-10-12..2025-10-12"),
            ("10/12/2025..2026", "2025-10-12..2026-12-31 widened"),
            ("since 10/12/2025", "2025-10-12.. widened"),
            (">10/12/2025", "2025-10-13.. widened"),
            ("<10/12/2025", "..2025-12-09 widened"),
            ("2025年", "2025-01-01..2025-12-31"),
            ("2025年12月", "2025-12-01..2025-12-31"),
            ("2025年12月10日", "2025-12-10..2025-12-10"),
            ("２０２５年１月５号", "2025-01-05..2025-01-05"),
            ("去年", "2025-01-01..2025-12-31"),
            ("上个月", "2025-12-01..2025-12-31"),
            // Names in other orders and languages.
            ("2025 December 10", "2025-12-10..2025-12-10"),
            ("10th of December, 2025", "2025-12-10..2025-12-10"),
            ("the 1st of May 2025", "2025-05-01..2025-05-01"),
            ("10. Dezember 2025", "2025-12-10..2025-12-10"),
            ("März 2025", "2025-03-01..2025-03-31"),
            ("1er août 2025", "2025-08-01..2025-08-01"),
            ("10 déc. 2025", "2025-12-10..2025-12-10"),
            ("10 de diciembre de 2025", "2025-12-10..2025-12-10"),
            ("letztes Jahr", "2025-01-01..2025-12-31"),
            ("la semaine dernière", "2026-01-05..2026-01-11"),
            ("el año pasado", "2025-01-01..2025-12-31"),
            // Parts of years, and many of them.
            ("2025-Q1", "2025-01-01..2025-03-31"),
            ("2025Q4", "2025-10-01..2025-12-31"),
            ("Q1 2025", "2025-01-01..2025-03-31"),
            ("2025 q2", "2025-04-01..2025-06-30"),
            ("third quarter of 2025", "2025-07-01..2025-09-30"),
            ("H2 2025", "2025-07-01..2025-12-31"),
            ("2025-W50", "2025-12-08..2025-12-14"),
            ("1990s", "1990-01-01..1999-12-31"),
            ("the 1990s", "1990-01-01..1999-12-31"),
            ("1990er", "1990-01-01..1999-12-31"),
            ("1990年代", "1990-01-01..1999-12-31"),
            // Ends.
            ("2024–2025", "2024-01-01..2025-12-31"),
            ("2024-2025", "2024-01-01..2025-12-31"),
            ("2025-2024", "2024-01-01..2025-12-31 reversed"),
            ("March 2024 – May 2024", "2024-03-01..2024-05-31"),
            ("2024-", "2024-01-01.."),
            ("2024-03-", "2024-03-01.."),
            ("2024–", "2024-01-01.."),
            (">2024", "2025-01-01.."),
            (">=2024", "2024-01-01.."),
            ("<2024-03", "..2024-02-29"),
            ("≤ 2024", "..2024-12-31"),
            ("after 10 December 2025", "2025-12-11.."),
            ("before 2024", "..2023-12-31"),
            ("since last tuesday", "2026-01-13.."),
            ("until yesterday", "..2026-01-13"),
            ("between 2024 and March 2025", "2024-01-01..2025-03-31"),
            ("from 2024 to 2025", "2024-01-01..2025-12-31"),
            ("2024 to last month", "2024-01-01..2025-12-31"),
            // Counted from today, a Wednesday.
            ("last monday", "2026-01-12..2026-01-12"),
            ("last wednesday", "2026-01-07..2026-01-07"),
            ("wednesday", "2026-01-14..2026-01-14"),
            ("on Thursday", "2026-01-08..2026-01-08"),
            ("Montag", "2026-01-12..2026-01-12"),
            ("past week", "2026-01-08..2026-01-14"),
            ("the past month", "2025-12-15..2026-01-14"),
            ("last 3 months", "2025-10-15..2026-01-14"),
            ("past two weeks", "2026-01-01..2026-01-14"),
            ("3 days ago", "2026-01-11..2026-01-11"),
            ("a week ago", "2026-01-05..2026-01-11"),
            ("2 months ago", "2025-11-01..2025-11-30"),
            ("two years ago", "2024-01-01..2024-12-31"),
            ("last quarter", "2025-10-01..2025-12-31"),
            ("this quarter", "2026-01-01..2026-03-31"),
            ("last decade", "2010-01-01..2019-12-31"),
            ("next week", "2026-01-19..2026-01-25"),
        ] {
            assert_eq!(days(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_understood_says_why() {
        for (text, expected) in [
            ("", "Form"),
            ("..", "Form"),
            ("soon", "Form"),
            ("december", "no year, 2025-12?"),
            ("january", "no year, 2026-01?"),
            ("december 25", "no year, 2025-12-25?"),
            ("Dec 10", "no year, 2025-12-10?"),
            ("29 February", "no year, 2024-02-29?"),
            ("30 february", "no year"),
            ("1 2 3 4 5", "Form"),
            ("9999999", "Form"),
            ("10/12/25", "Form"),
            ("10/12/13/2025", "Form"),
            ("2025-12-10-3", "Form"),
            ("-2024", "Form"),
            ("december december 2025", "Form"),
            ("2025年x月", "Form"),
            ("spring", "Season(None)"),
            ("2025-13", "NoSuchDay"),
            ("2025-02-30", "NoSuchDay"),
            ("20250230", "NoSuchDay"),
            ("13/13/2025", "NoSuchDay"),
            ("31.02.2025", "NoSuchDay"),
            ("2025年13月", "NoSuchDay"),
            ("2025-Q5", "NoSuchDay"),
            ("2025-W60", "NoSuchDay"),
            ("H3 2025", "Form"),
            ("0000", "NoSuchDay"),
            ("30 february 2025", "NoSuchDay"),
            ("9999 decades ago", "NoSuchDay"),
            (">9999", "NoSuchDay"),
        ] {
            assert_eq!(days(text), expected, "{text}");
        }
        let spring = read("spring 2025", None);
        assert!(matches!(spring, Err(Trouble::Season(Some(range)))
            if range.to_string() == "2025-03-01..2025-05-31"));
        assert_eq!(read("last week", None), Err(Trouble::Today));
        assert_eq!(read("december 2025", None).map(|dates| dates.reversed), Ok(false));
    }
}
