//! Inputs made from seeds and words: many more of them than a fuzzer that watches its target can try.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::random::Random;

#[path = "../../../fuzz/src/lib.rs"]
pub mod checks;

/// Transcripts in the styles that the readers are tested by.
const TRANSCRIPTS: &str = "../crates/dixit-sources/tests/samples/transcripts";

/// Seeds and words of a fuzz target.
struct Sources {
    seeds: Vec<Vec<u8>>,
    /// The lines of all seeds, where the format is one of lines.
    lines: Vec<Vec<u8>>,
    words: Vec<Vec<u8>>,
}

impl Sources {
    fn read(fuzz: &Path, target: &str) -> Self {
        let (folder, dictionary) = match target {
            "query" => ("seeds/query", "query.dict"),
            "pdf" => ("seeds/pdf", "documents.dict"),
            "eml" => ("seeds/eml", "documents.dict"),
            "docx" => ("seeds/docx", "markup.dict"),
            "transcripts" => (TRANSCRIPTS, "transcripts.dict"),
            target => (&*format!("seeds/{target}"), "reader.dict"),
        };
        let files = fs::read_dir(fuzz.join(folder)).unwrap().map(|file| file.unwrap().path());
        // What is expected of a sample lies beside it.
        let files = files.filter(|path| path.extension().is_none_or(|ending| ending != "turns"));
        let mut seeds: Vec<Vec<u8>> = files.map(|path| fs::read(path).unwrap()).collect();
        seeds.sort();
        let is_of_lines = target == "transcripts";
        let lines =
            seeds.iter().filter(|_| is_of_lines).flat_map(|seed| seed.split(|b| *b == b'\n'));
        let lines = lines.map(<[u8]>::to_vec).collect();
        let dictionary = fs::read_to_string(fuzz.join(dictionary)).unwrap();
        let words = dictionary.lines().filter_map(|line| {
            let (from, to) = (line.find('"')?, line.rfind('"')?);
            Some(unescaped(line.get(from + 1..to)?))
        });
        Self { seeds, lines, words: words.collect() }
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

    /// Lines of any seeds in any order, some of them cut.
    fn shuffled(&self, random: &mut Random) -> Vec<u8> {
        let mut input = Vec::new();
        for _ in 0..1 + random.below(40) {
            let line = &self.lines[random.place(self.lines.len())];
            let end = if random.below(4) == 0 { random.place(line.len() + 1) } else { line.len() };
            input.extend_from_slice(&line[..end]);
            if random.below(8) == 0 {
                input.extend_from_slice(&self.words[random.place(self.words.len())]);
            }
            input.push(b'\n');
        }
        input
    }

    /// A seed, or lines of several, that went through a few accidents.
    fn spoilt(&self, random: &mut Random) -> Vec<u8> {
        let mut input = match self.lines.is_empty() || random.below(2) == 0 {
            true => self.seeds[random.place(self.seeds.len())].clone(),
            false => self.shuffled(random),
        };
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

/// The bytes that an entry of a dictionary stands for.
fn unescaped(entry: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = entry;
    while let Some(first) = rest.bytes().next() {
        let hex = || u8::from_str_radix(rest.strip_prefix("\\x")?.get(..2)?, 16).ok();
        let (byte, length) = match rest.as_bytes().get(1) {
            _ if first != b'\\' => (first, 1),
            Some(b'x') => hex().map_or((first, 1), |byte| (byte, 4)),
            Some(next @ (b'"' | b'\\')) => (*next, 2),
            _ => (first, 1),
        };
        bytes.push(byte);
        rest = &rest[length..];
    }
    bytes
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
                    let checked = std::panic::catch_unwind(|| checks::in_time(target, &input));
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
