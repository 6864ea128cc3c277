//! Each command and flag is connected, and ends as it should.

use crate::sandbox::{SHIPS, Sandbox};

#[test]
fn index_then_search_then_show() {
    let sandbox = Sandbox::with_archive();
    let found = sandbox.run(&["search", "more ships"]);
    assert_eq!(found.code, 0);
    assert!(
        found.out.contains("Ada Rask, spokesperson, Defence Ministry (Norland)"),
        "{}",
        found.out
    );
    assert!(found.out.contains("2024-04-04 (year inferred)"), "{}", found.out);
    assert!(!found.out.contains('\u{1b}'), "no colours when nobody watches");

    let json = sandbox.run(&["search", "speaker:rask", "--json"]).json();
    assert_eq!(json["format"], 1);
    assert_eq!(json["total"], 1);
    let hit = &json["hits"][0];
    assert_eq!(hit["speaker"]["country"], "Norland");
    assert_eq!(hit["date"]["precision"], "day");
    assert_eq!(hit["basis"]["date"]["kind"], "inferred");
    assert_eq!(hit["source"]["name"], "ships.txt");

    let id = hit["id"].as_str().unwrap();
    let shown = sandbox.run(&["show", &id[..8]]);
    assert!(shown.out.contains("75th anniversary"), "{}", shown.out);
    assert!(shown.out.contains("inferred by"), "{}", shown.out);
    let source = sandbox.run(&["show", id, "--source"]);
    assert_eq!(source.out, SHIPS);
    assert_eq!(sandbox.run(&["show", id, "--json"]).json()["id"], id);
    assert_eq!(sandbox.run(&["show", "zzzz"]).code, 1);

    sandbox.write("archive/ships.txt", "Quite another text by now.");
    let gone = sandbox.run(&["show", id, "--source"]);
    assert_eq!(gone.code, 2);
    assert!(gone.err.contains("has changed since"), "{}", gone.err);
}

#[test]
fn exit_codes_are_honest() {
    let sandbox = Sandbox::new();
    let none = sandbox.run(&["search", "fish"]);
    assert_eq!(none.code, 2);
    assert!(
        none.err.contains("no index at .dixit") && none.err.contains("hint: make one with"),
        "{}",
        none.err
    );
    sandbox.write("a.txt", "Fish.");
    assert_eq!(sandbox.run(&["index", "a.txt"]).code, 0);
    assert_eq!(sandbox.run(&["search", "fish"]).code, 0);
    let nothing = sandbox.run(&["search", "meat"]);
    assert_eq!(nothing.code, 1);
    assert!(nothing.out.contains("nothing found among 1 statement:"), "{}", nothing.out);
    let left_out = sandbox.run(&["index", "a.txt", "missing.txt"]);
    assert_eq!(left_out.code, 1);
    assert!(left_out.err.contains("missing.txt"), "{}", left_out.err);
    assert_eq!(sandbox.run(&["search", "title:", "--strict"]).code, 2);
    assert_eq!(sandbox.run(&["search", "fish", "--no-such-flag"]).code, 2);
    assert_eq!(sandbox.run(&["index", "a.txt", "--input-format", "nonsense"]).code, 2);
}

#[test]
fn search_from_paths_needs_no_index() {
    let sandbox = Sandbox::new();
    sandbox.write("one/a.txt", "Fish and ships.");
    sandbox.write("two/b.txt", "Fish alone.");
    let one = sandbox.run(&["search", "fish", "--from", "one", "--json"]).json();
    assert_eq!(one["searched"], 1);
    let both = sandbox.run(&["search", "fish", "--from", "one", "two", "--json"]).json();
    assert_eq!(both["total"], 2);
    sandbox.write("one/a.txt", "Nothing of it any more.");
    assert_eq!(
        sandbox.run(&["search", "fish", "--from", "one"]).code,
        1,
        "changed files are read again"
    );
    assert!(!sandbox.path(".dixit").exists());
}

#[test]
fn pages_order_facets_and_matching() {
    let sandbox = Sandbox::with_archive();
    let json = |args: &[&str]| sandbox.run(&[args, &["--json"]].concat()).json();
    let any = json(&[
        "search",
        "herring ships",
        "--match",
        "any",
        "--sort",
        "oldest",
        "--facet",
        "speaker,year",
    ]);
    assert_eq!(any["total"], 2);
    assert_eq!(any["hits"][0]["speaker"]["name"], "Bo Lind");
    assert_eq!(any["facets"]["year"]["values"][0]["value"], "2023");
    assert_eq!(any["facets"]["speaker"]["distinct"], 2);
    let second =
        json(&["search", "herring ships", "--match", "any", "--limit", "1", "--offset", "1"]);
    assert_eq!(second["hits"].as_array().unwrap().len(), 1);
    assert_eq!(second["hits"][0]["rank"], 2);
    assert_eq!(json(&["search", "\"quota fall\""])["total"], 1);
    assert_eq!(json(&["search", "quota date:2023-05"])["total"], 1);
    assert_eq!(json(&["search", "date:today", "--today", "2024-04-04"])["total"], 1);
    let explained = sandbox.run(&["search", "speker:lind", "--explain-query"]);
    assert!(explained.err.contains("did you mean `speaker`?"), "{}", explained.err);
}

#[test]
fn a_second_run_changes_nothing_and_a_rebuild_begins_anew() {
    let sandbox = Sandbox::with_archive();
    let report = sandbox.run(&["index", "archive", "--checksum", "--json"]).json();
    assert_eq!((report["same"].as_u64(), report["statements"].as_u64()), (Some(2), Some(0)));
    let report = sandbox.run(&["index", "archive/ships.txt", "--rebuild", "--json"]).json();
    assert_eq!(report["total"], 1);
    std::fs::write(
        sandbox.path(".dixit/dixit.json"),
        r#"{"format":2,"schema":99,"analysis":1,"made_by":"dixit 9"}"#,
    )
    .unwrap();
    let other = sandbox.run(&["search", "ships"]);
    assert_eq!(other.code, 2);
    assert!(
        other.err.contains("schema version 99") && other.err.contains("--rebuild"),
        "{}",
        other.err
    );
    assert_eq!(sandbox.run(&["index", "archive", "--rebuild"]).code, 0);
    assert_eq!(sandbox.run(&["search", "ships"]).code, 0);
}

#[test]
fn the_same_document_in_two_formats_is_told() {
    let sandbox = Sandbox::new();
    sandbox.write("archive/txt/a.txt", SHIPS);
    let record = serde_json::json!([{ "text": SHIPS, "title": "Ships" }]);
    sandbox.write("archive/json/a.json", &record.to_string());
    let pair = "1 pair of sources holds the same document in two formats, and both";
    let examples =
        "such as\n  json/a.json and txt/a.txt\n  `--exclude GLOB` passes over one of each";
    for args in
        [&["index", "archive", "--dry-run"][..], &["index", "archive"], &["index", "archive"]]
    {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 0, "it is nothing left out: {}", ran.err);
        assert!(ran.out.contains(pair) && ran.out.contains(examples), "{}", ran.out);
    }
    let twins = &sandbox.run(&["index", "archive", "--json"]).json()["twins"];
    assert_eq!(
        *twins,
        serde_json::json!({ "pairs": 1, "examples": [["json/a.json", "txt/a.txt"]] })
    );
    let ran = sandbox.run(&["index", "archive", "--exclude", "*.json"]);
    assert!(!ran.out.contains("twins"), "{}", ran.out);
}

#[test]
fn standard_input_has_a_name() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run_with(
        &["index", "-", "--name", "wire.jsonl"],
        "{\"text\":\"Fish one.\"}\n{\"text\":\"Fish two.\"}\n",
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let again =
        sandbox.run_with(&["index", "-", "--name", "wire.jsonl"], "{\"text\":\"Fish one.\"}\n");
    assert_eq!(again.code, 0, "{}", again.err);
    let json = sandbox.run(&["search", "fish", "--json"]).json();
    assert_eq!(json["total"], 1, "replaced, not added to");
    assert_eq!(json["hits"][0]["source"]["name"], "wire.jsonl");
}

#[test]
fn the_original_bytes_of_other_encodings_are_shown() {
    let sandbox = Sandbox::new();
    sandbox.write("in/plain.txt", "");
    let wide: Vec<u8> = "\u{feff}The halibut swam north, said Ada Rask on 3 May 2024."
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    std::fs::write(sandbox.path("in/plain.txt"), &wide).unwrap();
    let ran = sandbox.run(&["inspect", "in/plain.txt"]);
    assert!(ran.out.contains("UTF-16BE (by its byte order mark)"), "{}", ran.out);
    assert_eq!(sandbox.run(&["index", "in"]).code, 0);
    let json = sandbox.run(&["search", "halibut", "--json"]).json();
    let id = json["hits"][0]["id"].as_str().unwrap().to_owned();
    let shown = sandbox.run(&["show", &id, "--source"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(shown.out.contains("\0h\0a\0l\0i\0b\0u\0t"), "{}", shown.out);
    // Other words of the same length, in the same encoding.
    let other = String::from_utf8(wide[2..].to_vec()).unwrap().replace('T', "S");
    std::fs::write(sandbox.path("in/plain.txt"), [&wide[..2], other.as_bytes()].concat()).unwrap();
    assert_eq!(sandbox.run(&["show", &id, "--source"]).code, 2);
}

#[test]
fn inspect_tells_what_would_be_taken_and_why() {
    let sandbox = Sandbox::new();
    sandbox.write("ships.txt", SHIPS);
    let ran = sandbox.run(&["inspect", "ships.txt"]);
    assert_eq!(ran.code, 0);
    for piece in [
        "ships.txt: text (recognised by its name)",
        "Ada Rask",
        "inferred by",
        "passage 0",
        "1 statement\n",
    ] {
        assert!(ran.out.contains(piece), "{piece} is not in {}", ran.out);
    }
    let lines =
        sandbox.run_with(&["inspect", "-", "--json"], "{\"text\":\"a\"}\n{\"text\":\"b\"}\nbad\n");
    assert_eq!(lines.code, 1);
    assert_eq!(lines.out.lines().count(), 2);
    assert!(lines.err.contains("stdin:3: not a JSON object"), "{}", lines.err);
    let sampled = sandbox.run_with(
        &["inspect", "-", "--json", "--sample", "1"],
        "{\"text\":\"a\"}\n{\"text\":\"b\"}\n",
    );
    assert_eq!(sampled.out.lines().count(), 1);
    sandbox.write("x.xml", "<a/>");
    assert_eq!(sandbox.run(&["inspect", "x.xml"]).code, 1);
    assert_eq!(sandbox.run(&["inspect", "none.txt"]).code, 2);
}

#[test]
fn stats_formats_completions_and_bench_answer() {
    let sandbox = Sandbox::with_archive();
    assert_eq!(sandbox.run(&["stats", "--json"]).json()["statements"], 3);
    assert!(sandbox.run(&["stats"]).out.contains("3 statements of 2 sources"));
    let formats = sandbox.run(&["formats", "--json"]).json();
    assert!(formats.as_array().unwrap().iter().any(|format| format["name"] == "jsonl"));
    assert!(sandbox.run(&["formats"]).out.contains("markdown"));
    for shell in ["bash", "zsh", "fish"] {
        assert!(sandbox.run(&["completions", shell]).out.contains("dixit"));
    }
    let figures =
        sandbox.run(&["bench", "archive", "--json", "--threads", "1", "--memory", "64M"]).json();
    assert_eq!(figures["statements"], 3);
    assert!(figures["queries"].as_array().unwrap().len() >= 3);
}

#[test]
fn what_steers_a_terminal_never_reaches_it() {
    let sandbox = Sandbox::new();
    sandbox.write("a.jsonl", "{\"text\":\"Fish \\u001b[31mred\\u202e and \\u200bmore\",\"title\":\"T\\u0007\",\"speaker\":\"A\\u001b]0;x\\u0007\"}\n");
    sandbox.run(&["index", "a.jsonl"]);
    let id = sandbox.run(&["search", "fish", "--json"]).json()["hits"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for args in [vec!["search", "fish"], vec!["show", &id], vec!["inspect", "a.jsonl"]] {
        let ran = sandbox.run(&args);
        let harmful =
            |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{200b}');
        assert!(!ran.out.contains(harmful), "{:?}", ran.out);
    }
}

/// The manual of every command, as one reviewed text.
#[test]
fn help_teaches_by_example() {
    let sandbox = Sandbox::new();
    for command in ["index", "search", "show", "inspect", "bench", "completions"] {
        let help = sandbox.run(&[command, "--help"]);
        assert_eq!(help.code, 0);
        assert!(help.out.contains("Example"), "{command}: {}", help.out);
    }
    assert_eq!(sandbox.run(&[]).code, 2);
}

/// A PDF of one page with these words, a document of a word processor, and a mail.
#[cfg(all(feature = "pdf", feature = "docx", feature = "eml"))]
fn write_documents(sandbox: &Sandbox) {
    let content = "BT /F1 11 Tf 72 700 Td (On 3 May 2024 Ada Rask said that the quota of herring) Tj \
                   0 -14 Td (will be lowered by a tenth.) Tj ET";
    // Without a table of places, which is put together again.
    let pdf = format!(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] \
         /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << \
         /F1 5 0 R >> >> >>\nendobj\n4 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\n5 0 obj\n\
         << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>\nendobj\n\
         trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n",
        content.len()
    );
    sandbox.write("documents/a.pdf", &pdf);
    let mail = "From: press@norland.example\r\nDate: Fri, 3 May 2024 10:00:00 +0200\r\nSubject: Cod quota\r\n\
                MIME-Version: 1.0\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe cod quota \
                rises by =E2=82=AC 5 a tonne.\r\n";
    sandbox.write("documents/b.eml", mail);
    let xml = b"<w:document><w:body><w:p><w:r><w:t>The haddock quota stays as it is.</w:t></w:r></w:p></w:body>\
                </w:document>";
    sandbox.write_bytes("documents/c.docx", &stored("word/document.xml", xml));
}

#[cfg(all(feature = "pdf", feature = "docx", feature = "eml"))]
#[test]
fn documents_are_taken_in_and_their_bytes_shown() {
    let sandbox = Sandbox::new();
    write_documents(&sandbox);
    let ran = sandbox.run(&["index", "documents"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let source = |query: &str| {
        let hits = sandbox.run(&["search", query, "--json"]).json();
        assert_eq!(hits["total"], 1, "{query}");
        let id = hits["hits"][0]["id"].as_str().unwrap().to_owned();
        let shown = sandbox.run(&["show", &id, "--source"]);
        assert_eq!(shown.code, 0, "{}", shown.err);
        (shown.out, sandbox.run(&["show", &id]).out)
    };
    let (bytes, shown) = source("herring");
    assert_eq!(
        bytes,
        "On 3 May 2024 Ada Rask said that the quota of herring\nwill be lowered by a tenth."
    );
    assert!(shown.contains("a.pdf, statement 1, bytes 0..81 of its text-layer"), "{shown}");
    let (bytes, shown) = source("cod");
    assert_eq!(bytes, "The cod quota rises by =E2=82=AC 5 a tonne.");
    assert!(shown.contains("in quoted-printable") && shown.contains("2024-05-03"), "{shown}");
    let (bytes, shown) = source("haddock");
    assert_eq!(bytes, "The haddock quota stays as it is.");
    assert!(shown.contains("of its word/document.xml"), "{shown}");
    // In an archive it is a source of its own.
    let docx = std::fs::read(sandbox.path("documents/c.docx")).unwrap();
    sandbox.write_bytes("packed/documents.zip", &stored("c.docx", &docx));
    let inspected = sandbox.run(&["inspect", "packed/documents.zip"]);
    assert_eq!(inspected.code, 0, "{}", inspected.err);
    assert!(inspected.out.contains("The haddock quota"), "{}", inspected.out);
    let formats = sandbox.run(&["formats"]);
    for name in ["pdf", "docx", "eml"] {
        assert!(formats.out.lines().any(|line| line.starts_with(name)), "{}", formats.out);
    }
    assert!(formats.err.is_empty(), "{}", formats.err);
}

/// A zip archive with one entry, which is not packed.
#[cfg(all(feature = "pdf", feature = "docx", feature = "eml"))]
fn stored(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 };
        }
    }
    let length = (bytes.len() as u32).to_le_bytes();
    let name_length = (name.len() as u16).to_le_bytes();
    let same = [
        &[20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..],
        &(!crc).to_le_bytes(),
        &length,
        &length,
        &name_length,
        &[0, 0],
    ]
    .concat();
    let local = [&b"PK\x03\x04"[..], &same, name.as_bytes(), bytes].concat();
    let central = [&b"PK\x01\x02\x14\0"[..], &same, &[0; 14], name.as_bytes()].concat();
    let lengths =
        [(central.len() as u32).to_le_bytes(), (local.len() as u32).to_le_bytes()].concat();
    let end = [&b"PK\x05\x06\0\0\0\0\x01\0\x01\0"[..], &lengths, &[0, 0]].concat();
    [local, central, end].concat()
}

#[test]
fn a_query_is_explained_without_an_index() {
    let sandbox = Sandbox::new();
    let query = "quota NEAR/5 herring since:\"last year\" tilte:x";
    let explain = |more: &[&str]| {
        let args = ["search", query, "--explain-query", "--today", "2026-01-14"];
        sandbox.run(&[&args, more].concat())
    };
    let words = explain(&[]);
    assert_eq!(words.code, 0);
    assert!(words.out.contains("at most 5 words between"), "{}", words.out);
    assert!(words.out.contains("2025-01-01 or later"), "{}", words.out);
    assert!(words.err.contains("bytes 39..44: there is no field `tilte`"), "{}", words.err);
    let json = explain(&["--json"]).json();
    assert_eq!(json["text"], query);
    assert_eq!(json["words"].as_str().map(str::trim), Some(words.out.trim()));
    assert_eq!(json["query"]["root"]["and"][0]["leaf"]["value"]["near"]["within"][0], 5);
    assert_eq!(json["notes"][0]["suggestion"], "title");
    let strict = explain(&["--strict"]);
    assert_eq!((strict.code, strict.out.as_str()), (2, ""));
}

#[test]
fn dates_without_a_day_are_told_to_people() {
    let sandbox = Sandbox::with_archive();
    let told = |query: &str| sandbox.run(&["search", query]).out;
    let year = told("date:2023");
    assert!(year.contains("2 of the 2 found are dated by the month or year alone"), "{year}");
    let day = told("quota date:2023-05-04");
    assert!(day.contains("2 more may be of these days and are not counted"), "{day}");
    let month = told("quota date:2023-05");
    assert!(month.contains("the one found is dated by the month or year alone; 1 more"), "{month}");
    assert!(!told("quota").contains("alone"));
}

#[test]
fn a_query_may_begin_with_what_is_not_wanted() {
    let sandbox = Sandbox::with_archive();
    let total = |args: &[&str]| {
        let ran = sandbox.run(&[&["search"], args].concat());
        assert!(ran.code < 2, "{args:?}: {}", ran.err);
        ran.json()["total"].as_u64().unwrap()
    };
    let all = total(&["*", "--json"]);
    let named = total(&["speaker:*", "--json"]);
    assert_eq!(total(&["-speaker:*", "--json"]), all - named);
    assert_eq!(total(&["--json", "-speaker:*", "--limit", "1"]), all - named);
    assert_eq!(total(&["quota", "-falls", "--json"]), 0);
    assert_eq!(total(&["--json", "-q", "--", "-speaker:*"]), all - named);
    // A flag that is misspelled is still told.
    assert_eq!(sandbox.run(&["search", "quota", "--jsno"]).code, 2);
}
