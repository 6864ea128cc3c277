//! dixit: full-text search over public statements.
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
mod statement;

pub use date::{DateError, DateRange, Precision, StatementDate};
pub use error::{Error, Result};
pub use id::{IdError, StatementId};
pub use index::{Added, Committed, Index, SourceRecord, Writer, WriterOptions};
pub use limits::Limits;
pub use query::{
    Field, Leaf, MatchMode, Node, Note, NoteKind, ParseOptions, Parsed, Query, QueryLimits, Value,
};
pub use schema::SCHEMA_VERSION;
pub use search::{
    ANSWER_FORMAT, Answer, Control, Facet, FacetCounts, FacetValue, Filter, Hit, SearchRequest,
    Searcher, Snippet, SnippetField, Sort, SpeakerMatch, Stats, Understood,
};
pub use span::{SourceMap, Span};
pub use statement::{
    Basis, BasisKind, FACT_CONFIDENCE, Form, Kind, Passage, Person, STATEMENT_FORMAT, Source,
    Statement,
};
