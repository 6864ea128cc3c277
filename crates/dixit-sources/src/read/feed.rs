//! Feeds: RSS (0.9 to 2.0, RDF) and Atom (RFC 4287). Each item is an article or release.

use std::io;

use dixit::{Basis, SourceMap, Span, Statement, StatementDate};

use super::html;
use super::markup::{Given, Tag, TextBuilder, Token, Tokens};
use super::{Flow, Head, Input, Item, Reader, Record, Sink};
use crate::extract;
use crate::problem::Problem;

/// RSS and Atom feeds.
pub(super) struct Feed;

impl Reader for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn about(&self) -> &'static str {
        "RSS and Atom feeds: each item an article or release"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rss", "atom"]
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        let root = head.root_element()?;
        let is_feed = root.is("rss")
            || (root.is("feed") && (root.has(b"Atom") || root.is_near("entry")))
            || (root.is("RDF") && root.has(b"purl.org/rss"));
        is_feed.then_some("its root element")
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        let limit = input.limits.record_bytes;
        let mut tokens = Tokens::new(input.bytes);
        let mut item: Option<Entry> = None;
        let mut channel = Entry::default();
        let mut ordinal = 0;
        let mut items = 0_u64;
        while let Some(token) = tokens.next()? {
            match token {
                Token::Open(tag) if matches!(tag.name, "item" | "entry") => {
                    items += 1;
                    item = Some(Entry { start: tag.span.start, ..Entry::default() });
                }
                Token::Open(tag) => item.as_mut().unwrap_or(&mut channel).open(&tag),
                Token::Text(text) => {
                    let entry = item.as_mut().unwrap_or(&mut channel);
                    if let Some((_, open)) = &mut entry.open
                        && open.len() + text.raw.len() <= limit
                    {
                        open.push(text);
                    }
                }
                Token::Close(close) if matches!(close.name, "item" | "entry") => {
                    let Some(entry) = item.take() else { continue };
                    let (start, end) = (entry.start, close.span.end);
                    let made = entry.statement(input.name, Span::new(start, end), &channel);
                    let what = match made {
                        Some(mut statement) => {
                            ordinal += 1;
                            statement.source.ordinal = Some(ordinal);
                            Item::Record(Box::new(Record { statement }))
                        }
                        None => {
                            let why = "an item without any text";
                            let line = tokens.line();
                            Item::Problem(Problem::left_out(input.name, why).at(line, start))
                        }
                    };
                    if sink(what) == Flow::Enough {
                        return Ok(());
                    }
                }
                Token::Close(close) => item.as_mut().unwrap_or(&mut channel).close(close.name),
            }
        }
        if let Some(why) = tokens.lost {
            sink(Item::Problem(Problem::left_out(input.name, why)));
        }
        if item.is_some() {
            let why = "the feed ends within an item, which is left out";
            let problem = Problem::left_out(input.name, why).at(tokens.line(), tokens.offset());
            sink(Item::Problem(problem));
        } else if items == 0 {
            sink(Item::Problem(Problem::left_out(input.name, "no items in the feed")));
        }
        Ok(())
    }
}

/// Elements whose text is kept, each with how much it tells of the words: the full text before the
/// summary.
const KEPT: [&str; 14] = [
    "title",
    "link",
    "guid",
    "id",
    "pubDate",
    "published",
    "updated",
    "date",
    "issued",
    "description",
    "summary",
    "content",
    "encoded",
    "language",
];

/// What is known of an item.
#[derive(Default)]
struct Entry {
    start: u64,
    /// The element that is open, and its text; what is in elements inside it belongs to it.
    open: Option<(&'static str, TextBuilder)>,
    fields: Vec<(&'static str, String, SourceMap)>,
    link: Option<String>,
}

impl Entry {
    fn open(&mut self, tag: &Tag<'_>) {
        if tag.is("link")
            && let Some(href) = tag.attribute("href")
        {
            let is_own = tag.attribute("rel").is_none_or(|rel| rel.text == "alternate");
            if is_own && self.link.is_none() {
                self.link = Some(href.text.into_owned());
            }
        }
        if tag.is_empty {
            return;
        }
        match (&mut self.open, KEPT.iter().find(|kept| tag.is(kept))) {
            (Some((_, text)), _) => text.line(tag.span.start),
            (None, Some(kept)) => self.open = Some((kept, TextBuilder::default())),
            (None, None) => {}
        }
    }

    fn close(&mut self, element: &str) {
        if !self.open.as_ref().is_some_and(|(open, _)| open.eq_ignore_ascii_case(element)) {
            return;
        }
        if let Some((name, mut text)) = self.open.take() {
            let (text, map) = text.take();
            if !text.is_empty() {
                self.fields.push((name, text, map));
            }
        }
    }

    fn field(&self, names: &[&str]) -> Option<(&str, &SourceMap)> {
        let of = |name: &&str| self.fields.iter().find(|(known, ..)| known == name);
        names.iter().find_map(of).map(|(_, text, map)| (text.as_str(), map))
    }

    fn given(&self, names: &[&str], rule: &'static str) -> Option<Given<String>> {
        let (text, map) = self.field(names)?;
        // Titles may be escaped twice.
        let (text, span) = match html::said_in(text).into_iter().next() {
            Some(said) => (said.text, map.to_source(0..text.len())?),
            None => return None,
        };
        Some(Given::new(text, span, rule))
    }

    fn date(&self) -> Option<Given<StatementDate>> {
        let (text, map) = self.field(&["pubDate", "published", "issued", "date", "updated"])?;
        let span = map.to_source(0..text.len())?;
        let day = text.split('T').next().unwrap_or_default();
        let date =
            day.parse().ok().or_else(|| rfc_822(text)).or_else(|| extract::parse_date(text))?;
        Some(Given::new(date, span, "pubDate"))
    }

    fn statement(self, name: &str, span: Span, channel: &Self) -> Option<Statement> {
        let title = self.given(&["title"], "title");
        let words = self.field(&["encoded", "content", "description", "summary"]);
        let (text, map) = words
            .and_then(|(html, outer)| {
                let (mut text, mut map) = (String::new(), SourceMap::default());
                for said in html::said_in(html) {
                    let own = said.map.through(outer, 0)?;
                    if !text.is_empty() {
                        text.push('\n');
                        let at = outer.to_source(0..0).map_or(span.start, |at| at.start);
                        map.push_inserted(1, at);
                    }
                    text.push_str(&said.text);
                    map.append(&own);
                }
                (!text.trim().is_empty()).then_some((text, map))
            })
            .or_else(|| self.field(&["title"]).map(|(text, map)| (text.to_owned(), map.clone())))?;
        let is_title = title.as_ref().is_some_and(|title| title.value == text);
        let mut statement = Statement::new(name, text);
        statement.source.span = Some(span);
        statement.source.record = self.field(&["guid", "id"]).map(|(text, _)| text.to_owned());
        let link =
            self.link.clone().or_else(|| self.field(&["link"]).map(|(text, _)| text.to_owned()));
        statement.source.url = link.filter(|link| link.starts_with("http"));
        statement.set_source_map(map);
        if let Some(title) = title.filter(|_| !is_title) {
            statement.set_basis("title", Basis::given(title.rule, [title.span]));
            statement.title = Some(title.value);
        }
        match self.date() {
            Some(date) => {
                statement.set_basis("date", Basis::given(date.rule, [date.span]));
                statement.date = Some(date.value);
            }
            None => {
                if let Some((text, _)) = self.field(&["pubDate", "published", "date"]) {
                    let note = format!("`{text}` is no date");
                    statement.set_basis("date", Basis::unknown("bad-date").with_note(note));
                }
            }
        }
        if let Some(language) = channel.given(&["language"], "language") {
            statement.set_basis("language", Basis::given(language.rule, [language.span]));
            statement.language = Some(language.value);
        }
        if let Some(event) = channel.given(&["title"], "channel") {
            statement.set_basis("event", Basis::given(event.rule, [event.span]));
            statement.event = Some(event.value);
        }
        Some(statement)
    }
}

/// `Wed, 10 Dec 2025 09:30:00 GMT` (RFC 822, with years of four digits as RSS asks).
fn rfc_822(text: &str) -> Option<StatementDate> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut words = text.split([' ', ',']).filter(|word| !word.is_empty());
    let first = words.next()?;
    let day = if first.starts_with(|c: char| c.is_ascii_digit()) { first } else { words.next()? };
    let month = words.next()?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|known| month.starts_with(known))?;
    let year: i16 = words.next()?.parse().ok()?;
    let year = if year < 100 { year + if year < 70 { 2000 } else { 1900 } } else { year };
    StatementDate::day(year, i8::try_from(month).ok()? + 1, day.parse().ok()?)
}
