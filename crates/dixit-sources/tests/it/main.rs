//! Readers, extraction and sync through the public API.

#![allow(clippy::unwrap_used, reason = "a test fails by it, as it should")]

mod any_input;
mod articles;
mod attribution;
mod completion;
mod documents;
#[cfg(feature = "docx")]
mod docx;
#[cfg(feature = "eml")]
mod eml;
mod encodings;
mod letterheads;
#[cfg(any(feature = "docx", feature = "pdf"))]
mod made;
mod markup;
mod metadata;
mod packed;
#[cfg(feature = "pdf")]
mod pdf;
mod readers;
mod shapes;
mod syncing;
mod tables;
mod transcripts;
mod twins;
mod user_files;
mod years;
