//! One statement for people: every field, how it is known, and the words that show it.

use std::io::Write;

use anyhow::Result;
use dixit::{Basis, Form, Span, Statement};
use dixit_sources::text_of;

use super::{DIM, FIELD, clean, doubt, person, width};

/// Bytes of a piece of evidence or of a text that are shown.
const SHOWN: usize = 160;

pub(crate) fn print(statement: &Statement, file: Option<&[u8]>) -> Result<()> {
    let mut out = anstream::stdout().lock();
    let source = &statement.source;
    writeln!(out, "{FIELD}{:<11}{FIELD:#} {}", "id", statement.id)?;
    let text = |value: &Option<String>| value.as_deref().map(|value| clean(value).into_owned());
    let list = |values: &[String]| {
        let joined = values.iter().map(|value| clean(value)).collect::<Vec<_>>().join("; ");
        (!joined.is_empty()).then_some(joined)
    };
    line(&mut out, statement, file, "title", text(&statement.title))?;
    line(&mut out, statement, file, "kind", Some(statement.kind.to_string()))?;
    line(&mut out, statement, file, "speaker", statement.speaker.as_ref().map(person))?;
    line(
        &mut out,
        statement,
        file,
        "date",
        statement.date.map(|date| format!("{date} ({})", date.precision().as_str())),
    )?;
    line(&mut out, statement, file, "language", text(&statement.language))?;
    line(&mut out, statement, file, "topics", list(&statement.topics))?;
    for topic in &statement.topics {
        if let Some(basis) = statement.basis.get(&format!("topics[{topic}]")) {
            let words = basis.evidence.iter().take(5).map(|span| quote(*span, statement, file));
            let words = words.collect::<Vec<_>>().join(" ");
            writeln!(out, "{:12}{DIM}{}{DIM:#}{} {words}", "", clean(topic), doubt(Some(basis)))?;
        }
    }
    line(&mut out, statement, file, "keywords", list(&statement.keywords))?;
    line(&mut out, statement, file, "event", text(&statement.event))?;
    line(&mut out, statement, file, "references", list(&statement.references))?;
    let mut place = clean(&source.name).into_owned();
    if let Some(ordinal) = source.ordinal {
        place += &format!(", statement {ordinal}");
    }
    if let Some(span) = source.span {
        place += &format!(", bytes {}..{}", span.start, span.end);
    }
    if let Some(part) = &source.part {
        place += &format!(" of its {}", clean(part));
    }
    if let Some(encoding) = &source.encoding {
        place += &format!(" in {}", clean(encoding));
    }
    writeln!(out, "{FIELD}{:<11}{FIELD:#} {place}", "source")?;
    for (name, value) in [("url", &source.url), ("record", &source.record)] {
        if let Some(value) = value {
            writeln!(out, "{FIELD}{name:<11}{FIELD:#} {}", clean(value))?;
        }
    }
    for (number, passage) in statement.passages.iter().enumerate() {
        let form = match passage.form {
            Form::Direct => "quoted",
            Form::Indirect => "retold",
        };
        let who = passage.speaker.as_ref().map_or_else(|| "someone not named".to_owned(), person);
        let name = format!("passage {number}");
        writeln!(out, "{FIELD}{name:<11}{FIELD:#} {form}, {who}{}", doubt(passage.basis.as_ref()))?;
        if let Some(cue) = passage.cue {
            writeln!(out, "{:12}{DIM}cue{DIM:#} {}", "", quote(cue, statement, file))?;
        }
        writeln!(out, "{:12}{DIM}said{DIM:#} {}", "", quote(passage.content, statement, file))?;
        if let Some(basis) = &passage.basis {
            print_basis(&mut out, basis, statement, file)?;
        }
    }
    writeln!(out)?;
    let end = (0..=statement.text.len().min(20_000))
        .rev()
        .find(|&at| statement.text.is_char_boundary(at));
    let shown = &statement.text[..end.unwrap_or(0)];
    for paragraph in shown.lines() {
        let paragraph = clean(paragraph);
        for line in textwrap::wrap(&paragraph, textwrap::Options::new(width())) {
            writeln!(out, "{line}")?;
        }
    }
    if shown.len() < statement.text.len() {
        writeln!(
            out,
            "{DIM}… {} bytes more; --json shows all{DIM:#}",
            statement.text.len() - shown.len()
        )?;
    }
    writeln!(out)?;
    Ok(())
}

/// A field, its value, and how it is known.
fn line(
    out: &mut impl Write,
    statement: &Statement,
    file: Option<&[u8]>,
    field: &str,
    value: Option<String>,
) -> Result<()> {
    let basis = statement.basis.get(field);
    if value.is_none() && basis.is_none() {
        return Ok(());
    }
    let value = value.unwrap_or_else(|| format!("{DIM}unknown{DIM:#}"));
    // Of a list each value is as sure as itself; the basis is of all of them.
    let is_list = matches!(field, "topics" | "keywords" | "references");
    let known = basis.filter(|basis| basis.kind != dixit::BasisKind::Unknown && !is_list);
    writeln!(out, "{FIELD}{field:<11}{FIELD:#} {value}{}", doubt(known))?;
    if let Some(basis) = basis {
        print_basis(out, basis, statement, file)?;
    }
    Ok(())
}

fn print_basis(
    out: &mut impl Write,
    basis: &Basis,
    statement: &Statement,
    file: Option<&[u8]>,
) -> Result<()> {
    let rule = basis.rule.as_deref().unwrap_or("no rule");
    write!(out, "{:12}{DIM}{} by{DIM:#} {}", "", basis.kind.as_str(), clean(rule))?;
    // What the source states as data is as sure as it is.
    if basis.confidence > 0.0 && basis.confidence < 1.0 {
        write!(out, "{DIM}, confidence{DIM:#} {:.2}", basis.confidence)?;
    }
    if let ([span], None, true) =
        (basis.evidence.as_slice(), &basis.note, basis.candidates.is_empty())
    {
        let (start, end) = (span.start, span.end);
        writeln!(out, "{DIM}, {start}..{end}{DIM:#} {}", quote(*span, statement, file))?;
        return Ok(());
    }
    writeln!(out)?;
    if let Some(note) = &basis.note {
        writeln!(out, "{:12}{}", "", clean(note))?;
    }
    if !basis.candidates.is_empty() {
        writeln!(out, "{:12}either {}", "", clean(&basis.candidates.join(" or ")))?;
    }
    for span in basis.evidence.iter().take(6) {
        writeln!(
            out,
            "{:12}{DIM}{}..{}{DIM:#} {}",
            "",
            span.start,
            span.end,
            quote(*span, statement, file)
        )?;
    }
    if basis.evidence.len() > 6 {
        writeln!(out, "{:12}{DIM}and {} more{DIM:#}", "", basis.evidence.len() - 6)?;
    }
    Ok(())
}

/// The words at a span: from the text, else from the file itself.
fn quote(span: Span, statement: &Statement, file: Option<&[u8]>) -> String {
    let from_text = statement.text_range(span).map(|range| statement.text[range].to_owned());
    let from_file = || {
        let bytes = file?.get(span.as_range()?)?;
        Some(text_of(bytes, statement.source.encoding.as_deref()).into_owned())
    };
    let Some(words) = from_text.or_else(from_file) else {
        return format!("{DIM}(in the file){DIM:#}");
    };
    let mut end = words.len().min(SHOWN);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    let dots = if end < words.len() { "…" } else { "" };
    format!("“{}{dots}”", clean(&words[..end]))
}
