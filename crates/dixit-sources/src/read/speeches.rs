//! XML of no format that is known by name: speeches found by what their elements are called, as in the
//! European corpora of parliaments (ECPC) and in many a parliament's own export.

use std::io;

use dixit::{Basis, Kind, Person, Span};

use super::dates::Dates;
use super::markup::{self, Dialect, Floor, Given, Out, Speaker, Tag, Turn};
use super::{Head, Input, Reader, Sink, labels};

/// XML in which elements named so hold what somebody says.
pub(super) struct Speeches;

/// What is said in one go.
const TURNS: [&str; 14] = [
    "intervention",
    "speech",
    "contribution",
    "statement",
    "turn",
    "utterance",
    "intervencion",
    "intervento",
    "discurso",
    "discours",
    "rede",
    "redebeitrag",
    "speechact",
    "sp",
];

/// Who says it.
const SPEAKERS: [&str; 11] = [
    "speaker",
    "orator",
    "orador",
    "orateur",
    "oratore",
    "talker",
    "redner",
    "intervenant",
    "member",
    "speakername",
    "speaker_name",
];

/// Attributes of a turn that name its speaker.
const SPEAKER_ATTRIBUTES: [&str; 8] =
    ["speaker", "speakername", "speaker_name", "speaker-name", "name", "orator", "by", "who"];

/// What stands in a speech and is not the speaker's.
const ASIDES: [&str; 11] = [
    "omit",
    "comment",
    "note",
    "interruption",
    "interjection",
    "applause",
    "stage",
    "incident",
    "kommentar",
    "reaction",
    "event",
];

/// What stands over speeches.
const HEADINGS: [&str; 9] = [
    "heading",
    "title",
    "head",
    "headline",
    "subject",
    "topic",
    "agenda_item",
    "agenda-item",
    "label",
];

const PARAGRAPHS: [&str; 8] = ["p", "para", "paragraph", "text", "br", "line", "li", "tr"];

/// What elements inside a speaker's tell.
const PARTIES: [&str; 6] = ["party", "group", "faction", "fraktion", "partido", "politicalgroup"];
const ROLES: [&str; 6] = ["post", "role", "function", "office", "position", "cargo"];
const NAMES: [&str; 4] = ["name", "fullname", "full_name", "displayname"];

impl Reader for Speeches {
    fn name(&self) -> &'static str {
        "xml"
    }

    fn about(&self) -> &'static str {
        "other XML: speeches and speakers by the names of the elements (as in ECPC)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xml"]
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        let root = head.root_element()?;
        if root.is("html") || root.is("svg") {
            return None;
        }
        let is_turn = TURNS.iter().any(|turn| root.is_near(turn) || root.is(turn));
        let is_named = SPEAKERS.iter().any(|speaker| root.is_near(speaker))
            || SPEAKER_ATTRIBUTES.iter().take(4).any(|name| {
                memchr::memmem::find(root.rest, format!(" {name}=").as_bytes()).is_some()
            });
        (is_turn && is_named).then_some("its elements for speeches and speakers")
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        markup::read(Record::default(), input, sink)
    }
}

/// What is being read of a file.
#[derive(Default)]
struct Record {
    floor: Floor,
    /// Elements that are open and hold a turn.
    turns: usize,
    /// Elements that are open and hold a section.
    sections: Vec<String>,
    /// Who speaks in the turn that is open.
    speaker: Option<Named>,
    is_in_speaker: bool,
    captured: Option<String>,
}

/// A speaker, as far as it is read.
#[derive(Default, Clone)]
struct Named {
    label: Option<Given<String>>,
    party: Option<String>,
    role: Option<String>,
    key: Option<String>,
}

fn is_one_of(name: &str, list: &[&str]) -> bool {
    list.contains(&name)
}

impl Dialect for Record {
    const NOTHING: &'static str = "no words in its speeches: no statements";
    const UNDATED: Option<&'static str> = Some("no date is found in its elements");

    fn floor(&mut self) -> &mut Floor {
        &mut self.floor
    }

    fn open(&mut self, tag: &Tag<'_>, out: &mut Out<'_, '_>) {
        let at = tag.span.start;
        let name = tag.name.to_ascii_lowercase();
        let name = name.as_str();
        if self.turns == 0 {
            self.dated(tag, name);
        }
        if tag.is_empty {
            if is_one_of(name, &PARAGRAPHS) {
                self.floor.line(at);
            }
            return;
        }
        if self.is_in_speaker {
            let tells = |list: &[&str]| is_one_of(name, list);
            if tells(&NAMES) || tells(&PARTIES) || tells(&ROLES) {
                self.capture(name);
            } else if self.captured.as_deref() != Some("speaker") {
                self.floor.space(at);
            } else {
                // Whatever else is said of the speaker is no part of the name.
                self.capture(name);
            }
            return;
        }
        if is_one_of(name, &TURNS) {
            // `intervention` may hold the speaker and then the `speech`.
            let is_part =
                self.turns > 0 && self.floor.turn.as_ref().is_some_and(|turn| turn.text.is_empty());
            self.turns += 1;
            if !is_part {
                self.give_floor();
                let mut turn = Turn::new(Kind::Speech, "speech", tag.span);
                let key = tag.attribute("id").map(|value| value.text.into_owned());
                turn.record = key.filter(|key| !key.is_empty());
                self.floor.begin(turn, out);
                self.speaker = None;
            }
            if self.speaker.is_none() {
                self.speaker = named_by(tag);
            }
            return;
        }
        if is_one_of(name, &SPEAKERS) {
            // A speaker outside of a speech is whose speech follows.
            let key = ["id", "ref", "key"].iter().find_map(|key| tag.attribute(key));
            let key = key.map(|value| value.text.into_owned()).filter(|key| !key.is_empty());
            // A name in the middle of a speech is somebody else's, whose words follow.
            if self.floor.turn.as_ref().is_some_and(|turn| !turn.text.is_empty()) {
                self.give_floor();
                self.floor.begin(Turn::new(Kind::Speech, "speaker", tag.span), out);
                self.speaker = None;
            }
            let named = self.speaker.get_or_insert_default();
            named.key = key.or(named.key.take());
            self.is_in_speaker = true;
            self.capture("speaker");
            return;
        }
        let is_told = is_one_of(name, &HEADINGS) && self.turns == 0;
        if (is_told || name == "date") && self.captured.is_none() {
            self.capture(name);
        } else if is_one_of(name, &ASIDES) && self.turns > 0 {
            self.floor.begin_aside(Kind::Interjection, "aside", tag.span);
            if let (Some(aside), Some(named)) = (self.floor.aside_mut(), named_by(tag)) {
                aside.speaker = Some(named.speaker());
            }
        } else if is_one_of(name, &PARAGRAPHS) {
            self.floor.line(at);
        } else if self.turns == 0 {
            self.floor.enter_section();
            self.sections.push(name.to_owned());
        } else {
            self.floor.space(at);
        }
    }

    fn close(&mut self, name: &str, span: Span, out: &mut Out<'_, '_>) {
        let name = &*name.to_ascii_lowercase();
        if self.is_in_speaker {
            let is_end = is_one_of(name, &SPEAKERS);
            if self.captured.as_deref() == Some(if is_end { "speaker" } else { name }) {
                let text = self.floor.captured();
                self.captured = None;
                if let Some((text, at)) = text {
                    self.told(if is_end { "speaker" } else { name }, text, at);
                }
                if !is_end {
                    self.capture("speaker");
                }
            }
            if is_end {
                self.is_in_speaker = false;
                self.captured = None;
                drop(self.floor.captured());
            }
            return;
        }
        if self.captured.as_deref() == Some(name) {
            self.captured = None;
            if name == "date" {
                if let Some((text, at)) = self.floor.captured() {
                    match &mut self.floor.turn {
                        // A speech may have a day of its own.
                        Some(turn) if self.turns > 0 => {
                            let date = Dates::default().read(&text).ok();
                            turn.date = date.map(|date| Given::new(date, at, "date"));
                        }
                        _ => self.date(&text, at),
                    }
                }
            } else {
                self.floor.heading("heading");
            }
            return;
        }
        if is_one_of(name, &TURNS) {
            self.turns = self.turns.saturating_sub(1);
            if self.turns == 0 {
                self.give_floor();
                self.floor.end(span.end, out);
            }
        } else if is_one_of(name, &ASIDES) && self.floor.is_aside() {
            self.floor.end_aside(span.end, out);
        } else if is_one_of(name, &PARAGRAPHS) {
            self.floor.line(span.start);
        } else if self.turns == 0 && self.sections.last().is_some_and(|open| open == name) {
            self.sections.pop();
            self.floor.leave_section();
        }
    }

    fn settle(&mut self) {
        self.give_floor();
    }
}

impl Record {
    fn capture(&mut self, name: &str) {
        self.floor.capture();
        self.captured = Some(name.to_owned());
    }

    fn told(&mut self, name: &str, text: String, at: Span) {
        let named = self.speaker.get_or_insert_default();
        let label = Given::new(text, at, "speaker");
        if is_one_of(name, &PARTIES) {
            named.party = Some(label.value);
        } else if is_one_of(name, &ROLES) {
            named.role = Some(label.value);
        } else if is_one_of(name, &NAMES) || (name == "speaker" && named.label.is_none()) {
            named.label = Some(label);
        }
    }

    /// Puts the speaker to the turn that is open.
    fn give_floor(&mut self) {
        let Some(turn) = &mut self.floor.turn else { return };
        let named = self.speaker.take().unwrap_or_default();
        turn.speaker = Some(named.speaker());
    }

    fn dated(&mut self, tag: &Tag<'_>, name: &str) {
        let found = match name {
            "date" => ["when", "value", "iso", "format", "date", "iso8601"]
                .iter()
                .find_map(|name| tag.attribute(name)),
            _ => tag.attribute("date"),
        };
        if let Some(value) = found {
            // Another sitting in the same file has another day.
            if name != "date" {
                self.floor.sitting.date = None;
            }
            self.date(&value.text, value.span);
        }
    }

    fn date(&mut self, text: &str, at: Span) {
        if self.floor.sitting.date.is_some() || text.trim().is_empty() {
            return;
        }
        match Dates::default().read(text) {
            Ok(date) => self.floor.sitting.date = Some(Given::new(date, at, "date")),
            Err(undated) => {
                let basis = Basis::unknown(undated.rule).with_note(undated.why);
                let basis = Basis { evidence: vec![at], candidates: undated.candidates, ..basis };
                self.floor.sitting.no_date = Some(basis);
            }
        }
    }
}

/// The speaker whom attributes of a turn name.
fn named_by(tag: &Tag<'_>) -> Option<Named> {
    let label = SPEAKER_ATTRIBUTES.iter().find_map(|name| tag.attribute(name))?;
    let text = label.text.trim();
    if text.is_empty() {
        return None;
    }
    let value = |list: &[&str]| {
        let value = list.iter().find_map(|name| tag.attribute(name))?.text.trim().to_owned();
        (!value.is_empty()).then_some(value)
    };
    // A key is one word, or marked as one.
    let is_key = text.starts_with('#')
        || (!text.contains(' ') && text.contains(|c: char| c.is_ascii_digit()));
    let mut named = Named { party: value(&PARTIES), role: value(&ROLES), ..Named::default() };
    if is_key {
        named.key = Some(text.trim_start_matches('#').to_owned());
    } else {
        named.label = Some(Given::new(text.to_owned(), label.span, "speaker"));
    }
    Some(named)
}

impl Named {
    fn speaker(self) -> Speaker {
        let Some(label) = self.label else {
            return match self.key {
                Some(key) => Speaker::unknown("no-list", &format!("only the key {key} is given")),
                None => Speaker::unknown("not-named", "the speech names nobody"),
            };
        };
        let parts = labels::split(&label.value);
        let person = Person {
            name: parts.name,
            role: self.role.or(parts.role),
            party: self.party,
            person: self.key,
            as_written: Some(label.value),
            ..Person::default()
        };
        Speaker::Known(person, Basis::given("speaker", [label.span]))
    }
}
