//! The same statements give the same answers, to the last byte, however they came in.

use dixit::storage::MemoryStorage;
use dixit::{Facet, Index, MatchMode, SearchRequest, Sort, Statement, WriterOptions};
use std::sync::Arc;

use crate::random::Random;

/// A way of taking statements in.
#[derive(Debug, Clone, Copy)]
struct Way {
    threads: usize,
    shuffled: bool,
    /// Statements after which is committed; none, for once at the end.
    every: Option<usize>,
    /// Some are there with another text first.
    replaced: bool,
}

const WAYS: [Way; 6] = [
    Way { threads: 1, shuffled: false, every: None, replaced: false },
    Way { threads: 2, shuffled: false, every: None, replaced: false },
    Way { threads: 1, shuffled: true, every: None, replaced: false },
    Way { threads: 2, shuffled: true, every: Some(60), replaced: false },
    Way { threads: 1, shuffled: true, every: Some(23), replaced: true },
    Way { threads: 2, shuffled: true, every: Some(97), replaced: true },
];

/// Takes the statements in in every way and asks for everything. Returns how many answers were compared, and how
/// many of the queries found something. Sources have to differ.
///
/// # Panics
/// When an answer differs, naming the way and the query.
pub fn check(statements: &[Statement], queries: u64, seed: u64) -> (u64, u64) {
    let mut random = Random::new(seed);
    let requests: Vec<SearchRequest> =
        (0..queries).map(|n| request(statements, n, &mut random)).collect();
    let mut first: Option<Vec<Vec<u8>>> = None;
    let (mut compared, mut hit) = (0, 0);
    for way in WAYS {
        let index = taken_in(statements, way, &mut random);
        let answers: Vec<_> =
            requests.iter().map(|request| index.search(request).unwrap()).collect();
        let bytes: Vec<_> =
            answers.iter().map(|answer| serde_json::to_vec(answer).unwrap()).collect();
        let Some(expected) = &first else {
            hit = answers.iter().filter(|answer| answer.total > 0).count() as u64;
            first = Some(bytes);
            continue;
        };
        for ((one, other), request) in expected.iter().zip(&bytes).zip(&requests) {
            assert!(
                one == other,
                "seed {seed}, {way:?}, {request:?}:\n{}\n{}",
                String::from_utf8_lossy(one),
                String::from_utf8_lossy(other)
            );
            compared += 1;
        }
    }
    (compared, hit)
}

fn taken_in(statements: &[Statement], way: Way, random: &mut Random) -> Index {
    let index = Index::create_on(Arc::new(MemoryStorage::default())).unwrap();
    let options = WriterOptions {
        threads: way.threads,
        memory: 15_000_000 * way.threads,
        ..WriterOptions::default()
    };
    let mut writer = index.writer(&options).unwrap();
    let mut order: Vec<&Statement> = statements.iter().collect();
    if way.shuffled {
        for at in (1..order.len()).rev() {
            order.swap(at, random.place(at + 1));
        }
    }
    if way.replaced {
        for (n, statement) in order.iter().enumerate().filter(|(n, _)| n % 3 == 0) {
            let mut before = Statement::new(
                statement.source.name.clone(),
                format!("{} {}", order[(n + 1) % order.len()].text, statement.text),
            );
            before.language = order[(n + 2) % order.len()].language.clone();
            writer.add(&before).unwrap();
        }
        writer.commit().unwrap();
    }
    for (n, statement) in order.iter().enumerate() {
        if way.replaced {
            writer.remove_source(&statement.source.name);
        }
        writer.add(statement).unwrap();
        if way.every.is_some_and(|every| n % every == every - 1) {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    writer.finish().unwrap();
    index
}

/// A query of what some statement holds, in one of the ways that there are.
fn request(statements: &[Statement], n: u64, random: &mut Random) -> SearchRequest {
    let statement = &statements[random.place(statements.len())];
    let words: Vec<&str> = statement.text.split_whitespace().collect();
    let mut word = || {
        let word = words.get(random.place(words.len().max(1))).copied().unwrap_or("fish");
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let letters = if word.is_ascii() { 40 } else { 2 + random.place(6) };
        word.chars().take(letters).collect::<String>()
    };
    let (one, two, three) = (word(), word(), word());
    let language = statement.language.as_deref().unwrap_or("en");
    let (query, mode) = match n % 10 {
        0 => (one, MatchMode::All),
        1 => (format!("{one} {two}"), MatchMode::All),
        2 => (format!("{one} {two} {three}"), MatchMode::Any),
        3 => (format!("\"{one}\" OR {two}"), MatchMode::All),
        4 => (format!("{one}* {two}"), MatchMode::Any),
        5 => (format!("{one} -{two}"), MatchMode::All),
        6 => (format!("language:{language} {one}"), MatchMode::All),
        7 => (format!("{one}~1 OR {two}"), MatchMode::All),
        8 => (format!("title:{one} OR said:{two} OR {three}"), MatchMode::Any),
        _ => (format!("{one} NEAR/5 {two}"), MatchMode::All),
    };
    let sort = [Sort::Relevance, Sort::Relevance, Sort::Newest, Sort::Oldest][random.place(4)];
    let request = SearchRequest::new(query).match_mode(mode).sort(sort).limit(20);
    let request = request.facet(Facet::Speaker).facet(Facet::Year).facet(Facet::Keyword);
    if n % 7 == 3 { request.language(language) } else { request }
}

/// Statements in many languages, of sentences that the engine's own tests have.
#[must_use]
pub fn made(number: usize, seed: u64) -> Vec<Statement> {
    let texts: Vec<(&str, &str)> = include_str!("../../dixit/tests/it/languages.txt")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect();
    let mut random = Random::new(seed);
    (0..number)
        .map(|n| {
            let (tag, text) = texts[random.place(texts.len())];
            let (_, other) = texts[random.place(texts.len())];
            let mut words: Vec<&str> = text.split_whitespace().collect();
            let by = random.place(words.len());
            words.rotate_left(by);
            let mut statement = Statement::new(
                format!("made/{n}.txt"),
                format!("{} {n}. {other}", words.join(" ")),
            );
            statement.language = (n % 5 > 0).then(|| tag.to_owned());
            statement.title = (n % 3 == 0).then(|| words[0].to_owned());
            statement.keywords = vec![words[words.len() / 2].to_owned()];
            let year = 1990 + random.below(30);
            statement.date = (n % 4 > 0).then(|| format!("{year}-05").parse().unwrap());
            statement.speaker = (n % 2 == 0).then(|| dixit::Person::named(words[words.len() - 1]));
            statement
        })
        .collect()
}
