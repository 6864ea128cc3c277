//! The table by which a document says what the codes of a font mean (ISO 32000-2, 9.10.3).
//!
//! Programs write it in many ways, all of which show in its words: what begins and ends a list, and numbers
//! in angle brackets. The library takes one of these ways, and so this is read here.

use std::collections::HashMap;

/// The most codes and ranges of codes that a table gives a meaning to: all that two bytes can tell apart.
const MEANINGS: usize = 1 << 16;

/// The most bytes of one number: what one code means is a few letters.
const NUMBER_BYTES: usize = 64;

/// What codes mean.
#[derive(Debug, Default)]
pub(super) struct ToUnicode {
    codes: HashMap<u16, String>,
    /// From the first to the last code, and what the first means; the last letter counts on.
    ranges: Vec<(u16, u16, String)>,
    /// Bytes of a code, where the table says so and all have as many.
    pub(super) code_bytes: Option<usize>,
}

enum Token<'t> {
    Number(Vec<u8>),
    Open,
    Close,
    Word(&'t [u8]),
}

impl ToUnicode {
    pub(super) fn read(table: &[u8]) -> Self {
        let mut found = Self::default();
        let mut lengths: Option<(usize, usize)> = None;
        let (mut list, mut held, mut is_within): (&[u8], Vec<Vec<u8>>, bool) =
            (b"", Vec::new(), false);
        for token in Tokens(table) {
            let number = match token {
                Token::Word(word) => {
                    if word.starts_with(b"begin") || word.starts_with(b"end") {
                        list = word;
                        held.clear();
                        is_within = false;
                    }
                    continue;
                }
                Token::Open => {
                    is_within = true;
                    continue;
                }
                Token::Close => {
                    is_within = false;
                    held.clear();
                    continue;
                }
                Token::Number(number) => number,
            };
            if found.codes.len() + found.ranges.len() >= MEANINGS {
                break;
            }
            match list {
                b"begincodespacerange" => {
                    let length = number.len();
                    let (least, most) = lengths.unwrap_or((length, length));
                    lengths = Some((least.min(length), most.max(length)));
                }
                b"beginbfchar" => match held.pop() {
                    None => held.push(number),
                    Some(code) => found.put(code_of(&code), &number),
                },
                b"beginbfrange" => match held.as_mut_slice() {
                    // One meaning for each of them.
                    [first, _] if is_within => {
                        let code = code_of(first);
                        *first = code.saturating_add(1).to_be_bytes().to_vec();
                        found.put(code, &number);
                    }
                    [first, last] => {
                        let (first, last) = (code_of(first), code_of(last));
                        held.clear();
                        if first == last {
                            found.put(first, &number);
                        } else {
                            found.ranges.push((first, last, utf_16(&number)));
                        }
                    }
                    _ => held.push(number),
                },
                _ => {}
            }
        }
        found.code_bytes = lengths
            .filter(|(least, most)| least == most && (1..=2).contains(least))
            .map(|(least, _)| least);
        // Found by the last that begins before a code.
        found.ranges.sort_by_key(|(first, ..)| *first);
        found
    }

    fn put(&mut self, code: u16, meaning: &[u8]) {
        self.codes.entry(code).or_insert_with(|| utf_16(meaning));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.codes.is_empty() && self.ranges.is_empty()
    }

    /// What a code means.
    pub(super) fn text(&self, code: u16) -> Option<String> {
        if let Some(text) = self.codes.get(&code) {
            return Some(text.clone());
        }
        let at = self.ranges.partition_point(|(first, ..)| *first <= code).checked_sub(1)?;
        let (first, last, text) = &self.ranges[at];
        if code > *last {
            return None;
        }
        let mut text = text.clone();
        let letter = u32::from(text.pop()?) + u32::from(code - first);
        text.push(char::from_u32(letter)?);
        Some(text)
    }
}

fn code_of(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |code, byte| code << 8 | u16::from(*byte))
}

fn utf_16(bytes: &[u8]) -> String {
    // A letter of ASCII is written in one byte by some.
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect()
}

/// The words of a table.
struct Tokens<'t>(&'t [u8]);

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            let rest = self.0.trim_ascii_start();
            let (first, after) = rest.split_first()?;
            self.0 = after;
            match first {
                b'%' => {
                    let end = memchr::memchr2(b'\n', b'\r', after).unwrap_or(after.len());
                    self.0 = &after[end..];
                }
                b'[' => return Some(Token::Open),
                b']' => return Some(Token::Close),
                b'<' if after.first() != Some(&b'<') => {
                    let end = memchr::memchr(b'>', after).unwrap_or(after.len());
                    self.0 = &after[(end + 1).min(after.len())..];
                    let digits =
                        after[..end].iter().filter_map(|byte| char::from(*byte).to_digit(16));
                    let digits: Vec<u32> = digits.take(2 * NUMBER_BYTES).collect();
                    let pairs = digits.chunks(2);
                    // A digit that is missing is zero.
                    let byte = |pair: &[u32]| (pair[0] << 4 | pair.get(1).unwrap_or(&0)) as u8;
                    return Some(Token::Number(pairs.map(byte).collect()));
                }
                b'<' | b'>' | b'(' | b')' | b'{' | b'}' | b'/' | 0 => {}
                _ => {
                    let is_end =
                        |byte: &u8| byte.is_ascii_whitespace() || b"<>[]()/%{}\0".contains(byte);
                    let end = rest.iter().position(is_end).unwrap_or(rest.len());
                    self.0 = &rest[end..];
                    return Some(Token::Word(&rest[..end]));
                }
            }
        }
    }
}
