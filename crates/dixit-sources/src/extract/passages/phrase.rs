//! Sources that are noun phrases: all that stands between a quotation and its verb, behind it, or before it.

use std::ops::Range;

use super::super::lexicon::{CueClass, flag};
use super::super::mentions::Who;
use super::super::prose::{Kind, NO_QUOTE, Prose};
use super::Verb;
use super::source::{Source, beginning_at, ending_at};

/// Between a quotation and the verb that attributes it stand at most so many words.
const BETWEEN_QUOTE_AND_VERB: usize = 24;
/// What opens a sentence with a name in apposition has at most so many words.
const APPOSED_WITHIN: usize = 8;

/// `“…,” Norbank portfolio manager Jane Roe said`: all that stands between quotation and verb.
pub(super) fn between(prose: &Prose<'_>, verb: &Verb<'_>) -> Option<Source> {
    if !verb.cue.english {
        return None;
    }
    let start = verb.sentence.start;
    let mut end = verb.tokens.start;
    while end > start && prose.tokens[end - 1].has(flag::BETWEEN) {
        end -= 1;
    }
    let mut first = end;
    while first > start && end - first < BETWEEN_QUOTE_AND_VERB {
        let token = &prose.tokens[first - 1];
        if token.kind == Kind::Close {
            break;
        }
        let may = token.is_word()
            || token.kind == Kind::Number
            || token.is_punct(&[',', '(', ')', '.', '-', '$', '&', '/']);
        if !may || token.quote != NO_QUOTE || token.has(flag::SELF) {
            return None;
        }
        first -= 1;
    }
    let close =
        prose.tokens.get(first.checked_sub(1)?).filter(|token| token.kind == Kind::Close)?;
    let quote = prose.quotes.get(close.quote as usize).filter(|quote| quote.valid)?;
    let said = prose.text[quote.content.clone()].trim_end();
    let no_subject =
        flag::CLAUSE_START | flag::PREPOSITION | flag::ADVERBIAL | flag::CUE | flag::MODAL;
    let opens = prose.tokens.get(first).filter(|_| first < end)?;
    let stands = opens.is_word()
        && (!opens.has(no_subject) || opens.has(flag::DETERMINER) || opens.is_capital());
    let not_said = flag::NEGATION | flag::COPULA | flag::MODAL;
    if !stands
        || !said.ends_with([',', '!', '?', '…', '—', '–'])
        || (first..end).any(|at| prose.tokens[at].has(not_said) && !prose.tokens[at].is_capital())
    {
        return None;
    }
    let apposed = ending_at(verb.mentions, end).filter(|index| {
        let mention = &verb.mentions[*index];
        let plain = (first..mention.tokens.start).all(|at| {
            prose.tokens[at].is_word()
                && !prose.tokens[at].possessive()
                && !prose.tokens[at].has(flag::PREPOSITION | flag::CLAUSE_START)
        });
        mention.who == Who::Named && mention.name_words(prose) > 1 && plain && !mention.possessive
    });
    if let Some(index) = apposed {
        return Some(Source::Mention(index));
    }
    let leads = beginning_at(verb.mentions, first).filter(|index| {
        let mention = &verb.mentions[*index];
        let comma = prose.tokens[mention.tokens.end].is_punct(&[',']);
        mention.who == Who::Named && comma && !mention.possessive
    });
    Some(leads.map_or(Source::Words(first..end), Source::Mention))
}

/// `“…,” said a Norport shopkeeper`: the noun phrase behind the verb.
pub(super) fn phrase_after(prose: &Prose<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    let first = prose.tokens.get(start).filter(|_| start < end)?;
    let no_noun = flag::PREPOSITION
        | flag::ADVERBIAL
        | flag::CLAUSE_START
        | flag::COPULA
        | flag::MODAL
        | flag::LISTENER;
    let noun = first.is_word()
        && !first.has(no_noun | flag::BETWEEN)
        && !prose.text_of(start).ends_with("ly");
    if !noun && !first.is_capital() && !first.has(flag::DETERMINER) || first.has(flag::THAT) {
        return None;
    }
    let stops = |at: &usize| {
        let token = &prose.tokens[*at];
        !token.is_word()
            || token.has(flag::CLAUSE_START)
            || token.has(flag::ADVERBIAL) && prose.text_of(*at) != "of"
    };
    let stop = (start + 1..end.min(start + 16)).find(stops).unwrap_or(end.min(start + 16));
    (!first.has(flag::DETERMINER) || stop > start + 1).then_some(start..stop)
}

pub(super) fn noun_phrase_start(prose: &Prose<'_>, from: usize, at: usize) -> usize {
    let mut start = at;
    while start > from && at - start < 6 && prose.tokens[start - 1].is_word() {
        start -= 1;
        if prose.tokens[start].has(flag::DETERMINER) {
            break;
        }
    }
    start
}

/// A noun phrase that is no mention: `The report said`. It begins the clause with a small word.
pub(super) fn words_before(prose: &Prose<'_>, verb: &Verb<'_>, end: usize) -> Option<Range<usize>> {
    let trusted = verb.cue.is(CueClass::Speech) || verb.cue.is(CueClass::That);
    if !trusted || !verb.cue.english {
        return None;
    }
    let mut start = end;
    while start > verb.sentence.start && end - start < 7 {
        let token = &prose.tokens[start - 1];
        if !token.is_word() || token.quote != NO_QUOTE || token.has(flag::SELF) {
            break;
        }
        start -= 1;
        if token.has(flag::DETERMINER) {
            let first = start == verb.sentence.start
                || !prose.tokens[start - 1].is_word()
                || prose.tokens[start - 1].has(flag::CLAUSE_START);
            let whole = !prose.tokens[end - 1].has(flag::PREPOSITION);
            return (first && whole && end - start > 1).then_some(start..end);
        }
    }
    None
}

/// The source behind `according to` when it is no mention: up to the comma or the end.
///
/// A language that sets no comma there sets the verb: `laut der Behörde wurden …`.
pub(super) fn words_after(
    prose: &Prose<'_>,
    start: usize,
    end: usize,
    until_verb: bool,
) -> Option<Range<usize>> {
    let first = prose.tokens.get(start).filter(|_| start < end)?;
    if !first.is_capital() && !first.has(flag::DETERMINER) {
        return None;
    }
    let stop = (start..end.min(start + 14)).find(|at| {
        let token = &prose.tokens[*at];
        !token.is_word() || until_verb && token.has(flag::COPULA | flag::MODAL)
    });
    stop.filter(|stop| *stop > start).map(|stop| start..stop)
}

/// Whether a name stands in apposition to what opens its sentence: `Roe's lawyer, Jane Doe, …`.
pub(super) fn apposed_to_subject(prose: &Prose<'_>, start: usize) -> bool {
    let comma = start.checked_sub(1).filter(|at| prose.tokens[*at].is_punct(&[',']));
    let Some(comma) = comma else { return false };
    let sentence = prose.tokens[start].sentence;
    let plain = |at: &usize| {
        let token = &prose.tokens[*at];
        let ends = flag::CUE | flag::CLAUSE_START | flag::THAT;
        token.sentence == sentence && token.is_word() && token.quote == NO_QUOTE && !token.has(ends)
    };
    let near = comma.saturating_sub(APPOSED_WITHIN)..comma;
    let words = near.rev().take_while(plain).count();
    let first = comma - words;
    let opens = first == 0 || prose.tokens[first - 1].sentence != sentence;
    // `Le prédécesseur de Roe, Jane Doe, …`
    let relation = || (first..comma).any(|at| prose.tokens[at].has(flag::RELATION));
    let noun = words > 1 && (!prose.tokens[comma - 1].is_capital() || relation());
    let whose = prose.tokens[first].has(flag::DETERMINER)
        || (first..comma).any(|at| prose.tokens[at].possessive());
    opens && noun && whose
}

/// Whether the words behind a name make it say whose somebody is: `Roe ally`, `Roe adviser Jane Doe`.
pub(super) fn goes_on_as_noun(prose: &Prose<'_>, at: usize, end: usize) -> bool {
    let no_noun = flag::PREPOSITION
        | flag::ADVERBIAL
        | flag::CLAUSE_START
        | flag::BETWEEN
        | flag::LISTENER
        | flag::COPULA
        | flag::MODAL
        | flag::THEY
        | flag::DETERMINER;
    prose.tokens.get(at).filter(|_| at < end).is_some_and(|token| {
        let word = prose.text_of(at);
        token.is_word()
            && !token.is_capital()
            && !token.paragraph
            && !token.has(no_noun)
            && (!word.ends_with("ly") || matches!(word, "ally" | "family"))
            && !word.ends_with("ing")
    })
}

/// `Harbour master Jane Roe said`: nothing but nouns, as far as that can be told, from the beginning of the
/// clause to the name.
pub(super) fn opens_with_nouns(prose: &Prose<'_>, start: usize, name: usize) -> bool {
    const NOUNS: usize = 3;
    let plain = |at: &usize| {
        let token = &prose.tokens[*at];
        let word = prose.text_of(*at);
        let noun = token.word.is_none_or(|known| {
            known.flags
                & !(flag::ROLE_MODIFIER | flag::DOMAIN | flag::ROLE | flag::THING | flag::BODY)
                == 0
        });
        token.is_word()
            && token.quote == NO_QUOTE
            && noun
            && (!token.is_capital() || *at == start)
            && !word.ends_with("ing")
            && !word.ends_with("ed")
            && !word.ends_with("ly")
    };
    let near = name.saturating_sub(NOUNS + 1).max(start)..name;
    let nouns = near.rev().take_while(plain).count();
    let first = name - nouns;
    (1..=NOUNS).contains(&nouns)
        && (first == start
            || prose.tokens[first - 1].is_punct(&[','])
                && prose.tokens[first - 1].quote == NO_QUOTE)
}
