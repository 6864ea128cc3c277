//! Who has the floor: the statement that is being read, what stands beside it, and what stands over it.

use dixit::{Kind, SourceMap, Span};

use super::inline::{Inline, NOTE_BYTES, is_note};
use super::text::TextBuilder;
use super::tokens::{Text, Tokens};
use super::turn::{Given, Out, Sitting, Speaker, Turn};

/// The most bytes of a heading, a label or a date.
const CAPTURED_BYTES: usize = 4_000;

/// What is being read of a sitting.
#[derive(Debug, Default)]
pub(in crate::read) struct Floor {
    pub(in crate::read) sitting: Sitting,
    /// The statement that is open.
    pub(in crate::read) turn: Option<Turn>,
    /// A note, a sound or words thrown in that are open, and how many elements of such.
    aside: Option<Turn>,
    asides_open: usize,
    /// Asides of the open statement, which come after it, and where they end.
    pub(in crate::read) asides: Vec<(Turn, u64)>,
    /// A heading, label or date that is open.
    capture: Option<TextBuilder>,
    /// Sections that are open.
    depth: usize,
    /// What is open around the speech that is open.
    outer: Vec<Option<Outer>>,
    /// Words in an element within a line, which may be a note of what was heard.
    inline: Option<Inline>,
}

const NOTE_OF_RECORD: &str = "a note of the record, in nobody's name";

/// A speech that goes on behind another one: what sort, by which rule and tag, by whom, under which key.
type Outer = (Kind, &'static str, Span, Option<Speaker>, Option<String>);

impl Floor {
    /// Text goes to the innermost of what is open.
    pub(in crate::read) fn text(&mut self, text: Text<'_>, out: &Out<'_, '_>) {
        if let Some(capture) = &mut self.capture {
            if capture.len() + text.raw.len() <= CAPTURED_BYTES {
                capture.push(text);
            }
        } else if let Some(inline) = &mut self.inline {
            let is_over = inline.text.len() + text.raw.len() > NOTE_BYTES;
            if is_over {
                // No note is as long.
                self.settle_inline();
                return self.text(text, out);
            }
            inline.push(text);
        } else if let Some(turn) = self.aside.as_mut().or(self.turn.as_mut()) {
            turn.push(text, &out.limits);
        }
    }

    /// An element within a line of a speech begins, such as one in italics.
    pub(in crate::read) fn begin_inline(&mut self, tag: Span) {
        if self.turn.is_some() && self.capture.is_none() && self.aside.is_none() {
            self.settle_inline();
            self.inline = Some(Inline { tag, ..Inline::default() });
        }
    }

    /// It ends: what a note of the record is made of is no word of the speech.
    pub(in crate::read) fn end_inline(&mut self, at: u64) {
        let Some(inline) = &self.inline else { return };
        if !is_note(inline.text.as_str()) {
            return self.settle_inline();
        }
        let Some(inline) = self.inline.take() else { return };
        let mut aside = Turn::new(Kind::Interjection, "inline-note", inline.tag);
        aside.speaker = Some(Speaker::unknown("not-named", NOTE_OF_RECORD));
        aside.text = inline.text;
        self.space(inline.tag.start);
        self.asides.push((aside, at));
    }

    /// The words within the line are the speaker's.
    fn settle_inline(&mut self) {
        let Some(mut inline) = self.inline.take() else { return };
        let Some(turn) = &mut self.turn else { return };
        let (text, map) = inline.text.take();
        if let Some(at) = inline.before {
            turn.text.space(Span::new(at, at));
        }
        if !text.is_empty() {
            turn.text.push_mapped(&text, &map);
        }
        if let Some(at) = inline.after {
            turn.text.space(Span::new(at, at));
        }
    }

    fn open_text(&mut self) -> Option<&mut TextBuilder> {
        match &mut self.capture {
            Some(capture) => Some(capture),
            None => self.aside.as_mut().or(self.turn.as_mut()).map(|turn| &mut turn.text),
        }
    }

    /// The next word is apart from the last.
    pub(in crate::read) fn space(&mut self, at: u64) {
        self.settle_inline();
        if let Some(text) = self.open_text() {
            text.space(Span::new(at, at));
        }
    }

    /// The next word begins a paragraph of the statement.
    pub(in crate::read) fn line(&mut self, at: u64) {
        self.settle_inline();
        if self.capture.is_some() || self.aside.is_some() {
            self.space(at);
        } else if let Some(turn) = &mut self.turn {
            turn.text.line(at);
        }
    }

    /// Text goes to a heading, label or date from here on.
    pub(in crate::read) fn capture(&mut self) {
        self.settle_inline();
        self.capture = Some(TextBuilder::default());
    }

    /// Whether one is open.
    pub(in crate::read) fn is_capturing(&self) -> bool {
        self.capture.is_some()
    }

    /// The heading, label or date that ends here.
    pub(in crate::read) fn captured(&mut self) -> Option<(String, Span)> {
        self.capture.take()?.take_value()
    }

    /// As [`captured`](Self::captured), with the place of each byte.
    pub(in crate::read) fn captured_with_map(&mut self) -> Option<(String, SourceMap)> {
        let (text, map) = self.capture.take()?.take();
        (!text.is_empty()).then_some((text, map))
    }

    /// The heading that ends here stands over what follows in this section.
    pub(in crate::read) fn heading(&mut self, rule: &'static str) {
        if let Some((text, span)) = self.captured() {
            let depth = self.depth;
            self.sitting.heading(depth, Given::new(text, span, rule));
        }
    }

    /// A heading of this rank, where ranks stand for sections.
    pub(in crate::read) fn ranked_heading(&mut self, rank: usize, rule: &'static str) {
        if let Some((text, span)) = self.captured() {
            self.sitting.heading(rank, Given::new(text, span, rule));
        }
    }

    pub(in crate::read) fn enter_section(&mut self) {
        self.depth += 1;
    }

    pub(in crate::read) fn leave_section(&mut self) {
        self.sitting.leave(self.depth);
        self.depth = self.depth.saturating_sub(1);
    }

    /// A statement begins; one that is still open ends before it.
    pub(in crate::read) fn begin(&mut self, turn: Turn, out: &mut Out<'_, '_>) {
        self.end(turn.start, out);
        self.turn = Some(turn);
    }

    /// A statement begins that may stand within another one: that one is somebody else's, and goes on
    /// behind it.
    pub(in crate::read) fn begin_within(&mut self, turn: Turn, out: &mut Out<'_, '_>) {
        let outer = self.turn.as_ref();
        self.outer.push(outer.map(|turn| {
            let Turn { kind, kind_rule, shown, .. } = *turn;
            (kind, kind_rule, shown, turn.speaker.clone(), turn.record.clone())
        }));
        self.begin(turn, out);
    }

    /// The open statement ends here, and the one around it goes on.
    pub(in crate::read) fn end_within(&mut self, at: u64, out: &mut Out<'_, '_>) {
        self.end(at, out);
        if let Some(Some((kind, rule, shown, speaker, record))) = self.outer.pop() {
            let mut turn = Turn::new(kind, rule, shown);
            turn.start = at;
            turn.speaker = speaker;
            turn.record = record;
            self.begin(turn, out);
        }
    }

    /// The open statement ends here.
    pub(in crate::read) fn end(&mut self, at: u64, out: &mut Out<'_, '_>) {
        self.settle_inline();
        if let Some(turn) = self.turn.take() {
            out.turn(turn, at, &self.sitting);
        }
        if self.aside.is_none() {
            self.asides_out(out);
        }
    }

    /// A note, a sound or words thrown in begin: not the speaker's words.
    pub(in crate::read) fn begin_aside(&mut self, kind: Kind, rule: &'static str, tag: Span) {
        self.settle_inline();
        if self.asides_open == 0 {
            let mut aside = Turn::new(kind, rule, tag);
            aside.speaker = Some(Speaker::unknown("not-named", NOTE_OF_RECORD));
            self.aside = Some(aside);
            self.space(tag.start);
        }
        self.asides_open += 1;
    }

    /// Whether one is open.
    pub(in crate::read) fn is_aside(&self) -> bool {
        self.asides_open > 0
    }

    /// The open aside, to say more of it.
    pub(in crate::read) fn aside_mut(&mut self) -> Option<&mut Turn> {
        self.aside.as_mut()
    }

    pub(in crate::read) fn end_aside(&mut self, at: u64, out: &mut Out<'_, '_>) {
        self.asides_open = self.asides_open.saturating_sub(1);
        if self.asides_open > 0 {
            return;
        }
        if let Some(aside) = self.aside.take() {
            self.asides.push((aside, at));
        }
        match &mut self.turn {
            Some(turn) => turn.text.space(Span::new(at, at)),
            None => self.asides_out(out),
        }
    }

    fn asides_out(&mut self, out: &mut Out<'_, '_>) {
        for (aside, end) in std::mem::take(&mut self.asides) {
            out.turn(aside, end, &self.sitting);
        }
    }

    /// The file ends: what is open is taken as far as it goes, and told; so is a file without a date.
    pub(in crate::read) fn finish(&mut self, tokens: &mut Tokens<'_>, out: &mut Out<'_, '_>) {
        if let Some(why) = tokens.lost {
            out.problem_of_all(true, why);
        }
        if self.turn.is_some() || self.aside.is_some() {
            let why = "the file ends within a statement, which is taken as far as it goes";
            out.problem(tokens, false, why);
            let end = tokens.offset();
            self.asides_open = self.asides_open.min(1);
            if self.aside.is_some() {
                self.end_aside(end, out);
            }
            self.end(end, out);
        }
    }
}
