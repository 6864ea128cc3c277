//! dixit: full-text search over public statements.
pub mod analysis;
mod date;
mod id;
pub mod query;
mod span;
mod statement;

pub use date::{DateError, DateRange, Precision, StatementDate};
pub use id::{IdError, StatementId};
pub use query::{
    Field, Leaf, MatchMode, Node, Note, NoteKind, ParseOptions, Parsed, Query, QueryLimits, Value,
};
pub use span::{SourceMap, Span};
pub use statement::{
    Basis, BasisKind, FACT_CONFIDENCE, Form, Kind, Passage, Person, STATEMENT_FORMAT, Source,
    Statement,
};
