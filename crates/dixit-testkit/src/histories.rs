//! Random histories against a plain model.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dixit::storage::{MemoryStorage, Storage};
use dixit::{Facet, Index, SearchRequest, SourceRecord, Writer};

use crate::history::{State, record, replace, small, state_of, statement};
use crate::random::Random;

const WORDS: [&str; 6] = ["fish", "quota", "harbour", "vote", "bridge", "school"];

/// Runs one history of so many operations.
///
/// # Panics
/// When the index is not what the model says, naming seed and operation.
pub fn check(seed: u64, operations: u64) {
    let mut random = Random::new(seed);
    let storage: Arc<dyn Storage> = Arc::new(MemoryStorage::default());
    let mut index = Index::create_on(Arc::clone(&storage)).unwrap();
    let mut writer: Option<Writer> = None;
    let (mut committed, mut pending) = (State::new(), State::new());
    let mut known: Vec<SourceRecord> = Vec::new();
    // Sources that were touched since the last commit are left alone until the next.
    let mut touched: BTreeSet<String> = BTreeSet::new();
    for operation in 0..operations {
        let what = format!("seed {seed}, operation {operation}");
        let open = writer.get_or_insert_with(|| index.writer(&small()).unwrap());
        let key = format!("source-{}", random.below(8));
        match random.below(20) {
            0..=6 if !touched.contains(&key) => {
                let texts: BTreeSet<String> =
                    (0..random.below(5)).map(|_| text(&mut random)).collect();
                replace(open, &known, &key, &texts).unwrap();
                pending.insert(key.clone(), texts);
                touched.insert(key);
            }
            7..=9 if !touched.contains(&key) => {
                open.remove_source(&key);
                pending.remove(&key);
                touched.insert(key);
            }
            // A reading that fails half way.
            10 if !touched.contains(&key) => {
                let known = known.iter().find(|record| record.key == key);
                let reading =
                    known.map_or_else(|| dixit::Reading::first(&key), dixit::Reading::anew);
                for _ in 0..3 {
                    open.add_to(&reading, &statement(&key, &text(&mut random))).unwrap();
                }
                open.abandon(&reading);
            }
            11..=13 => {
                open.commit().unwrap();
                committed = pending.clone();
                touched.clear();
            }
            14 => {
                open.rollback().unwrap();
                pending = committed.clone();
                touched.clear();
            }
            15 => {
                writer = None;
                pending = committed.clone();
                touched.clear();
                index = Index::open_on(Arc::clone(&storage)).unwrap();
            }
            16 => {
                if let Some(writer) = writer.take() {
                    writer.finish().unwrap();
                }
                pending = committed.clone();
                touched.clear();
            }
            _ => {
                let word = WORDS[random.place(WORDS.len())];
                compare(&index, &committed, word, &what);
            }
        }
        known = index.searcher().unwrap().sources().unwrap();
    }
    compare(&index, &committed, "fish", &format!("seed {seed}, at the end"));
    let empty = |texts: &BTreeSet<String>| texts.is_empty();
    let mut expected: Vec<SourceRecord> =
        committed.iter().map(|(key, texts)| record(key, texts.len() as u64)).collect();
    expected.sort_by(|a, b| a.name.cmp(&b.name));
    let known: Vec<_> =
        known.into_iter().map(|known| SourceRecord { reading: 0, ..known }).collect();
    assert_eq!(
        known,
        expected,
        "seed {seed}: {} are empty",
        committed.values().filter(|t| empty(t)).count()
    );
}

fn text(random: &mut Random) -> String {
    let mut words: Vec<&str> = Vec::new();
    for _ in 0..1 + random.below(6) {
        words.push(WORDS[random.place(WORDS.len())]);
    }
    words.join(" ")
}

fn compare(index: &Index, model: &State, word: &str, what: &str) {
    let searcher = index.searcher().unwrap();
    let mut there = state_of(&searcher).unwrap();
    // A source without statements is known and holds none.
    for key in model.keys() {
        there.entry(key.clone()).or_default();
    }
    assert_eq!(there, *model, "{what}");
    let answer =
        searcher.search(&SearchRequest::new(word).limit(1_000).facet(Facet::Speaker)).unwrap();
    let mut speakers: BTreeMap<String, u64> = BTreeMap::new();
    let mut found = 0;
    for (key, texts) in model {
        for text in texts.iter().filter(|text| text.split(' ').any(|other| other == word)) {
            found += 1;
            let name = statement(key, text).speaker.and_then(|speaker| speaker.name).unwrap();
            *speakers.entry(name).or_default() += 1;
        }
    }
    assert_eq!(answer.total, found, "{what}: {word}");
    let facet = &answer.facets[&Facet::Speaker];
    let counted: BTreeMap<String, u64> =
        facet.values.iter().map(|value| (value.value.clone(), value.count)).collect();
    assert_eq!(counted, speakers, "{what}: speakers of {word}");
}
