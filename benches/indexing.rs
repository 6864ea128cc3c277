//! How much slower than a bare tantivy program does dixit index?
//!
//! Both take the same records, with the same threads and memory, in turns: the first side of one
//! round is the second of the next. The bare program has what a program on tantivy would start
//! with: title, text and speaker as words with positions by tantivy's default tokenizer, the day as
//! a column, the record as stored JSON. dixit names each statement, looks for twins, folds the
//! words, keeps its columns for order and facets, and stores the statement.
//!
//! tantivy's default tokenizer takes a run of Chinese or Japanese for one word and drops those of
//! more than 40 bytes, where dixit indexes every pair of characters: on a corpus with such texts the
//! bare program does less work, and finds less.
//!
//! ```sh
//! cargo bench -p dixit-benches --bench indexing
//! ```
//!
//! The corpus is invented from a fixed seed; `DIXIT_BENCH_FILE=statements.jsonl` measures on your
//! own (fields `text`, `title`, `speaker`, `date`, `language`).
#![allow(clippy::print_stdout, reason = "a bench shows what it measured")]

use std::path::Path;

use anyhow::{Context, Result};
use dixit::{Index, Kind, Person, Statement, StatementDate, WriterOptions};
use dixit_benches::{Clock, Corpus, Record, Samples, Took, folder_bytes, megabytes, rounds};
use tantivy::indexer::IndexWriterOptions;
use tantivy::schema::{BytesOptions, FAST, Schema, TEXT};
use tantivy::{IndexWriter, TantivyDocument};

/// One indexing of the corpus.
struct Run {
    /// Until everything can be searched and is on disk.
    committed: Took,
    /// Until the merges that the engine began are done too.
    finished: Took,
    bytes: u64,
}

/// What the rounds gave for one side.
#[derive(Default)]
struct Side {
    committed: Samples,
    finished: Samples,
    cpu: Samples,
    bytes: Samples,
}

impl Side {
    fn push(&mut self, run: &Run) {
        self.committed.push(run.committed.wall);
        self.finished.push(run.finished.wall);
        self.cpu.push(run.finished.cpu);
        self.bytes.push(run.bytes as f64);
    }
}

fn main() -> Result<()> {
    let corpus = Corpus::load()?;
    let options = WriterOptions::default();
    let (mut ours, mut bare) = (Side::default(), Side::default());
    for round in 0..rounds() {
        for turn in 0..2 {
            let folder = tempfile::tempdir()?;
            if (round + turn) % 2 == 0 {
                ours.push(&with_dixit(&corpus.records, folder.path(), &options)?);
            } else {
                bare.push(&with_tantivy(&corpus.records, folder.path(), &options)?);
            }
        }
    }
    report(&corpus, &options, &ours, &bare);
    Ok(())
}

fn with_dixit(records: &[Record], folder: &Path, options: &WriterOptions) -> Result<Run> {
    let index = Index::create(folder)?;
    let clock = Clock::start();
    let mut writer = index.writer(options)?;
    for (n, record) in records.iter().enumerate() {
        // Each under a name of its own, so that equal texts are no twins: both sides index all.
        let mut statement = Statement::new(format!("bench/{n}"), record.text.as_str());
        statement.kind = Kind::Speech;
        statement.title.clone_from(&record.title);
        statement.language.clone_from(&record.language);
        statement.speaker = record.speaker.as_deref().map(Person::named);
        statement.date = date(record);
        writer.add(&statement)?;
    }
    let made = writer.commit()?;
    let committed = clock.took();
    writer.finish()?;
    anyhow::ensure!(made.statements == records.len() as u64, "statements are missing");
    Ok(Run { committed, finished: clock.took(), bytes: folder_bytes(folder)? })
}

fn with_tantivy(records: &[Record], folder: &Path, options: &WriterOptions) -> Result<Run> {
    let mut schema = Schema::builder();
    let title = schema.add_text_field("title", TEXT);
    let text = schema.add_text_field("text", TEXT);
    let speaker = schema.add_text_field("speaker", TEXT);
    let day = schema.add_i64_field("day", FAST);
    let json = schema.add_bytes_field("json", BytesOptions::default().set_stored());
    let index = tantivy::Index::create_in_dir(folder, schema.build())?;

    let clock = Clock::start();
    let options = IndexWriterOptions::builder()
        .num_worker_threads(options.threads)
        .memory_budget_per_thread(options.memory / options.threads)
        .num_merge_threads(2)
        .build();
    let mut writer: IndexWriter = index.writer_with_options(options)?;
    for record in records {
        let mut document = TantivyDocument::new();
        document.add_text(text, &record.text);
        if let Some(words) = &record.title {
            document.add_text(title, words);
        }
        if let Some(name) = &record.speaker {
            document.add_text(speaker, name);
        }
        if let Some(date) = date(record) {
            let parts = [date.get_month().unwrap_or(1), date.get_day().unwrap_or(1)];
            let [month, of_month] = parts.map(i64::from);
            document.add_i64(day, (i64::from(date.get_year()) * 12 + month) * 31 + of_month);
        }
        document.add_bytes(json, &serde_json::to_vec(record)?);
        writer.add_document(document)?;
    }
    writer.commit()?;
    let committed = clock.took();
    writer.wait_merging_threads()?;
    let finished = clock.took();
    let found = index.reader().context("opening the bare index")?.searcher().num_docs();
    anyhow::ensure!(found == records.len() as u64, "documents are missing");
    Ok(Run { committed, finished, bytes: folder_bytes(folder)? })
}

fn date(record: &Record) -> Option<StatementDate> {
    record.date.as_deref().and_then(|date| date.parse().ok())
}

fn report(corpus: &Corpus, options: &WriterOptions, ours: &Side, bare: &Side) {
    let bytes = megabytes(corpus.bytes());
    let statements = corpus.records.len() as f64;
    println!(
        "indexing {}: {statements} statements, {bytes:.1} MB of text; {} threads, {} MiB, {} rounds",
        corpus.name,
        options.threads,
        options.memory >> 20,
        rounds()
    );
    println!("{:26}{:>20}{:>20}{:>17}", "median (best)", "dixit", "bare tantivy", "dixit / bare");
    let row = |name: &str, one: &Samples, other: &Samples, of: &dyn Fn(f64) -> f64| {
        let cell = |side: &Samples| format!("{:.1} ({:.1})", of(side.median()), of(side.min()));
        // Times of one round by those of the same, whatever the row shows them as.
        let ratio = one.ratio(other);
        let ratio = format!("{:.2} ({:.2})", ratio.median(), ratio.min());
        println!("{name:26}{:>20}{:>20}{ratio:>17}", cell(one), cell(other));
    };
    row("seconds until committed", &ours.committed, &bare.committed, &|s| s);
    row("  MB a second", &ours.committed, &bare.committed, &|s| bytes / s);
    row("  statements a second", &ours.committed, &bare.committed, &|s| statements / s);
    row("seconds until merged", &ours.finished, &bare.finished, &|s| s);
    row("processor seconds", &ours.cpu, &bare.cpu, &|s| s);
    row("index, MB", &ours.bytes, &bare.bytes, &|b| b / 1e6);
    println!(
        "The last column is of the seconds, and of the bytes: more than 1 is worse for dixit."
    );
}
