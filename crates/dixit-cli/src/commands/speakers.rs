use std::io::Write;

use anyhow::Result;
use clap::Args;
use dixit::{Naming, Speaker, Speakers, StatementDate, Tenure};

use super::shared::IndexDir;
use crate::output::{DIM, FIELD, NAME, UNSURE, clean, count, counted, print_json};
use crate::report::Outcome;

/// Show who speaks in the index: one entry a person, with forms of the name, counts and dates
///
/// Forms are joined only on evidence: a key that both bear, the whole name, or a name that fits and
/// something else in common. A shared surname is none. What you know better goes into people.toml in the
/// folder of the index, and wins.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dixit speakers                   all, those with most statements first
  dixit speakers rask              those who are called so in some form
  dixit speakers \"Ada Rask\" --why  why forms were joined, and who was kept apart
  dixit speakers --json --limit 0  all of them, for machines

Exit status: 0 found, 1 nobody found, 2 an error.")]
pub(crate) struct SpeakersArgs {
    /// Words of the name [default: everybody]
    #[arg(value_name = "NAME")]
    name: Vec<String>,

    #[command(flatten)]
    index: IndexDir,

    /// Say why forms were joined, and who was kept apart
    #[arg(long)]
    why: bool,

    /// Speakers to show; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,

    /// Speakers to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,

    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

impl SpeakersArgs {
    pub(crate) fn run(self) -> Result<Outcome> {
        let mut found = self.index.open()?.searcher()?.speakers()?;
        if !self.name.is_empty() {
            let name = self.name.join(" ");
            found.speakers.retain(|speaker| speaker.is_called(&name));
        }
        found.total = found.speakers.len() as u64;
        let limit = if self.limit == 0 { usize::MAX } else { self.limit };
        found.speakers = found.speakers.into_iter().skip(self.offset).take(limit).collect();
        match self.json {
            true => print_json(&found)?,
            false => self.tell(&found)?,
        }
        Ok(if found.total > 0 { Outcome::Done } else { Outcome::NothingFound })
    }

    fn tell(&self, found: &Speakers) -> Result<()> {
        let mut out = anstream::stdout().lock();
        for speaker in &found.speakers {
            entry(&mut out, speaker, self.why)?;
        }
        let shown = found.speakers.len() as u64;
        match found.total {
            0 => writeln!(out, "nobody found")?,
            total if total > shown => {
                writeln!(out, "{} of {} speakers", count(shown), count(total))?;
            }
            total => writeln!(out, "{} speakers", count(total))?,
        }
        Ok(())
    }
}

/// Forms and offices of one speaker that are shown without `--why`.
const SHOWN: usize = 6;

fn entry(out: &mut impl Write, speaker: &Speaker, why: bool) -> Result<()> {
    let naming = match speaker.naming {
        Naming::Short => "  (single name: may be several persons)",
        Naming::Office => "  (not named)",
        _ => "",
    };
    writeln!(out, "{NAME}{}{NAME:#}{DIM}{naming}{DIM:#}", clean(&speaker.name))?;
    let mut counts = counted(speaker.statements, "statement");
    if speaker.passages > 0 {
        counts += &format!(", {}", counted(speaker.passages, "passage"));
    }
    if speaker.unsure > 0 {
        counts += &format!(", {UNSURE}{} of them not sure{UNSURE:#}", count(speaker.unsure));
    }
    if let Some(days) = days(speaker.first, speaker.last) {
        counts += &format!(", {days}");
    }
    writeln!(out, "  {counts}")?;
    let most = if why { usize::MAX } else { SHOWN };
    let forms: Vec<String> = speaker
        .forms
        .iter()
        .take(most)
        .map(|form| format!("{} ({})", clean(&form.written), count(form.count)))
        .collect();
    if speaker.forms.len() > 1 || speaker.forms.iter().any(|form| form.written != speaker.name) {
        writeln!(
            out,
            "  {FIELD}forms{FIELD:#}  {}{}",
            forms.join(", "),
            more(speaker.forms.len(), most)
        )?;
    }
    for tenure in speaker.roles.iter().take(most) {
        writeln!(out, "  {FIELD}role{FIELD:#}   {}", role(tenure))?;
    }
    if speaker.roles.len() > most {
        writeln!(out, "         {}", more(speaker.roles.len(), most).trim_start_matches(", "))?;
    }
    if why {
        if !speaker.keys.is_empty() {
            let keys: Vec<_> = speaker.keys.iter().map(|key| clean(key).into_owned()).collect();
            writeln!(out, "  {FIELD}keys{FIELD:#}   {}", keys.join(", "))?;
        }
        for joined in &speaker.joined {
            let [one, other] = joined.forms.each_ref().map(|form| clean(form));
            let ids: Vec<String> = joined.statements.iter().map(ToString::to_string).collect();
            writeln!(
                out,
                "  {FIELD}joined{FIELD:#} {one} = {other}: {} {DIM}({}){DIM:#}",
                clean(&joined.note),
                ids.join(", ")
            )?;
        }
        for apart in &speaker.apart {
            writeln!(
                out,
                "  {FIELD}apart{FIELD:#}  {}: {}",
                clean(&apart.name),
                clean(&apart.why)
            )?;
        }
    }
    Ok(())
}

fn more(all: usize, shown: usize) -> String {
    match all.saturating_sub(shown) {
        0 => String::new(),
        more => format!(", and {} more", count(more as u64)),
    }
}

fn days(first: Option<StatementDate>, last: Option<StatementDate>) -> Option<String> {
    Some(match (first?, last?) {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first} to {last}"),
    })
}

fn role(tenure: &Tenure) -> String {
    let parts = [&tenure.role, &tenure.affiliation, &tenure.party, &tenure.country];
    let parts: Vec<_> = parts.into_iter().flatten().map(|part| clean(part)).collect();
    let days = days(tenure.first, tenure.last).map(|days| format!(", {days}")).unwrap_or_default();
    format!("{} ({}{days})", parts.join(", "), count(tenure.count))
}
