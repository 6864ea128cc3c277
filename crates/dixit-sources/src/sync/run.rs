//! The reading thread: decides what to read, reads it, and commits.

mod archives;
mod names;

use std::collections::HashSet;
use std::io::Read;
use std::sync::atomic::Ordering;
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, PoisonError, RwLockReadGuard};
use std::time::{SystemTime, UNIX_EPOCH};

use dixit::{Partial, Reading, SourceRecord, Statement, Writer};

use super::known::{Known, Same};
use super::likeness::Sketch;
use super::report::{Change, Event, Problems, Progress, Report};
use super::stdin::Stdin;
use super::twins::Names;
use super::work::{Batch, Shared, SharedWriter, SourceCount, lock};
use super::{Root, SyncError, SyncOptions, stdin_key};
use crate::archive::Archive;
use crate::fingerprint::{Fingerprint, Hashing};
use crate::limits::{BATCH_BYTES, COMMIT_BYTES, STATEMENT_BYTES};
use crate::open::{OpenError, open, open_file};
use crate::problem::Problem;
use crate::read::{Flow, Item};
use crate::user::Correction;
use crate::walk::{SourceFile, Walk};

const NOTHING_CAME: &str = "nothing came on standard input, and so the index stays as it is";

/// The reading thread.
pub(super) struct Run<'r> {
    pub(super) options: &'r SyncOptions,
    pub(super) known: Known,
    pub(super) events: &'r mut dyn FnMut(Event<'_>),
    pub(super) shared: &'r Shared,
    pub(super) writer: &'r SharedWriter<'r>,
    /// Nothing when all is sent.
    pub(super) sender: Option<SyncSender<Batch>>,
    pub(super) report: Report,
    pub(super) progress: Progress,
    /// Sources that are read and wait for the commit.
    finished: Vec<(Reading, SourceRecord, Arc<SourceCount>)>,
    /// Bytes of text and statements since the last commit.
    uncommitted: (u64, u64),
    /// Whether there is anything to commit.
    is_changed: bool,
    /// Keys of sources that were removed or replaced since the last commit.
    gone: HashSet<String>,
    /// Names that may be those of twins.
    names: Names,
    /// Names of the sources that were read to their end in this run.
    read: HashSet<String>,
}

/// A source, by its names.
struct Origin<'o> {
    key: &'o str,
    name: &'o str,
    root: Option<&'o str>,
}

/// A source that is being read.
struct Taking {
    record: SourceRecord,
    reading: Reading,
    count: Arc<SourceCount>,
    /// A source that was never there may be committed bit by bit; one that takes the place of what is
    /// there goes in whole or not at all.
    is_divisible: bool,
    /// Whether the index holds some of it for good.
    is_begun: bool,
    /// How far it was read before.
    resumed: Option<Partial>,
    /// Set when what was read before is not what stands there now.
    differs: bool,
    /// Records read, and what tells whether they are the same next time.
    records: u64,
    digest: blake3::Hasher,
    batch: Vec<Statement>,
    batch_bytes: usize,
    problems: Problems,
    sketch: Sketch,
    /// Where its bytes begin among those of the run.
    begins: u64,
    /// And where those of its file end, if it is one.
    ends: u64,
}

impl<'r> Run<'r> {
    pub(super) fn new(
        options: &'r SyncOptions,
        known: Vec<SourceRecord>,
        shared: &'r Shared,
        writer: &'r SharedWriter<'r>,
        sender: SyncSender<Batch>,
        events: &'r mut dyn FnMut(Event<'_>),
    ) -> Self {
        Self {
            options,
            known: Known::new(known),
            events,
            shared,
            writer,
            sender: Some(sender),
            report: Report::default(),
            progress: Progress::default(),
            finished: Vec::new(),
            uncommitted: (0, 0),
            is_changed: false,
            gone: HashSet::new(),
            names: Names::default(),
            read: HashSet::new(),
        }
    }

    fn tell(&mut self, problem: &Problem) {
        self.report.problems.count(problem);
        (self.events)(Event::Problem(problem));
    }

    fn tell_from_workers(&mut self) {
        let mut problems = std::mem::take(&mut *lock(&self.shared.problems));
        problems.sort_by(|a, b| (&a.source, a.byte).cmp(&(&b.source, b.byte)));
        for problem in &problems {
            self.tell(problem);
        }
    }

    fn is_stopped(&self) -> bool {
        self.options.stop.load(Ordering::Relaxed) || self.shared.has_failed()
    }

    pub(super) fn take_all(&mut self, found: &Walk, roots: &[Root]) -> Result<(), SyncError> {
        for problem in &found.problems {
            self.report.failed += 1;
            self.tell(problem);
        }
        self.progress.files.1 = found.files.len() as u64;
        self.progress.bytes.1 = found.files.iter().map(|file| file.size).sum();
        for key in self.known.vanished(found) {
            (self.events)(Event::Source(&key, Change::Removed));
            self.remove(&key);
            self.report.removed += 1;
        }
        self.names = Names::of(&self.known, found);
        for file in &found.files {
            self.stop_here()?;
            self.take_file(file)?;
            self.progress.files.0 += 1;
            self.tell_from_workers();
            (self.events)(Event::Progress(self.progress));
            self.commit_if_due()?;
        }
        for root in roots {
            if let Root::Stdin(name) = root {
                let key = stdin_key(name);
                let source = Origin { key: &key, name, root: None };
                self.stop_here()?;
                let mut stdin = Stdin::new(&self.options.stop);
                let mut first = [0];
                match stdin.read(&mut first) {
                    // A command before the pipe that failed is no reason to forget what it gave before.
                    Ok(0) if !self.is_stopped() => self.fail(name, NOTHING_CAME),
                    Ok(read) => {
                        self.take(&source, None, first[..read].chain(stdin))?;
                    }
                    Err(error) => self.fail(name, &error.to_string()),
                }
            }
        }
        self.commit(None)?;
        // Who left statements to a source that holds them no longer is read again, once.
        let mut again: HashSet<&str> = HashSet::new();
        loop {
            let is_due = |file: &&SourceFile| {
                self.known.is_stale(&file.key) && !again.contains(file.key.as_str())
            };
            let stale: Vec<&SourceFile> = found.files.iter().filter(is_due).collect();
            if stale.is_empty() {
                break;
            }
            for file in stale {
                self.stop_here()?;
                again.insert(&file.key);
                // What lies beside it in an archive was counted before.
                let same = (self.report.same, self.report.same_with_problems);
                self.read_file(file)?;
                (self.report.same, self.report.same_with_problems) = same;
                self.commit_if_due()?;
            }
            self.commit(None)?;
        }
        self.sender = None;
        self.tell_unmet_corrections();
        self.look_back()
    }

    /// Tells which of the user's corrections have nothing to put right.
    fn tell_unmet_corrections(&mut self) {
        let corrections = Arc::clone(&self.options.extraction.corrections);
        let mut problems = Vec::new();
        let tell = |correction: &Correction, why: String| {
            let path = corrections.path().display().to_string();
            Problem { line: Some(correction.line as u64), ..Problem::noted(path, why) }
        };
        let sources: HashSet<&str> = self.known.all().map(|record| record.name.as_str()).collect();
        for correction in corrections.all() {
            let Some(source) = &correction.source else { continue };
            if !sources.contains(source.as_str()) && !source.contains("://") {
                problems.push(tell(correction, format!("the index has no source `{source}`")));
            }
        }
        for source in &self.read {
            for correction in corrections.unmet(source) {
                let ordinal = correction.ordinal.unwrap_or(1);
                let why = format!("`{source}` has no statement {ordinal}");
                problems.push(tell(correction, why));
            }
        }
        problems.sort_by_key(|problem| problem.line);
        for problem in &problems {
            self.tell(problem);
        }
    }

    fn commit_if_due(&mut self) -> Result<(), SyncError> {
        if self.is_commit_due() { self.commit(None) } else { Ok(()) }
    }

    /// The writer, to add and remove by.
    fn writer(&self) -> RwLockReadGuard<'r, &'r mut Writer> {
        self.writer.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes out of the index what is gone.
    fn remove(&mut self, key: &str) {
        self.writer().remove_source(key);
        self.known.forget(key);
        self.gone.insert(key.to_owned());
        self.is_changed = true;
    }

    /// Ends the run when it is to stop: what was read wholly stays.
    fn stop_here(&mut self) -> Result<(), SyncError> {
        if !self.is_stopped() {
            return Ok(());
        }
        self.commit(None)?;
        Err(self.stopped())
    }

    /// Statements of this run that are in the index for good.
    pub(super) fn committed(&self) -> u64 {
        self.report.formats.values().map(|format| format.statements).sum()
    }

    fn stopped(&self) -> SyncError {
        SyncError::Stopped { statements: self.committed() }
    }

    fn take_file(&mut self, file: &SourceFile) -> Result<(), SyncError> {
        let now = now();
        if let Some(same) = self.known.same(file, self.options) {
            self.leave(file, same, now)?;
            self.progress.bytes.0 += file.size;
            return Ok(());
        }
        self.read_file(file)
    }

    /// Leaves a source as it is, being the same.
    fn leave(&mut self, file: &SourceFile, same: Same, looked_at: i64) -> Result<(), SyncError> {
        if same == Same::ByBytes
            && let Some(record) = self.known.renewed(file, looked_at)
        {
            // So that the next run need not look at its bytes.
            self.writer().put_source(&record)?;
            self.known.put(record);
            self.is_changed = true;
        }
        self.report.same += 1;
        self.report.same_with_problems += u64::from(self.known.has_problems(&file.key));
        (self.events)(Event::Source(&file.name, Change::Same));
        Ok(())
    }

    fn read_file(&mut self, file: &SourceFile) -> Result<(), SyncError> {
        let begins = self.progress.bytes.0;
        match Archive::open(&file.path, self.options.read.limits) {
            Ok(Some(archive)) => {
                self.take_archive(file, archive)?;
                self.progress.bytes.0 = begins + file.size;
                return Ok(());
            }
            Ok(None) => {}
            Err(error) => {
                self.fail(&file.name, &error.to_string());
                return Ok(());
            }
        }
        // It may have been an archive.
        self.remove_within(&file.key, &HashSet::new());
        let source = Origin { key: &file.key, name: &file.name, root: Some(&file.root) };
        for _ in 0..2 {
            let bytes = match std::fs::File::open(&file.path) {
                Ok(bytes) => bytes,
                Err(error) => {
                    self.fail(&file.name, &error.to_string());
                    break;
                }
            };
            // Once more from the beginning, when what was taken in before no longer stands there.
            if self.take(&source, Some(file), bytes)? {
                break;
            }
            self.progress.bytes.0 = begins;
        }
        self.progress.bytes.0 = begins + file.size;
        Ok(())
    }

    fn fail(&mut self, name: &str, why: &str) {
        self.report.failed += 1;
        self.tell(&Problem::left_out(name, why));
    }

    /// Takes a source in; whether that is done, or has to be begun anew.
    fn take(
        &mut self,
        source: &Origin<'_>,
        file: Option<&SourceFile>,
        bytes: impl Read,
    ) -> Result<bool, SyncError> {
        let known = self.known.get(source.key).cloned();
        let (name, bytes, read) = (source.name, Hashing::new(bytes), &self.options.read);
        let opened = match file {
            Some(file) => open_file(name, &file.path, bytes, read),
            None => open(name, bytes, read),
        };
        let opened = match opened {
            Ok(opened) => opened,
            Err(OpenError::Io(error)) => {
                self.fail(source.name, &error.to_string());
                return Ok(true);
            }
            Err(OpenError::Unread(why)) => {
                self.report.unread += 1;
                self.tell(&Problem::left_out(source.name, why));
                if known.is_some() {
                    self.remove(source.key);
                    self.report.changed += 1;
                }
                return Ok(true);
            }
        };
        let format = opened.format.reader.name();
        let read_at = now();
        let how = match file {
            Some(file) => self.options.how_of(opened.format.reader, source.name, &file.path),
            None => self.options.how(source.name),
        };
        let resumed = known.as_ref().and_then(|known| known.partial.clone());
        // What was read otherwise, or under another name, or cannot be read twice, begins anew.
        let is_as_before = known.as_ref().is_some_and(|known| {
            file.is_some() && known.fingerprint == how && known.name == source.name
        });
        let resumed = resumed.filter(|_| is_as_before);
        let reading = match &known {
            Some(known) if resumed.is_some() => Reading::resumed(known),
            Some(known) => Reading::anew(known),
            None => Reading::first(source.key),
        };
        let is_divisible = file.is_some() && (known.is_none() || resumed.is_some());
        let count = Arc::new(SourceCount::default());
        if let (Some(known), Some(_)) = (&known, &resumed) {
            count.added.store(known.statements, Ordering::Relaxed);
            lock(&count.twins).extend(known.twins.iter().cloned());
        }
        let mut taking = Taking {
            record: SourceRecord {
                key: source.key.to_owned(),
                name: source.name.to_owned(),
                root: source.root.map(str::to_owned),
                format: format.to_owned(),
                fingerprint: how.clone(),
                reading: 0,
                partial: None,
                statements: 0,
                problems: 0,
                twins: Vec::new(),
                likeness: String::new(),
            },
            reading,
            count,
            is_divisible,
            is_begun: resumed.is_some(),
            resumed,
            differs: false,
            records: 0,
            digest: blake3::Hasher::new(),
            batch: Vec::new(),
            batch_bytes: 0,
            problems: Problems::default(),
            sketch: Sketch::new(self.names.is_shared(source.name)),
            begins: self.progress.bytes.0,
            ends: file.map_or(u64::MAX, |file| self.progress.bytes.0.saturating_add(file.size)),
        };
        let options = self.options;
        let mut failure = None;
        let result = opened.read(source.name, &options.read, &mut |item| match self
            .take_item(&mut taking, item)
        {
            Ok(flow) => flow,
            Err(error) => {
                failure = Some(error);
                Flow::Enough
            }
        });
        if let Some(error) = failure {
            return Err(error);
        }
        let is_cut = taking.resumed.as_ref().is_some_and(|before| taking.records < before.records);
        if taking.differs || (is_cut && !self.is_stopped()) {
            // It goes when the reading that replaces it is at its end.
            if let Some(mut known) = known {
                known.partial = None;
                known.fingerprint = String::new();
                self.known.put(known);
            }
            return Ok(false);
        }
        if self.is_stopped() {
            return Err(self.stop_within(&mut taking));
        }
        self.send(&mut taking);
        self.report.problems.left_out += taking.problems.left_out;
        self.report.problems.noted += taking.problems.noted;
        match result {
            Ok(hashed) => {
                self.report.bytes += hashed.bytes;
                let change = if known.is_some() { Change::Changed } else { Change::Added };
                match change {
                    Change::Added => self.report.added += 1,
                    _ => self.report.changed += 1,
                }
                (self.events)(Event::Source(source.name, change));
                self.read.insert(source.name.to_owned());
                let told = taking.problems.left_out + taking.problems.noted;
                let mut counts = lock(&taking.count.uncommitted);
                counts.files += 1;
                counts.problems += told;
                drop(counts);
                let mut record = taking.record;
                let likeness = taking.sketch.finish();
                record.likeness = likeness.map(|it| it.to_string()).unwrap_or_default();
                record.problems = taking.problems.left_out + taking.problems.noted;
                record.fingerprint = match file {
                    Some(file) => Fingerprint::new(file, &how, read_at, hashed.hash()).to_string(),
                    None => format!("{}:{}", hashed.bytes, hashed.hash()),
                };
                if known.is_some() {
                    self.gone.insert(source.key.to_owned());
                }
                self.finished.push((taking.reading, record, taking.count));
                self.is_changed = true;
            }
            Err(error) => {
                self.fail(source.name, &error.to_string());
                if taking.is_begun {
                    // What is committed of it stays, and the next run goes on behind it.
                    self.commit(Some(&mut taking))?;
                } else {
                    // Half a source is none: what was added of it goes again, what was there stays.
                    self.shared.settle();
                    self.writer().abandon(&taking.reading);
                }
            }
        }
        Ok(true)
    }

    fn take_item(&mut self, taking: &mut Taking, item: Item) -> Result<Flow, SyncError> {
        match item {
            Item::Record(record) => {
                let statement = record.statement;
                taking.sketch.put(&statement);
                if let Some(span) = statement.source.span {
                    // What is unpacked is longer than its file.
                    let at = taking.begins.saturating_add(span.end).min(taking.ends);
                    self.progress.bytes.0 =
                        self.progress.bytes.0.max(at.min(self.progress.bytes.1));
                }
                taking.records += 1;
                if taking.is_divisible {
                    // A statement as its source states it: the hash takes no more room than this.
                    let _ = serde_json::to_writer(&mut taking.digest, &statement);
                    if let Some(before) = &taking.resumed
                        && taking.records <= before.records
                    {
                        taking.differs = taking.records == before.records
                            && taking.digest.finalize().to_hex().as_str() != before.digest;
                        return Ok(self.flow(taking.differs));
                    }
                }
                self.progress.statements += 1;
                self.uncommitted.0 += statement.text.len() as u64;
                self.uncommitted.1 += 1;
                taking.batch_bytes += statement.text.len() + STATEMENT_BYTES;
                taking.batch.push(statement);
                if taking.batch_bytes >= BATCH_BYTES {
                    self.send(taking);
                    (self.events)(Event::Progress(self.progress));
                }
                if taking.is_divisible && self.is_commit_due() {
                    self.commit(Some(taking))?;
                }
            }
            Item::Problem(problem) => {
                taking.problems.count(&problem);
                (self.events)(Event::Problem(&problem));
            }
            Item::Layout(_) => {}
        }
        Ok(self.flow(false))
    }

    fn flow(&self, enough: bool) -> Flow {
        if enough || self.is_stopped() { Flow::Enough } else { Flow::More }
    }

    fn is_commit_due(&self) -> bool {
        self.uncommitted.0 >= COMMIT_BYTES || self.uncommitted.1 >= self.options.commit_statements
    }

    /// Stops in the middle of a source: what was read of a new one stays, and the next run goes on
    /// from there.
    fn stop_within(&mut self, taking: &mut Taking) -> SyncError {
        let is_new = taking.resumed.as_ref().is_none_or(|before| taking.records > before.records);
        let committed = if taking.is_divisible && is_new {
            self.commit(Some(taking))
        } else {
            self.shared.settle();
            if !taking.is_divisible {
                self.writer().abandon(&taking.reading);
            }
            self.commit(None)
        };
        committed.err().unwrap_or_else(|| self.stopped())
    }

    fn send(&mut self, taking: &mut Taking) {
        taking.batch_bytes = 0;
        let statements = std::mem::take(&mut taking.batch);
        let Some(sender) = self.sender.as_ref().filter(|_| !statements.is_empty()) else { return };
        self.is_changed = true;
        self.shared.sent();
        let batch = Batch {
            reading: taking.reading.clone(),
            source: Arc::clone(&taking.count),
            statements,
        };
        if sender.send(batch).is_err() {
            self.shared.done();
        }
    }

    /// Commits what is finished, and what was read so far of a source that is not.
    fn commit(&mut self, taking: Option<&mut Taking>) -> Result<(), SyncError> {
        let unfinished = taking.map(|taking| {
            self.send(taking);
            taking.is_begun = true;
            let digest = taking.digest.finalize().to_hex().to_string();
            let partial = Some(Partial { records: taking.records, digest });
            let problems = taking.problems.left_out + taking.problems.noted;
            let record = SourceRecord { partial, problems, ..taking.record.clone() };
            (taking.reading.clone(), record, Arc::clone(&taking.count))
        });
        self.shared.settle();
        if self.shared.has_failed() {
            return Err(self.failure());
        }
        self.tell_from_workers();
        if !self.is_changed {
            return Ok(());
        }
        let mut writer = self.writer.write().unwrap_or_else(PoisonError::into_inner);
        for (reading, mut record, count) in self.finished.drain(..).chain(unfinished) {
            record.statements = count.added.load(Ordering::Relaxed);
            record.twins = lock(&count.twins).iter().cloned().collect();
            writer.complete(&reading, &record)?;
            let counts = std::mem::take(&mut *lock(&count.uncommitted));
            self.report.formats.entry(record.format.clone()).or_default().add(counts);
            self.known.put(SourceRecord { reading: reading.number(), ..record });
        }
        // With the same commit, so that it is not forgotten whatever happens next.
        for left in self.known.twins_of(&self.gone) {
            let stale = SourceRecord { fingerprint: String::new(), ..left };
            writer.put_source(&stale)?;
            self.known.put(stale);
        }
        self.gone.clear();
        let committed = writer.commit()?;
        self.uncommitted = (0, 0);
        self.is_changed = false;
        drop(writer);
        let statements = self.committed();
        (self.events)(Event::Committed { statements, total: committed.statements });
        Ok(())
    }

    fn failure(&self) -> SyncError {
        match lock(&self.shared.error).take() {
            Some(error) => error.into(),
            None => SyncError::Died,
        }
    }
}

fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_nanos()).unwrap_or(i64::MAX)
}
