//! What is taken from a file, where it stands, and what is told about the rest.

use dixit::{BasisKind, Kind, Span, Statement};
use dixit_sources::read::Record;
use dixit_sources::{Problem, ReadOptions, read_all};

fn read(name: &str, bytes: &[u8]) -> (Vec<Record>, Vec<Problem>) {
    let (_, records, problems) = read_all(name, bytes, &ReadOptions::default()).unwrap();
    (records, problems)
}

fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn the_contracts_json_is_taken_as_it_is() {
    let line = r#"{"text":"We \"regret\" it.\nTruly.","title":"T","kind":"answer","language":"en","speaker":{"name":"Ada Rask","role":"minister"},"date":{"value":"2024-05","precision":"month"},"topics":["fish"],"keywords":["regret"],"source":{"name":"old.txt","url":"https://norland.example/1"},"passages":[{"form":"direct","speaker":{"name":"Bo Lind"},"content":[3,9]}]}"#;
    let (records, problems) = read("a.jsonl", line.as_bytes());
    assert!(problems.is_empty(), "{problems:?}");
    let statement = &records[0].statement;
    assert_eq!(statement.text, "We \"regret\" it.\nTruly.");
    assert_eq!(statement.kind, Kind::Answer);
    assert_eq!(statement.speaker.as_ref().unwrap().role.as_deref(), Some("minister"));
    assert_eq!(statement.date.unwrap().to_string(), "2024-05");
    assert_eq!(statement.source.name, "old.txt");
    assert_eq!(statement.basis["speaker"].kind, BasisKind::Given);
    assert_eq!(statement.passages.len(), 1);
}

#[test]
fn spans_count_bytes_of_the_file() {
    let file =
        "{\"text\":\"x\"}\n{\"id\":\"7\",\"text\":\"a\\n\\u00e9 fish\",\"date\":\"2024-05-03\"}\n";
    let (records, _) = read("a.jsonl", file.as_bytes());
    let statement = &records[1].statement;
    assert_eq!(statement.text, "a\né fish");
    let bytes = |span: Span| &file[span.as_range().unwrap()];
    assert_eq!(bytes(statement.source.span.unwrap()), &file[13..file.len() - 1]);
    let fish = statement.text.find("fish").unwrap();
    assert_eq!(bytes(statement.source_span(fish..fish + 4).unwrap()), "fish");
    assert_eq!(bytes(statement.source_span(1..4).unwrap()), "\\n\\u00e9");
    assert_eq!(bytes(statement.basis["date"].evidence[0]), "\"2024-05-03\"");
    assert_eq!(statement.source.record.as_deref(), Some("7"));
    assert_eq!(statement.source.ordinal, Some(2));
}

#[test]
fn what_was_written_out_reads_back_without_loss() {
    let (mut records, _) = read("a.txt", "Headline of it\n\nAda Rask, the minister, said on 3 May 2024 that fish quotas will fall and that it was needed.\n".as_bytes());
    let mut statement = records.remove(0).statement;
    dixit_sources::Extraction::default().complete(&mut statement);
    let json = serde_json::to_string(&statement).unwrap();
    let (again, problems) = read("export.jsonl", json.as_bytes());
    assert!(problems.is_empty(), "{problems:?}");
    let mut again = again[0].statement.clone();
    // The key under which the export holds it.
    assert_eq!(again.source.record.take(), Some(statement.id.to_string()));
    assert_eq!(again, statement);

    // Nor does one that never stood in a file get a place in this one.
    let mut statement = Statement::new("made/1", "Ada Rask said that fish quotas will fall.");
    dixit_sources::Extraction::default().complete(&mut statement);
    let json = serde_json::to_string(&statement).unwrap();
    let mut again = read("export.jsonl", json.as_bytes()).0.remove(0).statement;
    again.source.record = None;
    assert_eq!(again, statement);
}

#[test]
fn places_that_no_file_has_are_not_taken() {
    for place in [
        format!(r#""span":[{0},{0}]"#, u64::MAX),
        format!(r#""span":[0,0],"map":[{0},0,{0},0,1,1]"#, i64::MAX),
    ] {
        let line = format!(
            r#"{{"text":"Ada Rask said that it rains.","source":{{"name":"far.txt",{place}}}}}"#
        );
        let mut statement = read("a.jsonl", line.as_bytes()).0.remove(0).statement;
        assert_eq!(statement.source.name, "a.jsonl");
        dixit_sources::Extraction::default().complete(&mut statement);
        let json = serde_json::to_string(&statement).unwrap();
        assert_eq!(serde_json::from_str::<Statement>(&json).unwrap(), statement);
    }
}

#[test]
fn foreign_records_are_read_by_their_names_and_by_the_users() {
    let file = r#"{"item_id":9,"speaker_name":"Ada Rask","speech_date":"3 May 2024","headline":"H","body":"Words."}
{"who":{"name":"Bo Lind"},"said":"More words."}"#;
    let mut options = ReadOptions::default();
    let (_, records, problems) = read_all("a.jsonl", file.as_bytes(), &options).unwrap();
    let statement = &records[0].statement;
    assert_eq!(statement.title.as_deref(), Some("H"));
    assert_eq!(statement.date.unwrap().to_string(), "2024-05-03");
    assert_eq!(statement.source.record.as_deref(), Some("9"));
    assert_eq!(
        told(&problems),
        [
            "a.jsonl:2: no text: none of its fields (said, who) is known to hold it; name it with --map text=FIELD"
        ]
    );
    options.fields = "text=said,speaker=who.name".parse().unwrap();
    let (_, records, _) = read_all("a.jsonl", file.as_bytes(), &options).unwrap();
    let mapped = records.last().unwrap();
    assert_eq!(mapped.statement.text, "More words.");
    assert_eq!(mapped.statement.speaker.as_ref().unwrap().name.as_deref(), Some("Bo Lind"));
}

#[test]
fn bad_lines_are_told_and_the_good_ones_kept() {
    let mut file =
        b"{\"text\":\"good 1\"}\n{\"text\":\n[1]\n\n{\"title\":\"no text\"}\n{\"text\":\"  \"}\n"
            .to_vec();
    file.extend(b"{\"text\":\"bad date\",\"date\":\"2025-02-30\"}\n{\"text\":\"\xFF\"}\n{\"text\":\"good 2\"}");
    let (records, problems) = read("a.jsonl", &file);
    let texts: Vec<_> = records.iter().map(|record| record.statement.text.as_str()).collect();
    assert_eq!(texts, ["good 1", "bad date", "good 2"]);
    assert_eq!(records[1].statement.date, None);
    assert_eq!(records[1].statement.basis["date"].kind, BasisKind::Unknown);
    let lines: Vec<_> = problems.iter().filter_map(|problem| problem.line).collect();
    assert_eq!(lines, [2, 3, 5, 6, 7, 8], "{problems:?}");
    assert!(told(&problems)[4].contains("`2025-02-30` is not a date: there is no such day"));
    assert!(told(&problems)[5].contains("is not UTF-8"));
}

#[test]
fn a_line_of_fifty_megabytes_costs_only_itself() {
    let mut file = b"{\"text\":\"before\"}\n{\"text\":\"".to_vec();
    file.resize(50 << 20, b'x');
    file.extend(b"\"}\n{\"text\":\"after\"}\n");
    let (records, problems) = read("a.jsonl", &file);
    assert_eq!(records.len(), 2);
    assert!(told(&problems)[0].starts_with("a.jsonl:2: a line of 524287"), "{problems:?}");
}

#[test]
fn the_same_words_twice_are_two_statements() {
    let (records, _) =
        read("a.jsonl", b"{\"text\":\"Aye.\"}\n{\"text\":\" Aye. \"}\n{\"text\":\"No.\"}");
    let ids: std::collections::BTreeSet<_> =
        records.iter().map(|record| record.statement.id).collect();
    assert_eq!(ids.len(), 3);
}

#[test]
fn a_text_is_one_statement_under_its_headline() {
    let file = "\u{feff}Quota to fall\r\n\r\nThe herring quota will fall by a tenth, as was said on the quay in May.\r\n";
    let (records, _) = read("b.txt", file.as_bytes());
    let statement = &records[0].statement;
    assert_eq!(statement.title.as_deref(), Some("Quota to fall"));
    assert!(statement.text.starts_with("The herring"));
    let span = statement.source_span(0..11).unwrap();
    assert_eq!(&file[span.as_range().unwrap()], "The herring");
    for no_headline in [
        "One line only.",
        "It began so:\n\nand went on for a while, in so many words as stand here, I think.",
        "MS. ROE: Yes\n\nMR. DOE: No, and so on and so forth until there are twelve words.",
    ] {
        assert_eq!(
            read("c.txt", no_headline.as_bytes()).0[0].statement.title,
            None,
            "{no_headline}"
        );
    }
}

#[test]
fn bytes_that_are_no_text_are_replaced_and_told() {
    let (records, problems) = read("b.txt", b"Good words and one bad byte \xE9 among them.\nMore.");
    assert!(records[0].statement.text.contains('\u{FFFD}'));
    assert_eq!(
        told(&problems),
        ["b.txt:1: byte 28 is not UTF-8; 1 such bytes were replaced by U+FFFD"]
    );
    let (short, _) = read("c.txt", b"\xE9t\xE9: caf\xC3\xA9, \xC3\xA0 \xC3\xA9crire");
    assert_eq!(short[0].statement.text, "\u{FFFD}t\u{FFFD}: café, à écrire");
    let span = records[0].statement.source_span(29..34).unwrap();
    assert!(span.start >= 28);
}

#[test]
fn front_matter_is_given_and_headings_are_titles() {
    let file = "---\ntitle: Quota\ndate: 2024-05-03\nspeaker: Ada Rask\nrole: minister\ntags: [fish, \"herring\"]\nsource_url: https://norland.example/q\n---\n\nThe quota falls.\n";
    let (records, problems) = read("q.md", file.as_bytes());
    assert!(problems.is_empty());
    let statement = &records[0].statement;
    assert_eq!(statement.text.trim(), "The quota falls.");
    assert_eq!(statement.topics, ["fish", "herring"]);
    assert_eq!(statement.source.url.as_deref(), Some("https://norland.example/q"));
    let evidence = &statement.basis["speaker"].evidence;
    let words: Vec<_> = evidence.iter().map(|span| &file[span.as_range().unwrap()]).collect();
    assert_eq!(words, ["Ada Rask", "minister"]);

    let (records, _) = read("h.md", b"# The reactor, forty years on\n\nWe remember.\n");
    assert_eq!(records[0].statement.title.as_deref(), Some("The reactor, forty years on"));
    assert_eq!(records[0].statement.text, "We remember.\n");

    // Nobody yet: the text may name the speaker.
    let (records, _) = read("p.md", b"---\nparty: Fishers\ncountry: Norland\n---\nWords.");
    assert_eq!((&records[0].statement.speaker, records[0].statement.basis.len()), (&None, 0));

    let (records, problems) = read("d.md", b"---\ndate: soon\n---\nWords.");
    assert_eq!(records[0].statement.date, None);
    assert_eq!(told(&problems), ["d.md:2: front matter: its date: `soon` is not a date"]);
}

#[test]
fn what_no_reader_takes_says_so() {
    let why = |name: &str, bytes: &[u8]| {
        read_all(name, bytes, &ReadOptions::default()).err().map(|error| error.to_string()).unwrap()
    };
    assert_eq!(why("e.txt", b""), "it is empty");
    assert_eq!(
        why("e.xml", b"<a/>"),
        "no reader for this markup: no speeches are found by the names of its elements"
    );
    assert_eq!(why("e.txt", b"\xFF\xFE"), "it is empty");
    let blank = "it holds nothing but white space";
    assert_eq!(why("e.txt", &b" \n".repeat(99_000)), blank);
    assert_eq!(
        why(
            "e.txt",
            &b"\xFF\xFE".iter().chain(&b"\n\0".repeat(99_000)).copied().collect::<Vec<_>>()
        ),
        blank
    );
    let nothing = "no reader: it is not text in any encoding that is known";
    assert_eq!(why("e.txt", b"a\x00\x00\x01b\xFF"), nothing);
    assert_eq!(why("e.txt", &[0x80, 0xFE, 3, 1, 0xFF, 0x9D].repeat(9)), nothing);
}

#[test]
fn white_space_before_a_text_hides_none_of_it() {
    let text = "Senator Jo Muster said that the harbour opens in May.";
    for blank in ["\n", "\r\n", "  \n\t\n"] {
        for times in [1, 40_000, 65_536, 70_000, 300_000] {
            let before = blank.repeat(times);
            for (name, words) in [
                ("a.txt", text.to_owned()),
                ("a", text.to_owned()),
                ("a.html", format!("<html><body><p>{text}</p></body></html>")),
                ("a.dat", format!("{{\"text\": \"{text}\"}}\n{{\"text\": \"And so.\"}}\n")),
            ] {
                let (records, problems) = read(name, format!("{before}{words}").as_bytes());
                assert!(problems.is_empty(), "{name} {times}: {problems:?}");
                assert_eq!(records[0].statement.text.trim(), text, "{name} {times}");
                let span = records[0].statement.source.span.unwrap();
                assert!(span.end > before.len() as u64, "{name} {times}: {span:?}");
            }
        }
    }
    // In UTF-16 it is white space too.
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let bytes = wide(&format!("\u{feff}{}{text}", "\n".repeat(70_000)));
    assert_eq!(read("a.txt", &bytes).0[0].statement.text.trim(), text);
    // What cannot be a record is not looked through to its end.
    let mut options = ReadOptions::default();
    options.limits.record_bytes = 1 << 20;
    let long = b"\n".repeat(3 << 20);
    let why = read_all("a.txt", &long[..], &options).unwrap_err().to_string();
    assert_eq!(why, "nothing but white space in its first 1114112 bytes");
}

#[test]
fn turns_under_headings_of_markdown() {
    let file = "# 2024-05-03 Talk on nets\n\n> (Recorded)\n\n## Opening\n\n### Ada Rask：\nWelcome.\n\n> (laughter)\n\nLet us begin.\n\n### Bo Lind:\nThanks.\n";
    let (records, problems) = read("talk.md", file.as_bytes());
    assert!(problems.is_empty(), "{problems:?}");
    let line = |record: &Record| {
        let statement = &record.statement;
        let speaker = statement.speaker.as_ref().and_then(|person| person.name.clone());
        let date = statement.date.map(|date| date.to_string()).unwrap_or_default();
        let title = statement.title.clone().unwrap_or_default();
        format!(
            "{} | {} | {date} | {title} | {}",
            statement.kind,
            speaker.unwrap_or_default(),
            statement.text
        )
    };
    let lines: Vec<String> = records.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "interjection |  | 2024-05-03 |  | (Recorded)",
            "speech | Ada Rask | 2024-05-03 | Opening | Welcome.\nLet us begin.",
            "interjection |  | 2024-05-03 | Opening | (laughter)",
            "speech | Bo Lind | 2024-05-03 | Opening | Thanks.",
        ]
    );
    let ada = &records[1].statement;
    assert_eq!(ada.event.as_deref(), Some("2024-05-03 Talk on nets"));
    let begin = ada.text.find("begin").unwrap();
    let span = ada.source_span(begin..begin + 5).unwrap().as_range().unwrap();
    assert_eq!(&file[span], "begin");
    let label = ada.basis["speaker"].evidence[0].as_range().unwrap();
    assert_eq!(&file[label], "Ada Rask");

    // A heading with a colon in an article is no name of a turn.
    let article =
        "# Report\n\nOn nets.\n\n## Summary:\n\nNets are nets.\n\n## Outlook\n\nMore nets.\n";
    assert_eq!(read("report.md", article.as_bytes()).0.len(), 1);
    let (records, _) = read("2024-05-03-talk.md", b"# Talk\n\n### Ada Rask:\n\nAlone.\n");
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].statement.date.unwrap().to_string(), "2024-05-03");
}
