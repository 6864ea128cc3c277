//! Telling a changed file from an unchanged one.

use std::fmt;
use std::io::{self, Read};
use std::path::Path;
use std::str::FromStr;

use crate::walk::SourceFile;

/// Version of readers and extraction together: what another one took in is read again.
pub const READING_VERSION: u32 = 1;

/// Two changes within this time may bear the same time stamp on some file systems (2 s on FAT), so
/// that a file changed so shortly before it was read is looked at again.
const RACY_NANOSECONDS: i64 = 2_000_000_000;

/// What a file looked like when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    version: u32,
    size: u64,
    modified: i64,
    inode: u64,
    /// When it was read, by the clock that stamps files.
    read_at: i64,
    /// First 128 bits of the BLAKE3 hash of its bytes, in hexadecimal.
    hash: String,
}

impl Fingerprint {
    pub(crate) fn new(file: &SourceFile, read_at: i64, hash: String) -> Self {
        let SourceFile { size, modified, inode, .. } = *file;
        Self { version: READING_VERSION, size, modified, inode, read_at, hash }
    }

    /// Whether the file is unchanged, from its metadata alone; `None` when only its bytes can tell.
    pub(crate) fn is_same(&self, file: &SourceFile) -> Option<bool> {
        if self.version != READING_VERSION || self.size != file.size {
            return Some(false);
        }
        let is_racy = self.modified + RACY_NANOSECONDS >= self.read_at;
        let is_same =
            self.modified == file.modified && self.inode == file.inode && file.modified != 0;
        (is_same && !is_racy).then_some(true)
    }

    pub(crate) fn has_hash(&self, hash: &str) -> bool {
        self.hash == hash
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { version, size, modified, inode, read_at, hash } = self;
        write!(f, "{version}:{size}:{modified}:{inode}:{read_at}:{hash}")
    }
}

impl FromStr for Fingerprint {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let parts: Vec<&str> = text.split(':').collect();
        let [version, size, modified, inode, read_at, hash] = parts.as_slice() else {
            return Err(());
        };
        Ok(Self {
            version: version.parse().map_err(|_| ())?,
            size: size.parse().map_err(|_| ())?,
            modified: modified.parse().map_err(|_| ())?,
            inode: inode.parse().map_err(|_| ())?,
            read_at: read_at.parse().map_err(|_| ())?,
            hash: (*hash).to_owned(),
        })
    }
}

/// Hashes bytes as they pass.
pub(crate) struct Hashing<R> {
    inner: R,
    hasher: blake3::Hasher,
    pub(crate) bytes: u64,
}

impl<R: Read> Hashing<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, hasher: blake3::Hasher::new(), bytes: 0 }
    }

    /// The hash of what passed.
    pub(crate) fn hash(&self) -> String {
        self.hasher.finalize().to_hex()[..32].to_owned()
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        self.bytes += read as u64;
        Ok(read)
    }
}

/// The hash of a file's bytes.
pub(crate) fn hash_of(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(std::fs::File::open(path)?)?;
    Ok(hasher.finalize().to_hex()[..32].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(size: u64, modified: i64, inode: u64) -> SourceFile {
        let text = String::new;
        SourceFile {
            path: "/a".into(),
            key: text(),
            name: text(),
            root: text(),
            size,
            modified,
            inode,
        }
    }

    #[test]
    fn metadata_tells_most_changes() {
        let then = 1_000_000_000_000;
        let print = Fingerprint::new(&file(10, then, 7), then + 10 * RACY_NANOSECONDS, "h".into());
        assert_eq!(print.is_same(&file(10, then, 7)), Some(true));
        assert_eq!(print.is_same(&file(11, then, 7)), Some(false), "another size");
        assert_eq!(print.is_same(&file(10, then + 1, 7)), None, "touched: only its bytes tell");
        assert_eq!(print.is_same(&file(10, then, 8)), None, "put in place of the old one");
        let racy = Fingerprint::new(&file(10, then, 7), then + 1, "h".into());
        assert_eq!(racy.is_same(&file(10, then, 7)), None, "read within the grain of the clock");
        assert_eq!(print.to_string().parse(), Ok(print));
    }
}
