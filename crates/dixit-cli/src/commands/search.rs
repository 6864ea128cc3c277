use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use clap::{Args, ValueEnum};
use dixit::{
    Control, Facet, Index, MatchMode, Note, ParseOptions, Parsed, Query, SearchRequest, Sort,
    Vocabulary,
};
use dixit_sources::{SyncError, SyncOptions};
use serde::Serialize;

use super::shared::{IndexDir, ReadArgs, ResourceArgs, Telling, cache_dir, roots, take_in, today};
use super::vocabulary::VocabularyArgs;
use crate::output::{FIELD, clean, hits, print_json};
use crate::report::Outcome;

/// Search for statements
///
/// All words have to be there, in any of their forms, in whatever order. Quotation marks mean the
/// exact words.
#[derive(Debug, Args)]
#[command(after_help = "The query language:
  human rights workshop        all words, in any form (workshops, right)
  \"human rights\"               these words, exactly
  workshop -budget             without a word
  fish OR herring, (a OR b) c  either
  fisher*, labo?r, wo*d        words that begin so, letters left open
  herrng~1                     near spellings, up to two letters away (~2)
  \"quota falls\"~3             this phrase, its words out of place by up to 3
  quota NEAR/5 herring         at most 5 words between, in either order
  speaker:guo                  said by, or attributed to
  speaker:\"Guo Jiakun\"         in this order
  date:2025-12, date:2024..2025-06, since:2024, date:\"last month\", date:2025-Q4
  topic:\"human rights\", keyword:workshop, title:quota, reference:\"A/RES/78/1\", said:\"we regret\"
  role: affiliation: party: country: language:de kind:answer event: source: id:
  *                            every statement
  query:quotas                 your saved query of this name (queries.toml)

docs/QUERY.md has all of it, by examples. --explain-query says how a query is understood.

Examples:
  dixit search \"human rights workshop\" --from examples/statements
  dixit search 'speaker:guo \"human rights\"' --sort newest
  dixit search 'climate' --facet speaker,year --limit 3
  dixit search '人权' --json
  dixit search 'quota NEAR/5 herring since:\"last year\"' --explain-query

Exit status: 0 found, 1 nothing found, 2 an error.")]
pub(crate) struct SearchArgs {
    /// What to search for
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,

    #[command(flatten)]
    index: IndexDir,

    /// Take in these files and folders (into a cache), then search only them
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with = "dir")]
    from: Vec<PathBuf>,

    /// Hits to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,

    /// Hits to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,

    /// Order of the hits
    #[arg(long, value_enum, default_value_t = SortArg::Relevance)]
    sort: SortArg,

    /// Whether all words must be there or any of them
    #[arg(long = "match", value_name = "all|any", default_value_t = MatchMode::All)]
    match_mode: MatchMode,

    /// Take the query as plain words: nothing in it is syntax
    #[arg(long)]
    literal: bool,

    /// Language of the query's words, such as de or german: their forms by its stemming, in all statements
    ///
    /// Without it, or with `all`, a word is met by the forms that it has in each statement's own language.
    #[arg(long, value_name = "TAG", value_parser = parse_language)]
    language: Option<String>,

    /// Refuse a query that would be understood differently than typed, and files of yours with mistakes
    #[arg(long)]
    strict: bool,

    /// Count over all matches by speaker, topic, keyword, year
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FACET,...")]
    facet: Vec<FacetArg>,

    /// Values of each facet to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    facet_limit: usize,

    /// Snippets of each hit
    #[arg(long, value_name = "N", default_value_t = 1)]
    snippets: usize,

    /// Stop after so many seconds (0.5 is half a one) and answer with what was found
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    time_limit: Option<Duration>,

    /// Say how the query is understood, and do not search
    #[arg(long)]
    explain_query: bool,

    /// Answer as JSON
    #[arg(long)]
    json: bool,

    /// No progress and no notes
    #[arg(short, long)]
    quiet: bool,

    #[command(flatten)]
    vocabulary: VocabularyArgs,

    #[command(flatten)]
    read: ReadArgs,

    #[command(flatten)]
    resources: ResourceArgs,
}

/// Each statement's own language.
const ALL_LANGUAGES: &str = "all";

/// A tag or a name, as a tag.
fn parse_language(text: &str) -> Result<String, String> {
    if matches!(text, "all" | "auto") {
        return Ok(ALL_LANGUAGES.to_owned());
    }
    dixit::query::language_tag(text).ok_or_else(|| {
        let known: Vec<String> =
            dixit::query::languages().map(|(tag, name)| format!("{tag} ({name})")).collect();
        format!("no language is known so; write all, a tag or a name: {}", known.join(", "))
    })
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SortArg {
    Relevance,
    Newest,
    Oldest,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FacetArg {
    Speaker,
    Topic,
    Keyword,
    Year,
}

impl SearchArgs {
    fn request(&self) -> SearchRequest {
        let mut request = SearchRequest::new(self.query.join(" "))
            .match_mode(self.match_mode)
            .limit(self.limit)
            .offset(self.offset)
            .today(self.read.today.unwrap_or_else(today))
            .sort(match self.sort {
                SortArg::Relevance => Sort::Relevance,
                SortArg::Newest => Sort::Newest,
                SortArg::Oldest => Sort::Oldest,
            });
        for facet in &self.facet {
            request = request.facet(match facet {
                FacetArg::Speaker => Facet::Speaker,
                FacetArg::Topic => Facet::Topic,
                FacetArg::Keyword => Facet::Keyword,
                FacetArg::Year => Facet::Year,
            });
        }
        request.facet_limit = self.facet_limit;
        request.snippets = self.snippets;
        request.literal = self.literal;
        request.strict = self.strict;
        request.language = self.language.clone().filter(|tag| tag != ALL_LANGUAGES);
        request
    }

    pub(crate) fn run(self) -> Result<Outcome> {
        let request = self.request();
        let vocabulary = self.vocabulary()?;
        if self.explain_query {
            return explain(&request, vocabulary, self.json);
        }
        let index = if self.from.is_empty() { self.index.open()? } else { self.cached()? };
        let mut control = Control::default();
        if let Some(limit) = self.time_limit {
            control = control.time_limit(limit);
        }
        let answer =
            index.searcher()?.with_vocabulary(vocabulary).search_within(&request, &control)?;
        if self.json {
            print_json(&answer)?;
        } else {
            hits::print(&answer, self.quiet)?;
        }
        Ok(if answer.total > 0 { Outcome::Done } else { Outcome::NothingFound })
    }

    /// The user's own words, which lie beside an index or are named.
    fn vocabulary(&self) -> Result<Arc<Vocabulary>> {
        let dir = if self.from.is_empty() { Some(self.index.find()?) } else { None };
        let people = self.read.people.as_deref();
        let (vocabulary, problems) = self.vocabulary.read(dir.as_deref(), people)?;
        for problem in problems {
            if self.strict {
                return Err(problem.into());
            }
            if !self.quiet {
                say!("{FIELD}problem:{FIELD:#} {}", clean(&problem.to_string()));
            }
        }
        Ok(vocabulary)
    }

    /// The cache index of the given paths, brought in step with them.
    fn cached(&self) -> Result<Index> {
        // How the paths are read is part of which cache it is.
        let stamp = format!("{:?}", self.read);
        let dir = cache_dir(&self.from, &stamp)?;
        let options = SyncOptions {
            read: self.read.options()?,
            extraction: self.read.extraction(None)?,
            writer: self.resources.writer(),
            ..SyncOptions::default()
        };
        let telling = if self.quiet || self.json { Telling::Quiet } else { Telling::Normal };
        let roots = roots(&self.from, "stdin");
        let index = match Index::open_or_create(&dir) {
            // A cache is made anew without asking.
            Err(error) if error.needs_rebuild() => {
                let draft = Index::draft(&dir, options.writer.wait)?;
                take_in(draft.index(), &roots, &options, telling)?;
                return Ok(draft.publish()?);
            }
            other => other?,
        };
        match take_in(&index, &roots, &options, telling) {
            Err(error) if is_locked(&error) => {
                if !self.quiet {
                    say!("{}; answering from what it committed", clean(&error.to_string()));
                }
            }
            other => drop(other?),
        }
        Ok(index)
    }
}

fn seconds(text: &str) -> Result<Duration> {
    let seconds: f64 = text.parse()?;
    Ok(Duration::try_from_secs_f64(seconds)?)
}

fn is_locked(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(SyncError::Engine(error)) if error.is_locked())
}

/// A query read back.
#[derive(Serialize)]
struct Explained<'a> {
    /// Version of this JSON.
    format: u32,
    text: &'a str,
    words: String,
    query: &'a Query,
    notes: &'a [Note],
}

fn explain(request: &SearchRequest, vocabulary: Arc<Vocabulary>, json: bool) -> Result<Outcome> {
    let options = ParseOptions {
        match_mode: request.match_mode,
        today: request.today,
        vocabulary,
        ..ParseOptions::default()
    };
    let Parsed { query, notes } = match request.literal {
        true => Query::literal(&request.query, options.match_mode, &options.limits),
        false => Query::parse(&request.query, &options),
    };
    if request.strict && !notes.is_empty() {
        return Err(dixit::Error::Query { notes }.into());
    }
    let words = query.describe();
    if json {
        print_json(&Explained {
            format: 1,
            text: &request.query,
            words,
            query: &query,
            notes: &notes,
        })?;
    } else {
        hits::print_understood(&words, &notes)?;
    }
    Ok(Outcome::Done)
}
