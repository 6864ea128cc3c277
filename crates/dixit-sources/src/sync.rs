//! Bringing an index in step with the files under some paths.
//!
//! One thread walks and reads; others extract and add. What changed is replaced, what is gone from
//! under the given paths is removed, the rest is not touched, and what is known of a source commits
//! with its statements.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::Read;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use dixit::{Added, Index, SourceRecord, Statement, Writer, WriterOptions};
use serde::Serialize;

use crate::extract::Extraction;
use crate::fingerprint::{Fingerprint, Hashing, hash_of};
use crate::open::{OpenError, ReadOptions, open};
use crate::problem::Problem;
use crate::read::{Flow, Item};
use crate::walk::{ExcludeError, SourceFile, Walk, walk};

/// How to bring an index in step.
#[derive(Debug, Clone, Default)]
pub struct SyncOptions {
    /// How files are read.
    pub read: ReadOptions,
    /// How metadata is extracted.
    pub extraction: Extraction,
    /// Patterns of files to pass over, in the manner of `.gitignore`.
    pub exclude: Vec<String>,
    /// Compare bytes even where size and time say that nothing changed.
    pub checksum: bool,
    /// Memory and threads of the writer; as many threads extract.
    pub writer: WriterOptions,
    /// Set from outside to stop: the index is then left at its last commit.
    pub stop: Arc<AtomicBool>,
}

/// Where statements are taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// A file or folder.
    Path(PathBuf),
    /// Standard input, under this name.
    Stdin(String),
}

/// What happens while an index is brought in step.
#[derive(Debug)]
pub enum Event<'e> {
    /// How far it is.
    Progress(Progress),
    /// Something could not be taken in, or not wholly.
    Problem(&'e Problem),
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Files done, of how many.
    pub files: (u64, u64),
    /// Bytes read or found unchanged, of how many.
    pub bytes: (u64, u64),
    /// Statements read so far.
    pub statements: u64,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// Sources that are new in the index.
    pub added: u64,
    /// Sources that changed and were replaced.
    pub changed: u64,
    /// Sources that did not change.
    pub same: u64,
    /// Sources that are gone and were removed.
    pub removed: u64,
    /// Files and folders that could not be read; what is known of them stays.
    pub failed: u64,
    /// Files that no reader takes.
    pub unread: u64,
    /// Statements taken in this time.
    pub statements: u64,
    /// Bytes read this time.
    pub bytes: u64,
    /// Statements in the index now.
    pub total: u64,
    /// Problems, by whether something was left out for them.
    pub problems: Problems,
    /// What was taken in, by format.
    pub formats: BTreeMap<String, FormatReport>,
}

/// How many problems there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Problems {
    /// For which something was left out.
    pub left_out: u64,
    /// With a reservation only.
    pub noted: u64,
}

/// What was taken in of one format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct FormatReport {
    /// Files read.
    pub files: u64,
    /// Statements taken.
    pub statements: u64,
    /// Of them, those whose speaker is known.
    pub with_speaker: u64,
    /// Of them, those whose date is known.
    pub with_date: u64,
}

impl FormatReport {
    fn add(&mut self, other: Self) {
        self.files += other.files;
        self.statements += other.statements;
        self.with_speaker += other.with_speaker;
        self.with_date += other.with_date;
    }
}

/// Why an index could not be brought in step. It is then at its last commit.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SyncError {
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] dixit::Error),
    /// A pattern is none.
    #[error(transparent)]
    Exclude(#[from] ExcludeError),
    /// It was stopped from outside.
    #[error("stopped; the index is as it was at its last commit")]
    Stopped,
}

/// About how many bytes of records go to an extracting thread at a time.
const BATCH_BYTES: usize = 256 << 10;

/// Bytes read between two commits: what an interruption can cost.
const COMMIT_BYTES: u64 = 512 << 20;

/// Brings an index in step with some files.
///
/// # Errors
/// [`SyncError`] when it could not be finished. Files that cannot be read are no error: they are
/// told as problems, and the rest is taken.
pub fn sync(
    index: &Index,
    roots: &[Root],
    options: &SyncOptions,
    events: &mut dyn FnMut(Event<'_>),
) -> Result<Report, SyncError> {
    let paths: Vec<PathBuf> = roots
        .iter()
        .filter_map(|root| match root {
            Root::Path(path) => Some(path.clone()),
            Root::Stdin(_) => None,
        })
        .collect();
    let found = walk(&paths, &options.exclude)?;
    let mut writer = index.writer(&options.writer)?;
    let known: HashMap<String, SourceRecord> = writer
        .committed()
        .sources()?
        .into_iter()
        .map(|record| (record.key.clone(), record))
        .collect();
    let shared = Shared::default();
    let mut run = Run {
        options,
        known,
        events,
        shared: &shared,
        report: Report::default(),
        progress: Progress::default(),
        finished: Vec::new(),
        since_commit: 0,
        gone: HashSet::new(),
    };
    for problem in &found.problems {
        run.report.failed += 1;
        run.tell(problem);
    }
    run.progress.files.1 = found.files.len() as u64;
    run.progress.bytes.1 = found.files.iter().map(|file| file.size).sum();
    run.remove_gone(&found, &writer);

    let threads = options.writer.threads.max(1);
    // A few batches of slack keep everyone busy and bound what is held.
    let (sender, receiver) = sync_channel::<Batch>(2 * threads);
    let receiver = Mutex::new(receiver);
    let mut outcome = Ok(());
    {
        let lock = std::sync::RwLock::new(&mut writer);
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| work(&receiver, &lock, &shared, &options.extraction));
            }
            outcome = run.take_all(&found, roots, sender, &lock);
            if outcome.is_err() {
                shared.failed.store(true, Ordering::Relaxed);
            }
        });
    }
    let Run { mut report, .. } = run;
    if let Some(error) = lock(&shared.error).take() {
        return Err(error.into());
    }
    outcome?;
    report.formats = std::mem::take(&mut *lock(&shared.formats));
    report.statements = report.formats.values().map(|format| format.statements).sum();
    report.total = writer.committed().statements();
    writer.finish()?;
    Ok(report)
}

type SharedWriter<'w> = std::sync::RwLock<&'w mut Writer>;

/// Statements of one source on their way to the index.
struct Batch {
    key: Arc<str>,
    source: Arc<SourceCount>,
    format: &'static str,
    statements: Vec<Statement>,
}

/// What became of a source's statements.
#[derive(Default)]
struct SourceCount {
    added: AtomicU64,
    /// Keys of the sources that hold some of them already.
    twins: Mutex<BTreeSet<String>>,
}

/// What the reading and the extracting threads share.
#[derive(Default)]
struct Shared {
    /// Batches that are on their way.
    pending: Mutex<u64>,
    settled: Condvar,
    /// The first failure of the engine.
    error: Mutex<Option<dixit::Error>>,
    failed: AtomicBool,
    /// Twins that were left out.
    problems: Mutex<Vec<Problem>>,
    formats: Mutex<BTreeMap<String, FormatReport>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn sent(&self) {
        *lock(&self.pending) += 1;
    }

    fn done(&self) {
        *lock(&self.pending) -= 1;
        self.settled.notify_all();
    }

    /// Waits until nothing is on its way.
    fn settle(&self) {
        let mut pending = lock(&self.pending);
        while *pending > 0 {
            pending = self.settled.wait(pending).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Tells the others even when the thread panics, so that nobody waits for ever.
struct Done<'s>(&'s Shared);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.failed.store(true, Ordering::Relaxed);
        }
        self.0.done();
    }
}

/// An extracting thread.
fn work(
    receiver: &Mutex<Receiver<Batch>>,
    writer: &SharedWriter<'_>,
    shared: &Shared,
    extraction: &Extraction,
) {
    loop {
        let Ok(batch) = lock(receiver).recv() else { return };
        let _done = Done(shared);
        if shared.failed.load(Ordering::Relaxed) {
            continue;
        }
        let mut counts = FormatReport::default();
        for mut statement in batch.statements {
            extraction.complete(&mut statement);
            let writer = writer.read().unwrap_or_else(PoisonError::into_inner);
            match writer.add_from(&batch.key, &statement) {
                Ok(Added::New) => {
                    batch.source.added.fetch_add(1, Ordering::Relaxed);
                    counts.statements += 1;
                    counts.with_speaker += u64::from(statement.speaker.is_some());
                    counts.with_date += u64::from(statement.date.is_some());
                }
                Ok(Added::Twin(other)) => {
                    lock(&batch.source.twins).insert(other);
                    let message = format!(
                        "the same words of a source of the same name are in the index already ({}); kept once",
                        statement.id
                    );
                    let mut problem = Problem::noted(&statement.source.name, message);
                    problem.byte = statement.source.span.map(|span| span.start);
                    lock(&shared.problems).push(problem);
                }
                Err(dixit::Error::Statement { why }) => {
                    lock(&shared.problems).push(Problem::left_out(&statement.source.name, why));
                }
                Err(error) => {
                    lock(&shared.error).get_or_insert(error);
                    shared.failed.store(true, Ordering::Relaxed);
                    break;
                }
            }
        }
        lock(&shared.formats).entry(batch.format.to_owned()).or_default().add(counts);
    }
}

/// The reading thread.
struct Run<'r> {
    options: &'r SyncOptions,
    known: HashMap<String, SourceRecord>,
    events: &'r mut dyn FnMut(Event<'_>),
    shared: &'r Shared,
    report: Report,
    progress: Progress,
    /// Sources that are read and wait for the commit.
    finished: Vec<(SourceRecord, Arc<SourceCount>)>,
    since_commit: u64,
    /// Keys of sources that were removed or replaced.
    gone: HashSet<String>,
}

impl Run<'_> {
    fn tell(&mut self, problem: &Problem) {
        if problem.left_out {
            self.report.problems.left_out += 1;
        } else {
            self.report.problems.noted += 1;
        }
        (self.events)(Event::Problem(problem));
    }

    fn tell_from_workers(&mut self) {
        let mut problems = std::mem::take(&mut *lock(&self.shared.problems));
        problems.sort_by(|a, b| (&a.source, a.byte).cmp(&(&b.source, b.byte)));
        for problem in &problems {
            self.tell(problem);
        }
    }

    /// Removes what lay under the given paths and is gone. What lies under a path that could not be
    /// read is not known to be gone.
    fn remove_gone(&mut self, found: &Walk, writer: &Writer) {
        let there: HashSet<&str> = found.files.iter().map(|file| file.key.as_str()).collect();
        let under = |key: &str, roots: &[String]| {
            roots.iter().any(|root| {
                key.strip_prefix(root.as_str()).is_some_and(|rest| {
                    rest.is_empty() || rest.starts_with(['/', '\\']) || root.ends_with('/')
                })
            })
        };
        let gone: Vec<String> = self
            .known
            .keys()
            .filter(|key| {
                !there.contains(key.as_str())
                    && under(key, &found.searched)
                    && !under(key, &found.failed)
            })
            .cloned()
            .collect();
        for key in gone {
            writer.remove_source(&key);
            self.known.remove(&key);
            self.report.removed += 1;
            self.gone.insert(key);
        }
    }

    fn take_all(
        &mut self,
        found: &Walk,
        roots: &[Root],
        sender: SyncSender<Batch>,
        writer: &SharedWriter<'_>,
    ) -> Result<(), SyncError> {
        for file in &found.files {
            self.check()?;
            self.take_file(file, &sender, writer)?;
            self.progress.files.0 += 1;
            self.tell_from_workers();
            (self.events)(Event::Progress(self.progress));
            if self.since_commit >= COMMIT_BYTES {
                self.commit(writer)?;
            }
        }
        // A source that was read as unchanged may have left statements to one that has gone since.
        let orphaned = |known: &SourceRecord, gone: &HashSet<String>| {
            !gone.contains(&known.key) && known.twins.iter().any(|twin| gone.contains(twin))
        };
        for file in &found.files {
            if self.known.get(&file.key).is_some_and(|known| orphaned(known, &self.gone)) {
                if let Some(known) = self.known.remove(&file.key) {
                    self.replace(&known.key, writer);
                }
                self.report.same = self.report.same.saturating_sub(1);
                self.take_file(file, &sender, writer)?;
            }
        }
        for root in roots {
            if let Root::Stdin(name) = root {
                let key = format!("stdin:{name}");
                let source = Origin { key: &key, name, root: None };
                self.take(&source, std::io::stdin().lock(), &sender, writer, |hash, bytes| {
                    format!("{bytes}:{hash}")
                })?;
            }
        }
        drop(sender);
        self.commit(writer)
    }

    fn check(&self) -> Result<(), SyncError> {
        if self.options.stop.load(Ordering::Relaxed) || self.shared.failed.load(Ordering::Relaxed) {
            return Err(SyncError::Stopped);
        }
        Ok(())
    }

    fn take_file(
        &mut self,
        file: &SourceFile,
        sender: &SyncSender<Batch>,
        writer: &SharedWriter<'_>,
    ) -> Result<(), SyncError> {
        let done = self.progress.bytes.0;
        let known = self.known.get(&file.key).filter(|record| record.name == file.name);
        if let Some(print) = known.and_then(|record| record.fingerprint.parse::<Fingerprint>().ok())
        {
            let is_same = match print.is_same(file) {
                Some(true) if !self.options.checksum => true,
                Some(false) => false,
                _ => hash_of(&file.path).is_ok_and(|hash| print.has_hash(&hash)),
            };
            if is_same {
                self.report.same += 1;
                self.progress.bytes.0 = done + file.size;
                return Ok(());
            }
        }
        let source = Origin { key: &file.key, name: &file.name, root: Some(&file.root) };
        let read_at = now();
        match std::fs::File::open(&file.path) {
            Ok(bytes) => {
                self.take(&source, bytes, sender, writer, |hash, _| {
                    Fingerprint::new(file, read_at, hash).to_string()
                })?;
            }
            Err(error) => self.fail(&file.name, &error),
        }
        self.progress.bytes.0 = done + file.size;
        Ok(())
    }

    fn replace(&mut self, key: &str, writer: &SharedWriter<'_>) {
        writer.read().unwrap_or_else(PoisonError::into_inner).remove_source(key);
        self.gone.insert(key.to_owned());
    }

    fn fail(&mut self, name: &str, error: &std::io::Error) {
        self.report.failed += 1;
        let problem = Problem::left_out(name, error.to_string());
        self.tell(&problem);
    }

    fn take(
        &mut self,
        source: &Origin<'_>,
        bytes: impl Read,
        sender: &SyncSender<Batch>,
        writer: &SharedWriter<'_>,
        fingerprint: impl FnOnce(String, u64) -> String,
    ) -> Result<(), SyncError> {
        let is_known = self.known.contains_key(source.key);
        let opened = match open(source.name, Hashing::new(bytes), &self.options.read) {
            Ok(opened) => opened,
            Err(OpenError::Io(error)) => {
                self.fail(source.name, &error);
                return Ok(());
            }
            Err(OpenError::Unread(why)) => {
                self.report.unread += 1;
                let problem = Problem::left_out(source.name, why);
                self.tell(&problem);
                if is_known {
                    self.replace(source.key, writer);
                    self.report.changed += 1;
                }
                return Ok(());
            }
        };
        if is_known {
            self.replace(source.key, writer);
        }
        let format = opened.format.reader.name();
        let key: Arc<str> = source.key.into();
        let count = Arc::new(SourceCount::default());
        let mut batch = Vec::new();
        let mut batch_bytes = 0;
        let mut problems = 0;
        let before = self.progress.bytes.0;
        let send = |statements: Vec<Statement>| {
            let batch =
                Batch { key: Arc::clone(&key), source: Arc::clone(&count), format, statements };
            self.shared.sent();
            if sender.send(batch).is_err() {
                self.shared.done();
            }
        };
        let options = self.options;
        let shared = self.shared;
        let (events, progress) = (&mut *self.events, &mut self.progress);
        let (mut left_out, mut noted) = (0, 0);
        let result = opened.read(source.name, &options.read, &mut |item| {
            match item {
                Item::Record(record) => {
                    batch_bytes += record.statement.text.len();
                    if let Some(span) = record.statement.source.span {
                        progress.bytes.0 =
                            progress.bytes.0.max(before + span.end.min(progress.bytes.1));
                    }
                    progress.statements += 1;
                    batch.push(record.statement);
                    if batch_bytes >= BATCH_BYTES {
                        batch_bytes = 0;
                        send(std::mem::take(&mut batch));
                        events(Event::Progress(*progress));
                    }
                }
                Item::Problem(problem) => {
                    problems += 1;
                    if problem.left_out {
                        left_out += 1;
                    } else {
                        noted += 1;
                    }
                    events(Event::Problem(&problem));
                }
            }
            let stop =
                options.stop.load(Ordering::Relaxed) || shared.failed.load(Ordering::Relaxed);
            if stop { Flow::Enough } else { Flow::More }
        });
        if !batch.is_empty() {
            send(batch);
        }
        self.report.problems.left_out += left_out;
        self.report.problems.noted += noted;
        self.check()?;
        match result {
            Ok(hashed) => {
                self.report.bytes += hashed.bytes;
                self.since_commit += hashed.bytes;
                if is_known {
                    self.report.changed += 1;
                } else {
                    self.report.added += 1;
                }
                let files = FormatReport { files: 1, ..FormatReport::default() };
                lock(&self.shared.formats).entry(format.to_owned()).or_default().add(files);
                let record = SourceRecord {
                    key: source.key.to_owned(),
                    name: source.name.to_owned(),
                    root: source.root.map(str::to_owned),
                    format: format.to_owned(),
                    fingerprint: fingerprint(hashed.hash(), hashed.bytes),
                    statements: 0,
                    problems,
                    twins: Vec::new(),
                };
                self.finished.push((record, count));
            }
            Err(error) => {
                // Half a source is none: what was added of it goes again.
                self.shared.settle();
                writer.read().unwrap_or_else(PoisonError::into_inner).remove_source(source.key);
                self.fail(source.name, &error);
            }
        }
        Ok(())
    }

    fn commit(&mut self, writer: &SharedWriter<'_>) -> Result<(), SyncError> {
        self.shared.settle();
        self.check()?;
        self.tell_from_workers();
        let mut writer = writer.write().unwrap_or_else(PoisonError::into_inner);
        for (mut record, count) in self.finished.drain(..) {
            record.statements = count.added.load(Ordering::Relaxed);
            record.twins = lock(&count.twins).iter().cloned().collect();
            writer.put_source(&record)?;
        }
        writer.commit()?;
        self.since_commit = 0;
        Ok(())
    }
}

/// A source, by its names.
struct Origin<'o> {
    key: &'o str,
    name: &'o str,
    root: Option<&'o str>,
}

fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_nanos()).unwrap_or(i64::MAX)
}
