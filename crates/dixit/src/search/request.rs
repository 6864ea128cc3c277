//! What may be asked: one request type for the command line, the library, and servers.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::query::{self, MatchMode};

/// A search: the query and how its answer is wanted.
///
/// ```
/// use dixit::{Facet, SearchRequest, Sort};
///
/// let request = SearchRequest::new(r#"speaker:guo "human rights""#)
///     .sort(Sort::Newest)
///     .limit(5)
///     .facet(Facet::Year);
/// assert_eq!(request.offset, 0);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct SearchRequest {
    /// The query, in dixit's query language.
    pub query: String,
    /// Take the query as plain words: nothing in it is syntax.
    pub literal: bool,
    /// Whether all words must be there or any of them.
    pub match_mode: MatchMode,
    /// Make every note on the query an error.
    pub strict: bool,
    /// Further conditions, all of which bind.
    pub filters: Vec<Filter>,
    /// Order of the hits.
    pub sort: Sort,
    /// Number of hits wanted.
    pub limit: usize,
    /// Number of hits to pass over first.
    pub offset: usize,
    /// What to count over all matches.
    pub facets: Vec<Facet>,
    /// Number of values wanted of each facet.
    pub facet_limit: usize,
    /// Number of snippets wanted of each hit's text.
    pub snippets: usize,
    /// Length of a snippet in bytes, about.
    pub snippet_width: usize,
    /// The day that `today` and `last month` count from; without it they are not understood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub today: Option<Date>,
    /// Language of the query's words, as a BCP 47 tag: their forms by its stemming, in all statements. Without
    /// it they are met by those of each statement's own language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

impl Default for SearchRequest {
    fn default() -> Self {
        Self {
            query: String::new(),
            literal: false,
            match_mode: MatchMode::All,
            strict: false,
            filters: Vec::new(),
            sort: Sort::Relevance,
            limit: 10,
            offset: 0,
            facets: Vec::new(),
            facet_limit: 10,
            snippets: 1,
            snippet_width: 240,
            today: None,
            language: None,
        }
    }
}

impl SearchRequest {
    /// A search for a query, otherwise with the defaults: all words, best ten hits, one snippet each.
    #[must_use]
    pub fn new(query: impl Into<String>) -> Self {
        Self { query: query.into(), ..Self::default() }
    }

    /// The same search, for all words or any.
    #[must_use]
    pub fn match_mode(self, match_mode: MatchMode) -> Self {
        Self { match_mode, ..self }
    }

    /// The same search in another order.
    #[must_use]
    pub fn sort(self, sort: Sort) -> Self {
        Self { sort, ..self }
    }

    /// The same search with this many hits.
    #[must_use]
    pub fn limit(self, limit: usize) -> Self {
        Self { limit, ..self }
    }

    /// The same search, hits from this one on (from 0).
    #[must_use]
    pub fn offset(self, offset: usize) -> Self {
        Self { offset, ..self }
    }

    /// The same search with counts of a facet.
    #[must_use]
    pub fn facet(mut self, facet: Facet) -> Self {
        if !self.facets.contains(&facet) {
            self.facets.push(facet);
        }
        self
    }

    /// The same search with one more condition.
    #[must_use]
    pub fn filter(mut self, field: query::Field, value: impl Into<String>) -> Self {
        self.filters.push(Filter { field, value: value.into(), negated: false });
        self
    }

    /// The same search, its query taken as plain words.
    #[must_use]
    pub fn literal(self) -> Self {
        Self { literal: true, ..self }
    }

    /// The same search, every note on its query an error.
    #[must_use]
    pub fn strict(self) -> Self {
        Self { strict: true, ..self }
    }

    /// The same search with this many snippets of a text, each of about so many bytes.
    #[must_use]
    pub fn snippets(self, number: usize, width: usize) -> Self {
        Self { snippets: number, snippet_width: width, ..self }
    }

    /// The same search, its words taken for ones of this language.
    #[must_use]
    pub fn language(self, tag: impl Into<String>) -> Self {
        Self { language: Some(tag.into()), ..self }
    }

    /// The same search, relative dates counted from this day.
    #[must_use]
    pub fn today(self, today: Date) -> Self {
        Self { today: Some(today), ..self }
    }
}

/// A condition given as data: what `field:"value"` is in the query language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// The field.
    pub field: query::Field,
    /// Its value, taken whole: words in this order.
    pub value: String,
    /// Whether statements with the value are left out instead.
    #[serde(default)]
    pub negated: bool,
}

/// Order of hits. Equals stand in the order of their ids, on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Best first. A query with nothing to rank by (filters alone) is answered newest first.
    #[default]
    Relevance,
    /// By the first day that the date may mean, latest first; undated last.
    Newest,
    /// By the first day that the date may mean, earliest first; undated last.
    Oldest,
}

impl Sort {
    /// The name that JSON and the command line use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }
}

/// What can be counted over the matches of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Facet {
    /// Speakers of statements and of passages in them: as many statements as `speaker:` finds.
    Speaker,
    /// Topics; a major topic counts the statements on its subtopics too.
    Topic,
    /// Keywords.
    Keyword,
    /// Years of the dates.
    Year,
}

impl Facet {
    /// Every facet.
    pub const ALL: [Self; 4] = [Self::Speaker, Self::Topic, Self::Keyword, Self::Year];

    /// The name that JSON and the command line use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Topic => "topic",
            Self::Keyword => "keyword",
            Self::Year => "year",
        }
    }
}
