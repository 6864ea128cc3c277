//! Pages that were saved as a literal of Python: `b'<div>\xe2\x80\x99\n...'`. Who collects pages with a
//! script often writes what the library shows of the bytes, and not the bytes.
//!
//! Escapes are those of bytes literals in Python's reference, chapter 2.5 (String and Bytes literals).

use std::ops::Range;

/// How far from its beginning a page may turn out to be a literal: a heading may stand before it.
const HEAD_BYTES: usize = 2 << 10;

/// Where the marks of a literal stand that a page is in, from its first to its last line: `b'`, and the
/// quotation mark that ends it.
pub(in crate::read) fn marks(page: &[u8]) -> Option<[Range<usize>; 2]> {
    let head = &page[..page.len().min(HEAD_BYTES)];
    let is_start = |at: &usize| *at == 0 || head[at - 1] == b'\n';
    let start = memchr::memchr_iter(b'b', head).filter(is_start).find(|at| {
        matches!(head.get(at + 1), Some(b'\'' | b'"')) && head.get(at + 2) == Some(&b'<')
    })?;
    let end = page.trim_ascii_end().len().checked_sub(1)?;
    let inside = page.get(start + 3..end)?;
    let is_one = page[end] == page[start + 1] && memchr::memchr(b'\n', inside).is_none();
    (is_one && page[end - 1] != b'\\').then_some([start..start + 2, end..end + 1])
}

/// The character that an escape at the beginning of some bytes stands for, and its length: what is
/// written as several bytes of UTF-8 is one.
pub(super) fn escape_at(bytes: &[u8]) -> Option<(char, usize)> {
    let [b'\\', kind, ..] = bytes else { return None };
    let c = match kind {
        b'n' => '\n',
        b't' => '\t',
        b'r' => '\r',
        b'\\' => '\\',
        b'\'' => '\'',
        b'"' => '"',
        b'x' => {
            let first = byte_at(bytes, 0)?;
            let length = match first {
                0..0x80 => 1,
                0xC2..0xE0 => 2,
                0xE0..0xF0 => 3,
                0xF0..0xF5 => 4,
                _ => return Some((char::REPLACEMENT_CHARACTER, 4)),
            };
            let mut utf8 = [first, 0, 0, 0];
            for (number, place) in utf8[..length].iter_mut().enumerate().skip(1) {
                let Some(byte) = byte_at(bytes, number) else {
                    return Some((char::REPLACEMENT_CHARACTER, 4));
                };
                *place = byte;
            }
            let c = std::str::from_utf8(&utf8[..length]).ok().and_then(|text| text.chars().next());
            return Some(c.map_or((char::REPLACEMENT_CHARACTER, 4), |c| (c, 4 * length)));
        }
        _ => return None,
    };
    Some((c, 2))
}

/// The byte of the escape with this number, of those that follow each other.
fn byte_at(bytes: &[u8], number: usize) -> Option<u8> {
    let escape = bytes.get(4 * number..4 * number + 4)?;
    let digits = escape.strip_prefix(b"\\x")?;
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(digits[0])? << 4 | digit(digits[1])?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_in_a_literal_has_marks_at_its_ends() {
        let page = b"<h1>Remarks</h1>\nb'<p>We\\xe2\\x80\\x99ll go.</p>'\n";
        let [start, end] = marks(page).unwrap();
        assert_eq!((&page[start], &page[end]), (&b"b'"[..], &b"'"[..]));
        for none in ["", "b'", "b'<", "b'<p>", "<p>b'<b>x</b>'</p>", "b'<p>\n</p>'", "b'<p>\\'"] {
            assert_eq!(marks(none.as_bytes()), None, "{none}");
        }
    }

    #[test]
    fn escapes_stand_for_characters() {
        for (written, c, length) in [
            (r"\xe2\x80\x99s", '’', 12),
            (r"\xc2\xa0", '\u{A0}', 8),
            (r"\x41", 'A', 4),
            (r"\n\t", '\n', 2),
            (r"\\n", '\\', 2),
            (r"\'", '\'', 2),
            (r"\xe2\x80", '\u{FFFD}', 4),
            (r"\xff\x80", '\u{FFFD}', 4),
        ] {
            assert_eq!(escape_at(written.as_bytes()), Some((c, length)), "{written}");
        }
        for none in ["", "\\", r"\q", r"\x", r"\x4", r"\xzz"] {
            assert_eq!(escape_at(none.as_bytes()), None, "{none}");
        }
    }
}
