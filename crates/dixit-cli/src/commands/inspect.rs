use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use dixit::{Kind, Person, Statement};
use dixit_sources::read::{Flow, Item, Layout};
use dixit_sources::{
    Extraction, OpenError, ReadOptions, each_in_archive, open, open_file, source_bytes,
};

use super::shared::{IndexDir, ReadArgs};
use crate::output::{FIELD, clean, count, counted, print_json, statement, table};
use crate::report::Outcome;

/// Show what would be taken from a file, and why, without indexing it
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dixit inspect article.txt
  dixit inspect feed.jsonl --sample 3
  curl -s https://example.org/feed | dixit inspect - --json

With --json one statement a line. Exit status: 0 all would be taken, 1 something would be left
out (and is told), 2 an error.")]
pub(crate) struct InspectArgs {
    /// The file; - is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Show so many statements [default: all]
    #[arg(long, value_name = "N")]
    sample: Option<usize>,

    /// Whose user's files (people.toml, corrections.toml) are gone by
    #[command(flatten)]
    index: IndexDir,

    #[command(flatten)]
    read: ReadArgs,

    /// One statement a line, as JSON
    #[arg(long)]
    json: bool,
}

/// How sources are read, and what is found in them.
struct How {
    options: ReadOptions,
    extraction: Extraction,
}

impl InspectArgs {
    pub(crate) fn run(self) -> Result<Outcome> {
        let how = How {
            options: self.read.options()?,
            extraction: self.read.extraction(Some(&self.index.find()?))?,
        };
        let is_stdin = self.file.as_os_str() == "-";
        if is_stdin {
            return self.one(&how, "stdin", &self.file, Box::new(std::io::stdin().lock()), None);
        }
        let shown = clean(&self.file.display().to_string()).into_owned();
        if self.file.is_file()
            && let Some(outcome) = self.archive(&how).with_context(|| shown.clone())?
        {
            return Ok(outcome);
        }
        let name = self.file.file_name().map(|name| name.to_string_lossy().into_owned());
        let bytes: Box<dyn std::io::Read> = match std::fs::File::open(&self.file) {
            Ok(file) => Box::new(file),
            // What lies in an archive has a path too.
            Err(error) => match source_bytes(&self.file.to_string_lossy(), None) {
                Ok(bytes) => Box::new(std::io::Cursor::new(bytes)),
                Err(_) => return Err(error).with_context(|| shown),
            },
        };
        self.one(&how, &name.unwrap_or_default(), &self.file, bytes, None)
    }

    /// Shows what lies in an archive, where the file is one.
    fn archive(&self, how: &How) -> Result<Option<Outcome>> {
        let (mut outcome, mut failed) = (Outcome::Done, None);
        let is_archive = each_in_archive(&self.file, &mut |source| {
            let one = match source {
                Ok(inner) => {
                    let shown = (!self.json).then(|| inner.bytes.clone());
                    let bytes = Box::new(std::io::Cursor::new(inner.bytes));
                    self.one(how, &inner.key, Path::new(&inner.key), bytes, shown)
                }
                Err(problem) => {
                    say!("{}", clean(&problem.to_string()));
                    Ok(Outcome::LeftOut)
                }
            };
            match one {
                Ok(Outcome::Done) => Flow::More,
                Ok(one) => {
                    outcome = one;
                    Flow::More
                }
                Err(error) => {
                    failed = Some(error);
                    Flow::Enough
                }
            }
        })?;
        match failed {
            Some(error) => Err(error),
            None => Ok(is_archive.then_some(outcome)),
        }
    }

    /// Shows one source; `known` are its bytes where they are at hand.
    fn one(
        &self,
        How { options, extraction }: &How,
        name: &str,
        path: &Path,
        bytes: Box<dyn std::io::Read>,
        known: Option<Vec<u8>>,
    ) -> Result<Outcome> {
        let is_stdin = path.as_os_str() == "-";
        let shown = clean(&path.display().to_string()).into_owned();
        let opened = match is_stdin {
            true => open(name, bytes, options),
            false => open_file(name, path, bytes, options),
        };
        let opened = match opened {
            Ok(opened) => opened,
            Err(OpenError::Unread(why)) => {
                say!("{shown}: {why}");
                return Ok(Outcome::LeftOut);
            }
            Err(OpenError::Io(error)) if is_damage(&error) => {
                tell_damage(&shown, &error);
                return Ok(Outcome::LeftOut);
            }
            Err(error) => return Err(error).with_context(|| shown),
        };
        if !self.json {
            let format = opened.format;
            let encoding = opened.encoding;
            let packed = opened.packed.map(|packed| format!("{packed}, ")).unwrap_or_default();
            writeln!(
                anstream::stdout(),
                "{shown}: {packed}{} (recognised by {}), {} (by {})\n",
                format.reader.name(),
                format.by,
                encoding.name,
                encoding.by
            )?;
        }
        // For people, who are shown the words at each place.
        let is_shown = !is_stdin && !self.json;
        let mut file = Shown { part: known.is_some().then_some(None), bytes: known };
        let (mut taken, mut left_out) = (0_u64, false);
        let mut summary = Summary::default();
        let mut failed = None;
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let corrected = extraction.corrections.name_of(&absolute).filter(|_| !is_stdin);
        let read = opened.read(name, options, &mut |item| {
            match item {
                Item::Record(mut record) => {
                    taken += 1;
                    summary.count(&record.statement);
                    // The kind is found with the rest, and so counted of what is shown.
                    if self.sample.is_none_or(|sample| taken <= sample as u64) {
                        // Corrections name a source by its place below the root that was taken in.
                        let source = &mut record.statement.source;
                        let name = corrected
                            .map(|name| std::mem::replace(&mut source.name, name.to_owned()));
                        extraction.complete(&mut record.statement);
                        if let Some(name) = name {
                            record.statement.source.name = name;
                        }
                        *summary.kinds.entry(record.statement.kind).or_default() += 1;
                        let printed = match self.json {
                            true => json_line(&record.statement, path),
                            false => {
                                let part = record.statement.source.part.as_deref();
                                let bytes = is_shown.then(|| file.bytes(path, part)).flatten();
                                statement::print(&record.statement, bytes)
                            }
                        };
                        if let Err(error) = printed {
                            failed = Some(error);
                            return Flow::Enough;
                        }
                    }
                }
                Item::Problem(problem) => {
                    left_out |= problem.left_out;
                    summary.problems += 1;
                    say!("{}", clean(&problem.to_string()));
                }
                Item::Layout(layout) => {
                    if let Err(error) = self.layout(&layout) {
                        failed = Some(error);
                        return Flow::Enough;
                    }
                }
            }
            Flow::More
        });
        if let Some(error) = failed {
            return Err(error);
        }
        if let Err(error) = read {
            summary.problems += 1;
            left_out = true;
            tell_damage(&shown, &error);
        }
        if !self.json {
            summary.tell(taken)?;
        }
        Ok(if left_out { Outcome::LeftOut } else { Outcome::Done })
    }
}

impl InspectArgs {
    /// Shows which columns or keys hold what, and which are not used. With `--json`, where each line is
    /// a statement, it is told beside them what is not used.
    fn layout(&self, layout: &Layout) -> Result<()> {
        if self.json {
            let unused: Vec<String> =
                layout.unused().map(|name| format!("`{}`", clean(name))).collect();
            if !unused.is_empty() {
                say!("{} not used: {}", layout.what, unused.join(", "));
            }
            return Ok(());
        }
        let mut out = anstream::stdout().lock();
        writeln!(out, "{FIELD}{}{FIELD:#}", layout.what)?;
        let rows: Vec<[String; 3]> = layout
            .parts
            .iter()
            .map(|part| {
                let name = format!("  {}", clean(&part.name));
                let holds = part.holds.map_or_else(|| "—".to_owned(), str::to_owned);
                [name, holds, part.by.to_owned()]
            })
            .collect();
        table(&mut out, &rows)?;
        if layout.has_more {
            writeln!(out, "  and more, which are not listed")?;
        }
        writeln!(out)?;
        Ok(())
    }
}

/// Whether a file is damaged, and not kept from being read.
fn is_damage(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    matches!(error.kind(), UnexpectedEof | InvalidData | InvalidInput | Other)
}

/// What cannot be read to its end is not taken in, whatever was read before.
fn tell_damage(shown: &str, error: &io::Error) {
    let what = "the index leaves the whole file out, and keeps what it had of it";
    say!("{shown}: {}; {what}", clean(&error.to_string()));
}

/// The bytes that places count, of the part that was looked at last.
struct Shown {
    part: Option<Option<String>>,
    bytes: Option<Vec<u8>>,
}

impl Shown {
    fn bytes(&mut self, path: &Path, part: Option<&str>) -> Option<&[u8]> {
        if self.part.as_ref().map(Option::as_deref) != Some(part) {
            self.part = Some(part.map(str::to_owned));
            self.bytes = source_bytes(&path.to_string_lossy(), part).ok();
        }
        self.bytes.as_deref()
    }
}

/// One statement as a line of JSON, with the path of the file as it was named.
fn json_line(statement: &Statement, path: &Path) -> Result<()> {
    let mut json = serde_json::to_value(statement)?;
    json["source"]["path"] = path.display().to_string().into();
    print_json(&json)
}

/// What a file gave, as the file itself states it.
#[derive(Default)]
struct Summary {
    /// Of those that are shown, with what was found in their text.
    kinds: BTreeMap<Kind, u64>,
    speakers: BTreeMap<String, u64>,
    named: u64,
    dated: u64,
    problems: u64,
}

/// How many of the speakers are shown.
const MOST_SPEAKERS: usize = 8;

impl Summary {
    fn count(&mut self, statement: &Statement) {
        self.dated += u64::from(statement.date.is_some());
        if let Some(label) = statement.speaker.as_ref().and_then(Person::label) {
            self.named += 1;
            *self.speakers.entry(label.to_owned()).or_default() += 1;
        }
    }

    fn tell(&self, taken: u64) -> Result<()> {
        let mut out = anstream::stdout().lock();
        writeln!(out, "{}", counted(taken, "statement"))?;
        if taken < 2 {
            return Ok(());
        }
        let kinds = self.kinds.iter().map(|(kind, number)| format!("{} {kind}", count(*number)));
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        let shown = self.kinds.values().sum::<u64>();
        match shown {
            0 => {}
            all if all == taken => writeln!(out, "  kinds     {kinds}")?,
            _ => writeln!(out, "  kinds     {kinds} (of the {} shown)", count(shown))?,
        }
        writeln!(
            out,
            "  stated    a speaker in {}, a date in {}; the rest is looked for in the text",
            count(self.named),
            count(self.dated)
        )?;
        let mut speakers: Vec<(&String, &u64)> = self.speakers.iter().collect();
        speakers.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let shown = speakers.iter().take(MOST_SPEAKERS);
        let mut shown: Vec<String> = shown
            .map(|(label, number)| format!("{} ({})", clean(label), count(**number)))
            .collect();
        if speakers.len() > MOST_SPEAKERS {
            shown.push(format!("and {} more", count((speakers.len() - MOST_SPEAKERS) as u64)));
        }
        if !shown.is_empty() {
            writeln!(out, "  speakers  {}", shown.join(", "))?;
        }
        if self.problems > 0 {
            writeln!(out, "  problems  {}, told above", count(self.problems))?;
        }
        Ok(())
    }
}
