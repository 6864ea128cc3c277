//! Who is who over all sources: joined on evidence, else kept apart.

use dixit::{
    Basis, BasisKind, Form, Index, JoinRule, Naming, Passage, Person, Span, Speaker, Speakers,
    Statement, WriterOptions,
};

/// Somebody who speaks: source, name, and what else is known.
struct Said {
    source: &'static str,
    person: Person,
    date: &'static str,
}

fn said(source: &'static str, name: &str) -> Said {
    Said { source, person: Person::named(name), date: "2024-05-14" }
}

impl Said {
    fn on(self, date: &'static str) -> Self {
        Self { date, ..self }
    }

    fn with(mut self, set: impl FnOnce(&mut Person)) -> Self {
        set(&mut self.person);
        self
    }

    fn party(self, party: &str) -> Self {
        self.with(|person| person.party = Some(party.to_owned()))
    }

    fn country(self, country: &str) -> Self {
        self.with(|person| person.country = Some(country.to_owned()))
    }

    fn key(self, key: &str) -> Self {
        self.with(|person| person.person = Some(key.to_owned()))
    }

    fn written(self, words: &str) -> Self {
        self.with(|person| person.as_written = Some(words.to_owned()))
    }
}

fn speakers(all: impl IntoIterator<Item = Said>) -> Speakers {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer(&WriterOptions::default()).unwrap();
    for (number, said) in all.into_iter().enumerate() {
        let mut statement = Statement::new(said.source, format!("Statement {number}."));
        statement.speaker = Some(said.person);
        statement.date = said.date.parse().ok();
        statement.set_basis("speaker", Basis::given("field", []));
        writer.add(&statement).unwrap();
    }
    writer.commit().unwrap();
    index.searcher().unwrap().speakers().unwrap()
}

fn names(speakers: &Speakers) -> Vec<&str> {
    let mut names: Vec<&str> =
        speakers.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    names.sort_unstable();
    names
}

fn named<'s>(speakers: &'s Speakers, name: &str) -> &'s Speaker {
    speakers.speakers.iter().find(|speaker| speaker.name == name).unwrap()
}

#[test]
fn one_whole_name_is_one_person_in_whatever_writing() {
    let found = speakers([
        said("a.xml", "Ada Rask").on("2021-03"),
        said("b.xml", "ADA RASK").on("2023-11-02"),
        said("c.xml", "Rask, Ada"),
        said("d.xml", "Adá Rask"),
    ]);
    assert_eq!(names(&found), ["Ada Rask"]);
    let ada = &found.speakers[0];
    assert_eq!(ada.statements, 4);
    assert_eq!(ada.forms.len(), 4);
    assert_eq!(ada.first.unwrap().to_string(), "2021-03");
    assert_eq!(ada.last.unwrap().to_string(), "2024-05-14");
}

#[test]
fn a_shared_surname_is_no_evidence() {
    let found = speakers([
        said("a.xml", "Ada Rask").party("Reform"),
        said("b.xml", "Bo Rask").party("Reform"),
        said("c.xml", "Rask"),
    ]);
    assert_eq!(names(&found), ["Ada Rask", "Bo Rask", "Rask"]);
    assert_eq!(named(&found, "Rask").naming, Naming::Short);
}

#[test]
fn initials_and_middle_names_need_something_else_in_common() {
    let found = speakers([
        said("a.xml", "Ada Rask").party("Reform"),
        said("b.xml", "A. Rask").party("Reform"),
        said("c.xml", "Ada Mette Rask").party("Reform"),
        said("d.xml", "A. Lind"),
        said("e.xml", "Bo Lind").party("Reform"),
        said("f.xml", "B. Lind"),
    ]);
    assert_eq!(names(&found), ["A. Lind", "Ada Mette Rask", "B. Lind", "Bo Lind"]);
    let ada = named(&found, "Ada Mette Rask");
    assert_eq!(ada.statements, 3);
    let rules: Vec<JoinRule> = ada.joined.iter().map(|joined| joined.rule).collect();
    assert!(
        rules.contains(&JoinRule::MiddleNames) && rules.contains(&JoinRule::Initials),
        "{rules:?}"
    );
    assert!(ada.joined.iter().all(|joined| joined.note.contains("Reform")));
    assert!(named(&found, "B. Lind").apart.iter().any(|apart| apart.name == "Bo Lind"));
}

#[test]
fn an_initial_that_fits_two_belongs_to_none() {
    let found = speakers([
        said("a.xml", "Ada Rask").party("Reform"),
        said("b.xml", "Anna Rask").party("Reform"),
        said("c.xml", "A. Rask").party("Reform"),
    ]);
    assert_eq!(names(&found), ["A. Rask", "Ada Rask", "Anna Rask"]);
    assert_eq!(named(&found, "A. Rask").apart.len(), 2);
}

#[test]
fn what_one_person_has_once_keeps_namesakes_apart() {
    let found = speakers([
        said("a.xml", "Ada Rask").country("Norland"),
        said("b.xml", "Ada Rask").country("Sudland"),
        said("c.xml", "Bo Lind").key("list/17"),
        said("d.xml", "Bo Lind").key("list/18"),
    ]);
    assert_eq!(names(&found), ["Ada Rask", "Ada Rask", "Bo Lind", "Bo Lind"]);
    let why = &found.speakers[0].apart[0].why;
    assert!(why.contains("Norland") && why.contains("Sudland"), "{why}");
    // Somebody of that name of whom nothing is known is neither.
    let found = speakers([
        said("a.xml", "Ada Rask").country("Norland"),
        said("b.xml", "Ada Rask").country("Sudland"),
        said("c.xml", "Ada Rask"),
    ]);
    assert_eq!(found.total, 3);
}

#[test]
fn a_key_joins_what_names_alone_would_not() {
    let found = speakers([
        said("a.xml", "Ada Rask").key("list/17"),
        said("b.xml", "Rask").key("list/17"),
        // Another list may give the same key to somebody else.
        said("c.xml", "Bo Lind").key("list/17"),
    ]);
    assert_eq!(names(&found), ["Ada Rask", "Bo Lind"]);
    assert_eq!(named(&found, "Ada Rask").joined[0].rule, JoinRule::SameKey);
}

#[test]
fn a_single_name_belongs_to_the_only_one_of_that_name_in_its_source() {
    let found = speakers([
        said("a.txt", "Ada Rask"),
        said("a.txt", "Rask").written("Ms. Rask"),
        said("b.txt", "Rask"),
        said("c.txt", "Bo Rask").written("Mr. Bo Rask"),
        said("c.txt", "Rask").written("Mrs. Rask"),
    ]);
    assert_eq!(names(&found), ["Ada Rask", "Bo Rask", "Rask"]);
    assert_eq!(named(&found, "Ada Rask").joined[0].rule, JoinRule::ShortInSource);
    assert_eq!(named(&found, "Rask").statements, 2);
    assert!(named(&found, "Bo Rask").apart[0].why.contains("addressed"));
}

#[test]
fn roles_are_those_of_their_days() {
    let role = |role: &'static str| move |person: &mut Person| person.role = Some(role.to_owned());
    let found = speakers([
        said("a.xml", "Ada Rask").on("2024").with(role("Prime Minister")),
        said("b.xml", "Ada Rask").on("2019-02-01").with(role("Minister of Fisheries")),
        said("c.xml", "Ada Rask").on("2020-06-30").with(role("Minister of Fisheries")),
    ]);
    let roles = &found.speakers[0].roles;
    let told: Vec<(&str, String)> = roles
        .iter()
        .map(|tenure| {
            let days = format!("{}..{}", tenure.first.unwrap(), tenure.last.unwrap());
            (tenure.role.as_deref().unwrap(), days)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Minister of Fisheries", "2019-02-01..2020-06-30".to_owned()),
            ("Prime Minister", "2024..2024".to_owned())
        ]
    );
}

#[test]
fn passages_count_apart_and_pronouns_are_no_forms() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer(&WriterOptions::default()).unwrap();
    let mut statement = Statement::new("wire.txt", "Ada Rask said no. She said it twice.");
    for (written, rule, confidence) in [("Ada Rask", "named", 0.95), ("She", "pronoun", 0.6)] {
        let person = Person { as_written: Some(written.to_owned()), ..Person::named("Ada Rask") };
        statement.passages.push(Passage {
            form: Form::Indirect,
            speaker: Some(person),
            source: None,
            cue: None,
            content: Span::new(0, 4),
            basis: Some(Basis::new(BasisKind::Extracted, rule).with_confidence(confidence)),
        });
    }
    writer.add(&statement).unwrap();
    writer.commit().unwrap();
    let found = index.searcher().unwrap().speakers().unwrap();
    let ada = &found.speakers[0];
    assert_eq!((ada.statements, ada.passages, ada.unsure), (0, 2, 1));
    assert_eq!(ada.forms.len(), 1);
    assert!(ada.is_called("rask") && ada.is_called("RASK ada") && !ada.is_called("she"));
}

#[test]
fn the_order_of_coming_makes_no_difference() {
    let all = || {
        [
            said("a.xml", "Ada Rask").party("Reform"),
            said("b.xml", "A. Rask").party("Reform"),
            said("b.xml", "Rask"),
            said("c.xml", "Ada Rask").country("Norland"),
            said("d.xml", "郭某某").written("郭某某发言人"),
            said("e.xml", "Rask, Ada").key("list/3"),
        ]
    };
    let one = speakers(all());
    let mut reversed: Vec<Said> = all().into_iter().collect();
    reversed.reverse();
    let other = speakers(reversed);
    // The texts are numbered, and so ids differ: all but the examples is the same.
    let told = |speakers: &Speakers| {
        let told = speakers.speakers.iter().map(|speaker| {
            let rules: Vec<_> =
                speaker.joined.iter().map(|joined| (joined.rule, joined.note.clone())).collect();
            (speaker.name.clone(), speaker.statements, speaker.forms.clone(), rules)
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(told(&one), told(&other));
    let again: Speakers = serde_json::from_str(&serde_json::to_string(&one).unwrap()).unwrap();
    assert_eq!(again, one);
}
