//! What is stored, read without the terms and columns that lead to it: so also from an index that is
//! damaged elsewhere.

use std::path::Path;
use std::sync::Arc;

use tantivy::TantivyDocument;
use tantivy::directory::footer::Footer;
use tantivy::directory::{Directory, FileSlice};
use tantivy::fastfield::AliveBitSet;
use tantivy::schema::Value;
use tantivy::store::StoreReader;

use super::SourceRecord;
use super::directory::{Piecewise, SegmentDirectory, segments_of};
use crate::error::{Error, Result, guarded};
use crate::schema::{self, Fields};
use crate::statement::Statement;
use crate::storage::Storage;

/// A document of the index.
pub(super) enum Document {
    /// A statement, under the key of its source.
    Statement(String, Box<Statement>),
    /// What is known of a source.
    Source(SourceRecord),
}

/// Reads every document in a folder of segments, giving each or why it does not read. A segment that
/// does not read is one error.
pub(super) fn for_each_document(
    storage: &Arc<dyn Storage>,
    folder: &str,
    each: &mut dyn FnMut(Result<Document>) -> Result<()>,
) -> Result<()> {
    let path = storage.root();
    let (_, fields) = schema::build();
    let directory = SegmentDirectory::new(Arc::clone(storage), folder.into(), Piecewise::No);
    let meta = directory.meta().map_err(|error| Error::io(path, error))?;
    let open = |name: &str| -> Result<FileSlice> {
        let file = directory.open_read(Path::new(name));
        let file = file.map_err(|error| Error::from_engine(path, error.into()))?;
        let (_, content) = Footer::extract_footer(file).map_err(|error| Error::io(path, error))?;
        Ok(content)
    };
    for segment in segments_of(&meta) {
        let opened = guarded(path, || {
            let there = match segment.removals() {
                Some(name) => {
                    let bytes =
                        open(&name)?.read_bytes().map_err(|error| Error::io(path, error))?;
                    Some(AliveBitSet::open(bytes))
                }
                None => None,
            };
            let store = StoreReader::open(open(&segment.part("store"))?, 1)
                .map_err(|error| Error::io(path, error))?;
            Ok((store, there))
        });
        let (store, there) = match opened {
            Ok(opened) => opened,
            Err(error) => {
                each(Err(error))?;
                continue;
            }
        };
        for doc in 0..segment.max_doc {
            if there.as_ref().is_some_and(|there| there.is_deleted(doc)) {
                continue;
            }
            each(guarded(path, || {
                let document = store.get::<TantivyDocument>(doc);
                parse(path, &fields, &document.map_err(|error| Error::from_engine(path, error))?)
            }))?;
        }
    }
    Ok(())
}

fn parse(path: &Path, fields: &Fields, document: &TantivyDocument) -> Result<Document> {
    let damaged = |why: String| Error::Damaged { path: path.to_owned(), why };
    let json = document.get_first(fields.json).and_then(|value| value.as_str());
    let json = json.ok_or_else(|| damaged("a document has no content".to_owned()))?;
    if let Ok(record) = serde_json::from_str::<SourceRecord>(json) {
        return Ok(Document::Source(record));
    }
    let statement = serde_json::from_str(json)
        .map_err(|error| damaged(format!("a document does not read: {error}")))?;
    let key = super::stored_text(document, fields.source_key).unwrap_or_default();
    Ok(Document::Statement(key, statement))
}
