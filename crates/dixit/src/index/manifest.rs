//! `dixit.json`: which versions made the index.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::versions;
use crate::error::{Error, Result};

/// Version of the manifest and of the folder's layout.
const FORMAT: u32 = 1;

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    format: u32,
    schema: u32,
    analysis: u32,
    /// The program that made the index, for whoever looks into the folder.
    made_by: String,
}

impl Manifest {
    pub(super) fn current() -> Self {
        let (schema, analysis) = versions();
        let made_by = format!("dixit {}", env!("CARGO_PKG_VERSION"));
        Self { format: FORMAT, schema, analysis, made_by }
    }

    pub(super) fn path(index: &Path) -> PathBuf {
        index.join("dixit.json")
    }

    pub(super) fn read(index: &Path) -> Result<Self> {
        let path = Self::path(index);
        let json = match std::fs::read(&path) {
            Ok(json) => json,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::NotFound { path: index.to_owned() });
            }
            Err(error) => return Err(Error::io(&path, error)),
        };
        serde_json::from_slice(&json)
            .map_err(|error| Error::Damaged { path, why: format!("it is no manifest: {error}") })
    }

    /// Written beside and renamed, so that it is there whole or not at all.
    pub(super) fn write(&self, index: &Path) -> Result<()> {
        let path = Self::path(index);
        let new = index.join("dixit.json.new");
        let write = || -> std::io::Result<()> {
            let mut file = std::fs::File::create(&new)?;
            file.write_all(&serde_json::to_vec_pretty(self)?)?;
            file.write_all(b"\n")?;
            file.sync_all()?;
            std::fs::rename(&new, &path)?;
            sync_directory(index)
        };
        write().map_err(|error| Error::io(&path, error))
    }

    pub(super) fn check(&self, index: &Path) -> Result<()> {
        let (schema, analysis) = versions();
        for (what, found, expected) in [
            ("format", self.format, FORMAT),
            ("schema", self.schema, schema),
            ("analysis", self.analysis, analysis),
        ] {
            if found != expected {
                return Err(Error::Version { path: index.to_owned(), what, found, expected });
            }
        }
        Ok(())
    }
}

/// Makes renames in a folder survive a loss of power.
pub(super) fn sync_directory(path: &Path) -> std::io::Result<()> {
    // Windows offers no handle to a folder that could be synced.
    if cfg!(unix) { std::fs::File::open(path)?.sync_all() } else { Ok(()) }
}
