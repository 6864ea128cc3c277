//! In which encoding an input is, and by what that shows.
//!
//! Readers see UTF-8. What is UTF-8 goes to them as it is; all else is decoded on the way ([`decoding`])
//! and places are turned back into places of the file behind them ([`offsets`]).

pub(crate) mod decoding;
pub(crate) mod offsets;
mod transcoder;

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes at the front in which an encoding may be declared, as browsers have it.
const DECLARATION_BYTES: usize = 1024;

/// The encoding of an input and how it was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundEncoding {
    /// Its name in the Encoding Standard: `UTF-8`, `windows-1252`, `GBK`, …
    pub name: &'static str,
    /// What decided.
    pub by: &'static str,
}

/// What was decided about an input.
#[derive(Debug, Clone)]
pub(crate) struct Decision {
    /// What it is to be decoded from; nothing when it goes as it is.
    pub(crate) encoding: Option<&'static encoding_rs::Encoding>,
    pub(crate) by: &'static str,
    /// Bytes of a byte order mark that is no part of the text.
    pub(crate) mark: usize,
    /// Whether all that was seen is ASCII, so that what comes later may be in any encoding.
    pub(crate) is_open: bool,
    /// What it declares, for when the rest is decided about.
    declared: Option<&'static encoding_rs::Encoding>,
    /// A reservation, and the byte that it is about.
    pub(crate) note: Option<(String, usize)>,
}

impl Decision {
    fn utf_8(by: &'static str) -> Self {
        Self { encoding: None, by, mark: 0, is_open: false, declared: None, note: None }
    }

    /// Of what is no text: its reader decodes it.
    pub(crate) fn of_bytes() -> Self {
        Self::utf_8("its format, which is no text")
    }

    fn other(encoding: &'static encoding_rs::Encoding, by: &'static str) -> Self {
        Self { encoding: Some(encoding), ..Self::utf_8(by) }
    }

    pub(crate) fn found(&self) -> FoundEncoding {
        FoundEncoding { name: self.encoding.unwrap_or(UTF_8).name(), by: self.by }
    }
}

/// Decides by the front of an input: byte order mark, the pattern of NULs, declaration, validity,
/// statistics.
pub(crate) fn decide(head: &[u8], is_whole: bool) -> Decision {
    const MARK: &str = "its byte order mark";
    match head {
        [0xEF, 0xBB, 0xBF, ..] => return Decision::utf_8(MARK),
        [0xFF, 0xFE, ..] => return Decision { mark: 2, ..Decision::other(UTF_16LE, MARK) },
        [0xFE, 0xFF, ..] => return Decision { mark: 2, ..Decision::other(UTF_16BE, MARK) },
        _ => {}
    }
    if memchr::memchr(0, head).is_some() {
        return match wide(head) {
            Some(encoding) => Decision::other(encoding, "the places of its NULs"),
            None => Decision::utf_8("nothing that speaks for another"),
        };
    }
    decide_within(head, is_whole, declared(head))
}

/// Decides by bytes from the first one that is not ASCII on, after a front that was `before`.
pub(crate) fn decide_behind(before: &Decision, bytes: &[u8], is_whole: bool) -> Decision {
    decide_within(bytes, is_whole, before.declared)
}

fn decide_within(
    head: &[u8],
    is_whole: bool,
    declared: Option<&'static encoding_rs::Encoding>,
) -> Decision {
    let seen = Seen::of(head, is_whole);
    let Some(first_bad) = seen.first_bad else {
        return valid(head, is_whole, declared, seen);
    };
    if seen.wide >= seen.bad {
        return Decision::utf_8("its bytes, nearly all of which are valid UTF-8");
    }
    let legacy = declared.filter(|encoding| *encoding != UTF_8);
    if let Some(encoding) = legacy
        && is_plausible(encoding, head, true)
    {
        return Decision::other(encoding, "its declaration");
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, is_whole);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if !is_plausible(guess, head, false) {
        return Decision::utf_8("nothing that speaks for another");
    }
    let name = guess.name();
    let declares = declared.map_or("is", |declared| match declared == UTF_8 {
        true => "declares UTF-8 and is",
        false => "declares another encoding and is",
    });
    let message = format!("it {declares} not UTF-8 here: read as {name}, by statistics");
    let note = Some((message, first_bad));
    Decision { note, ..Decision::other(guess, "statistics of its bytes") }
}

/// Decides about what is valid UTF-8, whatever it declares.
fn valid(
    head: &[u8],
    is_whole: bool,
    declared: Option<&'static encoding_rs::Encoding>,
    seen: Seen,
) -> Decision {
    // The one encoding without bytes beyond ASCII.
    if declared == Some(ISO_2022_JP) && memchr::memchr(0x1B, head).is_some() {
        return Decision::other(ISO_2022_JP, "its declaration");
    }
    if seen.wide == 0 {
        let decision = Decision::utf_8("its bytes, which are ASCII");
        return Decision { is_open: !is_whole, declared, ..decision };
    }
    let note = declared.filter(|declared| *declared != UTF_8).map(|declared| {
        let message = format!("it declares {} and is UTF-8: read as UTF-8", declared.name());
        (message, seen.first_wide)
    });
    Decision { note, ..Decision::utf_8("its bytes, which are valid UTF-8") }
}

/// What there is beyond ASCII, taken for UTF-8.
#[derive(Debug, Default, Clone, Copy)]
struct Seen {
    /// Characters.
    wide: usize,
    first_wide: usize,
    /// Sequences that do not decode.
    bad: usize,
    first_bad: Option<usize>,
}

impl Seen {
    fn of(head: &[u8], is_whole: bool) -> Self {
        let mut seen = Self::default();
        let mut at = 0;
        for chunk in head.utf8_chunks() {
            let valid = chunk.valid();
            let ascii = encoding_rs::Encoding::ascii_valid_up_to(valid.as_bytes());
            if seen.wide == 0 && ascii < valid.len() {
                seen.first_wide = at + ascii;
            }
            // First bytes of characters beyond ASCII.
            seen.wide += valid.as_bytes()[ascii..].iter().filter(|byte| **byte >= 0xC0).count();
            at += valid.len();
            let bad = chunk.invalid();
            // A character that the end of the front cuts is none that is bad.
            let is_cut =
                !is_whole && at + bad.len() == head.len() && bad[..].first() >= Some(&0xC2);
            if !bad.is_empty() && !is_cut {
                seen.bad += 1;
                seen.first_bad.get_or_insert(at);
            }
            at += bad.len();
        }
        seen
    }
}

/// Whether these bytes are white space alone, in ASCII or in UTF-16.
pub(crate) fn is_blank(head: &[u8]) -> bool {
    let head = match head {
        [0xEF, 0xBB, 0xBF, rest @ ..] | [0xFF, 0xFE, rest @ ..] | [0xFE, 0xFF, rest @ ..] => rest,
        all => all,
    };
    let is_space = u8::is_ascii_whitespace;
    head.chunks(2).all(|pair| match pair {
        [one, 0] | [0, one] | [one] => is_space(one) || *one == 0 && pair.len() == 1,
        [one, other] => is_space(one) && is_space(other),
        _ => true,
    })
}

/// UTF-16 without a mark: letters, digits and spaces of ASCII have their NUL on one side.
fn wide(head: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let (mut even, mut odd) = (0_usize, 0_usize);
    for at in memchr::memchr_iter(0, head) {
        if at % 2 == 0 { even += 1 } else { odd += 1 }
    }
    let encoding = match (even, odd) {
        (0, 1..) => UTF_16LE,
        (1.., 0) => UTF_16BE,
        _ => return None,
    };
    // One character in twenty at least: there are spaces, digits and line ends in any text, while a NUL
    // that went astray is alone.
    if even + odd < 4 || (even + odd) * 40 < head.len() {
        return None;
    }
    let units = head.chunks_exact(2).map(|pair| match encoding == UTF_16LE {
        true => u16::from_le_bytes([pair[0], pair[1]]),
        false => u16::from_be_bytes([pair[0], pair[1]]),
    });
    let mut decoded = char::decode_utf16(units).peekable();
    while let Some(c) = decoded.next() {
        let is_last = decoded.peek().is_none();
        match c {
            Ok(c) if is_control(c) || is_unassigned(c) => return None,
            Err(_) if !is_last => return None,
            _ => {}
        }
    }
    Some(encoding)
}

/// The encoding that markup declares, where it is one that its declaration can be read in.
fn declared(head: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let front = &head[..head.len().min(DECLARATION_BYTES)];
    if front.trim_ascii_start().first() != Some(&b'<') {
        return None;
    }
    let front = front.to_ascii_lowercase();
    let front = String::from_utf8_lossy(&front);
    let in_xml = || {
        let (declaration, _) = front.trim_ascii_start().strip_prefix("<?xml")?.split_once("?>")?;
        label(declaration.split_once("encoding")?.1)
    };
    let in_html = || {
        let mut tags = front.split("<meta").skip(1).filter_map(|tag| tag.split('>').next());
        tags.find_map(|tag| label(tag.split_once("charset")?.1))
    };
    let found = in_xml().or_else(in_html)?;
    let encoding = encoding_rs::Encoding::for_label(found.as_bytes())?;
    (encoding.is_ascii_compatible() || encoding == ISO_2022_JP).then_some(encoding)
}

/// The value after `encoding` or `charset`.
fn label(rest: &str) -> Option<&str> {
    let rest = rest.trim_ascii_start().strip_prefix('=')?.trim_ascii_start();
    let rest = rest.trim_start_matches(['"', '\'']);
    rest.split(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).next()
}

/// Whether bytes make a text in an encoding: hardly a control character, hardly anything that does not
/// decode, and what is beyond ASCII stands where letters and signs do. The last is not asked of an
/// encoding that was declared.
fn is_plausible(encoding: &'static encoding_rs::Encoding, head: &[u8], is_declared: bool) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(head);
    let (mut all, mut controls, mut wide, mut bad, mut at_home) = (0, 0, 0, 0, 0_usize);
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        all += 1;
        controls += usize::from(is_control(c));
        if !c.is_ascii() {
            wide += 1;
            bad += usize::from(c == '\u{FFFD}' || is_unassigned(c));
            let beside = |other: char| other.is_alphabetic() && c.is_alphabetic();
            let is_at_home =
                beside(before) || chars.peek().is_some_and(|next| beside(*next)) || is_sign(c);
            at_home += usize::from(is_at_home);
        }
        before = c;
    }
    // One that the end of the front cuts.
    let bad = if head.len() > 64 { bad - bad.min(1) } else { bad };
    controls * 100 <= all && bad * 50 <= wide && (is_declared || at_home * 2 > wide)
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{C}' | '\u{1A}')
}

/// Characters that no publisher means.
fn is_unassigned(c: char) -> bool {
    let code = u32::from(c);
    code & 0xFFFE == 0xFFFE
        || (0xFDD0..=0xFDEF).contains(&code)
        || (0xE000..=0xF8FF).contains(&code)
}

/// Signs that stand between words and numbers.
fn is_sign(c: char) -> bool {
    matches!(
        c,
        '£' | '§' | '©' | '«' | '»' | '®' | '°' | '·' | '\u{A0}' | '¡' | '¿' | '½' | '€' | '№'
    ) || matches!(c, '\u{2010}'..='\u{203A}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}')
}

/// The text that bytes of a source stand for, `encoding` being the
/// [`encoding`](dixit::Source::encoding) of the source; what does not decode is replaced.
#[must_use]
pub fn text_of<'b>(bytes: &'b [u8], encoding: Option<&str>) -> Cow<'b, str> {
    #[cfg(feature = "eml")]
    if let Some((sent, charset)) = encoding.and_then(|name| crate::read::sent(bytes, name)) {
        return Cow::Owned(text_of(&sent, charset).into_owned());
    }
    let encoding = encoding.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
    match encoding {
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0,
        None => String::from_utf8_lossy(bytes),
    }
}
