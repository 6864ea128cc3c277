//! What an index survives: loss of power after every operation, a disk that fails at every operation
//! or is full at every size, and bytes that rot.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use dixit::storage::Storage;
use dixit::{Error, Examination, Health, Index, SearchRequest};

use crate::disk::{Disk, Fault, LOSSES, Op, after_power_loss};
use crate::history::{State, run, state_of, states};
use crate::random::Random;

/// Longer than this, and something hangs.
const HANG: Duration = Duration::from_secs(60);

fn storage(disk: &Disk) -> Arc<dyn Storage> {
    Arc::new(disk.clone())
}

/// What an index on a disk holds; nothing when there is none.
fn content(disk: &Disk) -> Option<State> {
    match Index::open_on(storage(disk)) {
        Ok(index) => Some(state_of(&index.searcher().unwrap()).unwrap()),
        Err(Error::NotFound { .. }) => None,
        Err(error) => panic!("the index does not open: {error}"),
    }
}

/// The index holds what was committed, or what was being committed, whole; and is healthy.
fn check_durable(disk: &Disk, states: &[State], committed: usize, what: &str) {
    match content(disk) {
        Some(state) => {
            let at = states.iter().position(|known| *known == state);
            let at = at.unwrap_or_else(|| panic!("{what}: no state that was ever committed"));
            assert!(
                (committed..=committed + 1).contains(&at),
                "{what}: {committed} was told, {at} is there"
            );
            let examination = Examination::on(&storage(disk));
            assert_eq!(examination.health, Health::Healthy, "{what}: {:?}", examination.findings);
        }
        // Making the index was interrupted: there is nothing yet to be lost.
        None => assert_eq!(committed, 0, "{what}: {committed} was told, no index is there"),
    }
}

/// After a run that went through, nothing is left over.
fn check_clean(disk: &Disk, states: &[State], what: &str) {
    assert_eq!(content(disk).as_ref(), states.last(), "{what}");
    let examination = Examination::on(&storage(disk));
    assert_eq!(examination.health, Health::Healthy, "{what}: {:?}", examination.findings);
    assert!(examination.orphans.is_empty(), "{what}: left over {:?}", examination.orphans);
}

/// Goes on from whatever is there to the last state.
fn finish(disk: &Disk, states: &[State], what: &str) {
    let at = content(disk).and_then(|state| states.iter().position(|known| *known == state));
    let last = states.len() as u64 - 1;
    run(&storage(disk), at.unwrap_or(0) as u64, last, &mut |_| {})
        .unwrap_or_else(|error| panic!("{what}: the next run failed: {error}"));
    check_clean(disk, states, what);
}

/// A run of so many commits, cut off by a loss of power after every single operation, with every kind of
/// loss. The number of disks that were looked at.
#[must_use]
pub fn power_loss(commits: u64, seed: u64) -> u64 {
    let mut random = Random::new(seed);
    let states = states(commits);
    let disk = Disk::default();
    // After how many operations each commit was told.
    let mut told = vec![0];
    run(&storage(&disk), 0, commits, &mut |_| told.push(disk.log().len())).unwrap();
    let log: Vec<Op> = disk.log();
    let mut looked = 0;
    for cut in 0..=log.len() {
        let committed = told.iter().filter(|&&at| at <= cut).count() - 1;
        for loss in LOSSES {
            let what = format!("seed {seed}, power lost after operation {cut}, {loss:?}");
            let after = after_power_loss(&log[..cut], loss, &mut random);
            check_durable(&after, &states, committed, &what);
            // Now and then the next run, too.
            if random.below(16) == 0 {
                finish(&after, &states, &what);
            }
            looked += 1;
        }
    }
    looked
}

/// A run on a disk whose n-th operation fails, once or for ever, for every n. The number of runs.
#[must_use]
pub fn io_errors(commits: u64) -> u64 {
    let states = states(commits);
    let mut runs = 0;
    for for_ever in [false, true] {
        let mut unharmed = 0;
        for at in 0.. {
            let what = format!("operation {at} failed{}", if for_ever { " for ever" } else { "" });
            let disk = Disk::default();
            disk.set_fault(Some(Fault { at, for_ever }));
            let begun = Instant::now();
            let mut committed = 0;
            let result =
                run(&storage(&disk), 0, commits, &mut |commit| committed = commit as usize);
            assert!(begun.elapsed() < HANG, "{what}: it hangs");
            let has_failed = disk.operations() > at;
            disk.set_fault(None);
            runs += 1;
            match &result {
                // A merge or the clearing away of old files may fail without harm.
                Ok(()) => assert_eq!(committed, states.len() - 1),
                Err(Error::Io { path, .. }) => {
                    assert!(path.starts_with("disk"), "{what}: {path:?}");
                }
                Err(error) => panic!("{what}: not told as such: {error}"),
            }
            check_durable(&disk, &states, committed, &what);
            finish(&disk, &states, &what);
            // How many operations there are depends on when merges happen.
            unharmed = if has_failed { 0 } else { unharmed + 1 };
            if unharmed >= 20 {
                break;
            }
        }
    }
    runs
}

/// A run on a disk that grows by `step` bytes until it succeeds, on an empty disk and again behind what
/// is there. The number of runs.
#[must_use]
pub fn disk_full(commits: u64, step: u64) -> u64 {
    let states = states(2 * commits);
    let mut before = Disk::default();
    let mut runs = 0;
    for pass in 0..2 {
        let (from, to) = (pass * commits, (pass + 1) * commits);
        let reached = &states[..=to as usize];
        let mut quota = before.used();
        loop {
            let what = format!("a disk of {quota} bytes");
            let disk = before.copy();
            disk.set_quota(Some(quota));
            let begun = Instant::now();
            let mut committed = from as usize;
            let result = run(&storage(&disk), from, to, &mut |commit| committed = commit as usize);
            assert!(begun.elapsed() < HANG, "{what}: it hangs");
            disk.set_quota(None);
            runs += 1;
            // What an unfinished run left counts until the next one clears it away.
            match result {
                Ok(()) => {
                    check_durable(&disk, reached, committed, &what);
                    finish(&disk, reached, &what);
                    before = disk.copy();
                    break;
                }
                Err(Error::Io { path, source }) => {
                    assert!(path.starts_with("disk"), "{what}: {path:?}");
                    // A merge can be what fails, and then finishing tells it.
                    let is_full = source.to_string().contains("no storage space")
                        || source.kind() == std::io::ErrorKind::StorageFull;
                    assert!(is_full, "{what}: {source}");
                }
                Err(error) => panic!("{what}: not told as such: {error}"),
            }
            check_durable(&disk, reached, committed, &what);
            finish(&disk, reached, &what);
            quota += step;
        }
    }
    runs
}

/// What came of spoiling an index.
#[derive(Debug, Default, Clone, Copy)]
pub struct Spoiled {
    /// Changes that were made, one at a time.
    pub changes: u64,
    /// Those that the doctor found.
    pub found: u64,
    /// Queries that were asked of spoiled indexes.
    pub queries: u64,
    /// Those that gave the right hits; the others gave an error.
    pub right: u64,
}

const QUERIES: [&str; 20] = [
    "*",
    "fish",
    "quotas",
    "\"fish quotas\"",
    "statement",
    "speaker:rask",
    "speaker:\"Bo Lind\"",
    "commit -fish",
    "fish OR nothing",
    "stat*",
    "source:replaced",
    "title:none",
    "\"of commit 3\"",
    "said:fish",
    "kind:article",
    "language:en",
    "date:2024",
    "topic:fish",
    "keyword:fish",
    "1",
];

/// An index of about twenty statements, with removals and several segments.
#[must_use]
pub fn small_index() -> Disk {
    let disk = Disk::default();
    run(&storage(&disk), 0, 5, &mut |_| {}).unwrap();
    disk.copy()
}

/// The answers to the queries, or the error instead of each.
fn answers(disk: &Disk) -> Vec<Result<String, Error>> {
    let index = Index::open_on(storage(disk)).and_then(|index| index.searcher());
    let answer = |query: &&str| {
        let request = SearchRequest::new(*query).limit(100).facet(dixit::Facet::Speaker);
        index
            .clone()?
            .search(&request)
            .map(|answer| format!("{:?} {:?}", answer.hits, answer.facets))
    };
    QUERIES.iter().map(answer).collect()
}

fn check_spoiled(disk: &Disk, right: &[String], spoiled: &mut Spoiled, what: &str) {
    let begun = Instant::now();
    spoiled.changes += 1;
    let health = Examination::on(&storage(disk)).health;
    assert_eq!(health, Health::Damaged, "{what}: the doctor did not find it");
    spoiled.found += 1;
    for (answer, right) in answers(disk).into_iter().zip(right) {
        spoiled.queries += 1;
        match answer {
            Ok(answer) if answer == *right => spoiled.right += 1,
            Ok(answer) => panic!("{what}: a wrong answer: {answer}"),
            Err(Error::Damaged { .. } | Error::NotFound { .. } | Error::Version { .. }) => {}
            Err(error) => panic!("{what}: not told as damage: {error}"),
        }
    }
    assert!(begun.elapsed() < Duration::from_secs(5), "{what}: it hangs");
}

/// Changes every `stride`-th byte of every file by each mask, cuts, empties, removes and swaps files: the
/// doctor finds each, and a search gives the right answer or an error.
#[must_use]
pub fn spoil(disk: &Disk, stride: usize, seed: u64) -> Spoiled {
    let right: Vec<String> = answers(disk).into_iter().map(Result::unwrap).collect();
    let mut spoiled = Spoiled::default();
    let mut random = Random::new(seed);
    let names: Vec<PathBuf> = disk.names();
    for name in &names {
        let length = disk.read(name).unwrap().len();
        let mut at = random.place(stride.min(length).max(1));
        while at < length {
            for mask in [0x01, 0x80, 0xff] {
                let copy = disk.copy();
                copy.change(name, |bytes| bytes[at] ^= mask);
                check_spoiled(
                    &copy,
                    &right,
                    &mut spoiled,
                    &format!("{name:?}, byte {at} ^ {mask:#x}"),
                );
            }
            at += stride;
        }
        for cut in [0, length / 2, length - 1] {
            let copy = disk.copy();
            copy.change(name, |bytes| bytes.truncate(cut));
            check_spoiled(&copy, &right, &mut spoiled, &format!("{name:?} cut to {cut}"));
        }
        let page = random.place(length);
        let copy = disk.copy();
        let mut differs = false;
        copy.change(name, |bytes| {
            let page = page..(page + 4096).min(length);
            differs = bytes[page.clone()].iter().any(|&byte| byte != 0);
            bytes[page].fill(0);
        });
        if differs {
            check_spoiled(&copy, &right, &mut spoiled, &format!("{name:?}, zeros from {page}"));
        }
        let copy = disk.copy();
        copy.lose(name);
        check_spoiled(&copy, &right, &mut spoiled, &format!("{name:?} lost"));
        let other = &names[random.place(names.len())];
        if disk.read(name).unwrap() != disk.read(other).unwrap() {
            let copy = disk.copy();
            copy.swap(name, other);
            check_spoiled(&copy, &right, &mut spoiled, &format!("{name:?} and {other:?} swapped"));
        }
    }
    spoiled
}

/// An index whose files have many blocks, so that most of a damaged file can still be read.
#[must_use]
pub fn large_index() -> Disk {
    let disk = Disk::default();
    let index = Index::create_on(storage(&disk)).unwrap();
    let mut writer = index.writer(&crate::history::small()).unwrap();
    let mut random = Random::new(7);
    for n in 0..6_000 {
        let mut text = format!("Statement {n} of commit {} on fish quotas:", n % 7);
        for _ in 0..60 {
            text += &format!(" word{}", random.below(4_000) * random.below(40));
        }
        let source = format!("source-{}", n % 50);
        writer.add(&crate::history::statement(&source, &text)).unwrap();
    }
    writer.commit().unwrap();
    writer.finish().unwrap();
    disk.copy()
}

/// Changes bytes at random places of an index.
#[must_use]
pub fn spoil_at_random(disk: &Disk, rounds: u64, seed: u64) -> Spoiled {
    let right: Vec<String> = answers(disk).into_iter().map(Result::unwrap).collect();
    let mut spoiled = Spoiled::default();
    let mut random = Random::new(seed);
    let names = disk.names();
    for _ in 0..rounds {
        let name: &Path = &names[random.place(names.len())];
        let copy = disk.copy();
        let mask = 1 + random.below(255) as u8;
        let mut at = 0;
        copy.change(name, |bytes| {
            at = random.place(bytes.len());
            bytes[at] ^= mask;
        });
        check_spoiled(&copy, &right, &mut spoiled, &format!("{name:?}, byte {at} ^ {mask:#x}"));
    }
    spoiled
}
