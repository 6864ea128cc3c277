//! PDF (ISO 32000): the text layer of its pages.
//!
//! `lopdf` gives the objects, unpacks streams up to a limit and knows the encodings of fonts. What is shown
//! where, and so what is a line, is found here ([`page`], [`lines`]): it has to be the same each time, since
//! places count the bytes of that text, and it has to say what it could not read. Before the library sees a
//! file, [`guard`] counts what it would have to hold.

mod flow;
mod fonts;
mod guard;
mod lines;
mod page;
mod to_unicode;

use std::io;

use lopdf::{Document, LoadOptions, Object};

use super::document::{self, DocumentError, TEXT_LAYER};
use super::{Head, Input, Item, Reader, Sink};
use crate::limits::ReadLimits;
use crate::problem::Problem;

/// The most pages that are looked at. A volume of a year's debates has some twenty thousand.
const PAGES: usize = 50_000;

/// So many times as long as a record may be is all that pages draw by: the same stream may be drawn by
/// any number of them.
const CONTENT_TIMES: usize = 16;

/// Problems with pages that are told one by one.
const PROBLEMS: usize = 20;

/// PDF.
pub(super) struct Pdf;

impl Reader for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn about(&self) -> &'static str {
        "PDF with a text layer: its text, without running headers, footers and page numbers"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn takes_bytes(&self) -> bool {
        true
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        document::is_pdf(head.bytes).then_some("its content: the mark of a PDF")
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        document::read(input, sink, read_bytes)
    }
}

/// Reads a PDF, alone or as what `within` names of another document.
pub(super) fn read_bytes(
    name: &str,
    bytes: &[u8],
    within: &str,
    limits: &ReadLimits,
    sink: &mut Sink<'_>,
) -> Result<(), DocumentError> {
    let layer = layer(bytes, limits)?;
    for told in layer.problems.iter().take(PROBLEMS) {
        let problem = match told.is_left_out {
            true => Problem::left_out(name, told.why.as_str()),
            false => Problem::noted(name, told.why.as_str()),
        };
        sink(Item::Problem(problem.on_page(told.page)));
    }
    if layer.problems.len() > PROBLEMS {
        let more = layer.problems.len() - PROBLEMS;
        sink(Item::Problem(Problem::left_out(
            name,
            format!("{more} more such problems with pages"),
        )));
    }
    if layer.text.trim().is_empty() {
        let message = match layer.pages {
            0 => "no pages are found in it: it may be damaged".to_owned(),
            pages => format!(
                "no text layer: its {pages} pages show no words (a scan?); put it through character \
                 recognition and take it in again"
            ),
        };
        sink(Item::Problem(Problem::left_out(name, message)));
        return Ok(());
    }
    let flow = flow::flow(&layer.text);
    if flow.running > 0 {
        let message = format!(
            "{} lines that recur at the edges of pages (headers, footers, page numbers) were left out",
            flow.running
        );
        sink(Item::Problem(Problem::noted(name, message)));
    }
    let part = format!("{within}{TEXT_LAYER}");
    document::read_part(name, &flow.file, &part, layer.title.as_deref(), sink);
    Ok(())
}

/// The text that the pages of a document show: a line for each of theirs, an empty one where there is
/// more room between two, and U+000C between pages.
pub(super) struct Layer {
    pub(super) text: String,
    problems: Vec<OnPage>,
    pages: usize,
    title: Option<String>,
}

/// Something that could not be read of a page.
struct OnPage {
    page: u64,
    why: String,
    is_left_out: bool,
}

/// Unpacks the text layer.
pub(super) fn layer(bytes: &[u8], limits: &ReadLimits) -> Result<Layer, DocumentError> {
    guard::check(bytes, limits)?;
    let options = LoadOptions::with_max_decompressed_size(limits.record_bytes);
    let is_encrypted = || memchr::memmem::find(bytes, b"/Encrypt").is_some();
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(_) if is_encrypted() => return Err(DocumentError::Encrypted),
        Err(error) => return Err(DocumentError::Damaged(error.to_string())),
    };
    // One that opens without a password was decrypted while it was loaded.
    if document.trailer.get(b"Encrypt").is_ok() && document.encryption_state.is_none() {
        return Err(DocumentError::Encrypted);
    }
    let mut layer =
        Layer { text: String::new(), problems: Vec::new(), pages: 0, title: title(&document) };
    let mut budget = limits.record_bytes.saturating_mul(CONTENT_TIMES);
    let mut pages = page::Pages::new(&document);
    for (number, id) in (1..).zip(document.page_iter().take(PAGES + 1)) {
        let mut tell = |why: String, is_left_out| {
            layer.problems.push(OnPage { page: number, why, is_left_out });
        };
        if number as usize > PAGES {
            tell(format!("it has more than {PAGES} pages: the rest is left out"), true);
            break;
        }
        if layer.text.len() > limits.record_bytes || budget == 0 {
            let most = limits.record_bytes;
            tell(format!("the text has more than {most} bytes here: the rest is left out"), true);
            break;
        }
        layer.pages += 1;
        let shown = pages.show(id, limits, &mut budget);
        for why in shown.left_out {
            tell(why, true);
        }
        if shown.unknown > 0 {
            let unknown = shown.unknown;
            tell(
                format!("{unknown} characters have a shape and no meaning: U+FFFD stands there"),
                false,
            );
        }
        if number > 1 {
            layer.text.push('\u{C}');
        }
        let before = layer.text.len();
        lines::push(&shown.runs, &mut layer.text);
        if layer.text.len() == before && shown.has_image {
            tell("a picture without words".to_owned(), false);
        }
    }
    // Pages after the last that has words are as if they were not.
    let end = layer.text.trim_end_matches('\u{C}').len();
    layer.text.truncate(end);
    Ok(layer)
}

/// The title among the properties, where it is one.
fn title(document: &Document) -> Option<String> {
    let info = document.trailer.get_deref(b"Info", document).and_then(Object::as_dict).ok()?;
    let title = info.get_deref(b"Title", document).ok()?;
    let title = lopdf::decode_text_string(title).ok()?;
    let title = crate::extract::squeeze(&title);
    super::document::sensible_title(&title).then_some(title)
}
