//! Turns in a page: a name in bold, and what its bearer says.

use dixit::{SourceMap, Span};

use super::blocks::Block;
use crate::read::labels;

/// The most bytes of a name in bold.
const LABEL_BYTES: usize = 200;

/// The most bytes before it: the number of a question.
const BEFORE_BYTES: usize = 16;

/// What is said in one go.
#[derive(Debug, Default, Clone)]
pub(in crate::read) struct Said {
    /// The name before it, and where it stands.
    pub(in crate::read) label: Option<(String, Span)>,
    /// Whether the name is followed by `asked`, and not by its words.
    pub(in crate::read) is_asked: bool,
    pub(in crate::read) text: String,
    pub(in crate::read) map: SourceMap,
    pub(in crate::read) span: Span,
    /// The heading over it that is nearest, and its rank.
    pub(in crate::read) heading: Option<(u8, String, Span)>,
    /// Whether it is a note of the record: all in italics or in brackets.
    pub(in crate::read) is_note: bool,
}

/// The name before the words of a block: what stands before it, its end, and whether it asks.
fn label_of(block: &Block) -> Option<(usize, usize, bool)> {
    if block.speaker.is_some() {
        return Some((0, 0, false));
    }
    let (start, end) = block.bold?;
    let before = block.text[..start].trim();
    if start > BEFORE_BYTES || before.chars().any(char::is_alphabetic) {
        return None;
    }
    let label = &block.text[start..end];
    if label.len() > LABEL_BYTES || !is_label(label) {
        return None;
    }
    let after = block.text[end..].trim_start_matches([' ', '\u{a0}']);
    let inside = label.trim_end();
    if inside.ends_with([':', '：']) || after.starts_with([':', '：']) {
        return Some((start, end, false));
    }
    after.starts_with("asked").then_some((start, end, true))
}

/// Whether words in bold may be a name, or what stands for one: `Check against delivery` is none.
fn is_label(label: &str) -> bool {
    let label = label.trim_matches([' ', ':', '：', '.', '\u{a0}']);
    let parts = labels::split(label);
    let words = label.split_whitespace();
    let is_written_as_name = words.clone().count() <= 8
        && words.clone().all(|word| !word.starts_with(char::is_lowercase) || word.len() <= 3);
    !label.is_empty()
        && label.chars().any(char::is_alphabetic)
        && (parts.has_title || parts.role.is_some() || is_written_as_name)
}

/// Puts blocks together to turns, where names in bold stand before them; nothing where they do not.
pub(in crate::read) fn turns(blocks: &[Block]) -> Option<Vec<Said>> {
    let labels = blocks.iter().filter(|block| label_of(block).is_some()).count();
    if labels == 0 {
        return None;
    }
    let mut turns: Vec<Said> = Vec::new();
    let mut heading = None;
    for block in blocks {
        let is_bold_line = block.bold.is_some_and(|(start, end)| {
            block.text[..start].trim().is_empty() && block.text[end..].trim().is_empty()
        });
        if let Some((start, end, is_asked)) = label_of(block) {
            let label = block.text[start..end].trim_matches([' ', ':', '：', '.', '\u{a0}']);
            let at = block.map.to_source(start..end).unwrap_or(block.span);
            let label = block.speaker.clone().unwrap_or_else(|| (label.to_owned(), at));
            let rest = &block.text[end..];
            let words = rest.trim_start_matches([' ', ':', '：', '\u{a0}']);
            let from = block.text.len() - words.len();
            turns.push(Said {
                label: Some(label),
                is_asked,
                text: words.to_owned(),
                map: block.map.slice(from..block.text.len()),
                span: block.span,
                heading: heading.clone(),
                is_note: false,
            });
        } else if block.heading.is_some() || is_bold_line {
            let rank = block.heading.unwrap_or(6);
            heading = Some((rank, block.text.clone(), block.span));
        } else if is_note(block) {
            turns.push(Said {
                text: block.text.clone(),
                map: block.map.clone(),
                span: block.span,
                heading: heading.clone(),
                is_note: true,
                ..Said::default()
            });
        } else {
            // A heading or a note between does not end a turn that goes on.
            match turns.iter_mut().rev().find(|turn| !turn.is_note) {
                Some(turn) if turn.heading == heading => {
                    let at = block.span.start;
                    if !turn.text.is_empty() {
                        turn.text.push('\n');
                        turn.map.push_inserted(1, at);
                    }
                    turn.text.push_str(&block.text);
                    turn.map.append(&block.map);
                    turn.span = Span::new(turn.span.start, block.span.end);
                }
                _ => turns.push(Said {
                    text: block.text.clone(),
                    map: block.map.clone(),
                    span: block.span,
                    heading: heading.clone(),
                    ..Said::default()
                }),
            }
        }
    }
    turns.retain(|turn| !turn.text.trim().is_empty());
    Some(turns)
}

fn is_note(block: &Block) -> bool {
    let text = block.text.trim();
    block.slanted * 10 >= block.text.len() * 8
        || (text.starts_with('[') && text.ends_with(']'))
        || (text.starts_with('(') && text.ends_with(')') && text.len() < LABEL_BYTES)
}
