//! Mentions of persons, offices and bodies: `Norland's Foreign Ministry spokesperson Jane Roe`.
//!
//! A mention is read from left to right: country, body, office, title, name, and what follows the
//! name in apposition. Every part keeps the tokens on which it stands.

use std::ops::Range;

use dixit::Person;

use super::lexicon::{Phrase, flag, lexicon};
use super::prose::{Case, Kind, Prose};

/// What a mention stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// A person with a name.
    Named,
    /// An office without a name: `the minister`.
    Office,
    /// A body: `the Foreign Ministry`.
    Body,
    /// A country as an actor.
    Country,
    He,
    She,
    They,
    /// `I`, `we`, `you`.
    Own,
    /// One person without name or office: `a resident`.
    Unnamed,
    /// Several.
    Group,
}

/// Which pronoun fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
}

/// The country of a mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Country {
    /// Index in the table; `None` for a name that stands where a country's would.
    pub(super) known: Option<usize>,
    pub(super) tokens: Range<usize>,
}

/// A mention and its parts, as token ranges.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub(super) tokens: Range<usize>,
    pub(super) who: Who,
    pub(super) name: Option<Range<usize>>,
    pub(super) role: Option<Range<usize>>,
    pub(super) body: Option<Range<usize>>,
    pub(super) country: Option<Country>,
    pub(super) gender: Option<Gender>,
    /// `the`, which points back.
    pub(super) definite: bool,
    /// Ends in a possessive: somebody's something follows.
    pub(super) possessive: bool,
    /// Has a title or an office before or behind the name.
    pub(super) titled: bool,
    /// Speaks for somebody else: `a spokesman for Ms. Roe`.
    pub(super) dependent: bool,
    /// Ends in an apposition, which a comma closes.
    pub(super) apposed: bool,
}

impl Mention {
    /// The person, as far as the mention tells.
    pub(super) fn person(&self, prose: &Prose<'_>) -> Person {
        let words = |tokens: &Range<usize>| squeeze(&prose.text[prose.bytes(tokens.clone())]);
        let named = self.name.as_ref().map(words);
        let as_written = match &self.name {
            Some(name) => words(name),
            None => words(&self.tokens),
        };
        let country = self.country.as_ref().map(|country| match country.known {
            Some(index) => lexicon().country(index).to_owned(),
            None => words(&country.tokens),
        });
        Person {
            name: named,
            as_written: Some(as_written),
            role: self.role.as_ref().map(words),
            affiliation: self.body.as_ref().map(words),
            country,
            ..Person::default()
        }
    }

    /// How many words the name has, without initials and small words.
    pub(super) fn name_words(&self, prose: &Prose<'_>) -> usize {
        let tokens = self.name.clone().map_or(&[][..], |name| &prose.tokens[name]);
        let full = |kind| matches!(kind, Kind::Word(Case::Title | Case::Upper | Case::Initial));
        tokens.iter().filter(|token| full(token.kind)).count()
    }
}

/// White space folded to single spaces.
pub(super) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The longest phrase of the table at a token: what it is and where it ends.
fn phrase_at(prose: &Prose<'_>, at: usize, end: usize) -> Option<(Phrase, usize)> {
    let word = prose.tokens[at].word.filter(|_| prose.tokens[at].has(flag::PHRASE))?;
    word.phrases.iter().find_map(|index| {
        let entry = &lexicon().phrases[*index];
        let stop = at + entry.words.len();
        let fits = stop <= end
            && entry.words.iter().zip(at..).all(|(word, token)| {
                let written = prose.text_of(token);
                let inner = token + 1 < stop && prose.tokens[token].possessive();
                // `People's Republic`: the possessive is part of the name.
                let written = if inner {
                    &prose.text[prose.tokens[token].start..prose.tokens[token].tail]
                } else {
                    written
                };
                same_word(word, written)
            });
        // A name is written with a capital; small words of a phrase need none.
        (fits && prose.tokens[at].is_capital()).then(|| (entry.what.clone(), stop))
    })
}

fn same_word(listed: &str, written: &str) -> bool {
    if listed.chars().any(char::is_lowercase) {
        if listed.is_ascii() && written.is_ascii() {
            listed.eq_ignore_ascii_case(written)
        } else {
            written.to_lowercase().replace('’', "'") == listed.replace('’', "'")
        }
    } else {
        listed == written
    }
}

struct Reader<'p, 'a> {
    prose: &'p Prose<'a>,
    end: usize,
    quote: u32,
}

/// Reads the mention that begins at a token and ends before `end`, if there is one.
///
/// The words stand in one paragraph, and on one side of any quotation mark.
pub(super) fn read(prose: &Prose<'_>, at: usize, end: usize) -> Option<Mention> {
    let first = prose.tokens.get(at)?;
    if !first.is_word() {
        return None;
    }
    let interesting = flag::DETERMINER
        | flag::ROLE
        | flag::ROLE_MODIFIER
        | flag::ROLE_STATUS
        | flag::PERSON
        | flag::GROUP
        | flag::HE
        | flag::SHE
        | flag::THEY
        | flag::SELF
        | flag::BODY;
    if !first.is_capital() && !first.has(interesting) {
        return None;
    }
    let reader = Reader { prose, end: end.min(prose.tokens.len()), quote: first.quote };
    reader.mention(at)
}

impl Reader<'_, '_> {
    /// A word of this mention may stand here.
    fn word(&self, at: usize) -> bool {
        at < self.end
            && self.prose.tokens[at].is_word()
            && self.prose.tokens[at].quote == self.quote
    }

    fn has(&self, at: usize, bits: u64) -> bool {
        self.word(at) && self.prose.tokens[at].has(bits)
    }

    fn capital(&self, at: usize) -> bool {
        self.word(at) && self.prose.tokens[at].is_capital()
    }

    fn is_text(&self, at: usize, texts: &[&str]) -> bool {
        self.word(at) && texts.iter().any(|text| text.eq_ignore_ascii_case(self.prose.text_of(at)))
    }

    fn comma(&self, at: usize) -> bool {
        at < self.end && self.prose.tokens[at].is_punct(&[',', '，'])
    }

    fn simple(&self, at: usize, who: Who) -> Mention {
        Mention {
            tokens: at..at + 1,
            who,
            name: None,
            role: None,
            body: None,
            country: None,
            gender: None,
            definite: false,
            possessive: self.prose.tokens[at].possessive(),
            titled: false,
            dependent: false,
            apposed: false,
        }
    }

    fn mention(&self, at: usize) -> Option<Mention> {
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
            self.is_text(at + 1, &["Excellency", "Honour", "Honor", "Majesty", "Highness"]);
        if self.is_text(at, &["His", "Her"]) && excellency {
            let male = self.is_text(at, &["His"]);
            found.gender = Some(if male { Gender::Male } else { Gender::Female });
            found.titled = true;
            next += 2;
        } else if first.has(flag::DETERMINER) {
            found.definite = self.is_text(at, &["the"]);
            next += 1;
        }
        let determined = next > at;
        let next = self.parts(next, determined, &mut found)?;
        found.tokens.end = next;
        if found.name.is_some() {
            self.after_name(&mut found);
        } else if found.role.is_some()
            && self.comma(next)
            && found.definite
            && let Some((end, _)) = self.name(next + 1)
            && end >= next + 2
            && (end >= self.end || !self.word(end) || self.has(end, flag::CUE | flag::BETWEEN))
        {
            // `the Minister of Health of Norland, Jane Roe, said`
            found.name = Some(next + 1..end);
            found.tokens.end = end;
            found.titled = true;
            found.apposed = true;
        }
        found.who = match () {
            () if found.name.is_some() => Who::Named,
            () if found.role.is_some() => Who::Office,
            () if found.body.is_some() => Who::Body,
            () if found.who != Who::Named => found.who,
            () if found.country.is_some() => Who::Country,
            () => return None,
        };
        Some(found)
    }

    /// Reads country, body, office and titles up to the name, and the name. Answers where it ends.
    fn parts(&self, from: usize, determined: bool, found: &mut Mention) -> Option<usize> {
        let mut next = from;
        // A mention longer than this is none; it also keeps the work linear.
        while self.word(next) && next < from + 40 {
            if let Some((phrase, stop)) = phrase_at(self.prose, next, self.end) {
                let name = stop == next + 1
                    && self.has(next, flag::ALSO_NAME)
                    && self.name(next).is_some_and(|(end, _)| end > stop);
                match phrase {
                    Phrase::Country(index) | Phrase::Demonym(index) if !name => {
                        let country = Country { known: Some(index), tokens: next..stop };
                        found.country.get_or_insert(country);
                        found.possessive = self.prose.tokens[stop - 1].possessive();
                        next = stop;
                        continue;
                    }
                    // A longer body may begin with the same word.
                    Phrase::Body | Phrase::Outlet if !name => {
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
                    let country = Country { known: None, tokens: next..stop };
                    found.country.get_or_insert(country);
                    next = stop;
                    continue;
                }
                found.name = Some(next..stop);
                found.possessive = possessive;
                found.titled |= found.role.is_some();
                return Some(stop);
            }
            if self.has(next, flag::ROLE_STATUS) && next + 1 < self.end {
                next += 1;
                continue;
            }
            if self.has(next, flag::PERSON | flag::GROUP) && found.role.is_none() {
                let one = self.has(next, flag::PERSON);
                found.who = if one { Who::Unnamed } else { Who::Group };
                found.possessive = self.prose.tokens[next].possessive();
                next += 1;
                continue;
            }
            // `a senior aide`, `the young man`: an adjective before somebody.
            if determined
                && next <= from + 1
                && !self.capital(next)
                && self.prose.tokens[next].flags & !(flag::BETWEEN | flag::NO_NAME) == 0
                && (self.has(next + 1, flag::PERSON | flag::GROUP) || self.role(next + 1).is_some())
            {
                next += 1;
                continue;
            }
            break;
        }
        (next > from).then_some(next)
    }

    /// An office at a token: where its words end.
    fn role(&self, at: usize) -> Option<usize> {
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
    fn office(&self, at: usize, stop: usize, found: &mut Mention) -> usize {
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
            && self.is_text(next, &["of", "for", "to", "von", "de", "del", "du", "des", "der"])
        {
            links += 1;
            let belongs = !self.is_text(next, &["for", "to"]);
            let after =
                if self.is_text(next + 1, &["the", "la", "el"]) { next + 2 } else { next + 1 };
            // `Minister of State of Norland`: an office, though a country may be styled so too.
            if links == 1 && after == next + 1 && self.is_text(after, &["State"]) {
                found.role = Some(start..after + 1);
                next = after + 1;
                continue;
            }
            if let Some((known, stop)) = self.country(after) {
                let country = Country { known: Some(known), tokens: after..stop };
                if found.country.is_none() && !self.is_text(next, &["to"]) {
                    found.country = Some(country);
                }
                next = stop;
                continue;
            }
            if let Some(stop) = self.domain(after) {
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
                let domain = self.has(start, flag::STATE_ROLE) && !flags_prime(self, start..stop);
                if belongs && flags & flag::STATE_ROLE != 0 && single && !possessive {
                    let role_alone = found.role.as_ref().is_some_and(|role| role.end == next);
                    if domain && role_alone && links == 1 && self.is_text(stop, &["of"]) {
                        found.role = Some(start..stop);
                    } else if found.country.is_none() {
                        found.country = Some(Country { known: None, tokens: after..stop });
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
    fn of_country(&self, at: usize, found: &mut Mention) -> usize {
        if !self.is_text(at, &["of"]) {
            return at;
        }
        let after = if self.is_text(at + 1, &["the"]) { at + 2 } else { at + 1 };
        match self.country(after) {
            Some((known, stop)) => {
                found.country.get_or_insert(Country { known: Some(known), tokens: after..stop });
                stop
            }
            None => at,
        }
    }

    /// A country of the table, with `Republic of` and its like before it.
    fn country(&self, at: usize) -> Option<(usize, usize)> {
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
    fn domain(&self, at: usize) -> Option<usize> {
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
    fn body(&self, at: usize) -> Option<usize> {
        let mut head = None;
        for next in at..at + 7 {
            if !self.capital(next)
                || self.has(next, flag::ROLE) && !self.has(next, flag::BODY | flag::THING)
            {
                break;
            }
            if self.has(next, flag::BODY | flag::THING) {
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
            && !self.has(next, flag::ROLE)
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

    /// A body in lower case: `the foreign ministry`.
    fn lower_body(&self, at: usize, may: bool) -> Option<usize> {
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
    fn acronym(&self, at: usize) -> bool {
        let free = flag::NO_NAME | flag::ROLE | flag::TITLE | flag::PHRASE | flag::PERSON;
        let upper = self.word(at) && self.prose.tokens[at].kind == Kind::Word(Case::Upper);
        upper
            && !self.has(at, free)
            && (2..=8).contains(&self.prose.text_of(at).len())
            && self.word(at + 1)
            && self.prose.tokens[at + 1].kind != Kind::Word(Case::Upper)
            && self.role(at + 1).is_some()
    }

    fn state_follows(&self, at: usize) -> bool {
        let near = at..(at + 5).min(self.end);
        near.clone()
            .take_while(|next| self.word(*next))
            .any(|next| self.has(next, flag::STATE_ROLE | flag::STATE_BODY))
    }

    /// A name at a token: where it ends, and whether in a possessive.
    fn name(&self, at: usize) -> Option<(usize, bool)> {
        if !self.capital(at) || self.body(at).is_some() {
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
                | flag::STATE_BODY
                | flag::GENRE;
            let listed = token.has(flag::PHRASE) && phrase_at(self.prose, next, self.end).is_some();
            let free = !token.has(barred) && !listed || token.has(flag::ALSO_NAME);
            match case {
                Case::Initial if words > 0 || self.capital(next + 1) => next += 1,
                Case::Title if free => {
                    words += 1;
                    next += 1;
                }
                Case::Upper if free && self.upper_name(next, at) => {
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
        if words == 0 || words > 5 || lone && first.has(doubtful) && !first.has(flag::ALSO_NAME) {
            return None;
        }
        if lone && first.has(flag::NO_NAME | flag::ROLE | flag::PHRASE) {
            return None;
        }
        Some((next, self.prose.tokens[next - 1].possessive()))
    }

    /// Whether a word in capitals is a name (`Jean DUPONT`, `GUO Jiakun`) rather than an acronym.
    fn upper_name(&self, at: usize, start: usize) -> bool {
        let long = self.prose.text_of(at).chars().filter(|c| c.is_alphabetic()).count() >= 2;
        let beside = at > start && self.capital(at - 1)
            || self.capital(at + 1)
                && !self.has(at + 1, flag::ROLE | flag::NO_NAME | flag::BODY | flag::ROLE_MODIFIER);
        long && beside
    }

    /// What follows a name: `(I-Vt.)`, `, the Minister of Health of Norland`.
    fn after_name(&self, found: &mut Mention) {
        if found.possessive {
            return;
        }
        let mut next = found.tokens.end;
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
    fn apposition(&self, start: usize, behind: &mut Mention) -> Option<usize> {
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

fn flags_prime(reader: &Reader<'_, '_>, tokens: Range<usize>) -> bool {
    tokens.clone().any(|at| reader.is_text(at, &["prime", "first"]))
        || !tokens.clone().any(|at| reader.is_text(at, &["minister", "secretary"]))
}

fn gender(flags: u64) -> Option<Gender> {
    match (flags & flag::MALE != 0, flags & flag::FEMALE != 0) {
        (true, false) => Some(Gender::Male),
        (false, true) => Some(Gender::Female),
        _ => None,
    }
}
