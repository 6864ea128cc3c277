//! Markdown, and any text with front matter.

use std::io;

use dixit::Basis;

use super::front_matter;
use super::given::{self, Stated};
use super::metadata::{self, Metadata};
use super::prose;
use super::transcript::{self, Marks};
use super::{Head, Input, Item, Reader, Record, Sink};
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

    fn takes_metadata(&self) -> bool {
        true
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
            let spans = file.map.to_source(entry.value_range());
            let values: Vec<&str> = entry.values().collect();
            let basis = || Basis::given("front-matter", spans);
            let stated = Stated { key: &entry.key, values: &values, basis: &basis };
            if let Err(why) = given::apply(&mut statement, &stated) {
                let byte = file.map.to_source(entry.value_range()).map_or(0, |span| span.start);
                let message = format!("front matter: its {}: {why}", entry.key);
                sink(Item::Problem(Problem::left_out(input.name, message).at(entry.line, byte)));
            }
        }
        let beside = Metadata::of(input.name, &input.beside, sink);
        let from = if beside.apply(&mut statement) { skip_blank(&file.text, body) } else { from };
        let mut take = |statement| sink(Item::Record(Box::new(Record { statement })));
        let told = transcript::turns(&file, from, Marks::Markdown, &statement, 1, &mut take);
        if told.tell(input.name, sink) {
            return Ok(());
        }
        prose::fill(&mut statement, &file, from..file.text.len());
        metadata::weigh(&mut statement);
        // A party or country without anybody is no speaker, as in JSON lines.
        let is_beside = statement.basis.get("speaker").is_some_and(metadata::is_beside);
        if !is_beside && statement.speaker.as_ref().is_some_and(|person| person.label().is_none()) {
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
