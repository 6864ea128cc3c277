//! The words of a part: decoded, joined where lines were broken for show, without quotes of other mails.

use std::cell::Cell;

use dixit::{SourceMap, Span};
use encoding_rs::UTF_8;

use super::header::Transfer;
use super::parts::Part;
use super::transfer;
use crate::encoding::decoding;
use crate::limits::ReadLimits;
use crate::read::document::place_through;
use crate::read::prose::{self, Decoded};
use crate::read::{Beside, FieldMap, Input, Item, Reader, Sink, html, text};

/// A text of a mail.
pub(super) struct Body {
    pub(super) file: Decoded,
    pub(super) encoding: Option<String>,
    pub(super) problems: Vec<String>,
    /// Whether quotes of other mails were taken out.
    pub(super) is_quoted: bool,
}

/// Decodes a part of a mail.
pub(super) fn decode(mail: &[u8], part: &Part) -> Body {
    let mut problems = Vec::new();
    let transfer = part.fields.transfer();
    let sent = transfer::decode(part.body(mail), part.range().start, transfer);
    if sent.bad > 0 {
        problems.push(format!("{} bytes of it are none of its transfer encoding", sent.bad));
    }
    let charset = part.fields.charset();
    let declared = charset.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    if let (Some(label), None) = (charset, declared) {
        let shown: String = label.chars().filter(|c| !c.is_control()).take(40).collect();
        problems
            .push(format!("it names an encoding that nobody knows, `{shown}`: taken by its bytes"));
    }
    let by_bytes = || crate::encoding::decide(&sent.bytes, true).encoding.unwrap_or(UTF_8);
    let encoding = declared.unwrap_or_else(by_bytes);
    let (text, map, bad) = decoding::whole(&sent.bytes, encoding);
    if bad > 0 {
        let name = encoding.name();
        problems
            .push(format!("{bad} places do not decode from {name} and were replaced by U+FFFD"));
    }
    // All of the text stands in what was sent, and all of that in the mail.
    let map = map.through(&sent.map, 0).unwrap_or_default();
    let name = (encoding != UTF_8).then(|| encoding.name());
    let encoding = match (transfer, name) {
        (Transfer::AsIs, name) => name.map(str::to_owned),
        (Transfer::Base64, name) => {
            Some(["base64"].into_iter().chain(name).collect::<Vec<_>>().join(" "))
        }
        (Transfer::QuotedPrintable, name) => {
            Some(["quoted-printable"].into_iter().chain(name).collect::<Vec<_>>().join(" "))
        }
    };
    let mut body = Body {
        file: Decoded { text, map, bytes: mail.len() as u64 },
        encoding,
        problems,
        is_quoted: false,
    };
    if !part.fields.is_type("text", "html") {
        let (is_flowed, is_without_space) = part.fields.flows();
        written(&mut body, is_flowed, is_without_space);
    }
    body
}

/// Leaves of a text what its sender wrote: no quotes, no line that announces one, no signature. Lines
/// that flow are joined.
fn written(body: &mut Body, is_flowed: bool, is_without_space: bool) {
    let file = &body.file;
    let lines: Vec<_> = prose::lines(&file.text, 0).collect();
    let (mut kept, mut quoted) = (Vec::<std::ops::Range<usize>>::new(), 0_usize);
    let mut is_quote = false;
    for (at, line) in lines.iter().cloned().enumerate() {
        let words = &file.text[line.clone()];
        if begins_other_mail(&file.text, &lines[at..]) {
            quoted += lines.len() - at;
            break;
        }
        if words.starts_with('>') {
            if !is_quote {
                quoted += announced(&file.text, &mut kept);
            }
            is_quote = true;
            quoted += 1;
            continue;
        }
        is_quote = false;
        if words == "-- " {
            break;
        }
        kept.push(line);
    }
    let (mut text, mut map) = (String::new(), SourceMap::default());
    let mut flows_on = false;
    for line in kept {
        let words = &file.text[line.clone()];
        // Lines that begin with a space, or with what would be a mark, were given another space.
        let stuffed = usize::from(is_flowed && words.starts_with(' '));
        let is_soft = is_flowed && words.ends_with(' ') && words != "-- ";
        let end = line.end - usize::from(is_soft && is_without_space && words.len() > stuffed);
        let range = line.start + stuffed..end.max(line.start + stuffed);
        if !text.is_empty() && !flows_on {
            text.push('\n');
            let at = file.map.to_source(range.start..range.start).map_or(0, |span| span.start);
            // The line end itself, where the line before is the one before.
            let before = line.start.checked_sub(1).filter(|at| file.text.as_bytes()[*at] == b'\n');
            match before.and_then(|at| file.map.to_source(at..at + 1)) {
                Some(span) => map.push_decoded(1, span),
                None => map.push_inserted(1, at),
            }
        }
        text.push_str(&file.text[range.clone()]);
        map.append(&file.map.slice(range));
        flows_on = is_soft;
    }
    body.is_quoted = quoted > 0;
    if quoted > 0 {
        body.problems.push(format!("{quoted} lines that quote another mail were left out"));
    }
    body.file.text = text;
    body.file.map = map;
}

/// Whether from here on stands another mail whole, as some programs put it below without a mark:
/// `-----Original Message-----`, its fields, or `On 3 May Ada Rask wrote:` over two lines.
fn begins_other_mail(text: &str, lines: &[std::ops::Range<usize>]) -> bool {
    const MARKS: [&str; 6] = [
        "original message",
        "forwarded message",
        "ursprüngliche nachricht",
        "message d'origine",
        "mensaje original",
        "messaggio originale",
    ];
    const FIELDS: [&str; 14] = [
        "from:",
        "sent:",
        "to:",
        "cc:",
        "subject:",
        "date:",
        "von:",
        "gesendet:",
        "an:",
        "betreff:",
        "de :",
        "envoyé :",
        "de:",
        "enviado:",
    ];
    let words = |at: usize| lines.get(at).map_or("", |line| text[line.clone()].trim());
    let first = words(0).to_lowercase();
    if first.is_empty() {
        return false;
    }
    let bare = first.trim_matches(['-', '_', ' ']);
    if bare.len() < first.len() && MARKS.contains(&bare) {
        return true;
    }
    let is_field = |at: usize| {
        let line = words(at).to_lowercase();
        FIELDS.iter().any(|field| line.starts_with(field))
    };
    let is_from = ["from:", "von:", "de :", "de:"].iter().any(|field| first.starts_with(field));
    if is_from && is_field(1) && is_field(2) {
        return true;
    }
    // Behind a line that a quote with marks follows, the marks tell.
    let is_marked = (1..4).any(|at| words(at).starts_with('>'));
    let wraps = first.starts_with("on ") && words(1).ends_with("wrote:") && words(1).contains('<');
    (first.starts_with("on ") && first.ends_with("wrote:") || wraps) && !is_marked
}

/// Takes out the line before a quote that says whose it is: `On 3 May Ada Rask wrote:`. It counts as one
/// of the quote.
fn announced(text: &str, kept: &mut Vec<std::ops::Range<usize>>) -> usize {
    let words = |line: &std::ops::Range<usize>| text[line.clone()].trim();
    while kept.pop_if(|line| words(line).is_empty()).is_some() {}
    if kept.pop_if(|line| words(line).ends_with(':')).is_none() {
        return 0;
    }
    while kept.pop_if(|line| words(line).is_empty()).is_some() {}
    1
}

/// Reads a text, or a page, that is part of a mail.
pub(super) fn read(
    name: &str,
    body: &Body,
    is_html: bool,
    limits: &ReadLimits,
    sink: &mut Sink<'_>,
) {
    let whole = Span::new(0, body.file.bytes);
    if !is_html {
        text::read_decoded(name, &body.file, &Beside::default(), &mut |mut item| {
            if let Item::Record(record) = &mut item {
                let source = &mut record.statement.source;
                let range = source.map.as_ref().and_then(SourceMap::source_range);
                source.span = range.or(source.span.filter(|span| *span != whole)).or(source.span);
            }
            sink(item)
        });
        return;
    }
    let elsewhere = Cell::new(false);
    let fields = FieldMap::default();
    let mut bytes = body.file.text.as_bytes();
    let mut input = Input {
        name,
        bytes: &mut bytes,
        fields: &fields,
        limits: *limits,
        beside: Beside::default(),
        elsewhere: &elsewhere,
    };
    // Memory is read without error.
    let _ = html::Html.read(&mut input, &mut |mut item| {
        match &mut item {
            Item::Record(record) => place_through(&mut record.statement, &body.file.map),
            Item::Problem(problem) => {
                let place = |byte: u64| body.file.map.to_source(byte as usize..byte as usize);
                problem.line = None;
                problem.byte = problem.byte.and_then(place).map(|span| span.start);
            }
            Item::Layout(_) => {}
        }
        sink(item)
    });
}
