//! Every cap on the input, and on what is held of it, in one place, with its default and its reason.

/// Caps on what is read. What is over one is reported and left out; the rest is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadLimits {
    /// Bytes of one record: a line of JSON lines, a text file. 16 MiB hold the longest sitting on
    /// record many times over; a longer one is a dump that lost its line ends.
    pub record_bytes: usize,
    /// Bytes at the front of a file by which its format is recognised.
    pub head_bytes: usize,
}

/// About how many bytes of records go to an extracting thread at a time: enough that handing them over
/// costs nothing, few enough that a few of them on their way take no room.
pub(crate) const BATCH_BYTES: usize = 256 << 10;

/// Bytes of text between two commits, where there are fewer statements than
/// [`commit_statements`](crate::SyncOptions::commit_statements): some ten seconds of work, which is what
/// an interruption can cost.
pub(crate) const COMMIT_BYTES: u64 = 64 << 20;

impl Default for ReadLimits {
    fn default() -> Self {
        Self { record_bytes: 16 << 20, head_bytes: 64 << 10 }
    }
}
