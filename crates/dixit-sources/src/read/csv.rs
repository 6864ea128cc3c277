//! Tables: rows of cells between commas, semicolons, tabs or bars, a statement a row.

mod columns;
mod rows;

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use columns::{Columns, Sample};
use dixit::Span;
use rows::{Decoded, Next, Rows};

use super::mapping::{FieldMap, Slot};
use super::record::{Field, Fields, Given, Place, build};
use super::{Flow, Head, Input, Item, Reader, Sink};
use crate::problem::Problem;

/// So much of a table shows what its columns hold.
const SAMPLE_BYTES: u64 = 256 << 10;
const SAMPLE_ROWS: usize = 1000;
/// The character between cells shows in fewer.
const DELIMITER_ROWS: usize = 50;

/// A table as text.
pub(super) struct Csv;

impl Reader for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn about(&self) -> &'static str {
        "CSV, TSV and their kin: a statement a row (columns by name, by their values, or by --map)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv", "tsv", "tab", "psv"]
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        if !head.is_text() || matches!(head.first_byte(), Some(b'<' | b'{' | b'[') | None) {
            return None;
        }
        if self.extensions().contains(&head.extension) {
            return Some("its name");
        }
        // Prose has commas too: only known names over even rows show a table.
        if !matches!(head.extension, "" | "txt" | "text" | "dat") {
            return None;
        }
        let first_line =
            head.bytes.split(|byte| *byte == b'\n').find(|l| !l.trim_ascii().is_empty())?;
        if first_line.len() > 1000 {
            return None;
        }
        let delimiter = columns::delimiter(|delimiter| widths(head.bytes, delimiter));
        let sample = sample(head.bytes, delimiter, 20);
        let first: Vec<&str> = sample.first()?.iter().map(|name| name.trim()).collect();
        let assigned = FieldMap::default().assign(&first);
        let even = sample.iter().filter(|row| row.len() == first.len()).count();
        let is_table = first.len() >= 2
            && assigned.contains_key(&Slot::Text)
            && assigned.len() * 2 >= first.len()
            && even >= 2
            && even * 10 >= sample.len() * 8;
        is_table.then_some("names of columns over its rows")
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        let mut front = Vec::new();
        (&mut *input.bytes).take(SAMPLE_BYTES).read_to_end(&mut front)?;
        if front.trim_ascii().is_empty() {
            sink(Item::Problem(Problem::left_out(input.name, super::nothing(&front))));
            return Ok(());
        }
        let delimiter = columns::delimiter(|delimiter| widths(&front, delimiter));
        let columns = Columns::new(&sample(&front, delimiter, SAMPLE_ROWS), input.fields);
        if sink(Item::Layout(columns.layout(input.fields))) == Flow::Enough {
            return Ok(());
        }
        let Some((text, _)) = columns.of.get(&Slot::Text).copied() else {
            let names = columns.names.join(", ");
            let what = if columns.has_header { "columns" } else { "columns, without names," };
            let message = format!(
                "no text: none of its {what} ({names}) is known to hold it or holds prose; name it with --map text=COLUMN"
            );
            sink(Item::Problem(Problem::left_out(input.name, message)));
            return Ok(());
        };
        if !columns.maybe_speakers.is_empty() {
            let names: Vec<_> = columns
                .maybe_speakers
                .iter()
                .map(|column| format!("`{}`", columns.names[*column]))
                .collect();
            let message = format!(
                "speakers: columns {} look alike; name the right one with --map speaker=COLUMN",
                names.join(" and ")
            );
            if sink(Item::Problem(Problem::noted(input.name, message))) == Flow::Enough {
                return Ok(());
            }
        }
        let (name, limit) = (input.name, input.limits.record_bytes);
        let mut bytes = Cursor::new(front).chain(&mut *input.bytes);
        let rows = Rows::new(&mut bytes, delimiter, limit);
        Table { name, columns: &columns, text, rows, bad: None, ordinal: 0 }.read(sink)
    }
}

/// A table that is being read.
struct Table<'t> {
    name: &'t str,
    columns: &'t Columns,
    text: usize,
    rows: Rows<'t>,
    /// The line and byte of the first byte that is no UTF-8, and how many there are.
    bad: Option<(u64, u64, usize)>,
    ordinal: u64,
}

impl Table<'_> {
    fn read(mut self, sink: &mut Sink<'_>) -> io::Result<()> {
        let mut is_first = true;
        loop {
            let flow = match self.rows.next()? {
                Next::End => break,
                Next::Bad { line, byte, why } => {
                    is_first = false;
                    self.ordinal += 1;
                    sink(Item::Problem(Problem::left_out(self.name, why).at(line, byte)))
                }
                Next::Row if is_first && self.columns.has_header => {
                    is_first = false;
                    continue;
                }
                Next::Row => {
                    is_first = false;
                    self.ordinal += 1;
                    self.row(sink)
                }
            };
            if flow == Flow::Enough {
                return Ok(());
            }
        }
        if let Some((line, byte, count)) = self.bad {
            let message = format!(
                "byte {byte} is not UTF-8; {count} such bytes in its cells were replaced by U+FFFD"
            );
            sink(Item::Problem(Problem::noted(self.name, message).at(line, byte)));
        }
        Ok(())
    }

    fn row(&mut self, sink: &mut Sink<'_>) -> Flow {
        let Span { start: at, .. } = self.rows.span();
        let (line, len) = (self.rows.first_line(), self.rows.span().len());
        let ordinal = self.ordinal;
        let place = Place { name: self.name, line, at, len, ordinal, elsewhere: None };
        let (found, expected) = (self.rows.cells().len(), self.columns.names.len());
        if found != expected {
            let message = format!("a row of {found} cells where {expected} were expected");
            return sink(Item::Problem(place.problem(message)));
        }
        let mut decoded: BTreeMap<usize, Decoded> = BTreeMap::new();
        let parts = self.columns.date_parts;
        let of_date =
            parts.into_iter().flat_map(|(year, month, day)| [Some(year), Some(month), day]);
        let wanted = self.columns.of.values().map(|(column, _)| *column).chain(of_date.flatten());
        for column in wanted {
            let cell = decoded
                .entry(column)
                .or_insert_with(|| self.rows.decode(&self.rows.cells()[column]));
            if let Some((byte, count)) = cell.bad.take() {
                let (first_line, first, before) = self.bad.unwrap_or((line, byte, 0));
                self.bad = Some((first_line, first, before + count));
            }
        }
        let text = decoded.get_mut(&self.text);
        let text = text.map(|cell| (std::mem::take(&mut cell.text), std::mem::take(&mut cell.map)));
        let given = |column: &usize| {
            let Decoded { text, map, span, .. } = &decoded[column];
            Given::Text { text, map, span: *span }
        };
        let mut fields =
            Fields { text, dates: self.columns.dates, turns: true, ..Fields::default() };
        for (slot, (column, how)) in &self.columns.of {
            let key = &self.columns.names[*column];
            if *slot != Slot::Text {
                fields.of.insert(*slot, Field { key, value: given(column), how: *how });
            }
        }
        fields.date_parts =
            parts.map(|(year, month, day)| (given(&year), given(&month), day.as_ref().map(given)));
        build(fields, &[], &place, sink)
    }
}

/// The widths of the first rows of a table, if this character stands between its cells. The last
/// may be cut.
fn widths(front: &[u8], delimiter: u8) -> Vec<usize> {
    let mut widths = Vec::new();
    rows_of(front, delimiter, |rows| {
        widths.push(rows.cells().len());
        widths.len() < DELIMITER_ROWS
    });
    if widths.len() > 2 {
        widths.pop();
    }
    widths
}

fn sample(front: &[u8], delimiter: u8, most: usize) -> Sample {
    let mut sample = Vec::new();
    rows_of(front, delimiter, |rows| {
        let cells = rows.cells().iter();
        // The look of a long cell shows in its front.
        let text = cells.map(|cell| {
            let raw = rows.raw(cell);
            String::from_utf8_lossy(&raw[..raw.len().min(2000)]).into_owned()
        });
        sample.push(text.collect());
        sample.len() < most
    });
    sample
}

/// Goes through the rows of a table that is held whole, as long as they are wanted.
pub(super) fn each_row(bytes: &[u8], mut each: impl FnMut(Vec<String>) -> bool) {
    let delimiter = columns::delimiter(|delimiter| widths(bytes, delimiter));
    rows_of(bytes, delimiter, |rows| {
        each(rows.cells().iter().map(|cell| rows.decode(cell).text).collect())
    });
}

fn rows_of(front: &[u8], delimiter: u8, mut each: impl FnMut(&Rows<'_>) -> bool) {
    let mut bytes = front;
    let mut rows = Rows::new(&mut bytes, delimiter, front.len());
    loop {
        match rows.next() {
            Ok(Next::Row) if each(&rows) => {}
            Ok(Next::Bad { .. }) => {}
            _ => return,
        }
    }
}
