//! JSON lines: the contract's statements, and any other objects by field mapping.

use std::io;

use super::layout::Keys;
use super::mapping::{FieldMap, Slot};
use super::record::{Field, Fields, Given, How, Members, Place, build};
use super::{Flow, Head, Input, Item, Line, Reader, Sink, read_line};
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
        let is_complete = head.is_whole || first.len() < head.bytes.len();
        if !is_complete {
            return None;
        }
        let members = serde_json::from_slice::<Members<'_>>(first).ok()?;
        // One object alone is a document, whose records may lie somewhere inside it, unless its
        // own fields show a record.
        if lines.next().is_none() {
            let keys: Vec<&str> = members.keys().map(String::as_str).collect();
            let has_text = FieldMap::default().assign(&keys).contains_key(&Slot::Text);
            if head.extension == "json" || !has_text {
                return None;
            }
        }
        Some("an object a line")
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        let mut buffer = Vec::new();
        let (mut line, mut byte, mut ordinal) = (0_u64, 0_u64, 0_u64);
        let mut known = Keys::default();
        loop {
            let start = byte;
            line += 1;
            let read = read_line(input.bytes, &mut buffer, input.limits.record_bytes)?;
            let report = |message: String, at: u64, sink: &mut Sink<'_>| {
                sink(Item::Problem(Problem::left_out(input.name, message).at(line, at)))
            };
            let flow = match read {
                Line::End => {
                    if let Some(layout) = known.layout(input.fields) {
                        sink(Item::Layout(layout));
                    }
                    return Ok(());
                }
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
                            let len = content.len() as u64;
                            let elsewhere = Some(input.elsewhere);
                            let place =
                                Place { name: input.name, line, at, len, ordinal, elsewhere };
                            record(content, &place, input, &mut known, sink)
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

fn record(
    content: &str,
    place: &Place<'_>,
    input: &Input<'_>,
    known: &mut Keys,
    sink: &mut Sink<'_>,
) -> Flow {
    let object: Members<'_> = match serde_json::from_str(content) {
        Ok(object) => object,
        Err(error) => {
            let message = format!("not a JSON object: {error}");
            return sink(Item::Problem(place.problem(message)));
        }
    };
    let offset_of =
        |inner: &str| place.at + (inner.as_ptr() as usize - content.as_ptr() as usize) as u64;
    let keys: Vec<&str> = object.keys().map(String::as_str).collect();
    let mut fields = Fields { own: Some(&object), ..Fields::default() };
    for (slot, key) in input.fields.assign(&keys) {
        let Some(raw) = object.get(key) else { continue };
        let path = input.fields.inner_path(slot, key);
        let Some(raw) = inner(raw.get(), path) else { continue };
        let value = Given::Json { raw, at: offset_of(raw) };
        fields.of.insert(slot, Field { key, value, how: How::Named });
    }
    known.record(content, place.at, &object, &fields, &[]);
    build(fields, &keys, place, sink)
}

/// Follows a path of names into a value.
fn inner<'r>(mut raw: &'r str, path: Option<&str>) -> Option<&'r str> {
    for step in path.into_iter().flat_map(|path| path.split('.')) {
        let members: Members<'r> = serde_json::from_str(raw).ok()?;
        raw = members.get(step)?.get();
    }
    Some(raw)
}
