//! Telling a changed file from an unchanged one.

use std::fmt;
use std::io::{self, Read};
use std::path::Path;
use std::str::FromStr;

use crate::walk::SourceFile;

/// Version of readers and extraction together: what another one took in is read again.
pub const READING_VERSION: u32 = 9;

/// Two changes within this time may bear the same time stamp on some file systems (2 s on FAT), so
/// that a file changed so shortly before it was read is looked at again.
const RACY_NANOSECONDS: i64 = 2_000_000_000;

/// What a file looked like when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    version: u32,
    /// What tells how it was read: another mapping of fields is another reading.
    how: String,
    size: u64,
    modified: i64,
    inode: u64,
    /// When it was read, by the clock that stamps files.
    read_at: i64,
    /// First 128 bits of the BLAKE3 hash of its bytes, in hexadecimal.
    hash: String,
}

impl Fingerprint {
    pub(crate) fn new(file: &SourceFile, how: &str, read_at: i64, hash: String) -> Self {
        let SourceFile { size, modified, inode, .. } = *file;
        let how = how.to_owned();
        Self { version: READING_VERSION, how, size, modified, inode, read_at, hash }
    }

    /// Whether the file is unchanged, from its metadata alone; `None` when only its bytes can tell.
    pub(crate) fn is_same(&self, file: &SourceFile, how: &str) -> Option<bool> {
        if self.version != READING_VERSION || self.how != how || self.size != file.size {
            return Some(false);
        }
        let is_racy = self.modified + RACY_NANOSECONDS >= self.read_at;
        let is_same =
            self.modified == file.modified && self.inode == file.inode && file.modified != 0;
        (is_same && !is_racy).then_some(true)
    }

    /// The same bytes as they look now; nothing when it is still too early to tell them by their time.
    pub(crate) fn renewed(&self, file: &SourceFile, looked_at: i64) -> Option<Self> {
        let is_telling = file.modified != 0 && file.modified + RACY_NANOSECONDS < looked_at;
        is_telling.then(|| Self::new(file, &self.how, looked_at, self.hash.clone()))
    }

    /// Whether size and time are those of then.
    pub(crate) fn looks_same(&self, file: &SourceFile) -> bool {
        self.size == file.size && self.modified == file.modified
    }

    /// Whether it was read in this manner.
    pub(crate) fn is_read(&self, how: &str) -> bool {
        // What follows the mark tells of the files near it.
        let own = |how: &str| how.split('-').next().map(str::to_owned);
        self.version == READING_VERSION && own(&self.how) == own(how)
    }

    pub(crate) fn has_hash(&self, hash: &str) -> bool {
        self.hash == hash
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { version, how, size, modified, inode, read_at, hash } = self;
        write!(f, "{version}:{how}:{size}:{modified}:{inode}:{read_at}:{hash}")
    }
}

impl FromStr for Fingerprint {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let parts: Vec<&str> = text.split(':').collect();
        let [version, how, size, modified, inode, read_at, hash] = parts.as_slice() else {
            return Err(());
        };
        Ok(Self {
            version: version.parse().map_err(|_| ())?,
            how: (*how).to_owned(),
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

/// A short hash of a text, in hexadecimal.
pub(crate) fn short_hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..8].to_owned()
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
        let print = {
            let read_at = then + 10 * RACY_NANOSECONDS;
            Fingerprint::new(&file(10, then, 7), "how", read_at, "h".into())
        };
        assert_eq!(print.is_same(&file(10, then, 7), "how"), Some(true));
        assert_eq!(print.is_same(&file(11, then, 7), "how"), Some(false), "another size");
        assert_eq!(
            print.is_same(&file(10, then + 1, 7), "how"),
            None,
            "touched: only its bytes tell"
        );
        assert_eq!(print.is_same(&file(10, then, 8), "how"), None, "put in place of the old one");
        let racy = Fingerprint::new(&file(10, then, 7), "how", then + 1, "h".into());
        assert_eq!(
            racy.is_same(&file(10, then, 7), "how"),
            None,
            "read within the grain of the clock"
        );
        assert_eq!(print.is_same(&file(10, then, 7), "other"), Some(false), "read otherwise");
        assert_eq!(print.to_string().parse(), Ok(print));
    }
}
