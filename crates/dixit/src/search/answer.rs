//! What comes back: one answer type for the command line, the library, and servers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::called::Also;
use super::request::{Facet, Sort};
use super::snippet::Snippet;
use super::suggest::Suggestion;
use crate::query::Note;
use crate::statement::Statement;

/// Version of the answer JSON. Fields are added under the same version.
pub const ANSWER_FORMAT: u32 = 1;

/// The answer to a [`SearchRequest`](super::SearchRequest).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Answer {
    /// Version of this JSON, [`ANSWER_FORMAT`].
    pub format: u32,
    /// How the query was understood.
    pub query: Understood,
    /// Statements that match, over all pages.
    pub total: u64,
    /// Hits passed over before the first one here.
    pub offset: usize,
    /// Hits asked for.
    pub limit: usize,
    /// The order they stand in: the one asked for, unless there was nothing to rank by.
    pub sort: Sort,
    /// What dates that are known to the month or year alone mean for this answer; `None` where no
    /// days were asked for, or it means nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imprecise: Option<Imprecise>,
    /// Whether the search was stopped before it was done: counts and hits are of what was seen.
    pub partial: bool,
    /// The hits.
    pub hits: Vec<Hit>,
    /// Counts over all matches, by facet.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub facets: BTreeMap<Facet, FacetCounts>,
    /// Statements in the index that was searched.
    pub searched: u64,
}

/// Statements dated by the month or year alone, where days are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imprecise {
    /// Matches that are dated so: whatever their day is, it is one that was asked for.
    pub matches: u64,
    /// Statements that are **no** matches, and might be if their day were known: a statement of 2025
    /// where December 2025 is asked for.
    pub possible: u64,
}

/// How a query was understood.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Understood {
    /// The query as typed.
    pub text: String,
    /// The query read back in words.
    pub words: String,
    /// What was understood differently than it may have been meant.
    pub notes: Vec<Note>,
    /// What parts of it were taken for besides: names in other letters, a name with its office.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Also>,
    /// For words that no statement has, the nearest that some have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Suggestion>,
}

/// A statement that matches.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Hit {
    /// Its place in the order, from 1.
    pub rank: usize,
    /// How well it matches; 0 where only filters were asked for.
    pub score: f64,
    /// Where the words stand.
    pub snippets: Vec<Snippet>,
    /// Which speaker a `speaker:` in the query found, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker_match: Option<SpeakerMatch>,
    /// The topics and keywords that it was found by, for words that neither its title nor its text has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found_by: Option<FoundBy>,
    /// The statement, its fields beside those above.
    #[serde(flatten)]
    pub statement: Statement,
}

/// What a statement was found by that does not have a word of the query itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FoundBy {
    /// Its topics that have the word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// Its keywords that have the word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
}

/// Which speaker a `speaker:` in the query found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeakerMatch {
    /// Whether it is the speaker of the statement.
    pub statement: bool,
    /// The passages whose speaker it is, by their place in the statement, from 0.
    pub passages: Vec<usize>,
}

/// Counts of one facet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FacetCounts {
    /// The most frequent values; equals by name.
    pub values: Vec<FacetValue>,
    /// How many different values there are in all.
    pub distinct: u64,
    /// Matching statements that have no value: an unknown speaker, no date.
    pub without: u64,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// The value.
    pub value: String,
    /// Matching statements that have it.
    pub count: u64,
}
