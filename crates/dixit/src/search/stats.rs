//! What an index holds, in numbers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tantivy::TantivyError;

use super::expand::statements_with;
use super::snapshot::Snapshot;
use crate::schema::{column, doc};
use crate::statement::Kind;

/// What an index holds, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Stats {
    /// Statements.
    pub statements: u64,
    /// Sources that they come from.
    pub sources: u64,
    /// Statements by kind.
    pub kinds: BTreeMap<String, u64>,
    /// Statements by language; those whose language is not known are in none.
    pub languages: BTreeMap<String, u64>,
    /// Statements by year of their date.
    pub years: BTreeMap<i64, u64>,
    /// Statements with a date.
    pub dated: u64,
    /// Statements of which the speaker, or that of a passage, is known by name.
    pub with_speaker: u64,
    /// Statements with a topic.
    pub with_topic: u64,
    /// Segments that the index is in.
    pub segments: u64,
    /// Bytes on disk; 0 in memory.
    pub bytes: u64,
    /// Bytes on disk by part: terms, positions, statements as stored, …
    pub parts: BTreeMap<String, u64>,
}

pub(super) fn of(snapshot: &Snapshot) -> Result<Stats, TantivyError> {
    let fields = &snapshot.shared.fields;
    let searcher = &snapshot.inner;
    let mut stats = Stats {
        statements: snapshot.statements,
        sources: statements_with(searcher, fields.doc, doc::SOURCE)?,
        segments: searcher.segment_readers().len() as u64,
        ..Stats::default()
    };
    for kind in Kind::ALL {
        let count = statements_with(searcher, fields.kind, kind.as_str())?;
        if count > 0 {
            stats.kinds.insert(kind.as_str().to_owned(), count);
        }
    }
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(fields.language)?;
        let mut tags = index.terms().stream()?;
        while let Some((tag, _)) = tags.next() {
            if let Ok(tag) = std::str::from_utf8(tag) {
                stats.languages.entry(tag.to_owned()).or_default();
            }
        }
        let columns = segment.fast_fields();
        let years = columns.column_opt::<i64>(column::YEAR)?;
        let speakers = columns.str(column::SPEAKER)?;
        let topics = columns.str(column::TOPIC)?;
        for doc in segment.doc_ids_alive() {
            if let Some(year) = years.as_ref().and_then(|years| years.first(doc)) {
                *stats.years.entry(year).or_default() += 1;
                stats.dated += 1;
            }
            let has = |column: &Option<tantivy::columnar::StrColumn>| {
                u64::from(
                    column.as_ref().is_some_and(|column| column.term_ords(doc).next().is_some()),
                )
            };
            stats.with_speaker += has(&speakers);
            stats.with_topic += has(&topics);
        }
    }
    for (tag, count) in &mut stats.languages {
        *count = statements_with(searcher, fields.language, tag)?;
    }
    stats.languages.retain(|_, count| *count > 0);
    for segment in searcher.space_usage()?.segments() {
        let mut part = |name: &str, bytes: u64| {
            *stats.parts.entry(name.to_owned()).or_default() += bytes;
            stats.bytes += bytes;
        };
        part("terms", segment.termdict().total().get_bytes());
        part("postings", segment.postings().total().get_bytes());
        part("positions", segment.positions().total().get_bytes());
        part("columns", segment.fast_fields().total().get_bytes());
        part("lengths", segment.fieldnorms().total().get_bytes());
        part("statements", segment.store().total().get_bytes());
    }
    Ok(stats)
}
