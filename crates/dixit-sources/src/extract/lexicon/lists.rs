//! The lists as the files have them, and the way from there into the lexicon.

use std::collections::HashMap;

use serde::Deserialize;

use super::{Chinese, CueClass, Lexicon, Phrase, flag};
use crate::extract::shipped;

#[derive(Deserialize)]
struct CountryFile {
    countries: Vec<Country>,
    styles: Vec<String>,
}

#[derive(Deserialize)]
struct Country {
    name: String,
    #[serde(default)]
    demonyms: Vec<String>,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    given: bool,
}

#[derive(Deserialize)]
struct Title {
    form: String,
    #[serde(default)]
    gender: Option<String>,
    #[serde(default)]
    role: bool,
}

#[derive(Deserialize)]
struct RoleFile {
    titles: Vec<Title>,
    same_role: Vec<Vec<String>>,
    organisation_names: Vec<String>,
    outlets: Vec<String>,
    chinese: Chinese,
    #[serde(flatten)]
    lists: HashMap<String, toml::Value>,
}

#[derive(Deserialize)]
struct NameFile {
    male: Vec<String>,
    female: Vec<String>,
}

#[derive(Deserialize)]
struct AttributionFile {
    language: Vec<HashMap<String, toml::Value>>,
}

const ROLE_LISTS: &[(&str, u64)] = &[
    ("roles", flag::ROLE),
    ("state", flag::ROLE | flag::STATE_ROLE),
    ("role_modifiers", flag::ROLE_MODIFIER),
    ("things", flag::THING),
    ("domains", flag::DOMAIN),
    ("role_status", flag::ROLE_STATUS),
    ("role_suffixes", flag::ROLE_SUFFIX),
    ("organisations", flag::BODY),
    ("state_organisations", flag::BODY | flag::STATE_BODY),
    ("male", flag::MALE),
    ("female", flag::FEMALE),
    ("persons", flag::PERSON),
    ("groups", flag::GROUP),
    ("particles", flag::PARTICLE),
    ("name_suffixes", flag::NAME_SUFFIX),
    ("also_names", flag::ALSO_NAME),
    ("surnames_behind_offices", flag::THING_OR_SURNAME),
    ("abbreviations", flag::ABBREVIATION),
    ("no_names", flag::NO_NAME),
    ("genres", flag::GENRE),
    ("genre_links", flag::GENRE_LINK),
    ("genre_between", flag::GENRE_BETWEEN),
    ("addressing", flag::ADDRESSING),
    ("relations", flag::RELATION),
    ("leaves", flag::LEAVES),
];

const ATTRIBUTION_LISTS: &[(&str, u64)] = &[
    ("that_words", flag::THAT),
    ("between", flag::BETWEEN),
    ("negations", flag::NEGATION),
    ("modals", flag::MODAL),
    ("copulas", flag::COPULA),
    ("prepositions", flag::PREPOSITION),
    ("clause_starts", flag::CLAUSE_START),
    ("listeners", flag::LISTENER),
    ("adverbials", flag::ADVERBIAL),
    ("he", flag::HE | flag::NO_NAME),
    ("she", flag::SHE | flag::NO_NAME),
    ("they", flag::THEY | flag::NO_NAME),
    ("self", flag::SELF | flag::NO_NAME),
    ("own", flag::OWN),
    ("his", flag::HIS),
    ("hers", flag::HERS),
    ("masculine", flag::MALE),
    ("feminine", flag::FEMALE),
    ("suppositions", flag::SUPPOSES),
    ("doubts", flag::DOUBTS),
    ("hedges", flag::HEDGES),
    ("fakes", flag::FAKES),
    ("quoters", flag::QUOTES),
    ("denials", flag::DENIES),
    ("staged", flag::STAGED),
    ("writings", flag::WRITING),
    ("determiners", flag::DETERMINER | flag::NO_NAME),
    ("definite", flag::DEFINITE | flag::DETERMINER | flag::NO_NAME),
];

const CUE_LISTS: &[(&str, CueClass)] = &[
    ("speech", CueClass::Speech),
    ("that", CueClass::That),
    ("object", CueClass::Object),
    ("listener", CueClass::Listener),
    ("participle", CueClass::Participle),
    ("naming", CueClass::Naming),
    ("bare", CueClass::Bare),
];

fn strings(value: Option<&toml::Value>) -> Vec<String> {
    let list = value.and_then(toml::Value::as_array);
    let texts = list.into_iter().flatten().filter_map(toml::Value::as_str);
    texts.map(str::to_owned).collect()
}

pub(super) fn load() -> Lexicon {
    let countries: CountryFile =
        shipped("countries.toml", include_str!("../../../data/countries.toml"));
    let roles: RoleFile = shipped("roles.toml", include_str!("../../../data/roles.toml"));
    let attribution: AttributionFile =
        shipped("attribution.toml", include_str!("../../../data/attribution.toml"));

    let mut lexicon = Lexicon { chinese: roles.chinese, ..Lexicon::default() };
    for (name, bits) in ROLE_LISTS {
        lexicon.flag(&strings(roles.lists.get(*name)), *bits);
    }
    for title in &roles.titles {
        let gender = match title.gender.as_deref() {
            Some("m") => flag::MALE,
            Some("f") => flag::FEMALE,
            _ => 0,
        };
        let role = if title.role { flag::TITLE_ROLE } else { 0 };
        lexicon.flag(
            std::slice::from_ref(&title.form),
            flag::TITLE | flag::ABBREVIATION | gender | role,
        );
    }
    let names: NameFile =
        shipped("given-names.toml", include_str!("../../../data/given-names.toml"));
    lexicon.flag(&names.male, flag::MALE_NAME);
    lexicon.flag(&names.female, flag::FEMALE_NAME);
    for forms in &roles.same_role {
        for form in forms.iter().skip(1) {
            let word = lexicon.words.entry(form.clone()).or_default();
            word.same_role = forms.first().cloned();
        }
    }
    for (index, country) in countries.countries.iter().enumerate() {
        for name in std::iter::once(&country.name).chain(&country.also) {
            lexicon.phrase(name, Phrase::Country(index));
            if country.given {
                lexicon.flag(std::slice::from_ref(name), flag::ALSO_NAME);
            }
        }
        for demonym in &country.demonyms {
            lexicon.phrase(demonym, Phrase::Demonym(index));
        }
    }
    lexicon.countries = countries.countries.into_iter().map(|country| country.name).collect();
    for style in &countries.styles {
        if let Some(last) = style.split_whitespace().last() {
            lexicon.flag(&[last.to_owned()], flag::STYLE);
        }
    }
    for name in &roles.organisation_names {
        lexicon.phrase(name, Phrase::Body);
    }
    for name in &roles.outlets {
        lexicon.phrase(name, Phrase::Outlet);
    }
    for language in &attribution.language {
        let code = language.get("code").and_then(toml::Value::as_str).unwrap_or_default();
        if code == "zh" {
            let chinese = &mut lexicon.chinese;
            chinese.cues = strings(language.get("speech"));
            chinese.cue_heads = chinese.cues.iter().filter_map(|cue| cue.chars().next()).collect();
            chinese.cue_heads.sort_unstable();
            chinese.according = strings(language.get("according"));
            chinese.according_end = strings(language.get("according_end"));
            chinese.between = strings(language.get("between"));
            chinese.suppositions = strings(language.get("suppositions"));
            chinese.hearsay = strings(language.get("hearsay"));
            chinese.denials = strings(language.get("denials"));
            chinese.staged = strings(language.get("staged"));
            chinese.further = strings(language.get("further"));
            continue;
        }
        for (name, bits) in ATTRIBUTION_LISTS {
            lexicon.flag(&strings(language.get(*name)), *bits);
        }
        for (name, class) in CUE_LISTS {
            for form in strings(language.get(*name)) {
                lexicon.cue(&form, *class, code == "en", code == "de");
            }
        }
        for phrase in strings(language.get("according")) {
            let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
            lexicon.flag(&words[..1], flag::ACCORDING);
            lexicon.according.push(words);
        }
    }
    lexicon.according.sort_by_key(|words| std::cmp::Reverse(words.len()));
    for ending in strings(roles.lists.get("compound_endings")) {
        let bits = lexicon.words.get(&ending).map_or(0, |word| word.flags);
        let kept = flag::ROLE
            | flag::STATE_ROLE
            | flag::MALE
            | flag::FEMALE
            | flag::BODY
            | flag::STATE_BODY;
        lexicon.compounds.push((ending, bits & kept));
    }
    lexicon.compounds.sort_by_key(|(ending, _)| std::cmp::Reverse(ending.len()));
    // Longest first, so that the first match is the right one.
    let lengths: Vec<usize> = lexicon.phrases.iter().map(|entry| entry.words.len()).collect();
    for word in lexicon.words.values_mut() {
        word.phrases.sort_by_key(|index| std::cmp::Reverse(lengths[*index]));
        word.cues.sort_by_key(|cue| cue.second.is_none());
    }
    lexicon.close();
    lexicon
}

#[cfg(test)]
mod tests {
    use super::super::lexicon;
    use super::*;

    #[test]
    fn the_shipped_lists_parse_and_every_list_is_read() {
        let lexicon = lexicon();
        let said = lexicon.word("said").unwrap();
        assert!(said.cues[0].is(CueClass::Speech) && said.cues[0].english);
        // `called on` comes before `called`.
        let called = &lexicon.word("called").unwrap().cues;
        assert!(called[0].second.is_some() && called.iter().any(|cue| cue.is(CueClass::Naming)));
        assert!(lexicon.word("sagte").unwrap().flags & flag::CUE != 0);
        let roles: RoleFile = shipped("roles", include_str!("../../../data/roles.toml"));
        for name in roles.lists.keys() {
            let read = ROLE_LISTS.iter().any(|(known, _)| known == name);
            assert!(read || name == "compound_endings", "{name} is not read");
        }
        let file: AttributionFile =
            shipped("attribution", include_str!("../../../data/attribution.toml"));
        for name in file.language.iter().flat_map(HashMap::keys) {
            let known = ATTRIBUTION_LISTS.iter().any(|(known, _)| known == name)
                || CUE_LISTS.iter().any(|(known, _)| known == name)
                || ["code", "according", "according_end", "hearsay", "further"]
                    .contains(&name.as_str());
            assert!(known, "{name} is not read");
        }
        assert_eq!(lexicon.country_named("中国"), Some("China"));
    }
}
