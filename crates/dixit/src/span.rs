//! Byte spans, and the map from a statement's text back to the bytes of its source.

use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A half-open range of byte offsets, written `[start, end]` in JSON.
///
/// Unless said otherwise the offsets count bytes of the *original file*, in whatever encoding it is, so
/// that a reader of the answer can check it with nothing but that file. Of a compressed file (and of an
/// entry of an archive) they count bytes of what it holds, as `zcat` gives it.
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

/// A stretch of text and the source bytes that it came from: `count` units, each of them `text_unit`
/// bytes of text that `source_unit` bytes of the source stand for.
///
/// Units of one byte to one were taken verbatim. Any other unit (a JSON escape, an entity, a character
/// in another encoding) maps only as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Piece {
    text: u64,
    source: u64,
    text_unit: u64,
    source_unit: u64,
    count: u64,
}

impl Piece {
    const fn is_verbatim(self) -> bool {
        self.text_unit == 1 && self.source_unit == 1
    }

    const fn text_len(self) -> u64 {
        self.text_unit * self.count
    }

    const fn source_len(self) -> u64 {
        self.source_unit * self.count
    }

    /// The unit that a byte of the text belongs to.
    const fn unit_at(self, text: u64) -> u64 {
        match (text - self.text).checked_div(self.text_unit) {
            Some(unit) => unit,
            None => 0,
        }
    }
}

/// Where each byte of a decoded text stands in the original file.
///
/// Readers build it while they decode: [`push_verbatim`](Self::push_verbatim) for bytes taken as
/// they are, [`push_decoded`](Self::push_decoded) for a character written differently in the file,
/// [`push_inserted`](Self::push_inserted) for text that the file does not hold. In JSON it is a flat
/// list of `gap, text length, source length` triples, `gap` being the source bytes skipped before; a
/// triple `0, -n, 0` says that the stretch before it follows `n` times more (as the characters of a text
/// in another encoding do).
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
        self.pieces.last().map_or(0, |piece| piece.text + piece.text_len())
    }

    /// The next `len` text bytes stand as they are at `source` in the file.
    pub fn push_verbatim(&mut self, source: u64, len: usize) {
        self.push_units(len as u64, 1, source, 1);
    }

    /// The next `text_len` text bytes are what `source` in the file stands for.
    pub fn push_decoded(&mut self, text_len: usize, source: Span) {
        if text_len as u64 == source.len() {
            return self.push_verbatim(source.start, text_len);
        }
        self.push_units(1, text_len as u64, source.start, source.len());
    }

    /// The next `count` characters have `text_unit` bytes each, and each of them is what the next
    /// `source_unit` bytes of the file stand for, from `source` on.
    pub fn push_units(&mut self, count: u64, text_unit: u64, source: u64, source_unit: u64) {
        if count == 0 || text_unit == 0 {
            return;
        }
        let (count, text_unit, source_unit) = match text_unit == source_unit {
            true => (count * text_unit, 1, 1),
            false => (count, text_unit, source_unit),
        };
        if let Some(last) = self.pieces.last_mut()
            && (last.text_unit, last.source_unit) == (text_unit, source_unit)
            && last.source + last.source_len() == source
        {
            last.count += count;
            return;
        }
        let text = self.text_len();
        self.pieces.push(Piece { text, source, text_unit, source_unit, count });
    }

    /// The next `text_len` text bytes stand nowhere in the file; they map to the point `source`.
    pub fn push_inserted(&mut self, text_len: usize, source: u64) {
        self.push_decoded(text_len, Span::new(source, source));
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
        let from = first.source + first.unit_at(start) * first.source_unit;
        if start == end {
            return Some(Span::new(from, from));
        }
        let last = self.piece_at(end - 1)?;
        let to = last.source + (last.unit_at(end - 1) + 1) * last.source_unit;
        Some(Span::new(from, to.max(from)))
    }

    /// The range of text bytes that came from a span of the source, as near as it can be said.
    ///
    /// `None` when no text came from there.
    #[must_use]
    pub fn to_text(&self, source: Span) -> Option<Range<usize>> {
        let mut range: Option<(u64, u64)> = None;
        for piece in &self.pieces {
            let piece_end = piece.source + piece.source_len();
            if piece.source >= source.end || piece_end <= source.start {
                continue;
            }
            // Nothing stands within a point.
            let Some(unit) = std::num::NonZeroU64::new(piece.source_unit) else { continue };
            let from = (source.start.max(piece.source) - piece.source) / unit;
            let to = (source.end.min(piece_end) - piece.source).div_ceil(unit.get());
            let unit = piece.text_unit;
            let (from, to) = (piece.text + from * unit, piece.text + to * unit);
            range = Some(range.map_or((from, to), |(a, b)| (a.min(from), b.max(to))));
        }
        range.map(|(from, to)| from as usize..to as usize)
    }

    /// From the first to the last byte of the source that any of the text came from.
    #[must_use]
    pub fn source_range(&self) -> Option<Span> {
        let start = self.pieces.iter().map(|piece| piece.source).min()?;
        let end = self.pieces.iter().map(|piece| piece.source + piece.source_len()).max()?;
        Some(Span::new(start, end))
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
        let first = self.pieces.partition_point(|piece| piece.text + piece.text_len() <= start);
        for piece in self.pieces[first..].iter().take_while(|piece| piece.text < end) {
            let (mut from, to) = (piece.text.max(start), (piece.text + piece.text_len()).min(end));
            // A unit that is cut maps as a whole all the same.
            while from < to {
                let unit = piece.unit_at(from);
                let source = piece.source + unit * piece.source_unit;
                let begins = piece.text + unit * piece.text_unit;
                let whole = (to - from) / piece.text_unit;
                if from == begins && whole > 0 {
                    out.push_units(whole, piece.text_unit, source, piece.source_unit);
                    from += whole * piece.text_unit;
                } else {
                    let next = (begins + piece.text_unit).min(to);
                    out.push_units(1, next - from, source, piece.source_unit);
                    from = next;
                }
            }
        }
        out
    }

    /// The map of the same text to another source: `source` says where each byte of the present one
    /// stands there, its own first byte being number `base`.
    ///
    /// `None` when the text reaches past what is mapped there.
    #[must_use]
    pub fn through(&self, source: &Self, base: u64) -> Option<Self> {
        let mut out = Self::default();
        let at = |place: u64| usize::try_from(place.checked_sub(base)?).ok();
        for piece in &self.pieces {
            if piece.is_verbatim() {
                let range = at(piece.source)?..at(piece.source + piece.count)?;
                if range.end as u64 > source.text_len() {
                    return None;
                }
                out.append(&source.slice(range));
                continue;
            }
            for unit in 0..piece.count {
                let from = piece.source + unit * piece.source_unit;
                let span = source.to_source(at(from)?..at(from + piece.source_unit)?)?;
                out.push_units(1, piece.text_unit, span.start, span.len());
            }
        }
        Some(out)
    }

    /// Puts the text of another map behind this one's.
    pub fn append(&mut self, other: &Self) {
        for piece in &other.pieces {
            self.push_units(piece.count, piece.text_unit, piece.source, piece.source_unit);
        }
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
            at = (piece.source + piece.source_len()) as i64;
            let (stretch, more) = match piece.is_verbatim() || piece.count == 0 {
                true => ([gap, piece.count as i64, piece.count as i64], 0),
                false => {
                    let (text, source) = (piece.text_unit as i64, piece.source_unit as i64);
                    ([gap, text, source], piece.count as i64 - 1)
                }
            };
            stretch.into_iter().chain([0, -more, 0].into_iter().filter(move |_| more > 0))
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
        let mut pieces: Vec<Piece> = Vec::with_capacity(flat.len() / 3);
        for triple in flat.chunks_exact(3) {
            if let [0, more @ ..0, 0] = *triple {
                // The stretch before, again and again.
                let last = pieces.last_mut().filter(|last| !last.is_verbatim() && last.count > 0);
                let last = last.ok_or_else(|| bad("repeats what is no stretch to repeat"))?;
                let more = more.unsigned_abs();
                let too_long = || bad("is too long");
                let grow = |from: u64, unit: u64| from.checked_add(unit.checked_mul(more)?);
                text = grow(text, last.text_unit).ok_or_else(too_long)?;
                at = grow(at, last.source_unit).ok_or_else(too_long)?;
                last.count = grow(last.count, 1).ok_or_else(too_long)?;
                i64::try_from(last.count).map_err(|_| too_long())?;
                i64::try_from(at).map_err(|_| too_long())?;
                continue;
            }
            let source =
                at.checked_add_signed(triple[0]).ok_or_else(|| bad("points before byte 0"))?;
            let text_len = u64::try_from(triple[1]).map_err(|_| bad("has a negative length"))?;
            let source_len = u64::try_from(triple[2]).map_err(|_| bad("has a negative length"))?;
            let (text_unit, source_unit, count) = match text_len == source_len {
                true => (1, 1, text_len),
                false => (text_len, source_len, 1),
            };
            pieces.push(Piece { text, source, text_unit, source_unit, count });
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
    fn characters_of_another_encoding_map_one_by_one() {
        // Four characters of three bytes, which stand for two each, then two that are their own.
        let mut map = SourceMap::default();
        map.push_units(3, 3, 10, 2);
        map.push_units(1, 3, 16, 2);
        map.push_units(2, 1, 18, 1);
        assert_eq!(serde_json::to_string(&map).unwrap(), "[10,3,2,0,-3,0,0,2,2]");
        assert_eq!(map.to_source(3..6), Some(Span::new(12, 14)));
        assert_eq!(map.to_source(4..13), Some(Span::new(12, 19)));
        assert_eq!(map.to_text(Span::new(13, 15)), Some(3..9));
        let slice = map.slice(3..13);
        assert_eq!(slice.to_source(0..10), Some(Span::new(12, 19)));
        assert_eq!(map.slice(4..7).to_source(2..3), Some(Span::new(14, 16)), "cut in the middle");
        assert_eq!(map.slice(4..8).text_len(), 4);
    }

    #[test]
    fn a_map_leads_through_another() {
        // `a\\né` in a text whose letters have two bytes each in the file, from byte 2 on.
        let mut file = SourceMap::default();
        file.push_units(4, 1, 2, 2);
        file.push_units(1, 2, 10, 2);
        let mut map = SourceMap::default();
        map.push_verbatim(100, 1);
        map.push_decoded(1, Span::new(101, 103));
        map.push_verbatim(104, 2);
        let through = map.through(&file, 100).unwrap();
        assert_eq!(through.to_source(0..1), Some(Span::new(2, 4)));
        assert_eq!(through.to_source(1..2), Some(Span::new(4, 8)));
        assert_eq!(through.to_source(2..4), Some(Span::new(10, 12)));
        assert_eq!(map.through(&file, 101), None);
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
        for many in ["[9,3,2,0,-4,0]", "[9,1,2,0,-4,0,0,7,7]", "[0,0,0]", "[5,0,3]"] {
            let map = serde_json::from_str::<SourceMap>(many).unwrap();
            assert_eq!(serde_json::to_string(&map).unwrap(), many);
        }
        for bad in ["[0,-1,0]", "[0,3,3,0,-1,0]", "[0,3,2,1,-1,0]", "[0,3,2,0,-1,1]"] {
            assert!(serde_json::from_str::<SourceMap>(bad).is_err(), "{bad}");
        }
        let endless = format!("[0,3,2,0,{},0]", i64::MIN);
        assert!(serde_json::from_str::<SourceMap>(&endless).is_err());
        let far = format!("[{0},0,{0},0,1,1]", i64::MAX);
        assert!(serde_json::from_str::<SourceMap>(&far).is_err());
        assert!(serde_json::from_str::<Span>("[5,4]").is_err());
        assert!(serde_json::from_str::<Span>(&format!("[0,{}]", u64::MAX)).is_err());
    }
}
