//! Times and their summary.

use std::path::Path;
use std::time::{Duration, Instant};

/// Wall and processor time since it was started.
#[derive(Debug)]
pub struct Clock {
    wall: Instant,
    cpu: Option<Duration>,
}

/// What something took.
#[derive(Debug, Clone, Copy)]
pub struct Took {
    /// Seconds on the wall.
    pub wall: f64,
    /// Seconds of processor time over all threads, which a busy machine disturbs less; 0 where the
    /// system does not tell.
    pub cpu: f64,
}

impl Clock {
    /// A clock that runs.
    #[must_use]
    pub fn start() -> Self {
        Self { wall: Instant::now(), cpu: cpu_time() }
    }

    /// What it has taken until now.
    #[must_use]
    pub fn took(&self) -> Took {
        let cpu = cpu_time().zip(self.cpu).map_or(Duration::ZERO, |(now, then)| now - then);
        Took { wall: self.wall.elapsed().as_secs_f64(), cpu: cpu.as_secs_f64() }
    }
}

#[cfg(unix)]
fn cpu_time() -> Option<Duration> {
    use nix::sys::resource::{UsageWho, getrusage};
    let usage = getrusage(UsageWho::RUSAGE_SELF).ok()?;
    let time = |value: nix::sys::time::TimeVal| {
        Duration::from_secs(value.tv_sec().unsigned_abs())
            + Duration::from_micros(value.tv_usec().unsigned_abs())
    };
    Some(time(usage.user_time()) + time(usage.system_time()))
}

#[cfg(not(unix))]
fn cpu_time() -> Option<Duration> {
    None
}

/// One figure over the rounds.
#[derive(Debug, Clone, Default)]
pub struct Samples(Vec<f64>);

impl Samples {
    /// Takes one more.
    pub fn push(&mut self, value: f64) {
        self.0.push(value);
    }

    /// The least: what the machine can do when nothing disturbs it.
    #[must_use]
    pub fn min(&self) -> f64 {
        self.0.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// The middle one.
    #[must_use]
    pub fn median(&self) -> f64 {
        self.at(0.5)
    }

    /// The one that this share of them do not exceed.
    #[must_use]
    pub fn at(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().saturating_sub(1);
        sorted.get((last as f64 * share).round() as usize).copied().unwrap_or(f64::NAN)
    }

    /// Each divided by the other's of the same round.
    #[must_use]
    pub fn ratio(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(one, other)| one / other).collect())
    }
}

/// Bytes of all files in a folder and those in it.
///
/// # Errors
/// When one cannot be looked at.
pub fn folder_bytes(folder: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        bytes += if about.is_dir() { folder_bytes(&entry.path())? } else { about.len() };
    }
    Ok(bytes)
}

/// Millions of bytes.
#[must_use]
pub fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
