//! Sentence by sentence: whom one mentions, and who of them is on stage by then.

use std::ops::Range;

use super::super::lexicon::flag;
use super::super::mentions::{self, Mention};
use super::super::prose::{NO_QUOTE, Prose};
use super::Reader;

/// A sentence that is being read.
pub(super) struct Scene<'m> {
    pub(super) index: usize,
    pub(super) sentence: Range<usize>,
    /// Whom it mentions, and which persons the first of them are.
    pub(super) mentions: &'m [Mention],
    pub(super) seen: Vec<Option<usize>>,
    /// The token that is being looked at.
    pub(super) at: usize,
}

impl Reader<'_, '_> {
    /// Takes note of a pronoun.
    pub(super) fn hear(&mut self, at: usize) {
        let token = &self.prose.tokens[at];
        if token.quote == NO_QUOTE && token.has(flag::HE | flag::SHE | flag::HIS | flag::HERS) {
            self.cast.hear_pronoun(token.sentence, at, token.has(flag::HE | flag::HIS));
        }
    }

    /// Puts on stage whom the sentences before this one mention.
    pub(super) fn stage(&mut self, until: usize) {
        let prose = self.prose;
        let mut mentions = Vec::new();
        while self.staged < until {
            let sentence = prose.sentences[self.staged].clone();
            narrative_mentions(prose, sentence.clone(), &mut mentions);
            for mention in mentions.drain(..) {
                self.cast.see(prose, &mention);
            }
            sentence.for_each(|at| self.hear(at));
            self.staged += 1;
        }
    }

    /// Puts on stage whom the text mentions, up to a token of this sentence.
    pub(super) fn see_until(&mut self, scene: &mut Scene<'_>, until: usize) {
        if self.staged <= scene.index {
            self.stage(scene.index);
            self.staged = scene.index + 1;
            (scene.sentence.start..=scene.at).for_each(|at| self.hear(at));
        }
        while let Some(mention) = scene.mentions.get(scene.seen.len())
            && mention.tokens.start < until
        {
            scene.seen.push(self.cast.see(self.prose, mention));
        }
    }
}

/// The mentions of a sentence outside quotation marks.
pub(super) fn narrative_mentions(
    prose: &Prose<'_>,
    sentence: Range<usize>,
    found: &mut Vec<Mention>,
) {
    let mut at = sentence.start;
    while at < sentence.end {
        let first = &prose.tokens[at];
        let mention = if first.quote == NO_QUOTE && mentions::may_begin(first) {
            mentions::read(prose, at, sentence.end)
        } else {
            None
        };
        match mention {
            Some(mention) => {
                at = mention.tokens.end.max(at + 1);
                found.push(mention);
            }
            None => at += 1,
        }
    }
}
