//! What is the cheaper way to have a word found in all its forms, and also just as written?
//!
//! - **two fields**: the words as written in one, their stems in another, both with positions. A
//!   query looks up one stem.
//! - **joined**: the words as written alone. A query looks through the dictionary for the terms with
//!   its stem, and joins their postings. This is what dixit does.
//!
//! Both are bare tantivy programs over dixit's own analysis and English stemmer, whatever the
//! language of a text, so that they differ in this alone and find the same: the bench says for how
//! many queries they do not. Nothing is stored, so the sizes are those of the word indexes.
//!
//! ```sh
//! cargo bench -p dixit-benches --bench stemming
//! ```
//!
//! The corpus is invented from a fixed seed; `DIXIT_BENCH_FILE=statements.jsonl` measures on your
//! own (fields `text`, `title`, `speaker`, `date`, `language`).
#![allow(clippy::print_stdout, reason = "a bench shows what it measured")]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use dixit::analysis::{self, Stemmer, analyse};
use dixit_benches::{Clock, Corpus, Random, Samples, folder_bytes, megabytes, rounds};
use tantivy::collector::{Count, TopDocs};
use tantivy::indexer::IndexWriterOptions;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};
use tantivy::{IndexWriter, Searcher, TantivyDocument, Term};

/// Queries of one word, and of two.
const QUERIES: usize = 200;

/// Seed of the choice of queries.
const SEED: u64 = 200;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    TwoFields,
    Joined,
}

/// What the rounds gave for one way.
#[derive(Default)]
struct Side {
    seconds: Samples,
    cpu: Samples,
    bytes: u64,
    segments: usize,
    /// Microseconds of each query in each round, and the best ten with and without their count.
    one_word: Times,
    two_words: Times,
}

#[derive(Default)]
struct Times {
    counted: Samples,
    ten: Samples,
    /// Hits of each query, to compare.
    hits: Vec<usize>,
}

/// An index made in one way, open for queries.
struct Made {
    way: Way,
    searcher: Searcher,
    exact: Field,
    stems: Field,
    stemmer: Arc<Stemmer>,
}

fn main() -> Result<()> {
    let corpus = Corpus::load()?;
    let stemmer = Arc::new(Stemmer::of("en").context("the English stemmer")?);
    let (one_word, two_words) = queries(&corpus);
    let (mut two_fields, mut joined) = (Side::default(), Side::default());
    for round in 0..rounds() {
        let mut ways = [Way::TwoFields, Way::Joined];
        if round % 2 == 1 {
            ways.reverse();
        }
        let mut made = Vec::new();
        for way in ways {
            let folder = tempfile::tempdir()?;
            let side = if way == Way::Joined { &mut joined } else { &mut two_fields };
            made.push((build(way, &corpus, folder.path(), &stemmer, side)?, folder));
        }
        // Query by query in turns, so that whatever else the machine does hits both alike.
        for (made, _) in &made {
            let side = if made.way == Way::Joined { &mut joined } else { &mut two_fields };
            side.one_word.hits.clear();
            side.two_words.hits.clear();
        }
        for (kind, queries) in [&one_word, &two_words].into_iter().enumerate() {
            for query in queries {
                for (made, _) in &made {
                    let side = if made.way == Way::Joined { &mut joined } else { &mut two_fields };
                    let times = if kind == 0 { &mut side.one_word } else { &mut side.two_words };
                    made.ask(query, times)?;
                }
            }
        }
    }
    report(&corpus, &two_fields, &joined);
    Ok(())
}

/// Words of at least four letters as they occur in the corpus, frequent ones more often; for two
/// words, both from one statement, so that there is something to find.
fn queries(corpus: &Corpus) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    let mut random = Random::new(SEED);
    let (mut one, mut two) = (Vec::new(), Vec::new());
    // A corpus without such words ends the search too.
    for _ in 0..QUERIES * 100 {
        let record = &corpus.records[random.below(corpus.records.len())];
        let mut words = Vec::new();
        let mut tokens = analyse(&record.text, None);
        while let Some(token) = tokens.next_token() {
            if token.term.len() >= 4 && token.term.bytes().all(|byte| byte.is_ascii_lowercase()) {
                words.push(token.term.to_owned());
            }
        }
        if words.len() < 2 {
            continue;
        }
        let first = words.swap_remove(random.below(words.len()));
        if one.len() < QUERIES {
            one.push(vec![first]);
        } else if two.len() < QUERIES {
            let second = words.swap_remove(random.below(words.len()));
            if second != first {
                two.push(vec![first, second]);
            }
        } else {
            break;
        }
    }
    (one, two)
}

fn build(
    way: Way,
    corpus: &Corpus,
    folder: &Path,
    stemmer: &Arc<Stemmer>,
    side: &mut Side,
) -> Result<Made> {
    let words = |tokenizer: &str| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        TextOptions::default().set_indexing_options(indexing)
    };
    let mut schema = Schema::builder();
    let exact = schema.add_text_field("exact", words("exact"));
    let stems = match way {
        Way::TwoFields => schema.add_text_field("stems", words("stems")),
        Way::Joined => exact,
    };
    let index = tantivy::Index::create_in_dir(folder, schema.build())?;
    index.tokenizers().register("exact", TextAnalyzer::from(Words { stemmer: None }));
    let stemming = Words { stemmer: Some(Arc::clone(stemmer)) };
    index.tokenizers().register("stems", TextAnalyzer::from(stemming));

    let clock = Clock::start();
    // One thread, so that the number of segments, which queries feel, is a matter of memory alone.
    let options = IndexWriterOptions::builder()
        .num_worker_threads(1)
        .memory_budget_per_thread(128 << 20)
        .num_merge_threads(1)
        .build();
    let mut writer: IndexWriter = index.writer_with_options(options)?;
    for record in &corpus.records {
        let mut document = TantivyDocument::new();
        document.add_text(exact, &record.text);
        if way == Way::TwoFields {
            document.add_text(stems, &record.text);
        }
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    let took = clock.took();
    side.seconds.push(took.wall);
    side.cpu.push(took.cpu);
    side.bytes = folder_bytes(folder)?;
    let searcher = index.reader()?.searcher();
    side.segments = searcher.segment_readers().len();
    Ok(Made { way, searcher, exact, stems, stemmer: Arc::clone(stemmer) })
}

impl Made {
    /// Times a query: the best ten and how many there are, then the best ten alone.
    fn ask(&self, words: &[String], times: &mut Times) -> Result<()> {
        let start = Instant::now();
        let query = self.query(words)?;
        let best = TopDocs::with_limit(10).order_by_score();
        let (_, hits) = self.searcher.search(query.as_ref(), &(best, Count))?;
        times.counted.push(start.elapsed().as_secs_f64() * 1e6);
        times.hits.push(hits);

        let start = Instant::now();
        let query = self.query(words)?;
        self.searcher.search(query.as_ref(), &TopDocs::with_limit(10).order_by_score())?;
        times.ten.push(start.elapsed().as_secs_f64() * 1e6);
        Ok(())
    }

    fn query(&self, words: &[String]) -> Result<Box<dyn Query>> {
        let mut all = Vec::with_capacity(words.len());
        for word in words {
            all.push((Occur::Must, self.word(word)?));
        }
        if all.len() == 1 {
            return all.pop().map(|(_, query)| query).context("a query without words");
        }
        Ok(Box::new(BooleanQuery::new(all)))
    }

    /// A word in all its forms.
    fn word(&self, word: &str) -> Result<Box<dyn Query>> {
        let stem = self.stemmer.stem(word);
        let of = |field: Field, term: &str| -> Box<dyn Query> {
            let term = Term::from_field_text(field, term);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        };
        match self.way {
            Way::TwoFields => Ok(of(self.stems, &stem)),
            Way::Joined => {
                let forms = self.forms(&stem)?;
                let forms = forms.iter().map(|form| (Occur::Should, of(self.exact, form)));
                Ok(Box::new(BooleanQuery::new(forms.collect())))
            }
        }
    }

    /// The terms of the index that have this stem.
    fn forms(&self, stem: &str) -> Result<Vec<String>> {
        let mut forms = Vec::new();
        for beginning in self.stemmer.beginnings(stem) {
            let prefix = beginning.as_bytes();
            for segment in self.searcher.segment_readers() {
                let index = segment.inverted_index(self.exact)?;
                let mut entries = index.terms().range().ge(prefix).into_stream()?;
                while entries.advance() && entries.key().starts_with(prefix) {
                    if let Ok(term) = std::str::from_utf8(entries.key())
                        && self.stemmer.stem(term) == stem
                    {
                        forms.push(term.to_owned());
                    }
                }
            }
        }
        forms.sort_unstable();
        forms.dedup();
        Ok(forms)
    }
}

fn report(corpus: &Corpus, two_fields: &Side, joined: &Side) {
    println!(
        "stemming on {}: {} statements, {:.1} MB of text, {} rounds",
        corpus.name,
        corpus.records.len(),
        megabytes(corpus.bytes()),
        rounds()
    );
    let line = |name: &str, one: String, other: String, ratio: f64| {
        println!("{name:36}{one:>18}{other:>18}{ratio:>14.2}");
    };
    println!("{:36}{:>18}{:>18}{:>14}", "median", "two fields", "joined", "joined / two");
    let row = |name: &str, one: &Samples, other: &Samples| {
        let cell = |side: &Samples| format!("{:.2} (best {:.2})", side.median(), side.min());
        line(name, cell(one), cell(other), other.ratio(one).median());
    };
    row("indexing, seconds", &two_fields.seconds, &joined.seconds);
    row("indexing, processor seconds", &two_fields.cpu, &joined.cpu);
    let megabytes = [two_fields, joined].map(|side| megabytes(side.bytes));
    let [one, other] = megabytes;
    line("index, MB", format!("{one:.1}"), format!("{other:.1}"), other / one);
    let segments = [two_fields.segments, joined.segments];
    let ratio = segments[1] as f64 / segments[0] as f64;
    line("  segments", segments[0].to_string(), segments[1].to_string(), ratio);

    let microseconds = |name: &str, one: &Samples, other: &Samples| {
        let cell = |side: &Samples, at: f64| format!("{:.0}", side.at(at));
        for (what, at) in [("median", 0.5), ("19 of 20 within", 0.95), ("worst", 1.0)] {
            let name = format!("{name}, {what}");
            line(&name, cell(one, at), cell(other, at), other.at(at) / one.at(at));
        }
    };
    println!("microseconds a query, with the number of hits:");
    microseconds("  one word", &two_fields.one_word.counted, &joined.one_word.counted);
    microseconds("  two words", &two_fields.two_words.counted, &joined.two_words.counted);
    println!("microseconds a query, the best ten alone:");
    microseconds("  one word", &two_fields.one_word.ten, &joined.one_word.ten);
    microseconds("  two words", &two_fields.two_words.ten, &joined.two_words.ten);
    for (name, one, other) in [
        ("one word", &two_fields.one_word, &joined.one_word),
        ("two words", &two_fields.two_words, &joined.two_words),
    ] {
        let differ = one.hits.iter().zip(&other.hits).filter(|(one, other)| one != other).count();
        println!("{name}: {} queries, {differ} with other numbers of hits", one.hits.len());
    }
}

/// dixit's analysis in the shape that tantivy asks for, with or without stems.
#[derive(Clone)]
struct Words {
    stemmer: Option<Arc<Stemmer>>,
}

struct WordStream<'t> {
    tokens: analysis::Tokens<'t>,
    stemmer: Option<Arc<Stemmer>>,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'t> = WordStream<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> WordStream<'t> {
        let stemmer = self.stemmer.clone();
        WordStream { tokens: analyse(text, None), stemmer, token: Token::default() }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(token) = self.tokens.next_token() else { return false };
        self.token.text.clear();
        match &self.stemmer {
            Some(stemmer) => self.token.text.push_str(&stemmer.stem(token.term)),
            None => self.token.text.push_str(token.term),
        }
        self.token.position = token.position as usize;
        self.token.offset_from = token.start;
        self.token.offset_to = token.end;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
