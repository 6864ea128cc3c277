//! Words looked up by their bytes: every word of every text is, so that this has to be quick.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;
use std::sync::LazyLock;

use foldhash::fast::{FixedState, RandomState};

use super::tokens::fold;

/// A word of up to this many bytes is looked up by its bytes alone.
pub(super) const SHORT: usize = 16;

/// A short word of the lists.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ShortWord {
    /// Its bytes, lowest first.
    key: u128,
    pub(super) flags: u64,
    pub(super) index: u32,
}

/// Short words by their bytes as one number: what is compared is the word itself, so that nothing of a
/// text is hashed twice or copied. Open addressing, at most half full; a byte a slot tells most words that
/// are not there before the slot itself is read.
#[derive(Debug, Default, Clone)]
pub(super) struct ShortWords {
    tags: Vec<u8>,
    slots: Vec<ShortWord>,
}

impl ShortWords {
    pub(super) fn of<'w>(words: impl Iterator<Item = (u32, &'w str, u64)>) -> Self {
        let words: Vec<ShortWord> = words
            .filter_map(|(index, word, flags)| Some(ShortWord { key: packed(word)?, flags, index }))
            .collect();
        let mut slots = vec![ShortWord::default(); (words.len() * 2).next_power_of_two()];
        let mut tags = vec![0; slots.len()];
        for word in words {
            let (start, tag) = Self::place(word.key);
            let mut at = start & (slots.len() - 1);
            while tags[at] != 0 {
                at = (at + 1) & (slots.len() - 1);
            }
            (slots[at], tags[at]) = (word, tag);
        }
        Self { tags, slots }
    }

    /// Where a word is looked for first, and its tag, which is not 0.
    fn place(key: u128) -> (usize, u8) {
        let mixed =
            (key as u64 ^ ((key >> 64) as u64).rotate_left(29)).wrapping_mul(0x517c_c1b7_2722_0a95);
        ((mixed >> 32) as usize, (mixed >> 24) as u8 | 1)
    }

    pub(super) fn get(&self, key: u128) -> Option<&ShortWord> {
        let (start, tag) = Self::place(key);
        let mut at = start & (self.tags.len() - 1);
        loop {
            let found = *self.tags.get(at)?;
            if found == tag && self.slots[at].key == key {
                return self.slots.get(at);
            }
            if found == 0 {
                return None;
            }
            at = (at + 1) & (self.tags.len() - 1);
        }
    }
}

/// The bytes of a short word as one number; no word is 0.
#[inline]
pub(super) fn packed(word: &str) -> Option<u128> {
    packed_bytes(word.as_bytes())
}

fn packed_bytes(bytes: &[u8]) -> Option<u128> {
    let few = |bytes: &[u8]| bytes.iter().rev().fold(0, |key, byte| key << 8 | u128::from(*byte));
    let key = match bytes.len() {
        0..4 => few(bytes),
        // Two loads that overlap: what both have is the same.
        len @ 4..8 => {
            let (first, last) = (bytes.first_chunk()?, bytes.last_chunk()?);
            let last = u64::from(u32::from_le_bytes(*last)) << ((len - 4) * 8);
            u128::from(u64::from(u32::from_le_bytes(*first)) | last)
        }
        len @ 8..=SHORT => {
            let (first, last) = (bytes.first_chunk()?, bytes.last_chunk()?);
            u128::from(u64::from_le_bytes(*first))
                | u128::from(u64::from_le_bytes(*last)) << ((len - 8) * 8)
        }
        _ => return None,
    };
    Some(key).filter(|key| *key != 0)
}

/// How many of these bytes are letters of ASCII, from the first on, and these in lower case as one number.
#[inline]
pub(super) fn ascii_letters(bytes: &[u8; SHORT]) -> (usize, u128) {
    let written = u128::from_le_bytes(*bytes);
    // Most words have fewer letters than half of that.
    let (len, head) = letters_of_eight(written as u64);
    if len < SHORT / 2 {
        return (len, u128::from(head));
    }
    let (more, tail) = letters_of_eight((written >> 64) as u64);
    (len + more, u128::from(head) | u128::from(tail) << 64)
}

/// The same of eight bytes.
#[inline]
fn letters_of_eight(written: u64) -> (usize, u64) {
    const fn each(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }
    let lower = written | each(0x20);
    // All bytes at once: the highest bit of each tells whether it is a letter.
    let low = lower & each(0x7f);
    let from_a = low + each(0x80 - b'a');
    let behind_z = low + each(0x80 - b'z' - 1);
    let others = !(from_a & !behind_z & !written) & each(0x80);
    if others == 0 {
        return (8, lower);
    }
    // What is below the first bit of these is below the first byte.
    let below = others ^ others.wrapping_sub(1);
    (others.trailing_zeros() as usize / 8, lower & (below >> 8))
}

/// A number of this byte over and over.
const fn each(byte: u8) -> u128 {
    u128::from_le_bytes([byte; SHORT])
}

/// The first byte of the letters of Latin-1 that are not of ASCII.
const LATIN: u8 = 0xc3;
/// A longer word is folded in another way.
pub(super) const LATIN_BYTES: usize = 64;

/// How many bytes are letters of Latin-1, from the first on.
pub(super) fn latin_letters(bytes: &[u8]) -> usize {
    let mut len = 0;
    loop {
        match bytes.get(len) {
            Some(byte) if byte.is_ascii_alphabetic() => len += 1,
            // Without `×` and `÷`.
            Some(&LATIN) if !matches!(bytes.get(len + 1), None | Some(0x97 | 0xb7)) => len += 2,
            _ => return len,
        }
    }
}

/// Whether the letter of Latin-1 that begins at a byte is a capital one.
pub(super) fn is_latin_capital(word: &[u8], at: usize) -> bool {
    word[at].is_ascii_uppercase()
        || word[at] == LATIN && matches!(word.get(at + 1), Some(0x80..=0x9e))
}

/// A word of letters of Latin-1 in lower case, which is as long as it is written. `None` for one that is longer
/// than the buffer.
pub(super) fn lower_latin<'b>(word: &[u8], lower: &'b mut [u8; LATIN_BYTES]) -> Option<&'b str> {
    std::str::from_utf8(lower_bytes(word, lower)?).ok()
}

/// The bytes of a short word of letters of Latin-1 in lower case as one number, whatever its case.
pub(super) fn packed_latin(word: &[u8]) -> Option<u128> {
    packed_bytes(lower_bytes(word.get(..word.len().min(SHORT + 1))?, &mut [0; LATIN_BYTES])?)
}

fn lower_bytes<'b>(word: &[u8], lower: &'b mut [u8; LATIN_BYTES]) -> Option<&'b [u8]> {
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    let mut before = 0;
    for byte in &mut *lower {
        // Capitals of Latin-1 stand 0x20 before the small letters, as those of ASCII do.
        if before == LATIN && matches!(*byte, 0x80..=0x9e) {
            *byte += 0x20;
        }
        before = *byte;
    }
    Some(lower)
}

/// The bytes of a short word of ASCII in lower case as one number, whatever its case. `None` for any other.
pub(super) fn packed_as_written(word: &str) -> Option<u128> {
    let key = packed(word)?;
    if key & each(0x80) != 0 {
        return None;
    }
    // All bytes at once: the highest bit of each tells whether it is a capital, and a quarter of it is
    // what parts the cases.
    let from_a = key + each(0x80 - b'A');
    let behind_z = key + each(0x80 - b'Z' - 1);
    Some(key | (from_a & !behind_z & each(0x80)) >> 2)
}

/// Numbers of short words, by their bytes. Open addressing, at most half full: a word and its number stand in
/// one line of the cache, since what takes time is to have it from memory. Who writes a text chooses its words,
/// so that places are keyed, by a product whose halves are folded.
#[derive(Debug, Clone)]
pub(super) struct WordNumbers {
    slots: Vec<NumberSlot>,
    /// Of the words of more than eight bytes, the bytes behind these.
    tails: Vec<u64>,
    words: usize,
    secret: (u64, u64),
}

/// A word and its number.
#[derive(Debug, Clone, Copy, Default)]
struct NumberSlot {
    /// The first eight bytes; 0 for no word.
    head: u64,
    /// One more than the place of its other bytes among the tails; 0 where there are none.
    tail: u32,
    number: u32,
}

/// Four in a cache line.
const _: () = assert!(size_of::<NumberSlot>() == 16);

impl Default for WordNumbers {
    fn default() -> Self {
        static SECRET: LazyLock<(u64, u64)> = LazyLock::new(|| {
            let random = RandomState::default();
            (random.hash_one(0), random.hash_one(1))
        });
        Self { slots: Vec::new(), tails: Vec::new(), words: 0, secret: *SECRET }
    }
}

impl WordNumbers {
    fn grow(&mut self) {
        let more = vec![NumberSlot::default(); (self.slots.len() * 2).max(32)];
        let mut words = std::mem::replace(&mut self.slots, more);
        words.retain(|slot| slot.head != 0);
        // Words that came early are most of a text: they are found where they are looked for first.
        words.sort_unstable_by_key(|slot| slot.number);
        for slot in words {
            let at = self.place(slot.head, self.tail(&slot));
            self.slots[at] = slot;
        }
    }

    /// Where a word is, or the empty place where it belongs: half of them are empty.
    #[inline]
    fn place(&self, head: u64, tail: u64) -> usize {
        let product = u128::from(head ^ self.secret.0) * u128::from(tail ^ self.secret.1);
        let mut at = (product ^ (product >> 64)) as usize & (self.slots.len() - 1);
        loop {
            let slot = &self.slots[at];
            if slot.head == 0 || slot.head == head && self.tail(slot) == tail {
                return at;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Forgets all words, and keeps their room.
    pub(super) fn clear(&mut self) {
        self.slots.fill(NumberSlot::default());
        self.tails.clear();
        self.words = 0;
    }

    /// How many words and empty places there are.
    #[cfg(test)]
    pub(super) fn room(&self) -> usize {
        self.slots.len()
    }

    #[inline]
    fn tail(&self, slot: &NumberSlot) -> u64 {
        if slot.tail == 0 { 0 } else { self.tails[slot.tail as usize - 1] }
    }

    /// The number of a word, which is not 0; the one given where it has none yet.
    #[inline]
    pub(super) fn get_or_insert(&mut self, key: u128, number: u32) -> u32 {
        match self.get(key) {
            Some(number) => number,
            None => self.insert(key, number),
        }
    }

    #[cold]
    fn insert(&mut self, key: u128, number: u32) -> u32 {
        if (self.words + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let (head, tail) = (key as u64, (key >> 64) as u64);
        let at = self.place(head, tail);
        let mut slot = NumberSlot { head, tail: 0, number };
        if tail != 0 {
            self.tails.push(tail);
            slot.tail = u32::try_from(self.tails.len()).unwrap_or(0);
        }
        self.slots[at] = slot;
        self.words += 1;
        number
    }

    #[inline]
    pub(super) fn get(&self, key: u128) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let slot = self.slots[self.place(key as u64, (key >> 64) as u64)];
        (slot.head != 0).then_some(slot.number)
    }
}

/// Words of a list that ships with the program: none of a text are among them, so that the hash need not be keyed.
pub(super) type WordSet = HashSet<String, FixedState>;
/// The same with something for each word.
pub(super) type WordMap<T> = HashMap<String, T, FixedState>;

/// What is known of words, which are looked up as they are written: in any case, and with either
/// apostrophe. The lists that ship with the program are read into it, no words of a text.
#[derive(Debug)]
pub(super) struct WordTable<T> {
    short: ShortWords,
    long: HashMap<Box<str>, u32, FixedState>,
    known: Vec<T>,
}

impl<T> WordTable<T> {
    /// Of words in lower case, each once.
    pub(super) fn of<S: AsRef<str>>(words: impl IntoIterator<Item = (S, T)>) -> Self {
        let (words, known): (Vec<S>, Vec<T>) = words.into_iter().unzip();
        let numbered = || (0_u32..).zip(words.iter().map(AsRef::as_ref));
        Self {
            short: ShortWords::of(numbered().map(|(index, word)| (index, word, 0))),
            long: numbered()
                .filter(|(_, word)| packed(word).is_none())
                .map(|(index, word)| (word.into(), index))
                .collect(),
            known,
        }
    }

    pub(super) fn get(&self, written: &str) -> Option<&T> {
        match packed_as_written(written) {
            Some(key) => self.known.get(self.short.get(key)?.index as usize),
            None => self.get_lower(&fold(written)),
        }
    }

    /// The same of a word that is in lower case.
    pub(super) fn get_lower(&self, lower: &str) -> Option<&T> {
        let index = match packed(lower) {
            Some(key) => self.short.get(key)?.index,
            None => *self.long.get(lower)?,
        };
        self.known.get(index as usize)
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &T> {
        self.known.iter()
    }
}

impl<S: AsRef<str>, T> FromIterator<(S, T)> for WordTable<T> {
    fn from_iter<I: IntoIterator<Item = (S, T)>>(words: I) -> Self {
        Self::of(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_word_is_its_bytes_in_lower_case() {
        let letters = "AZaz@[`{09-'MN";
        for start in 0..letters.len() {
            for len in 1..=letters.len() - start {
                let word = &letters[start..start + len];
                let mut bytes = [0; SHORT];
                bytes[..len].copy_from_slice(word.as_bytes());
                assert_eq!(packed(word), Some(u128::from_le_bytes(bytes)), "{word}");
                bytes.make_ascii_lowercase();
                assert_eq!(packed_as_written(word), Some(u128::from_le_bytes(bytes)), "{word}");
            }
        }
        assert_eq!(packed("sixteen-letters-"), Some(u128::from_le_bytes(*b"sixteen-letters-")));
        assert_eq!(packed("seventeen-letters"), None);
        for word in [
            "a",
            "Word, and more of them",
            "sixteen-letters-",
            "Sixteenletters16",
            "Zürich is here",
            "éa..............",
        ] {
            let mut bytes = [b'.'; SHORT];
            let len = word.len().min(SHORT);
            bytes[..len].copy_from_slice(&word.as_bytes()[..len]);
            let letters = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            let mut lower = [0; SHORT];
            lower[..letters].copy_from_slice(&bytes[..letters].to_ascii_lowercase());
            assert_eq!(ascii_letters(&bytes), (letters, u128::from_le_bytes(lower)), "{word}");
        }
        assert_eq!(
            ascii_letters(b"sixteenLettersZz"),
            (16, u128::from_le_bytes(*b"sixteenletterszz"))
        );
        for word in ["ÀÖØÞßàþ", "Élysée", "aZ", "Straßenbahnen"] {
            let lower = word.to_lowercase();
            let short = packed(word).and(packed(&lower));
            assert_eq!(packed_latin(word.as_bytes()), short, "{word}");
            assert_eq!(lower_latin(word.as_bytes(), &mut [0; LATIN_BYTES]), Some(lower.as_str()));
        }
        assert_eq!(packed_latin("Überregulierungen".as_bytes()), None);
        assert_eq!(packed_as_written("é"), None);
        assert_eq!(packed(""), None);
    }

    #[test]
    fn words_are_found_in_any_case_and_length() {
        let words = ["märz", "a", "international-holocaust", "aujourd'hui", "’"];
        let table: WordTable<usize> = words.into_iter().zip(0..).collect();
        for (written, index) in [
            ("März", Some(0)),
            ("MÄRZ", Some(0)),
            ("A", Some(1)),
            ("International-Holocaust", Some(2)),
            ("Aujourd'hui", Some(3)),
            ("Mär", None),
            ("", None),
            ("international-holocaus", None),
        ] {
            assert_eq!(table.get(written).copied(), index, "{written}");
        }
    }
}
