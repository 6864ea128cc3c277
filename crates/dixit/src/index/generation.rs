//! A folder of segments, opened.

use std::path::Path;
use std::sync::Arc;

use tantivy::{IndexReader, IndexSettings, ReloadPolicy};

use super::Manifest;
use super::directory::{Piecewise, SegmentDirectory, named_by};
use super::folders::remove_file;
use crate::error::{Error, Result, guarded};
use crate::schema::{self, SCHEMA_VERSION};
use crate::storage::Storage;

/// A folder of segments, opened. A rebuilt index has another one.
pub(crate) struct Generation {
    pub(super) folder: String,
    pub(super) directory: SegmentDirectory,
    pub(super) inner: tantivy::Index,
    reader: IndexReader,
}

/// How often a reader looks again when commits pass by while it opens their files.
pub(super) const LOOKS: usize = 100;

impl Generation {
    pub(super) fn create(storage: &Arc<dyn Storage>, folder: &str) -> Result<Self> {
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
    pub(super) fn open_current(storage: &Arc<dyn Storage>) -> Result<Self> {
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

    pub(super) fn open(
        storage: &Arc<dyn Storage>,
        folder: &str,
        reading: Piecewise,
    ) -> Result<Self> {
        let directory = SegmentDirectory::new(Arc::clone(storage), folder.into(), reading);
        let path = storage.root();
        guarded(path, || {
            while_commits_pass(&directory, || {
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
    pub(super) fn sweep(&self, storage: &dyn Storage) -> Result<()> {
        let folder = Path::new(&self.folder);
        let failed = |error| Error::io(&storage.root().join(folder), error);
        let named = named_by(&self.directory.meta().map_err(failed)?);
        for entry in storage.list(folder).map_err(failed)? {
            if !named.contains(&entry.name) && !entry.is_folder && !entry.name.starts_with('.') {
                remove_file(storage, &folder.join(&entry.name))?;
            }
        }
        Ok(())
    }

    pub(super) fn refresh(&self, path: &Path) -> Result<tantivy::Searcher> {
        while_commits_pass(&self.directory, || {
            self.reader.reload().map_err(|error| Error::from_engine(path, error))
        })?;
        Ok(self.reader.searcher())
    }
}

/// Looks again while commits pass by: a file that is missing because a newer commit no longer names it
/// is no damage. It is when it is missing twice and there was no commit between.
fn while_commits_pass<T>(
    directory: &SegmentDirectory,
    mut attempt: impl FnMut() -> Result<T>,
) -> Result<T> {
    let mut before = None;
    for _ in 0..LOOKS {
        match attempt() {
            Err(error @ Error::Damaged { .. }) => {
                // Where even that does not read, what was met first says more.
                let Ok(now) = directory.meta() else { return Err(error) };
                if before.as_ref() == Some(&now) {
                    return Err(error);
                }
                before = Some(now);
            }
            other => return other,
        }
    }
    attempt()
}
