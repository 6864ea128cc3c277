//! What the pages of a document show: pieces of text and where on the page they stand.

use std::collections::HashMap;

use lopdf::content::{Content, Operation};
use lopdf::{DecompressError, Dictionary, Document, Error, Object, ObjectId};

use super::fonts::Font;
use crate::limits::ReadLimits;

/// How deep states may be kept, and drawings stand in drawings.
const STATES: usize = 256;
const DEPTH: usize = 8;

/// The most fonts that are looked at in a document, and drawings on a page.
const FONTS: usize = 5_000;
const DRAWINGS: usize = 1_000;

/// So many bytes anything that is drawn counts for at least.
const DRAWING_BYTES: usize = 1 << 10;

/// A piece of text on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) text: String,
    /// Where it begins and ends along the direction of writing, and its distance from the edge that it
    /// runs along.
    pub(super) from: f32,
    pub(super) to: f32,
    pub(super) base: f32,
    /// The size of its letters.
    pub(super) size: f32,
    /// Its direction.
    pub(super) angle: f32,
}

/// What a page shows.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) runs: Vec<Run>,
    /// Characters without a meaning.
    pub(super) unknown: usize,
    pub(super) has_image: bool,
    /// What could not be read.
    pub(super) left_out: Vec<String>,
    text_bytes: usize,
    drawings: usize,
}

/// The pages of a document.
pub(super) struct Pages<'d> {
    document: &'d Document,
    fonts: Vec<Font<'d>>,
    /// Fonts by where they lie in memory, which is for as long as the document does.
    known: HashMap<usize, usize>,
}

/// The part of the state that text is shown by.
#[derive(Clone, Copy)]
struct State {
    matrix: Matrix,
    font: Option<usize>,
    size: f32,
    /// Room after each character, and after each space.
    spacing: f32,
    word_spacing: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
}

impl Default for State {
    fn default() -> Self {
        Self {
            matrix: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

/// `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Clone, Copy)]
struct Matrix([f32; 6]);

impl Matrix {
    const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This one, then the other.
    fn then(self, other: Self) -> Self {
        let Self([a, b, c, d, e, f]) = self;
        let Self([k, l, m, n, o, p]) = other;
        Self([
            a * k + b * m,
            a * l + b * n,
            c * k + d * m,
            c * l + d * n,
            e * k + f * m + o,
            e * l + f * n + p,
        ])
    }

    fn moved(x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }
}

/// Where a page, or a drawing on it, is in its content.
struct Drawing {
    state: State,
    kept: Vec<State>,
    text: Matrix,
    line: Matrix,
}

impl<'d> Pages<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self { document, fonts: Vec::new(), known: HashMap::new() }
    }

    /// What a page shows. All that is drawn counts against `budget`.
    pub(super) fn show(&mut self, id: ObjectId, limits: &ReadLimits, budget: &mut usize) -> Shown {
        let mut shown = Shown::default();
        let most = limits.record_bytes.min(*budget);
        let content = match self.document.get_page_content_with_limit(id, most) {
            Ok(content) => content,
            Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
                *budget = budget.saturating_sub(most);
                let why = format!("its content unpacks to more than {most} bytes: it is left out");
                shown.left_out.push(why);
                return shown;
            }
            Err(error) => {
                shown.left_out.push(format!("it cannot be unpacked: {error}"));
                return shown;
            }
        };
        let resources = self.resources(id);
        let state = State::default();
        self.draw(&content, &resources, state, 0, limits, budget, &mut shown);
        shown
    }

    /// The resources of a page, the nearest first: its own and those of the nodes above it.
    fn resources(&self, id: ObjectId) -> Vec<&'d Dictionary> {
        let (own, ids) = self.document.get_page_resources(id).unwrap_or_default();
        let others = ids.into_iter().filter_map(|id| self.document.get_dictionary(id).ok());
        own.into_iter().chain(others).collect()
    }

    #[expect(clippy::too_many_arguments, reason = "what a drawing stands in, and where it goes")]
    fn draw(
        &mut self,
        content: &[u8],
        resources: &[&'d Dictionary],
        state: State,
        depth: usize,
        limits: &ReadLimits,
        budget: &mut usize,
        shown: &mut Shown,
    ) {
        // Finding and unpacking it takes time, however short it is.
        *budget = budget.saturating_sub(content.len().max(DRAWING_BYTES));
        let (text, line) = (Matrix::IDENTITY, Matrix::IDENTITY);
        let mut drawing = Drawing { state, kept: Vec::new(), text, line };
        for operation in Content::decode_iter(content) {
            let Ok(operation) = operation else {
                shown
                    .left_out
                    .push("its content is damaged: the rest of the page is lost".to_owned());
                return;
            };
            if shown.text_bytes > limits.record_bytes {
                let most = limits.record_bytes;
                shown
                    .left_out
                    .push(format!("it shows more than {most} bytes: the rest is left out"));
                return;
            }
            match operation.operator.as_str() {
                "Do" => {
                    let Some(name) = operation.operands.first().and_then(|o| o.as_name().ok())
                    else {
                        continue;
                    };
                    shown.drawings += 1;
                    if shown.drawings <= DRAWINGS {
                        let state = drawing.state;
                        self.drawn(name, resources, state, depth, limits, budget, shown);
                    }
                }
                "BI" => shown.has_image = true,
                "Tf" => {
                    let name = operation.operands.first().and_then(|o| o.as_name().ok());
                    drawing.state.font = name.and_then(|name| self.font(name, resources));
                    drawing.state.size = number(&operation, 1);
                }
                "Tj" | "'" | "\"" | "TJ" => self.text(&operation, &mut drawing, shown),
                _ => drawing.apply(&operation),
            }
        }
    }

    /// A drawing by its name: a picture, or content of its own.
    #[expect(clippy::too_many_arguments, reason = "as of what it stands in")]
    fn drawn(
        &mut self,
        name: &[u8],
        resources: &[&'d Dictionary],
        state: State,
        depth: usize,
        limits: &ReadLimits,
        budget: &mut usize,
        shown: &mut Shown,
    ) {
        let document = self.document;
        let found = resources.iter().find_map(|resources| {
            let drawings = resources.get_deref(b"XObject", document).ok()?.as_dict().ok()?;
            drawings.get_deref(name, document).ok()?.as_stream().ok()
        });
        let Some(stream) = found else { return };
        match stream.dict.get_deref(b"Subtype", document).and_then(Object::as_name) {
            Ok(b"Image") => shown.has_image = true,
            Ok(b"Form") if depth < DEPTH && *budget > 0 => {
                let most = limits.record_bytes.min(*budget);
                let content = match stream.decompressed_content_with_limit(most) {
                    Ok(content) => content,
                    Err(error) => {
                        *budget = budget.saturating_sub(stream.content.len().max(DRAWING_BYTES));
                        shown.left_out.push(format!("a drawing on it cannot be unpacked: {error}"));
                        return;
                    }
                };
                let matrix = stream.dict.get_deref(b"Matrix", document).and_then(Object::as_array);
                let matrix = matrix.ok().and_then(|m| matrix_of(m)).unwrap_or(Matrix::IDENTITY);
                let state = State { matrix: matrix.then(state.matrix), ..state };
                let own = stream.dict.get_deref(b"Resources", document).and_then(Object::as_dict);
                let own: Vec<&Dictionary> =
                    own.into_iter().chain(resources.iter().copied()).take(DEPTH + 4).collect();
                self.draw(&content, &own, state, depth + 1, limits, budget, shown);
            }
            _ => {}
        }
    }

    fn font(&mut self, name: &[u8], resources: &[&'d Dictionary]) -> Option<usize> {
        let document = self.document;
        let font = resources.iter().find_map(|resources| {
            let fonts = resources.get_deref(b"Font", document).ok()?.as_dict().ok()?;
            fonts.get_deref(name, document).ok()?.as_dict().ok()
        })?;
        let place = std::ptr::from_ref(font) as usize;
        if let Some(known) = self.known.get(&place) {
            return Some(*known);
        }
        if self.fonts.len() >= FONTS {
            return None;
        }
        self.fonts.push(Font::new(font, document));
        self.known.insert(place, self.fonts.len() - 1);
        Some(self.fonts.len() - 1)
    }

    /// Shows the strings of an operation.
    fn text(&mut self, operation: &Operation, drawing: &mut Drawing, shown: &mut Shown) {
        let operands = operation.operands.as_slice();
        match operation.operator.as_str() {
            "'" => drawing.next_line(),
            "\"" => {
                drawing.state.word_spacing = number(operation, 0);
                drawing.state.spacing = number(operation, 1);
                drawing.next_line();
            }
            _ => {}
        }
        match (operation.operator.as_str(), operands) {
            ("TJ", [Object::Array(pieces), ..]) => {
                for piece in pieces {
                    match piece {
                        Object::String(string, _) => self.string(string, drawing, shown),
                        other => {
                            let Ok(back) = other.as_float() else { continue };
                            let State { size, stretch, .. } = drawing.state;
                            drawing.advance(-back / 1000.0 * size * stretch);
                        }
                    }
                }
            }
            (_, [.., Object::String(string, _)]) => self.string(string, drawing, shown),
            _ => {}
        }
    }

    fn string(&mut self, string: &[u8], drawing: &mut Drawing, shown: &mut Shown) {
        let state = drawing.state;
        let Some(font) = state.font.and_then(|font| self.fonts.get_mut(font)) else {
            shown.unknown += string.len();
            return;
        };
        let mut run = drawing.begin();
        let mut along = 0.0;
        for code in string.chunks(font.code_bytes) {
            let space = if code == b" " { state.word_spacing } else { 0.0 };
            let text = font.text(code);
            shown.unknown += usize::from(text == "\u{FFFD}");
            run.text.push_str(text);
            along +=
                (font.width(code) / 1000.0 * state.size + state.spacing + space) * state.stretch;
        }
        shown.text_bytes += run.text.len();
        drawing.advance(along);
        let end = drawing.begin();
        run.to = end.from;
        let numbers = [run.from, run.to, run.base, run.size, run.angle];
        // What stands nowhere on the page.
        if !run.text.is_empty() && numbers.iter().all(|number| number.is_finite()) {
            shown.runs.push(run);
        }
    }
}

impl Drawing {
    /// An operation that shows nothing and may change the state.
    fn apply(&mut self, operation: &Operation) {
        let of = |at| number(operation, at);
        match operation.operator.as_str() {
            "q" if self.kept.len() < STATES => self.kept.push(self.state),
            "Q" => self.state = self.kept.pop().unwrap_or(self.state),
            "cm" => {
                if let Some(matrix) = matrix_of(&operation.operands) {
                    self.state.matrix = matrix.then(self.state.matrix);
                }
            }
            "BT" => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            "Tc" => self.state.spacing = of(0),
            "Tw" => self.state.word_spacing = of(0),
            "Tz" => self.state.stretch = of(0) / 100.0,
            "TL" => self.state.leading = of(0),
            "Ts" => self.state.rise = of(0),
            "Td" => self.move_line(of(0), of(1)),
            "TD" => {
                self.state.leading = -of(1);
                self.move_line(of(0), of(1));
            }
            "T*" => self.next_line(),
            "Tm" => {
                if let Some(matrix) = matrix_of(&operation.operands) {
                    (self.text, self.line) = (matrix, matrix);
                }
            }
            _ => {}
        }
    }

    fn move_line(&mut self, x: f32, y: f32) {
        self.line = Matrix::moved(x, y).then(self.line);
        self.text = self.line;
    }

    fn next_line(&mut self) {
        self.move_line(0.0, -self.state.leading);
    }

    fn advance(&mut self, along: f32) {
        self.text = Matrix::moved(along, 0.0).then(self.text);
    }

    /// An empty piece of text where the next one begins.
    fn begin(&self) -> Run {
        let Matrix([a, b, c, d, e, f]) = self.text.then(self.state.matrix);
        let angle = b.atan2(a);
        let (sin, cos) = angle.sin_cos();
        let size = self.state.size.abs() * c.hypot(d);
        let (x, y) = (e, f);
        let base = y * cos - x * sin;
        let from = x * cos + y * sin;
        // Letters that are raised stand on the line all the same.
        Run { text: String::new(), from, to: from, base, size, angle }
    }
}

fn number(operation: &Operation, at: usize) -> f32 {
    operation.operands.get(at).and_then(|operand| operand.as_float().ok()).unwrap_or(0.0)
}

fn matrix_of(numbers: &[Object]) -> Option<Matrix> {
    let mut matrix = [0.0; 6];
    for (at, number) in matrix.iter_mut().enumerate() {
        *number = numbers.get(at)?.as_float().ok()?;
    }
    Some(Matrix(matrix))
}
