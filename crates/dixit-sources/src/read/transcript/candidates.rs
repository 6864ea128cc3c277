//! What at the head of a line may be a label, and where the words begin behind it.

use std::ops::Range;

use super::endings::{
    asked, bare, bold, colon, dash, gap, in_bold, in_brackets, is_clock, letter, marked, stop,
};
use super::form::{Form, form};
use super::lines::{Line, What, heading_words};
use crate::extract::prefix;

/// By what a label is set off from the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Ending {
    /// A colon, and the words behind it.
    Colon,
    /// A colon at the end of the line; the words begin on the next.
    OwnLine,
    /// A full stop: `Mr. ROE. I rise.`
    Stop,
    /// A dash: `AYŞE ÖRNEK (Devamla) – Evet.`
    Dash,
    /// White space alone: `Q   Any news?`
    Gap,
    /// A mark before it, as in Japan: `○委員長（山田君）　これより`
    Mark,
    /// Bold letters.
    Bold,
    /// Nothing: a name alone on its line.
    Bare,
    /// It is a heading, of this rank.
    Heading(u8),
    /// Words that tell that somebody asks: `12. Deputy ROE asked the Minister …`
    Asked,
}

impl Ending {
    /// How many there are, headings being one.
    pub(super) const COUNT: usize = 10;

    pub(super) const fn index(self) -> usize {
        match self {
            Self::Colon => 0,
            Self::OwnLine => 1,
            Self::Stop => 2,
            Self::Dash => 3,
            Self::Gap => 4,
            Self::Mark => 5,
            Self::Bold => 6,
            Self::Bare => 7,
            Self::Heading(_) => 8,
            Self::Asked => 9,
        }
    }
}

/// What may be a label.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Which line.
    pub(super) line: usize,
    /// Where the label stands, without marks around it.
    pub(super) label: Range<usize>,
    /// Where the words begin; the end of the line when they begin on the next.
    pub(super) words: usize,
    pub(super) ending: Ending,
    pub(super) form: Form,
    /// Whether the words go on in small letters, as after no label.
    pub(super) goes_on: bool,
    /// Whether it is in bold.
    pub(super) is_bold: bool,
}

/// How far into a line a label may reach.
pub(super) const REACH: usize = 220;

/// The label at the head of a line, if anything there may be one.
pub(super) fn candidate(text: &str, lines: &[Line], at: usize) -> Option<Candidate> {
    let line = &lines[at];
    let (label, words, ending, form) = match line.what {
        What::Heading(rank) => {
            let words = heading_words(text, line);
            let name = text[words.clone()].trim_end_matches([':', '：']).trim_end();
            let begins = words.start + name.len() - name.trim_start_matches('*').len();
            let has_colon = text[words.clone()].ends_with([':', '：']);
            let label = begins..begins + name.trim_matches('*').len();
            // Over a heading that ends with a colon the words decide nothing.
            let form = form(&text[label.clone()]);
            let form = if has_colon && form == Form::Phrase { Form::Plain } else { form };
            (label, line.range().end, Ending::Heading(rank), form)
        }
        What::Words => of_words(text, lines, at).filter(|(.., ending, _)| {
            // `President: ⏎ Mr. Roe . . . . (Norland)` heads a list.
            let next = lines.get(at + 1).map_or("", |next| &text[next.range()]);
            *ending != Ending::OwnLine || !(next.contains(". . .") || next.contains("....."))
        })?,
        What::Quoted | What::Rule | What::Furniture => return None,
    };
    if label.is_empty() {
        return None;
    }
    let behind = &text[words..line.range().end];
    let words = words + (behind.len() - behind.trim_start().len());
    // In a script with capitals a label begins with one.
    let is_low = text[label.clone()].chars().next().is_some_and(char::is_lowercase);
    if is_low && !matches!(ending, Ending::Heading(_) | Ending::Bold) {
        return None;
    }
    let rest = text[words..line.range().end].trim_start_matches(['*', '_', ' ', '\u{a0}']);
    // `rose—` is all that some records tell.
    let is_all =
        rest.split_whitespace().nth(3).is_none() && lines.get(at + 1).is_none_or(|next| next.gap);
    let goes_on =
        rest.chars().next().is_some_and(char::is_lowercase) && !is_all && ending != Ending::Asked;
    let is_bold = line.bold().end >= label.end || text[line.range()].starts_with("**");
    Some(Candidate { line: at, label, words, ending, form, goes_on, is_bold })
}

/// A label, where the words begin, what sets it off, what its words make it.
pub(super) type Parts = (Range<usize>, usize, Ending, Form);

fn of_words(text: &str, lines: &[Line], at: usize) -> Option<Parts> {
    let range = lines[at].range();
    let line = &text[range.clone()];
    let head = prefix(line, REACH);
    let skipped = before_label(head);
    let start = range.start + skipped;
    let head = &head[skipped..];
    if let Some(found) = in_brackets(head, start, range.end) {
        return Some(found);
    }
    // A bracket or a quotation mark opens no label.
    if head.is_empty() || head.starts_with(['(', '（', '"', '“', '„', '«', '「', '『', '\'', '‘'])
    {
        return None;
    }
    // In a script with capitals a label begins with one; most lines of prose end here or below.
    let first = head.chars().next()?;
    if first.is_lowercase() && lines[at].bold().is_empty() {
        return None;
    }
    let has = Signs::of(head);
    if let Some(found) = asked(head, start, numbered(line.trim_start()) > 0) {
        return Some(found);
    }
    if let Some(found) = bold(head, start, range.end).or_else(|| in_bold(text, &lines[at], skipped))
    {
        return Some(found);
    }
    if let Some(found) = letter(head, start, lines[at].gap).or_else(|| marked(head, start)) {
        return Some(found);
    }
    let colon = has.colon.then(|| colon(line, head, skipped, start, range.end)).flatten();
    let stop = has.stop.then(|| stop(head, start)).flatten();
    let dash = has.dash.then(|| dash(head, start)).flatten();
    // What ends first ends the label.
    let first = [stop, dash].into_iter().flatten().min_by_key(|found| found.0.end);
    if let Some(found) = first
        && colon.as_ref().is_none_or(|colon| found.0.end < colon.0.end || colon.3 == Form::Phrase)
    {
        return Some(found);
    }
    if colon.is_some() {
        return colon;
    }
    let gap = has.gap.then(|| gap(head, start)).flatten();
    gap.or_else(|| bare(text, lines, at, skipped))
}

/// What marks there are in the head of a line, so that most lines are passed over by one look.
#[derive(Debug, Default)]
struct Signs {
    colon: bool,
    stop: bool,
    dash: bool,
    gap: bool,
}

impl Signs {
    fn of(head: &str) -> Self {
        let mut has = Self::default();
        let bytes = head.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b':' => has.colon = true,
                b'.' => has.stop = true,
                b'-' => has.dash |= at > 0 && matches!(bytes[at - 1], b' ' | b'.'),
                b'\t' => has.gap = true,
                b' ' => has.gap |= bytes[at..].starts_with(b"   "),
                // The wide colons begin with this, dashes and spaces with what follows; so do other signs.
                0xEF => has.colon = true,
                0xE2 => has.dash |= matches!(bytes[at..], [_, 0x80, 0x93 | 0x94, ..]),
                0xE3 | 0xC2 => has.gap = true,
                _ => {}
            }
        }
        has
    }
}

/// The number of a speech or a question before a label: `Q12 Ada Rask:`, `Anf. 3 ADA RASK:`, `12. Ada Rask`.
fn numbered(text: &str) -> usize {
    const WORDS: [&str; 6] = ["Q", "Anf. ", "Nr. ", "No. ", "N° ", "§ "];
    let word = WORDS.iter().find(|word| text.starts_with(**word)).map_or(0, |word| word.len());
    let digits = text[word..].bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=4).contains(&digits) {
        return 0;
    }
    let after = &text[word + digits..];
    let bare = after.strip_prefix(['.', ')']).unwrap_or(after);
    // A number alone is a year, or begins a sentence.
    let is_marked = word > 0 || bare.len() < after.len();
    let rest = bare.trim_start();
    let is_set_off = rest.len() < bare.len() && rest.starts_with(char::is_uppercase);
    if is_marked && is_set_off { text.len() - rest.len() } else { 0 }
}

/// What may stand before a label and is no part of it: the mark of a list, a time in brackets.
fn before_label(head: &str) -> usize {
    let mut rest = head;
    for _ in 0..3 {
        let mut next = rest.trim_start();
        let marks =
            next.trim_start_matches(['-', '–', '—', '•', '·', '▪', '>', '\u{feff}', '\u{200b}']);
        // `– Ada Rask: …`, but no `-12:` and no rule.
        if marks.len() < next.len()
            && (next.len() - marks.len() <= 3)
            && marks.starts_with([' ', '\u{a0}'])
        {
            next = marks.trim_start();
        }
        next = &next[numbered(next)..];
        if let Some(inner) = next.strip_prefix(['[', '(']) {
            if let Some(end) = inner.find([']', ')']).filter(|end| is_clock(&inner[..*end])) {
                next = inner[end + 1..].trim_start();
            }
        } else {
            let end = next.find(char::is_whitespace).unwrap_or(next.len());
            if is_clock(&next[..end]) && end < next.len() {
                next = next[end..].trim_start();
            }
        }
        if next.len() == rest.len() {
            break;
        }
        rest = next;
    }
    head.len() - rest.len()
}
