//! Which terms a word may be when it is misspelled or has letters left open: walked along the term
//! dictionary, so that only what can still match is looked at.

use std::cell::Cell;

use tantivy::schema::Field;
use tantivy::{Searcher, TantivyError};
use tantivy_fst::Automaton;

use super::expand::Expansion;
use crate::limits::Limits;

/// Letters that an edit may be from the place it should be at: twice the most edits, and itself.
const BAND: usize = 5;

/// How the letters of a term are judged, one after the other.
trait Letters {
    type State: Clone;
    fn start(&self) -> Self::State;
    fn next(&self, state: &Self::State, letter: char) -> Self::State;
    fn is_match(&self, state: &Self::State) -> bool;
    fn can_match(&self, state: &Self::State) -> bool;
}

/// Terms at most so many edits from a word: a letter put in, taken out or replaced, or two neighbours
/// swapped (each stretch of the word is edited once: optimal string alignment).
struct Misspelled {
    word: Vec<char>,
    edits: u8,
}

/// A row of the table of distances, as far as it can matter: the cells around the diagonal.
#[derive(Clone, Copy)]
struct Distances {
    read: usize,
    last: char,
    row: [u8; BAND],
    before: [u8; BAND],
}

const FAR: u8 = 9;

impl Misspelled {
    /// The letter of the word at a cell's column, if that lies in the word; column 0 is before it.
    fn column(&self, read: usize, cell: usize) -> Option<usize> {
        let column = (read + cell).checked_sub(BAND / 2)?;
        (column <= self.word.len()).then_some(column)
    }
}

impl Letters for Misspelled {
    type State = Distances;

    fn start(&self) -> Distances {
        let mut row = [FAR; BAND];
        for (cell, distance) in row.iter_mut().enumerate() {
            if let Some(column) = self.column(0, cell) {
                *distance = column as u8;
            }
        }
        Distances { read: 0, last: '\0', row, before: [FAR; BAND] }
    }

    fn next(&self, state: &Distances, letter: char) -> Distances {
        let read = state.read + 1;
        let mut row = [FAR; BAND];
        for cell in 0..BAND {
            let Some(column) = self.column(read, cell) else { continue };
            // The row before lies one column to the left.
            let above = state.row.get(cell + 1).copied().unwrap_or(FAR);
            let left = cell.checked_sub(1).map_or(FAR, |left| row[left]);
            let mut best = above.min(left).saturating_add(1);
            if column > 0 {
                let differs = u8::from(self.word[column - 1] != letter);
                best = best.min(state.row[cell].saturating_add(differs));
            }
            if column > 1
                && read > 1
                && self.word[column - 1] == state.last
                && self.word[column - 2] == letter
            {
                best = best.min(state.before[cell].saturating_add(1));
            }
            row[cell] = best.min(FAR);
        }
        Distances { read, last: letter, row, before: state.row }
    }

    fn is_match(&self, state: &Distances) -> bool {
        let cell = (self.word.len() + BAND / 2).checked_sub(state.read);
        cell.and_then(|cell| state.row.get(cell)).is_some_and(|distance| *distance <= self.edits)
    }

    fn can_match(&self, state: &Distances) -> bool {
        // A swap reaches back over one row.
        state.row.iter().chain(&state.before).any(|distance| *distance <= self.edits)
    }
}

/// Terms of a pattern: `?` is one letter, `*` any number.
struct Patterned(Vec<char>);

/// Which places of the pattern may be next, one bit each.
const PATTERN_LETTERS: usize = 127;

impl Patterned {
    /// A `*` may stand for nothing.
    fn closed(&self, mut places: u128) -> u128 {
        for (at, letter) in self.0.iter().enumerate() {
            if *letter == '*' && places >> at & 1 == 1 {
                places |= 1 << (at + 1);
            }
        }
        places
    }
}

impl Letters for Patterned {
    type State = u128;

    fn start(&self) -> u128 {
        self.closed(1)
    }

    fn next(&self, places: &u128, letter: char) -> u128 {
        let mut next = 0;
        for (at, wanted) in self.0.iter().enumerate() {
            if places >> at & 1 == 1 {
                next |= match *wanted {
                    '*' => 1 << at,
                    '?' => 1 << (at + 1),
                    wanted if wanted == letter => 1 << (at + 1),
                    _ => 0,
                };
            }
        }
        self.closed(next)
    }

    fn is_match(&self, places: &u128) -> bool {
        places >> self.0.len() & 1 == 1
    }

    fn can_match(&self, places: &u128) -> bool {
        *places != 0
    }
}

/// Steps along dictionaries that near spellings and patterns may take, all those of a query together.
pub(super) struct Steps(Cell<usize>);

/// A step takes a tenth of what a whole entry takes.
const STEPS_PER_ENTRY: usize = 10;
/// Words of a query that may each walk as far as one may.
const WHOLE_WALKS: usize = 8;

impl Steps {
    pub(super) fn of(limits: &Limits) -> Self {
        let walk = limits.scanned_terms.saturating_mul(STEPS_PER_ENTRY);
        Self(Cell::new(walk.saturating_mul(WHOLE_WALKS)))
    }
}

/// Letters as the dictionary gives them, byte by byte, and only so many of them.
struct Bytes<'b, L> {
    letters: L,
    budget: &'b Cell<usize>,
}

#[derive(Clone)]
struct Read<S> {
    state: S,
    /// The bytes of a letter that is not whole yet: what they come to, and how many are to come.
    letter: (u32, u8),
    is_dead: bool,
}

impl<L: Letters> Automaton for Bytes<'_, L> {
    type State = Read<L::State>;

    fn start(&self) -> Self::State {
        Read { state: self.letters.start(), letter: (0, 0), is_dead: false }
    }

    fn is_match(&self, read: &Self::State) -> bool {
        !read.is_dead && read.letter.1 == 0 && self.letters.is_match(&read.state)
    }

    fn can_match(&self, read: &Self::State) -> bool {
        !read.is_dead && self.letters.can_match(&read.state)
    }

    fn accept(&self, read: &Self::State, byte: u8) -> Self::State {
        let left = self.budget.get().saturating_sub(1);
        self.budget.set(left);
        let (so_far, missing) = read.letter;
        let letter = match (missing, byte) {
            (0, 0..=0x7F) => (u32::from(byte), 0),
            (0, 0xC0..=0xDF) => (u32::from(byte & 0x1F), 1),
            (0, 0xE0..=0xEF) => (u32::from(byte & 0x0F), 2),
            (0, _) => (u32::from(byte & 0x07), 3),
            (missing, byte) => (so_far << 6 | u32::from(byte & 0x3F), missing - 1),
        };
        let state = match (letter.1, char::from_u32(letter.0)) {
            (0, Some(c)) => self.letters.next(&read.state, c),
            _ => read.state.clone(),
        };
        Read { state, letter, is_dead: read.is_dead || left == 0 }
    }
}

/// Terms of the index at most `edits` (1 or 2) from a folded word, the word among them.
pub(super) fn misspelled(
    searcher: &Searcher,
    fields: &[Field],
    word: &str,
    edits: u8,
    steps: &Steps,
    limits: &Limits,
) -> Result<Expansion, TantivyError> {
    let letters = || Misspelled { word: word.chars().collect(), edits };
    let mut found = walk(searcher, fields, letters, steps, limits)?;
    if !found.terms.iter().any(|term| term == word) {
        found.terms.insert(0, word.to_owned());
    }
    Ok(found)
}

/// Terms of the index that a folded pattern stands for.
pub(super) fn patterned(
    searcher: &Searcher,
    fields: &[Field],
    pattern: &str,
    steps: &Steps,
    limits: &Limits,
) -> Result<Expansion, TantivyError> {
    let letters = || Patterned(pattern.chars().take(PATTERN_LETTERS).collect());
    walk(searcher, fields, letters, steps, limits)
}

fn walk<L: Letters>(
    searcher: &Searcher,
    fields: &[Field],
    letters: impl Fn() -> L,
    steps: &Steps,
    limits: &Limits,
) -> Result<Expansion, TantivyError> {
    let mut found = Expansion::default();
    for segment in searcher.segment_readers() {
        for &field in fields {
            let index = segment.inverted_index(field)?;
            let left = steps.0.get();
            let most = left.min(limits.scanned_terms.saturating_mul(STEPS_PER_ENTRY));
            let budget = Cell::new(most);
            let automaton = Bytes { letters: letters(), budget: &budget };
            let mut entries = index.terms().search(automaton).into_stream()?;
            while entries.advance() {
                if let Ok(term) = std::str::from_utf8(entries.key()) {
                    found.terms.push(term.to_owned());
                }
            }
            found.cut |= budget.get() == 0;
            steps.0.set(left - (most - budget.get()));
        }
    }
    found.bound(limits);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn accepts<L: Letters>(letters: L, term: &str) -> bool {
        let budget = Cell::new(usize::MAX);
        let automaton = Bytes { letters, budget: &budget };
        let mut state = automaton.start();
        for byte in term.bytes() {
            if !automaton.can_match(&state) {
                return false;
            }
            state = automaton.accept(&state, byte);
        }
        automaton.is_match(&state)
    }

    fn is_near(word: &str, term: &str, edits: u8) -> bool {
        accepts(Misspelled { word: word.chars().collect(), edits }, term)
    }

    fn is_like(pattern: &str, term: &str) -> bool {
        accepts(Patterned(pattern.chars().collect()), term)
    }

    #[test]
    fn edits_are_counted_in_letters() {
        for (word, term, distance) in [
            ("guo", "guo", 0),
            ("guo", "gou", 1),
            ("guo", "gu", 1),
            ("guo", "guoo", 1),
            ("guo", "luo", 1),
            ("guo", "guao", 1),
            ("налог", "налёг", 1),
            ("налог", "алогн", 2),
            ("jiakun", "jaikum", 2),
            ("jiakun", "kun", 3),
            // Swapped and then parted: three by the alignment that edits each stretch once.
            ("ca", "abc", 3),
        ] {
            for edits in 1..=2 {
                assert_eq!(is_near(word, term, edits), distance <= edits, "{word} {term} {edits}");
            }
        }
    }

    #[test]
    fn patterns_leave_letters_open() {
        for (pattern, term, expected) in [
            ("w?rd", "word", true),
            ("w?rd", "wörd", true),
            ("w?rd", "wrd", false),
            ("w?rd", "words", false),
            ("wo*d", "wod", true),
            ("wo*d", "would", true),
            ("wo*d", "worldwide", false),
            ("wo*d", "woodland", true),
            ("w*d*", "wider", true),
        ] {
            assert_eq!(is_like(pattern, term), expected, "{pattern} {term}");
        }
    }

    /// The whole table, cell by cell.
    fn distance(a: &[char], b: &[char]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = match (i, j) {
                    (0, j) => j,
                    (i, 0) => i,
                    _ => {
                        let replace = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                        let mut best = replace.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                        if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                            best = best.min(table[i - 2][j - 2] + 1);
                        }
                        best
                    }
                };
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn edits_are_those_of_the_whole_table(word in "[aбc]{1,8}", term in "[aбc]{0,9}") {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            let distance = distance(&chars(&word), &chars(&term));
            prop_assert_eq!(is_near(&word, &term, 1), distance <= 1);
            prop_assert_eq!(is_near(&word, &term, 2), distance <= 2);
        }
    }
}
