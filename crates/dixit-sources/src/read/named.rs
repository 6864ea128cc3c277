//! What the name of a file tells of a text in it, as far as the files beside it bear it out.

use dixit::{Basis, BasisKind, Person, Statement};

use super::Beside;
use crate::extract::{self, language};

/// The rule by which it is known.
pub(super) const RULE: &str = "file-name";
/// A country and a language whose language is that of the text.
const AGREEING: f64 = 0.9;
/// One whose neighbours are all named so.
const AMONG_OTHERS: f64 = 0.85;
/// So many files beside it show how files are named.
const ENOUGH: usize = 3;

/// Takes the country and the language of `us_en.txt`: the text is in that language, or nine of ten files
/// beside it are named so. Two letters and two letters may also be words.
pub(super) fn country_and_language(statement: &mut Statement, beside: &Beside) {
    let Some(codes) = extract::country_and_language(&statement.source.name) else { return };
    let found = language::identify(&statement.text).map(|found| found.value);
    let is_same = |found: &String| found.split('-').next() == Some(codes.language);
    let agrees = found.as_ref().is_some_and(is_same);
    let confidence = if agrees {
        AGREEING
    } else {
        let ending = statement.source.name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let (all, alike) = beside.count(
            &|name| name.rsplit_once('.').is_some_and(|(_, other)| other == ending),
            &|name| extract::country_and_language(name).is_some(),
        );
        if all < ENOUGH || alike * 10 < all * 9 {
            return;
        }
        AMONG_OTHERS
    };
    let basis = |what: &str| {
        let note = format!("the name of the file gives the code of the {what}");
        Basis::new(BasisKind::Inferred, RULE).with_confidence(confidence).with_note(note)
    };
    // Where the text shows another language, it is in that one.
    if statement.language.is_none() && found.is_none() {
        statement.language = Some(codes.language.to_owned());
        statement.set_basis("language", basis("language"));
    }
    if statement.speaker.is_none() {
        let country = Some(codes.country.to_owned());
        statement.speaker = Some(Person { country, ..Person::default() });
        statement.set_basis("speaker", basis("country"));
    }
}
