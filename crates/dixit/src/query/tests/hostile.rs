//! Input that other engines fell over, and any input at all.

use proptest::prelude::*;

use super::super::*;
use super::{check, notes, options, read, tree};

fn parse(text: &str) -> Parsed {
    let parsed = Query::parse(text, &options(MatchMode::All));
    let _ = check(text, &options(MatchMode::All));
    let _ = check(text, &options(MatchMode::Any));
    parsed
}

#[test]
fn what_broke_other_parsers_is_read() {
    let cases = [
        "- *".to_owned(),
        "a:(^".to_owned(),
        "?*".to_owned(),
        "/(a+)+$/".to_owned(),
        "/.{1000}{1000}/".to_owned(),
        "word~9".to_owned(),
        "date:9999999".to_owned(),
        "a\0b \u{1}\u{7f}\u{9b}".to_owned(),
        "\u{202e}speaker:\u{2066}guo\u{2069} \u{feff}".to_owned(),
        "(".repeat(100_000),
        ")".repeat(100_000),
        "-(".repeat(100_000),
        "-".repeat(100_000),
        "\"".repeat(100_000),
        "a OR ".repeat(100_000),
        "a* ".repeat(100_000),
        "NOT ".repeat(100_000),
        "speaker:(".repeat(100_000),
        "foo:(".repeat(100_000),
        "foo:\"x\" ".repeat(100_000),
        "((a OR ".repeat(100_000),
        "-\u{200e}".repeat(100_000),
        "«».".repeat(100_000),
        "a NEAR/5 ".repeat(100_000),
        "NEAR/".repeat(100_000),
        "\"a b\"~5 NEAR ".repeat(100_000),
        "a~1 NEAR/1 (b OR ".repeat(100_000),
        "w?".repeat(100_000),
        "a*b".repeat(100_000),
        "~".repeat(100_000),
        format!("\"{}\"~1000", "a ".repeat(2_000)),
        "x".repeat(1 << 20),
        "界".repeat(1 << 20),
    ];
    for text in cases {
        let _ = parse(&text);
    }
}

#[test]
fn without_the_byte_limit_it_is_still_linear() {
    let mut options = options(MatchMode::Any);
    options.limits = QueryLimits { bytes: usize::MAX, depth: usize::MAX, clauses: usize::MAX };
    for piece in [
        "(",
        "a OR ",
        "\"",
        "speaker:a ",
        "-(a OR ",
        "since:2024 ",
        ")",
        "a AND ",
        "x:(",
        "a NEAR ",
        "\"a\"~3",
    ] {
        let text = piece.repeat(20_000);
        let parsed = Query::parse(&text, &options);
        assert!(parsed.query.root.height() <= 256);
    }
}

#[test]
fn deep_nesting_keeps_the_words() {
    for depth in [1, 63, 64, 65, 500] {
        let text = format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
        let parsed = check(&text, &options(MatchMode::All));
        assert_eq!(tree(&parsed.query.root), "a");
        let deep = parsed.notes.iter().filter(|n| n.kind == NoteKind::TooDeep).count();
        assert_eq!(deep > 0, depth > 64, "{depth}: {}", notes(&parsed.notes));
    }
    // Each parenthesis makes three levels here.
    let text = format!("{}a{}", "x OR y -(".repeat(60), ")".repeat(60));
    let parsed = check(&text, &options(MatchMode::All));
    assert!(parsed.notes.iter().any(|n| n.kind == NoteKind::TooDeep));
    assert_eq!(parsed.query.root.leaves().len(), 121);
}

#[test]
fn limits_cut_between_words_and_say_so() {
    let limits = QueryLimits { bytes: 10, ..QueryLimits::default() };
    let cut = |text: &str| {
        let options = ParseOptions { limits, ..ParseOptions::default() };
        let parsed = check(text, &options);
        (tree(&parsed.query.root), notes(&parsed.notes))
    };
    assert_eq!(cut("abc defghij"), ("abc".into(), "too-long@3-11".into()));
    assert_eq!(cut("abc defghi jk"), ("(and abc defghi)".into(), "too-long@10-13".into()));
    assert_eq!(cut("abcdefghijkl"), ("abcdefghij".into(), "too-long@10-12".into()));
    assert_eq!(cut("ééééééé"), ("ééééé".into(), "too-long@10-14".into()));
    assert_eq!(cut("éééé界é"), ("éééé".into(), "too-long@8-13".into()));
    assert_eq!(cut("\"ab cd ef gh\""), ("\"ab cd ef\"".into(), "too-long@9-13".into()));

    let limits = QueryLimits { clauses: 2, ..QueryLimits::default() };
    let options = ParseOptions { limits, ..ParseOptions::default() };
    let parsed = check("(a b c d)", &options);
    assert_eq!(tree(&parsed.query.root), "(and a b)");
    assert_eq!(notes(&parsed.notes), "too-many-clauses@5-9");
    let parsed = Query::literal("a b c", MatchMode::All, &limits);
    assert_eq!(notes(&parsed.notes), "too-many-clauses@4-5");
}

#[test]
fn many_clauses_are_cut_at_the_limit() {
    let (_, notes) = read(&"a OR ".repeat(800), MatchMode::All);
    assert!(notes.contains("too-many-clauses"), "{notes}");
    let parsed = Query::parse(&"a ".repeat(256), &ParseOptions::default());
    assert_eq!(parsed.query.root.leaves().len(), 256);
    assert_eq!(parsed.notes, []);
}

/// Pieces that mean something, so that random queries reach every branch.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("("),
        Just(")"),
        Just("（"),
        Just("-"),
        Just("－"),
        Just("\""),
        Just("“"),
        Just("»"),
        Just("」"),
        Just(":"),
        Just("："),
        Just("*"),
        Just(" "),
        Just("\u{3000}"),
        Just(" OR "),
        Just(" AND "),
        Just(" NOT "),
        Just("OR"),
        Just("speaker:"),
        Just("Date："),
        Just("since:"),
        Just("until:"),
        Just("kind:"),
        Just("said:"),
        Just("topic:"),
        Just("foo:"),
        Just("query:"),
        Just("spaeker:"),
        Just("2025"),
        Just(".."),
        Just("last month"),
        Just("date:10/12/2025 "),
        Just("–"),
        Just("december"),
        Just("answer"),
        Just("guo"),
        Just("é界"),
        Just("well-being"),
        Just("https://un.org"),
        Just("\u{202e}"),
        Just("\0"),
        Just("~2"),
        Just("～9"),
        Just(" NEAR/3 "),
        Just("NEAR"),
        Just("／"),
        Just("?"),
        Just("＊"),
        Just("a"),
        Just("b "),
        Just("😀"),
        Just("+a"),
        Just(" or "),
        Just("a,b"),
        Just("lang:"),
        Just("german"),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        let _ = check(&text, &options(MatchMode::All));
    }

    #[test]
    fn any_syntax_is_read(
        text in pieces(),
        any in any::<bool>(),
        bytes in 0usize..300,
        depth in 0usize..20,
        clauses in 0usize..30,
    ) {
        let mut options = options(if any { MatchMode::Any } else { MatchMode::All });
        let _ = check(&text, &options);
        options.limits = QueryLimits { bytes, depth, clauses };
        let _ = check(&text, &options);
    }

    #[test]
    fn any_syntax_is_read_with_words_of_ones_own(
        text in pieces(),
        saved in pieces(),
        any in any::<bool>(),
        depth in 0usize..20,
        clauses in 1usize..30,
    ) {
        let own = Vocabulary::default()
            .synonyms(["a", "b b", "guo", "é界"])
            .finds("answer", ["2025", "un org"])
            .person(["guo", "界界界", "a b"])
            .saved("a", &saved)
            .saved("b", format!("query:a OR ({saved}) query:b"));
        let mut options = options(if any { MatchMode::Any } else { MatchMode::All });
        options.vocabulary = Arc::new(own);
        for text in [text.clone(), format!("query:b {text} -(query:a query:a)")] {
            options.limits = QueryLimits::default();
            let _ = check(&text, &options);
            options.limits = QueryLimits { depth, clauses, ..QueryLimits::default() };
            let _ = check(&text, &options);
        }
    }

    #[test]
    fn literal_text_is_words(text in prop_oneof![any::<String>(), pieces()], bytes in 0usize..200) {
        let limits = QueryLimits { bytes, ..QueryLimits::default() };
        let parsed = Query::literal(&text, MatchMode::All, &limits);
        for leaf in parsed.query.root.leaves() {
            prop_assert!(matches!(leaf.value, Value::Words(_)) && leaf.field.is_none());
            let typed = text.get(leaf.span.clone()).map(syntax::folded);
            prop_assert!(matches!(&leaf.value, Value::Words(word) if typed.as_ref() == Some(word)));
        }
        for note in &parsed.notes {
            prop_assert!(text.get(note.span.clone()).is_some());
        }
    }
}
