//! Dates in file names: `2021-03-03-press-briefing.md`, `t20230504_1.txt`, `1789-Washington.txt`.

use dixit::{Precision, StatementDate};

/// The last part of a path.
pub(super) fn last(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// The day that a file name states.
pub(super) fn day(name: &str) -> Option<StatementDate> {
    find(name).map(|(date, ..)| date).filter(|date| date.precision() == Precision::Day)
}

/// The date that a file name states, how often such a date is right, and the rule. A name with two
/// different dates states none.
pub(super) fn find(name: &str) -> Option<(StatementDate, f64, &'static str)> {
    let name = last(name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let runs: Vec<_> = runs(stem).collect();
    let days = each(&runs, day_at);
    if let Some(&(first, date)) = days.first() {
        let alone = days.iter().all(|&(_, other)| other == date);
        let confidence = if first == 0 { 0.9 } else { 0.88 };
        return alone.then_some((date, confidence, "file-name-day"));
    }
    let months = each(&runs, month_at);
    if let Some(&(_, date)) = months.first() {
        let alone = months.iter().all(|&(_, other)| other == date);
        return alone.then_some((date, 0.8, "file-name-month"));
    }
    // `1600.html` may be the sixteen-hundredth page.
    if stem.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let years = each(&runs, year_at);
    let &(first, date) = years.first()?;
    let alone = years.iter().all(|&(_, other)| other == date);
    // A year in front is the file's own more often than one elsewhere.
    let confidence = if first == 0 { 0.8 } else { 0.6 };
    alone.then_some((date, confidence, "file-name-year"))
}

/// A run of digits, and the text between it and the one before.
struct Run<'a> {
    digits: &'a str,
    before: &'a str,
}

fn runs(stem: &str) -> impl Iterator<Item = Run<'_>> {
    let mut rest = stem;
    std::iter::from_fn(move || {
        let start = rest.find(|c: char| c.is_ascii_digit())?;
        let len = rest[start..].bytes().take_while(u8::is_ascii_digit).count();
        let run = Run { before: &rest[..start], digits: &rest[start..start + len] };
        rest = &rest[start + len..];
        Some(run)
    })
}

fn each(
    runs: &[Run<'_>],
    read: impl Fn(&[Run<'_>]) -> Option<StatementDate>,
) -> Vec<(usize, StatementDate)> {
    (0..runs.len()).filter_map(|at| read(&runs[at..]).map(|date| (at, date))).collect()
}

fn is_separator(text: &str) -> bool {
    matches!(text, "-" | "_" | "." | " " | "年" | "月")
}

fn year(digits: &str) -> Option<i16> {
    let year: i16 = digits.parse().ok()?;
    (digits.len() == 4 && (1200..=2199).contains(&year)).then_some(year)
}

fn day_at(runs: &[Run<'_>]) -> Option<StatementDate> {
    let first = runs.first()?.digits;
    if first.len() == 8 {
        let year = year(first.get(..4)?).filter(|year| *year >= 1700)?;
        return StatementDate::day(
            year,
            first.get(4..6)?.parse().ok()?,
            first.get(6..)?.parse().ok()?,
        );
    }
    let [_, second, third, ..] = runs else { return None };
    if !(is_separator(second.before) && is_separator(third.before)) {
        return None;
    }
    let small = |run: &Run<'_>| (run.digits.len() <= 2).then(|| run.digits.parse().ok()).flatten();
    if let Some(year) = year(first) {
        return StatementDate::day(year, small(second)?, small(third)?);
    }
    // `10.12.2025` only: with other marks the month may stand first.
    let year = year(third.digits)?;
    let dots = second.before == "." && third.before == ".";
    if dots && first.len() <= 2 {
        return StatementDate::day(year, small(second)?, first.parse().ok()?);
    }
    None
}

fn month_at(runs: &[Run<'_>]) -> Option<StatementDate> {
    let [first, second, ..] = runs else { return None };
    let month = (second.digits.len() == 2 && is_separator(second.before))
        .then(|| second.digits.parse().ok())
        .flatten()?;
    StatementDate::month(year(first.digits)?, month)
}

fn year_at(runs: &[Run<'_>]) -> Option<StatementDate> {
    year(runs.first()?.digits).and_then(StatementDate::year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_days_months_and_years() {
        for (name, date) in [
            ("2021-03-03-press-briefing.md", "2021-03-03"),
            ("a/b/2021_03_03.txt", "2021-03-03"),
            ("mfa_t20230504_11070508.txt", "2023-05-04"),
            ("rede-10.12.2025.txt", "2025-12-10"),
            ("2025年12月10日.txt", "2025-12-10"),
            ("minutes-2023-10.md", "2023-10"),
            ("1789-Washington.txt", "1789"),
            ("budget_2019.txt", "2019"),
        ] {
            assert_eq!(find(name).map(|(d, ..)| d.to_string()).as_deref(), Some(date), "{name}");
        }
    }

    #[test]
    fn names_with_other_numbers_give_none() {
        for name in [
            "speech.txt",
            "us_en.txt",
            "2019-2020-season.txt",
            "2021-03-03-to-2021-03-09.txt",
            "resolution-217.txt",
            "99999999.txt",
            "pages/1600.html",
            "page-12-10.txt",
            "000_8f6a01b27c6be631.txt",
            "12-10-2025.txt.",
            "",
        ] {
            let found = find(name).map(|(date, ..)| date);
            assert!(
                found.is_none()
                    || name.starts_with("12-10-2025") && found == StatementDate::year(2025),
                "{name}: {found:?}"
            );
        }
    }
}
