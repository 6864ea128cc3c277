//! From the paths that were given to the files under them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use ignore::WalkBuilder;
use ignore::overrides::OverrideBuilder;

use crate::problem::Problem;

/// A file to take in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Where to open it.
    pub path: PathBuf,
    /// Its absolute path: what the index knows it by.
    pub key: String,
    /// Its path relative to the root, with `/` between the parts: its name in statements.
    pub name: String,
    /// The absolute path of the root.
    pub root: String,
    /// Size in bytes.
    pub size: u64,
    /// Time of its last change, nanoseconds since 1970; 0 where the system does not tell.
    pub modified: i64,
    /// Its number on its file system; 0 where the system does not tell.
    pub inode: u64,
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Walk {
    /// Files, in the order of the roots, then of their names.
    pub files: Vec<SourceFile>,
    /// What could not be looked at.
    pub problems: Vec<Problem>,
    /// Absolute paths that were looked through: what was known under them and is gone was removed.
    pub searched: Vec<String>,
    /// Absolute paths that could not be read: nothing under them is known to be gone.
    pub failed: Vec<String>,
}

/// Why a walk cannot start.
#[derive(Debug, thiserror::Error)]
#[error("`{glob}` cannot be excluded: {why}")]
pub struct ExcludeError {
    glob: String,
    why: String,
}

/// Finds the files under the given paths.
///
/// Hidden files, indexes (`index` is one that may not look like one yet), what `.dixitignore` files name (in the manner of `.gitignore`) and what
/// `exclude` names (in the same manner) are passed over. Links are followed, loops are told.
///
/// # Errors
/// When a pattern of `exclude` is none.
pub fn walk(
    roots: &[PathBuf],
    exclude: &[String],
    index: Option<&Path>,
) -> Result<Walk, ExcludeError> {
    let mut walk = Walk::default();
    let index = index.and_then(|path| path.canonicalize().ok());
    let is_index = move |folder: &Path| is_index(folder) || index.as_deref() == Some(folder);
    for root in roots {
        let shown = root.display().to_string();
        let absolute = match root.canonicalize() {
            Ok(absolute) => absolute,
            Err(error) => {
                walk.problems.push(Problem::left_out(&shown, error.to_string()));
                walk.failed.push(path_text(&lexical(root)));
                continue;
            }
        };
        if is_index(&absolute) {
            walk.problems.push(Problem::left_out(&shown, "it is an index, not a source"));
            continue;
        }
        let mut excluded = OverrideBuilder::new(&absolute);
        for glob in exclude {
            if glob.is_empty() || glob.starts_with('!') {
                let why =
                    "write what is to be passed over, such as `drafts/` or `*.bak`".to_owned();
                return Err(ExcludeError { glob: glob.clone(), why });
            }
            // An override includes; the mark turns it round.
            let result = excluded.add(&format!("!{glob}"));
            result.map_err(|error| ExcludeError { glob: glob.clone(), why: error.to_string() })?;
        }
        let excluded = excluded
            .build()
            .map_err(|error| ExcludeError { glob: exclude.join(", "), why: error.to_string() })?;
        let entries = WalkBuilder::new(&absolute)
            .standard_filters(false)
            .hidden(true)
            .follow_links(true)
            .add_custom_ignore_filename(".dixitignore")
            .overrides(excluded)
            .sort_by_file_name(Ord::cmp)
            .filter_entry({
                let is_index = is_index.clone();
                move |entry| !is_index(entry.path())
            })
            .build();
        walk.searched.push(path_text(&absolute));
        for entry in entries {
            match entry {
                Ok(entry) => {
                    if let Some(error) = entry.error() {
                        // A line of `.dixitignore` that is no pattern; the others hold.
                        walk.problems.push(Problem::left_out(&shown, error.to_string()));
                    }
                    visit(&mut walk, &absolute, entry.path());
                }
                Err(error) => {
                    if let Some(path) = path_of(&error) {
                        walk.failed.push(path_text(path));
                    }
                    walk.problems.push(Problem::left_out(&shown, error.to_string()));
                }
            }
        }
    }
    // A file under two of the roots is one file; the first root names it.
    let mut seen: HashMap<String, PathBuf> = HashMap::new();
    let problems = &mut walk.problems;
    walk.files.retain(|file| match seen.entry(file.key.clone()) {
        Entry::Vacant(new) => {
            new.insert(file.path.clone());
            true
        }
        Entry::Occupied(first) if *first.get() == file.path => false,
        Entry::Occupied(_) => {
            let why = "its name is not UTF-8 and reads like that of another file: rename it";
            problems.push(Problem::left_out(&file.key, why));
            false
        }
    });
    Ok(walk)
}

/// Whether a folder is an index, whole or not. A file of the same name in an archive is a source.
fn is_index(folder: &Path) -> bool {
    let is_segments = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("segments"))
    };
    // The lock stays when the manifest is lost.
    ["dixit.json", "dixit.lock"].iter().any(|name| folder.join(name).is_file())
        && folder.read_dir().is_ok_and(|mut entries| entries.any(is_segments))
}

/// The absolute form of a path, also of one that is not there.
pub(crate) fn lexical(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn visit(walk: &mut Walk, root: &Path, path: &Path) {
    let metadata = match path.metadata() {
        Ok(metadata) => metadata,
        Err(error) => {
            walk.failed.push(path_text(path));
            walk.problems.push(Problem::left_out(path_text(path), error.to_string()));
            return;
        }
    };
    if metadata.is_dir() {
        return;
    }
    if !metadata.is_file() {
        let message = "it is neither a file nor a folder";
        walk.problems.push(Problem::left_out(path_text(path), message));
        return;
    }
    let relative = path.strip_prefix(root).ok().filter(|relative| !relative.as_os_str().is_empty());
    let name = match relative {
        Some(relative) => {
            relative.components().map(|part| path_text(part.as_ref())).collect::<Vec<_>>().join("/")
        }
        None => path_text(path.file_name().unwrap_or(path.as_os_str()).as_ref()),
    };
    walk.files.push(SourceFile::new(path, name, path_text(root), &metadata));
}

impl SourceFile {
    pub(crate) fn new(
        path: &Path,
        name: String,
        root: String,
        metadata: &std::fs::Metadata,
    ) -> Self {
        let since = |time: std::time::SystemTime| time.duration_since(UNIX_EPOCH).ok();
        let modified = metadata.modified().ok().and_then(since);
        Self {
            key: path_text(path),
            path: path.to_owned(),
            name,
            root,
            size: metadata.len(),
            modified: modified.and_then(|time| i64::try_from(time.as_nanos()).ok()).unwrap_or(0),
            inode: inode(metadata),
        }
    }
}

/// A path as text. What is not UTF-8 in it is shown as the mark for that and the byte's number, so
/// that two names stay two.
pub(crate) fn path_text(path: &Path) -> String {
    let Some(text) = path.to_str() else {
        let bytes = path.as_os_str().as_encoded_bytes();
        let mut text = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            for byte in chunk.invalid() {
                text.push_str(&format!("\u{fffd}{byte:02x}"));
            }
        }
        return text;
    };
    text.to_owned()
}

/// The path that such a text stands for.
#[must_use]
pub fn path_of_text(text: &str) -> PathBuf {
    let path = PathBuf::from(text);
    if !text.contains('\u{fffd}') || path.exists() {
        return path;
    }
    not_text(text).unwrap_or(path)
}

#[cfg(unix)]
fn not_text(text: &str) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    let mut parts = text.split('\u{fffd}');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (byte, rest) = part.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(byte, 16).ok()?);
        bytes.extend(rest.as_bytes());
    }
    Some(std::ffi::OsString::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn not_text(_: &str) -> Option<PathBuf> {
    None
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

#[cfg(unix)]
fn inode(metadata: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &std::fs::Metadata) -> u64 {
    0
}
