//! Countries by their names in several languages: statements mostly tell them in English.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::tree::Value;
use crate::analysis::terms;

/// A country a line: its English name, then others.
const NAMES: &str = include_str!("countries.txt");

fn lines() -> impl Iterator<Item = &'static str> {
    NAMES.lines().filter(|line| !line.starts_with('#'))
}

/// The English name of a country that is named in another language, all of it.
pub(super) fn english(value: &Value) -> Option<&'static str> {
    static ENGLISH: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
        let of_line = |line: &'static str| {
            let (english, others) = line.split_once('|').unwrap_or((line, ""));
            others.split('|').map(move |name| (terms(name).join(" "), english))
        };
        lines().flat_map(of_line).collect()
    });
    match value {
        Value::Words(name) | Value::Exact(name) => ENGLISH.get(&terms(name).join(" ")).copied(),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_known_by_other_names() {
        for (name, expected) in [
            ("Deutschland", Some("Germany")),
            ("ALLEMAGNE", Some("Germany")),
            ("Osterreich", Some("Austria")),
            ("États-Unis", Some("United States")),
            ("中國", Some("China")),
            ("Россия", Some("Russia")),
            ("UK", Some("United Kingdom")),
            ("Great Britain", Some("United Kingdom")),
            ("u.s.", Some("United States")),
            ("USA", Some("United States")),
            ("Holland", Some("Netherlands")),
            ("DE", Some("Germany")),
            ("Republic of Korea", Some("South Korea")),
            ("Russian Federation", Some("Russia")),
            ("Germany", None),
            ("Norland", None),
            ("", None),
        ] {
            assert_eq!(english(&Value::Words(name.into())), expected, "{name}");
        }
        assert_eq!(english(&Value::Prefix("Deutschland".into())), None);
    }

    #[test]
    fn no_name_is_that_of_two_countries() {
        let mut of: HashMap<String, &str> = HashMap::new();
        for line in lines() {
            let english = line.split('|').next().unwrap();
            for name in line.split('|') {
                let key = terms(name).join(" ");
                assert!(!key.is_empty(), "{line}");
                let other = of.insert(key, english);
                assert!(other.is_none_or(|other| other == english), "{name}: {english}, {other:?}");
            }
        }
    }
}
