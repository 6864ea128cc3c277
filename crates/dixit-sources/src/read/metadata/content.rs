//! What a file beside a text states, if it is metadata: small values under names that are known.

use dixit::StatementDate;
use serde_json::{Map, Value};

use crate::read::dates::{self, Dates};
use crate::read::mapping::{FieldMap, Slot};
use crate::read::{front_matter, labels, record};

/// A longer value is a text.
const VALUE_BYTES: usize = 2_000;
/// Values of so many bytes are prose; all of them together are no more than one value may be.
const PROSE_BYTES: usize = 100;
/// Bytes of a key in lines of `key: value`.
const KEY_BYTES: usize = 60;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Json,
    Yaml,
    Toml,
    /// `key: value`, a line each.
    Lines,
    /// JSON, else lines.
    Any,
}

/// What a file beside a text is.
#[derive(Debug)]
pub(super) enum Content {
    /// No metadata.
    Other,
    /// Not what its name says, and why.
    Broken(String),
    Stated(Stated),
}

/// What is stated of a text.
#[derive(Debug, Default, Clone)]
pub(super) struct Stated {
    /// What each field holds; none is empty.
    pub(super) of: Vec<(Slot, Vec<String>)>,
    pub(super) date: Option<StatementDate>,
    /// Who speaks in it, where several may; also `No speakers identified`.
    pub(super) listed: Vec<String>,
    /// Values that cannot be used.
    pub(super) problems: Vec<String>,
}

/// The values under a key.
pub(super) type Member = (String, Vec<String>);

/// Reads a file of metadata.
pub(super) fn read(text: &str, form: Form) -> Content {
    let mut problems = Vec::new();
    let members = match form {
        Form::Any if text.trim_start().starts_with('{') => return read(text, Form::Json),
        Form::Json => match serde_json::from_str(text) {
            Ok(Value::Object(object)) => members(object),
            Ok(_) => None,
            Err(error) => return Content::Broken(format!("it is not JSON: {error}")),
        },
        Form::Toml => match toml::from_str::<toml::Table>(text) {
            Ok(table) => members(of_toml(table)),
            Err(error) => {
                let message = error.message().to_owned();
                return Content::Broken(format!("it is not TOML: {message}"));
            }
        },
        Form::Yaml => yaml(text, &mut problems),
        Form::Lines | Form::Any => lines(text),
    };
    match members.as_deref().and_then(Stated::of) {
        Some(mut stated) => {
            stated.problems.append(&mut problems);
            Content::Stated(stated)
        }
        None => Content::Other,
    }
}

/// The members of an object, with those of an object of metadata in it; nothing of one that holds a text.
pub(super) fn members(object: Map<String, Value>) -> Option<Vec<Member>> {
    let object = Value::Object(object);
    if holds_text(&object) {
        return None;
    }
    let Value::Object(mut object) = object else { return None };
    let inner: Vec<Value> =
        ["metadata", "meta"].iter().filter_map(|key| object.remove(*key)).collect();
    let mut members = Vec::new();
    let inner = inner.into_iter().filter_map(|value| match value {
        Value::Object(inner) => Some(inner),
        _ => None,
    });
    for (key, value) in std::iter::once(object).chain(inner).flatten() {
        match value {
            Value::Object(person) if slot_of(&key) == Some(Slot::Speaker) => {
                members.extend(person.iter().filter_map(|(key, value)| {
                    let key = match key.as_str() {
                        "name" | "full_name" | "fullName" | "label" => "speaker",
                        "role" | "title" | "office" | "position" => "role",
                        "party" | "group" | "faction" => "party",
                        "affiliation" | "organization" | "organisation" => "affiliation",
                        "country" => "country",
                        _ => return None,
                    };
                    Some((key.to_owned(), vec![plain(value)?]))
                }));
            }
            Value::Array(values) => {
                let name = |value: &Value| value.get("name").and_then(plain);
                let values = values.iter().filter_map(|value| plain(value).or_else(|| name(value)));
                members.push((key, values.collect()));
            }
            value => members.extend(plain(&value).map(|value| (key, vec![value]))),
        }
    }
    Some(members)
}

fn of_toml(table: toml::Table) -> Map<String, Value> {
    let value = |value| match value {
        toml::Value::Datetime(time) => Value::String(time.to_string()),
        other => serde_json::to_value(other).unwrap_or_default(),
    };
    table.into_iter().map(|(key, stated)| (key, value(stated))).collect()
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Whether there is a text in it, so that it is a document and describes none: a long value, much prose,
/// or words under a name that a text has.
fn holds_text(value: &Value) -> bool {
    let (mut open, mut prose) = (vec![(None, value)], 0);
    while let Some((key, value)) = open.pop() {
        match value {
            Value::Object(object) => {
                open.extend(object.iter().map(|(key, value)| (Some(key.as_str()), value)));
            }
            Value::Array(values) => open.extend(values.iter().map(|value| (key, value))),
            Value::String(text) => {
                if text.len() >= PROSE_BYTES {
                    prose += text.len();
                }
                if prose > VALUE_BYTES || key.is_some_and(|key| is_text(key, text)) {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// Whether a value is the words of a text, by its name. An abstract is told of a text that lies elsewhere.
fn is_text(key: &str, value: &str) -> bool {
    slot_of(key) == Some(Slot::Text)
        && !key.eq_ignore_ascii_case("abstract")
        && (value.split_whitespace().nth(1).is_some() || value.len() > PROSE_BYTES)
}

fn slot_of(key: &str) -> Option<Slot> {
    FieldMap::default().assign(&[key]).into_keys().next()
}

/// The part of YAML that front matter is read as.
fn yaml(text: &str, problems: &mut Vec<String>) -> Option<Vec<Member>> {
    // Its first line is that of the file, whether it begins with the mark of a document or not.
    let has_mark = text.lines().next().is_some_and(|first| first.trim_end() == "---");
    let whole = format!("{}{text}\n---\n", if has_mark { "" } else { "---\n" });
    let first = if has_mark { 0 } else { 1 };
    let front = front_matter::read(&whole)?;
    let is_nested = |entry: &front_matter::Entry| {
        // `speaker:` over lines of `name: …` is more than front matter has.
        let key_line = whole.lines().nth(usize::try_from(entry.line).ok()?.checked_sub(1)?)?;
        let value = entry.first()?.split_once(": ")?.0;
        let is_key = value.chars().all(|c| c.is_alphanumeric() || c == '_');
        (key_line.trim_end().ends_with(':') && is_key).then_some(())
    };
    let nested = front.entries.iter().filter(|entry| is_nested(entry).is_some());
    let unread = front.unread.iter().map(|line| line.number);
    let lines = nested.map(|entry| entry.line).chain(unread).map(|line| line - first);
    problems
        .extend(lines.map(|line| format!("its line {line} is not understood and was left out")));
    let entries = front.entries.iter().filter(|entry| is_nested(entry).is_none());
    let members: Vec<Member> = entries
        .map(|entry| (entry.key.clone(), entry.values().map(str::to_owned).collect()))
        .collect();
    (!has_text(&members)).then_some(members)
}

/// `key: value` and nothing else.
fn lines(text: &str) -> Option<Vec<Member>> {
    let mut members = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (key, value) = line.split_once(':')?;
        let is_key = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.');
        if key.trim().is_empty() || key.len() > KEY_BYTES || !key.chars().all(is_key) {
            return None;
        }
        let value = value.trim();
        // An address alone on its line is no key.
        if value.starts_with("//") {
            return None;
        }
        let values = if value.is_empty() { Vec::new() } else { vec![value.to_owned()] };
        members.push((key.trim().to_owned(), values));
    }
    (!has_text(&members)).then_some(members)
}

/// Whether one of these holds a text, as [`holds_text`].
pub(super) fn has_text(members: &[Member]) -> bool {
    let mut prose = 0;
    members.iter().any(|(key, values)| {
        values.iter().any(|value| {
            prose += if value.len() >= PROSE_BYTES { value.len() } else { 0 };
            prose > VALUE_BYTES || is_text(key, value)
        })
    })
}

impl Stated {
    /// What is stated under names that are known; nothing where none is.
    pub(super) fn of(members: &[Member]) -> Option<Self> {
        let keys: Vec<&str> = members.iter().map(|(key, _)| key.as_str()).collect();
        let assigned = FieldMap::default().assign(&keys);
        let mut stated = Self::default();
        let mut is_known = false;
        for (slot, key) in &assigned {
            let values = members.iter().find(|(other, _)| other == key).map(|(_, values)| values);
            let mut values: Vec<String> =
                values.into_iter().flatten().flat_map(several(*slot)).collect();
            values.retain(|value| !record::is_blank(value));
            if *slot == Slot::Speaker {
                // `name` is also what other things are called.
                let is_other = key.eq_ignore_ascii_case("name")
                    && !values.iter().all(|name| labels::is_name(name));
                if is_other {
                    continue;
                }
                if values.len() > 1 {
                    stated.listed.append(&mut values);
                    is_known = true;
                }
            }
            let Some(first) = values.first() else { continue };
            match slot {
                Slot::Text | Slot::Source => continue,
                Slot::Id | Slot::Kind | Slot::References | Slot::Person => {}
                _ => is_known = true,
            }
            if *slot == Slot::Date {
                let read = dates::unix(key, first).map_or_else(|| Dates::default().read(first), Ok);
                match read {
                    Ok(date) => stated.date = Some(date),
                    Err(undated) => stated.problems.push(format!("its date: {}", undated.why)),
                }
            } else {
                stated.of.push((*slot, values));
            }
        }
        for (key, values) in members {
            if is_list(key) {
                is_known = true;
                let names = values.iter().filter(|name| !record::is_blank(name));
                stated.listed.extend(names.cloned());
            }
        }
        stated.listed.sort();
        stated.listed.dedup();
        is_known.then_some(stated)
    }
}

/// Lists in one value.
fn several(slot: Slot) -> impl Fn(&String) -> Vec<String> {
    let is_list = matches!(slot, Slot::Topics | Slot::Keywords | Slot::References | Slot::Speaker);
    move |value| {
        let parts: Vec<&str> =
            if is_list { value.split([';', '|']).collect() } else { vec![value.as_str()] };
        parts.into_iter().map(|part| part.trim().to_owned()).collect()
    }
}

/// `Speakers`, `Part 15 Speakers`, `Speaker 1`.
fn is_list(key: &str) -> bool {
    let words: Vec<String> =
        key.split([' ', '_', '-']).map(str::to_lowercase).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [.., last] if last == "speakers" => true,
        [first, number] => first == "speaker" && number.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}
