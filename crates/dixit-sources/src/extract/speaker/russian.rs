//! `Выступление Министра иностранных дел А. Б. Иванова`: in Russian whose speech it is stands in the
//! genitive, the name with initials.

use std::ops::Range;

use dixit::{BasisKind, Person};

use super::{SpeakerFinding, Within};
use crate::extract::tokens::find_byte;
use crate::extract::{Found, prefix, squeeze};

/// How often who is named so gives the speech.
const CONFIDENCE: f64 = 0.85;
/// How much of a text its head may be.
const HEAD_BYTES: usize = 2000;
/// Between the kind of document and the name stand at most so many words.
const BETWEEN: usize = 16;

/// Kinds of document that are somebody's.
const GENRES: &[&str] =
    &["выступление", "речь", "заявление", "обращение", "слово", "доклад", "послание"];
/// Offices as they are written of whose speech it is.
const OFFICES: &[&str] = &[
    "министра",
    "президента",
    "председателя",
    "представителя",
    "премьер-министра",
    "посла",
    "секретаря",
    "губернатора",
    "директора",
    "главы",
    "руководителя",
    "депутата",
    "заместителя",
    "спикера",
];
/// Surnames that end so are a man’s in the genitive; without the last letter they are his.
const GENITIVES: &[&str] = &["ова", "ева", "ёва", "ина", "ына"];

/// The person whom the head of a text names as the one whose speech it is.
pub(super) fn in_head(body: &str) -> Option<Found<SpeakerFinding>> {
    let head = prefix(body, HEAD_BYTES);
    // Every letter of these words begins with one of two bytes.
    find_byte(head.as_bytes(), |byte| matches!(byte, 0xd0 | 0xd1))?;
    let words: Vec<Range<usize>> = head
        .split_whitespace()
        .map(|word| {
            let at = word.as_ptr() as usize - head.as_ptr() as usize;
            at..at + word.len()
        })
        .collect();
    let lower = |at: usize| head[words[at].clone()].to_lowercase();
    let begins_line =
        |at: usize| at == 0 || head[words[at - 1].end..words[at].start].contains('\n');
    let genre =
        (0..words.len()).find(|at| begins_line(*at) && GENRES.contains(&lower(*at).as_str()))?;
    let office = genre + 1;
    if office >= words.len() || !OFFICES.contains(&lower(office).as_str()) {
        return None;
    }
    let name = (office + 1..words.len().min(office + BETWEEN)).find_map(|at| {
        let mut from = at;
        // `А. Б. Иванова` or `А.Б.Иванова`
        let mut end = at;
        while end < words.len() && end < at + 3 && is_initials(&head[words[end].clone()]) {
            end += 1;
        }
        let last = head.get(words.get(end)?.clone())?;
        let surname = last.rsplit('.').next()?;
        let has_initials = end > at
            || surname.len() < last.len() && is_initials(&last[..last.len() - surname.len()]);
        from = if has_initials { from } else { return None };
        Some((words[from].start..words[end].end, surname.len()))
    })?;
    let (range, surname) = name;
    let written = head[range.clone()].trim_end_matches([',', ';', ':']);
    let range = range.start..range.start + written.len();
    let surname_at = written.len().checked_sub(surname.min(written.len()))?;
    let surname = written.get(surname_at..)?.trim_start_matches('.');
    // Of a woman, and of names from elsewhere, the genitive does not show the name.
    if !GENITIVES.iter().any(|ending| surname.ends_with(ending))
        || !surname.starts_with(char::is_uppercase)
    {
        return None;
    }
    let role = words[office].start..head[..range.start].trim_end().len();
    let person = Person {
        name: Some(squeeze(written.trim_end_matches('а'))),
        as_written: Some(squeeze(written)),
        role: Some(squeeze(&head[role.clone()])),
        ..Person::default()
    };
    let value = SpeakerFinding {
        person,
        within: Within::Body,
        name: Some(range.clone()),
        role: Some(role.clone()),
        affiliation: None,
        country: None,
    };
    Some(Found {
        value,
        evidence: vec![role, range],
        kind: BasisKind::Extracted,
        rule: "letterhead",
        confidence: CONFIDENCE,
        note: Some("the name is written in the genitive".to_owned()),
    })
}

/// `А.`, `А.Б.`
fn is_initials(word: &str) -> bool {
    !word.is_empty()
        && word.ends_with('.')
        && word
            .trim_end_matches('.')
            .split('.')
            .all(|part| part.chars().count() == 1 && part.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_and_a_surname_behind_an_office() {
        for head in [
            "Выступление Министра рыболовства Норландии\nА.Б.Примерова на сессии\n",
            "28.09.2024\n\nРечь Президента Норландии А. Б. Примерова\n",
        ] {
            let person = in_head(head).unwrap().value.person;
            let name = person.name.unwrap().replace(' ', "");
            assert_eq!(name, "А.Б.Примеров", "{head}");
            assert!(person.role.unwrap().ends_with("Норландии"));
        }
    }

    #[test]
    fn without_initials_or_in_another_case_nobody_is_named() {
        for head in [
            "Выступление Министра рыболовства Норландии на сессии\n",
            "Выступление Министра рыболовства А.Б.Примеровой на сессии\n",
            "Выступление хора имени А.Б.Примерова\n",
            "Мы слышали выступление Министра А.Б.Примерова\n",
        ] {
            assert!(in_head(head).is_none(), "{head}");
        }
    }
}
