//! Where words stand: what a word, phrase or `NEAR` looks for, in terms and positions. The walk over
//! postings and the snippets go by the same rules.

use std::collections::VecDeque;

/// Terms in a row; a word has one place.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Row {
    /// Positions from the first on, and the terms that may stand there; in order, the first at 0.
    pub(super) places: Vec<(u32, Vec<String>)>,
    /// By how many positions, all together, terms may be out of place.
    pub(super) slop: u32,
    /// Positions that the last term takes beyond its own: a pair of characters is two.
    pub(super) tail: u32,
}

/// Rows that stand near one another, each with the next; a word or phrase is one side of one row.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sides {
    /// Of each side any row will do.
    pub(super) rows: Vec<Vec<Row>>,
    /// How many positions may lie between each side and the next.
    pub(super) within: Vec<u32>,
}

impl Sides {
    /// The terms, where a single place is all that is looked for.
    pub(super) fn word(&self) -> Option<&[String]> {
        let [rows] = self.rows.as_slice() else { return None };
        let [Row { places, .. }] = rows.as_slice() else { return None };
        let [(_, terms)] = places.as_slice() else { return None };
        Some(terms)
    }
}

/// The positions that a row takes where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stretch {
    pub(super) first: u32,
    pub(super) last: u32,
}

/// One place of a row in a document: its offset, and its positions in order.
pub(super) struct At<'p> {
    pub(super) offset: u32,
    /// Places with the same terms have the same number: each wants a position of its own.
    pub(super) group: usize,
    pub(super) positions: &'p [u32],
}

/// Numbers places by their terms.
pub(super) fn groups<T: PartialEq>(terms: &[T]) -> Vec<usize> {
    terms.iter().map(|own| terms.iter().position(|other| other == own).unwrap_or(0)).collect()
}

/// Keeps of `kept` what is in `other`, so many positions further on; both are in order.
pub(super) fn keep_common(kept: &mut Vec<u32>, other: &[u32], further: u32) {
    let mut at = 0;
    kept.retain(|position| {
        let wanted = position.saturating_add(further);
        while other.get(at).is_some_and(|candidate| *candidate < wanted) {
            at += 1;
        }
        other.get(at) == Some(&wanted)
    });
}

/// Whether there are enough positions, all places of the same terms together, for each to have its own.
pub(super) fn can_stand(places: &[At<'_>]) -> bool {
    let mut wanted = vec![0; places.len()];
    for place in places {
        wanted[place.group] += 1;
    }
    places.iter().all(|place| place.positions.len() >= wanted[place.group])
}

/// Where the places stand in a row but for `slop`; from left to right, apart.
///
/// A place that is moved so that its offset is 0 is where the row would begin by it. The row stands
/// where such beginnings, one of each place, lie at most `slop` apart: so `"a b"~1` finds `a x b`, and
/// `~2` finds `b a` (as Lucene counts).
///
/// One pass over all beginnings in their order, with a window of the slop behind each; positions are chosen
/// at most once for each beginning, and never looked at again.
pub(super) fn loosely(places: &[At<'_>], slop: u32) -> Vec<Vec<u32>> {
    let mut found = Vec::new();
    if !can_stand(places) {
        return found;
    }
    let whole = places.last().map_or(0, |place| place.offset);
    // Beginnings moved by the length of the row, so that none is negative.
    let mut events: Vec<(u32, usize)> = Vec::new();
    for (which, place) in places.iter().enumerate() {
        let shift = whole - place.offset;
        events.extend(place.positions.iter().map(|at| (at.saturating_add(shift), which)));
    }
    events.sort_unstable();
    let mut choice = Choice::new(places, whole);
    let position = |(begin, which): (u32, usize)| begin - (whole - places[which].offset);
    // Those of the window, and how many of each place there are.
    let mut window: VecDeque<(u32, usize)> = VecDeque::new();
    let mut inside = vec![0_u32; places.len()];
    let mut covered = 0;
    for same in events.chunk_by(|(one, _), (other, _)| one == other) {
        let begin = same.first().map_or(0, |(begin, _)| *begin);
        for &event in same.iter().filter(|event| position(**event) >= choice.free) {
            window.push_back(event);
            inside[event.1] += 1;
            covered += usize::from(inside[event.1] == 1);
        }
        let low = begin.saturating_sub(slop);
        while let Some(&(_, which)) = window.front().filter(|(first, _)| *first < low) {
            window.pop_front();
            inside[which] -= 1;
            covered -= usize::from(inside[which] == 0);
        }
        while covered == places.len() && begin >= choice.until {
            let Some(chosen) = choice.choose(low, begin) else { break };
            found.push(chosen);
            // What was chosen and what lies before is taken: at most the length of the row is left.
            window.retain(|event| {
                let is_free = position(*event) >= choice.free;
                if !is_free {
                    inside[event.1] -= 1;
                    covered -= usize::from(inside[event.1] == 0);
                }
                is_free
            });
        }
    }
    found
}

/// Chooses positions, window by window; windows only go forward, and so do the positions.
struct Choice<'a, 'p> {
    places: &'a [At<'p>],
    whole: u32,
    /// The first position that is not taken by what was found.
    free: u32,
    /// No window that ends before has enough positions.
    until: u32,
    /// Of each place where it has come to among its positions.
    at: Vec<usize>,
    /// Of each group the first position that none of its places has yet.
    least: Vec<u32>,
}

impl<'a, 'p> Choice<'a, 'p> {
    fn new(places: &'a [At<'p>], whole: u32) -> Self {
        let (at, least) = (vec![0; places.len()], vec![0; places.len()]);
        Self { places, whole, free: 0, until: 0, at, least }
    }

    /// A position for each place whose beginning lies in the window, none twice among places of the same
    /// terms. Their reaches begin and end in the order of the places, so the first that is free is never the
    /// wrong one. Where it lies behind the window, it does so for each that begins later.
    fn choose(&mut self, low: u32, high: u32) -> Option<Vec<u32>> {
        self.least.fill(self.free);
        let mut chosen = Vec::with_capacity(self.places.len());
        for (place, at) in self.places.iter().zip(&mut self.at) {
            let shift = self.whole - place.offset;
            let from = self.least[place.group].max(low.saturating_sub(shift));
            while place.positions.get(*at).is_some_and(|position| *position < from) {
                *at += 1;
            }
            let Some(&position) = place.positions.get(*at) else {
                self.until = u32::MAX;
                return None;
            };
            let begin = position.saturating_add(shift);
            if begin > high {
                self.until = begin;
                return None;
            }
            self.least[place.group] = position + 1;
            chosen.push(position);
        }
        self.free = chosen.iter().copied().max().map_or(self.free, |last| last.saturating_add(1));
        Some(chosen)
    }
}

/// Keeps of each side what takes part in a whole chain; every list is in order.
pub(super) fn near(sides: &mut [Vec<Stretch>], within: &[u32]) {
    for at in 1..sides.len() {
        let (before, rest) = sides.split_at_mut(at);
        keep_near(&mut rest[0], &before[at - 1], within[at - 1]);
    }
    for at in (1..sides.len()).rev() {
        let (before, rest) = sides.split_at_mut(at);
        keep_near(&mut before[at - 1], &rest[0], within[at - 1]);
    }
}

/// Keeps what has one of `others` before or behind it with at most `within` positions between; what
/// overlaps is the same words and not near them.
fn keep_near(kept: &mut Vec<Stretch>, others: &[Stretch], within: u32) {
    let mut lasts: Vec<u32> = others.iter().map(|other| other.last).collect();
    lasts.sort_unstable();
    kept.retain(|own| {
        let behind = others.partition_point(|other| other.first <= own.last);
        let behind = others.get(behind).is_some_and(|other| other.first - own.last - 1 <= within);
        let before = lasts.partition_point(|last| *last < own.first);
        let before = before.checked_sub(1).and_then(|at| lasts.get(at));
        behind || before.is_some_and(|last| own.first - last - 1 <= within)
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stretches(firsts: &[u32]) -> Vec<Stretch> {
        firsts.iter().map(|&first| Stretch { first, last: first }).collect()
    }

    fn loose(offsets: &[u32], groups: &[usize], positions: &[Vec<u32>], slop: u32) -> usize {
        let places: Vec<At<'_>> = (0..offsets.len())
            .map(|at| At { offset: offsets[at], group: groups[at], positions: &positions[at] })
            .collect();
        loosely(&places, slop).len()
    }

    #[test]
    fn slop_counts_moves() {
        let two = |a: u32, b: u32, slop| loose(&[0, 1], &[0, 1], &[vec![a], vec![b]], slop);
        assert_eq!((two(4, 5, 0), two(4, 6, 0), two(4, 6, 1)), (1, 0, 1));
        assert_eq!((two(5, 4, 1), two(5, 4, 2)), (0, 1));
        // The same word twice wants to stand there twice.
        assert_eq!(loose(&[0, 1], &[0, 0], &[vec![4], vec![4]], 9), 0);
        assert_eq!(loose(&[0, 1], &[0, 0], &[vec![4, 7], vec![4, 7]], 2), 1);
    }

    #[test]
    fn a_chain_needs_every_link() {
        let mut sides = vec![stretches(&[1, 50]), stretches(&[4, 90]), stretches(&[6, 52])];
        near(&mut sides, &[2, 1]);
        assert_eq!(sides, [stretches(&[1]), stretches(&[4]), stretches(&[6])]);
        let mut apart = vec![stretches(&[1]), stretches(&[4])];
        near(&mut apart, &[1]);
        assert_eq!(apart, [vec![], vec![]]);
        let mut same = vec![stretches(&[3]), stretches(&[3])];
        near(&mut same, &[5]);
        assert_eq!(same, [vec![], vec![]]);
    }

    /// The rule as it reads: for each beginning in order, the first free positions of the window behind it.
    fn every_window(places: &[At<'_>], slop: u32) -> Vec<Vec<u32>> {
        let whole = places.last().map_or(0, |place| place.offset);
        let shift = |place: &At<'_>| whole - place.offset;
        let mut begins: Vec<u32> = places
            .iter()
            .flat_map(|place| place.positions.iter().map(move |at| at + shift(place)))
            .collect();
        begins.sort_unstable();
        begins.dedup();
        let (mut found, mut free): (Vec<Vec<u32>>, u32) = (Vec::new(), 0);
        let mut begins = begins.into_iter();
        let mut next = begins.next();
        while let Some(high) = next {
            let low = high.saturating_sub(slop);
            let mut chosen: Vec<u32> = Vec::new();
            for (which, place) in places.iter().enumerate() {
                let same = places[..which].iter().zip(&chosen);
                let of_group = same.filter(|(other, _)| other.group == place.group);
                let least = of_group.map(|(_, at)| at + 1).max().unwrap_or(free);
                let fits =
                    |at: &&u32| **at >= least && (low..=high).contains(&(**at + shift(place)));
                chosen.extend(place.positions.iter().find(fits));
                if chosen.len() <= which {
                    break;
                }
            }
            if chosen.len() == places.len() {
                free = chosen.iter().max().map_or(free, |last| last + 1);
                found.push(chosen);
            } else {
                next = begins.next();
            }
        }
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

        /// Against trying every choice of positions.
        #[test]
        fn loose_rows_are_found_wherever_they_are(
            words in prop::collection::vec(0u8..3, 2..4),
            text in prop::collection::vec(0u8..4, 0..9),
            slop in 0u32..5,
        ) {
            let positions: Vec<Vec<u32>> = words
                .iter()
                .map(|word| (0..text.len()).filter(|&at| text[at] == *word).map(|at| at as u32).collect())
                .collect();
            let offsets: Vec<u32> = (0..words.len() as u32).collect();
            let found = loose(&offsets, &groups(&words), &positions, slop) > 0;
            let mut choices: Vec<Vec<u32>> = vec![Vec::new()];
            for places in &positions {
                choices = choices
                    .iter()
                    .flat_map(|chosen| places.iter().filter(|at| !chosen.contains(at)).map(|at| {
                        chosen.iter().copied().chain([*at]).collect()
                    }))
                    .collect();
            }
            let spread = |chosen: &Vec<u32>| {
                let begins: Vec<i64> = chosen.iter().zip(&offsets)
                    .map(|(at, offset)| i64::from(*at) - i64::from(*offset)).collect();
                begins.iter().max().unwrap_or(&0) - begins.iter().min().unwrap_or(&0)
            };
            prop_assert_eq!(found, choices.iter().any(|chosen| spread(chosen) <= i64::from(slop)));
        }

        /// Against looking at every window anew.
        #[test]
        fn loose_rows_are_those_of_every_window(
            words in prop::collection::vec(0usize..3, 1..6),
            positions in prop::collection::vec(
                prop::collection::btree_set(0u32..60, 1..24), 3..4
            ),
            slop in 1u32..12,
        ) {
            let positions: Vec<Vec<u32>> =
                positions.iter().map(|set| set.iter().copied().collect()).collect();
            let offsets = 0..words.len() as u32;
            let places: Vec<At<'_>> = words.iter().zip(offsets).map(|(&word, offset)| At {
                offset,
                group: words.iter().position(|other| *other == word).unwrap_or(0),
                positions: &positions[word],
            }).collect();
            prop_assert_eq!(loosely(&places, slop), every_window(&places, slop));
        }

        /// Against looking at every pair.
        #[test]
        fn near_finds_every_pair(
            a in prop::collection::btree_set((0u32..40, 0u32..3), 0..6),
            b in prop::collection::btree_set((0u32..40, 0u32..3), 0..6),
            within in 0u32..6,
        ) {
            let list = |set: &std::collections::BTreeSet<(u32, u32)>| -> Vec<Stretch> {
                set.iter().map(|&(first, more)| Stretch { first, last: first + more }).collect()
            };
            let (a, b) = (list(&a), list(&b));
            let is_near = |x: &Stretch, y: &Stretch| {
                let (x, y) = if x.first <= y.first { (x, y) } else { (y, x) };
                y.first > x.last && y.first - x.last - 1 <= within
            };
            let expected: Vec<Stretch> =
                a.iter().filter(|x| b.iter().any(|y| is_near(x, y))).copied().collect();
            let mut sides = vec![a, b];
            near(&mut sides, &[within]);
            prop_assert_eq!(&sides[0], &expected);
        }
    }
}
