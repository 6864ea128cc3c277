//! Persons and bodies of a corpus: who bore which name, office and party on which day.
//!
//! As in TEI's `listPerson` and `listOrg` (TEI P5, chapter 14, "Names, Dates, People, and Places"),
//! in the habits of ParlaMint.

use std::collections::HashMap;
use std::io;

use dixit::StatementDate;

use crate::read::markup::{Tag, TextBuilder, Token, Tokens};

/// The most bytes of a name.
const NAME_BYTES: usize = 1_000;

/// Persons and bodies, by their keys.
#[derive(Debug, Default)]
pub(super) struct People {
    persons: HashMap<String, Entry>,
    orgs: HashMap<String, Org>,
}

#[derive(Debug, Default, Clone)]
struct Entry {
    /// The file that lists the person, where it is another.
    list: Option<String>,
    names: Vec<(Period, String)>,
    ties: Vec<Tie>,
}

/// A tie between a person and a body.
#[derive(Debug, Default, Clone)]
struct Tie {
    period: Period,
    role: String,
    /// The name of the office, where it is given.
    office: Option<String>,
    org: String,
}

/// From when to when, both included, as the file writes it.
#[derive(Debug, Default, Clone)]
struct Period {
    from: Option<String>,
    to: Option<String>,
}

#[derive(Debug, Default, Clone)]
struct Org {
    role: String,
    full: Option<String>,
    short: Option<String>,
}

/// A person on some day.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct OnTheDay {
    pub(super) name: Option<String>,
    pub(super) role: Option<String>,
    pub(super) party: Option<String>,
    /// The file that lists the person, where it is another.
    pub(super) list: Option<String>,
}

impl Period {
    fn of(tag: &Tag<'_>) -> Self {
        let value = |name: &str| tag.attribute(name).map(|value| value.text.into_owned());
        Self {
            from: value("from").or_else(|| value("notBefore")),
            to: value("to").or_else(|| value("notAfter")),
        }
    }

    fn holds(&self, day: Option<&str>) -> bool {
        let Some(day) = day else { return self.from.is_none() && self.to.is_none() };
        // Of a longer date its beginning is compared: a month holds all its days.
        let part = |bound: &str| day.get(..bound.len().min(day.len())).unwrap_or(day).to_owned();
        self.from.as_ref().is_none_or(|from| *from <= part(from) || from.starts_with(day))
            && self.to.as_ref().is_none_or(|to| *to >= part(to))
    }
}

impl People {
    pub(super) fn is_empty(&self) -> bool {
        self.persons.is_empty() && self.orgs.is_empty()
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.persons.contains_key(key)
    }

    /// Takes over from a list what is not known here.
    pub(super) fn add(&mut self, other: &Self, list: &str) {
        for (key, person) in &other.persons {
            let list = Some(list.to_owned());
            self.persons.entry(key.clone()).or_insert_with(|| Entry { list, ..person.clone() });
        }
        for (key, org) in &other.orgs {
            self.orgs.entry(key.clone()).or_insert_with(|| org.clone());
        }
    }

    /// Reads all persons and bodies of a file.
    pub(super) fn read(tokens: &mut Tokens<'_>) -> io::Result<Self> {
        let mut people = Self::default();
        let mut reading = Reading::default();
        while let Some(token) = tokens.next()? {
            reading.take(&token, &mut people);
        }
        Ok(people)
    }

    /// What a person was on a day; without a day only what always held.
    pub(super) fn on(&self, key: &str, day: Option<StatementDate>) -> Option<OnTheDay> {
        let person = self.persons.get(key)?;
        let day = day.map(|day| day.to_string());
        let day = day.as_deref();
        let holding = |period: &Period| period.holds(day);
        let name = person.names.iter().find(|(period, _)| holding(period));
        let name = name.or_else(|| person.names.first()).map(|(_, name)| name.clone());
        let mut on = OnTheDay { name, list: person.list.clone(), ..OnTheDay::default() };
        let ties: Vec<&Tie> = person.ties.iter().filter(|tie| holding(&tie.period)).collect();
        on.party = self.only(&ties, Body::Party).or_else(|| self.only(&ties, Body::Group));
        let office = ties.iter().filter(|tie| self.kind_of(tie) == Body::Other);
        on.role = office
            .filter(|tie| !matches!(tie.role.as_str(), "member" | "MP" | "replacement" | ""))
            .map(|tie| tie.office.clone().unwrap_or_else(|| words(&tie.role)))
            .next();
        Some(on)
    }

    /// The name of the body of this kind that a person is tied to: of several the one since latest.
    /// Between two that began together nothing decides.
    fn only(&self, ties: &[&Tie], kind: Body) -> Option<String> {
        let of_kind = || ties.iter().filter(|tie| self.kind_of(tie) == kind);
        let latest = of_kind().map(|tie| &tie.period.from).max()?;
        let mut names: Vec<String> = of_kind()
            .filter(|tie| tie.period.from == *latest)
            .map(|tie| self.name_of(&tie.org))
            .collect();
        names.dedup();
        if names.len() == 1 { names.pop() } else { None }
    }

    /// Whether a text is the name of a party or group of the lists.
    pub(super) fn is_party(&self, text: &str) -> bool {
        let is = |name: &Option<String>| name.as_deref() == Some(text);
        self.orgs.values().any(|org| {
            (org.role.contains("arty") || is_group(&org.role)) && (is(&org.short) || is(&org.full))
        })
    }

    fn kind_of(&self, tie: &Tie) -> Body {
        let role = self.orgs.get(&tie.org).map_or("", |org| org.role.as_str());
        if role.contains("arty") || (role.is_empty() && tie.org.starts_with("party.")) {
            Body::Party
        } else if is_group(role) || (role.is_empty() && tie.org.starts_with("group.")) {
            Body::Group
        } else {
            Body::Other
        }
    }

    /// The short name of a body, else its full one, else its key.
    fn name_of(&self, key: &str) -> String {
        let org = self.orgs.get(key);
        let name = org.and_then(|org| org.short.clone().or_else(|| org.full.clone()));
        name.unwrap_or_else(|| {
            key.trim_start_matches("party.").trim_start_matches("group.").replace('_', " ")
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    Party,
    Group,
    Other,
}

/// Groups of a parliament; there are others, such as of work or of friendship.
fn is_group(role: &str) -> bool {
    matches!(role, "parliamentaryGroup" | "politicalGroup" | "group" | "faction" | "coalition")
}

/// `primeMinister` as words.
fn words(role: &str) -> String {
    let mut out = String::new();
    for c in role.chars() {
        if c.is_uppercase() && !out.is_empty() && !out.ends_with(char::is_uppercase) {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
    }
    out
}

/// Persons and bodies while they are read.
#[derive(Default)]
pub(super) struct Reading {
    /// The key of the person that is open, and what is known so far.
    person: Option<(String, Entry)>,
    org: Option<(String, Org)>,
    name: Option<Name>,
    /// The tie that is open, for the name of its office.
    tie: Option<Tie>,
    text: TextBuilder,
    is_patronym: bool,
    is_org_name: Option<bool>,
}

#[derive(Default)]
struct Name {
    period: Period,
    forenames: Vec<String>,
    surnames: Vec<String>,
}

impl Reading {
    /// Takes a token of a list of persons or bodies; others are passed over.
    pub(super) fn take(&mut self, token: &Token<'_>, people: &mut People) {
        match token {
            Token::Open(tag) => self.open(tag),
            Token::Close(close) => self.close(close.name, people),
            Token::Text(text) => {
                if (self.name.is_some() || self.tie.is_some() || self.is_org_name.is_some())
                    && self.text.len() < NAME_BYTES
                {
                    self.text.push(*text);
                }
            }
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let value = |name: &str| tag.attribute(name).map(|value| value.text.into_owned());
        match tag.name {
            "person" => self.person = value("id").map(|key| (key, Entry::default())),
            "org" => {
                let role = value("role").unwrap_or_default();
                self.org = value("id").map(|key| (key, Org { role, ..Org::default() }));
            }
            "persName" if self.person.is_some() => {
                self.text.clear();
                self.name = Some(Name { period: Period::of(tag), ..Name::default() });
            }
            "orgName" if self.org.is_some() => {
                self.text.clear();
                let full = value("full");
                self.is_org_name = Some(!matches!(full.as_deref(), Some("abb" | "no")));
            }
            "affiliation" if self.person.is_some() => {
                let org = value("ref").or_else(|| value("corresp")).unwrap_or_default();
                let tie = Tie {
                    period: Period::of(tag),
                    role: value("role").unwrap_or_default(),
                    office: None,
                    org: org.rsplit('#').next().unwrap_or_default().to_owned(),
                };
                self.text.clear();
                if tag.is_empty {
                    self.tied(tie);
                } else {
                    self.tie = Some(tie);
                }
            }
            "forename" | "surname" | "nameLink" | "addName" | "genName" | "roleName" => {
                // A father's name follows the own one.
                self.is_patronym = value("type").is_some_and(|kind| kind.starts_with("patronym"));
                self.text.clear();
            }
            _ => {}
        }
    }

    fn tied(&mut self, tie: Tie) {
        if let Some((_, person)) = &mut self.person {
            person.ties.push(tie);
        }
    }

    fn close(&mut self, element: &str, people: &mut People) {
        match element {
            "person" => {
                if let Some((key, person)) = self.person.take() {
                    people.persons.entry(key).or_insert(person);
                }
            }
            "org" => {
                if let Some((key, org)) = self.org.take() {
                    people.orgs.entry(key).or_insert(org);
                }
            }
            "forename" | "surname" | "nameLink" => {
                let (text, _) = self.text.take();
                if let Some(name) = self.name.as_mut().filter(|_| !text.is_empty()) {
                    match element {
                        _ if self.is_patronym => name.forenames.push(text),
                        "forename" => name.forenames.push(text),
                        _ => name.surnames.push(text),
                    }
                }
            }
            "addName" | "genName" => self.text.clear(),
            "roleName" => {
                let (text, _) = self.text.take();
                if let Some(tie) = self.tie.as_mut().filter(|_| !text.is_empty()) {
                    tie.office.get_or_insert(text);
                }
            }
            "persName" => {
                let (plain, _) = self.text.take();
                if let (Some(name), Some((_, person))) = (self.name.take(), &mut self.person) {
                    let Name { period, forenames, surnames, .. } = name;
                    let parts = [forenames, surnames].concat().join(" ");
                    let name = if parts.is_empty() { plain } else { parts };
                    if !name.is_empty() {
                        person.names.push((period, name));
                    }
                }
            }
            "orgName" => {
                let (text, _) = self.text.take();
                if let (Some(is_full), Some((_, org))) = (self.is_org_name.take(), &mut self.org)
                    && !text.is_empty()
                {
                    if is_full {
                        org.full.get_or_insert(text)
                    } else {
                        org.short.get_or_insert(text)
                    };
                }
            }
            "affiliation" => {
                if let Some(tie) = self.tie.take() {
                    self.tied(tie);
                }
            }
            _ => {}
        }
    }
}
