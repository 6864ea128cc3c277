//! What is found, in the form in which corpora of attributions have it: for scorers of others.

use std::ops::Range;

use dixit::Basis;
use serde::Serialize;

use super::GoldRow;
use super::passages::{marked, whole};
use crate::extract::Extraction;

/// The attributions that are found in a text, as corpora such as PolNeAR list them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Attributions {
    /// The row's.
    pub id: String,
    /// In the order of the text.
    pub attributions: Vec<Attribution>,
}

/// One of them. Places are counted in characters (Unicode scalar values) of the text, the end outside.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Attribution {
    /// Where the text names the source; empty where it does not.
    pub source: Vec<[usize; 2]>,
    /// The words that attribute.
    pub cue: Vec<[usize; 2]>,
    /// What was said, in one or more pieces, the quotation marks around each included.
    pub content: Vec<[usize; 2]>,
    /// How sure it is who the source is.
    pub confidence: f64,
    /// Whether that would be shown as a fact.
    pub is_sure: bool,
}

/// Extracts from the text of a row and lists the attributions: pieces of one quotation are one.
#[must_use]
pub fn attributions(row: &GoldRow, extraction: &Extraction) -> Attributions {
    let mut statement = row.bare();
    extraction.complete(&mut statement);
    let begins: Vec<usize> = row.text.char_indices().map(|(at, _)| at).collect();
    let place = |at: usize| begins.partition_point(|begin| *begin < at);
    let places = |range: &Range<usize>| [place(range.start), place(range.end)];
    let found = whole(&statement).into_iter().map(|one| {
        let basis = one.passage.basis.as_ref();
        let cue = one.passage.cue.and_then(|cue| statement.text_range(cue));
        Attribution {
            source: one.source.iter().map(places).collect(),
            cue: cue.iter().map(places).collect(),
            content: one.content.iter().map(|piece| places(&marked(&row.text, piece))).collect(),
            confidence: basis.map_or(0.0, |basis| basis.confidence),
            is_sure: one.passage.speaker.is_some() && basis.is_some_and(Basis::is_fact),
        }
    });
    Attributions { id: row.id.clone(), attributions: found.collect() }
}

#[cfg(test)]
mod tests {
    use super::super::read_gold;
    use super::*;

    #[test]
    fn pieces_of_a_quotation_are_one_and_places_count_characters() {
        let text = "Ådal. “The port is open,” Minister Ada Rask said. “It stays open.”";
        let gold = format!("{{\"id\":\"a\",\"text\":\"{text}\",\"attributions\":[]}}");
        let rows = read_gold(gold.as_bytes()).unwrap();
        let found = attributions(&rows[0], &Extraction::default());
        let [one] = found.attributions.as_slice() else { panic!("{found:?}") };
        let written =
            |[from, to]: &[usize; 2]| text.chars().skip(*from).take(to - from).collect::<String>();
        let content: Vec<String> = one.content.iter().map(written).collect();
        assert_eq!(content, ["“The port is open,”", "“It stays open.”"]);
        assert!(written(&one.source[0]).contains("Ada Rask"));
        assert_eq!(one.cue.iter().map(written).collect::<Vec<_>>(), ["said"]);
        assert!(one.is_sure);
    }
}
