//! The rows of a table as RFC 4180 and practice have them, with where each cell stands.

use std::io::{self, BufRead};
use std::ops::Range;

use dixit::{SourceMap, Span};
use memchr::{memchr, memmem};

use crate::read::{Line, read_line};

/// Rows that failed are read again from their second line on; this many bytes of that at most for
/// each that was read, so that no input makes it quadratic.
const AGAIN: u64 = 4;

/// A cell: bytes of the row, without quotation marks around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    range: Range<usize>,
    /// Whether quotation marks inside are doubled.
    is_doubled: bool,
}

/// What comes next in a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// The row is there to be looked at.
    Row,
    /// A row that cannot be told apart, at this line and byte.
    Bad {
        line: u64,
        byte: u64,
        why: String,
    },
    End,
}

/// Reads rows one by one.
pub(super) struct Rows<'b> {
    bytes: &'b mut dyn BufRead,
    delimiter: u8,
    limit: usize,
    /// What was read and not yet used; the row begins at `from`.
    window: Vec<u8>,
    from: usize,
    /// The byte of the file at which `window` begins.
    window_at: u64,
    line: u64,
    read: u64,
    /// A line over the limit comes after the window; it is told when the window is used up.
    is_long: bool,
    again: u64,
    /// The row's own: where it ends, without its line end, and what it holds.
    end: usize,
    first_line: u64,
    cells: Vec<Cell>,
    scratch: Vec<u8>,
    next_from: usize,
}

/// Where a quotation mark that closes a cell was found, or not.
enum Closing {
    At(usize),
    Missing,
}

impl<'b> Rows<'b> {
    pub(super) fn new(bytes: &'b mut dyn BufRead, delimiter: u8, limit: usize) -> Self {
        Self {
            bytes,
            delimiter,
            limit,
            window: Vec::new(),
            from: 0,
            window_at: 0,
            line: 0,
            read: 0,
            is_long: false,
            again: 0,
            end: 0,
            first_line: 0,
            cells: Vec::new(),
            scratch: Vec::new(),
            next_from: 0,
        }
    }

    /// The line, from 1, on which the row begins.
    pub(super) fn first_line(&self) -> u64 {
        self.first_line
    }

    /// Where the row stands in the file, without its line end.
    pub(super) fn span(&self) -> Span {
        let at = |place: usize| self.window_at + place as u64;
        Span::new(at(self.from), at(self.end))
    }

    pub(super) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// A cell's bytes as they stand in the file.
    pub(super) fn raw(&self, cell: &Cell) -> &[u8] {
        &self.window[cell.range.clone()]
    }

    /// Decodes a cell; and the first byte of the file that is no UTF-8, and how many.
    pub(super) fn decode(&self, cell: &Cell) -> Decoded {
        let at = self.window_at + cell.range.start as u64;
        Decoded::new(self.raw(cell), at, cell.is_doubled)
    }

    /// Goes to the next row that is not empty.
    pub(super) fn next(&mut self) -> io::Result<Next> {
        loop {
            self.from = self.next_from;
            // Moving what is left to the front costs as much as is left.
            if self.from > 1 << 16 && self.from * 2 > self.window.len()
                || self.from == self.window.len()
            {
                self.window.drain(..self.from);
                self.window_at += self.from as u64;
                self.from = 0;
            }
            self.end = self.from;
            self.next_from = self.from;
            let Some(line_end) = self.line_from(self.from)? else { return Ok(Next::End) };
            self.line += 1;
            self.first_line = self.line;
            let Ok(line_end) = line_end else {
                let (line, byte) = (self.line, self.window_at);
                self.window_at = self.read;
                self.is_long = false;
                let most = self.limit;
                let why = format!("a line of more than {most} bytes, the most for one record");
                return Ok(Next::Bad { line, byte, why });
            };
            if self.window[self.from..line_end].trim_ascii().is_empty() {
                self.next_from = line_end;
                continue;
            }
            return self.row(line_end);
        }
    }

    /// The end of the line that begins at a place of the window, its line feed included; the line
    /// is read if it is not there yet. The inner error is a line over the limit, passed over.
    fn line_from(&mut self, from: usize) -> io::Result<Option<Result<usize, ()>>> {
        if from < self.window.len() {
            let found = memchr(b'\n', &self.window[from..]);
            return Ok(Some(Ok(found.map_or(self.window.len(), |found| from + found + 1))));
        }
        if self.is_long {
            return Ok(Some(Err(())));
        }
        let line = read_line(self.bytes, &mut self.scratch, self.limit)?;
        Ok(match line {
            Line::End => None,
            Line::TooLong(bytes) => {
                self.read += bytes;
                self.is_long = true;
                Some(Err(()))
            }
            Line::Whole(bytes) => {
                let is_first = self.read == 0;
                self.read += bytes;
                self.window.extend_from_slice(&self.scratch);
                if bytes > self.scratch.len() as u64 {
                    self.window.push(b'\n');
                }
                if is_first && self.window.starts_with(b"\xEF\xBB\xBF") {
                    self.window.drain(..3);
                    self.window_at += 3;
                }
                Some(Ok(self.window.len()))
            }
        })
    }

    /// Takes the row that begins at `from` apart.
    fn row(&mut self, mut line_end: usize) -> io::Result<Next> {
        self.cells.clear();
        let first_line_end = line_end;
        let mut at = self.from;
        let mut lines = 0;
        loop {
            let content_end = before_line_end(&self.window, at, line_end);
            if self.window.get(at) == Some(&b'"') && at < content_end {
                let start = at + 1;
                let (mut look, mut is_doubled) = (start, false);
                let close = loop {
                    match self.closing(look, line_end, &mut is_doubled) {
                        Closing::At(close) => break close,
                        Closing::Missing => {
                            look = line_end;
                            if line_end - self.from > self.limit {
                                return Ok(self.unclosed(first_line_end));
                            }
                            match self.line_from(line_end)? {
                                Some(Ok(end)) => line_end = end,
                                Some(Err(())) | None => return Ok(self.unclosed(first_line_end)),
                            }
                            lines += 1;
                        }
                    }
                };
                self.cells.push(Cell { range: start..close, is_doubled });
                at = close + 1;
                let content_end = before_line_end(&self.window, at, line_end);
                if at >= content_end {
                    self.finish(content_end, line_end, lines);
                    return Ok(Next::Row);
                }
                if self.window[at] != self.delimiter {
                    let why = "a quotation mark stands inside a quoted cell and is not doubled";
                    return Ok(self.again_from(first_line_end, close, why.to_owned()));
                }
                at += 1;
            } else {
                let found = memchr(self.delimiter, &self.window[at..content_end]);
                let end = found.map_or(content_end, |found| at + found);
                self.cells.push(Cell { range: at..end, is_doubled: false });
                if end == content_end {
                    self.finish(content_end, line_end, lines);
                    return Ok(Next::Row);
                }
                at = end + 1;
            }
        }
    }

    /// Looks for the quotation mark that closes a cell, up to a line's end.
    fn closing(&self, mut from: usize, to: usize, is_doubled: &mut bool) -> Closing {
        while let Some(found) = memchr(b'"', &self.window[from..to]) {
            let at = from + found;
            if self.window.get(at + 1) != Some(&b'"') {
                return Closing::At(at);
            }
            *is_doubled = true;
            from = at + 2;
            if from > to {
                break;
            }
        }
        Closing::Missing
    }

    fn finish(&mut self, content_end: usize, line_end: usize, lines: u64) {
        self.end = content_end;
        self.next_from = line_end;
        self.line += lines;
    }

    fn unclosed(&mut self, first_line_end: usize) -> Next {
        let why = "a quotation mark is opened and never closed".to_owned();
        self.again_from(first_line_end, self.from, why)
    }

    /// The row is bad; its lines after the first may be rows of their own.
    fn again_from(&mut self, first_line_end: usize, at: usize, why: String) -> Next {
        let line = self.first_line;
        let before = &self.window[self.from..at.max(self.from)];
        let byte = self.window_at + at as u64;
        let line_of = line + memchr::memchr_iter(b'\n', before).count() as u64;
        self.again += (self.window.len() - first_line_end) as u64;
        self.next_from = first_line_end;
        if self.again > AGAIN * self.read + self.limit as u64 {
            let rest = &self.window[first_line_end..];
            self.line += memchr::memchr_iter(b'\n', rest).count() as u64;
            self.next_from = self.window.len();
            let why = format!("{why}; {} bytes after it were passed over", rest.len());
            return Next::Bad { line, byte, why };
        }
        let why = if line_of == line { why } else { format!("{why} (line {line_of})") };
        Next::Bad { line, byte, why }
    }
}

/// Where a line's content ends, before its line end.
fn before_line_end(window: &[u8], from: usize, line_end: usize) -> usize {
    let mut end = line_end;
    if end > from && window[end - 1] == b'\n' {
        end -= 1;
        if end > from && window[end - 1] == b'\r' {
            end -= 1;
        }
    }
    end.max(from)
}

/// A cell's text and where it stands.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) map: SourceMap,
    pub(super) span: Span,
    /// The first byte that is no UTF-8, and how many there are.
    pub(super) bad: Option<(u64, usize)>,
}

impl Decoded {
    fn new(raw: &[u8], at: u64, is_doubled: bool) -> Self {
        let span = Span::new(at, at + raw.len() as u64);
        let mut decoded = Self {
            text: String::with_capacity(raw.len()),
            map: SourceMap::default(),
            span,
            bad: None,
        };
        let mut done = 0;
        if is_doubled {
            for double in memmem::find_iter(raw, b"\"\"") {
                decoded.push(&raw[done..double], at + done as u64);
                decoded.text.push('"');
                let source = at + double as u64;
                decoded.map.push_decoded(1, Span::new(source, source + 2));
                done = double + 2;
            }
        }
        decoded.push(&raw[done..], at + done as u64);
        decoded
    }

    fn push(&mut self, raw: &[u8], mut at: u64) {
        for chunk in raw.utf8_chunks() {
            let (valid, bad) = (chunk.valid(), chunk.invalid());
            self.text.push_str(valid);
            self.map.push_verbatim(at, valid.len());
            at += valid.len() as u64;
            if !bad.is_empty() {
                self.text.push('\u{FFFD}');
                self.map.push_decoded(3, Span::new(at, at + bad.len() as u64));
                self.bad =
                    Some(self.bad.map_or((at, bad.len()), |(first, n)| (first, n + bad.len())));
                at += bad.len() as u64;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(file: &[u8]) -> Vec<String> {
        let mut out = Vec::new();
        let mut reader = io::BufReader::with_capacity(3, file);
        let mut rows = Rows::new(&mut reader, b',', 1 << 20);
        loop {
            match rows.next().unwrap() {
                Next::End => return out,
                Next::Bad { line, byte, why } => out.push(format!("{line}/{byte} {why}")),
                Next::Row => {
                    let cells = rows.cells().iter().map(|cell| rows.decode(cell).text);
                    let cells: Vec<_> = cells.collect();
                    out.push(
                        format!("{} {:?} {}", rows.first_line(), rows.span(), cells.join("|"))
                            .replace("Span ", ""),
                    );
                }
            }
        }
    }

    #[test]
    fn rows_are_taken_apart() {
        let file = b"\xEF\xBB\xBFa,b\r\n\r\n1,\"x\r\n\"\"y\"\"\"\r\n,\n\"\",last";
        assert_eq!(
            rows(file),
            [
                "1 { start: 3, end: 6 } a|b",
                "3 { start: 10, end: 22 } 1|x\r\n\"y\"",
                "5 { start: 24, end: 25 } |",
                "6 { start: 26, end: 33 } |last"
            ]
        );
    }

    #[test]
    fn a_row_that_fails_costs_only_itself() {
        let unclosed = rows(b"a,b\n1,\"open\n2,fine\n3,\"fine too\"\n4,\"open\n5,fine\n");
        let lines: Vec<_> =
            unclosed.iter().map(|row| row.split('}').next_back().unwrap_or("").trim()).collect();
        assert_eq!(lines[0], "a|b");
        assert!(unclosed[1].starts_with("2/"), "{unclosed:?}");
        assert_eq!(lines[2..4], ["2|fine", "3|fine too"]);
        assert!(unclosed[4].starts_with("5/"), "{unclosed:?}");
        assert_eq!(lines[5], "5|fine");
        let stray = rows(b"1,\"he said \"no\" to it\"\n2,\"\"\"no\"\"\"\n");
        assert!(stray[0].starts_with("1/11 a quotation mark stands inside"), "{stray:?}");
        assert!(stray[1].ends_with("2|\"no\""), "{stray:?}");
    }
}
