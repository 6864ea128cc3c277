use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};
use clap::Args;
use dixit::{Examination, Health, Index, Origin, Salvaged};
use dixit_sources::{Drift, Rebuilt, SyncOptions, drift, patiently, read_otherwise, take_again};
use serde::Serialize;

use super::shared::{IndexDir, ReadArgs, ResourceArgs, Teller, Telling, shown};
use crate::output::{bytes, clean, count, counted, print_json};
use crate::report::Outcome;
use crate::signals;

/// Look whether the index is what was written, byte by byte, and mend it
///
/// Every file of the index is compared with its checksums, every statement is read, and the counts are
/// compared. --repair builds a damaged index anew from the files and folders that it was made from, as they
/// are now (a file that was taken out by `dixit remove` and lies there still comes back); the damaged one
/// is set aside, not removed.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dixit doctor                  is .dixit, here or above, healthy?
  dixit doctor --json           for machines
  dixit doctor --repair         if it is damaged, build it anew

Exit status: 0 healthy, 1 damaged, 2 it could not be told. With --repair: 0 healthy now, 1 healthy but
something could not be taken in again (and told), 2 it failed.")]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    index: IndexDir,

    /// Build a damaged index anew from its sources
    #[arg(long)]
    repair: bool,

    #[command(flatten)]
    read: ReadArgs,

    #[command(flatten)]
    resources: ResourceArgs,

    /// Report as JSON
    #[arg(long)]
    json: bool,

    /// No progress, no list of problems
    #[arg(short, long)]
    quiet: bool,
}

/// What the doctor says.
#[derive(Serialize)]
struct Report {
    #[serde(flatten)]
    examination: Examination,
    /// How far the files have moved on since.
    drift: Drift,
    #[serde(skip_serializing_if = "Option::is_none")]
    repair: Option<Repair>,
}

/// What a repair did.
#[derive(Serialize)]
struct Repair {
    #[serde(flatten)]
    rebuilt: Rebuilt,
    /// Statements that were taken over from the damaged index, since their source cannot be read again.
    salvaged: u64,
    /// Sources that may not be read as they were, since how they were read is lost with the manifest.
    read_otherwise: Vec<String>,
    /// Folders with the damaged segments.
    set_aside: Vec<String>,
    /// Statements in the index now.
    total: u64,
    /// Whether everything was taken in again.
    is_whole: bool,
}

impl DoctorArgs {
    pub(crate) fn run(self) -> Result<Outcome> {
        let dir = self.index.find()?;
        let examination = Examination::of(&dir);
        let drift = drift(&examination.records);
        let health = examination.health;
        let mut report = Report { examination, drift, repair: None };
        if self.repair && health == Health::Damaged {
            if !self.json && !self.quiet {
                self.tell(&report)?;
            }
            report.repair = self.mend(&dir, &report.examination)?;
            if report.repair.is_none() {
                report.examination = Examination::of(&dir);
            }
        } else if self.repair && health == Health::Healthy && !report.examination.orphans.is_empty()
        {
            // Whoever writes clears away what interrupted runs left.
            Index::open(&dir)?.writer(&self.resources.writer())?.finish()?;
            report.examination = Examination::of(&dir);
        }
        if self.json {
            print_json(&report)?;
        } else if let Some(repair) = &report.repair {
            tell_repair(repair, &dir)?;
        } else {
            self.tell(&report)?;
        }
        let health = match report.repair {
            None if self.repair => report.examination.health,
            _ => health,
        };
        Ok(match (health, &report.repair) {
            (_, Some(repair)) if repair.is_whole => Outcome::Done,
            (_, Some(_)) => Outcome::LeftOut,
            (Health::Healthy, None) => Outcome::Done,
            (Health::Damaged, None) => Outcome::Damaged,
            (Health::Unknown, None) => Outcome::CannotTell,
        })
    }

    /// Builds a damaged index anew; nothing to say when another repair has done so.
    fn mend(&self, dir: &Path, found: &Examination) -> Result<Option<Repair>> {
        let options = SyncOptions {
            extraction: self.read.extraction(Some(dir))?,
            writer: self.resources.writer(),
            stop: signals::stop_on_signal()?,
            ..SyncOptions::default()
        };
        let origins = origins(found);
        if origins.is_empty() && found.records.is_empty() {
            bail!(
                "what {} was made from is no longer known: build it anew by `dixit index --rebuild PATH... --index {}`",
                shown(dir),
                shown(dir)
            );
        }
        let draft = patiently(&options, |wait| Index::draft(dir, wait))?;
        // Whoever waited for another repair need not do its work again.
        if Examination::of(dir).health == Health::Healthy {
            return Ok(None);
        }
        let mut teller =
            Teller::new(if self.quiet || self.json { Telling::Quiet } else { Telling::Normal });
        let rebuilt =
            take_again(draft.index(), &origins, &options, &mut |event| teller.tell(&event));
        teller.finish();
        let mut rebuilt = rebuilt?;
        // What could not be read again is taken over as it was; what is gone on purpose goes with the
        // next `dixit index`.
        let read = draft.index().searcher()?.sources()?;
        let read: BTreeSet<&str> = read.iter().map(|record| record.key.as_str()).collect();
        let Salvaged { statements: salvaged, is_whole, .. } =
            draft.salvage(&|key| !read.contains(key), &options.writer)?;
        if is_whole {
            rebuilt.missing.clear();
        }
        let mut otherwise = Vec::new();
        if found.origins.is_empty() {
            let was = |key: &str| found.records.iter().any(|record| record.key == key);
            let now = found.records.iter().filter(|record| read_otherwise(record, &options));
            otherwise.extend(now.map(|record| record.key.clone()));
            otherwise.extend(read.iter().filter(|key| !was(key)).map(|key| (*key).to_owned()));
        }
        let (index, set_aside) = draft.publish_beside()?;
        let after = Examination::of(dir);
        if after.health != Health::Healthy {
            bail!("the index was built anew and is not healthy: is the disk?");
        }
        let total = index.searcher()?.statements();
        let left_out = rebuilt.roots.iter().map(|(_, report)| report.failed).sum::<u64>();
        let is_whole = rebuilt.missing.is_empty() && left_out == 0 && otherwise.is_empty();
        let read_otherwise = otherwise;
        Ok(Some(Repair { rebuilt, salvaged, read_otherwise, set_aside, total, is_whole }))
    }

    fn tell(&self, report: &Report) -> Result<()> {
        let found = &report.examination;
        let mut out = anstream::stdout().lock();
        let state = match found.health {
            Health::Healthy => "healthy",
            Health::Damaged => "damaged",
            Health::Unknown => "it could not be told whether it is healthy",
        };
        writeln!(out, "{}: {state}", shown(&found.path))?;
        for finding in &found.findings {
            writeln!(out, "  {}: {}", clean(&finding.place), clean(&finding.why))?;
        }
        if self.quiet {
            return Ok(());
        }
        writeln!(
            out,
            "  looked at {} in {}, and at {} of {}",
            bytes(found.bytes),
            counted(found.files, "file"),
            counted(found.statements, "statement"),
            counted(found.sources, "source")
        )?;
        let Drift { same, changed, gone, other } = report.drift;
        if changed + gone > 0 {
            writeln!(
                out,
                "  since then {} changed and {} went ({} are the same): `dixit index` brings it in step",
                counted(changed, "file"),
                count(gone),
                count(same)
            )?;
        }
        if other > 0 && found.health == Health::Damaged {
            writeln!(
                out,
                "  {} sources are no files: a repair takes over what still reads",
                count(other)
            )?;
        }
        if !found.orphans.is_empty() {
            writeln!(
                out,
                "  {} files that interrupted runs left; the next run that writes removes them",
                count(found.orphans.len() as u64)
            )?;
        }
        if !found.set_aside.is_empty() {
            let folders = found.set_aside.join(", ");
            writeln!(out, "  set aside by a repair, to be removed by hand: {}", clean(&folders))?;
        }
        if found.health == Health::Damaged && !self.repair {
            writeln!(out, "  `dixit doctor --repair` builds it anew from its sources")?;
        }
        Ok(())
    }
}

/// What an index can be built anew from: as it is recorded, else the roots of the sources.
fn origins(found: &Examination) -> Vec<Origin> {
    if !found.origins.is_empty() {
        return found.origins.clone();
    }
    let roots: BTreeSet<&String> =
        found.records.iter().filter_map(|record| record.root.as_ref()).collect();
    roots.into_iter().map(|root| Origin { root: root.clone(), how: String::new() }).collect()
}

fn tell_repair(repair: &Repair, dir: &Path) -> Result<()> {
    let mut out = anstream::stdout().lock();
    for (root, report) in &repair.rebuilt.roots {
        writeln!(
            out,
            "taken in again: {} ({}, {} failed)",
            clean(root),
            counted(report.statements, "statement"),
            count(report.failed)
        )?;
    }
    if repair.salvaged > 0 {
        writeln!(
            out,
            "taken over from the damaged index: {}",
            counted(repair.salvaged, "statement")
        )?;
    }
    for root in &repair.rebuilt.missing {
        writeln!(out, "cannot be read again, please give it again: {}", clean(root))?;
    }
    if !repair.read_otherwise.is_empty() {
        writeln!(
            out,
            "how these were read (--map, --format, --exclude) is lost with the manifest: `dixit index` \
             them again as then, or `dixit remove` them:"
        )?;
        for key in &repair.read_otherwise {
            writeln!(out, "  {}", clean(key))?;
        }
    }
    let beside: Vec<String> =
        repair.set_aside.iter().map(|folder| shown(&dir.join(folder))).collect();
    writeln!(out, "{}: healthy, {}", shown(dir), counted(repair.total, "statement"))?;
    writeln!(out, "the damaged segments are in {}", beside.join(", "))?;
    Ok(())
}
