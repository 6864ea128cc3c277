//! Dates as people write them in a query.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::date::{DateRange, StatementDate};

/// What a `date:` that is not understood is answered with.
pub(super) const FORMS: &str = "write 2025, 2025-12, 2025-12-10, 2024-03..2025, ..2025, 2025.., \
    \"december 2025\", \"10 december 2025\", today, yesterday, or \"this\" or \"last\" with week, \
    month or year";

/// Why a text is not a stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It is not written like one.
    Form,
    /// There is no such day, month or year.
    NoSuchDay,
    /// It depends on the day, which the caller did not tell.
    Today,
}

/// Days, and whether they were written from the later to the earlier.
pub(super) fn read(text: &str, today: Option<Date>) -> Result<(DateRange, bool), Trouble> {
    let text = plain(text);
    let text = text.trim();
    let Some((from, to)) = text.split_once("..") else {
        return single(text, today).map(|range| (range, false));
    };
    // `2024...2025` is a slip of the finger, not another notation.
    let (from, to) = (from.trim(), to.trim_start_matches('.').trim());
    let end = |text: &str| match text {
        "" => Ok(None),
        _ => single(text, today).map(Some),
    };
    match (end(from)?, end(to)?) {
        (None, None) => Err(Trouble::Form),
        (Some(a), Some(b)) if a.from > b.to => Ok((DateRange { from: b.from, to: a.to }, true)),
        (a, b) => {
            let range = DateRange { from: a.and_then(|a| a.from), to: b.and_then(|b| b.to) };
            Ok((range, false))
        }
    }
}

/// Keyboards write `…` for `...` and, in East Asia, wide digits.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '…' | '‥' => plain.push_str(".."),
            '\u{ff01}'..='\u{ff5e}' => {
                plain.extend(char::from_u32(c as u32 - 0xfee0).unwrap_or(c).to_lowercase());
            }
            '\u{2010}'..='\u{2012}' | '\u{2212}' => plain.push('-'),
            c => plain.extend(c.to_lowercase()),
        }
    }
    plain
}

fn single(text: &str, today: Option<Date>) -> Result<DateRange, Trouble> {
    if text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains(char::is_whitespace) {
        return match text.parse::<StatementDate>() {
            Ok(date) => Ok(date.range()),
            Err(_) if looks_like_date(text) => Err(Trouble::NoSuchDay),
            Err(_) => Err(Trouble::Form),
        };
    }
    // No form has more than three words.
    let mut words = [""; 4];
    let mut count = 0;
    for word in text.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()) {
        *words.get_mut(count).ok_or(Trouble::Form)? = word;
        count += 1;
    }
    let date = match words[..count] {
        [] => None,
        [month, year] if month_number(month).is_some() => {
            Some((month_number(month), Some("1"), year, true))
        }
        [month, day, year] if month_number(month).is_some() => {
            Some((month_number(month), Some(day), year, false))
        }
        [day, month, year] => Some((month_number(month), Some(day), year, false)),
        _ => None,
    };
    if let Some((month, day, year, whole_month)) = date {
        let month = month.ok_or(Trouble::Form)?;
        let day = day.and_then(|day| number(day, 2)).ok_or(Trouble::Form)?;
        let year = Some(year).filter(|y| y.len() == 4).and_then(|y| number(y, 4));
        let year = year.ok_or(Trouble::Form)?;
        let date = if whole_month {
            StatementDate::month(year, month)
        } else {
            i8::try_from(day).ok().and_then(|day| StatementDate::day(year, month, day))
        };
        return date.map(StatementDate::range).ok_or(Trouble::NoSuchDay);
    }
    let known = matches!(
        words[..count],
        ["today" | "yesterday"] | ["this" | "last", "week" | "month" | "year"]
    );
    if !known {
        return Err(Trouble::Form);
    }
    relative(&words[..count], today.ok_or(Trouble::Today)?).ok_or(Trouble::NoSuchDay)
}

/// Counted from the day that it is; a week runs from Monday to Sunday. `None` at the end of time.
fn relative(words: &[&str], today: Date) -> Option<DateRange> {
    let back = |span: jiff::Span| today.checked_sub(span).ok();
    let (from, to) = match *words {
        ["today"] => (today, today),
        ["yesterday"] => (back(1.day())?, back(1.day())?),
        [which, "week"] => {
            let since_monday = i64::from(today.weekday().to_monday_zero_offset());
            let since_monday = if which == "last" { since_monday + 7 } else { since_monday };
            let monday = back(since_monday.days())?;
            (monday, monday.checked_add(6.days()).ok()?)
        }
        [which, "month"] => {
            let day = if which == "last" { back(1.month())? } else { today };
            (day.first_of_month(), day.last_of_month())
        }
        [which, "year"] => {
            let day = if which == "last" { back(1.year())? } else { today };
            (day.first_of_year(), day.last_of_year())
        }
        _ => return None,
    };
    Some(DateRange { from: Some(from), to: Some(to) })
}

/// Digits in groups of 4, 2 and 2: the form is right and the numbers are not.
fn looks_like_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    parts.next().is_some_and(|year| digits(year, 4))
        && parts.clone().count() <= 2
        && parts.all(|part| digits(part, 2))
}

fn number(text: &str, most: usize) -> Option<i16> {
    let digits = !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn month_number(text: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let text = text.trim_end_matches('.');
    let short = text.len() == 3 || text == "sept";
    let found = MONTHS.iter().position(|month| *month == text || short && month.starts_with(text));
    found.and_then(|at| i8::try_from(at + 1).ok())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn days(text: &str) -> String {
        // A Wednesday.
        match read(text, Some(jiff::civil::date(2026, 1, 14))) {
            Ok((range, reversed)) => format!("{range}{}", if reversed { " reversed" } else { "" }),
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
            ("december", "Form"),
            ("december 25", "Form"),
            ("1 2 3 4 5", "Form"),
            ("9999999", "Form"),
            ("2025-1-5", "Form"),
            ("10/12/2025", "Form"),
            ("2025-13", "NoSuchDay"),
            ("2025-02-30", "NoSuchDay"),
            ("0000", "NoSuchDay"),
            ("30 february 2025", "NoSuchDay"),
        ] {
            assert_eq!(days(text), expected, "{text}");
        }
        assert_eq!(read("last week", None), Err(Trouble::Today));
        assert_eq!(read("december 2025", None).map(|(_, reversed)| reversed), Ok(false));
    }

    #[test]
    fn a_month_before_the_31st_is_the_month_before() {
        let range = relative(&["last", "month"], jiff::civil::date(2025, 3, 31)).unwrap();
        assert_eq!(range.to_string(), "2025-02-01..2025-02-28");
        let first = jiff::civil::date(-9999, 1, 1);
        assert_eq!(relative(&["last", "week"], first), None);
    }
}
