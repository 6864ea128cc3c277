//! Plain text: the turns of a transcript, several speeches, each under its heading, or one statement; its
//! first line is the title if it is a headline.

use std::io;

use super::beside::Beside;
use super::columns;
use super::metadata::{self, Metadata};
use super::prose::Decoded;
use super::transcript::{self, Looked, Marks};
use super::{Flow, Head, Input, Item, Reader, Record, Sink, collection, furniture, named, prose};
use crate::problem::Problem;

/// Plain text in UTF-8.
pub(super) struct PlainText;

impl Reader for PlainText {
    fn name(&self) -> &'static str {
        "text"
    }

    fn about(&self) -> &'static str {
        "plain text: the turns of a transcript, several speeches, or one article, release or speech"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        // Other markup under the name of text is not taken for words.
        let is_markup = matches!(head.first_byte(), Some(b'<' | b'{' | b'[') | None);
        if !head.is_text() || is_markup && !is_note(head.bytes.trim_ascii_start()) {
            return None;
        }
        match head.extension {
            "txt" | "text" => Some("its name"),
            "" => Some("its content: text, and no ending to its name"),
            _ => None,
        }
    }

    fn takes_metadata(&self) -> bool {
        true
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        let Some(file) = prose::read_whole(input, sink)? else { return Ok(()) };
        read_decoded(input.name, &file, &input.beside, sink);
        Ok(())
    }
}

/// Whether a text begins with a note in brackets and not with data: `[As delivered]`, `[00:12] Ada Rask: …`
fn is_note(bytes: &[u8]) -> bool {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let close = match line.first() {
        Some(b'[') => b']',
        Some(b'{') => b'}',
        _ => return false,
    };
    let Some(end) = line.iter().position(|byte| *byte == close) else { return false };
    let inner = &line[1..end];
    let is_word = inner.first().is_some_and(u8::is_ascii_alphanumeric);
    let has_words = inner.iter().any(u8::is_ascii_alphabetic) || inner.contains(&b':');
    is_word && has_words && !inner.contains(&b'"') && !inner.contains(&b',')
}

/// Reads a text, whatever file it was decoded from: documents come here too.
pub(super) fn read_decoded(
    name: &str,
    file: &Decoded,
    beside: &Beside,
    sink: &mut Sink<'_>,
) -> Flow {
    let metadata = Metadata::of(name, beside, sink);
    let parts = collection::parts(&file.text);
    if !parts.is_empty() {
        for (part, ordinal) in parts.into_iter().zip(1..) {
            let mut statement = prose::statement(name, file, Some(part.title));
            prose::fill(&mut statement, file, part.body);
            // Of several speeches it tells what they have in common, and not who gave one of them.
            metadata.apply_to_part(&mut statement);
            metadata::weigh(&mut statement);
            statement.source.ordinal = Some(ordinal);
            if sink(Item::Record(Box::new(Record { statement }))) == Flow::Enough {
                return Flow::Enough;
            }
        }
        return Flow::More;
    }
    let (title, from) = match prose::headline(&file.text, 0) {
        Some((line, from)) if furniture::is_furniture(&file.text[line.clone()]) => {
            let message = "a stamp or a page header over the text was left out of it";
            sink(Item::Problem(Problem::noted(name, message).at(1, line.start as u64)));
            (None, from)
        }
        Some((line, _))
            if furniture::is_no_title(&file.text[line.clone()])
                || transcript::begins_at(&file.text, line.start) =>
        {
            (None, 0)
        }
        Some((title, from)) => (Some(title), from),
        None => (None, 0),
    };
    let mut statement = prose::statement(name, file, title);
    // A heading that is no title any more is words of the text.
    let from = if metadata.apply(&mut statement) { 0 } else { from };
    let is_in_columns = columns::are_side_by_side(&file.text);
    if is_in_columns {
        let message =
            "two columns stand side by side in its lines: no turn of it is told from another";
        sink(Item::Problem(Problem::noted(name, message)));
    }
    let mut flow = Flow::More;
    let mut take = |statement| {
        flow = sink(Item::Record(Box::new(Record { statement })));
        flow
    };
    let looked = match is_in_columns {
        false => transcript::turns(file, from, Marks::Plain, &statement, 1, &mut take),
        true => Looked::Whole,
    };
    if !looked.tell(name, sink) {
        prose::fill(&mut statement, file, from..file.text.len());
        metadata::weigh(&mut statement);
        named::country_and_language(&mut statement, beside);
        flow = sink(Item::Record(Box::new(Record { statement })));
    }
    flow
}
