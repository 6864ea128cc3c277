//! Words of dates, as they are typed: in lower case and without accents.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table;

/// Words between the parts of a date that say nothing.
const FILLERS: &str = "the of on in de del du le la les el der den dem die im am vom zum en au il lo di nel do da \
     em no op van het w we dnia в во al during throughout wahrend pendant durant durante";

/// What stands before or behind a year and says that it is one.
const OF_YEAR: &str = "year jahr jahre annee ano anno jaar года году г год roku rok r";

const NUMBERS: [(&str, i64); 12] = [
    ("one a an ein eine einem einer un une una uno um uma 一", 1),
    ("two zwei deux dos due dois duas twee два две 両 两 兩 二", 2),
    ("three drei trois tres tre drie три 三", 3),
    ("four vier quatre cuatro quattro quatro четыре 四", 4),
    ("five funf cinq cinco cinque vijf пять 五", 5),
    ("six sechs seis sei zes шесть 六", 6),
    ("seven sieben sept siete sette sete zeven семь 七", 7),
    ("eight acht huit ocho otto oito восемь 八", 8),
    ("nine neun neuf nueve nove negen девять 九", 9),
    ("ten zehn dix diez dieci dez tien десять 十", 10),
    ("eleven elf onze once undici", 11),
    ("twelve zwolf douze doce dodici doze twaalf", 12),
];

const ORDINALS: [(i8, &str); 4] = [
    (
        1,
        "first erste ersten erster erstes premier premiere primer primero primera primo prima \
     primeiro primeira eerste первыи первое первая первом первои",
    ),
    (
        2,
        "second zweite zweiten zweiter zweites deuxieme seconde segundo segunda secondo seconda \
     tweede второи второе вторая втором",
    ),
    (
        3,
        "third dritte dritten drittes troisieme tercer tercero terzo terceiro derde третии третьем",
    ),
    (4, "fourth vierte vierten viertes quatrieme cuarto quarto vierde четвертыи четвертом"),
];

/// What a statement of our day counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
}

const UNITS: [(Unit, &str); 7] = [
    (
        Unit::Day,
        "day days tag tage tagen jour jours dia dias giorno giorni dag dagen день дня днеи 天 日",
    ),
    (
        Unit::Week,
        "week weeks woche wochen semaine semaines semana semanas settimana settimane weken неделя \
     недели недель неделю неделе 周 週 星期 週間",
    ),
    (
        Unit::Month,
        "month months monat monate monaten monats mois mes meses mese mesi maand maanden месяц \
     месяца месяцев месяце 个月 個月 か月 ヶ月 カ月 月",
    ),
    (
        Unit::Quarter,
        "quarter quarters quartal quartale quartals trimestre trimestres kwartaal квартал квартала \
     квартале 季度 四半期",
    ),
    (
        Unit::Half,
        "half halves halbjahr halbjahre halbjahres semestre semestres halfjaar полугодие полугодия",
    ),
    (
        Unit::Year,
        "year years jahr jahre jahren jahres an ans annee annees ano anos anno anni jaar jaren год \
     года году лет 年",
    ),
    (Unit::Decade, "decade decades jahrzehnt jahrzehnte jahrzehnten decennie decada"),
];

/// Words of other languages for those that a stretch of time begins or ends with in English.
const ENGLISH: [(&str, &str); 4] = [
    (
        "this",
        "current diese diesen dieser dieses diesem ce ces cette este esta questo questa dit deze \
     этот эта эту этом этои",
    ),
    (
        "last",
        "previous letzte letzten letzter letztes letztem vergangene vergangenen vergangener \
     vergangenes vorige vorigen voriges dernier derniere derniers dernieres passe passee pasado \
     pasada ultimo ultima ultimos ultimas ultimi ultime passado passada scorso scorsa afgelopen \
     прошлыи прошлая прошлую прошлое прошлом прошлои последние",
    ),
    (
        "next",
        "coming nachste nachsten nachster nachstes kommende kommenden prochain prochaine proximo \
     proxima prossimo prossima volgende",
    ),
    ("ago", "fa geleden atras назад temu"),
];

/// What stands before the number where English has `ago` behind it.
const AGO: [&[&str]; 4] = [&["vor"], &["y", "a"], &["hace"], &["ha"]];

/// Words that say by themselves what two English words say.
const PHRASES: [(&str, [&str; 2]); 45] = [
    ("today", ["this", "day"]),
    ("now", ["this", "day"]),
    ("present", ["this", "day"]),
    ("yesterday", ["last", "day"]),
    ("heute", ["this", "day"]),
    ("gestern", ["last", "day"]),
    ("aujourd'hui", ["this", "day"]),
    ("hier", ["last", "day"]),
    ("hoy", ["this", "day"]),
    ("ayer", ["last", "day"]),
    ("oggi", ["this", "day"]),
    ("ieri", ["last", "day"]),
    ("hoje", ["this", "day"]),
    ("ontem", ["last", "day"]),
    ("vandaag", ["this", "day"]),
    ("gisteren", ["last", "day"]),
    ("сегодня", ["this", "day"]),
    ("вчера", ["last", "day"]),
    ("今", ["this", "day"]),
    ("今天", ["this", "day"]),
    ("今日", ["this", "day"]),
    ("昨天", ["last", "day"]),
    ("昨日", ["last", "day"]),
    ("本周", ["this", "week"]),
    ("本週", ["this", "week"]),
    ("今週", ["this", "week"]),
    ("上周", ["last", "week"]),
    ("上週", ["last", "week"]),
    ("先週", ["last", "week"]),
    ("本月", ["this", "month"]),
    ("今月", ["this", "month"]),
    ("这个月", ["this", "month"]),
    ("這個月", ["this", "month"]),
    ("上个月", ["last", "month"]),
    ("上個月", ["last", "month"]),
    ("上月", ["last", "month"]),
    ("先月", ["last", "month"]),
    ("今年", ["this", "year"]),
    ("去年", ["last", "year"]),
    ("昨年", ["last", "year"]),
    ("本季度", ["this", "quarter"]),
    ("上季度", ["last", "quarter"]),
    ("올해", ["this", "year"]),
    ("작년", ["last", "year"]),
    ("지난달", ["last", "month"]),
];

/// Words for a hundred years; the first are behind their number, the last before it.
const CENTURIES: [&str; 8] =
    ["century", "jahrhundert", "siecle", "secolo", "eeuw", "век", "века", "siglo"];

const CENTURY_NAMES: [(&str, i16); 6] = [
    ("seventeenth", 17),
    ("eighteenth", 18),
    ("nineteenth", 19),
    ("twentieth", 20),
    ("twenty-first", 21),
    ("zwanzigsten", 20),
];

pub(super) fn is_filler(text: &str) -> bool {
    static FILLER: LazyLock<HashMap<&str, ()>> = LazyLock::new(|| table([((), FILLERS)]));
    FILLER.contains_key(text)
}

/// Whether a word says that the number beside it is a year.
pub(super) fn is_year(text: &str) -> bool {
    OF_YEAR.split(' ').any(|word| word == text.trim_end_matches('.'))
}

/// `3`, `three`, `a`.
pub(super) fn count(text: &str) -> Option<i64> {
    static NUMBER: LazyLock<HashMap<&str, i64>> =
        LazyLock::new(|| table(NUMBERS.map(|(names, number)| (number, names))));
    NUMBER.get(text).copied().or_else(|| super::number(text, 4).map(i64::from))
}

/// `first` to `fourth`, as 1 to 4; `2.`, `2nd`, `2e`.
pub(super) fn ordinal(text: &str) -> Option<i8> {
    static ORDINAL: LazyLock<HashMap<&str, i8>> = LazyLock::new(|| table(ORDINALS));
    let in_digits = || {
        let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let is_ending =
            ["", ".", "st", "nd", "rd", "th", "er", "e", "o"].contains(&&text[digits.len()..]);
        i8::try_from(super::number(digits, 1)?).ok().filter(|_| is_ending)
    };
    ORDINAL.get(text).copied().or_else(in_digits)
}

pub(super) fn unit(text: &str) -> Option<Unit> {
    static UNIT: LazyLock<HashMap<&str, Unit>> = LazyLock::new(|| table(UNITS));
    UNIT.get(text.strip_prefix("l'").unwrap_or(text)).copied()
}

/// The English word for one that a stretch of time begins or ends with, or the word itself.
pub(super) fn english(text: &str) -> &str {
    static WORD: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| table(ENGLISH));
    WORD.get(text).copied().unwrap_or(text)
}

/// What stands behind a word for "so long before now": `vor`, `il y a`, `hace`.
pub(super) fn behind_ago<'w, 't>(words: &'w [&'t str]) -> Option<&'w [&'t str]> {
    AGO.iter().find_map(|ago| words.strip_prefix(*ago))
}

/// What a word of one of many languages says in two English ones.
pub(super) fn phrase(words: &[&str]) -> Option<[&'static str; 2]> {
    let [word] = words else { return None };
    static PHRASE: LazyLock<HashMap<&str, [&str; 2]>> = LazyLock::new(|| HashMap::from(PHRASES));
    PHRASE.get(word).copied()
}

/// `20th century`, `XXe siècle`, `siglo XX`, `20世纪`.
pub(super) fn century(words: &[&str]) -> Option<i16> {
    let number = match *words {
        [number, name] if CENTURIES.contains(&name) => number,
        ["siglo" | "seculo" | "secolo", number] => number,
        [one] => one.strip_suffix("世纪").or_else(|| one.strip_suffix("世紀"))?,
        _ => return None,
    };
    if let Some((_, named)) = CENTURY_NAMES.iter().find(|(name, _)| *name == number) {
        return Some(*named);
    }
    let endings = [".", "st", "nd", "rd", "th", "eme", "e"];
    let bare = endings.iter().find_map(|ending| number.strip_suffix(ending)).unwrap_or(number);
    super::number(bare, 2).or_else(|| roman(bare)).filter(|number| *number > 0)
}

/// A Roman number of the size of a century's.
fn roman(text: &str) -> Option<i16> {
    const TENS: [&str; 3] = ["", "x", "xx"];
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let tens = text.chars().take_while(|c| *c == 'x').count().min(TENS.len() - 1);
    let rest = text.get(TENS[tens].len()..)?;
    let ones = ONES.iter().position(|one| *one == rest)?;
    i16::try_from(tens * 10 + ones).ok().filter(|number| *number > 0)
}

/// The first month of a season of the northern half.
pub(super) fn season(text: &str) -> Option<i8> {
    Some(match text {
        "spring" | "fruhling" | "fruhjahr" | "printemps" | "primavera" => 3,
        "summer" | "sommer" | "ete" | "verano" => 6,
        "autumn" | "fall" | "herbst" | "automne" | "otono" => 9,
        "winter" | "hiver" | "invierno" => 12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_written_as_it_is_looked_up() {
        let lists = NUMBERS.iter().map(|(names, _)| *names);
        let lists = lists.chain(UNITS.iter().map(|(_, names)| *names));
        let lists = lists.chain(ENGLISH.iter().map(|(_, words)| *words));
        let lists = lists.chain(ORDINALS.iter().map(|(_, names)| *names));
        let words = lists.chain([FILLERS, OF_YEAR]).flat_map(|list| list.split(' '));
        let phrases = PHRASES.iter().map(|(phrase, _)| *phrase);
        for word in words.chain(phrases).chain(CENTURIES) {
            assert_eq!(super::super::plain(word), word);
        }
    }

    #[test]
    fn roman_numbers_are_those_of_centuries() {
        for (text, number) in
            [("i", Some(1)), ("xix", Some(19)), ("xx", Some(20)), ("xxi", Some(21)), ("xxx", None)]
        {
            assert_eq!(roman(text), number, "{text}");
        }
        assert_eq!(roman(""), None);
    }
}
