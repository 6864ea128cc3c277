//! How long may a query take to read, whatever is in it, and how much may one cost to answer?
//!
//! Reads 4 KiB of each piece that has meaning, over and over; then asks every query of the list that
//! the tests ask (`crates/dixit/tests/it/hostile_list.rs`) of an index of invented statements, and
//! tells the slowest and the most memory that any of them took.
//!
//! ```sh
//! cargo bench -p dixit-benches --bench queries
//! ```
//!
//! `DIXIT_BENCH_STATEMENTS=1000000` for an index of another size.
#![allow(clippy::print_stdout, reason = "a bench shows what it measured")]

#[path = "../crates/dixit/tests/it/hostile_list.rs"]
mod hostile_list;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};
use dixit::{Index, MatchMode, ParseOptions, Query, SearchRequest, Searcher, Statement};
use dixit_benches::{Clock, Random, Samples, is_measurement, rounds};

const PIECES: [&str; 24] = [
    "(",
    ")",
    "-",
    "\"",
    "a ",
    "a OR ",
    "a AND ",
    "NOT ",
    "speaker:a ",
    "speaker:(",
    "foo:\"x\" ",
    "date:soon ",
    "date:10/12/2025 ",
    "date:last ",
    "a NEAR/5 ",
    "NEAR ",
    "(a OR b) NEAR ",
    "\"a b\"~5 ",
    "word~9 ",
    "w?r*d ",
    "a* ",
    "界",
    "😀",
    "\u{200e}-",
];

fn main() -> Result<()> {
    reading();
    answering()
}

/// The slowest 4 KiB to read.
fn reading() {
    let options = ParseOptions::default();
    let mut slowest = (0.0, "");
    for piece in PIECES {
        let text = piece.repeat(4_096 / piece.len());
        let mut took = Samples::default();
        for _ in 0..rounds() * 20 {
            let clock = Clock::start();
            let parsed = Query::parse(&text, &options);
            took.push(clock.took().cpu);
            drop(parsed);
        }
        if took.median() > slowest.0 {
            slowest = (took.median(), piece);
        }
    }
    println!(
        "reading 4 KiB: at most {:.0} µs of the processor (median), of `{}` over and over",
        slowest.0 * 1e6,
        slowest.1
    );
}

fn answering() -> Result<()> {
    let statements = match std::env::var("DIXIT_BENCH_STATEMENTS") {
        Ok(number) => number.parse().context("DIXIT_BENCH_STATEMENTS is no number")?,
        Err(_) if is_measurement() => 100_000,
        Err(_) => 1_000,
    };
    let folder = tempfile::tempdir()?;
    let index = filled(folder.path(), statements)?;
    let searcher = index.searcher()?;
    let _ = searcher.search(&SearchRequest::new("a b"))?;
    let memory = Memory::watched();
    let mut all: Vec<(f64, u64, String)> = Vec::new();
    for query in hostile_list::queries() {
        all.push(ask(&searcher, &query, &memory)?);
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!("answering, {statements} statements, {} queries:", all.len());
    for (seconds, kib, query) in all.iter().take(8) {
        println!("  {:7.1} ms  {:6.1} MiB  {query}", seconds * 1e3, *kib as f64 / 1024.0);
    }
    let most = all.iter().map(|(_, kib, _)| *kib).max().unwrap_or(0);
    println!("  at most {:.1} MiB more than before", most as f64 / 1024.0);
    memory.stop();
    Ok(())
}

fn ask(searcher: &Searcher, query: &str, memory: &Memory) -> Result<(f64, u64, String)> {
    let mut took = Samples::default();
    let before = memory.start();
    for match_mode in [MatchMode::All, MatchMode::Any] {
        let clock = Clock::start();
        let answer = searcher.search(&SearchRequest::new(query).match_mode(match_mode))?;
        took.push(clock.took().wall);
        drop(answer);
    }
    let more = memory.most().saturating_sub(before);
    Ok((took.at(1.0), more, query.chars().take(40).collect()))
}

/// Short statements of letters as unevenly frequent as words are: many words that begin alike.
fn filled(folder: &std::path::Path, statements: usize) -> Result<Index> {
    let index = Index::open_or_create(folder)?;
    let mut writer = index.writer(&dixit::WriterOptions::default())?;
    let mut random = Random::new(7);
    for n in 0..statements {
        let mut text = String::from("a b");
        for _ in 0..20 {
            text.push(' ');
            let mut word = random.skewed(60_000);
            while word > 0 || text.ends_with(' ') {
                text.push(char::from(b"abcdefgh"[word % 8]));
                word /= 8;
            }
        }
        writer.add(&Statement::new(n.to_string(), text))?;
    }
    writer.commit()?;
    Ok(index)
}

/// The memory of the program that is no file, looked at every few milliseconds.
struct Memory {
    most: Arc<AtomicU64>,
    done: Arc<AtomicBool>,
}

impl Memory {
    fn watched() -> Self {
        let memory = Self { most: Arc::default(), done: Arc::default() };
        let (most, done) = (Arc::clone(&memory.most), Arc::clone(&memory.done));
        std::thread::spawn(move || {
            while !done.load(Ordering::Relaxed) {
                most.fetch_max(anonymous_kib(), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        memory
    }

    fn start(&self) -> u64 {
        let now = anonymous_kib();
        self.most.store(now, Ordering::Relaxed);
        now
    }

    fn most(&self) -> u64 {
        self.most.load(Ordering::Relaxed)
    }

    fn stop(&self) {
        self.done.store(true, Ordering::Relaxed);
    }
}

/// 0 where the system does not tell.
fn anonymous_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0)
}
