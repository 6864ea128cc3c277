//! A number of years and the event from which they count: `80th anniversary of X`, `X turned 75`,
//! `X 成立80周年`.

use super::super::super::tokens::{Class, Token};
use super::super::events::{Named, events};
use super::super::numbers::{cardinal, cjk, ordinal};
use super::sentence::{Sentence, is_bare};
use super::{Anchor, Form, When};

/// Tokens between a number of years and its event.
const FAR: usize = 10;

impl Sentence<'_> {
    /// The numbers of years that the sentence ties to an event of the table.
    pub(super) fn counted(&self) -> Vec<Anchor> {
        let of_independence = || (0..self.tokens.len()).any(|at| self.word(at, "independence"));
        if self.named.is_empty() && !of_independence() {
            return Vec::new();
        }
        let found = (0..self.tokens.len()).filter_map(|at| {
            self.anniversary(at)
                .or_else(|| self.behind_noun(at))
                .or_else(|| self.cjk_anniversary(at))
                .or_else(|| self.ago(at))
                .or_else(|| self.after(at))
                .or_else(|| self.turns(at))
                .or_else(|| self.years_of(at))
        });
        let mut found: Vec<_> = found.collect();
        found.dedup_by(|b, a| a.range.end > b.range.start && a.key == b.key);
        found
    }

    /// Whether the words before a number make it a goal: `by the 100th anniversary`.
    fn is_goal(&self, at: usize) -> bool {
        let small =
            |at: &usize| self.is(*at, &self.words.between) && !self.is(*at, &self.words.goals);
        let before = (at.saturating_sub(3)..at).rev().find(|at| !small(at));
        before.is_some_and(|before| self.is(before, &self.words.goals))
    }

    /// How many years an anniversary at a token counts, and the token behind its noun.
    pub(super) fn anniversary_number(&self, at: usize) -> Option<(i16, usize)> {
        if self.is(at, &self.words.hundredth) {
            return Some((100, at + 1));
        }
        if self.is(at, &self.words.two_hundredth) {
            return Some((200, at + 1));
        }
        let (n, mut next) = ordinal(&self.tokens, at).or_else(|| cardinal(&self.tokens, at))?;
        // `75-year anniversary`, `80-летие`, `75-jähriges Bestehen`.
        if self.word(next, "-") {
            if self.word(next + 1, "year") {
                next += 2;
            } else if self.tokens.get(next + 1)?.folded().starts_with("лети") {
                return Some((n, next + 2));
            } else if self.is(next + 1, &self.words.of_years) {
                return Some((n, next + 3));
            }
        }
        // `zum 80. Mal`.
        let again = self.word(next, "mal") && at > 0 && self.word(at - 1, "zum");
        (again || self.is(next, &self.words.anniversary)).then_some((n, next + 1))
    }

    /// `80th anniversary of the founding of X`, `X's 80th anniversary`, `the centenary of X`.
    fn anniversary(&self, at: usize) -> Option<Anchor> {
        let (n, next) = self.anniversary_number(at)?;
        if self.is_goal(at) {
            return None;
        }
        if let Some((named, force)) = self.object(next) {
            let when = self.when(at, named.end);
            return self.anchor(named, at, next, n, Form::Anniversary(when), force);
        }
        let before = if at >= 2 && self.word(at - 1, "s") && self.word(at - 2, "'") {
            at - 2
        } else if at >= 1 && (self.word(at - 1, "'") || self.word(at - 1, "zum")) {
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

    /// `الذكرى الثمانين لتأسيس X`: the noun goes before the number.
    fn behind_noun(&self, at: usize) -> Option<Anchor> {
        if !self.is(at, &self.words.anniversary) {
            return None;
        }
        let (n, next) = ordinal(&self.tokens, at + 1)?;
        let (named, force) = self.object(next).or_else(|| Some((self.event_at(next)?, false)))?;
        let when = self.when(at, named.end);
        self.anchor(named, at, next, n, Form::Anniversary(when), force)
    }

    /// `X celebrates its 80th anniversary`: the event before "its".
    fn celebrating(&self, at: usize) -> Option<Named> {
        let its = at.checked_sub(1)?;
        if !["its", "seinen", "ihren", "ihr", "sein", "son", "su"].iter().any(|w| self.word(its, w))
        {
            return None;
        }
        let mut end = its;
        while end > 0 && its - end < 4 && self.is(end - 1, &self.words.celebrates) {
            end -= 1;
        }
        self.event_ending(end)
    }

    /// The event behind "of the founding of the", and whether its entry into force is meant.
    pub(super) fn object(&self, from: usize) -> Option<(Named, bool)> {
        let mut force = false;
        for at in from..(from + FAR).min(self.tokens.len()) {
            if let Some(named) = self.own_independence(from, at) {
                return Some((named, false));
            }
            if let Some(named) = self.event_at(at)
                && (at > from || self.is_genitive(from))
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

    /// `its independence`, or `75 years of independence`, where the sentence names one state before.
    fn own_independence(&self, from: usize, at: usize) -> Option<Named> {
        let noun = at + usize::from(self.word(at, "its"));
        let is_own = self.word(at, "its") || at == from + 1 && self.word(from, "of");
        if !is_own || !self.word(noun, "independence") {
            return None;
        }
        let mut states = events().states(&self.tokens[..at]);
        let state = states.next()?;
        let other = states.any(|other| other != state);
        (!other).then_some(Named { first: noun, end: noun + 1, event: state })
    }

    /// Whether the noun before has the case of what follows: Russian and Arabic need no "of".
    fn is_genitive(&self, at: usize) -> bool {
        at > 0
            && self.tokens[at - 1].folded().starts_with(|c: char| !c.is_ascii())
            && self.tokens[at - 1].class == Class::Word
    }

    /// `联合国成立80周年`, `东日本大震災から10年`.
    fn cjk_anniversary(&self, at: usize) -> Option<Anchor> {
        let (n, next) = cjk(&self.tokens, at)?;
        let unit = |at: usize, units: &[&str]| {
            self.tokens.get(at).is_some_and(|token| units.contains(&token.text))
        };
        let (form, end) = if unit(next, &["周", "週"]) && unit(next + 1, &["年"]) {
            (Form::Anniversary(When::Unmarked), next + 2)
        } else if unit(next, &["年"]) && unit(next + 1, &["前"]) {
            (Form::Ago, next + 2)
        } else if unit(next, &["年"])
            && n >= 5
            && !unit(next + 1, &["代", "度", "后", "後", "间", "間", "来", "來"])
        {
            (Form::After(When::Unmarked), next + 1)
        } else {
            return None;
        };
        if at > 0 && unit(at - 1, &["近", "第", "约", "約"]) {
            return None;
        }
        if form == Form::Ago && unit(end, &["的"]) && unit(end + 1, &["今"]) {
            return self.cjk_ago_today(at, n, end);
        }
        if form == Form::Ago
            && let Some(anchor) = self.cjk_ago_before(at, n, end)
        {
            return Some(anchor);
        }
        // Up to five tokens such as 成立, 通过, 发表, 》.
        let named = (0..=5).find_map(|gap| {
            let end = at.checked_sub(gap)?;
            let between = &self.tokens[end..at];
            let acts = between.iter().all(|token| {
                (token.class == Class::Cjk
                    && "成立通过通過签署簽署发表發表生效建立诞生回归回歸胜利勝利から"
                        .contains(token.text))
                    || matches!(token.text, "》" | "”" | "」")
            });
            acts.then(|| self.event_ending(end)).flatten()
        })?;
        if (named.first.saturating_sub(3)..named.first).any(|before| unit(before, &["到", "至"]))
        {
            return None;
        }
        match form {
            Form::Anniversary(_) => {
                let form = Form::Anniversary(self.when(named.first, end));
                self.anchor(named, at, end, n, form, false)
            }
            Form::After(_) if !is_bare(named) => None,
            other => self.anchor(named, at, end, n, other, false),
        }
    }

    /// `50年前的今天，X`: the day of the event.
    fn cjk_ago_today(&self, at: usize, n: i16, end: usize) -> Option<Anchor> {
        let next = self.named.partition_point(|named| named.first < end);
        let near = self.named.get(next..)?.iter().take_while(|named| named.first - end <= 16);
        let named = near.copied().find(|named| is_bare(*named))?;
        self.anchor(named, at, end, n, Form::Anniversary(When::ThisYear), false)
    }

    /// `75年前，X获得通过`.
    fn cjk_ago_before(&self, at: usize, n: i16, end: usize) -> Option<Anchor> {
        let next = self.named.partition_point(|named| named.first < end);
        let named = self.named.get(next).copied().filter(|named| named.first - end <= 4)?;
        let behind: String = self.tokens.iter().skip(named.end).take(5).map(|t| t.text).collect();
        let acted = ["通过", "通過", "成立", "诞生", "誕生", "发表", "發表", "签署", "簽署"];
        (is_bare(named) || acted.iter().any(|act| behind.contains(act)))
            .then(|| self.anchor(named, at, end, n, Form::Ago, false))
            .flatten()
    }

    /// `N years ago` and the same in other languages: the number, and the tokens of the phrase.
    pub(super) fn years_ago(&self, at: usize) -> Option<(i16, usize)> {
        if let Some((n, next)) = self.period(at) {
            let behind = self.phrase(next, &self.words.ago_behind)?;
            return (!self.is_hedged(at)).then_some((n, next + behind));
        }
        let before = self.phrase(at, &self.words.ago_before)?;
        self.period(at + before)
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
        // `the 25th anniversary of X, five years ago`: that is how long ago the anniversary was.
        let before = named.first.saturating_sub(4)..named.first;
        if before.into_iter().any(|at| self.is(at, &self.words.anniversary)) {
            return None;
        }
        let (mut acted, mut force) = (false, false);
        // `X, he recalled, was adopted`
        let inserted = (named.end + 1..(named.end + 5).min(at))
            .find(|between| self.tokens[named.end].is(",") && self.tokens[*between].is(","))
            .filter(|between| *between <= named.end + 4 && between + 1 < at)
            .unwrap_or(named.end);
        for between in inserted..at {
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
        let today = self.word(end, "today") || self.word(end, "heute");
        let form = if today { Form::Anniversary(When::ThisYear) } else { Form::Ago };
        (acted || is_bare(named)).then(|| self.anchor(named, at, end, n, form, false)).flatten()
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

    /// Behind `75 years after`, `35 years on from`, `three years have passed since`.
    pub(super) fn years_after(&self, at: usize) -> Option<(i16, usize)> {
        let (n, mut next) = self.period(at)?;
        let last = next + 5;
        while next < last && !self.is(next, &self.words.after) && self.is(next, &self.words.passed)
        {
            next += 1;
        }
        (self.is(next, &self.words.after) && !self.is_hedged(at)).then_some((n, next + 1))
    }

    /// `75 years after the founding of X`, `in the 80 years since the adoption of X`.
    fn after(&self, at: usize) -> Option<Anchor> {
        let (n, next) = self.years_after(at)?;
        let (named, force) = self.object(next).or_else(|| Some((self.event_at(next)?, false)))?;
        let acts = (next..named.first).any(|between| self.is(between, &self.words.acts));
        // "Ten years after the Accord": of a document, when the number is round.
        (acts || force || is_bare(named) || n % 5 == 0)
            .then(|| {
                let form = Form::After(self.when(at, named.end));
                self.anchor(named, at, next, n, form, force)
            })
            .flatten()
    }

    /// `X turned 75`, `X wird 75 Jahre alt`, `X cumple 45 años`.
    fn turns(&self, at: usize) -> Option<Anchor> {
        let (n, next) = cardinal(&self.tokens, at)?;
        let end = self.period(at).map_or(next, |(_, end)| end);
        let aged = self.is(end, &self.words.age);
        let before = at.checked_sub(1).and_then(|before| {
            before.checked_sub(usize::from(self.is(before, &self.words.owning)))
        });
        let verb = before.filter(|before| self.is(*before, &self.words.turns));
        if self.is_hedged(at) || !(aged || verb.is_some()) {
            return None;
        }
        let from = verb.unwrap_or(at);
        let named = (0..=3).find_map(|back| self.event_ending(from.checked_sub(back)?))?;
        let when = match self.when(named.first, end) {
            When::Unmarked => When::ThisYear,
            when => when,
        };
        self.anchor(named, at, end, n, Form::Anniversary(when), false)
    }

    /// `we mark 50 years of X`, `sechzig Jahre X`.
    fn years_of(&self, at: usize) -> Option<Anchor> {
        let (n, next) = self.period(at)?;
        if self.is_hedged(at) || n < 5 || n % 5 != 0 || self.is_goal(at) {
            return None;
        }
        let named = self.event_at(next).or_else(|| {
            self.object(next).map(|(named, _)| named).filter(|n| n.first - next <= 3)
        })?;
        let when = self.when(at, named.end);
        let form = if when == When::ThisYear { Form::Anniversary(when) } else { Form::After(when) };
        self.anchor(named, at, next, n, form, false)
    }
}
