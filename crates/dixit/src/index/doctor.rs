//! Is the index what was written? A look at every byte, and at what the counts say.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use super::directory::{META, Piecewise, SegmentDirectory, named_by};
use super::folders::{is_draft, newest_folder, segment_folders};
use super::generation::LOOKS;
use super::manifest::FILE;
use super::stored::{Document, for_each_document};
use super::{Index, Manifest, Origin, SourceRecord};
use crate::error::Error;
use crate::id::StatementId;
use crate::storage::{FileStorage, NEW, Storage};

/// Version of the report as JSON.
pub const EXAMINATION_FORMAT: u32 = 1;

/// The state of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// Every byte is as it was written, and the counts agree.
    Healthy,
    /// Something is not as it was written.
    Damaged,
    /// It could not be looked at.
    Unknown,
}

/// What an examination found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Examination {
    /// Version of this form.
    pub format: u32,
    /// The index folder.
    pub path: PathBuf,
    /// The state of the index.
    pub health: Health,
    /// What is not as it should be, and where.
    pub findings: Vec<Finding>,
    /// Files that were looked at, all of them.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Statements that are there.
    pub statements: u64,
    /// Sources that are known.
    pub sources: u64,
    /// Files that no commit names: harmless, and gone after the next run that writes.
    pub orphans: Vec<String>,
    /// Folders of segments that a repair has set aside: harmless, and to be removed by hand.
    pub set_aside: Vec<String>,
    /// What the index can be built anew from.
    pub origins: Vec<Origin>,
    /// What is known of the sources, as far as it can be read.
    #[serde(skip)]
    pub records: Vec<SourceRecord>,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file in the index folder, or the source.
    pub place: String,
    /// What is wrong with it.
    pub why: String,
    /// Whether it is damage; else it could not be told.
    pub is_damage: bool,
}

impl Examination {
    /// Looks at the index in a folder: at every byte of its files, and at every document.
    #[must_use]
    pub fn of(path: impl AsRef<Path>) -> Self {
        let storage: Arc<dyn Storage> = Arc::new(FileStorage::new(path.as_ref()));
        Self::on(&storage)
    }

    /// As [`of`](Self::of), on a storage of the caller's.
    #[must_use]
    pub fn on(storage: &Arc<dyn Storage>) -> Self {
        // A writer may be at work: what is missing because a newer commit no longer names it is no
        // damage, and so is no damage what is there at a second look.
        for _ in 0..LOOKS {
            let before = state(storage);
            let examination = Self::at_once(storage);
            if examination.health != Health::Damaged || state(storage) == before {
                return examination;
            }
        }
        Self::at_once(storage)
    }

    fn new(storage: &dyn Storage) -> Self {
        Self {
            format: EXAMINATION_FORMAT,
            path: storage.root().to_owned(),
            health: Health::Healthy,
            findings: Vec::new(),
            files: 0,
            bytes: 0,
            statements: 0,
            sources: 0,
            orphans: Vec::new(),
            set_aside: Vec::new(),
            origins: Vec::new(),
            records: Vec::new(),
        }
    }

    fn at_once(storage: &Arc<dyn Storage>) -> Self {
        let mut found = Self::new(&**storage);
        match Manifest::read(&**storage) {
            Ok(manifest) => {
                found.files += 1;
                found.set_aside.clone_from(&manifest.set_aside);
                found.origins.clone_from(&manifest.origins);
                let named = found.look_at_files(storage, &manifest.segments);
                found.look_for_orphans(&**storage, &manifest, named.as_ref());
                found.look_at_documents(storage, &manifest.segments);
            }
            Err(Error::NotFound { .. }) => {
                if segment_folders(&**storage).is_ok_and(|folders| !folders.is_empty()) {
                    found.damage("dixit.json", "it is missing, though segments are there");
                    found.look_for_records(storage);
                } else {
                    found.unsure("dixit.json", "there is no index here");
                }
            }
            Err(Error::Damaged { why, .. }) => {
                found.damage("dixit.json", why);
                found.look_for_records(storage);
            }
            Err(error) => {
                let hint = error.hint().map(|hint| format!("; {hint}")).unwrap_or_default();
                found.unsure("dixit.json", format!("{error}{hint}"));
            }
        }
        let is = |damage: bool| move |finding: &Finding| finding.is_damage == damage;
        found.health = if found.findings.iter().any(is(true)) {
            Health::Damaged
        } else if found.findings.iter().any(is(false)) {
            Health::Unknown
        } else {
            Health::Healthy
        };
        found
    }

    fn damage(&mut self, place: impl Into<String>, why: impl Into<String>) {
        let (place, why) = (place.into(), why.into());
        self.findings.push(Finding { place, why, is_damage: true });
    }

    fn unsure(&mut self, place: impl Into<String>, why: impl Into<String>) {
        let (place, why) = (place.into(), why.into());
        self.findings.push(Finding { place, why, is_damage: false });
    }

    /// Looks at every byte of every file that the last commit names.
    /// Their names, where it can be told which they are.
    fn look_at_files(
        &mut self,
        storage: &Arc<dyn Storage>,
        folder: &str,
    ) -> Option<HashSet<String>> {
        let directory = SegmentDirectory::new(Arc::clone(storage), folder.into(), Piecewise::No);
        let meta = match directory.meta() {
            Ok(meta) => meta,
            Err(error) => {
                self.file_failed(format!("{folder}/{META}"), &error);
                return None;
            }
        };
        let named = named_by(&meta);
        let mut names: Vec<&String> = named.iter().collect();
        names.sort();
        for name in names {
            let place = format!("{folder}/{name}");
            self.files += 1;
            let looked = directory.open_sealed(Path::new(name)).and_then(|file| {
                self.bytes += file.file_length();
                file.check()
            });
            if let Err(error) = looked {
                self.file_failed(place, &error);
            }
        }
        Some(named)
    }

    fn file_failed(&mut self, place: String, error: &io::Error) {
        if error.kind() == io::ErrorKind::NotFound {
            self.damage(place, "it is missing");
        } else if let Some(damage) = super::damage_of(error) {
            let name = place.rsplit('/').next().unwrap_or_default();
            let why = damage.to_string();
            let why = why.trim_start_matches(&format!("{name}: ")).to_owned();
            self.damage(place, why);
        } else {
            self.unsure(place, error.to_string());
        }
    }

    fn look_for_orphans(
        &mut self,
        storage: &dyn Storage,
        manifest: &Manifest,
        named: Option<&HashSet<String>>,
    ) {
        let folder = &manifest.segments;
        if let Some(named) = named {
            for entry in storage.list(Path::new(folder)).unwrap_or_default() {
                if !named.contains(&entry.name) && !entry.name.starts_with('.') {
                    self.orphans.push(format!("{folder}/{}", entry.name));
                }
            }
        }
        let kept: Vec<&str> = manifest.kept().collect();
        for other in segment_folders(storage).unwrap_or_default() {
            if !kept.contains(&other.as_str()) {
                self.orphans.push(other);
            }
        }
        let entries = storage.list(Path::new("")).unwrap_or_default().into_iter();
        let is_left = |name: &String| *name == format!("{FILE}{NEW}") || is_draft(name);
        self.orphans.extend(entries.map(|entry| entry.name).filter(is_left));
    }

    /// What is known of the sources, where no manifest says where: in the newest segments.
    fn look_for_records(&mut self, storage: &Arc<dyn Storage>) {
        let Ok(Some(folder)) = newest_folder(&**storage) else { return };
        let records = &mut self.records;
        // As much as can be read; what cannot is told already.
        let _ = for_each_document(storage, &folder, &mut |document| {
            if let Ok(Document::Source(record)) = document {
                records.push(record);
            }
            Ok(())
        });
        self.sources = self.records.len() as u64;
    }

    /// Reads every document, and compares what is known of each source with what is there.
    fn look_at_documents(&mut self, storage: &Arc<dyn Storage>, folder: &str) {
        let mut there: HashMap<String, u64> = HashMap::new();
        let mut ids: HashSet<StatementId> = HashSet::new();
        let (mut records, mut twice, mut unread) = (Vec::new(), 0_u64, 0_u64);
        let mut why = String::new();
        let counted = for_each_document(storage, folder, &mut |document| {
            match document {
                Ok(Document::Statement(key, statement)) => {
                    *there.entry(key).or_default() += 1;
                    twice += u64::from(!ids.insert(statement.id));
                }
                Ok(Document::Source(record)) => records.push(record),
                Err(error) => {
                    unread += 1;
                    why = error.to_string();
                }
            }
            Ok(())
        });
        self.statements = ids.len() as u64 + twice;
        self.sources = records.len() as u64;
        self.records.clone_from(&records);
        if let Err(error) = counted {
            unread += 1;
            why = error.to_string();
        }
        if unread > 0 {
            // Mostly told by the file that it stands in.
            if self.findings.is_empty() {
                self.damage("the index", format!("{unread} documents do not read: {why}"));
            }
            return;
        }
        if twice > 0 {
            self.damage("the index", format!("{twice} statements are there more than once"));
        }
        // The terms, too, have to lead to as many.
        match Index::open_on(Arc::clone(storage)).and_then(|index| index.searcher()) {
            Ok(searcher) if self.statements != searcher.statements() => {
                let (read, counted) = (self.statements, searcher.statements());
                self.damage("the index", format!("{read} statements read, {counted} are counted"));
            }
            Ok(_) => {}
            Err(error) if self.findings.is_empty() => self.damage("the index", error.to_string()),
            Err(_) => return,
        }
        let mut known: BTreeMap<&str, u64> = BTreeMap::new();
        for record in &records {
            let is_there = there.get(&record.key).copied().unwrap_or(0);
            if is_there != record.statements {
                let why =
                    format!("{} statements are known, {is_there} are there", record.statements);
                self.damage(record.key.clone(), why);
            }
            *known.entry(&record.key).or_default() += 1;
        }
        let more: Vec<String> = known
            .iter()
            .filter(|(_, times)| **times > 1)
            .map(|(key, _)| (*key).to_owned())
            .collect();
        for key in more {
            self.damage(key, "it is known more than once");
        }
    }
}

/// What changes with every commit.
fn state(storage: &Arc<dyn Storage>) -> Option<(Manifest, Vec<u8>)> {
    let manifest = Manifest::read(&**storage).ok()?;
    let folder = (&manifest.segments).into();
    let meta = SegmentDirectory::new(Arc::clone(storage), folder, Piecewise::No).meta().ok()?;
    Some((manifest, meta))
}
