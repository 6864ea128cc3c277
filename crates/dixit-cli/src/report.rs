//! From results to exit codes, and from errors to words.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use anstyle::{AnsiColor, Style};
use anyhow::{Context, Error, anyhow};
use dixit_sources::SyncError;

use crate::output::clean;
use crate::signals;

/// How a command ended well: 0, or 1 for nothing found and for input that was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    NothingFound,
    LeftOut,
    /// Of the doctor: 1.
    Damaged,
    /// Of the doctor: 2.
    CannotTell,
}

/// Runs the program so that a mistake in it is told as an error. The library makes errors of the
/// panics of the engine underneath, and those are not told twice.
pub(crate) fn without_panics(
    run: impl FnOnce() -> Result<Outcome, Error>,
) -> Result<Outcome, Error> {
    static LAST: Mutex<Option<String>> = Mutex::new(None);
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        drop(take_hook());
        set_hook(Box::new(|panic| {
            let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
            *last = Some(panic.to_string().replace('\n', " "));
        }));
    }
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        let last = LAST.lock().unwrap_or_else(PoisonError::into_inner).take();
        let what = last.unwrap_or_default();
        Err(anyhow!("dixit itself failed ({what}): please report it, with what was asked of it"))
    })
}

/// The exit code of a command; an error is told on the way.
pub(crate) fn exit_code(result: Result<Outcome, Error>) -> ExitCode {
    // What is still in the buffer may fail too, and that must not pass for success.
    let flush = || io::stdout().flush().context("standard output cannot be written");
    match result.and_then(|outcome| flush().map(|()| outcome)) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NothingFound | Outcome::LeftOut | Outcome::Damaged) => ExitCode::from(1),
        Ok(Outcome::CannotTell) => ExitCode::from(2),
        // Who closed the pipe has seen enough.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&error);
            match signals::received() {
                Some(signal) if is_stopped(&error) => ExitCode::from(128 + signal),
                _ => ExitCode::from(2),
            }
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

fn is_stopped(error: &Error) -> bool {
    error
        .chain()
        .any(|cause| matches!(cause.downcast_ref::<SyncError>(), Some(SyncError::Stopped { .. })))
}

fn tell(error: &Error) {
    const ERROR: Style = AnsiColor::Red.on_default().bold();
    const HINT: Style = AnsiColor::Cyan.on_default();
    say!("{ERROR}error:{ERROR:#} {}", clean(&error.to_string()));
    let mut said = error.to_string();
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        // A wrapper often says itself what it wraps.
        if !said.ends_with(&cause) {
            say!("  cause: {}", clean(&cause));
        }
        said = cause;
    }
    if let Some(hint) = hint(error) {
        say!("{HINT}hint:{HINT:#} {}", clean(&hint));
    }
}

fn hint(error: &Error) -> Option<String> {
    if is_stopped(error) {
        return Some(
            "the next run goes on from there (a rebuild or repair begins anew)".to_owned(),
        );
    }
    // A transparent wrapper hides what it wraps from the chain.
    let engine = error.chain().find_map(|cause| {
        cause.downcast_ref::<dixit::Error>().or_else(|| match cause.downcast_ref::<SyncError>() {
            Some(SyncError::Engine(engine)) => Some(engine),
            _ => None,
        })
    })?;
    engine.hint()
}
