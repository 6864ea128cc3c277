//! Words that were met, text after text: what the lists say of a word is looked up once, and a word of a
//! text is a number.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;

use super::date::Lists;
use super::keywords::Facts;
use super::short_words::{WordNumbers, packed, packed_as_written};
use super::spare;
use super::tokens::{Class, NO_WORD, Token, Tokens, fold, fold_into, prefix, tokens};
use super::topics::{Met, Terms};

/// Of a longer text the words behind so many bytes have no number.
pub(super) const NUMBERED: usize = 256 * 1024;
/// With more words than this, or more bytes of long ones, a vocabulary begins anew at the next text.
const MOST_WORDS: usize = 1 << 15;
const MOST_LONG_BYTES: usize = 1 << 20;
/// The same behind so many stems of texts: one text has far fewer than are left, so that none is counted past the
/// end.
const LAST_STEM: u32 = u32::MAX / 2;

/// What is known of a word, whatever stands around it.
#[derive(Debug, Clone, Copy)]
struct Entry {
    facts: Facts,
    /// The number of the word without the ending of an English plural.
    stem: u32,
}

/// Eight in a cache line: words are many, and what takes time is to have them from memory.
const _: () = assert!(size_of::<Entry>() == 8);

/// The words that were met on this thread, by number. What is known of a word does not depend on the texts
/// before: they only spare looking it up again. Who asks one thing of all words of a text has that side by side.
#[derive(Debug, Default)]
struct Vocabulary {
    /// Numbers of short words in lower case by their bytes, and of others.
    short: WordNumbers,
    long: HashMap<Box<str>, u32, RandomState>,
    long_bytes: usize,
    entries: Vec<Entry>,
    /// Of which lists of dates an entry may begin with each word.
    begins: Vec<Lists>,
    /// What terms say of each word, where they were asked, and which terms these are: others begin anew.
    met: Vec<Option<Met>>,
    terms: u32,
    /// The number that each word got when it was met last as a stem, counted on from text to text: one of this
    /// text is not below `first_stem`.
    numbered: Vec<u32>,
    first_stem: u32,
    buffer: String,
}

thread_local! {
    static VOCABULARY: Cell<Vocabulary> = Cell::default();
    static SPARE: Cell<Vec<Token<'static>>> = Cell::default();
}

/// The tokens of a text, with numbers of its words.
#[derive(Debug)]
pub(super) struct NumberedText<'t> {
    pub(super) title: &'t str,
    pub(super) title_tokens: Vec<Token<'t>>,
    pub(super) text: &'t str,
    pub(super) tokens: Vec<Token<'t>>,
    /// What follows behind [`NUMBERED`] bytes.
    pub(super) rest: Tokens<'t>,
    pub(super) words: TextWords,
    /// Of which lists an entry may begin with some word of the tokens.
    begins: Lists,
}

impl Drop for NumberedText<'_> {
    fn drop(&mut self) {
        spare::leave(emptied(std::mem::take(&mut self.tokens)), self.text.len(), &SPARE);
    }
}

/// The room of tokens of one text for those of another: none is left, and so the borrow of none is.
fn emptied<'t>(mut tokens: Vec<Token<'_>>) -> Vec<Token<'t>> {
    tokens.clear();
    // Collected in place, as the standard library does where both are laid out alike.
    tokens.into_iter().map(|token| Token { text: "", ..token }).collect()
}

impl<'t> NumberedText<'t> {
    pub(super) fn of(title: Option<&'t str>, text: &'t str) -> Self {
        let mut words = TextWords::new();
        let title = title.unwrap_or_default();
        let (mut title_tokens, rest, _) = words.tokens(title, Vec::new());
        title_tokens.extend(rest);
        let (tokens, rest, begins) = words.tokens(text, spare::take(text.len(), &SPARE));
        Self { title, title_tokens, text, tokens, rest, words, begins }
    }

    /// Which tokens are those of a part of the text; none where the part does not begin and end between tokens
    /// that are there.
    pub(super) fn part(&self, part: &Range<usize>) -> Option<Range<usize>> {
        let is_all = self.tokens.last().is_none_or(|last| last.start < NUMBERED);
        let before = |end: usize| {
            let at = self.tokens.partition_point(|token| token.start < end);
            let ends = at.checked_sub(1).is_none_or(|last| self.tokens[last].end() <= end);
            let is_there = end <= self.text.len() && (is_all || at < self.tokens.len());
            (ends && is_there).then_some(at)
        };
        Some(before(part.start)?..before(part.end)?)
    }

    /// Where the words stand at which an entry of a list may begin, of those that reach into a part of the text.
    pub(super) fn beginning(
        &self,
        list: Lists,
        part: Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> {
        let first = if self.begins.has(list) {
            self.tokens.partition_point(|token| token.end() <= part.start)
        } else {
            self.tokens.len()
        };
        let begins = move |token: &&Token<'_>| self.words.begins(token).has(list);
        let within = self.tokens[first..].iter().take_while(move |token| token.start < part.end);
        within.filter(begins).map(Token::range)
    }

    /// Up to where the tokens go, which is the whole text unless it is a long one.
    pub(super) fn numbered_bytes(&self) -> usize {
        match self.tokens.last() {
            Some(last) if last.start >= NUMBERED => last.start,
            _ => self.text.len(),
        }
    }

    /// The tokens of the first so many bytes of the text.
    pub(super) fn opening(&self, bytes: usize) -> Cow<'_, [Token<'t>]> {
        debug_assert!(bytes <= NUMBERED);
        opening(&self.tokens, self.text, bytes)
    }

    /// The same of the title.
    pub(super) fn title_opening(&self, bytes: usize) -> Cow<'_, [Token<'t>]> {
        opening(&self.title_tokens, self.title, bytes)
    }

    /// Leaves so many bytes of the text, at most.
    pub(super) fn cut(&mut self, bytes: usize) {
        if self.text.len() <= bytes {
            return;
        }
        self.text = prefix(self.text, bytes);
        let end = self.text.len();
        self.tokens.truncate(self.tokens.partition_point(|token| token.start < end));
        if let Some(last) = self.tokens.last_mut().filter(|last| last.end() > end) {
            last.text = &self.text[last.start..];
            last.word = NO_WORD;
            self.begins = Lists::ANY;
        }
        // Nothing is left behind.
        self.rest = tokens("");
    }
}

fn opening<'o, 't>(tokens: &'o [Token<'t>], text: &'t str, bytes: usize) -> Cow<'o, [Token<'t>]> {
    let text = prefix(text, bytes);
    let end = tokens.partition_point(|token| token.start < text.len());
    let mut opening = Cow::Borrowed(&tokens[..end]);
    if opening.last().is_some_and(|last| last.end() > text.len())
        && let Some(last) = opening.to_mut().last_mut()
    {
        (last.text, last.word) = (&text[last.start..], NO_WORD);
    }
    opening
}

/// The words of one text.
#[derive(Debug)]
pub(super) struct TextWords {
    vocabulary: Vocabulary,
    /// How many stems have an id.
    stems: u32,
}

impl Drop for TextWords {
    fn drop(&mut self) {
        self.vocabulary.first_stem += self.stems;
        VOCABULARY.set(std::mem::take(&mut self.vocabulary));
    }
}

impl TextWords {
    fn new() -> Self {
        let mut vocabulary = VOCABULARY.take();
        let is_full =
            vocabulary.entries.len() > MOST_WORDS || vocabulary.long_bytes > MOST_LONG_BYTES;
        if is_full || vocabulary.first_stem > LAST_STEM {
            vocabulary.clear();
        }
        // 0 is the number of what was not met as a stem.
        vocabulary.first_stem = vocabulary.first_stem.max(1);
        Self { vocabulary, stems: 0 }
    }

    /// The tokens of a text up to [`NUMBERED`] bytes, those behind, and of which lists an entry may begin with
    /// any of the first.
    fn tokens<'t>(
        &mut self,
        text: &'t str,
        room: Vec<Token<'static>>,
    ) -> (Vec<Token<'t>>, Tokens<'t>, Lists) {
        let mut rest = tokens(text);
        let mut tokens = emptied(room);
        tokens.reserve(text.len().min(NUMBERED) / 4 + 1);
        let mut begins = Lists::NONE;
        while let Some((token, key)) = rest.next_keyed() {
            let word = self.vocabulary.token(&token, key);
            let token = Token { word, ..token };
            begins = begins.or(self.begins(&token));
            tokens.push(token);
            if token.start >= NUMBERED {
                break;
            }
        }
        (tokens, rest, begins)
    }

    /// What is known of the word of a token that is no mark, and its number.
    pub(super) fn facts(&mut self, token: &Token<'_>) -> (Facts, u32) {
        let word = match token.word {
            NO_WORD => self.vocabulary.written(token.text),
            word => word,
        };
        (self.vocabulary.entries[word as usize].facts, word)
    }

    /// The same of a word as it is written, which may be more than a token.
    pub(super) fn facts_of(&mut self, written: &str) -> (Facts, u32) {
        let word = self.vocabulary.written(written);
        (self.vocabulary.entries[word as usize].facts, word)
    }

    /// In which lists of dates an entry may begin with the word of a token.
    fn begins(&self, token: &Token<'_>) -> Lists {
        match token.class {
            Class::Mark | Class::Number => Lists::NONE,
            _ => self.vocabulary.begins.get(token.word as usize).copied().unwrap_or(Lists::ANY),
        }
    }

    /// How many stems the text had before it had the stem of a word.
    pub(super) fn id(&mut self, word: u32) -> u32 {
        let Vocabulary { entries, numbered, first_stem, .. } = &mut self.vocabulary;
        let stem = entries[word as usize].stem;
        let number = &mut numbered[stem as usize];
        if *number < *first_stem {
            *number = *first_stem + self.stems;
            self.stems += 1;
        }
        *number - *first_stem
    }

    /// The id of the stem of the word of a token, where the text has it.
    pub(super) fn id_of(&self, token: &Token<'_>) -> Option<u32> {
        match self.vocabulary.entries.get(token.word as usize) {
            Some(entry) => self.vocabulary.id_of(entry.stem),
            None => self.known_id(&token.folded()),
        }
    }

    /// The id of the stem of a word in lower case, where the text has it.
    pub(super) fn known_id(&self, folded: &str) -> Option<u32> {
        let stem = &folded[..Facts::stem(folded.as_bytes())];
        let word = match packed(stem) {
            Some(key) => self.vocabulary.short.get(key)?,
            None => *self.vocabulary.long.get(stem)?,
        };
        self.vocabulary.id_of(word)
    }

    /// What terms say of the word of a token that is no mark.
    pub(super) fn met(&mut self, token: &Token<'_>, terms: &Terms) -> Met {
        let Vocabulary { met, terms: asked, buffer, .. } = &mut self.vocabulary;
        if *asked != terms.number() {
            met.fill(None);
            *asked = terms.number();
        }
        match met.get_mut(token.word as usize) {
            Some(met) => *met.get_or_insert_with(|| terms.meet(token, buffer)),
            None => terms.meet(token, buffer),
        }
    }
}

impl Vocabulary {
    /// Forgets all words, and keeps the room of about as many.
    fn clear(&mut self) {
        // One text may have had far more of them, whose room the next ones would be scattered over.
        if self.entries.len() > 2 * MOST_WORDS {
            *self = Self::default();
            return;
        }
        self.short.clear();
        self.long.clear();
        self.long_bytes = 0;
        self.entries.clear();
        self.begins.clear();
        self.met.clear();
        self.numbered.clear();
        self.first_stem = 0;
    }

    /// The number of the word of a token; `key` is that of [`Tokens::next_keyed`].
    #[inline]
    fn token(&mut self, token: &Token<'_>, key: u128) -> u32 {
        match token.class {
            Class::Mark | Class::Number => NO_WORD,
            _ if key != 0 => self.short(key, token.text.len()),
            Class::Word | Class::Cjk => self.other(token),
        }
    }

    /// The same of one that is long or not in Latin-1.
    fn other(&mut self, token: &Token<'_>) -> u32 {
        match token.class {
            Class::Word => {
                let mut buffer = std::mem::take(&mut self.buffer);
                fold_into(token.text, &mut buffer);
                // What is no ASCII as it is written is another word for terms, whatever it is in lower case.
                let is_other = buffer.is_ascii() && !token.text.is_ascii();
                let word = if is_other { NO_WORD } else { self.folded(&buffer) };
                self.buffer = buffer;
                word
            }
            _ => self.folded(token.text),
        }
    }

    fn written(&mut self, written: &str) -> u32 {
        match packed_as_written(written) {
            Some(key) => self.short(key, written.len()),
            None => {
                let folded = fold(written);
                if !folded.is_ascii() && folded.contains('’') {
                    self.folded(&folded.replace('’', "'"))
                } else {
                    self.folded(&folded)
                }
            }
        }
    }

    fn short(&mut self, key: u128, len: usize) -> u32 {
        let next = self.next();
        let word = self.short.get_or_insert(key, next);
        if word == next {
            self.add_short(key, len);
        }
        word
    }

    #[cold]
    fn add_short(&mut self, key: u128, len: usize) {
        let bytes = key.to_le_bytes();
        self.add(std::str::from_utf8(&bytes[..len]).unwrap_or_default());
    }

    fn folded(&mut self, folded: &str) -> u32 {
        let next = self.next();
        let word = match packed(folded) {
            Some(key) => self.short.get_or_insert(key, next),
            None => match self.long.get(folded) {
                Some(word) => *word,
                None => {
                    self.long.insert(folded.into(), next);
                    self.long_bytes += folded.len();
                    next
                }
            },
        };
        if word == next {
            self.add(folded);
        }
        word
    }

    /// The id of a stem, where the text has it.
    fn id_of(&self, stem: u32) -> Option<u32> {
        self.numbered.get(stem as usize)?.checked_sub(self.first_stem)
    }

    fn next(&self) -> u32 {
        u32::try_from(self.entries.len()).unwrap_or(NO_WORD)
    }

    /// Adds a word in lower case that has the next number.
    fn add(&mut self, folded: &str) {
        let number = self.next();
        let facts = Facts::of(folded);
        self.entries.push(Entry { facts, stem: number });
        self.begins.push(Lists::of(folded));
        self.met.push(None);
        self.numbered.push(0);
        let stem = Facts::stem(folded.as_bytes());
        if stem < folded.len() {
            self.entries[number as usize].stem = self.folded(&folded[..stem]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::topics::Taxonomy;
    use super::super::{keywords, language};
    use super::*;

    const SAMPLE: &str = "Jane Roe opened the harbour of Norport for clean ships in 2024. The harbour, she said, \
        pays for clean air; the hospitals of Norport and the schools will see it within three years.";

    fn findings(text: &str) -> String {
        let mut apart = NumberedText::of(Some("The harbour"), text);
        let language = language::identify_in(text, Some(&mut apart)).map(|found| found.value);
        let topics = Taxonomy::shared().find_in(&mut apart, language.as_deref());
        let keywords = keywords::find_in(&mut apart, language.as_deref());
        format!("{language:?} {topics:?} {keywords:?}")
    }

    fn afresh<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
        std::thread::spawn(run).join().unwrap()
    }

    fn ids(apart: &mut NumberedText<'_>) -> Vec<u32> {
        let words: Vec<u32> = apart.tokens.iter().map(|token| token.word).collect();
        words.into_iter().map(|word| apart.words.id(word)).collect()
    }

    /// Texts of so many words that nothing else has.
    fn made_up(words: usize) -> Vec<String> {
        let letters = |mut number: usize| {
            let mut word = String::from("zq");
            while number > 0 {
                word.push(char::from(b'a' + (number % 26) as u8));
                number /= 26;
            }
            // Some of them are long.
            if word.ends_with('c') { format!("{word}international") } else { word }
        };
        let all: Vec<String> = (1..=words).map(letters).collect();
        all.chunks(1000).map(|chunk| chunk.join(" ")).collect()
    }

    #[test]
    fn stems_have_numbers_from_0_on_in_each_text() {
        afresh(|| {
            assert_eq!(ids(&mut NumberedText::of(None, "alpha betas alpha beta")), [0, 1, 0, 1]);
            let mut next = NumberedText::of(None, "beta gamma");
            assert_eq!(ids(&mut next), [0, 1]);
            assert_eq!(
                (next.words.known_id("alpha"), next.words.known_id("betas")),
                (None, Some(0))
            );
        });
    }

    #[test]
    fn two_texts_at_once_do_not_meet() {
        afresh(|| {
            let mut one = NumberedText::of(None, "alpha beta");
            let mut other = NumberedText::of(None, "beta gamma beta");
            assert_eq!((ids(&mut other), ids(&mut one)), (vec![0, 1, 0], vec![0, 1]));
            drop(one);
            assert_eq!(ids(&mut other), [0, 1, 0]);
        });
    }

    #[test]
    fn what_is_found_does_not_depend_on_the_texts_before() {
        let alone = afresh(|| findings(SAMPLE));
        assert!(alone.contains("harbour"), "{alone}");
        for (words, room) in [(MOST_WORDS + 5000, 1..=4 * MOST_WORDS), (10, 1..=256)] {
            let (behind, slots) = afresh(move || {
                for text in made_up(words) {
                    findings(&text);
                }
                let found = [findings(SAMPLE), findings(SAMPLE)];
                (found, VOCABULARY.take().short.room())
            });
            assert_eq!(behind, [alone.clone(), alone.clone()]);
            assert!(room.contains(&slots), "{slots}");
        }
        let counted_out = afresh(|| {
            findings(SAMPLE);
            let mut vocabulary = VOCABULARY.take();
            vocabulary.first_stem = LAST_STEM + 1;
            VOCABULARY.set(vocabulary);
            findings(SAMPLE)
        });
        assert_eq!(counted_out, alone);
    }

    #[test]
    fn one_text_of_very_many_words_leaves_no_room_behind() {
        let slots = afresh(|| {
            let texts = made_up(3 * MOST_WORDS);
            let (title, text) = texts.split_at(texts.len() / 2);
            drop(NumberedText::of(Some(&title.join(" ")), &text.join(" ")));
            drop(NumberedText::of(None, SAMPLE));
            VOCABULARY.take().short.room()
        });
        assert!(slots <= 256, "{slots}");
    }

    #[test]
    fn two_taxonomies_are_told_apart() {
        let file = "[[topic]]\nname = \"Harbours\"\nterms = [\"harbour\", \"norport\"]\n";
        let own = Taxonomy::parse(std::path::Path::new("own.toml"), file).unwrap();
        let mut apart = NumberedText::of(None, SAMPLE);
        let found = |apart: &mut NumberedText<'_>, taxonomy: &Taxonomy| {
            taxonomy.find_in(apart, Some("en")).iter().map(|found| found.value.clone()).collect()
        };
        let shared: Vec<String> = found(&mut apart, &Taxonomy::shared());
        assert_eq!(found(&mut apart, &own), ["Harbours"]);
        let again: Vec<String> = found(&mut apart, &Taxonomy::shared());
        assert_eq!(again, shared);
        assert!(!shared.contains(&"Harbours".to_owned()));
    }

    #[test]
    fn a_list_begins_only_where_a_word_of_it_stands() {
        let text = "Nothing is here. Many years passed.";
        let apart = NumberedText::of(None, text);
        let years = text.find("years").unwrap();
        let found = |part: Range<usize>| -> Vec<Range<usize>> {
            apart.beginning(Lists::of("years"), part).collect()
        };
        assert!(found(0..text.len()).contains(&(years..years + 5)));
        assert!(found(0..16).is_empty());
        let none = NumberedText::of(None, "Nothing is here.");
        assert_eq!(none.beginning(Lists::of("years"), 0..16).count(), 0);
    }

    #[test]
    fn a_word_that_is_cut_may_begin_anything() {
        let mut apart = NumberedText::of(None, "banana banana");
        assert_eq!(apart.beginning(Lists::of("years"), 0..13).count(), 0);
        apart.cut(10);
        let cut = apart.beginning(Lists::of("years"), 0..10);
        assert!(cut.eq(std::iter::once(7..10)));
    }
}
