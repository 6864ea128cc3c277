//! A pull tokenizer of JSON over a stream: it finds where values begin and end, and leaves what is
//! in them to the parser. No recursion, whatever the nesting.

use std::io::{self, BufRead};

use memchr::{memchr_iter, memchr2};

/// What stands next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A member's name, which is in [`Scanner::key`].
    Key,
    /// A value that begins with this byte. It is to be opened or taken.
    Value(u8),
    /// The innermost array or object ends.
    Close,
    /// Something that does not belong here; it was passed over.
    Stray,
    /// The input ends.
    End,
}

/// How taking a value went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    Whole,
    /// It is longer than wanted, this many bytes; the buffer holds nothing.
    TooLong(u64),
    /// The input ends in it.
    Cut,
}

/// A place in the input.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    pub(super) byte: u64,
    pub(super) line: u64,
}

pub(super) struct Scanner<'b> {
    bytes: &'b mut dyn BufRead,
    /// What is to be read again, before `bytes`.
    again: Vec<u8>,
    again_from: usize,
    at: At,
    /// What is open: whether it is an object.
    open: Vec<bool>,
    /// Whether a member's value comes next.
    is_value_next: bool,
    /// The name of the member as it is written.
    pub(super) key: Vec<u8>,
}

impl<'b> Scanner<'b> {
    pub(super) fn new(bytes: &'b mut dyn BufRead) -> io::Result<Self> {
        let mut scanner = Self {
            bytes,
            again: Vec::new(),
            again_from: 0,
            at: At { byte: 0, line: 1 },
            open: Vec::new(),
            is_value_next: false,
            key: Vec::new(),
        };
        // The mark has three bytes, of which a small buffer may show one at a time.
        let mut mark = Vec::new();
        while mark.len() < 3 && scanner.fill()?.first() == b"\xEF\xBB\xBF".get(mark.len()) {
            mark.push(scanner.fill()?[0]);
            scanner.consume(1);
        }
        Ok(scanner)
    }

    pub(super) fn at(&self) -> At {
        self.at
    }

    /// How many arrays and objects are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    fn fill(&mut self) -> io::Result<&[u8]> {
        if self.again_from < self.again.len() {
            return Ok(&self.again[self.again_from..]);
        }
        loop {
            match self.bytes.fill_buf() {
                Ok(_) => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.bytes.fill_buf()
    }

    /// Passes over bytes that `fill` gave.
    fn consume(&mut self, count: usize) {
        self.at.byte += count as u64;
        if self.again_from < self.again.len() {
            let passed = &self.again[self.again_from..self.again_from + count];
            self.at.line += memchr_iter(b'\n', passed).count() as u64;
            self.again_from += count;
            if self.again_from == self.again.len() {
                self.again.clear();
                self.again_from = 0;
            }
            return;
        }
        if let Ok(buffer) = self.bytes.fill_buf() {
            self.at.line += memchr_iter(b'\n', &buffer[..count]).count() as u64;
        }
        self.bytes.consume(count);
    }

    /// The next byte that is no white space.
    pub(super) fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            let buffer = self.fill()?;
            if buffer.is_empty() {
                return Ok(None);
            }
            let space = buffer.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let found = buffer.get(space).copied();
            self.consume(space);
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// What stands next.
    pub(super) fn token(&mut self) -> io::Result<Token> {
        loop {
            let Some(byte) = self.peek()? else { return Ok(Token::End) };
            let is_object = self.open.last().copied();
            match byte {
                b',' => {
                    self.consume(1);
                    self.is_value_next = false;
                }
                b'}' | b']' => {
                    self.consume(1);
                    self.is_value_next = false;
                    let is_right = self.open.pop() == Some(byte == b'}');
                    // A wrong bracket closes what is open: what comes after is read all the same.
                    return Ok(match (is_right, is_object) {
                        (_, None) => Token::Stray,
                        _ => Token::Close,
                    });
                }
                _ if is_object == Some(true) && !self.is_value_next => {
                    if byte != b'"' {
                        let _ = self.take(&mut Vec::new(), 0)?;
                        return Ok(Token::Stray);
                    }
                    let mut key = std::mem::take(&mut self.key);
                    let taken = self.take(&mut key, 1 << 16)?;
                    self.key = key;
                    if taken == Taken::Cut {
                        return Ok(Token::End);
                    }
                    if self.peek()? != Some(b':') {
                        return Ok(Token::Stray);
                    }
                    self.consume(1);
                    self.is_value_next = true;
                    return Ok(Token::Key);
                }
                _ => return Ok(Token::Value(byte)),
            }
        }
    }

    /// Enters the array or object that is next.
    pub(super) fn enter(&mut self, first: u8) {
        self.consume(1);
        self.open.push(first == b'{');
        self.is_value_next = false;
    }

    /// Takes the value that is next into a buffer, at most `limit` bytes of it.
    pub(super) fn take(&mut self, into: &mut Vec<u8>, limit: usize) -> io::Result<Taken> {
        into.clear();
        self.is_value_next = false;
        let mut ending = Ending::default();
        let mut length = 0_u64;
        loop {
            let buffer = self.fill()?;
            if buffer.is_empty() {
                let is_number = length > 0 && ending.depth == 0 && !ending.in_string;
                return Ok(if is_number { Taken::Whole } else { Taken::Cut });
            }
            let (used, is_done) = ending.look(buffer, length == 0);
            length += used as u64;
            if length <= limit as u64 {
                into.extend_from_slice(&buffer[..used]);
            } else {
                // Not emptied while the value may still turn out to be cut: what is there can be
                // read again.
                into.extend_from_slice(&buffer[..used.min(limit.saturating_sub(into.len()))]);
            }
            self.consume(used);
            if is_done {
                if length > limit as u64 {
                    into.clear();
                    return Ok(Taken::TooLong(length));
                }
                return Ok(Taken::Whole);
            }
        }
    }

    /// Goes back to a place within what was just taken, to read on from there.
    pub(super) fn back(&mut self, taken: &[u8], from: usize, start: At) {
        let rest = self.again.split_off(self.again_from);
        self.again = [&taken[from..], &rest].concat();
        self.again_from = 0;
        let lines = memchr_iter(b'\n', &taken[..from]).count() as u64;
        self.at = At { byte: start.byte + from as u64, line: start.line + lines };
    }
}

/// Looks for the end of a value over pieces of it.
#[derive(Default)]
struct Ending {
    depth: u64,
    in_string: bool,
    is_escaped: bool,
    is_scalar: bool,
}

impl Ending {
    /// How many bytes of a piece belong to the value, and whether it ends with them.
    fn look(&mut self, bytes: &[u8], is_first: bool) -> (usize, bool) {
        let mut at = 0;
        if is_first {
            self.is_scalar = !matches!(bytes[0], b'"' | b'{' | b'[');
            // Whatever it is, one byte of it is passed.
            at = usize::from(self.is_scalar);
        }
        if self.is_scalar {
            let ends = |byte: &u8| byte.is_ascii_whitespace() || b",]}".contains(byte);
            return match bytes[at..].iter().position(ends) {
                Some(found) => (at + found, true),
                None => (bytes.len(), false),
            };
        }
        if self.is_escaped && !bytes.is_empty() {
            self.is_escaped = false;
            at = 1;
        }
        while at < bytes.len() {
            if self.in_string {
                let Some(found) = memchr2(b'"', b'\\', &bytes[at..]) else {
                    return (bytes.len(), false);
                };
                at += found + 1;
                if bytes[at - 1] == b'\\' {
                    self.is_escaped = at == bytes.len();
                    at += 1;
                    continue;
                }
                self.in_string = false;
                if self.depth == 0 {
                    return (at, true);
                }
                continue;
            }
            let byte = bytes[at];
            at += 1;
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return (at, true);
                    }
                }
                _ => {}
            }
        }
        (bytes.len(), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_end_where_they_end_whatever_the_pieces() {
        let file =
            "\u{feff} {\"a\": \"x\\\"]\\\\\", \"b\\\"\":[1,{\"c\":[]}],\n\"d\":-1.5e3,\"e\":null}";
        for capacity in 1..12 {
            let mut reader = io::BufReader::with_capacity(capacity, file.as_bytes());
            let mut scanner = Scanner::new(&mut reader).unwrap();
            let mut seen = Vec::new();
            let mut buffer = Vec::new();
            loop {
                match scanner.token().unwrap() {
                    Token::Key => seen.push(String::from_utf8_lossy(&scanner.key).into_owned()),
                    Token::Value(first) if scanner.depth() == 0 => scanner.enter(first),
                    Token::Value(_) => {
                        let start = scanner.at().byte as usize;
                        assert_eq!(scanner.take(&mut buffer, 100).unwrap(), Taken::Whole);
                        assert_eq!(&file.as_bytes()[start..start + buffer.len()], buffer);
                        seen.push(String::from_utf8_lossy(&buffer).into_owned());
                    }
                    Token::Close => {}
                    Token::Stray => panic!("{seen:?}"),
                    Token::End => break,
                }
            }
            let expected = [
                "\"a\"",
                r#""x\"]\\""#,
                r#""b\"""#,
                r#"[1,{"c":[]}]"#,
                "\"d\"",
                "-1.5e3",
                "\"e\"",
                "null",
            ];
            assert_eq!(seen, expected, "{capacity}");
            assert_eq!(scanner.at().line, 2);
        }
    }

    #[test]
    fn depth_costs_nothing() {
        let file = "[".repeat(1_000_000);
        let mut bytes = file.as_bytes();
        let mut scanner = Scanner::new(&mut bytes).unwrap();
        assert_eq!(scanner.token().unwrap(), Token::Value(b'['));
        assert_eq!(scanner.take(&mut Vec::new(), 10).unwrap(), Taken::Cut);
    }
}
