//! The user's list of persons: names, aliases, and what they were on which days.

use std::collections::HashMap;
use std::path::Path;

use dixit::{Basis, Person, Statement, StatementDate};
use serde::Deserialize;
use toml::Spanned;

use super::UserFileError;
use crate::fingerprint::short_hash;

/// Persons as the user knows them. Which person a name means is decided by the aliases, and where several
/// have one, by the day, the country and the party; what these leave open stays as it was.
///
/// ```
/// use dixit::{Person, Statement};
/// use dixit_sources::People;
///
/// let people: People = r#"
///     [[person]]
///     name = "Ada Rask"
///     aliases = ["MS. RASK", "The Minister of Fisheries"]
///     role = [{ role = "Minister of Fisheries", party = "Reform", since = "2021-05", until = "2024" }]
/// "#.parse()?;
///
/// let mut statement = Statement::new("sitting.txt", "The quota stays.");
/// statement.speaker = Some(Person { as_written: Some("MS. RASK".into()), ..Person::default() });
/// statement.date = "2022-03-01".parse().ok();
/// people.complete(&mut statement);
/// let speaker = statement.speaker.unwrap();
/// assert_eq!(speaker.name.as_deref(), Some("Ada Rask"));
/// assert_eq!(speaker.role.as_deref(), Some("Minister of Fisheries"));
/// # Ok::<(), dixit_sources::UserFileError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    persons: Vec<KnownPerson>,
    /// Numbers of the persons that are called so, by the folded name.
    called: HashMap<String, Vec<usize>>,
    how: String,
}

/// A person whom the user knows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct KnownPerson {
    /// The name to be shown.
    pub name: String,
    /// The key of the person; the name, where none is given.
    #[serde(default)]
    pub key: Option<String>,
    /// Other ways in which sources write the name, in whatever case; labels and offices too.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The country spoken for at all times.
    #[serde(default)]
    pub country: Option<String>,
    /// What the person was, and when.
    #[serde(default)]
    pub role: Vec<KnownRole>,
}

/// What a person was on the days from `since` to `until`, each included, each open when absent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct KnownRole {
    /// The office.
    #[serde(default)]
    pub role: Option<String>,
    /// The body.
    #[serde(default)]
    pub affiliation: Option<String>,
    /// The party or group.
    #[serde(default)]
    pub party: Option<String>,
    /// The country.
    #[serde(default)]
    pub country: Option<String>,
    /// The first day, month or year of it.
    #[serde(default)]
    pub since: Option<StatementDate>,
    /// The last day, month or year of it.
    #[serde(default)]
    pub until: Option<StatementDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    person: Vec<Spanned<KnownPerson>>,
}

impl KnownRole {
    /// Whether it was so on all days that a date may mean.
    fn covers(&self, date: StatementDate) -> bool {
        let days = date.range();
        let since = self.since.and_then(|since| since.range().from);
        let until = self.until.and_then(|until| until.range().to);
        since.is_none_or(|since| days.from >= Some(since))
            && until.is_none_or(|until| days.to <= Some(until))
    }

    fn is_dated(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }
}

impl KnownPerson {
    fn key(&self) -> &str {
        self.key.as_deref().unwrap_or(&self.name)
    }

    /// What the person was on a day; without a day only what was at all times.
    fn role_on(&self, date: Option<StatementDate>) -> Option<&KnownRole> {
        self.role.iter().find(|role| match date {
            Some(date) => role.covers(date),
            None => !role.is_dated(),
        })
    }

    /// Whether somebody who is said to be this may be meant.
    fn may_be(&self, person: &Person, date: Option<StatementDate>) -> bool {
        let is_out_of_office = date.is_some()
            && !self.role.is_empty()
            && self.role.iter().all(KnownRole::is_dated)
            && self.role_on(date).is_none();
        let role = self.role_on(date);
        let country = role.and_then(|role| role.country.as_ref()).or(self.country.as_ref());
        let party = role.and_then(|role| role.party.as_ref());
        let agree = |known: Option<&String>, stated: Option<&String>| match (known, stated) {
            (Some(known), Some(stated)) => folded(known) == folded(stated),
            _ => true,
        };
        !is_out_of_office
            && agree(country, person.country.as_ref())
            && agree(party, person.party.as_ref())
    }
}

/// Who is meant by a name.
enum Meant<'p> {
    One(&'p KnownPerson),
    Several(Vec<String>),
    Nobody,
}

impl People {
    /// Reads the list in a file.
    ///
    /// # Errors
    /// [`UserFileError`] with the line, when it cannot be read or is no list of persons.
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
        let mut people = Self::default();
        let mut keys: HashMap<String, usize> = HashMap::new();
        for person in file.person {
            let at = person.span();
            let person = person.into_inner();
            let wrong = |why: String| UserFileError::wrong(path, text, at.clone(), why);
            if folded(&person.name).is_empty() {
                return Err(wrong("a person needs a `name` with a letter in it".to_owned()));
            }
            if let Some(role) = person.role.iter().find(|role| ends_before_it_begins(role)) {
                let (since, until) = (role.since, role.until);
                let [since, until] = [since, until]
                    .map(|date| date.map_or_else(String::new, |date| date.to_string()));
                return Err(wrong(format!("a role ends in {until} before it begins in {since}")));
            }
            let number = people.persons.len();
            if keys.insert(person.key().to_owned(), number).is_some() {
                let key = person.key();
                return Err(wrong(format!(
                    "two persons have the key `{key}`; give one of them a `key` of its own"
                )));
            }
            let names = std::iter::once(&person.name).chain(&person.aliases).chain(&person.key);
            for name in names.map(|name| folded(name)).filter(|name| !name.is_empty()) {
                let called = people.called.entry(name).or_default();
                if called.last() != Some(&number) {
                    called.push(number);
                }
            }
            people.persons.push(person);
        }
        if !people.persons.is_empty() {
            people.how = short_hash(&format!("{:?}", people.persons));
        }
        Ok(people)
    }

    /// The persons, in the order of the file.
    pub fn persons(&self) -> impl Iterator<Item = &KnownPerson> {
        self.persons.iter()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.persons.is_empty()
    }

    /// Tells one list from another, in a few letters.
    pub(crate) fn how(&self) -> &str {
        &self.how
    }

    /// Names the speakers of a statement and of its passages as the user does, with what they were on that
    /// day. The words of the source stay in `as_written`, and the basis says what was done.
    pub fn complete(&self, statement: &mut Statement) {
        if self.is_empty() {
            return;
        }
        let date = statement.date;
        if let Some(person) = &mut statement.speaker
            && let Some(note) = self.identify(person, date)
        {
            let is_known = person.person.is_some();
            tell(statement.basis.get_mut("speaker"), &note);
            if is_known {
                let basis = Basis::given("people", []).with_note(note);
                statement.set_basis("person", basis);
            }
        }
        for passage in &mut statement.passages {
            if let Some(person) = &mut passage.speaker
                && let Some(note) = self.identify(person, date)
            {
                tell(passage.basis.as_mut(), &note);
            }
        }
    }

    /// Puts what the user knows of a person to what the source says; the note tells what was done.
    fn identify(&self, person: &mut Person, date: Option<StatementDate>) -> Option<String> {
        let called = person.label()?.to_owned();
        let known = match self.meant(person, date) {
            Meant::One(known) => known,
            Meant::Several(keys) => {
                return Some(format!(
                    "`{called}` may be {} of the list of persons",
                    keys.join(" or ")
                ));
            }
            Meant::Nobody => return None,
        };
        let note = format!("`{called}` is {} in the list of persons", known.name);
        if person.name.as_deref() != Some(&known.name) {
            person.as_written = person.as_written.take().or(person.name.take());
            person.name = Some(known.name.clone());
        }
        person.person = Some(known.key().to_owned());
        if let Some(role) = known.role_on(date) {
            let set = |field: &mut Option<String>, value: &Option<String>| {
                if value.is_some() {
                    field.clone_from(value);
                }
            };
            set(&mut person.role, &role.role);
            set(&mut person.affiliation, &role.affiliation);
            set(&mut person.party, &role.party);
            set(&mut person.country, &role.country);
        }
        if person.country.is_none() {
            person.country.clone_from(&known.country);
        }
        Some(note)
    }

    fn meant(&self, person: &Person, date: Option<StatementDate>) -> Meant<'_> {
        let forms = [
            person.person.as_ref(),
            person.as_written.as_ref(),
            person.name.as_ref(),
            person.role.as_ref(),
        ];
        // An office names somebody only where no name does.
        let forms = match person.name {
            Some(_) => &forms[..3],
            None => &forms[..],
        };
        for form in forms.iter().copied().flatten() {
            let Some(called) = self.called.get(&folded(form)) else { continue };
            let persons = called.iter().map(|&number| &self.persons[number]);
            let may: Vec<&KnownPerson> =
                persons.filter(|known| known.may_be(person, date)).collect();
            match may.as_slice() {
                [] => {}
                [known] => return Meant::One(known),
                several => {
                    let keys = several.iter().map(|known| known.key().to_owned());
                    return Meant::Several(keys.collect());
                }
            }
        }
        Meant::Nobody
    }
}

impl std::str::FromStr for People {
    type Err = UserFileError;

    fn from_str(text: &str) -> Result<Self, UserFileError> {
        Self::parse(Path::new(super::PEOPLE_FILE), text)
    }
}

fn ends_before_it_begins(role: &KnownRole) -> bool {
    let since = role.since.and_then(|since| since.range().from);
    let until = role.until.and_then(|until| until.range().to);
    since.zip(until).is_some_and(|(since, until)| until < since)
}

fn tell(basis: Option<&mut Basis>, note: &str) {
    if let Some(basis) = basis {
        basis.note = Some(match basis.note.take() {
            Some(before) => format!("{before}; {note}"),
            None => note.to_owned(),
        });
    }
}

/// A name as it is compared: its terms, so that case, accents, width and marks make no difference.
fn folded(name: &str) -> String {
    let mut out = String::new();
    let mut tokens = dixit::analysis::analyse(name, None);
    while let Some(token) = tokens.next_token() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(token.term);
    }
    out
}
