//! One date: a day, month, quarter, year, decade or century, as people write it.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::names::{month, weekday};
use super::words::{century, is_filler, is_year, ordinal, season};
use super::{Remark, Trouble, number, numeric, relative, year, years};
use crate::date::{DateRange, StatementDate};

/// Days, and the other ones that they may mean as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct One {
    pub(super) range: DateRange,
    pub(super) other: Option<DateRange>,
    pub(super) remark: Option<Remark>,
}

impl From<DateRange> for One {
    fn from(range: DateRange) -> Self {
        Self { range, other: None, remark: None }
    }
}

/// What stands of a day; a year alone is one too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Parts {
    pub(super) year: Option<i16>,
    pub(super) month: Option<i16>,
    pub(super) day: Option<i16>,
    pub(super) weekday: Option<Weekday>,
}

impl Parts {
    /// Whether nothing has to be taken from the other end of a range.
    pub(super) const fn is_whole(self) -> bool {
        self.year.is_some() && (self.day.is_none() || self.month.is_some())
    }

    /// The year where there is nothing else.
    pub(super) fn is_year(self) -> Option<i16> {
        self.year.filter(|_| self.month.is_none() && self.day.is_none())
    }

    /// The day where there is nothing else.
    pub(super) fn is_day(self) -> Option<i16> {
        self.day.filter(|_| self.month.is_none() && self.year.is_none())
    }

    /// The days that it means.
    pub(super) fn one(self, today: Option<Date>) -> Result<One, Trouble> {
        let Self { year, month, day, weekday } = self;
        let of = |year: i16| match (month, day) {
            (Some(month), Some(day)) => date(year, month, day),
            (Some(month), None) => month_of(year, month),
            (None, _) => StatementDate::year(year),
        };
        match (year, month, day) {
            (_, None, Some(_)) | (None, None, None) => Err(Trouble::Form),
            (Some(year), ..) => {
                let days = of(year).ok_or(Trouble::NoSuchDay)?;
                let is_other = |weekday| days.range().from.is_some_and(|d| d.weekday() != weekday);
                let is_wrong = day.is_some() && weekday.is_some_and(is_other);
                let remark = is_wrong.then_some(Remark::Weekday);
                Ok(One { remark, ..One::from(days.range()) })
            }
            // The last one that there was, to suggest.
            (None, ..) => Err(Trouble::NoYear(today.and_then(|today| {
                let is_past =
                    |date: &StatementDate| date.range().from.is_some_and(|from| from <= today);
                (0..=4).filter_map(|back| of(today.year() - back)).find(is_past)
            }))),
        }
    }
}

/// No form has more words, those that say nothing aside.
const WORDS: usize = 6;

/// The words of a date, but for those that say nothing, and the time of the day.
fn words(text: &str) -> Option<([&str; WORDS], usize)> {
    let (mut words, mut count) = ([""; WORDS], 0);
    let parts = text.split(|c: char| c.is_whitespace() || c == ',');
    for word in parts.filter(|word| !word.is_empty() && !is_filler(word)) {
        if count > 0 && is_time(word) {
            continue;
        }
        *words.get_mut(count)? = word;
        count += 1;
    }
    Some((words, count))
}

/// `10:00`, `10:00:30z`.
fn is_time(word: &str) -> bool {
    let clock = word.split(['z', '+', '.']).next().unwrap_or(word);
    let mut parts = clock.split(':');
    let are_numbers = parts.clone().all(|part| part.len() <= 2 && number(part, 2).is_some());
    are_numbers && parts.nth(1).is_some()
}

/// What is counted from today. `None`: not of this sort.
pub(super) fn counted(text: &str, today: Option<Date>) -> Option<Result<One, Trouble>> {
    let (words, count) = words(text)?;
    relative::read(&words[..count], today).map(|read| read.map(One::from))
}

pub(super) fn read(text: &str, today: Option<Date>) -> Result<One, Trouble> {
    let (words, count) = words(text).ok_or(Trouble::Form)?;
    let words = &words[..count];
    if let Some(range) = relative::read(words, today) {
        return range.map(One::from);
    }
    if let [one] = words
        && let Some(read) = numeric::read(one, today)
    {
        return read;
    }
    if let Some(read) = parts_of_years(words).or_else(|| hundred_years(words)) {
        return read.map(One::from);
    }
    parts_in(words).ok_or(Trouble::Form)?.one(today)
}

/// What a text holds of a day, where that is all that it holds.
pub(super) fn parts(text: &str) -> Option<Parts> {
    let (words, count) = words(text)?;
    parts_in(&words[..count])
}

fn parts_in(words: &[&str]) -> Option<Parts> {
    if words.iter().any(|word| word.contains(|c: char| numeric::CHARACTERS.contains(&c)))
        && let Some(parts) = numeric::by_characters(&words.concat())
    {
        return Some(parts);
    }
    if let [one] = words
        && let Some(parts) = numeric::parts(one)
    {
        return Some(parts);
    }
    let (mut parts, mut is_named) = (Parts::default(), false);
    for word in words {
        // `l'8 marzo`, `d'octobre`, `3 Mart'ta`
        let word = match word.split_once('\'') {
            Some(("l" | "d" | "dell" | "nell" | "all", word)) => word,
            Some((word, _)) => word,
            None => word,
        };
        let Parts { year: of_year, month: of_month, day, weekday: of_week } = &mut parts;
        if let Some(month) = month(word).filter(|_| of_month.is_none()) {
            *of_month = Some(i16::from(month));
        } else if let Some(read) = year(word.trim_end_matches('.')).filter(|_| of_year.is_none()) {
            *of_year = Some(read);
        } else if let Some(read) = day_of_month(word).filter(|_| day.is_none()) {
            *day = Some(read);
        } else if let Some(read) = weekday(word).filter(|_| of_week.is_none()) {
            *of_week = Some(read);
        } else if is_year(word) {
            is_named = true;
        } else {
            return None;
        }
    }
    (parts != Parts::default() && (parts.year.is_some() || !is_named)).then_some(parts)
}

/// `20th century`: from the first of January of its first year, 1901.
fn hundred_years(words: &[&str]) -> Option<Result<DateRange, Trouble>> {
    let which = century(words)?;
    Some(range(years(which * 100 - 99, which * 100)))
}

/// `Q1 2025`, `2025-H2`, `2025-W50`, `first quarter of 2025`; seasons, of which there are two.
fn parts_of_years(words: &[&str]) -> Option<Result<DateRange, Trouble>> {
    let (part, of_year) = match *words {
        [a, b] if season(a).is_some() || season(b).is_some() => {
            let (name, of_year) = if season(a).is_some() { (a, b) } else { (b, a) };
            return Some(Err(Trouble::Season(months(year(of_year)?, season(name)?, 3))));
        }
        [name] if season(name).is_some() => return Some(Err(Trouble::Season(None))),
        [nth, "quarter", of_year] => {
            return Some(range(quarter(ordinal(nth)?, number(of_year, 4)?)));
        }
        [both] => match both.split_once('-') {
            Some((year, part)) => (part, year),
            None => both.split_at_checked(4).map(|(year, part)| (part, year))?,
        },
        [a, b] if year(b).is_some() => (a, b),
        [a, b] => (b, a),
        _ => return None,
    };
    let of_year = year(of_year)?;
    let letter = part.chars().next()?;
    let which = i8::try_from(number(&part[letter.len_utf8()..], 2)?).ok()?;
    Some(match letter {
        'q' => range(quarter(which, of_year)),
        'h' if (1..=2).contains(&which) => {
            months(of_year, which * 6 - 5, 6).ok_or(Trouble::NoSuchDay)
        }
        'w' => range(week(of_year, which)),
        _ => return None,
    })
}

pub(super) fn range(days: Option<(Date, Date)>) -> Result<DateRange, Trouble> {
    let (from, to) = days.ok_or(Trouble::NoSuchDay)?;
    Ok(DateRange { from: Some(from), to: Some(to) })
}

fn quarter(which: i8, year: i16) -> Option<(Date, Date)> {
    let first = (1..=4).contains(&which).then(|| which * 3 - 2)?;
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

/// `10`, `10.`, `10th`, `1er`, `1o`, `3-an`.
fn day_of_month(word: &str) -> Option<i16> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let is_ordinal = matches!(
        &word[digits.len()..],
        "" | "."
            | "st"
            | "nd"
            | "rd"
            | "th"
            | "er"
            | "re"
            | "o"
            | "e"
            | "-an"
            | "-en"
            | "-a"
            | "-e"
    );
    number(digits, 2).filter(|_| is_ordinal)
}

pub(super) fn date(year: i16, month: i16, day: i16) -> Option<StatementDate> {
    StatementDate::day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

pub(super) fn month_of(year: i16, month: i16) -> Option<StatementDate> {
    StatementDate::month(year, i8::try_from(month).ok()?)
}
