//! Words of the names of a text, as numbers, and who is called by them.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;

/// Of more persons than this with one word in their names the further ones are not found by it.
const MOST_BEARERS: usize = 8;

/// Persons, by their place among those of the text, who have a word in their names.
#[derive(Debug, Default, Clone, Copy)]
struct Bearers {
    persons: [u32; MOST_BEARERS],
    number: usize,
    /// Who was first called by the word alone.
    alone: Option<u32>,
}

/// The names of the persons of a text.
#[derive(Debug, Default)]
pub(super) struct Names {
    numbers: HashMap<Box<str>, u32, RandomState>,
    /// By the number of a word.
    bearers: Vec<Bearers>,
    /// Persons by the words of their names, where these are several.
    full: HashMap<Box<[u32]>, u32, RandomState>,
    /// The words of the names of all persons, one behind the other.
    words: Vec<u32>,
    /// By person: which of these are theirs.
    spans: Vec<Range<usize>>,
}

impl Names {
    /// The number of a word in lower case.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = narrow(self.bearers.len());
        self.numbers.insert(word.into(), number);
        self.bearers.push(Bearers::default());
        number
    }

    /// The words of the name of a person.
    pub(super) fn of(&self, person: usize) -> &[u32] {
        self.spans.get(person).map_or(&[], |span| &self.words[span.clone()])
    }

    /// Who has a word in the name.
    pub(super) fn bearers(&self, word: u32) -> impl Iterator<Item = usize> {
        let bearers = self.bearers.get(word as usize);
        let persons = bearers.map_or(&[][..], |bearers| &bearers.persons[..bearers.number]);
        persons.iter().map(|person| *person as usize)
    }

    /// The number of a word in lower case that some name has.
    pub(super) fn known(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    /// Who was called by just these words.
    pub(super) fn called(&self, words: &[u32]) -> Option<usize> {
        let person = match words {
            [word] => self.bearers.get(*word as usize)?.alone?,
            words => *self.full.get(words)?,
        };
        Some(person as usize)
    }

    /// Takes note that a person was called by these words.
    pub(super) fn call(&mut self, words: &[u32], person: usize) {
        match words {
            [word] => self.bearers[*word as usize].alone = Some(narrow(person)),
            words => {
                self.full.insert(words.into(), narrow(person));
            }
        }
    }

    /// Adds a person by the words of the name, and answers the place among all.
    pub(super) fn add(&mut self, words: &[u32]) -> usize {
        let person = self.spans.len();
        if let [first, .., last] = words {
            // `Roe` alone came first: from now on it is short for the full name.
            for word in [first, last] {
                let bearers = &mut self.bearers[*word as usize];
                let mut kept = Bearers { number: 0, ..*bearers };
                for other in &bearers.persons[..bearers.number] {
                    if self.spans[*other as usize].len() > 1 {
                        kept.persons[kept.number] = *other;
                        kept.number += 1;
                    }
                }
                *bearers = kept;
            }
        }
        let number = narrow(person);
        for word in words {
            let bearers = &mut self.bearers[*word as usize];
            let (known, room) = bearers.persons.split_at_mut(bearers.number);
            if !known.contains(&number)
                && let Some(next) = room.first_mut()
            {
                *next = number;
                bearers.number += 1;
            }
        }
        let start = self.words.len();
        self.words.extend_from_slice(words);
        self.spans.push(start..self.words.len());
        self.call(words, person);
        person
    }
}

/// A text has far fewer words.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
