//! Quotations that no listed verb attributes: beside another verb, or alone in their paragraph.

use std::sync::LazyLock;

use dixit::{Form, Person};

use super::super::Found;
use super::super::lexicon::{Cue, CueClass, flag};
use super::super::mentions::{self, Who};
use super::super::prose::{Kind, NO_QUOTE};
use super::scene::Scene;
use super::source::{Source, beginning_at, clause_subject};
use super::{FoundPassage, Reader, Verb, agent, confidence, content, cue_at, doubt};

/// Fewer words in quotation marks that nothing attributes are a title or a distance, not speech.
const UNATTRIBUTED_WORDS: u32 = 6;
/// Fewer words beside a verb that is not listed are a title or a distance.
const BESIDE_WORDS: u32 = 3;

/// Whatever verb stands beside a quotation and a source.
static ANY: LazyLock<Cue> = LazyLock::new(|| Cue::english(&[CueClass::Speech, CueClass::That]));

impl Reader<'_, '_> {
    /// `“…,” Roe riffed.`: what stands beside a whole quotation that ends in a comma and is no
    /// listed verb of speech.
    pub(super) fn beside(&mut self, close: usize, scene: &mut Scene<'_>) {
        let prose = self.prose;
        let (sentence, mentions) = (scene.sentence.clone(), scene.mentions);
        let index = prose.tokens[close].quote as usize;
        let Some(quote) = prose.quotes.get(index).filter(|quote| quote.valid) else { return };
        let said = prose.text[quote.content.clone()].trim_end();
        let whole = quote.open == sentence.start || prose.tokens[quote.open].paragraph;
        let ends = said.ends_with([',', '!', '?', '…', '—', '–', '，']);
        if self.used[index] || !whole || !ends || quote.words() < BESIDE_WORDS {
            return;
        }
        let mut at = close + 1;
        if let Some(index) = beginning_at(mentions, at) {
            at = mentions[index].tokens.end;
        }
        while at < sentence.end && prose.tokens[at].has(flag::BETWEEN) {
            at += 1;
        }
        if at >= sentence.end {
            return;
        }
        let token = &prose.tokens[at];
        let no_verb = flag::PREPOSITION
            | flag::COPULA
            | flag::MODAL
            | flag::NEGATION
            | flag::CLAUSE_START
            | flag::THAT
            | flag::DETERMINER
            | flag::ADVERBIAL;
        let word = prose.text_of(at);
        let verb = token.is_word()
            && !token.is_capital()
            && !token.has(no_verb)
            && (word.ends_with("ed") || word.ends_with('s') || token.has(flag::CUE));
        let listed = cue_at(prose, at).is_some_and(|(cue, _)| {
            !cue.english
                || [CueClass::Speech, CueClass::That, CueClass::Listener].iter().any(|c| cue.is(*c))
        });
        if !verb || listed {
            return;
        }
        let before = self.passages.len();
        self.verb(&Verb { cue: &ANY, tokens: at..at + 1, sentence, mentions }, scene);
        for (passage, _) in &mut self.passages[before..] {
            if passage.rule == "quote-before" {
                let was = passage.confidence;
                passage.rule = "quote-beside";
                passage.confidence = confidence::said(passage.rule);
                if let Some(speaker) = &mut passage.speaker {
                    speaker.confidence *= passage.confidence / was;
                }
            }
        }
    }

    /// `Roe had one wish: “…”`, `Jane Roe: “…”`: the subject of the clause before the colon.
    pub(super) fn after_colon(&mut self, scene: &mut Scene<'_>) {
        let prose = self.prose;
        let (sentence, mentions) = (scene.sentence.clone(), scene.mentions);
        let colon = sentence.clone().find(|at| {
            prose.tokens[*at].quote == NO_QUOTE
                && prose.tokens[*at].is_punct(&[':', '：'])
                && prose.tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Open)
        });
        let Some(colon) = colon else { return };
        let index = prose.tokens[colon + 1].quote as usize;
        let Some(quote) = prose.quotes.get(index).filter(|quote| quote.valid) else { return };
        let said = &prose.text[quote.content.clone()];
        let whole = said.starts_with(|c: char| c.is_uppercase());
        if self.used[index] || !whole || quote.words() < BESIDE_WORDS {
            return;
        }
        // `read out a letter from Doe: “…”`
        let writer = agent::writer(prose, sentence.start, colon, mentions);
        let label = mentions.first().filter(|mention| {
            mention.tokens == (sentence.start..colon) && mention.who == Who::Named
        });
        let (subject, rule) = match (label, writer.flatten()) {
            (Some(_), _) => (Some(0), "label"),
            (None, Some(writer)) => (Some(writer), "quote-colon"),
            (None, None) => match clause_subject(prose, &sentence, mentions, colon) {
                Some(Source::Mention(subject)) => (Some(subject), "quote-colon"),
                _ => (None, "quote-colon"),
            },
        };
        let Some(mention) = subject.and_then(|subject| mentions.get(subject)) else { return };
        self.see_until(scene, usize::MAX);
        let entity = subject.and_then(|subject| scene.seen.get(subject).copied().flatten());
        let resolved = self.cast.resolve(prose, mention, entity);
        let mut speaker = resolved.speaker;
        // Who wrote a letter that somebody reads out is told, or nobody is its speaker.
        if writer == Some(None) {
            speaker = None;
        } else if writer.is_some() {
            content::doubt(&mut speaker, "told-of");
        } else if doubt::before_colon(prose, sentence.start..colon) {
            content::doubt(&mut speaker, "hearsay");
        }
        self.used[index] = true;
        let source = Some(prose.bytes(mention.tokens.clone()));
        let mut at = index;
        loop {
            self.push(
                FoundPassage {
                    form: Form::Direct,
                    source: source.clone(),
                    speaker: speaker.clone(),
                    cue: Some(prose.bytes(colon..colon + 1)),
                    content: prose.quotes[at].content.clone(),
                    rule,
                    confidence: confidence::said(rule),
                },
                resolved.entity,
            );
            let goes_on = prose.quotes[at].continues;
            at += 1;
            if !goes_on || !prose.quotes.get(at).is_some_and(|next| next.valid) || self.used[at] {
                break;
            }
            self.used[at] = true;
        }
    }

    /// Quotations that nothing attributes. A paragraph that is one, right behind an attributed one,
    /// goes on with its speaker; of others that are long enough to be speech nobody is the speaker.
    pub(super) fn unattributed(&mut self) {
        let prose = self.prose;
        let mut found = Vec::new();
        let mut at = 0;
        self.passages.sort_by_key(|(passage, _)| (passage.content.start, passage.content.end));
        // The attributed quotation before, and the token behind its sentence.
        let mut last: Option<(FoundPassage, Option<usize>, usize)> = None;
        for (index, quote) in prose.quotes.iter().enumerate() {
            while let Some((passage, entity)) = self.passages.get(at)
                && passage.content.start < quote.content.start
            {
                let end = passage.content.end.max(passage.cue.as_ref().map_or(0, |cue| cue.end));
                let end = end.max(passage.source.as_ref().map_or(0, |source| source.end));
                last = (passage.form == Form::Direct)
                    .then(|| (passage.clone(), *entity, self.behind(end)));
                at += 1;
            }
            let text = prose.text.get(quote.content.clone()).unwrap_or_default();
            let whole = text.starts_with(|c: char| c.is_uppercase())
                && text.trim_end().ends_with(['.', ',', '!', '?', '…', '—', '-']);
            if !quote.valid || self.used[index] || !whole {
                continue;
            }
            let follows = last.as_ref().filter(|(_, _, end)| *end == quote.open);
            let alone = prose.tokens[quote.open].paragraph
                && prose.tokens.get(quote.close + 1).is_none_or(|next| next.paragraph);
            let same = !prose.tokens[quote.open].paragraph && !self.is_attributed_behind(quote);
            if let Some((before, entity, _)) = follows
                && before.source.is_some()
                && (alone || same)
            {
                let rule = if alone { "quote-alone" } else { "quote-follows" };
                let mut speaker = before.speaker.clone();
                if let Some(speaker) = &mut speaker {
                    speaker.confidence *= confidence::said(rule);
                    speaker.note = Some("who spoke right before goes on".to_owned());
                }
                let other = alone && self.names_another(quote.close + 1, speaker.as_ref());
                if other || content::calls(text, speaker.as_ref()) {
                    content::doubt(&mut speaker, "goes-on-doubtful");
                }
                let passage = FoundPassage {
                    form: Form::Direct,
                    source: before.source.clone(),
                    speaker,
                    cue: None,
                    content: quote.content.clone(),
                    rule,
                    confidence: confidence::said(rule),
                };
                let entity = *entity;
                last = Some((passage.clone(), entity, self.behind(quote.content.end)));
                found.push((passage, entity));
            } else if quote.words() >= UNATTRIBUTED_WORDS {
                let passage = FoundPassage {
                    form: Form::Direct,
                    source: None,
                    speaker: None,
                    cue: None,
                    content: quote.content.clone(),
                    rule: "quote-without-source",
                    confidence: confidence::said("quote-without-source"),
                };
                last = None;
                found.push((passage, None));
            }
        }
        self.passages.extend(found);
    }

    /// Whether a paragraph begins with somebody else than a speaker: the words before may be theirs.
    fn names_another(&self, at: usize, speaker: Option<&Found<Person>>) -> bool {
        let prose = self.prose;
        let Some(first) = prose.tokens.get(at) else { return false };
        let end = prose.sentences.get(first.sentence as usize).map_or(at, |sentence| sentence.end);
        let Some(named) = mentions::read(prose, at, end).and_then(|mention| mention.name) else {
            return false;
        };
        let name = speaker.and_then(|speaker| speaker.value.name.as_deref()).unwrap_or_default();
        let last = prose.text_of(named.end - 1);
        !name.split_whitespace().any(|word| word == last)
    }

    /// The token behind the sentence that holds a place.
    fn behind(&self, byte: usize) -> usize {
        let prose = self.prose;
        let at = prose.tokens.partition_point(|token| token.start < byte).saturating_sub(1);
        let sentence = prose.tokens.get(at).map_or(0, |token| token.sentence as usize);
        prose.sentences.get(sentence).map_or(prose.tokens.len(), |range| range.end)
    }
}
