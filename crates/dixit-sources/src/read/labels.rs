//! What a label says of a speaker: `Präsident Dr. Heinz Fischer`, `Ágnes Kiss (PARTY):`.
//!
//! Only what the label's own form shows: an office before a name that a title begins, what stands in
//! brackets after it, an office after a comma. Where the form does not show where the name begins,
//! there is no name.

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

/// Words before a name that are no part of it, lower case, without full stops.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mdm",
    "madam",
    "dr",
    "prof",
    "professor",
    "mag",
    "dipl-ing",
    "ing",
    "dkfm",
    "ddr",
    "herr",
    "frau",
    "señor",
    "señora",
    "don",
    "doña",
    "sr",
    "sra",
    "d",
    "dª",
    "m",
    "mme",
    "mlle",
    "monsieur",
    "madame",
    "senhor",
    "senhora",
    "sig",
    "signor",
    "signora",
    "pan",
    "pani",
    "adv",
    "rev",
    "hon",
    "rt",
    "honourable",
    "honorable",
    "mnr",
    "me",
    "mev",
    "moh",
    "nksz",
    "mnu",
    "ambassador",
    "amb",
    "h.c",
    "hc",
    "mmag",
    "abg",
    "univ-prof",
    "senator",
    "sen",
];

/// Words that may stand before a title and say nothing.
const ARTICLES: &[&str] = &["el", "la", "o", "a", "le", "der", "die", "os", "il", "the"];

/// Beginnings of offices that stand before a name, or alone, lower case.
const OFFICES: &[&str] = &[
    "präsident",
    "vizepräsident",
    "alterspräsident",
    "bundespräsident",
    "bundeskanzler",
    "vizekanzler",
    "bundesminister",
    "staatssekretär",
    "staatsminister",
    "abgeordnete",
    "berichterstatter",
    "bundesrat",
    "wehrbeauftragte",
    "minister",
    "ministro",
    "ministra",
    "presidente",
    "presidenta",
    "presidencia",
    "vicepresident",
    "vice-president",
    "president",
    "speaker",
    "deputy",
    "chair",
    "chairperson",
    "chairman",
    "chairwoman",
    "secretary",
    "secretario",
    "secretaria",
    "conselleir",
    "conseller",
    "diputad",
    "deputad",
    "elnök",
    "alelnök",
    "levezető",
    "miniszter",
    "államtitkár",
    "premier",
    "prime",
    "leader",
    "house",
    "acting",
    "attorney",
    "chief",
    "whip",
    "clerk",
    "parliamentary",
    "under-secretary",
    "temporary",
    "vicepresidente",
    "vicepresidenta",
    "vicepresidencia",
    "président",
    "présidente",
    "ministre",
    "rapporteur",
    "dritter",
    "zweiter",
    "dritte",
    "zweite",
    "presidência",
    "présidence",
    "spokesperson",
    "spokesman",
    "spokeswoman",
    "moderator",
    "reporter",
    "interviewer",
    "audience",
    "questioner",
];

/// Takes a label apart.
pub(super) fn split(label: &str) -> Parts {
    // `HON. A. MUSTER.- Mr` was cut too late: the mark of print ends a label.
    let label = label.split(".-").next().unwrap_or(label);
    let label = label.trim().trim_end_matches([':', '：', '.', ',', '-', '–', '—']).trim();
    let mut parts = Parts::default();
    let (before, bracket) = bracket(label);
    let mut label = before;
    if let Some(inner) = bracket {
        let first = inner.split_whitespace().next().unwrap_or_default();
        if is_title(first) {
            // `The Minister for Health (Mr Ong Ye Kung)`
            let (name, _) = name_of(inner);
            parts.name = name;
            parts.has_title = true;
            parts.role = office(before);
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
    let words: Vec<&str> = label.split_whitespace().collect();
    let article = usize::from(words.first().is_some_and(|word| is_one_of(word, ARTICLES)));
    let mut first = article;
    // An office that no title follows is not known to end.
    let is_office = |word: &&str| {
        let word = word.to_lowercase();
        OFFICES.iter().any(|office| word.starts_with(office))
    };
    let titled = words.get(first).is_some_and(|word| is_title(word));
    let past_title = first + usize::from(titled);
    if words.get(past_title).is_some_and(is_office) {
        let begins = words.iter().enumerate().skip(past_title + 1);
        let title = begins.clone().find(|(_, word)| is_title(word) && word.ends_with('.'));
        first = match title {
            Some((at, _)) => at,
            // `Vizepräsidentin Petra Pau`: one word of office, and capital letters after it.
            None => {
                let rest = &words[past_title + 1..];
                let is_name = (2..=4).contains(&rest.len())
                    && rest.iter().all(|word| word.chars().next().is_some_and(char::is_uppercase))
                    && !rest.iter().any(is_office)
                    && !titled
                    && article == 0;
                if is_name { past_title + 1 } else { words.len() }
            }
        };
        let role = words[past_title..first].join(" ");
        parts.role = parts.role.or(Some(role));
    }
    let (name, has_title) = name_of(&words[first.min(words.len())..].join(" "));
    parts.name = name;
    parts.has_title = has_title;
    parts
}

/// A text that ends in brackets: what is before them and in them.
fn bracket(label: &str) -> (&str, Option<&str>) {
    let inside = label.strip_suffix(')').and_then(|rest| {
        let open = rest.rfind('(')?;
        Some((rest[..open].trim(), rest[open + 1..].trim()))
    });
    match inside {
        Some((before, inner)) if !before.is_empty() && !inner.is_empty() => (before, Some(inner)),
        _ => (label, None),
    }
}

/// Whether a text begins as offices do.
pub(super) fn is_office(text: &str) -> bool {
    let first = text.split_whitespace().find(|word| !is_one_of(word, ARTICLES));
    let first = first.unwrap_or_default().to_lowercase();
    OFFICES.iter().any(|office| first.starts_with(office))
}

fn office(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A name without the titles before it, and whether there were any.
fn name_of(text: &str) -> (Option<String>, bool) {
    let words: Vec<&str> = text.split_whitespace().collect();
    let titles = words.iter().take_while(|word| is_title(word)).count();
    let name = words[titles..].join(" ");
    ((!name.is_empty()).then_some(name), titles > 0)
}

fn is_title(word: &str) -> bool {
    is_one_of(word, TITLES)
}

fn is_one_of(word: &str, list: &[&str]) -> bool {
    let word = word.trim_end_matches(['.', ',']).to_lowercase();
    let word = word.replace('.', "");
    list.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_come_apart_as_far_as_their_form_shows() {
        let told = |label: &str| {
            let Parts { name, role, bracket, .. } = split(label);
            [name, role, bracket].map(Option::unwrap_or_default)
        };
        assert_eq!(told("Präsident Dr. Ernst Beispiel"), ["Ernst Beispiel", "Präsident", ""]);
        assert_eq!(told("Vizepräsidentin Anna Muster:"), ["Anna Muster", "Vizepräsidentin", ""]);
        assert_eq!(
            told("Abgeordneter Mag. Karl Muster(XYZ)"),
            ["Karl Muster", "Abgeordneter", "XYZ"]
        );
        let minister = "Bundesminister für Wald und Feld Dr. Kaspar Muster";
        assert_eq!(told(minister), ["Kaspar Muster", "Bundesminister für Wald und Feld", ""]);
        assert_eq!(
            told("Bundesminister für Wald und Feld Kaspar Muster")[0],
            "",
            "nothing shows where the name begins"
        );
        assert_eq!(told("O señor PRESIDENTE:"), ["", "PRESIDENTE", ""]);
        assert_eq!(told("A señora MUESTRA VEGA:"), ["MUESTRA VEGA", "", ""]);
        assert_eq!(told("MINTA ÉVA (Párt):"), ["MINTA ÉVA", "", "Párt"]);
        assert_eq!(
            told("The Minister for Parks (Mr Tan Ah Teck)"),
            ["Tan Ah Teck", "The Minister for Parks", ""]
        );
        assert_eq!(
            told("Jo Muster, Bundesministerin für Wald:"),
            ["Jo Muster", "Bundesministerin für Wald", ""]
        );
        assert_eq!(told("Mr. Speaker"), ["", "Speaker", ""]);
        assert_eq!(told(""), ["", "", ""]);
    }
}
