//! From the clauses of one pair of parentheses to a node.

use jiff::civil::Date;

use super::MatchMode;
use super::field::Field;
use super::note::{NoteKind, Notes};
use super::tree::{Leaf, Node, Value};

/// A clause, and how it behaves among its neighbours.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) node: Node,
    pub(super) negated: bool,
    pub(super) role: Role,
    /// Clauses joined by a written `AND` share their run.
    pub(super) run: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Words without a field: optional among themselves in [`MatchMode::Any`].
    Bare,
    /// Has to hold.
    Bind,
    /// Has to hold; several of the same field mean either.
    Either(Field),
    /// One end of the date; several mean their common days.
    Bound,
}

impl Item {
    pub(super) const fn new(node: Node, role: Role) -> Self {
        Self { node, negated: false, role, run: 0 }
    }

    /// The item as a condition of its own.
    fn alone(self) -> (Node, Role) {
        match (self.negated, self.node) {
            (false, node) => (node, self.role),
            (true, node) => (node.negate(), Role::Bind),
        }
    }
}

/// What is collected under one heading: nodes by run.
type Runs = Vec<(usize, Vec<Node>)>;

enum Slot {
    One(Node),
    Runs(Runs),
    Dates(Leaf),
}

fn push(runs: &mut Runs, run: usize, node: Node) {
    match runs.last_mut() {
        Some((last, nodes)) if *last == run => nodes.push(node),
        _ => runs.push((run, vec![node])),
    }
}

/// The clauses between two `OR`s. `None` when there are none.
pub(super) fn conjunction(
    mut items: Vec<Item>,
    mode: MatchMode,
    notes: &mut Notes,
) -> Option<Item> {
    close(&mut items);
    let single = items.len() == 1;
    let mut slots: Vec<Slot> = Vec::with_capacity(items.len());
    // Where each heading has its slot, so that the work stays linear.
    let mut of_field = [None; Field::ALL.len()];
    let (mut of_bare, mut of_bound) = (None, None);
    let mut role = Role::Bind;
    for item in items {
        let run = item.run;
        let (node, own) = item.alone();
        role = match own {
            _ if single => own,
            Role::Bare => Role::Bare,
            _ => role,
        };
        let heading = match own {
            Role::Either(field) => &mut of_field[field as usize],
            Role::Bare if mode == MatchMode::Any => &mut of_bare,
            Role::Bound => &mut of_bound,
            Role::Bare | Role::Bind => {
                slots.push(Slot::One(node));
                continue;
            }
        };
        match (heading.and_then(|at: usize| slots.get_mut(at)), own) {
            (Some(Slot::Runs(runs)), _) => push(runs, run, node),
            (Some(Slot::Dates(whole)), _) => {
                if let Some(apart) = intersect(whole, node, notes) {
                    slots.push(Slot::One(apart));
                }
            }
            (_, _) => {
                *heading = Some(slots.len());
                slots.push(match node {
                    Node::Leaf(leaf) if own == Role::Bound => Slot::Dates(leaf),
                    node if own == Role::Bound => Slot::One(node),
                    node => Slot::Runs(vec![(run, vec![node])]),
                });
            }
        }
    }
    if slots.is_empty() {
        return None;
    }
    let nodes = slots.into_iter().map(|slot| match slot {
        Slot::One(node) => node,
        Slot::Dates(leaf) => Node::Leaf(leaf),
        Slot::Runs(runs) => Node::or(runs.into_iter().map(|(_, nodes)| Node::and(nodes)).collect()),
    });
    Some(Item::new(Node::and(nodes.collect()), role))
}

/// `date:>=2021-03 date:<2021-05`: where either would be every day, their common days are meant.
fn close(items: &mut [Item]) {
    let is_date = |item: &Item| item.role == Role::Either(Field::Date) && !item.negated;
    let (mut from, mut to) = (None, None);
    for item in items.iter().filter(|item| is_date(item)) {
        let Node::Leaf(Leaf { value: Value::Dates(range), .. }) = &item.node else { return };
        if range.from.is_some() == range.to.is_some() {
            return;
        }
        from = from.max(range.from);
        to = earlier(to, range.to);
    }
    if from.zip(to).is_some_and(|(from, to)| from <= to) {
        items.iter_mut().filter(|item| is_date(item)).for_each(|item| item.role = Role::Bound);
    }
}

/// The earlier of two last days; `None` is the open end, which is later than every day.
fn earlier(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    a.into_iter().chain(b).min()
}

/// Narrows `whole` to the days that `node` allows as well; gives `node` back where it cannot.
fn intersect(whole: &mut Leaf, node: Node, notes: &mut Notes) -> Option<Node> {
    let Node::Leaf(leaf) = node else { return Some(node) };
    let (Value::Dates(kept), Value::Dates(more)) = (&mut whole.value, &leaf.value) else {
        return Some(Node::Leaf(leaf));
    };
    let from = kept.from.max(more.from);
    let to = earlier(kept.to, more.to);
    let span = whole.span.start.min(leaf.span.start)..whole.span.end.max(leaf.span.end);
    if let (Some(first), Some(last)) = (from, to)
        && first > last
    {
        let message = || format!("no day is both since {first} and until {last}");
        notes.add(NoteKind::ContradictoryDates, span, message);
        return Some(Node::Leaf(leaf));
    }
    (kept.from, kept.to) = (from, to);
    whole.span = span;
    None
}

/// The alternatives of one pair of parentheses. `None` when there are none.
pub(super) fn disjunction(mut alternatives: Vec<Item>) -> Option<Item> {
    let last = alternatives.pop()?;
    if alternatives.is_empty() {
        return Some(last);
    }
    alternatives.push(last);
    let bare = alternatives.iter().any(|item| item.role == Role::Bare);
    let nodes = alternatives.into_iter().map(|item| item.node).collect();
    Some(Item::new(Node::or(nodes), if bare { Role::Bare } else { Role::Bind }))
}
