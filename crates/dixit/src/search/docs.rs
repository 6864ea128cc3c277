//! Walking the documents of one segment that match a plan.
//!
//! Nodes follow the engine's order of documents; scores are summed in the order of the query, never
//! of the postings, so that the same statement has the same score to the last bit whatever segment
//! it lies in.

use std::rc::Rc;

use tantivy::columnar::Column;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

use super::effort::Effort;
use super::near::Near;
use super::phrase::Phrase;
use super::plan::Lie;
use super::rank::{Origin, Scoring};

/// A walk over the matching documents of a segment, in their order.
pub(super) trait Docs {
    /// The document now; [`TERMINATED`] at the end.
    fn doc(&self) -> DocId;

    /// Goes to the next one.
    fn advance(&mut self) -> DocId;

    /// Goes to the first one that is not before `target`; stays if it is there already.
    fn seek(&mut self, target: DocId) -> DocId {
        let mut doc = self.doc();
        while doc < target {
            doc = self.advance();
        }
        doc
    }

    /// About how many there are: what to walk first.
    fn cost(&self) -> u64;

    /// The score of the document now.
    fn score(&mut self) -> f64 {
        0.0
    }
}

/// No document.
pub(super) struct Nothing;

impl Docs for Nothing {
    fn doc(&self) -> DocId {
        TERMINATED
    }

    fn advance(&mut self) -> DocId {
        TERMINATED
    }

    fn cost(&self) -> u64 {
        0
    }
}

/// Documents that hold a term, in one field.
#[expect(
    clippy::large_enum_variant,
    reason = "a term is the common case, walked in the hottest loop"
)]
pub(super) enum Stream {
    /// One term.
    Term(SegmentPostings),
    /// Several terms in a row.
    Phrase(Box<Phrase>),
    /// Several near one another.
    Near(Box<Near>),
}

impl Stream {
    fn doc(&self) -> DocId {
        match self {
            Self::Term(postings) => postings.doc(),
            Self::Phrase(phrase) => phrase.doc(),
            Self::Near(near) => near.doc(),
        }
    }

    fn advance(&mut self) -> DocId {
        match self {
            Self::Term(postings) => postings.advance(),
            Self::Phrase(phrase) => phrase.advance(),
            Self::Near(near) => near.advance(),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        match self {
            Self::Term(postings) => postings.seek(target),
            Self::Phrase(phrase) => phrase.seek(target),
            Self::Near(near) => near.seek(target),
        }
    }

    fn cost(&self) -> u64 {
        match self {
            Self::Term(postings) => u64::from(postings.size_hint()),
            Self::Phrase(phrase) => phrase.cost(),
            Self::Near(near) => near.cost(),
        }
    }

    fn frequency(&self) -> u32 {
        match self {
            Self::Term(postings) => postings.term_freq(),
            Self::Phrase(phrase) => phrase.frequency(),
            Self::Near(near) => near.frequency(),
        }
    }
}

/// Documents that hold a word in any of its forms and fields, scored as one term.
pub(super) struct Word {
    /// In the order of fields and terms.
    streams: Vec<(Origin, Stream)>,
    scoring: Option<Scoring>,
    doc: DocId,
}

impl Word {
    pub(super) fn new(streams: Vec<(Origin, Stream)>, scoring: Option<Scoring>) -> Self {
        let doc = streams.iter().map(|(_, stream)| stream.doc()).min().unwrap_or(TERMINATED);
        Self { streams, scoring, doc }
    }
}

impl Docs for Word {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        let now = self.doc;
        if now == TERMINATED {
            return now;
        }
        let mut next = TERMINATED;
        for (_, stream) in &mut self.streams {
            let mut doc = stream.doc();
            if doc == now {
                doc = stream.advance();
            }
            next = next.min(doc);
        }
        self.doc = next;
        next
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            let streams = self.streams.iter_mut();
            self.doc = streams.map(|(_, stream)| stream.seek(target)).min().unwrap_or(TERMINATED);
        }
        self.doc
    }

    fn cost(&self) -> u64 {
        self.streams.iter().map(|(_, stream)| stream.cost()).sum()
    }

    fn score(&mut self) -> f64 {
        let Some(scoring) = &self.scoring else { return 0.0 };
        let mut weight = 0.0;
        for (origin, stream) in &self.streams {
            if stream.doc() == self.doc {
                weight += scoring.weight(*origin, self.doc, stream.frequency());
            }
        }
        scoring.score(weight)
    }
}

/// A word of very many forms, such as a short prefix: its documents are gathered beforehand, since a
/// walk over a thousand postings side by side would look at all of them for each document.
pub(super) struct Gathered {
    docs: Vec<(DocId, f64)>,
    at: usize,
    scoring: Option<Scoring>,
}

impl Gathered {
    /// Weights of one document are added in the order of fields and terms.
    pub(super) fn new(
        streams: Vec<(Origin, Stream)>,
        scoring: Option<Scoring>,
        end: DocId,
        effort: &Effort,
    ) -> Self {
        // Not a number: not there.
        let mut weights = vec![f64::NAN; end as usize];
        for (origin, mut stream) in streams {
            let mut doc = stream.doc();
            while doc != TERMINATED && effort.step(1) {
                let weight = scoring
                    .as_ref()
                    .map_or(0.0, |scoring| scoring.weight(origin, doc, stream.frequency()));
                if let Some(sum) = weights.get_mut(doc as usize) {
                    *sum = if sum.is_nan() { weight } else { *sum + weight };
                }
                doc = stream.advance();
            }
        }
        let there = weights.iter().enumerate().filter(|(_, weight)| !weight.is_nan());
        let docs = there.map(|(doc, weight)| (doc as DocId, *weight)).collect();
        Self { docs, at: 0, scoring }
    }
}

impl Docs for Gathered {
    fn doc(&self) -> DocId {
        self.docs.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }

    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.docs.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.docs[self.at..].partition_point(|(doc, _)| *doc < target);
        self.doc()
    }

    fn cost(&self) -> u64 {
        self.docs.len() as u64
    }

    fn score(&mut self) -> f64 {
        let weight = self.docs.get(self.at).map_or(0.0, |(_, weight)| *weight);
        self.scoring.as_ref().map_or(0.0, |scoring| scoring.score(weight))
    }
}

/// Documents that are looked at one by one, up to the last of a segment.
pub(super) struct Checked<F> {
    fits: F,
    doc: DocId,
    end: DocId,
}

impl<F: Fn(DocId) -> bool> Checked<F> {
    pub(super) fn new(end: DocId, fits: F) -> Self {
        let mut checked = Self { fits, doc: 0, end };
        checked.settle();
        checked
    }

    fn settle(&mut self) {
        let next = (self.doc..self.end).find(|doc| (self.fits)(*doc));
        self.doc = next.unwrap_or(TERMINATED);
    }
}

impl<F: Fn(DocId) -> bool> Docs for Checked<F> {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = target;
            self.settle();
        }
        self.doc
    }

    fn cost(&self) -> u64 {
        u64::from(self.end)
    }
}

/// Documents whose date lies within a range of days, or touches it.
pub(super) fn dated(
    (from, to): (Column<i64>, Column<i64>),
    within: (i64, i64),
    lie: Lie,
    end: DocId,
) -> Checked<impl Fn(DocId) -> bool> {
    Checked::new(end, move |doc| {
        let (Some(first), Some(last)) = (from.first(doc), to.first(doc)) else { return false };
        let (from, to) = within;
        match lie {
            Lie::Within => first >= from && last <= to,
            Lie::Touching => first <= to && last >= from,
        }
    })
}

/// Documents in which all parts match, and none of the excluded ones.
pub(super) struct All {
    /// In the order of the query, which is that of the sum of scores.
    parts: Vec<Box<dyn Docs>>,
    /// Places in `parts`, cheapest first.
    order: Vec<usize>,
    excluded: Vec<Box<dyn Docs>>,
    doc: DocId,
    effort: Rc<Effort>,
}

impl All {
    pub(super) fn new(
        parts: Vec<Box<dyn Docs>>,
        excluded: Vec<Box<dyn Docs>>,
        effort: &Rc<Effort>,
    ) -> Self {
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|&part| parts[part].cost());
        let effort = Rc::clone(effort);
        let mut all = Self { parts, order, excluded, doc: TERMINATED, effort };
        if let Some(&lead) = all.order.first() {
            all.doc = all.parts[lead].doc();
            all.settle();
        }
        all
    }

    /// From `self.doc`, on which the cheapest part stands, to the next that all agree on.
    fn settle(&mut self) {
        let Some((&lead, rest)) = self.order.split_first() else { return };
        let mut candidate = self.doc;
        'candidates: while candidate != TERMINATED {
            if !self.effort.step(1) {
                candidate = TERMINATED;
                break;
            }
            for &part in rest {
                let doc = self.parts[part].seek(candidate);
                if doc > candidate {
                    candidate = self.parts[lead].seek(doc);
                    continue 'candidates;
                }
            }
            if self.excluded.iter_mut().all(|part| part.seek(candidate) != candidate) {
                break;
            }
            candidate = self.parts[lead].advance();
        }
        self.doc = candidate;
    }
}

impl Docs for All {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc = self.parts[self.order[0]].advance();
            self.settle();
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.parts[self.order[0]].seek(target);
            self.settle();
        }
        self.doc
    }

    fn cost(&self) -> u64 {
        self.order.first().map_or(0, |&lead| self.parts[lead].cost())
    }

    fn score(&mut self) -> f64 {
        self.parts.iter_mut().map(|part| part.score()).sum()
    }
}

/// Documents of one walk, scored by another one too where they are in that.
pub(super) struct Rather {
    found: Box<dyn Docs>,
    also: Box<dyn Docs>,
}

impl Rather {
    pub(super) fn new(found: Box<dyn Docs>, also: Box<dyn Docs>) -> Self {
        Self { found, also }
    }
}

impl Docs for Rather {
    fn doc(&self) -> DocId {
        self.found.doc()
    }

    fn advance(&mut self) -> DocId {
        self.found.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.found.seek(target)
    }

    fn cost(&self) -> u64 {
        self.found.cost()
    }

    fn score(&mut self) -> f64 {
        let doc = self.found.doc();
        let score = self.found.score();
        if self.also.seek(doc) == doc { score + self.also.score() } else { score }
    }
}

/// Documents in which at least one part matches.
pub(super) struct Any {
    /// In the order of the query, which is that of the sum of scores.
    parts: Vec<Box<dyn Docs>>,
    doc: DocId,
}

impl Any {
    pub(super) fn new(parts: Vec<Box<dyn Docs>>) -> Self {
        let doc = parts.iter().map(|part| part.doc()).min().unwrap_or(TERMINATED);
        Self { parts, doc }
    }
}

impl Docs for Any {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn advance(&mut self) -> DocId {
        let now = self.doc;
        if now == TERMINATED {
            return now;
        }
        let mut next = TERMINATED;
        for part in &mut self.parts {
            let mut doc = part.doc();
            if doc == now {
                doc = part.advance();
            }
            next = next.min(doc);
        }
        self.doc = next;
        next
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            let parts = self.parts.iter_mut();
            self.doc = parts.map(|part| part.seek(target)).min().unwrap_or(TERMINATED);
        }
        self.doc
    }

    fn cost(&self) -> u64 {
        self.parts.iter().map(|part| part.cost()).sum()
    }

    fn score(&mut self) -> f64 {
        let now = self.doc;
        self.parts.iter_mut().filter(|part| part.doc() == now).map(|part| part.score()).sum()
    }
}
