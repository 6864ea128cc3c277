//! Passages against gold: what was said, and who is said to have said it.

use std::collections::HashMap;
use std::ops::Range;

use dixit::{Basis, Form, Passage, Span, Statement};
use serde::Serialize;

use super::gold::has_quotation_marks;
use super::values::is_called;
use super::{GoldPassage, GoldRow, Ledger, Mistake, Passages, SetScore, share};

/// A passage is found when what is in both is at least this share of what is in either.
const LEAST_OVERLAP: f64 = 0.5;

/// How passages came out.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct PassageScore {
    /// What was said: contents that overlap by at least half.
    pub content: SetScore,
    /// Contents that are found, with the right source.
    pub end_to_end: SetScore,
    /// Right sources among the contents that are found and have one in the gold.
    pub source_accuracy: f64,
    /// Those whose source would be shown as a fact.
    pub sure: SureScore,
}

/// Passages that are found and whose source would be shown as a fact.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct SureScore {
    /// How many.
    pub found: u64,
    /// Right sources among them.
    pub precision: f64,
    /// Their share of all in the gold.
    pub coverage: f64,
}

#[derive(Default)]
struct Counts {
    gold: u64,
    found: u64,
    matched: u64,
    with_source: u64,
    source_right: u64,
    end_to_end: u64,
    sure: u64,
    sure_right: u64,
}

#[derive(Default)]
pub(super) struct Tally {
    rows: u64,
    all: Counts,
    direct: Counts,
}

/// One of ours: a passage, or the pieces of one that share their cue.
pub(super) struct Ours<'p> {
    pub(super) passage: &'p Passage,
    pub(super) content: Vec<Range<usize>>,
    pub(super) source: Option<Range<usize>>,
}

impl Tally {
    pub(super) fn add(&mut self, row: &GoldRow, statement: &Statement, ledger: &mut Ledger) {
        let Some(gold) = &row.passages else { return };
        self.rows += 1;
        let ours = whole(statement);
        let all_gold: Vec<&GoldPassage> = gold.iter().collect();
        let all_ours: Vec<&Ours<'_>> = ours.iter().collect();
        self.all.count(row, &all_gold, &all_ours, Some(ledger));
        let is_quoted = |ours: &&Ours<'_>| {
            ours.content
                .iter()
                .any(|piece| has_quotation_marks(&row.text[marked(&row.text, piece)]))
        };
        let gold: Vec<&GoldPassage> = gold.iter().filter(|gold| gold.is_direct).collect();
        let ours: Vec<&Ours<'_>> = ours.iter().filter(is_quoted).collect();
        self.direct.count(row, &gold, &ours, None);
    }

    pub(super) fn score(self) -> Option<Passages> {
        let (all, direct) = (self.all.score(), self.direct.score());
        (self.rows > 0).then_some(Passages { all, direct })
    }
}

impl Counts {
    fn count(
        &mut self,
        row: &GoldRow,
        gold: &[&GoldPassage],
        ours: &[&Ours<'_>],
        mut ledger: Option<&mut Ledger>,
    ) {
        self.gold += gold.len() as u64;
        self.found += ours.len() as u64;
        for (ours, gold) in pairs(&row.text, gold, ours) {
            self.matched += 1;
            let basis = ours.passage.basis.as_ref();
            let is_right = is_source_right(gold, ours);
            let has_source = !gold.source.is_empty() || gold.speaker.is_some();
            self.with_source += u64::from(has_source);
            self.source_right += u64::from(has_source && is_right);
            self.end_to_end += u64::from(is_right);
            let is_sure = ours.passage.speaker.is_some() && basis.is_some_and(Basis::is_fact);
            self.sure += u64::from(is_sure);
            self.sure_right += u64::from(is_sure && is_right);
            let Some(ledger) = ledger.as_deref_mut() else { continue };
            if let (Some(basis), Some(_)) = (basis, &ours.passage.speaker) {
                ledger.count("passages", basis.confidence, is_right);
            }
            if !is_right {
                let mistake = || {
                    let text = |ranges: &[Range<usize>]| {
                        let pieces = ranges.iter().filter_map(|range| row.text.get(range.clone()));
                        pieces.collect::<Vec<_>>().join(" … ")
                    };
                    let named = gold.speaker.as_ref().and_then(|person| person.label());
                    let expected = named.map_or_else(|| text(&gold.source), str::to_owned);
                    let found = text(ours.source.as_slice());
                    let rule = basis.and_then(|basis| basis.rule.clone()).unwrap_or_default();
                    Mistake {
                        row: row.id.clone(),
                        field: "passages",
                        expected,
                        found,
                        rule,
                        is_sure,
                    }
                };
                ledger.tell(mistake, "passages");
            }
        }
    }

    fn score(&self) -> PassageScore {
        PassageScore {
            content: SetScore::new(self.matched, self.found, self.gold),
            end_to_end: SetScore::new(self.end_to_end, self.found, self.gold),
            source_accuracy: share(self.source_right, self.with_source),
            sure: SureScore {
                found: self.sure,
                precision: share(self.sure_right, self.sure),
                coverage: share(self.sure, self.gold),
            },
        }
    }
}

/// Pairs of ours and of the gold, each in one pair, those that overlap most first.
fn pairs<'p, 'g>(
    text: &str,
    gold: &[&'g GoldPassage],
    ours: &[&'p Ours<'p>],
) -> Vec<(&'p Ours<'p>, &'g GoldPassage)> {
    let mut overlaps: Vec<(f64, usize, usize)> = Vec::new();
    for (a, ours) in ours.iter().enumerate() {
        for (b, gold) in gold.iter().enumerate() {
            let pieces = ours
                .content
                .iter()
                .flat_map(|one| gold.content.iter().map(move |other| (one, other)));
            let both: usize = pieces.map(|(one, other)| letters(text, &common(one, other))).sum();
            if both == 0 {
                continue;
            }
            let all = |pieces: &[Range<usize>]| -> usize {
                pieces.iter().map(|piece| letters(text, piece)).sum()
            };
            let either = all(&gold.content) + all(&ours.content) - both;
            let overlap = both as f64 / either as f64;
            if overlap >= LEAST_OVERLAP {
                overlaps.push((overlap, a, b));
            }
        }
    }
    overlaps.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_ours, mut used_gold) = (vec![false; ours.len()], vec![false; gold.len()]);
    let mut pairs = Vec::new();
    for (_, a, b) in overlaps {
        if !used_ours[a] && !used_gold[b] {
            (used_ours[a], used_gold[b]) = (true, true);
            pairs.push((ours[a], gold[b]));
        }
    }
    pairs
}

/// A piece with the quotation marks that stand right around it: gold counts them to what was said, we do not.
pub(super) fn marked(text: &str, piece: &Range<usize>) -> Range<usize> {
    let width = |c: Option<char>| {
        let mark = c.filter(|c| has_quotation_marks(c.encode_utf8(&mut [0; 4])));
        mark.map_or(0, char::len_utf8)
    };
    let before = width(text[..piece.start].chars().next_back());
    let behind = width(text[piece.end..].chars().next());
    piece.start - before..piece.end + behind
}

fn common(one: &Range<usize>, other: &Range<usize>) -> Range<usize> {
    let start = one.start.max(other.start);
    start..one.end.min(other.end).max(start)
}

fn letters(text: &str, range: &Range<usize>) -> usize {
    text.get(range.clone()).map_or(0, |piece| piece.chars().count())
}

/// The source is right that stands where the gold says, or is called as the gold says; where the gold has
/// none, none is right.
fn is_source_right(gold: &GoldPassage, ours: &Ours<'_>) -> bool {
    if let Some(speaker) = &gold.speaker {
        return ours.passage.speaker.as_ref().is_some_and(|found| is_called(speaker, found));
    }
    if gold.source.is_empty() {
        return ours.source.is_none();
    }
    let touches =
        |range: &Range<usize>| gold.source.iter().any(|piece| !common(piece, range).is_empty());
    ours.source.iter().any(touches)
}

/// The passages of a statement; pieces of one quotation, which share their cue, are one.
pub(super) fn whole(statement: &Statement) -> Vec<Ours<'_>> {
    let mut all: Vec<Ours<'_>> = Vec::new();
    let mut by_cue: HashMap<(Span, Form), usize> = HashMap::new();
    for passage in &statement.passages {
        let Some(content) = statement.text_range(passage.content) else { continue };
        let next = all.len();
        let known =
            passage.cue.map_or(next, |cue| *by_cue.entry((cue, passage.form)).or_insert(next));
        if let Some(first) = all.get_mut(known) {
            first.content.push(content);
            continue;
        }
        let source = passage.source.and_then(|source| statement.text_range(source));
        all.push(Ours { passage, content: vec![content], source });
    }
    all
}
