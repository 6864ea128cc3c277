//! Metadata in files beside texts: used by them, and no statements.

use std::fs;

use dixit::{BasisKind, Index, SearchRequest, Statement};
use dixit_sources::{ReadOptions, Report, Root, SyncOptions, open_file, preview};

use crate::syncing::{counts, run_with};

/// A folder with these files, taken into an index.
struct Archive {
    dir: tempfile::TempDir,
    index: Index,
}

impl Archive {
    fn of(files: &[(&str, &str)]) -> (Self, Report, Vec<String>) {
        let archive =
            Self { dir: tempfile::tempdir().unwrap(), index: Index::in_memory().unwrap() };
        for (name, text) in files {
            archive.write(name, text);
        }
        let (report, problems) = archive.run();
        (archive, report, problems)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self) -> (Report, Vec<String>) {
        run_with(&self.index, &[self.dir.path()], true)
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.dir.path().join(name)).unwrap();
    }

    /// The statements, by their source and ordinal.
    fn statements(&self) -> Vec<Statement> {
        let answer = self.index.search(&SearchRequest::new("*").limit(100)).unwrap();
        let mut all: Vec<_> = answer.hits.into_iter().map(|hit| hit.statement).collect();
        let key = |one: &Statement| (one.source.name.clone(), one.source.ordinal);
        all.sort_by_key(key);
        all
    }
}

fn name(statement: &Statement) -> Option<&str> {
    statement.speaker.as_ref()?.name.as_deref()
}

fn day(statement: &Statement) -> Option<String> {
    statement.date.map(|date| date.to_string())
}

const WORDS: &str = "The new bridge over the Rask will be open to all before the summer, and no \
                     one will have to wait for the ferry any more. We have kept our word.\n";

#[test]
fn json_beside_a_text_states_what_the_text_does_not() {
    let json = r#"{"title": "On the bridge", "date": "2024-05-03", "speaker": {"name": "Ada Muster",
        "role": "minister", "party": "Fishers"}, "country": "Norland", "language": "en",
        "event": "Opening", "url": "https://norland.example/7", "tags": ["roads", "bridges"]}"#;
    let text = format!("Bridge will open\n\n{WORDS}");
    let (archive, report, problems) = Archive::of(&[("a/7.txt", &text), ("a/7.json", json)]);
    assert_eq!(counts(&report), [2, 0, 0, 0, 0, 0, 1], "nothing is taken from the metadata");
    assert_eq!(problems, ["a/7.json: it describes 7.txt, which uses it, and holds no statements"]);
    assert_eq!(report.formats["metadata"].statements, 0);
    let one = &archive.statements()[0];
    let speaker = one.speaker.as_ref().unwrap();
    assert_eq!(name(one), Some("Ada Muster"));
    assert_eq!(speaker.role.as_deref(), Some("minister"));
    assert_eq!(speaker.party.as_deref(), Some("Fishers"));
    assert_eq!(speaker.country.as_deref(), Some("Norland"));
    assert_eq!(day(one).as_deref(), Some("2024-05-03"));
    assert_eq!(one.title.as_deref(), Some("On the bridge"));
    assert_eq!((one.event.as_deref(), one.language.as_deref()), (Some("Opening"), Some("en")));
    assert_eq!(one.source.url.as_deref(), Some("https://norland.example/7"));
    assert!(one.topics.contains(&"roads".to_owned()), "{:?}", one.topics);
    for field in ["title", "date", "speaker", "event", "language", "topics"] {
        let basis = &one.basis[field];
        assert_eq!(basis.kind, BasisKind::Given, "{field}");
        assert_eq!(basis.rule.as_deref(), Some("beside"), "{field}");
        assert_eq!(basis.note.as_deref(), Some("in a/7.json"), "{field}");
        assert!(basis.evidence.is_empty(), "it stands nowhere in the text: {field}");
    }
    assert!(one.text.starts_with("Bridge will open"), "a heading that is no title is words");
    let (report, _) = archive.run();
    assert_eq!(counts(&report), [0, 0, 2, 0, 0, 0, 1]);
}

#[test]
fn front_matter_goes_before_yaml_beside_it() {
    let text = format!("---\ntitle: Its own\nspeaker: Ada Muster\n---\n{WORDS}");
    let yaml = "title: Another\ndate: 3 May 2024\nspeaker: Ada Muster\nrole: minister\ntopics:\n  - roads\n";
    let (archive, report, _) = Archive::of(&[("b.md", &text), ("b.yml", yaml)]);
    assert_eq!(counts(&report), [2, 0, 0, 0, 0, 0, 1]);
    let one = &archive.statements()[0];
    assert_eq!(one.title.as_deref(), Some("Its own"));
    assert_eq!(one.basis["speaker"].rule.as_deref(), Some("front-matter"));
    assert_eq!(day(one).as_deref(), Some("2024-05-03"));
    assert!(one.topics.contains(&"roads".to_owned()));
    assert_eq!(one.speaker.as_ref().unwrap().role.as_deref(), Some("minister"));

    // A mapping under a key is more than is read, and is no name.
    archive.write(
        "b.yml",
        "---\ncountry: Norland\nspeaker:\n  name: Ada Muster\n  role: minister\n???\n",
    );
    let (_, problems) = archive.run();
    for line in [3, 6] {
        let told =
            format!("b.md: b.yml beside it: its line {line} is not understood and was left out");
        assert!(problems.contains(&told), "{problems:?}");
    }
    let one = &archive.statements()[0];
    let country = one.speaker.as_ref().unwrap().country.as_deref();
    assert_eq!((name(one), country), (Some("Ada Muster"), Some("Norland")));

    // What is told of somebody else is not put to this speaker.
    archive.write("b.yml", "speaker: Bo Beispiel\nrole: mayor\n");
    archive.run();
    let one = &archive.statements()[0];
    assert_eq!(
        (name(one), one.speaker.as_ref().unwrap().role.as_deref()),
        (Some("Ada Muster"), None)
    );
}

#[test]
fn a_list_of_speakers_beside_a_page_makes_nobody_its_speaker_unless_there_is_one() {
    let page = format!("<html><body><p>{WORDS}</p><p>{WORDS}</p></body></html>");
    let several = "Part 3 Speakers:\nSpeaker 1: F.R. MUSTER\nSpeaker 2: B. BEISPIEL\n";
    let files = [("part3.html", page.as_str()), ("part3_metadata.txt", several)];
    let (archive, report, _) = Archive::of(&files);
    assert_eq!(counts(&report), [2, 0, 0, 0, 0, 0, 1]);
    assert_eq!(name(&archive.statements()[0]), None);
    archive.write("part3_metadata.txt", "Part 3 Speakers:\nSpeaker 1: No speakers identified\n");
    archive.run();
    assert_eq!(name(&archive.statements()[0]), None);
    archive.write("part3_metadata.txt", "Date: 2024-05-03\nSpeaker 1: F.R. MUSTER\n");
    let (report, _) = archive.run();
    assert_eq!((report.changed, report.total), (2, 1), "the list, and the page that uses it");
    let one = &archive.statements()[0];
    assert_eq!(day(one).as_deref(), Some("2024-05-03"));
    assert_eq!(name(one), Some("F.R. MUSTER"));
    assert!(!one.basis["speaker"].is_fact(), "others may speak in it too");
}

#[test]
fn a_table_of_a_folder_describes_the_files_that_it_names() {
    let table = "file,speaker,date,title\nx.txt,Ada Muster,2024-05-03,First\ny.txt,Bo Beispiel,2024-06-04,\n";
    let other = WORDS.replace("bridge", "tunnel");
    let files =
        [("c/x.txt", WORDS), ("c/y.txt", &other), ("c/z.txt", "Words."), ("c/metadata.csv", table)];
    let (archive, report, _) = Archive::of(&files);
    assert_eq!(counts(&report), [4, 0, 0, 0, 0, 0, 3]);
    let all = archive.statements();
    let found: Vec<_> = all.iter().map(|one| (name(one), day(one))).collect();
    let day = |day: &str| Some(day.to_owned());
    let expected = [
        (Some("Ada Muster"), day("2024-05-03")),
        (Some("Bo Beispiel"), day("2024-06-04")),
        (None, None),
    ];
    assert_eq!(found, expected);
    assert_eq!(all[0].title.as_deref(), Some("First"));

    // Two records of one file: nobody knows which is meant.
    archive.write("c/metadata.csv", &format!("{table}x.txt,Cy Rask,2024-05-03,\n"));
    let (_, problems) = archive.run();
    assert_eq!(name(&archive.statements()[0]), None);
    assert!(
        problems.iter().any(|p| p.contains("more than one record names x.txt")),
        "{problems:?}"
    );

    let json = r#"{"documents": [{"path": "d/x.txt", "speaker": "Ada Muster"}, {"id": "y", "speaker": "Bo Beispiel"}]}"#;
    let files = [("d/x.txt", WORDS), ("d/y.txt", &other), ("d/metadata.json", json)];
    let (archive, report, _) = Archive::of(&files);
    assert_eq!(counts(&report), [3, 0, 0, 0, 0, 0, 2]);
    let all = archive.statements();
    assert_eq!([name(&all[0]), name(&all[1])], [Some("Ada Muster"), Some("Bo Beispiel")]);
}

#[test]
fn a_twin_with_the_text_in_it_stays_a_statement() {
    let json =
        serde_json::json!({"title": "On the bridge", "speaker": "Ada Muster", "body": WORDS});
    let paragraphs = serde_json::json!({"speaker": "Ada Muster", "said": vec![serde_json::json!({"words": WORDS}); 30]});
    let files = [
        ("a.txt", WORDS),
        ("a.json", &json.to_string()),
        ("b.txt", WORDS),
        ("b.json", &paragraphs.to_string()),
    ];
    let (archive, report, _) = Archive::of(&files);
    assert!(!report.formats.contains_key("metadata"), "{:?}", report.formats);
    let all = archive.statements();
    let of = |source: &str| all.iter().filter(|one| one.source.name == source).collect::<Vec<_>>();
    assert_eq!((of("a.json").len(), of("a.txt").len()), (1, 1));
    assert!(!of("b.json").is_empty());
    assert_eq!(name(of("a.txt")[0]), None, "nothing is taken from it");
}

#[test]
fn a_broken_file_is_told_by_its_name_and_costs_nothing_else() {
    let files = [
        ("a.txt", WORDS),
        ("a.json", "{\"title\": \"On the bridge\", "),
        ("b.txt", "Other words."),
        ("b.toml", "title = \"On\ndate"),
        ("c.txt", "More words."),
        ("c.meta.json", "{\"speaker\": \"Ada Muster\", \"date\": \"soon\"}"),
    ];
    let (archive, _, problems) = Archive::of(&files);
    let all = archive.statements();
    let sources: Vec<_> = all.iter().map(|one| one.source.name.as_str()).collect();
    assert_eq!(sources, ["a.txt", "b.txt", "c.txt"]);
    assert_eq!(name(&all[2]), Some("Ada Muster"));
    let is_told = |from: &str| problems.iter().any(|problem| problem.starts_with(from));
    for from in [
        "a.json",
        "a.txt: a.json beside it: it is not used: it is not JSON",
        "b.toml: it lies beside b.txt and cannot be used: it is not TOML",
        "c.txt: c.meta.json beside it: its date: ",
    ] {
        assert!(is_told(from), "{from}: {problems:?}");
    }
}

#[test]
fn a_text_is_read_again_when_what_describes_it_changes_comes_or_goes() {
    let (archive, report, _) = Archive::of(&[("a.txt", WORDS)]);
    assert_eq!(counts(&report), [1, 0, 0, 0, 0, 0, 1]);
    archive.write("a.json", "{\"speaker\": \"Ada Muster\"}");
    let (report, _) = archive.run();
    assert_eq!(counts(&report), [1, 1, 0, 0, 0, 0, 1]);
    assert_eq!(name(&archive.statements()[0]), Some("Ada Muster"));
    archive.write("a.json", "{\"speaker\": \"Bo Beispiel\"}");
    archive.run();
    assert_eq!(name(&archive.statements()[0]), Some("Bo Beispiel"));
    archive.remove("a.json");
    let (report, _) = archive.run();
    assert_eq!(counts(&report), [0, 1, 0, 1, 0, 0, 1]);
    assert_eq!(name(&archive.statements()[0]), None);

    // Without its text it is what it is by itself.
    archive.write("a_metadata.txt", "Speaker: Ada Muster\nEvent: The opening of the bridge\n");
    let (report, _) = archive.run();
    assert_eq!(report.total, 1);
    archive.remove("a.txt");
    let (report, _) = archive.run();
    assert_eq!((report.changed, report.removed), (1, 1));
    assert!(archive.statements().iter().all(|one| one.source.name == "a_metadata.txt"));
    assert!(report.total >= 1);
}

#[test]
fn a_date_beside_a_text_that_the_text_contradicts_is_not_known() {
    let json = |day: &str| format!("{{\"date\": \"{day}\"}}");
    let dated = format!("On the bridge\n\n3 May 2024\n\n{WORDS}");
    let near = dated.replace("bridge", "tunnel");
    let month = dated.replace("bridge", "ferry");
    let files = [
        ("far.txt", dated.as_str()),
        ("far.json", &json("2024-06-20")),
        ("month.txt", &month),
        ("month.json", &json("2024-05")),
        ("near.txt", &near),
        ("near.json", &json("2024-05-06")),
        ("talk-2024-05-03.txt", WORDS),
        ("talk-2024-05-03.json", &json("2023-05-03")),
    ];
    let (archive, ..) = Archive::of(&files);
    let all = archive.statements();
    let days: Vec<_> = all.iter().map(day).collect();
    let known = |day: &str| Some(day.to_owned());
    assert_eq!(days, [None, known("2024-05-03"), known("2024-05-06"), None]);
    let basis = &all[0].basis["date"];
    assert_eq!(basis.candidates, ["2024-06-20", "2024-05-03"]);
    assert_eq!(basis.kind, BasisKind::Unknown);
    assert!(basis.note.as_deref().unwrap().contains("far.json"));
    let shown = basis.evidence[0].as_range().unwrap();
    assert_eq!(&dated[shown], "3 May 2024");
    assert_eq!(all[3].basis["date"].candidates, ["2023-05-03", "2024-05-03"]);
}

#[test]
fn turns_have_the_day_the_event_and_the_address_and_never_the_speaker() {
    let text = "MS. MUSTER: Good morning. The bridge will be open soon.\n\n\
                QUESTION: When will it be open?\n\nMS. MUSTER: In June.\n\n\
                QUESTION: And what of the ferry?\n\nMS. MUSTER: It will stay.\n";
    let json = r#"{"title": "Morning briefing", "date": "2024-05-03", "speaker": "Bo Beispiel",
        "url": "https://norland.example/8"}"#;
    let (archive, ..) = Archive::of(&[("t.txt", text), ("t.json", json)]);
    let all = archive.statements();
    assert_eq!(all.len(), 5);
    for one in &all {
        assert_eq!(day(one).as_deref(), Some("2024-05-03"));
        assert_eq!(one.basis["date"].rule.as_deref(), Some("beside"));
        assert_eq!(one.event.as_deref(), Some("Morning briefing"));
        assert_eq!(one.source.url.as_deref(), Some("https://norland.example/8"));
        assert_ne!(name(one), Some("Bo Beispiel"));
    }
}

#[test]
fn a_preview_and_a_look_at_the_file_itself_see_the_same() {
    let (archive, ..) = Archive::of(&[("a.txt", WORDS)]);
    archive.write("a.toml", "speaker = \"Ada Muster\"\ndate = 2024-05-03\n");
    let roots = [Root::Path(archive.dir.path().into())];
    let options = SyncOptions::default();
    let report = preview(Some(&archive.index), &roots, &options, &mut |_| {}).unwrap();
    assert_eq!((report.added, report.changed, report.unread), (1, 1, 0));
    archive.run();
    let one = &archive.statements()[0];
    assert_eq!((name(one), day(one).as_deref()), (Some("Ada Muster"), Some("2024-05-03")));

    let path = archive.dir.path().join("a.toml");
    let options = ReadOptions::default();
    let opened = open_file("a.toml", &path, fs::File::open(&path).unwrap(), &options).unwrap();
    assert_eq!(opened.format.reader.name(), "metadata");
}

/// What has more than a text's metadata ever has, or a value that is a text, is no metadata.
#[test]
fn what_is_long_is_no_metadata() {
    let long =
        format!("{{\"speaker\": \"Ada Muster\", \"tags\": [{}\"x\"]}}", "\"y\", ".repeat(60_000));
    let words = format!("{{\"speaker\": \"Ada Muster\", \"note\": \"{}\"}}", "fish ".repeat(500));
    let files = [("a.txt", WORDS), ("a.json", &long), ("b.txt", "Words."), ("b.json", &words)];
    let (archive, report, _) = Archive::of(&files);
    assert!(!report.formats.contains_key("metadata"), "{:?}", report.formats);
    let of_texts = archive.statements().into_iter().filter(|one| one.source.name.ends_with("txt"));
    assert!(of_texts.into_iter().all(|one| name(&one).is_none()));
}

#[test]
fn what_lies_in_an_archive_is_not_described_by_what_lies_beside_the_archive() {
    let (archive, ..) = Archive::of(&[("a.json", "{\"speaker\": \"Ada Muster\"}")]);
    let zip = crate::packed::zip(&[("a.txt", WORDS.as_bytes())]);
    fs::write(archive.dir.path().join("a.txt.zip"), zip).unwrap();
    archive.run();
    let all = archive.statements();
    let inner = all.iter().find(|one| one.source.name == "a.txt.zip/a.txt").unwrap();
    assert_eq!(name(inner), None);
}
