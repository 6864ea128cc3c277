//! The source of an attribution: the subject of the reporting verb.

use std::ops::Range;

use super::super::lexicon::{CueClass, flag};
use super::super::mentions::{Mention, Who};
use super::super::prose::{Kind, NO_QUOTE, Prose};
use super::agent::{
    agent, agent_before, behind_pronoun, named_in_apposition, relation_behind, subject_behind,
};
use super::order::{is_dative, verb_second};
use super::phrase::{
    apposed_to_subject, between, goes_on_as_noun, noun_phrase_start, opens_with_nouns,
    phrase_after, words_before,
};
use super::{Verb, cue_at};

/// What stands between a subject and its verb has at most so many words and marks.
const ASIDE_WITHIN: usize = 40;

/// Where the source of a verb is found.
#[derive(Debug, Clone)]
pub(super) enum Source {
    /// A mention, by its index in the sentence.
    Mention(usize),
    /// Words that are no mention, or more than one: `her lawyer`, `Roe and Doe`.
    Words(Range<usize>),
    /// The source of the attribution before.
    Same,
    /// The first person: the narrator's own words.
    Own,
}

/// The mention that ends right before a token.
pub(super) fn ending_at(mentions: &[Mention], end: usize) -> Option<usize> {
    mentions.binary_search_by_key(&end, |mention| mention.tokens.end).ok()
}

/// The mention that begins at a token.
pub(super) fn beginning_at(mentions: &[Mention], start: usize) -> Option<usize> {
    mentions.binary_search_by_key(&start, |mention| mention.tokens.start).ok()
}

/// The source of a verb; `None` when it has none, or does not attribute at all.
pub(super) fn find(prose: &Prose<'_>, verb: &Verb<'_>) -> Option<Source> {
    if let Some(index) = agent(prose, verb) {
        return Some(Source::Mention(index));
    }
    let found = beside(prose, verb);
    // What stands next to the verb may be the end of a longer phrase: `federal prosecutors wrote`.
    match (&found, between(prose, verb)) {
        (Some(Source::Own | Source::Same), _) | (_, None) => found,
        (Some(Source::Mention(index)), Some(Source::Words(words)))
            if verb.mentions[*index].tokens.start <= words.start =>
        {
            found
        }
        (Some(Source::Mention(_)), Some(Source::Mention(_))) => found,
        (_, longer) => longer,
    }
}

/// `Roe went after the minister, calling him “a relic”`: the subject of the clause before.
pub(super) fn of_clause(prose: &Prose<'_>, verb: &Verb<'_>) -> Option<Source> {
    let at = verb.tokens.start;
    if !verb.cue.english || at <= verb.sentence.start {
        return None;
    }
    let before = &prose.tokens[at - 1];
    if !before.is_punct(&[',']) && before.kind != Kind::Close {
        return None;
    }
    clause_subject(prose, &verb.sentence, verb.mentions, at)
}

/// The subject of the one clause before a token, when it is the first whom the sentence mentions.
pub(super) fn clause_subject(
    prose: &Prose<'_>,
    sentence: &Range<usize>,
    mentions: &[Mention],
    at: usize,
) -> Option<Source> {
    let subject = mentions.first().filter(|mention| mention.tokens.end < at)?;
    let start = subject.tokens.start;
    let first = start == sentence.start || prose.tokens[start - 1].is_punct(&[',']);
    let mut next = subject.tokens.end;
    while next < at && prose.tokens[next].has(flag::BETWEEN) {
        next += 1;
    }
    let no_verb = flag::PREPOSITION | flag::CLAUSE_START | flag::DETERMINER | flag::COPULA;
    let acts = prose.tokens[next].is_word()
        && !prose.tokens[next].is_capital()
        && !prose.tokens[next].has(no_verb);
    // `went after the mayor` begins no clause.
    let rival = (next..at).any(|at| {
        prose.tokens[at].has(flag::CLAUSE_START | flag::THAT)
            && prose.tokens[at].quote == NO_QUOTE
            && !matches!(prose.text_of(at), "after" | "before" | "since" | "until")
    });
    if !first || !acts || rival || subject.possessive || is_dative(prose, subject) {
        return None;
    }
    (subject.who != Who::Own).then_some(Source::Mention(0))
}

fn beside(prose: &Prose<'_>, verb: &Verb<'_>) -> Option<Source> {
    let start = verb.sentence.start;
    let mut before = verb.tokens.start;
    let mut relative = false;
    // Adverbs and auxiliaries between subject and verb: `Roe has also said`, `Roe on Monday said`.
    while before > start {
        let token = &prose.tokens[before - 1];
        if token.quote != NO_QUOTE || !token.is_word() {
            break;
        }
        if token.has(flag::NEGATION | flag::COPULA)
            || token.has(flag::MODAL) && !token.has(flag::BETWEEN) && !token.is_capital()
        {
            return None;
        }
        let adverb =
            verb.cue.english && !token.is_capital() && prose.text_of(before - 1).ends_with("ly");
        if token.has(flag::BETWEEN)
            || adverb && !token.has(flag::BODY | flag::THING | flag::PERSON)
            || prose.text_of(before - 1) == "on" && before < verb.tokens.start
        {
            before -= 1;
        } else if prose.text_of(before - 1).eq_ignore_ascii_case("who") && !relative {
            relative = true;
            before -= 1;
            if before > start && prose.tokens[before - 1].is_punct(&[',']) {
                before -= 1;
            }
        } else {
            break;
        }
    }
    if let Some(index) = subject_behind(prose, verb, before) {
        return Some(Source::Mention(index));
    }
    if before > start {
        let last = &prose.tokens[before - 1];
        if let Some(index) = ending_at(verb.mentions, before) {
            return match verb_second(prose, verb, index) {
                true => beginning_at(verb.mentions, verb.tokens.end).map(Source::Mention),
                false => subject(prose, verb, index),
            };
        }
        if last.is_punct(&[',']) && last.quote == NO_QUOTE {
            if let Some(index) = ending_at(verb.mentions, before - 1)
                && (verb.mentions[index].apposed || is_named_behind(prose, &verb.mentions[index]))
            {
                return subject(prose, verb, index);
            }
            if before == verb.tokens.start
                && let Some(index) = after_aside(prose, verb, before - 1)
            {
                return Some(Source::Mention(index));
            }
            if before == verb.tokens.start
                && let Some(source) = behind_relative(prose, verb, before - 1)
            {
                return Some(source);
            }
        }
        if last.has(flag::CLAUSE_START)
            && matches!(prose.text_of(before - 1), "and" | "but" | "und" | "et" | "y")
        {
            return Some(Source::Same);
        }
        if last.is_word() && !relative && last.quote == NO_QUOTE {
            return words_before(prose, verb, before).map(Source::Words);
        }
    }
    inverted(prose, verb, before)
}

/// `Roe's lawyer, Jane Doe, said`
fn is_named_behind(prose: &Prose<'_>, mention: &Mention) -> bool {
    mention.who == Who::Named
        && mention.name_words(prose) > 1
        && apposed_to_subject(prose, mention.tokens.start)
}

/// `“…,” said Jane Roe`; `The plan is dead, said Jane Roe.`
fn inverted(prose: &Prose<'_>, verb: &Verb<'_>, at: usize) -> Option<Source> {
    let mut at = at;
    // Marks of Markdown: `“…,” **said Jane Roe**`.
    while at > verb.sentence.start && prose.tokens[at - 1].is_punct(&['*', '_']) {
        at -= 1;
    }
    let opens = at > 0
        && (prose.tokens[at - 1].kind == Kind::Close
            || prose.tokens[at - 1].is_punct(&[',', '—', '–', '，']));
    if !opens || !verb.cue.is(CueClass::Speech) && !verb.cue.is(CueClass::That) {
        return None;
    }
    let mut after = verb.tokens.end;
    // `explique-t-elle`
    if !verb.cue.english && after < verb.sentence.end && prose.tokens[after].is_punct(&['-', '‑'])
    {
        after += 1;
    }
    if after < verb.sentence.end
        && !(verb.cue.english && prose.tokens[after].has(flag::DETERMINER))
        && prose.tokens[after].has(flag::BETWEEN)
        && !prose.tokens[after].is_capital()
    {
        after += 1;
    }
    // `antwortete ihm Kanzlerin Roh`
    if !verb.cue.english {
        after = behind_pronoun(prose, verb, after);
    }
    if let Some(index) = relation_behind(prose, verb, after) {
        return Some(Source::Mention(index));
    }
    let Some(index) = beginning_at(verb.mentions, after) else {
        let quoted = prose.tokens[at - 1].kind == Kind::Close && verb.cue.english;
        let words = quoted.then(|| phrase_after(prose, after, verb.sentence.end)).flatten()?;
        // `said undecided voter Jane Roe`
        let named = verb.mentions.iter().position(|mention| {
            mention.tokens.start > words.start
                && mention.tokens.start < words.end
                && mention.who == Who::Named
                && mention.name_words(prose) > 1
                && !mention.possessive
                && (words.start..mention.tokens.start).all(|at| {
                    !prose.tokens[at].possessive() && !prose.tokens[at].has(flag::PREPOSITION)
                })
        });
        return Some(named.map_or(Source::Words(words), Source::Mention));
    };
    let index = named_in_apposition(prose, verb, index);
    let mention = &verb.mentions[index];
    match mention.who {
        Who::Own => Some(Source::Own),
        // `said Roe ally Jane Doe`: not Roe.
        _ if verb.cue.english && goes_on_as_noun(prose, mention.tokens.end, verb.sentence.end) => {
            Some(named_within(prose, verb, mention.tokens.start, mention.tokens.end)?)
        }
        // `said Roe’s adviser Jane Doe`
        _ if mention.possessive && prose.tokens[at - 1].kind == Kind::Close && verb.cue.english => {
            named_within(prose, verb, mention.tokens.start, mention.tokens.end)
        }
        _ if joined_after(prose, mention.tokens.end) || mention.possessive => {
            Some(Source::Words(mention.tokens.clone()))
        }
        _ => Some(Source::Mention(index)),
    }
}

/// The person named in a noun phrase from a token on, behind another; else the phrase.
fn named_within(prose: &Prose<'_>, verb: &Verb<'_>, start: usize, behind: usize) -> Option<Source> {
    let words = phrase_after(prose, start, verb.sentence.end)?;
    let named = verb.mentions.iter().position(|other| {
        other.tokens.start >= behind
            && other.tokens.end <= words.end
            && other.who == Who::Named
            && other.name_words(prose) > 1
            && !other.possessive
            && (behind..other.tokens.start).all(|at| {
                !prose.tokens[at].possessive() && !prose.tokens[at].has(flag::PREPOSITION)
            })
    });
    Some(named.map_or(Source::Words(words), Source::Mention))
}

fn joined_after(prose: &Prose<'_>, at: usize) -> bool {
    matches!(prose.text_of(at), "and" | "or" | "&")
        && prose.tokens.get(at + 1).is_some_and(|token| token.is_capital() && !token.has(flag::CUE))
}

/// `Jane Roe, speaking in Oslo, said`: the subject stands before the aside.
fn after_aside(prose: &Prose<'_>, verb: &Verb<'_>, comma: usize) -> Option<usize> {
    let near = comma.saturating_sub(ASIDE_WITHIN).max(verb.sentence.start);
    let from = verb.mentions.partition_point(|mention| mention.tokens.start < near);
    let candidates = verb
        .mentions
        .iter()
        .enumerate()
        .skip(from)
        .take_while(|(_, mention)| mention.tokens.end < comma);
    for (index, mention) in candidates {
        let opens = prose.tokens[mention.tokens.end].is_punct(&[',']);
        let mut begin = mention.tokens.start;
        // `The prize-winning novelist Jane Roe, one of those who signed, told …`
        while mention.name_words(prose) > 1
            && begin > verb.sentence.start
            && prose.tokens[begin - 1].is_word()
            && prose.tokens[begin - 1].quote == NO_QUOTE
            && !prose.tokens[begin - 1].possessive()
            && !prose.tokens[begin - 1].has(flag::PREPOSITION | flag::CLAUSE_START | flag::CUE)
        {
            begin -= 1;
        }
        let first = begin == verb.sentence.start
            || prose.tokens[begin - 1].kind == Kind::Close
            || prose.tokens[begin - 1].has(flag::CLAUSE_START);
        if mention.who == Who::Named && opens && first && !mention.possessive {
            let aside = mention.tokens.end + 1..comma;
            let opening = prose.text_of(aside.start);
            let relative = matches!(opening, "who" | "whose" | "whom" | "a" | "an" | "the" | "one");
            let verbs = !relative
                && aside.clone().any(|at| {
                    prose.tokens[at].quote == NO_QUOTE
                        && prose.tokens[at - 1].is_word()
                        && !prose.tokens[at - 1].has(flag::DETERMINER)
                        && cue_at(prose, at).is_some_and(|(cue, _)| !cue.is(CueClass::Participle))
                });
            return (!verbs).then_some(index);
        }
    }
    None
}

/// `A diplomat, who asked not to be named, said`: the subject stands before the relative clause.
fn behind_relative(prose: &Prose<'_>, verb: &Verb<'_>, comma: usize) -> Option<Source> {
    let near = comma.saturating_sub(ASIDE_WITHIN).max(verb.sentence.start + 1)..comma;
    let who = near.rev().find(|at| {
        prose.tokens[*at].quote == NO_QUOTE
            && matches!(prose.text_of(*at), "who" | "whose")
            && prose.tokens[*at - 1].is_punct(&[','])
    })?;
    match ending_at(verb.mentions, who - 1) {
        Some(index) => subject(prose, verb, index),
        None => words_before(prose, verb, who - 1).map(Source::Words),
    }
}

/// Whether a mention right before a verb is its subject, and nobody else is.
fn subject(prose: &Prose<'_>, verb: &Verb<'_>, index: usize) -> Option<Source> {
    let mention = &verb.mentions[index];
    if mention.who == Who::Own {
        return Some(Source::Own);
    }
    if mention.possessive {
        return Some(Source::Words(mention.tokens.clone()));
    }
    let start = mention.tokens.start;
    if start == verb.sentence.start {
        return Some(Source::Mention(index));
    }
    let before = &prose.tokens[start - 1];
    if before.is_punct(&[',']) || before.has(flag::CLAUSE_START) {
        // `Roe and Doe said`, `Roe, Doe and Poe said`: said by both.
        let and = matches!(prose.text_of(start - 1), "and" | "or" | "&" | "und" | "et" | "y");
        let behind = if and { start - 1 } else { start };
        // `Roe, Doe, and Poe said`
        let comma = |at: usize| at > 0 && prose.tokens[at - 1].is_punct(&[',']);
        let listed = || {
            let other = comma(behind).then(|| ending_at(verb.mentions, behind - 1)).flatten();
            other.filter(|other| comma(verb.mentions[*other].tokens.start))
        };
        let pair = and
            .then(|| ending_at(verb.mentions, behind).or_else(listed))
            .flatten()
            .filter(|other| verb.mentions[*other].who != Who::Own);
        if let Some(other) = pair {
            let object = verb.mentions[other].tokens.start > verb.sentence.start
                && cue_before(prose, verb.mentions[other].tokens.start);
            if !object {
                let tokens = verb.mentions[other].tokens.start..mention.tokens.end;
                return Some(Source::Words(tokens));
            }
        }
        return Some(Source::Mention(index));
    }
    if !before.is_word() {
        let ends = matches!(before.kind, Kind::Close | Kind::Number)
            || before.is_punct(&[';', ':', '—', '–', '-', '(', ')', '…', '*', '•', '，']);
        return ends.then_some(Source::Mention(index));
    }
    if agent_before(prose, verb, start) {
        return Some(Source::Mention(index));
    }
    if before.has(flag::PREPOSITION) {
        // `a lawyer for Jane Roe said`: somebody else's words. The noun before may be anything.
        let from = noun_phrase_start(prose, verb.sentence.start, start - 1);
        return Some(Source::Words(from..mention.tokens.end));
    }
    let word = prose.text_of(start - 1).to_lowercase();
    if matches!(
        word.as_str(),
        "what"
            | "which"
            | "whom"
            | "whose"
            | "how"
            | "why"
            | "whether"
            | "if"
            | "unless"
            | "nor"
            | "than"
    ) {
        return None;
    }
    // `In Oslo Roe said`, `Yesterday Roe said`, `pollster Jane Roe said`, `harbour master Jane Roe said`.
    let adverb = before.is_capital() || before.has(flag::BETWEEN);
    let apposed = start < 2
        || start - 1 == verb.sentence.start
        || !prose.tokens[start - 2].is_word()
        || mention.name.is_some()
            && mention.name_words(prose) > 1
            && prose.tokens[start - 2].has(flag::DETERMINER)
        || mention.name_words(prose) > 1 && opens_with_nouns(prose, verb.sentence.start, start);
    (adverb || apposed).then_some(Source::Mention(index))
}

fn cue_before(prose: &Prose<'_>, at: usize) -> bool {
    at > 0 && prose.tokens[at - 1].has(flag::CUE)
}

/// Whether somebody in between could be the subject of a second verb.
pub(super) fn has_rival(prose: &Prose<'_>, from: usize, verb: &Verb<'_>) -> bool {
    let first = verb.mentions.partition_point(|mention| mention.tokens.end <= from);
    let between = verb.mentions[first..].iter().take_while(|m| m.tokens.end <= verb.tokens.start);
    let mut between = between;
    between.any(|mention| match mention.who {
        Who::Named | Who::He | Who::She | Who::Own | Who::Unnamed => true,
        Who::Group | Who::They | Who::Office => begins_clause(prose, from, mention),
        Who::Body | Who::Country => begins_clause(prose, from, mention),
    })
}

fn begins_clause(prose: &Prose<'_>, from: usize, mention: &Mention) -> bool {
    let start = mention.tokens.start;
    start == from || start > 0 && prose.tokens[start - 1].has(flag::THAT | flag::CLAUSE_START)
}

/// Whether the words before a second verb let it go on: `and urged`, `, adding`.
pub(super) fn may_go_on(prose: &Prose<'_>, verb: &Verb<'_>, participle: bool) -> bool {
    let at = verb.tokens.start;
    if !participle {
        return true;
    }
    at > verb.sentence.start
        && (prose.tokens[at - 1].is_punct(&[',', '，'])
            || prose.tokens[at - 1].kind == Kind::Close
            || prose.text_of(at - 1) == "while"
            || prose.text_of(at - 1) == "and")
}
