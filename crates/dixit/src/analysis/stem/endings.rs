//! What folding took from the endings of words, given back before they are stemmed.
//!
//! How much it does is in ARCHITECTURE.md; `forms_meet` among the tests holds it.

use std::borrow::Cow;

/// Folded endings, and the one that stands for each. Longer ones first.
const PORTUGUESE: &[(&str, &str)] = &[("coes", "ção"), ("cao", "ção"), ("oes", "ão"), ("ao", "ão")];
const FRENCH: &[(&str, &str)] = &[("ites", "ités"), ("ite", "ité"), ("ees", "ées"), ("ee", "ée")];
const ROMANIAN: &[(&str, &str)] = &[
    ("atiilor", "ațiilor"),
    ("atiile", "ațiile"),
    ("atiei", "ației"),
    ("atie", "ație"),
    ("atia", "ația"),
    ("atii", "ații"),
];
const HUNGARIAN: &[(&str, &str)] = &[
    ("kent", "ként"),
    ("rol", "ról"),
    ("bol", "ból"),
    ("tol", "tól"),
    ("nal", "nál"),
    ("ert", "ért"),
];

/// A folded term with what its language's algorithm goes by.
pub(super) fn written<'t>(language: &str, term: &'t str) -> Cow<'t, str> {
    match language {
        "pt" => ended(term, PORTUGUESE),
        "fr" => ended(term, FRENCH),
        "ro" => ended(term, ROMANIAN),
        "hu" => ended(term, HUNGARIAN),
        "tr" => turkish(term),
        "ar" => arabic(term),
        _ => term.into(),
    }
}

fn ended<'t>(term: &'t str, endings: &[(&str, &str)]) -> Cow<'t, str> {
    let found = endings.iter().find_map(|(folded, written)| {
        let before = term.strip_suffix(folded).filter(|before| before.len() > 1)?;
        Some(format!("{before}{written}"))
    });
    found.map_or(term.into(), Cow::Owned)
}

/// Vowels of a Turkish word go together: with `a` the back ones, with `e` the front ones.
fn turkish(term: &str) -> Cow<'_, str> {
    match term.chars().rev().find(|c| matches!(c, 'a' | 'e')) {
        Some('a') if term.contains('i') => term.replace('i', "ı").into(),
        Some('e') if term.contains(['o', 'u']) => term.replace('o', "ö").replace('u', "ü").into(),
        _ => term.into(),
    }
}

/// `and`, `then` and `with` before an article; the feminine ending; its plural.
fn arabic(term: &str) -> Cow<'_, str> {
    let joined = ["وال", "فال", "وبال", "ولل"].iter().any(|joined| term.starts_with(joined));
    let term = if joined { &term['و'.len_utf8()..] } else { term };
    if let Some(before) = term.strip_suffix('ه') {
        return format!("{before}ة").into();
    }
    match term.strip_suffix("ات") {
        Some(before) if before.chars().count() >= 3 => before.into(),
        _ => term.into(),
    }
}

/// A stem without what was given back.
pub(super) fn folded(stem: &str) -> String {
    stem.chars()
        .map(|c| match c {
            'ã' | 'á' => 'a',
            'é' => 'e',
            'ı' => 'i',
            'õ' | 'ó' | 'ö' => 'o',
            'ü' => 'u',
            'ç' => 'c',
            'ț' => 't',
            'ة' => 'ه',
            other => other,
        })
        .collect()
}
