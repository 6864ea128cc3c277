//! `query:name`: a saved query in the place of its name.

use std::ops::Range;
use std::sync::Arc;

use super::build::{Item, Role};
use super::note::{Note, NoteKind, shown};
use super::parse::{Parser, Target, parse_within};
use super::tree::Node;
use super::{MatchMode, ParseOptions, QueryLimits};

/// Saved queries inside one another. Four are more than anyone keeps in mind, and few enough to be read
/// by recursion.
const DEEPEST: usize = 4;

impl Parser<'_> {
    /// What the saved query of this name asks for. `None`: dropped, with a note.
    pub(super) fn saved(&mut self, name: &str, target: &Target) -> Option<Item> {
        let span = target.span.clone();
        let vocabulary = Arc::clone(&self.options.vocabulary);
        let Some(text) = vocabulary.query(name) else {
            let before = if target.scoped { "" } else { "query:" };
            let meant = || vocabulary.nearest_query(name).map(|name| format!("{before}{name}"));
            let message = || format!("there is no saved query `{}`; it is left out", shown(name));
            self.notes.suggest(NoteKind::SavedQuery, span, || (message(), meant()));
            return None;
        };
        let name = name.trim().to_lowercase();
        if self.inside.contains(&name) || self.inside.len() >= DEEPEST {
            let message =
                || format!("the saved query `{}` stands within itself, or too deep", shown(&name));
            self.notes.add(NoteKind::SavedQuery, span, message);
            return None;
        }
        let limits = self.options.limits;
        let left = limits.clauses.saturating_sub(self.clauses);
        let options = ParseOptions {
            // It means the same wherever it stands.
            match_mode: MatchMode::All,
            limits: QueryLimits { depth: limits.bounded_depth() / 2, clauses: left, ..limits },
            ..self.options.clone()
        };
        let mut inside = self.inside.clone();
        inside.push(name.clone());
        let parsed = parse_within(text, &options, &inside);
        for note in parsed.notes {
            self.notes.add(NoteKind::SavedQuery, span.clone(), || of_saved(&name, &note));
        }
        let mut root = parsed.query.root;
        if root.is_nothing() {
            return None;
        }
        self.clauses += root.leaves().len().max(1);
        place(&mut root, &span);
        Some(Item::new(root, Role::Bind))
    }
}

fn of_saved(name: &str, note: &Note) -> String {
    format!("in the saved query `{}`: {note}", shown(name))
}

/// Sets the place of all conditions: where the name of the query stands. Recursive: the tree is bounded.
fn place(node: &mut Node, span: &Range<usize>) {
    match node {
        Node::All => {}
        Node::And(nodes) | Node::Or(nodes) => {
            for node in nodes {
                place(node, span);
            }
        }
        Node::Not(node) => place(node, span),
        Node::Leaf(leaf) => leaf.span = span.clone(),
    }
}
