//! Indexes on disk: what is committed stays, what is not does not, and versions are told apart.

use std::time::Duration;

use dixit::{
    Added, Control, Error, Examination, Health, Index, Reading, SearchRequest, SourceRecord,
    Statement, WriterOptions,
};

use crate::support::{archive, ask, small};

fn record(key: &str, statements: u64) -> SourceRecord {
    SourceRecord {
        key: key.into(),
        name: key.into(),
        root: None,
        format: "text".into(),
        fingerprint: "1".into(),
        reading: 0,
        partial: None,
        statements,
        problems: 0,
        twins: Vec::new(),
        likeness: String::new(),
    }
}

#[test]
fn what_was_committed_is_there_after_opening_again() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("index");
    {
        let index = Index::create(&path).unwrap();
        let mut writer = index.writer(&small()).unwrap();
        for statement in &archive() {
            assert_eq!(writer.add(statement).unwrap(), Added::New);
        }
        let committed = writer.commit().unwrap();
        assert_eq!((committed.added, committed.statements), (5, 5));
        writer.add(&Statement::new("late.txt", "Never committed.")).unwrap();
    }
    let index = Index::open(&path).unwrap();
    assert_eq!(ask(&index, "workshop"), "wire/rights.txt");
    assert_eq!(ask(&index, "never committed"), "");
    for statement in archive() {
        assert_eq!(index.searcher().unwrap().statement(statement.id).unwrap(), Some(statement));
    }
}

#[test]
fn a_source_is_replaced_and_removed_with_what_is_known_of_it() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer(&small()).unwrap();
    let add = |writer: &dixit::Writer, text: &str| {
        writer.add_from("/a", &Statement::new("a", text)).unwrap();
    };
    add(&writer, "One.");
    add(&writer, "Two.");
    writer.put_source(&record("/a", 2)).unwrap();
    writer.commit().unwrap();
    assert_eq!(ask(&index, "*"), "a a");
    assert_eq!(index.searcher().unwrap().sources().unwrap(), [record("/a", 2)]);

    writer.remove_source("/a");
    add(&writer, "One.");
    writer.put_source(&record("/a", 1)).unwrap();
    assert_eq!(ask(&index, "*"), "a a", "nothing shows before the commit");
    writer.commit().unwrap();
    assert_eq!(ask(&index, "*"), "a");
    assert_eq!(index.searcher().unwrap().sources().unwrap(), [record("/a", 1)]);

    writer.remove_source("/a");
    writer.rollback().unwrap();
    writer.commit().unwrap();
    assert_eq!(ask(&index, "*"), "a", "rolled back");
    writer.remove_source("/a");
    writer.commit().unwrap();
    assert_eq!(ask(&index, "*"), "");
    assert!(index.searcher().unwrap().sources().unwrap().is_empty());
}

#[test]
fn the_same_statement_is_held_once() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer(&small()).unwrap();
    let statement = Statement::new("a", "One.");
    assert_eq!(writer.add_from("/1", &statement).unwrap(), Added::New);
    assert_eq!(writer.add_from("/2", &statement).unwrap(), Added::Twin("/1".into()));
    writer.commit().unwrap();
    assert_eq!(writer.add_from("/2", &statement).unwrap(), Added::Twin("/1".into()));
    writer.remove_source("/1");
    assert_eq!(writer.add_from("/2", &statement).unwrap(), Added::New);
    writer.commit().unwrap();
    assert_eq!(ask(&index, "one"), "a");
}

#[test]
fn a_snapshot_does_not_move() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer(&small()).unwrap();
    writer.add(&Statement::new("a", "One.")).unwrap();
    writer.commit().unwrap();
    let before = index.searcher().unwrap();
    writer.remove_source("a");
    writer.add(&Statement::new("b", "Two.")).unwrap();
    writer.commit().unwrap();
    assert_eq!(before.search(&SearchRequest::new("one")).unwrap().total, 1);
    assert_eq!(before.search(&SearchRequest::new("two")).unwrap().total, 0);
    assert_eq!(ask(&index, "*"), "b");
}

#[test]
fn there_is_one_writer_and_many_readers() {
    fn shareable<T: Send + Sync + Clone>() {}
    shareable::<Index>();
    shareable::<dixit::Searcher>();

    let dir = tempfile::tempdir().unwrap();
    let index = Index::create(dir.path()).unwrap();
    let first = index.writer(&small()).unwrap();
    let impatient = WriterOptions { wait: Duration::from_millis(20), ..small() };
    let second = Index::open(dir.path()).unwrap().writer(&impatient).unwrap_err();
    assert!(second.is_locked(), "{second}");
    let holder = format!("process {} (", std::process::id());
    assert!(second.to_string().starts_with(&holder), "the holder is named: {second}");
    drop(first);
    index.writer(&small()).unwrap();
}

#[test]
fn an_index_is_created_once_and_opened_where_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("index");
    assert!(matches!(Index::open(&path), Err(Error::NotFound { .. })));
    assert!(!Index::exists(&path));
    Index::create(&path).unwrap();
    assert!(Index::exists(&path));
    assert!(matches!(Index::create(&path), Err(Error::Exists { .. })));
    Index::open_or_create(&path).unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, "x").unwrap();
    assert!(matches!(Index::create(&file), Err(Error::Exists { .. })));
}

#[test]
fn another_version_is_refused_with_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    Index::create(dir.path()).unwrap();
    let manifest = dir.path().join("dixit.json");
    for (format, schema, analysis, what) in [
        (99, 5, 1, "format"),
        (2, 99, 1, "schema"),
        (2, 5, 99, "analysis"),
        (2, 4, 1, "schema"),
        (1, 1, 1, "format"),
    ] {
        let other = format!(
            r#"{{"format":{format},"schema":{schema},"analysis":{analysis},"made_by":"dixit 9"}}"#
        );
        std::fs::write(&manifest, other).unwrap();
        let error = Index::open(dir.path()).unwrap_err();
        assert!(error.to_string().contains(&format!("made with {what} version")), "{error}");
        assert!(error.hint().unwrap().contains("dixit index --rebuild"));
        assert!(error.needs_rebuild());
    }
    std::fs::write(&manifest, "{").unwrap();
    assert!(matches!(Index::open(dir.path()), Err(Error::Damaged { .. })));
}

#[test]
fn a_stopped_search_says_so() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer(&small()).unwrap();
    for n in 0..10_000 {
        writer.add(&Statement::new(format!("{n}"), "Word.")).unwrap();
    }
    writer.commit().unwrap();
    let control = Control::default();
    control.cancel();
    let searcher = index.searcher().unwrap();
    let stopped = searcher.search_within(&SearchRequest::new("word"), &control).unwrap();
    assert!(stopped.partial && stopped.total < 10_000);
    let late = Control::default().time_limit(Duration::ZERO);
    assert!(searcher.search_within(&SearchRequest::new("word"), &late).unwrap().partial);
    let whole = Control::default().time_limit(Duration::from_secs(600));
    let whole = searcher.search_within(&SearchRequest::new("word"), &whole).unwrap();
    assert!(!whole.partial && whole.total == 10_000);
}

#[test]
fn an_index_that_lost_its_manifest_is_not_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("index");
    let index = Index::create(&path).unwrap();
    let mut writer = index.writer(&small()).unwrap();
    writer.add(&Statement::new("a", "One.")).unwrap();
    writer.commit().unwrap();
    drop(writer);
    let manifest = std::fs::read(path.join("dixit.json")).unwrap();
    std::fs::remove_file(path.join("dixit.json")).unwrap();
    let error = Index::open_or_create(&path).unwrap_err();
    assert!(matches!(error, Error::Damaged { .. }), "{error}");
    assert_eq!(Examination::of(&path).health, Health::Damaged);
    std::fs::write(path.join("dixit.json"), manifest).unwrap();
    assert_eq!(ask(&Index::open(&path).unwrap(), "one"), "a");
}

#[test]
fn a_source_is_as_it_was_until_its_new_reading_is_complete() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer(&small()).unwrap();
    let first = Reading::first("/a");
    writer.add_to(&first, &Statement::new("a", "One.")).unwrap();
    writer.complete(&first, &record("/a", 1)).unwrap();
    writer.commit().unwrap();
    let known = index.searcher().unwrap().sources().unwrap().remove(0);

    let second = Reading::anew(&known);
    writer.add_to(&second, &Statement::new("a", "One.")).unwrap();
    writer.add_to(&second, &Statement::new("a", "Two.")).unwrap();
    writer.abandon(&second);
    writer.commit().unwrap();
    assert_eq!((ask(&index, "one"), ask(&index, "two")), ("a".into(), String::new()));
    assert_eq!(index.searcher().unwrap().sources().unwrap().first(), Some(&known));

    writer.add_to(&second, &Statement::new("a", "Two.")).unwrap();
    writer.complete(&second, &record("/a", 1)).unwrap();
    writer.commit().unwrap();
    assert_eq!((ask(&index, "one"), ask(&index, "two")), (String::new(), "a".into()));
    assert_eq!(index.searcher().unwrap().sources().unwrap().len(), 1);
}

#[test]
fn a_draft_takes_the_place_of_an_index_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::create(dir.path()).unwrap();
    let mut writer = index.writer(&small()).unwrap();
    writer.add(&Statement::new("old", "Fish.")).unwrap();
    writer.commit().unwrap();
    drop(writer);

    let draft = Index::draft(dir.path(), Duration::ZERO).unwrap();
    let mut writer = draft.index().writer(&small()).unwrap();
    writer.add(&Statement::new("new", "Fish.")).unwrap();
    writer.commit().unwrap();
    writer.finish().unwrap();
    let impatient = WriterOptions { wait: Duration::ZERO, ..small() };
    assert!(index.writer(&impatient).unwrap_err().is_locked(), "while it is being built");
    assert_eq!(ask(&index, "fish"), "old");
    draft.publish().unwrap();
    assert_eq!(ask(&index, "fish"), "new", "also for who had opened the old one");
    assert_eq!(Examination::of(dir.path()).orphans, Vec::<String>::new());

    // One that is dropped leaves all as it is.
    let draft = Index::draft(dir.path(), Duration::ZERO).unwrap();
    drop(draft);
    assert_eq!(ask(&index, "fish"), "new");
    drop(index.writer(&small()).unwrap());
    assert_eq!(Examination::of(dir.path()).orphans, Vec::<String>::new(), "and is swept away");
}
