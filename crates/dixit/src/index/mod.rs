//! Statements to disk: creating, opening, writing.

mod directory;
mod lock;
mod manifest;
mod merging;
mod record;
mod sealed;
mod stored;
mod writer;

pub(crate) mod doctor;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use tantivy::{IndexReader, IndexSettings, ReloadPolicy};

use crate::analysis::ANALYSIS_VERSION;
use crate::error::{Error, Result, guarded};
use crate::limits::Limits;
use crate::schema::{self, Fields, SCHEMA_VERSION};
use crate::search::{Answer, SearchRequest, Searcher};
use crate::storage::{FileStorage, MemoryStorage, NEW, Storage};
use directory::{Piecewise, SegmentDirectory};
use lock::WriteLock;
pub(crate) use manifest::Manifest;
pub use manifest::Origin;
pub use record::{Partial, SourceRecord};
pub(crate) use sealed::damage_of;
use stored::Document;
pub(crate) use writer::stored_text;
pub use writer::{Added, Committed, Reading, Writer, WriterOptions};

/// Folders inside the index folder that hold the engine's segments begin so; a number follows. What
/// the user keeps beside the index (persons, synonyms, corrections) stays out of their way.
const SEGMENTS: &str = "segments-";

/// Folders of segments that are to take the place of others begin so, until they do.
const DRAFT: &str = "draft-";

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

/// A folder of segments, opened. A rebuilt index has another one.
pub(crate) struct Generation {
    folder: String,
    directory: SegmentDirectory,
    inner: tantivy::Index,
    reader: IndexReader,
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
        sweep(&*storage, &[])?;
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
        let here = Path::new("");
        storage.create_folder(here).map_err(|error| Error::io(storage.root(), error))?;
        let lock = lock::take(&*storage, wait)?;
        let manifest = Manifest::new(next_folder(&*storage)?);
        // Under a name of its own, so that one that is given up never passes for an index.
        let folder = manifest.segments.replace(SEGMENTS, DRAFT);
        for entry in storage.list(here).map_err(|error| Error::io(storage.root(), error))? {
            if entry.is_folder && entry.name.starts_with(DRAFT) {
                remove_folder(&*storage, Path::new(&entry.name))
                    .map_err(|error| Error::io(&storage.root().join(&entry.name), error))?;
            }
        }
        let generation = Generation::create(&storage, &folder)?;
        let drafted = Arc::new(Drafted { lock, origins: Mutex::default() });
        let index = Self::assemble(storage, generation, Some(drafted));
        Ok(Draft { index, manifest })
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

/// An index that is being built in place of another one. Dropped, it leaves that one as it is.
#[derive(Debug)]
pub struct Draft {
    index: Index,
    manifest: Manifest,
}

/// What was taken over from a damaged index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Salvaged {
    /// Statements taken over.
    pub statements: u64,
    /// Sources of which what is known was taken over.
    pub sources: u64,
    /// Documents that do not read any more.
    pub unreadable: u64,
    /// Whether all of the index could be read.
    pub is_whole: bool,
}

impl Draft {
    /// The index that is being built. Its writer has to be gone before it is published.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Takes over from the index that it replaces what cannot be read again from elsewhere: the
    /// statements of these sources, and what is known of them, as far as they can still be read.
    ///
    /// # Errors
    /// When they cannot be written. That nothing can be read is no error.
    pub fn salvage(
        &self,
        is_wanted: &dyn Fn(&str) -> bool,
        options: &WriterOptions,
    ) -> Result<Salvaged> {
        let mut salvaged = Salvaged::default();
        let mut writer = self.index.writer(options)?;
        let mut taken: HashMap<String, u64> = HashMap::new();
        let mut records = Vec::new();
        let storage = &self.index.shared.storage;
        let mut write = |document| -> Result<()> {
            match document {
                Document::Statement(key, statement) if is_wanted(&key) => {
                    // One that a file states after all has a place already.
                    let is_new = writer.add_to(&Reading::first(&key), &statement)? == Added::New;
                    salvaged.statements += u64::from(is_new);
                    *taken.entry(key).or_default() += u64::from(is_new);
                }
                Document::Source(record) if is_wanted(&record.key) => records.push(record),
                _ => {}
            }
            Ok(())
        };
        let (mut unreadable, mut failed) = (0, None);
        let read = self.replaced_folder().and_then(|old| {
            stored::for_each_document(storage, &old, &mut |document| {
                match document {
                    Ok(document) => {
                        if let Err(error) = write(document) {
                            failed = Some(error.clone());
                            return Err(error);
                        }
                    }
                    Err(_) => unreadable += 1,
                }
                Ok(())
            })
        });
        if let Some(error) = failed {
            return Err(error);
        }
        salvaged.unreadable = unreadable;
        salvaged.is_whole = read.is_ok() && unreadable == 0;
        salvaged.sources = records.len() as u64;
        for record in records {
            let statements = taken.get(&record.key).copied().unwrap_or(0);
            writer
                .complete(&Reading::first(&record.key), &SourceRecord { statements, ..record })?;
        }
        writer.commit()?;
        writer.finish()?;
        Ok(salvaged)
    }

    /// The segments that this index is to replace; the newest where no manifest says which.
    fn replaced_folder(&self) -> Result<String> {
        let storage = &*self.index.shared.storage;
        if let Ok(manifest) = Manifest::read(storage) {
            return Ok(manifest.segments);
        }
        let newest = newest_folder(storage, &self.manifest.segments)?;
        newest.ok_or_else(|| Error::NotFound { path: self.index.path().to_owned() })
    }

    /// Puts it in place of the other one, at once, and removes that one.
    ///
    /// # Errors
    /// [`Error::Io`] when the folder cannot be written.
    pub fn publish(self) -> Result<Index> {
        self.replace(false)
    }

    /// Puts it in place of the other one, at once, and leaves that one's segments in the folder,
    /// for whoever wants to look into them. The names of their folders are given.
    ///
    /// # Errors
    /// As [`publish`](Self::publish).
    pub fn publish_beside(self) -> Result<(Index, Vec<String>)> {
        let before = segment_folders(&*self.index.shared.storage)?;
        let own = self.manifest.segments.clone();
        let index = self.replace(true)?;
        Ok((index, before.into_iter().filter(|folder| *folder != own).collect()))
    }

    fn replace(mut self, keep: bool) -> Result<Index> {
        let storage = Arc::clone(&self.index.shared.storage);
        if let Some(drafted) = &self.index.shared.drafted {
            let mut origins = drafted.origins.lock().unwrap_or_else(PoisonError::into_inner);
            self.manifest.origins = std::mem::take(&mut origins);
        }
        match Manifest::read(&*storage) {
            Ok(old) if !keep => self.manifest.set_aside = old.set_aside,
            // Of another version: it cannot be read, and is not damaged.
            Err(Error::Version { .. }) if !keep => {}
            // What cannot be told to be of no use any more is kept.
            _ => {
                self.manifest.set_aside = segment_folders(&*storage)?;
                self.manifest.set_aside.retain(|folder| *folder != self.manifest.segments);
            }
        }
        let (draft, folder) = (self.index.shared.current().folder.clone(), &self.manifest.segments);
        storage
            .rename(Path::new(&draft), Path::new(folder))
            .and_then(|()| storage.sync_folder(Path::new("")))
            .map_err(|error| Error::io(&storage.root().join(folder), error))?;
        self.manifest.write(&*storage)?;
        let kept: Vec<&str> = self.manifest.kept().collect();
        sweep(&*storage, &kept)?;
        Index::open_on(storage)
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

/// How often a reader looks again when commits pass by while it opens their files.
const LOOKS: usize = 100;

impl Generation {
    fn create(storage: &Arc<dyn Storage>, folder: &str) -> Result<Self> {
        let at = Path::new(folder);
        let failed = |error| Error::io(&storage.root().join(at), error);
        storage.create_folder(at).map_err(failed)?;
        storage.sync_folder(Path::new("")).map_err(failed)?;
        let directory = SegmentDirectory::new(Arc::clone(storage), at.to_owned(), Piecewise::No);
        let (schema, _) = schema::build();
        let inner = tantivy::Index::create(directory.clone(), schema, IndexSettings::default())
            .map_err(|error| Error::from_engine(storage.root(), error))?;
        Self::assemble(storage, folder, directory, inner)
    }

    /// Opens the folder that the manifest names.
    fn open_current(storage: &Arc<dyn Storage>) -> Result<Self> {
        let mut named = Manifest::read(&**storage)?.segments;
        loop {
            match Self::open(storage, &named, Piecewise::No) {
                Err(error @ Error::Damaged { .. }) => {
                    let now = Manifest::read(&**storage)?.segments;
                    if now == named {
                        return Err(error);
                    }
                    // Rebuilt while it was looked at.
                    named = now;
                }
                other => return other,
            }
        }
    }

    fn open(storage: &Arc<dyn Storage>, folder: &str, reading: Piecewise) -> Result<Self> {
        let directory = SegmentDirectory::new(Arc::clone(storage), folder.into(), reading);
        let path = storage.root();
        guarded(path, || {
            while_commits_pass(path, &directory, || {
                let inner = tantivy::Index::open(directory.clone())
                    .map_err(|error| Error::from_engine(path, error))?;
                let (expected, _) = schema::build();
                if inner.schema() != expected {
                    let why =
                        format!("its fields are not those of schema version {SCHEMA_VERSION}");
                    return Err(Error::Damaged { path: path.to_owned(), why });
                }
                Self::assemble(storage, folder, directory.clone(), inner)
            })
        })
    }

    fn assemble(
        storage: &Arc<dyn Storage>,
        folder: &str,
        directory: SegmentDirectory,
        inner: tantivy::Index,
    ) -> Result<Self> {
        schema::register_analysis(&inner);
        let reader = inner
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(|error| Error::from_engine(storage.root(), error))?;
        Ok(Self { folder: folder.to_owned(), directory, inner, reader })
    }

    /// Removes what lies in the folder and the last commit does not name. For who has the right to
    /// write, while nobody merges; snapshots keep what they have open.
    fn sweep(&self, shared: &Shared) -> Result<()> {
        let storage = &*shared.storage;
        let folder = Path::new(&self.folder);
        let failed = |error| Error::io(&shared.path.join(folder), error);
        let named = directory::named_by(&self.directory.meta().map_err(failed)?);
        for entry in storage.list(folder).map_err(failed)? {
            if named.contains(&entry.name) || entry.is_folder || entry.name.starts_with('.') {
                continue;
            }
            let path = folder.join(&entry.name);
            match storage.remove(&path) {
                Ok(()) => {}
                Err(error) if error.kind() == std::io::ErrorKind::NotFound || cfg!(windows) => {}
                Err(error) => return Err(Error::io(&shared.path.join(&path), error)),
            }
        }
        Ok(())
    }

    fn refresh(&self, path: &Path) -> Result<tantivy::Searcher> {
        while_commits_pass(path, &self.directory, || {
            self.reader.reload().map_err(|error| Error::from_engine(path, error))
        })?;
        Ok(self.reader.searcher())
    }
}

/// Looks again while commits pass by: a file that is missing because a newer commit no longer names it
/// is no damage.
fn while_commits_pass<T>(
    path: &Path,
    directory: &SegmentDirectory,
    mut attempt: impl FnMut() -> Result<T>,
) -> Result<T> {
    let meta = || {
        directory.meta().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                Error::Damaged { path: path.to_owned(), why: "meta.json is missing".to_owned() }
            }
            _ => Error::io(path, error),
        })
    };
    for _ in 0..LOOKS {
        let before = meta()?;
        match attempt() {
            Err(Error::Damaged { .. }) if meta()? != before => std::thread::yield_now(),
            other => return other,
        }
    }
    attempt()
}

/// Folders of segments, of whatever index.
pub(crate) fn segment_folders(storage: &dyn Storage) -> Result<Vec<String>> {
    let entries = storage.list(Path::new("")).map_err(|error| Error::io(storage.root(), error))?;
    let folders = entries.into_iter().filter(|entry| entry.is_folder).map(|entry| entry.name);
    Ok(folders.filter(|name| number_of(name).is_some()).collect())
}

fn number_of(folder: &str) -> Option<u64> {
    match folder {
        // Of the first format, which had only this one.
        "segments" => Some(0),
        _ => folder.strip_prefix(SEGMENTS)?.parse().ok(),
    }
}

/// The folder of segments that was begun last, but for one.
fn newest_folder(storage: &dyn Storage, but: &str) -> Result<Option<String>> {
    let folders = segment_folders(storage)?.into_iter().filter(|folder| folder != but);
    Ok(folders.max_by_key(|folder| number_of(folder)))
}

fn next_folder(storage: &dyn Storage) -> Result<String> {
    let folders = segment_folders(storage)?;
    let last = folders.iter().filter_map(|name| number_of(name)).max().unwrap_or(0);
    Ok(format!("{SEGMENTS}{}", last + 1))
}

/// Where there is no manifest there may be the beginnings of an index, but no segments: they would be of
/// an index whose manifest is lost, and are not to be swept away.
fn check_uncommitted(storage: &dyn Storage) -> Result<()> {
    for folder in segment_folders(storage)? {
        let at = Path::new(&folder);
        let entries =
            storage.list(at).map_err(|error| Error::io(&storage.root().join(at), error))?;
        if entries.iter().any(|entry| entry.name.trim_end_matches(NEW) != directory::META) {
            let why = "dixit.json is missing, though segments are there".to_owned();
            return Err(Error::Damaged { path: storage.root().to_owned(), why });
        }
    }
    Ok(())
}

/// Removes what interrupted runs left beside the folders that are to be kept.
fn sweep(storage: &dyn Storage, kept: &[&str]) -> Result<()> {
    let here = Path::new("");
    for entry in storage.list(here).map_err(|error| Error::io(storage.root(), error))? {
        let path = Path::new(&entry.name);
        let removed = if entry.is_folder {
            let is_ours = number_of(&entry.name).is_some() || entry.name.starts_with(DRAFT);
            if !is_ours || kept.contains(&entry.name.as_str()) {
                continue;
            }
            remove_folder(storage, path)
        } else if entry.name == format!("{}{NEW}", manifest::FILE) {
            storage.remove(path)
        } else {
            continue;
        };
        // A reader on Windows may still hold a file; the next writer sweeps again.
        if let Err(error) = removed
            && !cfg!(windows)
        {
            return Err(Error::io(&storage.root().join(path), error));
        }
    }
    Ok(())
}

fn remove_folder(storage: &dyn Storage, folder: &Path) -> std::io::Result<()> {
    for entry in storage.list(folder)? {
        let path = folder.join(&entry.name);
        if entry.is_folder { remove_folder(storage, &path)? } else { storage.remove(&path)? }
    }
    storage.remove_folder(folder)
}

/// The versions that an index must have been made with to be read.
pub(crate) const fn versions() -> (u32, u32) {
    (SCHEMA_VERSION, ANALYSIS_VERSION)
}
