//! Dates as they are written: `10 December 2025`, `Dec. 10`, `2025-12-10`, `2025年12月10日`.

mod lexicon;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::super::tokens::{Class, Gap, Token};

pub(super) use lexicon::{Lexicon, Words, lexicon};

/// Years of two digits below this are of this century, others of the last, as POSIX reads them.
const PIVOT: u32 = 69;

/// Tokens from the name of a month to the number that makes it a date: `Dec. de 2025`.
const BEHIND_MONTH: usize = 3;

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    /// Its bytes, without the weekday.
    pub(super) range: Range<usize>,
    /// Its tokens, with the weekday.
    pub(super) tokens: Range<usize>,
    pub(super) year: Option<i16>,
    pub(super) month: i8,
    pub(super) day: Option<i8>,
    /// 0 is Monday.
    pub(super) weekday: Option<(i8, Range<usize>)>,
    /// One of several days: `10-12 December`.
    pub(super) several: bool,
    /// `10/12/2025`: the month may be the day.
    pub(super) swappable: bool,
}

/// All dates of a text, in order. Two-digit years are not read: `9/24/24` is how printers date
/// their pages.
pub(super) fn scan(tokens: &[Token<'_>]) -> Vec<Mention> {
    let scan = Scan { tokens, lexicon: lexicon() };
    let mut found = Vec::new();
    let mut at = 0;
    let is_number = |token: &Token<'_>| token.class == Class::Number;
    let mut number = 0;
    while at < tokens.len() {
        if tokens[at].is_word() {
            // A day or a year stands behind the name of a month, and few words are near a number.
            if number <= at {
                let further = tokens[at..].iter().position(is_number);
                number = further.map_or(usize::MAX, |further| at + further);
            }
            if number - at > BEHIND_MONTH {
                at += 1;
                continue;
            }
        }
        match scan.at(at) {
            Some(Read::Date(mention)) => {
                at = mention.tokens.end.max(at + 1);
                found.push(scan.with_weekday(mention));
            }
            Some(Read::Skip(to)) => at = to.max(at + 1),
            None => at += 1,
        }
    }
    found
}

enum Read {
    Date(Mention),
    /// Something that looks like a date and is none that counts.
    Skip(usize),
}

struct Scan<'a> {
    tokens: &'a [Token<'a>],
    lexicon: &'a Lexicon,
}

impl Scan<'_> {
    fn at(&self, at: usize) -> Option<Read> {
        let token = self.tokens.get(at)?;
        match token.class {
            Class::Number => self.numeric(at).or_else(|| self.day_month(at)),
            Class::Word => self.month_first(at),
            Class::Cjk => self.cjk(at),
            Class::Mark => None,
        }
    }

    /// The token, when nothing but a space (or one line break) is before it.
    fn next(&self, at: usize) -> Option<&Token<'_>> {
        self.tokens.get(at).filter(|token| token.gap <= Gap::Line)
    }

    fn mark(&self, at: usize, mark: &str) -> bool {
        self.next(at).is_some_and(|token| token.is(mark))
    }

    fn glued(&self, at: usize) -> Option<&Token<'_>> {
        self.tokens.get(at).filter(|token| token.gap == Gap::None)
    }

    fn word(&self, at: usize, words: &[&str]) -> bool {
        self.next(at).is_some_and(|token| words.iter().any(|word| token.folds_to(word)))
    }

    fn date(
        &self,
        tokens: Range<usize>,
        year: Option<i16>,
        month: i8,
        day: Option<i8>,
    ) -> Option<Mention> {
        let (first, last) = (self.tokens.get(tokens.start)?, self.tokens.get(tokens.end - 1)?);
        // 29 February exists in some year.
        jiff::civil::Date::new(year.unwrap_or(2000), month, day.unwrap_or(1)).ok()?;
        Some(Mention {
            range: first.start..last.end(),
            tokens,
            year,
            month,
            day,
            weekday: None,
            several: false,
            swappable: false,
        })
    }

    /// `2025-12-10`, `10.12.2025`, `12/10/2025`, `1/14/15`, `2025年12月10日`.
    fn numeric(&self, at: usize) -> Option<Read> {
        if at > 0 && self.glued(at).is_some() {
            let before = &self.tokens[at - 1];
            if matches!(before.text, "/" | "." | ":" | "-" | "_") || before.is_word() {
                return None;
            }
        }
        if let Some(read) = self.cjk(at) {
            return Some(read);
        }
        let first = self.tokens.get(at)?;
        let separator = self.glued(at + 1)?.text;
        if !matches!(separator, "-" | "/" | "." | "–") {
            return None;
        }
        // `10. 12. 2025` has spaces behind its dots.
        let part = |at: usize| {
            let token = self.next(at)?;
            let fits = token.gap == Gap::None || (separator == "." && token.gap == Gap::Space);
            fits.then(|| token.number().map(|n| (n, token.text.len()))).flatten()
        };
        let (second, second_len) = part(at + 2)?;
        if self.glued(at + 3)?.text != separator {
            return None;
        }
        let (third, third_len) = part(at + 4)?;
        if self.glued(at + 5).is_some_and(|t| {
            t.class == Class::Number
                || (t.text == separator && self.glued(at + 6).is_some_and(|t| t.number().is_some()))
        }) {
            return None;
        }
        let first_number = first.number()?;
        let (year, month, day, swappable) = match (first.text.len(), second_len, third_len) {
            (4, 1..=2, 1..=2) => (first_number, second, third, false),
            (1..=2, 1..=2, 4) => match (first_number, second) {
                // Dots are German, and put the day first.
                (day, month) if separator == "." => (third, month, day, false),
                (day, month) if day > 12 => (third, month, day, false),
                (month, day) if day > 12 => (third, month, day, false),
                (day, month) => (third, month, day, day != month),
            },
            // `1/14/15`: the day shows that the month is first, which only Americans write so.
            // Before an hour it is the stamp of a program.
            (1..=2, 1..=2, 2)
                if separator == "/" && (13..=31).contains(&second) && !self.is_clock(at + 5) =>
            {
                let century = if third < PIVOT { 2000 } else { 1900 };
                (century + third, first_number, second, false)
            }
            (1..=2, 1..=2, 2) => return Some(Read::Skip(at + 5)),
            _ => return None,
        };
        let tokens = at..at + 5;
        let mention = self.date(tokens, year_in_range(year), small(month)?, Some(small(day)?))?;
        mention.year?;
        Some(Read::Date(Mention { swappable, ..mention }))
    }

    /// `3:48`, behind a comma or not.
    fn is_clock(&self, at: usize) -> bool {
        let at = if self.next(at).is_some_and(|token| token.text == ",") { at + 1 } else { at };
        let is_hour = self.next(at).is_some_and(|token| token.number().is_some());
        is_hour && self.glued(at + 1).is_some_and(|token| token.text == ":")
    }

    /// `2025年12月10日`, `12月10日`, in digits or in Chinese numerals.
    fn cjk(&self, at: usize) -> Option<Read> {
        let (first, mut next) = self.cjk_number(at)?;
        let unit = |at: usize, units: &[&str]| {
            self.next(at).is_some_and(|t| t.class != Class::Number && units.contains(&t.text))
        };
        let mut year = None;
        let mut month = first;
        if unit(next, &["年", "년"])
            && (1..1000).contains(&first)
            && let Some(before) = self.era(at)
        {
            year = year_in_range(before + first);
            (month, next) = self.cjk_number(next + 1)?;
        } else if unit(next, &["年", "년"]) && first >= 1000 {
            year = year_in_range(first);
            (month, next) = self.cjk_number(next + 1)?;
        } else if unit(next, &["年"]) {
            // `80年`, or a year of an era, whose month and day go with it.
            let mut end = next + 1;
            for units in [&["月"][..], &["日", "号", "號"]] {
                if let Some((_, after)) = self.cjk_number(end)
                    && unit(after, units)
                {
                    end = after + 1;
                }
            }
            return Some(Read::Skip(end));
        }
        if !unit(next, &["月", "월"]) {
            return None;
        }
        let day = self
            .cjk_number(next + 1)
            .filter(|&(_, after)| unit(after, &["日", "号", "號", "일"]))
            .and_then(|(day, after)| Some((small(day)?, after + 1)));
        let end = day.map_or(next + 1, |(_, after)| after);
        // `12月` alone may be "for twelve months".
        if year.is_none() && day.is_none() {
            return Some(Read::Skip(end));
        }
        self.date(at..end, year, small(month)?, day.map(|(day, _)| day)).map(Read::Date)
    }

    /// The year before the first of the era whose name ends before a token: `令和三年` is 2021.
    ///
    /// Eras of Japan by their proclamations; that of the Republic of China counts from 1912.
    fn era(&self, at: usize) -> Option<u32> {
        const ERAS: [(&str, &str, u32); 8] = [
            ("令", "和", 2018),
            ("平", "成", 1988),
            ("昭", "和", 1925),
            ("大", "正", 1911),
            ("明", "治", 1867),
            ("民", "國", 1911),
            ("民", "国", 1911),
            ("民", "囯", 1911),
        ];
        let (first, second) = (self.tokens.get(at.checked_sub(2)?)?, self.tokens.get(at - 1)?);
        ERAS.iter()
            .find(|(one, two, _)| first.text == *one && second.text == *two)
            .map(|(.., before)| *before)
    }

    /// A number in digits, or in Chinese numerals up to four characters long.
    fn cjk_number(&self, at: usize) -> Option<(u32, usize)> {
        let token = self.tokens.get(at)?;
        if let Some(number) = token.number() {
            return Some((number, at + 1));
        }
        // The first year of an era.
        if token.text == "元" {
            return Some((1, at + 1));
        }
        if token.class != Class::Cjk && token.text != "○" {
            return None;
        }
        let mut read = [0; 5];
        let mut len = 0;
        for (token, place) in self.tokens[at..].iter().zip(&mut read) {
            let Some(digit) = numeral(token.text) else { break };
            (*place, len) = (digit, len + 1);
        }
        let digits = &read[..len];
        let value = match *digits {
            [] => return None,
            [10] => 10,
            [10, units] if units < 10 => 10 + units,
            [tens, 10] if tens < 10 => tens * 10,
            [tens, 10, units] if tens < 10 && units < 10 => tens * 10 + units,
            ref plain if plain.iter().all(|&d| d < 10) => plain.iter().fold(0, |n, d| n * 10 + d),
            _ => return None,
        };
        Some((value, at + digits.len()))
    }

    /// `10 December 2025`, `10. Dezember 2025`, `10 de diciembre de 2025`, `10th of December`.
    fn day_month(&self, at: usize) -> Option<Read> {
        if at > 0
            && self.glued(at).is_some_and(|_| {
                matches!(self.tokens[at - 1].text, "/" | "." | ":" | "-" | "$" | "€")
            })
        {
            return None;
        }
        let (first, mut next) = self.day(at)?;
        let mut several = false;
        let mut day = first;
        if self.word(
            next,
            &["-", "–", "/", "and", "to", "bis", "und", "et", "au", "y", "al", "e", "a"],
        ) && self.next(next + 1).is_some()
            && let Some((last, after)) = self.day(next + 1)
        {
            (day, next, several) = (last, after, true);
        }
        while self.word(next, &["of", "de", "d", "'", "di"]) {
            next += 1;
        }
        self.next(next)?;
        let (month, mut end) = self.month(next)?;
        let mut year = None;
        let mut behind = end;
        if self.word(behind, &[",", "de", "del", "of"]) {
            behind += 1;
        }
        if let Some(value) = self.year(behind) {
            (year, end) = (Some(value), behind + 1);
        }
        let mention = self.date(at..end, year, month, Some(day))?;
        Some(Read::Date(Mention { several, ..mention }))
    }

    /// `December 10, 2025`, `Dec. 10`, `December 2025`.
    fn month_first(&self, at: usize) -> Option<Read> {
        let (month, next) = self.month(at)?;
        // A number that is too long for a day is one that a scan broke: `2474 SEPTEMBER 2024`.
        if at > 0
            && self.next(at).is_some()
            && self.tokens[at - 1].class == Class::Number
            && self.tokens[at - 1].text.len() < 3
        {
            return None;
        }
        if let Some(year) = self.year(next) {
            return self.date(at..next + 1, Some(year), month, None).map(Read::Date);
        }
        if self.word(next, &["de", "del", ","])
            && let Some(year) = self.year(next + 1)
        {
            return self.date(at..next + 2, Some(year), month, None).map(Read::Date);
        }
        // `The March 10 percent rise`: the day stands as a number of its own.
        self.next(next)?;
        let (day, mut end) = self.day(next)?;
        if self.word(end, &["%", "percent", "per", ":"]) && self.glued(end).is_some() {
            return None;
        }
        let mut several = false;
        if self.word(end, &["-", "–", "and", "to"])
            && self.next(end + 1).is_some()
            && let Some((_, after)) = self.day(end + 1)
        {
            (end, several) = (after, true);
        }
        let mut year = None;
        let behind = if self.mark(end, ",") { end + 1 } else { end };
        if let Some(value) = self.year(behind) {
            (year, end) = (Some(value), behind + 1);
        }
        let mention = self.date(at..end, year, month, Some(day))?;
        Some(Read::Date(Mention { several, ..mention }))
    }

    /// A day of a month, with what may follow the number: `10`, `10th`, `1er`, `10.`, `1º`.
    fn day(&self, at: usize) -> Option<(i8, usize)> {
        let token = self.tokens.get(at)?;
        if token.text.len() > 2 {
            return None;
        }
        let day = token.number().filter(|day| (1..=31).contains(day)).and_then(small)?;
        let mut next = at + 1;
        if let Some(month) = self.behind_ordinal(next) {
            return Some((day, month));
        }
        if let Some(glued) = self.glued(next) {
            match &*glued.folded() {
                "st" | "nd" | "rd" | "th" | "er" | "º" | "°" | "." | "ª" | "e" | "η" => {
                    // `10.5` is no day.
                    if glued.is(".") && self.glued(next + 1).is_some() {
                        return None;
                    }
                    next += 1;
                }
                ":" | "%" => return None,
                _ if glued.class == Class::Word => return None,
                _ => {}
            }
        }
        Some((day, next))
    }

    /// Behind the raised letters of an ordinal as a scan has them, `25" September`, `28h September`: only
    /// where a month follows.
    fn behind_ordinal(&self, at: usize) -> Option<usize> {
        const MOST: usize = 4;
        let mut next = at;
        while let Some(glued) = self.glued(next).filter(|_| next < at + MOST) {
            let is_mark =
                matches!(glued.text, "\"" | "'" | "’" | "‘" | "”" | "“" | "*" | "^" | "°" | "`");
            if !(is_mark || glued.is_word() && glued.text.len() == 1) {
                break;
            }
            next += 1;
        }
        let is_month = next > at && self.next(next).is_some() && self.month(next).is_some();
        is_month.then_some(next)
    }

    fn month(&self, at: usize) -> Option<(i8, usize)> {
        let token = self.tokens.get(at)?;
        if !token.is_word() {
            return None;
        }
        let month = self.lexicon.months.get(token.text)?;
        if month.capital && !token.is_capitalised() {
            return None;
        }
        let dotted = token.text.chars().count() <= 5
            && self.glued(at + 1).is_some_and(|mark| mark.is("."))
            && self.next(at + 2).is_some_and(|after| after.class == Class::Number);
        Some((month.number, at + 1 + usize::from(dotted)))
    }

    fn year(&self, at: usize) -> Option<i16> {
        let token = self.next(at)?;
        if token.text.len() != 4 {
            return None;
        }
        let glued = self.glued(at + 1);
        if glued.is_some_and(Token::is_word) {
            return None;
        }
        token.number().and_then(year_in_range)
    }

    /// Takes in a weekday before the date (`Wednesday, December 10`) or behind it.
    fn with_weekday(&self, mut mention: Mention) -> Mention {
        let mut before = mention.tokens.start;
        while before > 0
            && matches!(&*self.tokens[before - 1].folded(), "," | "." | "den" | "the" | "(" | "dem")
            && mention.tokens.start - before < 2
        {
            before -= 1;
        }
        if before > 0
            && let Some(&weekday) = self.lexicon.weekdays.get(&*self.tokens[before - 1].folded())
            && self.tokens[before - 1].is_word()
        {
            mention.weekday = Some((weekday, self.tokens[before - 1].range()));
            mention.tokens.start = before - 1;
            return mention;
        }
        let mut behind = mention.tokens.end;
        if self.word(behind, &[",", "("]) {
            behind += 1;
        }
        if let Some(token) = self.next(behind)
            && let Some(&weekday) = self.lexicon.weekdays.get(&*token.folded())
            && self
                .tokens
                .get(behind + 1)
                .is_none_or(|next| next.gap >= Gap::Line || next.class == Class::Mark)
        {
            mention.weekday = Some((weekday, token.range()));
            mention.tokens.end = behind + 1;
        }
        mention
    }
}

fn small(number: u32) -> Option<i8> {
    i8::try_from(number).ok()
}

fn year_in_range(year: u32) -> Option<i16> {
    i16::try_from(year).ok().filter(|year| (1000..=2999).contains(year))
}

/// The value of a Chinese numeral; 10 stands for the ten itself.
pub(super) fn numeral(text: &str) -> Option<u32> {
    let numeral = text.chars().next().filter(|first| first.len_utf8() == text.len())?;
    let value = match numeral {
        '〇' | '零' | '○' => 0,
        '一' | '元' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        _ => return None,
    };
    Some(value)
}
