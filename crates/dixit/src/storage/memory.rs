use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::{Bytes, Entry, Lock, NewFile, Storage, hold};

/// A folder in memory. Clones are the same folder.
#[derive(Debug, Clone, Default)]
pub struct MemoryStorage {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    files: Mutex<BTreeMap<PathBuf, Arc<Mutex<Content>>>>,
    folders: Mutex<BTreeSet<PathBuf>>,
    locked: Mutex<HashSet<PathBuf>>,
}

/// What a file holds: in a vector while it is written, then to be shared.
#[derive(Debug)]
enum Content {
    Written(Vec<u8>),
    Shared(Bytes),
}

impl Default for Content {
    fn default() -> Self {
        Self::Written(Vec::new())
    }
}

impl Content {
    fn len(&self) -> usize {
        match self {
            Self::Written(bytes) => bytes.len(),
            Self::Shared(bytes) => bytes.len(),
        }
    }

    fn share(&mut self) -> Bytes {
        let bytes = match std::mem::take(self) {
            Self::Written(bytes) => Bytes::from(bytes),
            Self::Shared(bytes) => bytes,
        };
        *self = Self::Shared(bytes.clone());
        bytes
    }

    fn write(&mut self, more: &[u8]) {
        if let Self::Shared(bytes) = self {
            *self = Self::Written(bytes.to_vec());
        }
        if let Self::Written(bytes) = self {
            bytes.extend_from_slice(more);
        }
    }
}

fn not_found() -> io::Error {
    io::ErrorKind::NotFound.into()
}

impl MemoryStorage {
    fn file(&self, path: &Path) -> io::Result<Arc<Mutex<Content>>> {
        hold(&self.shared.files).get(path).cloned().ok_or_else(not_found)
    }
}

impl Storage for MemoryStorage {
    fn root(&self) -> &Path {
        Path::new("(memory)")
    }

    fn map(&self, path: &Path) -> io::Result<Bytes> {
        Ok(hold(&*self.file(path)?).share())
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        Ok(hold(&*self.file(path)?).share().to_vec())
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let mut files = hold(&self.shared.files);
        if files.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let file = Arc::<Mutex<Content>>::default();
        files.insert(path.to_owned(), Arc::clone(&file));
        Ok(Box::new(MemoryFile(file)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut files = hold(&self.shared.files);
        if let Some(file) = files.remove(from) {
            files.insert(to.to_owned(), file);
            return Ok(());
        }
        let mut folders = hold(&self.shared.folders);
        if !folders.remove(from) {
            return Err(not_found());
        }
        folders.insert(to.to_owned());
        let under: Vec<PathBuf> =
            files.keys().filter(|path| path.starts_with(from)).cloned().collect();
        for path in under {
            if let (Some(file), Ok(rest)) = (files.remove(&path), path.strip_prefix(from)) {
                files.insert(to.join(rest), file);
            }
        }
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        hold(&self.shared.files).remove(path).map(drop).ok_or_else(not_found)
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        hold(&self.shared.folders).insert(folder.to_owned());
        Ok(())
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        if hold(&self.shared.files).keys().any(|path| path.starts_with(folder)) {
            return Err(io::ErrorKind::DirectoryNotEmpty.into());
        }
        match hold(&self.shared.folders).remove(folder) {
            true => Ok(()),
            false => Err(not_found()),
        }
    }

    fn sync_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let is_in = |path: &Path| path.parent().is_some_and(|parent| parent == folder);
        let name =
            |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut entries = Vec::new();
        for (path, file) in hold(&self.shared.files).iter().filter(|(path, _)| is_in(path)) {
            let bytes = hold(file).len() as u64;
            entries.push(Entry { name: name(path), is_folder: false, bytes });
        }
        for path in hold(&self.shared.folders).iter().filter(|path| is_in(path)) {
            entries.push(Entry { name: name(path), is_folder: true, bytes: 0 });
        }
        entries.sort();
        Ok(entries)
    }

    fn lock(&self, path: &Path, _holder: &str) -> io::Result<Lock> {
        if !hold(&self.shared.locked).insert(path.to_owned()) {
            return Ok(Lock::Busy(None));
        }
        Ok(Lock::Held(Box::new(MemoryLock {
            shared: Arc::clone(&self.shared),
            path: path.to_owned(),
        })))
    }
}

struct MemoryFile(Arc<Mutex<Content>>);

impl Write for MemoryFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        hold(&self.0).write(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl NewFile for MemoryFile {
    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct MemoryLock {
    shared: Arc<Shared>,
    path: PathBuf,
}

impl Drop for MemoryLock {
    fn drop(&mut self) {
        hold(&self.shared.locked).remove(&self.path);
    }
}
