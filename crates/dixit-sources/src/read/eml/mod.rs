//! Mails (RFC 5322 with MIME): what was written, without what it quotes; when it was sent, and its
//! attachments.
//!
//! `mail-parser` reads the fields of headers, in which are the words of many encodings and the days of
//! many zones. Where parts begin and end, and which byte of the mail each character of a text is, is found
//! here ([`parts`], [`transfer`]): a parser that gives decoded text alone has lost it.

mod body;
mod header;
mod parts;
pub(crate) mod transfer;

use std::io;

use dixit::{Basis, Span, Statement};

use self::header::Fields;
use self::parts::Part;
use super::document::{self, ATTACHMENT, DocumentError};
use super::{Flow, Head, Input, Item, Reader, Sink};
use crate::limits::ReadLimits;
use crate::problem::Problem;

/// Mails.
pub(super) struct Eml;

impl Reader for Eml {
    fn name(&self) -> &'static str {
        "eml"
    }

    fn about(&self) -> &'static str {
        "mails: what was written, without what it quotes, and attached text, PDF and DOCX"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["eml"]
    }

    fn takes_bytes(&self) -> bool {
        true
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        let names = header::names_at(head.bytes);
        let has = |name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        // A letter may begin with lines of that form; programs write more of them.
        let by_program = ["Message-ID", "MIME-Version", "Received", "Return-Path", "Delivered-To"];
        if has("From") && (has("Date") || has("Subject")) && by_program.iter().any(|name| has(name))
        {
            return Some("its content: the fields of a mail");
        }
        let is_named = self.extensions().contains(&head.extension);
        (is_named && ["From", "Date", "Subject"].iter().any(|name| has(name))).then_some("its name")
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        let Some(bytes) = document::read_whole(input, sink)? else { return Ok(()) };
        Mail {
            bytes: &bytes,
            name: input.name,
            limits: input.limits,
            ordinal: 0,
            is_enough: false,
        }
        .read(sink);
        Ok(())
    }
}

/// An attachment, by its number among the parts, decoded.
pub(super) fn attachment(
    file: &[u8],
    number: usize,
    limits: &ReadLimits,
) -> Result<Vec<u8>, DocumentError> {
    let (parts, _) = parts::parts(file);
    let part = number.checked_sub(1).and_then(|at| parts.get(at));
    let part = part.ok_or_else(|| DocumentError::NoPart(format!("{ATTACHMENT}{number}")))?;
    let what = || format!("{ATTACHMENT}{number}");
    match part.body(file) {
        body if body.len() > limits.document_bytes => {
            Err(DocumentError::TooMuch { what: what(), most: limits.document_bytes })
        }
        body => Ok(transfer::decode(body, part.range().start, part.fields.transfer()).bytes),
    }
}

/// A mail that is being read.
struct Mail<'m> {
    bytes: &'m [u8],
    name: &'m str,
    limits: ReadLimits,
    ordinal: u64,
    is_enough: bool,
}

impl Mail<'_> {
    fn read(&mut self, sink: &mut Sink<'_>) {
        let (mut parts, problem) = parts::parts(self.bytes);
        if let Some(why) = problem {
            sink(Item::Problem(Problem::noted(self.name, why)));
        }
        let words = parts::words(&mut parts);
        // The mail itself is the first of its parts.
        let Some(fields) = parts.first().map(|part| &part.fields) else { return };
        if words.is_empty() {
            sink(Item::Problem(Problem::left_out(self.name, "no text in the mail itself")));
        }
        for (at, part) in parts.iter().enumerate() {
            if self.is_enough {
                return;
            }
            if words.contains(&at) {
                self.text(part, Some(fields), sink);
            } else if part.is_leaf() && !part.is_another_form {
                self.attached(at + 1, part, sink);
            }
        }
    }

    /// Reads a part that is text: the mail itself, with its own fields, or an attachment.
    fn text(&mut self, part: &Part, fields: Option<&Fields>, sink: &mut Sink<'_>) {
        let (name, length) = (self.name, part.body(self.bytes).len());
        if length > self.limits.record_bytes {
            let most = self.limits.record_bytes;
            let message =
                format!("a text of it has more than {most} bytes, the most for one record");
            let problem = Problem::left_out(name, message);
            sink(Item::Problem(problem.at_byte(part.range().start as u64)));
            return;
        }
        let text = body::decode(self.bytes, part);
        for why in &text.problems {
            let problem = Problem::noted(name, why.as_str());
            sink(Item::Problem(problem.at_byte(part.range().start as u64)));
        }
        if text.file.text.trim().is_empty() {
            let message = match text.is_quoted {
                true => "there is nothing in it but quotes of other mails",
                false => "there is no text in this part of it",
            };
            let problem = Problem::left_out(name, message);
            sink(Item::Problem(problem.at_byte(part.range().start as u64)));
            return;
        }
        let (mut ordinal, mut is_enough) = (self.ordinal, false);
        let is_html = part.fields.is_type("text", "html");
        body::read(name, &text, is_html, &self.limits, &mut |mut item| {
            if let Item::Record(record) = &mut item {
                ordinal += 1;
                let statement = &mut record.statement;
                statement.source.ordinal = Some(ordinal);
                statement.source.encoding.clone_from(&text.encoding);
                if let Some(fields) = fields {
                    apply(statement, fields);
                }
            }
            let flow = sink(item);
            is_enough |= flow == Flow::Enough;
            flow
        });
        (self.ordinal, self.is_enough) = (ordinal, is_enough);
    }

    /// Reads an attachment, or tells that it is left out.
    fn attached(&mut self, number: usize, part: &Part, sink: &mut Sink<'_>) {
        let at = part.range().start as u64;
        let what = part.fields.file_name().map_or_else(String::new, |file| format!(" `{file}`"));
        let mut left_out = |message: String| {
            sink(Item::Problem(Problem::left_out(self.name, message).at_byte(at)))
        };
        if part.fields.is_type("text", "plain") || part.fields.is_type("text", "html") {
            return self.text(part, None, sink);
        }
        if part.fields.is_media() {
            // Pictures of a letterhead are no loss.
            return;
        }
        let bytes = match attachment(self.bytes, number, &self.limits) {
            Ok(bytes) => bytes,
            Err(error) => {
                left_out(format!("attachment {number}{what}: {error}"));
                return;
            }
        };
        let within = format!("{ATTACHMENT}{number}/");
        let (mut ordinal, mut is_enough) = (self.ordinal, false);
        let result = document_in(self.name, &bytes, &within, &self.limits, &mut |mut item| {
            match &mut item {
                Item::Record(record) => {
                    ordinal += 1;
                    record.statement.source.ordinal = Some(ordinal);
                }
                Item::Problem(problem) => {
                    problem.message = format!("attachment {number}{what}: {}", problem.message);
                    problem.byte = Some(at);
                }
                Item::Layout(_) => {}
            }
            let flow = sink(item);
            is_enough |= flow == Flow::Enough;
            flow
        });
        (self.ordinal, self.is_enough) = (ordinal, is_enough);
        if let Err(error) = result {
            let message = format!("attachment {number}{what}: {error}");
            sink(Item::Problem(Problem::left_out(self.name, message).at_byte(at)));
        }
    }
}

/// Reads an attachment that is a document itself.
fn document_in(
    name: &str,
    bytes: &[u8],
    within: &str,
    limits: &ReadLimits,
    sink: &mut Sink<'_>,
) -> Result<(), DocumentError> {
    if document::is_pdf(bytes) {
        #[cfg(feature = "pdf")]
        return super::pdf::read_bytes(name, bytes, within, limits, sink);
        #[cfg(not(feature = "pdf"))]
        return Err(DocumentError::NotBuilt("pdf"));
    }
    if crate::unpack::is_zip(bytes) || document::is_compound(bytes) {
        #[cfg(feature = "docx")]
        return super::docx::read_bytes(name, bytes, within, limits, sink);
        #[cfg(not(feature = "docx"))]
        return Err(DocumentError::NotBuilt("docx"));
    }
    let _ = (name, within, limits, sink);
    Err(DocumentError::Damaged("it is no text, PDF or DOCX, and so it is left out".to_owned()))
}

/// Puts what the fields of a mail say into its statement. Who sent it is not who speaks in it.
fn apply(statement: &mut Statement, fields: &Fields) {
    let evidence = |span: Span| Basis::given("mail", [span]);
    if let Some((date, span)) = fields.date() {
        statement.date = Some(date);
        statement.set_basis("date", evidence(span));
    }
    if let Some((subject, span)) = fields.subject() {
        statement.title = Some(subject);
        statement.set_basis("title", evidence(span));
    }
}
