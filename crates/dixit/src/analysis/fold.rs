//! Folding: one form for all the ways in which people write the same word.
//!
//! | what | example | rule |
//! |---|---|---|
//! | case | `Rights` → `rights`, `ς` → `σ` | Unicode lower case, character by character |
//! | width, ligatures, compatibility | `ＵＮ` → `un`, `ﬁ` → `fi` | NFKC; `½` stays |
//! | accents on Latin and Greek | `Örebro` → `orebro`, `ή` → `η` | marks dropped |
//! | letters that do not decompose | `ß` → `ss`, `ø` → `o`, `ł` → `l`, `ı` → `i` | a short list |
//! | marks elsewhere | `и` + breve → `й` | composed, else kept: they make other letters |
//! | `ё` | → `е` | dropped, as Russian prints it |
//! | Arabic vowel signs and tatweel, Hebrew points | `كِتَاب` → `كتاب` | dropped |
//! | Arabic letters that people write for each other | `أإآ` → `ا`, `ؤ` → `و`, `ة` → `ه`, `ى` → `ي`, Persian `ک` → `ك` | a short list |
//! | digits of Arabic, Persian, Hindi, Bengali | `٢٠٢٥` → `2025` | as ASCII digits |
//! | traditional, simplified and Japanese Han | `權`, `権` → `权` | a table (`analysis/han.rs`) |
//! | Korean letters | `ᄒ` + `ᅡ` + `ᆫ` → `한` | composed |
//! | soft hyphen, joiners, variation selectors | `co­operate` → `cooperate` | dropped |

use unicode_normalization::char::{compose, decompose_compatible};

use super::han::one_form;

/// Builds one folded term.
#[derive(Debug, Default)]
pub(super) struct Folder {
    term: String,
}

impl Folder {
    pub(super) fn clear(&mut self) {
        self.term.clear();
    }

    /// A word of nothing but marks that fold away stands for itself.
    pub(super) fn or_as_written(&mut self, written: &str) {
        if self.term.is_empty() {
            self.term.push_str(written);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.term.len()
    }

    pub(super) fn term(&self) -> &str {
        &self.term
    }

    pub(super) fn push_ascii(&mut self, byte: u8) {
        self.term.push(char::from(byte.to_ascii_lowercase()));
    }

    pub(super) fn push(&mut self, c: char) {
        match u32::from(c) {
            0x3400..=0x4DBF | 0x4E00..=0x9FFF => self.term.push(one_form(c)),
            // Kana and Hangul syllables, most of any text that has them, fold to themselves.
            0x3041..=0x3096 | 0x30A1..=0x30FA | 0x3131..=0x318E => self.term.push(c),
            // Thai and Lao too: NFKC would take a vowel sign apart into a mark and a letter.
            0xAC00..=0xD7A3 | 0x0E00..=0x0EFF => self.term.push(c),
            _ => {
                // A fraction or a bracketed number stands for itself: its parts would be cut apart.
                let mut whole = true;
                decompose_compatible(c, |part| whole &= super::class(part) != super::Class::Other);
                if whole {
                    decompose_compatible(c, |part| self.push_part(part));
                } else {
                    self.term.push(c);
                }
            }
        }
    }

    fn push_part(&mut self, c: char) {
        match c {
            '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' => {}
            // Arabic vowel signs, superscript alef and tatweel; Hebrew points and accents.
            '\u{640}' | '\u{64B}'..='\u{652}' | '\u{670}' | '\u{591}'..='\u{5BD}' => {}
            '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}' => {}
            'ß' | 'ẞ' => self.term.push_str("ss"),
            'æ' | 'Æ' => self.term.push_str("ae"),
            'œ' | 'Œ' => self.term.push_str("oe"),
            'þ' | 'Þ' => self.term.push_str("th"),
            'ø' | 'Ø' => self.term.push('o'),
            'đ' | 'Đ' | 'ð' | 'Ð' => self.term.push('d'),
            'ł' | 'Ł' => self.term.push('l'),
            'ħ' | 'Ħ' => self.term.push('h'),
            'ı' => self.term.push('i'),
            'ς' => self.term.push('σ'),
            '\u{671}' => self.term.push('\u{627}'),
            '\u{629}' => self.term.push('\u{647}'),
            '\u{649}' | '\u{6CC}' => self.term.push('\u{64A}'),
            '\u{6A9}' => self.term.push('\u{643}'),
            '\u{1160}'..='\u{11FF}' => self.push_composed(c),
            '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFD}' => self.term.push(one_form(c)),
            _ if unicode_normalization::char::is_combining_mark(c) => self.push_mark(c),
            _ => {
                if let Some(digit) = ascii_digit(c) {
                    self.term.push(digit);
                    return;
                }
                for lower in c.to_lowercase() {
                    if !unicode_normalization::char::is_combining_mark(lower) {
                        self.term.push(lower);
                    }
                }
            }
        }
    }

    fn push_mark(&mut self, mark: char) {
        let Some(base) = self.term.chars().next_back() else { return };
        let is_dropped = is_latin_or_greek(base)
            || (base == 'е' && mark == '\u{308}')
            // Arabic madda and hamza, on whichever letter carries them.
            || matches!(mark, '\u{653}'..='\u{655}');
        if !is_dropped {
            self.push_composed(mark);
        }
    }

    /// Puts what makes another letter of the one before it.
    fn push_composed(&mut self, c: char) {
        match self.term.chars().next_back().and_then(|base| compose(base, c)) {
            Some(composed) => {
                self.term.pop();
                self.term.push(composed);
            }
            None => self.term.push(c),
        }
    }
}

/// Digits that people type as ASCII: of Arabic, Persian, Devanagari, Bengali.
fn ascii_digit(c: char) -> Option<char> {
    let value = [0x660, 0x6F0, 0x966, 0x9E6]
        .into_iter()
        .find_map(|zero| u32::from(c).checked_sub(zero).filter(|value| *value < 10))?;
    char::from_digit(value, 10)
}

fn is_latin_or_greek(c: char) -> bool {
    matches!(u32::from(c), 0x00..=0x24F | 0x250..=0x2AF | 0x370..=0x3FF | 0x1E00..=0x1FFF | 0x2C60..=0x2C7F)
}
