//! Offices and bodies: `Minister of Health of Norland`, `the Norland Health Organization`.

use std::ops::Range;

use super::super::lexicon::{Phrase, flag};
use super::super::prose::{Case, Kind};
use super::{Country, Gender, Mention, Reader, phrase_at};

impl Reader<'_, '_> {
    /// An office at a token: where its words end.
    pub(super) fn role(&self, at: usize) -> Option<usize> {
        let mut head = None;
        let mut next = at;
        while next < at + 6 && self.has(next, flag::ROLE | flag::ROLE_MODIFIER) {
            if self.has(next, flag::ROLE) {
                head = Some(next);
            }
            if self.prose.tokens[next].possessive() {
                break;
            }
            next += 1;
        }
        let head = head?;
        // `Stephen King`, `Chancellor` as names: decided where names are read.
        let suffix = self.has(head + 1, flag::ROLE_SUFFIX) && !self.prose.tokens[head].possessive();
        Some(head + 1 + usize::from(suffix))
    }

    /// Takes an office in, with what it is of or for. Answers where it ends.
    pub(super) fn office(&self, at: usize, stop: usize, found: &mut Mention) -> usize {
        let head = &self.prose.tokens[stop - 1];
        if head.possessive() {
            // `the president's spokesman`: somebody else's office.
            found.role = None;
            found.definite = false;
            found.dependent = true;
            found.possessive = true;
            return stop;
        }
        found.possessive = false;
        let flags = self.prose.tokens[at..stop].iter().fold(0, |all, token| all | token.flags);
        found.gender = gender(flags).or(found.gender);
        let start =
            found.role.as_ref().map_or(at, |role| if role.end + 1 >= at { role.start } else { at });
        found.role = Some(start..stop);
        let mut next = stop;
        let mut links = 0;
        while links < 4
            && self.is_text(
                next,
                &["of", "for", "to", "von", "de", "del", "du", "des", "der", "d'", "d’"],
            )
        {
            links += 1;
            let belongs = !self.is_text(next, &["for", "to"]);
            let after = if self.is_text(next + 1, &["the", "la", "el", "las", "los", "l'", "l’"])
            {
                next + 2
            } else {
                next + 1
            };
            // `Minister of State of Norland`: an office, though a country may be styled so too.
            if links == 1 && after == next + 1 && self.is_text(after, &["State"]) {
                found.role = Some(start..after + 1);
                next = after + 1;
                continue;
            }
            if let Some((known, stop)) = self.country(after) {
                let country = Country { known: Some(known), adjective: false, tokens: after..stop };
                if found.country.is_none() && !self.is_text(next, &["to"]) {
                    found.country = Some(country);
                }
                next = stop;
                continue;
            }
            let domain = self.domain(after).filter(|stop| {
                // `for the European Commission`: a body, though it begins like a domain.
                !(self.capital(*stop) && self.has(*stop, flag::BODY))
            });
            if let Some(stop) = domain {
                found.role = Some(start..stop);
                next = stop;
                continue;
            }
            let body = phrase_at(self.prose, after, self.end)
                .filter(|(phrase, _)| matches!(phrase, Phrase::Body | Phrase::Outlet))
                .map(|(_, stop)| stop)
                .max(self.body(after))
                .or_else(|| self.lower_body(after, true));
            if let Some(stop) = body {
                if found.body.is_none() {
                    found.body = Some(after..stop);
                }
                found.possessive = self.prose.tokens[stop - 1].possessive();
                next = self.of_country(stop, found);
                continue;
            }
            if let Some((stop, possessive)) = self.name(after).filter(|_| self.capital(after)) {
                let single = stop == after + 1;
                let of_what = self.has(start, flag::STATE_ROLE) && !flags_prime(self, start..stop);
                if belongs && flags & flag::STATE_ROLE != 0 && single && !possessive {
                    let role_alone = found.role.as_ref().is_some_and(|role| role.end == next);
                    if of_what && role_alone && links == 1 && self.is_text(stop, &["of"]) {
                        found.role = Some(start..stop);
                    } else if found.country.is_none() {
                        found.country =
                            Some(Country { known: None, adjective: false, tokens: after..stop });
                    }
                } else if belongs && !possessive && found.body.is_none() {
                    found.body = Some(after..stop);
                } else {
                    found.dependent = true;
                    found.possessive = possessive;
                }
                next = stop;
                continue;
            }
            if self.has(after, flag::ROLE | flag::TITLE | flag::PERSON) {
                found.dependent = true;
            }
            break;
        }
        if self.is_text(next, &["and", "&"])
            && let Some(stop) = self.role(next + 1)
            && self.capital(next + 1)
        {
            // `State Councillor and Foreign Minister`
            found.role = Some(start..stop);
            return stop;
        }
        next
    }

    /// `of Norland` behind a body.
    pub(super) fn of_country(&self, at: usize, found: &mut Mention) -> usize {
        if !self.is_text(at, &["of"]) {
            return at;
        }
        let after = if self.is_text(at + 1, &["the"]) { at + 2 } else { at + 1 };
        match self.country(after) {
            Some((known, stop)) => {
                found.country.get_or_insert(Country {
                    known: Some(known),
                    adjective: false,
                    tokens: after..stop,
                });
                stop
            }
            None => at,
        }
    }

    /// A country of the table, with `Republic of` and its like before it.
    pub(super) fn country(&self, at: usize) -> Option<(usize, usize)> {
        let direct = |at: usize| {
            let (phrase, stop) = (at < self.end).then(|| phrase_at(self.prose, at, self.end))??;
            match phrase {
                Phrase::Country(index) => Some((index, stop)),
                _ => None,
            }
        };
        if let Some(found) = direct(at) {
            return Some(found);
        }
        let mut next = at;
        while next < at + 4 && self.capital(next) && !self.has(next, flag::STYLE) {
            next += 1;
        }
        if !self.has(next, flag::STYLE) || !self.is_text(next + 1, &["of"]) {
            return None;
        }
        let after = if self.is_text(next + 2, &["the"]) { next + 3 } else { next + 2 };
        direct(after)
    }

    /// What an office is for: `Health and Women's Affairs`.
    pub(super) fn domain(&self, at: usize) -> Option<usize> {
        let mut next = at;
        while next < at + 10 {
            if self.has(next, flag::DOMAIN | flag::ROLE_MODIFIER) {
                next += 1;
            } else if next > at
                && (self.is_text(next, &["and", "&", "y", "et", "und"]) || self.comma(next))
                && self.has(next + 1, flag::DOMAIN | flag::ROLE_MODIFIER)
                && self.role(next + 1).is_none()
            {
                next += 2;
            } else {
                break;
            }
        }
        (next > at).then_some(next)
    }

    /// A body in capitals: `Ministry of Foreign Affairs`, `Norland Health Organization`.
    pub(super) fn body(&self, at: usize) -> Option<usize> {
        if self.is_titled_surname(at) {
            return None;
        }
        let mut head = None;
        for next in at..at + 7 {
            let small = flag::PREPOSITION | flag::CLAUSE_START | flag::ADVERBIAL;
            if self.has(next, small) {
                break;
            }
            if !self.capital(next)
                || self.has(next, flag::ROLE) && !self.has(next, flag::BODY | flag::THING)
            {
                break;
            }
            if self.has(next, flag::BODY | flag::THING) {
                // `Bill Hart`, `Park Min-jun`: a name, unless a body follows that is called so.
                if next == at && self.begins_name(at) {
                    continue;
                }
                head = Some(next);
                break;
            }
            if self.prose.tokens[next].possessive()
                || self.has(next, flag::TITLE | flag::DETERMINER)
            {
                break;
            }
        }
        let head = head?;
        let surname =
            self.has(head, flag::ALSO_NAME) && head == at + 1 && !self.has(at, flag::NO_NAME);
        if surname && !self.has(head + 1, flag::BODY | flag::THING) {
            return None;
        }
        let mut next = head + 1;
        while self.capital(next)
            && self.has(next, flag::BODY | flag::THING)
            && self.role(next).is_none()
        {
            next += 1;
        }
        // `of Foreign Affairs`, but `of Norland` names the country.
        if self.is_text(next, &["of", "for", "on"]) && !self.prose.tokens[next - 1].possessive() {
            let after = if self.is_text(next + 1, &["the"]) { next + 2 } else { next + 1 };
            if let Some(stop) = self.domain(after).filter(|_| self.capital(after)) {
                return Some(stop);
            }
            if self.country(after).is_none() && self.capital(after) {
                let stop = (after..after + 4).find(|at| !self.capital(*at)).unwrap_or(after + 4);
                if stop == after + 1 || self.has(stop - 1, flag::BODY | flag::THING) {
                    return Some(stop);
                }
            }
        }
        Some(next)
    }

    /// Whether a word for a body or a thing is a name here: another word of a name follows.
    fn begins_name(&self, at: usize) -> bool {
        let barred = flag::BODY
            | flag::THING
            | flag::ROLE
            | flag::NO_NAME
            | flag::GROUP
            | flag::PHRASE
            | flag::TITLE
            | flag::CUE;
        self.has(at, flag::ALSO_NAME)
            && !self.prose.tokens[at].possessive()
            && self.capital(at + 1)
            && (!self.has(at + 1, barred) || self.has(at + 1, flag::ALSO_NAME))
    }

    /// Whether a word for a body or a thing is a surname here: `Ms Park said`, `President Park said`, but not
    /// `the Hon. House Speaker`.
    pub(super) fn is_titled_surname(&self, at: usize) -> bool {
        at > 0
            && self.capital(at)
            && self.has(at, flag::BODY | flag::THING)
            && (self.prose.tokens[at - 1].has(flag::TITLE) || self.is_surname_behind_office(at))
            && !self.has(at + 1, flag::BODY | flag::THING | flag::ROLE)
            && !self.is_text(at + 1, &["of", "for"])
    }

    /// `President Park` without an article; `the President Park` may be a park, and so may `King Park`.
    fn is_surname_behind_office(&self, at: usize) -> bool {
        const OFFICE_WORDS: usize = 4;
        let is_part = |before: &usize| {
            let token = &self.prose.tokens[*before];
            let part = flag::ROLE | flag::ROLE_MODIFIER;
            token.has(part) && token.is_capital() && !token.possessive()
        };
        let head = &self.prose.tokens[at - 1];
        if !self.has(at, flag::THING_OR_SURNAME)
            || !head.has(flag::ROLE)
            || head.has(flag::ALSO_NAME)
            || self.capital(at + 1)
        {
            return false;
        }
        let office = (0..at).rev().take(OFFICE_WORDS).take_while(is_part).count();
        let before = at.checked_sub(office + 1).map(|before| &self.prose.tokens[before]);
        office > 0 && !before.is_some_and(|before| before.has(flag::DETERMINER))
    }

    /// A body in lower case: `the foreign ministry`.
    pub(super) fn lower_body(&self, at: usize, may: bool) -> Option<usize> {
        let mut next = at;
        while next < at + 4
            && self.has(next, flag::ROLE_MODIFIER | flag::DOMAIN)
            && !self.has(next, flag::BODY)
        {
            next += 1;
        }
        let head = self.has(next, flag::BODY) && !self.prose.tokens[next].is_capital();
        let state = self.has(next, flag::STATE_BODY) && next > at;
        (head && (may || state)).then_some(next + 1)
    }

    /// A word in capitals before an office that is not in capitals.
    pub(super) fn acronym(&self, at: usize) -> bool {
        let free = flag::NO_NAME | flag::ROLE | flag::TITLE | flag::PHRASE | flag::PERSON;
        let upper = self.word(at) && self.prose.tokens[at].kind == Kind::Word(Case::Upper);
        upper
            && !self.has(at, free)
            && (2..=8).contains(&self.prose.text_of(at).len())
            && self.word(at + 1)
            && self.prose.tokens[at + 1].kind != Kind::Word(Case::Upper)
            && self.role(at + 1).is_some()
    }

    pub(super) fn state_follows(&self, at: usize) -> bool {
        let near = at..(at + 5).min(self.end);
        near.clone()
            .take_while(|next| self.word(*next))
            .any(|next| self.has(next, flag::STATE_ROLE | flag::STATE_BODY))
    }
}

pub(super) fn flags_prime(reader: &Reader<'_, '_>, tokens: Range<usize>) -> bool {
    tokens.clone().any(|at| reader.is_text(at, &["prime", "first"]))
        || !tokens.clone().any(|at| reader.is_text(at, &["minister", "secretary"]))
}

pub(super) fn gender(flags: u64) -> Option<Gender> {
    match (flags & flag::MALE != 0, flags & flag::FEMALE != 0) {
        (true, false) => Some(Gender::Male),
        (false, true) => Some(Gender::Female),
        _ => None,
    }
}
