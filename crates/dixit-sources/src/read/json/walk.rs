//! The walk through a document to its records, each with what stands around it.

use std::cell::Cell;
use std::collections::HashMap;
use std::io;

use dixit::{SourceMap, Span};

use super::fields::{self, Finding, Names, Outer};
use super::scan::{At, Scanner, Taken, Token};
use super::shape::{Shape, Step, key_text};
use crate::problem::Problem;
use crate::read::html::{self, Said};
use crate::read::layout::Keys;
use crate::read::mapping::FieldMap;
use crate::read::record::{Fields, Members, Place, build};
use crate::read::{Flow, Item, Sink};

/// A member around the records that is longer is no metadata.
const OUTER_BYTES: usize = 64 << 10;
/// After a record that does not end, records are looked for inside of it. So many bytes are read
/// again for it at most, and so no input makes it quadratic.
const AGAIN_BYTES: u64 = 64 << 20;

/// What stands around records, by the byte at which its object begins.
pub(super) type Around = HashMap<u64, Vec<Outer>>;

/// The ways to the records as a tree.
#[derive(Default)]
pub(super) struct Way {
    pub(super) by_key: HashMap<String, usize>,
    pub(super) each: Option<usize>,
    /// Which of the places of the shape the records here are of.
    pub(super) record: Option<usize>,
}

impl Way {
    pub(super) fn goes_on(&self) -> bool {
        self.each.is_some() || !self.by_key.is_empty()
    }
}

/// An array or object on the way.
struct Frame {
    way: usize,
    is_object: bool,
    /// Which way the member that is next leads.
    next: Option<usize>,
    outers: Vec<Outer>,
    /// Whether all of its members are known already.
    is_known: bool,
}

/// Records that were passed over for one reason.
#[derive(Default)]
struct Passed {
    count: u64,
    first: Option<At>,
}

impl Passed {
    fn add(&mut self, at: At) {
        self.count += 1;
        self.first.get_or_insert(at);
    }

    /// `3 records`, and where the first is.
    fn told(&self) -> Option<(String, At)> {
        let s = if self.count == 1 { "" } else { "s" };
        Some((format!("{} record{s}", self.count), self.first?))
    }
}

pub(super) struct Walk<'w, 'b> {
    pub(super) name: &'w str,
    names: Names<'w>,
    limit: usize,
    shape: &'w Shape,
    pub(super) ways: Vec<Way>,
    scanner: Scanner<'b>,
    stack: Vec<Frame>,
    buffer: Vec<u8>,
    pub(super) ordinal: u64,
    /// Told of records that lie in another file.
    pub(super) elsewhere: Option<&'w Cell<bool>>,
    again: u64,
    /// What a first walk found around the records.
    known: Option<&'w Around>,
    /// The heading that stands over what follows.
    heading: Vec<Outer>,
    wordless: Passed,
    stray: Passed,
    /// The keys of the records.
    keys: Keys,
}

impl<'w, 'b> Walk<'w, 'b> {
    pub(super) fn new(
        name: &'w str,
        map: &'w FieldMap,
        limit: usize,
        shape: &'w Shape,
        scanner: Scanner<'b>,
    ) -> Self {
        Self {
            name,
            names: Names::new(map),
            limit,
            shape,
            ways: ways(shape),
            scanner,
            stack: Vec::new(),
            buffer: Vec::new(),
            ordinal: 0,
            elsewhere: None,
            again: 0,
            known: None,
            heading: Vec::new(),
            wordless: Passed::default(),
            stray: Passed::default(),
            keys: Keys::default(),
        }
    }

    /// What stands around the records, before them and after.
    pub(super) fn around(mut self) -> io::Result<Around> {
        let mut around = Around::new();
        let mut begins = Vec::new();
        loop {
            let token = self.scanner.token()?;
            match token {
                Token::End => break,
                Token::Stray => {}
                Token::Close => {
                    if let (Some(frame), Some(begin)) = (self.stack.pop(), begins.pop())
                        && !frame.outers.is_empty()
                    {
                        around.insert(begin, frame.outers);
                    }
                }
                Token::Key => self.key(),
                Token::Value(first) => {
                    let begin = self.scanner.at().byte;
                    match self.way() {
                        Some(way) if self.ways[way].record.is_some() => {
                            let _ = self.scanner.take(&mut self.buffer, 0)?;
                        }
                        Some(way) if matches!(first, b'{' | b'[') => {
                            self.enter(way, first);
                            begins.push(begin);
                        }
                        _ => self.outer()?,
                    }
                }
            }
        }
        Ok(around)
    }

    /// Hands over the records.
    pub(super) fn records(
        mut self,
        known: Option<&'w Around>,
        sink: &mut Sink<'_>,
    ) -> io::Result<()> {
        self.known = known;
        loop {
            let at = self.scanner.at();
            let flow = match self.scanner.token()? {
                Token::End => break,
                Token::Stray => {
                    self.stray.add(at);
                    Flow::More
                }
                Token::Close => {
                    self.stack.pop();
                    self.heading.clear();
                    Flow::More
                }
                Token::Key => {
                    self.key();
                    Flow::More
                }
                Token::Value(first) => match self.way() {
                    Some(way) if self.ways[way].record.is_some() => {
                        self.record(way, first, sink)?
                    }
                    Some(way) if matches!(first, b'{' | b'[') => {
                        self.enter(way, first);
                        Flow::More
                    }
                    _ => {
                        self.outer()?;
                        Flow::More
                    }
                },
            };
            if flow == Flow::Enough {
                return Ok(());
            }
        }
        self.passed(sink);
        if let Some(layout) = self.keys.layout(self.names.map) {
            sink(Item::Layout(layout));
        }
        Ok(())
    }

    /// Tells of what was passed over.
    fn passed(&self, sink: &mut Sink<'_>) {
        let text = self.shape.records.first().map(|place| place.text.join(".")).unwrap_or_default();
        let mut tell = |problem: Problem, at: At| {
            sink(Item::Problem(problem.at(at.line, at.byte)));
        };
        if let Some((records, at)) = self.wordless.told() {
            let message = format!("{records} without words in `{text}` passed over");
            tell(Problem::noted(self.name, message), at);
        }
        if let Some((_, at)) = self.stray.told() {
            let count = self.stray.count;
            let message = format!("not JSON in {count} places between the records, the first here");
            tell(Problem::left_out(self.name, message), at);
        }
        if self.scanner.depth() > 0 {
            let message = "the document ends before it is closed: it is cut";
            tell(Problem::left_out(self.name, message), self.scanner.at());
        }
    }

    fn key(&mut self) {
        let key = key_text(&self.scanner.key);
        if let Some(frame) = self.stack.last_mut() {
            frame.next = self.ways[frame.way].by_key.get(&key).copied();
        }
    }

    /// Where the value that is next lies on the way.
    fn way(&self) -> Option<usize> {
        match self.stack.last() {
            None => Some(0),
            Some(frame) if frame.is_object => frame.next,
            Some(frame) => self.ways[frame.way].each,
        }
    }

    fn enter(&mut self, way: usize, first: u8) {
        let begin = self.scanner.at().byte;
        self.scanner.enter(first);
        let known = self.known.and_then(|known| known.get(&begin));
        self.stack.push(Frame {
            way,
            is_object: first == b'{',
            next: None,
            outers: known.cloned().unwrap_or_default(),
            is_known: known.is_some(),
        });
    }

    /// Keeps a member that stands around the records, or passes over it.
    fn outer(&mut self) -> io::Result<()> {
        let at = self.scanner.at().byte;
        let is_wanted = self.stack.last().is_some_and(|frame| frame.is_object && !frame.is_known);
        let limit = if is_wanted { OUTER_BYTES } else { 0 };
        let taken = self.scanner.take(&mut self.buffer, limit)?;
        if taken == Taken::Whole
            && is_wanted
            && let Ok(raw) = std::str::from_utf8(&self.buffer)
            && serde_json::from_str::<&serde_json::value::RawValue>(raw).is_ok()
            && let Some(frame) = self.stack.last_mut()
        {
            let key = key_text(&self.scanner.key);
            frame.outers.push(Outer { key, raw: raw.to_owned(), at });
        }
        Ok(())
    }

    fn record(&mut self, way: usize, first: u8, sink: &mut Sink<'_>) -> io::Result<Flow> {
        let at = self.scanner.at();
        let mut buffer = std::mem::take(&mut self.buffer);
        let taken = self.scanner.take(&mut buffer, self.limit)?;
        let flow = self.taken(way, first, at, taken, &buffer, sink);
        self.buffer = buffer;
        flow
    }

    fn taken(
        &mut self,
        way: usize,
        first: u8,
        at: At,
        taken: Taken,
        bytes: &[u8],
        sink: &mut Sink<'_>,
    ) -> io::Result<Flow> {
        let place = Place {
            name: self.name,
            line: at.line,
            at: at.byte,
            len: bytes.len() as u64,
            ordinal: self.ordinal + 1,
            elsewhere: self.elsewhere,
        };
        if let Taken::TooLong(length) = taken {
            let message =
                format!("a record of {length} bytes; {} is the most for one record", self.limit);
            self.ordinal += 1;
            return Ok(sink(Item::Problem(place.problem(message))));
        }
        if first != b'{' {
            if taken == Taken::Cut || bytes != b"null" {
                self.wordless.add(at);
            }
            return Ok(Flow::More);
        }
        self.ordinal += 1;
        let raw = match std::str::from_utf8(bytes) {
            Ok(raw) => raw,
            Err(error) => {
                let bad = at.byte + error.valid_up_to() as u64;
                let message = format!("byte {bad} is not UTF-8");
                return Ok(sink(Item::Problem(place.problem(message).at(at.line, bad))));
            }
        };
        let members = match serde_json::from_str::<Members<'_>>(raw) {
            Ok(members) if taken == Taken::Whole => members,
            other => {
                let why = match other {
                    Err(error) if taken == Taken::Whole => format!("not JSON: {error}"),
                    _ => "the record is not closed".to_owned(),
                };
                self.resume(at, taken, bytes)?;
                return Ok(sink(Item::Problem(place.problem(why))));
            }
        };
        let flow = self.found(way, raw, at, &members, None, &place, sink);
        if flow == Flow::Enough || !self.ways[way].goes_on() {
            return Ok(flow);
        }
        Ok(self.within(way, raw, at, sink))
    }

    /// After a record that does not parse: if it did not end where records end, others are in it.
    fn resume(&mut self, at: At, taken: Taken, bytes: &[u8]) -> io::Result<()> {
        let is_whole_there = self.scanner.at().byte - at.byte == bytes.len() as u64;
        let ended_well = taken == Taken::Whole
            && bytes.ends_with(b"}")
            && matches!(self.scanner.peek()?, None | Some(b',' | b']' | b'}'))
            && !has_raw_break(bytes);
        if ended_well || !is_whole_there {
            return Ok(());
        }
        if let Some(from) = next_record(bytes) {
            self.again += (bytes.len() - from) as u64;
            if self.again <= AGAIN_BYTES && self.scanner.at().byte - at.byte == bytes.len() as u64 {
                self.scanner.back(bytes, from, at);
            }
        }
        Ok(())
    }

    /// Takes one record; `outers` is of the record that it lies within.
    #[expect(clippy::too_many_arguments, reason = "a record is all of these")]
    pub(super) fn found(
        &mut self,
        way: usize,
        raw: &str,
        at: At,
        members: &Members<'_>,
        outers: Option<&[Outer]>,
        place: &Place<'_>,
        sink: &mut Sink<'_>,
    ) -> Flow {
        let Some(shape) = self.ways[way].record.map(|number| &self.shape.records[number]) else {
            return Flow::More;
        };
        let text = &shape.text;
        let words = fields::text(raw, at.byte, shape);
        let Some((words, map)) = words.filter(|(text, _)| text.chars().any(char::is_alphanumeric))
        else {
            self.wordless.add(at);
            return Flow::More;
        };
        if is_heading(members)
            && let [key] = text.as_slice()
            && let Some(value) = members.get(key).map(|value| value.get())
        {
            let at = at.byte + (value.as_ptr() as usize - raw.as_ptr() as usize) as u64;
            self.heading = vec![Outer { key: "heading".to_owned(), raw: value.to_owned(), at }];
            return Flow::More;
        }
        let mut finding = Finding::new(&mut self.names);
        finding.record(raw, at.byte, members);
        finding.is_within = outers.is_some();
        finding.around(outers.unwrap_or_default());
        finding.around(&self.heading);
        for frame in self.stack.iter().rev() {
            finding.around(&frame.outers);
        }
        let mut fields = finding.fields;
        fields.own = Some(members);
        self.keys.record(raw, at.byte, members, &fields, text);
        if super::is_markup(&words) {
            let (ordinal, flow) = turns(&fields, &words, &map, place, sink);
            self.ordinal = ordinal;
            return flow;
        }
        fields.text = Some((words, map));
        build(fields, &[], place, sink)
    }
}

/// Takes the turns in the HTML of a record, or its text where there are none; the number of the last.
fn turns(
    fields: &Fields<'_>,
    words: &str,
    map: &SourceMap,
    place: &Place<'_>,
    sink: &mut Sink<'_>,
) -> (u64, Flow) {
    let said = html::said_in(words);
    let is_transcript = said.iter().any(|said| said.label.is_some());
    // The record took one number; its turns take one each.
    let mut ordinal = place.ordinal - 1;
    for said in said {
        let own = |span: Span| {
            let range = span.as_range()?;
            map.to_source(range.start..range.end.min(words.len()))
        };
        let (Some(text_map), Some(span)) = (said.map.through(map, 0), own(said.span)) else {
            continue;
        };
        let label = said.label.and_then(|(label, at)| Some((label, own(at)?)));
        let heading = said.heading.and_then(|(rank, text, at)| Some((rank, text, own(at)?)));
        ordinal += 1;
        let is_said = is_transcript || said.is_note;
        let text = Some((said.text, text_map));
        let (no_text, no_map) = (String::new(), SourceMap::default());
        let said = Said { label, heading, span, text: no_text, map: no_map, ..said };
        let fields = Fields { text, said: is_said.then_some(said), ..fields.clone() };
        let place = Place { ordinal, ..*place };
        if build(fields, &[], &place, sink) == Flow::Enough {
            return (ordinal, Flow::Enough);
        }
    }
    (ordinal, Flow::More)
}

/// Whether a record says that it is a heading over those after it.
fn is_heading(members: &Members<'_>) -> bool {
    ["kind", "type"].iter().any(|key| {
        let value = members.get(*key).map(|value| value.get().trim_matches('"'));
        value.is_some_and(|value| {
            ["title", "heading", "header", "headline", "subheading"]
                .iter()
                .any(|heading| value.eq_ignore_ascii_case(heading))
        })
    })
}

/// A line end inside a string, which JSON does not have: the string is not closed.
fn has_raw_break(bytes: &[u8]) -> bool {
    let (mut in_string, mut is_escaped) = (false, false);
    bytes.iter().any(|byte| {
        let is_break = in_string && *byte == b'\n';
        if is_escaped {
            is_escaped = false;
        } else if in_string && *byte == b'\\' {
            is_escaped = true;
        } else if *byte == b'"' {
            in_string = !in_string;
        }
        is_break
    })
}

/// Where in the bytes of a record that does not end another one may begin: an object after a comma.
fn next_record(bytes: &[u8]) -> Option<usize> {
    let begins = memchr::memchr_iter(b'{', bytes).skip(1);
    let mut begins = begins.filter(|at| {
        let after = bytes[at + 1..].iter().find(|byte| !byte.is_ascii_whitespace());
        let before = bytes[..*at].iter().rev().find(|byte| !byte.is_ascii_whitespace());
        after == Some(&b'"') && before == Some(&b',')
    });
    begins.next()
}

/// The ways to the records as a tree.
fn ways(shape: &Shape) -> Vec<Way> {
    let mut ways = vec![Way::default()];
    for (number, place) in shape.records.iter().enumerate() {
        let mut here = 0;
        for step in &place.record {
            let next = match step {
                Step::Each => ways[here].each,
                Step::Key(key) => ways[here].by_key.get(key).copied(),
            };
            here = next.unwrap_or_else(|| {
                let new = ways.len();
                match step {
                    Step::Each => ways[here].each = Some(new),
                    Step::Key(key) => {
                        ways[here].by_key.insert(key.clone(), new);
                    }
                }
                ways.push(Way::default());
                new
            });
        }
        ways[here].record = Some(number);
    }
    ways
}
