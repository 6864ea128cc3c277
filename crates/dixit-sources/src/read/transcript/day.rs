//! The day of a transcript: stated for the whole, in its title, in what stands before the first turn, or
//! in the name of the file. What is said in a turn never dates it.

use std::ops::Range;

use dixit::{Basis, BasisKind, Span, Statement, StatementDate};

use crate::extract;
use crate::extract::date::{DateHints, DateOutcome, day_in_line, find, tells_of_another};
use crate::read::metadata;
use crate::read::prose::{self, Decoded};

/// How much of what stands before the first turn is looked at.
const HEAD_BYTES: usize = 4096;

/// The day and its basis; without a day, why.
pub(super) fn of(
    file: &Decoded,
    head: Range<usize>,
    whole: &Statement,
) -> (Option<StatementDate>, Basis) {
    let Some(basis) = whole.basis.get("date") else { return stated(file, head, whole) };
    match whole.date {
        Some(date) if metadata::is_beside(basis) => {
            let (day, shown) = stated(file, head, whole);
            metadata::weighed(date, basis, day.map(|day| (day, shown)), &whole.source.name)
        }
        date => (date, basis.clone()),
    }
}

/// The day that the text itself or the name of its file states.
fn stated(file: &Decoded, head: Range<usize>, whole: &Statement) -> (Option<StatementDate>, Basis) {
    let title = whole.title.as_deref();
    let in_title = title.and_then(|title| {
        let iso = title.get(..10).and_then(|day| day.parse().ok());
        iso.or_else(|| day_in_line(title).map(|(day, _)| day))
    });
    // A title may name an older day: `Debate on the treaty of …`; the name of the file is of this one.
    if let (Some(date), Some((of_file, basis))) =
        (in_title, extract::day_of_file(&whole.source.name))
        && is_far(date, of_file)
    {
        return (Some(of_file), basis);
    }
    if let Some(date) = in_title {
        let evidence = whole.basis.get("title").map(|basis| basis.evidence.clone());
        let basis = Basis::new(BasisKind::Extracted, "title").with_confidence(0.97);
        return (Some(date), Basis { evidence: evidence.unwrap_or_default(), ..basis });
    }
    let text = extract::prefix(&file.text[head.clone()], HEAD_BYTES);
    let hints = DateHints { file_name: Some(&whole.source.name), published: None };
    let spans = |ranges: Vec<Range<usize>>| -> Vec<Span> {
        ranges
            .into_iter()
            .filter_map(|range| {
                file.map.to_source(head.start + range.start..head.start + range.end)
            })
            .collect()
    };
    match find(text, title, &hints) {
        DateOutcome::Known(found) if is_of_another(text, &found.evidence) => {
            let note = "the head of the text tells of another day";
            (None, Basis::unknown("date-of-another").with_note(note))
        }
        DateOutcome::Known(found) => {
            let basis = Basis::new(found.kind, found.rule).with_confidence(found.confidence);
            let basis = Basis { evidence: spans(found.evidence), note: found.note, ..basis };
            (Some(found.value), basis)
        }
        DateOutcome::Unknown { rule, note, candidates, evidence } => {
            if let Some((date, line)) = in_head(text) {
                let basis = Basis::new(BasisKind::Extracted, "head").with_confidence(0.95);
                return (Some(date), Basis { evidence: spans(vec![line]), ..basis });
            }
            let basis = Basis { candidates, evidence: spans(evidence), ..Basis::unknown(rule) };
            (None, basis.with_note(note))
        }
    }
}

/// Whether two days lie further apart than what is said and its publication do.
fn is_far(one: StatementDate, other: StatementDate) -> bool {
    const DAYS: i32 = 14;
    let (Some(one), Some(other)) = (one.range().from, other.range().from) else { return false };
    one.until(other).is_ok_and(|span| span.get_days().abs() > DAYS)
}

/// Whether all that shows a day are lines that tell of another.
fn is_of_another(text: &str, evidence: &[Range<usize>]) -> bool {
    let line = |at: usize| {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
        &text[start..end]
    };
    !evidence.is_empty() && evidence.iter().all(|range| tells_of_another(line(range.start)))
}

/// The one day that lines over the first turn state which are no sentences: `Sesión plenaria celebrada
/// el 21 de octubre de 2015`.
fn in_head(head: &str) -> Option<(StatementDate, Range<usize>)> {
    let mut found: Option<(StatementDate, Range<usize>)> = None;
    for line in prose::lines(head, 0) {
        let content = head[line.clone()].trim();
        let is_sentence = content.len() > 60 && content.ends_with('.');
        if content.is_empty() || content.len() > 160 || is_sentence {
            continue;
        }
        let Some((day, range)) = day_in_line(&head[line.clone()]) else { continue };
        let range = line.start + range.start..line.start + range.end;
        match &found {
            Some((known, _)) if *known != day => return None,
            Some(_) => {}
            None => found = Some((day, range)),
        }
    }
    found
}
