//! Retold speech: the clause, the object or the sentence beside a reporting verb and its source.

use std::ops::Range;

use dixit::Form;

use super::super::lexicon::{CueClass, flag};
use super::super::mentions::Who;
use super::super::prose::{Kind, NO_QUOTE, Prose};
use super::content::{CLAUSE, Frame, GAP, Piece, behind_dateline};
use super::source::{self, Source};
use super::{Reader, Verb, cue_at};

/// Retold speech of fewer words says nothing: `Roe said so`.
const FEWEST_WORDS: usize = 2;
/// Behind a preposition so few words are where something was told, not what.
const FEWEST_ABOUT: usize = 4;
/// Between a verb that names and its quotation stand at most so many words.
const NAMED_WITHIN: usize = 24;

impl Reader<'_, '_> {
    /// What was said without being quoted.
    pub(super) fn retold(&mut self, frame: &Frame<'_, '_>, found: &mut Vec<Piece>) {
        let verb = frame.verb;
        let relative = relative(self.prose, verb);
        // `Roe, who said the talks were over, left`: up to the comma that ends the clause.
        let end = match relative {
            Some(Relative::Aside) => self.aside_end(frame),
            _ => verb.sentence.end,
        };
        let first = found.len();
        self.retold_up_to(end, frame, found);
        // `The minister who said the talks were over is gone`: nothing shows where the clause ends.
        if relative == Some(Relative::Part) {
            found[first..].iter_mut().for_each(|piece| piece.rule = "retold-relative");
        }
    }

    fn retold_up_to(&mut self, end: usize, frame: &Frame<'_, '_>, found: &mut Vec<Piece>) {
        let prose = self.prose;
        let verb = frame.verb;
        let stopped = frame.right >= end
            || prose.tokens[frame.right].is_punct(&[',', '.', '—', '–', ';', '!', '，', ')'])
            || prose.tokens[frame.right].kind == Kind::Close;
        let indirect = |content: Range<usize>, cue_end, rule| Piece {
            form: Form::Indirect,
            content: prose.bytes(content),
            cue_end,
            rule,
        };
        if stopped {
            if verb.cue.is(CueClass::Speech) && !frame.coordinated {
                let _ = around(prose, frame, found);
            }
            let clause = frame.right + 1;
            if found.is_empty()
                && verb.cue.comma_clause
                && frame.before_content()
                && prose.tokens.get(frame.right).is_some_and(|token| token.is_punct(&[',']))
                && clause < end
                && !prose.tokens[clause].has(flag::CLAUSE_START | flag::THAT)
            {
                // `Roh sagte, die Gespräche seien gescheitert`
                let content = clause..self.clause_end(clause, end);
                if content.len() > FEWEST_WORDS {
                    found.push(indirect(content, verb.tokens.end, "retold-clause"));
                }
                return;
            }
            if !verb.cue.comma_clause || self.that(frame).is_none() {
                return;
            }
            // `Roh betonte, dass …`
        }
        // `sagte nicht, dass …`
        let denied = prose.tokens.get(frame.right).is_some_and(|token| token.has(flag::NEGATION));
        // `asked not to be named`
        let denied = denied && (!verb.cue.english || prose.text_of(frame.right + 1) == "to");
        if !frame.before_content() || denied {
            return;
        }
        let trusted = match frame.source {
            Source::Mention(index) => {
                !matches!(verb.mentions[*index].who, Who::Group | Who::Unnamed)
            }
            _ => frame.coordinated,
        };
        if let Some(that) = self.that(frame) {
            let content = that + 1..self.clause_end(that + 1, end);
            if content.len() >= FEWEST_WORDS {
                found.push(indirect(content, that + 1, "retold-that"));
            }
            return;
        }
        // `was told by Roe` says what was said only with `that`.
        if frame.turned {
            return;
        }
        let object = verb.cue.is(CueClass::Object);
        if verb.cue.is(CueClass::Naming) {
            if let Some(content) = self.named_so(frame) {
                found.push(indirect(content, verb.tokens.end, "names"));
            }
            return;
        }
        if verb.cue.is(CueClass::Listener) || verb.cue.is(CueClass::Speech) && !object {
            let told = verb.cue.is(CueClass::Listener) && !verb.cue.is(CueClass::Speech);
            let Some(start) = self.clause_start(frame, told) else { return };
            let content = start..self.clause_end(start, end);
            let first = prose.tokens[start].flags;
            // `told analysts on a call`: what was told stands before.
            let where_told = first & flag::PREPOSITION != 0 && first & flag::DETERMINER == 0;
            if where_told && content.len() <= FEWEST_ABOUT {
                return;
            }
            // `concluded a hearing` says nothing; `said` needs no verb that is known.
            let bare = verb.cue.is(CueClass::Bare) || !verb.cue.english || told;
            if !bare && !self.is_clause(start, end) {
                return;
            }
            let says = first & (flag::CLAUSE_START | flag::PREPOSITION | flag::ADVERBIAL) == 0
                || first & flag::DETERMINER != 0
                || told;
            if says && content.len() > FEWEST_WORDS {
                found.push(indirect(content, verb.tokens.end, "retold-clause"));
            }
            return;
        }
        if verb.cue.is(CueClass::That)
            && verb.cue.english
            && let Some(start) = self.clause_start(frame, false)
            && self.is_clause(start, end)
        {
            let content = start..self.clause_end(start, end);
            found.push(indirect(content, verb.tokens.end, "retold-clause"));
            return;
        }
        if object && trusted {
            let content = frame.right..self.clause_end(frame.right, end);
            let first = &prose.tokens[frame.right];
            let link = first.has(flag::PREPOSITION)
                && !matches!(
                    prose.text_of(frame.right),
                    "to" | "for" | "about" | "against" | "on" | "of"
                );
            let reads = (first.is_word() || first.kind == Kind::Open || first.kind == Kind::Number)
                && !link
                && !first.has(flag::COPULA);
            if reads && content.len() >= FEWEST_WORDS {
                found.push(indirect(content, verb.tokens.end, "retold-object"));
            }
        }
    }

    /// Where a relative clause between commas ends: at the comma behind which the main verb stands.
    fn aside_end(&self, frame: &Frame<'_, '_>) -> usize {
        let prose = self.prose;
        let end = frame.verb.sentence.end;
        let ends = |at: &usize| {
            let comma = prose.tokens[*at].is_punct(&[',']) && prose.tokens[*at].quote == NO_QUOTE;
            comma
                && prose.tokens.get(at + 1).is_some_and(|next| {
                    cue_at(prose, at + 1).is_some()
                        || next.has(flag::COPULA | flag::MODAL | flag::BETWEEN)
                })
        };
        (frame.right..end.min(frame.right + CLAUSE)).find(ends).unwrap_or(end)
    }

    /// `called the plan “a start” and “a hope”`: object and quotation.
    fn named_so(&self, frame: &Frame<'_, '_>) -> Option<Range<usize>> {
        let prose = self.prose;
        let end = frame.verb.sentence.end;
        let open = (frame.right..end.min(frame.right + NAMED_WITHIN)).take_while(|at| {
            let token = &prose.tokens[*at];
            token.is_word() && cue_at(prose, *at).is_none()
                || token.kind == Kind::Open
                || token.kind == Kind::Number
                || token.is_punct(&['-', '–'])
        });
        let open = open.into_iter().find(|at| prose.tokens[*at].kind == Kind::Open)?;
        let quote =
            prose.quotes.get(prose.tokens[open].quote as usize).filter(|quote| quote.valid)?;
        (open > frame.right || quote.words() > 1)
            .then(|| frame.right..self.clause_end(frame.right, end))
    }

    /// Whether a clause with a verb of its own begins here: `the plan was dead`, not `the plan`.
    fn is_clause(&self, start: usize, end: usize) -> bool {
        let prose = self.prose;
        let first = &prose.tokens[start];
        if first.has(flag::PREPOSITION | flag::ADVERBIAL) && !first.has(flag::DETERMINER) {
            return false;
        }
        let near = (start + 1..end.min(start + 10)).take_while(|at| {
            let token = &prose.tokens[*at];
            token.is_word() && !token.has(flag::CLAUSE_START | flag::THAT)
        });
        near.into_iter().any(|at| {
            let word = prose.text_of(at);
            prose.tokens[at].has(flag::COPULA)
                || matches!(
                    word,
                    "will"
                        | "would"
                        | "could"
                        | "should"
                        | "can"
                        | "may"
                        | "might"
                        | "must"
                        | "has"
                        | "had"
                        | "have"
                        | "does"
                        | "did"
                        | "do"
                )
        })
    }

    /// The `that` of a verb: right behind it or behind an adverbial.
    fn that(&self, frame: &Frame<'_, '_>) -> Option<usize> {
        let prose = self.prose;
        let end = frame.verb.sentence.end.min(frame.right + GAP);
        for at in frame.right..end {
            let token = &prose.tokens[at];
            if token.has(flag::THAT) && token.quote == NO_QUOTE {
                // `criticized that plan`
                let noun = !frame.turned
                    && frame.verb.cue.is(CueClass::Object)
                    && !frame.verb.cue.is(CueClass::Speech)
                    && !frame.verb.cue.is(CueClass::That);
                return (!noun && at + 1 < frame.verb.sentence.end).then_some(at);
            }
            let first = at == frame.right;
            // `informada por Roe de que`
            let of = prose.text_of(at) == "de" && frame.turned;
            // `told mourners that`
            let told = first
                && frame.verb.cue.is(CueClass::Listener)
                && prose.text_of(at).ends_with('s')
                && prose.tokens.get(at + 1).is_some_and(|next| next.has(flag::THAT));
            let opens = of
                || told
                || token.has(flag::ADVERBIAL | flag::LISTENER | flag::BETWEEN)
                || token.is_punct(&[','])
                || token.is_capital() && frame.verb.cue.is(CueClass::Listener)
                || token.has(flag::DETERMINER) && frame.verb.cue.is(CueClass::Listener);
            if first && !opens
                || !token.is_word() && !token.is_punct(&[',']) && token.kind != Kind::Number
            {
                return None;
            }
            if cue_at(prose, at).is_some() {
                return None;
            }
        }
        None
    }

    /// Where a clause without `that` begins: behind listener and day.
    fn clause_start(&self, frame: &Frame<'_, '_>, told: bool) -> Option<usize> {
        let prose = self.prose;
        let end = frame.verb.sentence.end;
        let mut at = frame.right;
        if told {
            let listener = prose.tokens.get(at)?;
            if let Some(index) = source::beginning_at(frame.verb.mentions, at) {
                at = frame.verb.mentions[index].tokens.end;
            } else if listener.has(flag::LISTENER) {
                at += 1;
            } else if listener.is_capital() {
                while at < end && prose.tokens[at].is_capital() {
                    at += 1;
                }
            } else {
                return None;
            }
        }
        for _ in 0..4 {
            let day = |at: usize| {
                prose.tokens.get(at).is_some_and(|t| t.has(flag::BETWEEN) && t.is_capital())
            };
            if day(at) {
                at += 1;
            } else if matches!(prose.text_of(at), "on" | "last" | "late" | "early") && day(at + 1) {
                at += 2;
            }
        }
        (at < end
            && prose.tokens[at].is_word()
                | (prose.tokens[at].kind == Kind::Number)
                | (prose.tokens[at].kind == Kind::Open))
            .then_some(at)
    }

    /// Where the clause ends: at a semicolon or the end of the sentence, its full stop excluded.
    fn clause_end(&self, start: usize, end: usize) -> usize {
        let prose = self.prose;
        let stop = (start..end.min(start + CLAUSE)).find(|at| {
            prose.tokens[*at].quote == NO_QUOTE && prose.tokens[*at].is_punct(&[';', '；'])
        });
        let end = trim(prose, start, stop.unwrap_or(end));
        // `said it was “a start. We go on.”`: to the end of a quotation that began in it.
        let last = end.checked_sub(1).map(|last| prose.tokens[last].quote);
        let quote = last.and_then(|last| prose.quotes.get(last as usize));
        match quote.filter(|quote| quote.valid && quote.open >= start && quote.close >= end) {
            Some(quote) => quote.close + 1,
            None => end,
        }
    }
}

/// How a relative clause goes with the one whom it tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relative {
    /// `Roe, who said …, left`
    Aside,
    /// `the minister who said …`
    Part,
}

/// Whether an English verb stands in a relative clause.
fn relative(prose: &Prose<'_>, verb: &Verb<'_>) -> Option<Relative> {
    let start = verb.sentence.start;
    let mut at = verb.tokens.start;
    while at > start && prose.tokens[at - 1].has(flag::BETWEEN) {
        at -= 1;
    }
    let who = at.checked_sub(1).filter(|who| *who > start && verb.cue.english)?;
    if prose.text_of(who) != "who" || prose.tokens[who].quote != NO_QUOTE {
        return None;
    }
    let comma = prose.tokens[who - 1].is_punct(&[',']);
    Some(if comma { Relative::Aside } else { Relative::Part })
}

/// Leaves marks at the end of a sentence out.
pub(super) fn trim(prose: &Prose<'_>, start: usize, end: usize) -> usize {
    let mut end = end;
    while end > start {
        let last = &prose.tokens[end - 1];
        let word = last.is_word()
            || last.kind == Kind::Number
            || last.kind == Kind::Close
            || last.is_punct(&[')', '%', '”', '’']);
        if word {
            break;
        }
        end -= 1;
    }
    end
}

/// `The plan is dead, Roe said.`, `The plan, Roe said, is dead.`, `As Roe said, the plan is dead.`
fn around(prose: &Prose<'_>, frame: &Frame<'_, '_>, found: &mut Vec<Piece>) -> Option<()> {
    let verb = frame.verb;
    let start = behind_dateline(prose, &verb.sentence);
    let mut add = |tokens: Range<usize>, rule| {
        let end = trim(prose, tokens.start, tokens.end);
        let words = (tokens.start..end).filter(|at| prose.tokens[*at].is_word()).take(3).count();
        let own = (tokens.start..end).all(|at| prose.tokens[at].quote != NO_QUOTE);
        if words > FEWEST_WORDS && !own {
            let content = prose.bytes(tokens.start..end);
            let cue_end = verb.tokens.end;
            found.push(Piece { form: Form::Indirect, content, cue_end, rule });
        }
    };
    let as_said = frame.left > start && prose.text_of(frame.left - 1).eq_ignore_ascii_case("as");
    let comma = prose.tokens.get(frame.right).is_some_and(|token| token.is_punct(&[',']));
    if as_said && frame.left - 1 == start && comma {
        add(frame.right + 1..verb.sentence.end, "retold-as");
        return Some(());
    }
    let before = frame.left.checked_sub(1)?;
    if before < start
        || !prose.tokens[before].is_punct(&[',', '—', '–'])
        || prose.tokens[before].quote != NO_QUOTE
    {
        return None;
    }
    let scope = start.max(before.saturating_sub(CLAUSE));
    // `On Monday, Roe said, …`: an adverbial is not what was said.
    if prose.tokens[scope]
        .has(flag::PREPOSITION | flag::ADVERBIAL | flag::BETWEEN | flag::CLAUSE_START)
        && !prose.tokens[scope].has(flag::DETERMINER)
    {
        if comma {
            add(frame.right + 1..verb.sentence.end, "retold-around");
        }
        return Some(());
    }
    add(scope..before, "retold-before");
    // `…, said Jane Roe, a writer who lives in Norport`
    let source_behind = verb.cue.english && !frame.before_content();
    let named = || source::beginning_at(verb.mentions, frame.right + 1);
    let apposed = source_behind
        && prose.tokens.get(frame.right + 1).is_some_and(|next| {
            next.has(
                flag::DETERMINER
                    | flag::ROLE
                    | flag::ROLE_STATUS
                    | flag::ROLE_MODIFIER
                    | flag::TITLE
                    | flag::THEY,
            )
            // `said the head of the fleet, Jane Roe`
            || named().is_some_and(|named| verb.mentions[named].tokens.end >= verb.sentence.end - 1)
        });
    if comma && !apposed {
        add(frame.right + 1..verb.sentence.end, "retold-around");
    }
    Some(())
}
