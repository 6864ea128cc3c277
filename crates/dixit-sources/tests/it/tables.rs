//! Tables: which column holds what, and what a row says.

use dixit::{BasisKind, Kind, Statement};
use dixit_sources::{Problem, ReadOptions, read_all};

fn read(name: &str, file: &[u8]) -> (Vec<Statement>, Vec<Problem>) {
    mapped(name, file, "")
}

fn mapped(name: &str, file: &[u8], map: &str) -> (Vec<Statement>, Vec<Problem>) {
    let options = ReadOptions { fields: map.parse().unwrap(), ..ReadOptions::default() };
    let (format, records, problems) = read_all(name, file, &options).unwrap();
    assert_eq!(format.reader.name(), "csv");
    (records.into_iter().map(|record| record.statement).collect(), problems)
}

fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

fn speaker(statement: &Statement) -> Option<&str> {
    statement.speaker.as_ref()?.name.as_deref()
}

fn date(statement: &Statement) -> Option<String> {
    statement.date.map(|date| date.to_string())
}

const DEBATE: &str = "\"No\",\"Speaker\",\"Text\",\"Date\"
1,\"Rask\",\"Good evening. The motion is called \"\"Herring first.\"\"\",\"3/28/24\"
2,\"Audience\",\"(LAUGHTER)\",\"3/28/24\"
3,\"Lind\",\"I thank the chair,
and I will be brief.\",\"4/2/2024\"
";

#[test]
fn a_row_is_a_turn_and_its_bytes_are_those_of_the_file() {
    for file in [DEBATE.to_owned(), DEBATE.replace('\n', "\r\n"), format!("\u{feff}{DEBATE}")] {
        let (statements, problems) = read("debate.csv", file.as_bytes());
        assert!(problems.is_empty(), "{problems:?}");
        let speakers: Vec<_> = statements.iter().filter_map(speaker).collect();
        assert_eq!(speakers, ["Rask", "Audience", "Lind"]);
        let dates: Vec<_> = statements.iter().filter_map(date).collect();
        assert_eq!(dates, ["2024-03-28", "2024-03-28", "2024-04-02"]);
        let kinds: Vec<_> = statements.iter().map(|statement| statement.kind).collect();
        assert_eq!(kinds, [Kind::Speech, Kind::Interjection, Kind::Speech]);

        let first = &statements[0];
        assert_eq!(first.text, "Good evening. The motion is called \"Herring first.\"");
        let bytes = |span: dixit::Span| &file[span.as_range().unwrap()];
        let herring = first.text.find("\"Herring").unwrap();
        assert_eq!(bytes(first.source_span(herring..herring + 8).unwrap()), "\"\"Herring");
        assert_eq!(bytes(first.basis["speaker"].evidence[0]), "Rask");
        assert_eq!(bytes(first.basis["date"].evidence[0]), "3/28/24");
        assert_eq!(bytes(first.source.span.unwrap()), file.lines().nth(1).unwrap());
        assert_eq!(statements[2].source.ordinal, Some(3));
    }
}

#[test]
fn any_character_may_stand_between_the_cells() {
    for (between, name) in [(";", "a.csv"), ("\t", "a.tsv"), ("|", "a.csv"), ("\t", "a.txt")] {
        let file = "speaker,text,date\nAda Rask,\"One, two; three | four.\",2024-05-03\nBo Lind,Aye.,2024-05-04\n"
            .split('"')
            .enumerate()
            .map(|(n, part)| if n == 1 { part.to_owned() } else { part.replace(',', between) })
            .collect::<Vec<_>>()
            .join("\"");
        let (statements, problems) = read(name, file.as_bytes());
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(statements[0].text, "One, two; three | four.");
        assert_eq!(speaker(&statements[1]), Some("Bo Lind"));
    }
}

#[test]
fn without_names_the_values_tell_and_may_be_wrong() {
    let mut file = String::new();
    for n in 1..=4 {
        file += &format!(
            "{n},Ada Rask,\"We have talked about the herring quota for {n} years now.\",13.0{n}.2024\n"
        );
        file += &format!(
            "{n},Bo Lind,\"And I say to the house that it will be {n} more of them.\",14.0{n}.2024\n"
        );
    }
    let (statements, problems) = read("table.csv", file.as_bytes());
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(statements.len(), 8);
    assert_eq!(speaker(&statements[1]), Some("Bo Lind"));
    assert_eq!(date(&statements[1]).as_deref(), Some("2024-01-14"));
    let basis = &statements[1].basis["speaker"];
    assert!(!basis.is_fact(), "it is shown with a question mark");
    assert_eq!(basis.note.as_deref(), Some("column `2` is taken for it by its values"));

    let (statements, _) = mapped("table.csv", file.as_bytes(), "speaker=1");
    assert_eq!(speaker(&statements[1]), Some("1"), "the user's own word counts");
}

#[test]
fn between_columns_that_look_alike_nothing_decides() {
    let mut file = "Redner,Ort,Inhalt\n".to_owned();
    for n in 1..=4 {
        file += &format!("Rask,Norport,Die Quote sinkt in diesem Jahr um {n} Zehntel auf See.\n");
        file += &format!("Lind,Vestria,Das wird in {n} Jahren noch einmal zu besprechen sein.\n");
    }
    let (statements, problems) = read("reden.csv", file.as_bytes());
    assert_eq!(statements.len(), 8);
    assert_eq!(statements[0].speaker, None);
    assert_eq!(
        told(&problems),
        [
            "reden.csv: speakers: columns `Redner` and `Ort` look alike; name the right one with --map speaker=COLUMN"
        ]
    );
    let (statements, problems) = mapped("reden.csv", file.as_bytes(), "speaker=Redner");
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(speaker(&statements[0]), Some("Rask"));
}

#[test]
fn a_date_that_may_be_two_is_none_and_names_both() {
    let file =
        "Speaker,Text,Date\nAda Rask,Good morning.,04/02/2024\nBo Lind,Good evening.,05/03/2024\n";
    let (statements, problems) = read("a.csv", file.as_bytes());
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(statements[0].date, None);
    let basis = &statements[0].basis["date"];
    assert_eq!(basis.kind, BasisKind::Unknown);
    assert_eq!(basis.candidates, ["2024-02-04", "2024-04-02"]);
    assert_eq!(basis.evidence.len(), 1);

    let file = "speaker,text,year,month,day\nAda Rask,Good morning.,2024,2,4\n";
    let (statements, _) = read("a.csv", file.as_bytes());
    assert_eq!(date(&statements[0]).as_deref(), Some("2024-02-04"));
}

#[test]
fn bad_rows_are_told_and_the_good_ones_kept() {
    let file = "Speaker,Text\nRask,One.\nLind\nRask,\"never closed\nLind,Two.\nRask,a,b\nLind,\nRask,\"a\" b\nLind,\"Three.\"\n";
    let (statements, problems) = read("a.csv", file.as_bytes());
    let texts: Vec<_> = statements.iter().map(|statement| statement.text.as_str()).collect();
    assert_eq!(texts, ["One.", "Two.", "Three."]);
    assert_eq!(
        told(&problems),
        [
            "a.csv:3: a row of 1 cells where 2 were expected",
            "a.csv:4: a quotation mark stands inside a quoted cell and is not doubled (line 8)",
            "a.csv:6: a row of 3 cells where 2 were expected",
            "a.csv:7: its text is empty",
            "a.csv:8: a quotation mark stands inside a quoted cell and is not doubled",
        ]
    );
    assert!(problems.iter().all(|problem| problem.left_out && problem.byte.is_some()));
}

#[test]
fn a_table_without_words_is_not_taken() {
    let (statements, problems) = read("a.csv", b"id,count,share\n1,20,0.5\n2,30,0.6\n");
    assert!(statements.is_empty());
    assert_eq!(
        told(&problems),
        [
            "a.csv: no text: none of its columns (id, count, share) is known to hold it or holds prose; name it with --map text=COLUMN"
        ]
    );
}

#[test]
fn damaged_tables_cost_no_more_than_the_damage() {
    // Cut in half, inside a quoted cell.
    let cut = &DEBATE.as_bytes()[..DEBATE.find("brief").unwrap()];
    let (statements, problems) = read("cut.csv", cut);
    assert_eq!(statements.len(), 2);
    assert_eq!(
        told(&problems),
        [
            "cut.csv:4: a quotation mark is opened and never closed",
            "cut.csv:5: a row of 1 cells where 4 were expected",
        ]
    );

    // In another encoding: decoded by the look of it, with a reservation.
    let (statements, problems) =
        read("latin.csv", b"Speaker,Text\nRask,Caf\xE9 noir.\nLind,Caf\xE9s.\n");
    assert_eq!(statements[0].text, "Café noir.");
    assert!(told(&problems)[0].starts_with("latin.csv:2: "), "{problems:?}");

    // Renamed.
    assert_eq!(read("debate", DEBATE.as_bytes()).0.len(), 3);
    assert_eq!(read("debate.txt", DEBATE.as_bytes()).0.len(), 3);
    let why = |name: &str, file: &[u8]| {
        read_all(name, file, &ReadOptions::default()).err().map(|error| error.to_string())
    };
    assert_eq!(why("empty.csv", b" \n").as_deref(), Some("it holds nothing but white space"));
    let wide: Vec<u8> = DEBATE.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(read("wide.csv", &wide).0.len(), 3, "in UTF-16");
}

#[test]
fn a_line_over_the_limit_costs_only_itself() {
    let mut file = b"Speaker,Text\nRask,Before.\nLind,\"open\nRask,Between.\nLind,\"".to_vec();
    file.resize(20 << 20, b'x');
    let after = file.len() as u64;
    file.extend(b"\"\nRask,After.\n");
    let (statements, problems) = read("a.csv", &file);
    let texts: Vec<_> = statements.iter().map(|statement| statement.text.as_str()).collect();
    assert_eq!(texts, ["Before.", "Between.", "After."]);
    assert_eq!(statements[2].source.span, Some(dixit::Span::new(after + 2, after + 13)));
    let lines: Vec<_> = problems.iter().filter_map(|problem| problem.line).collect();
    assert_eq!(lines, [3, 5], "{problems:?}");
}

#[test]
fn quotation_marks_without_end_take_no_time() {
    let file = "Speaker,Text\nRask,\"open\n".to_owned() + &"Lind,\"\"\n".repeat(100_000);
    let (_, problems) = read("a.csv", file.as_bytes());
    assert_eq!(problems.len(), 100_001);
    assert_eq!(told(&problems)[0], "a.csv:2: a quotation mark is opened and never closed");
}
