//! A query read back in words.

use super::field::Field;
use super::tree::{Leaf, Near, Node, Value};

/// In words. Recursive: the height of a tree is bounded.
pub(super) fn describe(root: &Node) -> String {
    match root {
        Node::All => "all statements".into(),
        node if node.is_nothing() => "no statement".into(),
        Node::And(nodes) if matches!(nodes[..], [Node::All, ..]) => {
            format!("all statements, {}", conjunction(&nodes[1..]))
        }
        Node::And(nodes) => format!("statements {}", conjunction(nodes)),
        node => format!("statements {}", conjunction(std::slice::from_ref(node))),
    }
}

/// Where a condition stands in the sentence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Who,
    Words,
    Other,
    Mixed,
    Date,
}

const fn place(field: Option<Field>) -> Place {
    match field {
        None => Place::Words,
        Some(Field::Date) => Place::Date,
        Some(Field::Speaker | Field::Role | Field::Affiliation | Field::Party | Field::Country) => {
            Place::Who
        }
        Some(_) => Place::Other,
    }
}

/// Conditions on one field, which share their verb.
struct Group {
    field: Option<Field>,
    any: bool,
    values: Vec<String>,
}

impl Group {
    fn of(node: &Node) -> Option<Self> {
        let leaves = match node {
            Node::Leaf(_) => std::slice::from_ref(node),
            Node::Or(nodes) => nodes,
            _ => return None,
        };
        let mut group: Option<Self> = None;
        for leaf in leaves {
            let Node::Leaf(Leaf { field, value: of, .. }) = leaf else { return None };
            let any = matches!(of, Value::Prefix(stem) if stem.is_empty());
            let group = group.get_or_insert(Self { field: *field, any, values: Vec::new() });
            if group.field != *field || group.any != any {
                return None;
            }
            group.values.push(value(of));
        }
        group
    }

    fn words(&self, joined_by: &str) -> String {
        match self.field {
            Some(field) if self.any => format!("with any {field}"),
            field => {
                let values = list(&self.values, joined_by);
                // Alternatives need their parentheses only beside others.
                let only = (self.values.len() == 1).then_some(values.as_str());
                let bare = only.and_then(|v| v.strip_prefix('(')?.strip_suffix(')'));
                format!("{} {}", verb(field), bare.unwrap_or(&values))
            }
        }
    }
}

/// The conditions as they follow the word "statements".
fn conjunction(nodes: &[Node]) -> String {
    let mut groups: Vec<Group> = Vec::new();
    let mut parts: Vec<(Place, String)> = Vec::new();
    let mut without: Vec<String> = Vec::new();
    for node in nodes {
        match (node, Group::of(node)) {
            (Node::All, _) => {}
            (Node::Not(node), _) => without.push(phrase(node)),
            (_, Some(mut group)) => {
                if group.values.len() > 1 {
                    group.values = vec![format!("({})", list(&group.values, "or"))];
                }
                let kind = (group.field, group.any);
                match groups.iter_mut().find(|other| (other.field, other.any) == kind) {
                    Some(other) => other.values.append(&mut group.values),
                    None => groups.push(group),
                }
            }
            (node, None) => parts.push((Place::Mixed, phrase(node))),
        }
    }
    parts.extend(groups.iter().map(|group| (place(group.field), group.words("and"))));
    parts.sort_by_key(|(place, _)| *place);
    let mut text = String::new();
    for (place, part) in parts {
        let comma = place >= Place::Mixed && !text.is_empty();
        text.push_str(if comma { ", " } else { " " });
        text.push_str(&part);
    }
    for (at, part) in without.iter().enumerate() {
        let before = if at == 0 { "but none" } else { "nor any" };
        text.push_str(if text.is_empty() { "" } else { ", " });
        text.push_str(&format!("{before} {part}"));
    }
    text.trim_start().to_owned()
}

fn phrase(node: &Node) -> String {
    if let Some(group) = Group::of(node) {
        return group.words("or");
    }
    match node {
        Node::And(nodes) if matches!(nodes[..], [Node::All, ..]) => {
            format!("(all, {})", conjunction(&nodes[1..]))
        }
        Node::And(nodes) => format!("({})", conjunction(nodes)),
        Node::Or(nodes) => {
            let parts: Vec<String> = nodes.iter().map(phrase).collect();
            format!("either {}", list(&parts, "or"))
        }
        Node::Not(node) => format!("(all, but none {})", phrase(node)),
        Node::All | Node::Leaf(_) => "of any sort".into(),
    }
}

const fn verb(field: Option<Field>) -> &'static str {
    match field {
        None => "that contain",
        Some(Field::Speaker) => "by",
        Some(Field::Role) => "by someone in the role",
        Some(Field::Affiliation) => "by someone of",
        Some(Field::Party) => "by someone of the party",
        Some(Field::Country) => "by someone from",
        Some(Field::Date) => "dated",
        Some(Field::Topic) => "on the topic",
        Some(Field::Keyword) => "with the keyword",
        Some(Field::Reference) => "that cite",
        Some(Field::Title) => "with a title that contains",
        Some(Field::Text) => "with a text that contains",
        Some(Field::Said) => "in which was said",
        Some(Field::Language) => "in the language",
        Some(Field::Kind) => "of the kind",
        Some(Field::Event) => "at the event",
        Some(Field::Source) => "from the source",
        Some(Field::Id) => "with the id",
    }
}

fn value(value: &Value) -> String {
    match value {
        Value::Words(text) => format!("“{text}”"),
        Value::Exact(text) => format!("“{text}” (exactly)"),
        Value::Prefix(stem) if stem.is_empty() => "anything".into(),
        Value::Prefix(stem) => format!("words starting with “{stem}”"),
        Value::Fuzzy { word, edits: 1 } => format!("words one letter away from “{word}”"),
        Value::Fuzzy { word, edits } => format!("words up to {edits} letters away from “{word}”"),
        Value::Pattern(pattern) => format!("words like “{pattern}”"),
        Value::Loose { text, slop } => format!("“{text}” (out of place by up to {slop})"),
        Value::Near(near) => near_words(near),
        Value::Dates(range) => match (range.from, range.to) {
            (None, None) => "on any day".into(),
            (Some(from), None) => format!("{from} or later"),
            (None, Some(to)) => format!("{to} or earlier"),
            (Some(from), Some(to)) if from == to => from.to_string(),
            _ => range.to_string(),
        },
        Value::Kind(kind) => kind.to_string(),
    }
}

/// `“a” within 5 words of “b” or “c”, that within 3 words of “d”`.
fn near_words(near: &Near) -> String {
    let side = |side: &Vec<Value>| {
        let values: Vec<String> = side.iter().map(value).collect();
        list(&values, "or")
    };
    let mut sides = near.sides.iter();
    let mut text = sides.next().map(side).unwrap_or_default();
    for (at, (next, within)) in sides.zip(&near.within).enumerate() {
        let chained = if at == 0 { "" } else { ", and that" };
        let words = match within {
            0 => " right beside ".to_owned(),
            1 => " with at most 1 word between it and ".to_owned(),
            within => format!(" with at most {within} words between it and "),
        };
        text += &format!("{chained}{words}{}", side(next));
    }
    format!("({text})")
}

fn list(parts: &[String], word: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}
