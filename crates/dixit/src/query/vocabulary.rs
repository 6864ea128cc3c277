//! What the user adds to the language of queries: words that mean the same, the names of one person,
//! and saved queries.

mod widen;

use std::collections::{BTreeMap, HashMap};

use super::field::nearest;
use super::tree::Node;
use crate::analysis::terms;
pub(super) use widen::Widened;
use widen::Widening;

/// Words that mean the same, names of one person, and saved queries: the user's own.
///
/// A plain word of a query, or a row of them, finds its synonyms too; words in quotation marks are the
/// exact words and find only themselves. `speaker:` finds a person under each name that is listed.
/// What a query came to by it shows wherever it is read back.
///
/// ```
/// use std::sync::Arc;
/// use dixit::{ParseOptions, Query, Vocabulary};
///
/// let vocabulary = Vocabulary::default()
///     .synonyms(["UN", "United Nations", "联合国"])
///     .saved("quotas", "(quota OR tac) herring");
/// let options = ParseOptions { vocabulary: Arc::new(vocabulary), ..ParseOptions::default() };
/// let parsed = Query::parse("united nations query:quotas", &options);
/// assert!(parsed.notes.is_empty());
/// assert_eq!(parsed.query.root.leaves().len(), 7);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    groups: Vec<Group>,
    /// Where forms begin, by their first term: the group and the form.
    first: HashMap<String, Vec<(usize, usize)>>,
    saved: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    forms: Vec<Form>,
    /// Forms of which each finds all others; the rest only are found.
    asking: usize,
    is_person: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Form {
    text: String,
    terms: Vec<String>,
}

impl Form {
    fn new(text: &str) -> Option<Self> {
        let terms = terms(text);
        (!terms.is_empty()).then(|| Self { text: text.trim().to_owned(), terms })
    }
}

impl Vocabulary {
    /// The same with words or phrases that all mean the same.
    #[must_use]
    pub fn synonyms<S: AsRef<str>>(self, forms: impl IntoIterator<Item = S>) -> Self {
        self.group(forms, usize::MAX, false)
    }

    /// The same with a word that finds others, which do not find it: `vessel` finds `trawler`.
    #[must_use]
    pub fn finds<S: AsRef<str>>(self, word: &str, others: impl IntoIterator<Item = S>) -> Self {
        let others: Vec<S> = others.into_iter().collect();
        let forms = std::iter::once(word).chain(others.iter().map(AsRef::as_ref));
        self.group(forms, 1, false)
    }

    /// The same with the names of one person, in whatever scripts and spellings.
    #[must_use]
    pub fn person<S: AsRef<str>>(self, names: impl IntoIterator<Item = S>) -> Self {
        self.group(names, usize::MAX, true)
    }

    /// The same with a query of this name, which `query:name` stands for.
    #[must_use]
    pub fn saved(mut self, name: &str, query: impl Into<String>) -> Self {
        self.saved.insert(name.trim().to_lowercase(), query.into());
        self
    }

    /// The names of the saved queries, and their texts.
    pub fn saved_queries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.saved.iter().map(|(name, query)| (name.as_str(), query.as_str()))
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.saved.is_empty()
    }

    fn group<S: AsRef<str>>(
        mut self,
        forms: impl IntoIterator<Item = S>,
        asking: usize,
        is_person: bool,
    ) -> Self {
        let mut known: Vec<Form> = Vec::new();
        for form in forms.into_iter().filter_map(|form| Form::new(form.as_ref())) {
            if !known.iter().any(|other| other.terms == form.terms) {
                known.push(form);
            }
        }
        let at = self.groups.len();
        let asking = asking.min(known.len());
        for (number, form) in known.iter().enumerate().take(asking) {
            if let Some(first) = form.terms.first() {
                self.first.entry(first.clone()).or_default().push((at, number));
            }
        }
        self.groups.push(Group { forms: known, asking, is_person });
        self
    }

    /// The text of a saved query.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        self.saved.get(&name.trim().to_lowercase()).map(String::as_str)
    }

    /// The saved query that was probably meant.
    pub(super) fn nearest_query(&self, name: &str) -> Option<&str> {
        nearest(name, self.saved.keys().map(String::as_str))
    }

    /// The tree, each word or name in it with what means the same; at most `most` conditions more.
    ///
    /// Recursive: the parser bounds the depth of the tree. It grows by at most two levels.
    pub(super) fn widen(&self, node: Node, most: usize) -> Widened {
        match self.first.is_empty() {
            true => Widened { node, is_cut: false, passed: Vec::new() },
            false => Widening::of(self, most).widened(node),
        }
    }

    /// The one person of the list in whose names a single word stands.
    fn only_person(&self, name: &[String]) -> Option<(usize, usize)> {
        let [word] = name else { return None };
        let mut called =
            self.groups.iter().enumerate().filter(|(_, group)| group.is_person).filter_map(
                |(at, group)| {
                    Some((at, group.forms.iter().position(|form| form.terms.contains(word))?))
                },
            );
        let only = called.next()?;
        // The form itself is looked for too: the word may be only a part of it.
        called.next().is_none().then_some((only.0, usize::MAX))
    }

    /// The longest form that the terms begin with.
    fn form_at(&self, terms: &[String], is_person: bool) -> Option<(usize, usize)> {
        let known = self.first.get(terms.first()?)?.iter();
        known
            .copied()
            .filter(|&(group, form)| {
                let group = &self.groups[group];
                group.is_person == is_person && terms.starts_with(&group.forms[form].terms)
            })
            .max_by_key(|&(group, form)| self.groups[group].forms[form].terms.len())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{MatchMode, NoteKind, ParseOptions, Query};
    use super::*;

    fn options(vocabulary: Vocabulary) -> ParseOptions {
        ParseOptions { vocabulary: Arc::new(vocabulary), ..ParseOptions::default() }
    }

    fn read(text: &str, vocabulary: &Vocabulary) -> (String, Vec<NoteKind>) {
        let parsed = Query::parse(text, &options(vocabulary.clone()));
        let notes = parsed.notes.iter().map(|note| note.kind).collect();
        (parsed.query.describe(), notes)
    }

    #[test]
    fn words_and_rows_of_words_find_their_synonyms() {
        let list = Vocabulary::default()
            .synonyms(["UN", "United Nations"])
            .finds("vessel", ["trawler", "fishing boat"]);
        for (text, expected) in [
            ("un", "statements that contain “un” or “United Nations” (exactly)"),
            ("UN", "statements that contain “UN” or “United Nations” (exactly)"),
            ("\"un\"", "statements that contain “un” (exactly)"),
            ("trawler", "statements that contain “trawler”"),
            ("vessel", "statements that contain “vessel”, “trawler” or “fishing boat” (exactly)"),
            (
                "title:un",
                "statements with a title that contains “un” or “United Nations” (exactly)",
            ),
            ("speaker:un", "statements by “un”"),
            ("united", "statements that contain “united”"),
        ] {
            assert_eq!(read(text, &list), (expected.to_owned(), Vec::new()), "{text}");
        }
        let found = |text: &str, mode| {
            let options = ParseOptions { match_mode: mode, ..options(list.clone()) };
            serde_json::to_string(&Query::parse(text, &options).query.root).unwrap()
        };
        for (text, expected) in [
            (
                "un NEAR/3 fish",
                "statements that contain “un” or “United Nations” (exactly) with at most 3 words between it and “fish”",
            ),
            (
                "title:(fish NEAR/3 vessel)",
                "statements with a title that contains “fish” with at most 3 words between it and \
                 “vessel”, “trawler” or “fishing boat” (exactly)",
            ),
            (
                "\"un\" NEAR/3 fish",
                "statements that contain “un” (exactly) with at most 3 words between it and “fish”",
            ),
            (
                "trawler NEAR/3 fish",
                "statements that contain “trawler” with at most 3 words between it and “fish”",
            ),
        ] {
            assert_eq!(read(text, &list), (expected.to_owned(), Vec::new()), "{text}");
        }
        for text in ["vessel~1", "vessel~1 NEAR/3 fish", "-vessel~2"] {
            assert_eq!(read(text, &list).1, [NoteKind::Unsupported], "{text}");
        }
        for text in ["trawler~1", "vessels~1", "speaker:vessel~1"] {
            assert_eq!(read(text, &list).1, [], "{text}");
        }
        let all = found("the united nations fish", MatchMode::All);
        assert!(
            all.contains(r#"{"or":[{"and":[{"leaf":{"value":{"words":"united"},"span":[4,10]}}"#)
        );
        assert!(all.contains(r#"{"leaf":{"value":{"words":"UN"},"span":[4,18]}}"#));
        assert_eq!(found("united nations", MatchMode::Any).matches("leaf").count(), 3);
        assert!(!found("united fish nations", MatchMode::All).contains("UN"));
    }

    #[test]
    fn a_person_is_found_by_each_name() {
        let list = Vocabulary::default().person(["Ada Rask", "阿达", "Rask, A."]);
        assert_eq!(
            read("speaker:\"ada rask\"", &list).0,
            "statements by “ada rask” (exactly), “阿达” (exactly) or “Rask, A.” (exactly)"
        );
        assert_eq!(read("speaker:阿达 rask", &list).0.matches("Ada Rask").count(), 1);
        assert_eq!(read("speaker:ada", &list).0.matches("Rask").count(), 2);
        let two = list.clone().person(["Bo Rask", "B. Rask"]);
        assert_eq!(read("speaker:rask", &two).0, "statements by “rask”");
        assert_eq!(read("speaker:bo", &two).0.matches("Rask").count(), 2);
        assert_eq!(read("\"ada rask\"", &list).0, "statements that contain “ada rask” (exactly)");
    }

    #[test]
    fn a_saved_query_stands_for_its_text() {
        let list = Vocabulary::default()
            .saved("Quotas", "quota OR tac")
            .saved("nordic", "query:quotas speaker:rask")
            .saved("loop", "query:loop herring")
            .saved("empty", "kind:nothing");
        assert_eq!(
            read("query:quotas -draft", &list),
            (
                "statements that contain “quota” or “tac”, but none that contain “draft”"
                    .to_owned(),
                Vec::new()
            )
        );
        assert_eq!(
            read("query:nordic", &list).0,
            "statements by “rask” that contain “quota” or “tac”"
        );
        assert_eq!(
            read("query:loop", &list),
            ("statements that contain “herring”".to_owned(), vec![NoteKind::SavedQuery])
        );
        let parsed = Query::parse("fish query:qoutas", &options(list.clone()));
        assert_eq!(parsed.notes[0].suggestion.as_deref(), Some("query:quotas"));
        assert_eq!(parsed.notes[0].span, 5..17);
        assert_eq!(read("query:empty fish", &list).1.len(), 2);
        let leaves = Query::parse("fish query:nordic", &options(list)).query;
        assert!(leaves.root.leaves()[1..].iter().all(|leaf| leaf.span == (5..17)));
    }

    #[test]
    fn what_saved_queries_come_to_is_bounded() {
        let mut list = Vocabulary::default().saved("q0", "a b c d e f g h");
        for n in 1..40 {
            list = list.saved(&format!("q{n}"), format!("query:q{} query:q{}", n - 1, n - 1));
        }
        let parsed = Query::parse("query:q39", &options(list));
        assert!(parsed.query.root.leaves().len() <= 256);
        assert!(!parsed.notes.is_empty());
        let many: Vec<String> = (0..5000).map(|n| format!("word{n}")).collect();
        let parsed = Query::parse("word7", &options(Vocabulary::default().synonyms(&many)));
        assert!(parsed.query.root.leaves().len() <= 256);
        assert_eq!(parsed.notes[0].kind, NoteKind::TooManyClauses);
    }
}
