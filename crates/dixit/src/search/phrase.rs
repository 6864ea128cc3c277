//! Terms that stand in a row, in one field of one segment.

use std::rc::Rc;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

use super::effort::Effort;
use super::stand::{At, Stretch, keep_common, loosely};

/// A word of a phrase: any of its terms may stand there.
pub(super) struct Place {
    terms: Vec<SegmentPostings>,
    doc: DocId,
}

impl Place {
    pub(super) fn new(terms: Vec<SegmentPostings>) -> Self {
        let doc = terms.iter().map(DocSet::doc).min().unwrap_or(TERMINATED);
        Self { terms, doc }
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

    fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1).min(TERMINATED))
    }

    fn cost(&self) -> u64 {
        self.terms.iter().map(|term| u64::from(term.size_hint())).sum()
    }

    /// How many positions its terms have in the document now.
    fn frequency(&self) -> u32 {
        let here = self.terms.iter().filter(|term| term.doc() == self.doc);
        here.map(SegmentPostings::term_freq).sum()
    }

    /// The positions of its terms in the document now, in order.
    fn positions(&mut self, out: &mut Vec<u32>, buffer: &mut Vec<u32>) {
        out.clear();
        for term in &mut self.terms {
            if term.doc() == self.doc {
                term.positions(buffer);
                out.extend_from_slice(buffer);
            }
        }
        if self.terms.len() > 1 {
            out.sort_unstable();
        }
    }
}

/// How the places of a phrase lie.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// Of each word, from the first on.
    pub(super) offsets: Vec<u32>,
    /// The place of each word: the same for words of the same terms, which are walked once.
    pub(super) which: Vec<usize>,
    pub(super) slop: u32,
    pub(super) tail: u32,
}

/// Documents in which the places stand in a row, and how often they do.
pub(super) struct Phrase {
    places: Vec<Place>,
    layout: Layout,
    /// The place with the fewest documents, which leads.
    lead: usize,
    /// Of each place, how many words of the phrase stand for it.
    words: Vec<u32>,
    doc: DocId,
    frequency: u32,
    starts: Vec<u32>,
    /// Where it stands, for a phrase with slop.
    loose: Vec<Stretch>,
    /// Of each place, and whether they were read in the document now.
    positions: Vec<Vec<u32>>,
    read: Vec<bool>,
    buffer: Vec<u32>,
    effort: Rc<Effort>,
    /// What a look at a document costs of what a query may look at; 0 for a phrase as it stands, whose cost is
    /// that of its words.
    each: u64,
}

impl Phrase {
    /// `is_near`: it has to stand near others.
    pub(super) fn new(
        places: Vec<Place>,
        layout: Layout,
        is_near: bool,
        effort: &Rc<Effort>,
    ) -> Self {
        let lead = (0..places.len()).min_by_key(|&place| places[place].cost()).unwrap_or(0);
        let doc = places.get(lead).map_or(TERMINATED, |place| place.doc);
        let each = match is_near || layout.slop > 0 {
            true => 4 + places.iter().map(|place| place.terms.len() as u64).sum::<u64>() / 4,
            false => 0,
        };
        let mut words = vec![0; places.len()];
        for &place in &layout.which {
            words[place] += 1;
        }
        let positions = vec![Vec::new(); places.len()];
        let read = vec![false; places.len()];
        let mut phrase = Self {
            places,
            layout,
            lead,
            words,
            doc,
            frequency: 0,
            starts: Vec::new(),
            loose: Vec::new(),
            positions,
            read,
            buffer: Vec::new(),
            effort: Rc::clone(effort),
            each,
        };
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

    /// Where it stands in the document now, in order.
    pub(super) fn stretches(&self, out: &mut Vec<Stretch>) {
        if self.layout.slop > 0 {
            out.extend(&self.loose);
            return;
        }
        let more = self.layout.offsets.last().copied().unwrap_or(0) + self.layout.tail;
        out.extend(self.starts.iter().map(|&first| Stretch { first, last: first + more }));
    }

    fn settle(&mut self) {
        'candidates: while self.doc != TERMINATED {
            if !self.look_at(0) {
                self.doc = TERMINATED;
                return;
            }
            for place in &mut self.places {
                let doc = place.seek(self.doc);
                if doc > self.doc {
                    self.doc = self.places[self.lead].seek(doc);
                    continue 'candidates;
                }
            }
            self.frequency = match (self.is_often_enough(), self.layout.slop) {
                (false, _) => 0,
                (true, 0) => self.count_exact(),
                (true, _) => self.count_loose(),
            };
            if self.frequency > 0 {
                return;
            }
            self.doc = self.places[self.lead].advance();
        }
    }

    /// Whether the words that are in the phrase more than once are that often in the document now: most
    /// statements have some words of a long phrase too seldom, and no position has to be read to see it.
    fn is_often_enough(&self) -> bool {
        let mut places = self.places.iter().zip(&self.words);
        places.all(|(place, &words)| words < 2 || place.frequency() >= words)
    }

    /// Looks at a document, and so many positions in it; says whether to go on.
    fn look_at(&self, positions: u64) -> bool {
        match self.each {
            0 => self.effort.step(positions + 1),
            each => self.effort.look_at(positions + each),
        }
    }

    /// In how many positions of the document now the phrase begins.
    fn count_exact(&mut self) -> u32 {
        self.read.fill(false);
        self.starts.clear();
        for (at, (&which, &offset)) in
            self.layout.which.iter().zip(&self.layout.offsets).enumerate()
        {
            if !self.read[which] {
                self.places[which].positions(&mut self.positions[which], &mut self.buffer);
                self.read[which] = true;
                self.look_at(self.positions[which].len() as u64);
            }
            match at {
                0 => self.starts.extend_from_slice(&self.positions[which]),
                _ => keep_common(&mut self.starts, &self.positions[which], offset),
            }
            if self.starts.is_empty() {
                return 0;
            }
        }
        self.starts.len() as u32
    }

    /// How often its words stand in a row but for the slop.
    fn count_loose(&mut self) -> u32 {
        for (place, positions) in self.places.iter_mut().zip(&mut self.positions) {
            place.positions(positions, &mut self.buffer);
        }
        let words = self.layout.which.iter().zip(&self.layout.offsets);
        let places: Vec<At<'_>> = words
            .map(|(&which, &offset)| At { offset, group: which, positions: &self.positions[which] })
            .collect();
        self.loose.clear();
        let positions = places.iter().map(|place| place.positions.len() as u64).sum();
        if !self.look_at(positions) {
            return 0;
        }
        for chosen in loosely(&places, self.layout.slop) {
            if let (Some(&first), Some(&last)) = (chosen.iter().min(), chosen.iter().max()) {
                self.loose.push(Stretch { first, last: last + self.layout.tail });
            }
        }
        self.loose.len() as u32
    }
}
