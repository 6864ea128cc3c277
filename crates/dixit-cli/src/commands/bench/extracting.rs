//! What extraction takes, stage by stage.

use std::collections::BTreeMap;
use std::time::Duration;

use dixit::Statement;
use dixit_sources::Extraction;
use dixit_sources::extract::date::DateHints;
use dixit_sources::extract::{date, keywords, kind, language, passages, references, speaker};
use serde::Serialize;

use super::thread_time;

/// Text that is gathered before it is measured: the clock is slow beside one short statement.
const GATHERED: usize = 4 << 20;

/// What one stage took, in processor time of the thread, and of how much text.
#[derive(Debug, Default, Clone, Copy, Serialize)]
pub(super) struct StageFigures {
    pub(super) bytes: u64,
    pub(super) seconds: f64,
}

impl StageFigures {
    pub(super) fn megabytes_per_second(self) -> f64 {
        self.bytes as f64 / 1e6 / self.seconds.max(1e-9)
    }
}

/// Measures on statements as they were read.
pub(super) struct Extracting<'e> {
    extraction: &'e Extraction,
    gathered: Vec<Statement>,
    bytes: usize,
    figures: BTreeMap<&'static str, StageFigures>,
}

/// All stages together, as statements go through them when they are taken in: what is given is not looked for.
pub(super) const ALL: &str = "all";

/// All stages together where nothing is given but title and text.
pub(super) const BARE: &str = "all, nothing given";

impl<'e> Extracting<'e> {
    pub(super) fn new(extraction: &'e Extraction) -> Self {
        Self { extraction, gathered: Vec::new(), bytes: 0, figures: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, statement: Statement) {
        self.bytes += statement.text.len();
        self.gathered.push(statement);
        if self.bytes >= GATHERED {
            self.measure();
        }
    }

    /// The figures by stage; none where the system does not tell the time of a thread.
    pub(super) fn finish(mut self) -> BTreeMap<&'static str, StageFigures> {
        self.measure();
        self.figures
    }

    fn measure(&mut self) {
        let statements = std::mem::take(&mut self.gathered);
        let bytes = std::mem::take(&mut self.bytes) as u64;
        let taxonomy = &self.extraction.taxonomy;
        // Lists are built once, for the first text that needs them.
        if let Some(first) = statements.first().filter(|_| self.figures.is_empty()) {
            self.extraction.complete(&mut first.clone());
        }
        let mut stage = |name: &'static str, run: &dyn Fn(&Statement) -> bool| {
            let before = thread_time();
            let found = statements.iter().filter(|statement| run(statement)).count();
            // What was found has to be counted, or nothing of it would be done.
            std::hint::black_box(found);
            let took = thread_time().saturating_sub(before);
            add(&mut self.figures, name, bytes, took);
        };
        stage("language", &|statement| language::identify(&statement.text).is_some());
        stage("references", &|statement| !references::find(&statement.text).items.is_empty());
        stage("date", &|statement| {
            let hints = DateHints { file_name: Some(&statement.source.name), published: None };
            date::find(&statement.text, statement.title.as_deref(), &hints).known().is_some()
        });
        stage("passages and kind", &|statement| {
            let found = passages::find(&statement.text);
            let kind = kind::guess(statement.title.as_deref(), &statement.text, &found);
            kind.confidence > 0.5
        });
        stage("speaker", &|statement| {
            speaker::find(statement.title.as_deref(), &statement.text).is_ok()
        });
        stage("topics", &|statement| {
            let language = statement.language.as_deref();
            !taxonomy.find(statement.title.as_deref(), &statement.text, language).is_empty()
        });
        stage("keywords", &|statement| {
            let language = statement.language.as_deref();
            !keywords::find(statement.title.as_deref(), &statement.text, language).is_empty()
        });
        let bare = statements.iter().map(|statement| {
            let mut bare = Statement::new(&*statement.source.name, &*statement.text);
            bare.title.clone_from(&statement.title);
            bare
        });
        let bare = bare.collect();
        self.complete(ALL, statements, bytes);
        self.complete(BARE, bare, bytes);
    }

    fn complete(&mut self, name: &'static str, statements: Vec<Statement>, bytes: u64) {
        let before = thread_time();
        for mut statement in statements {
            self.extraction.complete(&mut statement);
            std::hint::black_box(&statement);
        }
        let took = thread_time().saturating_sub(before);
        add(&mut self.figures, name, bytes, took);
    }
}

fn add(
    figures: &mut BTreeMap<&'static str, StageFigures>,
    name: &'static str,
    bytes: u64,
    took: Duration,
) {
    let figure = figures.entry(name).or_default();
    figure.bytes += bytes;
    figure.seconds += took.as_secs_f64();
}
