//! Queries to hits: what may be asked, how it is found and ranked, what comes back.
//!
//! A [`SearchRequest`] holds a query text; [`crate::query`] reads it into a tree; `plan`, `leaf` and `word` lower
//! the tree to terms of one state of an index (`snapshot`), which `expand` and `spell` look up and `forms` joins, each
//! in statements of some `languages`; `open` makes of them walks over the postings of each segment (`docs`, `phrase`,
//! `near`, by the rules of `stand`, as far as `effort` goes); `rank` scores; `collect` keeps the best and counts
//! facets; `found` and `snippet` show the words in place, `labels` which topic, keyword or speaker was found; `called`,
//! `office` and `named` find speakers by whatever they are called; `suggest` says what a word may have been meant to be
//! that no statement has. Another engine would be another `plan` and `open`.

mod answer;
mod called;
mod collect;
mod control;
mod docs;
mod effort;
mod expand;
mod forms;
mod found;
mod labels;
mod languages;
mod leaf;
mod named;
mod near;
mod office;
mod open;
mod phrase;
mod plan;
mod rank;
mod request;
mod searcher;
mod snapshot;
mod snippet;
mod spell;
mod stand;
mod stats;
mod suggest;
mod word;
mod written;

pub use answer::{
    ANSWER_FORMAT, Answer, FacetCounts, FacetValue, FoundBy, Hit, Imprecise, SpeakerMatch,
    Understood,
};
pub use called::Also;
pub use control::Control;
pub use request::{Facet, Filter, SearchRequest, Sort};
pub use searcher::Searcher;
pub use snippet::{Snippet, SnippetField};
pub use stats::Stats;
pub use suggest::Suggestion;
