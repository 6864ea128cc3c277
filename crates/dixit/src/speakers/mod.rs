//! Who speaks in an index: one entry a person, with the forms in which sources write the name.
//!
//! Statements keep what their source says. Which of these persons are one is worked out from all of
//! them together whenever it is asked, so the answer depends on what the index holds and on nothing
//! else. Two forms are joined only on evidence ([`JoinRule`]): a key that both bear, the whole name, or
//! a name that fits and something else that both share. A shared surname is no evidence, and what is
//! kept apart in spite of a likeness is told ([`Apart`]).

mod gather;
mod name;
mod resolve;

use serde::{Deserialize, Serialize};

pub(crate) use gather::{Gathered, Mentioned};

use crate::date::StatementDate;
use crate::id::StatementId;

/// Version of the JSON of [`Speakers`].
pub const SPEAKERS_FORMAT: u32 = 1;

/// All who speak, those with most statements first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Speakers {
    /// Version of this JSON, [`SPEAKERS_FORMAT`].
    pub format: u32,
    /// Number of speakers that were found, whatever part of them is listed.
    pub total: u64,
    /// The speakers.
    pub speakers: Vec<Speaker>,
}

/// One person, as far as the sources tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Speaker {
    /// The fullest name in use; of somebody who is never named, the office or the words of the source.
    pub name: String,
    /// What the name is.
    pub naming: Naming,
    /// Keys that lists of persons give, the user's own among them.
    #[serde(default)]
    pub keys: Vec<String>,
    /// Statements of which this is the speaker.
    pub statements: u64,
    /// Passages inside other texts that are attributed to this speaker.
    pub passages: u64,
    /// Of both, those that are attributed below the confidence of a fact
    /// ([`FACT_CONFIDENCE`](crate::FACT_CONFIDENCE)).
    pub unsure: u64,
    /// Date of the first statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<StatementDate>,
    /// Date of the last statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<StatementDate>,
    /// The very words by which sources name this speaker, the most frequent first.
    pub forms: Vec<WrittenForm>,
    /// In what offices and for whom, in the order of time.
    #[serde(default)]
    pub roles: Vec<Tenure>,
    /// Why forms were taken for the same person.
    #[serde(default)]
    pub joined: Vec<Joined>,
    /// Who was kept apart in spite of a likeness, and why.
    #[serde(default)]
    pub apart: Vec<Apart>,
}

/// What a speaker's name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Naming {
    /// A name of its own.
    Full,
    /// A single name that nothing ties to a full one: several persons may stand behind it.
    Short,
    /// No name: an office or a label such as `The President`, whoever holds it.
    Office,
}

/// The words by which sources name a speaker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenForm {
    /// The words.
    pub written: String,
    /// Statements and passages that have them.
    pub count: u64,
}

/// An office, party and country in which somebody spoke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    /// The office: `spokesperson`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The body: `Foreign Ministry`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub affiliation: Option<String>,
    /// The party or parliamentary group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// The country spoken for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Statements and passages.
    pub count: u64,
    /// Date of the first of them; a term of office may be longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<StatementDate>,
    /// Date of the last of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<StatementDate>,
}

/// Why two forms are one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    /// The two forms.
    pub forms: [String; 2],
    /// By what.
    pub rule: JoinRule,
    /// The reasoning in words.
    pub note: String,
    /// A statement that has the first form, and one that has the second.
    pub statements: Vec<StatementId>,
}

/// By what two forms are taken for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum JoinRule {
    /// Both bear the same key in a list of persons, and a name in common.
    SameKey,
    /// The same whole name but for case, accents and the order with a comma; nothing contradicts.
    SameName,
    /// The same names in another order, and something else that both share.
    Order,
    /// One has names or initials between that the other leaves out, and something else is shared.
    MiddleNames,
    /// One has initials for given names, and something else is shared.
    Initials,
    /// One has a further surname, and something else is shared.
    FurtherSurname,
    /// A single name in a source that names one person of that name in full.
    ShortInSource,
    /// The source itself ties them: a label to the name in a title, a head or another label.
    WithinSource,
}

/// Somebody of a like name who was kept apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// The other's name.
    pub name: String,
    /// Why they are not taken for one.
    pub why: String,
}

impl Speaker {
    /// Whether each word of a name, in whatever case and with or without accents, is in one of the
    /// forms of this speaker.
    #[must_use]
    pub fn is_called(&self, words: &str) -> bool {
        let sought = name::tokens(words);
        let forms = self.forms.iter().map(|form| form.written.as_str());
        !sought.is_empty()
            && std::iter::once(self.name.as_str()).chain(forms).any(|form| {
                let tokens = name::tokens(form);
                sought.iter().all(|word| tokens.iter().any(|token| name::covers(token, word)))
            })
    }
}
