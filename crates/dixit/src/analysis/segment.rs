//! Words of a query in scripts without spaces.
//!
//! Texts are indexed in pairs of characters, whatever their words are: so nothing depends on a dictionary that
//! may not know a name. A query is cut into words to look for each by itself, as the words of other scripts are.

use std::ops::Range;

use super::{Class, class};

/// The parts of a text that a query looks for one by one, in order; none where it is one word, or has nothing
/// in a script without spaces.
///
/// Without the feature `segmentation` a text is never cut.
pub(crate) fn words(text: &str) -> Vec<Range<usize>> {
    if !text.chars().any(is_cut) {
        return Vec::new();
    }
    let mut words = together(text, breaks(text));
    if words.len() > 1 {
        words.retain(|word| !is_particle(&text[word.clone()]));
    }
    if words.len() > 1 { words } else { Vec::new() }
}

/// Whether a character is of a script that dictionaries cut. Korean has spaces.
fn is_cut(c: char) -> bool {
    class(c) == Class::Unspaced
        && !matches!(u32::from(c), 0x1100..=0x11FF | 0x3131..=0x318E | 0xA960..=0xA97F | 0xAC00..=0xD7FF)
}

#[cfg(feature = "segmentation")]
fn breaks(text: &str) -> Vec<usize> {
    let mut breaks: Vec<usize> = dictionary().segment_str(text).collect();
    for at in 3..breaks.len() + 1 {
        if let [before, single, after] = breaks[at - 3..at]
            && let Some(better) = moved(text, before, single, after)
        {
            breaks[at - 2] = better;
        }
    }
    breaks
}

/// The dictionaries are part of the program and read where they lie: nothing is loaded but the pages that a
/// text needs.
#[cfg(feature = "segmentation")]
fn dictionary() -> icu_segmenter::WordSegmenterBorrowed<'static> {
    use icu_segmenter::options::WordBreakInvariantOptions;
    icu_segmenter::WordSegmenter::new_dictionary(WordBreakInvariantOptions::default())
}

/// A dictionary takes the longest word it can and leaves a character over: `中国人` and `权`. Where the break is
/// moved back by a character and both are words, `中国` and `人权`, these are meant.
#[cfg(feature = "segmentation")]
fn moved(text: &str, start: usize, at: usize, end: usize) -> Option<usize> {
    let (long, single) = (text.get(start..at)?, text.get(at..end)?);
    let mut singles = single.chars();
    let is_single = singles.next().is_some_and(is_cut) && singles.next().is_none();
    let (last, letter) = long.char_indices().next_back()?;
    if !is_single || !is_cut(letter) || is_particle(single) || long.chars().count() < 3 {
        return None;
    }
    let better = start + last;
    let is_word = |word: &str| dictionary().segment_str(word).eq([0, word.len()]);
    (is_word(text.get(start..better)?) && is_word(text.get(better..end)?)).then_some(better)
}

#[cfg(not(feature = "segmentation"))]
fn breaks(_: &str) -> Vec<usize> {
    Vec::new()
}

/// Words between the breaks. Single characters in a row are one: most often a name that no dictionary has.
fn together(text: &str, breaks: Vec<usize>) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut singles = false;
    let mut start = 0;
    for end in breaks {
        let piece = text.get(start..end).unwrap_or("");
        let range = start..end;
        start = end;
        if !piece.chars().any(|c| matches!(class(c), Class::Word | Class::Unspaced | Class::Jamo)) {
            singles = false;
            continue;
        }
        let is_single = piece.chars().filter(|&c| class(c) != Class::Mark).count() == 1
            && piece.chars().any(is_cut);
        match words.last_mut() {
            Some(last) if is_single && singles => last.end = range.end,
            _ => words.push(range),
        }
        singles = is_single;
    }
    words
}

/// What holds words together as a space does elsewhere: a single kana, and the like in Chinese.
fn is_particle(word: &str) -> bool {
    let mut characters = word.chars();
    let first = characters.next();
    characters.next().is_none()
        && first.is_some_and(|c| matches!(c, 'ぁ'..='ん' | '的' | '之' | '地' | '得'))
}

#[cfg(all(test, feature = "segmentation"))]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_cut_into_words() {
        for (text, expected) in [
            ("中国人权问题", "中国 人权 问题"),
            ("中國人權問題", "中國 人權 問題"),
            ("中国人权", "中国 人权"),
            ("中国人的权利", "中国人 权利"),
            ("人权", ""),
            ("人权的保护", "人权 保护"),
            ("人権の保護", "人権 保護"),
            ("UN人权2025年", "UN 人权 2025 年"),
            ("郭嘉昆表示", "郭嘉昆 表示"),
            ("สิทธิมนุษยชน", "สิทธิ มนุษย ชน"),
            ("well-being", ""),
            ("인권위원회", ""),
            ("", ""),
        ] {
            let cut: Vec<_> = words(text).into_iter().map(|word| &text[word]).collect();
            assert_eq!(cut.join(" "), expected, "{text}");
        }
    }
}
