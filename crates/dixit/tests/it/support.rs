//! A small archive to ask, and short ways of asking.

use dixit::{
    Answer, Form, Index, Kind, Passage, Person, SearchRequest, Span, Statement, WriterOptions,
};

/// One thread and little memory: what a test needs.
pub(crate) fn small() -> WriterOptions {
    WriterOptions { memory: 15_000_000, threads: 1, ..WriterOptions::default() }
}

/// An index in memory of these statements.
pub(crate) fn index_of(statements: &[Statement]) -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer(&small()).unwrap();
    for statement in statements {
        writer.add(statement).unwrap();
    }
    writer.commit().unwrap();
    index
}

pub(crate) fn speech(source: &str, speaker: &str, date: &str, text: &str) -> Statement {
    let mut statement = Statement::new(source, text);
    statement.kind = Kind::Speech;
    statement.speaker = Some(Person::named(speaker));
    statement.date = Some(date.parse().unwrap());
    statement.language = Some("en".into());
    statement
}

/// Five invented statements that differ in all that can be asked for.
pub(crate) fn archive() -> Vec<Statement> {
    let mut rights = Statement::new(
        "wire/rights.txt",
        "Ada Rask noted that the right to water is a human right. A workshop on human rights opens \
         in Nordhavn, and its cost was called expensive.",
    );
    rights.title = Some("Norland hosts human rights workshop".into());
    rights.date = Some("2025-12-10".parse().unwrap());
    rights.language = Some("en".into());
    rights.topics = vec!["civil rights/human rights".into(), "environment/water".into()];
    rights.references =
        vec!["A/RES/78/1".into(), "COM(2023) 12".into(), "https://un.example/en/rights".into()];
    rights.keywords = vec!["Human Rights Day".into(), "right to water".into()];
    let said = rights.text.find("the right").unwrap()..rights.text.find(" A workshop").unwrap();
    rights.passages = vec![Passage {
        form: Form::Indirect,
        speaker: Some(Person {
            role: Some("spokesperson".into()),
            affiliation: Some("Foreign Ministry".into()),
            country: Some("Norland".into()),
            ..Person::named("Ada Rask")
        }),
        source: None,
        cue: None,
        content: Span::from(said),
        basis: None,
    }];

    let mut expenses = speech(
        "hansard/1.txt",
        "Bo Lind",
        "2024-03",
        "The expenses of members were published. Members' expenses matter.",
    );
    expenses.topics = vec!["government operations".into()];
    expenses.references = vec!["H. R. 3684".into(), "Norland opens its ports, news.example".into()];
    let mut answer = speech("hansard/2.txt", "Ada Rask", "2024", "We publish what we pay.");
    answer.kind = Kind::Answer;
    let mut german = speech(
        "bundestag/1.txt",
        "Jörg Weiß",
        "2023-01-05",
        "Die Menschenrechte gelten für alle, auch in Łódź und Ærø.",
    );
    german.language = Some("de".into());
    let mut chinese = Statement::new("mfa/1.txt", "保护人权是各国的责任。王大明表示支持。");
    chinese.language = Some("zh-Hans".into());
    chinese.source.record = Some("MFA-77".into());
    vec![rights, expenses, answer, german, chinese]
}

/// Names of the sources found, in order.
pub(crate) fn found(index: &Index, request: &SearchRequest) -> Vec<String> {
    sources(&index.search(request).unwrap())
}

pub(crate) fn sources(answer: &Answer) -> Vec<String> {
    answer.hits.iter().map(|hit| hit.statement.source.name.clone()).collect()
}

/// Names of the sources that a query finds, sorted, in one line.
pub(crate) fn ask(index: &Index, query: &str) -> String {
    let mut sources = found(index, &SearchRequest::new(query));
    sources.sort();
    sources.join(" ")
}
