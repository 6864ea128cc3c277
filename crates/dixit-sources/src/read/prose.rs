//! What plain text and Markdown share: a whole file as one statement.

use std::io::{self, Read};
use std::ops::Range;

use dixit::{Basis, BasisKind, SourceMap, Span, Statement};

use super::{Input, Item, Sink};
use crate::problem::Problem;

/// A file's text, decoded, with where each byte of it stands.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) map: SourceMap,
    /// Bytes of the file.
    pub(super) bytes: u64,
}

/// Reads a file whole and decodes it; what does not decode is replaced and reported.
///
/// `None` when there is nothing to take, which is reported then.
pub(super) fn read_whole(
    input: &mut Input<'_>,
    sink: &mut Sink<'_>,
) -> io::Result<Option<Decoded>> {
    let limit = input.limits.record_bytes;
    let mut bytes = Vec::new();
    input.bytes.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        let message = format!("the text has more than {limit} bytes, the most for one record");
        sink(Item::Problem(Problem::left_out(input.name, message)));
        return Ok(None);
    }
    let length = bytes.len() as u64;
    let bytes = match String::from_utf8(bytes) {
        // Most files are whole, and without a mark: these bytes are the text.
        Ok(text) if !text.starts_with('\u{FEFF}') && !text.trim().is_empty() => {
            let map = SourceMap::verbatim(0, text.len());
            return Ok(Some(Decoded { text, map, bytes: length }));
        }
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    let decoded = decode(&bytes);
    if decoded.replaced > 0 {
        let (line, byte) = line_of(&bytes, decoded.first_bad);
        let message = format!(
            "byte {byte} is not UTF-8; {} such bytes were replaced by U+FFFD",
            decoded.replaced
        );
        sink(Item::Problem(Problem::noted(input.name, message).at(line, byte)));
    }
    if decoded.text.trim().is_empty() {
        let why = super::nothing(decoded.text.as_bytes());
        sink(Item::Problem(Problem::left_out(input.name, why)));
        return Ok(None);
    }
    let Lossy { text, map, .. } = decoded;
    Ok(Some(Decoded { text, map, bytes: length }))
}

pub(super) struct Lossy {
    pub(super) text: String,
    pub(super) map: SourceMap,
    pub(super) replaced: usize,
    first_bad: usize,
}

pub(super) fn decode(bytes: &[u8]) -> Lossy {
    let mut at = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let mut lossy =
        Lossy { text: String::new(), map: SourceMap::default(), replaced: 0, first_bad: 0 };
    // Most files are whole, which is faster to see at once.
    if let Ok(text) = std::str::from_utf8(&bytes[at..]) {
        let map = SourceMap::verbatim(at as u64, text.len());
        return Lossy { text: text.to_owned(), map, ..lossy };
    }
    for chunk in bytes[at..].utf8_chunks() {
        lossy.text.push_str(chunk.valid());
        lossy.map.push_verbatim(at as u64, chunk.valid().len());
        at += chunk.valid().len();
        let bad = chunk.invalid();
        if !bad.is_empty() {
            if lossy.replaced == 0 {
                lossy.first_bad = at;
            }
            lossy.replaced += bad.len();
            lossy.text.push('\u{FFFD}');
            lossy.map.push_decoded(3, Span::from(at..at + bad.len()));
            at += bad.len();
        }
    }
    lossy
}

fn line_of(bytes: &[u8], at: usize) -> (u64, u64) {
    let line = memchr::memchr_iter(b'\n', &bytes[..at.min(bytes.len())]).count() + 1;
    (line as u64, at as u64)
}

/// Makes a statement without its words, its title standing at a range of a decoded file.
pub(super) fn statement(name: &str, file: &Decoded, title: Option<Range<usize>>) -> Statement {
    let mut statement = Statement::new(name, "");
    if let Some(range) = title {
        let evidence = file.map.to_source(range.clone());
        statement.title = Some(plain_title(&file.text[range]));
        let basis = Basis::new(BasisKind::Extracted, "heading").with_confidence(0.95);
        statement.set_basis("title", Basis { evidence: evidence.into_iter().collect(), ..basis });
    }
    statement
}

/// Gives a statement the words that stand in a range of a decoded file.
pub(super) fn fill(statement: &mut Statement, file: &Decoded, body: Range<usize>) {
    file.text[body.clone()].clone_into(&mut statement.text);
    statement.source.ordinal = Some(1);
    let map = file.map.slice(body);
    statement.source.span = Some(match map.verbatim_start() {
        Some(start) => Span::new(start, start + statement.text.len() as u64),
        None => Span::new(0, file.bytes),
    });
    statement.set_source_map(map);
}

/// A heading without the marks and breaks that laid it out.
fn plain_title(text: &str) -> String {
    let text = text.trim().trim_start_matches('#').trim_end_matches('#').trim();
    crate::extract::squeeze(text)
}

/// The lines of a text as ranges without their ends, from a byte on.
pub(super) fn lines(text: &str, from: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = from;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let start = at;
        let end = memchr::memchr(b'\n', &text.as_bytes()[start..])
            .map_or(text.len(), |found| start + found);
        at = end + 1;
        let content = text[start..end].trim_end_matches('\r').len();
        Some(start..start + content)
    })
}

/// The first line if it is a headline: short, without the full stop of a sentence, with a blank line
/// or a longer text after it. And where the text goes on.
pub(super) fn headline(text: &str, from: usize) -> Option<(Range<usize>, usize)> {
    let mut lines = lines(text, from).skip_while(|line| text[line.clone()].trim().is_empty());
    let first = lines.next()?;
    let title = text[first.clone()].trim();
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let is_sentence = title.ends_with(['.', ':', ',', ';', '。', '：', '"', '”', '…']);
    if title.chars().count() > 160
        || letters < 4
        || is_sentence
        || looks_like_label(title)
        || super::transcript::begins_with_label(title)
    {
        return None;
    }
    let next = lines.next()?;
    if !text[next].trim().is_empty() {
        return None;
    }
    let rest = lines.find(|line| !text[line.clone()].trim().is_empty())?;
    // Under a headline stands a text, not another such line: that would be a list.
    let text = &text[rest.start..];
    let words = text.split_whitespace().take(12).count();
    // Scripts without spaces have few words, and long ones.
    let is_text = words == 12
        || text.chars().filter(|c| c.is_alphabetic()).nth(30).is_some()
            && words < 12
            && text.chars().take(400).any(|c| u32::from(c) > 0x2E80);
    is_text.then_some((first, rest.start))
}

/// `QUESTION: …` opens a turn; it is no headline.
fn looks_like_label(line: &str) -> bool {
    line.split_once(": ")
        .is_some_and(|(label, _)| label.chars().all(|c| c.is_uppercase() || c == ' ' || c == '.'))
}
