//! Titles in Chinese that say whose words stand under them: `外交部发言人张三就…发表谈话`, `张三在…上的讲话`.

use std::ops::Range;

use dixit::{BasisKind, Person};

use super::{HEADLINE, SpeakerFinding, Within};
use crate::extract::{Found, is_han_surname};

/// What a spokesperson does in a title, right behind the name.
const DOES: [&str; 14] = [
    "就", "谈", "談", "答", "发表", "發表", "回应", "回應", "表示", "宣布", "主持", "举行", "舉行",
    "关于",
];
/// What a title ends with whose beginning is a person.
const GENRES: [&str; 12] = [
    "讲话",
    "講話",
    "演讲",
    "演講",
    "致辞",
    "致辭",
    "致词",
    "发言",
    "發言",
    "主旨演讲",
    "讲话全文",
    "贺词",
];

/// The speaker whom a title in Chinese names.
pub(super) fn in_title(title: &str) -> Option<Found<SpeakerFinding>> {
    if title.is_ascii() {
        return None;
    }
    spokesperson(title).or_else(|| of_speech(title))
}

fn spokesperson(title: &str) -> Option<Found<SpeakerFinding>> {
    const ROLES: [&str; 2] = ["发言人", "發言人"];
    let (at, role) = ROLES.iter().find_map(|role| Some((title.find(role)?, *role)))?;
    let after = &title[at + role.len()..];
    let end = DOES.iter().filter_map(|does| after.find(does)).min()?;
    let name = at + role.len()..at + role.len() + end;
    if !is_name(&title[name.clone()]) {
        return None;
    }
    // The body stands before, behind whatever is no such character: a date, a mark.
    let before = &title[..at];
    let from = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_han(*c) && !"日月年".contains(*c))
        .last()
        .map_or(at, |(from, _)| from);
    let body = from..at;
    Some(found(title, name, Some(at..at + role.len()), Some(body).filter(|body| !body.is_empty())))
}

/// `张三在海港日上的讲话（全文）`
fn of_speech(title: &str) -> Option<Found<SpeakerFinding>> {
    if !is_of_speech(title) {
        return None;
    }
    let start = title.len() - title.trim_start().len();
    let end = start + title.trim_start().find('在')?;
    is_name(&title[start..end]).then(|| found(title, start..end, None, None))
}

/// Whether a title says that a speech stands under it.
pub(in crate::extract) fn is_of_speech(title: &str) -> bool {
    if title.is_ascii() {
        return false;
    }
    let own = without_site(title).trim();
    let bare = own.trim_end_matches(['）', ')']);
    let bare = bare.strip_suffix("全文").map_or(own, |rest| rest.trim_end_matches(['（', '(']));
    GENRES.iter().any(|genre| bare.ends_with(genre))
}

/// A title of a page without the name of the site behind it.
fn without_site(title: &str) -> &str {
    const BETWEEN: [&str; 6] = ["_", "|", " - ", "--", "—", "－"];
    let begins = |c: char| matches!(c, '_' | '|' | ' ' | '-' | '—' | '－');
    let ends = |at: &usize| BETWEEN.iter().any(|mark| title[*at..].starts_with(mark));
    let end = title.match_indices(begins).map(|(at, _)| at).find(ends);
    &title[..end.unwrap_or(title.len())]
}

fn found(
    title: &str,
    name: Range<usize>,
    role: Option<Range<usize>>,
    affiliation: Option<Range<usize>>,
) -> Found<SpeakerFinding> {
    let text = |range: &Option<Range<usize>>| range.clone().map(|range| title[range].to_owned());
    let person = Person {
        name: Some(title[name.clone()].to_owned()),
        as_written: Some(title[name.clone()].to_owned()),
        role: text(&role),
        affiliation: text(&affiliation),
        ..Person::default()
    };
    let parts = [affiliation.clone(), role.clone(), Some(name.clone())];
    let evidence = parts.into_iter().flatten().collect();
    let (within, country) = (Within::Title, None);
    let value = SpeakerFinding { person, within, name: Some(name), role, affiliation, country };
    Found {
        value,
        evidence,
        kind: BasisKind::Extracted,
        rule: "headline",
        confidence: HEADLINE,
        note: None,
    }
}

/// A family name and one or two characters more.
fn is_name(text: &str) -> bool {
    let count = text.chars().count();
    (2..=4).contains(&count)
        && text.chars().all(is_han)
        && text.chars().next().is_some_and(is_han_surname)
}

fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_whose_words_follow() {
        let told = |title: &str| {
            let person = in_title(title)?.value.person;
            Some((
                person.name?,
                person.role.unwrap_or_default(),
                person.affiliation.unwrap_or_default(),
            ))
        };
        let told = |title| told(title).map(|(name, role, body)| format!("{name} {role} {body}"));
        assert_eq!(
            told("外交部发言人张样本就渔业问题发表谈话").as_deref(),
            Some("张样本 发言人 外交部")
        );
        assert_eq!(
            told("2021年3月9日外交部发言人张样本主持例行记者会").as_deref(),
            Some("张样本 发言人 外交部")
        );
        assert_eq!(told("张样本在海港日上的讲话（全文）").as_deref(), Some("张样本  "));
        for title in [
            "张样本在海港日上的讲话_海港网",
            "张样本在第3届海港会议上的主旨演讲（全文） — 某国外交部",
        ] {
            assert_eq!(told(title).as_deref(), Some("张样本  "), "{title}");
            assert!(is_of_speech(title), "{title}");
        }
        assert!(!is_of_speech("海港会议举行 — 讲话"));
        for title in [
            "外交部发言人办公室通告",
            "在海港日上的讲话",
            "渔业部长会议在北港举行",
            "发言人就此表示遗憾",
        ] {
            assert_eq!(told(title), None, "{title}");
        }
    }
}
