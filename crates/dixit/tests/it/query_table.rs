//! Queries, the trees they make, the notes on them, and what they find among the samples.
//!
//! A row of `tests/queries/table.txt` is `query ⇒ tree ⇒ notes ⇒ hits`; below a heading that ends in
//! `(any)` words are optional. Today is Wednesday 14 January 2026.

use dixit::{MatchMode, Node, Note, ParseOptions, Query, Value};

use crate::samples::{archive, names, request};

#[path = "../../src/query/tests/shown.rs"]
mod shown;

#[test]
fn every_query_of_the_table_is_read_and_answered() {
    let table = std::fs::read_to_string("tests/queries/table.txt").unwrap();
    let index = archive();
    let mut match_mode = MatchMode::All;
    let (mut wrong, mut rows) = (Vec::new(), 0);
    for row in table.lines().filter(|row| !row.is_empty()) {
        if row.starts_with("## ") {
            match_mode = if row.ends_with("(any)") { MatchMode::Any } else { MatchMode::All };
            continue;
        }
        let query = row.split("  ⇒").next().unwrap();
        let request = request(query, match_mode);
        let options = ParseOptions { match_mode, today: request.today, ..ParseOptions::default() };
        let tree = shown::tree(&Query::parse(query, &options).query.root);
        let answer = index.search(&request).unwrap();
        let notes = shown::notes(&answer.query.notes);
        let hits = names(&answer).join(" ");
        let got = format!("{query}  ⇒  {tree}  ⇒  {notes}  ⇒  {hits}");
        if got.trim_end() != row.trim_end() {
            wrong.push(got);
        }
        rows += 1;
    }
    assert!(wrong.is_empty(), "rows that should be otherwise, or are:\n{}", wrong.join("\n"));
    assert!(rows >= 200, "{rows} rows");
}
