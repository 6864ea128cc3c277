//! Transcripts in Markdown whose turns stand under headings: `### Ada Rask:`.

use std::ops::Range;

use dixit::{Basis, BasisKind, Kind, Person, SourceMap, Span, Statement, StatementDate};

use super::prose::{self, Decoded};
use super::{Flow, labels};
use crate::extract;

/// The most characters of a name in a heading.
const LABEL_CHARS: usize = 80;

/// What stands under one heading, or between others.
#[derive(Debug, Default)]
struct Part {
    /// The name in the heading.
    label: Option<Range<usize>>,
    /// The heading over it that is no name.
    topic: Option<Range<usize>>,
    begins: usize,
    lines: Vec<Range<usize>>,
    is_note: bool,
}

/// A line of a heading: its rank and its words.
fn heading(text: &str, line: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let content = &text[line.clone()];
    let rank = content.bytes().take_while(|byte| *byte == b'#').count();
    if !(1..=6).contains(&rank) || !content[rank..].starts_with([' ', '\t']) {
        return None;
    }
    let words = content[rank..].trim().trim_end_matches('#').trim_end();
    let from = line.start + rank + (content[rank..].len() - content[rank..].trim_start().len());
    (!words.is_empty()).then(|| (rank, from..from + words.len()))
}

/// The name in a heading that is one: it ends with a colon.
fn label(text: &str, words: &Range<usize>) -> Option<Range<usize>> {
    let name = text[words.clone()].trim_end_matches([':', '：']);
    let is_label = name.len() < words.len()
        && name.chars().any(char::is_alphabetic)
        && name.chars().count() <= LABEL_CHARS;
    is_label.then(|| words.start..words.start + name.trim_end().len())
}

/// The rank of headings that hold names: one of them comes again, or all of at least two look like
/// names, or all of the text stands under one that does. `Background:` and `Next steps:` are none.
fn rank_of_names(text: &str, from: usize) -> Option<usize> {
    let mut ranks: [Vec<&str>; 7] = Default::default();
    let mut all = [0_usize; 7];
    for (rank, words) in headings(text, from) {
        all[rank] += 1;
        if let Some(label) = label(text, &words) {
            ranks[rank].push(&text[label]);
        }
    }
    (1..=6).rev().find(|&rank| {
        let names = &mut ranks[rank];
        if names.len() * 2 < all[rank].max(1) {
            return false;
        }
        let are_names = names.iter().all(|name| labels::is_name(name));
        names.sort_unstable();
        let again = names.windows(2).any(|pair| pair[0] == pair[1]);
        again || (are_names && (names.len() >= 2 || (rank > 1 && all.iter().sum::<usize>() == 1)))
    })
}

/// The headings of a text, with their ranks; not what looks like one in code.
fn headings(text: &str, from: usize) -> impl Iterator<Item = (usize, Range<usize>)> {
    let mut is_code = false;
    prose::lines(text, from).filter_map(move |line| {
        let is_fence = is_fence(&text[line.clone()]);
        is_code ^= is_fence;
        heading(text, &line).filter(|_| !is_code && !is_fence)
    })
}

fn is_fence(line: &str) -> bool {
    line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~")
}

/// Hands over the turns of a transcript, each with what `whole` says of all; whether it is one.
pub(super) fn turns(
    file: &Decoded,
    from: usize,
    whole: &Statement,
    sink: &mut dyn FnMut(Statement) -> Flow,
) -> bool {
    let text = &file.text;
    let Some(names) = rank_of_names(text, from) else { return false };
    let day = day(whole);
    let mut ordinal = 0;
    parts(text, from, names, &mut |part| {
        let (words, map) = put_together(file, part);
        if words.trim().is_empty() {
            return Flow::More;
        }
        ordinal += 1;
        let mut turn = turn(file, part, whole, words, day.as_ref());
        turn.source.ordinal = Some(ordinal);
        turn.set_source_map(map);
        sink(turn)
    });
    ordinal > 0
}

fn turn(
    file: &Decoded,
    part: &Part,
    whole: &Statement,
    words: String,
    day: Option<&(StatementDate, Basis)>,
) -> Statement {
    let text = &file.text;
    let mut turn = Statement::new(whole.source.name.clone(), words);
    turn.source.url.clone_from(&whole.source.url);
    let end = part.lines.last().map_or(part.begins, |line| line.end);
    turn.source.span = file.map.to_source(part.begins..end);
    turn.language.clone_from(&whole.language);
    turn.event = whole.event.clone().or_else(|| whole.title.clone());
    turn.topics.clone_from(&whole.topics);
    for field in ["language", "topics", "event"] {
        if let Some(basis) = whole.basis.get(field) {
            turn.set_basis(field, basis.clone());
        }
    }
    if let (None, Some(basis)) = (&whole.event, whole.basis.get("title")) {
        turn.set_basis("event", basis.clone());
    }
    if let Some((date, basis)) = day {
        turn.date = Some(*date);
        turn.set_basis("date", basis.clone());
    }
    if let Some(topic) = &part.topic {
        let basis = Basis::given("heading", file.map.to_source(topic.clone()));
        turn.title = Some(text[topic.clone()].to_owned());
        turn.topics.push(text[topic.clone()].to_owned());
        turn.set_basis("title", basis.clone());
        turn.set_basis("topics", basis);
    }
    speak(&mut turn, part, file);
    turn
}

fn speak(turn: &mut Statement, part: &Part, file: &Decoded) {
    let at: Vec<Span> =
        part.label.iter().filter_map(|label| file.map.to_source(label.clone())).collect();
    let label =
        part.label.as_ref().filter(|_| !part.is_note).map(|label| &file.text[label.clone()]);
    let Some(label) = label else {
        let is_sound = turn.text.trim_start().starts_with(['(', '（', '[']);
        turn.kind = if is_sound { Kind::Interjection } else { Kind::Procedure };
        let kind = Basis::new(BasisKind::Extracted, "note").with_confidence(0.9);
        turn.set_basis("kind", kind);
        let note = "a note between the turns, or before them";
        turn.set_basis("speaker", Basis::unknown("not-named").with_note(note));
        return;
    };
    let parts = labels::split(label);
    turn.speaker = Some(Person {
        name: parts.name,
        role: parts.role,
        as_written: Some(label.to_owned()),
        ..Person::default()
    });
    turn.kind = Kind::Remark;
    turn.set_basis("kind", Basis::given("heading", at.iter().copied()));
    turn.set_basis("speaker", Basis::given("heading", at));
}

/// The day of the whole: its own, or that in its title.
fn day(whole: &Statement) -> Option<(StatementDate, Basis)> {
    if let (Some(date), Some(basis)) = (whole.date, whole.basis.get("date")) {
        return Some((date, basis.clone()));
    }
    let in_title = whole.title.as_deref().and_then(|title| {
        let iso = title.get(..10).and_then(|day| day.parse().ok());
        iso.or_else(|| extract::parse_date(title))
    });
    let Some(date) = in_title else { return extract::day_of_file(&whole.source.name) };
    let evidence = whole.basis.get("title").map(|basis| basis.evidence.clone());
    let basis = Basis::new(BasisKind::Extracted, "title").with_confidence(0.97);
    Some((date, Basis { evidence: evidence.unwrap_or_default(), ..basis }))
}

/// What is being put together: the turn that is open, and the notes in it, which come after it.
#[derive(Default)]
struct Open {
    turn: Option<Part>,
    notes: Vec<Part>,
}

impl Open {
    /// Hands over what is open.
    fn close(&mut self, emit: &mut dyn FnMut(&Part) -> Flow) -> Flow {
        for part in self.turn.take().into_iter().chain(self.notes.drain(..)) {
            if emit(&part) == Flow::Enough {
                return Flow::Enough;
            }
        }
        Flow::More
    }
}

/// Hands over the parts of a text, one by one.
fn parts(text: &str, from: usize, names: usize, emit: &mut dyn FnMut(&Part) -> Flow) {
    let mut topic = None;
    let mut open = Open::default();
    let mut is_code = false;
    for line in prose::lines(text, from) {
        let content = text[line.clone()].trim();
        is_code ^= is_fence(content);
        let part = |topic: &Option<Range<usize>>| Part {
            topic: topic.clone(),
            begins: line.start,
            ..Part::default()
        };
        if let Some((rank, words)) = heading(text, &line).filter(|_| !is_code) {
            if open.close(emit) == Flow::Enough {
                return;
            }
            match label(text, &words).filter(|_| rank == names) {
                None => topic = Some(words),
                label => open.turn = Some(Part { label, ..part(&topic) }),
            }
        } else if let Some(quoted) = content.strip_prefix('>') {
            let quoted = quoted.trim();
            if quoted.is_empty() {
                continue;
            }
            let at = line.start + (quoted.as_ptr() as usize - text[line.clone()].as_ptr() as usize);
            let lines = std::iter::once(at..at + quoted.len()).collect();
            open.notes.push(Part { lines, is_note: true, ..part(&topic) });
            if open.turn.is_none() && open.close(emit) == Flow::Enough {
                return;
            }
        } else if !content.is_empty() {
            open.turn.get_or_insert_with(|| part(&topic)).lines.push(line);
        }
    }
    open.close(emit);
}

/// The lines of a part as one text, and where each byte stands.
fn put_together(file: &Decoded, part: &Part) -> (String, SourceMap) {
    let (mut words, mut map) = (String::new(), SourceMap::default());
    for line in &part.lines {
        if !words.is_empty() {
            words.push('\n');
            let at = file.map.to_source(line.start..line.start).unwrap_or_default();
            map.push_inserted(1, at.start);
        }
        words.push_str(&file.text[line.clone()]);
        map.append(&file.map.slice(line.clone()));
    }
    (words, map)
}
