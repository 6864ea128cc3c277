//! The table of events whose anniversaries tell the year.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use dixit::StatementDate;
use serde::Deserialize;

use super::super::short_words::WordTable;
use super::super::tokens::{Class, Gap, Token, tokens};
use crate::extract::shipped;

/// What ties a number of years to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// An organisation or a state: only its founding happened so many years ago.
    Body,
    /// A document: only its adoption did.
    Act,
    /// Something that happened.
    Happening,
    /// A yearly day: what happened is that it was first observed.
    Day,
}

/// An event of known date.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) kind: Kind,
    /// How it came to be: `founded`.
    pub(super) what: String,
    pub(super) date: StatementDate,
    /// Entry into force, where the table has it.
    pub(super) force: Option<StatementDate>,
    /// Other years from which its anniversaries are counted.
    pub(super) also: Vec<i16>,
}

#[derive(Debug)]
struct Alias {
    words: Vec<Word>,
    event: usize,
}

#[derive(Debug)]
struct Word {
    folded: String,
    capital: bool,
    /// `UN`, never `un`.
    acronym: bool,
}

/// The events, by the first word of their names.
#[derive(Debug)]
pub(super) struct Events {
    all: Vec<Event>,
    by_word: WordTable<Vec<Alias>>,
    /// Names of states by their first word, each with its independence.
    states: WordTable<Vec<(Vec<String>, usize)>>,
}

/// The same while the table is read.
#[derive(Debug, Default)]
struct Rows {
    all: Vec<Event>,
    by_word: BTreeMap<String, Vec<Alias>>,
    states: BTreeMap<String, Vec<(Vec<String>, usize)>>,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    event: Vec<EventRow>,
    state: Vec<StateRow>,
    accession: Vec<AccessionRow>,
}

#[derive(Debug, Deserialize)]
struct EventRow {
    kind: Kind,
    what: String,
    date: String,
    force: Option<String>,
    #[serde(default)]
    also: Vec<i16>,
    aliases: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct StateRow {
    name: String,
    independent: String,
}

#[derive(Debug, Deserialize)]
struct AccessionRow {
    to: Vec<String>,
    date: String,
    states: Vec<String>,
}

/// The table `anchors.toml`.
pub(super) fn events() -> &'static Events {
    static EVENTS: LazyLock<Events> = LazyLock::new(|| {
        // The file is part of the program; a test reads it.
        let file = shipped("anchors.toml", include_str!("../../../data/anchors.toml"));
        Rows::default().events(file)
    });
    &EVENTS
}

impl Rows {
    fn events(mut self, file: File) -> Events {
        let events = &mut self;
        for row in file.event {
            let Ok(date) = row.date.parse() else { continue };
            let force = row.force.and_then(|force| force.parse().ok());
            let event = Event { kind: row.kind, what: row.what, date, force, also: row.also };
            events.add(event, &row.aliases);
        }
        let happening = |what: &str, date: &str| {
            let date = date.parse().ok()?;
            let what = what.to_owned();
            Some(Event { kind: Kind::Happening, what, date, force: None, also: Vec::new() })
        };
        for row in file.state {
            let Some(event) = happening("independent", &row.independent) else { continue };
            let name = row.name;
            let words: Vec<_> = tokens(&name).map(|token| token.folded().into_owned()).collect();
            if let Some(first) = words.first() {
                let at = events.all.len();
                events.states.entry(first.clone()).or_default().push((words, at));
            }
            let aliases = [
                format!("independence of {name}"),
                format!("independence of the {name}"),
                format!("{name}'s independence"),
                format!("{name}'s Independence"),
                format!("independent {name}"),
            ];
            events.add(event, &aliases);
        }
        for row in file.accession {
            for state in row.states {
                let Some(event) = happening("joined", &row.date) else { continue };
                let (plain, body) = (state.trim_start_matches("the "), &row.to);
                let aliases: Vec<_> = body
                    .iter()
                    .flat_map(|to| {
                        [
                            format!("{plain}'s accession to the {to}"),
                            format!("{plain}'s accession to {to}"),
                            format!("accession of {state} to the {to}"),
                            format!("accession of {state} to {to}"),
                            format!("{plain} joined the {to}"),
                            format!("{plain} joined {to}"),
                            format!("{plain}'s membership in {to}"),
                            format!("{plain}'s membership of {to}"),
                        ]
                    })
                    .collect();
                events.add(event, &aliases);
            }
        }
        for aliases in self.by_word.values_mut() {
            aliases.sort_by_key(|alias| std::cmp::Reverse(alias.words.len()));
        }
        let Self { all, by_word, states } = self;
        Events { all, by_word: by_word.into_iter().collect(), states: states.into_iter().collect() }
    }

    fn add(&mut self, event: Event, aliases: &[String]) {
        let at = self.all.len();
        self.all.push(event);
        for alias in aliases {
            let words: Vec<_> = tokens(alias)
                .map(|token| Word {
                    folded: token.folded().into_owned(),
                    capital: token.is_capitalised(),
                    acronym: token.text.len() > 1 && is_upper(token.text),
                })
                .collect();
            if let Some(first) = words.first() {
                let alias_words = self.by_word.entry(first.folded.clone()).or_default();
                alias_words.push(Alias { words, event: at });
            }
        }
    }
}

impl Events {
    pub(super) fn get(&self, at: usize) -> Option<&Event> {
        self.all.get(at)
    }

    /// The independence of each state that the tokens name.
    pub(super) fn states<'a>(
        &'a self,
        tokens: &'a [Token<'_>],
    ) -> impl Iterator<Item = usize> + 'a {
        (0..tokens.len()).filter_map(|at| {
            let names = self.states.get(tokens[at].text)?;
            let is_here = |(words, _): &&(Vec<String>, usize)| {
                tokens[at].is_capitalised()
                    && words.iter().enumerate().all(|(offset, word)| {
                        tokens.get(at + offset).is_some_and(|token| token.folds_to(word))
                    })
            };
            names.iter().find(is_here).map(|&(_, event)| event)
        })
    }

    /// The events that the tokens name, the longest names first found, none inside another.
    pub(super) fn named(&self, tokens: &[Token<'_>]) -> Vec<Named> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let hit = self
                .by_word
                .get(tokens[at].text)
                .and_then(|aliases| aliases.iter().find(|alias| alias.matches(&tokens[at..])));
            match hit {
                Some(alias) => {
                    let end = at + alias.words.len();
                    found.push(Named { first: at, end, event: alias.event });
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }
}

/// The name of an event among tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) event: usize,
}

impl Alias {
    fn matches(&self, tokens: &[Token<'_>]) -> bool {
        tokens.len() >= self.words.len()
            && self.words.iter().zip(tokens).enumerate().all(|(at, (word, token))| {
                (at == 0 || token.gap < Gap::Blank)
                    && (!word.capital || token.is_capitalised())
                    && (!word.acronym || is_upper(token.text))
                    && token.folds_to(&word.folded)
            })
    }
}

fn is_upper(text: &str) -> bool {
    text.chars().all(char::is_uppercase)
}

/// Whether the token may stand before the name of an event without being part of a longer name.
pub(super) fn is_free(token: &Token<'_>, sentence_start: bool) -> bool {
    sentence_start || token.class != Class::Word || !token.is_capitalised()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> toml::Table {
        include_str!("../../../data/anchors.toml").parse().unwrap()
    }

    #[test]
    fn every_event_has_a_date_names_and_a_source() {
        let parsed: File = toml::from_str(include_str!("../../../data/anchors.toml")).unwrap();
        for row in &parsed.event {
            assert!(row.date.parse::<StatementDate>().is_ok(), "{row:?}");
            let force = row.force.as_deref().map(str::parse::<StatementDate>);
            assert!(force.is_none_or(|force| force.is_ok()), "{row:?}");
            assert!(!row.aliases.is_empty() && !row.what.is_empty(), "{row:?}");
        }
        for row in &parsed.state {
            assert!(row.independent.parse::<StatementDate>().is_ok(), "{row:?}");
        }
        for (group, must_cite) in [("event", true), ("accession", true), ("state", false)] {
            for row in file()[group].as_array().unwrap() {
                let source = row.get("source").and_then(toml::Value::as_str);
                assert!(!must_cite || source.is_some_and(|s| !s.is_empty()), "{row:?}");
            }
        }
    }

    #[test]
    fn one_name_means_one_event() {
        let events = events();
        assert!(events.all.len() > 150);
        for aliases in events.by_word.values() {
            for pair in aliases.windows(2) {
                let words = |alias: &Alias| -> Vec<_> {
                    alias.words.iter().map(|w| (w.folded.clone(), w.capital)).collect()
                };
                assert!(
                    pair[0].event == pair[1].event || words(&pair[0]) != words(&pair[1]),
                    "{pair:?}"
                );
            }
        }
    }

    #[test]
    fn acronyms_are_matched_as_they_stand() {
        let named = |text: &str| events().named(&tokens(text).collect::<Vec<_>>()).len();
        assert_eq!(named("the UN and NATO"), 2);
        assert_eq!(named("un ami de nato"), 0);
        assert_eq!(named("the Universal Declaration\nof Human Rights"), 1);
    }
}
