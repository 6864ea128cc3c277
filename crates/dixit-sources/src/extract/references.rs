//! What a text cites: the block of references at its end, links, and document symbols.

mod symbols;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use dixit::BasisKind;
use memchr::memmem::{self, Finder};
use serde::Deserialize;

use super::Found;
use super::lexicon::{Phrase, lexicon};
use super::tokens::find_byte;
use crate::extract::shipped;

/// A title with the outlet or address that stands under it.
pub const TITLE_AND_OUTLET: f64 = 0.95;
/// A line of the block as it stands.
pub const BLOCK_LINE: f64 = 0.85;
/// A link: its form leaves no doubt.
pub const LINK: f64 = 0.99;
/// A document symbol, by its form.
pub const SYMBOL: f64 = 0.95;

/// The rule that finds symbols.
const DOCUMENT_SYMBOL: &str = "document-symbol";

/// A longer line is prose, and prose behind a heading makes no block of references.
const LONGEST_LINE: usize = 500;
/// A longer block is a part of the text.
const MOST_LINES: usize = 400;

/// What a text cites. Ranges count bytes of that text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct References {
    /// The block at the end, from its heading on. It is nobody's words: leave it out of the body.
    pub block: Option<Range<usize>>,
    /// References in the order of the text, each once.
    pub items: Vec<Found<String>>,
}

#[derive(Debug, Deserialize)]
struct Lists {
    headings: Vec<String>,
    inline: Vec<String>,
    symbols: Vec<String>,
    /// Behind the first part of a symbol, and nowhere else.
    parts: Vec<String>,
    /// Each in its parts, which dots and spaces may stand between.
    bills: Vec<Vec<String>>,
    commission: Vec<String>,
}

fn lists() -> &'static Lists {
    static LISTS: LazyLock<Lists> = LazyLock::new(|| {
        let mut lists: Lists =
            shipped("references.toml", include_str!("../../data/references.toml"));
        // As lines are compared with them.
        for heading in &mut lists.headings {
            *heading = bare(heading).to_lowercase();
        }
        for heading in &mut lists.inline {
            *heading = heading.to_lowercase();
        }
        lists
    });
    &LISTS
}

/// The references of a text.
///
/// ```
/// use dixit_sources::extract::references;
///
/// let found = references::find("She spoke.\nReference(s):\nNorland opens its ports\nnews.example\n");
/// assert_eq!(found.items[0].value, "Norland opens its ports, news.example");
/// ```
#[must_use]
pub fn find(text: &str) -> References {
    let mut items = Vec::new();
    let block = block(text, &mut items);
    let body = block.as_ref().map_or(text.len(), |block| block.start);
    let mut inline = Vec::new();
    links(&text[..body], &mut inline);
    symbols(text, &mut inline);
    inline.sort_by_key(|found| found.evidence.first().map_or(0, |range| range.start));
    // A symbol inside a reference of the block, or inside a link, is part of it.
    let mut covered: Vec<Range<usize>> =
        items.iter().chain(&inline).flat_map(|found| found.evidence.clone()).collect();
    covered.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    covered.retain(|range| {
        let outer = range.end > end;
        end = end.max(range.end);
        outer
    });
    inline.retain(|found| {
        found.evidence.first().is_some_and(|range| {
            covered.binary_search_by_key(&(range.start, range.end), |c| (c.start, c.end)).is_ok()
        })
    });
    inline.extend(items);
    References { block, items: merge(inline) }
}

/// The same reference found again is one with more evidence.
fn merge(found: Vec<Found<String>>) -> Vec<Found<String>> {
    let mut merged: Vec<Found<String>> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for item in found {
        // `H.R. 3684` and `H. R. 3684` are one bill.
        let one = match item.rule {
            DOCUMENT_SYMBOL => dixit::analysis::reference_form(&item.value),
            _ => item.value.clone(),
        };
        match seen.get(&one) {
            Some(index) => merged[*index].evidence.extend(item.evidence),
            None => {
                seen.insert(one, merged.len());
                merged.push(item);
            }
        }
    }
    merged
}

/// A line without the white space around it.
fn trimmed(text: &str, line: Range<usize>) -> Range<usize> {
    let words = &text[line.clone()];
    let start = line.start + (words.len() - words.trim_start().len());
    let end = line.start + words.trim_end().len();
    start..end.max(start)
}

fn block(text: &str, items: &mut Vec<Found<String>>) -> Option<Range<usize>> {
    // Lines from the end, up to the heading.
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut end = text.len();
    loop {
        let start = memchr::memrchr(b'\n', &text.as_bytes()[..end]).map_or(0, |at| at + 1);
        let line = trimmed(text, start..end);
        if !line.is_empty() {
            let words = &text[line.clone()];
            if !lines.is_empty() && is_heading(words) {
                lines.reverse();
                read_block(text, &lines, items);
                return (!items.is_empty()).then_some(line.start..text.trim_end().len());
            }
            if lines.len() < 4
                && let Some(source) = inline_source(words)
                && lines.iter().all(|line| is_address(&text[line.clone()]))
            {
                let at = line.start + source.start..line.start + source.end;
                lines.push(at);
                lines.reverse();
                read_block(text, &lines, items);
                return Some(line.start..text.trim_end().len());
            }
            if line.len() > LONGEST_LINE || lines.len() >= MOST_LINES || is_prose(words) {
                return None;
            }
            lines.push(line);
        }
        end = start.checked_sub(1)?;
    }
}

/// Two sentences or more in one line.
fn is_prose(line: &str) -> bool {
    if line.len() <= 200 {
        return false;
    }
    let mut stops = memmem::find_iter(line.as_bytes(), ". ").filter(|at| {
        let before = line[..*at].rsplit(' ').next().unwrap_or_default();
        let after = line[at + 2..].chars().next();
        before.chars().count() > 3 && after.is_some_and(char::is_uppercase)
    });
    stops.nth(1).is_some()
}

fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '*' | '#' | '_' | '=' | '-' | ':' | '：' | '【' | '】')
    })
}

fn is_heading(line: &str) -> bool {
    if line.len() > 60 {
        return false;
    }
    let line = bare(line).to_lowercase();
    lists().headings.contains(&line)
}

/// `Source: Norland News`: the range of what follows the colon.
fn inline_source(line: &str) -> Option<Range<usize>> {
    if line.len() >= 300 {
        return None;
    }
    let at = line.find([':', '：'])?;
    let head = line[..at].trim_matches(|c: char| c.is_whitespace() || c == '*').to_lowercase();
    let known = lists().inline.contains(&head);
    let rest = trimmed(line, at + line[at..].chars().next().map_or(1, char::len_utf8)..line.len());
    let short = line[rest.clone()].chars().count() <= 160 && !line[rest.clone()].ends_with('.');
    (known && short && !rest.is_empty()).then_some(rest)
}

fn read_block(text: &str, lines: &[Range<usize>], items: &mut Vec<Found<String>>) {
    for line in lines {
        let line = unmarked(text, line.clone());
        let words = &text[line.clone()];
        if words.is_empty() {
            continue;
        }
        let address = is_address(words);
        if (address || is_outlet(words))
            && let Some(last) = items.last_mut()
            && last.evidence.len() == 1
            && !is_address(&text[last.evidence[0].clone()])
        {
            last.value = format!("{}, {words}", last.value);
            last.evidence.push(line);
            last.rule = "title-and-outlet";
            last.confidence = TITLE_AND_OUTLET;
            continue;
        }
        items.push(found(words.to_owned(), line, "reference-block", BLOCK_LINE));
    }
}

/// Without the bullet or number in front.
fn unmarked(text: &str, line: Range<usize>) -> Range<usize> {
    let words = &text[line.clone()];
    let mut rest = words.trim_start_matches(['-', '*', '•', '–', '·', '>', ' ', '\u{a0}', '\t']);
    let digits = rest.trim_start_matches('[').trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = digits.len() < rest.len() && rest.len() - digits.len() <= 4;
    if let Some(after) = digits.strip_prefix([']', ')', '.', '、']).filter(|_| numbered) {
        let after = after.trim_start_matches('.');
        if after.starts_with(char::is_whitespace) {
            rest = after.trim_start();
        }
    }
    line.end - rest.len()..line.end
}

/// A web address or a bare domain: `www.news.example/today`, `news.example`.
fn is_address(line: &str) -> bool {
    let line = line.trim_end_matches(['/', '.']);
    if line.is_empty() || line.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return false;
    }
    if line.starts_with("http://") || line.starts_with("https://") {
        return true;
    }
    let host = line.split(['/', '?', '#']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let top = labels.last().copied().unwrap_or_default();
    labels.len() >= 2
        && labels.len() <= 6
        && (2..=24).contains(&top.len())
        && top.chars().all(|c| c.is_ascii_alphabetic())
        && labels.iter().all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
}

fn is_outlet(line: &str) -> bool {
    let named = |entry: &super::lexicon::PhraseEntry| {
        let words = line.split_whitespace();
        entry.what == Phrase::Outlet
            && words.map(super::lexicon::fold).eq(entry.words.iter().cloned())
    };
    line.len() < 60 && lexicon().phrases.iter().any(named)
}

fn found(value: String, at: Range<usize>, rule: &'static str, confidence: f64) -> Found<String> {
    let evidence = vec![at];
    Found { value, evidence, kind: BasisKind::Extracted, rule, confidence, note: None }
}

fn links(text: &str, items: &mut Vec<Found<String>>) {
    static BEGIN: LazyLock<AhoCorasick> =
        LazyLock::new(|| AhoCorasick::new(["://", "www."]).expect("two short patterns"));
    static MARKS: LazyLock<[Finder<'static>; 2]> =
        LazyLock::new(|| ["://", "www."].map(Finder::new));
    // Two quick looks, and most texts have none.
    if MARKS.iter().all(|mark| mark.find(text.as_bytes()).is_none()) {
        return;
    }
    let mut from = 0;
    while let Some(found_at) = BEGIN.find(&text.as_bytes()[from..]) {
        let at = from + found_at.start();
        from = at + 1;
        let rest = &text[at..];
        let start = if rest.starts_with("://") {
            let scheme = ["https", "http"].into_iter().find(|scheme| text[..at].ends_with(scheme));
            let Some(scheme) = scheme else { continue };
            at - scheme.len()
        } else if rest.starts_with("www.")
            && !text[..at]
                .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '@'))
        {
            at
        } else {
            continue;
        };
        let ends = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(
                    c,
                    '<' | '>'
                        | '"'
                        | '“'
                        | '”'
                        | '«'
                        | '»'
                        | '`'
                        | '，'
                        | '。'
                        | '）'
                        | '」'
                        | '|'
                        | '\\'
                        | '^'
                        | '{'
                        | '}'
                )
        };
        let len = text[start..].find(ends).unwrap_or(text.len() - start);
        from = start + len;
        let link = clean_link(&text[start..start + len]);
        if link.len() > 11 && link.get(8..).is_some_and(|rest| rest.contains('.'))
            || link.starts_with("www.") && link.len() > 7
        {
            items.push(found(link.to_owned(), start..start + link.len(), "link", LINK));
        }
    }
}

/// Without the stops and brackets of the sentence around it.
fn clean_link(link: &str) -> &str {
    let mut link = link;
    // `[words](link)` of Markdown: the link ends at its bracket.
    if let Some(at) = link.find("](") {
        link = &link[..at];
    }
    loop {
        let short = link.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '*', '_', '…']);
        let short = match short.strip_suffix([')', ']']) {
            Some(inner)
                if short.matches(['(', '[']).count() < short.matches([')', ']']).count() =>
            {
                inner
            }
            _ => short,
        };
        if short.len() == link.len() {
            return link;
        }
        link = short;
    }
}

/// Document symbols: `A/RES/78/1`, `H.R. 3684`, `COM(2023) 12`, `resolution 2334 (2016)`.
fn symbols(text: &str, items: &mut Vec<Found<String>>) {
    let bytes = text.as_bytes();
    let digit_from = |from: usize| {
        let digit = find_byte(&bytes[from..], |byte| byte.is_ascii_digit());
        digit.map_or(bytes.len(), |at| from + at)
    };
    let (mut at, mut digit) = (0, digit_from(0));
    while at < bytes.len() {
        if digit < at {
            digit = digit_from(at);
        }
        // A symbol has a digit, and most stretches of a text have none.
        at = at.max(digit.saturating_sub(symbols::LONGEST));
        if digit == bytes.len() {
            return;
        }
        let c = bytes[at];
        if !c.is_ascii_alphabetic() && c != b'(' {
            at += 1;
            continue;
        }
        let starts = at == 0
            || match bytes[at - 1] {
                before if before.is_ascii() => {
                    !(before.is_ascii_alphanumeric() || matches!(before, b'/' | b'.' | b'-' | b'_'))
                }
                // A quotation mark, or a script that puts no spaces: 决议A/RES/78/1.
                _ => text[..at].chars().next_back().is_some_and(|before| {
                    !before.is_alphanumeric() || super::tokens::is_cjk(before)
                }),
            };
        if !starts {
            at += 1;
            continue;
        }
        match symbols::end_at(text, at) {
            Some(end) => {
                let value = super::mentions::squeeze(&text[at..end]);
                items.push(found(value, at..end, DOCUMENT_SYMBOL, SYMBOL));
                at = end;
            }
            None => at += 1,
        }
    }
}

#[cfg(test)]
mod tests;
