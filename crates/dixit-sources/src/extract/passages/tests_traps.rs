//! English, rule by rule: how quotations and retold speech are laid out, and what only looks like them.

use super::tests::{self, Case};

/// Rule, speaker and content of each passage.
fn check(cases: &[Case<'_, &'static str>]) {
    tests::check(cases, |passage| passage.rule);
}

fn rows(text: &str) -> Vec<(&'static str, Option<String>, &str)> {
    tests::told(text, |passage| passage.rule)
}

#[test]
fn quotations_and_their_sources() {
    check(&[
        // Marks that are mixed, as some publishers do.
        ("“We will wait,\" said Jane Roe.", &[("quote-before", "Jane Roe", "We will wait,")]),
        (
            "\"They said ‘no’ to us,\" Jane Roe said.",
            &[("quote-before", "Jane Roe", "They said ‘no’ to us,")],
        ),
        (
            "\"We told them “no” twice,\" Jane Roe said.",
            &[("quote-before", "Jane Roe", "We told them “no” twice,")],
        ),
        // A source with more than a name, or without one.
        (
            "“We will wait,” Norbank portfolio manager Jane Roe said.",
            &[("quote-before", "Jane Roe", "We will wait,")],
        ),
        (
            "“We will wait,” said Doe’s campaign manager Jane Roe.",
            &[("quote-before", "Jane Roe", "We will wait,")],
        ),
        (
            "“We will wait,” said a Norport shopkeeper.",
            &[("quote-before", "a Norport shopkeeper", "We will wait,")],
        ),
        (
            "“We will wait,” federal prosecutors wrote.",
            &[("quote-before", "federal prosecutors", "We will wait,")],
        ),
        (
            "“We will wait,” said Doe ally Jane Roe.",
            &[("quote-before", "Jane Roe", "We will wait,")],
        ),
        ("“We will wait,” **said Jane Roe**.", &[("quote-before", "Jane Roe", "We will wait,")]),
        (
            "“We will wait,” said former Norland governor Jane Roe.",
            &[("quote-before", "Jane Roe", "We will wait,")],
        ),
        // Verbs that no list holds.
        (
            "“We will just wait,” Jane Roe riffed.",
            &[("quote-beside", "Jane Roe", "We will just wait,")],
        ),
        // The sentence before the quotation is hers, too.
        (
            "Their answer was a “very firm no,” Jane Roe said.",
            &[("mixed-before", "Jane Roe", "Their answer was a “very firm no,”")],
        ),
        // A colon, and a label.
        (
            "Jane Roe turned to the crowd: “We will wait for them.”",
            &[("quote-colon", "Jane Roe", "We will wait for them.")],
        ),
        (
            "Sen. Jane Roe: “We will wait for them.”",
            &[("label", "Jane Roe", "We will wait for them.")],
        ),
        // An object and what it is called.
        ("Jane Roe called the plan “a start.”", &[("names", "Jane Roe", "the plan “a start.”")]),
        (
            "Jane Roe went after the mayor, calling him “a relic of the past.”",
            &[("names", "Jane Roe", "him “a relic of the past.”")],
        ),
        // Behind an attributed quotation.
        (
            "“We will wait,” said Jane Roe, who came by train from Norport and left at noon. “It is late.”",
            &[
                ("quote-before", "Jane Roe", "We will wait,"),
                ("quote-resumed", "Jane Roe", "It is late."),
            ],
        ),
        (
            "“We will wait,” Jane Roe said.\n\n“It is late, and the train is gone.”",
            &[
                ("quote-before", "Jane Roe", "We will wait,"),
                ("quote-alone", "Jane Roe", "It is late, and the train is gone."),
            ],
        ),
        // Only the beginning is quoted.
        (
            "Jane Roe said “it makes me mad” every time she thinks of the old bridge.",
            &[(
                "retold-clause",
                "Jane Roe",
                "“it makes me mad” every time she thinks of the old bridge",
            )],
        ),
    ]);
}

#[test]
fn retold_speech() {
    check(&[
        (
            "Jane Roe added the plan was dead.",
            &[("retold-clause", "Jane Roe", "the plan was dead")],
        ),
        (
            "The prize-winning novelist Jane Roe, who left the party, told reporters that talks failed.",
            &[("retold-that", "Jane Roe", "talks failed")],
        ),
        (
            "Roe says talks have failed.\n\nJane Roe was in Norport.",
            &[("retold-clause", "Jane Roe", "talks have failed")],
        ),
    ]);
}

#[test]
fn who_spoke_last_is_meant_by_a_pronoun() {
    let text = "“He is able,” Jane Roe said of the mayor, John Doe. “I know him well,” she said.";
    assert_eq!(rows(text)[1], ("quote-before", Some("Jane Roe".to_owned()), "I know him well,"));
    // Whose name tells that no pronoun of the other sort fits.
    let text =
        "“Donald Roe is able,” said a shopkeeper of Donald Roe. “I know him well,” she said.";
    assert_eq!(rows(text)[1].1.as_deref(), Some("she"));
}

#[test]
fn a_pronoun_before_its_name_and_one_of_several_subjects_are_nobody() {
    let text = "Jack Doe left. Even as he said that talks failed, Paul Roe went on.";
    assert_eq!(rows(text)[0].1.as_deref(), Some("he"));
    let text = "Jane Roe, Jack Doe, and Ann Poe said that talks failed.";
    assert_eq!(rows(text)[0].1.as_deref(), Some("Jack Doe, and Ann Poe"));
    let text = "The plan is dead, said Jane Roe, a writer who lives in Norport.";
    assert_eq!(rows(text), [("retold-before", Some("Jane Roe".to_owned()), "The plan is dead")]);
}

#[test]
fn what_only_looks_like_speech() {
    for text in [
        "The so-called “war on cars” is over.",
        "His “friends” left early, and the “experts” were wrong.",
        "She read “The Old Bridge and Other Tales” to the class.",
        "Protesters held a sign that read “No More Bridges.”",
        "The bridge is said to be safe, and Roe is said to be ill.",
        "He won the ’24 race and lost the workers’ vote; the mayors’ talks are on.",
        "It was called off. Nobody called on Sunday.",
        "The song “We Will Wait for You Tonight” was played twice.",
        "Needless to say, the plan is dead.",
        "The Trade Committee concluded a hearing on the bridge.",
        "Jane Roe has nothing to say about the plan.",
    ] {
        assert_eq!(rows(text), [], "{text}");
    }
}

#[test]
fn a_quotation_within_a_quotation_is_part_of_it() {
    let text = "“He told me, ‘You must wait,’ and left,” Jane Roe said.";
    assert_eq!(
        rows(text),
        [("quote-before", Some("Jane Roe".to_owned()), "He told me, ‘You must wait,’ and left,")]
    );
}
