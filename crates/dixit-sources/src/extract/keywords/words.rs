//! Text to stretches of content words between function words and marks.

use super::super::stopwords;
use super::super::tokens::{Class, Gap, Token};
use super::super::vocabulary::{NumberedText, TextWords};

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
pub(super) struct Words {
    /// Content words that follow each other.
    pub(super) runs: Runs,
    /// Names of several words, small words inside them included.
    pub(super) names: Runs,
    /// Characters of scripts without spaces, between marks and function characters.
    pub(super) cjk: Runs,
    /// How often each stem stands.
    pub(super) stems: Vec<Times>,
    /// Words in all.
    pub(super) count: u32,
    /// What names are looked for in.
    pieces: Vec<Piece>,
}

/// How often a stem stands.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Times {
    /// As a content word.
    pub(super) content: u32,
    /// Anywhere: the places where it joins the words of a name, or is a small word, as well.
    pub(super) all: u32,
}

/// Stretches of words, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Runs {
    words: Vec<Word>,
    /// Where each one ends.
    ends: Vec<usize>,
    /// Where the last one ends.
    ended: usize,
}

impl Runs {
    fn clear(&mut self) {
        self.words.clear();
        self.ends.clear();
        self.ended = 0;
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[Word]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.words[start..*end])
    }

    /// The last word of the stretch that has not ended yet.
    fn open(&self) -> Option<&Word> {
        self.words[self.ended..].last()
    }

    #[inline]
    fn end(&mut self) {
        if self.words.len() > self.ended {
            self.ended = self.words.len();
            self.ends.push(self.ended);
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
}

/// Before an apostrophe these are words of their own: "l'Union".
const ELIDED: [&str; 14] =
    ["l", "d", "qu", "n", "s", "c", "j", "m", "t", "dell", "all", "nell", "sull", "un"];
const LONGEST_ELIDED: usize = 4;
/// Longer names are sentences in capitals.
const LONGEST_NAME: usize = 9;

impl Words {
    /// Takes a text apart, in place of the one before. `language` gives the function words; without it those of
    /// all languages count.
    pub(super) fn read(&mut self, text: &mut NumberedText<'_>, language: Option<&str>) {
        self.runs.clear();
        self.names.clear();
        self.cjk.clear();
        self.stems.clear();
        self.count = 0;
        // Small words of any language are small where nobody knows which it is.
        let bit = language.map_or(u16::MAX, stopwords::bit);
        let german = language.is_some_and(|language| language.starts_with("de"));
        let mut pieces = std::mem::take(&mut self.pieces);
        pieces.clear();
        self.pieces(text, bit, german, &mut pieces);
        self.names(&pieces);
        self.pieces = pieces;
    }

    /// Counts a word, or takes note that there is one.
    fn met(&mut self, id: u32, counts: bool) {
        if id as usize == self.stems.len() {
            self.stems.push(Times::default());
        }
        if let Some(times) = self.stems.get_mut(id as usize) {
            times.content += u32::from(counts);
            times.all += 1;
        }
    }

    /// Reads stretches of content words, and adds the pieces that names are made of.
    fn pieces(
        &mut self,
        text: &mut NumberedText<'_>,
        bit: u16,
        german: bool,
        pieces: &mut Vec<Piece>,
    ) {
        let NumberedText { text, tokens, words, .. } = text;
        pieces.reserve(tokens.len() / 4);
        self.stems.reserve(tokens.len() / 2);
        self.runs.words.reserve(tokens.len() / 2);
        self.runs.ends.reserve(tokens.len() / 4);
        let mut first = true;
        let mut after_number = false;
        let english = bit == stopwords::bit("en");
        let mut next = 0;
        while let Some(token) = tokens.get(next) {
            next += 1;
            let behind = |at: usize| tokens.get(at);
            let glued = |at: usize| behind(at).filter(|token| token.gap == Gap::None);
            let is_glued = glued(next).is_some();
            if is_glued && is_address(token, behind(next)) {
                while glued(next).is_some() {
                    next += 1;
                }
                self.between(pieces, Piece::mark(Sort::Break, token.start));
                continue;
            }
            // `80th`.
            let suffix = after_number && token.gap == Gap::None;
            after_number = token.class == Class::Number;
            if suffix && token.is_word() {
                self.between(pieces, Piece::mark(Sort::Small, token.start));
                continue;
            }
            if token.class == Class::Cjk {
                self.character(token, words);
                continue;
            }
            self.cjk.end();
            if token.gap == Gap::Blank {
                first = true;
                self.between(pieces, Piece::mark(Sort::Break, token.start));
            }
            match token.class {
                Class::Mark => {
                    first |= match token.text.as_bytes() {
                        [mark] => matches!(mark, b'.' | b'!' | b'?' | b':' | b'"'),
                        _ => matches!(token.text, "“" | "•"),
                    };
                    let sort = if token.text == "," { Sort::Comma } else { Sort::Break };
                    self.between(pieces, Piece::mark(sort, token.start));
                    continue;
                }
                Class::Number => {
                    self.between(pieces, Piece { first, ..Piece::mark(Sort::Small, token.start) });
                    self.count += 1;
                    first = false;
                    continue;
                }
                Class::Word | Class::Cjk => {}
            }
            let mut range = token.range();
            // `low-carbon`, `don't`; `China's` ends before its apostrophe.
            let mut possessive = false;
            let elided = is_glued
                && behind(next).is_some_and(|next| matches!(next.text, "'" | "’"))
                && token.text.len() <= LONGEST_ELIDED
                && ELIDED.contains(&&*token.folded());
            if elided {
                next += 1;
                let sort = if token.text == "d" { Sort::Link } else { Sort::Small };
                self.between(pieces, Piece { first, ..Piece::mark(sort, range.start) });
                continue;
            }
            while is_glued
                && let Some(mark) = glued(next)
                && matches!(mark.text, "-" | "'" | "’" | "‑")
                && let Some(part) = glued(next + 1).filter(|part| part.is_word())
            {
                next += 2;
                let hyphen = matches!(mark.text, "-" | "‑");
                if !hyphen && part.text.eq_ignore_ascii_case("s") {
                    possessive = true;
                    break;
                }
                range.end = part.end();
            }
            let (facts, word) = if range.end == token.end() {
                words.facts(token)
            } else {
                words.facts_of(&text[range.clone()])
            };
            let id = words.id(word);
            let mut sort = facts.sort(bit, english);
            let capital = match token.text.as_bytes().first() {
                Some(first) if first.is_ascii() => first.is_ascii_uppercase(),
                _ => token.text.chars().next().is_some_and(char::is_uppercase),
            };
            let verbal = english && facts.is_verbal() && !capital;
            if sort == Sort::Small && capital && facts.is_plain() {
                // Part of a name; at the start of a sentence only before another capital.
                let next = behind(next)
                    .is_some_and(|next| next.is_capitalised() && next.gap == Gap::Space);
                if !first || next {
                    sort = Sort::Content;
                }
            }
            self.met(id, sort == Sort::Content);
            let (start, end) = (narrow(range.start), narrow(range.end));
            let place = self.count;
            push(pieces, Piece { sort, start, end, id, place, capital, first });
            if sort == Sort::Content {
                // German nouns begin with a capital; what follows one is no part of it.
                let small = german && !capital;
                if small && self.runs.open().is_some_and(|word| !word.verbal) {
                    self.runs.end();
                }
                let named = capital && !first && !german;
                let verbal = verbal || small;
                self.runs.words.push(Word { id, start, end, place, named, verbal });
            } else {
                self.runs.end();
            }
            self.count += 1;
            first = false;
            if possessive {
                self.between(pieces, Piece::mark(Sort::Break, token.end()));
            }
        }
        self.cjk.end();
        self.runs.end();
    }

    /// Takes in what ends a stretch of content words.
    #[inline]
    fn between(&mut self, pieces: &mut Vec<Piece>, piece: Piece) {
        self.runs.end();
        push(pieces, piece);
    }

    fn character(&mut self, token: &Token<'_>, words: &mut TextWords) {
        let (facts, word) = words.facts(token);
        if facts.is_grammar() || token.gap >= Gap::Line {
            self.cjk.end();
        }
        if !facts.is_grammar() {
            let id = words.id(word);
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

    /// Names with small words inside: "Workshop on Economic, Social and Cultural Rights".
    fn names(&mut self, pieces: &[Piece]) {
        let mut at = 0;
        while let Some(piece) = pieces.get(at) {
            if !piece.is_name() {
                at += 1;
                continue;
            }
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
                self.names.words.extend(words);
                self.names.end();
            }
            at = end;
        }
    }
}

/// Adds a piece: of those between names only the first says anything.
#[inline]
fn push(pieces: &mut Vec<Piece>, piece: Piece) {
    let goes_on =
        |last: &Piece| last.is_name() || matches!(last.sort, Sort::Link | Sort::And | Sort::Comma);
    if piece.is_name() || pieces.last().is_some_and(goes_on) {
        pieces.push(piece);
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
        }
    }

    fn is_name(&self) -> bool {
        self.sort == Sort::Content && self.capital
    }
}

/// The end of the name that begins at a piece, which is one.
fn name_at(pieces: &[Piece], at: usize) -> usize {
    let mut end = at;
    let mut linked = false;
    let name = |at: usize| pieces.get(at).is_some_and(Piece::is_name);
    let sort = |at: usize| pieces.get(at).map(|piece| piece.sort);
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
    let is = |words: &[&str]| words.iter().any(|word| token.folds_to(word));
    token.is_word()
        && match next.text {
            ":" => is(&["http", "https"]),
            "." => is(&["www"]),
            "@" => !is(&["http", "https", "www"]),
            _ => false,
        }
}

/// Texts are cut to far less.
fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
