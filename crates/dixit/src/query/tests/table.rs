//! Queries, the trees they make and the notes on them.
//!
//! A row is `query ⇒ tree ⇒ notes`, trees and notes written as in the parent module.

use super::*;

fn check_table(table: &str, mode: MatchMode) -> usize {
    let rows = table.lines().filter(|row| !row.is_empty() && !row.starts_with("## "));
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in rows {
        let mut parts = row.split("  ⇒  ");
        let query = parts.next().unwrap();
        let (tree, notes) = (parts.next().unwrap(), parts.next().unwrap_or(""));
        let _ = check(query, &options(mode));
        let (got_tree, got_notes) = read(query, mode);
        if (got_tree.as_str(), got_notes.as_str()) != (tree, notes) {
            wrong.push(format!("{row}\n   but got:  {got_tree}  ⇒  {got_notes}"));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    count
}

#[test]
fn queries_that_want_all_words() {
    assert!(check_table(ALL, MatchMode::All) >= 120);
}

#[test]
fn queries_that_want_any_word() {
    assert!(check_table(ANY, MatchMode::Any) >= 15);
}

#[test]
fn an_empty_query_matches_nothing() {
    for text in ["", " ", "\u{3000}", "\u{feff}\u{202e}"] {
        assert_eq!(tree(&Query::parse(text, &ParseOptions::default()).query.root), "nothing");
        let literal = Query::literal(text, MatchMode::All, &QueryLimits::default());
        assert!(literal.query.root.is_nothing());
        assert_eq!(literal.notes[0].kind, NoteKind::Nothing);
    }
}

#[test]
fn what_cannot_be_seen_is_not_searched() {
    let (found, notes) =
        read("\u{200e}spea\u{ad}ker:guo\u{200f} a\u{0}b \u{202e}-c", MatchMode::All);
    assert_eq!(found, "(and speaker:guo a b (not c))");
    assert_eq!(notes, "");
    assert_eq!(read("speaker:\u{200e}\"guo\"", MatchMode::All).0, "speaker=\"guo\"");
}

#[test]
fn today_has_to_be_told() {
    let parsed = Query::parse("date:\"last week\" tax", &ParseOptions::default());
    assert_eq!(tree(&parsed.query.root), "tax");
    assert_eq!(notes(&parsed.notes), "bad-date@0-16");
    assert!(parsed.notes[0].message.contains("what day it is"), "{}", parsed.notes[0]);
}

#[test]
fn messages_help() {
    for (query, message) in [
        (
            "spaeker:guo",
            "there is no field `spaeker`; it is searched as a word; did you mean `speaker`?",
        ),
        ("a )", "`)` closes nothing and is left out"),
        ("a OR", "`OR` has nothing to work on and is left out"),
        ("since:2025 until:2024", "no day is both since 2025-01-01 and until 2024-12-31"),
        ("date:2025..2024", "the later date stands first; it is read as 2024-01-01..2025-12-31"),
        ("speaker: guo", "`speaker:` has no value and is left out; did you mean `speaker:guo`?"),
        ("word^2", "`^2` is not understood here and is left out"),
        ("word~9", "2 is the greatest distance that is searched, and is taken"),
        (
            "+dam",
            "`+` is no sign here, since all words are wanted; it is left out; did you mean `dam`?",
        ),
        ("!dam", "`!` is no sign here and is left out; did you mean `-dam`?"),
        ("\"hum*\"", "`*` means nothing within quotation marks; these very words are searched"),
        (
            "a or b",
            "`or` is searched as a word; the operator is written in capitals; did you mean `OR`?",
        ),
        (
            "lang:klingn",
            "`klingn` is no language that is known; it is searched as a tag, such as de, fr or zh-Hant",
        ),
        ("title:a NEAR/5 b", "`NEAR/5` is read as `AND`: both sides have to be in the same field"),
    ] {
        let parsed = Query::parse(query, &options(MatchMode::All));
        assert_eq!(parsed.notes[0].to_string(), message);
    }
    let bad = Query::parse("date:soon", &options(MatchMode::All));
    assert!(bad.notes[0].message.contains("2024-03..2025"), "{}", bad.notes[0]);
}

#[test]
fn spans_take_in_the_field_and_not_the_sign() {
    let text = "-speaker:\"guo jiakun\" said:(tax vat) since:2024 x until:2025";
    let parsed = Query::parse(text, &options(MatchMode::All));
    let mut typed: Vec<&str> =
        parsed.query.root.leaves().iter().map(|leaf| &text[leaf.span.clone()]).collect();
    typed.sort_unstable();
    assert_eq!(typed, ["since:2024 x until:2025", "speaker:\"guo jiakun\"", "tax", "vat", "x"]);
}

#[test]
fn a_query_is_json() {
    let parsed = Query::parse(
        "speaker:guo -\"a b\" OR tax* date:2025.. kind:answer",
        &options(MatchMode::All),
    );
    assert_eq!(
        serde_json::to_string(&parsed).unwrap(),
        concat!(
            r#"{"query":{"root":{"or":[{"and":[{"leaf":{"field":"speaker","value":{"words":"guo"},"#,
            r#""span":[0,11]}},{"not":{"leaf":{"value":{"exact":"a b"},"span":[13,18]}}}]},{"and":["#,
            r#"{"leaf":{"value":{"prefix":"tax"},"span":[22,26]}},{"leaf":{"field":"date","value":"#,
            r#"{"dates":{"from":"2025-01-01","to":null}},"span":[27,38]}},{"leaf":{"field":"kind","#,
            r#""value":{"kind":"answer"},"span":[39,50]}}]}]}},"notes":[]}"#
        )
    );
    let all = serde_json::to_string(&Query::parse("*", &options(MatchMode::All)).query).unwrap();
    assert_eq!(all, r#"{"root":"all"}"#);
}

#[test]
fn a_query_is_read_back_in_words() {
    for (query, words) in [
        ("", "no statement"),
        ("*", "all statements"),
        (
            "\"human rights\" date:2025-12 speaker:guo",
            "statements by “guo” that contain “human rights” (exactly), dated 2025-12-01..2025-12-31",
        ),
        ("a (b OR c) d", "statements that contain “a”, (“b” or “c”) and “d”"),
        ("(a OR b) (c OR d)", "statements that contain (“a” or “b”) and (“c” or “d”)"),
        ("speaker:a speaker:b tax", "statements by “a” or “b” that contain “tax”"),
        (
            "-a -kind:remark",
            "all statements, but none that contain “a”, nor any of the kind remark",
        ),
        (
            "a OR b -c",
            "statements either that contain “a” or (that contain “b”, but none that contain “c”)",
        ),
        (
            "since:2024 topic:trade topic:steel",
            "statements on the topic “trade” and “steel”, dated 2024-01-01 or later",
        ),
        ("speaker:* tax*", "statements with any speaker that contain words starting with “tax”"),
    ] {
        assert_eq!(Query::parse(query, &options(MatchMode::All)).query.describe(), words);
    }
}

#[test]
fn modes_are_read_and_written() {
    for mode in [MatchMode::All, MatchMode::Any] {
        assert_eq!(mode.to_string().parse(), Ok(mode));
        assert_eq!(serde_json::to_string(&mode).unwrap(), format!("\"{mode}\""));
    }
    assert!("some".parse::<MatchMode>().unwrap_err().contains("all or any"));
}

const ANY: &str = r#"
human rights  ⇒  (or human rights)
human "free trade" -tax  ⇒  (and (or human "free trade") (not tax))
human rights speaker:guo speaker:mao  ⇒  (and (or human rights) (or speaker=guo speaker=mao))
human rights date:2025 -tax  ⇒  (and (or human rights) date=2025-01-01..2025-12-31 (not tax))
speaker:guo  ⇒  speaker=guo
human AND rights tax  ⇒  (or (and human rights) tax)
speaker:guo AND human tax  ⇒  (and speaker=guo (or human tax))
human OR rights tax  ⇒  (or human rights tax)
(human rights) tax  ⇒  (or human rights tax)
(speaker:a OR speaker:b) tax vat  ⇒  (and (or speaker=a speaker=b) (or tax vat))
(speaker:a tax) vat  ⇒  (or (and speaker=a tax) vat)
said:(tax vat) trade  ⇒  (and (or said=tax said=vat) trade)
-tax  ⇒  (and * (not tax))
-tax -vat  ⇒  (and * (not tax) (not vat))
title:tax trade vat  ⇒  (and title=tax (or trade vat))
* tax  ⇒  (or * tax)
foo:bar tax  ⇒  (or foo:bar tax)  ⇒  unknown-field@0-3
(tax -vat) trade  ⇒  (or (and tax (not vat)) trade)
speaker:(guo jiakun) tax  ⇒  (and speaker=guo speaker=jiakun tax)
"#;

const ALL: &str = r#"
## words, operators, groups
*  ⇒  *
climate  ⇒  climate
climate change  ⇒  (and climate change)
"climate change"  ⇒  "climate change"
climate -change  ⇒  (and climate (not change))
-climate  ⇒  (and * (not climate))
-climate -change  ⇒  (and * (not climate) (not change))
-"climate change"  ⇒  (and * (not "climate change"))
-(climate change)  ⇒  (and * (not (and climate change)))
-(climate OR change)  ⇒  (and * (not (or climate change)))
-(-climate)  ⇒  climate
-(-climate) change  ⇒  (and climate change)
--climate  ⇒  climate
NOT climate  ⇒  (and * (not climate))
NOT NOT climate  ⇒  climate
climate AND NOT change  ⇒  (and climate (not change))
climate AND change  ⇒  (and climate change)
climate and change or not  ⇒  (and climate and change or not)  ⇒  small-operator@8-11 -> AND
a OR b  ⇒  (or a b)
a OR b c  ⇒  (or a (and b c))
a b OR c d  ⇒  (or (and a b) (and c d))
(a OR b) c  ⇒  (and (or a b) c)
a (b OR c) d  ⇒  (and a (or b c) d)
(a b) c  ⇒  (and a b c)
((a))  ⇒  a
a OR (b OR c)  ⇒  (or a b c)
a OR -b  ⇒  (or a (and * (not b)))
a OR (b -c)  ⇒  (or a (and b (not c)))
(-a)  ⇒  (and * (not a))
(-a) b  ⇒  (and b (not a))
* a  ⇒  a
* -a  ⇒  (and * (not a))
* OR a  ⇒  (or * a)
-*  ⇒  nothing  ⇒  dangling-operator@0-1; nothing@0-2
-(*)  ⇒  nothing  ⇒  dangling-operator@0-1; nothing@0-4
## prefixes
human*  ⇒  human*
a*  ⇒  a  ⇒  wildcard@0-2
中*  ⇒  中*
2*  ⇒  2  ⇒  wildcard@0-2
"human*"  ⇒  "human*"  ⇒  unsupported@0-8
hu*man  ⇒  /hu*man/
*man  ⇒  man  ⇒  wildcard@0-4
hum**  ⇒  hum*
## fields; twice the same
speaker:guo  ⇒  speaker=guo
Speaker:Guo  ⇒  speaker=Guo
speaker:"guo jiakun"  ⇒  speaker="guo jiakun"
speaker:(guo jiakun)  ⇒  (and speaker=guo speaker=jiakun)
speaker:(guo OR mao)  ⇒  (or speaker=guo speaker=mao)
speaker:guo speaker:mao  ⇒  (or speaker=guo speaker=mao)
speaker:guo speaker:mao tax  ⇒  (and (or speaker=guo speaker=mao) tax)
speaker:guo AND speaker:mao  ⇒  (and speaker=guo speaker=mao)
speaker:guo AND tax speaker:mao  ⇒  (and (or speaker=guo speaker=mao) tax)
speaker:(guo jiakun) speaker:mao  ⇒  (or (and speaker=guo speaker=jiakun) speaker=mao)
-speaker:guo -speaker:mao  ⇒  (and * (not speaker=guo) (not speaker=mao))
speaker:guo -speaker:mao  ⇒  (and speaker=guo (not speaker=mao))
speaker:guo tax OR trade  ⇒  (or (and speaker=guo tax) trade)
speaker:guo (tax OR trade)  ⇒  (and speaker=guo (or tax trade))
(speaker:guo) speaker:mao  ⇒  (or speaker=guo speaker=mao)
speaker:*  ⇒  speaker=*
-speaker:*  ⇒  (and * (not speaker=*))
speaker:guo*  ⇒  speaker=guo*
topic:trade topic:china  ⇒  (and topic=trade topic=china)
topics:trade keywords:china  ⇒  (and topic=trade keyword=china)
references:"H.R. 3684"  ⇒  reference="H.R. 3684"
reference:A/RES/78/1  ⇒  reference=A/RES/78/1
keyword:(a OR "b c")  ⇒  (or keyword=a keyword="b c")
said:(tax -vat)  ⇒  (and said=tax (not said=vat))
said:(-vat)  ⇒  (and * (not said=vat))
said:(tax title:vat)  ⇒  (and said=tax title=vat)
title:a title:b  ⇒  (and title=a title=b)
text:"human rights" said:peace  ⇒  (and text="human rights" said=peace)
language:en lang:fr  ⇒  (or language=en language=fr)
lang:(en fr)  ⇒  (or language=en language=fr)
country:china country:india party:spd  ⇒  (and (or country=china country=india) party=spd)
role:minister affiliation:"foreign ministry"  ⇒  (and role=minister affiliation="foreign ministry")
event:briefing source:un/a.html id:3f2a  ⇒  (and event=briefing source=un/a.html id=3f2a)
## dates; today is Wednesday 14 January 2026
date:2025  ⇒  date=2025-01-01..2025-12-31
date:2025-12  ⇒  date=2025-12-01..2025-12-31
date:2025-12-10  ⇒  date=2025-12-10..2025-12-10
date:2024-03..2025  ⇒  date=2024-03-01..2025-12-31
date:..2025  ⇒  date=..2025-12-31
date:2025..  ⇒  date=2025-01-01..
date:2025..2024  ⇒  date=2024-01-01..2025-12-31  ⇒  reversed-dates@0-15
date:2024 date:2025  ⇒  (or date=2024-01-01..2024-12-31 date=2025-01-01..2025-12-31)
date:(2024 2025)  ⇒  (or date=2024-01-01..2024-12-31 date=2025-01-01..2025-12-31)
date:(2023 OR 2025)  ⇒  (or date=2023-01-01..2023-12-31 date=2025-01-01..2025-12-31)
-date:2025  ⇒  (and * (not date=2025-01-01..2025-12-31))
date:*  ⇒  date=..
since:2024  ⇒  date=2024-01-01..
until:2024  ⇒  date=..2024-12-31
since:2024 until:2025-03  ⇒  date=2024-01-01..2025-03-31
tax since:2024 vat until:2025 since:2024-06  ⇒  (and tax date=2024-06-01..2025-12-31 vat)
since:2025 until:2024  ⇒  (and date=2025-01-01.. date=..2024-12-31)  ⇒  contradictory-dates@0-21
since:2024 date:2025  ⇒  (and date=2024-01-01.. date=2025-01-01..2025-12-31)
-since:2024  ⇒  (and * (not date=2024-01-01..))
since:"last year"  ⇒  date=2025-01-01..
until:2024..2025  ⇒  date=..2025-12-31  ⇒  date-end@0-16 -> date:2024..2025
since:2020..2021  ⇒  date=2020-01-01..  ⇒  date-end@0-16 -> date:2020..2021
since:"March to May 2021"  ⇒  date=2021-03-01..  ⇒  date-end@0-25 -> date:"March to May 2021"
since:2020..  ⇒  date=2020-01-01..
date:2020/21  ⇒  date=2020-01-01..2021-12-31  ⇒  ambiguous-date@0-12 -> date:2020-01-01..2021-12-31
since:2020/21  ⇒  date=2020-01-01..  ⇒  ambiguous-date@0-13 -> since:2020-01-01
date:2010/11  ⇒  date=2010-11-01..2010-11-30  ⇒  ambiguous-date@0-12 -> date:2010..2011
date:3.3.21  ⇒  date=2021-03-03..2021-03-03  ⇒  ambiguous-date@0-11 -> date:2021-03-03
date:"Tuesday, March 3, 2021"  ⇒  date=2021-03-03..2021-03-03  ⇒  ambiguous-date@0-29 -> date:2021-03-03
date:"March to May 2021"  ⇒  date=2021-03-01..2021-05-31
date:"March to May"  ⇒  nothing  ⇒  bad-date@0-19; nothing@0-19
date:"20th century"  ⇒  date=1901-01-01..2000-12-31
date:2019年～2021年  ⇒  date=2019-01-01..2021-12-31
since:..2025  ⇒  nothing  ⇒  bad-date@0-12; nothing@0-12
date:"december 2025"  ⇒  date=2025-12-01..2025-12-31
date:"10 December 2025"  ⇒  date=2025-12-10..2025-12-10
date:"last month"  ⇒  date=2025-12-01..2025-12-31
date:today  ⇒  date=2026-01-14..2026-01-14
date:yesterday  ⇒  date=2026-01-13..2026-01-13
date:"this year"  ⇒  date=2026-01-01..2026-12-31
date:"last week"  ⇒  date=2026-01-05..2026-01-11
date:10/12/2025  ⇒  (or date=2025-12-10..2025-12-10 date=2025-10-12..2025-10-12)  ⇒  ambiguous-date@0-15 -> date:2025-12-10
date:10/12/2025 date:2024  ⇒  (or date=2025-12-10..2025-12-10 date=2025-10-12..2025-10-12 date=2024-01-01..2024-12-31)  ⇒  ambiguous-date@0-15 -> date:2025-12-10
-date:10/12/2025  ⇒  (and * (not (or date=2025-12-10..2025-12-10 date=2025-10-12..2025-10-12)))  ⇒  ambiguous-date@1-16 -> date:2025-12-10
since:10/12/2025  ⇒  date=2025-10-12..  ⇒  ambiguous-date@0-16 -> since:2025-12-10
until:10/12/2025  ⇒  date=..2025-12-10  ⇒  ambiguous-date@0-16 -> until:2025-12-10
date:25/12/2025  ⇒  date=2025-12-25..2025-12-25
date:25.12.2025  ⇒  date=2025-12-25..2025-12-25
date:december  ⇒  nothing  ⇒  bad-date@0-13 -> date:2025-12; nothing@0-13
date:"Dec 10" tax  ⇒  tax  ⇒  bad-date@0-13 -> date:2025-12-10
date:last month  ⇒  month  ⇒  bad-date@0-15 -> date:"last month"
tax since:last tuesday vat  ⇒  (and tax tuesday vat)  ⇒  bad-date@4-22 -> since:"last tuesday"
date:december 2025 tax  ⇒  (and 2025 tax)  ⇒  bad-date@0-18 -> date:"december 2025"
date:"spring 2025"  ⇒  nothing  ⇒  bad-date@0-18 -> date:2025-03-01..2025-05-31; nothing@0-18
date:2025-Q1  ⇒  date=2025-01-01..2025-03-31
date:1990s  ⇒  date=1990-01-01..1999-12-31
date:>2024  ⇒  date=2025-01-01..
date:2024–2025  ⇒  date=2024-01-01..2025-12-31
date:2024-  ⇒  date=2024-01-01..
date:2025年12月10日  ⇒  date=2025-12-10..2025-12-10
since:"last tuesday"  ⇒  date=2026-01-13..
date:"since last tuesday"  ⇒  date=2026-01-13..
date:"last 3 months"  ⇒  date=2025-10-15..2026-01-14
date:9999999  ⇒  nothing  ⇒  bad-date@0-12; nothing@0-12
tax date:9999999  ⇒  tax  ⇒  bad-date@4-16
-date:soon  ⇒  nothing  ⇒  bad-date@1-10; nothing@0-10
date:soon OR tax  ⇒  tax  ⇒  bad-date@0-9
date:"2025-02-30"  ⇒  nothing  ⇒  bad-date@0-17; nothing@0-17
date:…2025  ⇒  date=..2025-12-31
## kinds
kind:answer  ⇒  kind=<answer>
kind:Speech kind:question  ⇒  (or kind=<speech> kind=<question>)
kind:(speech answers)  ⇒  (or kind=<speech> kind=<answer>)
kind:speeches  ⇒  kind=<speech>
kind:anser  ⇒  nothing  ⇒  bad-kind@0-10 -> kind:answer; nothing@0-10
kind:(anser speech)  ⇒  kind=<speech>  ⇒  bad-kind@6-11 -> answer
kind:poem  ⇒  nothing  ⇒  bad-kind@0-9; nothing@0-9
kind:*  ⇒  *
tax kind:*  ⇒  tax
## marks of other keyboards
“human rights”  ⇒  "human rights"
„human rights“  ⇒  "human rights"
«human rights»  ⇒  "human rights"
»human rights«  ⇒  "human rights"
「人权」  ⇒  "人权"
『人权』  ⇒  "人权"
＂human rights＂  ⇒  "human rights"
”human rights”  ⇒  "human rights"
speaker：guo （tax　OR　vat） －trade  ⇒  (and speaker=guo (or tax vat) (not trade))
date：２０２５  ⇒  date=2025-01-01..2025-12-31
## colons that are not fields
https://un.org/news?a=b  ⇒  https://un.org/news?a=b
-https://un.org/  ⇒  (and * (not https://un.org/))
http://un.org  ⇒  http://un.org
12:30  ⇒  12:30
Re: tax  ⇒  (and Re: tax)
## unknown fields
spaeker:guo  ⇒  spaeker:guo  ⇒  unknown-field@0-7 -> speaker
-spaeker:guo  ⇒  (and * (not spaeker:guo))  ⇒  unknown-field@1-8 -> speaker
spaeker:"guo jiakun"  ⇒  (and spaeker "guo jiakun")  ⇒  unknown-field@0-7 -> speaker
-foo:"a b"  ⇒  (and * (not (and foo "a b")))  ⇒  unknown-field@1-4
foo:(a b)  ⇒  (and foo a b)  ⇒  unknown-field@0-3
tilte:tax OR tax  ⇒  (or tilte:tax tax)  ⇒  unknown-field@0-5 -> title
orateur:guo  ⇒  orateur:guo  ⇒  unknown-field@0-7
said:(spaeker:guo)  ⇒  said=spaeker:guo  ⇒  unknown-field@6-13 -> speaker
他说：你好  ⇒  他说：你好
поле:налог  ⇒  поле:налог  ⇒  unknown-field@0-8
## hyphens and apostrophes
well-being China's l’homme  ⇒  (and well-being China's l’homme)
state-of-the-art  ⇒  state-of-the-art
## stray characters
a - b  ⇒  (and a b)  ⇒  stray@2-3
- a  ⇒  a  ⇒  stray@0-1
-  ⇒  nothing  ⇒  stray@0-1; nothing@0-1
--  ⇒  nothing  ⇒  stray@0-2; nothing@0-2
a )  ⇒  a  ⇒  stray@2-3
a ) b  ⇒  (and a b)  ⇒  stray@2-3
: a  ⇒  a  ⇒  stray@0-1
a : b  ⇒  (and a b)  ⇒  stray@2-3
## what is not closed
"human rights  ⇒  "human rights"  ⇒  unclosed-quote@0-13
say "a b" "c  ⇒  (and say "a b" "c")  ⇒  unclosed-quote@10-12
(a b  ⇒  (and a b)  ⇒  unclosed-parenthesis@0-1
(a (b  ⇒  (and a b)  ⇒  unclosed-parenthesis@0-1
((a OR  ⇒  a  ⇒  unclosed-parenthesis@0-1; dangling-operator@4-6
speaker:(guo  ⇒  speaker=guo  ⇒  unclosed-parenthesis@8-9
## empty fields
speaker:  ⇒  nothing  ⇒  empty-field@0-8; nothing@0-8
speaker: guo  ⇒  guo  ⇒  empty-field@0-12 -> speaker:guo
speaker: "guo jiakun"  ⇒  "guo jiakun"  ⇒  empty-field@0-21 -> speaker:"guo jiakun"
-speaker: guo tax  ⇒  (and guo tax)  ⇒  empty-field@0-13 -> -speaker:guo
speaker:()  ⇒  nothing  ⇒  empty-group@0-10; nothing@0-10
a speaker: OR b  ⇒  (or a b)  ⇒  empty-field@2-10
## operators with nothing to work on
a OR  ⇒  a  ⇒  dangling-operator@2-4
OR a  ⇒  a  ⇒  dangling-operator@0-2
a OR OR b  ⇒  (or a b)  ⇒  dangling-operator@5-7
a AND OR b  ⇒  (and a b)  ⇒  dangling-operator@6-8
a OR AND b  ⇒  (or a b)  ⇒  dangling-operator@5-8
AND  ⇒  nothing  ⇒  dangling-operator@0-3; nothing@0-3
a AND  ⇒  a  ⇒  dangling-operator@2-5
a NOT  ⇒  a  ⇒  dangling-operator@2-5
a OR NOT OR b  ⇒  (or a b)  ⇒  dangling-operator@5-8; dangling-operator@9-11
## empty groups and phrases
()  ⇒  nothing  ⇒  empty-group@0-2; nothing@0-2
a () b  ⇒  (and a b)  ⇒  empty-group@2-4
(())  ⇒  nothing  ⇒  empty-group@1-3; nothing@0-4
""  ⇒  nothing  ⇒  empty-phrase@0-2; nothing@0-2
a "" b  ⇒  (and a b)  ⇒  empty-phrase@2-4
"…"  ⇒  nothing  ⇒  empty-phrase@0-5; nothing@0-5
speaker:""  ⇒  nothing  ⇒  empty-phrase@0-10; nothing@0-10
## what is no word
a & b  ⇒  (and a b)  ⇒  stray@2-3
?  ⇒  nothing  ⇒  stray@0-1; nothing@0-1
C++ U.S. 5%  ⇒  (and C++ U.S. 5%)
-OR  ⇒  (and * (not OR))
speaker:OR  ⇒  speaker=OR
"a OR b"  ⇒  "a OR b"
## what is read elsewhere, or typed for something else
"the human* right"  ⇒  "the human* right"  ⇒  unsupported@0-18
"lab*r law"  ⇒  "lab*r law"  ⇒  unsupported@0-11
"herrng~1 quota"  ⇒  "herrng~1 quota"  ⇒  unsupported@0-16
title:"herr*"  ⇒  title="herr*"  ⇒  unsupported@0-13
"* a note" "ca. ~5"  ⇒  (and "* a note" "ca. ~5")
"human right"*  ⇒  "human right"  ⇒  unsupported@13-14
“human right”＊ tax  ⇒  (and "human right" tax)  ⇒  unsupported@17-20
"human right" *  ⇒  "human right"
+dam +safe  ⇒  (and dam safe)  ⇒  unsupported@0-4 -> dam; unsupported@5-10 -> safe
+dam*  ⇒  dam*  ⇒  unsupported@0-5 -> dam*
-+dam  ⇒  (and * (not dam))  ⇒  unsupported@1-5 -> dam
!dam safe  ⇒  (and dam safe)  ⇒  unsupported@0-4 -> -dam
+49 C++ a+b  ⇒  (and +49 C++ a+b)
+"a b"  ⇒  "a b"  ⇒  stray@0-1
topic:trade,steel  ⇒  topic=trade,steel  ⇒  unsupported@0-17 -> topic:(trade OR steel)
speaker:(guo,mao tax)  ⇒  (and speaker=guo,mao speaker=tax)  ⇒  unsupported@9-16 -> (guo OR mao)
topic:"trade,steel" a,b topic:trade,  ⇒  (and topic="trade,steel" a,b topic=trade,)
source:a,b  ⇒  source=a,b
fish or herring  ⇒  (and fish or herring)  ⇒  small-operator@5-7 -> OR
fish not herring or cod  ⇒  (and fish not herring or cod)  ⇒  small-operator@5-8 -> NOT
not herring  ⇒  (and not herring)  ⇒  small-operator@0-3 -> NOT
(fish or "a b")  ⇒  (and fish or "a b")  ⇒  small-operator@6-8 -> OR
said:(fish or cod)  ⇒  (and said=fish said=or said=cod)  ⇒  small-operator@11-13 -> OR
or fish and  ⇒  (and or fish and)
fish Or "fish or cod" title:or  ⇒  (and fish Or "fish or cod" title=or)
language:german  ⇒  language=de
lang:Deutsch lang:français  ⇒  (or language=de language=fr)
language:"Français"  ⇒  language="fr"
language:(german 中文)  ⇒  (or language=de language=zh)
language:zh-Hant lang:tlh lang:x-own  ⇒  (or language=zh-Hant language=tlh language=x-own)
language:germn  ⇒  language=germn  ⇒  bad-language@0-14 -> language:german
language:(germn)  ⇒  language=germn  ⇒  bad-language@10-15 -> german
lang:cn  ⇒  language=cn  ⇒  bad-language@0-7 -> language:zh
-language:klingon  ⇒  (and * (not language=klingon))  ⇒  bad-language@1-17
language:*  ⇒  language=*
country:Deutschland  ⇒  (or country=Deutschland country="Germany")
country:"états-unis" tax  ⇒  (and (or country="états-unis" country="United States") tax)
country:Allemagne country:中国  ⇒  (or country=Allemagne country="Germany" country=中国 country="China")
country:(Allemagne -France)  ⇒  (and (or country=Allemagne country="Germany") (not country=France))
-country:Suisse  ⇒  (and * (not (or country=Suisse country="Switzerland")))
country:Germany speaker:Deutschland country:deutsch*  ⇒  (and (or country=Germany country=deutsch*) speaker=Deutschland)
## near spellings
word~2  ⇒  word~2
word~1  ⇒  word~1
word~  ⇒  word~1
word～２  ⇒  word~2
word~9  ⇒  word~2  ⇒  distance@0-6
word~99999999999  ⇒  word~2  ⇒  distance@0-16
word~0  ⇒  "word"
ab~2  ⇒  ab~1  ⇒  distance@0-4
a~1  ⇒  a  ⇒  distance@0-3
-speaker:jaikun~2  ⇒  (and * (not speaker=jaikun~2))
said:(tax~1 vat)  ⇒  (and said=tax~1 said=vat)
well-being~1  ⇒  well-being~1
人权~1  ⇒  人权  ⇒  unsupported@0-8
language:en~1  ⇒  language=en  ⇒  unsupported@0-13
word~0.8  ⇒  word  ⇒  unsupported@0-8
tax*~1  ⇒  tax*  ⇒  unsupported@0-6
un.org/~user  ⇒  un.org/~user
~2  ⇒  ~2
~  ⇒  nothing  ⇒  stray@0-1; nothing@0-1
## words with letters left open
w?rd  ⇒  /w?rd/
wo*d  ⇒  /wo*d/
wo**d  ⇒  /wo*d/
wo＊d*  ⇒  /wo*d*/
labo?r*  ⇒  /labo?r*/
speaker:m?ller  ⇒  speaker=/m?ller/
tax＊  ⇒  tax*
*tax  ⇒  tax  ⇒  wildcard@0-4
rights?  ⇒  rights?
what?*  ⇒  /what?*/
ab*?  ⇒  /ab*/
https://un.org/a?b=c  ⇒  https://un.org/a?b=c
什么?你好  ⇒  什么?你好
人*权  ⇒  [人 权]  ⇒  wildcard@0-7
well-b*ng  ⇒  [well-b ng]  ⇒  wildcard@0-9
?*  ⇒  nothing  ⇒  stray@0-2; nothing@0-2
## phrases but for some words
"a b"~5  ⇒  "a b"~5
"a b"～５  ⇒  "a b"~5
“a b”~  ⇒  "a b"~10
"a b"~0  ⇒  "a b"
"a b"~5000  ⇒  "a b"~1000  ⇒  distance@5-10
"a b"~x  ⇒  "a b"  ⇒  unsupported@5-7
"a b" ~5  ⇒  (and "a b" ~5)
title:"a b"~3 -"c d"~2  ⇒  (and title="a b"~3 (not "c d"~2))
date:"december 2025"~2  ⇒  date=2025-12-01..2025-12-31  ⇒  unsupported@20-22
foo:"a b"~2  ⇒  (and foo "a b"~2)  ⇒  unknown-field@0-3
## near
a NEAR/5 b  ⇒  {a 5 b}
a NEAR b  ⇒  {a 10 b}
a NEAR／５ b  ⇒  {a 5 b}
x a NEAR/5 b y  ⇒  (and x {a 5 b} y)
a NEAR/5 b NEAR/3 c  ⇒  {a 5 b 3 c}
(a NEAR/5 b) NEAR/3 c  ⇒  {a 5 b 3 c}
a NEAR/5 (b NEAR/3 c)  ⇒  {a 5 b 3 c}
a OR b NEAR/2 c  ⇒  (or a {b 2 c})
(a OR "b c") NEAR/2 do* NEAR/0 es~1  ⇒  {a|"b c" 2 do* 0 es~1}
"a b"~2 NEAR/3 w?rd  ⇒  {"a b"~2 3 /w?rd/}
-a NEAR/2 b  ⇒  (and * (not {a 2 b}))
c -(a NEAR/2 b)  ⇒  (and c (not {a 2 b}))
said:(a NEAR/4 b)  ⇒  said={a 4 b}
title:a NEAR/4 title:b  ⇒  title={a 4 b}
a NEAR/2000 b  ⇒  {a 1000 b}  ⇒  distance@2-11
a NEAR/x b  ⇒  {a 10 b}  ⇒  unsupported@2-8
a NEAR/ b  ⇒  {a 10 b}  ⇒  unsupported@2-7
a near b  ⇒  (and a near b)
-NEAR  ⇒  (and * (not NEAR))
"a NEAR b"  ⇒  "a NEAR b"
a NEAR/5 -b  ⇒  (and a (not b))  ⇒  not-near@2-8
title:a NEAR/5 b  ⇒  (and title=a b)  ⇒  not-near@8-14
a NEAR/5 date:2025  ⇒  (and a date=2025-01-01..2025-12-31)  ⇒  not-near@2-8
a NEAR/5 *  ⇒  a  ⇒  not-near@2-8
(a b) NEAR/5 c  ⇒  (and a b c)  ⇒  not-near@6-12
(a OR b c) NEAR/5 d  ⇒  (and (or a (and b c)) d)  ⇒  not-near@11-17
((a NEAR/1 b) OR c) NEAR/5 d  ⇒  (and (or {a 1 b} c) d)  ⇒  not-near@20-26
id:3f NEAR/5 id:4a  ⇒  (and id=3f id=4a)  ⇒  not-near@6-12
a NEAR b NEAR c NEAR d NEAR e NEAR f NEAR g NEAR h NEAR i  ⇒  (and {a 10 b 10 c 10 d 10 e 10 f 10 g 10 h} i)  ⇒  not-near@51-55
NEAR/5 a  ⇒  a  ⇒  dangling-operator@0-6
a NEAR/5  ⇒  a  ⇒  dangling-operator@2-8
a NEAR/5 OR b  ⇒  {a 5 b}  ⇒  dangling-operator@9-11
a NEAR/5 "" b  ⇒  (and a b)  ⇒  empty-phrase@9-11
## syntax of other engines
word^2  ⇒  word  ⇒  unsupported@0-6
tax "a  ⇒  (and tax "a")  ⇒  unclosed-quote@4-6
## without white space
"a"b  ⇒  (and "a" b)
"well"-known  ⇒  (and "well" -known)
article(s)  ⇒  (and article s)
a*:b  ⇒  [a :b]  ⇒  wildcard@0-4
a,b  ⇒  a,b
said::x  ⇒  said=x
date:(soon)  ⇒  nothing  ⇒  bad-date@6-10; nothing@0-11
(date:soon) tax  ⇒  tax  ⇒  bad-date@1-10
( OR )  ⇒  nothing  ⇒  empty-group@0-6; dangling-operator@2-4; nothing@0-6
a -()  ⇒  a  ⇒  empty-group@3-5
-"" a  ⇒  a  ⇒  empty-phrase@1-3
NOT (a b)  ⇒  (and * (not (and a b)))
NOT speaker:guo  ⇒  (and * (not speaker=guo))
kind:"speech"  ⇒  kind=<speech>
speaker:guo, tax.  ⇒  (and speaker=guo, tax.)
😀  ⇒  nothing  ⇒  stray@0-4; nothing@0-4
a NOT - b  ⇒  (and a b)  ⇒  dangling-operator@2-5; stray@6-7
"#;
