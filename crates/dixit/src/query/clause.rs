//! From one word or phrase to a condition.

use std::ops::Range;

use super::build::{Item, Role};
use super::countries;
use super::field::{Field, Name, nearest};
use super::note::{NoteKind, shown};
use super::parse::{Parser, Target};
use super::syntax::{folded, is_colon};
use super::tree::{Leaf, Node, Value};
use crate::analysis::is_letter;
use crate::date::DateRange;
use crate::statement::Kind;

/// The engine has words of letters and digits only, those of `㍿` among them: anything else would match nothing.
pub(super) fn has_word(text: &str) -> bool {
    text.contains(|c: char| c.is_alphanumeric() || is_letter(c))
}

/// Whether this would be a field's name if there were such a field.
pub(super) fn is_unknown(name: &str) -> bool {
    !name.is_empty() && name.chars().all(char::is_alphabetic) && Name::read(name).is_none()
}

impl Parser<'_> {
    /// A run of characters. `None`: dropped, with a note.
    pub(super) fn word(&mut self, target: Target, raw: &str) -> Option<Item> {
        let text = folded(raw);
        if !text.is_empty() && text.chars().all(|c| c == '*') && target.name != Some(Name::Query) {
            return Some(self.any_value(target));
        }
        match target.name {
            Some(Name::Query) => return self.saved(&text, &target),
            Some(Name::Field(Field::Kind)) => return self.kind(&text, target),
            Some(name) if name.field() == Some(Field::Date) => {
                return self.dates(name, &text, target);
            }
            _ => {}
        }
        if (target.name.is_none() || target.scoped)
            && let Some((before, after)) = text.split_once(is_colon)
            && has_word(after)
            && !after.starts_with("//")
            && is_unknown(before)
            // A wide colon after a word of another script is punctuation.
            && (before.is_ascii() || text[before.len()..].starts_with(':'))
        {
            let length = raw.find(is_colon).unwrap_or(raw.len());
            self.unknown(before, target.span.start..target.span.start + length);
        }
        let text = match target.name {
            None => self.without_sign(&text, &target),
            Some(_) => {
                self.listed(&text, &target);
                &text
            }
        };
        let mut value = self.spelled(text, &target)?;
        if Self::is_language(&target)
            && let Value::Words(tag) = &value
            && has_word(tag)
        {
            value = Value::Words(self.language(tag, &target));
        }
        if !value.text().is_some_and(has_word) {
            let message = || format!("`{}` has no letter or digit and is left out", shown(raw));
            self.notes.add(NoteKind::Stray, target.span, message);
            return None;
        }
        Some(self.leaf(target, value))
    }

    /// Quoted text. `None`: dropped, with a note.
    pub(super) fn phrase(
        &mut self,
        target: Target,
        raw: &str,
        suffix: Range<usize>,
    ) -> Option<Item> {
        let text = folded(raw);
        if !has_word(&text) {
            let message = || "there is no word between the quotation marks; they are left out";
            self.notes.add(NoteKind::EmptyPhrase, target.span, message);
            return None;
        }
        let slop = self.slop(suffix, &target);
        match target.name {
            Some(Name::Query) => self.saved(&text, &target),
            Some(Name::Field(Field::Kind)) => self.kind(&text, target),
            Some(name) if name.field() == Some(Field::Date) => self.dates(name, &text, target),
            _ if Self::is_language(&target) => {
                let value = Value::Exact(self.language(&text, &target));
                Some(self.leaf(target, value))
            }
            _ => {
                self.marks_within(&text, &target);
                let value = match slop {
                    Some(slop) if slop > 0 && self.is_short(&text, &target.span) => {
                        Value::Loose { text, slop }
                    }
                    _ => Value::Exact(text),
                };
                Some(self.leaf(target, value))
            }
        }
    }

    fn leaf(&mut self, target: Target, value: Value) -> Item {
        self.count();
        let role = self.role(&target);
        let field = target.field();
        let english = match field {
            Some(Field::Country) if self.clauses < self.options.limits.clauses => {
                countries::english(&value)
            }
            _ => None,
        };
        let span = target.span;
        let leaf = |value| Node::Leaf(Leaf { field, value, span: span.clone() });
        let Some(english) = english else { return Item::new(leaf(value), role) };
        self.count();
        Item::new(Node::or(vec![leaf(value), leaf(Value::Exact(english.to_owned()))]), role)
    }

    fn any_value(&mut self, target: Target) -> Item {
        match target.field() {
            None => {
                self.count();
                Item::new(Node::All, Role::Bare)
            }
            // Every statement is of some kind.
            Some(Field::Kind) => {
                self.count();
                Item::new(Node::All, Role::Bind)
            }
            Some(Field::Date) => self.leaf(target, Value::Dates(DateRange::default())),
            Some(_) => self.leaf(target, Value::Prefix(String::new())),
        }
    }

    fn kind(&mut self, text: &str, target: Target) -> Option<Item> {
        let plural = text.strip_suffix(['s', 'S']);
        let plurals = plural.and_then(|one| one.strip_suffix(['e', 'E']));
        let found = [Some(text), plural, plurals].into_iter().flatten();
        if let Some(kind) = found.filter_map(|one| one.parse::<Kind>().ok()).next() {
            return Some(self.leaf(target, Value::Kind(kind)));
        }
        let kinds = Kind::ALL.map(Kind::as_str);
        let before = if target.scoped { "" } else { "kind:" };
        let message = || {
            format!(
                "`{}` is not a kind of statement and is left out; the kinds are {}",
                shown(text),
                kinds.join(", ")
            )
        };
        let meant = || nearest(text, kinds).map(|kind| format!("{before}{kind}"));
        self.notes.suggest(NoteKind::BadKind, target.span, || (message(), meant()));
        None
    }

    pub(super) fn unknown(&mut self, name: &str, span: Range<usize>) {
        let suggestion = || Name::nearest(name).map(str::to_owned);
        let message = || format!("there is no field `{}`; it is searched as a word", shown(name));
        self.notes.suggest(NoteKind::UnknownField, span, || (message(), suggestion()));
    }
}
