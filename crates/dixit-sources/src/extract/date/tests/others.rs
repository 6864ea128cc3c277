//! Days of something else, which must not be shown as sure.

use super::*;

/// From here a date is shown without a question mark.
const SURE: f64 = 0.8;

fn is_sure(title: Option<&str>, text: &str) -> bool {
    let outcome = find(text, title, &DateHints::default());
    outcome.known().is_some_and(|found| found.confidence >= SURE)
}

const STORY: &str = "\n\nNorport's fishing fleet will be cut by a third, Jane Roe said. \"It is the end of it,\" she said.\n";

#[track_caller]
fn check_heads(heads: &[&str], sure: bool) {
    for head in heads {
        let outcome = plain(&format!("{head}{STORY}"));
        assert_eq!(is_sure(None, &format!("{head}{STORY}")), sure, "{head}\n{outcome:?}");
        let below = format!("Fleet to be cut\n\n{head}{STORY}");
        assert_eq!(is_sure(None, &below), sure, "below a title: {head}\n{:?}", plain(&below));
    }
}

#[test]
fn captions_of_photos_carry_no_day_of_the_text() {
    check_heads(
        &[
            "FILE - Jane Roe speaks in Norport, Jan. 6, 2021. (AP Photo/Otto Holm, File)",
            "FILE PHOTO: Minister Jane Roe arrives in Norport, Norland, March 3, 2018. REUTERS/Otto Holm/File Photo",
            "Jane Roe Speaks to Reporters in Norport, 9 April 2022. Photo: Otto Holm/AFP",
            "Jane Roe Speaks to Reporters in Norport, 9 April 2022 (Photograph by Otto Holm)",
            "Jane Roe Speaks to Reporters in Norport, 9 April 2022. Otto Holm/AFP",
            "In this Jan. 6, 2021, file photo, Jane Roe said goodbye to reporters in Norport",
            "(FILES) Jane Roe Speaks to Reporters in Norport on April 9, 2022",
            "Jane Roe Speaks to Reporters in Norport, 9 April 2022. (Otto Holm/Norland Press via AP)",
            "Archivfoto: Jane Roe in Norport, 9. April 2022",
            "Jane Roe vor der Presse in Norport, 9. April 2022. Foto: Otto Holm",
            "Photo d’archives : Jane Roe à Norport, le 9 avril 2022",
            "Jane Roe à Norport, le 9 avril 2022. Crédit photo : Otto Holm",
            "Foto de archivo: Jane Roe en Norport, 9 de abril de 2022",
            "Jane Roe en Norport, 9 de abril de 2022. Foto: Otto Holm",
            "资料图：2022年4月9日，部长在北港发表讲话",
        ],
        false,
    );
    check_heads(
        &[
            "Press Conference by Jane Roe, 9 April 2022",
            "9 April 2022 | Photo: Otto Holm",
            "NORPORT, 9 April 2022 (Norland Press) – The fleet lay in port.",
        ],
        true,
    );
    let title = "Jane Roe speaks to reporters in Norport, 9 April 2022. Photo: Otto Holm/AFP";
    assert!(!is_sure(Some(title), "The fleet will be cut."));
    assert!(is_sure(Some("Jane Roe speaks to reporters in Norport, 9 April 2022"), "Hello."));
    // A caption that was wrapped.
    let wrapped = "FILE - Jane Roe, who leads the fishing town in the north,\nNorport, Jan. 6, 2021\n\nThe fleet will be cut.\n";
    assert!(!is_sure(None, wrapped), "{:?}", plain(wrapped));
}

#[test]
fn notes_of_the_publisher_carry_no_day_of_the_text() {
    check_heads(
        &[
            "Correction, 3 March 2024: An earlier version of this article named somebody else.",
            "CORRECTION (3 March 2024): A quotation was given to somebody else.",
            "Clarification, 3 March 2024: A quotation was given to somebody else.",
            "Editor’s note, 3 March 2024: A quotation was given to somebody else.",
            "Update, 3 March 2024: A quotation was added.",
            "Berichtigung vom 3. März 2024: Ein Zitat war falsch.",
            "Rectificatif, 3 mars 2024: Une citation était fausse.",
            "Corrección, 3 de marzo de 2024: Una cita era falsa.",
            "更正，2024年3月3日：引文有误。",
            "Norport, 3 March 2024: An earlier version of this article named somebody else.",
        ],
        false,
    );
    check_heads(&["NORPORT, 3 March 2024: The fleet lay in port.", "Norport, 3 March 2024"], true);
}

#[test]
fn the_day_of_a_page_is_none_of_the_text() {
    check_heads(
        &[
            "Copyright 2019 Norport Post. Printed on 3 March 2023.",
            "Archived 3 June 2011. Retrieved 5 May 2020.",
            "Retrieved 5 May 2020",
            "Norport Post, abgerufen am 5. Mai 2020",
            "Norport Post, consulté le 5 mai 2020",
            "Consultado el 5 de mayo de 2020",
            "Last updated: 5 May 2020",
            "Zuletzt aktualisiert: 5. Mai 2020",
            "Mis à jour le 5 mai 2020",
            "更新时间：2020年5月5日",
            "Norport Post. Updated 5 May 2020.",
        ],
        false,
    );
    check_heads(&["Norport Post. Norport, 5 May 2020.", "Released on 5 May 2020"], true);
}

#[test]
fn what_a_speaker_tells_of_an_earlier_day_is_none_of_the_text() {
    for text in [
        "On 4 June 2023 we reported that Minister Jane Roe was ill. She was not.",
        "On 4 June 2023 this newspaper reported that Minister Jane Roe was ill. She was not.",
        "On 12 May 2010 I told this House that the bank was safe. It was not.",
        "I told this House on 12 May 2010 that the bank was safe. It was not.",
        "As President Roe said on June 26, 1963, \"All free men are at home in Norport.\" Trade is peace.",
        "Trade is peace for all of us, as President Roe said on June 26, 1963.",
        "Comme Jane Roe l'a dit le 26 juin 1963, le commerce est la paix des peuples.",
        "Como dijo la ministra el 26 de junio de 1963, el comercio es la paz de los pueblos.",
        "Am 12. Mai 2010 sagte ich diesem Haus, dass die Bank sicher war.",
        "Le 12 mai 2010, j’ai dit à cette assemblée que la banque était sûre.",
        "2010年5月12日，我在本院表示，银行是安全的。",
        "On 12 May 2010 the minister told this House that all was safe. I was wrong, and I am sorry.",
    ] {
        assert!(!is_sure(None, text), "{text}\n{:?}", plain(text));
        assert!(!is_sure(None, &format!("Remarks by Jane Roe\n\n{text}")), "{text}");
    }
    for text in [
        "On December 10, 2025, spokesperson Jane Roe noted that the talks had failed.",
        "On December 10, 2025, spokesperson Jane Roe noted, \"I told you so, and we did.\"",
        "On December 10, 2025, King Karl I said that the talks had failed.",
        "\"We are done,\" Minister Jane Roe said on 10 December 2025, and left the room.",
        "As chair of the council, Jane Roe said on 10 December 2025 that talks had failed.",
        "On December 10, 2025, Jane Roe held a press conference.\nQ: What did you say?\nA: I said no.",
        "Today, 10 December 2025, I told the council that the talks had failed.",
        "Am 10. Dezember 2025 sagte Jane Roe, wir seien alle gescheitert.",
        "Am 10. Dezember 2025 sagte Jane Roe, wir seien alle gescheitert. Danach ging sie.",
    ] {
        assert!(is_sure(None, text), "{text}\n{:?}", plain(text));
    }
}

#[test]
fn an_anniversary_that_is_told_from_a_later_time_is_not_sure() {
    for text in [
        "\"This year marks the 75th anniversary of the United Nations,\" Jane Roe told a crowd then. Her successor went further.",
        "\"This year marks the 75th anniversary of the United Nations,\" Jane Roe told a crowd. Ten years on, her successor spoke there.",
        "When this year's 75th anniversary of the United Nations was planned, nobody knew. Five years later, Jane Roe looks back.",
        "When this year's 75th anniversary of the United Nations was planned, nobody knew. Years later, Jane Roe looks back.",
        "In 1961 President Roe spoke in Norport. This year marks the 60th anniversary of the Treaty of Rome, he said. It rained.",
        "In 2019 President Roe said that this year marks the 60th anniversary of the Treaty of Rome. It rained.",
        "This year marks the 75th anniversary of the United Nations. In 2024, Jane Roe said that it had been a sad one.",
        "Dieses Jahr begehen wir den 75. Jahrestag der Vereinten Nationen. Fünf Jahre später blickt Jane Roe zurück.",
        "Cette année marque le 75e anniversaire des Nations Unies. Cinq ans plus tard, Jane Roe se souvient.",
        "Este año se cumple el 75 aniversario de las Naciones Unidas. Cinco años después, Jane Roe recuerda.",
        "今年是联合国成立75周年。五年后，部长回忆说，那时很孤独。",
    ] {
        let outcome = plain(text);
        assert!(!is_sure(None, text), "{text}\n{outcome:?}");
        assert_ne!(short(&outcome), "unknown no-date", "{text}: it is still shown");
    }
    for text in [
        "This year marks the 75th anniversary of the United Nations. Jane Roe said so.",
        "This year marks the 75th anniversary of the United Nations. Seventy-five years on, we still need it.",
        "In 1945 Jane Roe spoke in Norport. This year marks the 75th anniversary of the United Nations, she said.",
        "In 1961 President Roe spoke in Norport. This year marks the 60th anniversary of the Treaty of Rome.",
        "This year marks the 75th anniversary of the United Nations. By 2030, Jane Roe said, we will have its goals.",
        "This year marks the 75th anniversary of the United Nations, and then-Minister Jane Roe said so.",
    ] {
        assert!(is_sure(None, text), "{text}\n{:?}", plain(text));
    }
}

#[test]
fn two_anniversaries_that_are_told_from_a_later_time_are_not_sure() {
    let now = "This year marks the 75th anniversary of the United Nations and the 25th anniversary of the Beijing Declaration, Jane Roe said";
    assert!(is_sure(None, &format!("{now}.")));
    assert!(!is_sure(None, &format!("{now} then.")), "{:?}", plain(&format!("{now} then.")));
}
