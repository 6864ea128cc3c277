//! Which segments are merged.

use std::collections::BTreeMap;

use tantivy::SegmentMeta;
use tantivy::indexer::{MergeCandidate, MergePolicy};

/// Merges segments of about one size, so that their number stays bounded however many small commits
/// came: at most three in each order of magnitude, and so at most twenty in an index of ten million
/// documents. Each document is copied about one and a half times per order of magnitude.
#[derive(Debug, Clone, Copy)]
pub(super) struct ByMagnitude;

/// Segments of one order of magnitude that are merged into one.
const MERGED: usize = 4;

/// Smaller segments are of one order: they cost more by their number than by their size.
const SMALL: u32 = 1_000;

/// A segment is merged by itself when this share of it was removed: its statements are then copied,
/// and its space is given back.
const REMOVED: f64 = 1.0 / 3.0;

impl MergePolicy for ByMagnitude {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let sizes = segments.iter().map(|segment| (segment.num_docs(), segment.max_doc()));
        chosen(&sizes.collect::<Vec<_>>())
            .into_iter()
            .map(|places| {
                MergeCandidate(places.into_iter().map(|place| segments[place].id()).collect())
            })
            .collect()
    }
}

/// Groups of places in a list of segments, each with its documents and those before removals.
fn chosen(segments: &[(u32, u32)]) -> Vec<Vec<usize>> {
    let mut orders: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (place, &(there, _)) in segments.iter().enumerate() {
        orders.entry(there.max(SMALL - 1).ilog10()).or_default().push(place);
    }
    let mut groups = Vec::new();
    for places in orders.into_values() {
        if places.len() >= MERGED {
            groups.push(places);
            continue;
        }
        let is_thinned = |place: &usize| {
            let (there, before) = segments[*place];
            f64::from(before - there) > REMOVED * f64::from(before)
        };
        groups.extend(places.into_iter().filter(is_thinned).map(|place| vec![place]));
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Adds commits of these sizes, merging as the policy says; how many segments there were at most,
    /// and how often a document was copied.
    fn grow(commits: impl Iterator<Item = u32>) -> (usize, f64) {
        let (mut segments, mut most, mut added, mut copied) = (Vec::new(), 0, 0_u64, 0_u64);
        for size in commits {
            segments.push((size, size));
            added += u64::from(size);
            loop {
                let groups = chosen(&segments);
                if groups.is_empty() {
                    break;
                }
                let mut gone: Vec<usize> = Vec::new();
                for group in groups {
                    let sum = group.iter().map(|&place| segments[place].0).sum();
                    copied += u64::from(sum);
                    segments.push((sum, sum));
                    gone.extend(group);
                }
                gone.sort_unstable_by(|a, b| b.cmp(a));
                for place in gone {
                    segments.remove(place);
                }
            }
            most = most.max(segments.len());
        }
        (most, copied as f64 / added as f64)
    }

    #[test]
    fn the_number_of_segments_is_bounded() {
        let (most, copied) = grow(std::iter::repeat_n(1, 10_000));
        assert!(most <= 9, "{most}");
        assert!(copied < 9.0 * 50.0, "{copied}: one statement a commit is the worst case");
        let (most, copied) = grow(std::iter::repeat_n(5_000, 1_000));
        assert!(most <= 15, "{most}");
        assert!(copied < 6.0, "{copied}");
        let (most, _) = grow((0..3_000_u32).map(|n| n.wrapping_mul(2_654_435_761) % 20_000));
        assert!(most <= 20, "{most}");
    }

    #[test]
    fn thinned_segments_give_their_space_back() {
        assert_eq!(chosen(&[(100, 100), (600_000, 1_000_000)]), [vec![1]]);
        assert!(chosen(&[(100, 100), (900_000, 1_000_000)]).is_empty());
        assert_eq!(chosen(&[(0, 10)]), [vec![0]], "an empty one goes");
    }
}
