//! Who stands behind a label: names and offices in it, the full name that the head of the file gives, the
//! host whom the title names.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use dixit::{Basis, BasisKind, Person, Span};

use super::candidates::Candidate;
use super::form::{Form, before_bracket, is_unspaced};
use super::words::words;
use crate::read::labels::{self, Parts};
use crate::read::prose::Decoded;

/// How sure it is that a short label and the one full name in the head mean the same person.
const FULL_NAME: f64 = 0.93;
/// The same for a full name that stands in the text, behind the label's own office.
const FULL_NAME_IN_TEXT: f64 = 0.9;
/// How sure it is that who holds the label's office by the title speaks under it.
const OFFICE_IN_TITLE: f64 = 0.9;
/// How sure it is that the host in the title gives the answers.
const HOST: f64 = 0.95;
/// How sure it is that the host speaks what stands before the first label.
const OPENING: f64 = 0.85;

/// A name and where it stands.
#[derive(Debug, Clone)]
struct Named {
    name: String,
    /// The office that stands with it.
    role: Option<String>,
    evidence: Vec<Span>,
    confidence: f64,
}

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
        for one in found {
            let form = forms.entry(&text[one.label.clone()]).or_insert(one.form);
            *form = one.form.max(*form);
        }
        let mut all: Vec<(&str, Form)> = forms.into_iter().collect();
        all.sort_unstable();
        let parties = parties(&all);
        let full = FullNames::of(file, head.clone(), title, &all);
        let host = host(file, head, title);
        let mut by_label = HashMap::new();
        for (label, form) in &all {
            let parts = labels::split(label);
            let of_label = of_label(label, *form, parts, &full, &parties, host.as_ref());
            by_label.insert((*label).to_owned(), of_label);
        }
        let has_askers = host.is_some() || all.iter().any(|(_, form)| is_asking(*form));
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
            return of_office(without_article(label), person, full);
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
    person.name = parts.name.map(|name| before_bracket(&name).to_owned());
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

/// Whether a label names an office and nobody who holds it.
fn is_office_alone(label: &str, form: Form) -> bool {
    let may_be = matches!(form, Form::Chair | Form::Office | Form::Titled | Form::Capitals);
    let parts = labels::split(label);
    may_be && (form == Form::Chair || parts.name.is_none() && parts.role.is_some())
}

/// `THE PRESIDENT`: the office without what stands before it.
fn without_article(label: &str) -> &str {
    match label.split_once(' ') {
        Some((article, office)) if words().articles.contains(&article.to_lowercase()) => office,
        _ => label,
    }
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

/// `Ms. ROE (Norland)`, `Hon. Jane Roe (Minister of Fisheries, NP)`
fn of_bracket(person: &mut Person, bracket: Option<&str>) {
    let Some(bracket) = bracket else { return };
    let office = bracket.split(", ").next().unwrap_or(bracket);
    if labels::is_office(office) && office.contains(' ') {
        person.role.get_or_insert_with(|| office.to_owned());
    } else {
        person.country = crate::extract::country_named(bracket);
    }
}

/// What is no part of a name: `Bo Roe, Member of the Commission`, `THE WITNESS`.
fn whole(person: &mut Person, label: &str) {
    let Some(name) = person.name.clone() else { return };
    if let Some((name, role)) = name.split_once(", ") {
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

/// `陳偉業議員`, `新华社记者`, `財政司司長`
fn of_han(label: &str, person: &mut Person) {
    const REPORTERS: [&str; 2] = ["记者", "記者"];
    const AFTER_NAMES: [&str; 10] =
        ["議員", "议员", "委員", "委员", "先生", "女士", "小姐", "君", "教授", "博士"];
    if let Some(outlet) = REPORTERS.iter().find_map(|word| label.strip_suffix(word)) {
        person.role = Some("questioner".to_owned());
        person.affiliation =
            Some(outlet.trim_matches(['《', '》']).to_owned()).filter(|outlet| !outlet.is_empty());
        return;
    }
    let plain = label.split(['(', '（']).next().unwrap_or(label).trim();
    let inner = label.split_once(['(', '（']).map(|(_, inner)| inner.trim_end_matches([')', '）']));
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let name_in = |text: &str| {
        let word = AFTER_NAMES.iter().find(|word| text.ends_with(*word));
        let name = bare(word.map_or(text, |word| text.trim_end_matches(word)));
        let is_name = super::form::form(&name) == Form::HanName;
        is_name.then(|| (name, word.map(|word| (*word).to_owned())))
    };
    // `위원장 김예시`, `이보기 위원`
    let is_office = |word: &str| matches!(super::form::form(word), Form::HanEnding | Form::Chair);
    let pair: Vec<&str> = plain.split_whitespace().collect();
    if let [one, two] = pair[..]
        && plain.chars().any(|c| matches!(u32::from(c), 0xAC00..=0xD7AF))
        && is_office(one) != is_office(two)
    {
        let (office, name) = if is_office(one) { (one, two) } else { (two, one) };
        (person.role, person.name) = (Some(office.to_owned()), Some(name.to_owned()));
        return;
    }
    // `国務大臣（山田太郎君）`: what `君` stands behind is a name.
    let named = inner.and_then(|inner| inner.trim().strip_suffix('君')).map(bare);
    let named = named.filter(|name| (2..=6).contains(&name.chars().count()));
    // `委員長（山田太郎君）`
    if let Some(name) = named.or_else(|| inner.and_then(name_in).map(|(name, _)| name)) {
        person.name = Some(name);
        person.role = Some(bare(plain));
    } else if let Some((name, title)) = name_in(plain) {
        person.name = Some(name);
        person.role = title.filter(|title| title.ends_with(['員', '员']));
    } else if super::form::form(plain) == Form::HanEnding {
        person.role = Some(bare(plain));
    } else {
        person.name = Some(bare(plain));
    }
}

/// Full names by the surnames of labels that are short.
#[derive(Debug, Default)]
struct FullNames {
    /// `None` where the text gives two.
    by_surname: HashMap<String, Option<Named>>,
    /// Who holds an office by the title: `Remarks by President Roe`.
    by_office: HashMap<String, Option<Named>>,
}

impl FullNames {
    fn of(
        file: &Decoded,
        head: Range<usize>,
        title: Option<Title<'_>>,
        all: &[(&str, Form)],
    ) -> Self {
        let mut wanted: HashSet<String> = HashSet::new();
        let mut offices: Vec<(String, String)> = Vec::new();
        for (label, _) in all {
            let parts = labels::split(label);
            let mut parts_of = before_bracket(label).split_whitespace().rev();
            let (last, before) =
                (parts_of.next().unwrap_or_default(), parts_of.next().unwrap_or_default());
            let is_titled =
                before.len() > 3 && labels::is_office(before) && !labels::is_office(last);
            match parts.name {
                Some(name) if !name.contains(' ') => wanted.insert(name.to_lowercase()),
                // Without a name in it, only what the text calls so: `Secretary Jane Roe`.
                None if is_titled => false,
                _ => continue,
            };
            if is_titled {
                offices.push((before.to_lowercase(), last.to_lowercase()));
            }
        }
        let mut found = Self::default();
        if let Some(title) = title {
            for (label, _) in all.iter().filter(|(label, form)| is_office_alone(label, *form)) {
                found.look_for_office(without_article(label), title);
            }
        }
        if wanted.is_empty() && offices.is_empty() {
            return found;
        }
        if let Some(title) = title {
            found.look(title.text, &wanted, FULL_NAME, &|_| title.evidence.to_vec());
        }
        let spans = |base: usize| {
            move |range: Range<usize>| {
                let place = base + range.start..base + range.end;
                file.map.to_source(place).into_iter().collect::<Vec<Span>>()
            }
        };
        found.look(&file.text[head.clone()], &wanted, FULL_NAME, &spans(head.start));
        for (label, _) in all {
            let parts = labels::split(label);
            let Some(name) = parts.name.filter(|name| name.contains(' ')) else { continue };
            let surname = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
            if wanted.contains(&surname) {
                found.add(&surname, &name, Vec::new(), FULL_NAME);
                if let Some(Some(named)) = found.by_surname.get_mut(&surname) {
                    named.role = named.role.take().or(parts.role);
                }
            }
        }
        // `SECRETARY ROE` and `Secretary Jane Roe`, wherever that stands.
        for (office, surname) in offices {
            if !found.by_surname.contains_key(&surname) {
                found.look_behind(file, &office, &surname);
            }
        }
        found
    }

    /// The full name of a short one.
    fn get(&self, short: &str) -> Option<&Named> {
        if short.contains(' ') {
            return None;
        }
        self.by_surname.get(&short.to_lowercase())?.as_ref()
    }

    fn of_office(&self, office: &str) -> Option<&Named> {
        self.by_office.get(&office.to_lowercase())?.as_ref()
    }

    /// Looks in the title for an office before a name. `Vice President Roe` is no president.
    fn look_for_office(&mut self, office: &str, title: Title<'_>) {
        let office = office.to_lowercase();
        let wanted: Vec<&str> = office.split_whitespace().collect();
        let all: Vec<Range<usize>> = tokens(title.text).collect();
        let word = |at: usize| plain_word(&title.text[all[at].clone()]);
        for at in 0..all.len().saturating_sub(wanted.len()) {
            let is_it =
                wanted.iter().enumerate().all(|(n, part)| word(at + n).to_lowercase() == *part);
            let before = at.checked_sub(1).map(|before| word(before).to_lowercase());
            let is_other = before.is_some_and(|word| {
                ["vice", "deputy", "former", "acting", "prime"].contains(&word.as_str())
            });
            if !is_it || is_other {
                continue;
            }
            let from = at + wanted.len();
            let is_name = |at: &usize| {
                let word = &title.text[all[*at].clone()];
                let lower = plain_word(word).to_lowercase();
                word.starts_with(|c: char| c.is_uppercase())
                    && !labels::is_office(word)
                    && !words().particles.contains(&lower)
                    && !crate::extract::is_common_word(&lower)
            };
            let mut end = from;
            while end < all.len() && end - from < 3 && is_name(&end) {
                end += 1;
                // `President Roe’s`, `President Roe, May 5`
                let written = &title.text[all[end - 1].clone()];
                if plain_word(written).len() < written.len() && !written.ends_with('.') {
                    break;
                }
            }
            if end == from {
                continue;
            }
            let last = all[end - 1].start + word(end - 1).len();
            let name = &title.text[all[from].start..last];
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            let evidence = title.evidence.to_vec();
            let named = Named { name, role: None, evidence, confidence: OFFICE_IN_TITLE };
            match self.by_office.get_mut(&office) {
                None => {
                    self.by_office.insert(office.clone(), Some(named));
                }
                Some(known) => {
                    if known.as_ref().is_some_and(|known| known.name != named.name) {
                        *known = None;
                    }
                }
            }
        }
    }

    fn add(&mut self, surname: &str, name: &str, evidence: Vec<Span>, confidence: f64) {
        let named = Named { name: name.to_owned(), role: None, evidence, confidence };
        match self.by_surname.get_mut(surname) {
            None => {
                self.by_surname.insert(surname.to_owned(), Some(named));
            }
            // Two of one surname: it stays short.
            Some(known) => {
                let is_same = known
                    .as_ref()
                    .is_some_and(|known| known.name.to_lowercase() == name.to_lowercase());
                if !is_same {
                    *known = None;
                }
            }
        }
    }

    /// Looks for a given name before each of the wanted surnames.
    fn look(
        &mut self,
        text: &str,
        wanted: &HashSet<String>,
        confidence: f64,
        spans: &dyn Fn(Range<usize>) -> Vec<Span>,
    ) {
        let all: Vec<Range<usize>> = tokens(text).collect();
        for (at, word) in all.iter().enumerate() {
            let surname = plain_word(&text[word.clone()]);
            let lower = surname.to_lowercase();
            if !wanted.contains(&lower) {
                continue;
            }
            if let Some(first) = given_name(text, &all[..at]) {
                let end = word.start + surname.len();
                let name = text[first..end].split_whitespace().collect::<Vec<_>>().join(" ");
                self.add(&lower, &name, spans(first..end), confidence);
            }
        }
    }

    /// Looks for `Secretary Jane Roe` where the label is `SECRETARY ROE`.
    fn look_behind(&mut self, file: &Decoded, office: &str, surname: &str) {
        let text = &file.text;
        let mut chars = surname.chars();
        let Some(first) = chars.next() else { return };
        let written: String = first.to_uppercase().chain(chars).collect();
        for at in memchr::memmem::find_iter(text.as_bytes(), written.as_bytes()).take(2000) {
            let mut from = at.saturating_sub(60);
            while !text.is_char_boundary(from) {
                from += 1;
            }
            let before: Vec<Range<usize>> = tokens(&text[from..at]).collect();
            let Some(name) = given_name(&text[from..at], &before) else { continue };
            let given = before.iter().position(|word| word.start == name).unwrap_or(0);
            let Some(title) = given.checked_sub(1).map(|before_it| &before[before_it]) else {
                continue;
            };
            let title = plain_word(&text[from + title.start..from + title.end]);
            if title.to_lowercase() == office {
                let range = from + name..at + written.len();
                let name = text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
                let evidence = file.map.to_source(range).into_iter().collect();
                self.add(surname, &name, evidence, FULL_NAME_IN_TEXT);
            }
        }
    }
}

/// Words of a text between white space.
fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let base = text.as_ptr() as usize;
    text.split_whitespace().map(move |word| {
        let at = word.as_ptr() as usize - base;
        at..at + word.len()
    })
}

/// A word without the marks around it, and without `’s`.
fn plain_word(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word)
}

/// Where the given name begins that stands right before a surname: one word that can be one, and
/// initials between.
fn given_name(text: &str, before: &[Range<usize>]) -> Option<usize> {
    let mut at = before.len().checked_sub(1)?;
    // `John F. Roe`
    while text[before[at].clone()].trim_end_matches('.').chars().count() == 1
        && text[before[at].clone()].ends_with('.')
    {
        at = at.checked_sub(1)?;
    }
    let word = &text[before[at].clone()];
    let lower = word.to_lowercase();
    let words = words();
    let is_written = word.chars().next().is_some_and(char::is_uppercase)
        && word.chars().count() >= 2
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\''));
    let is_other = labels::is_office(word)
        || words.titles.contains(&lower)
        || words.particles.contains(&lower)
        || words.forms.contains(&lower)
        || words.chairs.contains(&lower)
        || crate::extract::is_common_word(&lower);
    (is_written && !is_other).then(|| before[at].start)
}

/// Who holds a press conference: the spokesperson whom the title names, or the head of the text.
fn host(
    file: &Decoded,
    head: Range<usize>,
    title: Option<Title<'_>>,
) -> Option<(Person, Vec<Span>)> {
    if let Some(title) = title
        && let Some((person, _)) = host_in(title.text)
    {
        return Some((person, title.evidence.to_vec()));
    }
    let mut end = head.end.min(head.start + 600);
    while !file.text.is_char_boundary(end) {
        end -= 1;
    }
    let head = head.start..end;
    let (person, range) = host_in(&file.text[head.clone()])?;
    let place = head.start + range.start..head.start + range.end;
    Some((person, file.map.to_source(place).into_iter().collect()))
}

/// `外交部发言人张三主持例行记者会`, `Foreign Ministry Spokesperson Jane Roe’s Regular Press Conference`
fn host_in(text: &str) -> Option<(Person, Range<usize>)> {
    const SPOKESPERSONS: [&str; 2] = ["发言人", "發言人"];
    for word in SPOKESPERSONS {
        let Some(at) = text.find(word) else { continue };
        let after = &text[at + word.len()..];
        const ENDS: [&str; 14] = [
            "主持", "举行", "舉行", "就", "答", "在", "的", "：", ":", "\n", "宣布", "关于", "對",
            "对",
        ];
        let end = ENDS.iter().filter_map(|end| after.find(end)).min().unwrap_or(after.len());
        let name = after[..end].trim();
        if super::form::form(name) == Form::HanName {
            let before = &text[..at];
            let from = before
                .rfind(|c: char| !is_unspaced(c) || "日月年".contains(c))
                .map_or(0, |found| {
                    found + before[found..].chars().next().map_or(1, char::len_utf8)
                });
            let body = &before[from..];
            let person = Person {
                name: Some(name.to_owned()),
                role: Some(word.to_owned()),
                affiliation: Some(body.to_owned()).filter(|body| !body.is_empty()),
                as_written: Some(name.to_owned()),
                ..Person::default()
            };
            return Some((person, from..at + word.len() + end));
        }
    }
    let lower = text.to_ascii_lowercase();
    let conference = ["press conference", "press briefing", "daily briefing", "media briefing"]
        .iter()
        .any(|word| lower.contains(word));
    if !conference {
        return None;
    }
    let line_end = text.find('\n').unwrap_or(text.len());
    let person = crate::extract::host_in_title(&text[..line_end])?;
    Some((person, 0..line_end))
}
