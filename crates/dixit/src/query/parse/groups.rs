//! Groups: what stands between two parentheses, and the operators that wait for their right side.

use std::ops::Range;

use super::{Frame, Operator, Parser};
use crate::query::build::{Item, Role, conjunction, disjunction};
use crate::query::field::Name;
use crate::query::near::join;
use crate::query::note::NoteKind;
use crate::query::tree::Node;

impl Parser<'_> {
    pub(super) fn operator(&mut self, span: Range<usize>, operator: Operator) {
        if let Some((sign, _)) = std::mem::take(&mut self.pending).sign {
            self.dangling(sign);
        }
        // Of two operators in a row the first counts.
        if !self.frame.seen || self.frame.operator.is_some() {
            self.dangling(span);
            return;
        }
        self.frame.operator = Some((span, operator));
        if operator == Operator::Or {
            self.end_alternative();
            self.frame.seen = false;
        }
    }

    pub(super) fn dangling(&mut self, span: Range<usize>) {
        let operator = &self.text[span.clone()];
        let message = || format!("`{operator}` has nothing to work on and is left out");
        self.notes.add(NoteKind::DanglingOperator, span, message);
    }

    /// Drops the signs and operators that wait for something that does not come.
    pub(super) fn settle(&mut self) {
        let sign = std::mem::take(&mut self.pending).sign.map(|(span, _)| span);
        let operator = self.frame.operator.take().map(|(span, _)| span);
        for span in sign.into_iter().chain(operator) {
            self.dangling(span);
        }
    }

    pub(super) fn open(&mut self, span: Range<usize>) {
        if self.frames.len() >= self.allowed {
            self.ignored += 1;
            let message = || "parentheses this deep are read as if they were not there";
            self.notes.add(NoteKind::TooDeep, span, message);
            return;
        }
        let outer = std::mem::take(&mut self.pending);
        let scope = outer.name.as_ref().map(|(name, _)| *name).or(self.frame.scope);
        let inner = Frame { open: span, outer, scope, ..Frame::default() };
        self.frames.push(std::mem::replace(&mut self.frame, inner));
    }

    pub(super) fn closing(&mut self, span: Range<usize>) {
        self.settle();
        if self.ignored > 0 {
            self.ignored -= 1;
        } else if let Some(parent) = self.frames.pop() {
            self.close(parent, span.end);
        } else {
            let typed = &self.text[span.clone()];
            let message = || format!("`{typed}` closes nothing and is left out");
            self.notes.add(NoteKind::Stray, span, message);
        }
    }

    /// Ends the innermost group and makes it an operand of the one around it.
    pub(super) fn close(&mut self, parent: Frame, end: usize) {
        self.end_alternative();
        let mut group = std::mem::replace(&mut self.frame, parent);
        if !group.seen && group.alternatives.is_empty() {
            let start = group.outer.name.as_ref().map_or(group.open.start, |(_, at)| at.start);
            let message = || "there is nothing between the parentheses; they are left out";
            self.notes.add(NoteKind::EmptyGroup, start..end, message);
        }
        let name = group.outer.name.take();
        let item = disjunction(group.alternatives).map(|item| match name {
            Some((Name::Field(field), _)) if field.is_single_valued() => {
                Item { role: Role::Either(field), ..item }
            }
            // `since:(…)` keeps its own role.
            Some(_) if item.role == Role::Bare => Item { role: Role::Bind, ..item },
            _ => item,
        });
        self.pending = group.outer;
        self.operand(item);
    }

    /// Takes an operand, which may have been dropped with a note, with what waits for it.
    pub(super) fn operand(&mut self, item: Option<Item>) {
        let pending = std::mem::take(&mut self.pending);
        let operator = self.frame.operator.take();
        self.frame.seen = true;
        let item = match (pending.word, item) {
            (Some(word), Some(item)) => {
                Some(Item::new(Node::and(vec![word.node, item.node]), Role::Bare))
            }
            (word, item) => item.or(word),
        };
        let Some(item) = item else { return };
        let negated = pending.sign.as_ref().is_some_and(|(_, not)| *not);
        if let (true, Node::All, Some((at, _))) = (negated, &item.node, &pending.sign) {
            let message = || "this would leave out every statement; it is dropped";
            self.notes.add(NoteKind::DanglingOperator, at.clone(), message);
            return;
        }
        let item = Item { negated, ..item };
        let item = match operator {
            Some((span, Operator::Near(within))) => match self.near(item, within, span) {
                Some(item) => item,
                None => return,
            },
            Some((_, Operator::And)) => item,
            _ => {
                self.frame.run += 1;
                item
            }
        };
        self.frame.items.push(Item { run: self.frame.run, ..item });
    }

    /// Joins an operand to the one before; gives it back where the two cannot stand near.
    pub(super) fn near(&mut self, item: Item, within: u32, span: Range<usize>) -> Option<Item> {
        // What stood before may have been dropped, which was told.
        let Some(before) = self.frame.items.last_mut() else { return Some(item) };
        match join(&mut before.node, item, within) {
            Ok(()) => None,
            Err((item, why)) => {
                let operator = &self.text[span.clone()];
                let message = || format!("`{operator}` is read as `AND`: {why}");
                self.notes.add(NoteKind::NotNear, span, message);
                Some(item)
            }
        }
    }

    pub(super) fn end_alternative(&mut self) {
        let items = std::mem::take(&mut self.frame.items);
        let alternative = conjunction(items, self.options.match_mode, &mut self.notes);
        self.frame.alternatives.extend(alternative);
    }
}
