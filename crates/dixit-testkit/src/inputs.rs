//! Inputs made from seeds and words: many more of them than a fuzzer that watches its target can try.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::random::Random;

#[path = "../../../fuzz/src/lib.rs"]
pub mod checks;

/// Seeds and words of a fuzz target.
struct Sources {
    seeds: Vec<Vec<u8>>,
    words: Vec<Vec<u8>>,
}

impl Sources {
    fn read(fuzz: &Path, target: &str) -> Self {
        let files = fs::read_dir(fuzz.join("seeds").join(target)).unwrap();
        let mut seeds: Vec<Vec<u8>> =
            files.map(|file| fs::read(file.unwrap().path()).unwrap()).collect();
        seeds.sort();
        let dictionary = if target == "query" { "query.dict" } else { "reader.dict" };
        let dictionary = fs::read_to_string(fuzz.join(dictionary)).unwrap();
        let words = dictionary.lines().filter_map(|line| {
            let (from, to) = (line.find('"')?, line.rfind('"')?);
            Some(line.get(from + 1..to)?.as_bytes().to_vec())
        });
        Self { seeds, words: words.collect() }
    }

    /// A query: words of the language and others, with slips.
    fn query(&self, random: &mut Random) -> Vec<u8> {
        let mut input = Vec::new();
        for _ in 0..1 + random.below(9) {
            match random.below(8) {
                0 => input.extend_from_slice(" workshop human".as_bytes()),
                1 => input.extend(random.bits().to_le_bytes().iter().take(2)),
                2 => input.push(b" \"():-*~/.\\"[random.place(10)]),
                _ => input.extend_from_slice(&self.words[random.place(self.words.len())]),
            }
            if random.below(3) > 0 {
                input.push(b' ');
            }
        }
        input
    }

    /// A seed that went through a few accidents.
    fn spoilt(&self, random: &mut Random) -> Vec<u8> {
        let mut input = self.seeds[random.place(self.seeds.len())].clone();
        for _ in 0..1 + random.below(6) {
            let at = random.place(input.len() + 1);
            let to = (at + random.place(40)).min(input.len());
            match random.below(7) {
                0 if at < input.len() => input[at] ^= 1 << random.below(8),
                1 => drop(input.drain(at..to)),
                2 => {
                    let again = input[at..to].to_vec();
                    input.splice(at..at, again);
                }
                3 => input.truncate(at),
                4 => input.insert(at, ODD[random.place(ODD.len())]),
                5 => {
                    let other = &self.seeds[random.place(self.seeds.len())];
                    let from = random.place(other.len() + 1);
                    input.splice(at..to, other[from..].iter().copied());
                }
                _ => {
                    let word = self.words[random.place(self.words.len())].clone();
                    input.splice(at..at, word);
                }
            }
        }
        input.truncate(8192);
        input
    }
}

/// Bytes that mean something to readers, or nothing to anybody.
const ODD: &[u8] = b"\n\0\r\"\\{}[]:,# \xff";

/// Runs the check of a fuzz target on so many inputs, on two threads.
///
/// # Panics
/// When the check fails; the input is printed.
pub fn generated(fuzz: &Path, target: &str, executions: u64, seed: u64) {
    let sources = Sources::read(fuzz, target);
    let next = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= executions {
                        break;
                    }
                    let mut random = Random::new(seed ^ number.wrapping_mul(0x9e37_79b9));
                    let input = match target {
                        "query" => sources.query(&mut random),
                        _ => sources.spoilt(&mut random),
                    };
                    let checked = std::panic::catch_unwind(|| checks::check(target, &input));
                    assert!(
                        checked.is_ok(),
                        "input {number}: {:?}",
                        input.escape_ascii().to_string()
                    );
                }
            });
        }
    });
}
