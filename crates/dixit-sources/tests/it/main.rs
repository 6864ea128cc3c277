//! Readers, extraction and sync through the public API.

#![allow(clippy::unwrap_used, reason = "a test fails by it, as it should")]

mod any_input;
mod completion;
mod documents;
mod encodings;
mod letterheads;
mod markup;
mod packed;
mod readers;
mod syncing;
mod tables;
