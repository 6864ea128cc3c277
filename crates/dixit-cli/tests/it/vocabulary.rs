//! Words of the user's own in queries.

use crate::sandbox::Sandbox;

const PAGE: &str = include_str!("../../../../docs/QUERY.md");

/// What stands on the page in a fence with this behind it.
fn fenced(info: &str) -> &'static str {
    let (_, rest) = PAGE.split_once(&format!("```{info}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

/// The statements of the page, indexed, with its files beside the index.
fn archive() -> Sandbox {
    let sandbox = Sandbox::new();
    let statements = include_str!("../../../../docs/statements.jsonl");
    sandbox.write("archive/statements.jsonl", statements);
    let ran = sandbox.run(&["index", "archive"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for name in ["synonyms.toml", "queries.toml", "people.toml"] {
        sandbox.write(&format!(".dixit/{name}"), fenced(&format!("toml {name}")));
    }
    sandbox
}

fn total(sandbox: &Sandbox, args: &[&str]) -> u64 {
    let ran = sandbox.run(&[&["search", "--json"], args].concat());
    ran.json()["total"].as_u64().unwrap()
}

#[test]
fn the_examples_of_the_page_are_understood_as_it_says() {
    let sandbox = archive();
    let mut examples = 0;
    for line in fenced("own").lines() {
        let (query, words) = line.split_once(" → ").unwrap();
        let ran = sandbox.run(&["search", query, "--explain-query"]);
        assert_eq!((ran.out.trim_end(), ran.err.as_str()), (words, ""), "{query}");
        examples += 1;
    }
    assert_eq!(examples, 6);
}

#[test]
fn what_they_come_to_is_found() {
    let sandbox = archive();
    let dams = total(&sandbox, &["dam"]);
    assert!(dams > 1);
    assert_eq!(total(&sandbox, &["barrage"]), dams);
    assert_eq!(total(&sandbox, &["\"barrage\""]), 0);
    assert_eq!(total(&sandbox, &["speaker:博林"]), total(&sandbox, &["speaker:\"Bo Lind\""]));
    assert!(total(&sandbox, &["speaker:博林"]) > 0);
    assert_eq!(
        total(&sandbox, &["query:lind"]),
        total(&sandbox, &["speaker:lind (topic:fisheries OR quota)"])
    );
    // Elsewhere they are named, or there are none.
    let from = ["barrage", "--from", "archive"];
    assert_eq!(total(&sandbox, &from), 0);
    let named = [&from[..], &["--synonyms", ".dixit/synonyms.toml"]].concat();
    assert_eq!(total(&sandbox, &named), dams);
}

#[test]
fn a_wrong_line_is_told_and_costs_nothing_else() {
    let sandbox = archive();
    sandbox.write(
        ".dixit/queries.toml",
        "a = \"herring\"\nb = \"tilte:herring\"\nc = herring\nd = \"cod\"\n",
    );
    sandbox.write(
        ".dixit/synonyms.toml",
        "[[synonym]]\nwords = [\"fish*\", \"cod\"]\n[[synonym]]\nwords = [\"dam\", \"barrage\"]\n",
    );
    let ran = sandbox.run(&["search", "query:d OR barrage"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let problems: Vec<&str> = ran.err.lines().filter(|line| line.contains("problem:")).collect();
    assert_eq!(problems.len(), 3, "{}", ran.err);
    for (problem, what) in problems.iter().zip([
        "synonyms.toml:1: `*` and `~` leave letters open in queries alone",
        "queries.toml:2: the saved query `b`: there is no field `tilte`",
        "queries.toml:3: ",
    ]) {
        assert!(problem.contains(what), "{problem}");
    }
    let both = total(&sandbox, &["query:d OR barrage"]);
    assert_eq!(both, total(&sandbox, &["cod OR dam"]));
    assert!(!sandbox.run(&["search", "dam", "-q"]).err.contains("problem"));
    let strict = sandbox.run(&["search", "dam", "--strict"]);
    assert_eq!((strict.code, strict.out.as_str()), (2, ""));
    assert!(strict.err.contains("synonyms.toml:1: `*`"), "{}", strict.err);
}

#[test]
fn a_file_that_is_named_and_not_there_is_told_by_its_flag() {
    let sandbox = archive();
    for flag in ["--synonyms", "--queries"] {
        let ran = sandbox.run(&["search", "dam", flag, "nowhere.toml"]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains(flag) && ran.err.contains("nowhere.toml"), "{}", ran.err);
    }
}

#[test]
fn the_language_of_a_query_has_to_be_one() {
    let sandbox = archive();
    let ran = sandbox.run(&["search", "dam", "--language", "klingon"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("de (german)") && ran.err.contains("klingon"), "{}", ran.err);
    for name in ["de", "german", "Deutsch", "all"] {
        assert_eq!(sandbox.run(&["search", "Menschenrecht", "--language", name]).code, 0, "{name}");
    }
}

#[test]
fn a_misspelled_word_or_name_is_asked_about() {
    let sandbox = archive();
    let ran = sandbox.run(&["search", "herrng"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("no statement has herrng; did you mean herring?"), "{}", ran.err);
    let ran = sandbox.run(&["search", "speaker:lnid", "--json"]);
    let suggestion = &ran.json()["query"]["suggestions"][0];
    assert_eq!(suggestion["suggestion"], "lind");
    assert_eq!(suggestion["field"], "speaker");
    assert_eq!(suggestion["span"], serde_json::json!([0, 12]));
    // It is no note: the query was understood.
    assert_eq!(sandbox.run(&["search", "herrng", "--strict"]).code, 1);
    // A synonym stands in for it; without a word like it nothing is said.
    assert!(!sandbox.run(&["search", "barrage"]).err.contains("did you mean"));
    assert!(!sandbox.run(&["search", "xylophonist"]).err.contains("did you mean"));
    assert!(!sandbox.run(&["search", "dam -herrng"]).err.contains("did you mean"));
}
