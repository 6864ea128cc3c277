//! How a word is spelled: `word*`, `w?rd`, `wo*d`, `word~1`.

use std::borrow::Cow;
use std::ops::Range;

use super::clause::has_word;
use super::field::Field;
use super::note::{NoteKind, shown};
use super::parse::{Parser, Target};
use super::syntax::{is_tilde, number};
use super::tree::Value;
use crate::analysis::is_unspaced;

/// The farthest that a word may be from the one meant: with three edits anything is near.
const MOST_EDITS: u32 = 2;

impl Parser<'_> {
    /// What a run of characters looks for. `None`: there is nothing in it.
    pub(super) fn spelled(&mut self, text: &str, target: &Target) -> Option<Value> {
        let text = self.without_weight(text, &target.span)?;
        let (word, suffix) = match text.rfind(is_tilde) {
            Some(at) => text.split_at(at),
            None => (text, ""),
        };
        let digits = suffix.trim_start_matches(is_tilde);
        let edits = match (suffix, digits) {
            ("", _) => None,
            (_, "") => Some(1),
            (_, digits) => number(digits),
        };
        let field = target.field();
        match edits {
            _ if suffix.is_empty() => Some(self.wildcard(text, &target.span)),
            Some(edits)
                if has_word(word) && !matches!(field, Some(Field::Language | Field::Id)) =>
            {
                Some(self.fuzzy(word, edits, &target.span))
            }
            // Older engines had `word~0.8`.
            _ if has_word(word) && (edits.is_some() || is_fraction(digits)) => {
                let message = || format!("`{suffix}` is not understood here and is left out");
                self.notes.add(NoteKind::Unsupported, target.span.clone(), message);
                Some(self.wildcard(word, &target.span))
            }
            // A stroke like any other: `~user/notes`.
            _ => Some(self.wildcard(text, &target.span)),
        }
    }

    /// Other engines write `word^2` for weight.
    fn without_weight<'t>(&mut self, text: &'t str, span: &Range<usize>) -> Option<&'t str> {
        let Some(at) = text.rfind('^') else { return Some(text) };
        let (word, suffix) = text.split_at(at);
        if suffix.len() > 5 || !suffix[1..].bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return Some(text);
        }
        let message = || format!("`{suffix}` is not understood here and is left out");
        self.notes.add(NoteKind::Unsupported, span.clone(), message);
        (!word.is_empty()).then_some(word)
    }

    fn fuzzy(&mut self, word: &str, typed: u32, span: &Range<usize>) -> Value {
        let plain = || word.trim_end_matches(is_star).to_owned();
        if word.contains(is_star) {
            let message = || "a word has `*` or `~`, not both; `~` is left out";
            self.notes.add(NoteKind::Unsupported, span.clone(), message);
            return self.wildcard(word, span);
        }
        if word.chars().any(is_unspaced_letter) {
            let message = || "near spellings are for scripts that part words by spaces; it is searched as written";
            self.notes.add(NoteKind::Unsupported, span.clone(), message);
            return Value::Words(plain());
        }
        if typed == 0 {
            return Value::Exact(plain());
        }
        let edits = self.at_most(typed, MOST_EDITS, span);
        // With as many edits as letters, every word of that length is near.
        let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
        let sensible = edits.min(u32::try_from(letters.saturating_sub(1)).unwrap_or(u32::MAX));
        if sensible < edits {
            let message = || match sensible {
                0 => format!(
                    "`{}` is too short to be misspelled; it is searched as a word",
                    shown(word)
                ),
                _ => format!(
                    "`{}` is too short for that many edits; {sensible} is taken",
                    shown(word)
                ),
            };
            self.notes.add(NoteKind::Distance, span.clone(), message);
        }
        match u8::try_from(sensible) {
            Ok(edits) if edits > 0 => Value::Fuzzy { word: plain(), edits },
            _ => Value::Words(plain()),
        }
    }

    fn wildcard(&mut self, text: &str, span: &Range<usize>) -> Value {
        let text = match text.contains('＊') {
            true => Cow::Owned(text.replace('＊', "*")),
            false => Cow::Borrowed(text),
        };
        if let Some(pattern) = pattern(&text) {
            return Value::Pattern(pattern);
        }
        let stem = text.trim_end_matches('*');
        if stem.contains('*') {
            let message = || {
                format!(
                    "`*` is understood within and at the end of a word of letters alone; `{}` is \
                     searched without",
                    shown(&text)
                )
            };
            self.notes.add(NoteKind::Wildcard, span.clone(), message);
            return Value::Words(stem.replace('*', " ").trim().to_owned());
        }
        if stem.len() == text.len() {
            return Value::Words(text.into_owned());
        }
        // One letter starts too many words; one ideograph is a word.
        let mut chars = stem.chars();
        let short =
            chars.next().is_some_and(|c| c.is_lowercase() || c.is_uppercase() || c.is_numeric())
                && chars.next().is_none();
        if short {
            let message =
                || format!("`*` needs two letters before it; `{stem}` is searched as a word");
            self.notes.add(NoteKind::Wildcard, span.clone(), message);
            return Value::Words(stem.to_owned());
        }
        Value::Prefix(stem.to_owned())
    }
}

fn is_fraction(digits: &str) -> bool {
    digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

pub(super) const fn is_star(c: char) -> bool {
    matches!(c, '*' | '＊')
}

fn is_unspaced_letter(c: char) -> bool {
    !c.is_ascii() && is_unspaced(c.encode_utf8(&mut [0; 4]))
}

/// A word of letters with `?` or `*` between them. A question mark behind a word, one in an address
/// and one between ideographs are what they look like.
fn pattern(text: &str) -> Option<String> {
    let is_mark = |c: char| matches!(c, '*' | '?');
    // What stands behind: a star goes on, a question mark is the reader's.
    let (inner, stars) = match text.ends_with('*') {
        true => (text.trim_end_matches('*'), "*"),
        false => (text.trim_end_matches('?'), ""),
    };
    if !inner.contains(is_mark) || inner.starts_with(is_mark) {
        return None;
    }
    let is_spelled = |c: char| is_mark(c) || c.is_alphanumeric() && !is_unspaced_letter(c);
    if !inner.chars().all(is_spelled) {
        return None;
    }
    let mut pattern = String::with_capacity(text.len());
    for c in inner.chars().chain(stars.chars()) {
        // `**` is `*`.
        if c != '*' || !pattern.ends_with('*') {
            pattern.push(c);
        }
    }
    Some(pattern)
}
