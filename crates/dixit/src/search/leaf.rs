//! Lowering of a condition with words in it: cut into words where its script does not, and looked for in each
//! lot of languages by the forms that count there.

use std::rc::Rc;
use std::sync::Arc;

use tantivy::TantivyError;
use tantivy::schema::Field;

use super::expand::{Expansion, documents_listed};
use super::forms::{Forms, lots};
use super::languages::{Set, UNKNOWN};
use super::plan::{Lowering, Plan};
use super::word::{is_stemmed, query_tokens};
use super::written::{Otherwise, otherwise};
use crate::analysis::{Shape, segment, terms};
use crate::query::{self, Leaf, Value};

/// So many words of a text without spaces are looked for, those of one character among them.
const LONG: usize = 20;

/// Letters of a word that may be two.
const COMPOUND: std::ops::RangeInclusive<usize> = 6..=30;
/// Letters of a part of it.
const SHORT_PART: usize = 2;

impl Lowering<'_> {
    pub(super) fn leaf(&mut self, leaf: &Leaf) -> Result<Option<Plan>, TantivyError> {
        let words = match &leaf.value {
            // What is not wanted is not wanted as it is written.
            Value::Words(text) if is_stemmed(leaf.field, &leaf.value) && !self.negated => {
                segment::words(text).into_iter().map(|word| text[word].to_owned()).collect()
            }
            _ => Vec::new(),
        };
        if words.is_empty() {
            let mut found = self.in_each_lot(leaf)?;
            if let Some(also) = self.written_otherwise(leaf)? {
                found = Some(Plan::Any(found.into_iter().chain([also]).collect()));
            }
            return match found {
                Some(found) if self.is_alone && !self.negated => self.rather_typed(leaf, found),
                found => Ok(found),
            };
        }
        let mut parts = Vec::with_capacity(words.len());
        // A character alone is mostly grammar, and stands for all pairs that it begins: in a long text each of
        // them would be looked up, and what is cut would be lost.
        let is_more = |word: &String| word.chars().nth(1).is_some();
        let alone_too = words.len() <= LONG || !words.iter().any(is_more);
        for word in words.into_iter().filter(|word| alone_too || is_more(word)) {
            let leaf = Leaf { value: Value::Words(word), ..leaf.clone() };
            parts.extend(self.in_each_lot(&leaf)?);
        }
        let found = Box::new(Plan::All { parts, excluded: Vec::new() });
        // As they stand in the query they count once more.
        Ok(Some(match self.in_each_lot(leaf)? {
            Some(also) => Plan::Rather { found, also: Box::new(also) },
            None => *found,
        }))
    }

    /// The word as it may be written too, where the index has all of that.
    fn written_otherwise(&mut self, leaf: &Leaf) -> Result<Option<Plan>, TantivyError> {
        // What is not wanted is not wanted as it is written.
        if !is_stemmed(leaf.field, &leaf.value) || self.negated {
            return Ok(None);
        }
        let Some(text) = leaf.value.text() else { return Ok(None) };
        let other = match otherwise(text) {
            Some(other) => Some(other),
            None => self.in_two(leaf, text)?,
        };
        let Some(other) = other else { return Ok(None) };
        let (Otherwise::Exact(text) | Otherwise::Forms(text)) = &other;
        let fields = self.fields_of(leaf.field);
        let words = terms(text);
        for (at, term) in words.iter().enumerate() {
            if documents_listed(&self.snapshot.inner, &fields, term)? > 0 {
                continue;
            }
            // The last may be there in another form alone: `e-mails`.
            let may_differ = matches!(other, Otherwise::Forms(_)) && at + 1 == words.len();
            if !may_differ || self.forms_of(leaf.field, term)?.terms.len() < 2 {
                return Ok(None);
            }
        }
        self.otherwise.extend(stemmed_words(leaf));
        match other {
            Otherwise::Exact(text) => {
                self.whole(&Leaf { value: Value::Exact(text), ..leaf.clone() })
            }
            Otherwise::Forms(text) => {
                // What no statement has in this form is told of the word as typed.
                let missing = self.missing.len();
                let found = self.in_each_lot(&Leaf { value: Value::Words(text), ..leaf.clone() });
                self.missing.truncate(missing);
                found
            }
        }
    }

    /// `longterm`, which no statement has, as `long-term`: parted where both parts are words of the most statements.
    fn in_two(&self, leaf: &Leaf, text: &str) -> Result<Option<Otherwise>, TantivyError> {
        let words = stemmed_words(leaf);
        let [word] = words.as_slice() else { return Ok(None) };
        let letters = word.chars().count();
        let is_plain = word.chars().all(char::is_alphabetic) && !text.contains(char::is_whitespace);
        if !is_plain || !COMPOUND.contains(&letters) {
            return Ok(None);
        }
        let fields = self.fields_of(leaf.field);
        let listed = |term: &str| documents_listed(&self.snapshot.inner, &fields, term);
        if listed(word)? > 0 {
            return Ok(None);
        }
        let mut best: Option<(u64, usize)> = None;
        for (at, _) in word.char_indices().skip(SHORT_PART).take(letters + 1 - 2 * SHORT_PART) {
            let least = listed(&word[..at])?.min(listed(&word[at..])?);
            if least > best.map_or(0, |(most, _)| most) {
                best = Some((least, at));
            }
        }
        Ok(best.map(|(_, at)| Otherwise::Forms(format!("{} {}", &word[..at], &word[at..]))))
    }

    /// Where one word is all that there is to rank by, how it was typed decides most: its own score is added to
    /// that of its forms, itself among them.
    fn rather_typed(&mut self, leaf: &Leaf, found: Plan) -> Result<Option<Plan>, TantivyError> {
        if !is_stemmed(leaf.field, &leaf.value) {
            return Ok(Some(found));
        }
        let words = stemmed_words(leaf);
        let [word] = words.as_slice() else { return Ok(Some(found)) };
        if self.forms_of(leaf.field, word)?.weights.is_none() {
            return Ok(Some(found));
        }
        let typed = Leaf { value: Value::Exact(word.clone()), ..leaf.clone() };
        // The same word, sought once and told of once.
        let told = (self.sought.len(), self.notes.len(), self.missing.len());
        let also = self.whole(&typed)?;
        self.sought.truncate(told.0);
        self.notes.truncate(told.1);
        self.missing.truncate(told.2);
        Ok(Some(match also {
            Some(also) => Plan::Rather { found: Box::new(found), also: Box::new(also) },
            None => found,
        }))
    }

    /// The condition in the statements of all languages.
    fn in_each_lot(&mut self, leaf: &Leaf) -> Result<Option<Plan>, TantivyError> {
        let mut all = Vec::new();
        for word in stemmed_words(leaf) {
            all.push(self.forms_of(leaf.field, &word)?);
        }
        if all.iter().all(|forms| forms.terms.iter().all(|(_, languages)| *languages == Set::ALL)) {
            return self.whole(leaf);
        }
        let languages = self.snapshot.languages()?;
        let forms: Vec<&Forms> = all.iter().map(Rc::as_ref).collect();
        let lots = lots(&forms, languages.present().and(Set::of(UNKNOWN)));
        let mut parts = Vec::with_capacity(lots.len());
        let mut told = None;
        let is_only = lots.len() == 1;
        for lot in lots {
            self.lot = Some(lot);
            let plan = self.whole(leaf);
            self.lot = None;
            // The same notes for each.
            self.notes.truncate(*told.get_or_insert(self.notes.len()));
            let Some(plan) = plan? else { continue };
            if is_only {
                return Ok(Some(plan));
            }
            let filter = Plan::Languages { of: Arc::clone(&languages), wanted: lot.1 };
            parts.push(Plan::All { parts: vec![plan, filter], excluded: Vec::new() });
        }
        Ok((!parts.is_empty()).then_some(Plan::Any(parts)))
    }

    /// The forms of a word that count in the lot of languages that is looked into now.
    pub(super) fn forms_here(
        &mut self,
        field: Option<query::Field>,
        word: &str,
    ) -> Result<Expansion, TantivyError> {
        let forms = self.forms_of(field, word)?;
        let (slot, _) = self.lot.unwrap_or((UNKNOWN, Set::ALL));
        Ok(Expansion { terms: forms.in_language(slot), cut: forms.cut })
    }

    pub(super) fn forms_of(
        &mut self,
        field: Option<query::Field>,
        word: &str,
    ) -> Result<Rc<Forms>, TantivyError> {
        let key = (field, word.to_owned());
        if let Some(forms) = self.forms.get(&key) {
            return Ok(Rc::clone(forms));
        }
        let forms = Forms::of(self.snapshot, &self.fields_of(field), word, &self.stemming)?;
        let forms = Rc::new(forms);
        self.forms.insert(key, Rc::clone(&forms));
        Ok(forms)
    }

    /// Where the forms of words are looked up: what is said in passages is in the text.
    fn fields_of(&self, field: Option<query::Field>) -> Vec<Field> {
        use query::Field as Asked;
        let fields = &self.snapshot.shared.fields;
        match field {
            None => vec![fields.title, fields.text, fields.topic, fields.keyword],
            Some(Asked::Title) => vec![fields.title],
            Some(Asked::Role) => vec![fields.role],
            Some(Asked::Affiliation) => vec![fields.affiliation],
            Some(Asked::Topic) => vec![fields.topic],
            Some(Asked::Keyword) => vec![fields.keyword],
            Some(Asked::Event) => vec![fields.event],
            Some(_) => vec![fields.text],
        }
    }
}

/// The words of a condition that are met by their forms.
fn stemmed_words(leaf: &Leaf) -> Vec<String> {
    let alone;
    let values: &[Vec<Value>] = match &leaf.value {
        Value::Near(near) => &near.sides,
        value => {
            alone = [vec![value.clone()]];
            &alone
        }
    };
    let mut words = Vec::new();
    for value in values.iter().flatten().filter(|value| is_stemmed(leaf.field, value)) {
        let tokens = query_tokens(value.text().unwrap_or(""), value, true);
        words.extend(
            tokens.into_iter().filter(|token| token.shape == Shape::Word).map(|token| token.term),
        );
    }
    words
}
