//! Taking sources out of an index.

use std::path::Path;

use dixit::{Index, SourceRecord, WriterOptions};
use serde::Serialize;

use super::STDIN;
use super::known::is_under;
use crate::walk::{lexical, path_text};

/// What was removed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Removed {
    /// Keys of the sources that were removed.
    pub sources: Vec<String>,
    /// Statements that went with them.
    pub statements: u64,
    /// Keys of sources that had left statements to one of them, being the same: they are read again by
    /// the next run over them.
    pub read_again: Vec<String>,
    /// Statements in the index now.
    pub total: u64,
}

/// Why nothing was removed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RemoveError {
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] dixit::Error),
    /// No source is known by this.
    #[error("no source `{0}` in this index")]
    Unknown(String),
    /// Several sources bear this name.
    #[error("`{name}` names {} sources; say which by its path: {}", keys.len(), keys.join(", "))]
    Ambiguous {
        /// The name.
        name: String,
        /// The keys of the sources.
        keys: Vec<String>,
    },
}

/// Removes sources from an index: each given by its path, by a folder that it lies under, or by the
/// name that its statements bear. All of them, or none when one is not known.
///
/// A later run over a folder that holds such a file takes it in again, unless it is excluded.
///
/// # Errors
/// [`RemoveError`], and then nothing is removed.
pub fn remove(
    index: &Index,
    given: &[String],
    options: &WriterOptions,
) -> Result<Removed, RemoveError> {
    let mut writer = index.writer(options)?;
    let records = writer.committed().sources()?;
    let mut removed = Removed::default();
    let mut roots = Vec::new();
    for name in given {
        let (keys, root) = matching(&records, name)?;
        removed.sources.extend(keys);
        roots.extend(root);
    }
    removed.sources.sort();
    removed.sources.dedup();
    for record in &records {
        if removed.sources.contains(&record.key) {
            writer.remove_source(&record.key);
            removed.statements += record.statements;
        } else if record.twins.iter().any(|twin| removed.sources.contains(twin)) {
            let fingerprint = String::new();
            writer.put_source(&SourceRecord { fingerprint, ..record.clone() })?;
            removed.read_again.push(record.key.clone());
        }
    }
    removed.total = writer.commit()?.statements;
    for origin in index.origins()? {
        if roots.iter().any(|root| is_under(&origin.root, root)) {
            writer.forget_origin(&origin.root)?;
        }
    }
    writer.finish()?;
    Ok(removed)
}

/// Keys of the sources that a text stands for, and the path that it stands for.
fn matching(
    records: &[SourceRecord],
    given: &str,
) -> Result<(Vec<String>, Option<String>), RemoveError> {
    if given.is_empty() {
        return Err(RemoveError::Unknown(given.to_owned()));
    }
    let keys = |is_meant: &dyn Fn(&SourceRecord) -> bool| -> Vec<String> {
        records.iter().filter(|record| is_meant(record)).map(|record| record.key.clone()).collect()
    };
    // The path as it is written comes first: a link is a source of its own, and so is what it leads to.
    for path in spellings(Path::new(given)) {
        let by_path = keys(&|record| is_under(&record.key, &path));
        if !by_path.is_empty() {
            return Ok((by_path, Some(path)));
        }
    }
    let by_key = keys(&|record| record.key == given);
    if !by_key.is_empty() {
        return Ok((by_key, Some(given.to_owned())));
    }
    let by_name = keys(&|record| record.name == given);
    match by_name.len() {
        0 => Err(RemoveError::Unknown(given.to_owned())),
        1 => {
            let root = by_name.first().filter(|key| key.starts_with(STDIN)).cloned();
            Ok((by_name, root))
        }
        _ => Err(RemoveError::Ambiguous { name: given.to_owned(), keys: by_name }),
    }
}

/// The absolute forms of a path: links of no folder above it followed, then of more and more of them,
/// at last its own.
fn spellings(path: &Path) -> Vec<String> {
    let path = lexical(path);
    let mut above: Vec<&Path> = path.ancestors().collect();
    above.reverse();
    let followed = above.iter().filter_map(|&folder| {
        let rest = path.strip_prefix(folder).ok()?;
        let folder = folder.canonicalize().ok()?;
        // A path that ends in a slash is no file's.
        Some(if rest.as_os_str().is_empty() { folder } else { folder.join(rest) })
    });
    let mut spellings: Vec<String> =
        [path.clone()].into_iter().chain(followed).map(|path| path_text(&path)).collect();
    spellings.dedup();
    spellings
}
