//! What may not be shown as a fact: whoever else may be meant lowers the confidence, or is named.

use super::*;

/// Name or office, whether it is shown without a question mark, and the words, of each passage.
fn rows(text: &str) -> Vec<(String, bool, &str)> {
    let row = |passage: FoundPassage| {
        let content = &text[passage.content];
        let Some(speaker) = passage.speaker else { return (String::new(), false, content) };
        let who = speaker.value.name.or(speaker.value.role).unwrap_or_default();
        (who, speaker.confidence >= 0.8, content)
    };
    find(text).into_iter().map(row).collect()
}

#[track_caller]
fn is_last(text: &str, who: &str, sure: bool) {
    let rows = rows(text);
    let last = rows.last().unwrap();
    assert_eq!((last.0.as_str(), last.1), (who, sure), "{rows:?}");
}

#[test]
fn an_office_is_doubtful_once_its_holder_left_it() {
    is_last("Mayor Ann Roe opened the port. “It is new,” the mayor said.", "Ann Roe", true);
    for text in [
        "Mayor Ann Roe resigned in 2019. Her successor opened the port. “It is new,” the mayor said.",
        "Mayor Ann Roe was replaced by Tom Dole on Monday. “I will serve,” the mayor said.",
        "Late President Ann Roe was carried through Norport. “We mourn,” the president said.",
        "Bürgermeisterin Ann Roe trat ab, ihr Nachfolger ist Tom. „Wir warten“, sagte die Bürgermeisterin.",
    ] {
        assert!(rows(text).last().is_none_or(|last| !last.1), "{text}");
    }
}

#[test]
fn an_office_that_somebody_without_a_name_holds_too_is_doubtful() {
    let text = "Mayor Ann Roe agreed. The mayor of Vik did not agree. “It is bad,” the mayor said.";
    is_last(text, "Ann Roe", false);
    let text = "The mayor of Vik did not agree. Mayor Ann Roe did. “It is good,” the mayor said.";
    is_last(text, "Ann Roe", true);
}

#[test]
fn whom_to_call_is_not_of_whom_a_release_tells() {
    let text = "Contact: John Roe, Director of Communications\n\nThe museum opens. “Come in,” the director said.";
    is_last(text, "director", true);
}

#[test]
fn a_quotation_alone_may_be_of_whoever_is_named_behind_it() {
    let text =
        "“Close it,” Mayor Ann Roe said.\n\n“Never!”\n\nCouncillor Tom Dole objected and left.";
    assert!(rows(text)[0].1);
    is_last(text, "Ann Roe", false);
    let text = "“Close it,” Mayor Ann Roe said.\n\n“Never again!”\n\nRoe left the room.";
    is_last(text, "Ann Roe", true);
}

#[test]
fn nobody_calls_himself_by_name() {
    let text = "Mayor Tom Roe spoke. “It is old,” he told Ann Poe. “You are wrong, Tom.”";
    is_last(text, "Tom Roe", false);
    let text =
        "Mayor Tom Roe spoke. “It is old,” he told Ann Poe. “It is wrong to keep Tom Bridge.”";
    is_last(text, "Tom Roe", true);
}

#[test]
fn a_pronoun_may_mean_whom_its_own_sentence_names() {
    let text = "President Roe said that all are free. I think Senator Pike was right when he said that trade is peace.";
    assert_ne!(rows(text).last().unwrap().0, "Roe");
}

#[test]
fn who_spoke_in_the_second_half_of_a_sentence_spoke_last() {
    let text = "Mr. Tom Roe said that the talks had failed, and Mr. Jo Doe said that they went on. “They will,” he said.";
    is_last(text, "Jo Doe", true);
    // Whoever is told of did not.
    let text =
        "Mr. Tom Roe said that Mr. Jo Doe said that the talks went on. “They will,” he said.";
    assert_ne!(rows(text).last().unwrap().0, "Jo Doe");
}

#[test]
fn where_a_relative_clause_ends() {
    let text = "A diplomat, who asked not to be named, said Doe had gone.";
    assert_eq!(rows(text), [("diplomat".to_owned(), true, "Doe had gone")]);
    let text = "Minister Ann Roe, who said the talks were over, left Norport.";
    assert_eq!(rows(text)[0].2, "the talks were over, left Norport");
    let text = "Minister Ann Roe, who said the talks were over, is in Norport.";
    assert_eq!(rows(text)[0].2, "the talks were over");
    // Nothing tells which verb is the main one.
    is_last("The minister who said the bank was safe is dead.", "minister", false);
}

#[test]
fn said_according_to_somebody_is_not_what_was_said() {
    let text = "Mayor Adam Roe said, according to his rival, Beth Young, that the tax was theft.";
    assert!(rows(text).iter().all(|row| !row.2.contains("Roe said")), "{:?}", rows(text));
}

#[test]
fn a_name_behind_whose_office_is_not_what_was_said() {
    let text = "The fleet will grow, said its president, Dr. Mark Stein.";
    assert_eq!(rows(text).len(), 1);
    assert_eq!(rows(text)[0].2, "The fleet will grow");
}

#[test]
fn names_end_where_another_word_or_name_begins() {
    for (text, name) in [
        ("Nach zehn Jahren zog Minister Uwe Roh Bilanz. „Wir sind weiter“, sagte Roh.", "Uwe Roh"),
        ("Kim Jong Un met the mayor. Kim said that he was moved.", "Kim Jong Un"),
        ("Mayor Ted Fox said that the bridge was safe.", "Ted Fox"),
        ("Minister of Power Gordon Roe said that there would be no cuts.", "Gordon Roe"),
    ] {
        assert_eq!(rows(text).last().unwrap().0, name, "{text}");
    }
    // Whoever is called like a country is no country.
    assert_eq!(rows("Jordan Hall won. Jordan said that he would appeal.")[0].0, "");
}
