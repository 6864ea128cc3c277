//! What a label says of a speaker: `Präsident Dr. Heinz Fischer`, `Ágnes Kiss (PARTY):`.
//!
//! Only what the label's own form shows: an office before a name that a title begins, what stands in
//! brackets after it, an office after a comma. Where the form does not show where the name begins,
//! there is no name.

use std::borrow::Cow;
use std::sync::LazyLock;

/// The parts of a label.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Parts {
    pub(super) name: Option<String>,
    pub(super) role: Option<String>,
    /// What stands in brackets after the name: a party in some records, a constituency in others.
    pub(super) bracket: Option<String>,
    /// Whether the name has a title before it, which shows that it is one.
    pub(super) has_title: bool,
}

/// Words before a name that are no part of it, lower case: whole words that are nobody's name.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "mdm",
    "madam",
    "dr",
    "prof",
    "professor",
    "herr",
    "frau",
    "señor",
    "señora",
    "monsieur",
    "madame",
    "mademoiselle",
    "senhor",
    "senhora",
    "signor",
    "signora",
    "senator",
    "sen",
    "hon",
    "rt",
    "honourable",
    "honorable",
    "mnr",
    "mev",
    "nksz",
    "mnu",
    "adv",
    "ông",
    "bà",
    "ambassador",
    "mevrouw",
    "heer",
    "poseł",
    "posłanka",
    "sayın",
    "mme",
    "mlle",
    "ddr",
    "mmag",
    "dkfm",
    "dipl-ing",
    "univ-prof",
    "er",
];

/// Abbreviations that are titles with their full stop, and names or words without.
const DOTTED: &[&str] =
    &["mag", "ing", "abg", "sr", "sra", "sig", "rev", "amb", "assoc", "asst", "miss", "st-prof"];

/// Words that may stand before a title or an office and say nothing.
const ARTICLES: &[&str] =
    &["el", "la", "o", "a", "le", "de", "der", "die", "os", "il", "the", "l'hon"];

/// Words of offices that stand before a name, or alone, lower case; a star stands for any ending.
const OFFICES: &[&str] = &[
    "präsident*",
    "vizepräsident*",
    "alterspräsident*",
    "bundespräsident*",
    "bundeskanzler*",
    "vizekanzler*",
    "bundesminister*",
    "staatssekretär*",
    "staatsminister*",
    "abgeordnete*",
    "berichterstatter*",
    "bundesrat",
    "wehrbeauftragte*",
    "minister*",
    "ministro",
    "ministra",
    "ministre",
    "presidente",
    "presidenta",
    "presidencia",
    "presidência",
    "présidence",
    "vicepresident*",
    "vice-president*",
    "vice-président*",
    "president",
    "président*",
    "speaker",
    "deputy",
    "chair",
    "chairperson",
    "chairman",
    "chairwoman",
    "secretary",
    "secretario",
    "secretaria",
    "conselleir*",
    "conseller*",
    "diputad*",
    "deputad*",
    "elnök*",
    "alelnök*",
    "levezető",
    "miniszter*",
    "államtitkár*",
    "premier",
    "prime",
    "leader",
    "acting",
    "attorney",
    "chief",
    "whip",
    "clerk",
    "parliamentary",
    "parl",
    "under-secretary",
    "temporary",
    "rapporteur",
    "dritter",
    "zweiter",
    "dritte",
    "zweite",
    "spokesperson",
    "spokesman",
    "spokeswoman",
    "moderator",
    "reporter",
    "interviewer",
    "presiding",
    "assistant",
    "lord",
    "general",
    "foreign",
    "vicepresidencia",
    "house",
    "senior",
    "governor",
    "administrator",
    "surgeon",
    "engineer",
    "director",
    "commissioner",
    "official",
    "adviser",
    "advisor",
    "mayor",
    "admiral",
    "bộ",
    "thứ",
    "thủ",
    "chủ",
    "министр*",
    "президент*",
    "председател*",
    "заместител*",
    "вице-премьер*",
    "губернатор*",
    "секретар*",
    "директор*",
    "руководител*",
    "представител*",
    "депутат*",
    "сенатор*",
    "міністр*",
    "bakan*",
    "milletvekil*",
    "statsminister*",
    "statsråd*",
    "utrikesminister*",
    "staatssecretaris*",
    "voorzitter*",
    "prezydent*",
    "marszałek",
    "wicemarszałek",
    "ministr*",
    "předsed*",
    "poslan*",
];

/// Words that end an office with nobody's name in it: `SENIOR ADMINISTRATION OFFICIAL`.
const HEADS: &[&str] = &[
    "official",
    "officials",
    "officer",
    "secretary",
    "minister",
    "spokesperson",
    "spokesman",
    "spokeswoman",
    "moderator",
    "reporter",
    "interviewer",
    "chairperson",
    "chairman",
    "chairwoman",
    "director",
    "administrator",
    "commissioner",
    "governor",
    "president",
    "premier",
    "adviser",
    "advisor",
];

/// What stands behind `Lord` in offices; anything else is a name: `Lord Muster of Beispiel`.
const LORDS: &[&str] = &[
    "chancellor",
    "president",
    "advocate",
    "privy",
    "commissioner",
    "justice",
    "chief",
    "speaker",
    "mayor",
    "spiritual",
    "in",
    "high",
    "lieutenant",
    "bishop",
    "archbishop",
];

/// Offices that a field follows, which nothing tells from a name.
const WITH_FIELDS: &[&str] = &[
    "minister",
    "ministr",
    "miniszt",
    "secretar",
    "attorney",
    "general",
    "foreign",
    "staats",
    "bundesminist",
    "conselle",
    "lord",
    "house",
    "leader",
];

/// Words that are an office with another behind them alone.
const LEADS: &[&str] = &["state", "under", "permanent", "cabinet", "junior"];

/// Fields of offices where nothing stands between the two, as in Polish: `Minister Spraw Zagranicznych`.
const FIELDS: &[&str] = &[
    "spraw",
    "finansów",
    "zdrowia",
    "obrony",
    "edukacji",
    "nauki",
    "kultury",
    "sprawiedliwości",
    "rolnictwa",
    "rybołówstwa",
    "infrastruktury",
    "rozwoju",
    "klimatu",
    "środowiska",
    "cyfryzacji",
    "sportu",
    "rodziny",
    "pracy",
    "aktywów",
    "funduszy",
    "energii",
    "gospodarki",
    "skarbu",
    "transportu",
    "administracji",
    "stanu",
    "do",
    "przemysłu",
    "gospodarki",
];

/// Several at once, or nobody in particular.
const GROUPS: &[&str] = &[
    "members",
    "senators",
    "deputies",
    "voix",
    "députés",
    "audience",
    "question",
    "q",
    "a",
    "answer",
    "questioner",
    "voices",
    "abgeordnete",
    "zuruf",
];

/// A label without what is told at its end of the language that is spoken: `The President (spoke in
/// Arabic)`. Of who speaks it says nothing.
pub(super) fn without_remarks(label: &str) -> &str {
    let bare = label.trim_end_matches([':', '：', ' ']);
    let open = match bare.chars().next_back() {
        Some(')') => '(',
        Some(']') => '[',
        Some('）') => '（',
        _ => return label,
    };
    let Some((before, inner)) = bare.rsplit_once(open) else { return label };
    let before = before.trim_end();
    let inner = inner.trim_end_matches([')', ']', '）']);
    let is_remark = !before.is_empty() && super::transcript::is_on_language(inner);
    if is_remark { without_remarks(before) } else { label }
}

/// Takes a label apart.
pub(super) fn split(label: &str) -> Parts {
    let label = without_remarks(label);
    // `M. le président`, `Mme la ministre`: an initial has no article behind it.
    if let Some(office) = label.strip_prefix("M. le ").or_else(|| label.strip_prefix("Mme la ")) {
        return Parts { role: Some(office.trim().to_owned()), ..Parts::default() };
    }
    // `M. Jean Muster` is a title before a whole name; `M. Muster` may be an initial.
    if let Some(rest) = label.strip_prefix("M. ")
        && !rest.split(' ').next().unwrap_or_default().ends_with('.')
        && is_name(rest.split(',').next().unwrap_or(rest))
    {
        return Parts { has_title: true, ..split(rest) };
    }
    // `HON. A. MUSTER.- Mr` was cut too late: the mark of print ends a label.
    let label = label.split(".- ").next().unwrap_or(label);
    let label = label.trim().trim_end_matches([':', '：', '.', ',', '-', '–', '—']).trim();
    let mut parts = Parts::default();
    let (mut before, mut bracket) = self::bracket(label);
    // For whom somebody speaks is not who speaks.
    if bracket.is_some_and(|inner| inner.starts_with("for ") || inner.starts_with("on behalf ")) {
        (before, bracket) = self::bracket(before);
    }
    let mut label = before;
    if let Some(inner) = bracket {
        let first = inner.split_whitespace().next().unwrap_or_default();
        let is_person = is_title(first) || first.eq_ignore_ascii_case("deputy");
        if is_person || (is_office(before) && is_name(inner)) {
            // `The Minister for Health (Mr Ong Ye Kung)`, `The Presiding Officer (Ada Muster)`
            let inner = if is_title(first) { inner } else { inner.trim_start_matches("Deputy ") };
            let (inner, _) = self::bracket(inner);
            let (name, _) = name_of(inner);
            parts.name = name;
            parts.has_title = true;
            parts.role = Some(before.to_owned()).filter(|role| !role.is_empty());
            return parts;
        }
        parts.bracket = Some(inner.to_owned());
    }
    if let Some((name, role)) = label.split_once(", ")
        && name.contains(' ')
        && is_office(role)
    {
        parts.role = Some(role.trim().to_owned());
        label = name.trim();
    }
    // Scans set a mark apart from its word.
    let is_word = |word: &&str| *word != "." && *word != ",";
    let words: Vec<&str> = label.split_whitespace().filter(is_word).collect();
    let is_group = words.last().is_some_and(|word| is_one_of(word, GROUPS));
    if is_group {
        return parts;
    }
    if let [first, second, ..] = words.as_slice()
        && is_one_of(first, &["lord", "lady"])
        && !is_one_of(second, LORDS)
    {
        parts.name = Some(label.to_owned());
        parts.has_title = true;
        return parts;
    }
    if words.len() > 1 && words.last().is_some_and(|word| is_one_of(word, HEADS)) {
        let says_nothing = |word: &&&str| is_title(word) || is_one_of(word, ARTICLES);
        let start = words.iter().take_while(says_nothing).count();
        parts.role = parts.role.or_else(|| Some(words[start.min(words.len() - 1)..].join(" ")));
        return parts;
    }
    let says_nothing = |word: &&str| is_one_of(word, ARTICLES);
    let before_title = words.get(1).is_some_and(|word| is_title(word) || is_office_word(word));
    let article = usize::from(words.first().is_some_and(says_nothing) && before_title);
    let past_title =
        article + words[article.min(words.len())..].iter().take_while(|w| is_title(w)).count();
    // `State Secretary`: the first word is an office before another alone.
    let lead = words[past_title..].first().is_some_and(|word| is_one_of(word, LEADS))
        && words.get(past_title + 1).is_some_and(|word| is_office_word(word));
    let lead = usize::from(lead);
    let offices =
        words[past_title + lead..].iter().take_while(|word| is_office_word(word)).count() + lead;
    let mut first = article;
    if offices > 0 {
        let rest = &words[past_title + offices..];
        let title = (past_title + 1..words.len())
            .find(|at| is_title(words[*at]) && words[*at].ends_with('.'));
        let of = words[past_title..past_title + offices].join(" ").to_lowercase();
        let has_field =
            WITH_FIELDS.iter().any(|office| of.contains(office)) && of != "prime minister";
        let is_named = (1..=4).contains(&rest.len())
            && rest.iter().all(|word| begins_as_name(word))
            && article == 0
            && past_title == 0
            && (!has_field || is_person_behind(words[past_title + offices - 1], rest));
        first = match title {
            Some(at) => at,
            None if is_named => past_title + offices,
            None => words.len(),
        };
        parts.role = parts.role.or_else(|| Some(words[past_title..first].join(" ")));
    }
    let (name, has_title) = name_of(&words[first.min(words.len())..].join(" "));
    // With a digit, it is a name that a scan has misread.
    parts.name = name.filter(|name| !name.contains(|c: char| c.is_ascii_digit()));
    parts.has_title = has_title || past_title > article;
    parts
}

/// Whether a text looks like the name of a person: two to six words, all of them as names are written.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=6).contains(&words.len())
        && words.iter().all(|word| begins_as_name(word) || is_particle(word))
        && !words.iter().any(|word| is_one_of(word, GROUPS))
}

/// Whether the words behind an office that may have a field are a given name and a surname, none of them a
/// word of fields: `Minister Ada Muster`, but not `Minister Foreign Affairs`.
fn is_person_behind(office: &str, rest: &[&str]) -> bool {
    let office = office.to_lowercase();
    let may_be = ["minist", "secretar", "staatssekretär", "bundesminist", "staatsminist"]
        .iter()
        .any(|known| office.starts_with(known));
    may_be
        && rest.len() == 2
        && rest.iter().all(|word| {
            let word = word.to_lowercase();
            !FIELDS.contains(&word.as_str()) && !crate::extract::is_word_of_office(&word)
        })
}

fn begins_as_name(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
        && !word.contains(|c: char| c.is_ascii_digit())
}

/// Small words inside names.
fn is_particle(word: &str) -> bool {
    [
        "de", "la", "del", "di", "da", "dos", "das", "do", "van", "von", "der", "den", "bin",
        "binti", "al", "el", "le", "du", "zu", "y", "e", "ter", "ten", "af",
    ]
    .contains(&word)
}

/// Whether a text begins as offices do.
pub(super) fn is_office(text: &str) -> bool {
    let mut words =
        text.split_whitespace().skip_while(|word| is_one_of(word, ARTICLES) || is_title(word));
    words.next().is_some_and(is_office_word)
}

fn is_office_word(word: &str) -> bool {
    let word = lower(word.trim_end_matches(['.', ',']));
    let Some(first) = word.bytes().next() else { return false };
    offices_by_byte()[usize::from(first)].iter().any(|office| match office.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => word == *office,
    })
}

/// The words of offices by their first byte: most words are seen to be none by it.
fn offices_by_byte() -> &'static [Vec<&'static str>; 256] {
    static OFFICES_BY_BYTE: LazyLock<[Vec<&'static str>; 256]> = LazyLock::new(|| {
        let mut by_byte = [const { Vec::new() }; 256];
        for office in OFFICES {
            by_byte[usize::from(office.as_bytes()[0])].push(*office);
        }
        by_byte
    });
    &OFFICES_BY_BYTE
}

/// A word in lower case; most are.
fn lower(word: &str) -> Cow<'_, str> {
    match word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        true => Cow::Borrowed(word),
        false => Cow::Owned(word.to_lowercase()),
    }
}

/// A text that ends in brackets: what is before them and in them.
fn bracket(label: &str) -> (&str, Option<&str>) {
    let inside = label.strip_suffix(')').and_then(|rest| {
        // The bracket that the last one closes.
        let mut depth = 1_usize;
        let open = rest.char_indices().rev().find(|(_, c)| {
            match c {
                ')' => depth += 1,
                '(' => depth -= 1,
                _ => {}
            }
            depth == 0
        })?;
        Some((rest[..open.0].trim(), rest[open.0 + 1..].trim()))
    });
    match inside {
        Some((before, inner)) if !before.is_empty() && !inner.is_empty() => (before, Some(inner)),
        _ => (label, None),
    }
}

/// A name without the titles before it, and whether there were any.
fn name_of(text: &str) -> (Option<String>, bool) {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut titles = words.iter().take_while(|word| is_title(word)).count();
    // `Dr. h. c.`
    if titles > 0 && words[titles..].starts_with(&["h.", "c."]) {
        titles += 2;
    }
    let name = words[titles..].join(" ");
    ((!name.is_empty()).then_some(name), titles > 0)
}

/// Whether a word is a title: a name is none, and neither is an initial.
fn is_title(word: &str) -> bool {
    let has_stop = word.trim_end_matches(['ª', 'º']).ends_with('.');
    is_one_of(word, TITLES) || (has_stop && is_one_of(word, DOTTED))
}

fn is_one_of(word: &str, list: &[&str]) -> bool {
    // `Sr.ª` of Portuguese.
    let mut word = lower(word.trim_end_matches(['.', ',', 'ª', 'º']));
    if word.contains('.') {
        word.to_mut().retain(|c| c != '.');
    }
    list.contains(&&*word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(label: &str) -> [String; 3] {
        let Parts { name, role, bracket, .. } = split(label);
        [name, role, bracket].map(Option::unwrap_or_default)
    }

    #[test]
    fn labels_come_apart_as_far_as_their_form_shows() {
        assert_eq!(told("Präsident Dr. Ernst Beispiel"), ["Ernst Beispiel", "Präsident", ""]);
        assert_eq!(told("Vizepräsidentin Anna Muster:"), ["Anna Muster", "Vizepräsidentin", ""]);
        assert_eq!(
            told("Abgeordneter Mag. Karl Muster(XYZ)"),
            ["Karl Muster", "Abgeordneter", "XYZ"]
        );
        let minister = "Bundesminister für Wald und Feld Dr. Kaspar Muster";
        assert_eq!(told(minister), ["Kaspar Muster", "Bundesminister für Wald und Feld", ""]);
        for unclear in
            ["Bundesminister für Wald und Feld Kaspar Muster", "Minister Zdrowia Jan Muster"]
        {
            assert_eq!(told(unclear)[0], "", "nothing shows where the name begins");
        }
        assert_eq!(told("O señor PRESIDENTE:"), ["", "PRESIDENTE", ""]);
        assert_eq!(told("A señora MUESTRA VEGA:"), ["MUESTRA VEGA", "", ""]);
        assert_eq!(told("MINTA ÉVA (Párt):"), ["MINTA ÉVA", "", "Párt"]);
        assert_eq!(
            told("The Minister for Parks (Mr Tan Ah Teck)"),
            ["Tan Ah Teck", "The Minister for Parks", ""]
        );
        assert_eq!(
            told("The Presiding Officer (Ada Muster)"),
            ["Ada Muster", "The Presiding Officer", ""]
        );
        assert_eq!(
            told("Minister for Fish (Deputy Ada Muster)"),
            ["Ada Muster", "Minister for Fish", ""]
        );
        assert_eq!(
            told("Jo Muster, Bundesministerin für Wald:"),
            ["Jo Muster", "Bundesministerin für Wald", ""]
        );
        assert_eq!(
            told(
                "The Senior Minister of State for Fish (Mr Jo Muster) (for the Minister for Fish)"
            ),
            ["Jo Muster", "The Senior Minister of State for Fish", ""]
        );
        assert_eq!(told("Mr. Speaker"), ["", "Speaker", ""]);
        assert_eq!(told("Dr. h. c. Theo Muster"), ["Theo Muster", "", ""]);
        assert_eq!(told("Prime Minister Jo Muster"), ["Jo Muster", "Prime Minister", ""]);
        assert_eq!(told("President Muster"), ["Muster", "President", ""]);
        assert_eq!(told("GOVERNOR MUSTER"), ["MUSTER", "GOVERNOR", ""]);
        assert_eq!(told("SURGEON GENERAL MUSTER"), ["", "SURGEON GENERAL MUSTER", ""]);
        assert_eq!(
            told("SENIOR ADMINISTRATION OFFICIAL"),
            ["", "SENIOR ADMINISTRATION OFFICIAL", ""]
        );
        assert_eq!(told("Lord Muster of Beispiel"), ["Lord Muster of Beispiel", "", ""]);
        assert_eq!(told("The Lord Chancellor")[0], "");
        assert_eq!(told(""), ["", "", ""]);
    }

    #[test]
    fn what_is_told_of_the_language_is_no_part_of_who_speaks() {
        for (label, of) in [
            ("The President (spoke in Arabic):", ["", "President", ""]),
            ("Ms. Muster (Norland) (spoke in French)", ["Muster", "", "Norland"]),
            ("Mr. Muster [Übersetzung]:", ["Muster", "", ""]),
            ("Ms. Muster (through interpreter)", ["Muster", "", ""]),
            ("La Presidenta (habla en inglés)", ["", "Presidenta", ""]),
            ("Mr. Muster (Inner Harbour)", ["Muster", "", "Inner Harbour"]),
        ] {
            assert_eq!(told(label), of, "{label}");
        }
    }

    #[test]
    fn initials_and_names_that_look_like_titles_stay() {
        for (label, name) in [
            ("Mr M M MUSTER", "M M MUSTER"),
            ("Dr M G MUSTER-BEISPIEL", "M G MUSTER-BEISPIEL"),
            ("Mr D D VAN MUSTER", "D D VAN MUSTER"),
            ("Mr. D. H. Muster", "D. H. Muster"),
            ("Don Muster", "Don Muster"),
            ("Pan Musterheng", "Pan Musterheng"),
            ("Le Muster Tho", "Le Muster Tho"),
            ("La Muster", "La Muster"),
            ("A. Muster", "A. Muster"),
            ("Whipple Muster", "Whipple Muster"),
            ("Chiefly Brown", "Chiefly Brown"),
            ("Lieut.-Commander MUSTER", "Lieut.-Commander MUSTER"),
        ] {
            assert_eq!(told(label)[0], name, "{label}");
        }
        for nobody in ["Hon. Members", "Some hon. members", "Des voix", "Q", "QUESTION", "A"] {
            assert_eq!(told(nobody)[0], "", "{nobody}");
        }
    }
}
