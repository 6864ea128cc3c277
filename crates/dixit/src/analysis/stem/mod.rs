//! Stemming at query time: which terms of an index are variants of a word.

mod beginnings;
mod endings;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use frostem::Algorithm;

/// The languages that have a stemmer, by their BCP 47 tags.
pub const STEMMED: [&str; 18] = [
    "ar", "da", "de", "el", "en", "es", "fi", "fr", "hu", "it", "nl", "no", "pt", "ro", "ru", "sv",
    "ta", "tr",
];

/// Tells whether two exact terms are forms of one word in one language.
///
/// Snowball's algorithms (Porter 1980, and <https://snowballstem.org>) by the `frostem` crate. The
/// index holds exact terms; a query word is joined with those terms of the index that have the same
/// stem.
///
/// Terms are folded, and some algorithms go by what folding took away: Hungarian knows `-ról` and not
/// `-rol`. So a term gets its ending as it is written before it is stemmed, and the stem is folded
/// again.
pub struct Stemmer {
    language: &'static str,
    inner: frostem::Stemmer,
}

impl std::fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Stemmer").field(&self.language).finish()
    }
}

impl Stemmer {
    /// The stemmer of a language, by its BCP 47 tag; `None` for a language without one.
    #[must_use]
    pub fn of(language: &str) -> Option<Self> {
        let (language, algorithm) = match primary(language).as_str() {
            "ar" => ("ar", Algorithm::Arabic),
            "da" => ("da", Algorithm::Danish),
            "de" => ("de", Algorithm::German),
            "el" => ("el", Algorithm::Greek),
            "en" => ("en", Algorithm::English),
            "es" => ("es", Algorithm::Spanish),
            "fi" => ("fi", Algorithm::Finnish),
            "fr" => ("fr", Algorithm::French),
            "hu" => ("hu", Algorithm::Hungarian),
            "it" => ("it", Algorithm::Italian),
            // The other one takes `ge` out of the middle of words, so that forms share no beginning.
            "nl" => ("nl", Algorithm::DutchPorter),
            "no" | "nb" | "nn" => ("no", Algorithm::Norwegian),
            "pt" => ("pt", Algorithm::Portuguese),
            "ro" => ("ro", Algorithm::Romanian),
            "ru" => ("ru", Algorithm::Russian),
            "sv" => ("sv", Algorithm::Swedish),
            "ta" => ("ta", Algorithm::Tamil),
            "tr" => ("tr", Algorithm::Turkish),
            _ => return None,
        };
        Some(Self { language, inner: frostem::Stemmer::new(algorithm) })
    }

    /// The tag of its language, one of [`STEMMED`].
    #[must_use]
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// Whether a folded term is written in the script of the language.
    #[must_use]
    pub fn fits(&self, term: &str) -> bool {
        let Some(first) = term.chars().next() else { return false };
        match (self.language, u32::from(first)) {
            ("ar", code) => (0x600..0x700).contains(&code),
            ("el", code) => (0x370..0x400).contains(&code),
            ("ru", code) => (0x400..0x530).contains(&code),
            ("ta", code) => (0xB80..0xC00).contains(&code),
            (_, code) => first.is_alphabetic() && code < 0x250,
        }
    }

    /// The stem of a folded term. Terms with digits are names of something and stay as they are.
    #[must_use]
    pub fn stem<'t>(&self, term: &'t str) -> Cow<'t, str> {
        if term.len() > 60 || !self.fits(term) || term.bytes().any(|byte| byte.is_ascii_digit()) {
            return term.into();
        }
        match endings::written(self.language, term) {
            // Turkish hardens the last consonant: `c` becomes `ç`.
            Cow::Borrowed(term) if self.language != "tr" => self.inner.stem(term),
            written => endings::folded(&self.inner.stem(&written)).into(),
        }
    }

    /// How the terms with this stem begin: with one of these.
    ///
    /// An algorithm cuts an ending off and changes a few letters before it; what stands before those
    /// is what a scan of the term dictionary has to cover. At least one letter is kept.
    #[must_use]
    pub fn beginnings(&self, stem: &str) -> Vec<String> {
        beginnings::of(self.language, stem)
    }

    /// How many letters the terms with this stem have at most, where that is known.
    #[must_use]
    pub fn longest(&self, stem: &str) -> Option<usize> {
        beginnings::beside(self.language, stem).map(|letters| stem.chars().count() + letters)
    }
}

/// The language of a tag such as `de-AT`, in small letters.
pub(crate) fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase()
}
