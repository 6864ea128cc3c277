use proptest::prelude::*;

use super::*;

/// Form, source, name of the speaker, cue, content.
type Row<'t> = (Form, Option<&'t str>, Option<String>, Option<&'t str>, &'t str);

fn rows(text: &str) -> Vec<Row<'_>> {
    let row = |passage: FoundPassage| {
        let name = passage.speaker.and_then(|speaker| speaker.value.name);
        let source = passage.source.map(|range| &text[range]);
        (passage.form, source, name, passage.cue.map(|range| &text[range]), &text[passage.content])
    };
    find(text).into_iter().map(row).collect()
}

/// Of each passage what is asked of it, the name of the speaker or else what is written, and the content.
pub(super) fn told<T>(
    text: &str,
    asked: impl Fn(&FoundPassage) -> T,
) -> Vec<(T, Option<String>, &str)> {
    let row = |passage: FoundPassage| {
        let asked = asked(&passage);
        let who = passage.speaker.and_then(|speaker| speaker.value.label().map(str::to_owned));
        let who = who.or_else(|| passage.source.map(|source| text[source].to_owned()));
        (asked, who, &text[passage.content])
    };
    find(text).into_iter().map(row).collect()
}

/// A text, and of each passage what is asked of it, its speaker and its words.
pub(super) type Case<'c, T> = (&'c str, &'c [(T, &'c str, &'c str)]);

pub(super) fn check<T: Copy + PartialEq + std::fmt::Debug>(
    cases: &[Case<'_, T>],
    asked: impl Fn(&FoundPassage) -> T,
) {
    for (text, expected) in cases {
        let expected: Vec<(T, Option<String>, &str)> = expected
            .iter()
            .map(|(asked, who, said)| (*asked, Some((*who).to_owned()), *said))
            .collect();
        assert_eq!(told(text, &asked), expected, "{text}");
    }
}

/// Who is named as the speaker of which content.
fn said(text: &str) -> Vec<(Option<String>, &str)> {
    rows(text).into_iter().map(|(_, _, name, _, content)| (name, content)).collect()
}

fn by(name: &str, content: &'static str) -> (Option<String>, &'static str) {
    (Some(name.to_owned()), content)
}

const INTRO: &str = "Norland's trade minister Jane Roe noted that exports had grown.";

#[test]
fn retold_with_that() {
    let text = INTRO;
    assert_eq!(
        rows(text),
        [(
            Form::Indirect,
            Some("Norland's trade minister Jane Roe"),
            Some("Jane Roe".to_owned()),
            Some("noted that"),
            "exports had grown"
        )]
    );
    let speaker = find(text)[0].speaker.clone().unwrap();
    assert_eq!(speaker.value.role.as_deref(), Some("trade minister"));
    assert_eq!(speaker.value.country.as_deref(), Some("Norland"));
}

#[test]
fn retold_without_that_with_an_object_and_to_a_listener() {
    assert_eq!(
        said("Senator Jane Roe said the bridge was safe."),
        [by("Jane Roe", "the bridge was safe")]
    );
    assert_eq!(
        said("Senator Jane Roe criticized some states for delays."),
        [by("Jane Roe", "some states for delays")]
    );
    assert_eq!(
        said("Senator Jane Roe told reporters in Norport that talks failed."),
        [by("Jane Roe", "talks failed")]
    );
    assert_eq!(
        said("Senator Jane Roe called on all sides to talk."),
        [by("Jane Roe", "all sides to talk")]
    );
}

#[test]
fn the_source_behind_around_and_before_a_clause() {
    assert_eq!(
        said("The bridge is safe, Senator Jane Roe said."),
        [by("Jane Roe", "The bridge is safe")]
    );
    assert_eq!(
        said("The old bridge, Senator Jane Roe said, is quite safe."),
        [by("Jane Roe", "The old bridge"), by("Jane Roe", "is quite safe")]
    );
    assert_eq!(
        said("As Senator Jane Roe said, the bridge is safe."),
        [by("Jane Roe", "the bridge is safe")]
    );
}

#[test]
fn quotations_before_behind_and_in_the_middle() {
    assert_eq!(said("“We will wait,” said Jane Roe."), [by("Jane Roe", "We will wait,")]);
    assert_eq!(said("Jane Roe said: “We will wait.”"), [by("Jane Roe", "We will wait.")]);
    assert_eq!(
        said("\"We will wait,\" Jane Roe said. \"Then we will see.\""),
        [by("Jane Roe", "We will wait,"), by("Jane Roe", "Then we will see.")]
    );
    assert_eq!(said("Jane Roe told reporters, “We will wait.”"), [by("Jane Roe", "We will wait.")]);
}

#[test]
fn a_second_quotation_with_its_own_attribution_is_not_taken() {
    let text = "“We will wait,” Jane Roe said. “For what now?” John Doe asked.";
    assert_eq!(said(text), [by("Jane Roe", "We will wait,"), by("John Doe", "For what now?")]);
}

#[test]
fn what_goes_on_behind_a_second_quotation_says_that_it_is_another_s() {
    for behind in [
        "“Nonsense,” came the reply.",
        "“Nonsense” read a banner outside.",
        "“Shame!” protesters chanted.",
        "“It is too late,” the deputy minister for trade and industry, Bo Lind, wrote.",
        "“Jobs First” is the title of the book.",
    ] {
        let text = format!("“We will wait,” Minister Jane Roe said. {behind}");
        let others = said(&text);
        let hers = others.iter().filter(|(who, _)| who.as_deref() == Some("Jane Roe"));
        assert_eq!(hers.count(), 1, "{text}: {others:?}");
    }
}

#[test]
fn an_office_of_somebody_else_is_not_tied_to_whom_the_text_knows() {
    for behind in [
        "The Swedish minister said that the port opens.",
        "The minister of Sudmark said that the port opens.",
        "The company's minister said that the port opens.",
    ] {
        let text = format!("Minister Jane Roe spoke. {behind}");
        let hers = said(&text).iter().filter(|(who, _)| *who == Some("Jane Roe".into())).count();
        assert_eq!(hers, 0, "{text}");
    }
}

#[test]
fn a_quotation_over_two_paragraphs_has_one_speaker() {
    let text = "Jane Roe said: “We will wait.\n\n“Then we will see.”";
    assert_eq!(said(text), [by("Jane Roe", "We will wait."), by("Jane Roe", "Then we will see.")]);
}

#[test]
fn marks_of_other_languages() {
    assert_eq!(
        said("„Wir warten ab“, sagte Ministerin Jana Roh."),
        [by("Jana Roh", "Wir warten ab")]
    );
    assert_eq!(
        said("« Nous attendrons », a déclaré la ministre Jeanne Rue."),
        [by("Jeanne Rue", "Nous attendrons")]
    );
    assert_eq!(
        said("La ministra Juana Rus dijo que esperarían mucho."),
        [by("Juana Rus", "esperarían mucho")]
    );
}

#[test]
fn a_title_in_quotation_marks_and_scare_quotes_are_not_speech() {
    assert!(said("She read “The Old Bridge” and the “fake” report.").is_empty());
    let text = "On Norland TV’s “Morning Hour,” Senator Jane Roe said the bridge was safe.";
    assert_eq!(said(text), [by("Jane Roe", "the bridge was safe")]);
}

#[test]
fn a_long_quotation_without_a_source_has_no_speaker() {
    let text = "It was late. “We will wait and then we will see what comes.” The hall was dark.";
    assert_eq!(said(text), [(None, "We will wait and then we will see what comes.")]);
}

#[test]
fn pronoun_and_short_name_lead_back_to_the_person_introduced() {
    let text = "Norland's trade minister Jane Roe spoke. She said that exports grew. Roe also criticized the delays.";
    assert_eq!(said(text), [by("Jane Roe", "exports grew"), by("Jane Roe", "the delays")]);
    let found = find(text);
    let shown: Vec<&str> =
        found[0].speaker.as_ref().unwrap().evidence.iter().map(|r| &text[r.clone()]).collect();
    assert_eq!(shown, ["She", "Norland's trade minister Jane Roe"]);
    assert_eq!(found[1].speaker.as_ref().unwrap().rule, "short-name");
}

#[test]
fn a_pronoun_with_two_candidates_or_none_has_no_speaker() {
    let two = "Senator Jane Roe met Senator Jill Doe. She said that talks went well.";
    assert_eq!(said(two), [(None, "talks went well")]);
    let unnamed = "Senator Jane Roe met a resident. She said that talks went well.";
    assert_eq!(said(unnamed), [(None, "talks went well")]);
    assert_eq!(said("He said that talks went well."), [(None, "talks went well")]);
    let far = "Senator Jane Roe left. It rained. It snowed. It froze. It thawed. She said that talks went well.";
    assert_eq!(said(far), [(None, "talks went well")]);
}

#[test]
fn a_pronoun_of_the_other_gender_does_not_fit() {
    let text = "Mr. John Doe met Ms. Jane Roe. She said that talks went well.";
    assert_eq!(said(text), [by("Jane Roe", "talks went well")]);
    assert_eq!(
        said("Mr. John Doe left. She said that talks went well."),
        [(None, "talks went well")]
    );
}

#[test]
fn a_family_name_of_two_persons_has_no_speaker() {
    let text = "Senator Jane Roe met Mayor Jack Roe. Roe said that talks went well.";
    assert_eq!(said(text), [(None, "talks went well")]);
}

#[test]
fn an_office_leads_back_to_the_one_who_holds_it() {
    let text = "Norland's trade minister Jane Roe spoke. The minister added that exports grew.";
    assert_eq!(said(text), [by("Jane Roe", "exports grew")]);
    let former = "Vice President Jane Roe spoke. The former president said that exports grew.";
    assert_eq!(said(former), [(None, "exports grew")]);
    let other =
        "Norland's health minister Jane Roe spoke. The prime minister said that exports grew.";
    assert_eq!(said(other), [(None, "exports grew")]);
}

#[test]
fn coordination_and_participles_keep_the_source() {
    let text = "Senator Jane Roe noted that the year ends and urged all sides to talk, adding that time is short.";
    assert_eq!(
        said(text),
        [
            by("Jane Roe", "the year ends"),
            by("Jane Roe", "all sides to talk"),
            by("Jane Roe", "time is short")
        ]
    );
}

#[test]
fn a_second_verb_with_a_rival_subject_is_left_in_the_first_content() {
    let text = "Senator Jane Roe said that Mayor John Doe came and warned that time is short.";
    assert_eq!(said(text), [by("Jane Roe", "Mayor John Doe came and warned that time is short")]);
}

#[test]
fn somebody_who_speaks_for_a_person_is_not_that_person() {
    for text in [
        "A spokesman for Jane Roe said that talks went well.",
        "A lawyer for Senator Jane Roe said that talks went well.",
        "Jane Roe's lawyer said that talks went well.",
        "Senator Jane Roe and Mayor John Doe said that talks went well.",
    ] {
        assert_eq!(said(text), [(None, "talks went well")], "{text}");
    }
}

#[test]
fn what_was_not_said_or_might_be_is_no_passage() {
    for text in [
        "Senator Jane Roe did not say that talks failed.",
        "Senator Jane Roe never said that talks failed.",
        "Senator Jane Roe would say that talks failed.",
        "Senator Jane Roe was criticized for the delays.",
        "Has Senator Jane Roe said that talks failed?",
        "I said that talks failed, and we noted that it rained.",
        "What Senator Jane Roe said was kind.",
    ] {
        assert_eq!(said(text), [] as [(Option<String>, &str); 0], "{text}");
    }
}

#[test]
fn according_to_somebody() {
    assert_eq!(
        said("According to Senator Jane Roe, the bridge is safe."),
        [by("Jane Roe", "the bridge is safe")]
    );
    assert_eq!(
        said("The bridge is safe, according to Senator Jane Roe."),
        [by("Jane Roe", "The bridge is safe")]
    );
    assert_eq!(said("All went according to plan today."), [] as [(Option<String>, &str); 0]);
}

#[test]
fn bodies_and_countries_speak_without_a_name() {
    let text = "The Foreign Ministry said that talks went well.";
    let speaker = find(text)[0].speaker.clone().unwrap();
    assert_eq!(speaker.value.name, None);
    assert_eq!(speaker.value.affiliation.as_deref(), Some("Foreign Ministry"));
    assert_eq!(
        find("France said that talks went well.")[0]
            .speaker
            .clone()
            .unwrap()
            .value
            .country
            .as_deref(),
        Some("France")
    );
}

#[test]
fn appositions_and_asides_do_not_hide_the_subject() {
    let text = "Jane Roe, the Minister of Health of Norland, said that clinics stay open.";
    let speaker = find(text)[0].speaker.clone().unwrap().value;
    assert_eq!(speaker.role.as_deref(), Some("Minister of Health"));
    assert_eq!(speaker.country.as_deref(), Some("Norland"));
    let aside = "Jane Roe, speaking in Norport on Monday, said that clinics stay open.";
    assert_eq!(said(aside), [by("Jane Roe", "clinics stay open")]);
    let relative = "It was put off by Senator Jane Roe, who said that clinics stay open.";
    assert_eq!(said(relative)[0].1, "clinics stay open");
}

#[test]
fn chinese_sources_with_office_and_pronoun() {
    let text = "中国外交部发言人张三丰表示，会谈进展顺利。他强调，大门始终敞开。发言人说：“我们将等待结果。”";
    let found = find(text);
    let first = found[0].speaker.clone().unwrap().value;
    assert_eq!(first.name.as_deref(), Some("张三丰"));
    assert_eq!(first.affiliation.as_deref(), Some("外交部"));
    assert_eq!(first.country.as_deref(), Some("China"));
    assert_eq!(&text[found[0].content.clone()], "会谈进展顺利");
    assert_eq!(found[1].speaker.clone().unwrap().value.name.as_deref(), Some("张三丰"));
    assert_eq!(
        (found[2].form, &text[found[2].content.clone()]),
        (Form::Direct, "我们将等待结果。")
    );
}

proptest! {
    #[test]
    fn any_text_gives_ranges_within_it(text in "(\\PC|[\n ]| said | that |Jane Roe|, |\\. |“|”|\"|He |according to |表示，|。|Minister of ){0,80}") {
        for passage in find(&text) {
            let speaker = passage.speaker.map_or(Vec::new(), |speaker| speaker.evidence);
            let ranges = speaker.into_iter().chain([passage.content]).chain(passage.source).chain(passage.cue);
            for range in ranges {
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
