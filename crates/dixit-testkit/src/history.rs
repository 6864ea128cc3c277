//! Statements, a plain model of what an index holds, and a small run of everything a writer does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use dixit::storage::Storage;
use dixit::{
    Index, Person, Reading, Result, SearchRequest, Searcher, SourceRecord, Statement, Writer,
    WriterOptions,
};

/// What an index holds: the texts of each source.
pub type State = BTreeMap<String, BTreeSet<String>>;

/// One thread, little memory, no patience: what a test needs.
#[must_use]
pub fn small() -> WriterOptions {
    WriterOptions { memory: 15_000_000, threads: 1, wait: Duration::from_secs(10) }
}

/// A statement of a source.
#[must_use]
pub fn statement(source: &str, text: &str) -> Statement {
    let mut statement = Statement::new(source, text);
    let speakers = ["Ada Rask", "Bo Lind", "Mei Tan"];
    statement.speaker = Some(Person::named(speakers[text.len() % speakers.len()]));
    statement
}

/// What is known of a source.
#[must_use]
pub fn record(key: &str, statements: u64) -> SourceRecord {
    SourceRecord {
        key: key.to_owned(),
        name: key.to_owned(),
        root: None,
        format: "text".to_owned(),
        fingerprint: "1".to_owned(),
        reading: 0,
        partial: None,
        statements,
        problems: 0,
        twins: Vec::new(),
        likeness: String::new(),
    }
}

/// Puts texts in place of what a source holds.
///
/// # Errors
/// Those of the writer.
pub fn replace(
    writer: &Writer,
    known: &[SourceRecord],
    key: &str,
    texts: &BTreeSet<String>,
) -> Result<()> {
    let known = known.iter().find(|record| record.key == key);
    let reading = known.map_or_else(|| Reading::first(key), Reading::anew);
    for text in texts {
        writer.add_to(&reading, &statement(key, text))?;
    }
    writer.complete(&reading, &record(key, texts.len() as u64))
}

/// What an index holds.
///
/// # Errors
/// Those of the searcher.
pub fn state_of(searcher: &Searcher) -> Result<State> {
    let answer = searcher.search(&SearchRequest::new("*").limit(10_000))?;
    let mut state = State::new();
    for hit in answer.hits {
        let (source, text) = (hit.statement.source.name, hit.statement.text);
        assert!(state.entry(source).or_default().insert(text), "a statement is there twice");
    }
    Ok(state)
}

/// The states that [`run`] commits, one after the other; the first is the empty index.
#[must_use]
pub fn states(commits: u64) -> Vec<State> {
    let mut states = vec![State::new()];
    for commit in 0..commits {
        let mut state = states[commit as usize].clone();
        for (key, change) in changes(commit) {
            match change {
                Some(texts) => state.insert(key, texts),
                None => state.remove(&key),
            };
        }
        states.push(state);
    }
    states
}

/// What each commit does: a new source, another in place of an old one, one removed.
fn changes(commit: u64) -> Vec<(String, Option<BTreeSet<String>>)> {
    let texts = |count: u64| -> BTreeSet<String> {
        (0..count).map(|n| format!("Statement {n} of commit {commit} on fish quotas.")).collect()
    };
    let mut changes = vec![(format!("new-{commit}"), Some(texts(3)))];
    changes.push(("replaced".to_owned(), Some(texts(1 + commit % 3))));
    if commit >= 2 {
        changes.push((format!("new-{}", commit - 2), None));
    }
    changes
}

/// Makes an index if there is none and commits so often, telling each commit. It begins behind the
/// state that is there.
///
/// # Errors
/// The first of the index; nothing is tried after it.
pub fn run(
    storage: &Arc<dyn Storage>,
    from: u64,
    to: u64,
    committed: &mut dyn FnMut(u64),
) -> Result<()> {
    let index = match Index::open_on(Arc::clone(storage)) {
        Err(dixit::Error::NotFound { .. }) => Index::create_on(Arc::clone(storage))?,
        other => other?,
    };
    let mut writer = index.writer(&small())?;
    for commit in from..to {
        let known = writer.committed().sources()?;
        for (key, change) in changes(commit) {
            match change {
                Some(texts) => replace(&writer, &known, &key, &texts)?,
                None => writer.remove_source(&key),
            }
        }
        writer.commit()?;
        committed(commit + 1);
    }
    writer.finish()
}

/// Makes the index that is checked in, so that it can be told whether later programs read it.
///
/// # Errors
/// When it cannot be written.
pub fn write_fixture(path: &std::path::Path) -> Result<()> {
    let index = Index::create(path)?;
    let mut writer = index.writer(&small())?;
    for (source, date, text) in [
        ("wire/1.txt", "2024-05-14", "Ada Rask said that the herring quota falls by a tenth."),
        ("wire/2.txt", "2024", "The harbour of Nordhavn opens a workshop on human rights."),
        ("wire/3.txt", "2023-11", "保护人权是各国的责任。"),
        ("wire/4.txt", "2022-01-02", "This one is removed again."),
    ] {
        let mut statement = statement(source, text);
        statement.date = date.parse().ok();
        writer.add(&statement)?;
        writer.put_source(&record(source, 1))?;
    }
    writer.commit()?;
    writer.remove_source("wire/4.txt");
    writer.commit()?;
    writer.finish()
}
