//! Attribution in Chinese: `外交部发言人张三表示，…`, `“…”，他说。`
//!
//! Words are not set apart, so the source is read backwards from the verb: what stands between the
//! last mark and the verb, an office in it and a name behind the office.

mod source;

use std::ops::Range;

use dixit::Form;

use super::super::lexicon::lexicon;
use super::super::prose::is_ideograph;
use super::super::tokens::find_byte;
use super::{FoundPassage, confidence};
use source::{Known, denied, is_name, speaker};

/// Marks between a verb and what was said.
const MARKS: [char; 6] = ['，', ',', '：', ':', ' ', '　'];
/// A longer source is none.
const LONGEST_SOURCE: usize = 30;

/// The passages of the Chinese sentences of a text.
pub(super) fn find(text: &str) -> Vec<FoundPassage> {
    let mut found = Vec::new();
    let mut known = Known::default();
    // Their first bytes, of which most texts have none.
    if find_byte(text.as_bytes(), |byte| matches!(byte, 0xe3..=0xe9)).is_none()
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
    // `在电影中，将军张三说`
    let staged = |work: &String| {
        let mut places = words[..found.source.start].match_indices(work.as_str());
        places.any(|(at, work)| words[at + work.len()..].starts_with(['中', '里', '裡', '裏']))
    };
    if lists.staged.iter().any(staged) {
        super::content::doubt(&mut speaker, "hearsay");
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
