//! A buffered reader that can look ahead.

use std::io::{self, BufRead, Read};

/// Buffers what it reads and shows what is to come, as much of it as is asked for.
#[derive(Debug)]
pub(crate) struct Peeked<R> {
    inner: R,
    buffer: Vec<u8>,
    /// Where in the buffer what was read and not taken yet begins and ends.
    start: usize,
    end: usize,
    /// Bytes read at a time.
    size: usize,
    is_ended: bool,
}

impl<R: Read> Peeked<R> {
    pub(crate) fn new(inner: R, size: usize) -> Self {
        Self { inner, buffer: Vec::new(), start: 0, end: 0, size, is_ended: false }
    }

    /// The next `most` bytes, or all that are left when they are fewer; they stay to be read.
    pub(crate) fn peek(&mut self, most: usize) -> io::Result<&[u8]> {
        while self.end - self.start < most && self.read_more(most)? {}
        let end = self.end.min(self.start + most);
        Ok(&self.buffer[self.start..end])
    }

    /// Reads once, into a buffer that can hold `wanted` bytes; whether anything came.
    fn read_more(&mut self, wanted: usize) -> io::Result<bool> {
        if self.is_ended {
            return Ok(false);
        }
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        let size = self.size.max(wanted);
        if self.buffer.len() < size {
            self.buffer.resize(size, 0);
        }
        loop {
            match self.inner.read(&mut self.buffer[self.end..]) {
                Ok(0) => {
                    self.is_ended = true;
                    return Ok(false);
                }
                Ok(read) => {
                    self.end += read;
                    return Ok(true);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// What is in the buffer.
    pub(crate) fn buffered(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    pub(crate) fn into_inner(self) -> R {
        self.inner
    }
}

impl<R: Read> Read for Peeked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Who has a buffer of this size needs no other.
        if self.start == self.end && buffer.len() >= self.size && !self.is_ended {
            return self.inner.read(buffer);
        }
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Peeked<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            self.read_more(0)?;
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, used: usize) {
        self.start = (self.start + used).min(self.end);
    }
}
