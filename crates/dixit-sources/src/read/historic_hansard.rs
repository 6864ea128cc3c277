//! Historic Hansard of the United Kingdom, 1803 to 2005, as digitised: members and their contributions
//! inside paragraphs.

use std::io;

use dixit::{Basis, Kind, Person, Span};

use super::markup::{self, Dialect, Floor, Given, Out, Speaker, Tag, Text, TextBuilder, Turn};
use super::{Head, Input, Reader, Sink, labels};

/// Historic Hansard.
pub(super) struct HistoricHansard;

/// Parts of a volume that are debates, with what they are called.
const HOUSES: [(&str, &str); 7] = [
    ("housecommons", "House of Commons"),
    ("houselords", "House of Lords"),
    ("westminsterhall", "Westminster Hall"),
    ("writtenanswers", "Written answers"),
    ("writtenstatements", "Written statements"),
    ("grandcommitteereport", "Grand Committee"),
    ("lordswrittenanswers", "House of Lords: written answers"),
];

/// Parts that are no debates.
const LISTS: [&str; 4] = ["titlepage", "frontmatter", "index", "backmatter"];

impl Reader for HistoricHansard {
    fn name(&self) -> &'static str {
        "hansard-uk-historic"
    }

    fn about(&self) -> &'static str {
        "historic Hansard of the United Kingdom, 1803 to 2005: members and contributions"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        let root = head.root_element()?;
        if HOUSES.iter().any(|(house, _)| root.is(house)) {
            return Some("its root element");
        }
        let is_volume = root.is("hansard")
            && ["titlepage", "frontmatter", "housecommons", "houselords", "section", "UE"]
                .iter()
                .any(|element| root.is_near(element));
        (is_volume && !root.is_near("session.header")).then_some("its root and its parts")
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        let mut volume = Volume::default();
        volume.floor.sitting.country = Some("United Kingdom".to_owned());
        markup::read(volume, input, sink)
    }
}

/// What is being read of a file.
#[derive(Default)]
struct Volume {
    floor: Floor,
    /// Parts that are no debates and are open.
    lists: usize,
    is_written: bool,
    /// The member whom the paragraph names, while the name is read, and after.
    member: Option<TextBuilder>,
    is_naming: bool,
    captured: Option<&'static str>,
}

impl Dialect for Volume {
    const NOTHING: &'static str = "no paragraphs of debate in it: no statements";

    fn floor(&mut self) -> &mut Floor {
        &mut self.floor
    }

    fn open(&mut self, tag: &Tag<'_>, out: &mut Out<'_, '_>) {
        let at = tag.span.start;
        if tag.is_empty {
            if matches!(tag.name, "lb" | "br") {
                self.floor.line(at);
            }
            return;
        }
        if LISTS.contains(&tag.name) {
            self.lists += 1;
        }
        if self.lists > 0 {
            return;
        }
        if let Some((house, name)) = HOUSES.iter().find(|(house, _)| *house == tag.name) {
            self.floor.end(at, out);
            let span = Span::new(at + 1, at + 1 + tag.name.len() as u64);
            self.floor.sitting.event = Some(Given::new((*name).to_owned(), span, "house"));
            self.floor.enter_section();
            self.is_written = house.starts_with("written") || house.ends_with("answers");
            return;
        }
        match tag.name {
            "section" | "group" | "debates" | "oralquestions" | "body" => {
                self.floor.end(at, out);
                self.floor.enter_section();
            }
            "title" => {
                self.floor.end(at, out);
                self.captured = Some("title");
                self.floor.capture();
            }
            "date" => {
                self.floor.end(at, out);
                if let Some(day) = tag.attribute("format")
                    && let Ok(date) = day.text.trim().parse()
                {
                    self.floor.sitting.date = Some(Given::new(date, day.span, "date"));
                }
                self.captured = Some("date");
                self.floor.capture();
            }
            // Numbers of columns and names of images are the page's.
            "col" | "image" if self.captured.is_none() => {
                self.captured = Some(if tag.name == "col" { "col" } else { "image" });
                self.floor.capture();
            }
            "p" => {
                // In written answers a paragraph without a name goes on with the answer.
                let goes_on = self.is_written && self.floor.turn.as_ref().is_some_and(is_named);
                self.member = None;
                if goes_on {
                    self.floor.line(at);
                } else {
                    self.begin(tag, out);
                }
            }
            "member" => {
                if self
                    .floor
                    .turn
                    .as_ref()
                    .is_some_and(|turn| is_named(turn) && !turn.text.is_empty())
                {
                    self.begin(tag, out);
                }
                self.is_naming = true;
                self.member = Some(TextBuilder::default());
            }
            "membercontribution" => {
                // What stands before it is the name, and the number of a question.
                if let Some(turn) = &mut self.floor.turn {
                    turn.text.clear();
                    turn.has_leader = true;
                    turn.kind = Kind::Speech;
                    turn.kind_rule = "membercontribution";
                }
            }
            "division" => {
                self.floor.end(at, out);
                self.begin(tag, out);
            }
            "lb" | "br" | "tr" | "li" => self.floor.line(at),
            "td" | "th" => self.floor.space(at),
            _ => {}
        }
    }

    fn close(&mut self, element: &str, span: Span, out: &mut Out<'_, '_>) {
        if LISTS.contains(&element) {
            self.lists = self.lists.saturating_sub(1);
            return;
        }
        if self.lists > 0 {
            return;
        }
        if self.captured.is_some_and(|captured| captured == element) {
            self.captured = None;
            match element {
                "title" => self.floor.heading("title"),
                _ => drop(self.floor.captured()),
            }
            return;
        }
        match element {
            "member" => {
                self.is_naming = false;
                let label = self.member.take().and_then(|mut label| label.take_value());
                if let (Some((label, at)), Some(turn)) = (label, &mut self.floor.turn) {
                    turn.speaker = Some(speaker(&label, at));
                    turn.kind = Kind::Question;
                    turn.kind_rule = "member";
                }
            }
            "p" if !self.is_written => self.floor.end(span.end, out),
            "p" | "tr" | "li" => self.floor.line(span.start),
            "division" => self.floor.end(span.end, out),
            "section" | "group" | "debates" | "oralquestions" | "body" => {
                self.floor.end(span.start, out);
                self.floor.leave_section();
            }
            house if HOUSES.iter().any(|(known, _)| *known == house) => {
                self.floor.end(span.start, out);
                self.floor.leave_section();
                self.is_written = false;
            }
            _ => {}
        }
    }

    fn text(&mut self, text: Text<'_>, out: &Out<'_, '_>) {
        if self.lists > 0 {
            return;
        }
        if self.is_naming
            && let Some(member) = &mut self.member
        {
            member.push(text);
        }
        self.floor.text(text, out);
    }
}

impl Volume {
    fn begin(&mut self, tag: &Tag<'_>, out: &mut Out<'_, '_>) {
        let mut turn = Turn::new(Kind::Procedure, "p", tag.span);
        turn.record = tag.attribute("id").map(|value| value.text.into_owned());
        let why = "the paragraph marks no member";
        turn.speaker = Some(Speaker::unknown("not-named", why));
        self.floor.begin(turn, out);
    }
}

fn is_named(turn: &Turn) -> bool {
    matches!(turn.speaker, Some(Speaker::Known(..)))
}

fn speaker(label: &str, at: Span) -> Speaker {
    let parts = labels::split(label);
    let person = Person {
        name: parts.name,
        role: parts.role,
        as_written: Some(label.to_owned()),
        ..Person::default()
    };
    Speaker::Known(person, Basis::given("member", [at]))
}
