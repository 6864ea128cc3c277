//! The stream that readers see: UTF-8, whatever lies below.

use std::cell::RefCell;
use std::io::{self, BufRead, Read};

use encoding_rs::Encoding;

use super::offsets::Offsets;
use super::transcoder::Transcoder;
use super::{Decision, decide_behind};
use crate::peeked::Peeked;
use crate::problem::Problem;

/// Bytes that are decoded at a time.
const CHUNK: usize = 64 << 10;

/// What is known of a stream while it is read: by who decodes it and who takes what readers find.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) offsets: Offsets,
    /// The encoding that is decoded from; nothing where text and file are the same.
    pub(crate) encoding: Option<&'static Encoding>,
    /// What is to be told, in places of the file.
    pub(crate) notes: Vec<Problem>,
}

/// Decodes what it reads.
pub(crate) struct Decoding<'k, R> {
    name: &'k str,
    bytes: Peeked<R>,
    state: State,
    known: &'k RefCell<Known>,
    /// Bytes of text that were handed over, and the lines in them. Lines are counted while there may be
    /// something to tell of one.
    line: u64,
}

enum State {
    /// It is UTF-8.
    Passing,
    /// It was ASCII so far.
    Watching {
        /// Bytes that went by.
        at: u64,
        /// Bytes of the buffer that were looked at.
        seen: usize,
        /// What was decided by the front.
        front: Decision,
    },
    Decoding {
        transcoder: Box<Transcoder>,
        text: Vec<u8>,
        start: usize,
        is_ended: bool,
    },
}

impl<'k, R: Read> Decoding<'k, R> {
    pub(crate) fn new(
        name: &'k str,
        bytes: Peeked<R>,
        decision: &Decision,
        known: &'k RefCell<Known>,
    ) -> Self {
        let mut decoding = Self { name, bytes, state: State::Passing, known, line: 1 };
        decoding.begin(decision, 0);
        decoding
    }

    /// Goes on as was decided at this byte of the file.
    fn begin(&mut self, decision: &Decision, at: u64) {
        let mut known = self.known.borrow_mut();
        if let Some((message, byte)) = &decision.note {
            let front = self.bytes.buffered();
            let lines = memchr::memchr_iter(b'\n', &front[..front.len().min(*byte)]).count();
            let problem = Problem::noted(self.name, message);
            known.notes.push(problem.at(self.line + lines as u64, at + *byte as u64));
        }
        self.state = match decision.encoding {
            None if decision.is_open => State::Watching { at, seen: 0, front: decision.clone() },
            None => State::Passing,
            Some(encoding) => {
                let mark = decision.mark;
                self.bytes.consume(mark);
                known.encoding = Some(encoding);
                known.offsets = Offsets::after(at, at + mark as u64);
                let transcoder = Box::new(Transcoder::new(encoding, at + mark as u64));
                State::Decoding { transcoder, text: Vec::new(), start: 0, is_ended: false }
            }
        };
    }

    pub(crate) fn into_inner(self) -> R {
        self.bytes.into_inner()
    }

    /// Makes sure that there is text to hand over, unless it is at its end.
    fn advance(&mut self) -> io::Result<()> {
        loop {
            match &mut self.state {
                State::Passing => return Ok(()),
                State::Watching { seen: 1.., .. } => return Ok(()),
                State::Watching { at, seen, front } => {
                    let available = self.bytes.fill_buf()?;
                    *seen = Encoding::ascii_valid_up_to(available);
                    if *seen > 0 || available.is_empty() {
                        return Ok(());
                    }
                    let at = *at;
                    let window = self.bytes.peek(CHUNK)?;
                    let decision = decide_behind(front, window, window.len() < CHUNK);
                    self.begin(&decision, at);
                }
                State::Decoding { transcoder, text, start, is_ended } => {
                    if *start < text.len() || *is_ended {
                        return Ok(());
                    }
                    text.clear();
                    *start = 0;
                    let mut known = self.known.borrow_mut();
                    let bytes = self.bytes.fill_buf()?;
                    let bytes = &bytes[..bytes.len().min(CHUNK)];
                    *is_ended = bytes.is_empty();
                    let first = transcoder.first_bad;
                    let begins = known.offsets.text_end();
                    transcoder.decode(bytes, *is_ended, text, &mut known.offsets);
                    let used = bytes.len();
                    self.bytes.consume(used);
                    if first.is_none() {
                        let until = transcoder.first_bad.map_or(text.len(), |(_, bad)| {
                            usize::try_from(bad - begins).unwrap_or(text.len())
                        });
                        let lines = memchr::memchr_iter(b'\n', &text[..until]).count();
                        self.line += lines as u64;
                    }
                    if *is_ended && let Some((byte, _)) = transcoder.first_bad {
                        let encoding = known.encoding.map_or("", Encoding::name);
                        let message = format!(
                            "byte {byte} does not decode from {encoding}; {} such places were \
                             replaced by U+FFFD",
                            transcoder.bad
                        );
                        let problem = Problem::noted(self.name, message).at(self.line, byte);
                        known.notes.push(problem);
                    }
                }
            }
        }
    }
}

impl<R: Read> BufRead for Decoding<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.advance()?;
        match &self.state {
            State::Passing => self.bytes.fill_buf(),
            State::Watching { seen, .. } => {
                let seen = *seen;
                Ok(&self.bytes.fill_buf()?[..seen])
            }
            State::Decoding { text, start, .. } => Ok(&text[*start..]),
        }
    }

    fn consume(&mut self, used: usize) {
        match &mut self.state {
            State::Passing => self.bytes.consume(used),
            State::Watching { at, seen, .. } => {
                let used = used.min(*seen);
                let passed = &self.bytes.buffered()[..used];
                self.line += memchr::memchr_iter(b'\n', passed).count() as u64;
                *at += used as u64;
                *seen -= used;
                self.bytes.consume(used);
            }
            State::Decoding { text, start, .. } => *start = (*start + used).min(text.len()),
        }
    }
}

impl<R: Read> Read for Decoding<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

/// The front of a text, decoded, by which its format is recognised.
pub(crate) fn front(head: &[u8], decision: &Decision) -> Option<Vec<u8>> {
    let encoding = decision.encoding?;
    let mut text = Vec::with_capacity(head.len());
    let mut transcoder = Transcoder::new(encoding, 0);
    transcoder.decode(&head[decision.mark..], false, &mut text, &mut Offsets::default());
    Some(text)
}

/// Decodes bytes at once: the text, where each byte of it stands, and how many places did not decode.
#[cfg(feature = "eml")]
pub(crate) fn whole(bytes: &[u8], encoding: &'static Encoding) -> (String, dixit::SourceMap, u64) {
    if encoding == encoding_rs::UTF_8 {
        return crate::read::utf_8(bytes);
    }
    let mut text = Vec::with_capacity(bytes.len());
    let mut offsets = Offsets::default();
    let mut transcoder = Transcoder::new(encoding, 0);
    transcoder.decode(bytes, true, &mut text, &mut offsets);
    let map = offsets.map_of(dixit::Span::from(0..text.len())).unwrap_or_default();
    (String::from_utf8_lossy(&text).into_owned(), map, transcoder.bad)
}
