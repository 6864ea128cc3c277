//! Days that a text counts from the day of its publication: `yesterday`, `on Tuesday`, `昨天`
//! (`data/relative.toml`).

use std::ops::Range;
use std::sync::LazyLock;

use dixit::{BasisKind, StatementDate};
use jiff::ToSpan;
use serde::Deserialize;

use super::super::Found;
use super::super::short_words::WordSet;
use super::super::tokens::{Token, prefix, tokens};
use super::mentions::lexicon;
use super::{DateOutcome, OPENING_BYTES, Search, another_day, own, quoted, weekday};
use crate::extract::shipped;

/// `yesterday`, where the day of publication is known.
const COUNTED: f64 = 0.9;
/// `on Tuesday`: the last one before publication.
const WEEKDAY: f64 = 0.85;
/// `last Tuesday` may be that of the week before.
const LAST_WEEKDAY: f64 = 0.75;
/// The first of several days on which somebody spoke.
const ONE_OF_SEVERAL: f64 = 0.6;

#[derive(Debug, Default, Deserialize)]
struct File {
    published: Vec<String>,
    day: Vec<Day>,
    weekday: Weekday,
    another_day: another_day::Words,
}

#[derive(Debug, Deserialize)]
struct Day {
    words: Vec<String>,
    back: i32,
}

#[derive(Debug, Default, Deserialize)]
struct Weekday {
    before: WordSet,
    last: WordSet,
    never: WordSet,
    han: Vec<String>,
    han_days: Vec<String>,
}

fn file() -> &'static File {
    // The file is part of the program; a test reads it.
    static FILE: LazyLock<File> =
        LazyLock::new(|| shipped("relative.toml", include_str!("../../../data/relative.toml")));
    &FILE
}

/// What tells that a text speaks of another day than the date at its beginning.
pub(super) fn another_day() -> &'static another_day::Words {
    &file().another_day
}

/// Whether a line with a date says that this is the day of publication, and not when a page was printed.
pub(super) fn is_published(text: &str, own: &super::Own) -> bool {
    const REACH: usize = 60;
    let Some(range) = &own.evidence else { return false };
    let from = super::super::tokens::floor(text, range.start.saturating_sub(REACH));
    let to = super::super::tokens::floor(text, range.end.saturating_add(REACH)).max(range.end);
    let before = text[from..range.start].rsplit('\n').next().unwrap_or_default();
    let behind = text[range.end..to].split('\n').next().unwrap_or_default();
    let line = format!("{before} {behind}").to_lowercase();
    file().published.iter().any(|word| line.contains(word.as_str()))
}

/// How a text counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    /// So many days before.
    Back(i32),
    /// The last such weekday, 0 is Monday; whether "last" stands by it.
    Weekday(i8, bool),
}

impl Search<'_> {
    /// The day that the opening counts from the day of publication, in a sentence that reports.
    pub(super) fn relative(&self) -> Option<DateOutcome> {
        let published = self.published?;
        let from = published.get_day().and(published.range().from)?;
        let opening = prefix(self.text, OPENING_BYTES / 2);
        let words: Vec<_> = tokens(opening).collect();
        let mut told = own::sentences(&words).into_iter().filter_map(|sentence| {
            let sentence = &words[sentence];
            reports(sentence, opening).then(|| counted(sentence)).flatten()
        });
        let (count, range) = told.next()?;
        let today = weekday(published)?;
        let days_back = |count| match count {
            Count::Back(days) => days,
            Count::Weekday(day, last) => {
                let back = i32::from((today - day).rem_euclid(7));
                if last && back == 0 { 7 } else { back }
            }
        };
        let back = days_back(count);
        let is_one_of_several = told.any(|(other, _)| days_back(other) != back);
        let day = from.checked_sub(back.days()).ok()?;
        let value = StatementDate::day(day.year(), day.month(), day.day())?;
        let confidence = match count {
            _ if is_one_of_several => ONE_OF_SEVERAL,
            Count::Back(_) => COUNTED,
            Count::Weekday(_, false) => WEEKDAY,
            Count::Weekday(_, true) => LAST_WEEKDAY,
        };
        let note = format!(
            "“{}”, counted from the day of publication, {published}",
            quoted(&self.text[range.clone()])
        );
        let mut evidence = vec![range];
        evidence.extend(self.published_at.clone());
        evidence.sort_by_key(|range| range.start);
        Some(DateOutcome::Known(Found {
            value,
            evidence,
            kind: BasisKind::Inferred,
            rule: "relative-to-publication",
            confidence,
            note: Some(note),
        }))
    }
}

fn reports(sentence: &[Token<'_>], text: &str) -> bool {
    let words = &lexicon().words;
    let (Some(first), Some(last)) = (sentence.first(), sentence.last()) else { return false };
    let written = &text[first.start..last.end()];
    let is_verb = |token: &Token<'_>| words.reporting.contains(&*token.folded());
    let verb = sentence.iter().position(is_verb);
    let ahead = |token: &Token<'_>| words.ahead.contains(&*token.folded());
    let told = verb.unwrap_or(sentence.len());
    (verb.is_some() || words.reporting_cjk.iter().any(|verb| written.contains(verb)))
        && !sentence[..told].iter().any(ahead)
}

/// The first day that a sentence counts. Chinese words are several tokens.
fn counted(sentence: &[Token<'_>]) -> Option<(Count, Range<usize>)> {
    let file = file();
    let spelt = |at: usize, word: &str| {
        let parts: Vec<_> = tokens(word).collect();
        let here = parts.iter().enumerate().all(|(offset, part)| {
            sentence.get(at + offset).is_some_and(|token| token.folded() == part.folded())
        });
        (here && !parts.is_empty()).then(|| at + parts.len())
    };
    let range = |from: usize, to: usize| sentence[from].start..sentence[to - 1].end();
    for at in 0..sentence.len() {
        for day in &file.day {
            if let Some(end) = day.words.iter().find_map(|word| spelt(at, word)) {
                return Some((Count::Back(day.back), range(at, end)));
            }
        }
        let before = at.checked_sub(1).map(|before| sentence[before].folded());
        let is_before = |list: &WordSet| before.as_ref().is_some_and(|w| list.contains(&**w));
        if let Some(&day) = lexicon().weekdays().get(&*sentence[at].folded())
            && !is_before(&file.weekday.never)
        {
            let behind = sentence.get(at + 1).map(Token::folded);
            let last = is_before(&file.weekday.last)
                || behind.is_some_and(|word| file.weekday.last.contains(&*word));
            // "the minister said Tuesday" needs nothing before it; a Monday in a name would.
            let told = before.as_ref().is_some_and(|w| lexicon().words.reporting.contains(&**w));
            if last || told || is_before(&file.weekday.before) {
                return Some((Count::Weekday(day, last), range(at, at + 1)));
            }
        }
        let Some(next) = file.weekday.han.iter().find_map(|word| spelt(at, word)) else { continue };
        let day = sentence.get(next).and_then(|token| {
            let day = if token.text == "天" { "日" } else { token.text };
            file.weekday.han_days.iter().position(|one| one == day)
        });
        let text: String = sentence[at.saturating_sub(2)..next].iter().map(|t| t.text).collect();
        if file.weekday.never.iter().any(|word| text.contains(word.as_str())) {
            continue;
        }
        if let Some(day) = day.and_then(|day| i8::try_from(day).ok()) {
            let last = file.weekday.last.iter().any(|word| text.contains(word.as_str()));
            return Some((Count::Weekday(day, last), range(at, next + 1)));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::{DateHints, find};
    use super::*;

    #[test]
    fn the_words_are_there() {
        let file: File = toml::from_str(include_str!("../../../data/relative.toml")).unwrap();
        assert!(file.day.len() == 3 && file.weekday.han_days.len() == 7);
    }

    #[test]
    fn days_are_counted_from_the_day_of_publication() {
        // A Thursday.
        let hints = DateHints { published: "2024-05-16".parse().ok(), file_name: None };
        for (text, date) in [
            ("The minister said yesterday that the talks had failed for good.", "2024-05-15"),
            ("The minister said on Tuesday that the talks had failed for good.", "2024-05-14"),
            ("The minister said Tuesday that the talks had failed for good.", "2024-05-14"),
            ("On Thursday the minister said that the talks had failed for good.", "2024-05-16"),
            ("The minister told reporters last Thursday that all was lost.", "2024-05-09"),
            ("Die Ministerin sagte gestern, die Gespräche seien gescheitert.", "2024-05-15"),
            ("Am Montag sagte die Ministerin, die Gespräche seien gescheitert.", "2024-05-13"),
            ("La ministre a déclaré hier que les négociations avaient échoué.", "2024-05-15"),
            ("El ministro afirmó ayer que las conversaciones habían fracasado.", "2024-05-15"),
            ("El ministro afirmó el lunes que las conversaciones habían fracasado.", "2024-05-13"),
            (
                "El ministro afirmó este martes que las conversaciones habían fracasado.",
                "2024-05-14",
            ),
            ("发言人昨天表示，谈判没有取得结果。", "2024-05-15"),
            ("发言人周二表示，谈判没有取得结果。", "2024-05-14"),
            // No day that is past, or nobody who speaks: the day of publication.
            (
                "The ship is to sail on Tuesday, weather permitting, and not before that.",
                "2024-05-16",
            ),
            ("The minister said that the ship sails next Tuesday and not before.", "2024-05-16"),
        ] {
            let outcome = find(text, None, &hints);
            assert_eq!(outcome.known().unwrap().value.to_string(), date, "{text}\n{outcome:?}");
        }
        // Nothing to count from.
        let text = "The minister said yesterday that the talks had failed for good.";
        assert!(find(text, None, &DateHints::default()).known().is_none());
    }

    #[test]
    fn the_first_of_several_days_is_not_sure() {
        let hints = DateHints { published: "2024-05-16".parse().ok(), file_name: None };
        for (behind, confidence) in [
            ("On Wednesday the mayor said that the town would wait for them.", ONE_OF_SEVERAL),
            ("On Tuesday the mayor said that the town would wait for them.", WEEKDAY),
            ("The ferry to the island sails on Wednesday as it always did.", WEEKDAY),
        ] {
            let text =
                format!("The minister said on Tuesday that the talks had failed.\n\n{behind}");
            let outcome = find(&text, None, &hints);
            let found = outcome.known().unwrap();
            assert_eq!(found.value.to_string(), "2024-05-14", "{text}");
            assert!((found.confidence - confidence).abs() < 1e-9, "{found:?}");
        }
    }

    #[test]
    fn the_day_of_publication_is_not_that_of_what_was_said() {
        for (text, date) in [
            (
                "Published: 12 May 2024\n\nOn 10 May, the minister said that the talks had failed.",
                "2024-05-10 day-and-anchored-year",
            ),
            (
                "Published: 12 May 2024\n\nThe minister said on Friday that the talks had failed.",
                "2024-05-10 relative-to-publication",
            ),
            (
                "Veröffentlicht: 12. Mai 2024\n\nDie Ministerin sagte gestern, es sei vorbei mit allem.",
                "2024-05-11 relative-to-publication",
            ),
            (
                "Published: 12 May 2024\n\nTalks have failed, again, for good.",
                "2024-05-12 labelled-date",
            ),
        ] {
            let outcome = find(text, None, &DateHints::default());
            let found = outcome.known().unwrap();
            assert_eq!(format!("{} {}", found.value, found.rule), date, "{text}");
            assert!(!found.evidence.is_empty(), "{found:?}");
        }
    }
}
