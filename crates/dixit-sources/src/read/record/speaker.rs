//! The speaker of a record, from the fields that tell of one.

use dixit::{Person, Span};

use super::values::{Fields, Given, Members};
use super::{is_blank, plain};
use crate::read::labels::{self, Parts};
use crate::read::mapping::Slot;

/// The speaker: an object as in the contract, or a name beside which other fields stand.
pub(super) fn speaker(fields: &Fields<'_>) -> Result<Option<(Person, Vec<Span>)>, String> {
    let mut evidence = Vec::new();
    let mut person = Person::default();
    if let Some(field) = fields.get(Slot::Speaker) {
        let value = field.value;
        evidence.push(value.span());
        if let Some((name, _)) = value.text() {
            let name = name.trim();
            // `name` is also what other things are called: `press-release-17`.
            let is_called = fields.turns && field.key.eq_ignore_ascii_case("name");
            let is_other = is_called && name.is_ascii() && !labels::is_name(name);
            if !(name.is_empty() || is_other || fields.turns && is_blank(name)) {
                person.as_written = Some(name.to_owned());
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
    Ok(is_somebody.then_some((person, evidence)))
}

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
