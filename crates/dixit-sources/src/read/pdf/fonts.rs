//! What the codes of a font mean, and how wide they are.

use std::collections::HashMap;

use super::to_unicode::ToUnicode;
use lopdf::{Dictionary, Document, Encoding, Object};

/// The most bytes that the meanings of a font's codes unpack to. Those of all Chinese characters come to
/// half a million.
const MEANINGS_BYTES: usize = 4 << 20;

/// Of which width a code is about which nothing is said, in thousandths of the size: that of the small
/// letters of most faces.
const USUAL_WIDTH: f32 = 500.0;

/// A font of a document.
pub(super) struct Font<'d> {
    /// What the document says that its codes mean, which comes first.
    to_unicode: Option<ToUnicode>,
    meaning: Option<Encoding<'d>>,
    /// Codes that were looked up.
    known: HashMap<u16, String>,
    widths: Widths,
    /// Bytes of a code.
    pub(super) code_bytes: usize,
    /// How wide what is written stands to how wide a thousandth is; other than usual in fonts that are
    /// drawings.
    scale: f32,
}

enum Widths {
    Simple { first: i64, widths: Vec<f32>, missing: f32 },
    Composite { widths: HashMap<u16, f32>, missing: f32 },
}

impl<'d> Font<'d> {
    pub(super) fn new(font: &'d Dictionary, document: &'d Document) -> Self {
        let subtype =
            font.get_deref(b"Subtype", document).and_then(Object::as_name).unwrap_or_default();
        let is_composite = subtype == b"Type0";
        let to_unicode = to_unicode(font, document);
        let meaning = named(font, is_composite, document);
        let widths = match is_composite {
            true => composite(font, document),
            false => simple(font, document),
        };
        let matrix = font.get_deref(b"FontMatrix", document).and_then(Object::as_array);
        let first = matrix.ok().and_then(|matrix| matrix.first()?.as_float().ok());
        let scale = first.filter(|_| subtype == b"Type3").map_or(1.0, |first| first * 1000.0);
        let own = to_unicode.as_ref().and_then(|table| table.code_bytes);
        let code_bytes = if is_composite { own.unwrap_or(2) } else { 1 };
        Self { to_unicode, meaning, known: HashMap::new(), widths, code_bytes, scale }
    }

    /// What a code means; the mark for what has no meaning where nothing tells.
    pub(super) fn text(&mut self, code: &[u8]) -> &str {
        let number = code.iter().fold(0, |number, byte| number << 8 | u16::from(*byte));
        let (own, meaning) = (&self.to_unicode, &self.meaning);
        self.known.entry(number).or_insert_with(|| {
            let own =
                own.as_ref().and_then(|table| table.text(number)).filter(|text| !text.is_empty());
            let named = || meaning.as_ref()?.bytes_to_string(code).ok();
            let text = own.or_else(named);
            let text = text.filter(|text| !text.is_empty());
            // Control characters are none that a page shows; in what is called so some fonts keep letters.
            let is_shown = |c: char| !c.is_control() || c == '\t';
            text.map_or_else(
                || "\u{FFFD}".to_owned(),
                |text| text.chars().filter(|c| is_shown(*c)).collect(),
            )
        })
    }

    /// How wide a code is, in thousandths of the size.
    pub(super) fn width(&self, code: &[u8]) -> f32 {
        let number = code.iter().fold(0, |number, byte| number << 8 | u16::from(*byte));
        let width = match &self.widths {
            Widths::Simple { first, widths, missing } => usize::try_from(i64::from(number) - first)
                .ok()
                .and_then(|at| widths.get(at).copied())
                .unwrap_or(*missing),
            Widths::Composite { widths, missing } => {
                widths.get(&number).copied().unwrap_or(*missing)
            }
        };
        width * self.scale
    }
}

/// The meanings that the document gives for the codes of a font.
fn to_unicode(font: &Dictionary, document: &Document) -> Option<ToUnicode> {
    let stream = font.get_deref(b"ToUnicode", document).ok()?.as_stream().ok()?;
    let table = stream.decompressed_content_with_limit(MEANINGS_BYTES).ok()?;
    Some(ToUnicode::read(&table)).filter(|table| !table.is_empty())
}

/// The meanings by the encoding of a font, where that tells them. The library takes letters for what it
/// cannot tell; those would be other letters than the page shows.
fn named<'d>(
    font: &'d Dictionary,
    is_composite: bool,
    document: &'d Document,
) -> Option<Encoding<'d>> {
    let encoding = font.get_font_encoding_with_limit(document, MEANINGS_BYTES).ok()?;
    let own = font.get_deref(b"Encoding", document).and_then(Object::as_dict);
    let differs = own.is_ok_and(|own| own.has(b"Differences"));
    match encoding {
        Encoding::OneByteEncoding(_) if is_composite || differs => None,
        encoding => Some(encoding),
    }
}

fn number(object: &Object, document: &Document) -> Option<f32> {
    document.dereference(object).ok()?.1.as_float().ok().filter(|number| number.is_finite())
}

fn simple(font: &Dictionary, document: &Document) -> Widths {
    let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or_default();
    let list = font.get_deref(b"Widths", document).and_then(Object::as_array).map(Vec::as_slice);
    let list = list.unwrap_or_default().iter().take(256);
    let widths: Vec<f32> = list.map(|width| number(width, document).unwrap_or(0.0)).collect();
    let descriptor = font.get_deref(b"FontDescriptor", document).and_then(Object::as_dict);
    let missing = descriptor.ok().and_then(|d| number(d.get(b"MissingWidth").ok()?, document));
    Widths::Simple { first, widths, missing: missing.filter(|w| *w > 0.0).unwrap_or(USUAL_WIDTH) }
}

fn composite(font: &Dictionary, document: &Document) -> Widths {
    let mut widths = HashMap::new();
    let inner = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
    let inner = inner.and_then(|fonts| document.dereference(fonts.first()?).ok()?.1.as_dict().ok());
    let Some(inner) = inner else { return Widths::Composite { widths, missing: 1000.0 } };
    let missing = inner.get(b"DW").ok().and_then(|width| number(width, document)).unwrap_or(1000.0);
    let list = inner.get_deref(b"W", document).and_then(Object::as_array).map(Vec::as_slice);
    let mut list = list.unwrap_or_default().iter();
    // The same codes may be given again and again.
    let mut left = 4 * usize::from(u16::MAX);
    // `first [w w w]`, or `first last w`.
    while left > 0
        && let Some(first) = list.next().and_then(|first| number(first, document))
    {
        let Some(second) = list.next().and_then(|second| document.dereference(second).ok()) else {
            break;
        };
        let first = first as u16;
        match second.1 {
            Object::Array(each) => {
                left = left.saturating_sub(each.len());
                for (code, width) in (first..=u16::MAX).zip(each) {
                    widths.insert(code, number(width, document).unwrap_or(missing));
                }
            }
            last => {
                let Some(last) = last.as_float().ok() else { break };
                let Some(width) = list.next().and_then(|width| number(width, document)) else {
                    break;
                };
                let codes = first..=(last as u16);
                left = left.saturating_sub(codes.len());
                for code in codes {
                    widths.entry(code).or_insert(width);
                }
            }
        }
    }
    Widths::Composite { widths, missing }
}
