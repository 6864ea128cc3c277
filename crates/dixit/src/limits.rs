//! Every cap of the engine in one place, with its default and its reason.

use crate::query::QueryLimits;

/// Caps on what one search may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Caps on the query text itself.
    pub query: QueryLimits,
    /// Terms that one word may stand for: its variants, or what begins as it does. More are cut,
    /// with a note. 1,000 is above any stem's variants and keeps a prefix of one letter cheap.
    pub expansions: usize,
    /// Dictionary entries looked at to find them, per index segment. 200,000 take a few
    /// milliseconds.
    pub scanned_terms: usize,
    /// Hits that one answer may hold, and the farthest that paging reaches: who wants all of them
    /// exports.
    pub window: usize,
    /// Bytes of a text that are looked through for snippets. The best stretch of the first 4 MiB is
    /// good enough to show, and a page of ten of them stays under a second.
    pub snippet_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            query: QueryLimits::default(),
            expansions: 1_000,
            scanned_terms: 200_000,
            window: 10_000,
            snippet_bytes: 4 << 20,
        }
    }
}
