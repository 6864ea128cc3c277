//! Which candidates are labels: learned within each file from what recurs, how it is set off, and what
//! stands between.
//!
//! The words of a label are a prior ([`Form::weight`]). What counts besides: how often it comes, whether
//! the file sets others off in the same way, whether the head of the file names it, and what goes on
//! behind it. Labels that are clear by themselves anchor a file; without them nothing in it is a label.

use std::collections::{HashMap, HashSet};

use super::candidates::{Candidate, Ending, candidate};
use super::form::{Form, is_capitals};
use super::headings::headings;
use super::lines::{Line, What};
use super::parts::is_heading_like;
use super::style::{Hand, Key, Style};
use super::words::words;
use crate::extract::prefix;
use crate::limits::{TRANSCRIPT_LABELS, TRANSCRIPT_LINES, TRANSCRIPT_NAMES};
use crate::read::labels;

/// A label is one from here on.
const ENOUGH: i32 = 3;

/// The labels of a transcript in the order of its lines, or nothing when it is none.
///
/// # Errors
/// When it holds more that may be labels than are weighed.
pub(super) fn labels(text: &str, lines: &[Line]) -> Result<Vec<Candidate>, TooMany> {
    let is_heading = |line: &Line| matches!(line.what, What::Heading(_));
    if lines.len() > TRANSCRIPT_LINES {
        return Err(TooMany { what: "lines", most: TRANSCRIPT_LINES });
    }
    if lines.iter().filter(|line| is_heading(line)).count() > TRANSCRIPT_LABELS {
        return Err(TooMany { what: "headings", most: TRANSCRIPT_LABELS });
    }
    if let Some(found) = headings(text, lines) {
        return at_most(text, found);
    }
    let all = (0..lines.len())
        .filter(|at| !is_heading(&lines[*at]))
        .filter_map(|at| candidate(text, lines, at))
        .filter(|one| one.form != Form::Phrase)
        .take(TRANSCRIPT_LABELS + 1)
        .collect();
    let all = at_most(text, all)?;
    Ok(among(text, lines, all))
}

/// Why a text is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more than {most} {what}")]
pub(in crate::read) struct TooMany {
    what: &'static str,
    most: usize,
}

/// What may be labels, where there are not too many of them and of different ones.
fn at_most(text: &str, all: Vec<Candidate>) -> Result<Vec<Candidate>, TooMany> {
    if all.len() > TRANSCRIPT_LABELS {
        return Err(TooMany { what: "labels", most: TRANSCRIPT_LABELS });
    }
    if all.len() > TRANSCRIPT_NAMES {
        let different: HashSet<&str> = all.iter().map(|one| &text[one.label.clone()]).collect();
        if different.len() > TRANSCRIPT_NAMES {
            return Err(TooMany { what: "different labels", most: TRANSCRIPT_NAMES });
        }
    }
    Ok(all)
}

/// The labels among what may be some.
fn among(text: &str, lines: &[Line], mut all: Vec<Candidate>) -> Vec<Candidate> {
    without_abbreviations(text, &mut all);
    if all.is_empty() {
        return Vec::new();
    }
    let names: Vec<String> = all.iter().map(|one| folded(&text[one.label.clone()])).collect();
    let mut keys = keys(text, lines, &all, &names);
    let Some(style) = Style::of(&keys, lines) else { return Vec::new() };
    for key in keys.values_mut() {
        key.weight = style.weight(key);
    }
    let mut taken: Vec<bool> = all
        .iter()
        .zip(&names)
        .map(|(one, name)| {
            let key = &keys[name.as_str()];
            let is_faint = key.form < Form::Group;
            let is_heading = is_faint && key.count == 1 && stands_as_heading(text, lines, one);
            let is_title = one.line == 0 && one.ending == Ending::Bare && key.count == 1;
            !is_title
                && key.weight >= ENOUGH
                && style.is_used(one.ending, key.form)
                && !(is_faint && one.goes_on)
                && !is_heading
        })
        .collect();
    between(&all, &names, &style, &mut taken);
    let found: Vec<(Candidate, &str)> = all
        .into_iter()
        .zip(&names)
        .zip(&taken)
        .filter(|(_, is_taken)| **is_taken)
        .map(|((one, name), _)| (one, name.as_str()))
        .collect();
    let found = without_addresses(found);
    if is_transcript(text, lines, &found) {
        found.into_iter().map(|(one, _)| one).collect()
    } else {
        Vec::new()
    }
}

/// A short word in capitals with a full stop is an abbreviation, unless the text names somebody so behind
/// a title or an office: `MODA. Grazie.` where the chair calls the `onorevole Moda`.
fn without_abbreviations(text: &str, all: &mut Vec<Candidate>) {
    const SHORT: usize = 5;
    let short = |one: &Candidate| {
        let label = &text[one.label.clone()];
        let is_one = one.ending == Ending::Stop && one.form == Form::Capitals;
        is_one && !label.contains(' ') && label.chars().count() <= SHORT
    };
    if !all.iter().any(short) {
        return;
    }
    let mut named: std::collections::HashSet<String> = std::collections::HashSet::new();
    let mut before = "";
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphabetic());
        let is_name = bare.chars().count() <= SHORT
            && bare.chars().next().is_some_and(char::is_uppercase)
            && bare.chars().skip(1).all(char::is_lowercase);
        if is_name && is_title_before(before) {
            named.insert(bare.to_uppercase());
        }
        before = word;
    }
    all.retain(|one| !short(one) || named.contains(&text[one.label.clone()]));
}

/// Whether a word is one before a surname, as it is written within a sentence.
fn is_title_before(word: &str) -> bool {
    const CALLED: [&str; 8] = [
        "onorevole",
        "senatore",
        "senatrice",
        "collega",
        "relatore",
        "relatrice",
        "sottosegretario",
        "diputado",
    ];
    let lower = word.trim_end_matches('.').to_lowercase();
    CALLED.contains(&lower.as_str()) || words().titles.contains(&lower) || labels::is_office(word)
}

/// `EU: Budget — Question`: between blank lines, and no sentence.
fn stands_as_heading(text: &str, lines: &[Line], one: &Candidate) -> bool {
    let next = lines.get(one.line + 1);
    lines[one.line].gap
        && one.ending == Ending::Colon
        && next.is_some_and(|next| next.gap)
        && is_heading_like(text, &lines[one.line])
}

/// Under a label on its own line stand words, and no label of the running text: `Voorzitter. Dank u.`
fn without_addresses(found: Vec<(Candidate, &str)>) -> Vec<(Candidate, &str)> {
    let mut kept: Vec<(Candidate, &str)> = Vec::with_capacity(found.len());
    for one in found {
        let is_under = kept.last().is_some_and(|(above, _)| {
            matches!(above.ending, Ending::OwnLine | Ending::Bare) && above.line + 1 == one.0.line
        });
        if !(is_under && matches!(one.0.ending, Ending::Stop | Ending::Dash | Ending::Gap)) {
            kept.push(one);
        }
    }
    kept
}

/// A label without what differs between two prints of it.
fn folded(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    for word in label.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    while out.ends_with('.') {
        out.pop();
    }
    out
}

/// Whether a label is how one addresses an office: a title without an article, and nobody's name, or small
/// words behind it: `Mr. President`, `Monsieur le Président de l’Assemblée`.
fn is_address(label: &str, form: Form) -> bool {
    let first = label.split(' ').next().unwrap_or_default();
    let is_titled = form == Form::Titled || form == Form::Office;
    let has_office = labels::split(label).name.is_none()
        || label.split(' ').skip(1).any(|word| word.starts_with(char::is_lowercase));
    is_titled
        && has_office
        && !label.contains('(')
        && !label.split(' ').any(is_capitals)
        && !words().articles.contains(&first.to_lowercase())
}

/// How much of a file's top is its head.
const HEAD_BYTES: usize = 1500;

fn keys<'n>(
    text: &str,
    lines: &[Line],
    all: &[Candidate],
    names: &'n [String],
) -> HashMap<&'n str, Key> {
    let head = folded(prefix(text, HEAD_BYTES));
    let mut keys: HashMap<&str, Key> = HashMap::new();
    for (one, name) in all.iter().zip(names) {
        let key = keys.entry(name).or_insert_with(|| Key {
            form: one.form,
            hand: Hand::of(&text[one.label.clone()], one.form),
            count: 0,
            go_on: 0,
            gaps: 0,
            bold: 0,
            sentences: 0,
            endings: [0; Ending::COUNT],
            in_head: is_in_head(&head, name, one.form),
            is_address: is_address(&text[one.label.clone()], one.form),
            is_tied: false,
            is_person: is_person(text, lines, one),
            weight: 0,
        });
        key.form = key.form.max(one.form);
        key.count += 1;
        key.go_on += i32::from(one.goes_on);
        key.gaps += i32::from(lines[one.line].gap);
        key.bold += i32::from(one.is_bold);
        key.sentences += i32::from(ends_as_sentence(text, lines, one));
        key.endings[one.ending.index()] += 1;
    }
    tie(&mut keys);
    keys
}

/// Whether a label is a given name and another before a colon, where a sentence has ended.
fn is_person(text: &str, lines: &[Line], one: &Candidate) -> bool {
    let first = text[one.label.clone()].split(' ').next().unwrap_or_default();
    let before = one.line.checked_sub(1).map_or("", |before| &text[lines[before].range()]);
    one.form == Form::Name
        && one.ending == Ending::Colon
        && crate::extract::is_given_name(first)
        && before.ends_with(['.', '?', '!', '…', '”', '"'])
}

/// Finds the labels that are an office before a name that comes as a label too.
fn tie(keys: &mut HashMap<&str, Key>) {
    const MOST_WORDS: usize = 4;
    let is_name = |key: &Key| key.form == Form::Name && key.endings[Ending::Colon.index()] > 0;
    let tied: Vec<String> = keys
        .iter()
        .filter(|(_, key)| matches!(key.form, Form::Office | Form::Titled))
        .filter(|(name, _)| {
            let spaces = name.char_indices().rev().filter(|(_, c)| *c == ' ');
            let mut ends = spaces.skip(1).take(MOST_WORDS).map(|(at, _)| &name[at + 1..]);
            ends.any(|end| keys.get(end).is_some_and(is_name))
        })
        .map(|(name, _)| (*name).to_owned())
        .collect();
    for name in tied {
        if let Some(key) = keys.get_mut(name.as_str()) {
            key.is_tied = true;
        }
    }
}

/// Whether what stands behind a label ends, or goes on, as speech does.
fn ends_as_sentence(text: &str, lines: &[Line], one: &Candidate) -> bool {
    const ENDS: [char; 15] =
        ['.', '!', '?', '…', '"', '”', '’', ')', ']', '。', '！', '？', '—', '–', '-'];
    let goes_on = lines
        .get(one.line + 1)
        .is_some_and(|next| next.what == What::Words && !next.gap && text[next.range()].len() > 40);
    let end = lines[one.line].range().end;
    goes_on || one.words >= end || text[one.words..end].ends_with(ENDS)
}

/// Whether the head of the file names whom a label names, besides by the label itself.
fn is_in_head(head: &str, name: &str, form: Form) -> bool {
    let surname = match form {
        Form::Name | Form::HanName => name,
        Form::Titled | Form::Capitals | Form::Word => {
            name.split(['(', '（']).next().unwrap_or(name).split_whitespace().last().unwrap_or(name)
        }
        _ => return false,
    };
    let is_word = |at: usize, c: Option<char>| at == 0 || c.is_none_or(|c| !c.is_alphanumeric());
    surname.chars().count() >= 2
        && head.match_indices(surname).any(|(at, _)| {
            let before = head[..at].chars().next_back();
            let after = head[at + surname.len()..].chars().next();
            let is_unspaced = form == Form::HanName;
            // A label does not name itself.
            let is_own = surname.len() < name.len() && head[..at + surname.len()].ends_with(name);
            let is_label = is_own || matches!(after, Some(':' | '：' | '.'));
            !is_label && (is_unspaced || (is_word(at, before) && is_word(1, after)))
        })
}

/// A name that comes once is a label when it stands between two turns of one who comes again and
/// again: in a press conference, the one who is asked.
fn between(all: &[Candidate], names: &[String], style: &Style, taken: &mut [bool]) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (name, _) in names.iter().zip(taken.iter()).filter(|(_, is_taken)| **is_taken) {
        *counts.entry(name).or_default() += 1;
    }
    let Some((host, count)) =
        counts.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)))
    else {
        return;
    };
    let total: usize = counts.values().sum();
    // Somebody has a third of all turns, or this is no press conference.
    if *count < 3 || count * 3 < total {
        return;
    }
    let host = (*host).to_owned();
    let mut last_is_host = true;
    let mut open: Vec<usize> = Vec::new();
    for at in 0..all.len() {
        if taken[at] {
            let is_host = names[at] == host;
            if is_host && last_is_host && open.len() == 1 {
                taken[open[0]] = true;
            }
            last_is_host = is_host;
            open.clear();
        } else if style.by_hand[Hand::Names as usize][all[at].ending.index()] > 1
            && !all[at].goes_on
            && matches!(
                all[at].form,
                Form::Name | Form::Capitals | Form::Initials | Form::Word | Form::Office
            )
        {
            open.push(at);
        }
    }
}

/// Whether labels make a transcript: two of them that come in turns, or one that nothing else can be.
fn is_transcript(text: &str, lines: &[Line], found: &[(Candidate, &str)]) -> bool {
    let Some((first, name)) = found.first() else { return false };
    let strongest = found.iter().map(|(one, _)| one.form).max().unwrap_or(Form::Phrase);
    let several = found.iter().any(|(_, other)| other != name);
    if !several {
        // `Mr. ROE. Mr. Speaker, …` alone; an address and a heading of a form are alone as well.
        let label = &text[first.label.clone()];
        let office = label.strip_prefix("The ").unwrap_or(label);
        let is_office =
            strongest == Form::Chair && label.contains(' ') && office.split(' ').all(is_capitals);
        // Nobody has spoken before: what stands there are a heading, a place, a time.
        const HEAD_LINE: usize = 200;
        if lines[..first.line].iter().any(|line| line.range().len() > HEAD_LINE) {
            return false;
        }
        let is_clear =
            is_office || matches!(strongest, Form::Titled | Form::Asker | Form::HanEnding);
        return is_clear
            && matches!(first.ending, Ending::Colon | Ending::Stop | Ending::Mark | Ending::Gap);
    }
    let turns = found.windows(2).filter(|pair| pair[0].1 != pair[1].1).count();
    found.len() >= 3 || strongest.weight() >= ENOUGH && turns >= 1
}
