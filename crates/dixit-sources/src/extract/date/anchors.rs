//! Anniversaries and "N years ago": what a text says about its own year.

use std::collections::HashSet;
use std::ops::Range;

use super::super::tokens::{Class, Gap, Token, tokens};
use super::cues::{Words, cues, sentence, words};
use super::events::{Event, Kind, Named, events, is_free};
use super::numbers::{cardinal, cjk, ordinal};

/// A single anniversary is right this often when the text says that it is this year's.
const THIS_YEAR: f64 = 0.85;
/// The same without such words: the text may look forward or back.
const UNMARKED: f64 = 0.82;
/// "77 years ago" of an event of known day.
const AGO: f64 = 0.85;
/// "80 years ago", "ten years ago": round numbers are often rounded.
const AGO_ROUND: f64 = 0.75;
/// "75 years after the founding", "in the 80 years since": the present is only likely meant.
const AFTER: f64 = 0.8;
/// The same with a small number of years, which is how the past is told.
const AFTER_SHORT: f64 = 0.6;
/// "ahead of the 80th anniversary".
const FUTURE: f64 = 0.7;
/// So many days before the day itself, "77 years ago" still means the same year.
const ROUNDED_UP_DAYS: i32 = 31;
/// More anchors add nothing.
const MOST: usize = 32;

/// When the anniversary is, as its sentence says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    ThisYear,
    NextYear,
    LastYear,
    Ahead,
    Unmarked,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Anniversary(When),
    Ago,
    After(When),
}

/// A number of years tied to an event.
#[derive(Debug, Clone)]
pub(super) struct Anchor {
    /// The words, from the number to the event.
    pub(super) range: Range<usize>,
    /// Which event; two anchors on one event are one.
    pub(super) event: usize,
    form: Form,
    years: i16,
    from: dixit::StatementDate,
    also: Vec<i16>,
    what: String,
}

impl Anchor {
    /// The years in which the text can have been written, given the month and day of it.
    pub(super) fn possible(&self, day: Option<(i8, i8)>) -> Vec<i16> {
        let plain = self.from.get_year().saturating_add(self.years);
        let event_day = self.from.get_month().zip(self.from.get_day());
        let mut possible = match self.form {
            Form::Anniversary(When::ThisYear | When::Unmarked) => vec![plain],
            Form::Anniversary(When::NextYear) => vec![plain - 1],
            Form::Anniversary(When::LastYear) => vec![plain + 1],
            Form::Anniversary(When::Ahead) => match (day, event_day) {
                (Some(day), Some(event_day)) if day > event_day => vec![plain - 1],
                _ => vec![plain - 1, plain],
            },
            Form::After(When::NextYear) => vec![plain - 1],
            Form::After(When::LastYear) => vec![plain + 1],
            Form::After(When::Ahead) => vec![plain - 1, plain],
            Form::Ago | Form::After(_) => match (day, event_day) {
                (Some(day), Some(event_day)) if !long_before(day, event_day) => vec![plain],
                _ => vec![plain, plain + 1],
            },
        };
        if matches!(self.form, Form::Anniversary(When::ThisYear | When::Unmarked)) {
            possible.extend(self.also.iter().map(|year| year.saturating_add(self.years)));
        }
        possible.sort_unstable();
        possible.dedup();
        possible
    }

    /// How often such an anchor is right.
    pub(super) fn weight(&self) -> f64 {
        match self.form {
            Form::Anniversary(When::ThisYear) => THIS_YEAR,
            Form::Anniversary(When::Unmarked | When::NextYear | When::LastYear) => UNMARKED,
            Form::Anniversary(When::Ahead) => FUTURE,
            Form::Ago if self.years % 10 == 0 => AGO_ROUND,
            Form::Ago => AGO,
            Form::After(_) if self.years >= 10 => AFTER,
            Form::After(_) => AFTER_SHORT,
        }
    }

    /// Whether the text says in so many words that this is its own year.
    pub(super) fn is_this_year(&self) -> bool {
        self.form == Form::Anniversary(When::ThisYear)
    }

    /// `(founded 1945)`.
    pub(super) fn origin(&self) -> String {
        format!("{} {}", self.what, self.from.get_year())
    }
}

/// Whether a day of a year is so far before another that "N years ago" means the year before.
fn long_before(day: (i8, i8), event: (i8, i8)) -> bool {
    let number = |(month, day): (i8, i8)| i32::from(month) * 31 + i32::from(day);
    number(event) - number(day) > ROUNDED_UP_DAYS
}

/// All anchors of a text, in order.
pub(super) fn find(text: &str) -> Vec<Anchor> {
    let Some(cues) = cues() else { return Vec::new() };
    let mut found = Vec::new();
    let mut done = 0;
    for cue in cues.find_iter(text) {
        if found.len() >= MOST {
            break;
        }
        if cue.start() < done {
            continue;
        }
        let window = sentence(text, cue.range(), done);
        done = window.end;
        let sentence = Sentence::new(&text[window.clone()]);
        found.extend(sentence.anchors().into_iter().map(|mut anchor| {
            anchor.range = anchor.range.start + window.start..anchor.range.end + window.start;
            anchor
        }));
    }
    found.truncate(MOST);
    found
}

struct Sentence<'a> {
    tokens: Vec<Token<'a>>,
    named: Vec<Named>,
    words: &'static Words,
}

impl<'a> Sentence<'a> {
    fn new(text: &'a str) -> Self {
        let tokens: Vec<_> = tokens(text).collect();
        let named = events().named(&tokens);
        Self { tokens, named, words: words() }
    }

    fn anchors(&self) -> Vec<Anchor> {
        if self.named.is_empty() {
            return Vec::new();
        }
        let found = (0..self.tokens.len()).filter_map(|at| {
            self.anniversary(at)
                .or_else(|| self.cjk_anniversary(at))
                .or_else(|| self.ago(at))
                .or_else(|| self.after(at))
        });
        let mut found: Vec<_> = found.collect();
        found.dedup_by(|b, a| a.range.end > b.range.start && a.event == b.event);
        found
    }

    fn is(&self, at: usize, list: &HashSet<String>) -> bool {
        self.tokens.get(at).is_some_and(|token| list.contains(&*token.folded()))
    }

    fn word(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| *token.folded() == *word)
    }

    /// The event whose name begins at this token and is not part of a longer name.
    fn event_at(&self, at: usize) -> Option<Named> {
        let first = self.named.partition_point(|named| named.first < at);
        self.named.get(first).copied().filter(|named| named.first == at && self.is_whole(*named))
    }

    fn event_ending(&self, end: usize) -> Option<Named> {
        let last = self.named.partition_point(|named| named.end < end);
        self.named.get(last).copied().filter(|named| named.end == end && self.starts_free(*named))
    }

    fn starts_free(&self, named: Named) -> bool {
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
    fn is_whole(&self, named: Named) -> bool {
        if !self.starts_free(named) {
            return false;
        }
        let Some(next) = self.tokens.get(named.end) else { return true };
        match next.class {
            Class::Word => {
                next.gap == Gap::Blank
                    || (!next.is_capitalised() && self.is(named.end, &self.words.after_name))
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
    fn looks_elsewhere(&self, own: i16) -> bool {
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

    fn anchor(
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
        if form == Form::Anniversary(When::Unmarked) && self.looks_elsewhere(date.get_year()) {
            return None;
        }
        let first = self.tokens.get(from.min(named.first))?;
        let last = self.tokens.get(to.max(named.end).checked_sub(1)?)?;
        Some(Anchor {
            range: first.start..last.end(),
            event: named.event,
            form,
            years: n,
            from: date,
            also: if force { Vec::new() } else { event.also.clone() },
            what: what.to_owned(),
        })
    }

    /// `80th anniversary of the founding of X`, `X's 80th anniversary`, `the centenary of X`.
    fn anniversary(&self, at: usize) -> Option<Anchor> {
        let (n, next) = if self.is(at, &self.words.hundredth) {
            (100, at + 1)
        } else if self.is(at, &self.words.two_hundredth) {
            (200, at + 1)
        } else {
            let (n, mut next) = ordinal(&self.tokens, at).or_else(|| cardinal(&self.tokens, at))?;
            // `75-year anniversary`.
            if self.word(next, "-") && self.word(next + 1, "year") {
                next += 2;
            }
            if !self.is(next, &self.words.anniversary) {
                return None;
            }
            (n, next + 1)
        };
        if let Some((named, force)) = self.object(next) {
            let when = self.when(at, named.end);
            return self.anchor(named, at, next, n, Form::Anniversary(when), force);
        }
        let before = if at >= 2 && self.word(at - 1, "s") && self.word(at - 2, "'") {
            at - 2
        } else if at >= 1 && self.word(at - 1, "'") {
            at - 1
        } else {
            at
        };
        // `the 75th anniversary edition`, `anniversary of something else`.
        if self.word(next, "of") {
            return None;
        }
        let named = self.event_ending(before).or_else(|| self.celebrating(at))?;
        let when = self.when(named.first, next);
        self.anchor(named, at, next, n, Form::Anniversary(when), false)
    }

    /// `X celebrates its 80th anniversary`: the event before "its".
    fn celebrating(&self, at: usize) -> Option<Named> {
        let its = at.checked_sub(1)?;
        if !["its", "seinen", "ihren", "son", "su"].iter().any(|word| self.word(its, word)) {
            return None;
        }
        let mut end = its;
        while end > 0 && its - end < 4 && self.is(end - 1, &self.words.celebrates) {
            end -= 1;
        }
        (end < its).then(|| self.event_ending(end)).flatten()
    }

    /// The event behind "of the founding of the", and whether its entry into force is meant.
    fn object(&self, from: usize) -> Option<(Named, bool)> {
        let mut force = false;
        for at in from..(from + 10).min(self.tokens.len()) {
            if at > from
                && let Some(named) = self.event_at(at)
            {
                return Some((named, force));
            }
            if self.word(at, "entry") || self.word(at, "coming") || self.word(at, "into") {
                continue;
            }
            if self.is(at, &self.words.force) || self.word(at, "inkrafttretens") {
                force = true;
            } else if !self.is(at, &self.words.between) && !self.is(at, &self.words.acts) {
                return None;
            }
        }
        None
    }

    /// `联合国成立80周年`.
    fn cjk_anniversary(&self, at: usize) -> Option<Anchor> {
        let (n, next) = cjk(&self.tokens, at)?;
        let unit = |at: usize, units: &[&str]| {
            self.tokens.get(at).is_some_and(|token| units.contains(&token.text))
        };
        let (form, end) = if unit(next, &["周", "週"]) && unit(next + 1, &["年"]) {
            (Form::Anniversary(When::Unmarked), next + 2)
        } else if unit(next, &["年"]) && unit(next + 1, &["前"]) {
            (Form::Ago, next + 2)
        } else {
            return None;
        };
        if at > 0 && unit(at - 1, &["近", "第", "约", "約"]) {
            return None;
        }
        // Up to four characters such as 成立, 通过, 发表.
        let named = (0..=4).find_map(|gap| {
            let end = at.checked_sub(gap)?;
            let between = &self.tokens[end..at];
            let acts = between.iter().all(|token| {
                token.class == Class::Cjk
                    && "成立通过通過签署簽署发表發表生效建立诞生回归回歸".contains(token.text)
            });
            acts.then(|| self.event_ending(end)).flatten()
        })?;
        let form = match form {
            Form::Anniversary(_) => Form::Anniversary(self.when(named.first, end)),
            other => other,
        };
        self.anchor(named, at, end, n, form, false)
    }

    /// `N years ago` and the same in other languages: the number, and the tokens of the phrase.
    fn years_ago(&self, at: usize) -> Option<(i16, usize)> {
        if let Some((n, next)) = cardinal(&self.tokens, at) {
            let ago =
                (self.word(next, "years") || self.word(next, "year")) && self.word(next + 1, "ago");
            let hedged = at > 0 && self.is(at - 1, &self.words.hedges);
            return (ago && !hedged).then_some((n, next + 2));
        }
        let behind = |from: usize, units: &[&str]| {
            let (n, next) = cardinal(&self.tokens, from)?;
            units.iter().any(|unit| self.word(next, unit)).then_some((n, next + 1))
        };
        if self.word(at, "vor") {
            return behind(at + 1, &["jahren"]);
        }
        if self.word(at, "hace") || self.word(at, "há") {
            return behind(at + 1, &["años", "anos"]);
        }
        if self.word(at, "il") && self.word(at + 1, "y") && self.word(at + 2, "a") {
            return behind(at + 3, &["ans"]);
        }
        None
    }

    fn ago(&self, at: usize) -> Option<Anchor> {
        let (n, end) = self.years_ago(at)?;
        self.ago_behind(at, n, end).or_else(|| self.ago_before(at, n, end))
    }

    /// `the X was adopted 77 years ago`, `the adoption of the X 77 years ago`.
    fn ago_behind(&self, at: usize, n: i16, end: usize) -> Option<Anchor> {
        let last = self.named.partition_point(|named| named.end <= at).checked_sub(1)?;
        let named = self.named[last];
        if at - named.end > 8 || !self.starts_free(named) {
            return None;
        }
        let (mut acted, mut force) = (false, false);
        for between in named.end..at {
            let token = &self.tokens[between];
            if self.is(between, &self.words.acted) {
                acted = true;
            } else if self.is(between, &self.words.force) {
                (acted, force) = (true, true);
            } else if !(self.is(between, &self.words.around)
                || token.is(",")
                || matches!(&*token.folded(), "entered" | "came" | "into" | "trat")
                || (token.is_capitalised() && between > named.end && self.is_place(between)))
            {
                return None;
            }
        }
        let (act_before, foreign) = self.act_before(named.first);
        // German puts the verb behind: "wurde vor 77 Jahren verabschiedet".
        acted |= self.is(end, &self.words.acted);
        if foreign || !(acted || act_before || is_bare(named)) {
            return None;
        }
        self.anchor(named, at, end, n, Form::Ago, force)
    }

    /// `77 years ago, in Paris, the world adopted the X`, `77 years ago, the X was adopted`.
    fn ago_before(&self, at: usize, n: i16, end: usize) -> Option<Anchor> {
        let next = self.named.partition_point(|named| named.first < end);
        let named = self.named.get(next).copied()?;
        if named.first - end > 14 || !self.starts_free(named) {
            return None;
        }
        let mut acted = false;
        for between in end..named.first {
            let token = &self.tokens[between];
            if self.is(between, &self.words.acted) || self.is(between, &self.words.acts) {
                acted = true;
            } else if !(self.is(between, &self.words.around)
                || token.is(",")
                || self.word(between, "of")
                || (token.is_capitalised() && self.is_place(between)))
            {
                return None;
            }
        }
        if !acted {
            let mut behind = named.end;
            while behind < named.end + 4 && self.is(behind, &self.words.around) {
                behind += 1;
            }
            acted = behind > named.end && self.is(behind, &self.words.acted);
        }
        let bare = events().get(named.event).is_some_and(|event| event.kind == Kind::Happening);
        (acted || bare).then(|| self.anchor(named, at, end, n, Form::Ago, false)).flatten()
    }

    /// A capitalised word behind "in" or "at".
    fn is_place(&self, at: usize) -> bool {
        (1..=3).any(|back| {
            at.checked_sub(back).is_some_and(|prep| {
                (self.word(prep, "in") || self.word(prep, "at"))
                    && self.tokens[prep + 1..at].iter().all(Token::is_capitalised)
            })
        })
    }

    /// Whether an act of founding stands before the name, and whether somebody else's act does:
    /// "the adoption of the X" against "Norland ratified the X".
    fn act_before(&self, first: usize) -> (bool, bool) {
        let mut at = first;
        while at > 0 && matches!(&*self.tokens[at - 1].folded(), "the" | "of" | "der" | "la" | "de")
        {
            at -= 1;
        }
        let Some(before) = at.checked_sub(1) else { return (false, false) };
        if self.is(before, &self.words.acts) && at < first {
            return (true, false);
        }
        if self.is(before, &self.words.acted) {
            // The subject of the verb: the world, or somebody in particular.
            let subject = before.checked_sub(1);
            let world = subject.is_some_and(|subject| self.is(subject, &self.words.around));
            return (world, !world);
        }
        (false, false)
    }

    /// `75 years after the founding of X`, `in the 80 years since the adoption of X`.
    fn after(&self, at: usize) -> Option<Anchor> {
        let (n, next) = cardinal(&self.tokens, at)?;
        let unit = self.word(next, "years") || self.word(next, "year") || self.word(next, "jahre");
        let after = ["after", "since", "nach", "seit"].iter().any(|word| self.word(next + 1, word));
        if !unit || !after || (at > 0 && self.is(at - 1, &self.words.hedges)) {
            return None;
        }
        let (named, force) =
            self.object(next + 1 + 1).or_else(|| Some((self.event_at(next + 2)?, false)))?;
        let acts = (next + 2..named.first).any(|between| self.is(between, &self.words.acts));
        (acts || force || is_bare(named))
            .then(|| {
                let form = Form::After(self.when(at, named.end));
                self.anchor(named, at, next + 2, n, form, force)
            })
            .flatten()
    }

    /// When the anniversary is: by the words before it in its sentence, the nearest first, else by
    /// the few behind it.
    fn when(&self, from: usize, to: usize) -> When {
        let starts = |at: usize, phrases: &[Vec<String>]| {
            phrases.iter().any(|phrase| {
                phrase.iter().enumerate().all(|(offset, word)| self.word(at + offset, word))
            })
        };
        let kind = |at: usize, near: bool| {
            if starts(at, &self.words.next_year) {
                Some(When::NextYear)
            } else if starts(at, &self.words.last_year) {
                Some(When::LastYear)
            } else if starts(at, &self.words.this_year) {
                Some(When::ThisYear)
            } else if near && starts(at, &self.words.future) {
                Some(When::Ahead)
            } else {
                None
            }
        };
        let before = || (from.saturating_sub(24)..from).rev();
        let will = || before().take(8).any(|at| starts(at, &self.words.will));
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
fn is_bare(named: Named) -> bool {
    events().get(named.event).is_some_and(|event| matches!(event.kind, Kind::Happening | Kind::Day))
}
