//! Words near one another, near spellings, and letters left open: what they find, how it is scored
//! and marked.

use dixit::{Form, Index, Kind, Passage, Person, SearchRequest, Span, Statement};

use crate::support::{ask, index_of};

fn texts(texts: &[&str]) -> Index {
    let statements: Vec<Statement> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| {
            let mut statement = Statement::new(n.to_string(), *text);
            statement.kind = Kind::Speech;
            statement
        })
        .collect();
    index_of(&statements)
}

#[test]
fn nearness_does_not_reach_from_one_value_of_a_field_into_the_next() {
    let mut statement = Statement::new("0", "Ships leave at dawn.");
    statement.topics = vec!["Fishing quota".to_owned(), "Herring trade".to_owned()];
    let index = index_of(&[statement]);
    for (query, expected) in [
        ("topic:(fishing NEAR/1 quota)", "0"),
        ("topic:(quota NEAR/1000 herring)", ""),
        ("topic:(herring NEAR/1000 fishing)", ""),
        ("quota herring", "0"),
    ] {
        assert_eq!(ask(&index, query), expected, "{query}");
    }
}

#[test]
fn words_that_stand_near() {
    let index = texts(&[
        "The quota for herring falls.",
        "Herring is what the new quota of this year is about.",
        "A quota. Then ten, eleven, twelve other words between one and the other: herring.",
        "Quota, quota and quota.",
    ]);
    for (query, expected) in [
        ("quota NEAR/1 herring", "0"),
        ("herring NEAR/1 quota", "0"),
        ("quota NEAR/0 herring", ""),
        ("quota NEAR/4 herring", "0 1"),
        ("quota NEAR herring", "0 1"),
        ("quota NEAR/12 herring", "0 1 2"),
        ("quotas NEAR/4 herrings", "0 1"),
        ("\"new quota\" NEAR/4 herring", "1"),
        ("(year OR falls) NEAR/2 (quota OR herring)", "0 1"),
        ("quo* NEAR/1 herrng~1", "0"),
        ("h?rring NEAR/1 quota", "0"),
        // The same word is not near itself, but another of it is.
        ("quota NEAR/3 quota", "3"),
        // Each side of a chain is near the next, by the same occurrence.
        ("quota NEAR/1 herring NEAR/0 falls", "0"),
        ("falls NEAR/0 herring NEAR/1 quota", "0"),
        ("year NEAR/1 quota NEAR/4 herring", ""),
        ("year NEAR/2 quota NEAR/4 herring", "1"),
        ("herring -(quota NEAR/4 herring)", "2"),
        // Slop: by how many places words are moved, all together.
        ("\"quota herring\"~1", "0"),
        ("\"herring quota\"~1", ""),
        ("\"herring quota\"~3", "0"),
        ("\"herring quota\"~4", "0 1"),
        ("\"the quota falls\"~2", "0"),
        ("\"the quota falls\"~1", ""),
        ("\"quota quota quota quota\"~9", ""),
        ("\"quota quota quota\"~1", "3"),
        // A phrase stays what it is.
        ("\"quotas herring\"~5", ""),
    ] {
        assert_eq!(ask(&index, query), expected, "{query}");
    }
}

#[test]
fn near_is_within_one_field() {
    let mut article =
        Statement::new("a", "Bo Lind said that quotas fall. Boats stay in the harbour.");
    article.title = Some("Herring and halibut".into());
    article.kind = Kind::Article;
    article.passages = vec![Passage {
        form: Form::Indirect,
        speaker: Some(Person::named("Bo Lind")),
        source: None,
        cue: None,
        content: Span::from(13..29),
        basis: None,
    }];
    let index = index_of(&[article]);
    for (query, expected) in [
        ("title:(herring NEAR/1 halibut)", "a"),
        ("title:\"halibut herring\"~3", "a"),
        ("herring NEAR/9 quota", ""),
        ("fall NEAR/1 boats", "a"),
        ("said:(fall NEAR/1 boats)", ""),
        ("said:(quotas NEAR/1 fall)", "a"),
        ("speaker:(bo NEAR/1 lind)", "a"),
        ("speaker:lnid~1", "a"),
        ("speaker:l?nd", "a"),
    ] {
        assert_eq!(ask(&index, query), expected, "{query}");
    }
}

#[test]
fn near_spellings_and_letters_left_open() {
    let index = texts(&[
        "The spokesman Mueller spoke.",
        "The spokeswoman Muller spoke.",
        "Von Müller ist die Rede.",
        "Labour and labor differ; a lab does not.",
        "Речь о налоге и налогах.",
    ]);
    for (query, expected) in [
        ("muller~1", "0 1 2"),
        ("mulelr~1", "1 2"),
        ("melluer~2", "0 1 2"),
        ("melluer~1", ""),
        ("muler~1", "1 2"),
        ("muleller~1", "0"),
        ("Mueler~1", "0 1 2"),
        ("labuor~1", "3"),
        ("spokes*man", "0 1"),
        ("spokes?man", ""),
        ("spokes??man", "1"),
        ("spokeswom?n", "1"),
        ("spo*w*n", "1"),
        ("labo?r", "3"),
        ("la*r", "3"),
        ("НАЛ?ГЕ", "4"),
        ("налогеа~1", "4"),
        ("налг~2", "4"),
        ("налг~1", ""),
        ("\"spokesman mueller\"", "0"),
        ("spkesman-muller~1", "0"),
    ] {
        assert_eq!(ask(&index, query), expected, "{query}");
    }
}

/// What is left out of the terms of a query keeps its place in a phrase.
#[test]
fn phrases_over_marks_and_scripts() {
    let index = texts(&[
        "China's human rights.",
        "中国加入WTO以后，人权 工作有进展。",
        "保护人权的各项工作",
    ]);
    for (query, expected) in [
        ("\"China's human rights\"", "0"),
        ("\"China’s human\"", "0"),
        ("\"China human\"", ""),
        ("China's rights", "0"),
        ("\"加入WTO以后\"", "1"),
        ("加入wto", "1"),
        ("\"人权 工作\"", "1"),
        ("\"人权工作\"", ""),
        // Characters count where words have no spaces.
        ("人权 NEAR/0 工作", "1"),
        ("人权 NEAR/2 工作", "1"),
        ("人权 NEAR/3 工作", "1 2"),
        ("工作 NEAR/3 保护人权", "2"),
        ("\"人权 工作\"~3", "1 2"),
        ("\"人权 工作\"~2", "1"),
    ] {
        assert_eq!(ask(&index, query), expected, "{query}");
    }
}

fn marked(index: &Index, query: &str) -> String {
    let answer = index.search(&SearchRequest::new(query)).unwrap();
    let snippet = &answer.hits[0].snippets[0];
    let marks = snippet.marks.iter().filter_map(|mark| mark.as_range());
    marks.map(|mark| &snippet.text[mark]).collect::<Vec<_>>().join("|")
}

#[test]
fn snippets_mark_what_was_near() {
    let index =
        texts(&["Herring far away, far from any number at all; the quota for herring falls, \
         and 人权的工作 goes on. Quota."]);
    for (query, expected) in [
        ("quota NEAR/1 herring", "quota|herring"),
        ("\"herring quota\"~3", "quota|herring"),
        ("\"far number\"~4", "far|number"),
        ("\"for herring\" NEAR/0 quota", "quota|for herring"),
        ("falls NEAR/0 (herring OR away)", "herring|falls"),
        ("hering~1", "Herring|herring"),
        ("num*r", "number"),
        ("人权 NEAR/1 工作", "人权|工作"),
    ] {
        assert_eq!(marked(&index, query), expected, "{query}");
    }
}

#[test]
fn both_orders_score_the_same_and_more_is_more() {
    let index = texts(&[
        "Quota and herring. Nothing else is said in this one, of whatever length.",
        "Quota and herring. Quota and herring again, and that is all of it then.",
    ]);
    let scores = |query: &str| -> Vec<(String, f64)> {
        let answer = index.search(&SearchRequest::new(query)).unwrap();
        let hits = answer.hits.into_iter();
        hits.map(|hit| (hit.statement.source.name, hit.score)).collect()
    };
    let near = scores("quota NEAR/2 herring");
    assert_eq!(near, scores("herring NEAR/2 quota"));
    assert_eq!(near[0].0, "1");
    assert!(near[0].1 > near[1].1 && near[1].1 > 0.0, "{near:?}");
    let loose = scores("\"quota herring\"~1");
    assert_eq!(loose[0].0, "1");
    assert!(loose[0].1 > loose[1].1, "{loose:?}");
}
