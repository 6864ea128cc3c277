//! Where in a text that which is sought stands: what the walk over postings found, found again in the
//! letters, to mark it.

use std::collections::HashMap;
use std::ops::Range;

use super::languages::Slot;
use super::plan::Sought;
use super::stand::{At, Row, Stretch, groups, keep_common, loosely, near};
use crate::analysis::analyse;
use crate::query::Field;

/// What is sought in the statements of one language, for all that is told of a hit.
pub(super) struct Finders<'s> {
    /// What may light up in a title.
    pub(super) title: Finder<'s>,
    /// What may light up in the text.
    pub(super) text: Finder<'s>,
    /// Each of what is sought in no field by name.
    pub(super) anywhere: Vec<Finder<'s>>,
    /// Whoever is sought as a speaker.
    pub(super) speaker: Finder<'s>,
}

impl<'s> Finders<'s> {
    pub(super) fn new(sought: &'s [Sought], slot: Slot) -> Self {
        let sought: Vec<&Sought> =
            sought.iter().filter(|sought| sought.languages.has(slot)).collect();
        let of = |is_for: &dyn Fn(Option<Field>) -> bool| {
            Finder::new(sought.iter().copied().filter(|sought| is_for(sought.field)))
        };
        let anywhere = sought.iter().filter(|sought| sought.field.is_none());
        Self {
            title: of(&|field| matches!(field, None | Some(Field::Title))),
            text: of(&|field| matches!(field, None | Some(Field::Text | Field::Said))),
            anywhere: anywhere.map(|sought| Finder::new([*sought])).collect(),
            speaker: of(&|field| field == Some(Field::Speaker)),
        }
    }
}

/// A place where something that is sought stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) range: Range<usize>,
    /// Its place among what was sought.
    pub(super) sought: usize,
}

/// A row where it stands, and its letters: a phrase is one piece, words that are out of place several.
struct Piece {
    stretch: Stretch,
    ranges: Vec<Range<usize>>,
}

/// Finds in any number of texts.
pub(super) struct Finder<'s> {
    pub(super) sought: Vec<&'s Sought>,
    /// At which places each term is looked for.
    by_term: HashMap<&'s str, Vec<usize>>,
    places: usize,
    /// Which lengths terms have, in bytes, the longest as one: most words of a text are told by theirs.
    lengths: u64,
}

impl<'s> Finder<'s> {
    pub(super) fn new(sought: impl IntoIterator<Item = &'s Sought>) -> Self {
        let sought: Vec<&Sought> = sought.into_iter().collect();
        let mut by_term: HashMap<&str, Vec<usize>> = HashMap::new();
        let (mut places, mut lengths) = (0, 0);
        for row in sought.iter().flat_map(|sought| sought.sides.rows.iter().flatten()) {
            for (_, terms) in &row.places {
                for term in terms {
                    by_term.entry(term.as_str()).or_default().push(places);
                    lengths |= length_bit(term);
                }
                places += 1;
            }
        }
        Self { sought, by_term, places, lengths }
    }

    /// Whether anything that is sought stands in a text.
    pub(super) fn is_in(&self, text: &str) -> bool {
        !self.find(text).is_empty()
    }

    /// All places where what is sought stands, in the order in which they end.
    pub(super) fn find(&self, text: &str) -> Vec<Found> {
        if self.by_term.is_empty() {
            return Vec::new();
        }
        let mut positions: Vec<Vec<u32>> = vec![Vec::new(); self.places];
        let mut letters = Letters::default();
        let mut tokens = analyse(text, None);
        while let Some(token) = tokens.next_token() {
            if self.lengths & length_bit(token.term) == 0 {
                continue;
            }
            let Some(places) = self.by_term.get(token.term) else { continue };
            for &place in places {
                positions[place].push(token.position);
            }
            letters.0.push((token.position, token.range()));
        }
        let mut found = Vec::new();
        let mut rest = positions.as_slice();
        for (which, sought) in self.sought.iter().enumerate() {
            let mut sides: Vec<Vec<Piece>> = Vec::with_capacity(sought.sides.rows.len());
            for rows in &sought.sides.rows {
                let mut pieces = Vec::new();
                for row in rows {
                    let (own, others) = rest.split_at(row.places.len());
                    rest = others;
                    stand(row, own, &letters, &mut pieces);
                }
                pieces.sort_unstable_by_key(|piece| piece.stretch);
                sides.push(pieces);
            }
            if sides.len() > 1 {
                keep_near(&mut sides, &sought.sides.within);
            }
            let ranges = sides.into_iter().flatten().flat_map(|piece| piece.ranges);
            found.extend(ranges.map(|range| Found { range, sought: which }));
        }
        found.sort_by_key(|found| (found.range.end, found.range.start, found.sought));
        found
    }
}

fn length_bit(term: &str) -> u64 {
    1 << term.len().min(63)
}

/// The letters of the words that were looked for, by their positions, which go up.
#[derive(Default)]
struct Letters(Vec<(u32, Range<usize>)>);

impl Letters {
    fn of(&self, position: u32) -> Range<usize> {
        let at = self.0.binary_search_by_key(&position, |(position, _)| *position);
        at.map_or(0..0, |at| self.0[at].1.clone())
    }
}

/// Where a row stands, by the positions of its places.
fn stand(row: &Row, positions: &[Vec<u32>], letters: &Letters, out: &mut Vec<Piece>) {
    if positions.iter().any(Vec::is_empty) {
        return;
    }
    if row.slop > 0 {
        let terms: Vec<&Vec<String>> = row.places.iter().map(|(_, terms)| terms).collect();
        let groups = groups(&terms);
        let places = row.places.iter().zip(positions).zip(groups);
        let places: Vec<At<'_>> = places
            .map(|(((offset, _), positions), group)| At { offset: *offset, group, positions })
            .collect();
        for mut chosen in loosely(&places, row.slop) {
            chosen.sort_unstable();
            if let (Some(&first), Some(&last)) = (chosen.first(), chosen.last()) {
                let stretch = Stretch { first, last: last + row.tail };
                out.push(Piece {
                    stretch,
                    ranges: chosen.into_iter().map(|at| letters.of(at)).collect(),
                });
            }
        }
        return;
    }
    let mut starts: Vec<u32> = positions.first().cloned().unwrap_or_default();
    for ((offset, _), positions) in row.places.iter().zip(positions).skip(1) {
        keep_common(&mut starts, positions, *offset);
    }
    let whole = row.places.last().map_or(0, |(offset, _)| *offset);
    for first in starts {
        let last = first + whole;
        let range = letters.of(first).start..letters.of(last).end;
        out.push(Piece { stretch: Stretch { first, last: last + row.tail }, ranges: vec![range] });
    }
}

fn keep_near(sides: &mut [Vec<Piece>], within: &[u32]) {
    let stretches = |pieces: &Vec<Piece>| pieces.iter().map(|piece| piece.stretch).collect();
    let mut kept: Vec<Vec<Stretch>> = sides.iter().map(stretches).collect();
    near(&mut kept, within);
    for (pieces, kept) in sides.iter_mut().zip(kept) {
        pieces.retain(|piece| kept.binary_search(&piece.stretch).is_ok());
    }
}
