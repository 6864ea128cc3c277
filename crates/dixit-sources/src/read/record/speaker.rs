//! The speaker of a record, from the fields that tell of one.

use dixit::{Person, Span};
use serde_json::value::RawValue;

use super::values::{Fields, Given, Members};
use super::{is_blank, plain};
use crate::read::labels::{self, Parts};
use crate::read::mapping::Slot;

/// What the fields of a record tell of who speaks.
pub(super) enum Told {
    Nobody,
    One(Box<Person>, Vec<Span>),
    /// Several in one value, of whom nothing tells who speaks.
    Several(Vec<String>, Span),
}

/// The speaker: an object as in the contract, or a name beside which other fields stand.
pub(super) fn speaker(fields: &Fields<'_>) -> Result<Told, String> {
    let mut evidence = Vec::new();
    let mut person = Person::default();
    if let Some(field) = fields.get(Slot::Speaker) {
        let mut value = field.value;
        let span = value.span();
        if value.json().is_some_and(|raw| raw.starts_with('[')) {
            match one_of(value)? {
                OneOf::None => return Ok(Told::Nobody),
                OneOf::One(one) => value = one,
                OneOf::Several(names) => return Ok(Told::Several(names, span)),
            }
        }
        evidence.push(value.span());
        if let Some((name, _)) = value.text() {
            let name = name.trim();
            // `name` is also what other things are called: `press-release-17`.
            let is_called = fields.turns && field.key.eq_ignore_ascii_case("name");
            let is_other = is_called && name.is_ascii() && !labels::is_name(name);
            if !(name.is_empty() || is_other || fields.turns && is_blank(name)) {
                person.as_written = Some(name.to_owned());
                let mut name = name;
                if fields.turns
                    && let Some((before, party)) = before_party(name)
                {
                    name = before;
                    person.party = Some(party.to_owned());
                }
                let parts = if fields.turns { labels::split(name) } else { Parts::default() };
                // A printed label is taken apart where its form shows how.
                if parts.has_title || parts.role.is_some() || parts.bracket.is_some() {
                    person.name = parts.name;
                    person.role = parts.role;
                } else {
                    person.name = Some(name.to_owned());
                }
            }
        } else {
            let raw = value.json().unwrap_or_default();
            person = serde_json::from_str(raw).map_err(|error| error.to_string())?;
            other_names(raw, &mut person);
        }
    }
    for (slot, target) in [
        (Slot::Role, &mut person.role),
        (Slot::Affiliation, &mut person.affiliation),
        (Slot::Party, &mut person.party),
        (Slot::Country, &mut person.country),
        (Slot::Person, &mut person.person),
    ] {
        if target.is_none()
            && let Some(field) = fields.get(slot)
            && let Some(text) = plain(field.value).filter(|text| !(fields.turns && is_blank(text)))
        {
            *target = Some(text);
            evidence.push(field.value.span());
        }
    }
    // A party or country without anybody is no speaker.
    let is_somebody = person.name.is_some() || person.as_written.is_some() || person.role.is_some();
    Ok(if is_somebody { Told::One(Box::new(person), evidence) } else { Told::Nobody })
}

/// `Ada Muster (Northwick) (Fishers)`: of two brackets after a name the first holds the constituency,
/// the second the party; one alone may hold either.
fn before_party(label: &str) -> Option<(&str, &str)> {
    let (rest, party) = label.strip_suffix(')')?.rsplit_once('(')?;
    let (name, place) = rest.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let (name, party) = (name.trim(), party.trim());
    let parts = labels::split(name);
    let is_plain = parts.role.is_none() && parts.bracket.is_none();
    let is_other = party.is_empty() || party.starts_with("for ") || party.starts_with("on behalf");
    let is_named = parts.name.is_some_and(|name| labels::is_name(&name));
    (is_plain && is_named && !is_other && !place.trim().is_empty()).then_some((name, party))
}

/// What a list in place of a speaker holds.
enum OneOf<'r> {
    None,
    One(Given<'r>),
    Several(Vec<String>),
}

/// The speaker in a list of names or persons, or all of them.
fn one_of<'r>(list: Given<'r>) -> Result<OneOf<'r>, String> {
    let raw = list.json().unwrap_or_default();
    let base = list.span().start;
    let values: Vec<&RawValue> = serde_json::from_str(raw).map_err(|error| error.to_string())?;
    let mut found: Vec<(String, Given<'r>)> = Vec::new();
    for value in values {
        let one = value.get();
        let at = base + (one.as_ptr() as usize - raw.as_ptr() as usize) as u64;
        let given = Given::Json { raw: one, at };
        let name = match given.text() {
            Some((name, _)) => name.trim().to_owned(),
            None if one == "null" => continue,
            None if one.starts_with('{') => {
                let mut person: Person =
                    serde_json::from_str(one).map_err(|error| error.to_string())?;
                other_names(one, &mut person);
                let Some(label) = person.label() else { continue };
                label.to_owned()
            }
            None => return Err("a name or a person was expected in the list".to_owned()),
        };
        if !name.is_empty() && found.iter().all(|(known, _)| *known != name) {
            if found.len() == MOST_NAMED {
                break;
            }
            found.push((name, given));
        }
    }
    Ok(match found.as_slice() {
        [] => OneOf::None,
        [(_, one)] => OneOf::One(*one),
        _ => OneOf::Several(found.into_iter().map(|(name, _)| name).collect()),
    })
}

/// Of a longer list of speakers no more are kept as candidates.
const MOST_NAMED: usize = 16;

/// The other names under which publishers give what a person is called.
fn other_names(raw: &str, person: &mut Person) {
    let Ok(members) = serde_json::from_str::<Members<'_>>(raw) else { return };
    let text = |names: &[&str]| {
        names.iter().find_map(|name| plain(Given::Json { raw: members.get(*name)?.get(), at: 0 }))
    };
    for (target, names) in [
        (&mut person.as_written, &["full", "label", "display_name", "displayName"][..]),
        (&mut person.name, &["full_name", "fullName", "fullname"]),
        (&mut person.role, &["title", "office", "position", "function"]),
        (&mut person.party, &["group", "faction"]),
        (&mut person.person, &["id", "person_id", "member_id"]),
    ] {
        if target.is_none() {
            *target = text(names);
        }
    }
    if person.name.is_none()
        && let Some(last) = text(&["last_name", "lastName", "surname", "family_name"])
    {
        let first = text(&["first_name", "firstName", "given_name", "forename"]);
        person.name = Some(first.map_or_else(|| last.clone(), |first| format!("{first} {last}")));
    }
}
