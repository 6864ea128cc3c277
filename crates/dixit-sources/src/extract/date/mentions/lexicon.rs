//! The words of dates (`data/dates.toml`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::super::super::short_words::{WordMap, WordSet, WordTable};
use super::super::super::tokens::fold;
use crate::extract::shipped;

/// Words of `dates.toml`.
#[derive(Debug)]
pub(in super::super) struct Lexicon {
    pub(super) months: WordTable<Month>,
    pub(super) weekdays: WordMap<i8>,
    pub(in super::super) words: Words,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month {
    pub(super) number: i8,
    /// Must begin with a capital letter, because it is also another word.
    pub(super) capital: bool,
}

impl Lexicon {
    /// The names of weekdays; 0 is Monday.
    pub(in super::super) const fn weekdays(&self) -> &WordMap<i8> {
        &self.weekdays
    }
}

/// Lists of words around dates.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Words {
    pub(in super::super) openers: WordSet,
    pub(in super::super) reporting: WordSet,
    pub(in super::super) reporting_cjk: Vec<String>,
    pub(in super::super) late_labels: WordSet,
    pub(in super::super) line_words: WordSet,
    pub(in super::super) sittings: WordSet,
    pub(in super::super) addressing: WordSet,
    pub(in super::super) stamps: Vec<Vec<String>>,
    pub(in super::super) apart: WordSet,
    pub(in super::super) ahead: WordSet,
    pub(in super::super) dateline_words: WordSet,
    pub(in super::super) same_day: Vec<String>,
    pub(in super::super) as_said: WordSet,
    pub(in super::super) first_person: WordSet,
    pub(in super::super) inverted: WordSet,
    pub(in super::super) plain_first_person: WordSet,
    pub(in super::super) first_person_cjk: Vec<String>,
    pub(in super::super) own_paper: Vec<Vec<String>>,
    pub(in super::super) on_this_day: WordSet,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    language: Vec<Language>,
    words: Words,
}

#[derive(Debug, Deserialize)]
struct Language {
    tag: String,
    months: Vec<String>,
    weekdays: Vec<String>,
}

/// The words of dates.
pub(in super::super) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
        // The file is part of the program; a test reads it.
        let file: File = shipped("dates.toml", include_str!("../../../../data/dates.toml"));
        let (mut months, mut weekdays) = (BTreeMap::new(), WordMap::default());
        for language in file.language {
            let capital = language.tag == "en";
            for (names, number) in language.months.iter().zip(1..) {
                for name in names.split('|') {
                    let month = Month { number, capital };
                    months.entry(fold(name).into_owned()).or_insert(month);
                }
            }
            for (names, number) in language.weekdays.iter().zip(0..) {
                for name in names.split('|') {
                    weekdays.entry(fold(name).into_owned()).or_insert(number);
                }
            }
        }
        Lexicon { months: months.into_iter().collect(), weekdays, words: file.words }
    });
    &LEXICON
}
