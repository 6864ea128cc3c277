//! Phrases that tell a text from others, without a corpus to compare with.
//!
//! Candidates are stretches between function words, their repeated parts, and names with small
//! words inside ("Treaty on Rivers and Lakes"). What counts is how often the words and the phrase
//! stand, how early, and whether they are names. For Chinese only repeated sequences of characters
//! between function characters are taken.

mod known;
mod score;
mod words;

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use dixit::BasisKind;
use foldhash::fast::RandomState;

use super::Found;
use super::tokens::prefix;
use score::Scoring;
use words::{Word, Words};

/// At most so many phrases.
const MOST: usize = 12;
/// At most so many places of each.
const PLACES: usize = 3;
/// Of a longer text only so many bytes are looked at.
const LONGEST_TEXT: usize = 256 * 1024;
/// Words of a phrase between function words.
const LONGEST_PHRASE: usize = 4;
/// Characters of a Chinese phrase.
const LONGEST_CJK: usize = 6;
/// Words and small words of a name.
const LONGEST_NAME: usize = 10;
/// A part of a better phrase is taken only when it stands so many times as often.
const MUCH_MORE: u32 = 3;
/// Better candidates than come out, from which parts of each other are dropped.
const CONSIDERED: usize = 160;

/// A candidate: the numbers of its words, in so many bits each, the first in the highest; behind the last
/// all bits are set. Six words, and those behind them of longer names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key(u128, u128);

/// Bits of the number of a word: of a text so short as these are fewer words differ.
const ID_BITS: u32 = 21;
const NO_ID: u32 = (1 << ID_BITS) - 1;
/// Words in each half of a key.
const PER_HALF: usize = 6;
const _: () = assert!(LONGEST_TEXT < NO_ID as usize && LONGEST_NAME <= 2 * PER_HALF);

impl Key {
    fn of(part: &[Word]) -> Self {
        let half = |words: &[Word]| {
            let mut half = u128::MAX;
            for word in words.iter().rev() {
                half = half >> ID_BITS | u128::from(word.id) << (u128::BITS - ID_BITS);
            }
            half
        };
        let (head, tail) = part.split_at(part.len().min(PER_HALF));
        Self(half(head), if tail.is_empty() { u128::MAX } else { half(tail) })
    }

    fn ids(self) -> impl Iterator<Item = u32> {
        let half = |half: u128| {
            (1..=PER_HALF as u32)
                .map(move |at| (half >> (u128::BITS - at * ID_BITS)) as u32 & NO_ID)
        };
        half(self.0).chain(half(self.1)).take_while(|id| *id != NO_ID)
    }
}

impl Hash for Key {
    /// The bits that say nothing of most keys are left out.
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64((self.0 >> 64) as u64);
        state.write_u64(self.0 as u64);
        if self.1 != u128::MAX {
            state.write_u128(self.1);
        }
    }
}

#[derive(Debug, Default, Clone, Copy)]
struct Count {
    times: u32,
    first: u32,
    /// How often it is all of a stretch between function words.
    whole: u32,
    named: bool,
    linked: bool,
    cjk: bool,
    /// Begins or, as a single word, ends like a verb form.
    verbal: bool,
}

/// The phrases of a text, at most twelve, best first, each with its first three places. Ranges
/// count bytes of `body`; the title only says which of the phrases of the body matter.
///
/// ```
/// use dixit_sources::extract::keywords::find;
///
/// let text = "The Treaty on Rivers and Lakes protects clean water. Clean water is scarce.";
/// let found = find(None, text, Some("en"));
/// assert_eq!(found[0].value, "Treaty on Rivers and Lakes");
/// ```
#[must_use]
pub fn find(title: Option<&str>, body: &str, language: Option<&str>) -> Vec<Found<String>> {
    let body = prefix(body, LONGEST_TEXT);
    let words = Words::of(body, language);
    let counts = count(&words);
    let scoring = Scoring::of(&words, title);
    let mut scored: Vec<_> = counts
        .iter()
        .filter(|(_, count)| count.whole > 0 || count.times > 1 || count.linked)
        .map(|(key, count)| (scoring.score(*key, count), *key, *count))
        .filter(|(score, ..)| *score > 0.0)
        .collect();
    // Equal scores in the order of the text; the number of words decides between equal places.
    let order = |a: &(f64, Key, Count), b: &(f64, Key, Count)| {
        b.0.total_cmp(&a.0).then(a.2.first.cmp(&b.2.first)).then(a.1.cmp(&b.1))
    };
    if scored.len() > CONSIDERED {
        scored.select_nth_unstable_by(CONSIDERED, order);
        scored.truncate(CONSIDERED);
    }
    scored.sort_by(order);
    let chosen = choose(&scored);
    let places = places(&words, &chosen);
    chosen
        .iter()
        .zip(places)
        .filter(|(_, places)| !places.is_empty())
        .map(|((_, count), places)| found(body, *count, &places))
        .collect()
}

fn count(words: &Words<'_>) -> HashMap<Key, Count, RandomState> {
    let mut counts: HashMap<Key, Count, RandomState> =
        HashMap::with_capacity_and_hasher(words.count as usize / 3, RandomState::default());
    let mut add = |part: &[Word], whole: bool, linked: bool, cjk: bool| {
        let Some(first) = part.first() else { return };
        let count =
            counts.entry(Key::of(part)).or_insert(Count { first: first.place, ..Count::default() });
        count.times += 1;
        count.whole += u32::from(whole);
        count.named |= part.iter().all(|word| word.named);
        count.linked |= linked;
        count.cjk |= cjk;
        count.verbal |= first.verbal;
    };
    // A part that has a word which stands once stands once, and says nothing unless it is the whole.
    let again = |word: &Word| words.times.get(word.id as usize).is_some_and(|times| *times > 1);
    for run in words.runs.iter() {
        for start in 0..run.len() {
            for end in start + 1..=run.len().min(start + LONGEST_PHRASE) {
                let is_whole = end - start == run.len();
                if !is_whole && !again(&run[end - 1]) {
                    if start > 0 || run.len() > LONGEST_PHRASE {
                        break;
                    }
                    continue;
                }
                if !is_whole && !run[start..end].iter().all(again) {
                    continue;
                }
                add(&run[start..end], end - start == run.len(), false, false);
            }
        }
    }
    for name in words.names.iter().filter(|name| name.len() <= LONGEST_NAME) {
        add(name, true, true, false);
    }
    for run in words.cjk.iter() {
        for start in 0..run.len() {
            for end in start + 2..=run.len().min(start + LONGEST_CJK) {
                if !again(&run[end - 1]) || !again(&run[start]) {
                    // A longer one would have it too, and only what is repeated counts.
                    break;
                }
                add(&run[start..end], end - start == run.len(), false, true);
            }
        }
    }
    counts
}

/// The best, without parts of better ones.
fn choose(scored: &[(f64, Key, Count)]) -> Vec<(Key, Count)> {
    let mut chosen: Vec<(Key, Count)> = Vec::new();
    let mut of_chosen: Vec<Vec<u32>> = Vec::new();
    let mut part: Vec<u32> = Vec::new();
    for (_, key, count) in scored {
        part.clear();
        part.extend(key.ids());
        let known = chosen.iter().zip(&of_chosen).any(|((_, other), whole)| {
            let inside = whole.windows(part.len()).any(|window| window == &part[..]);
            let around = part.windows(whole.len()).any(|window| window == *whole);
            (inside && count.times < MUCH_MORE * other.times)
                || (around && other.times < MUCH_MORE * count.times && count.cjk)
                // What stands once around a phrase that comes again is a sentence about it.
                || (around && count.times == 1 && other.times > 2 && !count.named && !count.linked)
        });
        if !known {
            chosen.push((*key, *count));
            of_chosen.push(part.clone());
        }
        if chosen.len() == MOST {
            break;
        }
    }
    chosen
}

/// Where each of the chosen stands, the first few times.
fn places(words: &Words<'_>, chosen: &[(Key, Count)]) -> Vec<Vec<Range<usize>>> {
    const LOOKED_AT: usize = 9;
    let index: HashMap<Key, usize> = chosen.iter().map(|(key, _)| *key).zip(0..).collect();
    let mut begins = vec![false; words.times.len()];
    for (key, _) in chosen {
        let first = key.ids().next().and_then(|first| begins.get_mut(first as usize));
        if let Some(begins) = first {
            *begins = true;
        }
    }
    let mut places = vec![Vec::new(); chosen.len()];
    let mut look = |part: &[Word]| {
        let (Some(first), Some(last)) = (part.first(), part.last()) else { return };
        if let Some(&at) = index.get(&Key::of(part))
            && let Some(places) = places.get_mut(at).filter(|places| places.len() < LOOKED_AT)
        {
            places.push(first.start as usize..last.end as usize);
        }
    };
    let parts = |run: &[Word], longest: usize, look: &mut dyn FnMut(&[Word])| {
        for start in 0..run.len() {
            if !begins.get(run[start].id as usize).is_some_and(|begins| *begins) {
                continue;
            }
            for end in start + 1..=run.len().min(start + longest) {
                look(&run[start..end]);
            }
        }
    };
    for run in words.runs.iter() {
        parts(run, LONGEST_PHRASE, &mut look);
    }
    for name in words.names.iter().filter(|name| name.len() <= LONGEST_NAME) {
        look(name);
    }
    for run in words.cjk.iter() {
        parts(run, LONGEST_CJK, &mut look);
    }
    places
}

fn found(body: &str, count: Count, places: &[Range<usize>]) -> Found<String> {
    let written: Vec<String> = places.iter().map(|range| written(body, range)).collect();
    // The way in which it mostly stands, the first one where several do.
    let mut value = "";
    let mut most = 0;
    for one in &written {
        let times = written.iter().filter(|other| *other == one).count();
        if times > most {
            (value, most) = (one, times);
        }
    }
    // Of ten phrases three or four are among those that readers chose, who choose few; names are
    // chosen most often.
    let confidence = match count {
        _ if count.linked => 0.7,
        _ if count.named => 0.6,
        _ if count.times > 1 => 0.5,
        _ => 0.4,
    };
    Found {
        value: value.to_owned(),
        evidence: places.iter().take(PLACES).cloned().collect(),
        kind: BasisKind::Inferred,
        rule: match count {
            _ if count.linked => "name-with-links",
            _ if count.cjk => "repeated-characters",
            _ if count.named => "name",
            _ => "phrase",
        },
        confidence,
        note: None,
    }
}

/// The words of a range, white space folded.
fn written(body: &str, range: &Range<usize>) -> String {
    let text = body.get(range.clone()).unwrap_or("");
    super::squeeze(text)
}

#[cfg(test)]
mod tests;
