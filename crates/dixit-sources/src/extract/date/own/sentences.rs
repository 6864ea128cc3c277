//! The first sentences of a text.

use std::ops::Range;

use super::super::super::tokens::{Class, Gap};
use super::{OPENING_SENTENCES, Opening};

impl Opening<'_> {
    pub(super) fn find_sentences(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut start = 0;
        for at in 0..self.tokens.len() {
            if found.len() >= OPENING_SENTENCES {
                break;
            }
            let last = at + 1 == self.tokens.len();
            if !(last || self.ends_sentence(at)) {
                continue;
            }
            let sentence = start..at + 1;
            start = at + 1;
            let words = self.tokens[sentence.clone()]
                .iter()
                .filter(|token| matches!(token.class, Class::Word | Class::Cjk))
                .count();
            if words >= 6 {
                found.push(sentence);
            }
        }
        found
    }

    /// A full stop before a capital, an empty line, or the end of a line too short to be wrapped.
    fn ends_sentence(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let Some(next) = self.tokens.get(at + 1) else { return true };
        if next.gap == Gap::Blank || matches!(token.text, "。" | "！" | "？") {
            return true;
        }
        if next.gap == Gap::Line && !next.text.starts_with(char::is_lowercase) {
            let line = self.lines.partition_point(|line| line.end <= at);
            let short = self.lines.get(line).is_some_and(|line| self.width(line) < 50);
            if short || matches!(token.text, "." | "!" | "?" | ":" | "”" | "\"") {
                return true;
            }
        }
        let short_word = at > 0
            && self.tokens[at - 1].text.chars().count() <= 3
            && token.gap == Gap::None
            && self.tokens[at - 1].is_capitalised();
        matches!(token.text, "." | "!" | "?")
            && !short_word
            && next.gap >= Gap::Space
            && next.class == Class::Word
            && next.is_capitalised()
            && !(at > 0 && self.tokens[at - 1].class == Class::Number)
    }

    pub(super) fn width(&self, line: &Range<usize>) -> usize {
        match (self.tokens.get(line.start), self.tokens.get(line.end.wrapping_sub(1))) {
            (Some(first), Some(last)) => last.end() - first.start,
            _ => 0,
        }
    }
}
