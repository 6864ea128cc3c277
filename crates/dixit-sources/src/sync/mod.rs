//! Bringing an index in step with the files under some paths.
//!
//! One thread walks and reads ([`run`]); others extract and add ([`work`]). What changed is replaced,
//! what is gone from under the given paths is removed, the rest is not touched ([`known`]), and what is
//! known of a source commits with its statements. What is held twice, in two formats, is told ([`twins`],
//! by [`likeness`]).

mod known;
mod likeness;
mod preview;
mod remove;
mod report;
mod run;
mod stdin;
mod twins;
mod work;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, RwLock};
use std::time::{Duration, Instant};

use dixit::{Index, Origin, WriterOptions};
use serde::{Deserialize, Serialize};

use crate::extract::Extraction;
use crate::open::ReadOptions;
use crate::problem::Problem;
use crate::read::{Companions, Reader, by_name};
use crate::walk::{ExcludeError, walk};
pub use preview::{Drift, drift, preview, read_otherwise};
pub use remove::{RemoveError, Removed, remove};
pub use report::{Change, Event, FormatReport, Problems, Progress, Report, Twins};
use run::Run;
use work::{Batch, Shared, lock, work};

/// How to bring an index in step.
#[derive(Debug, Clone)]
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
    /// Statements between two commits: what an interruption can cost, and what has to be held for it.
    /// A commit takes a fraction of a second, what lies between two of them some ten.
    pub commit_statements: u64,
    /// Set from outside to stop: the index is then left at its last commit.
    pub stop: Arc<AtomicBool>,
}

impl Default for SyncOptions {
    /// A commit at least every hundred thousand statements; all else as its own default.
    fn default() -> Self {
        Self {
            read: ReadOptions::default(),
            extraction: Extraction::default(),
            exclude: Vec::new(),
            checksum: false,
            writer: WriterOptions::default(),
            commit_statements: 100_000,
            stop: Arc::default(),
        }
    }
}

impl SyncOptions {
    /// Tells how a source of this name is read and extracted.
    fn how(&self, name: &str) -> String {
        format!("{}{}", self.read.how(), self.extraction.how(name))
    }

    /// The same of a file, which is also read otherwise when the files change that it goes by.
    fn how_of(&self, reader: &dyn Reader, name: &str, path: &Path) -> String {
        let how = self.read.how_of(reader, name, path);
        let user = self.extraction.how(name);
        match how.split_once('-') {
            Some((own, beside)) => format!("{own}{user}-{beside}"),
            None => how + &user,
        }
    }
}

/// Where statements are taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// A file or folder.
    Path(PathBuf),
    /// Standard input, under this name.
    Stdin(String),
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
    #[error(
        "stopped; {statements} statements of this run are in the index, and the next run goes on"
    )]
    Stopped {
        /// Statements of this run that are in the index for good.
        statements: u64,
    },
    /// A thread of this program failed.
    #[error("a thread died; the index is as it was at its last commit")]
    Died,
}

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
    // What was read of accompanying files before may have changed since.
    let options = &afresh(options);
    let found = walk(&paths(roots), &options.exclude, Some(index.path()))?;
    let mut writer =
        patiently(options, |wait| index.writer(&WriterOptions { wait, ..options.writer }))?;
    let known = writer.committed().sources()?;
    for origin in origins(roots, &found.searched, options) {
        writer.note_origin(origin)?;
    }
    let shared = Shared::default();
    let threads = options.writer.threads.max(1);
    // A few batches of slack keep everyone busy and bound what is held.
    let (sender, receiver) = sync_channel::<Batch>(2 * threads);
    let receiver = Mutex::new(receiver);
    let (mut report, outcome) = {
        let writer = RwLock::new(&mut writer);
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| work(&receiver, &writer, &shared, &options.extraction));
            }
            let mut run = Run::new(options, known, &shared, &writer, sender, events);
            let outcome = run.take_all(&found, roots);
            if outcome.is_err() {
                shared.failed.store(true, Ordering::Relaxed);
            }
            // The extracting threads end with what is sent to them.
            run.sender = None;
            run.report.statements = run.committed();
            if outcome.is_ok() {
                run.report.twins = run.known.in_two_formats();
            }
            (run.report, outcome)
        })
    };
    if let Some(error) = lock(&shared.error).take() {
        return Err(error.into());
    }
    outcome?;
    report.total = writer.committed().statements();
    if let Err(error) = writer.finish() {
        let why = format!(
            "all of it is committed, but its segments could not be merged ({error}); \
             the next run tries again"
        );
        let problem = Problem::noted(index.path().display().to_string(), why);
        report.problems.count(&problem);
        events(Event::Problem(&problem));
    }
    Ok(report)
}

/// The same options, with nothing known yet of the files that accompany others.
fn afresh(options: &SyncOptions) -> SyncOptions {
    let mut options = options.clone();
    options.read.companions = Companions::default();
    options
}

/// Waits for another writer as long as the options say, and no longer than until it is to stop.
///
/// # Errors
/// [`SyncError::Stopped`], or what the attempt says.
pub fn patiently<T>(
    options: &SyncOptions,
    mut attempt: impl FnMut(Duration) -> dixit::Result<T>,
) -> Result<T, SyncError> {
    /// How often it is looked whether to stop.
    const LOOK: Duration = Duration::from_millis(100);
    let begun = Instant::now();
    loop {
        let left = options.writer.wait.saturating_sub(begun.elapsed());
        match attempt(left.min(LOOK)) {
            Err(dixit::Error::Locked { path, holder, .. }) if left <= LOOK => {
                let waited = begun.elapsed();
                return Err(dixit::Error::Locked { path, holder, waited }.into());
            }
            Err(error) if !error.is_locked() => return Err(error.into()),
            Ok(value) => return Ok(value),
            Err(_) if options.stop.load(Ordering::Relaxed) => {
                return Err(SyncError::Stopped { statements: 0 });
            }
            Err(_) => {}
        }
    }
}

fn paths(roots: &[Root]) -> Vec<PathBuf> {
    let path = |root: &Root| match root {
        Root::Path(path) => Some(path.clone()),
        Root::Stdin(_) => None,
    };
    roots.iter().filter_map(path).collect()
}

/// Keys of what is read from standard input begin so; its name follows.
const STDIN: &str = "stdin:";

fn stdin_key(name: &str) -> String {
    format!("{STDIN}{name}")
}

/// How a root is to be read, as it is kept in the index.
#[derive(Debug, Default, Serialize, Deserialize)]
struct How {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    format: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    map: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    exclude: Vec<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    stdin: bool,
}

/// What the index is to be built anew from.
fn origins(roots: &[Root], searched: &[String], options: &SyncOptions) -> Vec<Origin> {
    let how = |stdin: bool| How {
        format: options.read.format.map(|reader| reader.name().to_owned()),
        map: options.read.fields.to_string(),
        exclude: options.exclude.clone(),
        stdin,
    };
    let origin = |root: &str, stdin: bool| Origin {
        root: root.to_owned(),
        how: serde_json::to_string(&how(stdin)).unwrap_or_default(),
    };
    let named = roots.iter().filter_map(|root| match root {
        Root::Stdin(name) => Some(origin(&stdin_key(name), true)),
        Root::Path(_) => None,
    });
    searched.iter().map(|root| origin(root, false)).chain(named).collect()
}

/// What came of building an index anew.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Rebuilt {
    /// What came of each root.
    pub roots: Vec<(String, Report)>,
    /// What cannot be read again, such as standard input: to be given again.
    pub missing: Vec<String>,
}

/// Takes everything in again that an index was made from, each root as it was read then.
///
/// # Errors
/// As [`sync`].
pub fn take_again(
    index: &Index,
    origins: &[Origin],
    options: &SyncOptions,
    events: &mut dyn FnMut(Event<'_>),
) -> Result<Rebuilt, SyncError> {
    let mut rebuilt = Rebuilt::default();
    for origin in origins {
        let how: How = serde_json::from_str(&origin.how).unwrap_or_default();
        let root = PathBuf::from(&origin.root);
        if how.stdin || !root.exists() {
            rebuilt.missing.push(origin.root.clone());
            // Still an origin: it may come back.
            index.writer(&options.writer)?.note_origin(origin.clone())?;
            continue;
        }
        let mut options = options.clone();
        options.read.format = how.format.as_deref().and_then(by_name);
        options.read.fields = how.map.parse().unwrap_or_default();
        options.exclude = how.exclude;
        let report = sync(index, &[Root::Path(root)], &options, events)?;
        rebuilt.roots.push((origin.root.clone(), report));
    }
    Ok(rebuilt)
}
