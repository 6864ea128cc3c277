//! A tree, each word or name in it with what means the same.

use std::ops::Range;

use super::Vocabulary;
use crate::analysis::terms;
use crate::query::field::Field;
use crate::query::tree::{Leaf, Near, Node, Value};

/// Words of one form that are looked at. Longer phrases are no synonyms.
const LONGEST_FORM: usize = 8;

/// A tree with what means the same.
pub(in crate::query) struct Widened {
    pub(in crate::query) node: Node,
    /// There was more than there was room for.
    pub(in crate::query) is_cut: bool,
    /// Words of the list that are written so that no other can stand for them, and where.
    pub(in crate::query) passed: Vec<(String, Range<usize>)>,
}

pub(super) struct Widening<'v> {
    vocabulary: &'v Vocabulary,
    left: usize,
    is_cut: bool,
    passed: Vec<(String, Range<usize>)>,
}

impl<'v> Widening<'v> {
    pub(super) const fn of(vocabulary: &'v Vocabulary, most: usize) -> Self {
        Self { vocabulary, left: most, is_cut: false, passed: Vec::new() }
    }

    pub(super) fn widened(mut self, node: Node) -> Widened {
        let node = self.node(node);
        Widened { node, is_cut: self.is_cut, passed: self.passed }
    }

    fn node(&mut self, node: Node) -> Node {
        match node {
            Node::And(nodes) => Node::and(self.nodes(nodes, true)),
            Node::Or(nodes) => Node::or(self.nodes(nodes, false)),
            Node::Not(inner) => Node::Not(Box::new(self.node(*inner))),
            Node::Leaf(leaf) => self.single(leaf),
            Node::All => Node::All,
        }
    }

    /// Conditions side by side; rows of plain words among them may be one phrase of the list.
    fn nodes(&mut self, nodes: Vec<Node>, all: bool) -> Vec<Node> {
        let mut out = Vec::with_capacity(nodes.len());
        let mut row: Vec<Leaf> = Vec::new();
        for node in nodes {
            match node {
                Node::Leaf(leaf) if is_plain(&leaf) => {
                    if row.first().is_some_and(|first| first.field != leaf.field) {
                        self.row(std::mem::take(&mut row), all, &mut out);
                    }
                    row.push(leaf);
                }
                other => {
                    self.row(std::mem::take(&mut row), all, &mut out);
                    out.push(self.node(other));
                }
            }
        }
        self.row(row, all, &mut out);
        out
    }

    fn row(&mut self, row: Vec<Leaf>, all: bool, out: &mut Vec<Node>) {
        let words: Vec<Vec<String>> =
            row.iter().map(|leaf| leaf.value.text().map(terms).unwrap_or_default()).collect();
        let mut row = row.into_iter();
        let mut at = 0;
        while at < words.len() {
            let far = words.len().min(at + LONGEST_FORM);
            let ahead: Vec<String> = words[at..far].iter().flatten().cloned().collect();
            let form = self.vocabulary.form_at(&ahead, false);
            let taken = form.and_then(|(group, form)| {
                let wanted = self.vocabulary.groups[group].forms[form].terms.len();
                Some(((group, form), leaves_of(&words[at..far], wanted)?))
            });
            let Some((form, count)) = taken else {
                out.extend(row.next().map(Node::Leaf));
                at += 1;
                continue;
            };
            let leaves: Vec<Leaf> = row.by_ref().take(count).collect();
            at += count;
            let others = self.others(form, leaves.first(), leaves.last());
            let written = leaves.into_iter().map(Node::Leaf);
            if all {
                let mut either = vec![Node::and(written.collect())];
                either.extend(others);
                out.push(Node::or(either));
            } else {
                // Any of the words was asked for already.
                out.extend(written);
                out.extend(others);
            }
        }
    }

    /// A condition that stands alone.
    fn single(&mut self, leaf: Leaf) -> Node {
        if is_plain(&leaf) {
            let mut out = Vec::new();
            self.row(vec![leaf], true, &mut out);
            return Node::and(out);
        }
        if is_of_text(leaf.field) {
            match leaf.value {
                Value::Near(near) => {
                    let near = self.near(near, leaf.field, &leaf.span);
                    return Node::Leaf(Leaf { value: Value::Near(near), ..leaf });
                }
                Value::Fuzzy { ref word, .. } => self.pass(word, &leaf.span),
                _ => {}
            }
        }
        let name = match (&leaf.field, &leaf.value) {
            (Some(Field::Speaker), Value::Words(name) | Value::Exact(name)) => terms(name),
            _ => return Node::Leaf(leaf),
        };
        let whole = self.whole(&name, true);
        let Some(form) = whole.or_else(|| self.vocabulary.only_person(&name)) else {
            return Node::Leaf(leaf);
        };
        let mut either = self.others(form, Some(&leaf), None);
        either.insert(0, Node::Leaf(leaf));
        Node::or(either)
    }

    /// Each side of a chain with what means the same as a word of it.
    fn near(&mut self, mut near: Near, field: Option<Field>, span: &Range<usize>) -> Near {
        for side in &mut near.sides {
            let mut more = Vec::new();
            for value in &*side {
                match value {
                    Value::Fuzzy { word, .. } => self.pass(word, span),
                    Value::Words(word) => {
                        let Some(form) = self.whole(&terms(word), false) else { continue };
                        let leaf = Leaf { field, value: value.clone(), span: span.clone() };
                        more.extend(self.others(form, Some(&leaf), None));
                    }
                    _ => {}
                }
            }
            for node in more {
                if let Node::Leaf(Leaf { value, .. }) = node
                    && !side.contains(&value)
                {
                    side.push(value);
                }
            }
        }
        near
    }

    /// The form that these words are, all of them; of a person, or of what means the same.
    fn whole(&self, words: &[String], is_person: bool) -> Option<(usize, usize)> {
        self.vocabulary.form_at(words, is_person).filter(|&(group, form)| {
            self.vocabulary.groups[group].forms[form].terms.len() == words.len()
        })
    }

    /// Remembers a word that would have synonyms if it were written plainly.
    fn pass(&mut self, word: &str, span: &Range<usize>) {
        if self.whole(&terms(word), false).is_some() {
            self.passed.push((word.to_owned(), span.clone()));
        }
    }

    /// What means the same as the form that stands at these leaves.
    fn others(
        &mut self,
        (group, form): (usize, usize),
        first: Option<&Leaf>,
        last: Option<&Leaf>,
    ) -> Vec<Node> {
        let Some(first) = first else { return Vec::new() };
        let span: Range<usize> = first.span.start..last.unwrap_or(first).span.end;
        let forms = &self.vocabulary.groups[group].forms;
        let mut others = Vec::new();
        for (number, other) in forms.iter().enumerate() {
            if number == form {
                continue;
            }
            if self.left == 0 {
                self.is_cut = true;
                break;
            }
            self.left -= 1;
            let value = match other.terms.len() {
                1 => Value::Words(other.text.clone()),
                _ => Value::Exact(other.text.clone()),
            };
            others.push(Node::Leaf(Leaf { field: first.field, value, span: span.clone() }));
        }
        others
    }
}

/// How many leaves hold exactly so many terms.
fn leaves_of(words: &[Vec<String>], wanted: usize) -> Option<usize> {
    let mut terms = 0;
    let upto = words.iter().position(|words| {
        terms += words.len();
        terms >= wanted
    })?;
    (terms == wanted).then_some(upto + 1)
}

/// Whether a condition is a word without quotation marks that looks at what was said or what it is about.
fn is_plain(leaf: &Leaf) -> bool {
    is_of_text(leaf.field) && matches!(leaf.value, Value::Words(_))
}

const fn is_of_text(field: Option<Field>) -> bool {
    matches!(
        field,
        None | Some(Field::Title | Field::Text | Field::Said | Field::Topic | Field::Keyword)
    )
}
