//! What the index knows of the sources, against what there is now.

use std::collections::{BTreeMap, HashSet};

use dixit::SourceRecord;

use super::SyncOptions;
use super::report::Twins;
use super::twins::{self, Held};
use crate::fingerprint::{Fingerprint, hash_of};
use crate::read::by_name;
use crate::walk::{SourceFile, Walk};

/// How it is known that a file is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Same {
    BySizeAndTime,
    /// By its bytes alone: it was touched, or written within the grain of the clock.
    ByBytes,
}

/// What the index knows of the sources.
pub(super) struct Known {
    records: BTreeMap<String, SourceRecord>,
}

impl Known {
    pub(super) fn new(records: Vec<SourceRecord>) -> Self {
        let records = records.into_iter().map(|record| (record.key.clone(), record)).collect();
        Self { records }
    }

    pub(super) fn get(&self, key: &str) -> Option<&SourceRecord> {
        self.records.get(key)
    }

    /// Whether there was something to tell of a source when it was read.
    pub(super) fn has_problems(&self, key: &str) -> bool {
        self.get(key).is_some_and(|record| record.problems > 0)
    }

    pub(super) fn put(&mut self, record: SourceRecord) {
        self.records.insert(record.key.clone(), record);
    }

    pub(super) fn forget(&mut self, key: &str) {
        self.records.remove(key);
    }

    /// Whether a file is what it was when it was taken in, and would be read as then; how that is known.
    pub(super) fn same(&self, file: &SourceFile, options: &SyncOptions) -> Option<Same> {
        self.same_by(file, false, options, || hash_of(&file.path).ok())
    }

    /// The same of what lies in an archive: size and time are the archive's, and so tell only that nothing
    /// changed; `hash` is that of the entry's own bytes.
    pub(super) fn same_within(
        &self,
        entry: &SourceFile,
        options: &SyncOptions,
        hash: impl FnOnce() -> Option<String>,
    ) -> Option<Same> {
        self.same_by(entry, true, options, hash)
    }

    fn same_by(
        &self,
        file: &SourceFile,
        is_within: bool,
        options: &SyncOptions,
        hash: impl FnOnce() -> Option<String>,
    ) -> Option<Same> {
        let record = self.records.get(&file.key).filter(|record| record.name == file.name)?;
        let print = record.fingerprint.parse::<Fingerprint>().ok()?;
        if record.partial.is_some() {
            return None;
        }
        let how = match by_name(&record.format) {
            Some(reader) => options.how_of(reader, &file.name, &file.path),
            None => options.how(&file.name),
        };
        match print.is_same(file, &how) {
            Some(true) if !options.checksum => Some(Same::BySizeAndTime),
            Some(false) if !is_within || !print.is_read(&how) => None,
            by_time => {
                let has_hash = hash().is_some_and(|hash| print.has_hash(&hash));
                let how = match by_time {
                    Some(true) => Same::BySizeAndTime,
                    _ => Same::ByBytes,
                };
                has_hash.then_some(how)
            }
        }
    }

    /// What is known of a file whose bytes were found to be the same at some moment: its size and time
    /// tell the next time, unless the file was written so shortly before that they cannot.
    pub(super) fn renewed(&self, file: &SourceFile, looked_at: i64) -> Option<SourceRecord> {
        let record = self.records.get(&file.key)?;
        let print = record.fingerprint.parse::<Fingerprint>().ok()?.renewed(file, looked_at)?;
        Some(SourceRecord { fingerprint: print.to_string(), ..record.clone() })
    }

    /// Keys of what was taken in out of an archive, by the archive's.
    pub(super) fn within(&self, archive: &str) -> Vec<String> {
        let folder = format!("{archive}/");
        let after = self.records.range(folder.clone()..).map(|(key, _)| key);
        after.take_while(|key| key.starts_with(&folder)).cloned().collect()
    }

    /// Keys of what lay under the paths that were looked through and is gone. What lies under a path
    /// that could not be read is not known to be gone.
    pub(super) fn vanished(&self, found: &Walk) -> Vec<String> {
        let there: HashSet<&str> = found.files.iter().map(|file| file.key.as_str()).collect();
        let mut gone: Vec<String> = self
            .records
            .keys()
            .filter(|key| {
                // Whether an archive still holds it, is looked at there.
                let mut above = key.match_indices('/').map(|(end, _)| &key[..end]);
                !there.contains(key.as_str())
                    && !above.any(|folder| there.contains(folder))
                    && is_under_any(key, &found.searched)
                    && !is_under_any(key, &found.failed)
            })
            .cloned()
            .collect();
        gone.sort();
        gone
    }

    /// Sources that left statements to one of these, in the order of their keys.
    pub(super) fn twins_of(&self, gone: &HashSet<String>) -> Vec<SourceRecord> {
        let is_left = |known: &&SourceRecord| known.twins.iter().any(|twin| gone.contains(twin));
        let mut left: Vec<SourceRecord> = self.records.values().filter(is_left).cloned().collect();
        left.sort_by(|a, b| a.key.cmp(&b.key));
        left
    }

    /// What is known of all sources, in the order of their keys.
    pub(super) fn all(&self) -> impl Iterator<Item = &SourceRecord> {
        self.records.values()
    }

    /// Sources that hold the same document in two formats.
    pub(super) fn in_two_formats(&self) -> Twins {
        twins::pairs(self.all().filter_map(Held::known).collect())
    }

    /// Whether a source, or what lies in it, is to be read again, whatever it looks like.
    pub(super) fn is_stale(&self, key: &str) -> bool {
        let is_empty =
            |key: &str| self.records.get(key).is_some_and(|known| known.fingerprint.is_empty());
        is_empty(key) || self.within(key).iter().any(|key| is_empty(key))
    }
}

/// Whether a path is one of the roots or lies under one.
pub(super) fn is_under_any(key: &str, roots: &[String]) -> bool {
    roots.iter().any(|root| is_under(key, root))
}

pub(crate) fn is_under(key: &str, root: &str) -> bool {
    key.strip_prefix(root)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '\\']) || root.ends_with('/'))
}
