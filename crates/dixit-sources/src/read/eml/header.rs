//! The fields of a mail or of a part of one.

use std::borrow::Cow;
use std::ops::Range;

use dixit::{Span, StatementDate};
use mail_parser::{
    ContentType, Header, HeaderName, HeaderValue, Message, MessageParser, MimeHeaders,
};

/// The most bytes of the fields of a mail or a part. Those of mails that went a long way have some ten
/// thousand.
const FIELDS_BYTES: usize = 256 << 10;

/// How the bytes of a part are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transfer {
    AsIs,
    QuotedPrintable,
    Base64,
}

/// The fields of a mail or a part.
pub(super) struct Fields {
    message: Option<Message<'static>>,
    /// Where they begin in the mail.
    at: usize,
}

/// Where the fields that begin a text end, and where what follows them begins.
pub(super) fn end_of_fields(bytes: &[u8]) -> (usize, usize) {
    let mut at = 0;
    while at < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
        if bytes[at..end].trim_ascii().is_empty() {
            return (at, end);
        }
        at = end;
    }
    (bytes.len(), bytes.len())
}

/// The names of the fields that begin a text; none when anything else stands among them.
pub(super) fn names_at(bytes: &[u8]) -> Vec<&str> {
    let (end, _) = end_of_fields(bytes);
    let mut names = Vec::new();
    let mut lines = bytes[..end].split(|byte| *byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        let is_last = lines.peek().is_none();
        if line.starts_with(b" ") || line.starts_with(b"\t") || line.is_empty() {
            continue;
        }
        let name = memchr::memchr(b':', line).map(|colon| &line[..colon]);
        let is_name = |name: &&[u8]| {
            !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
        };
        match name.filter(is_name).and_then(|name| std::str::from_utf8(name).ok()) {
            Some(name) => names.push(name),
            // The front may end in the middle of a line.
            None if is_last => {}
            None => return Vec::new(),
        }
    }
    names
}

impl Fields {
    /// Reads the fields at a place of a mail.
    pub(super) fn read(bytes: &[u8], range: Range<usize>) -> Self {
        let at = range.start;
        let fields = &bytes[range.start..range.end.min(range.start + FIELDS_BYTES)];
        // The parser wants to see where they end.
        let fields = [fields, b"\r\n\r\n"].concat();
        let message = MessageParser::default().parse_headers(&fields).map(Message::into_owned);
        Self { message, at }
    }

    fn header(&self, name: &HeaderName<'_>) -> Option<&Header<'static>> {
        // The last one would be what the parser takes; the first is what programs show.
        self.message.as_ref()?.headers().iter().find(|header| header.name == *name)
    }

    /// Where a field stands in the mail, its name included.
    fn span(&self, header: &Header<'_>) -> Span {
        let (from, to) = (header.offset_field as usize, header.offset_end as usize);
        Span::from(self.at + from..self.at + to.max(from))
    }

    fn content_type(&self) -> Option<&ContentType<'_>> {
        self.message.as_ref()?.parts.first()?.content_type()
    }

    /// Whether it is of this type; text, where nothing is said.
    pub(super) fn is_type(&self, kind: &str, sub: &str) -> bool {
        let Some(found) = self.content_type() else { return (kind, sub) == ("text", "plain") };
        let found_sub = found.subtype().unwrap_or_default();
        found.ctype().eq_ignore_ascii_case(kind) && found_sub.eq_ignore_ascii_case(sub)
    }

    /// Whether it is made of parts, and by which mark they are told apart.
    pub(super) fn boundary(&self) -> Option<&str> {
        let found = self.content_type()?;
        let is_multipart = found.ctype().eq_ignore_ascii_case("multipart");
        found.attribute("boundary").filter(|mark| is_multipart && !mark.is_empty())
    }

    /// Whether its parts are the same in several forms.
    pub(super) fn is_alternative(&self) -> bool {
        let sub = self.content_type().and_then(ContentType::subtype).unwrap_or_default();
        sub.eq_ignore_ascii_case("alternative")
    }

    /// Whether it is a picture, sound or film.
    pub(super) fn is_media(&self) -> bool {
        let kind = self.content_type().map(ContentType::ctype).unwrap_or_default();
        ["image", "audio", "video"].iter().any(|media| kind.eq_ignore_ascii_case(media))
    }

    /// Whether it is given as a file beside the text.
    pub(super) fn is_attachment(&self) -> bool {
        let part = self.message.as_ref().and_then(|message| message.parts.first());
        part.and_then(MimeHeaders::content_disposition).is_some_and(ContentType::is_attachment)
    }

    pub(super) fn file_name(&self) -> Option<String> {
        let part = self.message.as_ref()?.parts.first()?;
        part.attachment_name().map(|name| name.chars().filter(|c| !c.is_control()).collect())
    }

    pub(super) fn charset(&self) -> Option<&str> {
        self.content_type()?.attribute("charset")
    }

    /// Whether its lines are broken for show and flow into each other (RFC 3676), and whether the space
    /// before such a break is no part of the text.
    pub(super) fn flows(&self) -> (bool, bool) {
        let is = |name: &str, wanted: &str| {
            let value = self.content_type().and_then(|found| found.attribute(name));
            value.is_some_and(|value| value.eq_ignore_ascii_case(wanted))
        };
        (is("format", "flowed"), is("delsp", "yes"))
    }

    pub(super) fn transfer(&self) -> Transfer {
        let header = self.header(&HeaderName::ContentTransferEncoding);
        match header.and_then(|header| header.value.as_text()).map(str::trim) {
            Some(name) if name.eq_ignore_ascii_case("base64") => Transfer::Base64,
            Some(name) if name.eq_ignore_ascii_case("quoted-printable") => {
                Transfer::QuotedPrintable
            }
            _ => Transfer::AsIs,
        }
    }

    /// The day on which it was sent, as the sender's own clock had it.
    pub(super) fn date(&self) -> Option<(StatementDate, Span)> {
        let header = self.header(&HeaderName::Date)?;
        let HeaderValue::DateTime(time) = &header.value else { return None };
        let (year, month, day) = (i16::try_from(time.year), i8::try_from(time.month), time.day);
        let date = StatementDate::day(year.ok()?, month.ok()?, i8::try_from(day).ok()?)?;
        Some((date, self.span(header)))
    }

    /// What it says of itself that it is about, without the marks of replies.
    pub(super) fn subject(&self) -> Option<(String, Span)> {
        let header = self.header(&HeaderName::Subject)?;
        let text: Cow<'_, str> = header.value.as_text()?.into();
        let mut subject = text.trim();
        while let Some((mark, rest)) = subject.split_once(':')
            && ["re", "fw", "fwd", "aw", "wg"]
                .iter()
                .any(|known| mark.trim().eq_ignore_ascii_case(known))
        {
            subject = rest.trim_start();
        }
        let words: Vec<&str> = subject.split_whitespace().collect();
        let subject = words.join(" ");
        (!subject.is_empty()).then(|| (subject, self.span(header)))
    }
}
