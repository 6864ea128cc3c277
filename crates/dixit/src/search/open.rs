//! From a plan to walks over the documents of one segment.

use std::rc::Rc;
use std::sync::Arc;

use tantivy::postings::SegmentPostings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TantivyError, Term};

use super::docs::{All, Any, Checked, Docs, Gathered, Nothing, Rather, Stream, Word, dated};
use super::effort::Effort;
use super::languages::in_languages;
use super::near::{Near, Side};
use super::phrase::{Layout, Phrase, Place};
use super::plan::{Plan, WordPlan};
use super::rank::{Origin, ScoredField, ScoredForms, Scoring};
use super::stand::{Row, Sides, groups};
use crate::schema::column;

/// Opens the walk over the documents of a segment that match. Recursive as the plan is deep, which
/// the parser bounds.
pub(super) fn open(
    plan: &Plan,
    segment: &SegmentReader,
    effort: &Rc<Effort>,
) -> Result<Box<dyn Docs>, TantivyError> {
    Ok(match plan {
        Plan::Nothing => Box::new(Nothing),
        Plan::Term { field, terms } => {
            open_word(&WordPlan::of_terms(vec![(*field, None)], terms.clone()), segment, effort)?
        }
        Plan::Word(word) => open_word(word, segment, effort)?,
        Plan::Having(field) => {
            let lengths = segment.get_fieldnorms_reader(*field)?;
            let has_words = move |doc| lengths.fieldnorm_id(doc) > 0;
            Box::new(Checked::new(segment.max_doc(), has_words))
        }
        Plan::Dates { within, lie } => {
            let columns = segment.fast_fields();
            let from = columns.column_opt::<i64>(column::FROM)?;
            let to = columns.column_opt::<i64>(column::TO)?;
            match (from, to) {
                (Some(from), Some(to)) => {
                    Box::new(dated((from, to), *within, *lie, segment.max_doc()))
                }
                _ => Box::new(Nothing),
            }
        }
        Plan::All { parts, excluded } => {
            let (parts, excluded) =
                (open_all(parts, segment, effort)?, open_all(excluded, segment, effort)?);
            Box::new(All::new(parts, excluded, effort))
        }
        Plan::Any(parts) => Box::new(Any::new(open_all(parts, segment, effort)?)),
        Plan::Languages { of, wanted } => Box::new(in_languages(of.in_segment(segment), *wanted)),
        Plan::Rather { found, also } => {
            Box::new(Rather::new(open(found, segment, effort)?, open(also, segment, effort)?))
        }
    })
}

fn open_all(
    plans: &[Plan],
    segment: &SegmentReader,
    effort: &Rc<Effort>,
) -> Result<Vec<Box<dyn Docs>>, TantivyError> {
    plans.iter().map(|plan| open(plan, segment, effort)).collect()
}

/// From so many streams on they are gathered instead of walked side by side.
const MANY_STREAMS: usize = 48;

fn open_word(
    plan: &WordPlan,
    segment: &SegmentReader,
    effort: &Rc<Effort>,
) -> Result<Box<dyn Docs>, TantivyError> {
    let mut streams = Vec::new();
    let mut scored = Vec::new();
    let mut is_scored = false;
    for (field, weights) in &plan.fields {
        let index = segment.inverted_index(*field)?;
        let slot = scored.len();
        if let Some(weights) = weights {
            is_scored = true;
            let lengths = segment.get_fieldnorms_reader(*field)?;
            scored.push(ScoredField { weights: Arc::clone(weights), lengths });
        }
        let origin = |is_form| Origin { field: slot, is_form };
        let Some(terms) = plan.sides.word() else {
            let stream = open_sides(&plan.sides, *field, &index, effort)?;
            streams.extend(stream.map(|stream| (origin(false), stream)));
            continue;
        };
        let option = match weights {
            None => IndexRecordOption::Basic,
            Some(_) => IndexRecordOption::WithFreqs,
        };
        for term in terms {
            let postings = index.read_postings(&Term::from_field_text(*field, term), option)?;
            let is_form = plan.forms.as_ref().is_some_and(|forms| forms.word != *term);
            streams.extend(postings.map(|postings| (origin(is_form), Stream::Term(postings))));
        }
    }
    let forms = plan.forms.as_ref().map(|weights| ScoredForms {
        weights: Arc::clone(weights),
        slots: weights.languages.in_segment(segment),
    });
    let scoring = is_scored.then(|| Scoring { rarity: plan.rarity, fields: scored, forms });
    Ok(match streams.len() {
        0 => Box::new(Nothing),
        n if n > MANY_STREAMS => {
            Box::new(Gathered::new(streams, scoring, segment.max_doc(), effort))
        }
        _ => Box::new(Word::new(streams, scoring)),
    })
}

/// A phrase, or several near one another; `None` where a part of it stands nowhere.
fn open_sides(
    sides: &Sides,
    field: Field,
    index: &InvertedIndexReader,
    effort: &Rc<Effort>,
) -> Result<Option<Stream>, TantivyError> {
    let is_near = sides.rows.len() > 1;
    let mut opened = Vec::with_capacity(sides.rows.len());
    for rows in &sides.rows {
        let mut phrases = Vec::with_capacity(rows.len());
        for row in rows {
            phrases.extend(open_row(row, field, index, is_near, effort)?);
        }
        if phrases.is_empty() {
            return Ok(None);
        }
        opened.push(phrases);
    }
    if opened.len() == 1 && opened[0].len() == 1 {
        return Ok(opened.remove(0).pop().map(|phrase| Stream::Phrase(Box::new(phrase))));
    }
    let opened = opened.into_iter().map(Side::new).collect();
    Ok(Some(Stream::Near(Box::new(Near::new(opened, sides.within.clone(), effort)))))
}

fn open_row(
    row: &Row,
    field: Field,
    index: &InvertedIndexReader,
    is_near: bool,
    effort: &Rc<Effort>,
) -> Result<Option<Phrase>, TantivyError> {
    let terms: Vec<&Vec<String>> = row.places.iter().map(|(_, terms)| terms).collect();
    let mut which = groups(&terms);
    let mut places = Vec::new();
    for at in 0..terms.len() {
        // Words of the same terms are walked once.
        if which[at] < at {
            which[at] = which[which[at]];
            continue;
        }
        let mut postings: Vec<SegmentPostings> = Vec::new();
        for term in terms[at] {
            let term = Term::from_field_text(field, term);
            postings.extend(index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        if postings.is_empty() {
            return Ok(None);
        }
        which[at] = places.len();
        places.push(Place::new(postings));
    }
    let offsets = row.places.iter().map(|(offset, _)| *offset).collect();
    let layout = Layout { offsets, which, slop: row.slop, tail: row.tail };
    Ok(Some(Phrase::new(places, layout, is_near, effort)))
}

/// Documents that are there and hold the term.
pub(super) fn documents_with(
    segment: &SegmentReader,
    field: Field,
    term: &str,
) -> Result<Vec<u32>, TantivyError> {
    let index = segment.inverted_index(field)?;
    let term = Term::from_field_text(field, term);
    let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
        return Ok(Vec::new());
    };
    let mut docs = Vec::new();
    while postings.doc() != tantivy::TERMINATED {
        if !segment.is_deleted(postings.doc()) {
            docs.push(postings.doc());
        }
        postings.advance();
    }
    Ok(docs)
}
