//! Hansard of the Parliament of Australia in its eras: the XML of today's archive back to 1901, and the
//! SGML in capitals of the 1980s and 1990s.

use std::io;

use dixit::{Basis, Kind, Person, Span, StatementDate};

use super::markup::{self, Dialect, Floor, Given, Out, Speaker, Tag, Text, Turn};
use super::{Head, Input, Reader, Sink, labels};
use crate::extract;

/// Australian Hansard.
pub(super) struct AustralianHansard;

impl Reader for AustralianHansard {
    fn name(&self) -> &'static str {
        "hansard-au"
    }

    fn about(&self) -> &'static str {
        "Hansard of Australia: XML of the archive, and its SGML in capitals"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        let root = head.root_element()?;
        let is_own = ["session.header", "chamber.xscript", "CHAMBER.XSCRIPT", "DAY.START"]
            .iter()
            .any(|element| root.is_near(element));
        (root.is("hansard") && is_own).then_some("its root and its chamber")
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        let mut hansard = Hansard::default();
        hansard.floor.sitting.country = Some("Australia".to_owned());
        markup::read(hansard, input, sink)
    }
}

/// Words of somebody, and what sort they are.
const TURNS: [(&str, Kind, &str); 8] = [
    ("speech", Kind::Speech, "speech"),
    ("question", Kind::Question, "question"),
    ("answer", Kind::Answer, "answer"),
    ("answer.to.qon", Kind::Answer, "answer.to.qon"),
    ("interjection", Kind::Interjection, "interjection"),
    ("interject", Kind::Interjection, "interject"),
    ("continue", Kind::Speech, "continue"),
    ("motionnospeech", Kind::Procedure, "motionnospeech"),
];

/// Sections with a title, and how deep they lie.
const SECTIONS: [(&str, usize); 11] = [
    ("debate", 1),
    ("qwn", 1),
    ("petition.group", 1),
    ("questions.in.writing", 1),
    ("answers.to.questions", 1),
    ("subdebate.1", 2),
    ("debate.sub1", 2),
    ("question.block", 2),
    ("subdebate.2", 3),
    ("debate.sub2", 3),
    ("subdebate.3", 4),
];

/// What is being read of a file.
#[derive(Default)]
struct Hansard {
    floor: Floor,
    /// Whose words are open, the outermost first: what sort, and who.
    open: Vec<(Kind, &'static str, Option<Speaker>)>,
    talker: Option<Talker>,
    /// The element of which the text is captured.
    captured: Option<String>,
    sections: Vec<usize>,
    /// What the name in the text is that is open.
    link: String,
    /// Whom a name in the text has given the floor to.
    named: InText,
    /// Bytes that may still belong to a name in print, up to its colon.
    label_left: usize,
}

/// Who has the floor by a name in the text of a speech.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum InText {
    /// Nobody else than the talker of the speech.
    #[default]
    Nobody,
    /// Somebody else, for as many paragraphs as come.
    Other,
    /// Somebody who interjects, for a paragraph.
    Interjecting,
    /// An interjection is over, and nobody is named since.
    Unclear,
}

/// The most bytes between a name in print and its colon: an electorate, an office, a time.
const LABEL_BYTES: usize = 300;

/// A talker as the record describes one.
#[derive(Default)]
struct Talker {
    display: Option<(String, Span)>,
    metadata: Option<(String, Span)>,
    is_metadata: bool,
    id: Option<String>,
    party: Option<String>,
    role: Option<String>,
}

impl Dialect for Hansard {
    const NOTHING: &'static str = "no speeches in it: no statements";

    fn floor(&mut self) -> &mut Floor {
        &mut self.floor
    }

    fn open(&mut self, tag: &Tag<'_>, out: &mut Out<'_, '_>) {
        let at = tag.span.start;
        let name = tag.name.to_ascii_lowercase();
        let value = |name: &str| {
            let value = tag.attribute(name)?.text.trim().to_owned();
            (!value.is_empty()).then_some(value)
        };
        match name.as_str() {
            "hansard" | "day.start" => {
                if let Some(day) = tag.attribute("date") {
                    let date = australian_day(&day.text);
                    let date = date.map(|date| Given::new(date, day.span, "date"));
                    self.floor.sitting.date = date.or(self.floor.sitting.date.take());
                }
                if let Some(chamber) = tag.attribute("chamber") {
                    self.chamber(&chamber.text, chamber.span);
                }
            }
            _ => {}
        }
        if tag.is_empty {
            return;
        }
        if let Some((_, depth)) = SECTIONS.iter().find(|(section, _)| *section == name) {
            self.floor.end(at, out);
            self.sections.push(*depth);
            return;
        }
        if let Some((_, kind, rule)) = TURNS.iter().find(|(turn, ..)| *turn == name) {
            self.floor.end(at, out);
            let mut turn = Turn::new(*kind, rule, tag.span);
            turn.record = value("nameid");
            turn.has_leader = true;
            self.named = InText::Nobody;
            self.open.push((*kind, rule, None));
            self.floor.begin(turn, out);
            // In capitals the party stands with the speech.
            self.talker = Some(Talker { party: value("party"), ..Talker::default() });
            return;
        }
        match name.as_str() {
            "talker" => {
                self.talker.get_or_insert_default();
            }
            "name" if self.talker.is_some() => {
                let is_metadata = value("role").as_deref() == Some("metadata");
                if let Some(talker) = &mut self.talker {
                    talker.is_metadata = is_metadata;
                    talker.id = value("nameid").or(talker.id.take());
                }
                self.capture(&name);
            }
            "name.id" | "party" | "role" | "electorate" | "page.no" | "time.stamp" | "in.gov"
            | "first.speech" | "question.number"
                if self.captured.is_none() =>
            {
                self.capture(&name);
            }
            "date" | "chamber" | "day.start" | "title" | "type" | "parliament.no"
            | "session.no" | "period.no" | "proof"
                if self.captured.is_none() =>
            {
                self.capture(&name);
            }
            // Since 2011 names stand in the text, each marked by what it is.
            "a" if self.captured.is_none()
                && value("type").is_some_and(|kind| is_name_in_text(&kind)) =>
            {
                self.capture("a");
                self.link = value("type").unwrap_or_default();
            }
            // Times in print have colons.
            "span" if self.label_left > 0 && self.captured.is_none() => self.capture("span"),
            "para" | "p" | "item" | "entry" | "row" | "quote" | "list" => {
                self.paragraph(tag.span, out);
            }
            "td" | "th" | "tab" => self.floor.space(at),
            _ => {}
        }
    }

    fn close(&mut self, element: &str, span: Span, out: &mut Out<'_, '_>) {
        let element = &*element.to_ascii_lowercase();
        if self.captured.as_deref() == Some(element) {
            self.captured = None;
            if element == "a" {
                if let Some((text, at)) = self.floor.captured() {
                    let kind = std::mem::take(&mut self.link);
                    self.named_in_text(text, at, &kind, out);
                }
            } else if element == "title" {
                let depth = self.sections.last().copied().unwrap_or(1);
                self.floor.ranked_heading(depth, "title");
            } else if let Some((text, at)) = self.floor.captured() {
                self.said_of(element, text, at);
            }
            return;
        }
        if TURNS.iter().any(|(turn, ..)| *turn == element) {
            self.floor.end(span.end, out);
            self.open.pop();
            self.named = InText::Nobody;
            return;
        }
        if SECTIONS.iter().any(|(section, _)| *section == element) {
            self.floor.end(span.start, out);
            if let Some(depth) = self.sections.pop() {
                self.floor.sitting.leave(depth);
            }
            return;
        }
        match element {
            "talker" => {
                let talker = self.talker.take().unwrap_or_default();
                let speaker = talker.speaker(self.year());
                if let Some((_, _, open)) = self.open.last_mut() {
                    *open = Some(speaker.clone());
                }
                if let Some(turn) = &mut self.floor.turn {
                    turn.speaker = Some(speaker);
                }
            }
            "para" | "p" if self.named == InText::Interjecting => {
                self.named = InText::Unclear;
                self.label_left = 0;
                self.floor.end(span.end, out);
            }
            "para" | "p" | "item" | "row" | "quote" | "list" => {
                self.label_left = 0;
                self.floor.line(span.start);
            }
            "business.start" | "proctext" | "adjournment" | "chamber.xscript" => {
                self.floor.end(span.start, out);
            }
            _ => {}
        }
    }

    /// Text of whoever has the floor; what stands between a name in print and its colon is nobody's.
    fn text(&mut self, mut text: Text<'_>, out: &Out<'_, '_>) {
        if self.label_left > 0 && self.captured.is_none() {
            match memchr::memchr(b':', text.raw) {
                Some(colon) if colon <= self.label_left => {
                    self.label_left = 0;
                    text.raw = &text.raw[colon + 1..];
                    text.at += colon as u64 + 1;
                }
                // `(09:31)` has a colon of its own, inside an element.
                _ => {
                    self.label_left = self.label_left.saturating_sub(text.raw.len().max(1));
                    return;
                }
            }
        }
        self.floor.text(text, out);
    }
}

impl Hansard {
    /// A name in print in the text of a speech: of its talker, or of who interrupts.
    fn named_in_text(&mut self, text: String, at: Span, kind: &str, out: &mut Out<'_, '_>) {
        self.label_left = if text.ends_with(':') { 0 } else { LABEL_BYTES };
        let open = self.open.last().and_then(|(.., speaker)| speaker.clone());
        let is_talker = open.as_ref().is_some_and(|speaker| is_called(speaker, &text));
        let is_alone = self.floor.turn.as_ref().is_some_and(|turn| turn.text.is_empty());
        if is_talker && is_alone && self.named == InText::Nobody {
            return;
        }
        self.floor.end(at.start, out);
        let is_interjection = kind.contains("Interject");
        let (kind, rule) = match is_interjection {
            true => (Kind::Interjection, "interjecting"),
            false => (Kind::Speech, "name"),
        };
        let mut turn = Turn::new(kind, rule, at);
        turn.has_leader = true;
        let printed = Talker { display: Some((text, at)), ..Talker::default() };
        let own = open.filter(|_| is_talker);
        turn.speaker = Some(own.unwrap_or_else(|| printed.speaker(self.year())));
        self.floor.begin(turn, out);
        self.named = match (is_interjection, is_talker) {
            (true, _) => InText::Interjecting,
            (_, true) => InText::Nobody,
            _ => InText::Other,
        };
    }

    fn capture(&mut self, name: &str) {
        self.floor.capture();
        self.captured = Some(name.to_owned());
    }

    /// A paragraph of whoever has the floor, else of the record.
    fn paragraph(&mut self, tag: Span, out: &mut Out<'_, '_>) {
        if self.captured.is_some() {
            return;
        }
        if self.floor.turn.is_none() {
            let turn = match self.open.last() {
                Some((kind, rule, speaker)) => {
                    let mut turn = Turn::new(*kind, rule, tag);
                    turn.speaker = match self.named {
                        InText::Unclear => {
                            let why = "after an interjection nobody is named";
                            Some(Speaker::unknown("after-interjection", why))
                        }
                        _ => speaker.clone(),
                    };
                    turn
                }
                None => {
                    let mut turn = Turn::new(Kind::Procedure, "para", tag);
                    let why = "the record, in nobody's name";
                    turn.speaker = Some(Speaker::unknown("not-named", why));
                    turn
                }
            };
            self.floor.begin(turn, out);
        }
        self.floor.line(tag.start);
    }

    /// What a short element says, of the talker or of the sitting.
    fn said_of(&mut self, element: &str, text: String, at: Span) {
        match (&mut self.talker, element) {
            (_, "date") => {
                if let Ok(date) = text.parse() {
                    self.floor.sitting.date = Some(Given::new(date, at, "date"));
                }
            }
            (_, "day.start") => {
                let date = text.parse().ok().or_else(|| extract::parse_date(&text));
                if let Some(date) = date {
                    self.floor.sitting.date = Some(Given::new(date, at, "day.start"));
                }
            }
            (_, "chamber") => self.chamber(&text, at),
            (Some(talker), "name") => {
                let name = Some((text, at));
                if talker.is_metadata { talker.metadata = name } else { talker.display = name }
            }
            (Some(talker), "name.id") => talker.id = Some(text),
            (Some(talker), "party") => talker.party = Some(text),
            (Some(talker), "role") => {
                let role = text.trim_matches(['(', ')', '-', '–', '—', ' ']).to_owned();
                talker.role = (!role.is_empty()).then_some(role);
            }
            _ => {}
        }
    }

    fn year(&self) -> Option<i16> {
        self.floor.sitting.date.as_ref().map(|date| date.value.get_year())
    }

    fn chamber(&mut self, text: &str, at: Span) {
        let name = match text.trim().to_ascii_uppercase().as_str() {
            "REPS" | "HOUSE OF REPS" | "HOUSE OF REPRESENTATIVES" => "House of Representatives",
            "SENATE" => "Senate",
            _ => text.trim(),
        };
        self.floor.sitting.event = Some(Given::new(name.to_owned(), at, "chamber"));
    }
}

/// Whether a name in print may be that of a talker: it ends in the same word.
fn is_called(speaker: &Speaker, label: &str) -> bool {
    let Speaker::Known(person, _) = speaker else { return false };
    let parts = labels::split(label);
    let last = |name: &str| name.split_whitespace().last().map(str::to_lowercase);
    match (&person.name, &parts.name) {
        (Some(name), Some(printed)) => last(name) == last(printed),
        _ => person.role.is_some() && person.role == parts.role,
    }
}

/// What a link in the text of a speech is, when it is a name.
fn is_name_in_text(kind: &str) -> bool {
    ["Member", "Office", "Senator", "Minister"].iter().any(|what| kind.starts_with(what))
}

impl Talker {
    /// The talker on a day of this year.
    fn speaker(self, year: Option<i16>) -> Speaker {
        let Some((display, at)) = self.display.or_else(|| self.metadata.clone()) else {
            return Speaker::unknown("not-named", "the record names nobody here");
        };
        let mut evidence = vec![at];
        let parts = labels::split(&display);
        let mut person = Person {
            name: parts.name,
            role: self.role.or(parts.role),
            party: self.party.and_then(|party| party_in(&party, year)),
            person: self.id.filter(|id| id != "10000" && id != "0000"),
            as_written: Some(display),
            ..Person::default()
        };
        // `BRUCE, Stanley` tells more than `Mr BRUCE`; `Rask, Sen Ada, MP` and `PRESIDENT, The` occur.
        if let Some((metadata, at)) = self.metadata
            && let Some((family, given)) = metadata.split_once(", ")
            && person.name.is_some()
            && !labels::is_office(family)
            && let Some(given) = labels::split(given.split(',').next().unwrap_or(given)).name
        {
            evidence.push(at);
            person.name = Some(format!("{given} {}", family.trim()));
        }
        let is_mass = person.as_written.as_deref().is_some_and(|label| {
            let first = label.split_whitespace().next().unwrap_or_default().to_lowercase();
            ["honourable", "honorable", "opposition", "government"].contains(&first.as_str())
        });
        if is_mass {
            person.name = None;
        }
        Speaker::Known(person, Basis::given("talker", evidence))
    }
}

/// The party in a year of `FT; ANTI-SOC from 1906; LP from 1910`; without the year none of several.
fn party_in(text: &str, year: Option<i16>) -> Option<String> {
    let mut found = None;
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        match part.split_once(" from ") {
            None => found = Some(part),
            Some((party, since)) => {
                let since: i16 = since.get(..4)?.parse().ok()?;
                if since <= year? {
                    found = Some(party.trim());
                }
            }
        }
    }
    let party = found?;
    (!party.eq_ignore_ascii_case("unknown")).then(|| party.to_owned())
}

/// A day as this record writes it, the day before the month: `05/06/1995`; or in ISO 8601.
fn australian_day(text: &str) -> Option<StatementDate> {
    if let Ok(date) = text.trim().parse() {
        return Some(date);
    }
    let mut parts = text.trim().split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    StatementDate::day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}
