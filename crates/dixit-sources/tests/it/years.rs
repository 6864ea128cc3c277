//! The year of a statement that does not write it: texts of our own, with the year that they have.

use dixit::FACT_CONFIDENCE;
use dixit_sources::extract::date::{DateHints, DateOutcome, find};
use serde::Deserialize;

/// A line of `samples/years.jsonl`.
#[derive(Debug, Deserialize)]
struct Sample {
    id: String,
    /// `first` was written before the rules were mended, `unseen` after it.
    set: String,
    text: String,
    /// A date, or `unknown`.
    expect: String,
    /// Whether something in the text ties it to a year.
    anchor: bool,
    /// The dates between which the text does not decide.
    #[serde(default)]
    candidates: Vec<String>,
}

impl Sample {
    fn is_unknown(&self) -> bool {
        self.expect == "unknown"
    }
}

fn samples() -> Vec<Sample> {
    let lines = include_str!("../samples/years.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[derive(Debug, Default)]
struct Score {
    /// Texts with an anchor, and those whose year is right.
    anchored: usize,
    right: usize,
    wrong: Vec<String>,
    sure_and_wrong: Vec<String>,
    missed: Vec<String>,
    /// Conflicts that do not name their candidates.
    unnamed: Vec<String>,
}

fn score(samples: &[Sample]) -> Score {
    let mut score = Score::default();
    for sample in samples {
        let outcome = find(&sample.text, None, &DateHints::default());
        let counts = sample.anchor && !sample.is_unknown();
        score.anchored += usize::from(counts);
        match &outcome {
            DateOutcome::Known(found) => {
                let value = found.value.to_string();
                let note = found.note.as_deref().unwrap_or_default();
                let told = format!("{} {value} not {}: {note}", sample.id, sample.expect);
                // A year is right without its day, a wrong day is not.
                if !sample.is_unknown() && sample.expect.starts_with(&value) {
                    score.right += usize::from(counts);
                } else if found.confidence >= FACT_CONFIDENCE {
                    score.sure_and_wrong.push(told);
                } else {
                    score.wrong.push(told);
                }
            }
            DateOutcome::Unknown { rule, note, candidates, .. } => {
                if counts {
                    score.missed.push(format!("{} {rule}: {note}", sample.id));
                }
                if !sample.candidates.is_empty() && *candidates != sample.candidates {
                    score.unnamed.push(format!("{} {candidates:?}", sample.id));
                }
            }
        }
    }
    score
}

#[test]
#[allow(clippy::print_stdout, reason = "`--nocapture` shows what is missed")]
fn the_year_is_inferred_where_something_ties_the_text_to_one() {
    let (first, unseen): (Vec<_>, Vec<_>) =
        samples().into_iter().partition(|sample| sample.set == "first");
    assert!(first.len() >= 120 && unseen.len() >= 40 && unseen.iter().all(|s| s.set == "unseen"));
    for (set, texts) in [("first", &first), ("unseen", &unseen)] {
        let score = score(texts);
        println!("{set}: {} of {} right; {score:#?}", score.right, score.anchored);
        assert!(score.right * 100 >= score.anchored * 80, "{} of {}", score.right, score.anchored);
        assert_eq!(score.sure_and_wrong, [""; 0], "never wrong and sure");
        assert_eq!(score.unnamed, [""; 0], "a conflict names its candidates");
    }
}
