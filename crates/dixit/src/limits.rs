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
    /// Terms that all words of a query together may stand for. More are cut, with a note: each is
    /// looked up in four fields of every segment. 4,000 are four prefixes at their most.
    pub terms: usize,
    /// Documents that are gathered for words of very many terms, over all words of a query; at
    /// least two for each statement of the index. More are cut, with a note. 4 million take 64 MiB.
    pub gathered: u64,
    /// Positions of words that are looked at for loose phrases and `NEAR`, over all of them in a query; at
    /// least 16 for each statement of the index. A look into a statement counts as a few. More are cut, with a
    /// note, and the answer is partial.
    pub positions: u64,
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

/// Bytes of one statement's text. The engine stores a document in one block of less than 4 GiB; no
/// statement comes near this.
pub(crate) const MAX_TEXT_BYTES: usize = 256 << 20;

/// Bytes of a source's key. The engine's terms hold less than 64 KiB; no path comes near this.
pub(crate) const MAX_KEY_BYTES: usize = 32_000;

/// Bytes of a value that counts as one topic, keyword or speaker. The engine's columns hold at most
/// 64 KiB, and a name of more than this is no name.
pub(crate) const MAX_COUNTED_BYTES: usize = 1_000;

impl Default for Limits {
    fn default() -> Self {
        Self {
            query: QueryLimits::default(),
            expansions: 1_000,
            terms: 4_000,
            gathered: 4 << 20,
            positions: 20 << 20,
            scanned_terms: 200_000,
            window: 10_000,
            snippet_bytes: 4 << 20,
        }
    }
}
