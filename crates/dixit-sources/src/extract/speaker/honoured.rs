//! `Discours de Son Excellence Monsieur Jean Muster, Ministre …`, `Discurso del Presidente, señor …`: the
//! letterheads of Romance languages, where an honorific tells where the name begins.

use std::ops::Range;

use dixit::{BasisKind, Person};

use crate::extract::prefix;

use super::{
    Found, HEADLINE_SHORT, LETTERHEAD, SEVERAL_SPEAKERS, SpeakerFinding, UnknownSpeaker, Within,
};

type Answer = Result<Found<SpeakerFinding>, UnknownSpeaker>;

/// A letterhead ends within so many bytes.
const HEAD_BYTES: usize = 1000;
/// Between the kind of document and the honorific stand at most so many words.
const BETWEEN: usize = 9;
/// A name has at most so many words.
const NAME_WORDS: usize = 7;

const GENRES: &[&str] = &[
    "discours",
    "allocution",
    "déclaration",
    "declaration",
    "intervention",
    "message",
    "discurso",
    "palabras",
    "ponencia",
    "intervención",
    "intervencion",
    "mensaje",
    "declaración",
    "alocución",
    "pronunciamento",
    "discorso",
    "intervento",
    "messaggio",
    "declaração",
    "intervenção",
    "mensagem",
];
/// Bytes in which the longest of them ends, with what a scan puts into it.
const LONGEST_GENRE: usize = 32;
const LINKS: &[&str] = &["de", "du", "del", "do", "da", "di", "par", "por", "dell", "della"];
/// Before the name.
const HONORIFICS: &[&str] = &[
    "excellence",
    "monsieur",
    "madame",
    "m",
    "mme",
    "s.e.m",
    "s.e",
    "excelencia",
    "excelentísimo",
    "excelentísima",
    "excmo",
    "excma",
    "sr",
    "sra",
    "señor",
    "señora",
    "don",
    "doña",
    "excelência",
    "senhor",
    "senhora",
    "eccellenza",
    "signor",
    "signora",
    "embajador",
    "embajadora",
    "embaixador",
    "ambassadeur",
    "dr",
    "dra",
    "professeur",
    "docteur",
    "majesté",
    "majestad",
];
/// Stand before or between honorifics.
const BESIDE: &[&str] = &["d", "le", "la", "el", "o", "a", "son", "sa", "su", "sua", "l", "h"];
/// Another person than the speaker may follow.
const TO_SOMEBODY: &[&str] = &[
    "à", "au", "aux", "al", "en", "pour", "para", "per", "avec", "con", "com", "lors", "sobre",
    "sur", "honneur", "honor", "honra", "onore", "visite", "visita", "occasion", "ocasión",
];
/// Small words inside a name.
const PARTICLES: &[&str] =
    &["de", "da", "do", "dos", "del", "di", "du", "la", "van", "von", "bin", "ben", "y"];
/// A name ends before these.
const OFFICES: &[&str] = &[
    "président",
    "president",
    "présidente",
    "presidente",
    "presidenta",
    "ministre",
    "ministro",
    "ministra",
    "premier",
    "première",
    "primer",
    "primera",
    "primeiro",
    "chef",
    "chefe",
    "jefe",
    "jefa",
    "roi",
    "rey",
    "rei",
    "secrétaire",
    "secretario",
    "secretaria",
    "secretário",
    "représentant",
    "représentante",
    "representante",
    "vice-président",
    "vicepresidente",
    "vice-presidente",
    "ambassadeur",
    "embajador",
    "embajadora",
    "canciller",
    "chancelier",
    "gouverneur",
    "gobernador",
];
/// And before these: the occasion follows.
const OCCASION: &[&str] = &[
    "à", "a", "au", "aux", "en", "ante", "al", "lors", "devant", "na", "no", "alla", "pour",
    "durante", "sur", "sobre", "all", "alle", "allo", "agli", "para", "por", "con",
];
/// What a head of state presides over.
const STATES: &[&str] = &[
    "nación",
    "república",
    "republica",
    "république",
    "repubblica",
    "gobierno",
    "gouvernement",
    "governo",
    "estado",
    "consejo",
    "conseil",
    "consiglio",
    "conselho",
];
/// Behind an office or a state, and no name.
const NO_NAMES: &[&str] = &[
    "constitucional",
    "electo",
    "electa",
    "interino",
    "interina",
    "honorario",
    "federal",
    "argentina",
    "dominicana",
    "bolivariana",
    "oriental",
    "federativa",
    "francesa",
    "française",
    "italiana",
    "portuguesa",
    "asamblea",
    "assemblée",
    "assemblea",
    "assembleia",
    "comisión",
    "commission",
    "commissione",
    "comissão",
    "cámara",
    "chambre",
    "camera",
    "câmara",
    "senado",
    "sénat",
    "senato",
    "congreso",
    "comité",
    "parlamento",
    "parlement",
    "unión",
    "union",
    "unione",
    "união",
    "relaciones",
    "ministros",
    "ministres",
    "ministri",
    "general",
    "général",
    "pro",
    "tempore",
    "delegado",
    "adjunto",
];

/// A word with its place, without the marks around it.
struct Word<'t> {
    range: Range<usize>,
    lower: String,
    /// What stands between it and the next word.
    tail: &'t str,
}

/// The person whom an honorific in a title, or in the head of a text, introduces.
pub(super) fn find(text: &str, within: Within) -> Option<Answer> {
    let head = prefix(text, HEAD_BYTES);
    if !has_genre(head) {
        return None;
    }
    let words = words(head);
    for at in 0..words.len() {
        let begins = at == 0 || words[at - 1].tail.contains('\n');
        if !begins || !GENRES.contains(&words[at].lower.as_str()) {
            continue;
        }
        let next = words.get(at + 1)?;
        let from = if LINKS.contains(&next.lower.as_str()) { at + 2 } else { at + 1 };
        if from == at + 2
            && let Some(answer) = person(text, &words, from, within)
        {
            return Some(answer);
        }
        if let Some(found) = behind_office(text, &words, from, within) {
            return Some(Ok(found));
        }
        // The first kind of document with somebody's mark is the head's own.
        if from == at + 2 {
            return None;
        }
    }
    None
}

/// Whether a line begins with a kind of document: few do, and only then its words are looked at.
fn has_genre(head: &str) -> bool {
    head.split('\n').any(|line| {
        let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        let begins = |first: u8| matches!(first | 0x20, b'a' | b'd' | b'i' | b'm' | b'p');
        line.bytes().next().is_some_and(begins)
            && word_at(prefix(line, LONGEST_GENRE), 0)
                .is_some_and(|word| GENRES.contains(&word.lower.as_str()))
    })
}

/// `Palabras del Presidente de la Nación Jean Muster, en …`, `Intervento del Presidente Muster alla …`:
/// an office, the state over which it is, and the name without an honorific.
fn behind_office(
    text: &str,
    words: &[Word<'_>],
    from: usize,
    within: Within,
) -> Option<Found<SpeakerFinding>> {
    let is = |at: usize, list: &[&str]| {
        words.get(at).is_some_and(|word| list.contains(&word.lower.as_str()))
    };
    let office = if is(from, BESIDE) { from + 1 } else { from };
    if !is(office, OFFICES) {
        return None;
    }
    let mut start = office + 1;
    let mut state = start;
    while is(state, LINKS) || is(state, BESIDE) {
        state += 1;
    }
    if state > start {
        if !is(state, STATES) {
            return None;
        }
        start = state + 1;
        while is(start, NO_NAMES) {
            start += 1;
        }
    }
    let mut end = start;
    let mut capitals = 0;
    let mut ends = false;
    while end < words.len() && end - start < NAME_WORDS {
        let word = &words[end];
        let written = &text[word.range.clone()];
        let is_capital = written.starts_with(char::is_uppercase);
        let is_particle = capitals > 0 && PARTICLES.contains(&word.lower.as_str());
        let is_other = is(end, NO_NAMES) || is(end, STATES) || is(end, OFFICES);
        if is(end, OCCASION) || !is_capital && !is_particle {
            ends |= is(end, OCCASION);
            break;
        }
        if is_other || crate::extract::country_named(written).is_some() {
            return None;
        }
        capitals += usize::from(is_capital && !is_particle);
        end += 1;
        if word.tail.contains([',', ';', '(', ':', '–', '•', '\n']) {
            ends = !(word.tail.contains('\n') && goes_on(text, words, end));
            break;
        }
    }
    if !ends || end <= start {
        return None;
    }
    let name = words[start].range.start..words[end - 1].range.end;
    // A surname alone is one where the office stands right before it, and it is not all in capitals.
    let is_short = capitals == 1 && end == start + 1 && start == office + 1;
    let is_lower = text[name.clone()].chars().any(char::is_lowercase);
    if !(capitals >= 2 || is_short && is_lower) {
        return None;
    }
    if crate::extract::country_named(&text[name.clone()]).is_some() {
        return None;
    }
    let role = words[office].range.start..words[start - 1].range.end;
    let confidence = if is_short { HEADLINE_SHORT } else { LETTERHEAD };
    Some(found(text, name, Some(role), within, confidence))
}

/// The office whose speech it is, where nobody is named: `Discurso del señor Ministro de Pesca para …`.
pub(super) fn office(body: &str) -> Option<Found<SpeakerFinding>> {
    let head = prefix(body, HEAD_BYTES);
    if !has_genre(head) {
        return None;
    }
    let words = words(head);
    let is = |at: usize, list: &[&str]| {
        words.get(at).is_some_and(|word| list.contains(&word.lower.as_str()))
    };
    let genre = (0..words.len()).find(|&at| {
        (at == 0 || words[at - 1].tail.contains('\n')) && is(at, GENRES) && is(at + 1, LINKS)
    })?;
    let mut at = genre + 2;
    while is(at, HONORIFICS) || is(at, BESIDE) {
        at += 1;
    }
    let role = is(at, OFFICES).then(|| self::office_of(&words, at))?;
    let written = crate::extract::squeeze(&body[role.clone()]);
    let person =
        Person { as_written: Some(written.clone()), role: Some(written), ..Person::default() };
    let value = SpeakerFinding {
        person,
        within: Within::Body,
        name: None,
        role: Some(role.clone()),
        affiliation: None,
        country: None,
    };
    Some(Found {
        value,
        evidence: vec![role],
        kind: BasisKind::Extracted,
        rule: "letterhead",
        confidence: HEADLINE_SHORT,
        note: None,
    })
}

fn person(text: &str, words: &[Word<'_>], from: usize, within: Within) -> Option<Answer> {
    let is = |at: usize, list: &[&str]| {
        words.get(at).is_some_and(|word| list.contains(&word.lower.as_str()))
    };
    let mut start = (from..words.len().min(from + BETWEEN))
        .take_while(|&at| !is(at, TO_SOMEBODY))
        .find(|&at| is(at, HONORIFICS))?;
    while is(start, HONORIFICS) || is(start, BESIDE) {
        start += 1;
    }
    let mut end = start;
    let mut capitals = 0;
    while end < words.len() && end - start < NAME_WORDS {
        let word = &words[end];
        let is_capital = text[word.range.clone()].chars().next().is_some_and(char::is_uppercase);
        let is_particle = capitals > 0 && PARTICLES.contains(&word.lower.as_str());
        if is(end, OFFICES) || is(end, OCCASION) || !is_capital && !is_particle {
            break;
        }
        capitals += usize::from(is_capital && !is_particle);
        end += 1;
        let ends_here =
            word.tail.contains([',', ';', '(', ':', '–', '•']) || word.tail.contains("\n\n");
        if ends_here || word.tail.contains('\n') && !goes_on(text, words, end) {
            break;
        }
    }
    // A particle at the end belongs to what follows.
    while end > start && PARTICLES.contains(&words[end - 1].lower.as_str()) {
        end -= 1;
    }
    // Two persons are none.
    let is_apart = end > start && words[end - 1].tail.contains("\n\n");
    let joined = !is_apart && is(end, &["et", "e", "and", "ainsi"]);
    if capitals < 2 || end <= start {
        return None;
    }
    if joined {
        let note = "the heading names several persons";
        return Some(Err(UnknownSpeaker::new(SEVERAL_SPEAKERS, note)));
    }
    let name = words[start].range.start..words[end - 1].range.end;
    let role = is(end, OFFICES).then(|| office_of(words, end));
    Some(Ok(found(text, name, role, within, LETTERHEAD)))
}

/// A person by the places of name and office.
fn found(
    text: &str,
    name: Range<usize>,
    role: Option<Range<usize>>,
    within: Within,
    confidence: f64,
) -> Found<SpeakerFinding> {
    let fold = |range: &Range<usize>| crate::extract::squeeze(&text[range.clone()]);
    let written = fold(&name);
    let person = Person {
        name: Some(written.clone()),
        as_written: Some(written),
        role: role.as_ref().map(fold),
        ..Person::default()
    };
    let mut evidence: Vec<_> = std::iter::once(name.clone()).chain(role.clone()).collect();
    evidence.sort_by_key(|range| range.start);
    let value =
        SpeakerFinding { person, within, name: Some(name), role, affiliation: None, country: None };
    Found {
        value,
        evidence,
        kind: BasisKind::Extracted,
        rule: "letterhead",
        confidence,
        note: None,
    }
}

/// Whether a name goes on in the line that begins at a word: one or two words that end with it, or
/// before a comma or an office. A place with a date is no part of a name.
fn goes_on(text: &str, words: &[Word<'_>], at: usize) -> bool {
    for next in at..(at + 2).min(words.len()) {
        let word = &words[next];
        let is_capital = text[word.range.clone()].chars().next().is_some_and(char::is_uppercase);
        let is_body = [NO_NAMES, STATES].iter().any(|list| list.contains(&word.lower.as_str()));
        if !is_capital || is_body || OFFICES.contains(&word.lower.as_str()) {
            return false;
        }
        let after = words.get(next + 1);
        let before_number = after.is_some_and(|after| {
            text[after.range.clone()].starts_with(|c: char| c.is_ascii_digit())
                || after.lower == "le"
        });
        if before_number || OCCASION.contains(&word.lower.as_str()) {
            return false;
        }
        let office = after.is_some_and(|after| OFFICES.contains(&after.lower.as_str()));
        if word.tail.contains([',', '\n']) || office {
            return true;
        }
    }
    false
}

/// From the head of an office to the end of its line, or to a comma in it.
fn office_of(words: &[Word<'_>], at: usize) -> Range<usize> {
    let mut end = at;
    while end + 1 < words.len() {
        let tail = words[end].tail;
        let is_small = LINKS.contains(&words[end].lower.as_str()) || words[end].lower == "des";
        let occasion =
            words.get(end + 1).is_some_and(|next| OCCASION.contains(&next.lower.as_str()));
        if tail.contains([',', ';', '(', '!', '.']) || tail.contains('\n') && !is_small || occasion
        {
            break;
        }
        end += 1;
    }
    words[at].range.start..words[end].range.end
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut at = 0;
    while let Some(word) = word_at(text, at) {
        at = word.range.end;
        if let Some(before) = words.last_mut() {
            before.tail = &text[before.range.end..word.range.start];
        }
        words.push(word);
    }
    words
}

/// The first word that begins at a byte or behind it; its tail is what is left of the text.
fn word_at(text: &str, at: usize) -> Option<Word<'_>> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '$');
    let start = at + text[at..].find(char::is_alphanumeric)?;
    let len = text[start..].find(|c| !is_part(c)).unwrap_or(text.len() - start);
    let written = text[start..start + len].trim_end_matches(['.', '-']);
    let end = start + written.len();
    // `S$.E.`: what a scan makes of `S.E.`
    let lower = if written.contains('$') { &written.replace('$', "") } else { written };
    Some(Word { range: start..end, lower: lower.to_lowercase(), tail: &text[end..] })
}
