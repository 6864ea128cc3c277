//! Files with checksums that are looked at before their bytes are used.
//!
//! A sealed file is its content and a seal behind it:
//!
//! ```text
//! content | CRC-32 of each block of 64 KiB | length of the content | CRC-32 of name, table, length | magic
//!           4 bytes each                     8 bytes                 4 bytes                         8 bytes
//! ```
//!
//! Each block's sum also covers the file's name and the block's number, so that a file or block in the
//! place of another is found. The seal is looked at when the file is opened; a block when it is first
//! read. So no byte that differs from what was written reaches the engine's decoders, which do not
//! expect that, and opening costs no more than a look at each file's end. CRC-32 finds every change
//! within 32 bits and misses any other with a chance of 2⁻³² (Koopman, “32-bit cyclic redundancy codes
//! for internet applications”, DSN 2002).

use std::fmt;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use crc32fast::Hasher;
use tantivy::HasLen;
use tantivy::directory::{AntiCallToken, FileHandle, OwnedBytes, TerminatingWrite};

use crate::storage::{Bytes, NewFile, ReadAt, hold};

/// Bytes under one checksum: small enough that a look at one posting list costs little, large enough
/// that the table is a sixteen-thousandth of the file.
const BLOCK: usize = 64 << 10;

const MAGIC: [u8; 8] = *b"dixit\0s1";

/// Length, checksum and magic.
const FIXED: usize = 8 + 4 + 8;

/// A file that does not hold what was written to it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub(crate) struct Damage {
    why: String,
}

impl Damage {
    pub(crate) fn new(why: impl Into<String>) -> Self {
        Self { why: why.into() }
    }
}

impl From<Damage> for io::Error {
    fn from(damage: Damage) -> Self {
        Self::new(io::ErrorKind::InvalidData, damage)
    }
}

/// The damage that an error stands for, if it does.
pub(crate) fn damage_of(error: &io::Error) -> Option<&Damage> {
    error.get_ref().and_then(|inner| inner.downcast_ref())
}

fn named(name: &str) -> Hasher {
    let mut hasher = Hasher::new();
    hasher.update(&(name.len() as u64).to_le_bytes());
    hasher.update(name.as_bytes());
    hasher
}

fn block_hasher(named: &Hasher, number: usize) -> Hasher {
    let mut hasher = named.clone();
    hasher.update(&(number as u64).to_le_bytes());
    hasher
}

fn seal_sum(named: &Hasher, table: &[u8], length: u64) -> u32 {
    let mut hasher = named.clone();
    hasher.update(table);
    hasher.update(&length.to_le_bytes());
    hasher.finalize()
}

/// Puts the seal behind what is written.
pub(super) struct Sealing {
    file: Box<dyn NewFile>,
    named: Hasher,
    block: Hasher,
    /// Bytes of the block that is begun.
    in_block: usize,
    length: u64,
    table: Vec<u8>,
}

impl Sealing {
    pub(super) fn new(file: Box<dyn NewFile>, name: &str) -> Self {
        let named = named(name);
        let block = block_hasher(&named, 0);
        Self { file, named, block, in_block: 0, length: 0, table: Vec::new() }
    }

    fn count(&mut self, mut bytes: &[u8]) {
        self.length += bytes.len() as u64;
        while !bytes.is_empty() {
            let (now, rest) = bytes.split_at(bytes.len().min(BLOCK - self.in_block));
            self.block.update(now);
            self.in_block += now.len();
            bytes = rest;
            if self.in_block == BLOCK {
                self.end_block();
            }
        }
    }

    fn end_block(&mut self) {
        let next = block_hasher(&self.named, self.table.len() / 4 + 1);
        let sum = std::mem::replace(&mut self.block, next).finalize();
        self.table.extend_from_slice(&sum.to_le_bytes());
        self.in_block = 0;
    }

    /// Ends the file and makes it safe from a loss of power.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        if self.in_block > 0 {
            self.end_block();
        }
        let mut seal = std::mem::take(&mut self.table);
        let sum = seal_sum(&self.named, &seal, self.length);
        seal.extend_from_slice(&self.length.to_le_bytes());
        seal.extend_from_slice(&sum.to_le_bytes());
        seal.extend_from_slice(&MAGIC);
        self.file.write_all(&seal)?;
        self.file.flush()?;
        self.file.sync()
    }
}

impl Write for Sealing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.count(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for Sealing {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        self.finish()
    }
}

/// A sealed file that is being read.
pub(super) struct Sealed {
    content: Content,
    name: String,
    named: Hasher,
    length: usize,
    /// A checksum for each block.
    table: Vec<u8>,
}

/// How the content is read.
enum Content {
    /// By a map, or from memory. A bit for each block that was looked at and is right.
    Mapped(OwnedBytes, Vec<AtomicU64>),
    /// Piece by piece.
    Pieces(Pieces),
}

struct Pieces {
    file: Box<dyn ReadAt>,
    /// The block that was read last: most reads go on where the one before them ended.
    last: Mutex<Option<(usize, OwnedBytes)>>,
    /// Large reads are not copied.
    map: Box<dyn Fn() -> io::Result<Bytes> + Send + Sync>,
}

/// Reads of at least so many bytes are mapped: for as long as what was read is kept, and no longer.
const LARGE: usize = 1 << 20;

impl Sealed {
    /// Looks at the seal of a file that is mapped or in memory.
    pub(super) fn open(bytes: Bytes, name: &str) -> Result<Self, Damage> {
        let named = named(name);
        let (table, length) = read_seal(&bytes, bytes.len() as u64, &named, name)
            .map_err(|error| as_damage(&error))?;
        let bytes = bytes.into_owned();
        let words = length.div_ceil(BLOCK).div_ceil(64);
        let checked = std::iter::repeat_with(AtomicU64::default).take(words).collect();
        let content = Content::Mapped(bytes, checked);
        Ok(Self { content, name: name.to_owned(), named, length, table })
    }

    /// Looks at the seal of a file that is read piece by piece.
    pub(super) fn open_pieces(
        file: Box<dyn ReadAt>,
        map: Box<dyn Fn() -> io::Result<Bytes> + Send + Sync>,
        name: &str,
    ) -> io::Result<Self> {
        let named = named(name);
        let (table, length) = read_seal(&*file, file.length()?, &named, name)?;
        let content = Content::Pieces(Pieces { file, last: Mutex::default(), map });
        Ok(Self { content, name: name.to_owned(), named, length, table })
    }

    /// Length of the whole file, with the seal.
    pub(super) fn file_length(&self) -> u64 {
        (self.length + self.table.len() + FIXED) as u64
    }

    /// Looks at all of the content.
    pub(super) fn check(&self) -> io::Result<OwnedBytes> {
        self.read_bytes(0..self.length)
    }

    fn check_block(&self, number: usize, bytes: &[u8]) -> Result<(), Damage> {
        let mut hasher = block_hasher(&self.named, number);
        hasher.update(bytes);
        if hasher.finalize().to_le_bytes() == self.table[4 * number..4 * number + 4] {
            return Ok(());
        }
        let (start, end) = (number * BLOCK, number * BLOCK + bytes.len());
        Err(Damage::new(format!("{}: bytes {start} to {end} are not as written", self.name)))
    }

    fn block(&self, number: usize) -> Range<usize> {
        number * BLOCK..((number + 1) * BLOCK).min(self.length)
    }

    fn read_mapped(
        &self,
        bytes: &OwnedBytes,
        checked: Option<&[AtomicU64]>,
        range: Range<usize>,
    ) -> io::Result<OwnedBytes> {
        for number in range.start / BLOCK..range.end.div_ceil(BLOCK) {
            let bit = 1 << (number % 64);
            let word = checked.map(|checked| &checked[number / 64]);
            if word.is_some_and(|word| word.load(Ordering::Relaxed) & bit != 0) {
                continue;
            }
            self.check_block(number, &bytes[self.block(number)])?;
            if let Some(word) = word {
                word.fetch_or(bit, Ordering::Relaxed);
            }
        }
        Ok(bytes.slice(range))
    }

    fn read_block(&self, pieces: &Pieces, number: usize) -> io::Result<OwnedBytes> {
        let mut last = hold(&pieces.last);
        if let Some((_, block)) = last.as_ref().filter(|(known, _)| *known == number) {
            return Ok(block.clone());
        }
        let range = self.block(number);
        let mut block = vec![0; range.len()];
        pieces.file.read_at(range.start as u64, &mut block)?;
        self.check_block(number, &block)?;
        let block = OwnedBytes::new(block);
        *last = Some((number, block.clone()));
        Ok(block)
    }

    fn read_pieces(&self, pieces: &Pieces, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.len() >= LARGE {
            match (pieces.map)() {
                Ok(bytes) if bytes.len() < range.end => {
                    return Err(Damage::new(format!("{}: it was cut short", self.name)).into());
                }
                Ok(bytes) => return self.read_mapped(&bytes.into_owned(), None, range),
                // A merge has removed its name since; who has it open reads on.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        let blocks = range.start / BLOCK..range.end.div_ceil(BLOCK);
        let within = |number: usize| {
            let block = self.block(number);
            range.start.max(block.start) - block.start..range.end.min(block.end) - block.start
        };
        if blocks.len() == 1 {
            return Ok(self.read_block(pieces, blocks.start)?.slice(within(blocks.start)));
        }
        let mut read = Vec::with_capacity(range.len());
        for number in blocks {
            read.extend_from_slice(&self.read_block(pieces, number)?[within(number)]);
        }
        Ok(OwnedBytes::new(read))
    }
}

/// Looks at a seal, and gives the checksums of the blocks and the length of the content.
fn read_seal(
    file: &dyn ReadAt,
    length: u64,
    named: &Hasher,
    name: &str,
) -> io::Result<(Vec<u8>, usize)> {
    let damage = |why: &str| io::Error::from(Damage::new(format!("{name}: {why}")));
    let Some(before) = length.checked_sub(FIXED as u64) else {
        return Err(damage("it is cut short"));
    };
    let mut fixed = [0; FIXED];
    file.read_at(before, &mut fixed)?;
    let (Some((content, rest)), true) = (fixed.split_first_chunk::<8>(), fixed.ends_with(&MAGIC))
    else {
        return Err(damage("it is cut short, or its end is not as written"));
    };
    let content = u64::from_le_bytes(*content);
    let sums =
        content.div_ceil(BLOCK as u64).checked_mul(4).and_then(|sums| sums.checked_add(content));
    let (true, Ok(length)) = (sums == Some(before), usize::try_from(content)) else {
        return Err(damage("its length is not the one that was written"));
    };
    let mut table = vec![0; length.div_ceil(BLOCK) * 4];
    file.read_at(content, &mut table)?;
    let sum = rest.first_chunk::<4>().copied().unwrap_or_default();
    if u32::from_le_bytes(sum) != seal_sum(named, &table, content) {
        return Err(damage("its seal is not as written"));
    }
    Ok((table, length))
}

/// Bytes that are there can only be damaged.
fn as_damage(error: &io::Error) -> Damage {
    damage_of(error).cloned().unwrap_or_else(|| Damage::new(error.to_string()))
}

impl FileHandle for Sealed {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.length {
            let why = format!("{}: bytes {range:?} of {} were asked for", self.name, self.length);
            return Err(Damage::new(why).into());
        }
        if range.is_empty() {
            return Ok(OwnedBytes::empty());
        }
        match &self.content {
            Content::Mapped(bytes, checked) => self.read_mapped(bytes, Some(checked), range),
            Content::Pieces(pieces) => self.read_pieces(pieces, range),
        }
    }
}

impl HasLen for Sealed {
    fn len(&self) -> usize {
        self.length
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealed").field("name", &self.name).field("length", &self.length).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::storage::{MemoryStorage, Storage};

    fn seal(name: &str, content: &[u8]) -> io::Result<Vec<u8>> {
        let storage = MemoryStorage::default();
        let mut sealing = Sealing::new(storage.create(Path::new(name))?, name);
        sealing.write_all(content)?;
        sealing.finish()?;
        storage.read(Path::new(name))
    }

    /// Read by a map and piece by piece, which have to agree.
    fn open(bytes: &[u8], name: &str) -> Result<Vec<u8>, Damage> {
        let bytes = Bytes::from(bytes.to_vec());
        let mapped = Sealed::open(bytes.clone(), name)
            .and_then(|sealed| sealed.check().map_err(|error| as_damage(&error)))
            .map(|content| content.to_vec());
        let pieces = pieces(bytes, name).and_then(|sealed| {
            let mut content = Vec::new();
            for start in (0..sealed.len()).step_by(50_000) {
                let piece = start..(start + 50_000).min(sealed.len());
                content.extend_from_slice(&sealed.read_bytes(piece)?);
            }
            Ok(content)
        });
        assert_eq!(mapped, pieces.map_err(|error| as_damage(&error)));
        mapped
    }

    fn pieces(bytes: Bytes, name: &str) -> io::Result<Sealed> {
        let map = bytes.clone();
        Sealed::open_pieces(Box::new(bytes), Box::new(move || Ok(map.clone())), name)
    }

    #[test]
    fn what_is_written_is_read() {
        for length in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK] {
            let content: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let sealed = seal("a", &content).unwrap();
            assert_eq!(open(&sealed, "a"), Ok(content));
            assert!(open(&sealed, "b").is_err(), "under another name");
        }
    }

    #[test]
    fn only_the_blocks_that_are_read_are_looked_at() {
        let mut sealed = seal("a", &vec![7; 3 * BLOCK]).unwrap();
        sealed[2 * BLOCK + 5] ^= 1;
        let sealed = Bytes::from(sealed);
        for file in [Sealed::open(sealed.clone(), "a").unwrap(), pieces(sealed, "a").unwrap()] {
            assert_eq!(file.read_bytes(10..2 * BLOCK).unwrap().len(), 2 * BLOCK - 10);
            let error = file.read_bytes(2 * BLOCK - 1..2 * BLOCK + 1).unwrap_err();
            assert!(damage_of(&error).unwrap().to_string().contains("bytes 131072 to 196608"));
            assert!(file.read_bytes(0..3 * BLOCK + 1).is_err(), "past the end");
        }
    }

    #[test]
    fn a_file_whose_name_is_gone_is_read_on() {
        let content: Vec<u8> = (0..40 * BLOCK).map(|at| (at % 251) as u8).collect();
        let sealed = Bytes::from(seal("a", &content).unwrap());
        let gone = Box::new(|| Err(io::ErrorKind::NotFound.into()));
        let file = Sealed::open_pieces(Box::new(sealed), gone, "a").unwrap();
        assert_eq!(file.check().unwrap().as_slice(), content);
    }

    #[test]
    fn large_reads_are_mapped_and_looked_at_all_the_same() {
        let content: Vec<u8> = (0..40 * BLOCK).map(|at| (at % 251) as u8).collect();
        let mut sealed = seal("a", &content).unwrap();
        let file = pieces(Bytes::from(sealed.clone()), "a").unwrap();
        assert_eq!(file.read_bytes(7..38 * BLOCK).unwrap().as_slice(), &content[7..38 * BLOCK]);
        sealed[20 * BLOCK] ^= 1;
        let file = pieces(Bytes::from(sealed), "a").unwrap();
        assert!(file.read_bytes(7..38 * BLOCK).is_err());
        assert_eq!(file.read_bytes(5..20 * BLOCK).unwrap().len(), 20 * BLOCK - 5);
    }

    proptest! {
        #[test]
        fn every_change_is_found(
            content in proptest::collection::vec(any::<u8>(), 0..300),
            at in any::<prop::sample::Index>(),
            mask in 1_u8..,
        ) {
            let sealed = seal("a", &content).unwrap();
            let at = at.index(sealed.len());
            let mut changed = sealed.clone();
            changed[at] ^= mask;
            prop_assert!(open(&changed, "a").is_err());
            prop_assert!(open(&sealed[..at], "a").is_err(), "cut short");
            let mut longer = sealed;
            longer.insert(at, mask);
            prop_assert!(open(&longer, "a").is_err(), "a byte more");
        }
    }
}
