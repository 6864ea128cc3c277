//! The user's own words in queries: synonyms, names of persons, saved queries.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::Args;
use dixit::Vocabulary;
use dixit_sources::{
    PEOPLE_FILE, People, QUERIES_FILE, SYNONYMS_FILE, UserFile, UserFileError, with_people,
    with_queries, with_synonyms,
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
    /// What is named, else what lies in the folder of an index; and what of it is wrong and left out.
    pub(crate) fn read(
        &self,
        index: Option<&Path>,
        people: Option<&Path>,
    ) -> Result<(Arc<Vocabulary>, Vec<UserFileError>)> {
        let beside = |name: &str| index.map(|index| index.join(name));
        let mut vocabulary = Vocabulary::default();
        match (people, beside(PEOPLE_FILE)) {
            (Some(path), _) => vocabulary = with_people(vocabulary, &People::read(path)?),
            (None, Some(path)) => {
                vocabulary = with_people(vocabulary, &People::read_if_there(&path)?);
            }
            (None, None) => {}
        }
        let files: [(_, _, _, Reader); 2] = [
            (&self.synonyms, "--synonyms", SYNONYMS_FILE, with_synonyms),
            (&self.queries, "--queries", QUERIES_FILE, with_queries),
        ];
        let mut problems = Vec::new();
        for (named, flag, name, with) in files {
            let (more, wrong) = match (named, beside(name)) {
                (Some(path), _) => with(vocabulary, UserFile::Named(path))
                    .with_context(|| format!("{flag} names a file that cannot be read"))?,
                (None, Some(path)) => with(vocabulary, UserFile::Beside(&path))?,
                (None, None) => continue,
            };
            vocabulary = more;
            problems.extend(wrong);
        }
        Ok((Arc::new(vocabulary), problems))
    }
}

/// How a file is added to a vocabulary.
type Reader =
    fn(Vocabulary, UserFile<'_>) -> Result<(Vocabulary, Vec<UserFileError>), UserFileError>;
