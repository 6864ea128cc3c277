//! Sources that stand where a plain clause has something else: `was told by Roe that`, `was quoted as saying`,
//! `Da antwortete ihm Roh`.

use std::ops::Range;

use super::super::lexicon::{CueClass, flag};
use super::super::mentions::{Mention, Who};
use super::super::prose::{NO_QUOTE, Prose};
use super::Verb;
use super::order::is_dative;
use super::source::{beginning_at, ending_at};

/// Before the agent of a passive.
const BY: &[&str] = &["by", "par", "por"];
/// Between `quoted` and `as saying` stand at most so many words.
const QUOTED_WITHIN: usize = 8;
/// Before a name in a passive stand at most so many nouns.
const NOUNS_WITHIN: usize = 3;
/// The auxiliary of a German passive and its agent stand at most so many words apart.
const AGENT_WITHIN: usize = 12;
/// What an office is of has at most so many words.
const OFFICE_WITHIN: usize = 6;
/// Before somebody's somebody.
const WHOSE: &[&str] = &["his", "her", "their", "its"];
/// A letter and who wrote it stand at most so many words apart.
const WRITTEN_WITHIN: usize = 8;

/// `was told by Jane Roe that …`: the agent, if the verb is passive.
pub(super) fn agent(prose: &Prose<'_>, verb: &Verb<'_>) -> Option<usize> {
    let reports = [CueClass::Listener, CueClass::That, CueClass::Speech];
    let (by, start) = (verb.tokens.end, verb.sentence.start);
    if by >= verb.sentence.end || !BY.contains(&prose.text_of(by)) {
        return None;
    }
    let mut before = verb.tokens.start;
    while before > start
        && prose.tokens[before - 1].has(flag::BETWEEN)
        && !prose.tokens[before - 1].has(flag::COPULA)
    {
        before -= 1;
    }
    let passive = before > start && prose.tokens[before - 1].has(flag::COPULA);
    // `by fire chief Jane Roe`
    let named = || {
        let index = verb.mentions.partition_point(|mention| mention.tokens.start <= by);
        let mention = verb.mentions.get(index)?;
        let no_noun =
            flag::PREPOSITION | flag::CLAUSE_START | flag::THAT | flag::CUE | flag::COPULA;
        let plain = (by + 1..mention.tokens.start).all(|at| {
            let token = &prose.tokens[at];
            token.is_word() && !token.has(no_noun) && !token.possessive() && token.quote == NO_QUOTE
        });
        let near = mention.tokens.start <= by + 1 + NOUNS_WITHIN;
        (plain && near && mention.who == Who::Named && mention.name_words(prose) > 1)
            .then_some(index)
    };
    let index = beginning_at(verb.mentions, by + 1).or_else(named)?;
    let mention = &verb.mentions[index];
    let who = mention.who != Who::Own && !mention.possessive;
    (passive && who && reports.iter().any(|class| verb.cue.is(*class))).then_some(index)
}

/// `wurde von Kanzlerin Roh informiert, dass …`: in German the agent stands before its verb.
pub(super) fn agent_before(prose: &Prose<'_>, verb: &Verb<'_>, mention: usize) -> bool {
    let start = verb.sentence.start;
    verb.cue.comma_clause
        && matches!(prose.text_of(mention - 1), "von" | "vom")
        && (start..mention - 1)
            .rev()
            .take(AGENT_WITHIN)
            .any(|at| prose.tokens[at].has(flag::COPULA))
}

/// `said the director of the museum, Jane Roe.`: the name in apposition to an office that goes on.
pub(super) fn named_in_apposition(prose: &Prose<'_>, verb: &Verb<'_>, index: usize) -> usize {
    let office = &verb.mentions[index];
    let end = office.tokens.end;
    let within = |at: &usize| {
        let token = &prose.tokens[*at];
        token.is_word() && !token.is_capital() && !token.has(flag::CUE | flag::CLAUSE_START)
    };
    let of = prose.tokens.get(end).is_some_and(|token| token.has(flag::PREPOSITION));
    // `said its president, Dr. Jane Roe.`
    let whose = WHOSE.contains(&prose.text_of(office.tokens.start.saturating_sub(1)));
    if office.who != Who::Office || !(of || whose) || end >= verb.sentence.end {
        return index;
    }
    let words = (end..verb.sentence.end.min(end + OFFICE_WITHIN)).take_while(within).count();
    name_behind(prose, verb, end + words).unwrap_or(index)
}

/// The whole name that stands between a comma at this token and the end of the clause.
fn name_behind(prose: &Prose<'_>, verb: &Verb<'_>, comma: usize) -> Option<usize> {
    prose.tokens.get(comma).filter(|token| token.is_punct(&[',']))?;
    let index = beginning_at(verb.mentions, comma + 1)?;
    let named = &verb.mentions[index];
    let behind = prose.tokens.get(named.tokens.end);
    let ends = behind.is_none_or(|token| token.paragraph || !token.is_word());
    (named.who == Who::Named && named.name_words(prose) > 1 && !named.possessive && ends)
        .then_some(index)
}

/// `said the brother of the mayor, Jane Roe`, `a confié le frère du maire, Marc Roux`: the name behind somebody's
/// somebody.
pub(super) fn relation_behind(prose: &Prose<'_>, verb: &Verb<'_>, at: usize) -> Option<usize> {
    let noun = at + usize::from(prose.tokens.get(at)?.has(flag::DETERMINER));
    prose.tokens.get(noun).filter(|token| token.has(flag::RELATION))?;
    let within = |at: &usize| {
        let token = &prose.tokens[*at];
        token.is_word() && !token.has(flag::CUE | flag::CLAUSE_START) && token.quote == NO_QUOTE
    };
    let words = (noun..verb.sentence.end.min(noun + OFFICE_WITHIN)).take_while(within).count();
    name_behind(prose, verb, noun + words)
}

/// `Jane Roe was quoted as saying`: the subject.
pub(super) fn quoted_as(prose: &Prose<'_>, verb: &Verb<'_>) -> Option<usize> {
    let start = verb.sentence.start;
    let link = verb.tokens.start.checked_sub(1).filter(|at| *at > start)?;
    if prose.text_of(link) != "as" || prose.tokens[link].quote != NO_QUOTE {
        return None;
    }
    let near = link.saturating_sub(QUOTED_WITHIN).max(start)..link;
    let quoted = near.rev().find(|at| prose.tokens[*at].has(flag::QUOTES))?;
    let mut before = quoted;
    while before > start && prose.tokens[before - 1].has(flag::BETWEEN | flag::COPULA) {
        before -= 1;
    }
    let passive = (before..quoted).any(|at| prose.tokens[at].has(flag::COPULA));
    let index = ending_at(verb.mentions, before).filter(|_| passive)?;
    (!verb.mentions[index].possessive && verb.mentions[index].who != Who::Own).then_some(index)
}

/// `Da antwortete ihm Kanzlerin Roh`, `…, sagte die Zeugin Roh`: in German the subject stands behind its verb
/// when something else opens the sentence.
pub(super) fn subject_behind(prose: &Prose<'_>, verb: &Verb<'_>, before: usize) -> Option<usize> {
    let start = verb.sentence.start;
    if !verb.cue.comma_clause || verb.tokens.start == start {
        return None;
    }
    let comma = before > start && {
        let last = &prose.tokens[before - 1];
        before == verb.tokens.start && last.is_punct(&[',']) && last.quote == NO_QUOTE
    };
    // `Roh, der Minister, sagte …`: the subject stands before an aside.
    let aside = || {
        let first = verb.mentions.first().filter(|first| first.tokens.start == start);
        first.is_some_and(|first| prose.tokens[first.tokens.end].is_punct(&[',']))
    };
    if before != start && (!comma || aside()) {
        return None;
    }
    let at = behind_pronoun(prose, verb, verb.tokens.end);
    let index = beginning_at(verb.mentions, at).or_else(|| {
        let article = prose.tokens.get(at)?.has(flag::DEFINITE);
        article.then(|| beginning_at(verb.mentions, at + 1)).flatten()
    })?;
    let mention = &verb.mentions[index];
    (mention.who == Who::Named && !mention.possessive && !is_dative(prose, mention))
        .then_some(index)
}

/// `Dann sagte Roh`: whether nothing but adverbs stands before the verb of this source.
pub(super) fn is_second(prose: &Prose<'_>, verb: &Verb<'_>, source: &Range<usize>) -> bool {
    let start = verb.sentence.start;
    verb.cue.comma_clause
        && source.start > verb.tokens.start
        && start < verb.tokens.start
        && (start..verb.tokens.start).all(|at| prose.tokens[at].has(flag::BETWEEN))
}

/// Behind `ihm` in `antwortete ihm Roh`.
pub(super) fn behind_pronoun(prose: &Prose<'_>, verb: &Verb<'_>, at: usize) -> usize {
    let told = prose.tokens.get(at).is_some_and(|token| token.has(flag::HIS | flag::HERS));
    let somebody = beginning_at(verb.mentions, at).is_none();
    if told && somebody && beginning_at(verb.mentions, at + 1).is_some() { at + 1 } else { at }
}

/// `read out a letter from his client, Jane Roe: “…”`: who wrote what stands behind the colon; `None` in it when
/// the text does not name them.
pub(super) fn writer(
    prose: &Prose<'_>,
    start: usize,
    colon: usize,
    mentions: &[Mention],
) -> Option<Option<usize>> {
    let from = ["from", "by", "von", "de", "du", "del", "d'", "d’"];
    let near = start.max(colon.saturating_sub(WRITTEN_WITHIN + 4))..colon;
    let letter = near.rev().find(|at| {
        let token = &prose.tokens[*at];
        token.has(flag::WRITING) && token.quote == NO_QUOTE && from.contains(&prose.text_of(at + 1))
    })?;
    let index = ending_at(mentions, colon).filter(|index| {
        let mention = &mentions[*index];
        mention.who == Who::Named
            && mention.tokens.start > letter + 1
            && mention.tokens.start <= letter + WRITTEN_WITHIN
    });
    Some(index)
}

/// `according to his deputy, Jane Roe, …`: the name in apposition to somebody's somebody.
pub(super) fn whose_name(prose: &Prose<'_>, mentions: &[Mention], start: usize) -> Option<usize> {
    const WORDS: usize = 5;
    if !WHOSE.contains(&prose.text_of(start)) {
        return None;
    }
    let comma = |at: usize| prose.tokens.get(at).is_some_and(|token| token.is_punct(&[',']));
    let end = (start..prose.tokens.len().min(start + WORDS)).find(|at| comma(*at))?;
    let index = beginning_at(mentions, end + 1)?;
    let named = &mentions[index];
    let name_end = named.name.as_ref().map_or(named.tokens.end, |name| name.end);
    let is_name = named.who == Who::Named && named.name_words(prose) > 1;
    (is_name && comma(name_end)).then_some(index)
}
