//! Full names for labels that are short: from the title, the head, other labels, and behind the label's own
//! office in the text. Where two persons of one surname may be meant, there is none.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use dixit::Span;

use super::cast::Title;
use super::form::{Form, before_bracket};
use super::words::words;
use crate::extract::squeeze;
use crate::read::labels;
use crate::read::prose::Decoded;

/// How sure it is that a short label and the one full name in the head mean the same person.
const FULL_NAME: f64 = 0.93;
/// The same for a full name that stands in the text, behind the label's own office.
const FULL_NAME_IN_TEXT: f64 = 0.9;
/// For how many labels with an office the text is searched for the full name.
const MOST_OFFICES: usize = 40;
/// How sure it is that who holds the label's office by the title speaks under it.
const OFFICE_IN_TITLE: f64 = 0.9;

/// A name and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) name: String,
    /// The office that stands with it.
    pub(super) role: Option<String>,
    pub(super) evidence: Vec<Span>,
    pub(super) confidence: f64,
}

/// Whether a label names an office and nobody who holds it.
pub(super) fn is_office_alone(label: &str, form: Form) -> bool {
    let may_be = matches!(form, Form::Chair | Form::Office | Form::Titled | Form::Capitals);
    let parts = labels::split(label);
    may_be && (form == Form::Chair || parts.name.is_none() && parts.role.is_some())
}

/// `THE PRESIDENT`: the office without what stands before it.
pub(super) fn without_article(label: &str) -> &str {
    match label.split_once(' ') {
        Some((article, office)) if words().articles.contains(&article.to_lowercase()) => office,
        _ => label,
    }
}

/// Full names by the surnames of labels that are short.
#[derive(Debug, Default)]
pub(super) struct FullNames {
    /// `None` where the text gives two.
    by_surname: HashMap<String, Option<Named>>,
    /// Who holds an office by the title: `Remarks by President Roe`.
    by_office: HashMap<String, Option<Named>>,
}

impl FullNames {
    pub(super) fn of(
        file: &Decoded,
        head: Range<usize>,
        title: Option<Title<'_>>,
        all: &[(&str, Form)],
        places: &HashMap<&str, Range<usize>>,
    ) -> Self {
        let mut wanted: HashSet<String> = HashSet::new();
        let mut offices: Vec<(String, String)> = Vec::new();
        let shared = shared_surnames(all);
        for (label, _) in all {
            let parts = labels::split(label);
            let mut parts_of = before_bracket(label).split_whitespace().rev();
            let (last, before) =
                (parts_of.next().unwrap_or_default(), parts_of.next().unwrap_or_default());
            let is_titled =
                before.len() > 3 && labels::is_office(before) && !labels::is_office(last);
            if shared.contains(&last.to_lowercase()) {
                continue;
            }
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
            let name =
                parts.name.map(|name| name.split(", ").next().unwrap_or_default().to_owned());
            let Some(name) = name.filter(|name| is_full(name)) else { continue };
            let surname = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
            if wanted.contains(&surname) {
                let place = places.get(label).and_then(|place| file.map.to_source(place.clone()));
                found.add(&surname, &name, place.into_iter().collect(), FULL_NAME);
                if let Some(Some(named)) = found.by_surname.get_mut(&surname) {
                    named.role = named.role.take().or(parts.role);
                }
            }
        }
        // `SECRETARY ROE` and `Secretary Jane Roe`, wherever that stands.
        for (office, surname) in offices.into_iter().take(MOST_OFFICES) {
            if !found.by_surname.contains_key(&surname) {
                found.look_behind(file, &office, &surname);
            }
        }
        found
    }

    /// The full name of a short one.
    pub(super) fn get(&self, short: &str) -> Option<&Named> {
        if short.contains(' ') {
            return None;
        }
        self.by_surname.get(&short.to_lowercase())?.as_ref()
    }

    pub(super) fn of_office(&self, office: &str) -> Option<&Named> {
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
            // `Remarks by President Roe`, `President Roe’s remarks`, and whoever is joined to such a one;
            // `on the death of President Roe` is not his.
            let opens = match before.as_deref() {
                None => true,
                Some("by" | "with") => true,
                Some("and") => at >= 2 && Self::by_joined(title.text, &all, at - 1),
                Some(_) => false,
            };
            if !is_it || !opens {
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
                    && !crate::extract::is_never_name(&lower)
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
            let name = squeeze(name);
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

    /// Whether all between an earlier `by` and here are names and offices.
    fn by_joined(text: &str, all: &[Range<usize>], to: usize) -> bool {
        for range in all[..to].iter().rev() {
            let word = &text[range.clone()];
            if word.eq_ignore_ascii_case("by") {
                return true;
            }
            if !word.starts_with(char::is_uppercase) && !word.eq_ignore_ascii_case("of") {
                return false;
            }
        }
        false
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
            if let Some(first) = given_name(text, &all[..at])
                && is_named_here(text, &all, at, first)
            {
                // Marks may stand before it as well as behind it.
                let before = text[word.clone()].find(surname).unwrap_or(0);
                let end = word.start + before + surname.len();
                let name = squeeze(&text[first..end]);
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
            let rank = given.checked_sub(2).map(|at| &text[from..][before[at].clone()]);
            let is_other = rank.is_some_and(is_rank);
            let title = plain_word(&text[from + title.start..from + title.end]);
            if title.to_lowercase() == office && !is_other {
                let range = from + name..at + written.len();
                let name = squeeze(&text[range.clone()]);
                let evidence = file.map.to_source(range).into_iter().collect();
                self.add(surname, &name, evidence, FULL_NAME_IN_TEXT);
            }
        }
    }
}

/// Surnames under which more than one title stands: `MR. ROE` and `MS. ROE` are two, whoever they are.
fn shared_surnames(all: &[(&str, Form)]) -> HashSet<String> {
    let mut titles: HashMap<String, HashSet<String>> = HashMap::new();
    for (label, _) in all {
        let plain = before_bracket(label).to_lowercase();
        let Some((title, surname)) = plain.rsplit_once(' ') else { continue };
        let is_full = title.split(' ').next_back().is_some_and(|word| {
            !words().titles.contains(word.trim_end_matches('.')) && !labels::is_office(word)
        });
        if !is_full || title.ends_with('.') {
            titles.entry(surname.to_owned()).or_default().insert(title.to_owned());
        }
    }
    titles.into_iter().filter(|(_, titles)| titles.len() > 1).map(|(name, _)| name).collect()
}

/// Whether a name in a label is whole, and not a title that no list has before a surname: `REP. ROE`.
fn is_full(name: &str) -> bool {
    let mut parts = name.split(' ');
    let first = parts.next().unwrap_or_default();
    let is_given = first.chars().count() > 1 && !first.ends_with('.');
    parts.next().is_some() && is_given && !words().titles.contains(&first.to_lowercase())
}

/// Words before an office that make it another.
fn is_rank(word: &str) -> bool {
    let word = plain_word(word).to_lowercase();
    ["vice", "deputy", "former", "acting", "assistant", "under", "prime", "associate"]
        .contains(&word.as_str())
}

/// Whether a given name and a surname stand where a person is named: behind an office, a title, `by` or
/// at the head of a line with a comma behind; and no capitals go on. `Capitol Hill Press Conference`.
fn is_named_here(text: &str, all: &[Range<usize>], at: usize, first: usize) -> bool {
    let written = &text[all[at].clone()];
    let has_mark = plain_word(written).len() < written.len();
    let goes_on = !has_mark
        && all.get(at + 1).is_some_and(|next| {
            let gap = &text[all[at].end..next.start];
            !gap.contains('\n') && text[next.clone()].starts_with(char::is_uppercase)
        });
    if goes_on {
        return false;
    }
    let start = all.partition_point(|word| word.start < first);
    let Some(before) = start.checked_sub(1) else { return has_mark && written.ends_with(',') };
    let gap = &text[all[before].end..first];
    if gap.contains('\n') {
        return written.ends_with([',', ';'])
            || all.get(at + 1).is_none_or(|next| text[all[at].end..next.start].contains('\n'));
    }
    let word = &text[all[before].clone()];
    let lower = plain_word(word).to_lowercase();
    word.ends_with([',', ';', ':'])
        || labels::is_office(word)
        || words().titles.contains(&lower)
        || ["by", "with", "and", "of", "from", "to", "hon"].contains(&lower.as_str())
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
    // `Senators Roe and Lind` are two.
    let one = lower.strip_suffix('s').unwrap_or(&lower);
    let is_other = labels::is_office(word)
        || labels::is_office(one)
        || words.titles.contains(one)
        || ["messrs", "mesdames", "mmes", "mm", "justice", "judge"].contains(&lower.as_str())
        || crate::extract::country_named(word).is_some()
        || words.titles.contains(&lower)
        || words.particles.contains(&lower)
        || words.forms.contains(&lower)
        || words.chairs.contains(&lower)
        || crate::extract::is_common_word(&lower);
    (is_written && !is_other).then(|| before[at].start)
}
