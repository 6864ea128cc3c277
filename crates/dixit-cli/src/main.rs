//! The program `dixit`: reads arguments, calls the library, shows what comes back.

mod cli;
mod commands;
mod output;
mod report;
mod signals;

use std::process::ExitCode;

fn main() -> ExitCode {
    signals::outlive_file_limits();
    report::exit_code(report::without_panics(cli::run))
}
