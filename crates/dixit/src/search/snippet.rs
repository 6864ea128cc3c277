//! Snippets: the stretch of a statement where the words of the query stand, with just those words
//! marked that matched. A phrase is marked as one, and its words elsewhere are not.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::found::{Finders, Found};
use super::request::SearchRequest;
use crate::limits::Limits;
use crate::query::Field;
use crate::span::Span;
use crate::statement::Statement;

/// A stretch of a statement with marks. Plain text: escaping is the business of whoever shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// What of the statement it is.
    pub field: SnippetField,
    /// The stretch, letter by letter.
    pub text: String,
    /// Its bytes in the field.
    pub range: Span,
    /// Its bytes in the original file; `None` for titles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Span>,
    /// What matched: bytes of `text`, in order, apart.
    pub marks: Vec<Span>,
}

/// What of a statement a snippet shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SnippetField {
    /// Its text.
    Text,
    /// Its title.
    Title,
}

/// The snippets of a hit: those of the text, and the title where it matches.
pub(super) fn of(
    statement: &Statement,
    finders: &Finders<'_>,
    request: &SearchRequest,
    limits: &Limits,
) -> Vec<Snippet> {
    let mut snippets = Vec::new();
    if request.snippets == 0 {
        return snippets;
    }
    if let Some(title) = &statement.title {
        let found = finders.title.find(title);
        if !found.is_empty() {
            let marks = join(found.into_iter().map(|found| found.range).collect());
            let range = 0..title.len();
            snippets.push(cut(SnippetField::Title, statement, title, range, &marks));
        }
    }
    let end = floor(&statement.text, limits.snippet_bytes);
    let text = &statement.text[..end];
    let mut found = finders.text.find(text);
    if !statement.kind.is_spoken() {
        // In an article `said:` finds what it attributes, and nothing else is to light up for it.
        let passages: Vec<Range<usize>> = statement
            .passages
            .iter()
            .filter_map(|passage| statement.text_range(passage.content))
            .collect();
        found.retain(|found| {
            finders.text.sought[found.sought].field != Some(Field::Said)
                || passages
                    .iter()
                    .any(|said| said.start <= found.range.start && found.range.end <= said.end)
        });
    }
    let mut seen = HashSet::new();
    let mut shown: Vec<Range<usize>> = Vec::new();
    for _ in 0..request.snippets {
        let window = best_window(&found, &seen, &shown, request.snippet_width);
        let Some(window) = window else { break };
        let range = to_sentence(text, window, request.snippet_width);
        let inside =
            |found: &&Found| range.start <= found.range.start && found.range.end <= range.end;
        seen.extend(found.iter().filter(inside).map(|found| found.sought));
        let marks = join(found.iter().filter(inside).map(|found| found.range.clone()).collect());
        snippets.push(cut(SnippetField::Text, statement, text, range.clone(), &marks));
        shown.push(range);
    }
    if shown.is_empty() && !text.is_empty() {
        let range = to_sentence(text, 0..0, request.snippet_width);
        snippets.push(cut(SnippetField::Text, statement, text, range, &[]));
    }
    snippets
}

/// The stretch of about `width` bytes that shows most of what was not seen yet.
fn best_window(
    found: &[Found],
    seen: &HashSet<usize>,
    shown: &[Range<usize>],
    width: usize,
) -> Option<Range<usize>> {
    let is_free = |range: &Range<usize>| {
        shown.iter().all(|shown| range.end <= shown.start || shown.end <= range.start)
    };
    let mut best: Option<((usize, usize), Range<usize>)> = None;
    let mut inside: HashMap<usize, usize> = HashMap::new();
    let mut first = 0;
    for (last, end) in found.iter().enumerate() {
        *inside.entry(end.sought).or_default() += 1;
        while found[first].range.start + width < end.range.end && first < last {
            if let Some(count) = inside.get_mut(&found[first].sought) {
                *count -= 1;
                if *count == 0 {
                    inside.remove(&found[first].sought);
                }
            }
            first += 1;
        }
        let fresh = inside.keys().filter(|which| !seen.contains(which)).count();
        let score = (fresh, (last - first).min(8));
        let start = found[first].range.start.min(end.range.start);
        let range = start..end.range.end;
        let is_better = best.as_ref().is_none_or(|(most, _)| score > *most);
        if is_better && is_free(&range) && (shown.is_empty() || fresh > 0) {
            best = Some((score, range));
        }
    }
    best.map(|(_, range)| range)
}

/// Widens a stretch to about `width` bytes: back to the beginning of its sentence where that is near,
/// on to the end of one, else to the ends of words.
fn to_sentence(text: &str, core: Range<usize>, width: usize) -> Range<usize> {
    let spare = width.saturating_sub(core.len());
    let earliest = ceil(text, core.start.saturating_sub(spare * 2 / 3));
    let start = match sentence_start(&text[earliest..core.start]) {
        Some(at) => earliest + at,
        None if earliest == 0 => 0,
        None => earliest + word_start(&text[earliest..core.start]),
    };
    let budget = width.saturating_sub(core.end - start).max(spare / 3);
    let latest = floor(text, core.end.saturating_add(budget));
    let rest = &text[core.end..latest];
    let end = if latest == text.len() {
        text.trim_end().len().max(core.end)
    } else if let Some(at) = sentence_end(rest) {
        core.end + at
    } else {
        core.end + word_end(rest)
    };
    start..end
}

/// Where the last sentence of a text that goes on begins.
fn sentence_start(text: &str) -> Option<usize> {
    let mut start = None;
    let mut ended = false;
    for (at, c) in text.char_indices() {
        match c {
            '\n' | '。' | '！' | '？' => start = Some(at + c.len_utf8()),
            '.' | '!' | '?' => ended = true,
            _ if c.is_whitespace() => {
                if ended {
                    start = Some(at + c.len_utf8());
                }
                ended = false;
            }
            '"' | '”' | '’' | ')' | '»' => {}
            _ => ended = false,
        }
    }
    // White space at its front is not part of it.
    start.map(|start| start + (text[start..].len() - text[start..].trim_start().len()))
}

/// Where the last sentence that ends in a text ends.
fn sentence_end(text: &str) -> Option<usize> {
    let mut end = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        match c {
            '。' | '！' | '？' => end = Some(at + c.len_utf8()),
            '.' | '!' | '?' if next.is_some_and(char::is_whitespace) => end = Some(at + 1),
            '\n' => end = Some(at),
            _ => {}
        }
    }
    end
}

fn word_start(text: &str) -> usize {
    let spaces = text.char_indices().find(|(_, c)| c.is_whitespace());
    spaces.map_or(0, |(at, c)| at + c.len_utf8())
}

fn word_end(text: &str) -> usize {
    text.char_indices().rfind(|(_, c)| c.is_whitespace()).map_or(text.len(), |(at, _)| at)
}

/// The character boundary at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The character boundary at or after a byte.
fn ceil(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Marks in order, those that touch made one.
fn join(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

fn cut(
    field: SnippetField,
    statement: &Statement,
    text: &str,
    range: Range<usize>,
    marks: &[Range<usize>],
) -> Snippet {
    let source = match field {
        SnippetField::Text => statement.source_span(range.clone()),
        SnippetField::Title => None,
    };
    let marks =
        marks.iter().map(|mark| Span::from(mark.start - range.start..mark.end - range.start));
    Snippet {
        field,
        text: text[range.clone()].to_owned(),
        range: range.clone().into(),
        source,
        marks: marks.collect(),
    }
}
