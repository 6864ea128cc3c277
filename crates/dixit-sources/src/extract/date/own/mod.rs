//! Which of the dates in the opening of a text is the statement's own.

mod another;
mod sentences;

use std::ops::Range;

use super::super::short_words::WordSet;
use super::super::tokens::{Class, Gap, Token};
use super::mentions::{Mention, Words, lexicon};
pub(super) use another::goes_on_in_first_person;

/// Lines that may hold the date before the words begin.
const HEADER_LINES: usize = 14;
/// The same where nobody is addressed before: heads of scans have lines of seals and stamps.
const LONGEST_HEADER: usize = 30;
/// Words before a date at the end of a head: a place.
const PLACE_WORDS: usize = 4;
/// Lines that may be headings with a date in them.
const HEADING_LINES: usize = 6;
/// A longer line is no heading.
const LONGEST_HEADING: usize = 180;
/// Words of a sentence before its date.
const FARTHEST_WORD: usize = 60;
/// Signs before the date of an agency's report in Chinese.
const LONGEST_WIRE: usize = 12;
/// Sentences in which the text may say when it was said.
const OPENING_SENTENCES: usize = 3;

/// Where a date stands, the best place first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// In the title.
    Title,
    /// Alone on a line at the top.
    Line,
    /// In a heading at the top.
    Heading,
    /// Before the first words: `GENEVA, 10 December –`.
    Dateline,
    /// `On 10 December, the minister said`.
    Opening,
    /// On a line that says when the page was made.
    Label,
}

impl Place {
    /// The name of the rule.
    pub(super) const fn rule(self) -> &'static str {
        match self {
            Self::Title => "title-date",
            Self::Line => "date-line",
            Self::Heading => "heading-date",
            Self::Dateline => "dateline",
            Self::Opening => "opening-sentence",
            Self::Label => "labelled-date",
        }
    }

    /// How often a full date in this place is the statement's.
    pub(super) const fn confidence(self) -> f64 {
        match self {
            Self::Title | Self::Line => 0.95,
            Self::Heading | Self::Dateline => 0.93,
            Self::Opening => 0.85,
            Self::Label => 0.8,
        }
    }

    /// Places of the same rank contradict each other when they differ.
    pub(super) const fn rank(self) -> u8 {
        match self {
            Self::Title | Self::Line | Self::Heading | Self::Dateline => 0,
            Self::Opening => 1,
            Self::Label => 2,
        }
    }
}

/// The place of each date of the opening of a text, where it is one of the statement's own date.
pub(super) fn places(tokens: &[Token<'_>], mentions: &[Mention]) -> Vec<(Place, usize)> {
    if mentions.is_empty() {
        return Vec::new();
    }
    let opening = Opening::new(tokens);
    let mut found = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        if let Some(place) = opening.place(mention) {
            found.push((place, at));
        }
    }
    found
}

/// The token ranges of the first few sentences.
pub(super) fn sentences(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    Opening::new(tokens).sentences
}

/// Whether a date of a title is the statement's own.
pub(super) fn in_title(tokens: &[Token<'_>], mention: &Mention) -> bool {
    let words = &lexicon().words;
    stands_for_itself(tokens, 0..tokens.len(), &mention.tokens, words)
}

/// Whether a date in a heading is the date of what the heading names: "Press conference on May 4,
/// 2023", not "The attack of 4 May 2023" or "The May 4, 2023 attack".
fn stands_for_itself(
    tokens: &[Token<'_>],
    line: Range<usize>,
    date: &Range<usize>,
    words: &Words,
) -> bool {
    let before = &tokens[line.start..date.start];
    let behind = &tokens[date.end..line.end];
    if before.iter().rev().take(5).any(|token| says(&words.apart, token)) {
        return false;
    }
    let closes = behind.first().is_none_or(|next| {
        next.class == Class::Cjk
            || (next.class == Class::Mark && next.gap != Gap::None)
            || matches!(
                next.text,
                "," | ")" | ":" | "." | ";" | "]" | "，" | "：" | "）" | "】" | "|"
            )
            || (next.class == Class::Number && before.is_empty())
            || (before.is_empty() && next.gap == Gap::Space)
    });
    if !closes {
        return false;
    }
    let Some(last) = before.last() else { return true };
    if last.class == Class::Mark || last.class == Class::Cjk || last.class == Class::Number {
        return true;
    }
    let sitting = || before.iter().rev().take(6).any(|token| says(&words.sittings, token));
    match &*last.folded() {
        "on" | "am" | "vom" | "le" | "el" | "il" | "em" | "op" | "dated" => {
            behind.first().is_none_or(|next| !next.is_word())
        }
        "of" | "du" | "del" | "de" | "the" | "for" => sitting(),
        "by" => false,
        // "Press briefing 12 May 2023".
        _ => behind.is_empty() || sitting(),
    }
}

fn says(list: &WordSet, token: &Token<'_>) -> bool {
    list.contains(&*token.folded())
}

struct Opening<'a> {
    tokens: &'a [Token<'a>],
    /// Token ranges of lines.
    lines: Vec<Range<usize>>,
    /// Token ranges of sentences of at least six words, the first few.
    sentences: Vec<Range<usize>>,
    /// How many lines the head has, at most.
    header: usize,
    words: &'static Words,
}

impl<'a> Opening<'a> {
    fn new(tokens: &'a [Token<'a>]) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        for at in 1..=tokens.len() {
            if at == tokens.len() || tokens[at].gap >= Gap::Line {
                lines.push(start..at);
                start = at;
            }
        }
        let words = &lexicon().words;
        let addressed = lines
            .iter()
            .take(LONGEST_HEADER)
            .position(|line: &Range<usize>| says(&words.addressing, &tokens[line.start]));
        let header = addressed.unwrap_or(LONGEST_HEADER).max(HEADER_LINES);
        let mut this = Self { tokens, lines, sentences: Vec::new(), header, words };
        this.sentences = this.find_sentences();
        this
    }

    /// `New York, 30 September 2024` alone on a line, or behind the last stop of a head: whatever stands
    /// over it, a place with a date that nothing goes on from is when and where it was said.
    fn is_place_and_date(&self, mention: &Mention) -> bool {
        if mention.year.is_none() || mention.several {
            return false;
        }
        let mut behind = mention.tokens.end;
        if self.tokens.get(behind).is_some_and(|token| token.gap == Gap::None && token.is(".")) {
            behind += 1;
        }
        behind = self.behind_stamp(behind);
        let next = self.tokens.get(behind);
        if next
            .is_some_and(|next| next.gap < Gap::Line || next.text.starts_with(char::is_lowercase))
        {
            return false;
        }
        let mut from = mention.tokens.start;
        let mut words = 0;
        while from > 0 && self.tokens[from].gap < Gap::Line {
            let before = &self.tokens[from - 1];
            if before.is(".") && words > 0 {
                // The head is a paragraph that ends here.
                return next.is_none_or(|next| next.gap == Gap::Blank) || self.addresses(behind);
            }
            let is_part = before.is(",")
                || before.is_capitalised()
                || from == mention.tokens.start && says(&self.words.openers, before);
            words += usize::from(before.is_word() && before.is_capitalised());
            // `Norport Post. Updated 3 March 2023`
            if !is_part || says(&self.words.late_labels, before) || words > PLACE_WORDS {
                return false;
            }
            from -= 1;
        }
        let goes_on = from > 0 && self.tokens[from].gap == Gap::Line && {
            let last = &self.tokens[from - 1];
            last.is(",")
                || last.is_word() && last.text.chars().count() <= 4 && !last.is_capitalised()
        };
        words > 0 && !goes_on
    }

    /// Whether a line that begins at a token speaks to somebody.
    fn addresses(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| says(&self.words.addressing, token))
    }

    /// Behind `Check against delivery` at the end of a line.
    fn behind_stamp(&self, at: usize) -> usize {
        let is_stamp = |stamp: &&Vec<String>| {
            stamp.iter().zip(at..).all(|(word, at)| {
                let token = self.tokens.get(at).filter(|token| token.gap <= Gap::Space);
                token.is_some_and(|token| *token.folded() == **word)
            })
        };
        at + self.words.stamps.iter().find(is_stamp).map_or(0, Vec::len)
    }

    fn place(&self, mention: &Mention) -> Option<Place> {
        let line = self.lines.partition_point(|line| line.end <= mention.tokens.start);
        let range = self.lines.get(line)?;
        if line < self.header && self.is_place_and_date(mention) {
            return Some(Place::Line);
        }
        if line < HEADER_LINES
            && let Some(place) = self.line_place(line, range, mention)
        {
            return Some(place);
        }
        if self.is_dateline(line, range, mention) || self.is_wire(line, range, mention) {
            return Some(Place::Dateline);
        }
        (self.is_opening(mention) || self.is_same_day(mention)).then_some(Place::Opening)
    }

    /// The date on a line of its own, or in a heading.
    fn line_place(&self, line: usize, range: &Range<usize>, mention: &Mention) -> Option<Place> {
        let width = self.width(range);
        if mention.tokens.end > range.end || width > LONGEST_HEADING || self.continues_prose(line) {
            return None;
        }
        let rest = || {
            self.tokens[range.start..mention.tokens.start]
                .iter()
                .chain(&self.tokens[mention.tokens.end..range.end])
        };
        let label = rest().any(|token| says(&self.words.late_labels, token));
        let apart = rest().any(|token| says(&self.words.apart, token));
        let words = rest().filter(|token| token.is_word()).count();
        let cjk = rest().filter(|token| token.class == Class::Cjk).count();
        let names_only = rest().all(|token| {
            !token.is_word() || token.is_capitalised() || says(&self.words.line_words, token)
        });
        let at_edge =
            mention.tokens.start == range.start || mention.tokens.end == range.end || label;
        let ends_flat = !self.tokens[range.end - 1].is(".") || words <= 4;
        let alone = names_only && words <= 8 && cjk == 0 && width <= 90 && ends_flat && !apart;
        if alone && at_edge && (mention.year.is_some() || words <= 4) {
            let whole = label || self.fits_alone(range, mention);
            return whole.then_some(if label { Place::Label } else { Place::Line });
        }
        if mention.day.is_none() && words > 2 {
            return None;
        }
        if alone && words <= 3 {
            return Some(if label { Place::Label } else { Place::Line });
        }
        // `# 2025-12-10 Interview with the minister`.
        let marks = self.tokens[range.clone()].iter().take_while(|token| token.is("#")).count();
        let marked = range.start + marks..range.end;
        let is_first = mention.tokens.start == marked.start && mention.year.is_some();
        if line < HEADING_LINES && marks > 0 && is_first && !mention.several {
            return Some(Place::Heading);
        }
        let heading = line < HEADING_LINES
            && !apart
            && !self.runs_on(line)
            && (mention.tokens.start == range.start || self.tokens[range.start].text != "On")
            && !matches!(self.tokens[range.end - 1].text, "." | "。" | "," | ";" | "?")
            && self.is_title_case(range)
            && stands_for_itself(self.tokens, range.clone(), &mention.tokens, self.words);
        heading.then_some(if label { Place::Label } else { Place::Heading })
    }

    /// A line that only names the day, and a place: not "Battle of Norland, 10 December 1825".
    fn fits_alone(&self, range: &Range<usize>, mention: &Mention) -> bool {
        let before = &self.tokens[range.start..mention.tokens.start];
        let words = before.iter().filter(|token| token.is_word()).count();
        words <= 5 || stands_for_itself(self.tokens, range.clone(), &mention.tokens, self.words)
    }

    /// Whether the line runs on into the next one.
    fn runs_on(&self, line: usize) -> bool {
        self.lines.get(line + 1).is_some_and(|next| {
            let first = &self.tokens[next.start];
            first.gap == Gap::Line && first.text.starts_with(char::is_lowercase)
        })
    }

    /// Whether the line before runs on into this one.
    fn continues_prose(&self, line: usize) -> bool {
        let Some(before) = line.checked_sub(1).and_then(|before| self.lines.get(before)) else {
            return false;
        };
        let first = &self.tokens[self.lines[line].start];
        let last = &self.tokens[before.end - 1];
        first.gap == Gap::Line
            && self.width(before) > 45
            && (last.is_word() || last.is(",") || last.class == Class::Number)
            && self.tokens[before.clone()]
                .iter()
                .any(|token| token.text.len() > 3 && token.text.starts_with(char::is_lowercase))
    }

    /// Whether most longer words begin with a capital, or the script has none.
    fn is_title_case(&self, range: &Range<usize>) -> bool {
        let long: Vec<_> = self.tokens[range.clone()]
            .iter()
            .filter(|token| token.is_word() && token.text.chars().count() > 3)
            .collect();
        let capital = long.iter().filter(|token| token.is_capitalised()).count();
        capital * 4 >= long.len() * 3
    }

    /// `GENEVA (10 December 2025) –`, `BEIJING, Dec. 10 (Agency) --`.
    fn is_dateline(&self, line: usize, range: &Range<usize>, mention: &Mention) -> bool {
        if line >= HEADER_LINES
            || mention.tokens.start - range.start > 8
            || self.continues_prose(line)
        {
            return false;
        }
        let before = &self.tokens[range.start..mention.tokens.start];
        if !self.is_place(before) {
            return false;
        }
        let mut behind = mention.tokens.end;
        let (mut inside, mut slashed) = (0, false);
        while let Some(token) = self.tokens.get(behind).filter(|_| behind < mention.tokens.end + 10)
        {
            let last = &self.tokens[behind - 1];
            match token.text {
                "(" | "[" => inside += 1,
                ")" | "]" => inside -= 1,
                // `(Agencia).- El puente …`
                "-" | "–" | "—" | "―" => return token.gap == Gap::Space || last.is("."),
                ":" => return token.gap == Gap::None && !before.is_empty(),
                "." if self.closes_head(before, mention, behind) => return true,
                "/" => slashed = !slashed,
                "." | "," => {}
                _ if inside > 0 || slashed => {}
                _ => return false,
            }
            behind += 1;
        }
        false
    }

    /// `Paris, le`, `Berlin (Agency), den`: nothing but a place and small words.
    fn is_place(&self, words: &[Token<'_>]) -> bool {
        let mut inside = false;
        words.iter().enumerate().all(|(at, token)| {
            inside = (inside || token.is("(")) && !token.is(")");
            let small = at > 0 && says(&self.words.dateline_words, token);
            token.is_capitalised() || token.class == Class::Mark || inside || small
        })
    }

    /// `Madrid, a 3 de marzo de 2023. El puente …`: a stop behind place and date.
    fn closes_head(&self, before: &[Token<'_>], mention: &Mention, stop: usize) -> bool {
        let place = before.iter().rev().find(|token| !says(&self.words.dateline_words, token));
        let next = self.tokens.get(stop + 1);
        stop == mention.tokens.end
            && mention.year.is_some()
            && before.first().is_some_and(Token::is_capitalised)
            && place.is_some_and(|token| token.is(","))
            && next.is_some_and(|next| next.gap == Gap::Space && next.is_capitalised())
    }

    /// `新华社北京2023年5月16日电`
    fn is_wire(&self, line: usize, range: &Range<usize>, mention: &Mention) -> bool {
        let before = &self.tokens[range.start..mention.tokens.start];
        let next = self.tokens.get(mention.tokens.end);
        line < HEADER_LINES
            && before.len() <= LONGEST_WIRE
            && before.iter().all(|token| token.class == Class::Cjk)
            && next.is_some_and(|next| {
                next.gap == Gap::None && matches!(next.text, "电" | "電" | "讯" | "訊")
            })
    }

    /// `5月16日，…。同日，发言人表示`: the sentence behind that of the date reports, and says that it was that day.
    fn is_same_day(&self, mention: &Mention) -> bool {
        let at = mention.tokens.start;
        let mut sentences = self.sentences.iter().skip_while(|sentence| !sentence.contains(&at));
        let (Some(_), Some(next)) = (sentences.next(), sentences.next()) else { return false };
        let words = &self.tokens[next.clone()];
        let first: String = words.iter().take(5).map(|token| token.folded()).collect();
        let same = |day: &String| first.starts_with(day.replace(' ', "").as_str());
        let text = || words.iter().take(60).map(|token| token.text).collect::<String>();
        self.words.same_day.iter().any(same)
            && (words.iter().any(|token| token.is_word() && says(&self.words.reporting, token))
                || self.words.reporting_cjk.iter().any(|verb| text().contains(verb)))
    }

    /// `On 10 December, the minister said`, `the minister said on 10 December`, `today, 10 December`.
    fn is_opening(&self, mention: &Mention) -> bool {
        let Some(sentence) =
            self.sentences.iter().find(|sentence| sentence.contains(&mention.tokens.start))
        else {
            return false;
        };
        let before = &self.tokens[sentence.start..mention.tokens.start];
        if before.len() > FARTHEST_WORD {
            return false;
        }
        let behind = &self.tokens[mention.tokens.end.min(sentence.end)..sentence.end];
        let reports = |tokens: &[Token<'_>]| {
            tokens.iter().any(|token| token.is_word() && says(&self.words.reporting, token))
        };
        let first_words = before
            .iter()
            .all(|token| token.class == Class::Mark || says(&self.words.openers, token));
        let near = &behind[..behind.len().min(40)];
        let ahead =
            |tokens: &[Token<'_>]| tokens.iter().any(|token| says(&self.words.ahead, token));
        // What is told may lie ahead (`said that prices will rise`); the telling may not.
        let is_report = |token: &Token<'_>| token.is_word() && says(&self.words.reporting, token);
        let told = near.iter().position(is_report).unwrap_or(near.len());
        if ahead(before) || ahead(&near[..told.min(16)]) {
            return false;
        }
        if another::is_told_later(before, near, told, self.words) {
            return false;
        }
        if first_words && before.len() <= 4 {
            let text: String = near.iter().take(60).map(|token| token.text).collect();
            return reports(near)
                || self.words.reporting_cjk.iter().any(|verb| text.contains(verb));
        }
        let mut last = before.len();
        while last > 0
            && (before[last - 1].class == Class::Mark
                || says(&self.words.openers, &before[last - 1]))
        {
            if matches!(
                &*before[last - 1].folded(),
                "today" | "heute" | "hoy" | "oggi" | "hoje" | "vandaag"
            ) {
                return true;
            }
            last -= 1;
        }
        // Nothing but a listener between the verb and the date: "told reporters on".
        let near = &before[last.saturating_sub(3)..last];
        let on = before.len() > last;
        on && reports(near)
            && behind.first().is_none_or(|next| {
                next.class == Class::Mark || !next.is_capitalised() || next.gap >= Gap::Line
            })
    }
}
