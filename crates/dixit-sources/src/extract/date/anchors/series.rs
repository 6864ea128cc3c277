//! Sessions that are numbered and meetings that are named by their place (`data/series.toml`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::super::short_words::{WordSet, WordTable};
use super::super::super::tokens::{Gap, Token, prefix, tokens};
use super::super::super::vocabulary::NumberedText;
use super::super::OPENING_BYTES;
use super::super::beginnings::{Lists, next};
use super::super::cues::words as terms;
use super::super::numbers::{cardinal, cjk, ordinal};
use super::{Anchor, Claim, Key};
use crate::extract::shipped;

/// A meeting on one of its days, as the text says: "addressing", "at", "opened".
const AT: f64 = 0.85;
/// It may be told from later.
const NAMED: f64 = 0.75;
/// "ahead of COP29": the year before it.
const AHEAD: f64 = 0.78;
/// Tokens around a name that say whether it goes on, lies ahead or is past.
const AROUND: usize = 6;

/// Before a number that counts somebody's own meetings.
const OWN: &[&str] = &["my", "his", "her", "our", "your", "mon", "ma", "mein", "meine", "mi"];

#[derive(Debug, Default, Deserialize)]
struct File {
    cues: Vec<String>,
    series: Vec<Row>,
}

#[derive(Debug, Deserialize)]
struct Row {
    names: Vec<String>,
    what: String,
    #[serde(default)]
    days: Vec<(i16, String, String)>,
    #[serde(default)]
    base: i16,
    #[serde(default)]
    step: i16,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    later: i16,
    /// Lower numbers sat otherwise.
    #[serde(default)]
    least: i16,
    #[serde(default)]
    opening: Vec<String>,
    #[serde(default)]
    wide: bool,
}

impl Row {
    /// The days of the meeting of this number.
    fn spans(&self, n: i16) -> Vec<(Date, Date)> {
        if self.step == 0 {
            let this = self.days.iter().filter(|(number, ..)| *number == n);
            return this
                .filter_map(|(_, from, to)| Some((from.parse().ok()?, to.parse().ok()?)))
                .collect();
        }
        if n < self.least {
            return Vec::new();
        }
        let Some(year) = self.step.checked_mul(n).and_then(|years| years.checked_add(self.base))
        else {
            return Vec::new();
        };
        let day = |year: i16, day: &str| format!("{year:04}-{day}").parse::<Date>().ok();
        day(year, &self.from)
            .zip(day(year.saturating_add(self.later), &self.to))
            .into_iter()
            .collect()
    }
}

#[derive(Debug)]
enum Part {
    Number,
    Word(String),
}

#[derive(Debug)]
struct Name {
    parts: Vec<Part>,
    /// Where its first word stands: behind the number, if it begins with one.
    first: usize,
    row: usize,
}

#[derive(Debug)]
struct Series {
    rows: Vec<Row>,
    /// Names by their first word.
    names: WordTable<Vec<Name>>,
    cues: Option<AhoCorasick>,
    /// The cues as the list has them.
    written: Vec<String>,
}

fn series() -> &'static Series {
    static SERIES: LazyLock<Series> = LazyLock::new(|| {
        // The file is part of the program; a test reads it.
        let file: File = shipped("series.toml", include_str!("../../../../data/series.toml"));
        let cues = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&file.cues)
            .ok();
        let mut by_word: BTreeMap<String, Vec<Name>> = BTreeMap::new();
        for (row, names) in file.series.iter().map(|row| &row.names).enumerate() {
            for name in names {
                let parts: Vec<_> = tokens(name)
                    .map(|token| match token.text {
                        "#" => Part::Number,
                        _ => Part::Word(token.folded().into_owned()),
                    })
                    .collect();
                let first = parts.iter().position(
                    |part| matches!(part, Part::Word(word) if word != "第" && word != "."),
                );
                let Some(first) = first else { continue };
                if let Part::Word(word) = &parts[first] {
                    let word = word.clone();
                    by_word.entry(word).or_default().push(Name { parts, first, row });
                }
            }
        }
        let names = by_word.into_iter().collect();
        Series { rows: file.series, names, cues, written: file.cues }
    });
    &SERIES
}

/// What makes an opening worth reading, as the list has it.
pub(super) fn written() -> &'static [String] {
    &series().written
}

#[cfg(test)]
pub(super) fn cues() -> Option<&'static AhoCorasick> {
    series().cues.as_ref()
}

/// The meetings that the opening of a text names, given its tokens too.
pub(super) fn find(
    text: &str,
    words: &[Token<'_>],
    apart: Option<&NumberedText<'_>>,
) -> Vec<Anchor> {
    let opening = prefix(text, OPENING_BYTES);
    let series = series();
    let cue = |cues| next((Lists::SERIES, cues), opening, apart, 0);
    if series.cues.as_ref().and_then(cue).is_none() {
        return Vec::new();
    }
    let mut found: Vec<Anchor> = Vec::new();
    for at in 0..words.len() {
        let names = series.names.get(words[at].text).map_or(&[][..], Vec::as_slice);
        let hit = names.iter().find_map(|name| Some((name, name.at(words, at)?)));
        if let Some((name, (n, from, to))) = hit
            && let Some(anchor) =
                anchor(&series.rows[name.row], name.row, n, words, from, to, opening)
        {
            found.push(anchor);
        }
    }
    found
}

impl Name {
    /// The number in this name, and its tokens, where its first word stands at a token.
    fn at(&self, words: &[Token<'_>], at: usize) -> Option<(i16, usize, usize)> {
        let mut n = 0;
        let mut from = at;
        if self.first > 0 {
            // The number is before: the longest that ends here, or at the mark between.
            let end = at - usize::from(at > 0 && words[at - 1].is(".") && self.first > 1);
            let number = (1..=7)
                .filter_map(|back| at.checked_sub(back))
                .filter_map(|start| Some((start, number(words, start)?)))
                .rfind(|(_, (_, next))| *next == at || *next == end)?;
            (from, n) = (number.0, number.1.0);
            // `soixante-dix-neuvième`, which no list has whole; `my first General Assembly`.
            let before = from.checked_sub(1).map(|before| &words[before]);
            let part = before.is_some_and(|before| before.is("-") && words[from].gap == Gap::None);
            let owned = before.is_some_and(|before| OWN.contains(&&*before.folded()));
            if part || owned {
                return None;
            }
        }
        let mut next = at;
        for part in &self.parts[self.first..] {
            match part {
                Part::Word(word) => {
                    let token = words.get(next).filter(|t| next == at || t.gap <= Gap::Line)?;
                    if *token.folded() != **word {
                        return None;
                    }
                    next += 1;
                }
                Part::Number => {
                    let (value, behind) = number(words, next)?;
                    (n, next) = (value, behind);
                }
            }
        }
        Some((n, from, next))
    }
}

fn number(words: &[Token<'_>], at: usize) -> Option<(i16, usize)> {
    ordinal(words, at).or_else(|| cjk(words, at)).or_else(|| cardinal(words, at))
}

fn anchor(
    row: &Row,
    index: usize,
    n: i16,
    words: &[Token<'_>],
    from: usize,
    to: usize,
    text: &str,
) -> Option<Anchor> {
    let terms = terms();
    let spans = row.spans(n);
    let (&(first, last), others) = spans.split_first()?;
    // A number that a scan broke.
    if !(1940..=2060).contains(&first.year()) {
        return None;
    }
    let before = &words[from.saturating_sub(AROUND)..from];
    let behind = &words[to..words.len().min(to + AROUND)];
    let says = |tokens: &[Token<'_>], list: &WordSet| {
        tokens.iter().any(|token| list.contains(&*token.folded()))
    };
    // "had adopted at its 70th session", "the 70th session had adopted", "at COP21 the world had agreed".
    if says(before, &terms.before_then)
        || says(&behind[..behind.len().min(3)], &terms.before_then)
        || says(&behind[..behind.len().min(3)], &terms.concluded)
    {
        return None;
    }
    let range = words.get(from)?.start..words.get(to.checked_sub(1)?)?.end();
    let is_ahead = (from.saturating_sub(AROUND)..from).any(|at| {
        terms.future.iter().any(|phrase| {
            phrase.iter().enumerate().all(|(offset, word)| {
                words.get(at + offset).is_some_and(|token| *token.folded() == **word)
            })
        })
    });
    let origin = format!("{} {}", row.what, first.year());
    let (claim, weight) = if is_ahead {
        let year_before = first.checked_sub(1.year()).ok()?;
        // Who is to attend a session of a year may do so when it sits already.
        let until = if row.later > 0 { last } else { first.yesterday().ok()? };
        (Claim::Spans(vec![(year_before, until)]), AHEAD)
    } else if row.opening.iter().any(|cue| text.to_lowercase().contains(cue)) {
        (Claim::Years(vec![first.year()]), AT)
    } else {
        // A session of a year is spoken of before it opens and after it closes.
        let at = says(before, &terms.present) && row.later == 0 || row.step > 1;
        (Claim::Spans(spans.clone()), if at && others.is_empty() { AT } else { NAMED })
    };
    let is_opening = matches!(claim, Claim::Years(_));
    let here = before.iter().any(|token| matches!(&*token.folded(), "here" | "this"));
    let this_year = is_opening || !is_ahead && here;
    let key = if row.wide { Key::Stretch(index) } else { Key::Series(index) };
    let session = (row.later > 0 && row.step == 1).then_some((first, last));
    Some(Anchor { range, key, claim, weight, this_year, origin, session })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_sat_otherwise_give_no_days() {
        let row = |name: &str| {
            series().rows.iter().find(|row| row.names.iter().any(|known| known == name)).unwrap()
        };
        let congress = row("#届全国人大一次会议");
        assert!(congress.spans(1).is_empty() && congress.spans(8).is_empty());
        assert_eq!(congress.spans(14)[0].0.year(), 2023);
        let assembly = row("# session of the General Assembly");
        assert!(assembly.spans(1).is_empty());
        assert_eq!(assembly.spans(2)[0].0.year(), 1947);
        // The climate's and that of endangered species.
        assert_eq!(row("COP#").spans(20).len(), 2);
    }

    #[test]
    fn every_series_has_days_and_a_source() {
        let file: toml::Table = include_str!("../../../../data/series.toml").parse().unwrap();
        for row in file["series"].as_array().unwrap() {
            assert!(row["source"].as_str().is_some_and(|source| !source.is_empty()), "{row:?}");
        }
        for row in &series().rows {
            let numbers: Vec<i16> = match row.step {
                0 => row.days.iter().map(|(n, ..)| *n).collect(),
                _ => vec![row.least.max(14)],
            };
            assert!(row.least == 0 || row.spans(row.least - 1).is_empty(), "{row:?}");
            for n in numbers {
                let spans = row.spans(n);
                assert!(!spans.is_empty() && spans.iter().all(|(from, to)| from <= to), "{row:?}");
            }
        }
    }
}
