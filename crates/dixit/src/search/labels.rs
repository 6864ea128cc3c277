//! What a hit was found by: a topic or keyword where its words do not have what is sought, and which speaker.

use super::answer::{FoundBy, SpeakerMatch};
use super::found::Finders;
use crate::statement::{Person, Statement};

/// The topics and keywords that hold what neither title nor text does; `None` where there is nothing such.
pub(super) fn found_by(statement: &Statement, finders: &Finders<'_>) -> Option<FoundBy> {
    let mut found = FoundBy::default();
    for sought in &finders.anywhere {
        // A level by itself, as it is indexed.
        let has = |label: &&String| label.split('/').any(|level| sought.is_in(level));
        let topics: Vec<&String> = statement.topics.iter().filter(has).collect();
        let keywords: Vec<&String> =
            statement.keywords.iter().filter(|label| sought.is_in(label)).collect();
        let is_labelled = !topics.is_empty() || !keywords.is_empty();
        let title = statement.title.as_deref();
        if !is_labelled
            || title.is_some_and(|title| sought.is_in(title))
            || sought.is_in(&statement.text)
        {
            continue;
        }
        add(&mut found.topics, topics);
        add(&mut found.keywords, keywords);
    }
    (found != FoundBy::default()).then_some(found)
}

fn add(all: &mut Vec<String>, more: Vec<&String>) {
    for label in more {
        if !all.contains(label) {
            all.push(label.clone());
        }
    }
}

/// Which speaker a `speaker:` in the query found.
pub(super) fn speaker_match(statement: &Statement, finders: &Finders<'_>) -> Option<SpeakerMatch> {
    let names = &finders.speaker;
    if names.sought.is_empty() {
        return None;
    }
    let is_sought = |person: &Person| {
        let forms = [person.name.as_deref(), person.as_written.as_deref()];
        forms.into_iter().flatten().any(|form| names.is_in(form))
    };
    let passages = statement.passages.iter().enumerate();
    let passages = passages.filter(|(_, passage)| passage.speaker.as_ref().is_some_and(is_sought));
    Some(SpeakerMatch {
        statement: statement.speaker.as_ref().is_some_and(is_sought),
        passages: passages.map(|(place, _)| place).collect(),
    })
}
