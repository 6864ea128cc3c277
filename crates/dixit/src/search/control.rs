//! Stopping a search from outside.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// When a search has to stop before it is done. Its answer then says that it is partial.
///
/// ```
/// use std::time::Duration;
/// use dixit::Control;
///
/// let control = Control::default().time_limit(Duration::from_millis(500));
/// let other_thread = control.clone();
/// other_thread.cancel();
/// assert!(control.is_stopped());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Control {
    deadline: Option<Instant>,
    cancelled: Arc<AtomicBool>,
}

impl Control {
    /// The same control with a deadline this far from now.
    #[must_use]
    pub fn time_limit(self, limit: Duration) -> Self {
        Self { deadline: Instant::now().checked_add(limit), ..self }
    }

    /// Stops every search that runs under this control or a clone of it.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether a search has to stop now.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
            || self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }
}
