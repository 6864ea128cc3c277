//! The questions that a snapshot of an index answers.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use tantivy::{DocAddress, TantivyError};

use super::answer::{ANSWER_FORMAT, Answer, Hit, Imprecise, Understood};
use super::called::widened;
use super::collect::{Wanted, collect, count};
use super::control::Control;
use super::effort::End;
use super::expand::beginning_with;
use super::found::Finders;
use super::labels::{found_by, speaker_match};
use super::languages::{Slot, slot_of};
use super::office::Asking;
use super::open::documents_with;
use super::plan::{Lowered, lower};
use super::request::{SearchRequest, Sort};
use super::snapshot::Snapshot;
use super::snippet;
use super::stats::{self, Stats};
use super::suggest::{Missing, suggestions};
use crate::error::{Error, Result, guarded};
use crate::id::StatementId;
use crate::index::{Shared, SourceRecord, stored_text};
use crate::query::{Leaf, Node, Note, NoteKind, ParseOptions, Query, Vocabulary};
use crate::schema;
use crate::speakers::{Gathered, Mentioned, Speakers};
use crate::statement::Statement;

/// What is said where the words of phrases and `NEAR` stand in more places than are looked at.
const TOO_MANY_POSITIONS: &str = "the words that may stand apart stand in more places than are looked at; \
    not all statements were looked into";

/// A snapshot of an index: later commits do not change what it answers.
///
/// Cheap to clone, and safe to share between threads.
#[derive(Clone)]
pub struct Searcher {
    snapshot: Arc<Snapshot>,
    vocabulary: Arc<Vocabulary>,
}

impl std::fmt::Debug for Searcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Searcher")
            .field("statements", &self.snapshot.statements)
            .finish_non_exhaustive()
    }
}

impl Searcher {
    pub(crate) fn new(shared: Arc<Shared>, inner: tantivy::Searcher) -> Result<Self> {
        let snapshot = Arc::new(Snapshot::new(shared, inner)?);
        Ok(Self { snapshot, vocabulary: Arc::default() })
    }

    /// The same snapshot, asked in the user's own words: synonyms, names of persons, saved queries.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use dixit::{Index, SearchRequest, Statement, Vocabulary, WriterOptions};
    ///
    /// let index = Index::in_memory()?;
    /// let mut writer = index.writer(&WriterOptions::default())?;
    /// writer.add(&Statement::new("a", "The United Nations met."))?;
    /// writer.commit()?;
    /// let vocabulary = Vocabulary::default().synonyms(["UN", "United Nations"]);
    /// let searcher = index.searcher()?.with_vocabulary(Arc::new(vocabulary));
    /// assert_eq!(searcher.search(&SearchRequest::new("un"))?.total, 1);
    /// # Ok::<(), dixit::Error>(())
    /// ```
    #[must_use]
    pub fn with_vocabulary(self, vocabulary: Arc<Vocabulary>) -> Self {
        Self { vocabulary, ..self }
    }

    /// Number of statements.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.snapshot.statements
    }

    /// Answers a request.
    ///
    /// # Errors
    /// [`Error::Query`] when the request is strict and the query has notes; [`Error::Request`] when
    /// more hits are asked for than may be; [`Error::Damaged`] or [`Error::Io`] when the index cannot
    /// be read.
    pub fn search(&self, request: &SearchRequest) -> Result<Answer> {
        self.search_within(request, &Control::default())
    }

    /// Answers a request, unless it is stopped: then the answer is partial and says so.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    pub fn search_within(&self, request: &SearchRequest, control: &Control) -> Result<Answer> {
        guarded(&self.snapshot.shared.path, || self.search_within_unguarded(request, control))
    }

    fn search_within_unguarded(
        &self,
        request: &SearchRequest,
        control: &Control,
    ) -> Result<Answer> {
        let snapshot = &*self.snapshot;
        let window = snapshot.shared.limits.window;
        let keep = request.offset.saturating_add(request.limit);
        if keep > window {
            return Err(Error::Request {
                why: format!("offset and limit together reach {keep}; {window} hits is the most"),
            });
        }
        let (tree, words, mut notes) = self.understand(request);
        let mut also = Vec::new();
        let effort = Rc::new(snapshot.effort(control));
        let tree = widened(&Asking { snapshot, effort: &effort }, tree, &mut also)?;
        let Lowered { plan, sought, notes: more, is_scored, missing } =
            lower(snapshot, &tree, request.language.as_deref())?;
        notes.extend(more);
        if request.strict && !notes.is_empty() {
            return Err(Error::Query { notes });
        }
        let sort = match request.sort {
            Sort::Relevance if !is_scored => Sort::Newest,
            sort => sort,
        };
        let (facets, facet_limit) = (request.facets.as_slice(), request.facet_limit);
        let possible = plan.possible();
        let wanted = Wanted { sort, keep, facets, facet_limit, dates: possible.is_some() };
        let mut collected =
            collect(snapshot, &plan, &wanted, &effort).map_err(|error| self.engine(error))?;
        let missing = alone(missing, &tree, collected.total == 0);
        let suggestions = suggestions(&snapshot.inner, &missing, &snapshot.shared.limits)
            .map_err(|error| self.engine(error))?;
        let mut imprecise = Imprecise { matches: collected.imprecise, possible: 0 };
        if let Some(plan) = possible {
            let counted = count(snapshot, &plan, &effort).map_err(|error| self.engine(error))?;
            imprecise.possible = counted.0;
            collected.partial |= counted.1;
        }
        if effort.end() == Some(End::Spent) {
            notes.push(Note::new(0..request.query.len(), NoteKind::Cut, TOO_MANY_POSITIONS));
            if request.strict {
                return Err(Error::Query { notes });
            }
        }

        let mut hits = Vec::new();
        let mut finders: BTreeMap<Slot, Finders<'_>> = BTreeMap::new();
        for (place, found) in collected.best.iter().enumerate().skip(request.offset) {
            let statement = self.statement_at(found.address)?;
            let limits = &snapshot.shared.limits;
            let slot = slot_of(statement.language.as_deref());
            let finders = finders.entry(slot).or_insert_with(|| Finders::new(&sought, slot));
            hits.push(Hit {
                rank: place + 1,
                // Rounded for people and for JSON; the order comes from the whole number.
                score: (found.score * 10_000.0).round() / 10_000.0,
                snippets: snippet::of(&statement, finders, request, limits),
                found_by: found_by(&statement, finders),
                speaker_match: speaker_match(&statement, finders),
                statement,
            });
        }
        Ok(Answer {
            format: ANSWER_FORMAT,
            query: Understood { text: request.query.clone(), words, notes, also, suggestions },
            total: collected.total,
            offset: request.offset,
            limit: request.limit,
            sort,
            imprecise: (imprecise.matches + imprecise.possible > 0).then_some(imprecise),
            partial: collected.partial,
            hits,
            facets: collected.facets,
            searched: snapshot.statements,
        })
    }

    fn understand(&self, request: &SearchRequest) -> (Node, String, Vec<Note>) {
        let options = ParseOptions {
            match_mode: request.match_mode,
            today: request.today,
            limits: self.snapshot.shared.limits.query,
            vocabulary: Arc::clone(&self.vocabulary),
        };
        let parsed = if request.literal {
            Query::literal(&request.query, options.match_mode, &options.limits)
        } else {
            Query::parse(&request.query, &options)
        };
        let mut notes = parsed.notes;
        let mut root = parsed.query.root;
        let mut filters = Vec::new();
        for filter in &request.filters {
            match Leaf::filter(filter.field, &filter.value, &options) {
                Ok(leaf) if filter.negated => filters.push(Node::Not(Box::new(Node::Leaf(leaf)))),
                Ok(leaf) => filters.push(Node::Leaf(leaf)),
                Err(why) => notes.push(Note::new(0..0, NoteKind::BadFilter, why)),
            }
        }
        if !filters.is_empty() {
            if request.query.trim().is_empty() {
                root = Node::All;
                notes.retain(|note| note.kind != NoteKind::Nothing);
            }
            let mut nodes = match root {
                Node::And(nodes) => nodes,
                node => vec![node],
            };
            nodes.append(&mut filters);
            root = Node::And(nodes);
        }
        let query = Query { root };
        let words = query.describe();
        (query.root, words, notes)
    }

    /// The statement with this id.
    ///
    /// # Errors
    /// [`Error::Damaged`] or [`Error::Io`] when the index cannot be read.
    pub fn statement(&self, id: StatementId) -> Result<Option<Statement>> {
        guarded(&self.snapshot.shared.path, || self.statement_unguarded(id))
    }

    fn statement_unguarded(&self, id: StatementId) -> Result<Option<Statement>> {
        let address = self.address_of(id)?;
        address.map(|address| self.statement_at(address)).transpose()
    }

    /// The statements that a person may mean by a text: a whole id, the beginning of one, or the
    /// key that their source gives them. At most `limit`, in the order of ids.
    ///
    /// # Errors
    /// As [`statement`](Self::statement).
    pub fn find(&self, text: &str, limit: usize) -> Result<Vec<Statement>> {
        guarded(&self.snapshot.shared.path, || self.find_unguarded(text, limit))
    }

    fn find_unguarded(&self, text: &str, limit: usize) -> Result<Vec<Statement>> {
        let field = self.snapshot.shared.fields.id;
        let lower = text.trim().to_ascii_lowercase();
        if lower.is_empty() {
            return Ok(Vec::new());
        }
        let terms =
            beginning_with(&self.snapshot.inner, &[field], &lower, &self.snapshot.shared.limits)
                .map_err(|error| self.engine(error))?
                .terms;
        // A record key counts only when it is given whole.
        let mut wanted: Vec<&str> = terms
            .iter()
            .map(String::as_str)
            .filter(|term| term.parse::<StatementId>().is_ok())
            .collect();
        wanted.push(text.trim());
        let mut found: BTreeMap<StatementId, Statement> = BTreeMap::new();
        for term in wanted {
            for (ordinal, segment) in self.snapshot.inner.segment_readers().iter().enumerate() {
                let docs =
                    documents_with(segment, field, term).map_err(|error| self.engine(error))?;
                for doc in docs.into_iter().take(limit) {
                    let statement = self.statement_at(DocAddress::new(ordinal as u32, doc))?;
                    found.insert(statement.id, statement);
                }
            }
            if found.len() >= limit {
                break;
            }
        }
        Ok(found.into_values().take(limit).collect())
    }

    /// What is known of every source, in the order of their names.
    ///
    /// # Errors
    /// As [`statement`](Self::statement).
    pub fn sources(&self) -> Result<Vec<SourceRecord>> {
        guarded(&self.snapshot.shared.path, || self.sources_unguarded())
    }

    fn sources_unguarded(&self) -> Result<Vec<SourceRecord>> {
        let shared = &self.snapshot.shared;
        let mut sources = Vec::new();
        for (ordinal, segment) in self.snapshot.inner.segment_readers().iter().enumerate() {
            let docs = documents_with(segment, shared.fields.doc, schema::doc::SOURCE)
                .map_err(|error| self.engine(error))?;
            for doc in docs {
                sources.push(self.snapshot.read(DocAddress::new(ordinal as u32, doc))?);
            }
        }
        sources.sort_by(|a: &SourceRecord, b| a.name.cmp(&b.name).then_with(|| a.key.cmp(&b.key)));
        Ok(sources)
    }

    /// What the index holds, in numbers.
    ///
    /// # Errors
    /// As [`statement`](Self::statement).
    pub fn stats(&self) -> Result<Stats> {
        guarded(&self.snapshot.shared.path, || self.stats_unguarded())
    }

    fn stats_unguarded(&self) -> Result<Stats> {
        stats::of(&self.snapshot).map_err(|error| self.engine(error))
    }

    /// Who speaks in the index, one entry a person: see [`Speakers`].
    ///
    /// Looks at every statement: about a second for each hundred thousand.
    ///
    /// # Errors
    /// As [`statement`](Self::statement).
    pub fn speakers(&self) -> Result<Speakers> {
        guarded(&self.snapshot.shared.path, || self.speakers_unguarded())
    }

    fn speakers_unguarded(&self) -> Result<Speakers> {
        let field = self.snapshot.shared.fields.doc;
        let mut gathered = Gathered::default();
        for (ordinal, segment) in self.snapshot.inner.segment_readers().iter().enumerate() {
            let docs = documents_with(segment, field, schema::doc::STATEMENT)
                .map_err(|error| self.engine(error))?;
            for doc in docs {
                let address = DocAddress::new(ordinal as u32, doc);
                gathered.add(self.snapshot.read::<Mentioned>(address)?);
            }
        }
        Ok(gathered.speakers())
    }

    /// The key of the source that a statement was added from; for a file its absolute path.
    ///
    /// # Errors
    /// As [`statement`](Self::statement).
    pub fn source_key_of(&self, id: StatementId) -> Result<Option<String>> {
        guarded(&self.snapshot.shared.path, || self.source_key_of_unguarded(id))
    }

    fn source_key_of_unguarded(&self, id: StatementId) -> Result<Option<String>> {
        let Some(address) = self.address_of(id)? else { return Ok(None) };
        let document = self.snapshot.document(address)?;
        Ok(stored_text(&document, self.snapshot.shared.fields.source_key))
    }

    fn address_of(&self, id: StatementId) -> Result<Option<DocAddress>> {
        let field = self.snapshot.shared.fields.id;
        for (ordinal, segment) in self.snapshot.inner.segment_readers().iter().enumerate() {
            let docs =
                documents_with(segment, field, id.as_str()).map_err(|error| self.engine(error))?;
            for doc in docs {
                let address = DocAddress::new(ordinal as u32, doc);
                // Another statement's record key may look like an id.
                if self.statement_at(address)?.id == id {
                    return Ok(Some(address));
                }
            }
        }
        Ok(None)
    }

    fn statement_at(&self, address: DocAddress) -> Result<Statement> {
        self.snapshot.read(address)
    }

    fn engine(&self, error: TantivyError) -> Error {
        self.snapshot.engine(error)
    }
}

/// The missing words that nothing else in the query stands in for: no synonym, no word beside them in a
/// name. Words that hardly any statement has are among them where nothing was found.
fn alone(mut missing: Vec<Missing>, tree: &Node, is_empty: bool) -> Vec<Missing> {
    missing.retain(|missing| is_empty || missing.statements == 0 && !missing.is_otherwise);
    if !missing.is_empty() {
        let leaves = tree.leaves();
        missing
            .retain(|missing| leaves.iter().filter(|leaf| leaf.span == missing.span).count() < 2);
    }
    missing
}
