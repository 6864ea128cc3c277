//! JSON documents: records found by their shape, and what stands around them.

use dixit::{Kind, Span, Statement};
use dixit_sources::{Problem, ReadOptions, read_all};

fn read(name: &str, file: &[u8]) -> (Vec<Statement>, Vec<Problem>) {
    mapped(name, file, "")
}

fn mapped(name: &str, file: &[u8], map: &str) -> (Vec<Statement>, Vec<Problem>) {
    let options = ReadOptions { fields: map.parse().unwrap(), ..ReadOptions::default() };
    let (format, records, problems) = read_all(name, file, &options).unwrap();
    assert_eq!(format.reader.name(), "json");
    (records.into_iter().map(|record| record.statement).collect(), problems)
}

fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

fn speaker(statement: &Statement) -> Option<&str> {
    statement.speaker.as_ref()?.name.as_deref()
}

fn texts(statements: &[Statement]) -> Vec<&str> {
    statements.iter().map(|statement| statement.text.as_str()).collect()
}

fn date(statement: &Statement) -> Option<String> {
    statement.date.map(|date| date.to_string())
}

#[test]
fn an_array_of_objects_is_a_list_of_records() {
    let file = r#"[
  {"speaker": "Ada Rask", "text": "The quota \"falls\".\nBy a tenth\u2026", "date": "3 May 2024"},
  {"speaker": null, "text": "(Laughter)", "date": "2024-05-03"}
]"#;
    let (statements, problems) = read("a.json", file.as_bytes());
    assert!(problems.is_empty(), "{problems:?}");
    let first = &statements[0];
    assert_eq!(first.text, "The quota \"falls\".\nBy a tenth…");
    assert_eq!((speaker(first), date(first).as_deref()), (Some("Ada Rask"), Some("2024-05-03")));
    assert_eq!((first.kind, statements[1].kind), (Kind::Speech, Kind::Interjection));
    let bytes = |span: Span| &file[span.as_range().unwrap()];
    let falls = first.text.find("falls").unwrap();
    assert_eq!(bytes(first.source_span(falls - 1..falls + 6).unwrap()), r#"\"falls\""#);
    assert_eq!(bytes(first.basis["speaker"].evidence[0]), "\"Ada Rask\"");
    assert!(bytes(first.source.span.unwrap()).starts_with("{\"speaker\": \"Ada"));
    assert_eq!(statements[1].source.ordinal, Some(2));
    assert_eq!(statements[1].basis["speaker"].rule.as_deref(), Some("given-as-unknown"));
}

#[test]
fn what_stands_around_the_records_holds_for_them() {
    // Before them, after them, and in objects of its own.
    let file = r#"{"source_note": "made", "sitting": {"house": "Storting of Norland", "date": "2024-05-03"},
"debates": [
  {"title": "Herring", "turns": [{"speaker": "Ada Rask", "text": "I move the motion on herring."},
                                 {"speaker": {"full": "The Chair", "name": null, "title": "chair"}, "text": "It is moved."}],
   "url": "https://norland.example/herring"},
  {"title": "Cod", "turns": [{"speaker": "Bo Lind", "text": "I speak of cod.", "date": "2024-05-04"}]}
]}"#;
    let (statements, problems) = read("a.json", file.as_bytes());
    assert!(problems.is_empty(), "{problems:?}");
    let titles: Vec<_> = statements.iter().map(|s| s.title.as_deref().unwrap()).collect();
    assert_eq!(titles, ["Herring", "Herring", "Cod"]);
    let dates: Vec<_> = statements.iter().filter_map(date).collect();
    assert_eq!(dates, ["2024-05-03", "2024-05-03", "2024-05-04"]);
    assert_eq!(statements[0].event.as_deref(), Some("Storting of Norland"));
    assert_eq!(statements[0].source.url.as_deref(), Some("https://norland.example/herring"));
    assert_eq!(statements[2].source.url, None);
    let basis = &statements[0].basis["date"];
    assert_eq!(basis.rule.as_deref(), Some("field-around"));
    assert_eq!(&file[basis.evidence[0].as_range().unwrap()], "\"2024-05-03\"");
    let chair = statements[1].speaker.as_ref().unwrap();
    assert_eq!((chair.name.as_deref(), chair.role.as_deref()), (None, Some("chair")));
    assert_eq!(chair.as_written.as_deref(), Some("The Chair"));
}

#[test]
fn fields_are_found_in_the_objects_of_a_record() {
    let file = r#"{"speeches": [{
  "metadata": {"title": "On quotas", "speaker": "Ada Rask", "date": "June 30, 2024", "url": "https://norland.example/1"},
  "content": {"full_text": "We will lower them. It is needed.", "sentences": ["We will lower them.", "It is needed."]},
  "analysis": {"topics": null}
}], "failed": []}"#;
    let (statements, problems) = read("a.json", file.as_bytes());
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(texts(&statements), ["We will lower them. It is needed."]);
    assert_eq!(speaker(&statements[0]), Some("Ada Rask"));
    assert_eq!(date(&statements[0]).as_deref(), Some("2024-06-30"));
    assert_eq!(statements[0].title.as_deref(), Some("On quotas"));
}

#[test]
fn paragraphs_are_one_text() {
    let file = r#"[{"speaker": "Ada Rask", "date": "2024-05-03", "paragraphs": ["I rise to speak.", "I shall be brief."]}]"#;
    let (statements, _) = read("a.json", file.as_bytes());
    assert_eq!(texts(&statements), ["I rise to speak.\nI shall be brief."]);
    let shall = statements[0].text.find("shall").unwrap();
    let span = statements[0].source_span(shall..shall + 5).unwrap();
    assert_eq!(&file[span.as_range().unwrap()], "shall");
}

#[test]
fn headings_among_the_records_are_titles() {
    let file = r#"{"header": {"year": "2024", "month": "May", "day": "3", "chamber": "Lower House"}, "content": [
{"kind": "title", "text": "   THE HERRING\n   QUOTA", "speaker": "None"},
{"kind": "linebreak", "text": "_____", "speaker": "None"},
{"kind": "speech", "text": "I rise to speak of it.", "speaker": "Ms. RASK"},
{"kind": "recorder", "text": "The motion was agreed to.", "speaker": "None"}]}"#;
    let (statements, problems) = read("a.json", file.as_bytes());
    assert_eq!(told(&problems), ["a.json:3: 1 record without words in `text` passed over"]);
    assert_eq!(statements[0].title.as_deref(), Some("THE HERRING QUOTA"));
    assert_eq!(date(&statements[0]).as_deref(), Some("2024-05-03"));
    assert_eq!(statements[0].basis["date"].evidence.len(), 3);
    let kinds: Vec<_> = statements.iter().map(|statement| statement.kind).collect();
    assert_eq!(kinds, [Kind::Speech, Kind::Procedure]);
    assert_eq!(statements[1].speaker, None);
}

#[test]
fn the_users_names_reach_into_and_around_records() {
    let file = r#"{"who": "Ada Rask", "list": [{"in": {"words": "Aye to that."}}, {"in": {"words": "No."}}]}"#;
    let (statements, _) = mapped("a.json", file.as_bytes(), "text=in.words,speaker=who");
    assert_eq!(texts(&statements), ["Aye to that.", "No."]);
    assert_eq!(speaker(&statements[1]), Some("Ada Rask"));
    let (statements, problems) = mapped("a.json", file.as_bytes(), "text=nowhere");
    assert!(statements.is_empty());
    assert_eq!(told(&problems), ["a.json: no text: there is no `nowhere` in it that holds any"]);
}

#[test]
fn what_holds_no_statement_is_told_once() {
    for file in [
        r#"{"NL": "Norland", "VE": "Vestria"}"#,
        r#"[{"name": "Ada Rask", "party": "Fishers", "office": "Minister for Fisheries, and for the Coast, and for Harbours"}]"#,
        r#"{"title": "Sitting of 3 May", "speakers": ["Ada Rask", "Bo Lind"], "pages": 12, "date": "2024-05-03"}"#,
        r#"{"version": 3, "paths": {"content": "static/content"}, "plugins": [{"id": "a", "on": true}]}"#,
        "[1, 2, [3, [4]]]",
        "[]",
    ] {
        let (statements, problems) = read("a.json", file.as_bytes());
        assert!(statements.is_empty(), "{file}");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].message.starts_with("no statements: "), "{problems:?}");
        assert!(problems[0].left_out);
    }
}

#[test]
fn markup_inside_json_is_read_and_not_taken_for_words() {
    let file = r#"{"sections": [{"title": "A", "content": "<p><strong>Ms Rask<\/strong>: I rise.<\/p>"}, {"title": "B", "content": "\u003cdiv>I rise.\u003c/div>"}]}"#;
    let (statements, problems) = read("a.json", file.as_bytes());
    assert!(problems.is_empty(), "{:?}", told(&problems));
    let texts: Vec<&str> = statements.iter().map(|statement| statement.text.as_str()).collect();
    assert_eq!(texts, ["I rise.", "I rise."]);
    let first = statements[0].speaker.as_ref().unwrap();
    assert_eq!(first.name.as_deref(), Some("Rask"));
}

#[test]
fn bad_records_are_told_and_the_good_ones_kept() {
    let good = |n: u32| format!(r#"{{"speaker": "Ada Rask", "text": "Good words, number {n}."}}"#);
    let bad = [
        r#"{"speaker": "Ada Rask", "text": oops}"#,
        r#"{"speaker": "Ada Rask, "text": "Not closed."}"#,
        r#"{"speaker": "Ada Rask", "text": "Not closed.}"#,
        r#"{"speaker": "Ada Rask", "text": "Not closed.""#,
        r#"{"speaker": "Ada Rask" "text": "No comma."}"#,
        "{\"speaker\": \"Ada Rask\", \"text\": \"\u{1}\"}",
    ];
    for bad in bad {
        for between in [", ", ",\n"] {
            let file =
                format!("[{}{between}{bad}{between}{}{between}{}]\n", good(1), good(2), good(3));
            let (statements, problems) = read("a.json", file.as_bytes());
            let texts = texts(&statements);
            assert_eq!(texts[0], "Good words, number 1.", "{bad}");
            assert!(texts.contains(&"Good words, number 3."), "{bad}: {texts:?} {problems:?}");
            assert!(!problems.is_empty(), "{bad}");
            assert!(problems.iter().any(|problem| problem.left_out), "{problems:?}");
        }
    }
    let mut file = format!("[{},\n", good(1)).into_bytes();
    file.extend(b"{\"text\": \"Latin caf\xE9.\"},\n");
    file.extend(format!("{}]", good(2)).as_bytes());
    let (statements, problems) = read("a.json", &file);
    assert_eq!(texts(&statements)[1], "Latin café.", "by the look of it");
    assert!(told(&problems)[0].starts_with("a.json:2: "), "{problems:?}");
}

#[test]
fn damaged_documents_cost_no_more_than_the_damage() {
    let file = r#"{"date": "2024-05-03", "speeches": [{"speaker": "Ada Rask", "text": "I rise to speak."},
{"speaker": "Bo Lind", "text": "And so do I, at length."}]}"#;
    for cut in 1..file.len() - 1 {
        let Ok((_, records, problems)) =
            read_all("a.json", &file.as_bytes()[..cut], &ReadOptions::default())
        else {
            panic!("{cut}");
        };
        assert!(!problems.is_empty(), "{cut}");
        let whole = file[..cut].matches('}').count();
        assert_eq!(records.len(), whole.min(2), "{cut}: {problems:?}");
    }

    // Renamed.
    for name in ["a", "a.txt", "a.md", "a.csv"] {
        assert_eq!(read(name, file.as_bytes()).0.len(), 2, "{name}");
    }
    assert_eq!(read("a.txt", file.replace('\n', "").as_bytes()).0.len(), 2);
    let why = |name: &str, file: &[u8]| {
        read_all(name, file, &ReadOptions::default()).err().map(|error| error.to_string())
    };
    assert_eq!(why("a.json", b" ").as_deref(), Some("it holds nothing but white space"));
    let wide: Vec<u8> = file.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read("a.json", &wide).0.len(), 2, "in UTF-16");
}

#[test]
fn depth_is_no_trouble() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"text\":", "}]")] {
        let deep = open.repeat(100_000);
        for file in [deep.clone(), format!("{deep}1{}", close.repeat(100_000))] {
            let (statements, problems) = read("a.json", file.as_bytes());
            assert!(statements.is_empty());
            assert_eq!(problems.len(), 1, "{problems:?}");
        }
        let within = format!(
            "[{{\"text\": \"Words beside it.\", \"x\": {deep}1{}}}, {{\"text\": \"Good words.\"}}]",
            close.repeat(100_000)
        );
        assert_eq!(read("a.json", within.as_bytes()).0.len(), 2);
    }
}

#[test]
fn a_long_document_is_read_a_record_at_a_time() {
    let record = format!("{{\"text\": \"Words and more of them. {}\"}},\n", "x".repeat(100_000));
    let mut file = "{\"date\": \"2024-05-03\", \"list\": [\n".to_owned();
    file += &record.repeat(200);
    file += "{\"text\": \"The last words.\"}], \"title\": \"Too late\"}";
    let (statements, problems) = read("a.json", file.as_bytes());
    assert_eq!(statements.len(), 201);
    assert_eq!(date(&statements[200]).as_deref(), Some("2024-05-03"));
    assert_eq!(statements[200].title, None);
    assert_eq!(
        told(&problems),
        [
            "a.json: it has more than 16777216 bytes: what stands after its records is not put to them"
        ]
    );
}

#[test]
fn records_without_end_take_no_time() {
    let file = "[".to_owned() + &"{\"text\": \"open, {\"text\": \"words\"},\n".repeat(5_000);
    let (_, problems) = read("a.json", file.as_bytes());
    assert!(!problems.is_empty());
}
