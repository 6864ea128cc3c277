//! Days whose name gives the day of the year.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

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

fn names() -> &'static [Name] {
    static NAMES: LazyLock<Vec<Name>> = LazyLock::new(|| {
        // The file is part of the program; a test reads it.
        let file: File = shipped("holidays.toml", include_str!("../../../data/holidays.toml"));
        let mut names = Vec::new();
        for row in file.day {
            let Some((month, day)) = row.day.split_once('-') else { continue };
            let (Ok(month), Ok(day)) = (month.parse(), day.parse()) else { continue };
            for name in row.names {
                let words = tokens(&name).map(|token| token.folded().into_owned()).collect();
                names.push(Name { words, name, month, day });
            }
        }
        names.sort_by_key(|name: &Name| std::cmp::Reverse(name.words.len()));
        names
    });
    &NAMES
}

/// The named days among the tokens, in order.
pub(super) fn find(tokens: &[Token<'_>]) -> Vec<Holiday> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let here = names().iter().find(|name| {
            tokens[at].is_capitalised()
                && tokens.len() - at >= name.words.len()
                && name.words.iter().zip(&tokens[at..]).enumerate().all(|(i, (word, token))| {
                    (i == 0 || token.gap < Gap::Blank) && *word == *token.folded()
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
        assert!(names().len() >= rows.len() && rows.len() >= 20);
        for row in rows {
            assert!(row["source"].as_str().is_some_and(|source| !source.is_empty()), "{row:?}");
        }
        for name in names() {
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
