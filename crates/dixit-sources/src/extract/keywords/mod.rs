//! Phrases that tell a text from others, without a corpus to compare with.
//!
//! Candidates are stretches between function words, their repeated parts, and names with small
//! words inside ("Treaty on Rivers and Lakes"). What counts is how often the words and the phrase
//! stand, how early, and whether they are names. For Chinese only repeated sequences of characters
//! between function characters are taken.

mod known;
mod score;
mod words;

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use dixit::BasisKind;
use foldhash::fast::RandomState;

use super::few::Few;
use super::tokens::prefix;
use super::vocabulary::{NUMBERED, NumberedText};
use super::{Found, spare};
pub(super) use known::Facts;
use score::Scoring;
use words::{Word, Words};

/// At most so many phrases.
const MOST: usize = 12;
/// At most so many places of each.
const PLACES: usize = 3;
/// Of a longer text only so many bytes are looked at.
const LONGEST_TEXT: usize = NUMBERED;
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
/// So many of them are looked at together.
const AT_ONCE: usize = 32;

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
    fn of(ids: &[u32]) -> Self {
        let half = |ids: &[u32]| {
            let mut half = u128::MAX;
            for id in ids.iter().rev() {
                half = half >> ID_BITS | u128::from(*id) << (u128::BITS - ID_BITS);
            }
            half
        };
        let (head, tail) = ids.split_at(ids.len().min(PER_HALF));
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

impl Count {
    /// Takes note of a place.
    fn add(&mut self, part: &[Word], whole: bool, linked: bool, cjk: bool) {
        let Some(first) = part.first() else { return };
        if self.times == 0 {
            self.first = first.place;
        }
        self.times += 1;
        self.whole += u32::from(whole);
        self.named |= part.iter().all(|word| word.named);
        self.linked |= linked;
        self.cjk |= cjk;
        self.verbal |= first.verbal;
    }
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
    find_in(&mut NumberedText::of(title, prefix(body, LONGEST_TEXT)), language)
}

/// The same of a text of which the words have numbers; a long one is cut.
pub(super) fn find_in(text: &mut NumberedText<'_>, language: Option<&str>) -> Vec<Found<String>> {
    text.cut(LONGEST_TEXT);
    let body = text.text;
    let mut room = spare::take(body.len(), &ROOM);
    let Room { words, tables, scored, counted } = &mut room;
    words.read(text, language);
    let scoring = Scoring::of(words, text);
    scored.clear();
    counted.clear();
    candidates(words, tables, &mut |key, ids, count| {
        let score = scoring.score(ids, count);
        if score > 0.0 {
            scored.push(Scored { score, first: count.first, at: counted.len() as u32 });
            counted.push((key, *count));
        }
    });
    let chosen = choose(scored, counted);
    let places = places(words, &chosen);
    let found = chosen
        .iter()
        .zip(places)
        .filter(|(_, places)| !places.as_slice().is_empty())
        .map(|(chosen, places)| found(body, chosen.count, &places))
        .collect();
    spare::leave(room, body.len(), &ROOM);
    found
}

/// What is worked with, text after text.
#[derive(Debug, Default)]
struct Room {
    words: Words,
    tables: Tables,
    scored: Vec<Scored>,
    counted: Vec<(Key, Count)>,
}

thread_local! {
    static ROOM: Cell<Room> = Cell::default();
}

/// How often candidates stand: single words by their number, of the others those that may come again by their
/// words.
#[derive(Debug, Default)]
struct Tables {
    singles: Vec<Count>,
    counts: HashMap<Key, Count, RandomState>,
    ids: Vec<u32>,
}

/// Hands over each candidate once, with the numbers of its words.
fn candidates(words: &Words, tables: &mut Tables, take: &mut dyn FnMut(Key, &[u32], &Count)) {
    let Tables { singles, counts, ids } = tables;
    singles.clear();
    singles.resize(words.stems.len(), Count::default());
    counts.clear();
    let mut add = |key: Key, part: &[Word], whole: bool, linked: bool, cjk: bool| {
        counts.entry(key).or_default().add(part, whole, linked, cjk);
    };
    // A part that has a word which stands once stands once, and says nothing unless it is the whole.
    let times = |word: &Word| words.stems.get(word.id as usize).copied().unwrap_or_default();
    let again = |word: &Word| times(word).content > 1;
    let once = |word: &Word| times(word).all == 1;
    for run in words.runs.iter() {
        for start in 0..run.len() {
            let rest = &run[start..];
            let all_again = rest.iter().take(LONGEST_PHRASE).take_while(|word| again(word)).count();
            let whole = (start == 0 && run.len() <= LONGEST_PHRASE).then_some(run.len());
            let behind = whole.filter(|whole| *whole > all_again);
            for len in (1..=all_again).chain(behind) {
                let (part, is_whole) = (&rest[..len], whole == Some(len));
                if let [word] = part {
                    singles[word.id as usize].add(part, is_whole, false, false);
                    continue;
                }
                ids.clear();
                ids.extend(part.iter().map(|word| word.id));
                if is_whole && part.iter().any(once) {
                    let mut count = Count::default();
                    count.add(part, true, false, false);
                    take(Key::of(ids), ids, &count);
                } else {
                    add(Key::of(ids), part, is_whole, false, false);
                }
            }
        }
    }
    for name in words.names.iter().filter(|name| name.len() <= LONGEST_NAME) {
        ids.clear();
        ids.extend(name.iter().map(|word| word.id));
        add(Key::of(ids), name, true, true, false);
    }
    for run in words.cjk.iter() {
        for start in 0..run.len() {
            for end in start + 2..=run.len().min(start + LONGEST_CJK) {
                if !again(&run[end - 1]) || !again(&run[start]) {
                    // A longer one would have it too, and only what is repeated counts.
                    break;
                }
                let part = &run[start..end];
                ids.clear();
                ids.extend(part.iter().map(|word| word.id));
                add(Key::of(ids), part, end - start == run.len(), false, true);
            }
        }
    }
    let says = |count: &Count| count.whole > 0 || count.times > 1 || count.linked;
    for (id, count) in (0..).zip(singles.iter()).filter(|(_, count)| says(count)) {
        take(Key::of(&[id]), &[id], count);
    }
    for (key, count) in counts.iter().filter(|(_, count)| says(count)) {
        ids.clear();
        ids.extend(key.ids());
        take(*key, ids, count);
    }
}

/// A candidate that comes out.
struct Chosen {
    key: Key,
    /// The numbers of its words, up to an elided one, which has none.
    ids: Vec<u32>,
    count: Count,
}

/// What a candidate amounts to, where it stands first, and which one it is.
#[derive(Debug)]
struct Scored {
    score: f64,
    first: u32,
    at: u32,
}

/// The best, without parts of better ones.
fn choose(scored: &mut [Scored], counted: &[(Key, Count)]) -> Vec<Chosen> {
    // Equal scores in the order of the text; the number of words decides between equal places.
    let order = |a: &Scored, b: &Scored| {
        b.score
            .total_cmp(&a.score)
            .then(a.first.cmp(&b.first))
            .then_with(|| counted[a.at as usize].0.cmp(&counted[b.at as usize].0))
    };
    let mut chosen: Vec<Chosen> = Vec::with_capacity(MOST);
    let mut part: Vec<u32> = Vec::new();
    let mut left = scored;
    let mut considered = 0;
    // Most often the first few are enough, and the others need no order.
    while considered < CONSIDERED && !left.is_empty() {
        let some = AT_ONCE.min(CONSIDERED - considered);
        if left.len() > some {
            left.select_nth_unstable_by(some, order);
        }
        let (first, behind) = left.split_at_mut(some.min(left.len()));
        first.sort_unstable_by(order);
        for (key, count) in first.iter().map(|scored| &counted[scored.at as usize]) {
            part.clear();
            part.extend(key.ids());
            if !chosen.iter().any(|better| is_known(&part, count, better)) {
                chosen.push(Chosen { key: *key, ids: part.clone(), count: *count });
            }
            if chosen.len() == MOST {
                return chosen;
            }
        }
        considered += first.len();
        left = behind;
    }
    chosen
}

/// Whether a candidate says no more than a better one.
fn is_known(part: &[u32], count: &Count, better: &Chosen) -> bool {
    let Chosen { ids: whole, count: other, .. } = better;
    let inside = || whole.windows(part.len()).any(|window| window == part);
    let around = || part.windows(whole.len()).any(|window| window == *whole);
    (count.times < MUCH_MORE * other.times && inside())
        || (count.cjk && other.times < MUCH_MORE * count.times && around())
        // What stands once around a phrase that comes again is a sentence about it.
        || (count.times == 1 && other.times > 2 && !count.named && !count.linked && around())
}

/// So many places of a phrase are looked at for how it is written.
const LOOKED_AT: usize = 9;

/// Where a phrase stands, the first few times.
type Places = Few<Range<usize>, LOOKED_AT>;

/// Where each of the chosen stands, the first few times.
fn places(words: &Words, chosen: &[Chosen]) -> Vec<Places> {
    // Which of them begin with a word, one bit each.
    const _: () = assert!(MOST <= u16::BITS as usize);
    let mut begins = vec![0_u16; words.stems.len()];
    for (at, one) in chosen.iter().enumerate() {
        let first = one.ids.first().and_then(|first| begins.get_mut(*first as usize));
        if let Some(begins) = first {
            *begins |= 1 << at;
        }
    }
    let mut places = vec![Places::default(); chosen.len()];
    let mut look = |part: &[Word], fits: &dyn Fn(&Chosen) -> Option<usize>| {
        let first = part.first().and_then(|first| begins.get(first.id as usize));
        let mut begin = first.copied().unwrap_or(0);
        while begin != 0 {
            let at = begin.trailing_zeros() as usize;
            begin &= begin - 1;
            let last = fits(&chosen[at]).and_then(|len| part[..len].last());
            if let Some(last) = last {
                places[at].push(part[0].start as usize..last.end as usize);
            }
        }
    };
    let is_whole = |one: &Chosen| one.key == Key::of(&one.ids);
    let begins_with = |part: &[Word], one: &Chosen, longest: usize| {
        let len = one.ids.len();
        let begin = part.get(..len).filter(|_| len <= longest && is_whole(one))?;
        begin.iter().map(|word| word.id).eq(one.ids.iter().copied()).then_some(len)
    };
    for run in words.runs.iter() {
        for start in 0..run.len() {
            let part = &run[start..];
            look(part, &|one| begins_with(part, one, LONGEST_PHRASE));
        }
    }
    for name in words.names.iter().filter(|name| name.len() <= LONGEST_NAME) {
        let mut ids = [NO_ID; LONGEST_NAME];
        ids.iter_mut().zip(name).for_each(|(id, word)| *id = word.id);
        let key = Key::of(&ids[..name.len()]);
        let is_it = |one: &Chosen| one.key == key;
        look(name, &|one| is_it(one).then_some(name.len()));
    }
    for run in words.cjk.iter() {
        for start in 0..run.len() {
            let part = &run[start..];
            look(part, &|one| begins_with(part, one, LONGEST_CJK));
        }
    }
    places
}

fn found(body: &str, count: Count, places: &Places) -> Found<String> {
    let places = places.as_slice();
    let written = || places.iter().map(|range| body.get(range.clone()).unwrap_or_default());
    let mut all = written();
    let first = all.next().unwrap_or_default();
    let value =
        if all.all(|other| other == first) { folded(first) } else { mostly(written().map(folded)) };
    // Of ten phrases three or four are among those that readers chose, who choose few; names are
    // chosen most often.
    let confidence = match count {
        _ if count.linked => 0.7,
        _ if count.named => 0.6,
        _ if count.times > 1 => 0.5,
        _ => 0.4,
    };
    Found {
        value: value.into_owned(),
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

/// The way in which a phrase mostly stands, the first one where several do.
fn mostly<'b>(written: impl Iterator<Item = Cow<'b, str>>) -> Cow<'b, str> {
    let mut ways: Vec<(Cow<'b, str>, usize)> = Vec::new();
    for one in written {
        match ways.iter_mut().find(|(way, _)| *way == one) {
            Some((_, times)) => *times += 1,
            None => ways.push((one, 1)),
        }
    }
    let most = ways.iter().map(|(_, times)| *times).max();
    let first = ways.into_iter().find(|(_, times)| Some(*times) == most);
    first.map_or(Cow::Borrowed(""), |(way, _)| way)
}

/// White space folded.
fn folded(text: &str) -> Cow<'_, str> {
    let mut before = b' ';
    let is_folded = text.bytes().all(|byte| {
        let single = byte > b' ' && byte < 0x7f || byte == b' ' && before != b' ';
        before = byte;
        single
    });
    if is_folded && before != b' ' { Cow::Borrowed(text) } else { Cow::Owned(super::squeeze(text)) }
}

#[cfg(test)]
mod tests;
