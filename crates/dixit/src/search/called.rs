//! Speakers by whatever they are called: with an office before the name (`office`), with the name written in
//! another way (`named`), or in the letters of another script.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;
use tantivy::columnar::StrColumn;
use tantivy::{SegmentReader, TantivyError};

use super::named::{office_behind, written_otherwise};
use super::office::{Asking, in_office};
use super::snapshot::Snapshot;
use crate::analysis::{Shape, analyse};
use crate::error::Result;
use crate::query::{Field, Leaf, Node, Query, Value, distance, pair};
use crate::schema::column;

/// Names in other scripts that one name stands for.
const MOST_NAMES: usize = 16;
/// Shorter names sound like too many others.
const SHORTEST_KEY: usize = 4;
/// Of so many letters one may differ between two ways of writing a name in Latin letters: `Mariya`,
/// `Maria`.
const LETTERS_PER_EDIT: usize = 7;

/// What a part of the query was taken for besides what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Also {
    /// The bytes of the query; `[start, end]` in JSON.
    #[serde(serialize_with = "pair")]
    pub span: Range<usize>,
    /// What else was looked for, in words.
    pub words: String,
}

/// The names of all who speak, by how they sound in Latin letters.
pub(super) struct Names(BTreeMap<String, Vec<String>>);

impl Names {
    pub(super) fn of(searcher: &tantivy::Searcher) -> std::result::Result<Self, TantivyError> {
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for segment in searcher.segment_readers() {
            let Some(column) = segment.fast_fields().str(column::SPEAKER)? else { continue };
            let borne = borne(segment, &column);
            let mut known = column.dictionary().stream().map_err(TantivyError::from)?;
            while known.advance() {
                let is_borne = borne.as_ref().is_none_or(|borne| {
                    borne.get(known.term_ord() as usize).is_some_and(|borne| *borne)
                });
                if let (true, Ok(name)) = (is_borne, std::str::from_utf8(known.key())) {
                    names.entry(key_of(name)).or_default().push(name.to_owned());
                }
            }
        }
        for same in names.values_mut() {
            same.sort_unstable();
            same.dedup();
        }
        Ok(Self(names))
    }

    /// Names in other scripts that sound like this one, in order.
    fn like(&self, name: &str) -> Vec<&str> {
        let (key, script) = (key_of(name), Script::of(name));
        if key.len() < SHORTEST_KEY {
            return Vec::new();
        }
        let other = |known: &&String| Script::of(known) != script;
        let same = self.0.get(&key).into_iter().flatten().filter(other);
        let mut found: Vec<&str> = same.map(String::as_str).collect();
        if found.is_empty() && script != Script::Han {
            let letters: Vec<char> = key.chars().collect();
            let allowed = letters.len() / LETTERS_PER_EDIT;
            let near = self.0.iter().filter(|(known, _)| {
                known.len().abs_diff(key.len()) <= allowed && distance(&letters, known) <= allowed
            });
            // In Han characters a name sounds exactly as it does.
            let alphabetic = |known: &&String| other(known) && Script::of(known) != Script::Han;
            let names = near.flat_map(|(_, names)| names).filter(alphabetic);
            found.extend(names.map(String::as_str));
        }
        found.truncate(MOST_NAMES);
        found
    }
}

/// Which names of a segment's dictionary somebody still bears; `None` for all: nothing was removed.
fn borne(segment: &SegmentReader, column: &StrColumn) -> Option<Vec<bool>> {
    segment.alive_bitset()?;
    let mut borne = vec![false; column.num_terms()];
    for doc in segment.doc_ids_alive() {
        for name in column.term_ords(doc) {
            if let Some(borne) = borne.get_mut(name as usize) {
                *borne = true;
            }
        }
    }
    Some(borne)
}

/// How a name sounds: its letters in ASCII (by the tables of `any_ascii`, pinyin for Chinese), without
/// spaces and marks.
fn key_of(name: &str) -> String {
    let letters = any_ascii::any_ascii(name);
    letters.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect()
}

/// In what letters a name is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Han,
    /// By blocks of 256 characters, which is fine enough to tell scripts apart.
    Other(u32),
}

impl Script {
    /// That of the first letter; a name in two scripts is one in the first.
    fn of(name: &str) -> Self {
        let letter = name.chars().find(|c| c.is_alphabetic());
        match letter.map_or(0, u32::from) {
            0..0x250 | 0x1E00..0x1F00 => Self::Latin,
            0x3400..0xA000 | 0xF900..0xFB00 | 0x20000.. => Self::Han,
            other => Self::Other(other >> 8),
        }
    }
}

/// The tree, each speaker in it also by other ways of calling somebody.
///
/// Recursive: the parser bounds the depth of the tree, which grows by at most three levels.
pub(super) fn widened(asking: &Asking<'_>, node: Node, also: &mut Vec<Also>) -> Result<Node> {
    let each = |nodes: Vec<Node>, also: &mut Vec<Also>| {
        nodes.into_iter().map(|node| widened(asking, node, also)).collect::<Result<Vec<_>>>()
    };
    Ok(match node {
        Node::And(nodes) => Node::And(each(nodes, also)?),
        Node::Or(nodes) => Node::Or(each(nodes, also)?),
        Node::Not(inner) => Node::Not(Box::new(widened(asking, *inner, also)?)),
        Node::Leaf(leaf) if leaf.field == Some(Field::Speaker) => {
            let (Value::Words(name) | Value::Exact(name)) = &leaf.value else {
                return Ok(Node::Leaf(leaf));
            };
            // `Hua Chunying, spokesperson`
            let turned = office_behind(name);
            let in_order = turned.as_deref().unwrap_or(name);
            let (mut others, behind_office) = in_office(asking, &leaf, in_order, &words(in_order))?;
            let written = written_otherwise(asking, &leaf, name)?;
            let mut letters = in_other_letters(asking.snapshot, &leaf, name)?;
            // In other letters an office is another word: whoever has the name may be meant.
            let bare = behind_office.filter(|_| others.is_empty()).or(written.bare.as_deref());
            if let Some(bare) = bare.filter(|_| letters.is_empty()) {
                letters = in_other_letters(asking.snapshot, &leaf, bare)?;
            }
            let named = |name| condition(&leaf, Field::Speaker, Value::Exact(name));
            others.extend(written.names.into_iter().map(named));
            others.extend(letters);
            others = distinct(others);
            if others.is_empty() {
                return Ok(Node::Leaf(leaf));
            }
            for other in &others {
                let words = Query { root: other.clone() }.describe();
                also.push(Also { span: leaf.span.clone(), words });
            }
            others.insert(0, Node::Leaf(leaf));
            Node::Or(others)
        }
        other => other,
    })
}

fn in_other_letters(snapshot: &Snapshot, leaf: &Leaf, name: &str) -> Result<Vec<Node>> {
    // One word in Latin letters is hardly a whole name.
    if Script::of(name) == Script::Latin && words(name).len() < 2 {
        return Ok(Vec::new());
    }
    let names = snapshot.names().map_err(|error| snapshot.engine(error))?;
    let found = names.like(name).into_iter();
    Ok(found.map(|name| condition(leaf, Field::Speaker, Value::Exact(name.to_owned()))).collect())
}

/// Each condition once, in order.
fn distinct(nodes: Vec<Node>) -> Vec<Node> {
    let mut kept: Vec<Node> = Vec::with_capacity(nodes.len());
    for node in nodes {
        if !kept.contains(&node) {
            kept.push(node);
        }
    }
    kept
}

pub(super) fn condition(leaf: &Leaf, field: Field, value: Value) -> Node {
    Node::Leaf(Leaf { field: Some(field), value, span: leaf.span.clone() })
}

/// The words of a text, each with where it begins.
pub(super) fn words(text: &str) -> Vec<(usize, String)> {
    let mut words = Vec::new();
    let mut tokens = analyse(text, None);
    while let Some(token) = tokens.next_token() {
        if token.shape == Shape::Word {
            words.push((token.start, token.term.to_owned()));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(all: &[&str]) -> Names {
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for name in all {
            names.entry(key_of(name)).or_default().push((*name).to_owned());
        }
        Names(names)
    }

    #[test]
    fn a_name_is_known_by_its_sound_in_other_letters() {
        let known = names(&[
            "Wang Daming",
            "王大明",
            "王达明",
            "Mariya Orlova",
            "Мария Орлова",
            "Maria Orloff",
            "Νίκος Παππάς",
            "Bo Lind",
        ]);
        for (asked, expected) in [
            ("王大明", vec!["Wang Daming"]),
            ("Wang Daming", vec!["王大明", "王达明"]),
            ("wang daming", vec!["王大明", "王达明"]),
            // One letter of thirteen.
            ("Maria Orlova", vec!["Мария Орлова"]),
            ("Мария Орлова", vec!["Mariya Orlova"]),
            ("Nikos Pappas", vec!["Νίκος Παππάς"]),
            // In the same letters another spelling is another name.
            ("Bo Lindh", vec![]),
            ("Wang Damin", vec![]),
            ("李", vec![]),
        ] {
            assert_eq!(known.like(asked), expected, "{asked}");
        }
    }
}
