//! Two columns of text set side by side by spaces, as print has them: the words of a line belong to two.

use std::collections::HashMap;

/// Fewer lines are a table.
const FEWEST: usize = 5;
/// The right column begins at least so far in.
const LEAST_LEFT: usize = 24;
/// Spaces between the columns.
const GAP: usize = 3;
/// How much of a text is looked at.
const LOOKED_AT: usize = 64 << 10;

/// Whether most lines of a text have words, a gap and words again from one and the same place on.
pub(super) fn are_side_by_side(text: &str) -> bool {
    let mut places: HashMap<usize, (usize, usize)> = HashMap::new();
    let mut all = 0;
    for line in crate::extract::prefix(text, LOOKED_AT).lines() {
        let content = line.trim();
        if content.is_empty() {
            continue;
        }
        all += 1;
        if let Some((place, words)) = right_column(line) {
            let (count, longer) = places.entry(place).or_default();
            *count += 1;
            *longer += usize::from(words >= 2);
        }
    }
    let most = places.values().max_by_key(|(count, _)| *count).copied();
    most.is_some_and(|(count, longer)| {
        count >= FEWEST && count * 2 >= all && longer * 4 >= count * 3
    })
}

/// Where words begin in a line behind a gap that itself stands behind words; and how many words those are.
fn right_column(line: &str) -> Option<(usize, usize)> {
    let mut spaces = 0;
    let mut has_words = false;
    for (column, (at, c)) in line.char_indices().enumerate() {
        if c == ' ' {
            spaces += 1;
        } else {
            if has_words && spaces >= GAP && column >= LEAST_LEFT {
                let rest = &line[at..];
                let left = line[..at].chars().filter(|c| c.is_alphabetic()).count();
                let right = rest.chars().filter(|c| c.is_alphabetic()).count();
                let is_one = !rest.trim_end().contains("   ");
                let words = rest.split_whitespace().count();
                return (left >= 4 && right >= 2 && is_one).then_some((column, words));
            }
            has_words = true;
            spaces = 0;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_columns_are_seen_and_tables_and_labels_are_not() {
        let columns = "MS. RASK: The harbour will be      MR. LIND: I thank the chair.\n\
                       open from May on, and the          The road to the harbour is\n\
                       ferry goes twice a day until       closed, and nobody has told\n\
                       the end of October. We have        us why it is. The town has\n\
                       asked for a quay, as we did        asked for it twice, and the\n\
                       in the year before this one.       board has not answered it.\n";
        assert!(are_side_by_side(columns));
        let labels = "MR. LIND      I thank the chair, and all who came here.\n".repeat(8);
        assert!(!are_side_by_side(&labels));
        let table = "Herring of the northern coast        412\n".repeat(8);
        assert!(!are_side_by_side(&table));
        assert!(!are_side_by_side("We meet to speak of the harbour.\nIt is closed.\n"));
    }
}
