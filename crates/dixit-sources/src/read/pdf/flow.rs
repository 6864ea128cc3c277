//! From the lines of pages to a text: without what recurs on each page, a line for each paragraph.

use std::collections::HashMap;
use std::ops::Range;

use dixit::SourceMap;

use crate::read::prose::Decoded;

/// Lines at the top and at the bottom of a page among which a header or footer is looked for.
const EDGE: usize = 3;

/// The part of the length of long lines that a line has at least when the paragraph goes on behind it.
const FULL: f64 = 0.75;

/// A text, and how many lines were left out because they recur.
pub(super) struct Flow {
    pub(super) file: Decoded,
    pub(super) running: usize,
}

/// What is known of a line.
struct Line {
    range: Range<usize>,
    /// Whether an empty line, or the end of a page, stands before it.
    is_apart: bool,
    is_new_page: bool,
}

/// Puts the text of a layer together.
pub(super) fn flow(layer: &str) -> Flow {
    let pages = pages(layer);
    let recurring = recurring(layer, &pages);
    // Pages that are all alike, as forms are, have no running lines: they are the text.
    let has_own = |page: &Vec<Range<usize>>| {
        let (top, bottom) = edges(layer, page, &recurring);
        top < bottom
    };
    let recurring = match pages.iter().any(has_own) {
        true => recurring,
        false => Recurring { top: HashMap::new(), bottom: HashMap::new(), pages: 0 },
    };
    let mut running = 0;
    let mut lines: Vec<Line> = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let (top, bottom) = edges(layer, page, &recurring);
        running += top + page.len() - bottom;
        let mut is_first = number > 0;
        let mut last: Option<usize> = None;
        for line in &page[top..bottom] {
            // Lines stand one behind another; between these is one that is empty.
            let is_apart = last.is_some_and(|end| line.start > end + 1);
            let is_new_page = std::mem::take(&mut is_first);
            lines.push(Line { range: line.clone(), is_apart, is_new_page });
            last = Some(line.end);
        }
    }
    let usual = usual_length(layer, &lines);
    let (mut text, mut map) = (String::new(), SourceMap::default());
    for (at, line) in lines.iter().enumerate() {
        let mut words = line.range.clone();
        if let Some(before) = at.checked_sub(1).map(|at| &lines[at]) {
            let place = before.range.end as u64;
            match joint(layer, before, line, usual) {
                Joint::Word => {
                    // The soft hyphen that was kept for now.
                    let hyphen = '\u{AD}'.len_utf8();
                    text.truncate(text.len() - hyphen);
                    map = map.slice(0..text.len());
                }
                Joint::Space => {
                    text.push(' ');
                    map.push_verbatim(place, 1);
                }
                Joint::Line => {
                    text.push('\n');
                    map.push_verbatim(place, 1);
                }
                Joint::Paragraph => {
                    text.push_str("\n\n");
                    map.push_verbatim(place, 1);
                    map.push_inserted(1, place + 1);
                }
            }
        }
        words.end = words.start + layer[words.clone()].trim_end().len();
        text.push_str(&layer[words.clone()]);
        map.push_verbatim(words.start as u64, words.len());
    }
    Flow { file: Decoded { text, map, bytes: layer.len() as u64 }, running }
}

/// The lines of each page that have words.
fn pages(layer: &str) -> Vec<Vec<Range<usize>>> {
    let mut pages = Vec::new();
    let mut begins = 0;
    for page in layer.split('\u{C}') {
        let mut lines = Vec::new();
        let mut at = begins;
        for line in page.split('\n') {
            if !line.trim().is_empty() {
                lines.push(at..at + line.len());
            }
            at += line.len() + 1;
        }
        pages.push(lines);
        begins += page.len() + 1;
    }
    pages
}

/// A line as it would stand on the next page: numbers count on.
fn folded(line: &str) -> String {
    let mut out = String::new();
    for word in line.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        let mut is_number = false;
        for c in word.chars() {
            if c.is_ascii_digit() {
                if !is_number {
                    out.push('#');
                }
                is_number = true;
            } else {
                is_number = false;
                out.extend(c.to_lowercase());
            }
        }
    }
    out
}

/// Lines at the top, and at the bottom, of most pages.
struct Recurring {
    top: HashMap<String, usize>,
    bottom: HashMap<String, usize>,
    /// Pages that have words.
    pages: usize,
}

impl Recurring {
    fn is_known(&self, counts: &HashMap<String, usize>, line: &str) -> bool {
        let count = counts.get(&folded(line)).copied().unwrap_or_default();
        // Two columns of a volume, left and right pages, have headers of their own.
        count >= 2 && count * 5 >= self.pages * 2
    }
}

fn recurring(layer: &str, pages: &[Vec<Range<usize>>]) -> Recurring {
    let mut found = Recurring { top: HashMap::new(), bottom: HashMap::new(), pages: 0 };
    for page in pages.iter().filter(|page| !page.is_empty()) {
        found.pages += 1;
        let count = |counts: &mut HashMap<String, usize>,
                     lines: &mut dyn Iterator<Item = &Range<usize>>| {
            let mut own: Vec<String> = lines.map(|line| folded(&layer[line.clone()])).collect();
            own.sort_unstable();
            own.dedup();
            for line in own {
                *counts.entry(line).or_default() += 1;
            }
        };
        count(&mut found.top, &mut page.iter().take(EDGE));
        count(&mut found.bottom, &mut page.iter().rev().take(EDGE));
    }
    found
}

/// Which lines of a page are its own: from the first one to that before which they end.
fn edges(layer: &str, page: &[Range<usize>], recurring: &Recurring) -> (usize, usize) {
    let is = |counts, line: &Range<usize>| recurring.is_known(counts, &layer[line.clone()]);
    let top = page.iter().take(EDGE).take_while(|line| is(&recurring.top, line)).count();
    let rest = &page[top..];
    let bottom =
        rest.iter().rev().take(EDGE).take_while(|line| is(&recurring.bottom, line)).count();
    (top, page.len() - bottom)
}

/// How long lines are that are full: nine of ten are no longer.
fn usual_length(layer: &str, lines: &[Line]) -> usize {
    let mut lengths: Vec<usize> =
        lines.iter().map(|line| layer[line.range.clone()].chars().count()).collect();
    if lengths.len() < 4 {
        return lengths.into_iter().max().unwrap_or_default();
    }
    let at = lengths.len() * 9 / 10;
    *lengths.select_nth_unstable(at).1
}

/// What stands between two lines.
enum Joint {
    /// A word goes on.
    Word,
    Space,
    Line,
    Paragraph,
}

fn joint(layer: &str, before: &Line, line: &Line, usual: usize) -> Joint {
    let (first, second) = (layer[before.range.clone()].trim_end(), &layer[line.range.clone()]);
    if line.is_apart {
        return Joint::Paragraph;
    }
    let ends_sentence = first
        .trim_end_matches(['"', '”', '’', ')', '»'])
        .ends_with(['.', '!', '?', ':', '。', '！', '？', '：']);
    if line.is_new_page {
        // A page ends where it is full; only what is plainly one sentence goes on.
        let goes_on = second.trim_start().starts_with(char::is_lowercase);
        return match (first.ends_with('\u{AD}'), goes_on && !ends_sentence) {
            (true, true) => Joint::Word,
            (_, true) => Joint::Space,
            _ => Joint::Line,
        };
    }
    if first.ends_with('\u{AD}') {
        return Joint::Word;
    }
    let length = first.chars().count();
    let is_full = usual >= 20 && length as f64 >= usual as f64 * FULL;
    // A hyphen at the end may belong to the word: the line ends there, as on the page.
    let is_hyphen = first.ends_with(['-', '\u{2010}', '\u{2011}']);
    let begins_item = second.trim_start().starts_with(['•', '–', '—', '*', '-', '▪', '●']);
    let is_end = ends_sentence && (length as f64) < usual as f64 * 0.9;
    match is_full && !is_hyphen && !begins_item && !is_end && !looks_like_label(second) {
        true => Joint::Space,
        false => Joint::Line,
    }
}

/// Whether a line opens a turn: a few words in capitals at the front, then a colon.
fn looks_like_label(line: &str) -> bool {
    let front: String = line.chars().take(80).collect();
    front.split_once(':').is_some_and(|(label, _)| {
        let mut words = label.split_whitespace();
        let is_named = |word: &str| !word.starts_with(char::is_lowercase);
        words.clone().count() <= 8
            && words.next().is_some_and(is_named)
            && words.all(|word| is_named(word) || word.len() <= 3)
    })
}
