//! Adding, replacing and removing statements.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::indexer::IndexWriterOptions;
use tantivy::schema::Field;
use tantivy::{IndexWriter, TantivyDocument, Term};

use super::manifest::sync_directory;
use super::{SEGMENTS, Shared, SourceRecord};
use crate::error::{Error, Result};
use crate::id::StatementId;
use crate::schema;
use crate::search::Searcher;
use crate::statement::Statement;

/// How much a writer may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriterOptions {
    /// Bytes that terms may take before they are written out as a segment, over all threads.
    /// The engine wants at least 15 MB a thread.
    pub memory: usize,
    /// Threads that build segments.
    pub threads: usize,
}

impl Default for WriterOptions {
    /// 128 MB, one thread a core, four at most: more make more and smaller segments.
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { memory: 128 << 20, threads: cores.min(4) }
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

/// Adds and removes statements; nothing shows before [`commit`](Self::commit).
///
/// Dropping it without a commit leaves the index as it was.
pub struct Writer {
    shared: Arc<Shared>,
    inner: IndexWriter<TantivyDocument>,
    /// What was committed when this batch began: to find twins in.
    committed: Searcher,
    batch: Mutex<Batch>,
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
        let (threads, memory) = options.resolved();
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread(memory)
            .num_merge_threads(2)
            .build();
        let inner = shared
            .inner
            .writer_with_options(options)
            .map_err(|error| Error::from_engine(&shared.path, error))?;
        shared.reader.reload().map_err(|error| Error::from_engine(&shared.path, error))?;
        let committed = Searcher::new(Arc::clone(&shared))?;
        Ok(Self { shared, inner, committed, batch: Mutex::default() })
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
        check_key(key)?;
        if statement.text.len() > MAX_TEXT_BYTES {
            return Err(Error::Statement {
                why: format!(
                    "its text has {} bytes, more than {MAX_TEXT_BYTES}",
                    statement.text.len()
                ),
            });
        }
        if let Some(other) = self.twin_of(key, statement.id)? {
            return Ok(Added::Twin(other));
        }
        let json = serde_json::to_vec(statement)
            .map_err(|error| Error::Statement { why: error.to_string() })?;
        let document = schema::document(&self.shared.fields, key, statement, &json);
        self.insert(document)?;
        Ok(Added::New)
    }

    /// Records what is known of a source, in place of what was known before.
    ///
    /// # Errors
    /// [`Error::Writer`] when the writer has failed.
    pub fn put_source(&self, record: &SourceRecord) -> Result<()> {
        check_key(&record.key)?;
        let json = serde_json::to_vec(record)
            .map_err(|error| Error::Statement { why: error.to_string() })?;
        self.insert(schema::source_document(&self.shared.fields, record, &json))
    }

    /// Removes a source: its statements and what is known of it.
    pub fn remove_source(&self, key: &str) {
        let term = Term::from_field_text(self.shared.fields.source_key, key);
        self.inner.delete_term(term);
        let mut batch = self.batch();
        batch.added.retain(|_, other| **other != *key);
        batch.removed.insert(key.to_owned());
    }

    /// Makes all since the last commit visible, and durable: files and folder are synced.
    ///
    /// # Errors
    /// [`Error::Io`] or [`Error::Writer`]; the index is then at its last commit.
    pub fn commit(&mut self) -> Result<Committed> {
        self.inner.commit().map_err(|error| self.engine(error))?;
        if self.shared.on_disk {
            let segments = self.shared.path.join(SEGMENTS);
            sync_directory(&segments).map_err(|error| Error::io(&segments, error))?;
        }
        let added = std::mem::take(&mut *self.batch()).added.len() as u64;
        self.refresh()?;
        Ok(Committed { added, statements: self.committed.statements() })
    }

    /// Forgets all since the last commit.
    ///
    /// # Errors
    /// [`Error::Writer`] when the writer has failed.
    pub fn rollback(&mut self) -> Result<()> {
        self.inner.rollback().map_err(|error| self.engine(error))?;
        *self.batch() = Batch::default();
        Ok(())
    }

    /// Waits until segments that are being merged are, then closes the writer.
    ///
    /// # Errors
    /// [`Error::Writer`] when a merge failed; the index is at its last commit.
    pub fn finish(self) -> Result<()> {
        let path: PathBuf = self.shared.path.clone();
        self.inner.wait_merging_threads().map_err(|error| Error::from_engine(&path, error))
    }

    /// What was committed when the writer was opened, or at its last commit.
    #[must_use]
    pub fn committed(&self) -> &Searcher {
        &self.committed
    }

    /// The source that holds the statement already; else it is noted as added by this one.
    fn twin_of(&self, key: &str, id: StatementId) -> Result<Option<String>> {
        let mut batch = self.batch();
        if let Some(other) = batch.added.get(&id) {
            return Ok(Some(other.as_ref().to_owned()));
        }
        if self.committed.statements() > 0
            && let Some(other) = self.committed.source_key_of(id)?
            && !batch.removed.contains(&other)
        {
            return Ok(Some(other));
        }
        batch.added.insert(id, key.into());
        Ok(None)
    }

    fn insert(&self, document: TantivyDocument) -> Result<()> {
        self.inner.add_document(document).map(|_| ()).map_err(|error| self.engine(error))
    }

    fn refresh(&mut self) -> Result<()> {
        let shared = &self.shared;
        shared.reader.reload().map_err(|error| Error::from_engine(&shared.path, error))?;
        self.committed = Searcher::new(Arc::clone(shared))?;
        Ok(())
    }

    fn batch(&self) -> std::sync::MutexGuard<'_, Batch> {
        self.batch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn engine(&self, error: tantivy::TantivyError) -> Error {
        Error::from_engine(&self.shared.path, error)
    }
}

/// The engine stores a document in one block of less than 4 GiB; no statement comes near this.
const MAX_TEXT_BYTES: usize = 256 << 20;

/// The engine's terms hold less than 64 KiB; no path comes near this.
fn check_key(key: &str) -> Result<()> {
    if key.is_empty() || key.len() > 32_000 {
        return Err(Error::Statement {
            why: format!("its source key has {} bytes; 1 to 32,000 will do", key.len()),
        });
    }
    Ok(())
}

/// Reads the first value of a stored text field.
pub(crate) fn stored_text(document: &TantivyDocument, field: Field) -> Option<String> {
    use tantivy::schema::Value;
    document.get_first(field).and_then(|value| value.as_str()).map(str::to_owned)
}
