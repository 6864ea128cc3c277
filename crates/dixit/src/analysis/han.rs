//! One form for Han characters that are written in more ways than one: simplified, traditional, and
//! the forms of Japan.
//!
//! The table is read when the first Han character is folded.

use std::sync::LazyLock;

/// A line each: the one form, then the others. Its head says where it is from.
const TABLE: &str = include_str!("../../data/han.txt");

/// The characters that have a slot of their own; the few others of the table are looked for.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

static FORMS: LazyLock<Forms> = LazyLock::new(|| Forms::read(TABLE));

/// The form that a character is folded to.
pub(super) fn one_form(c: char) -> char {
    FORMS.of(c)
}

struct Forms {
    /// By character from [`FIRST`] on; 0 for one that is its own form.
    common: Vec<u32>,
    /// In order.
    rare: Vec<(char, char)>,
}

impl Forms {
    fn read(table: &str) -> Self {
        let mut common = vec![0; (LAST - FIRST + 1) as usize];
        let mut rare = Vec::new();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut characters = line.chars();
            let Some(one) = characters.next() else { continue };
            for other in characters {
                match slot(other).and_then(|slot| common.get_mut(slot)) {
                    Some(form) => *form = u32::from(one),
                    None => rare.push((other, one)),
                }
            }
        }
        rare.sort_unstable();
        Self { common, rare }
    }

    fn of(&self, c: char) -> char {
        let Some(slot) = slot(c) else {
            let found = self.rare.binary_search_by_key(&c, |(other, _)| *other);
            return found.map_or(c, |at| self.rare[at].1);
        };
        match self.common.get(slot) {
            Some(0) | None => c,
            Some(&form) => char::from_u32(form).unwrap_or(c),
        }
    }
}

fn slot(c: char) -> Option<usize> {
    let code = u32::from(c);
    (FIRST..=LAST).contains(&code).then(|| (code - FIRST) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_writing_has_one_form() {
        for (one, others) in
            [('权', "權権"), ('国', "國"), ('发', "發髮発"), ('人', "人"), ('气', "氣気")]
        {
            for other in others.chars() {
                assert_eq!(one_form(other), one, "{other}");
            }
            assert_eq!(one_form(one), one);
        }
        // Chinese uses these for something else than Japan does.
        for own in ['芸', '欠', '予', '浜', '弁'] {
            assert_eq!(one_form(own), own);
        }
    }

    #[test]
    fn a_form_is_its_own_form() {
        let mut characters = 0;
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            for c in line.chars() {
                characters += 1;
                assert_eq!(Some(one_form(c)), line.chars().next(), "{c}");
            }
        }
        assert!(characters > 8_000, "{characters}");
    }
}
