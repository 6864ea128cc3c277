//! Files in other encodings than UTF-8: what is read, how it was decided, where it stands.

use dixit::{Span, Statement};
use dixit_sources::read::{Flow, Item};
use dixit_sources::{Extraction, FoundEncoding, Problem, ReadOptions, open, text_of};

use crate::any_input::encode;

const FRENCH: &str = "L'été dernier, la ministre Ada Rask a déclaré que les quotas de hareng \
    seront réduits d'un dixième, et que les pêcheurs en ont été prévenus.\n";
const GERMAN: &str = "Die Ministerin sagte am Dienstag, die Fangquoten für Hering würden um ein \
    Zehntel gekürzt. „Größere Einschnitte“ seien nicht nötig – noch nicht.\n";
const RUSSIAN: &str = "Министр рыболовства заявила во вторник, что квота на сельдь будет снижена на \
    одну десятую и что рыбаки были предупреждены об этом заранее.\n";
const TRADITIONAL: &str = "漁業部發言人星期二表示，鯡魚的捕撈配額將減少十分之一，漁民已經事先得到通知。\
    她說，這個決定是在與沿海各地的代表討論之後作出的，明年還會再次檢討。\n";
const SIMPLIFIED: &str = "渔业部发言人星期二表示，鲱鱼的捕捞配额将减少十分之一，渔民已经事先得到通知。\
    她说，这个决定是在与沿海各地的代表讨论之后作出的，明年还会再次检讨。\n";
const JAPANESE: &str = "漁業省の報道官は火曜日、ニシンの漁獲割り当てを一割減らすと述べた。漁業者には\
    すでに知らせてあるという。来年もう一度見直すとしている。\n";
const KOREAN: &str = "수산부 대변인은 화요일에 청어 어획 할당량이 십분의 일 줄어들 것이라고 말했다. \
    어민들에게는 이미 알렸으며 내년에 다시 검토하겠다고 덧붙였다.\n";

fn read(name: &str, file: &[u8]) -> (FoundEncoding, Vec<Statement>, Vec<Problem>) {
    let options = ReadOptions::default();
    let opened = open(name, file, &options).unwrap();
    let encoding = opened.encoding;
    let (mut statements, mut problems) = (Vec::new(), Vec::new());
    let taken = opened.read(name, &options, &mut |item| {
        match item {
            Item::Record(record) => statements.push(record.statement),
            Item::Problem(problem) => problems.push(problem),
            Item::Layout(_) => {}
        }
        Flow::More
    });
    taken.unwrap();
    (encoding, statements, problems)
}

/// What stands in the file at a span.
fn at(file: &[u8], statement: &Statement, span: Span) -> String {
    let bytes = &file[span.as_range().unwrap()];
    text_of(bytes, statement.source.encoding.as_deref()).into_owned()
}

/// Every character, every passage and every piece of evidence stands where the statement says.
fn stands(file: &[u8], statement: &Statement) {
    for (place, c) in statement.text.char_indices() {
        let span = statement.source_span(place..place + c.len_utf8()).unwrap();
        assert_eq!(at(file, statement, span), c.to_string(), "{place}");
    }
    let mut complete = statement.clone();
    Extraction::default().complete(&mut complete);
    let evidence = complete.basis.values().flat_map(|basis| basis.evidence.iter().copied());
    let passages = complete.passages.iter().map(|passage| passage.content);
    for span in evidence.chain(passages) {
        let words = at(file, &complete, span);
        assert!(!words.contains('\u{FFFD}'), "{words}");
        if let Some(range) = complete.text_range(span) {
            assert_eq!(words, complete.text[range]);
        }
    }
}

#[test]
fn statistics_tell_the_encodings_of_texts() {
    for (text, encoding) in [
        (FRENCH, "windows-1252"),
        (GERMAN, "windows-1252"),
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "KOI8-U"),
        (TRADITIONAL, "Big5"),
        (SIMPLIFIED, "GBK"),
        (JAPANESE, "Shift_JIS"),
        (JAPANESE, "EUC-JP"),
        (KOREAN, "EUC-KR"),
    ] {
        let text = text.repeat(3);
        let file = encode(&text, encoding);
        let (found, statements, problems) = read("a.txt", &file);
        assert_eq!((found.name, found.by), (encoding, "statistics of its bytes"));
        assert_eq!(statements[0].text, text);
        stands(&file, &statements[0]);
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        assert!(!problem.left_out && problem.line == Some(1), "{problem:?}");
        let first = file.iter().position(|byte| !byte.is_ascii()).unwrap() as u64;
        assert_eq!(problem.byte, Some(first));
        assert_eq!(
            problem.message,
            format!("it is not UTF-8 here: read as {encoding}, by statistics")
        );
        assert_eq!(statements[0].source.encoding.as_deref(), Some(encoding));
    }
}

#[test]
fn utf_16_is_read_with_its_mark_and_without() {
    for text in [FRENCH, RUSSIAN, "The quota 🐟 falls.\r\nSo it was said on 3 May 2024.\n"] {
        for encoding in ["UTF-16LE", "UTF-16BE"] {
            let file = encode(text, encoding);
            let (found, statements, problems) = read("a.txt", &file);
            assert_eq!((found.name, found.by), (encoding, "its byte order mark"));
            assert!(problems.is_empty(), "{problems:?}");
            assert_eq!(statements[0].text, text);
            stands(&file, &statements[0]);

            let file = &file[2..];
            let (found, statements, problems) = read("a.txt", file);
            assert_eq!((found.name, found.by), (encoding, "the places of its NULs"));
            assert!(problems.is_empty(), "{problems:?}");
            stands(file, &statements[0]);
        }
    }
    let mut cut = encode("Words and 🐟", "UTF-16LE");
    cut.truncate(cut.len() - 1);
    let (_, statements, problems) = read("a.txt", &cut);
    assert_eq!(statements[0].text, "Words and \u{FFFD}\u{FFFD}");
    assert_eq!((problems.len(), problems[0].byte), (1, Some(22)), "{problems:?}");
}

#[test]
fn records_of_a_file_in_another_encoding_lead_to_its_bytes() {
    let mut lines = String::new();
    for number in 0..3000 {
        lines += &format!(
            "{{\"text\":\"会议厅 {number}:\\n\\u043a\\\"配额减少\\\" é\",\"date\":\"2024-05-03\",\
             \"speaker\":\"阿达拉斯克\"}}\n"
        );
        if number % 1000 == 7 {
            lines += "没有\n";
        }
    }
    for encoding in ["UTF-16BE", "UTF-16LE", "GBK"] {
        let file = encode(&lines, encoding);
        let (_, statements, problems) = read("a.jsonl", &file);
        assert_eq!(statements.len(), 3000);
        let lost: Vec<_> = problems.iter().filter(|problem| problem.left_out).collect();
        assert_eq!(
            lost.iter().map(|lost| lost.line).collect::<Vec<_>>(),
            [Some(9), Some(1010), Some(2011)]
        );
        for lost in lost {
            let place = lost.byte.unwrap() as usize;
            let end = (place + 4).min(file.len());
            assert!(text_of(&file[place..end], Some(encoding)).starts_with('没'), "{lost:?}");
        }
        for statement in statements.iter().step_by(97).chain(statements.last()) {
            let is = |span: Span| at(&file, statement, span);
            assert!(is(statement.source.span.unwrap()).starts_with("{\"text\":\"会议厅 "));
            assert_eq!(is(statement.basis["date"].evidence[0]), "\"2024-05-03\"");
            assert_eq!(is(statement.basis["speaker"].evidence[0]), "\"阿达拉斯克\"");
            let word = statement.text.find("配额减少").unwrap();
            assert_eq!(is(statement.source_span(word..word + 12).unwrap()), "配额减少");
            let escape = statement.source_span(word - 1..word).unwrap();
            assert_eq!(is(escape), "\\\"");
        }
    }
}

#[test]
fn what_a_file_declares_is_believed_when_its_bytes_agree() {
    let page = |encoding: &str| format!("<?xml version='1.0' encoding='{encoding}'?>\n{FRENCH}");
    let text = ReadOptions { format: dixit_sources::read::by_name("text"), ..Default::default() };
    let decide = |file: &[u8]| {
        let opened = open("a.txt", file, &text).unwrap();
        let found = opened.encoding;
        let mut problems = Vec::new();
        let taken = opened.read("a.txt", &text, &mut |item| {
            if let Item::Problem(problem) = item {
                problems.push(problem.to_string());
            }
            Flow::More
        });
        taken.unwrap();
        (found.name, found.by, problems)
    };
    let (name, by, problems) = decide(&encode(&page("iso-8859-15"), "iso-8859-15"));
    assert_eq!((name, by, problems.len()), ("ISO-8859-15", "its declaration", 0));
    let html = format!("<html><head><META charset=windows-1250></head>{GERMAN}");
    let (name, by, _) = decide(&encode(&html, "windows-1250"));
    assert_eq!((name, by), ("windows-1250", "its declaration"));

    // Very common: converted, and the declaration forgotten.
    let (name, _, problems) = decide(page("iso-8859-1").as_bytes());
    assert_eq!(name, "UTF-8");
    assert_eq!(problems, ["a.txt:2: it declares windows-1252 and is UTF-8: read as UTF-8"]);
    let (name, _, problems) = decide(&encode(&page("utf-8"), "windows-1252"));
    assert_eq!(name, "windows-1252");
    assert_eq!(
        problems,
        ["a.txt:2: it declares UTF-8 and is not UTF-8 here: read as windows-1252, by statistics"]
    );
    // It could not be read if it were.
    let (name, by, _) = decide(page("UTF-16").as_bytes());
    assert_eq!((name, by), ("UTF-8", "its bytes, which are valid UTF-8"));
}

#[test]
fn what_is_ascii_at_first_is_decided_about_later() {
    let many = "All of this is plain, line by line.\n".repeat(4000);
    let file =
        [many.as_bytes(), &encode(&FRENCH.repeat(40), "windows-1252"), many.as_bytes()].concat();
    let (found, statements, problems) = read("a.txt", &file);
    assert_eq!((found.name, found.by), ("UTF-8", "its bytes, which are ASCII"));
    assert!(statements[0].text[many.len()..].starts_with(FRENCH));
    assert_eq!(statements[0].source.encoding.as_deref(), Some("windows-1252"));
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!((problem.line, problem.byte), (Some(4001), Some(many.len() as u64 + 2)));
    let place = many.len() + FRENCH.len();
    let span = statements[0].source_span(place..place + "L'été".len()).unwrap();
    assert_eq!(at(&file, &statements[0], span), "L'été");

    let file = [many.as_bytes(), FRENCH.as_bytes()].concat();
    let (_, statements, problems) = read("a.txt", &file);
    assert!(problems.is_empty() && statements[0].source.encoding.is_none());
}

#[test]
fn some_bad_bytes_in_utf_8_do_not_make_it_another_encoding() {
    let mut file = FRENCH.repeat(4).into_bytes();
    file.splice(300..300, *b"\xE9\xFF");
    let (found, statements, problems) = read("a.txt", &file);
    assert_eq!(found.name, "UTF-8");
    assert_eq!(statements[0].text.matches('\u{FFFD}').count(), 2);
    assert!(problems[0].message.starts_with("byte 300 is not UTF-8"), "{problems:?}");
}

#[test]
fn records_that_stand_elsewhere_keep_their_places() {
    let line = r#"{"format":1,"id":"x","text":"Größe zählt, sagte sie.","source":{"name":"a.jsonl","span":[7,30],"encoding":"windows-1252"}}"#;
    let (_, statements, _) = read("a.jsonl", &encode(line, "UTF-16LE"));
    assert_eq!(statements[0].source.span, Some(Span::new(7, 30)));
    assert_eq!(statements[0].source.encoding.as_deref(), Some("windows-1252"));
}

/// One NUL that went astray does not make a text one of two bytes a letter.
#[test]
fn a_stray_nul_makes_no_other_encoding() {
    let text =
        "Hello world\0 this is a text of ASCII letters that goes on for a while, as texts do.";
    for name in ["a.txt", "a.md"] {
        let read =
            dixit_sources::read_all(name, text.as_bytes(), &dixit_sources::ReadOptions::default());
        if let Ok((_, records, _)) = read {
            assert!(records.iter().all(|record| record.statement.text.contains("world")));
        }
    }
}
