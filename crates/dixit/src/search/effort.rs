//! What the walks of one search may still cost: it is looked into every few thousand steps, wherever a walk
//! may go on for long without coming upon a match.

use std::cell::Cell;

use super::control::Control;

/// How many steps are taken between two looks at the clock.
const PATIENCE: u64 = 1 << 12;

/// Why a search ended before it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// From outside: by its time limit, or cancelled.
    Stopped,
    /// More positions would have had to be looked at than may be.
    Spent,
}

/// Shared by all walks of a search. Once it is at its end every walk is, whatever it has not come to; what a
/// walk says after that is not to be believed.
pub(super) struct Effort {
    control: Control,
    until_look: Cell<u64>,
    positions: Cell<u64>,
    end: Cell<Option<End>>,
}

impl Effort {
    pub(super) fn new(control: &Control, positions: u64) -> Self {
        Self {
            control: control.clone(),
            // At the first step: it may have been stopped while the query was read.
            until_look: Cell::new(0),
            positions: Cell::new(positions),
            end: Cell::new(None),
        }
    }

    pub(super) fn end(&self) -> Option<End> {
        self.end.get()
    }

    /// Takes so many steps; says whether to go on.
    pub(super) fn step(&self, steps: u64) -> bool {
        match self.until_look.get().checked_sub(steps) {
            Some(left) if left > 0 => self.until_look.set(left),
            _ => {
                self.until_look.set(PATIENCE);
                if self.end.get().is_none() && self.control.is_stopped() {
                    self.end.set(Some(End::Stopped));
                }
            }
        }
        self.end.get().is_none()
    }

    /// Looks at so many positions of words that may stand apart, which a whole query may do so often; says
    /// whether to go on.
    pub(super) fn look_at(&self, positions: u64) -> bool {
        match self.positions.get().checked_sub(positions) {
            Some(left) => self.positions.set(left),
            None => {
                if self.end.get().is_none() {
                    self.end.set(Some(End::Spent));
                }
            }
        }
        self.step(positions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spent_or_stopped_stays_so() {
        let effort = Effort::new(&Control::default(), 10);
        assert!(effort.step(1_000_000) && effort.look_at(10));
        assert!(!effort.look_at(1) && !effort.step(1));
        assert_eq!(effort.end(), Some(End::Spent));
        let control = Control::default();
        let effort = Effort::new(&control, u64::MAX);
        assert!(effort.step(1));
        control.cancel();
        // At the next look.
        assert!(!effort.step(PATIENCE));
        assert_eq!(effort.end(), Some(End::Stopped));
    }
}
