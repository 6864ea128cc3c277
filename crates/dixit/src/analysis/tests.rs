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
        ("أحمد إلى آخر ٱلله", "احمد الي اخر الله"),
        ("الدولة مؤتمر شىء رئيس", "الدوله موتمر شيء رييس"),
        ("ایران کتاب", "ايران كتاب"),
        ("٢٠٢٥ ۲۰۲۵ २०२५", "2025 2025 2025"),
        ("人權 國際 気象 髮", "人权 权 国际 际 气象 象 发"),
        ("\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}", "한글 글"),
        ("Việt Nam Đà Nẵng", "viet nam da nang"),
        ("п’ять п'ять пʼять", "п ять п ять п ять"),
        ("Hawaiʻi Hawai'i", "hawai i hawai i"),
        ("ΆΝΘΡΩΠΟΣ άνθρωπος", "ανθρωποσ ανθρωποσ"),
        ("שָׁלוֹם שלום", "שלום שלום"),
        ("Łódź Đorđe Ærø", "lodz dorde aero"),
        ("हिन्दी", "हिन्दी"),
    ] {
        assert_eq!(terms(written), typed, "{written}");
    }
}

#[test]
fn scripts_without_spaces_give_overlapping_pairs() {
    assert_eq!(terms("保护人权。"), "保护 护人 人权 权");
    assert_eq!(terms("UN人権2025年"), "un 人权 权 2025 年");
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

    #[test]
    fn folding_a_character_twice_changes_nothing(text in "[\u{3400}-\u{4DBF}\u{4E00}-\u{9FFF}\u{20000}-\u{2FFFF}\u{1100}-\u{11FF}\u{AC00}-\u{D7A3}\u{3041}-\u{3096}\u{30A1}-\u{30FA}]") {
        let once = terms(&text);
        prop_assert_eq!(terms(&once), once);
    }
}
