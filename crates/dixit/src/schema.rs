//! How a statement lies in the index: the one place that knows its fields.
//!
//! | field | holds | indexed | column |
//! |---|---|---|---|
//! | `doc` | `statement`, `spoken`, or `source` | term | |
//! | `id` | the id; the source's own record key | term | |
//! | `rank_key` | first 60 bits of the id | | u64 |
//! | `source_key` | what a source is removed by | term, stored | |
//! | `reading` | which reading of its source it is of: what it is replaced by | term | |
//! | `title`, `text`, `topic`, `keyword` | words, with lengths for ranking | positions | |
//! | `reference` | what it cites, as written and in its [one form](reference_form) | positions | |
//! | `said` | what an article or release attributes to someone | positions | |
//! | `speaker`, `role`, … `source` | names, words without lengths | positions | |
//! | `language`, `kind` | tags | term | |
//! | `from`, `to` | first and last day that the date may mean | | i64 |
//! | `*_count` | speaker, topic, keyword as shown, for counting | | str |
//! | `year` | year of the date | | i64 |
//! | `json` | the statement, or what is known of a source | stored | |

use tantivy::TantivyDocument;
use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

use crate::analysis::{self, reference_form};
use crate::date::day_number;
use crate::index::SourceRecord;
use crate::limits::MAX_COUNTED_BYTES;
use crate::statement::{Person, Statement};

/// Version of this layout. An index made with another one is refused.
pub const SCHEMA_VERSION: u32 = 5;

/// How many positions lie between one value of a field and the next: more than nearness reaches.
const VALUE_GAP: usize = crate::query::FARTHEST as usize + 2;

/// Name under which the analysis is registered with the engine.
const TOKENIZER: &str = "dixit";

/// Terms of the field `doc`.
pub(crate) mod doc {
    /// Every statement has it.
    pub(crate) const STATEMENT: &str = "statement";
    /// Statements whose whole text was said by their speaker.
    pub(crate) const SPOKEN: &str = "spoken";
    /// What is known of a source: not a statement.
    pub(crate) const SOURCE: &str = "source";
}

/// The fields, by the names in the table above.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub(crate) doc: Field,
    pub(crate) id: Field,
    pub(crate) rank_key: Field,
    pub(crate) source_key: Field,
    pub(crate) reading: Field,
    pub(crate) title: Field,
    pub(crate) text: Field,
    pub(crate) topic: Field,
    pub(crate) keyword: Field,
    pub(crate) reference: Field,
    pub(crate) said: Field,
    pub(crate) speaker: Field,
    pub(crate) role: Field,
    pub(crate) affiliation: Field,
    pub(crate) party: Field,
    pub(crate) country: Field,
    pub(crate) event: Field,
    pub(crate) source: Field,
    pub(crate) language: Field,
    pub(crate) kind: Field,
    pub(crate) from: Field,
    pub(crate) to: Field,
    pub(crate) year: Field,
    pub(crate) speaker_count: Field,
    pub(crate) topic_count: Field,
    pub(crate) keyword_count: Field,
    pub(crate) json: Field,
}

/// Names of the columns, which the engine opens by name.
pub(crate) mod column {
    pub(crate) const RANK_KEY: &str = "rank_key";
    pub(crate) const FROM: &str = "from";
    pub(crate) const TO: &str = "to";
    pub(crate) const YEAR: &str = "year";
    pub(crate) const SPEAKER: &str = "speaker_count";
    pub(crate) const TOPIC: &str = "topic_count";
    pub(crate) const KEYWORD: &str = "keyword_count";
}

/// Builds the schema.
pub(crate) fn build() -> (Schema, Fields) {
    let words = |lengths: bool| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_fieldnorms(lengths)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        TextOptions::default().set_indexing_options(indexing)
    };
    let term = || {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic);
        TextOptions::default().set_indexing_options(indexing)
    };
    let counted = || TextOptions::default().set_fast("raw");
    let number = || NumericOptions::default().set_fast();

    let mut schema = Schema::builder();
    let fields = Fields {
        doc: schema.add_text_field("doc", term()),
        id: schema.add_text_field("id", term()),
        rank_key: schema.add_u64_field(column::RANK_KEY, number()),
        source_key: schema.add_text_field("source_key", term().set_stored()),
        reading: schema.add_text_field("reading", term()),
        title: schema.add_text_field("title", words(true)),
        text: schema.add_text_field("text", words(true)),
        topic: schema.add_text_field("topic", words(true)),
        keyword: schema.add_text_field("keyword", words(true)),
        reference: schema.add_text_field("reference", words(false)),
        said: schema.add_text_field("said", words(true)),
        speaker: schema.add_text_field("speaker", words(false)),
        role: schema.add_text_field("role", words(false)),
        affiliation: schema.add_text_field("affiliation", words(false)),
        party: schema.add_text_field("party", words(false)),
        country: schema.add_text_field("country", words(false)),
        event: schema.add_text_field("event", words(false)),
        source: schema.add_text_field("source", words(false)),
        language: schema.add_text_field("language", term()),
        kind: schema.add_text_field("kind", term()),
        from: schema.add_i64_field(column::FROM, number()),
        to: schema.add_i64_field(column::TO, number()),
        year: schema.add_i64_field(column::YEAR, number()),
        speaker_count: schema.add_text_field(column::SPEAKER, counted()),
        topic_count: schema.add_text_field(column::TOPIC, counted()),
        keyword_count: schema.add_text_field(column::KEYWORD, counted()),
        // As text: the engine reads bytes one at a time.
        json: schema.add_text_field("json", TextOptions::default().set_stored()),
    };
    (schema.build(), fields)
}

/// Makes the analysis known to an index.
pub(crate) fn register_analysis(index: &tantivy::Index) {
    index.tokenizers().register(TOKENIZER, TextAnalyzer::from(EngineTokenizer));
}

/// The statement as the engine takes it.
pub(crate) fn document(
    fields: &Fields,
    key: &str,
    reading: &str,
    statement: &Statement,
    json: &str,
) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_text(fields.doc, doc::STATEMENT);
    if statement.kind.is_spoken() {
        document.add_text(fields.doc, doc::SPOKEN);
    }
    document.add_text(fields.id, statement.id.as_str());
    if let Some(record) = statement.source.record.as_deref()
        && record.len() <= MAX_COUNTED_BYTES
    {
        document.add_text(fields.id, record);
    }
    document.add_u64(fields.rank_key, statement.id.sort_key());
    document.add_text(fields.source_key, key);
    document.add_text(fields.reading, reading);

    add_all(&mut document, fields.title, &statement.title);
    document.add_text(fields.text, &statement.text);
    // Each level by itself: no phrase reaches from a major topic into its subtopic.
    for level in statement.topics.iter().flat_map(|topic| topic.split('/')) {
        document.add_text(fields.topic, level);
    }
    add_all(&mut document, fields.keyword, &statement.keywords);
    for reference in &statement.references {
        document.add_text(fields.reference, reference);
        document.add_text(fields.reference, reference_form(reference));
    }
    add_all(&mut document, fields.event, &statement.event);
    document.add_text(fields.source, &statement.source.name);
    add_all(&mut document, fields.source, &statement.source.url);
    if !statement.kind.is_spoken() {
        for passage in &statement.passages {
            let range = statement.text_range(passage.content);
            if let Some(said) = range.and_then(|range| statement.text.get(range)) {
                document.add_text(fields.said, said);
            }
        }
    }

    let passage_speakers = statement.passages.iter().filter_map(|passage| passage.speaker.as_ref());
    let mut people: Vec<&Person> = Vec::new();
    for person in statement.speaker.iter().chain(passage_speakers) {
        if !people.contains(&person) {
            people.push(person);
        }
    }
    let mut names: Vec<&str> = Vec::new();
    for person in people {
        add_all(&mut document, fields.speaker, &person.name);
        if person.as_written != person.name {
            add_all(&mut document, fields.speaker, &person.as_written);
        }
        add_all(&mut document, fields.role, &person.role);
        add_all(&mut document, fields.affiliation, &person.affiliation);
        add_all(&mut document, fields.party, &person.party);
        add_all(&mut document, fields.country, &person.country);
        if let Some(label) = person.name.as_deref().or(person.as_written.as_deref()) {
            names.push(label);
        }
    }
    add_counted(&mut document, fields.speaker_count, names);
    add_counted(&mut document, fields.topic_count, with_majors(&statement.topics));
    add_counted(&mut document, fields.keyword_count, statement.keywords.iter().map(String::as_str));

    if let Some(language) = statement.language.as_deref().filter(|tag| tag.len() < 100) {
        let tag = language.to_ascii_lowercase();
        if let Some((primary, _)) = tag.split_once('-') {
            document.add_text(fields.language, primary);
        }
        document.add_text(fields.language, &tag);
    }
    document.add_text(fields.kind, statement.kind.as_str());
    if let Some(date) = statement.date {
        let range = date.range();
        if let (Some(from), Some(to)) = (range.from, range.to) {
            document.add_i64(fields.from, day_number(from));
            document.add_i64(fields.to, day_number(to));
        }
        document.add_i64(fields.year, i64::from(date.get_year()));
    }
    document.add_text(fields.json, json);
    document
}

/// What is known of a source, as the engine takes it: beside its statements, so that both become
/// visible in one commit.
pub(crate) fn source_document(
    fields: &Fields,
    record: &SourceRecord,
    json: &str,
) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_text(fields.doc, doc::SOURCE);
    document.add_text(fields.source_key, &record.key);
    document.add_text(fields.reading, record_term(&record.key));
    document.add_text(fields.json, json);
    document
}

/// The term by which what is known of a source is replaced.
pub(crate) fn record_term(key: &str) -> String {
    format!("{key}\0")
}

/// The term by which the statements of one reading of a source are removed.
pub(crate) fn reading_term(key: &str, number: u64) -> String {
    format!("{key}\0{number}")
}

fn add_all<'v>(
    document: &mut TantivyDocument,
    field: Field,
    values: impl IntoIterator<Item = &'v String>,
) {
    for value in values {
        document.add_text(field, value);
    }
}

fn add_counted<'v>(
    document: &mut TantivyDocument,
    field: Field,
    values: impl IntoIterator<Item = &'v str>,
) {
    let mut seen: Vec<&str> = Vec::new();
    for value in values {
        if !value.is_empty() && value.len() <= MAX_COUNTED_BYTES && !seen.contains(&value) {
            document.add_text(field, value);
            seen.push(value);
        }
    }
}

/// Topics with the major topics above them: a statement on `civil rights/human rights` counts for
/// `civil rights` too.
fn with_majors(topics: &[String]) -> impl Iterator<Item = &str> {
    topics.iter().flat_map(|topic| {
        let majors = topic.match_indices('/').map(|(at, _)| &topic[..at]);
        majors.chain(std::iter::once(topic.as_str()))
    })
}

/// The analysis in the shape that the engine asks for.
#[derive(Clone)]
struct EngineTokenizer;

struct EngineTokens<'t> {
    tokens: analysis::Tokens<'t>,
    token: Token,
}

impl Tokenizer for EngineTokenizer {
    type TokenStream<'t> = EngineTokens<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> EngineTokens<'t> {
        // The engine puts the next value behind the end of this one's tokens.
        let token = Token { position_length: VALUE_GAP, ..Token::default() };
        EngineTokens { tokens: analysis::analyse(text, None), token }
    }
}

impl TokenStream for EngineTokens<'_> {
    fn advance(&mut self) -> bool {
        let Some(token) = self.tokens.next_token() else { return false };
        self.token.text.clear();
        self.token.text.push_str(token.term);
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
