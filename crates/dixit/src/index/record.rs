//! What the index knows of a source.

use serde::{Deserialize, Serialize};

/// What is known of a source of statements: enough to tell whether it changed.
///
/// Kept in the index beside the source's statements and committed with them: the old state of both
/// or the new one, nothing between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRecord {
    /// What the source is replaced or removed by; for a file its absolute path.
    pub key: String,
    /// Its name in statements: the path relative to the root.
    pub name: String,
    /// The root that was given, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
    /// How it was read: the format's name.
    pub format: String,
    /// Whatever tells a changed source from an unchanged one; opaque to the engine.
    pub fingerprint: String,
    /// Which reading of it the statements are of; counted by the writer, which tells the statements of
    /// one reading from those of the next.
    #[serde(default)]
    pub reading: u64,
    /// How far the reading came, when it is not at the end yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partial: Option<Partial>,
    /// Statements taken from it.
    pub statements: u64,
    /// Problems met while it was read.
    pub problems: u64,
    /// Keys of other sources under which some of its statements are held, being the same: when one
    /// of those goes, this one is to be read again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub twins: Vec<String>,
    /// What tells whether another source holds the same document; opaque to the engine, and empty where
    /// nobody asked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub likeness: String,
}

/// How far a source is read that is being taken in bit by bit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partial {
    /// Records read from its beginning.
    pub records: u64,
    /// What tells whether they are still the same; opaque to the engine.
    pub digest: String,
}
