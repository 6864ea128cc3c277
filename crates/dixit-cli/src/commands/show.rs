use std::io::Write;

use anyhow::{Result, bail};
use clap::Args;
use dixit::Statement;
use dixit_sources::{source_bytes, text_of};

use super::shared::IndexDir;
use crate::output::{print_json, statement};
use crate::report::Outcome;

/// Show one statement: every field, how it is known, and the words that show it
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dixit show 7h2k9xq0c4mz            the beginning of an id will do
  dixit show 7h2k9xq0c4mz --source   the bytes of the original file
  dixit show 7h2k9xq0c4mz --json")]
pub(crate) struct ShowArgs {
    /// Id of the statement, its beginning, or the source's own key
    #[arg(value_name = "ID")]
    id: String,

    #[command(flatten)]
    index: IndexDir,

    /// Print the original bytes from the source file (unpacked if it is packed, the part with
    /// the words if it is a document), nothing else
    #[arg(long, conflicts_with = "json")]
    source: bool,

    /// The statement as JSON
    #[arg(long)]
    json: bool,
}

impl ShowArgs {
    pub(crate) fn run(self) -> Result<Outcome> {
        let searcher = self.index.open()?.searcher()?;
        let mut found = searcher.find(&self.id, 11)?;
        if found.len() > 1 {
            let more = if found.len() > 10 { ", …" } else { "" };
            let ids: Vec<_> = found.iter().take(10).map(|found| found.id.to_string()).collect();
            bail!("`{}` begins several ids: {}{more}", self.id, ids.join(", "));
        }
        let Some(found) = found.pop() else {
            say!("no statement `{}` in this index", crate::output::clean(&self.id));
            return Ok(Outcome::NothingFound);
        };
        let part = found.source.part.as_deref();
        let key = searcher.source_key_of(found.id)?;
        let file = key.and_then(|key| source_bytes(&key, part).ok());
        // A file that has changed since would show other bytes under the same offsets.
        let file = file.filter(|bytes| still_holds(&found, bytes));
        if self.source {
            let span = found.source.span.and_then(dixit::Span::as_range);
            let bytes = file.as_deref().zip(span).and_then(|(bytes, span)| bytes.get(span));
            let Some(bytes) = bytes else {
                bail!(
                    "the file {} is gone or has changed since it was taken in",
                    found.source.name
                );
            };
            std::io::stdout().lock().write_all(bytes)?;
        } else if self.json {
            print_json(&found)?;
        } else {
            statement::print(&found, file.as_deref())?;
        }
        Ok(Outcome::Done)
    }
}

/// Whether the words still stand in the file where they stood.
fn still_holds(statement: &Statement, bytes: &[u8]) -> bool {
    let len = statement.text.len();
    let middle = (len / 2..len).find(|&at| statement.text.is_char_boundary(at)).unwrap_or(len);
    [0..middle, middle..len].into_iter().all(|range| {
        let written = statement.source_span(range.clone()).and_then(dixit::Span::as_range);
        let Some(written) = written.and_then(|written| bytes.get(written)) else { return false };
        let words = &statement.text[range];
        // In another encoding the same words have other bytes.
        let written = text_of(written, statement.source.encoding.as_deref());
        // Escapes and markup stand between the words; the first and last letters tell enough then.
        written == words
            || (words.chars().next() == written.chars().next()
                || words.is_empty()
                || written.len() != words.len())
    })
}
