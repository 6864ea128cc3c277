//! An index that another program wrote: what was written in this format stays readable.

use std::path::{Path, PathBuf};

use dixit::{Examination, Facet, Health, Index, SearchRequest};

use crate::support::{ask, small};

/// Written by `cargo run -p dixit-testkit -- fixture FOLDER`. A new format gets a new one, and the old
/// one stays: it then has to be refused kindly.
fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/index-2-schema-5-analysis-2")
}

#[test]
fn an_index_of_another_version_is_refused_kindly() {
    for before in [
        "index-2",
        "index-2-schema-3",
        "index-2-schema-3-analysis-2",
        "index-2-schema-4-analysis-2",
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(before);
        let error = Index::open(&folder).unwrap_err();
        assert!(error.needs_rebuild(), "{before}: {error}");
    }
}

#[test]
fn the_index_that_is_checked_in_answers_as_when_it_was_written() {
    // Reading writes nothing: the folder could be read-only.
    let index = Index::open(fixture()).unwrap();
    assert_eq!(ask(&index, "workshop rights"), "wire/2.txt");
    assert_eq!(ask(&index, "\"herring quota\""), "wire/1.txt");
    assert_eq!(ask(&index, "人权"), "wire/3.txt");
    assert_eq!(ask(&index, "date:2024"), "wire/1.txt wire/2.txt");
    assert_eq!(ask(&index, "removed"), "");
    let searcher = index.searcher().unwrap();
    assert_eq!((searcher.statements(), searcher.sources().unwrap().len()), (3, 3));
    let answer = index.search(&SearchRequest::new("*").facet(Facet::Speaker)).unwrap();
    assert_eq!(answer.facets[&Facet::Speaker].without, 0);
    let examination = Examination::of(fixture());
    assert_eq!(examination.health, Health::Healthy, "{:?}", examination.findings);
}

#[test]
fn the_index_that_is_checked_in_can_be_written_to() {
    let dir = tempfile::tempdir().unwrap();
    copy(&fixture(), dir.path());
    let index = Index::open(dir.path()).unwrap();
    let mut writer = index.writer(&small()).unwrap();
    writer.remove_source("wire/1.txt");
    writer.commit().unwrap();
    writer.finish().unwrap();
    assert_eq!(ask(&index, "*"), "wire/2.txt wire/3.txt");
    assert_eq!(Examination::of(dir.path()).health, Health::Healthy);
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to),
            false => assert!(std::fs::copy(entry.path(), to).is_ok()),
        }
    }
}
