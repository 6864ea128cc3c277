use std::io::Write;

use anyhow::Result;
use clap::Args;
use dixit_sources::remove;

use super::shared::{IndexDir, ResourceArgs, shown};
use crate::output::{clean, count, counted, print_json};
use crate::report::Outcome;

/// Take sources out of the index
///
/// The files themselves are not touched. A later `dixit index` over a folder that holds one takes it
/// in again, unless it is excluded (--exclude, or a file .dixitignore).
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dixit remove archive/2024/draft.txt   a file, by its path
  dixit remove archive/2024             all that lies under a folder
  dixit remove wire.jsonl               by the name that `show` and `search` give

Exit status: 0 removed, 2 nothing was removed (one of them is not known, or it failed).")]
pub(crate) struct RemoveArgs {
    /// Path of a source or of a folder, or the name of a source
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<String>,

    #[command(flatten)]
    index: IndexDir,

    #[command(flatten)]
    resources: ResourceArgs,

    /// Report as JSON
    #[arg(long)]
    json: bool,
}

impl RemoveArgs {
    pub(crate) fn run(self) -> Result<Outcome> {
        let index = self.index.open()?;
        let removed = remove(&index, &self.sources, &self.resources.writer())?;
        if self.json {
            print_json(&removed)?;
            return Ok(Outcome::Done);
        }
        let mut out = anstream::stdout().lock();
        for key in &removed.sources {
            writeln!(out, "removed {}", clean(key))?;
        }
        for key in &removed.read_again {
            writeln!(out, "{} shared statements with it: run `dixit index` on it", clean(key))?;
        }
        writeln!(
            out,
            "gone: {} with {}; the index {} holds {}",
            counted(removed.sources.len() as u64, "source"),
            counted(removed.statements, "statement"),
            shown(index.path()),
            count(removed.total)
        )?;
        Ok(Outcome::Done)
    }
}
