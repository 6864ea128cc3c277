//! Documents of word processors (Office Open XML, ISO/IEC 29500): the text of the main part.
//!
//! A document is a zip archive; its words stand in one entry, `word/document.xml` as a rule. That is read by
//! our own tokenizer, which keeps where each of them stands. Headers, footers, footnotes and comments are
//! entries of their own, and so never come between the words of the text.

use std::io::{self, Cursor, Read};

use dixit::{Basis, Span};
use zip::ZipArchive;

use super::document::{self, DocumentError};
use super::markup::{Tag, TextBuilder, Token, Tokens};
use super::prose::Decoded;
use super::{Head, Input, Item, Reader, Sink};
use crate::limits::ReadLimits;
use crate::problem::Problem;
use crate::unpack::is_zip;

/// The entry in which the words stand, as a rule.
const MAIN: &str = "word/document.xml";

/// Documents of word processors.
pub(super) struct Docx;

impl Reader for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn about(&self) -> &'static str {
        "documents of word processors (Office Open XML): the text, without notes and headers"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["docx", "docm", "dotx"]
    }

    fn takes_bytes(&self) -> bool {
        true
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        let is_named = self.extensions().contains(&head.extension);
        if !is_zip(head.bytes) {
            return None;
        }
        if memchr::memmem::find(head.bytes, MAIN.as_bytes()).is_some() {
            return Some("its content: the main part of a document");
        }
        is_named.then_some("its name")
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        document::read(input, sink, read_bytes)
    }
}

/// Reads a document, alone or as what `within` names of another.
pub(super) fn read_bytes(
    name: &str,
    bytes: &[u8],
    within: &str,
    limits: &ReadLimits,
    sink: &mut Sink<'_>,
) -> Result<(), DocumentError> {
    let mut package = Package::open(bytes)?;
    let main = package.main(limits);
    let xml = package.entry(&main, limits)?;
    let body = Body::of(&xml);
    if let Some(why) = body.lost {
        sink(Item::Problem(Problem::left_out(name, format!("{main}: {why}"))));
    }
    if body.file.text.trim().is_empty() {
        sink(Item::Problem(Problem::left_out(name, format!("no text in its {main}"))));
        return Ok(());
    }
    let property = match body.title {
        Some(_) => None,
        None => package.title(limits),
    };
    let part = format!("{within}{main}");
    document::read_part(name, &body.file, &part, property.as_deref(), &mut |mut item| {
        if let (Item::Record(record), Some((title, span))) = (&mut item, &body.title) {
            record.statement.title = Some(title.clone());
            record.statement.set_basis("title", Basis::given("title-style", [*span]));
        }
        sink(item)
    });
    Ok(())
}

/// The entries of a document.
pub(super) struct Package<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, DocumentError> {
        if document::is_compound(bytes) {
            return Err(DocumentError::Encrypted);
        }
        let damaged = |error: zip::result::ZipError| DocumentError::Damaged(error.to_string());
        Ok(Self { zip: ZipArchive::new(Cursor::new(bytes)).map_err(damaged)? })
    }

    /// An entry, unpacked; at most as much of it as a record may have.
    pub(super) fn entry(
        &mut self,
        name: &str,
        limits: &ReadLimits,
    ) -> Result<Vec<u8>, DocumentError> {
        let Some(index) = self.zip.index_for_name(name) else {
            return Err(DocumentError::NoPart(name.to_owned()));
        };
        let damaged = |why: String| DocumentError::Damaged(format!("{name}: {why}"));
        let is_encrypted = self.zip.by_index_raw(index).is_ok_and(|entry| entry.encrypted());
        if is_encrypted {
            return Err(DocumentError::Encrypted);
        }
        let entry = self.zip.by_index(index).map_err(|error| damaged(error.to_string()))?;
        let most = limits.record_bytes;
        let mut bytes = Vec::new();
        let read = entry.take(most as u64 + 1).read_to_end(&mut bytes);
        if bytes.len() > most {
            return Err(DocumentError::TooMuch { what: name.to_owned(), most });
        }
        read.map_err(|error| damaged(error.to_string()))?;
        Ok(bytes)
    }

    /// The name of the entry in which the words stand: the usual one, else what the document says.
    fn main(&mut self, limits: &ReadLimits) -> String {
        if self.zip.index_for_name(MAIN).is_some() {
            return MAIN.to_owned();
        }
        let said = self.entry("_rels/.rels", limits).ok().and_then(|xml| {
            let mut bytes = xml.as_slice();
            let mut tokens = Tokens::new(&mut bytes);
            while let Ok(Some(token)) = tokens.next() {
                if let Token::Open(tag) = token
                    && tag
                        .attribute("Type")
                        .is_some_and(|kind| kind.text.ends_with("/officeDocument"))
                {
                    let target = tag.attribute("Target")?;
                    return Some(target.text.trim_start_matches('/').to_owned());
                }
            }
            None
        });
        said.filter(|name| !name.is_empty()).unwrap_or_else(|| MAIN.to_owned())
    }

    /// The title among the properties, where it is one: programs put there the name of the file, or of
    /// the first document that this one was made from.
    fn title(&mut self, limits: &ReadLimits) -> Option<String> {
        let xml = self.entry("docProps/core.xml", limits).ok()?;
        let mut bytes = xml.as_slice();
        let mut tokens = Tokens::new(&mut bytes);
        let (mut title, mut is_within) = (TextBuilder::default(), false);
        while let Ok(Some(token)) = tokens.next() {
            match token {
                Token::Open(tag) if tag.is("title") => is_within = !tag.is_empty,
                Token::Close(close) if close.name == "title" => break,
                Token::Text(text) if is_within => title.push(text),
                _ => {}
            }
        }
        let title = title.take().0;
        document::sensible_title(&title).then_some(title)
    }
}

/// The text of the main part.
struct Body {
    file: Decoded,
    /// The first paragraph, where its style says that it is the title.
    title: Option<(String, Span)>,
    lost: Option<&'static str>,
}

/// Elements whose text is none: what was taken out, what moved elsewhere, and the same once more for
/// programs that do not know the first.
const PASSED_OVER: [&str; 4] = ["del", "moveFrom", "Fallback", "instrText"];

impl Body {
    fn of(xml: &[u8]) -> Self {
        let mut bytes = xml;
        let mut tokens = Tokens::new(&mut bytes);
        let mut reading = Reading::default();
        // Memory is read without error.
        while let Ok(Some(token)) = tokens.next() {
            match token {
                Token::Open(tag) => reading.open(&tag),
                Token::Close(close) => reading.close(close.name, close.span.end),
                Token::Text(text) if reading.is_words() => reading.text.push(text),
                Token::Text(_) => {}
            }
        }
        let lost = tokens.lost;
        let (text, map) = reading.text.take();
        let file = Decoded { text, map, bytes: xml.len() as u64 };
        Self { file, title: reading.title, lost }
    }
}

#[derive(Default)]
struct Reading {
    text: TextBuilder,
    title: Option<(String, Span)>,
    /// Elements passed over that are open; their names stand in no other order than they opened.
    passed_over: usize,
    is_text: bool,
    /// Whether the paragraph is the title by its style.
    is_title: bool,
    /// Rows of tables that are open.
    rows: usize,
}

impl Reading {
    fn is_words(&self) -> bool {
        self.is_text && self.passed_over == 0
    }

    fn open(&mut self, tag: &Tag<'_>) {
        if PASSED_OVER.contains(&tag.name) {
            // As a property of a paragraph mark it is empty.
            self.passed_over += usize::from(!tag.is_empty);
            return;
        }
        if self.passed_over > 0 {
            return;
        }
        match tag.name {
            "t" => self.is_text = !tag.is_empty,
            "tab" | "ptab" => self.text.space(tag.span),
            "br" | "cr" => self.end_line(tag.span.start),
            "noBreakHyphen" => self.text.push_as("\u{2011}", tag.span),
            "pStyle" => {
                let style = tag.attribute("val").map(|style| style.text.to_ascii_lowercase());
                self.is_title = self.text.is_empty()
                    && style.is_some_and(|style| style == "title" || style == "heading1");
            }
            "tr" if !tag.is_empty => {
                self.end_line(tag.span.start);
                self.rows += 1;
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str, at: u64) {
        if PASSED_OVER.contains(&name) {
            self.passed_over = self.passed_over.saturating_sub(1);
            return;
        }
        if self.passed_over > 0 {
            return;
        }
        match name {
            "t" => self.is_text = false,
            "p" => {
                let is_title = std::mem::take(&mut self.is_title);
                if is_title && self.title.is_none() && self.rows == 0 {
                    self.title = self.text.take_value();
                }
                self.end_line(at);
            }
            "tc" => self.text.cell(at),
            "tr" => {
                self.rows = self.rows.saturating_sub(1);
                self.end_line(at);
            }
            _ => {}
        }
    }

    /// Ends a line; within a row of a table the next word is but apart from the last.
    fn end_line(&mut self, at: u64) {
        match self.rows {
            0 => self.text.line(at),
            _ => self.text.space(Span::new(at, at)),
        }
    }
}
