//! What can be typed: the tree of commands.

use std::ffi::OsString;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::commands::{
    bench, completions, doctor, eval, formats, index, inspect, remove, search, show, speakers,
    stats,
};
use crate::report::Outcome;

/// Search the public record: who said what, when, about what.
///
/// Index what publishers publish (articles, releases, transcripts, JSON lines), then ask for words,
/// speakers, dates and topics. Every answer shows the exact words, where they stand, and how each
/// piece of metadata is known.
#[derive(Debug, Parser)]
#[command(
    name = "dixit",
    version,
    arg_required_else_help = true,
    after_help = "Examples:
  dixit search \"human rights workshop\" --from examples/statements
  dixit index archive/                         take in a folder, into .dixit here
  dixit search 'speaker:guo date:2025-12'      who and when
  dixit search '\"right to food\" -budget'       the exact words, and without another
  dixit show 7h2k9xq0c4mz                      all about one hit, with its evidence
  dixit inspect article.txt                    what would be taken from a file, and why
  dixit doctor                                 is the index what was written?"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Index(index::IndexArgs),
    Search(search::SearchArgs),
    Show(show::ShowArgs),
    Inspect(inspect::InspectArgs),
    Speakers(speakers::SpeakersArgs),
    Stats(stats::StatsArgs),
    Formats(formats::FormatsArgs),
    Remove(remove::RemoveArgs),
    Doctor(doctor::DoctorArgs),
    Eval(eval::EvalArgs),
    Bench(bench::BenchArgs),
    Completions(completions::CompletionsArgs),
}

/// The arguments, those of a search that begin with a minus and are no flags behind a `--`: they are
/// words that are not wanted, as in `dixit search '-speaker:*'`.
fn arguments(mut given: Vec<OsString>) -> Vec<OsString> {
    const FLAGS: &str = "qhV";
    if given.get(1).is_none_or(|command| command != "search") {
        return given;
    }
    let end = given.iter().position(|argument| argument == "--").unwrap_or(given.len());
    let is_query = |argument: &OsString| {
        let text = argument.to_string_lossy();
        let word = text.strip_prefix('-').filter(|rest| !rest.is_empty() && !rest.starts_with('-'));
        word.is_some_and(|word| !word.chars().all(|c| FLAGS.contains(c)))
    };
    let behind = given.split_off(end);
    let (query, mut arguments): (Vec<_>, Vec<_>) = given.into_iter().partition(is_query);
    if query.is_empty() {
        arguments.extend(behind);
        return arguments;
    }
    arguments.push("--".into());
    arguments.extend(query);
    arguments.extend(behind.into_iter().skip(1));
    arguments
}

/// Reads the arguments and runs the command.
pub(crate) fn run() -> Result<Outcome> {
    match Cli::parse_from(arguments(std::env::args_os().collect())).command {
        Command::Index(args) => args.run(),
        Command::Search(args) => args.run(),
        Command::Show(args) => args.run(),
        Command::Inspect(args) => args.run(),
        Command::Speakers(args) => args.run(),
        Command::Stats(args) => args.run(),
        Command::Formats(args) => args.run(),
        Command::Remove(args) => args.run(),
        Command::Doctor(args) => args.run(),
        Command::Eval(args) => args.run(),
        Command::Bench(args) => args.run(),
        Command::Completions(args) => args.run(),
    }
}
