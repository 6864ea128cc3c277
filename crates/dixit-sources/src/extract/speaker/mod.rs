//! Who stands behind a whole document: by its headline, its letterhead, or by being the one whom it
//! reports.
//!
//! One person, or nobody: rivals, a speech that does not say who gives it, and an addressee all
//! make the speaker unknown, with the reason.

pub(super) mod chinese;
mod heading;
mod honoured;
mod labels;
mod letterhead;
mod lines;
mod russian;

use std::ops::Range;

use dixit::{BasisKind, FACT_CONFIDENCE, Person};

pub use labels::{SpeakerLabel, SpeakerLabels, speaker_labels};

use super::Found;
use super::mentions::Mention;
use super::passages::{self, Analysis, Reading};
use super::prose::Prose;

/// `Remarks by President Roe`, with a full name.
pub const HEADLINE: f64 = 0.93;
/// The same without a full name: `Remarks by the President`.
pub const HEADLINE_SHORT: f64 = 0.85;
/// A headline's speaker over a text that reports somebody else.
pub const HEADLINE_OVER_REPORT: f64 = 0.7;
/// `Statement by H.E. Ms. Jane Roe` at the head of the text.
pub const LETTERHEAD: f64 = 0.9;
/// The only person whom a text reports, more than once.
pub const ONLY_SOURCE: f64 = 0.9;
/// The only person whom a short text reports, once, at its beginning.
pub const ONE_ATTRIBUTION: f64 = 0.82;
/// The first and by far most reported person.
pub const DOMINANT_SOURCE: f64 = 0.8;

/// The most reported person leads the next by this factor, or there are rivals.
const LEAD: usize = 4;
/// A text in which more of the words are first person is a speech, not a report.
const SPOKEN_SHARE: f64 = 0.015;
/// A text with one attribution names its speaker only when it is short.
const SHORT_TEXT: usize = 2500;

/// The rule when rivals remain, or the text has turns.
pub const SEVERAL_SPEAKERS: &str = "several-speakers";
/// The rule when the text is a speech that does not say who gives it.
pub const NOT_NAMED: &str = "speaker-not-named";
/// The rule when the text reports nobody by name, or too little of one.
pub const NO_SOURCE: &str = "no-named-source";

/// Which text the ranges of a finding count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// The title.
    Title,
    /// The body.
    Body,
}

/// The speaker of a document, and where each part stands.
#[derive(Debug, Clone, PartialEq)]
pub struct SpeakerFinding {
    /// Who it is.
    pub person: Person,
    /// Which text all ranges count, those of the evidence too.
    pub within: Within,
    /// The name.
    pub name: Option<Range<usize>>,
    /// The office.
    pub role: Option<Range<usize>>,
    /// The body.
    pub affiliation: Option<Range<usize>>,
    /// The words that tell the country: `China's`, `Norwegian`.
    pub country: Option<Range<usize>>,
}

/// Why the speaker is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownSpeaker {
    /// [`SEVERAL_SPEAKERS`], [`NOT_NAMED`] or [`NO_SOURCE`].
    pub rule: &'static str,
    /// The reason in words.
    pub note: String,
    /// Between whom the text does not decide.
    pub candidates: Vec<String>,
}

impl UnknownSpeaker {
    fn new(rule: &'static str, note: impl Into<String>) -> Self {
        Self { rule, note: note.into(), candidates: Vec::new() }
    }
}

/// The person who stands behind a document.
///
/// # Errors
///
/// When nobody does, or more than one person might: the rule and the candidates.
///
/// ```
/// use dixit_sources::extract::speaker;
///
/// let body = "Norland's Foreign Ministry spokesperson Jane Roe stressed the treaty's value. \
///             She said that talks would go on.";
/// let person = speaker::find(None, body).unwrap().value.person;
/// assert_eq!(person.name.as_deref(), Some("Jane Roe"));
/// assert_eq!(person.affiliation.as_deref(), Some("Foreign Ministry"));
/// assert!(speaker::find(None, "Thank you, Mr. Speaker. I am glad to be here.").is_err());
/// ```
pub fn find(title: Option<&str>, body: &str) -> Result<Found<SpeakerFinding>, UnknownSpeaker> {
    find_in(title, &Reading::new(body), speaker_labels(body))
}

/// The same for a text that was taken apart, with its labels of speakers.
pub(super) fn find_in(
    title: Option<&str>,
    reading: &Reading<'_>,
    labels: Option<SpeakerLabels>,
) -> Result<Found<SpeakerFinding>, UnknownSpeaker> {
    if let Some(labels) = labels {
        let mut unknown = UnknownSpeaker::new(SEVERAL_SPEAKERS, labels.note());
        unknown.candidates = labels.labels.into_iter().map(|label| label.text).collect();
        return Err(unknown);
    }
    let prose = &reading.prose;
    let body = prose.text;
    let title_of = title;
    if let Some(title) = title {
        if let Some(found) = chinese::in_title(title) {
            return Ok(found);
        }
        if let Some(found) = honoured::find(title, Within::Title) {
            return found.map(|found| against_body(found, reading));
        }
        let title = Prose::new(title);
        if let Some(found) = letterhead::in_title(&title) {
            return found.map(|found| against_body(found, reading));
        }
    }
    if let Some(found) = honoured::find(body, Within::Body) {
        return found;
    }
    if let Some(found) = letterhead::in_body(prose) {
        return found;
    }
    if let Some(found) = russian::in_head(body) {
        return Ok(found);
    }
    if prose.own_share() > SPOKEN_SHARE {
        let laid_out = lines::in_head(body)
            .or_else(|| heading::find(title_of, prose))
            .or_else(|| honoured::office(body));
        if let Some(found) = laid_out {
            return Ok(found);
        }
        let note = "the text speaks in the first person and does not say whose it is";
        return Err(UnknownSpeaker::new(NOT_NAMED, note));
    }
    reported(reading)
}

/// The one person with a name and an office whom the title of a conference names.
pub(super) fn host_in_title(title: &str) -> Option<Person> {
    let prose = Prose::new(title);
    let end = prose.tokens.len();
    let mut found: Option<Mention> = None;
    let mut at = 0;
    while at < end {
        let Some(mention) = super::mentions::read(&prose, at, end) else {
            at += 1;
            continue;
        };
        at = mention.tokens.end.max(at + 1);
        if mention.who == super::mentions::Who::Named && mention.role.is_some() {
            // Whom a conference is about does not hold it: `briefing on President Roe’s trip`.
            let first = mention.tokens.start;
            let before = first.checked_sub(1).map(|at| prose.text_of(at).to_lowercase());
            if found.is_some() || !matches!(before.as_deref(), None | Some("by" | "with")) {
                return None;
            }
            found = Some(mention);
        }
    }
    found.map(|mention| mention.person(&prose))
}

/// Whether a heading says whose speech stands under it: `Remarks by President Roe`.
pub(crate) fn heads_speech(heading: &str) -> bool {
    matches!(honoured::find(heading, Within::Title), Some(Ok(_)))
        || matches!(letterhead::in_title(&Prose::new(heading)), Some(Ok(_)))
}

/// A headline over a text that reports somebody else may be an article's: `Speech by President Roe
/// draws criticism`.
fn against_body(found: Found<SpeakerFinding>, reading: &Reading<'_>) -> Found<SpeakerFinding> {
    if reading.prose.own_share() > SPOKEN_SHARE {
        return found;
    }
    let mut found = found;
    let person = &found.value.person;
    let last = |name: &str| name.split_whitespace().last().map(str::to_lowercase);
    let own = person.name.as_deref().and_then(last);
    let other = match reported(reading) {
        Ok(reported) => reported.value.person.name,
        Err(unknown) => unknown.candidates.into_iter().find(|name| last(name) != own),
    };
    if let Some(other) = other.filter(|other| last(other) != own) {
        found.confidence = found.confidence.min(HEADLINE_OVER_REPORT);
        found.note = Some(format!("the text under the headline reports {other}"));
    }
    found
}

/// The person whom a text reports.
fn reported(reading: &Reading<'_>) -> Result<Found<SpeakerFinding>, UnknownSpeaker> {
    let prose = &reading.prose;
    let Analysis { passages, entities } = reading.analysis();
    let mut counts = vec![0_usize; entities.len()];
    let mut first = None;
    let mut nobody = 0;
    let mut others: Vec<String> = Vec::new();
    for (passage, entity) in passages {
        match (entity, &passage.speaker) {
            (Some(index), _) => {
                counts[*index] += 1;
                first.get_or_insert(*index);
            }
            (None, Some(speaker)) => {
                let written = speaker.value.as_written.clone().unwrap_or_default();
                others.push(written);
            }
            (None, None) if passage.source.is_some() => nobody += 1,
            (None, None) => {}
        }
    }
    let Some(first) = first else {
        if let Some(found) = without_mention(prose.text, passages) {
            return Ok(found);
        }
        return Err(UnknownSpeaker::new(
            NO_SOURCE,
            "the text attributes nothing to a named person",
        ));
    };
    let most = counts.iter().copied().max().unwrap_or_default();
    let lead = counts[first];
    let second = counts
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != first)
        .map(|(_, count)| *count)
        .max()
        .unwrap_or_default();
    let entity = &entities[first];
    // `the ministry said`: no rival of its own spokesperson.
    let person = entity.person(prose);
    let own = person.affiliation.as_deref().unwrap_or_default().to_lowercase();
    others.retain(|other| own.is_empty() || !other.to_lowercase().contains(&own));
    let rest = others.len() + nobody;
    let clear = most == lead && lead >= LEAD * second && lead > rest;
    if !clear {
        let mut candidates: Vec<(usize, String)> = counts
            .iter()
            .zip(entities)
            .filter(|(count, _)| **count > 0)
            .filter_map(|(count, entity)| Some((*count, entity.person(prose).name?)))
            .collect();
        candidates.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let mut names: Vec<String> = candidates.into_iter().map(|(_, name)| name).collect();
        others.dedup();
        names.extend(others);
        names.truncate(8);
        let note = format!(
            "the text attributes {lead} of {} passages to its first source",
            passages.len()
        );
        let rule = if names.len() > 1 { SEVERAL_SPEAKERS } else { NO_SOURCE };
        let mut unknown = UnknownSpeaker::new(rule, note);
        unknown.candidates = names;
        return Err(unknown);
    }
    let full = entity.mention.name_words(prose) > 1 || entity.mention.titled;
    let opening = passages.first().is_some_and(|(_, entity)| *entity == Some(first));
    let early = passages.first().is_some_and(|(passage, _)| {
        let at = passage.source.as_ref().map_or(passage.content.start, |source| source.start);
        prose.tokens.iter().find(|token| token.start >= at).is_some_and(|token| token.sentence < 3)
    });
    let enough = lead > 1 || prose.text.len() <= SHORT_TEXT && early;
    if !full || !opening || !enough {
        let name = person.name.as_deref().unwrap_or_default();
        let why = match () {
            () if !full => "which may be no person",
            () if !opening => "but not what it reports first",
            () => "which is too little",
        };
        let note = format!("the text attributes {lead} passage(s) to `{name}`, {why}");
        let mut unknown = UnknownSpeaker::new(NO_SOURCE, note);
        unknown.candidates = person.name.clone().into_iter().collect();
        return Err(unknown);
    }
    let (rule, confidence) = match (lead, second + rest) {
        (1, _) => ("one-attribution", ONE_ATTRIBUTION),
        (_, 0) => ("only-source", ONLY_SOURCE),
        _ => ("dominant-source", DOMINANT_SOURCE),
    };
    let short = entity.mention.name_words(prose) < 2;
    let confidence = if short { confidence.min(DOMINANT_SOURCE) } else { confidence };
    // A text is no surer than the surest of the passages that it rests on, where none is sure.
    let of_first = passages.iter().filter(|(_, entity)| *entity == Some(first));
    let surest = of_first.filter_map(|(passage, _)| Some(passage.speaker.as_ref()?.confidence));
    let surest = surest.fold(0.0, f64::max);
    let confidence = if surest < FACT_CONFIDENCE { confidence.min(surest) } else { confidence };
    let note = format!("{lead} of {} passages are attributed to this person", passages.len());
    Ok(finding(prose, &entity.mention, Within::Body, rule, confidence, Some(note)))
}

/// The one person of a text in a script whose mentions are not taken apart into tokens: each part
/// is looked up in the words that name the source.
fn without_mention(
    text: &str,
    passages: &[(passages::FoundPassage, Option<usize>)],
) -> Option<Found<SpeakerFinding>> {
    let (first, _) = passages.first()?;
    let speaker = first.speaker.as_ref()?;
    let name = speaker.value.name.as_deref()?;
    let same = |passage: &passages::FoundPassage| {
        passage.speaker.as_ref().is_some_and(|other| other.value.name.as_deref() == Some(name))
    };
    let all = passages.iter().all(|(passage, _)| passage.source.is_none() || same(passage));
    let enough = passages.len() > 1 || text.len() <= SHORT_TEXT;
    if !all || !enough || speaker.value.role.is_none() || speaker.kind != BasisKind::Extracted {
        return None;
    }
    let within = speaker.evidence.first()?.clone();
    let words = text.get(within.clone())?;
    let part = |value: &Option<String>| {
        let value = value.as_deref()?;
        let at = within.start + words.find(value)?;
        Some(at..at + value.len())
    };
    let (role, affiliation) = (part(&speaker.value.role), part(&speaker.value.affiliation));
    let name = part(&speaker.value.name);
    // The country stands before the body or the office.
    let end = affiliation.as_ref().or(role.as_ref()).map_or(within.start, |range| range.start);
    let country = speaker.value.country.as_ref().map(|_| within.start..end.max(within.start));
    let person = Person { as_written: speaker.value.name.clone(), ..speaker.value.clone() };
    let (rule, confidence) = if passages.len() > 1 {
        ("only-source", ONLY_SOURCE)
    } else {
        ("one-attribution", ONE_ATTRIBUTION)
    };
    let value = SpeakerFinding { person, within: Within::Body, name, role, affiliation, country };
    let note = format!("all {} passages are attributed to this person", passages.len());
    Some(Found {
        value,
        evidence: vec![within],
        kind: BasisKind::Extracted,
        rule,
        confidence: confidence.min(speaker.confidence),
        note: Some(note),
    })
}

/// A mention as a finding with the range of each part.
fn finding(
    prose: &Prose<'_>,
    mention: &Mention,
    within: Within,
    rule: &'static str,
    confidence: f64,
    note: Option<String>,
) -> Found<SpeakerFinding> {
    let part = |tokens: &Option<Range<usize>>| tokens.clone().map(|tokens| prose.bytes(tokens));
    let country = mention.country.as_ref().map(|country| prose.bytes(country.tokens.clone()));
    let value = SpeakerFinding {
        person: mention.person(prose),
        within,
        name: part(&mention.name),
        role: part(&mention.role),
        affiliation: part(&mention.body),
        country,
    };
    let parts = [&value.name, &value.role, &value.affiliation, &value.country];
    let mut evidence: Vec<Range<usize>> = parts.into_iter().flatten().cloned().collect();
    evidence.sort_by_key(|range| (range.start, range.end));
    Found { value, evidence, kind: BasisKind::Extracted, rule, confidence, note }
}

#[cfg(test)]
mod tests;
