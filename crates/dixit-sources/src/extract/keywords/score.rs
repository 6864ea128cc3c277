//! What a candidate amounts to.

use std::sync::LazyLock;

use super::super::tokens::{Class, prefix, tokens};
use super::super::vocabulary::NumberedText;
use super::Count;
use super::words::{Times, Words};

/// The weights below were set on two public collections, abstracts and news.
const WORD_TIMES: f64 = 0.3;
/// Repetition says more the longer the text: in a short one, and in a long one.
const PHRASE_TIMES: (f64, f64) = (0.5, 0.7);
const NAMED: f64 = 1.8;
const LINKED_NAME: f64 = 1.5;
/// "promoting", "promoting trade": more often a verb than the first word of a name for something.
const VERBAL: f64 = 0.7;
const IN_TITLE: f64 = 1.4;
/// A single word says less than a phrase in a short text, and hardly less in a long one, where only
/// what is repeated comes up.
const SINGLE: (f64, f64) = (0.5, 0.9);
const SHORT_TEXT: f64 = 150.0;
const LONG_TEXT: f64 = 400.0;
/// Powers of numbers up to this one are reckoned once.
const KEPT_TIMES: u32 = 64;
/// Of a title only so many bytes are looked at.
const LONGEST_TITLE: usize = 2048;

/// What is the same for all candidates of a text.
pub(super) struct Scoring {
    /// What a word adds to a phrase, by its number.
    worths: Vec<f64>,
    in_title: Vec<bool>,
    /// What repetition is worth, by the number of times.
    repeated: Vec<f64>,
    exponent: f64,
    /// What a single word is worth.
    single: f64,
}

impl Scoring {
    pub(super) fn of(words: &Words, text: &NumberedText<'_>) -> Self {
        static WORTHS: LazyLock<Vec<f64>> = LazyLock::new(|| {
            (0..KEPT_TIMES).map(|times| f64::from(times).powf(WORD_TIMES)).collect()
        });
        let long = (f64::from(words.count) - SHORT_TEXT) / (LONG_TEXT - SHORT_TEXT);
        let between = |(short, full): (f64, f64)| short + (full - short) * long.clamp(0.0, 1.0);
        let exponent = between(PHRASE_TIMES);
        let most = words.stems.iter().map(|times| times.content).max().unwrap_or(0).min(KEPT_TIMES);
        let worth = |times: &Times| match WORTHS.get(times.content as usize) {
            Some(worth) => *worth,
            None => f64::from(times.content).powf(WORD_TIMES),
        };
        let mut in_title = vec![false; words.stems.len()];
        let mut here = |id: Option<u32>| {
            if let Some(here) = id.and_then(|id| in_title.get_mut(id as usize)) {
                *here = true;
            }
        };
        if text.title.len() <= LONGEST_TITLE {
            let title = text.title_tokens.iter().filter(|title| title.class != Class::Mark);
            title.for_each(|token| here(text.words.id_of(token)));
        } else {
            let title = tokens(prefix(text.title, LONGEST_TITLE));
            title.for_each(|token| here(text.words.known_id(&token.folded())));
        }
        Self {
            worths: words.stems.iter().map(worth).collect(),
            in_title,
            repeated: (0..=most).map(|times| f64::from(times).powf(exponent)).collect(),
            exponent,
            single: between(SINGLE),
        }
    }

    /// What a candidate amounts to; 0 for none.
    pub(super) fn score(&self, ids: &[u32], count: &Count) -> f64 {
        let (mut worth, mut content, mut in_title) = (0.0, 0_u32, false);
        for &id in ids {
            in_title |= self.in_title.get(id as usize).is_some_and(|here| *here);
            if let Some(of_word) = self.worths.get(id as usize).filter(|worth| **worth > 0.0) {
                worth += of_word;
                content += 1;
            }
        }
        if content == 0 {
            return 0.0;
        }
        let number = f64::from(content);
        let mut score = worth / number;
        if count.times > 1 {
            score *= match self.repeated.get(count.times as usize) {
                Some(repeated) => *repeated,
                None => f64::from(count.times).powf(self.exponent),
            };
        }
        score /= lateness(count.first);
        if count.cjk {
            // Only what is repeated; a longer sequence is a better word.
            return if count.times > 1 { score * number.sqrt() } else { 0.0 };
        }
        if count.named {
            score *= NAMED;
        }
        if count.linked {
            score *= LINKED_NAME;
        } else {
            score *= 0.5 + 0.5 * f64::from(count.whole) / f64::from(count.times);
        }
        if content == 1 {
            score *= self.single;
        }
        if count.verbal && !count.named && !count.linked {
            score *= VERBAL;
        }
        if in_title {
            score *= IN_TITLE;
        }
        score
    }
}

/// What a first place so far into a text takes away.
fn lateness(first: u32) -> f64 {
    const KEPT: u32 = 4096;
    static EARLY: LazyLock<Vec<f64>> = LazyLock::new(|| (0..KEPT).map(reckoned).collect());
    fn reckoned(first: u32) -> f64 {
        0.5 + (2.0 + f64::from(first) / 20.0).ln()
    }
    EARLY.get(first as usize).copied().unwrap_or_else(|| reckoned(first))
}
