//! Names taken apart and compared.

use super::JoinRule;
use crate::analysis::{Shape, analyse};

/// The words of a name, folded. A run of a script written without spaces is one word.
pub(super) fn tokens(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    // The run that is being read: where it ends, and where it began.
    let mut run: Option<(usize, usize)> = None;
    let mut tokens = analyse(name, None);
    while let Some(token) = tokens.next_token() {
        if token.shape == Shape::Word {
            words.extend(run.take().map(|(start, end)| name[start..end].to_owned()));
            words.push(token.term.to_owned());
            continue;
        }
        run = match run {
            Some((start, end)) if token.start <= end => Some((start, token.end.max(end))),
            other => {
                words.extend(other.map(|(start, end)| name[start..end].to_owned()));
                Some((token.start, token.end))
            }
        };
    }
    words.extend(run.map(|(start, end)| name[start..end].to_owned()));
    words
}

/// Whether a word of a name is met by a word that was asked for: by the whole of it, or by a part of a run
/// that has no spaces.
pub(super) fn covers(token: &str, word: &str) -> bool {
    token == word || (!word.is_ascii() && token.contains(word))
}

/// Whether all words of a name stand in the words of a source, so that nothing was to be found out.
pub(super) fn holds(written: &str, name: &str) -> bool {
    let written = tokens(written);
    tokens(name).iter().all(|word| written.contains(word))
}

/// A name, in the order of speech: given names first where a comma says that they came last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Name {
    words: Vec<String>,
}

impl Name {
    pub(super) fn new(written: &str) -> Self {
        let words = match written.split_once([',', '，']) {
            // `Rask, Jr.` is no order.
            Some((surname, given)) if !tokens(given).iter().all(|word| is_suffix(word)) => {
                let mut words = tokens(given);
                words.extend(tokens(surname));
                words
            }
            _ => tokens(written),
        };
        Self { words }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether it is a single name, which several persons may have. Two characters and more of a script
    /// without spaces are surname and given name.
    pub(super) fn is_short(&self) -> bool {
        match self.words.as_slice() {
            [] => true,
            [word] => !is_whole_unspaced(word),
            words => words.iter().filter(|word| !is_initial(word)).count() < 2 && words.len() < 2,
        }
    }

    /// The words by which somebody of this name may be called alone: the first and the last, one of which
    /// is the surname.
    pub(super) fn ends(&self) -> impl Iterator<Item = &str> {
        let first = self.words.first().filter(|word| !is_initial(word));
        let last = self.words.last().filter(|_| self.words.len() > 1);
        first.into_iter().chain(last).map(String::as_str)
    }

    pub(super) fn words(&self) -> &[String] {
        &self.words
    }

    /// How much of a name it is: letters of all words.
    pub(super) fn letters(&self) -> usize {
        self.words.iter().map(|word| word.chars().count()).sum()
    }

    pub(super) fn has_initials(&self) -> bool {
        self.words.iter().any(|word| is_initial(word))
    }

    /// Whether they have a word in common that is no initial.
    pub(super) fn shares_a_word(&self, other: &Self) -> bool {
        self.words.iter().any(|word| !is_initial(word) && other.words.contains(word))
    }

    /// By what two names may be those of one person, should something else speak for it too.
    pub(super) fn fits(&self, other: &Self) -> Option<JoinRule> {
        let (long, short) = match self.words.len() >= other.words.len() {
            true => (&self.words, &other.words),
            false => (&other.words, &self.words),
        };
        if short.len() < 2 {
            return None;
        }
        if long == short {
            return Some(JoinRule::SameName);
        }
        let (given_long, surname_long) = long.split_at(long.len() - 1);
        let (given_short, surname_short) = short.split_at(short.len() - 1);
        if surname_long == surname_short {
            return fits_given(given_long, given_short);
        }
        if long.starts_with(short) && !short.iter().any(|word| is_initial(word)) {
            return Some(JoinRule::FurtherSurname);
        }
        let sorted = |words: &[String]| {
            let mut words = words.to_vec();
            words.sort_unstable();
            words
        };
        (long.len() == short.len() && sorted(long) == sorted(short)).then_some(JoinRule::Order)
    }
}

/// The given names of one surname: each of the fewer ones is met, in order, and so is the first.
fn fits_given(long: &[String], short: &[String]) -> Option<JoinRule> {
    let (first_long, first_short) = (long.first()?, short.first()?);
    if !is_same_or_initial(first_long, first_short) {
        return None;
    }
    let mut rest = long.iter();
    let all_met = short.iter().all(|word| rest.any(|other| is_same_or_initial(other, word)));
    let rule = match first_long == first_short && !is_initial(first_long) {
        true => JoinRule::MiddleNames,
        false => JoinRule::Initials,
    };
    all_met.then_some(rule)
}

fn is_same_or_initial(one: &str, other: &str) -> bool {
    one == other
        || (is_initial(one) && other.starts_with(one))
        || (is_initial(other) && one.starts_with(other))
}

/// What follows a name behind a comma and is no given name.
fn is_suffix(word: &str) -> bool {
    matches!(
        word,
        "jr" | "sr"
            | "ii"
            | "iii"
            | "iv"
            | "mp"
            | "mep"
            | "md"
            | "phd"
            | "qc"
            | "kc"
            | "obe"
            | "cbe"
    )
}

/// One letter of a script in which a letter is no word.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| !is_unspaced(c)) && chars.next().is_none()
}

fn is_whole_unspaced(word: &str) -> bool {
    word.chars().count() >= 2 && word.chars().all(is_unspaced)
}

/// Chinese characters, and the syllables of Japanese and Korean.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
