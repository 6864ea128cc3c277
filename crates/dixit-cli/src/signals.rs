//! Being asked to stop: SIGINT and SIGTERM.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

static RECEIVED: OnceLock<Arc<AtomicUsize>> = OnceLock::new();

/// From now on, a first signal sets the flag, for work to come to a good end; a second one ends the
/// program at once, which an index survives as it survives anything.
pub(crate) fn stop_on_signal() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let received = RECEIVED.get_or_init(Arc::default);
    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&stop))
            .and_then(|_| flag::register(signal, Arc::clone(&stop)))
            .and_then(|_| {
                flag::register_usize(
                    signal,
                    Arc::clone(received),
                    usize::try_from(signal).unwrap_or(0),
                )
            })
            .context("signals cannot be listened to")?;
    }
    Ok(stop)
}

/// A file that may not grow any further is an error like any other, and not the end of the program.
pub(crate) fn outlive_file_limits() {
    #[cfg(unix)]
    let _ = flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}

/// The signal that was received.
pub(crate) fn received() -> Option<u8> {
    let signal = RECEIVED.get()?.load(Ordering::Relaxed);
    u8::try_from(signal).ok().filter(|&signal| signal > 0)
}
