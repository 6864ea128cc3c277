//! Whom a pronoun means: who is near, who spoke last, and what the text says against it.

use super::{Cast, LOOK_BACK, clash};
use crate::extract::mentions::Gender;
use crate::extract::prose::Prose;

/// A pronoun is resolved across at most so many sentences.
const REACH: u32 = 3;
/// Who spoke last is looked for in so many sentences.
const SPOKE_WITHIN: u32 = 2;

impl Cast {
    /// The one person to whom a pronoun may point.
    pub(super) fn pronoun(&self, sentence: u32, gender: Gender) -> Option<(usize, &'static str)> {
        let mut nearest: Option<u32> = None;
        let mut found: Option<usize> = None;
        let mut doubt = false;
        for sighting in self.sightings.iter().rev().take(LOOK_BACK) {
            if sighting.sentence + REACH < sentence {
                break;
            }
            // The sentence of the nearest person, and the one before when that is the pronoun's own.
            if nearest.is_some_and(|near| sighting.sentence < near) && nearest != Some(sentence) {
                break;
            }
            if nearest == Some(sentence) && sighting.sentence + 1 < sentence {
                break;
            }
            // What was learnt of a person since counts, too.
            let known = sighting.entity.and_then(|index| self.entities[index].gender);
            if clash(known.or(sighting.gender), Some(gender)) {
                continue;
            }
            nearest.get_or_insert(sighting.sentence);
            if sighting.weak && sighting.entity.is_some_and(|index| !self.entities[index].sure) {
                doubt = true;
                continue;
            }
            match (sighting.entity, found) {
                (None, _) => return None,
                (Some(index), Some(other)) if index != other => return None,
                (Some(index), _) => found = Some(index),
            }
        }
        let rule = match () {
            () if doubt => "pronoun-doubtful",
            () if self.entities.len() == 1 => "pronoun",
            () => "pronoun-near",
        };
        found.map(|index| (index, rule))
    }

    /// Takes note of a pronoun, whomever it means.
    pub(crate) fn hear_pronoun(&mut self, sentence: u32, at: usize, male: bool) {
        self.pronouns[usize::from(!male)] = Some((sentence, at));
    }

    /// Whether a pronoun of the other sort was used since a person came on stage of whom the text does not
    /// tell which fits, and nobody else explains it: `Dana Cole praised her son. “…,” he said.`
    pub(super) fn contradicted(&self, index: usize, sentence: u32, gender: Gender) -> bool {
        let entity = &self.entities[index];
        let other = match gender {
            Gender::Male => Gender::Female,
            Gender::Female => Gender::Male,
        };
        let heard = self.pronouns[usize::from(other == Gender::Female)];
        let since = heard.is_some_and(|(heard_in, at)| {
            heard_in + REACH >= sentence && at >= entity.mention.tokens.end
        });
        let near = self.sightings.iter().rev().take(LOOK_BACK);
        entity.gender.is_none()
            && since
            && !near.into_iter().any(|near| {
                near.entity.is_some_and(|near| near != index) && near.gender == Some(other)
            })
    }

    /// Whether a pronoun may as well mean the one to whom a person spoke, of whom the text does not tell
    /// which fits: `Dana Cole told her. “…,” she said.`
    pub(super) fn spoke_to_one(&self, index: usize, gender: Gender) -> bool {
        self.entities[index].gender.is_none() && self.addressed == Some((index, gender))
    }

    /// Who spoke last, when nobody else has been the subject of a sentence since: `“…,” Roe said of Doe.
    /// “…,” he said.`
    pub(super) fn who_spoke(&self, sentence: u32, gender: Gender) -> Option<usize> {
        let (spoke_in, index, seen) = self.spoken?;
        let since = self.sightings.get(seen..)?;
        let entity = &self.entities[index];
        let told = entity.gender.is_some();
        let rival = since.iter().any(|other| {
            // Nor one whom the sentence of the pronoun itself names before it: `Roe was right when he said`.
            let may_lead = other.leads || other.sentence == sentence;
            let fits = may_lead && !clash(other.gender, Some(gender));
            other.entity != Some(index) && (fits || !told && other.gender == Some(gender))
        });
        let fits = !clash(entity.gender, Some(gender)) && entity.sure && !rival;
        (fits && sentence.saturating_sub(spoke_in) <= SPOKE_WITHIN).then_some(index)
    }
}

/// `Even as he spoke, Roe …`: a pronoun in a clause that opens the sentence may mean whoever follows.
pub(super) fn foreshadows(prose: &Prose<'_>, at: usize) -> bool {
    const OPENING: &[&str] = &[
        "as", "while", "when", "after", "before", "although", "though", "since", "until", "because",
    ];
    let opens = |at: usize| at == 0 || prose.tokens[at - 1].sentence != prose.tokens[at].sentence;
    let Some(before) = at.checked_sub(1) else { return false };
    let near = opens(before) || before > 0 && opens(before - 1);
    near && OPENING.contains(&prose.text_of(before).to_lowercase().as_str())
}
