//! Whom a Chinese source means: an office and a name, a name, or a pronoun.

use std::ops::Range;

use dixit::{BasisKind, Person};

use super::super::confidence;
use crate::extract::Found;
use crate::extract::lexicon::lexicon;
use crate::extract::mentions::Gender;
use crate::extract::prose::is_ideograph;

/// A pronoun surely means no one who spoke more than so many bytes before it.
const LONGEST_SINCE: usize = 1200;

struct Named {
    person: Person,
    at: Range<usize>,
    gender: Option<Gender>,
}

/// The persons named so far, and who spoke last.
#[derive(Default)]
pub(super) struct Known {
    named: Vec<Named>,
    /// Who, if the text names them, and where the words of the source end.
    pub(super) last: Option<(Option<usize>, usize)>,
}

/// `张三没有说`
pub(super) fn denied(source: &str) -> bool {
    lexicon().chinese.denials.iter().any(|word| {
        let short = word.chars().count() == 1;
        if short { source.ends_with(word.as_str()) } else { source.contains(word.as_str()) }
    })
}

/// Whom a pronoun means: the last who spoke, or the only person whom the text names.
fn meant(
    whole: &str,
    range: &Range<usize>,
    gender: Gender,
    known: &mut Known,
    further: bool,
) -> Option<Found<Person>> {
    let index = match (known.last, &known.named[..]) {
        (Some((Some(last), _)), _) => last,
        (None, [_]) => 0,
        _ => return None,
    };
    // Another person may have come on stage since.
    let from = known.last.map_or(range.start, |(_, end)| end).min(range.start);
    let since = whole.get(from..range.start).unwrap_or_default();
    let lists = &lexicon().chinese;
    let other = |list: &[String]| list.iter().any(|word| since.contains(word.as_str()));
    let rival = since.len() > LONGEST_SINCE
        || other(&lists.roles)
        || other(&lists.men)
        || other(&lists.women);
    let sure = (known.named.len() == 1 || further) && !rival;
    let named = known.named.get_mut(index)?;
    if named.gender.is_some_and(|known| known != gender) {
        return None;
    }
    named.gender = Some(gender);
    let figure = if sure { "han-pronoun" } else { "han-pronoun-near" };
    let as_written = Some(whole[range.clone()].to_owned());
    Some(Found {
        value: Person { as_written, ..named.person.clone() },
        evidence: vec![range.clone(), named.at.clone()],
        kind: BasisKind::Inferred,
        rule: "pronoun",
        confidence: confidence::who(figure),
        note: None,
    })
}

/// A name without `女士` or `先生` behind it, and what that tells.
fn without_title(name: &str) -> (&str, Option<Gender>) {
    let chinese = &lexicon().chinese;
    let cut = |list: &[String]| list.iter().find_map(|title| name.strip_suffix(title.as_str()));
    match (cut(&chinese.men), cut(&chinese.women)) {
        (Some(name), _) => (name, Some(Gender::Male)),
        (_, Some(name)) => (name, Some(Gender::Female)),
        _ => (name, None),
    }
}

pub(super) fn speaker(
    whole: &str,
    words: &str,
    base: usize,
    source: &Range<usize>,
    known: &mut Known,
    further: bool,
) -> Option<Found<Person>> {
    let chinese = &lexicon().chinese;
    let text = &words[source.clone()];
    let range = base + source.start..base + source.start + text.len();
    let pronoun = |list: &[String]| list.iter().any(|pronoun| text == pronoun);
    let gender = match () {
        () if pronoun(&chinese.pronouns_m) => Some(Gender::Male),
        () if pronoun(&chinese.pronouns_f) => Some(Gender::Female),
        () => None,
    };
    if let Some(gender) = gender {
        return meant(whole, &range, gender, known, further);
    }
    let found = named(words, base, source, known);
    let name = found.as_ref().and_then(|found| found.value.name.as_deref());
    let index = name.and_then(|name| {
        known.named.iter().position(|known| known.person.name.as_deref() == Some(name))
    });
    known.last = Some((index, range.end));
    found
}

/// A source by its office or name.
fn named(
    words: &str,
    base: usize,
    source: &Range<usize>,
    known: &mut Known,
) -> Option<Found<Person>> {
    let chinese = &lexicon().chinese;
    let text = &words[source.clone()];
    let range = base + source.start..base + source.start + text.len();
    let (bare, gender) = without_title(text);
    let role = chinese
        .roles
        .iter()
        .filter_map(|role| text.rfind(role.as_str()).map(|at| (at + role.len(), role)))
        .max_by_key(|(end, role)| (*end, role.len()));
    let (name_at, person) = match role {
        Some((end, role)) => {
            let name = bare.get(end..).unwrap_or_default();
            // `局长张三被记者问到时说`
            let asked = name.split_once('被').filter(|(name, _)| is_name(name));
            let name = asked.map_or(name, |(name, _)| name);
            let before = &text[..end - role.len()];
            let (which, before) = which_office(before);
            let country = country(before);
            let body =
                before.strip_prefix(country.map_or("", |(written, _)| written)).unwrap_or(before);
            let is_body = chinese.bodies.iter().any(|suffix| body.ends_with(suffix.as_str()));
            let person = Person {
                name: is_name(name).then(|| name.to_owned()),
                as_written: Some(if is_name(name) { name } else { text }.to_owned()),
                role: Some(format!("{which}{role}")),
                affiliation: (is_body && !body.is_empty()).then(|| body.to_owned()),
                country: country.map(|(_, name)| name.to_owned()),
                ..Person::default()
            };
            (end, person)
        }
        None => {
            if let Some(named) =
                known.named.iter().find(|named| named.person.name.as_deref() == Some(bare))
            {
                let evidence = vec![range, named.at.clone()];
                let person = Person { as_written: Some(text.to_owned()), ..named.person.clone() };
                let (kind, rule) = (BasisKind::Inferred, "short-name");
                return Some(Found {
                    value: person,
                    evidence,
                    kind,
                    rule,
                    confidence: confidence::who("han-titled"),
                    note: None,
                });
            }
            let surname = text.chars().next().is_some_and(|c| chinese.surnames.contains(c));
            if !surname || !is_name(text) {
                return None;
            }
            let person = Person { as_written: Some(text.to_owned()), ..Person::named(text) };
            (0, person)
        }
    };
    let titled = person.role.is_some() && person.name.is_some();
    if person.name.is_some()
        && known.named.iter().all(|named| named.person.name != person.name)
        && known.named.len() < 64
    {
        known.named.push(Named { person: person.clone(), at: range.start..range.end, gender });
    }
    let confidence = confidence::who(if titled { "han-titled" } else { "han-name" });
    let rule = match (person.name.is_some(), name_at) {
        (true, 0) => "single-name",
        (true, _) => "named-source",
        (false, _) => "office-without-name",
    };
    Some(Found {
        value: person,
        evidence: vec![range],
        kind: BasisKind::Extracted,
        rule,
        confidence,
        note: None,
    })
}

/// Two to four ideographs, none of them grammar: a name, as far as that can be told.
pub(super) fn is_name(text: &str) -> bool {
    let chinese = &lexicon().chinese;
    (2..=4).contains(&text.chars().count())
        && text.chars().all(|c| is_ideograph(c) && !chinese.no_name.contains(c))
        && !text.starts_with(|c| chinese.no_name_first.contains(c))
}

/// `前`, `副`, `候任` before an office: another office, or none any more. What tells that, and what else stands there.
fn which_office(before: &str) -> (&str, &str) {
    let chinese = &lexicon().chinese;
    let mut of_office = chinese.which_office.iter();
    if let Some(rest) = of_office.find_map(|which| before.strip_suffix(which.as_str())) {
        return (&before[rest.len()..], rest);
    }
    let is_other = chinese.which_not.iter().any(|other| before.starts_with(other.as_str()));
    let mut of_body = chinese.which_body.iter().filter(|_| !is_other);
    match of_body.find_map(|which| before.strip_prefix(which.as_str())) {
        Some(rest) => (&before[..before.len() - rest.len()], rest),
        None => ("", before),
    }
}

fn country(text: &str) -> Option<(&str, &'static str)> {
    let cut = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    (2..=3).find_map(|chars| {
        let written = &text[..cut(chars)];
        lexicon().country_named(written).map(|name| (written, name))
    })
}
