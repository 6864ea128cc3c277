//! Quotations beside a reporting verb: before it, behind it, and going on.

use std::ops::Range;

use dixit::Form;

use super::super::lexicon::{CueClass, flag};
use super::super::prose::{Case, Kind, NO_QUOTE, Quote};
use super::content::{CLAUSE, Frame, GAP, Piece, behind_dateline};
use super::{Reader, cue_at};

/// Between an attribution and the quotation that goes on behind it stand at most so many words.
const RESUMED_WITHIN: usize = 60;

impl Reader<'_, '_> {
    /// Quotations right before and right behind verb and source.
    pub(super) fn quoted(&mut self, frame: &Frame<'_, '_>, found: &mut Vec<Piece>) {
        let verb = frame.verb;
        let speech = [CueClass::Speech, CueClass::That, CueClass::Listener, CueClass::Participle];
        if !speech.iter().any(|class| verb.cue.is(*class)) {
            return;
        }
        if !frame.coordinated
            && let Some(quote) = self.quote_before(self.behind_quote(frame.left), frame.right)
        {
            // A quotation over several paragraphs: all of them.
            let mut first = quote;
            while first > 0 && self.prose.quotes[first - 1].continues && !self.used[first - 1] {
                first -= 1;
            }
            for index in first..=quote {
                found.push(self.direct(index, frame, "quote-before"));
            }
            if first == quote
                && let Some(piece) = found.last_mut()
                && self.stops(frame.right)
                && let Some(content) = self.around_quote(quote)
            {
                // `Their answer was a “very firm no,” Roe said.`
                piece.content = content;
                piece.form = Form::Indirect;
                piece.rule = "mixed-before";
            }
            if let Some(next) = self.resumed(frame.right) {
                found.push(self.direct(next, frame, "quote-resumed"));
                self.continued(next, frame, found);
            }
            return;
        }
        if let Some((quote, end)) = self.quote_after(frame) {
            let mut piece = self.direct(quote, frame, "quote-after");
            piece.cue_end = end;
            found.push(piece);
            self.continued(quote, frame, found);
        }
    }

    /// The sentence up to the end of a quotation, when the quotation is only the end of what was said.
    fn around_quote(&self, index: usize) -> Option<Range<usize>> {
        let prose = self.prose;
        let quote = &prose.quotes[index];
        let sentence = prose.sentences.get(prose.tokens[quote.open].sentence as usize)?;
        let start = behind_dateline(prose, sentence);
        let last = quote.open.checked_sub(1).filter(|last| *last >= start)?;
        let ends = prose.tokens[last].is_word() || prose.tokens[last].kind == Kind::Number;
        let leads = prose.tokens[start].has(flag::PREPOSITION | flag::ADVERBIAL);
        let words = start..quote.open;
        let says = words.clone().any(|at| {
            let token = &prose.tokens[at];
            token.is_word() && !token.has(flag::CLAUSE_START | flag::BETWEEN | flag::DETERMINER)
        });
        let attributes = words.clone().any(|at| {
            prose.tokens[at].quote == NO_QUOTE
                && (cue_at(prose, at).is_some() || prose.tokens[at].has(flag::ACCORDING))
        });
        let quoted = prose.tokens[start].kind == Kind::Open;
        (ends && says && !attributes && !leads && !quoted && words.len() < CLAUSE)
            .then(|| prose.tokens[start].start..prose.tokens[quote.close].tail)
    }

    fn continued(&mut self, from: usize, frame: &Frame<'_, '_>, found: &mut Vec<Piece>) {
        let mut quote = from;
        while self.prose.quotes[quote].continues && quote + 1 < self.prose.quotes.len() {
            quote += 1;
            if !self.prose.quotes[quote].valid || self.used[quote] {
                break;
            }
            found.push(self.direct(quote, frame, "quote-continued"));
        }
    }

    fn direct(&mut self, quote: usize, frame: &Frame<'_, '_>, rule: &'static str) -> Piece {
        self.used[quote] = true;
        let content = self.prose.quotes[quote].content.clone();
        Piece { form: Form::Direct, content, cue_end: frame.verb.tokens.end, rule }
    }

    /// Where the words before a source begin, if a quotation ends there: `“…,” portfolio manager Jane Roe`.
    fn behind_quote(&self, left: usize) -> usize {
        let prose = self.prose;
        let stays = flag::CLAUSE_START | flag::PREPOSITION | flag::THAT | flag::CUE | flag::SELF;
        let mut at = left;
        while at > 0
            && left - at < GAP
            && prose.tokens[at - 1].is_word()
            && prose.tokens[at - 1].quote == NO_QUOTE
            && !prose.tokens[at - 1].has(stays)
        {
            at -= 1;
        }
        if at > 0 && prose.tokens[at - 1].kind == Kind::Close { at } else { left }
    }

    /// The quotation that ends right before a token: `“…,” said`.
    fn quote_before(&self, left: usize, right: usize) -> Option<usize> {
        let prose = self.prose;
        let mut at = left.checked_sub(1)?;
        let mut comma = false;
        while at > 0 && prose.tokens[at].is_punct(&[',', '—', '–', '-', '，', '*', '_']) {
            comma = true;
            at -= 1;
        }
        let close = &prose.tokens[at];
        if close.kind != Kind::Close || prose.tokens[left].paragraph {
            return None;
        }
        let index = close.quote as usize;
        let quote = prose.quotes.get(index).filter(|quote| quote.valid && !self.used[index])?;
        let said = prose.text.get(quote.content.clone()).unwrap_or_default().trim_end();
        let open = said.ends_with([',', '!', '?', '…', '—', '–', '-', '，', '\'', '’', '”'])
            || said.ends_with("...");
        // `On Norland TV’s “Morning Hour,” Roe said the plan …`: a title inside the sentence.
        let first = quote.open == 0 || {
            let before = &prose.tokens[quote.open - 1];
            prose.tokens[quote.open].paragraph || !before.is_word()
        };
        ((comma || open) && (first || self.stops(right))).then_some(index)
    }

    /// Whether no clause follows a verb and its source: what was said stands before them.
    fn stops(&self, right: usize) -> bool {
        self.prose.tokens.get(right).is_none_or(|token| {
            !token.is_word()
                || token.paragraph
                || token.has(flag::ADVERBIAL | flag::LISTENER) && !token.has(flag::THAT)
        })
    }

    /// The quotation behind the verb, and the token behind the words that lead to it.
    fn quote_after(&self, frame: &Frame<'_, '_>) -> Option<(usize, usize)> {
        let prose = self.prose;
        let mut at = frame.right;
        while at < prose.tokens.len() && at < frame.right + 2 * GAP {
            let token = &prose.tokens[at];
            if token.kind == Kind::Open && token.quote != NO_QUOTE {
                break;
            }
            let stops = token.is_punct(&['.', '!', '?', ';', '。', '”']);
            if token.paragraph || stops || cue_at(prose, at).is_some() {
                return None;
            }
            at += 1;
        }
        let token = prose.tokens.get(at).filter(|token| token.kind == Kind::Open)?;
        let index = token.quote as usize;
        let quote = prose.quotes.get(index).filter(|quote| quote.valid && !self.used[index])?;
        let gap = at - frame.right;
        let last = (gap > 0).then(|| &prose.tokens[at - 1]);
        let colon = last.is_some_and(|last| last.is_punct(&[':', '：']));
        if token.paragraph && !colon {
            return None;
        }
        let first = prose.tokens.get(frame.right);
        let leads = first.is_some_and(|first| {
            first.has(flag::ADVERBIAL | flag::LISTENER | flag::DETERMINER)
                || first.is_capital()
                || first.is_punct(&[',', ':'])
        });
        // `said that as trade grows, “it will …”`: the clause begins before the quotation.
        let clause = (frame.right..at).any(|at| prose.tokens[at].has(flag::THAT));
        let comma =
            last.is_some_and(|last| last.is_punct(&[',', '，'])) && gap <= GAP && leads && !clause;
        let listener = gap > 0
            && frame.verb.cue.is(CueClass::Listener)
            && gap <= 3
            && first.is_some_and(|first| first.has(flag::LISTENER) || first.is_capital());
        // `said that “…”.`: the whole of what was said is quoted.
        let that = last.is_some_and(|last| last.has(flag::THAT)) && gap <= GAP && leads;
        let ends = prose.tokens.get(quote.close + 1).is_none_or(|next| {
            next.paragraph
                || next.is_punct(&['.', ',', ';', '!', '?'])
                || next.sentence != prose.tokens[quote.close].sentence
        });
        let direct = gap == 0 && (quote.words() > 3 || ends) || colon || comma || listener;
        // `said “it makes me mad” every time he thinks of it`: only its beginning is quoted.
        let goes_on = prose.tokens.get(quote.close + 1).is_some_and(|next| {
            next.is_word()
                && !next.paragraph
                && next.sentence == prose.tokens[quote.close].sentence
                && !next.has(flag::ADVERBIAL | flag::CLAUSE_START | flag::PREPOSITION | flag::CUE)
        });
        let whole = !goes_on || colon || comma || gap > 0;
        (direct && whole || that && ends).then_some((index, at))
    }

    /// The quotation that goes on behind `…,” she said.`
    fn resumed(&self, right: usize) -> Option<usize> {
        let prose = self.prose;
        for at in right..(right + RESUMED_WITHIN).min(prose.tokens.len()) {
            let token = &prose.tokens[at];
            if token.paragraph || cue_at(prose, at).is_some() {
                return None;
            }
            if token.kind == Kind::Open {
                let index = token.quote as usize;
                let last = &prose.tokens[at - 1];
                let leads = last.is_punct(&[',', '.', ':', '—', '–', ';']);
                let quote = prose.quotes.get(index)?;
                let own = self.is_attributed_behind(quote);
                let free = quote.valid && !self.used[index] && !own;
                return (leads && free).then_some(index);
            }
            if token.is_punct(&['.', '!', '?'])
                && prose.tokens.get(at + 1).is_none_or(|next| next.kind != Kind::Open)
            {
                return None;
            }
        }
        None
    }

    /// Whether what goes on behind a quotation attributes it, by a verb that is known or not: `“…,” came the
    /// reply.`, `“…” read a banner.`
    pub(super) fn is_attributed_behind(&self, quote: &Quote) -> bool {
        let prose = self.prose;
        let inside = prose.tokens[..quote.close].last();
        let is_open = inside.is_some_and(|last| last.is_punct(&[',', '，']));
        let attributes = (quote.close + 1..(quote.close + 5).min(prose.tokens.len()))
            .take_while(|at| !prose.tokens[*at].paragraph)
            .take_while(|at| !prose.tokens[*at].is_punct(&['.', ';']))
            .any(|at| prose.tokens[at].quote == NO_QUOTE && cue_at(prose, at).is_some());
        let goes_on = prose.tokens.get(quote.close + 1).is_some_and(|next| {
            let ends = next.is_punct(&['.', '!', '?', ';'])
                || next.kind == Kind::Open
                || next.sentence != prose.tokens[quote.close].sentence
                    && !matches!(next.kind, Kind::Word(Case::Lower));
            !next.paragraph && !ends
        });
        is_open || attributes || goes_on
    }
}
