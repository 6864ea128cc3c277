//! Numbers and ordinals, in digits and in words (`data/numbers.toml`).

use std::sync::LazyLock;

use serde::Deserialize;

use super::super::short_words::{WordMap, WordSet};
use super::super::tokens::{Class, Gap, Token, fold};
use super::mentions::numeral;
use crate::extract::shipped;

/// The greatest number of years that an anniversary is read for.
const MOST_YEARS: u32 = 900;
/// Parts of a number in words: `one hundred and seventy-five`.
const MOST_PARTS: usize = 4;

#[derive(Debug, Default, Deserialize)]
struct File {
    links: Vec<String>,
    cardinals: WordMap<WordMap<i16>>,
    ordinals: WordMap<WordMap<i16>>,
    joined: Joined,
}

#[derive(Debug, Default, Deserialize)]
struct Joined {
    units: Vec<String>,
    tens: Vec<String>,
    link: String,
    ordinal: Vec<String>,
}

/// What each word counts, in all languages.
#[derive(Debug, Default)]
struct Numbers {
    links: WordSet,
    cardinals: WordMap<i16>,
    ordinals: WordMap<i16>,
}

fn numbers() -> &'static Numbers {
    static NUMBERS: LazyLock<Numbers> = LazyLock::new(|| {
        // The file is part of the program; a test reads it.
        let file: File = shipped("numbers.toml", include_str!("../../../data/numbers.toml"));
        let flat = |lists: WordMap<WordMap<i16>>| -> WordMap<i16> {
            lists.into_values().flatten().map(|(word, n)| (fold(&word).into_owned(), n)).collect()
        };
        let (mut cardinals, mut ordinals) = (flat(file.cardinals), flat(file.ordinals));
        for (ten, tens) in file.joined.tens.iter().zip((20..).step_by(10)) {
            for (unit, units) in file.joined.units.iter().zip(1..) {
                let word = format!("{unit}{}{ten}", file.joined.link);
                for ending in &file.joined.ordinal {
                    ordinals.insert(format!("{word}{ending}"), tens + units);
                }
                cardinals.insert(word, tens + units);
            }
        }
        Numbers { links: file.links.into_iter().collect(), cardinals, ordinals }
    });
    &NUMBERS
}

/// `77`, `seventy-seven`, `a hundred` at `at`; with the token behind it.
pub(super) fn cardinal(tokens: &[Token<'_>], at: usize) -> Option<(i16, usize)> {
    let token = tokens.get(at)?;
    if let Some(number) = token.number() {
        let glued = tokens.get(at + 1).filter(|next| next.gap == Gap::None);
        // `1,500 years`, `7.5 years`, `20th`.
        let part = glued.is_some_and(|next| {
            next.is_word()
                || (matches!(next.text, "." | ",")
                    && tokens.get(at + 2).is_some_and(|t| t.gap == Gap::None))
        });
        return (!part).then(|| years(number)).flatten().map(|n| (n, at + 1));
    }
    in_words(tokens, at, false)
}

/// `80th`, `fiftieth`, `seventy-fifth`, `80.`, `80e`, `80.º`.
pub(super) fn ordinal(tokens: &[Token<'_>], at: usize) -> Option<(i16, usize)> {
    const ENDINGS: [&str; 18] = [
        "st", "nd", "rd", "th", ".", "e", "er", "re", "ème", "eme", "º", "°", "ª", "o", "a", "ste",
        "de", "ten",
    ];
    let token = tokens.get(at)?;
    if let Some(number) = token.number() {
        let mut next = at + 1;
        while let Some(ending) = tokens.get(next).filter(|ending| ending.gap == Gap::None) {
            if !ENDINGS.contains(&&*ending.folded()) {
                break;
            }
            next += 1;
        }
        return (next > at + 1).then(|| years(number)).flatten().map(|n| (n, next));
    }
    in_words(tokens, at, true)
}

fn years(number: u32) -> Option<i16> {
    (1..=MOST_YEARS).contains(&number).then(|| i16::try_from(number).ok()).flatten()
}

/// `[one] hundred [and] seventy-fifth`: parts that are added up, or multiplied where the greater is
/// behind. The last part of an ordinal is one, and no other is.
fn in_words(tokens: &[Token<'_>], at: usize, ordinal: bool) -> Option<(i16, usize)> {
    let words = numbers();
    let follows = |next: usize| tokens.get(next).filter(|t| next == at || t.gap <= Gap::Line);
    let value = |next: usize| -> Option<(i16, bool)> {
        let folded = follows(next)?.folded();
        let first = next == at && &*folded == "a";
        let is_hundred = || follows(next + 1).is_some_and(|t| t.folded().starts_with("hundred"));
        if first {
            return is_hundred().then_some((1, false));
        }
        let cardinal = words.cardinals.get(&*folded).map(|n| (*n, false));
        cardinal.or_else(|| words.ordinals.get(&*folded).map(|n| (*n, true)))
    };
    let (mut sum, mut last_is_ordinal) = value(at)?;
    // What the next part is smaller than.
    let below = |part: i16| match part {
        100.. => 100,
        20.. => 20,
        _ => 0,
    };
    let (mut limit, mut next) = (below(sum), at + 1);
    for parts in 1..MOST_PARTS {
        let linked = follows(next).is_some_and(|t| words.links.contains(&*t.folded()));
        let from = next + usize::from(linked);
        // `el septuagésimo quinto`: behind an ordinal stands none but an ordinal.
        let part = value(from).filter(|&(_, is_ordinal)| is_ordinal || !last_is_ordinal);
        let Some((part, is_ordinal)) = part else { break };
        if parts == 1 && (part == 100 && sum < 10 || part == 20 && sum == 4) {
            (sum, limit) = (sum * part, part);
        } else if part < limit {
            (sum, limit) = (sum + part, below(part));
        } else {
            break;
        }
        (last_is_ordinal, next) = (is_ordinal, from + 1);
    }
    let sum = u32::try_from(sum).ok().and_then(years)?;
    (last_is_ordinal == ordinal).then_some((sum, next))
}

/// A number in Chinese characters or digits: `八十`, `80`, `一百`.
pub(super) fn cjk(tokens: &[Token<'_>], at: usize) -> Option<(i16, usize)> {
    let token = tokens.get(at)?;
    if token.class == Class::Number {
        return token.number().and_then(years).map(|n| (n, at + 1));
    }
    let digit = |at: usize| tokens.get(at).and_then(|t| numeral(t.text));
    let hundred = |at: usize| tokens.get(at).is_some_and(|t| t.text == "百");
    let first = digit(at)?;
    if hundred(at + 1) && first < 10 {
        let (rest, end) = digit(at + 2).and(cjk(tokens, at + 2)).unwrap_or((0, at + 2));
        let hundreds = i16::try_from(first * 100).ok()?;
        return (rest < 100).then(|| (hundreds + rest, end));
    }
    let (value, end) = match (first, digit(at + 1), digit(at + 2)) {
        (10, Some(units), _) if units < 10 => (10 + units, at + 2),
        (10, ..) => (10, at + 1),
        (tens, Some(10), Some(units)) if units < 10 => (tens * 10 + units, at + 3),
        (tens, Some(10), _) => (tens * 10, at + 2),
        (units, None, _) => (units, at + 1),
        _ => return None,
    };
    years(value).map(|n| (n, end))
}

#[cfg(test)]
mod tests {
    use super::super::super::tokens::tokens;
    use super::*;

    #[test]
    fn numbers_are_read_in_digits_and_words() {
        let read = |text: &str| cardinal(&tokens(text).collect::<Vec<_>>(), 0).map(|(n, _)| n);
        for (text, number) in [
            ("77 years", 77),
            ("seventy-seven years", 77),
            ("Fifty years", 50),
            ("twelve years", 12),
            ("a hundred years", 100),
            ("one hundred and fifty years", 150),
            ("two hundred years", 200),
            ("fünfundsiebzig Jahre", 75),
            ("achtzig Jahre", 80),
            ("soixante-quinze ans", 75),
            ("quatre-vingts ans", 80),
            ("quatre-vingt-dix ans", 90),
            ("vingt-cinq ans", 25),
            ("treinta y cinco años", 35),
            ("cincuenta años", 50),
            ("vinte e cinco anos", 25),
        ] {
            assert_eq!(read(text), Some(number), "{text}");
        }
        for text in ["7.5 years", "1,500 years", "20th", "many years", "the", "", "5000 years"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn ordinals_are_read_in_digits_and_words() {
        let read = |text: &str| ordinal(&tokens(text).collect::<Vec<_>>(), 0).map(|(n, _)| n);
        for (text, number) in [
            ("80th anniversary", 80),
            ("fiftieth anniversary", 50),
            ("Seventy-fifth anniversary", 75),
            ("twenty first anniversary", 21),
            ("one hundredth anniversary", 100),
            ("one hundred and thirteenth session", 113),
            ("80. Jahrestag", 80),
            ("fünfundsiebzigsten Jahrestag", 75),
            ("75e anniversaire", 75),
            ("soixantième anniversaire", 60),
            ("vingt-cinquième anniversaire", 25),
            ("80.º aniversario", 80),
            ("septuagésimo quinto aniversario", 75),
        ] {
            assert_eq!(read(text), Some(number), "{text}");
        }
        for text in ["80 years", "eighty", "last", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn chinese_numbers_are_read() {
        let read = |text: &str| cjk(&tokens(text).collect::<Vec<_>>(), 0).map(|(n, _)| n);
        for (text, number) in
            [("八十周年", 80), ("七十五周年", 75), ("一百周年", 100), ("80周年", 80)]
        {
            assert_eq!(read(text), Some(number), "{text}");
        }
    }
}
