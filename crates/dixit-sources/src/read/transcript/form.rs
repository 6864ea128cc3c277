//! How a label is written: what its words make it, before it is known how often it comes.

use super::words::{Words, words};
use crate::read::labels;

/// What a label is by its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Form {
    /// No label: a clause, an address, a word of forms.
    Phrase,
    /// One word with a capital.
    Word,
    /// Two or three capitals: an agency, an abbreviation.
    Initials,
    /// Few words of a script without capitals.
    Plain,
    /// A name as names are written in Chinese.
    HanName,
    /// Two or more words, all of them as in names.
    Name,
    /// All in capitals.
    Capitals,
    /// Several at once, or somebody unknown.
    Group,
    /// An agency, a paper, a station.
    Outlet,
    /// An office, with a name or without.
    Office,
    /// What leads an exchange, without a name.
    Chair,
    /// In Chinese, Japanese or Korean: ends as speakers do.
    HanEnding,
    /// A title and a name, or an article and capitals.
    Titled,
    /// Who answers, without a name.
    Answerer,
    /// Who asks, without a name.
    Asker,
}

impl Form {
    /// How much the words alone speak for a label; three is enough.
    pub(super) const fn weight(self) -> i32 {
        match self {
            Self::Phrase => -9,
            Self::Word | Self::Plain => 0,
            Self::Initials | Self::Name | Self::HanName => 1,
            Self::Capitals | Self::Office | Self::Group => 2,
            Self::Outlet | Self::Chair | Self::HanEnding | Self::Titled => 3,
            Self::Answerer | Self::Asker => 3,
        }
    }
}

/// The most bytes of a label.
const LONGEST: usize = 200;
/// The most words of one, offices with their fields included.
const MOST_WORDS: usize = 16;

/// Words with which clauses begin, and no names.
const CLAUSES: &[&str] = &[
    "and", "as", "at", "but", "by", "for", "from", "if", "in", "now", "of", "on", "or", "since",
    "so", "that", "then", "there", "this", "these", "those", "to", "under", "when", "while",
    "with", "my", "our", "your", "his", "her", "their", "its", "we", "i", "you", "he", "she",
    "they", "it", "not", "yes", "no", "well", "und", "aber", "wir", "ich", "es", "vielen", "y",
    "pero", "yo", "et", "mais", "je", "nous",
];

/// What a label is by its words.
pub(super) fn form(label: &str) -> Form {
    let words = words();
    if label.len() > LONGEST || is_prose(label) {
        return Form::Phrase;
    }
    let plain = before_bracket(label);
    let lower = plain.to_lowercase();
    let lower = lower.trim_end_matches(['.', ' ', '\u{a0}']);
    if lower.is_empty() || words.forms.contains(lower) {
        return Form::Phrase;
    }
    if let Some(form) = of_exchange(lower, words) {
        return form;
    }
    // The sign of abbreviation in Hebrew is also written as a quotation mark: `היו"ר`.
    let is_hebrew = plain.chars().any(|c| matches!(c, '\u{5d0}'..='\u{5ea}'));
    let has_mark =
        |c: char| match c {
            '?' | '!' | ';' | '=' | '|' | '{' | '}' | '@' | '<' | '>' | '_' | '#' | '$' | '%'
            | '&' => true,
            '*' | '+' | '^' | '~' | '“' | '”' | '„' | '…' | '。' | '，' | '、' | '！' | '？'
            | '；' => true,
            '"' => !is_hebrew,
            _ => false,
        };
    if plain.contains(has_mark) {
        return Form::Phrase;
    }
    let first = plain.chars().next().unwrap_or(' ');
    if is_unspaced(first) || first == '《' || plain.chars().last().is_some_and(is_unspaced) {
        return of_han(plain, words);
    }
    if plain.contains(['/', '\\', '[', ']', '《', '》', '：', ':']) {
        return Form::Phrase;
    }
    // A mark alone is of a title: scans put a space before it.
    let is_word = |word: &&str| *word != "." && *word != ",";
    let all: Vec<&str> = plain.split_whitespace().filter(is_word).collect();
    if has_number(plain)
        && !all.first().is_some_and(|first| is_title(first, words) && is_misread(plain))
    {
        return Form::Phrase;
    }
    if all.len() > MOST_WORDS || !plain.chars().any(char::is_alphabetic) {
        return Form::Phrase;
    }
    let first = all[0].to_lowercase();
    if words.addresses.contains(&first) || CLAUSES.contains(&first.as_str()) {
        return Form::Phrase;
    }
    if !plain.chars().any(|c| c.is_uppercase() || c.is_lowercase()) {
        if all.len() > 1 && all.len() <= 6 && is_title(all[0], words) {
            return Form::Titled;
        }
        return if all.len() <= 5 && plain.chars().count() <= 40 {
            Form::Plain
        } else {
            Form::Phrase
        };
    }
    of_cased(plain, &all, &label[plain.len().min(label.len())..], words)
}

/// Whether most words are written low, so that no further look is needed.
fn is_prose(label: &str) -> bool {
    let (mut all, mut low) = (0, 0);
    for word in label.split_ascii_whitespace() {
        all += 1;
        low += usize::from(word.starts_with(|c: char| c.is_lowercase()));
    }
    all > 3 && low * 3 > all * 2
}

/// Whether a word with a full stop behind it is a title before a name.
pub(super) fn is_abbreviated_title(word: &str) -> bool {
    let is_written = word.len() <= 12 && word.starts_with(|c: char| c.is_uppercase());
    is_written && words().titles.contains(&word.to_lowercase())
}

/// Labels of an exchange and of nobody, numbered or not: `Q`, `Question 2`, `追问一`.
fn of_exchange(lower: &str, words: &Words) -> Option<Form> {
    let bare = lower.trim_end_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || "一二三四五六七八九十#".contains(c)
    });
    let bare = if bare.is_empty() { lower } else { bare };
    // `Frage Müller`, `QUESTION FROM NORDPOST`; `Question Time` is the head of a part.
    let mut parts = lower.split_whitespace();
    let asks = ["question", "frage", "zusatzfrage", "nachfrage", "pregunta", "pergunta", "domanda"];
    if parts.next().is_some_and(|first| asks.contains(&first))
        && parts
            .next()
            .is_some_and(|next| !["time", "period", "hour", "no", "put", "of"].contains(&next))
        && parts.count() < 4
    {
        return Some(Form::Asker);
    }
    // `Phóng viên báo Cảng`: a word of two syllables, and for whom.
    let two: Vec<&str> = lower.split_whitespace().take(6).collect();
    if (3..=5).contains(&two.len()) && words.askers.contains(&two[..2].join(" ")) {
        return Some(Form::Asker);
    }
    if words.askers.contains(bare) || bare.starts_with("追问") || bare.starts_with("追問") {
        return Some(Form::Asker);
    }
    if words.answerers.contains(bare) {
        return Some(Form::Answerer);
    }
    if words.outlets.contains(lower) {
        return Some(Form::Outlet);
    }
    let (article, office) = bare.split_once(' ').unwrap_or(("", bare));
    let office = if words.articles.contains(article) { office } else { bare };
    if words.chairs.contains(office) {
        return Some(Form::Chair);
    }
    let mut parts = bare.split_whitespace().peekable();
    let is_group = parts.peek().is_some()
        && parts.all(|part| {
            words.groups.contains(part)
                || words.chairs.contains(part)
                || words.askers.contains(part)
        });
    is_group.then_some(Form::Group)
}

/// A label of a script without spaces between words.
fn of_han(plain: &str, words: &Words) -> Form {
    let count = plain.chars().count();
    // Words that make a clause, and no name.
    let is_clause = plain
        .contains(|c: char| "的是了我你他她它们們在对對说說这這那有为為把将將请請".contains(c));
    let ends = words.han_endings.iter().any(|ending| plain.ends_with(ending.as_str()));
    let asks = plain.ends_with("记者") || plain.ends_with("記者");
    if ends && (count <= 16 && !is_clause || asks && count <= 24) {
        return Form::HanEnding;
    }
    let bare: String = plain.chars().filter(|c| !c.is_whitespace()).collect();
    let count = bare.chars().count();
    if is_clause || !bare.chars().all(|c| is_unspaced(c) || c == '·' || c == '・') {
        return Form::Phrase;
    }
    let surname = bare.chars().next().is_some_and(crate::extract::is_han_surname);
    match count {
        2..=4 if surname => Form::HanName,
        3..=12 if bare.contains(['·', '・']) => Form::HanName,
        2..=8 => Form::Plain,
        _ => Form::Phrase,
    }
}

/// A label in a script that has capitals.
fn of_cased(plain: &str, all: &[&str], bracket: &str, words: &Words) -> Form {
    let inner = bracket.trim_start_matches([' ', '(', '（']);
    let holds_person = inner.split_whitespace().next().is_some_and(|word| is_title(word, words));
    let article = usize::from(all.len() > 1 && words.articles.contains(&all[0].to_lowercase()));
    let rest = &all[article..];
    let titles = rest.iter().take_while(|word| is_title(word, words)).count();
    let is_office = labels::is_office(&rest[titles..].join(" ")) || labels::is_office(plain);
    // `MR, ROE` is a scan's.
    let person = plain.split_once(", ").filter(|(name, _)| !is_title(name, words));
    if let Some((name, role)) = person {
        // `Jo Muster, Press Secretary`
        let is_person = matches!(form(name), Form::Name | Form::Titled | Form::Capitals);
        let short = role.split_whitespace().nth(6).is_none();
        let first = role.split(' ').next().unwrap_or_default().to_lowercase();
        let are_high =
            short && role.split_whitespace().all(|word| begins_high(word) || word.len() <= 3);
        let is_role = !CLAUSES.contains(&first.as_str()) && (labels::is_office(role) || are_high);
        return match is_person && is_role {
            // `The Minister for Sport, Youth and Parks (Ms Jo Muster)`
            _ if is_office && holds_person => Form::Titled,
            true if titles > 0 => Form::Titled,
            true if form(name) == Form::Capitals => Form::Capitals,
            true => Form::Name,
            false => Form::Phrase,
        };
    }
    let capitals = rest.iter().filter(|word| is_capitals(word)).count();
    let mut lower =
        rest.iter().filter(|word| !begins_high(word) && !is_initials(word) && !is_letter(word));
    let is_small = |word: &&&str| words.particles.contains(&word.to_lowercase());
    if titles > 0 && titles < rest.len() {
        let names = &rest[titles..];
        let is_name =
            names.iter().all(|word| begins_high(word) || is_small(&word) || is_letter(word));
        // `M. le président`, `The honourable member` are offices, or nobody in particular.
        return match is_name {
            true if names.iter().any(|word| begins_high(word)) || capitals > 0 => Form::Titled,
            _ if is_office => Form::Office,
            _ => Form::Phrase,
        };
    }
    if is_office {
        // Of the words of an office only the small ones are not written high, but in many languages.
        let low = rest.iter().filter(|word| !begins_high(word)).count();
        let is_plain = low > 0 && !begins_high(all[0]) && article == 0;
        return match () {
            () if is_plain => Form::Phrase,
            () if article == 1 && capitals > 0 => Form::Titled,
            () if holds_person || (!bracket.is_empty() && low * 2 <= all.len()) => Form::Titled,
            () => Form::Office,
        };
    }
    if lower.any(|word| !is_small(&word)) {
        return Form::Phrase;
    }
    if rest.len() > 6 {
        return Form::Phrase;
    }
    if capitals == rest.len() || (capitals > 0 && rest.len() - capitals <= 1 && rest.len() > 1) {
        let letters = rest.iter().map(|word| letters(word)).sum::<usize>();
        return if rest.len() == 1 && letters <= 3 { Form::Initials } else { Form::Capitals };
    }
    let glue = |word: &&&str| {
        ["of", "the", "and", "for", "to", "on", "in", "at", "und", "für"].contains(*word)
    };
    match rest.len() {
        1 if has_initials(rest[0]) => Form::Name,
        1 if letters(rest[0]) >= 2 && begins_high(rest[0]) => Form::Word,
        2..=6 if article == 0 && !rest.iter().any(|word| glue(&word)) => Form::Name,
        _ => Form::Phrase,
    }
}

/// What stands before a bracket: `MS. ROE (Norland)`.
pub(super) fn before_bracket(label: &str) -> &str {
    let plain = label.split(['(', '（', '〔', '[']).next().unwrap_or(label).trim();
    if plain.is_empty() { label.trim() } else { plain }
}

fn is_title(word: &str, words: &Words) -> bool {
    // Words that are titles with their full stop alone.
    const DOTTED: [&str; 8] = ["m", "me", "on", "mm", "tan", "don", "pan", "general"];
    let bare = word.trim_end_matches(['.', ',', 'ª', 'º']).to_lowercase();
    words.titles.contains(&bare) && (word.ends_with('.') || !DOTTED.contains(&bare.as_str()))
}

/// A word in capitals, as surnames are printed: `ROE`, `McROE`, `DeROE`, `O’ROE`.
pub(super) fn is_capitals(word: &str) -> bool {
    let upper = word.chars().filter(|c| c.is_uppercase()).count();
    let lower = word.chars().filter(|c| c.is_lowercase()).count();
    upper >= 2 && upper > lower && begins_high(word)
}

fn is_initials(word: &str) -> bool {
    word.len() <= 3 && word.chars().all(|c| c.is_uppercase() || c == '.')
}

/// `В.Примеров`, `J.R.Roe`: initials that nothing sets off from the name.
fn has_initials(word: &str) -> bool {
    let mut parts = word.split('.').rev();
    let name = parts.next().unwrap_or_default();
    let is_initial = |part: &str| {
        let mut all = part.chars();
        all.next().is_some_and(char::is_uppercase) && all.next().is_none()
    };
    let is_name = begins_high(name) && name.chars().filter(|c| c.is_lowercase()).count() >= 2;
    is_name && word.contains('.') && parts.all(is_initial)
}

/// `h.` and `c.` of a title.
fn is_letter(word: &str) -> bool {
    word.ends_with('.') && word.chars().count() == 2
}

fn begins_high(word: &str) -> bool {
    let word = word.trim_start_matches(['‘', '’', '\'', '-', '–']);
    word.chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
}

fn letters(word: &str) -> usize {
    word.chars().filter(|c| c.is_alphabetic()).count()
}

fn has_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

/// Whether the digits of a label are letters that a scan took for them: `R0E`, `L1ND`.
fn is_misread(text: &str) -> bool {
    let all: Vec<char> = text.chars().collect();
    all.iter().enumerate().filter(|(_, c)| c.is_ascii_digit()).all(|(at, digit)| {
        let before = at.checked_sub(1).and_then(|before| all.get(before));
        let is_letter = |c: Option<&char>| c.is_some_and(|c| c.is_uppercase());
        matches!(digit, '0' | '1' | '5' | '8') && is_letter(before) && is_letter(all.get(at + 1))
    })
}

/// Whether a character is of Chinese, Japanese or Korean, where names have no capitals and offices
/// stand behind them.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
        | 0xAC00..=0xD7AF | 0x20000..=0x3FFFF | 0x3005 | 0x3007)
}
