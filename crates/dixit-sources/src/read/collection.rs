//! Several speeches in one text: rules or page breaks between them, and a heading over each.

use std::ops::Range;

use super::prose::lines;
use crate::extract;

/// A heading has at most so many lines, each of at most so many characters.
const HEAD_LINES: usize = 6;
const HEAD_CHARS: usize = 160;

/// One of them.
pub(super) struct Part {
    /// Its first line.
    pub(super) title: Range<usize>,
    /// All of it behind the first line.
    pub(super) body: Range<usize>,
}

/// The speeches of a text, where it holds two or more and each has a heading that says whose it is.
/// A stretch between rules without such a heading goes on with the speech before it; one before all
/// headings makes the text no collection.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut starts = vec![(0, 0)];
    for line in lines(text, 0) {
        let content = &text[line.clone()];
        if is_rule(content) {
            starts.push((line.start, line.end));
        } else if content.starts_with('\u{c}') {
            // The first line of a page stands behind the break.
            starts.push((line.start, line.start + 1));
        }
    }
    if starts.len() < 2 {
        return Vec::new();
    }
    let mut parts: Vec<Part> = Vec::new();
    for (at, &(_, from)) in starts.iter().enumerate() {
        let end = starts.get(at + 1).map_or(text.len(), |next| next.0);
        let Some((title, body)) = heading(text, from..end) else {
            // Words before the first heading, that are more than a rule, belong to nobody.
            match parts.last_mut() {
                Some(part) => part.body.end = end,
                None if text[from..end].trim().is_empty() => {}
                None => return Vec::new(),
            }
            continue;
        };
        // A running head on each page is no speech of its own.
        match parts.last_mut() {
            Some(part) if same(&text[part.title.clone()], &text[title.clone()]) => {
                part.body.end = end;
            }
            _ => parts.push(Part { title, body: body..end }),
        }
    }
    if parts.len() < 2 {
        return Vec::new();
    }
    for part in &mut parts {
        part.body.end = part.body.start + text[part.body.clone()].trim_end().len();
    }
    parts
}

/// Whether two headings have the same words.
fn same(one: &str, other: &str) -> bool {
    let words = |text: &str| crate::extract::squeeze(&text.to_lowercase());
    words(one) == words(other)
}

/// `* * *`, `-----`, `=====`, or a page break.
fn is_rule(line: &str) -> bool {
    if line.starts_with('\u{c}') && line.trim().is_empty() {
        return true;
    }
    let mut marks = line.chars().filter(|c| !c.is_whitespace());
    let Some(first) = marks.next().filter(|c| matches!(c, '*' | '-' | '=' | '_' | '#' | '~' | '—'))
    else {
        return false;
    };
    let mut count = 1;
    let same = marks.all(|c| {
        count += 1;
        c == first
    });
    same && count >= 3
}

/// The heading at the top of a stretch that names whose words follow, and where these begin.
fn heading(text: &str, within: Range<usize>) -> Option<(Range<usize>, usize)> {
    let mut head = lines(&text[..within.end], within.start)
        .skip_while(|line| text[line.clone()].trim().is_empty())
        .take_while(|line| !text[line.clone()].trim().is_empty())
        .take(HEAD_LINES + 1);
    let first = head.next()?;
    let mut all = vec![first.clone()];
    all.extend(head);
    let short = all.iter().all(|line| text[line.clone()].trim().chars().count() <= HEAD_CHARS);
    if all.len() > HEAD_LINES || !short {
        return None;
    }
    // `SPEECH BY` may stand over the name.
    let two = all.get(1).map(|second| first.start..second.end);
    let mut titles = std::iter::once(first).chain(two);
    let title = titles.find(|title| {
        let written = text[title.clone()].trim();
        !written.ends_with(['.', ';', '!', '?', '。']) && extract::speaker::heads_speech(written)
    })?;
    let written = text[title.clone()].trim();
    let start = title.start + (text[title.clone()].len() - text[title.clone()].trim_start().len());
    let after = &text[title.end..within.end];
    let body = title.end + (after.len() - after.trim_start().len());
    (body < within.end).then_some((start..start + written.len(), body))
}
