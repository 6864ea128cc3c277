//! The ways in which labels are set off at the head of a line, one function each.

use super::candidates::{Ending, Parts, REACH};
use super::form::{Form, form, is_abbreviated_title, is_capitals, is_unspaced};
use super::lines::{Line, What};

/// `00:12`, `1:02:33.5`: how far into a recording.
pub(super) fn is_clock(text: &str) -> bool {
    let parts = text.split(':').count();
    (2..=3).contains(&parts)
        && text.len() <= 12
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b','))
        && text.starts_with(|c: char| c.is_ascii_digit())
}

/// `Q   Any news?`, `Q. Any news?`, `A: None.`
pub(super) fn letter(head: &str, start: usize, has_gap: bool) -> Option<Parts> {
    let rest = head.strip_prefix(['Q', 'A'])?;
    let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\t']).len();
    let spaces = rest[..gap].chars().count();
    let (ending, skip) = match rest[gap..].chars().next()? {
        // Scans put a space before the colon.
        ':' | '：' if spaces <= 1 => (Ending::Colon, gap + rest[gap..].chars().next()?.len_utf8()),
        '.' if gap == 0 && rest[1..].starts_with([' ', '\u{a0}', '\t']) => (Ending::Stop, 1),
        // `A   text` alone is an article more often than a label.
        _ if spaces >= 2 || rest.starts_with('\t') => (Ending::Gap, gap),
        // One space, as after the letter in some pages.
        c if spaces == 1 && has_gap && head.starts_with('Q') && !c.is_lowercase() => {
            (Ending::Gap, gap)
        }
        _ => return None,
    };
    let form = if head.starts_with('Q') { Form::Asker } else { Form::Answerer };
    let after = &rest[skip..];
    let skip = skip + (after.len() - after.trim_start().len());
    Some((start..start + 1, start + 1 + skip, ending, form))
}

/// `○山田委員長　これより`
pub(super) fn marked(head: &str, start: usize) -> Option<Parts> {
    let mark = head.chars().next().filter(|c| "○◯〇◎●◇◆".contains(*c))?;
    let rest = head[mark.len_utf8()..].trim_start();
    let from = head.len() - rest.len();
    let wide = rest.find("  ").into_iter().chain(rest.find(['\u{3000}', '\t', '：', ':'])).min();
    let end = wide.filter(|end| *end <= 80).or_else(|| rest.find(' '))?;
    let mut label = &rest[..end];
    // `委員長（山田 太郎君）`
    if label.contains('（') && !label.contains('）') {
        label = &rest[..rest.find('）')? + '）'.len_utf8()];
    }
    let known = form(label);
    let form = match known {
        Form::Phrase if label.chars().count() <= 24 && label.chars().any(is_unspaced) => {
            Form::Plain
        }
        other => other,
    };
    let words = from + label.len();
    let words = words + skip(&rest[label.len()..], &[':', '：']);
    Some((start + from..start + from + label.len(), start + words, Ending::Mark, form))
}

/// `12. Deputy Ada Rask asked the Minister for Finance if …`: a question as it stands on the paper, which
/// has a number.
pub(super) fn asked(head: &str, start: usize, is_numbered: bool) -> Option<Parts> {
    const MARK: &str = " asked the ";
    let at = if is_numbered { head.find(MARK)? } else { return None };
    let label = &head[..at];
    let known = form(label);
    let is_person = matches!(known, Form::Titled | Form::Office | Form::Name | Form::Capitals);
    let of_office = head[at + MARK.len()..].starts_with(char::is_uppercase);
    (is_person && of_office)
        .then(|| (start..start + label.len(), start + at + 1, Ending::Asked, known))
}

/// `（記者）`, `（问）今年…`: who asks or answers in wide brackets, alone on the line or before the words.
pub(super) fn in_brackets(head: &str, start: usize, line_end: usize) -> Option<Parts> {
    const MOST: usize = 16;
    let inner = head.strip_prefix('（')?;
    let end = inner.find('）')?;
    let label = &inner[..end];
    let open = '（'.len_utf8();
    let known = if label.chars().count() <= MOST { form(label) } else { return None };
    let words = start + open + end + '）'.len_utf8();
    let is_alone = words >= line_end;
    let is_label = match known {
        Form::Asker | Form::Answerer => true,
        // A body in brackets before words is a note of where something is from.
        Form::HanEnding | Form::Chair => is_alone,
        _ => false,
    };
    let ending = if is_alone { Ending::OwnLine } else { Ending::Mark };
    is_label.then(|| (start + open..start + open + end, words.min(line_end), ending, known))
}

/// White space, and one of these marks if it comes first.
fn skip(rest: &str, marks: &[char]) -> usize {
    let after = rest.trim_start();
    let after = after.strip_prefix(marks).unwrap_or(after);
    rest.len() - after.len()
}

/// `**Ada Rask:** Yes.`, `**Ada Rask**: Yes.`, `**Ada Rask** Yes.`
pub(super) fn bold(head: &str, start: usize, line_end: usize) -> Option<Parts> {
    let mark = ["***", "**", "__"].into_iter().find(|mark| head.starts_with(mark))?;
    let inner = &head[mark.len()..];
    let end = inner.find(mark)?;
    let inside = inner[..end].trim();
    let label = inside.trim_end_matches([':', '：', ' ', '\u{a0}', '\\']);
    let at = start + mark.len() + (inner.len() - inner.trim_start().len());
    let after = &inner[end + mark.len()..];
    // `**Ada Rask** (Norland): Yes.`
    let bracket = after.trim_start().strip_prefix('(').and_then(|inner| inner.find("):"));
    let bracket = bracket.map_or(0, |end| after.len() - after.trim_start().len() + end + 2);
    let after = &after[bracket..];
    let has_colon = label.len() < inside.len() || after.trim_start().starts_with([':', '：']);
    let words = start + mark.len() + end + mark.len() + bracket + skip(after, &[':', '：']);
    let form = form(label);
    let label = at..at + label.len();
    let is_alone = words >= line_end;
    match has_colon {
        true if is_alone => Some((label, words.min(line_end), Ending::OwnLine, form)),
        true => Some((label, words, Ending::Colon, form)),
        false if form >= Form::Name || form == Form::HanName => {
            Some((label, words.min(line_end), Ending::Bold, form))
        }
        false => None,
    }
}

/// The same where the markup says what is bold.
pub(super) fn in_bold(text: &str, line: &Line, skipped: usize) -> Option<Parts> {
    let range = line.bold();
    if skipped > 0 || range.is_empty() || !text.is_char_boundary(range.end) {
        return None;
    }
    let label = text[range.clone()].trim_end_matches([':', '：', ' ', '\u{a0}']);
    let after = &text[range.end..line.range().end];
    let has_colon =
        text[range.clone()].len() > label.len() || after.trim_start().starts_with([':', '：']);
    let is_end = after.trim().is_empty();
    // A colon is seen anyhow, and a name alone on its line.
    let form = form(label);
    let is_name = form >= Form::Name || form == Form::HanName;
    (!has_colon && !is_end && is_name && label.len() <= REACH).then(|| {
        let words = range.end + skip(after, &[]);
        (range.start..range.start + label.len(), words, Ending::Bold, form)
    })
}

/// Where one of the marks stands first that is not within brackets.
fn outside(head: &str, marks: &[&str]) -> Option<(usize, usize)> {
    let mut begins = [false; 256];
    for mark in marks {
        begins[usize::from(mark.as_bytes()[0])] = true;
    }
    let mut depth = 0_i32;
    for (at, byte) in head.bytes().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            // The wide brackets begin with this byte.
            0xEF if head[at..].starts_with('（') => depth += 1,
            0xEF if head[at..].starts_with('）') => depth -= 1,
            _ => {}
        }
        if depth > 0 || !begins[usize::from(byte)] || !head.is_char_boundary(at) {
            continue;
        }
        let rest = &head[at..];
        let found = marks.iter().filter(|mark| rest.starts_with(**mark)).map(|mark| mark.len());
        if let Some(length) = found.max() {
            return Some((at, length));
        }
    }
    None
}

pub(super) fn colon(
    line: &str,
    head: &str,
    skipped: usize,
    start: usize,
    line_end: usize,
) -> Option<Parts> {
    let (at, _) = outside(head, &[":", "：", "︰", "﹕"])?;
    let mark = head[at..].chars().next()?;
    let behind = &line[skipped + at + mark.len_utf8()..];
    let label = head[..at].trim_end();
    let next = behind.chars().next();
    let is_set_off = match next {
        None => true,
        Some(c) if c.is_whitespace() || "*_“\"«„‘('（「『—–…[".contains(c) => true,
        // No space is left after a colon between such characters.
        Some(c) => mark != ':' || is_unspaced(c) || label.chars().last().is_some_and(is_unspaced),
    };
    if !is_set_off || label.is_empty() {
        return None;
    }
    let label = label.trim_end_matches(['*', '_', '\\']).trim_end();
    let (label, _) = without_clock(label);
    let mut words = start + at + mark.len_utf8();
    words += behind.len() - behind.trim_start_matches(['*', '_']).trim_start().len();
    // `O Sr. Rui Modelo: — Sim.`
    let dashed = &line[words + skipped - start..];
    let bare = dashed.trim_start_matches(['—', '–']);
    if bare.len() < dashed.len() && bare.starts_with([' ', '\u{a0}']) {
        words += dashed.len() - bare.trim_start().len();
    }
    let rest = &line[words + skipped - start..];
    // `Ada Rask: (01:23) Yes.`
    if let Some(inner) = rest.strip_prefix('(')
        && let Some(end) = inner.find(')').filter(|end| is_clock(&inner[..*end]))
    {
        let after = &inner[end + 1..];
        words += end + 2 + (after.len() - after.trim_start().len());
    }
    let form = form(label);
    let ending = if words >= line_end { Ending::OwnLine } else { Ending::Colon };
    Some((start..start + label.len(), words.min(line_end), ending, form))
}

/// `Ada Rask (01:23)`, `Ada Rask 00:01:23`
fn without_clock(label: &str) -> (&str, bool) {
    let bare = label.trim_end_matches([')', ']']);
    let Some(at) = bare.rfind(['(', '[', ' ', '\u{a0}']) else { return (label, false) };
    let open = bare[at..].chars().next().map_or(1, char::len_utf8);
    if is_clock(&bare[at + open..]) { (label[..at].trim_end(), true) } else { (label, false) }
}

/// `Mr. ROE of Norland. I rise.`, `The PRESIDENT pro tempore. The clerk…`, `M. le président. La séance…`
pub(super) fn stop(head: &str, start: usize) -> Option<Parts> {
    if let Some(found) = initials(head, start) {
        return Some(found);
    }
    let mut from = 0;
    let at = loop {
        let (at, _) = outside(&head[from..], &[". ", ".\u{a0}"])?;
        let at = from + at;
        let word = head[..at].rsplit([' ', '\u{a0}', '(']).next().unwrap_or_default();
        // Titles and initials have their stop themselves, and `U.S.`.
        let is_short =
            word.chars().count() <= 1 || word.contains('.') || is_abbreviated_title(word);
        if !is_short {
            break at;
        }
        from = at + 1;
    };
    let label = head[..at].trim_end();
    // The stop of a sentence stands elsewhere: a label of this kind is capitals, or an office.
    let known = form(label);
    let has_capitals = label.split([' ', '(']).any(is_capitals);
    let is_french =
        ["M.", "Mme", "Mlle", "M ", "Le ", "La "].iter().any(|title| label.starts_with(title));
    let is_label = match known {
        Form::Titled => has_capitals || is_french,
        Form::Office => is_french || has_capitals,
        // One word in capitals may be an office that no list has.
        // and a short one a surname, which the file tells.
        Form::Capitals => label.contains(' ') || label.chars().count() >= 4,
        Form::Chair => true,
        _ => false,
    };
    if !is_label {
        return None;
    }
    let words = at + 1;
    let words = words
        + (head[words..].len()
            - head[words..].trim_start_matches(['—', '–', '-', ' ', '\u{a0}']).len());
    let form = if has_capitals || known != Form::Titled { known } else { Form::Name };
    Some((start..start + label.len(), start + words, Ending::Stop, form))
}

/// `ПРИМЕРОВ А. П. Уважаемый`, `Примеров А.П., фракция. Уважаемый`: a family name, then initials.
fn initials(head: &str, start: usize) -> Option<Parts> {
    let (surname, mut rest) = head.split_once(' ')?;
    let is_surname = surname.chars().next().is_some_and(char::is_uppercase)
        && surname.chars().count() >= 3
        && surname.chars().all(|c| c.is_alphabetic() || c == '-');
    let mut count = 0;
    while count < 3
        && let Some((letter, after)) = rest.trim_start().split_once('.')
        && letter.chars().count() == 1
        && letter.chars().all(char::is_uppercase)
    {
        (rest, count) = (after, count + 1);
    }
    if !is_surname || count == 0 {
        return None;
    }
    let mut label = head.len() - rest.len();
    // What stands behind the initials up to the stop: a faction, an office.
    if let Some(more) = rest.strip_prefix(',') {
        let end = more.find(". ").filter(|end| more[..*end].split_whitespace().count() <= 8)?;
        label += 1 + end;
        rest = &more[end + 1..];
    }
    let is_begun = rest.starts_with([' ', '\u{a0}'])
        && rest.trim_start().chars().next().is_some_and(|c| !c.is_lowercase());
    let known = if is_capitals(surname) { Form::Capitals } else { Form::Name };
    // `JANE R. ROE: Yes.`, `George H.W. Roe was`: there the family name comes last.
    let next = rest.split_whitespace().next().unwrap_or_default();
    let is_last = is_capitals(next.trim_end_matches([':', '.']));
    let is_cyrillic = surname.chars().any(|c| matches!(c, '\u{400}'..='\u{4ff}'));
    let is_sure = known == Form::Capitals && !is_last || is_cyrillic && count > 1;
    (is_begun && is_sure).then(|| {
        let words = start + head.len() - rest.trim_start().len();
        (start..start + label, words, Ending::Stop, known)
    })
}

/// `AYŞE ÖRNEK (Ankara) – Sayın Başkan`, `Mr. ROE.—I rise`, `El Sr. PÉREZ.- Gracias`
pub(super) fn dash(head: &str, start: usize) -> Option<Parts> {
    const MARKS: [&str; 10] = [" – ", " — ", ".—", ". —", ".–", ". –", ".- ", ". - ", "—", " - "];
    let (at, length) = outside(head, &MARKS)?;
    let mark = &head[at..at + length];
    let label = head[..at].trim_end();
    let known = form(label);
    let has_stop = mark.starts_with('.');
    let is_label = match known {
        Form::Titled | Form::Office | Form::Capitals | Form::Asker | Form::Answerer => true,
        Form::Chair if is_capitals(label) => true,
        Form::Name | Form::Chair | Form::Word | Form::Outlet => {
            has_stop || mark.contains(['–', '—'])
        }
        _ => false,
    };
    if !is_label || (mark == " - " && known == Form::Name) {
        return None;
    }
    let words = at + mark.len();
    let words = words + (head[words..].len() - head[words..].trim_start().len());
    let ending = if has_stop { Ending::Stop } else { Ending::Dash };
    Some((start..start + label.len(), start + words, ending, known))
}

/// `MR. ROE    Good morning.`
pub(super) fn gap(head: &str, start: usize) -> Option<Parts> {
    let at = ["\t", "   ", "\u{3000}", "\u{a0}\u{a0}\u{a0}"]
        .into_iter()
        .filter_map(|gap| head.find(gap))
        .min()?;
    let label = head[..at].trim_end();
    let known = form(label);
    let is_label = matches!(
        known,
        Form::Titled
            | Form::Capitals
            | Form::Name
            | Form::Office
            | Form::Asker
            | Form::HanEnding
            | Form::Chair
            | Form::HanName
            | Form::Answerer
    );
    let words = head.len() - head[at..].trim_start().len();
    (is_label && words < head.len())
        .then(|| (start..start + label.len(), start + words, Ending::Gap, known))
}

/// A name alone on its line, over words.
pub(super) fn bare(text: &str, lines: &[Line], at: usize, skipped: usize) -> Option<Parts> {
    let line = &lines[at];
    let range = line.range();
    let label = &text[range.start + skipped..range.end];
    let next = lines.get(at + 1).filter(|next| next.what == What::Words)?;
    let is_short = label.len() <= 120 && label.split_whitespace().count() <= 10;
    // In a play the name stands in the middle of the line, the words further left below.
    let is_centred = line.indent >= 12 && line.indent >= next.indent + 6 && !next.gap;
    let is_label = skipped == 0 && line.gap && is_short && (next.range().len() > 20 || is_centred);
    if !is_label
        || label.ends_with(['.', ',', ';', '!', '?', '…', '-', '–', '—', '。', '，', '！', '？'])
    {
        return None;
    }
    // `Ada Rask  0:03`: programs that write down meetings set it so.
    let (label, is_timed) = without_clock(label);
    // `Ada Rask -- Chief Executive Officer`
    let person = [" -- ", " — ", " – "].iter().find_map(|dash| label.split_once(dash));
    let known = form(person.map_or(label, |(name, _)| name));
    let is_name = matches!(
        known,
        Form::Titled
            | Form::Name
            | Form::Office
            | Form::Capitals
            | Form::HanEnding
            | Form::HanName
            | Form::Asker
            | Form::Answerer
            | Form::Chair
    );
    let ending = if is_timed { Ending::Mark } else { Ending::Bare };
    is_name.then_some((range.start..range.start + label.len(), range.end, ending, known))
}
