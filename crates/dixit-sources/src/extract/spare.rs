//! Room that one text leaves to the next on its thread, which need not ask for it anew.

use std::cell::Cell;
use std::thread::LocalKey;

/// A text of more bytes takes and leaves none: what it needs is much, and little beside the work on it.
const LONGEST_TEXT: usize = 1 << 14;

/// The room for a text of so many bytes; a long one needs its own.
pub(super) fn take<T: Default>(bytes: usize, spare: &'static LocalKey<Cell<T>>) -> T {
    if bytes <= LONGEST_TEXT {
        spare.try_with(Cell::take).unwrap_or_default()
    } else {
        T::default()
    }
}

/// Leaves the room in which a text of so many bytes was worked on, emptied.
pub(super) fn leave<T>(room: T, bytes: usize, spare: &'static LocalKey<Cell<T>>) {
    if bytes <= LONGEST_TEXT {
        // A thread that ends has no next text.
        let _ = spare.try_with(|spare| spare.set(room));
    }
}
