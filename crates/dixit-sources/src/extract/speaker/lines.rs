//! Heads laid out in lines: a name with its title on one, the office on the next or the one before.

use std::ops::Range;

use dixit::{BasisKind, Person};

use super::{SpeakerFinding, Within};
use crate::extract::{Found, prefix, squeeze};

/// How often who stands so in a head gives the speech.
const CONFIDENCE: f64 = 0.85;
/// How much of a text its head may be.
const HEAD_BYTES: usize = 1000;
/// Lines of a head, blank ones aside.
const HEAD_LINES: usize = 16;
/// Words before a name that show that it is one.
const TITLES: &[&str] = &[
    "hon",
    "honourable",
    "honorable",
    "he",
    "excellency",
    "senator",
    "dr",
    "mr",
    "mrs",
    "ms",
    "sir",
    "dame",
    "prof",
    "professor",
    "rt",
    "right",
    "the",
    "his",
    "her",
    "majesty",
    "highness",
    "royal",
];
/// Who is addressed with a title and is nobody by name.
const SEVERAL: &[&str] = &[
    "members",
    "speaker",
    "delegates",
    "colleagues",
    "guests",
    "senators",
    "deputies",
    "chairman",
];
/// Words of offices that speak for a state or a body.
const OFFICES: &[&str] = &[
    "minister",
    "president",
    "secretary",
    "representative",
    "chancellor",
    "ambassador",
    "premier",
    "head",
    "king",
    "queen",
    "prince",
    "governor",
    "commissioner",
    "director",
    "chairperson",
    "chair",
];
/// With what the address begins, and the head is over.
const ADDRESSES: &[&str] = &[
    "mr president",
    "mr. president",
    "madam president",
    "president,",
    "excellencies",
    "your excellenc",
    "distinguished",
    "mr chair",
    "mr. chair",
    "madam chair",
    "mr secretary",
    "mr. secretary",
    "dear",
    "ladies and",
    "honourable members",
    "friends",
];

/// Bytes in which the longest of them ends, however its letters are written.
const LONGEST_ADDRESS: usize = 80;

/// The one person whom the lines of a head name.
pub(super) fn in_head(body: &str) -> Option<Found<SpeakerFinding>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in prefix(body, HEAD_BYTES).split_inclusive('\n') {
        let words = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let lower = prefix(words, LONGEST_ADDRESS).to_lowercase();
        if ADDRESSES.iter().any(|address| lower.starts_with(address)) || lines.len() >= HEAD_LINES {
            break;
        }
        if !words.is_empty() {
            lines.push(start..start + words.len());
        }
    }
    let mut named = (0..lines.len()).filter_map(|line| {
        let name = name_in(body, &lines[line])?;
        // One name alone has its office right below it.
        let is_short = !body[name.clone()].trim().contains(char::is_whitespace);
        let beside = [line.checked_sub(1).filter(|_| !is_short), Some(line + 1)];
        let office = beside.into_iter().flatten().find_map(|beside| {
            lines.get(beside).filter(|range| is_office(&body[(*range).clone()])).cloned()
        })?;
        Some((name, office))
    });
    let (name, office) = named.next()?;
    if named.next().is_some() {
        return None;
    }
    let role = body[office.clone()].trim_end_matches([',', ';', '.']);
    let role_range = office.start..office.start + role.len();
    let person = Person {
        name: Some(squeeze(&body[name.clone()])),
        as_written: Some(body[name.clone()].to_owned()),
        role: Some(squeeze(role)),
        ..Person::default()
    };
    let value = SpeakerFinding {
        person,
        within: Within::Body,
        name: Some(name.clone()),
        role: Some(role_range.clone()),
        affiliation: None,
        country: None,
    };
    let mut evidence = vec![name, role_range];
    evidence.sort_by_key(|range| range.start);
    Some(Found {
        value,
        evidence,
        kind: BasisKind::Extracted,
        rule: "head-lines",
        confidence: CONFIDENCE,
        note: Some(
            "a name with its title stands beside an office in the head of the text".to_owned(),
        ),
    })
}

/// The name in a line that is nothing but titles and a name: `Hon. Dr Ada Rask`.
fn name_in(body: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let text = body[line.clone()].trim_end_matches([',', ';', '.']);
    let mut titles = 0;
    let mut start = 0;
    for word in text.split_whitespace() {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let bare: String = word.chars().filter(|c| c.is_alphabetic()).collect();
        if !TITLES.contains(&bare.to_lowercase().as_str()) {
            start = at;
            break;
        }
        titles += usize::from(!["the", "his", "her"].contains(&bare.to_lowercase().as_str()));
        start = at + word.len();
    }
    if titles == 0 {
        return None;
    }
    let name = text[start..].trim();
    let words: Vec<&str> = name.split_whitespace().collect();
    let small = |word: &str| {
        ["de", "da", "dos", "van", "von", "bin", "al", "el", "la", "di"].contains(&word)
    };
    // `HON. RASKAVAMEL`: whoever has one name alone.
    let is_one = words.len() == 1
        && name.chars().filter(|c| c.is_alphabetic()).count() >= 4
        && name.chars().all(|c| !c.is_lowercase())
        && !SEVERAL.contains(&name.to_lowercase().as_str());
    let is_name = (is_one || (2..=6).contains(&words.len()))
        && words.iter().all(|word| {
            let is_written = word.chars().all(|c| c.is_alphabetic() || "-'’‘.".contains(c));
            is_written && (small(word) || word.chars().next().is_some_and(char::is_uppercase))
        })
        && !is_office(name);
    let from = line.start + (name.as_ptr() as usize - body[line.clone()].as_ptr() as usize);
    is_name.then_some(from..from + name.len())
}

/// Whether a line is an office, and no sentence.
fn is_office(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let has_office = words.iter().any(|word| {
        let bare: String = word.chars().filter(|c| c.is_alphabetic()).collect();
        bare.chars().next().is_some_and(char::is_uppercase)
            && OFFICES.contains(&bare.to_lowercase().as_str())
    });
    let begins =
        words.first().is_some_and(|word| word.chars().next().is_some_and(char::is_uppercase));
    has_office && begins && words.len() <= 14 && !line.contains(['?', '!', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<[String; 2]> {
        let person = in_head(text)?.value.person;
        Some([person.name?, person.role?])
    }

    #[test]
    fn a_name_beside_an_office_is_the_speaker() {
        let after = "Statement of Norland\nThursday 26 September 2024\n\nDelivered by:\nHon. Ada Maria Rask\nMinister of Foreign Affairs\n\nMr. President,\n\nWe meet.\n";
        assert_eq!(told(after).unwrap(), ["Ada Maria Rask", "Minister of Foreign Affairs"]);
        let before = "Minister for Foreign Affairs\nSenator the Hon Ada Rask\n\nNational Statement\n\nPresident, friends, we meet.\n";
        assert_eq!(told(before).unwrap(), ["Ada Rask", "Minister for Foreign Affairs"]);
    }

    #[test]
    fn whom_a_speech_addresses_and_two_names_do_not_speak() {
        for text in [
            "Statement of Norland\n\nMr. President,\nHon. Ada Rask\nMinister of Fish\n",
            "Panel\nDr. Ada Rask\nMinister of Fish\nDr. Bo Lind\nPresident of the Bank\n\nWelcome.\n",
            "Report\nDr. Ada Rask\nNorport\n\nThe herring is gone.\n",
            "The Hon. Minister for Fish\nPresident of the Council\n",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
