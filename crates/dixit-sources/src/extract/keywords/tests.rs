//! Phrases of short texts, and what is none.

use proptest::prelude::*;

use super::*;

fn values(text: &str) -> Vec<String> {
    find(None, text, Some("en")).into_iter().map(|found| found.value).collect()
}

#[test]
fn names_are_taken_with_the_small_words_inside() {
    let text = "The envoy opened the Third Conference on Clean, Safe and Open Rivers in Norville. \
                She recalled the Common Declaration of River Rights, which Norland signed, and \
                spoke of River Day with guests from Norland, Westland and Southland.";
    let found = values(text);
    for name in [
        "Third Conference on Clean, Safe and Open Rivers",
        "Common Declaration of River Rights",
        "River Day",
    ] {
        assert!(found.iter().any(|value| value == name), "{name}: {found:?}");
    }
    assert!(!found.iter().any(|value| value.contains("Norland,")), "{found:?}");
}

#[test]
fn phrases_are_told_by_how_often_they_stand() {
    let text = "Clean water is what people need. The plan for clean water has begun, and the \
                plan costs money. Rivers carry clean water to the towns.";
    let found = find(None, text, Some("en"));
    assert_eq!(found[0].value.to_lowercase(), "clean water");
    assert_eq!(found[0].evidence.len(), 3);
    for range in &found[0].evidence {
        assert_eq!(text[range.clone()].to_lowercase(), "clean water");
    }
    // No part of it comes beside it.
    assert!(!found.iter().any(|found| found.value.eq_ignore_ascii_case("water")));
}

#[test]
fn the_value_stands_as_it_mostly_does() {
    let text = "The council met. A Council of elders is a council. The council met: council rules.";
    let found = values(text);
    assert!(found.iter().any(|value| value == "council"), "{found:?}");
}

#[test]
fn possessives_and_hyphens_are_words() {
    let found =
        values("Norland's low-carbon economy grew. The low-carbon economy is Norland's pride.");
    assert!(found.iter().any(|value| value == "low-carbon economy"), "{found:?}");
    assert!(found.iter().any(|value| value == "Norland"), "{found:?}");
}

#[test]
fn the_title_says_what_matters() {
    let text = "We spoke of bread prices, of river dams, of night trains and of stone bridges.";
    let found = find(Some("Night trains return"), text, Some("en"));
    assert_eq!(found[0].value, "night trains");
}

#[test]
fn chinese_takes_only_what_is_repeated() {
    let text = "中方重视生态环境。生态环境关系人民福祉，保护生态环境就是保护生产力。";
    let found = find(None, text, Some("zh-Hans"));
    assert_eq!(found[0].value, "生态环境");
    assert!(find(None, "外交部发言人答记者问。", Some("zh")).is_empty());
}

#[test]
fn other_languages_have_their_function_words() {
    let german = "Die Bundesregierung hat den Klimaschutz gestärkt. Der Klimaschutz ist wichtig, sagt die Bundesregierung.";
    let found: Vec<_> = find(None, german, Some("de")).into_iter().map(|f| f.value).collect();
    assert!(
        found.contains(&"Klimaschutz".to_owned())
            && !found.iter().any(|v| v == "Die" || v == "hat"),
        "{found:?}"
    );
}

#[test]
fn nothing_comes_of_nothing() {
    for text in ["", "and of the", "2025, 12, 10", "。。。", "a b c"] {
        assert!(values(text).is_empty(), "{text}: {:?}", values(text));
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_ranges_lie_in_it(text in "\\PC{0,300}", parts in prop::collection::vec(prop::sample::select(vec![
        "Treaty", "of", "the", "Rivers", ",", "and", "clean", "water", "'s", "-", "’", "生", "态", "的", "\n\n", ".", "É", "don't", "İ",
    ]), 0..60), language in prop::sample::select(vec![None, Some("en"), Some("de"), Some("zh"), Some("xx")])) {
        for text in [text, parts.join(" "), parts.join("")] {
            let found = find(Some("Treaty"), &text, language);
            prop_assert!(found.len() <= MOST);
            for found in found {
                prop_assert!(!found.value.is_empty() && !found.evidence.is_empty());
                for range in found.evidence {
                    prop_assert!(text.get(range.clone()).is_some_and(|shown| !shown.is_empty()), "{range:?}");
                }
            }
        }
    }
}

#[test]
fn what_stands_once_around_a_phrase_that_comes_again_is_a_sentence_about_it() {
    let french = "Le plan national est là. Le plan national prévoit des écoles. Le plan national manque de moyens.";
    let found: Vec<_> = find(None, french, Some("fr")).into_iter().map(|f| f.value).collect();
    assert_eq!(found[0], "plan national");
    assert!(!found.iter().any(|value| value.contains("prévoit")), "{found:?}");
}

#[test]
fn small_words_of_all_languages_are_small_where_nobody_knows_which_it_is() {
    let text = "O orzamento que se presenta para Galicia. O orzamento que non se presenta.";
    let found: Vec<_> = find(None, text, None).into_iter().map(|f| f.value).collect();
    assert!(found.contains(&"orzamento".to_owned()), "{found:?}");
    assert!(!found.iter().any(|value| value == "que" || value == "se"), "{found:?}");
}
