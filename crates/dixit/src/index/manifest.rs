//! `dixit.json`: which versions made the index, where its segments are, and what it was made from.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::versions;
use crate::error::{Error, Result};
use crate::storage::{self, Storage};

/// Version of the manifest, of the folder's layout, and of sealed files.
const FORMAT: u32 = 2;

pub(super) const FILE: &str = "dixit.json";

/// The last line but one holds the checksum of all above it.
const CHECKSUM: &str = "\n  \"checksum\": \"";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    format: u32,
    schema: u32,
    analysis: u32,
    /// The program that made the index, for whoever looks into the folder.
    made_by: String,
    /// Folder of the segments. A rebuilt index lies in another one; naming that one is the swap.
    pub(super) segments: String,
    /// Folders of segments that a repair has set aside.
    #[serde(default)]
    pub(crate) set_aside: Vec<String>,
    /// What it was made from.
    #[serde(default)]
    pub(crate) origins: Vec<Origin>,
}

/// Something that was given to be taken into an index, and how: kept so that the index can be built
/// anew when it is damaged. The engine only keeps it; what it means is up to who gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// What was given: the absolute path of a file or folder, or a name.
    pub root: String,
    /// How it was to be read, in the words of who gave it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub how: String,
}

/// What is there in every version.
#[derive(Deserialize)]
struct Versions {
    format: u32,
    #[serde(default)]
    schema: u32,
    #[serde(default)]
    analysis: u32,
}

impl Manifest {
    pub(super) fn new(segments: String) -> Self {
        let (schema, analysis) = versions();
        let made_by = format!("dixit {}", env!("CARGO_PKG_VERSION"));
        let (set_aside, origins) = (Vec::new(), Vec::new());
        Self { format: FORMAT, schema, analysis, made_by, segments, set_aside, origins }
    }

    pub(super) fn path(root: &Path) -> PathBuf {
        root.join(FILE)
    }

    pub(crate) fn is_there(storage: &dyn Storage) -> bool {
        storage.read(Path::new(FILE)).is_ok()
    }

    /// Reads it, and refuses one that is of another version or not as it was written.
    pub(crate) fn read(storage: &dyn Storage) -> Result<Self> {
        let path = Self::path(storage.root());
        let bytes = match storage.read(Path::new(FILE)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(Error::NotFound { path: storage.root().to_owned() });
            }
            Err(error) => return Err(Error::io(&path, error)),
        };
        let damaged = |why: String| Error::Damaged { path: path.clone(), why };
        let checked = is_as_written(&bytes);
        if checked == Some(false) {
            return Err(damaged("it is not as it was written".to_owned()));
        }
        let found: Versions = serde_json::from_slice(&bytes)
            .map_err(|error| damaged(format!("it is no manifest: {error}")))?;
        let (schema, analysis) = versions();
        for (what, found, expected) in [
            ("format", found.format, FORMAT),
            ("schema", found.schema, schema),
            ("analysis", found.analysis, analysis),
        ] {
            if found != expected {
                let path = storage.root().to_owned();
                return Err(Error::Version { path, what, found, expected });
            }
        }
        if checked.is_none() {
            return Err(damaged("its checksum is missing".to_owned()));
        }
        serde_json::from_slice(&bytes)
            .map_err(|error| damaged(format!("it does not read: {error}")))
    }

    /// Puts it in place of the one that is there, whole or not at all.
    pub(super) fn write(&self, storage: &dyn Storage) -> Result<()> {
        let path = Self::path(storage.root());
        let bytes = self.bytes().map_err(|error| Error::io(&path, error))?;
        put(storage, &bytes).map_err(|error| Error::io(&path, error))
    }

    /// Folders of segments that belong here.
    pub(super) fn kept(&self) -> impl Iterator<Item = &str> {
        self.set_aside.iter().chain([&self.segments]).map(String::as_str)
    }

    fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.truncate(text.trim_end_matches(['}', '\n']).len());
        text.push(',');
        let sum = crc32fast::hash(text.as_bytes());
        Ok(format!("{text}{CHECKSUM}{sum:08x}\"\n}}\n").into_bytes())
    }
}

fn put(storage: &dyn Storage, bytes: &[u8]) -> io::Result<()> {
    storage::replace(storage, Path::new(FILE), |mut file| {
        file.write_all(bytes)?;
        file.sync()
    })
}

/// Whether the checksum fits; nothing when there is none.
fn is_as_written(bytes: &[u8]) -> Option<bool> {
    let at = bytes.windows(CHECKSUM.len()).rposition(|window| window == CHECKSUM.as_bytes())?;
    let (above, below) = bytes.split_at(at);
    let expected = format!("{CHECKSUM}{:08x}\"\n}}\n", crc32fast::hash(above));
    Some(below == expected.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::MemoryStorage;

    #[test]
    fn every_change_of_a_byte_is_found() {
        let storage = MemoryStorage::default();
        let mut manifest = Manifest::new("segments-1".into());
        manifest.origins.push(Origin { root: "/archive".into(), how: "{\"a\":1}".into() });
        manifest.write(&storage).unwrap();
        assert_eq!(Manifest::read(&storage).unwrap(), manifest);
        let bytes = storage.read(Path::new(FILE)).unwrap();
        assert!(String::from_utf8_lossy(&bytes).ends_with("\"\n}\n"));
        for at in 0..bytes.len() {
            for mask in [1, 0x20, 0x80] {
                let mut changed = bytes.clone();
                changed[at] ^= mask;
                put(&storage, &changed).unwrap();
                let error = Manifest::read(&storage).unwrap_err();
                assert!(matches!(error, Error::Damaged { .. }), "byte {at} ^ {mask}: {error}");
            }
            put(&storage, &bytes[..at]).unwrap();
            assert!(matches!(Manifest::read(&storage), Err(Error::Damaged { .. })), "cut at {at}");
        }
    }

    #[test]
    fn the_first_format_had_no_checksum_and_is_told_by_its_version() {
        let storage = MemoryStorage::default();
        let old = br#"{"format":1,"schema":1,"analysis":1,"made_by":"dixit 0.1.0"}"#;
        put(&storage, old).unwrap();
        let error = Manifest::read(&storage).unwrap_err();
        assert!(matches!(error, Error::Version { what: "format", found: 1, .. }), "{error}");
    }
}
