use proptest::prelude::*;

use super::*;

/// Name, role, affiliation, country.
type Parts = [Option<String>; 4];

fn parts(title: Option<&str>, body: &str) -> Parts {
    let found = find(title, body).unwrap_or_else(|unknown| panic!("{unknown:?} {body}"));
    let text = match found.value.within {
        Within::Title => title.unwrap_or_default(),
        Within::Body => body,
    };
    let SpeakerFinding { person, name, role, affiliation, country, .. } = found.value;
    // Every part can be read off its range.
    for (value, range) in
        [(&person.name, &name), (&person.role, &role), (&person.affiliation, &affiliation)]
    {
        let shown = range.clone().map(|range| super::super::mentions::squeeze(&text[range]));
        assert_eq!(value, &shown);
    }
    assert_eq!(person.country.is_some(), country.is_some());
    [person.name, person.role, person.affiliation, person.country]
}

fn is(expected: [&str; 4]) -> Parts {
    expected.map(|part| (!part.is_empty()).then(|| part.to_owned()))
}

fn rule(title: Option<&str>, body: &str) -> &'static str {
    match find(title, body) {
        Ok(found) => panic!("{found:?}"),
        Err(unknown) => unknown.rule,
    }
}

#[test]
fn the_one_source_of_an_article_with_possessive_country_and_body() {
    let body = "On Monday, Norland's Foreign Ministry spokesperson Jane Roe stressed the treaty. She said that talks go on.";
    assert_eq!(parts(None, body), is(["Jane Roe", "spokesperson", "Foreign Ministry", "Norland"]));
}

#[test]
fn demonyms_of_forms_and_appositions() {
    let cases = [
        (
            "French Foreign Ministry spokesperson Jane Roe said that talks go on.",
            ["Jane Roe", "spokesperson", "Foreign Ministry", "France"],
        ),
        (
            "Jane Roe, the Minister of Health of Norland, said that clinics stay open.",
            ["Jane Roe", "Minister of Health", "", "Norland"],
        ),
        (
            "The Minister of Health of Norland, Jane Roe, said that clinics stay open.",
            ["Jane Roe", "Minister of Health", "", "Norland"],
        ),
        (
            "Spokesperson for the European Commission Jane Roe said that talks go on.",
            ["Jane Roe", "Spokesperson", "European Commission", ""],
        ),
        (
            "Jane Roe, spokesperson for the Ministry of Trade of Kenya, said that talks go on.",
            ["Jane Roe", "spokesperson", "Ministry of Trade", "Kenya"],
        ),
        (
            "Prime Minister Jane Roe of Kenya said that talks go on.",
            ["Jane Roe", "Prime Minister", "", "Kenya"],
        ),
        (
            "NHO spokesperson Jane Roe said that talks go on.",
            ["Jane Roe", "spokesperson", "NHO", ""],
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(parts(None, body), is(expected), "{body}");
    }
}

#[test]
fn a_title_names_the_speaker() {
    let body = "Good morning. We meet in hard times.";
    let cases = [
        ("Remarks by President Roe on Trade", ["Roe", "President", "", ""]),
        (
            "Statement by H.E. Ms. Jane Roe, Minister of Trade of Norland",
            ["Jane Roe", "Minister of Trade", "", "Norland"],
        ),
        (
            "Excerpts of Remarks as Prepared for Delivery by First Lady Jane Roe in Norport",
            ["Jane Roe", "First Lady", "", ""],
        ),
        (
            "Statement from Press Secretary Jane Roe Condemning the Attack",
            ["Jane Roe", "Press Secretary", "", ""],
        ),
        ("Statement by the President on Trade", ["", "President", "", ""]),
    ];
    for (title, expected) in cases {
        assert_eq!(parts(Some(title), body), is(expected), "{title}");
    }
    assert_eq!(find(Some(cases[0].0), body).unwrap().value.within, Within::Title);
}

#[test]
fn a_title_with_two_names_or_about_somebody_names_nobody() {
    let body = "Good morning. We meet in hard times.";
    let two = find(Some("Remarks by President Roe and Prime Minister Jack Doe"), body).unwrap_err();
    assert_eq!(
        (two.rule, &two.candidates[..]),
        (SEVERAL_SPEAKERS, &["Roe".to_owned(), "Jack Doe".to_owned()][..])
    );
    assert_eq!(
        rule(Some("President Roe Approves Norport Declaration"), "Aid was ordered."),
        NO_SOURCE
    );
    assert_eq!(rule(Some("Statement of Support"), body), NOT_NAMED);
}

#[test]
fn a_headline_about_a_speech_is_no_proof_of_its_speaker() {
    let body = "Senator Jack Doe said that the plan was weak. It rained in Norport.";
    let found = find(Some("Speech by President Roe Draws Criticism"), body).unwrap();
    assert_eq!(found.confidence, HEADLINE_OVER_REPORT);
    let critics = find(Some("Critics pan speech by President Jane Roe"), body).unwrap();
    assert_eq!(critics.value.person.name.as_deref(), Some("Jack Doe"));
}

#[test]
fn letterheads() {
    let cases = [
        "Statement by\n\nHer Excellency Jane Roe\nPresident of the Republic of Kenya\n\nMr. President,\nI greet you.",
        "SPEECH BY PRESIDENT OF THE REPUBLIC OF KENYA,\nJANE ROE,\n\nMr. President,\nI greet you.",
        "Permanent Mission\n\nH.E. Dr. Jane Roe\nPresident of the Republic of Kenya\nGeneral Debate\n\nMr. President,\nI greet you.",
    ];
    for body in cases {
        let [name, role, affiliation, country] = parts(None, body);
        assert_eq!(name.map(|name| name.to_lowercase()).as_deref(), Some("jane roe"), "{body}");
        assert_eq!(role.map(|role| role.to_lowercase()).as_deref(), Some("president"), "{body}");
        assert_eq!((affiliation, country.as_deref()), (None, Some("Kenya")), "{body}");
    }
}

#[test]
fn addressees_and_persons_merely_mentioned_are_not_the_speaker() {
    for body in [
        "Mr. President, Secretary-General, Excellencies,\nI congratulate His Excellency John Doe on his election. We thank you.",
        "Chief Justice Doe, President Roe, fellow citizens: I thank you. We meet again.",
        "Thank you, Mr. Speaker. I am glad that we meet. My friend Senator Jane Roe said that time is short.",
        "Secretary General of the World Council H.E. Mr. John Doe,\nExcellencies,\nI greet you on behalf of my country.",
    ] {
        assert_eq!(rule(None, body), NOT_NAMED, "{body}");
    }
}

#[test]
fn rivals_make_it_unknown_and_are_named() {
    let body = "Senator Jane Roe said that talks failed. Mayor John Doe said that talks went well.";
    let unknown = find(None, body).unwrap_err();
    assert_eq!(unknown.rule, SEVERAL_SPEAKERS);
    assert_eq!(unknown.candidates, ["Jane Roe", "John Doe"]);
}

#[test]
fn labels_make_it_unknown_and_the_note_names_them() {
    let unknown =
        find(Some("Briefing by Jane Roe"), "MS. ROE: Hello.\nQ   Why?\nMS. ROE: Because.\n")
            .unwrap_err();
    assert_eq!(unknown.rule, SEVERAL_SPEAKERS);
    assert_eq!(unknown.candidates, ["MS. ROE", "Q"]);
    assert!(unknown.note.contains("`MS. ROE` (2)"));
}

#[test]
fn chinese_articles() {
    let body = "中国外交部发言人张三丰表示，会谈进展顺利。他强调，大门始终敞开。";
    assert_eq!(parts(None, body), is(["张三丰", "发言人", "外交部", "China"]));
    let two = "外交部发言人张三丰表示，会谈进展顺利。商务部部长李四光表示，大门始终敞开。";
    assert_eq!(rule(None, two), NO_SOURCE);
}

#[test]
fn nobody_or_too_little() {
    assert_eq!(rule(None, ""), NO_SOURCE);
    assert_eq!(rule(None, "It rained in Norport. The bridge was closed."), NO_SOURCE);
    assert_eq!(rule(None, "Roe said that talks failed."), NO_SOURCE);
}

proptest! {
    #[test]
    fn any_text_gives_ranges_within_it(
        title in "(\\PC|Remarks by |President |Jane Roe| and | of Kenya){0,20}",
        body in "(\\PC|[\n:]|Statement by |H\\.E\\. |Jane Roe|, |Minister of |Q  | said | that |He ){0,60}",
    ) {
        if let Ok(found) = find(Some(&title), &body) {
            let text = if found.value.within == Within::Title { &title } else { &body };
            for range in found.evidence {
                prop_assert!(text.get(range).is_some());
            }
        }
        for label in speaker_labels(&body).map_or(Vec::new(), |found| found.labels) {
            prop_assert!(body.get(label.first).is_some());
        }
    }
}
