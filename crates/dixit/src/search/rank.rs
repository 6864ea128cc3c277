//! Ranking: BM25 over several fields as one (BM25F).
//!
//! Robertson, Zaragoza & Taylor, "Simple BM25 extension to multiple weighted fields", CIKM 2004: the
//! frequencies of a term in the fields of a statement are weighted, normalised by the field's length
//! and added *before* they saturate, so that a word in title and text counts as one word said twice
//! and not as two words. All forms of a word count as the same term, by how much they weigh (`forms`).
//!
//! Statistics are of statements that are there: deleted ones, which the engine keeps until a merge,
//! count nowhere. The same statements have the same scores whatever was done to the index before.

use std::sync::Arc;

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

use super::forms::FormWeights;
use super::languages::UNKNOWN;

/// How fast further occurrences of a term stop counting (Robertson & Zaragoza 2009, and Lucene).
pub(super) const K1: f64 = 1.2;

/// How much the length of a field counts (same source).
pub(super) const B: f64 = 0.75;

/// Length statistics of one field over the statements that are there.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct FieldLengths {
    /// Terms in all.
    pub(super) terms: u64,
    /// Statements that have the field.
    pub(super) statements: u64,
}

impl FieldLengths {
    fn average(self) -> f64 {
        if self.statements == 0 { 1.0 } else { self.terms as f64 / self.statements as f64 }
    }
}

/// How a field weighs an occurrence, by the engine's code for its length.
pub(super) struct FieldWeights([f64; 256]);

impl FieldWeights {
    pub(super) fn new(boost: f64, lengths: FieldLengths) -> Self {
        let average = lengths.average().max(1.0);
        Self(std::array::from_fn(|code| {
            let length = f64::from(FieldNormReader::id_to_fieldnorm(code as u8));
            boost / (1.0 - B + B * length / average)
        }))
    }
}

/// How rare a term is: the inverse document frequency of BM25 as Lucene has it, never negative.
///
/// Of a term of several forms the statements count by how much the form weighs in them.
pub(super) fn rarity(statements_with: f64, statements: u64) -> f64 {
    let statements = statements as f64;
    let with = statements_with.min(statements);
    let without = statements - with;
    (1.0 + (without + 0.5) / (with + 0.5)).ln()
}

/// A field of one segment, ready to weigh occurrences.
#[derive(Clone)]
pub(super) struct ScoredField {
    pub(super) weights: Arc<FieldWeights>,
    pub(super) lengths: FieldNormReader,
}

/// Scores one word in one segment.
#[derive(Clone)]
pub(super) struct Scoring {
    pub(super) rarity: f64,
    pub(super) fields: Vec<ScoredField>,
    /// What forms weigh that are not the word as typed; nothing less than it where this is absent.
    pub(super) forms: Option<ScoredForms>,
}

/// What forms of a word weigh in the documents of a segment.
#[derive(Clone)]
pub(super) struct ScoredForms {
    pub(super) weights: Arc<FormWeights>,
    /// Of each document its language.
    pub(super) slots: Arc<[u8]>,
}

/// Where occurrences are from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    /// The field, by its place in the scoring.
    pub(super) field: usize,
    /// Whether it is a form, not the word as typed.
    pub(super) is_form: bool,
}

impl Scoring {
    /// What `frequency` occurrences in a document weigh.
    pub(super) fn weight(&self, origin: Origin, doc: DocId, frequency: u32) -> f64 {
        let field = &self.fields[origin.field];
        let weight =
            f64::from(frequency) * field.weights.0[usize::from(field.lengths.fieldnorm_id(doc))];
        match &self.forms {
            Some(forms) if origin.is_form => {
                let slot = forms.slots.get(doc as usize).copied().map_or(UNKNOWN, usize::from);
                weight * forms.weights.in_language[slot]
            }
            _ => weight,
        }
    }

    /// The score of a document in which the word's occurrences weigh this much.
    pub(super) fn score(&self, weight: f64) -> f64 {
        self.rarity * weight * (K1 + 1.0) / (weight + K1)
    }
}
