use super::super::super::tokens::tokens;
use super::*;

fn read(text: &str) -> Vec<String> {
    let all: Vec<_> = tokens(text).collect();
    let part = |n: Option<i8>| n.map_or("--".to_owned(), |n| format!("{n:02}"));
    let write = |m: Mention| {
        let year = m.year.map_or("----".to_owned(), |y| y.to_string());
        let more = if m.several { " several" } else { "" };
        let swap = if m.swappable { " or swapped" } else { "" };
        let weekday = m.weekday.map_or(String::new(), |(day, _)| format!(" day {day}"));
        format!("{year}-{:02}-{}{weekday}{more}{swap}", m.month, part(m.day))
    };
    scan(&all).into_iter().map(write).collect()
}

#[test]
fn dates_are_read_in_many_forms() {
    for (text, date) in [
        ("December 10, 2025", "2025-12-10"),
        ("DECEMBER 10, 2025", "2025-12-10"),
        ("Dec. 10, 2025", "2025-12-10"),
        ("December 10th 2025", "2025-12-10"),
        ("10 December 2025", "2025-12-10"),
        ("the 10th of December, 2025", "2025-12-10"),
        ("2025-12-10", "2025-12-10"),
        ("2025/12/10", "2025-12-10"),
        ("2025-12-10T09:30:00Z", "2025-12-10"),
        ("10.12.2025", "2025-12-10"),
        ("10. 12. 2025", "2025-12-10"),
        ("24/9/2024", "2024-09-24"),
        ("9/24/2024", "2024-09-24"),
        ("1/14/15", "2015-01-14"),
        ("9/24/96", "1996-09-24"),
        ("10/12/2025", "2025-12-10 or swapped"),
        ("2025年12月10日", "2025-12-10"),
        ("2025 年 12 月 10 日", "2025-12-10"),
        ("二〇二五年十二月三十一日", "2025-12-31"),
        ("民國103年12月10日", "2014-12-10"),
        ("令和三年三月九日", "2021-03-09"),
        ("平成元年1月8日", "1989-01-08"),
        ("昭和25年4月1日", "1950-04-01"),
        ("2021년 3월 9일", "2021-03-09"),
        ("9 மார்ச் 2021", "2021-03-09"),
        ("9 मार्च 2021", "2021-03-09"),
        ("9 مارس 2021", "2021-03-09"),
        ("9. maaliskuuta 2021", "2021-03-09"),
        ("12月10日", "-----12-10"),
        ("10 de diciembre de 2025", "2025-12-10"),
        ("10 décembre 2025", "2025-12-10"),
        ("1er mai 2024", "2024-05-01"),
        ("10. Dezember 2025", "2025-12-10"),
        ("Mittwoch, den 10. Dezember 2025", "2025-12-10 day 2"),
        ("3 de março de 2021", "2021-03-03"),
        ("7 settembre 2019", "2019-09-07"),
        ("7 maart 2019", "2019-03-07"),
        ("7 września 2019", "2019-09-07"),
        ("Monday, December 10", "-----12-10 day 0"),
        ("December 10 (Wednesday)", "-----12-10 day 2"),
        ("10-12 December 2025", "2025-12-12 several"),
        ("December 10-12, 2025", "2025-12-10 several"),
        ("December 2025", "2025-12---"),
        ("diciembre de 2025", "2025-12---"),
        ("September\n28, 2024", "2024-09-28"),
    ] {
        assert_eq!(read(text), [date], "{text}");
    }
}

#[test]
fn what_only_looks_like_a_date_is_none() {
    for text in [
        "9/24/24, 3:48 PM",
        "it may 10 times",
        "we march 10 miles",
        "31 February 2025",
        "2025-13-40",
        "version 1.2.2025.4",
        "12月",
        "103年12月10日",
        "page 3",
        "rates rose 10.5 March",
        "A/RES/70/1",
        "",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
}

#[test]
fn the_word_lists_are_there() {
    let lexicon = lexicon();
    assert_eq!(lexicon.months.get("december").map(|month| month.number), Some(12));
    assert_eq!(lexicon.months.get("мая").map(|month| month.number), Some(5));
    assert!(lexicon.weekdays.len() > 80 && lexicon.words.reporting.len() > 50);
}
