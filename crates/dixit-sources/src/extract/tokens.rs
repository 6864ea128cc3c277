//! Words, numbers and marks of a text, each with where it stands.

use std::borrow::Cow;
use std::ops::Range;

use super::short_words::{
    LATIN_BYTES, ascii_letters, latin_letters, lower_latin, packed, packed_as_written, packed_latin,
};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A run of letters.
    Word,
    /// A run of ASCII digits.
    Number,
    /// One character of a script that does not put spaces between words.
    Cjk,
    /// Any other visible character.
    Mark,
}

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// Spaces.
    Space,
    /// One line break.
    Line,
    /// An empty line, or the start of the text.
    Blank,
}

/// A token: `80th` is the number `80` and, without a gap, the word `th`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    pub(super) class: Class,
    pub(super) gap: Gap,
    /// The number of its word among those that were met, [`NO_WORD`] where nobody gave it one.
    pub(super) word: u32,
}

/// No number of a word.
pub(super) const NO_WORD: u32 = u32::MAX;

/// Two in a cache line: the number of a word takes no room of its own.
const _: () = assert!(size_of::<Token<'_>>() == 32);

impl Token<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end()
    }

    /// Whether this is that mark.
    pub(super) fn is(&self, mark: &str) -> bool {
        self.class == Class::Mark && self.text == mark
    }

    pub(super) fn is_word(&self) -> bool {
        self.class == Class::Word
    }

    /// Whether it is a word that begins with a capital letter.
    pub(super) fn is_capitalised(&self) -> bool {
        self.is_word() && self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// The value of a number of at most six digits.
    pub(super) fn number(&self) -> Option<u32> {
        if self.class != Class::Number || self.text.len() > 6 {
            return None;
        }
        self.text.parse().ok()
    }

    /// Lower case, and one form for each apostrophe.
    pub(super) fn folded(&self) -> Cow<'_, str> {
        fold(self.text)
    }

    /// Whether it is this word, which is folded.
    pub(super) fn folds_to(&self, folded: &str) -> bool {
        if self.text.is_ascii() {
            // Most words differ in their first letter or their length.
            return self.text.eq_ignore_ascii_case(folded);
        }
        *self.folded() == *folded
    }
}

/// Lower case, and one form for each apostrophe.
pub(super) fn fold(text: &str) -> Cow<'_, str> {
    if text == "’" || text == "ʼ" {
        return Cow::Borrowed("'");
    }
    if text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    if text.is_ascii() {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    let bytes = text.as_bytes();
    // One character that has no case: Han, kana, or a mark.
    if bytes.len() == 3
        && (han_at(bytes).is_some() || matches!(bytes, [0xe2, 0x80, _] | [0xe3, ..]))
    {
        return Cow::Borrowed(text);
    }
    if latin_letters(bytes) == bytes.len()
        && let Some(lower) = lower_latin(bytes, &mut [0; LATIN_BYTES])
    {
        return if lower == text { Cow::Borrowed(text) } else { Cow::Owned(lower.to_owned()) };
    }
    Cow::Owned(text.to_lowercase())
}

/// The same of a word into a buffer, in place of what it holds.
pub(super) fn fold_into(word: &str, folded: &mut String) {
    folded.clear();
    let latin = (latin_letters(word.as_bytes()) == word.len()).then_some(word.as_bytes());
    let mut buffer = [0; LATIN_BYTES];
    match latin.and_then(|word| lower_latin(word, &mut buffer)) {
        Some(lower) => folded.push_str(lower),
        None => folded.push_str(&fold(word)),
    }
}

/// The tokens of a text, in order.
pub(super) fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0, gap: Gap::Blank }
}

/// Iterator over the tokens of a text.
#[derive(Debug, Clone)]
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    gap: Gap,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.next_keyed().map(|(token, _)| token)
    }
}

impl<'a> Tokens<'a> {
    /// The next token, with the bytes in lower case of a short word of Latin-1, or those of a character; 0 for
    /// any other.
    #[inline]
    pub(super) fn next_keyed(&mut self) -> Option<(Token<'a>, u128)> {
        let bytes = self.text.as_bytes();
        let (mut start, mut breaks) = (self.at, 0_u32);
        // Spaces, and a word or a mark of ASCII: most of most texts.
        let first = loop {
            match *bytes.get(start)? {
                b'\n' => breaks += 1,
                b'\r' => breaks += u32::from(bytes.get(start + 1) != Some(&b'\n')),
                b' ' | b'\t' => {}
                first => break first,
            }
            start += 1;
        };
        let gap = match breaks {
            0 if start == self.at => self.gap,
            0 => self.gap.max(Gap::Space),
            1 => self.gap.max(Gap::Line),
            _ => Gap::Blank,
        };
        if first.is_ascii_alphabetic() {
            if let Some(chunk) = bytes.get(start..).and_then(|rest| rest.first_chunk()) {
                let (len, key) = ascii_letters(chunk);
                if chunk.get(len).is_some_and(u8::is_ascii) {
                    return Some((self.plain(start, len, Class::Word, gap), key));
                }
            }
        } else if first.is_ascii_punctuation() {
            return Some((self.plain(start, 1, Class::Mark, gap), 0));
        } else if let Some(len) = han_at(&bytes[start..]) {
            let token = self.plain(start, len, Class::Cjk, gap);
            return Some((token, packed(token.text).unwrap_or(0)));
        } else if first.is_ascii_digit() {
            let digits = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            return Some((self.plain(start, digits, Class::Number, gap), 0));
        } else if let Some(len) = mark_at(&bytes[start..]) {
            return Some((self.plain(start, len, Class::Mark, gap), 0));
        }
        self.next_other(start, gap)
    }

    #[inline(never)]
    fn next_other(&mut self, start: usize, gap: Gap) -> Option<(Token<'a>, u128)> {
        let bytes = self.text.as_bytes();
        let len = latin_letters(bytes.get(start..).unwrap_or_default());
        if len > 0 && bytes.get(start + len).is_none_or(u8::is_ascii) {
            let token = self.plain(start, len, Class::Word, gap);
            return Some((token, packed_latin(token.text.as_bytes()).unwrap_or(0)));
        }
        let token = self.any()?;
        let key = packed_as_written(token.text).filter(|_| token.is_word()).unwrap_or(0);
        Some((token, key))
    }

    #[inline]
    fn plain(&mut self, start: usize, len: usize, class: Class, gap: Gap) -> Token<'a> {
        (self.at, self.gap) = (start + len, Gap::None);
        let text = &self.text[start..start + len];
        Token { text, start, class, gap, word: NO_WORD }
    }

    /// The next token, whatever it is.
    fn any(&mut self) -> Option<Token<'a>> {
        let mut breaks = 0_u32;
        let mut gap = self.gap;
        let (first, start) = loop {
            let c = match self.text.as_bytes().get(self.at) {
                Some(&byte) if byte.is_ascii_alphanumeric() => break (char::from(byte), self.at),
                _ => self.text[self.at..].chars().next()?,
            };
            if !(c.is_whitespace() || is_invisible(c)) {
                break (c, self.at);
            }
            self.at += c.len_utf8();
            breaks +=
                u32::from(c == '\n' || (c == '\r' && !self.text[self.at..].starts_with('\n')));
            gap = gap.max(match breaks {
                0 => Gap::Space,
                1 => Gap::Line,
                _ => Gap::Blank,
            });
        };
        let class = class(first);
        let rest = &self.text[start..];
        let len = match class {
            Class::Word => run(rest, class_continues),
            Class::Number => rest.bytes().take_while(u8::is_ascii_digit).count(),
            Class::Cjk | Class::Mark => first.len_utf8(),
        };
        self.at = start + len;
        self.gap = Gap::None;
        Some(Token { text: &rest[..len], start, class, gap, word: NO_WORD })
    }
}

fn run(text: &str, goes_on: impl Fn(char) -> bool) -> usize {
    let ascii = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    // Most words end where their letters of ASCII do.
    if text.as_bytes().get(ascii).is_none_or(u8::is_ascii) {
        return ascii;
    }
    text[ascii..]
        .char_indices()
        .find(|&(_, c)| !goes_on(c))
        .map_or(text.len(), |(at, _)| ascii + at)
}

/// Whether a character is a letter, without a look into the tables of Unicode for most.
#[inline]
pub(super) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        '\u{80}'..='\u{bf}' => matches!(c, 'ª' | 'µ' | 'º'),
        '\u{c0}'..='\u{24f}' => !matches!(c, '×' | '÷'),
        '\u{400}'..='\u{481}' | '\u{4e00}'..='\u{9fff}' => true,
        // Marks of all kinds.
        '\u{2000}'..='\u{206f}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{ff00}'..='\u{ff20}' => false,
        _ => c.is_alphabetic(),
    }
}

fn class(c: char) -> Class {
    if c.is_ascii_alphabetic() {
        Class::Word
    } else if c.is_ascii_digit() {
        Class::Number
    } else if c.is_ascii() {
        Class::Mark
    } else if is_cjk(c) {
        Class::Cjk
    } else if is_letter(c) || c.is_numeric() {
        Class::Word
    } else {
        Class::Mark
    }
}

fn class_continues(c: char) -> bool {
    // Vowel signs of Indic scripts are no letters and stand inside words.
    class(c) == Class::Word
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{900}'..='\u{963}' | '\u{980}'..='\u{dff}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{c}')
}

/// Whether a character belongs to a script without spaces: Han, kana, bopomofo.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{3105}'..='\u{312f}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
        && c != '\u{30fb}'
}

/// The first byte of this sort, looked for in many bytes at once.
pub(super) fn find_byte(bytes: &[u8], is: impl Fn(u8) -> bool) -> Option<usize> {
    const AT_ONCE: usize = 32;
    let (chunks, rest) = bytes.as_chunks::<AT_ONCE>();
    // Without a way out within a chunk, so that it is done in a few instructions.
    let has = |chunk: &[u8; AT_ONCE]| chunk.iter().fold(false, |any, byte| any | is(*byte));
    let whole = chunks.iter().take_while(|chunk| !has(chunk)).count();
    let from = whole * AT_ONCE;
    let near = chunks.get(whole).map_or(rest, |chunk| &chunk[..]);
    near.iter().position(|byte| is(*byte)).map(|at| from + at)
}

/// How many bytes the Han character has that begins these, if it is one of the common block.
#[inline]
pub(super) fn han_at(bytes: &[u8]) -> Option<usize> {
    // U+4E00 to U+9FFF.
    let is_han = match bytes {
        [0xe4, second, _, ..] => *second >= 0xb8,
        [0xe5..=0xe9, _, _, ..] => true,
        _ => false,
    };
    is_han.then_some(3)
}

/// How many bytes the mark has that begins these, if it is one of the common ones outside ASCII: quotation
/// marks, dashes, signs, full stops and brackets of Latin and of Chinese texts.
#[inline]
fn mark_at(bytes: &[u8]) -> Option<usize> {
    let is_mark = match bytes {
        // Of U+00A1 to U+00BF those that are no letters, numbers or hyphens.
        [0xc2, second, ..] => {
            let is_mark = matches!(
                second,
                0xa1..=0xa9 | 0xab | 0xac | 0xae..=0xb1 | 0xb4 | 0xb6..=0xb8 | 0xbb | 0xbf
            );
            return is_mark.then_some(2);
        }
        // U+2010 to U+2027.
        [0xe2, 0x80, third, ..] => matches!(third, 0x90..=0xa7),
        // U+3001 to U+3004, U+3008 to U+3020.
        [0xe3, 0x80, third, ..] => matches!(third, 0x81..=0x84 | 0x88..=0xa0),
        // U+FF01 to U+FF0F, U+FF1A to U+FF20.
        [0xef, 0xbc, third, ..] => matches!(third, 0x81..=0x8f | 0x9a..=0xa0),
        _ => false,
    };
    is_mark.then_some(3)
}

/// The longest beginning of `text` that is not longer than `bytes` and ends between characters.
pub(crate) fn prefix(text: &str, bytes: usize) -> &str {
    &text[..floor(text, bytes)]
}

/// The last character boundary at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_characters_of_the_common_block_are_told_by_their_bytes() {
        for c in '\0'..=char::MAX {
            let mut bytes = [0; 4];
            let written = c.encode_utf8(&mut bytes);
            let is_han = ('\u{4e00}'..='\u{9fff}').contains(&c);
            assert_eq!(han_at(written.as_bytes()), is_han.then_some(3), "{c:?}");
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(fold(written), written.to_lowercase().replace(['’', 'ʼ'], "'"), "{c:?}");
            assert!(!is_han || is_cjk(c) && c.is_alphabetic() && !c.is_whitespace(), "{c:?}");
            let is_visible = !c.is_whitespace() && !is_invisible(c);
            assert!(
                mark_at(written.as_bytes()).is_none_or(|len| {
                    len == c.len_utf8() && class(c) == Class::Mark && is_visible
                }),
                "{c:?}"
            );
        }
    }

    #[test]
    fn bytes_are_found_wherever_they_stand() {
        for len in 0..100 {
            for at in 0..len {
                let mut bytes = vec![b'.'; len];
                bytes[at..].fill(b'7');
                assert_eq!(find_byte(&bytes, |byte| byte.is_ascii_digit()), Some(at));
            }
            assert_eq!(find_byte(&vec![b'.'; len], |byte| byte.is_ascii_digit()), None);
        }
    }

    #[test]
    fn words_numbers_and_marks_are_told_apart() {
        let text = "The 80th year,\n联合国\n\nÉtat’s";
        let all: Vec<_> = tokens(text).map(|t| (t.text, t.class, t.gap)).collect();
        assert_eq!(
            all,
            [
                ("The", Class::Word, Gap::Blank),
                ("80", Class::Number, Gap::Space),
                ("th", Class::Word, Gap::None),
                ("year", Class::Word, Gap::Space),
                (",", Class::Mark, Gap::None),
                ("联", Class::Cjk, Gap::Line),
                ("合", Class::Cjk, Gap::None),
                ("国", Class::Cjk, Gap::None),
                ("État", Class::Word, Gap::Blank),
                ("’", Class::Mark, Gap::None),
                ("s", Class::Word, Gap::None),
            ]
        );
    }
}
