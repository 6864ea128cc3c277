//! What is found in a text that says nothing about itself as data.

use dixit::{BasisKind, Statement};
use dixit_sources::{Extraction, ReadOptions, read_all};

fn complete(name: &str, text: &str) -> Statement {
    let (_, mut records, _) = read_all(name, text.as_bytes(), &ReadOptions::default()).unwrap();
    let mut statement = records.remove(0).statement;
    Extraction::default().complete(&mut statement);
    statement
}

const ARTICLE: &str = "On April 4, Norland's Defence Ministry spokesperson Ada Rask said that the country would send more ships. She noted that this year marks the 75th anniversary of NATO.\nReference(s):\nNorland sends ships\nnorland.example\n";

#[test]
fn who_when_and_from_what() {
    let statement = complete("ships.txt", ARTICLE);
    let shows = |field: &str| {
        let spans = &statement.basis[field].evidence;
        spans.iter().map(|span| ARTICLE[span.as_range().unwrap()].to_owned()).collect::<Vec<_>>()
    };
    let speaker = statement.speaker.as_ref().unwrap();
    assert_eq!(speaker.name.as_deref(), Some("Ada Rask"));
    assert_eq!(speaker.role.as_deref(), Some("spokesperson"));
    assert_eq!(speaker.affiliation.as_deref(), Some("Defence Ministry"));
    assert!(shows("speaker").iter().any(|words| words.contains("Ada Rask")));

    assert_eq!(statement.date.unwrap().to_string(), "2024-04-04");
    assert_eq!(statement.basis["date"].kind, BasisKind::Inferred);
    assert!(
        shows("date").iter().any(|words| words.contains("75th anniversary")),
        "{:?}",
        shows("date")
    );
    assert!(statement.basis["date"].note.as_ref().unwrap().contains("1949"));

    assert_eq!(statement.references, ["Norland sends ships, norland.example"]);
    assert_eq!(statement.passages.len(), 2);
    let said = statement.passages[0].content.as_range().unwrap();
    assert_eq!(&ARTICLE[said], "the country would send more ships");
    for passage in &statement.passages {
        assert_eq!(passage.speaker.as_ref().unwrap().name.as_deref(), Some("Ada Rask"));
    }
}

#[test]
fn a_conflict_gives_unknown_with_both() {
    let text = "On April 4, Ada Rask said that this year marks the 75th anniversary of NATO and the 75th anniversary of the Universal Declaration of Human Rights.";
    let statement = complete("a.txt", text);
    assert_eq!(statement.date, None);
    let basis = &statement.basis["date"];
    assert_eq!(basis.kind, BasisKind::Unknown);
    assert_eq!(basis.candidates.len(), 2, "{basis:?}");
}

/// A record stays one statement, whatever stands in it.
#[test]
fn a_transcript_in_a_record_is_nobodys_statement() {
    let text = r#"{"text": "MS. ROE: Good morning. I have one announcement.\nQUESTION: When will it start?\nMS. ROE: In May, I think.\nQUESTION: And the cost?\nMS. ROE: We will see.\n"}"#;
    let statement = complete("briefing.jsonl", text);
    assert_eq!(statement.speaker, None);
    let basis = &statement.basis["speaker"];
    assert_eq!(basis.rule.as_deref(), Some("several-speakers"));
    assert!(basis.note.as_ref().unwrap().contains("MS. ROE"));
    assert!(statement.passages.is_empty());
}

#[test]
fn a_contraction_is_nobodys_name() {
    let statement =
        complete("a.txt", "Ada Rask spoke first. I’ll say that it went well. We've said that too.");
    let names =
        statement.passages.iter().filter_map(|passage| passage.speaker.as_ref()?.name.clone());
    assert!(names.into_iter().all(|name| name == "Ada Rask"));
}

#[test]
fn what_is_given_is_not_touched() {
    let text = format!("---\nspeaker: Bo Lind\ndate: 2020\n---\n{ARTICLE}");
    let statement = complete("given.md", &text);
    assert_eq!(statement.speaker.unwrap().name.as_deref(), Some("Bo Lind"));
    assert_eq!(statement.date.unwrap().to_string(), "2020");
    assert_eq!(statement.basis["date"].kind, BasisKind::Given);
}

#[test]
fn no_statement_is_made_after_it_was_taken_in() {
    let mut extraction = Extraction::default();
    extraction.today = Some(jiff::civil::date(2024, 1, 1));
    let (_, mut records, _) =
        read_all("ships.txt", ARTICLE.as_bytes(), &ReadOptions::default()).unwrap();
    let statement = &mut records[0].statement;
    extraction.complete(statement);
    assert_eq!(statement.date, None);
    assert_eq!(statement.basis["date"].candidates, ["2024-04-04"]);
}
