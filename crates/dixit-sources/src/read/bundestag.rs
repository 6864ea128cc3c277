//! Minutes of the German Bundestag as it publishes them since 2017 (`dbtplenarprotokoll`): speeches,
//! the chair between and inside them, words thrown in.

use std::io;

use dixit::{Basis, BasisKind, Kind, Person, Span, StatementDate};

use super::markup::{self, Dialect, Floor, Given, Out, Speaker, Tag, Turn};
use super::{Head, Input, Reader, Sink, labels};

/// Minutes of the Bundestag.
pub(super) struct Bundestag;

/// Parts of the minutes that are no sitting: contents, and the list of speakers.
const LISTS: [&str; 2] = ["vorspann", "rednerliste"];

impl Reader for Bundestag {
    fn name(&self) -> &'static str {
        "bundestag"
    }

    fn about(&self) -> &'static str {
        "minutes of the Bundestag (dbtplenarprotokoll): speeches, chair, words thrown in"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        head.root_element()?.is("dbtplenarprotokoll").then_some("its root element")
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        markup::read(Minutes::default(), input, sink)
    }
}

/// What is being read of a file.
#[derive(Default)]
struct Minutes {
    floor: Floor,
    /// Lists that are open, whose words are not the sitting's.
    lists: usize,
    /// The speaker who is about to speak, with the parts of the name.
    speaker: Option<Named>,
    /// Who takes the chair, as last named.
    chair: Option<(String, Span)>,
    is_in_speech: bool,
    is_in_paragraph: bool,
    captured: Option<Captured>,
}

/// A speaker as the minutes name one.
#[derive(Default)]
struct Named {
    /// The tag before the name and the words.
    tag: Span,
    id: Option<Given<String>>,
    parts: Vec<(&'static str, String)>,
    is_open: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Captured {
    /// What stands before a speech in print.
    Label,
    /// A part of the speaker's name.
    Part(&'static str),
    /// The name of the chair.
    Chair,
    /// A heading of the agenda.
    Heading,
}

/// Parts of a name.
const PARTS: [&str; 8] = [
    "titel",
    "vorname",
    "namenszusatz",
    "nachname",
    "ortszusatz",
    "fraktion",
    "rolle_lang",
    "rolle_kurz",
];

impl Dialect for Minutes {
    const NOTHING: &'static str = "no speeches in it: no statements";

    fn floor(&mut self) -> &mut Floor {
        &mut self.floor
    }

    fn open(&mut self, tag: &Tag<'_>, out: &mut Out<'_, '_>) {
        let at = tag.span.start;
        if LISTS.contains(&tag.name) && !tag.is_empty {
            self.lists += 1;
        }
        if tag.is("dbtplenarprotokoll") {
            return self.sitting(tag);
        }
        if self.lists > 0 || tag.is_empty {
            return;
        }
        let class =
            tag.attribute("klasse").map(|value| value.text.into_owned()).unwrap_or_default();
        match tag.name {
            "tagesordnungspunkt" | "anlage" | "sitzungsbeginn" | "sitzungsende" => {
                self.floor.end(at, out);
                self.floor.enter_section();
                // What is appended was not said by whoever took the chair last.
                self.chair = self.chair.take().filter(|_| tag.name != "anlage");
                if let Some(id) = tag.attribute("top-id").filter(|id| !id.text.is_empty()) {
                    let heading = Given::new(id.text.into_owned(), id.span, "top-id");
                    self.floor.sitting.heading(1, heading);
                }
            }
            "rede" => {
                self.floor.end(at, out);
                self.is_in_speech = true;
            }
            "redner" => {
                let id = tag.attribute("id");
                let id = id.map(|id| Given::new(id.text.into_owned(), id.span, "redner"));
                let first = self.speaker.as_ref().map_or(tag.span, |named| named.tag);
                self.speaker = Some(Named { tag: first, id, is_open: true, ..Named::default() });
            }
            name if self.speaker.as_ref().is_some_and(|named| named.is_open) => {
                if let Some(part) = PARTS.iter().find(|part| **part == name) {
                    self.capture(Captured::Part(part));
                }
            }
            // Whoever is named outside of a speaker's own element, and between paragraphs, takes the chair.
            "name" if !self.is_in_paragraph => {
                self.floor.end(at, out);
                self.capture(Captured::Chair);
            }
            "p" => {
                self.is_in_paragraph = true;
                self.paragraph(&class, tag.span, out);
            }
            "kommentar" => {
                let is_over = self.floor.turn.is_none();
                self.floor.begin_aside(Kind::Interjection, "kommentar", tag.span);
                if is_over {
                    self.floor.space(at);
                }
            }
            "anlagen-titel" => {
                self.floor.end(at, out);
                self.capture(Captured::Heading);
            }
            "tr" | "li" => self.floor.line(at),
            "td" | "th" | "fussnote" => self.floor.space(at),
            _ => {}
        }
    }

    fn close(&mut self, element: &str, span: Span, out: &mut Out<'_, '_>) {
        if LISTS.contains(&element) {
            self.lists = self.lists.saturating_sub(1);
        }
        if self.lists > 0 {
            return;
        }
        if element == "p" {
            self.is_in_paragraph = false;
        }
        match (element, self.captured) {
            (_, Some(Captured::Part(part))) if part == element => {
                self.captured = None;
                let text = self.floor.captured().map(|(text, _)| text);
                if let (Some(named), Some(text)) = (&mut self.speaker, text) {
                    named.parts.push((part, text));
                }
            }
            ("redner", _) => {
                if let Some(named) = &mut self.speaker {
                    named.is_open = false;
                }
                // What follows in the paragraph is the name as printed, up to its colon.
                self.capture(Captured::Label);
            }
            ("p", Some(Captured::Label)) => self.labelled(span.end, out),
            ("name", Some(Captured::Chair)) => {
                self.captured = None;
                if let Some((label, at)) = self.floor.captured() {
                    let mut turn = Turn::new(self.chair_kind(), "name", at);
                    turn.speaker = Some(chair(&label, at));
                    self.chair = Some((label, at));
                    self.floor.begin(turn, out);
                }
            }
            ("p" | "anlagen-titel", Some(Captured::Heading)) => {
                self.captured = None;
                self.floor.ranked_heading(if element == "p" { 2 } else { 1 }, "klasse");
            }
            ("kommentar", _) if self.floor.is_aside() => {
                if let Some(aside) = self.floor.aside_mut()
                    && let Some(speaker) = thrown_in(aside.text.as_str(), aside.start, span.start)
                {
                    aside.speaker = Some(speaker);
                }
                self.floor.end_aside(span.end, out);
            }
            ("p" | "tr" | "li", _) => self.floor.line(span.start),
            ("rede", _) => {
                self.is_in_speech = false;
                self.floor.end(span.start, out);
            }
            ("tagesordnungspunkt" | "anlage" | "sitzungsbeginn" | "sitzungsende", _) => {
                self.floor.end(span.start, out);
                self.floor.leave_section();
            }
            _ => {}
        }
    }
}

impl Minutes {
    fn capture(&mut self, what: Captured) {
        self.floor.capture();
        self.captured = Some(what);
    }

    /// A paragraph: of whoever has the floor, of the agenda, or the name before a speech.
    fn paragraph(&mut self, class: &str, tag: Span, out: &mut Out<'_, '_>) {
        match class {
            "redner" => {
                self.floor.end(tag.start, out);
                self.speaker = Some(Named { tag, ..Named::default() });
                return;
            }
            "T_fett" | "T_NaS" | "T_ZP_NaS" | "Anlage_3" => {
                self.floor.end(tag.start, out);
                return self.capture(Captured::Heading);
            }
            _ => {}
        }
        let is_listed = ["T_", "Anlage", "AL_", "Amtl", "K"].iter().any(|of| class.starts_with(of));
        let is_procedure = self.floor.turn.as_ref().is_some_and(|turn| turn.kind_rule == "klasse");
        if is_listed && !is_procedure {
            let mut turn = Turn::new(Kind::Procedure, "klasse", tag);
            turn.speaker = Some(Speaker::unknown("not-named", "the minutes, in nobody's name"));
            self.floor.begin(turn, out);
        } else if !is_listed && (is_procedure || self.floor.turn.is_none()) {
            let mut turn = Turn::new(self.chair_kind(), "p", tag);
            turn.speaker = Some(self.chair_goes_on());
            self.floor.begin(turn, out);
        }
        self.floor.line(tag.start);
    }

    /// The day and number of the sitting.
    fn sitting(&mut self, tag: &Tag<'_>) {
        if let Some(day) = tag.attribute("sitzung-datum")
            && let Some(date) = german_day(&day.text)
        {
            self.floor.sitting.date = Some(Given::new(date, day.span, "sitzung-datum"));
        }
        if let (Some(term), Some(number)) =
            (tag.attribute("wahlperiode"), tag.attribute("sitzung-nr"))
        {
            let event = format!("Plenarprotokoll {}/{}", term.text, number.text);
            let span = Span::new(term.span.start, number.span.end.max(term.span.end));
            self.floor.sitting.event = Some(Given::new(event, span, "sitzung-nr"));
        }
        self.floor.sitting.country = Some("Germany".to_owned());
        let span = Span::new(tag.span.start, tag.span.start + tag.name.len() as u64 + 1);
        let language = Given::new("de".to_owned(), span, "dbtplenarprotokoll");
        self.floor.sitting.language = Some(language);
    }

    /// The label before a speech has ended: its words may follow in the same paragraph.
    fn labelled(&mut self, end: u64, out: &mut Out<'_, '_>) {
        self.captured = None;
        let Some((mut text, map)) = self.floor.captured_with_map() else { return };
        let named = self.speaker.take().unwrap_or_default();
        let colon = text.find(':').map(|at| at + 1).filter(|at| *at <= LABEL_BYTES);
        let words = colon.and_then(|at| {
            let rest = text[at..].len() - text[at..].trim_start().len();
            let from = at + rest;
            (from < text.len()).then(|| (text[from..].to_owned(), map.slice(from..text.len())))
        });
        if let Some(at) = colon {
            text.truncate(at);
        }
        let label_at = map.to_source(0..text.len());
        let mut turn = Turn::new(Kind::Speech, "rede", named.tag);
        turn.speaker = Some(by(named, text, label_at));
        if let Some((words, map)) = words {
            turn.text.push_mapped(&words, &map);
            turn.text.line(end);
        }
        self.floor.begin(turn, out);
    }

    /// Between speeches the chair calls, puts to the vote and thanks; inside one it is part of the debate.
    fn chair_kind(&self) -> Kind {
        if self.is_in_speech { Kind::Speech } else { Kind::Procedure }
    }

    /// Words that follow in nobody's name are the chair's, who was named before.
    fn chair_goes_on(&self) -> Speaker {
        match &self.chair {
            Some((label, at)) if !self.is_in_speech => match chair(label, *at) {
                Speaker::Known(person, basis) => {
                    let basis = Basis { kind: BasisKind::Inferred, ..basis };
                    let note = "the chair was named last, and nobody since has the floor";
                    Speaker::Known(person, basis.with_confidence(0.9).with_note(note))
                }
                unknown @ Speaker::Unknown(_) => unknown,
            },
            _ => Speaker::unknown("not-named", "nobody is named before these words"),
        }
    }
}

/// The most bytes of a label: what has no colon before is none.
const LABEL_BYTES: usize = 300;

/// The speaker by the parts of the name, else by the label.
fn by(named: Named, label: String, label_at: Option<Span>) -> Speaker {
    let part = |name: &str| {
        named.parts.iter().find(|(part, _)| *part == name).map(|(_, text)| text.clone())
    };
    let mut evidence: Vec<Span> = named.id.iter().map(|id| id.span).collect();
    evidence.extend(label_at);
    let name: Vec<String> =
        ["vorname", "namenszusatz", "nachname"].iter().filter_map(|name| part(name)).collect();
    let parts = labels::split(&label);
    let person = Person {
        name: if name.is_empty() { parts.name } else { Some(name.join(" ")) },
        as_written: (!label.is_empty()).then_some(label),
        role: part("rolle_lang").or_else(|| part("rolle_kurz")).or(parts.role),
        party: part("fraktion").or(parts.bracket),
        person: named.id.map(|id| id.value),
        ..Person::default()
    };
    if person.name.is_none() && person.as_written.is_none() {
        return Speaker::unknown("not-named", "the speech names nobody");
    }
    Speaker::Known(person, Basis::given("redner", evidence))
}

fn chair(label: &str, at: Span) -> Speaker {
    let parts = labels::split(label);
    let person = Person {
        name: parts.name,
        role: parts.role,
        as_written: Some(label.to_owned()),
        ..Person::default()
    };
    Speaker::Known(person, Basis::given("name", [at]))
}

/// Who threw words in: `(Anna Muster [PARTY]: That is so!)`. Where several did, or it is told of a group,
/// nobody is named.
fn thrown_in(text: &str, start: u64, end: u64) -> Option<Speaker> {
    let inner = text.strip_prefix('(')?;
    let (label, _) = inner.split_once("]:")?;
    let (name, party) = label.split_once(" [")?;
    if text.contains(" – ") || party.contains('[') || !labels::is_name(name) {
        return None;
    }
    // `Gegenruf des Abg. …` and `Zuruf von der …` tell of words, and name nobody in this form.
    let told = ["Gegenruf", "Zuruf", "Weiterer", "Beifall", "Heiterkeit", "Lachen", "Abg."];
    if told.iter().any(|word| name.starts_with(word)) {
        return None;
    }
    let parts = labels::split(name);
    let person = Person {
        name: Some(parts.name?),
        as_written: Some(format!("{label}]")),
        party: Some(party.to_owned()),
        ..Person::default()
    };
    Some(Speaker::Known(person, Basis::given("kommentar", [Span::new(start, end)])))
}

/// A day as Germans write it: `20.01.2023`.
fn german_day(text: &str) -> Option<StatementDate> {
    let mut parts = text.trim().split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    StatementDate::day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}
