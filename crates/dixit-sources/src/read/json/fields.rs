//! Which values of a record, and of what stands around it, hold what.

use std::collections::BTreeMap;

use dixit::{SourceMap, Span};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::shape;
use crate::read::json_text;
use crate::read::mapping::{FieldMap, Slot};
use crate::read::record::{Field, Fields, Given, How, Members};

/// A member of an object around the records.
#[derive(Clone, Debug)]
pub(super) struct Outer {
    pub(super) key: String,
    pub(super) raw: String,
    pub(super) at: u64,
}

/// How far into a record's objects its fields are looked for.
const MOST_DEPTH: usize = 3;

/// What only the record itself can say.
const OWN: [Slot; 5] = [Slot::Text, Slot::Kind, Slot::Id, Slot::Source, Slot::References];
/// What belongs to a speaker.
const OF_SPEAKER: [Slot; 5] =
    [Slot::Role, Slot::Affiliation, Slot::Party, Slot::Country, Slot::Person];

/// Which of some names hold what. Records of one sort have the same names: they are looked up once.
pub(super) struct Names<'m> {
    pub(super) map: &'m FieldMap,
    known: Vec<Sort>,
}

/// Objects with the same names.
struct Sort {
    /// Whether the user's names count.
    with_own: bool,
    names: Vec<String>,
    assigned: Vec<(Slot, usize)>,
}

/// Sorts of objects in a document that are remembered.
const MOST_SORTS: usize = 32;

impl<'m> Names<'m> {
    pub(super) fn new(map: &'m FieldMap) -> Self {
        Self { map, known: Vec::new() }
    }

    fn assign(&mut self, with_own: bool, keys: &[&str]) -> Vec<(Slot, usize)> {
        let mut known = self.known.iter();
        if let Some(sort) = known.find(|sort| sort.with_own == with_own && sort.names == keys) {
            return sort.assigned.clone();
        }
        let by_name = FieldMap::default();
        let assigned = if with_own { self.map.assign(keys) } else { by_name.assign(keys) };
        let place = |key: &str| keys.iter().position(|other| *other == key).unwrap_or(0);
        let assigned: Vec<_> = assigned.into_iter().map(|(slot, key)| (slot, place(key))).collect();
        if self.known.len() == MOST_SORTS {
            self.known.clear();
        }
        let names = keys.iter().map(|key| (*key).to_owned()).collect();
        self.known.push(Sort { with_own, names, assigned: assigned.clone() });
        assigned
    }
}

/// A record whose fields are being found.
pub(super) struct Finding<'r, 'n, 'm> {
    map: &'m FieldMap,
    names: &'n mut Names<'m>,
    pub(super) fields: Fields<'r>,
    /// Whether what stands around it is another statement, whose speaker is not its own.
    pub(super) is_within: bool,
}

impl<'r, 'n, 'm> Finding<'r, 'n, 'm> {
    pub(super) fn new(names: &'n mut Names<'m>) -> Self {
        let fields = Fields { turns: true, ..Fields::default() };
        Self { map: names.map, names, fields, is_within: false }
    }

    /// Takes what the record says, first on its own level, then in its objects.
    pub(super) fn record(&mut self, raw: &'r str, at: u64, members: &'r Members<'r>) {
        let place = |inner: &str| at + (inner.as_ptr() as usize - raw.as_ptr() as usize) as u64;
        let values: Vec<(&str, &str, u64)> = members
            .iter()
            .map(|(key, value)| (key.as_str(), value.get(), place(value.get())))
            .collect();
        self.level(&values, How::Named, true);
        let mut inner = nested(&self.unused(&values));
        for _ in 1..MOST_DEPTH {
            let mut deeper = Vec::new();
            for values in &inner {
                self.level(values, How::Named, false);
                deeper.extend(nested(&self.unused(values)));
            }
            inner = deeper;
        }
    }

    /// Takes what stands around the record, one object at a time, the nearest first.
    pub(super) fn around(&mut self, outers: &'r [Outer]) {
        let values: Vec<_> =
            outers.iter().map(|outer| (outer.key.as_str(), outer.raw.as_str(), outer.at)).collect();
        self.level(&values, How::Around, true);
        for values in nested(&self.unused(&values)) {
            self.level(&values, How::Around, false);
        }
    }

    /// The values that hold no field yet: the title in a speaker is not the record's.
    fn unused(&self, values: &[(&'r str, &'r str, u64)]) -> Vec<(&'r str, &'r str, u64)> {
        let is_used = |raw: &str, at: u64| {
            let used = self.fields.of.values().map(|field| field.value.span());
            let end = at + raw.len() as u64;
            used.into_iter().any(|span| at <= span.start && span.end <= end)
        };
        values.iter().filter(|(_, raw, at)| !is_used(raw, *at)).copied().collect()
    }

    /// Takes what the members of one object say and no nearer one has said.
    fn level(&mut self, values: &[(&'r str, &'r str, u64)], how: How, is_own_level: bool) {
        let keys: Vec<&'r str> = values.iter().map(|(key, ..)| *key).collect();
        let find = |key: &str| values.iter().find(|(other, ..)| *other == key).copied();
        let assigned = self.names.assign(is_own_level, &keys);
        // The country of a parliament is not that of each who speaks there.
        let is_others_speaker = how == How::Around && self.fields.of.contains_key(&Slot::Speaker);
        self.date_parts(&keys, &find);
        for (mut slot, place) in assigned {
            let (key, raw, at) = values[place];
            // `"person": {"name": …}` is who speaks, and no key.
            if slot == Slot::Person
                && how == How::Named
                && !self.fields.of.contains_key(&Slot::Speaker)
                && member(raw, "name").is_some()
            {
                slot = Slot::Speaker;
            }
            let is_mapped = self.map.own_path(slot).is_some();
            let is_named_name = key.eq_ignore_ascii_case("name") && !is_mapped;
            let is_barred = match slot {
                _ if self.fields.of.contains_key(&slot) => true,
                slot if self.is_within && how == How::Around => {
                    slot == Slot::Speaker || OF_SPEAKER.contains(&slot) || OWN.contains(&slot)
                }
                Slot::Text => true,
                Slot::Date => self.fields.date_parts.is_some(),
                Slot::Speaker => {
                    !is_own_level && how == How::Around
                        || is_named_name && (!is_own_level || how == How::Around)
                }
                slot if OWN.contains(&slot) => {
                    how == How::Around || !is_own_level && slot != Slot::Id
                }
                slot if OF_SPEAKER.contains(&slot) => {
                    is_others_speaker || how == How::Around && !is_own_level
                }
                _ => false,
            };
            if is_barred {
                continue;
            }
            let Some((raw, at)) = self.value(slot, key, raw, at) else { continue };
            // That nobody is named is the record's own word; anything else may stand further out.
            if raw == "null" && !(slot == Slot::Speaker && how == How::Named) {
                continue;
            }
            self.fields.of.insert(slot, Field { key, value: Given::Json { raw, at }, how });
        }
    }

    /// The value of a key, or what is inside of it.
    fn value(&self, slot: Slot, key: &str, raw: &'r str, at: u64) -> Option<(&'r str, u64)> {
        let mut found = raw;
        if let Some(path) = self.map.inner_path(slot, key) {
            for step in path.split('.') {
                found = member(found, step)?;
            }
        } else if raw.starts_with('{') && !matches!(slot, Slot::Speaker | Slot::Source | Slot::Date)
        {
            // `"party": {"name": "Fishers"}`
            found =
                ["name", "title", "label", "value"].iter().find_map(|name| member(raw, name))?;
        }
        Some((found, at + (found.as_ptr() as usize - raw.as_ptr() as usize) as u64))
    }

    /// Year, month and day in fields of their own.
    fn date_parts(
        &mut self,
        keys: &[&str],
        find: &impl Fn(&str) -> Option<(&'r str, &'r str, u64)>,
    ) {
        if self.fields.date_parts.is_some()
            || self.fields.of.contains_key(&Slot::Date)
            || keys.iter().any(|key| key.eq_ignore_ascii_case("date"))
        {
            return;
        }
        let part = |name: &str| {
            let key = keys.iter().find(|key| key.eq_ignore_ascii_case(name))?;
            let (_, raw, at) = find(key)?;
            matches!(raw.as_bytes().first(), Some(b'"' | b'0'..=b'9'))
                .then_some(Given::Json { raw, at })
        };
        if let (Some(year), Some(month)) = (part("year"), part("month")) {
            self.fields.date_parts = Some((year, month, part("day")));
        }
    }
}

fn member<'r>(raw: &'r str, name: &str) -> Option<&'r str> {
    serde_json::from_str::<Members<'r>>(raw).ok()?.get(name).map(|value| value.get())
}

/// The objects among some values, each as its members.
fn nested<'r>(values: &[(&'r str, &'r str, u64)]) -> Vec<Vec<(&'r str, &'r str, u64)>> {
    let objects = values.iter().filter(|(_, raw, _)| raw.starts_with('{'));
    objects
        .filter_map(|(_, raw, at)| {
            let members: BTreeMap<Key<'r>, &'r RawValue> = serde_json::from_str(raw).ok()?;
            let place = |inner: &str| at + (inner.as_ptr() as usize - raw.as_ptr() as usize) as u64;
            let members = members.into_iter();
            Some(members.map(|(Key(key), value)| (key, value.get(), place(value.get()))).collect())
        })
        .collect()
}

/// A name as it stands in the file. One that is written with escapes is none that is known.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'k>(&'k str);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'v> serde::de::Visitor<'v> for Visitor {
            type Value = Key<'v>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, key: &'v str) -> Result<Key<'v>, E> {
                Ok(Key(key))
            }

            fn visit_str<E>(self, _: &str) -> Result<Key<'v>, E> {
                Ok(Key(""))
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

/// The text of a record: a string, or the paragraphs of a list.
pub(super) fn text(raw: &str, at: u64, place: &shape::Place) -> Option<(String, SourceMap)> {
    let mut found = raw;
    for step in &place.text {
        found = member(found, step)?;
    }
    let begins = |inner: &str| at + (inner.as_ptr() as usize - raw.as_ptr() as usize) as u64;
    if !place.is_list || !found.starts_with('[') {
        return (found.starts_with('"')).then(|| json_text::decode(found, begins(found)))?;
    }
    let items: Vec<&RawValue> = serde_json::from_str(found).ok()?;
    let (mut text, mut map, mut end) = (String::new(), SourceMap::default(), None);
    for item in items {
        let mut raw = item.get();
        if let Some(name) = &place.item
            && raw.starts_with('{')
        {
            let Some(words) = member(raw, name) else { continue };
            raw = words;
        }
        let at = begins(raw);
        let Some((paragraph, own)) =
            raw.starts_with('"').then(|| json_text::decode(raw, at)).flatten()
        else {
            continue;
        };
        if let Some(end) = end.replace(at + raw.len() as u64 - 1) {
            // What stands between two strings is the line's end.
            text.push('\n');
            map.push_decoded(1, Span::new(end, at + 1));
        }
        text.push_str(&paragraph);
        map.append(&own);
    }
    Some((text, map))
}
