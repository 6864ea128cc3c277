//! Queries and what is made of them.

mod hostile;
mod shown;
mod table;

use super::*;
use shown::{notes, tree};

fn options(match_mode: MatchMode) -> ParseOptions {
    // A Wednesday.
    let today = Some(jiff::civil::date(2026, 1, 14));
    ParseOptions { match_mode, today, ..ParseOptions::default() }
}

fn read(text: &str, mode: MatchMode) -> (String, String) {
    let parsed = Query::parse(text, &options(mode));
    (tree(&parsed.query.root), notes(&parsed.notes))
}

/// What every answer of the parser has to be, whatever came in.
fn check(text: &str, options: &ParseOptions) -> Parsed {
    let parsed = Query::parse(text, options);
    let whole = |span: &std::ops::Range<usize>| {
        assert!(span.start <= span.end && text.get(span.clone()).is_some(), "{span:?} in {text:?}");
    };
    parsed.notes.iter().for_each(|note| whole(&note.span));
    let root = &parsed.query.root;
    root.leaves().iter().for_each(|leaf| whole(&leaf.span));
    assert!(root.leaves().len() <= options.limits.clauses);
    assert!(root.height() <= options.limits.bounded_depth());
    assert!(parsed.notes.len() <= 150);
    if !root.is_nothing() {
        assert_eq!(normal(root, true), Ok(()), "{text:?}: {}", tree(root));
    }
    let again = Query::parse(text, options);
    assert_eq!(parsed, again);
    let _ = parsed.query.describe();
    parsed
}

/// Whether a tree keeps the promises of [`Node`].
fn normal(node: &Node, not_allowed: bool) -> Result<(), &'static str> {
    match node {
        Node::All => Ok(()),
        Node::Leaf(Leaf { value, field, .. }) => match value {
            Value::Prefix(stem) if stem.is_empty() && field.is_some() => Ok(()),
            Value::Near(near) if near.sides.len() < 2 => Err("near nothing"),
            Value::Near(near) if near.sides.len() != near.within.len() + 1 => Err("no distance"),
            Value::Near(near) if near.sides.iter().any(Vec::is_empty) => Err("an empty side"),
            Value::Near(near) => {
                let all = near.sides.iter().flatten();
                match all.map(|value| value.text()).all(|text| text.is_some_and(clause::has_word)) {
                    true => Ok(()),
                    false => Err("no word in a side"),
                }
            }
            value if value.text().is_some_and(|text| !clause::has_word(text)) => Err("no word"),
            _ => Ok(()),
        },
        Node::Not(_) if !not_allowed => Err("not outside and"),
        Node::Not(node) => normal(node, false),
        Node::And(nodes) | Node::Or(nodes) if nodes.len() < 2 => Err("single child"),
        Node::And(nodes) => {
            if nodes.iter().any(|n| matches!(n, Node::And(_))) {
                return Err("and in and");
            }
            if nodes.iter().all(|n| matches!(n, Node::Not(_))) {
                return Err("only negatives");
            }
            nodes.iter().try_for_each(|node| normal(node, true))
        }
        Node::Or(nodes) if nodes.iter().any(|n| matches!(n, Node::Or(_))) => Err("or in or"),
        Node::Or(nodes) => nodes.iter().try_for_each(|node| normal(node, false)),
    }
}
