//! JSON lines: the contract's statements, and any other objects by field mapping.

use std::collections::BTreeMap;
use std::io;

use dixit::{Basis, Kind, Passage, Person, SourceMap, Span, Statement, StatementDate};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::mapping::Slot;
use super::{Flow, Head, Input, Item, Line, Reader, Record, Sink, json_text, read_line};
use crate::extract;
use crate::problem::Problem;

/// One JSON object a line.
pub(super) struct JsonLines;

impl Reader for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn about(&self) -> &'static str {
        "JSON lines: dixit's own statements, or any objects (fields by name, or by --map)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson"]
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        if matches!(head.extension, "jsonl" | "ndjson") {
            return Some("its name");
        }
        let lines = head.bytes.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
        let mut lines = lines.filter(|line| !line.is_empty());
        let first = lines.next()?;
        if first.first() != Some(&b'{') {
            return None;
        }
        let is_object =
            |line: &[u8]| serde_json::from_slice::<BTreeMap<String, &RawValue>>(line).is_ok();
        let is_complete = head.is_whole || first.len() < head.bytes.len();
        // A `.json` of one line is a document, whose records lie somewhere inside it.
        let is_document = head.extension == "json" && lines.next().is_none();
        (is_complete && !is_document && is_object(first)).then_some("an object a line")
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        let mut buffer = Vec::new();
        let (mut line, mut byte, mut ordinal) = (0_u64, 0_u64, 0_u64);
        loop {
            let start = byte;
            line += 1;
            let read = read_line(input.bytes, &mut buffer, input.limits.record_bytes)?;
            let report = |message: String, at: u64, sink: &mut Sink<'_>| {
                sink(Item::Problem(Problem::left_out(input.name, message).at(line, at)))
            };
            let flow = match read {
                Line::End => return Ok(()),
                Line::TooLong(bytes) => {
                    byte += bytes;
                    let most = input.limits.record_bytes;
                    report(
                        format!("a line of {bytes} bytes; {most} is the most for one record"),
                        start,
                        sink,
                    )
                }
                Line::Whole(bytes) => {
                    byte += bytes;
                    let content = buffer.as_slice();
                    let bom =
                        if start == 0 && content.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
                    let content = &content[bom..];
                    if content.trim_ascii().is_empty() {
                        continue;
                    }
                    ordinal += 1;
                    let at = start + bom as u64;
                    match std::str::from_utf8(content) {
                        Err(error) => {
                            let bad = at + error.valid_up_to() as u64;
                            report(format!("byte {bad} is not UTF-8"), bad, sink)
                        }
                        Ok(content) => {
                            let place = Place { name: input.name, line, at, ordinal };
                            record(content, &place, input, sink)
                        }
                    }
                }
            };
            if flow == Flow::Enough {
                return Ok(());
            }
        }
    }
}

/// Where a record stands.
struct Place<'p> {
    name: &'p str,
    line: u64,
    /// The byte of the file at which the line's content starts.
    at: u64,
    ordinal: u64,
}

impl Place<'_> {
    fn problem(&self, message: impl Into<String>) -> Problem {
        Problem::left_out(self.name, message).at(self.line, self.at)
    }
}

/// A value of the record and where it stands in the file.
#[derive(Clone, Copy)]
struct Given<'r> {
    raw: &'r str,
    at: u64,
}

impl Given<'_> {
    fn span(self) -> Span {
        Span::new(self.at, self.at + self.raw.len() as u64)
    }

    /// The value as text, with its map back: a string, or a number as it is written.
    fn text(self) -> Option<(String, SourceMap)> {
        match self.raw.as_bytes().first()? {
            b'"' => json_text::decode(self.raw, self.at),
            b'0'..=b'9' | b'-' => {
                Some((self.raw.to_owned(), SourceMap::verbatim(self.at, self.raw.len())))
            }
            _ => None,
        }
    }

    fn is_null(self) -> bool {
        self.raw == "null"
    }
}

fn record(content: &str, place: &Place<'_>, input: &Input<'_>, sink: &mut Sink<'_>) -> Flow {
    let object: BTreeMap<String, &RawValue> = match serde_json::from_str(content) {
        Ok(object) => object,
        Err(error) => {
            let message = format!("not a JSON object: {error}");
            return sink(Item::Problem(place.problem(message)));
        }
    };
    let offset_of =
        |inner: &str| place.at + (inner.as_ptr() as usize - content.as_ptr() as usize) as u64;
    let keys: Vec<&str> = object.keys().map(String::as_str).collect();
    let assigned = input.fields.assign(&keys);
    let given = |slot: Slot| -> Option<Given<'_>> {
        let key = assigned.get(&slot)?;
        let mut raw = object.get(*key)?.get();
        if let Some(path) = input.fields.inner_path(slot, key) {
            for step in path.split('.') {
                let inner: BTreeMap<String, &RawValue> = serde_json::from_str(raw).ok()?;
                raw = inner.get(step)?.get();
            }
        }
        let given = Given { raw, at: offset_of(raw) };
        (!given.is_null()).then_some(given)
    };

    let Some((text, map)) = given(Slot::Text).and_then(Given::text) else {
        let keys = keys.join(", ");
        return sink(Item::Problem(place.problem(format!(
            "no text: none of its fields ({keys}) is known to hold it; name it with --map text=FIELD"
        ))));
    };
    if text.trim().is_empty() {
        return sink(Item::Problem(place.problem("its text is empty")));
    }

    let mut statement = Statement::new(place.name, text);
    let mut problems = Vec::new();
    // A field that does not read is reported; the statement is kept without it.
    let mut bad = |slot: Slot, why: String| {
        problems.push(place.problem(format!("its {}: {why}", slot.name())));
    };

    let is_export = object.contains_key("format");
    let own_place = source(given(Slot::Source), given(Slot::Url), is_export, &mut statement);
    input.elsewhere.set(own_place);
    if !own_place {
        statement.source.encoding = None;
        statement.source.ordinal = Some(place.ordinal);
        statement.source.span = Some(Span::new(place.at, place.at + content.len() as u64));
        statement.set_source_map(map);
    }
    if let Some((record, _)) = given(Slot::Id).and_then(Given::text) {
        statement.source.record = Some(record);
    }

    // A statement with places in another file has none in this one.
    let place_of = |value: Given<'_>| (!own_place).then(|| value.span());

    let fill = |slot: Slot, target: &mut Option<String>, basis: &mut BTreeMap<String, Basis>| {
        if let Some(value) = given(slot)
            && let Some((text, _)) = value.text().filter(|(text, _)| !text.trim().is_empty())
        {
            *target = Some(text.trim().to_owned());
            basis.insert(slot.name().to_owned(), Basis::given("field", place_of(value)));
        }
    };
    let mut basis = BTreeMap::new();
    fill(Slot::Title, &mut statement.title, &mut basis);
    fill(Slot::Event, &mut statement.event, &mut basis);
    fill(Slot::Language, &mut statement.language, &mut basis);

    for (slot, target) in [
        (Slot::Topics, &mut statement.topics),
        (Slot::Keywords, &mut statement.keywords),
        (Slot::References, &mut statement.references),
    ] {
        if let Some(value) = given(slot) {
            match list(value.raw) {
                Some(values) if values.is_empty() => {}
                Some(values) => {
                    *target = values;
                    basis.insert(slot.name().to_owned(), Basis::given("field", place_of(value)));
                }
                None => bad(slot, "a text or a list of texts was expected".to_owned()),
            }
        }
    }

    if let Some(value) = given(Slot::Kind) {
        let kind = value.text().map(|(text, _)| text.parse::<Kind>());
        match kind {
            Some(Ok(kind)) => {
                statement.kind = kind;
                basis.insert("kind".to_owned(), Basis::given("field", place_of(value)));
            }
            // `type` is a word that publishers use for much else.
            _ if assigned.get(&Slot::Kind) != Some(&"kind") => {}
            Some(Err(why)) => bad(Slot::Kind, why),
            None => bad(Slot::Kind, "a text was expected".to_owned()),
        }
    }

    if let Some(value) = given(Slot::Date) {
        match date(value) {
            Ok(date) => {
                statement.date = Some(date);
                basis.insert("date".to_owned(), Basis::given("field", place_of(value)));
            }
            Err(why) => {
                let mut unknown = Basis::unknown("bad-date").with_note(why.clone());
                unknown.evidence.extend(place_of(value));
                basis.insert("date".to_owned(), unknown);
                bad(Slot::Date, why);
            }
        }
    }

    match speaker(&given) {
        Ok(Some((person, mut evidence))) => {
            evidence.retain(|_| !own_place);
            statement.speaker = Some(person);
            basis.insert("speaker".to_owned(), Basis::given("field", evidence));
        }
        Ok(None) => {
            if assigned
                .get(&Slot::Speaker)
                .is_some_and(|key| object.get(*key).is_some_and(|v| v.get() == "null"))
            {
                let unknown =
                    Basis::unknown("given-as-unknown").with_note("the source gives no speaker");
                basis.insert("speaker".to_owned(), unknown);
            }
        }
        Err(why) => bad(Slot::Speaker, why),
    }

    if let Some(raw) = object.get("passages").filter(|raw| raw.get() != "null") {
        match serde_json::from_str::<Vec<Passage>>(raw.get()) {
            Ok(passages) => statement.passages = passages,
            Err(error) => problems.push(place.problem(format!("its passages: {error}"))),
        }
    }
    // A basis that came along tells more than that the value was given here.
    if let Some(raw) = object.get("basis").filter(|raw| raw.get() != "null") {
        match serde_json::from_str::<BTreeMap<String, Basis>>(raw.get()) {
            Ok(own) => basis.extend(own),
            Err(error) => problems.push(place.problem(format!("its basis: {error}"))),
        }
    }
    statement.basis = basis;

    if sink(Item::Record(Box::new(Record { statement }))) == Flow::Enough {
        return Flow::Enough;
    }
    for problem in problems {
        if sink(Item::Problem(problem)) == Flow::Enough {
            return Flow::Enough;
        }
    }
    Flow::More
}

/// Takes the record's own word on where it was published. Whether that includes its place in another
/// file, so that the place in this one is not the one to cite. A statement that dixit wrote out
/// without a place never stood in a file: its spans count bytes of its text.
fn source(
    source: Option<Given<'_>>,
    url: Option<Given<'_>>,
    is_export: bool,
    statement: &mut Statement,
) -> bool {
    let mut own_place = false;
    if let Some(value) = source {
        if let Some((name, _)) = value.text() {
            // A bare name is a note on the publisher or an address; this file stays the source.
            if name.starts_with("http://") || name.starts_with("https://") {
                statement.source.url = Some(name);
            }
        } else if let Ok(own) = serde_json::from_str::<OwnSource>(value.raw) {
            statement.source.url = own.url.filter(|url| !url.is_empty());
            if let Some(name) = own.name.filter(|name| !name.is_empty()) {
                statement.source.name = name;
                statement.source.ordinal = own.ordinal;
                statement.source.span = own.span;
                statement.source.encoding = own.encoding;
                statement.source.map = own.map;
                own_place = own.span.is_some() || is_export;
            }
        }
    }
    if let Some((url, _)) = url.and_then(Given::text).filter(|(url, _)| !url.is_empty()) {
        statement.source.url = Some(url);
    }
    own_place
}

#[derive(Deserialize)]
struct OwnSource {
    name: Option<String>,
    url: Option<String>,
    ordinal: Option<u64>,
    span: Option<Span>,
    encoding: Option<String>,
    map: Option<SourceMap>,
}

/// The speaker: an object as in the contract, or a name beside which other fields stand.
fn speaker<'r>(
    given: &impl Fn(Slot) -> Option<Given<'r>>,
) -> Result<Option<(Person, Vec<Span>)>, String> {
    let mut evidence = Vec::new();
    let mut person = Person::default();
    if let Some(value) = given(Slot::Speaker) {
        evidence.push(value.span());
        if let Some((name, _)) = value.text() {
            let name = name.trim();
            if !name.is_empty() {
                person.name = Some(name.to_owned());
                person.as_written = Some(name.to_owned());
            }
        } else {
            person = serde_json::from_str(value.raw).map_err(|error| error.to_string())?;
        }
    }
    for (slot, target) in [
        (Slot::Role, &mut person.role),
        (Slot::Affiliation, &mut person.affiliation),
        (Slot::Party, &mut person.party),
        (Slot::Country, &mut person.country),
        (Slot::Person, &mut person.person),
    ] {
        if target.is_none()
            && let Some(value) = given(slot)
            && let Some((text, _)) = value.text().filter(|(text, _)| !text.trim().is_empty())
        {
            *target = Some(text.trim().to_owned());
            evidence.push(value.span());
        }
    }
    // A party or country without anybody is no speaker.
    let is_somebody = person.name.is_some() || person.as_written.is_some() || person.role.is_some();
    Ok(is_somebody.then_some((person, evidence)))
}

fn date(value: Given<'_>) -> Result<StatementDate, String> {
    if let Some((text, _)) = value.text() {
        return text.parse().or_else(|error: dixit::DateError| {
            extract::parse_date(&text).ok_or_else(|| error.to_string())
        });
    }
    serde_json::from_str(value.raw).map_err(|error| error.to_string())
}

fn list(raw: &str) -> Option<Vec<String>> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }
    let values = match serde_json::from_str(raw).ok()? {
        OneOrMany::One(value) => vec![value],
        OneOrMany::Many(values) => values,
    };
    Some(
        values
            .into_iter()
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
            .collect(),
    )
}
