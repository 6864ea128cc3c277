//! `date:`, `since:` and `until:`: from a text to days, or to a note that says why not.

use std::ops::Range;

use jiff::civil::Date;

use super::build::{Item, Role};
use super::dates::{self, Dates, Remark, Trouble};
use super::field::{Field, Name};
use super::note::{NoteKind, shown};
use super::parse::{Parser, Target};
use super::syntax::{folded, is_space};
use super::tree::{Leaf, Node, Value};
use crate::date::DateRange;

/// Words behind an unquoted date that may have been meant as part of it.
const FOLLOWING: usize = 3;

/// Bytes that they are looked for in.
const LOOK_AHEAD: usize = 60;

impl Parser<'_> {
    pub(super) fn dates(&mut self, name: Name, text: &str, target: Target) -> Option<Item> {
        let read = match dates::read(text, self.options.today) {
            Ok(read) => read,
            Err(trouble) => {
                self.bad_date(name, text, target.span, trouble);
                return None;
            }
        };
        let Dates { range, other, widened, reversed, has_ends, remark } = read;
        if let Some(remark) = remark {
            self.remark(name, text, target.span.clone(), range, remark);
        }
        self.goes_on(name, text, &target, &read);
        if reversed {
            let message = || format!("the later date stands first; it is read as {range}");
            self.notes.add(NoteKind::ReversedDates, target.span.clone(), message);
        }
        if widened {
            let message = || {
                format!(
                    "`{}` may mean two days, by whether the day or the month stands first; all from \
                     either are searched: {range}",
                    shown(text)
                )
            };
            self.notes.add(NoteKind::AmbiguousDate, target.span.clone(), message);
        }
        if let Some(other) = other {
            self.ambiguous(name, text, target.span.clone(), [range, other]);
        }
        match (name, other) {
            (Name::Field(_), Some(other)) if self.has_room() => {
                let days = [range, other].map(|days| self.days(days, &target));
                Some(Item::new(Node::or(days.into()), Role::Either(Field::Date)))
            }
            (Name::Field(_) | Name::Query, _) => {
                let role = self.role(&target);
                Some(Item::new(self.days(range, &target), role))
            }
            (Name::Since, other) => {
                if has_ends {
                    self.one_end(name, text, target.span.clone(), range);
                }
                let from = range.from.min(other.map_or(range.from, |other| other.from));
                self.bound(name, text, target, DateRange { from, to: None })
            }
            (Name::Until, other) => {
                if has_ends {
                    self.one_end(name, text, target.span.clone(), range);
                }
                let to = range.to.max(other.map_or(range.to, |other| other.to));
                self.bound(name, text, target, DateRange { from: None, to })
            }
        }
    }

    fn bound(&mut self, name: Name, text: &str, target: Target, range: DateRange) -> Option<Item> {
        if range == DateRange::default() {
            self.bad_date(name, text, target.span, Trouble::Form);
            return None;
        }
        let role = self.role(&target);
        Some(Item::new(self.days(range, &target), role))
    }

    /// A range where one end is asked for.
    fn one_end(&mut self, name: Name, text: &str, span: Range<usize>, range: DateRange) {
        self.notes.suggest(NoteKind::DateEnd, span, || {
            let (taken, end) = match name {
                Name::Until => ("the last", range.to),
                _ => ("the first", range.from),
            };
            let end = end.map_or(String::new(), |day| day.to_string());
            let name = name.as_str();
            let message = format!(
                "`{name}:` has one end, and `{}` two; {taken} is taken, {end}",
                shown(text)
            );
            let both = if text.contains(' ') { format!("\"{text}\"") } else { text.to_owned() };
            (message, Some(format!("date:{both}")))
        });
    }

    /// What was decided about a date that may be meant otherwise.
    fn remark(
        &mut self,
        name: Name,
        text: &str,
        span: Range<usize>,
        range: DateRange,
        remark: Remark,
    ) {
        self.notes.suggest(NoteKind::AmbiguousDate, span, || {
            let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
            let year = range.from.map_or(0, Date::year);
            let text = shown(text);
            let (message, meant) = match remark {
                Remark::TwoYears => (
                    format!(
                        "`{text}` is read as the whole of both years, since such years begin on \
                         different days"
                    ),
                    range.to_string(),
                ),
                Remark::NotTwoYears => (
                    format!("`{text}` is read as a month, not as two years"),
                    format!("{year}..{}", year + 1),
                ),
                Remark::ShortYear => {
                    let message = format!("the year of `{text}` is read as {year}");
                    let is_day = range.from == range.to;
                    (message, if is_day { day(range.from) } else { range.to_string() })
                }
                Remark::Weekday => {
                    (format!("`{text}` names another day of the week than it was"), day(range.from))
                }
                Remark::YearBefore => (
                    format!("`{text}` is read as beginning in the year before, {year}"),
                    range.to_string(),
                ),
            };
            let meant = match name {
                Name::Since => day(range.from),
                Name::Until => day(range.to),
                Name::Field(_) | Name::Query => meant,
            };
            (message, Some(format!("{}:{meant}", name.as_str())))
        });
    }

    fn days(&mut self, range: DateRange, target: &Target) -> Node {
        self.count();
        let (field, span) = (target.field(), target.span.clone());
        Node::Leaf(Leaf { field, value: Value::Dates(range), span })
    }

    /// Whether two more conditions may be taken.
    const fn has_room(&self) -> bool {
        self.clauses + 2 <= self.options.limits.clauses
    }

    fn ambiguous(&mut self, name: Name, text: &str, span: Range<usize>, both: [DateRange; 2]) {
        let [one, other] = both.map(|days| days.from.map_or(String::new(), |day| day.to_string()));
        let what = match name {
            Name::Field(_) if self.has_room() => "both are searched",
            Name::Field(_) | Name::Query => "the first is taken",
            Name::Since => "the earlier is taken",
            Name::Until => "the later is taken",
        };
        self.notes.suggest(NoteKind::AmbiguousDate, span, || {
            let message = format!("`{}` may be {one} or {other}; {what}", shown(text));
            (message, Some(format!("{}:{one}", name.as_str())))
        });
    }

    fn bad_date(&mut self, name: Name, text: &str, span: Range<usize>, trouble: Trouble) {
        let meant = match trouble {
            Trouble::NoYear(last) => last.map(|date| date.to_string()),
            Trouble::Season(months) => months.map(|months| months.to_string()),
            _ => None,
        };
        // Where it is only counted nobody reads what was meant.
        let is_told = self.notes.has_room(NoteKind::BadDate);
        let longer = if is_told { self.longer(text, span.end) } else { None };
        let span = span.start..longer.as_ref().map_or(span.end, |(_, end)| *end);
        let meant = longer.map(|(longer, _)| longer).or(meant);
        self.notes.suggest(NoteKind::BadDate, span, || {
            let text = shown(text);
            let message = match trouble {
                Trouble::Form => {
                    format!("`{text}` is not a date and is left out; {}", dates::FORMS)
                }
                Trouble::NoSuchDay => {
                    format!("there is no such date as `{text}`; it is left out; {}", dates::FORMS)
                }
                Trouble::Today => format!(
                    "`{text}` depends on what day it is, which is not known; it is left out"
                ),
                Trouble::NoYear(_) => format!("`{text}` has no year and is left out"),
                Trouble::Season(_) => format!(
                    "`{text}` is at another time in the other half of the world and is left out"
                ),
            };
            (message, meant.map(|meant| format!("{}:{meant}", name.as_str())))
        });
    }

    /// `date:2021 to 2022` was to be `date:"2021 to 2022"`: the date is a whole without the words behind it, and
    /// another one with them.
    fn goes_on(&mut self, name: Name, text: &str, target: &Target, read: &Dates) {
        let is_quoted = text.contains(' ');
        if target.scoped || is_quoted || !self.notes.has_room(NoteKind::AmbiguousDate) {
            return;
        }
        let longer = self.longer(text, target.span.end).filter(|(longer, _)| longer.contains('"'));
        let Some((longer, end)) = longer else { return };
        let meant = dates::read(longer.trim_matches('"'), self.options.today);
        if meant.is_ok_and(|meant| (meant.range, meant.other) != (read.range, read.other)) {
            self.notes.suggest(NoteKind::AmbiguousDate, target.span.start..end, || {
                let message = format!(
                    "`{}` alone is taken as the date, and the words behind it as words",
                    shown(text)
                );
                (message, Some(format!("{}:{longer}", name.as_str())))
            });
        }
    }

    /// `date:last month` was to be `date:"last month"`: the words behind it, where they make a date,
    /// and where they end.
    fn longer(&self, text: &str, start: usize) -> Option<(String, usize)> {
        let rest = self.text.get(start..)?;
        let mut near = rest.len().min(LOOK_AHEAD);
        while !rest.is_char_boundary(near) {
            near -= 1;
        }
        let mut ends = Vec::with_capacity(FOLLOWING);
        let mut at = 0;
        for word in rest[..near].split_inclusive(is_space) {
            at += word.len();
            let end = at - word.len() + word.trim_end_matches(is_space).len();
            if end + word.len() > at && ends.len() < FOLLOWING {
                ends.push(end);
            }
        }
        ends.into_iter().rev().find_map(|end| {
            let whole = folded(&format!("{text} {}", &rest[..end]));
            let meant = match dates::read(&whole, self.options.today) {
                Ok(_) if !whole.contains('"') => format!("\"{whole}\""),
                Err(Trouble::NoYear(Some(last))) => last.to_string(),
                _ => return None,
            };
            Some((meant, start + end))
        })
    }
}
