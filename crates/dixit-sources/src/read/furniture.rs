//! Lines that printers, browsers and offices put around a text.

/// What stands over a text without being its title.
const STAMPS: &[&str] = &[
    "check against delivery",
    "please check against delivery",
    "as delivered",
    "as prepared",
    "as prepared for delivery",
    "for immediate release",
    "embargoed until delivery",
    "final",
    "draft",
    "unofficial translation",
    "provisional translation",
    "seul le prononcé fait foi",
    "cotejar con la intervención pronunciada",
    "verificar contra lectura",
    "por favor verificar contra lectura",
    "es gilt das gesprochene wort",
];
/// A line that ends so goes on below.
const OPEN_ENDS: &[&str] =
    &["by", "of", "the", "to", "at", "for", "and", "de", "del", "du", "von", "par"];

/// Kinds of document, whose line goes on below when it has no other word.
const KINDS: &[&str] = &[
    "statement",
    "speech",
    "address",
    "remarks",
    "discours",
    "declaration",
    "déclaration",
    "discurso",
    "intervención",
    "mensaje",
];

/// Whether a line is no part of a text: a stamp, or the header or footer of a printed page.
pub(super) fn is_furniture(line: &str) -> bool {
    let lower = line.to_lowercase();
    let words = lower.trim_matches(|c: char| !c.is_alphabetic());
    STAMPS.contains(&words)
        || is_print_header(&lower)
        || is_page_number(&lower)
        || ["http://", "https://"].iter().any(|start| words.starts_with(start))
}

/// Whether a line is no title though it stands alone: an address, or the beginning of a line that was
/// broken, beside all that is furniture.
pub(super) fn is_no_title(line: &str) -> bool {
    let lower = line.to_lowercase();
    let words = lower.trim_matches(|c: char| !c.is_alphabetic());
    let last = words.rsplit(char::is_whitespace).next().unwrap_or_default();
    is_furniture(line)
        || OPEN_ENDS.contains(&last)
        || KINDS.contains(&words)
        || ["tel:", "tel.:", "fax:", "fax ("].iter().any(|mark| lower.contains(mark))
        || words.starts_with("www.")
}

/// `9/24/24, 3:48 PM   Title`: what a browser prints over each page.
fn is_print_header(lower: &str) -> bool {
    let Some((date, rest)) = lower.split_once(',') else { return false };
    let numbers = date.split(['/', '.']).collect::<Vec<_>>();
    let is_number = |part: &&str| {
        (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let Some((hour, minute)) = rest.trim_start().split_once(':') else { return false };
    numbers.len() == 3
        && numbers.iter().all(is_number)
        && is_number(&hour)
        && minute.bytes().take(2).filter(u8::is_ascii_digit).count() == 2
}

/// `Page 3 of 12`, `3/12`, `- 3 -`.
fn is_page_number(lower: &str) -> bool {
    let mut digits = false;
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let only = words.into_iter().all(|word| {
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        digits |= is_number;
        is_number || matches!(word, "page" | "of" | "p" | "seite" | "von" | "página" | "sur")
    });
    only && digits
}

#[cfg(test)]
mod tests {
    use super::is_no_title;

    #[test]
    fn stamps_and_headers_are_no_titles() {
        for line in [
            "CHECK AGAINST DELIVERY",
            "- Please check against delivery -",
            "1 AS DELIVERED",
            "Seul le prononcé fait foi",
            "9/25/24, 10:13 AM   Norland | News",
            "https://norland.example/speeches/1",
            "Page 3 of 12",
            "STATEMENT BY",
            "Tel: (000) 000-0000",
        ] {
            assert!(is_no_title(line), "{line}");
        }
        for line in
            ["The final harvest", "Address by Ada Rask", "24 September, 10:30", "Herring 2024"]
        {
            assert!(!is_no_title(line), "{line}");
        }
    }
}
