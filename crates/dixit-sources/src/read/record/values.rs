//! The values of a record, where each stands, and which field holds what.

use std::cell::Cell;
use std::collections::BTreeMap;

use dixit::{Basis, SourceMap, Span};
use serde_json::value::RawValue;

use crate::problem::Problem;
use crate::read::dates::Dates;
use crate::read::html::Said;
use crate::read::json_text;
use crate::read::mapping::Slot;

/// The members of a JSON object, not yet parsed.
pub(in crate::read) type Members<'r> = BTreeMap<String, &'r RawValue>;

/// Where a record stands.
pub(in crate::read) struct Place<'p> {
    pub(in crate::read) name: &'p str,
    pub(in crate::read) line: u64,
    /// The byte of the file at which the record's content starts.
    pub(in crate::read) at: u64,
    /// Bytes of it.
    pub(in crate::read) len: u64,
    pub(in crate::read) ordinal: u64,
    /// Set when a record tells its place in another file.
    pub(in crate::read) elsewhere: Option<&'p Cell<bool>>,
}

impl Place<'_> {
    pub(in crate::read) fn problem(&self, message: impl Into<String>) -> Problem {
        Problem::left_out(self.name, message).at(self.line, self.at)
    }
}

/// A value of the record and where it stands in the file.
#[derive(Clone, Copy, Debug)]
pub(in crate::read) enum Given<'r> {
    /// A JSON value as it is written.
    Json { raw: &'r str, at: u64 },
    /// Decoded already.
    Text { text: &'r str, map: &'r SourceMap, span: Span },
}

impl<'r> Given<'r> {
    pub(in crate::read) fn span(self) -> Span {
        match self {
            Self::Json { raw, at } => Span::new(at, at + raw.len() as u64),
            Self::Text { span, .. } => span,
        }
    }

    /// The value as text, with its map back: a string, or a number as it is written.
    pub(in crate::read) fn text(self) -> Option<(String, SourceMap)> {
        match self {
            Self::Text { text, map, .. } => Some((text.to_owned(), map.clone())),
            Self::Json { raw, at } => match raw.as_bytes().first()? {
                b'"' => json_text::decode(raw, at),
                b'0'..=b'9' | b'-' => Some((raw.to_owned(), SourceMap::verbatim(at, raw.len()))),
                _ => None,
            },
        }
    }

    /// The value as it is, when it is structured.
    pub(super) fn json(self) -> Option<&'r str> {
        match self {
            Self::Json { raw, .. } => Some(raw),
            Self::Text { .. } => None,
        }
    }

    pub(in crate::read) fn is_null(self) -> bool {
        self.json() == Some("null")
    }
}

/// Why a value is taken for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum How {
    /// By its name, in the record itself.
    Named,
    /// By the name of its column.
    Column,
    /// By its name, around the record: it holds for all records there.
    Around,
    /// By what the values of its column look like.
    Values,
}

/// Values that look like speakers' names may be other names: shown with a question mark.
const BY_VALUES: f64 = 0.7;

/// A value that was found for a field.
#[derive(Clone, Copy, Debug)]
pub(in crate::read) struct Field<'r> {
    /// The name under which it stands.
    pub(in crate::read) key: &'r str,
    pub(in crate::read) value: Given<'r>,
    pub(in crate::read) how: How,
}

impl Field<'_> {
    pub(super) fn basis(&self, evidence: impl IntoIterator<Item = Span>) -> Basis {
        match self.how {
            How::Named => Basis::given("field", evidence),
            How::Column => {
                Basis::given("field", evidence).with_note(format!("column `{}`", self.key))
            }
            How::Around => Basis::given("field-around", evidence)
                .with_note(format!("`{}` stands around the record", self.key)),
            How::Values => Basis::given("column-by-values", evidence)
                .with_confidence(BY_VALUES)
                .with_note(format!("column `{}` is taken for it by its values", self.key)),
        }
    }
}

/// Year, month and day in fields of their own; the day may be missing.
pub(in crate::read) type DateParts<'r> = (Given<'r>, Given<'r>, Option<Given<'r>>);

/// What is known of a record.
#[derive(Default, Clone)]
pub(in crate::read) struct Fields<'r> {
    pub(in crate::read) of: BTreeMap<Slot, Field<'r>>,
    /// The words, where they are not simply the value of their field.
    pub(in crate::read) text: Option<(String, SourceMap)>,
    /// The turn in the record's HTML that this is, with its places in the file.
    pub(in crate::read) said: Option<Said>,
    /// The members of a JSON record, for what only dixit's own statements have.
    pub(in crate::read) own: Option<&'r Members<'r>>,
    pub(in crate::read) date_parts: Option<DateParts<'r>>,
    /// How numeric dates are to be read.
    pub(in crate::read) dates: Dates,
    /// Whether a record with a speaker and without a title is a turn of a transcript.
    pub(in crate::read) turns: bool,
}

impl<'r> Fields<'r> {
    pub(super) fn get(&self, slot: Slot) -> Option<&Field<'r>> {
        self.of.get(&slot).filter(|field| !field.value.is_null())
    }

    /// A member that only dixit's own statements have.
    pub(super) fn own(&self, key: &str) -> Option<&'r str> {
        let raw = self.own?.get(key)?.get();
        (raw != "null").then_some(raw)
    }
}
