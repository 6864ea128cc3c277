//! Where in a term dictionary the words with a stem lie.
//!
//! Too few beginnings lose words, which the tests look for: a scan of all words must find no more.

/// What a Tamil question or pronoun begins with: one of these vowels, and a doubled consonant.
const TAMIL_VOWELS: [char; 4] = ['அ', 'இ', 'உ', 'எ'];
const TAMIL_DOUBLED: [char; 10] = ['க', 'ங', 'ச', 'ஞ', 'த', 'ந', 'ப', 'ம', 'ய', 'வ'];
/// Vowels that are also written with a consonant before them.
const TAMIL_GLIDES: [(&str, &str); 4] = [("உ", "வு"), ("ஊ", "வூ"), ("ஒ", "வொ"), ("ஓ", "வோ")];

/// What Arabic writes before a word without a space.
const ARABIC_BEFORE: [&str; 2] = ["و", "ف"];
const ARABIC_ARTICLES: [&str; 8] = ["ال", "بال", "كال", "لل", "ب", "ك", "ل", "س"];
/// The persons of a verb that begins with `است`.
const ARABIC_PERSONS: [&str; 3] = ["يست", "نست", "تست"];

/// How the terms of a language with this stem begin.
///
/// The fewer letters are left off, the fewer terms a scan looks at: how many an algorithm changes at the end of
/// a stem, and behind which letters, was looked up on all words of the corpora, which a check of the test kit repeats.
pub(super) fn of(language: &str, stem: &str) -> Vec<String> {
    let last = stem.chars().next_back().unwrap_or_default();
    let changed = match language {
        "ar" => return arabic(stem),
        "de" => return german(stem),
        "ta" => return tamil(stem),
        "tr" => return turkish(stem),
        // `early` has the stem `earli`.
        "en" if last == 'i' => {
            return vec![stem.to_owned(), format!("{}y", but_the_last(stem, 1))];
        }
        // `dying` has the stem `die`.
        "en" if stem.ends_with("ie") => {
            return vec![but_the_last(stem, 1).to_owned(), format!("{}y", but_the_last(stem, 2))];
        }
        // `hoping` has the stem `hope`; `skies`, `sky`; `capability`, `capabl`.
        "en" => usize::from(matches!(last, 'e' | 'y') || stem.ends_with("bl")),
        // `applications` has the stem `appliqu`; `récemment`, `récent`.
        "fr" if stem.ends_with("qu") || stem.ends_with("nt") => 2,
        // `appuyer` has the stem `appui`; `digitaux`, `digital`; `nombreuse`, `nombreux`.
        "fr" => usize::from(matches!(last, 'i' | 'l' | 't' | 'u' | 'x')),
        // `mogelijkheden` has the stem `mogelijkheid`, and `spreek`, `sprek`.
        "nl" if stem.ends_with("heid") => 2,
        "nl" => usize::from(!matches!(last, 'a' | 'e' | 'i' | 'o' | 'u')),
        // `adherencia` has the stem `adherent`; `presenza`, `present`; `activism`, `activist`.
        "es" | "it" | "ro" => usize::from(last == 't'),
        // Nasal vowels are folded: `leões` has the stem `lea`.
        "pt" => usize::from(matches!(last, 'a' | 'o' | 't')),
        // Doubled consonants of an ending: `eggyel` has the stem `egy`; `tavasszal`, `tavasz`.
        "hu" => usize::from(matches!(last, 's' | 'y' | 'z')),
        "fi" => finnish(stem),
        "el" => 2,
        _ => 0,
    };
    vec![but_the_last(stem, changed).to_owned()]
}

/// Letters that a term with a stem of one or two has beside it at most; `None` for longer stems, and where that
/// is not known.
///
/// The algorithms leave the first letters of a word alone, most of them: these are the longest that any word of the
/// corpora has, or any of twelve million made of the front of one and the end of another.
pub(super) fn beside(language: &str, stem: &str) -> Option<usize> {
    if stem.chars().nth(2).is_some() {
        return None;
    }
    match language {
        "no" | "sv" => Some(0),
        // An umlaut may be written with an `e`.
        "de" => Some(2),
        "nl" | "ro" => Some(4),
        // The Danish `-igstens` leaves `ig`.
        "da" => Some(5),
        // `-amente`, however little is before it.
        "es" | "it" | "pt" | "ru" => Some(6),
        "en" | "fi" | "fr" => Some(7),
        "hu" | "tr" => Some(8),
        _ => None,
    }
}

/// All letters but so many; at least one.
fn but_the_last(stem: &str, letters: usize) -> &str {
    let Some(last) = letters.checked_sub(1) else { return stem };
    let cut = stem.char_indices().rev().nth(last).map_or(0, |(at, _)| at);
    let first = stem.chars().next().map_or(0, char::len_utf8);
    &stem[..cut.max(first)]
}

/// The doubled consonant before the last vowels is made single.
fn finnish(stem: &str) -> usize {
    stem.chars().rev().take_while(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')).count()
}

/// The last consonant of a stem is hardened, which may be all of it, or a vowel is put behind it.
fn turkish(stem: &str) -> Vec<String> {
    let soft = match stem {
        "p" => Some("b"),
        "t" => Some("d"),
        "k" => Some("g"),
        _ => None,
    };
    let changed = stem.ends_with(['c', 'i', 'k', 'o', 'p', 't', 'u']);
    let beginnings = [but_the_last(stem, usize::from(changed))].into_iter().chain(soft);
    beginnings.map(str::to_owned).collect()
}

/// `ae`, `oe` and `ue` are umlauts, wherever they stand, and folded ones have no `e`.
fn german(beginning: &str) -> Vec<String> {
    let mut all = vec![beginning.to_owned()];
    let mut vowels = beginning.match_indices(['a', 'o', 'u']).map(|(at, _)| at + 1).peekable();
    while let Some(at) = vowels.next() {
        let next = vowels.peek().copied().unwrap_or(beginning.len());
        all.push(format!("{}e{}", &beginning[..at], &beginning[at..next]));
    }
    all
}

fn arabic(stem: &str) -> Vec<String> {
    let beginning = but_the_last(stem, 2);
    let mut words = vec![beginning.to_owned()];
    words.extend(ARABIC_ARTICLES.iter().map(|article| format!("{article}{beginning}")));
    if let Some(rest) = stem.strip_prefix("است") {
        let rest = &but_the_last(stem, 2).get("است".len()..).unwrap_or(&rest[..0]).to_owned();
        for person in ARABIC_PERSONS {
            words.push(format!("{person}{rest}"));
            words.push(format!("س{person}{rest}"));
        }
    }
    let joined: Vec<String> = ARABIC_BEFORE
        .iter()
        .flat_map(|and| words.iter().map(move |word| format!("{and}{word}")))
        .collect();
    words.extend(joined);
    words
}

fn tamil(stem: &str) -> Vec<String> {
    // An ending may be most of the word, and is changed throughout.
    let beginning = but_the_last(stem, stem.chars().count());
    let mut words = vec![beginning.to_owned()];
    let glide = TAMIL_GLIDES.iter().find(|(vowel, _)| *vowel == beginning);
    words.extend(glide.map(|(_, glide)| (*glide).to_owned()));
    let pronouns: Vec<String> = TAMIL_VOWELS
        .iter()
        .flat_map(|vowel| {
            TAMIL_DOUBLED.iter().map(move |doubled| format!("{vowel}{doubled}\u{BCD}"))
        })
        .flat_map(|before| {
            words.iter().map(move |word| format!("{before}{word}")).collect::<Vec<_>>()
        })
        .collect();
    words.extend(pronouns);
    words
}
