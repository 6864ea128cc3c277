//! One date: a day, month, quarter, year or decade, as people write it.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::words::{is_filler, month, ordinal, season};
use super::{Trouble, decade, number, relative};
use crate::date::{DateRange, StatementDate};

/// Days, and the other ones that they may mean as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct One {
    pub(super) range: DateRange,
    pub(super) other: Option<DateRange>,
}

impl From<DateRange> for One {
    fn from(range: DateRange) -> Self {
        Self { range, other: None }
    }
}

/// No form has more words, those that say nothing aside.
const WORDS: usize = 4;

pub(super) fn read(text: &str, today: Option<Date>) -> Result<One, Trouble> {
    let mut words = [""; WORDS];
    let mut count = 0;
    let parts = text.split(|c: char| c.is_whitespace() || c == ',');
    for word in parts.filter(|word| !word.is_empty() && !is_filler(word)) {
        *words.get_mut(count).ok_or(Trouble::Form)? = word;
        count += 1;
    }
    let words = &words[..count];
    if let Some(range) = relative::read(words, today) {
        return range.map(One::from);
    }
    match *words {
        [] => Err(Trouble::Form),
        [one] => match numeric(one) {
            Some(read) => read,
            None => named(words, today).map(One::from),
        },
        _ => named(words, today).map(One::from),
    }
}

/// What is written in digits alone, or nearly so. `None`: something else.
fn numeric(text: &str) -> Option<Result<One, Trouble>> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let whole = |date: Option<StatementDate>| {
        Some(date.map(|date| One::from(date.range())).ok_or(Trouble::NoSuchDay))
    };
    if let Some(date) = by_ideographs(text) {
        return whole(date.ok()?);
    }
    // `1990s`, `1990er`, `1990年代`.
    for ending in ["s", "er", "年代"] {
        let year = text.strip_suffix(ending).and_then(|year| number(year, 4));
        if let Some(year) = year.filter(|year| *year >= 1000 && year % 10 == 0) {
            return Some(range(decade(year)).map(One::from));
        }
    }
    // A time after the day, as data have it.
    let day = match text.find('t') {
        Some(at) if at >= 8 => &text[..at],
        _ => text,
    };
    let mark = day.find(['-', '/', '.']);
    let Some(mark) = mark.and_then(|at| day[at..].chars().next()) else {
        let is_date = day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit());
        let [year, month, of_month] = match is_date {
            true => [&day[..4], &day[4..6], &day[6..]],
            false => {
                return number(day, 4)
                    .filter(|_| day.len() == 4)
                    .map(StatementDate::year)
                    .and_then(whole);
            }
        };
        return whole(date(number(year, 4)?, number(month, 2)?, number(of_month, 2)?));
    };
    let mut parts = [""; 3];
    for (at, part) in day.split(mark).enumerate() {
        *parts.get_mut(at)? = part;
    }
    match parts.map(|part| (part.len(), number(part, 4))) {
        [(4, Some(year)), (1..=2, Some(month)), (0, _)] => whole(month_of(year, month)),
        [(1..=2, Some(month)), (4, Some(year)), (0, _)] if mark != '-' => {
            whole(month_of(year, month))
        }
        [(4, Some(year)), (1..=2, Some(month)), (1..=2, Some(day))] => {
            whole(date(year, month, day))
        }
        // Where points part the numbers the day goes first, in all languages.
        [(1..=2, Some(day)), (1..=2, Some(month)), (4, Some(year))] if mark == '.' => {
            whole(date(year, month, day))
        }
        [(1..=2, Some(a)), (1..=2, Some(b)), (4, Some(year))] => Some(either(year, a, b)),
        _ => None,
    }
}

/// `10/12/2025` is a day of December to some and of October to others.
fn either(year: i16, a: i16, b: i16) -> Result<One, Trouble> {
    let (first, second) = (date(year, b, a), date(year, a, b));
    match (first, second) {
        (None, None) => Err(Trouble::NoSuchDay),
        (Some(one), None) | (None, Some(one)) => Ok(One::from(one.range())),
        (Some(one), Some(same)) if one == same => Ok(One::from(one.range())),
        (Some(one), Some(other)) => Ok(One { range: one.range(), other: Some(other.range()) }),
    }
}

/// `2025年`, `2025年12月`, `2025年12月10日`. `Err`: looks so and is not.
fn by_ideographs(text: &str) -> Option<Result<Option<StatementDate>, ()>> {
    let (year, rest) = text.split_once('年')?;
    let year = number(year, 4).filter(|_| year.len() == 4);
    let (month, rest) = match rest.split_once('月') {
        Some((month, rest)) => (Some(number(month, 2)), rest),
        None if rest == "代" => return None,
        None => (None, rest),
    };
    let day = match rest {
        "" => None,
        rest => Some(number(rest.trim_end_matches(['日', '号', '號']), 2)),
    };
    Some(match (year, month, day) {
        (Some(year), None, None) => Ok(StatementDate::year(year)),
        (Some(year), Some(Some(month)), None) => Ok(month_of(year, month)),
        (Some(year), Some(Some(month)), Some(Some(day))) => Ok(date(year, month, day)),
        _ => Err(()),
    })
}

/// What has a name in it: `10 december 2025`, `Q1 2025`.
fn named(words: &[&str], today: Option<Date>) -> Result<DateRange, Trouble> {
    if let Some(read) = parts_of_years(words) {
        return read;
    }
    let mut named = None;
    let (mut year, mut day) = (None, None);
    for &word in words {
        if let Some(month) = month(word).filter(|_| named.is_none()) {
            named = Some(month);
        } else if let Some(read) = number(word, 4).filter(|_| word.len() == 4 && year.is_none()) {
            year = Some(read);
        } else if let Some(read) = day_of_month(word).filter(|_| day.is_none()) {
            day = Some(read);
        } else {
            return Err(Trouble::Form);
        }
    }
    let month = i16::from(named.ok_or(Trouble::Form)?);
    let of = |year: i16| match day {
        Some(day) => date(year, month, day),
        None => month_of(year, month),
    };
    match year {
        Some(year) => of(year).map(StatementDate::range).ok_or(Trouble::NoSuchDay),
        // The last one that there was, to suggest.
        None => Err(Trouble::NoYear(today.and_then(|today| {
            let is_past =
                |date: &StatementDate| date.range().from.is_some_and(|from| from <= today);
            (0..=4).filter_map(|back| of(today.year() - back)).find(is_past)
        }))),
    }
}

/// `Q1 2025`, `2025-H2`, `2025-W50`, `first quarter of 2025`; seasons, of which there are two.
fn parts_of_years(words: &[&str]) -> Option<Result<DateRange, Trouble>> {
    let (part, year) = match *words {
        [a, b] if season(a).is_some() || season(b).is_some() => {
            let (name, year) = if season(a).is_some() { (a, b) } else { (b, a) };
            let (first, year) = (season(name)?, number(year, 4).filter(|_| year.len() == 4)?);
            return Some(Err(Trouble::Season(months(year, first, 3))));
        }
        [name] if season(name).is_some() => return Some(Err(Trouble::Season(None))),
        [nth, "quarter", year] => return Some(range(quarter(ordinal(nth)?, number(year, 4)?))),
        [both] => match both.split_once('-') {
            Some((year, part)) => (part, year),
            None => both.split_at_checked(4).map(|(year, part)| (part, year))?,
        },
        [a, b] if b.len() == 4 && number(b, 4).is_some() => (a, b),
        [a, b] => (b, a),
        _ => return None,
    };
    let year = number(year, 4).filter(|_| year.len() == 4)?;
    let letter = part.chars().next()?;
    let which = i8::try_from(number(&part[letter.len_utf8()..], 2)?).ok()?;
    Some(match letter {
        'q' => range(quarter(which, year)),
        'h' if (1..=2).contains(&which) => months(year, which * 6 - 5, 6).ok_or(Trouble::NoSuchDay),
        'w' => range(week(year, which)),
        _ => return None,
    })
}

fn range(days: Option<(Date, Date)>) -> Result<DateRange, Trouble> {
    let (from, to) = days.ok_or(Trouble::NoSuchDay)?;
    Ok(DateRange { from: Some(from), to: Some(to) })
}

fn quarter(which: i8, year: i16) -> Option<(Date, Date)> {
    let first = (1..=4).contains(&which).then_some(which * 3 - 2)?;
    let range = months(year, first, 3)?;
    range.from.zip(range.to)
}

fn week(year: i16, which: i8) -> Option<(Date, Date)> {
    let day = |weekday| ISOWeekDate::new(year, which, weekday).ok().map(ISOWeekDate::date);
    day(Weekday::Monday).zip(day(Weekday::Sunday))
}

/// So many months from the first day of one on.
fn months(year: i16, first: i8, number: i32) -> Option<DateRange> {
    let from = Date::new(year, first, 1).ok().filter(|_| year > 0)?;
    let last = from.checked_add(jiff::Span::new().try_months(number - 1).ok()?).ok()?;
    Some(DateRange { from: Some(from), to: Some(last.last_of_month()) })
}

/// `10`, `10.`, `10th`, `1er`, `1o`.
fn day_of_month(word: &str) -> Option<i16> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let is_ordinal =
        matches!(&word[digits.len()..], "" | "." | "st" | "nd" | "rd" | "th" | "er" | "re" | "o");
    number(digits, 2).filter(|_| is_ordinal)
}

fn date(year: i16, month: i16, day: i16) -> Option<StatementDate> {
    StatementDate::day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

fn month_of(year: i16, month: i16) -> Option<StatementDate> {
    StatementDate::month(year, i8::try_from(month).ok()?)
}
