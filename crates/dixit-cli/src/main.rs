//! The program `dixit`: reads arguments, calls the library, shows what comes back.

/// A line on standard error. That it cannot be written is told by the exit status, if by anything.
macro_rules! say {
    ($($line:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(anstream::stderr(), $($line)*);
    }};
}

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
