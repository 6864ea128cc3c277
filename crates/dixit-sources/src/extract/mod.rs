//! Extraction: pure functions from text to what it says about who, when and what.
//!
//! Each module takes `&str` and answers with [`Found`] values: the value, the ranges of the text
//! that show it, the rule, and a confidence. Nothing here reads a file, a clock or a terminal.

mod complete;
pub mod date;
mod few;
mod file_name;
pub mod keywords;
pub mod kind;
pub mod language;
mod lexicon;
mod mentions;
pub mod passages;
mod prose;
pub mod references;
mod short_words;
mod spare;
pub mod speaker;
mod stopwords;
mod tokens;
pub mod topics;
mod vocabulary;

use std::ops::Range;

use dixit::{Basis, BasisKind, Statement};

pub use complete::Extraction;
pub(crate) use complete::parse_date;
pub(crate) use file_name::country_and_language;
pub(crate) use mentions::squeeze;
pub(crate) use tokens::prefix;

/// A list that ships with the program.
///
/// # Panics
/// When it does not parse, which the first test that needs it shows.
pub(crate) fn shipped<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|error| panic!("the shipped list {name}: {error}"))
}

/// The English short name of the country that a text names, in whatever language.
pub(crate) fn country_named(text: &str) -> Option<String> {
    lexicon::lexicon().country_named(text).map(str::to_owned)
}

/// The country that a label names, in whatever case: `Republic of Norland`, `NORLAND`, `the Norlands`,
/// `Norland (Islamic Republic of)`.
pub(crate) fn country_written(text: &str) -> Option<String> {
    let words =
        |fold: fn(&str) -> String| text.split_whitespace().map(fold).collect::<Vec<_>>().join(" ");
    country_named(text)
        .or_else(|| country_named(&words(lexicon::fold)))
        .or_else(|| country_named(&words(str::to_lowercase)))
        .or_else(|| country_written(text.strip_prefix("the ").or(text.strip_prefix("The "))?))
        .or_else(|| country_written(text.split_once(" (").filter(|(_, of)| of.ends_with("of)"))?.0))
}

/// The day that a file's name states, for all that the file holds.
pub(crate) fn day_of_file(name: &str) -> Option<(dixit::StatementDate, Basis)> {
    let (date, confidence, rule) = date::in_file_name(name)?;
    let is_day = date.precision() == dixit::Precision::Day;
    let basis = Basis::new(BasisKind::Inferred, rule).with_confidence(confidence);
    is_day.then(|| (date, basis.with_note("the name of the file states it")))
}

/// The person whom the title of a press conference names, with what the title says of the office:
/// `Foreign Ministry Spokesperson Jane Roe’s Regular Press Conference on 5 May`.
pub(crate) fn host_in_title(title: &str) -> Option<dixit::Person> {
    speaker::host_in_title(title)
}

/// Whether a character is a family name in Chinese, simplified or traditional; those of
/// `data/han-surnames.txt` begin most names.
pub(crate) fn is_han_surname(c: char) -> bool {
    static SURNAMES: std::sync::LazyLock<std::collections::HashSet<char>> =
        std::sync::LazyLock::new(|| {
            include_str!("../../data/han-surnames.txt").trim().chars().collect()
        });
    SURNAMES.contains(&c)
}

/// Whether an English word, in lower case, begins sentences and clauses and is no name.
pub(crate) fn is_common_word(word: &str) -> bool {
    stopwords::mask(word) & stopwords::bit("en") != 0
}

/// Whether a word, in lower case, is never part of a person's name: `honoring`.
pub(crate) fn is_never_name(word: &str) -> bool {
    may_be(word) & lexicon::flag::NO_NAME != 0
}

/// What a word in lower case may be, by the lexicon; none of its flags for any other.
fn may_be(word: &str) -> u64 {
    lexicon::lexicon().word(word).map_or(0, |word| word.flags)
}

/// Whether a word in small letters is one of offices and bodies, and no name: `affairs`, `foreign`.
pub(crate) fn is_word_of_office(word: &str) -> bool {
    use lexicon::flag;
    let of_office = flag::DOMAIN | flag::ROLE_MODIFIER | flag::ROLE | flag::BODY | flag::THING;
    let known = may_be(word);
    known & (of_office | flag::NO_NAME) != 0 && known & flag::ALSO_NAME == 0 || is_common_word(word)
}

/// Whether a word is a given name, and no word besides.
pub(crate) fn is_given_name(word: &str) -> bool {
    use lexicon::flag;
    let known = may_be(&word.to_lowercase());
    known & (flag::MALE_NAME | flag::FEMALE_NAME) != 0
        && known & (flag::NO_NAME | flag::ROLE | flag::BODY | flag::THING | flag::ALSO_NAME) == 0
}

/// Whether words are the name of a body, and not of a party: `Harbour Institute`, `University of Norport`.
pub(crate) fn is_named_body(words: &str) -> bool {
    let is_body = |word: &str| {
        word.starts_with(char::is_uppercase)
            && may_be(&word.to_lowercase()) & lexicon::flag::BODY != 0
    };
    let mut each = words.split_whitespace();
    words.contains(' ')
        && each.clone().any(is_body)
        && !each.any(|word| word.eq_ignore_ascii_case("party"))
}

/// Whether an office is one of a state: `Minister of Fisheries`.
pub(crate) fn has_office_of_state(office: &str) -> bool {
    let is_of_state = |word: &str| may_be(&word.to_lowercase()) & lexicon::flag::STATE_ROLE != 0;
    office.split_whitespace().any(is_of_state)
}

/// A value and how it was found. Ranges count bytes of the text that was looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// The stretches of the text that show it.
    pub evidence: Vec<Range<usize>>,
    /// Stated by the text, or inferred from what it states.
    pub kind: BasisKind,
    /// The name of the rule.
    pub rule: &'static str,
    /// 0 to 1: the share of values found so that are right.
    pub confidence: f64,
    /// The reasoning in words.
    pub note: Option<String>,
}

impl<T> Found<T> {
    /// The same finding with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Found<U> {
        let Self { value, evidence, kind, rule, confidence, note } = self;
        Found { value: change(value), evidence, kind, rule, confidence, note }
    }

    /// The basis of this finding in a statement: its ranges as spans of the source.
    pub fn basis(&self, statement: &Statement) -> Basis {
        let evidence =
            self.evidence.iter().filter_map(|range| statement.source_span(range.clone()));
        Basis {
            kind: self.kind,
            evidence: evidence.collect(),
            rule: Some(self.rule.to_owned()),
            confidence: self.confidence,
            note: self.note.clone(),
            candidates: Vec::new(),
        }
    }
}
