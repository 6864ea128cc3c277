//! Queries to hits: what may be asked, how it is found and ranked, what comes back.
//!
//! A [`SearchRequest`] holds a query text; [`crate::query`] reads it into a tree; `plan` lowers the
//! tree to terms of this index; `docs` walks the postings of each segment; `rank` scores;
//! `collect` keeps the best and counts facets; `snippet` shows the words in place. Another engine
//! would be another `plan` and `docs`.

mod answer;
mod collect;
mod control;
mod docs;
mod expand;
mod phrase;
mod plan;
mod rank;
mod request;
mod searcher;
mod snippet;
mod stats;

pub use answer::{ANSWER_FORMAT, Answer, FacetCounts, FacetValue, Hit, SpeakerMatch, Understood};
pub use control::Control;
pub use request::{Facet, Filter, SearchRequest, Sort};
pub use searcher::Searcher;
pub use snippet::{Snippet, SnippetField};
pub use stats::Stats;
