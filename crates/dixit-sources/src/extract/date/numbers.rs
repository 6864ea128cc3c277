//! Numbers and ordinals, in digits and in English words.

use super::super::tokens::{Class, Gap, Token};
use super::mentions::numeral;

/// The greatest number of years that an anniversary is read for.
const MOST_YEARS: u32 = 900;

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
    in_words(tokens, at, &unit, &ten)
}

/// `80th`, `fiftieth`, `seventy-fifth`, `80.`, `80e`, `80.º`.
pub(super) fn ordinal(tokens: &[Token<'_>], at: usize) -> Option<(i16, usize)> {
    let token = tokens.get(at)?;
    if let Some(number) = token.number() {
        let mut next = at + 1;
        let mut marked = false;
        while let Some(suffix) = tokens.get(next).filter(|suffix| suffix.gap == Gap::None) {
            let folded = suffix.folded();
            if !matches!(
                &*folded,
                "st" | "nd"
                    | "rd"
                    | "th"
                    | "."
                    | "e"
                    | "er"
                    | "ème"
                    | "eme"
                    | "º"
                    | "°"
                    | "ª"
                    | "o"
                    | "a"
            ) {
                break;
            }
            marked = true;
            next += 1;
        }
        return marked.then(|| years(number)).flatten().map(|n| (n, next));
    }
    in_words(tokens, at, &ordinal_unit, &ordinal_ten)
}

fn years(number: u32) -> Option<i16> {
    (1..=MOST_YEARS).contains(&number).then(|| i16::try_from(number).ok()).flatten()
}

type Table = dyn Fn(&str) -> Option<i16>;

/// `[one] hundred [and] seventy-fifth`: the last part is read with the tables that are given.
fn in_words(
    tokens: &[Token<'_>],
    at: usize,
    last_unit: &Table,
    last_ten: &Table,
) -> Option<(i16, usize)> {
    let word = |next: usize| {
        let follows = |token: &&Token<'_>| next == at || token.gap <= Gap::Line;
        tokens.get(next).filter(|token| token.is_word()).filter(follows).map(Token::folded)
    };
    let small = |at: usize| -> Option<(i16, usize)> {
        let first = word(at)?;
        let next = at + 1 + usize::from(tokens.get(at + 1).is_some_and(|t| t.is("-")));
        let unit = word(next).and_then(|word| last_unit(&word)).filter(|value| *value < 10);
        if let (Some(tens), Some(unit)) = (ten(&first), unit) {
            return Some((tens + unit, next + 1));
        }
        last_unit(&first).or_else(|| last_ten(&first)).map(|value| (value, at + 1))
    };
    let first = word(at)?;
    let ordinal = last_unit("first").is_some();
    let second = word(at + 1);
    let times = if &*first == "a" { Some(1) } else { unit(&first) };
    match (times, second.as_deref()) {
        (Some(times), Some("hundredth")) if ordinal => Some((times * 100, at + 2)),
        (Some(times), Some("hundred")) => {
            let and = at + 2 + usize::from(word(at + 2).as_deref() == Some("and"));
            match small(and) {
                Some((rest, next)) => Some((times * 100 + rest, next)),
                None => (!ordinal).then_some((times * 100, at + 2)),
            }
        }
        _ if ordinal && &*first == "hundredth" => Some((100, at + 1)),
        _ => small(at),
    }
}

fn unit(word: &str) -> Option<i16> {
    const UNITS: [&str; 19] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    place(&UNITS, word)
}

fn ordinal_unit(word: &str) -> Option<i16> {
    const UNITS: [&str; 19] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
    ];
    place(&UNITS, word)
}

fn ten(word: &str) -> Option<i16> {
    const TENS: [&str; 8] =
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    place(&TENS, word).map(|at| (at + 1) * 10)
}

fn ordinal_ten(word: &str) -> Option<i16> {
    const TENS: [&str; 8] = [
        "twentieth",
        "thirtieth",
        "fortieth",
        "fiftieth",
        "sixtieth",
        "seventieth",
        "eightieth",
        "ninetieth",
    ];
    place(&TENS, word).map(|at| (at + 1) * 10)
}

fn place(list: &[&str], word: &str) -> Option<i16> {
    list.iter().position(|name| *name == word).and_then(|at| i16::try_from(at + 1).ok())
}

/// A number in Chinese characters or digits: `八十`, `80`.
pub(super) fn cjk(tokens: &[Token<'_>], at: usize) -> Option<(i16, usize)> {
    let token = tokens.get(at)?;
    if token.class == Class::Number {
        return token.number().and_then(years).map(|n| (n, at + 1));
    }
    let digit = |at: usize| tokens.get(at).and_then(|t| numeral(t.text));
    let (value, end) = match (digit(at)?, digit(at + 1), digit(at + 2)) {
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
            ("80. Jahrestag", 80),
            ("75e anniversaire", 75),
            ("80.º aniversario", 80),
        ] {
            assert_eq!(read(text), Some(number), "{text}");
        }
        for text in ["80 years", "eighty", "last", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
