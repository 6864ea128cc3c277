//! The shipped taxonomy on short texts, and what makes a taxonomy.

use proptest::prelude::*;

use super::*;

fn paths(title: Option<&str>, body: &str) -> Vec<String> {
    Taxonomy::shipped().find(title, body, None).into_iter().map(|found| found.value).collect()
}

#[test]
fn the_shipped_taxonomy_is_read() {
    let taxonomy = include_str!("../../../data/taxonomy.toml").parse::<Taxonomy>().unwrap();
    let majors = taxonomy.paths().filter(|path| !path.contains('/')).count();
    assert!(majors >= 20 && taxonomy.paths().count() > 80);
    for path in taxonomy.paths() {
        assert_eq!(taxonomy.resolve(path), Some(path));
        assert_eq!(path, path.to_lowercase());
    }
    assert_eq!(taxonomy.resolve("Human Rights"), Some("civil rights/human rights"));
    assert_eq!(taxonomy.resolve("defense"), Some("defence"));
    assert_eq!(taxonomy.resolve("sorcery"), None);
}

#[test]
fn texts_have_the_topics_of_their_words() {
    for (text, topic) in [
        (
            "The council spoke about human rights and about torture in prisons abroad.",
            "civil rights/human rights",
        ),
        ("Human-rights defenders met.", "civil rights/human rights"),
        ("Parliament raised the minimum wage.", "labour/wages and working conditions"),
        (
            "The UN General Assembly met to discuss the Security Council.",
            "international affairs/united nations",
        ),
        ("A bill to lower the tariff on imports.", "foreign trade"),
        (
            "The vaccine is safe, the ministry said, and the pandemic is over.",
            "health/diseases and vaccination",
        ),
        ("We must act on climate change and on greenhouse gases.", "environment/climate change"),
        ("Die Bundesregierung senkt die Steuern.", "macroeconomics/taxes"),
        ("Le gouvernement agit contre le changement climatique.", "environment/climate change"),
        ("El gobierno defiende los derechos humanos.", "civil rights/human rights"),
        ("中方高度重视人权，人权事业不断发展。", "civil rights/human rights"),
        (
            "Economic, social\nand cultural rights belong to all.",
            "civil rights/economic, social and cultural rights",
        ),
    ] {
        assert!(
            paths(None, text).iter().any(|path| path == topic),
            "{text}: {:?}",
            paths(None, text)
        );
    }
}

#[test]
fn words_inside_words_and_weak_words_do_not_count() {
    for text in [
        "",
        "The taxidermist had a wageless inflationist.",
        "We care for our country.",
        "good morning, everyone",
    ] {
        assert_eq!(paths(None, text), [""; 0], "{text}");
    }
}

#[test]
fn a_passing_mention_in_a_long_text_does_not_count() {
    let talk = "The harvest was good and the farmers sold wheat, corn and cattle at the market. "
        .repeat(40);
    let found = paths(None, &format!("{talk} One of them owned a satellite. {talk}"));
    assert_eq!(found, ["agriculture"]);
    let found = paths(
        Some("Satellites and spacecraft"),
        &format!("{talk} One of them owned a satellite. {talk}"),
    );
    assert!(found.iter().any(|path| path == "technology/space"), "{found:?}");
}

#[test]
fn the_evidence_is_the_words() {
    let text = "Human rights matter. So does the right to food, and so do human rights defenders.";
    let found = Taxonomy::shipped().find(None, text, None);
    let shown: Vec<_> = found[0].evidence.iter().map(|range| &text[range.clone()]).collect();
    assert_eq!(found[0].value, "civil rights/human rights");
    assert_eq!(shown, ["Human rights", "human rights defenders"]);
    let found = Taxonomy::shipped().find(Some("Human rights"), "We met.", None);
    assert_eq!(
        (found[0].value.as_str(), found[0].evidence.len()),
        ("civil rights/human rights", 0)
    );
}

#[test]
fn what_is_no_taxonomy_says_where_and_why() {
    for (text, line, why) in [
        ("[[topic]]\nname = \"a/b\"", 2, "`a/b` is no name"),
        ("[[topic]]\nname = \" \"", 2, "is no name"),
        ("[[topic]]\nname = \"a\"\n[[topic]]\nname = \"a\"", 4, "`a` stands twice"),
        ("[[topic]]\nname = \"a\"\nen = [\n\"b\",\n\"!\"]", 5, "`!` has no letters"),
        ("[[topic]]\nname = \"a\"\nen = [\"big b*\"]", 3, "at one word"),
        ("[[topic]]\nname = \"a\"\nen = [\"ab*\"]", 3, "at least 3 letters"),
        ("[[topic]]\nname = \"a\"\nen = [\"a*c\"]", 3, "beginning or end"),
        ("[[topic]]\nname = \"a\"\nnames = 1", 3, "names"),
        (
            "[[topic]]\nname = \"a\"\n[[topic.sub]]\nname = \"b\"\n[[topic.sub.sub]]\nname = \"c\"",
            6,
            "no subtopics",
        ),
        ("[[topic", 1, ""),
        ("", 1, "no topic"),
    ] {
        let error = text.parse::<Taxonomy>().unwrap_err().to_string();
        assert!(error.starts_with(&format!("taxonomy.toml:{line}: ")), "{text}: {error}");
        assert!(error.contains(why), "{text}: {error}");
    }
}

#[test]
fn words_go_on_where_a_star_says_so() {
    let text = "[[topic]]\nname = \"tax\"\nde = [\"*steuer\", \"steuer*\"]\n[[topic]]\nname = \"climate\"\nde = [\"klima*\", \"klimasteuer\"]\n";
    let taxonomy: Taxonomy = text.parse().unwrap();
    let found = |text: &str, language| {
        taxonomy.find(None, text, language).into_iter().map(|f| f.value).collect::<Vec<_>>()
    };
    assert_eq!(found("Die Erbschaftsteuer fällt.", Some("de")), ["tax"]);
    assert_eq!(found("Steuersenkungen jetzt!", Some("de-AT")), ["tax"]);
    assert_eq!(found("KLIMASCHUTZ", None), ["climate"]);
    // A word that the lists have themselves is also what its parts say.
    assert_eq!(found("Die Klimasteuer kommt.", Some("de")), ["tax", "climate"]);
    assert_eq!(found("Das Klimageldsteuer-Gesetz", Some("de")), ["tax", "climate"]);
    // In a text in another language, a word that looks the same is another word.
    assert_eq!(found("The klimax of Steuer", Some("en")), [""; 0]);
}

#[test]
fn a_word_within_a_longer_one_is_not_counted() {
    let security = "defence/intelligence and cyber security".to_owned();
    let text = "港口大学周六举办黑客松，学生们在黑客松上展示了作品，黑客松每年举办一次。";
    assert!(!paths(None, text).contains(&security), "{:?}", paths(None, text));
    let text = "黑客周六攻击了港口的系统，黑客每年都来。";
    assert!(paths(None, text).contains(&security));
}

#[test]
fn bodies_say_a_topic_where_nothing_else_does() {
    let found = paths(None, "To direct the Secretary of Agriculture to report twice a year.");
    assert_eq!(found, ["agriculture"]);
    let found = paths(None, "The Secretary of Agriculture opened a school for deaf pupils.");
    assert_eq!(found[0], "education");
}

#[test]
fn majors_have_the_codes_of_the_comparative_agendas_project() {
    let taxonomy = Taxonomy::shipped();
    let majors: Vec<_> = taxonomy.paths().filter(|path| !path.contains('/')).collect();
    let codes: Vec<_> = majors.iter().map(|path| taxonomy.codes(path).unwrap().0).collect();
    let expected = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23];
    assert_eq!(codes, expected);
    assert_eq!(taxonomy.codes("immigration/refugees and asylum"), Some((9, Some(5))));
    assert_eq!(taxonomy.codes("sorcery"), None);
}

/// Titles and statements of our own, each with the major that a reader would give it.
fn right_of(samples: &str) -> (usize, usize, Vec<String>) {
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for line in samples.lines().filter(|line| !line.starts_with('#')) {
        let [language, major, text] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let found = Taxonomy::shipped().find(None, text, Some(language));
        let first = found.first().and_then(|found| found.value.split('/').next());
        assert!(Taxonomy::shipped().resolve(major) == Some(major), "{line}");
        all += 1;
        match first == Some(major) {
            true => right += 1,
            false => wrong.push(format!("{line}: {first:?}")),
        }
    }
    (right, all, wrong)
}

#[test]
fn titles_in_five_languages_have_their_major_first() {
    let (right, all, wrong) = right_of(include_str!("../../../tests/samples/topics.tsv"));
    assert!(all >= 120 && right * 100 >= all * 88, "{right} of {all}\n{}", wrong.join("\n"));
}

proptest! {
    #[test]
    fn any_text_is_read_and_ranges_lie_in_it(text in "\\PC{0,300}", parts in prop::collection::vec(prop::sample::select(vec![
        "human", "rights", "united", "nations", ",", "人权", "and", "economic", "social", "cultural", "\n", "é", "İ", "STRASSE", "ß",
    ]), 0..60)) {
        for text in [text, parts.join(" ")] {
            for found in Taxonomy::shipped().find(None, &text, None) {
                prop_assert!(found.confidence >= 0.5 && found.confidence <= 1.0);
                prop_assert!(!found.evidence.is_empty() && found.evidence.len() <= 5);
                for range in found.evidence {
                    prop_assert!(text.get(range.clone()).is_some(), "{range:?}");
                }
            }
        }
    }
}
