//! What the name of a file tells besides a date: `us_en.txt`, `1789-Washington.txt`.

use super::date;
use super::lexicon::{flag, lexicon};

/// Country codes and names, one a line.
const COUNTRIES: &str = include_str!("../../data/country-codes.txt");

/// ISO 639-1.
const LANGUAGES: &str = " aa ab af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr \
    cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr \
    ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb \
    lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os \
    pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th \
    ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

/// Words of file names that say what a file is, not whose: kinds and occasions, states of a text,
/// months, and places that speeches are named by.
const NO_SURNAMES: &str = " speech speeches remarks statement statements address final draft transcript \
    transcripts inaugural inauguration budget report reports article release press briefing interview \
    minutes debate debates session notes text texts part chapter volume vol state union nation nations \
    congress parliament senate house message letter talk lecture keynote conference summit meeting \
    corrected revised version copy edited full clean raw utf en fr es de it pt ru zh ar data file page \
    doc document summary annual general assembly victory farewell acceptance concession convention \
    campaign election referendum war peace independence freedom democracy economy climate covid new \
    year years day christmas easter january february march april may june july august september october \
    november december jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn winter \
    berlin london paris moscow rome geneva vienna brussels tokyo beijing cairo davos munich oslo \
    reykjavik york hague unga ";

/// Beside one of these a word says which: `earth-day`, `water-act`.
const OF_THINGS: [&str; 14] = [
    "day",
    "week",
    "month",
    "eve",
    "holiday",
    "act",
    "bill",
    "order",
    "treaty",
    "agreement",
    "award",
    "prize",
    "awareness",
    "anniversary",
];

/// Places that bear the name of a person: in prose rather the place, beside a year rather the person.
const NAMED_AFTER: &[&str] = &["washington"];

/// A country and a language: `us_en`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CountryAndLanguage {
    /// Its short name.
    pub(crate) country: &'static str,
    /// Its code.
    pub(crate) language: &'static str,
}

/// The country and the language whose codes are all that a file name has.
pub(crate) fn country_and_language(name: &str) -> Option<CountryAndLanguage> {
    let (country, language) = stem(name).split_once(['_', '-'])?;
    if country.len() != 2 || language.len() != 2 {
        return None;
    }
    let (country, language) = (country.to_ascii_lowercase(), language.to_ascii_lowercase());
    let mut all = COUNTRIES.lines().filter_map(|line| line.split_once(' '));
    let (_, country) = all.find(|(code, _)| *code == country)?;
    let at = LANGUAGES.find(&format!(" {language} "))? + 1;
    Some(CountryAndLanguage { country, language: LANGUAGES.get(at..at + 2)? })
}

/// The one word beside a date that may be a surname, as it is written and as a name.
pub(crate) fn surname(name: &str) -> Option<(&str, String)> {
    date::in_file_name(name)?;
    let mut word = None;
    let mut says_kind = false;
    for part in stem(name).split(['-', '_', ' ', '.', ',']).filter(|part| !part.is_empty()) {
        if part.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        if OF_THINGS.iter().any(|thing| part.eq_ignore_ascii_case(thing)) {
            return None;
        }
        if is_generic(part) {
            says_kind = true;
        } else if word.replace(part).is_some() {
            return None;
        }
    }
    let word = word?;
    let letters = word.chars().all(|c| c.is_alphabetic() || c == '\'' || c == '’');
    // An abbreviation is no surname, and a word in small letters may be any: only a kind of document
    // beside it makes it somebody's.
    let is_upper = word.chars().all(char::is_uppercase);
    let first =
        word.chars().next().filter(|c| c.is_uppercase() || says_kind && c.is_lowercase())?;
    if !letters || is_upper || word.chars().count() < 3 {
        return None;
    }
    let mut written: String = first.to_uppercase().collect();
    let mut before = first;
    for c in word.chars().skip(1) {
        let is_prefix = matches!(written.as_str(), "Mc" | "Mac" | "De" | "Di" | "Du" | "La" | "Le");
        if c.is_uppercase() && before.is_lowercase() && !is_prefix {
            written.push(' ');
        }
        written.push(c);
        before = c;
    }
    Some((word, written))
}

fn is_generic(word: &str) -> bool {
    let lower = word.to_lowercase();
    if NAMED_AFTER.contains(&lower.as_str()) {
        return false;
    }
    let not_a_name = flag::ROLE
        | flag::STATE_ROLE
        | flag::BODY
        | flag::STATE_BODY
        | flag::GENRE
        | flag::GENRE_BETWEEN
        | flag::DOMAIN
        | flag::NO_NAME
        | flag::GROUP;
    let known = lexicon().word(&lower);
    NO_SURNAMES.contains(&format!(" {lower} "))
        || known
            .is_some_and(|word| word.flags & not_a_name != 0 && word.flags & flag::ALSO_NAME == 0)
        || lexicon().country_named(&lower).is_some()
}

fn stem(name: &str) -> &str {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.split_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_beside_a_date_is_a_surname() {
        for (name, surname_of) in [
            ("1789-Muster.txt", "Muster"),
            ("1789-Washington.txt", "Washington"),
            ("a/1837-VanBeispiel.txt", "Van Beispiel"),
            ("1897-McRask.txt", "McRask"),
            ("Rask_20240924.txt", "Rask"),
            ("2024-09-24_rask_speech.txt", "Rask"),
        ] {
            assert_eq!(surname(name).map(|found| found.1).as_deref(), Some(surname_of), "{name}");
        }
        for name in [
            "1789-Budget.txt",
            "2024-Speech.txt",
            "2024-France.txt",
            "1963-Berlin.txt",
            "2021-03-03-press-briefing-by-the-secretary.md",
            "20240924_harvest.txt",
            "2024-UNGA.txt",
            "Rask.txt",
            "2024.txt",
            "2024-President.txt",
            "1789-Ada-Rask.txt",
            "2022-04-21-a-proclamation-on-earth-day-2022.md",
            "2022-harbour-act-message.md",
            "",
        ] {
            assert_eq!(surname(name), None, "{name}");
        }
    }

    #[test]
    fn two_codes_are_a_country_and_a_language() {
        let both = country_and_language("text/ke_sw.txt").unwrap();
        assert_eq!((both.country, both.language), ("Kenya", "sw"));
        for name in ["en_us.txt", "ke.txt", "ke_swa.txt", "zz_en.txt", "a_ke_en.txt", "übe_n.txt"]
        {
            assert_eq!(country_and_language(name), None, "{name}");
        }
    }
}
