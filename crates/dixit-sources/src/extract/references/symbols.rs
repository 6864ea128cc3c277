//! Document symbols, as they are printed and as they are spaced and dotted in texts: `A/RES/78/1`,
//! `A / RES / 78 / 1`, `H. R. 3684`, `COM (2023) 12`, `resolution 2334 (2016)`.

use super::lists;

/// A symbol is no longer, and so its first digit is no further.
pub(super) const LONGEST: usize = 60;
/// `HR 365` without a dot is a bill from so many digits on; of fewer it is a department and a number.
const UNDOTTED_DIGITS: usize = 3;

/// Where the symbol that begins at a place ends, if one does.
pub(super) fn end_at(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let first = rest.as_bytes().first()?.to_ascii_uppercase();
    let found = match first {
        b'R' | b'D' => law(rest),
        b'H' | b'S' | b'P' => bill(rest).or_else(|| other(rest)),
        _ => other(rest),
    };
    found.map(|len| at + len)
}

fn other(rest: &str) -> Option<usize> {
    // Most words have neither a stroke nor a bracket behind them, and need not be looked up.
    let behind = &rest[letters(rest)..];
    let may_be = behind.starts_with(['-', '.']) || unspaced(behind).starts_with(['/', '(', '[']);
    if !may_be {
        return None;
    }
    united_nations(rest).or_else(|| commission(rest))
}

fn letters(text: &str) -> usize {
    text.bytes().take(9).take_while(u8::is_ascii_alphabetic).count()
}

fn digits(text: &str) -> usize {
    text.bytes().take(8).take_while(u8::is_ascii_digit).count()
}

/// Without one space.
fn unspaced(text: &str) -> &str {
    text.strip_prefix([' ', '\u{a0}']).unwrap_or(text)
}

fn united_nations(rest: &str) -> Option<usize> {
    let head = &rest[..letters(rest)];
    // Most words have no stroke behind them, and need not be looked up.
    divided(&rest[head.len()..])?;
    let is_listed = |head: &str| lists().symbols.iter().any(|symbol| symbol == head);
    let is_any = lists().symbols.iter().any(|symbol| symbol.eq_ignore_ascii_case(head));
    if head.is_empty() || head.len() > 6 || !is_any {
        return None;
    }
    if rest.as_bytes().get(head.len()) == Some(&b'/')
        && is_listed(head)
        && let Some(len) = tight(rest)
    {
        return Some(len);
    }
    loose(rest, head.len())
}

/// `A/C.3/78/L.5`: no spaces, and capitals only.
fn tight(rest: &str) -> Option<usize> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '(' | ')');
    let len = rest.find(|c| !part(c)).unwrap_or(rest.len()).min(LONGEST);
    let mut symbol = rest[..len].trim_end_matches(['.', '/', '-', '(']);
    if symbol.matches('(').count() < symbol.matches(')').count() {
        symbol = symbol.trim_end_matches(')');
    }
    let parts: Vec<&str> = symbol.split('/').collect();
    let digits = symbol.bytes().filter(u8::is_ascii_digit).count();
    let last = parts.last().is_some_and(|part| part.contains(|c: char| c.is_ascii_digit()));
    let lower = symbol.contains(|c: char| c.is_ascii_lowercase());
    (parts.len() >= 3 && digits >= 2 && last && !lower).then_some(symbol.len())
}

/// `A / Res / 78 / 1`, `a-res-78-1`, `A.RES.78.1`: a part behind the first that only symbols have, and numbers.
fn loose(rest: &str, head: usize) -> Option<usize> {
    let second = divided(&rest[head..])?;
    let len = letters(second);
    let word = second[..len].to_ascii_uppercase();
    if !lists().parts.contains(&word) {
        return None;
    }
    let mut tail = &second[len..];
    let (mut numbers, mut figures) = (0, 0);
    while let Some(next) = divided(tail) {
        let count = digits(next);
        if count == 0 {
            break;
        }
        numbers += 1;
        figures += count;
        tail = &next[count..];
    }
    let ends = !tail.starts_with(|c: char| c.is_alphanumeric());
    let whole = figures >= 2 && (numbers >= 2 || figures >= 3) && ends;
    let len = rest.len() - tail.len();
    (whole && len <= LONGEST).then_some(len)
}

/// What stands behind a stroke, which spaces may surround, a hyphen or a dot.
fn divided(text: &str) -> Option<&str> {
    unspaced(text).strip_prefix('/').map(unspaced).or_else(|| text.strip_prefix(['-', '.']))
}

/// `COM(2023) 12`, `COM (2023)12`, `COM/2023/12`
fn commission(rest: &str) -> Option<usize> {
    let head = letters(rest);
    // A bracket or a stroke follows, and few words have either.
    if !rest[head..].starts_with('/') && !unspaced(&rest[head..]).starts_with(['(', '[']) {
        return None;
    }
    if !lists().commission.iter().any(|word| *word == rest[..head]) {
        return None;
    }
    let (year, close) = match rest[head..].strip_prefix('/') {
        Some(year) => (year, '/'),
        None => {
            let open = unspaced(&rest[head..]);
            let year = open.strip_prefix(['(', '[']);
            (year?, if open.starts_with('(') { ')' } else { ']' })
        }
    };
    if digits(year) != 4 {
        return None;
    }
    let tail = year[4..].strip_prefix(close)?;
    Some(rest.len() - tail.len() + number(tail)?)
}

/// `H.R. 3684`, `H. R. 3684`, `HR 3684`, `S.Con.Res. 14`, `Pub. L. No. 117-58`
fn bill(rest: &str) -> Option<usize> {
    let mut best = None;
    for parts in &lists().bills {
        let Some((tail, dotted)) = parts_of(rest, parts) else { continue };
        let tail =
            ["No. ", "No.", "No "].iter().find_map(|no| tail.strip_prefix(no)).unwrap_or(tail);
        let Some(len) = number(tail) else { continue };
        let figures = tail[..len].trim_start().len();
        let more = tail[len..].strip_prefix(['-', '–', '‑']).map_or(0, |more| {
            let count = digits(more);
            if count > 0 { tail[len..].len() - more.len() + count } else { 0 }
        });
        let is_law = parts.last().is_some_and(|last| last.starts_with(['L', 'l']));
        let long = parts.iter().any(|part| part.len() > 2);
        // `S Res 14` could be of the Security Council.
        let capitals = rest.starts_with('H') || rest.starts_with('P');
        let told = match (is_law && !long, dotted || long && capitals) {
            (true, _) => more > 0,
            (false, true) => true,
            (false, false) => capitals && figures >= UNDOTTED_DIGITS,
        };
        if told {
            best = best.max(Some(rest.len() - tail.len() + len + more));
        }
    }
    best
}

/// What stands behind the parts of an abbreviation, and whether there is a dot in it.
fn parts_of<'t>(rest: &'t str, parts: &[String]) -> Option<(&'t str, bool)> {
    let mut tail = rest;
    let mut dotted = false;
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            tail = unspaced(tail);
        }
        let word = tail.get(..part.len()).filter(|word| word.eq_ignore_ascii_case(part))?;
        // `HR` has all its capitals, `hr` none: that is a word.
        if rest.starts_with(|c: char| c.is_ascii_uppercase())
            && word.starts_with(char::is_lowercase)
        {
            return None;
        }
        tail = &tail[part.len()..];
        if let Some(behind) = tail.strip_prefix('.') {
            dotted = true;
            tail = behind;
        }
    }
    (!tail.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| (unspaced(tail), dotted))
}

/// `resolution 2334 (2016)`, `Regulation (EU) 2016/679`, `Directive 2011/83/EU`.
fn law(rest: &str) -> Option<usize> {
    let words = ["resolution", "regulation", "directive"];
    let word = words.into_iter().find(|word| {
        rest.get(..word.len()).is_some_and(|written| written.eq_ignore_ascii_case(word))
    })?;
    let mut tail = rest[word.len()..].strip_prefix([' ', '\u{a0}'])?;
    if word == "resolution" {
        let count = digits(tail);
        let year = unspaced(&tail[count..]).strip_prefix('(')?;
        let is_year = digits(year) == 4 && year.as_bytes().get(4) == Some(&b')');
        return ((1..=4).contains(&count) && is_year).then(|| rest.len() - year.len() + 5);
    }
    for body in ["(EU) ", "(EC) ", "(EEC) ", "No "] {
        tail = tail.strip_prefix(body).unwrap_or(tail);
    }
    let is_part = |c: char| c.is_ascii_digit() || c == '/' || c.is_ascii_uppercase();
    let len = tail.find(|c: char| !is_part(c)).unwrap_or(tail.len());
    let number = tail.get(..len)?.trim_end_matches('/');
    let (year, _) = number.split_once('/')?;
    let is_number = !year.is_empty() && year.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| rest.len() - tail.len() + number.len())
}

/// Where a number ends that follows after at most one space.
fn number(text: &str) -> Option<usize> {
    let tail = unspaced(text);
    let count = digits(tail);
    (count > 0 && count < 7).then_some(text.len() - tail.len() + count)
}
