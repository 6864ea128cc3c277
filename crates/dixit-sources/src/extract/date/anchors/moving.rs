//! Days that move from year to year: on which day they fall says in which years (`data/moving.toml`, and
//! Easter by computation).

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::super::tokens::{Gap, Token, prefix, tokens};
use super::super::OPENING_BYTES;
use super::super::beginnings::Lists;
use super::{Anchor, Claim, Key};
use crate::extract::shipped;

/// A moving day is read for these years.
const YEARS: std::ops::RangeInclusive<i16> = 1950..=2049;
/// The text may tell of a day near it.
const MOVING: f64 = 0.75;
/// Where a text says on which day it was.
pub(super) const HEAD_BYTES: usize = OPENING_BYTES / 8;

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

/// The names of all moving days.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let file = file();
    let names = file.easter.iter().flat_map(|feast| &feast.names);
    let names = names.chain(file.table.iter().flat_map(|table| &table.names));
    let names = names.chain(file.cycle.iter().flat_map(|cycle| &cycle.names));
    names.map(String::as_str)
}

/// Their first words.
fn first_words() -> BTreeSet<String> {
    names().filter_map(|name| Some(tokens(name).next()?.text.to_owned())).collect()
}

/// Whether one of them stands in a head, if only within a word: a head without one costs one look.
fn is_any(head: &str) -> bool {
    static NAMES: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::new(first_words()).ok());
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
    if !words.iter().any(|token| Lists::of(&token.folded()).has(Lists::MOVING)) {
        return Vec::new();
    }
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

    /// The new moon of this number since January 2000, as a Julian day in UTC (J. Meeus, Astronomical
    /// Algorithms, chapter 49, without the terms below a minute).
    fn new_moon(number: i32) -> f64 {
        let k = f64::from(number);
        let t = k / 1236.85;
        let e = 1.0 - 0.002_516 * t - 0.000_007_4 * t * t;
        let sun = (2.5534 + 29.105_356_7 * k).to_radians();
        let moon = (201.5643 + 385.816_935_28 * k + 0.010_758_2 * t * t).to_radians();
        let node = (160.7108 + 390.670_502_84 * k - 0.001_611_8 * t * t).to_radians();
        let omega = (124.7746 - 1.563_755_88 * k).to_radians();
        let terms = [
            (-0.407_20, moon),
            (0.172_41 * e, sun),
            (0.016_08, 2.0 * moon),
            (0.010_39, 2.0 * node),
            (0.007_39 * e, moon - sun),
            (-0.005_14 * e, moon + sun),
            (0.002_08 * e * e, 2.0 * sun),
            (-0.001_11, moon - 2.0 * node),
            (-0.000_57, moon + 2.0 * node),
            (0.000_56 * e, 2.0 * moon + sun),
            (-0.000_42, 3.0 * moon),
            (0.000_42 * e, sun + 2.0 * node),
            (0.000_38 * e, sun - 2.0 * node),
            (-0.000_24 * e, 2.0 * moon - sun),
            (-0.000_17, omega),
        ];
        let mean = 2_451_550.097_66 + 29.530_588_861 * k + 0.000_154_37 * t * t;
        let since_then = 69.0 / 86_400.0;
        terms.iter().fold(mean - since_then, |day, (size, angle)| day + size * angle.sin())
    }

    /// Days since 2000-01-01 by the clock of a zone.
    fn days(julian: f64, hours_ahead: f64) -> f64 {
        julian + hours_ahead / 24.0 - 2_451_544.5
    }

    fn since_2000(day: Date) -> f64 {
        let span = day.duration_since(date(2000, 1, 1));
        span.as_secs_f64() / 86_400.0
    }

    #[test]
    fn the_lunar_year_begins_with_the_second_new_moon_after_that_of_the_solstice() {
        const BEIJING: f64 = 8.0;
        let table = &file().table[0];
        assert!(table.names.iter().any(|name| name == "Chinese New Year") && table.days.len() > 30);
        for day in &table.days {
            let y = (f64::from(day.year()) - 2001.0) / 1000.0;
            let solstice = 2_451_900.059_52 + 365_242.740_49 * y - 0.062_23 * y * y;
            let solstice = days(solstice, BEIJING).floor();
            let by_then = |number: &i32| days(new_moon(*number), BEIJING).floor() <= solstice;
            let month = (-100..500).rev().find(by_then).unwrap();
            let first = days(new_moon(month + 2), BEIJING).floor();
            assert!((since_2000(*day) - first).abs() < 0.5, "{day} is not {first} days since 2000");
        }
    }

    #[test]
    fn eid_is_the_day_on_which_the_new_moon_of_shawwal_can_first_have_been_seen() {
        const MECCA: f64 = 3.0;
        // The new moon of 1 Shawwal 1431.
        const SHAWWAL: i32 = 132;
        let table = &file().table[1];
        assert!(table.names.iter().any(|name| name == "Eid al-Fitr") && table.days.len() > 15);
        for (year, day) in (0..).zip(&table.days) {
            let since = since_2000(*day) - days(new_moon(SHAWWAL + 12 * year), MECCA);
            assert!((0.4..1.5).contains(&since), "{day}: {since} days after the new moon");
        }
    }

    #[test]
    fn easter_is_the_sunday_after_the_full_moon_of_the_calendar() {
        // Another way to it: the epact (Clavius, after Lilius), then the next Sunday.
        for year in 1583..2500_i16 {
            let y = i32::from(year);
            let (golden, century) = (y % 19 + 1, y / 100 + 1);
            let (solar, lunar) = (3 * century / 4 - 12, (8 * century + 5) / 25 - 5);
            let sundays = 5 * y / 4 - solar - 10;
            let mut epact = (11 * golden + 20 + lunar - solar).rem_euclid(30);
            epact += i32::from(epact == 25 && golden > 11 || epact == 24);
            let full = if epact > 23 { 74 - epact } else { 44 - epact };
            let march = full + 7 - (sundays + full).rem_euclid(7);
            let day = date(year, 3, 1).checked_add((march - 1).days()).unwrap();
            assert_eq!(easter(year), Some(day));
        }
    }

    #[test]
    fn years_are_called_by_twelve_animals_in_turn() {
        let animals =
            ["Rat", "Ox", "Tiger", "Rabbit", "Dragon", "Snake", "Horse", "Goat", "Monkey"];
        let animals = animals.iter().chain(&["Rooster", "Dog", "Pig"]);
        for (place, animal) in (0..).zip(animals) {
            let name = format!("Year of the {animal}");
            let row = file().cycle.iter().find(|row| row.names.contains(&name)).unwrap();
            // 4 was a year of the rat.
            assert_eq!(((row.year - 4).rem_euclid(12), row.every), (place, 12), "{name}");
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
