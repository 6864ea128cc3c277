//! Who stands behind a label: names and offices in it, the full name that the head of the file gives, the
//! host whom the title names.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use dixit::{Basis, BasisKind, Person, Span};

use super::candidates::{Candidate, Ending};
use super::form::{Form, before_bracket, is_abbreviated_title, is_unspaced};
use super::han::of_han;
use super::host::host;
use super::names::{FullNames, is_office_alone, without_article};
use super::words::words;
use crate::read::labels::{self, Parts};
use crate::read::prose::Decoded;

/// How sure it is that the host in the title gives the answers.
const HOST: f64 = 0.95;
/// How sure it is that the host speaks what stands before the first label.
const OPENING: f64 = 0.6;

/// The title of a file and the bytes that state it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Title<'t> {
    pub(super) text: &'t str,
    pub(super) evidence: &'t [Span],
}

/// Who speaks under which label.
#[derive(Debug)]
pub(super) struct Cast {
    by_label: HashMap<String, (Person, Basis)>,
    host: Option<(Person, Vec<Span>)>,
    /// Whether labels ask, so that others answer.
    pub(super) has_askers: bool,
}

impl Cast {
    pub(super) fn of(
        file: &Decoded,
        head: Range<usize>,
        title: Option<Title<'_>>,
        found: &[Candidate],
    ) -> Self {
        let text = &file.text;
        let mut forms: HashMap<&str, Form> = HashMap::new();
        let mut places: HashMap<&str, Range<usize>> = HashMap::new();
        for one in found {
            places.entry(&text[one.label.clone()]).or_insert_with(|| one.label.clone());
            let form = forms.entry(&text[one.label.clone()]).or_insert(one.form);
            *form = one.form.max(*form);
        }
        let mut all: Vec<(&str, Form)> = forms.into_iter().collect();
        all.sort_unstable();
        let whole: HashSet<&str> = all
            .iter()
            .filter(|(label, form)| *form == Form::Name && label.contains(' '))
            .map(|(label, _)| *label)
            .collect();
        let parties = parties(&all);
        let full = FullNames::of(file, head.clone(), title, &all, &places);
        let host = host(file, head, title);
        let mut by_label = HashMap::new();
        for (label, form) in &all {
            let bare = labels::without_remarks(label);
            let parts = labels::split(&bare.replace('[', "(").replace(']', ")"));
            let (mut person, basis) = match behind_office(bare, &whole) {
                Some(person) => (person, Basis::given("label", [])),
                None => of_label(bare, *form, parts, &full, &parties, host.as_ref()),
            };
            person.as_written = Some((*label).to_owned());
            // What nobody sees in a label is no part of a name.
            person.name = person.name.map(|name| crate::extract::squeeze(&name));
            by_label.insert((*label).to_owned(), (person, basis));
        }
        let has_askers = host.is_some()
            || all.iter().any(|(_, form)| is_asking(*form))
            || found.iter().any(|one| one.ending == Ending::Asked);
        Self { by_label, host, has_askers }
    }

    /// Whether a label is that of the one who holds the conference.
    pub(super) fn is_host(&self, person: &Person) -> bool {
        self.host.as_ref().is_some_and(|(host, _)| host.name == person.name)
    }

    /// Whether somebody holds the conference, so that the others ask.
    pub(super) const fn has_host(&self) -> bool {
        self.host.is_some()
    }

    /// Who speaks under a label that stands at `at`.
    pub(super) fn speaker(&self, label: &str, at: Option<Span>) -> (Person, Basis) {
        let (person, basis) = self.by_label.get(label).cloned().unwrap_or_else(|| {
            let person = Person { as_written: Some(label.to_owned()), ..Person::default() };
            (person, Basis::given("label", []))
        });
        let mut evidence: Vec<Span> = at.into_iter().collect();
        evidence.extend(basis.evidence);
        (person, Basis { evidence, ..basis })
    }

    /// Who speaks what stands before the first label.
    pub(super) fn opening(&self) -> Option<(Person, Basis)> {
        let (person, evidence) = self.host.as_ref()?;
        let basis = Basis::new(BasisKind::Inferred, "host-opens").with_confidence(OPENING);
        let note = "no label stands before it; the title names who holds the conference";
        Some((person.clone(), Basis { evidence: evidence.clone(), ..basis }.with_note(note)))
    }
}

/// Whether a label asks.
pub(super) const fn is_asking(form: Form) -> bool {
    matches!(form, Form::Asker | Form::Outlet)
}

/// What is in brackets behind names and is a party: where few of them stand behind many names, each that
/// stands behind two.
fn parties(all: &[(&str, Form)]) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for bracket in all.iter().filter_map(|(label, _)| labels::split(label).bracket) {
        *counts.entry(bracket).or_default() += 1;
    }
    let total: usize = counts.values().sum();
    if total < 4 || counts.len() * 2 > total {
        return HashSet::new();
    }
    counts.into_iter().filter(|(_, count)| *count > 1).map(|(bracket, _)| bracket).collect()
}

fn of_label(
    label: &str,
    form: Form,
    parts: Parts,
    full: &FullNames,
    parties: &HashSet<String>,
    host: Option<&(Person, Vec<Span>)>,
) -> (Person, Basis) {
    let has_host = host.is_some();
    let mut person = Person { as_written: Some(label.to_owned()), ..Person::default() };
    let given = Basis::given("label", []);
    match form {
        Form::Asker => {
            person.role = Some("questioner".to_owned());
            // `QUESTION (Norport Post)`
            let outlet = label.split_once(['(', '（']).map(|(_, outlet)| outlet);
            let outlet = outlet.map(|outlet| outlet.trim_end_matches([')', '）']).trim());
            person.affiliation = outlet.filter(|outlet| !outlet.is_empty()).map(str::to_owned);
            return (person, given);
        }
        Form::Answerer => {
            let Some((who, evidence)) = host else { return (person, given) };
            let basis = Basis::new(BasisKind::Inferred, "host").with_confidence(HOST);
            let basis = Basis { evidence: evidence.clone(), ..basis };
            let person = Person { as_written: person.as_written, ..who.clone() };
            return (person, basis.with_note("the title names who gives the answers"));
        }
        Form::Outlet => {
            person.affiliation = Some(label.to_owned());
            person.role = Some("questioner".to_owned());
            return (person, given);
        }
        Form::Chair | Form::Group => {
            if let Some((office, name)) = presiding(label) {
                (person.role, person.name) = (Some(office), Some(name));
                return (person, given);
            }
            return of_office(without_article(label), person, full);
        }
        // Which of the words of a label are a name is not seen in scripts without capitals.
        Form::Plain | Form::Titled
            if !label.chars().any(|c| c.is_uppercase() || is_unspaced(c)) =>
        {
            return (person, given);
        }
        Form::HanEnding | Form::Plain | Form::HanName if label.chars().any(is_unspaced) => {
            of_han(label, &mut person);
            return (person, given);
        }
        _ => {}
    }
    let last = label.rsplit(' ').next().unwrap_or_default().to_lowercase();
    if has_host && form <= Form::Capitals && words().outlet_words.contains(&last) {
        person.affiliation = Some(label.to_owned());
        person.role = Some("questioner".to_owned());
        return (person, given);
    }
    person.role = parts.role;
    of_bracket(&mut person, parts.bracket.as_deref());
    person.party = parts.bracket.filter(|bracket| parties.contains(bracket));
    person.name = parts.name.map(|name| of_name(&name));
    if person.name.is_none()
        && let Some((office, name)) = presiding(label)
    {
        (person.role, person.name) = (Some(office), Some(name));
        return (person, given);
    }
    whole(&mut person, label);
    // `SECRETARY ROE` has a name where the text has `Secretary Jane Roe`.
    if let Some((who, _)) = host
        && who.name == person.name
    {
        // What the title says of the host is true of the label that names the same.
        person.role = person.role.or_else(|| who.role.clone());
        person.affiliation = who.affiliation.clone();
        person.country = person.country.or_else(|| who.country.clone());
        return (person, given);
    }
    let last = before_bracket(label).rsplit(' ').next().unwrap_or_default();
    let short = person.name.as_deref().unwrap_or(last);
    let Some(named) = full.get(short) else {
        if is_office_alone(label, form) {
            let office = person.role.take().unwrap_or_else(|| label.to_owned());
            return of_office(without_article(&office), person, full);
        }
        return (person, given);
    };
    if person.name.is_none() {
        let office = before_bracket(label).trim_end_matches(last).trim();
        person.role = Some(office.to_owned()).filter(|office| !office.is_empty());
    }
    person.name = Some(named.name.clone());
    person.role = person.role.or_else(|| named.role.clone());
    let basis = Basis::new(BasisKind::Inferred, "full-name").with_confidence(named.confidence);
    let note = "the label names the person shortly, the evidence in full";
    (person, Basis { evidence: named.evidence.clone(), ..basis }.with_note(note))
}

/// `President of Norland Ada Rask`, where another label of the file is `Ada Rask`: what stands before the
/// name is the office.
fn behind_office(label: &str, whole: &HashSet<&str>) -> Option<Person> {
    const MOST_WORDS: usize = 4;
    if label.contains(['(', ',']) || !labels::is_office(label) {
        return None;
    }
    let spaces = label.char_indices().rev().filter(|(_, c)| *c == ' ').map(|(at, _)| at);
    let at = spaces.skip(1).take(MOST_WORDS).find(|at| whole.contains(&label[at + 1..]))?;
    Some(Person {
        name: Some(label[at + 1..].to_owned()),
        role: Some(label[..at].to_owned()),
        as_written: Some(label.to_owned()),
        ..Person::default()
    })
}

/// Who holds an office by the title, where the label names the office alone.
fn of_office(office: &str, mut person: Person, full: &FullNames) -> (Person, Basis) {
    person.role = Some(office.to_owned());
    let Some(named) = full.of_office(office) else { return (person, Basis::given("label", [])) };
    person.name = Some(named.name.clone());
    let basis =
        Basis::new(BasisKind::Inferred, "office-in-title").with_confidence(named.confidence);
    let basis = Basis { evidence: named.evidence.clone(), ..basis };
    (person, basis.with_note("the label names the office, the title who holds it"))
}

/// `Sr. Presidente (Roe)`, `O SR. PRESIDENTE (Ana Roe. Bloco/NP)`: an office that presides has no
/// constituency behind it, but a name.
fn presiding(label: &str) -> Option<(String, String)> {
    let (office, inner) = label.split_once(['(', '（'])?;
    let office = without_article(office.trim());
    let last = office.rsplit(' ').next()?.to_lowercase();
    if !words().chairs.contains(&last) && !words().chairs.contains(&office.to_lowercase()) {
        return None;
    }
    // `The Chair (Mr. Jo Roe (Norport, NP))`
    let inner = inner.trim_end_matches([')', '）']).split([',', '/', '(', '（']).next()?;
    let inner = up_to_stop(inner).trim();
    let parts = labels::split(inner);
    let name = parts.name.filter(|_| parts.role.is_none())?;
    let known = super::form::form(&name);
    let is_name = matches!(known, Form::Name | Form::Word)
        || known == Form::Capitals && name.chars().count() > 4;
    let role =
        words().titles.contains(&office.split(' ').next()?.trim_end_matches('.').to_lowercase());
    let office =
        if role { office.split_once(' ').map_or(office, |(_, office)| office) } else { office };
    is_name.then(|| (office.to_owned(), name))
}

/// A name without what stands behind a stop, which titles and initials have too: `Hon. Ana B. Roe. Bloco`.
fn up_to_stop(name: &str) -> &str {
    let is_end = |at: &usize| {
        let word = name[..*at].rsplit(' ').next().unwrap_or_default();
        word.chars().count() > 1 && !is_abbreviated_title(word)
    };
    let end = name.match_indices(". ").map(|(at, _)| at).find(is_end);
    end.map_or(name, |end| &name[..end])
}

/// A name without what stands in brackets before or behind it.
fn of_name(name: &str) -> String {
    let name = match name.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((_, rest)) if !rest.trim().is_empty() => rest.trim(),
        _ => name,
    };
    let name = before_bracket(name);
    // `ROE A.B.`: the stop belongs to the initial.
    let is_initial =
        name.contains('.') && name.chars().rev().nth(1).is_some_and(|c| !c.is_alphabetic());
    if is_initial { format!("{name}.") } else { name.to_owned() }
}

/// `Ms. ROE (Norland)`, `Hon. Jane Roe (Minister of Fisheries, NP)`, `Mr. Jo Roe (Director, Harbour Institute)`
fn of_bracket(person: &mut Person, bracket: Option<&str>) {
    let Some(bracket) = bracket else { return };
    let (office, behind) = bracket.split_once(", ").unwrap_or((bracket, ""));
    let presides = words().chairs.contains(&office.to_lowercase());
    // A word alone is an office where a body stands behind it; so is `Executive Director`.
    let is_body = crate::extract::is_named_body;
    let whole = Some(behind).filter(|behind| behind.split(", ").all(is_body));
    let body = whole.or_else(|| behind.rsplit(", ").next().filter(|body| is_body(body)));
    let of_body = body.is_some();
    let last = office.rsplit(' ').next().unwrap_or(office);
    if presides
        || labels::is_office(office) && (office.contains(' ') || of_body)
        || of_body && labels::is_office(last)
    {
        person.role.get_or_insert_with(|| office.to_owned());
        // Behind an office of state stands a party.
        let is_state = crate::extract::has_office_of_state(office);
        person.affiliation = body.filter(|_| !is_state).map(str::to_owned);
    } else {
        person.country = crate::extract::country_written(bracket);
    }
}

/// What is no part of a name: `Bo Roe, Member of the Commission`, `THE WITNESS`.
fn whole(person: &mut Person, label: &str) {
    let Some(name) = person.name.clone() else { return };
    let parts = [", ", " -- ", " — ", " – "].iter().find_map(|dash| name.split_once(dash));
    if let Some((name, role)) = parts {
        person.name = Some(name.to_owned());
        person.role.get_or_insert_with(|| role.to_owned());
        return;
    }
    let mut parts = name.split_whitespace();
    let is_article = parts.next().is_some_and(|word| word.eq_ignore_ascii_case("the"));
    let next = parts.next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    // `The Earl of Muster` is a name, `THE WITNESS` is none.
    if is_article && !words().titles.contains(&next) {
        let role = name.split_once(' ').map_or("", |(_, role)| role);
        (person.name, person.role) = (None, Some(role.to_owned()));
        return;
    }
    // `Mr. ROE of Norland`: whom one stands for is no part of the name, but of that of a lord.
    let is_peer = label.split_whitespace().any(|word| {
        let word = word.to_lowercase();
        ["lord", "lady", "baroness", "earl", "viscount", "duke", "countess", "marquess"]
            .contains(&word.as_str())
    });
    if let Some((name, _)) = name.split_once(" of ").filter(|_| !is_peer) {
        person.name = Some(name.to_owned());
    }
}
