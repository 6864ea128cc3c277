//! Arguments that several commands have, and mean the same by.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use dixit::{Index, WriterOptions};
use dixit_sources::read::{self, READERS};
use dixit_sources::{
    CORRECTIONS_FILE, Change, Corrections, Event, Extraction, FieldMap, PEOPLE_FILE, People,
    Progress, ReadOptions, Report, Root, SyncOptions, TAXONOMY_FILE, Taxonomy, sync,
};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::civil::Date;

use crate::output::{clean, count, counted};

/// Folder of an index when none is named.
const DEFAULT_INDEX: &str = ".dixit";

#[derive(Debug, Clone, Args)]
pub(crate) struct IndexDir {
    /// Folder of the index [default: .dixit here or in a folder above]
    #[arg(long = "index", value_name = "DIR", env = "DIXIT_INDEX")]
    dir: Option<PathBuf>,
}

impl IndexDir {
    /// The index that is there: the one named, else the nearest `.dixit` here or above.
    pub(crate) fn find(&self) -> Result<PathBuf> {
        if let Some(dir) = &self.dir {
            return Ok(dir.clone());
        }
        let here = std::env::current_dir().context("the current folder cannot be read")?;
        let found =
            here.ancestors().map(|dir| dir.join(DEFAULT_INDEX)).find(|dir| Index::exists(dir));
        Ok(found.unwrap_or_else(|| PathBuf::from(DEFAULT_INDEX)))
    }

    pub(crate) fn open(&self) -> Result<Index> {
        Ok(Index::open(self.find()?)?)
    }
}

/// How input is read.
#[derive(Debug, Clone, Args)]
pub(crate) struct ReadArgs {
    /// Format of the input, when it is not to be recognised; `dixit formats` lists them
    #[arg(long, value_name = "FORMAT")]
    input_format: Option<String>,

    /// Which fields of foreign JSON hold what: text=body,speaker=who.name
    #[arg(long, value_name = "FIELD=NAME,...")]
    map: Vec<FieldMap>,

    /// Day on which this is taken in; no statement is dated later [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<Date>,

    /// Your list of persons [default: people.toml in the folder of the index]
    #[arg(long, value_name = "FILE")]
    pub(crate) people: Option<PathBuf>,

    /// Your corrections of speakers and dates [default: corrections.toml in the folder of the index]
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,

    /// Your topics and their words [default: taxonomy.toml in the folder of the index, else those of dixit]
    #[arg(long, value_name = "FILE")]
    taxonomy: Option<PathBuf>,
}

impl ReadArgs {
    pub(crate) fn options(&self) -> Result<ReadOptions> {
        let mut options = ReadOptions::default();
        if let Some(name) = &self.input_format {
            let reader = read::by_name(name).ok_or_else(|| {
                let names: Vec<_> = READERS.iter().map(|reader| reader.name()).collect();
                anyhow!("`{name}` is no format; the formats are {}", names.join(", "))
            })?;
            options.format = Some(reader);
        }
        options.fields = self.map.iter().cloned().fold(FieldMap::default(), FieldMap::and);
        Ok(options)
    }

    /// How metadata is extracted, with the user's files: those that are named, else those in the folder of
    /// an index.
    pub(crate) fn extraction(&self, index: Option<&Path>) -> Result<Extraction> {
        let mut extraction = Extraction::default();
        extraction.today = Some(self.today.unwrap_or_else(today));
        let beside = |name: &str| index.map(|index| index.join(name));
        extraction.people = Arc::new(match (&self.people, beside(PEOPLE_FILE)) {
            (Some(path), _) => People::read(path)?,
            (None, Some(path)) => People::read_if_there(&path)?,
            (None, None) => People::default(),
        });
        extraction.corrections = Arc::new(match (&self.corrections, beside(CORRECTIONS_FILE)) {
            (Some(path), _) => Corrections::read(path)?,
            (None, Some(path)) => Corrections::read_if_there(&path)?,
            (None, None) => Corrections::default(),
        });
        extraction.taxonomy = match (&self.taxonomy, beside(TAXONOMY_FILE)) {
            (Some(path), _) => Arc::new(Taxonomy::read(path)?),
            (None, Some(path)) => Taxonomy::read_if_there(&path)?,
            (None, None) => extraction.taxonomy,
        };
        Ok(extraction)
    }
}

/// The calendar day now in UTC: the same for everyone who asks at the same time.
pub(crate) fn today() -> Date {
    let since =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let days = i64::try_from(since.as_secs() / 86_400).unwrap_or(0);
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.checked_add(jiff::Span::new().days(days)).unwrap_or(epoch)
}

/// How much of the machine is used.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct ResourceArgs {
    /// Threads to use [default: one a core, at most 4]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,

    /// Memory to use, such as 300M or 2G
    #[arg(long, value_name = "SIZE", default_value = "512M", value_parser = parse_size)]
    memory: usize,

    /// Seconds to wait while another program writes to the index
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = parse_seconds)]
    wait: f64,
}

fn parse_seconds(text: &str) -> Result<f64> {
    let seconds: f64 = text.parse().context("write a number of seconds")?;
    match (0.0..=1e6).contains(&seconds) {
        true => Ok(seconds),
        false => bail!("write a number of seconds from 0 to a million"),
    }
}

impl ResourceArgs {
    pub(crate) fn writer(self) -> WriterOptions {
        let default = WriterOptions::default();
        // The engine takes about twice its budget while a segment is written out, and what is being
        // read and extracted needs room too.
        WriterOptions {
            memory: self.memory / 4,
            threads: self.threads.unwrap_or(default.threads).max(1),
            wait: Duration::from_secs_f64(self.wait),
        }
    }
}

fn parse_size(text: &str) -> Result<usize> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: usize = number.parse().context("write a size such as 300M or 2G")?;
    let shift = match unit.trim().to_ascii_uppercase().trim_end_matches('B').trim_end_matches('I') {
        "" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        _ => bail!("write a size such as 300M or 2G"),
    };
    number.checked_mul(1 << shift).context("that is more memory than there can be")
}

/// Paths as they were typed; `-` is standard input.
pub(crate) fn roots(paths: &[PathBuf], stdin_name: &str) -> Vec<Root> {
    let root = |path: &PathBuf| match path.as_os_str() == "-" {
        true => Root::Stdin(stdin_name.to_owned()),
        false => Root::Path(path.clone()),
    };
    let mut roots: Vec<Root> = paths.iter().map(root).collect();
    // There is one standard input, however often it is named.
    let mut is_first = true;
    roots.retain(|root| !matches!(root, Root::Stdin(_)) || std::mem::take(&mut is_first));
    roots
}

/// How much is told on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Telling {
    /// Nothing but errors.
    Quiet,
    /// Problems and progress.
    Normal,
    /// Also what becomes of each source, and each commit.
    Verbose,
}

/// Shows what happens while an index is brought in step.
pub(crate) struct Teller {
    telling: Telling,
    bar: ProgressBar,
    problems: u64,
}

impl Teller {
    pub(crate) fn new(telling: Telling) -> Self {
        Self { telling, bar: progress_bar(telling == Telling::Quiet), problems: 0 }
    }

    pub(crate) fn tell(&mut self, event: &Event<'_>) {
        match event {
            Event::Progress(progress) => advance(&self.bar, *progress),
            Event::Problem(problem) => {
                self.problems += 1;
                if self.telling > Telling::Quiet && self.problems <= SHOWN_PROBLEMS {
                    self.line(&problem.to_string());
                }
            }
            Event::Source(name, change) => {
                let what = match change {
                    Change::Added => "added",
                    Change::Changed => "changed",
                    Change::Removed => "removed",
                    Change::Same => return,
                };
                self.verbose(&format!("{what} {name}"));
            }
            Event::Committed { statements, total } => {
                let (statements, total) = (counted(*statements, "statement"), count(*total));
                self.verbose(&format!(
                    "committed {statements} of this run; the index holds {total}"
                ));
            }
        }
    }

    fn verbose(&self, line: &str) {
        if self.telling == Telling::Verbose {
            self.line(line);
        }
    }

    fn line(&self, line: &str) {
        self.bar.suspend(|| say!("{}", clean(line)));
    }

    pub(crate) fn finish(self) {
        self.bar.finish_and_clear();
        if self.telling > Telling::Quiet && self.problems > SHOWN_PROBLEMS {
            say!("… and {} more", counted(self.problems - SHOWN_PROBLEMS, "problem"));
        }
    }
}

/// Brings an index in step with some paths, telling problems and progress on the way.
pub(crate) fn take_in(
    index: &Index,
    roots: &[Root],
    options: &SyncOptions,
    telling: Telling,
) -> Result<Report> {
    let mut teller = Teller::new(telling);
    let report = sync(index, roots, options, &mut |event| teller.tell(&event));
    teller.finish();
    Ok(report?)
}

/// More problems than this are counted, not shown: the terminal is no log.
const SHOWN_PROBLEMS: u64 = 200;

/// A bar with rate and time left; hidden when nobody watches.
fn progress_bar(quiet: bool) -> ProgressBar {
    let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(None, target);
    let style = "{bar:30} {bytes} of {total_bytes}, {binary_bytes_per_sec}, {msg}, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(style) {
        bar.set_style(style);
    }
    bar
}

fn advance(bar: &ProgressBar, progress: Progress) {
    bar.set_length(progress.bytes.1);
    bar.set_position(progress.bytes.0);
    bar.set_message(counted(progress.statements, "statement"));
}

/// The folder of the cache index of some paths: the same paths have the same one.
pub(crate) fn cache_dir(paths: &[PathBuf], stamp: &str) -> Result<PathBuf> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(stamp.as_bytes());
    for path in paths {
        let absolute = path.canonicalize().with_context(|| path.display().to_string())?;
        hasher.update(absolute.as_os_str().as_encoded_bytes());
        hasher.update(&[0]);
    }
    let name = hasher.finalize().to_hex()[..24].to_owned();
    Ok(cache_root()?.join("dixit").join(name))
}

fn cache_root() -> Result<PathBuf> {
    let named =
        |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if let Some(dir) =
        named("DIXIT_CACHE").or_else(|| named("XDG_CACHE_HOME")).or_else(|| named("LOCALAPPDATA"))
    {
        return Ok(dir);
    }
    let home = named("HOME").or_else(|| named("USERPROFILE"));
    let home = home.context("no place for a cache: set DIXIT_CACHE to a folder")?;
    Ok(home.join(if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" }))
}

/// A path for a message: as short as it was given.
pub(crate) fn shown(path: &Path) -> String {
    clean(&path.display().to_string()).into_owned()
}
