//! The first few of many, without room of their own on the heap.

/// At most `N` values.
#[derive(Debug, Clone)]
pub(super) struct Few<T, const N: usize> {
    values: [T; N],
    len: usize,
}

impl<T: Default, const N: usize> Default for Few<T, N> {
    fn default() -> Self {
        Self { values: std::array::from_fn(|_| T::default()), len: 0 }
    }
}

impl<T, const N: usize> Few<T, N> {
    /// Adds a value where there is room.
    pub(super) fn push(&mut self, value: T) {
        if let Some(room) = self.values.get_mut(self.len) {
            *room = value;
            self.len += 1;
        }
    }

    pub(super) fn as_slice(&self) -> &[T] {
        &self.values[..self.len]
    }

    /// Keeps only those of a sort, in order.
    pub(super) fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        let mut kept = 0;
        for at in 0..self.len {
            if keep(&self.values[at]) {
                self.values.swap(kept, at);
                kept += 1;
            }
        }
        self.len = kept;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_room_is_left_out() {
        let mut few: Few<u32, 4> = Few::default();
        assert!(few.as_slice().is_empty());
        (1..=6).for_each(|value| few.push(value));
        assert_eq!(few.as_slice(), [1, 2, 3, 4]);
        few.retain(|value| value % 2 == 0);
        assert_eq!(few.as_slice(), [2, 4]);
        (7..=9).for_each(|value| few.push(value));
        assert_eq!(few.as_slice(), [2, 4, 7, 8]);
    }
}
