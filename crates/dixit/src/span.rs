//! Byte spans, and the map from a statement's text back to the bytes of its source.

use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A half-open range of byte offsets, written `[start, end]` in JSON.
///
/// Unless said otherwise the offsets count bytes of the *original file*, so that a reader of the
/// answer can check it with nothing but that file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u64,
    /// Offset just past the last byte; never less than `start`.
    pub end: u64,
}

impl Span {
    /// A span from `start` to `end`; the two are put in order if they are not.
    #[must_use]
    pub const fn new(start: u64, end: u64) -> Self {
        if start <= end { Self { start, end } } else { Self { start: end, end: start } }
    }

    /// Number of bytes.
    #[must_use]
    pub const fn len(self) -> u64 {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same span as a range that slices memory, where it fits.
    #[must_use]
    pub fn as_range(self) -> Option<Range<usize>> {
        Some(usize::try_from(self.start).ok()?..usize::try_from(self.end).ok()?)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start as u64, range.end as u64)
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (start, end) = <(u64, u64)>::deserialize(deserializer)?;
        if start > end {
            return Err(serde::de::Error::custom(format!(
                "a span must not end before it starts: [{start}, {end}]"
            )));
        }
        // Sums of places stay numbers; no file is this long.
        if i64::try_from(end).is_err() {
            return Err(serde::de::Error::custom(format!("there is no byte {end} in any file")));
        }
        Ok(Self { start, end })
    }
}

/// One stretch of text and the source bytes that it came from.
///
/// A stretch of equal lengths was taken verbatim: byte `i` of the one is byte `i` of the other.
/// Otherwise (a JSON escape, an entity, a replaced byte) the stretch maps only as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Piece {
    text: u64,
    text_len: u64,
    source: u64,
    source_len: u64,
}

impl Piece {
    const fn is_verbatim(self) -> bool {
        self.text_len == self.source_len
    }
}

/// Where each byte of a decoded text stands in the original file.
///
/// Readers build it while they decode: [`push_verbatim`](Self::push_verbatim) for bytes taken as
/// they are, [`push_decoded`](Self::push_decoded) for a character written differently in the file,
/// [`push_inserted`](Self::push_inserted) for text that the file does not hold. In JSON it is a flat
/// list of `gap, text length, source length` triples, `gap` being the source bytes skipped before.
///
/// ```
/// use dixit::{SourceMap, Span};
///
/// // The file holds {"text":"a\nb"}: the text `a⏎b` starts at byte 9.
/// let mut map = SourceMap::default();
/// map.push_verbatim(9, 1);
/// map.push_decoded(1, Span::new(10, 12));
/// map.push_verbatim(12, 1);
/// assert_eq!(map.to_source(0..1), Some(Span::new(9, 10)));
/// assert_eq!(map.to_source(1..3), Some(Span::new(10, 13)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct SourceMap {
    pieces: Vec<Piece>,
}

impl SourceMap {
    /// The map of a text of `len` bytes that stands verbatim at `source` in its file.
    #[must_use]
    pub fn verbatim(source: u64, len: usize) -> Self {
        let mut map = Self::default();
        map.push_verbatim(source, len);
        map
    }

    /// Number of text bytes mapped so far.
    #[must_use]
    pub fn text_len(&self) -> u64 {
        self.pieces.last().map_or(0, |piece| piece.text + piece.text_len)
    }

    /// The next `len` text bytes stand as they are at `source` in the file.
    pub fn push_verbatim(&mut self, source: u64, len: usize) {
        let len = len as u64;
        if len == 0 {
            return;
        }
        if let Some(last) = self.pieces.last_mut()
            && last.is_verbatim()
            && last.source + last.source_len == source
        {
            last.text_len += len;
            last.source_len += len;
            return;
        }
        let text = self.text_len();
        self.pieces.push(Piece { text, text_len: len, source, source_len: len });
    }

    /// The next `text_len` text bytes are what `source` in the file stands for.
    pub fn push_decoded(&mut self, text_len: usize, source: Span) {
        let text_len = text_len as u64;
        if text_len == 0 {
            return;
        }
        if text_len == source.len() {
            return self.push_verbatim(source.start, text_len as usize);
        }
        let text = self.text_len();
        self.pieces.push(Piece { text, text_len, source: source.start, source_len: source.len() });
    }

    /// The next `text_len` text bytes stand nowhere in the file; they map to the point `source`.
    pub fn push_inserted(&mut self, text_len: usize, source: u64) {
        self.push_decoded(text_len, Span::new(source, source));
    }

    /// What another map says follows here.
    pub fn append(&mut self, other: &Self) {
        for piece in &other.pieces {
            let span = Span::new(piece.source, piece.source + piece.source_len);
            self.push_decoded(piece.text_len as usize, span);
        }
    }

    /// The same map where what it leads to was itself decoded from a file, as `outer` says: HTML inside
    /// a string of JSON. Nothing when it leads past what `outer` knows.
    #[must_use]
    pub fn through(&self, outer: &Self) -> Option<Self> {
        let mut out = Self::default();
        for piece in &self.pieces {
            let range = Span::new(piece.source, piece.source + piece.source_len).as_range()?;
            if piece.is_verbatim() {
                let slice = outer.slice(range);
                if slice.text_len() != piece.text_len {
                    return None;
                }
                out.append(&slice);
            } else {
                out.push_decoded(piece.text_len as usize, outer.to_source(range)?);
            }
        }
        Some(out)
    }

    /// The source bytes behind a range of text bytes, from the first to the last of them.
    ///
    /// `None` when the range reaches past the mapped text.
    #[must_use]
    pub fn to_source(&self, text: Range<usize>) -> Option<Span> {
        let (start, end) = (text.start as u64, text.end.max(text.start) as u64);
        if end > self.text_len() {
            return None;
        }
        let first = self.piece_at(start)?;
        let from =
            if first.is_verbatim() { first.source + (start - first.text) } else { first.source };
        if start == end {
            return Some(Span::new(from, from));
        }
        let last = self.piece_at(end - 1)?;
        let to = if last.is_verbatim() {
            last.source + (end - last.text)
        } else {
            last.source + last.source_len
        };
        Some(Span::new(from, to.max(from)))
    }

    /// The range of text bytes that came from a span of the source, as near as it can be said.
    ///
    /// `None` when no text came from there.
    #[must_use]
    pub fn to_text(&self, source: Span) -> Option<Range<usize>> {
        let mut range: Option<(u64, u64)> = None;
        for piece in &self.pieces {
            let piece_end = piece.source + piece.source_len;
            if piece.source >= source.end || piece_end <= source.start {
                continue;
            }
            let (from, to) = if piece.is_verbatim() {
                let from = source.start.max(piece.source) - piece.source;
                let to = source.end.min(piece_end) - piece.source;
                (piece.text + from, piece.text + to)
            } else {
                (piece.text, piece.text + piece.text_len)
            };
            range = Some(range.map_or((from, to), |(a, b)| (a.min(from), b.max(to))));
        }
        range.map(|(from, to)| from as usize..to as usize)
    }

    /// Where the text begins if all of it was taken verbatim in one stretch.
    #[must_use]
    pub fn verbatim_start(&self) -> Option<u64> {
        match self.pieces.as_slice() {
            [piece] if piece.is_verbatim() => Some(piece.source),
            _ => None,
        }
    }

    /// The part of the map that belongs to a range of the text, counted from that range's start.
    #[must_use]
    pub fn slice(&self, text: Range<usize>) -> Self {
        let (start, end) = (text.start as u64, text.end as u64);
        let mut out = Self::default();
        for piece in &self.pieces {
            let (from, to) = (piece.text.max(start), (piece.text + piece.text_len).min(end));
            if from >= to {
                continue;
            }
            if piece.is_verbatim() {
                out.push_verbatim(piece.source + (from - piece.text), (to - from) as usize);
            } else {
                let span = Span::new(piece.source, piece.source + piece.source_len);
                out.push_decoded((to - from) as usize, span);
            }
        }
        out
    }

    fn piece_at(&self, text: u64) -> Option<Piece> {
        let after = self.pieces.partition_point(|piece| piece.text <= text);
        self.pieces.get(after.checked_sub(1)?).copied()
    }
}

impl Serialize for SourceMap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut at = 0_i64;
        let flat = self.pieces.iter().flat_map(|piece| {
            let gap = piece.source as i64 - at;
            at = (piece.source + piece.source_len) as i64;
            [gap, piece.text_len as i64, piece.source_len as i64]
        });
        serializer.collect_seq(flat)
    }
}

impl<'de> Deserialize<'de> for SourceMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bad = |why| serde::de::Error::custom(format!("a source map {why}"));
        let flat = Vec::<i64>::deserialize(deserializer)?;
        if flat.len() % 3 != 0 {
            return Err(bad("is a list of triples: gap, text length, source length"));
        }
        let (mut text, mut at) = (0_u64, 0_u64);
        let mut pieces = Vec::with_capacity(flat.len() / 3);
        for triple in flat.chunks_exact(3) {
            let source =
                at.checked_add_signed(triple[0]).ok_or_else(|| bad("points before byte 0"))?;
            let text_len = u64::try_from(triple[1]).map_err(|_| bad("has a negative length"))?;
            let source_len = u64::try_from(triple[2]).map_err(|_| bad("has a negative length"))?;
            pieces.push(Piece { text, text_len, source, source_len });
            text = text.checked_add(text_len).ok_or_else(|| bad("is too long"))?;
            at = source.checked_add(source_len).ok_or_else(|| bad("is too long"))?;
            // What would not go out again does not come in.
            i64::try_from(at).map_err(|_| bad("is too long"))?;
        }
        Ok(Self { pieces })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped() -> SourceMap {
        let mut map = SourceMap::default();
        map.push_verbatim(100, 5);
        map.push_decoded(1, Span::new(105, 107));
        map.push_verbatim(107, 4);
        map
    }

    #[test]
    fn neighbouring_verbatim_stretches_become_one() {
        let mut map = SourceMap::verbatim(3, 4);
        map.push_verbatim(7, 2);
        assert_eq!(map, SourceMap::verbatim(3, 6));
        assert_eq!(map.verbatim_start(), Some(3));
    }

    #[test]
    fn an_escape_maps_as_a_whole() {
        let map = escaped();
        assert_eq!(map.to_source(0..5), Some(Span::new(100, 105)));
        assert_eq!(map.to_source(5..6), Some(Span::new(105, 107)));
        assert_eq!(map.to_source(4..7), Some(Span::new(104, 108)));
        assert_eq!(map.to_source(0..11), None, "past the end of the text");
    }

    #[test]
    fn the_way_back_finds_the_text() {
        let map = escaped();
        assert_eq!(map.to_text(Span::new(106, 108)), Some(5..7));
        assert_eq!(map.to_text(Span::new(0, 50)), None);
    }

    #[test]
    fn a_slice_counts_from_its_own_start() {
        let map = escaped().slice(4..8);
        assert_eq!(map.to_source(0..2), Some(Span::new(104, 107)));
        assert_eq!(map.text_len(), 4);
    }

    #[test]
    fn json_keeps_the_map() {
        let json = serde_json::to_string(&escaped()).unwrap();
        assert_eq!(json, "[100,5,5,0,1,2,0,4,4]");
        assert_eq!(serde_json::from_str::<SourceMap>(&json).unwrap(), escaped());
        assert!(serde_json::from_str::<SourceMap>("[1,2]").is_err());
        assert!(serde_json::from_str::<SourceMap>("[-1,2,2]").is_err());
        let far = format!("[{0},0,{0},0,1,1]", i64::MAX);
        assert!(serde_json::from_str::<SourceMap>(&far).is_err());
        assert!(serde_json::from_str::<Span>("[5,4]").is_err());
        assert!(serde_json::from_str::<Span>(&format!("[0,{}]", u64::MAX)).is_err());
    }
}
