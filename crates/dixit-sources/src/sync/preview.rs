//! What a run would do, and how far the files have moved away from the index.

use std::collections::HashSet;
use std::sync::atomic::Ordering;

use dixit::{Index, SourceRecord};
use serde::Serialize;

use super::known::Known;
use super::likeness::{Likeness, likeness_of, likeness_of_known};
use super::report::{Change, Event, Report, Twins};
use super::twins::{self, Held, Names};
use super::{Root, SyncError, SyncOptions, afresh, paths};
use crate::archive::{Archive, file_of};
use crate::fingerprint::Fingerprint;
use crate::open::{OpenError, open, open_file};
use crate::problem::Problem;
use crate::walk::{SourceFile, path_of_text, walk};

/// Says what [`sync`](super::sync()) would do, and does nothing: which sources would be added,
/// replaced, left and removed, and which files no reader takes. The files are not read through, but for
/// those that share their name with another: whether they hold the same document shows in their text.
///
/// # Errors
/// When a pattern is none, when the index cannot be read, or when it is stopped.
pub fn preview(
    index: Option<&Index>,
    roots: &[Root],
    options: &SyncOptions,
    events: &mut dyn FnMut(Event<'_>),
) -> Result<Report, SyncError> {
    let options = &afresh(options);
    let found = walk(&paths(roots), &options.exclude, index.map(Index::path))?;
    let searcher = index.map(Index::searcher).transpose()?;
    let records = searcher.as_ref().map(dixit::Searcher::sources).transpose()?;
    let mut known = Known::new(records.unwrap_or_default());
    let mut report = Report::default();
    let mut tell = |report: &mut Report, problem: &Problem| {
        report.problems.count(problem);
        events(Event::Problem(problem));
    };
    for problem in &found.problems {
        report.failed += 1;
        tell(&mut report, problem);
    }
    let mut changes: Vec<(String, Change)> = Vec::new();
    for key in known.vanished(&found) {
        report.removed += 1;
        known.forget(&key);
        changes.push((key, Change::Removed));
    }
    let names = Names::of(&known, &found);
    let mut fresh: Vec<&SourceFile> = Vec::new();
    for file in &found.files {
        if options.stop.load(Ordering::Relaxed) {
            return Err(SyncError::Stopped { statements: 0 });
        }
        if known.same(file, options).is_some() {
            report.same += 1;
            report.same_with_problems += u64::from(known.has_problems(&file.key));
            changes.push((file.name.clone(), Change::Same));
            continue;
        }
        let opened = Archive::open(&file.path, options.read.limits);
        let mut outcomes = Vec::new();
        match opened {
            Ok(Some(mut archive)) => {
                let (entries, problems) = archive.entries(&file.name);
                for problem in problems {
                    report.failed += 1;
                    tell(&mut report, &problem);
                }
                let mut there: HashSet<String> = HashSet::new();
                for entry in entries {
                    let inner = entry.source(file);
                    there.insert(inner.key.clone());
                    if known.same_within(&inner, options, || None).is_some() {
                        report.same += 1;
                        report.same_with_problems += u64::from(known.has_problems(&inner.key));
                        changes.push((inner.name, Change::Same));
                        continue;
                    }
                    let bytes = archive.read(&entry).map_err(OpenError::Io);
                    let opened = bytes.and_then(|bytes| open(&inner.name, bytes, &options.read));
                    outcomes.push((inner, opened.map(|_| ())));
                }
                for key in known.within(&file.key) {
                    if !there.contains(&key) {
                        report.removed += 1;
                        known.forget(&key);
                        changes.push((key, Change::Removed));
                    }
                }
            }
            Ok(None) => {
                let bytes = std::fs::File::open(&file.path).map_err(OpenError::Io);
                let opened =
                    bytes.and_then(|bytes| open_file(&file.name, &file.path, bytes, &options.read));
                if opened.is_ok() && names.is_shared(&file.name) {
                    fresh.push(file);
                }
                outcomes.push((file.clone(), opened.map(|_| ())));
            }
            Err(error) => outcomes.push((file.clone(), Err(OpenError::Io(error)))),
        }
        for (file, opened) in outcomes {
            match opened {
                Ok(()) if known.get(&file.key).is_some() => {
                    report.changed += 1;
                    changes.push((file.name, Change::Changed));
                }
                Ok(()) => {
                    report.added += 1;
                    changes.push((file.name, Change::Added));
                }
                Err(OpenError::Io(error)) => {
                    report.failed += 1;
                    tell(&mut report, &Problem::left_out(&file.name, error.to_string()));
                }
                Err(OpenError::Unread(why)) => {
                    report.unread += 1;
                    tell(&mut report, &Problem::left_out(&file.name, why));
                }
            }
        }
    }
    for root in roots {
        if let Root::Stdin(name) = root {
            let why = "standard input is not read by a preview, and would be taken in";
            tell(&mut report, &Problem::noted(name, why));
        }
    }
    for (name, change) in &changes {
        events(Event::Source(name, *change));
    }
    report.twins = twins_ahead(&known, &names, &fresh, options)?;
    report.total = searcher.map_or(0, |searcher| searcher.statements());
    Ok(report)
}

/// The twins that there would be among what is known and what would be read. What lies in an archive is
/// known only when it was taken in.
fn twins_ahead(
    known: &Known,
    names: &Names,
    fresh: &[&SourceFile],
    options: &SyncOptions,
) -> Result<Twins, SyncError> {
    let keys: HashSet<&str> = fresh.iter().map(|file| file.key.as_str()).collect();
    let mut likenesses: Vec<(&str, &str, Likeness)> = Vec::new();
    let stay = || match options.stop.load(Ordering::Relaxed) {
        true => Err(SyncError::Stopped { statements: 0 }),
        false => Ok(()),
    };
    for record in known.all().filter(|record| !keys.contains(record.key.as_str())) {
        let likeness = match record.likeness.parse() {
            Ok(likeness) => Some(likeness),
            Err(()) if names.is_shared(&record.name) => {
                stay()?;
                likeness_of_known(record, &options.read)
            }
            Err(()) => None,
        };
        likenesses.extend(likeness.map(|it| (record.name.as_str(), record.format.as_str(), it)));
    }
    for file in fresh {
        stay()?;
        let found = likeness_of(file, &options.read);
        likenesses.extend(found.map(|(format, it)| (file.name.as_str(), format, it)));
    }
    let held = likenesses.into_iter().filter_map(|(name, format, it)| Held::new(name, format, it));
    Ok(twins::pairs(held.collect()))
}

/// How far files have moved away from what was taken in of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Drift {
    /// Files that are as they were.
    pub same: u64,
    /// Files that seem to have changed, or were not read to their end.
    pub changed: u64,
    /// Files that are gone.
    pub gone: u64,
    /// Sources that are no files.
    pub other: u64,
}

/// Compares what is known of the sources with the files, by size and time alone.
#[must_use]
pub fn drift(records: &[SourceRecord]) -> Drift {
    let mut drift = Drift::default();
    for record in records {
        let Some(root) = &record.root else {
            drift.other += 1;
            continue;
        };
        let path = path_of_text(&record.key);
        let path = file_of(&record.key).map_or(path, |(file, _)| file);
        let Ok(metadata) = path.metadata() else {
            drift.gone += 1;
            continue;
        };
        let file = SourceFile::new(&path, record.name.clone(), root.clone(), &metadata);
        let print = record.fingerprint.parse::<Fingerprint>();
        match print.is_ok_and(|print| record.partial.is_none() && print.looks_same(&file)) {
            true => drift.same += 1,
            false => drift.changed += 1,
        }
    }
    drift
}

/// Whether a file was read in another manner than these options say: by another mapping of fields, in
/// another format, or by another version of the program.
#[must_use]
pub fn read_otherwise(record: &SourceRecord, options: &SyncOptions) -> bool {
    let print = record.fingerprint.parse::<Fingerprint>();
    record.root.is_some() && print.is_ok_and(|print| !print.is_read(&options.how(&record.name)))
}
