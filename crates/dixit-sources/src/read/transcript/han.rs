//! Labels in Chinese, Japanese and Korean, where offices stand behind names.

use dixit::Person;

use super::form::{Form, form};

/// `陳偉業議員`, `新华社记者`, `財政司司長`
pub(super) fn of_han(label: &str, person: &mut Person) {
    const REPORTERS: [&str; 2] = ["记者", "記者"];
    const AFTER_NAMES: [&str; 10] =
        ["議員", "议员", "委員", "委员", "先生", "女士", "小姐", "君", "教授", "博士"];
    if let Some(outlet) = REPORTERS.iter().find_map(|word| label.strip_suffix(word)) {
        person.role = Some("questioner".to_owned());
        person.affiliation =
            Some(outlet.trim_matches(['《', '》']).to_owned()).filter(|outlet| !outlet.is_empty());
        return;
    }
    let plain = label.split(['(', '（']).next().unwrap_or(label).trim();
    let inner = label.split_once(['(', '（']).map(|(_, inner)| inner.trim_end_matches([')', '）']));
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let name_in = |text: &str| {
        let word = AFTER_NAMES.iter().find(|word| text.ends_with(*word));
        let name = bare(word.map_or(text, |word| text.trim_end_matches(word)));
        let is_name = form(&name) == Form::HanName;
        is_name.then(|| (name, word.map(|word| (*word).to_owned())))
    };
    // `위원장 김예시`, `이보기 위원`
    let is_office = |word: &str| matches!(form(word), Form::HanEnding | Form::Chair);
    let pair: Vec<&str> = plain.split_whitespace().collect();
    if let [one, two] = pair[..]
        && plain.chars().any(|c| matches!(u32::from(c), 0xAC00..=0xD7AF))
        && is_office(one) != is_office(two)
    {
        let (office, name) = if is_office(one) { (one, two) } else { (two, one) };
        (person.role, person.name) = (Some(office.to_owned()), Some(name.to_owned()));
        return;
    }
    // `国務大臣（山田太郎君）`: what `君` stands behind is a name.
    let named = inner.and_then(|inner| inner.trim().strip_suffix('君')).map(bare);
    let named = named.filter(|name| (2..=6).contains(&name.chars().count()));
    // `委員長（山田太郎君）`
    if let Some(name) = named.or_else(|| inner.and_then(name_in).map(|(name, _)| name)) {
        person.name = Some(name);
        person.role = Some(bare(plain));
    } else if let Some((name, title)) = name_in(plain) {
        person.name = Some(name);
        person.role = title.filter(|title| title.ends_with(['員', '员']));
    } else if form(plain) == Form::HanEnding {
        person.role = Some(bare(plain));
    } else {
        person.name = Some(bare(plain));
    }
}
