//! Dates in digits alone, or nearly so.

use jiff::civil::Date;

use super::single::{One, Parts, date, month_of, range};
use super::{Remark, Trouble, decade, number, year, years};
use crate::date::StatementDate;

/// `None`: something else.
pub(super) fn read(text: &str, today: Option<Date>) -> Option<Result<One, Trouble>> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let whole = |date: Option<StatementDate>| {
        Some(date.map(|date| One::from(date.range())).ok_or(Trouble::NoSuchDay))
    };
    // `1990s`, `1990er`, `1990年代`.
    for ending in ["s", "er", "年代"] {
        let first = text.strip_suffix(ending).and_then(year);
        if let Some(first) = first.filter(|first| *first >= 1000 && first % 10 == 0) {
            return Some(range(decade(first)).map(One::from));
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
        return match is_date {
            true => {
                let [year, month, of_month] = [&day[..4], &day[4..6], &day[6..]];
                whole(date(number(year, 4)?, number(month, 2)?, number(of_month, 2)?))
            }
            false => year(day).map(StatementDate::year).and_then(whole),
        };
    };
    let mut parts = [""; 3];
    for (at, part) in day.split(mark).enumerate() {
        *parts.get_mut(at)? = part;
    }
    match parts.map(|part| (part.len(), number(part, 4))) {
        [(4, Some(first)), (length, Some(second)), (0, _)] if mark != '.' => {
            Some(month_or_years(first, second, length, mark))
        }
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
        // With hyphens it might be the year that goes first.
        [(1..=2, Some(a)), (1..=2, Some(b)), (2, Some(short))] if mark != '-' => {
            Some(of_short_year(short, [a, b], mark == '.', today))
        }
        _ => None,
    }
}

/// `2025-12` and `2025/12` are months; `2020/21`, `2020-21` and `2020/2021` the years of a parliament or a
/// budget, and `2019-21` three years.
fn month_or_years(first: i16, second: i16, length: usize, mark: char) -> Result<One, Trouble> {
    let last = match length {
        4 => second,
        2 => {
            // `1999/00`
            let last = first / 100 * 100 + second;
            if last < first { last + 100 } else { last }
        }
        _ => first,
    };
    let follows = last == first + 1;
    let is_month = length <= 2 && (1..=12).contains(&second);
    let remark = match (follows, is_month) {
        (true, true) if mark == '/' => Some(Remark::NotTwoYears),
        (true, false) => Some(Remark::TwoYears),
        _ => None,
    };
    if is_month {
        let month = month_of(first, second).ok_or(Trouble::NoSuchDay)?;
        return Ok(One { remark, ..One::from(month.range()) });
    }
    // `2025-13` is a slip, `2025-1998` the other way round; both are not for this place.
    let is_meant = follows || mark == '-' && length == 2 && second > first % 100 && second > 12;
    if !is_meant || last - first > MOST_YEARS {
        return Err(Trouble::NoSuchDay);
    }
    Ok(One { remark, ..One::from(range(years(first, last))?) })
}

/// More years are not written with two digits at the end: `2025-99` is a slip of the finger.
const MOST_YEARS: i16 = 20;

/// `3.3.21`: the last such year that there was.
fn of_short_year(
    short: i16,
    [a, b]: [i16; 2],
    day_first: bool,
    today: Option<Date>,
) -> Result<One, Trouble> {
    let year = last_year(short, today.ok_or(Trouble::Today)?);
    let one = match day_first {
        true => One::from(date(year, b, a).ok_or(Trouble::NoSuchDay)?.range()),
        false => either(year, a, b)?,
    };
    Ok(One { remark: Some(Remark::ShortYear), ..one })
}

/// The last year so far that ends in two digits.
pub(super) fn last_year(short: i16, today: Date) -> i16 {
    let this = today.year();
    let year = this / 100 * 100 + short;
    if year > this { year - 100 } else { year }
}

/// `10/12/2025` is a day of December to some and of October to others.
fn either(year: i16, a: i16, b: i16) -> Result<One, Trouble> {
    let (first, second) = (date(year, b, a), date(year, a, b));
    match (first, second) {
        (None, None) => Err(Trouble::NoSuchDay),
        (Some(one), None) | (None, Some(one)) => Ok(One::from(one.range())),
        (Some(one), Some(same)) if one == same => Ok(One::from(one.range())),
        (Some(one), Some(other)) => {
            Ok(One { other: Some(other.range()), ..One::from(one.range()) })
        }
    }
}

/// `3.3.` and `3.3.2021`, as they stand at the ends of a range.
pub(super) fn parts(text: &str) -> Option<Parts> {
    let mut numbers = text.strip_suffix('.').unwrap_or(text).split('.');
    let (day, month) = (number(numbers.next()?, 2)?, number(numbers.next()?, 2)?);
    let year = match numbers.next() {
        Some(text) => Some(year(text)?),
        None => None,
    };
    let is_all = numbers.next().is_none() && (year.is_some() || text.ends_with('.'));
    is_all.then_some(Parts { year, month: Some(month), day: Some(day), ..Parts::default() })
}

/// What stands behind a year, a month and a day in Chinese, Japanese and Korean.
pub(super) const CHARACTERS: [char; 8] = ['年', '년', '月', '월', '日', '号', '號', '일'];

/// The first years of the reigns that Japan has counted years from in the last hundred years.
const REIGNS: [(&str, i16); 3] = [("令和", 2019), ("平成", 1989), ("昭和", 1926)];

/// `三`, `十二`
fn in_characters(text: &str) -> Option<i16> {
    const NUMBERS: [&str; 12] =
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    let at = NUMBERS.iter().position(|number| *number == text)?;
    i16::try_from(at + 1).ok()
}

/// `2025年12月10日`, `2025년 12월 10일`, `令和3年5月`, or a piece of such. `None`: no such thing.
pub(super) fn by_characters(text: &str) -> Option<Parts> {
    let mut rest = text;
    let mut parts = Parts::default();
    let reign = REIGNS.iter().find_map(|(name, first)| Some((rest.strip_prefix(name)?, *first)));
    if let Some((behind, first)) = reign {
        let (count, behind) = behind.split_once('年')?;
        let count = if count == "元" { 1 } else { number(count, 2).filter(|count| *count > 0)? };
        parts.year = Some(first + count - 1);
        rest = behind;
    } else if let Some((text, behind)) = rest.split_once(['年', '년']) {
        parts.year = Some(year(text)?);
        rest = behind;
    }
    if let Some((text, behind)) = rest.split_once(['月', '월']) {
        parts.month = Some(number(text, 2).or_else(|| in_characters(text))?);
        rest = behind;
    }
    if let Some(text) = rest.strip_suffix(['日', '号', '號', '일']) {
        parts.day = Some(number(text, 2)?);
        rest = "";
    } else if !rest.is_empty() && parts.month.is_some() {
        // `12月10`
        parts.day = Some(number(rest, 2)?);
        rest = "";
    }
    (rest.is_empty() && parts != Parts::default()).then_some(parts)
}
