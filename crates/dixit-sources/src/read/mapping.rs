//! Which fields of a foreign record hold what: known names, and the user's own mapping.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// What a field of a record may hold for a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Slot {
    Text,
    Title,
    Speaker,
    Role,
    Affiliation,
    Party,
    Country,
    Person,
    Date,
    Language,
    Kind,
    Topics,
    Keywords,
    Event,
    References,
    Url,
    Id,
    Source,
}

/// The names under which publishers give each, lower case, the most telling first. Spaces and
/// hyphens count as underscores.
const NAMES: &[(Slot, &str, &[&str])] = &[
    (
        Slot::Text,
        "text",
        &[
            "text",
            "body",
            "content",
            "statement",
            "speech",
            "speech_text",
            "transcript",
            "full_text",
            "article",
            "abstract",
            "speech_content",
            "speech_body",
            "fulltext",
            "utterance",
            "remarks",
        ],
    ),
    (Slot::Title, "title", &["title", "headline", "heading", "subject", "section_title"]),
    (
        Slot::Speaker,
        "speaker",
        &[
            "speaker",
            "speaker_name",
            "speakername",
            "name",
            "spokesperson",
            "member_name",
            "politician",
            "legislator",
            "representative",
            "repr_name",
            "member",
            "author",
            "by",
            "who",
            "attributedto",
            "attributed_to",
        ],
    ),
    (
        Slot::Role,
        "role",
        &["role", "speaker_role", "speaker_title", "position", "office", "function"],
    ),
    (
        Slot::Affiliation,
        "affiliation",
        &[
            "affiliation",
            "speaker_org",
            "speaker_affiliation",
            "organization",
            "organisation",
            "org",
            "ministry",
            "agency",
        ],
    ),
    (Slot::Party, "party", &["party", "speaker_party", "speaker_group", "faction", "fraktion"]),
    (Slot::Country, "country", &["country", "speaker_country", "nation"]),
    (
        Slot::Person,
        "person",
        &["person", "person_id", "speaker_id", "member_id", "speaker_bioguide"],
    ),
    (
        Slot::Date,
        "date",
        &[
            "date",
            "speech_date",
            "date_said",
            "date_published",
            "published",
            "published_at",
            "created_at",
            "issued",
            "release_date",
            // Meant for people, and so spelt out.
            "date_to_display",
            "datetodisplay",
            "display_date",
            "publication_date",
            "pubdate",
            "datetime",
            "timestamp",
            "sitting_date",
            "sittingdate",
            "meeting_date",
            "day",
            "year",
        ],
    ),
    (Slot::Language, "language", &["language", "lang", "locale"]),
    (Slot::Kind, "kind", &["kind", "type"]),
    (
        Slot::Topics,
        "topics",
        &["topics", "topic", "tags", "desk", "categories", "category", "section"],
    ),
    (Slot::Keywords, "keywords", &["keywords", "keyphrases"]),
    (
        Slot::Event,
        "event",
        &[
            "event",
            "sitting",
            "session",
            "meeting",
            "debate",
            "agenda",
            "occasion",
            "meeting_name",
            "committee",
            "chamber",
            "house",
            "house_name",
        ],
    ),
    (Slot::References, "references", &["references", "reference", "citations"]),
    (
        Slot::Url,
        "url",
        &["url", "source_url", "link", "href", "permalink", "uri", "canonical_url", "speech_url"],
    ),
    (Slot::Id, "id", &["id", "_id", "uid", "guid", "item_id", "record_id", "speech_id"]),
    (Slot::Source, "source", &["source"]),
];

impl Slot {
    pub(super) fn name(self) -> &'static str {
        NAMES.iter().find(|(slot, ..)| *slot == self).map_or("", |(_, name, _)| name)
    }
}

/// The user's own mapping of fields: `text=body,speaker=who.name`. What it does not name is found by
/// the names that publishers use.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldMap {
    own: BTreeMap<Slot, String>,
}

/// Why a mapping cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MapError {
    /// It is not `FIELD=NAME` pairs.
    #[error("`{0}` is no mapping; write FIELD=NAME, such as text=body")]
    Form(String),
    /// There is no such field.
    #[error("`{field}` is no field of a statement; the fields are {known}")]
    Field {
        /// What was written.
        field: String,
        /// What there is.
        known: String,
    },
}

impl FromStr for FieldMap {
    type Err = MapError;

    fn from_str(text: &str) -> Result<Self, MapError> {
        let mut own = BTreeMap::new();
        for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (field, name) =
                pair.split_once('=').ok_or_else(|| MapError::Form(pair.to_owned()))?;
            let (field, name) = (field.trim(), name.trim());
            if name.is_empty() {
                return Err(MapError::Form(pair.to_owned()));
            }
            let slot = NAMES.iter().find(|(_, known, _)| *known == field).map(|(slot, ..)| *slot);
            let slot = slot.ok_or_else(|| {
                let known: Vec<_> = NAMES.iter().map(|(_, name, _)| *name).collect();
                MapError::Field { field: field.to_owned(), known: known.join(", ") }
            })?;
            own.insert(slot, name.to_owned());
        }
        Ok(Self { own })
    }
}

/// As it is typed.
impl fmt::Display for FieldMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (slot, name)) in self.own.iter().enumerate() {
            let field =
                NAMES.iter().find(|(known, ..)| known == slot).map_or("", |(_, field, _)| field);
            write!(f, "{}{field}={name}", if place > 0 { "," } else { "" })?;
        }
        Ok(())
    }
}

impl FieldMap {
    /// Joins two mappings; the other wins where both name a field.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.own.extend(other.own);
        self
    }

    /// The keys, of those a record has, that hold each field: the user's own, else the best known
    /// name. A key serves one field only.
    pub(super) fn assign<'k>(&self, keys: &[&'k str]) -> BTreeMap<Slot, &'k str> {
        let mut assigned: BTreeMap<Slot, &'k str> = BTreeMap::new();
        let plain: Vec<String> = keys
            .iter()
            .map(|key| key.trim().to_ascii_lowercase().replace(['-', ' '], "_"))
            .collect();
        for (slot, name) in &self.own {
            let top = name.split('.').next().unwrap_or(name);
            if let Some(key) = keys.iter().find(|key| **key == name || **key == top) {
                assigned.insert(*slot, key);
            }
        }
        for (slot, _, names) in NAMES {
            if self.own.contains_key(slot) {
                continue;
            }
            let key = names.iter().find_map(|name| {
                let mut named = keys.iter().zip(&plain).filter(|(_, plain)| plain == name);
                named
                    .by_ref()
                    .map(|(key, _)| key)
                    .find(|key| !assigned.values().any(|used| used == *key))
            });
            if let Some(key) = key {
                assigned.insert(*slot, key);
            }
        }
        assigned
    }

    /// The user's own name for a field, with what to follow inside of it.
    pub(super) fn own_path(&self, slot: Slot) -> Option<&str> {
        self.own.get(&slot).map(String::as_str)
    }

    /// What to follow inside the value of the key: `name` of `who.name`.
    pub(super) fn inner_path(&self, slot: Slot, key: &str) -> Option<&str> {
        let own = self.own.get(&slot)?;
        if own == key { None } else { own.strip_prefix(key)?.strip_prefix('.') }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_are_found() {
        let keys = ["item_id", "speaker_name", "speech_date", "headline", "body", "lang", "desk"];
        let assigned = FieldMap::default().assign(&keys);
        assert_eq!(assigned[&Slot::Text], "body");
        assert_eq!(assigned[&Slot::Speaker], "speaker_name");
        assert_eq!(assigned[&Slot::Date], "speech_date");
        assert_eq!(assigned[&Slot::Id], "item_id");
        assert_eq!(assigned[&Slot::Topics], "desk");
    }

    #[test]
    fn the_users_mapping_wins() {
        let map: FieldMap = "text=abstract, speaker=who.name".parse().unwrap();
        let assigned = map.assign(&["text", "abstract", "who"]);
        assert_eq!(assigned[&Slot::Text], "abstract");
        assert_eq!(map.inner_path(Slot::Speaker, "who"), Some("name"));
        assert_eq!(map.inner_path(Slot::Text, "abstract"), None);
        assert_eq!(map.to_string(), "text=abstract,speaker=who.name");
    }

    #[test]
    fn a_bad_mapping_says_what_is_wrong() {
        let error = |text: &str| text.parse::<FieldMap>().unwrap_err().to_string();
        assert_eq!(error("text"), "`text` is no mapping; write FIELD=NAME, such as text=body");
        assert!(
            error("words=body")
                .starts_with("`words` is no field of a statement; the fields are text,")
        );
    }
}
