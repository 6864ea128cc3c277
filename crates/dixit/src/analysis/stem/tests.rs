use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{STEMMED, Stemmer};
use crate::analysis::terms;

/// Written for these tests.
const FORMS: &str = include_str!("forms.txt");

/// The lines of [`FORMS`]: a language, and one word's forms.
fn forms() -> impl Iterator<Item = (&'static str, Vec<String>)> {
    FORMS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (language, words) = line.split_once(' ')?;
        Some((language, terms(words)))
    })
}

/// Whether the scan of a dictionary that a query makes would come upon the term.
fn is_come_upon(stemmer: &Stemmer, term: &str) -> bool {
    let stem = stemmer.stem(term);
    stemmer.beginnings(&stem).iter().any(|beginning| term.starts_with(beginning))
        && stemmer.longest(&stem).is_none_or(|letters| term.chars().count() <= letters)
}

/// How many of a hundred pairs of forms have one stem, on folded terms. The measure of Snowball on words as
/// they are written is beside it where it differs.
#[test]
fn forms_meet() {
    let least = BTreeMap::from([
        ("ar", 90), // 65 as written
        ("da", 94),
        ("de", 89),
        ("el", 94),
        ("en", 91),
        ("es", 94), // 76
        ("fi", 46),
        ("fr", 76), // 82
        ("hu", 100),
        ("it", 100),
        ("nl", 83),
        ("no", 95),
        ("pt", 93), // 73
        ("ro", 75), // 70
        ("ru", 100),
        ("sv", 85),
        ("ta", 75),
        ("tr", 83),
    ]);
    let mut met: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (language, words) in forms() {
        let stemmer = Stemmer::of(language).unwrap();
        let stems: Vec<_> = words.iter().map(|word| stemmer.stem(word)).collect();
        let (pairs, same) = met.entry(language).or_default();
        for (at, one) in stems.iter().enumerate() {
            *pairs += at;
            *same += stems[..at].iter().filter(|other| *other == one).count();
        }
    }
    assert!(met.keys().eq(STEMMED.iter()), "a language has no forms");
    for (language, (pairs, same)) in met {
        let share = 100 * same / pairs;
        assert!(share >= least[language], "{language}: {same} of {pairs} pairs meet");
    }
}

#[test]
fn tags_find_their_stemmer() {
    for (tag, language) in [
        ("de-AT", Some("de")),
        ("pt_BR", Some("pt")),
        ("NB", Some("no")),
        ("nn-NO", Some("no")),
        ("zh-Hans", None),
        ("", None),
    ] {
        assert_eq!(Stemmer::of(tag).map(|stemmer| stemmer.language()), language, "{tag}");
    }
    for language in STEMMED {
        assert_eq!(Stemmer::of(language).unwrap().language(), language);
    }
}

#[test]
fn a_word_of_another_script_is_its_own_stem() {
    let russian = Stemmer::of("ru").unwrap();
    assert_eq!(russian.stem("rights"), "rights");
    assert_eq!(Stemmer::of("en").unwrap().stem("права"), "права");
    assert_eq!(russian.stem("права"), "прав");
}

/// Forms that share no beginning, or change within it.
#[test]
fn forms_that_begin_otherwise_are_come_upon() {
    for (language, one, other) in [
        ("ar", "كتاب", "والكتاب"),
        ("ar", "كتاب", "بالكتاب"),
        ("de", "loesungen", "losung"),
        ("de", "losungen", "loesung"),
        ("en", "dying", "die"),
        ("en", "skies", "sky"),
        ("en", "parties", "party"),
        ("en", "capability", "capable"),
        ("en", "awfully", "aw"),
        ("es", "icamente", "ic"),
        ("es", "adherencia", "adherente"),
        ("hu", "eggyel", "egy"),
        ("fi", "komissio", "komission"),
        ("fr", "applications", "applique"),
        ("nl", "mogelijkheden", "mogelijkheid"),
    ] {
        let stemmer = Stemmer::of(language).unwrap();
        let stem = stemmer.stem(one).into_owned();
        assert_eq!(stemmer.stem(other), stem, "{language}");
        let beginnings = stemmer.beginnings(&stem);
        for word in [one, other] {
            assert!(is_come_upon(&stemmer, word), "{language} {word}: {beginnings:?}");
        }
    }
}

fn vocabulary() -> Vec<(&'static str, Vec<String>)> {
    let mut all: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (language, words) in forms() {
        all.entry(language).or_default().extend(words);
    }
    all.into_iter().collect()
}

/// The first so many letters of a word, or the others.
fn halves(word: &str, letters: usize) -> (&str, &str) {
    let at = word.char_indices().nth(letters).map_or(word.len(), |(at, _)| at);
    word.split_at(at)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..Default::default() })]

    /// Words that never were: the front of one, some letters, the end of another, by each stemmer of the script.
    #[test]
    fn made_words_are_come_upon(
        language in 0..STEMMED.len(),
        one in any::<prop::sample::Index>(),
        other in any::<prop::sample::Index>(),
        (front, back) in (0_usize..6, 0_usize..6),
        between in 0_usize..40,
    ) {
        let all = vocabulary();
        let (_, words) = &all[language];
        let (one, other) = (one.get(words), other.get(words));
        let odd = ["", "e", "ae", "oe", "ue", "y", "ss", "z", "v", "iss", "ff", "ee"];
        let between = if one.is_ascii() { odd.get(between).copied().unwrap_or("") } else { "" };
        let word = format!("{}{between}{}", halves(one, front).0, halves(other, back).1);
        for language in STEMMED {
            let stemmer = Stemmer::of(language).unwrap();
            prop_assert!(is_come_upon(&stemmer, &word), "{} {} {}", language, word, stemmer.stem(&word));
        }
    }
}
