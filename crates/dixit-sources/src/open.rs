//! Opening an input: recognising its format and reading its records.

use std::io::{self, BufRead, BufReader, Read};

use dixit::StatementId;

use crate::fingerprint::short_hash;
use crate::limits::ReadLimits;
use crate::problem::Problem;
use crate::read::{
    self, Beside, Companions, FieldMap, Flow, Input, Item, Reader, Recognised, Record,
};

/// How inputs are read.
#[derive(Clone, Default)]
pub struct ReadOptions {
    /// The format, when it is not to be recognised.
    pub format: Option<&'static dyn Reader>,
    /// How the fields of foreign records are to be understood.
    pub fields: FieldMap,
    /// Caps on what is read.
    pub limits: ReadLimits,
    /// What is known of the files that accompany others.
    pub companions: Companions,
}

impl ReadOptions {
    /// Tells how files are read, in eight letters: files that were read otherwise are read again.
    pub(crate) fn how(&self) -> String {
        let format = self.format.map_or("", Reader::name);
        short_hash(&format!("{format} {}", self.fields))
    }
}

impl std::fmt::Debug for ReadOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let format = self.format.map(Reader::name);
        f.debug_struct("ReadOptions")
            .field("format", &format)
            .field("fields", &self.fields)
            .finish_non_exhaustive()
    }
}

/// An input whose format is known.
pub struct Opened<R> {
    bytes: io::Chain<io::Cursor<Vec<u8>>, R>,
    /// The format and how it was recognised.
    pub format: Recognised,
    beside: Beside,
}

/// Looks at the front of an input and recognises its format.
///
/// # Errors
/// [`OpenError::Io`] when it cannot be read, [`OpenError::Unread`] when no reader takes it.
pub fn open<R: Read>(
    name: &str,
    mut bytes: R,
    options: &ReadOptions,
) -> Result<Opened<R>, OpenError> {
    let mut head = Vec::new();
    let most = options.limits.head_bytes;
    (&mut bytes).take(most as u64).read_to_end(&mut head)?;
    let is_whole = head.len() < most;
    let format = match options.format {
        Some(reader) => Recognised { reader, by: "the format that was named" },
        None => read::recognise(name, &head, is_whole).map_err(OpenError::Unread)?,
    };
    Ok(Opened { bytes: io::Cursor::new(head).chain(bytes), format, beside: Beside::default() })
}

/// Why an input cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Reading failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// No reader takes it, and why.
    #[error("{0}")]
    Unread(String),
}

impl<R: Read> Opened<R> {
    /// The same input with the files near it, which tell who the persons are that it names by keys.
    #[must_use]
    pub fn beside(self, beside: Beside) -> Self {
        Self { beside, ..self }
    }

    /// Reads all records, each with the id that it has for good.
    ///
    /// Gives the bytes back, for whoever counts or hashes them.
    ///
    /// # Errors
    /// When reading itself fails; what is wrong in the data comes as problems.
    pub fn read(
        self,
        name: &str,
        options: &ReadOptions,
        sink: &mut dyn FnMut(Item) -> Flow,
    ) -> io::Result<R> {
        let mut bytes = BufReader::with_capacity(256 << 10, self.bytes);
        let mut occurrences = Occurrences::default();
        let mut numbered = |item: Item| match item {
            Item::Record(mut record) => {
                occurrences.number(&mut record);
                sink(Item::Record(record))
            }
            problem @ Item::Problem(_) => sink(problem),
        };
        let mut input = Input {
            name,
            bytes: &mut bytes,
            fields: &options.fields,
            limits: options.limits,
            beside: self.beside,
        };
        self.format.reader.read(&mut input, &mut numbered)?;
        // What a reader leaves belongs to the file all the same, and to its hash.
        while let rest @ 1.. = bytes.fill_buf()?.len() {
            bytes.consume(rest);
        }
        Ok(bytes.into_inner().into_inner().1)
    }
}

/// Counts how often the same words stood in the same source, which ids tell apart. Some forty bytes
/// for each text of a source, while it is read.
#[derive(Default)]
struct Occurrences {
    seen: std::collections::HashMap<StatementId, u32>,
}

impl Occurrences {
    fn number(&mut self, record: &mut Record) {
        let statement = &mut record.statement;
        let first = StatementId::new(statement.source.id_name(), &statement.text, 0);
        let seen = self.seen.entry(first).or_default();
        statement.id = match *seen {
            0 => first,
            again => {
                StatementId::new(statement.source.id_name(), &statement.text, u64::from(again))
            }
        };
        *seen += 1;
    }
}

/// Reads an input whole: for looking at it, and for tests.
///
/// # Errors
/// As [`open`] and [`Opened::read`].
pub fn read_all(
    name: &str,
    bytes: impl Read,
    options: &ReadOptions,
) -> Result<(Recognised, Vec<Record>, Vec<Problem>), OpenError> {
    let opened = open(name, bytes, options)?;
    let format = opened.format;
    let (mut records, mut problems) = (Vec::new(), Vec::new());
    opened.read(name, options, &mut |item| {
        match item {
            Item::Record(record) => records.push(*record),
            Item::Problem(problem) => problems.push(problem),
        }
        Flow::More
    })?;
    Ok((format, records, problems))
}
