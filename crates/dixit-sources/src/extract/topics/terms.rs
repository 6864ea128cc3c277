//! The words of a taxonomy: which terms begin with a word, and what ends where.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use foldhash::fast::FixedState;

use super::super::short_words::{SHORT, ShortWords, packed, packed_as_written};
use super::super::tokens::{Class, Token, fold_into, is_cjk, tokens};

/// Longer terms than this many tokens are not taken.
pub(super) const LONGEST_TERM: usize = 12;
/// Bytes by which words with `*` are looked up, and their least length.
const KEY: usize = 3;

/// Languages in which a word counts: one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Languages(u8);

impl Languages {
    const LISTED: [&'static str; 5] = ["en", "de", "fr", "es", "zh"];

    /// The language of a tag; all of them for none, or for one without a list.
    pub(super) fn of(tag: Option<&str>) -> Self {
        let primary = tag.and_then(|tag| tag.split('-').next());
        let place = Self::LISTED.iter().position(|listed| primary == Some(*listed));
        place.map_or(Self(u8::MAX), |place| Self(1 << place))
    }

    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Where a word may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// `klima*`
    AtEnd,
    /// `*steuer`
    AtBeginning,
}

/// A term as a file writes it.
#[derive(Debug)]
pub(super) struct Written {
    words: Vec<String>,
    open: Option<Open>,
    is_han: bool,
}

impl Written {
    /// Takes a term apart; the error says what is wrong with it.
    pub(super) fn of(term: &str) -> Result<Self, String> {
        let stars = term.matches('*').count();
        let open = match stars {
            0 => None,
            1 if term.ends_with('*') => Some(Open::AtEnd),
            1 if term.starts_with('*') => Some(Open::AtBeginning),
            _ => return Err(format!("`{term}`: a `*` stands at the beginning or end of one word")),
        };
        let found: Vec<Token<'_>> = tokens(term).filter(is_word).collect();
        let Some(first) = found.first() else { return Err(format!("`{term}` has no letters")) };
        let is_han = first.text.chars().all(is_cjk);
        let words: Vec<String> = match open {
            None => found.iter().map(stem).collect(),
            Some(_) => found.iter().map(|token| token.folded().into_owned()).collect(),
        };
        if words.len() > LONGEST_TERM {
            return Err(format!("`{term}` is longer than {LONGEST_TERM} words"));
        }
        if open.is_some() && (words.len() > 1 || words[0].len() < KEY) {
            return Err(format!("`{term}`: a `*` stands at one word of at least {KEY} letters"));
        }
        Ok(Self { words, open, is_han })
    }

    /// How many words it has; in Chinese, where a character is a token and most words are two, about so many.
    pub(super) fn len(&self) -> f64 {
        let further = f64::from(u32::try_from(self.words.len() - 1).unwrap_or(0));
        1.0 + if self.is_han { further / 4.0 } else { further }
    }
}

/// What a term says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Says {
    pub(super) topic: usize,
    pub(super) weight: f64,
    pub(super) languages: Languages,
}

/// The place in the tree of terms that a path of words leads to.
pub(super) type Node = u32;
/// The node where every term begins; no term ends there.
const ROOT: Node = 0;

pub(super) type Map<K, V> = HashMap<K, V, FixedState>;

/// All terms, as paths of words.
#[derive(Debug, Clone)]
pub(in crate::extract) struct Terms {
    /// Of each set of terms another one.
    number: u32,
    words: Map<Box<str>, u32>,
    /// The short ones among them, once all are there.
    short: ShortWords,
    /// By word: the node behind it at the beginning of a term.
    first: Vec<Node>,
    /// By node and word: the node behind.
    next: Map<u64, Node>,
    says: Vec<Vec<Says>>,
    /// By node: the languages of the terms that end there, and whether longer ones go on.
    marks: Vec<(Languages, bool)>,
    /// Words with `*`, by their first or last bytes, the longest first.
    begins: Map<u32, Vec<(Box<str>, Node)>>,
    ends: Map<u32, Vec<(Box<str>, Node)>>,
    /// With which bytes they begin and end.
    edges: (Edges, Edges),
    /// Languages that have words with `*`.
    open: Languages,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            number: 0,
            words: Map::default(),
            short: ShortWords::default(),
            first: Vec::new(),
            next: Map::default(),
            says: vec![Vec::new()],
            marks: vec![(Languages(0), true)],
            begins: Map::default(),
            ends: Map::default(),
            edges: (Edges::default(), Edges::default()),
            open: Languages(0),
        }
    }
}

/// A word of a text, as far as the terms know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract) enum Met {
    Nothing,
    /// A word of terms, and where it leads to as the first of one.
    Word(u32, Option<NonZeroU32>),
    /// Words with `*` that fit, where they do in the language of the text.
    Open(Option<NonZeroU32>, Option<NonZeroU32>),
}

impl Terms {
    pub(super) fn insert(
        &mut self,
        term: &Written,
        topic: usize,
        weight: f64,
        languages: Languages,
    ) {
        let node = match term.open {
            None => term.words.iter().fold(ROOT, |node, word| self.step_or_add(node, word)),
            Some(open) => {
                self.open.0 |= languages.0;
                self.open(open, &term.words[0])
            }
        };
        let says = &mut self.says[node as usize];
        match says.iter_mut().find(|says| says.topic == topic && says.languages == languages) {
            Some(before) => before.weight = before.weight.max(weight),
            None => says.push(Says { topic, weight, languages }),
        }
    }

    fn add_node(&mut self) -> Node {
        self.says.push(Vec::new());
        self.marks.push((Languages(0), false));
        Node::try_from(self.says.len() - 1).unwrap_or(Node::MAX)
    }

    fn step_or_add(&mut self, node: Node, word: &str) -> Node {
        let known = self.words.len();
        let word = match self.words.get(word) {
            Some(&word) => word,
            None => {
                let id = u32::try_from(known).unwrap_or(u32::MAX);
                self.words.insert(word.into(), id);
                self.first.push(ROOT);
                id
            }
        };
        let begun = self.first[word as usize];
        if node == ROOT && begun != ROOT {
            return begun;
        }
        if let Some(next) = self.step(node, word) {
            return next;
        }
        let next = self.add_node();
        if node == ROOT {
            self.first[word as usize] = next;
        } else {
            self.next.insert(edge(node, word), next);
            self.marks[node as usize].1 = true;
        }
        next
    }

    fn open(&mut self, open: Open, part: &str) -> Node {
        let (key, known) = match open {
            Open::AtEnd => (first_bytes(part), &self.begins),
            Open::AtBeginning => (last_bytes(part), &self.ends),
        };
        let Some(key) = key else { return ROOT };
        let before = known.get(&key).and_then(|known| known.iter().find(|one| &*one.0 == part));
        if let Some((_, node)) = before {
            return *node;
        }
        let node = self.add_node();
        let known = match open {
            Open::AtEnd => &mut self.begins,
            Open::AtBeginning => &mut self.ends,
        };
        known.entry(key).or_default().push((part.into(), node));
        node
    }

    /// To be called when all terms are there: a word that stands in the lists itself also says what the words
    /// with `*` say that fit it.
    pub(super) fn seal(&mut self) {
        static SEALED: AtomicU32 = AtomicU32::new(1);
        self.number = SEALED.fetch_add(1, Ordering::Relaxed);
        for known in self.begins.values_mut().chain(self.ends.values_mut()) {
            known.sort_by_key(|(part, _)| std::cmp::Reverse(part.len()));
        }
        self.edges = (Edges::of(self.begins.keys()), Edges::of(self.ends.keys()));
        let mut words: Vec<(Box<str>, u32)> =
            self.words.iter().map(|(word, id)| (word.clone(), *id)).collect();
        words.sort_unstable_by_key(|(_, id)| *id);
        self.short = ShortWords::of(words.iter().map(|(word, id)| (*id, &**word, 0)));
        for (word, id) in words {
            let Met::Open(begins, ends) = self.fitting(&word) else { continue };
            for from in [begins, ends].into_iter().flatten() {
                let said = self.says[from.get() as usize].clone();
                let mut to = self.first[id as usize];
                if to == ROOT {
                    to = self.add_node();
                    self.first[id as usize] = to;
                }
                let says = &mut self.says[to as usize];
                says.extend(said);
            }
        }
        for says in &mut self.says {
            // The best first, so that a topic is taken once of each term.
            says.sort_by(|a, b| a.topic.cmp(&b.topic).then(b.weight.total_cmp(&a.weight)));
        }
        for (marks, says) in self.marks.iter_mut().zip(&self.says) {
            for one in says {
                marks.0.0 |= one.languages.0;
            }
        }
    }

    /// The number of these terms.
    pub(in crate::extract) fn number(&self) -> u32 {
        self.number
    }

    /// Whether words with `*` may fit in these languages.
    pub(super) fn may_be_open(&self, languages: Languages) -> bool {
        self.open.meets(languages)
    }

    /// What is known of a word; `buffer` is there to be used again.
    pub(in crate::extract) fn meet(&self, token: &Token<'_>, buffer: &mut String) -> Met {
        let may_be_open = token.class == Class::Word;
        if let Some((stem, lower)) = short_stem(token.text) {
            if let Some(word) = self.short.get(stem) {
                return self.known(word.index);
            }
            // Their stem is no English plural: "klimas".
            if !may_be_open || !self.may_fit(&lower[..token.text.len()]) {
                return Met::Nothing;
            }
            buffer.clear();
            buffer.extend(lower[..token.text.len()].iter().map(|byte| char::from(*byte)));
            return self.fitting(buffer);
        }
        stem_into(token, buffer);
        let known = match packed(buffer) {
            Some(key) => self.short.get(key).map(|word| word.index),
            None => self.words.get(buffer.as_str()).copied(),
        };
        match known {
            Some(word) => self.known(word),
            None if may_be_open => {
                if token.text.is_ascii() {
                    fold_into(token.text, buffer);
                }
                if self.may_fit(buffer.as_bytes()) { self.fitting(buffer) } else { Met::Nothing }
            }
            None => Met::Nothing,
        }
    }

    fn known(&self, word: u32) -> Met {
        Met::Word(word, self.first.get(word as usize).copied().and_then(NonZeroU32::new))
    }

    /// Whether a word with `*` may fit these bytes, by the first and the last of them.
    fn may_fit(&self, word: &[u8]) -> bool {
        let (begins, ends) = &self.edges;
        word.first_chunk().is_some_and(|first| begins.may_have(key_of(*first)))
            || word.last_chunk().is_some_and(|last| ends.may_have(key_of(*last)))
    }

    fn fitting(&self, word: &str) -> Met {
        let known = |map: &Map<u32, Vec<(Box<str>, Node)>>,
                     key: Option<u32>,
                     fits: &dyn Fn(&str) -> bool| {
            let known = map.get(&key?)?;
            let fitting = known.iter().find(|(part, _)| fits(part));
            fitting.and_then(|(_, node)| NonZeroU32::new(*node))
        };
        let begins = known(&self.begins, first_bytes(word), &|part| word.starts_with(part));
        let ends = known(&self.ends, last_bytes(word), &|part| word.ends_with(part));
        if begins.is_none() && ends.is_none() { Met::Nothing } else { Met::Open(begins, ends) }
    }

    /// Where a further word leads to.
    pub(super) fn step(&self, node: Node, word: u32) -> Option<Node> {
        self.next.get(&edge(node, word)).copied()
    }

    /// Whether longer terms begin with the one that leads to a node.
    pub(super) fn goes_on(&self, node: Node) -> bool {
        self.marks.get(node as usize).is_some_and(|(_, goes_on)| *goes_on)
    }

    /// What the term that ends at a node says in these languages: each topic once.
    pub(super) fn says(&self, node: Node, languages: Languages) -> impl Iterator<Item = &Says> {
        let says = self.says.get(node as usize).map_or(&[][..], Vec::as_slice);
        let mut before = None;
        says.iter().filter(move |one| {
            let is_first = one.languages.meets(languages) && before != Some(one.topic);
            if is_first {
                before = Some(one.topic);
            }
            is_first
        })
    }

    /// Whether a term of these languages ends at a node.
    pub(super) fn ends(&self, node: Node, languages: Languages) -> bool {
        self.marks.get(node as usize).is_some_and(|(ends, _)| ends.meets(languages))
    }
}

fn edge(node: Node, word: u32) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}

fn first_bytes(word: &str) -> Option<u32> {
    word.as_bytes().first_chunk().copied().map(key_of)
}

fn last_bytes(word: &str) -> Option<u32> {
    word.as_bytes().last_chunk().copied().map(key_of)
}

fn key_of([a, b, c]: [u8; KEY]) -> u32 {
    u32::from_be_bytes([0, a, b, c])
}

/// Keys of a table, told in one look from most that are not there.
#[derive(Debug, Clone)]
struct Edges([u64; 256]);

impl Default for Edges {
    fn default() -> Self {
        Self([0; 256])
    }
}

impl Edges {
    fn of<'k>(keys: impl Iterator<Item = &'k u32>) -> Self {
        let mut edges = Self::default();
        for key in keys {
            let (at, bit) = Self::place(*key);
            edges.0[at] |= bit;
        }
        edges
    }

    /// Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4) to 14 bits.
    const fn place(key: u32) -> (usize, u64) {
        let hash = key.wrapping_mul(0x9e37_79b1) >> 18;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    fn may_have(&self, key: u32) -> bool {
        let (at, bit) = Self::place(key);
        self.0[at] & bit != 0
    }
}

/// Marks inside a term do not count: "economic, social and cultural".
pub(super) fn is_word(token: &Token<'_>) -> bool {
    token.class != Class::Mark
}

/// A word in lower case and without the ending of an English plural.
fn stem(token: &Token<'_>) -> String {
    let mut word = String::new();
    stem_into(token, &mut word);
    word
}

/// The same of a short word of ASCII, as its bytes in one number, and the word in lower case.
fn short_stem(word: &str) -> Option<(u128, [u8; SHORT])> {
    let key = packed_as_written(word)?;
    let lower = key.to_le_bytes();
    let Some((len, ending)) = singular(&lower[..word.len()]) else { return Some((key, lower)) };
    let mut stem = [0; SHORT];
    stem[..len].copy_from_slice(&lower[..len]);
    stem[len..len + ending.len()].copy_from_slice(ending.as_bytes());
    Some((u128::from_le_bytes(stem), lower))
}

/// How much is kept of a word that looks like an English plural, and what goes behind it.
fn singular(lower: &[u8]) -> Option<(usize, &'static str)> {
    match lower {
        [_, .., b'i', b'e', b's'] if lower.len() > 4 => Some((lower.len() - 3, "y")),
        [_, .., b's' | b'u' | b'i', b's'] => None,
        [_, _, _, .., b's'] => Some((lower.len() - 1, "")),
        _ => None,
    }
}

/// The same into a buffer that is there already.
fn stem_into(token: &Token<'_>, word: &mut String) {
    word.clear();
    if token.class == Class::Cjk {
        word.push_str(token.text);
        return;
    }
    fold_into(token.text, word);
    if !token.text.is_ascii() {
        return;
    }
    if let Some((len, ending)) = singular(word.as_bytes()) {
        word.truncate(len);
        word.push_str(ending);
    }
}
