//! Statement ids: the same words of the same source have the same id on every machine.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Crockford's base 32 in lower case: no i, l, o, u, and in ASCII order, so that ids sort as the
/// bytes behind them do.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Number of characters of an id: 120 bits, five a character.
const LENGTH: usize = 24;

/// The name of a statement: 24 characters such as `7h2k9xq0c4mzt5vw8r1e6n3p`.
///
/// A BLAKE3 hash of the source's name, the text with its white space folded, and which occurrence of
/// that text in the source it is. Nothing that is extracted goes in, so that better extraction keeps
/// ids; nor do machine, order, threads or time. 120 bits keep the chance of one clash among ten
/// million statements under 10⁻²².
///
/// ```
/// use dixit::StatementId;
///
/// let id = StatementId::new("a.txt", "Good  morning.\n", 0);
/// assert_eq!(id, StatementId::new("a.txt", " Good morning.", 0));
/// assert_ne!(id, StatementId::new("a.txt", "Good morning.", 1));
/// assert_ne!(id, StatementId::new("b.txt", "Good morning.", 0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementId([u8; LENGTH]);

impl StatementId {
    /// The id of the `occurrence`-th statement (from 0) of source `source` that has this text.
    #[must_use]
    pub fn new(source: &str, text: &str, occurrence: u64) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"dixit statement 1\0");
        hasher.update(&(source.len() as u64).to_le_bytes());
        hasher.update(source.as_bytes());
        hasher.update(&occurrence.to_le_bytes());
        fold_into(&mut hasher, text);
        let hash = hasher.finalize();
        let bytes = hash.as_bytes();
        let mut id = [0; LENGTH];
        for (group, chunk) in bytes[..LENGTH * 5 / 8].chunks_exact(5).enumerate() {
            let bits = chunk.iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
            for place in 0..8 {
                let value = bits >> (35 - 5 * place) & 31;
                id[group * 8 + place] = ALPHABET[value as usize];
            }
        }
        Self(id)
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The first 60 bits, ordered as the id is: ties in ranking are broken by them, then by the rest.
    pub(crate) fn sort_key(&self) -> u64 {
        self.0[..12].iter().fold(0, |key, byte| {
            let value = ALPHABET.iter().position(|letter| letter == byte).unwrap_or(0);
            key << 5 | value as u64
        })
    }
}

/// Hashes the text with every run of white space as one space and none at its ends.
///
/// Words with one space between them are taken as they stand, and short stretches together: a call a
/// word would cost more than the hash.
fn fold_into(hasher: &mut blake3::Hasher, text: &str) {
    let mut buffer = [0_u8; 1024];
    let mut used = 0;
    let mut push = |part: &[u8], hasher: &mut blake3::Hasher| {
        if used + part.len() > buffer.len() {
            hasher.update(&buffer[..used]);
            used = 0;
        }
        if part.len() > buffer.len() {
            hasher.update(part);
        } else {
            buffer[used..used + part.len()].copy_from_slice(part);
            used += part.len();
        }
        used
    };
    let mut is_first = true;
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if !is_first {
            push(b" ", hasher);
        }
        is_first = false;
        let (stretch, behind) = rest.split_at(folded_up_to(rest));
        push(stretch.as_bytes(), hasher);
        rest = behind.trim_start();
    }
    let used = push(&[], hasher);
    hasher.update(&buffer[..used]);
}

/// How far words stand with one space between them, in a text that begins with one.
fn folded_up_to(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| MAY_BE_SPACE[usize::from(*byte)]) {
        at += found;
        if bytes[at] == b' '
            && bytes.get(at + 1).is_some_and(|next| !MAY_BE_SPACE[usize::from(*next)])
        {
            at += 2;
            continue;
        }
        let rest = &text[at..];
        let behind = rest.trim_start();
        match rest.len() - behind.len() {
            0 => at += rest.chars().next().map_or(1, char::len_utf8),
            1 if bytes[at] == b' ' && !behind.is_empty() => at += 1,
            _ => return at,
        }
    }
    text.len()
}

/// Bytes by which white space begins, and in UTF-8 other characters too.
const MAY_BE_SPACE: [bool; 256] = {
    let mut may_be = [false; 256];
    // U+0085 and U+00A0, U+1680, U+2000 and what follows, U+3000.
    let bytes = [b' ', b'\t', b'\n', 0x0B, 0x0C, b'\r', 0xC2, 0xE1, 0xE2, 0xE3];
    let mut at = 0;
    while at < bytes.len() {
        may_be[bytes[at] as usize] = true;
        at += 1;
    }
    may_be
};

impl fmt::Display for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The text is not a statement id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a statement id has {LENGTH} letters and digits, none of them i, l, o or u")]
pub struct IdError;

impl FromStr for StatementId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let bytes: [u8; LENGTH] = text.as_bytes().try_into().map_err(|_| IdError)?;
        let known = bytes.iter().all(|byte| ALPHABET.contains(byte));
        known.then_some(Self(bytes)).ok_or(IdError)
    }
}

impl Serialize for StatementId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for StatementId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_pinned_for_ever() {
        let id = StatementId::new("seeds/article.txt", "We welcome the report.", 0);
        assert_eq!(id.to_string(), "efpqk9kn884fb2svmzp71bxn");
    }

    #[test]
    fn long_words_and_long_texts_fold_alike() {
        let word = "x".repeat(5_000);
        let text = format!("a  {word}\t b");
        let folded = format!("a {word} b");
        assert_eq!(StatementId::new("s", &text, 0), StatementId::new("s", &folded, 0));
    }

    #[test]
    fn any_white_space_folds_to_one_space() {
        let words =
            ["a", "b\u{a0}c", " ", "\n", "\t ", "\u{3000}", "界", &"long ".repeat(300), "  "];
        for first in words {
            for second in words {
                let text = format!("{first}{second} x{second}{first}").repeat(20);
                let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
                assert_eq!(StatementId::new("s", &text, 0), StatementId::new("s", &folded, 0));
            }
        }
    }

    #[test]
    fn order_of_ids_is_order_of_keys() {
        let mut ids: Vec<_> = (0..200).map(|n| StatementId::new("s", "t", n)).collect();
        ids.sort();
        assert!(ids.is_sorted_by_key(StatementId::sort_key));
    }

    #[test]
    fn only_whole_ids_parse() {
        let id = StatementId::new("s", "t", 0);
        assert_eq!(id.as_str().parse(), Ok(id));
        for bad in ["", "abc", "iiiiiiiiiiiiiiiiiiiiiiii", "ééééééééééééé"] {
            assert_eq!(bad.parse::<StatementId>(), Err(IdError));
        }
    }
}
