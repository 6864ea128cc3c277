//! Lines at the head of a text that carry another day than that of the text: captions of photos, corrections,
//! and what was printed on a page (`data/asides.toml`).

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::super::short_words::WordSet;
use super::super::tokens::{Token, floor, tokens};
use super::own::Place;
use crate::extract::shipped;

/// Bytes to each side of a date in which its line is looked at.
const REACH: usize = 600;
/// Lines of a caption that was wrapped.
const MOST_LINES: usize = 5;
/// A shorter line was not wrapped.
const WRAPPED: usize = 45;
/// Words between a date and the word that tells of a page: `Retrieved from the archive on`.
const NEAR: usize = 5;
/// Words between the beginning of a note and its date.
const NOTE_WORDS: usize = 4;

#[derive(Debug, Default, Deserialize)]
struct Lists {
    caption: Vec<String>,
    credit: Vec<String>,
    credit_end: Vec<String>,
    pictured: Vec<String>,
    note: Vec<String>,
    note_words: WordSet,
    corrected: Vec<String>,
    page: WordSet,
    page_cjk: Vec<String>,
}

fn lists() -> &'static Lists {
    // The file is part of the program; a test reads it.
    static LISTS: LazyLock<Lists> =
        LazyLock::new(|| shipped("asides.toml", include_str!("../../../data/asides.toml")));
    &LISTS
}

/// Whether the line of a date makes it another day than that of the text.
pub(super) fn is_aside(text: &str, date: &Range<usize>, place: Place) -> bool {
    let Some((before, behind)) = around(text, date) else { return false };
    is_of_page(&before, &behind)
        || is_caption(&before, &behind)
        // `Updated: 12 May` has a place of its own.
        || place != Place::Label && is_note(&before, &behind)
}

/// What stands before and behind a date on its line, or on the lines of a paragraph that was wrapped, folded.
fn around(text: &str, date: &Range<usize>) -> Option<(String, String)> {
    let before = text.get(floor(text, date.start.saturating_sub(REACH))..date.start)?;
    let behind = text.get(date.end..floor(text, date.end.saturating_add(REACH)).max(date.end))?;
    let mut from = before.rfind('\n').map_or(0, |end| end + 1);
    for _ in 0..MOST_LINES {
        let Some(over) = from.checked_sub(1).and_then(|end| before.get(..end)) else { break };
        let start = over.rfind('\n').map_or(0, |end| end + 1);
        let line = over[start..].trim_end();
        let runs_on =
            line.len() > WRAPPED && line.ends_with(|c: char| c.is_alphanumeric() || c == ',');
        if !runs_on {
            break;
        }
        from = start;
    }
    let mut to = behind.find('\n').unwrap_or(behind.len());
    for _ in 0..MOST_LINES {
        let Some(under) = behind.get(to + 1..) else { break };
        let line = &under[..under.find('\n').unwrap_or(under.len())];
        let runs_on = line.trim_start().starts_with(|c: char| c.is_lowercase() || c == '(');
        if !runs_on {
            break;
        }
        to += 1 + line.len();
    }
    let folded = |text: &str| text.to_lowercase().replace('’', "'");
    Some((folded(before[from..].trim_start()), folded(&behind[..to])))
}

/// `Retrieved 5 May 2020.`, `abgerufen am 5. Mai 2020`, `am 5. Mai 2020 abgerufen`.
fn is_of_page(before: &str, behind: &str) -> bool {
    let lists = lists();
    let sentence = before.rsplit(['.', ';', '|', '。']).next().unwrap_or_default();
    let says = |token: &Token<'_>| token.is_word() && lists.page.contains(&*token.folded());
    let words: Vec<_> = tokens(sentence).filter(Token::is_word).collect();
    let is_before = words.len() <= NEAR && words.iter().any(says);
    let first = tokens(behind).next();
    is_before
        || first.as_ref().is_some_and(says)
        || lists.page_cjk.iter().any(|word| {
            behind.starts_with(word.as_str())
                || words.len() <= 2 * NEAR && sentence.contains(word.as_str())
        })
}

/// `FILE - The mayor speaks in Norport, 9 April 2022`, `… in Norport, 9 April 2022. Photo: Jane Roe`.
fn is_caption(before: &str, behind: &str) -> bool {
    let lists = lists();
    let start = before.trim_start_matches(|c: char| !c.is_alphanumeric());
    if lists.caption.iter().any(|word| begins(start, word)) {
        return true;
    }
    let next = behind.trim_start_matches([',', ' ']);
    if start.starts_with("in this ") && lists.pictured.iter().any(|word| begins(next, word)) {
        return true;
    }
    // `9 April 2022 | Photo: Jane Roe` stands under a headline, and is the day of the text.
    let before = before.trim_end();
    if before.is_empty() || before.ends_with(['|', '·', '•']) {
        return false;
    }
    let end = behind.trim_end_matches(|c: char| !c.is_alphanumeric());
    lists.credit_end.iter().any(|word| end.ends_with(word.as_str()))
        || lists.credit.iter().any(|word| {
            behind.match_indices(word.as_str()).any(|(at, _)| {
                let last = behind[..at].trim_end().chars().next_back();
                last.is_some_and(|c| {
                    matches!(c, '.' | '!' | '(' | '[' | '|' | '（' | '。' | '/' | ')')
                }) && begins(&behind[at..], word)
            })
        })
}

/// `Correction, 3 March 2024: An earlier version of this article …`
fn is_note(before: &str, behind: &str) -> bool {
    let lists = lists();
    let start = before.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_small = |token: Token<'_>| {
        !token.is_word() && token.number().is_none() || lists.note_words.contains(&*token.folded())
    };
    let noted = lists.note.iter().any(|word| {
        begins(start, word)
            && start.get(word.len()..).is_some_and(|rest| {
                tokens(rest).filter(Token::is_word).count() <= NOTE_WORDS
                    && tokens(rest).all(is_small)
            })
    });
    let says = |text: &str| lists.corrected.iter().any(|words| text.contains(words.as_str()));
    noted || says(before) || says(behind)
}

/// Whether a text begins with a phrase that no letter goes on from.
fn begins(text: &str, phrase: &str) -> bool {
    let goes_on = |rest: &str| {
        let is_open = phrase.ends_with(|c: char| {
            c.is_ascii_alphabetic() || c.is_alphabetic() && u32::from(c) < 0x2E80
        });
        is_open && rest.starts_with(char::is_alphabetic)
    };
    text.strip_prefix(phrase).is_some_and(|rest| !goes_on(rest))
}
