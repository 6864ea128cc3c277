use proptest::prelude::*;

use super::{MAX_TERM_BYTES, Shape, Stemmer, analyse};

fn terms(text: &str) -> String {
    let mut out = Vec::new();
    let mut tokens = analyse(text, None);
    while let Some(token) = tokens.next_token() {
        out.push(token.term.to_owned());
    }
    out.join(" ")
}

#[test]
fn words_are_cut_at_everything_that_is_no_letter_or_digit() {
    assert_eq!(terms("The U.N.'s well-being, A/RES/78/1!"), "the u n s well being a res 78 1");
    assert_eq!(terms("l’homme d'État"), "l homme d etat");
    assert_eq!(terms("  \n—…🌍 "), "");
}

#[test]
fn folding_meets_what_people_type() {
    for (written, typed) in [
        ("Örebro", "orebro"),
        ("Straße STRASSE", "strasse strasse"),
        ("İstanbul ISTANBUL ısı", "istanbul istanbul isi"),
        ("Ελλάς ΕΛΛΆΣ", "ελλασ ελλασ"),
        ("ＵＮ ﬁnance", "un finance"),
        ("co\u{AD}operate", "cooperate"),
        ("e\u{301}galite\u{301}", "egalite"),
        ("Ёлка ёлка Сергей и\u{306}", "елка елка сергей й"),
        ("كِتَاب", "كتاب"),
        ("Łódź Đorđe Ærø", "lodz dorde aero"),
        ("हिन्दी", "हिन्दी"),
    ] {
        assert_eq!(terms(written), typed, "{written}");
    }
}

#[test]
fn scripts_without_spaces_give_overlapping_pairs() {
    assert_eq!(terms("保护人权。"), "保护 护人 人权 权");
    assert_eq!(terms("UN人権2025年"), "un 人権 権 2025 年");
    assert_eq!(terms("인권을"), "인권 권을 을");
    assert_eq!(terms("ｶﾞｲﾄﾞ"), terms("ガイド"));
    assert_eq!(terms("สิทธิ"), "สิท ทธิ ธิ");
    let mut tokens = analyse("人权 人", None);
    let mut shapes = Vec::new();
    while let Some(token) = tokens.next_token() {
        shapes.push(token.shape);
    }
    assert_eq!(shapes, [Shape::Pair, Shape::Tail, Shape::Single]);
}

#[test]
fn a_run_of_any_length_is_kept_whole() {
    let word = "x".repeat(1_000);
    let pieces = terms(&word);
    assert_eq!(pieces.replace(' ', ""), word);
    assert!(pieces.split(' ').all(|piece| piece.len() <= MAX_TERM_BYTES));
    let han: String = "权".repeat(500);
    assert_eq!(terms(&han).split(' ').count(), 500);
}

#[test]
fn english_variants_share_a_stem() {
    let english = Stemmer::of("en-GB").unwrap();
    assert_eq!(english.stem("workshops"), english.stem("workshop"));
    assert_eq!(english.stem("politicizing"), english.stem("politicized"));
    // The price of stemming, and why quotation marks must mean the exact word.
    assert_eq!(english.stem("expenses"), english.stem("expensive"));
    assert_eq!(english.stem("80ths"), "80ths");
    assert!(Stemmer::of("tlh").is_none());
}

/// The dictionary scan looks only at terms that begin with the shared prefix: these would be lost
/// if Snowball changed more of a word than its documentation says.
#[test]
fn variants_begin_with_the_shared_prefix() {
    let english = Stemmer::of("en").unwrap();
    for word in [
        "dying",
        "lying",
        "tying",
        "skis",
        "skies",
        "idly",
        "gently",
        "ugly",
        "early",
        "only",
        "singly",
        "happy",
        "happiness",
        "hopping",
        "hoping",
        "running",
        "agreed",
        "cries",
        "says",
        "national",
        "relational",
        "conditional",
        "vileness",
        "andes",
        "atlas",
        "news",
        "innings",
        "exceeding",
        "go",
        "goes",
        "be",
        "i",
        "rights",
        "universities",
    ] {
        let stem = english.stem(word).into_owned();
        assert!(word.starts_with(english.shared_prefix(&stem)), "{word} {stem}");
    }
}

proptest! {
    #[test]
    fn spans_are_in_order_and_on_character_boundaries(text in "\\PC*") {
        let mut tokens = analyse(&text, None);
        let (mut last_start, mut next) = (0, 0);
        while let Some(token) = tokens.next_token() {
            prop_assert!(text.get(token.range()).is_some_and(|slice| !slice.is_empty()));
            prop_assert!(token.start >= last_start);
            prop_assert_eq!(token.position, next);
            (last_start, next) = (token.start, next + 1);
        }
    }

    #[test]
    fn every_letter_is_in_some_term(text in "[a-zäßéА-я人权ไ한0-9 .-]{0,60}") {
        let mut covered = vec![false; text.len()];
        let mut tokens = analyse(&text, None);
        while let Some(token) = tokens.next_token() {
            covered[token.range()].fill(true);
        }
        for (at, c) in text.char_indices() {
            prop_assert!(!c.is_alphanumeric() || covered[at], "{:?} at {}", c, at);
        }
    }

    #[test]
    fn folding_twice_changes_nothing(text in "[\\p{Latin}\\p{Greek}\\p{Cyrillic}\\p{Arabic}\\p{Hebrew}\\p{Devanagari}0-9 ]{0,40}") {
        let once = terms(&text);
        prop_assert_eq!(terms(&once), once);
    }
}
