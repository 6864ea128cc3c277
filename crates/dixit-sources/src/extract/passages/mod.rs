//! Passages: stretches of a text that it attributes to someone, quoted or retold.
//!
//! Each reporting verb is looked at once, in order: its source stands before it, behind it (`“…,”
//! said Jane Roe`) or is that of the attribution before it (`and urged`, `, adding that`); what was
//! said stands beside them. A source by a short name or a pronoun is tied to the person introduced
//! earlier, when only one fits.

mod agent;
mod cast;
mod chinese;
mod confidence;
mod content;
mod doubt;
mod loose;
mod order;
mod phrase;
mod quoted;
mod retold;
mod scene;
mod source;

use std::cell::OnceCell;
use std::ops::Range;

use dixit::{Form, Person};

use super::Found;
use super::lexicon::{Cue, CueClass, flag, lexicon};
use super::mentions::{Mention, Who};
use super::prose::{Kind as TokenKind, NO_QUOTE, Prose, QUOTATION, Token};
use cast::Cast;
pub(super) use cast::Entity;
use scene::{Scene, narrative_mentions};
use source::Source;

/// A stretch of a text that it attributes to someone. Ranges count bytes of that text.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundPassage {
    /// Quoted or retold.
    pub form: Form,
    /// The words that name the source here: `Roe`, `She`, `the ministry`.
    pub source: Option<Range<usize>>,
    /// Who that is. The evidence holds the source and, where it points back, the mention that
    /// introduced the person. `None` when the text does not tell, or more than one person fits.
    pub speaker: Option<Found<Person>>,
    /// The words that attribute: `noted that`.
    pub cue: Option<Range<usize>>,
    /// What was said, without quotation marks.
    pub content: Range<usize>,
    /// The name of the rule that found the passage.
    pub rule: &'static str,
    /// 0 to 1: the share of passages found so that were said so.
    pub confidence: f64,
}

/// The passages of a text in the order of their content.
///
/// ```
/// use dixit_sources::extract::passages;
///
/// let text = "Norland's trade minister Jane Roe noted that exports had grown. “It is a start,” she said.";
/// let found = passages::find(text);
/// assert_eq!(&text[found[0].content.clone()], "exports had grown");
/// assert_eq!(&text[found[1].content.clone()], "It is a start,");
/// let speaker = found[1].speaker.as_ref().unwrap();
/// assert_eq!(speaker.value.name.as_deref(), Some("Jane Roe"));
/// ```
#[must_use]
pub fn find(body: &str) -> Vec<FoundPassage> {
    Reading::new(body).passages().cloned().collect()
}

/// A text taken apart once, for all that is asked of it.
pub(super) struct Reading<'a> {
    pub(super) prose: Prose<'a>,
    analysis: OnceCell<Analysis>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { prose: Prose::new(text), analysis: OnceCell::new() }
    }

    /// Its passages with the persons of the text, found when first asked for.
    pub(super) fn analysis(&self) -> &Analysis {
        self.analysis.get_or_init(|| analyse(&self.prose))
    }

    pub(super) fn passages(&self) -> impl Iterator<Item = &FoundPassage> {
        self.analysis().passages.iter().map(|(passage, _)| passage)
    }
}

/// Passages with the persons of the text.
pub(super) struct Analysis {
    /// Each with the index of the person it is attributed to.
    pub(super) passages: Vec<(FoundPassage, Option<usize>)>,
    pub(super) entities: Vec<Entity>,
}

/// Finds the passages of a text that was taken apart.
fn analyse(prose: &Prose<'_>) -> Analysis {
    let mut reader = Reader {
        prose,
        cast: Cast::default(),
        passages: Vec::new(),
        used: vec![false; prose.quotes.len()],
        last: None,
        scratch: (Vec::new(), Vec::new()),
        staged: 0,
    };
    for index in 0..prose.sentences.len() {
        reader.sentence(index);
    }
    reader.unattributed();
    // What is told of a person further on is known of the person.
    if reader.passages.iter().any(|(_, entity)| entity.is_some()) {
        reader.stage(prose.sentences.len());
    }
    reader.named_later();
    let Reader { cast, mut passages, .. } = reader;
    passages.extend(chinese::find(prose.text).into_iter().map(|passage| (passage, None)));
    passages.retain(|(passage, _)| passage.content.start < passage.content.end);
    passages.sort_by_key(|(passage, _)| (passage.content.start, passage.content.end));
    Analysis { passages, entities: cast.entities }
}

/// Whether anything stands in a sentence from which an attribution could begin: in most sentences nothing does.
fn may_attribute(prose: &Prose<'_>, index: usize) -> bool {
    let is_mark = |token: &Token| matches!(token.kind, TokenKind::Open | TokenKind::Close);
    prose.told[index] & (flag::ACCORDING | flag::CUE | QUOTATION) != 0
        // `Roe had one wish:`, and a paragraph in quotation marks.
        || prose.tokens.get(prose.sentences[index].end).is_some_and(is_mark)
}

/// What a sentence attributed last: `and urged`, `, adding that` go on from it.
struct Last {
    sentence: u32,
    source: Source,
    speaker: Option<Found<Person>>,
    entity: Option<usize>,
    /// Token behind verb and source.
    end: usize,
}

struct Reader<'p, 'a> {
    prose: &'p Prose<'a>,
    cast: Cast,
    passages: Vec<(FoundPassage, Option<usize>)>,
    used: Vec<bool>,
    last: Option<Last>,
    /// The mentions of a sentence and whom they name, to be used again by the next.
    scratch: (Vec<Mention>, Vec<Option<usize>>),
    /// The sentences before this one are on stage. Few texts attribute anything to anybody, so whom they
    /// mention is looked at only once somebody is to be found among them.
    staged: usize,
}

/// A verb that attributes, in its sentence.
struct Verb<'m> {
    cue: &'static Cue,
    /// Its tokens.
    tokens: Range<usize>,
    sentence: Range<usize>,
    mentions: &'m [Mention],
}

impl Reader<'_, '_> {
    fn sentence(&mut self, index: usize) {
        let prose = self.prose;
        if !may_attribute(prose, index) {
            return;
        }
        let sentence = prose.sentences[index].clone();
        let (mut mentions, seen) = std::mem::take(&mut self.scratch);
        narrative_mentions(prose, sentence.clone(), &mut mentions);
        let at = sentence.start;
        let mut scene = Scene { index, sentence, mentions: &mentions, seen, at };
        while scene.at < scene.sentence.end {
            let at = scene.at;
            let token = &prose.tokens[at];
            if self.staged > index {
                self.hear(at);
            }
            if token.quote == NO_QUOTE && token.has(flag::ACCORDING) {
                self.according(at, &mut scene);
            }
            if token.kind == TokenKind::Close {
                self.beside(at, &mut scene);
            }
            let cue = if token.quote == NO_QUOTE { cue_at(prose, at) } else { None };
            let Some((cue, stop)) = cue else {
                scene.at += 1;
                continue;
            };
            let (sentence, mentions) = (scene.sentence.clone(), scene.mentions);
            self.verb(&Verb { cue, tokens: at..stop, sentence, mentions }, &mut scene);
            scene.at = stop;
        }
        scene.at = scene.sentence.end.saturating_sub(1);
        self.after_colon(&mut scene);
        if self.staged > index {
            self.see_until(&mut scene, usize::MAX);
        }
        let mut seen = scene.seen;
        mentions.clear();
        seen.clear();
        self.scratch = (mentions, seen);
    }

    fn verb(&mut self, verb: &Verb<'_>, scene: &mut Scene<'_>) {
        let source = if verb.cue.is(CueClass::Participle) {
            if self.goes_on(verb, true, scene) {
                return;
            }
            let quoted = agent::quoted_as(self.prose, verb).map(Source::Mention);
            quoted.or_else(|| source::of_clause(self.prose, verb))
        } else {
            source::find(self.prose, verb)
        };
        let Some(source) = source else { return };
        let (source, speaker, entity) = match source {
            Source::Same => {
                self.goes_on(verb, false, scene);
                return;
            }
            Source::Own => return,
            Source::Mention(index) => {
                let mention = &verb.mentions[index];
                self.see_until(scene, verb.tokens.start.max(mention.tokens.start + 1));
                let entity = scene.seen.get(index).copied().flatten();
                let resolved = self.cast.resolve(self.prose, mention, entity);
                let mut speaker = resolved.speaker;
                let introduced = resolved.entity.and_then(|entity| self.cast.entities.get(entity));
                let titled = mention.titled || introduced.is_some_and(|who| who.mention.titled);
                if !verb.cue.english
                    && let Some(speaker) = &mut speaker
                    && !titled
                {
                    // Bare names are trusted in English only: elsewhere nouns have capitals too.
                    let elsewhere = confidence::who("untitled-elsewhere");
                    speaker.confidence = speaker.confidence.min(elsewhere);
                }
                (Source::Mention(index), speaker, resolved.entity)
            }
            Source::Words(tokens) => {
                self.see_until(scene, verb.tokens.start);
                (Source::Words(tokens), None, None)
            }
        };
        self.attribute(verb, source, speaker, entity, false);
    }

    /// `and urged …`, `, adding that …`: the source of the attribution before in this sentence.
    fn goes_on(&mut self, verb: &Verb<'_>, participle: bool, scene: &mut Scene<'_>) -> bool {
        let sentence = self.prose.tokens[verb.tokens.start].sentence;
        let Some(last) = self.last.take() else { return false };
        let here = last.sentence == sentence && last.end <= verb.tokens.start;
        let rival = here && !participle && source::has_rival(self.prose, last.end, verb);
        if !here || rival || !source::may_go_on(self.prose, verb, participle) {
            self.last = Some(last);
            return false;
        }
        let Last { source, speaker, entity, .. } = &last;
        let (source, speaker, entity) = (source.clone(), speaker.clone(), *entity);
        self.see_until(scene, verb.tokens.start);
        let found = self.attribute(verb, source, speaker, entity, true);
        if !found {
            self.last = Some(last);
        }
        found
    }

    fn according(&mut self, at: usize, scene: &mut Scene<'_>) {
        let prose = self.prose;
        let (sentence, mentions) = (scene.sentence.clone(), scene.mentions);
        let Some(phrase) = according_at(prose, at) else { return };
        let (stop, english) = (at + phrase.len(), phrase[0] == "according");
        let index = source::beginning_at(mentions, stop);
        let whose = agent::whose_name(prose, mentions, stop);
        let index = whose.or(index);
        let (tokens, speaker, entity) = match index {
            Some(index) if mentions[index].who != Who::Own => {
                let mention = &mentions[index];
                self.see_until(scene, stop.max(mention.tokens.start) + 1);
                let entity = scene.seen.get(index).copied().flatten();
                let resolved = self.cast.resolve(prose, mention, entity);
                // What stands behind the name may be what was said: `his friend, Jane Roe, the poet had left`.
                let name = mention.name.clone().filter(|_| whose.is_some());
                (name.unwrap_or_else(|| mention.tokens.clone()), resolved.speaker, resolved.entity)
            }
            _ => {
                let Some(tokens) = phrase::words_after(prose, stop, sentence.end, !english) else {
                    return;
                };
                (tokens, None, None)
            }
        };
        let Some(content) = content::according(prose, at, tokens.end, &sentence) else { return };
        // `Roe, according to Doe, said`: the subject is not what was said.
        let said = mentions.partition_point(|mention| {
            prose.tokens[mention.tokens.start].start < content.bytes.start
        });
        let said = mentions.get(said).map(|mention| prose.bytes(mention.tokens.clone()));
        if said.as_ref() == Some(&content.bytes) {
            return;
        }
        let form = match content.quote {
            Some(quote) => {
                self.used[quote] = true;
                Form::Direct
            }
            None => Form::Indirect,
        };
        self.push(
            FoundPassage {
                form,
                source: Some(prose.bytes(tokens)),
                speaker,
                cue: Some(prose.bytes(at..stop)),
                content: content.bytes,
                rule: "according-to",
                confidence: confidence::said("according-to"),
            },
            entity,
        );
    }

    /// Takes a passage in. Its speaker is as sure as that it is one, and that this is the person.
    fn push(&mut self, mut passage: FoundPassage, entity: Option<usize>) {
        if let Some(speaker) = &mut passage.speaker {
            speaker.confidence *= passage.confidence;
        }
        self.passages.push((passage, entity));
    }
}

/// The words of `according to` or its like at a token outside quotation marks.
fn according_at(prose: &Prose<'_>, at: usize) -> Option<&'static [String]> {
    let token = prose.tokens.get(at)?;
    if token.quote != NO_QUOTE || !token.has(flag::ACCORDING) {
        return None;
    }
    let is = |word: &String, at: usize| {
        let written = prose.text_of(at);
        if written.is_ascii() {
            written.eq_ignore_ascii_case(word)
        } else {
            written.to_lowercase().replace('’', "'") == *word
        }
    };
    let fits = |words: &&Vec<String>| words.iter().zip(at..).all(|(word, at)| is(word, at));
    lexicon().according.iter().find(fits).map(Vec::as_slice)
}

/// The reporting verb at a token and where it ends.
fn cue_at(prose: &Prose<'_>, at: usize) -> Option<(&'static Cue, usize)> {
    let token = &prose.tokens[at];
    if !token.has(flag::CUE) || token.is_capital() {
        return None;
    }
    let next = prose.text_of(at + 1);
    let cues = &token.word?.cues;
    let cue = cues.iter().find(|cue| match &cue.second {
        Some(second) => second.eq_ignore_ascii_case(next),
        None => true,
    })?;
    Some((cue, at + 1 + usize::from(cue.second.is_some())))
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_agent;
#[cfg(test)]
mod tests_doubt;
#[cfg(test)]
mod tests_elsewhere;
#[cfg(test)]
mod tests_made_up;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests_offices;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests_sure;
#[cfg(test)]
mod tests_traps;
