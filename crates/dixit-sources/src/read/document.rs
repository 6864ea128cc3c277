//! What readers of documents share: files that are no text, and hold one.
//!
//! Places count the bytes of a *part* of the document, which a statement names in
//! [`Source::part`](dixit::Source::part), and [`part_bytes`] unpacks it again for whoever looks there.

use std::io::{self, Read};

use dixit::{Basis, SourceMap, Span, Statement};

use super::{Head, Input, Item, Sink};
use crate::limits::ReadLimits;
use crate::problem::Problem;

/// Why a document, or a part of it, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// It is longer than documents are read.
    #[error("the document has more than {0} bytes, the most for one; split it")]
    TooLong(usize),
    /// What it unpacks to is longer than a text is.
    #[error(
        "{what} unpacks to more than {most} bytes: it is left out, as what fills memory does so"
    )]
    TooMuch {
        /// What of it.
        what: String,
        /// The most bytes.
        most: usize,
    },
    /// It is made of more values than documents are.
    #[error("it is made of more than {0} values: no document is, and so it is not read")]
    TooMany(usize),
    /// It asks for a password.
    #[error("it is encrypted: save it without a password and take it in again")]
    Encrypted,
    /// It cannot be taken apart.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// It has no such part.
    #[error("there is no `{0}` in it")]
    NoPart(String),
    /// This build does not read the format.
    #[error("this program was built without the feature `{0}`, which reads it")]
    NotBuilt(&'static str),
}

/// Reads a document whole; `None` when it is too long or empty, which is reported then.
pub(super) fn read_whole(
    input: &mut Input<'_>,
    sink: &mut Sink<'_>,
) -> io::Result<Option<Vec<u8>>> {
    let limit = input.limits.document_bytes;
    let mut bytes = Vec::new();
    (&mut *input.bytes).take(limit as u64 + 1).read_to_end(&mut bytes)?;
    let why = match bytes.len() {
        0 => "it is empty".to_owned(),
        length if length > limit => DocumentError::TooLong(limit).to_string(),
        _ => return Ok(Some(bytes)),
    };
    sink(Item::Problem(Problem::left_out(input.name, why)));
    Ok(None)
}

/// How one format turns a document's bytes into statements: the file's name, its bytes, the path of
/// its part where it is attached to another (else empty), the limits, and where what is read goes.
#[cfg(any(feature = "docx", feature = "pdf"))]
type ReadBytes = fn(&str, &[u8], &str, &ReadLimits, &mut Sink<'_>) -> Result<(), DocumentError>;

/// Reads a file that is a document by what takes its bytes; why it cannot be read is reported.
#[cfg(any(feature = "docx", feature = "pdf"))]
pub(super) fn read(
    input: &mut Input<'_>,
    sink: &mut Sink<'_>,
    read_bytes: ReadBytes,
) -> io::Result<()> {
    let Some(bytes) = read_whole(input, sink)? else { return Ok(()) };
    if let Err(error) = read_bytes(input.name, &bytes, "", &input.limits, sink) {
        sink(Item::Problem(Problem::left_out(input.name, error.to_string())));
    }
    Ok(())
}

/// Reads the text of a part: places count the bytes of the part, and the title among the document's
/// properties stands in where the text has none.
#[cfg(any(feature = "docx", feature = "pdf"))]
pub(super) fn read_part(
    name: &str,
    file: &super::prose::Decoded,
    part: &str,
    property: Option<&str>,
    sink: &mut Sink<'_>,
) {
    super::text::read_decoded(name, file, &super::Beside::default(), &mut |mut item| {
        if let Item::Record(record) = &mut item {
            let statement = &mut record.statement;
            statement.source.part = Some(part.to_owned());
            let range = statement.source.map.as_ref().and_then(SourceMap::source_range);
            statement.source.span = range.or(statement.source.span);
            if let (None, Some(title)) = (&statement.title, property) {
                statement.title = Some(title.to_owned());
                let basis = Basis::new(dixit::BasisKind::Extracted, "document-property");
                statement.set_basis("title", basis.with_confidence(0.5));
            }
        }
        sink(item)
    });
}

/// The bytes of a part of a document, by the name that statements have for it
/// ([`Source::part`](dixit::Source::part)).
///
/// # Errors
/// When the document does not have it, or cannot be read.
pub fn part_bytes(file: &[u8], part: &str, limits: &ReadLimits) -> Result<Vec<u8>, DocumentError> {
    let attachment = part.strip_prefix(ATTACHMENT).and_then(|rest| rest.split_once('/'));
    if let Some((number, inner)) = attachment
        && let Ok(number) = number.parse()
    {
        return part_of(&attachment_bytes(file, number, limits)?, inner, limits);
    }
    part_of(file, part, limits)
}

/// How the parts of attachments begin, before their number.
pub(super) const ATTACHMENT: &str = "attachment-";

/// The name of the text that the pages of a PDF show.
pub(super) const TEXT_LAYER: &str = "text-layer";

fn part_of(file: &[u8], part: &str, limits: &ReadLimits) -> Result<Vec<u8>, DocumentError> {
    if part == TEXT_LAYER { text_layer(file, limits) } else { entry(file, part, limits) }
}

#[cfg(feature = "eml")]
fn attachment_bytes(
    file: &[u8],
    number: usize,
    limits: &ReadLimits,
) -> Result<Vec<u8>, DocumentError> {
    super::eml::attachment(file, number, limits)
}

#[cfg(not(feature = "eml"))]
fn attachment_bytes(_: &[u8], _: usize, _: &ReadLimits) -> Result<Vec<u8>, DocumentError> {
    Err(DocumentError::NotBuilt("eml"))
}

#[cfg(feature = "pdf")]
fn text_layer(file: &[u8], limits: &ReadLimits) -> Result<Vec<u8>, DocumentError> {
    Ok(super::pdf::layer(file, limits)?.text.into_bytes())
}

#[cfg(not(feature = "pdf"))]
fn text_layer(_: &[u8], _: &ReadLimits) -> Result<Vec<u8>, DocumentError> {
    Err(DocumentError::NotBuilt("pdf"))
}

#[cfg(feature = "docx")]
fn entry(file: &[u8], part: &str, limits: &ReadLimits) -> Result<Vec<u8>, DocumentError> {
    super::docx::Package::open(file)?.entry(part, limits)
}

#[cfg(not(feature = "docx"))]
fn entry(_: &[u8], _: &str, _: &ReadLimits) -> Result<Vec<u8>, DocumentError> {
    Err(DocumentError::NotBuilt("docx"))
}

/// What begins a PDF. Before it there may be some bytes of whoever sent it.
pub(super) fn is_pdf(head: &[u8]) -> bool {
    memchr::memmem::find(&head[..head.len().min(1024)], b"%PDF-").is_some_and(|at| {
        // Words before the mark are a text about such files.
        at == 0 || head[..at].iter().all(u8::is_ascii_whitespace) || at < 4
    })
}

/// Whether this is a file in which old word processors, and those that encrypt, keep others.
pub(super) fn is_compound(head: &[u8]) -> bool {
    head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
}

/// Why no reader takes a document, where it is one.
pub(super) fn unread(head: &Head<'_>) -> Option<String> {
    let left_out = |name: &'static str| {
        let error = DocumentError::NotBuilt(name);
        super::LEFT_OUT.contains(&name).then(|| error.to_string())
    };
    if is_compound(head.bytes) {
        return Some(
            "no reader: a document of an old word processor, or an encrypted one; save it as DOCX \
             without a password"
                .to_owned(),
        );
    }
    if is_pdf(head.bytes) || head.extension == "pdf" {
        return left_out("pdf");
    }
    match head.extension {
        "docx" => left_out("docx"),
        "eml" => left_out("eml"),
        _ => None,
    }
}

/// Whether a title among the properties of a document may be one.
#[cfg(any(feature = "pdf", feature = "docx"))]
pub(super) fn sensible_title(title: &str) -> bool {
    let words = title.split_whitespace().count();
    let folded = title.to_ascii_lowercase();
    let names_file = [".doc", ".docx", ".pdf", ".rtf", ".odt", ".indd", ".qxd"];
    let is_made = ["microsoft word", "untitled", "powerpoint", "document"];
    (3..=40).contains(&words)
        && title.len() <= 300
        && !names_file.iter().any(|ending| folded.ends_with(ending))
        && !is_made.iter().any(|made| folded.starts_with(made))
}

/// Turns all places of a statement, which count bytes of a text, into places of what the text was decoded
/// from.
pub(super) fn place_through(statement: &mut Statement, map: &SourceMap) {
    let to_source = |span: Span| map.to_source(span.as_range()?);
    let basis = |basis: &mut Basis| {
        basis.evidence = basis.evidence.iter().filter_map(|span| to_source(*span)).collect();
    };
    let source = &mut statement.source;
    let text_span = source.span;
    source.span = text_span.and_then(to_source);
    let own = match (source.map.take(), text_span.and_then(Span::as_range)) {
        (Some(own), _) => own.through(map, 0),
        (None, Some(range)) => Some(map.slice(range)),
        (None, None) => None,
    };
    if let Some(own) = own {
        statement.set_source_map(own);
    }
    statement.basis.values_mut().for_each(basis);
    statement.passages.retain_mut(|passage| {
        passage.cue = passage.cue.and_then(to_source);
        passage.basis.iter_mut().for_each(basis);
        to_source(passage.content).map(|content| passage.content = content).is_some()
    });
}
