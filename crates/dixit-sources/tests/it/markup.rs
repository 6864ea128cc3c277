//! What is taken from marked-up formats. The samples are invented.

use std::path::Path;

use dixit::{BasisKind, Statement};
use dixit_sources::{ReadOptions, open, read_all};

const SAMPLES: &str = "tests/samples";

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(SAMPLES).join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Reads a sample where it lies, with the files near it: its format, its statements, its problems.
fn read(name: &str) -> (&'static str, Vec<Statement>, Vec<String>) {
    let options = ReadOptions::default();
    let path = std::path::absolute(Path::new(SAMPLES).join(name)).unwrap();
    let file = bytes(name);
    let opened = open(name, file.as_slice(), &options).unwrap();
    let format = opened.format.reader.name();
    let (mut statements, mut problems) = (Vec::new(), Vec::new());
    let opened = opened.beside(options.companions.beside(&path));
    let read = opened.read(name, &options, &mut |item| {
        match item {
            dixit_sources::read::Item::Record(record) => statements.push(record.statement),
            dixit_sources::read::Item::Problem(problem) => problems.push(problem.to_string()),
            dixit_sources::read::Item::Layout(_) => {}
        }
        dixit_sources::read::Flow::More
    });
    read.unwrap();
    (format, statements, problems)
}

/// A statement in a line: kind, name, role, party, day, title, words.
fn line(statement: &Statement) -> String {
    let speaker = statement.speaker.clone().unwrap_or_default();
    let date = statement.date.map(|date| date.to_string());
    let shown = [
        Some(statement.kind.to_string()),
        speaker.name,
        speaker.role,
        speaker.party,
        date,
        statement.title.clone(),
    ];
    let shown: Vec<String> = shown.into_iter().map(Option::unwrap_or_default).collect();
    format!("{} | {}", shown.join(" | "), statement.text.replace('\n', "⏎"))
}

#[track_caller]
fn assert_read(name: &str, format: &str, expected: &[&str]) {
    let (as_format, statements, problems) = read(name);
    let lines: Vec<String> = statements.iter().map(line).collect();
    assert_eq!(as_format, format);
    assert_eq!(lines, expected, "{problems:?}");
    let file = bytes(name);
    for (ordinal, statement) in statements.iter().enumerate() {
        assert_eq!(statement.source.ordinal, Some(ordinal as u64 + 1));
        // Who is named is shown by bytes of this file.
        for basis in statement.basis.values() {
            for span in &basis.evidence {
                assert!(file.get(span.as_range().unwrap()).is_some(), "{basis:?}");
            }
        }
    }
}

#[test]
fn tei_with_persons_as_they_were_on_the_day() {
    assert_read(
        "norland/Norland_2024-05-03.xml",
        "tei",
        &[
            "speech |  | chair |  | 2024-05-03 | Herring quotas | The sitting is open.",
            "speech | Ada Rask | Minister of Fisheries | FF | 2024-05-03 | Herring quotas | Quotas & nets are two things.⏎We keep both.",
            "interjection |  |  |  | 2024-05-03 | Herring quotas | Laughter",
            "speech |  |  |  | 2024-05-03 | Herring quotas | Hear, hear.",
        ],
    );
    let (_, statements, _) = read("norland/Norland_2024-05-03.xml");
    let [chair, ada, _, nobody] = statements.as_slice() else { panic!() };
    assert_eq!(chair.speaker.as_ref().unwrap().as_written.as_deref(), Some("The chairman:"));
    assert_eq!(chair.event.as_deref(), Some("Sitting 12"));
    let file = bytes("norland/Norland_2024-05-03.xml");
    let evidence = ada.basis["speaker"].evidence[0].as_range().unwrap();
    assert_eq!(&file[evidence], b"#AdaRask");
    let nets = ada.text.find("& nets").unwrap();
    let span = ada.source_span(nets..nets + 6).unwrap();
    assert_eq!(&file[span.as_range().unwrap()], b"&amp; nets");
    assert_eq!(nobody.basis["speaker"].kind, BasisKind::Unknown);
    let (_, none, problems) = read("norland/Norland.xml");
    assert!(none.is_empty() && problems[0].contains("accompanies other files"), "{problems:?}");
}

#[test]
fn what_shows_a_kind_begins_and_ends_between_characters() {
    // Long tags, of letters of two bytes, so that they end at any place within one.
    for pad in 0..4 {
        let who = format!("{}{}", "a".repeat(pad), "é".repeat(60));
        let text = format!(
            "<TEI><text><body><u xml:id=\"u1\" who=\"#{who}\"><seg>Words.</seg><note \
             type=\"{who}\">Applause</note><seg>More.</seg></u></body></text></TEI>"
        );
        let (_, records, _) = read_all("a.xml", text.as_bytes(), &ReadOptions::default()).unwrap();
        let spans: Vec<_> = records
            .iter()
            .flat_map(|record| record.statement.basis.values())
            .flat_map(|basis| &basis.evidence)
            .map(|span| text.get(span.start as usize..span.end as usize))
            .collect();
        assert!(spans.iter().all(Option::is_some), "{spans:?}");
        let tag = format!("<u xml:id=\"u1\" who=\"#{who}\">");
        assert!(spans.contains(&Some(tag.as_str())), "{spans:?}");
    }
}

#[test]
fn tei_that_is_cut_into_words() {
    assert_read(
        "words.ana.xml",
        "tei",
        &["speech |  | chair |  | 2024-05-03 |  | Order now! Thank you."],
    );
}

#[test]
fn akoma_ntoso() {
    assert_read(
        "debate.akn.xml",
        "akoma-ntoso",
        &[
            "speech | Bo LIND | Minister of Roads |  | 2024-05-03 | ROADS | Roads lead home.⏎All of them.",
            "interjection |  |  |  | 2024-05-03 | ROADS | (Applause)",
            "question |  |  |  | 2024-05-03 | ROADS | Do they?",
            "procedure |  |  |  | 2024-05-03 | ROADS | A paper was laid.",
            "speech | Bo LIND |  |  | 2024-05-03 | ROADS | I ask.",
            "speech | RASK |  |  | 2024-05-03 | ROADS | No.",
            "speech | Bo LIND |  |  | 2024-05-03 | ROADS | Why not?",
            "procedure |  |  |  | 2024-05-03 | ROADS | The House rose.",
        ],
    );
}

#[test]
fn parlparse() {
    assert_read(
        "debates.parlparse.xml",
        "parlparse",
        &[
            "speech | Bo Lind | The Minister for Roads |  | 2024-05-03 | Potholes — Norland | We fill them—slowly &mdash;&mdash; &unknown;.",
            "procedure |  |  |  | 2024-05-03 | Potholes — Norland | Ordered, That it be done.",
            "question | Ada Rask |  |  | 2024-05-03 | Potholes — Norland | How many?",
            "answer | Bo Lind |  |  | 2024-05-03 | Potholes — Norland | 2023 14",
        ],
    );
    let (_, statements, _) = read("debates.parlparse.xml");
    assert_eq!(statements[0].topics, ["ROADS", "Potholes — Norland"]);
    assert_eq!(statements[0].source.url.as_deref(), Some("https://norland.example/1#2"));
}

#[test]
fn minutes_of_the_bundestag() {
    assert_read(
        "protokoll.xml",
        "bundestag",
        &[
            "procedure | Anna Muster | Präsidentin |  | 2024-05-03 |  | Die Sitzung ist eröffnet.",
            "speech | Bo Lind |  | FF | 2024-05-03 | Fischerei im Nordland | Fisch ist gut.⏎Und frisch.",
            "interjection | Ada Rask |  | GP | 2024-05-03 | Fischerei im Nordland | (Ada Rask [GP]: Sehr richtig!)",
            "speech | Anna Muster | Präsidentin |  | 2024-05-03 | Fischerei im Nordland | Ihre Zeit ist um.",
            "speech | Bo Lind |  | FF | 2024-05-03 | Fischerei im Nordland | Danke.",
        ],
    );
}

#[test]
fn hansard_of_australia_in_two_eras() {
    assert_read(
        "hansard-au.xml",
        "hansard-au",
        &[
            "speech | Ada RASK | Treasurer | FF | 1928-03-23 | TARIFFS | Tariffs rise.",
            "interjection | Lind |  |  | 1928-03-23 | TARIFFS | Never!",
            "speech | Ada RASK | Treasurer | FF | 1928-03-23 | TARIFFS | They do.",
            "procedure |  |  |  | 1928-03-23 | TARIFFS | The House adjourned.",
        ],
    );
    assert_read(
        "hansard-au-capitals.xml",
        "hansard-au",
        &["speech | LIND |  | FF | 1995-06-05 | ROADS | Roads matter.⏎All of them."],
    );
}

#[test]
fn hansard_of_canada_and_of_old() {
    assert_read(
        "hansard-ca.xml",
        "hansard-ca",
        &["speech | Ada Rask | The Chair | FF | 2024-05-03 | Quotas | Welcome.⏎To business."],
    );
    assert_read(
        "historic.xml",
        "hansard-uk-historic",
        &[
            "question | Muster |  |  | 1908-05-04 | FISHERIES. | 1. Mr. Muster asked the President of the Board whether herring is plentiful.",
            "speech | Beispiel | The President of the Board |  | 1908-05-04 | FISHERIES. | It is.⏎It was.",
            "procedure |  |  |  | 1908-05-04 | FISHERIES. | Motion agreed to.",
        ],
    );
}

#[test]
fn pages_by_their_main_text_or_their_turns() {
    assert_read(
        "page.html",
        "html",
        &[
            "article |  |  |  | 2024-05-03 | Norland opens a road | The Minister of Roads, Bo Lind, said on Friday that the road to the harbour is open & free.⏎“It took nine years,” he added, “and it was worth each of them.”",
        ],
    );
    assert_read(
        "turns.html",
        "html",
        &[
            "procedure | Bo Lind |  |  | 2024-05-03 | Quotas | asked the Minister for Fish whether quotas rise.",
            "speech | Ada Rask | The Minister for Fish |  | 2024-05-03 | Quotas | They do.⏎Twice.",
            "procedure |  |  |  | 2024-05-03 | Quotas | [Applause]",
            "speech |  | Speaker |  | 2024-05-03 | Quotas | Order.",
        ],
    );
}

#[test]
fn turns_in_html_inside_json() {
    let json = "{\"sittingDate\":\"2024-05-03\",\"sections\":[{\"title\":\"Quotas\",\"content\":\"<p><strong>Ms Ada Rask</strong>: They \\u201crise\\u201d &amp; fall, as all quotas do.</p><p><b>Mr Speaker:</b> Order, order, and silence please.</p>\"}]}";
    let (format, records, problems) =
        read_all("a.json", json.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(format.reader.name(), "json");
    let lines: Vec<String> = records.iter().map(|record| line(&record.statement)).collect();
    assert_eq!(
        lines,
        [
            "speech | Ada Rask |  |  | 2024-05-03 | Quotas | They “rise” & fall, as all quotas do.",
            "speech |  | Speaker |  | 2024-05-03 | Quotas | Order, order, and silence please.",
        ],
        "{problems:?}"
    );
    let first = &records[0].statement;
    let rise = first.text.find("“rise” &").unwrap();
    let span = first.source_span(rise..rise + "“rise” &".len()).unwrap().as_range().unwrap();
    assert_eq!(&json[span], "\\u201crise\\u201d &amp;");
    let label = first.basis["speaker"].evidence[0].as_range().unwrap();
    assert_eq!(&json[label], "Ms Ada Rask");
}

#[test]
fn feeds_and_other_xml() {
    assert_read(
        "feed.xml",
        "feed",
        &["article |  |  |  | 2024-05-03 | Roads & harbours | The road is \"open\".⏎At last."],
    );
    let (_, _, problems) = read("feed.xml");
    assert_eq!(problems, ["feed.xml:4: an item without any text"]);
    assert_read(
        "speeches.xml",
        "xml",
        &[
            "speech | Ada Rask | Minister | FF | 2024-05-03 | Boats | First.⏎Second.",
            "interjection |  |  |  | 2024-05-03 | Boats | (Applause)",
            "speech | Lind, Bo |  |  | 2024-05-03 | Boats | Thanks.",
        ],
    );
}

const ALL: [&str; 14] = [
    "norland/Norland_2024-05-03.xml",
    "norland/Norland.xml",
    "words.ana.xml",
    "debate.akn.xml",
    "debates.parlparse.xml",
    "protokoll.xml",
    "hansard-au.xml",
    "hansard-au-capitals.xml",
    "hansard-ca.xml",
    "historic.xml",
    "page.html",
    "turns.html",
    "feed.xml",
    "speeches.xml",
];

/// What is cut keeps what stands before the cut, and is told where statements end in the middle.
#[test]
fn files_that_are_cut_anywhere_are_read_as_far_as_they_go() {
    for name in ALL {
        let whole = bytes(name);
        let (format, all, _) = read(name);
        let reader = dixit_sources::read::by_name(format);
        let options = ReadOptions { format: reader, ..ReadOptions::default() };
        for cut in (1..whole.len()).step_by(7) {
            let (_, records, problems) = read_all(name, &whole[..cut], &options).unwrap();
            assert!(records.len() <= all.len() + 1, "{name} cut at {cut}");
            assert!(
                !(records.is_empty() && problems.is_empty()),
                "{name} cut at {cut} is not told"
            );
        }
    }
}

#[test]
fn tags_that_do_not_close_names_that_lie_and_empty_files_are_told() {
    let options = ReadOptions::default();
    for name in ALL.iter().filter(|name| name.ends_with(".xml")) {
        let text = String::from_utf8(bytes(name)).unwrap();
        // No closing tags at all.
        let open = text.split("</").map(|part| part.split_once('>').map_or(part, |(_, rest)| rest));
        let open: String = open.collect();
        let read = read_all(name, open.as_bytes(), &options);
        if let Ok((_, records, problems)) = read {
            assert!(!(records.is_empty() && problems.is_empty()), "{name}");
        }
        // The content tells the format, whatever the name says.
        let (renamed, ..) = read_all("notes.txt", text.as_bytes(), &options).unwrap();
        assert_eq!(renamed.reader.name(), self::read(name).0, "{name}");
        // A root that no longer has its name is no format's, which is told.
        let broken = text.replace('e', "\u{fffd}");
        if let Err(error) = read_all(name, broken.as_bytes(), &options) {
            assert!(error.to_string().contains("no reader"), "{name}: {error}");
        }
    }
}

/// Nothing is expanded twice, and nothing nests on the stack.
#[test]
fn bombs_and_depths_cost_nothing() {
    let options = ReadOptions::default();
    let mut bomb = "<!DOCTYPE publicwhip [<!ENTITY a \"aaaaaaaaaaaaaaaa\">".to_owned();
    for level in 1..10 {
        let before = if level == 1 { "a".to_owned() } else { format!("a{}", level - 1) };
        let times = format!("&{before};").repeat(10);
        bomb += &format!("<!ENTITY a{level} \"{times}\">");
    }
    bomb += "]><publicwhip><speech id=\"x/debate/2024-05-03a.1\" speakername=\"A B\"><p>Boom &a9; over.</p></speech></publicwhip>";
    let (_, records, _) = read_all("bomb.xml", bomb.as_bytes(), &options).unwrap();
    assert!(records[0].statement.text.len() < 1_000, "{}", records[0].statement.text.len());
    for name in ALL {
        let reader = dixit_sources::read::by_name(read(name).0);
        let options = ReadOptions { format: reader, ..ReadOptions::default() };
        for element in ["div", "debateSection", "speech", "u", "note", "section", "p", "b", "a"] {
            let deep = format!(
                "{}deep{}",
                format!("<{element}>").repeat(20_000),
                format!("</{element}>").repeat(20_000)
            );
            read_all("deep.xml", deep.as_bytes(), &options).unwrap();
        }
        let attribute = format!("<TEI {}>", "a=\"<\" ".repeat(50_000));
        read_all("wide.xml", attribute.as_bytes(), &options).unwrap();
    }
}

/// Each document of a corpus in one file has its own day.
#[test]
fn a_corpus_in_one_file() {
    let one = |day: &str| {
        format!(
            "<TEI><teiHeader><profileDesc><settingDesc><setting><date when=\"{day}\"/></setting></settingDesc></profileDesc></teiHeader><text><body><u>On {day}.</u></body></text></TEI>"
        )
    };
    let corpus = format!("<teiCorpus>{}{}</teiCorpus>", one("2024-05-03"), one("2024-05-04"));
    let (_, records, _) = read_all("c.xml", corpus.as_bytes(), &ReadOptions::default()).unwrap();
    for record in &records {
        let date = record.statement.date.unwrap();
        assert_eq!(record.statement.text, format!("On {date}."));
    }
    assert_eq!(records.len(), 2);
}

#[test]
fn hansard_of_australia_with_names_in_the_text() {
    assert_read(
        "hansard-au-2012.xml",
        "hansard-au",
        &[
            "speech | Ada Rask |  | FF | 2012-05-09 | BILLS | I move: that it be so.",
            "interjection | Lind |  |  | 2012-05-09 | BILLS | Shame!",
            "speech | Ada Rask |  | FF | 2012-05-09 | BILLS | It is not.",
            "speech |  | SPEAKER |  | 2012-05-09 | BILLS | Order!⏎And so on.",
        ],
    );
}

fn lines_of(name: &str, text: &str) -> (Vec<String>, Vec<String>) {
    let (_, records, problems) = read_all(name, text.as_bytes(), &ReadOptions::default()).unwrap();
    let lines = records.iter().map(|record| line(&record.statement)).collect();
    (lines, problems.iter().map(ToString::to_string).collect())
}

/// The words of an utterance after a note that names somebody else are that one's.
#[test]
fn who_takes_the_floor_within_an_utterance_of_tei() {
    let tei = |body: &str| format!("<TEI><text><body>{body}</body></text></TEI>");
    let (lines, _) = lines_of(
        "a.xml",
        &tei(
            "<note type=\"speaker\">Ms RASK:</note><u who=\"#a\">One.<note type=\"speaker\">Mr LIND:</note>Two.</u>",
        ),
    );
    assert_eq!(lines, ["speech | RASK |  |  |  |  | One.", "speech | LIND |  |  |  |  | Two."]);
    let (lines, _) = lines_of("a.xml", &tei("<u who=\"#a #b\">Together.</u>"));
    assert_eq!(lines, ["speech |  |  |  |  |  | Together."], "of two nobody is the speaker");
    // A bracket is a party where the lists know it.
    let (lines, _) =
        lines_of("a.xml", &tei("<note type=\"speaker\">Mr LIND (Norland):</note><u>Three.</u>"));
    assert_eq!(lines, ["speech | LIND |  |  |  |  | Three."]);
}

#[test]
fn a_list_of_another_corpus_names_nobody() {
    let dir = tempfile::tempdir().unwrap();
    for (folder, name) in
        [("aa/2020", "AA_1.xml"), ("bb", "BB-listPerson.xml"), ("aa", "other.xml")]
    {
        std::fs::create_dir_all(dir.path().join(folder)).unwrap();
        let list = "<listPerson xmlns=\"http://www.tei-c.org/ns/1.0\"><person xml:id=\"p\"><persName>Wrong Country</persName></person></listPerson>";
        std::fs::write(dir.path().join(folder).join(name), list).unwrap();
    }
    let debate = "<TEI><text><body><u who=\"#p\">Words.</u></body></text></TEI>";
    let options = ReadOptions::default();
    let path = dir.path().join("aa/2020/AA_1.xml");
    let opened = open("AA_1.xml", debate.as_bytes(), &options).unwrap();
    let mut names = Vec::new();
    let opened = opened.beside(options.companions.beside(&path));
    opened
        .read("AA_1.xml", &options, &mut |item| {
            if let dixit_sources::read::Item::Record(record) = item {
                names.push(record.statement.speaker.and_then(|person| person.name));
            }
            dixit_sources::read::Flow::More
        })
        .unwrap();
    assert_eq!(names, [None]);
}

/// Lead-ins in bold, and headings of a report, are nobody's names.
#[test]
fn not_all_that_is_bold_speaks() {
    let page = "<html><body><p><b>Check against delivery:</b> thanks to all who came here today.</p><p><b>First:</b> nets and boats matter to us all.</p><p><b>Second:</b> so do harbours, and roads to them.</p></body></html>";
    let (lines, _) = lines_of("a.html", page);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("article |  |"), "{lines:?}");
    let report = "# Report\n\n## Background:\n\nNets.\n\n## Next steps:\n\nBoats.\n";
    assert_eq!(lines_of("a.md", report).0.len(), 1);
    // The time of a teaser is not the page's.
    let times = "<html><body><header><time datetime=\"2024-06-30\">a teaser</time></header><main><h1>Nets</h1><p>Nets matter to all of us on the coast, and so do boats.</p><time datetime=\"2019-03-12\">then</time></main></body></html>";
    assert!(lines_of("a.html", times).0[0].starts_with("article |  |  |  |  | Nets"));
}

/// Whatever loses the rest of a file is told.
#[test]
fn what_is_opened_and_never_closed_is_told() {
    for (name, text) in [
        (
            "a.xml",
            "<publicwhip><speech id=\"x/debate/2024-05-03a.1\" speakername=\"A B\">One.</speech><!-- <speech>Two.</speech>",
        ),
        ("a.html", "<html><body><p>One is a paragraph of this page.</p><script>var two = 2;"),
        ("a.xml", "<rss><channel><item><title>One</title></item><!-- two"),
    ] {
        let (lines, problems) = lines_of(name, text);
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(problems.iter().any(|why| why.contains("never closed")), "{name}: {problems:?}");
    }
}

/// After a division and after a speech within it a speech goes on.
#[test]
fn nothing_of_a_speech_is_lost_behind_what_stands_in_it() {
    let file = "<publicwhip><speech id=\"x/debate/2024-05-03a.1\" speakername=\"Ada Rask\"><p>One.</p><division><p>Ayes 2.</p></division><p>Two.</p><speech id=\"x/debate/2024-05-03a.2\" speakername=\"Bo Lind\"><p>Three.</p></speech><p>Four.</p></speech></publicwhip>";
    let (lines, _) = lines_of("a.xml", file);
    assert_eq!(
        lines,
        [
            "speech | Ada Rask |  |  | 2024-05-03 |  | One.⏎Two.",
            "procedure |  |  |  | 2024-05-03 |  | Ayes 2.",
            "speech | Bo Lind |  |  | 2024-05-03 |  | Three.",
            "speech | Ada Rask |  |  | 2024-05-03 |  | Four.",
        ]
    );
}

/// What was heard stands beside the speech, and other words in italics in it.
#[test]
fn notes_within_a_line_are_no_words_of_the_speech() {
    let words = "We will <i>never</i> yield<i> here</i>. <i>(Applause)</i> Never, <i>(as amended)</i> or <i>[Interruption.]</i> ever.";
    let parlparse = format!(
        "<publicwhip><speech id=\"x/debate/2024-05-03a.1\" speakername=\"Ada Rask\"><p>{words}</p><p>So <i>it is.</p></speech></publicwhip>"
    );
    let akn = format!(
        "<akomaNtoso><debate><debateBody><speech by=\"#a\"><from>Ada Rask</from><p>{words}</p><p>So <i>it is.</p></speech></debateBody></debate></akomaNtoso>"
    );
    let canada = format!(
        "<Hansard><ExtractedInformation/><HansardBody><Intervention><PersonSpeaking>Ada Rask</PersonSpeaking><Content><ParaText>{words}</ParaText><ParaText>So <I>it is.</ParaText></Content></Intervention></HansardBody></Hansard>"
    );
    for file in [parlparse, akn, canada] {
        let (_, records, _) = read_all("a.xml", file.as_bytes(), &ReadOptions::default()).unwrap();
        let told: Vec<(String, &str)> = records
            .iter()
            .map(|record| (record.statement.kind.to_string(), record.statement.text.as_str()))
            .collect();
        let expected = [
            ("speech", "We will never yield here. Never, (as amended) or ever.\nSo it is."),
            ("interjection", "(Applause)"),
            ("interjection", "[Interruption.]"),
        ];
        assert_eq!(told, expected.map(|(kind, text)| (kind.to_owned(), text)), "{file}");
        assert_eq!(records[1].statement.speaker, None);
        let amended = records[0].statement.text.find("amended").unwrap();
        let span = records[0].statement.source_span(amended..amended + 7).unwrap();
        assert_eq!(&file[span.as_range().unwrap()], "amended");
    }
}

#[test]
fn speeches_of_tei_that_is_laid_out_as_a_play_is() {
    let file = "<TEI><text><front><titlePage><docTitle><titlePart>Debates of Norland</titlePart></docTitle></titlePage></front><body>\
        <div><head>ROADS</head><p>The House met at noon, and <hi>sat</hi> till four.</p>\
        <sp who=\"#a\"><speaker>Mr LIND:</speaker><p>Roads lead home.</p><stage>Applause</stage><p>All of them.</p></sp>\
        <sp><speaker>The PRESIDENT</speaker><p>They do.</p></sp></div></body>\
        <back><p>Printed at Norland.</p><listPerson><person>Bo Lind</person></listPerson></back></text></TEI>";
    let (lines, problems) = lines_of("a.xml", file);
    let expected = [
        "speech | LIND |  |  |  | ROADS | Roads lead home.⏎All of them.",
        "procedure |  |  |  |  | ROADS | Applause",
        "speech |  | PRESIDENT |  |  | ROADS | They do.",
    ];
    assert_eq!(lines, expected);
    let why =
        "a.xml: 3 stretches of text outside of utterances left out, the first: Debates of Norland";
    assert!(problems.iter().any(|problem| problem == why), "{problems:?}");
    let whole = "<TEI><text><body><div><head>ROADS</head><note>Noon.</note><u>Roads.</u></div></body></text></TEI>";
    let (_, problems) = lines_of("a.xml", whole);
    assert!(problems.iter().all(|problem| !problem.contains("left out")), "{problems:?}");
}

/// A `<` that is a letter stands anywhere: also where what was read ends before the next tag, so that more
/// has to be read while it is looked at.
#[test]
fn a_letter_that_looks_like_a_tag_is_no_trouble_at_any_place() {
    for before in [1_000_usize, 20_000, 30_000, 32_000, 33_000, 35_000, 64_000] {
        let text = format!(
            "<html><body>{}<p>{} < 5 and more. {}</p></body></html>",
            "<p>A first word.</p>".repeat(3_000),
            "long ".repeat(before / 5 * 2),
            "last ".repeat(4_000)
        );
        let (_, records, _) = read_all("a.html", text.as_bytes(), &ReadOptions::default()).unwrap();
        let all: String = records.iter().map(|record| record.statement.text.as_str()).collect();
        assert!(all.contains("< 5 and more."), "{before}");
    }
}
