//! German word order: who stands before the verb need not be its subject.

use super::super::mentions::{Gender, Mention};
use super::super::prose::Prose;
use super::Verb;
use super::source::beginning_at;

/// Whether a German subject follows its verb, whoever stands before: `Dem Minister antwortete Roh`,
/// `Wie Doh sagte Roh, …`.
pub(super) fn verb_second(prose: &Prose<'_>, verb: &Verb<'_>, before: usize) -> bool {
    let mention = &verb.mentions[before];
    let like = || {
        let start = mention.tokens.start;
        start > verb.sentence.start
            && prose.text_of(start - 1).eq_ignore_ascii_case("wie")
            && beginning_at(verb.mentions, verb.tokens.end).is_some()
    };
    !verb.cue.english && (is_dative(prose, mention) || like())
}

/// `dem Minister`, `der Ministerin`: spoken to.
pub(super) fn is_dative(prose: &Prose<'_>, mention: &Mention) -> bool {
    let article = prose.text_of(mention.tokens.start).to_lowercase();
    let woman = mention.gender == Some(Gender::Female);
    mention.tokens.len() > 1 && (article == "dem" || article == "der" && woman)
}
