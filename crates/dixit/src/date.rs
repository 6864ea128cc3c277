//! Calendar dates that say how precise they are.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How much of a date its source states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Only the year is known.
    Year,
    /// Year and month are known.
    Month,
    /// The day is known.
    Day,
}

impl Precision {
    /// The name that JSON uses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
        }
    }
}

/// The date of a statement: a day, a month or a year of the Gregorian calendar, without a clock
/// and without a time zone.
///
/// A year is never taken for its 1 January: it is the whole [`range`](Self::range).
///
/// ```
/// use dixit::{Precision, StatementDate};
///
/// let date: StatementDate = "2025-12".parse().unwrap();
/// assert_eq!(date.precision(), Precision::Month);
/// assert_eq!(date.range().to_string(), "2025-12-01..2025-12-31");
/// assert_eq!(date.to_string(), "2025-12");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatementDate {
    first: Date,
    precision: Precision,
}

impl StatementDate {
    /// A day. `None` when there is no such day, or the year is not in 1..=9999.
    #[must_use]
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        Self::with(year, month, day, Precision::Day)
    }

    /// A month. `None` when there is no such month, or the year is not in 1..=9999.
    #[must_use]
    pub fn month(year: i16, month: i8) -> Option<Self> {
        Self::with(year, month, 1, Precision::Month)
    }

    /// A year. `None` when it is not in 1..=9999.
    #[must_use]
    pub fn year(year: i16) -> Option<Self> {
        Self::with(year, 1, 1, Precision::Year)
    }

    fn with(year: i16, month: i8, day: i8, precision: Precision) -> Option<Self> {
        if year < 1 {
            return None;
        }
        Date::new(year, month, day).ok().map(|first| Self { first, precision })
    }

    /// How much of the date is known.
    #[must_use]
    pub const fn precision(self) -> Precision {
        self.precision
    }

    /// The year.
    #[must_use]
    pub fn get_year(self) -> i16 {
        self.first.year()
    }

    /// The month, 1 to 12, where it is known.
    #[must_use]
    pub fn get_month(self) -> Option<i8> {
        (self.precision >= Precision::Month).then(|| self.first.month())
    }

    /// The day of the month where it is known.
    #[must_use]
    pub fn get_day(self) -> Option<i8> {
        (self.precision == Precision::Day).then(|| self.first.day())
    }

    /// All days that the date may mean.
    #[must_use]
    pub fn range(self) -> DateRange {
        let last = match self.precision {
            Precision::Day => self.first,
            Precision::Month => self.first.last_of_month(),
            Precision::Year => self.first.last_of_year(),
        };
        DateRange { from: Some(self.first), to: Some(last) }
    }
}

impl fmt::Display for StatementDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.first;
        match self.precision {
            Precision::Day => write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day()),
            Precision::Month => write!(f, "{:04}-{:02}", date.year(), date.month()),
            Precision::Year => write!(f, "{:04}", date.year()),
        }
    }
}

/// Why a text is not a date; the message says what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a date: {why}")]
pub struct DateError {
    text: String,
    why: &'static str,
}

impl FromStr for StatementDate {
    type Err = DateError;

    /// Reads `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; a time after the day (`T…`) is left aside.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let fail = |why| DateError { text: text.chars().take(40).collect(), why };
        let trimmed = text.trim();
        let day = match trimmed.as_bytes() {
            [head @ .., _]
                if head.len() >= 10 && matches!(trimmed.as_bytes()[10], b'T' | b't' | b' ') =>
            {
                trimmed.get(..10).unwrap_or(trimmed)
            }
            _ => trimmed,
        };
        let mut parts = day.split('-');
        let (year, month, day, rest) = (parts.next(), parts.next(), parts.next(), parts.next());
        let number = |part: &str, digits: usize| -> Option<i16> {
            let all_digits = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
            all_digits.then(|| part.parse().ok()).flatten()
        };
        if rest.is_some() {
            return Err(fail("write YYYY-MM-DD, YYYY-MM or YYYY"));
        }
        let year = year
            .and_then(|y| number(y, 4))
            .ok_or_else(|| fail("write YYYY-MM-DD, YYYY-MM or YYYY"))?;
        let part = |p: Option<&str>| match p {
            None => Ok(None),
            Some(p) => number(p, 2)
                .map(|n| Some(n as i8))
                .ok_or_else(|| fail("months and days have two digits")),
        };
        match (part(month)?, part(day)?) {
            (None, _) => Self::year(year).ok_or_else(|| fail("years run from 1 to 9999")),
            (Some(m), None) => Self::month(year, m).ok_or_else(|| fail("there is no such month")),
            (Some(m), Some(d)) => Self::day(year, m, d).ok_or_else(|| fail("there is no such day")),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Written {
    value: String,
    precision: Precision,
}

impl Serialize for StatementDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written { value: self.to_string(), precision: self.precision }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for StatementDate {
    /// Reads `{"value": "2025-12", "precision": "month"}`, or the bare value.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Full {
            value: String,
            precision: Option<Precision>,
        }
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Bare(String),
            Full(Full),
        }
        use serde::de::Error;
        let (value, precision) = match Either::deserialize(deserializer)? {
            Either::Bare(value) => (value, None),
            Either::Full(Full { value, precision }) => (value, precision),
        };
        let date: Self = value.parse().map_err(D::Error::custom)?;
        match precision {
            // `2025-01-01` said to be precise to the year: the year is what is known.
            Some(precision) if precision < date.precision => Ok(Self::with(
                date.first.year(),
                if precision == Precision::Year { 1 } else { date.first.month() },
                1,
                precision,
            )
            .unwrap_or(date)),
            Some(precision) if precision > date.precision => Err(D::Error::custom(format!(
                "`{value}` is not precise to the {}",
                precision.as_str()
            ))),
            _ => Ok(date),
        }
    }
}

/// A stretch of days, each end included or open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct DateRange {
    /// The first day; `None` for "from the beginning".
    pub from: Option<Date>,
    /// The last day; `None` for "until now and after".
    pub to: Option<Date>,
}

impl DateRange {
    /// The days from the first of `from` to the last of `to`.
    #[must_use]
    pub fn between(from: Option<StatementDate>, to: Option<StatementDate>) -> Self {
        Self { from: from.and_then(|d| d.range().from), to: to.and_then(|d| d.range().to) }
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(from) = self.from {
            write!(f, "{from}")?;
        }
        f.write_str("..")?;
        if let Some(to) = self.to {
            write!(f, "{to}")?;
        }
        Ok(())
    }
}

impl Serialize for DateRange {
    /// Writes `{"from": "2025-12-01", "to": null}`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut range = serializer.serialize_struct("DateRange", 2)?;
        range.serialize_field("from", &self.from.map(|day| day.to_string()))?;
        range.serialize_field("to", &self.to.map(|day| day.to_string()))?;
        range.end()
    }
}

/// Days since 1970-01-01 (negative before): the form in which the index stores a day.
pub(crate) fn day_number(date: Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    date.duration_since(epoch).as_secs() / 86_400
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_precisions_are_read_and_written_back() {
        for text in ["2025-12-10", "2025-12", "2025", "0001-01-01", "9999-12-31"] {
            assert_eq!(text.parse::<StatementDate>().unwrap().to_string(), text);
        }
        let with_time = "2021-03-03T12:15:00-05:00".parse::<StatementDate>().unwrap();
        assert_eq!(with_time.to_string(), "2021-03-03");
    }

    #[test]
    fn what_is_no_date_says_why() {
        let why = |text: &str| text.parse::<StatementDate>().unwrap_err().to_string();
        assert_eq!(why("2025-02-30"), "`2025-02-30` is not a date: there is no such day");
        assert_eq!(why("2025-13"), "`2025-13` is not a date: there is no such month");
        assert_eq!(why("0000"), "`0000` is not a date: years run from 1 to 9999");
        assert_eq!(why("2025-1-2"), "`2025-1-2` is not a date: months and days have two digits");
        for bad in ["", "99999", "-2025", "yesterday", "2025-12-10-3", "２０２５", "2025-12-1é"]
        {
            assert!(bad.parse::<StatementDate>().is_err(), "{bad}");
        }
    }

    #[test]
    fn json_states_the_precision() {
        let date = StatementDate::month(2025, 12).unwrap();
        let json = serde_json::to_string(&date).unwrap();
        assert_eq!(json, r#"{"value":"2025-12","precision":"month"}"#);
        assert_eq!(serde_json::from_str::<StatementDate>(&json).unwrap(), date);
        let read = |json: &str| serde_json::from_str::<StatementDate>(json);
        assert_eq!(read(r#""2025-12""#).unwrap(), date);
        assert_eq!(
            read(r#"{"value":"2025-01-01","precision":"year"}"#).unwrap(),
            StatementDate::year(2025).unwrap()
        );
        assert!(read(r#"{"value":"2025","precision":"day"}"#).is_err());
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(day_number(jiff::civil::date(1970, 1, 1)), 0);
        assert_eq!(day_number(jiff::civil::date(1969, 12, 31)), -1);
        assert_eq!(day_number(jiff::civil::date(2000, 3, 1)), 11_017);
    }
}
