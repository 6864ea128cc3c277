//! Stretches that are counted from the day that it is.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::Trouble;
use super::words::{Unit, count, phrase, unit, weekday};
use crate::date::DateRange;

/// `last month`, `past 3 weeks`, `2 years ago`, `last monday`. `None`: not of this sort.
pub(super) fn read(words: &[&str], today: Option<Date>) -> Option<Result<DateRange, Trouble>> {
    let english = phrase(words);
    let words = english.as_ref().map_or(words, <[&str; 2]>::as_slice);
    let stretch = stretch(words)?;
    let Some(today) = today else { return Some(Err(Trouble::Today)) };
    Some(days(stretch, today).ok_or(Trouble::NoSuchDay))
}

#[derive(Debug, Clone, Copy)]
enum Stretch {
    /// A day, week, month… of the calendar, so many before this one.
    Whole(i64, Unit),
    /// So many days, weeks, months… up to today.
    UpTo(i64, Unit),
    /// The last such day: today may be it, or has to be after it.
    Weekday(jiff::civil::Weekday, bool),
}

fn stretch(words: &[&str]) -> Option<Stretch> {
    Some(match *words {
        ["this" | "current", one] => Stretch::Whole(0, unit(one)?),
        ["last" | "previous", one] => match unit(one) {
            Some(one) => Stretch::Whole(1, one),
            None => Stretch::Weekday(weekday(one)?, false),
        },
        ["next" | "coming", one] => Stretch::Whole(-1, unit(one)?),
        ["past", one] => Stretch::UpTo(1, unit(one)?),
        ["last" | "past" | "previous", number, one] => Stretch::UpTo(count(number)?, unit(one)?),
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
        Unit::Quarter => {
            let first = (day.month() - 1) / 3 * 3 + 1;
            let first = Date::new(day.year(), first, 1).ok()?;
            (first, first.checked_add(2.months()).ok()?.last_of_month())
        }
        Unit::Year => (day.first_of_year(), day.last_of_year()),
        Unit::Decade => super::decade(day.year() / 10 * 10)?,
    })
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
        assert_eq!(days_of("9999 decades ago", today), None);
    }
}
