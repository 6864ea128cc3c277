//! An office without a name: whom of the text it means.

use std::ops::Range;

use super::{Cast, LOOK_BACK, clash};
use crate::extract::lexicon::flag;
use crate::extract::mentions::Mention;
use crate::extract::prose::Prose;

impl Cast {
    /// The one person who holds the office of a mention, and the rule that says so; an error when there are
    /// several.
    pub(super) fn office(
        &self,
        prose: &Prose<'_>,
        mention: &Mention,
    ) -> Result<Option<(usize, &'static str)>, ()> {
        let (Some(role), true) = (&mention.role, mention.definite && !mention.dependent) else {
            return Ok(None);
        };
        if mention.tokens.clone().any(|at| prose.tokens[at].has(flag::ROLE_STATUS)) {
            // `the former minister` is not whoever is minister here.
            return Ok(None);
        }
        let wanted = office_words(prose, role);
        let here = prose.tokens[mention.tokens.start].sentence;
        let mut found = None;
        // `The mayor of Norport agreed`: another who holds such an office, and whom the text does not name.
        let (mut rival, mut seen) = (false, false);
        for sighting in self.sightings.iter().rev().take(LOOK_BACK) {
            let Some(index) = sighting.entity else {
                let other = sighting.role.as_ref().filter(|_| !seen && sighting.sentence < here);
                rival |= other.is_some_and(|role| holds(&office_words(prose, role), &wanted));
                continue;
            };
            let entity = &self.entities[index];
            let Some(held) = &entity.mention.role else { continue };
            if is_contact(prose, &entity.mention) {
                continue;
            }
            let bodies = |mention: &Mention| {
                mention.body.clone().map(|body| prose.text[prose.bytes(body)].to_lowercase())
            };
            let body = match (bodies(mention), bodies(&entity.mention)) {
                (Some(wanted), Some(held)) => wanted == held,
                _ => true,
            };
            let fits = body
                && holds(&office_words(prose, held), &wanted)
                && is_of_same(prose, mention, &entity.mention);
            if fits && !clash(entity.gender, mention.gender) && found != Some(index) {
                if found.is_some() {
                    return Err(());
                }
                found = Some(index);
            }
            seen |= fits && sighting.sentence < here;
        }
        Ok(found.map(|index| {
            let doubtful = rival || has_left(prose, &self.entities[index].mention, here);
            (index, if doubtful { "office-doubtful" } else { "office" })
        }))
    }
}

/// Whether the text may tell that somebody holds the office no more: where it introduces them, or since.
fn has_left(prose: &Prose<'_>, holder: &Mention, here: u32) -> bool {
    const WITHIN: usize = 12;
    let first = prose.tokens[holder.tokens.start].sentence as usize;
    let since = first.max((here as usize).saturating_sub(WITHIN))..=here as usize;
    let leaves =
        |sentence: usize| prose.told.get(sentence).is_some_and(|told| told & flag::LEAVES != 0);
    let is_late = holder.tokens.start.checked_sub(1).into_iter().chain(holder.tokens.clone());
    leaves(first)
        || since.into_iter().any(leaves)
        || is_late
            .into_iter()
            .any(|at| prose.tokens[at].has(flag::ROLE_STATUS) && is_past(prose, at))
}

/// `late`, `former`, not `new`.
fn is_past(prose: &Prose<'_>, at: usize) -> bool {
    const NOW: &[&str] =
        &["current", "new", "top", "leading", "longtime", "newly", "veteran", "prominent"];
    !NOW.iter().any(|now| prose.text_of(at).eq_ignore_ascii_case(now))
}

/// `Contact: Jane Roe, Director of Communications`: whom to call, not of whom a release tells.
fn is_contact(prose: &Prose<'_>, mention: &Mention) -> bool {
    const LABELS: &[&str] =
        &["contact", "contacts", "kontakt", "pressekontakt", "contacto", "enquiries", "inquiries"];
    let start = mention.tokens.start;
    start >= 2
        && prose.tokens[start - 1].is_punct(&[':', '：'])
        && LABELS.iter().any(|label| prose.text_of(start - 2).eq_ignore_ascii_case(label))
}

/// The words of an office without small ones, `spokesperson` for `spokesman`.
fn office_words(prose: &Prose<'_>, role: &Range<usize>) -> Vec<String> {
    let words = role.clone().take(8).filter(|at| prose.tokens[*at].is_word());
    words
        .filter(|at| !prose.tokens[*at].has(flag::PREPOSITION | flag::DETERMINER))
        .map(|at| match prose.tokens[at].word.and_then(|word| word.same_role.clone()) {
            Some(same) => same,
            None => prose.text_of(at).to_lowercase(),
        })
        .collect()
}

/// Whether an office is not shown to be another's than a person's: `the Danish minister` and `the president
/// of the club` are only those of whom the text has said `Danish` or `of the club`.
fn is_of_same(prose: &Prose<'_>, wanted: &Mention, known: &Mention) -> bool {
    let of = |mention: &Mention| mention.country.as_ref().and_then(|country| country.known);
    match (of(wanted), of(known)) {
        (Some(one), Some(other)) => return one == other,
        (Some(_), None) => return false,
        _ => {}
    }
    let Some(role) = &wanted.role else { return true };
    let is_said = |at: usize| {
        let word = prose.text_of(at);
        known.tokens.clone().any(|other| prose.text_of(other).eq_ignore_ascii_case(word))
    };
    // What stands between the article and the office, and behind `of`.
    let is_telling = |at: &usize| {
        let token = &prose.tokens[*at];
        (token.is_capital() || token.tail > token.end) && !token.has(flag::DETERMINER)
    };
    let before = (wanted.tokens.start..role.start).filter(is_telling);
    let end = role.end.max(wanted.tokens.end);
    let is_of = |at: usize| {
        prose.tokens.get(at).is_some_and(|next| !next.paragraph && next.has(flag::PREPOSITION))
            && ["of", "for", "de", "du", "der", "des"].contains(&prose.text_of(at))
    };
    let behind = is_of(end).then(|| {
        let small = |at: &usize| !prose.tokens[*at].has(flag::DETERMINER);
        (end + 1..(end + 4).min(prose.tokens.len())).find(small)
    });
    // `the Prime Minister of Sudmark`, where no list has the country.
    let country = wanted.country.as_ref().filter(|country| country.known.is_none());
    let within = wanted.body.iter().cloned().chain(country.map(|country| country.tokens.clone()));
    let is_small = |at: &usize| prose.tokens[*at].has(flag::DETERMINER | flag::PREPOSITION);
    let within = within.flatten().filter(|at| prose.tokens[*at].is_word() && !is_small(at));
    before.chain(within).chain(behind.flatten()).all(is_said)
}

/// Whether who holds an office may be called by the words wanted: a vice-president is not `the
/// president`, nor a minister of health `the prime minister`.
fn holds(held: &[String], wanted: &[String]) -> bool {
    const LESSER: &[&str] = &["vice", "deputy", "assistant", "associate", "under"];
    let lesser = held.iter().any(|word| LESSER.contains(&word.as_str()) && !wanted.contains(word));
    !wanted.is_empty() && !lesser && wanted.iter().all(|word| held.contains(word))
}
