//! Pages that hold several articles. All speakers are invented.

use dixit::Statement;
use dixit_sources::{ReadOptions, read_all};

fn read(page: &str) -> (Vec<Statement>, Vec<String>) {
    let (_, records, problems) =
        read_all("a.html", page.as_bytes(), &ReadOptions::default()).unwrap();
    let statements = records.into_iter().map(|record| record.statement).collect();
    (statements, problems.iter().map(ToString::to_string).collect())
}

/// What is known of each statement by its page: the title and the day.
fn titles(statements: &[Statement]) -> Vec<(&str, Option<String>)> {
    let one = |it: &Statement| it.date.map(|date| date.to_string());
    statements.iter().map(|it| (it.title.as_deref().unwrap_or_default(), one(it))).collect()
}

fn paragraphs(about: &str) -> String {
    let paragraph = |n| {
        format!(
            "<p>Norland has {n} reasons to look after {about}, said the Minister of Roads, Bo Lind, and each of them is dear to those who live by the coast and go to sea.</p>"
        )
    };
    (1..=4).map(paragraph).collect()
}

fn page(body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>News of Norland</title>\
         <meta property=article:published_time content=2020-01-01></head><body>{body}</body></html>"
    )
}

#[test]
fn each_article_of_a_page_is_a_statement() {
    let nets = format!(
        "<article><header><h2><a href=/nets>Nets</a></h2><time datetime=2024-05-03T10:00>Friday</time>\
         </header>{}</article>",
        paragraphs("nets")
    );
    let boats = format!(
        "<article class=news><h3>Boats &amp; oars</h3></div>{}<article><h4>A reader</h4><p>So it is with all boats.</p>\
         </article></article>",
        paragraphs("boats")
    );
    let harbours = format!(
        "<article><h2>Harbours</h2><time datetime=2024-05-03>then</time>{}\
         <time datetime=2024-05-04>changed</time></article>",
        paragraphs("harbours")
    );
    let page = page(&format!("<main><h1>News</h1>{nets}{boats}{harbours}</main>"));
    let (statements, problems) = read(&page);
    assert_eq!(
        titles(&statements),
        // The day of the page is that of none of them, and two days are none.
        [("Nets", Some("2024-05-03".into())), ("Boats & oars", None), ("Harbours", None)],
    );
    assert!(problems.is_empty(), "{problems:?}");
    for (statement, markup) in statements.iter().zip([&nets, &boats, &harbours]) {
        assert_eq!(&page[statement.source.span.unwrap().as_range().unwrap()], markup);
        assert!(!statement.text.contains(statement.title.as_deref().unwrap()));
        assert_eq!(statement.language.as_deref(), Some("en"));
        let word = statement.text.find("Roads").unwrap();
        let span = statement.source_span(word..word + 5).unwrap().as_range().unwrap();
        assert_eq!(&page[span], "Roads");
    }
    let ordinals: Vec<_> = statements.iter().map(|it| it.source.ordinal.unwrap()).collect();
    assert_eq!(ordinals, [1, 2, 3]);
    assert!(statements[1].text.ends_with("A reader\nSo it is with all boats."), "an article's own");
    let day = statements[0].basis["date"].evidence[0].as_range().unwrap();
    assert_eq!(&page[day], "2024-05-03T10:00");
}

#[test]
fn teasers_are_no_articles() {
    let teaser = "<article><h3><a href=/x>Another text that stands elsewhere on this site</a></h3>\
                  <p>More of that is to come.</p></article>";
    let main = format!("<article><h1>Nets</h1>{}</article>", paragraphs("nets"));
    let (statements, problems) = read(&page(&format!("{main}<div>{}</div>", teaser.repeat(4))));
    assert_eq!(
        titles(&statements),
        [("Nets", Some("2020-01-01".into()))],
        "one has the page's day"
    );
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn articles_that_are_left_out_are_told_once() {
    let [nets, boats] = ["nets", "boats"]
        .map(|about| format!("<article><h2>On {about}</h2>{}</article>", paragraphs(about)));
    let short =
        "<article><h2>Short</h2><p>Of the oars there is but little to say today.</p></article>";
    let several = page(&format!("{nets}{short}{boats}{short}"));
    let (statements, problems) = read(&several);
    assert_eq!(titles(&statements), [("On nets", None), ("On boats", None)]);
    assert_eq!(problems, ["a.html: 2 articles beside the text of the page are left out"]);
    // One that stands for itself is the page's text, and what stands beside it is told as well.
    let (statements, problems) = read(&page(&format!("{short}{nets}")));
    assert_eq!(statements.len(), 1);
    assert_eq!(problems, ["a.html: 1 article beside the text of the page is left out"]);
}

#[test]
fn an_interview_beside_articles_stays_one() {
    let turn =
        |name: &str, n| format!("<p><b>{name}:</b> That is what nets are for, number {n}.</p>");
    let turns: String =
        (0..10).flat_map(|n| [turn("Ms Ada Rask", n), turn("Mr Bo Lind", n)]).collect();
    let talk = format!("<article><h2>A talk</h2>{turns}</article>");
    let nets = format!("<article><h2>Nets</h2>{}</article>", paragraphs("nets"));
    // Turns go by their names; an article that is none of them is told.
    let (statements, problems) = read(&page(&format!("{talk}{nets}")));
    let names: Vec<_> =
        statements.iter().filter_map(|it| it.speaker.as_ref()?.name.as_deref()).collect();
    assert_eq!(names, ["Ada Rask", "Bo Lind"].repeat(10));
    assert_eq!(problems, ["a.html: 1 article beside the text of the page is left out"]);
}

#[test]
fn a_page_of_one_text_and_articles_beside_it_stays_one() {
    let small: String = ["nets", "oars"]
        .iter()
        .map(|about| format!("<article><h2>On {about}</h2>{}</article>", paragraphs(about)))
        .collect();
    let text =
        format!("<div><h1>Boats</h1>{}</div><div>{small}</div>", paragraphs("boats").repeat(5));
    let (statements, problems) = read(&page(&text));
    assert_eq!(titles(&statements), [("Boats", Some("2020-01-01".into()))]);
    assert_eq!(problems, ["a.html: 2 articles beside the text of the page are left out"]);
}
