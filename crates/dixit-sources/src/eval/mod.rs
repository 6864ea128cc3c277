//! Measuring extraction against gold: what a user knows to be right of some texts.
//!
//! Each text is extracted from as if nothing else were known of it, and what comes out is compared with
//! what the gold says. A field that a row of gold does not have is not measured on it; one that is `null` or
//! empty says that there is nothing to find.

mod attributions;
mod gold;
mod keywords;
mod passages;
mod topics;
mod values;

use std::collections::BTreeMap;

use dixit::{Basis, Statement};
use serde::Serialize;

pub use attributions::{Attribution, Attributions, attributions};
pub use gold::{GoldError, GoldPassage, GoldRow, read_gold};
pub use keywords::{KEYWORDS_COUNTED, KeywordScore};
pub use passages::{PassageScore, SureScore};
pub use topics::TopicScore;
pub use values::ValueScore;

use crate::extract::Extraction;

/// Version of the JSON of [`ExtractionScore`].
pub const EVAL_FORMAT: u32 = 1;

/// What extraction gets right, field by field.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ExtractionScore {
    /// Version of this JSON, [`EVAL_FORMAT`].
    pub format: u32,
    /// Rows of gold.
    pub rows: u64,
    /// The speaker of the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<ValueScore>,
    /// The date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<ValueScore>,
    /// The language, by its primary tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<ValueScore>,
    /// The kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ValueScore>,
    /// The topics, by their majors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topics: Option<TopicScore>,
    /// The keywords.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keywords: Option<KeywordScore>,
    /// The references.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub references: Option<SetScore>,
    /// The passages: all, and those with quotation marks alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passages: Option<Passages>,
    /// How often values of each confidence were right, by field.
    pub calibration: BTreeMap<&'static str, Vec<Band>>,
    /// Mistakes, at most so many of each field as were asked for.
    pub errors: Vec<Mistake>,
}

/// Passages, over all and over the quoted ones.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Passages {
    /// Quoted and retold.
    pub all: PassageScore,
    /// Those whose content has quotation marks, or whose form says so.
    pub direct: PassageScore,
}

/// Of what was found, what is right, and of what is right, what was found.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct SetScore {
    /// Right ones among those that were found.
    pub precision: f64,
    /// Found ones among those that are right.
    pub recall: f64,
    /// The harmonic mean of both.
    pub f1: f64,
    /// How many there are in the gold.
    pub gold: u64,
    /// How many were found.
    pub found: u64,
}

impl SetScore {
    pub(crate) fn new(hits: u64, found: u64, gold: u64) -> Self {
        let precision = share(hits, found);
        let recall = share(hits, gold);
        let f1 = share(2 * hits, found + gold);
        Self { precision, recall, f1, gold, found }
    }
}

/// Values within a band of confidence.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Band {
    /// Least confidence of the band.
    pub from: f64,
    /// Values of it that gold speaks of.
    pub values: u64,
    /// How many of them are right.
    pub right: u64,
}

/// One value that is not as the gold says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Mistake {
    /// Which row: its id, else its number.
    pub row: String,
    /// Which field.
    pub field: &'static str,
    /// What the gold says.
    pub expected: String,
    /// What was found.
    pub found: String,
    /// The rule that found it, or the reason why it is unknown.
    pub rule: String,
    /// Whether it would be shown as a fact.
    pub is_sure: bool,
}

/// Least confidences of the bands.
const BANDS: [f64; 7] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/// What is kept while rows are compared.
#[derive(Default)]
pub(crate) struct Ledger {
    calibration: BTreeMap<&'static str, [(u64, u64); BANDS.len()]>,
    errors: Vec<Mistake>,
    told: BTreeMap<&'static str, usize>,
    most: usize,
}

impl Ledger {
    /// A value of this confidence was right or wrong.
    pub(crate) fn count(&mut self, field: &'static str, confidence: f64, is_right: bool) {
        let band = BANDS.iter().rposition(|least| confidence >= *least).unwrap_or(0);
        let bands = self.calibration.entry(field).or_default();
        bands[band].0 += 1;
        bands[band].1 += u64::from(is_right);
    }

    pub(crate) fn tell(&mut self, mistake: impl FnOnce() -> Mistake, field: &'static str) {
        let told = self.told.entry(field).or_default();
        if *told < self.most {
            *told += 1;
            self.errors.push(mistake());
        }
    }
}

/// Extracts from the text of each row and compares; `errors` mistakes of each field are kept.
#[must_use]
pub fn score_extraction(
    rows: &[GoldRow],
    extraction: &Extraction,
    errors: usize,
) -> ExtractionScore {
    let mut ledger = Ledger { most: errors, ..Ledger::default() };
    let mut values = values::Tally::default();
    let mut topics = topics::Tally::new(rows, &extraction.taxonomy);
    let mut keywords = keywords::Tally::default();
    let mut passages = passages::Tally::default();
    let mut references = (0, 0, 0, false);
    for row in rows {
        let mut statement = row.bare();
        extraction.complete(&mut statement);
        values.add(row, &statement, &mut ledger);
        topics.add(row, &statement, &mut ledger);
        keywords.add(row, &statement);
        passages.add(row, &statement, &mut ledger);
        if let Some(gold) = &row.references {
            let (hits, found) = shared(gold, &statement.references);
            references =
                (references.0 + hits, references.1 + found, references.2 + gold.len() as u64, true);
        }
    }
    let [speaker, date, language, kind] = values.scores();
    let (hits, found, gold, is_measured) = references;
    let calibration = ledger.calibration.into_iter().map(|(field, bands)| {
        let bands = bands.iter().zip(BANDS).filter(|((values, _), _)| *values > 0);
        let bands =
            bands.map(|((values, right), from)| Band { from, values: *values, right: *right });
        (field, bands.collect())
    });
    ExtractionScore {
        format: EVAL_FORMAT,
        rows: rows.len() as u64,
        speaker,
        date,
        language,
        kind,
        topics: topics.score(),
        keywords: keywords.score(),
        references: is_measured.then(|| SetScore::new(hits, found, gold)),
        passages: passages.score(),
        calibration: calibration.collect(),
        errors: ledger.errors,
    }
}

/// How many values of the gold were found, and how many were found at all, each counted once.
fn shared(gold: &[String], found: &[String]) -> (u64, u64) {
    let folded = |values: &[String]| {
        let values = values.iter().map(|value| folded(value));
        values.filter(|value| !value.is_empty()).collect::<std::collections::BTreeSet<String>>()
    };
    let (gold, found) = (folded(gold), folded(found));
    (gold.intersection(&found).count() as u64, found.len() as u64)
}

/// A value as it is compared: its terms.
pub(crate) fn folded(value: &str) -> String {
    let mut out = String::new();
    let mut tokens = dixit::analysis::analyse(value, None);
    while let Some(token) = tokens.next_token() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(token.term);
    }
    out
}

pub(crate) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Rule and confidence of a field.
pub(crate) fn basis<'s>(statement: &'s Statement, field: &str) -> (Option<&'s Basis>, f64, String) {
    let basis = statement.basis.get(field);
    let confidence = basis.map_or(0.0, |basis| basis.confidence);
    let rule = basis.and_then(|basis| basis.rule.clone()).unwrap_or_default();
    (basis, confidence, rule)
}
