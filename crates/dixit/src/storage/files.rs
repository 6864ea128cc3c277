use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tantivy::directory::error::OpenReadError;
use tantivy::directory::{Directory, MmapDirectory};

use super::{Bytes, Entry, Lock, NewFile, Storage};

/// A folder on disk. Files that do not change any more are read by memory map.
#[derive(Debug)]
pub struct FileStorage {
    root: PathBuf,
    /// Maps files, so that no unsafe code need stand here; made when the folder is there.
    maps: OnceLock<MmapDirectory>,
}

impl FileStorage {
    /// The folder at a path, which need not be there yet.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), maps: OnceLock::new() }
    }

    fn at(&self, path: &Path) -> PathBuf {
        if path.as_os_str().is_empty() { self.root.clone() } else { self.root.join(path) }
    }

    fn maps(&self) -> io::Result<&MmapDirectory> {
        if let Some(maps) = self.maps.get() {
            return Ok(maps);
        }
        let maps = MmapDirectory::open(&self.root).map_err(io::Error::other)?;
        Ok(self.maps.get_or_init(|| maps))
    }
}

impl Storage for FileStorage {
    fn root(&self) -> &Path {
        &self.root
    }

    fn map(&self, path: &Path) -> io::Result<Bytes> {
        let plain = |error: OpenReadError| match error {
            OpenReadError::FileDoesNotExist(_) => io::Error::from(io::ErrorKind::NotFound),
            OpenReadError::IoError { io_error, .. } => io::Error::new(io_error.kind(), io_error),
            other @ OpenReadError::IncompatibleIndex(_) => io::Error::other(other),
        };
        self.maps()?.open_read(path).map_err(plain)?.read_bytes().map(Bytes)
    }

    #[cfg(unix)]
    fn open(&self, path: &Path) -> io::Result<Box<dyn super::ReadAt>> {
        Ok(Box::new(File::open(self.at(path))?))
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(self.at(path))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let file = OpenOptions::new().write(true).create_new(true).open(self.at(path))?;
        Ok(Box::new(file))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(self.at(from), self.at(to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(self.at(path))
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        let folder = self.at(folder);
        // Folders above it that are new are named in folders above them, which have to be synced too.
        let missing: Vec<PathBuf> = folder
            .ancestors()
            .take_while(|above| !above.as_os_str().is_empty() && !above.exists())
            .map(Path::to_owned)
            .collect();
        std::fs::create_dir_all(&folder)?;
        for new in missing {
            let above = new.parent().filter(|above| !above.as_os_str().is_empty());
            sync(above.unwrap_or(Path::new(".")))?;
        }
        Ok(())
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        std::fs::remove_dir(self.at(folder))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        sync(&self.at(folder))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(self.at(folder))? {
            let entry = entry?;
            let metadata = match entry.metadata() {
                Ok(metadata) => metadata,
                // Removed since the folder was read.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            let is_folder = metadata.is_dir();
            let name = entry.file_name().to_string_lossy().into_owned();
            entries.push(Entry {
                name,
                is_folder,
                bytes: if is_folder { 0 } else { metadata.len() },
            });
        }
        entries.sort();
        Ok(entries)
    }

    fn lock(&self, path: &Path, holder: &str) -> io::Result<Lock> {
        let mut options = OpenOptions::new();
        // The file is never removed: who deletes a lock file gives the lock to two.
        let mut file =
            options.read(true).write(true).create(true).truncate(false).open(self.at(path))?;
        match file.try_lock() {
            Ok(()) => {
                // For people alone: the lock holds without.
                let _ = file.set_len(0).and_then(|()| file.write_all(holder.as_bytes()));
                Ok(Lock::Held(Box::new(file)))
            }
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let read =
                    file.rewind().and_then(|()| file.take(1_000).read_to_string(&mut holder));
                Ok(Lock::Busy(read.is_ok_and(|bytes| bytes > 0).then_some(holder)))
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    // Windows offers no handle to a folder that could be synced.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(unix)]
impl super::ReadAt for File {
    fn length(&self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }

    fn read_at(&self, at: u64, buffer: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(self, buffer, at)
    }
}

impl NewFile for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}
