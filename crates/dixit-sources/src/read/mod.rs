//! Readers: one file a format, each a stream of records with a way back to the original bytes.
//!
//! A reader implements [`Reader`] and stands in [`READERS`]; that is all that a format takes. It
//! recognises its format by the first bytes of a file, then by its name, and hands over one
//! [`Record`] at a time: what the source states, with the bytes that state it. What it does not
//! state is the business of [`crate::extract`].

mod akoma_ntoso;
mod australia;
mod beside;
mod bundestag;
mod canada;
mod collection;
mod columns;
mod csv;
mod dates;
#[cfg_attr(
    not(all(feature = "pdf", feature = "docx", feature = "eml")),
    allow(dead_code, unused_imports, reason = "each format uses some of it")
)]
pub(crate) mod document;
#[cfg(feature = "docx")]
mod docx;
#[cfg(feature = "eml")]
mod eml;
mod feed;
mod front_matter;
mod furniture;
mod given;
mod historic_hansard;
mod html;
mod json;
mod json_text;
mod jsonl;
mod labels;
mod layout;
mod mapping;
mod markdown;
mod markup;
pub(crate) mod metadata;
mod named;
mod parlparse;
#[cfg(feature = "pdf")]
mod pdf;
mod prose;
mod record;
mod speeches;
mod tei;
mod text;
mod transcript;

use std::cell::Cell;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use dixit::Statement;

use crate::limits::ReadLimits;
use crate::problem::Problem;
pub use beside::{Beside, Companions};
pub use layout::{Layout, Part};
pub use mapping::{FieldMap, MapError};

/// Every reader, in the order in which they are asked.
pub const READERS: &[&dyn Reader] = &[
    #[cfg(feature = "pdf")]
    &pdf::Pdf,
    #[cfg(feature = "docx")]
    &docx::Docx,
    #[cfg(feature = "eml")]
    &eml::Eml,
    &tei::Tei,
    &akoma_ntoso::AkomaNtoso,
    &parlparse::Parlparse,
    &bundestag::Bundestag,
    &australia::AustralianHansard,
    &canada::CanadianHansard,
    &historic_hansard::HistoricHansard,
    &feed::Feed,
    &html::Html,
    &speeches::Speeches,
    &jsonl::JsonLines,
    &json::Json,
    &markdown::Markdown,
    &csv::Csv,
    &text::PlainText,
    &metadata::MetadataFile,
];

/// Formats that this build does not read, by the feature that would have it read them.
pub const LEFT_OUT: &[&str] = &[
    #[cfg(not(feature = "pdf"))]
    "pdf",
    #[cfg(not(feature = "docx"))]
    "docx",
    #[cfg(not(feature = "eml"))]
    "eml",
];

/// One format.
pub trait Reader: Send + Sync {
    /// The format's short name, as in `--input-format`.
    fn name(&self) -> &'static str;

    /// What the format is, in a line.
    fn about(&self) -> &'static str;

    /// Endings of file names in this format, without the dot.
    fn extensions(&self) -> &'static [&'static str];

    /// Whether a file is in this format, and by what that shows.
    fn recognise(&self, head: &Head<'_>) -> Option<&'static str>;

    /// Whether it takes the bytes of a file as they are and decodes what of them is text itself.
    fn takes_bytes(&self) -> bool {
        false
    }

    /// Whether its texts are described by the metadata in a file beside them.
    fn takes_metadata(&self) -> bool {
        false
    }

    /// The files near a file of this name that reading it looks into: when one of them changes, it is
    /// read again.
    fn companions(&self, _name: &str, _beside: &Beside) -> Vec<PathBuf> {
        Vec::new()
    }

    /// Reads records one by one into `sink`, until the end or until the sink has enough.
    ///
    /// # Errors
    /// Only when reading itself fails; what is wrong in the data is a [`Item::Problem`].
    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()>;
}

/// The front of a file, by which its format is recognised.
#[derive(Debug, Clone, Copy)]
pub struct Head<'h> {
    /// Its first bytes, decoded to UTF-8 and without a byte order mark.
    pub bytes: &'h [u8],
    /// Whether these are all.
    pub is_whole: bool,
    /// The ending of its name in lower case, without the dot.
    pub extension: &'h str,
}

impl Head<'_> {
    /// The first byte that is no white space.
    #[must_use]
    pub fn first_byte(&self) -> Option<u8> {
        self.bytes.iter().copied().find(|byte| !byte.is_ascii_whitespace())
    }

    /// Whether there is nothing but white space, that of other scripts too.
    pub(crate) fn is_blank(&self) -> bool {
        match self.first_byte() {
            None => true,
            Some(byte) if byte.is_ascii() => false,
            Some(_) => std::str::from_utf8(self.bytes).is_ok_and(|text| text.trim().is_empty()),
        }
    }

    /// The first element of markup, where the file begins with one.
    pub(crate) fn root_element(&self) -> Option<RootElement<'_>> {
        let mut rest = self.bytes.trim_ascii_start();
        loop {
            let after = if rest.starts_with(b"<!--") {
                memchr::memmem::find(rest, b"-->")? + 3
            } else if rest.starts_with(b"<?") {
                memchr::memmem::find(rest, b"?>")
                    .map(|end| end + 2)
                    .or_else(|| Some(memchr::memchr(b'>', rest)? + 1))?
            } else if rest.starts_with(b"<!") {
                let end = memchr::memchr(b'>', rest)?;
                match memchr::memchr(b'[', &rest[..end]) {
                    Some(open) => {
                        let inner = open + memchr::memchr(b']', &rest[open..])?;
                        inner + memchr::memchr(b'>', &rest[inner..])? + 1
                    }
                    None => end + 1,
                }
            } else {
                break;
            };
            rest = rest[after..].trim_ascii_start();
        }
        let tag = rest.strip_prefix(b"<")?;
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
        let end = tag.iter().position(is_end)?;
        let name = std::str::from_utf8(&tag[..end]).ok()?;
        let name = name.rsplit(':').next().unwrap_or(name);
        if name.is_empty() || !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return None;
        }
        let tag_end = memchr::memchr(b'>', tag).unwrap_or(tag.len());
        Some(RootElement { name, tag: &tag[..tag_end], rest: &tag[tag_end..] })
    }

    /// Whether this may be text in UTF-8: no NUL, and no more than one byte in ten that does not
    /// decode, eight of them anyhow. What is in another encoding was decoded before it came here.
    #[must_use]
    pub fn is_text(&self) -> bool {
        if self.bytes.contains(&0) {
            return false;
        }
        // Nearly all is whole, but for a character that the front cuts.
        match std::str::from_utf8(self.bytes) {
            Ok(_) => return true,
            Err(error) if error.error_len().is_none() => return true,
            Err(_) => {}
        }
        let invalid: usize = self.bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
        invalid * 10 <= self.bytes.len() + 80
    }
}

/// The first element of a file of markup.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RootElement<'h> {
    /// Its name without a prefix.
    pub(crate) name: &'h str,
    tag: &'h [u8],
    /// What of the file follows its tag.
    pub(crate) rest: &'h [u8],
}

impl RootElement<'_> {
    /// Whether this is its name, in whatever case.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Whether its tag has these bytes in it.
    pub(crate) fn has(&self, bytes: &[u8]) -> bool {
        memchr::memmem::find(self.tag, bytes).is_some()
    }

    /// Whether an element of this name begins near it.
    pub(crate) fn is_near(&self, element: &str) -> bool {
        let pattern = format!("<{element}");
        memchr::memmem::find_iter(self.rest, pattern.as_bytes()).any(|at| {
            self.rest.get(at + pattern.len()).is_none_or(|next| !next.is_ascii_alphanumeric())
        })
    }
}

/// A file (or stream) to read.
pub struct Input<'i> {
    /// Its name in statements.
    pub name: &'i str,
    /// Its bytes, unpacked and decoded to UTF-8. Places that readers give count these; what they are in
    /// the file itself is found out behind them.
    pub bytes: &'i mut dyn BufRead,
    /// How the fields of a foreign record are to be understood.
    pub fields: &'i FieldMap,
    /// Caps on what is read.
    pub limits: ReadLimits,
    /// The files near it.
    pub beside: Beside,
    /// Set by a reader before it hands over a record whose places lie in another file than this one.
    pub elsewhere: &'i Cell<bool>,
}

/// What a reader found.
#[derive(Debug)]
pub enum Item {
    /// A statement as far as the source states it.
    Record(Box<Record>),
    /// Something that could not be taken, or not wholly.
    Problem(Problem),
    /// How the columns or keys of the file are understood: for people, and nothing that is taken in.
    Layout(Layout),
}

/// A statement as far as the source states it: given fields have their basis, the others none.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The statement. Its id is made by the caller, who counts repetitions.
    pub statement: Statement,
}

/// Takes what a reader finds; answers whether to go on.
pub type Sink<'s> = dyn FnMut(Item) -> Flow + 's;

/// Whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Go on.
    More,
    /// That was enough.
    Enough,
}

impl Flow {
    /// Goes on only if both do.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if self == Self::Enough { self } else { other }
    }
}

/// The format of a file and how it was recognised.
#[derive(Clone, Copy)]
pub struct Recognised {
    /// The reader.
    pub reader: &'static dyn Reader,
    /// What showed it.
    pub by: &'static str,
}

impl std::fmt::Debug for Recognised {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (by {})", self.reader.name(), self.by)
    }
}

/// Recognises the format of a file by its first bytes, then by its name.
///
/// # Errors
/// Why no reader takes it, in words for the user.
pub fn recognise(name: &str, bytes: &[u8], is_whole: bool) -> Result<Recognised, String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let extension = extension_of(name);
    let head = Head { bytes, is_whole, extension: &extension };
    if head.is_blank() {
        return Err(match is_whole {
            true => nothing(bytes).to_owned(),
            false => format!("nothing but white space in its first {} bytes", bytes.len()),
        });
    }
    let found = READERS
        .iter()
        .find_map(|reader| reader.recognise(&head).map(|by| Recognised { reader: *reader, by }));
    found.ok_or_else(|| unread(&head))
}

/// Recognises what is no text, by the bytes as they are.
pub(crate) fn recognise_bytes(name: &str, bytes: &[u8], is_whole: bool) -> Option<Recognised> {
    let extension = extension_of(name);
    let head = Head { bytes, is_whole, extension: &extension };
    head.first_byte()?;
    let mut readers = READERS.iter().filter(|reader| reader.takes_bytes());
    readers.find_map(|reader| reader.recognise(&head).map(|by| Recognised { reader: *reader, by }))
}

/// Bytes in UTF-8 as text, where each byte of it stands, and how many did not decode.
#[cfg(feature = "eml")]
pub(crate) fn utf_8(bytes: &[u8]) -> (String, dixit::SourceMap, u64) {
    let prose::Lossy { text, map, replaced, .. } = prose::decode(bytes);
    (text, map, replaced as u64)
}

/// Bytes of a mail without their transfer encoding, and the encoding below it, where it is one that a mail
/// has. Evidence stands in the fields of a mail too, which have none.
#[cfg(feature = "eml")]
pub(crate) fn sent<'e>(bytes: &[u8], encoding: &'e str) -> Option<(Vec<u8>, Option<&'e str>)> {
    let (transfer, charset) = match encoding.split_once(' ') {
        Some((transfer, charset)) => (transfer, Some(charset)),
        None => (encoding, None),
    };
    let sent = match transfer {
        "base64" => eml::transfer::base64(bytes, 0),
        "quoted-printable" => eml::transfer::quoted_printable(bytes, 0),
        _ => return None,
    };
    Some(if sent.bad > 0 { (bytes.to_vec(), None) } else { (sent.bytes, charset) })
}

/// The reader with this name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static dyn Reader> {
    READERS.iter().copied().find(|reader| reader.name() == name)
}

/// Why there is nothing to take in bytes that are white space at most.
pub(crate) fn nothing(bytes: &[u8]) -> &'static str {
    if bytes.is_empty() { "it is empty" } else { "it holds nothing but white space" }
}

/// Why no reader takes a file.
fn unread(head: &Head<'_>) -> String {
    if let Some(why) = document::unread(head) {
        return why;
    }
    if !head.is_text() {
        return "no reader: it is not text in any encoding that is known".to_owned();
    }
    match head.first_byte() {
        Some(b'<') => {
            "no reader for this markup: no speeches are found by the names of its elements"
                .to_owned()
        }
        Some(b'{' | b'[') => {
            "no reader for this JSON yet; JSON lines (one object a line) are read".to_owned()
        }
        _ => format!("no reader for `.{}` files yet", head.extension),
    }
}

fn extension_of(name: &str) -> String {
    Path::new(name).extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase()
}

/// What one attempt to read a line gave.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// The buffer holds a line without its end; this many bytes were read for it, its end included.
    Whole(u64),
    /// The line is longer than allowed: it was passed over, this many bytes in all.
    TooLong(u64),
    /// There is no line left.
    End,
}

/// Reads the next line into `buffer`, at most `limit` bytes of it.
pub(crate) fn read_line(
    bytes: &mut dyn BufRead,
    buffer: &mut Vec<u8>,
    limit: usize,
) -> io::Result<Line> {
    buffer.clear();
    let mut read = 0_u64;
    loop {
        let available = match bytes.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() {
            return Ok(match read {
                0 => Line::End,
                _ if read > limit as u64 => Line::TooLong(read),
                _ => Line::Whole(read),
            });
        }
        let end = memchr::memchr(b'\n', available);
        let part = end.unwrap_or(available.len());
        if read as usize + part <= limit {
            buffer.extend_from_slice(&available[..part]);
        }
        let used = end.map_or(part, |end| end + 1);
        read += used as u64;
        bytes.consume(used);
        if end.is_some() {
            let content = read - 1;
            return Ok(if content > limit as u64 {
                Line::TooLong(read)
            } else {
                Line::Whole(read)
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_over_the_limit_are_passed_over_whole() {
        let data = b"short\nmuch too long a line\n\nlast";
        for capacity in [1, 3, 7, 64] {
            let mut reader = io::BufReader::with_capacity(capacity, &data[..]);
            let mut buffer = Vec::new();
            let mut seen = Vec::new();
            loop {
                let line = read_line(&mut reader, &mut buffer, 8).unwrap();
                if line == Line::End {
                    break;
                }
                seen.push((line, String::from_utf8(buffer.clone()).unwrap()));
            }
            let texts: Vec<_> = seen
                .iter()
                .filter(|(line, _)| matches!(line, Line::Whole(_)))
                .map(|(_, t)| t.as_str())
                .collect();
            assert_eq!(texts, ["short", "", "last"]);
            assert!(matches!(seen[1].0, Line::TooLong(21)), "{seen:?}");
        }
    }

    #[test]
    fn formats_are_recognised_by_content_before_name() {
        let by = |name: &str, bytes: &[u8]| match recognise(name, bytes, true) {
            Ok(found) => found.reader.name().to_owned(),
            Err(why) => why,
        };
        assert_eq!(by("a.txt", b"{\"text\": \"x\"}\n{\"text\": \"y\"}\n"), "jsonl");
        assert_eq!(by("a.jsonl", b"\xEF\xBB\xBF{\"text\": \"x\"}"), "jsonl");
        assert_eq!(by("a.txt", b"---\ntitle: x\n---\nbody"), "markdown");
        assert_eq!(by("a.md", b"# Heading\n"), "markdown");
        assert_eq!(by("README", b"Words."), "text");
        assert_eq!(by("a.txt", b"  \n"), "it holds nothing but white space");
        assert_eq!(by("a.txt", b"\xEF\xBB\xBF"), "it is empty");
        let blank = "\u{feff}\u{3000}\n\u{a0}".as_bytes();
        assert_eq!(by("a.dat", blank), "it holds nothing but white space");
        assert_eq!(by("a.txt", "\u{3000}词".as_bytes()), "text");
        assert_eq!(by("a.txt", b"<?xml version=\"1.0\"?><TEI>"), "tei");
        assert_eq!(
            by("a.xml", b"<menu><dish/></menu>"),
            "no reader for this markup: no speeches are found by the names of its elements"
        );
        assert_eq!(
            by("a.bin", b"\x00\x01"),
            "no reader: it is not text in any encoding that is known"
        );
        assert_eq!(by("a.csv", b"a,b\n1,2\n"), "csv");
        assert_eq!(by("a.txt", b"Speaker,Text\nAda Rask,\"Yes, we will.\"\n"), "csv");
        assert_eq!(by("a.txt", b"Speaker, I rise.\nText, and more of it, follows.\n"), "text");
        assert_eq!(by("a.dat", b"a\n"), "no reader for `.dat` files yet");
    }
}
