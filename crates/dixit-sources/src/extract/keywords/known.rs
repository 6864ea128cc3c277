//! The words of a text, each looked at once however often it comes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use super::super::short_words::{SHORT, WordNumbers, WordTable, packed, packed_as_written};
use super::super::stopwords;
use super::super::tokens::fold;
use super::words::Sort;

/// English words behind an apostrophe.
const CONTRACTED: [&str; 6] = ["n't", "'ve", "'re", "'ll", "'d", "'m"];

/// What is known of a word, whatever stands around it and in whatever case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    /// Of its stem.
    pub(super) id: u32,
    pub(super) sort: Sort,
    /// A function word that with a capital may be part of a name.
    pub(super) is_plain: bool,
    /// Ends like an English verb form.
    pub(super) verbal: bool,
}

/// What the lists say of a word.
#[derive(Debug, Clone, Copy, Default)]
struct Listed {
    /// Joins the words of a name.
    joins: Option<Sort>,
    /// In which languages it is a function word.
    languages: u16,
    is_plain: bool,
}

static LISTED: LazyLock<WordTable<Listed>> = LazyLock::new(|| {
    const LINKS: &[&str] = &[
        "of", "on", "for", "against", "the", "de", "des", "du", "la", "le", "les", "del", "los",
        "las", "da", "do", "dos", "di", "della", "der", "für", "van", "von", "dem", "to", "à",
    ];
    const ANDS: &[&str] = &["and", "und", "et", "y", "e", "en"];
    let mut listed: HashMap<&'static str, Listed> = HashMap::new();
    for (word, languages) in stopwords::masks() {
        let is_plain = stopwords::is_plain(word);
        listed.insert(word, Listed { joins: None, languages, is_plain });
    }
    for (words, sort) in [(LINKS, Sort::Link), (ANDS, Sort::And)] {
        for word in words {
            listed.entry(word).or_default().joins = Some(sort);
        }
    }
    listed.into_iter().collect()
});

/// The words of a text, and the numbers of their stems.
#[derive(Debug, Default)]
pub(super) struct KnownWords<'t> {
    /// How many stems have a number.
    stems: u32,
    /// Their numbers: of short ones by their bytes.
    short_stems: WordNumbers,
    long_stems: HashMap<Cow<'t, str>, u32, RandomState>,
    /// What is known of words: of short ones of ASCII by their bytes in lower case, of others as written.
    met: Vec<Known>,
    short_met: WordNumbers,
    other_met: HashMap<&'t str, u32, RandomState>,
}

impl<'t> KnownWords<'t> {
    /// Makes room for so many words.
    pub(super) fn reserve(&mut self, words: usize) {
        self.short_met.reserve(words);
        self.short_stems.reserve(words);
        self.met.reserve(words);
    }

    /// The number of a stem.
    pub(super) fn id(&mut self, stem: Cow<'t, str>) -> u32 {
        match packed(&stem) {
            Some(key) => self.short_id(key),
            None => {
                let id = *self.long_stems.entry(stem).or_insert(self.stems);
                self.counted(id)
            }
        }
    }

    /// The number of a short stem, by its bytes.
    fn short_id(&mut self, key: u128) -> u32 {
        let id = self.short_stems.get_or_insert(key, self.stems);
        self.counted(id)
    }

    /// Takes note of a number that may be new.
    fn counted(&mut self, id: u32) -> u32 {
        self.stems += u32::from(id == self.stems);
        id
    }

    /// The number of a word of the title, in lower case, where the text has it too.
    pub(super) fn number(&self, word: &str) -> Option<u32> {
        let stem = &word[..stem(word.as_bytes())];
        match packed(stem) {
            Some(key) => self.short_stems.get(key),
            None => self.long_stems.get(stem).copied(),
        }
    }

    /// What is known of a word, as it is written.
    pub(super) fn look_at(&mut self, written: &'t str, bit: u16, english: bool) -> Known {
        let next = u32::try_from(self.met.len()).unwrap_or(u32::MAX);
        let key = packed_as_written(written);
        let known = match key {
            Some(key) => self.short_met.get_or_insert(key, next),
            None => *self.other_met.entry(written).or_insert(next),
        };
        if let Some(known) = self.met.get(known as usize) {
            return *known;
        }
        let (listed, (sort, verbal), id) = match key {
            Some(key) => {
                let folded = key.to_le_bytes();
                let folded = &folded[..written.len()];
                let listed = LISTED.short(key).copied().unwrap_or_default();
                let stem = key & (u128::MAX >> ((SHORT - stem(folded)) * 8));
                let sorted = sort(folded, written.len() == 1, listed, bit, english);
                (listed, sorted, self.short_id(stem))
            }
            None => {
                let folded = folded(written);
                let listed = LISTED.get(&folded).copied().unwrap_or_default();
                let single = folded.chars().nth(1).is_none();
                let sorted = sort(folded.as_bytes(), single, listed, bit, english);
                let stem = stem(folded.as_bytes());
                let id = self.id(match folded {
                    Cow::Borrowed(folded) => Cow::Borrowed(&folded[..stem]),
                    Cow::Owned(mut folded) => {
                        folded.truncate(stem);
                        Cow::Owned(folded)
                    }
                });
                (listed, sorted, id)
            }
        };
        let known = Known { id, sort, is_plain: sort == Sort::Small && listed.is_plain, verbal };
        self.met.push(known);
        known
    }
}

/// What a word in lower case is, and whether it ends like an English verb form.
fn sort(folded: &[u8], single: bool, listed: Listed, bit: u16, english: bool) -> (Sort, bool) {
    let ends = |ends: &[&str]| english && ends.iter().any(|end| folded.ends_with(end.as_bytes()));
    let verbal = ends(&["ing", "ed", "ly"]);
    let sort = match listed.joins {
        _ if ends(&CONTRACTED) => Sort::Small,
        Some(joins) => joins,
        None if single || listed.languages & bit != 0 => Sort::Small,
        None => Sort::Content,
    };
    (sort, verbal)
}

/// Lower case, with one form of the apostrophe.
fn folded(written: &str) -> Cow<'_, str> {
    let folded = fold(written);
    if !folded.is_ascii() && folded.contains('’') {
        Cow::Owned(folded.replace('’', "'"))
    } else {
        folded
    }
}

/// The length of a word without the ending of an English plural, so that both numbers count together.
fn stem(word: &[u8]) -> usize {
    let plural = word.len() > 3
        && word.ends_with(b"s")
        && !(word.ends_with(b"ss") || word.ends_with(b"us") || word.ends_with(b"is"));
    word.len() - usize::from(plural)
}
