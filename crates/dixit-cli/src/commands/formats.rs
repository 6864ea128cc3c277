use anyhow::Result;
use clap::Args;
use dixit_sources::read::{LEFT_OUT, READERS};
use serde::Serialize;

use crate::output::{print_json, table};
use crate::report::Outcome;

/// List the formats that are read
#[derive(Debug, Args)]
pub(crate) struct FormatsArgs {
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Format {
    name: &'static str,
    extensions: &'static [&'static str],
    about: &'static str,
}

impl FormatsArgs {
    pub(crate) fn run(self) -> Result<Outcome> {
        let formats = READERS.iter().map(|reader| Format {
            name: reader.name(),
            extensions: reader.extensions(),
            about: reader.about(),
        });
        if self.json {
            print_json(&formats.collect::<Vec<_>>())?;
            return Ok(Outcome::Done);
        }
        let rows: Vec<[String; 3]> = formats
            .map(|format| {
                let endings: Vec<_> =
                    format.extensions.iter().map(|ending| format!(".{ending}")).collect();
                [format.name.to_owned(), endings.join(" "), format.about.to_owned()]
            })
            .collect();
        table(&mut anstream::stdout().lock(), &rows)?;
        if !LEFT_OUT.is_empty() {
            say!("left out of this program when it was built: {}", LEFT_OUT.join(", "));
        }
        Ok(Outcome::Done)
    }
}
