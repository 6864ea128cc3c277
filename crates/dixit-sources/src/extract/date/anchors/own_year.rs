//! Years that a text writes and ties to its own: `this year, 2023`, `in 1999, 25 years ago`, `founded in
//! 1974, marks its 50th anniversary`.

use dixit::StatementDate;

use super::super::super::tokens::{Class, Gap, Token};
use super::super::mentions::Mention;
use super::super::numbers::cardinal;
use super::sentence::Sentence;
use super::{Anchor, Claim, Form, Key, When};

/// The year is written, and that it is this one.
const STATED: f64 = 0.9;
/// The sum of two numbers that the text ties to each other.
const SUM: f64 = 0.82;
/// Tokens between a number of years and the year from which they count.
const FAR: usize = 10;

impl Sentence<'_> {
    /// The years that the sentence writes and ties to its own.
    pub(super) fn own_year(&self) -> Vec<Anchor> {
        let years: Vec<_> = (0..self.tokens.len()).filter(|at| self.year(*at).is_some()).collect();
        if years.is_empty() {
            return Vec::new();
        }
        // `last year`, a mark, `in`.
        let near = |at: usize| {
            let next = years.partition_point(|year| *year <= at);
            years.get(next).is_some_and(|year| *year <= at + self.words.longest_year() + 2)
        };
        let dates = self.dates();
        let mut found: Vec<_> = (0..self.tokens.len())
            .filter_map(|at| {
                near(at)
                    .then(|| self.named_year(at))
                    .flatten()
                    .or_else(|| self.years_and_year(at, &dates))
                    .or_else(|| self.before_election(at))
            })
            .collect();
        found.dedup_by(|b, a| a.range.end > b.range.start);
        found
    }

    /// A year of four digits that is no part of another number or of a name such as `Expo-2020`.
    pub(super) fn year(&self, at: usize) -> Option<i16> {
        let token = self.tokens.get(at)?;
        let glued = |at: usize| {
            self.tokens.get(at).is_some_and(|next| {
                next.gap == Gap::None
                    && (next.is_word() || matches!(next.text, "-" | "/" | "–" | "'" | "’" | "%"))
            })
        };
        let alone = token.gap != Gap::None
            || at == 0
            || matches!(self.tokens[at - 1].text, "(" | "," | "（" | "，")
            || self.tokens[at - 1].class == Class::Cjk;
        (token.text.len() == 4 && alone && !glued(at + 1))
            .then(|| token.number())
            .flatten()
            .filter(|year| (1500..2200).contains(year))
            .and_then(|year| i16::try_from(year).ok())
    }

    /// `this year, 2023,`, `last year (2022)`, `next year, in 2026,`.
    fn named_year(&self, at: usize) -> Option<Anchor> {
        let (len, by) =
            [(&self.words.last_year, 1), (&self.words.next_year, -1), (&self.words.this_year, 0)]
                .into_iter()
                .find_map(|(phrases, by)| Some((self.phrase(at, phrases)?, by)))?;
        // Only phrases that end in a noun for a year.
        let last = self.tokens.get(at + len - 1)?.folded();
        if !(self.words.units.contains_key(&*last)
            || matches!(&*last, "prochain" | "dernier" | "年"))
        {
            return None;
        }
        let mut next = at + len;
        if !["(", ",", "–", "（", "，"].iter().any(|mark| self.word(next, mark)) {
            return None;
        }
        next += 1;
        if ["in", "en", "im", "em", "nel"].iter().any(|word| self.word(next, word)) {
            next += 1;
        }
        let year = self.year(next)?;
        let mut end = next + 1;
        end += usize::from(self.word(end, "年"));
        let closes = self.tokens.get(end).is_none_or(|token| {
            token.class == Class::Mark && !matches!(token.text, "-" | "–" | "/" | "&")
        });
        closes.then(|| self.tied(at, end, year, vec![year + by], STATED, by == 0)).flatten()
    }

    fn tied(
        &self,
        from: usize,
        to: usize,
        key: i16,
        years: Vec<i16>,
        weight: f64,
        this_year: bool,
    ) -> Option<Anchor> {
        let range = self.tokens.get(from)?.start..self.tokens.get(to.checked_sub(1)?)?.end();
        let origin = "as the text counts".to_owned();
        Some(Anchor {
            range,
            key: Key::Year(key),
            claim: Claim::Years(years),
            weight,
            this_year,
            origin,
            session: None,
        })
    }

    /// A number of years, and the year from which they count.
    fn years_and_year(&self, at: usize, dates: &[Mention]) -> Option<Anchor> {
        if let Some((n, end)) = self.years_ago(at) {
            return self.ago_in(at, n, end, dates);
        }
        if let Some((n, end)) = self.years_after(at) {
            let (date, last) = self.date_near(end, end + FAR, dates)?;
            return self.sum(at, last, n, date, Form::After(self.when(at, end)));
        }
        let (n, end) = self.anniversary_number(at)?;
        let when = self.when(at, end);
        // `the 40th anniversary of the 1984 agreement`.
        let small = (end..end + 4).take_while(|at| self.is(*at, &self.words.between)).count();
        if small > 0
            && let Some(year) = self.year(end + small)
            && self.tokens.get(end + small + 1).is_some_and(Token::is_word)
        {
            return self.sum(
                at,
                end + small + 1,
                n,
                StatementDate::year(year)?,
                Form::Anniversary(when),
            );
        }
        // `founded in 1974, X marks its 50th anniversary`.
        if !["its", "their", "son", "su", "sein", "seinen", "ihr", "ihren"]
            .iter()
            .any(|its| at > 0 && self.word(at - 1, its))
        {
            return None;
        }
        let (founded, year) = (at.saturating_sub(16)..at).find_map(|founded| {
            let is_act = self.is(founded, &self.words.acted);
            let behind = founded
                + 1
                + usize::from(
                    self.is(founded + 1, &self.words.between) || self.word(founded + 1, "in"),
                );
            is_act.then(|| Some((founded, self.year(behind)?))).flatten()
        })?;
        self.sum(founded, end, n, StatementDate::year(year)?, Form::Anniversary(when))
    }

    /// `Ten years ago, in 2015`, `In 1999, twenty-five years ago`, `vor siebzig Jahren, am 17. Juni 1953`.
    fn ago_in(&self, at: usize, n: i16, end: usize, dates: &[Mention]) -> Option<Anchor> {
        let small = |at: usize| {
            self.tokens.get(at).is_some_and(|token| {
                token.is(",")
                    || [
                        "in", "on", "am", "im", "en", "el", "le", "em", "w", "this", "month",
                        "day", "that", "is", "week", "back",
                    ]
                    .iter()
                    .any(|w| token.folded() == *w)
            })
        };
        let behind = (end..end + 6).take_while(|at| small(*at)).count() + end;
        if let Some((date, last)) = self.date_near(behind, behind + 1, dates) {
            return self.sum(at, last, n, date, Form::Ago);
        }
        let mut before = at;
        while before > 0
            && at - before < 3
            && (small(before - 1) || self.word(before - 1, "exactly"))
        {
            before -= 1;
        }
        let year = self.year(before.checked_sub(1)?)?;
        let date = StatementDate::year(year)?;
        self.sum(before - 1, end, n, date, Form::Ago)
    }

    /// The first date with a year that begins at one of these tokens, before the clause ends.
    fn date_near(
        &self,
        from: usize,
        to: usize,
        dates: &[Mention],
    ) -> Option<(StatementDate, usize)> {
        for at in from..to.min(self.tokens.len()) {
            let date = dates.iter().find(|date| date.tokens.start <= at && at < date.tokens.end);
            if let Some(date) = date {
                let (year, month) = (date.year?, date.month);
                let value = match date.day.filter(|_| !date.several) {
                    Some(day) => StatementDate::day(year, month, day),
                    None => StatementDate::month(year, month),
                };
                return Some((value?, date.tokens.end));
            }
            if let Some(year) = self.year(at) {
                return Some((StatementDate::year(year)?, at + 1));
            }
            if self.tokens[at].class == Class::Mark
                && !matches!(self.tokens[at].text, "-" | "'" | "’")
            {
                return None;
            }
        }
        None
    }

    fn sum(
        &self,
        from: usize,
        to: usize,
        n: i16,
        date: StatementDate,
        form: Form,
    ) -> Option<Anchor> {
        if form == Form::Anniversary(When::Unmarked) && self.is_before_then(from) {
            return None;
        }
        let year = date.get_year();
        let this = (from..to).any(|at| self.phrase(at, &self.words.this_year).is_some());
        let form = if this && form == Form::Ago { Form::Anniversary(When::ThisYear) } else { form };
        // A year of its own without a day is counted in whole years.
        let claim = if date.get_day().is_some() || matches!(form, Form::Anniversary(_)) {
            Claim::Count { form, years: n, from: date, also: Vec::new() }
        } else {
            Claim::Years(vec![year.checked_add(n)?])
        };
        let this_year = form == Form::Anniversary(When::ThisYear);
        let range = self.tokens.get(from)?.start..self.tokens.get(to.checked_sub(1)?)?.end();
        let origin = format!("{n} years from {year}");
        Some(Anchor {
            range,
            key: Key::Year(year),
            claim,
            weight: SUM,
            this_year,
            origin,
            session: None,
        })
    }

    /// `two weeks before the 2024 presidential election`, `ahead of the 2024 election`.
    fn before_election(&self, at: usize) -> Option<Anchor> {
        let year = self.year(at)?;
        let noun = (at + 1..at + 4)
            .find(|at| ["election", "elections"].iter().any(|word| self.word(*at, word)))?;
        if !self.word(at.checked_sub(1)?, "the") {
            return None;
        }
        if self.word(at.checked_sub(2)?, "before") {
            let unit = at.checked_sub(3)?;
            let is_short =
                ["day", "days", "week", "weeks"].iter().any(|word| self.word(unit, word));
            cardinal(&self.tokens, at.checked_sub(4)?).filter(|_| is_short)?;
            return self.tied(at - 4, noun + 1, year, vec![year], SUM, false);
        }
        (self.word(at - 2, "of") && self.word(at.checked_sub(3)?, "ahead"))
            .then(|| self.tied(at - 3, noun + 1, year, vec![year - 1, year], SUM, false))
            .flatten()
    }
}
