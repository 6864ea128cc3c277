//! Speeches taken whole: what the names of their files and their first lines tell. The speakers are invented.

use dixit::Statement;
use dixit_sources::{Extraction, ReadOptions, read_all};

const SPEECH: &str = "Fellow citizens, I thank you for the trust that you place in me. We have come far, \
    and I will do my part so that our harbours stay open. I ask you to do yours, as we always did.\n";

fn complete(name: &str, text: &str) -> Statement {
    all(name, text).remove(0)
}

fn all(name: &str, text: &str) -> Vec<Statement> {
    let (_, records, _) = read_all(name, text.as_bytes(), &ReadOptions::default()).unwrap();
    let statements = records.into_iter().map(|record| {
        let mut statement = record.statement;
        Extraction::default().complete(&mut statement);
        statement
    });
    statements.collect()
}

fn speaker(statement: &Statement) -> Option<&str> {
    statement.speaker.as_ref()?.name.as_deref()
}

fn date(statement: &Statement) -> Option<String> {
    statement.date.map(|date| date.to_string())
}

#[test]
fn year_and_surname_in_the_name_of_a_file() {
    let statement = complete("1789-Muster.txt", SPEECH);
    assert_eq!((speaker(&statement), date(&statement).as_deref()), (Some("Muster"), Some("1789")));
    assert_eq!(statement.basis["speaker"].rule.as_deref(), Some("file-name"));
    assert!(statement.basis["speaker"].evidence.is_empty(), "the text does not show it");
    let statement = complete("old/2024-09-24_rask_speech.txt", SPEECH);
    assert_eq!(
        (speaker(&statement), date(&statement).as_deref()),
        (Some("Rask"), Some("2024-09-24"))
    );
}

#[test]
fn a_word_that_is_nobody_makes_nobody() {
    for name in ["1789-Budget.txt", "2024-Norway.txt", "2024-Inaugural.txt", "20240924_harvest.txt"]
    {
        assert_eq!(speaker(&complete(name, SPEECH)), None, "{name}");
    }
    // A report about somebody is not theirs.
    let report = "The harbours of Norland opened on Monday. Ships came in from five countries, and the \
                  docks were full by noon. Fees will rise in autumn.\n";
    assert_eq!(speaker(&complete("2024-Muster.txt", report)), None);
}

#[test]
fn the_letterhead_wins_over_the_name_of_the_file() {
    let text =
        format!("Address by H.E. Ms. Ada Rask, President of Norland\n3 May 1990\n\n{SPEECH}");
    let statement = complete("1989-Muster.txt", &text);
    assert_eq!(speaker(&statement), Some("Ada Rask"));
}

#[test]
fn a_number_alone_is_no_year() {
    assert_eq!(date(&complete("1600.txt", SPEECH)), None);
    assert_eq!(date(&complete("1600-Muster.txt", SPEECH)).as_deref(), Some("1600"));
}

#[test]
fn codes_of_country_and_language_in_the_name_of_a_file() {
    let statement = complete("ke_en.txt", SPEECH);
    let person = statement.speaker.as_ref().unwrap();
    assert_eq!((person.label(), person.country.as_deref()), (None, Some("Kenya")));
    assert_eq!(statement.language.as_deref(), Some("en"));
    // The text is in another language, and no file beside it is named so.
    let statement = complete("ke_fr.txt", SPEECH);
    assert!(statement.speaker.is_none(), "{:?}", statement.speaker);
    let text = format!("Statement by H.E. Mr. Bo Muster, Prime Minister\n\n{SPEECH}");
    let person = complete("ke_en.txt", &text).speaker.unwrap();
    assert_eq!(
        (person.name.as_deref(), person.country.as_deref()),
        (Some("Bo Muster"), Some("Kenya"))
    );
}

#[test]
fn honorifics_show_names_in_romance_languages() {
    for (head, name) in [
        (
            "DISCOURS DE SON EXCELLENCE MONSIEUR\nJEAN-BEISPIEL MUSTER RASKO,\nPRESIDENT DE LA REPUBLIQUE\n",
            "JEAN-BEISPIEL MUSTER RASKO",
        ),
        ("Discours de Son Excellence Monsieur MUSTER Adamo\nà la 12ème session\n", "MUSTER Adamo"),
        (
            "INTERVENCIÓN DEL EXCMO. SR. BRUNO MUSTER RASK,\nMINISTRO DE RELACIONES EXTERIORES\n",
            "BRUNO MUSTER RASK",
        ),
        (
            "Intervención del Representante Permanente, Embajador José De La Muestra\nNueva York, 30 de septiembre de 2024.\n",
            "José De La Muestra",
        ),
        ("DISCURSO DEL PRESIDENTE DE NORLANDIA, SEÑOR BRUNO\nMUESTRA\n\n", "BRUNO MUESTRA"),
        ("Discurso do senhor João Exemplo, Ministro da Pesca\n", "João Exemplo"),
    ] {
        let statement = complete("a.txt", &format!("{head}\nMonsieur le Président, {SPEECH}"));
        assert_eq!(speaker(&statement), Some(name), "{head}");
    }
    for head in [
        "Discours en l'honneur de Son Excellence Monsieur Jean Muster\n",
        "Discours de la délégation à Son Excellence Monsieur Jean Muster\n",
        "Discours de M. Jean Muster et de Mme Ada Rask\n",
        "Discours de Son Excellence\n",
    ] {
        let statement = complete("a.txt", &format!("{head}\nMonsieur le Président, {SPEECH}"));
        assert_eq!(speaker(&statement), None, "{head}");
    }
}

#[test]
fn stamps_and_print_headers_are_no_titles() {
    for head in [
        "Please check against delivery",
        "FINAL",
        "9/24/24, 3:48 PM   Norland | News",
        "STATEMENT BY",
    ] {
        let statement = complete("a.txt", &format!("{head}\n\n{SPEECH}"));
        assert_eq!(statement.title, None, "{head}");
        let kept = head == "STATEMENT BY";
        assert_eq!(statement.text.contains(head), kept, "{head}: what may begin a sentence stays");
    }
    let statement = complete("a.txt", &format!("Harbours stay open\n\n{SPEECH}"));
    assert_eq!(statement.title.as_deref(), Some("Harbours stay open"));
}

const COLLECTION: &str = "Remarks by President Ada Rask\n3 May 2024\n\nI thank you all. We keep the harbours open.\n\n\
    * * *\n\nSpeech by Minister Bo Muster\nNorport, 4 June 2024\n\nI am glad to be here. We will build a bridge.\n";

#[test]
fn speeches_under_headings_between_rules_are_statements_of_their_own() {
    for rule in ["* * *", "-----", "==========", "\u{c}"] {
        let file = COLLECTION.replace("* * *", rule);
        let statements = all("speeches.txt", &file);
        let found: Vec<_> = statements.iter().map(|s| (speaker(s), date(s))).collect();
        assert_eq!(
            found,
            [
                (Some("Ada Rask"), Some("2024-05-03".to_owned())),
                (Some("Bo Muster"), Some("2024-06-04".to_owned()))
            ],
            "{rule:?}"
        );
        assert_eq!(statements[1].title.as_deref(), Some("Speech by Minister Bo Muster"));
        assert_eq!(statements[1].source.ordinal, Some(2));
        for statement in &statements {
            let span = statement.source.span.unwrap().as_range().unwrap();
            assert_eq!(&file[span], statement.text);
        }
    }
}

#[test]
fn a_speech_with_rules_and_quoted_titles_stays_whole() {
    for file in [
        // Rules divide it, and nothing under them says whose it is.
        "Remarks by President Ada Rask\n3 May 2024\n\nI thank you.\n\n* * *\n\nWe keep the harbours open.\n\n* * *\n\nI thank you again.\n",
        // One title is told of inside it, without a rule over it.
        "Remarks by President Ada Rask\n3 May 2024\n\nI read again the\n\nSpeech by Minister Bo Muster\n\nand I agree with it.\n",
        // A rule stands over words that begin with a kind of document and go on as a sentence.
        "Remarks by President Ada Rask\n3 May 2024\n\nI thank you.\n\n* * *\n\nSpeeches by ministers are long, and I will not give one of these today, as you all know.\n",
    ] {
        assert_eq!(all("speech.txt", file).len(), 1, "{file}");
    }
}

#[test]
fn names_in_heads_as_missions_lay_them_out() {
    let mut wrong = Vec::new();
    for (head, name) in [
        (
            "Statement by H. E. Mr. Bo Muster\nPrime Minister of the Republic of Kenya\n",
            "Bo Muster",
        ),
        (
            "STATEMENT BY H.E.TO MUSTER,\nGENERAL SECRETARY, PRESIDENT\nOF THE REPUBLIC OF KENYA\n",
            "TO MUSTER",
        ),
        (
            "Text of the Address by His Excellency, Dr. Ada Rask,\nPresident of the Republic of Kenya\n",
            "Ada Rask",
        ),
        (
            "STATEMENT BY HIS EXCELLENCY DR. NANDOLO\nMUSTER, PRESIDENT OF THE REPUBLIC OF KENYA AT\nTHE SESSION\n",
            "NANDOLO MUSTER",
        ),
        (
            "Kenya Country Statement\nby\n\nHonourable Ada Rask, MP,\nPrime Minister of Kenya\n",
            "Ada Rask",
        ),
        (
            "Speech of\nHis Highness\nSheikh Bo Bin Muster\n\nAt\nThe General Debate\n",
            "Bo Bin Muster",
        ),
        (
            "Session 79\n\nH.E PRESIDENT ADA RASK’S\nGENERAL DEBATE PLENARY SPEECH\nNORPORT\n",
            "ADA RASK",
        ),
        (
            "of, we Ly\nvery\n\nStatement by the Minister of Foreign Affairs\nof the Republic of Kenya\nH.E. Ada Rask\n79th Session\n",
            "Ada Rask",
        ),
        (
            "HON. RASKAVAMEL\nPRIME MINISTER OF KENYA\n\non the occasion of the\nDebate\n",
            "RASKAVAMEL",
        ),
        ("Kenya - Minister of Foreign Affairs Ada Maria Rask - 28 September\n", "Ada Maria Rask"),
        ("Bundesministerin Ada Rask\n", "Ada Rask"),
    ] {
        let statement = complete("a.txt", &format!("{head}\nMr. Chairman,\n\n{SPEECH}"));
        let is_shown = !statement.basis["speaker"].evidence.is_empty();
        if speaker(&statement) != Some(name) || !is_shown {
            wrong.push((head, speaker(&statement).map(str::to_owned)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_office_before_a_name_in_romance_languages() {
    for (head, name) in [
        (
            "Palabras del Presidente de la Nación Juan Muestra, en el debate\ngeneral, Nueva York\n",
            "Juan Muestra",
        ),
        ("PALABRAS PRESIDENTE JUAN MUESTRA\nASAMBLEA GENERAL\n", "JUAN MUESTRA"),
        ("Intervento del Presidente Esempio alla 79? Assemblea\nGenerale\n", "Esempio"),
        (
            "DÉCLARATION DE S$.E. MUSTER MUSTER, MINISTRE DES\nRELATIONS EXTERIEURES\n",
            "MUSTER MUSTER",
        ),
        (
            "DISCURSO DEL PRESIDENTE DE NORLANDIA, SEÑOR BRUNO\nMUESTRA\n\ne EXCELENTÍSIMO SEÑOR JUAN PRUEBA, PRESIDENTE DE LA ASAMBLEA.\n",
            "BRUNO MUESTRA",
        ),
    ] {
        let statement = complete("a.txt", &format!("{head}\nSeñor Presidente, {SPEECH}"));
        assert_eq!(speaker(&statement), Some(name), "{head}");
    }
    // A state, a body and whoever is greeted are nobody who speaks.
    for head in [
        "Palabras del Presidente de la República Dominicana, en el debate\n",
        "PALABRAS PRESIDENTE REPÚBLICA DOMINICANA\nASAMBLEA GENERAL\n",
        "Discurso del Presidente Constitucional, en el debate\n",
        "Intervención en nombre de la\nRepública del Paraguay\n\nExcelentísimo Señor Juan Muestra\nPresidente de la Asamblea General\n",
    ] {
        let statement = complete("a.txt", &format!("{head}\nSeñor Presidente, {SPEECH}"));
        assert_eq!(speaker(&statement), None, "{head}");
    }
}

#[test]
fn an_office_alone_is_kept_where_nobody_is_named() {
    for (head, role) in [
        ("Discurso del señor Ministro de Pesca para\nel debate\n", "Ministro de Pesca"),
        ("Statement of the President of the Republic of Kenya\n3 May 1990\n", "President"),
        ("UN Speech — Prime Minister of Kenya\n", "Prime Minister"),
    ] {
        let statement = complete("a.txt", &format!("{head}\nExcellencies,\n\n{SPEECH}"));
        let person = statement.speaker.clone().unwrap_or_default();
        assert_eq!((person.name, person.role.as_deref()), (None, Some(role)), "{head}");
    }
}

#[test]
fn whoever_is_greeted_or_congratulated_does_not_speak() {
    for head in [
        "Kenya’s Address at the Session\n\nH.E. Bo Muster, President of the Session,\n\n",
        "KENYA STATEMENT\n\nMr. President,\n\nI congratulate the President of the Assembly\nH.E. Mr. Bo Muster. ",
        "Statement of Kenya to the Session\n\nPresident of the Assembly,\nSecretary General of the United Nations H.E. Mr. Bo Muster,\nExcellencies,\n\n",
        "Meus cumprimentos ao presidente da Assembleia Geral,\nBo Muster.\n\n",
        "H.E. Ada Rask’s predecessor, Mr. Bo Muster, gave a speech\n\n",
    ] {
        assert_eq!(speaker(&complete("a.txt", &format!("{head}{SPEECH}"))), None, "{head}");
    }
}
