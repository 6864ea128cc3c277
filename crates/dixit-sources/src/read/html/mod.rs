//! Pages in HTML: articles by their main text, or each by its markup where there are several, transcripts
//! by the names in bold; what the head says of
//! the day, the title, the language and the address.

mod articles;
mod blocks;
mod main_text;
mod turns;

use std::io::{self, Read};

use dixit::{Basis, Kind, Person, SourceMap, Span, Statement, StatementDate};
use serde_json::Value;

use super::metadata::{self, Metadata};
use super::prose::Decoded;
use super::transcript::{self, Marks};
use super::{Flow, Head, Input, Item, Reader, Record, Sink, labels};
use crate::extract;
use crate::problem::Problem;
use crate::read::markup::{Given, Tokens, literal_marks};
use articles::Article;
use blocks::Blocks;
pub(super) use turns::Said;

/// Pages in HTML.
pub(super) struct Html;

impl Reader for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn about(&self) -> &'static str {
        "HTML pages: the main text as an article, or the turns of a transcript"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml", "shtml"]
    }

    fn recognise(&self, head: &Head<'_>) -> Option<&'static str> {
        let is_named = self.extensions().contains(&head.extension);
        let doctype = head.bytes.trim_ascii_start();
        if doctype.len() >= 14 && doctype[..14].eq_ignore_ascii_case(b"<!doctype html") {
            return Some("its document type");
        }
        let root = head.root_element();
        if root.is_some_and(|root| root.is("html")) {
            return Some("its root element");
        }
        (is_named && head.is_text()).then_some("its name")
    }

    fn takes_metadata(&self) -> bool {
        true
    }

    fn read(&self, input: &mut Input<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
        let limit = input.limits.record_bytes;
        let mut bytes = Vec::new();
        (&mut *input.bytes).take(limit as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > limit {
            let message = format!("the page has more than {limit} bytes, the most for one record");
            sink(Item::Problem(Problem::left_out(input.name, message)));
            return Ok(());
        }
        let marks = literal_marks(&bytes);
        for mark in marks.iter().flatten() {
            bytes[mark.clone()].fill(b' ');
        }
        let mut page = bytes.as_slice();
        let blocks = Blocks::read(&mut Tokens::of_page(&mut page).escaped(marks.is_some()))?;
        if let Some(why) = blocks.lost {
            sink(Item::Problem(Problem::left_out(input.name, why)));
        }
        let page = Page {
            metadata: Metadata::of(input.name, &input.beside, sink),
            ..Page::of(&blocks, &bytes)
        };
        let main = main_text::main_text(&blocks);
        if main.is_empty() {
            sink(Item::Problem(Problem::left_out(input.name, "no text in the page")));
            return Ok(());
        }
        let length = bytes.len() as u64;
        let in_bold = turns::turns(main).filter(|turns| is_transcript(turns));
        // Minutes have more names in bold than labels, where they tell who asks on paper.
        let named = in_bold
            .as_ref()
            .map_or(0, |turns| turns.iter().filter(|turn| turn.label.is_some()).count());
        let is_labelled = page.labelled(main, input.name, length, named, sink);
        let articles = Article::all(&blocks);
        let several = articles::several(&blocks, &articles);
        match (in_bold, several) {
            _ if is_labelled => {}
            (Some(turns), _) => page.transcript(turns, input.name, sink),
            (None, Some(several)) => {
                articles::take(&several, &page, &blocks, input.name, sink);
                let left = articles.iter().filter(|article| !article.is_whole());
                articles::tell_left_out(left, input.name, sink);
                return Ok(());
            }
            (None, None) => page.article(main, input.name, length, sink),
        }
        let taken = Span::new(main[0].span.start, main[main.len() - 1].span.end);
        let left = articles.iter().filter(|article| !article.meets(taken));
        articles::tell_left_out(left, input.name, sink);
        Ok(())
    }
}

/// The turns of a piece of HTML, such as a record of JSON holds; without names in bold it is one.
pub(super) fn said_in(html: &str) -> Vec<Said> {
    let mut bytes = html.as_bytes();
    let Ok(blocks) = Blocks::read(&mut Tokens::of_page(&mut bytes)) else { return Vec::new() };
    if let Some(turns) = turns::turns(&blocks.blocks) {
        return turns;
    }
    let (text, map) = joined(&blocks.blocks);
    let span = Span::new(0, html.len() as u64);
    let is_note = text.starts_with('[') && text.ends_with(']');
    if text.trim().is_empty() {
        Vec::new()
    } else {
        vec![Said { text, map, span, is_note, ..Said::default() }]
    }
}

/// Whether what stands in bold before a colon on a page is names, and not `Background:` and `Contact:`:
/// titles or offices stand before two of them, or one comes again, and none is anything but a name.
fn is_transcript(turns: &[Said]) -> bool {
    let labels: Vec<&str> = turns
        .iter()
        .filter_map(|turn| turn.label.as_ref())
        .map(|(label, _)| label.as_str())
        .collect();
    let titled = labels.iter().filter(|label| {
        let parts = labels::split(label);
        parts.has_title || parts.role.is_some()
    });
    let mut sorted = labels.clone();
    sorted.sort_unstable();
    let again = sorted.windows(2).any(|pair| pair[0] == pair[1]);
    labels.len() >= 2 && (titled.count() >= 2 || again)
}

/// Blocks as one text, a line each.
fn joined<'b>(blocks: impl IntoIterator<Item = &'b blocks::Block>) -> (String, SourceMap) {
    let (mut text, mut map) = (String::new(), SourceMap::default());
    for block in blocks {
        if !text.is_empty() {
            text.push('\n');
            map.push_inserted(1, block.span.start);
        }
        text.push_str(&block.text);
        map.append(&block.map);
    }
    (text, map)
}

/// Fields of the head that give the day, from the most to the least telling. Only what says that it
/// is the day of publication, or of the sitting, is one.
const DATES: [&str; 17] = [
    "sit_date",
    "article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "dcterms.created",
    "publishdate",
    "publish_date",
    "publish-date",
    "pubdate",
    "publication_date",
    "published",
    "date",
    "release_date",
    "time",
];

/// What a page says of itself.
struct Page {
    title: Option<Given<String>>,
    date: Option<Given<StatementDate>>,
    language: Option<Given<String>>,
    url: Option<String>,
    /// The heading on the page, which is no part of the text.
    own_heading: Option<Span>,
    /// What a file beside it says of it.
    metadata: Metadata,
}

impl Page {
    fn of(blocks: &Blocks, bytes: &[u8]) -> Self {
        let mut fields = blocks.fields.clone();
        fields.extend(linked_data(bytes));
        let field = |name: &str| {
            let found =
                fields.iter().find(|(known, value, _)| known == name && !value.is_empty())?;
            Some((found.1.clone(), found.2))
        };
        // Times on a page are also those of its teasers: one alone tells.
        let mut times = fields.iter().filter(|(name, ..)| name == "time").map(|(_, time, _)| time);
        let first = times.next().cloned();
        let is_alone = first.is_some_and(|first| times.all(|time| *time == first));
        let known = DATES.iter().filter(|name| **name != "time" || is_alone);
        let date = known.into_iter().find_map(|name| {
            let (value, span) = field(name)?;
            Some(Given::new(articles::day_of(&value)?, span, "meta"))
        });
        let mut headings = blocks.blocks.iter().filter(|block| block.heading == Some(1));
        let heading = headings.next().filter(|_| headings.next().is_none());
        let title = heading
            .map(|block| Given::new(block.text.clone(), block.span, "h1"))
            .or_else(|| field("og:title").map(|(text, span)| Given::new(text, span, "og:title")))
            .or_else(|| field("title").map(|(text, span)| Given::new(text, span, "title")));
        let date = date.or_else(|| {
            let title = title.as_ref()?;
            let date = extract::parse_date(&title.value)?;
            Some(Given::new(date, title.span, "title"))
        });
        let language = blocks.language.clone().or_else(|| field("content-language"));
        let url = field("canonical").or_else(|| field("og:url")).map(|(url, _)| url);
        Self {
            title,
            date,
            language: language.map(|(tag, span)| Given::new(tag, span, "lang")),
            url: url.filter(|url| url.starts_with("http")),
            own_heading: heading.map(|block| block.span),
            metadata: Metadata::default(),
        }
    }

    fn statement(&self, name: &str, text: String, map: SourceMap, span: Span) -> Statement {
        let mut statement = self.undated(name, text, map, span);
        if let Some(date) = &self.date {
            statement.date = Some(date.value);
            statement.set_basis("date", Basis::given(date.rule, [date.span]));
        }
        statement
    }

    /// A statement of this page, whose day may be another than the page's.
    fn undated(&self, name: &str, text: String, map: SourceMap, span: Span) -> Statement {
        let mut statement = Statement::new(name, text);
        statement.source.span = Some(span);
        statement.source.url.clone_from(&self.url);
        statement.set_source_map(map);
        if let Some(language) = &self.language {
            statement.language = Some(language.value.clone());
            statement.set_basis("language", Basis::given(language.rule, [language.span]));
        }
        statement
    }

    fn article(&self, main: &[blocks::Block], name: &str, length: u64, sink: &mut Sink<'_>) {
        let (text, map) = joined(main.iter().filter(|block| Some(block.span) != self.own_heading));
        if text.trim().is_empty() {
            sink(Item::Problem(Problem::left_out(name, "no text in the page")));
            return;
        }
        let mut statement = self.statement(name, text, map, Span::new(0, length));
        statement.source.ordinal = Some(1);
        if let Some(title) = &self.title {
            statement.title = Some(title.value.clone());
            statement.set_basis("title", Basis::given(title.rule, [title.span]));
        }
        self.metadata.apply(&mut statement);
        metadata::weigh(&mut statement);
        sink(Item::Record(Box::new(Record { statement })));
    }

    /// The turns of a transcript whose labels are words of the text, where there are as many of them;
    /// whether it is one.
    fn labelled(
        &self,
        main: &[blocks::Block],
        name: &str,
        length: u64,
        at_least: usize,
        sink: &mut Sink<'_>,
    ) -> bool {
        let mut file = Decoded { text: String::new(), map: SourceMap::default(), bytes: length };
        let (mut headings, mut bold) = (Vec::new(), Vec::new());
        for block in main.iter().filter(|block| Some(block.span) != self.own_heading) {
            if !file.text.is_empty() {
                // Each block is a paragraph.
                file.text.push_str("\n\n");
                file.map.push_inserted(2, block.span.start);
            }
            let at = file.text.len();
            headings.extend(block.heading.map(|rank| (at, rank)));
            bold.extend(block.bold.map(|(from, to)| at + from..at + to));
            file.text.push_str(&block.text);
            file.map.append(&block.map);
        }
        let mut whole =
            self.statement(name, String::new(), SourceMap::default(), Span::new(0, length));
        if let Some(title) = &self.title {
            whole.title = Some(title.value.clone());
            whole.set_basis("title", Basis::given(title.rule, [title.span]));
        }
        self.metadata.apply(&mut whole);
        let marks = Marks::Page { headings: &headings, bold: &bold };
        let mut take = |statement| sink(Item::Record(Box::new(Record { statement })));
        transcript::turns(&file, 0, marks, &whole, at_least, &mut take).tell(name, sink)
    }

    fn transcript(&self, turns: Vec<Said>, name: &str, sink: &mut Sink<'_>) {
        for (ordinal, turn) in turns.into_iter().enumerate() {
            let Said { label, is_asked, text, map, span, heading, is_note } = turn;
            let mut statement = self.statement(name, text, map, span);
            statement.source.ordinal = Some(ordinal as u64 + 1);
            if let Some(event) = &self.title {
                statement.event = Some(event.value.clone());
                statement.set_basis("event", Basis::given(event.rule, [event.span]));
            }
            if let Some((_, heading, span)) = heading {
                statement.title = Some(heading.clone());
                statement.set_basis("title", Basis::given("heading", [span]));
                statement.topics.push(heading);
                statement.set_basis("topics", Basis::given("heading", [span]));
            }
            self.metadata.apply_to_part(&mut statement);
            metadata::weigh_by_name(&mut statement);
            if !statement.basis.contains_key("date")
                && let Some((date, basis)) = extract::day_of_file(name)
            {
                statement.date = Some(date);
                statement.set_basis("date", basis);
            }
            speak(&mut statement, label, is_asked, is_note);
            if sink(Item::Record(Box::new(Record { statement }))) == Flow::Enough {
                return;
            }
        }
    }
}

/// Who speaks, and how.
pub(super) fn speak(
    statement: &mut Statement,
    label: Option<(String, Span)>,
    is_asked: bool,
    is_note: bool,
) {
    let Some((label, at)) = label else {
        // What stands before the first name, or beside them, is the record's.
        statement.kind = Kind::Procedure;
        let rule = if is_note { "note" } else { "no-label" };
        statement
            .set_basis("kind", Basis::new(dixit::BasisKind::Extracted, rule).with_confidence(0.9));
        let unknown = Basis::unknown("not-named").with_note("no name stands before it");
        statement.set_basis("speaker", unknown);
        return;
    };
    let parts = labels::split(&label);
    let person =
        Person { name: parts.name, role: parts.role, as_written: Some(label), ..Person::default() };
    // A question that is told of, as it stands on the paper, is the record's text and not spoken.
    statement.kind = if is_asked { Kind::Procedure } else { Kind::Speech };
    let rule = if is_asked { "asked" } else { "label" };
    statement.set_basis("kind", Basis::given(rule, [at]));
    statement.speaker = Some(person);
    statement.set_basis("speaker", Basis::given("label", [at]));
}

/// Whether a node of linked data tells of a text, and not of a picture or a person beside it.
fn is_text(node: &Value) -> bool {
    const TEXTS: [&str; 8] = [
        "Article",
        "Report",
        "WebPage",
        "BlogPosting",
        "PressRelease",
        "Statement",
        "Speech",
        "Event",
    ];
    let is = |kind: &Value| {
        kind.as_str().is_some_and(|kind| TEXTS.iter().any(|text| kind.ends_with(text)))
    };
    match node.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

/// What linked data (JSON-LD) in a page says of the day and the headline.
fn linked_data(bytes: &[u8]) -> Vec<(String, String, Span)> {
    const KIND: &[u8] = b"application/ld+json";
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(bytes, KIND).take(20) {
        let Some(open) = memchr::memchr(b'>', &bytes[at..]) else { break };
        let from = at + open + 1;
        let Some(length) = memchr::memmem::find(&bytes[from..], b"</") else { break };
        let Ok(data) = serde_json::from_slice::<Value>(&bytes[from..from + length]) else {
            continue;
        };
        let span = Span::from(from..from + length);
        let nodes = match &data {
            Value::Array(nodes) => nodes.iter().collect(),
            Value::Object(fields) => match fields.get("@graph") {
                Some(Value::Array(nodes)) => nodes.iter().collect(),
                _ => vec![&data],
            },
            _ => continue,
        };
        for node in nodes.into_iter().filter(|node| is_text(node)) {
            for field in ["datePublished", "headline"] {
                if let Some(value) = node.get(field).and_then(Value::as_str) {
                    found.push((field.to_ascii_lowercase(), value.to_owned(), span));
                }
            }
        }
    }
    found
}
