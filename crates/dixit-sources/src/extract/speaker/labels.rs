//! Labels at the head of lines: `MR. PRICE:`, `QUESTION:`, `Q  `, `问：`, `### Name:`.

use std::collections::HashMap;
use std::ops::Range;

use super::super::mentions::squeeze;
use super::super::prose::is_ideograph;

/// A label is no longer than this many bytes.
const LONGEST: usize = 90;
/// Nor than this many words.
const MOST_WORDS: usize = 8;

/// Labels that belong to a role in an exchange, not to a name.
const EXCHANGE: &[&str] = &[
    "q",
    "a",
    "question",
    "answer",
    "moderator",
    "interviewer",
    "reporter",
    "journalist",
    "host",
    "operator",
    "speaker",
    "frage",
    "antwort",
    "pregunta",
    "respuesta",
    "问",
    "答",
    "問",
    "主持人",
    "记者",
    "記者",
];
/// Heads of lines that look like labels and are not: parts of a form or a letterhead.
const FORM: &[&str] = &[
    "note",
    "date",
    "subject",
    "source",
    "sources",
    "theme",
    "topic",
    "contact",
    "tel",
    "email",
    "e-mail",
    "fax",
    "website",
    "photo",
    "image",
    "location",
    "time",
    "where",
    "when",
    "who",
    "what",
    "why",
    "how",
    "background",
    "summary",
    "reference",
    "references",
    "to",
    "from",
    "re",
    "cc",
    "title",
    "place",
    "venue",
    "example",
    "update",
    "correction",
    "warning",
    "press",
    "media contact",
    "related",
    "see also",
    "copyright",
    "tags",
    "read more",
    "published",
    "updated",
    "author",
    "by",
    "editor",
    "fact sheet",
    "agenda",
    "event",
    "via",
    "url",
    "http",
    "https",
    "attn",
    "p.s",
    "notes",
    "participants",
    "attendees",
    "duration",
    "category",
];
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "sir",
    "lord",
    "lady",
    "madam",
    "mdm",
    "hon",
    "sen",
    "rep",
    "gov",
    "señor",
    "señora",
    "sr",
    "sra",
    "senator",
    "president",
    "secretary",
    "minister",
    "prof",
];

/// A label and how often it stands at the head of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeakerLabel {
    /// The label without its colon and marks.
    pub text: String,
    /// On how many lines.
    pub count: usize,
    /// Where it stands first.
    pub first: Range<usize>,
}

/// The labels of a text with several speakers, most frequent first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeakerLabels {
    /// Two or more.
    pub labels: Vec<SpeakerLabel>,
}

impl SpeakerLabels {
    /// In words, naming the labels seen.
    #[must_use]
    pub fn note(&self) -> String {
        let mut names: Vec<String> = self
            .labels
            .iter()
            .take(6)
            .map(|label| format!("`{}` ({})", label.text, label.count))
            .collect();
        if self.labels.len() > 6 {
            names.push(format!("{} more", self.labels.len() - 6));
        }
        format!("lines begin with the labels {}", names.join(", "))
    }
}

/// How much a label looks like a speaker's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    /// Capitalised words: also how a heading is written.
    Weak,
    /// All capitals, a title, or a role in an exchange.
    Strong,
}

/// The labels of a transcript with several speakers; `None` for anything else.
///
/// One label alone is no exchange, nor are headings that each stand once.
///
/// ```
/// use dixit_sources::extract::speaker::speaker_labels;
///
/// let found = speaker_labels("MS. ROE: Good morning.\nQ   Any news?\nMS. ROE: None.\n").unwrap();
/// assert_eq!(found.labels[0].text, "MS. ROE");
/// assert!(speaker_labels("So, bottom line is: we wait.\nAnd then: we act.\n").is_none());
/// ```
#[must_use]
pub fn speaker_labels(text: &str) -> Option<SpeakerLabels> {
    let mut seen: HashMap<String, (SpeakerLabel, Shape)> = HashMap::new();
    let mut start = 0;
    let mut colon = 0;
    while start < text.len() {
        let end = memchr::memchr(b'\n', &text.as_bytes()[start..]);
        let line = &text[start..end.map_or(text.len(), |end| start + end + 1)];
        if colon < start || start == 0 {
            colon = memchr::memchr2(b':', WIDE_COLON, &text.as_bytes()[start..])
                .map_or(text.len(), |at| start + at);
        }
        if let Some((range, shape)) = label(line, colon < start + line.len()) {
            let written = squeeze(&line[range.clone()]);
            let first = start + range.start..start + range.end;
            let entry = seen.entry(written.to_lowercase()).or_insert_with(|| {
                (SpeakerLabel { text: written.clone(), count: 0, first }, shape)
            });
            entry.0.count += 1;
            entry.1 = entry.1.max(shape);
        }
        start += line.len();
    }
    let strong: Vec<&SpeakerLabel> = seen
        .values()
        .filter(|(_, shape)| *shape == Shape::Strong)
        .map(|(label, _)| label)
        .collect();
    let strong_lines: usize = strong.iter().map(|label| label.count).sum();
    let recurring = seen.values().filter(|(label, _)| label.count > 1).count();
    // Weak labels count when one of them comes back between others.
    let weak_exchange = seen.len() >= 2 && recurring >= 1 && {
        let named =
            |label: &SpeakerLabel| label.text.contains(' ') || label.text.chars().all(is_ideograph);
        recurring >= 2
            || seen
                .values()
                .any(|(label, shape)| label.count > 1 && (*shape == Shape::Strong || named(label)))
    };
    let strong_exchange = strong.len() >= 2
        && (strong_lines >= 3
            || strong.iter().any(|label| EXCHANGE.contains(&label.text.to_lowercase().as_str())));
    if !strong_exchange && !weak_exchange {
        return None;
    }
    let mut labels: Vec<SpeakerLabel> = seen
        .into_values()
        .filter(|(label, shape)| *shape == Shape::Strong || !strong_exchange || label.count > 2)
        .map(|(label, _)| label)
        .collect();
    labels.sort_by(|a, b| b.count.cmp(&a.count).then(a.first.start.cmp(&b.first.start)));
    (labels.len() >= 2).then_some(SpeakerLabels { labels })
}

/// The label at the head of a line, as a range of the line.
fn label(line: &str, may_have_colon: bool) -> Option<(Range<usize>, Shape)> {
    let marks = |c: char| {
        c.is_whitespace() || matches!(c, '*' | '_' | '>' | '\u{feff}' | '—' | '–' | '[' | '\\')
    };
    let mut body = line.trim_start_matches(marks);
    let mut shape = Shape::Weak;
    let heading = body.starts_with('#');
    if heading {
        body = body.trim_start_matches('#').trim_start_matches(marks);
    }
    // Without a colon labels begin with one of these: `Q`, `Mr. ROE.`
    if !may_have_colon && !body.starts_with(['Q', 'A', 'M', 'D', 'H']) {
        return None;
    }
    let bold = line[..line.len() - body.len()].contains("**");
    let start = line.len() - body.len();
    // `Q   Any news?`: the letter and a wide gap.
    if let Some(rest) = body.strip_prefix('Q').or_else(|| body.strip_prefix('A')) {
        let gap =
            rest.chars().take_while(|c| matches!(c, ' ' | '\u{a0}' | '\t' | ':' | '.')).count();
        let wide = gap >= 2 || rest.starts_with(':');
        if wide && !rest.trim_start().is_empty() && (body.starts_with('Q') || rest.starts_with(':'))
        {
            return Some((start..start + 1, Shape::Strong));
        }
    }
    let mut near = LONGEST.min(body.len());
    while !body.is_char_boundary(near) {
        near -= 1;
    }
    let head = &body[..near];
    let at = match colon(head) {
        Some(at) => at,
        // `Mr. ROE. I rise to speak.`
        None => record_label(head)?,
    };
    let at = record_label(head).map_or(at, |stop| stop.min(at));
    let after = &body[at..];
    let colon = after.chars().next().map_or(0, char::len_utf8);
    let next = after[colon..].chars().next();
    let wide = after.starts_with('：');
    if !wide
        && next.is_some_and(|c| {
            !c.is_whitespace() && !matches!(c, '*' | '_' | '“' | '"') && !is_ideograph(c)
        })
    {
        return None;
    }
    let written = head[..at]
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | ']' | '.' | '\\'));
    let end = start + written.len();
    let plain = strip_brackets(written);
    let lower = plain.to_lowercase();
    let lower = lower.trim_end_matches('.');
    if lower.is_empty()
        || FORM.contains(&lower)
        || plain.contains(['/', '@', ';', '?', '!', '"', '“', '=', '|', '{'])
    {
        return None;
    }
    if EXCHANGE.contains(&lower) {
        return Some((start..end, Shape::Strong));
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    if words.is_empty() || words.len() > MOST_WORDS || plain.chars().all(|c| !c.is_alphabetic()) {
        return None;
    }
    if plain.chars().any(is_ideograph) {
        let count = plain.chars().count();
        let asks = plain.ends_with("记者") || plain.ends_with("記者");
        let names = count <= 12 && plain.chars().all(|c| is_ideograph(c) || matches!(c, '·' | ' '));
        let shape = if asks { Shape::Strong } else { Shape::Weak };
        return names.then_some((start..end, shape));
    }
    let titled = words.len() > 1
        && words.first().is_some_and(|word| {
            TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str())
        });
    // `El señor PRESIDENTE`, `THE PRESIDENT`: the article decides nothing.
    let article = words.len() > 1
        && matches!(
            words[0].to_lowercase().as_str(),
            "the" | "el" | "la" | "o" | "a" | "le" | "der" | "die"
        );
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count();
    let upper = |word: &&&str| word.chars().all(|c| !c.is_lowercase()) && letters(word) > 1;
    let capitals = words.iter().filter(upper).count();
    let small = |word: &str| {
        matches!(
            word.to_lowercase().as_str(),
            "of" | "the"
                | "de"
                | "del"
                | "da"
                | "van"
                | "von"
                | "for"
                | "and"
                | "la"
                | "der"
                | "bin"
                | "al"
        )
    };
    let title_case = words.iter().all(|word| {
        word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase) || small(word)
    });
    let digits = plain.contains(|c: char| c.is_ascii_digit());
    if digits && !plain.starts_with("Speaker") {
        return None;
    }
    // `El señor PRESIDENTE`, `MS. ROE`, `AFP`
    if capitals > 0
        && (capitals + 1 >= words.len() || titled || article)
        && (words.len() > 1 || letters(words[0]) > 1)
    {
        shape = Shape::Strong;
    } else if !titled && !title_case || capitals == 0 && plain.contains(',') {
        return None;
    }
    if titled && (capitals > 0 || title_case) {
        // `Señor Presidente:` on a line of its own is an address.
        let alone = after[colon..].trim().is_empty() && capitals == 0;
        if alone && !heading && !bold {
            return None;
        }
        shape = Shape::Strong;
    }
    Some((start..end, shape))
}

/// The first byte of a wide colon.
const WIDE_COLON: u8 = "：".as_bytes()[0];

/// The first colon, of either width.
fn colon(head: &str) -> Option<usize> {
    let places = memchr::memchr2_iter(b':', WIDE_COLON, head.as_bytes());
    places.filter(|at| head.is_char_boundary(*at)).find(|at| head[*at..].starts_with([':', '：']))
}

/// `Mr. ROE.` with no colon: a title, a name in capitals, a full stop. Answers where the stop is.
fn record_label(head: &str) -> Option<usize> {
    if !head.starts_with(['M', 'D', 'H']) {
        return None;
    }
    let titles = ["Mr", "Mrs", "Ms", "Miss", "Dr", "Hon"];
    let (title, rest) = titles
        .iter()
        .find_map(|title| Some((title, head.strip_prefix(title)?.strip_prefix(". ")?)))?;
    let at = rest.find(". ")?;
    let name = &rest[..at];
    let first = name.split_whitespace().next()?;
    let capital = first.chars().filter(|c| c.is_uppercase()).count() > 1
        && first.chars().all(|c| !c.is_lowercase() || c == 'c');
    (name.len() <= 50 && capital).then_some(title.len() + 2 + at)
}

/// Without what stands in brackets: `MS. ROE (Norland)`.
fn strip_brackets(label: &str) -> &str {
    label.split(['(', '（']).next().unwrap_or(label).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<String> {
        speaker_labels(text)
            .map_or(Vec::new(), |found| found.labels.into_iter().map(|l| l.text).collect())
    }

    #[test]
    fn labels_of_many_styles_are_seen() {
        assert_eq!(
            labels("MR. ROE:  Hello.\n\nQUESTION:  Why?\n\nMR. ROE:  Because.\n"),
            ["MR. ROE", "QUESTION"]
        );
        assert_eq!(
            labels("\u{a0} MS. DOE:\u{a0} Hi.\nQ\u{a0}\u{a0} Any news?\n"),
            ["MS. DOE", "Q"]
        );
        assert_eq!(labels("问：你好吗\n答：很好\n问：谢谢\n"), ["问", "答"]);
        assert_eq!(
            labels("AFP: Any news?\nJane Roe: None.\nDPA: And now?\nJane Roe: Still none.\n"),
            ["Jane Roe", "AFP", "DPA"]
        );
        assert_eq!(labels("El señor PRESIDENTE: Silencio.\nLa señora ROE: Gracias.\nEl señor PRESIDENTE: Bien.\n").len(), 2);
        assert_eq!(
            labels("### Jane Roe:\nHello\n### John Doe:\nHi\n### Jane Roe:\nBye\n"),
            ["Jane Roe", "John Doe"]
        );
        assert_eq!(labels("**Jane Roe:** Hello\n**John Doe:** Hi\n**Jane Roe:** Bye\n").len(), 2);
        assert_eq!(
            labels("Mr. ROE. I rise.\nMr. DOE. I object.\nMr. ROE. I yield.\n"),
            ["Mr. ROE", "Mr. DOE"]
        );
    }

    #[test]
    fn prose_forms_and_single_labels_are_no_transcript() {
        assert!(labels("So, bottom line is: we wait.\nThe point is: we act.\n").is_empty());
        assert!(labels("Date: 3 May\nTheme: Peace\nDate: 4 May\nVenue: Norport\n").is_empty());
        assert!(labels("Health: we build.\nEducation: we teach.\nJustice: we judge.\n").is_empty());
        assert!(
            labels(
                "Señor Presidente:\nGracias.\nSeñor Secretario General:\nSí.\nSeñor Presidente:\n"
            )
            .is_empty()
        );
        assert!(labels("**Lower Costs:** We act.\n**Better Roads:** We build.\n").is_empty());
        assert!(labels("THE PRESIDENT: My friends.\nWe meet today.\n").is_empty());
        assert!(labels("https://news.example\nhttps://other.example\n").is_empty());
        assert!(labels("").is_empty());
    }

    #[test]
    fn the_note_names_the_labels() {
        let found = speaker_labels("MR. ROE: A\nQUESTION: B\nMR. ROE: C\n").unwrap();
        assert_eq!(found.note(), "lines begin with the labels `MR. ROE` (2), `QUESTION` (1)");
    }
}
