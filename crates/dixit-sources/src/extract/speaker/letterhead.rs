//! `Remarks by President Roe`, `Statement by H.E. Ms. Jane Roe, Minister of X of Norland`.

use super::super::lexicon::flag;
use super::super::mentions::{self, Mention, Who};
use super::super::prose::{Case, Kind, Prose};
use super::{
    Found, HEADLINE, HEADLINE_SHORT, LETTERHEAD, SEVERAL_SPEAKERS, SpeakerFinding, UnknownSpeaker,
    Within, finding,
};

/// A letterhead ends within so many bytes.
const HEAD_BYTES: usize = 1500;
/// Between the kind of document and `by` stand at most so many words.
const BETWEEN: usize = 8;
/// A longer line was broken for width, and its words go on.
const WRAPPED_LINE: usize = 45;

type Answer = Result<Found<SpeakerFinding>, UnknownSpeaker>;

/// The speaker that a title names.
pub(super) fn in_title(prose: &Prose<'_>) -> Option<Answer> {
    let end = prose.tokens.len();
    for at in 0..end {
        // `Critics pan speech by President Roe` is not his.
        let token = &prose.tokens[at];
        let lead = flag::GENRE
            | flag::GENRE_BETWEEN
            | flag::GENRE_LINK
            | flag::DETERMINER
            | flag::PHRASE
            | flag::ROLE_MODIFIER;
        if token.has(flag::GENRE)
            && let Some(start) = linked(prose, at, end)
            && let Some(answer) = named(prose, start, end, Within::Title)
        {
            return Some(answer);
        }
        if token.is_word() && !token.has(lead) {
            return None;
        }
    }
    None
}

/// The speaker that the head of a text names, before it addresses anybody.
pub(super) fn in_body(prose: &Prose<'_>) -> Option<Answer> {
    let near = prose.tokens.partition_point(|token| token.start < HEAD_BYTES);
    let end = letterhead_end(prose, near);
    for at in 0..end {
        let token = &prose.tokens[at];
        if token.has(flag::GENRE)
            && token.is_capital()
            && heads_line(prose, at)
            // The name may go on behind the end of the head: it is read to its end.
            && let Some(start) = linked(prose, at, near)
            && let Some(answer) = named(prose, start, near, Within::Body)
        {
            return Some(answer);
        }
    }
    by_title(prose, end, near).or_else(|| possessive(prose, end, near))
}

/// Whether a kind of document stands at the head of its line, or behind nothing but capitals:
/// `Norland Country Statement`.
fn heads_line(prose: &Prose<'_>, at: usize) -> bool {
    let first = (at.saturating_sub(BETWEEN)..=at).rev().find(|at| begins_line(prose, *at));
    first.is_some_and(|first| {
        at - first <= 3 || (first..at).all(|before| prose.tokens[before].is_capital())
    })
}

/// `President Jane Roe’s address`, on lines of their own.
fn possessive(prose: &Prose<'_>, end: usize, near: usize) -> Option<Answer> {
    for at in (0..end).filter(|at| begins_line(prose, *at)) {
        let Some(mention) = mentions::read(prose, at, near) else { continue };
        let is_person = mention.who == Who::Named && mention.possessive && mention.titled;
        if !is_person || mention.name_words(prose) < 2 {
            continue;
        }
        let behind = mention.tokens.end..near.min(mention.tokens.end + BETWEEN);
        let mut capitals = behind.take_while(|at| prose.tokens[*at].is_capital());
        let genre = capitals.find(|at| prose.tokens[*at].has(flag::GENRE));
        if genre.is_some_and(|genre| genre + 1 >= near || begins_line(prose, genre + 1)) {
            return Some(Ok(finding(
                prose,
                &mention,
                Within::Body,
                "letterhead",
                LETTERHEAD,
                None,
            )));
        }
    }
    None
}

/// `H.E. Ms. Jane Roe` on a line of its own with the office under it, or the other way round.
fn by_title(prose: &Prose<'_>, end: usize, near: usize) -> Option<Answer> {
    for at in 0..end {
        if !begins_line(prose, at) {
            continue;
        }
        let excellency = is_excellency(prose, at);
        let office = prose.tokens[at].has(flag::ROLE | flag::ROLE_MODIFIER);
        if !excellency && !office {
            continue;
        }
        let Some(mention) = read(prose, at, near) else { continue };
        let titled = mention.who == Who::Office && {
            let below = skip_marks(prose, mention.tokens.end);
            prose.tokens.get(below).is_some_and(|token| token.has(flag::TITLE))
                || is_excellency(prose, below)
        };
        if !excellency && !titled {
            continue;
        }
        let next = &mention.tokens.end;
        let ends =
            *next >= near || begins_line(prose, *next) || prose.tokens[*next].is_punct(&[',', '.']);
        let full = mention.name_words(prose) > 1 && mention.role.is_some();
        let whole = with_name_below(prose, mention.clone(), near);
        let found = match () {
            () if excellency && full && ends => mention,
            () if titled && whole.name_words(prose) > 1 => whole,
            () => continue,
        };
        return Some(Ok(finding(prose, &found, Within::Body, "letterhead", LETTERHEAD, None)));
    }
    None
}

/// Reads a mention in a letterhead, with the office or the name on the lines below.
fn read(prose: &Prose<'_>, at: usize, end: usize) -> Option<Mention> {
    let mention = mentions::read(prose, at, line_end(prose, at, end))?;
    let mention = with_rest_of_name(prose, mention, end);
    Some(with_office_below(prose, mention, end))
}

/// Where the lines end that belong together: a line that was broken for width goes on, and so does
/// one that ends in a small word.
fn line_end(prose: &Prose<'_>, at: usize, end: usize) -> usize {
    let small = |at: usize| {
        matches!(
            prose.text_of(at).to_lowercase().as_str(),
            "of" | "and" | "for" | "the" | "&" | "de" | "la" | "by"
        )
    };
    for next in at + 1..end {
        if !begins_line(prose, next) {
            continue;
        }
        let before = &prose.text[..prose.tokens[next - 1].tail];
        let line = before.len() - before.rfind('\n').map_or(0, |newline| newline + 1);
        let wrapped = line > WRAPPED_LINE && prose.tokens[next - 1].is_word();
        let goes_on = small(next - 1) || small(next) || prose.tokens[next - 1].is_punct(&['&']);
        if !wrapped && !goes_on && name_goes_on(prose, next).is_none() {
            return next;
        }
    }
    end
}

/// How many words of a name stand at the head of a line, where the line before ends in a title and one
/// name; none where it ends in the title, and the whole name is below.
fn name_goes_on(prose: &Prose<'_>, next: usize) -> Option<usize> {
    let title = |at: usize| {
        let word = prose.text_of(at).to_lowercase();
        prose.tokens[at].has(flag::TITLE)
            || matches!(word.as_str(), "highness" | "majesty" | "excellency")
    };
    let no_name = flag::ROLE | flag::ROLE_MODIFIER | flag::BODY | flag::GENRE | flag::PREPOSITION;
    let may_be_name = |at: usize| {
        prose.tokens.get(at).is_some_and(|token| token.is_capital() && !token.has(no_name))
    };
    let ends = |at: usize| {
        begins_line(prose, at)
            || prose.tokens.get(at).is_some_and(|token| token.is_punct(&[',', ':', ';', '(']))
    };
    if title(next - 1) {
        return prose.tokens[next].is_capital().then_some(0);
    }
    let one_name = next > 1 && title(next - 2) && may_be_name(next - 1);
    if !one_name || !may_be_name(next) {
        return None;
    }
    match () {
        () if ends(next + 1) => Some(1),
        () if may_be_name(next + 1) && ends(next + 2) => Some(2),
        () => None,
    }
}

/// Where each line is a paragraph, a name that was broken over two is read on.
fn with_rest_of_name(prose: &Prose<'_>, mention: Mention, end: usize) -> Mention {
    let next = mention.tokens.end;
    let name = mention.name.clone().filter(|name| name.end == next && !mention.possessive);
    let (Some(name), true) = (name, next < end && begins_line(prose, next)) else {
        return mention;
    };
    let Some(words) = name_goes_on(prose, next) else { return mention };
    let mut mention = mention;
    mention.tokens.end = next + words;
    mention.name = Some(name.start..next + words);
    mention
}

/// Behind a comma, a dash, and post-nominal letters: `, SC, MP,`.
fn skip_marks(prose: &Prose<'_>, at: usize) -> usize {
    let mut next = at;
    while next < at + 8 {
        let Some(token) = prose.tokens.get(next) else { break };
        let letters = matches!(token.kind, Kind::Word(Case::Upper))
            && token.end - token.start <= 8
            && !token.has(flag::ROLE | flag::ROLE_MODIFIER | flag::TITLE | flag::PHRASE)
            && (begins_line(prose, next + 1)
                || prose.tokens.get(next + 1).is_some_and(|after| after.is_punct(&[','])));
        if !letters && !token.is_punct(&[',', '-', '–', '|']) {
            break;
        }
        next += 1;
    }
    next
}

/// `President of Norland` with `Jane Roe` on the next line.
fn with_name_below(prose: &Prose<'_>, mention: Mention, end: usize) -> Mention {
    let start = skip_marks(prose, mention.tokens.end);
    let below = (mention.tokens.end..=start).any(|at| at < end && begins_line(prose, at));
    if mention.who != Who::Office || !below || start >= end {
        return mention;
    }
    let Some(named) = mentions::read(prose, start, line_end(prose, start, end)) else {
        return mention;
    };
    let after = named.tokens.end;
    let ends =
        after >= end || begins_line(prose, after) || prose.tokens[after].is_punct(&[',', '.', '(']);
    if named.who != Who::Named || named.possessive || named.name_words(prose) < 2 || !ends {
        return mention;
    }
    let mut named = named;
    named.role = mention.role;
    named.body = mention.body.or(named.body);
    named.country = mention.country.or(named.country);
    named.titled = true;
    named.tokens.start = mention.tokens.start;
    named
}

fn is_excellency(prose: &Prose<'_>, at: usize) -> bool {
    let text = prose.text_of(at);
    if !text.starts_with(['H', 'h']) {
        return false;
    }
    let text = text.to_uppercase();
    let next = prose.text_of(at + 1);
    matches!(text.as_str(), "H.E." | "H.E" | "HE") && prose.tokens[at].is_capital()
        || text == "H." && matches!(next, "E." | "E")
        || matches!(text.as_str(), "HIS" | "HER") && next.eq_ignore_ascii_case("excellency")
}

/// Where the head of a text ends: at the first line that speaks to somebody, or in long prose.
fn letterhead_end(prose: &Prose<'_>, near: usize) -> usize {
    for at in 0..near {
        if at > 0 && !begins_line(prose, at) {
            continue;
        }
        let token = &prose.tokens[at];
        let addressing =
            token.has(flag::ADDRESSING) || prose.text_of(at).eq_ignore_ascii_case("mr.");
        let stop = (at..near.min(at + 25))
            .find(|next| *next > at && begins_line(prose, *next))
            .unwrap_or(near.min(at + 25));
        let last = &prose.tokens[stop.saturating_sub(1).max(at)];
        if addressing
            && (last.is_punct(&[',', ':', '!', ';', '，']) || token.has(flag::TITLE))
            && at > 0
        {
            return at;
        }
        // The first person does not stand in a letterhead. A word or two without a stop are what a
        // scan made of a seal.
        let words = (at..stop).filter(|at| prose.tokens[*at].is_word()).count();
        let is_debris = words < 4 && !last.is_punct(&['.', ',', '!', '?', ':', ';']);
        if !is_debris
            && (at..stop).any(|at| matches!(prose.text_of(at), "I" | "we" | "We" | "my" | "My"))
        {
            return at;
        }
    }
    near
}

pub(super) fn begins_line(prose: &Prose<'_>, at: usize) -> bool {
    let Some(token) = prose.tokens.get(at) else { return true };
    let Some(before) = at.checked_sub(1) else { return true };
    // Mostly nothing or one space is between.
    token.spaced
        && match &prose.text.as_bytes()[prose.tokens[before].tail..token.start] {
            [single] => *single == b'\n',
            gap => gap.contains(&b'\n'),
        }
}

/// Behind `Statement (as delivered) by`: the token of the name.
fn linked(prose: &Prose<'_>, genre: usize, end: usize) -> Option<usize> {
    let mut at = genre + 1;
    while at < end && at <= genre + BETWEEN {
        let token = &prose.tokens[at];
        if token.has(flag::GENRE_LINK) && !token.is_capital()
            || matches!(prose.text_of(at), "By" | "BY" | "FROM" | "From" | "OF" | "Of")
        {
            // `Statement of support by`: a thing, not a person, unless an office follows.
            let next = prose.tokens.get(at + 1).filter(|_| at + 1 < end)?;
            let person =
                next.is_capital() || next.has(flag::DETERMINER | flag::ROLE | flag::ROLE_MODIFIER);
            return person.then_some(at + 1);
        }
        // `Speech — Prime Minister of Norland`
        let is_dash = token.is_punct(&['—', '–']) && !begins_line(prose, at + 1);
        if is_dash && at + 1 < end && prose.tokens[at + 1].has(flag::ROLE | flag::ROLE_MODIFIER) {
            return Some(at + 1);
        }
        if !token.has(flag::GENRE_BETWEEN | flag::GENRE)
            && !token.is_punct(&['(', ')', ':', '-', '–'])
        {
            return None;
        }
        at += 1;
    }
    None
}

/// The person at a token, with the office on the lines below; several make it unknown.
fn named(prose: &Prose<'_>, at: usize, end: usize, within: Within) -> Option<Answer> {
    let mention = read(prose, at, end)?;
    if mention.possessive || mention.dependent && mention.name.is_none() {
        return None;
    }
    let mention = with_name_below(prose, mention, end);
    if !matches!(mention.who, Who::Named | Who::Office) {
        return None;
    }
    // `Son Excellence` is no name.
    let styles = ["excellence", "excelencia", "excelência", "eccellenza", "majesté", "majestad"];
    let name = mention.name.clone().unwrap_or_default();
    if name.into_iter().any(|at| styles.contains(&prose.text_of(at).to_lowercase().as_str())) {
        return None;
    }
    let next = mention.tokens.end;
    if let Some(other) = other(prose, next, end) {
        let names = [&mention, &other].map(|mention| mention.person(prose));
        let candidates: Vec<String> =
            names.iter().filter_map(|person| person.label().map(str::to_owned)).collect();
        let note = format!("the heading names {}", candidates.join(" and "));
        return Some(Err(UnknownSpeaker { rule: SEVERAL_SPEAKERS, note, candidates }));
    }
    let full = mention.name_words(prose) > 1;
    if mention.who == Who::Named && !full && !mention.titled {
        return None;
    }
    let (rule, confidence) = match (within, full) {
        (Within::Title, true) => ("headline", HEADLINE),
        (Within::Title, false) => ("headline", HEADLINE_SHORT),
        (Within::Body, true) => ("letterhead", LETTERHEAD),
        (Within::Body, false) => ("letterhead", HEADLINE_SHORT),
    };
    Some(Ok(finding(prose, &mention, within, rule, confidence, None)))
}

/// Another person behind `and` or a comma.
fn other(prose: &Prose<'_>, at: usize, end: usize) -> Option<Mention> {
    let mut next = at;
    while next < end && next < at + 3 {
        let token = &prose.tokens[next];
        if !matches!(prose.text_of(next), "and" | "&" | "with") && !token.is_punct(&[',', '&']) {
            break;
        }
        next += 1;
    }
    if next == at || begins_line(prose, next) && !matches!(prose.text_of(next - 1), "and" | "&") {
        return None;
    }
    let mention = mentions::read(prose, next, end)?;
    let person = mention.who == Who::Named && (mention.titled || mention.name_words(prose) > 1);
    // A place follows a comma too: `, Norport` is no second speaker.
    let joined = (at..next).any(|at| matches!(prose.text_of(at), "and" | "&" | "with"));
    ((person || mention.who == Who::Office) && (joined || mention.titled)).then_some(mention)
}

/// `Jane Roe` with `Minister of Health of Norland` on the next line.
fn with_office_below(prose: &Prose<'_>, mention: Mention, end: usize) -> Mention {
    let next = mention.tokens.end;
    let below = next < end
        && (begins_line(prose, next) || prose.tokens[next].is_punct(&[',', '-', '–', '|']))
        && mention.who == Who::Named
        && mention.role.as_ref().is_none_or(|role| prose.tokens[role.start].has(flag::TITLE_ROLE));
    if !below {
        return mention;
    }
    let start = skip_marks(prose, next);
    let Some(office) = mentions::read(prose, start, line_end(prose, start, end)) else {
        return mention;
    };
    if office.who != Who::Office || office.possessive || office.dependent {
        return mention;
    }
    let mut mention = mention;
    mention.role = office.role;
    mention.body = mention.body.or(office.body);
    mention.country = mention.country.or(office.country);
    mention.gender = mention.gender.or(office.gender);
    mention.titled = true;
    mention.tokens.end = office.tokens.end;
    mention
}
