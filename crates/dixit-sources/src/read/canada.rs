//! Hansard and evidence of committees of the House of Commons of Canada, in its XML.

use std::io;

use dixit::{Basis, Kind, Person, Span, StatementDate};

use super::markup::{self, Dialect, Floor, Given, Out, Speaker, Tag, Turn};
use super::{Head, Input, Reader, Sink, labels};

/// Canadian Hansard.
pub(super) struct CanadianHansard;

impl Reader for CanadianHansard {
    fn name(&self) -> &'static str {
        "hansard-ca"
    }

    fn about(&self) -> &'static str {
        "Hansard of Canada: debates of the House of Commons and evidence of its committees"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        let root = head.root_element()?;
        let is_own = ["ExtractedInformation", "HansardBody", "StartPageNumber"]
            .iter()
            .any(|element| root.is_near(element));
        (root.is("Hansard") && is_own).then_some("its root and its parts")
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        let mut hansard = Hansard::default();
        hansard.floor.sitting.country = Some("Canada".to_owned());
        markup::read(hansard, input, sink)
    }
}

/// Headings, and how deep they lie.
const HEADINGS: [(&str, usize); 6] = [
    ("OrderOfBusinessTitle", 1),
    ("CatchLine", 2),
    ("SubjectOfBusinessTitle", 3),
    ("SubjectOfBusinessQualifier", 4),
    ("ProceduralTitle", 3),
    ("QuestionTitle", 4),
];

/// What is being read of a file.
#[derive(Default)]
struct Hansard {
    floor: Floor,
    /// The element of which the text is captured.
    captured: Option<&'static str>,
    /// The name of the item of metadata that is open.
    item: String,
    day: [Option<(String, Span)>; 3],
    person: Option<String>,
    is_in_body: bool,
}

impl Dialect for Hansard {
    const NOTHING: &'static str = "no interventions in it: no statements";

    fn floor(&mut self) -> &mut Floor {
        &mut self.floor
    }

    fn open(&mut self, tag: &Tag<'_>, out: &mut Out<'_, '_>) {
        let at = tag.span.start;
        if tag.is("Hansard")
            && let Some(language) = tag.attribute("lang").filter(|value| !value.text.is_empty())
        {
            let tag = language.text.to_ascii_lowercase();
            self.floor.sitting.language = Some(Given::new(tag, language.span, "xml:lang"));
        }
        if tag.is_empty {
            return;
        }
        if let Some((heading, _)) = HEADINGS.iter().find(|(heading, _)| tag.is(heading)) {
            self.floor.end(at, out);
            return self.capture(heading);
        }
        match tag.name {
            "ExtractedItem" => {
                let name = tag.attribute("Name").map(|value| value.text.into_owned());
                self.item = name.unwrap_or_default();
                self.capture("ExtractedItem");
            }
            "HansardBody" | "Intro" => self.is_in_body = true,
            "Intervention" => {
                let kind = tag.attribute("Type").map(|value| value.text.into_owned());
                let (kind, rule) = match kind.as_deref() {
                    Some("Question") => (Kind::Question, "Type"),
                    Some("Answer") => (Kind::Answer, "Type"),
                    // `Interjection` here is any short contribution.
                    _ => (Kind::Speech, "Intervention"),
                };
                let mut turn = Turn::new(kind, rule, tag.span);
                turn.record = tag.attribute("id").map(|value| value.text.into_owned());
                self.floor.begin(turn, out);
            }
            "PersonSpeaking" => {
                self.person = None;
                self.capture("PersonSpeaking");
            }
            "Affiliation" if self.captured == Some("PersonSpeaking") => {
                self.person = tag.attribute("DbId").map(|value| value.text.into_owned());
            }
            "Timestamp" | "FloorLanguage" if self.captured.is_none() => {
                self.capture(if tag.is("Timestamp") { "Timestamp" } else { "FloorLanguage" });
            }
            "ParaText" | "QuotePara" | "ProceduralText" | "Line" | "Verse" => {
                if self.floor.turn.is_none() && self.is_in_body && self.captured.is_none() {
                    let mut turn = Turn::new(Kind::Procedure, "ProceduralText", tag.span);
                    let why = "the record, in nobody's name";
                    turn.speaker = Some(Speaker::unknown("not-named", why));
                    self.floor.begin(turn, out);
                }
                self.floor.line(at);
            }
            "entry" | "td" | "th" => self.floor.space(at),
            "I" | "Em" | "i" | "em" => self.floor.begin_inline(tag.span),
            _ => {}
        }
    }

    fn close(&mut self, element: &str, span: Span, out: &mut Out<'_, '_>) {
        if self.captured.is_some_and(|captured| captured.eq_ignore_ascii_case(element)) {
            self.captured = None;
            if let Some((_, depth)) =
                HEADINGS.iter().find(|(heading, _)| heading.eq_ignore_ascii_case(element))
            {
                return self.floor.ranked_heading(*depth, "heading");
            }
            let Some((text, at)) = self.floor.captured() else { return };
            match element {
                "ExtractedItem" => self.item(text, at),
                "PersonSpeaking" => {
                    let speaker = speaker(&text, at, self.person.take());
                    if let Some(turn) = &mut self.floor.turn {
                        turn.speaker = Some(speaker);
                    }
                }
                _ => {}
            }
            return;
        }
        match element {
            "Intervention" => self.floor.end(span.end, out),
            "ParaText" | "QuotePara" | "ProceduralText" | "Line" => self.floor.line(span.start),
            "I" | "Em" | "i" | "em" => self.floor.end_inline(span.end),
            "HansardBody" => self.is_in_body = false,
            _ => {}
        }
    }
}

impl Hansard {
    fn capture(&mut self, element: &'static str) {
        self.floor.capture();
        self.captured = Some(element);
    }

    /// An item of the metadata.
    fn item(&mut self, text: String, at: Span) {
        let place = match self.item.as_str() {
            "MetaDateNumYear" => 0,
            "MetaDateNumMonth" => 1,
            "MetaDateNumDay" => 2,
            "InstitutionDebate" | "Institution" => {
                let event = Given::new(text, at, "InstitutionDebate");
                self.floor.sitting.event.get_or_insert(event);
                return;
            }
            _ => return,
        };
        self.day[place] = Some((text, at));
        if let [Some((year, from)), Some((month, to)), Some((day, last))] = &self.day
            && let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse())
            && let Some(date) = StatementDate::day(year, month, day)
        {
            let span = [from, to, last];
            let start = span.iter().map(|span| span.start).min().unwrap_or(at.start);
            let end = span.iter().map(|span| span.end).max().unwrap_or(at.end);
            let date = Given::new(date, Span::new(start, end), "MetaDateNum");
            self.floor.sitting.date = Some(date);
        }
    }
}

/// `Mr. Peter Muster (Place, Lib.)`, `The Chair (Ms. Ada Muster (Place, CPC))`,
/// `Hon. Eva Muster (Minister of Health, Lib.)`.
fn speaker(label: &str, at: Span, id: Option<String>) -> Speaker {
    let label = label.trim().trim_end_matches(':').trim();
    if label.is_empty() {
        return Speaker::unknown("not-named", "the intervention names nobody");
    }
    let mut person = Person {
        as_written: Some(label.to_owned()),
        person: id.filter(|id| id != "0"),
        ..Person::default()
    };
    let outer = label
        .split_once('(')
        .map(|(before, inner)| (before.trim(), inner.strip_suffix(')').unwrap_or(inner).trim()));
    match outer {
        Some((office, inner))
            if labels::split(inner).has_title && labels::split(office).name.is_none() =>
        {
            person.role = Some(office.to_owned());
            let (name, place) = match inner.split_once('(') {
                Some((name, place)) => (name, Some(place.trim_end_matches(')'))),
                None => (inner, None),
            };
            person.name = labels::split(name).name;
            person.party =
                place.and_then(|place| place.rsplit_once(", ")).map(|(_, party)| party.to_owned());
        }
        Some((name, inner)) => {
            let parts = labels::split(name);
            person.name = parts.name;
            person.role = parts.role;
            let (what, party) = match inner.rsplit_once(", ") {
                Some((what, party)) => (what, Some(party.to_owned())),
                None => (inner, None),
            };
            person.party = party;
            let is_office = labels::is_office(what);
            person.role = person.role.or_else(|| is_office.then(|| what.to_owned()));
        }
        None => {
            let parts = labels::split(label);
            person.name = parts.name;
            person.role = parts.role;
        }
    }
    Speaker::Known(person, Basis::given("PersonSpeaking", [at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_tell_name_office_and_party() {
        let told = |label: &str| {
            let Speaker::Known(person, _) = speaker(label, Span::new(0, 1), None) else { panic!() };
            [person.name, person.role, person.party].map(Option::unwrap_or_default)
        };
        assert_eq!(told("Mr. Peter Muster (Place—Other, Lib.): "), ["Peter Muster", "", "Lib."]);
        assert_eq!(
            told("The Chair (Ms. Ada Muster (Place, CPC))"),
            ["Ada Muster", "The Chair", "CPC"]
        );
        assert_eq!(
            told("Hon. Eva Muster (Minister of Health, Lib.)"),
            ["Eva Muster", "Minister of Health", "Lib."]
        );
        assert_eq!(told("The Speaker"), ["", "Speaker", ""]);
        assert_eq!(told("Ms. Cara Muster"), ["Cara Muster", "", ""]);
    }
}
