//! Lowering: from the query tree to terms of this index, and from those to walks over a segment.

use std::collections::HashSet;
use std::sync::Arc;

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, SegmentReader, TantivyError, Term};

use super::docs::{All, Any, Dated, Docs, Gathered, Nothing, Stream, Word};
use super::expand::{Expansion, beginning_with, pairs_of, statements_with, variants};
use super::phrase::{Phrase, Place};
use super::rank::{FieldWeights, ScoredField, Scoring, rarity};
use super::searcher::Snapshot;
use crate::analysis::{Shape, Stemmer, analyse, reference_form};
use crate::date::day_number;
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::query::{self, Leaf, Node, Note, NoteKind, Value};
use crate::schema::{self, column};

/// A query in terms of one snapshot of one index.
pub(super) enum Plan {
    Nothing,
    Term { field: Field, terms: Vec<String> },
    Word(WordPlan),
    Dates { within: (i64, i64) },
    All { parts: Vec<Plan>, excluded: Vec<Plan> },
    Any(Vec<Plan>),
}

/// A word or phrase.
pub(super) struct WordPlan {
    /// The fields it may stand in, each with its weights if it is scored.
    fields: Vec<(Field, Option<Arc<FieldWeights>>)>,
    /// For each place of the phrase (a word has one), the terms that may stand there.
    places: Vec<Vec<String>>,
    rarity: f64,
}

/// What a positive word or phrase of the query looks for in the words of a statement: for snippets,
/// and to tell which speaker was found.
#[derive(Debug, Clone)]
pub(super) struct Sought {
    pub(super) field: Option<query::Field>,
    pub(super) places: Vec<HashSet<String>>,
}

/// The outcome of lowering.
pub(super) struct Lowered {
    pub(super) plan: Plan,
    pub(super) sought: Vec<Sought>,
    pub(super) notes: Vec<Note>,
    /// Whether anything in the query is scored.
    pub(super) is_scored: bool,
}

/// Weights of the fields of a word that names none. The title says what a statement is about in few
/// words, so that they count double there; topics and keywords repeat what the text says.
const TITLE_BOOST: f64 = 2.0;
const TEXT_BOOST: f64 = 1.0;
const TOPIC_BOOST: f64 = 0.5;
const KEYWORD_BOOST: f64 = 0.5;

pub(super) fn lower(snapshot: &Snapshot, tree: &Node, language: &str) -> Result<Lowered> {
    let mut lowering = Lowering {
        snapshot,
        limits: &snapshot.shared.limits,
        stemmer: Stemmer::of(language),
        sought: Vec::new(),
        notes: Vec::new(),
        is_scored: false,
        negated: false,
    };
    let plan = lowering
        .node(tree)
        .map_err(|error| Error::from_engine(&snapshot.shared.path, error))?
        .unwrap_or(Plan::Nothing);
    let Lowering { sought, notes, is_scored, .. } = lowering;
    Ok(Lowered { plan, sought, notes, is_scored })
}

struct Lowering<'s> {
    snapshot: &'s Snapshot,
    limits: &'s Limits,
    stemmer: Option<Stemmer>,
    sought: Vec<Sought>,
    notes: Vec<Note>,
    is_scored: bool,
    negated: bool,
}

impl Lowering<'_> {
    /// `None` for what is dropped, with a note.
    ///
    /// Recursive: the parser bounds the depth of the tree.
    fn node(&mut self, node: &Node) -> Result<Option<Plan>, TantivyError> {
        match node {
            Node::All => Ok(Some(self.every())),
            Node::Leaf(leaf) => self.leaf(leaf),
            Node::Not(inner) => {
                let excluded = self.excluded(inner)?;
                Ok(excluded
                    .map(|plan| Plan::All { parts: vec![self.every()], excluded: vec![plan] }))
            }
            Node::And(nodes) => {
                let (mut parts, mut excluded) = (Vec::new(), Vec::new());
                for node in nodes {
                    match node {
                        Node::Not(inner) => excluded.extend(self.excluded(inner)?),
                        other => parts.extend(self.node(other)?),
                    }
                }
                if parts.is_empty() {
                    if excluded.is_empty() {
                        return Ok(None);
                    }
                    parts.push(self.every());
                }
                Ok(Some(match parts.len() {
                    1 if excluded.is_empty() => parts.remove(0),
                    _ => Plan::All { parts, excluded },
                }))
            }
            Node::Or(nodes) => {
                let mut parts = Vec::new();
                for node in nodes {
                    parts.extend(self.node(node)?);
                }
                Ok(match parts.len() {
                    0 if nodes.is_empty() => Some(Plan::Nothing),
                    0 => None,
                    1 => Some(parts.remove(0)),
                    _ => Some(Plan::Any(parts)),
                })
            }
        }
    }

    fn excluded(&mut self, node: &Node) -> Result<Option<Plan>, TantivyError> {
        let before = std::mem::replace(&mut self.negated, true);
        let plan = self.node(node);
        self.negated = before;
        plan
    }

    fn every(&self) -> Plan {
        let field = self.snapshot.shared.fields.doc;
        Plan::Term { field, terms: vec![schema::doc::STATEMENT.to_owned()] }
    }

    fn leaf(&mut self, leaf: &Leaf) -> Result<Option<Plan>, TantivyError> {
        use query::Field as Asked;
        let fields = &self.snapshot.shared.fields;
        let text = match &leaf.value {
            Value::Dates(range) => {
                let from = range.from.map_or(i64::MIN, day_number);
                let to = range.to.map_or(i64::MAX, day_number);
                return Ok(Some(Plan::Dates { within: (from, to) }));
            }
            Value::Kind(kind) => {
                let terms = vec![kind.as_str().to_owned()];
                return Ok(Some(Plan::Term { field: fields.kind, terms }));
            }
            Value::Words(text) | Value::Exact(text) | Value::Prefix(text) => text,
        };
        let one = |field| vec![(field, None)];
        let places = match leaf.field {
            Some(Asked::Language) => {
                let terms = vec![text.trim().to_ascii_lowercase()];
                return Ok(Some(Plan::Term { field: fields.language, terms }));
            }
            Some(Asked::Id) => return self.id(text.trim()).map(Some),
            Some(Asked::Said) => return self.said(leaf),
            Some(Asked::Reference) => return self.reference(leaf, text),
            Some(Asked::Topic) if text.contains('/') => return self.topic_path(leaf, text),
            None => vec![
                (fields.title, Some(TITLE_BOOST)),
                (fields.text, Some(TEXT_BOOST)),
                (fields.topic, Some(TOPIC_BOOST)),
                (fields.keyword, Some(KEYWORD_BOOST)),
            ],
            Some(Asked::Title) => vec![(fields.title, Some(1.0))],
            Some(Asked::Text) => vec![(fields.text, Some(1.0))],
            Some(Asked::Speaker) => one(fields.speaker),
            Some(Asked::Role) => one(fields.role),
            Some(Asked::Affiliation) => one(fields.affiliation),
            Some(Asked::Party) => one(fields.party),
            Some(Asked::Country) => one(fields.country),
            Some(Asked::Topic) => one(fields.topic),
            Some(Asked::Keyword) => one(fields.keyword),
            Some(Asked::Event) => one(fields.event),
            Some(Asked::Source) => one(fields.source),
            // The parser gives dates and kinds their own values.
            Some(Asked::Date | Asked::Kind) => return Ok(None),
        };
        Ok(self.word(leaf, &places)?.map(Plan::Word))
    }

    /// What was said: all text of a turn or speech, only the passages of an article.
    fn said(&mut self, leaf: &Leaf) -> Result<Option<Plan>, TantivyError> {
        let fields = &self.snapshot.shared.fields;
        let (text, said, doc) = (fields.text, fields.said, fields.doc);
        let Some(in_text) = self.word(leaf, &[(text, Some(1.0))])? else { return Ok(None) };
        // The same words, sought once.
        let sought = self.sought.len();
        let in_passages = self.word(leaf, &[(said, Some(1.0))])?;
        self.sought.truncate(sought);
        let spoken = Plan::Term { field: doc, terms: vec![schema::doc::SPOKEN.to_owned()] };
        let mut parts =
            vec![Plan::All { parts: vec![Plan::Word(in_text), spoken], excluded: Vec::new() }];
        parts.extend(in_passages.map(Plan::Word));
        Ok(Some(Plan::Any(parts)))
    }

    /// A document that is cited: in the words given, or in the one form that its symbol has.
    fn reference(&mut self, leaf: &Leaf, text: &str) -> Result<Option<Plan>, TantivyError> {
        let field = self.snapshot.shared.fields.reference;
        let as_written = self.word(leaf, &[(field, None)])?;
        let form = reference_form(text);
        let value = match &leaf.value {
            Value::Prefix(_) => Value::Prefix(form),
            _ => Value::Exact(form),
        };
        // The same words, sought once and told of once.
        let (sought, notes) = (self.sought.len(), self.notes.len());
        let in_form = self.word(&Leaf { value, ..leaf.clone() }, &[(field, None)])?;
        self.sought.truncate(sought);
        self.notes.truncate(notes);
        let mut parts: Vec<Plan> = as_written.into_iter().chain(in_form).map(Plan::Word).collect();
        Ok(match parts.len() {
            0 => None,
            1 => parts.pop(),
            _ => Some(Plan::Any(parts)),
        })
    }

    /// `civil rights/human rights`: every level of it.
    fn topic_path(&mut self, leaf: &Leaf, path: &str) -> Result<Option<Plan>, TantivyError> {
        let topic = self.snapshot.shared.fields.topic;
        let mut parts = Vec::new();
        for level in path.split('/') {
            let leaf = Leaf { value: Value::Exact(level.to_owned()), ..leaf.clone() };
            parts.extend(self.word(&leaf, &[(topic, None)])?.map(Plan::Word));
        }
        Ok((!parts.is_empty()).then_some(Plan::All { parts, excluded: Vec::new() }))
    }

    /// A whole id, the beginning of one, or the source's own key of the record.
    fn id(&self, text: &str) -> Result<Plan, TantivyError> {
        let field = self.snapshot.shared.fields.id;
        let searcher = &self.snapshot.inner;
        let mut terms =
            beginning_with(searcher, &[field], &text.to_ascii_lowercase(), self.limits)?.terms;
        terms.push(text.to_owned());
        Ok(Plan::Term { field, terms })
    }

    /// `field:*`: whatever has the field at all.
    fn any_value(
        &mut self,
        leaf: &Leaf,
        fields: &[Field],
    ) -> Result<Option<WordPlan>, TantivyError> {
        let unbounded = Limits { expansions: usize::MAX, ..*self.limits };
        let expansion = beginning_with(&self.snapshot.inner, fields, "", &unbounded)?;
        if expansion.cut {
            self.notes.push(Note::new(leaf.span.clone(), NoteKind::Cut, self.too_many("*")));
        }
        let fields = fields.iter().map(|&field| (field, None)).collect();
        Ok(Some(WordPlan { fields, places: vec![expansion.terms], rarity: 0.0 }))
    }

    fn too_many(&self, word: &str) -> String {
        let most = self.limits.expansions;
        format!("`{word}` stands for more than {most} different terms; the rest was left out")
    }

    fn word(
        &mut self,
        leaf: &Leaf,
        fields: &[(Field, Option<f64>)],
    ) -> Result<Option<WordPlan>, TantivyError> {
        let searcher = &self.snapshot.inner;
        let names: Vec<Field> = fields.iter().map(|(field, _)| *field).collect();
        let text = match &leaf.value {
            Value::Words(text) | Value::Exact(text) | Value::Prefix(text) => text.as_str(),
            Value::Dates(_) | Value::Kind(_) => return Ok(None),
        };
        if matches!(&leaf.value, Value::Prefix(prefix) if prefix.is_empty()) {
            return self.any_value(leaf, &names);
        }
        let tokens = query_tokens(text);
        if tokens.is_empty() {
            self.notes.push(Note::new(
                leaf.span.clone(),
                NoteKind::Unreachable,
                format!("`{text}` has no letter or digit to search for and was left out"),
            ));
            return Ok(None);
        }
        let stems = matches!(leaf.value, Value::Words(_)) && has_stems(leaf.field);
        let mut places = Vec::with_capacity(tokens.len());
        let mut cut = false;
        for (at, (term, shape)) in tokens.iter().enumerate() {
            let is_last = at + 1 == tokens.len();
            let expansion = match shape {
                Shape::Single => pairs_of(searcher, &names, term, self.limits)?,
                _ if is_last && matches!(leaf.value, Value::Prefix(_)) => {
                    beginning_with(searcher, &names, term, self.limits)?
                }
                Shape::Word if stems => match &self.stemmer {
                    Some(stemmer) => variants(searcher, &names, term, stemmer, self.limits)?,
                    None => exactly(term),
                },
                _ => exactly(term),
            };
            cut |= expansion.cut;
            places.push(expansion.terms);
        }
        if cut {
            self.notes.push(Note::new(leaf.span.clone(), NoteKind::Cut, self.too_many(text)));
        }
        if !self.negated {
            let places = places.iter().map(|terms| terms.iter().cloned().collect()).collect();
            self.sought.push(Sought { field: leaf.field, places });
        }
        let is_scored = !self.negated && fields.iter().any(|(_, boost)| boost.is_some());
        self.is_scored |= is_scored;
        let mut rarity_of_all = 0.0;
        if is_scored {
            for terms in &places {
                let mut with = 0;
                for term in terms {
                    let mut most = 0;
                    for &(field, _) in fields {
                        most = statements_with(searcher, field, term)?.max(most);
                    }
                    with += most;
                }
                rarity_of_all += rarity(with, self.snapshot.statements);
            }
        }
        let mut weighted = Vec::with_capacity(fields.len());
        for &(field, boost) in fields {
            let weights = match boost.filter(|_| is_scored) {
                Some(boost) => {
                    Some(Arc::new(FieldWeights::new(boost, self.snapshot.lengths(field)?)))
                }
                None => None,
            };
            weighted.push((field, weights));
        }
        Ok(Some(WordPlan { fields: weighted, places, rarity: rarity_of_all }))
    }
}

/// Whether the unquoted words of a field are met by their variants. Names are not words.
fn has_stems(field: Option<query::Field>) -> bool {
    use query::Field as Asked;
    !matches!(
        field,
        Some(
            Asked::Speaker
                | Asked::Party
                | Asked::Country
                | Asked::Reference
                | Asked::Source
                | Asked::Id
                | Asked::Language
        )
    )
}

fn exactly(term: &str) -> Expansion {
    Expansion { terms: vec![term.to_owned()], cut: false }
}

/// The terms of a query's words. The last character of a run of a script without spaces is covered by
/// the pair before it, and the `s` of `China’s` is no word of its own.
fn query_tokens(text: &str) -> Vec<(String, Shape)> {
    let mut out: Vec<(String, Shape)> = Vec::new();
    let mut tokens = analyse(text, None);
    while let Some(token) = tokens.next_token() {
        let is_possessive = token.term == "s"
            && text[..token.start].ends_with(['\'', '’'])
            && token.end - token.start == 1
            && !out.is_empty();
        if token.shape != Shape::Tail && !is_possessive {
            out.push((token.term.to_owned(), token.shape));
        }
    }
    out
}

/// Opens the walk over the documents of a segment that match. Recursive as the plan is deep, which
/// the parser bounds.
pub(super) fn open(plan: &Plan, segment: &SegmentReader) -> Result<Box<dyn Docs>, TantivyError> {
    Ok(match plan {
        Plan::Nothing => Box::new(Nothing),
        Plan::Term { field, terms } => {
            let places = vec![terms.clone()];
            let fields = vec![(*field, None)];
            open_word(&WordPlan { fields, places, rarity: 0.0 }, segment)?
        }
        Plan::Word(word) => open_word(word, segment)?,
        Plan::Dates { within } => {
            let columns = segment.fast_fields();
            let from = columns.column_opt::<i64>(column::FROM)?;
            let to = columns.column_opt::<i64>(column::TO)?;
            match (from, to) {
                (Some(from), Some(to)) => {
                    Box::new(Dated::new(from, to, *within, segment.max_doc()))
                }
                _ => Box::new(Nothing),
            }
        }
        Plan::All { parts, excluded } => {
            Box::new(All::new(open_all(parts, segment)?, open_all(excluded, segment)?))
        }
        Plan::Any(parts) => Box::new(Any::new(open_all(parts, segment)?)),
    })
}

fn open_all(plans: &[Plan], segment: &SegmentReader) -> Result<Vec<Box<dyn Docs>>, TantivyError> {
    plans.iter().map(|plan| open(plan, segment)).collect()
}

/// From so many streams on they are gathered instead of walked side by side.
const MANY_STREAMS: usize = 48;

fn open_word(plan: &WordPlan, segment: &SegmentReader) -> Result<Box<dyn Docs>, TantivyError> {
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
        let option = match (plan.places.len(), weights) {
            (1, None) => IndexRecordOption::Basic,
            (1, Some(_)) => IndexRecordOption::WithFreqs,
            _ => IndexRecordOption::WithFreqsAndPositions,
        };
        let read =
            |term: &String| index.read_postings(&Term::from_field_text(*field, term), option);
        if let [terms] = plan.places.as_slice() {
            for term in terms {
                streams.extend(read(term)?.map(|postings| (slot, Stream::Term(postings))));
            }
            continue;
        }
        let mut places = Vec::with_capacity(plan.places.len());
        for terms in &plan.places {
            let mut postings = Vec::new();
            for term in terms {
                postings.extend(read(term)?);
            }
            if postings.is_empty() {
                break;
            }
            places.push(Place::new(postings));
        }
        if places.len() == plan.places.len() {
            streams.push((slot, Stream::Phrase(Box::new(Phrase::new(places)))));
        }
    }
    let scoring = is_scored.then(|| Scoring { rarity: plan.rarity, fields: scored });
    Ok(match streams.len() {
        0 => Box::new(Nothing),
        n if n > MANY_STREAMS => Box::new(Gathered::new(streams, scoring)),
        _ => Box::new(Word::new(streams, scoring)),
    })
}

/// Whether a term occurs in a document that is there.
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
