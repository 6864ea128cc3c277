//! Transcripts: a text whose turns begin with a label, in whatever style its publisher has.
//!
//! There is no list of styles. What may be a label at the head of a line ([`candidates`]) is weighed by
//! its words ([`form`]) and by what the whole file does ([`model`]); then the lines are put together
//! ([`parts`]) and each label is tied to a person ([`cast`]).

mod candidates;
mod cast;
mod day;
mod endings;
mod form;
mod han;
mod headings;
mod host;
mod lines;
mod model;
mod names;
mod numbered;
mod parts;
mod style;
mod words;

use dixit::{Basis, BasisKind, Kind, SourceMap, Statement};

use super::prose::Decoded;
use super::{Flow, Item, Sink};
use crate::extract::squeeze;
use crate::problem::Problem;
use candidates::{Candidate, Ending};
use cast::{Cast, Title, is_asking};
use form::Form;
use model::TooMany;
use parts::{Part, Sort};

/// Whether what stands in brackets behind a name tells the language that is spoken.
pub(super) fn is_on_language(inner: &str) -> bool {
    words::words().is_on_language(inner)
}

/// What of the text is marks.
#[derive(Debug, Clone, Copy)]
pub(super) enum Marks<'m> {
    /// Nothing.
    Plain,
    /// `#` and `>` at the head of a line.
    Markdown,
    /// It is the text of a page, where the markup says what is a heading (its place and rank) and what
    /// is in bold; both in order.
    Page { headings: &'m [(usize, u8)], bold: &'m [std::ops::Range<usize>] },
}

/// What became of a text that was looked through for turns.
#[derive(Debug, Clone, Copy)]
pub(super) enum Looked {
    /// They were handed over; so many lines of its pages (numbers, running heads) are in none.
    Turns(usize),
    /// It is no transcript, and nothing was handed over.
    Whole,
    /// It holds too much that may be a turn to be read, and nothing was handed over.
    TooMany(TooMany),
}

impl Looked {
    /// Tells what of the text is in no turn, or why it is left out; whether there is nothing left to take.
    pub(super) fn tell(self, name: &str, sink: &mut Sink<'_>) -> bool {
        let problem = match self {
            Self::Whole => return false,
            Self::Turns(0) => return true,
            Self::Turns(lines) => Problem::noted(
                name,
                format!(
                    "{lines} lines of page numbers and running heads were left out of the turns"
                ),
            ),
            Self::TooMany(why) => {
                Problem::left_out(name, format!("it has {why}, the most for one transcript"))
            }
        };
        sink(Item::Problem(problem));
        true
    }
}

/// Hands over the turns of a transcript with so many labels, each with what `whole` says of all, and what
/// stands between them.
pub(super) fn turns(
    file: &Decoded,
    from: usize,
    marks: Marks<'_>,
    whole: &Statement,
    at_least: usize,
    sink: &mut dyn FnMut(Statement) -> Flow,
) -> Looked {
    let text = &file.text;
    let lines = lines::split(text, from, marks);
    let found = match model::labels(text, &lines) {
        Ok(found) => found,
        Err(why) => return Looked::TooMany(why),
    };
    let Some(first) = found.first().filter(|_| found.len() >= at_least) else {
        return Looked::Whole;
    };
    let head = from..lines[first.line].range().start;
    let evidence = whole.basis.get("title").map(|basis| basis.evidence.as_slice());
    let title = whole.title.as_deref();
    let title = title.map(|text| Title { text, evidence: evidence.unwrap_or_default() });
    // Without a title, the line of the head that says whose speech it is.
    let is_office =
        found.iter().any(|one| names::is_office_alone(&text[one.label.clone()], one.form));
    let heading =
        (title.is_none() && is_office).then(|| speech_heading(file, head.clone())).flatten();
    let title = title.or_else(|| heading.as_ref().map(|(text, evidence)| Title { text, evidence }));
    let cast = Cast::of(file, head.clone(), title, &found);
    let template = template(file, head, whole);
    let mut ordinal = 0;
    let mut was_asked = false;
    let is_bilingual = is_bilingual(text, &found);
    let mut original = 0;
    parts::each(text, &lines, &found, cast.has_host(), &mut |part| {
        let (words, map) = put_together(file, part);
        if words.trim().is_empty() {
            return Flow::More;
        }
        ordinal += 1;
        let mut turn = template.clone();
        turn.text = words;
        turn.set_source_map(map);
        turn.source.ordinal = Some(ordinal);
        let end = part.pieces.last().map_or(part.begins, |piece| piece.end);
        turn.source.span = file.map.to_source(part.begins..end.max(part.begins));
        if let Some(topic) = &part.topic {
            let basis = Basis::given("heading", file.map.to_source(topic.clone()));
            let words = squeeze(&text[topic.clone()]);
            turn.title = Some(words.clone());
            turn.topics.push(words);
            turn.set_basis("title", basis.clone());
            turn.set_basis("topics", basis);
        }
        let label = part.label.map(|label| &found[label]);
        speak(&mut turn, part.sort, label, file, &cast, was_asked);
        if part.sort == Sort::Turn {
            was_asked = turn.kind == Kind::Question;
            let is_second = part.label.is_some_and(|label| label % 2 == 1);
            if is_bilingual && is_second {
                let note = format!("says the same as statement {original}, in another language");
                let basis = Basis::new(BasisKind::Inferred, "bilingual").with_confidence(0.9);
                turn.set_basis("text", basis.with_note(note));
            }
            original = ordinal;
        }
        sink(turn)
    });
    let pages = lines.iter().filter(|line| line.what == lines::What::Furniture).count();
    if ordinal > 0 { Looked::Turns(pages) } else { Looked::Whole }
}

/// The first line of a head that says whose speech follows: `Remarks by President Roe at the Harbour`.
fn speech_heading(
    file: &Decoded,
    head: std::ops::Range<usize>,
) -> Option<(String, Vec<dixit::Span>)> {
    const MOST_LINES: usize = 12;
    let lines = lines::split(&file.text[..head.end], head.start, Marks::Plain);
    let line = lines.iter().take(MOST_LINES).map(lines::Line::range).find(|line| {
        line.len() <= 200 && crate::extract::speaker::heads_speech(&file.text[line.clone()])
    })?;
    Some((squeeze(&file.text[line.clone()]), file.map.to_source(line).into_iter().collect()))
}

/// Whether a transcript begins with the turn that stands at a place, so that this is no headline.
pub(super) fn begins_at(text: &str, at: usize) -> bool {
    let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end);
    let is_candidate = alone(&text[at..end])
        .is_some_and(|one| one.form >= Form::HanName && one.ending != Ending::Bare);
    if !is_candidate {
        return false;
    }
    let lines = lines::split(text, at, Marks::Plain);
    model::labels(text, &lines).is_ok_and(|found| found.first().is_some_and(|one| one.line == 0))
}

/// What may be a label at the head of a line, whatever stands around it.
fn alone(line: &str) -> Option<Candidate> {
    let lines = lines::split(line, 0, Marks::Plain);
    lines.first().and_then(|_| candidates::candidate(line, &lines, 0))
}

/// Whether a line begins with the label of somebody who asks or answers, so that it is no headline.
pub(super) fn begins_with_label(line: &str) -> bool {
    alone(line).is_some_and(|one| {
        let label = &line[one.label];
        matches!(one.form, Form::Asker | Form::Answerer)
            || one.form == Form::HanEnding && label.ends_with(['者'])
    })
}

/// Whether each turn stands twice, one after the other: under a label in Chinese, Japanese or Korean and
/// under one in another script.
fn is_bilingual(text: &str, found: &[Candidate]) -> bool {
    let is_unspaced = |one: &Candidate| text[one.label.clone()].chars().any(form::is_unspaced);
    let mut pairs = found.chunks_exact(2);
    found.len() >= 4
        && found.len().is_multiple_of(2)
        && pairs.all(|pair| is_unspaced(&pair[0]) != is_unspaced(&pair[1]))
}

/// What all turns have in common.
fn template(file: &Decoded, head: std::ops::Range<usize>, whole: &Statement) -> Statement {
    let mut turn = Statement::new(whole.source.name.clone(), "");
    turn.source.url.clone_from(&whole.source.url);
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
    if turn.event.is_none()
        && let Some(line) = parts::first_heading(&file.text, head.clone())
    {
        let evidence = file.map.to_source(line.clone()).into_iter().collect();
        let basis = Basis::new(BasisKind::Extracted, "first-line").with_confidence(0.85);
        turn.event = Some(squeeze(&file.text[line]));
        turn.set_basis("event", Basis { evidence, ..basis });
    }
    let (date, basis) = day::of(file, head, whole);
    turn.date = date;
    turn.set_basis("date", basis);
    turn
}

/// Who speaks, and what sort of turn it is.
fn speak(
    turn: &mut Statement,
    sort: Sort,
    label: Option<&Candidate>,
    file: &Decoded,
    cast: &Cast,
    was_asked: bool,
) {
    let at = label.and_then(|label| file.map.to_source(label.label.clone()));
    let extracted = |rule| Basis::new(BasisKind::Extracted, rule).with_confidence(0.95);
    match (sort, label) {
        (Sort::Opening, _) => {
            if let Some((person, basis)) = cast.opening() {
                turn.speaker = Some(person);
                turn.set_basis("speaker", basis);
            }
            turn.kind = Kind::Remark;
            turn.set_basis("kind", Basis::new(BasisKind::Inferred, "opening").with_confidence(0.9));
        }
        (Sort::Turn | Sort::Sound, Some(label)) => {
            let (person, basis) = cast.speaker(&file.text[label.label.clone()], at);
            turn.speaker = Some(person);
            turn.set_basis("speaker", basis);
            let asks_host = cast.has_host()
                && turn.speaker.as_ref().is_some_and(|person| !cast.is_host(person))
                && turn.text.contains(['?', '？', '؟']);
            let is_put = label.ending == Ending::Asked;
            let is_asked = is_asking(label.form) || is_reporter(turn) || asks_host || is_put;
            let (kind, rule) = match () {
                () if sort == Sort::Sound => (Kind::Interjection, "bracketed"),
                () if is_put => (Kind::Question, "asked"),
                () if is_asked => (Kind::Question, "label"),
                () if label.form == Form::Answerer => (Kind::Answer, "label"),
                () if cast.has_askers && was_asked => (Kind::Answer, "after-question"),
                () if cast.has_askers => (Kind::Remark, "turn"),
                () => (Kind::Speech, "turn"),
            };
            turn.kind = kind;
            let basis = Basis { evidence: at.into_iter().collect(), ..extracted(rule) };
            turn.set_basis("kind", basis);
        }
        _ => {
            let is_sound = matches!(sort, Sort::Sound);
            turn.kind = if is_sound { Kind::Interjection } else { Kind::Procedure };
            turn.set_basis("kind", extracted("note").with_confidence(0.9));
            let note = "a note between the turns, or before them";
            turn.set_basis("speaker", Basis::unknown("not-named").with_note(note));
        }
    }
}

fn is_reporter(turn: &Statement) -> bool {
    turn.speaker.as_ref().is_some_and(|person| person.role.as_deref() == Some("questioner"))
}

/// The pieces of a part as one text, and where each byte stands.
fn put_together(file: &Decoded, part: &Part) -> (String, SourceMap) {
    let (mut words, mut map) = (String::new(), SourceMap::default());
    for piece in &part.pieces {
        if !words.is_empty() {
            words.push('\n');
            let at = file.map.to_source(piece.start..piece.start).unwrap_or_default();
            map.push_inserted(1, at.start);
        }
        words.push_str(&file.text[piece.clone()]);
        map.append(&file.map.slice(piece.clone()));
    }
    (words, map)
}
