//! Showing things to people: text made to be read, JSON for machines, nothing raw from data.

mod clean;
pub(crate) mod hits;
pub(crate) mod statement;

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use anyhow::Result;
use dixit::{Basis, Person};
use serde::Serialize;

pub(crate) use clean::clean;

pub(crate) const NAME: Style = Style::new().bold();
pub(crate) const MARK: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const FIELD: Style = AnsiColor::Cyan.on_default();
pub(crate) const UNSURE: Style = AnsiColor::Magenta.on_default();

/// One JSON document on one line of standard output.
pub(crate) fn print_json(value: &impl Serialize) -> Result<()> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    io::stdout().lock().write_all(&line)?;
    Ok(())
}

/// A number with its thousands apart.
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// So many of what is called so, one or several: `1 statement`, `2 statements`.
pub(crate) fn counted(number: u64, one: &str) -> String {
    format!("{} {one}{}", count(number), if number == 1 { "" } else { "s" })
}

/// A size for people, in powers of 1,000.
pub(crate) fn bytes(number: u64) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"];
    let mut size = number as f64;
    let mut unit = 0;
    while size >= 999.5 && unit + 1 < units.len() {
        size /= 1000.0;
        unit += 1;
    }
    match unit {
        0 => format!("{number} B"),
        _ => format!("{size:.1} {}", units[unit]),
    }
}

/// A share of a whole in per cent.
pub(crate) fn share(part: u64, whole: u64) -> String {
    if whole == 0 { String::new() } else { format!("{:.1} %", 100.0 * part as f64 / whole as f64) }
}

/// Rows in columns: the first to the left, numbers to the right.
pub(crate) fn table<const N: usize>(out: &mut impl Write, rows: &[[String; N]]) -> io::Result<()> {
    let width = |text: &str| textwrap::core::display_width(text);
    let widths: [usize; N] =
        std::array::from_fn(|column| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0));
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let gap = " ".repeat(widths[column].saturating_sub(width(cell)));
            let is_number = cell.starts_with(|c: char| c.is_ascii_digit());
            let is_head = column > 0
                && rows[1..]
                    .iter()
                    .any(|row| row[column].starts_with(|c: char| c.is_ascii_digit()));
            if is_number || is_head {
                line += &format!("{gap}{cell}  ");
            } else {
                line += &format!("{cell}{gap}  ");
            }
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Columns that text is wrapped to.
pub(crate) fn width() -> usize {
    let terminal = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
    terminal.clamp(40, 110)
}

/// A person in a line: name, role, affiliation, party, country.
pub(crate) fn person(person: &Person) -> String {
    let name = person.label().unwrap_or("unnamed");
    let mut out = format!("{NAME}{}{NAME:#}", clean(name));
    let role = person.role.as_deref().filter(|role| *role != name);
    for part in [role, person.affiliation.as_deref(), person.party.as_deref()].into_iter().flatten()
    {
        out += &format!(", {}", clean(part));
    }
    if let Some(country) = &person.country {
        out += &format!(" ({})", clean(country));
    }
    out
}

/// The mark of what is not sure enough to be shown as fact.
pub(crate) fn doubt(basis: Option<&Basis>) -> String {
    match basis {
        Some(basis) if !basis.is_fact() => format!("{UNSURE}?{UNSURE:#}"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_one_or_several() {
        for (number, expected) in [
            (0, "0 statements"),
            (1, "1 statement"),
            (2, "2 statements"),
            (1001, "1,001 statements"),
        ] {
            assert_eq!(counted(number, "statement"), expected);
        }
    }
}
