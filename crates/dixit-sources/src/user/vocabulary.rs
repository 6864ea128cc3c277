//! The user's additions to the language of queries: files of synonyms and of saved queries, and the names
//! in the list of persons.

use std::collections::BTreeMap;
use std::path::Path;

use dixit::{ParseOptions, Query, Vocabulary};
use serde::Deserialize;
use toml::Spanned;

use super::{People, UserFileError, read, read_if_there};

/// Name of the file of synonyms beside an index.
pub const SYNONYMS_FILE: &str = "synonyms.toml";

/// Name of the file of saved queries beside an index.
pub const QUERIES_FILE: &str = "queries.toml";

/// A file of the user's: one that was named has to be there, one beside an index need not be.
#[derive(Debug, Clone, Copy)]
pub enum UserFile<'p> {
    /// Named by the user.
    Named(&'p Path),
    /// Beside an index.
    Beside(&'p Path),
}

impl UserFile<'_> {
    fn path(&self) -> &Path {
        match self {
            Self::Named(path) | Self::Beside(path) => path,
        }
    }

    fn text(&self) -> Result<String, UserFileError> {
        match self {
            Self::Named(path) => read(path),
            Self::Beside(path) => Ok(read_if_there(path)?.unwrap_or_default()),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SynonymsFile {
    #[serde(default)]
    synonym: Vec<Spanned<Synonym>>,
}

/// Words that all mean the same, or one that finds others.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Synonym {
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    word: Option<String>,
    #[serde(default)]
    finds: Vec<String>,
}

/// The same vocabulary with the synonyms of a file:
///
/// ```toml
/// [[synonym]]
/// words = ["UN", "United Nations", "联合国"]   # each finds all
///
/// [[synonym]]
/// word = "vessel"                             # finds the others, which do not find it
/// finds = ["trawler", "fishing boat"]
/// ```
///
/// # Errors
/// When the file cannot be read or is not like this; the error names the line.
pub fn with_synonyms(
    mut vocabulary: Vocabulary,
    file: UserFile<'_>,
) -> Result<Vocabulary, UserFileError> {
    let text = file.text()?;
    let read: SynonymsFile = toml::from_str(&text)
        .map_err(|error| UserFileError::of_toml(file.path(), &text, &error))?;
    for entry in read.synonym {
        let at = entry.span();
        let Synonym { words, word, finds } = entry.into_inner();
        let is_blank = |text: &String| !text.contains(char::is_alphanumeric);
        let all = words.iter().chain(&word).chain(&finds);
        vocabulary = match (word.as_deref(), words.len(), finds.len()) {
            _ if all.into_iter().any(is_blank) => {
                let why = "a synonym needs a letter or a digit";
                return Err(UserFileError::wrong(file.path(), &text, at, why));
            }
            (None, 2.., 0) => vocabulary.synonyms(&words),
            (Some(word), 0, 1..) => vocabulary.finds(word, &finds),
            _ => {
                let why = "a synonym is either `words = [..]`, two or more that mean the same, or \
                           `word = \"..\"` with `finds = [..]`";
                return Err(UserFileError::wrong(file.path(), &text, at, why));
            }
        };
    }
    Ok(vocabulary)
}

/// The same vocabulary with the saved queries of a file, each `name = "query"`.
///
/// ```toml
/// quotas = "(quota OR tac) herring -draft"
/// ```
///
/// # Errors
/// When the file cannot be read, is not like this, or holds a query that is not understood as it is
/// written; the error names the line.
pub fn with_queries(
    mut vocabulary: Vocabulary,
    file: UserFile<'_>,
) -> Result<Vocabulary, UserFileError> {
    let text = file.text()?;
    let read: BTreeMap<String, Spanned<String>> = toml::from_str(&text)
        .map_err(|error| UserFileError::of_toml(file.path(), &text, &error))?;
    for (name, query) in &read {
        vocabulary = vocabulary.saved(name, query.get_ref());
    }
    let today = Some(jiff::civil::date(2000, 1, 1));
    let options = ParseOptions {
        vocabulary: std::sync::Arc::new(vocabulary),
        today,
        ..ParseOptions::default()
    };
    for (name, query) in &read {
        if let Some(note) = Query::parse(query.get_ref(), &options).notes.first() {
            let why = format!("the saved query `{name}`: {note}");
            return Err(UserFileError::wrong(file.path(), &text, query.span(), why));
        }
    }
    Ok(std::sync::Arc::unwrap_or_clone(options.vocabulary))
}

/// The same vocabulary with the names of the persons of a list: `speaker:` finds each by all of them.
#[must_use]
pub fn with_people(vocabulary: Vocabulary, people: &People) -> Vocabulary {
    people.persons().fold(vocabulary, |vocabulary, person| {
        let names = std::iter::once(&person.name).chain(&person.aliases);
        vocabulary.person(names)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file.toml");
        std::fs::write(&path, text).unwrap();
        (dir, path)
    }

    fn synonyms(text: &str) -> Result<Vocabulary, String> {
        let (_dir, path) = written(text);
        with_synonyms(Vocabulary::default(), UserFile::Named(&path))
            .map_err(|error| error.to_string().rsplit("file.toml").next().unwrap().to_owned())
    }

    fn queries(text: &str) -> Result<Vocabulary, String> {
        let (_dir, path) = written(text);
        with_queries(Vocabulary::default(), UserFile::Beside(&path))
            .map_err(|error| error.to_string().rsplit("file.toml").next().unwrap().to_owned())
    }

    #[test]
    fn synonyms_are_groups_or_one_way() {
        let read = synonyms(
            "[[synonym]]\nwords = ['UN', 'United Nations']\n[[synonym]]\nword = 'vessel'\nfinds = ['trawler']\n",
        );
        let expected =
            Vocabulary::default().synonyms(["UN", "United Nations"]).finds("vessel", ["trawler"]);
        assert_eq!(read, Ok(expected));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, expected) in [
            ("\n[[synonym]]\nwords = ['UN']\n", ":2: a synonym is either"),
            ("[[synonym]]\nwords = ['UN', '?']\n", ":1: a synonym needs"),
            ("[[synonym]]\nwords = ['a', 'b']\nfinds = ['c']\n", ":1: a synonym is either"),
            ("[[synonym]]\nword = 3\n", ":2: "),
            ("[[synonyms]]\n", ":1: "),
        ] {
            let error = synonyms(text).unwrap_err();
            assert!(error.starts_with(expected), "{text}: {error}");
        }
        for (text, expected) in [
            ("a = 'herring'\nb = 'tilte:herring'\n", ":2: the saved query `b`: there is no field"),
            ("a = 'query:c'\n", ":1: the saved query `a`: there is no saved query `c`"),
            ("a = 3\n", ":1: "),
        ] {
            let error = queries(text).unwrap_err();
            assert!(error.starts_with(expected), "{text}: {error}");
        }
        let read = queries("b = 'query:a cod'\na = 'date:\"last month\"'\n").unwrap();
        assert_eq!(read.saved_queries().map(|(name, _)| name).collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn a_file_beside_an_index_need_not_be_there_and_a_named_one_must() {
        let missing = Path::new("no-such-folder/synonyms.toml");
        assert!(with_synonyms(Vocabulary::default(), UserFile::Beside(missing)).is_ok());
        assert!(with_synonyms(Vocabulary::default(), UserFile::Named(missing)).is_err());
    }

    #[test]
    fn persons_are_found_by_all_their_names() {
        let people: People = "[[person]]\nname = 'Ada Rask'\naliases = ['阿达']\n".parse().unwrap();
        let expected = Vocabulary::default().person(["Ada Rask", "阿达"]);
        assert_eq!(with_people(Vocabulary::default(), &people), expected);
    }
}
