//! One file a command: its arguments, whose words are its manual, and what it does.

pub(crate) mod bench;
pub(crate) mod completions;
pub(crate) mod doctor;
pub(crate) mod eval;
pub(crate) mod formats;
pub(crate) mod index;
pub(crate) mod inspect;
pub(crate) mod remove;
pub(crate) mod search;
pub(crate) mod shared;
pub(crate) mod show;
pub(crate) mod speakers;
pub(crate) mod stats;
pub(crate) mod vocabulary;
