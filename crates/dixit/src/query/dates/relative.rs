//! Stretches that are counted from the day that it is.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::Trouble;
use super::names::{month, weekday};
use super::part::months;
use super::words::{Unit, behind_ago, count, english, phrase, unit};
use crate::date::DateRange;

/// Words of the longest of them: `ces 3 derniers mois`.
const WORDS: usize = 5;

/// `last month`, `past 3 weeks`, `2 years ago`, `last monday`. `None`: not of this sort.
pub(super) fn read(words: &[&str], today: Option<Date>) -> Option<Result<DateRange, Trouble>> {
    if words.is_empty() || words.len() > WORDS {
        return None;
    }
    let stretch = match (phrase(words), words) {
        (Some(english), _) => stretch(&english),
        (None, [word]) => stretch(words).or_else(|| by_characters(word)),
        (None, _) => {
            let mut translated = [""; WORDS];
            for (to, word) in translated.iter_mut().zip(words) {
                *to = english(word);
            }
            stretch(&translated[..words.len()]).or_else(|| match *behind_ago(words)? {
                [number, one] => Some(Stretch::Whole(count(number)?, unit(one)?)),
                _ => None,
            })
        }
    };
    let stretch = stretch?;
    let Some(today) = today else { return Some(Err(Trouble::Today)) };
    Some(days(stretch, today).ok_or(Trouble::NoSuchDay))
}

/// `2年前`, `过去3个月`. Four digits are those of a year.
fn by_characters(word: &str) -> Option<Stretch> {
    let of = |text: &str, behind: &str| {
        let text = text.strip_suffix(behind)?;
        let end =
            text.char_indices().find(|(_, c)| !c.is_ascii_digit()).map_or(text.len(), |(at, _)| at);
        // A number may be one character.
        let end = if end == 0 { text.chars().next()?.len_utf8() } else { end };
        let (number, one) = text.split_at(end);
        Some((count(number).filter(|_| number.len() < 4)?, unit(one)?))
    };
    if let Some((number, one)) = of(word, "前") {
        return Some(Stretch::Whole(number, one));
    }
    let past = ["过去", "過去", "最近", "近"].iter().find_map(|past| word.strip_prefix(past))?;
    let (number, one) = of(past, "")?;
    Some(Stretch::UpTo(number, one))
}

#[derive(Debug, Clone, Copy)]
enum Stretch {
    /// A day, week, month… of the calendar, so many before this one.
    Whole(i64, Unit),
    /// So many days, weeks, months… up to today.
    UpTo(i64, Unit),
    /// The last such month that is over.
    Month(i8),
    /// The last such day: today may be it, or has to be after it.
    Weekday(jiff::civil::Weekday, bool),
}

fn stretch(words: &[&str]) -> Option<Stretch> {
    Some(match *words {
        ["this", one] => Stretch::Whole(0, unit(one)?),
        ["last", one] | [one, "last"] => match unit(one) {
            Some(one) => Stretch::Whole(1, one),
            None => match month(one) {
                Some(month) => Stretch::Month(month),
                None => Stretch::Weekday(weekday(one)?, false),
            },
        },
        ["next", one] | [one, "next"] => Stretch::Whole(-1, unit(one)?),
        ["past", one] => Stretch::UpTo(1, unit(one)?),
        ["last" | "past", number, one] | [number, "last", one] | ["this", number, "last", one] => {
            // The past no days are none.
            Stretch::UpTo(count(number).filter(|number| *number > 0)?, unit(one)?)
        }
        [number, one, "ago"] => Stretch::Whole(count(number)?, unit(one)?),
        [day] => Stretch::Weekday(weekday(day)?, true),
        _ => return None,
    })
}

/// `None` at the end of time.
fn days(stretch: Stretch, today: Date) -> Option<DateRange> {
    let (from, to) = match stretch {
        Stretch::Whole(back, one) => whole(today.checked_sub(span(back, one)?).ok()?, one)?,
        Stretch::UpTo(number, one) => {
            let day_before = today.checked_sub(span(number, one)?).ok()?;
            (day_before.tomorrow().ok()?, today)
        }
        Stretch::Month(month) => {
            let year = today.year() - i16::from(month >= today.month());
            let first = Date::new(year, month, 1).ok()?;
            (first, first.last_of_month())
        }
        Stretch::Weekday(day, or_today) => {
            let since = i64::from(today.weekday().since(day));
            let since = if since == 0 && !or_today { 7 } else { since };
            let day = today.checked_sub(since.days()).ok()?;
            (day, day)
        }
    };
    Some(DateRange { from: Some(from), to: Some(to) })
}

fn span(number: i64, one: Unit) -> Option<Span> {
    let span = Span::new();
    match one {
        Unit::Day => span.try_days(number),
        Unit::Week => span.try_weeks(number),
        Unit::Month => span.try_months(number),
        Unit::Quarter => span.try_months(number * 3),
        Unit::Half => span.try_months(number * 6),
        Unit::Year => span.try_years(number),
        Unit::Decade => span.try_years(number * 10),
    }
    .ok()
}

/// The week, month… that a day lies in; a week runs from Monday to Sunday.
fn whole(day: Date, one: Unit) -> Option<(Date, Date)> {
    Some(match one {
        Unit::Day => (day, day),
        Unit::Week => {
            let since_monday = i64::from(day.weekday().to_monday_zero_offset());
            let monday = day.checked_sub(since_monday.days()).ok()?;
            (monday, monday.checked_add(6.days()).ok()?)
        }
        Unit::Month => (day.first_of_month(), day.last_of_month()),
        Unit::Quarter => months_around(day, 3)?,
        Unit::Half => months_around(day, 6)?,
        Unit::Year => (day.first_of_year(), day.last_of_year()),
        Unit::Decade => super::decade(day.year() / 10 * 10)?,
    })
}

/// The part of the year, so many months long, that a day lies in.
fn months_around(day: Date, long: i8) -> Option<(Date, Date)> {
    months(day.year(), (day.month() - 1) / long * long + 1, long)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn days_of(text: &str, today: Date) -> Option<String> {
        let words: Vec<&str> = text.split(' ').collect();
        read(&words, Some(today))?.ok().map(|range| range.to_string())
    }

    #[test]
    fn a_month_before_the_31st_is_the_month_before() {
        let today = jiff::civil::date(2025, 3, 31);
        assert_eq!(days_of("last month", today).unwrap(), "2025-02-01..2025-02-28");
        assert_eq!(days_of("past month", today).unwrap(), "2025-03-01..2025-03-31");
        let first = jiff::civil::date(-9999, 1, 1);
        assert_eq!(days_of("last week", first), None);
        assert_eq!(days_of("past 0 days", today), None);
        assert_eq!(days_of("9999 decades ago", today), None);
    }
}
