//! Who is not taken for somebody else in a transcript: short names, titles, offices, notes, pages.

use dixit::{Kind, Statement};
use dixit_sources::{ReadOptions, read_all};

fn statements(name: &str, text: &str) -> Vec<Statement> {
    let (_, records, _) = read_all(name, text.as_bytes(), &ReadOptions::default()).unwrap();
    records.into_iter().map(|record| record.statement).collect()
}

/// Labels and names of the turns: `MS. RASK = Jane Rask`.
fn who(text: &str) -> Vec<String> {
    statements("talk.txt", text)
        .iter()
        .filter_map(|turn| turn.speaker.as_ref())
        .map(|person| {
            let label = person.as_written.as_deref().unwrap_or_default();
            format!("{label} = {}", person.name.as_deref().unwrap_or("?"))
        })
        .collect()
}

#[test]
fn two_titles_before_one_surname_are_two_people() {
    let text = "Witness: Jane Rask, Director\n\nMS. RASK: Thank you.\n\nMR. RASK: I disagree.\n\nMS. RASK: Why?\n";
    assert_eq!(who(text), ["MS. RASK = RASK", "MR. RASK = RASK", "MS. RASK = RASK"]);
    let text = "REP. BRANDT: I rise.\n\nSEN. BRANDT: So do I.\n\nREP. BRANDT: We agree.\n\nSEN. BRANDT: We do not.\n";
    for told in who(text) {
        assert!(!told.ends_with("REP. BRANDT") || told.starts_with("REP."), "{told}");
    }
}

#[test]
fn what_stands_before_a_surname_is_a_given_name_only_where_people_are_named() {
    for head in [
        "Capitol Hill Press Conference, 4 March 2025",
        "Present: Senators Hill and Moe.",
        "Watch Hill and others live",
        "Team Hill wins",
    ] {
        let text = format!("{head}\n\nMR. HILL: Good morning.\n\nQ   Why?\n\nMR. HILL: Because.\n");
        assert!(
            who(&text).iter().all(|told| !told.starts_with("MR.") || told == "MR. HILL = HILL"),
            "{head}: {:?}",
            who(&text)
        );
    }
}

#[test]
fn whom_a_title_is_about_does_not_speak() {
    let text = "Remarks on the Death of President Ivan Primerov\n\nIn the old town hall of Norport, before a few hundred people, on a cold day in March\n\nTHE PRESIDENT: He was my friend.\n\nQ   When?\n\nTHE PRESIDENT: Always.\n";
    assert!(who(text).iter().all(|told| !told.contains("Primerov")), "{:?}", who(text));
    let text = "Background Press Briefing by Senior Administration Officials on President Rask's Trip\n\nQ: When?\n\nA: On Monday.\n\nQ: Why?\n\nA: Who knows.\n";
    assert!(who(text).iter().all(|told| !told.contains("Rask")), "{:?}", who(text));
    let text = "SECRETARY BRANDT: I came by ship.\n\nQ   And?\n\nSECRETARY BRANDT: It was Deputy Secretary Olof Brandt who flew.\n";
    assert!(who(text).iter().all(|told| !told.contains("Olof")), "{:?}", who(text));
}

#[test]
fn small_letters_behind_a_clear_label_are_its_own() {
    let text = "MS. RASK: I was there.\n\nMR. ROE: no, you were not.\n\nMS. RASK: I was.\n";
    assert_eq!(who(text), ["MS. RASK = RASK", "MR. ROE = ROE", "MS. RASK = RASK"]);
}

#[test]
fn names_that_are_read_out_and_words_in_capitals_do_not_speak() {
    let text = "PRESIDENT ROE: I now read the names of the fallen.\n\nJohn Hill: He was nineteen.\n\nAda Moe: She was twenty.\n\nThey are not forgotten.\n\nMR. LIND: Thank you, Mr. President.\n\nPRESIDENT ROE: Thank you.\n";
    assert_eq!(who(text).len(), 3, "{:?}", who(text));
    let text = "Mr. ROE. I offer an amendment.\n\nSHORT TITLE. This Act may be cited as the Herring Act.\n\nUNESCO. That is whom it names.\n\nMs. LIND. I object.\n\nMr. ROE. Why?\n";
    assert_eq!(who(text).len(), 3, "{:?}", who(text));
}

#[test]
fn forms_lists_and_recipes_are_no_transcripts() {
    for text in [
        "Name: Ada Rask\nDistrict: Harbour\nParty: Green\n\nName: Bo Lind\nDistrict: Hill\nParty: Blue\n\nName: Carl Moe\nDistrict: Town\nParty: Red\n",
        "Action: Ada to call\n\nDecision: approved\n\nAction: Bo to write\n\nDecision: put off\n\nAction: all\n",
        "Employer: Norport Herring\nYears: 2001 to 2005\nEmployer: Sudport Cod\nYears: 2006 to 2010\nEmployer: None\nYears: since\n",
    ] {
        let read = statements("a.txt", text);
        assert!(read.iter().all(|one| one.speaker.is_none()), "{text}: {read:?}");
    }
}

#[test]
fn a_turn_at_the_edge_of_a_page_is_no_running_head() {
    let mut text = String::new();
    for page in 1..=5 {
        text.push_str(&format!("MR. ROE: Did you sign paper {page}?\n\nI mean the one that lies here before you, on the table, in blue.\n\nIt has your name on it.\n\nMS. RASK: Yes.\n\n{page}\n\n"));
    }
    let turns = statements("hearing.txt", &text);
    let said = turns.iter().filter(|turn| turn.text == "Yes.").count();
    assert_eq!(said, 5, "{turns:?}");
    let text = "Q    When did you come?\nA    In 2017\nQ    And then?\nA    In 2018\nQ    And at last?\nA    In 2019\n";
    assert_eq!(statements("hearing.txt", text).len(), 6);
}

#[test]
fn the_first_turn_is_no_headline() {
    let text = "Mr. Rask: Is the pier open?\n\nMs. Brandt: Yes, it is. The council of the town of Norport raised the fee twice in one year.\n\nMr. Rask: Good.\n";
    assert_eq!(who(text).len(), 3, "{:?}", who(text));
}

#[test]
fn a_speakers_own_words_stay_with_the_speaker() {
    let text = "MR. ROE: The bells rang.\n\nThe House adjourned early that day in 1914, and my grandfather went home.\n\nEND HUNGER NOW!\n\nThat is what I say.\n\nMS. RASK: So do I.\n";
    let turns = statements("a.txt", text);
    assert!(turns[0].text.ends_with("That is what I say."), "{turns:?}");
    let text = "**Ada Rask:**\n\n> We will open the bridge in May.\n\n**Bo Lind:**\n\n> No.\n\n**Ada Rask:**\n\n> Yes.\n";
    let turns = statements("a.md", text);
    assert!(
        turns.iter().all(|turn| turn.speaker.is_some() && turn.kind == Kind::Speech),
        "{turns:?}"
    );
}

#[test]
fn a_day_that_a_head_is_about_dates_nothing() {
    let body = "\n\nMR. ROE: Good day.\n\nMS. RASK: Hello.\n\nMR. ROE: Thank you.\n";
    for head in [
        "Remarks on the anniversary of the attacks of September 11, 2001",
        "Hearing on the Harbour Act of 4 May 2011",
        "Council\n\nNext hearing: 12 March 2025",
        "Council\n\nLast updated: March 6, 2025",
    ] {
        for turn in statements("a.txt", &format!("{head}{body}")) {
            assert_eq!(turn.date, None, "{head}: {:?}", turn.basis["date"]);
        }
    }
    let turns = statements(
        "2025-03-04 debate.txt",
        &format!("Debate of 9 May 1950 on coal and steel{body}"),
    );
    assert_eq!(turns[0].date.unwrap().to_string(), "2025-03-04");
}

#[test]
fn a_text_may_begin_with_a_note_in_brackets() {
    for note in
        ["[As delivered]", "[00:00:01] Ada Rask: Good morning, everybody here.", "{Applause}"]
    {
        let text = format!("{note}\n\nMS. RASK: Good day.\n\nMR. ROE: Hello.\n\nMS. RASK: Bye.\n");
        assert!(statements("a.txt", &text).len() >= 3, "{note}");
    }
}

#[test]
fn an_address_or_the_head_of_a_page_alone_on_its_line_does_not_speak() {
    for line in [
        "Mr. President",
        "Monsieur le Président de l’Assemblée",
        "Norland Mission to the Council",
        "PERMANENT MISSION OF NORLAND",
    ] {
        let text = format!(
            "Statement of Norland\n\n{line}\nWe meet in a year in which the herring has gone north for good.\n\nGreat Sea Reform\nThe rules of the sea have to be made anew, and soon enough.\n\n{line}\nMy country will do its part, as it has always done before now.\n\n{line}\nI thank you for your patience on this long and cold afternoon.\n"
        );
        let read = statements("speech.txt", &text);
        assert_eq!(read.len(), 1, "{line}: {read:?}");
    }
}
