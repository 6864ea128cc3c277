//! The place where the files of an index lie, and what is asked of it.
//!
//! [`Storage`] is a folder, said in the few operations that an index needs. [`FileStorage`] is a folder
//! on disk, [`MemoryStorage`] one in memory; tests put one between that fails, fills up or loses
//! power. Whatever an index promises (commits that last, damage that is found) it makes of these
//! operations, in `index/directory.rs` and `index/sealed.rs`.

mod files;
mod memory;

use std::any::Any;
use std::fmt;
use std::io::{self, Write};
use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::directory::OwnedBytes;

pub use files::FileStorage;
pub use memory::MemoryStorage;

/// A folder that an index lies in. Paths are relative to it.
///
/// What is written is safe from a loss of power once the file is synced ([`NewFile::sync`]) and so is
/// the folder that names it ([`sync_folder`](Self::sync_folder)), as in POSIX.
pub trait Storage: fmt::Debug + Send + Sync + 'static {
    /// The folder, for messages.
    fn root(&self) -> &Path;

    /// The bytes of a file that never changes while it is there under this name. They stay
    /// readable when the file is removed.
    ///
    /// # Errors
    /// When the file is not there ([`io::ErrorKind::NotFound`]) or cannot be read.
    fn map(&self, path: &Path) -> io::Result<Bytes>;

    /// Opens such a file to be read piece by piece. What was read takes no room afterwards, as the
    /// pages of a map do.
    ///
    /// # Errors
    /// As [`map`](Self::map).
    fn open(&self, path: &Path) -> io::Result<Box<dyn ReadAt>> {
        Ok(Box::new(self.map(path)?))
    }

    /// What stands in a file now.
    ///
    /// # Errors
    /// As [`map`](Self::map).
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Makes a new file.
    ///
    /// # Errors
    /// When one of this name is there ([`io::ErrorKind::AlreadyExists`]) or it cannot be made.
    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>>;

    /// Gives a file or folder another name, in place of the file that bears it, at once.
    ///
    /// # Errors
    /// When it is not there or cannot be renamed.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// When it is not there or cannot be removed.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Makes a folder, and those above it; no error if it is there.
    ///
    /// # Errors
    /// When it cannot be made.
    fn create_folder(&self, folder: &Path) -> io::Result<()>;

    /// Removes an empty folder.
    ///
    /// # Errors
    /// When it is not there, not empty, or cannot be removed.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;

    /// Makes the names in a folder (new, changed and removed ones) safe from a loss of power.
    ///
    /// # Errors
    /// When that fails: the names may then be lost.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// What lies in a folder, by name.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>>;

    /// Takes the lock that a file stands for, or says who has it. Nobody waits. A lock ends with its
    /// holder, however that ends.
    ///
    /// # Errors
    /// When the file cannot be made or locked.
    fn lock(&self, path: &Path, holder: &str) -> io::Result<Lock>;
}

/// A file that is read piece by piece. It stays readable when it is removed.
pub trait ReadAt: Send + Sync {
    /// Its length in bytes.
    ///
    /// # Errors
    /// When it cannot be told.
    fn length(&self) -> io::Result<u64>;

    /// Fills a buffer with the bytes from a place on.
    ///
    /// # Errors
    /// When there are not so many, or they cannot be read.
    fn read_at(&self, at: u64, buffer: &mut [u8]) -> io::Result<()>;
}

impl ReadAt for Bytes {
    fn length(&self) -> io::Result<u64> {
        Ok(self.len() as u64)
    }

    fn read_at(&self, at: u64, buffer: &mut [u8]) -> io::Result<()> {
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let bytes = self.get(at..).and_then(|rest| rest.get(..buffer.len()));
        buffer.copy_from_slice(bytes.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }
}

/// A file that is being written.
pub trait NewFile: Write + Send + Sync {
    /// Makes its bytes safe from a loss of power.
    ///
    /// # Errors
    /// When that fails: the bytes may then be lost.
    fn sync(&mut self) -> io::Result<()>;
}

/// Something in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Whether it is a folder.
    pub is_folder: bool,
    /// Its size in bytes; 0 for a folder.
    pub bytes: u64,
}

/// The answer to who asks for a lock.
pub enum Lock {
    /// It is theirs until this is dropped.
    Held(Box<dyn Any + Send + Sync>),
    /// Another has it: in its own words, where it left some.
    Busy(Option<String>),
}

impl fmt::Debug for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Held(_) => f.write_str("Held"),
            Self::Busy(holder) => f.debug_tuple("Busy").field(holder).finish(),
        }
    }
}

/// Bytes that are shared and do not change: a mapped file, or memory.
#[derive(Clone)]
pub struct Bytes(OwnedBytes);

impl Bytes {
    pub(crate) fn into_owned(self) -> OwnedBytes {
        self.0
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(OwnedBytes::new(bytes))
    }
}

impl From<Arc<[u8]>> for Bytes {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self(OwnedBytes::new(bytes))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// Puts a small file in place of whatever bears its name, whole or not at all, and makes that last.
/// `write` gets the new file, and ends with syncing it.
pub(crate) fn replace(
    storage: &dyn Storage,
    path: &Path,
    write: impl FnOnce(Box<dyn NewFile>) -> io::Result<()>,
) -> io::Result<()> {
    let new = new_name(path);
    match storage.remove(&new) {
        // What an interrupted run left.
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let written = storage.create(&new).and_then(write);
    if let Err(error) = written.and_then(|()| storage.rename(&new, path)) {
        // Best effort: the error to tell is the first.
        let _ = storage.remove(&new);
        return Err(error);
    }
    storage.sync_folder(path.parent().unwrap_or(Path::new("")))
}

/// Ending of files that are being written to take another's place.
pub(crate) const NEW: &str = ".new";

fn new_name(path: &Path) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(NEW);
    name.into()
}

/// What a mutex holds, also when a thread died that held it: nothing here is left half changed.
pub(crate) fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
