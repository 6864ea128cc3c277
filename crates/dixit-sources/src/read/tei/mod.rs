//! TEI, as ParlaMint and its like write debates: utterances with keys of persons, lists of persons and
//! bodies beside them.

mod header;
mod loose;
mod people;

use std::io;
use std::path::PathBuf;

use dixit::{Basis, Kind, Person, Span};

use super::markup::{Floor, Given, Out, Speaker, Tag, Token, Tokens, Turn};
use super::{Beside, Head, Input, Reader, Sink, labels};
use header::Header;
use loose::Loose;
use people::People;

/// TEI (Text Encoding Initiative).
pub(super) struct Tei;

/// Parts in a debate that are no membership.
const PARTS: [&str; 2] = ["chair", "guest"];

/// Words of a note that are too many for one: an utterance that has none beside it was marked wrongly.
const NOTE_BYTES: usize = 300;

/// Sounds and movements beside the speech (TEI P5, chapter 8, "Transcriptions of Speech").
const INCIDENTS: [&str; 6] = ["vocal", "kinesic", "incident", "note", "writing", "stage"];

impl Reader for Tei {
    fn name(&self) -> &'static str {
        "tei"
    }

    fn about(&self) -> &'static str {
        "TEI and ParlaMint: utterances, with the lists of persons and bodies beside them"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        let root = head.root_element()?;
        let is_tei = matches!(root.name, "TEI" | "TEI.2" | "teiCorpus" | "teiHeader");
        if is_tei {
            return Some("its root element");
        }
        let is_list = matches!(
            root.name,
            "listPerson" | "listOrg" | "listPlace" | "taxonomy" | "listEvent" | "listRelation"
        );
        (is_list && root.has(b"tei-c.org")).then_some("its namespace")
    }

    fn companions(&self, name: &str, beside: &Beside) -> Vec<PathBuf> {
        header::companions(name, beside)
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        let mut tokens = Tokens::new(input.bytes);
        let mut out = Out::new(input.name, input.limits, sink);
        let mut debate = Debate::new(Header::new(input.name, input.beside.clone()));
        while !out.is_done
            && let Some(token) = tokens.next()?
        {
            debate.take(token, &mut out);
        }
        debate.end(&mut tokens, &mut out);
        Ok(())
    }
}

/// What is being read of a file.
struct Debate {
    header: Header,
    floor: Floor,
    is_in_body: bool,
    /// The key of the speaker, and the part that the speaker has in the debate.
    who: Option<Given<String>>,
    part: Option<Given<String>>,
    /// What stands for the speaker in print.
    label: Option<Given<String>>,
    /// The element that a label or heading ends with.
    captured: Option<&'static str>,
    /// Inside a word or a mark of a text that is cut into them.
    is_in_word: bool,
    /// Whether this text is cut into words, so that its own white space means nothing.
    is_cut: bool,
    /// Whether the next word belongs to the last one.
    is_joined: bool,
    has_lists: bool,
    /// Whether the note that is captured says that it names a speaker.
    is_speaker_note: bool,
    /// What the file is, when it holds no debate.
    root: Option<String>,
    /// Whether this is the text, with what stands before the debate and after it.
    is_in_text: bool,
    /// Words that stand in no utterance.
    loose: Loose,
}

impl Debate {
    fn new(header: Header) -> Self {
        Self {
            header,
            floor: Floor::default(),
            is_in_body: false,
            who: None,
            part: None,
            label: None,
            captured: None,
            is_in_word: false,
            is_cut: false,
            is_joined: false,
            has_lists: false,
            is_speaker_note: false,
            root: None,
            is_in_text: false,
            loose: Loose::default(),
        }
    }

    fn take(&mut self, token: Token<'_>, out: &mut Out<'_, '_>) {
        match &token {
            Token::Open(tag) => self.loose.open(tag),
            Token::Close(close) => self.loose.close(close.name),
            Token::Text(text) if self.is_loose() => self.loose.text(text),
            Token::Text(_) => {}
        }
        if !self.is_in_body {
            if let Token::Close(close) = &token
                && close.name == "text"
            {
                self.is_in_text = false;
            }
            if let Token::Open(tag) = &token {
                self.root.get_or_insert_with(|| tag.name.to_owned());
                if matches!(tag.name, "TEI" | "TEI.2") {
                    self.header.begin();
                }
                if matches!(tag.name, "body" | "text") {
                    self.is_in_text |= !tag.is_empty;
                    self.is_in_body = tag.name == "body";
                    self.header.text(tag);
                    self.floor.sitting = self.header.sitting();
                    return;
                }
            }
            self.header.take(token);
            return;
        }
        match token {
            Token::Open(tag) => self.open(&tag, out),
            Token::Close(close) => self.close(close.name, close.span, out),
            Token::Text(text) => {
                let is_between = self.is_cut && !self.is_in_word;
                if !(is_between && text.raw.iter().all(u8::is_ascii_whitespace)) {
                    self.floor.text(text, out);
                }
            }
        }
    }

    /// Whether the words that stand here are in no utterance, and in nothing that is told with one.
    fn is_loose(&self) -> bool {
        let is_held = self.floor.turn.is_some() || self.floor.is_aside();
        self.is_in_text && !is_held && !self.floor.is_capturing()
    }

    fn open(&mut self, tag: &Tag<'_>, out: &mut Out<'_, '_>) {
        let value = |name: &str| tag.attribute(name).map(|value| value.text.into_owned());
        let given = |name: &str, rule| {
            let value = tag.attribute(name).filter(|value| !value.text.trim().is_empty())?;
            Some(Given::new(value.text.trim().to_owned(), value.span, rule))
        };
        match tag.name {
            // A speech in a text that is laid out as a play is (TEI P5, chapter 7).
            "u" | "sp" if !tag.is_empty => {
                let rule = if tag.name == "u" { "u" } else { "sp" };
                let mut turn = Turn::new(Kind::Speech, rule, tag.span);
                turn.record = value("id");
                turn.language = given("lang", "xml:lang");
                self.floor.begin(turn, out);
                self.who = given("who", "who");
                self.part = given("ana", "ana").or_else(|| given("role", "role"));
                self.is_cut = false;
            }
            "w" | "pc" if !tag.is_empty => {
                if !std::mem::take(&mut self.is_joined) {
                    self.floor.space(tag.span.start);
                }
                self.is_cut = true;
                self.is_in_word = true;
                self.is_joined = matches!(value("join").as_deref(), Some("right" | "both"));
            }
            "head" if self.floor.turn.is_none() && !tag.is_empty => {
                self.floor.capture();
                self.captured = Some("head");
            }
            "note" if !tag.is_empty && self.is_label(value("type").as_deref()) => {
                self.is_speaker_note = value("type").as_deref() == Some("speaker");
                self.floor.capture();
                self.captured = Some("note");
            }
            "speaker" if !tag.is_empty && self.floor.turn.is_some() => {
                self.floor.capture();
                self.captured = Some("speaker");
            }
            "gap" if !tag.is_empty && !self.floor.is_capturing() => {
                self.floor.capture();
                self.captured = Some("gap");
            }
            name if INCIDENTS.contains(&name) && !tag.is_empty => {
                let (kind, rule) = match name {
                    "vocal" | "kinesic" | "incident" => (Kind::Interjection, "incident"),
                    _ => (Kind::Procedure, "note"),
                };
                self.floor.begin_aside(kind, rule, tag.span);
            }
            "listPerson" | "listOrg" | "listPlace" | "listBibl" => self.has_lists = true,
            "div" | "div1" | "div2" | "div3" if !tag.is_empty => self.floor.enter_section(),
            "seg" | "p" | "l" | "item" | "lg" => self.floor.line(tag.span.start),
            "desc" | "lb" | "s" => self.floor.space(tag.span.start),
            _ => {}
        }
    }

    /// Whether a note holds the label of a speaker: it says so, or stands first in the utterance.
    fn is_label(&self, kind: Option<&str>) -> bool {
        let is_first = self.floor.turn.as_ref().is_some_and(|turn| turn.text.is_empty())
            && self.label.is_none();
        !self.floor.is_aside() && (kind == Some("speaker") || (kind.is_none() && is_first))
    }

    fn close(&mut self, element: &str, span: Span, out: &mut Out<'_, '_>) {
        if self.captured.is_some_and(|captured| captured == element) {
            self.captured = None;
            match element {
                "head" => self.floor.heading("head"),
                // What an editor says of a gap is nobody's words.
                "gap" => drop(self.floor.captured()),
                "speaker" => {
                    let label = self.floor.captured();
                    self.label = label.map(|(text, at)| Given::new(text, at, "speaker"));
                }
                _ => self.labelled(span, out),
            }
            return;
        }
        match element {
            "u" | "sp" => self.end_turn(span.end, out),
            "w" | "pc" => self.is_in_word = false,
            name if INCIDENTS.contains(&name) && self.floor.is_aside() => {
                self.floor.end_aside(span.end, out);
            }
            "seg" | "p" | "l" | "item" => self.floor.line(span.start),
            "div" | "div1" | "div2" | "div3" => self.floor.leave_section(),
            "body" => self.is_in_body = false,
            _ => {}
        }
    }

    /// A note at the beginning of an utterance that does not end as labels do is a note.
    fn labelled(&mut self, end: Span, out: &mut Out<'_, '_>) {
        let Some((text, map)) = self.floor.captured_with_map() else { return };
        let span = map.to_source(0..text.len()).unwrap_or(end);
        let is_within = self.floor.turn.as_ref().is_some_and(|turn| !turn.text.is_empty());
        if is_within && self.is_speaker_note {
            // Somebody else takes the floor within an utterance.
            let record = self.floor.turn.as_ref().and_then(|turn| turn.record.clone());
            self.end_turn(span.start, out);
            let mut turn = Turn::new(Kind::Speech, "note", span);
            turn.record = record;
            self.floor.begin(turn, out);
            self.label = Some(Given::new(text, span, "note"));
        } else if self.floor.turn.is_none() || self.is_speaker_note || is_printed_label(&text) {
            self.label = Some(Given::new(text, span, "note"));
        } else {
            self.floor.begin_aside(Kind::Procedure, "note", span);
            if let Some(aside) = self.floor.aside_mut() {
                aside.text.push_mapped(&text, &map);
            }
            self.floor.end_aside(end.start, out);
        }
    }

    fn end_turn(&mut self, end: u64, out: &mut Out<'_, '_>) {
        let speaker = self.speaker();
        if let Some(turn) = &mut self.floor.turn {
            if turn.text.is_empty() {
                // An utterance of nothing but a long note is one whose words were marked as a note.
                let asides = &mut self.floor.asides;
                let long = asides.iter().position(|(aside, _)| aside.text.len() > NOTE_BYTES);
                if let Some(at) = long {
                    turn.text = asides.remove(at).0.text;
                }
            }
            turn.speaker = Some(speaker);
        }
        self.floor.end(end, out);
        self.is_cut = false;
        self.is_joined = false;
    }

    /// Who the utterance is by: the key resolved in the lists, the label as printed, the part that the
    /// speaker has in the debate.
    fn speaker(&mut self) -> Speaker {
        let label = self.label.take();
        let who = self.who.take();
        let part = self.part.take();
        let mut evidence = Vec::new();
        let part = part.and_then(|part| {
            let mut words = part.value.split(|c: char| c.is_whitespace() || matches!(c, '#' | ':'));
            let role = words.find(|word| PARTS.contains(word)).map(str::to_owned);
            evidence.extend(role.is_some().then_some(part.span));
            role
        });
        let mut person = Person::default();
        let mut notes = Vec::new();
        let mut is_resolved = false;
        let several: Vec<&str> = who.iter().flat_map(|who| who.value.split_whitespace()).collect();
        if let (Some(who), [_, _, ..]) = (&who, several.as_slice()) {
            let basis = Basis { evidence: vec![who.span], ..Basis::unknown("several") };
            let candidates = several.iter().map(|key| (*key).to_owned()).collect();
            return Speaker::Unknown(Basis { candidates, ..basis }.with_note("several are named"));
        }
        if let Some(who) = &who {
            evidence.push(who.span);
            let key = who.value.split_whitespace().next().unwrap_or_default();
            let key = key.rsplit(['#', ':']).next().unwrap_or(key);
            let date = self.floor.sitting.date.as_ref().map(|date| date.value);
            if !key.is_empty() {
                person.person = Some(key.to_owned());
                match self.header.people_with(key).on(key, date) {
                    Some(on) => {
                        is_resolved = on.name.is_some();
                        person.name = on.name;
                        person.role = on.role;
                        person.party = on.party;
                        let list = on.list.as_deref().unwrap_or("the file's own list of persons");
                        notes.push(format!("{key} in {list}"));
                    }
                    None => notes.push(format!("{key} is in no list of persons here")),
                }
            }
        }
        if let Some(label) = label {
            let parts = labels::split(&label.value);
            if person.name.is_none() && part.is_none() {
                person.name = parts.name;
            } else if person.name.is_none() {
                // A chair's label may be an office alone.
                person.name = parts.name.filter(|_| parts.has_title || parts.role.is_some());
            }
            person.role = person.role.or(parts.role);
            // A bracket may hold a party, a constituency or an office: the lists know the parties.
            let party = parts.bracket.filter(|text| self.header.people.is_party(text));
            person.party = person.party.or(party);
            person.as_written = Some(label.value);
            evidence.push(label.span);
        }
        if let Some(part) = part {
            person.role = Some(part);
        }
        if person.name.is_none() && person.as_written.is_none() && person.role.is_none() {
            let mut basis = Basis::unknown(if who.is_some() { "no-list" } else { "not-named" });
            basis.evidence = evidence;
            let note = notes.pop().unwrap_or_else(|| "the utterance names nobody".to_owned());
            return Speaker::Unknown(basis.with_note(note));
        }
        let rule = match (is_resolved, &who, &person.as_written) {
            (true, ..) => "who",
            (false, _, Some(_)) => "label",
            _ => "part",
        };
        let mut basis = Basis::given(rule, evidence);
        if person.name.is_none() && person.as_written.is_none() {
            notes.push("only the part in the debate is given".to_owned());
        }
        if !notes.is_empty() {
            basis = basis.with_note(notes.join("; "));
        }
        Speaker::Known(person, basis)
    }

    fn end(mut self, tokens: &mut Tokens<'_>, out: &mut Out<'_, '_>) {
        if out.is_done {
            return;
        }
        if self.floor.turn.is_some() {
            let speaker = self.speaker();
            if let Some(turn) = &mut self.floor.turn {
                turn.speaker = Some(speaker);
            }
        }
        self.floor.finish(tokens, out);
        if let Some((at, why)) = self.loose.told()
            && out.count() > 0
        {
            out.problem_at(at, true, &why);
        }
        if out.count() == 0 && !out.is_done {
            let what = match self.root.as_deref() {
                Some("TEI" | "TEI.2") if self.has_lists => {
                    "it accompanies other files, which use it, and holds no statements"
                }
                Some("TEI" | "TEI.2") => "no utterances (u, sp) in it: no statements",
                Some("teiCorpus" | "listPerson" | "listOrg") => {
                    "it accompanies other files, which use it, and holds no statements"
                }
                Some(_) => "it accompanies other files and holds no statements",
                None => "it holds no markup, and so no TEI",
            };
            let is_left_out =
                !self.has_lists && matches!(self.root.as_deref(), Some("TEI" | "TEI.2") | None);
            out.problem_of_all(is_left_out, what);
        } else if self.floor.sitting.date.is_none() {
            out.problem_of_all(false, "its header states no date of the sitting");
        }
    }
}

/// Whether a note at the beginning of an utterance is the speaker's label in print.
fn is_printed_label(text: &str) -> bool {
    let Some(label) = text.strip_suffix([':', '：']) else { return false };
    let parts = labels::split(label);
    let is_capitals = label
        .split_whitespace()
        .next()
        .is_some_and(|word| word.chars().count() > 1 && word.chars().all(|c| !c.is_lowercase()));
    parts.has_title || parts.role.is_some() || is_capitals || labels::is_name(label)
}

impl Header {
    /// The persons among whom this one should be: the file's own, and those of the lists beside it.
    fn people_with(&mut self, key: &str) -> &People {
        if !self.people.has(key) {
            self.look_beside();
        }
        &self.people
    }
}
