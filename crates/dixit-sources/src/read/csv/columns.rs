//! What the columns of a table hold: by the names over them, else by what their values look like.

use std::collections::{BTreeMap, BTreeSet};

use crate::read::dates::Dates;
use crate::read::layout::{self, Layout};
use crate::read::mapping::{FieldMap, Slot};
use crate::read::record::How;

/// The characters that stand between cells, the commonest first.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Cells of this many letters on average, in words, are prose.
const PROSE_LETTERS: usize = 25;

/// What the columns of a table hold.
pub(super) struct Columns {
    /// The names of the columns, or their numbers where nothing stands over them.
    pub(super) names: Vec<String>,
    pub(super) has_header: bool,
    pub(super) of: BTreeMap<Slot, (usize, How)>,
    /// Year, month and day, where they stand apart.
    pub(super) date_parts: Option<(usize, usize, Option<usize>)>,
    pub(super) dates: Dates,
    /// Columns between which nothing decides who speaks.
    pub(super) maybe_speakers: Vec<usize>,
}

/// The first rows of a table.
pub(super) type Sample = Vec<Vec<String>>;

/// The character between cells: the one that makes the most rows of one width.
pub(super) fn delimiter(sample: impl Fn(u8) -> Vec<usize>) -> u8 {
    let score = |delimiter: u8| {
        let widths = sample(delimiter);
        let mut counts = BTreeMap::new();
        for width in widths.iter().filter(|width| **width > 1) {
            *counts.entry(*width).or_insert(0_usize) += 1;
        }
        let (width, rows) =
            counts.into_iter().max_by_key(|(width, rows)| (*rows, *width)).unwrap_or((0, 0));
        // Commas in prose make rows of many widths; of two that make even rows the wider is meant.
        (rows * 100 / widths.len().max(1), width)
    };
    let mut best = (DELIMITERS[0], (0, 0));
    for delimiter in DELIMITERS {
        let scored = score(delimiter);
        if scored > best.1 {
            best = (delimiter, scored);
        }
    }
    best.0
}

impl Columns {
    pub(super) fn new(sample: &Sample, fields: &FieldMap) -> Self {
        let width = sample.first().map_or(0, Vec::len);
        let has_header = has_header(sample, fields);
        let names: Vec<String> = match sample.first() {
            Some(first) if has_header => first.iter().map(|name| name.trim().to_owned()).collect(),
            _ => (1..=width).map(|number| number.to_string()).collect(),
        };
        let keys: Vec<&str> = names.iter().map(String::as_str).collect();
        let place = |key: &str| keys.iter().position(|other| *other == key).unwrap_or(0);
        let assigned = fields.assign(&keys);
        let mut of: BTreeMap<_, _> =
            assigned.into_iter().map(|(slot, key)| (slot, (place(key), How::Column))).collect();
        let mut columns = Self {
            has_header,
            date_parts: date_parts(&keys),
            names: Vec::new(),
            of: BTreeMap::new(),
            dates: Dates::default(),
            maybe_speakers: Vec::new(),
        };
        let rows = &sample[usize::from(has_header).min(sample.len())..];
        let seen: Vec<Seen> = (0..width).map(|column| Seen::new(rows, column)).collect();
        columns.by_values(&seen, &mut of);
        if let Some((date, _)) = of.get(&Slot::Date) {
            let values = rows.iter().filter_map(|row| row.get(*date));
            columns.dates = Dates::of_column(values.map(String::as_str));
        }
        columns.of = of;
        columns.names = names;
        columns
    }

    /// What is to be told of them.
    pub(super) fn layout(&self, map: &FieldMap) -> Layout {
        let of_date = self.date_parts.map(|(year, month, day)| [Some(year), Some(month), day]);
        let is_of_date = |column| of_date.is_some_and(|parts| parts.contains(&Some(column)));
        let parts = self.names.iter().enumerate().map(|(column, name)| {
            let held = self.of.iter().find(|(_, (used, _))| *used == column);
            let held = held.map(|(slot, (_, how))| (*slot, *how));
            let by_parts = is_of_date(column).then_some((Slot::Date, How::Column));
            layout::part(name, by_parts.or(held), map)
        });
        Layout { what: "columns", parts: parts.collect(), has_more: false }
    }

    /// Finds by their values the columns that names do not tell.
    fn by_values(&mut self, seen: &[Seen], of: &mut BTreeMap<Slot, (usize, How)>) {
        let free = |of: &BTreeMap<Slot, (usize, How)>, column: usize| {
            !of.values().any(|(used, _)| *used == column)
        };
        if !of.contains_key(&Slot::Text) {
            let prose =
                (0..seen.len()).filter(|column| free(of, *column) && seen[*column].is_prose());
            if let Some(longest) = prose.max_by_key(|column| seen[*column].letters) {
                of.insert(Slot::Text, (longest, How::Values));
            }
        }
        if !of.contains_key(&Slot::Date) && self.date_parts.is_none() {
            let mut dates =
                (0..seen.len()).filter(|column| free(of, *column) && seen[*column].is_dates());
            // Of two columns of dates nothing tells which is meant.
            if let (Some(date), None) = (dates.next(), dates.next()) {
                of.insert(Slot::Date, (date, How::Values));
            }
        }
        if !of.contains_key(&Slot::Speaker) && of.contains_key(&Slot::Text) {
            let names =
                (0..seen.len()).filter(|column| free(of, *column) && seen[*column].is_names());
            let names: Vec<usize> = names.collect();
            match names.as_slice() {
                [name] => {
                    of.insert(Slot::Speaker, (*name, How::Values));
                }
                _ => self.maybe_speakers = names,
            }
        }
    }
}

/// Year, month and day in columns of their own.
fn date_parts(keys: &[&str]) -> Option<(usize, usize, Option<usize>)> {
    let place = |name: &str| keys.iter().position(|key| key.eq_ignore_ascii_case(name));
    if place("date").is_some() {
        return None;
    }
    Some((place("year")?, place("month")?, place("day")))
}

/// Whether the first row names the columns: some name is known, or none of its cells is a value such
/// as those below it.
fn has_header(sample: &Sample, fields: &FieldMap) -> bool {
    let Some((first, rows)) = sample.split_first() else { return false };
    let keys: Vec<&str> = first.iter().map(|name| name.trim()).collect();
    let looks_like_names = keys.iter().all(|key| key.chars().count() <= 40 && !is_value(key));
    if !looks_like_names {
        return false;
    }
    let assigned = fields.assign(&keys);
    if assigned.contains_key(&Slot::Text) || assigned.len() >= 2 {
        return true;
    }
    let cells = |column: usize| {
        let cells = rows.iter().filter_map(move |row| row.get(column)).map(|cell| cell.trim());
        cells.filter(|cell| !cell.is_empty())
    };
    // What comes again below, or ends a sentence, is a value itself.
    let is_value_here = |column: usize| {
        keys[column].ends_with(['.', '!', '?', '。', '！', '？', ')'])
            || cells(column).any(|cell| cell == keys[column])
    };
    let differs = |column: usize| {
        let (mut total, mut unlike) = (0, 0);
        for cell in cells(column) {
            total += 1;
            let is_longer = cell.len() > 3 * keys[column].len() && cell.chars().count() > 25;
            unlike += usize::from(is_value(cell) || is_longer);
        }
        total > 0 && unlike * 2 > total
    };
    let columns = 0..keys.len();
    !columns.clone().any(is_value_here) && columns.clone().any(differs)
}

/// A number or a date: nothing that names a column.
fn is_value(text: &str) -> bool {
    let text = text.trim();
    let is_number = text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || b".,-+% ".contains(&byte));
    is_number || Dates::is_date(text)
}

/// What the values of a column look like.
#[derive(Default)]
struct Seen {
    rows: usize,
    /// Letters of all values together.
    letters: usize,
    words: usize,
    dates: usize,
    names: usize,
    distinct: usize,
    links: usize,
}

impl Seen {
    fn new(rows: &[Vec<String>], column: usize) -> Self {
        let mut seen = Self::default();
        let mut distinct = BTreeSet::new();
        for cell in rows.iter().filter_map(|row| row.get(column)) {
            let cell = cell.trim();
            if cell.is_empty() {
                continue;
            }
            seen.rows += 1;
            let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
            let wide = cell.chars().filter(|c| !c.is_ascii() && *c >= '\u{2E80}').count();
            seen.letters += letters;
            // A character of a script without spaces is about half a word.
            seen.words += cell.split_whitespace().count() + wide / 2;
            // Looking at all of a long column of dates is worth nothing.
            seen.dates += usize::from(if seen.rows > 64 && seen.dates == 0 {
                false
            } else {
                Dates::is_date(cell)
            });
            seen.names += usize::from(is_name(cell));
            seen.links += usize::from(cell.starts_with("http://") || cell.starts_with("https://"));
            if letters <= 80 {
                distinct.insert(cell);
            }
        }
        seen.distinct = distinct.len();
        seen
    }

    fn is_prose(&self) -> bool {
        self.rows > 0
            && self.letters >= PROSE_LETTERS * self.rows
            && self.words >= 4 * self.rows
            && self.links * 2 < self.rows
    }

    fn is_dates(&self) -> bool {
        self.rows > 0 && self.dates * 10 >= self.rows * 9
    }

    /// Short capitalised values that come again.
    fn is_names(&self) -> bool {
        self.rows >= 3
            && self.names * 20 >= self.rows * 19
            && self.distinct >= 2
            && self.distinct * 3 <= self.rows * 2
    }
}

/// A few words, the first with a capital or in a script that has none, and no digits.
fn is_name(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    let begins = letters.next().is_some_and(|first| !first.is_lowercase());
    begins
        && letters.next().is_some()
        && text.chars().count() <= 60
        && text.split_whitespace().count() <= 6
        && !text.chars().any(|c| c.is_numeric() || matches!(c, '/' | '@' | '_' | '?' | '!'))
}
