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
    /// Bytes of a document (PDF, DOCX, a mail), which is held whole while it is read. What is longer holds
    /// pictures, whose words nobody finds.
    pub document_bytes: usize,
    /// Values (numbers, names, strings, marks of lists) in a PDF, an eighth of its bytes added, since what
    /// is packed looks like some: a library holds some hundred bytes for each. A record of a thousand
    /// pages has some hundred thousand.
    pub document_values: usize,
    /// Bytes that a compressed file, or an entry of an archive, may unpack to. 64 GiB are hours of work
    /// and more than anyone published in one piece.
    pub unpacked_bytes: u64,
    /// So many times its size may something unpack to, once it is more than [`Self::unpacked_free`].
    /// Texts come to 3 to 20, tables that repeat themselves to 100; what is made to fill disks comes to
    /// 1,000 and more.
    pub unpacked_ratio: u64,
    /// Bytes that anything may unpack to whatever its size: nobody is hurt by 64 MiB, and a short file
    /// of one line again and again is packed well.
    pub unpacked_free: u64,
}

/// Bytes that a decompressor may look back, and so has to hold: the most that `zstd --ultra -22` and twice
/// what `xz -9` ask for. What asks for more is not unpacked.
pub(crate) const WINDOW_BYTES: u64 = 128 << 20;

/// About how many bytes of records go to an extracting thread at a time: enough that handing them over
/// costs nothing, few enough that a few of them on their way take no room.
pub(crate) const BATCH_BYTES: usize = 256 << 10;

/// What a statement takes besides its text, on its way to an index: the evidence of its fields, its
/// speaker, its place. Where turns are a word each, that is nearly all of it.
pub(crate) const STATEMENT_BYTES: usize = 4 << 10;

/// Lines of a text, blank ones aside; one that has more is left out. They are held while the text is read,
/// at some 20 to 100 bytes each. At the most that a record may have, these are 16 bytes a line, less than
/// any prose or verse has.
pub(crate) const TRANSCRIPT_LINES: usize = 1 << 20;

/// What in a text may be the label of a turn; one that has more is left out. At the most bytes that a
/// record may have, one for 128 of them; turns of press briefings have some 300. A few hundred bytes are
/// held for each.
pub(crate) const TRANSCRIPT_LABELS: usize = 1 << 17;

/// Different ones of these. The largest chambers have some 3,000 members; what else stands before a colon
/// is about as many again. Some five hundred bytes are held for each.
pub(crate) const TRANSCRIPT_NAMES: usize = 1 << 15;

/// Bytes of text between two commits, where there are fewer statements than
/// [`commit_statements`](crate::SyncOptions::commit_statements): some ten seconds of work, which is what
/// an interruption can cost.
pub(crate) const COMMIT_BYTES: u64 = 64 << 20;

impl Default for ReadLimits {
    fn default() -> Self {
        Self {
            record_bytes: 16 << 20,
            head_bytes: 64 << 10,
            document_bytes: 32 << 20,
            document_values: 1 << 20,
            unpacked_bytes: 64 << 30,
            unpacked_ratio: 250,
            unpacked_free: 64 << 20,
        }
    }
}
