//! What could not be taken in, or only in part, and where.

use std::fmt;

use serde::Serialize;

/// One thing wrong with the input: what, where, and whether something was left out for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The file, as it was named.
    pub source: String,
    /// The line in it, from 1, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The byte in it, from 0, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte: Option<u64>,
    /// The page in it, from 1, where it has pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
    /// What is wrong.
    pub message: String,
    /// Whether input was left out; otherwise it was taken with this reservation.
    pub left_out: bool,
}

impl Problem {
    /// Something of `source` is left out.
    pub fn left_out(source: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            source: source.into(),
            line: None,
            byte: None,
            page: None,
            message: message.into(),
            left_out: true,
        }
    }

    /// All of it is taken, with a reservation.
    pub fn noted(source: impl Into<String>, message: impl Into<String>) -> Self {
        Self { left_out: false, ..Self::left_out(source, message) }
    }

    /// The same problem, at a line (from 1) and byte (from 0).
    #[must_use]
    pub fn at(self, line: u64, byte: u64) -> Self {
        Self { line: Some(line), byte: Some(byte), ..self }
    }
}

impl Problem {
    /// The same problem, at a byte (from 0) whose line is not known.
    #[must_use]
    pub fn at_byte(self, byte: u64) -> Self {
        Self { byte: Some(byte), ..self }
    }
}

impl Problem {
    /// The same problem, on a page (from 1).
    #[must_use]
    pub fn on_page(self, page: u64) -> Self {
        Self { page: Some(page), ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.page) {
            (Some(line), _) => write!(f, "{}:{line}: {}", self.source, self.message),
            (None, Some(page)) => write!(f, "{}, page {page}: {}", self.source, self.message),
            (None, None) => write!(f, "{}: {}", self.source, self.message),
        }
    }
}
