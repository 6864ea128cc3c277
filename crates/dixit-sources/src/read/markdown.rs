//! Markdown, and any text with front matter.

use std::io;

use dixit::{Basis, Kind, Person, Span, Statement, StatementDate};

use super::front_matter::{self, Entry};
use super::prose::{self, Decoded};
use super::text;
use super::transcript::{self, Marks};
use super::{Head, Input, Item, Reader, Record, Sink};
use crate::extract;
use crate::problem::Problem;

/// Markdown with or without front matter.
pub(super) struct Markdown;

impl Reader for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn about(&self) -> &'static str {
        "Markdown, and text with front matter (title, date, speaker, role, tags, source_url, …)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        if !head.is_text() {
            return None;
        }
        if matches!(head.extension, "md" | "markdown") {
            return Some("its name");
        }
        let is_front_matter =
            head.bytes.starts_with(b"---\n") || head.bytes.starts_with(b"---\r\n");
        is_front_matter.then_some("front matter")
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        let Some(file) = prose::read_whole(input, sink)? else { return Ok(()) };
        let front = front_matter::read(&file.text);
        let (entries, body) = front.map_or((Vec::new(), 0), |front| {
            for line in &front.unread {
                let message = "front matter: this line is not understood and was left out";
                let byte = file.map.to_source(line.range.clone()).map_or(0, |span| span.start);
                sink(Item::Problem(Problem::noted(input.name, message).at(line.number, byte)));
            }
            (front.entries, front.body)
        });
        let (heading, from) = match heading(&file.text, body).or_else(|| headline(&file.text, body))
        {
            Some((heading, from)) => (Some(heading), from),
            None => (None, body),
        };
        let from = skip_blank(&file.text, from);
        let mut statement = prose::statement(input.name, &file, heading);
        if file.text[from..].trim().is_empty() {
            sink(Item::Problem(Problem::left_out(
                input.name,
                "there is no text after its front matter or heading",
            )));
            return Ok(());
        }
        for entry in &entries {
            if let Err(why) = apply(&mut statement, entry, &file) {
                let byte = file.map.to_source(entry.value_range()).map_or(0, |span| span.start);
                let message = format!("front matter: its {}: {why}", entry.key);
                sink(Item::Problem(Problem::left_out(input.name, message).at(entry.line, byte)));
            }
        }
        let mut take = |statement| sink(Item::Record(Box::new(Record { statement })));
        let told = transcript::turns(&file, from, Marks::Markdown, &statement, 1, &mut take);
        if let Some(told) = told {
            text::tell_pages(input.name, told, sink);
            return Ok(());
        }
        prose::fill(&mut statement, &file, from..file.text.len());
        // A party or country without anybody is no speaker, as in JSON lines.
        if statement.speaker.as_ref().is_some_and(|person| person.label().is_none()) {
            statement.speaker = None;
            statement.basis.remove("speaker");
        }
        sink(Item::Record(Box::new(Record { statement })));
        Ok(())
    }
}

/// A first-level heading (or a second, if that comes first) at the top, and where the text goes on.
fn heading(text: &str, from: usize) -> Option<(std::ops::Range<usize>, usize)> {
    let first = prose::lines(text, from).find(|line| !text[line.clone()].trim().is_empty())?;
    let line = text[first.clone()].trim();
    let marks = line.bytes().take_while(|&byte| byte == b'#').count();
    let is_heading = (1..=2).contains(&marks) && line[marks..].starts_with(' ');
    is_heading.then(|| (first.clone(), (first.end + 1).min(text.len())))
}

/// A headline without marks, where it is no turn.
fn headline(text: &str, from: usize) -> Option<(std::ops::Range<usize>, usize)> {
    prose::headline(text, from).filter(|(line, _)| !transcript::begins_at(text, line.start))
}

fn skip_blank(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let blank = rest.len() - rest.trim_start().len();
    // To the start of the first line that has something, not into its indent.
    from + rest[..blank].rfind('\n').map_or(0, |at| at + 1)
}

/// Takes one entry of the front matter. Unknown ones are nobody's business.
fn apply(statement: &mut Statement, entry: &Entry, file: &Decoded) -> Result<(), String> {
    let span: Vec<Span> = file.map.to_source(entry.value_range()).into_iter().collect();
    let given = || Basis::given("front-matter", span.iter().copied());
    let Some(value) = entry.first() else { return Ok(()) };
    let person = |statement: &mut Statement, set: &dyn Fn(&mut Person)| {
        set(statement.speaker.get_or_insert_default());
        let basis = statement
            .basis
            .entry("speaker".to_owned())
            .or_insert_with(|| Basis::given("front-matter", []));
        basis.evidence.extend(span.iter().copied());
    };
    match entry.key.as_str() {
        "title" | "headline" => {
            statement.title = Some(value.to_owned());
            statement.set_basis("title", given());
        }
        "date" | "published" | "published_time" | "date_published" => {
            // `date` states the day of the statement; the others stand in only where it is missing.
            if entry.key != "date" && statement.date.is_some() {
                return Ok(());
            }
            let date: Result<StatementDate, _> = value.parse();
            match date.ok().or_else(|| extract::parse_date(value)) {
                Some(date) => {
                    statement.date = Some(date);
                    statement.set_basis("date", given());
                }
                None => {
                    let why = format!("`{value}` is not a date");
                    let mut unknown = Basis::unknown("bad-date").with_note(why.clone());
                    unknown.evidence.clone_from(&span);
                    statement.set_basis("date", unknown);
                    return Err(why);
                }
            }
        }
        "speaker" | "author" | "by" => person(statement, &|person| {
            person.name = Some(value.to_owned());
            person.as_written = Some(value.to_owned());
        }),
        "role" | "position" | "office" => {
            person(statement, &|person| person.role = Some(value.to_owned()));
        }
        "affiliation" | "organization" | "organisation" | "ministry" => {
            person(statement, &|person| person.affiliation = Some(value.to_owned()));
        }
        "party" => person(statement, &|person| person.party = Some(value.to_owned())),
        "country" => person(statement, &|person| person.country = Some(value.to_owned())),
        "language" | "lang" => {
            statement.language = Some(value.to_owned());
            statement.set_basis("language", given());
        }
        "kind" | "type" => match value.parse::<Kind>() {
            Ok(kind) => {
                statement.kind = kind;
                statement.set_basis("kind", given());
            }
            Err(why) if entry.key == "kind" => return Err(why),
            Err(_) => {}
        },
        "topics" | "topic" | "tags" | "categories" => {
            statement.topics.extend(entry.values().map(str::to_owned));
            statement.set_basis("topics", given());
        }
        "keywords" => {
            statement.keywords.extend(entry.values().map(str::to_owned));
            statement.set_basis("keywords", given());
        }
        "event" | "occasion" => {
            statement.event = Some(value.to_owned());
            statement.set_basis("event", given());
        }
        "references" | "reference" => {
            statement.references.extend(entry.values().map(str::to_owned));
            statement.set_basis("references", given());
        }
        "url" | "source_url" | "link" | "permalink" => {
            statement.source.url = Some(value.to_owned());
        }
        "id" => statement.source.record = Some(value.to_owned()),
        _ => {}
    }
    Ok(())
}
