//! What each piece of the query language finds.

use dixit::{
    Error, Field, Form, Index, MatchMode, Passage, Person, SearchRequest, Sort, Span, Statement,
    WriterOptions,
};

use crate::support::{archive, ask, found, index_of};

const RIGHTS: &str = "wire/rights.txt";
const EXPENSES: &str = "hansard/1.txt";
const ANSWER: &str = "hansard/2.txt";
const GERMAN: &str = "bundestag/1.txt";
const CHINESE: &str = "mfa/1.txt";

#[test]
fn every_piece_of_the_language_finds_what_it_should() {
    let index = index_of(&archive());
    let both = format!("{EXPENSES} {ANSWER}");
    for (query, expected) in [
        // Words mean all, in any of their forms.
        ("human rights workshop", RIGHTS),
        ("workshops humans", RIGHTS),
        ("published", both.as_str()),
        ("human budget", ""),
        // Stemming joins the two; quotation marks part them.
        ("expenses", "hansard/1.txt wire/rights.txt"),
        ("\"expenses\"", EXPENSES),
        ("\"expensive\"", RIGHTS),
        ("\"rights human\"", ""),
        ("\"human right\"", RIGHTS),
        ("\"a workshop on human rights\"", RIGHTS),
        // Left out, either, groups, beginnings.
        ("publish -expenses", ANSWER),
        ("workshop OR pay", "hansard/2.txt wire/rights.txt"),
        ("(workshop OR pay) -human", ANSWER),
        ("menschen*", GERMAN),
        ("*", "bundestag/1.txt hansard/1.txt hansard/2.txt mfa/1.txt wire/rights.txt"),
        ("-speaker:rask", "bundestag/1.txt hansard/1.txt mfa/1.txt"),
        // Who: of the statement or of a passage in it.
        ("speaker:rask", "hansard/2.txt wire/rights.txt"),
        ("speaker:\"Ada Rask\"", "hansard/2.txt wire/rights.txt"),
        ("speaker:\"Rask Ada\"", ""),
        ("speaker:weiss", GERMAN),
        ("role:spokesperson", RIGHTS),
        ("affiliation:\"foreign ministry\"", RIGHTS),
        ("country:norland", RIGHTS),
        ("speaker:rask speaker:lind", "hansard/1.txt hansard/2.txt wire/rights.txt"),
        // When: a year is no day of it.
        ("date:2025-12", RIGHTS),
        ("date:2025-12-10", RIGHTS),
        ("date:2024", both.as_str()),
        ("date:2024-03", EXPENSES),
        ("date:2024-03-01", ""),
        ("date:2023..2024-06", "bundestag/1.txt hansard/1.txt"),
        ("date:..2023", GERMAN),
        ("since:2025", RIGHTS),
        // About what.
        ("topic:\"human rights\"", RIGHTS),
        ("topic:\"civil rights\"", RIGHTS),
        ("topic:\"civil rights/human rights\"", RIGHTS),
        ("topic:\"human rights/civil rights\"", RIGHTS),
        ("topic:*", "hansard/1.txt wire/rights.txt"),
        ("keyword:\"human rights day\"", RIGHTS),
        // What it cites, however a symbol is spaced and dotted.
        ("reference:\"A/RES/78/1\"", RIGHTS),
        ("reference:a/res/78/1", RIGHTS),
        ("reference:\"A/RES/7/81\"", ""),
        ("reference:\"A/RES/78\"", RIGHTS),
        ("reference:\"H.R. 3684\"", EXPENSES),
        ("reference:hr3684", EXPENSES),
        ("reference:h.r.3684", EXPENSES),
        ("reference:\"H.R. 36\"", ""),
        ("reference:\"com (2023) 12\"", RIGHTS),
        ("reference:\"opens its ports\"", EXPENSES),
        ("reference:\"https://un.example/en/rights\"", RIGHTS),
        ("reference:un.example", RIGHTS),
        ("reference:*", "hansard/1.txt wire/rights.txt"),
        ("title:workshop", RIGHTS),
        ("text:hosts", ""),
        // What was said: all of a speech, only the passages of an article.
        ("said:water", RIGHTS),
        ("said:nordhavn", ""),
        ("said:\"members expenses\"", EXPENSES),
        // What it is and where it stands.
        ("kind:answer", ANSWER),
        ("kind:article language:en", RIGHTS),
        ("language:de", GERMAN),
        ("language:zh", CHINESE),
        ("language:zh-hans", CHINESE),
        ("source:hansard", both.as_str()),
        ("source:\"hansard/2.txt\"", ANSWER),
        ("id:MFA-77", CHINESE),
        // Any script, any spelling.
        ("人权", CHINESE),
        ("权", CHINESE),
        ("任", CHINESE),
        ("保护人权", CHINESE),
        ("人保", ""),
        ("\"王大明\"", CHINESE),
        ("lodz aero", GERMAN),
        ("ŁÓDŹ", GERMAN),
        ("menschenrecht", GERMAN),
        // The pieces of a word with a mark in it stand together.
        ("members' expenses", EXPENSES),
        ("pay-what", ""),
        ("what-we", ANSWER),
    ] {
        assert_eq!(ask(&index, query), expected, "{query}");
    }
}

#[test]
fn any_finds_more_and_filters_still_bind() {
    let index = index_of(&archive());
    let any = |query: &str| {
        let mut found = found(&index, &SearchRequest::new(query).match_mode(MatchMode::Any));
        found.sort();
        found.join(" ")
    };
    assert_eq!(any("workshop pay"), "hansard/2.txt wire/rights.txt");
    assert_eq!(any("workshop pay kind:answer"), ANSWER);
    assert_eq!(any("workshop pay -human"), ANSWER);
}

#[test]
fn conditions_can_be_given_as_data() {
    let index = index_of(&archive());
    let request =
        SearchRequest::new("").filter(Field::Speaker, "Ada Rask").filter(Field::Date, "2024");
    assert_eq!(found(&index, &request), [ANSWER]);
    let request = SearchRequest::new("published").filter(Field::Kind, "speech");
    assert_eq!(found(&index, &request), [EXPENSES]);
    let bad = index.search(&SearchRequest::new("published").filter(Field::Date, "soon")).unwrap();
    assert_eq!(bad.query.notes.len(), 1);
}

#[test]
fn a_literal_query_has_no_syntax() {
    let index = index_of(&archive());
    let prose = "A workshop (on human rights) -opens: \"in Nordhavn";
    let request = SearchRequest::new(prose).literal();
    assert_eq!(found(&index, &request), [RIGHTS]);
}

#[test]
fn what_was_understood_differently_is_noted_or_refused() {
    let index = index_of(&archive());
    let answer = index.search(&SearchRequest::new("speker:rask \"human rights")).unwrap();
    assert_eq!(answer.query.notes.len(), 2, "{:?}", answer.query.notes);
    let strict = SearchRequest::new("speker:rask").strict();
    let error = index.search(&strict).unwrap_err();
    assert!(
        matches!(&error, Error::Query { notes } if notes[0].suggestion.as_deref() == Some("speaker"))
    );
    let unreachable = index.search(&SearchRequest::new("workshop title:🌍")).unwrap();
    assert!(!unreachable.query.notes.is_empty());
}

#[test]
fn pages_hold_together() {
    let index = index_of(&archive());
    let all = found(&index, &SearchRequest::new("*").sort(Sort::Newest));
    // By the first day that the date may mean, latest first; undated last.
    assert_eq!(all, [RIGHTS, EXPENSES, ANSWER, GERMAN, CHINESE]);
    let oldest = found(&index, &SearchRequest::new("*").sort(Sort::Oldest));
    assert_eq!(oldest, [GERMAN, ANSWER, EXPENSES, RIGHTS, CHINESE]);
    for (offset, expected) in all.iter().enumerate() {
        let page = SearchRequest::new("*").sort(Sort::Newest).limit(1).offset(offset);
        let answer = index.search(&page).unwrap();
        assert_eq!(answer.total, 5);
        assert_eq!(answer.hits[0].rank, offset + 1);
        assert_eq!(&answer.hits[0].statement.source.name, expected);
    }
    assert!(found(&index, &SearchRequest::new("*").offset(5)).is_empty());
    let too_far = index.search(&SearchRequest::new("*").offset(10_000)).unwrap_err();
    assert_eq!(
        too_far.to_string(),
        "offset and limit together reach 10010; 10000 hits is the most"
    );
    let none = index.search(&SearchRequest::new("*").limit(0)).unwrap();
    assert_eq!((none.total, none.hits.len()), (5, 0));
}

#[test]
fn a_statement_is_found_by_id_by_its_beginning_and_by_its_own_key() {
    let index = index_of(&archive());
    let searcher = index.searcher().unwrap();
    let statement = archive().remove(0);
    assert_eq!(searcher.statement(statement.id).unwrap(), Some(statement.clone()));
    let ids =
        |text: &str| searcher.find(text, 10).unwrap().into_iter().map(|s| s.id).collect::<Vec<_>>();
    assert_eq!(ids(&statement.id.as_str()[..8]), [statement.id]);
    assert_eq!(ids("MFA-77").len(), 1);
    assert!(ids("MFA").is_empty(), "another's key counts only whole");
    assert!(ids("nothing").is_empty());
}

/// A year is no day of it, and the answer says what that means.
#[test]
fn dates_without_a_day_are_told() {
    let index = index_of(&archive());
    let told = |query: &str| {
        let answer = index.search(&SearchRequest::new(query)).unwrap();
        let imprecise = answer.imprecise.map(|told| (told.matches, told.possible));
        (answer.total, imprecise)
    };
    for (query, expected) in [
        // One of 2024, one of March 2024.
        ("date:2024", (2, Some((2, 0)))),
        ("date:2024-03", (1, Some((1, 1)))),
        ("date:2024-03-05", (0, Some((0, 2)))),
        ("since:2024-03-10", (1, Some((0, 2)))),
        ("date:2024-06", (0, Some((0, 1)))),
        ("date:2024-01..2024-02 OR date:2024-03", (1, Some((1, 1)))),
        ("(date:2024-01-01 OR date:2024-03-05) publish", (0, Some((0, 2)))),
        ("publish date:2024-03 -members", (0, Some((0, 1)))),
        ("publish since:2024 until:2024-06", (1, Some((1, 1)))),
        ("menschenrecht date:2024-03", (0, None)),
        ("date:2025-12-10", (1, None)),
        // Nothing is asked of days here.
        ("*", (5, None)),
        ("publish OR date:2024-03-05", (2, None)),
        ("-date:2024-03-05", (5, None)),
    ] {
        assert_eq!(told(query), expected, "{query}");
    }
    let filtered = SearchRequest::new("publish -pay").filter(Field::Date, "2024-03-05");
    let imprecise = index.search(&filtered).unwrap().imprecise.unwrap();
    assert_eq!((imprecise.matches, imprecise.possible), (0, 1));
}

/// Names in other letters are those that somebody bears now.
#[test]
fn what_else_a_name_is_looked_for_as_is_told_and_goes_with_its_statements() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer(&WriterOptions::default()).unwrap();
    for (source, name) in [("a", "王大明"), ("b", "Wang Daming"), ("c", "Bo Lind")] {
        let mut statement = Statement::new(source, format!("{name} spoke."));
        statement.speaker = Some(Person::named(name));
        writer.add_from(source, &statement).unwrap();
    }
    writer.commit().unwrap();
    let asked = |query: &str| {
        let answer = index.search(&SearchRequest::new(query)).unwrap();
        let also = answer.query.also.iter().map(|also| (also.span.clone(), also.words.clone()));
        (answer.total, also.collect::<Vec<_>>())
    };
    let told = (0..21, "statements by “王大明” (exactly)".to_owned());
    assert_eq!(asked("speaker:\"Wang Daming\""), (2, vec![told]));
    assert_eq!(asked("speaker:王大明").0, 2);
    assert_eq!(asked("speaker:wang"), (1, Vec::new()));
    writer.remove_source("a");
    writer.commit().unwrap();
    assert_eq!(asked("speaker:\"Wang Daming\""), (1, Vec::new()));
    assert_eq!(asked("-speaker:王大明").0, 1);
}

#[test]
fn who_is_in_an_office_is_found_where_it_is_not_stated() {
    let person = |name: &str, role: Option<&str>, affiliation: Option<&str>| Person {
        role: role.map(str::to_owned),
        affiliation: affiliation.map(str::to_owned),
        ..Person::named(name)
    };
    let people = [
        ("a", person("Ada Rask", Some("press secretary"), None)),
        ("b", person("Ada Rask", None, None)),
        ("c", person("Eva Rask", Some("minister"), None)),
        ("d", person("Wolf Schäuble", None, None)),
        ("e", person("赵立坚", Some("发言人"), Some("外交部"))),
        ("f", person("Jan Müller", None, None)),
        ("g", person("Karin Mueller", None, None)),
        ("h", person("Michal Bor", None, None)),
        ("i", person("Michael Bor", None, None)),
        ("k", person("Rask", Some("press secretary"), None)),
        ("l", person("Lars Rask", Some("farmer"), None)),
        ("m", person("华春莹", Some("发言人"), Some("外交部"))),
        ("n", person("Wang Daming", Some("spokesperson"), Some("Ministry of Trade"))),
        ("o", person("Javier Milano", Some("presidente"), None)),
        ("p", person("Annalena Bock", Some("Bundesministerin"), None)),
    ];
    let mut statements: Vec<Statement> = people
        .into_iter()
        .map(|(source, person)| {
            let mut statement = Statement::new(source, format!("Words of {source}."));
            statement.speaker = Some(person);
            statement
        })
        .collect();
    // In one statement with somebody else in that office.
    let mut both = Statement::new("j", "The press secretary said nothing. Eva Rask did.");
    both.speaker = Some(person("Bo Lind", Some("press secretary"), None));
    both.passages = vec![Passage {
        form: Form::Indirect,
        speaker: Some(person("Eva Rask", None, None)),
        source: None,
        cue: None,
        content: Span::from(35..43),
        basis: None,
    }];
    statements.push(both);
    let index = index_of(&statements);
    for (query, expected) in [
        ("speaker:\"press secretary Ada Rask\"", "a b"),
        // Whose name alone is given is meant where a statement tells the office, of whomever.
        ("speaker:\"press secretary Rask\"", "a b j k"),
        ("speaker:\"Mr. Secretary\"", ""),
        ("speaker:\"minister Rask\"", "c j"),
        ("speaker:\"press secretary Eva Rask\"", ""),
        ("speaker:\"chancellor Eva Rask\"", ""),
        // Nothing tells of another office.
        ("speaker:\"chancellor Schäuble\"", "d"),
        ("speaker:\"Herr Schäuble\"", "d"),
        ("speaker:\"Rask, Ada\"", "a b"),
        ("speaker:\"Ms Rask, Ada\"", "a b"),
        ("speaker:外交部发言人赵立坚", "e"),
        ("speaker:赵立坚先生", "e"),
        // Of which country, the office behind the name, the office in another language.
        ("speaker:\"Chinese Foreign Ministry spokesperson Hua Chunying\"", "m"),
        ("speaker:\"Norland trade ministry spokesperson Wang Daming\"", ""),
        ("speaker:\"Wang Daming, spokesperson\"", "n"),
        ("speaker:\"Daming Wang\"", ""),
        ("speaker:\"President Javier Milano\"", "o"),
        ("speaker:\"President Milano\"", "o"),
        ("speaker:\"Minister Bock\"", "p"),
        ("speaker:\"Chancellor Milano\"", ""),
        // An office in one script and the name in another.
        ("speaker:\"FM spokesperson Hua Chunying\"", "m"),
        ("speaker:\"press secretary Hua Chunying\"", "m"),
        ("speaker:商务部发言人王大明", "n"),
        ("speaker:mueller", "f g"),
        ("speaker:Müller", "f g"),
        ("speaker:muller", "f"),
        ("speaker:\"Michael Bor\"", "i"),
    ] {
        assert_eq!(ask(&index, query), expected, "{query}");
    }
}

#[test]
fn a_word_is_found_however_it_is_written() {
    let texts = [
        ("a", "Ships of the U.S. came."),
        ("b", "They gave us ships."),
        ("c", "It took 3,000 ships."),
        ("d", "It took 3000 ships."),
        ("e", "Send an e-mail."),
        ("f", "Send an email."),
        ("g", "U.N.E.S.C.O. met."),
        ("h", "UNESCO met."),
        ("i", "قالت إن حقوق إنسان محمية"),
        ("j", "قالت إن حقوق الإنسان محمية"),
        ("k", "Two e-mails were sent."),
        ("l", "The anti-war movement."),
        ("m", "The antiwar movement."),
        ("n", "COVID-19 spread."),
        ("o", "covid19 spread."),
        ("p", "A long-term plan, with a follow-up."),
    ];
    let statements: Vec<Statement> =
        texts.into_iter().map(|(source, text)| Statement::new(source, text)).collect();
    let index = index_of(&statements);
    for (query, expected) in [
        ("US", "a b"),
        ("us", "b"),
        ("U.S.", "a"),
        ("3000", "c d"),
        ("3,000", "c d"),
        ("email", "e f k"),
        ("emails", "e f k"),
        ("e-mail", "e f k"),
        ("$3,000", "c d"),
        ("€3000", "c d"),
        ("antiwar", "l m"),
        ("anti-war", "l m"),
        ("COVID19", "n o"),
        ("COVID-19", "n o"),
        ("longterm", "p"),
        ("longtemr", ""),
        ("followup", "p"),
        ("UNESCO", "g h"),
        ("U.N.E.S.C.O.", "g h"),
        ("إنسان", "i j"),
        ("الإنسان", "i j"),
        // As it stands.
        ("\"US\"", "b"),
        ("\"3000\"", "d"),
        ("\"e-mail\"", "e"),
        ("\"covid19\"", "o"),
        ("ships -3000", "a b c"),
    ] {
        assert_eq!(ask(&index, query), expected, "{query}");
    }
}

/// What is found by another way of writing is not asked back about; what is not found is.
#[test]
fn a_word_that_is_found_otherwise_is_not_asked_about() {
    let index = index_of(&[
        Statement::new("a", "An anti-war march, a long-term plan."),
        Statement::new("b", "Whole herrings. She often rings."),
        // What would be asked about.
        Statement::new("c", "antiwax longterx"),
    ]);
    let asked = |query: &str| {
        let answer = index.search(&SearchRequest::new(query)).unwrap();
        let meant = answer.query.suggestions.iter().map(|meant| meant.suggestion.clone());
        meant.collect::<Vec<_>>().join(" ")
    };
    assert_eq!((asked("antiwar"), asked("longterm")), (String::new(), String::new()));
    assert_eq!(asked("herrigns"), "herrings");
    assert_eq!(asked("sherings"), "herrings");
}

#[test]
fn a_language_with_a_region_that_no_statement_names_is_asked_back() {
    let tagged = |source: &str, tag: &str| {
        let mut statement = Statement::new(source, format!("Words of {source}."));
        statement.language = Some(tag.into());
        statement
    };
    let index = index_of(&[tagged("a", "en"), tagged("b", "pt-BR"), tagged("c", "zh-Hant")]);
    let asked = |query: &str| {
        let answer = index.search(&SearchRequest::new(query)).unwrap();
        let meant = answer.query.suggestions.iter().map(|meant| meant.suggestion.clone());
        (ask(&index, query), meant.collect::<Vec<_>>().join(" "))
    };
    for (query, found, meant) in [
        ("language:en-US", "", "en"),
        ("language:en", "a", ""),
        ("language:pt", "b", ""),
        ("language:pt-PT", "", "pt"),
        ("language:zh_hant", "c", ""),
        ("language:da-DK", "", ""),
        // Two tags that look alike are two languages.
        ("language:es", "", ""),
        ("-language:en-US", "a b c", ""),
    ] {
        assert_eq!(asked(query), (found.to_owned(), meant.to_owned()), "{query}");
    }
}

#[test]
fn what_a_topic_or_keyword_was_found_by_is_told() {
    let mut labelled = Statement::new("a", "The dose was given twice, and the vaccines were kept.");
    labelled.topics = vec!["health/vaccine".into(), "health/dose".into(), "trade".into()];
    labelled.keywords = vec!["vaccine dose".into(), "mandate".into()];
    let index = index_of(&[labelled]);
    let told = |query: &str| {
        let answer = index.search(&SearchRequest::new(query)).unwrap();
        let found = answer.hits[0].found_by.clone();
        found.map(|found| (found.topics.join(" "), found.keywords.join(" ")))
    };
    let labels = |topics: &str, keywords: &str| Some((topics.to_owned(), keywords.to_owned()));
    // The text has a form of it.
    assert_eq!(told("vaccine dose"), None);
    assert_eq!(told("health"), labels("health/vaccine health/dose", ""));
    assert_eq!(told("dose mandate trade"), labels("trade", "mandate"));
    assert_eq!(told("topic:health"), None);
}
