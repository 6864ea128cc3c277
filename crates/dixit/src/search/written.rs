//! One word written in two ways that the analysis cuts differently: `US` and `U.S.`, `3000` and `3,000`, `email`
//! and `e-mail`, `COVID19` and `COVID-19`, an Arabic word with its article. The other one is looked for besides.

/// Parts of words that are written with a hyphen or without.
const HYPHENED: [&str; 12] =
    ["e", "co", "re", "non", "anti", "pre", "post", "multi", "sub", "well", "counter", "inter"];

/// Letters of what is short for several words.
const SHORT: std::ops::RangeInclusive<usize> = 2..=6;

/// Fewer letters with points between are some word without them: `U.S.` is not `us`.
const LEAST_JOINED: usize = 3;

/// Another way of writing a word: words in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Otherwise {
    /// As they stand here.
    Exact(String),
    /// In their forms.
    Forms(String),
}

/// How a word may be written too; `None` where it is written in one way.
pub(super) fn otherwise(word: &str) -> Option<Otherwise> {
    let word = word.trim();
    let exact = points(word).or_else(|| thousands(word)).or_else(|| article(word));
    let exact = exact.or_else(|| numbered(word)).map(Otherwise::Exact);
    exact.or_else(|| hyphen(word).map(Otherwise::Forms))
}

/// `US`, `U.S.A.`
fn points(word: &str) -> Option<String> {
    let letters = word.chars().count();
    if SHORT.contains(&letters) && word.chars().all(|c| c.is_ascii_uppercase()) {
        return Some(spaced(word));
    }
    let mut parts: Vec<&str> = word.split('.').collect();
    if parts.last() == Some(&"") {
        parts.pop();
    }
    let is_short = parts.len() >= LEAST_JOINED
        && parts.iter().all(|part| part.len() == 1 && part.as_bytes()[0].is_ascii_alphabetic());
    is_short.then(|| parts.concat())
}

fn spaced(word: &str) -> String {
    let mut out = String::with_capacity(word.len() * 2);
    for letter in word.chars() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push(letter);
    }
    out
}

/// `3000`, `3,000`, `3.000`, `$3,000`, `3,000%`.
fn thousands(word: &str) -> Option<String> {
    let word = word.trim_matches(|c| matches!(c, '$' | '€' | '£' | '¥' | '￥' | '%' | '％'));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if digits(word) {
        if word.len() < 4 || word.starts_with('0') {
            return None;
        }
        let mut out = String::with_capacity(word.len() * 2);
        for (at, digit) in word.chars().enumerate() {
            if at > 0 && (word.len() - at).is_multiple_of(3) {
                out.push(' ');
            }
            out.push(digit);
        }
        return Some(out);
    }
    let parts: Vec<&str> = word.split([',', '.', '\'', '’']).collect();
    let (first, rest) = parts.split_first()?;
    let is_number = digits(first)
        && first.len() <= 3
        && !first.starts_with('0')
        && !rest.is_empty()
        && rest.iter().all(|part| digits(part) && part.len() == 3);
    is_number.then(|| parts.concat())
}

/// `إنسان`, `الإنسان`: the article is written as part of the word, and stems differ by it.
fn article(word: &str) -> Option<String> {
    const ARTICLE: &str = "ال";
    const LEAST: usize = 3;
    if !word.chars().all(|c| ('\u{620}'..='\u{65F}').contains(&c)) {
        return None;
    }
    let bare = word.strip_prefix(ARTICLE).filter(|bare| bare.chars().count() >= LEAST);
    match bare {
        Some(bare) => Some(bare.to_owned()),
        None => (word.chars().count() >= LEAST).then(|| format!("{ARTICLE}{word}")),
    }
}

/// `COVID19`, `COVID-19`, `G-20`.
fn numbered(word: &str) -> Option<String> {
    let digits = word.trim_start_matches(char::is_alphabetic);
    let letters = &word[..word.len() - digits.len()];
    let (bare, is_parted) = match digits.strip_prefix(['-', '‐', '‑']) {
        Some(bare) => (bare, true),
        None => (digits, false),
    };
    let is_number = !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit());
    let between = if is_parted { "" } else { " " };
    (!letters.is_empty() && is_number).then(|| format!("{letters}{between}{bare}"))
}

/// `e-mail`, `email`, `antiwar`.
fn hyphen(word: &str) -> Option<String> {
    let is_word = |part: &str| part.chars().count() > 1 && part.chars().all(char::is_alphabetic);
    if let Some((first, rest)) = word.split_once(['-', '‐', '‑']) {
        let is_first = !first.is_empty() && first.chars().all(char::is_alphabetic);
        return (is_first && is_word(rest)).then(|| format!("{first}{rest}"));
    }
    if !is_word(word) {
        return None;
    }
    let lower = word.to_lowercase();
    HYPHENED.iter().find_map(|first| {
        let least = if first.len() < 3 { 4 } else { 3 };
        let rest = lower.strip_prefix(first).filter(|rest| rest.chars().count() >= least)?;
        Some(format!("{first} {rest}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_written_in_another_way() {
        for (word, expected) in [
            ("US", Some("U S")),
            ("us", None),
            ("NATO", Some("N A T O")),
            ("HERRING", None),
            ("U.S.A.", Some("USA")),
            ("U.S.", None),
            ("3000", Some("3 000")),
            ("1234567", Some("1 234 567")),
            ("300", None),
            ("0300", None),
            ("3,000", Some("3000")),
            ("1.234.567", Some("1234567")),
            ("3,00", None),
            ("e-mail", Some("email")),
            ("email", Some("e mail")),
            ("Cooperation", Some("co operation")),
            ("state-of-the-art", None),
            ("إنسان", Some("الإنسان")),
            ("الإنسان", Some("إنسان")),
            ("من", None),
            ("east", None),
            ("quota", None),
            ("$3,000", Some("3000")),
            ("€3000", Some("3 000")),
            ("3,000%", Some("3000")),
            ("antiwar", Some("anti war")),
            ("prewar", Some("pre war")),
            ("ebay", None),
            ("COVID19", Some("COVID 19")),
            ("COVID-19", Some("COVID19")),
            ("G20", Some("G 20")),
            ("B2B", None),
            ("2G", None),
            ("-19", None),
        ] {
            let found = otherwise(word).map(|found| match found {
                Otherwise::Exact(text) | Otherwise::Forms(text) => text,
            });
            assert_eq!(found.as_deref(), expected, "{word}");
        }
    }
}
