//! Words of the names of a text, as numbers, and who is called by them.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;

use crate::extract::few::Few;

/// Of more persons than this with one word in their names the further ones are not found by it.
const MOST_BEARERS: usize = 8;

/// Persons, by their place among those of the text, who have a word in their names.
#[derive(Debug, Default)]
struct Bearers {
    persons: Few<u32, MOST_BEARERS>,
    /// Who was called by the word alone, the last of them.
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
    /// The number of a word in lower case, which gets one where it has none.
    pub(super) fn number_or_add(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = narrow(self.bearers.len());
        self.numbers.insert(word.into(), number);
        self.bearers.push(Bearers::default());
        number
    }

    /// The number of a word in lower case, where it has one.
    pub(super) fn number(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    /// The words of the name of a person.
    pub(super) fn words_of(&self, person: usize) -> &[u32] {
        self.spans.get(person).map_or(&[], |span| &self.words[span.clone()])
    }

    /// Who has a word in the name.
    pub(super) fn bearers(&self, word: u32) -> impl Iterator<Item = usize> {
        let bearers = self.bearers.get(word as usize);
        let persons = bearers.map_or(&[][..], |bearers| bearers.persons.as_slice());
        persons.iter().map(|person| *person as usize)
    }

    /// Who was called by just these words.
    pub(super) fn person_called(&self, words: &[u32]) -> Option<usize> {
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
                let spans = &self.spans;
                let is_full = |other: &u32| spans[*other as usize].len() > 1;
                self.bearers[*word as usize].persons.retain(is_full);
            }
        }
        let number = narrow(person);
        for word in words {
            let persons = &mut self.bearers[*word as usize].persons;
            if !persons.as_slice().contains(&number) {
                persons.push(number);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(names: &mut Names, written: &str) -> Vec<u32> {
        written.split(' ').map(|word| names.number_or_add(word)).collect()
    }

    fn add(names: &mut Names, written: &str) -> usize {
        let words = numbers(names, written);
        names.add(&words)
    }

    fn bearers(names: &Names, word: &str) -> Vec<usize> {
        names.number(word).map_or(Vec::new(), |word| names.bearers(word).collect())
    }

    #[test]
    fn a_lone_name_is_short_for_the_full_one_from_then_on() {
        let mut names = Names::default();
        assert_eq!((add(&mut names, "roe"), add(&mut names, "jane roe")), (0, 1));
        assert_eq!(bearers(&names, "roe"), [1]);
        let roe = numbers(&mut names, "roe");
        assert_eq!(names.person_called(&roe), Some(0));
        assert_eq!(names.words_of(1).last(), roe.last());
        assert_eq!(add(&mut names, "roe"), 2);
        assert_eq!((names.person_called(&roe), bearers(&names, "roe")), (Some(2), vec![1, 2]));
    }

    #[test]
    fn many_of_one_surname_are_told_apart_by_their_full_names() {
        let mut names = Names::default();
        let given = ["ann", "bo", "cy", "di", "ed", "flo", "gil", "hal", "ivo"];
        for (person, given) in given.iter().enumerate() {
            assert_eq!(add(&mut names, &format!("{given} roe")), person);
        }
        assert_eq!(bearers(&names, "roe"), [0, 1, 2, 3, 4, 5, 6, 7]);
        let last = numbers(&mut names, "ivo roe");
        assert_eq!(names.person_called(&last), Some(8));
        let further = numbers(&mut names, "ivo j roe");
        assert_eq!(names.person_called(&further), None);
        names.call(&further, 8);
        assert_eq!(names.person_called(&further), Some(8));
    }

    #[test]
    fn a_word_that_stands_twice_in_a_name_has_one_bearer() {
        let mut names = Names::default();
        add(&mut names, "roe roe");
        assert_eq!(bearers(&names, "roe"), [0]);
        assert_eq!(names.number("doe"), None);
        let doe = numbers(&mut names, "doe");
        assert_eq!((names.person_called(&doe), bearers(&names, "doe")), (None, Vec::new()));
    }
}
