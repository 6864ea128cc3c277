//! What a library would have to hold of a PDF, before it does.
//!
//! A library has a value of some hundred bytes for each number and name, and keeps what object streams
//! unpack to. Both may be a thousand times as much as the file.

use std::io::{self, Read};

use flate2::read::ZlibDecoder;

use crate::limits::ReadLimits;
use crate::read::document::DocumentError;

/// Bytes before a stream in which its dictionary is looked for.
const DICTIONARY_BYTES: usize = 2 << 10;

/// Refuses what would take more memory than documents do.
pub(super) fn check(bytes: &[u8], limits: &ReadLimits) -> Result<(), DocumentError> {
    let most = limits.document_values.saturating_add(bytes.len() / 8);
    let mut values = values(bytes);
    if values > most {
        return Err(DocumentError::TooMany(most));
    }
    let too_much = || DocumentError::TooMuch {
        what: "what its objects are packed in".to_owned(),
        most: limits.record_bytes,
    };
    let mut left = limits.record_bytes as u64;
    let mut after = 0;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        // The end of one.
        if bytes[..at].ends_with(b"end") {
            after = at;
            continue;
        }
        let before = &bytes[after.max(at.saturating_sub(DICTIONARY_BYTES))..at];
        let before = memchr::memmem::rfind(before, b"obj").map_or(before, |obj| &before[obj..]);
        if !holds_objects(before) {
            continue;
        }
        let data = &bytes[at + b"stream".len()..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let has = |name: &[u8]| memchr::memmem::find(before, name).is_some();
        let filters = memchr::memmem::find_iter(before, b"Decode").count();
        let parameters = memchr::memmem::find_iter(before, b"DecodeParms").count();
        match filters - parameters {
            0 if !has(b"/Filter") => continue,
            1 if has(b"FlateDecode") => {}
            // Nobody packs them otherwise; to pack them twice is to hide what they unpack to.
            _ => {
                let why = "its objects are packed in an unusual way".to_owned();
                return Err(DocumentError::Damaged(why));
            }
        }
        let mut counting = Counting { values: 0, is_within: false };
        let unpacked = ZlibDecoder::new(data).take(left + 1);
        // What cannot be unpacked to its end is the library's to tell.
        let copied = copy(unpacked, &mut counting);
        left = left.checked_sub(copied).ok_or_else(too_much)?;
        // Tables of places are numbers, and those are not held as values.
        if has(b"ObjStm") || has(b"#") {
            values += counting.values;
        }
        if values > most {
            return Err(DocumentError::TooMany(most));
        }
    }
    Ok(())
}

/// Whether a dictionary says that its stream holds objects, or hides what it says.
fn holds_objects(dictionary: &[u8]) -> bool {
    [&b"ObjStm"[..], b"XRef", b"#"]
        .iter()
        .any(|mark| memchr::memmem::find(dictionary, mark).is_some())
}

fn copy(mut from: impl Read, counting: &mut Counting) -> u64 {
    let mut buffer = [0; 8 << 10];
    let mut all = 0;
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return all,
            Ok(read) => {
                counting.count(&buffer[..read]);
                all += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return all,
        }
    }
}

fn values(bytes: &[u8]) -> usize {
    let mut counting = Counting { values: 0, is_within: false };
    counting.count(bytes);
    counting.values
}

/// Counts words and marks, of which each is a value at most.
struct Counting {
    values: usize,
    is_within: bool,
}

impl Counting {
    fn count(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let is_mark = matches!(byte, b'[' | b'<' | b'(' | b'/');
            let is_word = !is_mark
                && !matches!(
                    byte,
                    b' ' | b'\t' | b'\r' | b'\n' | 0 | 0x0C | b']' | b'>' | b')' | b'%'
                );
            self.values += usize::from(is_mark || is_word && !self.is_within);
            // A name begins at its mark.
            self.is_within = is_word || *byte == b'/';
        }
    }
}
