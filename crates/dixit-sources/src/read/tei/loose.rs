//! Words of a text in TEI that stand in no utterance: title pages, appendices, bare paragraphs.

use crate::read::markup::{Text, TextBuilder};

/// Elements that are a stretch of text each.
const PARTS: [&str; 16] = [
    "p",
    "ab",
    "l",
    "lg",
    "item",
    "head",
    "titlePart",
    "docTitle",
    "byline",
    "docDate",
    "opener",
    "closer",
    "signed",
    "div",
    "cell",
    "u",
];

/// So much of the first is shown.
const SHOWN_BYTES: usize = 80;

/// What is left out of a file: how many stretches of text, and how the first begins.
#[derive(Default)]
pub(super) struct Loose {
    count: u64,
    first: TextBuilder,
    start: Option<u64>,
    is_open: bool,
}

impl Loose {
    /// An element begins or ends here.
    pub(super) fn part(&mut self, name: &str) {
        if PARTS.contains(&name) {
            self.is_open = false;
        }
    }

    pub(super) fn text(&mut self, text: &Text<'_>) {
        let is_words = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
        if !text.raw.iter().any(is_words) {
            return;
        }
        if !std::mem::replace(&mut self.is_open, true) {
            self.count += 1;
        }
        if self.count == 1 && self.first.len() < SHOWN_BYTES {
            self.start.get_or_insert(text.at);
            let raw = &text.raw[..text.raw.len().min(SHOWN_BYTES)];
            self.first.push(Text { raw, at: text.at, entities: text.entities });
        }
    }

    /// What is to be told of it, and of which byte.
    pub(super) fn told(&mut self) -> Option<(u64, String)> {
        let start = self.start?;
        let (first, _) = self.first.take();
        let mut end = first.len().min(SHOWN_BYTES);
        while !first.is_char_boundary(end) {
            end -= 1;
        }
        let (count, s) = (self.count, if self.count == 1 { "" } else { "es" });
        let first = first[..end].trim_end_matches('\u{FFFD}');
        let why = format!(
            "{count} stretch{s} of text outside of utterances left out, the first: {first}"
        );
        Some((start, why))
    }
}
