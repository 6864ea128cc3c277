//! An index that is being built in place of another one.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::folders::{
    draft_of, is_draft, newest_folder, next_folder, remove_all, segment_folders, sweep,
};
use super::generation::Generation;
use super::manifest::Manifest;
use super::stored::{Document, for_each_document};
use super::{Added, Drafted, Index, Reading, SourceRecord, WriterOptions, lock};
use crate::error::{Error, Result};
use crate::storage::{Storage, hold};

/// An index that is being built in place of another one. Dropped, it leaves that one as it is.
#[derive(Debug)]
pub struct Draft {
    index: Index,
    manifest: Manifest,
}

/// What was taken over from a damaged index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Salvaged {
    /// Statements taken over.
    pub statements: u64,
    /// Sources of which what is known was taken over.
    pub sources: u64,
    /// Documents that do not read any more.
    pub unreadable: u64,
    /// Whether all of the index could be read.
    pub is_whole: bool,
}

impl Draft {
    pub(super) fn begin(storage: Arc<dyn Storage>, wait: Duration) -> Result<Self> {
        let root = storage.root();
        storage.create_folder(Path::new("")).map_err(|error| Error::io(root, error))?;
        let lock = lock::take(&*storage, wait)?;
        let manifest = Manifest::new(next_folder(&*storage)?);
        remove_all(&*storage, is_draft)?;
        let generation = Generation::create(&storage, &draft_of(&manifest.segments))?;
        let drafted = Arc::new(Drafted { lock, origins: Mutex::default() });
        let index = Index::assemble(storage, generation, Some(drafted));
        Ok(Self { index, manifest })
    }

    /// The index that is being built. Its writer has to be gone before it is published.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Takes over from the index that it replaces what cannot be read again from elsewhere: the
    /// statements of these sources, and what is known of them, as far as they can still be read.
    ///
    /// # Errors
    /// When they cannot be written. That nothing can be read is no error.
    pub fn salvage(
        &self,
        is_wanted: &dyn Fn(&str) -> bool,
        options: &WriterOptions,
    ) -> Result<Salvaged> {
        let mut salvaged = Salvaged::default();
        let mut writer = self.index.writer(options)?;
        let mut taken: HashMap<String, u64> = HashMap::new();
        let mut records = Vec::new();
        let storage = &self.index.shared.storage;
        let mut write = |document| -> Result<()> {
            match document {
                Document::Statement(key, statement) if is_wanted(&key) => {
                    // One that a file states after all has a place already.
                    let is_new = writer.add_to(&Reading::first(&key), &statement)? == Added::New;
                    salvaged.statements += u64::from(is_new);
                    *taken.entry(key).or_default() += u64::from(is_new);
                }
                Document::Source(record) if is_wanted(&record.key) => records.push(record),
                _ => {}
            }
            Ok(())
        };
        let (mut unreadable, mut failed) = (0, None);
        let read = self.replaced_folder().and_then(|old| {
            for_each_document(storage, &old, &mut |document| {
                match document {
                    Ok(document) => {
                        if let Err(error) = write(document) {
                            failed = Some(error.clone());
                            return Err(error);
                        }
                    }
                    Err(_) => unreadable += 1,
                }
                Ok(())
            })
        });
        if let Some(error) = failed {
            return Err(error);
        }
        salvaged.unreadable = unreadable;
        salvaged.is_whole = read.is_ok() && unreadable == 0;
        salvaged.sources = records.len() as u64;
        for record in records {
            let statements = taken.get(&record.key).copied().unwrap_or(0);
            writer
                .complete(&Reading::first(&record.key), &SourceRecord { statements, ..record })?;
        }
        writer.commit()?;
        writer.finish()?;
        Ok(salvaged)
    }

    /// The segments that this index is to replace; the newest where no manifest says which.
    fn replaced_folder(&self) -> Result<String> {
        let storage = &*self.index.shared.storage;
        if let Ok(manifest) = Manifest::read(storage) {
            return Ok(manifest.segments);
        }
        let newest = newest_folder(storage)?;
        newest.ok_or_else(|| Error::NotFound { path: self.index.path().to_owned() })
    }

    /// Puts it in place of the other one, at once, and removes that one.
    ///
    /// # Errors
    /// [`Error::Io`] when the folder cannot be written.
    pub fn publish(self) -> Result<Index> {
        Ok(self.replace(false)?.0)
    }

    /// Puts it in place of the other one, at once, and leaves that one's segments in the folder,
    /// for whoever wants to look into them. The names of their folders are given.
    ///
    /// # Errors
    /// As [`publish`](Self::publish).
    pub fn publish_beside(self) -> Result<(Index, Vec<String>)> {
        self.replace(true)
    }

    fn replace(mut self, keep: bool) -> Result<(Index, Vec<String>)> {
        let shared = &self.index.shared;
        let storage = Arc::clone(&shared.storage);
        if let Some(drafted) = &shared.drafted {
            self.manifest.origins = std::mem::take(&mut hold(&drafted.origins));
        }
        self.manifest.set_aside = match Manifest::read(&*storage) {
            Ok(old) if !keep => old.set_aside,
            // Of another version: it cannot be read, and is not damaged.
            Err(Error::Version { .. }) if !keep => Vec::new(),
            // What cannot be told to be of no use any more is kept.
            _ => segment_folders(&*storage)?,
        };
        let (draft, folder) = (shared.current().folder.clone(), &self.manifest.segments);
        storage
            .rename(Path::new(&draft), Path::new(folder))
            .and_then(|()| storage.sync_folder(Path::new("")))
            .map_err(|error| Error::io(&storage.root().join(folder), error))?;
        self.manifest.write(&*storage)?;
        sweep(&*storage, &self.manifest)?;
        Ok((Index::open_on(storage)?, self.manifest.set_aside))
    }
}
