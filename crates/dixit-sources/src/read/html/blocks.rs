//! A page as blocks of text: what stands in one paragraph, heading, cell or line, and what of it is bold.

use std::io;

use dixit::{SourceMap, Span};

use crate::read::markup::{Tag, Text, TextBuilder, Token, Tokens};

/// Elements that hold no part of a text: menus, forms, what is not shown.
const PASSED_OVER: [&str; 14] = [
    "nav", "footer", "aside", "form", "button", "select", "noscript", "template", "iframe", "svg",
    "head", "script", "style", "object",
];

/// Elements that begin and end a block.
const BLOCKS: [&str; 31] = [
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "td",
    "th",
    "tr",
    "table",
    "tbody",
    "blockquote",
    "article",
    "section",
    "main",
    "header",
    "body",
    "dl",
    "dt",
    "dd",
    "center",
    "hr",
    "pre",
    "figure",
    "figcaption",
    "address",
];

/// Elements that hold blocks.
const CONTAINERS: [&str; 9] =
    ["div", "article", "section", "main", "td", "body", "center", "blockquote", "header"];

/// Elements of HTML that have no content, and so no end.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// How deep containers are told apart: what lies deeper counts as of the last.
const DEPTH: usize = 500;

/// A stretch of text without a break.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) text: String,
    pub(super) map: SourceMap,
    /// Where its markup begins and ends.
    pub(super) span: Span,
    /// Who speaks, where an attribute says so.
    pub(super) speaker: Option<(String, Span)>,
    /// The rank of a heading, 1 to 6.
    pub(super) heading: Option<u8>,
    /// The first stretch of it that is bold: where it begins and ends in the text.
    pub(super) bold: Option<(usize, usize)>,
    /// Bytes of it that lead elsewhere.
    pub(super) linked: usize,
    /// Bytes of it in italics.
    pub(super) slanted: usize,
    /// The container that it stands in, by its place in the list.
    pub(super) container: usize,
    /// And the outermost `article`.
    pub(super) article: Option<usize>,
}

/// An element that holds blocks.
#[derive(Debug)]
pub(super) struct Container {
    pub(super) parent: Option<usize>,
    pub(super) is_main: bool,
}

/// The text of a page.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    pub(super) blocks: Vec<Block>,
    pub(super) containers: Vec<Container>,
    /// Where each `article` begins and ends that lies in no other. By their own tags: containers may be
    /// closed by tags that belong to nothing.
    pub(super) articles: Vec<Span>,
    /// The language that the page declares.
    pub(super) language: Option<(String, Span)>,
    /// What the head says, in order: the name of the field, the value and its place.
    pub(super) fields: Vec<(String, String, Span)>,
    /// Why the rest of the page is lost, where it is.
    pub(super) lost: Option<&'static str>,
    open: Vec<usize>,
    /// Elements `article` that are open.
    in_articles: usize,
    text: TextBuilder,
    speaker: Option<(String, Span)>,
    begins: Option<u64>,
    heading: Option<u8>,
    bold: Bold,
    linked: usize,
    slanted: usize,
    links: usize,
    italics: usize,
    /// Spans that are open, and whether each holds the name of a speaker.
    spans: Vec<bool>,
    passed_over: Vec<String>,
    title: Option<TextBuilder>,
}

/// What is bold in the block that is open.
#[derive(Debug, Default)]
struct Bold {
    /// Elements of bold that are open.
    open: usize,
    first: Option<(usize, usize)>,
    /// The stretches after the first.
    others: Vec<(usize, usize)>,
}

impl Blocks {
    /// Takes a page, or a piece of one, apart.
    pub(super) fn read(tokens: &mut Tokens<'_>) -> io::Result<Self> {
        let mut blocks = Self::default();
        blocks.containers.push(Container { parent: None, is_main: false });
        blocks.open.push(0);
        let mut last = 0;
        while let Some(token) = tokens.next()? {
            match token {
                Token::Open(tag) => {
                    last = tag.span.end;
                    blocks.open_tag(&tag);
                }
                Token::Close(close) => {
                    last = close.span.end;
                    blocks.close_tag(&close.name.to_ascii_lowercase(), close.span);
                }
                Token::Text(text) => {
                    last = text.at + text.raw.len() as u64;
                    blocks.text(text);
                }
            }
        }
        blocks.end_block(last);
        if blocks.in_articles > 0 {
            blocks.end_article(last);
        }
        blocks.lost = tokens.lost;
        Ok(blocks)
    }

    fn text(&mut self, text: Text<'_>) {
        if let Some(title) = &mut self.title {
            title.push(text);
        }
        if !self.passed_over.is_empty() {
            return;
        }
        let before = self.text.len();
        self.text.push(text);
        let after = self.text.len();
        if before == after {
            return;
        }
        if self.begins.is_none() {
            self.begins = Some(text.at);
        }
        if self.links > 0 {
            self.linked += after - before;
        }
        if self.italics > 0 {
            self.slanted += after - before;
        }
        if self.bold.open > 0 {
            // Bold that goes on after a break of the markup is one stretch.
            let text = self.text.as_str();
            let lead = text[before..].len() - text[before..].trim_start().len();
            let last = self.bold.others.last_mut().or(self.bold.first.as_mut());
            match last {
                Some((_, end)) if text[*end..before].trim().is_empty() => *end = after,
                Some(_) => self.bold.others.push((before + lead, after)),
                None => self.bold.first = Some((before + lead, after)),
            }
        }
    }

    fn open_tag(&mut self, tag: &Tag<'_>) {
        let name = tag.name.to_ascii_lowercase();
        let name = name.as_str();
        match name {
            "html" => {
                if let Some(language) = tag.attribute("lang").filter(|value| !value.text.is_empty())
                {
                    self.language = Some((language.text.into_owned(), language.span));
                }
            }
            "meta" => self.meta(tag),
            "link" => {
                let is_own = tag.attribute("rel").is_some_and(|rel| rel.text == "canonical");
                if is_own && let Some(href) = tag.attribute("href") {
                    self.fields.push(("canonical".to_owned(), href.text.into_owned(), href.span));
                }
            }
            "time" => {
                if let Some(time) = tag.attribute("datetime") {
                    self.fields.push(("time".to_owned(), time.text.into_owned(), time.span));
                }
            }
            "title" if !tag.is_empty => self.title = Some(TextBuilder::default()),
            _ => {}
        }
        // Data in attributes, as generated pages give it.
        if let (Some(field), Some(value)) =
            (tag.attribute("data-name"), tag.attribute("data-value"))
        {
            self.fields.push((field.text.into_owned(), value.text.into_owned(), value.span));
        }
        if BLOCKS.contains(&name) {
            let speaker = tag.attributes().find(|(key, value)| {
                let key = key.to_ascii_lowercase();
                key.starts_with("data-")
                    && key.contains("speak")
                    && value.text.chars().any(char::is_alphabetic)
            });
            self.speaker = speaker
                .map(|(_, value)| (value.text.trim().to_owned(), value.span))
                .or(self.speaker.take());
        }
        if tag.is_empty && !BLOCKS.contains(&name) && name != "br" {
            return;
        }
        // A paragraph ends where another block begins, whether it says so or not.
        if BLOCKS.contains(&name) && self.passed_over.last().is_some_and(|open| open == "p") {
            self.passed_over.pop();
        }
        let is_block = BLOCKS.contains(&name) && !VOID.contains(&name);
        let is_inside = !self.passed_over.is_empty() && is_block;
        let is_unseen = !VOID.contains(&name) && is_hidden(tag);
        if (PASSED_OVER.contains(&name) || is_unseen || is_inside) && self.passed_over.len() < DEPTH
        {
            if is_unseen && is_block && self.passed_over.is_empty() {
                self.end_block(tag.span.start);
            }
            self.passed_over.push(name.to_owned());
            return;
        }
        if !self.passed_over.is_empty() {
            return;
        }
        match name {
            "br" => self.end_block(tag.span.start),
            "b" | "strong" => self.bold.open += 1,
            "span" => {
                let class = tag.attribute("class");
                let names = class.is_some_and(|class| {
                    class
                        .text
                        .to_ascii_lowercase()
                        .split_whitespace()
                        .any(|class| class == "speaker")
                });
                self.bold.open += usize::from(names);
                self.spans.push(names);
            }
            "i" | "em" => self.italics += 1,
            "a" => self.links += 1,
            _ if BLOCKS.contains(&name) => {
                self.end_block(tag.span.start);
                self.begins = Some(tag.span.start);
                self.text.keeps_lines = name == "pre";
                self.heading = name.strip_prefix('h').and_then(|rank| rank.parse().ok());
                // What is bold or a link does not reach over blocks.
                (self.links, self.italics, self.bold.open) = (0, 0, 0);
                self.spans.clear();
                if name == "article" {
                    if self.in_articles == 0 {
                        self.articles.push(tag.span);
                    }
                    self.in_articles += 1;
                }
                if CONTAINERS.contains(&name) && !VOID.contains(&name) && self.open.len() < DEPTH {
                    let is_main = matches!(name, "article" | "main");
                    self.containers.push(Container { parent: self.open.last().copied(), is_main });
                    self.open.push(self.containers.len() - 1);
                }
            }
            _ => {}
        }
    }

    fn close_tag(&mut self, name: &str, span: Span) {
        if name == "title"
            && let Some(mut title) = self.title.take()
            && let Some((text, span)) = title.take_value()
        {
            self.fields.push(("title".to_owned(), text, span));
        }
        if let Some(at) = self.passed_over.iter().rposition(|open| open == name) {
            self.passed_over.truncate(at);
            return;
        }
        if !self.passed_over.is_empty() {
            return;
        }
        match name {
            "b" | "strong" => self.bold.open = self.bold.open.saturating_sub(1),
            "span" => {
                let names = self.spans.pop().unwrap_or_default();
                self.bold.open = self.bold.open.saturating_sub(usize::from(names));
            }
            "i" | "em" => self.italics = self.italics.saturating_sub(1),
            "a" => self.links = self.links.saturating_sub(1),
            _ if BLOCKS.contains(&name) => {
                self.end_block(span.end);
                self.text.keeps_lines = false;
                if CONTAINERS.contains(&name) && self.open.len() > 1 {
                    self.open.pop();
                }
                if name == "article" && self.in_articles > 0 {
                    self.in_articles -= 1;
                    if self.in_articles == 0 {
                        self.end_article(span.end);
                    }
                }
            }
            _ => {}
        }
    }

    fn end_article(&mut self, end: u64) {
        if let Some(article) = self.articles.last_mut() {
            article.end = end;
        }
    }

    fn meta(&mut self, tag: &Tag<'_>) {
        let name = tag
            .attribute("name")
            .or_else(|| tag.attribute("property"))
            .or_else(|| tag.attribute("itemprop"))
            .or_else(|| tag.attribute("http-equiv"));
        if let (Some(name), Some(content)) = (name, tag.attribute("content"))
            && !content.text.trim().is_empty()
        {
            let name = name.text.to_ascii_lowercase();
            self.fields.push((name, content.text.trim().to_owned(), content.span));
        }
    }

    fn end_block(&mut self, end: u64) {
        let begins = self.begins.take();
        let heading = self.heading.take();
        let bold = self.bold.first.take();
        let others = std::mem::take(&mut self.bold.others);
        let (linked, slanted) =
            (std::mem::take(&mut self.linked), std::mem::take(&mut self.slanted));
        let (text, map) = self.text.take();
        if text.is_empty() {
            return;
        }
        let container = self.open.last().copied().unwrap_or_default();
        let span = Span::new(begins.unwrap_or(end), end);
        if is_page_mark(&text) {
            return;
        }
        let speaker = self.speaker.take();
        let article = (self.in_articles > 0).then(|| self.articles.len() - 1);
        let cuts = labels_within(&text, bold, &others);
        let first = cuts.first().map_or(text.len(), |(at, _)| text[..*at].trim_end().len());
        let rest: Vec<Block> = cuts
            .iter()
            .enumerate()
            .map(|(at, (from, bold))| {
                let end = cuts.get(at + 1).map_or(text.len(), |(next, _)| *next);
                let end = *from + text[*from..end].trim_end().len();
                let map = map.slice(*from..end);
                let span = map.to_source(0..end - *from).unwrap_or(span);
                let text = text[*from..end].to_owned();
                Block {
                    text,
                    map,
                    span,
                    bold: Some((0, *bold)),
                    container,
                    article,
                    ..Block::default()
                }
            })
            .collect();
        self.blocks.push(Block {
            map: if rest.is_empty() { map } else { map.slice(0..first) },
            text: text[..first].to_owned(),
            span,
            speaker,
            heading,
            bold,
            linked: linked.min(first),
            slanted: slanted.min(first),
            container,
            article,
        });
        self.blocks.extend(rest);
    }
}

/// Where further names in bold with a colon stand within a block that begins with one, each behind the end of
/// a sentence, and how long each is: `<b>A:</b> Why? <b>B:</b> So.`
fn labels_within(
    text: &str,
    bold: Option<(usize, usize)>,
    others: &[(usize, usize)],
) -> Vec<(usize, usize)> {
    const ENDS: [char; 12] = ['.', '!', '?', '…', '”', '"', ')', ']', '。', '！', '？', '»'];
    let is_label = |from: usize, to: usize| {
        let label = text[from..to].trim_end();
        let has_colon =
            label.ends_with([':', '：']) || text[to..].trim_start().starts_with([':', '：']);
        has_colon && label.len() <= 200 && !label.starts_with(char::is_lowercase)
    };
    let begins = bold.is_some_and(|(from, to)| {
        text[..from].trim().is_empty() && is_label(from, to.min(text.len()))
    });
    if !begins {
        return Vec::new();
    }
    let found = others.iter().map(|(from, to)| (*from, (*to).min(text.len())));
    found
        .filter(|(from, to)| {
            from < to && text[..*from].trim_end().ends_with(ENDS) && is_label(*from, *to)
        })
        .map(|(from, to)| (from, to - from))
        .collect()
}

/// Whether an element is one that no reader of the page sees.
fn is_hidden(tag: &Tag<'_>) -> bool {
    if tag.is_set("hidden") {
        return true;
    }
    tag.attribute("style").is_some_and(|style| {
        let style: String = style.text.chars().filter(|c| !c.is_whitespace()).collect();
        let style = style.to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}

/// Whether a block is the number of a column or page in print.
fn is_page_mark(text: &str) -> bool {
    let mut words = text.split([' ', ':', '\u{a0}']).filter(|word| !word.is_empty());
    let is_named = words.next().is_some_and(|word| {
        ["column", "page", "col", "col."].contains(&word.to_ascii_lowercase().as_str())
    });
    is_named
        && words.next().is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
        && words.next().is_none()
}
