//! Published files to statements: readers of formats, and extraction of who, when and about what.
//!
//! - [`read`]: one reader a format. It recognises its files and hands over records one by one, each
//!   with a way back to the bytes that state it.
//! - [`extract`]: pure functions from text to what it says about speaker, date, topics, keywords,
//!   references and who is quoted; every finding with its evidence, rule and confidence.
//! - [`sync`](sync()): brings an index in step with the files under some paths.
//!
//! ```
//! use dixit_sources::{Extraction, ReadOptions, read_all};
//!
//! let article = "On 3 May 2024, Norland's Fisheries Ministry spokesperson Ada Rask said that \
//!                the herring quota will fall by a tenth.\n";
//! let (format, mut records, problems) = read_all("quota.txt", article.as_bytes(), &ReadOptions::default())?;
//! assert_eq!(format.reader.name(), "text");
//! assert!(problems.is_empty());
//!
//! let statement = &mut records[0].statement;
//! Extraction::default().complete(statement);
//! assert_eq!(statement.speaker.as_ref().and_then(|s| s.name.as_deref()), Some("Ada Rask"));
//! assert_eq!(statement.date.unwrap().to_string(), "2024-05-03");
//! # Ok::<(), dixit_sources::OpenError>(())
//! ```

mod archive;
mod encoding;
pub mod eval;
pub mod extract;
mod fingerprint;
mod limits;
mod open;
mod peeked;
mod problem;
pub mod read;
mod sync;
mod unpack;
mod user;
mod walk;

pub use archive::{Inner, each_in_archive, source_bytes};
pub use encoding::{FoundEncoding, text_of};
pub use extract::Extraction;
pub use extract::topics::{TAXONOMY_FILE, Taxonomy};
pub use fingerprint::READING_VERSION;
pub use limits::ReadLimits;
pub use open::{OpenError, Opened, ReadOptions, open, open_file, read_all};
pub use problem::Problem;
pub use read::document::{DocumentError, part_bytes};
pub use read::{Beside, Companions, FieldMap, MapError};
pub use sync::{
    Change, Drift, Event, FormatReport, Problems, Progress, Rebuilt, RemoveError, Removed, Report,
    Root, SyncError, SyncOptions, Twins, drift, patiently, preview, read_otherwise, remove, sync,
    take_again,
};
pub use user::{
    CORRECTIONS_FILE, Corrected, Correction, Corrections, KnownPerson, KnownRole, PEOPLE_FILE,
    People, QUERIES_FILE, SYNONYMS_FILE, UserFile, UserFileError, with_people, with_queries,
    with_synonyms,
};
pub use walk::{ExcludeError, SourceFile, Walk, path_of_text, walk};
