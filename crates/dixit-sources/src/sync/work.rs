//! The threads that extract and add, and what they share with the one that reads.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};

use dixit::{Added, Reading, Statement, Writer};

use super::report::FormatReport;
use crate::extract::Extraction;
use crate::problem::Problem;

/// Many add, one commits.
pub(super) type SharedWriter<'w> = RwLock<&'w mut Writer>;

/// Statements of one source on their way to the index.
pub(super) struct Batch {
    pub(super) reading: Reading,
    pub(super) source: Arc<SourceCount>,
    pub(super) statements: Vec<Statement>,
}

/// What became of a source's statements.
#[derive(Default)]
pub(super) struct SourceCount {
    pub(super) added: AtomicU64,
    /// What was added and is not committed yet.
    pub(super) uncommitted: Mutex<FormatReport>,
    /// Keys of the sources that hold some of them already.
    pub(super) twins: Mutex<BTreeSet<String>>,
}

/// What the reading and the extracting threads share.
#[derive(Default)]
pub(super) struct Shared {
    /// Batches that are on their way.
    pending: Mutex<u64>,
    settled: Condvar,
    /// The first failure of the engine.
    pub(super) error: Mutex<Option<dixit::Error>>,
    pub(super) failed: AtomicBool,
    /// What the extracting threads have to tell.
    pub(super) problems: Mutex<Vec<Problem>>,
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    pub(super) fn sent(&self) {
        *lock(&self.pending) += 1;
    }

    pub(super) fn done(&self) {
        *lock(&self.pending) -= 1;
        self.settled.notify_all();
    }

    /// Waits until nothing is on its way.
    pub(super) fn settle(&self) {
        let mut pending = lock(&self.pending);
        while *pending > 0 {
            pending = self.settled.wait(pending).unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
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
pub(super) fn work(
    receiver: &Mutex<Receiver<Batch>>,
    writer: &SharedWriter<'_>,
    shared: &Shared,
    extraction: &Extraction,
) {
    loop {
        let Ok(batch) = lock(receiver).recv() else { return };
        let _done = Done(shared);
        if shared.has_failed() {
            continue;
        }
        let mut counts = FormatReport::default();
        for mut statement in batch.statements {
            if let Err(problem) = complete(extraction, &mut statement) {
                lock(&shared.problems).push(problem);
            }
            let writer = writer.read().unwrap_or_else(PoisonError::into_inner);
            match writer.add_to(&batch.reading, &statement) {
                Ok(Added::New) => {
                    batch.source.added.fetch_add(1, Ordering::Relaxed);
                    counts.statements += 1;
                    // A country alone is nobody.
                    let speaker = statement.speaker.as_ref();
                    let is_somebody = speaker.is_some_and(|person| person.label().is_some());
                    counts.with_speaker += u64::from(is_somebody);
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
        lock(&batch.source.uncommitted).add(counts);
    }
}

/// Completes a statement. A rule that fails on it costs what it would have found, and nothing else.
fn complete(extraction: &Extraction, statement: &mut Statement) -> Result<(), Problem> {
    let given = statement.clone();
    let completed = catch_unwind(AssertUnwindSafe(|| extraction.complete(statement)));
    completed.map_err(|_| {
        let why = format!("a rule of extraction failed on {}: taken as it was given", given.id);
        let mut problem = Problem::noted(&given.source.name, why);
        problem.byte = given.source.span.map(|span| span.start);
        *statement = given;
        problem
    })
}
