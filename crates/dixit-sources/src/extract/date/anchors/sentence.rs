//! A sentence that may say something about its own year.

use super::super::super::short_words::WordSet;
use super::super::super::tokens::{Class, Gap, Token, tokens};
use super::super::cues::{Words, words};
use super::super::events::{Event, Kind, Named, events, is_free};
use super::super::mentions::{Mention, scan};
use super::super::numbers::cardinal;
use super::{Anchor, Claim, Form, Key, When};

pub(super) struct Sentence<'a> {
    pub(super) tokens: Vec<Token<'a>>,
    pub(super) named: Vec<Named>,
    pub(super) words: &'static Words,
}

impl<'a> Sentence<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let tokens: Vec<_> = tokens(text).collect();
        let named = events().named(&tokens);
        Self { tokens, named, words: words() }
    }

    pub(super) fn is(&self, at: usize, list: &WordSet) -> bool {
        self.tokens.get(at).is_some_and(|token| list.contains(&*token.folded()))
    }

    pub(super) fn word(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.folds_to(word))
    }

    /// Whether one of these phrases stands at a token; how long it is.
    pub(super) fn phrase(&self, at: usize, phrases: &[Vec<String>]) -> Option<usize> {
        let is_here = |phrase: &&Vec<String>| {
            phrase.iter().enumerate().all(|(offset, word)| self.word(at + offset, word))
        };
        phrases.iter().find(is_here).map(Vec::len)
    }

    /// `75 years`, `two decades`, `half a century`: the years, and the token behind.
    pub(super) fn period(&self, at: usize) -> Option<(i16, usize)> {
        for period in &self.words.periods {
            if period.words.iter().zip(at..).all(|(word, at)| self.word(at, word)) {
                return Some((period.years, at + period.words.len()));
            }
        }
        let (n, next) = cardinal(&self.tokens, at)?;
        let unit = self.words.units.get(&*self.tokens.get(next)?.folded())?;
        Some((n.checked_mul(*unit)?, next + 1))
    }

    /// Whether a number is not exact, or a goal: `nearly 80`, `by the 100th`.
    pub(super) fn is_hedged(&self, at: usize) -> bool {
        at > 0 && self.is(at - 1, &self.words.hedges)
    }

    /// The event whose name begins at this token and is not part of a longer name.
    pub(super) fn event_at(&self, at: usize) -> Option<Named> {
        let first = self.named.partition_point(|named| named.first < at);
        self.named.get(first).copied().filter(|named| named.first == at && self.is_whole(*named))
    }

    pub(super) fn event_ending(&self, end: usize) -> Option<Named> {
        let last = self.named.partition_point(|named| named.end < end);
        self.named.get(last).copied().filter(|named| named.end == end && self.starts_free(*named))
    }

    pub(super) fn starts_free(&self, named: Named) -> bool {
        match named.first.checked_sub(1) {
            None => true,
            Some(before) => {
                let token = &self.tokens[before];
                let small = self.is(before, &self.words.after_name)
                    || self.is(before, &self.words.between)
                    || matches!(&*token.folded(), "on");
                small || is_free(token, before == 0) || self.tokens[named.first].gap == Gap::Blank
            }
        }
    }

    /// `United Nations`, but not of `United Nations Association` or `United Nations peacekeeping`.
    pub(super) fn is_whole(&self, named: Named) -> bool {
        if !self.starts_free(named) {
            return false;
        }
        let Some(next) = self.tokens.get(named.end) else { return true };
        match next.class {
            Class::Word => {
                next.gap == Gap::Blank
                    || (!next.is_capitalised()
                        && (is_bare(named) || self.is(named.end, &self.words.after_name)))
            }
            Class::Mark => {
                let glued = next.gap == Gap::None;
                let joins = matches!(&*next.folded(), "-" | "'" | "/" | "‑");
                !(glued && joins)
            }
            Class::Number | Class::Cjk => true,
        }
    }

    /// Whether the sentence names a year, or a number of years ago, beside the event's own: then
    /// an anniversary without "this year" may be one of the past.
    pub(super) fn looks_elsewhere(&self, own: i16) -> bool {
        (0..self.tokens.len()).any(|at| {
            let year = self.tokens[at].text.len() == 4
                && self.tokens[at].number().is_some_and(|number| {
                    (1900..2200).contains(&number) && i16::try_from(number) != Ok(own)
                });
            let ago = self.word(at, "ago")
                || (self.word(at, "il") && self.word(at + 1, "y"))
                || self.years_ago(at).is_some();
            year || ago
        })
    }

    pub(super) fn anchor(
        &self,
        named: Named,
        from: usize,
        to: usize,
        n: i16,
        form: Form,
        force: bool,
    ) -> Option<Anchor> {
        let event: &Event = events().get(named.event)?;
        let date = if force { event.force? } else { event.date };
        let what = if force { "in force" } else { &event.what };
        let first = from.min(named.first);
        if form == Form::Anniversary(When::Unmarked)
            && (self.looks_elsewhere(date.get_year()) || self.is_before_then(first))
        {
            return None;
        }
        let last = self.tokens.get(to.max(named.end).checked_sub(1)?)?;
        Some(Anchor {
            range: self.tokens.get(first)?.start..last.end(),
            key: Key::Event(named.event),
            claim: Claim::Count {
                form,
                years: n,
                from: date,
                also: if force { Vec::new() } else { event.also.clone() },
            },
            weight: 0.0,
            this_year: form == Form::Anniversary(When::ThisYear),
            origin: format!("{what} {}", date.get_year()),
            session: None,
        })
    }

    /// Whether the words before tell of what was before then: "had stood guard at the 50th".
    pub(super) fn is_before_then(&self, at: usize) -> bool {
        (at.saturating_sub(14)..at).any(|before| self.is(before, &self.words.before_then))
    }

    /// The dates with a year in the sentence.
    pub(super) fn dates(&self) -> Vec<Mention> {
        scan(&self.tokens).into_iter().filter(|mention| mention.year.is_some()).collect()
    }

    /// When the anniversary is: by the words before it in its sentence, the nearest first, else by
    /// the few behind it.
    pub(super) fn when(&self, from: usize, to: usize) -> When {
        let kind = |at: usize, near: bool| {
            if self.phrase(at, &self.words.next_year).is_some() {
                Some(When::NextYear)
            } else if self.phrase(at, &self.words.last_year).is_some() {
                Some(When::LastYear)
            } else if self.phrase(at, &self.words.this_year).is_some() {
                Some(When::ThisYear)
            } else if near && self.phrase(at, &self.words.future).is_some() {
                Some(When::Ahead)
            } else {
                None
            }
        };
        let before = || (from.saturating_sub(24)..from).rev();
        let will = || before().take(8).any(|at| self.phrase(at, &self.words.will).is_some());
        // "Next year we shall approach" is next year, whatever is nearer.
        before()
            .find_map(|at| kind(at, false).filter(|when| *when == When::NextYear))
            .or_else(|| before().find_map(|at| kind(at, from - at <= 8)))
            .or_else(|| (to..to + 6).find_map(|at| kind(at, false)))
            .or_else(|| will().then_some(When::Ahead))
            .unwrap_or(When::Unmarked)
    }
}

/// Whether the name alone says that something happened.
pub(super) fn is_bare(named: Named) -> bool {
    events().get(named.event).is_some_and(|event| matches!(event.kind, Kind::Happening | Kind::Day))
}
