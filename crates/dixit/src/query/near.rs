//! `a NEAR/5 b`: from two operands to one, and how far apart words may be.

use std::ops::Range;

use super::build::Item;
use super::field::Field;
use super::note::{NoteKind, shown};
use super::parse::{Parser, Target};
use super::syntax::{is_invisible, is_stroke, is_tilde, number};
use super::tree::{Leaf, Near, Node, Value};

/// `NEAR` without a number, and `"two words"~`: about a sentence.
const DEFAULT: u32 = 10;

/// The farthest that words may be apart: farther is not near, and `AND` finds it.
pub(crate) const FARTHEST: u32 = 1_000;

/// Words of a phrase with slop. Each is looked for at every place within reach; 32 are more than
/// anyone remembers out of order.
const LOOSE_WORDS: usize = 32;

/// Sides of one chain. Each is looked for in every statement that has all of them; eight are more
/// than a reader can follow.
const LONGEST_CHAIN: usize = 8;

/// Joins `item` to what stands before it; gives it back where it cannot, and says why.
pub(super) fn join(before: &mut Node, item: Item, within: u32) -> Result<(), (Item, &'static str)> {
    let fields = match (item.negated, field_of(before), field_of(&item.node)) {
        (true, ..) => Err("what is left out is near nothing"),
        (_, Err(why), _) | (_, _, Err(why)) => Err(why),
        (_, Ok(left), Ok(right)) if left != right => Err(SAME_FIELD),
        _ if sides(before) + sides(&item.node) > LONGEST_CHAIN => Err(TOO_LONG),
        (_, Ok(field), _) => Ok(field),
    };
    let field = match fields {
        Ok(field) => field,
        Err(why) => return Err((item, why)),
    };
    let (mut near, left) = into_chain(std::mem::replace(before, Node::All));
    let (more, right) = into_chain(item.node);
    near.within.push(within);
    near.within.extend(more.within);
    near.sides.extend(more.sides);
    *before = Node::Leaf(Leaf { field, value: Value::Near(near), span: around(left, &right) });
    Ok(())
}

const SAME_FIELD: &str = "both sides have to be in the same field";
const SIDES: &str = "each side is a word, a phrase, or several of them with `OR`";

const TOO_LONG: &str = "no chain has more than eight sides";

fn sides(node: &Node) -> usize {
    match node {
        Node::Leaf(Leaf { value: Value::Near(near), .. }) => near.sides.len(),
        _ => 1,
    }
}

/// The leaves of what may be one side, or a chain already.
fn leaves(node: &Node) -> &[Node] {
    match node {
        Node::Or(nodes) => nodes,
        node => std::slice::from_ref(node),
    }
}

/// The field of a node that can stand near something.
fn field_of(node: &Node) -> Result<Option<Field>, &'static str> {
    let leaves = leaves(node);
    let mut field = None;
    for node in leaves {
        let Node::Leaf(leaf) = node else { return Err(SIDES) };
        match &leaf.value {
            // A chain goes on; as one of several it would have no beginning and no end.
            Value::Near(_) if leaves.len() > 1 => return Err(SIDES),
            Value::Near(_) => {}
            value => {
                let is_named = !matches!(leaf.field, Some(Field::Language | Field::Id));
                if !is_named || value.text().is_none_or(str::is_empty) {
                    return Err("only words and phrases stand near one another");
                }
            }
        }
        if *field.get_or_insert(leaf.field) != leaf.field {
            return Err(SAME_FIELD);
        }
    }
    field.ok_or(SIDES)
}

/// A node that [`field_of`] lets through, as sides and bytes of the query.
fn into_chain(node: Node) -> (Near, Range<usize>) {
    let nodes = match node {
        Node::Leaf(Leaf { value: Value::Near(near), span, .. }) => return (near, span),
        Node::Or(nodes) => nodes,
        node => vec![node],
    };
    let mut side = Vec::with_capacity(nodes.len());
    let mut whole: Option<Range<usize>> = None;
    for node in nodes {
        if let Node::Leaf(Leaf { value, span, .. }) = node {
            whole = Some(whole.map_or(span.clone(), |whole| around(whole, &span)));
            side.push(value);
        }
    }
    (Near { sides: vec![side], within: Vec::new() }, whole.unwrap_or_default())
}

fn around(a: Range<usize>, b: &Range<usize>) -> Range<usize> {
    a.start.min(b.start)..a.end.max(b.end)
}

impl Parser<'_> {
    /// What `NEAR/5` says.
    pub(super) fn near_distance(&mut self, span: &Range<usize>) -> u32 {
        let typed = &self.text[span.clone()];
        let Some((_, after)) = typed.split_once(is_stroke) else { return DEFAULT };
        match number(after) {
            Some(within) => self.at_most(within, FARTHEST, span),
            None => {
                let message =
                    || format!("`NEAR/` wants a number after it; it is read as `NEAR/{DEFAULT}`");
                self.notes.add(NoteKind::Unsupported, span.clone(), message);
                DEFAULT
            }
        }
    }

    /// What the `~5` after a phrase says; `None` where there is none, or none that is understood.
    pub(super) fn slop(&mut self, suffix: Range<usize>, target: &Target) -> Option<u32> {
        let typed = self.text.get(suffix.clone()).filter(|typed| !typed.is_empty())?;
        let digits = typed.trim_start_matches(|c| is_tilde(c) || is_invisible(c));
        let slop = if digits.is_empty() { Some(DEFAULT) } else { number(digits) };
        let field = target.field();
        let is_loose =
            !matches!(field, Some(Field::Date | Field::Kind | Field::Language | Field::Id));
        match slop {
            Some(slop) if is_loose => Some(self.at_most(slop, FARTHEST, &suffix)),
            _ => {
                let message =
                    || format!("`{}` is not understood here and is left out", shown(typed));
                self.notes.add(NoteKind::Unsupported, suffix, message);
                None
            }
        }
    }

    /// Whether a phrase is short enough for slop; tells where it is not.
    pub(super) fn is_short(&mut self, text: &str, span: &Range<usize>) -> bool {
        let is_short = text.split(' ').count() <= LOOSE_WORDS;
        if !is_short {
            let message = || {
                format!(
                    "only phrases of up to {LOOSE_WORDS} words are searched loosely; this is taken as written"
                )
            };
            self.notes.add(NoteKind::Distance, span.clone(), message);
        }
        is_short
    }

    pub(super) fn at_most(&mut self, typed: u32, most: u32, span: &Range<usize>) -> u32 {
        if typed > most {
            let message =
                || format!("{most} is the greatest distance that is searched, and is taken");
            self.notes.add(NoteKind::Distance, span.clone(), message);
        }
        typed.min(most)
    }
}
