//! From bytes in some encoding to UTF-8, with where each character stood.

use encoding_rs::{Decoder, DecoderResult, Encoding, ISO_2022_JP, UTF_16BE, UTF_16LE};

use super::offsets::Offsets;

/// The mark for what does not decode.
const REPLACED: &str = "\u{FFFD}";

/// Decodes a stream piece by piece.
pub(super) struct Transcoder {
    how: How,
    /// Where in the file the next byte stands.
    at: u64,
    /// Sequences that did not decode.
    pub(super) bad: u64,
    /// The first of them: its byte in the file, and the text before it.
    pub(super) first_bad: Option<(u64, u64)>,
}

enum How {
    /// One byte a character; in UTF-8 it has at most three.
    Single(Box<[String; 256]>),
    Wide {
        is_big: bool,
        /// Bytes of a character that is not all there: at most three.
        rest: Vec<u8>,
    },
    Multi {
        decoder: Decoder,
        /// Whether bytes of ASCII are ASCII wherever a character may begin.
        has_ascii: bool,
        /// Bytes that went in and have not come out: of a character, or of what was seen not to be one.
        pending: u64,
    },
}

impl Transcoder {
    /// For a text that begins at this byte of its file.
    pub(super) fn new(encoding: &'static Encoding, at: u64) -> Self {
        let how = if encoding == UTF_16LE || encoding == UTF_16BE {
            How::Wide { is_big: encoding == UTF_16BE, rest: Vec::new() }
        } else if encoding.is_single_byte() {
            let text =
                |byte: usize| encoding.decode_without_bom_handling(&[byte as u8]).0.into_owned();
            How::Single(Box::new(std::array::from_fn(text)))
        } else {
            let decoder = encoding.new_decoder_without_bom_handling();
            How::Multi { decoder, has_ascii: encoding != ISO_2022_JP, pending: 0 }
        };
        Self { how, at, bad: 0, first_bad: None }
    }

    /// Decodes what comes next; `is_last` when there is no more.
    pub(super) fn decode(
        &mut self,
        bytes: &[u8],
        is_last: bool,
        text: &mut Vec<u8>,
        offsets: &mut Offsets,
    ) {
        let Self { how, at, bad, first_bad } = self;
        let mut out = Out { text, offsets, bad, first_bad };
        match how {
            How::Single(table) => single(table, bytes, at, &mut out),
            How::Wide { is_big, rest } => {
                rest.extend_from_slice(bytes);
                let used = wide(rest, *is_big, is_last, *at, &mut out);
                rest.drain(..used);
                *at += used as u64;
            }
            How::Multi { decoder, has_ascii, pending } => {
                multi(decoder, *has_ascii, pending, bytes, at, &mut out);
                if is_last {
                    feed(decoder, &[], true, pending, at, &mut out);
                }
            }
        }
    }
}

/// Where decoded text goes.
struct Out<'o> {
    text: &'o mut Vec<u8>,
    offsets: &'o mut Offsets,
    bad: &'o mut u64,
    first_bad: &'o mut Option<(u64, u64)>,
}

impl Out<'_> {
    /// A piece of text that some bytes stand for.
    fn put(&mut self, text: &str, source: u64, length: u64) {
        self.text.extend_from_slice(text.as_bytes());
        self.offsets.push(1, text.len() as u8, source, length as u8);
    }

    fn put_ascii(&mut self, ascii: &[u8], source: u64) {
        self.text.extend_from_slice(ascii);
        self.offsets.push(ascii.len() as u64, 1, source, 1);
    }

    fn replace(&mut self, source: u64, length: u64) {
        *self.bad += 1;
        self.first_bad.get_or_insert((source, self.offsets.text_end()));
        self.put(REPLACED, source, length);
    }
}

fn single(table: &[String; 256], bytes: &[u8], at: &mut u64, out: &mut Out<'_>) {
    let mut rest = bytes;
    while !rest.is_empty() {
        let ascii = Encoding::ascii_valid_up_to(rest);
        out.put_ascii(&rest[..ascii], *at);
        *at += ascii as u64;
        rest = &rest[ascii..];
        while let Some(byte) = rest.first().filter(|byte| !byte.is_ascii()) {
            match table[usize::from(*byte)].as_str() {
                REPLACED => out.replace(*at, 1),
                text => out.put(text, *at, 1),
            }
            *at += 1;
            rest = &rest[1..];
        }
    }
}

/// Decodes UTF-16 from `source` on; how many bytes were used.
fn wide(bytes: &[u8], is_big: bool, is_last: bool, source: u64, out: &mut Out<'_>) -> usize {
    let unit = |at: usize| -> Option<u16> {
        let pair = [*bytes.get(at)?, *bytes.get(at + 1)?];
        Some(if is_big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
    };
    let mut at = 0;
    while let Some(first) = unit(at) {
        let place = source + at as u64;
        if first < 0x80 {
            out.text.push(first as u8);
            out.offsets.push(1, 1, place, 2);
            at += 2;
            continue;
        }
        let second = match first {
            0xD800..0xDC00 => match unit(at + 2) {
                None if !is_last => return at,
                second => second.filter(|second| (0xDC00..0xE000).contains(second)),
            },
            _ => None,
        };
        let units = [first, second.unwrap_or_default()];
        let length = if second.is_some() { 2 } else { 1 };
        match char::decode_utf16(units[..length].iter().copied()).next() {
            Some(Ok(c)) => out.put(c.encode_utf8(&mut [0; 4]), place, 2 * length as u64),
            _ => out.replace(place, 2 * length as u64),
        }
        at += 2 * length;
    }
    if is_last && at < bytes.len() {
        out.replace(source + at as u64, (bytes.len() - at) as u64);
        at = bytes.len();
    }
    at
}

fn multi(
    decoder: &mut Decoder,
    has_ascii: bool,
    pending: &mut u64,
    bytes: &[u8],
    at: &mut u64,
    out: &mut Out<'_>,
) {
    let mut rest = bytes;
    while !rest.is_empty() {
        if has_ascii && *pending == 0 {
            let ascii = Encoding::ascii_valid_up_to(rest);
            out.put_ascii(&rest[..ascii], *at);
            *at += ascii as u64;
            rest = &rest[ascii..];
        }
        // Byte by byte, so that it is known what each character is made of.
        if let Some((byte, after)) = rest.split_at_checked(1) {
            feed(decoder, byte, false, pending, at, out);
            rest = after;
        }
    }
}

/// Gives the decoder a byte, or tells it that there is none left. `at` is where the next byte stands.
fn feed(
    decoder: &mut Decoder,
    mut bytes: &[u8],
    is_last: bool,
    pending: &mut u64,
    at: &mut u64,
    out: &mut Out<'_>,
) {
    loop {
        let mut text = [0; 32];
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(bytes, &mut text, is_last);
        bytes = &bytes[read..];
        *at += read as u64;
        *pending += read as u64;
        if let DecoderResult::Malformed(length, after) = result {
            let (length, after) = (u64::from(length), u64::from(after).min(*pending));
            // What came out before it has the bytes before it.
            let bad = length.clamp(1, (*pending - after).max(1));
            let begins = at.saturating_sub(after + bad);
            let before = pending.saturating_sub(after + bad);
            put(&text[..written], begins - before.min(begins), before, out);
            out.replace(begins, bad.min(MOST));
            *pending = after;
            continue;
        }
        if written > 0 {
            put(&text[..written], *at - *pending, *pending, out);
            *pending = 0;
        }
        if result == DecoderResult::InputEmpty {
            return;
        }
    }
}

/// Source bytes that one piece of text may stand for: escapes that change the character set stand
/// before the character, and may be many.
const MOST: u64 = 16;

fn put(text: &[u8], source: u64, length: u64, out: &mut Out<'_>) {
    if let Ok(text) = std::str::from_utf8(text)
        && !text.is_empty()
    {
        let own = length.min(MOST);
        out.put(text, source + length - own, own);
    }
}
