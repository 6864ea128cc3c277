//! What a query asks for.

use std::ops::Range;

use serde::Serialize;

use super::field::Field;
use super::note::pair;
use crate::date::DateRange;
use crate::statement::Kind;

/// A condition on statements.
///
/// The parser gives a normal form: no `And` directly in an `And` nor `Or` in an `Or`, neither with a
/// single child, and a `Not` only in an `And` that also holds something positive
/// ([`All`](Self::All) if nothing else). Its height is bounded by [`QueryLimits::depth`], so walks
/// over it may recurse.
///
/// [`QueryLimits::depth`]: super::QueryLimits::depth
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Node {
    /// Every statement.
    All,
    /// All of these hold.
    And(Vec<Node>),
    /// One of these holds. An empty one is the query that matches **nothing**, which is what is
    /// left when every clause was dropped; it stands only at the root.
    Or(Vec<Node>),
    /// This does not hold.
    Not(Box<Node>),
    /// A single condition.
    Leaf(Leaf),
}

impl Node {
    /// What matches no statement.
    #[must_use]
    pub const fn nothing() -> Self {
        Self::Or(Vec::new())
    }

    /// Whether this is [`nothing`](Self::nothing).
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Or(nodes) if nodes.is_empty())
    }

    /// Every single condition, in the order of the query, negated ones too.
    #[must_use]
    pub fn leaves(&self) -> Vec<&Leaf> {
        let mut leaves = Vec::new();
        let mut open = vec![self];
        while let Some(node) = open.pop() {
            match node {
                Self::All => {}
                Self::And(nodes) | Self::Or(nodes) => open.extend(nodes.iter().rev()),
                Self::Not(node) => open.push(node),
                Self::Leaf(leaf) => leaves.push(leaf),
            }
        }
        leaves
    }

    /// Levels of the tree; a leaf is one.
    pub(super) fn height(&self) -> usize {
        let mut highest = 0;
        let mut open = vec![(self, 1)];
        while let Some((node, level)) = open.pop() {
            highest = highest.max(level);
            match node {
                Self::All | Self::Leaf(_) => {}
                Self::And(nodes) | Self::Or(nodes) => {
                    open.extend(nodes.iter().map(|node| (node, level + 1)));
                }
                Self::Not(node) => open.push((node, level + 1)),
            }
        }
        highest
    }

    /// All of `nodes`, in normal form; the negative ones go last.
    pub(super) fn and(nodes: Vec<Self>) -> Self {
        let (mut positive, mut negative) = (Vec::with_capacity(nodes.len()), Vec::new());
        let mut add = |node: Self| match node {
            Self::Not(_) => negative.push(node),
            // Asks nothing that the others do not.
            Self::All => {}
            _ => positive.push(node),
        };
        for node in nodes {
            match node {
                Self::And(inner) => inner.into_iter().for_each(&mut add),
                node => add(node),
            }
        }
        if positive.is_empty() {
            positive.push(Self::All);
        }
        positive.append(&mut negative);
        Self::single(positive, Self::And)
    }

    /// One of `nodes`, in normal form.
    pub(super) fn or(nodes: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Self::Or(inner) => flat.extend(inner),
                node => flat.push(node),
            }
        }
        Self::single(flat, Self::Or)
    }

    fn single(mut nodes: Vec<Self>, or_else: fn(Vec<Self>) -> Self) -> Self {
        match nodes.pop() {
            Some(only) if nodes.is_empty() => only,
            Some(last) => {
                nodes.push(last);
                or_else(nodes)
            }
            None => or_else(nodes),
        }
    }

    /// The opposite, in normal form but for the `All` that an `And` adds.
    pub(super) fn negate(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            // What `(-a)` was read as: everything but `a`.
            Self::And(mut nodes) if matches!(nodes[..], [Self::All, Self::Not(_)]) => {
                match nodes.pop() {
                    Some(Self::Not(inner)) => *inner,
                    _ => Self::nothing(),
                }
            }
            node => Self::Not(Box::new(node)),
        }
    }
}

/// A single condition: a value, and where to look for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Leaf {
    /// Where to look; `None` for words without a field, which the engine looks for where it sees
    /// fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// What to look for.
    pub value: Value,
    /// The bytes of the query as typed that ask for it, from the field's name to the value's end
    /// and without a sign before it; `[start, end]` in JSON. For `since:` with `until:` it runs
    /// from the first to the last of them.
    #[serde(serialize_with = "pair")]
    pub span: Range<usize>,
}

/// Words and phrases that stand near one another, in any order: each with its neighbours in the chain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Near {
    /// What stands near, at least two; of each side any alternative will do. Alternatives are words,
    /// phrases, beginnings and patterns, none of them empty, and never `Near` again.
    pub sides: Vec<Vec<Value>>,
    /// How many other words may stand between each side and the next: one number fewer than sides.
    pub within: Vec<u32>,
}

/// What a single condition looks for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// Written without quotation marks: any form of the word. One unit of the query, which the
    /// engine's analysis may split (`well-being`, `https://un.org/a`): then all parts are wanted.
    /// It holds at least one letter or digit.
    Words(String),
    /// Written in quotation marks: these very words in this order. White space is folded.
    Exact(String),
    /// Written `word*`: any word that starts like this. Empty (`speaker:*`, only ever with a field)
    /// means that the field has any value at all.
    Prefix(String),
    /// Written `word~1`: words at most so many edits away. One edit puts in, takes out or replaces a
    /// letter, or swaps two neighbours, after folding.
    Fuzzy {
        /// The word.
        word: String,
        /// How many edits, 1 or 2.
        edits: u8,
    },
    /// Written `w?rd` or `wo*d`: `?` is one letter, `*` any number of them. It begins with neither
    /// and holds no other marks.
    Pattern(String),
    /// Written `"two words"~5`: these very words, out of place by at most so much.
    Loose {
        /// The words; white space is folded.
        text: String,
        /// By how many words they have to be moved, all together, to stand in a row.
        slop: u32,
    },
    /// Written `a NEAR/5 b`.
    Near(Near),
    /// Days; `date:*` is open at both ends and means any statement with a date.
    Dates(DateRange),
    /// A sort of statement.
    Kind(Kind),
}

impl Value {
    /// Whether it is of words in quotation marks, and so of what was said word for word.
    pub(crate) const fn is_quoted(&self) -> bool {
        matches!(self, Self::Exact(_) | Self::Loose { .. })
    }

    /// The words as written; `None` for what has none of its own.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Words(text)
            | Self::Exact(text)
            | Self::Prefix(text)
            | Self::Pattern(text)
            | Self::Fuzzy { word: text, .. }
            | Self::Loose { text, .. } => Some(text),
            Self::Near(_) | Self::Dates(_) | Self::Kind(_) => None,
        }
    }
}
