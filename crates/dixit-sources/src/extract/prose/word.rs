//! Where a word ends, and how it is written.

use super::super::lexicon::{SHORT, Word, flag, lexicon};
use super::super::short_words::{ascii_letters, is_latin_capital, latin_letters};
use super::super::tokens::{han_at, is_letter};
use super::{Case, Kind, Token};

/// Reads a word with its inner apostrophes and hyphens, an abbreviation's full stop, and sets the
/// possessive apart.
pub(super) fn read_word(text: &str, token: &mut Token, lower: &mut String) {
    let rest = &text[token.start..];
    let bytes = rest.as_bytes();
    // Most words are plain letters up to a space: no need to look at them one by one.
    if let Some(first) = bytes.first_chunk() {
        let (len, key) = ascii_letters(first);
        // Of one letter it may be an initial.
        let ends = |next: &u8| ends_plain(*next) || *next == b'.' && len > 2;
        if len > 0 && first.get(len).is_some_and(ends) {
            plain_ascii(&first[..len], key, token, lower);
            let title = token.kind != Kind::Word(Case::Lower);
            if first[len] == b'.' && has_stop(token.flags, title) {
                token.end += 1;
                token.tail = token.end;
            }
            return;
        }
    }
    let len = latin_letters(bytes);
    let plain = match bytes.get(len) {
        None => true,
        Some(b'.') => len > 2,
        Some(next) => ends_plain(*next),
    };
    if len > 0 && plain {
        plain_word(bytes, len, token, lower);
        let title = token.kind != Kind::Word(Case::Lower);
        if bytes.get(len) == Some(&b'.') && has_stop(token.flags, title) {
            token.end += 1;
            token.tail = token.end;
        }
        return;
    }
    let mut end = 0;
    let mut tail = None;
    let mut letters = 0_usize;
    let mut capitals = 0_usize;
    let mut title = false;
    // Of Han characters that follow each other none ends the word but the last.
    let mut han = 0;
    while let Some(len) = han_at(&bytes[han..]) {
        han += len;
    }
    let mut from = han.saturating_sub(HAN);
    // Nor do letters of Latin-1, but the last.
    if len > 0 {
        from = (0..len).rev().find(|at| begins(bytes, *at)).unwrap_or(0);
        for at in (0..from).filter(|at| begins(bytes, *at)) {
            letters += 1;
            capitals += usize::from(is_latin_capital(bytes, at));
        }
        title = is_latin_capital(bytes, 0);
    } else {
        letters = from / HAN;
    }
    let mut chars = rest[from..].char_indices().map(|(at, c)| (from + at, c)).peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        if is_letter(c) || c.is_numeric() || is_mark(c) {
            title |= at == 0 && c.is_uppercase();
            capitals += usize::from(c.is_uppercase());
            letters += 1;
            end = at + c.len_utf8();
            if is_ideograph(c) != next.is_some_and(is_ideograph)
                && next.is_some_and(char::is_alphanumeric)
            {
                break;
            }
        } else if matches!(c, '\'' | '’') {
            if elides(&rest[..at], next) {
                // `l’Iran`, `qu’elle`: a word of its own, with its mark.
                end = at + c.len_utf8();
                break;
            }
            if matches!(next, Some('s' | 'S')) {
                let after = at + c.len_utf8() + 1;
                let follows = rest[after..].chars().next();
                if follows.is_none_or(|c| !c.is_alphanumeric()) {
                    tail = Some(after);
                    break;
                }
            }
            if !next.is_some_and(char::is_alphabetic) {
                if bytes[end - 1] == b's' && next == Some(' ') {
                    tail = Some(at + c.len_utf8());
                }
                break;
            }
        } else if matches!(c, '-' | '‑') {
            if !next.is_some_and(char::is_alphanumeric)
                || &rest[..at] != "t" && is_inverted(&rest[at + c.len_utf8()..])
            {
                break;
            }
        } else {
            break;
        }
    }
    token.end = token.start + end;
    token.tail = token.start + tail.unwrap_or(end);
    lower.clear();
    if han == end {
        lower.push_str(&rest[..end]);
    } else {
        lower_into(&rest[..end], lower);
    }
    if lower.ends_with('’') {
        lower.truncate(lower.len() - '’'.len_utf8());
        lower.push('\'');
    }
    // Full stops that belong to the word: `J.`, `U.S.`, `Mr.`.
    let known = lexicon().word(lower);
    if tail.is_none() && bytes.get(end) == Some(&b'.') {
        if letters == 1 && capitals == 1 {
            let mut to = end + 1;
            while bytes.get(to).is_some_and(u8::is_ascii_alphabetic)
                && bytes.get(to + 1) == Some(&b'.')
            {
                to += 2;
            }
            if to == end + 1 {
                token.kind = Kind::Word(Case::Initial);
                token.end = token.start + to;
                token.tail = token.end;
                return;
            }
            token.end = token.start + to;
            token.tail = token.end;
            token.kind = Kind::Word(Case::Upper);
            lower.clear();
            lower_into(&rest[..to], lower);
            set_word(token, lower, lexicon().word(lower));
            return;
        }
        let flags = known.map_or(0, |word| word.flags);
        if has_stop(flags, title) {
            token.end += 1;
            token.tail = token.end;
        }
    }
    token.kind = Kind::Word(if !title {
        Case::Lower
    } else if letters == 1 {
        Case::Initial
    } else if capitals == letters {
        Case::Upper
    } else {
        Case::Title
    });
    set_word(token, lower, known);
}

/// Whether a full stop behind a word belongs to it: `Mr.`, `Jr.`, and with a capital `Gen.`
const fn has_stop(flags: u64, title: bool) -> bool {
    flags & (flag::TITLE | flag::NAME_SUFFIX) != 0 || title && flags & flag::ABBREVIATION != 0
}

/// Bytes of a Han character of the common block.
const HAN: usize = 3;
/// A compound noun has at least so many letters.
const COMPOUND: usize = 10;

/// Whether French drops a vowel here: `d’Oslo`, `L’Iran`, but `D’Angelo` is a name.
fn elides(head: &str, next: Option<char>) -> bool {
    let vowel = next.is_some_and(|c| {
        matches!(
            c.to_ascii_lowercase(),
            'a' | 'e'
                | 'i'
                | 'o'
                | 'u'
                | 'y'
                | 'h'
                | 'é'
                | 'è'
                | 'ê'
                | 'à'
                | 'â'
                | 'î'
                | 'ô'
                | 'œ'
                | 'É'
        )
    });
    let known = match head {
        "l" | "L" | "d" | "qu" | "Qu" | "n" | "c" | "j" | "s" => true,
        "D" | "C" | "J" | "N" | "S" => next.is_some_and(char::is_lowercase),
        _ => false,
    };
    vowel && known
}

/// Whether a French subject follows a hyphen: `explique-t-elle`.
fn is_inverted(rest: &str) -> bool {
    ["t-il", "t-elle", "t-on", "il", "elle"].iter().any(|subject| {
        rest.strip_prefix(subject)
            .is_some_and(|behind| !behind.starts_with(|c: char| c.is_alphabetic() || c == '-'))
    })
}

/// Whether a byte, unless it is a full stop, ends a word that has nothing but letters before it.
#[inline]
const fn ends_plain(next: u8) -> bool {
    next.is_ascii_punctuation() && !matches!(next, b'.' | b'\'' | b'-') || next <= b' '
}

/// A word of letters of ASCII, of which the bytes in lower case are `key`.
#[inline]
fn plain_ascii(word: &[u8], key: u128, token: &mut Token, lower: &mut String) {
    token.end = token.start + word.len();
    token.tail = token.end;
    token.kind = Kind::Word(if !word[0].is_ascii_uppercase() {
        Case::Lower
    } else if word.len() == 1 {
        Case::Initial
    } else if word.iter().all(u8::is_ascii_uppercase) {
        Case::Upper
    } else {
        Case::Title
    });
    if let Some((word, flags)) = lexicon().short_word(key) {
        (token.word, token.flags) = (Some(word), flags);
    } else if word.len() >= COMPOUND {
        compound(word, token, lower);
    }
}

/// Whether a character begins at a byte.
fn begins(word: &[u8], at: usize) -> bool {
    word[at] & 0xc0 != 0x80
}

/// A word of letters of Latin-1 alone, without what may follow it.
fn plain_word(bytes: &[u8], len: usize, token: &mut Token, lower: &mut String) {
    token.end = token.start + len;
    token.tail = token.end;
    let word = &bytes[..len];
    let is_ascii = word.is_ascii();
    let single = len == 1 || len == 2 && !is_ascii;
    token.kind = Kind::Word(if !is_latin_capital(word, 0) {
        Case::Lower
    } else if single {
        Case::Initial
    } else if (0..len).filter(|at| begins(word, *at)).all(|at| is_latin_capital(word, at)) {
        Case::Upper
    } else {
        Case::Title
    });
    let found = match bytes.first_chunk().filter(|_| len <= SHORT && is_ascii) {
        Some(first) => lexicon().ascii_word(first, len),
        None => lexicon().latin_word(word).map(|word| (word, word.flags)),
    };
    if let Some((word, flags)) = found {
        (token.word, token.flags) = (Some(word), flags);
        return;
    }
    if is_ascii && len < COMPOUND {
        return;
    }
    compound(word, token, lower);
}

/// What the ending of a long noun tells.
fn compound(word: &[u8], token: &mut Token, lower: &mut String) {
    let may_be = |last: &[u8; 2]| lexicon().may_be_compound(*last);
    if token.kind != Kind::Word(Case::Lower) && word.last_chunk().is_some_and(may_be) {
        lower.clear();
        lower_into(std::str::from_utf8(word).unwrap_or_default(), lower);
        token.flags = lexicon().compound(lower);
    }
}

/// Adds a word in lower case.
pub(crate) fn lower_into(word: &str, lower: &mut String) {
    if word.is_ascii() {
        let at = lower.len();
        lower.push_str(word);
        lower[at..].make_ascii_lowercase();
    } else {
        lower.extend(word.chars().flat_map(char::to_lowercase));
    }
}

fn set_word(token: &mut Token, lower: &str, known: Option<&'static Word>) {
    token.word = known;
    token.flags = match token.word {
        Some(word) => word.flags,
        None if token.is_capital() => lexicon().compound(lower),
        None => 0,
    };
}

/// Combining marks and the joiners inside words of Indic scripts and Arabic.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}')
}

/// Han, kana and hangul: no spaces between words, or no case.
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
