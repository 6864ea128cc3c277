//! Statements whose date is known, with the year taken out of them: how often it is inferred.

use dixit::{BasisKind, FACT_CONFIDENCE, StatementDate};
use dixit_sources::extract::date::{DateHints, DateOutcome, find};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What came of the statements that were asked.
#[derive(Debug, Default)]
pub struct Counts {
    /// Statements with a day.
    pub statements: usize,
    /// Those in which the rules found something that ties them to years.
    pub anchored: usize,
    /// The year is right.
    pub right: usize,
    /// It is not, and is shown with a question mark.
    pub wrong: usize,
    /// It is not, and is shown as a fact: for each, what was inferred and why.
    pub wrong_and_sure: Vec<String>,
    /// Something was found, and several years were left, or none.
    pub unknown: usize,
    /// Right ones that are shown as facts.
    pub right_and_sure: usize,
    /// Wrong ones, as above.
    pub wrong_notes: Vec<String>,
}

impl Counts {
    /// Asks for the year of one statement; `with_day` puts the day and the month on a line over it.
    pub fn ask(&mut self, text: &str, title: Option<&str>, date: StatementDate, with_day: bool) {
        let (Some(month), Some(day)) = (date.get_month(), date.get_day()) else { return };
        let year = date.get_year();
        let mut hidden = hide(text, year);
        if with_day {
            let month = usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month));
            hidden = format!("{day} {}\n\n{hidden}", month.unwrap_or(&""));
        }
        let title = title.map(|title| hide(title, year));
        self.statements += 1;
        match find(&hidden, title.as_deref(), &DateHints::default()) {
            // What another date in the text gives is no inference of the year.
            DateOutcome::Known(found) if found.kind != BasisKind::Inferred => {}
            DateOutcome::Known(found) => {
                self.anchored += 1;
                let is_sure = found.confidence >= FACT_CONFIDENCE;
                let told = || {
                    let note = found.note.as_deref().unwrap_or_default();
                    format!("{date}: {} {:.2} {note}", found.value, found.confidence)
                };
                if found.value.get_year() == year {
                    self.right += 1;
                    self.right_and_sure += usize::from(is_sure);
                } else if is_sure {
                    self.wrong_and_sure.push(told());
                } else {
                    self.wrong += 1;
                    self.wrong_notes.push(told());
                }
            }
            DateOutcome::Unknown { rule, candidates, evidence, .. } => {
                let tied = matches!(rule, "conflicting-years" | "weekday-conflict")
                    || rule == "year-unknown" && (!candidates.is_empty() || evidence.len() > 1);
                self.anchored += usize::from(tied);
                self.unknown += usize::from(tied);
            }
        }
    }
}

/// The text without this year, wherever it stands as a number of its own, and without the comma before
/// it or the character for "year" behind it.
pub fn hide(text: &str, year: i16) -> String {
    let year = year.to_string();
    let mut hidden = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(&year) {
        let behind = &rest[at + year.len()..];
        let digit = |c: char| c.is_ascii_digit();
        if rest[..at].ends_with(digit) || behind.starts_with(digit) {
            hidden.push_str(&rest[..at + year.len()]);
        } else {
            hidden.push_str(rest[..at].trim_end_matches(' ').trim_end_matches(','));
            hidden.push(' ');
        }
        rest = behind.trim_start_matches(['年', '-', '/']);
    }
    hidden.push_str(rest);
    hidden
}
