//! Lowering: from the query tree to terms of this index.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use tantivy::TantivyError;
use tantivy::schema::Field;

use super::expand::{beginning_with, statements_with};
use super::forms::{FormWeights, Forms, Stemming};
use super::languages::{Languages, Set, Slot};
use super::rank::FieldWeights;
use super::snapshot::Snapshot;
use super::spell::Steps;
use super::stand::{Row, Sides};
use super::suggest::Missing;
use crate::analysis::reference_form;
use crate::date::day_number;
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::query::{self, Leaf, Node, Note, NoteKind, Value};
use crate::schema;

/// A query in terms of one snapshot of one index.
#[derive(Clone)]
pub(super) enum Plan {
    Nothing,
    Term {
        field: Field,
        terms: Vec<String>,
    },
    Word(WordPlan),
    /// Whatever has a word in a field that lengths are kept of.
    Having(Field),
    Dates {
        within: (i64, i64),
        lie: Lie,
    },
    All {
        parts: Vec<Plan>,
        excluded: Vec<Plan>,
    },
    Any(Vec<Plan>),
    /// Statements in some languages.
    Languages {
        of: Arc<Languages>,
        wanted: Set,
    },
    /// What matches the first, and scores by the second too where it matches that.
    Rather {
        found: Box<Plan>,
        also: Box<Plan>,
    },
}

/// How the days that a date may mean lie to those asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lie {
    /// All of them are asked for: a year is never taken for one of its days.
    Within,
    /// Some are.
    Touching,
}

impl Plan {
    /// What may match as well: where the days asked for are some of those that a date may mean, and
    /// not all. `None` where no days are asked for.
    pub(super) fn possible(&self) -> Option<Self> {
        let (parts, excluded) = match self {
            Self::All { parts, excluded } => (parts.as_slice(), excluded.as_slice()),
            other => (std::slice::from_ref(other), [].as_slice()),
        };
        let (dates, rest): (Vec<_>, Vec<_>) = parts.iter().cloned().partition(Self::is_dates);
        if dates.is_empty() {
            return None;
        }
        let mut parts: Vec<Self> = dates.iter().map(Self::touching).collect();
        parts.extend(rest);
        let mut excluded = excluded.to_vec();
        excluded.push(Self::All { parts: dates, excluded: Vec::new() });
        Some(Self::All { parts, excluded })
    }

    fn is_dates(&self) -> bool {
        match self {
            Self::Dates { .. } => true,
            Self::Any(plans) => plans.iter().all(|plan| matches!(plan, Self::Dates { .. })),
            _ => false,
        }
    }

    fn touching(&self) -> Self {
        match self {
            Self::Dates { within, .. } => Self::Dates { within: *within, lie: Lie::Touching },
            Self::Any(plans) => Self::Any(plans.iter().map(Self::touching).collect()),
            other => other.clone(),
        }
    }
}

/// A word or phrase.
#[derive(Clone)]
pub(super) struct WordPlan {
    /// The fields it may stand in, each with its weights if it is scored.
    pub(super) fields: Vec<(Field, Option<Arc<FieldWeights>>)>,
    /// What has to stand in one of them.
    pub(super) sides: Arc<Sides>,
    pub(super) rarity: f64,
    /// What its forms weigh, where it is met by them.
    pub(super) forms: Option<Arc<FormWeights>>,
}

impl WordPlan {
    /// Any of these terms, not scored.
    pub(super) fn of_terms(
        fields: Vec<(Field, Option<Arc<FieldWeights>>)>,
        terms: Vec<String>,
    ) -> Self {
        let row = Row { places: vec![(0, terms)], ..Row::default() };
        let sides = Sides { rows: vec![vec![row]], within: Vec::new() };
        Self { fields, sides: Arc::new(sides), rarity: 0.0, forms: None }
    }
}

/// What a positive word or phrase of the query looks for in the words of a statement: for snippets,
/// and to tell which speaker was found.
#[derive(Debug, Clone)]
pub(super) struct Sought {
    pub(super) field: Option<query::Field>,
    pub(super) sides: Arc<Sides>,
    /// Of the statements that it is looked for in.
    pub(super) languages: Set,
}

/// The outcome of lowering.
pub(super) struct Lowered {
    pub(super) plan: Plan,
    pub(super) sought: Vec<Sought>,
    pub(super) notes: Vec<Note>,
    /// Whether anything in the query is scored.
    pub(super) is_scored: bool,
    /// Words that no statement has.
    pub(super) missing: Vec<Missing>,
}

/// Weights of the fields of a word that names none. The title says what a statement is about in few
/// words, so that they count double there; topics and keywords repeat what the text says.
const TITLE_BOOST: f64 = 2.0;
const TEXT_BOOST: f64 = 1.0;
const TOPIC_BOOST: f64 = 0.5;
const KEYWORD_BOOST: f64 = 0.5;

pub(super) fn lower(snapshot: &Snapshot, tree: &Node, language: Option<&str>) -> Result<Lowered> {
    let mut lowering = Lowering {
        snapshot,
        limits: &snapshot.shared.limits,
        stemming: Stemming::of(language),
        forms: HashMap::new(),
        lot: None,
        sought: Vec::new(),
        notes: Vec::new(),
        room: Room::of(snapshot),
        is_scored: false,
        missing: Vec::new(),
        met: HashSet::new(),
        otherwise: HashSet::new(),
        negated: false,
        is_alone: is_alone(tree),
    };
    let plan = lowering
        .node(tree)
        .map_err(|error| Error::from_engine(&snapshot.shared.path, error))?
        .unwrap_or(Plan::Nothing);
    let Lowering { sought, notes, is_scored, mut missing, met, otherwise, .. } = lowering;
    missing.retain(|missing| !met.contains(&missing.term));
    for missing in &mut missing {
        missing.is_otherwise = otherwise.contains(&missing.term);
    }
    Ok(Lowered { plan, sought, notes, is_scored, missing })
}

pub(super) struct Lowering<'s> {
    pub(super) snapshot: &'s Snapshot,
    pub(super) limits: &'s Limits,
    pub(super) stemming: Stemming,
    /// Of the words looked up so far.
    pub(super) forms: HashMap<(Option<query::Field>, String), Rc<Forms>>,
    /// The lot of languages that is looked into now, and one of them; all, where it makes no difference.
    pub(super) lot: Option<(Slot, Set)>,
    pub(super) sought: Vec<Sought>,
    pub(super) notes: Vec<Note>,
    pub(super) room: Room,
    pub(super) is_scored: bool,
    pub(super) missing: Vec<Missing>,
    /// Words of which statements of some language have a form.
    pub(super) met: HashSet<String>,
    /// Words that are looked for in another way of writing too.
    pub(super) otherwise: HashSet<String>,
    pub(super) negated: bool,
    /// Whether a single word is all that the query ranks by.
    pub(super) is_alone: bool,
}

/// Whether one word, and filters at most, is all that is asked for.
fn is_alone(tree: &Node) -> bool {
    use query::Field as Asked;
    let nodes = match tree {
        Node::And(nodes) => nodes.as_slice(),
        node => std::slice::from_ref(node),
    };
    let mut words = 0;
    for node in nodes {
        match node {
            Node::Not(_) => {}
            Node::Leaf(leaf) => match leaf.field {
                None | Some(Asked::Title | Asked::Text | Asked::Said) => words += 1,
                Some(_) => {}
            },
            Node::All | Node::And(_) | Node::Or(_) => return false,
        }
    }
    words == 1
}

/// What the words of a query may still cost, all together.
pub(super) struct Room {
    pub(super) terms: usize,
    pub(super) gathered: u64,
    pub(super) steps: Steps,
}

impl Room {
    fn of(snapshot: &Snapshot) -> Self {
        let limits = &snapshot.shared.limits;
        let gathered = limits.gathered.max(snapshot.statements.saturating_mul(2));
        Self { terms: limits.terms, gathered, steps: Steps::of(limits) }
    }
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
                let nodes = distinct(nodes);
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
                for node in distinct(nodes) {
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

    /// A condition as it stands.
    pub(super) fn whole(&mut self, leaf: &Leaf) -> Result<Option<Plan>, TantivyError> {
        use query::Field as Asked;
        let fields = &self.snapshot.shared.fields;
        let text = match &leaf.value {
            Value::Dates(range) => {
                let from = range.from.map_or(i64::MIN, day_number);
                let to = range.to.map_or(i64::MAX, day_number);
                return Ok(Some(Plan::Dates { within: (from, to), lie: Lie::Within }));
            }
            Value::Kind(kind) => {
                let terms = vec![kind.as_str().to_owned()];
                return Ok(Some(Plan::Term { field: fields.kind, terms }));
            }
            // `NEAR` has words of its own.
            value => value.text().unwrap_or(""),
        };
        let is_any = matches!(&leaf.value, Value::Prefix(prefix) if prefix.is_empty());
        if is_any && let Some(plan) = self.having(leaf) {
            return Ok(Some(plan));
        }
        let one = |field| vec![(field, None)];
        let places = match leaf.field {
            Some(Asked::Language) if is_any => one(fields.language),
            Some(Asked::Language) => {
                let tag = text.trim().to_ascii_lowercase().replace('_', "-");
                self.miss_language(leaf, &tag)?;
                return Ok(Some(Plan::Term { field: fields.language, terms: vec![tag] }));
            }
            Some(Asked::Id) => return self.id(leaf, text.trim()).map(Some),
            Some(Asked::Said) => return self.said(leaf),
            Some(Asked::Reference) => return self.reference(leaf, text),
            Some(Asked::Topic) if is_path(leaf) => return self.topic_path(leaf, text),
            // Lists have no order that words could be near in.
            None if matches!(leaf.value, Value::Near(_) | Value::Loose { .. }) => {
                vec![(fields.title, Some(TITLE_BOOST)), (fields.text, Some(TEXT_BOOST))]
            }
            // The exact words are what was said, not what it is about.
            None if leaf.value.is_quoted() => {
                vec![(fields.title, Some(TITLE_BOOST)), (fields.text, Some(TEXT_BOOST))]
            }
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

    /// `field:*`, where there is no need to look up words.
    fn having(&self, leaf: &Leaf) -> Option<Plan> {
        use query::Field as Asked;
        let fields = &self.snapshot.shared.fields;
        Some(match leaf.field? {
            Asked::Id | Asked::Source => self.every(),
            Asked::Title => Plan::Having(fields.title),
            Asked::Text => Plan::Having(fields.text),
            Asked::Topic => Plan::Having(fields.topic),
            Asked::Keyword => Plan::Having(fields.keyword),
            Asked::Said => {
                let terms = vec![schema::doc::SPOKEN.to_owned()];
                let spoken = Plan::Term { field: fields.doc, terms };
                let parts = vec![Plan::Having(fields.text), spoken];
                let whole = Plan::All { parts, excluded: Vec::new() };
                Plan::Any(vec![whole, Plan::Having(fields.said)])
            }
            _ => return None,
        })
    }

    /// Takes note of a language that no statement is in.
    fn miss_language(&mut self, leaf: &Leaf, tag: &str) -> Result<(), TantivyError> {
        let name = self.snapshot.shared.fields.language;
        if !self.negated && statements_with(&self.snapshot.inner, name, tag)? == 0 {
            let (span, term, names) = (leaf.span.clone(), tag.to_owned(), vec![name]);
            self.missing.push(Missing {
                span,
                field: leaf.field,
                term,
                names,
                statements: 0,
                is_otherwise: false,
            });
        }
        Ok(())
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
            Value::Words(_) | Value::Exact(_) => Value::Exact(form),
            _ => return Ok(as_written.map(Plan::Word)),
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
    fn id(&mut self, leaf: &Leaf, text: &str) -> Result<Plan, TantivyError> {
        let field = self.snapshot.shared.fields.id;
        let searcher = &self.snapshot.inner;
        let found = beginning_with(searcher, &[field], &text.to_ascii_lowercase(), self.limits)?;
        if found.cut {
            self.notes.push(Note::new(leaf.span.clone(), NoteKind::Cut, self.too_many(text)));
        }
        let mut terms = found.terms;
        terms.push(text.to_owned());
        Ok(Plan::Term { field, terms })
    }
}

/// Whether a topic is named with the ones above it.
fn is_path(leaf: &Leaf) -> bool {
    match &leaf.value {
        Value::Words(text) | Value::Exact(text) | Value::Prefix(text) => text.contains('/'),
        _ => false,
    }
}

/// The nodes without the conditions that stand there already: written twice, a word counts once.
fn distinct(nodes: &[Node]) -> Vec<&Node> {
    let mut kept: Vec<&Node> = Vec::with_capacity(nodes.len());
    for node in nodes {
        if !kept.iter().any(|other| is_same(other, node)) {
            kept.push(node);
        }
    }
    kept
}

/// Whether two nodes are one condition, wherever it is written.
fn is_same(a: &Node, b: &Node) -> bool {
    match (a, b) {
        (Node::Leaf(a), Node::Leaf(b)) => a.field == b.field && a.value == b.value,
        (Node::Not(a), Node::Not(b)) => match (&**a, &**b) {
            (Node::Leaf(a), Node::Leaf(b)) => a.field == b.field && a.value == b.value,
            _ => false,
        },
        _ => false,
    }
}
