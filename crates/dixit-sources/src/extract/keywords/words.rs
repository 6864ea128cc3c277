//! Text to stretches of content words between function words and marks.

use std::borrow::Cow;

use super::super::stopwords;
use super::super::tokens::{Class, Gap, Token, tokens};
use super::known::{Known, KnownWords};

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
    known: KnownWords<'t>,
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

/// A token of a text as keywords see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
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

    /// The number of a word of the title, in lower case, where the text has it too.
    pub(super) fn number(&self, word: &str) -> Option<u32> {
        self.known.number(word)
    }

    /// Counts a word, or takes note that there is one.
    fn met(&mut self, id: u32, counts: bool) {
        if id as usize == self.times.len() {
            self.times.push(0);
        }
        self.times[id as usize] += u32::from(counts);
    }

    fn pieces(&mut self, text: &'t str, bit: u16) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::with_capacity(text.len() / 5);
        let mut first = true;
        let mut stream = tokens(text).peekable();
        let mut after_number = false;
        let english = bit == stopwords::bit("en");
        // Words come again and again, and each is looked at once.
        self.known.reserve(text.len() / 16);
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
            let known = self.known.look_at(written, bit, english);
            let Known { id, mut sort, is_plain, verbal } = known;
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
            self.met(id, sort == Sort::Content);
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

    fn character(&mut self, token: &Token<'t>) {
        let small = token.text.chars().all(stopwords::is_function_character);
        if small || token.gap >= Gap::Line {
            self.cjk.end();
        }
        if !small {
            let id = self.known.id(Cow::Borrowed(token.text));
            self.met(id, true);
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

/// Texts are cut to far less.
fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
