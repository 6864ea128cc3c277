//! Terms that stand in a row, in one field of one segment.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

/// One place of a phrase: any of its terms may stand there.
pub(super) struct Place {
    terms: Vec<SegmentPostings>,
    doc: DocId,
}

impl Place {
    pub(super) fn new(terms: Vec<SegmentPostings>) -> Self {
        let doc = terms.iter().map(DocSet::doc).min().unwrap_or(TERMINATED);
        Self { terms, doc }
    }

    fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1).min(TERMINATED))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = TERMINATED;
            for term in &mut self.terms {
                let doc = if term.doc() < target { term.seek(target) } else { term.doc() };
                self.doc = self.doc.min(doc);
            }
        }
        self.doc
    }

    fn cost(&self) -> u64 {
        self.terms.iter().map(|term| u64::from(term.size_hint())).sum()
    }

    /// The positions of its terms in the document now, less `offset`, in order.
    fn positions(&mut self, offset: u32, out: &mut Vec<u32>, buffer: &mut Vec<u32>) {
        out.clear();
        for term in &mut self.terms {
            if term.doc() == self.doc {
                term.positions(buffer);
                out.extend(buffer.iter().filter_map(|position| position.checked_sub(offset)));
            }
        }
        out.sort_unstable();
    }
}

/// Documents in which the places stand in a row, and how often they do.
pub(super) struct Phrase {
    places: Vec<Place>,
    /// The place with the fewest documents, which leads.
    lead: usize,
    doc: DocId,
    frequency: u32,
    starts: Vec<u32>,
    positions: Vec<u32>,
    buffer: Vec<u32>,
}

impl Phrase {
    pub(super) fn new(places: Vec<Place>) -> Self {
        let lead = (0..places.len()).min_by_key(|&place| places[place].cost()).unwrap_or(0);
        let doc = places.get(lead).map_or(TERMINATED, |place| place.doc);
        let (starts, positions, buffer) = (Vec::new(), Vec::new(), Vec::new());
        let mut phrase = Self { places, lead, doc, frequency: 0, starts, positions, buffer };
        phrase.settle();
        phrase
    }

    pub(super) fn doc(&self) -> DocId {
        self.doc
    }

    pub(super) fn frequency(&self) -> u32 {
        self.frequency
    }

    pub(super) fn cost(&self) -> u64 {
        self.places.get(self.lead).map_or(0, Place::cost)
    }

    pub(super) fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.doc = self.places[self.lead].advance();
            self.settle();
        }
        self.doc
    }

    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.places[self.lead].seek(target);
            self.settle();
        }
        self.doc
    }

    fn settle(&mut self) {
        'candidates: while self.doc != TERMINATED {
            for place in &mut self.places {
                let doc = place.seek(self.doc);
                if doc > self.doc {
                    self.doc = self.places[self.lead].seek(doc);
                    continue 'candidates;
                }
            }
            self.frequency = self.count();
            if self.frequency > 0 {
                return;
            }
            self.doc = self.places[self.lead].advance();
        }
    }

    /// In how many positions of the document now the phrase begins.
    fn count(&mut self) -> u32 {
        for (offset, place) in self.places.iter_mut().enumerate() {
            let offset = offset as u32;
            if offset == 0 {
                place.positions(0, &mut self.starts, &mut self.buffer);
            } else {
                place.positions(offset, &mut self.positions, &mut self.buffer);
                keep_common(&mut self.starts, &self.positions);
            }
            if self.starts.is_empty() {
                return 0;
            }
        }
        self.starts.len() as u32
    }
}

/// Keeps of `kept` what is in `other`; both are in order.
fn keep_common(kept: &mut Vec<u32>, other: &[u32]) {
    let mut at = 0;
    kept.retain(|&position| {
        while other.get(at).is_some_and(|&candidate| candidate < position) {
            at += 1;
        }
        other.get(at) == Some(&position)
    });
}
