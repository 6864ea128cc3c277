//! The long forms of the tests, each printing its seed and its counts.

#![allow(clippy::print_stdout, reason = "it is what this program is for")]
#![allow(clippy::unwrap_used, reason = "a test fails by it, as it should")]

use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use clap::{Parser, Subcommand};
use dixit::Statement;
use dixit_testkit::random::Random;
use dixit_testkit::{hidden_years, histories, inputs, languages, order, processes, storage_faults};

/// Lets an index go through what it may meet in the world.
///
/// The program `dixit` has to be built beside this one: `cargo build --release --workspace`.
#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    test: Test,

    /// What decides about chance [default: the time]
    #[arg(long, global = true)]
    seed: Option<u64>,
}

#[derive(Subcommand)]
enum Test {
    /// kill -9 at random moments of adding, replacing, removing and merging, on one index
    Kill {
        #[arg(long, default_value_t = 2_000)]
        rounds: u64,
    },
    /// The power goes after every operation of random runs
    Power {
        #[arg(long, default_value_t = 20)]
        runs: u64,
    },
    /// The disk grows by 512 bytes until a run succeeds, twice
    Full {
        #[arg(long, default_value_t = 512)]
        step: u64,
    },
    /// Every n-th operation fails, once and for ever
    Errors,
    /// Every byte of a small index is changed by three masks; random bytes of a large one
    Spoil {
        #[arg(long, default_value_t = 1)]
        stride: usize,
        #[arg(long, default_value_t = 2_000)]
        large: u64,
    },
    /// Threads and processes read while a writer commits
    Read {
        #[arg(long, default_value_t = 500)]
        commits: u64,
    },
    /// Processes contend for one index
    Contend {
        #[arg(long, default_value_t = 32)]
        processes: u64,
        #[arg(long, default_value_t = 20)]
        runs: u64,
    },
    /// Random histories against a plain model
    Histories {
        #[arg(long, default_value_t = 5_000)]
        histories: u64,
    },
    /// Very many statements, and transcripts of nothing but labels, within the memory that is allowed
    Memory {
        #[arg(long, default_value_t = 1_000_000)]
        statements: u64,
    },
    /// An index of very many commits
    Commits {
        #[arg(long, default_value_t = 10_000)]
        commits: u64,
    },
    /// The check of a fuzz target on made inputs: query, pdf, docx, eml, transcripts, or any other that has
    /// seeds in `fuzz/seeds`; within a time for each
    Inputs {
        target: String,
        #[arg(long, default_value_t = 1_000_000)]
        executions: u64,
        /// The folder with seeds and dictionaries
        #[arg(long, default_value = "fuzz")]
        fuzz: PathBuf,
    },
    /// Hides the years of the dated statements of a folder, and asks for them
    HiddenYears { folder: PathBuf },
    /// Words and names of every language of an index find the statements that hold them; how well the
    /// language of statements is told
    Languages {
        index: PathBuf,
        #[arg(long, default_value_t = 50)]
        words: usize,
    },
    /// Statements, and those of an index, give the same answers however they come in
    Order {
        index: Option<PathBuf>,
        #[arg(long, default_value_t = 1_000)]
        statements: usize,
        #[arg(long, default_value_t = 1_000)]
        queries: u64,
    },
    /// Writes the index that is checked in as `crates/dixit/tests/fixtures/index-FORMAT-schema-SCHEMA-analysis-ANALYSIS`
    Fixture { folder: PathBuf },
    /// One of the reading processes
    #[command(hide = true)]
    ReadUntil { index: PathBuf, stop: PathBuf },
}

fn main() {
    let args = Args::parse();
    if let Test::ReadUntil { index, stop } = &args.test {
        println!("{}", processes::read_until(index, &|| stop.exists()));
        return;
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seed = args.seed.unwrap_or(now.as_secs());
    println!("seed {seed}");
    let begun = Instant::now();
    let this = std::env::current_exe().unwrap();
    let dixit = this.with_file_name(format!("dixit{}", std::env::consts::EXE_SUFFIX));
    match args.test {
        Test::Kill { rounds } => println!("{:?}", processes::kill(&dixit, rounds, seed)),
        Test::Power { runs } => {
            let looked: u64 =
                (0..runs).map(|run| storage_faults::power_loss(3 + run % 3, seed + run)).sum();
            println!("{looked} disks after a loss of power, {runs} runs");
        }
        Test::Full { step } => {
            println!("{} runs on full disks", storage_faults::disk_full(3, step));
        }
        Test::Errors => println!("{} runs on failing disks", storage_faults::io_errors(3)),
        Test::Spoil { stride, large } => {
            println!(
                "small: {:?}",
                storage_faults::spoil(&storage_faults::small_index(), stride, seed)
            );
            let index = storage_faults::large_index();
            println!("large: {:?}", storage_faults::spoil_at_random(&index, large, seed));
        }
        Test::Read { commits } => {
            println!("{:?}", processes::read_while_writing(commits, 8, 2, &this));
        }
        Test::Contend { processes, runs } => {
            println!("{:?}", processes::contend(&dixit, processes, runs, "60"));
        }
        Test::Histories { histories } => {
            for history in 0..histories {
                histories::check(seed + history, 100);
            }
            println!("{histories} histories of 100 operations");
        }
        Test::Memory { statements } => {
            // First what should need less: the largest of all children counts.
            for (what, peak) in processes::memory_of_odd_transcripts(&dixit) {
                println!("{what}: peak {} MiB of {} with 128M", peak >> 20, 128 + 64);
            }
            println!("{:?}", processes::memory(&dixit, statements, seed));
        }
        Test::Commits { commits } => println!("{:?}", processes::many_commits(commits)),
        Test::Inputs { target, executions, fuzz } => {
            inputs::generated(&fuzz, &target, executions, seed);
            println!("{target}: {executions} inputs");
        }
        Test::HiddenYears { folder } => {
            let (plain, with_day) = hidden_years::folder(&dixit, &folder);
            println!("as they are: {plain:#?}\nwith the day on top: {with_day:#?}");
            assert!(plain.wrong_and_sure.is_empty() && with_day.wrong_and_sure.is_empty());
        }
        Test::Languages { index, words } => look_for_words(&index, words, seed),
        Test::Order { index, statements, queries } => {
            let mut all = order::made(statements, seed);
            if let Some(index) = index {
                all.extend(sample(languages::statements(&index).1, statements, seed));
            }
            let (compared, hit) = order::check(&all, queries, seed);
            println!("{compared} answers are the same; {hit} of {queries} queries found something");
        }
        Test::Fixture { folder } => dixit_testkit::history::write_fixture(&folder).unwrap(),
        Test::ReadUntil { .. } => {}
    }
    println!("{:.0} s, no failure", begun.elapsed().as_secs_f64());
}

/// One statement of so many sources, each under a name of its own.
fn sample(mut all: Vec<Statement>, number: usize, seed: u64) -> Vec<Statement> {
    let mut random = Random::new(seed);
    for at in (1..all.len()).rev() {
        all.swap(at, random.place(at + 1));
    }
    all.truncate(number);
    for (n, statement) in all.iter_mut().enumerate() {
        let mut own = Statement::new(format!("{n}.txt"), statement.text.clone());
        own.language = statement.language.take();
        own.date = statement.date;
        own.title = statement.title.take();
        own.keywords = std::mem::take(&mut statement.keywords);
        *statement = own;
    }
    all
}

fn look_for_words(index: &Path, words: usize, seed: u64) {
    let (index, all) = languages::statements(index);
    println!("{} statements", all.len());
    println!("{} words, by 18 stemmers: no form is missed", languages::no_form_is_missed(&all));
    for ((folder, length), told) in languages::told(&all) {
        println!(
            "{folder}, {length}: right {}, none {}, wrong {:?}",
            told.right, told.none, told.wrong
        );
    }
    let mut lost = 0;
    for (language, looked) in languages::look(&index, &all, words, seed) {
        println!(
            "{language}: {} statements; {} words and {} names in {}; lost {}",
            looked.statements,
            looked.words,
            looked.names,
            looked.holding,
            looked.lost.len()
        );
        for one in looked.lost.iter().take(20) {
            println!("  {one}");
        }
        lost += looked.lost.len();
    }
    assert_eq!(lost, 0, "statements that are not found by their own words");
}
