//! Speakers by an office before the name: `FM spokesperson Guo`.
//!
//! The office says who of that name is meant, not in which statements: it is seldom stated in all of a person's.
//! So the persons of that name are looked at, as their statements state them, and then sought by their names.

use std::rc::Rc;

use tantivy::TantivyError;

use super::called::condition;
use super::collect::{Wanted, collect};
use super::effort::Effort;
use super::expand::statements_with;
use super::plan::lower;
use super::request::Sort;
use super::snapshot::Snapshot;
use crate::analysis::terms;
use crate::error::Result;
use crate::query::{Field, Leaf, Node, Value};
use crate::speakers::Mentioned;
use crate::statement::Person;

/// Statements that are looked at to see who is meant.
const LOOKED_AT: usize = 200;
/// Persons that one name with an office stands for.
const MOST_PERSONS: usize = 16;

/// What people write short, in another form or in other languages, for an office or a body.
const OFFICES: [(&str, &[&str]); 18] = [
    ("fm", &["foreign ministry", "foreign minister", "minister for foreign affairs"]),
    ("mfa", &["foreign ministry", "ministry of foreign affairs"]),
    ("pm", &["prime minister"]),
    ("vp", &["vice president"]),
    ("sg", &["secretary general"]),
    ("dg", &["director general"]),
    ("mp", &["member of parliament"]),
    ("spokesman", &["spokesperson"]),
    ("spokeswoman", &["spokesperson"]),
    ("chairman", &["chair", "chairperson"]),
    ("chairwoman", &["chair", "chairperson"]),
    (
        "president",
        &[
            "presidente",
            "presidenta",
            "président",
            "présidente",
            "präsident",
            "präsidentin",
            "bundespräsident",
            "总统",
            "總統",
            "大統領",
        ],
    ),
    (
        "minister",
        &[
            "ministro",
            "ministra",
            "ministre",
            "ministerin",
            "bundesminister",
            "bundesministerin",
            "部长",
            "部長",
            "外长",
            "外長",
            "大臣",
        ],
    ),
    ("chancellor", &["kanzler", "kanzlerin", "bundeskanzler", "bundeskanzlerin", "canciller"]),
    ("spokesperson", &["sprecher", "sprecherin", "porte parole", "portavoz", "发言人", "發言人"]),
    (
        "foreign",
        &[
            "exteriores",
            "étrangères",
            "auswärtigen",
            "auswärtiges",
            "außenminister",
            "外交",
            "外长",
        ],
    ),
    ("senator", &["senador", "senadora", "sénateur", "sénatrice"]),
    (
        "deputy",
        &["diputado", "diputada", "deputado", "deputada", "député", "députée", "abgeordneter"],
    ),
];

/// Of which country an office is, said before it: it is not held against what a statement tells of the country.
const NATIONS: [&str; 38] = [
    "american",
    "argentine",
    "australian",
    "austrian",
    "belgian",
    "brazilian",
    "british",
    "canadian",
    "chilean",
    "chinese",
    "colombian",
    "czech",
    "danish",
    "dutch",
    "egyptian",
    "eu",
    "european",
    "finnish",
    "french",
    "german",
    "greek",
    "hungarian",
    "indian",
    "iranian",
    "irish",
    "israeli",
    "italian",
    "japanese",
    "mexican",
    "polish",
    "portuguese",
    "prc",
    "russian",
    "spanish",
    "swedish",
    "turkish",
    "ukrainian",
    "us",
];

/// Between the words of an office.
const BETWEEN: [&str; 12] =
    ["of", "the", "for", "and", "to", "de", "du", "la", "des", "der", "für", "del"];

/// What begins an office in any case; other words do where they stand in one somewhere in the index.
const KNOWN: [&str; 34] = [
    "press",
    "secretary",
    "spokesperson",
    "spokesman",
    "spokeswoman",
    "president",
    "minister",
    "prime",
    "foreign",
    "ministry",
    "vice",
    "deputy",
    "chancellor",
    "senator",
    "congressman",
    "congresswoman",
    "representative",
    "governor",
    "ambassador",
    "chairman",
    "chairwoman",
    "chair",
    "commissioner",
    "mayor",
    "judge",
    "justice",
    "speaker",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "fm",
    "pm",
];

/// Whether a word is an office by itself.
pub(super) fn is_office(word: &str) -> bool {
    KNOWN.contains(&word)
}

/// What a search for names may ask on the way.
pub(super) struct Asking<'s> {
    pub(super) snapshot: &'s Snapshot,
    pub(super) effort: &'s Rc<Effort>,
}

impl Asking<'_> {
    /// The speakers of the first statements that match, whoever of them is meant.
    pub(super) fn persons(&self, node: &Node) -> Result<Vec<Person>> {
        let plan = lower(self.snapshot, node, None)?.plan;
        let wanted = Wanted {
            sort: Sort::Newest,
            keep: LOOKED_AT,
            facets: &[],
            facet_limit: 0,
            dates: false,
        };
        let found = collect(self.snapshot, &plan, &wanted, self.effort);
        let found = found.map_err(|error| self.snapshot.engine(error))?;
        let mut persons: Vec<Person> = Vec::new();
        for found in found.best {
            for person in self.snapshot.read::<Mentioned>(found.address)?.persons() {
                if !persons.contains(&person) {
                    persons.push(person);
                }
            }
        }
        Ok(persons)
    }

    /// The names, each once and in order, that persons of this name are shown by.
    pub(super) fn borne(&self, leaf: &Leaf, name: &str) -> Result<Vec<String>> {
        let node = condition(leaf, Field::Speaker, Value::Exact(name.to_owned()));
        let persons = self.persons(&node)?;
        Ok(names(persons.iter().filter(|person| is_called(person, &terms(name)))))
    }
}

/// `FM spokesperson Guo`: who of that name is in that office, and the name, which is what is behind the words of an
/// office.
pub(super) fn in_office<'t>(
    asking: &Asking<'_>,
    leaf: &Leaf,
    text: &'t str,
    words: &[(usize, String)],
) -> Result<(Vec<Node>, Option<&'t str>)> {
    let mut office = Vec::new();
    let mut behind = 0;
    for (at, (_, term)) in words.iter().enumerate().take(words.len().saturating_sub(1)) {
        let is_passed_by = if at == 0 { NATIONS.as_slice() } else { BETWEEN.as_slice() };
        if is_passed_by.contains(&term.as_str()) {
            continue;
        }
        let node = office_word(asking.snapshot, leaf, term);
        let node = node.map_err(|error| asking.snapshot.engine(error))?;
        if node.is_none() && !KNOWN.contains(&term.as_str()) {
            break;
        }
        office.push((term.as_str(), node));
        behind = at + 1;
    }
    let Some((start, _)) = words.get(behind).filter(|_| !office.is_empty()) else {
        return Ok((Vec::new(), None));
    };
    let name = &text[*start..];
    let called = terms(name);
    let speaker = condition(leaf, Field::Speaker, Value::Exact(name.to_owned()));
    let mut found = Vec::new();
    let mut all = vec![speaker.clone()];
    all.extend(office.iter().filter_map(|(_, node)| node.clone()));
    let is_told = office.iter().all(|(_, node)| node.is_some());
    if is_told {
        let persons = asking.persons(&Node::And(all.clone()))?;
        let fits = |person: &&Person| {
            is_called(person, &called) && office.iter().all(|(term, _)| holds(person, term))
        };
        found = names(persons.iter().filter(fits));
    }
    if found.is_empty() {
        // Of somebody whose office nothing tells it may be this one.
        let persons = asking.persons(&speaker)?;
        let of_name = persons.iter().filter(|person| is_called(person, &called));
        let has_office = |person: &&Person| person.role.is_some() || person.affiliation.is_some();
        if !of_name.clone().any(|person| has_office(&person)) {
            found = names(of_name);
        }
    }
    let sought = |name: String| match is_told && called.len() == 1 && terms(&name) == called {
        // A surname alone is anybody's who bears it, so that each statement has to tell the office.
        true => Node::And(all.clone()),
        false => condition(leaf, Field::Speaker, Value::Exact(name)),
    };
    Ok((found.into_iter().take(MOST_PERSONS).map(sought).collect(), Some(name)))
}

fn names<'p>(persons: impl Iterator<Item = &'p Person>) -> Vec<String> {
    let names = persons.filter_map(|person| person.name.as_ref().or(person.as_written.as_ref()));
    let mut names: Vec<String> = names.cloned().collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether a name stands in what a person is called.
fn is_called(person: &Person, name: &[String]) -> bool {
    let forms = [person.name.as_deref(), person.as_written.as_deref()];
    forms.into_iter().flatten().any(|form| stands_in(&terms(form), name))
}

fn stands_in(text: &[String], words: &[String]) -> bool {
    !words.is_empty() && text.windows(words.len()).any(|window| window == words)
}

/// Whether a word of an office, or what it is short for, is told of a person.
fn holds(person: &Person, term: &str) -> bool {
    let long = OFFICES.iter().find(|(short, _)| *short == term).map_or(&[][..], |(_, long)| long);
    [&person.role, &person.affiliation, &person.country].into_iter().flatten().any(|told| {
        let told = terms(told);
        let mut either = long.iter().copied().chain([term]);
        either.any(|words| stands_in(&told, &terms(words)))
    })
}

fn office_word(
    snapshot: &Snapshot,
    leaf: &Leaf,
    term: &str,
) -> std::result::Result<Option<Node>, TantivyError> {
    let fields = &snapshot.shared.fields;
    let mut either = Vec::new();
    for (field, name) in [
        (fields.role, Field::Role),
        (fields.affiliation, Field::Affiliation),
        (fields.country, Field::Country),
    ] {
        if statements_with(&snapshot.inner, field, term)? > 0 {
            either.push(condition(leaf, name, Value::Exact(term.to_owned())));
        }
    }
    let long = OFFICES.iter().find(|(short, _)| *short == term).map_or(&[][..], |(_, long)| long);
    for words in long {
        for field in [Field::Role, Field::Affiliation] {
            either.push(condition(leaf, field, Value::Exact((*words).to_owned())));
        }
    }
    Ok(match either.len() {
        0 => None,
        1 => either.pop(),
        _ => Some(Node::Or(either)),
    })
}
