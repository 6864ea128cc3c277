use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use dixit_sources::read::{Flow, Item};
use dixit_sources::{OpenError, open};

use super::shared::ReadArgs;
use crate::output::{clean, count, print_json, statement};
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

    #[command(flatten)]
    read: ReadArgs,

    /// One statement a line, as JSON
    #[arg(long)]
    json: bool,
}

impl InspectArgs {
    pub(crate) fn run(self) -> Result<Outcome> {
        let options = self.read.options()?;
        let extraction = self.read.extraction();
        let is_stdin = self.file.as_os_str() == "-";
        let name = match self.file.file_name() {
            Some(name) if !is_stdin => name.to_string_lossy().into_owned(),
            _ => "stdin".to_owned(),
        };
        let shown = clean(&self.file.display().to_string()).into_owned();
        let bytes: Box<dyn std::io::Read> = if is_stdin {
            Box::new(std::io::stdin().lock())
        } else {
            Box::new(std::fs::File::open(&self.file).with_context(|| shown.clone())?)
        };
        let opened = match open(&name, bytes, &options) {
            Ok(opened) if is_stdin => opened,
            Ok(opened) => opened.beside(options.companions.beside(&self.file)),
            Err(OpenError::Unread(why)) => {
                say!("{shown}: {why}");
                return Ok(Outcome::LeftOut);
            }
            Err(error) => return Err(error).with_context(|| shown),
        };
        if !self.json {
            let format = opened.format;
            writeln!(
                anstream::stdout(),
                "{shown}: {} (recognised by {})\n",
                format.reader.name(),
                format.by
            )?;
        }
        let file = if is_stdin { None } else { std::fs::read(&self.file).ok() };
        let (mut taken, mut left_out) = (0_u64, false);
        let mut failed = None;
        opened
            .read(&name, &options, &mut |item| {
                match item {
                    Item::Record(mut record) => {
                        taken += 1;
                        if self.sample.is_none_or(|sample| taken <= sample as u64) {
                            extraction.complete(&mut record.statement);
                            let printed = match self.json {
                                true => print_json(&record.statement),
                                false => statement::print(&record.statement, file.as_deref()),
                            };
                            if let Err(error) = printed {
                                failed = Some(error);
                                return Flow::Enough;
                            }
                        }
                    }
                    Item::Problem(problem) => {
                        left_out |= problem.left_out;
                        say!("{}", clean(&problem.to_string()));
                    }
                }
                Flow::More
            })
            .with_context(|| shown.clone())?;
        if let Some(error) = failed {
            return Err(error);
        }
        if !self.json {
            writeln!(anstream::stdout(), "{} statements", count(taken))?;
        }
        Ok(if left_out { Outcome::LeftOut } else { Outcome::Done })
    }
}
