//! Queries that other engines fell over, asked of an index: an answer or a note, never a failure.

use dixit::{Control, Error, Index, Limits, MatchMode, NoteKind, SearchRequest, Statement};

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

/// Statements of two words, over and over.
fn repetitive(statements: usize) -> Vec<Statement> {
    let text = "a b ".repeat(500);
    (0..statements).map(|n| speech(&n.to_string(), "Bo Lind", "2025", &text)).collect()
}

#[test]
fn more_positions_than_are_looked_at_are_told() {
    let mut limits = Limits::default();
    limits.positions = 20_000;
    let index = index_of(&repetitive(100)).with_limits(limits);
    for query in ["\"b b a\"~1", "a NEAR/2 b", "(\"a b\"~2 OR b) NEAR/3 a"] {
        let request = SearchRequest::new(query);
        let answer = index.search(&request).unwrap();
        assert!(
            answer.partial && answer.total > 0 && answer.total < 100,
            "{query}: {}",
            answer.total
        );
        assert_eq!(answer.query.notes.len(), 1, "{query}");
        assert_eq!(answer.query.notes[0].kind, NoteKind::Cut);
        assert_eq!(answer.query.notes[0].span, 0..query.len());
        assert!(matches!(index.search(&request.strict()), Err(Error::Query { .. })), "{query}");
        // What was not looked at is not said to be without it.
        let without = index.search(&SearchRequest::new(format!("a -({query})"))).unwrap();
        assert_eq!((without.total, without.partial), (0, true), "{query}");
    }
    // Phrases as they stand are looked through to the end.
    let whole = index.search(&SearchRequest::new("\"a b a\"")).unwrap();
    assert_eq!((whole.total, whole.partial), (100, false));
}

#[test]
fn a_stopped_search_ends_where_nothing_matches_too() {
    let index = index_of(&repetitive(3));
    let control = Control::default();
    control.cancel();
    let searcher = index.searcher().unwrap();
    for query in ["\"a b\"", "\"b b\"~3", "a NEAR b", "a -\"b b\"", "a b"] {
        let request = SearchRequest::new(query);
        assert!(!searcher.search(&request).unwrap().partial, "{query}");
        let stopped = searcher.search_within(&request, &control).unwrap();
        assert_eq!((stopped.total, stopped.partial), (0, true), "{query}");
    }
}
