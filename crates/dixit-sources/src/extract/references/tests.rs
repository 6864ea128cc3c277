use proptest::prelude::*;

use super::*;

fn values(text: &str) -> Vec<String> {
    find(text).items.into_iter().map(|item| item.value).collect()
}

#[test]
fn a_title_and_the_domain_under_it_are_one_reference_with_both_ranges() {
    let text = "Roe spoke.\nReference(s):\nNorland opens its ports to all\nnews.example\n\n";
    let found = find(text);
    assert_eq!(
        &text[found.block.unwrap()],
        "Reference(s):\nNorland opens its ports to all\nnews.example"
    );
    assert_eq!(found.items[0].value, "Norland opens its ports to all, news.example");
    let shown: Vec<&str> =
        found.items[0].evidence.iter().map(|range| &text[range.clone()]).collect();
    assert_eq!(shown, ["Norland opens its ports to all", "news.example"]);
}

#[test]
fn several_titles_bullets_links_and_outlets() {
    let text = "Text.\n\nSources:\n- Ports open https://a.example/x\n1. Harbour law\nReuters\n[2] https://b.example/y\n";
    assert_eq!(
        values(text),
        ["Ports open https://a.example/x", "Harbour law, Reuters", "https://b.example/y"]
    );
}

#[test]
fn headings_of_other_languages_and_one_source_on_the_line() {
    assert_eq!(
        values("Rede.\nQuellen:\nHafenrecht\nnachrichten.example\n"),
        ["Hafenrecht, nachrichten.example"]
    );
    assert_eq!(values("讲话。\n参考资料：\n港口开放\nnews.example\n"), ["港口开放, news.example"]);
    assert_eq!(values("She spoke.\nSource: Norland News\n"), ["Norland News"]);
}

#[test]
fn prose_behind_a_heading_is_no_block() {
    let long = "This sentence tells something. And another one follows here. ".repeat(12);
    assert_eq!(find(&format!("Sources\n{long}\n")).block, None);
    assert_eq!(find("The sources of the river are high.\nIt is long.\n").block, None);
    assert_eq!(find("Reference(s):\n").block, None);
}

#[test]
fn links_in_the_text_lose_the_marks_of_the_sentence() {
    let text = "See (https://a.example/x_(y)), www.b.example/z. Not http:// alone, nor a.example.";
    assert_eq!(values(text), ["https://a.example/x_(y)", "www.b.example/z"]);
    assert_eq!(
        values("[words](https://a.example/doc) and [https://b.example](https://b.example)"),
        ["https://a.example/doc", "https://b.example"]
    );
}

#[test]
fn document_symbols_by_their_form() {
    let text = "Recalling A/RES/78/1, S/2024/12 and resolution 2334 (2016), H.R. 3684, \
                Public Law 117-58, COM(2023) 12, Regulation (EU) 2016/679 (A/HRC/55/2).";
    assert_eq!(
        values(text),
        [
            "A/RES/78/1",
            "S/2024/12",
            "resolution 2334 (2016)",
            "H.R. 3684",
            "Public Law 117-58",
            "COM(2023) 12",
            "Regulation (EU) 2016/679",
            "A/HRC/55/2"
        ]
    );
    assert!(
        values("TCP/IP, A/B tests, 24/7, and/or, S/he, a/2/3, resolution 5, H.R. office")
            .is_empty()
    );
}

#[test]
fn the_same_symbol_twice_is_one_reference_and_a_symbol_in_a_link_is_none() {
    let found = find("A/RES/78/1 and A/RES/78/1; https://un.example/A/RES/78/2.");
    assert_eq!(found.items.len(), 2);
    assert_eq!(found.items[0].evidence.len(), 2);
    assert_eq!(found.items[1].value, "https://un.example/A/RES/78/2");
}

#[test]
fn a_symbol_is_found_behind_quotation_marks_and_characters_and_is_one_however_it_is_spaced() {
    assert_eq!(
        values("根据联合国大会决议A/RES/78/1，各方“H.R. 3684”。"),
        ["A/RES/78/1", "H.R. 3684"]
    );
    let found = find("H.R. 3684 passed; H. R. 3684 was signed.");
    assert_eq!((found.items.len(), found.items[0].evidence.len()), (1, 2));
    assert_eq!(values("éA/RES/78/1 xH.R. 3684"), [""; 0]);
}

proptest! {
    #[test]
    fn any_text_gives_ranges_within_it(text in "(\\PC|[\n:/.]|Sources:\n|http://|A/RES/7|H\\.R\\. 9){0,60}") {
        let found = find(&text);
        for range in found.items.iter().flat_map(|item| item.evidence.clone()).chain(found.block) {
            prop_assert!(text.get(range).is_some());
        }
    }
}

#[test]
fn symbols_that_are_spaced_and_dotted_in_other_ways_are_found_by_one_form() {
    for (text, symbol) in [
        ("They adopted A / RES / 78 / 1 today.", "A/RES/78/1"),
        ("They adopted A/RES/ 78/1 today.", "A/RES/78/1"),
        ("They adopted A/Res/78/1, and left.", "A/RES/78/1"),
        ("They adopted a-res-78-1 today.", "A/RES/78/1"),
        ("They adopted A.RES.78.1.", "A/RES/78/1"),
        ("They adopted S / RES / 2334 (2016) today.", "S/RES/2334(2016)"),
        ("They adopted S/RES/2334 (2016) today.", "S/RES/2334(2016)"),
        ("They passed H. R. 3684 today.", "H.R. 3684"),
        ("They passed H R 3684 today.", "H.R. 3684"),
        ("They passed HR 3684 today.", "H.R. 3684"),
        ("They passed h.r. 3684 today.", "H.R. 3684"),
        ("They passed H.CON.RES.14 today.", "H.Con.Res. 14"),
        ("The paper COM (2023)12 is out.", "COM(2023) 12"),
        ("The paper COM/2023/12 is out.", "COM(2023) 12"),
        ("The paper COM [2023] 12 is out.", "COM(2023) 12"),
        ("Under Pub. L. No. 117-58 we pay.", "Public Law 117-58"),
        ("Under PL 117-58 we pay.", "Public Law 117-58"),
        ("Under RESOLUTION 2334(2016) we act.", "resolution 2334 (2016)"),
        ("Under regulation (EU) No 2016/679 we act.", "Regulation (EU) 2016/679"),
    ] {
        let forms: Vec<String> =
            values(text).iter().map(|value| dixit::analysis::reference_form(value)).collect();
        assert_eq!(forms, [dixit::analysis::reference_form(symbol)], "{text}");
    }
    for text in [
        "He has an A / B / C 12 plan.",
        "She works in HR 3 days a week, and S 12 is a train.",
        "See and/or 12/34. Open 24 / 7 / 365 days.",
        "It was S. 12 people came. P. L. 5 is a poem.",
        "She got an A. Res. 78 is a room, and A.5.6 a figure.",
        "E / 5 / 6 is a route, and a / res / x is none.",
    ] {
        assert_eq!(values(text), [""; 0], "{text}");
    }
}
