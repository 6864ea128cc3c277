//! Readers, extraction and sync through the public API.

mod completion;
mod readers;
mod syncing;
