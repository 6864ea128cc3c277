//! From places in the decoded text back to the bytes of the file.

use std::collections::VecDeque;

use dixit::{Basis, SourceMap, Span, Statement};

use crate::problem::Problem;

/// Runs kept for good from the beginning of a file, where what holds of all of it is written: a
/// header, a list of speakers. 64 Ki runs are some hundred kilobytes of prose, and 1.5 MiB here.
const FRONT_RUNS: usize = 64 << 10;

/// Runs kept of what was handed over last, such as the heading over a statement: 6 MiB.
const RECENT_RUNS: usize = 256 << 10;

/// Characters that stand side by side, all of them with as many bytes in UTF-8 (`text_unit`) and in the
/// file (`source_unit`). It ends where the next one begins.
#[derive(Debug, Clone, Copy)]
struct Run {
    text: u64,
    source: u64,
    text_unit: u8,
    source_unit: u8,
}

/// Where the characters of a decoded text stand in its file.
#[derive(Debug, Default)]
pub(crate) struct Offsets {
    /// From the beginning of the text.
    front: Vec<Run>,
    /// Text at which the front ends; before there is a gap, the front has no end yet.
    front_end: u64,
    /// The rest, up to where the text is decoded.
    recent: VecDeque<Run>,
    /// Text decoded.
    end: u64,
    /// Where the next run would go on.
    source_end: u64,
}

impl Offsets {
    /// For a text whose first byte stands at this one of its file, the UTF-8 text before it being
    /// `text` bytes long and verbatim.
    pub(crate) fn after(text: u64, source: u64) -> Self {
        let mut offsets = Self { source_end: source, ..Self::default() };
        if text > 0 {
            offsets.source_end = 0;
            offsets.push(text, 1, 0, 1);
        }
        offsets.source_end = source;
        offsets
    }

    /// The next `count` characters.
    pub(crate) fn push(&mut self, count: u64, text_unit: u8, source: u64, source_unit: u8) {
        if count == 0 || text_unit == 0 {
            return;
        }
        let last = self.recent.back().or(self.front.last());
        let goes_on = last.is_some_and(|last| {
            (last.text_unit, last.source_unit) == (text_unit, source_unit)
                && self.source_end == source
        });
        if !goes_on {
            let run = Run { text: self.end, source, text_unit, source_unit };
            if self.recent.is_empty() && self.front.len() < FRONT_RUNS {
                self.front.push(run);
            } else {
                self.recent.push_back(run);
            }
        }
        self.end += count * u64::from(text_unit);
        self.source_end = source + count * u64::from(source_unit);
        if self.recent.is_empty() {
            self.front_end = self.end;
        }
    }

    /// Forgets what lies before a place of the text from which on everything is yet to be handed over,
    /// but for the front and what stands shortly before.
    pub(crate) fn forget_before(&mut self, text: u64) {
        while self.recent.len() > RECENT_RUNS
            && self.recent.get(1).is_some_and(|next| next.text <= text)
        {
            self.recent.pop_front();
        }
    }

    /// Bytes of text decoded so far.
    pub(super) fn text_end(&self) -> u64 {
        self.end
    }

    fn run(&self, index: usize) -> Option<&Run> {
        match index.checked_sub(self.front.len()) {
            Some(recent) => self.recent.get(recent),
            None => self.front.get(index),
        }
    }

    /// The run that holds a byte of the text, its number and its end; nothing for what was forgotten.
    fn run_at(&self, text: u64) -> Option<(usize, Run, u64)> {
        if text >= self.end {
            return None;
        }
        let index = if text < self.front_end {
            self.front.partition_point(|run| run.text <= text)
        } else {
            self.front.len() + self.recent.partition_point(|run| run.text <= text)
        };
        let index = index.checked_sub(1)?;
        let run = *self.run(index)?;
        let end = match index + 1 == self.front.len() {
            true => self.front_end,
            false => self.run(index + 1).map_or(self.end, |next| next.text),
        };
        (run.text <= text && text < end).then_some((index, run, end))
    }

    /// The bytes of the file behind a span of the text, whole characters.
    pub(crate) fn to_source(&self, text: Span) -> Option<Span> {
        let unit = |place: u64| {
            let (_, run, _) = self.run_at(place)?;
            let begins = (place - run.text) / u64::from(run.text_unit);
            let begins = run.source + begins * u64::from(run.source_unit);
            Some(Span::new(begins, begins + u64::from(run.source_unit)))
        };
        if text.is_empty() {
            let at = if text.start == self.end { self.source_end } else { unit(text.start)?.start };
            return Some(Span::new(at, at));
        }
        Some(Span::new(unit(text.start)?.start, unit(text.end - 1)?.end))
    }

    /// Where each byte of a span of the text stands, counted from its start.
    pub(crate) fn map_of(&self, text: Span) -> Option<SourceMap> {
        let mut map = SourceMap::default();
        let mut at = text.start;
        while at < text.end {
            let (_, run, end) = self.run_at(at)?;
            let unit = u64::from(run.text_unit);
            let first = (at - run.text) / unit;
            let end = end.min(text.end);
            let count = (end - run.text).div_ceil(unit) - first;
            let source = run.source + first * u64::from(run.source_unit);
            map.push_units(count, unit, source, u64::from(run.source_unit));
            at = end;
        }
        Some(map)
    }

    /// Turns all places of a statement into places in the file. Evidence from what was forgotten is
    /// left out: no place is better than a wrong one.
    pub(crate) fn place(&self, statement: &mut Statement, encoding: &str) {
        let source = &mut statement.source;
        source.encoding = Some(encoding.to_owned());
        let text_span = source.span;
        source.span = text_span.and_then(|span| self.to_source(span));
        let map = match (source.map.take(), text_span) {
            (Some(map), _) => map.source_range().and_then(|range| {
                let file = self.map_of(range)?;
                map.through(&file, range.start)
            }),
            (None, Some(span)) => self.map_of(span),
            (None, None) => None,
        };
        if let Some(map) = map {
            statement.set_source_map(map);
        }
        for basis in statement.basis.values_mut() {
            self.place_basis(basis);
        }
        statement.passages.retain_mut(|passage| {
            passage.cue = passage.cue.and_then(|cue| self.to_source(cue));
            if let Some(basis) = &mut passage.basis {
                self.place_basis(basis);
            }
            self.to_source(passage.content).map(|content| passage.content = content).is_some()
        });
    }

    fn place_basis(&self, basis: &mut Basis) {
        basis.evidence = basis.evidence.iter().filter_map(|span| self.to_source(*span)).collect();
    }

    /// Turns the byte of a problem into one of the file.
    pub(crate) fn place_problem(&self, problem: &mut Problem) {
        let place = |byte: u64| Some(self.to_source(Span::new(byte, byte))?.start);
        problem.byte = problem.byte.and_then(place);
    }
}
