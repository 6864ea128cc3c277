//! What sort of statement a text is: a speech, a release, or an article that narrates others.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use dixit::{BasisKind, Kind};

use super::Found;
use super::passages::{FoundPassage, Reading};
use super::prose::{Prose, lower_into};
use super::speaker::chinese::is_of_speech;

/// The text says so: `FOR IMMEDIATE RELEASE`.
pub const SAYS_SO: f64 = 0.97;
/// The title says so: `Remarks by`.
pub const TITLE_SAYS: f64 = 0.9;
/// The first person dominates outside quotation marks.
pub const FIRST_PERSON: f64 = 0.85;
/// The text attributes words to others.
pub const NARRATES: f64 = 0.85;
/// Nothing points elsewhere.
pub const ASSUMED: f64 = 0.6;

/// A text in which more of the words outside quotation marks are first person is spoken.
const SPOKEN_SHARE: f64 = 0.015;
/// The same for a text that attributes as much to others as an article does.
const SPOKEN_SHARE_QUOTING: f64 = 0.03;
/// An article attributes more often than once in so many bytes; a speech quotes less.
const QUOTING_BYTES: usize = 1500;
/// Only the head of a text says that it is a release.
const HEAD_BYTES: usize = 1200;

const RELEASE: &[&str] = &[
    "for immediate release",
    "press release",
    "news release",
    "media release",
    "embargoed until",
    "pressemitteilung",
    "communiqué de presse",
    "comunicado de prensa",
    "nota de prensa",
    "新闻稿",
];
/// Each of them has one of these in it, of letters of ASCII whatever the case, or of others.
static MAY_BE_RELEASE: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let parts = ["release", "embargoed", "mitteilung", "communiqu", "de prensa", "新闻稿"];
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true).build(parts).expect("a few short patterns")
});
const SPEECH: &[&str] = &[
    "speech",
    "address",
    "statement by",
    "statement of",
    "keynote",
    "lecture",
    "rede von",
    "discours",
    "discurso",
    "intervention by",
    "testimony",
];
const REMARK: &[&str] = &["remarks", "toast", "comments by"];

/// The kind of a text.
///
/// ```
/// use dixit::Kind;
/// use dixit_sources::extract::{kind, passages};
///
/// let body = "My friends, I thank you. We meet in hard times, and I ask for your help.";
/// assert_eq!(kind::guess(None, body, &passages::find(body)).value, Kind::Speech);
/// ```
#[must_use]
pub fn guess(title: Option<&str>, body: &str, passages: &[FoundPassage]) -> Found<Kind> {
    of(title, &Prose::new(body), || passages.iter())
}

/// The kind of a text that was taken apart.
pub(super) fn of_reading(title: Option<&str>, reading: &Reading<'_>) -> Found<Kind> {
    of(title, &reading.prose, || reading.passages())
}

fn of<'p, I>(title: Option<&str>, prose: &Prose<'_>, passages: impl Fn() -> I) -> Found<Kind>
where
    I: Iterator<Item = &'p FoundPassage>,
{
    let body = prose.text;
    if let Some(at) = says_release(body) {
        return found(Kind::Release, vec![at], "says-release", SAYS_SO);
    }
    if title.is_some_and(is_of_speech) {
        return found(Kind::Speech, Vec::new(), "title-says-speech", TITLE_SAYS);
    }
    let title = title.unwrap_or_default();
    let says = |words: &[&str]| {
        let title = title.to_lowercase();
        words.iter().any(|word| title.contains(word))
    };
    if MAY_BE_RELEASE.is_match(title) && says(RELEASE) {
        return found(Kind::Release, Vec::new(), "title-says-release", SAYS_SO);
    }
    let share = prose.own_share();
    let attributed = passages().filter(|passage| passage.source.is_some()).count();
    let spoken = if attributed > 2 && attributed * QUOTING_BYTES > body.len() {
        SPOKEN_SHARE_QUOTING
    } else {
        SPOKEN_SHARE
    };
    if share > spoken {
        let (kind, rule, confidence) = if says(REMARK) {
            (Kind::Remark, "title-says-remarks", TITLE_SAYS)
        } else if says(SPEECH) {
            (Kind::Speech, "title-says-speech", TITLE_SAYS)
        } else {
            (Kind::Speech, "first-person", FIRST_PERSON)
        };
        let mut result = found(kind, Vec::new(), rule, confidence);
        result.note = Some(format!(
            "{:.1} % of the words outside quotation marks are first person",
            share * 100.0
        ));
        return result;
    }
    if attributed > 0 {
        let cues = passages().filter_map(|passage| passage.cue.clone()).take(8).collect();
        return found(Kind::Article, cues, "narrates", NARRATES);
    }
    found(Kind::Article, Vec::new(), "assumed", ASSUMED)
}

fn found(
    kind: Kind,
    evidence: Vec<Range<usize>>,
    rule: &'static str,
    confidence: f64,
) -> Found<Kind> {
    let basis = if evidence.is_empty() { BasisKind::Inferred } else { BasisKind::Extracted };
    Found { value: kind, evidence, kind: basis, rule, confidence, note: None }
}

/// `FOR IMMEDIATE RELEASE` at the head, on a line that says little else.
fn says_release(body: &str) -> Option<Range<usize>> {
    let mut start = 0;
    let mut lower = String::new();
    while start < body.len() && start <= HEAD_BYTES {
        let rest = &body[start..];
        let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
        let line = &rest[..end];
        let short = line.trim().len() <= 80 && MAY_BE_RELEASE.is_match(line);
        // A match in the folded line stands at the same bytes only where folding keeps lengths.
        lower.clear();
        if short {
            lower_into(line, &mut lower);
        }
        if short && lower.len() == line.len() {
            for words in RELEASE {
                if let Some(at) = lower.find(words)
                    && line.is_char_boundary(at)
                    && line.is_char_boundary(at + words.len())
                {
                    return Some(start + at..start + at + words.len());
                }
            }
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::passages;
    use super::*;

    fn kind(title: Option<&str>, body: &str) -> Found<Kind> {
        guess(title, body, &passages::find(body))
    }

    #[test]
    fn a_text_that_says_so_is_a_release() {
        let body = "FOR IMMEDIATE RELEASE\n\nNorport. Senator Jane Roe said that talks failed.";
        let found = kind(None, body);
        assert_eq!(found.value, Kind::Release);
        assert_eq!(&body[found.evidence[0].clone()], "FOR IMMEDIATE RELEASE");
        assert_eq!(kind(Some("Press Release: Ports"), "Ports open.").value, Kind::Release);
    }

    #[test]
    fn the_first_person_makes_a_speech_or_remarks() {
        let body = "I thank you all. We meet in hard times, and I ask for your help.";
        assert_eq!(kind(None, body).value, Kind::Speech);
        assert_eq!(kind(Some("Remarks by President Roe"), body).value, Kind::Remark);
        let title = "张样本在海港日上的讲话（全文）";
        assert_eq!(kind(Some(title), "张部长指出，港口已经开放。").value, Kind::Speech);
    }

    #[test]
    fn the_first_person_inside_quotations_does_not() {
        let body = "“I thank you all,” Senator Jane Roe said. “We meet in hard times.”";
        assert_eq!(kind(None, body).value, Kind::Article);
    }

    #[test]
    fn names_that_are_first_person_elsewhere_make_no_speech() {
        for body in [
            "Lee Yo Han smiled. Park Mi Sook met Roe. “It was a good day,” Roe said.",
            "The founder Jo Ma said no. Critics of Jo Ma agreed with Senator Jane Roe.",
        ] {
            assert_eq!(kind(None, body).value, Kind::Article, "{body}");
        }
        // Where a sentence begins, it is first person; `I` is it anywhere.
        for body in [
            "Yo creo en este puerto. Nuestro puerto vive.",
            "Ich danke Ihnen. Mein Hafen lebt.",
            "Today I thank the harbour. Then I’m off to sea, and I'll be back.",
        ] {
            assert_eq!(kind(None, body).value, Kind::Speech, "{body}");
        }
    }

    #[test]
    fn a_headline_of_somebodys_words_makes_no_speech_of_a_report() {
        let report = "NORPORT — Senator Jo Roe denied ever having said that Ada Lind left the sea.";
        for headline in ["Roe: I never said that Lind left", "JO ROE: ‘I am not my brother’"] {
            assert_eq!(kind(None, &format!("{headline}\n\n{report}")).value, Kind::Article);
        }
        // What goes on as a speech is one, and so is a turn.
        for body in [
            "Roe: I never left\n\nMy friends, I thank you. We meet in hard times.",
            "Roe: I never left, and I thank you.\n\nThe sea is wide.",
            "Roe: I never left, I thank you\n\nLind: And I do",
        ] {
            assert_eq!(kind(None, body).value, Kind::Speech, "{body}");
        }
    }

    #[test]
    fn an_article_is_assumed() {
        assert_eq!(kind(None, "").rule, "assumed");
        assert_eq!(kind(None, "Senator Jane Roe said that talks failed.").rule, "narrates");
    }

    #[test]
    fn what_all_of_them_have_in_them_is_there() {
        for words in RELEASE {
            assert!(MAY_BE_RELEASE.is_match(words), "{words}");
            assert!(MAY_BE_RELEASE.is_match(&words.to_uppercase()), "{words}");
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_ranges_within_it(body in "(\\PC|[\nİ]|press release|I | said ){0,60}") {
            for range in kind(Some(&body), &body).evidence {
                prop_assert!(body.get(range).is_some());
            }
        }
    }
}
