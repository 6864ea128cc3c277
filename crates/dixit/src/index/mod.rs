//! Statements to disk: creating, opening, writing.

mod manifest;
mod record;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::MmapDirectory;
use tantivy::{IndexReader, ReloadPolicy};

use crate::analysis::ANALYSIS_VERSION;
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::schema::{self, Fields, SCHEMA_VERSION};
use crate::search::{Answer, SearchRequest, Searcher};
use manifest::Manifest;
pub use record::SourceRecord;
pub(crate) use writer::stored_text;
pub use writer::{Added, Committed, Writer, WriterOptions};

/// Folder inside the index folder that holds the engine's segments. What the user keeps beside the
/// index (persons, synonyms, corrections) stays out of its way.
const SEGMENTS: &str = "segments";

/// A collection of statements that can be searched and added to.
///
/// Cheap to clone, and safe to share between threads. [`searcher`](Self::searcher) gives a snapshot
/// that later commits do not change; one [`writer`](Self::writer) at a time adds and removes.
///
/// ```
/// use dixit::{Index, SearchRequest, Statement, WriterOptions};
///
/// let index = Index::in_memory()?;
/// let mut writer = index.writer(&WriterOptions::default())?;
/// writer.add(&Statement::new("a.txt", "The workshop on human rights opens today."))?;
/// writer.add(&Statement::new("b.txt", "The budget was passed."))?;
/// writer.commit()?;
///
/// let answer = index.search(&SearchRequest::new("human rights workshop"))?;
/// assert_eq!(answer.total, 1);
/// assert_eq!(answer.hits[0].statement.source.name, "a.txt");
/// # Ok::<(), dixit::Error>(())
/// ```
#[derive(Clone)]
pub struct Index {
    shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) inner: tantivy::Index,
    pub(crate) reader: IndexReader,
    pub(crate) fields: Fields,
    /// The index folder; a name for messages when in memory.
    pub(crate) path: PathBuf,
    pub(crate) limits: Limits,
    /// Whether there is a folder to sync.
    pub(crate) on_disk: bool,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("path", &self.shared.path).finish_non_exhaustive()
    }
}

impl Index {
    /// An index that lives as long as the value does.
    ///
    /// # Errors
    /// When the engine cannot be set up.
    pub fn in_memory() -> Result<Self> {
        let path = PathBuf::from("(memory)");
        let (schema, fields) = schema::build();
        let inner = tantivy::Index::create_in_ram(schema);
        Self::assemble(inner, fields, path, false)
    }

    /// Makes a new index in a folder, which is created if need be and must not hold one yet.
    ///
    /// # Errors
    /// [`Error::Exists`] when an index is there, [`Error::Io`] when the folder cannot be written.
    pub fn create(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        if path.exists() && !path.is_dir() {
            return Err(Error::Exists { path: path.to_owned(), why: "a file is in the way" });
        }
        if Manifest::path(path).exists() {
            return Err(Error::Exists { path: path.to_owned(), why: "an index is there already" });
        }
        let segments = path.join(SEGMENTS);
        std::fs::create_dir_all(&segments).map_err(|error| Error::io(&segments, error))?;
        let (schema, fields) = schema::build();
        let directory = open_directory(path)?;
        let inner = tantivy::Index::open_or_create(directory, schema)
            .map_err(|error| Error::from_engine(path, error))?;
        // Last, so that a folder with a manifest always holds an index.
        Manifest::current().write(path)?;
        Self::assemble(inner, fields, path.to_owned(), true)
    }

    /// Opens the index in a folder.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, [`Error::Version`] when another version of dixit made
    /// it, [`Error::Damaged`] when it does not read as it was written.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        Manifest::read(path)?.check(path)?;
        let (expected, fields) = schema::build();
        let inner = tantivy::Index::open(open_directory(path)?)
            .map_err(|error| Error::from_engine(path, error))?;
        if inner.schema() != expected {
            return Err(Error::Damaged {
                path: path.to_owned(),
                why: format!("its fields are not those of schema version {SCHEMA_VERSION}"),
            });
        }
        Self::assemble(inner, fields, path.to_owned(), true)
    }

    /// Opens the index in a folder, or makes one there.
    ///
    /// # Errors
    /// As [`open`](Self::open) and [`create`](Self::create).
    pub fn open_or_create(path: impl AsRef<Path>) -> Result<Self> {
        match Self::open(&path) {
            Err(Error::NotFound { .. }) => Self::create(path),
            other => other,
        }
    }

    /// Whether a folder holds an index, of whatever version.
    #[must_use]
    pub fn exists(path: impl AsRef<Path>) -> bool {
        Manifest::path(path.as_ref()).is_file()
    }

    fn assemble(
        inner: tantivy::Index,
        fields: Fields,
        path: PathBuf,
        on_disk: bool,
    ) -> Result<Self> {
        schema::register_analysis(&inner);
        let reader = inner
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(|error| Error::from_engine(&path, error))?;
        let limits = Limits::default();
        Ok(Self { shared: Arc::new(Shared { inner, reader, fields, path, limits, on_disk }) })
    }

    /// The same index with other caps on what a search may cost.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        let Shared { inner, reader, fields, path, on_disk, .. } = &*self.shared;
        Self {
            shared: Arc::new(Shared {
                inner: inner.clone(),
                reader: reader.clone(),
                fields: *fields,
                path: path.clone(),
                limits,
                on_disk: *on_disk,
            }),
        }
    }

    /// The folder of the index; a name for messages when it is in memory.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.shared.path
    }

    /// The writer. One at a time, over all programs.
    ///
    /// # Errors
    /// [`Error::Locked`] while there is another.
    pub fn writer(&self, options: &WriterOptions) -> Result<Writer> {
        Writer::open(Arc::clone(&self.shared), options)
    }

    /// A snapshot of what was committed last.
    ///
    /// # Errors
    /// [`Error::Damaged`] or [`Error::Io`] when it cannot be read.
    pub fn searcher(&self) -> Result<Searcher> {
        let shared = &self.shared;
        shared.reader.reload().map_err(|error| Error::from_engine(&shared.path, error))?;
        Searcher::new(Arc::clone(shared))
    }

    /// Searches what was committed last. For many searches, keep a [`searcher`](Self::searcher).
    ///
    /// # Errors
    /// As [`searcher`](Self::searcher) and [`Searcher::search`].
    pub fn search(&self, request: &SearchRequest) -> Result<Answer> {
        self.searcher()?.search(request)
    }
}

fn open_directory(path: &Path) -> Result<MmapDirectory> {
    let segments = path.join(SEGMENTS);
    MmapDirectory::open(&segments)
        .map_err(|error| Error::Damaged { path: segments.clone(), why: error.to_string() })
}

/// The versions that an index must have been made with to be read.
pub(crate) const fn versions() -> (u32, u32) {
    (SCHEMA_VERSION, ANALYSIS_VERSION)
}
