//! The words between the tags, and where each of them stands.

use dixit::{SourceMap, Span};

use super::entities::Character;
use super::tokens::Text;

/// A text that is put together from what stands between tags: entities replaced, white space folded,
/// a line for each paragraph.
#[derive(Debug, Default)]
pub(in crate::read) struct TextBuilder {
    text: String,
    map: SourceMap,
    pending: Pending,
    /// Whether white space stays as it is, as in `pre` of HTML.
    pub(in crate::read) keeps_lines: bool,
}

/// What goes before the next word.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Pending {
    #[default]
    Nothing,
    /// A space, for this white space of the file.
    Space(Span),
    /// A tabulator, for a tag that ends a cell of a table.
    #[cfg_attr(not(feature = "docx"), allow(dead_code, reason = "documents have such rows"))]
    Cell(u64),
    /// A line end, for a tag that ends a paragraph.
    Line(u64),
}

impl TextBuilder {
    /// Adds a piece of text.
    pub(in crate::read) fn push(&mut self, text: Text<'_>) {
        let mut at = text.at;
        for chunk in text.raw.utf8_chunks() {
            self.push_str(chunk.valid(), at, text);
            at += chunk.valid().len() as u64;
            let bad = chunk.invalid().len();
            if bad > 0 {
                self.push_char('\u{FFFD}', Span::new(at, at + bad as u64));
                at += bad as u64;
            }
        }
    }

    fn push_str(&mut self, valid: &str, at: u64, text: Text<'_>) {
        let bytes = valid.as_bytes();
        let (mut from, mut to) = (0, 0);
        while to < bytes.len() {
            match bytes[to] {
                b'&' | b'\\' if text.entities.is_some_and(|all| all.stand_at(bytes[to])) => {
                    let found = text.entities.and_then(|entities| entities.at(&bytes[to..]));
                    let Some((character, length)) = found else {
                        to += 1;
                        continue;
                    };
                    self.push_plain(&valid[from..to], at + from as u64);
                    let span = Span::new(at + to as u64, at + (to + length) as u64);
                    match character {
                        Character::One(c) if c.is_ascii_whitespace() => self.space(span),
                        Character::One(c) => self.push_char(c, span),
                        Character::Several(text) => self.push_as(&text, span),
                    }
                    to += length;
                    from = to;
                }
                // One space between two words stays as it is.
                b' ' if to > from && bytes.get(to + 1).is_some_and(|next| *next > b' ') => to += 1,
                byte if is_space(byte) && !self.keeps_lines => {
                    self.push_plain(&valid[from..to], at + from as u64);
                    let length = bytes[to..].iter().take_while(|byte| is_space(**byte)).count();
                    self.space(Span::new(at + to as u64, at + (to + length) as u64));
                    to += length;
                    from = to;
                }
                _ => to += 1,
            }
        }
        self.push_plain(&valid[from..], at + from as u64);
    }

    fn push_plain(&mut self, text: &str, at: u64) {
        if !text.is_empty() {
            self.settle();
            self.text.push_str(text);
            self.map.push_verbatim(at, text.len());
        }
    }

    fn push_char(&mut self, c: char, span: Span) {
        self.push_as(c.encode_utf8(&mut [0; 4]), span);
    }

    /// Adds a text that something else in the file stands for.
    pub(in crate::read) fn push_as(&mut self, text: &str, span: Span) {
        self.settle();
        self.text.push_str(text);
        // An entity may stand for several characters, and then the first of them stands for it.
        let first = text.chars().next().map_or(0, char::len_utf8);
        self.map.push_decoded(first, span);
        self.map.push_inserted(text.len() - first, span.end);
    }

    /// Adds a text that was put together before.
    pub(in crate::read) fn push_mapped(&mut self, text: &str, map: &SourceMap) {
        self.settle();
        self.text.push_str(text);
        self.map.append(map);
    }

    /// The next word is apart from the last one.
    pub(in crate::read) fn space(&mut self, span: Span) {
        if !self.text.is_empty() && self.pending == Pending::Nothing {
            self.pending = Pending::Space(span);
        }
    }

    /// The next word begins a line.
    pub(in crate::read) fn line(&mut self, at: u64) {
        if !self.text.is_empty() {
            self.pending = Pending::Line(at);
        }
    }

    /// The next word begins another cell of a row.
    #[cfg_attr(not(feature = "docx"), allow(dead_code, reason = "documents have such rows"))]
    pub(in crate::read) fn cell(&mut self, at: u64) {
        if !self.text.is_empty() && !matches!(self.pending, Pending::Line(_)) {
            self.pending = Pending::Cell(at);
        }
    }

    fn settle(&mut self) {
        match std::mem::take(&mut self.pending) {
            Pending::Nothing => {}
            Pending::Space(span) => {
                self.text.push(' ');
                self.map.push_decoded(1, span);
            }
            Pending::Cell(at) => {
                self.text.push('\t');
                self.map.push_inserted(1, at);
            }
            Pending::Line(at) => {
                self.text.push('\n');
                self.map.push_inserted(1, at);
            }
        }
    }

    /// Bytes of text so far.
    pub(in crate::read) fn len(&self) -> usize {
        self.text.len()
    }

    pub(in crate::read) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text so far.
    pub(in crate::read) fn as_str(&self) -> &str {
        &self.text
    }

    /// Takes the text and its map out; the next one begins empty.
    pub(in crate::read) fn take(&mut self) -> (String, SourceMap) {
        let fresh = Self { keeps_lines: self.keeps_lines, ..Self::default() };
        let Self { text, map, .. } = std::mem::replace(self, fresh);
        (text, map)
    }

    /// Takes the text out with the stretch of the file from its first word to its last.
    pub(in crate::read) fn take_value(&mut self) -> Option<(String, Span)> {
        let (text, map) = self.take();
        let span = map.to_source(0..text.len())?;
        (!text.is_empty()).then_some((text, span))
    }

    /// Forgets the text.
    pub(in crate::read) fn clear(&mut self) {
        *self = Self::default();
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}
