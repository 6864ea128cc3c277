//! What the parser did with input that it could not take as typed.

use std::fmt;
use std::ops::Range;

use serde::{Serialize, Serializer};

/// A remark on a query: what was dropped, cut or read in another way than it was written.
///
/// A query never fails; its notes say where it is not what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The bytes of the query as typed that the note is about; `[start, end]` in JSON.
    #[serde(serialize_with = "pair")]
    pub span: Range<usize>,
    /// What sort of trouble it is.
    pub kind: NoteKind,
    /// What happened, in a sentence.
    pub message: String,
    /// What to write in place of the span, where that can be guessed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

impl Note {
    pub(crate) fn new(span: Range<usize>, kind: NoteKind, message: impl Into<String>) -> Self {
        Self { span, kind, message: message.into(), suggestion: None }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, "; did you mean `{suggestion}`?"),
            None => Ok(()),
        }
    }
}

/// The sorts of trouble, named the same in JSON (`unknown-field`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NoteKind {
    /// Longer than the limit: the rest was not read.
    TooLong,
    /// Parentheses too deep: the inner ones were not read.
    TooDeep,
    /// More clauses than the limit: the rest was not read.
    TooManyClauses,
    /// No such field: searched as plain words.
    UnknownField,
    /// A field without a value, dropped.
    EmptyField,
    /// Not a date, dropped.
    BadDate,
    /// A date that may be two days (`10/12/2025`), of which both are searched, or that may be meant in
    /// another way than it is read (`2020/21`).
    AmbiguousDate,
    /// Not a kind of statement, dropped.
    BadKind,
    /// No language by tag or name: searched as it is written.
    BadLanguage,
    /// `or`, `and` or `not` in small letters between words: searched as a word.
    SmallOperator,
    /// A range from the later to the earlier date, turned round.
    ReversedDates,
    /// A range after `since:` or `until:`, which has one end: the other is left out.
    DateEnd,
    /// `since:` and `until:` that no day can meet.
    ContradictoryDates,
    /// A quotation mark that is not closed; the phrase runs to the end.
    UnclosedQuote,
    /// A parenthesis that is not closed; the group runs to the end.
    UnclosedParenthesis,
    /// Quotation marks with no word between them, dropped.
    EmptyPhrase,
    /// Parentheses with nothing between them, dropped.
    EmptyGroup,
    /// `OR`, `AND`, `NOT` or `-` with nothing to work on, dropped.
    DanglingOperator,
    /// A character that means nothing where it stands, dropped.
    Stray,
    /// `*` or `?` where a word cannot have it, or after too short a word.
    Wildcard,
    /// A distance (`~9`, `NEAR/9999`) greater than is searched, or greater than the word is long.
    Distance,
    /// `NEAR` between what cannot stand near: read as `AND`.
    NotNear,
    /// `query:` with a name that no saved query has, or within itself, dropped; or what became of the
    /// text of one.
    SavedQuery,
    /// Syntax of other search engines, left out.
    Unsupported,
    /// Characters that no term is made of, dropped.
    Unreachable,
    /// A word that stands for more terms of the index than are looked up.
    Cut,
    /// A condition given beside the query that does not read, dropped.
    BadFilter,
    /// Nothing is left to search for: the query matches nothing.
    Nothing,
}

/// How many notes of one kind are given in full. Beyond that they repeat themselves.
const FULL: usize = 8;

/// Collects notes; a query of nothing but mistakes must not answer with thousands.
#[derive(Debug, Default)]
pub(super) struct Notes {
    list: Vec<Note>,
    more: Vec<(NoteKind, Range<usize>, usize)>,
}

impl Notes {
    /// Whether one more note of this kind would be given in full.
    pub(super) fn has_room(&self, kind: NoteKind) -> bool {
        self.list.iter().filter(|note| note.kind == kind).count() < FULL
    }

    /// Adds a note; its message is only made if it is to be read.
    pub(super) fn add<M: Into<String>>(
        &mut self,
        kind: NoteKind,
        span: Range<usize>,
        message: impl FnOnce() -> M,
    ) {
        self.suggest(kind, span, || (message().into(), None));
    }

    /// The same, with what to write instead.
    pub(super) fn suggest(
        &mut self,
        kind: NoteKind,
        span: Range<usize>,
        text: impl FnOnce() -> (String, Option<String>),
    ) {
        if let Some((_, whole, count)) = self.more.iter_mut().find(|(of, ..)| *of == kind) {
            *whole = whole.start.min(span.start)..whole.end.max(span.end);
            *count += 1;
        } else if self.has_room(kind) {
            let (message, suggestion) = text();
            self.list.push(Note { span, kind, message, suggestion });
        } else {
            self.more.push((kind, span, 1));
        }
    }

    /// All notes in the order of the query; what they come to, that nothing is left, goes last.
    pub(super) fn finish(mut self) -> Vec<Note> {
        for (kind, span, count) in self.more {
            let message = format!("and {count} more like this");
            self.list.push(Note { span, kind, message, suggestion: None });
        }
        self.list
            .sort_by_key(|note| (note.kind == NoteKind::Nothing, note.span.start, note.span.end));
        self.list
    }
}

/// The start of a text, short enough to stand in a message.
pub(super) fn shown(text: &str) -> String {
    const SHOWN: usize = 40;
    let mut chars = text.chars();
    let mut start: String = chars.by_ref().take(SHOWN).filter(|c| !c.is_control()).collect();
    if chars.next().is_some() {
        start.push('…');
    }
    start
}

pub(crate) fn pair<S: Serializer>(span: &Range<usize>, serializer: S) -> Result<S::Ok, S::Error> {
    (span.start, span.end).serialize(serializer)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_json_with_a_pair_of_offsets() {
        let note = Note {
            span: 3..9,
            kind: NoteKind::UnknownField,
            message: "there is no field `tilte`".into(),
            suggestion: Some("title".into()),
        };
        assert_eq!(
            serde_json::to_string(&note).unwrap(),
            r#"{"span":[3,9],"kind":"unknown-field","message":"there is no field `tilte`","suggestion":"title"}"#
        );
        assert_eq!(note.to_string(), "there is no field `tilte`; did you mean `title`?");
    }

    #[test]
    fn repeated_notes_are_counted_not_listed() {
        let mut notes = Notes::default();
        for at in 0..100 {
            notes.add(NoteKind::Stray, at..at + 1, || "stray");
        }
        let notes = notes.finish();
        assert_eq!(notes.len(), FULL + 1);
        assert_eq!(notes[FULL].message, "and 92 more like this");
        assert_eq!(notes[FULL].span, 8..100);
    }
}
