//! The names that may stand before a colon.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What part of a statement a clause looks at.
///
/// ```
/// use dixit::Field;
///
/// assert_eq!("Topics".parse(), Ok(Field::Topic));
/// assert_eq!(Field::Topic.to_string(), "topic");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// Who speaks: the statement's speaker or that of one of its passages.
    Speaker,
    /// The office in which they speak.
    Role,
    /// The body they speak for.
    Affiliation,
    /// The party or parliamentary group.
    Party,
    /// The country they speak for.
    Country,
    /// The day, month or year.
    Date,
    /// What it is about.
    Topic,
    /// A phrase that tells it from others.
    Keyword,
    /// A document that it cites.
    Reference,
    /// The headline.
    Title,
    /// The whole text.
    Text,
    /// What was said: all of a turn or speech, only the passages of an article.
    Said,
    /// The language, as a BCP 47 tag.
    Language,
    /// The sort of statement.
    Kind,
    /// The sitting or briefing.
    Event,
    /// Where it is written.
    Source,
    /// The id of the statement.
    Id,
}

impl Field {
    /// Every field, in the order of the contract.
    pub const ALL: [Self; 17] = [
        Self::Speaker,
        Self::Role,
        Self::Affiliation,
        Self::Party,
        Self::Country,
        Self::Date,
        Self::Topic,
        Self::Keyword,
        Self::Reference,
        Self::Title,
        Self::Text,
        Self::Said,
        Self::Language,
        Self::Kind,
        Self::Event,
        Self::Source,
        Self::Id,
    ];

    /// The name that queries and JSON use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Role => "role",
            Self::Affiliation => "affiliation",
            Self::Party => "party",
            Self::Country => "country",
            Self::Date => "date",
            Self::Topic => "topic",
            Self::Keyword => "keyword",
            Self::Reference => "reference",
            Self::Title => "title",
            Self::Text => "text",
            Self::Said => "said",
            Self::Language => "language",
            Self::Kind => "kind",
            Self::Event => "event",
            Self::Source => "source",
            Self::Id => "id",
        }
    }

    /// Whether a statement has one value here, so that naming the field twice can only mean
    /// "either". A statement is about many topics and holds many words: there, twice means both.
    #[must_use]
    pub const fn is_single_valued(self) -> bool {
        !matches!(
            self,
            Self::Topic | Self::Keyword | Self::Reference | Self::Title | Self::Text | Self::Said
        )
    }

    /// Whether a value is one token, so that `field:(a b)` can only list alternatives. A name has
    /// several words: `speaker:(guo jiakun)` wants both.
    pub(super) const fn is_token(self) -> bool {
        matches!(self, Self::Date | Self::Kind | Self::Language | Self::Source | Self::Id)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Field {
    type Err = String;

    /// Reads a name in any case; `topics`, `keywords`, `references` and `lang` are taken too.
    fn from_str(text: &str) -> Result<Self, String> {
        let is = |name: &str| name.eq_ignore_ascii_case(text);
        let found = match () {
            () if is("topics") => Some(Self::Topic),
            () if is("keywords") => Some(Self::Keyword),
            () if is("references") => Some(Self::Reference),
            () if is("lang") => Some(Self::Language),
            () => Self::ALL.into_iter().find(|field| is(field.as_str())),
        };
        found.ok_or_else(|| format!("`{text}` is not a field; the fields are {}", names()))
    }
}

fn names() -> String {
    Field::ALL.map(Field::as_str).join(", ")
}

/// A name as queries write it: a field, or one end of the date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Field(Field),
    Since,
    Until,
    /// `query:`, behind which the name of a saved query stands.
    Query,
}

impl Name {
    pub(super) fn read(text: &str) -> Option<Self> {
        // No name is longer; most words need no comparison at all.
        if text.is_empty() || text.len() > 11 {
            return None;
        }
        if text.eq_ignore_ascii_case("since") {
            Some(Self::Since)
        } else if text.eq_ignore_ascii_case("until") {
            Some(Self::Until)
        } else if text.eq_ignore_ascii_case("query") {
            Some(Self::Query)
        } else {
            text.parse().ok().map(Self::Field)
        }
    }

    /// The part of a statement that it looks at; a saved query looks at what it likes.
    pub(super) const fn field(self) -> Option<Field> {
        match self {
            Self::Field(field) => Some(field),
            Self::Since | Self::Until => Some(Field::Date),
            Self::Query => None,
        }
    }

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Field(field) => field.as_str(),
            Self::Since => "since",
            Self::Until => "until",
            Self::Query => "query",
        }
    }

    /// The known name that was probably meant.
    pub(super) fn nearest(text: &str) -> Option<&'static str> {
        let known = Field::ALL.iter().map(|field| field.as_str());
        nearest(text, known.chain(["since", "until", "query"]))
    }
}

/// The candidate within two edits of `text`, if one is: the first of the closest.
pub(super) fn nearest<'a>(
    text: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let text: Vec<char> = text.chars().take(32).flat_map(char::to_lowercase).collect();
    // Two edits of a three-letter word can be any other word.
    let allowed = if text.len() <= 3 { 1 } else { 2 };
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(text.len()) <= allowed)
        .map(|candidate| (distance(&text, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Edits (insert, delete, replace, swap of neighbours) from one word to the other.
pub(crate) fn distance(a: &[char], b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replace = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replace.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_field_reads_its_own_name() {
        for field in Field::ALL {
            assert_eq!(field.as_str().to_uppercase().parse(), Ok(field));
            assert_eq!(serde_json::to_string(&field).unwrap(), format!("\"{}\"", field.as_str()));
        }
        assert_eq!("keywords".parse(), Ok(Field::Keyword));
        assert_eq!("LANG".parse(), Ok(Field::Language));
        assert!("colour".parse::<Field>().unwrap_err().contains("speaker, role"));
    }

    #[test]
    fn slips_of_the_finger_find_the_field() {
        for (typed, meant) in [
            ("spaeker", Some("speaker")),
            ("speakr", Some("speaker")),
            ("tilte", Some("title")),
            ("dat", Some("date")),
            ("sinse", Some("since")),
            ("orateur", None),
            ("a", None),
            ("xy", None),
        ] {
            assert_eq!(Name::nearest(typed), meant, "{typed}");
        }
    }
}
