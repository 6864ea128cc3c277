//! Attribution in Chinese: `外交部发言人张三表示，…`, `“…”，他说。`
//!
//! Words are not set apart, so the source is read backwards from the verb: what stands between the
//! last mark and the verb, an office in it and a name behind the office.

use std::ops::Range;

use dixit::{BasisKind, Form, Person};

use super::super::Found;
use super::super::lexicon::lexicon;
use super::super::prose::is_ideograph;
use super::FoundPassage;

/// A source with office and name.
const OFFICE_AND_NAME: f64 = 0.85;
/// A name that a common family name begins, without an office.
const NAME_ALONE: f64 = 0.7;
/// A pronoun, when the text has named one person so far.
const PRONOUN: f64 = 0.8;
/// The verb, when its source is read.
const PASSAGE: f64 = 0.85;

struct Named {
    person: Person,
    at: Range<usize>,
}

/// The passages of the Chinese sentences of a text.
pub(super) fn find(text: &str) -> Vec<FoundPassage> {
    let mut found = Vec::new();
    let mut known: Vec<Named> = Vec::new();
    if !text.as_bytes().iter().any(|byte| (0xe3..=0xe9).contains(byte))
        || !text.contains(is_ideograph)
    {
        return found;
    }
    for sentence in sentences(text) {
        if let Some(passage) = read(text, sentence, &mut known) {
            found.push(passage);
        }
    }
    found
}

/// Sentences end at `。`, `！`, `？` and line breaks, outside quotation marks.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let mut inside = false;
    let mut ranges = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '“' | '「' => inside = true,
            '”' | '」' => inside = false,
            _ => {}
        }
        if c == '\n' || !inside && matches!(c, '。' | '！' | '？') {
            inside &= c != '\n';
            ranges.push(start..at);
            start = at + c.len_utf8();
        }
    }
    ranges.push(start..text.len());
    ranges.into_iter()
}

fn read(text: &str, sentence: Range<usize>, known: &mut Vec<Named>) -> Option<FoundPassage> {
    let words = &text[sentence.clone()];
    let (source, cue) = source_and_cue(words)?;
    let base = sentence.start;
    let after = &words[cue.end..];
    let skipped = after.len() - after.trim_start_matches(['，', ',', '：', ':', ' ', '　']).len();
    let start = cue.end + skipped;
    let rest = &words[start..];
    let quoted = rest
        .strip_prefix('“')
        .map(|rest| (rest, '”'))
        .or_else(|| rest.strip_prefix('「').map(|rest| (rest, '」')));
    let (form, content) = match quoted {
        Some((inner, close)) => {
            let from = words.len() - inner.len();
            let len = inner.find(close).unwrap_or(inner.len());
            (Form::Direct, from..from + len)
        }
        None => (Form::Indirect, start..start + rest.trim_end().len()),
    };
    if content.len() < 6 {
        return None;
    }
    let shift = |range: &Range<usize>| base + range.start..base + range.end;
    let speaker = speaker(words, base, &source, known);
    Some(FoundPassage {
        form,
        source: Some(shift(&source)),
        speaker,
        cue: Some(shift(&cue)),
        content: shift(&content),
        rule: if form == Form::Direct { "quote-after" } else { "retold-clause" },
        confidence: PASSAGE,
    })
}

/// The first verb of a sentence with a source in front of it in the same clause.
fn source_and_cue(words: &str) -> Option<(Range<usize>, Range<usize>)> {
    let chinese = &lexicon().chinese;
    let mut start = 0;
    let mut inside = false;
    for (at, c) in words.char_indices() {
        match c {
            '“' | '「' => inside = true,
            '”' | '」' => inside = false,
            _ => {}
        }
        if matches!(c, '，' | ',' | '：' | ':' | '；' | '、' | '”' | '」' | ' ' | '　' | '。')
        {
            start = at + c.len_utf8();
            continue;
        }
        if inside || at == start {
            continue;
        }
        let cue = chinese.cues.iter().find(|cue| words[at..].starts_with(cue.as_str()));
        let Some(cue) = cue else { continue };
        let end = at + cue.len();
        let next = words[end..].chars().next();
        // Within a word (`说明`, `称为`) or before an object it is no verb of speech.
        let single = cue.chars().count() == 1;
        if single && !matches!(next, Some('，' | '：' | ':' | ',')) {
            continue;
        }
        if words[start..at].chars().count() <= 30 {
            return Some((start..at, at..end));
        }
    }
    None
}

fn speaker(
    words: &str,
    base: usize,
    source: &Range<usize>,
    known: &mut Vec<Named>,
) -> Option<Found<Person>> {
    let lexicon = lexicon();
    let chinese = &lexicon.chinese;
    let adverbs = [
        "当天",
        "日前",
        "今天",
        "昨天",
        "同时",
        "还",
        "也",
        "则",
        "进一步",
        "在会上",
        "在会见时",
        "在回答记者提问时",
        "在例行记者会上",
        "并",
    ];
    let mut text = &words[source.clone()];
    while let Some(short) = adverbs.iter().find_map(|adverb| text.strip_suffix(adverb)) {
        text = short;
    }
    let range = base + source.start..base + source.start + text.len();
    if chinese.pronouns_m.iter().chain(&chinese.pronouns_f).any(|pronoun| text == pronoun) {
        let [only] = &known[..] else { return None };
        let person = Person { as_written: Some(text.to_owned()), ..only.person.clone() };
        return Some(Found {
            value: person,
            evidence: vec![range, only.at.clone()],
            kind: BasisKind::Inferred,
            rule: "pronoun",
            confidence: PRONOUN,
            note: None,
        });
    }
    let role = chinese
        .roles
        .iter()
        .filter_map(|role| text.rfind(role.as_str()).map(|at| (at + role.len(), role)))
        .max_by_key(|(end, role)| (*end, role.len()));
    let (name_at, person) = match role {
        Some((end, role)) => {
            let name = &text[end..];
            let before = &text[..end - role.len()];
            let country = country(before);
            let body =
                before.strip_prefix(country.map_or("", |(written, _)| written)).unwrap_or(before);
            let is_body = chinese.bodies.iter().any(|suffix| body.ends_with(suffix.as_str()));
            let person = Person {
                name: is_name(name).then(|| name.to_owned()),
                as_written: Some(if is_name(name) { name } else { text }.to_owned()),
                role: Some(role.clone()),
                affiliation: (is_body && !body.is_empty()).then(|| body.to_owned()),
                country: country.map(|(_, name)| name.to_owned()),
                ..Person::default()
            };
            (end, person)
        }
        None => {
            if let Some(named) =
                known.iter().find(|named| named.person.name.as_deref() == Some(text))
            {
                let evidence = vec![range, named.at.clone()];
                let person = Person { as_written: Some(text.to_owned()), ..named.person.clone() };
                let (kind, rule) = (BasisKind::Inferred, "short-name");
                return Some(Found {
                    value: person,
                    evidence,
                    kind,
                    rule,
                    confidence: OFFICE_AND_NAME,
                    note: None,
                });
            }
            let surname = text.chars().next().is_some_and(|c| chinese.surnames.contains(c));
            if !surname || !is_name(text) {
                return None;
            }
            let person = Person { as_written: Some(text.to_owned()), ..Person::named(text) };
            (0, person)
        }
    };
    let titled = person.role.is_some() && person.name.is_some();
    if person.name.is_some()
        && known.iter().all(|named| named.person.name != person.name)
        && known.len() < 64
    {
        known.push(Named { person: person.clone(), at: range.start..range.end });
    }
    let confidence = if titled { OFFICE_AND_NAME } else { NAME_ALONE };
    let rule = match (person.name.is_some(), name_at) {
        (true, 0) => "single-name",
        (true, _) => "named-source",
        (false, _) => "office-without-name",
    };
    Some(Found {
        value: person,
        evidence: vec![range],
        kind: BasisKind::Extracted,
        rule,
        confidence,
        note: None,
    })
}

/// Two to four ideographs: a name, as far as that can be told.
fn is_name(text: &str) -> bool {
    (2..=4).contains(&text.chars().count()) && text.chars().all(is_ideograph)
}

fn country(text: &str) -> Option<(&str, &'static str)> {
    let cut = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    (2..=3).find_map(|chars| {
        let written = &text[..cut(chars)];
        lexicon().country_named(written).map(|name| (written, name))
    })
}
