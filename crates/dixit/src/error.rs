//! What can go wrong in the engine.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenReadError, OpenWriteError};

use crate::index::damage_of;
use crate::query::Note;

/// The engine's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, where, and (by [`hint`](Self::hint)) what to do next.
///
/// No type of the engine underneath shows: causes are given in words.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no index at this place.
    #[error("no index at {}", path.display())]
    NotFound {
        /// The folder that was looked at.
        path: PathBuf,
    },
    /// An index is there already, or something that is not one.
    #[error("cannot create an index at {}: {why}", path.display())]
    Exists {
        /// The folder that was to hold the index.
        path: PathBuf,
        /// What stands in the way.
        why: &'static str,
    },
    /// The index was made by a version of dixit whose schema or analysis differs.
    #[error(
        "the index at {} was made with {what} version {found}; this dixit reads version {expected}",
        path.display()
    )]
    Version {
        /// The index.
        path: PathBuf,
        /// `format`, `schema` or `analysis`.
        what: &'static str,
        /// The version of the index.
        found: u32,
        /// The version that this dixit reads.
        expected: u32,
    },
    /// Another writer holds the index, and still held it after as long as this one may wait.
    #[error(
        "{} is writing to the index at {}, and still was after {:.1} s",
        holder.as_deref().unwrap_or("another program"),
        path.display(),
        waited.as_secs_f64()
    )]
    Locked {
        /// The index.
        path: PathBuf,
        /// Who holds it, in its own words: its process and program.
        holder: Option<String>,
        /// How long it was waited for.
        waited: Duration,
    },
    /// The index does not read as it was written.
    #[error("the index at {} is damaged: {why}", path.display())]
    Damaged {
        /// The index, or the file in it.
        path: PathBuf,
        /// What does not fit.
        why: String,
    },
    /// Reading or writing failed.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: Arc<std::io::Error>,
    },
    /// The statement cannot be indexed.
    #[error("the statement cannot be indexed: {why}")]
    Statement {
        /// What is wrong with it.
        why: String,
    },
    /// The request asks for what cannot be given.
    #[error("{why}")]
    Request {
        /// What is wrong with it.
        why: String,
    },
    /// The query has notes, and they were to be errors.
    #[error("{}", .notes.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Query {
        /// What would have been understood differently.
        notes: Vec<Note>,
    },
    /// The writer failed before and takes nothing more.
    #[error("writing to the index at {} failed: {why}", path.display())]
    Writer {
        /// The index.
        path: PathBuf,
        /// What happened.
        why: String,
    },
}

impl Error {
    /// What to do next, where there is something.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NotFound { path } => format!(
                "make one with `dixit index PATH... --index {}`, or name another with --index",
                path.display()
            ),
            Self::Version { path, .. } => format!(
                "build it anew from its sources: `dixit index --rebuild PATH... --index {}`",
                path.display()
            ),
            Self::Locked { .. } => {
                "nothing was written; wait for it to finish and try again, or wait longer"
                    .to_owned()
            }
            Self::Damaged { .. } => {
                "run `dixit doctor`: it says what is damaged, and `dixit doctor \
                --repair` builds the index anew from its sources"
                    .to_owned()
            }
            Self::Io { source, .. } if is_no_room(source.kind()) => {
                "the index is at its last commit; make room and run the same command again"
                    .to_owned()
            }
            Self::Query { .. } => "without --strict the query is answered as noted".to_owned(),
            _ => return None,
        })
    }

    /// Whether another writer is in the way.
    #[must_use]
    pub const fn is_locked(&self) -> bool {
        matches!(self, Self::Locked { .. })
    }

    /// Whether the index has to be built anew.
    #[must_use]
    pub const fn needs_rebuild(&self) -> bool {
        matches!(self, Self::Version { .. } | Self::Damaged { .. })
    }

    pub(crate) fn io(path: &Path, source: std::io::Error) -> Self {
        Self::shared_io(path, Arc::new(source))
    }

    /// A failure of reading or writing, or the damage that it found.
    pub(crate) fn shared_io(path: &Path, source: Arc<std::io::Error>) -> Self {
        match damage_of(&source) {
            Some(damage) => Self::Damaged { path: path.to_owned(), why: damage.to_string() },
            None => Self::Io { path: path.to_owned(), source },
        }
    }

    /// Puts an error of the engine underneath into our words.
    pub(crate) fn from_engine(path: &Path, error: TantivyError) -> Self {
        let damaged = |why: String| Self::Damaged { path: path.to_owned(), why };
        match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => {
                Self::Locked { path: path.to_owned(), holder: None, waited: Duration::ZERO }
            }
            TantivyError::LockFailure(LockError::IoError(source), _)
            // Some of the engine's ways to open a file lose its name.
            | TantivyError::IoError(source) if source.kind() == std::io::ErrorKind::NotFound => {
                damaged("a file of its segments is missing".to_owned())
            }
            TantivyError::LockFailure(LockError::IoError(source), _)
            | TantivyError::IoError(source) => Self::shared_io(path, source),
            TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
                damaged(format!("{} is missing", file.display()))
            }
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
                if io_error.kind() == std::io::ErrorKind::NotFound {
                    damaged(format!("{} is missing", filepath.display()))
                } else if damage_of(&io_error).is_some() {
                    Self::shared_io(path, io_error)
                } else {
                    Self::Io { path: path.join(filepath), source: io_error }
                }
            }
            TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => {
                Self::Io { path: path.join(filepath), source: io_error }
            }
            TantivyError::ErrorInThread(why) | TantivyError::SystemError(why) => {
                Self::Writer { path: path.to_owned(), why }
            }
            other => damaged(other.to_string()),
        }
    }
}

fn is_no_room(kind: std::io::ErrorKind) -> bool {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(kind, StorageFull | QuotaExceeded | FileTooLarge)
}

/// Runs a piece of reading. The engine underneath panics at some of the damage that can be in its
/// files, and at its own mistakes; neither may take the program down.
pub(crate) fn guarded<T>(path: &Path, run: impl FnOnce() -> Result<T>) -> Result<T> {
    // What is read is not changed, so that nothing half done stays behind.
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<&str>().map(|said| (*said).to_owned());
        let said = said.or_else(|| panic.downcast_ref::<String>().cloned());
        let why = format!("reading it failed: {}", said.as_deref().unwrap_or("it did not say why"));
        Err(Error::Damaged { path: path.to_owned(), why })
    })
}
