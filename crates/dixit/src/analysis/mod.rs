//! Text to terms: the one analysis that both sides of a search use.
//!
//! [`analyse`] cuts a text into words, folds them, and says for each term which bytes it came from
//! and at which position it stands. Nothing is ever dropped: no stop words, no length limit that
//! swallows a word, no script without terms.
//!
//! - **Words** are runs of letters, digits and the marks on them (after the word rules of Unicode
//!   Standard Annex 29, without its apostrophe rule: `l’homme` is two words, so that `homme` finds
//!   it). Everything else parts them.
//! - **Scripts written without spaces** (Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese) give
//!   overlapping pairs of characters, one per position, and a single character at the end of a run:
//!   any string of them is found as a phrase, and a single one by its prefix.
//! - **Folding** removes what people type differently for the same word: case, width and
//!   compatibility forms (NFKC), accents on Latin and Greek letters, vowel signs of Arabic and
//!   Hebrew, and which of its forms a Han character has. [`fold`](mod@fold) has the rules.
//!
//! The index holds these exact terms alone. Stemming happens at query time: [`Stemmer`] tells which
//! of the index's terms are variants of a word. ARCHITECTURE.md has the figures behind that choice.

pub mod fold;
mod han;
mod reference;
pub(crate) mod segment;
mod stem;
#[cfg(test)]
mod tests;

use std::ops::Range;

use fold::Folder;
pub use reference::reference_form;
pub(crate) use stem::primary;
pub use stem::{STEMMED, Stemmer};

/// Version of the analysis. An index made with another one is refused: its terms would not meet
/// those of the query.
pub const ANALYSIS_VERSION: u32 = 2;

/// Terms are cut into pieces of about this many bytes, each at its own position, so that a word of
/// any length is indexed and found whole.
pub const MAX_TERM_BYTES: usize = 120;

/// What a term is of its run of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A word, or a piece of an over-long one.
    Word,
    /// A pair of neighbouring characters of a script written without spaces.
    Pair,
    /// A character that stands alone in such a script: a run of one.
    Single,
    /// The last character of a longer run. A query has no use for it: the pair before covers it.
    Tail,
}

/// One term: what is indexed, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// The folded term.
    pub term: &'a str,
    /// First byte of it in the text.
    pub start: usize,
    /// Just past its last byte in the text.
    pub end: usize,
    /// Its place among the terms, from 0.
    pub position: u32,
    /// What it is of its run.
    pub shape: Shape,
}

impl Token<'_> {
    /// The bytes of the text that the term came from.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Cuts `text` into terms with their spans.
///
/// `language` is a BCP 47 tag. The terms do not depend on it in this version; it is what a word
/// segmenter will go by, and stemming does already.
///
/// ```
/// use dixit::analysis::analyse;
///
/// let mut terms = Vec::new();
/// let mut tokens = analyse("Ćwiczenia: l’égalité", Some("pl"));
/// while let Some(token) = tokens.next_token() {
///     terms.push((token.term.to_owned(), token.range()));
/// }
/// assert_eq!(terms[0], ("cwiczenia".to_owned(), 0..10));
/// assert_eq!(terms[2].0, "egalite");
/// ```
#[must_use]
pub fn analyse<'t>(text: &'t str, language: Option<&str>) -> Tokens<'t> {
    let _ = language;
    Tokens { text, at: 0, position: 0, in_run: false, folder: Folder::default() }
}

/// The terms of a text, in order.
pub(crate) fn terms(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    let mut tokens = analyse(text, None);
    while let Some(token) = tokens.next_token() {
        terms.push(token.term.to_owned());
    }
    terms
}

/// The terms of a text in order, each lent until the next is asked for.
#[derive(Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    at: usize,
    position: u32,
    /// Whether the last term was a pair, so that a lone character now is the tail of its run.
    in_run: bool,
    folder: Folder,
}

impl Tokens<'_> {
    /// The next term.
    pub fn next_token(&mut self) -> Option<Token<'_>> {
        self.folder.clear();
        let bytes = self.text.as_bytes();
        // Skip to the first character that belongs to a term.
        loop {
            let byte = *bytes.get(self.at)?;
            if byte.is_ascii() {
                if byte.is_ascii_alphanumeric() {
                    return Some(self.word());
                }
                self.at += 1;
                self.in_run = false;
                continue;
            }
            let c = self.text[self.at..].chars().next()?;
            match class(c) {
                Class::Word => return Some(self.word()),
                Class::Unspaced | Class::Jamo => return Some(self.pair()),
                Class::Mark | Class::Other => {
                    self.at += c.len_utf8();
                    self.in_run = false;
                }
            }
        }
    }

    fn word(&mut self) -> Token<'_> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        self.in_run = false;
        while self.folder.len() < MAX_TERM_BYTES {
            let Some(&byte) = bytes.get(self.at) else { break };
            if byte.is_ascii() {
                if !byte.is_ascii_alphanumeric() {
                    break;
                }
                self.folder.push_ascii(byte);
                self.at += 1;
                continue;
            }
            let Some(c) = self.text[self.at..].chars().next() else { break };
            if !matches!(class(c), Class::Word | Class::Mark) {
                break;
            }
            self.folder.push(c);
            self.at += c.len_utf8();
        }
        self.token(start, self.at, Shape::Word)
    }

    fn pair(&mut self) -> Token<'_> {
        let start = self.at;
        let first_end = self.unit(start);
        self.at = first_end;
        let next = self.text[first_end..].chars().next();
        if next.is_some_and(|c| matches!(class(c), Class::Unspaced | Class::Jamo)) {
            let end = self.unit(first_end);
            self.in_run = true;
            return self.token(start, end, Shape::Pair);
        }
        let shape = if self.in_run { Shape::Tail } else { Shape::Single };
        self.in_run = false;
        self.token(start, first_end, shape)
    }

    /// Folds the character at `at` with the marks on it; returns where it ends.
    fn unit(&mut self, at: usize) -> usize {
        let mut end = at;
        for (n, c) in self.text[at..].chars().enumerate() {
            // Marks are bounded, so that a term is too.
            if n > 0 && (n > 8 || !matches!(class(c), Class::Mark | Class::Jamo)) {
                break;
            }
            self.folder.push(c);
            end += c.len_utf8();
        }
        end
    }

    fn token(&mut self, start: usize, end: usize, shape: Shape) -> Token<'_> {
        let position = self.position;
        self.position += 1;
        self.folder.or_as_written(&self.text[start..end]);
        Token { term: self.folder.term(), start, end, position, shape }
    }
}

/// Whether the term is written in a script without spaces: an index term that begins with such a
/// character stands for a pair or a single one.
pub(crate) fn is_unspaced(term: &str) -> bool {
    term.chars().next().is_some_and(|c| matches!(class(c), Class::Unspaced | Class::Jamo))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    Unspaced,
    /// Goes on with a Korean syllable, or is one by itself.
    Jamo,
    Mark,
    Other,
}

/// Whether a character makes a term by itself.
pub(crate) fn is_letter(c: char) -> bool {
    matches!(class(c), Class::Word | Class::Unspaced)
}

fn class(c: char) -> Class {
    match u32::from(c) {
        0x0000..=0x007F if c.is_ascii_alphanumeric() => Class::Word,
        0x0000..=0x007F => Class::Other,
        // Thai and Lao, Burmese, Khmer: their vowel signs and tone marks sit on a consonant.
        0x0E31 | 0x0E33..=0x0E3A | 0x0E47..=0x0E4E | 0x0EB1 | 0x0EB3..=0x0EBC | 0x0EC8..=0x0ECE => {
            Class::Mark
        }
        0x0E01..=0x0E4E | 0x0E81..=0x0ECE | 0x0EDC..=0x0EDF => Class::Unspaced,
        0x102B..=0x103E | 0x1056..=0x1059 | 0x17B4..=0x17D3 => Class::Mark,
        0x1000..=0x103F | 0x1050..=0x109F | 0x1780..=0x17B3 => Class::Unspaced,
        // Voiced sound marks of Japanese, also in their half-width form.
        0x3099 | 0x309A | 0xFF9E | 0xFF9F => Class::Mark,
        // Apostrophes that count as letters where they are one: words are parted there, as at others.
        0x02B9..=0x02BF | 0xA78B | 0xA78C => Class::Other,
        // The vowel and the last consonant of a Korean syllable that is written apart.
        0x1160..=0x11FF => Class::Jamo,
        // Hangul, kana, Han and their extensions. 々 and 〇 are written as letters are.
        0x1100..=0x115F
        | 0x2E80..=0x2FD5
        | 0x3005
        | 0x3007
        | 0x3041..=0x3096
        | 0x309D..=0x309F
        | 0x30A1..=0x30FA
        | 0x30FC..=0x30FF
        | 0x3105..=0x312F
        | 0x3131..=0x318E
        | 0x3190..=0x31BF
        | 0x31F0..=0x31FF
        | 0x3200..=0x4DBF
        | 0x4E00..=0x9FFF
        | 0xA960..=0xA97F
        | 0xAC00..=0xD7FF
        | 0xF900..=0xFAFF
        | 0xFF66..=0xFF9D
        | 0xFFA0..=0xFFDC
        | 0x1B000..=0x1B16F
        | 0x20000..=0x3FFFD => Class::Unspaced,
        // A word joiner or soft hyphen inside a word is part of it and folds to nothing.
        0x00AD | 0x200C | 0x200D | 0x2060 | 0xFE00..=0xFE0F => Class::Mark,
        _ if unicode_normalization::char::is_combining_mark(c) => Class::Mark,
        _ if c.is_alphanumeric() => Class::Word,
        _ => Class::Other,
    }
}
