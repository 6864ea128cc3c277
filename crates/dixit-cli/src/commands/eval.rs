use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Error, Result, anyhow, bail};
use clap::{Args, Subcommand};
use dixit_sources::eval::{
    ExtractionScore, GoldError, GoldRow, Mistake, PassageScore, SetScore, ValueScore, attributions,
    read_gold, score_extraction,
};

use super::shared::{ReadArgs, shown};
use crate::output::{FIELD, UNSURE, clean, count, counted, print_json, table};
use crate::report::Outcome;

/// Measure dixit on your own gold
#[derive(Debug, Args)]
pub(crate) struct EvalArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Extraction(ExtractionArgs),
}

impl EvalArgs {
    pub(crate) fn run(self) -> Result<Outcome> {
        match self.what {
            What::Extraction(args) => args.run(),
        }
    }
}

/// Measure what is extracted from texts against what you know of them
///
/// Gold is JSON lines, each an object with a `text` (and `title`, `source.name`, if extraction may go by
/// them) and any of the fields of a statement: speaker, date, language, kind, topics, keywords, references,
/// passages. A field that is absent is not measured; `null` says that there is nothing to find. What `dixit
/// inspect --json` prints can be put right by hand and be the gold.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dixit eval extraction gold.jsonl
  dixit eval extraction gold.jsonl --errors 20   what went wrong, field by field
  dixit inspect release.txt --json > gold.jsonl  a first draft of gold, to be put right by hand

A row of gold:
  {\"text\": \"On 3 May 2024 minister Ada Rask said …\", \"speaker\": \"Ada Rask\", \"date\": \"2024-05-03\"}

Also understood: `keys` (keywords), `attributions` (with source, cue and content as lists of [start, end] in
characters), `cap_major` (number of a major topic of the Comparative Agendas Project).

Exit status: 0 measured, 2 an error.")]
struct ExtractionArgs {
    /// Files of gold; - is standard input
    #[arg(required = true, value_name = "GOLD")]
    gold: Vec<PathBuf>,

    /// Mistakes to show of each field
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,

    /// Write the attributions that are found to a file, a row a line, in the form of `attributions` of gold,
    /// for scorers of others
    #[arg(long, value_name = "FILE")]
    attributions: Option<PathBuf>,

    /// Answer as JSON
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    read: ReadArgs,
}

impl ExtractionArgs {
    fn run(self) -> Result<Outcome> {
        let mut rows: Vec<GoldRow> = Vec::new();
        for path in &self.gold {
            let input: Box<dyn BufRead> = match path.as_os_str() == "-" {
                true => Box::new(io::stdin().lock()),
                false => Box::new(BufReader::new(File::open(path).with_context(|| shown(path))?)),
            };
            rows.extend(read_gold(input).map_err(|error| match error {
                GoldError::Line { line, why } => anyhow!("{}:{line}: {why}", shown(path)),
                error => Error::new(error).context(shown(path)),
            })?);
        }
        if rows.is_empty() {
            bail!("there is no gold in what was given");
        }
        let extraction = self.read.extraction(None)?;
        if let Some(path) = &self.attributions {
            let mut out = BufWriter::new(File::create(path).with_context(|| shown(path))?);
            for row in &rows {
                serde_json::to_writer(&mut out, &attributions(row, &extraction))?;
                writeln!(out).with_context(|| shown(path))?;
            }
            out.flush().with_context(|| shown(path))?;
        }
        let score = score_extraction(&rows, &extraction, self.errors);
        match self.json {
            true => print_json(&score)?,
            false => tell(&score)?,
        }
        Ok(Outcome::Done)
    }
}

fn tell(score: &ExtractionScore) -> Result<()> {
    let mut out = anstream::stdout().lock();
    writeln!(out, "{} of gold\n", counted(score.rows, "row"))?;
    let values = [
        ("speaker", &score.speaker),
        ("date", &score.date),
        ("language", &score.language),
        ("kind", &score.kind),
    ];
    let mut rows = vec![
        ["", "gold", "right", "wrong", "missing", "invented", "coarse", "sure", "of them wrong"]
            .map(str::to_owned),
    ];
    for (field, value) in values {
        let Some(value) = value else { continue };
        let ValueScore { gold, right, wrong, missing, invented, coarse, sure, sure_wrong, .. } =
            *value;
        let [gold, wrong, missing, invented, coarse, sure, sure_wrong] =
            [gold, wrong, missing, invented, coarse, sure, sure_wrong].map(count);
        let right = format!("{} ({:.3})", count(right), value.accuracy);
        rows.push([
            field.to_owned(),
            gold,
            right,
            wrong,
            missing,
            invented,
            coarse,
            sure,
            sure_wrong,
        ]);
    }
    if rows.len() > 1 {
        table(&mut out, &rows)?;
        writeln!(out)?;
    }
    if let Some(topics) = &score.topics {
        writeln!(
            out,
            "{FIELD}topics{FIELD:#}      {} rows: first topic right {:.3}, macro F1 {:.3}, nothing found for {}; all majors {}",
            count(topics.gold),
            topics.accuracy,
            topics.macro_f1,
            count(topics.abstained),
            set(&topics.majors)
        )?;
    }
    if let Some(keywords) = &score.keywords {
        writeln!(
            out,
            "{FIELD}keywords{FIELD:#}    {} rows: of the first ten P {:.3}, R {:.3}, F1 {:.3}",
            count(keywords.gold),
            keywords.precision,
            keywords.recall,
            keywords.f1
        )?;
    }
    if let Some(references) = &score.references {
        writeln!(out, "{FIELD}references{FIELD:#}  {}", set(references))?;
    }
    if let Some(passages) = &score.passages {
        for (name, passages) in [("all", &passages.all), ("quoted", &passages.direct)] {
            let PassageScore { content, end_to_end, source_accuracy, sure, .. } = passages;
            writeln!(
                out,
                "{FIELD}passages{FIELD:#}    {name}: content {}; with the right source F1 {:.3} ({:.3} of those found); \
                 sure {} ({:.3} of the gold), right {:.3}",
                set(content),
                end_to_end.f1,
                source_accuracy,
                count(sure.found),
                sure.coverage,
                sure.precision
            )?;
        }
    }
    if !score.calibration.is_empty() {
        writeln!(out, "\nconfidence, and how often it was right:")?;
        for (field, bands) in &score.calibration {
            let bands = bands.iter().map(|band| {
                let right = band.right as f64 / band.values.max(1) as f64;
                format!("{:.2}+ {:.3} ({})", band.from, right, count(band.values))
            });
            writeln!(out, "  {field:<9} {}", bands.collect::<Vec<_>>().join(", "))?;
        }
    }
    for Mistake { row, field, expected, found, rule, is_sure, .. } in &score.errors {
        let sure = if *is_sure { format!(" {UNSURE}sure{UNSURE:#}") } else { String::new() };
        let or_nothing = |value: &str| match value {
            "" => "nothing".to_owned(),
            value => format!("`{}`", clean(value)),
        };
        writeln!(
            out,
            "{FIELD}{field}{FIELD:#} {}: {} is expected, {} was found by {}{sure}",
            clean(row),
            or_nothing(expected),
            or_nothing(found),
            clean(rule)
        )?;
    }
    Ok(())
}

fn set(score: &SetScore) -> String {
    let SetScore { precision, recall, f1, gold, found } = score;
    format!("P {precision:.3}, R {recall:.3}, F1 {f1:.3} ({} of {})", count(*found), count(*gold))
}
