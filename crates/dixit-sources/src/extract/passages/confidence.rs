//! How far each rule is trusted: `data/confidence.toml`, with where the figures come from.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::extract::shipped;
use crate::extract::short_words::WordMap;

#[derive(Deserialize)]
struct Table {
    said: WordMap<f64>,
    who: WordMap<f64>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| shipped("confidence.toml", include_str!("../../../data/confidence.toml")));

/// The share of passages found by a rule whose source is the one it takes; 0 for a rule without a figure.
pub(super) fn said(rule: &str) -> f64 {
    TABLE.said.get(rule).copied().unwrap_or_default()
}

/// The share of sources that a rule ties to the right person; 0 for a rule without a figure.
pub(super) fn who(rule: &str) -> f64 {
    TABLE.who.get(rule).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::find;
    use super::*;

    #[test]
    fn figures_are_shares_and_what_is_found_bears_the_product() {
        for figure in TABLE.said.values().chain(TABLE.who.values()) {
            assert!((0.5..1.0).contains(figure));
        }
        let text = "Norland's trade minister Jane Roe spoke. “We will wait,” she said. She added that \
                    time was short, and urged calm. The ministry said that ports stay open.";
        for passage in find(text) {
            assert!(said(passage.rule) > 0.0, "{} has no figure", passage.rule);
            let speaker = passage.speaker.unwrap();
            let product = said(passage.rule) * who(speaker.rule);
            assert!(
                (speaker.confidence - product).abs() < 1e-9,
                "{} {}",
                passage.rule,
                speaker.rule
            );
        }
    }
}
