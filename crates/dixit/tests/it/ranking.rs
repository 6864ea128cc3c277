//! Order and scores: the same for the same statements, whatever happened before.

use dixit::{Index, MatchMode, SearchRequest, Statement};

use crate::support::{found, index_of, small, sources, speech};

fn text(n: usize, words: &str) -> Statement {
    Statement::new(format!("{n:03}.txt"), words)
}

#[test]
fn rare_words_titles_and_short_texts_count_more() {
    let padding = "and much else was said about other things on that day ".repeat(6);
    let mut titled = text(0, "It opened on Monday in the old town hall.");
    titled.title = Some("Fisheries workshop".into());
    let index = index_of(&[
        titled,
        text(1, "The fisheries workshop opened on Monday in the old town hall."),
        text(2, &format!("A fisheries workshop {padding}")),
        text(3, "Fisheries, fisheries and fisheries again."),
    ]);
    let request = SearchRequest::new("fisheries workshop");
    assert_eq!(found(&index, &request), ["000.txt", "001.txt", "002.txt"]);
    // A word said thrice is less than two words said once.
    let any = found(&index, &request.match_mode(MatchMode::Any));
    assert!(any[..2].iter().all(|source| source != "003.txt"), "{any:?}");
}

#[test]
fn equals_stand_in_the_order_of_their_ids() {
    let statements: Vec<_> = (0..40).map(|n| text(n, "The same words.")).collect();
    let answer = index_of(&statements).search(&SearchRequest::new("words").limit(40)).unwrap();
    let ids: Vec<_> = answer.hits.iter().map(|hit| hit.statement.id).collect();
    assert_eq!(ids.len(), 40);
    assert!(ids.is_sorted());
}

/// The same statements in one commit, in many, and after others were there and went.
#[test]
fn scores_do_not_depend_on_the_history_of_the_index() {
    let words = ["fish", "quota", "harbour", "minister", "rights", "water"];
    let statements: Vec<_> = (0..60)
        .map(|n| {
            let said: Vec<_> =
                (0..=n % 7).map(|k| words[(n * (k + 3) + k) % words.len()]).collect();
            speech(&format!("{n}.txt"), "Bo Lind", "2024-01-01", &said.join(" "))
        })
        .collect();
    let plain = index_of(&statements);

    let storied = Index::in_memory().unwrap();
    let mut writer = storied.writer(&small()).unwrap();
    for (n, statement) in statements.iter().rev().enumerate() {
        let doomed =
            speech(&format!("doomed{n}.txt"), "X", "2020", "fish water rights quota quota");
        writer.add(&doomed).unwrap();
        writer.add(statement).unwrap();
        if n % 7 == 0 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    for n in 0..statements.len() {
        writer.remove_source(&format!("doomed{n}.txt"));
    }
    // Replaced by themselves.
    writer.remove_source("5.txt");
    writer.add(&statements[5]).unwrap();
    writer.commit().unwrap();

    for query in [
        "fish",
        "fish quota",
        "rights OR water",
        "quota -harbour",
        "\"quota harbour\"",
        "min*",
        "qouta~1",
        "h*r",
        "\"harbour quota\"~4",
        "(fish OR water) NEAR/2 quota",
    ] {
        let request = SearchRequest::new(query).limit(60);
        let (a, b) = (plain.search(&request).unwrap(), storied.search(&request).unwrap());
        let json = |answer| serde_json::to_string(&answer).unwrap();
        assert!(a.total > 0, "{query}");
        assert_eq!(json(a), json(b), "{query}");
    }
}

#[test]
fn filters_alone_are_answered_newest_first() {
    let index = index_of(&[
        speech("old.txt", "Bo Lind", "1999", "Words."),
        speech("new.txt", "Bo Lind", "2020", "Words."),
    ]);
    let answer = index.search(&SearchRequest::new("speaker:lind")).unwrap();
    assert_eq!(sources(&answer), ["new.txt", "old.txt"]);
    assert_eq!(answer.sort, dixit::Sort::Newest);
}

/// A form of the word in another language is found, and stands behind every statement with the word as typed,
/// however short it is and however often it says the form.
#[test]
fn the_word_as_typed_stands_before_forms_of_other_languages() {
    let padding = " y muchas otras cosas se dijeron en la sala durante aquel largo día".repeat(20);
    let mut statements = Vec::new();
    for n in 0..30 {
        let mut own = text(n, &format!("Hablaron de la casa{padding} {n}."));
        own.language = Some("es".into());
        let mut other = text(100 + n, &format!("Cases, cases and cases {n}."));
        other.language = Some("en".into());
        statements.extend([own, other]);
    }
    // Forms of Spanish count everywhere, since most of them stand in its statements.
    for n in 200..260 {
        let mut form = text(n, &format!("En todo caso{padding} {n}."));
        form.language = Some("es".into());
        statements.push(form);
    }
    let index = index_of(&statements);
    for query in ["casa", "casa OR casa", "title:casa OR text:casa"] {
        let found = found(&index, &SearchRequest::new(query).limit(120));
        assert_eq!(found.len(), 120);
        let behind = found.iter().position(|source| source.starts_with('1')).unwrap();
        let typed = found.iter().rposition(|source| source.starts_with('0')).unwrap();
        assert!(typed < behind, "{query}: {found:?}");
    }
}

#[test]
fn the_word_as_typed_weighs_more_than_its_forms() {
    for language in [None, Some("en")] {
        let mut statements = [text(0, "The quotas were told."), text(1, "The quota was told.")];
        for statement in &mut statements {
            statement.language = language.map(str::to_owned);
        }
        let index = index_of(&statements);
        assert_eq!(found(&index, &SearchRequest::new("quota")), ["001.txt", "000.txt"]);
        assert_eq!(found(&index, &SearchRequest::new("quotas")), ["000.txt", "001.txt"]);
        let english = SearchRequest::new("quotas").language("en");
        assert_eq!(found(&index, &english), ["000.txt", "001.txt"]);
    }
}
