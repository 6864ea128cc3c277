//! Files that accompany others: lists of persons beside the debates that name them by a key.

use std::any::Any;
use std::collections::HashMap;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// How many folders above a file are looked into, each with the folders in it: a corpus keeps its lists
/// at its top, or in a folder beside that of its years.
const LEVELS: usize = 2;

/// The most files that one folder is looked through for.
const NAMES: usize = 10_000;

/// So many names show how the files of a folder are named.
const SAMPLE: usize = 100;

/// What was read of accompanying files, kept for all the files that they accompany.
#[derive(Clone, Default)]
pub struct Companions {
    kept: Arc<Mutex<Kept>>,
}

#[derive(Default)]
struct Kept {
    looks: HashMap<PathBuf, String>,
    folders: HashMap<PathBuf, Arc<Folder>>,
    read: HashMap<PathBuf, Arc<dyn Any + Send + Sync>>,
}

#[derive(Default)]
struct Folder {
    files: Vec<String>,
    folders: Vec<String>,
}

impl std::fmt::Debug for Companions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Companions")
    }
}

/// The files near one that is being read.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    folder: Option<PathBuf>,
    /// The name of the file itself.
    file: Option<String>,
    companions: Companions,
}

impl Companions {
    /// The files near this one.
    #[must_use]
    pub fn beside(&self, file: &Path) -> Beside {
        let file = std::path::absolute(file);
        let file = file.unwrap_or_default();
        let folder = file.parent().map(Path::to_owned);
        let file = file.file_name().and_then(|name| name.to_str()).map(str::to_owned);
        Beside { folder, file, companions: self.clone() }
    }

    /// What tells that these files are as they were: their names, sizes and times.
    pub(crate) fn look_of(&self, files: &[PathBuf]) -> String {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let looks = files.iter().map(|path| {
            let look = kept.looks.entry(path.clone()).or_insert_with(|| {
                let metadata = path.metadata().ok();
                let time = metadata.as_ref().and_then(|metadata| metadata.modified().ok());
                let size = metadata.as_ref().map_or(0, std::fs::Metadata::len);
                format!("{} {size} {time:?}\n", path.display())
            });
            look.clone()
        });
        looks.collect()
    }

    fn folder(&self, path: &Path) -> Arc<Folder> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = kept.folders.entry(path.to_owned()).or_insert_with(|| Arc::new(list(path)));
        Arc::clone(folder)
    }
}

fn list(path: &Path) -> Folder {
    let mut folder = Folder::default();
    for entry in path.read_dir().into_iter().flatten().flatten().take(NAMES) {
        let Ok(name) = entry.file_name().into_string() else { continue };
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => folder.folders.push(name),
            Ok(kind) if kind.is_file() => folder.files.push(name),
            _ => {}
        }
    }
    folder.files.sort();
    folder.folders.sort();
    folder
}

impl Beside {
    /// The folder that a source lies in, and its name there; nothing for what lies in an archive, which has
    /// no files beside it that could be opened.
    pub(super) fn place<'b>(&'b self, name: &str) -> Option<(&'b Path, &'b str)> {
        let (folder, file) = (self.folder.as_deref()?, self.file.as_deref()?);
        (name.rsplit('/').next() == Some(file)).then_some((folder, file))
    }

    /// The names of the files in its folder, in order.
    pub(super) fn names(&self) -> Vec<String> {
        let folder = self.folder.as_deref().map(|folder| self.companions.folder(folder));
        folder.map(|folder| folder.files.clone()).unwrap_or_default()
    }

    /// What tells that these files are as they were.
    pub(super) fn look_of(&self, files: &[PathBuf]) -> String {
        self.companions.look_of(files)
    }

    /// The files that are meant, the nearest first: those in the same folder, then in the folders above,
    /// and of the folders in these those files that bear the name of the corpus.
    pub(super) fn find(&self, corpus: &str, is_meant: &dyn Fn(&str) -> bool) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let Some(own) = &self.folder else { return found };
        // In a folder of its own another corpus may keep a list with the same keys.
        let is_ours = |name: &str| is_meant(name) && name.to_lowercase().starts_with(corpus);
        let mut take = |path: &Path, is_meant: &dyn Fn(&str) -> bool| {
            let folder = self.companions.folder(path);
            let files = folder.files.iter().filter(|name| is_meant(name));
            found.extend(files.map(|name| path.join(name)));
            folder
        };
        take(own, is_meant);
        for above in own.ancestors().skip(1).take(LEVELS).filter(|path| path.parent().is_some()) {
            let folder = take(above, is_meant);
            for name in folder.folders.iter().filter(|name| !name.starts_with('.')) {
                let inner = above.join(name);
                if inner != *own && !own.starts_with(&inner) {
                    take(&inner, &is_ours);
                }
            }
        }
        found
    }

    /// Of the files in the same folder that are of a kind, how many there are and how many are named so.
    pub(super) fn count(
        &self,
        is_of_kind: &dyn Fn(&str) -> bool,
        is_so: &dyn Fn(&str) -> bool,
    ) -> (usize, usize) {
        let Some(own) = &self.folder else { return (0, 0) };
        let folder = self.companions.folder(own);
        // Each file of a folder asks, so that no more than a sample is looked at.
        let of_kind = folder.files.iter().filter(|name| is_of_kind(name)).take(SAMPLE);
        of_kind.fold((0, 0), |(all, so), name| (all + 1, so + usize::from(is_so(name))))
    }

    /// What a file holds, read once for all the files that it accompanies.
    pub(super) fn read<T: Any + Send + Sync + Default>(
        &self,
        path: &Path,
        read: impl FnOnce(&mut dyn std::io::BufRead) -> std::io::Result<T>,
    ) -> Arc<T> {
        let mut kept = self.companions.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(there) = kept.read.get(path)
            && let Ok(there) = Arc::clone(there).downcast::<T>()
        {
            return there;
        }
        // One that does not read accompanies nothing.
        let content = std::fs::File::open(path)
            .and_then(|file| read(&mut BufReader::with_capacity(64 << 10, file)));
        let content = Arc::new(content.unwrap_or_default());
        kept.read.insert(path.to_owned(), Arc::clone(&content) as Arc<dyn Any + Send + Sync>);
        content
    }
}
