//! Days whose name gives the day of the year.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::super::short_words::WordTable;
use super::super::tokens::{Gap, Token, tokens};
use crate::extract::shipped;

/// A named day in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Holiday {
    pub(super) tokens: Range<usize>,
    pub(super) month: i8,
    pub(super) day: i8,
    pub(super) name: &'static str,
}

#[derive(Debug)]
struct Name {
    words: Vec<String>,
    name: String,
    month: i8,
    day: i8,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    day: Vec<Row>,
}

#[derive(Debug, Deserialize)]
struct Row {
    names: Vec<String>,
    day: String,
}

/// The names by their first words, of each the longest first.
fn names() -> &'static WordTable<Vec<Name>> {
    static NAMES: LazyLock<WordTable<Vec<Name>>> = LazyLock::new(|| {
        // The file is part of the program; a test reads it.
        let file: File = shipped("holidays.toml", include_str!("../../../data/holidays.toml"));
        let mut names: BTreeMap<String, Vec<Name>> = BTreeMap::new();
        for row in file.day {
            let Some((month, day)) = row.day.split_once('-') else { continue };
            let (Ok(month), Ok(day)) = (month.parse(), day.parse()) else { continue };
            for name in row.names {
                let words: Vec<String> =
                    tokens(&name).map(|token| token.folded().into_owned()).collect();
                let Some(first) = words.first().cloned() else { continue };
                names.entry(first).or_default().push(Name { words, name, month, day });
            }
        }
        for names in names.values_mut() {
            names.sort_by_key(|name: &Name| std::cmp::Reverse(name.words.len()));
        }
        names.into_iter().collect()
    });
    &NAMES
}

/// All names as they are written.
pub(super) fn written() -> impl Iterator<Item = &'static str> {
    names().values().flatten().map(|name| name.name.as_str())
}

/// The named days among the tokens, in order.
pub(super) fn find(tokens: &[Token<'_>]) -> Vec<Holiday> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let begun = Some(&tokens[at]).filter(|token| token.is_capitalised());
        let begun = begun.and_then(|token| names().get(token.text)).map_or(&[][..], Vec::as_slice);
        let here = begun.iter().find(|name| {
            tokens.len() - at >= name.words.len()
                && name.words.iter().zip(&tokens[at..]).enumerate().all(|(i, (word, token))| {
                    (i == 0 || token.gap < Gap::Blank) && token.folds_to(word)
                })
                && tokens
                    .get(at + name.words.len())
                    .is_none_or(|next| !next.is_capitalised() || next.gap >= Gap::Line)
        });
        match here {
            Some(name) => {
                let tokens = at..at + name.words.len();
                at = tokens.end;
                found.push(Holiday { tokens, month: name.month, day: name.day, name: &name.name });
            }
            None => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_is_read_and_cites_its_source() {
        let file: toml::Table = include_str!("../../../data/holidays.toml").parse().unwrap();
        let rows = file["day"].as_array().unwrap();
        let mut all = Vec::new();
        for row in rows {
            all.extend(row["names"].as_array().unwrap().iter().filter_map(toml::Value::as_str));
        }
        assert!(all.len() >= rows.len() && rows.len() >= 20);
        for row in rows {
            assert!(row["source"].as_str().is_some_and(|source| !source.is_empty()), "{row:?}");
        }
        for name in all {
            let first = tokens(name).next().unwrap();
            let name =
                names().get(first.text).unwrap().iter().find(|one| one.name == name).unwrap();
            assert!(dixit::StatementDate::day(2000, name.month, name.day).is_some(), "{name:?}");
        }
    }

    #[test]
    fn longer_names_are_not_the_day() {
        let found = |text: &str| find(&tokens(text).collect::<Vec<_>>()).len();
        assert_eq!(found("On Human Rights Day, people met."), 1);
        assert_eq!(found("the Human Rights Day Committee"), 0);
        assert_eq!(found("human rights day by day"), 0);
    }
}
