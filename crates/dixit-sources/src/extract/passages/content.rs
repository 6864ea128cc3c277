//! What was said: the stretch beside a reporting verb and its source.

use std::ops::Range;

use dixit::{Form, Person};

use super::super::Found;
use super::super::lexicon::flag;
use super::super::mentions::Gender;
use super::super::prose::{Case, Kind, NO_QUOTE, Prose};
use super::doubt::{self, Standing};
use super::retold::trim;
use super::source::{Source, beginning_at};
use super::{FoundPassage, Last, Reader, Verb, according_at, agent, confidence, cue_at};

/// Between a verb and its quotation or its `that` stand at most so many words.
pub(super) const GAP: usize = 14;
/// A dateline has at most so many words and marks.
const LONGEST_DATELINE: usize = 18;
/// A clause is searched for its end no further than so many words.
pub(super) const CLAUSE: usize = 300;

/// Words found beside a source.
pub(super) struct Content {
    pub(super) bytes: Range<usize>,
    pub(super) quote: Option<usize>,
}

impl Reader<'_, '_> {
    /// Adds the passages of a verb with a known source. Answers whether there were any.
    pub(super) fn attribute(
        &mut self,
        verb: &Verb<'_>,
        source: Source,
        speaker: Option<Found<Person>>,
        entity: Option<usize>,
        coordinated: bool,
    ) -> bool {
        let prose = self.prose;
        let tokens = match &source {
            Source::Mention(index) => verb.mentions[*index].tokens.clone(),
            Source::Words(tokens) => tokens.clone(),
            Source::Same | Source::Own => return false,
        };
        let standing = doubt::standing(prose, verb, &tokens);
        if standing == Standing::Not {
            return false;
        }
        let left =
            if coordinated { verb.tokens.start } else { tokens.start.min(verb.tokens.start) };
        // `, a déclaré la ministre`: the auxiliary belongs to the verb.
        let mut left = left;
        while left > verb.sentence.start
            && tokens.start > verb.tokens.start
            && prose.tokens[left - 1].has(flag::BETWEEN)
        {
            left -= 1;
        }
        // `a-t-elle souligné`
        if !verb.cue.english
            && left > verb.sentence.start + 1
            && prose.tokens[left - 1].is_punct(&['-', '‑'])
            && prose.tokens[left - 2].has(flag::BETWEEN)
        {
            left -= 2;
        }
        let right = verb.tokens.end.max(if coordinated { 0 } else { tokens.end });
        let turned = agent::agent(prose, verb).is_some() || agent::is_second(prose, verb, &tokens);
        let frame = Frame { verb, source: &source, left, right, coordinated, turned };
        let mut found = Vec::new();
        self.quoted(&frame, &mut found);
        if found.is_empty() && !self.asks(verb) {
            self.retold(&frame, &mut found);
        }
        if found.is_empty() {
            return false;
        }
        let mut end = right;
        let mut is_told_of = false;
        // `Roe quoted Doe: “…”`: the words are Doe's.
        let quoted = prose.tokens[verb.tokens.start]
            .has(flag::QUOTES)
            .then(|| beginning_at(verb.mentions, verb.tokens.end))
            .flatten();
        let (tokens, mut said_by) = match quoted {
            Some(quoted) => (verb.mentions[quoted].tokens.clone(), None),
            None => (tokens, speaker.clone()),
        };
        let first = found.first().map_or(0, |piece| piece.content.start);
        if standing == Standing::Hearsay || doubt::are_of_another(prose, verb, right, first) {
            doubt(&mut said_by, "hearsay");
        }
        for piece in found {
            self.cut_before(&frame, piece.form);
            // Once the passage before ends where this one begins.
            if self.is_told_of(verb, entity) {
                is_told_of = true;
                doubt(&mut said_by, "told-of");
            }
            // `“You are wrong, Tom,” Tom Roe said` is said by somebody else sooner.
            if piece.form == Form::Direct
                && calls(&prose.text[piece.content.clone()], said_by.as_ref())
            {
                doubt(&mut said_by, "goes-on-doubtful");
            }
            end = end.max(piece.cue_end);
            let rule = if coordinated { "same-source" } else { piece.rule };
            self.mark_inside(&piece.content);
            self.push(
                FoundPassage {
                    form: piece.form,
                    source: Some(prose.bytes(tokens.clone())),
                    speaker: said_by.clone(),
                    cue: Some(prose.bytes(verb.tokens.start..piece.cue_end.max(verb.tokens.end))),
                    content: piece.content,
                    rule,
                    confidence: confidence::said(rule),
                },
                entity.filter(|_| quoted.is_none()),
            );
        }
        let sentence = prose.tokens[verb.tokens.start].sentence;
        // `Roe told them that Lincoln had said so. “…,” he said.`: whoever is told of did not speak last.
        if !is_told_of {
            self.cast.spoke(sentence, entity, addressee(prose, verb.tokens.end, right));
        }
        self.last = Some(Last { sentence, source, speaker, entity, end });
        true
    }

    /// A question outside quotation marks reports nothing.
    fn asks(&self, verb: &Verb<'_>) -> bool {
        verb.sentence.end > 0 && self.prose.tokens[verb.sentence.end - 1].is_punct(&['?', '？'])
    }

    /// Whether an attribution stands within what somebody else is said to have said: `Doe said that Roe said …`.
    fn is_told_of(&self, verb: &Verb<'_>, entity: Option<usize>) -> bool {
        let Some((before, other)) = self.passages.last() else { return false };
        let clause = matches!(before.rule, "retold-that" | "retold-clause" | "according-to");
        let same = entity.is_some() && entity == *other;
        clause && !same && before.content.contains(&self.prose.tokens[verb.tokens.start].start)
    }

    fn mark_inside(&mut self, content: &Range<usize>) {
        let from = self.prose.quotes.partition_point(|quote| quote.content.start < content.start);
        let quotes = self.prose.quotes.iter().enumerate().skip(from).take(64);
        for (index, _) in quotes.take_while(|(_, quote)| quote.content.end <= content.end) {
            self.used[index] = true;
        }
    }

    /// Ends the passage before where this attribution begins, when a new clause begins here.
    fn cut_before(&mut self, frame: &Frame<'_, '_>, form: Form) {
        let prose = self.prose;
        let Some((before, _)) = self.passages.last_mut() else { return };
        let Some(at) = prose.tokens.get(frame.left) else { return };
        if before.form != Form::Indirect || !before.content.contains(&at.start) {
            return;
        }
        let mut end = frame.left;
        // `…, and Doe said`, `…; Doe said`, `…, adding that`
        while end > frame.verb.sentence.start && prose.tokens[end - 1].has(flag::BETWEEN) {
            end -= 1;
        }
        let joins = end > 0 && {
            let last = &prose.tokens[end - 1];
            last.is_punct(&[',', ';', '—', '–', '，'])
                || matches!(
                    prose.text_of(end - 1),
                    "and" | "but" | "while" | "whereas" | "und" | "et" | "y"
                )
        };
        if !joins && form == Form::Indirect {
            return;
        }
        while end > 0
            && (prose.tokens[end - 1].is_punct(&[',', ';', '—', '–', '，'])
                || matches!(
                    prose.text_of(end - 1),
                    "and" | "but" | "while" | "whereas" | "und" | "et" | "y"
                ))
            && prose.tokens[end - 1].quote == NO_QUOTE
        {
            end -= 1;
        }
        if joins && end > 0 && prose.tokens[end - 1].end > before.content.start {
            before.content.end = before.content.end.min(prose.tokens[end - 1].tail);
        }
    }
}

/// The pronoun right behind a verb or its source: `told her`, `antwortete Roh ihr`.
fn addressee(prose: &Prose<'_>, verb_end: usize, right: usize) -> Option<Gender> {
    [verb_end, right].into_iter().find_map(|at| {
        let token = prose.tokens.get(at).filter(|token| token.quote == NO_QUOTE)?;
        match () {
            () if token.has(flag::HIS) => Some(Gender::Male),
            () if token.has(flag::HERS) => Some(Gender::Female),
            () => None,
        }
    })
}

/// Whether words call their speaker by name: `You are wrong, Roe.`
pub(super) fn calls(words: &str, speaker: Option<&Found<Person>>) -> bool {
    let name = speaker.and_then(|speaker| speaker.value.name.as_deref()).unwrap_or_default();
    let called = |own: &str| {
        let vocative = |at: usize| {
            let before = words[..at].trim_end();
            let behind = words[at + own.len()..].chars().next();
            before.ends_with(',') && behind.is_none_or(|c| !c.is_alphanumeric() && c != '-')
                || at == 0 && behind == Some(',')
        };
        own.len() > 2 && words.match_indices(own).any(|(at, _)| vocative(at))
    };
    name.split_whitespace().any(called)
}

/// Takes a speaker for no surer than a figure.
pub(super) fn doubt(speaker: &mut Option<Found<Person>>, figure: &str) {
    if let Some(speaker) = speaker {
        speaker.confidence = speaker.confidence.min(confidence::who(figure));
    }
}

/// Verb, source and how far they reach.
pub(super) struct Frame<'v, 'm> {
    pub(super) verb: &'v Verb<'m>,
    pub(super) source: &'v Source,
    pub(super) left: usize,
    pub(super) right: usize,
    pub(super) coordinated: bool,
    /// `was told by Roe that`, `Dann sagte Roh, …`: what was said stands behind the source, though that is
    /// behind the verb.
    pub(super) turned: bool,
}

impl Frame<'_, '_> {
    /// Whether the source stands before the verb, so that what was said may stand behind it.
    pub(super) fn before_content(&self) -> bool {
        self.coordinated
            || self.turned
            || match self.source {
                Source::Mention(index) => {
                    self.verb.mentions[*index].tokens.start < self.verb.tokens.start
                }
                Source::Words(tokens) => tokens.start < self.verb.tokens.start,
                Source::Same | Source::Own => false,
            }
    }
}

/// A passage without its speaker.
pub(super) struct Piece {
    pub(super) form: Form,
    pub(super) content: Range<usize>,
    /// Token behind the cue.
    pub(super) cue_end: usize,
    pub(super) rule: &'static str,
}

/// Behind the dateline that opens a sentence: `NORPORT, 3 March (Agency) — `; where it begins, without one.
pub(super) fn behind_dateline(prose: &Prose<'_>, sentence: &Range<usize>) -> usize {
    let start = sentence.start;
    let Some(first) = prose.tokens.get(start).filter(|first| first.paragraph) else { return start };
    let near = start..sentence.end.min(start + LONGEST_DATELINE);
    let dash = near.clone().find(|at| prose.tokens[*at].is_punct(&['—', '–', '-']));
    let Some(dash) = dash.filter(|dash| prose.tokens[*dash].spaced) else { return start };
    let kind = |at: usize| prose.tokens[at].kind;
    let dated = (start..dash).any(|at| kind(at) == Kind::Number || kind(at) == Kind::Punct('('));
    let place = kind(start) == Kind::Word(Case::Upper) && first.end - first.start > 2;
    let plain = (start..dash).all(|at| match kind(at) {
        Kind::Word(Case::Lower) => dated && cue_at(prose, at).is_none(),
        Kind::Word(_) | Kind::Number => true,
        Kind::Punct(mark) => matches!(mark, ',' | '(' | ')' | '.' | '/' | ':'),
        Kind::Open | Kind::Close => false,
    });
    let opens = prose.tokens.get(dash + 1).filter(|_| dash + 1 < sentence.end);
    let opens = opens.is_some_and(|next| next.is_capital() || !next.is_word());
    if first.is_capital() && plain && opens && (place || dated) { dash + 1 } else { start }
}

/// What `according to` attributes: the clause before it, or the clause behind it.
pub(super) fn according(
    prose: &Prose<'_>,
    at: usize,
    end: usize,
    sentence: &Range<usize>,
) -> Option<Content> {
    let comma = |at: usize| prose.tokens.get(at).is_some_and(|token| token.is_punct(&[',', '，']));
    let sentence = &own_part(prose, at, sentence);
    if at == sentence.start {
        // `Laut Roh ist die Brücke sicher`: German sets no comma there.
        let verb = prose.tokens.get(end).is_some_and(|token| token.has(flag::COPULA | flag::MODAL));
        let start = if comma(end) { end + 1 } else { end };
        let verb = verb || is_german_verb(prose, at, end);
        let english = prose.text_of(at).eq_ignore_ascii_case("according");
        if !comma(end) && (english || !verb) || start >= sentence.end {
            return None;
        }
        let stop = trim(prose, start, sentence.end);
        return (stop > start + 1)
            .then(|| Content { bytes: prose.bytes(start..stop), quote: None });
    }
    let mut before = at;
    while before > sentence.start && comma(before - 1) {
        before -= 1;
    }
    let last = prose.tokens.get(before.checked_sub(1)?)?;
    if last.kind == Kind::Close
        && let Some(quote) = prose.quotes.get(last.quote as usize)
        && quote.valid
        && (prose.text[quote.content.clone()].trim_end().ends_with([',', '!', '?'])
            || quote.open == sentence.start && before < at)
    {
        return Some(Content { bytes: quote.content.clone(), quote: Some(last.quote as usize) });
    }
    let start = behind_dateline(prose, sentence).min(before);
    let stop = trim(prose, start, before);
    // `Roe said, according to Doe, that …`: what was said stands behind.
    let is_cue = stop > start && cue_at(prose, stop - 1).is_some();
    (stop > start + 1 && !is_cue && !is_aside(prose, start..stop))
        .then(|| Content { bytes: prose.bytes(start..stop), quote: None })
}

/// `According to Roe, …; according to Doe, …`: the part of a sentence that is the phrase's own.
fn own_part(prose: &Prose<'_>, at: usize, sentence: &Range<usize>) -> Range<usize> {
    let parts = |at: &usize| {
        prose.tokens[*at].quote == NO_QUOTE && prose.tokens[*at].is_punct(&[';', '；'])
    };
    let others = |mut words: Range<usize>| words.any(|at| according_at(prose, at).is_some());
    let first = (sentence.start..at).rev().find(parts);
    let start = first.map_or(sentence.start, |first| first + 1);
    let start = if others(sentence.start..start) { start } else { sentence.start };
    let last = (at + 1..sentence.end).find(parts).unwrap_or(sentence.end);
    let end = if others(last..sentence.end) { last } else { sentence.end };
    start..end
}

/// `Laut Ministerin Roh gab es …`: the verb stands second, right behind the source.
fn is_german_verb(prose: &Prose<'_>, at: usize, end: usize) -> bool {
    let german = matches!(prose.text_of(at), "Laut" | "Nach");
    let next = prose.tokens.get(end);
    german
        && next.is_some_and(|next| {
            let small = flag::PREPOSITION | flag::CLAUSE_START | flag::DETERMINER | flag::THAT;
            matches!(next.kind, Kind::Word(Case::Lower)) && !next.has(small)
        })
}

/// `Comme l'a dit Roh, selon Doh, …`: who else says so, not what was said.
fn is_aside(prose: &Prose<'_>, words: Range<usize>) -> bool {
    const AS: &[&str] = &["as", "comme", "como", "wie"];
    let said = |at: usize| prose.tokens[at].quote == NO_QUOTE && cue_at(prose, at).is_some();
    AS.contains(&prose.text_of(words.start).to_lowercase().as_str())
        && !words.clone().any(|at| prose.tokens[at].is_punct(&[',']))
        && words.into_iter().any(said)
}
