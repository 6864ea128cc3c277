//! One state of an index, and what is known of it once it was asked.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, TantivyDocument, TantivyError};

use super::called::Names;
use super::control::Control;
use super::effort::Effort;
use super::expand::statements_with;
use super::languages::Languages;
use super::rank::FieldLengths;
use crate::error::{Error, Result};
use crate::index::Shared;
use crate::schema;

pub(super) struct Snapshot {
    pub(super) shared: Arc<Shared>,
    pub(super) inner: tantivy::Searcher,
    /// Statements that are there.
    pub(super) statements: u64,
    /// Length statistics by field, made when the first scored query asks for them.
    lengths: OnceLock<BTreeMap<Field, FieldLengths>>,
    /// Languages of the statements, made when the first word is asked for whose forms depend on them.
    languages: OnceLock<Arc<Languages>>,
    /// Names of speakers by their sound, made when the first whole name is asked for.
    names: OnceLock<Names>,
}

impl Snapshot {
    pub(super) fn new(shared: Arc<Shared>, inner: tantivy::Searcher) -> Result<Self> {
        let statements = statements_with(&inner, shared.fields.doc, schema::doc::STATEMENT)
            .map_err(|error| Error::from_engine(&shared.path, error))?;
        let (lengths, languages, names) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Ok(Self { shared, inner, statements, lengths, languages, names })
    }

    pub(super) fn engine(&self, error: TantivyError) -> Error {
        Error::from_engine(&self.shared.path, error)
    }

    pub(super) fn document(&self, address: DocAddress) -> Result<TantivyDocument> {
        self.inner.doc(address).map_err(|error| self.engine(error))
    }

    /// What is stored of a document, or as much of it as is asked for.
    pub(super) fn read<T: serde::de::DeserializeOwned>(&self, address: DocAddress) -> Result<T> {
        let document = self.document(address)?;
        let damaged = |why: String| Error::Damaged { path: self.shared.path.clone(), why };
        let json = document.get_first(self.shared.fields.json).and_then(|value| value.as_str());
        let json = json.ok_or_else(|| damaged("a document has no content".to_owned()))?;
        serde_json::from_str(json)
            .map_err(|error| damaged(format!("a document does not read: {error}")))
    }

    /// What one search may cost.
    pub(super) fn effort(&self, control: &Control) -> Effort {
        // So that no archive is too large for a phrase.
        let least = self.statements.saturating_mul(16);
        Effort::new(control, self.shared.limits.positions.max(least))
    }

    /// Who speaks, by how the names sound.
    pub(super) fn names(&self) -> Result<&Names, TantivyError> {
        if let Some(names) = self.names.get() {
            return Ok(names);
        }
        let names = Names::of(&self.inner)?;
        Ok(self.names.get_or_init(|| names))
    }

    /// Which language each statement is in.
    pub(super) fn languages(&self) -> Result<Arc<Languages>, TantivyError> {
        if let Some(languages) = self.languages.get() {
            return Ok(Arc::clone(languages));
        }
        let languages = Languages::of(&self.inner, self.shared.fields.language)?;
        Ok(Arc::clone(self.languages.get_or_init(|| Arc::new(languages))))
    }

    /// Length statistics of a field over the statements that are there.
    pub(super) fn lengths(&self, field: Field) -> Result<FieldLengths, TantivyError> {
        if let Some(lengths) = self.lengths.get() {
            return Ok(lengths.get(&field).copied().unwrap_or_default());
        }
        let fields = &self.shared.fields;
        let mut all = BTreeMap::new();
        for field in [fields.title, fields.text, fields.topic, fields.keyword, fields.said] {
            let mut lengths = FieldLengths::default();
            for segment in self.inner.segment_readers() {
                let reader = segment.get_fieldnorms_reader(field)?;
                for doc in 0..segment.max_doc() {
                    if segment.is_deleted(doc) {
                        continue;
                    }
                    // The engine's rounded length, the one that scores: so the average is the same
                    // whatever was merged.
                    let length = u64::from(reader.fieldnorm(doc));
                    lengths.terms += length;
                    lengths.statements += u64::from(length > 0);
                }
            }
            all.insert(field, lengths);
        }
        let lengths = self.lengths.get_or_init(|| all);
        Ok(lengths.get(&field).copied().unwrap_or_default())
    }
}
