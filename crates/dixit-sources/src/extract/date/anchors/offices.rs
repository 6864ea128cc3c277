//! Who held an office (`data/offices.toml`): the years in which a text that names them so was written.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::super::short_words::WordSet;
use super::super::super::tokens::{prefix, tokens};
use super::{Anchor, Claim, Key};
use crate::extract::shipped;

/// The title may be a courtesy to one who held the office once.
const OFFICE: f64 = 0.6;
/// Where a text says who speaks.
pub(super) const HEAD_BYTES: usize = 400;

#[derive(Debug, Default, Deserialize)]
struct File {
    not_now: WordSet,
    holder: Vec<Holder>,
}

#[derive(Debug, Deserialize)]
struct Holder {
    titles: Vec<String>,
    names: Vec<String>,
    from: Date,
    to: Date,
}

#[derive(Debug, Default)]
struct Offices {
    file: File,
    /// Names, and whose they are.
    names: Option<AhoCorasick>,
    of: Vec<usize>,
}

fn offices() -> &'static Offices {
    static OFFICES: LazyLock<Offices> = LazyLock::new(|| {
        // The file is part of the program; a test reads it.
        let file: File = shipped("offices.toml", include_str!("../../../../data/offices.toml"));
        let rows = file.holder.iter().enumerate();
        let of: Vec<_> = rows.flat_map(|(at, row)| vec![at; row.names.len()]).collect();
        let names = AhoCorasick::builder()
            .match_kind(aho_corasick::MatchKind::LeftmostLongest)
            .build(file.holder.iter().flat_map(|row| &row.names))
            .ok();
        Offices { file, names, of }
    });
    &OFFICES
}

/// The names of all holders.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    offices().file.holder.iter().flat_map(|row| &row.names).map(String::as_str)
}

/// The holders of offices whom the head of a text names with their office.
pub(super) fn find(text: &str) -> Vec<Anchor> {
    let head = prefix(text, HEAD_BYTES);
    let offices = offices();
    let Some(names) = &offices.names else { return Vec::new() };
    let mut found = Vec::new();
    for name in names.find_iter(head) {
        let Some(&at) = offices.of.get(name.pattern().as_usize()) else { continue };
        let Some(row) = offices.file.holder.get(at) else { continue };
        let before = head[..name.start()].trim_end();
        let title = row.titles.iter().find(|title| before.ends_with(title.as_str()));
        let Some(title) = title else { continue };
        let before = &before[..before.len() - title.len()];
        let last: Vec<_> = tokens(before).collect();
        let once = last.iter().rev().take(3).any(|t| offices.file.not_now.contains(&*t.folded()));
        let goes_on = head[name.end()..].starts_with(|c: char| c.is_alphanumeric() && c.is_ascii());
        if once || goes_on {
            continue;
        }
        found.push(Anchor {
            range: before.len()..name.end(),
            key: Key::Office(at),
            claim: Claim::Spans(vec![(row.from, row.to)]),
            weight: OFFICE,
            this_year: false,
            origin: format!("in office {}–{}", row.from.year(), row.to.year()),
            session: None,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_holder_has_days_and_a_source() {
        let file: toml::Table = include_str!("../../../../data/offices.toml").parse().unwrap();
        for row in file["holder"].as_array().unwrap() {
            assert!(row["source"].as_str().is_some_and(|source| !source.is_empty()), "{row:?}");
        }
        assert!(
            offices().file.holder.iter().all(|row| row.from < row.to && !row.titles.is_empty())
        );
        assert!(offices().names.is_some() && !offices().file.holder.is_empty());
    }

    #[test]
    fn who_held_the_office_once_says_nothing() {
        let found = |text: &str| find(text).len();
        assert_eq!(found("On Sunday, President Joe Biden announced"), 1);
        assert_eq!(found("On Sunday, former President Joe Biden announced"), 0);
        assert_eq!(found("On Sunday, Mr. Biden announced"), 0);
    }
}
