//! What `inspect` shows of a file beside its statements.

use crate::sandbox::Sandbox;

/// The rows of the list of columns or keys, with single spaces.
fn rows(out: &str, what: &str) -> Vec<String> {
    let from = out.lines().skip_while(|line| *line != what).skip(1);
    let rows = from.take_while(|line| line.starts_with("  "));
    rows.map(|row| row.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn columns_that_are_not_used_are_told() {
    let sandbox = Sandbox::new();
    let table = "Speaker,Words,Said,wc,Party\n\
                 Ada Muster,\"We will build the bridge, and soon it will stand.\",3 May 2024,10,P\n\
                 Bo Beispiel,\"We will not, for there is no river here at all.\",4 May 2024,11,Q\n";
    sandbox.write("a.csv", table);
    let shown = sandbox.run(&["inspect", "a.csv"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    let expected = [
        "Speaker speaker by its name",
        "Words text by its values",
        "Said date by its values",
        "wc — not used",
        "Party party by its name",
    ];
    assert_eq!(rows(&shown.out, "columns"), expected, "{}", shown.out);
    let mapped = sandbox.run(&["inspect", "a.csv", "--map", "id=wc"]);
    assert!(rows(&mapped.out, "columns").contains(&"wc id by --map".to_owned()), "{}", mapped.out);
    // Each line of it is a statement, so that the columns are told beside them.
    let json = sandbox.run(&["inspect", "a.csv", "--json"]);
    assert_eq!((json.out.lines().count(), json.err.trim()), (2, "columns not used: `wc`"));
    assert_eq!(sandbox.run(&["index", "a.csv"]).code, 0);
}

#[test]
fn keys_that_are_not_used_are_told_once_a_file() {
    let sandbox = Sandbox::new();
    let lines = r#"{"speaker": "Ada Muster", "text": "We will build it.", "mood": "glad"}
{"speaker": "Bo Beispiel", "text": "We will not.", "mood": null, "length": 3}
"#;
    sandbox.write("a.jsonl", lines);
    let shown = sandbox.run(&["inspect", "a.jsonl"]);
    let expected = [
        "length — not used",
        "mood — not used",
        "speaker speaker by its name",
        "text text by its name",
    ];
    assert_eq!(rows(&shown.out, "keys"), expected, "{}", shown.out);

    let document = r#"{"date": "2024-05-03", "turns": [
{"speaker": {"name": "Ada Muster", "age": 3}, "said": {"text": "We will build it.", "mood": "glad"}},
{"speaker": {"name": "Bo Beispiel"}, "said": {"text": "We will not."}, "meta": {"rank": 1}}]}"#;
    sandbox.write("a.json", document);
    let shown = sandbox.run(&["inspect", "a.json"]);
    let expected = [
        "meta — not used",
        "said.mood — not used",
        "said.text text by its name",
        "speaker speaker by its name",
    ];
    assert_eq!(rows(&shown.out, "keys"), expected, "{}", shown.out);
}

#[test]
fn kinds_are_counted_as_they_are_shown() {
    let sandbox = Sandbox::new();
    let release = "PRESS RELEASE\n\nFor immediate release";
    let lines: Vec<String> = ["We build.", "We do not."]
        .iter()
        .map(|text| serde_json::json!({"title": release, "text": text}).to_string())
        .collect();
    sandbox.write("a.jsonl", &lines.join("\n"));
    let shown = sandbox.run(&["inspect", "a.jsonl"]);
    let kinds: Vec<&str> = shown.out.lines().filter_map(|l| l.strip_prefix("kind ")).collect();
    assert_eq!(kinds.len(), 2);
    let counted = format!("  kinds     2 {}", kinds[0].trim());
    assert!(kinds[0].trim() != "article" && shown.out.contains(&counted), "{}", shown.out);
    let one = sandbox.run(&["inspect", "a.jsonl", "--sample", "1"]);
    assert!(one.out.contains(" (of the 1 shown)\n"), "{}", one.out);
}

#[test]
fn a_file_that_ends_too_early_is_told_to_be_left_out_as_index_does() {
    let sandbox = Sandbox::new();
    let lines: String = (0..20_000)
        .map(|number| format!("{{\"text\": \"Statement {number} of Ada Muster.\"}}\n"))
        .collect();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    std::io::Write::write_all(&mut packed, lines.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    // Where nothing of it unpacks, and where all but its end does.
    std::fs::write(sandbox.path("b.jsonl.gz"), &packed[..12]).unwrap();
    let front = sandbox.run(&["inspect", "b.jsonl.gz"]);
    assert!(front.code == 1 && front.err.contains("leaves the whole file out"), "{}", front.err);
    std::fs::write(sandbox.path("a.jsonl.gz"), &packed[..packed.len() - 1]).unwrap();
    let shown = sandbox.run(&["inspect", "a.jsonl.gz", "--sample", "1"]);
    assert_eq!(shown.code, 1, "{}", shown.err);
    assert!(shown.out.contains("Statement 0 of Ada Muster."), "{}", shown.out);
    let why = "a.jsonl.gz: it cannot be unpacked (gz): it is cut off; \
               the index leaves the whole file out, and keeps what it had of it";
    assert_eq!(shown.err.trim(), why);
    let indexed = sandbox.run(&["index", "a.jsonl.gz", "--json"]);
    assert_eq!((indexed.code, indexed.json()["failed"].as_u64()), (1, Some(1)));
    assert_eq!(indexed.json()["total"], 0);
}

#[test]
fn unchanged_sources_with_problems_are_counted() {
    let sandbox = Sandbox::new();
    sandbox.write("a/good.jsonl", "{\"text\": \"Words.\"}\n");
    sandbox.write("a/bad.jsonl", "{\"text\": \"Other words.\"}\n{\"text\": oops}\n");
    assert_eq!(sandbox.run(&["index", "a"]).code, 1);
    for again in [&["index", "a"][..], &["index", "a", "--dry-run"]] {
        let again = sandbox.run(again);
        assert!(again.out.contains("0 changed, 2 same,"), "{}", again.out);
        let told = "of those that are the same, 1 with problems, told when they were read";
        assert!(again.out.contains(told), "{}", again.out);
    }
    let report = sandbox.run(&["index", "a", "--json"]).json();
    assert_eq!((&report["same"], &report["same_with_problems"]), (&2.into(), &1.into()));
    sandbox.write("a/bad.jsonl", "{\"text\": \"Other words, all of them good.\"}\n");
    assert_eq!(sandbox.run(&["index", "a"]).code, 0);
    assert!(!sandbox.run(&["index", "a"]).out.contains("with problems"));
}
