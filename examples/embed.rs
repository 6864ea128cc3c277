//! A search in your own program: put statements in, ask, print what comes back.
//!
//! ```sh
//! cargo run -p dixit-examples --example embed
//! ```
//!
//! The index here lives in memory. `Index::open_or_create("my-index")` keeps it in a folder.
#![allow(clippy::print_stdout, reason = "an example shows what it found")]

use dixit::{Index, Person, SearchRequest, Statement, WriterOptions};

fn main() -> dixit::Result<()> {
    let index = Index::in_memory()?;

    // A statement is a plain value. Its source says where it is written; the rest is what you know.
    let mut ferry =
        Statement::new("council/ferry.txt", "The ferries will run again by the spring.");
    ferry.speaker = Some(Person::named("Ada Rask"));
    ferry.date = "2024-03-12".parse().ok();
    let bridge = Statement::new("council/bridge.txt", "No ferry replaces a bridge that is closed.");
    let school = Statement::new("council/school.txt", "Every school gets a library of its own.");

    // Nothing shows before the commit; after it, all three do, and they are safe on disk if there
    // is one.
    let mut writer = index.writer(&WriterOptions::default())?;
    for statement in [&ferry, &bridge, &school] {
        writer.add(statement)?;
    }
    writer.commit()?;

    // A plain word finds its other forms too: `ferry` stands for `ferries`.
    let answer = index.search(&SearchRequest::new("ferry"))?;
    println!("{} of {} statements: {}", answer.total, answer.searched, answer.query.words);
    for hit in &answer.hits {
        let speaker = hit.statement.speaker.as_ref().and_then(Person::label).unwrap_or("unknown");
        println!("{}. {speaker}, {}: {}", hit.rank, hit.statement.source.name, hit.statement.text);
    }
    Ok(())
}
