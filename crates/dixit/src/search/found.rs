//! Where in a text that which is sought stands: what the walk over postings found, found again in the
//! letters, to mark it.

use std::collections::HashMap;
use std::ops::Range;

use super::plan::Sought;
use super::stand::{At, Row, Stretch, groups, keep_common, loosely, near};
use crate::analysis::analyse;

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

/// All places where what is sought stands, in the order in which they end.
pub(super) fn find(text: &str, sought: &[&Sought]) -> Vec<Found> {
    let mut by_term: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut places = 0;
    for row in sought.iter().flat_map(|sought| sought.sides.rows.iter().flatten()) {
        for (_, terms) in &row.places {
            for term in terms {
                by_term.entry(term.as_str()).or_default().push(places);
            }
            places += 1;
        }
    }
    if by_term.is_empty() {
        return Vec::new();
    }
    let mut positions: Vec<Vec<u32>> = vec![Vec::new(); places];
    let mut letters: Vec<Range<usize>> = Vec::new();
    let mut tokens = analyse(text, None);
    while let Some(token) = tokens.next_token() {
        for &place in by_term.get(token.term).map_or(&[][..], Vec::as_slice) {
            positions[place].push(token.position);
        }
        letters.push(token.range());
    }
    let mut found = Vec::new();
    let mut rest = positions.as_slice();
    for (which, sought) in sought.iter().enumerate() {
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

/// Where a row stands, by the positions of its places.
fn stand(row: &Row, positions: &[Vec<u32>], letters: &[Range<usize>], out: &mut Vec<Piece>) {
    if positions.iter().any(Vec::is_empty) {
        return;
    }
    let letter = |at: u32| letters.get(at as usize).cloned().unwrap_or_default();
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
                out.push(Piece { stretch, ranges: chosen.into_iter().map(letter).collect() });
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
        let range = letter(first).start..letter(last).end;
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
