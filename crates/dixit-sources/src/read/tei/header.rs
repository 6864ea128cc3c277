//! The header of a TEI file: the day of the sitting, its title, language and country.

use std::io::BufRead;
use std::path::PathBuf;

use dixit::StatementDate;

use super::people::{People, Reading};
use crate::extract;
use crate::read::Beside;
use crate::read::markup::{Given, Sitting, Tag, TextBuilder, Token, Tokens};

/// Where a date in the header stands, from the most to the least telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Where {
    /// The setting of the debate: when and where it took place.
    Setting,
    /// The published record that the file was made from.
    Record,
    /// The meeting among the titles.
    Meeting,
}

/// What a header says.
pub(super) struct Header {
    name: String,
    beside: Beside,
    has_looked_beside: bool,
    pub(super) people: People,
    reading: Reading,
    dates: Vec<(Where, Given<StatementDate>)>,
    titles: Vec<(u8, Option<String>, Given<String>)>,
    language: Option<Given<String>>,
    country: Option<String>,
    /// Elements that are open, from the header on.
    path: Vec<&'static str>,
    text: TextBuilder,
    title: Option<(u8, Option<String>)>,
    is_country: bool,
}

/// Elements that tell where something stands.
const PLACES: [&str; 12] = [
    "setting",
    "sourceDesc",
    "bibl",
    "biblStruct",
    "publicationStmt",
    "titleStmt",
    "listPerson",
    "listOrg",
    "particDesc",
    "revisionDesc",
    "listBibl",
    "recording",
];

impl Header {
    pub(super) fn new(name: &str, beside: Beside) -> Self {
        Self {
            name: name.to_owned(),
            beside,
            has_looked_beside: false,
            people: People::default(),
            reading: Reading::default(),
            dates: Vec::new(),
            titles: Vec::new(),
            language: None,
            country: None,
            path: Vec::new(),
            text: TextBuilder::default(),
            title: None,
            is_country: false,
        }
    }

    /// Another document of a corpus begins: the day and title of the last one are not its.
    pub(super) fn begin(&mut self) {
        self.dates.clear();
        self.titles.clear();
        self.country = None;
    }

    /// Attributes of the element that holds the text.
    pub(super) fn text(&mut self, tag: &Tag<'_>) {
        if let Some(language) = tag.attribute("lang").filter(|value| !value.text.is_empty()) {
            let given = Given::new(language.text.into_owned(), language.span, "xml:lang");
            self.language = Some(given);
        }
    }

    pub(super) fn take(&mut self, token: Token<'_>) {
        match &token {
            Token::Open(tag) => self.open(tag),
            Token::Close(close) => {
                if self.path.last().is_some_and(|open| *open == close.name) {
                    self.path.pop();
                }
                self.close(close.name);
            }
            Token::Text(text) => {
                if self.title.is_some() || self.is_country {
                    self.text.push(*text);
                }
            }
        }
        if self.is_within("listPerson") || self.is_within("listOrg") || is_list_end(&token) {
            self.reading.take(&token, &mut self.people);
        }
    }

    fn is_within(&self, place: &str) -> bool {
        self.path.contains(&place)
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let value = |name: &str| tag.attribute(name);
        if matches!(tag.name, "TEI" | "TEI.2" | "teiCorpus") {
            self.text(tag);
        }
        if let Some(place) = PLACES.iter().find(|place| **place == tag.name)
            && !tag.is_empty
        {
            self.path.push(place);
        }
        match tag.name {
            "date" | "meeting" => {
                let place = if self.is_within("setting") {
                    Where::Setting
                } else if self.is_within("recording")
                    || (self.is_within("sourceDesc") && !self.is_within("publicationStmt"))
                {
                    Where::Record
                } else if tag.name == "meeting" {
                    Where::Meeting
                } else {
                    return;
                };
                let when = value("when").or_else(|| {
                    // A stretch of one day is a day.
                    let from = value("from")?;
                    (from.text == value("to")?.text).then_some(from)
                });
                let when = when.or_else(|| value("n").filter(|_| tag.name == "meeting"));
                if let Some(when) = when
                    && let Some(date) = day_of(&when.text)
                {
                    self.dates.push((place, Given::new(date, when.span, "date")));
                }
            }
            "title" if self.is_within("titleStmt") && !tag.is_empty => {
                // The part of the title that names the sitting tells more than that of the corpus.
                let rank = match value("type").as_ref().map(|value| &*value.text) {
                    Some("sub") => 0,
                    _ => 1,
                };
                self.title = Some((rank, value("lang").map(|value| value.text.into_owned())));
                self.text.clear();
            }
            "name" if self.is_within("setting") && !tag.is_empty => {
                self.is_country = value("type").is_some_and(|value| value.text == "country");
                self.text.clear();
            }
            _ => {}
        }
    }

    fn close(&mut self, element: &str) {
        match element {
            "title" => {
                if let Some((rank, language)) = self.title.take()
                    && let Some((text, span)) = self.text.take_value()
                {
                    self.titles.push((rank, language, Given::new(text, span, "title")));
                }
            }
            "name" if self.is_country => {
                self.is_country = false;
                if let Some((text, _)) = self.text.take_value() {
                    self.country = extract::country_named(&text);
                }
            }
            _ => {}
        }
    }

    /// What the header says of all that follows.
    pub(super) fn sitting(&self) -> Sitting {
        let date = self.dates.iter().min_by_key(|(place, _)| *place).map(|(_, date)| date.clone());
        let own = self.language.as_ref().map(|language| language.value.as_str());
        let titles = self.titles.iter();
        let event = titles
            .min_by_key(|(rank, language, _)| (*rank, language.as_deref() != own))
            .map(|(_, _, title)| title.clone());
        let mut sitting = Sitting::default();
        sitting.date = date;
        sitting.event = event;
        sitting.language.clone_from(&self.language);
        sitting.country.clone_from(&self.country);
        sitting
    }

    /// Reads the lists of persons and bodies near the file, once.
    pub(super) fn look_beside(&mut self) {
        if std::mem::replace(&mut self.has_looked_beside, true) {
            return;
        }
        for path in companions(&self.name, &self.beside) {
            let read = |bytes: &mut dyn BufRead| People::read(&mut Tokens::new(bytes));
            let people = self.beside.read(&path, read);
            if !people.is_empty() {
                let list = path.file_name().unwrap_or_default().to_string_lossy();
                self.people.add(&people, &list);
            }
        }
    }
}

/// The lists of persons and bodies near a file.
pub(super) fn companions(name: &str, beside: &Beside) -> Vec<PathBuf> {
    let file = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    // `ParlaMint-HU_2015-06-08.xml` belongs to `ParlaMint-HU.xml`.
    let corpus = file.split('_').next().unwrap_or(&file).to_owned();
    let corpus = corpus.split('.').next().unwrap_or(&corpus).to_owned();
    let is_meant = |name: &str| {
        let name = name.to_lowercase();
        let Some(stem) = name.strip_suffix(".xml") else { return false };
        let is_list = ["listperson", "listorg", "list_person", "list_org"];
        stem != file
            && (is_list.iter().any(|list| stem.contains(list))
                || stem.trim_end_matches(".ana") == corpus)
    };
    beside.find(&corpus, &is_meant)
}

/// The list's own end still belongs to it.
fn is_list_end(token: &Token<'_>) -> bool {
    matches!(token, Token::Close(close) if matches!(close.name, "listPerson" | "listOrg"))
}

/// The day of a date or a time in ISO 8601.
fn day_of(text: &str) -> Option<StatementDate> {
    text.trim().split('T').next()?.parse().ok()
}
