//! For tests alone: what an index goes through in the world, made to happen on purpose.
//!
//! - [`disk`]: a disk in memory that fails, fills up, and loses power; [`storage_faults`] runs an index
//!   on it;
//! - [`hidden_years`]: statements with their year taken out, and how often it is inferred;
//! - [`histories`]: random histories against a plain model;
//! - [`inputs`]: the checks of the fuzz targets, on inputs made from seeds and words;
//! - [`languages`]: words of every language find the statements that hold them;
//! - [`order`]: the same answers, however statements came in;
//! - [`processes`]: the real program, killed, contending, and read from while it writes.
//!
//! Each runs in a short form by `cargo test`, and in the long form by
//! `cargo run --release -p dixit-testkit -- NAME`, which prints its seed and its counts.

#![allow(clippy::unwrap_used, reason = "a test fails by it, as it should")]
#![allow(missing_docs, clippy::missing_panics_doc, reason = "for tests alone")]

pub mod disk;
pub mod hidden_years;
pub mod histories;
pub mod history;
pub mod inputs;
pub mod languages;
pub mod order;
#[cfg(unix)]
pub mod processes;
pub mod random;
pub mod storage_faults;
