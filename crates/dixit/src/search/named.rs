//! The same name written in another way: the family name first, a form of address before it, an office before a
//! Chinese one, German letters spelled out.

use super::called::words;
use super::office::{Asking, is_office};
use crate::error::Result;
use crate::query::Leaf;

/// What stands before a name to address somebody, folded.
const ADDRESS: [&str; 38] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "hon",
    "rev",
    "herr",
    "herrn",
    "frau",
    "monsieur",
    "m",
    "mme",
    "madame",
    "mlle",
    "maitre",
    "senor",
    "senora",
    "senorita",
    "sr",
    "sra",
    "don",
    "dona",
    "senhor",
    "senhora",
    "signor",
    "signora",
    "sig",
    "dott",
    "mijnheer",
    "mevrouw",
    "pan",
    "pani",
];

/// What stands behind a Chinese or Japanese name.
const BEHIND: [&str; 6] = ["先生", "女士", "小姐", "同志", "さん", "氏"];

/// What stands before a Chinese or Japanese name, or ends what does.
const OFFICES: [&str; 44] = [
    "发言人",
    "發言人",
    "部长",
    "部長",
    "主席",
    "总理",
    "總理",
    "总统",
    "總統",
    "大使",
    "局长",
    "局長",
    "议员",
    "議員",
    "书记",
    "書記",
    "秘书长",
    "秘書長",
    "主任",
    "首相",
    "大臣",
    "院长",
    "院長",
    "市长",
    "市長",
    "省长",
    "省長",
    "司长",
    "司長",
    "委员",
    "委員",
    "外长",
    "外長",
    "代表",
    "会长",
    "會長",
    "主管",
    "参事",
    "长官",
    "長官",
    "司令",
    "校长",
    "校長",
    "记者",
];

/// Letters of a Chinese or Japanese name, at least and at most.
const NAME: std::ops::RangeInclusive<usize> = 2..=5;

/// A name in other ways.
pub(super) struct Written {
    /// Those that somebody in the index bears, in order.
    pub(super) names: Vec<String>,
    /// Without what stood around it, where something did.
    pub(super) bare: Option<String>,
}

pub(super) fn written_otherwise(asking: &Asking<'_>, leaf: &Leaf, text: &str) -> Result<Written> {
    let mut found: Vec<String> = Vec::new();
    let mut base = text.trim().to_owned();
    for other in [without_address, in_order, without_office] {
        let Some(other) = other(&base) else { continue };
        base.clone_from(&other);
        if !asking.borne(leaf, &other)?.is_empty() {
            found.push(other);
        }
    }
    if let Some(plain) = joined(&base) {
        // `Michael` is not spelled out: only where the letter is one.
        let borne = asking.borne(leaf, &plain)?;
        found.extend(borne.into_iter().filter(|name| name.chars().any(|c| spelled(c).is_some())));
    }
    if let Some(long) = spelled_out(&base)
        && !asking.borne(leaf, &long)?.is_empty()
    {
        found.push(long);
    }
    let bare = (base != text.trim()).then_some(base);
    Ok(Written { names: found, bare })
}

/// `Hua Chunying, spokesperson`, with the office before the name.
pub(super) fn office_behind(text: &str) -> Option<String> {
    let (_, office) = text.split_once([',', '，'])?;
    let is_office = words(office).last().is_some_and(|(_, word)| is_office(word));
    is_office.then(|| in_order(text)).flatten()
}

/// `Psaki, Jen`.
fn in_order(text: &str) -> Option<String> {
    let (family, given) = text.split_once([',', '，'])?;
    let (family, given) = (family.trim(), given.trim());
    let is_one = !given.contains([',', '，']) && !family.is_empty() && !given.is_empty();
    is_one.then(|| format!("{given} {family}"))
}

/// `Herr Dr. Schäuble`.
fn without_address(text: &str) -> Option<String> {
    let words = words(text);
    let begin = words.iter().position(|(_, word)| !ADDRESS.contains(&word.as_str()))?;
    // `Mr. Speaker` is nobody's name.
    let names = words[begin..].iter().any(|(_, word)| !is_office(word));
    (begin > 0 && names).then(|| text[words[begin].0..].to_owned())
}

/// `外交部发言人赵立坚`, `赵立坚先生`.
fn without_office(text: &str) -> Option<String> {
    let mut name = text;
    for behind in BEHIND {
        name = name.strip_suffix(behind).unwrap_or(name).trim_end();
    }
    let ends = OFFICES.iter().filter_map(|office| Some(name.rfind(office)? + office.len()));
    let name = name[ends.max().unwrap_or(0)..].trim_start();
    let is_name = NAME.contains(&name.chars().count()) && !name.is_ascii();
    (is_name && name != text).then(|| name.to_owned())
}

/// Letters with marks that are spelled with two where there are none.
fn spelled(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ä' | 'æ' => "ae",
        'ö' | 'ø' => "oe",
        'ü' => "ue",
        'Ä' | 'Æ' => "Ae",
        'Ö' | 'Ø' => "Oe",
        'Ü' => "Ue",
        _ => return None,
    })
}

/// `Müller` to `Mueller`.
fn spelled_out(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len() + 2);
    let mut any = false;
    for letter in text.chars() {
        match spelled(letter) {
            Some(two) => {
                out.push_str(two);
                any = true;
            }
            None => out.push(letter),
        }
    }
    any.then_some(out)
}

/// `Mueller` to `Muller`, as `Müller` is folded. Behind a vowel or a `q` two vowels are just these: `Bauer`.
fn joined(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut last = ' ';
    for letter in text.chars() {
        let is_second = matches!(letter, 'e' | 'E')
            && matches!(last, 'a' | 'o' | 'u' | 'A' | 'O' | 'U')
            && !out.chars().rev().nth(1).is_some_and(|c| "aeiouqAEIOUQ".contains(c));
        if !is_second {
            out.push(letter);
        }
        last = letter;
    }
    (out.len() < text.len()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_out_of_what_it_is_written_with() {
        let some = |name: &str| Some(name.to_owned());
        assert_eq!(in_order("Psaki, Jen"), some("Jen Psaki"));
        assert_eq!((in_order("Psaki"), in_order("a, b, c"), in_order(", b")), (None, None, None));
        assert_eq!(office_behind("Psaki, Jen"), None);
        assert_eq!(
            office_behind("Geng Shuang, Foreign Ministry spokesperson"),
            some("Foreign Ministry spokesperson Geng Shuang")
        );
        assert_eq!(without_address("Herr Dr. Schäuble"), some("Schäuble"));
        assert_eq!((without_address("Schäuble"), without_address("Herr")), (None, None));
        assert_eq!((without_address("Mr. Speaker"), without_address("Lord Lind")), (None, None));
        assert_eq!(without_office("外交部发言人赵立坚"), some("赵立坚"));
        assert_eq!(without_office("赵立坚先生"), some("赵立坚"));
        assert_eq!((without_office("赵立坚"), without_office("外交部发言人")), (None, None));
        assert_eq!(joined("Karin Mueller"), some("Karin Muller"));
        assert_eq!((joined("Bauer"), joined("Queen"), joined("Lind")), (None, None, None));
        assert_eq!(spelled_out("Jörg Weiß"), some("Joerg Weiß"));
        assert_eq!(spelled_out("Lind"), None);
    }
}
