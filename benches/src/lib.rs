//! What the benches share: a corpus, a clock, and figures over rounds.
//!
//! The corpus is invented from a fixed seed, the same on every machine, or read from the JSON lines
//! file that the environment variable `DIXIT_BENCH_FILE` names, whose records have the fields of
//! [`Record`].

mod corpus;
mod measure;

pub use corpus::{Corpus, Random, Record};
pub use measure::{Clock, Samples, Took, folder_bytes, megabytes};

/// Whether this is a measurement. `cargo test --all-targets` runs benches too, without the argument
/// that `cargo bench` gives, to see that they work: there a small corpus and one round will do.
#[must_use]
pub fn is_measurement() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

/// Rounds of a measurement, in each of which every side has its turn.
#[must_use]
pub fn rounds() -> usize {
    if is_measurement() { 5 } else { 1 }
}
