//! Years that are not written.

use dixit::BasisKind;

use super::super::DateOutcome;
use super::{check, plain, short};

#[test]
fn a_day_without_a_year_takes_it_from_anniversaries() {
    const RULE: &str = "day-and-anchored-year";
    for (day, sentence, date) in [
        // The number and the event, in their usual order.
        (
            "December 10",
            "This year marks the 80th anniversary of the United Nations.",
            "2025-12-10",
        ),
        (
            "10 December",
            "This year is the eightieth anniversary of the founding of the United Nations.",
            "2025-12-10",
        ),
        (
            "June 26",
            "He spoke on the 75th anniversary of the signing of the UN Charter.",
            "2020-06-26",
        ),
        ("April 4", "The alliance celebrates today, the 75th anniversary of NATO.", "2024-04-04"),
        (
            "March 25",
            "Today we celebrate the sixtieth anniversary of the Treaty of Rome.",
            "2017-03-25",
        ),
        (
            "September 20",
            "This year marks the 70th anniversary of the founding of the People's Republic of China.",
            "2019-09-20",
        ),
        ("November 9", "It is the 30th anniversary of the fall of the Berlin Wall.", "2019-11-09"),
        (
            "April 26",
            "On this day we mark the 35th anniversary of the Chernobyl disaster.",
            "2021-04-26",
        ),
        ("August 1", "Today is the fiftieth anniversary of the Helsinki Final Act.", "2025-08-01"),
        ("April 10", "It is the 25th anniversary of the Good Friday Agreement.", "2023-04-10"),
        (
            "July 11",
            "We honour the victims on the thirtieth anniversary of the Srebrenica genocide.",
            "2025-07-11",
        ),
        (
            "May 1",
            "This is the twentieth anniversary of Poland's accession to the European Union.",
            "2024-05-01",
        ),
        (
            "August 24",
            "She sent greetings on the 30th anniversary of Ukraine's independence.",
            "2021-08-24",
        ),
        (
            "August 31",
            "He spoke for the 65th anniversary of the independence of Malaysia.",
            "2022-08-31",
        ),
        (
            "September 21",
            "This year we mark the centenary of the International Labour Organization.",
            "2019-09-21",
        ),
        (
            "December 12",
            "This year marks the 10-year anniversary of the Paris Agreement.",
            "2025-12-12",
        ),
        (
            "November 20",
            "This year is the thirtieth anniversary of the adoption of the Convention on the Rights of the Child.",
            "2019-11-20",
        ),
        (
            "July 1",
            "It is the 20th anniversary of the entry into force of the Rome Statute.",
            "2022-07-01",
        ),
        (
            "July 17",
            "It is the 20th anniversary of the adoption of the Rome Statute.",
            "2018-07-17",
        ),
        (
            "October 24",
            "The United Nations' 75th anniversary is a time to look back, he added.",
            "2020-10-24",
        ),
        (
            "May 25",
            "Africa marks the Organization of African Unity's sixtieth anniversary.",
            "2023-05-25",
        ),
        (
            "August 8",
            "ASEAN celebrates its 50th anniversary with the region at peace.",
            "2017-08-08",
        ),
        // "N years ago".
        (
            "December 10",
            "He recalled the adoption of the Universal Declaration of Human Rights 77 years ago.",
            "2025-12-10",
        ),
        (
            "December 10",
            "The Universal Declaration of Human Rights was adopted seventy-five years ago.",
            "2023-12-10",
        ),
        (
            "December 10",
            "The Universal Declaration, adopted in Paris 73 years ago, still guides us.",
            "2021-12-10",
        ),
        ("December 12", "Seven years ago, the world adopted the Paris Agreement.", "2022-12-12"),
        (
            "September 15",
            "Twenty-six years ago, the Beijing Declaration was adopted.",
            "2021-09-15",
        ),
        (
            "November 9",
            "The fall of the Berlin Wall 31 years ago changed the continent.",
            "2020-11-09",
        ),
        ("July 18", "The Rome Statute entered into force 17 years ago.", "2019-07-18"),
        // The eve of the day is still the same year.
        (
            "December 9",
            "He recalled the adoption of the Universal Declaration of Human Rights 77 years ago.",
            "2025-12-09",
        ),
        // "N years after".
        (
            "April 6",
            "Seventy-five years after the founding of NATO, the alliance is larger than ever.",
            "2024-04-06",
        ),
        // Last and next year, and the days ahead.
        (
            "March 3",
            "Next year will mark the 80th anniversary of the United Nations.",
            "2024-03-03",
        ),
        ("March 3", "Last year marked the 75th anniversary of NATO.", "2025-03-03"),
        (
            "November 30",
            "We look forward to the 80th anniversary of the United Nations.",
            "2024-11-30",
        ),
        // Other languages.
        (
            "10. Dezember",
            "In diesem Jahr begehen wir den 75. Jahrestag der Allgemeinen Erklärung der Menschenrechte.",
            "2023-12-10",
        ),
        (
            "10 décembre",
            "Cette année marque le 75e anniversaire de la Déclaration universelle des droits de l'homme.",
            "2023-12-10",
        ),
        (
            "24 de octubre",
            "Este año se cumple el 75.º aniversario de las Naciones Unidas.",
            "2020-10-24",
        ),
        (
            "10. Dezember",
            "Die Allgemeine Erklärung der Menschenrechte wurde vor 74 Jahren verabschiedet.",
            "2022-12-10",
        ),
        // A weekday decides between two years, or confirms one.
        (
            "Thursday, March 6",
            "The Universal Declaration of Human Rights was adopted 76 years ago.",
            "2025-03-06",
        ),
        (
            "Wednesday, December 10",
            "It is the 80th anniversary of the United Nations.",
            "2025-12-10",
        ),
    ] {
        let opener = match day {
            _ if day.starts_with("10. D") => {
                format!("Am {day} sprach die Ministerin: sie sagte Folgendes.")
            }
            _ if day.contains("décembre") => {
                format!("Le {day}, la ministre a déclaré ce qui suit.")
            }
            _ if day.contains("octubre") => format!("El {day} la ministra afirmó lo siguiente."),
            _ => format!("On {day}, the minister of Norland said the following."),
        };
        let text = format!("{opener} {sentence} There is more to do, and we shall do it.");
        let outcome = plain(&text);
        assert_eq!(short(&outcome), format!("{date} {RULE}"), "{text}\n{outcome:?}");
        let found = outcome.known().unwrap();
        assert_eq!(found.kind, BasisKind::Inferred);
        let day = day.rsplit(", ").next().unwrap();
        let shown = found.evidence.iter().any(|range| &text[range.clone()] == day);
        assert!(found.evidence.len() >= 2 && shown, "{found:?}");
    }
    let chinese = "12月10日，外交部发言人表示，今年是联合国成立80周年。";
    assert_eq!(short(&plain(chinese)), format!("2025-12-10 {RULE}"));
    let chinese = "12月10日，外交部发言人表示，世界人权宣言通过七十五周年，意义重大。";
    assert_eq!(short(&plain(chinese)), format!("2023-12-10 {RULE}"));
}

#[test]
fn a_year_stays_unknown_where_the_text_does_not_tie_it_to_an_event() {
    for (sentence, rule) in [
        ("There is much to do.", "year-unknown"),
        // Other bodies with longer names.
        (
            "It is the 80th anniversary of the United Nations Association of Norland.",
            "year-unknown",
        ),
        ("It is the 40th anniversary of the United Nations peacekeeping mission.", "year-unknown"),
        ("It is the 20th anniversary of the UN-backed tribunal.", "year-unknown"),
        ("It is the 30th anniversary of the United Nations' office in Norville.", "year-unknown"),
        ("It is the tenth anniversary of the Norland Treaty of Rome Society.", "year-unknown"),
        (
            "This year marks the 60th anniversary of Norland joining the United Nations.",
            "year-unknown",
        ),
        ("It is the 30th anniversary of the ratification of the Rome Statute.", "year-unknown"),
        // Somebody else's act.
        ("Norland ratified the Paris Agreement six years ago.", "year-unknown"),
        ("Norland signed the Rome Statute 22 years ago.", "year-unknown"),
        ("She joined the United Nations 17 years ago.", "year-unknown"),
        ("Officials of the United Nations came here three years ago.", "year-unknown"),
        ("He left NATO 12 years ago.", "year-unknown"),
        // Not exact.
        ("The United Nations was founded almost 80 years ago.", "year-unknown"),
        (
            "The Universal Declaration of Human Rights was adopted over 70 years ago.",
            "year-unknown",
        ),
        ("Nearly 80 years ago, the United Nations was founded.", "year-unknown"),
        ("For 75 years the alliance of NATO has kept the peace.", "year-unknown"),
        // Of the past.
        ("In 2015 we celebrated the 70th anniversary of the United Nations.", "year-unknown"),
        ("Four years ago, we marked the 75th anniversary of the United Nations.", "year-unknown"),
        // Two years remain.
        ("As we approach the 80th anniversary of the United Nations, we work.", "year-unknown"),
        ("The Universal Declaration of Human Rights was adopted 76 years ago.", "year-unknown"),
        // Contradictions.
        (
            "It is the 80th anniversary of the United Nations. It is the 70th anniversary of NATO.",
            "conflicting-years",
        ),
        (
            "This year marks the 80th anniversary of the United Nations, and next year the 50th anniversary of the Helsinki Final Act.",
            "conflicting-years",
        ),
    ] {
        let text = format!(
            "On September 3, the minister of Norland said the following. {sentence} We go on."
        );
        let outcome = plain(&text);
        assert_eq!(short(&outcome), format!("unknown {rule}"), "{text}\n{outcome:?}");
    }
    let text = "On Monday, December 10, the minister said that this year marks the 80th anniversary of the United Nations.";
    assert_eq!(short(&plain(text)), "unknown weekday-conflict");
}

#[test]
fn a_conflict_names_both_years() {
    let text = "On 3 September, the minister said: it is the 80th anniversary of the United Nations. \
                It is the 70th anniversary of NATO.";
    let DateOutcome::Unknown { candidates, evidence, note, .. } = plain(text) else { panic!() };
    assert_eq!(candidates, ["2019-09-03", "2025-09-03"]);
    assert_eq!(evidence.len(), 3);
    assert!(note.contains("(founded 1945)") && note.contains("(founded 1949)"), "{note}");
}

#[test]
fn agreement_makes_surer_and_says_why() {
    let one = "On December 3, the minister said that this year marks the 80th anniversary of the United Nations.";
    let two = "On December 3, the minister said that this year marks the 80th anniversary of the United Nations. \
               The Geneva Conventions were adopted 76 years ago.";
    let (one, two) = (plain(one), plain(two));
    let (one, two) = (one.known().unwrap(), two.known().unwrap());
    assert!((one.confidence - 0.85).abs() < 1e-9, "{one:?}");
    assert!((two.confidence - 0.97).abs() < 1e-9, "{two:?}");
    assert_eq!(
        two.note.as_deref(),
        Some(
            "“December 3” has no year; “80th anniversary of the United Nations” (founded 1945) and \
             “Geneva Conventions were adopted 76 years ago” (adopted 1949) both give 2025"
        )
    );
}

#[test]
fn the_name_of_a_day_agrees_or_does_not_or_gives_the_day() {
    let with = |day: &str| {
        let text = format!(
            "On {day}, the minister said that this year marks the 80th anniversary of the United Nations."
        );
        plain(&text).known().unwrap().confidence
    };
    let bare = with("December 10");
    assert!(with("December 10, Human Rights Day") > bare);
    assert!(with("December 9, Human Rights Day") < bare);
    check(&[
        (
            "Today is International Women's Day. This year marks the thirtieth anniversary of the Beijing Declaration.",
            "2025-03-08 holiday-and-anchored-year",
        ),
        (
            "We spoke of Human Rights Day. This year marks the 80th anniversary of the United Nations.",
            "2025 anchored-year",
        ),
    ]);
}

#[test]
fn a_year_alone_needs_this_year_or_two_anniversaries() {
    check(&[
        ("My friends, this year marks the 75th anniversary of NATO.", "2024 anchored-year"),
        ("My friends, we met at the 75th anniversary of NATO.", "unknown no-date"),
    ]);
}

#[test]
fn of_two_sessions_the_day_tells_which() {
    // In the first weeks the one before is thanked, later the next is spoken of.
    let both = "I congratulate you on the 79th session of the General Assembly, and thank whoever led the \
                78th session of the General Assembly.";
    for (day, date) in [("September 27", "2024-09-27"), ("June 6", "2024-06-06")] {
        let text = format!("{day}\n\n{both}\n");
        let outcome = plain(&text);
        assert_eq!(outcome.known().unwrap().value.to_string(), date, "{outcome:?}");
    }
    // The number is a part of a longer one, or that of somebody's own.
    for text in [
        "26 September\n\nVoici la soixante-dix-neuvième session de l'Assemblée générale.\n",
        "26 September\n\nThis is my first United Nations General Assembly.\n",
    ] {
        assert!(plain(text).known().is_none(), "{text}");
    }
}
