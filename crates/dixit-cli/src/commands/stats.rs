use std::io::Write;

use anyhow::Result;
use clap::Args;

use super::shared::{IndexDir, shown};
use crate::output::{bytes, count, counted, print_json, share};
use crate::report::Outcome;

/// Say what the index holds, in numbers
#[derive(Debug, Args)]
pub(crate) struct StatsArgs {
    #[command(flatten)]
    index: IndexDir,

    /// As JSON
    #[arg(long)]
    json: bool,
}

impl StatsArgs {
    pub(crate) fn run(self) -> Result<Outcome> {
        let index = self.index.open()?;
        let stats = index.searcher()?.stats()?;
        if self.json {
            print_json(&stats)?;
            return Ok(Outcome::Done);
        }
        let mut out = anstream::stdout().lock();
        let all = stats.statements;
        writeln!(
            out,
            "{} of {} in {}",
            counted(all, "statement"),
            counted(stats.sources, "source"),
            shown(index.path())
        )?;
        writeln!(
            out,
            "  speaker known  {:>9}  {}",
            count(stats.with_speaker),
            share(stats.with_speaker, all)
        )?;
        writeln!(out, "  date known     {:>9}  {}", count(stats.dated), share(stats.dated, all))?;
        writeln!(
            out,
            "  with a topic   {:>9}  {}",
            count(stats.with_topic),
            share(stats.with_topic, all)
        )?;
        if let (Some((first, _)), Some((last, _))) =
            (stats.years.first_key_value(), stats.years.last_key_value())
        {
            writeln!(out, "  years          {first} to {last}")?;
        }
        for (name, counts) in [("kinds", &stats.kinds), ("languages", &stats.languages)] {
            if !counts.is_empty() {
                let mut sorted: Vec<_> = counts.iter().collect();
                sorted.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
                let list: Vec<_> =
                    sorted.iter().map(|(value, n)| format!("{value} {}", count(**n))).collect();
                writeln!(out, "  {name:<13}  {}", list.join(", "))?;
            }
        }
        writeln!(out, "  on disk        {} in {} segments", bytes(stats.bytes), stats.segments)?;
        for (part, size) in &stats.parts {
            writeln!(out, "    {part:<11}  {:>9}  {}", bytes(*size), share(*size, stats.bytes))?;
        }
        Ok(Outcome::Done)
    }
}
