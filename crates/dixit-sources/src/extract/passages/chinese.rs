//! Attribution in Chinese: `外交部发言人张三表示，…`, `“…”，他说。`
//!
//! Words are not set apart, so the source is read backwards from the verb: what stands between the
//! last mark and the verb, an office in it and a name behind the office.

use std::ops::Range;

use dixit::{BasisKind, Form, Person};

use super::super::Found;
use super::super::lexicon::lexicon;
use super::super::mentions::Gender;
use super::super::prose::is_ideograph;
use super::{FoundPassage, confidence};

/// Marks between a verb and what was said.
const MARKS: [char; 6] = ['，', ',', '：', ':', ' ', '　'];
/// A longer source is none.
const LONGEST_SOURCE: usize = 30;
/// A pronoun surely means no one who spoke more than so many bytes before it.
const LONGEST_SINCE: usize = 1200;

struct Named {
    person: Person,
    at: Range<usize>,
    gender: Option<Gender>,
}

/// The persons named so far, and who spoke last.
#[derive(Default)]
struct Known {
    named: Vec<Named>,
    /// Who, if the text names them, and where the words of the source end.
    last: Option<(Option<usize>, usize)>,
}

/// The passages of the Chinese sentences of a text.
pub(super) fn find(text: &str) -> Vec<FoundPassage> {
    let mut found = Vec::new();
    let mut known = Known::default();
    if !text.as_bytes().iter().any(|byte| (0xe3..=0xe9).contains(byte))
        || !text.contains(is_ideograph)
    {
        return found;
    }
    for sentence in sentences(text) {
        let mut rest = Some(sentence);
        while let Some(clause) = rest.take() {
            let Some(mut passage) = read(text, clause.clone(), &mut known) else { break };
            // `王明说，…，李四说，…`: what the second said is not the first one's.
            if passage.form == Form::Indirect
                && let Some((next, named)) = second(&text[passage.content.clone()])
            {
                let at = passage.content.start + next;
                if !named {
                    known.last = Some((None, at));
                    found.push(passage);
                    break;
                }
                rest = Some(at..clause.end);
                passage.content.end = at - text[..at].chars().next_back().map_or(0, char::len_utf8);
            }
            found.push(passage);
        }
    }
    found
}

/// Where, within what somebody said, the clause of a second source begins, and whether that is a name or an
/// office: `，施密特说，`, but not surely `，可以说，`.
fn second(said: &str) -> Option<(usize, bool)> {
    let mut start = said.find('，')? + '，'.len_utf8();
    while let Some(len) = said[start..].find(['，', '：']) {
        let clause = &said[start..start + len];
        let cue = lexicon().chinese.cues.iter().find(|cue| clause.ends_with(cue.as_str()));
        let source = cue.map(|cue| trimmed(&clause[..clause.len() - cue.len()]));
        if let Some(source) = source.filter(|source| !source.is_empty()) {
            let surname =
                source.chars().next().is_some_and(|c| lexicon().chinese.surnames.contains(c));
            let titled = lexicon().chinese.roles.iter().any(|role| source.contains(role.as_str()));
            let short = source.chars().count() <= LONGEST_SOURCE;
            return Some((start, short && (titled || surname && is_name(source))));
        }
        start += len + '，'.len_utf8();
    }
    None
}

/// Sentences end at `。`, `！`, `？` and line breaks, outside quotation marks.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let mut inside = false;
    let mut announced = false;
    let mut ranges = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let ends = matches!(before, '。' | '！' | '？') && announced;
        match c {
            '“' | '「' => {
                inside = true;
                announced = matches!(before, '：' | ':');
            }
            // `王明说：“…。”`: the sentence ends with the quotation.
            '”' | '」' if inside && ends => {
                inside = false;
                ranges.push(start..at + c.len_utf8());
                start = at + c.len_utf8();
            }
            '”' | '」' => inside = false,
            _ => {}
        }
        before = c;
        if c == '\n' || !inside && matches!(c, '。' | '！' | '？') {
            inside &= c != '\n';
            ranges.push(start..at);
            start = at + c.len_utf8();
        }
    }
    ranges.push(start..text.len());
    ranges.into_iter()
}

fn read(text: &str, sentence: Range<usize>, known: &mut Known) -> Option<FoundPassage> {
    let words = &text[sentence.clone()];
    let found = quote_before(words).or_else(|| according(words)).or_else(|| behind(words))?;
    let base = sentence.start;
    let source =
        found.source.start..found.source.start + trimmed(&words[found.source.clone()]).len();
    let own = words[source.clone()].starts_with(['我', '咱']);
    if source.is_empty() || own {
        return None;
    }
    if found.content.len() < 6 {
        return None;
    }
    let shift = |range: &Range<usize>| base + range.start..base + range.end;
    let said = confidence::said(found.rule);
    let lists = &lexicon().chinese;
    let within = &words[source.clone()];
    let begins = |list: &[String]| list.iter().any(|word| within.contains(word.as_str()));
    if begins(&lists.suppositions) || denied(within) {
        return None;
    }
    let further = words[source.end..found.cue.start.max(source.end)].trim();
    let further = lists.further.iter().any(|word| further.contains(word.as_str()));
    let mut speaker = speaker(text, words, base, &source, known, further);
    if let Some(speaker) = &mut speaker {
        speaker.confidence *= said;
    }
    if lists.hearsay.iter().any(|word| words[..source.end].contains(word.as_str())) {
        super::content::doubt(&mut speaker, "hearsay");
    }
    Some(FoundPassage {
        form: if found.rule.starts_with("quote") { Form::Direct } else { Form::Indirect },
        source: Some(shift(&source)),
        speaker,
        cue: Some(shift(&found.cue)),
        content: shift(&found.content),
        rule: found.rule,
        confidence: said,
    })
}

/// An attribution in a sentence, in bytes of it.
struct Attribution {
    source: Range<usize>,
    cue: Range<usize>,
    content: Range<usize>,
    rule: &'static str,
}

/// `张三说：“…”`, `张三表示，…`
fn behind(words: &str) -> Option<Attribution> {
    let (source, cue) = source_and_cue(words)?;
    let after = &words[cue.end..];
    let start = words.len() - after.trim_start_matches(MARKS).len();
    let rest = &words[start..];
    // `“一带一路”倡议是…`: what goes on behind the mark was said, too.
    let quoted = opened(rest).and_then(|(inner, close)| {
        let len = inner.find(close).unwrap_or(inner.len());
        let behind = inner.get(len + close.len_utf8()..).unwrap_or_default().trim();
        let from = words.len() - inner.len();
        behind
            .chars()
            .all(|c| c.is_ascii_punctuation() || MARKS.contains(&c))
            .then(|| from..from + len)
    });
    let (content, rule) = match quoted {
        Some(content) => (content, "quote-after"),
        None => (start..start + rest.trim_end().len(), "retold-clause"),
    };
    Some(Attribution { source, cue, content, rule })
}

/// `“…，”张三说`
fn quote_before(words: &str) -> Option<Attribution> {
    let trimmed = words.trim_start();
    let (inner, close) = opened(trimmed)?;
    let from = words.len() - inner.len();
    let len = inner.find(close)?;
    let behind = from + len + close.len_utf8();
    let source = words.len() - words[behind..].trim_start_matches(MARKS).len();
    let told = words[source..].trim_end();
    let cue = lexicon().chinese.cues.iter().find(|cue| told.ends_with(cue.as_str()))?;
    let end = source + told.len() - cue.len();
    let is_name = end > source && words[source..end].chars().count() <= LONGEST_SOURCE;
    let plain = !words[source..end].contains(['，', ',', '：', '“', '「']);
    (is_name && plain).then(|| Attribution {
        source: source..end,
        cue: end..end + cue.len(),
        content: from..from + len,
        rule: "quote-before",
    })
}

/// `据外交部消息，…`
fn according(words: &str) -> Option<Attribution> {
    let chinese = &lexicon().chinese;
    let trimmed = words.trim_start();
    let start = words.len() - trimmed.len();
    let first = chinese.according.iter().find(|first| trimmed.starts_with(first.as_str()))?;
    let comma = trimmed.find('，')?;
    let phrase = &trimmed[first.len()..comma];
    let last = chinese.according_end.iter().find(|last| phrase.ends_with(last.as_str()))?;
    let source = start + first.len()..start + comma - last.len();
    let content = start + comma + '，'.len_utf8()..words.trim_end().len();
    let short = words[source.clone()].chars().count();
    (short > 0 && short <= LONGEST_SOURCE && content.start < content.end).then_some(Attribution {
        source,
        cue: start..start + first.len(),
        content,
        rule: "according-to",
    })
}

/// What a quotation that begins here holds, up to the end of the text, and the mark that closes it.
fn opened(text: &str) -> Option<(&str, char)> {
    text.strip_prefix('“')
        .map(|rest| (rest, '”'))
        .or_else(|| text.strip_prefix('「').map(|rest| (rest, '」')))
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
        if matches!(
            c,
            '，' | ',' | '：' | ':' | '；' | '、' | '”' | '」' | ' ' | '　' | '。' | '）' | ')'
        ) {
            start = at + c.len_utf8();
            continue;
        }
        if inside || at == start {
            continue;
        }
        if chinese.cue_heads.binary_search(&c).is_err() {
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
        if words[start..at].chars().count() <= LONGEST_SOURCE {
            return Some((start..at, at..end));
        }
    }
    None
}

/// The words that name a source, without those between it and its verb.
fn trimmed(source: &str) -> &str {
    let mut text = source;
    loop {
        let short =
            lexicon().chinese.between.iter().find_map(|adverb| text.strip_suffix(adverb.as_str()));
        // `在记者会上`, `会见客人时`
        let place = || {
            let at = text.ends_with(['上', '中', '时', '時', '后', '後']).then(|| text.rfind('在'));
            at.flatten().filter(|at| *at > 0).map(|at| &text[..at])
        };
        match short.or_else(place) {
            Some(short) => text = short,
            None => break,
        }
    }
    text
}

/// `张三没有说`
fn denied(source: &str) -> bool {
    lexicon().chinese.denials.iter().any(|word| {
        let short = word.chars().count() == 1;
        if short { source.ends_with(word.as_str()) } else { source.contains(word.as_str()) }
    })
}

/// Whom a pronoun means: the last who spoke, or the only person whom the text names.
fn meant(
    whole: &str,
    range: &Range<usize>,
    gender: Gender,
    known: &mut Known,
    further: bool,
) -> Option<Found<Person>> {
    let index = match (known.last, &known.named[..]) {
        (Some((Some(last), _)), _) => last,
        (None, [_]) => 0,
        _ => return None,
    };
    // Another person may have come on stage since.
    let from = known.last.map_or(range.start, |(_, end)| end).min(range.start);
    let since = whole.get(from..range.start).unwrap_or_default();
    let lists = &lexicon().chinese;
    let other = |list: &[String]| list.iter().any(|word| since.contains(word.as_str()));
    let rival = since.len() > LONGEST_SINCE
        || other(&lists.roles)
        || other(&lists.men)
        || other(&lists.women);
    let sure = (known.named.len() == 1 || further) && !rival;
    let named = known.named.get_mut(index)?;
    if named.gender.is_some_and(|known| known != gender) {
        return None;
    }
    named.gender = Some(gender);
    let figure = if sure { "han-pronoun" } else { "han-pronoun-near" };
    let as_written = Some(whole[range.clone()].to_owned());
    Some(Found {
        value: Person { as_written, ..named.person.clone() },
        evidence: vec![range.clone(), named.at.clone()],
        kind: BasisKind::Inferred,
        rule: "pronoun",
        confidence: confidence::who(figure),
        note: None,
    })
}

/// A name without `女士` or `先生` behind it, and what that tells.
fn without_title(name: &str) -> (&str, Option<Gender>) {
    let chinese = &lexicon().chinese;
    let cut = |list: &[String]| list.iter().find_map(|title| name.strip_suffix(title.as_str()));
    match (cut(&chinese.men), cut(&chinese.women)) {
        (Some(name), _) => (name, Some(Gender::Male)),
        (_, Some(name)) => (name, Some(Gender::Female)),
        _ => (name, None),
    }
}

fn speaker(
    whole: &str,
    words: &str,
    base: usize,
    source: &Range<usize>,
    known: &mut Known,
    further: bool,
) -> Option<Found<Person>> {
    let chinese = &lexicon().chinese;
    let text = &words[source.clone()];
    let range = base + source.start..base + source.start + text.len();
    let pronoun = |list: &[String]| list.iter().any(|pronoun| text == pronoun);
    let gender = match () {
        () if pronoun(&chinese.pronouns_m) => Some(Gender::Male),
        () if pronoun(&chinese.pronouns_f) => Some(Gender::Female),
        () => None,
    };
    if let Some(gender) = gender {
        return meant(whole, &range, gender, known, further);
    }
    let found = named(words, base, source, known);
    let name = found.as_ref().and_then(|found| found.value.name.as_deref());
    let index = name.and_then(|name| {
        known.named.iter().position(|known| known.person.name.as_deref() == Some(name))
    });
    known.last = Some((index, range.end));
    found
}

/// A source by its office or name.
fn named(
    words: &str,
    base: usize,
    source: &Range<usize>,
    known: &mut Known,
) -> Option<Found<Person>> {
    let chinese = &lexicon().chinese;
    let text = &words[source.clone()];
    let range = base + source.start..base + source.start + text.len();
    let (bare, gender) = without_title(text);
    let role = chinese
        .roles
        .iter()
        .filter_map(|role| text.rfind(role.as_str()).map(|at| (at + role.len(), role)))
        .max_by_key(|(end, role)| (*end, role.len()));
    let (name_at, person) = match role {
        Some((end, role)) => {
            let name = bare.get(end..).unwrap_or_default();
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
                known.named.iter().find(|named| named.person.name.as_deref() == Some(bare))
            {
                let evidence = vec![range, named.at.clone()];
                let person = Person { as_written: Some(text.to_owned()), ..named.person.clone() };
                let (kind, rule) = (BasisKind::Inferred, "short-name");
                return Some(Found {
                    value: person,
                    evidence,
                    kind,
                    rule,
                    confidence: confidence::who("han-titled"),
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
        && known.named.iter().all(|named| named.person.name != person.name)
        && known.named.len() < 64
    {
        known.named.push(Named { person: person.clone(), at: range.start..range.end, gender });
    }
    let confidence = confidence::who(if titled { "han-titled" } else { "han-name" });
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
