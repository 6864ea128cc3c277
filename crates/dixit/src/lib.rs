//! dixit: full-text search over public statements: who said what, when, about what.
//!
//! Five nouns:
//!
//! - a [`Statement`] is one turn of a transcript, or an article, release or speech taken whole. A plain
//!   value, with the [`Basis`] of each of its fields: which bytes show it, by which rule, how surely;
//! - an [`Index`] holds statements, on disk or in memory. A [`Writer`] adds and removes them by source;
//!   nothing shows before [`Writer::commit`];
//! - a [`SearchRequest`] asks: a text in the query language ([`query`]), conditions as data, order,
//!   page, facets;
//! - a [`Searcher`] is a snapshot that answers, from any number of threads;
//! - an [`Answer`] holds the hits, each the whole statement with snippets that lead to the bytes of its
//!   source, the counts, and notes on what was understood differently than typed.
//!
//! ```
//! use dixit::{Facet, Index, Person, SearchRequest, Sort, Statement, WriterOptions};
//!
//! let index = Index::in_memory()?;
//! let mut writer = index.writer(&WriterOptions::default())?;
//! for (source, speaker, date, text) in [
//!     ("debate/1", "Ada Rask", "2024-05-14", "The workshop on human rights opens in June."),
//!     ("debate/2", "Bo Lind", "2024-05-14", "It is a human right to ask what it costs."),
//!     ("wire/7", "Ada Rask", "2025", "Workshops like that one pay for themselves."),
//! ] {
//!     let mut statement = Statement::new(source, text);
//!     statement.speaker = Some(Person::named(speaker));
//!     statement.date = date.parse().ok();
//!     writer.add(&statement)?;
//! }
//! writer.commit()?;
//!
//! let found = index.search(&SearchRequest::new("human rights workshop"))?;
//! assert_eq!(found.total, 1);
//! assert_eq!(found.hits[0].statement.source.name, "debate/1");
//!
//! let request = SearchRequest::new("speaker:rask").sort(Sort::Newest).facet(Facet::Year);
//! let found = index.search(&request)?;
//! assert_eq!(found.hits[0].statement.date.unwrap().to_string(), "2025");
//! assert_eq!(found.facets[&Facet::Year].distinct, 2);
//! # Ok::<(), dixit::Error>(())
//! ```
//!
//! The engine knows no file formats and no terminal, decides by no clock and no environment, and
//! never prints. No type of the engine underneath is in a public signature. Reading files and finding who
//! said what in them is the business of the crate `dixit-sources`.
/// The program of the page on the query language, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/QUERY.md")]
struct QueryPage;

pub mod analysis;
mod date;
mod error;
mod id;
mod index;
mod limits;
pub mod query;
mod schema;
mod search;
mod span;
mod speakers;
mod statement;
pub mod storage;

pub use date::{DateError, DateRange, Precision, StatementDate};
pub use error::{Error, Result};
pub use id::{IdError, StatementId};
pub use index::doctor::{EXAMINATION_FORMAT, Examination, Finding, Health};
pub use index::{
    Added, Committed, Draft, Index, Origin, Partial, Reading, Salvaged, SourceRecord, Writer,
    WriterOptions,
};
pub use limits::Limits;
pub use query::{
    Field, Leaf, MatchMode, Near, Node, Note, NoteKind, ParseOptions, Parsed, Query, QueryLimits,
    Value, Vocabulary,
};
pub use schema::SCHEMA_VERSION;
pub use search::{
    ANSWER_FORMAT, Also, Answer, Control, Facet, FacetCounts, FacetValue, Filter, FoundBy, Hit,
    Imprecise, SearchRequest, Searcher, Snippet, SnippetField, Sort, SpeakerMatch, Stats,
    Suggestion, Understood,
};
pub use span::{SourceMap, Span};
pub use speakers::{
    Apart, JoinRule, Joined, Naming, SPEAKERS_FORMAT, Speaker, Speakers, Tenure, WrittenForm,
};
pub use statement::{
    Basis, BasisKind, FACT_CONFIDENCE, Form, Kind, Passage, Person, STATEMENT_FORMAT, Source,
    Statement,
};
