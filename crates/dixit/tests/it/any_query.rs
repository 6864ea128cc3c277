//! What holds of every query, whatever was typed. The fuzz target `query` runs the same check.

use std::ops::Range;
use std::sync::Arc;

use dixit::{Leaf, MatchMode, Node, ParseOptions, Parsed, Query, QueryLimits, Value, Vocabulary};

/// Reads a text as a query and as plain words, and fails where an answer breaks a promise.
pub(crate) fn check(text: &str, match_mode: MatchMode) {
    let limits = QueryLimits::default();
    // A Wednesday.
    let today = Some(jiff::civil::date(2026, 1, 14));
    let options = ParseOptions { match_mode, today, limits, ..ParseOptions::default() };
    answer(&Query::parse(text, &options), text, &limits);
    let own = ParseOptions { vocabulary: Arc::new(own_words(text)), ..options };
    for text in
        [text.to_owned(), format!("query:q -(query:r OR {text})"), format!("{text} query:q")]
    {
        answer(&Query::parse(&text, &own), &text, &limits);
    }
    let literal = Query::literal(text, match_mode, &limits);
    answer(&literal, text, &limits);
    for leaf in literal.query.root.leaves() {
        assert!(matches!(leaf, Leaf { field: None, value: Value::Words(_), .. }), "{leaf:?}");
    }
}

/// Words of the text as synonyms and names, and the text as a saved query.
fn own_words(text: &str) -> Vocabulary {
    let words: Vec<&str> = text.split_whitespace().take(6).collect();
    let mut own =
        Vocabulary::default().saved("q", text).saved("r", format!("query:q query:r {text}"));
    for pair in words.windows(2) {
        own = own.synonyms([pair[0], pair[1], "two words"]).person([pair.join(" "), "Ada".into()]);
    }
    own
}

fn answer(parsed: &Parsed, text: &str, limits: &QueryLimits) {
    let whole = |span: &Range<usize>| {
        assert!(span.start <= span.end && text.get(span.clone()).is_some(), "{span:?} in {text:?}");
    };
    parsed.notes.iter().for_each(|note| whole(&note.span));
    let root = &parsed.query.root;
    let leaves = root.leaves();
    leaves.iter().for_each(|leaf| whole(&leaf.span));
    assert!(leaves.len() <= limits.clauses && parsed.notes.len() <= 150, "{text:?}");
    if !root.is_nothing() {
        assert_eq!(normal(root, true, limits.depth), Ok(()), "{text:?}: {root:?}");
    }
    assert!(!parsed.query.describe().is_empty());
}

/// Whether a tree keeps the promises of [`Node`], in at most this many levels.
fn normal(node: &Node, not_allowed: bool, levels: usize) -> Result<(), &'static str> {
    let Some(below) = levels.checked_sub(1) else { return Err("too deep") };
    match node {
        Node::All => Ok(()),
        Node::Leaf(leaf) => match &leaf.value {
            Value::Prefix(stem) if stem.is_empty() && leaf.field.is_none() => Err("bare prefix"),
            Value::Prefix(stem) if stem.is_empty() => Ok(()),
            Value::Near(near) => {
                if near.sides.len() < 2 || near.sides.len() != near.within.len() + 1 {
                    return Err("near nothing");
                }
                if near.sides.iter().any(Vec::is_empty) {
                    return Err("an empty side");
                }
                if near.within.iter().any(|within| *within > 1_000) {
                    return Err("too far");
                }
                near.sides.iter().flatten().try_for_each(plain)
            }
            value => plain(value),
        },
        Node::Not(_) if !not_allowed => Err("not outside and"),
        Node::Not(node) => normal(node, false, below),
        Node::And(nodes) | Node::Or(nodes) if nodes.len() < 2 => Err("single child"),
        Node::And(nodes) if nodes.iter().any(|node| matches!(node, Node::And(_))) => {
            Err("and in and")
        }
        Node::And(nodes) if nodes.iter().all(|node| matches!(node, Node::Not(_))) => {
            Err("only negatives")
        }
        Node::And(nodes) => nodes.iter().try_for_each(|node| normal(node, true, below)),
        Node::Or(nodes) if nodes.iter().any(|node| matches!(node, Node::Or(_))) => Err("or in or"),
        Node::Or(nodes) => nodes.iter().try_for_each(|node| normal(node, false, below)),
    }
}

/// A value that has words.
fn plain(value: &Value) -> Result<(), &'static str> {
    let text = match value {
        Value::Words(text) | Value::Exact(text) | Value::Prefix(text) | Value::Pattern(text) => {
            text
        }
        Value::Fuzzy { word, edits: 1..=2 } => word,
        Value::Loose { text, slop: 1..=1_000 } => text,
        Value::Fuzzy { .. } | Value::Loose { .. } => return Err("too far"),
        Value::Near(_) => return Err("near in near"),
        Value::Dates(_) | Value::Kind(_) => return Ok(()),
    };
    // In scripts without spaces whatever stands in their blocks is a word: radicals, characters in a square, those
    // that Unicode has not named yet.
    let is_letter = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '\u{E01}'..='\u{EDF}' | '\u{1000}'..='\u{11FF}' | '\u{1780}'..='\u{17D3}'
                | '\u{2E80}'..='\u{2FD5}' | '\u{3005}'..='\u{4DBF}' | '\u{A960}'..='\u{A97F}'
                | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FFDC}'
                | '\u{1B000}'..='\u{1B16F}' | '\u{20000}'..='\u{3FFFD}')
    };
    if text.contains(is_letter) { Ok(()) } else { Err("no word") }
}

/// Inputs that were trouble once; the folder may hold none.
#[test]
fn what_fuzzing_found_stays_fixed() {
    let folder = std::path::Path::new("../../fuzz/regressions/query");
    for entry in folder.read_dir().into_iter().flatten() {
        let path = entry.unwrap().path();
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        check(&text, MatchMode::All);
        check(&text, MatchMode::Any);
    }
}
