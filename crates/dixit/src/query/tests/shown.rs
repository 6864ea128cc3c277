//! Trees and notes in short, for tables of queries; the tests of the library's outside use it too.

use super::{Node, Note, Value};

/// A tree as an s-expression: `a` words, `"a"` exact, `a*` prefix, `a~1` fuzzy, `/a?b/` pattern,
/// `"a b"~1` loose, `{a|b 5 c}` near, `date=…`, `(and …)`.
pub(crate) fn tree(node: &Node) -> String {
    let many = |name: &str, nodes: &[Node]| {
        let inner: Vec<String> = nodes.iter().map(tree).collect();
        format!("({name} {})", inner.join(" "))
    };
    match node {
        Node::All => "*".into(),
        node if node.is_nothing() => "nothing".into(),
        Node::And(nodes) => many("and", nodes),
        Node::Or(nodes) => many("or", nodes),
        Node::Not(node) => format!("(not {})", tree(node)),
        Node::Leaf(leaf) => {
            let value = value(&leaf.value);
            leaf.field.map_or(value.clone(), |field| format!("{field}={value}"))
        }
    }
}

fn value(value: &Value) -> String {
    match value {
        Value::Words(text) if text.contains(' ') => format!("[{text}]"),
        Value::Words(text) => text.clone(),
        Value::Exact(text) => format!("{text:?}"),
        Value::Prefix(stem) => format!("{stem}*"),
        Value::Fuzzy { word, edits } => format!("{word}~{edits}"),
        Value::Pattern(pattern) => format!("/{pattern}/"),
        Value::Loose { text, slop } => format!("{text:?}~{slop}"),
        Value::Near(near) => {
            let side = |side: &Vec<Value>| side.iter().map(self::value).collect::<Vec<_>>();
            let sides = near.sides.iter().map(|values| side(values).join("|"));
            let within = near.within.iter().map(|n| format!(" {n} ")).chain([String::new()]);
            let chain: String = sides.zip(within).map(|(side, n)| side + &n).collect();
            format!("{{{chain}}}")
        }
        Value::Dates(range) => range.to_string(),
        Value::Kind(kind) => format!("<{kind}>"),
    }
}

/// Notes as `kind@start-end`, with the suggestion where there is one.
pub(crate) fn notes(notes: &[Note]) -> String {
    let each = notes.iter().map(|note| {
        let kind = serde_json::to_string(&note.kind).unwrap();
        let suggestion = note.suggestion.as_ref().map_or(String::new(), |s| format!(" -> {s}"));
        format!("{}@{}-{}{suggestion}", kind.trim_matches('"'), note.span.start, note.span.end)
    });
    each.collect::<Vec<_>>().join("; ")
}
