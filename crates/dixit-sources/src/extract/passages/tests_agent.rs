//! Sources that stand elsewhere than before their verb, and words that are played or read out.

use super::tests_doubt::{check, sure};
use super::*;

/// Whom each passage names, sure or not, with what was said.
fn named(text: &str) -> Vec<(String, String)> {
    let found = find(text).into_iter().filter_map(|passage| {
        let name = passage.speaker?.value.name?;
        Some((name, text[passage.content].to_owned()))
    });
    found.collect()
}

#[track_caller]
fn names(text: &str, who: &str, said: &str) {
    assert_eq!(named(text), [(who.to_owned(), said.to_owned())], "{text}");
}

#[test]
fn the_agent_of_a_passive_speaks() {
    check(&[
        (
            "Senator Tom Vance was told by Mayor Ana Paz that the plan was dead.",
            &[("Ana Paz", "the plan was dead")],
        ),
        (
            "It was announced by Minister Ann Kessler that the port would be closed.",
            &[("Ann Kessler", "the port would be closed")],
        ),
        (
            "Residents were warned by fire chief Dora Kemp that the hill could slide.",
            &[("Dora Kemp", "the hill could slide")],
        ),
        (
            "Minister Ann Kessler told mourners that the port was closed.",
            &[("Ann Kessler", "the port was closed")],
        ),
        (
            "Pilots were repeatedly advised by Captain Ivo Lund that the runway was wet.",
            &[("Ivo Lund", "the runway was wet")],
        ),
        (
            "La maire a été avertie par la ministre Claire Aubin que le pont serait fermé.",
            &[("Claire Aubin", "le pont serait fermé")],
        ),
        (
            "El alcalde fue informado por la ministra Elsa Rivas de que el puente estaba cerrado.",
            &[("Elsa Rivas", "el puente estaba cerrado")],
        ),
        (
            "Die Trainerin wurde von Ministerin Petra Hasel informiert, dass der Platz gesperrt sei.",
            &[("Petra Hasel", "der Platz gesperrt sei")],
        ),
    ]);
    // Without what was said there is no passage.
    assert_eq!(named("Senator Tom Vance was warned by Mayor Ana Paz on Monday."), []);
    names(
        "“The plan is dead,” Minister Ann Kessler was quoted as saying by a daily.",
        "Ann Kessler",
        "The plan is dead,",
    );
    // At second hand.
    assert_eq!(sure("“The plan is dead,” Minister Ann Kessler was quoted as saying."), []);
}

#[test]
fn a_german_subject_stands_behind_its_verb() {
    check(&[
        (
            "Der Abgeordnete fragte nach. Da antwortete ihm Kanzlerin Rita Fels: „Der Plan ist tot.“",
            &[("Rita Fels", "Der Plan ist tot.")],
        ),
        (
            "„Der Plan ist tot“, antwortete ihm Kanzlerin Rita Fels.",
            &[("Rita Fels", "Der Plan ist tot")],
        ),
        ("Dann sagte Kanzlerin Rita Fels, der Plan sei tot.", &[("Rita Fels", "der Plan sei tot")]),
        (
            "Kanzlerin Rita Fels, sichtlich müde, sagte, der Plan sei tot.",
            &[("Rita Fels", "der Plan sei tot")],
        ),
        (
            "Laut Ministerin Petra Hasel gab es keine Verletzten.",
            &[("Petra Hasel", "gab es keine Verletzten")],
        ),
    ]);
}

#[test]
fn what_is_played_is_nobody_s_for_sure() {
    for text in [
        "In the film, President Grace Hale says: “The war is over.”",
        "In the play, Captain Joe Rourke orders: “Hold the gate.” Nobody did.",
        "“I will not resign,” President Grace Hale says in episode two.",
        "Actor Ben Tolland, who plays her rival in the series, says in episode two: “I will not go.”",
        "Im Film erklärt Kanzlerin Rita Fels: „Der Krieg ist aus.“",
        "Dans le film, le président Paul Hale déclare : « La guerre est finie. »",
        "En la película, el presidente Pablo Hale dice: “La guerra ha terminado”.",
        "在电影中，总统李国强说：“战争结束了。”",
    ] {
        assert_eq!(sure(text), [], "{text}");
    }
    check(&[
        (
            "In a series of posts, Senator Tom Vance said the plan was dead.",
            &[("Tom Vance", "the plan was dead")],
        ),
        ("The seat is in play, Senator Tom Vance said.", &[("Tom Vance", "The seat is in play")]),
    ]);
}

#[test]
fn a_letter_that_is_read_out_is_its_writer_s() {
    names(
        "Lawyer Tom Aske read out a letter from his client, Greta Moll: “I never took it.”",
        "Greta Moll",
        "I never took it.",
    );
    names(
        "L’avocat a lu une lettre de la ministre Claire Aubin : « Je demande pardon. »",
        "Claire Aubin",
        "Je demande pardon.",
    );
    for text in [
        "Lawyer Tom Aske read out a letter from his client, Greta Moll: “I never took it.”",
        "Senator Tom Vance read a letter from Holm: “The war is over now.”",
        "As Minister Ann Kessler said, according to Roe, “the plan is dead”.",
        "As Minister Ann Kessler said, according to the Gazette, “the plan is dead”.",
        "“El agua no es un negocio”, recordó el ministro Hugo Paredes que decía su maestro.",
        "El alcalde Luis Prado recordó las palabras de su antecesora, Carmen Soto: «El puerto es de todos».",
        "La senadora Elena Rius denunció las palabras del general Oscar Pino: «Cierren la plaza».",
        "Ministerin Ruth Kern erinnerte an die Worte von Altpräsident Fritz Bohn: „Der Fluss vergisst nichts.“",
        "La ministre Claire Garnot a rappelé la phrase de son prédécesseur, Henri Faure : « La mer rend tout. »",
    ] {
        assert_eq!(sure(text), [], "{text}");
    }
    // Nobody is named as the writer: the reader is not.
    assert_eq!(named("Senator Tom Vance read a letter from a friend: “The war is over now.”"), []);
    check(&[(
        "As Minister Ann Kessler said, according to minutes of the talks, “the plan is dead”.",
        &[("Ann Kessler", "the plan is dead")],
    )]);
}

#[test]
fn somebody_s_somebody_has_the_name_behind() {
    names(
        "Le prédécesseur de Lenoir, Marc Dufour, a dit que le plan était mort.",
        "Marc Dufour",
        "le plan était mort",
    );
    names(
        "El predecesor de la ministra, Andrés Goya, dijo que el plan había muerto.",
        "Andrés Goya",
        "el plan había muerto",
    );
    let text = "The widow of the minister, Rose Delmas, said the letters were lost.";
    names(text, "Rose Delmas", "the letters were lost");
    let speaker = find(text).remove(0).speaker.unwrap();
    assert_eq!(speaker.value.role, None);
    // `la ministre, Claire Aubin` is the minister.
    let text = "La ministre, Claire Aubin, a dit que le plan était mort.";
    assert_eq!(find(text).remove(0).speaker.unwrap().value.role.as_deref(), Some("ministre"));
    check(&[
        (
            "According to Minister Erik Lunde, quotas will shrink; according to his deputy, Maja Brandt, they will not.",
            &[("Erik Lunde", "quotas will shrink"), ("Maja Brandt", "they will not")],
        ),
        (
            "According to his biographer, Edwin Shaw, the poet never left home.",
            &[("Edwin Shaw", "the poet never left home")],
        ),
        (
            "“We lost it all,” said the brother of the mayor, Carl Benning.",
            &[("Carl Benning", "We lost it all,")],
        ),
        (
            "“We reopen in May,” said the director of the museum, Agnes Fournel.",
            &[("Agnes Fournel", "We reopen in May,")],
        ),
        (
            "After the storm, harbour master Nils Ekberg said two ferries were lost.",
            &[("Nils Ekberg", "two ferries were lost")],
        ),
    ]);
}
