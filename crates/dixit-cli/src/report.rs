//! From results to exit codes, and from errors to words.

use std::io;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use anyhow::Error;

use crate::output::clean;

/// How a command ended well: 0, or 1 for nothing found and for input that was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    NothingFound,
    LeftOut,
}

/// The exit code of a command; an error is told on the way.
pub(crate) fn exit_code(result: Result<Outcome, Error>) -> ExitCode {
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NothingFound | Outcome::LeftOut) => ExitCode::from(1),
        // Who closed the pipe has seen enough.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&error);
            ExitCode::from(2)
        }
    }
}

fn is_closed_pipe(error: &Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}

fn tell(error: &Error) {
    const ERROR: Style = AnsiColor::Red.on_default().bold();
    const HINT: Style = AnsiColor::Cyan.on_default();
    anstream::eprintln!("{ERROR}error:{ERROR:#} {}", clean(&error.to_string()));
    let mut said = error.to_string();
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        // A transparent wrapper says the same as what it wraps.
        if cause != said {
            anstream::eprintln!("  cause: {}", clean(&cause));
        }
        said = cause;
    }
    if let Some(hint) = hint(error) {
        anstream::eprintln!("{HINT}hint:{HINT:#} {}", clean(&hint));
    }
}

fn hint(error: &Error) -> Option<String> {
    let engine = error.chain().find_map(|cause| cause.downcast_ref::<dixit::Error>())?;
    engine.hint()
}
