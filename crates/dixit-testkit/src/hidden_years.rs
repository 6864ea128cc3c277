//! Statements whose date is known, with the year taken out of them: how often it is inferred.

use std::path::{Path, PathBuf};
use std::process::Command;

use dixit::{BasisKind, FACT_CONFIDENCE, Statement, StatementDate};
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

/// More years than these say nothing.
const MOST_YEARS: usize = 3;

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
    /// For each of those, what was weighed.
    pub unknown_notes: Vec<String>,
    /// Right ones that are shown as facts.
    pub right_and_sure: usize,
    /// Wrong ones, as above.
    pub wrong_notes: Vec<String>,
}

/// Asks for the years of all statements of a folder whose date stands in their sources, as the program
/// reads them: as they are, and with the day and the month on a line over them.
pub fn folder(dixit: &Path, folder: &Path) -> (Counts, Counts) {
    let (mut plain, mut with_day) = (Counts::default(), Counts::default());
    for file in files(folder) {
        let run = Command::new(dixit).arg("inspect").arg(&file).arg("--json").output();
        let Ok(run) = run else { continue };
        let lines = String::from_utf8_lossy(&run.stdout).into_owned();
        for statement in
            lines.lines().filter_map(|line| serde_json::from_str::<Statement>(line).ok())
        {
            let is_known = statement.basis.get("date").is_some_and(|basis| {
                let inferred = basis.rule.as_deref().is_some_and(|rule| rule.contains("anchored"));
                basis.confidence >= FACT_CONFIDENCE && !inferred
            });
            let Some(date) = statement.date.filter(|_| is_known) else { continue };
            plain.ask(&statement.text, statement.title.as_deref(), date, false);
            with_day.ask(&statement.text, statement.title.as_deref(), date, true);
        }
    }
    (plain, with_day)
}

/// The files of a folder and of those in it, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut open = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let kind = entry.file_type();
            if kind.as_ref().is_ok_and(std::fs::FileType::is_dir) {
                open.push(entry.path());
            } else if kind.is_ok_and(|kind| kind.is_file()) {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    files
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
            DateOutcome::Unknown { rule, candidates, note, .. } => {
                let tied = matches!(rule, "conflicting-years" | "weekday-conflict")
                    || rule == "year-unknown" && (1..=MOST_YEARS).contains(&candidates.len());
                self.anchored += usize::from(tied);
                self.unknown += usize::from(tied);
                if tied {
                    self.unknown_notes.push(format!("{date}: {rule} {note}"));
                }
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

#[cfg(test)]
mod tests {
    use super::hide;

    #[test]
    fn a_year_is_hidden_wherever_it_stands() {
        assert_eq!(hide("On 10 May, 2024, he said", 2024), "On 10 May , he said");
        assert_eq!(hide("2024年5月10日", 2024), " 5月10日");
        assert_eq!(hide("12024 and 2023", 2024), "12024 and 2023");
    }
}
