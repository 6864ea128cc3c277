//! Every cap on the input in one place, with its default and its reason.

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

impl Default for ReadLimits {
    fn default() -> Self {
        Self { record_bytes: 16 << 20, head_bytes: 64 << 10 }
    }
}
