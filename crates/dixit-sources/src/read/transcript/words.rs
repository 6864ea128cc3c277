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
}

impl Words {
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
        }
    });
    &WORDS
}
