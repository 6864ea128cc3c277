//! Archives: what lies in them, as sources.

use std::collections::HashSet;

use super::{Event, Origin, Run, now};
use crate::archive::Archive;
use crate::fingerprint::Hashing;
use crate::problem::Problem;
use crate::sync::SyncError;
use crate::sync::report::Change;
use crate::walk::SourceFile;

impl Run<'_> {
    /// Takes in what lies in an archive, each entry as a source.
    pub(super) fn take_archive(
        &mut self,
        file: &SourceFile,
        mut archive: Archive,
    ) -> Result<(), SyncError> {
        let begins = self.progress.bytes.0;
        let (entries, problems) = archive.entries(&file.name);
        let name_of = |problem: &Problem| {
            problem
                .source
                .strip_prefix(file.name.as_str())
                .map(|inner| format!("{}{inner}", file.key))
        };
        // What cannot be read now stays as it was.
        let mut there: HashSet<String> = problems.iter().filter_map(name_of).collect();
        for problem in &problems {
            self.report.failed += 1;
            self.tell(problem);
        }
        if self.known.get(&file.key).is_some() {
            // It was one document.
            self.remove(&file.key);
            self.report.removed += 1;
        }
        self.names.is_in_archive = true;
        for entry in entries {
            self.stop_here()?;
            let inner = entry.source(file);
            let looked_at = now();
            let same = self.known.same_within(&inner, self.options, || {
                let mut hashing = Hashing::new(archive.read(&entry).ok()?);
                std::io::copy(&mut hashing, &mut std::io::sink()).ok()?;
                Some(hashing.hash())
            });
            there.insert(inner.key.clone());
            if let Some(same) = same {
                self.leave(&inner, same, looked_at)?;
                continue;
            }
            let source = Origin { key: &inner.key, name: &inner.name, root: Some(&inner.root) };
            for _ in 0..2 {
                let bytes = match archive.read(&entry) {
                    Ok(bytes) => bytes,
                    Err(error) => {
                        self.fail(&inner.name, &error.to_string());
                        break;
                    }
                };
                if self.take(&source, Some(&inner), bytes)? {
                    break;
                }
                self.progress.bytes.0 = begins;
            }
            self.commit_if_due()?;
        }
        self.names.is_in_archive = false;
        self.remove_within(&file.key, &there);
        Ok(())
    }

    /// Takes out of the index what an archive holds no more.
    pub(super) fn remove_within(&mut self, archive: &str, there: &HashSet<String>) {
        for key in self.known.within(archive) {
            if !there.contains(&key) {
                (self.events)(Event::Source(&key, Change::Removed));
                self.remove(&key);
                self.report.removed += 1;
            }
        }
    }
}
