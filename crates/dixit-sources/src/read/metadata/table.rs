//! A table of a folder: records that name its files.

use std::collections::HashMap;
use std::path::Path;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::content::{self, Content, Member, Stated};
use super::files::stem_of;
use crate::read::csv;
use crate::read::record::Members;

/// The keys under which a record names its file, the most telling first.
const FILES: [&str; 9] =
    ["file", "filename", "file_name", "filepath", "file_path", "path", "document", "doc_id", "id"];

/// What a table states of the files that it names.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// By the last part of the path; with the folders before it.
    of: HashMap<String, Vec<(String, Stated)>>,
}

impl Table {
    /// A list of records, also as the one list in an object; or records by the names of their files.
    pub(super) fn of_json(text: &str) -> Self {
        let mut table = Self::default();
        // One record at a time is parsed: a tree of all takes many times the bytes of the text.
        let records = |raw: &str, table: &mut Self| {
            let raws: Vec<&RawValue> = serde_json::from_str(raw).unwrap_or_default();
            raws.into_iter().all(|raw| table.record(raw.get(), None))
        };
        let is_whole = match text.trim_start().as_bytes().first() {
            Some(b'[') => records(text, &mut table),
            Some(b'{') => {
                let members: Members<'_> = serde_json::from_str(text).unwrap_or_default();
                let mut lists = members.values().filter(|raw| raw.get().starts_with('['));
                match (lists.next(), lists.next()) {
                    (Some(list), None) => records(list.get(), &mut table),
                    (Some(_), Some(_)) => false,
                    (None, _) => members.iter().all(|(name, raw)| {
                        !raw.get().starts_with('{') || table.record(raw.get(), Some(name))
                    }),
                }
            }
            _ => false,
        };
        if is_whole { table } else { Self::default() }
    }

    pub(super) fn of_csv(text: &str) -> Self {
        let mut table = Self::default();
        let (mut names, mut is_whole): (Option<Vec<String>>, _) = (None, true);
        csv::each_row(text.as_bytes(), |row| {
            let Some(names) = &names else {
                names = Some(row);
                return is_whole;
            };
            if row.len() == names.len() {
                let cells = row.into_iter().map(|cell| vec![cell]);
                let members: Vec<Member> = names.iter().cloned().zip(cells).collect();
                is_whole = table.put(&members, None);
            }
            is_whole
        });
        if is_whole { table } else { Self::default() }
    }

    /// Takes a record; whether it is one of metadata, and not of texts.
    fn record(&mut self, raw: &str, name: Option<&str>) -> bool {
        match serde_json::from_str::<Map<String, Value>>(raw).map(content::members) {
            Ok(Some(members)) => self.put(&members, name),
            Ok(None) => false,
            // No object names a file, nor states anything.
            Err(_) => true,
        }
    }

    fn put(&mut self, members: &[Member], name: Option<&str>) -> bool {
        if content::has_text(members) {
            return false;
        }
        let named = |key: &str| {
            let is_key =
                |other: &str| other.trim().replace(['-', ' '], "_").eq_ignore_ascii_case(key);
            members.iter().find(|(other, _)| is_key(other)).and_then(|(_, values)| values.first())
        };
        let path =
            name.map(str::to_owned).or_else(|| FILES.iter().find_map(|key| named(key)).cloned());
        let Some(path) = path.map(|path| path.trim().replace('\\', "/")) else { return true };
        let (folders, last) = path.rsplit_once('/').unwrap_or(("", &path));
        if let Some(stated) = Stated::of(members).filter(|_| !last.is_empty()) {
            let folders = folders.trim_start_matches("./").to_owned();
            self.of.entry(last.to_owned()).or_default().push((folders, stated));
        }
        true
    }

    /// Whether a record names this file.
    pub(super) fn describes(&self, folder: &Path, file: &str) -> bool {
        matches!(self.of(folder, file), Content::Stated(_))
    }

    /// What the one record that names a file states of it.
    pub(super) fn of(&self, folder: &Path, file: &str) -> Content {
        let Some(stem) = stem_of(file) else { return Content::Other };
        let is_here = |folders: &str| matches!(folders, "" | ".") || folder.ends_with(folders);
        for name in [file, stem] {
            let records = self.of.get(name).into_iter().flatten();
            let mut records = records.filter(|(folders, _)| is_here(folders));
            match (records.next(), records.next()) {
                (Some((_, one)), None) => return Content::Stated(one.clone()),
                (Some(_), Some(_)) => {
                    return Content::Broken(format!("more than one record names {name}"));
                }
                (None, _) => {}
            }
        }
        Content::Other
    }
}
