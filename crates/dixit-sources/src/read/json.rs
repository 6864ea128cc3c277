//! JSON documents: records found by the shape of the document, whatever its fields are called.
//!
//! A document of at most `record_bytes` is walked twice, so that what stands around its records counts
//! for them wherever it stands: `{"speeches": […], "date": "2024-05-03"}`. A longer one is walked once,
//! a record at a time: what stands after its records comes too late for them, which is told.

mod fields;
mod scan;
mod shape;
mod walk;
mod within;

use std::io::{self, Cursor, Read};

use scan::{Scanner, Taken, Token};
use shape::Seen;
use walk::Walk;

use super::mapping::Slot;
use super::{Head, Input, Item, Reader, Sink};
use crate::problem::Problem;

/// One JSON document, or some one after another.
pub(super) struct Json;

impl Reader for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "JSON documents: records found by shape, with what stands around them (fields by name, or by --map)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        if !head.is_text() || !matches!(head.first_byte(), Some(b'{' | b'[')) {
            return None;
        }
        if begins_as_json(head.bytes) {
            return Some("its first bytes");
        }
        (head.extension == "json").then_some("its name")
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        let limit = input.limits.record_bytes;
        let mut front = Vec::new();
        (&mut *input.bytes).take(limit as u64 + 1).read_to_end(&mut front)?;
        let seen = Seen::new(&front)?;
        let Some(shape) = seen.shape(input.fields) else {
            sink(Item::Problem(nothing(input, &seen, &front)));
            return Ok(());
        };
        let (name, fields, elsewhere) = (input.name, input.fields, input.elsewhere);
        if front.len() <= limit {
            let mut bytes = front.as_slice();
            let scanner = Scanner::new(&mut bytes)?;
            let around = Walk::new(name, fields, limit, &shape, scanner).around()?;
            let mut bytes = front.as_slice();
            let scanner = Scanner::new(&mut bytes)?;
            let mut walk = Walk::new(name, fields, limit, &shape, scanner);
            walk.elsewhere = Some(elsewhere);
            return walk.records(Some(&around), sink);
        }
        let mut bytes = Cursor::new(front).chain(&mut *input.bytes);
        let message = format!(
            "it has more than {limit} bytes: what stands after its records is not put to them"
        );
        sink(Item::Problem(Problem::noted(name, message)));
        let mut walk = Walk::new(name, fields, limit, &shape, Scanner::new(&mut bytes)?);
        walk.elsewhere = Some(elsewhere);
        walk.records(None, sink)
    }
}

/// Why there is nothing to take.
fn nothing(input: &Input<'_>, seen: &Seen, front: &[u8]) -> Problem {
    if front.trim_ascii().is_empty() {
        return Problem::left_out(input.name, super::nothing(front));
    }
    if let Some(own) = input.fields.own_path(Slot::Text) {
        let message = format!("no text: there is no `{own}` in it that holds any");
        return Problem::left_out(input.name, message);
    }
    if let Some(at) = seen.broken {
        let message =
            "no statements: it is not JSON from here on, or cut, and no text stands before";
        return Problem::left_out(input.name, message).at(at.line, at.byte);
    }
    let fields = seen.fields();
    let message = format!(
        "no statements: none of its {fields} text fields holds what was said; name one with --map text=FIELD"
    );
    Problem::left_out(input.name, message)
}

/// `{"name": …` or `[{`: no other text begins so.
fn begins_as_json(bytes: &[u8]) -> bool {
    let mut bytes = bytes;
    let Ok(mut scanner) = Scanner::new(&mut bytes) else { return false };
    for _ in 0..3 {
        match scanner.token() {
            Ok(Token::Value(first @ (b'{' | b'['))) => scanner.enter(first),
            Ok(Token::Key) => return true,
            Ok(Token::Close) => return scanner.token().is_ok_and(|next| next == Token::End),
            // A list of strings; `[Laughter]` is none.
            Ok(Token::Value(b'"')) => {
                let mut buffer = Vec::new();
                let is_string = matches!(scanner.take(&mut buffer, 0), Ok(Taken::TooLong(_)));
                return is_string && matches!(scanner.peek(), Ok(Some(b',' | b']')));
            }
            _ => return false,
        }
    }
    false
}

/// Whether a string holds HTML rather than words.
fn is_markup(text: &str) -> bool {
    const NAMES: [&str; 24] = [
        "p", "div", "br", "html", "body", "head", "strong", "em", "b", "i", "u", "span", "table",
        "tr", "td", "ul", "ol", "li", "a", "h1", "h2", "h3", "h4", "sup",
    ];
    memchr::memchr_iter(b'<', text.as_bytes()).take(64).any(|at| {
        let rest = text[at + 1..].trim_start_matches('/');
        let name = rest.find(|c: char| !c.is_ascii_alphanumeric()).map_or(rest, |end| &rest[..end]);
        let closes = rest[name.len()..].bytes().take(400).any(|byte| byte == b'>');
        closes && NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
    })
}
