//! The engine through its public API, on small indexes in memory and on disk.

mod durability;
mod facets;
mod queries;
mod ranking;
mod snippets;
mod support;
