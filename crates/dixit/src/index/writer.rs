//! Adding, replacing and removing statements.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tantivy::indexer::IndexWriterOptions;
use tantivy::schema::Field;
use tantivy::{IndexWriter, TantivyDocument, Term};

use super::folders::sweep;
use super::generation::Generation;
use super::lock::{self, WriteLock};
use super::manifest::{Manifest, Origin};
use super::merging::ByMagnitude;
use super::{Shared, SourceRecord};
use crate::error::{Error, Result};
use crate::id::StatementId;
use crate::limits::{MAX_KEY_BYTES, MAX_TEXT_BYTES};
use crate::schema::{self, reading_term, record_term};
use crate::search::Searcher;
use crate::statement::Statement;
use crate::storage::hold;

/// How much a writer may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriterOptions {
    /// Bytes that terms may take before they are written out as a segment, over all threads.
    /// The engine wants at least 15 MB a thread.
    pub memory: usize,
    /// Threads that build segments.
    pub threads: usize,
    /// How long another writer is waited for.
    pub wait: Duration,
}

impl Default for WriterOptions {
    /// 128 MB, one thread a core, four at most: more make more and smaller segments. Ten seconds of
    /// waiting: most runs are over by then.
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { memory: 128 << 20, threads: cores.min(4), wait: Duration::from_secs(10) }
    }
}

impl WriterOptions {
    /// The least memory that the engine takes for a thread, and the most.
    const THREAD_MEMORY: std::ops::RangeInclusive<usize> = 15_000_000..=2_000_000_000;

    /// Threads and memory a thread, brought within what the engine takes.
    fn resolved(self) -> (usize, usize) {
        let (least, most) = (*Self::THREAD_MEMORY.start(), *Self::THREAD_MEMORY.end());
        let threads = self.threads.clamp(1, (self.memory / least).max(1));
        (threads, (self.memory / threads).clamp(least, most))
    }
}

/// What became of a statement that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// It is in the index with the next commit.
    New,
    /// The same words of the same source name are there already, under the source with this key: it
    /// was left out, so that nothing counts twice.
    Twin(String),
}

/// What a commit made visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Committed {
    /// Statements added since the last commit.
    pub added: u64,
    /// Statements in the index now.
    pub statements: u64,
}

/// One reading of a source, whose statements replace those of the reading before.
///
/// Until it is [complete](Writer::complete), what the index holds of the source stays; a reading that
/// fails is [abandoned](Writer::abandon), and the source is as it was.
#[derive(Debug, Clone)]
pub struct Reading {
    key: Arc<str>,
    number: u64,
    replaces: Option<u64>,
}

impl Reading {
    /// The first reading of a source.
    #[must_use]
    pub fn first(key: &str) -> Self {
        Self { key: key.into(), number: 1, replaces: None }
    }

    /// A reading anew of a source that is known.
    #[must_use]
    pub fn anew(known: &SourceRecord) -> Self {
        let number = known.reading + 1;
        Self { key: known.key.as_str().into(), number, replaces: Some(known.reading) }
    }

    /// The reading of a source that was not at its end.
    #[must_use]
    pub fn resumed(known: &SourceRecord) -> Self {
        Self { key: known.key.as_str().into(), number: known.reading, replaces: None }
    }

    /// Which reading of the source it is.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// What the source is known by.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// Adds and removes statements; nothing shows before [`commit`](Self::commit).
///
/// Dropping it without a commit leaves the index as it was.
pub struct Writer {
    shared: Arc<Shared>,
    generation: Generation,
    /// Nothing once writing failed or has ended.
    inner: Option<IndexWriter<TantivyDocument>>,
    options: WriterOptions,
    /// What was committed when this batch began: to find twins in.
    committed: Searcher,
    batch: Mutex<Batch>,
    /// Last, so that it ends after all else.
    _lock: WriteLock,
}

/// What happened since the last commit.
#[derive(Default)]
struct Batch {
    /// Each with the key of its source.
    added: HashMap<StatementId, Arc<str>>,
    removed: HashSet<String>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("path", &self.shared.path).finish_non_exhaustive()
    }
}

impl Writer {
    pub(super) fn open(shared: Arc<Shared>, options: &WriterOptions) -> Result<Self> {
        let lock = match &shared.drafted {
            Some(drafted) => Arc::clone(&drafted.lock),
            None => lock::take(&*shared.storage, options.wait)?,
        };
        if shared.drafted.is_none() {
            sweep(&*shared.storage, &Manifest::read(&*shared.storage)?)?;
        }
        let generation = shared.open_for_writing()?;
        // What an interrupted run left.
        generation.sweep(&*shared.storage)?;
        let inner = engine_writer(&shared, &generation, *options)?;
        let committed = Searcher::new(Arc::clone(&shared), generation.refresh(&shared.path)?)?;
        let batch = Mutex::default();
        let (inner, options) = (Some(inner), *options);
        Ok(Self { shared, generation, inner, options, committed, batch, _lock: lock })
    }

    /// Notes what is given to be taken in, and how, so that the index can be built anew from it. It
    /// lasts at once, before any commit.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be written.
    pub fn note_origin(&self, origin: Origin) -> Result<()> {
        self.change_origins(|origins| {
            match origins.iter_mut().find(|old| old.root == origin.root) {
                Some(old) => *old = origin,
                None => origins.push(origin),
            }
        })
    }

    /// Forgets an origin: what was given is not to be taken in again when the index is built anew.
    ///
    /// # Errors
    /// [`Error::Io`] when that cannot be written.
    pub fn forget_origin(&self, root: &str) -> Result<()> {
        self.change_origins(|origins| origins.retain(|origin| origin.root != root))
    }

    fn change_origins(&self, change: impl FnOnce(&mut Vec<Origin>)) -> Result<()> {
        if let Some(drafted) = &self.shared.drafted {
            change(&mut hold(&drafted.origins));
            return Ok(());
        }
        let storage = &*self.shared.storage;
        let mut manifest = Manifest::read(storage)?;
        let before = manifest.clone();
        change(&mut manifest.origins);
        if manifest == before { Ok(()) } else { manifest.write(storage) }
    }

    /// Adds a statement under its source's name.
    ///
    /// # Errors
    /// As [`add_from`](Self::add_from).
    pub fn add(&self, statement: &Statement) -> Result<Added> {
        self.add_from(&statement.source.name, statement)
    }

    /// Adds a statement under a source key of the caller's, by which
    /// [`remove_source`](Self::remove_source) finds it again.
    ///
    /// A statement whose id is in the index already is a twin and left out, unless its source was
    /// removed in this batch: that is how a source is replaced.
    ///
    /// # Errors
    /// [`Error::Statement`] when the statement cannot be indexed; [`Error::Writer`] when the writer
    /// has failed.
    pub fn add_from(&self, key: &str, statement: &Statement) -> Result<Added> {
        self.add_to(&Reading { key: key.into(), number: 0, replaces: None }, statement)
    }

    /// Adds a statement of a reading of a source. A statement that another source holds already is a
    /// twin and left out.
    ///
    /// # Errors
    /// As [`add_from`](Self::add_from).
    pub fn add_to(&self, reading: &Reading, statement: &Statement) -> Result<Added> {
        check_key(&reading.key)?;
        if statement.text.len() > MAX_TEXT_BYTES {
            return Err(Error::Statement {
                why: format!(
                    "its text has {} bytes, more than {MAX_TEXT_BYTES}",
                    statement.text.len()
                ),
            });
        }
        if let Some(other) = self.twin_of(reading, statement.id)? {
            return Ok(Added::Twin(other));
        }
        let json = serde_json::to_string(statement)
            .map_err(|error| Error::Statement { why: error.to_string() })?;
        let term = reading_term(&reading.key, reading.number);
        self.insert(schema::document(&self.shared.fields, &reading.key, &term, statement, &json))?;
        Ok(Added::New)
    }

    /// Ends a reading: its statements take the place of those of the reading before, and what is
    /// known of the source that of what was known.
    ///
    /// # Errors
    /// As [`put_source`](Self::put_source).
    pub fn complete(&self, reading: &Reading, record: &SourceRecord) -> Result<()> {
        if let Some(before) = reading.replaces {
            self.delete(self.shared.fields.reading, &reading_term(&reading.key, before));
            self.batch().removed.insert(reading.key.as_ref().to_owned());
        }
        self.put_source(&SourceRecord { reading: reading.number, ..record.clone() })
    }

    /// Gives up a reading: what was added of it goes again, and the source is as it was before it.
    pub fn abandon(&self, reading: &Reading) {
        self.delete(self.shared.fields.reading, &reading_term(&reading.key, reading.number));
        if reading.replaces.is_none() {
            self.delete(self.shared.fields.reading, &record_term(&reading.key));
        }
        self.batch().added.retain(|_, key| *key != reading.key);
    }

    /// Records what is known of a source, in place of what was known before.
    ///
    /// # Errors
    /// [`Error::Writer`] when the writer has failed.
    pub fn put_source(&self, record: &SourceRecord) -> Result<()> {
        check_key(&record.key)?;
        let json = serde_json::to_string(record)
            .map_err(|error| Error::Statement { why: error.to_string() })?;
        self.delete(self.shared.fields.reading, &record_term(&record.key));
        self.insert(schema::source_document(&self.shared.fields, record, &json))
    }

    /// Removes a source: its statements and what is known of it.
    pub fn remove_source(&self, key: &str) {
        self.delete(self.shared.fields.source_key, key);
        let mut batch = self.batch();
        batch.added.retain(|_, other| **other != *key);
        batch.removed.insert(key.to_owned());
    }

    /// Makes all since the last commit visible, and durable: files and folder are synced.
    ///
    /// # Errors
    /// [`Error::Io`] or [`Error::Writer`]; the index is then at its last commit, and the writer takes
    /// nothing more.
    pub fn commit(&mut self) -> Result<Committed> {
        let result = match &mut self.inner {
            Some(inner) => inner.commit().map(drop),
            None => return Err(self.ended()),
        };
        if let Err(error) = result {
            let error = self.engine(error);
            self.end();
            return Err(error);
        }
        let added = std::mem::take(&mut *self.batch()).added.len() as u64;
        self.committed =
            Searcher::new(Arc::clone(&self.shared), self.generation.refresh(&self.shared.path)?)?;
        Ok(Committed { added, statements: self.committed.statements() })
    }

    /// Forgets all since the last commit.
    ///
    /// # Errors
    /// When the index cannot be opened again.
    pub fn rollback(&mut self) -> Result<()> {
        self.end();
        *self.batch() = Batch::default();
        // The engine's own way back leaves threads of the old writer behind that may still write.
        self.generation = self.shared.open_for_writing()?;
        self.inner = Some(engine_writer(&self.shared, &self.generation, self.options)?);
        Ok(())
    }

    /// Waits until segments that are being merged are, then closes the writer.
    ///
    /// # Errors
    /// When a merge failed: all that was committed is there, in more segments than need be, and the
    /// next writer merges them.
    pub fn finish(mut self) -> Result<()> {
        let Some(inner) = self.inner.take() else { return Err(self.ended()) };
        inner.wait_merging_threads().map_err(|error| self.engine(error))?;
        if let Some((path, source)) = self.generation.directory.failure() {
            return Err(Error::Io { path, source });
        }
        // The engine keeps what snapshots of this program still read, and never comes back to it.
        self.generation.directory.close();
        self.generation.sweep(&*self.shared.storage)
    }

    /// What was committed when the writer was opened, or at its last commit.
    #[must_use]
    pub fn committed(&self) -> &Searcher {
        &self.committed
    }

    /// The source that holds the statement already; else it is noted as added by this one.
    fn twin_of(&self, reading: &Reading, id: StatementId) -> Result<Option<String>> {
        let mut batch = self.batch();
        if let Some(other) = batch.added.get(&id) {
            return Ok(Some(other.as_ref().to_owned()));
        }
        if self.committed.statements() > 0
            && let Some(other) = self.committed.source_key_of(id)?
            && !batch.removed.contains(&other)
            && !(reading.replaces.is_some() && *other == *reading.key)
        {
            return Ok(Some(other));
        }
        batch.added.insert(id, Arc::clone(&reading.key));
        Ok(None)
    }

    fn insert(&self, document: TantivyDocument) -> Result<()> {
        let Some(inner) = &self.inner else { return Err(self.ended()) };
        inner.add_document(document).map(drop).map_err(|error| self.engine(error))
    }

    fn delete(&self, field: Field, term: &str) {
        // After a failure nothing is committed, so that there is nothing to be told here.
        if let Some(inner) = &self.inner {
            inner.delete_term(Term::from_field_text(field, term));
        }
    }

    /// Stops all writing. Threads of the engine that still merge can change nothing from now on.
    fn end(&mut self) {
        self.generation.directory.close();
        if self.inner.take().is_some() {
            // Room is given back at once where there was none. What this leaves, the next writer finds.
            let _ = self.generation.sweep(&*self.shared.storage);
        }
    }

    fn ended(&self) -> Error {
        let why = "it failed before; open another writer".to_owned();
        Error::Writer { path: self.shared.path.clone(), why }
    }

    fn batch(&self) -> MutexGuard<'_, Batch> {
        hold(&self.batch)
    }

    /// The engine's error, or the failed write that it comes from: the engine often tells of the
    /// thread that died of it alone.
    fn engine(&self, error: tantivy::TantivyError) -> Error {
        match self.generation.directory.failure() {
            Some((path, source)) => Error::Io { path, source },
            None => Error::from_engine(&self.shared.path, error),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.end();
    }
}

fn engine_writer(
    shared: &Shared,
    generation: &Generation,
    options: WriterOptions,
) -> Result<IndexWriter<TantivyDocument>> {
    let (threads, memory) = options.resolved();
    let options = IndexWriterOptions::builder()
        .num_worker_threads(threads)
        .memory_budget_per_thread(memory)
        .num_merge_threads(1)
        .build();
    let failed = |error| Error::from_engine(&shared.path, error);
    let writer = generation.inner.writer_with_options(options).map_err(failed)?;
    writer.set_merge_policy(Box::new(ByMagnitude));
    // The engine stamps a writer's first operation as it stamped the last commit. A merge that begins
    // before the next commit takes such a removal for a committed one where it meets it, and for done
    // where it does not look. So the first stamp is left unused.
    writer.run(std::iter::empty()).map_err(failed)?;
    Ok(writer)
}

fn check_key(key: &str) -> Result<()> {
    if key.is_empty() || key.len() > MAX_KEY_BYTES {
        return Err(Error::Statement {
            why: format!("its source key has {} bytes; 1 to {MAX_KEY_BYTES} will do", key.len()),
        });
    }
    Ok(())
}

/// Reads the first value of a stored text field.
pub(crate) fn stored_text(document: &TantivyDocument, field: Field) -> Option<String> {
    use tantivy::schema::Value;
    document.get_first(field).and_then(|value| value.as_str()).map(str::to_owned)
}
