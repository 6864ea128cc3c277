//! Text to stretches of content words between function words and marks.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use super::super::short_words::{SHORT, Tally, WordTable, packed, packed_as_written};
use super::super::stopwords;
use super::super::tokens::{Class, Gap, Token, fold, tokens};

/// A content word, and the bytes on which it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// The number of its stem.
    pub(super) id: u32,
    pub(super) start: u32,
    pub(super) end: u32,
    /// How many words stand before it.
    pub(super) place: u32,
    /// Begins with a capital letter where only names do.
    pub(super) named: bool,
    /// An English "-ing" or "-ed" or "-ly" in lower case.
    pub(super) verbal: bool,
}

/// A text taken apart.
#[derive(Debug, Default)]
pub(super) struct Words<'t> {
    /// Content words that follow each other.
    pub(super) runs: Runs,
    /// Names of several words, small words inside them included.
    pub(super) names: Vec<Vec<Word>>,
    /// Characters of scripts without spaces, between marks and function characters.
    pub(super) cjk: Runs,
    /// How often each stem stands.
    pub(super) times: Vec<u32>,
    /// Words in all.
    pub(super) count: u32,
    /// The numbers of stems: of short ones by their bytes.
    short_stems: Tally,
    long_stems: HashMap<Cow<'t, str>, u32, RandomState>,
    /// What is known of words: of short ones of ASCII by their bytes in lower case, of others as written.
    met: Vec<Known>,
    short_met: Tally,
    other_met: HashMap<&'t str, u32, RandomState>,
}

/// Stretches of words, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Runs {
    words: Vec<Word>,
    /// Where each one ends.
    ends: Vec<usize>,
}

impl Runs {
    pub(super) fn iter(&self) -> impl Iterator<Item = &[Word]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.words[start..*end])
    }

    /// The last word of the stretch that has not ended yet.
    fn open(&self) -> Option<&Word> {
        let begun = self.words.len() > self.ends.last().copied().unwrap_or(0);
        self.words.last().filter(|_| begun)
    }

    fn end(&mut self) {
        if self.open().is_some() {
            self.ends.push(self.words.len());
        }
    }
}

/// What is known of a word, whatever stands around it and in whatever case.
#[derive(Debug, Clone, Copy)]
struct Known {
    id: u32,
    sort: Sort,
    /// A function word that with a capital may be part of a name.
    is_plain: bool,
    /// Ends like an English verb form.
    verbal: bool,
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

/// A token of a text as keywords see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Content,
    /// Function word, number, or a word that cannot stand in a phrase.
    Small,
    /// May stand inside a name: "of".
    Link,
    /// May stand inside a list inside a name: "and".
    And,
    Comma,
    Break,
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    sort: Sort,
    start: u32,
    end: u32,
    id: u32,
    place: u32,
    capital: bool,
    /// The first word of a sentence.
    first: bool,
    verbal: bool,
}

/// Before an apostrophe these are words of their own: "l'Union".
const ELIDED: [&str; 14] =
    ["l", "d", "qu", "n", "s", "c", "j", "m", "t", "dell", "all", "nell", "sull", "un"];
const CONTRACTED: [&str; 6] = ["n't", "'ve", "'re", "'ll", "'d", "'m"];
/// Longer names are sentences in capitals.
const LONGEST_NAME: usize = 9;

impl<'t> Words<'t> {
    /// Takes a text apart. `language` gives the function words; without it those of all languages count.
    pub(super) fn of(text: &'t str, language: Option<&str>) -> Self {
        let mut words = Self::default();
        // Small words of any language are small where nobody knows which it is.
        let bit = language.map_or(u16::MAX, stopwords::bit);
        let german = language.is_some_and(|language| language.starts_with("de"));
        let pieces = words.pieces(text, bit);
        words.runs(&pieces, german);
        words.names(&pieces);
        words
    }

    fn id(&mut self, stem: Cow<'t, str>) -> u32 {
        let next = u32::try_from(self.times.len()).unwrap_or(u32::MAX);
        let id = match packed(&stem) {
            Some(key) => self.short_stems.get_or_insert(key, next),
            None => *self.long_stems.entry(stem).or_insert(next),
        };
        if id == next {
            self.times.push(0);
        }
        id
    }

    /// The number of a word of the title, in lower case, where the text has it too.
    pub(super) fn known(&self, word: &str) -> Option<u32> {
        let stem = &word[..stem(word.as_bytes())];
        match packed(stem) {
            Some(key) => self.short_stems.get(key),
            None => self.long_stems.get(stem).copied(),
        }
    }

    fn pieces(&mut self, text: &'t str, bit: u16) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::with_capacity(text.len() / 5);
        let mut first = true;
        let mut stream = tokens(text).peekable();
        let mut after_number = false;
        let english = bit == stopwords::bit("en");
        // Words come again and again, and each is looked at once.
        self.short_met.reserve(text.len() / 16);
        self.short_stems.reserve(text.len() / 16);
        self.met.reserve(text.len() / 16);
        self.times.reserve(text.len() / 16);
        while let Some(token) = stream.next() {
            let is_glued = stream.peek().is_some_and(|next| next.gap == Gap::None);
            if is_glued && is_address(&token, stream.peek()) {
                while stream.next_if(|next| next.gap == Gap::None).is_some() {}
                pieces.push(Piece::mark(Sort::Break, token.start));
                continue;
            }
            // `80th`.
            let suffix = after_number && token.gap == Gap::None;
            after_number = token.class == Class::Number;
            if suffix && token.is_word() {
                pieces.push(Piece::mark(Sort::Small, token.start));
                continue;
            }
            let mut range = token.range();
            if token.class == Class::Cjk {
                self.character(&token);
                continue;
            }
            self.cjk.end();
            if token.gap == Gap::Blank {
                first = true;
                pieces.push(Piece::mark(Sort::Break, range.start));
            }
            match token.class {
                Class::Mark => {
                    let ends = matches!(token.text, "." | "!" | "?" | ":" | "“" | "\"" | "•");
                    first |= ends;
                    let sort = if token.text == "," { Sort::Comma } else { Sort::Break };
                    pieces.push(Piece::mark(sort, range.start));
                    continue;
                }
                Class::Number => {
                    pieces.push(Piece { first, ..Piece::mark(Sort::Small, range.start) });
                    self.count += 1;
                    first = false;
                    continue;
                }
                Class::Word | Class::Cjk => {}
            }
            // `low-carbon`, `don't`; `China's` ends before its apostrophe.
            let mut possessive = false;
            let elided = is_glued
                && stream.peek().is_some_and(|next| matches!(next.text, "'" | "’"))
                && ELIDED.contains(&&*token.folded());
            if elided {
                stream.next();
                let sort = if token.text == "d" { Sort::Link } else { Sort::Small };
                pieces.push(Piece { first, ..Piece::mark(sort, range.start) });
                continue;
            }
            while is_glued
                && let Some(mark) = stream.peek().filter(|next| {
                    next.gap == Gap::None && matches!(next.text, "-" | "'" | "’" | "‑")
                })
            {
                let hyphen = matches!(mark.text, "-" | "‑");
                let mut ahead = stream.clone();
                ahead.next();
                let Some(part) =
                    ahead.next().filter(|part| part.is_word() && part.gap == Gap::None)
                else {
                    break;
                };
                stream = ahead;
                if !hyphen && part.text.eq_ignore_ascii_case("s") {
                    possessive = true;
                    break;
                }
                range.end = part.end();
            }
            let written = &text[range.clone()];
            let Known { id, mut sort, is_plain, verbal } = self.look_at(written, bit, english);
            let capital = match written.as_bytes().first() {
                Some(first) if first.is_ascii() => first.is_ascii_uppercase(),
                _ => written.chars().next().is_some_and(char::is_uppercase),
            };
            let verbal = verbal && !capital;
            if sort == Sort::Small && capital && is_plain {
                // Part of a name; at the start of a sentence only before another capital.
                let next = stream
                    .peek()
                    .is_some_and(|next| next.is_capitalised() && next.gap == Gap::Space);
                if !first || next {
                    sort = Sort::Content;
                }
            }
            if sort == Sort::Content {
                self.times[id as usize] += 1;
            }
            let (start, end) = (narrow(range.start), narrow(range.end));
            pieces.push(Piece { sort, start, end, id, place: self.count, capital, first, verbal });
            self.count += 1;
            first = false;
            if possessive {
                pieces.push(Piece::mark(Sort::Break, token.end()));
            }
        }
        self.cjk.end();
        pieces
    }

    /// What is known of a word, as it is written.
    fn look_at(&mut self, written: &'t str, bit: u16, english: bool) -> Known {
        let next = u32::try_from(self.met.len()).unwrap_or(u32::MAX);
        let key = packed_as_written(written);
        let known = match key {
            Some(key) => self.short_met.get_or_insert(key, next),
            None => *self.other_met.entry(written).or_insert(next),
        };
        if let Some(known) = self.met.get(known as usize) {
            return *known;
        }
        let known = match key {
            Some(key) => {
                let folded = key.to_le_bytes();
                let folded = &folded[..written.len()];
                let listed = LISTED.short(key).copied().unwrap_or_default();
                let (sort, verbal) = sort(folded, written.len() == 1, listed, bit, english);
                let stem = key & (u128::MAX >> ((SHORT - stem(folded)) * 8));
                let next = u32::try_from(self.times.len()).unwrap_or(u32::MAX);
                let id = self.short_stems.get_or_insert(stem, next);
                if id == next {
                    self.times.push(0);
                }
                Known { id, sort, is_plain: sort == Sort::Small && listed.is_plain, verbal }
            }
            None => {
                let folded = folded(written);
                let listed = LISTED.get(&folded).copied().unwrap_or_default();
                let single = folded.chars().nth(1).is_none();
                let (sort, verbal) = sort(folded.as_bytes(), single, listed, bit, english);
                let stem = stem(folded.as_bytes());
                let id = self.id(match folded {
                    Cow::Borrowed(folded) => Cow::Borrowed(&folded[..stem]),
                    Cow::Owned(mut folded) => {
                        folded.truncate(stem);
                        Cow::Owned(folded)
                    }
                });
                Known { id, sort, is_plain: sort == Sort::Small && listed.is_plain, verbal }
            }
        };
        self.met.push(known);
        known
    }

    fn character(&mut self, token: &Token<'t>) {
        let small = token.text.chars().all(stopwords::is_function_character);
        if small || token.gap >= Gap::Line {
            self.cjk.end();
        }
        if !small {
            let id = self.id(Cow::Borrowed(token.text));
            self.times[id as usize] += 1;
            self.cjk.words.push(Word {
                id,
                start: narrow(token.start),
                end: narrow(token.end()),
                place: self.count,
                named: false,
                verbal: false,
            });
        }
        self.count += 1;
    }

    fn runs(&mut self, pieces: &[Piece], german: bool) {
        self.runs.words.reserve(pieces.len() / 2);
        for piece in pieces {
            if piece.sort == Sort::Content {
                let named = piece.capital && !piece.first && !german;
                // German nouns begin with a capital; what follows one is no part of it.
                let ended =
                    german && !piece.capital && self.runs.open().is_some_and(|word| !word.verbal);
                if ended {
                    self.runs.end();
                }
                self.runs.words.push(Word {
                    id: piece.id,
                    start: piece.start,
                    end: piece.end,
                    place: piece.place,
                    named,
                    verbal: piece.verbal || (german && !piece.capital),
                });
            } else {
                self.runs.end();
            }
        }
        self.runs.end();
    }

    /// Names with small words inside: "Workshop on Economic, Social and Cultural Rights".
    fn names(&mut self, pieces: &[Piece]) {
        let mut at = 0;
        while at < pieces.len() {
            let end = name_at(pieces, at);
            let inside = &pieces[at..end];
            let several = inside.iter().filter(|piece| piece.sort == Sort::Content).count() >= 2;
            let linked = inside.iter().any(|piece| piece.sort != Sort::Content);
            if several && linked && inside.len() <= LONGEST_NAME {
                let words = inside.iter().filter(|piece| piece.sort != Sort::Comma);
                let words = words.map(|piece| Word {
                    id: piece.id,
                    start: piece.start,
                    end: piece.end,
                    place: piece.place,
                    named: true,
                    verbal: false,
                });
                self.names.push(words.collect());
            }
            at = end.max(at + 1);
        }
    }
}

impl Piece {
    fn mark(sort: Sort, at: usize) -> Self {
        Self {
            sort,
            start: narrow(at),
            end: narrow(at),
            id: u32::MAX,
            place: 0,
            capital: false,
            first: false,
            verbal: false,
        }
    }

    fn is_name(&self) -> bool {
        self.sort == Sort::Content && self.capital
    }
}

/// The end of the name that begins at a piece; `at` itself when none does.
fn name_at(pieces: &[Piece], at: usize) -> usize {
    let mut end = at;
    let mut linked = false;
    let name = |at: usize| pieces.get(at).is_some_and(Piece::is_name);
    let sort = |at: usize| pieces.get(at).map(|piece| piece.sort);
    if !name(at) {
        return at;
    }
    loop {
        while name(end) {
            end += 1;
        }
        // "of", "of the".
        let mut next = end;
        while next < end + 2 && sort(next) == Some(Sort::Link) && !pieces[next].first {
            next += 1;
        }
        if next > end && name(next) {
            linked = true;
            end = next;
            continue;
        }
        // A list of single words behind "of" or "on": "Economic, Social and Cultural Rights".
        if linked && let Some(list_end) = list(pieces, end) {
            end = list_end;
            continue;
        }
        return end;
    }
}

/// `, Social and Cultural`, `and Cultural`: where the list goes on with its last member.
fn list(pieces: &[Piece], from: usize) -> Option<usize> {
    let mut at = from;
    while pieces.get(at)?.sort == Sort::Comma && pieces.get(at + 1)?.is_name() && at < from + 6 {
        at += 2;
    }
    let single = |at: usize| {
        // One word between the link and the comma: names of several words are names of their own.
        at.checked_sub(2).is_some_and(|before| !pieces[before].is_name())
    };
    let and = pieces.get(at)?.sort == Sort::And && pieces.get(at + 1)?.is_name();
    (and && single(from)).then_some(at + 1)
}

/// The first token of a web or mail address.
fn is_address(token: &Token<'_>, next: Option<&Token<'_>>) -> bool {
    let Some(next) = next.filter(|next| next.gap == Gap::None) else { return false };
    let glued = matches!(next.text, ":" | "." | "@").then_some(next);
    token.is_word()
        && glued.is_some()
        && match &*token.folded() {
            "http" | "https" => glued.is_some_and(|next| next.text == ":"),
            "www" => glued.is_some_and(|next| next.text == "."),
            _ => glued.is_some_and(|next| next.text == "@"),
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

/// Texts are cut to far less.
fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
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
