//! Sentences with a date that tell of an earlier day: what the speaker said then, or somebody else.

use std::ops::Range;

use super::super::super::tokens::{Class, Gap, Token, floor, prefix, tokens};
use super::super::mentions::{Words, lexicon};
use super::says;

/// Bytes behind the first sentence in which the text may go on in the first person.
const GOES_ON: usize = 400;
/// Bytes before a date in which `today` is looked for.
const BESIDE: usize = 40;

/// Whether a sentence with a date tells of what its speaker did another day, `On 3 March 2024 I told this House
/// that`, or of what somebody else said, `As Jane Roe said on 3 March 2024`. `told` is where the verb stands
/// behind the date.
pub(super) fn is_told_later(
    before: &[Token<'_>],
    behind: &[Token<'_>],
    told: usize,
    words: &Words,
) -> bool {
    let clause = clause(before);
    let reports = clause.iter().any(|token| token.is_word() && says(&words.reporting, token));
    if reports && clause.first().is_some_and(|first| says(&words.as_said, first)) {
        return true;
    }
    if is_on_this_day(before, words) {
        return false;
    }
    let is_inverted = || behind.get(told + 1).is_some_and(|next| says(&words.inverted, next));
    let is_own_paper = |phrase: &Vec<String>| {
        let mut places = behind[..told].windows(phrase.len());
        places.any(|place| place.iter().zip(phrase).all(|(token, word)| token.folds_to(word)))
    };
    first_person(clause, &words.first_person, 0)
        || words.own_paper.iter().any(is_own_paper)
        || first_person(&behind[..told], &words.first_person, 0) && told < behind.len()
        || is_inverted()
        || is_told_later_in_chinese(behind, words)
}

/// `Today, 10 December,`, `On this day, 10 December,`: not `I told this House on`.
fn is_on_this_day(before: &[Token<'_>], words: &Words) -> bool {
    let mut beside = before.iter().rev().take_while(|token| {
        let is_day = says(&words.openers, token) || says(&words.on_this_day, token);
        token.class == Class::Mark || is_day || token.folds_to("day")
    });
    beside.any(|token| says(&words.on_this_day, token))
}

/// `2010年5月12日，我在本院表示`
fn is_told_later_in_chinese(behind: &[Token<'_>], words: &Words) -> bool {
    if behind.iter().all(|token| token.class != Class::Cjk) {
        return false;
    }
    let text: String = behind.iter().map(|token| token.text).collect();
    let verb = words.reporting_cjk.iter().filter_map(|verb| text.find(verb.as_str())).min();
    verb.is_some_and(|verb| {
        words.first_person_cjk.iter().any(|speaker| text[..verb].contains(speaker.as_str()))
    })
}

/// What stands before a date since the last mark that parts.
fn clause<'t, 'a>(before: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let parts = |token: &Token<'_>| {
        token.class == Class::Mark && !matches!(token.text, "." | "'" | "’" | "-" | "#" | "*" | "_")
    };
    before.iter().rposition(parts).map_or(before, |at| &before[at + 1..])
}

/// Whether a pronoun of the first person stands among words, from one of them on and outside of quotation marks.
fn first_person(words: &[Token<'_>], pronouns: &super::WordSet, from: usize) -> bool {
    let mut is_quoted = false;
    words.iter().enumerate().any(|(at, token)| {
        match token.text {
            "„" | "«" | "「" => is_quoted = true,
            "”" | "»" | "」" => is_quoted = false,
            "\"" | "“" => is_quoted = !is_quoted,
            _ => {}
        }
        // `Karl I` is no pronoun, `i` a word of other languages.
        let is_numeral = || {
            token.text == "I"
                && token.gap <= Gap::Space
                && at.checked_sub(1).is_some_and(|before| words[before].is_capitalised())
        };
        at >= from
            && !is_quoted
            && token.is_word()
            && token.text != "i"
            && says(pronouns, token)
            && !is_numeral()
    })
}

/// Whether the paragraph in which a date stands goes on in the first person behind it, outside of quotation
/// marks: who speaks there tells of a day, and need not speak on it.
pub(in super::super) fn goes_on_in_first_person(text: &str, date: &Range<usize>) -> bool {
    let words = &lexicon().words;
    let before = &text[floor(text, date.start.saturating_sub(BESIDE))..date.start];
    if is_on_this_day(&tokens(before).collect::<Vec<_>>(), words) {
        return false;
    }
    let behind = prefix(&text[date.end..], GOES_ON);
    let ends = |&(at, _): &(usize, &str)| {
        let rest = &behind[at + 1..];
        rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n')
            || behind[..at].trim_end().ends_with(|c: char| !c.is_alphanumeric() && c != ',')
    };
    let end = behind.match_indices('\n').find(ends).map_or(behind.len(), |(at, _)| at);
    let behind: Vec<_> = tokens(&behind[..end]).collect();
    // In the sentence of the date itself `we` may be what somebody is said to have said.
    let stops = |pair: &[Token<'_>]| {
        matches!(pair[0].text, "." | "!" | "?")
            && pair[1].gap >= Gap::Space
            && pair[1].is_capitalised()
    };
    let next = behind.windows(2).position(stops);
    next.is_some_and(|stop| first_person(&behind, &words.plain_first_person, stop + 1))
}
