//! Filling in what a source does not state, from what its text says.

use std::sync::Arc;

use dixit::{Basis, BasisKind, Kind, Passage, Person, Statement, StatementDate};
use jiff::civil::Date;

use super::date::{DateHints, DateOutcome};
use super::passages::{FoundPassage, Reading};
use super::speaker::{SpeakerFinding, UnknownSpeaker, Within};
use super::topics::Taxonomy;
use super::vocabulary::NumberedText;
use super::{Found, date, file_name, keywords, kind, language, references, speaker};
use crate::user::{Corrections, People};

/// A text in the first person whose file is named by a date and one word that may be a surname.
const SURNAME_IN_FILE_NAME: f64 = 0.8;

/// How a statement is completed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Extraction {
    /// The day of taking in, after which no statement was made; without it every day is possible.
    pub today: Option<Date>,
    /// Who is who, as the user knows it.
    pub people: Arc<People>,
    /// What the user puts right.
    pub corrections: Arc<Corrections>,
    /// The topics that there are, and their words.
    pub taxonomy: Arc<Taxonomy>,
}

impl Default for Extraction {
    /// Without a day and without anything of the user's.
    fn default() -> Self {
        Self {
            today: None,
            people: Arc::default(),
            corrections: Arc::default(),
            taxonomy: Taxonomy::shared(),
        }
    }
}

impl Extraction {
    /// Tells, in a few letters, what of the user's a source is read by.
    pub(crate) fn how(&self, source: &str) -> String {
        format!("{}{}{}", self.people.how(), self.corrections.how(source), self.taxonomy.how())
    }

    /// Fills in what is missing in a statement. What its source gives is touched by nobody but the user.
    pub fn complete(&self, statement: &mut Statement) {
        let cited = references::find(&statement.text);
        let body_end = cited.block.as_ref().map_or(statement.text.len(), |block| block.start);
        let FromWords { language, date, topics, keywords } =
            FromWords::of(statement, body_end, &self.taxonomy);
        let FromProse { kind, passages, speaker } = FromProse::of(statement, body_end);
        if let Some(found) = language {
            statement.set_basis("language", found.basis(statement));
            statement.language = Some(found.value);
        }
        if statement.references.is_empty() && !statement.basis.contains_key("references") {
            fill_list(statement, "references", cited.items, |statement| &mut statement.references);
        }
        if let Some(outcome) = date {
            self.date(statement, outcome);
        }
        if let Some(kind) = kind {
            statement.set_basis("kind", kind.basis(statement));
            statement.kind = kind.value;
        }
        if statement.passages.is_empty() {
            let passages = passages.into_iter().filter_map(|passage| placed(statement, passage));
            statement.passages = passages.collect();
        }
        if let Some(speaker) = speaker {
            who(statement, speaker);
        }
        add_topics(statement, topics);
        if let Some(found) = keywords {
            fill_list(statement, "keywords", found, |statement| &mut statement.keywords);
        }
        // Roles are those of the day, and so the day comes first.
        self.corrections.apply(statement);
        self.people.complete(statement);
    }

    fn date(&self, statement: &mut Statement, outcome: DateOutcome) {
        match outcome {
            DateOutcome::Known(found) => {
                let basis = found.basis(statement);
                if self.is_to_come(found.value) {
                    let why = format!("{} is after the day of taking in", found.value);
                    let basis = Basis { candidates: vec![found.value.to_string()], ..basis };
                    let basis = Basis { kind: BasisKind::Unknown, confidence: 0.0, ..basis };
                    statement.set_basis("date", basis.with_note(why));
                    return;
                }
                statement.set_basis("date", basis);
                statement.date = Some(found.value);
            }
            DateOutcome::Unknown { rule, note, candidates, evidence } => {
                let spans = evidence.into_iter().filter_map(|range| statement.source_span(range));
                let evidence = spans.collect();
                let basis = Basis { candidates, evidence, ..Basis::unknown(rule) };
                statement.set_basis("date", basis.with_note(note));
            }
        }
    }

    /// A statement is not taken in before it is made.
    fn is_to_come(&self, date: StatementDate) -> bool {
        match (self.today, date.range().from) {
            (Some(today), Some(first)) => first > today,
            _ => false,
        }
    }
}

/// What the words of a text and of its title say, as far as the statement lacks it, in one reading.
struct FromWords {
    language: Option<Found<String>>,
    date: Option<DateOutcome>,
    topics: Vec<Found<String>>,
    keywords: Option<Vec<Found<String>>>,
}

impl FromWords {
    fn of(statement: &Statement, body_end: usize, taxonomy: &Taxonomy) -> Self {
        let is_stated = |field: &str| statement.basis.contains_key(field);
        let body = &statement.text[..body_end];
        let mut text = NumberedText::of(statement.title.as_deref(), body);
        let language = if statement.language.is_none() && !is_stated("language") {
            language::identify_in(&statement.text, Some(&mut text))
        } else {
            None
        };
        let date = (statement.date.is_none() && !is_stated("date")).then(|| {
            let hints = DateHints { file_name: Some(&statement.source.name), published: None };
            date::find_in(&text, &hints)
        });
        let tag = statement.language.as_deref().or(language.as_ref().map(|f| f.value.as_str()));
        let topics = taxonomy.find_in(&mut text, tag);
        let lacks_keywords = statement.keywords.is_empty() && !is_stated("keywords");
        let keywords = lacks_keywords.then(|| keywords::find_in(&mut text, tag));
        Self { language, date, topics, keywords }
    }
}

type Behind = Result<Found<SpeakerFinding>, UnknownSpeaker>;

/// What the running text says of kind, passages and speaker, as far as the statement lacks it.
struct FromProse {
    kind: Option<Found<Kind>>,
    passages: Vec<FoundPassage>,
    speaker: Option<Behind>,
}

impl FromProse {
    fn of(statement: &Statement, body_end: usize) -> Self {
        let (title, body) = (statement.title.as_deref(), &statement.text[..body_end]);
        let is_kind_given = statement.basis.contains_key("kind");
        let narrates = !(is_kind_given && statement.kind.is_spoken());
        let lacks_speaker = has_only_country(statement)
            || statement.speaker.is_none() && !statement.basis.contains_key("speaker");
        if !narrates && !lacks_speaker {
            return Self { kind: None, passages: Vec::new(), speaker: None };
        }
        let reading = Reading::new(body);
        let labels = speaker::speaker_labels(body);
        let kind = (!is_kind_given).then(|| kind::of_reading(title, &reading));
        // Inside a transcript `he said` has another `he` in each turn.
        let passages = if narrates && labels.is_none() && statement.passages.is_empty() {
            reading.passages().cloned().collect()
        } else {
            Vec::new()
        };
        let speaker = lacks_speaker.then(|| speaker::find_in(title, &reading, labels));
        Self { kind, passages, speaker }
    }
}

/// The country whose code the file bears, or that a file beside it gives, and nobody yet.
fn has_only_country(statement: &Statement) -> bool {
    let is_of_file = statement
        .basis
        .get("speaker")
        .is_some_and(|basis| matches!(basis.rule.as_deref(), Some("file-name" | "beside")));
    is_of_file && statement.speaker.as_ref().is_some_and(|person| person.label().is_none())
}

/// Who stands behind the statement taken whole.
fn who(statement: &mut Statement, found: Behind) {
    let is_country_alone = has_only_country(statement);
    let nobody = statement.speaker.take_if(|_| is_country_alone);
    let basis = nobody.as_ref().and_then(|_| statement.basis.remove("speaker"));
    match found {
        Ok(found) => {
            let mut basis = found.basis(statement);
            if found.value.within == Within::Title {
                // Its ranges count the title, which has its own place in the file.
                let title = statement.basis.get("title");
                basis.evidence = title.map(|basis| basis.evidence.clone()).unwrap_or_default();
            }
            statement.set_basis("speaker", basis);
            let mut person = found.value.person;
            person.country = person.country.or(nobody.and_then(|nobody| nobody.country));
            statement.speaker = Some(person);
        }
        Err(unknown) => {
            if unknown.rule == speaker::NOT_NAMED
                && let Some((written, name)) = file_name::surname(&statement.source.name)
            {
                let note = "the name of the file; the text speaks in the first person";
                let basis = Basis::new(BasisKind::Inferred, "file-name")
                    .with_confidence(SURNAME_IN_FILE_NAME)
                    .with_note(note);
                let country = nobody.and_then(|nobody| nobody.country);
                let as_written = Some(written.to_owned());
                let person = Person { name: Some(name), as_written, country, ..Person::default() };
                statement.speaker = Some(person);
                statement.set_basis("speaker", basis);
                return;
            }
            if let (Some(nobody), Some(basis)) = (nobody, basis) {
                let note =
                    format!("{}; {}", basis.note.as_deref().unwrap_or_default(), unknown.note);
                statement.set_basis("speaker", basis.with_note(note));
                statement.speaker = Some(nobody);
                return;
            }
            let basis = Basis { candidates: unknown.candidates, ..Basis::unknown(unknown.rule) };
            statement.set_basis("speaker", basis.with_note(unknown.note));
        }
    }
}

/// The source's own topics first, then those of the taxonomy, each with the words that gave it under
/// `topics[NAME]`.
fn add_topics(statement: &mut Statement, found: Vec<Found<String>>) {
    for topic in found {
        if statement.topics.contains(&topic.value) {
            continue;
        }
        let basis = topic.basis(statement);
        let all = Basis::new(BasisKind::Extracted, topic.rule).with_confidence(basis.confidence);
        let all = statement.basis.entry("topics".to_owned()).or_insert(all);
        if all.kind == BasisKind::Extracted {
            all.confidence = all.confidence.min(basis.confidence);
            all.evidence.extend(basis.evidence.iter().copied());
        }
        statement.set_basis(&format!("topics[{}]", topic.value), basis);
        statement.topics.push(topic.value);
    }
}

/// Puts findings into a list of the statement, with one basis for all of them.
fn fill_list(
    statement: &mut Statement,
    field: &str,
    found: Vec<Found<String>>,
    list: impl Fn(&mut Statement) -> &mut Vec<String>,
) {
    let Some(first) = found.first() else { return };
    let mut basis = first.basis(statement);
    for other in &found[1..] {
        let more = other.basis(statement);
        basis.evidence.extend(more.evidence);
        basis.confidence = basis.confidence.min(more.confidence);
    }
    list(statement).extend(found.into_iter().map(|found| found.value));
    statement.set_basis(field, basis);
}

/// A passage with its places in the source.
fn placed(statement: &Statement, mut found: FoundPassage) -> Option<Passage> {
    found.speaker = found.speaker.filter(|speaker| !is_contraction(&speaker.value));
    let content = statement.source_span(found.content)?;
    let cue = found.cue.and_then(|cue| statement.source_span(cue));
    let source = found.source.and_then(|source| statement.source_span(source));
    let basis = match &found.speaker {
        Some(speaker) => speaker.basis(statement),
        None => {
            let evidence = source.into_iter().collect();
            let note = match source {
                Some(_) => "the words that name the source do not tell who it is",
                None => "nothing attributes it",
            };
            Basis { evidence, ..Basis::unknown(found.rule).with_note(note) }
        }
    };
    let basis = Some(basis);
    Some(Passage {
        form: found.form,
        speaker: found.speaker.map(|speaker| speaker.value),
        source,
        cue,
        content,
        basis,
    })
}

/// `I’ll` and `We’ve` begin sentences with a capital and are nobody's name.
fn is_contraction(person: &dixit::Person) -> bool {
    let Some(name) = person.name.as_deref().filter(|name| !name.contains(' ')) else {
        return false;
    };
    let Some((_, ending)) = name.split_once(['\'', '’']) else { return false };
    matches!(ending, "ll" | "ve" | "m" | "re" | "d" | "s" | "t")
}

/// Reads a date that stands alone, in whatever way publishers write it: `June 30, 2025`.
pub(crate) fn parse_date(text: &str) -> Option<StatementDate> {
    match date::find(text, None, &DateHints::default()) {
        DateOutcome::Known(found) if found.kind == BasisKind::Extracted => Some(found.value),
        _ => None,
    }
}
