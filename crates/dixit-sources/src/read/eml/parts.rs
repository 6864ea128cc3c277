//! Where the parts of a mail begin and end (RFC 2046), without recursion and in one pass.

use std::ops::Range;

use super::header::{Fields, end_of_fields};

/// The most parts, and the most that stand within each other. Mails have a handful; what has more is made
/// to exhaust whoever reads it.
const PARTS: usize = 1000;
const DEPTH: usize = 20;

/// A mail, or a part of one.
pub(super) struct Part {
    pub(super) fields: Fields,
    body: Range<usize>,
    is_multipart: bool,
    /// Whether it stands within parts that are the same in several forms, by the number of these.
    within_alternative: Option<usize>,
    /// Whether what it says is read in another form.
    pub(super) is_another_form: bool,
}

impl Part {
    pub(super) fn body<'m>(&self, mail: &'m [u8]) -> &'m [u8] {
        &mail[self.body.clone()]
    }

    /// Where its body stands in the mail.
    pub(super) fn range(&self) -> Range<usize> {
        self.body.clone()
    }

    /// Whether it is not made of parts itself.
    pub(super) fn is_leaf(&self) -> bool {
        !self.is_multipart
    }
}

/// The parts of a mail in the order in which they begin, the mail itself being the first; and what is to
/// be told of them.
pub(super) fn parts(mail: &[u8]) -> (Vec<Part>, Option<String>) {
    let mut parts: Vec<Part> = Vec::new();
    // Marks that are in force, and the part that each belongs to.
    let mut open: Vec<(Vec<u8>, usize)> = Vec::new();
    let mut problem = None;
    // The part that is being passed through.
    let mut current = begin(mail, 0, mail.len(), &mut parts, &mut open, &mut problem);
    let mut at = parts[0].body.start;
    while at < mail.len() && !open.is_empty() {
        let end = memchr::memchr(b'\n', &mail[at..]).map_or(mail.len(), |end| at + end + 1);
        let line = &mail[at..end];
        let found = line.strip_prefix(b"--").and_then(|rest| {
            let rest = rest.trim_ascii_end();
            let is = |mark: &[u8]| rest == mark || rest.strip_suffix(b"--") == Some(mark);
            let depth = open.iter().rposition(|(mark, _)| is(mark))?;
            Some((depth, rest != open[depth].0.as_slice()))
        });
        let Some((depth, is_last)) = found else {
            at = end;
            continue;
        };
        // The line end before the mark belongs to the mark.
        let body_end = match &mail[..at] {
            [.., b'\r', b'\n'] => at - 2,
            [.., b'\n'] => at - 1,
            _ => at,
        };
        for (_, part) in open.drain(depth + 1..) {
            close(&mut parts[part], body_end);
        }
        close(&mut parts[current], body_end);
        if is_last {
            current = open[depth].1;
            open.truncate(depth);
            at = end;
            continue;
        }
        if parts.len() >= PARTS {
            problem = Some(format!("it has more than {PARTS} parts: the rest is left out"));
            break;
        }
        current = begin(mail, end, mail.len(), &mut parts, &mut open, &mut problem);
        at = parts[current].body.start;
    }
    if !open.is_empty() && problem.is_none() {
        problem = Some("its last part has no end: it may be cut off".to_owned());
    }
    (parts, problem)
}

/// Ends a part where nothing ended it before.
fn close(part: &mut Part, end: usize) {
    if part.body.end > end {
        part.body.end = end.max(part.body.start);
    }
}

/// Reads the fields of the part that begins here, and its mark if it is made of parts.
fn begin(
    mail: &[u8],
    at: usize,
    end: usize,
    parts: &mut Vec<Part>,
    open: &mut Vec<(Vec<u8>, usize)>,
    problem: &mut Option<String>,
) -> usize {
    let (fields_end, body) = end_of_part_fields(&mail[at..end], open);
    let fields = Fields::read(mail, at..at + fields_end);
    let number = parts.len();
    let boundary = fields.boundary().map(|mark| mark.as_bytes().trim_ascii_end().to_vec());
    let around = open.last().map(|(_, part)| *part);
    let within_alternative = around.and_then(|part| match parts[part].fields.is_alternative() {
        true => Some(part),
        false => parts[part].within_alternative,
    });
    let is_multipart = boundary.is_some();
    if let Some(mark) = boundary {
        if open.len() < DEPTH {
            open.push((mark, number));
        } else {
            *problem = Some(format!("parts lie more than {DEPTH} deep in it and are left out"));
        }
    }
    let body = at + body..end;
    parts.push(Part { fields, body, is_multipart, within_alternative, is_another_form: false });
    number
}

/// Where fields end: at the first empty line, or at a mark where that comes first.
fn end_of_part_fields(bytes: &[u8], open: &[(Vec<u8>, usize)]) -> (usize, usize) {
    let (end, body) = end_of_fields(bytes);
    let mut at = 0;
    while at < end && !open.is_empty() {
        let line = memchr::memchr(b'\n', &bytes[at..end]).map_or(end, |line| at + line + 1);
        let rest = bytes[at..line].strip_prefix(b"--").map(<[u8]>::trim_ascii_end);
        let is_mark =
            |(mark, _): &(Vec<u8>, usize)| rest.is_some_and(|rest| rest.starts_with(mark));
        if open.iter().any(is_mark) {
            return (at, at);
        }
        at = line;
    }
    (end, body)
}

/// The parts in which the words of the mail itself stand. Of one text in several forms the first plain one
/// is taken; without it the first page. The others are marked as another form of it.
pub(super) fn words(parts: &mut [Part]) -> Vec<usize> {
    let words = first_forms(parts);
    let taken: Vec<usize> = words.iter().filter_map(|at| parts[*at].within_alternative).collect();
    for (at, part) in parts.iter_mut().enumerate() {
        let is_text = part.fields.is_type("text", "plain") || part.fields.is_type("text", "html");
        part.is_another_form = is_text
            && !part.fields.is_attachment()
            && words.binary_search(&at).is_err()
            && part.within_alternative.is_some_and(|part| taken.contains(&part));
    }
    words
}

fn first_forms(parts: &[Part]) -> Vec<usize> {
    let is_text = |part: &Part| {
        part.is_leaf()
            && !part.fields.is_attachment()
            && (part.fields.is_type("text", "plain") || part.fields.is_type("text", "html"))
    };
    let mut words: Vec<usize> = Vec::new();
    for (at, part) in parts.iter().enumerate().filter(|(_, part)| is_text(part)) {
        let is_plain = part.fields.is_type("text", "plain");
        let other = words.last().copied().filter(|other| {
            let other: &Part = &parts[*other];
            part.within_alternative.is_some() && other.within_alternative == part.within_alternative
        });
        match other {
            None => words.push(at),
            Some(other) if is_plain && !parts[other].fields.is_type("text", "plain") => {
                words.pop();
                words.push(at);
            }
            Some(_) => {}
        }
    }
    words
}
