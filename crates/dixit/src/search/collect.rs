//! Keeping the best matches and counting facets, in one walk over each segment.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::rc::Rc;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, SegmentReader, TERMINATED, TantivyError};

use super::answer::{FacetCounts, FacetValue};
use super::effort::Effort;
use super::open::open;
use super::plan::Plan;
use super::request::{Facet, Sort};
use super::snapshot::Snapshot;
use crate::schema::column;

/// What to collect.
pub(super) struct Wanted<'r> {
    pub(super) sort: Sort,
    /// Matches to keep, over all pages up to the one wanted.
    pub(super) keep: usize,
    pub(super) facets: &'r [Facet],
    pub(super) facet_limit: usize,
    /// Whether to count what is dated by the month or year alone.
    pub(super) dates: bool,
}

/// What was collected.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) total: u64,
    /// Matches dated by the month or year alone, where they are counted.
    pub(super) imprecise: u64,
    /// Best first.
    pub(super) best: Vec<Match>,
    pub(super) facets: BTreeMap<Facet, FacetCounts>,
    pub(super) partial: bool,
}

/// A match, ordered so that the better one is the greater.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Match {
    /// What it is sorted by; greater is better.
    key: u64,
    /// First bits of its id; less is better.
    rank_key: u64,
    pub(super) score: f64,
    pub(super) address: DocAddress,
}

impl Eq for Match {}

impl Ord for Match {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_key = self.key.cmp(&other.key);
        by_key.then(other.rank_key.cmp(&self.rank_key)).then(other.address.cmp(&self.address))
    }
}

impl PartialOrd for Match {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

pub(super) fn collect(
    snapshot: &Snapshot,
    plan: &Plan,
    wanted: &Wanted<'_>,
    effort: &Rc<Effort>,
) -> Result<Collected, TantivyError> {
    let mut collected = Collected::default();
    // The worst of those kept is on top.
    let mut best: BinaryHeap<std::cmp::Reverse<Match>> = BinaryHeap::new();
    let mut counts: BTreeMap<Facet, Counts> = BTreeMap::new();
    for facet in wanted.facets {
        counts.insert(*facet, Counts::default());
    }
    for (ordinal, segment) in snapshot.inner.segment_readers().iter().enumerate() {
        let columns = Columns::open(segment, wanted.sort)?;
        let mut counters = Vec::new();
        for facet in counts.keys() {
            counters.push(Counter::open(segment, *facet)?);
        }
        let spans = if wanted.dates { Spans::open(segment)? } else { None };
        let mut docs = open(plan, segment, effort)?;
        let mut doc = docs.doc();
        // What was found when the effort ended may have been taken for a match: an excluded phrase, say, that
        // was not looked for to the end.
        while doc != TERMINATED && effort.step(1) {
            if segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc)) {
                collected.total += 1;
                let is_imprecise = spans.as_ref().is_some_and(|spans| spans.is_imprecise(doc));
                collected.imprecise += u64::from(is_imprecise);
                for counter in &mut counters {
                    counter.count(doc);
                }
                if wanted.keep > 0 {
                    let score = if wanted.sort == Sort::Relevance { docs.score() } else { 0.0 };
                    let key = columns.key(doc, score);
                    let full = best.len() == wanted.keep;
                    if !full || best.peek().is_some_and(|worst| key >= worst.0.key) {
                        let address = DocAddress::new(ordinal as u32, doc);
                        let rank_key = columns.rank_key.first(doc).unwrap_or(0);
                        best.push(std::cmp::Reverse(Match { key, rank_key, score, address }));
                        if full {
                            best.pop();
                        }
                    }
                }
            }
            doc = docs.advance();
        }
        for (counts, counter) in counts.values_mut().zip(counters) {
            counter.add_to(counts)?;
        }
        if effort.end().is_some() {
            collected.partial = true;
            break;
        }
    }
    collected.best = best.into_sorted_vec().into_iter().map(|reversed| reversed.0).collect();
    let total = collected.total;
    collected.facets = counts
        .into_iter()
        .map(|(facet, counts)| (facet, counts.top(wanted.facet_limit, total)))
        .collect();
    Ok(collected)
}

/// How many statements match, and whether it was stopped before it was done.
pub(super) fn count(
    snapshot: &Snapshot,
    plan: &Plan,
    effort: &Rc<Effort>,
) -> Result<(u64, bool), TantivyError> {
    let nothing_else =
        Wanted { sort: Sort::Relevance, keep: 0, facets: &[], facet_limit: 0, dates: false };
    let collected = collect(snapshot, plan, &nothing_else, effort)?;
    Ok((collected.total, collected.partial))
}

/// The first and last day that dates may mean.
struct Spans {
    from: Column<i64>,
    to: Column<i64>,
}

impl Spans {
    fn open(segment: &SegmentReader) -> Result<Option<Self>, TantivyError> {
        let columns = segment.fast_fields();
        let from = columns.column_opt::<i64>(column::FROM)?;
        let to = columns.column_opt::<i64>(column::TO)?;
        Ok(from.zip(to).map(|(from, to)| Self { from, to }))
    }

    fn is_imprecise(&self, doc: DocId) -> bool {
        self.from.first(doc) != self.to.first(doc)
    }
}

/// The columns that the order of hits needs.
struct Columns {
    sort: Sort,
    from: Option<Column<i64>>,
    rank_key: Column<u64>,
}

impl Columns {
    fn open(segment: &SegmentReader, sort: Sort) -> Result<Self, TantivyError> {
        let columns = segment.fast_fields();
        let from = match sort {
            Sort::Relevance => None,
            Sort::Newest | Sort::Oldest => columns.column_opt::<i64>(column::FROM)?,
        };
        let rank_key = columns
            .column_opt::<u64>(column::RANK_KEY)?
            .unwrap_or_else(|| Column::build_empty_column(segment.max_doc()));
        Ok(Self { sort, from, rank_key })
    }

    fn key(&self, doc: DocId, score: f64) -> u64 {
        // Day numbers lie within ±4 million; undated is 0, last both ways.
        const MIDDLE: i64 = 1 << 40;
        let day = || self.from.as_ref().and_then(|from| from.first(doc));
        match self.sort {
            // The bits of floats that are not negative are ordered as the floats are.
            Sort::Relevance => score.max(0.0).to_bits(),
            Sort::Newest => day().map_or(0, |day| (MIDDLE + day) as u64),
            Sort::Oldest => day().map_or(0, |day| (MIDDLE - day) as u64),
        }
    }
}

/// Counts of one facet over all segments.
#[derive(Default)]
struct Counts {
    values: HashMap<String, u64>,
    with: u64,
}

impl Counts {
    fn top(self, limit: usize, total: u64) -> FacetCounts {
        let distinct = self.values.len() as u64;
        let mut values: Vec<FacetValue> =
            self.values.into_iter().map(|(value, count)| FacetValue { value, count }).collect();
        values.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        values.truncate(limit);
        FacetCounts { values, distinct, without: total.saturating_sub(self.with) }
    }
}

/// Counts one facet in one segment, by the ordinals of its column.
enum Counter {
    Names { column: StrColumn, counts: Vec<u32>, with: u64 },
    Years { column: Column<i64>, counts: HashMap<i64, u64>, with: u64 },
    Empty,
}

impl Counter {
    fn open(segment: &SegmentReader, facet: Facet) -> Result<Self, TantivyError> {
        let columns = segment.fast_fields();
        let name = match facet {
            Facet::Speaker => column::SPEAKER,
            Facet::Topic => column::TOPIC,
            Facet::Keyword => column::KEYWORD,
            Facet::Year => {
                return Ok(match columns.column_opt::<i64>(column::YEAR)? {
                    Some(column) => Self::Years { column, counts: HashMap::new(), with: 0 },
                    None => Self::Empty,
                });
            }
        };
        Ok(match columns.str(name)? {
            Some(column) => {
                let counts = vec![0; column.num_terms()];
                Self::Names { column, counts, with: 0 }
            }
            None => Self::Empty,
        })
    }

    fn count(&mut self, doc: DocId) {
        match self {
            Self::Names { column, counts, with } => {
                let mut any = 0;
                for ordinal in column.term_ords(doc) {
                    if let Some(count) = counts.get_mut(ordinal as usize) {
                        *count += 1;
                        any = 1;
                    }
                }
                *with += any;
            }
            Self::Years { column, counts, with } => {
                if let Some(year) = column.first(doc) {
                    *counts.entry(year).or_default() += 1;
                    *with += 1;
                }
            }
            Self::Empty => {}
        }
    }

    fn add_to(self, all: &mut Counts) -> Result<(), TantivyError> {
        match self {
            Self::Names { column, counts, with } => {
                let mut value = String::new();
                for (ordinal, count) in
                    counts.into_iter().enumerate().filter(|(_, count)| *count > 0)
                {
                    value.clear();
                    if column.ord_to_str(ordinal as u64, &mut value)? {
                        *all.values.entry(value.clone()).or_default() += u64::from(count);
                    }
                }
                all.with += with;
            }
            Self::Years { counts, with, .. } => {
                for (year, count) in counts {
                    *all.values.entry(year.to_string()).or_default() += count;
                }
                all.with += with;
            }
            Self::Empty => {}
        }
        Ok(())
    }
}
