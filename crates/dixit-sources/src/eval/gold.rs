//! Rows of gold: JSON lines in the form of statements, and in two other forms that gold is published in.

use std::io::{self, BufRead};
use std::ops::Range;

use dixit::{Form, Kind, Person, Span, Statement, StatementDate};
use serde::Deserialize;
use serde_json::Value;

use super::topics::CODED;

/// What is known to be right of a text.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct GoldRow {
    /// Its id, else its number.
    pub id: String,
    /// The text.
    pub text: String,
    /// The title over it, which extraction may go by.
    pub title: Option<String>,
    /// The name of its source, which extraction may go by.
    pub source: Option<String>,
    /// Who speaks; `Some(None)`: nobody is named.
    pub speaker: Option<Option<Person>>,
    /// When; `Some(None)`: the text does not tell.
    pub date: Option<Option<StatementDate>>,
    /// In what language.
    pub language: Option<String>,
    /// Of what kind.
    pub kind: Option<Kind>,
    /// About what, the main topic first.
    pub topics: Option<Vec<String>>,
    /// Keywords.
    pub keywords: Option<Vec<String>>,
    /// Documents that are cited.
    pub references: Option<Vec<String>>,
    /// Who is said to have said what.
    pub passages: Option<Vec<GoldPassage>>,
}

/// A stretch of a text that it attributes to someone. Ranges count bytes of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct GoldPassage {
    /// Whether it is quoted.
    pub is_direct: bool,
    /// What was said, in one or more pieces.
    pub content: Vec<Range<usize>>,
    /// Where the text names the source; nothing where it names none.
    pub source: Vec<Range<usize>>,
    /// Who it is, where that is what the gold says.
    pub speaker: Option<Person>,
}

impl GoldRow {
    /// The statement as extraction is given it.
    pub(super) fn bare(&self) -> Statement {
        let source = self.source.clone().unwrap_or_default();
        let mut statement = Statement::new(source, self.text.clone());
        statement.title.clone_from(&self.title);
        statement
    }
}

/// Why gold cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GoldError {
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A line is no row of gold.
    #[error("line {line}: {why}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
}

/// Reads rows of gold, one JSON object a line, each with a `text` and any of the fields of a statement:
/// `speaker`, `date`, `language`, `kind`, `topics`, `keywords`, `references`, `passages`. Places are spans as
/// statements have them: of a statement that never stood in a file, bytes of its text.
///
/// Gold that is published in other forms is understood too: `keys` are keywords; `attributions` are passages
/// with `source`, `cue` and `content` as lists of `[start, end, …]` that count characters (the form of PolNeAR,
/// Newell, Margolin & Ruths 2018); `cap_major` is the number of a major topic of the Comparative Agendas Project, which is
/// compared with the codes of the taxonomy.
///
/// # Errors
/// [`GoldError`] with the line.
pub fn read_gold(input: impl BufRead) -> Result<Vec<GoldRow>, GoldError> {
    let mut rows = Vec::new();
    for (number, line) in input.lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let wrong = |why: String| GoldError::Line { line: number + 1, why };
        rows.push(row(&line, number + 1).map_err(wrong)?);
    }
    Ok(rows)
}

fn row(line: &str, number: usize) -> Result<GoldRow, String> {
    let json: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let object = json.as_object().ok_or("a row of gold is a JSON object")?;
    let text = object.get("text").and_then(Value::as_str).ok_or("a row of gold has a `text`")?;
    let string = |field: &str| object.get(field).and_then(Value::as_str).map(str::to_owned);
    let mut row = GoldRow {
        id: string("id").unwrap_or_else(|| format!("line {number}")),
        text: text.to_owned(),
        title: string("title"),
        source: object.get("source").and_then(|source| {
            let name = source.get("name").or(Some(source));
            name.and_then(Value::as_str).map(str::to_owned)
        }),
        ..GoldRow::default()
    };
    row.speaker = match object.get("speaker") {
        Some(Value::String(name)) => Some(Some(Person::named(name))),
        _ => given(&json, "speaker")?,
    };
    row.date = given(&json, "date")?;
    row.language = string("language");
    row.kind = given::<Option<Kind>>(&json, "kind")?.flatten();
    row.topics = given(&json, "topics")?;
    row.keywords = given(&json, "keywords")?.or(given(&json, "keys")?);
    row.references = given(&json, "references")?;
    row.passages = match given::<Vec<WrittenPassage>>(&json, "passages")? {
        Some(passages) => Some(passages_of(passages, &json, text)?),
        None => given::<Vec<Attribution>>(&json, "attributions")?
            .map(|attributions| attributed(attributions, text))
            .transpose()?,
    };
    if let Some(code) = object.get("cap_major") {
        let code = code.as_u64().ok_or("`cap_major` is a number")?;
        row.topics = Some(vec![format!("{CODED}{code}")]);
    }
    Ok(row)
}

fn given<T: for<'de> Deserialize<'de>>(json: &Value, field: &str) -> Result<Option<T>, String> {
    let value = json.get(field);
    value
        .map(|value| T::deserialize(value).map_err(|error| format!("`{field}`: {error}")))
        .transpose()
}

#[derive(Deserialize)]
struct WrittenPassage {
    #[serde(default)]
    form: Option<Form>,
    #[serde(default)]
    speaker: Option<Person>,
    #[serde(default)]
    source: Option<Span>,
    content: Span,
}

fn passages_of(
    passages: Vec<WrittenPassage>,
    json: &Value,
    text: &str,
) -> Result<Vec<GoldPassage>, String> {
    // Where the row is a whole statement, its spans count bytes of its file.
    let mut whole = Statement::new("gold", text);
    if let Some(source) = json.get("source").filter(|source| source.is_object()) {
        whole.source = dixit::Source::deserialize(source).map_err(|error| error.to_string())?;
    }
    let range = |span: Span| {
        whole.text_range(span).ok_or_else(|| format!("{span:?} is no place in the text"))
    };
    passages
        .into_iter()
        .map(|passage| {
            let content = range(passage.content)?;
            let is_direct = match passage.form {
                Some(form) => form == Form::Direct,
                None => has_quotation_marks(&text[content.clone()]),
            };
            let source = passage.source.map(range).transpose()?.into_iter().collect();
            Ok(GoldPassage { is_direct, content: vec![content], source, speaker: passage.speaker })
        })
        .collect()
}

#[derive(Deserialize)]
struct Attribution {
    #[serde(default)]
    source: Vec<Vec<Value>>,
    #[serde(default)]
    content: Vec<Vec<Value>>,
}

fn attributed(attributions: Vec<Attribution>, text: &str) -> Result<Vec<GoldPassage>, String> {
    // Where each character begins, and where the last one ends.
    let places: Vec<usize> =
        text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len())).collect();
    let ranges = |pieces: Vec<Vec<Value>>| {
        let range = |piece: &Vec<Value>| {
            let place = |at: usize| {
                let number = piece.get(at).and_then(Value::as_u64)?;
                places.get(usize::try_from(number).ok()?).copied()
            };
            let (start, end) = place(0).zip(place(1))?;
            (start <= end).then_some(start..end)
        };
        let ranges: Option<Vec<_>> = pieces.iter().map(range).collect();
        ranges.ok_or_else(|| "a place of an attribution lies outside its text".to_owned())
    };
    let mut passages = Vec::new();
    for Attribution { source, content } in attributions {
        let (source, content) = (ranges(source)?, ranges(content)?);
        if content.is_empty() {
            continue;
        }
        let is_direct = content.iter().any(|piece| has_quotation_marks(&text[piece.clone()]));
        passages.push(GoldPassage { is_direct, content, source, speaker: None });
    }
    Ok(passages)
}

pub(super) fn has_quotation_marks(text: &str) -> bool {
    text.contains(['"', '“', '”', '„', '«', '»', '「', '『'])
}
