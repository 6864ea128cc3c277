//! Who is who, what the user knows better, and how good it all is.

use crate::sandbox::Sandbox;

/// Two transcripts, in which one spokesperson is named in full and shortly.
fn archive() -> Sandbox {
    let sandbox = Sandbox::new();
    let head = "Briefing by Spokesperson Ada Rask\n14 May 2024\n\n";
    let turns =
        "MS. RASK: Good morning.\n\nQ: And the quota?\n\nMS. RASK: The quota stays as it is.\n";
    sandbox.write("archive/first.txt", &format!("{head}{turns}"));
    sandbox.write(
        "archive/second.jsonl",
        "{\"text\":\"It stays.\",\"speaker\":{\"name\":\"A. Rask\"},\"date\":\"2024-06-02\"}\n",
    );
    let ran = sandbox.run(&["index", "archive"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    sandbox
}

#[test]
fn speakers_are_listed_with_forms_counts_and_dates() {
    let sandbox = archive();
    let shown = sandbox.run(&["speakers", "rask", "--why"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    for part in
        ["Ada Rask\n  2 statements, 2024-05-14", "MS. RASK (2)", "joined MS. RASK = Ada Rask"]
    {
        assert!(shown.out.contains(part), "{part}: {}", shown.out);
    }
    // The initial alone is no evidence.
    assert!(shown.out.contains("apart  A. Rask"), "{}", shown.out);
    let json = sandbox.run(&["speakers", "--json", "--limit", "1"]).json();
    assert_eq!(json["format"], 1);
    assert_eq!(json["speakers"].as_array().unwrap().len(), 1);
    assert_eq!(json["speakers"][0]["last"]["value"], "2024-05-14");
    assert_eq!(sandbox.run(&["speakers", "nobody"]).code, 1);
}

#[test]
fn the_users_files_win_and_survive_indexing_again() {
    let sandbox = archive();
    sandbox
        .write(".dixit/people.toml", "[[person]]\nname = \"Ada Rask\"\naliases = [\"A. Rask\"]\n");
    sandbox.write(
        ".dixit/corrections.toml",
        "[[correction]]\nsource = \"first.txt\"\nordinal = 4\nspeaker = \"Bo Lind\"\nwhy = \"the recording\"\n",
    );
    for rebuild in [&["index", "archive"][..], &["index", "archive", "--rebuild"]] {
        let ran = sandbox.run(rebuild);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        assert!(
            sandbox
                .run(&["speakers", "ada"])
                .out
                .contains("2 statements, 2024-05-14 to 2024-06-02")
        );
        let found = sandbox.run(&["search", "speaker:lind quota", "--json"]).json();
        assert_eq!(found["hits"][0]["basis"]["speaker"]["rule"], "correction");
    }
    // `inspect` shows what would be taken.
    let lines = sandbox.run(&["inspect", "archive/second.jsonl", "--json"]);
    assert_eq!(lines.json()["speaker"]["name"], "Ada Rask");
    // A source in a folder is named from the root that was taken in.
    sandbox.write("archive/press/third.txt", "The quota will fall, it was said in the ministry.\n");
    sandbox.write(
        ".dixit/corrections.toml",
        "[[correction]]\nsource = \"press/third.txt\"\nspeaker = \"Bo Lind\"\n",
    );
    let third = sandbox.run(&["inspect", "archive/press/third.txt", "--json"]).json();
    assert_eq!(third["speaker"]["name"], "Bo Lind");
    assert_eq!(third["source"]["name"], "third.txt");
    sandbox.write(
        ".dixit/corrections.toml",
        "[[correction]]\nsource = \"ess/third.txt\"\nspeaker = \"Bo Lind\"\n",
    );
    let third = sandbox.run(&["inspect", "archive/press/third.txt", "--json"]).json();
    assert_ne!(third["speaker"]["name"], "Bo Lind");
    sandbox.write(".dixit/people.toml", "[[person]]\nnmae = \"Ada Rask\"\n");
    let wrong = sandbox.run(&["index", "archive"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("people.toml:2") && wrong.err.contains("nmae"), "{}", wrong.err);
}

#[test]
fn extraction_is_measured_on_gold() {
    let sandbox = Sandbox::new();
    let gold = "{\"id\":\"one\",\"text\":\"On 3 May 2024, Norland's Fisheries Ministry spokesperson Ada Rask said that the quota stays.\",\"speaker\":\"Ada Rask\",\"date\":\"2024-05-03\"}\n\
                {\"id\":\"two\",\"text\":\"On 4 May 2024, Norland's Fisheries Ministry spokesperson Ada Rask said that the quota falls.\",\"speaker\":\"Bo Lind\",\"date\":null}\n";
    sandbox.write("gold.jsonl", gold);
    let json = sandbox.run(&["eval", "extraction", "gold.jsonl", "--json", "--errors", "9"]).json();
    assert_eq!(json["rows"], 2);
    assert_eq!((&json["speaker"]["right"], &json["speaker"]["wrong"]), (&1.into(), &1.into()));
    assert_eq!((&json["date"]["right"], &json["date"]["invented"]), (&1.into(), &1.into()));
    assert_eq!(json["errors"].as_array().unwrap().len(), 2);
    assert!(json.get("topics").is_none(), "what no row has is not measured");
    let written =
        sandbox.run(&["eval", "extraction", "gold.jsonl", "--attributions", "found.jsonl"]);
    assert_eq!(written.code, 0, "{}", written.err);
    let found = std::fs::read_to_string(sandbox.path("found.jsonl")).unwrap();
    assert_eq!(found.lines().count(), gold.lines().count());
    assert!(found.starts_with("{\"id\":"), "{found}");
    let shown = sandbox.run_with(&["eval", "extraction", "-"], gold);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(shown.out.contains("2 rows of gold"), "{}", shown.out);
    sandbox.write("bad.jsonl", "{\"text\":\"a\"}\n{\"title\":\"b\"}\n");
    let bad = sandbox.run(&["eval", "extraction", "bad.jsonl"]);
    assert_eq!(bad.code, 2);
    assert!(bad.err.contains("bad.jsonl:2: a row of gold has a `text`"), "{}", bad.err);
    let one = sandbox.run_with(&["eval", "extraction", "-"], gold.lines().next().unwrap());
    assert!(one.out.contains("1 row of gold"), "{}", one.out);
}

#[test]
fn a_taxonomy_of_ones_own_is_used_beside_the_index_or_by_name() {
    let sandbox = archive();
    let own = "[[topic]]\nname = \"fish\"\nterms = [\"quota*\"]\n";
    sandbox.write("own.toml", own);
    let shown = sandbox.run(&["inspect", "archive/first.txt", "--json", "--taxonomy", "own.toml"]);
    assert!(shown.out.contains("\"topics\":[\"fish\"]"), "{}{}", shown.out, shown.err);
    assert_eq!(sandbox.run(&["search", "topic:fish"]).code, 1);
    sandbox.write(".dixit/taxonomy.toml", own);
    for rebuild in [&["index", "archive"][..], &["index", "archive", "--rebuild"]] {
        let ran = sandbox.run(rebuild);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        let found = sandbox.run(&["search", "topic:fish", "--json"]).json();
        assert_eq!(found["total"], 2, "the question and the answer about the quota");
    }
    sandbox.write(".dixit/taxonomy.toml", "[[topic]]\nname = \"fish\"\nterms = [\"big q*\"]\n");
    let wrong = sandbox.run(&["index", "archive"]);
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.err.contains("taxonomy.toml:3") && wrong.err.contains("`big q*`"),
        "{}",
        wrong.err
    );
    let missing = sandbox.run(&["index", "archive", "--taxonomy", "nowhere.toml"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("nowhere.toml"), "{}", missing.err);
}

#[test]
fn topics_are_measured_by_their_codes() {
    let sandbox = Sandbox::new();
    // Immigration was part of labour in the older codebook, which has no 9.
    let gold = "{\"text\":\"Visas for migrants\",\"cap_major\":5}\n{\"text\":\"A tariff on steel imports\",\"cap_major\":18}\n\
                {\"text\":\"A tariff on imports\",\"cap_major\":3}\n{\"text\":\"Nothing of the kind\",\"cap_major\":3}\n";
    let json = sandbox.run_with(&["eval", "extraction", "-", "--json"], gold).json();
    assert_eq!(
        (&json["topics"]["accuracy"], &json["topics"]["abstained"]),
        (&0.5.into(), &1.into())
    );
    // F1 of the three majors of the gold: 1, 2/3 and 0.
    assert!((json["topics"]["macro_f1"].as_f64().unwrap() - 5.0 / 9.0).abs() < 1e-9);
    let newer = format!("{gold}{{\"text\":\"Asylum seekers\",\"cap_major\":9}}\n");
    let json = sandbox.run_with(&["eval", "extraction", "-", "--json"], &newer).json();
    assert_eq!(json["topics"]["accuracy"], 0.4, "immigration is 9 where the gold knows it");
}
