//! The file of a taxonomy.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::terms::Languages;

/// Where the file is wrong, and why.
pub(super) type Wrong = (Range<usize>, String);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub(super) topic: Vec<Row>,
}

/// A topic or a subtopic.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub(super) name: Spanned<String>,
    pub(super) code: Option<u32>,
    pub(super) older_code: Option<u32>,
    #[serde(default)]
    pub(super) aliases: Words,
    #[serde(default)]
    en: Words,
    #[serde(default)]
    de: Words,
    #[serde(default)]
    fr: Words,
    #[serde(default)]
    es: Words,
    #[serde(default)]
    zh: Words,
    /// Words of any language, for users' own files.
    #[serde(default)]
    terms: Words,
    #[serde(default)]
    weak: Words,
    #[serde(default)]
    bodies: Words,
    #[serde(default)]
    decisive: Words,
    /// Subtopics, which have none of their own.
    #[serde(default)]
    pub(super) sub: Vec<Row>,
}

type Words = Vec<Spanned<String>>;

/// What a list says of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordList {
    /// They say the topic by themselves, in one language or in any.
    Strong(Option<&'static str>),
    /// They say it only together with others.
    Weak,
    /// Offices and laws: they say it where nothing else does.
    Bodies,
    /// They outweigh others.
    Decisive,
}

impl WordList {
    /// The languages in which its words count.
    pub(super) fn languages(self) -> Languages {
        match self {
            Self::Strong(Some(language)) => Languages::of(Some(language)),
            _ => Languages::of(None),
        }
    }
}

impl Row {
    /// Its lists of words. A word counts by the most particular list that has it.
    pub(super) fn lists(&self) -> impl Iterator<Item = (WordList, &Spanned<String>)> {
        let particular = [
            (WordList::Weak, &self.weak),
            (WordList::Bodies, &self.bodies),
            (WordList::Decisive, &self.decisive),
        ];
        let strong = [
            (None, &self.aliases),
            (Some("en"), &self.en),
            (Some("de"), &self.de),
            (Some("fr"), &self.fr),
            (Some("es"), &self.es),
            (Some("zh"), &self.zh),
            (None, &self.terms),
        ];
        let is_particular =
            move |term: &Spanned<String>| particular.iter().any(|(_, list)| list.contains(term));
        let strong = strong
            .into_iter()
            .flat_map(|(language, list)| list.iter().map(move |term| (language, term)))
            .filter(move |(_, term)| !is_particular(term))
            .map(|(language, term)| (WordList::Strong(language), term));
        let lists = particular.into_iter();
        lists.flat_map(|(list, terms)| terms.iter().map(move |term| (list, term))).chain(strong)
    }
}
