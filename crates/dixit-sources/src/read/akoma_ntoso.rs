//! Akoma Ntoso (LegalDocML): debates of parliaments, in the habits of several countries.
//!
//! The names of elements are those of "Akoma Ntoso Version 1.0. Part 1: XML Vocabulary" (OASIS, 2018),
//! section 5.3, on debate structures.

use std::collections::HashMap;
use std::io;

use dixit::{Basis, Kind, Person, Span, StatementDate};

use super::markup::{self, Dialect, Floor, Given, Out, Speaker, Tag, Turn};
use super::{Head, Input, Reader, Sink, labels};

/// Debates in Akoma Ntoso.
pub(super) struct AkomaNtoso;

/// Sections of a debate.
const SECTIONS: [&str; 22] = [
    "debateSection",
    "administrationOfOath",
    "rollCall",
    "prayers",
    "oralStatements",
    "writtenStatements",
    "personalStatements",
    "ministerialStatements",
    "resolutions",
    "nationalInterest",
    "declarationOfVote",
    "communication",
    "petitions",
    "papers",
    "noticesOfMotion",
    "questions",
    "address",
    "proceduralMotions",
    "pointOfOrder",
    "adjournment",
    "speechGroup",
    "section",
];

/// Elements whose text is nobody's speech.
const PROCEDURE: [&str; 4] = ["scene", "narrative", "summary", "other"];

/// The most persons and roles that a file may declare.
const DECLARED: usize = 100_000;

impl Reader for AkomaNtoso {
    fn name(&self) -> &'static str {
        "akoma-ntoso"
    }

    fn about(&self) -> &'static str {
        "Akoma Ntoso (LegalDocML): debates, with the persons and roles that they declare"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["akn"]
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        let root = head.root_element()?;
        root.name.eq_ignore_ascii_case("akomaNtoso").then_some("its root element")
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        markup::read(Debate::default(), input, sink)
    }
}

/// Where the file states the day, from the most to the least telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Where {
    /// On the cover of the record.
    Cover,
    /// As the date of the work.
    Work,
    /// In the address of the work.
    Address,
}

/// What is being read of a file.
#[derive(Default)]
struct Debate {
    floor: Floor,
    /// Persons and roles that the file declares, by their keys.
    declared: HashMap<String, String>,
    dates: Vec<(Where, Given<StatementDate>)>,
    is_in_work: bool,
    is_in_body: bool,
    document: Option<String>,
    by: Option<Given<String>>,
    role: Option<Given<String>>,
    from: Option<Given<String>>,
    /// Elements whose text is nobody's speech that are open outside of speeches.
    procedure: usize,
    /// Whether a paragraph outside of speeches is open.
    is_loose: bool,
}

impl Dialect for Debate {
    const NOTHING: &'static str = "no speeches in it: no statements";
    const UNDATED: Option<&'static str> = Some("the file states no date of the sitting");

    fn floor(&mut self) -> &mut Floor {
        &mut self.floor
    }

    fn open(&mut self, tag: &Tag<'_>, out: &mut Out<'_, '_>) {
        let given = |name: &str, rule: &'static str| {
            let value = tag.attribute(name).filter(|value| !value.text.trim().is_empty())?;
            Some(Given::new(value.text.trim().to_owned(), value.span, rule))
        };
        match tag.name {
            "FRBRWork" => self.is_in_work = true,
            "FRBRdate" | "docDate" => {
                let place = match (tag.name, self.is_in_work) {
                    ("docDate", _) => Where::Cover,
                    (_, true) => Where::Work,
                    _ => return,
                };
                if let Some(date) = given("date", "docDate").and_then(|date| as_day(&date)) {
                    let rule = if tag.name == "docDate" { "docDate" } else { "FRBRdate" };
                    self.dates.push((place, Given { rule, ..date }));
                }
            }
            "FRBRuri" | "FRBRthis" if self.is_in_work => {
                let value = given("value", "FRBRuri");
                if let Some(date) = value.and_then(|value| day_in_address(&value)) {
                    self.dates.push((Where::Address, date));
                }
            }
            "FRBRlanguage" => {
                let language = given("language", "FRBRlanguage");
                let known = language.and_then(|language| {
                    let tag = two_letters(&language.value)?;
                    Some(Given { value: tag.to_owned(), ..language })
                });
                if known.is_some() {
                    self.floor.sitting.language = known;
                }
            }
            "docTitle" if !tag.is_empty => self.floor.capture(),
            "debate" | "debateReport" => self.floor.sitting.event = given("name", "name"),
            name if name.starts_with("TLC") && self.declared.len() < DECLARED => {
                let key = given("eId", "eId").or_else(|| given("id", "id"));
                if let (Some(key), Some(shown)) = (key, given("showAs", "showAs")) {
                    self.declared.entry(key.value).or_insert(shown.value);
                }
            }
            "debateBody" | "body" | "mainBody" => {
                self.is_in_body = true;
                let date = self.dates.iter().min_by_key(|(place, _)| *place);
                self.floor.sitting.date = date.map(|(_, date)| date.clone());
            }
            "act" | "bill" | "judgment" | "doc" | "statement" | "amendment" => {
                self.document.get_or_insert_with(|| tag.name.to_owned());
            }
            _ if !self.is_in_body => {}
            "heading" | "subheading" if self.is_loose && !tag.is_empty => {
                self.end_loose(tag.span.start, out);
                self.floor.capture();
            }
            "heading" | "subheading" | "num" if !tag.is_empty && self.floor.turn.is_none() => {
                self.floor.capture();
            }
            "heading" | "subheading" | "num" => {}
            "from" if !tag.is_empty => self.floor.capture(),
            name if SECTIONS.contains(&name) && !tag.is_empty => {
                self.end_loose(tag.span.start, out);
                self.floor.enter_section();
            }
            "speech" | "question" | "answer" if !tag.is_empty => {
                let (kind, rule) = match tag.name {
                    "question" => (Kind::Question, "question"),
                    "answer" => (Kind::Answer, "answer"),
                    _ => (Kind::Speech, "speech"),
                };
                self.end_loose(tag.span.start, out);
                let speaker = self.speaker();
                self.give(speaker);
                let mut turn = Turn::new(kind, rule, tag.span);
                turn.record = given("eId", "eId").or_else(|| given("id", "id")).map(|id| id.value);
                self.floor.begin_within(turn, out);
                self.by = given("by", "by");
                self.role = given("as", "as");
                self.from = None;
            }
            name if PROCEDURE.contains(&name) && !tag.is_empty => {
                self.end_loose(tag.span.start, out);
                if self.floor.turn.is_some() {
                    self.floor.begin_aside(Kind::Procedure, "scene", tag.span);
                } else {
                    self.procedure += 1;
                    let mut turn = Turn::new(Kind::Procedure, "scene", tag.span);
                    let why = "the record, in nobody's name";
                    turn.speaker = Some(Speaker::unknown("not-named", why));
                    self.floor.begin(turn, out);
                }
            }
            "remark" if !tag.is_empty => {
                let kind = match given("type", "type").map(|kind| kind.value) {
                    Some(kind) if kind.starts_with("proce") => Kind::Procedure,
                    _ => Kind::Interjection,
                };
                self.floor.begin_aside(kind, "remark", tag.span);
            }
            // Words of a section that no speech holds are the record's.
            "p" if self.floor.turn.is_none()
                && !self.floor.is_aside()
                && !self.floor.is_capturing()
                && !tag.is_empty =>
            {
                let mut turn = Turn::new(Kind::Procedure, "p", tag.span);
                let why = "a paragraph outside of speeches";
                turn.speaker = Some(Speaker::unknown("not-named", why));
                self.floor.begin(turn, out);
                self.is_loose = true;
            }
            "p" | "li" | "tr" | "block" | "item" => self.floor.line(tag.span.start),
            "br" | "eol" | "td" | "th" => self.floor.space(tag.span.start),
            "i" | "em" | "inline" if !tag.is_empty => self.floor.begin_inline(tag.span),
            _ => {}
        }
    }

    fn close(&mut self, element: &str, span: Span, out: &mut Out<'_, '_>) {
        match element {
            "FRBRWork" => self.is_in_work = false,
            "docTitle" => {
                if let Some((text, span)) = self.floor.captured() {
                    self.floor.sitting.event = Some(Given::new(text, span, "docTitle"));
                }
            }
            "heading" | "subheading" => self.floor.heading("heading"),
            "num" => drop(self.floor.captured()),
            "from" => {
                let label = self.floor.captured();
                if let Some(turn) = &mut self.floor.turn {
                    turn.has_leader = true;
                }
                self.from = label.map(|(text, span)| Given::new(text, span, "from"));
            }
            "speech" | "question" | "answer" => {
                let speaker = self.speaker();
                self.give(speaker);
                self.floor.end_within(span.end, out);
            }
            "debateBody" | "body" | "mainBody" => {
                self.end_loose(span.start, out);
                self.is_in_body = false;
            }
            "remark" if self.floor.is_aside() => self.floor.end_aside(span.end, out),
            name if PROCEDURE.contains(&name) => {
                if self.floor.is_aside() {
                    self.floor.end_aside(span.end, out);
                } else if self.procedure > 0 {
                    self.procedure -= 1;
                    self.floor.end(span.end, out);
                }
            }
            name if SECTIONS.contains(&name) => {
                self.end_loose(span.start, out);
                self.floor.leave_section();
            }
            "p" | "li" | "tr" | "block" | "item" => self.floor.line(span.start),
            "i" | "em" | "inline" => self.floor.end_inline(span.end),
            _ => {}
        }
    }

    fn settle(&mut self) {
        if self.floor.turn.is_some() {
            let speaker = self.speaker();
            self.give(speaker);
        }
    }

    fn nothing(&self) -> Option<(bool, String)> {
        let document = self.document.as_ref()?;
        Some((true, format!("a document of the sort `{document}`, no debate: no statements")))
    }
}

impl Debate {
    /// Ends the paragraphs outside of speeches that are open.
    fn end_loose(&mut self, at: u64, out: &mut Out<'_, '_>) {
        if std::mem::take(&mut self.is_loose) {
            self.floor.end(at, out);
        }
    }

    /// The speech that is open is by this speaker; what is nobody's speech keeps nobody.
    fn give(&mut self, speaker: Speaker) {
        if let Some(turn) = &mut self.floor.turn {
            turn.speaker.get_or_insert(speaker);
        }
    }

    /// Who the speech is by: the declared person and role, and the words before it.
    fn speaker(&mut self) -> Speaker {
        let (by, role, from) = (self.by.take(), self.role.take(), self.from.take());
        let mut evidence = Vec::new();
        let mut person = Person::default();
        let shown = by.and_then(|by| {
            evidence.push(by.span);
            let key = by.value.trim_start_matches('#').to_owned();
            let shown = self.declared.get(&key).cloned();
            person.person = (!key.is_empty()).then_some(key);
            shown
        });
        if let Some(from) = &from {
            evidence.push(from.span);
        }
        let label = shown.clone().or_else(|| from.as_ref().map(|from| from.value.clone()));
        if let Some(label) = &label {
            let parts = labels::split(label);
            person.name = parts.name;
            person.role = parts.role;
        }
        person.as_written = from.map(|from| from.value).or(shown);
        if let Some(role) = role {
            evidence.push(role.span);
            let key = role.value.trim_start_matches('#');
            person.role = Some(self.declared.get(key).map_or(key, String::as_str).to_owned());
        }
        if person.as_written.is_none() && person.role.is_none() {
            let rule = if person.person.is_some() { "not-declared" } else { "not-named" };
            let note = match &person.person {
                Some(key) => format!("`{key}` is declared nowhere in the file"),
                None => "the speech names nobody".to_owned(),
            };
            return Speaker::Unknown(Basis { evidence, ..Basis::unknown(rule) }.with_note(note));
        }
        Speaker::Known(person, Basis::given("by", evidence))
    }
}

/// A day, unless it stands for none: some habits write the year 3000 for what they do not know.
fn as_day(given: &Given<String>) -> Option<Given<StatementDate>> {
    let day: StatementDate = given.value.split('T').next()?.parse().ok()?;
    (day.get_year() < 2_200).then(|| Given::new(day, given.span, given.rule))
}

/// The day in an address such as `/za/debaterecord/2012-09-20/main`.
fn day_in_address(given: &Given<String>) -> Option<Given<StatementDate>> {
    let part = given.value.split('/').find(|part| part.len() == 10 && part.contains('-'))?;
    let at = given.span.start + (part.as_ptr() as usize - given.value.as_ptr() as usize) as u64;
    // Where entities were replaced, a part of the value stands somewhere in all of it.
    let is_plain = given.value.len() as u64 == given.span.len();
    let span = if is_plain { Span::new(at, at + part.len() as u64) } else { given.span };
    let day = Given::new(part.to_owned(), span, "FRBRuri");
    as_day(&day)
}

/// The two letters of BCP 47 for three of ISO 639-2, in which works name their language.
fn two_letters(language: &str) -> Option<&str> {
    Some(match language {
        "eng" => "en",
        "fra" | "fre" => "fr",
        "spa" => "es",
        "ita" => "it",
        "deu" | "ger" => "de",
        "por" => "pt",
        "nld" | "dut" => "nl",
        "swa" => "sw",
        "ara" => "ar",
        "afr" => "af",
        "pol" => "pl",
        "mul" | "und" => return None,
        two if two.len() == 2 => two,
        _ => return None,
    })
}
