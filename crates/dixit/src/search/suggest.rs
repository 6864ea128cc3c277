//! What a word was probably meant to be that no statement has.

use std::ops::Range;

use serde::Serialize;
use tantivy::schema::Field;
use tantivy::{Searcher, TantivyError};

use super::expand::most_with;
use super::spell::{Steps, misspelled};
use crate::limits::Limits;
use crate::query::{self, pair};

/// So many words of a query are looked after.
const MOST: usize = 8;
/// In so few statements a word may be a slip of theirs: it is looked after where nothing was found.
pub(super) const RARE: u64 = 3;
/// And then the other word has to be in so many times as many.
const FAR_MORE: u64 = 20;
/// Shorter words have neighbours everywhere.
const SHORTEST: usize = 3;
/// From so many letters on, two of them may be wrong.
const LONG: usize = 5;

/// A word of a query that no statement has where it was looked for, or hardly any, and the nearest that
/// more have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Suggestion {
    /// The bytes of the query that asked for it; `[start, end]` in JSON.
    #[serde(serialize_with = "pair")]
    pub span: Range<usize>,
    /// Where it was looked for; `None` for a word without a field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<query::Field>,
    /// The word, folded.
    pub word: String,
    /// The nearest word, folded: of the fewest edits, in the most statements.
    pub suggestion: String,
    /// Statements that have it.
    pub statements: u64,
    /// Statements that have the word of the query, where nothing was found by all of it.
    pub instead_of: u64,
}

/// A word that no statement has, or hardly any.
#[derive(Debug)]
pub(super) struct Missing {
    pub(super) span: Range<usize>,
    pub(super) field: Option<query::Field>,
    pub(super) term: String,
    /// Where it was looked for.
    pub(super) names: Vec<Field>,
    /// Statements that have it: none, or hardly any.
    pub(super) statements: u64,
    /// It was looked for in another way of writing too: what was found has that.
    pub(super) is_otherwise: bool,
}

impl Missing {
    fn suggestion(&self, suggestion: String, statements: u64) -> Suggestion {
        let Self { span, field, term, statements: instead_of, .. } = self;
        let (span, field, word, instead_of) = (span.clone(), *field, term.clone(), *instead_of);
        Suggestion { span, field, word, suggestion, statements, instead_of }
    }
}

/// What the missing words were probably meant to be, in the order of the query.
pub(super) fn suggestions(
    searcher: &Searcher,
    missing: &[Missing],
    limits: &Limits,
) -> Result<Vec<Suggestion>, TantivyError> {
    let mut found: Vec<Suggestion> = Vec::new();
    let steps = Steps::of(limits);
    for missing in missing.iter().take(MOST) {
        let known = |other: &&Suggestion| {
            (other.span.start, &other.word) == (missing.span.start, &missing.term)
        };
        if !found.iter().any(|other| known(&other)) {
            found.extend(match missing.field {
                Some(query::Field::Language) => without_region(searcher, missing)?,
                _ => nearest(searcher, missing, &steps, limits)?,
            });
        }
    }
    found.sort_by_key(|suggestion| suggestion.span.start);
    Ok(found)
}

/// `en-US`, where statements are in `en`: two tags that look alike are two languages.
fn without_region(
    searcher: &Searcher,
    missing: &Missing,
) -> Result<Option<Suggestion>, TantivyError> {
    let Some((primary, _)) = missing.term.split_once('-') else { return Ok(None) };
    let statements = most_with(searcher, &missing.names, primary)?;
    Ok((statements > 0).then(|| missing.suggestion(primary.to_owned(), statements)))
}

fn nearest(
    searcher: &Searcher,
    missing: &Missing,
    steps: &Steps,
    limits: &Limits,
) -> Result<Option<Suggestion>, TantivyError> {
    let letters = missing.term.chars().count();
    if letters < SHORTEST || missing.term.chars().any(|c| c.is_ascii_digit()) {
        return Ok(None);
    }
    let most = if letters < LONG { 1 } else { 2 };
    for edits in 1..=most {
        let near = misspelled(searcher, &missing.names, &missing.term, edits, steps, limits)?;
        let mut best: Option<(u64, String)> = None;
        for term in near.terms.into_iter().filter(|term| *term != missing.term) {
            let statements = most_with(searcher, &missing.names, &term)?;
            // Terms come in their order, so that of equals the first is taken.
            let is_far_more = statements >= missing.statements.saturating_mul(FAR_MORE);
            if is_far_more && statements > best.as_ref().map_or(0, |(most, _)| *most) {
                best = Some((statements, term));
            }
        }
        if let Some((statements, suggestion)) = best {
            return Ok(Some(missing.suggestion(suggestion, statements)));
        }
    }
    Ok(None)
}
