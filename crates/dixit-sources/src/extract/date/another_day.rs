//! Whether a text that begins with a date goes on to tell of another day as its own: `On 3 March 2019 we opened
//! this clinic. Five years on, we are proud.`

use std::ops::Range;

use serde::Deserialize;

use super::super::tokens::prefix;
use super::relative::another_day;

/// Bytes behind the date that are looked at.
const BEHIND: usize = 1200;

/// The words that tell.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Words {
    /// What a letter begins with: who writes one seldom dates it in a sentence.
    letters: Vec<String>,
    /// Days and times that are counted from when somebody speaks.
    counted: Vec<String>,
}

/// Whether what stands around a date at the beginning of a text speaks of another day.
pub(super) fn is_spoken_of(text: &str, date: &Range<usize>) -> bool {
    let before = text.get(..date.start).unwrap_or_default().trim_start().to_lowercase();
    let Words { letters, counted } = another_day();
    if letters.iter().any(|letter| before.starts_with(letter.as_str())) {
        return true;
    }
    let behind = prefix(text.get(date.end..).unwrap_or_default(), BEHIND).to_lowercase();
    counted.iter().any(|counted| has_word(&behind, counted))
}

/// Whether it stands there as words of its own; in scripts without spaces, anywhere.
fn has_word(text: &str, word: &str) -> bool {
    let is_unspaced = word.starts_with(|c: char| u32::from(c) >= 0x2E80);
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + word.len()..].chars().next();
        let parted = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        is_unspaced || parted(before) && parted(behind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_is_counted_makes_another_one_doubtful() {
        for (text, expected) in [
            ("On 3 March 2019 we opened this clinic. Five years on, we are proud.", true),
            ("Dear friends, On 3 March 2019 we opened this clinic together.", true),
            ("Finn said on 3 March 2019 that taxes would fall. Finn said yesterday: no.", true),
            ("Finn sagte am 3 March 2019 ja. Gestern sagte er nein.", true),
            ("3 March 2019，部长承诺减税。李明昨天说，不会。", true),
            ("On 3 March 2019 the minister said that the todays and tomorrows count.", false),
            ("On 3 March 2019 the minister spoke to reporters.", false),
        ] {
            let at = text.find("3 March 2019").unwrap();
            assert_eq!(is_spoken_of(text, &(at..at + 12)), expected, "{text}");
        }
    }
}
