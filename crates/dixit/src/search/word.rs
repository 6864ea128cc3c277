//! Lowering of words and phrases: which terms of this index stand for them, where, and how much they
//! weigh.

use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::{Searcher, TantivyError};

use super::expand::{Expansion, beginning_with, documents_listed, most_with, pairs_of};
use super::forms::FormWeights;
use super::languages::Set;
use super::plan::{Lowering, Sought, WordPlan};
use super::rank::{self, FieldWeights};
use super::spell::{Steps, misspelled, patterned};
use super::stand::{Row, Sides};
use super::suggest::{Missing, RARE};
use crate::analysis::{Shape, analyse};
use crate::limits::Limits;
use crate::query::{self, Leaf, Note, NoteKind, Value};

impl Lowering<'_> {
    pub(super) fn word(
        &mut self,
        leaf: &Leaf,
        fields: &[(Field, Option<f64>)],
    ) -> Result<Option<WordPlan>, TantivyError> {
        let names: Vec<Field> = fields.iter().map(|(field, _)| *field).collect();
        if matches!(&leaf.value, Value::Prefix(prefix) if prefix.is_empty()) {
            return self.any_value(leaf, &names);
        }
        let Some(sides) = self.sides(leaf, &names)? else { return Ok(None) };
        let sides = Arc::new(sides);
        if !self.negated {
            let languages = self.lot.map_or(Set::ALL, |(_, languages)| languages);
            self.sought.push(Sought { field: leaf.field, sides: Arc::clone(&sides), languages });
        }
        let is_scored = !self.negated && fields.iter().any(|(_, boost)| boost.is_some());
        self.is_scored |= is_scored;
        let forms = if is_scored { self.form_weights(leaf, &sides)? } else { None };
        let rarity =
            if is_scored { self.rarity_of(&sides, &names, forms.as_deref())? } else { 0.0 };
        let mut weighted = Vec::with_capacity(fields.len());
        for &(field, boost) in fields {
            let weights = match boost.filter(|_| is_scored) {
                Some(boost) => {
                    Some(Arc::new(FieldWeights::new(boost, self.snapshot.lengths(field)?)))
                }
                None => None,
            };
            weighted.push((field, weights));
        }
        Ok(Some(WordPlan { fields: weighted, sides, rarity, forms }))
    }

    /// What the forms of a word weigh, where a single word is looked for by its forms.
    fn form_weights(
        &mut self,
        leaf: &Leaf,
        sides: &Sides,
    ) -> Result<Option<Arc<FormWeights>>, TantivyError> {
        if sides.word().is_none() || !is_stemmed(leaf.field, &leaf.value) {
            return Ok(None);
        }
        let tokens = query_tokens(leaf.value.text().unwrap_or(""), &leaf.value, true);
        let [QueryToken { term, shape: Shape::Word, .. }] = tokens.as_slice() else {
            return Ok(None);
        };
        Ok(self.forms_of(leaf.field, term)?.weights.clone())
    }

    /// What a condition looks for. `None`: a part of it is no word of the index, which is noted.
    fn sides(&mut self, leaf: &Leaf, names: &[Field]) -> Result<Option<Sides>, TantivyError> {
        let alone;
        let (asked, within) = match &leaf.value {
            Value::Near(near) => (near.sides.as_slice(), near.within.clone()),
            value => {
                alone = [vec![value.clone()]];
                (alone.as_slice(), Vec::new())
            }
        };
        let mut rows = Vec::with_capacity(asked.len());
        for side in asked {
            let mut alternatives = Vec::with_capacity(side.len());
            for value in side {
                alternatives.extend(self.row(leaf, value, names)?);
            }
            if alternatives.is_empty() {
                return Ok(None);
            }
            rows.push(alternatives);
        }
        Ok(Some(Sides { rows, within }))
    }

    fn row(
        &mut self,
        leaf: &Leaf,
        value: &Value,
        names: &[Field],
    ) -> Result<Option<Row>, TantivyError> {
        let Some(text) = value.text() else { return Ok(None) };
        let snapshot = self.snapshot;
        let searcher = &snapshot.inner;
        let mut row = Row::default();
        let mut cut = false;
        if let Value::Pattern(pattern) = value {
            let mut found = patterned(
                searcher,
                names,
                &folded_pattern(pattern),
                &self.room.steps,
                self.limits,
            )?;
            cut = self.within_room(names, &mut found.terms)? || found.cut;
            row.places.push((0, found.terms));
        } else {
            let stems = is_stemmed(leaf.field, value);
            let tokens = query_tokens(text, value, stems);
            let first = tokens.first().map_or(0, |token| token.position);
            for (at, token) in tokens.iter().enumerate() {
                let is_last = at + 1 == tokens.len();
                let is_form = token.shape == Shape::Word && stems;
                let mut found = match (token.shape, value) {
                    (Shape::Single, _) => pairs_of(searcher, names, &token.term, self.limits)?,
                    (_, Value::Prefix(_)) if is_last => {
                        beginning_with(searcher, names, &token.term, self.limits)?
                    }
                    (Shape::Word, Value::Fuzzy { edits, .. }) => {
                        let steps = &self.room.steps;
                        near_spellings(searcher, names, &token.term, *edits, steps, self.limits)?
                    }
                    _ if is_form => self.forms_here(leaf.field, &token.term)?,
                    _ => exactly(&token.term),
                };
                // Forms of a word are few by nature.
                cut |= found.cut || !is_form && self.within_room(names, &mut found.terms)?;
                match token.shape {
                    Shape::Word if found.terms == [token.term.as_str()] => {
                        self.miss(leaf, names, &token.term)?;
                    }
                    Shape::Word => {
                        self.met.insert(token.term.clone());
                    }
                    _ => {}
                }
                row.places.push((token.position - first, found.terms));
            }
            row.tail = u32::from(tokens.last().is_some_and(|token| token.shape == Shape::Pair));
            if let Value::Loose { slop, .. } = value {
                row.slop = *slop;
            }
        }
        if row.places.is_empty() {
            self.notes.push(Note::new(
                leaf.span.clone(),
                NoteKind::Unreachable,
                format!("`{text}` has no letter or digit to search for and was left out"),
            ));
            return Ok(None);
        }
        if cut {
            self.notes.push(Note::new(leaf.span.clone(), NoteKind::Cut, self.too_many(text)));
        }
        Ok(Some(row))
    }

    /// Cuts the terms of a word to what the query may still cost, all words together; says whether
    /// there were more.
    fn within_room(
        &mut self,
        names: &[Field],
        terms: &mut Vec<String>,
    ) -> Result<bool, TantivyError> {
        if terms.len() <= FEW_TERMS {
            return Ok(false);
        }
        let whole = terms.len();
        terms.truncate(self.room.terms.max(FEW_TERMS));
        self.room.terms = self.room.terms.saturating_sub(terms.len());
        // A document is gathered once, however many of its terms are looked for.
        let most = self.snapshot.inner.num_docs();
        let (mut gathered, mut kept) = (0, 0);
        for term in terms.iter() {
            gathered += documents_listed(&self.snapshot.inner, names, term)?;
            if gathered.min(most) > self.room.gathered {
                break;
            }
            kept += 1;
        }
        terms.truncate(kept.max(FEW_TERMS));
        self.room.gathered = self.room.gathered.saturating_sub(gathered.min(most));
        Ok(terms.len() < whole)
    }

    /// Takes note of a word that no statement has, or hardly any.
    fn miss(&mut self, leaf: &Leaf, names: &[Field], term: &str) -> Result<(), TantivyError> {
        if self.negated {
            return Ok(());
        }
        let searcher = &self.snapshot.inner;
        // Most words are in far more documents than could have been removed: no need to count.
        let removed: u64 = searcher
            .segment_readers()
            .iter()
            .map(|segment| u64::from(segment.num_deleted_docs()))
            .sum();
        let fields = names.len() as u64;
        if documents_listed(searcher, names, term)? > (RARE + removed) * fields {
            return Ok(());
        }
        let statements = most_with(searcher, names, term)?;
        if statements <= RARE {
            let (span, term, names) = (leaf.span.clone(), term.to_owned(), names.to_vec());
            let field = leaf.field;
            self.missing.push(Missing {
                span,
                field,
                term,
                names,
                statements,
                is_otherwise: false,
            });
        }
        Ok(())
    }

    /// How rare what is looked for is: its words together; of alternatives the most frequent counts.
    fn rarity_of(
        &self,
        sides: &Sides,
        names: &[Field],
        forms: Option<&FormWeights>,
    ) -> Result<f64, TantivyError> {
        let searcher = &self.snapshot.inner;
        let mut whole = 0.0;
        for side in &sides.rows {
            let mut least = f64::INFINITY;
            for row in side {
                let mut of_row = 0.0;
                for (_, terms) in &row.places {
                    let mut with = 0.0;
                    for term in terms {
                        let share = forms.map_or(1.0, |forms| forms.share(term));
                        with += share * most_with(searcher, names, term)? as f64;
                    }
                    of_row += rank::rarity(with, self.snapshot.statements);
                }
                least = least.min(of_row);
            }
            whole += least;
        }
        Ok(whole)
    }

    /// `field:*`: whatever has the field at all.
    fn any_value(
        &mut self,
        leaf: &Leaf,
        fields: &[Field],
    ) -> Result<Option<WordPlan>, TantivyError> {
        let unbounded = Limits { expansions: usize::MAX, ..*self.limits };
        let expansion = beginning_with(&self.snapshot.inner, fields, "", &unbounded)?;
        if expansion.cut {
            self.notes.push(Note::new(leaf.span.clone(), NoteKind::Cut, self.too_many("*")));
        }
        let fields = fields.iter().map(|&field| (field, None)).collect();
        Ok(Some(WordPlan::of_terms(fields, expansion.terms)))
    }

    pub(super) fn too_many(&self, word: &str) -> String {
        let most = self.limits.expansions;
        format!("`{word}` stands for more than {most} different terms; the rest was left out")
    }
}

/// Words of so few terms cost nothing to speak of: in four fields they are walked side by side.
const FEW_TERMS: usize = 12;

/// Whether what is asked for is met by its forms: unquoted words, but not those of names.
pub(super) fn is_stemmed(field: Option<query::Field>, value: &Value) -> bool {
    use query::Field as Asked;
    let is_name = matches!(
        field,
        Some(
            Asked::Speaker
                | Asked::Party
                | Asked::Country
                | Asked::Reference
                | Asked::Source
                | Asked::Id
                | Asked::Language
        )
    );
    matches!(value, Value::Words(_)) && !is_name
}

fn exactly(term: &str) -> Expansion {
    Expansion { terms: vec![term.to_owned()], cut: false }
}

/// A word of the query as the index has it.
pub(super) struct QueryToken {
    pub(super) term: String,
    pub(super) shape: Shape,
    position: u32,
}

/// The terms of a query's words, where they stand in it. The last character of a run of a script
/// without spaces is covered by the pair before it. The `s` of `China’s` is no word of its own, but
/// part of a quotation. Where forms of a word are as good, what is elided before it may be another word too:
/// `l’homme` is met by `d’un homme`.
pub(super) fn query_tokens(text: &str, value: &Value, stems: bool) -> Vec<QueryToken> {
    let is_quoted = matches!(value, Value::Exact(_) | Value::Loose { .. });
    let mut out: Vec<QueryToken> = Vec::new();
    let mut tokens = analyse(text, None);
    while let Some(token) = tokens.next_token() {
        let is_possessive = !is_quoted
            && token.term == "s"
            && text[..token.start].ends_with(['\'', '’'])
            && token.end - token.start == 1
            && !out.is_empty();
        let is_left_out = is_possessive || (stems && is_elided(token.term, &text[token.end..]));
        if token.shape != Shape::Tail && !is_left_out {
            let (shape, position) = (token.shape, token.position);
            out.push(QueryToken { term: token.term.to_owned(), shape, position });
        }
    }
    out
}

/// Words that French, Italian and Catalan write before an apostrophe.
const ELIDED: [&str; 25] = [
    "c", "d", "j", "l", "m", "n", "qu", "s", "t", "jusqu", "lorsqu", "puisqu", "quoiqu", "un",
    "all", "coll", "dall", "dell", "nell", "sull", "quell", "quest", "bell", "sant", "gl",
];

fn is_elided(term: &str, behind: &str) -> bool {
    let mut behind = behind.chars();
    let is_apostrophe =
        |c: char| matches!(c, '\'' | '’' | '‘' | '´' | '`' | '\u{2BC}' | '\u{FF07}');
    behind.next().is_some_and(is_apostrophe)
        && behind.next().is_some_and(char::is_alphabetic)
        && ELIDED.contains(&term)
}

/// The pattern as terms are folded, its marks as they are.
fn folded_pattern(pattern: &str) -> String {
    let mut folded = String::with_capacity(pattern.len());
    for piece in pattern.split_inclusive(['*', '?']) {
        let letters = piece.trim_end_matches(['*', '?']);
        let mut tokens = analyse(letters, None);
        while let Some(token) = tokens.next_token() {
            folded.push_str(token.term);
        }
        folded.push_str(&piece[letters.len()..]);
    }
    folded
}

/// A part of a word with marks in it may be too short for the edits that the whole may have.
fn near_spellings(
    searcher: &Searcher,
    names: &[Field],
    term: &str,
    edits: u8,
    steps: &Steps,
    limits: &Limits,
) -> Result<Expansion, TantivyError> {
    let letters = term.chars().count();
    match usize::from(edits).min(letters.saturating_sub(1)) {
        0 => Ok(exactly(term)),
        edits => misspelled(searcher, names, term, edits as u8, steps, limits),
    }
}
