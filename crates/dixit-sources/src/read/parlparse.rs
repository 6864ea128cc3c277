//! The XML of parlparse, which TheyWorkForYou and its sisters read: debates, written answers and
//! statements, both Houses, Westminster Hall, committees, Scotland, Wales and Northern Ireland.

use std::io;

use dixit::{Basis, Kind, Person, Span, StatementDate};

use super::markup::{self, Dialect, Floor, Given, Out, Speaker, Tag, Turn};
use super::{Head, Input, Reader, Sink, labels};

/// Debates and answers as parlparse writes them.
pub(super) struct Parlparse;

/// What the second part of an id says of where it was spoken.
const PLACES: [(&str, &str); 13] = [
    ("debate", "House of Commons: debates"),
    ("lords", "House of Lords: debates"),
    ("westminhall", "Westminster Hall: debates"),
    ("wrans", "Written answers"),
    ("wms", "Written ministerial statements"),
    ("standing", "Public bill committee"),
    ("lordswrans", "House of Lords: written answers"),
    ("lordswms", "House of Lords: written statements"),
    ("spor", "Scottish Parliament: official report"),
    ("spwa", "Scottish Parliament: written answers"),
    ("ni", "Northern Ireland Assembly: debates"),
    ("senedd", "Senedd: record of proceedings"),
    ("london-mayors-questions", "London Assembly: questions to the Mayor"),
];

impl Reader for Parlparse {
    fn name(&self) -> &'static str {
        "parlparse"
    }

    fn about(&self) -> &'static str {
        "XML of parlparse (TheyWorkForYou): debates, written answers and statements"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        head.root_element()?.is("publicwhip").then_some("its root element")
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        markup::read(Record::default(), input, sink)
    }
}

/// What is being read of a file.
#[derive(Default)]
struct Record {
    floor: Floor,
    redirects: u64,
}

/// What an element that holds words is.
fn kind_of(tag: &Tag<'_>, is_unnamed: bool) -> Option<(Kind, &'static str)> {
    Some(match tag.name {
        "division" => (Kind::Procedure, "division"),
        "speech" | "motion" if is_unnamed => (Kind::Procedure, "nospeaker"),
        "speech" if tag.attribute("oral-qnum").is_some() => (Kind::Question, "oral-qnum"),
        "speech" => (Kind::Speech, "speech"),
        "motion" => (Kind::Speech, "motion"),
        "ques" | "question" => (Kind::Question, "ques"),
        "reply" => (Kind::Answer, "reply"),
        _ => return None,
    })
}

impl Dialect for Record {
    const NOTHING: &'static str = "no speeches in it: no statements";
    const UNDATED: Option<&'static str> = None;

    fn floor(&mut self) -> &mut Floor {
        &mut self.floor
    }

    fn open(&mut self, tag: &Tag<'_>, out: &mut Out<'_, '_>) {
        if tag.name.ends_with("-heading") {
            if !tag.is_empty {
                self.floor.end(tag.span.start, out);
                self.place(tag);
                self.floor.capture();
            }
            return;
        }
        let is_unnamed = tag.attribute("nospeaker").is_some_and(|value| value.text == "true");
        if let Some((kind, rule)) = kind_of(tag, is_unnamed) {
            if tag.is_empty {
                return;
            }
            if tag.name == "division" && self.floor.turn.is_some() {
                self.floor.begin_aside(kind, rule, tag.span);
                return;
            }
            self.place(tag);
            let mut turn = Turn::new(kind, rule, tag.span);
            turn.record = tag.attribute("id").map(|value| value.text.into_owned());
            let url = tag.attribute("url").map(|value| value.text.into_owned());
            turn.url = url.filter(|url| !url.is_empty());
            turn.speaker = Some(speaker(tag, is_unnamed || tag.name == "division"));
            self.floor.begin_within(turn, out);
            return;
        }
        match tag.name {
            "gidredirect" => self.redirects += 1,
            "p" | "tr" | "mpname" | "lord" | "mspname" | "mlaname" | "li" | "syn" | "chairmen" => {
                self.floor.line(tag.span.start);
            }
            "td" | "th" | "br" | "mplist" | "lordlist" => self.floor.space(tag.span.start),
            "i" | "em" if !tag.is_empty => self.floor.begin_inline(tag.span),
            _ => {}
        }
    }

    fn close(&mut self, element: &str, span: Span, out: &mut Out<'_, '_>) {
        match element {
            "oral-heading" => self.floor.ranked_heading(0, "oral-heading"),
            "major-heading" => self.floor.ranked_heading(1, "major-heading"),
            "minor-heading" => self.floor.ranked_heading(2, "minor-heading"),
            heading if heading.ends_with("-heading") => self.floor.ranked_heading(3, "heading"),
            "division" if self.floor.is_aside() => self.floor.end_aside(span.end, out),
            "speech" | "motion" | "ques" | "question" | "reply" | "division" => {
                self.floor.end_within(span.end, out);
            }
            "p" | "tr" | "mpname" | "lord" | "li" => self.floor.line(span.start),
            "i" | "em" => self.floor.end_inline(span.end),
            _ => {}
        }
    }

    fn nothing(&self) -> Option<(bool, String)> {
        // An earlier state of a day, of which everything moved on to a later one.
        let why = "it only says where its speeches went: no statements";
        (self.redirects > 0).then(|| (false, why.to_owned()))
    }
}

impl Record {
    /// Takes from an id such as `uk.org.publicwhip/debate/2009-10-26b.1.2` the day, and where it was.
    fn place(&mut self, tag: &Tag<'_>) {
        let Some(id) = tag.attribute("id") else { return };
        let text = &*id.text;
        // Where entities were replaced, a part of the value stands somewhere in all of it.
        let is_plain = text.len() as u64 == id.span.len();
        let part_of = |from: usize, length: usize| {
            let start = id.span.start + from as u64;
            if is_plain { Span::new(start, start + length as u64) } else { id.span }
        };
        let mut at = 0;
        let parts = text.split('/').map(|part| {
            let begins = at;
            at += part.len() + 1;
            (begins, part)
        });
        let mut before = None;
        for (begins, part) in parts {
            if let Some(day) = part.get(..10).and_then(|day| day.parse::<StatementDate>().ok()) {
                let date = Given::new(day, part_of(begins, 10), "id");
                self.floor.sitting.date = Some(date);
                let known = before.and_then(|(begins, before): (usize, &str)| {
                    let (_, name) = PLACES.iter().find(|(part, _)| *part == before)?;
                    let span = part_of(begins, before.len());
                    Some(Given::new((*name).to_owned(), span, "id"))
                });
                if known.is_some() {
                    self.floor.sitting.event = known;
                    self.floor.sitting.country = Some("United Kingdom".to_owned());
                }
                return;
            }
            before = Some((begins, part));
        }
    }
}

/// Who an element says that it is by.
fn speaker(tag: &Tag<'_>, is_unnamed: bool) -> Speaker {
    let value = |name: &str| {
        let value = tag.attribute(name)?;
        let text = value.text.trim().to_owned();
        (!text.is_empty() && text != "unknown").then_some((text, value.span))
    };
    let name = value("speakername").or_else(|| value("spokenname"));
    let key = value("person_id").or_else(|| value("speakerid"));
    let office = value("speakeroffice").or_else(|| value("role"));
    let Some((as_written, named_at)) = name.filter(|_| !is_unnamed) else {
        if let Some((key, span)) = key.filter(|_| !is_unnamed) {
            let basis = Basis { evidence: vec![span], ..Basis::unknown("no-list") };
            return Speaker::Unknown(basis.with_note(format!("only the key {key} is given")));
        }
        return Speaker::unknown("not-named", "the record, in nobody's name");
    };
    let parts = labels::split(&as_written);
    let mut evidence = vec![named_at];
    let mut person = Person {
        name: parts.name,
        role: parts.role,
        as_written: Some(as_written),
        ..Person::default()
    };
    if let Some((office, span)) = office {
        evidence.push(span);
        person.role = Some(office);
    }
    person.person = key.map(|(key, _)| key.trim_start_matches("uk.org.publicwhip/").to_owned());
    Speaker::Known(person, Basis::given("speakername", evidence))
}
