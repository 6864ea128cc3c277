//! The engine through its public API, on small indexes in memory and on disk.

#![allow(clippy::unwrap_used, reason = "a test fails by it, as it should")]

mod any_query;
mod compatibility;
mod durability;
mod facets;
mod hostile;
mod hostile_list;
mod languages;
mod nearness;
mod queries;
mod query_page;
mod query_table;
mod ranking;
mod samples;
mod snippets;
mod speakers;
mod support;
