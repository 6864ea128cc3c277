//! The engine's files on a [`Storage`]: sealed, durable, and never removed while a commit names them.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, Weak};

use serde::Deserialize;
use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{DirectoryLock, FileHandle, Lock, WatchCallback, WatchHandle, WritePtr};

use super::sealed::{Sealed, Sealing};
use crate::storage::{self, NewFile, Storage, hold};

/// The engine's list of segments: replacing it is the commit.
pub(super) const META: &str = "meta.json";

/// The engine's list of its files. Not kept: what lies in the folder is that list, and so nothing that
/// an interrupted run left is ever forgotten.
const MANAGED: &str = ".managed.json";

/// A folder of segments.
#[derive(Clone)]
pub(super) struct SegmentDirectory {
    storage: Arc<dyn Storage>,
    folder: PathBuf,
    reading: Piecewise,
    shared: Arc<Shared>,
}

/// How segments are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piecewise {
    /// By memory maps: the fastest for who asks. Their pages count as memory of the program for as long
    /// as the system leaves them.
    No,
    /// Piece by piece: for who merges, which touches every page once.
    Yes,
}

#[derive(Default)]
struct Shared {
    /// Files that are open, so that a block is looked at once and not at every refresh.
    open: Mutex<HashMap<PathBuf, Weak<Sealed>>>,
    /// Files that the last commits name. The engine forgets them when writing a commit failed half
    /// way, and would remove them.
    committed: Mutex<HashSet<String>>,
    /// Held while a commit is written. A writer that is gone may have left threads that merge: they
    /// must not write over what its successor commits.
    closed: Mutex<bool>,
    /// Why the first write failed, for a message that names the cause.
    failure: Mutex<Option<(PathBuf, Arc<io::Error>)>>,
}

impl SegmentDirectory {
    pub(super) fn new(storage: Arc<dyn Storage>, folder: PathBuf, reading: Piecewise) -> Self {
        Self { storage, folder, reading, shared: Arc::default() }
    }

    /// Nothing is written or removed through this directory from now on.
    pub(super) fn close(&self) {
        *hold(&self.shared.closed) = true;
    }

    fn check_open(&self) -> io::Result<MutexGuard<'_, bool>> {
        let closed = hold(&self.shared.closed);
        if *closed { Err(io::Error::other("its writer is gone")) } else { Ok(closed) }
    }

    /// The file whose writing failed first, and why.
    pub(super) fn failure(&self) -> Option<(PathBuf, Arc<io::Error>)> {
        hold(&self.shared.failure).clone()
    }

    fn failed(&self, path: &Path, error: io::Error) -> io::Error {
        let error = Arc::new(error);
        let path = self.storage.root().join(self.at(path));
        hold(&self.shared.failure).get_or_insert((path, Arc::clone(&error)));
        io::Error::new(error.kind(), error)
    }

    fn at(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }

    /// Names of the files in the folder that the engine may know of.
    fn names(&self) -> io::Result<Vec<String>> {
        let entries = self.storage.list(&self.folder)?.into_iter();
        let files = entries.filter(|entry| !entry.is_folder).map(|entry| entry.name);
        Ok(files.filter(|name| !name.starts_with('.')).collect())
    }

    pub(super) fn open_sealed(&self, path: &Path) -> io::Result<Arc<Sealed>> {
        if let Some(open) = hold(&self.shared.open).get(path).and_then(Weak::upgrade) {
            return Ok(open);
        }
        let (name, at) = (name_of(path), self.at(path));
        let sealed = Arc::new(match self.reading {
            Piecewise::No => Sealed::open(self.storage.map(&at)?, &name)?,
            Piecewise::Yes => {
                let file = self.storage.open(&at)?;
                let storage = Arc::clone(&self.storage);
                Sealed::open_pieces(file, Box::new(move || storage.map(&at)), &name)?
            }
        });
        let mut open = hold(&self.shared.open);
        open.retain(|_, file| file.strong_count() > 0);
        open.insert(path.to_owned(), Arc::downgrade(&sealed));
        Ok(sealed)
    }

    fn read_sealed(&self, path: &Path) -> io::Result<Vec<u8>> {
        let bytes = self.storage.read(&self.at(path))?.into();
        let sealed = Sealed::open(bytes, &name_of(path))?;
        Ok(sealed.check()?.to_vec())
    }

    /// What the last commit wrote: to tell whether there was another since.
    pub(super) fn meta(&self) -> io::Result<Vec<u8>> {
        self.read_sealed(Path::new(META))
    }

    fn write_meta(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        let _open = self.check_open()?;
        let named = named_by(content);
        // Both, until it is sure which of them is there.
        hold(&self.shared.committed).extend(named.iter().cloned());
        storage::replace(&*self.storage, &self.at(path), |file| {
            let mut sealing = Sealing::new(file, &name_of(path));
            sealing.write_all(content)?;
            sealing.finish()
        })?;
        *hold(&self.shared.committed) = named;
        Ok(())
    }
}

fn name_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

impl fmt::Debug for SegmentDirectory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SegmentDirectory")
            .field("storage", &self.storage)
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

fn read_error(path: &Path, error: io::Error) -> OpenReadError {
    match error.kind() {
        io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
        _ => OpenReadError::wrap_io_error(error, path.to_owned()),
    }
}

impl Directory for SegmentDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        // The engine takes a missing file of positions for one that need not be there.
        let failed = |error| OpenReadError::wrap_io_error(error, self.at(path));
        Ok(self.open_sealed(path).map_err(failed)?)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let failed = |error: io::Error| DeleteError::IoError {
            io_error: Arc::new(error),
            filepath: path.to_owned(),
        };
        if hold(&self.shared.committed).contains(&name_of(path)) {
            return Err(failed(io::Error::other("a commit names it")));
        }
        let _open = self.check_open().map_err(failed)?;
        match self.storage.remove(&self.at(path)) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(DeleteError::FileDoesNotExist(path.to_owned()))
            }
            Err(error) => Err(failed(error)),
        }
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        let names = self.names().map_err(|error| read_error(path, error))?;
        Ok(names.contains(&name_of(path)))
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let file = self
            .check_open()
            .and_then(|_open| self.storage.create(&self.at(path)))
            .map_err(|error| self.failed(path, error))
            .map_err(|error| match error.kind() {
                io::ErrorKind::AlreadyExists => OpenWriteError::FileAlreadyExists(path.to_owned()),
                _ => OpenWriteError::wrap_io_error(error, self.at(path)),
            })?;
        let file = Watched { file, path: path.to_owned(), directory: self.clone() };
        Ok(BufWriter::new(Box::new(Sealing::new(Box::new(file), &name_of(path)))))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let failed = |error| read_error(path, error);
        if path == Path::new(MANAGED) {
            let names = self.names().map_err(failed)?;
            return serde_json::to_vec(&names).map_err(|error| failed(error.into()));
        }
        let content = self.read_sealed(path).map_err(failed)?;
        if path == Path::new(META) {
            hold(&self.shared.committed).extend(named_by(&content));
        }
        Ok(content)
    }

    fn atomic_write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        if path == Path::new(MANAGED) {
            return Ok(());
        }
        self.write_meta(path, content).map_err(|error| self.failed(path, error))
    }

    fn sync_directory(&self) -> io::Result<()> {
        let synced = self.storage.sync_folder(&self.folder);
        synced.map_err(|error| self.failed(Path::new(""), error))
    }

    /// The engine's locks are not used: there is one writer by the index's own lock, which names its
    /// holder; and a reader whose files are removed while it opens them looks again, so that nobody
    /// waits for a reader and a reader waits for nobody.
    fn acquire_lock(&self, _lock: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

/// A file that remembers why writing it failed.
struct Watched {
    file: Box<dyn NewFile>,
    path: PathBuf,
    directory: SegmentDirectory,
}

impl Write for Watched {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).map_err(|error| self.directory.failed(&self.path, error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().map_err(|error| self.directory.failed(&self.path, error))
    }
}

impl NewFile for Watched {
    fn sync(&mut self) -> io::Result<()> {
        self.file.sync().map_err(|error| self.directory.failed(&self.path, error))
    }
}

/// As much of the engine's list of segments as tells which files it names.
#[derive(Deserialize)]
struct Meta {
    segments: Vec<Segment>,
}

/// A segment, as a commit names it.
#[derive(Deserialize)]
pub(super) struct Segment {
    segment_id: String,
    /// Documents, with those that were removed.
    pub(super) max_doc: u32,
    deletes: Option<Deletes>,
}

#[derive(Deserialize)]
struct Deletes {
    opstamp: u64,
}

/// Endings of the files that a segment has.
const PARTS: [&str; 6] = ["term", "idx", "pos", "store", "fast", "fieldnorm"];

impl Segment {
    /// Name of one of its files.
    pub(super) fn part(&self, ending: &str) -> String {
        // The engine writes its ids with hyphens, and without them in the names of files.
        format!("{}.{ending}", self.segment_id.replace('-', ""))
    }

    /// Name of the file that says what was removed.
    pub(super) fn removals(&self) -> Option<String> {
        self.deletes.as_ref().map(|deletes| self.part(&format!("{}.del", deletes.opstamp)))
    }
}

/// The segments that a commit names.
pub(super) fn segments_of(meta: &[u8]) -> Vec<Segment> {
    serde_json::from_slice::<Meta>(meta).map(|meta| meta.segments).unwrap_or_default()
}

/// Names of the files that a commit names.
pub(super) fn named_by(meta: &[u8]) -> HashSet<String> {
    let mut names = HashSet::from([META.to_owned()]);
    for segment in segments_of(meta) {
        names.extend(PARTS.iter().map(|part| segment.part(part)));
        names.extend(segment.removals());
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::MemoryStorage;

    fn meta(segment: &str) -> String {
        format!(r#"{{"segments":[{{"segment_id":"{segment}","max_doc":1,"deletes":null}}]}}"#)
    }

    fn file(directory: &SegmentDirectory, name: &str) {
        use tantivy::directory::TerminatingWrite;
        directory.open_write(Path::new(name)).unwrap().terminate().unwrap();
    }

    #[test]
    fn what_the_last_commit_names_is_not_removed() {
        let storage = Arc::new(MemoryStorage::default());
        let directory = SegmentDirectory::new(storage.clone(), "s".into(), Piecewise::No);
        file(&directory, "ab.term");
        directory.atomic_write(Path::new(META), meta("a-b").as_bytes()).unwrap();
        assert!(directory.delete(Path::new("ab.term")).is_err());
        // Also by who opens it later.
        let later = SegmentDirectory::new(storage, "s".into(), Piecewise::No);
        later.atomic_read(Path::new(META)).unwrap();
        assert!(later.delete(Path::new("ab.term")).is_err());
        directory.atomic_write(Path::new(META), meta("cd").as_bytes()).unwrap();
        directory.delete(Path::new("ab.term")).unwrap();
    }

    #[test]
    fn nothing_is_written_through_a_closed_directory() {
        let directory =
            SegmentDirectory::new(Arc::new(MemoryStorage::default()), "s".into(), Piecewise::No);
        file(&directory, "ab.term");
        directory.atomic_write(Path::new(META), meta("cd").as_bytes()).unwrap();
        directory.close();
        assert!(directory.atomic_write(Path::new(META), meta("ab").as_bytes()).is_err());
        assert!(directory.open_write(Path::new("x.term")).is_err());
        assert!(directory.delete(Path::new("ab.term")).is_err());
        assert_eq!(directory.meta().unwrap(), meta("cd").as_bytes());
    }
}
