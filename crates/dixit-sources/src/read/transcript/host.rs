//! Who holds a press conference: the spokesperson whom the title names, or the head of the text.

use std::ops::Range;

use dixit::{Person, Span};

use super::cast::Title;
use super::form::{Form, form, is_unspaced};
use crate::extract::prefix;
use crate::read::prose::Decoded;

/// How much of what stands before the first turn is looked at.
const HEAD_BYTES: usize = 600;

/// The host of a conference and the bytes that name whom.
pub(super) fn host(
    file: &Decoded,
    head: Range<usize>,
    title: Option<Title<'_>>,
) -> Option<(Person, Vec<Span>)> {
    if let Some(title) = title
        && let Some((person, _)) = host_in(title.text)
    {
        return Some((person, title.evidence.to_vec()));
    }
    let (person, range) = host_in(prefix(&file.text[head.clone()], HEAD_BYTES))?;
    let place = head.start + range.start..head.start + range.end;
    Some((person, file.map.to_source(place).into_iter().collect()))
}

/// `外交部发言人张三主持例行记者会`, `Foreign Ministry Spokesperson Jane Roe’s Regular Press Conference`
fn host_in(text: &str) -> Option<(Person, Range<usize>)> {
    const SPOKESPERSONS: [&str; 2] = ["发言人", "發言人"];
    for word in SPOKESPERSONS {
        let Some(at) = text.find(word) else { continue };
        let after = &text[at + word.len()..];
        const ENDS: [&str; 14] = [
            "主持", "举行", "舉行", "就", "答", "在", "的", "：", ":", "\n", "宣布", "关于", "對",
            "对",
        ];
        let end = ENDS.iter().filter_map(|end| after.find(end)).min().unwrap_or(after.len());
        let name = after[..end].trim();
        if form(name) == Form::HanName {
            let before = &text[..at];
            let from = before
                .rfind(|c: char| !is_unspaced(c) || "日月年".contains(c))
                .map_or(0, |found| {
                    found + before[found..].chars().next().map_or(1, char::len_utf8)
                });
            let body = &before[from..];
            let person = Person {
                name: Some(name.to_owned()),
                role: Some(word.to_owned()),
                affiliation: Some(body.to_owned()).filter(|body| !body.is_empty()),
                as_written: Some(name.to_owned()),
                ..Person::default()
            };
            return Some((person, from..at + word.len() + end));
        }
    }
    let lower = text.to_ascii_lowercase();
    let conference = ["press conference", "press briefing", "daily briefing", "media briefing"]
        .iter()
        .any(|word| lower.contains(word));
    if !conference {
        return None;
    }
    let line_end = text.find('\n').unwrap_or(text.len());
    let person = crate::extract::host_in_title(&text[..line_end])?;
    Some((person, 0..line_end))
}
