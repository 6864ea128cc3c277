//! Markup as a stream of tags and text, each with its place in the file.
//!
//! One tokenizer serves XML, what calls itself XML, and HTML: it never fails at bad markup, holds one
//! token at a time, and leaves it to readers what the names mean. Entities that a document declares
//! are replaced once and never inside each other, so that they cannot be piled up.

use std::borrow::Cow;
use std::io::{self, BufRead};

use dixit::Span;

use super::entities::Entities;

/// The most bytes of one tag, comment marks aside: attributes hold names and addresses, no texts. A
/// `<` without a `>` this near is a letter of the text.
const TAG_BYTES: usize = 64 << 10;

/// The most bytes of a document type with its declarations.
const DOCTYPE_BYTES: usize = 1 << 20;

/// The most bytes of an instruction, and of a stretch of characters that are no markup.
const INSTRUCTION_BYTES: usize = 4 << 10;
const CDATA_BYTES: usize = 16 << 20;

/// Longer texts come in pieces.
const TEXT_BYTES: usize = 256 << 10;

/// Bytes read at a time.
const FILL_BYTES: usize = 64 << 10;

/// Why the rest of a file is lost.
const UNCLOSED_COMMENT: &str =
    "a comment or an instruction is opened and never closed: the rest is lost";
const UNCLOSED_SCRIPT: &str = "a script or a style is opened and never closed: the rest is lost";

/// Elements of HTML that hold no markup.
const RAW: [&str; 2] = ["script", "style"];

/// A stream of tokens.
pub(in crate::read) struct Tokens<'i> {
    bytes: &'i mut dyn BufRead,
    /// The bytes at hand; those before `at` are done.
    window: Vec<u8>,
    at: usize,
    /// Where the window begins in the file.
    base: u64,
    is_ended: bool,
    /// Line ends before `counted` in the window, and in all that went before it.
    lines: u64,
    counted: usize,
    /// Set inside an element of HTML that holds no markup.
    raw: Option<&'static str>,
    /// Whether the elements are those of HTML, of which some hold no markup.
    is_html: bool,
    /// Before this place no tag ends, and from there on no such mark is found: not looked for again.
    no_end_before: u64,
    no_cdata_end: bool,
    /// Why the rest of the file is lost, where it is.
    pub(in crate::read) lost: Option<&'static str>,
    entities: Entities,
}

/// A tag, or a piece of text between two.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) enum Token<'t> {
    Open(Tag<'t>),
    Close(Close<'t>),
    Text(Text<'t>),
}

/// An opening tag.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Tag<'t> {
    /// Its name without a prefix.
    pub(in crate::read) name: &'t str,
    /// Whether the element ends with it.
    pub(in crate::read) is_empty: bool,
    /// Where it stands.
    pub(in crate::read) span: Span,
    attributes: &'t [u8],
    attributes_at: u64,
    entities: &'t Entities,
}

/// A closing tag.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Close<'t> {
    /// Its name without a prefix.
    pub(in crate::read) name: &'t str,
    /// Where it stands.
    pub(in crate::read) span: Span,
}

/// A piece of text as it stands in the file.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Text<'t> {
    pub(in crate::read) raw: &'t [u8],
    /// Where it begins in the file.
    pub(in crate::read) at: u64,
    /// Entities in it; nothing where `&` stands for itself.
    pub(in crate::read) entities: Option<&'t Entities>,
}

/// The value of an attribute.
#[derive(Debug, Clone)]
pub(in crate::read) struct Value<'t> {
    pub(in crate::read) text: Cow<'t, str>,
    /// Where it stands, without its quotes.
    pub(in crate::read) span: Span,
}

/// What begins at `<`.
enum Found {
    /// An opening or closing tag of this many bytes.
    Tag(usize),
    /// Characters that are no markup: where they begin and end after `<`, and the bytes of all.
    CData(usize),
    /// To be passed over, up to these bytes.
    Comment(&'static [u8]),
    /// A document type of this many bytes.
    DocType(usize),
    /// Just a letter.
    Letter,
}

impl<'i> Tokens<'i> {
    pub(in crate::read) fn new(bytes: &'i mut dyn BufRead) -> Self {
        Self {
            bytes,
            window: Vec::new(),
            at: 0,
            base: 0,
            is_ended: false,
            lines: 1,
            counted: 0,
            raw: None,
            is_html: false,
            no_end_before: 0,
            no_cdata_end: false,
            lost: None,
            entities: Entities::default(),
        }
    }

    /// The same for a page of HTML.
    pub(in crate::read) fn of_page(bytes: &'i mut dyn BufRead) -> Self {
        Self { is_html: true, ..Self::new(bytes) }
    }

    /// The same where a backslash escapes, as in a literal of a programming language.
    pub(in crate::read) fn escaped(mut self, has_escapes: bool) -> Self {
        self.entities.has_escapes = has_escapes;
        self
    }

    /// Where the next token begins.
    pub(in crate::read) fn offset(&self) -> u64 {
        self.base + self.at as u64
    }

    /// The line of the next token, from 1.
    pub(in crate::read) fn line(&mut self) -> u64 {
        self.count_to(self.at);
        self.lines
    }

    fn count_to(&mut self, at: usize) {
        self.lines += memchr::memchr_iter(b'\n', &self.window[self.counted..at]).count() as u64;
        self.counted = at;
    }

    /// The next token, until there is none.
    ///
    /// # Errors
    /// When reading fails.
    pub(in crate::read) fn next(&mut self) -> io::Result<Option<Token<'_>>> {
        loop {
            if self.at == self.window.len() && !self.fill()? {
                return Ok(None);
            }
            if self.offset() == 0 && self.window.starts_with(b"\xEF\xBB\xBF") {
                self.at = 3;
                continue;
            }
            if let Some(name) = self.raw {
                self.pass_raw(name)?;
                continue;
            }
            if self.window[self.at] != b'<' {
                let length = self.text_length(0)?;
                return Ok(Some(Token::Text(self.take_text(length, true))));
            }
            match self.found()? {
                Found::Tag(length) => {
                    if let Some(token) = self.take_tag(length) {
                        // Borrowed anew: what was looked at above may go.
                        return Ok(Some(self.tag_token(token)));
                    }
                }
                Found::CData(length) => {
                    self.at += b"<![CDATA[".len();
                    let text = length - b"<![CDATA[]]>".len();
                    let (from, at) = (self.at, self.offset());
                    self.at += text + b"]]>".len();
                    let raw = &self.window[from..from + text];
                    return Ok(Some(Token::Text(Text { raw, at, entities: None })));
                }
                Found::Comment(end) => self.pass_to(end)?,
                Found::DocType(length) => {
                    let declared = &self.window[self.at..self.at + length];
                    self.entities.declare(declared);
                    self.at += length;
                }
                Found::Letter => {
                    let length = 1 + self.letters_after()?;
                    return Ok(Some(Token::Text(self.take_text(length, true))));
                }
            }
        }
    }

    /// Reads on; whether there was anything.
    fn fill(&mut self) -> io::Result<bool> {
        if self.is_ended {
            return Ok(false);
        }
        if self.at >= FILL_BYTES {
            self.count_to(self.at);
            self.window.drain(..self.at);
            self.base += self.at as u64;
            self.at = 0;
            self.counted = 0;
        }
        let before = self.window.len();
        while self.window.len() < before + FILL_BYTES {
            let available = match self.bytes.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if available.is_empty() {
                self.is_ended = true;
                break;
            }
            let taken = available.len().min(FILL_BYTES);
            self.window.extend_from_slice(&available[..taken]);
            self.bytes.consume(taken);
        }
        Ok(self.window.len() > before)
    }

    /// Has this many bytes at hand, if there are as many.
    fn have(&mut self, length: usize) -> io::Result<bool> {
        while self.window.len() - self.at < length {
            if !self.fill()? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Where a pattern begins, counted from `at`, when it does within so many bytes.
    fn find(&mut self, pattern: &[u8], from: usize, most: usize) -> io::Result<Option<usize>> {
        let mut from = from;
        loop {
            let rest = &self.window[(self.at + from).min(self.window.len())..];
            if let Some(found) = memchr::memmem::find(rest, pattern) {
                return Ok(Some(from + found));
            }
            from = (self.window.len() - self.at).saturating_sub(pattern.len() - 1).max(from);
            if from > most || !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// Bytes up to the next tag, as many of them as come at a time, counted from so far behind `at`.
    fn text_length(&mut self, from: usize) -> io::Result<usize> {
        if let Some(end) = self.find(b"<", from, TEXT_BYTES)? {
            return Ok(end - from);
        }
        let rest = &self.window[self.at + from..];
        if self.is_ended {
            return Ok(rest.len());
        }
        // Cut at white space, else before what may be the beginning of an entity or of a letter.
        let cut = memchr::memrchr3(b' ', b'\n', b';', rest).map_or(0, |at| at + 1);
        let cut = if cut > 0 { cut } else { rest.len().saturating_sub(64) };
        let is_boundary = |at: &usize| rest.get(*at).is_none_or(|byte| byte & 0xC0 != 0x80);
        Ok((0..=cut).rev().find(is_boundary).filter(|&cut| cut > 0).unwrap_or(rest.len()))
    }

    /// The same behind a `<` that is a letter.
    fn letters_after(&mut self) -> io::Result<usize> {
        if self.have(2)? { self.text_length(1) } else { Ok(0) }
    }

    fn take_text(&mut self, length: usize, has_entities: bool) -> Text<'_> {
        let (from, at) = (self.at, self.offset());
        self.at += length;
        let entities = has_entities.then_some(&self.entities);
        Text { raw: &self.window[from..from + length], at, entities }
    }

    fn found(&mut self) -> io::Result<Found> {
        self.have(9)?;
        let rest = &self.window[self.at..];
        Ok(match rest.get(1) {
            Some(b'?') => {
                // Instructions of XML end in `?>`, those of SGML in `>`.
                let end = self.find(b"?>", 2, INSTRUCTION_BYTES)?;
                Found::Comment(if end.is_some() { b"?>" } else { b">" })
            }
            Some(b'!') if rest.starts_with(b"<!--") => Found::Comment(b"-->"),
            Some(b'!') if rest.starts_with(b"<![CDATA[") && !self.no_cdata_end => {
                match self.find(b"]]>", 9, CDATA_BYTES)? {
                    Some(end) => Found::CData(end + 3),
                    None => {
                        self.no_cdata_end = true;
                        Found::Letter
                    }
                }
            }
            _ if self.offset() < self.no_end_before => Found::Letter,
            Some(b'!') => match self.doctype_length()? {
                Some(length) => Found::DocType(length),
                None => Found::Letter,
            },
            Some(b'/') if rest.get(2).is_some_and(|byte| is_name(*byte)) => self.tag()?,
            Some(byte) if is_name(*byte) => self.tag()?,
            _ => Found::Letter,
        })
    }

    /// A tag ends with the first `>` outside quotes; where quotes do not end, with the first.
    fn tag(&mut self) -> io::Result<Found> {
        let mut plain = None;
        let mut quote = 0_u8;
        let mut scanned = 1;
        loop {
            let rest = &self.window[self.at..];
            while let Some(found) = rest.get(scanned..).and_then(|rest| match quote {
                0 => memchr::memchr3(b'>', b'"', b'\'', rest),
                quote => memchr::memchr2(b'>', quote, rest),
            }) {
                let at = scanned + found;
                scanned = at + 1;
                match rest[at] {
                    b'>' if quote == 0 => return Ok(Found::Tag(at + 1)),
                    b'>' => plain = plain.or(Some(at + 1)),
                    _ if quote != 0 => quote = 0,
                    // A quote opens a value only after the mark of equality.
                    mark if rest[..at].trim_ascii_end().ends_with(b"=") => quote = mark,
                    _ => {}
                }
            }
            scanned = rest.len();
            if scanned > TAG_BYTES || !self.fill()? {
                if plain.is_none() {
                    self.no_end_before = self.offset() + scanned as u64;
                }
                return Ok(plain.map_or(Found::Letter, Found::Tag));
            }
        }
    }

    fn doctype_length(&mut self) -> io::Result<Option<usize>> {
        let end = self.find(b">", 0, DOCTYPE_BYTES)?;
        let Some(end) = end else {
            self.no_end_before = self.offset() + (self.window.len() - self.at) as u64;
            return Ok(None);
        };
        let declarations = memchr::memchr(b'[', &self.window[self.at..self.at + end]);
        let Some(open) = declarations else { return Ok(Some(end + 1)) };
        let Some(inner) = self.find(b"]", open, DOCTYPE_BYTES)? else { return Ok(Some(end + 1)) };
        Ok(self.find(b">", inner, DOCTYPE_BYTES)?.map(|end| end + 1))
    }

    /// Passes over bytes up to the end of these, without holding them.
    fn pass_to(&mut self, end: &[u8]) -> io::Result<()> {
        self.at += 2;
        loop {
            if let Some(found) = memchr::memmem::find(&self.window[self.at..], end) {
                self.at += found + end.len();
                return Ok(());
            }
            self.at = self.window.len().saturating_sub(end.len() - 1).max(self.at);
            if !self.fill()? {
                self.at = self.window.len();
                self.lost = Some(UNCLOSED_COMMENT);
                return Ok(());
            }
        }
    }

    /// Passes over the content of an element that holds no markup.
    fn pass_raw(&mut self, name: &'static str) -> io::Result<()> {
        loop {
            match self.find(b"</", 0, FILL_BYTES)? {
                Some(found) => {
                    self.at += found;
                    if self.have(2 + name.len())?
                        && self.window[self.at + 2..self.at + 2 + name.len()]
                            .eq_ignore_ascii_case(name.as_bytes())
                    {
                        self.raw = None;
                        return Ok(());
                    }
                    self.at += 2;
                }
                None if self.is_ended => {
                    self.at = self.window.len();
                    self.raw = None;
                    self.lost = Some(UNCLOSED_SCRIPT);
                    return Ok(());
                }
                None => self.at = self.window.len().saturating_sub(1).max(self.at),
            }
        }
    }

    /// The place of a tag whose name reads; one that does not is passed over.
    fn take_tag(&mut self, length: usize) -> Option<(usize, usize, u64)> {
        let (from, at) = (self.at, self.offset());
        self.at += length;
        let content = &self.window[from + 1..from + length - 1];
        let name = content.strip_prefix(b"/").unwrap_or(content);
        let end = name.iter().position(|byte| !is_name(*byte)).unwrap_or(name.len());
        std::str::from_utf8(&name[..end]).ok()?;
        if self.is_html && !content.starts_with(b"/") {
            self.raw = RAW.iter().copied().find(|raw| {
                name[..end].eq_ignore_ascii_case(raw.as_bytes()) && !content.ends_with(b"/")
            });
        }
        Some((from, length, at))
    }

    fn tag_token(&self, (from, length, at): (usize, usize, u64)) -> Token<'_> {
        let content = &self.window[from + 1..from + length - 1];
        let span = Span::new(at, at + length as u64);
        let (is_close, inner) = match content.strip_prefix(b"/") {
            Some(inner) => (true, inner),
            None => (false, content),
        };
        let end = inner.iter().position(|byte| !is_name(*byte)).unwrap_or(inner.len());
        let name = std::str::from_utf8(&inner[..end]).unwrap_or_default();
        let name = name.rsplit(':').next().unwrap_or(name);
        if is_close {
            return Token::Close(Close { name, span });
        }
        let is_empty = inner.ends_with(b"/");
        let attributes = &inner[end..inner.len() - usize::from(is_empty && inner.len() > end)];
        let attributes_at = at + 1 + end as u64;
        let entities = &self.entities;
        Token::Open(Tag { name, is_empty, span, attributes, attributes_at, entities })
    }
}

/// Whether a byte may stand in a name. Letters beyond ASCII may.
fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-' | b'.') || byte >= 0x80
}

impl<'t> Tag<'t> {
    /// Whether this is its name, in whatever case.
    pub(in crate::read) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute, by its name without prefix, in whatever case.
    pub(in crate::read) fn attribute(&self, name: &str) -> Option<Value<'t>> {
        let (_, value) = self.attributes().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    /// Whether an attribute is there, with a value or without: `<p hidden>`.
    pub(in crate::read) fn is_set(&self, name: &str) -> bool {
        let mut rest = self.attributes;
        loop {
            let end =
                rest.iter().position(|byte| matches!(byte, b'"' | b'\'')).unwrap_or(rest.len());
            let mut words =
                rest[..end].split(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'='));
            if words.any(|word| word.eq_ignore_ascii_case(name.as_bytes())) {
                return true;
            }
            let Some(quote) = rest.get(end) else { return false };
            let inner = &rest[end + 1..];
            let Some(length) = memchr::memchr(*quote, inner) else { return false };
            rest = &inner[length + 1..];
        }
    }

    /// All attributes: names without prefix, and values.
    pub(in crate::read) fn attributes(&self) -> impl Iterator<Item = (&'t str, Value<'t>)> {
        let (bytes, base, entities) = (self.attributes, self.attributes_at, self.entities);
        let mut at = 0;
        std::iter::from_fn(move || {
            loop {
                let rest = &bytes[at..];
                let start = at + rest.iter().position(|byte| is_name(*byte))?;
                let length = bytes[start..]
                    .iter()
                    .position(|byte| !is_name(*byte))
                    .unwrap_or(bytes.len() - start);
                at = start + length;
                let name = std::str::from_utf8(&bytes[start..at]).unwrap_or_default();
                let name = name.rsplit(':').next().unwrap_or(name);
                let after = bytes[at..].trim_ascii_start();
                let Some(after) = after.strip_prefix(b"=") else { continue };
                let after = after.trim_ascii_start();
                let from = bytes.len() - after.len();
                let (from, to, next) = match after.first() {
                    Some(&quote @ (b'"' | b'\'')) => {
                        let inner = &after[1..];
                        let length = memchr::memchr(quote, inner).unwrap_or(inner.len());
                        (from + 1, from + 1 + length, (from + 2 + length).min(bytes.len()))
                    }
                    _ => {
                        let end = after.iter().position(u8::is_ascii_whitespace);
                        let length = end.unwrap_or(after.len());
                        (from, from + length, from + length)
                    }
                };
                at = next;
                let text = match String::from_utf8_lossy(&bytes[from..to]) {
                    Cow::Borrowed(text) if !text.contains('&') => Cow::Borrowed(text),
                    text => Cow::Owned(entities.decode(&text)),
                };
                let span = Span::new(base + from as u64, base + to as u64);
                return Some((name, Value { text, span }));
            }
        })
    }
}
