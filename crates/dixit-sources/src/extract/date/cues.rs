//! Where a text may speak of anniversaries: the words, and the sentence around them.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use serde::Deserialize;

use super::super::short_words::{WordMap, WordSet};
use super::super::tokens::floor;
use crate::extract::shipped;

/// Bytes around a cue in which its sentence is looked for.
const REACH: usize = 400;

/// Words of `terms.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Words {
    cues: Vec<String>,
    pub(super) units: WordMap<i16>,
    pub(super) periods: Vec<Period>,
    pub(super) ago_before: Vec<Vec<String>>,
    pub(super) ago_behind: Vec<Vec<String>>,
    pub(super) after: WordSet,
    pub(super) passed: WordSet,
    pub(super) turns: WordSet,
    pub(super) age: WordSet,
    pub(super) owning: WordSet,
    pub(super) of_years: WordSet,
    pub(super) goals: WordSet,
    pub(super) before_then: WordSet,
    pub(super) concluded: WordSet,
    pub(super) present: WordSet,
    pub(super) anniversary: WordSet,
    pub(super) hundredth: WordSet,
    pub(super) two_hundredth: WordSet,
    pub(super) between: WordSet,
    pub(super) acts: WordSet,
    pub(super) acted: WordSet,
    pub(super) force: WordSet,
    pub(super) around: WordSet,
    pub(super) hedges: WordSet,
    pub(super) after_name: WordSet,
    pub(super) celebrates: WordSet,
    pub(super) this_year: Vec<Vec<String>>,
    pub(super) next_year: Vec<Vec<String>>,
    pub(super) last_year: Vec<Vec<String>>,
    pub(super) future: Vec<Vec<String>>,
    pub(super) will: Vec<Vec<String>>,
    pub(super) later: Vec<Vec<String>>,
    pub(super) later_closed: Vec<Vec<String>>,
    pub(super) later_cjk: WordSet,
    pub(super) some: WordSet,
    pub(super) openers: WordSet,
    pub(super) at_the_time: Vec<Vec<String>>,
    pub(super) in_year: WordSet,
}

impl Words {
    /// Words of the longest phrase for a year near that of the text.
    pub(super) fn longest_year(&self) -> usize {
        static LONGEST: LazyLock<usize> = LazyLock::new(|| {
            let words = words();
            let phrases = words.this_year.iter().chain(&words.next_year).chain(&words.last_year);
            phrases.map(Vec::len).max().unwrap_or(0)
        });
        *LONGEST
    }
}

/// `half a century`.
#[derive(Debug, Deserialize)]
pub(super) struct Period {
    pub(super) words: Vec<String>,
    pub(super) years: i16,
}

pub(super) fn words() -> &'static Words {
    // The file is part of the program; a test reads it.
    static WORDS: LazyLock<Words> =
        LazyLock::new(|| shipped("terms.toml", include_str!("../../../data/terms.toml")));
    &WORDS
}

/// The cues as the list has them.
pub(super) fn written() -> &'static [String] {
    &words().cues
}

/// What makes a sentence worth reading.
pub(super) fn cues() -> Option<&'static AhoCorasick> {
    static CUES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostFirst)
            // Every text is read through; the table is small.
            .kind(Some(AhoCorasickKind::DFA))
            .build(written())
            .ok()
    });
    CUES.as_ref()
}

/// The sentence around a cue, at most [`REACH`] bytes to each side and not before `from`.
pub(super) fn sentence(text: &str, cue: Range<usize>, from: usize) -> Range<usize> {
    let lowest = floor(text, cue.start.saturating_sub(REACH)).max(from);
    let highest = floor(text, cue.end.saturating_add(REACH)).max(cue.end);
    let before = &text[lowest..cue.start];
    let start = before
        .char_indices()
        .rev()
        .find(|&(at, c)| ends_sentence(before, at, c))
        .map_or(lowest, |(at, c)| lowest + at + c.len_utf8());
    let after = &text[cue.end..highest];
    let end = after
        .char_indices()
        .find(|&(at, c)| ends_sentence(after, at, c))
        .map_or(highest, |(at, _)| cue.end + at);
    start..end.max(cue.end)
}

fn ends_sentence(text: &str, at: usize, c: char) -> bool {
    let rest = &text[at + c.len_utf8()..];
    match c {
        '。' | '！' | '？' => true,
        '!' | '?' | ';' => rest.is_empty() || rest.starts_with(char::is_whitespace),
        '.' => {
            let word = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            // "U.N. Charter", "the 80. anniversary".
            let short = !word.is_empty()
                && (word.chars().count() == 1 || word.bytes().all(|b| b.is_ascii_digit()));
            let next = rest.trim_start().chars().next();
            rest.starts_with(char::is_whitespace)
                && !short
                && next.is_none_or(|next| !next.is_lowercase())
        }
        '\n' => rest.trim_start_matches([' ', '\t', '\r', '\u{a0}']).starts_with('\n'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terms_are_there() {
        let words: Result<Words, _> = toml::from_str(include_str!("../../../data/terms.toml"));
        let words = words.unwrap();
        assert!(words.cues.len() > 50 && words.units.len() > 20 && words.this_year.len() > 10);
        assert!(cues().is_some());
    }
}
