//! The word lists under `data/`, read once: what a word may be, before any grammar looks at it.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use serde::Deserialize;

pub(super) use super::short_words::SHORT;
use super::short_words::{ShortWords, packed};

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
}

/// A quick hash for the words of the lists, which nobody chooses to collide: every word of every
/// text is looked up here, and a text adds none.
#[derive(Debug, Default)]
pub(super) struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            let mixed = (self.0.rotate_left(5) ^ u64::from_le_bytes(word))
                .wrapping_mul(0x517c_c1b7_2722_0a95);
            self.0 = mixed;
        }
    }

    /// The end mark of a string: strings differ before it.
    fn write_u8(&mut self, byte: u8) {
        self.0 ^= u64::from(byte);
    }

    fn finish(&self) -> u64 {
        // The table takes its index from the low bits, where a product mixes least.
        self.0 ^ (self.0 >> 32)
    }
}

/// All lists.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// While the lists are read.
    words: HashMap<String, Word, BuildHasherDefault<WordHasher>>,
    known: Vec<Word>,
    short: ShortWords,
    long: HashMap<String, u32, BuildHasherDefault<WordHasher>>,
    pub(super) phrases: Vec<PhraseEntry>,
    countries: Vec<String>,
    pub(super) chinese: Chinese,
    /// `according to` and its like, word by word, the longest first.
    pub(super) according: Vec<Vec<String>>,
    /// Endings of compound nouns and the bits of the noun that ends so: `…ministerin`.
    compounds: Vec<(String, u64)>,
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
        let found = self.short.get(key)?;
        Some((self.known.get(found.index as usize)?, found.flags))
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
        self.known = words.into_iter().map(|(_, word)| word).collect();
    }

    /// The English short name of a country of the table.
    pub(super) fn country(&self, index: usize) -> &str {
        self.countries.get(index).map_or("", String::as_str)
    }

    /// The country that a text in some case and language names, if the table knows it.
    pub(super) fn country_named(&self, text: &str) -> Option<&str> {
        let words = text.split_whitespace();
        let found = self.phrases.iter().find_map(|entry| match entry.what {
            Phrase::Country(index) if entry.words.iter().map(String::as_str).eq(words.clone()) => {
                Some(index)
            }
            _ => None,
        });
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

/// Lower case, unless all the letters are capitals: `US` is a country and `us` is not.
pub(super) fn fold(word: &str) -> String {
    let is_upper = word.chars().all(|c| !c.is_lowercase());
    if is_upper { word.to_owned() } else { word.to_lowercase() }
}

#[derive(Deserialize)]
struct CountryFile {
    countries: Vec<Country>,
    styles: Vec<String>,
}

#[derive(Deserialize)]
struct Country {
    name: String,
    #[serde(default)]
    demonyms: Vec<String>,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    given: bool,
}

#[derive(Deserialize)]
struct Title {
    form: String,
    #[serde(default)]
    gender: Option<String>,
    #[serde(default)]
    role: bool,
}

#[derive(Deserialize)]
struct RoleFile {
    titles: Vec<Title>,
    same_role: Vec<Vec<String>>,
    organisation_names: Vec<String>,
    outlets: Vec<String>,
    chinese: Chinese,
    #[serde(flatten)]
    lists: HashMap<String, toml::Value>,
}

#[derive(Deserialize)]
struct NameFile {
    male: Vec<String>,
    female: Vec<String>,
}

#[derive(Deserialize)]
struct AttributionFile {
    language: Vec<HashMap<String, toml::Value>>,
}

const ROLE_LISTS: &[(&str, u64)] = &[
    ("roles", flag::ROLE),
    ("state", flag::ROLE | flag::STATE_ROLE),
    ("role_modifiers", flag::ROLE_MODIFIER),
    ("things", flag::THING),
    ("domains", flag::DOMAIN),
    ("role_status", flag::ROLE_STATUS),
    ("role_suffixes", flag::ROLE_SUFFIX),
    ("organisations", flag::BODY),
    ("state_organisations", flag::BODY | flag::STATE_BODY),
    ("male", flag::MALE),
    ("female", flag::FEMALE),
    ("persons", flag::PERSON),
    ("groups", flag::GROUP),
    ("particles", flag::PARTICLE),
    ("name_suffixes", flag::NAME_SUFFIX),
    ("also_names", flag::ALSO_NAME),
    ("abbreviations", flag::ABBREVIATION),
    ("no_names", flag::NO_NAME),
    ("genres", flag::GENRE),
    ("genre_links", flag::GENRE_LINK),
    ("genre_between", flag::GENRE_BETWEEN),
    ("addressing", flag::ADDRESSING),
];

const ATTRIBUTION_LISTS: &[(&str, u64)] = &[
    ("that_words", flag::THAT),
    ("between", flag::BETWEEN),
    ("negations", flag::NEGATION),
    ("modals", flag::MODAL),
    ("copulas", flag::COPULA),
    ("prepositions", flag::PREPOSITION),
    ("clause_starts", flag::CLAUSE_START),
    ("listeners", flag::LISTENER),
    ("adverbials", flag::ADVERBIAL),
    ("he", flag::HE | flag::NO_NAME),
    ("she", flag::SHE | flag::NO_NAME),
    ("they", flag::THEY | flag::NO_NAME),
    ("self", flag::SELF | flag::NO_NAME),
    ("own", flag::OWN),
    ("determiners", flag::DETERMINER | flag::NO_NAME),
    ("definite", flag::DEFINITE | flag::DETERMINER | flag::NO_NAME),
];

const CUE_LISTS: &[(&str, CueClass)] = &[
    ("speech", CueClass::Speech),
    ("that", CueClass::That),
    ("object", CueClass::Object),
    ("listener", CueClass::Listener),
    ("participle", CueClass::Participle),
    ("naming", CueClass::Naming),
    ("bare", CueClass::Bare),
];

fn strings(value: Option<&toml::Value>) -> Vec<String> {
    let list = value.and_then(toml::Value::as_array);
    let texts = list.into_iter().flatten().filter_map(toml::Value::as_str);
    texts.map(str::to_owned).collect()
}

/// A list that ships with the program.
fn shipped<T: for<'de> Deserialize<'de>>(name: &str, text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|error| panic!("the shipped list {name}: {error}"))
}

fn load() -> Lexicon {
    let countries: CountryFile =
        shipped("countries.toml", include_str!("../../data/countries.toml"));
    let roles: RoleFile = shipped("roles.toml", include_str!("../../data/roles.toml"));
    let attribution: AttributionFile =
        shipped("attribution.toml", include_str!("../../data/attribution.toml"));

    let mut lexicon = Lexicon { chinese: roles.chinese, ..Lexicon::default() };
    for (name, bits) in ROLE_LISTS {
        lexicon.flag(&strings(roles.lists.get(*name)), *bits);
    }
    for title in &roles.titles {
        let gender = match title.gender.as_deref() {
            Some("m") => flag::MALE,
            Some("f") => flag::FEMALE,
            _ => 0,
        };
        let role = if title.role { flag::TITLE_ROLE } else { 0 };
        lexicon.flag(
            std::slice::from_ref(&title.form),
            flag::TITLE | flag::ABBREVIATION | gender | role,
        );
    }
    let names: NameFile = shipped("given-names.toml", include_str!("../../data/given-names.toml"));
    lexicon.flag(&names.male, flag::MALE_NAME);
    lexicon.flag(&names.female, flag::FEMALE_NAME);
    for forms in &roles.same_role {
        for form in forms.iter().skip(1) {
            let word = lexicon.words.entry(form.clone()).or_default();
            word.same_role = forms.first().cloned();
        }
    }
    for (index, country) in countries.countries.iter().enumerate() {
        for name in std::iter::once(&country.name).chain(&country.also) {
            lexicon.phrase(name, Phrase::Country(index));
            if country.given {
                lexicon.flag(std::slice::from_ref(name), flag::ALSO_NAME);
            }
        }
        for demonym in &country.demonyms {
            lexicon.phrase(demonym, Phrase::Demonym(index));
        }
    }
    lexicon.countries = countries.countries.into_iter().map(|country| country.name).collect();
    for style in &countries.styles {
        if let Some(last) = style.split_whitespace().last() {
            lexicon.flag(&[last.to_owned()], flag::STYLE);
        }
    }
    for name in &roles.organisation_names {
        lexicon.phrase(name, Phrase::Body);
    }
    for name in &roles.outlets {
        lexicon.phrase(name, Phrase::Outlet);
    }
    for language in &attribution.language {
        let code = language.get("code").and_then(toml::Value::as_str).unwrap_or_default();
        if code == "zh" {
            let chinese = &mut lexicon.chinese;
            chinese.cues = strings(language.get("speech"));
            chinese.cue_heads = chinese.cues.iter().filter_map(|cue| cue.chars().next()).collect();
            chinese.cue_heads.sort_unstable();
            chinese.according = strings(language.get("according"));
            chinese.according_end = strings(language.get("according_end"));
            chinese.between = strings(language.get("between"));
            continue;
        }
        for (name, bits) in ATTRIBUTION_LISTS {
            lexicon.flag(&strings(language.get(*name)), *bits);
        }
        for (name, class) in CUE_LISTS {
            for form in strings(language.get(*name)) {
                lexicon.cue(&form, *class, code == "en", code == "de");
            }
        }
        for phrase in strings(language.get("according")) {
            let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
            lexicon.flag(&words[..1], flag::ACCORDING);
            lexicon.according.push(words);
        }
    }
    lexicon.according.sort_by_key(|words| std::cmp::Reverse(words.len()));
    for ending in strings(roles.lists.get("compound_endings")) {
        let bits = lexicon.words.get(&ending).map_or(0, |word| word.flags);
        let kept = flag::ROLE
            | flag::STATE_ROLE
            | flag::MALE
            | flag::FEMALE
            | flag::BODY
            | flag::STATE_BODY;
        lexicon.compounds.push((ending, bits & kept));
    }
    lexicon.compounds.sort_by_key(|(ending, _)| std::cmp::Reverse(ending.len()));
    // Longest first, so that the first match is the right one.
    let lengths: Vec<usize> = lexicon.phrases.iter().map(|entry| entry.words.len()).collect();
    for word in lexicon.words.values_mut() {
        word.phrases.sort_by_key(|index| std::cmp::Reverse(lengths[*index]));
        word.cues.sort_by_key(|cue| cue.second.is_none());
    }
    lexicon.close();
    lexicon
}

/// The lists, read on first use.
pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(load);
    &LEXICON
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_lists_parse_and_every_list_is_read() {
        let lexicon = lexicon();
        let said = lexicon.word("said").unwrap();
        assert!(said.cues[0].is(CueClass::Speech) && said.cues[0].english);
        // `called on` comes before `called`.
        let called = &lexicon.word("called").unwrap().cues;
        assert!(called[0].second.is_some() && called.iter().any(|cue| cue.is(CueClass::Naming)));
        assert!(lexicon.word("sagte").unwrap().flags & flag::CUE != 0);
        let roles: RoleFile = shipped("roles", include_str!("../../data/roles.toml"));
        for name in roles.lists.keys() {
            let read = ROLE_LISTS.iter().any(|(known, _)| known == name);
            assert!(read || name == "compound_endings", "{name} is not read");
        }
        let file: AttributionFile =
            shipped("attribution", include_str!("../../data/attribution.toml"));
        for name in file.language.iter().flat_map(HashMap::keys) {
            let known = ATTRIBUTION_LISTS.iter().any(|(known, _)| known == name)
                || CUE_LISTS.iter().any(|(known, _)| known == name)
                || ["code", "according", "according_end"].contains(&name.as_str());
            assert!(known, "{name} is not read");
        }
        assert_eq!(lexicon.country_named("中国"), Some("China"));
    }
}
