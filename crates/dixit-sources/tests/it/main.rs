//! Readers, extraction and sync through the public API.

#![allow(clippy::unwrap_used, reason = "a test fails by it, as it should")]

mod any_input;
mod articles;
mod completion;
mod documents;
mod encodings;
mod markup;
mod packed;
mod readers;
mod shapes;
mod syncing;
mod tables;
mod transcripts;
mod twins;
