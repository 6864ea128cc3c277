//! The statements that the page on the query language asks, and what is asked of them.

use dixit::{Answer, Error, Index, MatchMode, SearchRequest, Statement};
use serde_json::Value;

use crate::support::index_of;

/// The invented statements of `docs/statements.jsonl`, each as the file has it.
pub(crate) fn statements() -> Vec<Statement> {
    let lines = std::fs::read_to_string("../../docs/statements.jsonl").unwrap();
    lines
        .lines()
        .map(|line| {
            let mut json: Value = serde_json::from_str(line).unwrap();
            let text = json["text"].as_str().unwrap();
            let id = Statement::new(json["source"]["url"].as_str().unwrap(), text).id;
            json["source"]["name"] = Value::from("docs/statements.jsonl");
            json["source"]["record"] = json["id"].take();
            json["id"] = serde_json::to_value(id).unwrap();
            if let Value::String(date) = &json["date"] {
                json["date"] = Value::from(date.as_str());
            }
            serde_json::from_value(json).unwrap()
        })
        .collect()
}

pub(crate) fn archive() -> Index {
    index_of(&statements())
}

/// A search on Wednesday 14 January 2026.
pub(crate) fn request(query: &str, match_mode: MatchMode) -> SearchRequest {
    let today = jiff::civil::date(2026, 1, 14);
    SearchRequest::new(query).match_mode(match_mode).today(today).limit(100).snippets(0, 0)
}

/// The names of what was found, sorted.
pub(crate) fn names(answer: &Answer) -> Vec<String> {
    let hits = answer.hits.iter();
    let mut names: Vec<String> =
        hits.map(|hit| hit.statement.source.record.clone().unwrap()).collect();
    names.sort();
    names
}

/// The sorts of notes on a query, as JSON has them.
pub(crate) fn kinds(answer: Result<Answer, Error>) -> Vec<String> {
    let notes = match answer {
        Ok(answer) => answer.query.notes,
        Err(Error::Query { notes }) => notes,
        Err(error) => panic!("{error}"),
    };
    let kind = |note: &dixit::Note| serde_json::to_value(note.kind).unwrap();
    notes.iter().map(|note| kind(note).as_str().unwrap().to_owned()).collect()
}
