//! What is known of a word by itself.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::short_words::WordTable;
use super::super::stopwords;
use super::words::Sort;

/// English words behind an apostrophe.
const CONTRACTED: [&str; 6] = ["n't", "'ve", "'re", "'ll", "'d", "'m"];

/// What is known of a word, whatever stands around it and in whatever case.
#[derive(Debug, Clone, Copy)]
pub(in crate::extract) struct Facts {
    /// In which languages it is a function word.
    languages: u16,
    /// Joins the words of a name.
    joins: Option<Sort>,
    /// What its letters tell.
    looks: u8,
}

/// One character.
const SINGLE: u8 = 1;
/// Ends like an English word behind an apostrophe.
const IS_CONTRACTED: u8 = 1 << 1;
/// Ends like an English verb form.
const VERBAL: u8 = 1 << 2;
/// Of Chinese characters that are mostly grammar.
const GRAMMAR: u8 = 1 << 3;
/// A function word that with a capital may be part of a name.
const PLAIN: u8 = 1 << 4;

/// What the lists say of a word.
#[derive(Debug, Clone, Copy, Default)]
struct Listed {
    /// In which languages it is a function word.
    languages: u16,
    /// Joins the words of a name.
    joins: Option<Sort>,
}

static LISTED: LazyLock<WordTable<Listed>> = LazyLock::new(|| {
    const LINKS: &[&str] = &[
        "of", "on", "for", "against", "the", "de", "des", "du", "la", "le", "les", "del", "los",
        "las", "da", "do", "dos", "di", "della", "der", "für", "van", "von", "dem", "to", "à",
    ];
    const ANDS: &[&str] = &["and", "und", "et", "y", "e", "en"];
    let mut listed: HashMap<&'static str, Listed> = HashMap::new();
    for (word, languages) in stopwords::masks() {
        listed.insert(word, Listed { joins: None, languages });
    }
    for (words, sort) in [(LINKS, Sort::Link), (ANDS, Sort::And)] {
        for word in words {
            listed.entry(word).or_default().joins = Some(sort);
        }
    }
    listed.into_iter().collect()
});

impl Facts {
    /// Of a word in lower case, with one form of the apostrophe.
    pub(in crate::extract) fn of(folded: &str) -> Self {
        let ends = |ends: &[&str]| ends.iter().any(|end| folded.ends_with(end));
        let Listed { languages, joins } = LISTED.get_lower(folded).copied().unwrap_or_default();
        let is_grammar = || folded.chars().all(stopwords::is_function_character);
        let looks = [
            (SINGLE, folded.chars().nth(1).is_none()),
            (IS_CONTRACTED, folded.contains('\'') && ends(&CONTRACTED)),
            (VERBAL, ends(&["ing", "ed", "ly"])),
            (GRAMMAR, !folded.is_ascii() && is_grammar()),
            (PLAIN, languages != 0 && stopwords::is_plain(folded)),
        ];
        let looks = looks.iter().filter(|(_, is)| *is).fold(0, |looks, (look, _)| looks | look);
        Self { languages, joins, looks }
    }

    /// In which languages it is a function word, one bit each.
    pub(in crate::extract) fn languages(self) -> u16 {
        self.languages
    }

    /// What the word is in a language; `english` when that is the one.
    pub(super) fn sort(self, bit: u16, english: bool) -> Sort {
        match self.joins {
            _ if english && self.looks & IS_CONTRACTED != 0 => Sort::Small,
            Some(joins) => joins,
            None if self.looks & SINGLE != 0 || self.languages & bit != 0 => Sort::Small,
            None => Sort::Content,
        }
    }

    /// Whether it is a function word that with a capital may be part of a name.
    pub(super) fn is_plain(self) -> bool {
        self.looks & PLAIN != 0
    }

    /// Whether it ends like an English verb form.
    pub(super) fn is_verbal(self) -> bool {
        self.looks & VERBAL != 0
    }

    /// Whether it is a Chinese character that is mostly grammar.
    pub(super) fn is_grammar(self) -> bool {
        self.looks & GRAMMAR != 0
    }

    /// The length of a word without the ending of an English plural, so that both numbers count together.
    pub(in crate::extract) fn stem(word: &[u8]) -> usize {
        let plural = word.len() > 3
            && word.ends_with(b"s")
            && !(word.ends_with(b"ss") || word.ends_with(b"us") || word.ends_with(b"is"));
        word.len() - usize::from(plural)
    }
}
