//! What a page of search results needs: conditions from a form, counts beside the hits, an order,
//! pages, and snippets with the words marked.
//!
//! ```sh
//! cargo run -p dixit-examples --example filters_and_facets
//! ```
#![allow(clippy::print_stdout, reason = "an example shows what it found")]

use dixit::{Facet, Field, Hit, Index, Kind, Person, SearchRequest, Snippet, Sort, Statement};

/// Speaker, date, topic, words. The date of the last is known to the month only.
const SAID: [[&str; 4]; 6] = [
    ["Ada Rask", "2023-02-01", "transport", "The harbour is closed. The bridges are safe."],
    ["Ada Rask", "2024-03-12", "transport", "We open the harbour in spring, and the bridge too."],
    ["Ada Rask", "2024-09-30", "health/hospitals", "The hospital at the harbour opens today."],
    ["Ivo Lind", "2024-03-12", "transport", "Who pays for the harbour? The town cannot."],
    ["Ivo Lind", "2025-01-20", "health", "Clean air over the harbour is a matter of health."],
    ["Ivo Lind", "2025-06", "transport/ports", "Two harbours for one town are one too many."],
];

fn main() -> dixit::Result<()> {
    let index = filled()?;

    // What a user typed goes into the query; what they ticked in a form goes into filters, where
    // nothing is syntax: a name with a quote or a colon in it is just a name. All of them bind.
    let request = SearchRequest::new("harbour")
        .filter(Field::Speaker, "Ivo Lind")
        .filter(Field::Date, "2024-02..2025-03");
    println!("By Ivo Lind, from February 2024 to March 2025:");
    show(&index.search(&request)?.hits);

    // A range may be open on a side, and a year or a month is a range too. The same conditions can
    // be written in the query language, for a user who likes to type.
    let request = SearchRequest::new("harbour date:2025.. -topic:ports");
    println!("\nFrom 2025 on, but not on ports:");
    show(&index.search(&request)?.hits);

    // Facets count all matches, not only those on the page. A topic counts its subtopics' too.
    let request = SearchRequest::new("harbour")
        .facet(Facet::Speaker)
        .facet(Facet::Topic)
        .facet(Facet::Year)
        .limit(0);
    let answer = index.search(&request)?;
    println!("\n{} statements in all:", answer.total);
    for (facet, counts) in &answer.facets {
        let values = counts.values.iter().map(|value| format!("{} {}", value.count, value.value));
        println!("  {}: {}", facet.as_str(), values.collect::<Vec<_>>().join(", "));
    }

    // Pages of an order that is the same on every machine: take one snapshot for all of them, so
    // that a commit between two pages moves nothing.
    let searcher = index.searcher()?;
    let page = 4;
    for offset in (0..).step_by(page) {
        let request = SearchRequest::new("harbour").sort(Sort::Newest).limit(page).offset(offset);
        let answer = searcher.search(&request)?;
        if answer.hits.is_empty() {
            break;
        }
        println!("\nNewest first, page {}:", offset / page + 1);
        show(&answer.hits);
    }
    Ok(())
}

/// An index of the statements above.
fn filled() -> dixit::Result<Index> {
    let index = Index::in_memory()?;
    let mut writer = index.writer(&dixit::WriterOptions::default())?;
    for (n, [speaker, date, topic, text]) in SAID.into_iter().enumerate() {
        let mut statement = Statement::new(format!("council/{n}.txt"), text);
        statement.kind = Kind::Speech;
        statement.speaker = Some(Person::named(speaker));
        statement.date = date.parse().ok();
        statement.topics = vec![topic.to_owned()];
        writer.add(&statement)?;
    }
    writer.commit()?;
    Ok(index)
}

fn show(hits: &[Hit]) {
    for hit in hits {
        let speaker = hit.statement.speaker.as_ref().and_then(Person::label).unwrap_or("unknown");
        let date = hit.statement.date.map(|date| date.to_string()).unwrap_or_default();
        let snippets: Vec<_> = hit.snippets.iter().map(marked).collect();
        println!("  {}. {date:10} {speaker}: {}", hit.rank, snippets.join(" … "));
    }
}

/// The snippet with its marks in brackets. They are bytes of its text, in order and apart; a web
/// page escapes the pieces between them and puts `<mark>` where the brackets are.
fn marked(snippet: &Snippet) -> String {
    let mut shown = String::new();
    let mut at = 0;
    for mark in snippet.marks.iter().filter_map(|mark| mark.as_range()) {
        shown += &snippet.text[at..mark.start];
        shown += &format!("[{}]", &snippet.text[mark.clone()]);
        at = mark.end;
    }
    shown + &snippet.text[at..]
}
