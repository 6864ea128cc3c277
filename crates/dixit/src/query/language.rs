//! Languages by their tags and names.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::dates::plain;
use super::field::nearest;

/// Two letters that are a language: ISO 639-1.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu \
    cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi \
    ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks \
    ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl \
    nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl \
    sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve \
    vi vo wa wo xh yi yo za zh zu";

/// Names of languages: in English, in the language itself, and of the largest in some others.
const NAMES: [(&str, &[&str]); 73] = [
    ("af", &["afrikaans"]),
    ("am", &["amharic", "amharisch", "አማርኛ"]),
    ("ar", &["arabic", "arabisch", "arabe", "العربية"]),
    ("az", &["azerbaijani", "azərbaycanca"]),
    ("be", &["belarusian", "беларуская"]),
    ("bg", &["bulgarian", "bulgarisch", "bulgare", "български"]),
    ("bn", &["bengali", "bangla", "বাংলা"]),
    ("bs", &["bosnian", "bosanski"]),
    ("ca", &["catalan", "català"]),
    ("cs", &["czech", "tschechisch", "tchèque", "čeština", "česky"]),
    ("cy", &["welsh", "cymraeg"]),
    ("da", &["danish", "dänisch", "danois", "dansk"]),
    ("de", &["german", "deutsch", "allemand", "alemán", "tedesco"]),
    ("el", &["greek", "griechisch", "grec", "ελληνικά"]),
    ("en", &["english", "englisch", "anglais", "inglés"]),
    ("es", &["spanish", "spanisch", "espagnol", "español", "castellano"]),
    ("et", &["estonian", "eesti"]),
    ("eu", &["basque", "euskara"]),
    ("fa", &["persian", "farsi", "فارسی"]),
    ("fi", &["finnish", "finnisch", "suomi"]),
    ("fr", &["french", "französisch", "français", "francés"]),
    ("ga", &["irish", "gaeilge"]),
    ("gl", &["galician", "galego"]),
    ("he", &["hebrew", "hebräisch", "עברית"]),
    ("hi", &["hindi", "हिन्दी", "हिंदी"]),
    ("hr", &["croatian", "kroatisch", "hrvatski"]),
    ("hu", &["hungarian", "ungarisch", "hongrois", "magyar"]),
    ("hy", &["armenian", "հայերեն"]),
    ("id", &["indonesian", "indonesia"]),
    ("is", &["icelandic", "íslenska"]),
    ("it", &["italian", "italienisch", "italien", "italiano"]),
    ("ja", &["japanese", "japanisch", "japonais", "日本語"]),
    ("ka", &["georgian", "ქართული"]),
    ("kk", &["kazakh", "қазақ"]),
    ("km", &["khmer", "ខ្មែរ"]),
    ("ko", &["korean", "koreanisch", "coréen", "한국어"]),
    ("ky", &["kyrgyz", "кыргызча"]),
    ("lb", &["luxembourgish", "lëtzebuergesch"]),
    ("lo", &["lao", "ລາວ"]),
    ("lt", &["lithuanian", "litauisch", "lietuvių"]),
    ("lv", &["latvian", "lettisch", "latviešu"]),
    ("mk", &["macedonian", "македонски"]),
    ("mn", &["mongolian", "монгол"]),
    ("ms", &["malay", "melayu"]),
    ("mt", &["maltese", "malti"]),
    ("my", &["burmese", "မြန်မာ"]),
    ("nb", &["bokmål"]),
    ("ne", &["nepali", "नेपाली"]),
    ("nl", &["dutch", "niederländisch", "néerlandais", "nederlands", "flemish"]),
    ("nn", &["nynorsk"]),
    ("no", &["norwegian", "norwegisch", "norsk"]),
    ("pa", &["punjabi", "ਪੰਜਾਬੀ"]),
    ("pl", &["polish", "polnisch", "polonais", "polski"]),
    ("ps", &["pashto", "پښتو"]),
    ("pt", &["portuguese", "portugiesisch", "portugais", "português"]),
    ("ro", &["romanian", "rumänisch", "roumain", "română"]),
    ("ru", &["russian", "russisch", "russe", "русский"]),
    ("sk", &["slovak", "slowakisch", "slovenčina"]),
    ("sl", &["slovenian", "slovene", "slowenisch", "slovenščina"]),
    ("so", &["somali", "soomaali"]),
    ("sq", &["albanian", "shqip"]),
    ("sr", &["serbian", "serbisch", "српски", "srpski"]),
    ("sv", &["swedish", "schwedisch", "suédois", "svenska"]),
    ("sw", &["swahili", "kiswahili"]),
    ("ta", &["tamil", "தமிழ்"]),
    ("th", &["thai", "ไทย"]),
    ("tl", &["tagalog"]),
    ("tr", &["turkish", "türkisch", "turc", "türkçe"]),
    ("uk", &["ukrainian", "ukrainisch", "українська"]),
    ("ur", &["urdu", "اردو"]),
    ("uz", &["uzbek", "oʻzbekcha"]),
    ("vi", &["vietnamese", "tiếng-việt"]),
    (
        "zh",
        &["chinese", "chinesisch", "chinois", "chino", "mandarin", "中文", "汉语", "漢語", "华语"],
    ),
];

/// What is taken for the tag of a language and is that of a country where it is spoken.
const OF_COUNTRIES: [(&str, &str); 8] = [
    ("cn", "zh"),
    ("jp", "ja"),
    ("kr", "ko"),
    ("ua", "uk"),
    ("cz", "cs"),
    ("gr", "el"),
    ("dk", "da"),
    ("ir", "fa"),
];

/// What a word is as a language.
#[derive(Debug, PartialEq, Eq)]
enum Language<'t> {
    /// A tag; two letters are known, others may be one.
    Tag(&'t str),
    /// A name, and the tag that it stands for.
    Named(&'static str),
    /// Neither.
    Unknown,
}

fn read(text: &str) -> Language<'_> {
    let lower = text.to_lowercase();
    let primary = lower.split(['-', '_']).next().unwrap_or(&lower);
    let is_letters = primary.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_tag = match primary.len() {
        // A tag of one's own: `x-…`.
        1 => matches!(primary, "x" | "i") && lower.len() > 2,
        2 => CODES.split(' ').any(|code| code == primary),
        // There are thousands, and none of them is a word of the list.
        3 => is_letters,
        _ => false,
    };
    match named(&lower) {
        Some(tag) => return Language::Named(tag),
        None if is_tag => return Language::Tag(text),
        None => {}
    }
    Language::Unknown
}

/// The name or tag that was meant by what is none.
pub(super) fn meant(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    if let Some((_, tag)) = OF_COUNTRIES.iter().find(|(country, _)| *country == lower) {
        return Some(tag);
    }
    // There are many names, and the first letter is seldom the wrong one.
    let first = lower.chars().next().filter(|_| lower.len() > 3)?;
    let names = NAMES.iter().flat_map(|(_, names)| names.iter().copied());
    nearest(&lower, names.filter(|name| name.starts_with(first)))
}

/// Names are found with their accents or without.
fn named(lower: &str) -> Option<&'static str> {
    static TAGS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
        let of = |(tag, names): &(&'static str, &'static [&'static str])| {
            let tag = *tag;
            names.iter().map(move |name| (plain(name), tag))
        };
        NAMES.iter().flat_map(of).collect()
    });
    TAGS.get(&plain(lower)).copied()
}

/// The tag of a language by its name or tag: `german`, `Deutsch`, `de-AT`. `None`: no language is known so.
///
/// ```
/// use dixit::query::language_tag;
///
/// assert_eq!(language_tag("Deutsch").as_deref(), Some("de"));
/// assert_eq!(language_tag("pt-BR").as_deref(), Some("pt-BR"));
/// assert_eq!(language_tag("klingon"), None);
/// ```
#[must_use]
pub fn language_tag(text: &str) -> Option<String> {
    match read(text.trim()) {
        Language::Tag(tag) => Some(tag.to_owned()),
        Language::Named(tag) => Some(tag.to_owned()),
        Language::Unknown => None,
    }
}

/// The languages that have a name here: the tag, and the name in English.
pub fn languages() -> impl Iterator<Item = (&'static str, &'static str)> {
    NAMES.iter().filter_map(|(tag, names)| Some((*tag, *names.first()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_known_by_tag_and_name() {
        for (text, expected) in [
            ("de", Language::Tag("de")),
            ("de-AT", Language::Tag("de-AT")),
            ("zh_Hant", Language::Tag("zh_Hant")),
            ("tlh", Language::Tag("tlh")),
            ("x-own", Language::Tag("x-own")),
            ("german", Language::Named("de")),
            ("Deutsch", Language::Named("de")),
            ("français", Language::Named("fr")),
            ("FRANCAIS", Language::Named("fr")),
            ("中文", Language::Named("zh")),
            ("lao", Language::Named("lo")),
            ("klingon", Language::Unknown),
            ("xx", Language::Unknown),
            ("x", Language::Unknown),
            ("", Language::Unknown),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        for (text, expected) in
            [("germn", Some("german")), ("cn", Some("zh")), ("klingon", None), ("", None)]
        {
            assert_eq!(meant(text), expected, "{text}");
        }
    }

    #[test]
    fn no_name_is_that_of_two_languages() {
        for (tag, names) in NAMES {
            assert!(CODES.split(' ').any(|code| code == tag), "{tag}");
            for name in names {
                assert_eq!(read(name), Language::Named(tag), "{name}");
            }
        }
    }
}
