//! The user's corrections: a wrong speaker or date put right, by source and ordinal.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use dixit::{Basis, Person, Statement, StatementDate, StatementId};
use serde::Deserialize;
use toml::Spanned;

use super::UserFileError;
use crate::fingerprint::short_hash;

/// What the user puts right. Nothing that is extracted, and nothing that a source states, stands against
/// it.
///
/// ```
/// use dixit::Statement;
/// use dixit_sources::Corrections;
///
/// let corrections: Corrections = r#"
///     [[correction]]
///     source = "press/quota.txt"
///     speaker = { name = "Bo Lind", role = "spokesperson" }
///     date = "2024-05-03"
///     why = "the ministry's own page of that day"
/// "#.parse()?;
///
/// let mut statement = Statement::new("press/quota.txt", "The quota will fall.");
/// corrections.apply(&mut statement);
/// assert_eq!(statement.speaker.unwrap().name.as_deref(), Some("Bo Lind"));
/// assert_eq!(statement.basis["date"].rule.as_deref(), Some("correction"));
/// # Ok::<(), dixit_sources::UserFileError>(())
/// ```
#[derive(Debug, Default)]
pub struct Corrections {
    /// The file, for messages.
    path: PathBuf,
    all: Vec<Correction>,
    /// Numbers of the corrections of a source, by its name or URL.
    of_source: HashMap<String, Vec<usize>>,
    of_id: HashMap<StatementId, Vec<usize>>,
    /// Which of them met a statement.
    met: Vec<AtomicBool>,
}

/// One thing put right.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Correction {
    /// Name or URL of the source.
    pub source: Option<String>,
    /// Which statement of the source, from 1; each one, where it is not said.
    pub ordinal: Option<u64>,
    /// The statement, by its id instead.
    pub id: Option<StatementId>,
    /// Who said it.
    pub speaker: Corrected<Person>,
    /// When.
    pub date: Corrected<StatementDate>,
    /// Why, in the user's words.
    pub why: Option<String>,
    /// The line of the file, from 1.
    pub line: usize,
}

/// What becomes of a value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Corrected<T> {
    /// It stays.
    #[default]
    Kept,
    /// It is not known: `false` in the file.
    Unknown,
    /// It is this.
    To(T),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    correction: Vec<Spanned<Written>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    source: Option<String>,
    ordinal: Option<u64>,
    id: Option<String>,
    speaker: Option<WrittenSpeaker>,
    date: Option<WrittenDate>,
    why: Option<String>,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a speaker is a name, `{ name = …, role = … }`, or `false` for unknown"
)]
enum WrittenSpeaker {
    Name(String),
    Unknown(bool),
    Person(Fields),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    name: Option<String>,
    role: Option<String>,
    affiliation: Option<String>,
    party: Option<String>,
    country: Option<String>,
    person: Option<String>,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a date is \"2024-05-03\", \"2024-05\", \"2024\", or `false` for unknown"
)]
enum WrittenDate {
    Date(StatementDate),
    Unknown(bool),
}

impl Corrections {
    /// Reads the list in a file.
    ///
    /// # Errors
    /// [`UserFileError`] with the line, when it cannot be read or is no list of corrections.
    pub fn read(path: &Path) -> Result<Self, UserFileError> {
        Self::parse(path, &super::read(path)?)
    }

    /// The same, where no file is an empty list.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_if_there(path: &Path) -> Result<Self, UserFileError> {
        super::read_if_there(path)?
            .map_or_else(|| Ok(Self::default()), |text| Self::parse(path, &text))
    }

    fn parse(path: &Path, text: &str) -> Result<Self, UserFileError> {
        let file: File =
            toml::from_str(text).map_err(|error| UserFileError::of_toml(path, text, &error))?;
        let mut corrections = Self { path: path.to_owned(), ..Self::default() };
        for written in file.correction {
            let at = written.span();
            let line = 1 + text.as_bytes()[..at.start.min(text.len())]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count();
            let correction = correction(written.into_inner(), line)
                .map_err(|why| UserFileError::wrong(path, text, at, why))?;
            let number = corrections.all.len();
            match (&correction.source, &correction.id) {
                (Some(source), _) => {
                    corrections.of_source.entry(source.clone()).or_default().push(number);
                }
                (None, Some(id)) => corrections.of_id.entry(*id).or_default().push(number),
                (None, None) => {}
            }
            corrections.all.push(correction);
            corrections.met.push(AtomicBool::new(false));
        }
        Ok(corrections)
    }

    /// The corrections, in the order of the file.
    pub fn all(&self) -> impl Iterator<Item = &Correction> {
        self.all.iter()
    }

    /// The file that they stand in.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Corrections of a source, by its name, that met no statement so far.
    pub fn unmet<'c>(&'c self, source: &str) -> impl Iterator<Item = &'c Correction> {
        let numbers = self.of_source.get(source).into_iter().flatten();
        let unmet = numbers.filter(|&&number| !self.met[number].load(Ordering::Relaxed));
        unmet.map(|&number| &self.all[number])
    }

    /// The name that corrections have for the file at an absolute path: their names are relative to the root
    /// that was taken in, and of several that fit the longest is it.
    #[must_use]
    pub fn name_of(&self, path: &Path) -> Option<&str> {
        let names = self.of_source.keys().map(String::as_str);
        let fitting = names.filter(|name| !name.contains("://") && path.ends_with(name));
        fitting.max_by_key(|name| name.len())
    }

    /// Tells what is put right in a source, in a few letters: nothing where nothing is.
    ///
    /// What is named by URL or by id may be in any source, and so counts for all.
    pub(crate) fn how(&self, source: &str) -> String {
        let is_anywhere = |correction: &&Correction| {
            let by_url = correction.source.as_deref().is_some_and(|source| source.contains("://"));
            by_url || correction.source.is_none() || correction.source.as_deref() == Some(source)
        };
        let mut what = String::new();
        for correction in self.all.iter().filter(is_anywhere) {
            let Correction { source, ordinal, id, speaker, date, why, line: _ } = correction;
            what += &format!("{:?}", (source, ordinal, id, speaker, date, why));
        }
        if what.is_empty() { what } else { short_hash(&what) }
    }

    /// Puts right what the user says of a statement.
    pub fn apply(&self, statement: &mut Statement) {
        if self.all.is_empty() {
            return;
        }
        let of_source = |name: Option<&String>| {
            name.and_then(|name| self.of_source.get(name)).into_iter().flatten().copied()
        };
        let by_name = of_source(Some(&statement.source.name));
        let by_url = of_source(statement.source.url.as_ref());
        let by_id = self.of_id.get(&statement.id).into_iter().flatten().copied();
        let mut numbers: Vec<usize> = by_name.chain(by_url).chain(by_id).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            let correction = &self.all[number];
            // What is alone in its source may have no number.
            let ordinal = statement.source.ordinal.unwrap_or(1);
            if correction.ordinal.is_none_or(|wanted| wanted == ordinal) {
                correction.apply(statement);
                self.met[number].store(true, Ordering::Relaxed);
            }
        }
    }
}

impl Correction {
    fn apply(&self, statement: &mut Statement) {
        let basis = |before: Option<String>, is_known: bool| {
            let before =
                before.map_or_else(|| "nothing".to_owned(), |before| format!("`{before}`"));
            let why = self.why.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
            let note = format!("put right by the user (before: {before}){why}");
            let basis = match is_known {
                true => Basis::given("correction", []),
                false => Basis::unknown("correction"),
            };
            basis.with_note(note)
        };
        if self.speaker != Corrected::Kept {
            let before = statement.speaker.take();
            let label = before.as_ref().and_then(Person::label).map(str::to_owned);
            if let Corrected::To(person) = &self.speaker {
                let as_written = before.and_then(|before| before.as_written);
                statement.speaker = Some(Person { as_written, ..person.clone() });
            }
            statement.set_basis("speaker", basis(label, statement.speaker.is_some()));
        }
        if self.date != Corrected::Kept {
            let before = statement.date.take().map(|date| date.to_string());
            if let Corrected::To(date) = &self.date {
                statement.date = Some(*date);
            }
            statement.set_basis("date", basis(before, statement.date.is_some()));
        }
    }
}

fn correction(written: Written, line: usize) -> Result<Correction, String> {
    let Written { source, ordinal, id, speaker, date, why } = written;
    let id =
        id.map(|id| id.parse::<StatementId>().map_err(|error| error.to_string())).transpose()?;
    if source.is_some() == id.is_some() {
        return Err(
            "a correction names its statement either by `source` (and `ordinal`) or by `id`"
                .to_owned(),
        );
    }
    if ordinal == Some(0) {
        return Err("statements of a source are counted from 1".to_owned());
    }
    let speaker = match speaker {
        None => Corrected::Kept,
        Some(WrittenSpeaker::Unknown(false)) => Corrected::Unknown,
        Some(WrittenSpeaker::Name(name)) if !name.trim().is_empty() => {
            Corrected::To(Person::named(name.trim()))
        }
        Some(WrittenSpeaker::Person(fields)) => {
            let Fields { name, role, affiliation, party, country, person } = fields;
            let person =
                Person { name, as_written: None, role, affiliation, party, country, person };
            if person.label().is_none() {
                return Err("a speaker needs a `name` or a `role`".to_owned());
            }
            Corrected::To(person)
        }
        Some(_) => return Err("a speaker is a name, or `false` for unknown".to_owned()),
    };
    let date = match date {
        None => Corrected::Kept,
        Some(WrittenDate::Date(date)) => Corrected::To(date),
        Some(WrittenDate::Unknown(false)) => Corrected::Unknown,
        Some(WrittenDate::Unknown(true)) => {
            return Err("a date is a date, or `false` for unknown".to_owned());
        }
    };
    if speaker == Corrected::Kept && date == Corrected::Kept {
        return Err("a correction gives a `speaker` or a `date`".to_owned());
    }
    Ok(Correction { source, ordinal, id, speaker, date, why, line })
}

impl PartialEq for Corrections {
    fn eq(&self, other: &Self) -> bool {
        self.all == other.all
    }
}

impl Eq for Corrections {}

impl std::str::FromStr for Corrections {
    type Err = UserFileError;

    fn from_str(text: &str) -> Result<Self, UserFileError> {
        Self::parse(Path::new(super::CORRECTIONS_FILE), text)
    }
}
