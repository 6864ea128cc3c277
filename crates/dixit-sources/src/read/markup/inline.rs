//! Notes of what was heard, within a line of a speech: `<i>(Applause)</i>`.

use dixit::Span;

use super::text::TextBuilder;
use super::tokens::Text;

/// The most bytes of such a note.
pub(super) const NOTE_BYTES: usize = 120;
/// The most words of it.
const NOTE_WORDS: usize = 8;

/// Words in an element within a line.
#[derive(Debug, Default)]
pub(super) struct Inline {
    pub(super) text: TextBuilder,
    /// The tag that begins the element.
    pub(super) tag: Span,
    /// White space before its words and after them, which the line has then.
    pub(super) before: Option<u64>,
    pub(super) after: Option<u64>,
}

impl Inline {
    pub(super) fn push(&mut self, text: Text<'_>) {
        let (Some(first), Some(last)) = (text.raw.first(), text.raw.last()) else { return };
        let at = text.at;
        if self.text.is_empty() && first.is_ascii_whitespace() {
            self.before.get_or_insert(at);
        }
        self.after = last.is_ascii_whitespace().then_some(at + text.raw.len() as u64 - 1);
        self.text.push(text);
    }
}

/// What is heard in a chamber, as records write it. Other words in brackets may be the speaker's own, or
/// what an editor adds to them.
const HEARD: [&str; 34] = [
    "applause",
    "applauds",
    "laughter",
    "laughs",
    "laughing",
    "interruption",
    "interruptions",
    "interjection",
    "interjections",
    "interjecting",
    "cheers",
    "cheering",
    "inaudible",
    "indistinct",
    "crosstalk",
    "uproar",
    "disorder",
    "hear",
    "ovation",
    "beifall",
    "heiterkeit",
    "lachen",
    "zuruf",
    "zurufe",
    "rires",
    "applaudissements",
    "exclamations",
    "brouhaha",
    "aplausos",
    "risas",
    "rumores",
    "aplauses",
    "applausi",
    "ilarità",
];

/// Whether a text is in brackets, and tells of what was heard.
pub(super) fn is_note(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.');
    let inner = [('(', ')'), ('[', ']')].into_iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains([open, close])).then_some(inner)
    });
    let Some(inner) = inner else { return false };
    let words = inner.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    words.len() <= NOTE_WORDS && words.iter().any(|word| HEARD.contains(&word.as_str()))
}
