//! What at the head of a line may be a label, and where the words begin behind it.

use std::ops::Range;

use super::form::{Form, form, is_abbreviated_title, is_capitals, is_unspaced};
use super::lines::{Line, What, heading_words};

/// By what a label is set off from the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Ending {
    /// A colon, and the words behind it.
    Colon,
    /// A colon at the end of the line; the words begin on the next.
    OwnLine,
    /// A full stop: `Mr. ROE. I rise.`
    Stop,
    /// A dash: `AYŞE ÖRNEK (Devamla) – Evet.`
    Dash,
    /// White space alone: `Q   Any news?`
    Gap,
    /// A mark before it, as in Japan: `○委員長（山田君）　これより`
    Mark,
    /// Bold letters.
    Bold,
    /// Nothing: a name alone on its line.
    Bare,
    /// It is a heading, of this rank.
    Heading(u8),
}

impl Ending {
    /// How many there are, headings being one.
    pub(super) const COUNT: usize = 9;

    pub(super) const fn index(self) -> usize {
        match self {
            Self::Colon => 0,
            Self::OwnLine => 1,
            Self::Stop => 2,
            Self::Dash => 3,
            Self::Gap => 4,
            Self::Mark => 5,
            Self::Bold => 6,
            Self::Bare => 7,
            Self::Heading(_) => 8,
        }
    }
}

/// What may be a label.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Which line.
    pub(super) line: usize,
    /// Where the label stands, without marks around it.
    pub(super) label: Range<usize>,
    /// Where the words begin; the end of the line when they begin on the next.
    pub(super) words: usize,
    pub(super) ending: Ending,
    pub(super) form: Form,
    /// Whether the words go on in small letters, as after no label.
    pub(super) goes_on: bool,
    /// Whether it is in bold.
    pub(super) is_bold: bool,
}

/// How far into a line a label may reach.
const REACH: usize = 220;

/// The label at the head of a line, if anything there may be one.
pub(super) fn candidate(text: &str, lines: &[Line], at: usize) -> Option<Candidate> {
    let line = &lines[at];
    let (label, words, ending, form) = match line.what {
        What::Heading(rank) => {
            let words = heading_words(text, line);
            let name = text[words.clone()].trim_end_matches([':', '：']).trim_end();
            let name = name.trim_matches('*').len();
            let has_colon = text[words.clone()].ends_with([':', '：']);
            let label = words.start..words.start + name;
            // Over a heading that ends with a colon the words decide nothing.
            let form = form(&text[label.clone()]);
            let form = if has_colon && form == Form::Phrase { Form::Plain } else { form };
            (label, line.range().end, Ending::Heading(rank), form)
        }
        What::Words => of_words(text, lines, at)?,
        What::Quoted | What::Rule | What::Furniture => return None,
    };
    if label.is_empty() {
        return None;
    }
    let behind = &text[words..line.range().end];
    let words = words + (behind.len() - behind.trim_start().len());
    // In a script with capitals a label begins with one.
    let is_low = text[label.clone()].chars().next().is_some_and(char::is_lowercase);
    if is_low && !matches!(ending, Ending::Heading(_) | Ending::Bold) {
        return None;
    }
    let rest = text[words..line.range().end].trim_start_matches(['*', '_', ' ', '\u{a0}']);
    // `rose—` is all that some records tell.
    let is_all =
        rest.split_whitespace().nth(3).is_none() && lines.get(at + 1).is_none_or(|next| next.gap);
    let goes_on = rest.chars().next().is_some_and(char::is_lowercase) && !is_all;
    let is_bold = line.bold().end >= label.end || text[line.range()].starts_with("**");
    Some(Candidate { line: at, label, words, ending, form, goes_on, is_bold })
}

type Parts = (Range<usize>, usize, Ending, Form);

fn of_words(text: &str, lines: &[Line], at: usize) -> Option<Parts> {
    let range = lines[at].range();
    let line = &text[range.clone()];
    let head = &line[..floor(line, REACH)];
    let skipped = before_label(head);
    let start = range.start + skipped;
    let head = &head[skipped..];
    // A bracket or a quotation mark opens no label.
    if head.is_empty() || head.starts_with(['(', '（', '"', '“', '„', '«', '「', '『', '\'', '‘'])
    {
        return None;
    }
    // In a script with capitals a label begins with one; most lines of prose end here or below.
    let first = head.chars().next()?;
    if first.is_lowercase() && lines[at].bold().is_empty() {
        return None;
    }
    let has = Signs::of(head);
    if let Some(found) = bold(head, start, range.end).or_else(|| in_bold(text, &lines[at], skipped))
    {
        return Some(found);
    }
    if let Some(found) = letter(head, start, lines[at].gap).or_else(|| marked(head, start)) {
        return Some(found);
    }
    let colon = has.colon.then(|| colon(line, head, skipped, start, range.end)).flatten();
    let stop = has.stop.then(|| stop(head, start)).flatten();
    if let Some(found) = stop.or_else(|| has.dash.then(|| dash(head, start)).flatten())
        && colon.as_ref().is_none_or(|colon| found.0.end < colon.0.end || colon.3 == Form::Phrase)
    {
        return Some(found);
    }
    if colon.is_some() {
        return colon;
    }
    let gap = has.gap.then(|| gap(head, start)).flatten();
    gap.or_else(|| bare(text, lines, at, skipped))
}

/// What marks there are in the head of a line, so that most lines are passed over by one look.
#[derive(Debug, Default)]
struct Signs {
    colon: bool,
    stop: bool,
    dash: bool,
    gap: bool,
}

impl Signs {
    fn of(head: &str) -> Self {
        let mut has = Self::default();
        let bytes = head.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b':' => has.colon = true,
                b'.' => has.stop = true,
                b'-' => has.dash |= at > 0 && matches!(bytes[at - 1], b' ' | b'.'),
                b'\t' => has.gap = true,
                b' ' => has.gap |= bytes[at..].starts_with(b"   "),
                // The wide colons, dashes and spaces begin with these.
                0xEF => has.colon = true,
                0xE2 => has.dash = true,
                0xE3 | 0xC2 => has.gap = true,
                _ => {}
            }
        }
        has
    }
}

/// What may stand before a label and is no part of it: the mark of a list, a time in brackets.
fn before_label(head: &str) -> usize {
    let mut rest = head;
    for _ in 0..3 {
        let mut next = rest.trim_start();
        let marks =
            next.trim_start_matches(['-', '–', '—', '•', '·', '▪', '>', '\u{feff}', '\u{200b}']);
        // `– Ada Rask: …`, but no `-12:` and no rule.
        if marks.len() < next.len()
            && (next.len() - marks.len() <= 3)
            && marks.starts_with([' ', '\u{a0}'])
        {
            next = marks.trim_start();
        }
        if let Some(inner) = next.strip_prefix(['[', '(']) {
            if let Some(end) = inner.find([']', ')']).filter(|end| is_clock(&inner[..*end])) {
                next = inner[end + 1..].trim_start();
            }
        } else {
            let end = next.find(char::is_whitespace).unwrap_or(next.len());
            if is_clock(&next[..end]) && end < next.len() {
                next = next[end..].trim_start();
            }
        }
        if next.len() == rest.len() {
            break;
        }
        rest = next;
    }
    head.len() - rest.len()
}

/// `00:12`, `1:02:33.5`: how far into a recording.
fn is_clock(text: &str) -> bool {
    let parts = text.split(':').count();
    (2..=3).contains(&parts)
        && text.len() <= 12
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b','))
        && text.starts_with(|c: char| c.is_ascii_digit())
}

/// `Q   Any news?`, `Q. Any news?`, `A: None.`
fn letter(head: &str, start: usize, has_gap: bool) -> Option<Parts> {
    let rest = head.strip_prefix(['Q', 'A'])?;
    let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\t']).len();
    let spaces = rest[..gap].chars().count();
    let (ending, skip) = match rest[gap..].chars().next()? {
        ':' | '：' if gap == 0 => (Ending::Colon, rest[gap..].chars().next()?.len_utf8()),
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
fn marked(head: &str, start: usize) -> Option<Parts> {
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

/// White space, and one of these marks if it comes first.
fn skip(rest: &str, marks: &[char]) -> usize {
    let after = rest.trim_start();
    let after = after.strip_prefix(marks).unwrap_or(after);
    rest.len() - after.len()
}

/// `**Ada Rask:** Yes.`, `**Ada Rask**: Yes.`, `**Ada Rask** Yes.`
fn bold(head: &str, start: usize, line_end: usize) -> Option<Parts> {
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
fn in_bold(text: &str, line: &Line, skipped: usize) -> Option<Parts> {
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

fn colon(line: &str, head: &str, skipped: usize, start: usize, line_end: usize) -> Option<Parts> {
    let at = head.find([':', '：', '︰', '﹕'])?;
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
    let (label, clock) = without_clock(label);
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
    let _ = clock;
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
fn stop(head: &str, start: usize) -> Option<Parts> {
    if let Some(found) = initials(head, start) {
        return Some(found);
    }
    let mut from = 0;
    let at = loop {
        let at = from + head[from..].find(". ").or_else(|| head[from..].find(".\u{a0}"))?;
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
        Form::Capitals => label.contains(' '),
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
fn dash(head: &str, start: usize) -> Option<Parts> {
    let near = head.find(['—', '–', '-'])?;
    let (at, mark) = [" – ", " — ", ".—", ". —", ".–", ". –", ".- ", ". - ", "—", " - "]
        .into_iter()
        .filter_map(|mark| {
            let from = floor(head, near.saturating_sub(3));
            head[from..].find(mark).map(|at| (from + at, mark))
        })
        .min_by_key(|(at, mark)| (*at, std::cmp::Reverse(mark.len())))?;
    let label = head[..at].trim_end();
    let known = form(label);
    let has_stop = mark.starts_with('.');
    let is_label = match known {
        Form::Titled | Form::Office | Form::Capitals | Form::Asker | Form::Answerer => true,
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
    Some((start..start + label.len(), start + words, Ending::Dash, known))
}

/// `MR. ROE    Good morning.`
fn gap(head: &str, start: usize) -> Option<Parts> {
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
fn bare(text: &str, lines: &[Line], at: usize, skipped: usize) -> Option<Parts> {
    let line = &lines[at];
    let range = line.range();
    let label = &text[range.start + skipped..range.end];
    let next = lines.get(at + 1).filter(|next| next.what == What::Words)?;
    let is_short = label.len() <= 120 && label.split_whitespace().count() <= 10;
    let is_label = skipped == 0 && line.gap && is_short && next.range().len() > 20;
    if !is_label
        || label.ends_with(['.', ',', ';', '!', '?', '…', '-', '–', '—', '。', '，', '！', '？'])
    {
        return None;
    }
    let known = form(label);
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
    is_name.then_some((range.clone(), range.end, Ending::Bare, known))
}

/// The nearest place at or before `at` where a character begins.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
