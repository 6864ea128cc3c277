//! Words of any language find the statements that hold them, in the forms that their language has.

use dixit::{Person, SearchRequest, Statement};

use crate::support::{ask, found, index_of};

fn statement(source: &str, language: Option<&str>, text: &str) -> Statement {
    let mut statement = Statement::new(source, text);
    statement.language = language.map(str::to_owned);
    statement
}

#[test]
fn a_word_is_met_by_its_forms_in_each_statements_own_language() {
    let index = index_of(&[
        statement("de", Some("de"), "Wir sprechen von den Menschenrechten aller."),
        statement("en", Some("en-GB"), "Nobody here negotiates on fish."),
        statement("fr", Some("fr"), "Les droits des hommes, et on en parle."),
        statement("ru", Some("ru"), "Речь о правах человека."),
        statement("hu", Some("hu"), "A tárgyalásról beszélünk."),
        statement("tr", Some("tr"), "Kadınların hakları konuşuldu."),
        statement("ar", Some("ar"), "تحدث عن الدولة والكتاب"),
        statement("nn", Some("nn"), "Dei snakka om avtalane og møta."),
    ]);
    for (query, sources) in [
        ("Menschenrechte", "de"),
        ("menschenrecht", "de"),
        ("negotiating", "en"),
        ("droit", "fr"),
        ("\"droit\"", ""),
        ("право", "ru"),
        ("tárgyalás", "hu"),
        ("targyalas", "hu"),
        ("kadın", "tr"),
        ("kadin", "tr"),
        ("كتاب", "ar"),
        ("دولة", "ar"),
        ("avtale", "nn"),
        ("droit hommes", "fr"),
        ("-Menschenrechte sprechen", ""),
        ("title:Menschenrechte", ""),
    ] {
        assert_eq!(ask(&index, query), sources, "{query}");
    }
}

/// A French stemmer makes `her` of `here`: in English that is another word.
#[test]
fn a_word_is_not_met_by_what_another_language_makes_of_it() {
    let mut statements = vec![
        statement("fr", Some("fr"), "Nous here, vous her."),
        statement("unknown", None, "With her we go."),
    ];
    for n in 0..3 {
        statements.push(statement(&format!("en{n}"), Some("en"), "Here it is in her own hands."));
    }
    statements.push(statement("en-her", Some("en"), "They saw her."));
    let index = index_of(&statements);
    assert_eq!(ask(&index, "here"), "en0 en1 en2 fr");
    assert_eq!(ask(&index, "her"), "en-her en0 en1 en2 fr unknown");
    let answer = index.search(&SearchRequest::new("here")).unwrap();
    for hit in answer.hits.iter().filter(|hit| hit.statement.source.name.starts_with("en")) {
        let snippet = &hit.snippets[0];
        let marks: Vec<_> = snippet
            .marks
            .iter()
            .map(|mark| &snippet.text[mark.start as usize..mark.end as usize])
            .collect();
        assert_eq!(marks, ["Here"]);
    }
}

#[test]
fn a_language_that_was_told_wrongly_loses_nothing() {
    let forms = ["den Menschenrechten", "die Menschenrechte", "ein Menschenrecht"];
    for language in [None, Some("en"), Some("zh"), Some("x-klingon"), Some("pl"), Some("de")] {
        // Beside statements that are right, and with none.
        for beside in [0, 1, 5] {
            let mut statements = vec![statement("odd", language, forms[0])];
            for n in 0..beside {
                statements.push(statement(&format!("{n}"), Some("de"), forms[1 + n % 2]));
            }
            for n in 0..3 {
                statements.push(statement(&format!("e{n}"), Some("en"), "Rights of all men."));
            }
            let index = index_of(&statements);
            for query in ["Menschenrechte", "Menschenrecht", "menschenrechten"] {
                let found = ask(&index, query);
                assert!(found.contains("odd"), "{language:?} {beside} {query}: {found}");
            }
        }
    }
}

/// Two languages have it: its forms count everywhere, whichever of them has it a little more often.
#[test]
fn a_word_of_two_languages_belongs_to_both() {
    for (spanish, galician) in [(3, 4), (4, 3)] {
        let mut statements = vec![statement("wrong", Some("ja"), "Gracias, señores.")];
        for n in 0..spanish {
            statements.push(statement(&format!("es{n}"), Some("es"), "Gracias, señor."));
        }
        for n in 0..galician {
            statements.push(statement(&format!("gl{n}"), Some("gl"), "Grazas, señor."));
        }
        let all = ask(&index_of(&statements), "señor");
        assert!(all.ends_with(" wrong"), "{spanish} {galician}: {all}");
    }
}

#[test]
fn a_language_that_is_given_is_that_of_all() {
    let index = index_of(&[
        statement("1", Some("en"), "Her Menschenrechten."),
        statement("2", Some("fr"), "Nous her."),
    ]);
    let asked = |query: &str, language: &str| {
        let mut sources = found(&index, &SearchRequest::new(query).language(language));
        sources.sort();
        sources.join(" ")
    };
    assert_eq!(asked("Menschenrechte", "de"), "1");
    assert_eq!(asked("here", "fr"), "1 2");
    assert_eq!(asked("here", "en"), "");
    assert_eq!(asked("Menschenrechte", "zh"), "");
    assert_eq!(asked("Menschenrechten", "zh"), "1");
}

#[test]
fn simplified_traditional_and_japanese_characters_find_each_other() {
    let index = index_of(&[
        statement("hans", Some("zh-Hans"), "保护人权是各国的责任。"),
        statement("hant", Some("zh-Hant"), "保護人權是各國的責任。"),
        statement("ja", Some("ja"), "人権の保護は各国の責任である。"),
    ]);
    for query in ["人权", "人權", "人権", "\"人權\"", "責任", "责任", "权", "權"] {
        assert_eq!(ask(&index, query), "hans hant ja", "{query}");
    }
    // Cut into words, each is found by itself.
    let words = if cfg!(feature = "segmentation") { "hans hant ja" } else { "hans hant" };
    assert_eq!(ask(&index, "保护人权"), words);
    assert_eq!(ask(&index, "\"保护人权\""), "hans hant");
}

#[cfg(feature = "segmentation")]
#[test]
fn words_of_a_script_without_spaces_are_looked_for_one_by_one() {
    let index = index_of(&[
        statement("apart", Some("zh-Hans"), "这些问题由中国讨论，其中人权居首。人权、人权、人权。"),
        statement(
            "whole",
            Some("zh-Hans"),
            "关于中国人权问题的讨论，会议今天举行，与会者就此发言。",
        ),
        statement("part", Some("zh-Hans"), "中国讨论这些问题。"),
        statement("name", Some("zh-Hans"), "发言人王大明说。"),
        statement("other", Some("zh-Hans"), "王先生和大明说，发言人在场。"),
        statement("ja", Some("ja"), "責任を負うのは、人々の権利を守る国である。"),
    ]);
    assert_eq!(ask(&index, "中国人权问题"), "apart whole");
    // As it stands in the query it counts once more.
    assert_eq!(found(&index, &SearchRequest::new("中国人权问题"))[0], "whole");
    assert_eq!(ask(&index, "\"中国人权问题\""), "whole");
    assert_eq!(ask(&index, "王大明发言人"), "name");
    assert_eq!(ask(&index, "権利の責任"), "ja");
    // What is not wanted is not wanted as it is written.
    assert_eq!(ask(&index, "问题 -中国人权问题"), "apart part");
}

#[test]
fn apostrophes_and_elisions() {
    let index = index_of(&[
        statement("straight", Some("fr"), "Les droits de l'homme."),
        statement("curly", Some("fr"), "Les droits de l’homme."),
        statement("other", Some("fr"), "Les droits d’un homme ou de deux hommes."),
        statement("uk", Some("uk"), "У п’ять років."),
    ]);
    for query in ["droits de l'homme", "droits de l’homme", "DROITS DE L’HOMME", "homme", "l’homme"]
    {
        assert_eq!(ask(&index, query), "curly other straight", "{query}");
    }
    for query in ["\"droits de l'homme\"", "\"droits de l’homme\"", "\"l'homme\"", "\"l homme\""]
    {
        assert_eq!(ask(&index, query), "curly straight", "{query}");
    }
    for query in ["п'ять", "п’ять", "пʼять", "\"пʼять\""] {
        assert_eq!(ask(&index, query), "uk", "{query}");
    }
}

/// A character that begins more pairs than a word may stand for terms.
#[test]
fn a_common_character_loses_no_statement() {
    let statements: Vec<_> = (0..1_500)
        .filter_map(|n| char::from_u32(0x4E00 + 7 * n))
        .enumerate()
        .map(|(n, other)| statement(&format!("{n}"), Some("zh"), &format!("我的{other}。")))
        .collect();
    let index = index_of(&statements);
    let answer = index.search(&SearchRequest::new("的")).unwrap();
    assert_eq!((answer.total, answer.query.notes), (statements.len() as u64, Vec::new()));
}

/// They are no letters by Unicode, and stand for some.
#[test]
fn characters_in_a_square_are_words() {
    let index = index_of(&[
        statement("a", None, "本社は㍿である。"),
        statement("c", None, "Es wog 3 ㎏."),
        statement("d", None, "3㎏の米、kgs"),
        statement("e", None, "kgs"),
    ]);
    assert_eq!(ask(&index, "㍿"), "a");
    assert_eq!(ask(&index, "\"㍿\""), "a");
    assert_eq!(ask(&index, "㎏"), "c d");
    assert_eq!(ask(&index, "㍿ -本社"), "");
}

#[test]
fn what_analysis_cannot_reach_is_reported() {
    let index = index_of(&[statement("1", Some("en"), "Fish.")]);
    for query in ["fish 🌍", "fish \"—\"", "fish title:…", "fish speaker:\"!?\""] {
        let answer = index.search(&SearchRequest::new(query)).unwrap();
        assert!(!answer.query.notes.is_empty(), "{query}");
        assert!(index.search(&SearchRequest::new(query).strict()).is_err(), "{query}");
    }
}

/// One statement in each of many languages, written for this test: each of its words finds it, and as many
/// words of it in a row in quotation marks.
#[test]
fn every_word_of_every_language_finds_its_statement() {
    let texts = include_str!("languages.txt");
    let statements: Vec<_> = texts
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(tag, text)| statement(tag, Some(tag), text))
        .collect();
    assert!(statements.len() > 25);
    let index = index_of(&statements);
    for statement in &statements {
        let source = &statement.source.name;
        let words: Vec<&str> = statement.text.split_whitespace().collect();
        for (n, word) in words.iter().enumerate() {
            let as_words = SearchRequest::new(*word).literal().limit(50);
            assert!(found(&index, &as_words).contains(source), "{source} {word}");
            let upper = SearchRequest::new(word.to_uppercase()).literal().limit(50);
            assert!(found(&index, &upper).contains(source), "{source} {word} in capitals");
            let phrase = words[n..words.len().min(n + 3)].join(" ");
            let exactly = SearchRequest::new(format!("\"{phrase}\"")).limit(50);
            assert!(found(&index, &exactly).contains(source), "{source} {phrase}");
        }
    }
}

#[test]
fn a_country_is_found_by_its_names_in_other_languages() {
    let statements = ["Germany", "Deutschland", "France"].map(|country| {
        let mut statement = statement(country, None, "Words.");
        statement.speaker =
            Some(Person { country: Some(country.to_owned()), ..Person::named("Ada Rask") });
        statement
    });
    let index = index_of(&statements);
    for (query, sources) in [
        ("country:Germany", "Germany"),
        ("country:Deutschland", "Deutschland Germany"),
        ("country:Allemagne", "Germany"),
        ("country:\"Германия\" words", "Germany"),
        ("-country:德国", "Deutschland France"),
        ("country:Frankreich country:Deutschland", "Deutschland France Germany"),
    ] {
        assert_eq!(ask(&index, query), sources, "{query}");
    }
}
