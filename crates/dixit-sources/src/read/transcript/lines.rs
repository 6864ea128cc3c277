//! A text as lines, and what each of them is before anybody asks who speaks.

use std::collections::HashMap;
use std::ops::Range;

use super::{Marks, numbered};
use crate::limits::TRANSCRIPT_LINES;
use crate::read::prose;

/// What a line is by its looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// Words, as far as its looks show.
    Words,
    /// A heading of Markdown, by its rank.
    Heading(u8),
    /// A quotation of Markdown: publishers put notes there.
    Quoted,
    /// A line drawn across the page.
    Rule,
    /// What printing puts on each page: its number, its running head.
    Furniture,
}

/// A line that is not blank. Places are of at most 4 GiB of text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Characters of white space before it.
    pub(super) indent: u16,
    /// Whether a blank line, the top of the text or the edge of a page is before it.
    pub(super) gap: bool,
    pub(super) what: What,
    /// Bytes at its beginning that are in bold.
    bold: u16,
    /// Whether what stands before it on its line is no part of the text: the number of the line.
    pub(super) is_cut: bool,
}

impl Line {
    /// Where its content stands, without the white space around.
    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// What of its beginning is in bold.
    pub(super) fn bold(&self) -> Range<usize> {
        self.start as usize..self.start as usize + usize::from(self.bold)
    }
}

/// The lines of a text from a byte on.
pub(super) fn split(text: &str, from: usize, marks: Marks<'_>) -> Vec<Line> {
    let is_markdown = matches!(marks, Marks::Markdown);
    let (mut headings, mut bold) = match marks {
        Marks::Page { headings, bold } => (headings.iter().peekable(), bold.iter().peekable()),
        _ => ([].iter().peekable(), [].iter().peekable()),
    };
    let mut lines = Vec::new();
    let mut gap = true;
    let mut is_code = false;
    for range in prose::lines(text, from) {
        // One more shows that there are too many.
        if lines.len() > TRANSCRIPT_LINES {
            break;
        }
        let whole = &text[range.clone()];
        let content = whole.trim();
        if content.is_empty() {
            gap = true;
            continue;
        }
        let start = range.start + (whole.len() - whole.trim_start().len());
        let is_fence = is_markdown && (content.starts_with("```") || content.starts_with("~~~"));
        is_code ^= is_fence;
        let what = match content.as_bytes()[0] {
            b'#' if is_markdown && !is_code => heading(content).map_or(What::Words, What::Heading),
            b'>' if is_markdown && !is_code => What::Quoted,
            _ if is_rule(content) => What::Rule,
            b'[' if is_page_mark(content) => What::Furniture,
            _ => What::Words,
        };
        let end = start + content.len();
        while headings.next_if(|(at, _)| *at < start).is_some() {}
        let rank = headings.next_if(|(at, _)| *at < end).map(|(_, rank)| *rank);
        // Programs that make pages of print take a short turn for a heading.
        let rank = rank.filter(|_| !begins_in_print(content));
        let what = rank.map_or(what, What::Heading);
        while bold.next_if(|range| range.start < start).is_some() {}
        let bold = bold.next_if(|range| range.start == start && range.end <= end);
        let bold = bold.map_or(0, |range| range.len().min(usize::from(u16::MAX)) as u16);
        let indent = text[range.start..start].chars().count().min(usize::from(u16::MAX));
        let (Ok(from), Ok(to)) = (u32::try_from(start), u32::try_from(end)) else {
            break;
        };
        let line =
            Line { start: from, end: to, indent: indent as u16, gap, what, bold, is_cut: false };
        push(text, line, &mut lines);
        gap = memchr::memchr(0xC, whole.as_bytes()).is_some();
    }
    if !is_markdown {
        numbered::without_numbers_of_lines(text, &mut lines);
    }
    mark_pages(text, &mut lines);
    lines
}

/// Adds a line; where a label with the mark of print `.-`, or `.:` as some have it, stands within it, as in
/// pages that have lost their line ends, what follows from there is a line of its own.
fn push(text: &str, line: Line, lines: &mut Vec<Line>) {
    let mut rest = line;
    if line.what == What::Words {
        let content = &text[line.range()];
        let bytes = content.as_bytes();
        let marks = memchr::memchr2_iter(b'-', b':', bytes).filter_map(|at| at.checked_sub(1));
        for at in marks.filter(|at| bytes[*at] == b'.' && bytes.get(*at + 2) == Some(&b' ')) {
            let at = line.start + at as u32;
            let before = &text[rest.start as usize..at as usize];
            let Some(label) = label_at_end(before).filter(|label| label.start > 0) else {
                continue;
            };
            let begins = rest.start + label.start as u32;
            let end = rest.start + before[..label.start].trim_end().len() as u32;
            let bold = rest.bold.min((end - rest.start).min(u32::from(u16::MAX)) as u16);
            lines.push(Line { end, bold, ..rest });
            rest = Line { start: begins, indent: 0, gap: true, bold: 0, ..rest };
        }
    }
    lines.push(rest);
}

/// `… go round. (Laughter) HON. PROF. A. ROE`: the titles and the name in capitals with which a text ends.
fn label_at_end(text: &str) -> Option<Range<usize>> {
    const WORDS: usize = 8;
    let mut found = None;
    for word in text.rsplit(char::is_whitespace).take(WORDS).filter(|word| !word.is_empty()) {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let is_part =
            word.chars().any(char::is_alphabetic) && word.chars().all(|c| !c.is_lowercase());
        let bare = word.trim_end_matches('.');
        let is_title = word.ends_with('.') && super::form::is_abbreviated_title(bare);
        // Titles stand before titles; an initial may look like one: `HON. S. M. ROE`.
        let is_before = is_title || word.ends_with('.') && bare.chars().count() == 1;
        if !is_part || found.is_some() && !is_before {
            break;
        }
        let before = text[..at].trim_end();
        let is_begun = before.is_empty() || before.ends_with(['.', '?', '!', ')', ']', '”', '"']);
        if is_title && is_begun {
            found = Some(at..text.len());
        }
    }
    found
}

/// Whether a text begins with a label and the mark of print `.-` behind it.
fn begins_in_print(content: &str) -> bool {
    let at = content.find(".- ");
    at.and_then(|at| label_at_end(&content[..at])).is_some_and(|label| label.start == 0)
}

/// The rank of a heading that has words.
fn heading(content: &str) -> Option<u8> {
    let rank = content.bytes().take_while(|byte| *byte == b'#').count();
    let words = content.get(rank..)?;
    let is_heading = (1..=6).contains(&rank) && words.starts_with([' ', '\t']);
    (is_heading && !words.trim_matches(['#', ' ', '\t']).is_empty()).then_some(rank as u8)
}

/// The words of a heading, without its marks.
pub(super) fn heading_words(text: &str, line: &Line) -> Range<usize> {
    let range = line.range();
    let content = &text[range.clone()];
    let words = content.trim_start_matches('#').trim_start();
    let start = range.start + (content.len() - words.len());
    start..start + words.trim_end_matches('#').trim_end().len()
}

/// `_______`, `* * *`, `-----`: no letters, and one mark again and again.
fn is_rule(content: &str) -> bool {
    let mut marks = content.chars().filter(|c| !c.is_whitespace());
    let Some(first) = marks.next().filter(|c| "_-=*~─—–#•·".contains(*c)) else {
        return false;
    };
    let mut count = 1;
    for mark in marks {
        if mark != first {
            return false;
        }
        count += 1;
    }
    count >= 3
}

/// `[[Page S1234]]`, `[Page 12]`
fn is_page_mark(content: &str) -> bool {
    let inner = content.trim_start_matches('[').trim_end_matches(']');
    content.ends_with(']')
        && inner.len() <= 24
        && inner.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("page "))
        && inner.bytes().any(|byte| byte.is_ascii_digit())
}

/// The number of a page that stands alone on its line.
pub(super) fn page_number(content: &str) -> Option<u32> {
    const WORDS: [&str; 8] = ["page", "seite", "página", "pagina", "sayfa", "strona", "s.", "p."];
    if content.len() > 24 || !content.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let bare = content.trim_matches(|c: char| c.is_whitespace() || "-–—[]()|·".contains(c));
    let lower = bare.to_lowercase();
    let word = WORDS.iter().find_map(|word| lower.strip_prefix(word));
    let number = word.unwrap_or(&lower).trim();
    let (number, of) = match number.split_once(['/', '|']) {
        Some((number, of)) => (number.trim(), of.trim()),
        None => number.split_once(" of ").unwrap_or((number, "")),
    };
    let is_number = |text: &str| text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    if number.is_empty() || !is_number(number) || !is_number(of) {
        return None;
    }
    number.parse().ok()
}

/// The least lines, blank ones aside, that a page has on average.
const LINES_OF_PAGE: usize = 3;

/// Whether a line begins a turn by its looks: it is no part of the page then.
fn may_be_label(text: &str, lines: &[Line], at: usize) -> bool {
    super::candidates::candidate(text, lines, at).is_some_and(|one| {
        one.form > super::form::Form::Word && one.ending != super::candidates::Ending::Bare
    })
}

/// Numbers of pages are those that go up through the text; a running head stands beside them again
/// and again.
fn mark_pages(text: &str, lines: &mut [Line]) {
    let numbers: Vec<(usize, u32)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.what == What::Words)
        .filter_map(|(at, line)| Some((at, page_number(&text[line.range()])?)))
        .collect();
    let steps = numbers.windows(2).filter(|pair| {
        let (one, next) = (pair[0].1, pair[1].1);
        next > one && next - one <= 2
    });
    let goes_up = numbers.len() >= 3 && steps.count() * 10 >= (numbers.len() - 1) * 7;
    // Between two numbers of pages stands a page, and between the points of a list a line.
    let span = numbers.last().zip(numbers.first()).map_or(0, |(last, first)| last.0 - first.0);
    let goes_up = goes_up && span >= (numbers.len() - 1) * LINES_OF_PAGE;
    if goes_up {
        for (at, _) in &numbers {
            lines[*at].what = What::Furniture;
        }
    }
    mark_running_heads(text, lines);
    let is_edge = |lines: &[Line], at: usize| lines[at].what == What::Furniture;
    let mut heads: HashMap<String, Vec<usize>> = HashMap::new();
    for at in 0..lines.len() {
        let beside =
            (at > 0 && is_edge(lines, at - 1)) || (at + 1 < lines.len() && is_edge(lines, at + 1));
        if !beside || lines[at].what != What::Words {
            continue;
        }
        let content = &text[lines[at].range()];
        if content.len() <= 120 && !may_be_label(text, lines, at) {
            heads.entry(without_numbers(content)).or_default().push(at);
        }
    }
    for places in heads.into_values().filter(|places| places.len() >= 3) {
        for at in places {
            lines[at].what = What::Furniture;
        }
    }
    // What follows the edge of a page may begin or go on.
    for at in 1..lines.len() {
        if lines[at - 1].what == What::Furniture {
            lines[at].gap = true;
        }
    }
}

/// A running head differs from page to page in its numbers alone.
fn without_numbers(content: &str) -> String {
    content
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect::<String>()
        .replace("00", "0")
}

/// `9 March 2021                113`: a head and the number of its page in one line.
fn mark_running_heads(text: &str, lines: &mut [Line]) {
    let mut heads: HashMap<String, Vec<(usize, u32)>> = HashMap::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.what == What::Words) {
        let content = &text[line.range()];
        if content.len() > 160 {
            continue;
        }
        let last = content.rsplit(char::is_whitespace).next().unwrap_or_default();
        let first = content.split(char::is_whitespace).next().unwrap_or_default();
        let (number, rest) = match (page_number(last), page_number(first)) {
            (Some(number), _) => (number, content[..content.len() - last.len()].trim_end()),
            (None, Some(number)) => (number, content[first.len()..].trim_start()),
            (None, None) => continue,
        };
        // The gap of a head is wide; `since 2019` is none.
        let is_wide = content.contains("   ") || content.contains('\t');
        let is_label = is_wide && may_be_label(text, lines, at);
        if is_wide && !is_label && rest.chars().any(char::is_alphabetic) {
            heads.entry(rest.to_owned()).or_default().push((at, number));
        }
    }
    for places in heads.into_values() {
        let goes_up = places.windows(2).all(|pair| pair[1].1 > pair[0].1);
        if places.len() >= 3 && goes_up {
            for (at, _) in places {
                lines[at].what = What::Furniture;
            }
        }
    }
}
