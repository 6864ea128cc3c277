//! The folders of segments inside an index folder: their names, which one is next, what may go.

use std::io;
use std::path::Path;

use super::directory::META;
use super::manifest::{self, Manifest};
use crate::error::{Error, Result};
use crate::storage::{NEW, Storage};

/// Folders inside the index folder that hold the engine's segments begin so; a number follows. What
/// the user keeps beside the index (persons, synonyms, corrections) stays out of their way.
const SEGMENTS: &str = "segments-";

/// Folders of segments that are to take the place of others begin so, until they do.
const DRAFT: &str = "draft-";

/// Folders of segments, of whatever index.
pub(super) fn segment_folders(storage: &dyn Storage) -> Result<Vec<String>> {
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

/// The folder of segments that was begun last.
pub(super) fn newest_folder(storage: &dyn Storage) -> Result<Option<String>> {
    Ok(segment_folders(storage)?.into_iter().max_by_key(|folder| number_of(folder)))
}

/// The name that such a folder has until it takes its place, so that one that is given up never passes
/// for an index.
pub(super) fn draft_of(folder: &str) -> String {
    folder.replace(SEGMENTS, DRAFT)
}

pub(super) fn is_draft(folder: &str) -> bool {
    folder.starts_with(DRAFT)
}

pub(super) fn next_folder(storage: &dyn Storage) -> Result<String> {
    let folders = segment_folders(storage)?;
    let last = folders.iter().filter_map(|name| number_of(name)).max().unwrap_or(0);
    Ok(format!("{SEGMENTS}{}", last + 1))
}

/// Where there is no manifest there may be the beginnings of an index, but no segments: they would be of
/// an index whose manifest is lost, and are not to be swept away.
pub(super) fn check_uncommitted(storage: &dyn Storage) -> Result<()> {
    for folder in segment_folders(storage)? {
        let at = Path::new(&folder);
        let entries =
            storage.list(at).map_err(|error| Error::io(&storage.root().join(at), error))?;
        if entries.iter().any(|entry| entry.name.trim_end_matches(NEW) != META) {
            let why = "dixit.json is missing, though segments are there".to_owned();
            return Err(Error::Damaged { path: storage.root().to_owned(), why });
        }
    }
    Ok(())
}

/// Removes what interrupted runs left beside the folders that belong here.
pub(super) fn sweep(storage: &dyn Storage, manifest: &Manifest) -> Result<()> {
    let kept: Vec<&str> = manifest.kept().collect();
    sweep_all_but(storage, &kept)
}

/// Removes every folder of segments, drafts too, that is not one of these, and a manifest that was
/// not finished.
pub(super) fn sweep_all_but(storage: &dyn Storage, kept: &[&str]) -> Result<()> {
    remove_all(storage, |name| {
        (number_of(name).is_some() || is_draft(name)) && !kept.contains(&name)
    })?;
    remove_file(storage, Path::new(&format!("{}{NEW}", manifest::FILE)))
}

/// Removes folders, by name.
pub(super) fn remove_all(storage: &dyn Storage, is_meant: impl Fn(&str) -> bool) -> Result<()> {
    let here = Path::new("");
    for entry in storage.list(here).map_err(|error| Error::io(storage.root(), error))? {
        if entry.is_folder && is_meant(&entry.name) {
            let path = Path::new(&entry.name);
            removed(storage, path, remove_folder(storage, path))?;
        }
    }
    Ok(())
}

/// Removes a file, if it is there.
pub(super) fn remove_file(storage: &dyn Storage, path: &Path) -> Result<()> {
    removed(storage, path, storage.remove(path))
}

fn removed(storage: &dyn Storage, path: &Path, result: io::Result<()>) -> Result<()> {
    match result {
        // A reader on Windows may still hold a file; the next writer sweeps again.
        Err(error) if error.kind() != io::ErrorKind::NotFound && !cfg!(windows) => {
            Err(Error::io(&storage.root().join(path), error))
        }
        _ => Ok(()),
    }
}

fn remove_folder(storage: &dyn Storage, folder: &Path) -> io::Result<()> {
    for entry in storage.list(folder)? {
        let path = folder.join(&entry.name);
        if entry.is_folder { remove_folder(storage, &path)? } else { storage.remove(&path)? }
    }
    storage.remove_folder(folder)
}
