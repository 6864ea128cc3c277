//! Decoding a JSON string while keeping where each byte of it stands.

use dixit::{SourceMap, Span};

/// Decodes a JSON string literal (with its quotation marks), which starts at byte `at` of the file.
///
/// `None` when it is no well-formed literal; callers have had it checked by the JSON parser.
pub(super) fn decode(literal: &str, at: u64) -> Option<(String, SourceMap)> {
    let inner = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(inner.len());
    let mut map = SourceMap::default();
    // Offset of `inner` in the file.
    let base = at + 1;
    let mut done = 0;
    while let Some(found) = memchr::memchr(b'\\', &inner.as_bytes()[done..]) {
        let escape = done + found;
        push(&mut text, &mut map, base, inner, done, escape);
        let (decoded, length) = unescape(&inner[escape..])?;
        let span = Span::new(base + escape as u64, base + (escape + length) as u64);
        text.push(decoded);
        map.push_decoded(decoded.len_utf8(), span);
        done = escape + length;
    }
    push(&mut text, &mut map, base, inner, done, inner.len());
    Some((text, map))
}

fn push(text: &mut String, map: &mut SourceMap, base: u64, inner: &str, from: usize, to: usize) {
    text.push_str(&inner[from..to]);
    map.push_verbatim(base + from as u64, to - from);
}

/// The character that an escape stands for, and the escape's length.
fn unescape(escape: &str) -> Option<(char, usize)> {
    let simple = |c| Some((c, 2));
    match escape.as_bytes().get(1)? {
        b'n' => simple('\n'),
        b't' => simple('\t'),
        b'r' => simple('\r'),
        b'b' => simple('\u{8}'),
        b'f' => simple('\u{c}'),
        b'"' => simple('"'),
        b'\\' => simple('\\'),
        b'/' => simple('/'),
        b'u' => {
            let unit = hex(escape.get(2..6)?)?;
            if !(0xD800..0xDC00).contains(&unit) {
                // A lone low surrogate is no character.
                return Some((char::from_u32(unit).unwrap_or('\u{FFFD}'), 6));
            }
            let low = escape.get(6..12).and_then(|rest| hex(rest.strip_prefix("\\u")?));
            match low.filter(|low| (0xDC00..0xE000).contains(low)) {
                Some(low) => {
                    let code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                    Some((char::from_u32(code)?, 12))
                }
                None => Some(('\u{FFFD}', 6)),
            }
        }
        _ => None,
    }
}

fn hex(digits: &str) -> Option<u32> {
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn escapes_map_to_their_bytes() {
        let literal = r#""a\n\"é\u00e9\ud83c\udf0d!""#;
        let (text, map) = decode(literal, 100).unwrap();
        assert_eq!(text, "a\n\"éé🌍!");
        let bytes = |range: std::ops::Range<usize>| {
            let span = map.to_source(range).unwrap();
            &literal[(span.start - 100) as usize..(span.end - 100) as usize]
        };
        assert_eq!(bytes(0..1), "a");
        assert_eq!(bytes(1..3), r#"\n\""#);
        assert_eq!(bytes(3..5), "é");
        assert_eq!(bytes(5..7), r"\u00e9");
        assert_eq!(bytes(7..11), r"\ud83c\udf0d");
        assert_eq!(bytes(11..12), "!");
    }

    #[test]
    fn broken_literals_are_none() {
        for literal in ["", "\"", "\"a", r#""\""#, r#""\x""#, r#""\u12""#] {
            assert_eq!(decode(literal, 0), None, "{literal}");
        }
        assert_eq!(decode(r#""\ud800x""#, 0).unwrap().0, "\u{FFFD}x");
    }

    proptest! {
        #[test]
        fn decodes_as_the_json_parser_does(text in "\\PC*", controls in "[\\n\\t\"\\\\/\u{1F600}]{0,5}") {
            let text = text + &controls;
            let literal = serde_json::to_string(&text).unwrap();
            let (decoded, map) = decode(&literal, 7).unwrap();
            prop_assert_eq!(&decoded, &text);
            prop_assert_eq!(map.text_len(), text.len() as u64);
        }
    }
}
