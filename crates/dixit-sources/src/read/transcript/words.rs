//! The words of labels under `data/labels.toml`, read once.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::extract::shipped;
#[derive(Deserialize)]
struct Lists {
    askers: Vec<String>,
    answerers: Vec<String>,
    chairs: Vec<String>,
    groups: Vec<String>,
    forms: Vec<String>,
    addresses: Vec<String>,
    titles: Vec<String>,
    articles: Vec<String>,
    particles: Vec<String>,
    outlets: Vec<String>,
    recorder: Vec<String>,
    outlet_words: Vec<String>,
    han_endings: Vec<String>,
    remarks: Vec<String>,
    before_languages: Vec<String>,
    languages: Vec<String>,
    release_marks: Vec<String>,
    issuers: Vec<String>,
}

/// Sets of words in lower case.
pub(super) struct Words {
    pub(super) askers: HashSet<String>,
    pub(super) answerers: HashSet<String>,
    pub(super) chairs: HashSet<String>,
    pub(super) groups: HashSet<String>,
    pub(super) forms: HashSet<String>,
    pub(super) addresses: HashSet<String>,
    pub(super) titles: HashSet<String>,
    pub(super) articles: HashSet<String>,
    pub(super) particles: HashSet<String>,
    pub(super) outlets: HashSet<String>,
    /// Beginnings of paragraphs in which the record tells what was done.
    pub(super) recorder: Vec<String>,
    /// By which bytes one of these begins.
    recorder_bytes: [bool; 256],
    /// Last words of the names of outlets.
    pub(super) outlet_words: HashSet<String>,
    /// What ends a label in a script without spaces.
    pub(super) han_endings: Vec<String>,
    /// Beginnings of remarks on the language in which somebody speaks.
    remarks: Vec<String>,
    /// Words before the name of a language in such a remark, and these names.
    before_languages: HashSet<String>,
    languages: HashSet<String>,
    /// What releases say of themselves in a line.
    release_marks: Vec<String>,
    /// Lines of a letterhead that name the house and its offices.
    issuers: HashSet<String>,
}

impl Words {
    /// Whether what stands in brackets behind a name tells the language that is spoken: `spoke in Arabic`,
    /// `en français`, `through interpreter`.
    pub(super) fn is_on_language(&self, inner: &str) -> bool {
        const LONGEST: usize = 80;
        if inner.len() > LONGEST {
            return false;
        }
        let lower = inner.trim().to_lowercase();
        // Behind one word nothing else says that it is of a language.
        let begins = |remark: &String| {
            let rest = lower.strip_prefix(remark.as_str());
            let goes_on =
                |rest: &str| remark.contains(' ') && !rest.starts_with(char::is_alphanumeric);
            rest.is_some_and(|rest| rest.is_empty() || goes_on(rest))
        };
        if self.remarks.iter().any(begins) || self.languages.contains(&lower) {
            return true;
        }
        let Some((before, language)) = lower.split_once(' ') else { return false };
        self.before_languages.contains(before)
            && language.split([' ', ',', '/', ';']).any(|word| self.languages.contains(word))
    }

    /// Whether a line is of the letterhead of a release: who issues it, and that it is one, with its day.
    pub(super) fn is_letterhead(&self, line: &str) -> bool {
        const LONGEST: usize = 120;
        if line.len() > LONGEST {
            return false;
        }
        let lower = line.to_lowercase();
        let lower = lower.trim_matches(|c: char| !c.is_alphanumeric());
        if self.issuers.contains(lower) {
            return true;
        }
        // `Press release: Ports open` has its subject behind it, `Press release, 5 May 2024` a day.
        self.release_marks.iter().any(|mark| {
            lower.strip_prefix(mark.as_str()).is_some_and(|rest| {
                let mut words = rest.split(|c: char| !c.is_alphanumeric());
                let is_word = |word: &&str| word.starts_with(char::is_alphabetic);
                let is_digits = |c: char| c.is_ascii_digit();
                rest.is_empty()
                    || !rest.starts_with(char::is_alphanumeric)
                        && rest.contains(is_digits)
                        && words.by_ref().filter(is_word).count() <= 2
            })
        })
    }

    /// Whether a paragraph begins with a letter that one of [`Self::recorder`] begins with.
    pub(super) fn may_be_recorder(&self, content: &str) -> bool {
        let first = content.chars().next().and_then(|c| c.to_lowercase().next());
        first.is_some_and(|c| {
            self.recorder_bytes[usize::from(c.encode_utf8(&mut [0; 4]).as_bytes()[0])]
        })
    }
}

/// The lists of `data/labels.toml`.
pub(super) fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        let lists: Lists = shipped("labels.toml", include_str!("../../../data/labels.toml"));
        let set = |list: Vec<String>| list.into_iter().collect();
        let mut recorder_bytes = [false; 256];
        for byte in lists.recorder.iter().filter_map(|begins| begins.bytes().next()) {
            recorder_bytes[usize::from(byte)] = true;
        }
        Words {
            askers: set(lists.askers),
            answerers: set(lists.answerers),
            chairs: set(lists.chairs),
            groups: set(lists.groups),
            forms: set(lists.forms),
            addresses: set(lists.addresses),
            titles: set(lists.titles),
            articles: set(lists.articles),
            particles: set(lists.particles),
            outlets: set(lists.outlets),
            recorder: lists.recorder,
            recorder_bytes,
            outlet_words: set(lists.outlet_words),
            han_endings: lists.han_endings,
            remarks: lists.remarks,
            before_languages: set(lists.before_languages),
            languages: set(lists.languages),
            release_marks: lists.release_marks,
            issuers: set(lists.issuers),
        }
    });
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn remarks_on_the_language_are_told_from_what_else_is_in_brackets() {
        for inner in [
            "spoke in Arabic",
            "spoke in Russian; English text provided by the delegation",
            "interpretation from Spanish",
            "in French",
            "En français",
            "parle en arabe",
            "habla en inglés",
            "en español",
            "through interpreter",
            "Through an interpreter",
            "Übersetzung",
            "auf Englisch",
            "Übersetzung aus dem Spanischen",
        ] {
            assert!(words().is_on_language(inner), "{inner}");
        }
        for inner in [
            "Norland",
            "in the Chair",
            "Interpretation Centre",
            "en la silla",
            "Norport, NP",
            "French Guest",
            "",
        ] {
            assert!(!words().is_on_language(inner), "{inner}");
        }
    }

    #[test]
    fn letterheads_of_releases_are_told_from_headings() {
        for line in [
            "FOR IMMEDIATE RELEASE",
            "For Immediate Release                 May 4, 2015",
            "Press Release No. 12/2024",
            "EMBARGOED UNTIL 5 May 2024",
            "Office of the Press Secretary",
            "- THE WHITE HOUSE -",
        ] {
            assert!(words().is_letterhead(line), "{line}");
        }
        for line in [
            "Press release on herring",
            "Press releases of 2024",
            "Press release: 5 new ports for us",
            "STATEMENT BY THE PRESIDENT ON HERRING",
            "The White House and the harbours",
            "Harbours",
        ] {
            assert!(!words().is_letterhead(line), "{line}");
        }
    }
}
