//! Statements to measure with.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// A statement as any program would have it, before it is dixit's or tantivy's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The words.
    pub text: String,
    /// The headline.
    #[serde(default)]
    pub title: Option<String>,
    /// The name of who spoke.
    #[serde(default)]
    pub speaker: Option<String>,
    /// The day, as `YYYY-MM-DD`; what does not read as a date counts as none.
    #[serde(default)]
    pub date: Option<String>,
    /// BCP 47 tag.
    #[serde(default)]
    pub language: Option<String>,
}

/// Records, and what to call them in a report.
#[derive(Debug)]
pub struct Corpus {
    /// Where they are from, in words.
    pub name: String,
    /// The records.
    pub records: Vec<Record>,
}

/// Seed of the invented corpus.
const SEED: u64 = 0x5eed_d171;

/// Words of the invented language without their endings; a large newspaper corpus has some ten
/// thousand of any weight.
const STEMS: usize = 20_000;

/// English endings, so that a stemmer has work to do, by how many of a hundred words have them.
const ENDINGS: [(u64, &str); 7] =
    [(58, ""), (18, "s"), (9, "ed"), (7, "ing"), (4, "er"), (2, "ly"), (2, "ation")];

impl Corpus {
    /// The file that `DIXIT_BENCH_FILE` names, else the invented corpus: 20,000 statements, some
    /// 45 MB, or a few when nothing is measured.
    ///
    /// # Errors
    /// When the file cannot be read or a line of it is no record.
    pub fn load() -> Result<Self> {
        let Some(path) = std::env::var_os("DIXIT_BENCH_FILE") else {
            return Ok(Self::invented(if crate::is_measurement() { 20_000 } else { 300 }));
        };
        let shown = path.to_string_lossy().into_owned();
        let file = std::fs::File::open(&path).with_context(|| format!("opening {shown}"))?;
        let mut records = Vec::new();
        for (n, line) in BufReader::new(file).lines().enumerate() {
            let line = line.with_context(|| format!("reading {shown}"))?;
            if !line.trim().is_empty() {
                let record = serde_json::from_str(&line);
                records.push(record.with_context(|| format!("{shown}, line {}", n + 1))?);
            }
        }
        Ok(Self { name: "the file of DIXIT_BENCH_FILE".to_owned(), records })
    }

    /// Statements of an invented language whose words are as unevenly frequent as those of real
    /// ones (Zipf's law), each by one of 300 speakers on a day between 1995 and 2024.
    #[must_use]
    pub fn invented(statements: usize) -> Self {
        let mut random = Random::new(SEED);
        let vocabulary = vocabulary(&mut random);
        let speakers: Vec<String> = (0..300).map(|_| name(&mut random)).collect();
        let records = (0..statements)
            .map(|_| {
                let title_words = 3 + random.below(7);
                Record {
                    text: text(&mut random, &vocabulary),
                    title: Some(sentence(&mut random, &vocabulary, title_words)),
                    speaker: Some(speakers[random.skewed(speakers.len())].clone()),
                    date: Some(format!(
                        "{}-{:02}-{:02}",
                        1995 + random.below(30),
                        1 + random.below(12),
                        1 + random.below(28)
                    )),
                    language: Some("en".to_owned()),
                }
            })
            .collect();
        Self { name: "the invented corpus".to_owned(), records }
    }

    /// Bytes of text and titles: what megabytes a second are counted in.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let bytes =
            |record: &Record| record.text.len() + record.title.as_ref().map_or(0, String::len);
        self.records.iter().map(|record| bytes(record) as u64).sum()
    }
}

/// The stems, the most frequent first: short ones, as in real languages.
fn vocabulary(random: &mut Random) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut words = Vec::with_capacity(STEMS);
    while words.len() < STEMS {
        let syllables = match words.len() {
            0..60 => 1,
            60..2_000 => 2,
            _ => 2 + random.below(3),
        };
        let word = word(random, syllables);
        if seen.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

fn word(random: &mut Random, syllables: usize) -> String {
    const ONSETS: &[u8] = b"bcdfghklmnprstvw";
    const VOWELS: &[u8] = b"aeiou";
    const CODAS: &[u8] = b"lmnrst";
    let mut word = String::new();
    for _ in 0..syllables {
        word.push(char::from(ONSETS[random.below(ONSETS.len())]));
        word.push(char::from(VOWELS[random.below(VOWELS.len())]));
    }
    word.push(char::from(CODAS[random.below(CODAS.len())]));
    word
}

fn name(random: &mut Random) -> String {
    let mut parts = [word(random, 1), word(random, 2)];
    parts.iter_mut().for_each(|part| part[..1].make_ascii_uppercase());
    parts.join(" ")
}

/// 40 to 1,200 words, short texts more often than long ones.
fn text(random: &mut Random, vocabulary: &[String]) -> String {
    let words = (40.0 * 30_f64.powf(random.unit())) as usize;
    let mut text = String::with_capacity(words * 7);
    let mut written = 0;
    while written < words {
        let length = 6 + random.below(20);
        text.push_str(&sentence(random, vocabulary, length));
        text.push_str(if random.below(6) == 0 { ".\n\n" } else { ". " });
        written += length;
    }
    text
}

fn sentence(random: &mut Random, vocabulary: &[String], words: usize) -> String {
    let mut sentence = String::new();
    for n in 0..words {
        if n > 0 {
            sentence.push_str(if random.below(12) == 0 { ", " } else { " " });
        }
        let rank = random.skewed(vocabulary.len());
        sentence.push_str(&vocabulary[rank]);
        // The most frequent words of a language are those without endings.
        if rank >= 60 {
            let mut roll = random.below(100) as u64;
            for (share, ending) in ENDINGS {
                if roll < share {
                    sentence.push_str(ending);
                    break;
                }
                roll -= share;
            }
        }
    }
    sentence[..1].make_ascii_uppercase();
    sentence
}

/// Marsaglia's xorshift64 ("Xorshift RNGs", 2003): the same numbers on every machine.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Numbers from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number from 0 up to, without, 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number below `end`, all equally often.
    pub fn below(&mut self, end: usize) -> usize {
        ((self.unit() * end as f64) as usize).min(end.saturating_sub(1))
    }

    /// A number below `end`, n about in proportion to 1/(n+1): Zipf's law.
    pub fn skewed(&mut self, end: usize) -> usize {
        let rank = ((end + 1) as f64).powf(self.unit()) as usize;
        rank.saturating_sub(1).min(end.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_invented_corpus_is_the_same_each_time() {
        let (one, other) = (Corpus::invented(40), Corpus::invented(40));
        assert_eq!(one.records, other.records);
        assert!(one.records.iter().all(|record| record.text.len() > 100));
        let dates = one.records.iter().filter_map(|record| record.date.as_deref());
        assert!(dates.clone().all(|date| date.parse::<dixit::StatementDate>().is_ok()));
    }

    #[test]
    fn few_words_make_up_most_of_it() {
        let mut random = Random::new(1);
        let frequent = (0..10_000).filter(|_| random.skewed(20_000) < 200).count();
        assert!((4_500..6_500).contains(&frequent), "{frequent}");
    }
}
