//! The word lists under `data/`, read once: what a word may be, before any grammar looks at it.

mod lists;

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;
use serde::Deserialize;

pub(super) use super::short_words::SHORT;
use super::short_words::{LATIN_BYTES, ShortWords, lower_latin, packed, packed_latin};

/// What a word may be. A word may be several things; the grammar decides.
pub(super) mod flag {
    /// Head of an office: `spokesperson`.
    pub(crate) const ROLE: u64 = 1;
    /// Head of an office that only a state has: `minister`.
    pub(crate) const STATE_ROLE: u64 = 1 << 1;
    /// May stand before the head of an office: `prime`.
    pub(crate) const ROLE_MODIFIER: u64 = 1 << 2;
    /// Said of an office, not part of it: `former`.
    pub(crate) const ROLE_STATUS: u64 = 1 << 3;
    /// May stand after the head: `Secretary General`.
    pub(crate) const ROLE_SUFFIX: u64 = 1 << 4;
    /// Head of a body: `council`.
    pub(crate) const BODY: u64 = 1 << 5;
    /// Head of a body that a state has: `ministry`.
    pub(crate) const STATE_BODY: u64 = 1 << 6;
    /// Title before a name: `Mr`.
    pub(crate) const TITLE: u64 = 1 << 7;
    /// A title that is an office: `Sen.`.
    pub(crate) const TITLE_ROLE: u64 = 1 << 8;
    /// Says that the person is a man.
    pub(crate) const MALE: u64 = 1 << 9;
    /// Says that the person is a woman.
    pub(crate) const FEMALE: u64 = 1 << 10;
    /// Somebody without a name: `a resident`.
    pub(crate) const PERSON: u64 = 1 << 11;
    /// Several of them: `officials`.
    pub(crate) const GROUP: u64 = 1 << 12;
    /// Small word inside a name: `van`.
    pub(crate) const PARTICLE: u64 = 1 << 13;
    /// `Jr.`
    pub(crate) const NAME_SUFFIX: u64 = 1 << 14;
    /// Also a family or given name, whatever else it is.
    pub(crate) const ALSO_NAME: u64 = 1 << 15;
    /// Ends no sentence with its full stop.
    pub(crate) const ABBREVIATION: u64 = 1 << 16;
    /// Never part of a name.
    pub(crate) const NO_NAME: u64 = 1 << 17;
    /// First word of a country, adjective of one, a body or an outlet in the phrase table.
    pub(crate) const PHRASE: u64 = 1 << 18;
    /// Stands before a country's name: `Republic`.
    pub(crate) const STYLE: u64 = 1 << 19;
    /// Reports speech, or begins a cue of two words.
    pub(crate) const CUE: u64 = 1 << 20;
    /// `that`.
    pub(crate) const THAT: u64 = 1 << 21;
    /// May stand between subject and verb.
    pub(crate) const BETWEEN: u64 = 1 << 22;
    /// `not`.
    pub(crate) const NEGATION: u64 = 1 << 23;
    /// `would`.
    pub(crate) const MODAL: u64 = 1 << 24;
    /// `was`.
    pub(crate) const COPULA: u64 = 1 << 25;
    /// `of`.
    pub(crate) const PREPOSITION: u64 = 1 << 26;
    /// A clause begins after it.
    pub(crate) const CLAUSE_START: u64 = 1 << 27;
    /// `reporters` in `told reporters`.
    pub(crate) const LISTENER: u64 = 1 << 28;
    /// Begins an adverbial between verb and words.
    pub(crate) const ADVERBIAL: u64 = 1 << 29;
    /// `he`.
    pub(crate) const HE: u64 = 1 << 30;
    /// `she`.
    pub(crate) const SHE: u64 = 1 << 31;
    /// `they`, `it`.
    pub(crate) const THEY: u64 = 1 << 32;
    /// `I`, `we`, `you` as a subject: never introduces somebody else's words.
    pub(crate) const SELF: u64 = 1 << 33;
    /// The first person in all its forms.
    pub(crate) const OWN: u64 = 1 << 34;
    /// `the`.
    pub(crate) const DETERMINER: u64 = 1 << 35;
    /// `according` and its like begin here.
    pub(crate) const ACCORDING: u64 = 1 << 36;
    /// Kind of document: `remarks`.
    pub(crate) const GENRE: u64 = 1 << 37;
    /// `by` after a kind of document.
    pub(crate) const GENRE_LINK: u64 = 1 << 38;
    /// May stand between the kind and `by`.
    pub(crate) const GENRE_BETWEEN: u64 = 1 << 39;
    /// Begins a line that speaks to somebody.
    pub(crate) const ADDRESSING: u64 = 1 << 40;
    /// What an office is for: `affairs`.
    pub(crate) const DOMAIN: u64 = 1 << 41;
    /// In capitals ends the name of a body or a thing: `act`.
    pub(crate) const THING: u64 = 1 << 42;
    /// A man's given name: `Donald`.
    pub(crate) const MALE_NAME: u64 = 1 << 43;
    /// A woman's given name: `Hillary`.
    pub(crate) const FEMALE_NAME: u64 = 1 << 44;
    /// `the`, which points back to somebody.
    pub(crate) const DEFINITE: u64 = 1 << 45;
    /// `his`, `him`.
    pub(crate) const HIS: u64 = 1 << 46;
    /// `her`.
    pub(crate) const HERS: u64 = 1 << 47;
    /// `if` before a source.
    pub(crate) const SUPPOSES: u64 = 1 << 48;
    /// Governs a clause of which nobody vouches: `rumours that`.
    pub(crate) const DOUBTS: u64 = 1 << 49;
    /// `allegedly`.
    pub(crate) const HEDGES: u64 = 1 << 50;
    /// `fabricated`.
    pub(crate) const FAKES: u64 = 1 << 51;
    /// Brings the words of somebody else: `quoting`.
    pub(crate) const QUOTES: u64 = 1 << 52;
    /// `denied`.
    pub(crate) const DENIES: u64 = 1 << 53;
    /// A work that is played: `film`.
    pub(crate) const STAGED: u64 = 1 << 54;
    /// What is written to be read out: `letter`.
    pub(crate) const WRITING: u64 = 1 << 55;
    /// Somebody's somebody: `predecessor`.
    pub(crate) const RELATION: u64 = 1 << 56;
    /// A body or a thing, and a surname right behind an office: `President Park`.
    pub(crate) const THING_OR_SURNAME: u64 = 1 << 57;
    /// Tells that somebody has an office no more: `resigned`.
    pub(crate) const LEAVES: u64 = 1 << 58;
}

/// How a verb attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CueClass {
    /// Before a bare clause.
    Speech,
    /// Only before `that`, a colon or beside a quotation.
    That,
    /// Before a noun phrase that says what was said.
    Object,
    /// Before a listener.
    Listener,
    /// Takes the subject of the attribution before it.
    Participle,
    /// Before an object and a quotation: `called it “a start”`.
    Naming,
    /// Before a clause whose verb need not be known: `said talks failed`.
    Bare,
}

/// Which ways of attributing a form has.
#[derive(Debug, Clone, Default)]
pub(super) struct Cue {
    /// The second word, for a cue of two.
    pub(super) second: Option<String>,
    /// English: the grammar of bare names is trusted in English only.
    pub(super) english: bool,
    /// In its language a clause may follow behind a comma: `sagte, die Gespräche seien gescheitert`.
    pub(super) comma_clause: bool,
    classes: [bool; 7],
}

impl Cue {
    /// An English verb that attributes in these ways.
    pub(super) fn english(ways: &[CueClass]) -> Self {
        let mut cue = Self { english: true, ..Self::default() };
        for way in ways {
            cue.classes[*way as usize] = true;
        }
        cue
    }

    /// Whether the form attributes in this way.
    pub(super) fn is(&self, class: CueClass) -> bool {
        self.classes[class as usize]
    }
}

/// What a phrase of the table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Phrase {
    /// A country, by its English short name.
    Country(usize),
    /// The adjective of one.
    Demonym(usize),
    /// A body with a name of its own.
    Body,
    /// An outlet.
    Outlet,
}

/// A phrase and its words, lower-cased; all-capital words keep their case.
#[derive(Debug)]
pub(super) struct PhraseEntry {
    pub(super) words: Vec<String>,
    pub(super) what: Phrase,
}

/// What is known of a word.
#[derive(Debug, Clone, Default)]
pub(super) struct Word {
    pub(super) flags: u64,
    /// Cues that begin with the word, longest first.
    pub(super) cues: Vec<Cue>,
    /// Indices of the phrases that begin with the word, longest first.
    pub(super) phrases: Vec<usize>,
    /// The form that stands for this office: `spokesperson` for `spokesman`.
    pub(super) same_role: Option<String>,
}

/// Word lists for Chinese, which has no word boundaries to look words up by.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Chinese {
    pub(super) roles: Vec<String>,
    pub(super) bodies: Vec<String>,
    pub(super) pronouns_m: Vec<String>,
    pub(super) pronouns_f: Vec<String>,
    pub(super) surnames: String,
    /// Characters that no name has, and those that none begins with.
    pub(super) no_name: String,
    pub(super) no_name_first: String,
    /// What says which office is meant: right before it, or before its body; and what only looks so.
    pub(super) which_office: Vec<String>,
    pub(super) which_body: Vec<String>,
    pub(super) which_not: Vec<String>,
    /// Behind the name of a man, and of a woman.
    pub(super) men: Vec<String>,
    pub(super) women: Vec<String>,
    #[serde(skip)]
    pub(super) cues: Vec<String>,
    /// The characters that cues begin with, in order.
    #[serde(skip)]
    pub(super) cue_heads: Vec<char>,
    /// Before and behind a source: `据…报道`.
    #[serde(skip)]
    pub(super) according: Vec<String>,
    #[serde(skip)]
    pub(super) according_end: Vec<String>,
    /// Between a source and its verb.
    #[serde(skip)]
    pub(super) between: Vec<String>,
    /// Before a source: `如果`, `据传`.
    #[serde(skip)]
    pub(super) suppositions: Vec<String>,
    #[serde(skip)]
    pub(super) hearsay: Vec<String>,
    /// Behind a source: `没有`.
    #[serde(skip)]
    pub(super) denials: Vec<String>,
    /// Works in which words are made up: `电影`.
    #[serde(skip)]
    pub(super) staged: Vec<String>,
    /// The same source goes on: `还`.
    #[serde(skip)]
    pub(super) further: Vec<String>,
}

/// All lists.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// While the lists are read.
    words: HashMap<String, Word, FixedState>,
    known: Vec<Word>,
    short: ShortWords,
    long: HashMap<String, u32, FixedState>,
    /// Which lengths and last bytes the long ones have, so that most that are not there are not looked up.
    long_marks: LongMarks,
    pub(super) phrases: Vec<PhraseEntry>,
    countries: Vec<String>,
    /// Phrases that are countries, with single spaces, and which.
    by_country: HashMap<String, usize, FixedState>,
    pub(super) chinese: Chinese,
    /// `according to` and its like, word by word, the longest first.
    pub(super) according: Vec<Vec<String>>,
    /// Endings of compound nouns and the bits of the noun that ends so: `…ministerin`.
    compounds: Vec<(String, u64)>,
    /// How these end, by [`letter`]: for each letter that is last but one, a bit for each that is last.
    compound_ends: [u32; 32],
}

impl Lexicon {
    /// What is known of a word in lower case.
    pub(super) fn word(&self, lower: &str) -> Option<&Word> {
        let index = match packed(lower) {
            Some(key) => self.short.get(key)?.index,
            None => *self.long.get(lower)?,
        };
        self.known.get(index as usize)
    }

    /// What is known of a word of at most [`SHORT`] letters of ASCII that begins these bytes, in any case,
    /// with its flags.
    pub(super) fn ascii_word(&self, bytes: &[u8; SHORT], len: usize) -> Option<(&Word, u64)> {
        const SMALL: u128 = u128::from_le_bytes([0x20; SHORT]);
        let mask = if len == SHORT { u128::MAX } else { (1 << (len * 8)) - 1 };
        let key = (u128::from_le_bytes(*bytes) | SMALL) & mask;
        self.short_word(key)
    }

    /// The same of a short word by its bytes in lower case.
    #[inline]
    pub(super) fn short_word(&self, key: u128) -> Option<(&Word, u64)> {
        let found = self.short.get(key)?;
        Some((self.known.get(found.index as usize)?, found.flags))
    }

    /// What is known of a word of letters of Latin-1, in any case.
    pub(super) fn latin_word(&self, written: &[u8]) -> Option<&Word> {
        if let Some(key) = packed_latin(written) {
            return self.short_word(key).map(|(word, _)| word);
        }
        if !self.long_marks.0[long_mark(written)] {
            return None;
        }
        self.word(lower_latin(written, &mut [0; LATIN_BYTES])?)
    }

    /// Whether a noun that ends in these two bytes may be one whose ending tells something.
    pub(super) fn may_be_compound(&self, last: [u8; 2]) -> bool {
        let [before, last] = last.map(letter);
        self.compound_ends[before] >> last & 1 == 1
    }

    /// What the ending of a long noun tells: `Verkehrsministerin` is a minister.
    pub(super) fn compound(&self, lower: &str) -> u64 {
        let fits = |(ending, _): &&(String, u64)| {
            lower.len() > ending.len() + 2 && lower.ends_with(ending.as_str())
        };
        self.compounds.iter().find(fits).map_or(0, |(_, bits)| *bits)
    }

    /// Sets the words in order, once all lists are read.
    fn close(&mut self) {
        let words: Vec<(String, Word)> = std::mem::take(&mut self.words).into_iter().collect();
        let numbered =
            || (0_u32..).zip(&words).map(|(index, (word, known))| (index, word.as_str(), known));
        self.short =
            ShortWords::of(numbered().map(|(index, word, known)| (index, word, known.flags)));
        let long = numbered().filter(|(_, word, _)| packed(word).is_none());
        self.long = long.map(|(index, word, _)| (word.to_owned(), index)).collect();
        debug_assert!(words.iter().all(|(word, _)| word.len() <= LATIN_BYTES));
        for word in self.long.keys() {
            self.long_marks.0[long_mark(word.as_bytes())] = true;
        }
        self.known = words.into_iter().map(|(_, word)| word).collect();
        for (end, _) in &self.compounds {
            let Some(end) = end.as_bytes().last_chunk::<2>() else { continue };
            let [before, last] = end.map(letter);
            self.compound_ends[before] |= 1 << last;
        }
        for entry in &self.phrases {
            if let Phrase::Country(index) = entry.what {
                self.by_country.entry(entry.words.join(" ")).or_insert(index);
            }
        }
    }

    /// The English short name of a country of the table.
    pub(super) fn country(&self, index: usize) -> &str {
        self.countries.get(index).map_or("", String::as_str)
    }

    /// The country that a text in some case and language names, if the table knows it.
    pub(super) fn country_named(&self, text: &str) -> Option<&str> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let found = self.by_country.get(words.join(" ").as_str()).copied();
        found.map(|index| self.country(index))
    }

    fn flag(&mut self, words: &[String], bits: u64) {
        for word in words {
            self.words.entry(word.to_lowercase()).or_default().flags |= bits;
        }
    }

    fn phrase(&mut self, text: &str, what: Phrase) {
        let words: Vec<String> = text.split_whitespace().map(fold).collect();
        let Some(first) = words.first() else { return };
        let word = self.words.entry(first.to_lowercase()).or_default();
        word.flags |= flag::PHRASE;
        word.phrases.push(self.phrases.len());
        self.phrases.push(PhraseEntry { words, what });
    }

    fn cue(&mut self, form: &str, class: CueClass, english: bool, comma_clause: bool) {
        let (first, second) = match form.split_once(' ') {
            Some((first, second)) => (first, Some(second)),
            None => (form, None),
        };
        let word = self.words.entry(first.to_owned()).or_default();
        word.flags |= flag::CUE;
        let known = word.cues.iter_mut().find(|cue| cue.second.as_deref() == second);
        match known {
            Some(cue) if cue.english == english => cue.classes[class as usize] = true,
            // A form of two languages is read as English.
            Some(_) => {}
            None => {
                let second = second.map(str::to_owned);
                let mut cue = Cue { second, english, comma_clause, ..Cue::default() };
                cue.classes[class as usize] = true;
                word.cues.push(cue);
            }
        }
    }
}

/// By [`long_mark`].
#[derive(Debug)]
struct LongMarks([bool; 256]);

impl Default for LongMarks {
    fn default() -> Self {
        Self([false; 256])
    }
}

/// A number of a letter of ASCII, whatever its case, that a few other bytes have too.
fn letter(byte: u8) -> usize {
    usize::from(byte & 0x1f)
}

/// A number of a word that has more than [`SHORT`] bytes, by its length and its last byte in any case.
fn long_mark(word: &[u8]) -> usize {
    let last = word.last().map_or(0, |last| letter(*last));
    (word.len() & 7) << 5 | last
}

/// Lower case, unless all the letters are capitals: `US` is a country and `us` is not.
pub(super) fn fold(word: &str) -> String {
    let is_upper = word.chars().all(|c| !c.is_lowercase());
    if is_upper { word.to_owned() } else { word.to_lowercase() }
}

/// The lists, read on first use.
#[inline]
pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(lists::load);
    &LEXICON
}
