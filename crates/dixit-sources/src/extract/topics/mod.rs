//! What a text is about: topics of a taxonomy, with the words that gave them.

mod file;
mod tally;
mod terms;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use super::Found;
use super::vocabulary::NumberedText;
use crate::fingerprint::short_hash;
use crate::user::UserFileError;
use file::{File, Row, WordList};
use terms::{Languages, Written};
pub(super) use terms::{Met, Terms};

/// Name of the taxonomy beside an index.
pub const TAXONOMY_FILE: &str = "taxonomy.toml";

/// A hierarchy of topics and the words that tell them.
///
/// ```
/// use dixit_sources::Taxonomy;
///
/// let taxonomy: Taxonomy = r#"
///     [[topic]]
///     name = "sport"
///     en = ["match"]
///     [[topic.sub]]
///     name = "chess"
///     en = ["chess", "grandmaster"]
/// "#.parse()?;
/// let found = taxonomy.find(None, "Two grandmasters met.", Some("en"));
/// assert_eq!(found[0].value, "sport/chess");
/// assert_eq!(taxonomy.resolve("Chess"), Some("sport/chess"));
/// # Ok::<(), dixit_sources::UserFileError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Taxonomy {
    topics: Vec<Topic>,
    terms: Terms,
    names: HashMap<String, usize>,
    /// A hash of the file.
    stamp: String,
}

#[derive(Debug, Clone)]
struct Topic {
    path: String,
    /// The number of its major; its own for a major.
    major: usize,
    code: Option<u32>,
    older_code: Option<u32>,
}

static SHIPPED: LazyLock<Arc<Taxonomy>> = LazyLock::new(|| {
    // The file is part of the program; a test reads it.
    let text = include_str!("../../../data/taxonomy.toml");
    Arc::new(
        Taxonomy::parse(Path::new(TAXONOMY_FILE), text)
            .unwrap_or_else(|error| panic!("the shipped list {error}")),
    )
});

impl Default for Taxonomy {
    /// A copy of [`Taxonomy::shipped`].
    fn default() -> Self {
        Self::shipped().clone()
    }
}

impl PartialEq for Taxonomy {
    /// Those of one text are equal.
    fn eq(&self, other: &Self) -> bool {
        self.stamp == other.stamp
    }
}

impl Eq for Taxonomy {}

impl std::str::FromStr for Taxonomy {
    type Err = UserFileError;

    fn from_str(text: &str) -> Result<Self, UserFileError> {
        Self::parse(Path::new(TAXONOMY_FILE), text)
    }
}

impl Taxonomy {
    /// The taxonomy that comes with dixit, read once.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// The same, to be shared.
    pub(crate) fn shared() -> Arc<Self> {
        Arc::clone(&SHIPPED)
    }

    fn empty(text: &str) -> Self {
        Self {
            topics: Vec::new(),
            terms: Terms::default(),
            names: HashMap::new(),
            stamp: short_hash(text),
        }
    }

    /// Reads the taxonomy in a file: `[[topic]]` tables with `name`, `code`, `aliases`, word lists `en`, `de`,
    /// `fr`, `es`, `zh`, `terms`, `weak`, `bodies` and `decisive`, and `[[topic.sub]]` tables of the same
    /// shape. The head of the shipped file tells what the lists mean.
    ///
    /// # Errors
    /// [`UserFileError`] with the line, when it cannot be read or is no taxonomy.
    pub fn read(path: &Path) -> Result<Self, UserFileError> {
        Self::parse(path, &crate::user::read(path)?)
    }

    /// The same, where no file is the shipped taxonomy.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_if_there(path: &Path) -> Result<Arc<Self>, UserFileError> {
        match crate::user::read_if_there(path)? {
            Some(text) => Ok(Arc::new(Self::parse(path, &text)?)),
            None => Ok(Self::shared()),
        }
    }

    pub(super) fn parse(path: &Path, text: &str) -> Result<Self, UserFileError> {
        let file: File =
            toml::from_str(text).map_err(|error| UserFileError::of_toml(path, text, &error))?;
        let wrong = |(at, why): file::Wrong| UserFileError::wrong(path, text, at, why);
        let mut taxonomy = Self::empty(text);
        for row in file.topic {
            let name = row.name.get_ref().clone();
            let major = taxonomy.topics.len();
            taxonomy.add(name.clone(), major, &row).map_err(wrong)?;
            for sub in &row.sub {
                if let Some(deeper) = sub.sub.first() {
                    let why = "a subtopic has no subtopics of its own";
                    return Err(wrong((deeper.name.span(), why.to_owned())));
                }
                let path = format!("{name}/{}", sub.name.get_ref());
                taxonomy.add(path, major, sub).map_err(wrong)?;
            }
        }
        if taxonomy.topics.is_empty() {
            return Err(wrong((
                0..0,
                "there is no topic: write [[topic]] and its name".to_owned(),
            )));
        }
        taxonomy.terms.seal();
        Ok(taxonomy)
    }

    fn add(&mut self, path: String, major: usize, row: &Row) -> Result<(), file::Wrong> {
        let name = row.name.get_ref();
        if name.contains('/') || !name.chars().any(char::is_alphabetic) {
            let why =
                format!("`{name}` is no name for a topic: write at least one letter and no `/`");
            return Err((row.name.span(), why));
        }
        if self.topics.iter().any(|topic| topic.path == path) {
            let why = format!("the topic `{path}` stands twice: put its words together");
            return Err((row.name.span(), why));
        }
        let topic = self.topics.len();
        self.names.insert(key(&path), topic);
        let aliases = row.aliases.iter().map(toml::Spanned::get_ref);
        for name in std::iter::once(name).chain(aliases) {
            self.names.entry(key(name)).or_insert(topic);
        }
        for (list, term) in row.lists() {
            self.add_term(topic, list, term)?;
        }
        self.topics.push(Topic { path, major, code: row.code, older_code: row.older_code });
        Ok(())
    }

    fn add_term(
        &mut self,
        topic: usize,
        list: WordList,
        term: &toml::Spanned<String>,
    ) -> Result<(), file::Wrong> {
        let written = Written::of(term.get_ref()).map_err(|why| (term.span(), why))?;
        let weight = tally::weight(list, &written);
        self.terms.insert(&written, topic, weight, list.languages());
        Ok(())
    }

    /// Tells which taxonomy it is, in a few letters: nothing for the shipped one.
    pub(crate) fn how(&self) -> &str {
        if *self == **SHIPPED { "" } else { &self.stamp }
    }

    /// The path of a topic that is named by its path, its name or an alias, whatever the case.
    #[must_use]
    pub fn resolve(&self, name: &str) -> Option<&str> {
        self.names.get(&key(name)).map(|&topic| self.topics[topic].path.as_str())
    }

    /// The paths of all topics, majors before their subtopics.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.topics.iter().map(|topic| topic.path.as_str())
    }

    /// The code of the major of a topic in the codebook of the Comparative Agendas Project, and the one that it
    /// was under in older codebooks, where that is another.
    #[must_use]
    pub fn codes(&self, name: &str) -> Option<(u32, Option<u32>)> {
        let topic = &self.topics[*self.names.get(&key(name))?];
        let major = &self.topics[topic.major];
        major.code.map(|code| (code, major.older_code))
    }

    /// The topics of a text, at most five, best first: `major/subtopic`, or the major alone when only its own
    /// words are there. Words count that are listed for the language; without it, or for a language that has
    /// no list, all do. Ranges count bytes of `body`; a topic that only the title shows has none.
    #[must_use]
    pub fn find(
        &self,
        title: Option<&str>,
        body: &str,
        language: Option<&str>,
    ) -> Vec<Found<String>> {
        self.find_in(&mut NumberedText::of(title, body), language)
    }

    /// The same of a text of which the words have numbers.
    pub(super) fn find_in(
        &self,
        text: &mut NumberedText<'_>,
        language: Option<&str>,
    ) -> Vec<Found<String>> {
        tally::find(self, text, Languages::of(language))
    }
}

fn key(name: &str) -> String {
    super::squeeze(name).to_lowercase()
}

#[cfg(test)]
mod tests;
