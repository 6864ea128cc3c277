//! How a reader understood the columns of a table, or the keys of records: for whoever looks at a file.

use std::collections::BTreeMap;

use dixit::Span;
use serde::Serialize;

use super::mapping::{FieldMap, Slot};
use super::record::{Fields, How, Members};

/// How the columns or keys of a file were understood. Told once a file, for people: what no field of a
/// statement is made of is lost to the index.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Layout {
    /// What they are: `columns` or `keys`.
    pub what: &'static str,
    /// Each, in the order of the file for columns, by name for keys.
    pub parts: Vec<Part>,
    /// Whether there are more of them than are listed.
    pub has_more: bool,
}

/// A column, or a key of records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its name; of a key inside of others with theirs: `debate.house`.
    pub name: String,
    /// The field of a statement that it holds; `None` is a part that is not used.
    pub holds: Option<&'static str>,
    /// Why, in a few words.
    pub by: &'static str,
}

impl Layout {
    /// The names of what is not used.
    pub fn unused(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter(|part| part.holds.is_none()).map(|part| part.name.as_str())
    }
}

/// The part that holds a field, or none.
pub(super) fn part(name: &str, held: Option<(Slot, How)>, map: &FieldMap) -> Part {
    let (holds, by) = match held {
        None => (None, "not used"),
        Some((slot, _)) if map.own_path(slot).is_some() => (Some(slot.name()), "by --map"),
        Some((slot, How::Values)) => (Some(slot.name()), "by its values"),
        Some((slot, _)) => (Some(slot.name()), "by its name"),
    };
    Part { name: name.to_owned(), holds, by }
}

/// Keys beyond so many are data by name, such as a table of countries.
const MOST_KEYS: usize = 200;
/// So far into a record its keys are told.
const MOST_DEPTH: usize = 3;

/// The keys of the records of a file, and what each was found to hold.
#[derive(Default)]
pub(super) struct Keys {
    seen: BTreeMap<String, Option<(Slot, How)>>,
    has_more: bool,
}

impl Keys {
    /// Takes the keys of a record. `text` is the way to its text, where that is no field by name.
    pub(super) fn record(
        &mut self,
        raw: &str,
        at: u64,
        members: &Members<'_>,
        fields: &Fields<'_>,
        text: &[String],
    ) {
        let spans = fields.of.iter().map(|(slot, field)| (field.value.span(), (*slot, field.how)));
        let used: Vec<(Span, (Slot, How))> = spans.collect();
        let place = |inner: &str| at + (inner.as_ptr() as usize - raw.as_ptr() as usize) as u64;
        let mut level: Vec<(String, &str, &[String])> = members
            .iter()
            .map(|(key, value)| (key.clone(), value.get(), rest_of(text, key)))
            .collect();
        for depth in 0..MOST_DEPTH {
            let mut deeper = Vec::new();
            for (name, value, text) in level {
                if value == "null" {
                    continue;
                }
                let own = Span::new(place(value), place(value) + value.len() as u64);
                let is_in =
                    |inner: Span, outer: Span| outer.start <= inner.start && inner.end <= outer.end;
                let around = used.iter().find(|(span, _)| is_in(own, *span));
                let by_text = (text.len() == 1).then(|| (Slot::Text, how_text(&text[0])));
                let held = around.map(|(_, held)| *held).or(by_text);
                let is_own = is_date_part(&name, fields) || OWN.contains(&name.as_str());
                if held.is_none() && depth == 0 && is_own {
                    continue;
                }
                let holds_some = text.len() > 1 || used.iter().any(|(span, _)| is_in(*span, own));
                if held.is_none()
                    && holds_some
                    && let Ok(inner) = serde_json::from_str::<Members<'_>>(value)
                {
                    let text = text.get(1..).unwrap_or_default();
                    deeper.extend(inner.iter().map(|(key, value)| {
                        (format!("{name}.{key}"), value.get(), rest_of(text, key))
                    }));
                    continue;
                }
                if !(held.is_none() && holds_some) {
                    self.add(name, held);
                }
            }
            level = deeper;
        }
    }

    fn add(&mut self, name: String, held: Option<(Slot, How)>) {
        if let Some(known) = self.seen.get_mut(&name) {
            // One record that makes use of it is enough.
            *known = known.or(held);
        } else if self.seen.len() < MOST_KEYS {
            self.seen.insert(name, held);
        } else {
            self.has_more = true;
        }
    }

    /// What is to be told of them, if there were any.
    pub(super) fn layout(self, map: &FieldMap) -> Option<Layout> {
        let Self { seen, has_more } = self;
        let parts = seen.into_iter().map(|(name, held)| part(&name, held, map));
        let parts: Vec<Part> = parts.collect();
        (!parts.is_empty()).then_some(Layout { what: "keys", parts, has_more })
    }
}

/// What only dixit's own statements have, and is taken from them.
const OWN: [&str; 3] = ["basis", "format", "passages"];

fn is_date_part(name: &str, fields: &Fields<'_>) -> bool {
    fields.date_parts.is_some()
        && ["year", "month", "day"].iter().any(|part| name.eq_ignore_ascii_case(part))
}

/// How the text is known that stands under a key.
fn how_text(key: &str) -> How {
    match FieldMap::default().assign(&[key]).contains_key(&Slot::Text) {
        true => How::Named,
        false => How::Values,
    }
}

/// The way to the text from a key on; a way of one step ends there.
fn rest_of<'t>(text: &'t [String], key: &str) -> &'t [String] {
    match text {
        [first, ..] if first == key => text,
        _ => &[],
    }
}
