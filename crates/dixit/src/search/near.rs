//! Words and phrases that stand near one another, in one field of one segment.

use std::rc::Rc;

use tantivy::{DocId, TERMINATED};

use super::effort::Effort;
use super::phrase::Phrase;
use super::stand::{Stretch, near};

/// One side: any of its rows.
pub(super) struct Side {
    rows: Vec<Phrase>,
    doc: DocId,
}

impl Side {
    pub(super) fn new(rows: Vec<Phrase>) -> Self {
        let doc = rows.iter().map(Phrase::doc).min().unwrap_or(TERMINATED);
        Self { rows, doc }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            let rows = self.rows.iter_mut();
            self.doc = rows.map(|row| row.seek(target)).min().unwrap_or(TERMINATED);
        }
        self.doc
    }

    fn cost(&self) -> u64 {
        self.rows.iter().map(Phrase::cost).sum()
    }

    fn stretches(&self, out: &mut Vec<Stretch>) {
        out.clear();
        for row in self.rows.iter().filter(|row| row.doc() == self.doc) {
            row.stretches(out);
        }
        out.sort_unstable();
        out.dedup();
    }
}

/// Documents in which each side stands near the next.
pub(super) struct Near {
    sides: Vec<Side>,
    within: Vec<u32>,
    /// The side with the fewest documents, which leads.
    lead: usize,
    doc: DocId,
    frequency: u32,
    found: Vec<Vec<Stretch>>,
    effort: Rc<Effort>,
}

impl Near {
    pub(super) fn new(sides: Vec<Side>, within: Vec<u32>, effort: &Rc<Effort>) -> Self {
        let lead = (0..sides.len()).min_by_key(|&side| sides[side].cost()).unwrap_or(0);
        let doc = sides.get(lead).map_or(TERMINATED, |side| side.doc);
        let found = vec![Vec::new(); sides.len()];
        let effort = Rc::clone(effort);
        let mut near = Self { sides, within, lead, doc, frequency: 0, found, effort };
        near.settle();
        near
    }

    pub(super) fn doc(&self) -> DocId {
        self.doc
    }

    /// The same for `a NEAR b` and `b NEAR a`: the fewest occurrences of a side that take part.
    pub(super) fn frequency(&self) -> u32 {
        self.frequency
    }

    pub(super) fn cost(&self) -> u64 {
        self.sides.get(self.lead).map_or(0, Side::cost)
    }

    pub(super) fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1).min(TERMINATED))
    }

    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target && self.doc != TERMINATED {
            self.doc = self.sides[self.lead].seek(target);
            self.settle();
        }
        self.doc
    }

    fn settle(&mut self) {
        'candidates: while self.doc != TERMINATED {
            if !self.effort.step(1) {
                self.doc = TERMINATED;
                return;
            }
            for side in &mut self.sides {
                let doc = side.seek(self.doc);
                if doc > self.doc {
                    self.doc = self.sides[self.lead].seek(doc);
                    continue 'candidates;
                }
            }
            for (side, found) in self.sides.iter().zip(&mut self.found) {
                side.stretches(found);
            }
            let stretches = self.found.iter().map(|found| found.len() as u64).sum();
            if !self.effort.look_at(stretches) {
                continue;
            }
            near(&mut self.found, &self.within);
            self.frequency = self.found.iter().map(Vec::len).min().unwrap_or(0) as u32;
            if self.frequency > 0 {
                return;
            }
            self.doc = self.sides[self.lead].seek(self.doc + 1);
        }
    }
}
