//! The query language: text in, a tree and notes out.
//!
//! Words are all required (or any of them, see [`MatchMode`]). `"exact phrase"`, `-word`, `a OR b`,
//! parentheses, `word*`, `w?rd`, `word~1`, `"two words"~5`, `a NEAR/5 b`, and `field:value`,
//! `field:"two words"`, `field:(a b)` for every [`Field`]; `*` alone is every statement. `NEAR` binds
//! closest, `AND` and plain neighbourhood closer than `OR`.
//!
//! The same single-valued field twice means either (`speaker:guo speaker:mao`), unless an `AND`
//! between the two says otherwise. `since:` and `until:` bound the date and go together.
//!
//! `docs/QUERY.md` in the repository has all of it, by examples that are run as tests.
//!
//! Nothing here reads an index, a file or the clock. Input never fails: what could not be taken as
//! typed is in the [`Note`]s.

mod build;
mod clause;
mod countries;
mod dates;
mod describe;
mod field;
mod filter;
mod language;
mod near;
mod note;
mod parse;
mod saved;
mod slips;
mod syntax;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
mod tree;
mod vocabulary;
mod when;
mod wildcard;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use field::Field;
pub(crate) use field::distance;
pub use language::{language_tag, languages};
pub(crate) use near::FARTHEST;
pub use note::{Note, NoteKind};
pub use tree::{Leaf, Near, Node, Value};
pub use vocabulary::Vocabulary;

use note::Notes;
pub(crate) use note::pair;

/// A query, read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Query {
    /// What it asks for.
    pub root: Node,
}

/// What became of a text: the query, and where it is not what was typed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[must_use]
pub struct Parsed {
    /// The query.
    pub query: Query,
    /// What was dropped, cut or read in another way, in the order of the text.
    pub notes: Vec<Note>,
}

impl Query {
    /// Reads the query language.
    ///
    /// ```
    /// use dixit::{ParseOptions, Query};
    ///
    /// let parsed = Query::parse("speaker:guo \"human rights\" tilte:china", &ParseOptions::default());
    /// assert_eq!(
    ///     parsed.query.describe(),
    ///     "statements by “guo” that contain “human rights” (exactly) and “tilte:china”"
    /// );
    /// assert_eq!(parsed.notes[0].suggestion.as_deref(), Some("title"));
    /// ```
    pub fn parse(text: &str, options: &ParseOptions) -> Parsed {
        parse::parse(text, options)
    }

    /// Takes any prose as words, without any syntax: nothing in it is an operator, a field or a
    /// phrase.
    ///
    /// ```
    /// use dixit::{MatchMode, Query, QueryLimits};
    ///
    /// let prose = "He said: \"No - never\" (OR so we read)";
    /// let parsed = Query::literal(prose, MatchMode::Any, &QueryLimits::default());
    /// assert_eq!(parsed.query.root.leaves().len(), 8);
    /// ```
    pub fn literal(text: &str, match_mode: MatchMode, limits: &QueryLimits) -> Parsed {
        let mut notes = Notes::default();
        let kept = parse::within(text, limits, &mut notes);
        let mut nodes = Vec::new();
        let mut start = 0;
        for word in kept.split(syntax::is_space) {
            let span = start..start + word.len();
            // What parts two words is one character long, in bytes of its own number.
            start = span.end + kept[span.end..].chars().next().map_or(0, char::len_utf8);
            if !clause::has_word(word) {
                continue;
            }
            if nodes.len() >= limits.clauses {
                let message =
                    || format!("at most {} words are read; the rest is left out", limits.clauses);
                notes.add(NoteKind::TooManyClauses, span.start..kept.len(), message);
                break;
            }
            let value = Value::Words(syntax::folded(word));
            nodes.push(Node::Leaf(Leaf { field: None, value, span }));
        }
        let root = match (nodes.is_empty(), match_mode) {
            (true, _) => None,
            (false, MatchMode::All) => Some(Node::and(nodes)),
            (false, MatchMode::Any) => Some(Node::or(nodes)),
        };
        parse::finished(root, text, notes)
    }

    /// Reads the query back in words, so that a reader sees what was understood.
    ///
    /// ```
    /// use dixit::{ParseOptions, Query};
    ///
    /// let parsed = Query::parse("tax* -vat date:2025-12", &ParseOptions::default());
    /// assert_eq!(
    ///     parsed.query.describe(),
    ///     "statements that contain words starting with “tax”, dated 2025-12-01..2025-12-31, \
    ///      but none that contain “vat”"
    /// );
    /// ```
    #[must_use]
    pub fn describe(&self) -> String {
        describe::describe(&self.root)
    }
}

/// How to read a query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ParseOptions {
    /// Whether words are all required.
    pub match_mode: MatchMode,
    /// The day that `today` and `last month` count from; without it they are not understood.
    pub today: Option<Date>,
    /// How much is read.
    pub limits: QueryLimits,
    /// The user's synonyms, names and saved queries.
    pub vocabulary: Arc<Vocabulary>,
}

/// Whether a statement has to hold all words of a query or any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MatchMode {
    /// All.
    #[default]
    All,
    /// Any: words and phrases without a field are optional among themselves. Fields and what is
    /// left out still bind, and words joined by a written `AND` count as one. In `said:(a b)` (and
    /// `topic:`, `keyword:`, `title:`, `text:`) the words of the group are optional likewise; a
    /// name, `speaker:(guo jiakun)`, is wanted whole.
    Any,
}

impl MatchMode {
    /// The name that flags and JSON use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
        }
    }
}

impl fmt::Display for MatchMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for MatchMode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::All, Self::Any]
            .into_iter()
            .find(|mode| mode.as_str().eq_ignore_ascii_case(text))
            .ok_or_else(|| format!("`{text}` is not a way to match; write all or any"))
    }
}

/// How much of a query is read. What is beyond is left out, with a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueryLimits {
    /// Bytes of text. 4096 hold a long paragraph, far more than anyone types, and are read in well
    /// under a millisecond.
    pub bytes: usize,
    /// Levels of the tree, and parentheses inside one another. 64 are more than a reader can
    /// follow and few enough to walk with a recursive function. Taken as 8 to 256.
    pub depth: usize,
    /// Words, phrases and filters. Each is looked up in the index: 256 still answer quickly.
    pub clauses: usize,
}

impl Default for QueryLimits {
    fn default() -> Self {
        Self { bytes: 4096, depth: 64, clauses: 256 }
    }
}

impl QueryLimits {
    /// A query without any parentheses has up to 8 levels; 256 are safe on a small stack.
    pub(crate) fn bounded_depth(self) -> usize {
        self.depth.clamp(8, 256)
    }
}
