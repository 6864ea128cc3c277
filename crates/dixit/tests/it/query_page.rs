//! The page on the query language, each of its examples run as it stands there.

use dixit::{MatchMode, ParseOptions, Query, SearchRequest};

use crate::samples::{archive, kinds, names, request};

#[derive(Debug, PartialEq)]
struct Example<'p> {
    /// What stands behind the fence's `query`.
    mode: &'p str,
    query: &'p str,
    hits: Vec<&'p str>,
    notes: Vec<&'p str>,
}

impl Example<'_> {
    fn request(&self) -> SearchRequest {
        let match_mode = if self.mode == "any" { MatchMode::Any } else { MatchMode::All };
        let request = request(self.query, match_mode);
        if self.mode == "literal" { request.literal() } else { request }
    }
}

fn examples(page: &str) -> Vec<Example<'_>> {
    let mut examples = Vec::new();
    let mut inside = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), inside) {
            (Some(info), None) => inside = Some(info),
            (Some(_), Some(_)) => inside = None,
            (None, Some(info)) => {
                let Some(mode) = info.strip_prefix("query") else { continue };
                let (query, rest) = line.split_once('→').unwrap_or_else(|| panic!("{line}"));
                let (hits, notes) = rest.split_once('!').unwrap_or((rest, ""));
                examples.push(Example {
                    mode: mode.trim(),
                    query: query.trim_end(),
                    hits: hits.split_whitespace().collect(),
                    notes: notes.split_whitespace().collect(),
                });
            }
            (None, None) => {}
        }
    }
    examples
}

#[test]
fn every_example_of_the_page_finds_what_it_says() {
    let page = std::fs::read_to_string("../../docs/QUERY.md").unwrap();
    let index = archive();
    let examples = examples(&page);
    assert!(examples.len() >= 100, "{} examples", examples.len());
    for example in &examples {
        let answer = index.search(&example.request()).unwrap();
        assert_eq!(names(&answer), example.hits, "{}", example.query);
        assert_eq!(kinds(Ok(answer)), example.notes, "{}", example.query);
        // Strict, each note is an error.
        let strict = index.search(&example.request().strict());
        assert_eq!(strict.is_err(), !example.notes.is_empty(), "{}", example.query);
        assert_eq!(kinds(strict), example.notes, "{}", example.query);
    }
}

/// The tree that the page shows is the one that a query makes.
#[test]
fn the_json_of_the_page_is_that_of_its_query() {
    let page = std::fs::read_to_string("../../docs/QUERY.md").unwrap();
    let json = page.split_once("```json\n").unwrap().1.split_once("```").unwrap().0;
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    let parsed = Query::parse(json["text"].as_str().unwrap(), &ParseOptions::default());
    assert_eq!(serde_json::to_value(&parsed.query).unwrap(), json["query"]);
    assert_eq!(serde_json::to_value(&parsed.notes).unwrap(), json["notes"]);
    assert_eq!(parsed.query.describe(), json["words"].as_str().unwrap());
}

#[test]
fn there_are_some_forty_samples_in_many_languages() {
    let statements = crate::samples::statements();
    assert!(statements.len() >= 40);
    let languages: std::collections::BTreeSet<_> =
        statements.iter().filter_map(|statement| statement.language.as_deref()).collect();
    assert!(languages.len() >= 10, "{languages:?}");
}
