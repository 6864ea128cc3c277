//! The one way through a file of debates in markup; what its tags mean is each format's own business.

use std::io;

use dixit::Span;

use super::floor::Floor;
use super::tokens::{Tag, Text, Token, Tokens};
use super::turn::Out;
use crate::read::{Input, Sink};

/// What a format makes of the tags and the text of a file.
pub(in crate::read) trait Dialect {
    /// Why a file that holds no words has no statements.
    const NOTHING: &'static str;
    /// What is told of a file with statements and without a date, if anything.
    const UNDATED: Option<&'static str> = Some("it states no date of the sitting");

    fn floor(&mut self) -> &mut Floor;

    fn open(&mut self, tag: &Tag<'_>, out: &mut Out<'_, '_>);

    fn close(&mut self, name: &str, span: Span, out: &mut Out<'_, '_>);

    fn text(&mut self, text: Text<'_>, out: &Out<'_, '_>) {
        self.floor().text(text, out);
    }

    /// The file has ended: what is open gets its speaker.
    fn settle(&mut self) {}

    /// A file without statements, when something else is to be told of it: whether it is left out, and
    /// why.
    fn nothing(&self) -> Option<(bool, String)> {
        None
    }
}

/// Reads a file to its end, or until the sink has enough.
pub(in crate::read) fn read<D: Dialect>(
    mut dialect: D,
    input: &mut Input<'_>,
    sink: &mut Sink<'_>,
) -> io::Result<()> {
    let mut tokens = Tokens::new(input.bytes);
    let mut out = Out::new(input.name, input.limits, sink);
    while !out.is_done
        && let Some(token) = tokens.next()?
    {
        match token {
            Token::Open(tag) => dialect.open(&tag, &mut out),
            Token::Close(close) => dialect.close(close.name, close.span, &mut out),
            Token::Text(text) => dialect.text(text, &out),
        }
    }
    if out.is_done {
        return Ok(());
    }
    dialect.settle();
    dialect.floor().finish(&mut tokens, &mut out);
    if out.count() == 0 {
        let (is_left_out, why) = dialect.nothing().unwrap_or((true, D::NOTHING.to_owned()));
        out.problem_of_all(is_left_out, &why);
    } else if let Some(why) = D::UNDATED
        && dialect.floor().sitting.date.is_none()
    {
        out.problem_of_all(false, why);
    }
    Ok(())
}
