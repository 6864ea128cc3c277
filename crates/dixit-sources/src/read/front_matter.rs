//! Front matter: the lines between two `---` at the head of a text, as far as publishers use them.
//!
//! The part of YAML 1.2 that stands in front matter in the wild: `key: value`, values in either
//! quotation marks or bare, folded over indented lines, `[lists, in line]` and `- lists` below.
//! Values keep where they stand. Lines beyond that are told, not guessed at.

use std::ops::Range;

use super::prose::lines;

/// The front matter of a text.
#[derive(Debug)]
pub(super) struct FrontMatter {
    pub(super) entries: Vec<Entry>,
    /// Lines that are not understood.
    pub(super) unread: Vec<UnreadLine>,
    /// Where the text goes on.
    pub(super) body: usize,
}

#[derive(Debug)]
pub(super) struct UnreadLine {
    pub(super) number: u64,
    pub(super) range: Range<usize>,
}

/// One key and its values.
#[derive(Debug)]
pub(super) struct Entry {
    /// The key, in lower case, with underscores for hyphens.
    pub(super) key: String,
    pub(super) line: u64,
    values: Vec<Value>,
}

#[derive(Debug)]
struct Value {
    text: String,
    range: Range<usize>,
}

impl Entry {
    /// The value, or the first of a list.
    pub(super) fn first(&self) -> Option<&str> {
        self.values().next()
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(|value| value.text.as_str()).filter(|text| !text.is_empty())
    }

    /// The bytes of the text from the first to the last value.
    pub(super) fn value_range(&self) -> Range<usize> {
        let start = self.values.first().map_or(0, |value| value.range.start);
        start..self.values.last().map_or(start, |value| value.range.end)
    }
}

/// Reads front matter, where a text begins with it and it is closed.
pub(super) fn read(text: &str) -> Option<FrontMatter> {
    let mut all = lines(text, 0).zip(1_u64..);
    let (first, _) = all.next()?;
    if text[first].trim_end() != "---" {
        return None;
    }
    let mut front = FrontMatter { entries: Vec::new(), unread: Vec::new(), body: 0 };
    for (range, number) in all {
        let line = &text[range.clone()];
        if matches!(line.trim_end(), "---" | "...") {
            front.body =
                (range.end + usize::from(text[range.end..].starts_with('\r')) + 1).min(text.len());
            return Some(front);
        }
        let trimmed = line.trim_start();
        let is_indented = trimmed.len() < line.len();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let at = range.start + (line.len() - trimmed.len());
        if let Some(item) = trimmed.strip_prefix("- ") {
            if let Some(entry) = front.entries.last_mut() {
                entry.values.extend(scalar(item, at + 2));
                continue;
            }
        } else if is_indented {
            if let Some(value) = front.entries.last_mut().and_then(|entry| entry.values.last_mut())
            {
                fold(value, trimmed, at);
                continue;
            }
            // The value of a key may stand on the line below it.
            if let Some(entry) = front.entries.last_mut() {
                entry.values.extend(scalar(trimmed, at));
                continue;
            }
        } else if let Some((key, value)) = key_of(trimmed) {
            let start = at + (trimmed.len() - value.len());
            let key = key.to_ascii_lowercase().replace('-', "_");
            front.entries.push(Entry { key, line: number, values: values(value, start) });
            continue;
        }
        front.unread.push(UnreadLine { number, range });
    }
    None
}

/// A key is a word before a colon with a space or the end after it.
fn key_of(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_word =
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '));
    (is_word && (value.is_empty() || value.starts_with([' ', '\t']))).then_some((key.trim(), value))
}

fn values(text: &str, at: usize) -> Vec<Value> {
    let trimmed = text.trim_start();
    let at = at + (text.len() - trimmed.len());
    let trimmed = trimmed.trim_end();
    // The sign that a block of text follows.
    if matches!(trimmed, "|" | ">" | "|-" | ">-") {
        return Vec::new();
    }
    let Some(inner) = trimmed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
        return scalar(trimmed, at).into_iter().collect();
    };
    let (mut out, mut start, mut quote) = (Vec::new(), 0, None);
    for (place, c) in inner.char_indices().chain([(inner.len(), ',')]) {
        match (quote, c) {
            (None, '"' | '\'') if inner[start..place].trim().is_empty() => quote = Some(c),
            (Some(open), _) if c == open => quote = None,
            (None, ',') => {
                out.extend(scalar(&inner[start..place], at + 1 + start));
                start = place + 1;
            }
            _ => {}
        }
    }
    out
}

/// One value without its quotation marks.
fn scalar(text: &str, at: usize) -> Option<Value> {
    let trimmed = text.trim_start();
    let at = at + (text.len() - trimmed.len());
    let trimmed = trimmed.trim_end();
    let quoted = |mark: char| {
        let inner = trimmed.strip_prefix(mark)?;
        Some(inner.strip_suffix(mark).unwrap_or(inner))
    };
    let (inner, plain) = if let Some(inner) = quoted('"') {
        (inner, unescape(inner))
    } else if let Some(inner) = quoted('\'') {
        (inner, inner.replace("''", "'"))
    } else {
        let end = trimmed.find(" #").unwrap_or(trimmed.len());
        let inner = trimmed[..end].trim_end();
        (inner, inner.to_owned())
    };
    if inner.is_empty() {
        return None;
    }
    let start = at + trimmed.find(inner).unwrap_or(0);
    Some(Value { text: plain.trim().to_owned(), range: start..start + inner.len() })
}

/// A value that goes on, on an indented line.
fn fold(value: &mut Value, line: &str, at: usize) {
    let trimmed = line.trim_end();
    let more = trimmed.strip_suffix(['"', '\'']).unwrap_or(trimmed);
    if !value.text.is_empty() {
        value.text.push(' ');
    }
    value.text.push_str(unescape(more).trim());
    value.range.end = at + more.len();
}

/// The escapes of YAML's double quotes that occur: `\_` is a no-break space, here a space; a
/// backslash at the end of a line only joins it to the next.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('_') => out.push(' '),
            Some('x') => {
                let code: String = chars.by_ref().take(2).collect();
                out.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            Some('u') => {
                let code: String = chars.by_ref().take(4).collect();
                out.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry<'f>(front: &'f FrontMatter, key: &str) -> &'f Entry {
        front.entries.iter().find(|entry| entry.key == key).unwrap()
    }

    const TEXT: &str = "---
title: \"Press Briefing by\\_Press
  Secretary: March\"
date: 2021-03-03  # the day
tags: [energy, 'wind, water', \"a b\"]
topics:
  - health
  - \"public health\"
source-url: https://norland.example/a?b=c
???
---
Body.";

    #[test]
    fn values_are_read_with_their_places() {
        let front = read(TEXT).unwrap();
        assert_eq!(
            entry(&front, "title").first(),
            Some("Press Briefing by Press Secretary: March")
        );
        assert_eq!(entry(&front, "date").first(), Some("2021-03-03"));
        assert_eq!(&TEXT[entry(&front, "date").value_range()], "2021-03-03");
        let list = |key| entry(&front, key).values().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(list("tags"), ["energy", "wind, water", "a b"]);
        assert_eq!(list("topics"), ["health", "public health"]);
        assert_eq!(list("source_url"), ["https://norland.example/a?b=c"]);
        assert_eq!(front.unread.len(), 1);
        assert_eq!(front.unread[0].number, 10);
        assert_eq!(&TEXT[front.body..], "Body.");
    }

    #[test]
    fn what_is_not_closed_is_text() {
        assert!(read("---\ntitle: x\nno end").is_none());
        assert!(read("title: x\n---\n").is_none());
        assert_eq!(read("---\r\ntitle: x\r\n---\r\nBody").unwrap().body, 20);
    }

    proptest! {
        #[test]
        fn no_text_upsets_it(text in "(---\n)?([a-z:\\-\\[\\]\"'\\\\ #>|é\n]{0,12}\n){0,8}(---\n)?.{0,9}") {
            if let Some(front) = read(&text) {
                prop_assert!(text.is_char_boundary(front.body));
                for entry in &front.entries {
                    prop_assert!(text.get(entry.value_range()).is_some());
                }
            }
        }
    }
}
