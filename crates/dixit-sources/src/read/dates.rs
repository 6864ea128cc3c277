//! Dates in fields: numbers whose order a whole column decides, and whatever else publishers write.

use dixit::{DateError, StatementDate};

use crate::extract;

/// Which of day and month comes first in a column of numeric dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Order {
    /// Nothing decides.
    #[default]
    Unknown,
    Day,
    Month,
}

/// How dates are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Dates {
    pub(super) order: Order,
    /// The century that years of four digits in the same column are in.
    pub(super) century: Option<i16>,
}

/// Why there is no date.
#[derive(Debug)]
pub(super) struct Undated {
    pub(super) rule: &'static str,
    pub(super) why: String,
    /// The dates between which nothing decides.
    pub(super) candidates: Vec<String>,
}

impl Undated {
    pub(super) fn new(rule: &'static str, why: impl Into<String>) -> Self {
        Self { rule, why: why.into(), candidates: Vec::new() }
    }
}

/// `9/26/16`, `26.9.2016`: two small numbers and a year, whichever of them is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Numeric {
    first: i8,
    second: i8,
    year: i16,
    is_short: bool,
}

impl Dates {
    /// What the values of a column tell: one that holds a number above twelve decides for all.
    pub(super) fn of_column<'v>(values: impl Iterator<Item = &'v str>) -> Self {
        let (mut day_first, mut month_first) = (false, false);
        let mut centuries = Vec::new();
        for date in values.filter_map(numeric) {
            day_first |= date.first > 12 && date.second <= 12;
            month_first |= date.second > 12 && date.first <= 12;
            if !date.is_short {
                centuries.push(date.year / 100);
            }
        }
        let order = match (day_first, month_first) {
            (true, false) => Order::Day,
            (false, true) => Order::Month,
            // Two habits in one column: no value that does not tell itself is told by others.
            _ => Order::Unknown,
        };
        let century = centuries.first().copied();
        let century = century.filter(|first| centuries.iter().all(|other| other == first));
        Self { order, century }
    }

    /// Reads a date in whatever way publishers write it.
    pub(super) fn read(&self, text: &str) -> Result<StatementDate, Undated> {
        let text = text.trim();
        if let Some(date) = year_first(text) {
            return date.ok_or_else(|| {
                Undated::new("bad-date", format!("`{text}` is not a date: there is no such day"))
            });
        }
        if let Some(date) = numeric(text) {
            return self.decide(text, date);
        }
        if let Some(date) = year_last(text) {
            return Ok(date);
        }
        text.parse().or_else(|error: DateError| {
            extract::parse_date(text).ok_or_else(|| Undated::new("bad-date", error.to_string()))
        })
    }

    fn decide(&self, text: &str, date: Numeric) -> Result<StatementDate, Undated> {
        let year = if date.is_short {
            // As POSIX reads years of two digits, where the column has none of four.
            let century = self.century.unwrap_or(if date.year < 69 { 20 } else { 19 });
            century * 100 + date.year
        } else {
            date.year
        };
        let day_first = StatementDate::day(year, date.second, date.first);
        let month_first = StatementDate::day(year, date.first, date.second);
        match (self.order, day_first, month_first) {
            (Order::Day, Some(found), _) | (Order::Month, _, Some(found)) => Ok(found),
            (_, Some(found), None) | (_, None, Some(found)) => Ok(found),
            (_, Some(one), Some(other)) if one == other => Ok(one),
            (_, Some(one), Some(other)) => Err(Undated {
                candidates: vec![one.to_string(), other.to_string()],
                ..Undated::new(
                    "day-or-month-first",
                    format!("`{text}` is {one} or {other}; nothing decides which comes first"),
                )
            }),
            (_, None, None) => Err(Undated::new(
                "bad-date",
                format!("`{text}` is not a date: there is no such day"),
            )),
        }
    }

    /// Reads a date whose year, month and day stand apart; the month may be a word.
    pub(super) fn of_parts(&self, parts: &[String; 3]) -> Result<StatementDate, Undated> {
        let [year, month, day] = parts;
        let number = |text: &str| text.parse::<i16>().ok();
        let date = match (number(year), number(month), number(day)) {
            (Some(year), Some(month), Some(day)) => i8::try_from(month)
                .ok()
                .zip(i8::try_from(day).ok())
                .and_then(|(month, day)| StatementDate::day(year, month, day)),
            (Some(year), Some(month), None) if day.is_empty() => {
                i8::try_from(month).ok().and_then(|month| StatementDate::month(year, month))
            }
            (Some(_), None, _) => extract::parse_date(format!("{day} {month} {year}").trim()),
            _ => None,
        };
        date.ok_or_else(|| Undated::new("bad-date", format!("`{}` is not a date", parts.join("-"))))
    }

    /// Whether a value is a date and nothing else.
    pub(super) fn is_date(text: &str) -> bool {
        let text = text.trim();
        if text.len() > 48 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        if numeric(text).is_some() || matches!(year_first(text), Some(Some(_))) {
            return true;
        }
        // A bare number may be anything, and prose that holds a date is no date.
        let words = text.split_whitespace().count();
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        !is_number
            && words <= 6
            && (text.parse::<StatementDate>().is_ok() || extract::parse_date(text).is_some())
    }
}

/// `Wed Oct 10 20:19:24 +0000 2018`, as `ctime` of C and some networks write it; the day as written.
fn year_last(text: &str) -> Option<StatementDate> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [weekday, month, day, time, rest @ ..] = words.as_slice() else { return None };
    let (year, zone) = rest.split_last()?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_time = time.split(':').count() == 3 && time.split(':').all(is_number);
    let is_form = weekday.len() == 3
        && month.len() == 3
        && day.len() <= 2
        && is_number(day)
        && is_time
        && zone.len() <= 1
        && year.len() == 4
        && is_number(year);
    is_form.then(|| extract::parse_date(&format!("{day} {month} {year}")))?
}

/// Seconds or milliseconds since 1970 in a field that says that it is a time: the day in UTC. In any
/// other field ten digits may be anything.
pub(super) fn unix(key: &str, text: &str) -> Option<StatementDate> {
    let key = key.to_ascii_lowercase();
    let says_time = key.contains("date") || key.contains("time") || key.ends_with("_at");
    let text = text.trim();
    if !says_time || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let seconds = match text.len() {
        10 => number,
        13 => number / 1000,
        _ => return None,
    };
    let time = jiff::Timestamp::from_second(seconds).ok()?;
    let day = jiff::tz::Offset::UTC.to_datetime(time).date();
    let date = StatementDate::day(day.year(), day.month(), day.day())?;
    (date.get_year() < 2100).then_some(date)
}

/// The day without the time after it.
fn without_time(text: &str) -> &str {
    let end = text.find([' ', 'T', 't']).unwrap_or(text.len());
    let (day, time) = text.split_at(end);
    let time = time.trim_start_matches([' ', 'T', 't', ',']);
    let is_time = time.is_empty()
        || time.contains(':') && time.starts_with(|first: char| first.is_ascii_digit());
    if is_time { day.trim_end_matches(',') } else { text }
}

fn parts(text: &str) -> Option<[&str; 3]> {
    let text = without_time(text);
    let separator = text.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(separator, '/' | '.' | '-') {
        return None;
    }
    let mut parts = text.split(separator);
    let found = [parts.next()?, parts.next()?, parts.next()?];
    let are_numbers =
        found.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    (parts.next().is_none() && are_numbers).then_some(found)
}

fn numeric(text: &str) -> Option<Numeric> {
    let [first, second, year] = parts(text.trim())?;
    let is_short = year.len() == 2;
    if first.len() > 2 || second.len() > 2 || !(is_short || year.len() == 4) {
        return None;
    }
    let (first, second) = (first.parse().ok()?, second.parse().ok()?);
    Some(Numeric { first, second, year: year.parse().ok()?, is_short })
}

/// `2016-10-19`, `2016/10/9`, `20161019`; the inner `None` is a day that does not exist.
fn year_first(text: &str) -> Option<Option<StatementDate>> {
    let (year, month, day) = if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        // Eight digits may be any number: only those that are a date are taken for one.
        let date = StatementDate::day(
            text[..4].parse().ok()?,
            text[4..6].parse().ok()?,
            text[6..].parse().ok()?,
        );
        return date.filter(|date| date.get_year() >= 1000).map(Some);
    } else {
        let [year, month, day] = parts(text)?;
        if year.len() != 4 || month.len() > 2 || day.len() > 2 {
            return None;
        }
        (year, month, day)
    };
    let date = StatementDate::day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    Some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(dates: Dates, text: &str) -> String {
        match dates.read(text) {
            Ok(date) => date.to_string(),
            Err(undated) => format!("{}: {}", undated.rule, undated.candidates.join(" ")),
        }
    }

    #[test]
    fn one_value_above_twelve_decides_for_its_column() {
        let column = ["9/26/16", "10/4/16", "10/19/2016"];
        let dates = Dates::of_column(column.into_iter());
        assert_eq!(dates.order, Order::Month);
        let read_all = column.map(|text| read(dates, text));
        assert_eq!(read_all, ["2016-09-26", "2016-10-04", "2016-10-19"]);
        let days = Dates::of_column(["04.02.2020", "28.02.2020"].into_iter());
        assert_eq!(read(days, "04.02.2020"), "2020-02-04");
    }

    #[test]
    fn what_nothing_decides_stays_unknown() {
        let none = Dates::default();
        assert_eq!(read(none, "04/02/2020"), "day-or-month-first: 2020-02-04 2020-04-02");
        assert_eq!(read(none, "04/04/2020"), "2020-04-04");
        assert_eq!(read(none, "13/02/2020 10:30 AM"), "2020-02-13");
        let both = Dates::of_column(["13/2/2020", "2/13/2020"].into_iter());
        assert_eq!(read(both, "4/2/2020"), "day-or-month-first: 2020-02-04 2020-04-02");
        assert_eq!(read(none, "31/31/2020"), "bad-date: ");
    }

    #[test]
    fn other_ways_of_writing_are_read() {
        let none = Dates::default();
        for text in
            ["2020-02-04", "2020/2/4", "20200204", "2020-02-04T10:00:00+00:00", "4 February 2020"]
        {
            assert_eq!(read(none, text), "2020-02-04", "{text}");
            assert!(Dates::is_date(text), "{text}");
        }
        let old = Dates::of_column(["1/2/1916", "3/4/17"].into_iter());
        assert_eq!(read(Dates { order: Order::Day, ..old }, "3/4/17"), "1917-04-03");
        for text in ["12", "2020", "It was 2020", "99999999"] {
            assert!(!Dates::is_date(text), "{text}");
        }
    }

    #[test]
    fn times_of_machines_are_days() {
        let none = Dates::default();
        for text in [
            "Wed Oct 10 20:19:24 +0000 2018",
            "Wed Oct 10 20:19:24 2018",
            "Wed, 10 Oct 2018 20:19:24 +0000",
            "10 Oct 2018 20:19:24 GMT",
        ] {
            assert_eq!(read(none, text), "2018-10-10", "{text}");
        }
        let day = |key: &str, text: &str| unix(key, text).map(|date| date.to_string());
        assert_eq!(day("timestamp", "1539202764").as_deref(), Some("2018-10-10"));
        assert_eq!(day("created_at", "1539202764000").as_deref(), Some("2018-10-10"));
        for (key, text) in
            [("day", "1539202764"), ("date", "153920276"), ("date", "9999999999"), ("time", "x")]
        {
            assert_eq!(day(key, text), None, "{key} {text}");
        }
    }

    #[test]
    fn parts_make_a_date() {
        let of = |parts: [&str; 3]| {
            Dates::default().of_parts(&parts.map(str::to_owned)).map(|d| d.to_string()).ok()
        };
        assert_eq!(of(["2005", "July", "20"]).as_deref(), Some("2005-07-20"));
        assert_eq!(of(["2005", "7", "20"]).as_deref(), Some("2005-07-20"));
        assert_eq!(of(["2005", "7", ""]).as_deref(), Some("2005-07"));
        assert_eq!(of(["2005", "77", "20"]), None);
    }
}
