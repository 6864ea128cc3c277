//! Which files may describe which texts.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use super::content::{self, Content, Form};
use super::table::Table;
use crate::encoding::{self, decoding};
use crate::read::Beside;

/// Endings of the names of texts that are described beside them.
pub(super) const TEXTS: [&str; 4] = ["txt", "md", "html", "htm"];

/// How the name of a file goes on behind the stem of the text that it describes.
const FORMS: [(&str, Form); 9] = [
    (".json", Form::Json),
    (".meta.json", Form::Json),
    ("-metadata.json", Form::Json),
    ("_metadata.json", Form::Json),
    (".yml", Form::Yaml),
    (".yaml", Form::Yaml),
    (".toml", Form::Toml),
    ("_metadata.txt", Form::Lines),
    (".meta", Form::Any),
];

/// Names of tables that describe the files of their folder.
const TABLES: [&str; 3] = ["metadata.json", "metadata.csv", "index.csv"];

/// Bytes of metadata of one text: a few hundred are common, and what is longer is a document.
const OWN_BYTES: usize = 256 << 10;
/// Bytes of a table of a folder: some ten thousand records.
const TABLE_BYTES: usize = 16 << 20;

/// The text that a file describes, and why it cannot be used where it is broken.
pub(crate) fn described(name: &str, beside: &Beside) -> Option<(String, Option<String>)> {
    let (folder, file) = beside.place(name)?;
    for (ending, form) in FORMS {
        let Some(text) = texts_of(folder, file, ending).next() else { continue };
        match own(&folder.join(file), form) {
            Some(Content::Stated(_)) => return Some((text, None)),
            // A broken document is read as far as it is whole, by the reader of its format.
            Some(Content::Broken(why)) if form != Form::Json => return Some((text, Some(why))),
            _ => {}
        }
    }
    if !TABLES.contains(&file) {
        return None;
    }
    let table = table(folder, file, beside);
    beside.names().into_iter().find(|text| table.describes(folder, text)).map(|text| (text, None))
}

/// What the files beside a text hold, the nearest first.
pub(super) fn beside(name: &str, beside: &Beside) -> Vec<(String, Content)> {
    let mut found = Vec::new();
    let Some((folder, file)) = beside.place(name) else { return found };
    let Some(stem) = stem_of(file) else { return found };
    for (ending, form) in FORMS {
        let other = format!("{stem}{ending}");
        if other != file
            && let Some(content) = own(&folder.join(&other), form)
        {
            found.push((other, content));
        }
    }
    for other in TABLES.into_iter().filter(|other| folder.join(other).is_file()) {
        let table = table(folder, other, beside);
        found.push((other.to_owned(), table.of(folder, file)));
    }
    found
}

/// What tells that a file would be read as before: the looks of the files that describe it, and which
/// there are that it may describe.
pub(crate) fn look(name: &str, takes_metadata: bool, beside: &Beside) -> String {
    let mut look = String::new();
    let Some((folder, file)) = beside.place(name) else { return look };
    if let Some(stem) = stem_of(file).filter(|_| takes_metadata) {
        for (ending, _) in FORMS {
            let path = folder.join(format!("{stem}{ending}"));
            // What is read anew for each text may change at any time; tables are read once.
            if let Ok(metadata) = path.metadata() {
                let time = metadata.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok());
                let time = time.map_or(0, |time| time.as_nanos());
                look.push_str(&format!("{ending} {} {time}\n", metadata.len()));
            }
        }
        let tables: Vec<PathBuf> =
            TABLES.iter().map(|name| folder.join(name)).filter(|path| path.is_file()).collect();
        look.push_str(&beside.look_of(&tables));
    }
    for (ending, _) in FORMS {
        look.extend(texts_of(folder, file, ending).map(|text| format!("for {text}\n")));
    }
    if TABLES.contains(&file) {
        let names = beside.names().into_iter().filter(|name| stem_of(name).is_some());
        look.extend(names.map(|name| format!("for {name}\n")));
    }
    look
}

/// The stem of the name of a text.
pub(super) fn stem_of(file: &str) -> Option<&str> {
    let (stem, ending) = file.rsplit_once('.')?;
    let is_text = TEXTS.iter().any(|text| ending.eq_ignore_ascii_case(text));
    (is_text && !stem.is_empty()).then_some(stem)
}

/// The texts in a folder that a file may describe, if its name ends so.
fn texts_of<'f>(
    folder: &'f Path,
    file: &'f str,
    ending: &str,
) -> impl Iterator<Item = String> + use<'f> {
    let stem = file.strip_suffix(ending).filter(|stem| !stem.is_empty());
    let texts = stem.into_iter().flat_map(|stem| TEXTS.map(|text| format!("{stem}.{text}")));
    texts.filter(move |text| text != file && folder.join(text).is_file())
}

/// What a file says of one text; nothing where there is none.
fn own(path: &Path, form: Form) -> Option<Content> {
    if !path.is_file() {
        return None;
    }
    let text = File::open(path).and_then(|file| text_of(&mut BufReader::new(file), OWN_BYTES));
    Some(match text {
        Ok(Some(text)) => content::read(&text, form),
        Ok(None) => Content::Other,
        Err(error) => Content::Broken(error.to_string()),
    })
}

fn table(folder: &Path, file: &str, beside: &Beside) -> Arc<Table> {
    beside.read(&folder.join(file), |bytes| {
        let Some(text) = text_of(bytes, TABLE_BYTES)? else { return Ok(Table::default()) };
        Ok(if file.ends_with(".json") { Table::of_json(&text) } else { Table::of_csv(&text) })
    })
}

/// A file as text; nothing where it is too long, or no text.
fn text_of(bytes: &mut dyn Read, most: usize) -> io::Result<Option<String>> {
    let mut read = Vec::new();
    bytes.take(most as u64 + 1).read_to_end(&mut read)?;
    if read.len() > most {
        return Ok(None);
    }
    let decision = encoding::decide(&read, true);
    let decoded = decoding::front(&read, &decision).unwrap_or(read);
    let text = String::from_utf8(decoded).ok();
    Ok(text.map(|text| text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
}
