//! Transcripts in the styles of many publishers and languages: which words are whose. All samples are
//! invented; beside each stands what is read of it, a line a statement.
//!
//! `BLESS=1 cargo test -p dixit-sources --test it transcripts` writes these again, to be read by eye.

use std::path::Path;

use dixit::{BasisKind, Kind, Statement};
use dixit_sources::{ReadOptions, read_all};

const SAMPLES: &str = "tests/samples/transcripts";

fn statements(name: &str, text: &str) -> Vec<Statement> {
    let (_, records, problems) = read_all(name, text.as_bytes(), &ReadOptions::default()).unwrap();
    assert!(problems.iter().all(|problem| !problem.left_out), "{name}: {problems:?}");
    records.into_iter().map(|record| record.statement).collect()
}

/// A statement in a line: kind, label, name, office, body, day, heading, words.
fn line(statement: &Statement) -> String {
    let speaker = statement.speaker.clone().unwrap_or_default();
    let shown = [
        speaker.as_written,
        speaker.name,
        speaker.role,
        speaker.affiliation.or(speaker.party),
        statement.date.map(|date| date.to_string()),
        statement.title.clone(),
    ];
    let shown: Vec<String> = shown.into_iter().map(Option::unwrap_or_default).collect();
    format!("{} | {} | {}", statement.kind, shown.join(" | "), statement.text.replace('\n', "⏎"))
}

#[test]
fn every_style_is_read_as_it_stands_beside_it() {
    let mut files: Vec<_> = std::fs::read_dir(SAMPLES)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending != "turns"))
        .collect();
    files.sort();
    assert!(files.len() > 30);
    let mut wrong = Vec::new();
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let read: Vec<String> = statements(&name, &text).iter().map(line).collect();
        let read = read.join("\n") + "\n";
        let expected = Path::new(SAMPLES).join(format!("{name}.turns"));
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&expected, &read).unwrap();
        }
        if std::fs::read_to_string(&expected).unwrap_or_default() != read {
            wrong.push(format!("== {name}\n{read}"));
        }
    }
    assert!(wrong.is_empty(), "these are read otherwise now:\n{}", wrong.join("\n"));
}

/// Each label is shown by its own bytes, each turn by bytes that hold its words, and no two overlap.
#[test]
fn turns_lead_back_to_their_bytes() {
    for entry in std::fs::read_dir(SAMPLES).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending == "turns") {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut end = 0;
        for statement in statements(&name, &text) {
            let span = statement.source.span.unwrap();
            let is_note = matches!(statement.kind, Kind::Interjection | Kind::Procedure);
            assert!(is_note || span.start >= end, "{name}: {statement:?}");
            end = end.max(span.start);
            let first = statement.text.lines().next().unwrap();
            let at = statement.source_span(0..first.len()).unwrap().as_range().unwrap();
            if !name.ends_with(".html") {
                assert_eq!(&text[at], first, "{name}");
            }
            let (Some(person), Some(basis)) = (&statement.speaker, statement.basis.get("speaker"))
            else {
                continue;
            };
            let label = person.as_written.as_deref().unwrap();
            let shown =
                basis.evidence.iter().any(|span| text[span.as_range().unwrap()].contains(label));
            assert!(shown, "{name}: nothing shows `{label}`: {basis:?}");
        }
    }
}

#[test]
fn a_short_label_is_tied_to_the_one_full_name() {
    let text = "Briefing by Spokesperson Ada Rask, 9 March 2021\n\nMS. RASK: Good day.\n\nQ   Why?\n\nMS. RASK: Because.\n";
    let turns = statements("briefing.txt", text);
    let turn = turns.iter().find(|turn| turn.text == "Because.").unwrap();
    let speaker = turn.speaker.as_ref().unwrap();
    assert_eq!(speaker.name.as_deref(), Some("Ada Rask"));
    assert_eq!(speaker.as_written.as_deref(), Some("MS. RASK"));
    let basis = &turn.basis["speaker"];
    assert_eq!((basis.kind, basis.rule.as_deref()), (BasisKind::Inferred, Some("full-name")));
    assert!(basis.evidence.iter().any(|span| &text[span.as_range().unwrap()] == "Ada Rask"));
    assert_eq!(turn.kind, Kind::Answer);
}

#[test]
fn two_of_one_surname_stay_short() {
    let text = "Debate of Ada Rask and Bo Rask, 9 March 2021\n\nRASK: Good day.\n\nLIND: Hello.\n\nRASK: Who of us?\n\nLIND: You.\n";
    let turns = statements("debate.txt", text);
    let names: Vec<_> =
        turns.iter().filter_map(|turn| turn.speaker.as_ref()?.name.as_deref()).collect();
    assert_eq!(names, ["RASK", "LIND", "RASK", "LIND"]);
}

#[test]
fn what_is_said_in_a_turn_dates_no_transcript() {
    let text = "MS. RASK: On 4 April 2019, we met in Norport.\n\nMR. LIND: Indeed.\n\nMS. RASK: It rained.\n";
    for turn in statements("talk.txt", text) {
        assert_eq!(turn.date, None);
        assert_eq!(turn.basis["date"].kind, BasisKind::Unknown);
    }
}

#[test]
fn labels_that_are_none_make_no_transcript() {
    for text in [
        "So, bottom line is: we wait.\nThe point is: we act.\nAnd the last point is: we win.\n",
        "首先向大家通报一组数字：三百。\n其次：五百。\n最后：七百。\n",
        "Date: 3 May\nTheme: Peace\nDate: 4 May\nVenue: Norport\n",
        "Health: we build.\nEducation: we teach.\nJustice: we judge.\n",
        "Señor Presidente:\nGracias.\nSeñor Secretario General:\nSí.\nSeñor Presidente:\n",
        "WASHINGTON: The ship sank.\n\nNORPORT: Nobody knew it.\n\nSUDPORT: It rained.\n",
        "Dear Ms. Rask:\n\nThank you.\n\nDear Mr. Lind:\n\nThank you too.\n",
        "1:30 p.m.: The train leaves.\n2:30 p.m.: It arrives.\n3:30 p.m.: We sleep.\n",
        "https://news.example/a: a page\nhttps://news.example/b: a page\n",
    ] {
        let read = statements("a.txt", text);
        assert_eq!(read.len(), 1, "{text}: {read:?}");
        assert_eq!(read[0].speaker, None, "{text}");
    }
}

#[test]
fn notes_and_the_feet_of_pages_are_no_words_of_a_turn() {
    let text = "MS. RASK: We go\non.\n\n(Applause.)\n\nAnd on.\n\n[[Page 12]]\n\nAnd home.\n\nMR. LIND: Yes.\n";
    let lines: Vec<String> = statements("a.txt", text).iter().map(line).collect();
    let words: Vec<&str> = lines.iter().map(|line| line.rsplit(" | ").next().unwrap()).collect();
    assert_eq!(words, ["We go⏎on.⏎And on.⏎And home.", "(Applause.)", "Yes."]);
}

#[test]
fn the_title_names_who_holds_an_office() {
    let text = "Remarks by President Rask at the Harbour\n\nNorport Harbour, on the pier, in the morning of a cold day in March, as published\n\nTHE PRESIDENT: My friends, the herring is back.\n\nQ   Mr. President, where?\n\nTHE PRESIDENT: Here.\n";
    let turns = statements("remarks.txt", text);
    let speaker = turns.last().unwrap().speaker.as_ref().unwrap();
    assert_eq!(speaker.name.as_deref(), Some("Rask"));
    assert_eq!(speaker.as_written.as_deref(), Some("THE PRESIDENT"));
    // What is done there is no part of the name.
    for heading in [
        "Remarks by President Rask Honoring Fishermen",
        "Remarks by President Rask Opposing the Quota",
        "President Rask Delivers the Harbour Address",
    ] {
        let text = text.replace("Remarks by President Rask at the Harbour", heading);
        let turns = statements("remarks.txt", &text);
        let name = turns.last().unwrap().speaker.as_ref().unwrap().name.clone();
        assert_eq!(name.as_deref(), Some("Rask"), "{heading}");
    }
    let title = "Remarks by Vice President Rask at the Harbour\n\n";
    let turns = statements(
        "remarks.txt",
        &text.replace("Remarks by President Rask at the Harbour\n\n", title),
    );
    assert_eq!(turns.last().unwrap().speaker.as_ref().unwrap().name, None);
}

/// What is bold may reach over a label that stands within the line.
#[test]
fn a_line_in_bold_that_holds_labels_is_cut_like_others() {
    let text = "<html><body><p><b>REVIEW REPORT, AND THE HON. A. RASK.- Mr. Speaker, I move. HON. B. LIND.- I second</b> it, and more words.</p><p>MR. SPEAKER.- Order.</p></body></html>";
    let read = statements("page.html", text);
    let labels: Vec<_> =
        read.iter().filter_map(|turn| turn.speaker.as_ref()?.as_written.as_deref()).collect();
    assert_eq!(labels, ["HON. B. LIND", "MR. SPEAKER"]);
}

/// Titles and initials before a name are all of its label, wherever that stands.
#[test]
fn labels_with_the_mark_of_print_are_whole() {
    let text = "<html><body><p>MR. SPEAKER.- Order. HON. PROF. A.B. RASK.- I rise. HON. M. S. LIND.- Sit down.</p>\
                <h4>HON. A.B. RASK.- I yield.</h4><p>MR. SPEAKER.- So be it. \
                HON. C. BERG.: And the quay?</p><h4>The Harbour Bill</h4>\
                <p>HON. PROF. A.B. RASK.- It stands.</p></body></html>";
    let read = statements("page.html", text);
    let said: Vec<_> = read
        .iter()
        .map(|turn| {
            let speaker = turn.speaker.as_ref().unwrap();
            let label = speaker.as_written.as_deref().unwrap().trim_end_matches('.');
            (label, turn.text.as_str(), turn.title.as_deref())
        })
        .collect();
    let bill = Some("The Harbour Bill");
    assert_eq!(
        said,
        [
            ("MR. SPEAKER", "Order.", None),
            ("HON. PROF. A.B. RASK", "I rise.", None),
            ("HON. M. S. LIND", "Sit down.", None),
            ("HON. A.B. RASK", "I yield.", None),
            ("MR. SPEAKER", "So be it.", None),
            ("HON. C. BERG", "And the quay?", None),
            ("HON. PROF. A.B. RASK", "It stands.", bill),
        ]
    );
}

/// Brackets behind a label hold who presides, or what a witness is.
#[test]
fn brackets_name_who_presides_and_what_a_witness_is() {
    let text = "The Chair (Hon. Ada B. Rask (Norport, NP)): Welcome.\n\n\
                Mr. Om Lind (Director, Harbour Institute, University of Norport): Thank you.\n\n\
                Ms. Ida Berg (Executive Vice-President, Policy, Chamber of Ships): And so do I.\n\n\
                Hon. Wes Holm (Minister of Fisheries, New Union): I listen.\n\n\
                Mr. Jan Roth (Norport, NP): Why?\n\n\
                The Chair (Mr. Jan Roth): We adjourn.\n";
    let read: Vec<_> = statements("committee.txt", text)
        .into_iter()
        .map(|turn| {
            let speaker = turn.speaker.unwrap();
            [speaker.name, speaker.role, speaker.affiliation].map(Option::unwrap_or_default)
        })
        .collect();
    assert_eq!(
        read,
        [
            ["Ada B. Rask", "Chair", ""],
            ["Om Lind", "Director", "Harbour Institute, University of Norport"],
            ["Ida Berg", "Executive Vice-President", "Chamber of Ships"],
            ["Wes Holm", "Minister of Fisheries", ""],
            ["Jan Roth", "", ""],
            ["Jan Roth", "Chair", ""],
        ]
    );
}

/// In records of bodies of states a bracket names whom somebody speaks for, and in which language.
#[test]
fn brackets_name_countries_and_languages() {
    let unseen = "Mr. Jo Ra\u{200b}s\u{200d}k: I rise.\n\nMs. Ada Lind: I do, too.\n";
    let speaker = statements("unseen.txt", unseen)[0].speaker.clone().unwrap();
    assert_eq!(speaker.name.as_deref(), Some("Jo Rask"));
    assert_eq!(speaker.as_written.as_deref(), Some("Mr. Jo Ra\u{200b}s\u{200d}k"));
    let text = "Mr. Rask (Republic of Korea): I thank the Chair.\n\n\
                The President (spoke in Arabic): I thank the delegate.\n\n\
                Ms. Lind (Mali) (spoke in French): We meet again.\n\n\
                Mr. Berg (Iran (Islamic Republic of)): We do.\n\n\
                Ms. Holm (the Netherlands) [interpretation]: We do.\n\n\
                Mr. Roth (CHILE): We do, too.\n\n\
                Ms. Vik (Norport North): So do we.\n";
    let read: Vec<_> = statements("council.txt", text)
        .into_iter()
        .map(|turn| {
            let speaker = turn.speaker.unwrap();
            [speaker.as_written, speaker.name, speaker.role, speaker.country]
                .map(Option::unwrap_or_default)
        })
        .collect();
    assert_eq!(
        read,
        [
            ["Mr. Rask (Republic of Korea)", "Rask", "", "South Korea"],
            ["The President (spoke in Arabic)", "", "President", ""],
            ["Ms. Lind (Mali) (spoke in French)", "Lind", "", "Mali"],
            ["Mr. Berg (Iran (Islamic Republic of))", "Berg", "", "Iran"],
            ["Ms. Holm (the Netherlands) [interpretation]", "Holm", "", "Netherlands"],
            ["Mr. Roth (CHILE)", "Roth", "", "Chile"],
            ["Ms. Vik (Norport North)", "Vik", "", ""],
        ]
    );
}

/// Who issues a release, and that it is one, is neither what is spoken of nor where.
#[test]
fn the_letterhead_of_a_release_is_neither_topic_nor_event() {
    let text = "THE WHITE HOUSE\nOffice of the Press Secretary\n\n\
                For Immediate Release                 May 4, 2015\n\n\
                STATEMENT BY THE PRESIDENT ON HERRING\n\n\
                THE PRESIDENT: Today the harbour opens, after two years of talks.\n\n\
                THE VICE PRESIDENT: I agree with every word.\n";
    let turns = statements("release.txt", text);
    let spoken: Vec<_> = turns.iter().filter(|turn| turn.kind == Kind::Speech).collect();
    assert_eq!(spoken.len(), 2);
    for turn in spoken {
        assert_eq!(turn.topics, ["STATEMENT BY THE PRESIDENT ON HERRING"]);
        assert_eq!(turn.event.as_deref(), Some("STATEMENT BY THE PRESIDENT ON HERRING"));
    }
}

/// Among names that come again, one that stands once is a label where it is a person's.
#[test]
fn who_speaks_once_in_an_interview_without_blank_lines_has_a_turn() {
    let text = "Otto Rask: Why is the quay closed?\nWe want to know.\nTell us all.\n\
                Clara Lind: Because it is old.\nIt was built long ago.\nStone wears off.\n\
                Otto Rask: And what do others say?\nThey may see it otherwise.\n\
                Anna Berg: We think so.\nThree things matter.\nGreat Expectations: none of us has any.\n\
                Clara Lind: There is money for one quay.\nAnd for a pier.\n\
                Otto Rask: Thank you.\n";
    let read = statements("interview.txt", text);
    let labels: Vec<_> =
        read.iter().map(|turn| turn.speaker.as_ref().unwrap().as_written.as_deref()).collect();
    let named =
        ["Otto Rask", "Clara Lind", "Otto Rask", "Anna Berg", "Clara Lind", "Otto Rask"].map(Some);
    assert_eq!(labels, named);
}

#[test]
fn what_is_said_twice_in_two_languages_is_kept_paired() {
    let text = "样本社记者：配额是多少？\n\nSample News: What is the quota?\n\n张样本：和去年一样。\n\nZhang Yangben: The same as last year.\n\n样本社记者：谢谢。\n\nSample News: Thank you.\n\n张样本：再见。\n\nZhang Yangben: Goodbye.\n";
    let read = statements("conference.txt", text);
    assert_eq!(read.len(), 8);
    for pair in read.chunks(2) {
        assert!(!pair[0].basis.contains_key("text"));
        let note = pair[1].basis["text"].note.as_deref().unwrap();
        let first = pair[0].source.ordinal.unwrap();
        assert_eq!(note, format!("says the same as statement {first}, in another language"));
    }
}

#[test]
fn two_columns_side_by_side_are_told_and_nobody_speaks() {
    let text = "MS. RASK: The harbour will be          MR. LIND: I thank the chair. The\n\
                open from May on, and the ferry        road to the harbour is closed, and\n\
                will go twice a day until the          the board has to say when it is to\n\
                end of October. We have asked          be opened. The town has asked for\n\
                the town for a new quay.               it twice.\n\n\
                MR. LIND: When will the quay be        MS. RASK: In two years, if nothing\n\
                built?                                 comes between.\n";
    let (_, records, problems) =
        read_all("columns.txt", text.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].statement.speaker, None);
    assert!(problems.iter().any(|problem| problem.message.contains("two columns")), "{problems:?}");
}

#[test]
fn a_short_word_in_capitals_that_nobody_is_called_by_is_no_label() {
    let text = "PRESIDENTE. Prego.\n\nMARIO ESEMPIO. Il porto è chiuso.\n\nNATO. Una parola.\n\nPRESIDENTE. Grazie.\n\nMARIO ESEMPIO. Prego.\n";
    let read = statements("seduta.txt", text);
    assert!(read.iter().all(|turn| {
        turn.speaker.as_ref().and_then(|person| person.as_written.as_deref()) != Some("NATO")
    }));
    assert!(read.iter().any(|turn| turn.text.contains("NATO. Una parola.")));
}

#[test]
fn a_json_without_statements_is_left_out_and_told() {
    for json in ["{}", "[]", "{\"settings\": {\"colour\": \"red\", \"size\": 3}}"] {
        let (_, records, problems) =
            read_all("a.json", json.as_bytes(), &ReadOptions::default()).unwrap();
        assert!(records.is_empty());
        assert!(problems.iter().any(|problem| problem.left_out), "{json}: {problems:?}");
    }
}

/// What is nothing but labels would take memory out of proportion: it is left out, and that is told.
#[test]
fn more_labels_than_are_weighed_are_told() {
    // Names have no digits.
    let letter = |digit: u8| char::from(b'a' + digit - b'0');
    let name = |n: u32| n.to_string().bytes().map(letter).collect::<String>();
    let turn = |n: u32| format!("Mr. R{}: Yes.\n", name(n));
    let many = |count: u32| (0..count).map(turn).collect::<String>();
    for (text, why) in [
        ("A:\n".repeat(300_000), "more than 131072 labels"),
        ("# A\n".repeat(300_000), "more than 131072 headings"),
        ("a\n".repeat(1_100_000), "more than 1048576 lines"),
        (many(40_000), "more than 32768 different labels"),
    ] {
        let name = if text.starts_with('#') { "odd.md" } else { "odd.txt" };
        let read = read_all(name, text.as_bytes(), &ReadOptions::default()).unwrap();
        let (_, records, problems) = read;
        let [told] = problems.as_slice() else { panic!("{why}: {problems:?}") };
        assert!(told.message.contains(why), "{told:?}");
        assert!(records.is_empty(), "{why}");
    }
    let (_, records, problems) =
        read_all("turns.txt", many(5_000).as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!((records.len(), problems.len()), (5_000, 0));
}

/// What a script wrote of the bytes of a page: escapes are read, and lead back to the file.
#[test]
fn a_page_in_a_literal_of_python_is_read_as_the_page_that_it_shows() {
    let literal = r#"b'<div class="a">\n<p>Skarhavn</p>\n\t<p>MS. GRAVDAL:\xc2\xa0 Good morning. The ferry won\xe2\x80\x99t go.</p>\n<p>Q:\xc2\xa0 Why?</p>\n<p>MS. GRAVDAL:\xc2\xa0 The quay isn\'t safe.</p>\n<p>Q:\xc2\xa0 Until when?</p>\n<p>MS. GRAVDAL:\xc2\xa0 We\xe2\x80\x99ll see.</p></div>'"#;
    let title = "<h1>Press Briefing by Spokesperson Linnea Gravdal, 18 March 2025</h1>";
    let page = format!("{title}\n{literal}\n");
    let read = statements("briefing.html", &page);
    let said: Vec<(&str, &str)> = read
        .iter()
        .filter(|turn| matches!(turn.kind, Kind::Remark | Kind::Answer))
        .map(|turn| {
            let name = turn.speaker.as_ref().and_then(|person| person.name.as_deref());
            (name.unwrap_or_default(), turn.text.trim())
        })
        .collect();
    assert_eq!(
        said,
        [
            ("Linnea Gravdal", "Good morning. The ferry won’t go."),
            ("Linnea Gravdal", "The quay isn't safe."),
            ("Linnea Gravdal", "We’ll see."),
        ]
    );
    let first = read.iter().find(|turn| turn.text.contains("won’t")).unwrap();
    let span = first.source.span.unwrap();
    let (from, to) = (usize::try_from(span.start).unwrap(), usize::try_from(span.end).unwrap());
    assert!(page[from..to].contains(r"won\xe2\x80\x99t"), "{}", &page[from..to]);
}
