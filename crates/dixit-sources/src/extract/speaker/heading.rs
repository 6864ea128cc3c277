//! `Minister of Fish Jane Roe - 3 May`: a heading that is nothing but an office with a name.

use super::super::lexicon::flag;
use super::super::mentions::{self, Who};
use super::super::prose::Prose;
use super::letterhead::begins_line;
use super::{Found, SpeakerFinding, Within, finding};

/// How often whom such a heading names gives the speech under it.
const CONFIDENCE: f64 = 0.85;
/// In so many bytes of the text somebody is addressed.
const HEAD_BYTES: usize = 800;

/// The person whom the title, or the first line, names with the office, and nothing else, and whom the
/// head of the text does not address.
pub(super) fn find(title: Option<&str>, body: &Prose<'_>) -> Option<Found<SpeakerFinding>> {
    let of_title = title.map(Prose::new);
    let (prose, within) = match &of_title {
        Some(title) => (title, Within::Title),
        None => (body, Within::Body),
    };
    let body = body.text;
    let first = body.lines().find(|line| !line.trim().is_empty())?;
    let at = behind_country(prose);
    let end = (at + 1..prose.tokens.len()).find(|at| begins_line(prose, *at));
    let end = end.unwrap_or(prose.tokens.len());
    let mention = mentions::read(prose, at, end)?;
    let role = mention.role.clone()?;
    let is_whole = mention.tokens.end >= end
        || prose.tokens[mention.tokens.end].is_punct(&['-', '–', '—', '|', ';']);
    let is_person = mention.who == Who::Named && !mention.possessive && !mention.dependent;
    if !is_whole || !is_person || mention.name_words(prose) < 2 {
        return None;
    }
    let office = prose.text_of(role.end - 1).to_lowercase();
    let rest = match title {
        Some(_) => body,
        None => body.get(body.find(first)? + first.len()..)?,
    };
    if addresses(rest, &office) {
        return None;
    }
    let note = "the heading is nothing but the name with its office, and the text speaks in the first \
                person";
    Some(finding(prose, &mention, within, "heading-name", CONFIDENCE, Some(note.to_owned())))
}

/// Behind `Norland -` at the head of a heading.
fn behind_country(prose: &Prose<'_>) -> usize {
    const MOST: usize = 5;
    let is_dash = |at: &usize| {
        prose.tokens.get(*at).is_some_and(|token| token.is_punct(&['-', '–', '—', ':']))
    };
    let Some(dash) = (1..MOST).find(is_dash) else { return 0 };
    let country = mentions::read(prose, 0, dash)
        .is_some_and(|found| found.who == Who::Country && found.tokens.end == dash);
    if country { dash + 1 } else { 0 }
}

/// Whether the head of a text writes to somebody, or addresses who holds an office: then the heading may
/// name whom it is for.
fn addresses(text: &str, office: &str) -> bool {
    const LETTERS: [&str; 7] = ["dear ", "to ", "sehr ", "liebe", "an ", "cher", "estimad"];
    super::super::prefix(text, HEAD_BYTES).lines().any(|line| {
        let lower = line.trim().to_lowercase();
        let prose = Prose::new(&lower);
        let is_address = prose.tokens.first().is_some_and(|token| token.has(flag::ADDRESSING));
        LETTERS.iter().any(|start| lower.starts_with(start))
            || is_address && lower.len() < 60 && lower.contains(office)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEECH: &str =
        "Excellencies, colleagues,\n\nI am glad that we meet. We have much to do.\n";

    fn told(title: &str, body: &str) -> Option<String> {
        find(Some(title), &Prose::new(body))?.value.person.name
    }

    #[test]
    fn a_heading_of_office_and_name_names_who_speaks() {
        for title in [
            "Minister of Foreign Affairs Ada Rask Lind",
            "Norway - Minister of Foreign Affairs Ada Rask Lind - 28 September",
            "Bundesministerin Ada Rask Lind",
        ] {
            assert_eq!(told(title, SPEECH).as_deref(), Some("Ada Rask Lind"), "{title}");
            let body = format!("{title}\n\n{SPEECH}");
            let found = find(None, &Prose::new(&body)).unwrap().value;
            assert_eq!(&body[found.name.unwrap()], "Ada Rask Lind");
        }
    }

    #[test]
    fn whom_a_letter_is_for_and_whom_a_headline_tells_of_do_not_speak() {
        for (title, body) in [
            ("President Ada Rask", "1 Palace Road\n\nDear President Rask,\n\nI write to you.\n"),
            ("President Ada Rask", "Madam President,\n\nI write to you.\n"),
            ("President Ada Rask visits the harbour", SPEECH),
            ("Minister of Fish", SPEECH),
            ("Norway - Herring", SPEECH),
        ] {
            assert_eq!(told(title, body), None, "{title}");
        }
    }
}
