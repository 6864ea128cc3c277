//! Compressed inputs, unpacked on the way.

use std::io::{self, BufRead, Read};

use flate2::bufread::MultiGzDecoder;
use lzma_rust2::XzReader;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::limits::{ReadLimits, WINDOW_BYTES};
use crate::peeked::Peeked;

/// Bytes of the packed file that are read at a time.
const PACKED_BYTES: usize = 64 << 10;

/// Endings of names that stand for a compression and are no part of the format's.
const ENDINGS: [&str; 4] = [".gz", ".zst", ".zstd", ".xz"];

/// The name by which the format shows: `a.jsonl` of `a.jsonl.gz`.
pub(crate) fn inner_name(name: &str) -> &str {
    let inner = ENDINGS.iter().find_map(|ending| {
        let at = name.len().checked_sub(ending.len())?;
        name.get(at..)?.eq_ignore_ascii_case(ending).then(|| &name[..at])
    });
    inner.filter(|inner| !inner.is_empty() && !inner.ends_with('/')).unwrap_or(name)
}

/// Whether a file begins as zip archives do, empty ones too.
pub(crate) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// An input that is unpacked while it is read, if it is packed.
pub(crate) struct Unpacking<R: Read> {
    packed: Packed<R>,
    name: &'static str,
    limits: ReadLimits,
    /// Bytes that came out.
    out: u64,
}

enum Packed<R: Read> {
    Plain(Counted<R>),
    Gz(Box<MultiGzDecoder<Counted<R>>>),
    Zst(Box<Frames<R>>),
    Xz(Box<XzReader<Counted<R>>>),
}

impl<R: Read> Unpacking<R> {
    /// Recognises the compression by the first bytes; its name, if any.
    pub(crate) fn new(bytes: R, limits: ReadLimits) -> io::Result<(Self, Option<&'static str>)> {
        let mut bytes = Counted { bytes: Peeked::new(bytes, PACKED_BYTES), taken: 0 };
        let (packed, name) = match bytes.bytes.peek(6)? {
            [0x1F, 0x8B, 0x08, ..] => (Packed::Gz(Box::new(MultiGzDecoder::new(bytes))), "gz"),
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => {
                (Packed::Zst(Box::new(Frames::new(bytes))), "zst")
            }
            [0xFD, b'7', b'z', b'X', b'Z', 0] => {
                let most = (WINDOW_BYTES >> 10) as u32 + 1024;
                (Packed::Xz(Box::new(XzReader::new_mem_limit(bytes, true, most))), "xz")
            }
            _ => (Packed::Plain(bytes), ""),
        };
        let unpacking = Self { packed, name, limits, out: 0 };
        Ok((unpacking, (!name.is_empty()).then_some(name)))
    }

    /// Passes over what is left and gives the bytes back.
    pub(crate) fn finish(self) -> io::Result<R> {
        let mut rest = match self.packed {
            Packed::Plain(bytes) => bytes,
            Packed::Gz(gz) => gz.into_inner(),
            Packed::Zst(frames) => frames.bytes,
            Packed::Xz(xz) => xz.into_inner(),
        };
        while let left @ 1.. = rest.fill_buf()?.len() {
            rest.consume(left);
        }
        Ok(rest.bytes.into_inner())
    }

    /// Packed bytes that were used so far.
    fn taken(&self) -> u64 {
        match &self.packed {
            Packed::Plain(bytes) => bytes.taken,
            Packed::Gz(gz) => gz.get_ref().taken,
            Packed::Zst(frames) => frames.bytes.taken,
            Packed::Xz(xz) => xz.inner().taken,
        }
    }
}

impl<R: Read> Read for Unpacking<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.packed {
            Packed::Plain(bytes) => return bytes.read(buffer),
            Packed::Gz(gz) => gz.read(buffer),
            Packed::Zst(frames) => frames.read(buffer),
            Packed::Xz(xz) => xz.read(buffer),
        };
        let read = read.map_err(|error| damaged(self.name, &error))?;
        self.out += read as u64;
        check_size(self.out, self.taken(), &self.limits)?;
        Ok(read)
    }
}

/// Why a packed stream cannot be read on.
pub(crate) fn damaged(what: &str, error: &io::Error) -> io::Error {
    let why = match error.kind() {
        io::ErrorKind::Interrupted => return io::ErrorKind::Interrupted.into(),
        io::ErrorKind::UnexpectedEof => "it is cut off".to_owned(),
        _ => error.to_string(),
    };
    io::Error::new(error.kind(), format!("it cannot be unpacked ({what}): {why}"))
}

/// Stops what unpacks to more than anything that was published does.
pub(crate) fn check_size(out: u64, packed: u64, limits: &ReadLimits) -> io::Result<()> {
    let ReadLimits { unpacked_bytes, unpacked_ratio, unpacked_free, .. } = *limits;
    if out <= unpacked_free.min(unpacked_bytes) {
        return Ok(());
    }
    let why = if out > unpacked_bytes {
        format!("it unpacks to more than {unpacked_bytes} bytes, the most for one input")
    } else if out / unpacked_ratio.max(1) > packed {
        format!("it unpacks to more than {unpacked_ratio} times its size: no text does")
    } else {
        return Ok(());
    };
    Err(io::Error::new(io::ErrorKind::InvalidData, why))
}

/// Counts what is taken of it.
struct Counted<R> {
    bytes: Peeked<R>,
    taken: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.taken += read as u64;
        Ok(read)
    }
}

impl<R: Read> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.bytes.fill_buf()
    }

    fn consume(&mut self, used: usize) {
        self.taken += used as u64;
        self.bytes.consume(used);
    }
}

/// The frames of a zstd file, one after another.
struct Frames<R> {
    bytes: Counted<R>,
    decoder: FrameDecoder,
    is_within: bool,
}

impl<R: Read> Frames<R> {
    fn new(bytes: Counted<R>) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW_BYTES);
        Self { bytes, decoder, is_within: false }
    }

    /// Begins the next frame; whether there is one.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            if self.bytes.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.reset(&mut self.bytes) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let length = u64::from(length);
                    let skipped = io::copy(&mut (&mut self.bytes).take(length), &mut io::sink())?;
                    if skipped < length {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(io_error(&error)),
            }
        }
    }

    fn end(&mut self) -> io::Result<()> {
        self.is_within = false;
        let written = self.decoder.get_checksum_from_data();
        if written.is_some() && written != self.decoder.get_calculated_checksum() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "its checksum differs"));
        }
        Ok(())
    }
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.is_within {
                self.is_within = self.begin()?;
                if !self.is_within {
                    return Ok(0);
                }
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 {
                return Ok(read);
            }
            if self.decoder.is_finished() {
                self.end()?;
                continue;
            }
            let one = BlockDecodingStrategy::UptoBlocks(1);
            self.decoder.decode_blocks(&mut self.bytes, one).map_err(|error| io_error(&error))?;
        }
    }
}

/// A failure to read below comes out as what it was.
fn io_error(error: &FrameDecoderError) -> io::Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(inner) = cause {
        if let Some(io) = inner.downcast_ref::<io::Error>() {
            return io::Error::new(io.kind(), io.to_string());
        }
        cause = inner.source();
    }
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}
