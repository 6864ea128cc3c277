//! Transfer encodings (RFC 2045): from the bytes of a mail to those that were sent, with where each stood.

use dixit::{SourceMap, Span};

use super::header::Transfer;

/// Bytes that were sent, and where they stand in the mail.
pub(crate) struct Sent {
    pub(crate) bytes: Vec<u8>,
    pub(crate) map: SourceMap,
    /// Bytes that are none of the encoding.
    pub(crate) bad: usize,
}

/// Decodes the body of a part, which begins at this byte of the mail.
pub(super) fn decode(body: &[u8], at: usize, transfer: Transfer) -> Sent {
    match transfer {
        Transfer::AsIs => {
            Sent { bytes: body.to_vec(), map: SourceMap::verbatim(at as u64, body.len()), bad: 0 }
        }
        Transfer::QuotedPrintable => quoted_printable(body, at),
        Transfer::Base64 => base64(body, at),
    }
}

pub(crate) fn quoted_printable(body: &[u8], at: usize) -> Sent {
    let mut sent =
        Sent { bytes: Vec::with_capacity(body.len()), map: SourceMap::default(), bad: 0 };
    let mut from = 0;
    while from < body.len() {
        let plain = memchr::memchr(b'=', &body[from..]).unwrap_or(body.len() - from);
        sent.bytes.extend_from_slice(&body[from..from + plain]);
        sent.map.push_verbatim((at + from) as u64, plain);
        from += plain;
        let rest = &body[from..];
        if rest.is_empty() {
            break;
        }
        let hex = |byte: u8| char::from(byte).to_digit(16);
        let escaped = match rest {
            [_, high, low, ..] => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        if let Some(byte) = escaped {
            sent.bytes.push(byte as u8);
            sent.map.push_decoded(1, Span::from(at + from..at + from + 3));
            from += 3;
            continue;
        }
        // A line end behind the mark, spaces between, is one that was not in the text.
        let spaces = rest[1..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        match &rest[1 + spaces..] {
            [b'\r', b'\n', ..] => from += 3 + spaces,
            [b'\n', ..] => from += 2 + spaces,
            [] => from = body.len(),
            _ => {
                sent.bad += 1;
                sent.bytes.push(b'=');
                sent.map.push_verbatim((at + from) as u64, 1);
                from += 1;
            }
        }
    }
    sent
}

pub(crate) fn base64(body: &[u8], at: usize) -> Sent {
    let mut sent =
        Sent { bytes: Vec::with_capacity(body.len() / 4 * 3), map: SourceMap::default(), bad: 0 };
    // Up to four letters, and where the first of them stands.
    let (mut group, mut count, mut begins) = (0_u32, 0_u32, 0);
    for (place, &byte) in body.iter().enumerate() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            // What fills up the last letters.
            b'=' if count >= 2 => {
                flush(&mut sent, group, count, at + begins..at + place + 1);
                (group, count) = (0, 0);
                continue;
            }
            b'=' | b' ' | b'\t' | b'\r' | b'\n' => continue,
            _ => {
                sent.bad += 1;
                continue;
            }
        };
        if count == 0 {
            begins = place;
        }
        group = group << 6 | u32::from(value);
        count += 1;
        if count == 4 {
            flush(&mut sent, group, 4, at + begins..at + place + 1);
            (group, count) = (0, 0);
        }
    }
    if count >= 2 {
        flush(&mut sent, group, count, at + begins..at + body.len());
    }
    sent
}

/// Takes the bytes that some letters stand for.
fn flush(sent: &mut Sent, group: u32, letters: u32, span: std::ops::Range<usize>) {
    let bytes = (group << (6 * (4 - letters))).to_be_bytes();
    let count = letters as usize - 1;
    sent.bytes.extend_from_slice(&bytes[1..1 + count]);
    sent.map.push_units(1, count as u64, span.start as u64, (span.end - span.start) as u64);
}
