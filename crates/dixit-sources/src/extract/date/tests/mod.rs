//! Each rule by its examples. All texts and speakers are invented.

mod others;
mod years;

use dixit::BasisKind;
use proptest::prelude::*;

use super::*;

fn plain(text: &str) -> DateOutcome {
    find(text, None, &DateHints::default())
}

/// `2025-12-10 rule`, `unknown rule`.
fn short(outcome: &DateOutcome) -> String {
    match outcome {
        DateOutcome::Known(found) => format!("{} {}", found.value, found.rule),
        DateOutcome::Unknown { rule, .. } => format!("unknown {rule}"),
    }
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let outcome = plain(text);
        assert_eq!(short(&outcome), *expected, "{text}\n{outcome:?}");
    }
}

#[test]
fn full_dates_are_taken_where_texts_carry_their_own() {
    check(&[
        (
            "Statement by the Minister\n\nPort Norland, 10 December 2025\n\nMr President,\n",
            "2025-12-10 date-line",
        ),
        ("10.12.2025, Nordstadt, 18 Uhr\nMeine Damen und Herren,\n", "2025-12-10 date-line"),
        (
            "Discours de la ministre\n\nNorville, le 10 décembre 2025\n\nMonsieur le Président,\n",
            "2025-12-10 date-line",
        ),
        (
            "Discurso\n\nVilla Norte, 10 de diciembre de 2025.\n\nSeñor Presidente:\n",
            "2025-12-10 date-line",
        ),
        ("2025年12月10日\n\n各位代表：\n", "2025-12-10 date-line"),
        ("date: 2025-12-10\n\nGood morning, everyone.\n", "2025-12-10 date-line"),
        (
            "Norland Foreign Ministry Spokesperson Ada Norland’s Regular Press Conference on \
             December 10, 2025\n\nQ: What is new?\n",
            "2025-12-10 heading-date",
        ),
        (
            "# 2025-12-10 Interview with Ada Norland\n\n### Ada:\nHello.\n",
            "2025-12-10 heading-date",
        ),
        (
            "GENEVA (10 December 2025) – The envoy said that talks would go on.\n",
            "2025-12-10 dateline",
        ),
        (
            "NORVILLE, Dec. 10, 2025 (Norland Press) -- The envoy left for talks.\n",
            "2025-12-10 dateline",
        ),
        ("PARIS, le 10 décembre 2025 — Le ministre est arrivé.\n", "2025-12-10 dateline"),
        ("Berlin (nna), den 10. Dezember 2025 – Der Minister kam.\n", "2025-12-10 dateline"),
        ("NORVILLE, Dec. 10, 2025 /NNA/ -- The envoy left for talks.\n", "2025-12-10 dateline"),
        ("Madrid, 10 de diciembre de 2025.- El ministro llegó.\n", "2025-12-10 dateline"),
        (
            "Madrid, a 10 de diciembre de 2025. El ministro llegó hoy a la ciudad.\n",
            "2025-12-10 dateline",
        ),
        ("新华社北京2025年12月10日电（记者李强）会谈结束。\n", "2025-12-10 dateline"),
        (
            "2025年12月10日，北国总统抵达北京。同日，外交部发言人表示，会谈顺利。\n",
            "2025-12-10 opening-sentence",
        ),
        (
            "On Wednesday, December 10, 2025, the minister said that talks would go on.\n",
            "2025-12-10 opening-sentence",
        ),
        (
            "The minister told reporters on 10 December 2025 that talks would go on.\n",
            "2025-12-10 opening-sentence",
        ),
        (
            "Am 10. Dezember 2025 erklärte die Ministerin, dass die Gespräche weitergehen.\n",
            "2025-12-10 opening-sentence",
        ),
        (
            "El 10 de diciembre de 2025 la ministra afirmó que las conversaciones siguen.\n",
            "2025-12-10 opening-sentence",
        ),
        ("2025年12月10日，外交部发言人主持例行记者会。\n", "2025-12-10 opening-sentence"),
        ("Minutes\n\nDecember 2025\n\nThe council met.\n", "2025-12 date-line"),
        (
            "Updated: 12 December 2025\n\nPort Norland, 10 December 2025\n\nFriends,\n",
            "2025-12-10 date-line",
        ),
    ]);
}

#[test]
fn a_place_with_a_date_ends_a_head_whatever_stands_over_it() {
    check(&[
        (
            "Statement at the general debate of the session of the Assembly of all the nations\nNew York, 30 September 2024\nMr. President,\n",
            "2024-09-30 date-line",
        ),
        (
            "New York, 26 September 2024 Check against delivery\n\nMr. President,\n",
            "2024-09-26 date-line",
        ),
        (
            "INTERVENCIÓN DE LA MINISTRA EN EL DEBATE DE LA ASAMBLEA. Nueva York, 28\nde septiembre de 2024.\n\nSeñor Presidente:\n",
            "2024-09-28 date-line",
        ),
        (
            "Speech\nOn the herring, for all that there are in the sea and near the coast\nNorport, September 2024\n\nFriends,\n",
            "2024-09 date-line",
        ),
        // Raised letters as a scan has them.
        ("Speech\nFriday 27'\" September, 2024\n\nMr. President,\n", "2024-09-27 date-line"),
        ("Speech\n28h September, 2024\n\nMr. President,\n", "2024-09-28 date-line"),
        ("Speech\nTUESDAY 2474 SEPTEMBER 2024\n\nMr. President,\n", "2024-09 date-line"),
        // A line of prose that goes on.
        (
            "The council has worked well since the treaty on the herring was adopted in\nNew York, 3 May 2011\nand it still does.\n",
            "unknown date-in-prose",
        ),
    ]);
}

#[test]
fn dates_about_something_else_are_not_taken() {
    check(&[
        (
            "The council has worked well since it was reformed on 3 May 2011, and it still does.\n",
            "unknown date-in-prose",
        ),
        (
            "On December 7, 1941, planes struck the harbour. We remember those who fell there.\n",
            "unknown date-in-prose",
        ),
        (
            "The minister will host the summit on May 12, 2022, her office said in a short note.\n",
            "unknown date-in-prose",
        ),
        (
            "We name Ada Norland to the board of the scholarship fund for a term expiring\nDecember 10, 2029.\n",
            "unknown date-in-prose",
        ),
        (
            "9/24/24, 3:48 PM\n\nRemarks of the President | Norland\n\nMy friends, it is good to be here.\n",
            "unknown no-date",
        ),
        ("10/12/2025\n\nMy friends, it is good to be here.\n", "unknown ambiguous-numeric-date"),
        (
            "Port Norland, 10 December 2025\n\nNorville, 11 December 2025\n\nFriends,\n",
            "unknown conflicting-dates",
        ),
        ("Port Norland, Monday, 10 December 2025\n\nFriends,\n", "unknown weekday-conflict"),
        ("Good morning, everyone. Please sit down.\n", "unknown no-date"),
        ("", "unknown no-date"),
    ]);
}

#[test]
fn the_title_and_the_file_name_are_asked_too() {
    let ask = |title: Option<&str>, file: Option<&str>, published: Option<&str>, text: &str| {
        let hints = DateHints { file_name: file, published: published.map(|p| p.parse().unwrap()) };
        short(&find(text, title, &hints))
    };
    let talk = "Good morning, everyone. Please sit down.";
    let dated = "On March 2, the minister said that talks go on.";
    for (title, file, published, text, expected) in [
        (
            Some("Press Briefing by Ada Norland, May 5, 2022"),
            None,
            None,
            talk,
            "2022-05-05 title-date",
        ),
        (
            Some("Regular Press Conference on May 4, 2023"),
            None,
            None,
            talk,
            "2023-05-04 title-date",
        ),
        (Some("2020年4月1日外交部发言人主持例行记者会"), None, None, talk, "2020-04-01 title-date"),
        (Some("Statement on the January 6, 2021 attack"), None, None, talk, "unknown no-date"),
        (
            Some("Remarks on the anniversary of the attack of 3 May 2011"),
            None,
            None,
            talk,
            "unknown no-date",
        ),
        (None, Some("2021-03-03-press-briefing.md"), None, talk, "2021-03-03 file-name-day"),
        (None, Some("1789-Norland.txt"), None, talk, "1789 file-name-year"),
        (None, Some("talk.txt"), Some("2024-02-01"), talk, "2024-02-01 published"),
        // The year of a day comes from the file name or from the publication.
        (None, Some("2021-talk.txt"), None, dated, "2021-03-02 day-and-anchored-year"),
        (None, None, Some("2024-03-02"), dated, "2024-03-02 day-and-anchored-year"),
        // A sentence about another day.
        (None, Some("2021-09-28-talk.txt"), None, dated, "2021-09-28 file-name-day"),
        // The publication tells the day from the month.
        (None, None, Some("2025-12-10"), "10/12/2025\n\nFriends,\n", "2025-12-10 date-line"),
        (
            None,
            None,
            Some("2025-12-01"),
            "Port Norland, 10 December 2025\n\nFriends,\n",
            "unknown conflicting-dates",
        ),
    ] {
        assert_eq!(
            ask(title, file, published, text),
            expected,
            "{title:?} {file:?} {published:?} {text}"
        );
    }
}

#[test]
fn the_text_states_what_its_evidence_shows() {
    let text = "Speech\n\nPort Norland, 10 December 2025\n\nFriends,\n";
    let outcome = plain(text);
    let found = outcome.known().unwrap();
    assert_eq!(found.kind, BasisKind::Extracted);
    assert_eq!(&text[found.evidence[0].clone()], "10 December 2025");
}

fn ranges(outcome: DateOutcome) -> Vec<Range<usize>> {
    match outcome {
        DateOutcome::Known(found) => found.evidence,
        DateOutcome::Unknown { evidence, .. } => evidence,
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_ranges_lie_in_it(text in "\\PC{0,300}", title in "\\PC{0,60}", file in "\\PC{0,40}") {
        let hints = DateHints { file_name: Some(&file), published: None };
        for range in ranges(find(&text, Some(&title), &hints)) {
            prop_assert!(text.get(range.clone()).is_some(), "{range:?}");
        }
    }

    #[test]
    fn any_mixture_of_date_words_is_read(parts in prop::collection::vec(prop::sample::select(vec![
        "On", "10", "31", "December", "Monday", ",", "2025", "-", "/", ".", "年", "月", "日", "the", "80th", "80",
        "anniversary", "of", "United Nations", "'s", "its", "years", "ago", "N", "\n", "\n\n", "said", "77", "十", "前",
        "周", "UN", "vor", "Jahren", "hundred", "and", "fifty", "-", "Human Rights Day", "é", "联合国", "next year",
    ]), 0..60), spaced in any::<bool>()) {
        let text = parts.join(if spaced { " " } else { "" });
        for range in ranges(plain(&text)) {
            prop_assert!(text.get(range.clone()).is_some(), "{range:?}");
        }
    }
}
