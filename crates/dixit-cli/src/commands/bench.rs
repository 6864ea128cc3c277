mod extracting;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;
use dixit::{Facet, Index, MatchMode, SearchRequest, Searcher};
use dixit_sources::read::{Flow, Item};
use dixit_sources::{SyncOptions, open_file, sync, walk};
use serde::Serialize;

use self::extracting::{ALL, BARE, Extracting, StageFigures};
use super::shared::{ReadArgs, ResourceArgs, roots};
use crate::output::{bytes, count, counted, print_json};
use crate::report::Outcome;

/// Measure how fast your own files are indexed and searched
///
/// Indexes them into a folder of its own, which goes afterwards, and asks words that occur in them.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  dixit bench archive/ --threads 2")]
pub(crate) struct BenchArgs {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    read: ReadArgs,

    #[command(flatten)]
    resources: ResourceArgs,

    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Figures {
    bytes: u64,
    statements: u64,
    problems: u64,
    seconds: f64,
    cpu_seconds: Option<f64>,
    megabytes_per_second: f64,
    statements_per_second: f64,
    /// Of the whole process until then.
    peak_memory_bytes: Option<u64>,
    /// Reading alone, on one thread, without extraction and index; in processor time.
    reading: BTreeMap<&'static str, ReadingFigures>,
    /// Extraction alone, by stage, in bytes of text and processor time of one thread.
    extracting: BTreeMap<&'static str, StageFigures>,
    index_bytes: u64,
    open_milliseconds: f64,
    queries: Vec<QueryFigures>,
}

/// Figures by what they are of.
type ByName<T> = BTreeMap<&'static str, T>;

/// What reading files of one format took.
#[derive(Debug, Default, Serialize)]
struct ReadingFigures {
    files: u64,
    bytes: u64,
    statements: u64,
    seconds: f64,
}

#[derive(Debug, Serialize)]
struct QueryFigures {
    kind: &'static str,
    queries: usize,
    median_microseconds: u64,
    worst_microseconds: u64,
}

/// Rounds of every query; the median is taken over all of them.
const ROUNDS: usize = 5;

/// Characters of the longest words that are asked.
const LONGEST_WORD: usize = 30;
/// Characters that are asked of what is longer.
const CHARACTERS: usize = 4;

/// How often each file is read.
const READINGS: usize = 3;

impl BenchArgs {
    pub(crate) fn run(self) -> Result<Outcome> {
        let dir = std::env::temp_dir().join(format!("dixit-bench-{}", std::process::id()));
        let result = self.measure(&dir);
        std::fs::remove_dir_all(&dir).ok();
        let figures = result?;
        if self.json {
            print_json(&figures)?;
        } else {
            tell(&figures)?;
        }
        Ok(Outcome::Done)
    }

    fn measure(&self, dir: &Path) -> Result<Figures> {
        let index = Index::create(dir)?;
        let options = SyncOptions {
            read: self.read.options()?,
            extraction: self.read.extraction(None)?,
            writer: self.resources.writer(),
            ..SyncOptions::default()
        };
        let (reading, extracting) = reading(&self.paths, &options)?;
        let cpu = cpu_time();
        let start = Instant::now();
        let report = sync(&index, &roots(&self.paths, "stdin"), &options, &mut |_| {})?;
        let seconds = start.elapsed().as_secs_f64();
        let cpu_seconds = cpu_time().zip(cpu).map(|(after, before)| (after - before).as_secs_f64());
        if report.statements == 0 {
            bail!("no statement was taken from there; `dixit inspect FILE` tells why");
        }
        let start = Instant::now();
        let searcher = Index::open(dir)?.searcher()?;
        let open_milliseconds = start.elapsed().as_secs_f64() * 1e3;
        Ok(Figures {
            bytes: report.bytes,
            statements: report.statements,
            problems: report.problems.left_out + report.problems.noted,
            seconds,
            cpu_seconds,
            megabytes_per_second: report.bytes as f64 / 1e6 / seconds,
            statements_per_second: report.statements as f64 / seconds,
            peak_memory_bytes: peak_memory(),
            reading,
            extracting,
            index_bytes: folder_size(dir)?,
            open_milliseconds,
            queries: latencies(&searcher)?,
        })
    }
}

/// Reads every file a few times, and does nothing with what comes; the fastest round counts, since the
/// first finds cold caches. Then once more, for what extraction takes.
fn reading(
    paths: &[PathBuf],
    options: &SyncOptions,
) -> Result<(ByName<ReadingFigures>, ByName<StageFigures>)> {
    let found = walk(paths, &options.exclude, None)?;
    let mut figures: BTreeMap<&'static str, ReadingFigures> = BTreeMap::new();
    let mut extracting = Extracting::new(&options.extraction);
    for file in &found.files {
        let mut fastest: Option<(&'static str, f64, u64)> = None;
        for _ in 0..READINGS {
            let start = thread_time();
            let Ok(bytes) = std::fs::File::open(&file.path) else { break };
            let opened = open_file(&file.name, &file.path, bytes, &options.read);
            let Ok(opened) = opened else { break };
            let format = opened.format.reader.name();
            let mut statements = 0;
            let read = opened.read(&file.name, &options.read, &mut |item| {
                statements += u64::from(matches!(item, Item::Record(_)));
                Flow::More
            });
            let seconds = thread_time().saturating_sub(start).as_secs_f64();
            if read.is_ok() && fastest.is_none_or(|(_, before, _)| seconds < before) {
                fastest = Some((format, seconds, statements));
            }
        }
        if let Some((format, seconds, statements)) = fastest {
            let figure = figures.entry(format).or_default();
            figure.files += 1;
            figure.bytes += file.size;
            figure.statements += statements;
            figure.seconds += seconds;
            if let Ok(bytes) = std::fs::File::open(&file.path)
                && let Ok(opened) = open_file(&file.name, &file.path, bytes, &options.read)
            {
                let read = opened.read(&file.name, &options.read, &mut |item| {
                    if let Item::Record(record) = item {
                        extracting.add(record.statement);
                    }
                    Flow::More
                });
                drop(read);
            }
        }
    }
    Ok((figures, extracting.finish()))
}

/// Asks words that occur, taken evenly from the statements.
fn latencies(searcher: &Searcher) -> Result<Vec<QueryFigures>> {
    let sample = searcher.search(&SearchRequest::new("*").limit(200).snippets(0, 0))?;
    let words: Vec<String> = sample
        .hits
        .iter()
        .filter_map(|hit| {
            hit.statement.text.split_whitespace().filter(|word| word.chars().count() > 4).nth(5)
        })
        .map(|word| {
            // Between two spaces of a script without them stands a whole sentence, which nobody types.
            let length =
                if word.chars().count() > LONGEST_WORD { CHARACTERS } else { LONGEST_WORD };
            let word: String = word.chars().take(length).collect();
            word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
        })
        .filter(|word| !word.is_empty())
        .collect();
    let pairs = |form: &dyn Fn(&str, &str) -> String| -> Vec<String> {
        words.windows(2).map(|pair| form(&pair[0], &pair[1])).collect()
    };
    let plain = |query: String| SearchRequest::new(query);
    let sets: Vec<(&'static str, Vec<SearchRequest>)> = vec![
        ("one word", words.iter().cloned().map(plain).collect()),
        ("two words, all", pairs(&|a, b| format!("{a} {b}")).into_iter().map(plain).collect()),
        (
            "two words, any",
            pairs(&|a, b| format!("{a} {b}"))
                .into_iter()
                .map(|query| plain(query).match_mode(MatchMode::Any))
                .collect(),
        ),
        (
            "one word, with facets",
            words
                .iter()
                .map(|word| plain(word.clone()).facet(Facet::Speaker).facet(Facet::Year))
                .collect(),
        ),
        (
            "a date range",
            words.iter().map(|word| plain(format!("{word} date:2000..2030"))).collect(),
        ),
    ];
    let mut figures = Vec::new();
    for (kind, requests) in sets {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            for request in &requests {
                let start = Instant::now();
                searcher.search(request)?;
                times.push(start.elapsed().as_micros() as u64);
            }
        }
        times.sort_unstable();
        if let (Some(median), Some(worst)) = (times.get(times.len() / 2), times.last()) {
            figures.push(QueryFigures {
                kind,
                queries: requests.len(),
                median_microseconds: *median,
                worst_microseconds: *worst,
            });
        }
    }
    Ok(figures)
}

fn tell(figures: &Figures) -> Result<()> {
    use std::io::Write;
    let mut out = anstream::stdout().lock();
    let Figures { seconds, megabytes_per_second, statements_per_second, .. } = figures;
    writeln!(
        out,
        "read         {} in {}, {}",
        bytes(figures.bytes),
        counted(figures.statements, "statement"),
        counted(figures.problems, "problem")
    )?;
    writeln!(
        out,
        "time         {seconds:.2} s: {megabytes_per_second:.1} MB/s, {} statements/s",
        count(*statements_per_second as u64)
    )?;
    if let Some(cpu) = figures.cpu_seconds {
        writeln!(
            out,
            "CPU          {cpu:.2} s: {:.1} MB/s per core",
            figures.bytes as f64 / 1e6 / cpu
        )?;
    }
    let all = figures.reading.values();
    let (size, took) =
        all.fold((0, 0.0), |(size, took), one| (size + one.bytes, took + one.seconds));
    writeln!(
        out,
        "reading      {took:.2} s of it on one core: {:.0} MB/s",
        size as f64 / 1e6 / took.max(1e-9)
    )?;
    for (format, one) in &figures.reading {
        let ReadingFigures { files, bytes: size, statements, seconds } = one;
        writeln!(
            out,
            "             {format:<20} {:>6.0} MB/s, {} in {}, {}",
            *size as f64 / 1e6 / seconds.max(1e-9),
            bytes(*size),
            counted(*files, "file"),
            counted(*statements, "statement")
        )?;
    }
    if let Some(all) = figures.extracting.get(ALL) {
        writeln!(
            out,
            "extracting   {:.2} s of processor time: {:.1} MB/s of text per core, {:.1} MB/s where nothing is given",
            all.seconds,
            all.megabytes_per_second(),
            figures.extracting.get(BARE).copied().unwrap_or_default().megabytes_per_second()
        )?;
        let stages = figures.extracting.iter();
        for (stage, one) in stages.filter(|(stage, _)| !matches!(**stage, ALL | BARE)) {
            writeln!(out, "             {stage:<20} {:>6.0} MB/s", one.megabytes_per_second())?;
        }
    }
    if let Some(peak) = figures.peak_memory_bytes {
        writeln!(out, "peak memory  {}", bytes(peak))?;
    }
    writeln!(
        out,
        "index        {}, {:.2} of the input",
        bytes(figures.index_bytes),
        figures.index_bytes as f64 / figures.bytes as f64
    )?;
    writeln!(out, "open         {:.1} ms", figures.open_milliseconds)?;
    for query in &figures.queries {
        writeln!(
            out,
            "query        {:<22} median {:>7} µs, worst {:>7} µs over {} queries",
            query.kind,
            count(query.median_microseconds),
            count(query.worst_microseconds),
            query.queries
        )?;
    }
    Ok(())
}

fn folder_size(dir: &Path) -> Result<u64> {
    let mut size = 0;
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            let metadata = entry.metadata()?;
            if metadata.is_dir() {
                folders.push(entry.path());
            } else {
                size += metadata.len();
            }
        }
    }
    Ok(size)
}

/// Processor time of this process, over all its threads.
#[cfg(unix)]
fn cpu_time() -> Option<Duration> {
    use nix::sys::resource::{UsageWho, getrusage};
    let usage = getrusage(UsageWho::RUSAGE_SELF).ok()?;
    let time = |value: nix::sys::time::TimeVal| {
        Duration::from_secs(value.tv_sec().unsigned_abs())
            + Duration::from_micros(value.tv_usec().unsigned_abs())
    };
    Some(time(usage.user_time()) + time(usage.system_time()))
}

/// Processor time of this thread, so that what else the machine does is not counted; the time of
/// the clock where that cannot be had.
#[cfg(unix)]
fn thread_time() -> Duration {
    use nix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID);
    time.map_or(Duration::ZERO, Duration::from)
}

/// The most memory that this process ever had.
#[cfg(unix)]
fn peak_memory() -> Option<u64> {
    use nix::sys::resource::{UsageWho, getrusage};
    let peak = getrusage(UsageWho::RUSAGE_SELF).ok()?.max_rss().unsigned_abs();
    // Linux counts kibibytes, macOS bytes.
    Some(if cfg!(target_os = "macos") { peak } else { peak << 10 })
}

#[cfg(not(unix))]
fn cpu_time() -> Option<Duration> {
    None
}

#[cfg(not(unix))]
fn thread_time() -> Duration {
    std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default()
}

#[cfg(not(unix))]
fn peak_memory() -> Option<u64> {
    None
}
