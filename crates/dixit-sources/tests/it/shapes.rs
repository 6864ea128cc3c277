//! JSON in the shapes of publishers' interfaces: texts in paragraphs, several speakers, replies within
//! what they reply to, times of machines.

use dixit::{BasisKind, Statement};
use dixit_sources::{ReadOptions, read_all};

fn read(file: &str) -> Vec<Statement> {
    let (format, records, problems) =
        read_all("a.json", file.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!((format.reader.name(), problems), ("json", Vec::new()));
    records.into_iter().map(|record| record.statement).collect()
}

fn said(statements: &[Statement]) -> Vec<(&str, Option<&str>)> {
    let name = |s: &Statement| s.speaker.as_ref().and_then(|speaker| speaker.name.clone());
    let names: Vec<Option<String>> = statements.iter().map(name).collect();
    let texts = statements.iter().map(|statement| statement.text.as_str());
    texts.zip(names.into_iter().map(|name| name.map(|name| &*name.leak()))).collect()
}

const TEASER: &str = "A very long teaser on harbours, herring and all that was ever said of them, \
                      longer than the words of the speech, so that it looks like the text itself. ";

#[test]
fn a_list_of_paragraphs_is_the_text_of_its_record() {
    let teaser = TEASER.repeat(4);
    let file = format!(
        r#"{{"speaker": "Ada Muster", "date": "2024-05-03", "body": ["We will build \u0022it\u0022.", "It is needed."],
            "related": [{{"title": "Harbours", "summary": "{teaser}"}}, {{"title": "Cod", "summary": "{teaser}"}}]}}"#
    );
    let statements = read(&file);
    assert_eq!(said(&statements), [("We will build \"it\".\nIt is needed.", Some("Ada Muster"))]);
    let at = statements[0].text.find("needed").unwrap();
    let span = statements[0].source_span(at..at + 6).unwrap();
    assert_eq!(&file[span.as_range().unwrap()], "needed");
}

#[test]
fn paragraphs_may_be_objects() {
    let file = r#"[{"speaker": "Ada Muster", "body": [{"type": "p", "text": "We will build it."},
        {"type": "image", "src": "x.png"}, {"type": "p", "text": "It is needed."}]},
      {"speaker": "Bo Beispiel", "body": [{"type": "p", "text": "We will not."}]}]"#;
    let statements = read(file);
    let expected = [
        ("We will build it.\nIt is needed.", Some("Ada Muster")),
        ("We will not.", Some("Bo Beispiel")),
    ];
    assert_eq!(said(&statements), expected);
    let at = statements[0].text.find("needed").unwrap();
    let span = statements[0].source_span(at..at + 6).unwrap();
    assert_eq!(&file[span.as_range().unwrap()], "needed");
}

#[test]
fn texts_within_somebodys_are_not_theirs() {
    let long = "Words of quite another text, which has none of the names around it. ".repeat(6);
    let file = format!(
        r#"{{"speaker": "Ada Muster", "date": "2024-05-03", "text": "We will build it, and soon.",
            "related": [{{"headline": "Cod", "text": "{long}"}}]}}"#
    );
    let statements = read(&file);
    assert_eq!(statements.len(), 2);
    let [own, other] = [&said(&statements)[0], &said(&statements)[1]];
    assert_eq!(*own, ("We will build it, and soon.", Some("Ada Muster")));
    assert_eq!(other.1, None, "{other:?}");
}

#[test]
fn of_several_speakers_none_is_chosen() {
    let file = r#"[{"speaker": ["Ada Muster", "Bo Beispiel"], "text": "We will build it."},
      {"speaker": [{"name": "Ada Muster"}, {"full_name": "Cara Rask"}], "text": "It is needed."},
      {"speaker": ["Ada Muster"], "text": "I said so."},
      {"speaker": [], "text": "Nobody did."}]"#;
    let statements = read(file);
    let names: Vec<_> = said(&statements).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, [None, None, Some("Ada Muster"), None]);
    let basis = &statements[0].basis["speaker"];
    assert_eq!((basis.kind, basis.rule.as_deref()), (BasisKind::Unknown, Some("several")));
    assert_eq!(basis.candidates, ["Ada Muster", "Bo Beispiel"]);
    let named = basis.evidence[0].as_range().unwrap();
    assert_eq!(&file[named], r#"["Ada Muster", "Bo Beispiel"]"#);
    assert_eq!(statements[1].basis["speaker"].candidates, ["Ada Muster", "Cara Rask"]);
    let one = statements[2].basis["speaker"].evidence[0].as_range().unwrap();
    assert_eq!(&file[one], "\"Ada Muster\"");
}

#[test]
fn persons_beside_the_words_speak_them() {
    let file = r#"{"Items": [
      {"AttributedTo": "Ada Muster (Northwick) (Fishers)", "Value": "<p>We will build it.</p>"},
      {"AttributedTo": "Bo Beispiel (Eastwick) (Harbours)", "Value": "<p>We will not.</p>"}]}"#;
    let statements = read(file);
    let expected =
        [("We will build it.", Some("Ada Muster")), ("We will not.", Some("Bo Beispiel"))];
    assert_eq!(said(&statements), expected);
    let ada = statements[0].speaker.as_ref().unwrap();
    assert_eq!(ada.party.as_deref(), Some("Fishers"));
    assert_eq!(ada.as_written.as_deref(), Some("Ada Muster (Northwick) (Fishers)"));

    for key in ["member", "person", "speaker"] {
        let file = format!(
            r#"[{{"speech": "We will build it.", "{key}": {{"name": "Ada Muster", "party": "Fishers"}}}}]"#
        );
        let statements = read(&file);
        assert_eq!(said(&statements), [("We will build it.", Some("Ada Muster"))], "{key}");
        let party = statements[0].speaker.as_ref().unwrap().party.as_deref();
        assert_eq!(party, Some("Fishers"), "{key}");
    }
}

#[test]
fn replies_are_statements_of_their_own() {
    let file = r#"[{"speaker": "Ada Muster", "date": "2024-05-03", "text": "Will it be built?",
  "answers": [
    {"speaker": {"name": "Bo Beispiel", "title": "Minister"}, "text": "It will be.",
     "replies": [{"text": "When, though?"}]},
    {"speaker": "Cara Rask", "text": "I doubt it."}]},
 {"speaker": "Dora Muster", "text": "Next question.", "answers": []}]"#;
    let statements = read(file);
    let expected = [
        ("Will it be built?", Some("Ada Muster")),
        ("It will be.", Some("Bo Beispiel")),
        ("When, though?", None),
        ("I doubt it.", Some("Cara Rask")),
        ("Next question.", Some("Dora Muster")),
    ];
    assert_eq!(said(&statements), expected);
    for statement in &statements[..4] {
        assert_eq!(statement.date.map(|date| date.to_string()).as_deref(), Some("2024-05-03"));
    }
    let ordinals: Vec<_> = statements.iter().filter_map(|s| s.source.ordinal).collect();
    assert_eq!(ordinals, [1, 2, 3, 4, 5]);
    let doubt = statements[3].source.span.unwrap();
    assert!(file[doubt.as_range().unwrap()].starts_with(r#"{"speaker": "Cara"#));
    // Of one document alone, and in an object instead of a list.
    let file = r#"{"speaker": "Ada Muster", "text": "Will the bridge be built, and when will it be?",
      "reply": {"speaker": "Bo Beispiel", "text": "It will be."}}"#;
    let names: Vec<_> = read(file).iter().filter_map(|s| s.speaker.clone()?.name).collect();
    assert_eq!(names, ["Ada Muster", "Bo Beispiel"]);
}

#[test]
fn times_of_machines_are_days_in_fields_that_say_so() {
    for (key, value, rule) in [
        ("timestamp", "1539202764", "unix-time"),
        ("date", "\"1539202764000\"", "unix-time"),
        ("created_at", "\"Wed Oct 10 20:19:24 +0000 2018\"", "field"),
        ("published", "\"Wed, 10 Oct 2018 20:19:24 +0000\"", "field"),
    ] {
        let file =
            format!(r#"[{{"speaker": "Ada Muster", "{key}": {value}, "text": "It is so."}}]"#);
        let statements = read(&file);
        let date = statements[0].date.map(|date| date.to_string());
        assert_eq!(date.as_deref(), Some("2018-10-10"), "{key}");
        assert_eq!(statements[0].basis["date"].rule.as_deref(), Some(rule), "{key}");
    }
    let file = r#"[{"speaker": "Ada Muster", "number": 1539202764, "text": "It is so."}]"#;
    assert_eq!(read(file)[0].date, None);
}
