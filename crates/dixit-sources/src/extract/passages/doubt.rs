//! Words that nobody is shown to have said: supposed, rumoured, made up, denied, or quoted from somebody else.
//!
//! Only the clause of the verb and what governs it is looked at, a few words each way.

use std::ops::Range;

use super::super::lexicon::flag;
use super::super::prose::{Kind, NO_QUOTE, Prose};
use super::Verb;

/// What governs a clause is looked for in so many words before it.
const GOVERNED_WITHIN: usize = 12;
/// A word for something made up stands in the same sentence, at most so many words before.
const MADE_UP_WITHIN: usize = 30;
/// Whose words are quoted is told at most so many words behind the verb.
const QUOTED_WITHIN: usize = 8;

/// Whether a text vouches for what it attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// As a fact.
    Told,
    /// It says that somebody else says so, or the source denies it.
    Hearsay,
    /// It does not say that these words were said.
    Not,
}

/// Whether a text vouches for what a verb and its source attribute.
pub(super) fn standing(prose: &Prose<'_>, verb: &Verb<'_>, source: &Range<usize>) -> Standing {
    let start = verb.sentence.start;
    let first = source.start.min(verb.tokens.start);
    let governed = governed(prose, start, first);
    if governed == Standing::Not || made_up(prose, start, first) {
        return Standing::Not;
    }
    let before = first.saturating_sub(2).max(start)..first;
    let within = source.end.min(verb.tokens.start.saturating_sub(1)).max(start)..verb.tokens.start;
    let cue = prose.tokens[verb.tokens.start].flags;
    let hedged = before.chain(within.clone()).any(|at| narrates(prose, at, flag::HEDGES));
    let quotes =
        cue & flag::QUOTES != 0 || within.into_iter().any(|at| narrates(prose, at, flag::QUOTES));
    // `Según rumores, la ministra dijo`
    let rumoured = prose.tokens[start].has(flag::ACCORDING)
        && (start..first.min(start + GOVERNED_WITHIN)).any(|at| narrates(prose, at, flag::DOUBTS));
    let told = governed == Standing::Hearsay || rumoured;
    if told || hedged || quotes || cue & flag::DENIES != 0 || quotes_behind(prose, verb) {
        return Standing::Hearsay;
    }
    Standing::Told
}

/// Whether any of the words before a colon makes the quotation behind it doubtful.
pub(super) fn before_colon(prose: &Prose<'_>, mut words: Range<usize>) -> bool {
    let any =
        flag::QUOTES | flag::DENIES | flag::NEGATION | flag::HEDGES | flag::FAKES | flag::DOUBTS;
    words.any(|at| narrates(prose, at, any))
}

fn narrates(prose: &Prose<'_>, at: usize, bits: u64) -> bool {
    let token = &prose.tokens[at];
    token.quote == NO_QUOTE && token.has(bits)
}

/// `If Roe says`, `rumours that Roe said`, `it is not true that Roe said`; `it is reported that Roe said`.
fn governed(prose: &Prose<'_>, start: usize, first: usize) -> Standing {
    let Some(last) = first.checked_sub(1).filter(|last| *last >= start) else {
        return Standing::Told;
    };
    if narrates(prose, last, flag::SUPPOSES | flag::DOUBTS) {
        return Standing::Not;
    }
    if !narrates(prose, last, flag::THAT) {
        return Standing::Told;
    }
    let words = (start..last).rev().take(GOVERNED_WITHIN).take_while(|at| {
        !prose.tokens[*at].is_punct(&[';', ':']) && prose.tokens[*at].quote == NO_QUOTE
    });
    let flags = words.fold(0, |flags, at| flags | prose.tokens[at].flags);
    match () {
        () if flags & (flag::DOUBTS | flag::DENIES | flag::NEGATION | flag::FAKES) != 0 => {
            Standing::Not
        }
        () if flags & flag::HEDGES != 0 => Standing::Hearsay,
        () => Standing::Told,
    }
}

/// `In a fabricated clip, Roe says`, `a fake video in which Roe says`.
fn made_up(prose: &Prose<'_>, start: usize, first: usize) -> bool {
    let scope = start.max(first.saturating_sub(MADE_UP_WITHIN))..first;
    let Some(fake) = scope.clone().find(|at| narrates(prose, *at, flag::FAKES)) else {
        return false;
    };
    let shown = |at: usize| ["which", "where", "showing", "that"].contains(&prose.text_of(at));
    prose.tokens[start].has(flag::PREPOSITION) || (fake..first).any(shown)
}

/// `said, quoting Doe, “…”`, `repeated the words of Doe: “…”`
fn quotes_behind(prose: &Prose<'_>, verb: &Verb<'_>) -> bool {
    let behind = verb.tokens.end..verb.sentence.end.min(verb.tokens.end + QUOTED_WITHIN);
    let mut behind = behind.take_while(|at| prose.tokens[*at].kind != Kind::Open);
    behind.any(|at| {
        let quotes = narrates(prose, at, flag::QUOTES) && prose.tokens[at - 1].is_punct(&[',']);
        let said = ["words", "motto", "dictum", "saying"].contains(&prose.text_of(at));
        quotes || said && prose.text_of(at + 1) == "of"
    })
}
