//! Plain text: a file is one statement, its first line the title if it is a headline; or several
//! speeches, each under its heading.

use std::io;

use super::{Flow, Head, Input, Item, Reader, Record, Sink, collection, furniture, named, prose};
use crate::problem::Problem;

/// Plain text in UTF-8.
pub(super) struct PlainText;

impl Reader for PlainText {
    fn name(&self) -> &'static str {
        "text"
    }

    fn about(&self) -> &'static str {
        "plain text: an article, release or speech as one statement, or several speeches under their headings"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        // Other markup under the name of text is not taken for words.
        if !head.is_text() || matches!(head.first_byte(), Some(b'<' | b'{' | b'[') | None) {
            return None;
        }
        match head.extension {
            "txt" | "text" => Some("its name"),
            "" => Some("its content: text, and no ending to its name"),
            _ => None,
        }
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        let Some(file) = prose::read_whole(input, sink)? else { return Ok(()) };
        let mut is_collection = false;
        for (part, ordinal) in collection::parts(&file.text).into_iter().zip(1..) {
            let mut statement = prose::statement(input.name, &file, part.body, Some(part.title));
            statement.source.ordinal = Some(ordinal);
            is_collection = true;
            if sink(Item::Record(Box::new(Record { statement }))) == Flow::Enough {
                break;
            }
        }
        if is_collection {
            return Ok(());
        }
        let (title, from) = match prose::headline(&file.text, 0) {
            Some((line, from)) if furniture::is_furniture(&file.text[line.clone()]) => {
                let message = "a stamp or a page header over the text was left out of it";
                sink(Item::Problem(Problem::noted(input.name, message).at(1, line.start as u64)));
                (None, from)
            }
            Some((line, _)) if furniture::is_no_title(&file.text[line.clone()]) => (None, 0),
            Some((title, from)) => (Some(title), from),
            None => (None, 0),
        };
        let mut statement = prose::statement(input.name, &file, from..file.text.len(), title);
        named::country_and_language(&mut statement, &input.beside);
        sink(Item::Record(Box::new(Record { statement })));
        Ok(())
    }
}
