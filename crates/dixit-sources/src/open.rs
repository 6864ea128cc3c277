//! Opening an input: recognising its format and reading its records.

use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, Read};
use std::path::Path;

use dixit::StatementId;

use crate::encoding::decoding::{self, Decoding, Known};
use crate::encoding::{self, Decision, FoundEncoding};
use crate::fingerprint::short_hash;
use crate::limits::ReadLimits;
use crate::peeked::Peeked;
use crate::problem::Problem;
use crate::read::metadata::{self, MetadataFile};
use crate::read::{
    self, Beside, Companions, FieldMap, Flow, Input, Item, Reader, Recognised, Record,
};
use crate::unpack::{self, Unpacking};

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

    /// The same for one file, which is also read otherwise when the files change that it goes by.
    pub(crate) fn how_of(&self, reader: &dyn Reader, name: &str, path: &Path) -> String {
        let beside = self.companions.beside(path);
        let mut look = self.companions.look_of(&reader.companions(name, &beside));
        look.push_str(&metadata::look(name, reader.takes_metadata(), &beside));
        match look.as_str() {
            "" => self.how(),
            look => format!("{}-{}", self.how(), short_hash(look)),
        }
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
pub struct Opened<R: Read> {
    bytes: Peeked<Unpacking<R>>,
    decision: Decision,
    /// The format and how it was recognised.
    pub format: Recognised,
    beside: Beside,
    /// The encoding, as far as the front of the input tells it.
    pub encoding: FoundEncoding,
    /// How the input is compressed, where it is: `gz`, `zst` or `xz`.
    pub packed: Option<&'static str>,
}

/// Looks at the front of an input and recognises compression, encoding and format.
///
/// # Errors
/// [`OpenError::Io`] when it cannot be read, [`OpenError::Unread`] when no reader takes it.
pub fn open<R: Read>(name: &str, bytes: R, options: &ReadOptions) -> Result<Opened<R>, OpenError> {
    let (bytes, packed) = Unpacking::new(bytes, options.limits)?;
    let mut bytes = Peeked::new(bytes, BUFFER_BYTES);
    let most = front(&mut bytes, options.limits)?;
    let head = bytes.peek(most)?;
    let is_whole = head.len() < most;
    let inner = unpack::inner_name(name);
    let of_bytes = match options.format {
        Some(reader) => reader.takes_bytes().then_some(Recognised { reader, by: NAMED }),
        None => read::recognise_bytes(inner, head, is_whole),
    };
    if let Some(format) = of_bytes {
        let decision = Decision::of_bytes();
        let encoding = decision.found();
        return Ok(Opened { bytes, decision, format, encoding, packed, beside: Beside::default() });
    }
    let decision = encoding::decide(head, is_whole);
    let decoded = decoding::front(head, &decision);
    let head = decoded.as_deref().unwrap_or(head);
    let format = match options.format {
        Some(reader) => Recognised { reader, by: NAMED },
        None if unpack::is_zip(head) => {
            return Err(OpenError::Unread(NO_ZIP.to_owned()));
        }
        None => read::recognise(inner, head, is_whole).map_err(OpenError::Unread)?,
    };
    let encoding = decision.found();
    Ok(Opened { bytes, decision, format, encoding, packed, beside: Beside::default() })
}

/// How many bytes to look at: those at the front, and before them what there is of white space. A text may
/// begin after any number of blank lines, up to the bytes of one record.
fn front<R: Read>(bytes: &mut Peeked<R>, limits: ReadLimits) -> io::Result<usize> {
    let mut most = limits.head_bytes.max(1);
    loop {
        let head = bytes.peek(most)?;
        if head.len() < most || !encoding::is_blank(head) || most >= limits.record_bytes {
            break;
        }
        most = most.saturating_mul(2);
    }
    // What is looked at twice as far begins in the second half, and may begin at its end.
    if most > limits.head_bytes {
        most += limits.head_bytes;
    }
    Ok(most)
}

/// The same of a file at `path`, with the files near it: one that only describes another is recognised as
/// such, whatever its format.
///
/// # Errors
/// As [`open`].
pub fn open_file<R: Read>(
    name: &str,
    path: &Path,
    bytes: R,
    options: &ReadOptions,
) -> Result<Opened<R>, OpenError> {
    let beside = options.companions.beside(path);
    if options.format.is_none() && metadata::described(name, &beside).is_some() {
        let options = ReadOptions { format: Some(&MetadataFile), ..options.clone() };
        let opened = open(name, bytes, &options)?;
        let format = Recognised { by: DESCRIBES, ..opened.format };
        return Ok(Opened { format, beside, ..opened });
    }
    Ok(open(name, bytes, options)?.beside(beside))
}

const DESCRIBES: &str = "the file beside it that it describes";

/// Bytes that are read at a time.
const BUFFER_BYTES: usize = 256 << 10;

const NAMED: &str = "the format that was named";

const NO_ZIP: &str = "a zip archive inside another, from standard input, or that is one document \
                      is not unpacked";

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
        let known = RefCell::new(Known::default());
        let mut bytes = Decoding::new(name, self.bytes, &self.decision, &known);
        let elsewhere = Cell::new(false);
        let mut occurrences = Occurrences::default();
        let mut is_enough = false;
        let mut taken = |mut item: Item| {
            let known = &mut *known.borrow_mut();
            let mut flow = Flow::More;
            for note in known.notes.drain(..) {
                flow = flow.and(sink(Item::Problem(note)));
            }
            match &mut item {
                Item::Record(record) => {
                    let begins = record.statement.source.span.map(|span| span.start);
                    let is_elsewhere = elsewhere.take();
                    if let Some(encoding) = known.encoding.filter(|_| !is_elsewhere) {
                        known.offsets.place(&mut record.statement, encoding.name());
                        known.offsets.forget_before(begins.unwrap_or(0));
                    }
                    occurrences.number(record);
                }
                Item::Problem(problem) => {
                    if known.encoding.is_some() {
                        let byte = problem.byte;
                        known.offsets.place_problem(problem);
                        known.offsets.forget_before(byte.unwrap_or(0));
                    }
                }
                Item::Layout(_) => {}
            }
            flow = flow.and(sink(item));
            is_enough |= flow == Flow::Enough;
            flow
        };
        let mut input = Input {
            name,
            bytes: &mut bytes,
            fields: &options.fields,
            limits: options.limits,
            beside: self.beside,
            elsewhere: &elsewhere,
        };
        self.format.reader.read(&mut input, &mut taken)?;
        // What a reader leaves belongs to the file all the same, and to its hash.
        while let rest @ 1.. = bytes.fill_buf()?.len() {
            bytes.consume(rest);
        }
        let bytes = bytes.into_inner().finish()?;
        if !is_enough {
            for note in known.into_inner().notes {
                sink(Item::Problem(note));
            }
        }
        Ok(bytes)
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
            Item::Layout(_) => {}
        }
        Flow::More
    })?;
    Ok((format, records, problems))
}
