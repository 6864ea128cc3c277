//! One date: a day, month, quarter, year, decade or century, as people write it.

use jiff::civil::{Date, Weekday};

use super::names::{month, weekday};
use super::part::{months, part_in};
use super::words::{century, is_filler, is_year, season};
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
    /// The year was written with two digits.
    pub(super) is_short: bool,
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
        let Self { year, month, day, weekday, is_short } = self;
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
                let short = is_short.then_some(Remark::ShortYear);
                let remark = is_wrong.then_some(Remark::Weekday).or(short);
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
pub(super) fn words(text: &str) -> Option<([&str; WORDS], usize)> {
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
    if let Some(trouble) = seasons(words) {
        return Err(trouble);
    }
    if let Some(part) = part_in(words) {
        return part.one();
    }
    if let Some(read) = hundred_years(words) {
        return read.map(One::from);
    }
    parts_in(words, today).ok_or(Trouble::Form)?.one(today)
}

/// What a text holds of a day, where that is all that it holds.
pub(super) fn parts(text: &str, today: Option<Date>) -> Option<Parts> {
    let (words, count) = words(text)?;
    parts_in(&words[..count], today)
}

fn parts_in(words: &[&str], today: Option<Date>) -> Option<Parts> {
    // `3-Mar-21`
    if let [one] = words
        && let Some(three) = by_marks(one)
    {
        return parts_in(&three, today);
    }
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
    let mut short = None;
    for word in words {
        // `March '21`
        if let Some(read) = word.strip_prefix('\'').and_then(two_digits) {
            short = Some(short.xor(Some(read))?);
            continue;
        }
        // `l'8 marzo`, `d'octobre`, `3 Mart'ta`
        let word = match word.split_once('\'') {
            Some(("l" | "d" | "dell" | "nell" | "all", word)) => word,
            Some((word, _)) => word,
            None => word,
        };
        let Parts { year: of_year, month: of_month, day, weekday: of_week, .. } = &mut parts;
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
        // `3 Mar 21`: behind a day and a month two digits are of a year.
        } else if let Some(read) =
            two_digits(word).filter(|_| of_month.is_some() && short.is_none())
        {
            short = Some(read);
        } else {
            return None;
        }
    }
    match (short, parts.year) {
        (Some(_), Some(_)) => return None,
        (Some(short), None) if parts.month.is_some() => {
            parts.year = today.map(|today| numeric::last_year(short, today));
            parts.is_short = true;
        }
        (Some(_), None) => return None,
        (None, _) => {}
    }
    (parts != Parts::default() && (parts.year.is_some() || !is_named)).then_some(parts)
}

fn two_digits(word: &str) -> Option<i16> {
    number(word, 2).filter(|_| word.len() == 2)
}

/// Three parts with a name of a month in the middle.
fn by_marks(text: &str) -> Option<[&str; 3]> {
    let mut parts = text.split(['-', '/', '.']);
    let three = [parts.next()?, parts.next()?, parts.next()?];
    (parts.next().is_none() && month(three[1]).is_some()).then_some(three)
}

/// `20th century`: from the first of January of its first year, 1901.
fn hundred_years(words: &[&str]) -> Option<Result<DateRange, Trouble>> {
    let which = century(words)?;
    Some(range(years(which * 100 - 99, which * 100)))
}

/// Seasons, of which there are two.
fn seasons(words: &[&str]) -> Option<Trouble> {
    match *words {
        [a, b] if season(a).is_some() || season(b).is_some() => {
            let (name, of_year) = if season(a).is_some() { (a, b) } else { (b, a) };
            let of_year = year(of_year)?;
            let days = months(of_year, season(name)?, 3).filter(|_| of_year > 0);
            Some(Trouble::Season(range(days).ok()))
        }
        [name] if season(name).is_some() => Some(Trouble::Season(None)),
        _ => None,
    }
}

pub(super) fn range(days: Option<(Date, Date)>) -> Result<DateRange, Trouble> {
    let (from, to) = days.ok_or(Trouble::NoSuchDay)?;
    Ok(DateRange { from: Some(from), to: Some(to) })
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
