//! From the fields of a record to a statement: what JSON lines, JSON documents and tables share.

mod speaker;
mod values;

use std::collections::BTreeMap;

use dixit::{Basis, BasisKind, Kind, Passage, SourceMap, Span, Statement};
use serde::Deserialize;

use super::dates::{self, Undated};
use super::html::{self, Said};
use super::mapping::Slot;
use super::{Flow, Item, Record, Sink};
use crate::problem::Problem;
use speaker::{Told, speaker};
pub(super) use values::{Field, Fields, Given, How, Members, Place};

/// Makes a statement of a record and hands it over, with what is wrong with it.
pub(super) fn build(
    mut fields: Fields<'_>,
    names: &[&str],
    place: &Place<'_>,
    sink: &mut Sink<'_>,
) -> Flow {
    let text = fields.text.take();
    let text = text.or_else(|| fields.get(Slot::Text).and_then(|field| field.value.text()));
    let Some((text, map)) = text else {
        let names = names.join(", ");
        return sink(Item::Problem(place.problem(format!(
            "no text: none of its fields ({names}) is known to hold it; name it with --map text=FIELD"
        ))));
    };
    if text.trim().is_empty() {
        return sink(Item::Problem(place.problem("its text is empty")));
    }
    // The id is made by whoever counts repetitions; hashing the text here would be for nothing.
    let mut statement = Statement::new(place.name, "");
    statement.text = text;
    let mut making =
        Making { statement, problems: Vec::new(), own_place: false, fields: &fields, place };
    making.source(map);
    making.words();
    making.kind();
    making.date();
    making.speaker();
    making.turn();
    making.said();
    making.own();
    let Making { statement, problems, .. } = making;
    if sink(Item::Record(Box::new(Record { statement }))) == Flow::Enough {
        return Flow::Enough;
    }
    for problem in problems {
        if sink(Item::Problem(problem)) == Flow::Enough {
            return Flow::Enough;
        }
    }
    Flow::More
}

/// A statement in the making.
struct Making<'m, 'r> {
    statement: Statement,
    problems: Vec<Problem>,
    /// Whether the record tells its place in another file, so that it has none in this one.
    own_place: bool,
    fields: &'m Fields<'r>,
    place: &'m Place<'m>,
}

impl<'r> Making<'_, 'r> {
    /// A field that does not read is reported; the statement is kept without it.
    fn bad(&mut self, slot: Slot, why: &str) {
        self.problems.push(self.place.problem(format!("its {}: {why}", slot.name())));
    }

    fn evidence(&self, value: Given<'_>) -> Option<Span> {
        (!self.own_place).then(|| value.span())
    }

    fn set(&mut self, slot: Slot, field: &Field<'_>) {
        let basis = field.basis(self.evidence(field.value));
        self.statement.set_basis(slot.name(), basis);
    }

    /// What a turn in HTML says of itself goes before what stands around it.
    fn said(&mut self) {
        let Some(Said { label, is_asked, is_note, span, heading, .. }) = &self.fields.said else {
            return;
        };
        self.statement.source.span = Some(*span);
        self.statement.speaker = None;
        html::speak(&mut self.statement, label.clone(), *is_asked, *is_note);
        if let Some((_, heading, at)) = heading
            && !self.statement.topics.contains(heading)
        {
            self.statement.topics.push(heading.clone());
            self.statement.set_basis("topics", Basis::given("heading", [*at]));
        }
    }

    fn source(&mut self, map: SourceMap) {
        let value = |slot| self.fields.get(slot).map(|field| field.value);
        let is_export = self.fields.own.is_some_and(|own| own.contains_key("format"));
        let statement = &mut self.statement;
        self.own_place = source(value(Slot::Source), value(Slot::Url), is_export, statement);
        if let Some(elsewhere) = self.place.elsewhere {
            elsewhere.set(self.own_place);
        }
        if !self.own_place {
            let Place { at, len, ordinal, .. } = *self.place;
            statement.source.encoding = None;
            statement.source.part = None;
            statement.source.ordinal = Some(ordinal);
            statement.source.span = Some(Span::new(at, at + len));
            statement.set_source_map(map);
        }
        if let Some((record, _)) = value(Slot::Id).and_then(Given::text)
            && !record.is_empty()
        {
            statement.source.record = Some(record);
        }
    }

    fn words(&mut self) {
        for slot in [Slot::Title, Slot::Event, Slot::Language] {
            let Some(field) = self.fields.get(slot).copied() else { continue };
            let Some(mut text) = plain(field.value) else { continue };
            if field.how == How::Around {
                // A heading over others may be laid out over lines.
                text = crate::extract::squeeze(&text);
            }
            self.set(slot, &field);
            let target = match slot {
                Slot::Title => &mut self.statement.title,
                Slot::Event => &mut self.statement.event,
                _ => &mut self.statement.language,
            };
            *target = Some(text);
        }
        for slot in [Slot::Topics, Slot::Keywords, Slot::References] {
            let Some(field) = self.fields.get(slot).copied() else { continue };
            match list(field.value) {
                Some(values) if values.is_empty() => {}
                Some(values) => {
                    self.set(slot, &field);
                    let target = match slot {
                        Slot::Topics => &mut self.statement.topics,
                        Slot::Keywords => &mut self.statement.keywords,
                        _ => &mut self.statement.references,
                    };
                    *target = values;
                }
                None => self.bad(slot, "a text or a list of texts was expected"),
            }
        }
    }

    fn kind(&mut self) {
        let Some(field) = self.fields.get(Slot::Kind).copied() else { return };
        let text = field.value.text().map(|(text, _)| text);
        if self.fields.turns
            && let Some(kind) = text.as_deref().and_then(other_kind)
        {
            self.statement.kind = kind;
            self.set(Slot::Kind, &field);
            return;
        }
        match text.map(|text| text.parse::<Kind>()) {
            Some(Ok(kind)) => {
                self.statement.kind = kind;
                self.set(Slot::Kind, &field);
            }
            // `type` is a word that publishers use for much else.
            _ if field.key != "kind" => {}
            // So is `kind`, outside of JSON lines.
            Some(Err(_)) if self.fields.turns => {}
            Some(Err(why)) => self.bad(Slot::Kind, &why),
            None => self.bad(Slot::Kind, "a text was expected"),
        }
    }

    fn date(&mut self) {
        let mut unix = false;
        let (read, evidence, field) = if let Some((year, month, day)) = self.fields.date_parts {
            let parts = [Some(year), Some(month), day];
            let texts = parts.map(|part| part.and_then(plain).unwrap_or_default());
            let spans: Vec<_> = parts.into_iter().flatten().map(Given::span).collect();
            (self.fields.dates.of_parts(&texts), spans, self.fields.get(Slot::Date).copied())
        } else if let Some(field) = self.fields.get(Slot::Date).copied() {
            let read = match (field.value.text(), field.value.json()) {
                (Some((text, _)), _) if let Some(date) = dates::unix(field.key, &text) => {
                    unix = true;
                    Ok(date)
                }
                (Some((text, _)), _) if is_blank(&text) && self.fields.turns => return,
                (Some((text, _)), _) => self.fields.dates.read(&text),
                (None, raw) => serde_json::from_str(raw.unwrap_or_default())
                    .map_err(|error| Undated::new("bad-date", error.to_string())),
            };
            (read, vec![field.value.span()], Some(field))
        } else {
            return;
        };
        let evidence = evidence.into_iter().filter(|_| !self.own_place);
        match read {
            Ok(date) => {
                self.statement.date = Some(date);
                let basis = field.map_or_else(
                    || Basis::given("fields", []),
                    // A column of dates shows that it is one.
                    |field| field.basis([]).with_confidence(1.0),
                );
                let mut basis = Basis { evidence: evidence.collect(), ..basis };
                if unix {
                    let note = "a time in seconds or milliseconds since 1970; the day in UTC";
                    basis = Basis { rule: Some("unix-time".to_owned()), ..basis.with_note(note) };
                }
                self.statement.set_basis("date", basis);
            }
            Err(Undated { rule, why, candidates }) => {
                let basis = Basis::unknown(rule).with_note(why.clone());
                let basis = Basis { evidence: evidence.collect(), candidates, ..basis };
                self.statement.set_basis("date", basis);
                if rule == "bad-date" {
                    self.bad(Slot::Date, &why);
                }
            }
        }
    }

    fn speaker(&mut self) {
        match speaker(self.fields) {
            Ok(Told::One(person, evidence)) => {
                let evidence = evidence.into_iter().filter(|_| !self.own_place);
                let field = self.fields.get(Slot::Speaker).or_else(|| self.fields.get(Slot::Role));
                let basis =
                    field.map_or_else(|| Basis::given("field", []), |field| field.basis([]));
                let basis = Basis { evidence: evidence.collect(), ..basis };
                self.statement.speaker = Some(*person);
                self.statement.set_basis("speaker", basis);
            }
            Ok(Told::Several(candidates, span)) => {
                let note = "several are named in one value";
                let evidence = (!self.own_place).then_some(span).into_iter().collect::<Vec<_>>();
                let basis = Basis { evidence, candidates, ..Basis::unknown("several") };
                self.statement.set_basis("speaker", basis.with_note(note));
            }
            Ok(Told::Nobody) => {
                let Some(field) = self.fields.of.get(&Slot::Speaker) else { return };
                let is_blank = field.value.text().is_some_and(|(text, _)| is_blank(&text));
                if field.value.is_null() || is_blank && self.fields.turns {
                    let unknown =
                        Basis::unknown("given-as-unknown").with_note("the source gives no speaker");
                    self.statement.set_basis("speaker", unknown);
                }
            }
            Err(why) => self.bad(Slot::Speaker, &why),
        }
    }

    /// What sort of turn a row of a transcript is, where the source does not say.
    fn turn(&mut self) {
        if !self.fields.turns || self.statement.basis.contains_key("kind") {
            return;
        }
        let text = self.statement.text.trim();
        if is_bracketed(text) {
            let start = self.statement.text.len() - self.statement.text.trim_start().len();
            let span = self.statement.source_span(start..start + text.len());
            let basis = Basis::new(BasisKind::Extracted, "bracketed").with_confidence(0.95);
            self.statement.kind = Kind::Interjection;
            self.statement
                .set_basis("kind", Basis { evidence: span.into_iter().collect(), ..basis });
            return;
        }
        let Some(field) = self.fields.of.get(&Slot::Speaker) else { return };
        if self.statement.speaker.is_none() {
            return;
        }
        // Whoever wrote an article has not spoken it, and what has a title is a text of its own.
        let key = field.key.to_ascii_lowercase();
        let is_author = key.contains("author") || key == "by";
        let has_title = self
            .fields
            .get(Slot::Title)
            .is_some_and(|title| matches!(title.how, How::Named | How::Column));
        if field.how != How::Around && !is_author && !has_title {
            let basis = Basis::new(BasisKind::Inferred, "turn").with_confidence(0.9);
            self.statement.kind = Kind::Speech;
            self.statement.set_basis("kind", basis.with_note("a turn with a speaker of its own"));
        }
    }

    /// What only dixit's own statements have.
    fn own(&mut self) {
        if let Some(raw) = self.fields.own("passages") {
            match serde_json::from_str::<Vec<Passage>>(raw) {
                Ok(passages) => self.statement.passages = passages,
                Err(error) => {
                    self.problems.push(self.place.problem(format!("its passages: {error}")));
                }
            }
        }
        // A basis that came along tells more than that the value was given here.
        if let Some(raw) = self.fields.own("basis") {
            match serde_json::from_str::<BTreeMap<String, Basis>>(raw) {
                Ok(own) => self.statement.basis.extend(own),
                Err(error) => self.problems.push(self.place.problem(format!("its basis: {error}"))),
            }
        }
    }
}

/// A value as text without the white space around it, if there is any text.
fn plain(value: Given<'_>) -> Option<String> {
    let (text, _) = value.text()?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// What programs write where there is nothing.
pub(super) fn is_blank(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || ["none", "null", "nan", "n/a", "na", "unknown", "-"]
            .iter()
            .any(|blank| text.eq_ignore_ascii_case(blank))
}

/// The other words with which publishers say what sort of turn it is.
fn other_kind(word: &str) -> Option<Kind> {
    const WORDS: &[(Kind, &[&str])] = &[
        (Kind::Speech, &["turn", "contribution", "intervention", "utterance"]),
        (
            Kind::Procedure,
            &[
                "linebreak",
                "pagebreak",
                "note",
                "action",
                "clerk",
                "recorder",
                "rollcall",
                "roll_call",
                "vote",
                "stage",
                "stage_direction",
            ],
        ),
        (Kind::Interjection, &["applause", "laughter", "comment", "interruption"]),
    ];
    let found = WORDS.iter().find(|(_, words)| words.iter().any(|w| word.eq_ignore_ascii_case(w)));
    found.map(|(kind, _)| *kind)
}

/// `(APPLAUSE)`, `[Laughter.]`, `（笑）`: the whole turn is a note of what was heard.
fn is_bracketed(text: &str) -> bool {
    let pairs = [('(', ')'), ('[', ']'), ('（', '）'), ('〔', '〕'), ('【', '】')];
    let text = text.trim_end_matches(['.', '。']);
    pairs.into_iter().any(|(open, close)| {
        text.strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
            .is_some_and(|inner| !inner.contains([open, close]) && inner.chars().count() <= 200)
    })
}

/// Takes the record's own word on where it was published. Whether that includes its place in another
/// file, so that the place in this one is not the one to cite. A statement that dixit wrote out
/// without a place never stood in a file: its spans count bytes of its text.
fn source(
    source: Option<Given<'_>>,
    url: Option<Given<'_>>,
    is_export: bool,
    statement: &mut Statement,
) -> bool {
    let mut own_place = false;
    if let Some(value) = source {
        if let Some((name, _)) = value.text() {
            // A bare name is a note on the publisher or an address; this file stays the source.
            if name.starts_with("http://") || name.starts_with("https://") {
                statement.source.url = Some(name);
            }
        } else if let Some(own) =
            value.json().and_then(|raw| serde_json::from_str::<OwnSource>(raw).ok())
        {
            statement.source.url = own.url.filter(|url| !url.is_empty());
            if let Some(name) = own.name.filter(|name| !name.is_empty()) {
                statement.source.name = name;
                statement.source.ordinal = own.ordinal;
                statement.source.span = own.span;
                statement.source.encoding = own.encoding;
                statement.source.part = own.part;
                statement.source.map = own.map;
                own_place = own.span.is_some() || is_export;
            }
        }
    }
    if let Some((url, _)) = url.and_then(Given::text).filter(|(url, _)| !url.is_empty()) {
        statement.source.url = Some(url);
    }
    own_place
}

#[derive(Deserialize)]
struct OwnSource {
    name: Option<String>,
    url: Option<String>,
    ordinal: Option<u64>,
    span: Option<Span>,
    part: Option<String>,
    encoding: Option<String>,
    map: Option<SourceMap>,
}

fn list(value: Given<'_>) -> Option<Vec<String>> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }
    let values = match value {
        Given::Text { text, .. } => text.split([';', '|']).map(str::to_owned).collect(),
        Given::Json { raw, .. } => match serde_json::from_str(raw).ok()? {
            OneOrMany::One(value) => vec![value],
            OneOrMany::Many(values) => values,
        },
    };
    Some(
        values
            .into_iter()
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
            .collect(),
    )
}
