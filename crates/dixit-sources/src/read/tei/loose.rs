//! Words of a text in TEI that stand in no utterance: title pages, appendices, bare paragraphs.

use crate::read::markup::{Tag, Text, TextBuilder};

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

/// Lists of what the text speaks of: they are looked into elsewhere.
const LISTS: [&str; 5] = ["listPerson", "listOrg", "listPlace", "listBibl", "listEvent"];

/// So much of the first is shown.
const SHOWN_BYTES: usize = 80;

/// What is left out of a file: how many stretches of text, and how the first begins.
#[derive(Default)]
pub(super) struct Loose {
    count: u64,
    first: TextBuilder,
    start: Option<u64>,
    is_open: bool,
    /// Lists that are open.
    lists: usize,
}

impl Loose {
    pub(super) fn open(&mut self, tag: &Tag<'_>) {
        self.is_open &= !PARTS.contains(&tag.name);
        self.lists += usize::from(LISTS.contains(&tag.name) && !tag.is_empty);
    }

    pub(super) fn close(&mut self, name: &str) {
        self.is_open &= !PARTS.contains(&name);
        self.lists = self.lists.saturating_sub(usize::from(LISTS.contains(&name)));
    }

    pub(super) fn text(&mut self, text: &Text<'_>) {
        let is_words = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
        if self.lists > 0 || !text.raw.iter().any(is_words) {
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
        let (count, s) = (self.count, if self.count == 1 { "" } else { "es" });
        let first = crate::extract::prefix(&first, SHOWN_BYTES).trim_end_matches('\u{FFFD}');
        let why = format!(
            "{count} stretch{s} of text outside of utterances left out, the first: {first}"
        );
        Some((start, why))
    }
}
