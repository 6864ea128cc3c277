//! Offices that somebody has no more, not yet or in another's place are not the office.

use super::*;

/// Name and office of whoever said the first passage.
fn who(text: &str) -> (String, String) {
    let person = find(text).remove(0).speaker.unwrap().value;
    (person.name.unwrap_or_default(), person.role.unwrap_or_default())
}

#[test]
fn what_tells_which_office_is_part_of_it() {
    for (text, name, office) in [
        ("Former President Ada Rask said that the treaty fails.", "Ada Rask", "Former President"),
        (
            "Former Prime Minister Om Lind said that the treaty fails.",
            "Om Lind",
            "Former Prime Minister",
        ),
        (
            "Shadow Health Secretary Wes Holm said that the treaty fails.",
            "Wes Holm",
            "Shadow Health Secretary",
        ),
        (
            "The then foreign minister, Ida Berg, said that the treaty fails.",
            "Ida Berg",
            "then foreign minister",
        ),
        (
            "Der frühere Bundeskanzler Otto Kern sagte, dass der Vertrag scheitert.",
            "Otto Kern",
            "frühere Bundeskanzler",
        ),
        (
            "Der stellvertretende Regierungssprecher Jan Roth sagte, dass der Vertrag scheitert.",
            "Jan Roth",
            "stellvertretende Regierungssprecher",
        ),
        (
            "La vice-première ministre Anne Roy a déclaré que le traité échouerait.",
            "Anne Roy",
            "vice-première ministre",
        ),
        ("El ex presidente Juan Rey dijo que el tratado fracasaría.", "Juan Rey", "ex presidente"),
        ("前总统王伟表示，条约将会失败。", "王伟", "前总统"),
        ("副总理李强生表示，条约将会失败。", "李强生", "副总理"),
        ("候任市长陈明表示，条约将会失败。", "陈明", "候任市长"),
        ("原外交部长张军表示，条约将会失败。", "张军", "原部长"),
        ("President Ada Rask said that the treaty fails.", "Ada Rask", "President"),
        ("New President Ada Rask said that the treaty fails.", "Ada Rask", "President"),
    ] {
        assert_eq!(who(text), (name.to_owned(), office.to_owned()), "{text}");
    }
}

#[test]
fn a_surname_that_is_a_thing_stands_behind_an_office() {
    for (text, name, office) in [
        ("President Park once said that roads matter.", "Park", "President"),
        ("Foreign Minister Park said that roads matter.", "Park", "Foreign Minister"),
        ("Mayor Hill said that roads matter.", "Hill", "Mayor"),
        ("Council President Park said that roads matter.", "Park", "President"),
        ("Senator Church said that roads matter.", "Church", "Senator"),
    ] {
        assert_eq!(who(text), (name.to_owned(), office.to_owned()), "{text}");
    }
    for text in [
        "The President Park said that it closes at noon.",
        "King Park said that it closes at noon.",
        "Mayor Hill Park said that it closes at noon.",
    ] {
        let person = find(text).into_iter().find_map(|found| found.speaker);
        assert_eq!(person.and_then(|person| person.value.name), None, "{text}");
    }
}

#[test]
fn words_of_grammar_are_no_names() {
    for (text, office) in [
        ("外交部发言人周琳援引部长的话说：“合作才能共赢。”", "部长"),
        ("外交部发言人对此表示欢迎。", "发言人"),
        ("发言人就此回应说，条约将会失败。", "发言人"),
    ] {
        assert_eq!(who(text), (String::new(), office.to_owned()), "{text}");
    }
    assert_eq!(who("美国总统拜登表示，条约将会失败。").0, "拜登");
}
