//! Stemming at query time: which terms of an index are variants of a word.

use frostem::Algorithm;

/// Tells whether two exact terms are forms of one word in one language.
///
/// Snowball's algorithms (Porter 1980, and <https://snowballstem.org>) by the `frostem` crate. The
/// index holds exact terms; a query word is joined with those terms of the index that have the same
/// stem.
pub struct Stemmer {
    inner: frostem::Stemmer,
}

impl std::fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stemmer")
    }
}

impl Stemmer {
    /// The stemmer of a language, by its BCP 47 tag; `None` for a language without one.
    #[must_use]
    pub fn of(language: &str) -> Option<Self> {
        let primary = language.split('-').next().unwrap_or(language);
        let algorithm = match primary {
            "en" => Algorithm::English,
            _ => return None,
        };
        Some(Self { inner: frostem::Stemmer::new(algorithm) })
    }

    /// The stem of a folded term. Terms with digits are names of something and stay as they are.
    #[must_use]
    pub fn stem<'t>(&self, term: &'t str) -> std::borrow::Cow<'t, str> {
        if term.len() > 60 || term.bytes().any(|byte| byte.is_ascii_digit()) {
            return term.into();
        }
        self.inner.stem(term)
    }

    /// The beginning that every variant of a word with this stem shares.
    ///
    /// Snowball changes at most the last two letters of a stem beside cutting the ending off
    /// (`happi` for happy, `die` for dying), so what is before them is what a scan of the term
    /// dictionary has to cover. At least one letter is kept.
    #[must_use]
    pub fn shared_prefix<'s>(&self, stem: &'s str) -> &'s str {
        let mut letters = stem.char_indices().rev();
        let cut = letters.nth(1).map_or(0, |(at, _)| at);
        let first = stem.chars().next().map_or(0, char::len_utf8);
        &stem[..cut.max(first)]
    }
}
