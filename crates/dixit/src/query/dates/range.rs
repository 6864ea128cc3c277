//! Two dates with something between them, and one with something before or behind it.

use jiff::ToSpan;
use jiff::civil::Date;

use super::part;
use super::single::{self, One, Parts};
use super::{Dates, Remark, Trouble};
use crate::date::DateRange;

/// A word or sign that makes an end of a date.
#[derive(Debug, Clone, Copy)]
enum Bound {
    Since,
    Until,
    After,
    Before,
}

/// What a date begins with that makes an end of it; the longer first where two begin alike.
const BOUNDS: [(Bound, &[&str]); 8] = [
    (Bound::Since, &[">=", "≥"]),
    (Bound::Until, &["<=", "≤"]),
    (Bound::After, &[">"]),
    (Bound::Before, &["<"]),
    (
        Bound::Since,
        &[
            "since ",
            "from ",
            "seit ",
            "ab ",
            "depuis ",
            "des ",
            "a partir de ",
            "a partir du ",
            "desde ",
            "a partire dal ",
            "dal ",
            "sinds ",
            "vanaf ",
            "с ",
            "od ",
        ],
    ),
    (
        Bound::Until,
        &[
            "until ",
            "till ",
            "up to ",
            "up until ",
            "through ",
            "by ",
            "bis ",
            "jusqu'en ",
            "jusqu'au ",
            "jusqu'a ",
            "hasta ",
            "ate ",
            "fino al ",
            "fino a ",
            "tot ",
            "по ",
        ],
    ),
    (
        Bound::After,
        &["after ", "nach ", "apres ", "despues de ", "depois de ", "dopo ", "после ", "po "],
    ),
    (
        Bound::Before,
        &[
            "before ",
            "vor ",
            "avant ",
            "antes de ",
            "prima di ",
            "prima del ",
            "voor ",
            "до ",
            "przed ",
        ],
    ),
];

/// What stands behind a date and makes an end of it.
const BEHIND: [(Bound, &[&str]); 5] = [
    (Bound::Since, &[" onwards", " onward", " and later", "+"]),
    (Bound::Since, &["以来", "以來", "以降", "から", "起"]),
    (Bound::Until, &["まて", "为止", "為止"]),
    (Bound::After, &["以后", "以後", "之后", "之後"]),
    (Bound::Before, &["以前", "之前", "前"]),
];

/// What stands before and between the two ends of a range.
const BETWEEN: [(&str, &str); 9] = [
    ("between ", " and "),
    ("zwischen ", " und "),
    ("entre ", " et "),
    ("entre ", " y "),
    ("entre ", " e "),
    ("tra ", " e "),
    ("tussen ", " en "),
    ("между ", " и "),
    ("miedzy ", " a "),
];

const FROM: [&str; 11] =
    ["from ", "von ", "vom ", "du ", "del ", "de ", "desde ", "dal ", "da ", "van ", "с "];

const TO: [&str; 20] = [
    " to ",
    " until ",
    " till ",
    " through ",
    " thru ",
    " bis zum ",
    " bis ",
    " jusqu'en ",
    " jusqu'au ",
    " jusqu'a ",
    " au ",
    " a ",
    " al ",
    " hasta ",
    " ate ",
    " tot ",
    " t/m ",
    " по ",
    " до ",
    " do ",
];

/// Marks between two dates that part them wherever they stand.
const MARKS: [&str; 5] = [" - ", "~", "至", "到", "から"];

/// Reads a plain text.
pub(super) fn read(text: &str, today: Option<Date>) -> Result<Dates, Trouble> {
    // `2024...2025` is a slip of the finger, not another notation.
    if let Some((from, to)) = text.split_once("..") {
        return between(from.trim(), to.trim_start_matches('.').trim(), today);
    }
    // Before all that looks at words: `il y a 2 ans` has no two ends.
    if let Some(read) = single::counted(text, today) {
        return read.map(Dates::from);
    }
    if let Some(one) = joined(text, today) {
        return Ok(one.into());
    }
    let mut trouble = None;
    for (from, to) in ends(text) {
        match between(from.trim(), to.trim(), today) {
            Err(Trouble::Form) => {}
            Err(other) => trouble = trouble.or(Some(other)),
            read => return read,
        }
    }
    if let Some((bound, rest)) = bound(text) {
        let one = joined(rest, today).map_or_else(|| single::read(rest, today), Ok)?;
        return bound.of(one).ok_or(Trouble::NoSuchDay);
    }
    match (single::read(text, today), trouble) {
        (Err(Trouble::Form), Some(trouble)) => Err(trouble),
        (Err(Trouble::Form), None) => by_hyphen(text, today),
        (read, _) => read.map(Dates::from),
    }
}

/// `Mar-2021`, `2021-Mar`, `Q1-2021`: a year and what it is the year of are one date, and no two ends.
fn joined(text: &str, today: Option<Date>) -> Option<One> {
    let (a, b) = text.split_once(['-', '\u{2013}', '/'])?;
    let (a, b) = (a.trim(), b.trim());
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let is_one = super::year(a).is_some() != super::year(b).is_some();
    is_one.then(|| single::read(&format!("{a} {b}"), today).ok()).flatten()
}

/// `3-5 March 2021`, `March-May 2021`: where nothing else is in the text, the one hyphen parts it.
fn by_hyphen(text: &str, today: Option<Date>) -> Result<Dates, Trouble> {
    match text.split_once('-') {
        Some((from, to)) if !from.is_empty() && !to.is_empty() && !to.contains('-') => {
            between(from.trim(), to.trim(), today)
        }
        _ => Err(Trouble::Form),
    }
}

/// So many ways to part a text are tried: no date has more words between its ends.
const MOST_ENDS: usize = 4;

/// What may be the two ends of a range, either of which may be open.
fn ends(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let marked = MARKS.iter().filter_map(|mark| text.split_once(mark)).filter(|(from, to)| {
        // `2020年から` has one end.
        !from.is_empty() && !to.is_empty()
    });
    let dashed = text.split_once('\u{2013}');
    let years = text
        .split_once('-')
        .filter(|(from, to)| super::year(from).is_some() && super::year(to).is_some());
    let open = text.strip_suffix('-').map(|from| (from, ""));
    let worded = text.contains(' ').then(|| worded(text)).into_iter().flatten();
    marked.chain(dashed).chain(years).chain(open).chain(worded).take(MOST_ENDS)
}

/// Ends with words before and between them.
fn worded(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let between =
        BETWEEN.iter().filter_map(|(before, and)| text.strip_prefix(before)?.split_once(and));
    let from = FROM.iter().find_map(|from| text.strip_prefix(from));
    let to = TO.iter().filter_map(move |to| from.unwrap_or(text).split_once(to));
    between.chain(to)
}

/// Imprecise ends widen: the first day of the one, the last day of the other.
fn between(from: &str, to: &str, today: Option<Date>) -> Result<Dates, Trouble> {
    let (mut widened, mut remark, mut is_before) = (false, None, false);
    let mut end = |read: Result<One, Trouble>| {
        read.map(|one| {
            widened |= one.other.is_some();
            remark = remark.or(one.remark);
            Some(widest(one))
        })
    };
    let parts = single::parts(from, today).zip(single::parts(to, today));
    let of_years = part::of(to).and_then(|b| {
        let a = part::of(from).or_else(|| part::like(from, b))?;
        a.is_like(b).then_some((a, b))
    });
    let (first, last) = match parts.filter(|(a, b)| !(a.is_whole() && b.is_whole())) {
        Some((mut a, mut b)) => {
            is_before = share(&mut a, &mut b);
            let mut end = |parts: Parts| end(parts.one(today).map_err(yearless));
            (end(a)?, end(b)?)
        }
        None if let Some((mut a, mut b)) = of_years => {
            is_before = lend_year(&mut a.of_year, &mut b.of_year, a.which > b.which);
            (end(a.one())?, end(b.one())?)
        }
        None => {
            let mut read = |text: &str| match text {
                "" => Ok(None),
                text => end(single::read(text, today)),
            };
            (read(from)?, read(to)?)
        }
    };
    let (range, reversed) = match (first, last) {
        (None, None) => return Err(Trouble::Form),
        (Some(a), Some(b)) if a.from > b.to => (DateRange { from: b.from, to: a.to }, true),
        (a, b) => (DateRange { from: a.and_then(|a| a.from), to: b.and_then(|b| b.to) }, false),
    };
    let remark = remark.or(is_before.then_some(Remark::YearBefore));
    let has_ends = range.from.is_some() && range.to.is_some();
    Ok(Dates { range, other: None, widened, reversed, has_ends, remark })
}

/// The last such day would be that of one end, and not what was asked for.
const fn yearless(trouble: Trouble) -> Trouble {
    match trouble {
        Trouble::NoYear(_) => Trouble::NoYear(None),
        trouble => trouble,
    }
}

/// Two ends that have their month or year in common: `3 to 5 March 2021`, `March 3–5, 2021`,
/// `November to February 2021`, `2019–21`. Says whether the first was taken for one of the year before.
fn share(a: &mut Parts, b: &mut Parts) -> bool {
    if let (Some(first), Some(short)) = (a.is_year(), b.is_day())
        && short > first % 100
    {
        *b = Parts { year: Some(first / 100 * 100 + short), ..Parts::default() };
    }
    if a.month.is_none() && a.day.is_some() {
        a.month = b.month;
    }
    if b.month.is_none() && b.day.is_some() {
        b.month = a.month;
    }
    let is_later = a.month.zip(b.month).is_some_and(|(a, b)| a > b);
    lend_year(&mut a.year, &mut b.year, is_later)
}

/// The year of one end is that of the other too, or the one beside it where the first is later in the year.
/// Says whether the first was taken for one of the year before.
const fn lend_year(a: &mut Option<i16>, b: &mut Option<i16>, is_later: bool) -> bool {
    match (*a, *b) {
        (None, Some(year)) => {
            *a = Some(year - is_later as i16);
            is_later
        }
        (Some(year), None) => {
            *b = Some(year.saturating_add(is_later as i16));
            false
        }
        _ => false,
    }
}

/// From the first day of either reading to the last of either.
fn widest(one: One) -> DateRange {
    let Some(other) = one.other else { return one.range };
    DateRange { from: one.range.from.min(other.from), to: one.range.to.max(other.to) }
}

fn bound(text: &str) -> Option<(Bound, &str)> {
    let before = BOUNDS.iter().find_map(|(bound, signs)| {
        Some((*bound, signs.iter().find_map(|sign| text.strip_prefix(sign))?))
    });
    let found = before.or_else(|| {
        BEHIND.iter().find_map(|(bound, signs)| {
            Some((*bound, signs.iter().find_map(|sign| text.strip_suffix(sign))?))
        })
    });
    found.map(|(bound, rest)| (bound, rest.trim()))
}

impl Bound {
    /// `None` at the end of time.
    fn of(self, one: One) -> Option<Dates> {
        let widened = one.other.is_some();
        let other = one.other.unwrap_or(one.range);
        let DateRange { from, to } = widest(one);
        let (first, last) = (one.range.from.max(other.from), one.range.to.min(other.to));
        let (from, to) = match self {
            Self::Since => (from, None),
            Self::Until => (None, to),
            Self::After => (Some(last?.checked_add(1.day()).ok()?), None),
            Self::Before => (None, Some(first?.checked_sub(1.day()).ok()?)),
        };
        let range = DateRange { from, to };
        let remark = one.remark;
        Some(Dates { range, other: None, widened, reversed: false, has_ends: false, remark })
    }
}
