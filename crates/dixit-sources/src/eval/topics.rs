//! Topics against gold, by their majors.

use std::collections::{BTreeMap, BTreeSet};

use dixit::Statement;
use serde::Serialize;

use super::{GoldRow, Ledger, Mistake, SetScore, basis, folded, share};
use crate::extract::topics::Taxonomy;

/// How topics came out.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct TopicScore {
    /// Rows with topics.
    pub gold: u64,
    /// Rows whose first topic that was found has its major in the gold; nothing found is a mistake.
    pub accuracy: f64,
    /// The mean over the majors of the gold of the F1 of the first topic.
    pub macro_f1: f64,
    /// Rows for which no topic was found.
    pub abstained: u64,
    /// All majors that were found against all of the gold.
    pub majors: SetScore,
}

/// What stands before the number of a major topic of the Comparative Agendas Project.
pub(super) const CODED: &str = "cap:";

pub(super) struct Tally<'t> {
    taxonomy: &'t Taxonomy,
    /// Codes that the gold has: it may be of an older codebook.
    codes: BTreeSet<String>,
    rows: u64,
    right: u64,
    abstained: u64,
    /// By major: right, found, in the gold.
    classes: BTreeMap<String, (u64, u64, u64)>,
    all: (u64, u64, u64),
}

impl<'t> Tally<'t> {
    pub(super) fn new(gold: &[GoldRow], taxonomy: &'t Taxonomy) -> Self {
        let topics = gold.iter().filter_map(|row| row.topics.as_ref()).flatten();
        let codes = topics.filter(|topic| topic.starts_with(CODED)).cloned().collect();
        let (rows, right, abstained) = (0, 0, 0);
        Self { taxonomy, codes, rows, right, abstained, classes: BTreeMap::new(), all: (0, 0, 0) }
    }

    /// The major of a topic that was found, in the terms of the gold: by its code, where the gold has codes.
    fn in_terms_of(&self, gold: &[String], topic: &str) -> Option<String> {
        let is_coded = gold.iter().any(|topic| topic.starts_with(CODED));
        let codes = is_coded.then(|| self.taxonomy.codes(topic)).flatten();
        let Some((code, older_code)) = codes else { return major(topic) };
        let coded = |code: u32| format!("{CODED}{code}");
        let code = match older_code {
            Some(older) if !self.codes.contains(&coded(code)) => older,
            _ => code,
        };
        major(&coded(code))
    }

    pub(super) fn add(&mut self, row: &GoldRow, statement: &Statement, ledger: &mut Ledger) {
        let Some(gold) = row.topics.as_ref().filter(|gold| !gold.is_empty()) else { return };
        let in_terms_of_gold = |topic: &String| self.in_terms_of(gold, topic);
        let mut found: Vec<String> = Vec::new();
        for major in statement.topics.iter().filter_map(in_terms_of_gold) {
            if !found.contains(&major) {
                found.push(major);
            }
        }
        let gold: Vec<String> = gold.iter().filter_map(|topic| major(topic)).collect();
        self.rows += 1;
        let Some(main) = gold.first() else { return };
        self.classes.entry(main.clone()).or_default().2 += 1;
        let first = found.first();
        let is_right = first.is_some_and(|first| gold.contains(first));
        match first {
            None => self.abstained += 1,
            Some(_) if is_right => {
                self.right += 1;
                let class = self.classes.entry(main.clone()).or_default();
                class.0 += 1;
                class.1 += 1;
            }
            Some(first) => self.classes.entry(first.clone()).or_default().1 += 1,
        }
        let [gold_set, found_set] =
            [&gold, &found].map(|majors| majors.iter().collect::<BTreeSet<_>>());
        self.all.0 += gold_set.intersection(&found_set).count() as u64;
        self.all.1 += found_set.len() as u64;
        self.all.2 += gold_set.len() as u64;
        let name = statement.topics.first().map(|topic| format!("topics[{topic}]"));
        let (basis, confidence, rule) = basis(statement, name.as_deref().unwrap_or("topics"));
        if first.is_some() {
            ledger.count("topics", confidence, is_right);
        }
        if !is_right {
            let is_sure = basis.is_some_and(dixit::Basis::is_fact);
            let (row, field) = (row.id.clone(), "topics");
            let (expected, found) = (gold.join(", "), found.join(", "));
            ledger.tell(|| Mistake { row, field, expected, found, rule, is_sure }, field);
        }
    }

    pub(super) fn score(self) -> Option<TopicScore> {
        let in_gold: Vec<_> = self.classes.values().filter(|(_, _, gold)| *gold > 0).collect();
        let f1 =
            in_gold.iter().map(|(right, found, gold)| share(2 * right, found + gold)).sum::<f64>();
        let (hits, found, gold) = self.all;
        (self.rows > 0).then(|| TopicScore {
            gold: self.rows,
            accuracy: share(self.right, self.rows),
            macro_f1: f1 / in_gold.len().max(1) as f64,
            abstained: self.abstained,
            majors: SetScore::new(hits, found, gold),
        })
    }
}

/// The major of a topic, as it is compared.
fn major(topic: &str) -> Option<String> {
    let major = folded(topic.split('/').next().unwrap_or(topic));
    (!major.is_empty()).then_some(major)
}
