//! Anniversaries of which a text tells from a later time: `"This year marks the 50th anniversary of X," Roe said
//! then. Ten years on, …`.

use std::ops::Range;

use super::super::super::tokens::{Class, Gap, floor};
use super::super::cues;
use super::super::mentions::lexicon;
use super::super::numbers::cjk;
use super::Anchor;
use super::sentence::Sentence;

/// Bytes to each side of the sentence of an anchor that are looked at.
const REACH: usize = 300;
/// Words between a verb of saying and `then`.
const SAID_THEN: usize = 6;

/// Whether the sentence of an anchor, or what stands around it, tells that the anniversary is of a year that
/// was over when the text was made. `all` are the anchors of the text.
pub(in super::super) fn is_passed(text: &str, anchor: &Anchor, all: &[Anchor]) -> bool {
    if anchor.is_wide() || text.get(anchor.range.clone()).is_none() {
        return false;
    }
    let window = cues::sentence(text, anchor.range.clone(), 0);
    let to = floor(text, window.end.saturating_add(REACH)).max(window.end);
    let from = floor(text, window.start.saturating_sub(REACH));
    let own = Sentence::new(&text[window.clone()]);
    let behind = Sentence::new(&text[window.end..to]);
    // The tokens of its sentence before and behind it.
    let first = own.tokens.partition_point(|token| window.start + token.start < anchor.range.start);
    let last = own.tokens.partition_point(|token| window.start + token.start < anchor.range.end);
    let counts = all.iter().filter_map(Anchor::count);
    let counts: Vec<_> = counts.map(|(years, _)| years).collect();
    if own.is_said_then(last)
        || own.has_years_later(last, &counts)
        || behind.has_years_later(0, &counts)
    {
        return true;
    }
    let Some(latest) = anchor.possible(None).into_iter().max() else { return false };
    let is_later = |year: i16| year > latest;
    // An event's own year stands beside its anniversaries.
    let is_told = |year: i16| {
        all.iter().any(|other| {
            other.count().is_some_and(|(_, from)| from == year)
                || other.possible(None).contains(&year)
        })
    };
    let is_other = |year: i16| !is_told(year);
    let end = behind.first_sentence();
    own.reports_year(0..first, 0..own.tokens.len(), is_other)
        || own.reports_year(last..own.tokens.len(), 0..own.tokens.len(), is_later)
        || behind.reports_year(0..end, 0..end, is_later)
        || own.reports(&(0..own.tokens.len())) && {
            let before = text[from..window.start].trim_end();
            let at = before.len().saturating_sub(1);
            let over = cues::sentence(before, floor(before, at)..before.len(), 0);
            let over = Sentence::new(&before[over]);
            // An empty line parts what is retold from what is said.
            let first = own.tokens.first().map_or(0, |token| token.start);
            let between = &text[from + before.len()..window.start + first];
            let is_near = between.matches('\n').count() < 2;
            is_near && over.reports_year(0..over.tokens.len(), 0..over.tokens.len(), is_other)
        }
}

impl Sentence<'_> {
    /// `Roe told a crowd then.`
    fn is_said_then(&self, from: usize) -> bool {
        (from..self.tokens.len()).any(|at| {
            let Some(len) = self.phrase(at, &self.words.at_the_time) else { return false };
            let closes = self
                .tokens
                .get(at + len)
                .is_none_or(|next| next.class == Class::Mark && !matches!(next.text, "-" | "–"));
            closes && self.reports(&(at.saturating_sub(SAID_THEN).max(from)..at))
        })
    }

    /// Whether a clause begins with `Ten years later`, where so many years are none of those that are counted
    /// to an anniversary.
    fn has_years_later(&self, from: usize, counts: &[i16]) -> bool {
        let opens = |at: usize| {
            at == from || self.tokens.get(at).is_some_and(|token| token.gap >= Gap::Line) || {
                let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
                before.is_some_and(|before| before.class == Class::Mark && before.text != "-")
                    || at > 0 && self.is(at - 1, &self.words.openers)
            }
        };
        let is_new = |years: i16| !counts.iter().any(|count| (count - years).abs() <= 1);
        let later = |at: usize| {
            self.phrase(at, &self.words.later).is_some()
                || self.phrase(at, &self.words.later_closed).is_some_and(|len| {
                    self.tokens.get(at + len).is_none_or(|next| next.class == Class::Mark)
                })
        };
        (from..self.tokens.len()).any(|at| {
            if !opens(at) {
                return false;
            }
            if let Some((years, next)) = self.period(at) {
                return is_new(years) && later(next);
            }
            if let Some((years, next)) = cjk(&self.tokens, at)
                && self.word(next, "年")
            {
                return is_new(years) && self.is(next + 1, &self.words.later_cjk);
            }
            let noun = at + usize::from(self.is(at, &self.words.some));
            let unit = self
                .tokens
                .get(noun)
                .is_some_and(|unit| self.words.units.contains_key(&*unit.folded()));
            unit && later(noun + 1)
        })
    }

    /// Whether some of the sentence tells what somebody said.
    fn reports(&self, tokens: &Range<usize>) -> bool {
        let words = &lexicon().words;
        let tokens = self.tokens.get(tokens.clone()).unwrap_or_default();
        let is_cjk = |verb: &String| {
            let mut signs =
                tokens.iter().enumerate().filter(|(_, token)| verb.starts_with(token.text));
            signs.any(|(at, _)| {
                let text: String =
                    tokens[at..].iter().take(verb.chars().count()).map(|t| t.text).collect();
                text == *verb
            })
        };
        tokens.iter().any(|token| token.is_word() && words.reporting.contains(&*token.folded()))
            || tokens.iter().any(|token| token.class == Class::Cjk)
                && words.reporting_cjk.iter().any(is_cjk)
    }

    /// Whether a year that is written in some of the sentence is one in which somebody spoke: `In 1961 Roe said`,
    /// not `by 2030`.
    fn reports_year(
        &self,
        years: Range<usize>,
        told: Range<usize>,
        is_meant: impl Fn(i16) -> bool,
    ) -> bool {
        let has_year = || {
            years.clone().any(|at| {
                let is_in = at > 0 && self.is(at - 1, &self.words.in_year);
                self.year(at)
                    .is_some_and(|year| is_meant(year) && (is_in || self.word(at + 1, "年")))
            }) || self
                .dates()
                .iter()
                .any(|date| years.contains(&date.tokens.start) && date.year.is_some_and(&is_meant))
        };
        let ahead = |at: usize| {
            self.is(at, &lexicon().words.ahead) || self.phrase(at, &self.words.will).is_some()
        };
        !years.is_empty() && has_year() && self.reports(&told) && !told.into_iter().any(ahead)
    }

    /// The end of the first sentence.
    fn first_sentence(&self) -> usize {
        let ends = |at: &usize| {
            let next = self.tokens.get(at + 1);
            let stops = matches!(self.tokens[*at].text, "." | "!" | "?" | "。" | "！" | "？");
            *at > 0
                && (stops
                    && next.is_none_or(|next| next.gap != Gap::None || next.class == Class::Cjk)
                    || next.is_some_and(|next| next.gap == Gap::Blank))
        };
        (0..self.tokens.len()).find(ends).map_or(self.tokens.len(), |at| at + 1)
    }
}
