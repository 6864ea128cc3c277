//! Statements to disk: creating, opening, writing.

mod directory;
mod draft;
mod folders;
mod generation;
mod lock;
mod manifest;
mod merging;
mod record;
mod sealed;
mod stored;
mod writer;

pub(crate) mod doctor;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use crate::analysis::ANALYSIS_VERSION;
use crate::error::{Error, Result, guarded};
use crate::limits::Limits;
use crate::schema::{self, Fields, SCHEMA_VERSION};
use crate::search::{Answer, SearchRequest, Searcher};
use crate::storage::{FileStorage, MemoryStorage, Storage};
use directory::Piecewise;
pub use draft::{Draft, Salvaged};
use folders::{check_uncommitted, next_folder, sweep_all_but};
use generation::Generation;
use lock::WriteLock;
pub(crate) use manifest::Manifest;
pub use manifest::Origin;
pub use record::{Partial, SourceRecord};
pub(crate) use sealed::damage_of;
pub(crate) use writer::stored_text;
pub use writer::{Added, Committed, Reading, Writer, WriterOptions};

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
    pub(crate) storage: Arc<dyn Storage>,
    pub(crate) fields: Fields,
    /// The index folder; a name for messages when in memory.
    pub(crate) path: PathBuf,
    pub(crate) limits: Limits,
    /// What was opened last.
    current: RwLock<Arc<Generation>>,
    /// Of an index that is being built in place of another.
    drafted: Option<Arc<Drafted>>,
}

/// What an index has that is not yet in its place.
struct Drafted {
    lock: WriteLock,
    origins: Mutex<Vec<Origin>>,
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
        Self::create_on(Arc::new(MemoryStorage::default()))
    }

    /// Makes a new index in a folder, which is created if need be and must not hold one yet.
    ///
    /// # Errors
    /// [`Error::Exists`] when an index is there, [`Error::Io`] when the folder cannot be written,
    /// [`Error::Locked`] when another program is making one there.
    pub fn create(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        if path.exists() && !path.is_dir() {
            return Err(Error::Exists { path: path.to_owned(), why: "a file is in the way" });
        }
        Self::create_on(Arc::new(FileStorage::new(path)))
    }

    /// As [`create`](Self::create), on a storage of the caller's.
    ///
    /// # Errors
    /// As [`create`](Self::create).
    pub fn create_on(storage: Arc<dyn Storage>) -> Result<Self> {
        Self::create_within(storage, WriterOptions::default().wait)
    }

    fn create_within(storage: Arc<dyn Storage>, wait: Duration) -> Result<Self> {
        let exists =
            || Error::Exists { path: storage.root().to_owned(), why: "an index is there already" };
        if Manifest::is_there(&*storage) {
            return Err(exists());
        }
        let here = Path::new("");
        storage.create_folder(here).map_err(|error| Error::io(storage.root(), error))?;
        let lock = lock::take(&*storage, wait)?;
        if Manifest::is_there(&*storage) {
            return Err(exists());
        }
        // What an interrupted run may have left; nothing that was ever committed.
        check_uncommitted(&*storage)?;
        sweep_all_but(&*storage, &[])?;
        let manifest = Manifest::new(next_folder(&*storage)?);
        let generation = Generation::create(&storage, &manifest.segments)?;
        // Last, so that a folder with a manifest always holds an index.
        manifest.write(&*storage)?;
        drop(lock);
        Ok(Self::assemble(storage, generation, None))
    }

    /// Opens the index in a folder. Reading it writes nothing there and waits for nobody.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, [`Error::Version`] when another version of dixit made
    /// it, [`Error::Damaged`] when it does not read as it was written.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_on(Arc::new(FileStorage::new(path.as_ref())))
    }

    /// As [`open`](Self::open), on a storage of the caller's.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_on(storage: Arc<dyn Storage>) -> Result<Self> {
        let generation = Generation::open_current(&storage)?;
        Ok(Self::assemble(storage, generation, None))
    }

    /// Opens the index in a folder, or makes one there.
    ///
    /// # Errors
    /// As [`open`](Self::open) and [`create`](Self::create).
    pub fn open_or_create(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_or_create_within(path, WriterOptions::default().wait)
    }

    /// As [`open_or_create`](Self::open_or_create), waiting so long for another program that is
    /// making one there.
    ///
    /// # Errors
    /// As [`open_or_create`](Self::open_or_create).
    pub fn open_or_create_within(path: impl AsRef<Path>, wait: Duration) -> Result<Self> {
        let path = path.as_ref();
        match Self::open(path) {
            Err(Error::NotFound { .. }) if path.exists() && !path.is_dir() => Self::create(path),
            Err(Error::NotFound { .. }) => {
                match Self::create_within(Arc::new(FileStorage::new(path)), wait) {
                    // Another program was quicker.
                    Err(Error::Exists { .. }) if Self::exists(path) => Self::open(path),
                    other => other,
                }
            }
            other => other,
        }
    }

    /// Whether a folder holds an index, of whatever version.
    #[must_use]
    pub fn exists(path: impl AsRef<Path>) -> bool {
        Manifest::path(path.as_ref()).is_file()
    }

    /// Begins an index in place of the one in a folder, whatever state that is in; it stays, and is
    /// what others search, until [`Draft::publish`].
    ///
    /// # Errors
    /// [`Error::Locked`] while there is a writer, [`Error::Io`] when the folder cannot be written.
    pub fn draft(path: impl AsRef<Path>, wait: Duration) -> Result<Draft> {
        Self::draft_on(Arc::new(FileStorage::new(path.as_ref())), wait)
    }

    /// As [`draft`](Self::draft), on a storage of the caller's.
    ///
    /// # Errors
    /// As [`draft`](Self::draft).
    pub fn draft_on(storage: Arc<dyn Storage>, wait: Duration) -> Result<Draft> {
        Draft::begin(storage, wait)
    }

    fn assemble(
        storage: Arc<dyn Storage>,
        current: Generation,
        drafted: Option<Arc<Drafted>>,
    ) -> Self {
        let (_, fields) = schema::build();
        let path = storage.root().to_owned();
        let current = RwLock::new(Arc::new(current));
        let limits = Limits::default();
        Self { shared: Arc::new(Shared { storage, fields, path, limits, current, drafted }) }
    }

    /// The same index with other caps on what a search may cost.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        let shared = &self.shared;
        Self {
            shared: Arc::new(Shared {
                storage: Arc::clone(&shared.storage),
                fields: shared.fields,
                path: shared.path.clone(),
                limits,
                current: RwLock::new(shared.current()),
                drafted: shared.drafted.clone(),
            }),
        }
    }

    /// The folder of the index; a name for messages when it is in memory.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.shared.path
    }

    /// What the index was made from, as [`Writer::note_origin`] was told.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn origins(&self) -> Result<Vec<Origin>> {
        Ok(Manifest::read(&*self.shared.storage)?.origins)
    }

    /// The writer. One at a time, over all programs; another is waited for as long as the options
    /// say.
    ///
    /// # Errors
    /// [`Error::Locked`] when there still is another then.
    pub fn writer(&self, options: &WriterOptions) -> Result<Writer> {
        Writer::open(Arc::clone(&self.shared), options)
    }

    /// A snapshot of what was committed last.
    ///
    /// # Errors
    /// [`Error::Damaged`] or [`Error::Io`] when it cannot be read.
    pub fn searcher(&self) -> Result<Searcher> {
        let shared = &self.shared;
        guarded(&shared.path, || Searcher::new(Arc::clone(shared), shared.refresh()?))
    }

    /// Searches what was committed last. For many searches, keep a [`searcher`](Self::searcher).
    ///
    /// # Errors
    /// As [`searcher`](Self::searcher) and [`Searcher::search`].
    pub fn search(&self, request: &SearchRequest) -> Result<Answer> {
        self.searcher()?.search(request)
    }
}

impl Shared {
    pub(crate) fn current(&self) -> Arc<Generation> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn set_current(&self, generation: Generation) -> Arc<Generation> {
        let generation = Arc::new(generation);
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        *current = Arc::clone(&generation);
        generation
    }

    /// What was committed last, also when the index was rebuilt since it was opened.
    pub(crate) fn refresh(&self) -> Result<tantivy::Searcher> {
        let mut current = self.current();
        if self.drafted.is_none() && Manifest::read(&*self.storage)?.segments != current.folder {
            current = self.set_current(Generation::open_current(&self.storage)?);
        }
        match current.refresh(&self.path) {
            // Rebuilt while it was looked at.
            Err(Error::Damaged { .. }) if self.is_outdated(&current) => {
                self.set_current(Generation::open_current(&self.storage)?).refresh(&self.path)
            }
            other => other,
        }
    }

    fn is_outdated(&self, generation: &Generation) -> bool {
        self.drafted.is_none()
            && Manifest::read(&*self.storage).is_ok_and(|now| now.segments != generation.folder)
    }

    /// Opens the segments anew, for a writer: what the engine knew of them may be of long ago.
    pub(super) fn open_for_writing(&self) -> Result<Generation> {
        let folder = match self.drafted {
            Some(_) => self.current().folder.clone(),
            None => Manifest::read(&*self.storage)?.segments,
        };
        Generation::open(&self.storage, &folder, Piecewise::Yes)
    }
}

/// The versions that an index must have been made with to be read.
pub(crate) const fn versions() -> (u32, u32) {
    (SCHEMA_VERSION, ANALYSIS_VERSION)
}
