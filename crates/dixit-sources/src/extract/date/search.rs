//! What decides between the dates that a text, its title, its file and its publication give.

use std::borrow::Cow;
use std::ops::Range;

use dixit::{BasisKind, StatementDate};

use super::super::Found;
use super::super::tokens::{Token, prefix, tokens};
use super::super::vocabulary::NumberedText;
use super::mentions::Mention;
use super::own::Place;
use super::{
    AGREEING, CONTRADICTED, DOUBTED, DateHints, DateOutcome, FAR_DAYS, MONTH_CONFIDENCE,
    OPENING_BYTES, Own, PUBLISHED_WITHIN_DAYS, UPDATED, another_day, aside, days_between, evidence,
    file_name, mentions, own, quoted, relative, weekday_conflict,
};

pub(super) struct Search<'a> {
    pub(super) text: &'a str,
    pub(super) hints: &'a DateHints<'a>,
    /// The text taken apart, where it was.
    pub(super) apart: Option<&'a NumberedText<'a>>,
    /// The words of the opening.
    pub(super) words: Cow<'a, [Token<'a>]>,
    pub(super) own: Vec<Own>,
    pub(super) mentions: Vec<Mention>,
    /// The day of publication: given, or on a line that says so.
    pub(super) published: Option<StatementDate>,
    /// Where that line is.
    pub(super) published_at: Option<Range<usize>>,
}

impl<'a> Search<'a> {
    pub(super) fn new(text: &'a str, title: Option<&str>, hints: &'a DateHints<'a>) -> Self {
        let words = Cow::Owned(tokens(prefix(text, OPENING_BYTES)).collect());
        let title = title.unwrap_or_default();
        let title_words: Vec<_> = tokens(prefix(title, OPENING_BYTES)).collect();
        Self::with_words((text, words), (title, &title_words), hints)
    }

    pub(super) fn of(text: &'a NumberedText<'a>, hints: &'a DateHints<'a>) -> Self {
        let (words, title_words) = (text.opening(OPENING_BYTES), text.title_opening(OPENING_BYTES));
        let search = Self::with_words((text.text, words), (text.title, &title_words), hints);
        Self { apart: Some(text), ..search }
    }

    /// Of a text and a title with the words of their openings.
    fn with_words(
        (text, words): (&'a str, Cow<'a, [Token<'a>]>),
        (title, title_words): (&str, &[Token<'_>]),
        hints: &'a DateHints<'a>,
    ) -> Self {
        let opening = prefix(text, OPENING_BYTES);
        let mentions = mentions::scan(&words);
        let mut own = Vec::new();
        for mention in mentions::scan(title_words) {
            let is_own = || !aside::is_aside(title, &mention.range, Place::Title);
            if own::in_title(title_words, &mention) && is_own() {
                let written = &title[mention.range.clone()];
                let evidence = opening.find(written).map(|at| at..at + written.len());
                own.push(Own { place: Place::Title, mention, evidence });
            }
        }
        for (place, at) in own::places(&words, &mentions) {
            let mention = mentions[at].clone();
            if aside::is_aside(text, &mention.range, place) {
                continue;
            }
            let evidence = Some(mention.range.clone());
            own.push(Own { place, mention, evidence });
        }
        let label =
            own.iter().find(|own| own.place == Place::Label && relative::is_published(text, own));
        let label = label.filter(|own| !own.mention.swappable && !own.mention.several);
        let label = label.and_then(|own| Some((own.day()?, own.evidence.clone())));
        let published_at =
            label.clone().filter(|_| hints.published.is_none()).and_then(|(_, at)| at);
        let published = hints.published.or(label.map(|(day, _)| day));
        Self { text, hints, apart: None, words, own, mentions, published, published_at }
    }

    /// The full dates of the best rank that has any.
    pub(super) fn best(&self, keep: impl Fn(&Own) -> bool) -> Vec<&Own> {
        let kept: Vec<_> = self.own.iter().filter(|own| keep(own)).collect();
        let Some(rank) = kept.iter().map(|own| own.place.rank()).min() else { return Vec::new() };
        kept.into_iter().filter(|own| own.place.rank() == rank).collect()
    }

    pub(super) fn full_date(&self) -> Option<DateOutcome> {
        self.full_date_of(|own| own.place != Place::Label)
    }

    pub(super) fn full_date_of(&self, keep: impl Fn(&Own) -> bool) -> Option<DateOutcome> {
        let full = self.best(|own| keep(own) && own.day().is_some() && !own.mention.several);
        let first = full.first()?;
        if first.mention.swappable && full.iter().all(|own| own.mention.swappable) {
            return self.ambiguous(first);
        }
        let mut dates: Vec<_> = full
            .iter()
            .filter(|own| !own.mention.swappable)
            .filter_map(|own| own.day().map(|day| (day, *own)))
            .collect();
        dates.sort_by_key(|&(_, own)| own.place);
        let (date, own) = *dates.first()?;
        let evidence: Vec<_> = evidence(dates.iter().map(|&(_, own)| own));
        if dates.iter().any(|&(other, _)| other != date) {
            return self.choose(&dates, evidence);
        }
        if let Some(conflict) = weekday_conflict(date, &own.mention) {
            return Some(conflict);
        }
        if own.place == Place::Opening && self.is_outdated(date) {
            return None;
        }
        let mut confidence = own.place.confidence();
        let mut note = None;
        if own.place == Place::Label && !relative::is_published(self.text, own) {
            // The text is at least as old as the page, which may be years.
            confidence = UPDATED;
            note = Some("the day on which the page was last changed".to_owned());
        }
        let agrees = |other: Option<StatementDate>| other == Some(date);
        let file = self.hints.file_name.and_then(file_name::day);
        if agrees(self.hints.published)
            || agrees(file)
            || dates.iter().any(|&(_, o)| o.place != own.place)
        {
            confidence = AGREEING;
        }
        let is_in_sentence = matches!(own.place, Place::Opening | Place::Heading);
        let is_doubtful = is_in_sentence
            && confidence < AGREEING
            && own.evidence.as_ref().is_some_and(|range| {
                // A heading is doubted by its own line alone: what stands below it may well say `today`.
                let line =
                    self.text[range.end..].find('\n').map_or(self.text.len(), |at| range.end + at);
                let is_opening = own.place == Place::Opening;
                let end = if is_opening { self.text.len() } else { line };
                another_day::is_spoken_of(&self.text[..end], range)
                    || is_opening && own::goes_on_in_first_person(self.text, range)
            });
        if is_doubtful {
            confidence = DOUBTED;
            note = Some("the text speaks of another day as its own".to_owned());
        }
        for (name, other) in [("file name", file), ("publication date", self.hints.published)] {
            let Some(apart) = other.and_then(|other| days_between(date, other)) else { continue };
            // What is said is published on that day or soon after.
            if !(-1..=PUBLISHED_WITHIN_DAYS).contains(&apart) {
                if own.place.rank() > 0 {
                    // The sentence tells of another day.
                    return None;
                }
                if !(-1..=FAR_DAYS).contains(&apart) {
                    let other = other.map_or_else(String::new, |other| other.to_string());
                    return Some(DateOutcome::Unknown {
                        rule: "conflicting-dates",
                        note: format!("the text says {date}, its {name} {other}"),
                        candidates: vec![date.to_string(), other],
                        evidence,
                    });
                }
                confidence = CONTRADICTED;
                note = Some(format!("its {name} is {apart} days later"));
            }
        }
        if evidence.is_empty() {
            note = Some("the date stands in the title".to_owned());
        }
        Some(DateOutcome::Known(Found {
            value: date,
            evidence,
            kind: BasisKind::Extracted,
            rule: own.place.rule(),
            confidence,
            note,
        }))
    }

    /// Several dates in places of their own: what is known besides may decide.
    pub(super) fn choose(
        &self,
        dates: &[(StatementDate, &Own)],
        evidence: Vec<Range<usize>>,
    ) -> Option<DateOutcome> {
        let file = self.hints.file_name.and_then(file_name::day);
        for hint in [file, self.hints.published].into_iter().flatten() {
            if let Some(&(date, own)) = dates.iter().find(|(date, _)| *date == hint) {
                return Some(DateOutcome::Known(Found {
                    value: date,
                    evidence: self::evidence([own]),
                    kind: BasisKind::Extracted,
                    rule: own.place.rule(),
                    confidence: CONTRADICTED,
                    note: Some("other dates stand beside it; the publication decides".to_owned()),
                }));
            }
        }
        let mut candidates: Vec<_> = dates.iter().map(|(date, _)| date.to_string()).collect();
        candidates.sort();
        candidates.dedup();
        Some(DateOutcome::Unknown {
            rule: "conflicting-dates",
            note: format!("the text carries {} dates of its own", candidates.len()),
            candidates,
            evidence,
        })
    }

    pub(super) fn ambiguous(&self, own: &Own) -> Option<DateOutcome> {
        let year = own.mention.year?;
        let day = own.mention.day?;
        let one = own.day()?;
        let other = StatementDate::day(year, day, own.mention.month)?;
        let hint = [self.hints.file_name.and_then(file_name::day), self.hints.published];
        if let Some(date) = hint.into_iter().flatten().find(|date| [one, other].contains(date)) {
            return Some(DateOutcome::Known(Found {
                value: date,
                evidence: evidence([own]),
                kind: BasisKind::Extracted,
                rule: own.place.rule(),
                confidence: AGREEING,
                note: Some("the publication tells the day from the month".to_owned()),
            }));
        }
        Some(DateOutcome::Unknown {
            rule: "ambiguous-numeric-date",
            note: "the day and the month cannot be told apart".to_owned(),
            candidates: vec![other.to_string(), one.to_string()],
            evidence: evidence([own]),
        })
    }

    /// Whether the opening names a later day: then an early one is what it tells about.
    pub(super) fn is_outdated(&self, date: StatementDate) -> bool {
        self.mentions.iter().any(|mention| {
            mention.year.is_some_and(|year| year > date.get_year())
                || self.hints.published.is_some_and(|day| day.get_year() > date.get_year() + 1)
        })
    }

    pub(super) fn by_file_name(&self) -> Option<DateOutcome> {
        let name = self.hints.file_name?;
        file_name::find(name).map(|(date, confidence, rule)| {
            DateOutcome::Known(Found {
                value: date,
                evidence: Vec::new(),
                kind: BasisKind::Inferred,
                rule,
                confidence,
                note: Some(format!("the name of the file, “{}”", quoted(file_name::last(name)))),
            })
        })
    }

    /// `December 2025` alone on a line, or several days of one month.
    pub(super) fn month(&self) -> Option<DateOutcome> {
        let own = self.best(|own| {
            own.mention.year.is_some()
                && (own.mention.day.is_none() || own.mention.several)
                && own.place.rank() == 0
        });
        let first = own.first()?;
        let date = StatementDate::month(first.mention.year?, first.mention.month)?;
        let same = |own: &&Own| {
            own.mention.year.and_then(|y| StatementDate::month(y, own.mention.month)) == Some(date)
        };
        if !own.iter().all(same) {
            return None;
        }
        Some(DateOutcome::Known(Found {
            value: date,
            evidence: evidence(own.iter().copied()),
            kind: BasisKind::Extracted,
            rule: first.place.rule(),
            confidence: MONTH_CONFIDENCE,
            note: Some("the text states the month".to_owned()),
        }))
    }

    pub(super) fn by_publication(&self) -> Option<DateOutcome> {
        let date = self.hints.published?;
        Some(DateOutcome::Known(Found {
            value: date,
            evidence: Vec::new(),
            kind: BasisKind::Given,
            rule: "published",
            confidence: 0.9,
            note: Some("the day of publication; the text states none".to_owned()),
        }))
    }

    pub(super) fn nothing(&self) -> DateOutcome {
        let Some(first) = self.mentions.iter().find(|mention| mention.day.is_some()) else {
            return DateOutcome::unknown("no-date", "the opening has no date");
        };
        DateOutcome::Unknown {
            rule: "date-in-prose",
            note: format!(
                "“{}” is not where a text states its own date",
                quoted(&self.text[first.range.clone()])
            ),
            candidates: Vec::new(),
            evidence: vec![first.range.clone()],
        }
    }
}
