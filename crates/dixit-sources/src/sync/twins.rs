//! Sources that hold the same document in two formats.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use dixit::SourceRecord;

use super::known::Known;
use super::likeness::Likeness;
use super::report::Twins;
use crate::walk::Walk;

/// Pairs that are shown.
const SHOWN: usize = 3;

/// Earlier sources that a later one is compared with by one hash: enough to find its twin among
/// documents that begin with the same words, few enough that a thousand of them cost no more.
const COMPARED: usize = 16;

/// Names that more than one source has, whatever they end in.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// By the hash of a name, that of the key of whose it is; nothing where it is that of several.
    keys: HashMap<u64, Option<u64>>,
    /// Set while what lies in an archive is read: its names are not known before.
    pub(super) is_in_archive: bool,
}

impl Names {
    /// The names of what is known and of what was found.
    pub(super) fn of(known: &Known, found: &Walk) -> Self {
        let mut names = Self::default();
        let of_known = known.all().map(|record| (&record.name, &record.key));
        let of_found = found.files.iter().map(|file| (&file.name, &file.key));
        of_known.chain(of_found).for_each(|(name, key)| names.put(name, key));
        names
    }

    fn put(&mut self, name: &str, key: &str) {
        let key = hash_of(key);
        match self.keys.entry(hash_of(stem(name).0)) {
            Entry::Vacant(entry) => {
                entry.insert(Some(key));
            }
            Entry::Occupied(mut entry) if *entry.get() != Some(key) => {
                entry.insert(None);
            }
            Entry::Occupied(_) => {}
        }
    }

    /// Whether the source may have a twin by its name.
    pub(super) fn is_shared(&self, name: &str) -> bool {
        self.is_in_archive || self.keys.get(&hash_of(stem(name).0)).is_some_and(Option::is_none)
    }
}

/// The file's name without its endings, and these: `b.ana` and `.xml.gz` of `a/b.ana.xml.gz`. What does
/// not begin with a letter or is long is no ending.
fn stem(name: &str) -> (&str, &str) {
    let name = name.rsplit('/').next().unwrap_or(name);
    let mut stem = name;
    while let Some((before, ending)) = stem.rsplit_once('.')
        && !before.is_empty()
        && ending.len() <= 5
        && ending.starts_with(|c: char| c.is_ascii_alphabetic())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    {
        stem = before;
    }
    (stem, &name[stem.len()..])
}

fn hash_of(text: &str) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(text)
}

/// A source that may be one of two.
#[derive(Debug)]
pub(super) struct Held<'r> {
    name: &'r str,
    /// Of its name and its endings.
    stem: u64,
    form: u64,
    likeness: Likeness,
}

impl<'r> Held<'r> {
    pub(super) fn new(name: &'r str, format: &str, likeness: Likeness) -> Option<Self> {
        let (stem, endings) = stem(name);
        let form = hash_of(&format!("{format} {}", endings.to_ascii_lowercase()));
        let is_known = !likeness.sample.is_empty();
        is_known.then(|| Self { name, stem: hash_of(stem), form, likeness })
    }

    pub(super) fn known(record: &'r SourceRecord) -> Option<Self> {
        Self::new(&record.name, &record.format, record.likeness.parse().ok()?)
    }

    fn is_twin(&self, other: &Self) -> bool {
        self.form != other.form && self.likeness.is_same(&other.likeness)
    }
}

/// Finds the pairs. Of three in three formats, the second and the third are told with one before them.
pub(super) fn pairs(mut sources: Vec<Held<'_>>) -> Twins {
    sources.sort_by(|a, b| a.name.cmp(b.name));
    let mut nearest: Vec<Option<Near>> = vec![None; sources.len()];
    let by_name = sources.iter().enumerate().map(|(at, source)| (source.stem, at)).collect();
    let by_url = sources.iter().enumerate();
    let by_url = by_url.filter_map(|(at, source)| Some((source.likeness.url?, at))).collect();
    for mut groups in [by_name, by_url] {
        let groups: &mut Vec<(u64, usize)> = &mut groups;
        groups.sort_unstable();
        for group in groups.chunk_by(|a, b| a.0 == b.0) {
            pairs_in(&sources, group, &mut nearest);
        }
    }
    let mut twins = Twins::default();
    for (source, near) in sources.iter().zip(nearest) {
        let Some(near) = near else { continue };
        twins.pairs += 1;
        if twins.examples.len() < SHOWN {
            let names = [sources[near.at].name, source.name];
            twins.examples.push(names.map(str::to_owned));
        }
    }
    twins
}

/// The nearest twin before a source, and how many hashes they share.
#[derive(Debug, Clone, Copy)]
struct Near {
    at: usize,
    shared: usize,
}

/// Finds the nearest twins among sources of one name or address: by the hashes that they share, so that
/// not each is compared with each.
fn pairs_in(sources: &[Held<'_>], group: &[(u64, usize)], nearest: &mut [Option<Near>]) {
    let first = &sources[group[0].1];
    if group.iter().all(|(_, at)| sources[*at].form == first.form) {
        return;
    }
    let hashes_of = |at: usize| sources[at].likeness.sample.iter().map(move |hash| (*hash, at));
    let mut having: Vec<(u32, usize)> = group.iter().flat_map(|(_, at)| hashes_of(*at)).collect();
    having.sort_unstable();
    for (_, at) in group {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for (hash, _) in hashes_of(*at) {
            let from = having.partition_point(|(other, _)| *other < hash);
            let others = having[from..].iter().take(COMPARED);
            for (_, other) in others.take_while(|(other, before)| *other == hash && before < at) {
                *shared.entry(*other).or_default() += 1;
            }
        }
        let near = shared
            .into_iter()
            .map(|(at, shared)| Near { at, shared })
            .chain(nearest[*at])
            .filter(|near| sources[near.at].is_twin(&sources[*at]))
            .max_by(|a, b| a.shared.cmp(&b.shared).then(b.at.cmp(&a.at)));
        nearest[*at] = near;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held<'r>(name: &'r str, sample: &[u32]) -> Held<'r> {
        let likeness = Likeness { url: None, sample: sample.to_vec() };
        Held::new(name, name.rsplit('.').next().unwrap_or_default(), likeness).unwrap()
    }

    #[test]
    fn pairs_of_one_name_two_formats_and_the_same_text() {
        let sources = vec![
            held("x/a.html", &[1, 2, 3, 4]),
            held("y/a.json", &[1, 2, 3, 9]),
            held("z/a.txt", &[2, 3, 4, 9]),
            // Another text, the same format, another name.
            held("z/a.csv", &[1, 20, 30, 40]),
            held("b.html", &[5, 6, 7, 8]),
            held("copy/b.html", &[5, 6, 7, 8]),
            held("c.json", &[5, 6, 7, 8]),
        ];
        let told = pairs(sources);
        let expected = [["x/a.html", "y/a.json"], ["x/a.html", "z/a.txt"]];
        assert_eq!(
            (told.pairs, told.examples),
            (2, expected.map(|pair| pair.map(str::to_owned)).to_vec())
        );
    }

    /// Many of one name, half of them the twins of the others, and all with some words in common.
    #[test]
    fn a_thousand_of_one_name() {
        let names: Vec<(String, u32)> = ["html", "json"]
            .iter()
            .flat_map(|ending| (0..1000).map(move |n| (format!("{n}/index.{ending}"), n)))
            .collect();
        let own = |n: u32| [1, 2, 10 * n + 3, 10 * n + 4, 10 * n + 5, 10 * n + 6];
        let told = pairs(names.iter().map(|(name, n)| held(name, &own(*n))).collect());
        assert_eq!(told.pairs, 1000);
        assert_eq!(told.examples[1], ["1/index.html".to_owned(), "1/index.json".to_owned()]);
    }

    #[test]
    fn names_without_their_endings() {
        for (name, expected) in [
            ("a/b.html", ("b", ".html")),
            ("b.ana.xml.gz", ("b", ".ana.xml.gz")),
            ("2024.05.03.txt", ("2024.05.03", ".txt")),
            ("a.zip/.txt", (".txt", "")),
            ("no ending. And words", ("no ending. And words", "")),
            ("", ("", "")),
        ] {
            assert_eq!(stem(name), expected, "{name}");
        }
    }

    #[test]
    fn a_name_is_shared_by_two_sources_and_not_by_one_found_twice() {
        let mut names = Names::default();
        names.put("a/b.html", "/a/b.html");
        names.put("b.html", "/a/b.html");
        assert!(!names.is_shared("b.html"));
        names.put("b.json", "/a/b.json");
        names.put("b.json", "/a/b.json");
        assert!(names.is_shared("c/b.htm") && !names.is_shared("c.html"));
    }
}
