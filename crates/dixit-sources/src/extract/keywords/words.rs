//! Text to stretches of content words between function words and marks.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::super::stopwords;
use super::super::tokens::{Class, Gap, Token, fold, tokens};

/// A content word.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// The number of its stem.
    pub(super) id: u32,
    pub(super) range: Range<usize>,
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
    pub(super) runs: Vec<Vec<Word>>,
    /// Names of several words, small words inside them included.
    pub(super) names: Vec<Vec<Word>>,
    /// Characters of scripts without spaces, between marks and function characters.
    pub(super) cjk: Vec<Vec<Word>>,
    /// How often each stem stands.
    pub(super) times: Vec<u32>,
    /// Words in all.
    pub(super) count: u32,
    ids: HashMap<String, u32>,
}

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

#[derive(Debug, Clone)]
struct Piece {
    sort: Sort,
    range: Range<usize>,
    id: u32,
    place: u32,
    capital: bool,
    /// The first word of a sentence.
    first: bool,
    verbal: bool,
}

const LINKS: [&str; 26] = [
    "of", "on", "for", "against", "the", "de", "des", "du", "la", "le", "les", "del", "los", "las",
    "da", "do", "dos", "di", "della", "der", "für", "van", "von", "dem", "to", "à",
];
/// Before an apostrophe these are words of their own: "l'Union".
const ELIDED: [&str; 14] =
    ["l", "d", "qu", "n", "s", "c", "j", "m", "t", "dell", "all", "nell", "sull", "un"];
const CONTRACTED: [&str; 6] = ["n't", "'ve", "'re", "'ll", "'d", "'m"];
const ANDS: [&str; 6] = ["and", "und", "et", "y", "e", "en"];
/// Longer names are sentences in capitals.
const LONGEST_NAME: usize = 9;

impl Words {
    /// Takes a text apart. `language` gives the function words; without it English ones count.
    pub(super) fn of(text: &str, language: Option<&str>) -> Self {
        let mut words = Self::default();
        let bit = stopwords::bit(language.unwrap_or("en"));
        let german = language.is_some_and(|language| language.starts_with("de"));
        let pieces = words.pieces(text, bit);
        words.runs(&pieces, german);
        words.names(&pieces);
        words
    }

    fn id(&mut self, stem: &str) -> u32 {
        if let Some(&id) = self.ids.get(stem) {
            return id;
        }
        let id = u32::try_from(self.times.len()).unwrap_or(u32::MAX);
        self.ids.insert(stem.to_owned(), id);
        self.times.push(0);
        id
    }

    /// The number of a word of another text, where this one has it too.
    pub(super) fn known(&self, word: &str) -> Option<u32> {
        self.ids.get(stem(word)).copied()
    }

    fn pieces(&mut self, text: &str, bit: u16) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut first = true;
        let mut cjk: Vec<Word> = Vec::new();
        let mut stream = tokens(text).peekable();
        let mut after_number = false;
        let english = bit == stopwords::bit("en");
        while let Some(token) = stream.next() {
            if is_address(&token, stream.peek()) {
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
                self.character(&token, &mut cjk);
                continue;
            }
            if !cjk.is_empty() {
                self.cjk.push(std::mem::take(&mut cjk));
            }
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
            let elided = ELIDED.contains(&&*token.folded())
                && stream
                    .next_if(|next| next.gap == Gap::None && matches!(next.text, "'" | "’"))
                    .is_some();
            if elided {
                let sort = if token.text == "d" { Sort::Link } else { Sort::Small };
                pieces.push(Piece { first, ..Piece::mark(sort, range.start) });
                continue;
            }
            while let Some(mark) = stream
                .peek()
                .filter(|next| next.gap == Gap::None && matches!(next.text, "-" | "'" | "’" | "‑"))
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
            let folded = folded(written);
            let capital = written.chars().next().is_some_and(char::is_uppercase);
            let mut sort = sort(&folded, bit);
            if english && CONTRACTED.iter().any(|end| folded.ends_with(end)) {
                sort = Sort::Small;
            }
            if sort == Sort::Small && capital && stopwords::is_plain(&folded) {
                // Part of a name; at the start of a sentence only before another capital.
                let next = stream
                    .peek()
                    .is_some_and(|next| next.is_capitalised() && next.gap == Gap::Space);
                if !first || next {
                    sort = Sort::Content;
                }
            }
            let id = self.id(stem(&folded));
            if sort == Sort::Content {
                self.times[id as usize] += 1;
            }
            let verbal =
                english && !capital && ["ing", "ed", "ly"].iter().any(|end| folded.ends_with(end));
            pieces.push(Piece { sort, range, id, place: self.count, capital, first, verbal });
            self.count += 1;
            first = false;
            if possessive {
                pieces.push(Piece::mark(Sort::Break, token.end()));
            }
        }
        if !cjk.is_empty() {
            self.cjk.push(cjk);
        }
        pieces
    }

    fn character(&mut self, token: &Token<'_>, run: &mut Vec<Word>) {
        let small = token.text.chars().all(stopwords::is_function_character);
        if (small || token.gap >= Gap::Line) && !run.is_empty() {
            self.cjk.push(std::mem::take(run));
        }
        if !small {
            let id = self.id(token.text);
            self.times[id as usize] += 1;
            run.push(Word {
                id,
                range: token.range(),
                place: self.count,
                named: false,
                verbal: false,
            });
        }
        self.count += 1;
    }

    fn runs(&mut self, pieces: &[Piece], german: bool) {
        let mut run: Vec<Word> = Vec::new();
        for piece in pieces {
            if piece.sort == Sort::Content {
                let named = piece.capital && !piece.first && !german;
                // German nouns begin with a capital; what follows one is no part of it.
                let ended = german && !piece.capital && run.last().is_some_and(|word| !word.verbal);
                if ended {
                    self.runs.push(std::mem::take(&mut run));
                }
                run.push(Word {
                    id: piece.id,
                    range: piece.range.clone(),
                    place: piece.place,
                    named,
                    verbal: piece.verbal || (german && !piece.capital),
                });
            } else if !run.is_empty() {
                self.runs.push(std::mem::take(&mut run));
            }
        }
        if !run.is_empty() {
            self.runs.push(run);
        }
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
                    range: piece.range.clone(),
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
            range: at..at,
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
    let glued = next.filter(|next| next.gap == Gap::None);
    token.is_word()
        && match &*token.folded() {
            "http" | "https" => glued.is_some_and(|next| next.text == ":"),
            "www" => glued.is_some_and(|next| next.text == "."),
            _ => glued.is_some_and(|next| next.text == "@"),
        }
}

fn sort(folded: &str, bit: u16) -> Sort {
    if LINKS.contains(&folded) {
        return Sort::Link;
    }
    if ANDS.contains(&folded) {
        return Sort::And;
    }
    let short = folded.chars().count() < 2;
    if short || stopwords::mask(folded) & bit != 0 { Sort::Small } else { Sort::Content }
}

/// Lower case, with one form of the apostrophe.
fn folded(written: &str) -> Cow<'_, str> {
    let folded = fold(written);
    if folded.contains('’') { Cow::Owned(folded.replace('’', "'")) } else { folded }
}

/// A word without the ending of an English plural, so that both numbers count together.
fn stem(word: &str) -> &str {
    let plural = word.len() > 3
        && word.ends_with('s')
        && !(word.ends_with("ss") || word.ends_with("us") || word.ends_with("is"));
    if plural { &word[..word.len() - 1] } else { word }
}
