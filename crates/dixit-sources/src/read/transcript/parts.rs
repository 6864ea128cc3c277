//! From labels to turns: which lines belong to whom, and what stands between.

use std::ops::Range;

use super::candidates::Candidate;
use super::lines::{Line, What, heading_words};
use crate::read::Flow;

/// What a part of a transcript is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Words under a label.
    Turn,
    /// Prose before the first label.
    Opening,
    /// A note of what was heard: `(Applause.)`
    Sound,
    /// A note of what was done, and all else that nobody speaks.
    Note,
}

/// A part of a transcript.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) sort: Sort,
    /// Which of the labels.
    pub(super) label: Option<usize>,
    /// The heading over it that is no label.
    pub(super) topic: Option<Range<usize>>,
    /// Where it begins, its label included.
    pub(super) begins: usize,
    /// Its words; between two pieces stands what is not of it.
    pub(super) pieces: Vec<Range<usize>>,
}

/// What is being put together: the turn that is open, and the notes in it, which come after it.
struct Open<'e> {
    part: Option<Part>,
    notes: Vec<(Sort, Range<usize>)>,
    topic: Option<Range<usize>>,
    /// Whether the next line goes on where the last piece ends.
    is_joined: bool,
    is_enough: bool,
    emit: &'e mut dyn FnMut(&Part) -> Flow,
}

impl Open<'_> {
    fn close(&mut self) {
        // A heading closes what is open, so that all of it stands under one.
        let topic = self.topic.as_ref();
        let notes = self.notes.drain(..).map(|(sort, range)| Part {
            sort,
            label: None,
            topic: topic.cloned(),
            begins: range.start,
            pieces: vec![range],
        });
        for part in self.part.take().into_iter().chain(notes) {
            if !self.is_enough && (self.emit)(&part) == Flow::Enough {
                self.is_enough = true;
            }
        }
        self.is_joined = false;
    }

    fn is_turn(&self) -> bool {
        self.part.as_ref().is_some_and(|part| part.sort == Sort::Turn)
    }

    fn awaits_words(&self) -> bool {
        self.part.as_ref().is_some_and(|part| part.sort == Sort::Turn && part.pieces.is_empty())
    }

    fn begin(&mut self, sort: Sort, label: Option<usize>, begins: usize) {
        self.close();
        let topic = self.topic.clone();
        self.part = Some(Part { sort, label, topic, begins, pieces: Vec::new() });
    }

    fn push(&mut self, range: Range<usize>) {
        // Words go on behind a sound that came first under the label.
        if let Some(Part { sort: Sort::Sound, label: label @ Some(_), .. }) = self.part {
            self.begin(Sort::Turn, label, range.start);
        }
        if range.is_empty() {
            self.is_joined = true;
            return;
        }
        let topic = self.topic.clone();
        let part = self.part.get_or_insert_with(|| Part {
            sort: Sort::Note,
            label: None,
            topic,
            begins: range.start,
            pieces: Vec::new(),
        });
        match part.pieces.last_mut() {
            Some(last) if self.is_joined => last.end = range.end,
            _ => part.pieces.push(range),
        }
        self.is_joined = true;
    }

    fn note(&mut self, sort: Sort, range: Range<usize>) {
        // A sound is all that stands under the label so far.
        if let Some(part) = self.part.as_mut()
            && part.sort == Sort::Turn
            && part.pieces.is_empty()
            && sort == Sort::Sound
        {
            part.sort = Sort::Sound;
            part.pieces.push(range);
            return;
        }
        self.notes.push((sort, range));
        self.is_joined = false;
        if self.part.is_none() {
            self.close();
        }
    }
}

/// Hands over the parts of a transcript one by one.
pub(super) fn each(
    text: &str,
    lines: &[Line],
    found: &[Candidate],
    has_host: bool,
    emit: &mut dyn FnMut(&Part) -> Flow,
) {
    let mut open = Open {
        part: None,
        notes: Vec::new(),
        topic: None,
        is_joined: false,
        is_enough: false,
        emit,
    };
    let first = found.first().map_or(lines.len(), |one| one.line);
    let opening = if has_host { opening(text, &lines[..first]) } else { first };
    let (mut at, mut next) = (0, 0);
    while at < lines.len() && !open.is_enough {
        let line = &lines[at];
        let range = line.range();
        if line.is_cut {
            open.is_joined = false;
        }
        if let Some(label) = found.get(next).filter(|label| label.line == at) {
            let words = label.words.min(range.end)..range.end;
            let is_note =
                sort_of_note(text, lines, at, words.start).filter(|(_, last, _)| *last == at);
            match is_note {
                Some((_, _, inner)) => {
                    open.begin(Sort::Turn, Some(next), range.start);
                    open.note(Sort::Sound, inner);
                }
                None => {
                    open.begin(Sort::Turn, Some(next), range.start);
                    open.push(words);
                }
            }
            next += 1;
            at += 1;
            continue;
        }
        let upcoming = found.get(next).map_or(lines.len(), |label| label.line);
        match line.what {
            What::Heading(_) => {
                open.close();
                open.topic = Some(heading_words(text, line));
            }
            What::Furniture => open.is_joined = false,
            What::Rule if closes(&text[range.clone()]) => open.close(),
            What::Rule => open.is_joined = false,
            What::Quoted => {
                let quoted = text[range.clone()].trim_start_matches('>').trim();
                if !quoted.is_empty() {
                    let start = range.end - quoted.len();
                    let is_sound = quoted.starts_with(['(', '（', '[']);
                    // Under a label without words it is what was said.
                    if !is_sound && open.awaits_words() {
                        open.push(start..range.end);
                        at += 1;
                        continue;
                    }
                    open.note(if is_sound { Sort::Sound } else { Sort::Note }, start..range.end);
                }
            }
            What::Words => {
                if let Some(end) = topic(text, lines, at, upcoming, open.is_turn()) {
                    open.close();
                    open.topic = Some(range.start..lines[end - 1].range().end);
                    at = end;
                    continue;
                }
                if let Some((sort, last, inner)) = sort_of_note(text, lines, at, range.start) {
                    // Over the first label nobody has been heard.
                    open.note(if next == 0 { Sort::Note } else { sort }, inner);
                    at = last + 1;
                    continue;
                }
                // `BY MR. ROE:` tells who goes on to ask, and is nobody's word.
                if line.is_cut && is_byline(&text[range.clone()]) {
                    open.close();
                    open.note(Sort::Note, range);
                    at += 1;
                    continue;
                }
                if line.gap && is_of_record(&text[range.clone()]) {
                    open.note(Sort::Note, range);
                    at += 1;
                    continue;
                }
                if is_end(&text[range.clone()]) {
                    // A clock in the middle interrupts, the word for the end ends.
                    if upcoming == lines.len() && text[range.clone()].contains("END") {
                        open.close();
                    }
                    open.note(Sort::Note, range);
                } else {
                    if at == opening && at < first {
                        open.begin(Sort::Opening, None, range.start);
                    }
                    open.push(range);
                }
            }
        }
        at += 1;
    }
    open.close();
}

/// Where the prose begins that runs up to the first label; the end when there is none.
fn opening(text: &str, lines: &[Line]) -> usize {
    const ENDS: [char; 12] = ['.', '!', '?', '。', '！', '？', '”', '"', '：', ':', '；', ';'];
    let letters = |line: &Line| {
        let content = &text[line.range()];
        let letters = content.chars().filter(|c| c.is_alphabetic()).count();
        // A character of Chinese says as much as some letters.
        if content.chars().any(super::form::is_unspaced) { letters * 4 } else { letters }
    };
    let is_sentence = |at: usize| {
        let line = &lines[at];
        // The lines of a paragraph that is laid out over several end anyhow.
        let goes_on = lines.get(at + 1).is_some_and(|next| !next.gap) && letters(line) >= 40;
        line.what == What::Words
            && letters(line) >= 12
            && (goes_on || text[line.range()].ends_with(ENDS))
    };
    let run = (0..lines.len())
        .rev()
        .take_while(|at| lines[*at].what == What::Furniture || is_sentence(*at))
        .filter(|at| lines[*at].what == What::Words)
        .last();
    let is_prose = |from: usize| lines[from..].iter().any(|line| letters(line) >= 60);
    run.filter(|from| is_prose(*from)).unwrap_or(lines.len())
}

/// A line across the page that ends an item.
fn closes(rule: &str) -> bool {
    let count = rule.chars().filter(|c| matches!(c, '_' | '=' | '─' | '-')).count();
    rule.starts_with(['_', '=', '─']) && count >= 3 || count >= 20
}

/// `END 2:15 P.M. EDT`, `2:34 P.M. EDT`, `(END)`
fn is_end(content: &str) -> bool {
    if content.len() > 48 {
        return false;
    }
    let bare = content.trim_matches(['(', ')', '[', ']', '*', '#', '.', ' ']);
    if !bare.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'E' | '完')) {
        return false;
    }
    let has_hour = bare.contains(|c: char| c.is_ascii_digit());
    if bare == "END" || bare.starts_with("END ") && has_hour || bare == "完" || bare == "ENDS" {
        return true;
    }
    // `11:00.` is a sentence; with what hours are told by it is a note.
    let clock =
        bare.trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, '.' | ' ' | '\u{a0}'));
    let (hours, minutes) = clock.split_once([':', '.']).unwrap_or((clock, ""));
    let is_number =
        |text: &str| matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
    let rest = &bare[clock.len()..];
    let half = rest.trim_start().to_ascii_lowercase().replace('.', "");
    let is_told = half.starts_with("am") || half.starts_with("pm") || half.starts_with("uhr");
    let are_short = rest.split_whitespace().all(|word| word.len() <= 5);
    is_number(hours) && is_number(minutes) && minutes.len() == 2 && is_told && are_short
}

/// `BY MR. ROE:`, `DIRECT EXAMINATION`, `ADA RASK,`: lines in capitals of the record of a court.
fn is_byline(content: &str) -> bool {
    let letters = content.chars().filter(|c| c.is_alphabetic()).count();
    let is_high = letters >= 4 && content.chars().all(|c| !c.is_lowercase());
    let ends = content.ends_with([',', ':']) || content.ends_with(char::is_alphabetic);
    is_high && ends && content.split_whitespace().count() <= 8
}

/// Whether a paragraph is the record's own: `The meeting rose at 11 a.m.`
fn is_of_record(content: &str) -> bool {
    const LONGEST: usize = 240;
    if content.len() > LONGEST {
        return false;
    }
    let words = super::words::words();
    if !words.may_be_recorder(content) {
        return false;
    }
    let lower = content.to_lowercase();
    words.recorder.iter().any(|begins| lower.starts_with(begins.as_str()))
}

/// The end of a heading that begins at a line: a few short lines without the stop of a sentence, with
/// blank lines around, right over a label (or a note over one).
fn topic(text: &str, lines: &[Line], at: usize, upcoming: usize, is_open: bool) -> Option<usize> {
    const MOST_LINES: usize = 4;
    // What stands at the top is the head of the whole.
    if at == 0 || !lines[at].gap || upcoming >= lines.len() {
        return None;
    }
    // Nor is the letterhead of a release what is spoken of.
    if super::words::words().is_letterhead(&text[lines[at].range()]) {
        return None;
    }
    let mut end = at;
    while end < upcoming && end - at < MOST_LINES && is_heading_like(text, &lines[end]) {
        end += 1;
    }
    if end == at {
        return None;
    }
    // Notes and rules may stand between a heading and the first label under it.
    let mut after = end;
    while after < upcoming && after - end < 6 {
        if matches!(lines[after].what, What::Rule | What::Furniture | What::Quoted) {
            after += 1;
        } else if let Some((_, last, _)) =
            sort_of_note(text, lines, after, lines[after].range().start)
        {
            after = last + 1;
        } else {
            break;
        }
    }
    // One word alone may be the end of a turn: `Fisheries`, `Thanks`.
    let is_one_word = end == at + 1 && !text[lines[at].range()].contains(char::is_whitespace);
    let is_sure = !is_one_word || !is_open || lines[at].indent >= 8;
    (after == upcoming && lines[end].gap && is_sure).then_some(end)
}

/// The first line of the head below any letterhead, where it looks like a heading.
pub(super) fn first_heading(text: &str, head: Range<usize>) -> Option<Range<usize>> {
    let lines = super::lines::split(&text[head.clone()], 0, super::Marks::Plain);
    let is_letterhead =
        |line: &&Line| super::words::words().is_letterhead(&text[head.clone()][line.range()]);
    let first = lines.iter().find(|line| line.what == What::Words && !is_letterhead(line))?;
    let range = first.range();
    let is_long =
        text[head.clone()][range.clone()].chars().filter(|c| c.is_alphabetic()).count() >= 8;
    let ends = ['.', ':', ';', ',', '?', '!', '。', '：'];
    let line = &text[head.clone()][range.clone()];
    (is_long && line.len() <= 200 && !line.ends_with(ends))
        .then_some(head.start + range.start..head.start + range.end)
}

/// Whether a line looks like a heading: short, written high, without the stop of a sentence.
pub(super) fn is_heading_like(text: &str, line: &Line) -> bool {
    let content = &text[line.range()];
    let ends = [
        '.', '?', '!', ';', ',', ':', '…', '。', '？', '！', '；', '，', '：', '—', '–', '-', '”',
        '"', '、',
    ];
    if line.what != What::Words || content.len() > 640 || content.ends_with(ends) {
        return false;
    }
    if content.len() > 160 && content.chars().count() > 160 || is_end(content) {
        return false;
    }
    let words: Vec<&str> =
        content.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).collect();
    if words.is_empty()
        || content.starts_with(['(', '[', '（']) && content.ends_with([')', ']', '）'])
    {
        return false;
    }
    if content.chars().any(super::form::is_unspaced) {
        return content.chars().count() <= 60;
    }
    let is_high =
        |word: &&&str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let long: Vec<&&str> = words.iter().filter(|word| word.chars().count() >= 4).collect();
    let high = long.iter().filter(|word| is_high(word)).count();
    let begins_high = words.first().is_some_and(|word| is_high(&word));
    let is_centred = line.indent >= 8;
    // `5. Herring quotas (debate)`
    let is_numbered = content.split(['.', ')']).next().is_some_and(|number| {
        number.len() <= 4 && number.starts_with(|c: char| c.is_ascii_digit())
    });
    let is_high_all = high * 10 >= long.len() * 7;
    begins_high && (is_high_all || is_centred || is_numbered)
        || content.chars().all(|c| !c.is_lowercase())
}

/// A note that is a paragraph of its own in brackets: its sort, its last line, its words.
fn sort_of_note(
    text: &str,
    lines: &[Line],
    at: usize,
    from: usize,
) -> Option<(Sort, usize, Range<usize>)> {
    const MOST_LINES: usize = 10;
    let start = from
        + (text[from..lines[at].range().end].len()
            - text[from..lines[at].range().end]
                .trim_start_matches(['*', '_', '\\', ' ', '\u{a0}'])
                .len());
    let open = text[start..].chars().next()?;
    let close = match open {
        '(' => ')',
        '[' => ']',
        '（' => '）',
        '【' => '】',
        '〔' => '〕',
        _ => return None,
    };
    let mut depth = 0_usize;
    for (last, line) in lines.iter().enumerate().skip(at).take(MOST_LINES) {
        if last > at && (line.gap || line.what != What::Words) {
            return None;
        }
        let range = line.range();
        let begin = if last == at { start } else { range.start };
        for (place, c) in text[begin..range.end].char_indices() {
            if c == open {
                depth += 1;
            } else if c == close {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let after = &text[begin + place + c.len_utf8()..range.end];
                    let is_all = after
                        .chars()
                        .all(|c| matches!(c, '.' | '。' | '*' | '_' | '\\' | ' ' | '\u{a0}'));
                    let inner = &text[start..begin + place];
                    let sort = if is_sound(inner) { Sort::Sound } else { Sort::Note };
                    return is_all.then_some((sort, last, start..begin + place + c.len_utf8()));
                }
            }
        }
    }
    None
}

/// Whether a note in brackets tells what was heard: a few words, or what somebody called.
fn is_sound(inner: &str) -> bool {
    let is_short = inner.split_whitespace().count() <= 8 && inner.chars().count() <= 60;
    is_short || inner.contains(": ") || !inner.ends_with(['.', '。'])
}
