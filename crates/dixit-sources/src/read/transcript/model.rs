//! Which candidates are labels: learned within each file from what recurs, how it is set off, and what
//! stands between.
//!
//! The words of a label are a prior ([`Form::weight`]). What counts besides: how often it comes, whether
//! the file sets others off in the same way, whether the head of the file names it, and what goes on
//! behind it. Labels that are clear by themselves anchor a file; without them nothing in it is a label.

use std::collections::HashMap;

use super::candidates::{Candidate, Ending, candidate};
use super::form::{Form, before_bracket, is_capitals};
use super::headings::headings;
use super::lines::{Line, What};
use super::parts::is_heading_like;
use super::words::words;
use crate::extract::prefix;
use crate::read::labels;

/// A label is one from here on.
const ENOUGH: i32 = 3;

/// What a file's candidates with the same words have in common.
#[derive(Debug)]
struct Key {
    form: Form,
    /// How its name is written.
    hand: Hand,
    count: i32,
    /// How many of them go on in small letters.
    go_on: i32,
    /// How many stand under a blank line.
    gaps: i32,
    bold: i32,
    /// How many have behind them what ends as sentences do.
    sentences: i32,
    endings: [i32; Ending::COUNT],
    in_head: bool,
    /// Whether it is how one addresses an office: `Mr. President`.
    is_address: bool,
    weight: i32,
}

impl Key {
    /// The ending that most of them have.
    fn ending(&self) -> usize {
        let most =
            self.endings.iter().enumerate().max_by_key(|(at, count)| (**count, usize::MAX - at));
        most.map_or(0, |(at, _)| at)
    }
}

/// How names are written in labels: a file keeps to one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hand {
    /// `Ada Rask`
    Names,
    /// `RASK`
    Capitals,
    /// `Ms. RASK`
    Titled,
    /// Without capitals, or no name.
    Other,
}

impl Hand {
    const COUNT: usize = 4;

    fn of(label: &str, form: Form) -> Self {
        match form {
            Form::Phrase | Form::Plain | Form::HanName | Form::HanEnding => Self::Other,
            Form::Asker | Form::Answerer | Form::Group => Self::Other,
            Form::Outlet => Self::Names,
            // A party in brackets is written as it likes.
            _ if !before_bracket(label).split(' ').any(is_capitals) => Self::Names,
            Form::Titled => Self::Titled,
            _ => Self::Capitals,
        }
    }
}

/// The labels of a transcript in the order of its lines, or nothing when it is none.
pub(super) fn labels(text: &str, lines: &[Line]) -> Vec<Candidate> {
    if let Some(found) = headings(text, lines) {
        return found;
    }
    let mut all: Vec<Candidate> = (0..lines.len())
        .filter(|at| !matches!(lines[*at].what, What::Heading(_)))
        .filter_map(|at| candidate(text, lines, at))
        .collect();
    all.retain(|one| one.form != Form::Phrase);
    if all.is_empty() {
        return Vec::new();
    }
    let names: Vec<String> = all.iter().map(|one| folded(&text[one.label.clone()])).collect();
    let mut keys = keys(text, lines, &all, &names);
    let Some(style) = Style::of(&keys, lines) else { return Vec::new() };
    for key in keys.values_mut() {
        key.weight = style.weight(key);
    }
    let mut taken: Vec<bool> = all
        .iter()
        .zip(&names)
        .map(|(one, name)| {
            let key = &keys[name.as_str()];
            let is_faint = key.form < Form::Group;
            let is_heading = is_faint && key.count == 1 && stands_as_heading(text, lines, one);
            let is_title = one.line == 0 && one.ending == Ending::Bare && key.count == 1;
            !is_title
                && key.weight >= ENOUGH
                && style.is_used(one.ending, key.form)
                && !(is_faint && one.goes_on)
                && !is_heading
        })
        .collect();
    between(&all, &names, &style, &mut taken);
    let found: Vec<(Candidate, &str)> = all
        .into_iter()
        .zip(&names)
        .zip(&taken)
        .filter(|(_, is_taken)| **is_taken)
        .map(|((one, name), _)| (one, name.as_str()))
        .collect();
    let found = without_addresses(found);
    if is_transcript(text, lines, &found) {
        found.into_iter().map(|(one, _)| one).collect()
    } else {
        Vec::new()
    }
}

/// `EU: Budget — Question`: between blank lines, and no sentence.
fn stands_as_heading(text: &str, lines: &[Line], one: &Candidate) -> bool {
    let next = lines.get(one.line + 1);
    lines[one.line].gap
        && one.ending == Ending::Colon
        && next.is_some_and(|next| next.gap)
        && is_heading_like(text, &lines[one.line])
}

/// Under a label on its own line stand words, and no label of the running text: `Voorzitter. Dank u.`
fn without_addresses(found: Vec<(Candidate, &str)>) -> Vec<(Candidate, &str)> {
    let mut kept: Vec<(Candidate, &str)> = Vec::with_capacity(found.len());
    for one in found {
        let is_under = kept.last().is_some_and(|(above, _)| {
            matches!(above.ending, Ending::OwnLine | Ending::Bare) && above.line + 1 == one.0.line
        });
        if !(is_under && matches!(one.0.ending, Ending::Stop | Ending::Dash | Ending::Gap)) {
            kept.push(one);
        }
    }
    kept
}

/// A label without what differs between two prints of it.
fn folded(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    for word in label.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    while out.ends_with('.') {
        out.pop();
    }
    out
}

/// Whether a label is how one addresses an office: a title without an article, and nobody's name, or small
/// words behind it: `Mr. President`, `Monsieur le Président de l’Assemblée`.
fn is_address(label: &str, form: Form) -> bool {
    let first = label.split(' ').next().unwrap_or_default();
    let is_titled = form == Form::Titled || form == Form::Office;
    let has_office = labels::split(label).name.is_none()
        || label.split(' ').skip(1).any(|word| word.starts_with(char::is_lowercase));
    is_titled
        && has_office
        && !label.contains('(')
        && !label.split(' ').any(is_capitals)
        && !words().articles.contains(&first.to_lowercase())
}

/// How much of a file's top is its head.
const HEAD_BYTES: usize = 1500;

fn keys<'n>(
    text: &str,
    lines: &[Line],
    all: &[Candidate],
    names: &'n [String],
) -> HashMap<&'n str, Key> {
    let head = folded(prefix(text, HEAD_BYTES));
    let mut keys: HashMap<&str, Key> = HashMap::new();
    for (one, name) in all.iter().zip(names) {
        let key = keys.entry(name).or_insert_with(|| Key {
            form: one.form,
            hand: Hand::of(&text[one.label.clone()], one.form),
            count: 0,
            go_on: 0,
            gaps: 0,
            bold: 0,
            sentences: 0,
            endings: [0; Ending::COUNT],
            in_head: is_in_head(&head, name, one.form),
            is_address: is_address(&text[one.label.clone()], one.form),
            weight: 0,
        });
        key.form = key.form.max(one.form);
        key.count += 1;
        key.go_on += i32::from(one.goes_on);
        key.gaps += i32::from(lines[one.line].gap);
        key.bold += i32::from(one.is_bold);
        key.sentences += i32::from(ends_as_sentence(text, lines, one));
        key.endings[one.ending.index()] += 1;
    }
    keys
}

/// Whether what stands behind a label ends, or goes on, as speech does.
fn ends_as_sentence(text: &str, lines: &[Line], one: &Candidate) -> bool {
    const ENDS: [char; 15] =
        ['.', '!', '?', '…', '"', '”', '’', ')', ']', '。', '！', '？', '—', '–', '-'];
    let goes_on = lines
        .get(one.line + 1)
        .is_some_and(|next| next.what == What::Words && !next.gap && text[next.range()].len() > 40);
    let end = lines[one.line].range().end;
    goes_on || one.words >= end || text[one.words..end].ends_with(ENDS)
}

/// Whether the head of the file names whom a label names, besides by the label itself.
fn is_in_head(head: &str, name: &str, form: Form) -> bool {
    let surname = match form {
        Form::Name | Form::HanName => name,
        Form::Titled | Form::Capitals | Form::Word => {
            name.split(['(', '（']).next().unwrap_or(name).split_whitespace().last().unwrap_or(name)
        }
        _ => return false,
    };
    let is_word = |at: usize, c: Option<char>| at == 0 || c.is_none_or(|c| !c.is_alphanumeric());
    surname.chars().count() >= 2
        && head.match_indices(surname).any(|(at, _)| {
            let before = head[..at].chars().next_back();
            let after = head[at + surname.len()..].chars().next();
            let is_unspaced = form == Form::HanName;
            // A label does not name itself.
            let is_own = surname.len() < name.len() && head[..at + surname.len()].ends_with(name);
            let is_label = is_own || matches!(after, Some(':' | '：' | '.'));
            !is_label && (is_unspaced || (is_word(at, before) && is_word(1, after)))
        })
}

/// How a file sets off its labels.
struct Style {
    /// Lines of clear labels by how they are set off.
    support: [i32; Ending::COUNT],
    /// The same by how their names are written.
    by_hand: [[i32; Ending::COUNT]; Hand::COUNT],
    total: i32,
    /// Whether clear labels stand under blank lines.
    has_gaps: bool,
    /// Whether most paragraphs of the file begin with what may be a label.
    is_dense: bool,
    /// Whether two names come again alone on their lines: one alone is the head of each page.
    has_bare: bool,
}

impl Style {
    /// The style of a file that has clear labels.
    fn of(keys: &HashMap<&str, Key>, lines: &[Line]) -> Option<Self> {
        let mut support = [0; Ending::COUNT];
        let mut by_hand = [[0; Ending::COUNT]; Hand::COUNT];
        let (mut total, mut gaps) = (0, 0);
        for key in keys.values().filter(|key| key.is_clear()) {
            let hand = &mut by_hand[key.hand as usize];
            for (at, count) in key.endings.iter().enumerate() {
                support[at] += count;
                hand[at] += count;
            }
            total += key.count;
            gaps += key.gaps;
        }
        let words = lines.iter().filter(|line| line.what == What::Words);
        let (all, mut paragraphs) = (words.clone().count(), words.filter(|line| line.gap).count());
        let mut may_be: i32 = keys.values().map(|key| key.gaps).sum();
        // Without blank lines each line is a paragraph.
        if paragraphs * 5 < all {
            paragraphs = all;
            may_be = keys.values().map(|key| key.count).sum();
        }
        let is_dense = may_be >= 4 && may_be as usize * 10 >= paragraphs * 7;
        let bare = keys.values().filter(|key| {
            key.endings[Ending::Bare.index()] >= 2 && key.is_clear() && !key.is_address
        });
        let has_bare = bare.count() >= 2;
        (total > 0).then_some(Self {
            has_bare,
            is_dense,
            support,
            by_hand,
            total,
            has_gaps: gaps * 10 >= total * 8,
        })
    }

    /// Whether labels are set off in this way here: names alone on their lines and gaps of white space
    /// only where nothing else does it.
    fn is_used(&self, ending: Ending, form: Form) -> bool {
        // `Q` and a gap is a label of its own; `A` and a gap only where it comes again.
        if ending == Ending::Gap && form == Form::Asker {
            return true;
        }
        if ending == Ending::Bare && !self.has_bare {
            return false;
        }
        let support = self.support[ending.index()];
        let is_faint = matches!(ending, Ending::Bare | Ending::Bold | Ending::Dash | Ending::Stop)
            || ending == Ending::Gap && support < 2;
        support > 0 && (!is_faint || support * 3 >= self.total)
    }

    /// How much speaks for a label in this file.
    fn weight(&self, key: &Key) -> i32 {
        let recurs = match key.count {
            1 => 0,
            2 => 1,
            3..=5 => 2,
            _ => 3,
        };
        let support = match key.hand {
            Hand::Other => self.support[key.ending()],
            // `ROE:` beside `MS. LIND:` is one; `UNESCO.` beside `Ms. LIND.` is a sentence.
            hand @ (Hand::Capitals | Hand::Titled) => {
                let other = match key.ending() == Ending::Stop.index() && hand == Hand::Capitals {
                    true => 0,
                    false => self.by_hand[Hand::Titled as usize][key.ending()],
                };
                let own = self.by_hand[Hand::Capitals as usize][key.ending()];
                own + other
            }
            hand => self.by_hand[hand as usize][key.ending()],
        };
        let own = if key.is_clear() { key.count } else { 0 };
        let fits = match support - own {
            i32::MIN..=1 => 0,
            2..=9 => 1,
            _ => 2,
        };
        // Of one word, or of a script without capitals, only what comes again is one.
        let fits = match key.form {
            Form::Word | Form::Plain | Form::Initials => fits.min(1),
            _ => fits,
        };
        let go_on = match key.go_on * 2 > key.count {
            true if key.form < Form::Group => 3,
            _ => 0,
        };
        let no_gap = i32::from(self.has_gaps && key.gaps * 2 < key.count);
        let no_gap = if key.form < Form::Group { no_gap * 2 } else { no_gap };
        let in_head = match (key.in_head, key.form) {
            (false, _) => 0,
            (true, Form::Word) => 1,
            (true, _) => 2,
        };
        // `Senator Ada Rask:` where the labels are like `MS. RASK:` is read out from something.
        let capitals = self.by_hand[Hand::Capitals as usize][key.ending()]
            + self.by_hand[Hand::Titled as usize][key.ending()];
        let names = self.by_hand[Hand::Names as usize][key.ending()] - own;
        let is_other =
            key.form == Form::Titled && key.hand == Hand::Names && capitals > 9 && names < 2;
        let go_on = go_on + i32::from(is_other);
        // Bold sets it off, and so does a file in which nearly all paragraphs begin so.
        let is_bold = key.bold * 2 > key.count;
        // A file keeps to one hand; where labels are letters alone, any may be the second.
        let in_hands: i32 = [Hand::Names, Hand::Capitals, Hand::Titled]
            .into_iter()
            .map(|hand| self.by_hand[hand as usize].iter().sum::<i32>())
            .sum();
        let is_of_hand =
            key.hand == Hand::Other || support > own || in_hands <= own || key.count > 1;
        let is_faint = key.form < Form::Group && (is_of_hand || key.is_clear());
        let is_set = i32::from(is_bold)
            + 2 * i32::from(is_faint && self.is_dense)
            + 2 * i32::from(key.ending() == Ending::Mark.index());
        key.form.weight() + recurs + fits + in_head + is_set - go_on - no_gap
    }
}

impl Key {
    /// Whether it is clear by itself that this is a label.
    fn is_clear(&self) -> bool {
        let is_faint = self.endings[Ending::Bare.index()]
            + self.endings[Ending::Bold.index()]
            + self.endings[Ending::Dash.index()]
            > self.count / 2;
        // Programs that write down what they hear write small letters.
        let goes_on = self.go_on * 2 > self.count && self.form < Form::Group;
        match self.form {
            Form::Phrase => false,
            _ if goes_on => false,
            // On a line of its own it opens what is said to somebody.
            _ if self.is_address
                && (self.endings[Ending::OwnLine.index()] + self.endings[Ending::Bare.index()])
                    * 2
                    > self.count =>
            {
                false
            }
            Form::Asker
            | Form::Answerer
            | Form::Titled
            | Form::HanEnding
            | Form::Outlet
            | Form::Chair => !is_faint || self.count >= 2,
            Form::Capitals | Form::Office | Form::Name | Form::HanName | Form::Group => {
                self.count >= 2 || (self.in_head && !is_faint)
            }
            // `Name: Ada Rask` is a form, however often it comes.
            Form::Word | Form::Initials | Form::Plain => {
                self.count >= 3 && self.sentences * 2 > self.count
            }
        }
    }
}

/// A name that comes once is a label when it stands between two turns of one who comes again and
/// again: in a press conference, the one who is asked.
fn between(all: &[Candidate], names: &[String], style: &Style, taken: &mut [bool]) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (name, _) in names.iter().zip(taken.iter()).filter(|(_, is_taken)| **is_taken) {
        *counts.entry(name).or_default() += 1;
    }
    let Some((host, count)) =
        counts.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)))
    else {
        return;
    };
    let total: usize = counts.values().sum();
    // Somebody has a third of all turns, or this is no press conference.
    if *count < 3 || count * 3 < total {
        return;
    }
    let host = (*host).to_owned();
    let mut last_is_host = true;
    let mut open: Vec<usize> = Vec::new();
    for at in 0..all.len() {
        if taken[at] {
            let is_host = names[at] == host;
            if is_host && last_is_host && open.len() == 1 {
                taken[open[0]] = true;
            }
            last_is_host = is_host;
            open.clear();
        } else if style.by_hand[Hand::Names as usize][all[at].ending.index()] > 1
            && !all[at].goes_on
            && matches!(
                all[at].form,
                Form::Name | Form::Capitals | Form::Initials | Form::Word | Form::Office
            )
        {
            open.push(at);
        }
    }
}

/// Whether labels make a transcript: two of them that come in turns, or one that nothing else can be.
fn is_transcript(text: &str, lines: &[Line], found: &[(Candidate, &str)]) -> bool {
    let Some((first, name)) = found.first() else { return false };
    let strongest = found.iter().map(|(one, _)| one.form).max().unwrap_or(Form::Phrase);
    let several = found.iter().any(|(_, other)| other != name);
    if !several {
        // `Mr. ROE. Mr. Speaker, …` alone; an address and a heading of a form are alone as well.
        let label = &text[first.label.clone()];
        let office = label.strip_prefix("The ").unwrap_or(label);
        let is_office =
            strongest == Form::Chair && label.contains(' ') && office.split(' ').all(is_capitals);
        // Nobody has spoken before: what stands there are a heading, a place, a time.
        const HEAD_LINE: usize = 200;
        if lines[..first.line].iter().any(|line| line.range().len() > HEAD_LINE) {
            return false;
        }
        let is_clear =
            is_office || matches!(strongest, Form::Titled | Form::Asker | Form::HanEnding);
        return is_clear
            && matches!(first.ending, Ending::Colon | Ending::Stop | Ending::Mark | Ending::Gap);
    }
    let turns = found.windows(2).filter(|pair| pair[0].1 != pair[1].1).count();
    found.len() >= 3 || strongest.weight() >= ENOUGH && turns >= 1
}
