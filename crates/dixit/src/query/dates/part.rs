//! Parts of years: quarters, halves, weeks.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::single::{One, range, words};
use super::words::{Unit, count, ordinal, unit};
use super::{Trouble, number, year};

/// A part of a year that has a number: `Q1`, `second half`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) which: i8,
    /// Months that it has; a week has none.
    months: i8,
    pub(super) of_year: Option<i16>,
}

impl Part {
    pub(super) fn one(self) -> Result<One, Trouble> {
        let year = self.of_year.ok_or(Trouble::NoYear(None))?;
        let days = match self.months {
            0 => week(year, self.which),
            long if year > 0 && (1..=12 / long).contains(&self.which) => {
                months(year, (self.which - 1) * long + 1, long)
            }
            _ => None,
        };
        range(days).map(One::from)
    }

    /// Whether both count the same parts.
    pub(super) const fn is_like(self, other: Self) -> bool {
        self.months == other.months
    }
}

const QUARTER: i8 = 3;
const HALF: i8 = 6;

/// `Q1 2025`, `2025-H2`, `2025-W50`, `first quarter of 2025`, `2. Halbjahr 2025`, and the same without a year.
pub(super) fn of(text: &str) -> Option<Part> {
    let (words, count) = words(text)?;
    part_in(&words[..count])
}

pub(super) fn part_in(words: &[&str]) -> Option<Part> {
    let (of_year, rest) = match *words {
        [ref rest @ .., last] if year(last).is_some() => (year(last), rest),
        [first, ref rest @ ..] if year(first).is_some() => (year(first), rest),
        _ => (None, words),
    };
    let named = |nth: &str, name: &str| Some((ordinal(nth)?, length(name)?));
    let (which, months) = match *rest {
        [one] => {
            // `2025-Q1`, `2025Q1`, `2025年上半年`
            let of_year = of_year.or_else(|| year(one.get(..4)?));
            let one = match of_year {
                Some(_) if rest.len() == words.len() => one[4..].trim_start_matches(['-', '年']),
                _ => one,
            };
            let (which, months) = half_by_characters(one).or_else(|| lettered(one))?;
            return Some(Part { which, months, of_year });
        }
        ["week" | "kw" | "woche" | "semaine" | "semana", nth] if of_year.is_some() => {
            (i8::try_from(number(nth, 2)?).ok()?, 0)
        }
        [a, b] => named(a, b).or_else(|| named(b, a).filter(|_| of_year.is_some()))?,
        _ => return None,
    };
    Some(Part { which, months, of_year })
}

/// `q1`, `h2`, `w50`, in French `t1` and `s2`; `1h` and `1q` as accountants write.
fn lettered(text: &str) -> Option<(i8, i8)> {
    let first = text.chars().next()?;
    let (letter, digits) = match first.is_ascii_digit() {
        true => (text.chars().next_back()?, text.get(..1).filter(|_| text.len() == 2)?),
        false => (first, &text[first.len_utf8()..]),
    };
    let which = i8::try_from(number(digits, 2)?).ok()?;
    match letter {
        'q' | 't' => Some((which, QUARTER)),
        'h' | 's' if (1..=2).contains(&which) => Some((which, HALF)),
        'w' if !first.is_ascii_digit() => Some((which, 0)),
        _ => None,
    }
}

fn half_by_characters(text: &str) -> Option<(i8, i8)> {
    match text {
        "上半年" | "上半期" => Some((1, HALF)),
        "下半年" | "下半期" => Some((2, HALF)),
        _ => {
            let nth = text.strip_prefix('第').unwrap_or(text);
            let nth = ["季度", "四半期"].iter().find_map(|name| nth.strip_suffix(name))?;
            Some((i8::try_from(count(nth)?).ok()?, QUARTER))
        }
    }
}

/// The first end where the other says what it is one of: `first to third quarter of 2021`.
pub(super) fn like(text: &str, other: Part) -> Option<Part> {
    let (words, count) = words(text)?;
    match words[..count] {
        [nth] => Some(Part { which: ordinal(nth)?, of_year: None, ..other }),
        _ => None,
    }
}

/// So many months; what has none of its own is none of these.
fn length(name: &str) -> Option<i8> {
    match unit(name)? {
        Unit::Quarter => Some(QUARTER),
        Unit::Half => Some(HALF),
        _ => None,
    }
}

fn week(year: i16, which: i8) -> Option<(Date, Date)> {
    let day = |weekday| ISOWeekDate::new(year, which, weekday).ok().map(ISOWeekDate::date);
    day(Weekday::Monday).zip(day(Weekday::Sunday))
}

/// So many months from the first day of one on.
pub(super) fn months(year: i16, first: i8, number: i8) -> Option<(Date, Date)> {
    let from = Date::new(year, first, 1).ok()?;
    let last = from.checked_add((number - 1).months()).ok()?;
    Some((from, last.last_of_month()))
}
