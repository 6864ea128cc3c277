//! Words at which an entry of the lists of this module may begin: what has none of them is not searched.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::automaton::{Automaton, OverlappingState};
use aho_corasick::dfa::DFA;
use aho_corasick::{AhoCorasick, Anchored, Input};

use super::super::short_words::WordTable;
use super::super::tokens::{Class, tokens};
use super::super::vocabulary::NumberedText;
use super::{anchors, cues, holidays};

/// Lists, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract) struct Lists(u8);

impl Lists {
    /// What makes a sentence worth reading for anchors.
    pub(super) const CUES: Self = Self(1);
    /// What tells of a series of meetings.
    pub(super) const SERIES: Self = Self(1 << 1);
    /// Holders of offices.
    pub(super) const OFFICES: Self = Self(1 << 2);
    /// Days that move from year to year.
    pub(super) const MOVING: Self = Self(1 << 3);
    /// Days whose name gives the day of the year.
    pub(super) const HOLIDAYS: Self = Self(1 << 4);
    /// None, as of a mark or a number.
    pub(in crate::extract) const NONE: Self = Self(0);
    /// Of a word of which nothing is known.
    pub(in crate::extract) const ANY: Self = Self(u8::MAX);

    /// In which lists an entry may begin within a word in lower case, or right before it.
    pub(in crate::extract) fn of(folded: &str) -> Self {
        let beginnings = &*BEGINNINGS;
        let whole = beginnings.whole.get_lower(folded).map_or(0, |lists| lists.0);
        let Some(parts) = &beginnings.parts else { return Self::ANY };
        if !has_any(parts, folded) {
            return Self(whole);
        }
        let (input, mut state) = (Input::new(folded), OverlappingState::start());
        let mut lists = whole;
        loop {
            if parts.try_find_overlapping(&input, &mut state).is_err() {
                return Self::ANY;
            }
            let Some(found) = state.get_match() else { return Self(lists) };
            let part = &beginnings.of_parts[found.pattern().as_usize()];
            let fits = (found.start() == 0 || !part.at_start)
                && (found.end() == folded.len() || !part.at_end);
            if fits {
                lists |= part.list.0;
            }
        }
    }

    /// These and others.
    pub(in crate::extract) fn or(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether it is among them.
    pub(in crate::extract) fn has(self, list: Self) -> bool {
        self.0 & list.0 != 0
    }
}

/// The first word of an entry, and how it stands within a word of a text.
#[derive(Debug)]
struct Beginning {
    word: String,
    /// A mark or a space is before it in the entry.
    at_start: bool,
    /// The entry goes on behind it.
    at_end: bool,
    list: Lists,
}

impl Beginning {
    fn of(list: Lists, entry: &str) -> Option<Self> {
        let is_word = |class| matches!(class, Class::Word | Class::Cjk);
        let first = tokens(entry).find(|token| is_word(token.class))?;
        Some(Self {
            word: first.folded().into_owned(),
            at_start: first.start > 0,
            at_end: first.end() < entry.len(),
            list,
        })
    }

    /// Whether it is a word of the text: names are, and at the end of a longer word a few letters are chance.
    fn is_whole(&self) -> bool {
        matches!(self.list, Lists::OFFICES | Lists::MOVING | Lists::HOLIDAYS)
            || self.at_start && self.at_end
            || self.word.len() < SHORTEST_PART
    }
}

/// Bytes of a word that counts within others.
const SHORTEST_PART: usize = 4;

struct Beginnings {
    whole: WordTable<Lists>,
    parts: Option<DFA>,
    of_parts: Vec<Beginning>,
}

/// Whether any of the patterns is in a word: that of most words is none, which is all that is asked here.
fn has_any(patterns: &DFA, word: &str) -> bool {
    let Ok(mut state) = patterns.start_state(Anchored::No) else { return true };
    word.bytes().any(|byte| {
        state = patterns.next_state(Anchored::No, state, byte);
        patterns.is_match(state)
    })
}

static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(|| {
    let cues = cues::written().iter().map(|cue| (Lists::CUES, cue.as_str()));
    let holidays = holidays::written().map(|name| (Lists::HOLIDAYS, name));
    let all = cues.chain(anchors::listed()).chain(holidays);
    let all = all.filter_map(|(list, entry)| Beginning::of(list, entry));
    let (whole, of_parts): (Vec<_>, Vec<_>) = all.partition(Beginning::is_whole);
    let mut lists: BTreeMap<String, Lists> = BTreeMap::new();
    for one in whole {
        lists.entry(one.word).or_insert(Lists::NONE).0 |= one.list.0;
    }
    // Every word that was not met before is read through; the table is small.
    let parts = DFA::new(of_parts.iter().map(|one| &one.word)).ok();
    Beginnings { whole: lists.into_iter().collect(), parts, of_parts }
});

/// Whether an entry of a list may begin in the first so many bytes of a text, which is so where nothing is known
/// of its words.
pub(super) fn may_have(list: Lists, apart: Option<&NumberedText<'_>>, bytes: usize) -> bool {
    apart.is_none_or(|apart| apart.beginning(list, 0..bytes).next().is_some())
}

/// The next entry of a list in a text or its first bytes that does not begin before a byte; `entries` looks for
/// all of the list.
pub(super) fn next(
    (list, entries): (Lists, &AhoCorasick),
    text: &str,
    apart: Option<&NumberedText<'_>>,
    from: usize,
) -> Option<Range<usize>> {
    let mut behind = from;
    if let Some(apart) = apart {
        let near = |token: Range<usize>| {
            // What begins within a word, or with the mark or space before it.
            let start = token.start.saturating_sub(1).max(from).min(text.len());
            let end = text.len().min(token.end + LONGEST);
            let found = entries.find(Input::new(text).range(start..end.max(start)))?;
            (found.start() < token.end).then(|| found.range())
        };
        if let Some(found) = apart.beginning(list, from..text.len()).find_map(near) {
            return Some(found);
        }
        behind = apart.numbered_bytes().clamp(from, text.len().max(from));
    }
    let rest = Input::new(text).range(behind.min(text.len())..text.len());
    Some(entries.find(rest)?.range())
}

/// No entry has more bytes of those that are looked for near a word.
pub(super) const LONGEST: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_list_has_is_found_wherever_it_stands() {
        let lists = [(Lists::CUES, cues::cues().unwrap(), cues::written())];
        let (series, written) = anchors::series_cues();
        let series = (Lists::SERIES, series.unwrap(), written);
        for (list, entries, written) in lists.into_iter().chain([series]) {
            for entry in written {
                assert!(entry.len() <= LONGEST, "{entry}");
                for text in [format!("1 {entry} 2"), format!("On {entry}, {entry}"), entry.clone()]
                {
                    let apart = NumberedText::of(None, &text);
                    let mut from = 0;
                    while let Some(found) = next((list, entries), &text, None, from) {
                        let same = next((list, entries), &text, Some(&apart), from);
                        assert_eq!(same, Some(found.clone()), "{text}");
                        from = found.end;
                    }
                    assert!(from > 0 && next((list, entries), &text, Some(&apart), from).is_none());
                }
            }
        }
    }

    #[test]
    fn a_word_tells_of_which_list_something_may_begin_there() {
        assert!(
            Lists::of("years").has(Lists::CUES) && Lists::of("gründungsjahrestag").has(Lists::CUES)
        );
        assert!(Lists::of("joe").has(Lists::OFFICES) && !Lists::of("joel").has(Lists::OFFICES));
        assert!(Lists::of("easter").has(Lists::MOVING) && Lists::of("earth").has(Lists::HOLIDAYS));
        assert_eq!(Lists::of("banana"), Lists::NONE);
    }
}
