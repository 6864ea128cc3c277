//! The user's own words in queries: synonyms, names of persons, saved queries.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use clap::Args;
use dixit::Vocabulary;
use dixit_sources::{
    PEOPLE_FILE, People, QUERIES_FILE, SYNONYMS_FILE, UserFile, with_people, with_queries,
    with_synonyms,
};

#[derive(Debug, Clone, Args)]
pub(crate) struct VocabularyArgs {
    /// Your words that mean the same [default: synonyms.toml in the folder of the index]
    #[arg(long, value_name = "FILE")]
    synonyms: Option<PathBuf>,

    /// Your saved queries, for query:NAME [default: queries.toml in the folder of the index]
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,
}

impl VocabularyArgs {
    /// What is named, else what lies in the folder of an index.
    pub(crate) fn read(
        &self,
        index: Option<&Path>,
        people: Option<&Path>,
    ) -> Result<Arc<Vocabulary>> {
        let beside = |name: &str| index.map(|index| index.join(name));
        let mut vocabulary = Vocabulary::default();
        match (people, beside(PEOPLE_FILE)) {
            (Some(path), _) => vocabulary = with_people(vocabulary, &People::read(path)?),
            (None, Some(path)) => {
                vocabulary = with_people(vocabulary, &People::read_if_there(&path)?);
            }
            (None, None) => {}
        }
        let file = |named: &Option<PathBuf>, name: &str| match (named, beside(name)) {
            (Some(path), _) => Some((path.clone(), true)),
            (None, Some(path)) => Some((path, false)),
            (None, None) => None,
        };
        if let Some((path, is_named)) = file(&self.synonyms, SYNONYMS_FILE) {
            vocabulary = with_synonyms(vocabulary, user_file(&path, is_named))?;
        }
        if let Some((path, is_named)) = file(&self.queries, QUERIES_FILE) {
            vocabulary = with_queries(vocabulary, user_file(&path, is_named))?;
        }
        Ok(Arc::new(vocabulary))
    }
}

fn user_file(path: &Path, is_named: bool) -> UserFile<'_> {
    if is_named { UserFile::Named(path) } else { UserFile::Beside(path) }
}
