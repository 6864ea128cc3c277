//! A disk in memory that can fail, fill up and lose power.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dixit::storage::{Bytes, Entry, Lock, NewFile, Storage};

use crate::random::Random;

/// A disk. Clones are the same disk.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    files: BTreeMap<PathBuf, usize>,
    folders: BTreeSet<PathBuf>,
    /// What files hold, by number; a name may go while someone still writes.
    data: Vec<Vec<u8>>,
    locked: HashSet<PathBuf>,
    log: Vec<Op>,
    operations: u64,
    fault: Option<Fault>,
    quota: Option<u64>,
}

/// Something that was done to the disk, as it is written down.
#[derive(Debug, Clone)]
pub enum Op {
    /// A file was made under this name.
    Create(PathBuf, usize),
    /// Bytes were written behind those of a file.
    Write(usize, Vec<u8>),
    /// The bytes of a file were made safe.
    Sync(usize),
    /// A file or folder got another name.
    Rename(PathBuf, PathBuf),
    /// A file was removed.
    Remove(PathBuf),
    /// A folder was made.
    CreateFolder(PathBuf),
    /// A folder was removed.
    RemoveFolder(PathBuf),
    /// The names in a folder were made safe.
    SyncFolder(PathBuf),
}

/// Which operations fail.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    /// The first that does, counted from 0.
    pub at: u64,
    /// Whether all do from then on.
    pub for_ever: bool,
}

fn error(kind: ErrorKind) -> io::Error {
    kind.into()
}

impl Disk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Operations from now on fail as said; their count begins at 0.
    pub fn set_fault(&self, fault: Option<Fault>) {
        let mut state = self.state();
        state.fault = fault;
        state.operations = 0;
    }

    /// Operations since the last [`set_fault`](Self::set_fault).
    #[must_use]
    pub fn operations(&self) -> u64 {
        self.state().operations
    }

    /// The disk holds no more bytes than this.
    pub fn set_quota(&self, quota: Option<u64>) {
        self.state().quota = quota;
    }

    /// Bytes in all files that have a name.
    #[must_use]
    pub fn used(&self) -> u64 {
        self.state().used()
    }

    /// What was done so far.
    #[must_use]
    pub fn log(&self) -> Vec<Op> {
        self.state().log.clone()
    }

    /// Names of all files.
    #[must_use]
    pub fn names(&self) -> Vec<PathBuf> {
        self.state().files.keys().cloned().collect()
    }

    /// What a file holds, to be changed behind the back of who wrote it.
    pub fn change(&self, path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
        let mut state = self.state();
        let number = state.files[path];
        change(&mut state.data[number]);
    }

    /// Takes a file away.
    pub fn lose(&self, path: &Path) {
        self.state().files.remove(path);
    }

    /// Lets two files change places.
    pub fn swap(&self, a: &Path, b: &Path) {
        let mut state = self.state();
        let (first, second) = (state.files[a], state.files[b]);
        state.files.insert(a.to_owned(), second);
        state.files.insert(b.to_owned(), first);
    }

    /// Another disk with the same files.
    #[must_use]
    pub fn copy(&self) -> Self {
        let state = self.state();
        let (files, folders, data) =
            (state.files.clone(), state.folders.clone(), state.data.clone());
        Self { state: Arc::new(Mutex::new(State { files, folders, data, ..State::default() })) }
    }
}

impl State {
    fn used(&self) -> u64 {
        self.files.values().map(|&number| self.data[number].len() as u64).sum()
    }

    fn operate(&mut self) -> io::Result<()> {
        let now = self.operations;
        self.operations += 1;
        match self.fault {
            Some(Fault { at, for_ever }) if now == at || (for_ever && now > at) => {
                Err(io::Error::other("the disk failed"))
            }
            _ => Ok(()),
        }
    }

    fn number(&self, path: &Path) -> io::Result<usize> {
        self.files.get(path).copied().ok_or_else(|| error(ErrorKind::NotFound))
    }

    /// Does what only changes names.
    fn apply(&mut self, op: &Op) {
        match op {
            Op::Create(path, number) => {
                self.files.insert(path.clone(), *number);
            }
            Op::Rename(from, to) => {
                if let Some(number) = self.files.remove(from) {
                    self.files.insert(to.clone(), number);
                } else if self.folders.remove(from) {
                    self.folders.insert(to.clone());
                    let under: Vec<PathBuf> =
                        self.files.keys().filter(|path| path.starts_with(from)).cloned().collect();
                    for path in under {
                        if let (Some(number), Ok(rest)) =
                            (self.files.remove(&path), path.strip_prefix(from))
                        {
                            self.files.insert(to.join(rest), number);
                        }
                    }
                }
            }
            Op::Remove(path) => {
                self.files.remove(path);
            }
            Op::CreateFolder(folder) => {
                self.folders.insert(folder.clone());
            }
            Op::RemoveFolder(folder) => {
                self.folders.remove(folder);
            }
            Op::Write(..) | Op::Sync(_) | Op::SyncFolder(_) => {}
        }
    }

    fn change(&mut self, op: Op) {
        self.apply(&op);
        self.log.push(op);
    }
}

impl Storage for Disk {
    fn root(&self) -> &Path {
        Path::new("disk")
    }

    fn map(&self, path: &Path) -> io::Result<Bytes> {
        self.read(path).map(Bytes::from)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let mut state = self.state();
        state.operate()?;
        let number = state.number(path)?;
        Ok(state.data[number].clone())
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let mut state = self.state();
        state.operate()?;
        if state.files.contains_key(path) {
            return Err(error(ErrorKind::AlreadyExists));
        }
        let number = state.data.len();
        state.data.push(Vec::new());
        state.change(Op::Create(path.to_owned(), number));
        Ok(Box::new(OpenFile { disk: self.clone(), number }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.operate()?;
        if !state.files.contains_key(from) && !state.folders.contains(from) {
            return Err(error(ErrorKind::NotFound));
        }
        state.change(Op::Rename(from.to_owned(), to.to_owned()));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.operate()?;
        state.number(path)?;
        state.change(Op::Remove(path.to_owned()));
        Ok(())
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.operate()?;
        if !folder.as_os_str().is_empty() && !state.folders.contains(folder) {
            state.change(Op::CreateFolder(folder.to_owned()));
        }
        Ok(())
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.operate()?;
        if state.files.keys().any(|path| path.starts_with(folder)) {
            return Err(error(ErrorKind::DirectoryNotEmpty));
        }
        state.change(Op::RemoveFolder(folder.to_owned()));
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.operate()?;
        state.change(Op::SyncFolder(folder.to_owned()));
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let mut state = self.state();
        state.operate()?;
        if !folder.as_os_str().is_empty() && !state.folders.contains(folder) {
            return Err(error(ErrorKind::NotFound));
        }
        let name =
            |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_in = |path: &Path| path.parent() == Some(folder);
        let files = state.files.iter().filter(|(path, _)| is_in(path)).map(|(path, &number)| {
            Entry { name: name(path), is_folder: false, bytes: state.data[number].len() as u64 }
        });
        let folders = state.folders.iter().filter(|path| is_in(path));
        let folders = folders.map(|path| Entry { name: name(path), is_folder: true, bytes: 0 });
        Ok(files.chain(folders).collect())
    }

    fn lock(&self, path: &Path, _holder: &str) -> io::Result<Lock> {
        let mut state = self.state();
        state.operate()?;
        if !state.locked.insert(path.to_owned()) {
            return Ok(Lock::Busy(None));
        }
        Ok(Lock::Held(Box::new(HeldLock { disk: self.clone(), path: path.to_owned() })))
    }
}

struct HeldLock {
    disk: Disk,
    path: PathBuf,
}

impl Drop for HeldLock {
    fn drop(&mut self) {
        self.disk.state().locked.remove(&self.path);
    }
}

struct OpenFile {
    disk: Disk,
    number: usize,
}

impl Write for OpenFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.disk.state();
        state.operate()?;
        let mut fits = bytes.len();
        if let Some(quota) = state.quota {
            let room = quota.saturating_sub(state.used());
            fits = fits.min(usize::try_from(room).unwrap_or(usize::MAX));
            if fits == 0 && !bytes.is_empty() {
                return Err(error(ErrorKind::StorageFull));
            }
        }
        state.data[self.number].extend_from_slice(&bytes[..fits]);
        state.log.push(Op::Write(self.number, bytes[..fits].to_vec()));
        Ok(fits)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl NewFile for OpenFile {
    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.disk.state();
        state.operate()?;
        state.log.push(Op::Sync(self.number));
        Ok(())
    }
}

/// What may have become of what was not synced when the power went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// All of it is lost: names and bytes.
    All,
    /// Nothing is.
    Nothing,
    /// The names are there, the bytes are not.
    Bytes,
    /// The names are there, and the bytes are as many, but zeros.
    Zeros,
    /// The bytes are there, the names are not.
    Names,
    /// Anything, by chance.
    Chance,
}

/// Every kind of loss.
pub const LOSSES: [Loss; 6] =
    [Loss::All, Loss::Nothing, Loss::Bytes, Loss::Zeros, Loss::Names, Loss::Chance];

/// The disk as it may be when the power goes after some operations.
#[must_use]
pub fn after_power_loss(log: &[Op], loss: Loss, random: &mut Random) -> Disk {
    // What is safe for certain, and what was done to names since.
    let (mut safe, mut pending): (State, Vec<&Op>) = (State::default(), Vec::new());
    let mut written: BTreeMap<usize, (Vec<u8>, usize)> = BTreeMap::new();
    for op in log {
        match op {
            Op::Write(number, bytes) => {
                written.entry(*number).or_default().0.extend_from_slice(bytes);
            }
            Op::Sync(number) => {
                let (bytes, synced) = written.entry(*number).or_default();
                *synced = bytes.len();
            }
            Op::SyncFolder(folder) => pending.retain(|op| {
                let is_in = folder_of(op) == Some(folder.as_path());
                if is_in {
                    safe.apply(op);
                }
                !is_in
            }),
            names => pending.push(names),
        }
    }
    let kept = match loss {
        Loss::All | Loss::Names => 0,
        Loss::Nothing | Loss::Bytes | Loss::Zeros => pending.len(),
        // A file system keeps the order of what it does to names.
        Loss::Chance => random.place(pending.len() + 1),
    };
    for op in &pending[..kept] {
        safe.apply(op);
    }
    let last = log.iter().filter_map(|op| match op {
        Op::Create(_, number) => Some(*number),
        _ => None,
    });
    safe.data = vec![Vec::new(); last.max().map_or(0, |last| last + 1)];
    for (number, (bytes, synced)) in written {
        let unsynced = bytes.len() - synced;
        let mut kept = bytes;
        match loss {
            Loss::All | Loss::Bytes => kept.truncate(synced),
            Loss::Nothing | Loss::Names => {}
            Loss::Zeros => kept[synced..].fill(0),
            Loss::Chance => {
                kept.truncate(synced + random.place(unsynced + 1));
                if random.below(2) == 0 {
                    kept[synced..].fill(0);
                }
            }
        }
        safe.data[number] = kept;
    }
    Disk { state: Arc::new(Mutex::new(safe)) }
}

fn folder_of(op: &Op) -> Option<&Path> {
    match op {
        Op::Create(path, _)
        | Op::Rename(_, path)
        | Op::Remove(path)
        | Op::CreateFolder(path)
        | Op::RemoveFolder(path) => path.parent(),
        Op::Write(..) | Op::Sync(_) | Op::SyncFolder(_) => None,
    }
}
