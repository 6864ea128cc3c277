//! Words of every language in an index find the statements that hold them, and which languages are told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use dixit::analysis::{STEMMED, Stemmer, analyse};
use dixit::{Index, Limits, SearchRequest, Statement, StatementId};
use dixit_sources::extract::language::identify;

use crate::random::Random;

/// All statements of an index.
#[must_use]
pub fn statements(index: &Path) -> (Index, Vec<Statement>) {
    let mut limits = Limits::default();
    limits.window = usize::MAX;
    let index = Index::open(index).unwrap().with_limits(limits);
    let most = index.searcher().unwrap().statements() as usize;
    let request = SearchRequest::new("*").limit(most).snippets(0, 0);
    let hits = index.search(&request).unwrap().hits;
    (index, hits.into_iter().map(|hit| hit.statement).collect())
}

/// What was looked for in one language.
#[derive(Debug, Default)]
pub struct Looked {
    pub statements: usize,
    pub words: usize,
    pub names: usize,
    /// Statements that hold one of them.
    pub holding: usize,
    /// Those that were not found, each with what it holds.
    pub lost: Vec<String>,
}

/// Looks for so many words and names of each language of an index in all of its statements.
///
/// Which statements hold a word is told without the engine's analysis: where the same letters stand between
/// other characters; in scripts without spaces anywhere.
#[must_use]
pub fn look(
    index: &Index,
    all: &[Statement],
    number: usize,
    seed: u64,
) -> BTreeMap<String, Looked> {
    let mut random = Random::new(seed);
    let mut by_language: BTreeMap<String, Vec<&Statement>> = BTreeMap::new();
    for statement in all {
        let language = statement.language.as_deref().unwrap_or("unknown");
        by_language.entry(language.to_owned()).or_default().push(statement);
    }
    let held = Held::of(all);
    let mut looked = BTreeMap::new();
    for (language, statements) in by_language {
        let mut of_language = Looked { statements: statements.len(), ..Looked::default() };
        for word in words(&statements, number, &mut random) {
            let expected = held.by(&word);
            let found = ids(index, &SearchRequest::new(word.as_str()).literal());
            of_language.words += 1;
            of_language.compare(&word, &expected, &found);
        }
        for name in names(&statements, number, &mut random) {
            let expected: BTreeSet<StatementId> = all
                .iter()
                .filter(|statement| {
                    statement
                        .speaker
                        .as_ref()
                        .is_some_and(|speaker| speaker.name.as_ref() == Some(&name))
                })
                .map(|statement| statement.id)
                .collect();
            let request =
                SearchRequest::new("*").filter(dixit::query::Field::Speaker, name.as_str());
            of_language.names += 1;
            of_language.compare(&name, &expected, &ids(index, &request));
        }
        looked.insert(language, of_language);
    }
    looked
}

impl Looked {
    fn compare(
        &mut self,
        what: &str,
        expected: &BTreeSet<StatementId>,
        found: &BTreeSet<StatementId>,
    ) {
        self.holding += expected.len();
        self.lost.extend(expected.difference(found).map(|id| format!("{what}: {id}")));
    }
}

fn ids(index: &Index, request: &SearchRequest) -> BTreeSet<StatementId> {
    let most = index.searcher().unwrap().statements() as usize;
    let request = request.clone().limit(most).snippets(0, 0);
    index.search(&request).unwrap().hits.into_iter().map(|hit| hit.statement.id).collect()
}

/// Which statements hold a word.
struct Held<'s> {
    all: &'s [Statement],
    by_word: BTreeMap<&'s str, BTreeSet<StatementId>>,
}

impl<'s> Held<'s> {
    fn of(all: &'s [Statement]) -> Self {
        let mut by_word: BTreeMap<&str, BTreeSet<StatementId>> = BTreeMap::new();
        for statement in all {
            for word in plain_words(&statement.text) {
                by_word.entry(word).or_default().insert(statement.id);
            }
        }
        Self { all, by_word }
    }

    fn by(&self, word: &str) -> BTreeSet<StatementId> {
        if !word.chars().all(is_unspaced) {
            return self.by_word.get(word).cloned().unwrap_or_default();
        }
        let holding = self.all.iter().filter(|statement| statement.text.contains(word));
        holding.map(|statement| statement.id).collect()
    }
}

/// Letters between other characters. Marks belong to the letter before them.
fn plain_words(text: &str) -> impl Iterator<Item = &str> {
    let parts = |c: char| !(c.is_alphanumeric() || is_mark(c)) || is_unspaced(c);
    text.split(parts).filter(|word| word.chars().any(char::is_alphanumeric))
}

fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0xAD | 0x300..=0x36F | 0x591..=0x5C7 | 0x610..=0x61A | 0x64B..=0x65F | 0x200C | 0x200D)
}

/// Han, kana, Hangul.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x3005 | 0x3041..=0x30FF | 0x3400..=0x9FFF | 0xAC00..=0xD7A3)
}

/// Different words of the statements; of a script without spaces one to four characters in a row.
fn words(statements: &[&Statement], number: usize, random: &mut Random) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for _ in 0..number * 40 {
        if words.len() == number {
            break;
        }
        let text = &statements[random.place(statements.len())].text;
        let runs: Vec<&str> =
            text.split(|c| !is_unspaced(c)).filter(|run| !run.is_empty()).collect();
        if runs.is_empty() {
            let plain: Vec<&str> = plain_words(text).collect();
            if !plain.is_empty() {
                words.insert(plain[random.place(plain.len())].to_owned());
            }
            continue;
        }
        let run: Vec<char> = runs[random.place(runs.len())].chars().collect();
        let from = random.place(run.len());
        let to = (from + 1 + random.place(4)).min(run.len());
        words.insert(run[from..to].iter().collect());
    }
    words
}

fn names(statements: &[&Statement], number: usize, random: &mut Random) -> BTreeSet<String> {
    let mut names: Vec<&String> = statements
        .iter()
        .filter_map(|statement| statement.speaker.as_ref()?.name.as_ref())
        .filter(|name| name.chars().any(char::is_alphanumeric))
        .collect();
    names.sort_unstable();
    names.dedup();
    while names.len() > number {
        names.swap_remove(random.place(names.len()));
    }
    names.into_iter().cloned().collect()
}

/// Every word of the statements, by the stemmer of every language: a scan of the whole dictionary finds no form that
/// the scan of a query does not come upon. Returns how many words there were.
///
/// # Panics
/// When one is missed.
#[must_use]
pub fn no_form_is_missed(all: &[Statement]) -> usize {
    let mut terms = BTreeSet::new();
    for statement in all {
        let mut tokens = analyse(&statement.text, None);
        while let Some(token) = tokens.next_token() {
            if !terms.contains(token.term) {
                terms.insert(token.term.to_owned());
            }
        }
    }
    for stemmer in STEMMED.iter().filter_map(|language| Stemmer::of(language)) {
        for term in terms.iter().filter(|term| stemmer.fits(term)) {
            let stem = stemmer.stem(term);
            let is_come_upon =
                stemmer.beginnings(&stem).iter().any(|beginning| term.starts_with(beginning))
                    && stemmer.longest(&stem).is_none_or(|most| term.chars().count() <= most);
            assert!(is_come_upon, "{stemmer:?} {term} {stem}");
        }
    }
    terms.len()
}

/// How the language of statements is told, by the folder of their sources.
#[derive(Debug, Default)]
pub struct Told {
    pub right: usize,
    pub none: usize,
    /// By the language that was told.
    pub wrong: BTreeMap<String, usize>,
}

/// Tells the language of each statement from its text alone, where its folder is of one language: rows of a folder
/// under `corpora`, a length of texts in letters, and what was told.
#[must_use]
pub fn told(all: &[Statement]) -> BTreeMap<(String, &'static str), Told> {
    let mut told: BTreeMap<_, Told> = BTreeMap::new();
    for statement in all {
        let Some((folder, expected)) = known(&statement.source.name) else { continue };
        let letters = statement.text.chars().filter(|c| c.is_alphabetic()).count();
        let length = match letters {
            0..20 => "under 20",
            20..80 => "under 80",
            80..400 => "under 400",
            _ => "longer",
        };
        let row = told.entry((folder, length)).or_default();
        match identify(&statement.text) {
            None => row.none += 1,
            Some(found) if expected.contains(&found.value.split('-').next().unwrap_or("")) => {
                row.right += 1;
            }
            Some(found) => *row.wrong.entry(found.value).or_default() += 1,
        }
    }
    told
}

/// The folder of a source, and the languages that its statements may be in.
fn known(source: &str) -> Option<(String, &'static [&'static str])> {
    let folder = source.split('/').next()?;
    let languages: &[&str] = match folder {
        "aph-hansard-xml"
        | "nltk-inaugural"
        | "sec-speeches-json"
        | "singapore-hansard"
        | "theyworkforyou-xml"
        | "uk-historic-hansard-xml"
        | "us-congressional-record"
        | "us-presidential-debates-csv"
        | "wh-briefings-md"
        | "whitehouse-html"
        | "akomantoso-za"
        | "pacific-hansard-html" => &["en"],
        "bundestag-xml" | "parlamint-at-tei" => &["de"],
        "parlamint-es-tei" => &["es"],
        "parlamint-es-ga-tei" | "galicia-plain-txt" => &["gl", "es"],
        "parlamint-hu-tei" => &["hu"],
        "china-mfa-html-zh" | "china-mfa-remarks-zh" | "legco-hk-txt-json" => &["zh"],
        "kokkai-ja-json" => &["ja"],
        "un-ga79-txt" => {
            let name = source.rsplit('/').next()?.strip_suffix(".txt")?;
            let language = ["ar", "en", "es", "fr", "it", "pt", "ru"]
                .into_iter()
                .find(|tag| name.ends_with(&format!("_{tag}")))?;
            return Some((format!("{folder} {language}"), one(language)));
        }
        _ => return None,
    };
    Some((folder.to_owned(), languages))
}

fn one(language: &'static str) -> &'static [&'static str] {
    match language {
        "ar" => &["ar"],
        "es" => &["es"],
        "fr" => &["fr"],
        "it" => &["it"],
        "pt" => &["pt"],
        "ru" => &["ru"],
        _ => &["en"],
    }
}
