//! What the user knows better than any text: who is who, and what was attributed wrongly.
//!
//! Two files of the user's, in TOML, put statements right: [`People`] and [`Corrections`]. They win over what is extracted, and
//! what they decide is told in the basis of the statement. Kept beside an index, under [`PEOPLE_FILE`] and
//! [`CORRECTIONS_FILE`], they outlive whatever is indexed again; a source that they speak of is then read
//! again when they change. Two more are for who asks: [`SYNONYMS_FILE`] and [`QUERIES_FILE`], read for each
//! search into a [`Vocabulary`](dixit::Vocabulary).

mod corrections;
mod people;
mod vocabulary;

use std::ops::Range;
use std::path::{Path, PathBuf};

pub use corrections::{Corrected, Correction, Corrections};
pub use people::{KnownPerson, KnownRole, People};
pub use vocabulary::{
    QUERIES_FILE, SYNONYMS_FILE, UserFile, with_people, with_queries, with_synonyms,
};

/// Name of the list of persons beside an index.
pub const PEOPLE_FILE: &str = "people.toml";

/// Name of the list of corrections beside an index.
pub const CORRECTIONS_FILE: &str = "corrections.toml";

/// Why a file of the user's, or an entry of it, cannot be used. Of persons and corrections nothing is, then:
/// half a list would attribute by half. Of synonyms and saved queries the rest is.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UserFileError {
    /// It cannot be read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is not what it should be.
    #[error("{}:{line}: {why}", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong, and what would be right.
        why: String,
    },
}

impl UserFileError {
    /// The line that it is about, from 1; of what cannot be read at all, none.
    #[must_use]
    pub const fn line(&self) -> Option<usize> {
        match self {
            Self::Io { .. } => None,
            Self::Wrong { line, .. } => Some(*line),
        }
    }

    pub(crate) fn wrong(path: &Path, text: &str, at: Range<usize>, why: impl Into<String>) -> Self {
        let before = text.as_bytes().get(..at.start).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        Self::Wrong { path: path.to_owned(), line, why: why.into() }
    }

    pub(crate) fn of_toml(path: &Path, text: &str, error: &toml::de::Error) -> Self {
        let at = error.span().unwrap_or_default();
        Self::wrong(path, text, at, error.message())
    }
}

/// Reads a file that may not be there: nothing is as good as an empty one.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<String>, UserFileError> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(UserFileError::Io { path: path.to_owned(), source }),
    }
}

pub(crate) fn read(path: &Path) -> Result<String, UserFileError> {
    std::fs::read_to_string(path)
        .map_err(|source| UserFileError::Io { path: path.to_owned(), source })
}
