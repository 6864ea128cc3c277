//! Reading a mention from left to right, up to its name and what stands in apposition.

use std::ops::Range;

use super::super::lexicon::{Phrase, flag};
use super::super::prose::{Case, Kind, Token};
use super::office::gender;
use super::{Country, Gender, Mention, Reader, Who, phrase_at};

/// Last syllables of names that are small words elsewhere.
const SYLLABLES: &[&str] = &["Un", "Il", "An", "So"];

impl Reader<'_, '_> {
    /// A word of this mention may stand here.
    pub(super) fn word(&self, at: usize) -> bool {
        at < self.end
            && self.prose.tokens[at].is_word()
            && self.prose.tokens[at].quote == self.quote
    }

    pub(super) fn has(&self, at: usize, bits: u64) -> bool {
        self.word(at) && self.prose.tokens[at].has(bits)
    }

    pub(super) fn capital(&self, at: usize) -> bool {
        self.word(at) && self.prose.tokens[at].is_capital()
    }

    pub(super) fn is_text(&self, at: usize, texts: &[&str]) -> bool {
        let Some(token) = self.prose.tokens.get(at).filter(|_| at < self.end) else { return false };
        // Most words differ in their length.
        let len = token.end - token.start;
        texts.iter().any(|text| {
            text.len() == len && self.word(at) && text.eq_ignore_ascii_case(self.prose.text_of(at))
        })
    }

    pub(super) fn breaks_before(&self, at: usize) -> bool {
        let gap = self.prose.tokens[at - 1].tail..self.prose.tokens[at].start;
        self.prose.text.get(gap).is_some_and(|gap| gap.contains('\n'))
    }

    pub(super) fn comma(&self, at: usize) -> bool {
        at < self.end && self.prose.tokens[at].is_punct(&[',', '，'])
    }

    pub(super) fn simple(&self, at: usize, who: Who) -> Mention {
        Mention {
            tokens: at..at + 1,
            who,
            name: None,
            role: None,
            body: None,
            country: None,
            gender: None,
            definite: false,
            possessive: self.prose.tokens.get(at).is_some_and(Token::possessive),
            titled: false,
            dependent: false,
            apposed: false,
        }
    }

    pub(super) fn mention(&self, at: usize) -> Option<Mention> {
        let first = &self.prose.tokens[at];
        let pronoun = match () {
            () if first.has(flag::HE) => Some(Who::He),
            () if first.has(flag::SHE) => Some(Who::She),
            () if first.has(flag::SELF) => Some(Who::Own),
            () if first.has(flag::THEY) && !first.has(flag::DETERMINER) => Some(Who::They),
            () => None,
        };
        if let Some(who) = pronoun {
            return Some(self.simple(at, who));
        }
        let mut found = self.simple(at, Who::Named);
        let mut next = at;
        let excellency =
            || self.is_text(at + 1, &["Excellency", "Honour", "Honor", "Majesty", "Highness"]);
        if self.is_text(at, &["His", "Her"]) && excellency() {
            let male = self.is_text(at, &["His"]);
            found.gender = Some(if male { Gender::Male } else { Gender::Female });
            found.titled = true;
            next += 2;
            // `His Excellency, Dr. Jane Roe`
            if self.comma(next) && self.has(next + 1, flag::TITLE) {
                next += 1;
            }
        } else if first.has(flag::DETERMINER) {
            found.definite = first.has(flag::DEFINITE);
            next += 1;
        }
        let determined = next > at;
        let next = self.parts(next, determined, &mut found)?;
        found.tokens.end = next;
        // `la ministre Claude Roux`: the article tells what the word does not, and more than a given name.
        if found.role.is_some() {
            let article = gender(first.flags);
            let told = article.filter(|article| *article == Gender::Female);
            found.gender = told.or(found.gender).or(article);
        }
        // `a Norport shopkeeper`, `the Roe camp`: the name says whose or where.
        let office = found.role.is_some() || found.body.is_some() || found.who != Who::Named;
        if determined && found.name.is_some() && !found.titled && !office {
            return None;
        }
        if found.name.is_some() {
            self.after_name(&mut found);
        } else if found.role.is_some()
            && self.comma(next)
            && found.definite
            && !self.is_relations(at)
            && let first = self.skip_titles(next + 1)
            && let Some((end, _)) = self.name(first)
            && (end >= self.end || !self.word(end) || self.has(end, flag::CUE | flag::BETWEEN))
        {
            // `the Minister of Health of Norland, (Hon.) Jane Roe, said`
            found.gender = found.gender.or(self.gender_of_name(first..end));
            found.name = Some(first..end);
            found.tokens.end = end;
            found.titled = true;
            found.apposed = true;
        }
        // `the CEO Summit` is a body, not an office.
        if let (None, Some(role), Some(body)) = (&found.name, &found.role, &found.body)
            && role.end == body.start
            && self.capital(role.start)
            && self.capital(body.start)
        {
            found.body = Some(role.start..body.end);
            found.role = None;
        }
        found.who = match () {
            () if found.name.is_some() => Who::Named,
            () if found.role.is_some() => Who::Office,
            () if found.body.is_some() => Who::Body,
            () if found.who != Who::Named => found.who,
            // `Norwegians said`, or somebody who is called so.
            () if found.country.as_ref().is_some_and(|country| country.adjective) => Who::Unnamed,
            () if found.country.is_some() => Who::Country,
            () => return None,
        };
        Some(found)
    }

    /// Whether somebody's somebody stands before: `the predecessor of the mayor, Jane Roe`, is not the mayor.
    fn is_relations(&self, at: usize) -> bool {
        let mut before = at;
        if before > 0 && self.prose.tokens[before - 1].has(flag::PREPOSITION) {
            before -= 1;
        }
        before > 0 && self.prose.tokens[before - 1].has(flag::RELATION)
    }

    /// Behind the titles that stand at a token.
    fn skip_titles(&self, at: usize) -> usize {
        let mut next = at;
        while next < at + 4 && self.has(next, flag::TITLE) {
            next += 1;
        }
        next
    }

    /// Reads country, body, office and titles up to the name, and the name. Answers where it ends.
    pub(super) fn parts(
        &self,
        from: usize,
        determined: bool,
        found: &mut Mention,
    ) -> Option<usize> {
        let mut next = from;
        // A mention longer than this is none; it also keeps the work linear.
        while self.word(next) && next < from + 40 {
            // An office with its country is whole: what stands on the next line is another thing,
            // unless it is the name.
            let whole = found.role.is_some() && found.country.is_some();
            if whole && next > from && self.breaks_before(next) && self.name(next).is_none() {
                break;
            }
            // `Senator the Hon. Jane Roe`
            if next > from && self.is_text(next, &["the"]) && self.has(next + 1, flag::TITLE) {
                next += 1;
                continue;
            }
            // `H. E. Mr. Roe`, `H.E President Roe`
            if self.is_text(next, &["H."]) && self.is_text(next + 1, &["E.", "E"]) {
                found.titled = true;
                next += 2;
                continue;
            }
            if let Some((phrase, stop)) = phrase_at(self.prose, next, self.end) {
                let name = stop == next + 1
                    && self.has(next, flag::ALSO_NAME)
                    && self.name(next).is_some_and(|(end, _)| end > stop);
                match phrase {
                    Phrase::Country(index) | Phrase::Demonym(index) if !name => {
                        let country = Country {
                            known: Some(index),
                            adjective: matches!(phrase, Phrase::Demonym(_)),
                            tokens: next..stop,
                        };
                        found.country.get_or_insert(country);
                        found.possessive = self.prose.tokens[stop - 1].possessive();
                        next = stop;
                        continue;
                    }
                    // A longer body may begin with the same word.
                    Phrase::Body | Phrase::Outlet if !name && !self.is_titled_surname(next) => {
                        let stop = self.body(next).map_or(stop, |end| end.max(stop));
                        found.body.get_or_insert(next..stop);
                        found.possessive = self.prose.tokens[stop - 1].possessive();
                        next = stop;
                        continue;
                    }
                    _ => {}
                }
            }
            let may_be_lower = determined || found.country.is_some();
            if let Some(stop) = self.role(next) {
                next = self.office(next, stop, found);
                continue;
            }
            if let Some(stop) = self.body(next).or_else(|| self.lower_body(next, may_be_lower)) {
                found.possessive = self.prose.tokens[stop - 1].possessive();
                if found.body.is_none() {
                    found.body = Some(next..stop);
                }
                next = self.of_country(stop, found);
                continue;
            }
            // `NHO spokesperson`: an acronym before an office is a body.
            if self.acronym(next) && found.body.is_none() {
                found.body = Some(next..next + 1);
                next += 1;
                continue;
            }
            if self.has(next, flag::TITLE)
                && (self.capital(next + 1) || self.has(next + 1, flag::TITLE))
            {
                let token = &self.prose.tokens[next];
                found.gender = gender(token.flags).or(found.gender);
                if token.has(flag::TITLE_ROLE) && found.role.is_none() {
                    found.role = Some(next..next + 1);
                }
                found.titled = true;
                next += 1;
                continue;
            }
            if let Some((stop, possessive)) = self.name(next) {
                // `Norland's Foreign Ministry`: whoever has a ministry is a country.
                if possessive && stop == next + 1 && !found.titled && self.state_follows(stop) {
                    let country = Country { known: None, adjective: false, tokens: next..stop };
                    found.country.get_or_insert(country);
                    next = stop;
                    continue;
                }
                found.gender = found.gender.or(self.gender_of_name(next..stop));
                found.name = Some(next..stop);
                found.possessive = possessive;
                // `Dean Bridges`: a dean, or a man called so.
                let given = found.role.as_ref().is_some_and(|role| {
                    stop == next + 1
                        && (from..next).eq(role.clone())
                        && self.has(from, flag::MALE_NAME)
                });
                found.titled |= found.role.is_some() && !given;
                return Some(stop);
            }
            if self.has(next, flag::ROLE_STATUS) && next + 1 < self.end {
                // `the then minister`, who is none now.
                if determined && self.is_text(next, &["then"]) && self.role(next + 1).is_some() {
                    found.role = Some(next..next + 1);
                }
                next += 1;
                continue;
            }
            if self.has(next, flag::PERSON | flag::GROUP) && found.role.is_none() {
                let one = self.has(next, flag::PERSON);
                found.gender = found.gender.or(gender(self.prose.tokens[next].flags));
                found.who = if one { Who::Unnamed } else { Who::Group };
                found.possessive = self.prose.tokens[next].possessive();
                next += 1;
                continue;
            }
            // `a senior aide`, `the young man`: an adjective before somebody.
            if determined
                && next <= from + 1
                && !self.capital(next)
                && self.prose.tokens[next].flags
                    & !(flag::BETWEEN | flag::NO_NAME | flag::MALE_NAME | flag::FEMALE_NAME)
                    == 0
                && (self.has(next + 1, flag::PERSON | flag::GROUP) || self.role(next + 1).is_some())
            {
                next += 1;
                continue;
            }
            break;
        }
        (next > from).then_some(next)
    }

    /// What the given name of a full name tells; a name alone may be a surname.
    pub(super) fn gender_of_name(&self, name: Range<usize>) -> Option<Gender> {
        let first = self.prose.tokens.get(name.start).filter(|_| name.len() > 1)?;
        match (first.has(flag::MALE_NAME), first.has(flag::FEMALE_NAME)) {
            (true, false) => Some(Gender::Male),
            (false, true) => Some(Gender::Female),
            _ => None,
        }
    }

    /// A name at a token: where it ends, and whether in a possessive.
    pub(super) fn name(&self, at: usize) -> Option<(usize, bool)> {
        if !self.capital(at) {
            return None;
        }
        // `Entrusting Jane Roe with …`: begins a clause, not a name.
        let begins =
            at == 0 || self.prose.tokens[at - 1].sentence != self.prose.tokens[at].sentence;
        let gerund = begins
            && !self.has(at, flag::ALSO_NAME | flag::MALE_NAME)
            && self.prose.text_of(at).len() > 5
            && self.prose.text_of(at).ends_with("ing");
        if gerund || self.body(at).is_some() {
            return None;
        }
        let first = &self.prose.tokens[at];
        let mut next = at;
        let mut words = 0;
        while self.word(next) && next < at + 7 {
            let token = &self.prose.tokens[next];
            if next > at && token.paragraph {
                break;
            }
            let Kind::Word(case) = token.kind else { break };
            let barred = flag::NO_NAME
                | flag::ROLE
                | flag::TITLE
                | flag::DETERMINER
                | flag::PREPOSITION
                | flag::GROUP
                | flag::BODY
                | flag::THING
                | flag::GENRE;
            let listed =
                || token.has(flag::PHRASE) && phrase_at(self.prose, next, self.end).is_some();
            let digits = || self.prose.text_of(next).bytes().any(|byte| byte.is_ascii_digit());
            let free = || {
                token.has(flag::ALSO_NAME)
                    || !token.has(barred) && !listed() && !digits()
                    || next == at && (self.short_surname(next) || self.is_titled_surname(next))
            };
            match case {
                Case::Initial if words > 0 || self.capital(next + 1) => next += 1,
                // `Jan Roh Willy Doh`: where a given name stands behind a surname, another name begins.
                Case::Title if words > 1 && self.begins_another(next) => break,
                // `Kim Jong Un`
                Case::Title if words > 1 && self.is_text(next, SYLLABLES) => {
                    words += 1;
                    next += 1;
                }
                Case::Title if free() => {
                    words += 1;
                    next += 1;
                }
                Case::Upper if free() && self.upper_name(next, at) => {
                    words += 1;
                    next += 1;
                }
                Case::Title | Case::Upper if token.has(flag::NAME_SUFFIX) && words > 0 => next += 1,
                Case::Lower
                    if (words > 0 || next > at)
                        && token.has(flag::PARTICLE)
                        && (self.capital(next + 1)
                            || self.has(next + 1, flag::PARTICLE) && self.capital(next + 2)) =>
                {
                    next += 1;
                }
                _ => break,
            }
            if token.possessive() {
                break;
            }
        }
        if self.comma(next) && self.has(next + 1, flag::NAME_SUFFIX) && words > 0 {
            next += 2;
        }
        // One word that could be a month, an office or a country is no name by itself.
        let lone = words == 1 && next == at + 1;
        let doubtful = flag::NO_NAME | flag::ROLE | flag::PHRASE | flag::BODY | flag::ROLE_MODIFIER;
        let known = first.has(flag::ALSO_NAME) || self.is_titled_surname(at);
        if words == 0 || words > 5 || lone && first.has(doubtful) && !known {
            return None;
        }
        let word = flag::NO_NAME | flag::ROLE | flag::PHRASE;
        if lone && first.has(word) && !self.is_titled_surname(at) {
            return None;
        }
        Some((next, self.prose.tokens[next - 1].possessive()))
    }

    /// Whether a given name that no given name stands before goes on with a surname.
    fn begins_another(&self, at: usize) -> bool {
        const GIVEN: u64 = flag::MALE_NAME | flag::FEMALE_NAME;
        const SURNAME: u64 =
            GIVEN | flag::NO_NAME | flag::ROLE | flag::PARTICLE | flag::NAME_SUFFIX;
        self.has(at, GIVEN)
            && !self.has(at - 1, GIVEN | flag::PARTICLE)
            && self.capital(at + 1)
            && !self.has(at + 1, SURNAME)
            && !self.prose.tokens[at + 1].paragraph
    }

    /// `H.E. TO LAM,`: a surname that is written like a small word, between a title and another name.
    fn short_surname(&self, at: usize) -> bool {
        at > 0
            && self.prose.tokens[at - 1].has(flag::TITLE)
            && self.is_text(at, &["to", "an", "do", "so"])
            && self.capital(at + 1)
            && (self.comma(at + 2) || at + 2 >= self.end || self.breaks_before(at + 2))
    }

    /// Whether a word in capitals is a name (`Jean DUPONT`, `ROE Jane`) rather than an acronym.
    pub(super) fn upper_name(&self, at: usize, start: usize) -> bool {
        let long = self.prose.text_of(at).chars().filter(|c| c.is_alphabetic()).count() >= 2;
        let beside = at > start && self.capital(at - 1)
            || self.capital(at + 1)
                && !self.has(at + 1, flag::ROLE | flag::NO_NAME | flag::BODY | flag::ROLE_MODIFIER);
        long && beside
    }

    /// What follows a name: `(I-Vt.)`, `, the Minister of Health of Norland`.
    pub(super) fn after_name(&self, found: &mut Mention) {
        if found.possessive {
            return;
        }
        let mut next = found.tokens.end;
        // `Jane Roe of Kenya`, `Jane Roe of the Norland Health Council`
        if self.is_text(next, &["of"]) {
            let after = if self.is_text(next + 1, &["the"]) { next + 2 } else { next + 1 };
            if let Some((known, stop)) = self.country(after) {
                let country = Country { known: Some(known), adjective: false, tokens: after..stop };
                found.country.get_or_insert(country);
                next = stop;
            } else if let Some(stop) = self.body(after).filter(|_| self.capital(after)) {
                found.body.get_or_insert(after..stop);
                next = stop;
            }
            if self.prose.tokens[next - 1].possessive() {
                return;
            }
            found.tokens.end = next;
        }
        if next < self.end && self.prose.tokens[next].is_punct(&['(']) {
            let close = (next + 1..(next + 10).min(self.end))
                .find(|at| self.prose.tokens[*at].is_punct(&[')']));
            if let Some(close) = close {
                next = close + 1;
                found.tokens.end = next;
            }
        }
        if !self.comma(next) || self.prose.tokens.get(next + 1).is_some_and(|token| token.paragraph)
        {
            return;
        }
        let mut start = next + 1;
        if self.has(start, flag::DETERMINER) {
            start += 1;
        }
        let mut behind = self.simple(start, Who::Named);
        if !self.word(start) {
            return;
        }
        let Some(stop) = self.apposition(start, &mut behind) else { return };
        found.role = found.role.take().or(behind.role);
        found.body = found.body.take().or(behind.body);
        found.country = found.country.take().or(behind.country);
        found.gender = found.gender.or(behind.gender);
        found.titled = true;
        found.apposed = true;
        found.tokens.end = stop;
    }

    /// An office in apposition: it ends at a comma, a stop or the end of the sentence.
    pub(super) fn apposition(&self, start: usize, behind: &mut Mention) -> Option<usize> {
        let stop = self.parts(start, true, behind)?;
        let ends = stop >= self.end
            || self.prose.tokens[stop].paragraph
            || self.prose.tokens[stop].is_punct(&[',', '.', ';', ')', ':', '—', '–', '!', '?'])
            || self.prose.tokens[stop].kind == Kind::Close
            || self.has(stop, flag::CUE | flag::BETWEEN);
        (ends && behind.role.is_some() && behind.name.is_none() && !behind.possessive)
            .then_some(stop)
    }
}
