//! Words, sentences and quotations of a text, with the bytes they stand on.

mod word;

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use super::lexicon::{Word, flag};
use super::spare;
use super::tokens::is_letter;
pub(super) use word::is_ideograph;
pub(super) use word::lower_into;
use word::read_word;

/// Marks a token outside every quotation.
pub(super) const NO_QUOTE: u32 = u32::MAX;

/// Beside the flags of words: the marks of a quotation.
pub(super) const QUOTATION: u64 = 1 << 63;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// Begins in lower case, or in a script without case.
    Lower,
    /// Begins with a capital.
    Title,
    /// Two letters or more, all capitals.
    Upper,
    /// One capital, with or without its full stop.
    Initial,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word(Case),
    Number,
    /// Begins a quotation.
    Open,
    /// Ends one.
    Close,
    Punct(char),
}

/// A word or a mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: usize,
    /// End of the word without a possessive `'s`.
    pub(super) end: usize,
    /// End with it.
    pub(super) tail: usize,
    pub(super) kind: Kind,
    pub(super) flags: u64,
    pub(super) word: Option<&'static Word>,
    /// Index of the quotation in which it stands, [`NO_QUOTE`] for none.
    pub(super) quote: u32,
    /// Index of its sentence.
    pub(super) sentence: u32,
    /// A paragraph begins here.
    pub(super) paragraph: bool,
    /// White space before it.
    pub(super) spaced: bool,
}

impl Token {
    /// Whether it is any of these.
    #[inline]
    pub(super) fn has(&self, bits: u64) -> bool {
        self.flags & bits != 0
    }

    #[inline]
    pub(super) fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word(_))
    }

    #[inline]
    pub(super) fn is_capital(&self) -> bool {
        matches!(self.kind, Kind::Word(Case::Title | Case::Upper | Case::Initial))
    }

    #[inline]
    pub(super) fn is_punct(&self, marks: &[char]) -> bool {
        matches!(self.kind, Kind::Punct(mark) if marks.contains(&mark))
    }

    pub(super) fn possessive(&self) -> bool {
        self.tail > self.end
    }
}

/// Words in quotation marks.
#[derive(Debug, Clone)]
pub(super) struct Quote {
    /// Tokens of its marks.
    pub(super) open: usize,
    pub(super) close: usize,
    /// The bytes between the marks.
    pub(super) content: Range<usize>,
    /// Taken up again by the next quotation, at the head of the next paragraph.
    pub(super) continues: bool,
    pub(super) valid: bool,
    words: u32,
    mark: char,
    /// Inside it, a quotation in the other English marks is open.
    inner: bool,
}

impl Quote {
    /// How many words it holds.
    pub(super) fn words(&self) -> u32 {
        self.words
    }
}

/// A text taken apart.
#[derive(Debug)]
pub(super) struct Prose<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
    /// Token ranges.
    pub(super) sentences: Vec<Range<usize>>,
    /// By sentence: what its words may be, and whether a quotation begins or ends in it ([`QUOTATION`]).
    pub(super) told: Vec<u64>,
    pub(super) quotes: Vec<Quote>,
    own_share: OnceCell<f64>,
}

/// What a text is taken apart into, emptied.
#[derive(Debug, Default)]
struct Room {
    tokens: Vec<Token>,
    sentences: Vec<Range<usize>>,
    told: Vec<u64>,
    quotes: Vec<Quote>,
}

thread_local! {
    static SPARE: Cell<Room> = Cell::default();
}

impl Drop for Prose<'_> {
    fn drop(&mut self) {
        let mut room = Room {
            tokens: std::mem::take(&mut self.tokens),
            sentences: std::mem::take(&mut self.sentences),
            told: std::mem::take(&mut self.told),
            quotes: std::mem::take(&mut self.quotes),
        };
        room.tokens.clear();
        room.sentences.clear();
        room.told.clear();
        room.quotes.clear();
        spare::leave(room, self.text.len(), &SPARE);
    }
}

impl<'a> Prose<'a> {
    /// Takes a text apart.
    pub(super) fn new(text: &'a str) -> Self {
        let Room { mut tokens, sentences, told, quotes } = spare::take(text.len(), &SPARE);
        tokens.reserve(text.len() / 5 + 1);
        let own_share = OnceCell::new();
        let mut prose = Prose { text, tokens, sentences, told, quotes, own_share };
        let wrap = wrap_width(text);
        prose.tokenize(wrap);
        prose.split_sentences();
        prose
    }

    /// The share of first-person words among the words outside quotation marks.
    pub(super) fn own_share(&self) -> f64 {
        *self.own_share.get_or_init(|| {
            let (mut own, mut words) = (0_u32, 0_u32);
            let from = self.labelled_headline();
            for (at, token) in self.tokens.iter().enumerate().skip(from) {
                if token.quote != NO_QUOTE || !token.is_word() {
                    continue;
                }
                words += 1;
                own += u32::from(token.has(flag::OWN) && self.is_own(at));
            }
            if words == 0 { 0.0 } else { f64::from(own) / f64::from(words) }
        })
    }

    /// Whether a word that may be first person is one as it is written. Within a sentence, one with a
    /// capital is a part of a name (`Kim Yo Jong`, `Jack Ma`), but for the English `I`.
    fn is_own(&self, at: usize) -> bool {
        match self.tokens[at].kind {
            Kind::Word(Case::Initial | Case::Upper) => self.text_of(at) == "I",
            Kind::Word(Case::Title) => {
                self.text_of(at).starts_with("I'")
                    || self.text_of(at).starts_with("I’")
                    || at == 0
                    || self.tokens[at].paragraph
                    || !matches!(self.tokens[at - 1].kind, Kind::Word(_) | Kind::Number)
            }
            _ => true,
        }
    }

    /// Where the text goes on behind a headline that says whose words it tells: `Roe: I never said so`,
    /// without the stop of a sentence, and a text under it that has no such line.
    fn labelled_headline(&self) -> usize {
        const NAME_WORDS: usize = 4;
        const MOST_TOKENS: usize = 40;
        let behind_label = |from: usize| {
            let words = self.tokens[from..].iter().take(NAME_WORDS + 1);
            let words = words.take_while(|token| token.is_capital()).count();
            let colon = self.tokens.get(from + words)?;
            (words > 0 && colon.is_punct(&[':'])).then_some(from + words + 1)
        };
        let Some(words) = behind_label(0) else { return 0 };
        let mut near = self.tokens.iter().take(MOST_TOKENS).skip(1);
        let Some(end) = near.position(|token| token.paragraph).map(|at| at + 1) else {
            return 0;
        };
        let is_sentence = self.tokens[end - 1].is_punct(&['.', '!', ':', ';', ',', '…']);
        let is_turn = end <= words || is_sentence || behind_label(end).is_some();
        if is_turn { 0 } else { end }
    }

    /// The words between two tokens, the second excluded.
    pub(super) fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1)) {
            (Some(first), Some(last)) if tokens.start <= last => {
                first.start..self.tokens.get(last).map_or(first.end, |token| token.end)
            }
            (Some(first), _) => first.start..first.start,
            _ => self.text.len()..self.text.len(),
        }
    }

    pub(super) fn text_of(&self, token: usize) -> &'a str {
        self.tokens.get(token).and_then(|t| self.text.get(t.start..t.end)).unwrap_or_default()
    }

    fn tokenize(&mut self, wrap: Option<usize>) {
        let text = self.text;
        let mut open: Option<usize> = None;
        let mut at = 0;
        let mut line_start = 0;
        let mut lower = String::new();
        let mut paragraph = true;
        let bytes = text.as_bytes();
        while at < bytes.len() {
            if bytes[at] == b' ' {
                at += 1;
                continue;
            }
            let start = at;
            let ascii = char::from(bytes[at]);
            let (c, is_word) = if ascii.is_ascii() {
                (ascii, ascii.is_ascii_alphabetic())
            } else {
                let Some(c) = text[at..].chars().next() else { break };
                (c, is_letter(c))
            };
            if !is_word && (c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}') {
                at = skip_space(text, at);
                let gap = &text[start..at];
                if let Some(first) = gap.find(['\n', '\r']) {
                    let hard = is_hard_break(text, line_start..start, gap, at, wrap);
                    line_start = start + gap.rfind(['\n', '\r']).unwrap_or(first) + 1;
                    if hard {
                        paragraph = true;
                        self.end_quote_at_break(&mut open, at);
                    }
                }
                continue;
            }
            let spaced = self.tokens.last().is_none_or(|last| last.tail < start);
            let quote = open.map_or(NO_QUOTE, |index| index as u32);
            let end = start + c.len_utf8();
            let mut token = Token {
                start,
                end,
                tail: end,
                kind: Kind::Punct(c),
                flags: 0,
                word: None,
                quote,
                sentence: 0,
                paragraph: std::mem::take(&mut paragraph),
                spaced,
            };
            if is_word {
                read_word(text, &mut token, &mut lower);
                if let Some(index) = open {
                    self.quotes[index].words += 1;
                }
                at = token.tail;
            } else if c.is_ascii_digit() {
                let rest = &text[start..];
                let digits = rest
                    .find(|c: char| !(c.is_ascii_alphanumeric() || ".,:%".contains(c)))
                    .unwrap_or(rest.len());
                let number = rest[..digits].trim_end_matches(['.', ',', ':']);
                token.kind = Kind::Number;
                token.end = start + number.len();
                token.tail = token.end;
                at = token.tail;
            } else {
                at = self.read_mark(&mut token, c, &mut open);
            }
            self.tokens.push(token);
        }
        self.end_quote_at_break(&mut open, text.len());
    }

    /// A mark that is no word: quotation marks open and close here. Answers where to go on.
    fn read_mark(&mut self, token: &mut Token, c: char, open: &mut Option<usize>) -> usize {
        let rest = &self.text[token.start..];
        let (mark, len) = match c {
            '\'' if rest.starts_with("''") => ('\'', 2),
            '`' if rest.starts_with("``") => ('\'', 2),
            '“' | '”' | '„' | '‟' | '«' | '»' | '"' | '「' | '」' | '『' | '』' | '＂' => {
                (c, c.len_utf8())
            }
            _ => return token.end,
        };
        token.end = token.start + len;
        token.tail = token.end;
        if let Some(index) = *open {
            let opened = self.quotes[index].mark;
            if self.ends_quote(index, token, mark) {
                token.kind = Kind::Close;
                self.quotes[index].close = self.tokens.len();
                // `« … »` stand apart from the words.
                let inner = &self.text[self.quotes[index].content.start..token.start];
                let end = token.start - (inner.len() - inner.trim_end().len());
                self.quotes[index].content.end = end.max(self.quotes[index].content.start);
                let start = inner.len() - inner.trim_start().len();
                if start < inner.len() {
                    self.quotes[index].content.start += start;
                }
                self.quotes[index].valid = true;
                *open = None;
                return token.end;
            }
            if mark != opened || matches!(mark, '「' | '『') {
                // Another kind of mark inside a quotation is part of its words.
                self.quotes[index].inner = is_english(mark) && !self.quotes[index].inner;
                return token.end;
            }
            // The same opening mark again: the one before was never closed.
            self.drop_quote(index, self.tokens.len());
            *open = None;
        }
        if matches!(mark, '”' | '」' | '』' | '‟') {
            return token.end;
        }
        let next = self.text[token.end..].chars().next();
        if next.is_none_or(char::is_whitespace) && !matches!(mark, '«' | '»') {
            return token.end;
        }
        token.kind = Kind::Open;
        token.quote = self.quotes.len() as u32;
        *open = Some(self.quotes.len());
        self.quotes.push(Quote {
            open: self.tokens.len(),
            close: self.tokens.len(),
            content: token.end..token.end,
            continues: false,
            valid: false,
            words: 0,
            mark,
            inner: false,
        });
        token.end
    }

    /// Whether a mark ends the open quotation. Curly and straight marks are mixed often (`“…"`): one that
    /// stands at the end of a word ends what the other began, unless it ends a quotation within.
    fn ends_quote(&self, index: usize, token: &Token, mark: char) -> bool {
        let quote = &self.quotes[index];
        if closes(quote.mark, mark) {
            return true;
        }
        if !is_english(quote.mark) || !is_english(mark) || quote.inner {
            return false;
        }
        let behind = self.text[token.end..].chars().next();
        let before = self.text[..token.start].chars().next_back();
        before.is_some_and(|c| !c.is_whitespace() && c != '(')
            && behind
                .is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ')' | '—' | '–'))
    }

    /// A paragraph ends inside a quotation: it goes on if the next begins with the same mark.
    fn end_quote_at_break(&mut self, open: &mut Option<usize>, next: usize) {
        let Some(index) = open.take() else { return };
        let mark = self.quotes[index].mark;
        let goes_on = |next: char| next == mark || matches!((mark, next), ('“', '"') | ('"', '“'));
        if !matches!(mark, '「' | '『') && self.text[next..].starts_with(goes_on) {
            let end = self.tokens.last().map_or(next, |token| token.tail);
            let quote = &mut self.quotes[index];
            quote.close = self.tokens.len().saturating_sub(1);
            quote.content.end = end.max(quote.content.start);
            quote.continues = true;
            quote.valid = true;
        } else {
            self.drop_quote(index, self.tokens.len());
        }
    }

    fn drop_quote(&mut self, index: usize, end: usize) {
        let from = self.quotes[index].open;
        if let Some(tokens) = self.tokens.get_mut(from..end) {
            for token in tokens {
                token.quote = NO_QUOTE;
                if token.kind == Kind::Open {
                    token.kind = Kind::Punct('"');
                }
            }
        }
    }

    fn split_sentences(&mut self) {
        let mut start = 0;
        let mut sentence = 0_u32;
        let mut told = 0;
        for at in 0..self.tokens.len() {
            if at > start && self.begins_sentence(at) {
                self.sentences.push(start..at);
                self.told.push(std::mem::take(&mut told));
                start = at;
                sentence += 1;
            }
            let token = &mut self.tokens[at];
            token.sentence = sentence;
            told |= token.flags;
            if matches!(token.kind, Kind::Open | Kind::Close) {
                told |= QUOTATION;
            }
        }
        if start < self.tokens.len() {
            self.sentences.push(start..self.tokens.len());
            self.told.push(told);
        }
    }

    fn begins_sentence(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        if token.paragraph {
            return true;
        }
        // Behind marks that close, in front of a word that could begin a sentence.
        let mut before = at - 1;
        if !matches!(self.tokens[before].kind, Kind::Punct(_) | Kind::Close) {
            return false;
        }
        while before > 0
            && (self.tokens[before].kind == Kind::Close
                || self.tokens[before].is_punct(&[')', ']', '’', '\'', '”']))
            && at - before < 4
        {
            before -= 1;
        }
        let last = &self.tokens[before];
        if last.is_punct(&['。', '！', '？']) {
            return token.kind != Kind::Close && !token.is_punct(&['”', '」', '）']);
        }
        if !last.is_punct(&['.', '!', '?', '…']) || !token.spaced {
            return false;
        }
        match token.kind {
            Kind::Word(case) => case != Case::Lower || is_caseless(self, at),
            Kind::Number | Kind::Open => true,
            Kind::Close => false,
            Kind::Punct(mark) => !matches!(mark, ',' | ';' | ':' | ')' | '.' | '—' | '–' | '-'),
        }
    }
}

fn is_caseless(prose: &Prose<'_>, at: usize) -> bool {
    prose.text_of(at).chars().next().is_some_and(|c| !c.is_lowercase())
}

/// The double marks of English, curly and straight.
fn is_english(mark: char) -> bool {
    matches!(mark, '“' | '”' | '"')
}

fn closes(open: char, mark: char) -> bool {
    matches!(
        (open, mark),
        ('“', '”')
            | ('„', '“' | '”' | '‟')
            | ('«', '»')
            | ('»', '«')
            | ('"', '"')
            | ('＂', '＂')
            | ('\'', '\'')
            | ('「', '」')
            | ('『', '』')
    )
}

fn skip_space(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let space = |c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}';
    at + rest.find(|c| !space(c)).unwrap_or(rest.len())
}

/// The width at which a text is broken into lines, when it is: most of its lines then end within
/// a sentence, and a line break is a space.
fn wrap_width(text: &str) -> Option<usize> {
    const MOST_LINES: usize = 2000;
    let (mut lines, mut inside, mut longest) = (0_usize, 0_usize, 0_usize);
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    let all = ends.map(|end| text[std::mem::replace(&mut start, end + 1)..end].trim());
    for line in all.filter(|line| !line.is_empty()).take(MOST_LINES) {
        lines += 1;
        let within = (40..=130).contains(&line.len());
        let open = line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '–'));
        if within && open {
            inside += 1;
            longest = longest.max(line.len());
        }
    }
    (lines >= 4 && inside * 2 >= lines).then_some(longest)
}

fn is_hard_break(
    text: &str,
    line: Range<usize>,
    gap: &str,
    next: usize,
    wrap: Option<usize>,
) -> bool {
    let breaks = gap.bytes().filter(|b| *b == b'\n').count();
    let Some(width) = wrap else { return true };
    let item = ["- ", "* ", "• "].iter().any(|mark| text[next..].starts_with(mark));
    if breaks > 1 || item {
        return true;
    }
    let line = text[line].trim_end();
    let short = line.len() * 10 < width * 6;
    let begins = text[next..].chars().next();
    short && !begins.is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        let prose = Prose::new(text);
        prose.sentences.iter().map(|range| &text[prose.bytes(range.clone())]).collect()
    }

    #[test]
    fn sentences_end_at_stops_that_are_no_abbreviation() {
        let text = "Mr. Roe met Dr. J. Doe of the U.S. Senate. They left! Did they? “Yes.” He did.";
        assert_eq!(sentences(text).len(), 5);
    }

    #[test]
    fn a_line_break_is_a_space_only_in_wrapped_text() {
        assert_eq!(sentences("A heading\nJane Roe said no").len(), 2);
        let line = "this is a line of a text that was broken at some width because\n";
        assert_eq!(sentences(&line.repeat(6)).len(), 1);
    }

    #[test]
    fn quotations_pair_up_within_a_paragraph_and_go_on_at_the_head_of_the_next() {
        let contents = |text: &str| -> Vec<String> {
            let prose = Prose::new(text);
            let quotes = prose.quotes.iter().filter(|quote| quote.valid);
            quotes.map(|quote| text[quote.content.clone()].to_owned()).collect()
        };
        assert_eq!(
            contents("A “b c” d \"e f\" g «h» i „j k“ l 「字」"),
            ["b c", "e f", "h", "j k", "字"]
        );
        assert_eq!(contents("A “b c\n\nd e ” f"), Vec::<String>::new());
        assert_eq!(contents("A “b c\n\n“d e” f"), ["b c", "d e"]);
    }
}
