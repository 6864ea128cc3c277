//! The user's additions to the language of queries: files of synonyms and of saved queries, and the names
//! in the list of persons.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use dixit::{ParseOptions, Query, Vocabulary};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use super::{People, UserFileError};

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

    /// The text, with blanks for the lines that are none, and which these are.
    fn text(&self) -> Result<(String, Vec<UserFileError>), UserFileError> {
        let path = self.path();
        let bytes = match (self, std::fs::read(path)) {
            (_, Ok(bytes)) => bytes,
            (Self::Beside(_), Err(error)) if error.kind() == ErrorKind::NotFound => Vec::new(),
            (_, Err(source)) => return Err(UserFileError::Io { path: path.to_owned(), source }),
        };
        let (mut text, mut problems) = (String::with_capacity(bytes.len()), Vec::new());
        for (before, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            match std::str::from_utf8(line) {
                Ok(line) => text.push_str(line),
                Err(_) => {
                    text.push('\n');
                    if problems.len() < MOST_PROBLEMS {
                        let (path, line) = (path.to_owned(), before + 1);
                        let why = "this line is not UTF-8; save the file as UTF-8".to_owned();
                        problems.push(UserFileError::Wrong { path, line, why });
                    }
                }
            }
        }
        Ok((text, problems))
    }
}

#[derive(Default, Deserialize)]
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

/// The same vocabulary with the synonyms of a file, and what of it is none and was left out:
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
/// When the file cannot be read.
pub fn with_synonyms(
    mut vocabulary: Vocabulary,
    file: UserFile<'_>,
) -> Result<(Vocabulary, Vec<UserFileError>), UserFileError> {
    let (text, mut problems) = file.text()?;
    let (read, wrong) = good_entries::<SynonymsFile>(file.path(), &text, Entry::Table);
    problems.extend(wrong);
    for entry in read.synonym {
        let at = entry.span();
        let synonym = entry.into_inner();
        match synonym.trouble() {
            Some(why) => problems.push(UserFileError::wrong(file.path(), &text, at, why)),
            None => {
                vocabulary = match &synonym.word {
                    Some(word) => vocabulary.finds(word, &synonym.finds),
                    None => vocabulary.synonyms(&synonym.words),
                }
            }
        }
    }
    problems.sort_by_key(UserFileError::line);
    Ok((vocabulary, problems))
}

impl Synonym {
    /// Why it is none.
    fn trouble(&self) -> Option<&'static str> {
        let Self { words, word, finds } = self;
        let mut all = words.iter().chain(word).chain(finds);
        if all.clone().any(|text| !text.contains(char::is_alphanumeric)) {
            return Some("a synonym needs a letter or a digit");
        }
        if all.any(|text| text.contains(['*', '＊', '~', '～'])) {
            return Some(
                "`*` and `~` leave letters open in queries alone; write out each word that is meant",
            );
        }
        match (word, words.len(), finds.len()) {
            (None, 2.., 0) | (Some(_), 0, 1..) => None,
            _ => Some(
                "a synonym is either `words = [..]`, two or more that mean the same, or \
                 `word = \"..\"` with `finds = [..]`",
            ),
        }
    }
}

/// The same vocabulary with the saved queries of a file, each `name = "query"`, and what of it is none and
/// was left out. Of a query that is not understood as it is written that is told, and it is taken as far as
/// it is understood.
///
/// ```toml
/// quotas = "(quota OR tac) herring -draft"
/// ```
///
/// # Errors
/// When the file cannot be read.
pub fn with_queries(
    mut vocabulary: Vocabulary,
    file: UserFile<'_>,
) -> Result<(Vocabulary, Vec<UserFileError>), UserFileError> {
    let (text, mut problems) = file.text()?;
    let (read, wrong) =
        good_entries::<BTreeMap<String, Spanned<String>>>(file.path(), &text, Entry::Line);
    problems.extend(wrong);
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
            problems.push(UserFileError::wrong(file.path(), &text, query.span(), why));
        }
    }
    problems.sort_by_key(UserFileError::line);
    Ok((std::sync::Arc::unwrap_or_clone(options.vocabulary), problems))
}

/// What one entry of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// From a heading in brackets to the next.
    Table,
    /// A line.
    Line,
}

impl Entry {
    /// How one is written.
    const fn form(self) -> &'static str {
        match self {
            Self::Table => "write `[[synonym]]` and below it `words = [\"..\", \"..\"]`",
            Self::Line => "write each saved query on a line of its own, `name = \"query\"`",
        }
    }
}

/// What a group of synonyms begins with.
const HEADING: &str = "[[synonym]]";

/// After so many mistakes a file is another sort of file, and nothing of it is taken.
const MOST_PROBLEMS: usize = 64;

/// What a file holds besides the entries that are wrong.
fn good_entries<T: DeserializeOwned + Default>(
    path: &Path,
    text: &str,
    entry: Entry,
) -> (T, Vec<UserFileError>) {
    let mut kept = text.to_owned();
    let mut problems: Vec<UserFileError> = Vec::new();
    loop {
        let error = match toml::from_str(&kept) {
            Ok(read) => return (read, problems),
            Err(error) => error,
        };
        let at = error.span().map_or(0, |span| span.start);
        let why = format!("{}; {}", error.message(), entry.form());
        let problem = UserFileError::wrong(path, &kept, at..at, why);
        let without = without(&kept, at, entry);
        problems.push(problem);
        match without.filter(|_| problems.len() < MOST_PROBLEMS) {
            Some(without) => kept = without,
            None => return (T::default(), problems),
        }
    }
}

/// The text with blanks for the entry that holds this place, so that lines keep their numbers. `None`:
/// nothing is there.
fn without(text: &str, at: usize, entry: Entry) -> Option<String> {
    let mut lines: Vec<Cow<'_, str>> = text.split('\n').map(Cow::Borrowed).collect();
    let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
    let wrong = before.iter().filter(|byte| **byte == b'\n').count();
    // At the end of the file, what was not closed is somewhere before.
    let wrong = (0..=wrong).rev().find(|&line| !lines[line].trim().is_empty())?;
    let range = match entry {
        Entry::Line => wrong..wrong + 1,
        Entry::Table => {
            let is_heading = |line: &Cow<'_, str>| {
                let line = line.split('#').next().unwrap_or("").trim();
                line.starts_with('[') && line.ends_with(']')
            };
            // What is right itself follows something that was not closed.
            let is_right = lines[wrong].trim() == HEADING;
            let before = lines[..wrong].iter().rposition(|line| !line.trim().is_empty());
            let wrong = before.filter(|_| is_right).unwrap_or(wrong);
            let begin = lines[..=wrong].iter().rposition(is_heading).unwrap_or(wrong);
            let behind = lines[wrong + 1..].iter().position(is_heading);
            begin..behind.map_or(lines.len(), |behind| wrong + 1 + behind)
        }
    };
    for line in &mut lines[range] {
        *line = Cow::Owned(" ".repeat(line.len()));
    }
    Some(lines.join("\n"))
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

    fn written(text: impl AsRef<[u8]>) -> (tempfile::TempDir, std::path::PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file.toml");
        std::fs::write(&path, text).unwrap();
        (dir, path)
    }

    fn told(problems: &[UserFileError]) -> Vec<String> {
        let told = problems.iter().map(ToString::to_string);
        told.map(|told| told.rsplit("file.toml").next().unwrap().to_owned()).collect()
    }

    fn synonyms(text: &str) -> (Vocabulary, Vec<String>) {
        let (_dir, path) = written(text);
        let (read, problems) =
            with_synonyms(Vocabulary::default(), UserFile::Named(&path)).unwrap();
        (read, told(&problems))
    }

    fn queries(text: &str) -> (Vec<String>, Vec<String>) {
        let (_dir, path) = written(text);
        let (read, problems) =
            with_queries(Vocabulary::default(), UserFile::Beside(&path)).unwrap();
        (read.saved_queries().map(|(name, _)| name.to_owned()).collect(), told(&problems))
    }

    #[test]
    fn synonyms_are_groups_or_one_way() {
        let read = synonyms(
            "[[synonym]]\nwords = ['UN', 'United Nations']\n[[synonym]]\nword = 'vessel'\nfinds = ['trawler']\n",
        );
        let expected =
            Vocabulary::default().synonyms(["UN", "United Nations"]).finds("vessel", ["trawler"]);
        assert_eq!(read, (expected, vec![]));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_costs_nothing_else() {
        const GOOD: &str = "[[synonym]]\nwords = ['UN', 'United Nations']\n";
        let good = Vocabulary::default().synonyms(["UN", "United Nations"]);
        for (text, expected) in [
            ("\n[[synonym]]\nwords = ['UN']\n", ":4: a synonym is either"),
            ("[[synonym]]\nwords = ['UN', '?']\n", ":3: a synonym needs"),
            ("[[synonym]]\nwords = ['a', 'b']\nfinds = ['c']\n", ":3: a synonym is either"),
            ("[[synonym]]\nwords = ['fisher*', 'b']\n", ":3: `*` and `~` leave letters open"),
            ("[[synonym]]\nword = 'b'\nfinds = ['herrng~1']\n", ":3: `*` and `~` leave"),
            ("[[synonym]]\nword = 3\n", ":4: "),
            ("[[synonym]] # ]\nwords = [\n  'a',\n  ['b'],\n]\n", ":6: "),
            ("[[synonym]]\nwords = ['a', 'b'\n", ":"),
            ("[synonyms]\n", ":3: "),
            ("[[synonyms]]\nx = 1\n", ":3: "),
        ] {
            for text in [format!("{GOOD}{text}"), format!("{GOOD}{text}# end\n")] {
                let (read, told) = synonyms(&text);
                assert!(told[0].starts_with(expected), "{text}: {told:?}");
                assert_eq!((read, told.len()), (good.clone(), 1), "{text}: {told:?}");
            }
            let lines = text.lines().count();
            let (read, told) = synonyms(&format!("{text}{GOOD}"));
            assert_eq!((read, told.len()), (good.clone(), 1), "{text}: {told:?}, {lines} lines");
        }
        for (text, kept, expected) in [
            (
                "a = 'herring'\nb = 'tilte:herring'\n",
                "ab",
                ":2: the saved query `b`: there is no field",
            ),
            (
                "a = 'query:c'\nb = 'x'\n",
                "ab",
                ":1: the saved query `a`: there is no saved query `c`",
            ),
            ("a = 3\nb = 'x'\n", "b", ":1: "),
            ("a = 'x'\nb = 'y\nc = 'z'", "ac", ":2: "),
            ("a = 'x'\nherring\nc = 'z'\n", "ac", ":2: "),
            ("a = 'x'\na = 'y'\nc = 'z'\n", "ac", ":2: "),
            ("a = 'x'\nb = \"\"\"y\n", "a", ":"),
        ] {
            let (read, told) = queries(text);
            assert!(told[0].starts_with(expected), "{text}: {told:?}");
            assert_eq!(read.concat(), kept, "{text}: {told:?}");
        }
        let read = queries("b = 'query:a cod'\na = 'date:\"last month\"'\n");
        assert_eq!(read, (vec!["a".to_owned(), "b".to_owned()], vec![]));
        let (read, told) = queries(&"no toml at all\n".repeat(1000));
        assert_eq!((read.len(), told.len()), (0, MOST_PROBLEMS));
    }

    #[test]
    fn a_line_in_another_encoding_costs_itself_alone() {
        let (_dir, path) = written(b"a = 'cod'\nb = 'fl\xFC\xDFe'\nc = 'T\xC3\xBCre'\n");
        let read = with_queries(Vocabulary::default(), UserFile::Named(&path));
        let (read, problems) = read.unwrap();
        let names: Vec<&str> = read.saved_queries().map(|(name, _)| name).collect();
        assert_eq!(names, ["a", "c"]);
        assert_eq!(told(&problems), [":2: this line is not UTF-8; save the file as UTF-8"]);
        // As some editors write it: with a mark at its beginning.
        let (_dir, path) = written("\u{FEFF}a = 'cod'\n");
        let read = with_queries(Vocabulary::default(), UserFile::Named(&path)).unwrap();
        assert_eq!((read.0.saved_queries().count(), read.1.len()), (1, 0));
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
