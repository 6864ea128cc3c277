//! Counts over all matches.

use dixit::{Facet, SearchRequest};

use crate::support::{archive, index_of};

fn counts(query: &str, facet: Facet) -> (String, u64, u64) {
    let index = index_of(&archive());
    let answer = index.search(&SearchRequest::new(query).facet(facet).limit(1)).unwrap();
    let counts = &answer.facets[&facet];
    let values: Vec<_> =
        counts.values.iter().map(|value| format!("{} {}", value.value, value.count)).collect();
    (values.join(", "), counts.distinct, counts.without)
}

#[test]
fn facets_count_what_the_fields_find() {
    assert_eq!(counts("*", Facet::Speaker), ("Ada Rask 2, Bo Lind 1, Jörg Weiß 1".into(), 3, 1));
    assert_eq!(counts("*", Facet::Year), ("2024 2, 2023 1, 2025 1".into(), 3, 1));
    assert_eq!(
        counts("*", Facet::Topic).0,
        "civil rights 1, civil rights/human rights 1, environment 1, environment/water 1, \
         government operations 1"
    );
    assert_eq!(counts("*", Facet::Keyword).0, "Human Rights Day 1, right to water 1");
}

#[test]
fn facets_follow_the_query() {
    assert_eq!(counts("speaker:rask", Facet::Year), ("2024 1, 2025 1".into(), 2, 0));
    assert_eq!(counts("nothing", Facet::Year), (String::new(), 0, 0));
}
