//! One writer: taking the lock, waiting for it, naming who has it.

use std::any::Any;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::error::{Error, Result};
use crate::storage::{Lock, Storage};

/// The file that stands for the right to write.
pub(super) const FILE: &str = "dixit.lock";

/// The right to write, until it is dropped.
pub(super) type WriteLock = Arc<dyn Any + Send + Sync>;

/// How long a look waits for the next: at first, and at most.
const PAUSES: (Duration, Duration) = (Duration::from_millis(2), Duration::from_millis(100));

/// Takes the lock, waiting as long as it may.
pub(super) fn take(storage: &dyn Storage, wait: Duration) -> Result<WriteLock> {
    let path = Path::new(FILE);
    let begun = Instant::now();
    let mut pause = PAUSES.0;
    loop {
        let lock = storage.lock(path, &holder());
        match lock.map_err(|error| Error::io(&storage.root().join(path), error))? {
            Lock::Held(lock) => return Ok(lock.into()),
            Lock::Busy(holder) if begun.elapsed() >= wait => {
                let path = storage.root().to_owned();
                return Err(Error::Locked { path, holder, waited: begun.elapsed() });
            }
            Lock::Busy(_) => {
                let left = wait.saturating_sub(begun.elapsed());
                std::thread::sleep((pause + jitter(pause)).min(left));
                pause = (pause * 2).min(PAUSES.1);
            }
        }
    }
}

/// Up to half a pause more, so that those who wait do not all look at once.
fn jitter(pause: Duration) -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let share = (now.subsec_nanos() ^ std::process::id().wrapping_mul(2_654_435_761)) % 512;
    pause * share / 1024
}

/// Who holds the lock, for those who wait.
fn holder() -> String {
    let program = std::env::current_exe().ok();
    let program = program.as_deref().and_then(Path::file_stem).unwrap_or_default();
    format!("process {} ({})", std::process::id(), program.to_string_lossy())
}
