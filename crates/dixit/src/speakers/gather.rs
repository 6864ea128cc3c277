//! From the persons of all statements to the few ways in which they are named.

use std::collections::HashMap;

use serde::Deserialize;

use super::Speakers;
use super::resolve::resolve;
use crate::date::StatementDate;
use crate::id::StatementId;
use crate::statement::{Basis, BasisKind, Person};

/// What is looked at of a statement as it is stored.
#[derive(Deserialize)]
pub(crate) struct Mentioned {
    id: StatementId,
    #[serde(default)]
    speaker: Option<Person>,
    #[serde(default)]
    date: Option<StatementDate>,
    source: InSource,
    #[serde(default)]
    passages: Vec<InPassage>,
    #[serde(default)]
    basis: Bases,
}

impl Mentioned {
    /// Its speaker and those of its passages.
    pub(crate) fn persons(self) -> impl Iterator<Item = Person> {
        let passages = self.passages.into_iter().filter_map(|passage| passage.speaker);
        self.speaker.into_iter().chain(passages)
    }
}

#[derive(Deserialize)]
struct InSource {
    name: String,
}

#[derive(Deserialize)]
struct InPassage {
    #[serde(default)]
    speaker: Option<Person>,
    #[serde(default)]
    basis: Option<Basis>,
}

#[derive(Deserialize, Default)]
struct Bases {
    #[serde(default)]
    speaker: Option<Basis>,
}

/// Statements and passages of one source in which a person is named in the same way.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) person: Person,
    pub(super) source: usize,
    pub(super) statements: u64,
    pub(super) passages: u64,
    pub(super) unsure: u64,
    pub(super) days: Days,
    /// The first statement of them, in the order of ids.
    pub(super) example: StatementId,
    /// Whether the words that stand there are a pronoun, which is nobody's name.
    pub(super) is_pronoun: bool,
    /// How the source ties the name to the words that stand there.
    pub(super) tied_by: Option<(String, Option<String>)>,
}

/// First and last date of something.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Days {
    pub(super) first: Option<StatementDate>,
    pub(super) last: Option<StatementDate>,
}

impl Days {
    pub(super) fn add(&mut self, date: StatementDate) {
        self.join(Self { first: Some(date), last: Some(date) });
    }

    pub(super) fn join(&mut self, other: Self) {
        // Of equals in one direction the more precise one, so that the order of coming is all one.
        let begins = |date: StatementDate| (date.range().from, std::cmp::Reverse(date.precision()));
        let ends = |date: StatementDate| (date.range().to, date.precision());
        self.first = self.first.into_iter().chain(other.first).min_by_key(|date| begins(*date));
        self.last = self.last.into_iter().chain(other.last).max_by_key(|date| ends(*date));
    }
}

/// What was gathered so far.
#[derive(Default)]
pub(crate) struct Gathered {
    groups: HashMap<(Person, usize), Group>,
    sources: HashMap<String, usize>,
}

impl Gathered {
    /// Takes the persons of a statement.
    pub(crate) fn add(&mut self, statement: Mentioned) {
        let Mentioned { id, speaker, date, source, passages, basis } = statement;
        let next = self.sources.len();
        let source = *self.sources.entry(source.name).or_insert(next);
        if let Some(person) = speaker {
            self.count(person, source, id, date, false, basis.speaker.as_ref());
        }
        for passage in passages {
            if let Some(person) = passage.speaker {
                self.count(person, source, id, date, true, passage.basis.as_ref());
            }
        }
    }

    fn count(
        &mut self,
        person: Person,
        source: usize,
        id: StatementId,
        date: Option<StatementDate>,
        is_passage: bool,
        basis: Option<&Basis>,
    ) {
        if person.label().is_none() {
            return;
        }
        let group = self.groups.entry((person, source)).or_insert_with_key(|(person, source)| {
            let (person, source) = (person.clone(), *source);
            let (days, tied_by) = (Days::default(), None);
            Group {
                person,
                source,
                statements: 0,
                passages: 0,
                unsure: 0,
                days,
                example: id,
                is_pronoun: false,
                tied_by,
            }
        });
        group.example = group.example.min(id);
        if is_passage {
            group.passages += 1;
        } else {
            group.statements += 1;
        }
        group.unsure += u64::from(basis.is_some_and(|basis| !basis.is_fact()));
        if let Some(date) = date {
            group.days.add(date);
        }
        let rule = basis.and_then(|basis| basis.rule.as_deref()).unwrap_or_default();
        group.is_pronoun |= rule.starts_with("pronoun");
        let is_tied = !group.is_pronoun
            && group.person.as_written.is_some()
            && group.person.as_written != group.person.name;
        if let Some(basis) = basis.filter(|basis| is_tied && basis.kind != BasisKind::Unknown) {
            let tied = (basis.rule.clone().unwrap_or_default(), basis.note.clone());
            group.tied_by =
                Some(group.tied_by.take().map_or(tied.clone(), |before| before.min(tied)));
        }
    }

    /// Works out who is who.
    pub(crate) fn speakers(self) -> Speakers {
        // Numbers of sources by the order of their names, whatever order they came in.
        let mut names: Vec<(String, usize)> = self.sources.into_iter().collect();
        names.sort_unstable();
        let mut places = vec![0; names.len()];
        for (place, (_, number)) in names.iter().enumerate() {
            places[*number] = place;
        }
        let mut groups: Vec<Group> = self.groups.into_values().collect();
        for group in &mut groups {
            group.source = places[group.source];
        }
        groups.sort_by(|a, b| key(a).cmp(&key(b)));
        let names: Vec<String> = names.into_iter().map(|(name, _)| name).collect();
        resolve(&groups, &names)
    }
}

type Key<'g> = (&'g Option<String>, &'g Option<String>, &'g Option<String>, usize, StatementId);

fn key(group: &Group) -> (Key<'_>, [&Option<String>; 4]) {
    let Person { name, as_written, role, affiliation, party, country, person } = &group.person;
    ((name, person, as_written, group.source, group.example), [role, affiliation, party, country])
}
