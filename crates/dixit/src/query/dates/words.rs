//! Names of months and days, and words for stretches of time, as they are typed: in lower case and
//! without accents.

use jiff::civil::Weekday;

/// English, German, French, Spanish.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "janner", "janvier", "enero"],
    &["february", "februar", "feber", "fevrier", "febrero"],
    &["march", "marz", "maerz", "mars", "marzo"],
    &["april", "avril", "abril"],
    &["may", "mai", "mayo"],
    &["june", "juni", "juin", "junio"],
    &["july", "juli", "juillet", "julio"],
    &["august", "aout", "agosto"],
    &["september", "septembre", "septiembre", "setiembre"],
    &["october", "oktober", "octobre", "octubre"],
    &["november", "novembre", "noviembre"],
    &["december", "dezember", "decembre", "diciembre"],
];

const WEEKDAYS: [(Weekday, &[&str]); 7] = [
    (Weekday::Monday, &["monday", "montag", "lundi", "lunes"]),
    (Weekday::Tuesday, &["tuesday", "dienstag", "mardi", "martes"]),
    (Weekday::Wednesday, &["wednesday", "mittwoch", "mercredi", "miercoles"]),
    (Weekday::Thursday, &["thursday", "donnerstag", "jeudi", "jueves"]),
    (Weekday::Friday, &["friday", "freitag", "vendredi", "viernes"]),
    (Weekday::Saturday, &["saturday", "samstag", "samedi", "sabado"]),
    (Weekday::Sunday, &["sunday", "sonntag", "dimanche", "domingo"]),
];

/// Words between the parts of a date that say nothing.
const FILLERS: [&str; 17] = [
    "the", "of", "on", "in", "de", "del", "du", "le", "la", "les", "el", "der", "den", "dem", "im",
    "am", "vom",
];

const NUMBERS: [&str; 13] = [
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];

/// What a statement of our day counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
}

/// Words of other languages for what two English words say.
const PHRASES: [(&str, [&str; 2]); 40] = [
    ("heute", ["this", "day"]),
    ("gestern", ["last", "day"]),
    ("diese woche", ["this", "week"]),
    ("letzte woche", ["last", "week"]),
    ("diesen monat", ["this", "month"]),
    ("letzten monat", ["last", "month"]),
    ("letzter monat", ["last", "month"]),
    ("dieses jahr", ["this", "year"]),
    ("letztes jahr", ["last", "year"]),
    ("aujourd'hui", ["this", "day"]),
    ("hier", ["last", "day"]),
    ("cette semaine", ["this", "week"]),
    ("semaine derniere", ["last", "week"]),
    ("ce mois", ["this", "month"]),
    ("mois dernier", ["last", "month"]),
    ("cette annee", ["this", "year"]),
    ("annee derniere", ["last", "year"]),
    ("l'annee derniere", ["last", "year"]),
    ("hoy", ["this", "day"]),
    ("ayer", ["last", "day"]),
    ("esta semana", ["this", "week"]),
    ("semana pasada", ["last", "week"]),
    ("este mes", ["this", "month"]),
    ("mes pasado", ["last", "month"]),
    ("este ano", ["this", "year"]),
    ("ano pasado", ["last", "year"]),
    ("today", ["this", "day"]),
    ("yesterday", ["last", "day"]),
    ("今天", ["this", "day"]),
    ("昨天", ["last", "day"]),
    ("本周", ["this", "week"]),
    ("上周", ["last", "week"]),
    ("本月", ["this", "month"]),
    ("这个月", ["this", "month"]),
    ("上个月", ["last", "month"]),
    ("上月", ["last", "month"]),
    ("今年", ["this", "year"]),
    ("去年", ["last", "year"]),
    ("本季度", ["this", "quarter"]),
    ("上季度", ["last", "quarter"]),
];

/// The month of a name, or of three and more letters that begin no other.
pub(super) fn month(text: &str) -> Option<i8> {
    let text = text.trim_end_matches('.');
    let is_short = text.len() >= 3;
    let begins = |names: &&[&str]| names.iter().any(|name| is_short && name.starts_with(text));
    let found = match MONTHS.iter().position(|names| names.contains(&text)) {
        Some(at) => at,
        None => {
            let mut found = MONTHS.iter().enumerate().filter(|(_, names)| begins(names));
            let (at, _) = found.next()?;
            if found.next().is_some() {
                return None;
            }
            at
        }
    };
    i8::try_from(found + 1).ok()
}

/// The day of the week of a name, or of the three letters that English has for it.
pub(super) fn weekday(text: &str) -> Option<Weekday> {
    let text = text.trim_end_matches('.');
    let mut days = WEEKDAYS.iter();
    let found = days.find(|(_, names)| {
        names.contains(&text)
            || text.len() == 3 && names.first().is_some_and(|n| n.starts_with(text))
    });
    found.map(|(day, _)| *day)
}

pub(super) fn is_filler(text: &str) -> bool {
    FILLERS.contains(&text)
}

/// `3`, `three`, `a`.
pub(super) fn count(text: &str) -> Option<i64> {
    let by_name = NUMBERS.iter().position(|name| *name == text).filter(|at| *at > 0);
    match (text, by_name) {
        ("a" | "an", _) => Some(1),
        (_, Some(at)) => i64::try_from(at).ok(),
        _ => super::number(text, 4).map(i64::from),
    }
}

/// `first` to `fourth`, as 1 to 4.
pub(super) fn ordinal(text: &str) -> Option<i8> {
    let found = ORDINALS.iter().position(|name| *name == text)?;
    i8::try_from(found + 1).ok()
}

pub(super) fn unit(text: &str) -> Option<Unit> {
    Some(match text.strip_suffix('s').unwrap_or(text) {
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        _ => return None,
    })
}

/// What a word or two of another language say in English ones.
pub(super) fn phrase(words: &[&str]) -> Option<[&'static str; 2]> {
    let (first, _) = words.split_first()?;
    let is =
        |phrase: &str| phrase.starts_with(first) && phrase.split(' ').eq(words.iter().copied());
    PHRASES.iter().find(|(phrase, _)| is(phrase)).map(|(_, english)| *english)
}

/// The first month of a season of the northern half.
pub(super) fn season(text: &str) -> Option<i8> {
    Some(match text {
        "spring" | "fruhling" | "fruhjahr" | "printemps" | "primavera" => 3,
        "summer" | "sommer" | "ete" | "verano" => 6,
        "autumn" | "fall" | "herbst" | "automne" | "otono" => 9,
        "winter" | "hiver" | "invierno" => 12,
        _ => return None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn months_have_their_names_and_beginnings() {
        for (text, expected) in [
            ("december", Some(12)),
            ("dez.", Some(12)),
            ("dic", Some(12)),
            ("sept", Some(9)),
            ("mar", Some(3)),
            ("mai", Some(5)),
            ("juil", Some(7)),
            ("jui", None),
            ("ma", None),
            ("decemberly", None),
            ("", None),
        ] {
            assert_eq!(month(text), expected, "{text}");
        }
    }

    #[test]
    fn no_name_is_that_of_another_month() {
        for (at, names) in MONTHS.iter().enumerate() {
            for name in *names {
                assert_eq!(month(name), Some(at as i8 + 1), "{name}");
            }
        }
        for (day, names) in WEEKDAYS {
            assert!(names.iter().all(|name| weekday(name) == Some(day)), "{names:?}");
        }
        assert_eq!(weekday("tue"), Some(Weekday::Tuesday));
    }
}
