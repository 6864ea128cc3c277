//! Headings of Markdown and of pages that hold the names of speakers.

use super::candidates::{Candidate, candidate};
use super::form::Form;
use super::lines::{Line, What};
use crate::read::labels;

/// The headings of Markdown that hold names: of one rank, one of them comes again, or all of at least
/// two look like names, or all of the text stands under one that does. `Background:` and `Next steps:`
/// are none.
pub(super) fn headings(text: &str, lines: &[Line]) -> Option<Vec<Candidate>> {
    let mut ranks: [Vec<Candidate>; 7] = Default::default();
    let mut all = [0_usize; 7];
    for (at, line) in lines.iter().enumerate() {
        let What::Heading(rank) = line.what else { continue };
        all[usize::from(rank)] += 1;
        let Some(one) = candidate(text, lines, at) else { continue };
        ranks[usize::from(rank)].push(one);
    }
    let total: usize = all.iter().sum();
    let rank = (1..=6).rev().find(|&rank| {
        let has_colon =
            |one: &&Candidate| text[one.label.end..].trim_start().starts_with([':', '：']);
        let is_written = |one: &&Candidate| text[one.label.clone()].chars().count() <= 80;
        let ended: Vec<&Candidate> =
            ranks[rank].iter().filter(has_colon).filter(is_written).collect();
        if !ended.is_empty() && ended.len() * 2 >= all[rank] {
            let mut names: Vec<&str> = ended.iter().map(|one| &text[one.label.clone()]).collect();
            let are_names = names.iter().all(|name| labels::is_name(name));
            names.sort_unstable();
            let again = names.windows(2).any(|pair| pair[0] == pair[1]);
            return again || (are_names && (names.len() >= 2 || (rank > 1 && total == 1)));
        }
        // Without colons it has to be names that come again.
        let is_name = |one: &&Candidate| {
            matches!(
                one.form,
                Form::Name
                    | Form::Titled
                    | Form::HanName
                    | Form::Asker
                    | Form::Chair
                    | Form::HanEnding
            )
        };
        let named: Vec<&Candidate> = ranks[rank].iter().filter(is_name).collect();
        let mut names: Vec<&str> = named.iter().map(|one| &text[one.label.clone()]).collect();
        names.sort_unstable();
        let again = names.windows(2).filter(|pair| pair[0] == pair[1]).count();
        names.dedup();
        // `Questions` again and again is the head of a part: somebody has to have a name.
        let is_person = |form: Form| !matches!(form, Form::Asker | Form::Chair);
        if !named.iter().any(|one| is_person(one.form)) {
            return false;
        }
        all[rank] >= 4 && named.len() * 10 >= all[rank] * 9 && names.len() >= 2 && again >= 2
    })?;
    let mut found = std::mem::take(&mut ranks[rank]);
    let any_colon =
        found.iter().any(|one| text[one.label.end..].trim_start().starts_with([':', '：']));
    found.retain(|one| {
        let has_colon = text[one.label.end..].trim_start().starts_with([':', '：']);
        has_colon || (!any_colon && one.form > Form::Phrase)
    });
    Some(found)
}
