//! Which language each statement is in: what decides which forms of a word count there.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

use super::docs::Checked;
use crate::analysis::{STEMMED, Stemmer, primary};

/// The place of a language among [`STEMMED`], or one of the two below.
pub(super) type Slot = usize;

/// A language that has no stemmer.
pub(super) const OTHER: Slot = STEMMED.len();
/// No language is known.
pub(super) const UNKNOWN: Slot = STEMMED.len() + 1;
pub(super) const SLOTS: usize = STEMMED.len() + 2;

/// Languages, by their slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Set(u32);

impl Set {
    pub(super) const ALL: Self = Self((1 << SLOTS) - 1);

    pub(super) const fn of(slot: Slot) -> Self {
        Self(1 << slot)
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn has(self, slot: Slot) -> bool {
        self.0 & (1 << slot) != 0
    }
}

/// The slot of a statement with this language.
pub(super) fn slot_of(language: Option<&str>) -> Slot {
    let Some(tag) = language else { return UNKNOWN };
    let stemmer = Stemmer::of(tag);
    let slot =
        stemmer.and_then(|stemmer| STEMMED.iter().position(|tag| *tag == stemmer.language()));
    match slot {
        Some(slot) => slot,
        None if primary(tag).is_empty() => UNKNOWN,
        None => OTHER,
    }
}

/// The languages of all statements of a snapshot.
#[derive(Default)]
pub(super) struct Languages {
    /// Of each document its slot.
    segments: HashMap<SegmentId, Arc<[u8]>>,
    /// Languages of statements that are there.
    present: Set,
    /// How many of each.
    statements: [u64; SLOTS],
}

impl Languages {
    pub(super) fn of(searcher: &Searcher, field: Field) -> Result<Self, TantivyError> {
        let mut languages = Self::default();
        for segment in searcher.segment_readers() {
            let slots = slots(segment, field)?;
            for doc in segment.doc_ids_alive() {
                if let Some(&slot) = slots.get(doc as usize) {
                    languages.present = languages.present.and(Set::of(usize::from(slot)));
                    languages.statements[usize::from(slot)] += 1;
                }
            }
            languages.segments.insert(segment.segment_id(), slots.into());
        }
        Ok(languages)
    }

    pub(super) fn present(&self) -> Set {
        self.present
    }

    /// How many statements of each language there are, and the records of sources.
    pub(super) fn statements(&self) -> &[u64; SLOTS] {
        &self.statements
    }

    /// The slots of a segment's documents.
    pub(super) fn in_segment(&self, segment: &SegmentReader) -> Arc<[u8]> {
        self.segments.get(&segment.segment_id()).cloned().unwrap_or_default()
    }

    /// How many statements of each language hold the term; one that holds it in two fields counts twice.
    pub(super) fn with(
        &self,
        searcher: &Searcher,
        fields: &[Field],
        term: &str,
    ) -> Result<[u64; SLOTS], TantivyError> {
        let mut counts = [0; SLOTS];
        for segment in searcher.segment_readers() {
            let slots = self.in_segment(segment);
            for &field in fields {
                let index = segment.inverted_index(field)?;
                let term = Term::from_field_text(field, term);
                let postings = index.read_postings(&term, IndexRecordOption::Basic)?;
                let Some(mut postings) = postings else { continue };
                while postings.doc() != TERMINATED {
                    if !segment.is_deleted(postings.doc())
                        && let Some(&slot) = slots.get(postings.doc() as usize)
                    {
                        counts[usize::from(slot)] += 1;
                    }
                    postings.advance();
                }
            }
        }
        Ok(counts)
    }
}

fn slots(segment: &SegmentReader, field: Field) -> Result<Vec<u8>, TantivyError> {
    let mut slots = vec![UNKNOWN as u8; segment.max_doc() as usize];
    let index = segment.inverted_index(field)?;
    let mut tags = index.terms().stream()?;
    while let Some((tag, info)) = tags.next() {
        let slot = slot_of(std::str::from_utf8(tag).ok()) as u8;
        let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        while postings.doc() != TERMINATED {
            if let Some(own) = slots.get_mut(postings.doc() as usize) {
                *own = slot;
            }
            postings.advance();
        }
    }
    Ok(slots)
}

/// Statements in some languages.
pub(super) fn in_languages(slots: Arc<[u8]>, wanted: Set) -> Checked<impl Fn(DocId) -> bool> {
    let end = slots.len() as DocId;
    Checked::new(end, move |doc| {
        slots.get(doc as usize).is_some_and(|slot| wanted.has(usize::from(*slot)))
    })
}
