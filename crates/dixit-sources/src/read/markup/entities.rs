//! Entities: characters that are written by number or name.

use std::collections::HashMap;

use super::literal;

/// The most names that a document may declare, and the most bytes that one may stand for. Published
/// documents declare a few dozen letters.
const DECLARED: usize = 1_000;
const DECLARED_BYTES: usize = 256;

/// The most bytes of an entity, its marks included: the longest name of HTML has 33.
const ENTITY_BYTES: usize = 64;

/// The entities that a document may use.
#[derive(Debug, Default)]
pub(in crate::read) struct Entities {
    declared: HashMap<String, String>,
    /// Whether the text is a literal in which a backslash escapes: see [`super::literal`].
    pub(super) has_escapes: bool,
}

impl Entities {
    /// Takes the entities that a document type declares.
    pub(super) fn declare(&mut self, doctype: &[u8]) {
        let text = String::from_utf8_lossy(doctype);
        let mut rest = &*text;
        while let Some(at) = rest.find("<!ENTITY") {
            rest = &rest[at + "<!ENTITY".len()..];
            let declaration = rest.trim_start();
            let name_end = declaration.find(char::is_whitespace).unwrap_or(declaration.len());
            let (name, value) = declaration.split_at(name_end);
            let value = value.trim_start();
            let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
                continue;
            };
            let Some(value) = value[1..].split(quote).next() else { continue };
            if self.declared.len() < DECLARED && value.len() <= DECLARED_BYTES && name != "%" {
                // References to other entities stay as they are written.
                let value = decode(value, by_number);
                self.declared.entry(name.to_owned()).or_insert(value);
            }
        }
    }

    /// Whether something that stands for something else may begin with this byte.
    pub(super) fn stand_at(&self, byte: u8) -> bool {
        byte == b'&' || self.has_escapes
    }

    /// What an entity at the beginning of some bytes stands for, and its length; nothing when it is none.
    pub(super) fn at(&self, bytes: &[u8]) -> Option<(Character<'_>, usize)> {
        if self.has_escapes && bytes.first() == Some(&b'\\') {
            let (c, length) = literal::escape_at(bytes)?;
            return Some((Character::One(c), length));
        }
        let most = &bytes[..bytes.len().min(ENTITY_BYTES)];
        let end = memchr::memchr(b';', most)?;
        let name = std::str::from_utf8(&bytes[1..end]).ok()?;
        Some((self.named(name)?, end + 1))
    }

    fn named(&self, name: &str) -> Option<Character<'_>> {
        if let Some(c) = by_number(name) {
            return Some(Character::One(c));
        }
        if !name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
        {
            return None;
        }
        match name {
            "amp" => return Some(Character::One('&')),
            "lt" => return Some(Character::One('<')),
            "gt" => return Some(Character::One('>')),
            "quot" => return Some(Character::One('"')),
            "apos" => return Some(Character::One('\'')),
            _ => {}
        }
        if let Some(declared) = self.declared.get(name) {
            return Some(Character::Several(declared.as_str().into()));
        }
        let written = format!("&{name};");
        let decoded = htmlize::unescape(&written);
        (decoded != written.as_str()).then(|| Character::Several(decoded.into_owned().into()))
    }

    /// A text with its entities replaced.
    pub(super) fn decode(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('&') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let (length, decoded) = match self.at(rest.as_bytes()) {
                Some((character, length)) => (length, Some(character)),
                None => (1, None),
            };
            match decoded {
                Some(Character::One(c)) => out.push(c),
                Some(Character::Several(text)) => out.push_str(&text),
                None => out.push('&'),
            }
            rest = &rest[length..];
        }
        out.push_str(rest);
        out
    }
}

/// What an entity stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Character<'e> {
    One(char),
    Several(std::borrow::Cow<'e, str>),
}

fn decode(text: &str, named: impl Fn(&str) -> Option<char>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let found = rest.find(';').and_then(|end| Some((named(&rest[1..end])?, end + 1)));
        match found {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character of `#38` or `#x26`. Numbers between 128 and 159 are what Windows-1252 writes there, as
/// in HTML (HTML Living Standard, numeric character reference end state).
fn by_number(name: &str) -> Option<char> {
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    if (0x80..0xA0).contains(&code) {
        let written = format!("&#{code};");
        return htmlize::unescape(&written).chars().next();
    }
    match code {
        0 => Some('\u{FFFD}'),
        _ => Some(char::from_u32(code).unwrap_or('\u{FFFD}')),
    }
}
