//! Words that carry grammar rather than content, by language.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use super::short_words::WordTable;

const LISTS: [(&str, &str); 9] = [
    ("en", include_str!("../../data/stopwords/en.txt")),
    ("de", include_str!("../../data/stopwords/de.txt")),
    ("fr", include_str!("../../data/stopwords/fr.txt")),
    ("es", include_str!("../../data/stopwords/es.txt")),
    ("pt", include_str!("../../data/stopwords/pt.txt")),
    ("it", include_str!("../../data/stopwords/it.txt")),
    ("nl", include_str!("../../data/stopwords/nl.txt")),
    ("gl", include_str!("../../data/stopwords/gl.txt")),
    ("ca", include_str!("../../data/stopwords/ca.txt")),
];

/// The languages of the lists, in the order of the bits of [`mask`].
pub(super) fn languages() -> impl Iterator<Item = &'static str> {
    LISTS.iter().map(|(tag, _)| *tag)
}

/// In which lists a word stands, in whatever case: one bit for each language.
pub(super) fn mask(word: &str) -> u16 {
    static MASKS: LazyLock<WordTable<u16>> = LazyLock::new(|| masks().into_iter().collect());
    MASKS.get(word).copied().unwrap_or(0)
}

/// All words of the lists, each with its bits.
pub(super) fn masks() -> BTreeMap<&'static str, u16> {
    let mut masks = BTreeMap::new();
    for (at, (_, list)) in LISTS.iter().enumerate() {
        for word in list.split_whitespace() {
            *masks.entry(word).or_insert(0) |= 1 << at;
        }
    }
    masks
}

/// The bit of a language in [`mask`]; 0 for a language without a list.
pub(super) fn bit(language: &str) -> u16 {
    let primary = language.split('-').next().unwrap_or(language);
    LISTS.iter().position(|(tag, _)| *tag == primary).map_or(0, |at| 1 << at)
}

/// Whether an English word in lower case is only a plain word rather than a function word, so that
/// it may be part of a name: "New", "Second", "Day". Such words stand on the second line.
pub(super) fn is_plain(word: &str) -> bool {
    static PLAIN: LazyLock<HashSet<&'static str>> =
        LazyLock::new(|| LISTS[0].1.lines().skip(1).flat_map(str::split_whitespace).collect());
    PLAIN.contains(word)
}

/// Whether a Chinese character is mostly grammar.
pub(super) fn is_function_character(c: char) -> bool {
    static CHARACTERS: LazyLock<HashSet<char>> = LazyLock::new(|| {
        include_str!("../../data/stopwords/zh.txt").chars().filter(|c| !c.is_whitespace()).collect()
    });
    CHARACTERS.contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_by_language() {
        assert_ne!(mask("the") & bit("en"), 0);
        assert_eq!(mask("the") & bit("de"), 0);
        assert_ne!(mask("die") & bit("de"), 0);
        assert_ne!(mask("the") & bit("en-GB"), 0);
        assert_eq!(mask("parliament"), 0);
        assert_eq!(bit("xx"), 0);
        assert!(is_function_character('的') && !is_function_character('权'));
        assert_eq!(languages().count(), 9);
        assert!(is_plain("second") && !is_plain("the"));
    }
}
