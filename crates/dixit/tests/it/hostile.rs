//! Queries that other engines fell over, asked of an index: an answer or a note, never a failure.

use dixit::{Index, MatchMode, NoteKind, SearchRequest, Statement};

use crate::hostile_list;
use crate::support::{index_of, speech};

/// Words in all lengths and scripts, many of which begin alike.
fn archive() -> Index {
    let letters = ["a", "b", "ab", "ba", "c", "界", "é", "ж", "7"];
    let mut statements: Vec<Statement> = (0..400_usize)
        .map(|n| {
            let word = |k: usize| {
                let at = |part: usize| letters[(n / 9_usize.pow(part as u32) + k * part) % 9];
                format!("{}{}{}{}", at(0), at(1), at(2), at(k % 3))
            };
            let text: Vec<String> = (0..12).map(word).collect();
            speech(
                &format!("{n:03}"),
                "Bo Lind",
                "2025-01-05",
                &format!("a a b {}", text.join(" ")),
            )
        })
        .collect();
    statements.push(speech("long", "Ada Rask", "2024", &"x".repeat(1 << 20)));
    index_of(&statements)
}

#[test]
fn hostile_queries_are_answered() {
    let index = archive();
    let searcher = index.searcher().unwrap();
    for query in hostile_list::queries() {
        for match_mode in [MatchMode::All, MatchMode::Any] {
            let request = SearchRequest::new(query.as_str()).match_mode(match_mode).limit(3);
            let answer = searcher.search(&request).unwrap();
            assert!(answer.total <= 401);
            assert!(answer.query.notes.len() <= 500, "{} notes", answer.query.notes.len());
            for note in &answer.query.notes {
                assert!(query.get(note.span.clone()).is_some(), "{note:?}");
            }
        }
        let literal = SearchRequest::new(query.as_str()).literal().limit(3);
        assert!(searcher.search(&literal).is_ok());
    }
}

#[test]
fn what_is_repeated_counts_once() {
    let index = archive();
    let score = |query: &str| {
        let answer = index.search(&SearchRequest::new(query).limit(1)).unwrap();
        (answer.total, answer.hits[0].score)
    };
    assert_eq!(score("ab OR ab OR ab"), score("ab"));
    assert_eq!(score("ab* ab* b"), score("ab* b"));
}

#[test]
fn a_query_for_more_than_is_looked_up_is_told() {
    // Each word of five letters and digits, ten thousand in all.
    let texts: Vec<Statement> = (0..100_usize)
        .map(|n| {
            let words: Vec<String> = (0..100).map(|k| format!("w{n:02}{k:02}")).collect();
            speech(&n.to_string(), "Bo Lind", "2025", &words.join(" "))
        })
        .collect();
    let index = index_of(&texts);
    let cut = |query: &str| {
        let answer = index.search(&SearchRequest::new(query)).unwrap();
        let notes = answer.query.notes.iter();
        (answer.total, notes.filter(|note| note.kind == NoteKind::Cut).count())
    };
    assert_eq!(cut("w00*"), (1, 0));
    // One word stands for a thousand terms at most, and all together for four thousand.
    assert_eq!(cut("w0*"), (10, 0));
    assert_eq!(cut("w0* OR w1* OR w2* OR w3*"), (40, 0));
    assert_eq!(cut("w0* OR w1* OR w2* OR w3* OR w4* OR w5*"), (42, 2));
    assert_eq!(cut("w??00"), (100, 0));
    assert_eq!(cut("w?*"), (10, 1));
}
