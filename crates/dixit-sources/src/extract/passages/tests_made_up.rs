//! Words that a text has from a parody, a rumour, a novel or somebody else, and answers to somebody.

use super::tests_doubt::{check, sure};

#[test]
fn what_a_parody_or_a_novel_tells_is_no_fact() {
    for text in [
        "According to a parody account, Minister Ann Kessler said: “Let them wait.”",
        "According to a hoax website, President Ann Rask said: “Let them wait.”",
        "According to a rumour, Minister Ann Rask said the port was closed.",
        "“Let them wait,” Minister Ann Kessler said, according to a parody account.",
        "« Le pont est fermé », a déclaré le ministre Marc Vidal, selon une rumeur.",
        "Selon une rumeur, Marc Vidal a dit : « Le pont est fermé. »",
        "D’après une rumeur, le ministre Marc Vidal a dit : « Le pont est fermé. »",
        "Según una parodia, el ministro Pablo Holm dijo: “El puente queda cerrado”.",
        "Según una parodia, el ministro Pablo Holm dijo que el puente estaba cerrado.",
        "In a dream, Rask said: “The dam is a fish.” President Ann Rask was asleep.",
        "In the novel, President Grace Hale says: “The war is over.”",
        "Dans le roman, le président Paul Hale déclare : « La guerre est finie. »",
        "En la novela, el presidente Pablo Hale dice: “La guerra ha terminado”.",
        "En la novela, el presidente Pablo Hale declara que la guerra ha terminado.",
        "Minister Ann Kessler said in a parody video: “Let them wait.”",
        "Minister Ann Kessler said in a deepfake video that the port was closed.",
        "“Let them wait,” Minister Ann Kessler says in the novel.",
        "« La guerre est finie », déclare le président Paul Hale dans le roman.",
        "On April Fools’ Day the paper wrote that Minister Ann Rask said: “The dam is a fish.”",
    ] {
        assert_eq!(sure(text), [], "{text}");
    }
    check(&[
        (
            "“Let them wait,” Minister Ann Kessler said, according to a transcript.",
            &[("Ann Kessler", "Let them wait,")],
        ),
        (
            "Minister Ann Kessler said in a statement on a fake video that the port was closed.",
            &[("Ann Kessler", "the port was closed")],
        ),
        // A name in capitals makes nothing up.
        (
            "In a speech on the Dream Act, Senator Tom Vance said the plan was dead.",
            &[("Tom Vance", "the plan was dead")],
        ),
        (
            "Dans un discours, le président Paul Hale déclare : « La guerre est finie. »",
            &[("Paul Hale", "La guerre est finie.")],
        ),
        // `de acuerdo con` begins with a word that stands everywhere.
        (
            "El ministro de Exteriores, Pablo Lin, de visita en Oslo, dijo que el plan de paz era falso.",
            &[("Pablo Lin", "el plan de paz era falso")],
        ),
    ]);
}

#[test]
fn words_from_somebody_else_are_not_surely_the_source_s() {
    for text in [
        "Senator Rick Dole, impersonating Holm, said: “I am the best.”",
        "President Grace Holm tweeted a quote from Churchill: “Never give in.”",
        "Quoting Lincoln, Senator Tom Vance said: “A house divided cannot stand.”",
        "Citing Lincoln, Senator Tom Vance said: “A house divided cannot stand.”",
        "Senator Tom Vance, in the words of Minister Grace Holm, said: “It is over.”",
        "Senator Tom Vance retweeted Minister Grace Holm: “It is over.”",
        "Senator Tom Vance, according to Holm, said: “It is over.”",
        "Senator Tom Vance, according to Minister Grace Holm, said that it was over.",
        "Comme l'a dit le ministre Paul Morel, selon le ministre Marc Vidal, « rien n'est joué ».",
    ] {
        assert_eq!(sure(text), [], "{text}");
    }
    check(&[(
        "Citing rising costs, Senator Tom Vance said the plan was dead.",
        &[("Tom Vance", "the plan was dead")],
    )]);
}

#[test]
fn a_name_behind_whose_somebody_is_speaks() {
    check(&[
        (
            "President Paul Lenoir said that he would go on. Lenoir’s predecessor, Marc Dufour, said the \
             talks had failed. “They were doomed,” he added.",
            &[
                ("Paul Lenoir", "he would go on"),
                ("Marc Dufour", "the talks had failed"),
                ("Marc Dufour", "They were doomed,"),
            ],
        ),
        (
            "“The law is the law,” President Grace Holm said. Vance’s lawyer, Olga Reyes, said he would \
             appeal. “He is innocent,” she said.",
            &[
                ("Grace Holm", "The law is the law,"),
                ("Olga Reyes", "he would appeal"),
                ("Olga Reyes", "He is innocent,"),
            ],
        ),
        // She comes on stage without speaking.
        (
            "“The law is the law,” Ms. Grace Holm said. Mr. Vance’s lawyer, Olga Reyes, disagreed. “He is \
             innocent,” she said.",
            &[("Grace Holm", "The law is the law,")],
        ),
        // A place behind a place.
        ("The mayor of Norport, New Sudmark, said the bridge was closed.", &[]),
    ]);
}

#[test]
fn who_is_answered_is_not_who_answers() {
    check(&[
        (
            "Kanzlerin Rita Fels kam. „Das sehe ich anders“, entgegnete Finanzminister Jan Holt ihr. \
             „Unsinn“, antwortete sie.",
            &[("Jan Holt", "Das sehe ich anders")],
        ),
        (
            "Chancellor Rita Fels came. “I disagree,” Minister Jan Holt told her. “Nonsense,” she replied.",
            &[("Jan Holt", "I disagree,")],
        ),
        (
            "Kanzlerin Rita Vanz kam. Dem Minister Karl Auer antwortete Vanz: „Niemals.“",
            &[("Rita Vanz", "Niemals.")],
        ),
        (
            "Der Ministerin Anna Auer antwortete Kanzler Max Vanz: „Niemals.“",
            &[("Max Vanz", "Niemals.")],
        ),
        ("Der Minister Karl Auer antwortete: „Niemals.“", &[("Karl Auer", "Niemals.")]),
        ("Minister Jan Holt kam. Wie Kanzlerin Rita Wenz sagte Holt, man werde warten.", &[]),
        ("Wie Kanzlerin Rita Wenz sagte, werde man warten.", &[("Rita Wenz", "werde man warten")]),
    ]);
}
