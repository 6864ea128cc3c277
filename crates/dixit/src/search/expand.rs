//! Looking into the term dictionaries: which terms of this index a word stands for, and how many
//! statements have them.

use std::collections::HashSet;

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{InvertedIndexReader, Searcher, TantivyError, Term};

use crate::analysis::{Stemmer, is_unspaced};
use crate::limits::Limits;

/// Terms that a word stands for, in their order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Expansion {
    pub(super) terms: Vec<String>,
    /// Whether there were more than the limits allow.
    pub(super) cut: bool,
}

impl Expansion {
    /// In order, each term once, and no more than the limits allow.
    pub(super) fn bound(&mut self, limits: &Limits) {
        self.terms.sort_unstable();
        self.terms.dedup();
        if self.terms.len() > limits.expansions {
            // The first in order, not the first found: the same cut whatever the segments are.
            self.terms.truncate(limits.expansions);
            self.cut = true;
        }
    }
}

/// Of each stemmer all forms of a word: the word itself and the terms of the index with the same stem.
pub(super) fn variants<'s>(
    searcher: &Searcher,
    fields: &[Field],
    word: &str,
    stemmers: impl Iterator<Item = &'s Stemmer>,
    limits: &Limits,
) -> Result<Vec<Expansion>, TantivyError> {
    let stems: Vec<_> = stemmers.map(|stemmer| (stemmer, stemmer.stem(word))).collect();
    let beginnings: Vec<Vec<String>> =
        stems.iter().map(|(stemmer, stem)| stemmer.beginnings(stem)).collect();
    // Once for all stemmers, and a term that many dictionaries hold is stemmed once.
    let prefixes = beginnings.iter().flatten().map(String::as_str).collect();
    let near = scan(searcher, fields, prefixes, &all_terms(limits), |_| true)?;
    let mut all = Vec::with_capacity(stems.len());
    for ((stemmer, stem), beginnings) in stems.iter().zip(&beginnings) {
        let mut found = Expansion { terms: vec![word.to_owned()], cut: near.cut };
        let longest = stemmer.longest(stem);
        let is_form = |term: &&String| {
            longest.is_none_or(|letters| term.chars().count() <= letters)
                && stemmer.stem(term) == *stem
        };
        for beginning in beginnings {
            let from = near.terms.partition_point(|term| term < beginning);
            let terms = near.terms[from..].iter().take_while(|term| term.starts_with(beginning));
            found.terms.extend(terms.filter(is_form).cloned());
        }
        found.bound(limits);
        all.push(found);
    }
    Ok(all)
}

/// The terms of the index that begin so.
pub(super) fn beginning_with(
    searcher: &Searcher,
    fields: &[Field],
    prefix: &str,
    limits: &Limits,
) -> Result<Expansion, TantivyError> {
    scan(searcher, fields, vec![prefix], limits, |_| true)
}

/// The terms that hold one character of a script without spaces: the pairs that it begins, and
/// itself at the end of a run.
pub(super) fn pairs_of(
    searcher: &Searcher,
    fields: &[Field],
    single: &str,
    limits: &Limits,
) -> Result<Expansion, TantivyError> {
    // A common character begins thousands, and what is left out would be lost.
    // What stands in a square folds to letters that words begin with too: `㎏`.
    let is_pair = |term: &str| {
        is_unspaced(term)
            || term.strip_prefix(single).is_some_and(|rest| rest.is_empty() || is_unspaced(rest))
    };
    scan(searcher, fields, vec![single], &all_terms(limits), is_pair)
}

/// As many terms as there are.
fn all_terms(limits: &Limits) -> Limits {
    Limits { expansions: usize::MAX, ..*limits }
}

/// The wanted terms of the index that begin in one of these ways. Each dictionary is read once.
fn scan(
    searcher: &Searcher,
    fields: &[Field],
    mut prefixes: Vec<&str>,
    limits: &Limits,
    mut wanted: impl FnMut(&str) -> bool,
) -> Result<Expansion, TantivyError> {
    prefixes.sort_unstable();
    let mut terms: HashSet<String> = HashSet::new();
    let mut found = Expansion::default();
    for segment in searcher.segment_readers() {
        for &field in fields {
            let index = segment.inverted_index(field)?;
            // What begins with a longer one is among what begins with a shorter one, which is before it.
            let mut covered: Option<&str> = None;
            for &prefix in &prefixes {
                if covered.is_some_and(|covered| prefix.starts_with(covered)) {
                    continue;
                }
                let is_whole = each_beginning(&index, prefix, limits, |term| {
                    if !terms.contains(term) && wanted(term) {
                        terms.insert(term.to_owned());
                    }
                })?;
                covered = is_whole.then_some(prefix);
                found.cut |= !is_whole;
            }
        }
    }
    found.terms.extend(terms);
    found.bound(limits);
    Ok(found)
}

/// Each term of a dictionary that begins so, in order; says whether the limits let it come to the last.
fn each_beginning(
    index: &InvertedIndexReader,
    prefix: &str,
    limits: &Limits,
    mut each: impl FnMut(&str),
) -> Result<bool, TantivyError> {
    let mut entries = index.terms().range().ge(prefix.as_bytes()).into_stream()?;
    let mut looked_at = 0;
    while entries.advance() {
        let key = entries.key();
        if !key.starts_with(prefix.as_bytes()) {
            break;
        }
        looked_at += 1;
        if looked_at > limits.scanned_terms {
            return Ok(false);
        }
        if let Ok(term) = std::str::from_utf8(key) {
            each(term);
        }
    }
    Ok(true)
}

/// About how many documents hold the term, field by field, deleted ones among them.
pub(super) fn documents_listed(
    searcher: &Searcher,
    fields: &[Field],
    term: &str,
) -> Result<u64, TantivyError> {
    let mut count = 0;
    for &field in fields {
        let term = Term::from_field_text(field, term);
        for segment in searcher.segment_readers() {
            let info = segment.inverted_index(field)?.get_term_info(&term)?;
            count += info.map_or(0, |info| u64::from(info.doc_freq));
        }
    }
    Ok(count)
}

/// How many statements that are there hold the term in the field.
pub(super) fn statements_with(
    searcher: &Searcher,
    field: Field,
    term: &str,
) -> Result<u64, TantivyError> {
    let term = Term::from_field_text(field, term);
    let mut count = 0;
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let Some(info) = index.get_term_info(&term)? else { continue };
        count += u64::from(match segment.alive_bitset() {
            None => info.doc_freq,
            // The dictionary counts deleted documents too.
            Some(alive) => index
                .read_postings_from_terminfo(&info, IndexRecordOption::Basic)?
                .doc_freq_given_deletes(alive),
        });
    }
    Ok(count)
}

/// In how many statements that are there the term stands, in the field that has it most often.
pub(super) fn most_with(
    searcher: &Searcher,
    fields: &[Field],
    term: &str,
) -> Result<u64, TantivyError> {
    fields.iter().try_fold(0, |most, field| Ok(statements_with(searcher, *field, term)?.max(most)))
}
