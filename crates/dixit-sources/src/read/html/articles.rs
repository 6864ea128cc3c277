//! Several articles on one page, each marked up as one.

use dixit::{Basis, Span, Statement, StatementDate};

use super::blocks::{Block, Blocks};
use super::main_text::{ENOUGH, is_menu, is_prose};
use super::{Page, joined};
use crate::extract;
use crate::problem::Problem;
use crate::read::markup::Given;
use crate::read::{Flow, Item, Record, Sink};

/// Paragraphs of an article have at least so many bytes: what has fewer announces one.
const ARTICLE_BYTES: usize = 400;

/// An `article` that lies in no other one.
#[derive(Debug, Default)]
pub(super) struct Article<'b> {
    span: Span,
    blocks: Vec<&'b Block>,
    /// Bytes in all, in paragraphs, and in links.
    bytes: usize,
    prose: usize,
    linked: usize,
}

impl<'b> Article<'b> {
    /// The articles of a page, in its order.
    pub(super) fn all(page: &'b Blocks) -> Vec<Self> {
        let mut articles: Vec<Self> =
            page.articles.iter().map(|span| Self { span: *span, ..Self::default() }).collect();
        for block in &page.blocks {
            if let Some(at) = block.article {
                articles[at].put(block);
            }
        }
        articles
    }

    fn put(&mut self, block: &'b Block) {
        self.bytes += block.text.len();
        self.linked += block.linked;
        if is_prose(block) {
            self.prose += block.text.len();
        }
        self.blocks.push(block);
    }

    fn heading(&self) -> Option<&'b Block> {
        let is_heading = |block: &&&Block| block.heading.is_some_and(|rank| rank <= 4);
        self.blocks.iter().find(is_heading).copied()
    }

    /// Whether it says something, and is no link to what does.
    fn is_text(&self) -> bool {
        self.prose > 0 && self.linked * 3 < self.bytes
    }

    /// Whether it stands for itself.
    pub(super) fn is_whole(&self) -> bool {
        self.is_text() && self.prose >= ARTICLE_BYTES && self.heading().is_some()
    }

    /// Whether it shares anything with a stretch of the page.
    pub(super) fn meets(&self, stretch: Span) -> bool {
        self.span.start < stretch.end && stretch.start < self.span.end
    }

    /// The one day that it gives in its markup, of all that the page gives.
    fn date(&self, times: &[(StatementDate, Span)]) -> Option<Given<StatementDate>> {
        let from = times.partition_point(|(_, at)| at.start < self.span.start);
        let mut own = times[from..].iter().take_while(|(_, at)| at.end <= self.span.end);
        let (first, at) = own.next()?;
        own.all(|(day, _)| day == first).then(|| Given::new(*first, *at, "time"))
    }

    fn statement(
        &self,
        page: &Page,
        times: &[(StatementDate, Span)],
        name: &str,
    ) -> Option<Statement> {
        let heading = self.heading()?;
        let is_own = |block: &&&Block| !std::ptr::eq(**block, heading);
        let mut own: &[&Block] = &self.blocks;
        // Menus at its ends are none of its text.
        while let [first, rest @ ..] = own
            && is_menu(first)
        {
            own = rest;
        }
        while let [rest @ .., last] = own
            && is_menu(last)
        {
            own = rest;
        }
        let (text, map) = joined(own.iter().filter(is_own).copied());
        let mut statement = page.undated(name, text, map, self.span);
        statement.title = Some(heading.text.clone());
        statement.set_basis("title", Basis::given("heading", [heading.span]));
        if let Some(date) = self.date(times) {
            statement.date = Some(date.value);
            statement.set_basis("date", Basis::given(date.rule, [date.span]));
        }
        Some(statement)
    }
}

/// The day of a moment as pages write it.
pub(super) fn day_of(time: &str) -> Option<StatementDate> {
    let day = time.split(['T', ' ']).next().unwrap_or_default();
    day.parse().ok().or_else(|| extract::parse_date(time))
}

/// The articles of a page that has two or more, where they are most of its text.
pub(super) fn several<'a, 'b>(
    page: &Blocks,
    articles: &'a [Article<'b>],
) -> Option<Vec<&'a Article<'b>>> {
    let whole: Vec<&Article<'_>> = articles.iter().filter(|article| article.is_whole()).collect();
    let all: usize =
        page.blocks.iter().filter(|block| is_prose(block)).map(|block| block.text.len()).sum();
    let theirs: usize = whole.iter().map(|article| article.prose).sum();
    (whole.len() >= 2 && theirs as f64 >= all as f64 * ENOUGH).then_some(whole)
}

/// Hands on each article as a statement.
pub(super) fn take(
    articles: &[&Article<'_>],
    page: &Page,
    blocks: &Blocks,
    name: &str,
    sink: &mut Sink<'_>,
) {
    let times = blocks.fields.iter().filter(|(field, ..)| field == "time");
    let times: Vec<(StatementDate, Span)> =
        times.filter_map(|(_, time, at)| Some((day_of(time)?, *at))).collect();
    let statements = articles.iter().filter_map(|article| article.statement(page, &times, name));
    for (ordinal, mut statement) in (1..).zip(statements) {
        statement.source.ordinal = Some(ordinal);
        if sink(Item::Record(Box::new(Record { statement }))) == Flow::Enough {
            return;
        }
    }
}

/// Tells of articles that are not taken, once for all.
pub(super) fn tell_left_out<'a, 'b: 'a>(
    left: impl Iterator<Item = &'a Article<'b>>,
    name: &str,
    sink: &mut Sink<'_>,
) {
    let mut left = left.filter(|article| article.is_text());
    let Some(first) = left.next() else { return };
    let message = match left.count() {
        0 => "1 article beside the text of the page is left out".to_owned(),
        more => format!("{} articles beside the text of the page are left out", more + 1),
    };
    sink(Item::Problem(Problem::left_out(name, message).at_byte(first.span.start)));
}
