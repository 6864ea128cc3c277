//! Words that nobody is shown to have said: supposed, rumoured, made up, denied, or quoted from somebody else.
//!
//! Only the clause of the verb and what governs it is looked at, a few words each way.

use std::ops::Range;

use super::super::lexicon::flag;
use super::super::mentions::Who;
use super::super::prose::{Kind, NO_QUOTE, Prose, Token};
use super::agent::agent;
use super::source::beginning_at;
use super::{Verb, according_at};

/// What governs a clause is looked for in so many words before it.
const GOVERNED_WITHIN: usize = 12;
/// A word for something made up stands in the same sentence, at most so many words away.
const MADE_UP_WITHIN: usize = 30;
/// Whose words are quoted is told at most so many words behind the verb.
const QUOTED_WITHIN: usize = 8;

/// What a preposition places in something made up has at most so many words.
const PLACED_WITHIN: usize = 4;

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
    let behind = source.end.max(verb.tokens.end);
    let fiction = made_up(prose, verb, first) || made_up_behind(prose, verb, behind);
    if governed == Standing::Not || fiction {
        return Standing::Not;
    }
    let before = first.saturating_sub(2).max(start)..first;
    let within = source.end.min(verb.tokens.start.saturating_sub(1)).max(start)..verb.tokens.start;
    let cue = prose.tokens[verb.tokens.start].flags;
    let hedged = before.chain(within.clone()).any(|at| narrates(prose, at, flag::HEDGES));
    // `Roe, quoting Doe, said`; `Roe, according to Doe, said`; `Roe, in the words of Doe, said`
    let retells = within.into_iter().any(|at| {
        narrates(prose, at, flag::QUOTES)
            || according_at(prose, at).is_some()
            || names_words(prose, at)
    });
    let quotes = cue & flag::QUOTES != 0 || retells || opens_quoting(prose, verb, first);
    // `Según rumores, la ministra dijo`
    let rumoured = rumoured(prose, start..first);
    let second_hand = told_by_another(prose, first, behind) || staged(prose, verb, first, behind);
    // `“…”, recordó Roe que decía Doe`
    let told_on = verb.tokens.end <= source.start
        && prose.tokens.get(behind).is_some_and(|token| token.has(flag::THAT))
        && agent(prose, verb).is_none();
    let rumoured = rumoured || second_hand || told_on;
    let told = governed == Standing::Hearsay || rumoured || rumoured_behind(prose, verb);
    if told || hedged || quotes || cue & flag::DENIES != 0 || quotes_behind(prose, verb) {
        return Standing::Hearsay;
    }
    Standing::Told
}

/// `recalled the words of her predecessor, Carmen Vidal: “…”`: what stands from a token behind the verb on, up to
/// the quotation that holds a byte, says that its words are another's.
pub(super) fn are_of_another(
    prose: &Prose<'_>,
    verb: &Verb<'_>,
    behind_verb: usize,
    said: usize,
) -> bool {
    let is_open = |at: &usize| prose.tokens[*at].kind == Kind::Open;
    let mut before =
        (behind_verb..verb.sentence.end).take_while(|at| prose.tokens[*at].end <= said);
    let Some(open) = before.find(is_open) else { return false };
    let words = behind_verb..open;
    const OF: &[&str] = &["of", "by", "from", "de", "del", "du", "d'", "d’", "von", "vom", "des"];
    // `said of Jane Roe` and `sagte von ihr` speak of somebody.
    let mut behind = words.start + 1..words.end;
    let of = behind.find(|at| {
        prose.tokens[*at].quote == NO_QUOTE
            && OF.iter().any(|of| prose.text_of(*at).eq_ignore_ascii_case(of))
    });
    let first = verb.mentions.partition_point(|mention| mention.tokens.start < words.start);
    let mut within = verb.mentions[first..].iter().take_while(|m| m.tokens.start < words.end);
    within.any(|mention| {
        let after = of.is_some_and(|of| of < mention.tokens.end);
        mention.who == Who::Named && (mention.possessive || after)
    })
}

/// Whether any of the words before a colon makes the quotation behind it doubtful.
pub(super) fn before_colon(prose: &Prose<'_>, mut words: Range<usize>) -> bool {
    let any =
        flag::QUOTES | flag::DENIES | flag::NEGATION | flag::HEDGES | flag::FAKES | flag::DOUBTS;
    let start = words.start;
    words.any(|at| narrates(prose, at, any) || is_placed(prose, at, start))
}

/// `As Roe said, according to Doe, “…”`: the words may be either's.
fn told_by_another(prose: &Prose<'_>, first: usize, behind: usize) -> bool {
    let like = first.checked_sub(1).map(|at| prose.text_of(at).to_lowercase());
    let like = like.is_some_and(|word| ["as", "comme", "como", "wie"].contains(&word.as_str()));
    let comma = prose.tokens.get(behind).is_some_and(|token| token.is_punct(&[',']));
    if !like || !comma {
        return false;
    }
    let Some(phrase) = according_at(prose, behind + 1) else { return false };
    let somebody = behind + 1 + phrase.len();
    let capital = |at: usize| prose.tokens.get(at).is_some_and(Token::is_capital);
    let article = prose.tokens.get(somebody).is_some_and(|token| token.has(flag::DETERMINER));
    capital(somebody) || article && capital(somebody + 1)
}

/// `In the film, Roe says`, `Roe says in episode two`: an actor's words, or those of somebody made up.
fn staged(prose: &Prose<'_>, verb: &Verb<'_>, first: usize, behind: usize) -> bool {
    let start = verb.sentence.start;
    let before = start.max(first.saturating_sub(MADE_UP_WITHIN))..first;
    let opens = |at: usize| {
        let next = at + 1;
        next == first
            || prose.tokens[next].is_punct(&[','])
            || prose.tokens[next].kind == Kind::Open
            || verb.cue.english && prose.tokens[next].is_capital()
    };
    let near = behind..verb.sentence.end.min(behind + 1 + PLACED_WITHIN);
    before.into_iter().any(|at| is_placed(prose, at, start) && opens(at))
        || near.into_iter().any(|at| is_placed(prose, at, behind))
}

/// `in the film`, not `in a series of talks`.
fn is_placed(prose: &Prose<'_>, at: usize, start: usize) -> bool {
    const PLACES: &[&str] = &["in", "im", "dans", "en", "In", "Im", "Dans", "En"];
    let of = || ["of", "de", "von", "der"].contains(&prose.text_of(at + 1));
    let near = || start.max(at.saturating_sub(2))..at;
    // `is in play` places nothing.
    let one = || {
        let article = |at: usize| prose.tokens[at].has(flag::DETERMINER);
        near().any(|before| article(before) || ["im", "Im"].contains(&prose.text_of(before)))
            || ["episode", "Folge"].contains(&prose.text_of(at))
    };
    narrates(prose, at, flag::STAGED)
        && !of()
        && near().any(|before| PLACES.contains(&prose.text_of(before)))
        && one()
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

/// `In a fabricated clip, Roe says`, `a fake video in which Roe says`, `According to a parody account, Roe said`.
fn made_up(prose: &Prose<'_>, verb: &Verb<'_>, first: usize) -> bool {
    let start = verb.sentence.start;
    let scope = start.max(first.saturating_sub(MADE_UP_WITHIN))..first;
    let Some(fake) = scope.clone().find(|at| is_fake(prose, *at, start, verb.cue.english)) else {
        return false;
    };
    let shown = |at: usize| ["which", "where", "showing", "that"].contains(&prose.text_of(at));
    // In English `when` and `this` are adverbials, too, and place nothing in a novel.
    let places = if verb.cue.english { 0 } else { flag::ADVERBIAL };
    prose.tokens[start].has(flag::PREPOSITION | places)
        || according_at(prose, start).is_some()
        || (fake..first).any(shown)
}

/// `Roe says in the novel`, `Roe said in a parody video`
fn made_up_behind(prose: &Prose<'_>, verb: &Verb<'_>, behind: usize) -> bool {
    let places = ["in", "dans", "en", "im"].contains(&prose.text_of(behind));
    let near = behind + 1..verb.sentence.end.min(behind + 1 + PLACED_WITHIN);
    let noun = |at: &usize| {
        let token = &prose.tokens[*at];
        token.is_word()
            && (!token.has(flag::PREPOSITION | flag::THAT) || token.has(flag::DETERMINER))
    };
    let mut near = near.take_while(noun);
    places && near.any(|at| is_fake(prose, at, behind, verb.cue.english))
}

/// A word for something made up. In English one with a capital is part of a name: `the Dream Act`.
fn is_fake(prose: &Prose<'_>, at: usize, start: usize, english: bool) -> bool {
    let named = english && at > start && prose.tokens[at].is_capital();
    // `On April Fools’ Day`
    let april = || prose.text_of(at - 1) == "April";
    narrates(prose, at, flag::FAKES) && (!named || april())
}

/// `According to rumours, Roe said`
fn rumoured(prose: &Prose<'_>, words: Range<usize>) -> bool {
    let near = words.start..words.end.min(words.start + GOVERNED_WITHIN);
    according_at(prose, near.start).is_some()
        && near.into_iter().any(|at| narrates(prose, at, flag::DOUBTS))
}

/// `Roe said so, according to a parody account`
fn rumoured_behind(prose: &Prose<'_>, verb: &Verb<'_>) -> bool {
    let mut behind = verb.tokens.end..verb.sentence.end.min(verb.tokens.end + MADE_UP_WITHIN);
    let Some(at) = behind.find(|at| according_at(prose, *at).is_some()) else { return false };
    let near = at..verb.sentence.end.min(at + QUOTED_WITHIN);
    let mut near = near.take_while(|at| prose.tokens[*at].is_word());
    near.any(|at| narrates(prose, at, flag::FAKES | flag::DOUBTS))
}

/// `Quoting Lincoln, Roe said`; `Citing costs, Roe said` brings nobody's words.
fn opens_quoting(prose: &Prose<'_>, verb: &Verb<'_>, first: usize) -> bool {
    let start = verb.sentence.start;
    let somebody = || {
        let index = beginning_at(verb.mentions, start + 1);
        index.is_some_and(|index| verb.mentions[index].who == Who::Named)
    };
    start < first
        && narrates(prose, start, flag::QUOTES)
        && (prose.text_of(start) != "Citing" || somebody())
}

/// `said, quoting Doe, “…”`, `repeated the words of Doe: “…”`, `posted a line from Doe: “…”`
fn quotes_behind(prose: &Prose<'_>, verb: &Verb<'_>) -> bool {
    let behind = verb.tokens.end..verb.sentence.end.min(verb.tokens.end + QUOTED_WITHIN);
    let mut behind = behind.take_while(|at| prose.tokens[*at].kind != Kind::Open);
    behind.any(|at| {
        let quotes = narrates(prose, at, flag::QUOTES) && prose.tokens[at - 1].is_punct(&[',']);
        quotes || names_words(prose, at)
    })
}

/// `the words of Doe`, `a line from Doe`
fn names_words(prose: &Prose<'_>, at: usize) -> bool {
    let words = ["words", "motto", "dictum", "saying", "quote", "quotation", "line", "verse"];
    let next = prose.text_of(at + 1);
    let letter = narrates(prose, at, flag::WRITING) && ["from", "by"].contains(&next);
    letter || words.contains(&prose.text_of(at)) && ["of", "from", "by"].contains(&next)
}
