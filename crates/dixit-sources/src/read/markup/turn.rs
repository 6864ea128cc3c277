//! From what markup says to statements with their evidence.

use dixit::{Basis, Kind, Person, Span, Statement, StatementDate};

use super::text::TextBuilder;
use super::tokens::Tokens;
use crate::limits::ReadLimits;
use crate::problem::Problem;
use crate::read::{Flow, Item, Record, Sink};

/// Headings that stand over one statement: nobody nests as many.
const HEADINGS: usize = 12;

/// A value and the stretch of the file that states it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::read) struct Given<T> {
    pub(in crate::read) value: T,
    pub(in crate::read) span: Span,
    /// The element or attribute that it stands in.
    pub(in crate::read) rule: &'static str,
}

impl<T> Given<T> {
    pub(in crate::read) fn new(value: T, span: Span, rule: &'static str) -> Self {
        Self { value, span, rule }
    }

    fn basis(&self) -> Basis {
        Basis::given(self.rule, [self.span])
    }
}

/// Who speaks, as far as the file tells.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::read) enum Speaker {
    Known(Person, Basis),
    Unknown(Basis),
}

impl Speaker {
    /// Nobody is named, and this is the reason.
    pub(in crate::read) fn unknown(rule: &'static str, note: &str) -> Self {
        Self::Unknown(Basis::unknown(rule).with_note(note))
    }
}

/// What holds for the statements that follow.
#[derive(Debug, Default)]
pub(in crate::read) struct Sitting {
    pub(in crate::read) date: Option<Given<StatementDate>>,
    /// Why there is no date, where the file tells.
    pub(in crate::read) no_date: Option<Basis>,
    pub(in crate::read) event: Option<Given<String>>,
    pub(in crate::read) language: Option<Given<String>>,
    pub(in crate::read) country: Option<String>,
    /// The headings over the statements, from the widest: at which depth of the markup, and which.
    headings: Vec<(usize, Given<String>)>,
}

impl Sitting {
    /// A heading at some depth: it takes the place of those as deep and deeper.
    pub(in crate::read) fn heading(&mut self, depth: usize, heading: Given<String>) {
        self.leave(depth);
        if self.headings.len() < HEADINGS {
            self.headings.push((depth, heading));
        }
    }

    /// The section at this depth has ended.
    pub(in crate::read) fn leave(&mut self, depth: usize) {
        self.headings.retain(|(other, _)| *other < depth);
    }
}

/// A statement that is being read.
#[derive(Debug, Default)]
pub(in crate::read) struct Turn {
    pub(in crate::read) text: TextBuilder,
    /// Where its markup begins.
    pub(in crate::read) start: u64,
    pub(in crate::read) kind: Kind,
    /// The tag or the label that shows its kind.
    pub(in crate::read) shown: Span,
    /// The element that shows its kind.
    pub(in crate::read) kind_rule: &'static str,
    pub(in crate::read) speaker: Option<Speaker>,
    /// The source's own key of it.
    pub(in crate::read) record: Option<String>,
    pub(in crate::read) url: Option<String>,
    /// Its own date, where that is not the sitting's.
    pub(in crate::read) date: Option<Given<StatementDate>>,
    pub(in crate::read) language: Option<Given<String>>,
    /// Whether the marks between a name in print and the words after it stand in the text.
    pub(in crate::read) has_leader: bool,
    is_over: bool,
}

impl Turn {
    /// One that begins where what shows its kind does.
    pub(in crate::read) fn new(kind: Kind, kind_rule: &'static str, shown: Span) -> Self {
        Self { kind, kind_rule, shown, start: shown.start, ..Self::default() }
    }

    /// Adds text, up to the limit of a record.
    pub(in crate::read) fn push(&mut self, text: super::tokens::Text<'_>, limits: &ReadLimits) {
        if self.text.len() + text.raw.len() > limits.record_bytes {
            self.is_over = true;
        } else {
            self.text.push(text);
        }
    }
}

/// Hands over statements one by one.
pub(in crate::read) struct Out<'o, 's> {
    name: &'o str,
    sink: &'o mut Sink<'s>,
    ordinal: u64,
    pub(in crate::read) limits: ReadLimits,
    /// Set when the sink has enough.
    pub(in crate::read) is_done: bool,
}

impl<'o, 's> Out<'o, 's> {
    pub(in crate::read) fn new(name: &'o str, limits: ReadLimits, sink: &'o mut Sink<'s>) -> Self {
        Self { name, sink, ordinal: 0, limits, is_done: false }
    }

    /// Statements so far.
    pub(in crate::read) fn count(&self) -> u64 {
        self.ordinal
    }

    fn send(&mut self, item: Item) {
        self.is_done |= (self.sink)(item) == Flow::Enough;
    }

    /// Reports a problem at the place that the tokens have come to.
    pub(in crate::read) fn problem(
        &mut self,
        tokens: &mut Tokens<'_>,
        left_out: bool,
        message: &str,
    ) {
        let problem = if left_out {
            Problem::left_out(self.name, message)
        } else {
            Problem::noted(self.name, message)
        };
        let problem = problem.at(tokens.line(), tokens.offset());
        self.send(Item::Problem(problem));
    }

    /// Reports a problem at a byte.
    pub(in crate::read) fn problem_at(&mut self, byte: u64, left_out: bool, message: &str) {
        let problem = Problem { left_out, ..Problem::left_out(self.name, message) };
        self.send(Item::Problem(problem.at_byte(byte)));
    }

    /// Reports a problem of the whole file.
    pub(in crate::read) fn problem_of_all(&mut self, left_out: bool, message: &str) {
        let problem = if left_out {
            Problem::left_out(self.name, message)
        } else {
            Problem::noted(self.name, message)
        };
        self.send(Item::Problem(problem));
    }

    /// Hands over a turn that ends here; one without words is none.
    pub(in crate::read) fn turn(&mut self, turn: Turn, end: u64, sitting: &Sitting) {
        let Turn { mut text, start, kind, shown, kind_rule, speaker, record, url, date, .. } = turn;
        let Turn { language, has_leader, is_over, .. } = turn;
        if is_over {
            let why = format!(
                "a statement of more than {} bytes, the most for one record, is cut there",
                self.limits.record_bytes
            );
            self.send(Item::Problem(Problem::left_out(self.name, why).at_byte(start)));
        }
        if text.as_str().trim().is_empty() {
            return;
        }
        let (mut text, mut map) = text.take();
        if has_leader {
            let words = text.trim_start_matches([':', '.', '-', '–', '—', ' ', '\u{a0}', ',']);
            let from = text.len() - words.len();
            if from > 0 && !words.is_empty() {
                map = map.slice(from..text.len());
                text.drain(..from);
            }
        }
        self.ordinal += 1;
        let mut statement = Statement::new(self.name, text);
        statement.source.ordinal = Some(self.ordinal);
        // Markup that is not closed well may end a statement too early, or begin it too late.
        let own = map.to_source(0..statement.text.len()).unwrap_or_default();
        statement.source.span = Some(Span::new(start.min(own.start), end.max(own.end)));
        statement.source.record = record;
        statement.source.url = url;
        statement.set_source_map(map);
        statement.kind = kind;
        // The words themselves do not show what sort they are.
        let shown = (own.start > shown.start && shown.end > shown.start).then_some(shown);
        statement.set_basis("kind", Basis::given(kind_rule, shown));
        if let Some(date) = date.as_ref().or(sitting.date.as_ref()) {
            statement.date = Some(date.value);
            statement.set_basis("date", date.basis());
        } else if let Some(why) = &sitting.no_date {
            statement.set_basis("date", why.clone());
        }
        if let Some(language) = language.as_ref().or(sitting.language.as_ref()) {
            statement.language = Some(language.value.clone());
            statement.set_basis("language", language.basis());
        }
        if let Some(event) = &sitting.event {
            statement.event = Some(event.value.clone());
            statement.set_basis("event", event.basis());
        }
        if let Some((_, title)) = sitting.headings.last() {
            statement.title = Some(title.value.clone());
            statement.set_basis("title", title.basis());
            let topics = sitting.headings.iter().map(|(_, heading)| heading.value.clone());
            for topic in topics {
                if !statement.topics.contains(&topic) {
                    statement.topics.push(topic);
                }
            }
            let spans = sitting.headings.iter().map(|(_, heading)| heading.span);
            statement.set_basis("topics", Basis::given("heading", spans));
        }
        match speaker {
            Some(Speaker::Known(mut person, basis)) => {
                if person.country.is_none() {
                    person.country.clone_from(&sitting.country);
                }
                statement.speaker = Some(person);
                statement.set_basis("speaker", basis);
            }
            Some(Speaker::Unknown(basis)) => statement.set_basis("speaker", basis),
            None => statement.set_basis(
                "speaker",
                Basis::unknown("not-named").with_note("the markup names nobody here"),
            ),
        }
        self.send(Item::Record(Box::new(Record { statement })));
    }
}
