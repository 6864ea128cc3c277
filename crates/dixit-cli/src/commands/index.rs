use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use dixit::Index;
use dixit_sources::{Report, SyncOptions, patiently, preview};

use super::shared::{IndexDir, ReadArgs, ResourceArgs, Teller, Telling, roots, shown, take_in};
use crate::output::{clean, count, counted, print_json, table};
use crate::report::Outcome;
use crate::signals;

/// Take files into an index, and bring it in step with them
///
/// Files that did not change since are left as they are, changed ones are replaced, and those that
/// are gone from under the given paths are removed. What cannot be taken in is told, with the line,
/// and costs nothing else. Long runs commit on the way: what is committed survives anything, and an
/// interrupted run goes on from there when it is started again. Sources that hold the same document in
/// two formats are both taken, and told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dixit index archive/                      into .dixit here
  dixit index archive/ --index /data/idx    into a folder of your choice
  cat wire.jsonl | dixit index - --name wire.jsonl
  dixit index feed.jsonl --map text=body,speaker=who.name
  dixit index archive/ --dry-run -v         what would be done

Exit status: 0 all was taken in, 1 something was left out (and told), 2 it failed, 130 or 143 it was
interrupted (what is committed stays, and the same command goes on).")]
pub(crate) struct IndexArgs {
    /// Files and folders; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    index: IndexDir,

    #[command(flatten)]
    read: ReadArgs,

    #[command(flatten)]
    resources: ResourceArgs,

    /// Files to pass over, in the manner of .gitignore (also: a file .dixitignore)
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,

    /// Compare the bytes of files even where size and time say that nothing changed
    #[arg(long)]
    checksum: bool,

    /// Begin anew: forget what the index holds
    #[arg(long)]
    rebuild: bool,

    /// Say what would be done, and do nothing
    #[arg(long, conflicts_with = "rebuild")]
    dry_run: bool,

    /// Statements between two commits: what an interruption can cost
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    commit_every: u64,

    /// Name of what comes on standard input
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    name: String,

    /// Report as JSON
    #[arg(long)]
    json: bool,

    /// No progress, no list of problems
    #[arg(short, long)]
    quiet: bool,

    /// Tell what becomes of each source, and each commit
    #[arg(short, long, conflicts_with = "quiet")]
    verbose: bool,
}

impl IndexArgs {
    pub(crate) fn run(self) -> Result<Outcome> {
        let dir = self.index.find()?;
        let options = SyncOptions {
            read: self.read.options()?,
            extraction: self.read.extraction(Some(&dir))?,
            exclude: self.exclude.clone(),
            checksum: self.checksum,
            writer: self.resources.writer(),
            commit_statements: self.commit_every.max(1),
            stop: signals::stop_on_signal()?,
        };
        let telling = match (self.quiet, self.verbose) {
            (true, _) => Telling::Quiet,
            (_, true) => Telling::Verbose,
            _ => Telling::Normal,
        };
        let roots = roots(&self.paths, &self.name);
        let report = if self.dry_run {
            let index = Index::exists(&dir).then(|| Index::open(&dir)).transpose()?;
            let mut teller = Teller::new(telling);
            let report =
                preview(index.as_ref(), &roots, &options, &mut |event| teller.tell(&event));
            teller.finish();
            report?
        } else if self.rebuild {
            // What cannot be read now would be missing from the new index, and the old one has it.
            for path in self.paths.iter().filter(|path| path.as_os_str() != "-") {
                std::fs::metadata(path).with_context(|| {
                    format!("{} cannot be read, and so the index stays as it is", shown(path))
                })?;
            }
            // Built beside the old one, which stays until the new one is whole.
            let draft = patiently(&options, |wait| Index::draft(&dir, wait))?;
            let report = take_in(draft.index(), &roots, &options, telling)?;
            draft.publish()?;
            report
        } else {
            let index = patiently(&options, |wait| Index::open_or_create_within(&dir, wait))?;
            take_in(&index, &roots, &options, telling)?
        };
        if self.json {
            print_json(&report)?;
        } else if !self.quiet {
            tell(&report, &shown(&dir), self.dry_run)?;
        }
        Ok(match report.problems.left_out + report.failed + report.unread {
            0 => Outcome::Done,
            _ => Outcome::LeftOut,
        })
    }
}

fn tell(report: &Report, dir: &str, dry_run: bool) -> Result<()> {
    use std::io::Write;
    let mut out = anstream::stdout().lock();
    if !report.formats.is_empty() {
        let heads = [
            "format",
            "files",
            "statements",
            "with speaker",
            "without",
            "with date",
            "without",
            "problems",
        ];
        let mut rows = vec![heads.map(str::to_owned)];
        for (name, format) in &report.formats {
            let of = format.statements;
            let numbers = [
                format.files,
                of,
                format.with_speaker,
                of.saturating_sub(format.with_speaker),
                format.with_date,
                of.saturating_sub(format.with_date),
                format.problems,
            ];
            let [files, of, speaker, no_speaker, date, no_date, problems] = numbers.map(count);
            rows.push([name.clone(), files, of, speaker, no_speaker, date, no_date, problems]);
        }
        table(&mut out, &rows)?;
        writeln!(out)?;
    }
    let Report { added, changed, same, removed, failed, unread, .. } = report;
    writeln!(
        out,
        "sources: {added} added, {changed} changed, {same} same, {removed} removed, {failed} failed, {unread} without a reader or empty"
    )?;
    if report.same_with_problems > 0 {
        writeln!(
            out,
            "of those that are the same, {} with problems, told when they were read: `dixit inspect FILE` tells them again",
            count(report.same_with_problems)
        )?;
    }
    if report.problems.left_out + report.problems.noted > 0 {
        let problems = report.problems;
        writeln!(
            out,
            "problems: {} for which something was left out, {} with a reservation only",
            count(problems.left_out),
            count(problems.noted)
        )?;
    }
    if report.twins.pairs > 0 {
        writeln!(out, "{}", told_twins(report, dry_run))?;
    }
    if dry_run {
        writeln!(out, "nothing was done; the index {dir} holds {}", count(report.total))?;
        return Ok(());
    }
    writeln!(
        out,
        "committed {}; the index {dir} holds {}",
        counted(report.statements, "statement"),
        count(report.total)
    )?;
    Ok(())
}

/// What is held twice, and what can be done about it.
fn told_twins(report: &Report, dry_run: bool) -> String {
    let twins = &report.twins;
    let examples: Vec<String> = twins
        .examples
        .iter()
        .map(|[one, other]| format!("  {} and {}", clean(one), clean(other)))
        .collect();
    let pairs = match twins.pairs {
        1 => "1 pair of sources holds the same document in two formats".to_owned(),
        pairs => format!("{} pairs of sources hold the same document in two formats", count(pairs)),
    };
    let counted = if dry_run { "both would be counted" } else { "both are counted" };
    format!(
        "twins: {pairs}, and {counted}, such as\n{}\n  `--exclude GLOB` passes over one of each",
        examples.join("\n")
    )
}
