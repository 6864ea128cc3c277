//! Keywords against gold, as the field measures them.

use std::collections::BTreeSet;

use dixit::Statement;
use dixit::analysis::{Stemmer, analyse};
use serde::Serialize;

use super::{GoldRow, share};

/// How many keywords of a statement are looked at, the first ones.
pub const KEYWORDS_COUNTED: usize = 10;

/// How the first ten keywords came out: means over the rows, of phrases whose stems are the same, as is the
/// custom since Hulth (2003).
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct KeywordScore {
    /// Rows with keywords.
    pub gold: u64,
    /// Mean share of right ones among those that were found.
    pub precision: f64,
    /// Mean share of found ones among the right ones.
    pub recall: f64,
    /// Mean of the F1 of each row.
    pub f1: f64,
}

#[derive(Default)]
pub(super) struct Tally {
    rows: u64,
    precision: f64,
    recall: f64,
    f1: f64,
}

impl Tally {
    pub(super) fn add(&mut self, row: &GoldRow, statement: &Statement) {
        let Some(gold) = &row.keywords else { return };
        let language = row.language.as_deref().or(statement.language.as_deref()).unwrap_or("en");
        let stemmer = Stemmer::of(language);
        let gold: BTreeSet<String> = gold
            .iter()
            .map(|key| stems(key, stemmer.as_ref()))
            .filter(|key| !key.is_empty())
            .collect();
        if gold.is_empty() {
            return;
        }
        let mut found: Vec<String> = Vec::new();
        for key in &statement.keywords {
            let key = stems(key, stemmer.as_ref());
            if !key.is_empty() && !found.contains(&key) && found.len() < KEYWORDS_COUNTED {
                found.push(key);
            }
        }
        let hits = found.iter().filter(|key| gold.contains(*key)).count() as u64;
        self.rows += 1;
        self.precision += share(hits, found.len() as u64);
        self.recall += share(hits, gold.len() as u64);
        self.f1 += share(2 * hits, (found.len() + gold.len()) as u64);
    }

    pub(super) fn score(self) -> Option<KeywordScore> {
        let rows = self.rows as f64;
        (self.rows > 0).then(|| KeywordScore {
            gold: self.rows,
            precision: self.precision / rows,
            recall: self.recall / rows,
            f1: self.f1 / rows,
        })
    }
}

fn stems(phrase: &str, stemmer: Option<&Stemmer>) -> String {
    let mut out = String::new();
    let mut tokens = analyse(phrase, None);
    while let Some(token) = tokens.next_token() {
        if !out.is_empty() {
            out.push(' ');
        }
        match stemmer {
            Some(stemmer) => out.push_str(&stemmer.stem(token.term)),
            None => out.push_str(token.term),
        }
    }
    out
}
