//! Zip archives: each entry is a source of its own, named as if the archive were a folder.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use zip::ZipArchive;
use zip::read::ZipFile;

use crate::limits::ReadLimits;
use crate::problem::Problem;
use crate::read::Flow;
use crate::unpack::{Unpacking, check_size, damaged, is_zip};
use crate::walk::{SourceFile, path_of_text};

/// Entries that documents in zip archives have: word processors', books, programs. They are no archives
/// of documents.
const DOCUMENT_MARKS: [&str; 4] =
    ["[Content_Types].xml", "word/document.xml", "mimetype", "META-INF/MANIFEST.MF"];

/// Bytes that an entry's name may have: what file systems allow of a path.
const NAME_BYTES: usize = 4096;

/// A zip archive.
pub(crate) struct Archive {
    zip: ZipArchive<io::BufReader<File>>,
    limits: ReadLimits,
    /// Bytes of the archive, and bytes that came out of it.
    size: u64,
    out: u64,
}

/// A file in an archive.
#[derive(Debug)]
pub(crate) struct Entry {
    index: usize,
    /// Its path in the archive, with `/` between the parts.
    pub(crate) name: String,
}

impl Archive {
    /// Opens a file if it is an archive of documents.
    pub(crate) fn open(path: &Path, limits: ReadLimits) -> io::Result<Option<Self>> {
        let mut file = File::open(path)?;
        let mut head = Vec::new();
        (&mut file).take(4).read_to_end(&mut head)?;
        if !is_zip(&head) {
            return Ok(None);
        }
        let size = file.metadata()?.len();
        let zip = ZipArchive::new(io::BufReader::new(file))
            .map_err(|error| damaged("zip", &error.into()))?;
        let is_document = DOCUMENT_MARKS.iter().any(|mark| zip.index_for_name(mark).is_some());
        Ok((!is_document).then_some(Self { zip, limits, size, out: 0 }))
    }

    /// The files in it, and what cannot be taken. Folders and hidden files are passed over, as outside of
    /// archives; a name that leads out of the archive is no name.
    pub(crate) fn entries(&mut self, name: &str) -> (Vec<Entry>, Vec<Problem>) {
        let (mut entries, mut problems) = (Vec::new(), Vec::new());
        for index in 0..self.zip.len() {
            let found = self.zip.by_index_raw(index);
            let named = found.and_then(|entry| {
                let inner = entry.name()?.replace('\\', "/");
                Ok((entry, inner))
            });
            let (entry, inner) = match named {
                Ok(named) => named,
                Err(error) => {
                    let why = damaged("zip", &error.into()).to_string();
                    problems.push(Problem::left_out(format!("{name}/entry {index}"), why));
                    continue;
                }
            };
            let is_hidden = |part: &str| part.starts_with('.') && !matches!(part, "." | "..");
            if entry.is_dir() || inner.starts_with("__MACOSX/") || inner.split('/').any(is_hidden) {
                continue;
            }
            let leads_out = |part: &str| matches!(part, "" | "." | "..") || part.contains('\0');
            let why = if inner.split('/').any(leads_out) || inner.as_bytes().get(1) == Some(&b':') {
                "its name leads out of the archive"
            } else if inner.len() > NAME_BYTES {
                "its name is longer than any path may be"
            } else if entry.encrypted() {
                "it is encrypted"
            } else if !entry.is_file() {
                "it is no file"
            } else {
                entries.push(Entry { index, name: inner });
                continue;
            };
            problems.push(Problem::left_out(format!("{name}/{inner}"), why));
        }
        (entries, problems)
    }

    /// An entry by its path in the archive.
    fn entry(&mut self, name: &str) -> Option<Entry> {
        // All are looked through only for a name that is written otherwise in the archive.
        match self.zip.index_for_name(name) {
            Some(index) => Some(Entry { index, name: name.to_owned() }),
            None => self.entries("").0.into_iter().find(|entry| entry.name == name),
        }
    }

    /// The bytes of an entry, unpacked if it is packed itself.
    fn unpacked(&mut self, entry: &Entry) -> io::Result<Vec<u8>> {
        let limits = self.limits;
        let (mut unpacked, _) = Unpacking::new(self.read(entry)?, limits)?;
        let mut bytes = Vec::new();
        unpacked.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// What is in an entry.
    pub(crate) fn read(&mut self, entry: &Entry) -> io::Result<impl Read> {
        let Self { zip, limits, size, out } = self;
        let bytes = zip.by_index(entry.index).map_err(|error| damaged("zip", &error.into()))?;
        let packed = bytes.compressed_size();
        Ok(Bounded { bytes, packed, own: 0, limits: *limits, size: *size, out })
    }
}

impl Entry {
    /// The entry as a source: its place is told by the archive's, its changes by those of the archive.
    pub(crate) fn source(&self, archive: &SourceFile) -> SourceFile {
        let within = |folder: &str| format!("{folder}/{}", self.name);
        SourceFile { key: within(&archive.key), name: within(&archive.name), ..archive.clone() }
    }
}

/// Reads no more of an entry, and of all entries together, than texts have.
struct Bounded<'a, R: Read> {
    bytes: ZipFile<'a, R>,
    packed: u64,
    own: u64,
    limits: ReadLimits,
    size: u64,
    out: &'a mut u64,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer).map_err(|error| damaged("zip", &error))?;
        self.own += read as u64;
        *self.out += read as u64;
        check_size(self.own, self.packed, &self.limits)?;
        // Entries may overlap, so that each is sound and all together are a bomb.
        let limits = ReadLimits { unpacked_bytes: u64::MAX, ..self.limits };
        check_size(*self.out, self.size, &limits)?;
        Ok(read)
    }
}

/// The file that a source lies in, by its key: itself, or an archive above it and the path inside.
pub(crate) fn file_of(key: &str) -> Option<(std::path::PathBuf, Option<&str>)> {
    let path = path_of_text(key);
    if path.is_file() {
        return Some((path, None));
    }
    let ends = key.rmatch_indices('/').map(|(at, _)| at).filter(|at| *at > 0);
    for end in ends {
        let path = path_of_text(&key[..end]);
        if path.is_file() {
            return Some((path, Some(&key[end + 1..])));
        }
        if path.exists() {
            break;
        }
    }
    None
}

/// A source in an archive.
#[derive(Debug)]
#[non_exhaustive]
pub struct Inner {
    /// Its key, as [`source_bytes`] takes it.
    pub key: String,
    /// Its bytes, unpacked if it is packed itself.
    pub bytes: Vec<u8>,
}

/// Gives each source that lies in a zip archive, and what cannot be taken. Says whether it is an archive of documents: of none nothing is given.
///
/// # Errors
/// When it cannot be read.
pub fn each_in_archive(
    path: &Path,
    each: &mut dyn FnMut(Result<Inner, Problem>) -> Flow,
) -> io::Result<bool> {
    let limits = ReadLimits::default();
    let Some(mut archive) = Archive::open(path, limits)? else { return Ok(false) };
    let key = crate::walk::path_text(path);
    let (entries, problems) = archive.entries(&key);
    for problem in problems {
        if each(Err(problem)) == Flow::Enough {
            return Ok(true);
        }
    }
    for entry in entries {
        let key = format!("{key}/{}", entry.name);
        let flow = match archive.unpacked(&entry) {
            Ok(bytes) => each(Ok(Inner { key, bytes })),
            Err(error) => each(Err(Problem::left_out(&key, error.to_string()))),
        };
        if flow == Flow::Enough {
            break;
        }
    }
    Ok(true)
}

/// The bytes that the places of a source count, by its key in the index or its path: those of the file,
/// unpacked if it is packed; of an entry of an archive (`archive.zip/path/in/it`) those of the entry; of a
/// document those of a part of it, by the [`part`](dixit::Source::part) of the source.
///
/// # Errors
/// When it is gone or cannot be read.
pub fn source_bytes(key: &str, part: Option<&str>) -> io::Result<Vec<u8>> {
    let limits = ReadLimits::default();
    let (path, inner) = file_of(key).ok_or(io::ErrorKind::NotFound)?;
    let mut bytes = Vec::new();
    match inner {
        None => {
            let (mut unpacked, _) = Unpacking::new(File::open(path)?, limits)?;
            unpacked.read_to_end(&mut bytes)?;
        }
        Some(inner) => {
            let mut archive = Archive::open(&path, limits)?.ok_or(io::ErrorKind::NotFound)?;
            let entry = archive.entry(inner).ok_or(io::ErrorKind::NotFound)?;
            bytes = archive.unpacked(&entry)?;
        }
    }
    if let Some(part) = part {
        let part = crate::read::document::part_bytes(&bytes, part, &limits);
        return part.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error));
    }
    Ok(bytes)
}
