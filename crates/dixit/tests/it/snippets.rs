//! What is shown of a hit, and that it stands where it says.

use dixit::{Kind, SearchRequest, SnippetField, Statement};

use crate::support::{archive, index_of};

/// The first text snippet of the best hit, marks in brackets.
fn shown(index: &dixit::Index, request: &SearchRequest) -> String {
    let answer = index.search(request).unwrap();
    let hit = &answer.hits[0];
    let snippet = hit.snippets.iter().find(|snippet| snippet.field == SnippetField::Text).unwrap();
    let range = snippet.range.as_range().unwrap();
    assert_eq!(hit.statement.text[range], snippet.text, "a snippet stands where it says");
    let (mut out, mut at) = (String::new(), 0);
    for mark in &snippet.marks {
        let mark = mark.as_range().unwrap();
        out += &format!("{}[{}]", &snippet.text[at..mark.start], &snippet.text[mark.clone()]);
        at = mark.end;
    }
    out + &snippet.text[at..]
}

#[test]
fn only_what_matched_is_marked() {
    let index = index_of(&archive());
    let ask = |query: &str| shown(&index, &SearchRequest::new(query));
    assert_eq!(
        ask("\"human rights\" workshop"),
        "A [workshop] on [human rights] opens in Nordhavn, and its cost was called expensive."
    );
    // Stop words of a phrase are marked inside it and nowhere else; filters mark nothing.
    assert!(ask("\"on human\" topic:water").contains("workshop [on human] rights"));
    assert!(!ask("\"on human\" topic:water").contains("[water]"));
    // All forms of a word are marked.
    assert!(ask("rights").contains("the [right] to water"));
    // What is left out is not marked.
    assert!(!ask("workshop -budget").contains("[budget]"));
    assert_eq!(ask("人权"), "保护[人权]是各国的责任。王大明表示支持。");
    assert_eq!(ask("mensch*"), "Die [Menschenrechte] gelten für alle, auch in Łódź und Ærø.");
    // `said:` marks what was said.
    assert!(ask("said:human").contains("is a [human] right. A workshop on human rights"));
}

#[test]
fn a_long_text_is_shown_where_most_of_the_query_stands() {
    let filler = "Nothing of note happened here, and nobody spoke. ".repeat(40);
    let text = format!(
        "The quota came first. {filler}Then the fisheries quota was cut by a tenth. {filler}Fisheries end."
    );
    let index = index_of(&[Statement::new("long.txt", text)]);
    let narrow = SearchRequest::new("fisheries quota").snippets(1, 80);
    assert_eq!(shown(&index, &narrow), "Then the [fisheries] [quota] was cut by a tenth.");
    let three = narrow.snippets(3, 80);
    let answer = index.search(&three).unwrap();
    assert_eq!(answer.hits[0].snippets.len(), 1, "what was shown already is not shown again");
}

#[test]
fn a_hit_leads_to_the_bytes_of_its_source() {
    let mut statement = Statement::new("a.txt", "One. Two human rights.");
    statement.kind = Kind::Speech;
    statement.source.span = Some(dixit::Span::new(100, 122));
    let index = index_of(&[statement]);
    let answer = index.search(&SearchRequest::new("human")).unwrap();
    let snippet = &answer.hits[0].snippets[0];
    assert_eq!(snippet.text, "Two human rights.");
    assert_eq!(snippet.source, Some(dixit::Span::new(105, 122)));
}

#[test]
fn without_a_match_in_the_text_its_beginning_is_shown() {
    let index = index_of(&archive());
    let text = shown(&index, &SearchRequest::new("source:hansard kind:answer"));
    assert_eq!(text, "We publish what we pay.");
}

#[test]
fn the_answer_says_which_speaker_was_found() {
    let index = index_of(&archive());
    let answer = index.search(&SearchRequest::new("speaker:rask")).unwrap();
    for hit in &answer.hits {
        let by = hit.speaker_match.as_ref().unwrap();
        match hit.statement.kind {
            Kind::Answer => assert_eq!((by.statement, by.passages.as_slice()), (true, &[][..])),
            _ => assert_eq!((by.statement, by.passages.as_slice()), (false, &[0][..])),
        }
    }
}
