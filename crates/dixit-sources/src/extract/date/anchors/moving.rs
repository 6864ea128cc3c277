//! Days that move from year to year: on which day they fall says in which years (`data/moving.toml`, and
//! Easter by computation).

use std::collections::HashSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::super::tokens::{Gap, Token, prefix, tokens};
use super::super::OPENING_BYTES;
use super::{Anchor, Claim, Key};
use crate::extract::shipped;

/// A moving day is read for these years.
const YEARS: std::ops::RangeInclusive<i16> = 1950..=2049;
/// The text may tell of a day near it.
const MOVING: f64 = 0.75;
/// Where a text says on which day it was.
const HEAD_BYTES: usize = OPENING_BYTES / 8;

#[derive(Debug, Default, Deserialize)]
struct File {
    easter: Vec<Feast>,
    table: Vec<Table>,
    cycle: Vec<Cycle>,
}

/// A feast so many days after Easter Sunday.
#[derive(Debug, Deserialize)]
struct Feast {
    names: Vec<String>,
    days: i32,
}

/// A feast whose days are listed.
#[derive(Debug, Deserialize)]
struct Table {
    names: Vec<String>,
    days: Vec<Date>,
}

/// A name that years bear in turn.
#[derive(Debug, Deserialize)]
struct Cycle {
    names: Vec<String>,
    year: i16,
    every: i16,
}

fn file() -> &'static File {
    // The file is part of the program; a test reads it.
    static FILE: LazyLock<File> =
        LazyLock::new(|| shipped("moving.toml", include_str!("../../../../data/moving.toml")));
    &FILE
}

/// The names of all moving days, so that a head without one costs one look.
fn is_any(head: &str) -> bool {
    static NAMES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let file = file();
        let names = file.easter.iter().flat_map(|feast| &feast.names);
        let names = names.chain(file.table.iter().flat_map(|table| &table.names));
        let names = names.chain(file.cycle.iter().flat_map(|cycle| &cycle.names));
        let first = names.filter_map(|name| Some(tokens(name).next()?.text.to_owned()));
        AhoCorasick::new(first.collect::<std::collections::BTreeSet<_>>()).ok()
    });
    NAMES.as_ref().is_some_and(|names| names.is_match(head))
}

/// Easter Sunday of the Gregorian calendar: the anonymous algorithm of Meeus, Jones and Butcher
/// (J. Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The moving days that the head of a text names.
pub(super) fn find(text: &str) -> Vec<Anchor> {
    let head = prefix(text, HEAD_BYTES);
    if !is_any(head) {
        return Vec::new();
    }
    let words: Vec<_> = tokens(head).collect();
    let folded: HashSet<_> = words.iter().map(|token| token.folded()).collect();
    let named = |names: &[String]| {
        names.iter().find_map(|name| {
            let first = tokens(name).next()?;
            folded.contains(&first.folded()).then(|| place(&words, name)).flatten()
        })
    };
    let file = file();
    let mut found = Vec::new();
    let mut add = |row: usize, range, days: Vec<Date>, years: Vec<i16>| {
        let claim = if days.is_empty() { Claim::Years(years) } else { Claim::Days(days) };
        let origin = "moves from year to year".to_owned();
        let key = Key::Moving(row);
        found.push(Anchor {
            range,
            key,
            claim,
            weight: MOVING,
            this_year: false,
            origin,
            session: None,
        });
    };
    for (row, feast) in file.easter.iter().enumerate() {
        if let Some(range) = named(&feast.names) {
            let day = |year| easter(year)?.checked_add(feast.days.days()).ok();
            add(row, range, YEARS.filter_map(day).collect(), Vec::new());
        }
    }
    for (row, table) in file.table.iter().enumerate() {
        if let Some(range) = named(&table.names) {
            add(100 + row, range, table.days.clone(), Vec::new());
        }
    }
    for (row, cycle) in file.cycle.iter().enumerate() {
        if let Some(range) = named(&cycle.names) {
            let years = YEARS.filter(|year| (year - cycle.year).rem_euclid(cycle.every) == 0);
            add(200 + row, range, Vec::new(), years.collect());
        }
    }
    found
}

fn place(words: &[Token<'_>], name: &str) -> Option<std::ops::Range<usize>> {
    let name: Vec<_> = tokens(name).collect();
    let at = words.windows(name.len()).position(|window| {
        window.iter().zip(&name).all(|(token, name)| {
            token.folded() == name.folded() && token.is_capitalised() == name.is_capitalised()
        })
    })?;
    // `Good Friday Agreement`.
    let longer = words
        .get(at + name.len())
        .is_some_and(|next| next.is_capitalised() && next.gap <= Gap::Space);
    if longer {
        return None;
    }
    Some(words[at].start..words[at + name.len() - 1].end())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn easter_falls_where_it_does() {
        for (year, month, day) in [(2019, 4, 21), (2021, 4, 4), (2024, 3, 31), (2025, 4, 20)] {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn every_moving_day_cites_its_source() {
        let parsed: toml::Table = include_str!("../../../../data/moving.toml").parse().unwrap();
        for group in ["easter", "table", "cycle"] {
            for row in parsed[group].as_array().unwrap() {
                assert!(row["source"].as_str().is_some_and(|s| !s.is_empty()), "{row:?}");
            }
        }
        assert!(file().table.iter().all(|table| table.days.windows(2).all(|w| w[0] < w[1])));
    }
}
