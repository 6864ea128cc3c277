//! The forms of a word, and in which statements each of them counts.
//!
//! A form counts in the statements of the language by whose stemmer it is one: so `here` does not find
//! `her` in English, though to a French stemmer they are one word. That a language was told wrongly must lose
//! nothing, so the forms of the languages that a word belongs to count in all statements. A word belongs to
//! the language whose statements hold most forms of it; while none holds any, to every one by which it has a
//! stem of some length. The word itself counts everywhere.

use std::collections::BTreeMap;

use tantivy::TantivyError;
use tantivy::schema::Field;

use super::expand::variants;
use super::languages::{OTHER, SLOTS, Set, Slot};
use super::searcher::Snapshot;
use crate::analysis::{STEMMED, Stemmer};
use crate::error::Result;
use crate::limits::Limits;

/// Letters that a stem has where nothing else speaks for its language: `her` is one of several words.
const STEM_ALONE: usize = 4;

/// Whose stemming a query is for.
pub(super) enum Stemming {
    /// Each statement's own.
    Each(Vec<(Slot, Stemmer)>),
    /// That of one language, in all statements; none, for one without a stemmer.
    One(Option<Stemmer>),
}

impl Stemming {
    pub(super) fn of(language: Option<&str>) -> Self {
        match language {
            None => Self::Each(
                STEMMED
                    .iter()
                    .enumerate()
                    .filter_map(|(slot, tag)| Some((slot, Stemmer::of(tag)?)))
                    .collect(),
            ),
            Some(tag) => Self::One(Stemmer::of(tag)),
        }
    }
}

/// What a word stands for.
#[derive(Debug, Clone, Default)]
pub(super) struct Forms {
    /// In order, each with the languages of the statements it counts in.
    pub(super) terms: Vec<(String, Set)>,
    /// Whether there were more than the limits allow.
    pub(super) cut: bool,
}

impl Forms {
    pub(super) fn of(
        snapshot: &Snapshot,
        fields: &[Field],
        word: &str,
        stemming: &Stemming,
    ) -> Result<Self, TantivyError> {
        let limits = &snapshot.shared.limits;
        let mut gathered =
            Gathered { snapshot, fields, word, limits, terms: BTreeMap::new(), cut: false };
        gathered.add([word.to_owned()], Set::ALL);
        match stemming {
            Stemming::One(Some(stemmer)) if stemmer.fits(word) => {
                let forms = gathered.class(stemmer)?;
                gathered.add(forms, Set::ALL);
            }
            Stemming::One(_) => {}
            Stemming::Each(stemmers) => gathered.of_each(stemmers)?,
        }
        Ok(gathered.finish())
    }

    /// Those that count in statements of a language.
    pub(super) fn in_language(&self, slot: Slot) -> Vec<String> {
        let terms = self.terms.iter().filter(|(_, languages)| languages.has(slot));
        terms.map(|(term, _)| term.clone()).collect()
    }
}

struct Gathered<'s> {
    snapshot: &'s Snapshot,
    fields: &'s [Field],
    word: &'s str,
    limits: &'s Limits,
    terms: BTreeMap<String, Set>,
    cut: bool,
}

impl Gathered<'_> {
    fn of_each(&mut self, stemmers: &[(Slot, Stemmer)]) -> Result<(), TantivyError> {
        let languages = self.snapshot.languages()?;
        let fitting: Vec<_> =
            stemmers.iter().filter(|(_, stemmer)| stemmer.fits(self.word)).collect();
        let mut classes = Vec::new();
        for (slot, stemmer) in &fitting {
            if languages.present().has(*slot) {
                classes.push((*slot, self.class(stemmer)?));
            }
        }
        let held = self.held(&classes)?;
        let most = held.iter().copied().max().unwrap_or(0);
        for (slot, forms) in classes {
            let counts = if most > 0 && held[slot] == most { Set::ALL } else { Set::of(slot) };
            self.add(forms, counts);
        }
        if most == 0 {
            for (_, stemmer) in &fitting {
                let letters = stemmer.stem(self.word).chars().count();
                if fitting.len() == 1 || letters >= STEM_ALONE {
                    let forms = self.class(stemmer)?;
                    self.add(forms, Set::ALL);
                }
            }
        }
        Ok(())
    }

    /// Of each language how often its statements hold forms of the word.
    fn held(&self, classes: &[(Slot, Vec<String>)]) -> Result<[u64; SLOTS], TantivyError> {
        let languages = self.snapshot.languages()?;
        let with = |term: &str| languages.with(&self.snapshot.inner, self.fields, term);
        let mut known: BTreeMap<&str, [u64; SLOTS]> = BTreeMap::new();
        known.insert(self.word, with(self.word)?);
        for form in classes.iter().flat_map(|(_, forms)| forms) {
            if !known.contains_key(form.as_str()) {
                known.insert(form, with(form)?);
            }
        }
        let mut held = [0; SLOTS];
        held[..=OTHER].copy_from_slice(&known[self.word][..=OTHER]);
        for (slot, forms) in classes {
            held[*slot] = forms.iter().map(|form| known[form.as_str()][*slot]).sum();
        }
        Ok(held)
    }

    /// The word and the terms of the index that have its stem.
    fn class(&mut self, stemmer: &Stemmer) -> Result<Vec<String>, TantivyError> {
        let found = variants(&self.snapshot.inner, self.fields, self.word, stemmer, self.limits)?;
        self.cut |= found.cut;
        Ok(found.terms)
    }

    fn add(&mut self, terms: impl IntoIterator<Item = String>, languages: Set) {
        for term in terms {
            let counts = self.terms.entry(term).or_default();
            *counts = counts.and(languages);
        }
    }

    fn finish(self) -> Forms {
        let (word, most) = (self.word, self.limits.expansions);
        let mut forms = Forms { terms: self.terms.into_iter().collect(), cut: self.cut };
        if forms.terms.len() > most {
            // Never the word itself.
            let mut kept = 0;
            forms.terms.retain(|(term, _)| {
                kept += 1;
                term == word || kept < most
            });
            forms.cut = true;
        }
        forms
    }
}

/// The languages in whose statements the same forms count: a query looks into each lot by itself.
pub(super) fn lots(words: &[&Forms], present: Set) -> Vec<(Slot, Set)> {
    let mut lots: Vec<(Vec<bool>, Slot, Set)> = Vec::new();
    for slot in (0..SLOTS).filter(|&slot| present.has(slot)) {
        let counting: Vec<bool> = words
            .iter()
            .flat_map(|forms| forms.terms.iter().map(|(_, languages)| languages.has(slot)))
            .collect();
        match lots.iter_mut().find(|(same, ..)| *same == counting) {
            Some((.., languages)) => *languages = languages.and(Set::of(slot)),
            None => lots.push((counting, slot, Set::of(slot))),
        }
    }
    lots.into_iter().map(|(_, slot, languages)| (slot, languages)).collect()
}
