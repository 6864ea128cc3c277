//! An answer for people.

use std::io::Write;

use anyhow::Result;
use dixit::{Answer, BasisKind, Facet, Hit, Imprecise, Note, Snippet, Sort, Suggestion};

use super::{DIM, FIELD, MARK, clean, count, counted, doubt, person, width};

/// Characters of an id that are enough to name it.
const SHORT_ID: usize = 12;

pub(crate) fn print(answer: &Answer, quiet: bool) -> Result<()> {
    let mut out = anstream::stdout().lock();
    if !quiet {
        print_notes(&answer.query.notes);
        for also in &answer.query.also {
            say!("{FIELD}also:{FIELD:#} {}", clean(&also.words));
        }
        for suggestion in &answer.query.suggestions {
            print_suggestion(suggestion);
        }
    }
    for hit in &answer.hits {
        print_hit(&mut out, hit)?;
    }
    for (facet, counts) in &answer.facets {
        writeln!(out, "{FIELD}{}{FIELD:#}", plural(*facet))?;
        for value in &counts.values {
            writeln!(out, "  {:>7}  {}", count(value.count), clean(&value.value))?;
        }
        let more = counts.distinct.saturating_sub(counts.values.len() as u64);
        if more > 0 {
            writeln!(out, "{DIM}           and {} more{DIM:#}", count(more))?;
        }
        if counts.without > 0 {
            writeln!(out, "{DIM}  {:>7}  without any{DIM:#}", count(counts.without))?;
        }
        writeln!(out)?;
    }
    let order = match answer.sort {
        Sort::Relevance => "best first",
        Sort::Newest => "newest first",
        Sort::Oldest => "oldest first",
    };
    let partial = if answer.partial { "; stopped before it was done" } else { "" };
    let (searched, words) = (counted(answer.searched, "statement"), clean(&answer.query.words));
    if let Some(imprecise) = answer.imprecise {
        writeln!(out, "{}", told(imprecise, answer.total))?;
    }
    if answer.total == 0 {
        writeln!(out, "nothing found among {searched}: {words}{partial}")?;
    } else if answer.hits.is_empty() {
        writeln!(out, "{} found among {searched}{partial}", count(answer.total))?;
    } else {
        let (from, to) = (answer.offset + 1, answer.offset + answer.hits.len());
        let total = count(answer.total);
        writeln!(
            out,
            "{DIM}{from} to {to} of {total} found among {searched}, {order}{partial}{DIM:#}"
        )?;
    }
    Ok(())
}

/// What dates without a day mean for an answer.
fn told(imprecise: Imprecise, total: u64) -> String {
    let Imprecise { matches, possible } = imprecise;
    let of = match total {
        1 => "the one found".to_owned(),
        total => format!("{} of the {} found", count(matches), count(total)),
    };
    let is = if matches == 1 { "is" } else { "are" };
    let found = format!("{of} {is} dated by the month or year alone");
    let verb = if possible == 1 { "is" } else { "are" };
    let more = format!(
        "{} more may be of these days and {verb} not counted: dated by the month or year alone",
        count(possible)
    );
    match (matches, possible) {
        (0, _) => more,
        (_, 0) => found,
        _ => format!("{found}; {more}"),
    }
}

/// A query read back, with its notes.
pub(crate) fn print_understood(words: &str, notes: &[Note]) -> Result<()> {
    print_notes(notes);
    writeln!(anstream::stdout().lock(), "{}", clean(words))?;
    Ok(())
}

fn print_notes(notes: &[Note]) {
    for note in notes {
        let at = match note.span.end {
            // About what was given beside the query.
            0 => String::new(),
            end => format!(" {DIM}bytes {}..{end}:{DIM:#}", note.span.start),
        };
        say!("{FIELD}note:{FIELD:#}{at} {}", clean(&note.to_string()));
    }
}

/// What a word that no statement has was probably meant to be.
fn print_suggestion(suggestion: &Suggestion) {
    let Suggestion { field, word, suggestion, statements, instead_of, .. } = suggestion;
    let field = field.map(|field| format!("{field}:")).unwrap_or_default();
    let times = if *statements == 1 { "statement has" } else { "statements have" };
    say!(
        "{FIELD}{} has{FIELD:#} {field}{}; did you mean {FIELD}{field}{}{FIELD:#}? {} {times} it",
        if *instead_of == 0 { "no statement" } else { "hardly any statement" },
        clean(word),
        clean(suggestion),
        count(*statements)
    );
}

fn print_hit(out: &mut impl Write, hit: &Hit) -> Result<()> {
    let statement = &hit.statement;
    let basis = |field: &str| statement.basis.get(field);
    let who = match &statement.speaker {
        Some(speaker) => format!("{}{}", person(speaker), doubt(basis("speaker"))),
        None => format!("{DIM}speaker unknown{DIM:#}"),
    };
    let when = match statement.date {
        Some(date) => {
            let how = match basis("date") {
                Some(basis) if basis.kind != BasisKind::Inferred => "",
                Some(basis)
                    if basis.rule.as_deref().is_some_and(|rule| rule.ends_with("year"))
                        && date.get_day().is_some() =>
                {
                    " (year inferred)"
                }
                Some(_) => " (inferred)",
                None => "",
            };
            format!("{date}{}{how}", doubt(basis("date")))
        }
        None => format!("{DIM}undated{DIM:#}"),
    };
    writeln!(out, "{:>3}  {when}  {who}", hit.rank)?;
    if let Some(found) = &hit.speaker_match
        && !found.statement
        && !found.passages.is_empty()
    {
        let number = found.passages.len();
        let passages = if number == 1 { "passage" } else { "passages" };
        writeln!(out, "     {DIM}found as the speaker of {number} {passages} in it{DIM:#}")?;
    }
    if let Some(found) = &hit.found_by {
        let named = |kind: &str, labels: &[String]| match labels {
            [] => None,
            [label] => Some(format!("its {kind} “{}”", clean(label))),
            labels => {
                let all: Vec<_> =
                    labels.iter().map(|label| format!("“{}”", clean(label))).collect();
                Some(format!("its {kind}s {}", all.join(", ")))
            }
        };
        let labels = [named("topic", &found.topics), named("keyword", &found.keywords)];
        let labels: Vec<String> = labels.into_iter().flatten().collect();
        writeln!(out, "     {DIM}found by {}{DIM:#}", labels.join(" and "))?;
    }
    let title = hit.snippets.iter().find(|snippet| snippet.field == dixit::SnippetField::Title);
    match (title, &statement.title) {
        (Some(title), _) => writeln!(out, "     {}", marked(title, 0, usize::MAX))?,
        (None, Some(title)) => writeln!(out, "     {}", clean(title))?,
        (None, None) => {}
    }
    for snippet in hit.snippets.iter().filter(|snippet| snippet.field == dixit::SnippetField::Text)
    {
        let text = marked(snippet, 0, statement.text.len());
        let options =
            textwrap::Options::new(width()).initial_indent("     ").subsequent_indent("     ");
        for line in textwrap::wrap(&text, options) {
            writeln!(out, "{line}")?;
        }
    }
    let source = &statement.source;
    let mut place = clean(source.url.as_deref().unwrap_or(&source.name)).into_owned();
    if let Some(span) = hit.snippets.iter().rev().find_map(|snippet| snippet.source) {
        place += &format!(", bytes {}..{}", span.start, span.end);
    }
    writeln!(out, "     {DIM}{place}, {}{DIM:#}", &statement.id.as_str()[..SHORT_ID])?;
    writeln!(out)?;
    Ok(())
}

/// The snippet with its marks; dots where the text goes on.
fn marked(snippet: &Snippet, begin: u64, len: usize) -> String {
    let mut out = String::new();
    if snippet.range.start > begin {
        out.push('…');
    }
    let mut at = 0;
    for mark in snippet.marks.iter().filter_map(|mark| mark.as_range()) {
        out += &clean(&snippet.text[at..mark.start]);
        out += &format!("{MARK}{}{MARK:#}", clean(&snippet.text[mark.clone()]));
        at = mark.end;
    }
    out += &clean(&snippet.text[at..]);
    if len != usize::MAX && snippet.range.end < len as u64 {
        out.push('…');
    }
    out
}

fn plural(facet: Facet) -> &'static str {
    match facet {
        Facet::Speaker => "speakers",
        Facet::Topic => "topics",
        Facet::Keyword => "keywords",
        Facet::Year => "years",
    }
}
