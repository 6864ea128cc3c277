//! What the user adds to the language of queries: words that mean the same, the names of one person,
//! and saved queries.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::field::{Field, nearest};
use super::tree::{Leaf, Near, Node, Value};
use crate::analysis::terms;

/// Words of one form that are looked at. Longer phrases are no synonyms.
const LONGEST_FORM: usize = 8;

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
        let mut widening =
            Widening { vocabulary: self, left: most, is_cut: false, passed: Vec::new() };
        let node = if self.first.is_empty() { node } else { widening.node(node) };
        Widened { node, is_cut: widening.is_cut, passed: widening.passed }
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

/// A tree with what means the same.
pub(super) struct Widened {
    pub(super) node: Node,
    /// There was more than there was room for.
    pub(super) is_cut: bool,
    /// Words of the list that are written so that no other can stand for them, and where.
    pub(super) passed: Vec<(String, Range<usize>)>,
}

struct Widening<'v> {
    vocabulary: &'v Vocabulary,
    left: usize,
    is_cut: bool,
    passed: Vec<(String, Range<usize>)>,
}

impl Widening<'_> {
    fn node(&mut self, node: Node) -> Node {
        match node {
            Node::And(nodes) => Node::and(self.nodes(nodes, true)),
            Node::Or(nodes) => Node::or(self.nodes(nodes, false)),
            Node::Not(inner) => Node::Not(Box::new(self.node(*inner))),
            Node::Leaf(leaf) => self.single(leaf),
            Node::All => Node::All,
        }
    }

    /// Conditions side by side; rows of plain words among them may be one phrase of the list.
    fn nodes(&mut self, nodes: Vec<Node>, all: bool) -> Vec<Node> {
        let mut out = Vec::with_capacity(nodes.len());
        let mut row: Vec<Leaf> = Vec::new();
        for node in nodes {
            match node {
                Node::Leaf(leaf) if is_plain(&leaf) => {
                    if row.first().is_some_and(|first| first.field != leaf.field) {
                        self.row(std::mem::take(&mut row), all, &mut out);
                    }
                    row.push(leaf);
                }
                other => {
                    self.row(std::mem::take(&mut row), all, &mut out);
                    out.push(self.node(other));
                }
            }
        }
        self.row(row, all, &mut out);
        out
    }

    fn row(&mut self, row: Vec<Leaf>, all: bool, out: &mut Vec<Node>) {
        let words: Vec<Vec<String>> =
            row.iter().map(|leaf| leaf.value.text().map(terms).unwrap_or_default()).collect();
        let mut row = row.into_iter();
        let mut at = 0;
        while at < words.len() {
            let far = words.len().min(at + LONGEST_FORM);
            let ahead: Vec<String> = words[at..far].iter().flatten().cloned().collect();
            let form = self.vocabulary.form_at(&ahead, false);
            let taken = form.and_then(|(group, form)| {
                let wanted = self.vocabulary.groups[group].forms[form].terms.len();
                Some(((group, form), leaves_of(&words[at..far], wanted)?))
            });
            let Some((form, count)) = taken else {
                out.extend(row.next().map(Node::Leaf));
                at += 1;
                continue;
            };
            let leaves: Vec<Leaf> = row.by_ref().take(count).collect();
            at += count;
            let others = self.others(form, leaves.first(), leaves.last());
            let written = leaves.into_iter().map(Node::Leaf);
            if all {
                let mut either = vec![Node::and(written.collect())];
                either.extend(others);
                out.push(Node::or(either));
            } else {
                // Any of the words was asked for already.
                out.extend(written);
                out.extend(others);
            }
        }
    }

    /// A condition that stands alone.
    fn single(&mut self, leaf: Leaf) -> Node {
        if is_plain(&leaf) {
            let mut out = Vec::new();
            self.row(vec![leaf], true, &mut out);
            return Node::and(out);
        }
        if is_of_text(leaf.field) {
            match leaf.value {
                Value::Near(near) => {
                    let near = self.near(near, leaf.field, &leaf.span);
                    return Node::Leaf(Leaf { value: Value::Near(near), ..leaf });
                }
                Value::Fuzzy { ref word, .. } => self.pass(word, &leaf.span),
                _ => {}
            }
        }
        let name = match (&leaf.field, &leaf.value) {
            (Some(Field::Speaker), Value::Words(name) | Value::Exact(name)) => terms(name),
            _ => return Node::Leaf(leaf),
        };
        let whole = self.vocabulary.form_at(&name, true).filter(|&(group, form)| {
            self.vocabulary.groups[group].forms[form].terms.len() == name.len()
        });
        let Some(form) = whole.or_else(|| self.vocabulary.only_person(&name)) else {
            return Node::Leaf(leaf);
        };
        let mut either = self.others(form, Some(&leaf), None);
        either.insert(0, Node::Leaf(leaf));
        Node::or(either)
    }

    /// Each side of a chain with what means the same as a word of it.
    fn near(&mut self, mut near: Near, field: Option<Field>, span: &Range<usize>) -> Near {
        for side in &mut near.sides {
            let mut more = Vec::new();
            for value in &*side {
                match value {
                    Value::Fuzzy { word, .. } => self.pass(word, span),
                    Value::Words(word) => {
                        let Some(form) = self.whole(word) else { continue };
                        let leaf = Leaf { field, value: value.clone(), span: span.clone() };
                        more.extend(self.others(form, Some(&leaf), None));
                    }
                    _ => {}
                }
            }
            for node in more {
                if let Node::Leaf(Leaf { value, .. }) = node
                    && !side.contains(&value)
                {
                    side.push(value);
                }
            }
        }
        near
    }

    /// The form that a word is, all of it.
    fn whole(&self, word: &str) -> Option<(usize, usize)> {
        let terms = terms(word);
        self.vocabulary.form_at(&terms, false).filter(|&(group, form)| {
            self.vocabulary.groups[group].forms[form].terms.len() == terms.len()
        })
    }

    /// Remembers a word that would have synonyms if it were written plainly.
    fn pass(&mut self, word: &str, span: &Range<usize>) {
        if self.whole(word).is_some() {
            self.passed.push((word.to_owned(), span.clone()));
        }
    }

    /// What means the same as the form that stands at these leaves.
    fn others(
        &mut self,
        (group, form): (usize, usize),
        first: Option<&Leaf>,
        last: Option<&Leaf>,
    ) -> Vec<Node> {
        let Some(first) = first else { return Vec::new() };
        let span: Range<usize> = first.span.start..last.unwrap_or(first).span.end;
        let forms = &self.vocabulary.groups[group].forms;
        let mut others = Vec::new();
        for (number, other) in forms.iter().enumerate() {
            if number == form {
                continue;
            }
            if self.left == 0 {
                self.is_cut = true;
                break;
            }
            self.left -= 1;
            let value = match other.terms.len() {
                1 => Value::Words(other.text.clone()),
                _ => Value::Exact(other.text.clone()),
            };
            others.push(Node::Leaf(Leaf { field: first.field, value, span: span.clone() }));
        }
        others
    }
}

/// How many leaves hold exactly so many terms.
fn leaves_of(words: &[Vec<String>], wanted: usize) -> Option<usize> {
    let mut terms = 0;
    let upto = words.iter().position(|words| {
        terms += words.len();
        terms >= wanted
    })?;
    (terms == wanted).then_some(upto + 1)
}

/// Whether a condition is a word without quotation marks that looks at what was said or what it is about.
fn is_plain(leaf: &Leaf) -> bool {
    is_of_text(leaf.field) && matches!(leaf.value, Value::Words(_))
}

const fn is_of_text(field: Option<Field>) -> bool {
    matches!(
        field,
        None | Some(Field::Title | Field::Text | Field::Said | Field::Topic | Field::Keyword)
    )
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
