//! The same document in two formats: both are held, and that is told. All speakers are invented.

use std::fs;
use std::path::Path;

use dixit::Index;
use dixit_sources::{Report, Root, SyncOptions, Twins, preview};

use crate::syncing::{counts, run_with};

/// Speeches about something, as a page with turns, and as records of JSON that keep the names in them.
fn debate(about: &str) -> [String; 2] {
    let words = |n: usize| {
        format!(
            "There are {n} reasons to speak of {about} in this house: {about} cost money, {about} cost time, and nobody in the harbours of Norland looks after {about}."
        )
    };
    let names = ["Ms Ada Rask", "Mr Bo Lind", "Ms Ada Rask", "Mr Bo Lind"];
    let turn = |(n, name): (usize, &&str)| format!("<p><b>{name}:</b> {}</p>", words(n));
    let page: String = names.iter().enumerate().map(turn).collect();
    let record = |(n, name): (usize, &&str)| serde_json::json!({ "speaker": name, "text": format!("{name}. {}", words(n)) });
    let records: Vec<_> = names.iter().enumerate().map(record).collect();
    [
        format!("<html><body><h1>Debate</h1>{page}</body></html>"),
        serde_json::json!(records).to_string(),
    ]
}

fn write(dir: &Path, name: &str, text: &str) {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn ahead(index: Option<&Index>, paths: &[&Path]) -> Report {
    let roots: Vec<_> = paths.iter().map(|path| Root::Path(path.to_path_buf())).collect();
    preview(index, &roots, &SyncOptions::default(), &mut |_| {}).unwrap()
}

fn twins<const N: usize>(examples: [[&str; 2]; N]) -> Twins {
    let examples = examples.map(|pair| pair.map(str::to_owned)).to_vec();
    Twins { pairs: N as u64, examples }
}

#[test]
fn the_same_document_in_two_formats_is_told_at_each_run() {
    let dir = tempfile::tempdir().unwrap();
    for about in ["nets", "boats"] {
        let [page, records] = debate(about);
        write(dir.path(), &format!("html/{about}.htm"), &page);
        write(dir.path(), &format!("json/{about}.json"), &records);
    }
    let expected =
        twins([["html/boats.htm", "json/boats.json"], ["html/nets.htm", "json/nets.json"]]);
    assert_eq!(ahead(None, &[dir.path()]).twins, expected, "before anything is taken in");

    let index = Index::in_memory().unwrap();
    let (report, problems) = run_with(&index, &[dir.path()], false);
    assert_eq!(report.twins, expected, "{problems:?}");
    assert_eq!((report.total, report.problems.left_out, report.problems.noted), (16, 0, 0));

    let (report, _) = run_with(&index, &[dir.path()], false);
    assert_eq!((report.same, report.bytes), (4, 0), "nothing is read again");
    assert_eq!(report.twins, expected);
    assert_eq!(ahead(Some(&index), &[dir.path()]).twins, expected);

    write(dir.path(), "json/boats.json", &debate("quotas")[1]);
    let expected = twins([["html/nets.htm", "json/nets.json"]]);
    assert_eq!(ahead(Some(&index), &[dir.path()]).twins, expected);
    assert_eq!(run_with(&index, &[dir.path()], false).0.twins, expected);

    fs::remove_dir_all(dir.path().join("html")).unwrap();
    assert_eq!(ahead(Some(&index), &[dir.path()]).twins, twins([]));
    assert_eq!(run_with(&index, &[dir.path()], false).0.twins, twins([]));
}

#[test]
fn a_name_alone_or_a_text_alone_makes_no_twins() {
    let dir = tempfile::tempdir().unwrap();
    let [page, records] = debate("nets");
    write(dir.path(), "a.html", &page);
    write(dir.path(), "a.json", &debate("boats")[1]);
    write(dir.path(), "another-name.json", &records);
    write(dir.path(), "copy/a.html", &page);
    let index = Index::in_memory().unwrap();
    assert_eq!(run_with(&index, &[dir.path()], false).0.twins, twins([]));
}

#[test]
fn what_was_taken_in_before_its_twin_came_is_looked_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let (old, new) = (dir.path().join("old"), dir.path().join("new"));
    let [page, records] = debate("nets");
    write(&old, "nets.html", &page);
    write(&new, "nets.json", &records);
    let index = Index::in_memory().unwrap();
    assert_eq!(run_with(&index, &[&old], false).0.twins, twins([]));
    let expected = twins([["nets.html", "nets.json"]]);
    assert_eq!(ahead(Some(&index), &[&new]).twins, expected);
    let (report, _) = run_with(&index, &[&new], false);
    assert_eq!(counts(&report), [1, 0, 0, 0, 0, 0, 8]);
    assert_eq!(report.twins, expected);
    // What it is like is in the index now, and the file is not needed.
    fs::rename(&old, dir.path().join("moved")).unwrap();
    assert_eq!(run_with(&index, &[&new], false).0.twins, expected);
}

#[test]
fn one_address_makes_twins_of_files_of_two_names() {
    let dir = tempfile::tempdir().unwrap();
    let url = "https://norland.example/speeches/1";
    let text =
        "Norland thanks all who came to the harbour, and all who could not come for the ice.";
    write(
        dir.path(),
        "page.html",
        &format!(
            "<html><head><link rel=canonical href=\"{url}\"></head><body><h1>A</h1><p>{text}</p></body></html>"
        ),
    );
    let line = |url: &str| {
        format!("{}\n", serde_json::json!({ "text": text, "source": { "url": url, "name": "x" } }))
    };
    write(dir.path(), "one.jsonl", &line(url));
    write(dir.path(), "other.jsonl", &line("https://norland.example/speeches/2"));
    let index = Index::in_memory().unwrap();
    let (report, problems) = run_with(&index, &[dir.path()], false);
    assert_eq!(report.twins, twins([["one.jsonl", "page.html"]]), "{problems:?}");
}

#[test]
fn archives_hold_twins_too() {
    use std::io::Write;
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in ["html", "json"].iter().zip(debate("nets")) {
        let file = fs::File::create(dir.path().join(format!("{name}.zip"))).unwrap();
        let mut zip = zip::ZipWriter::new(file);
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(format!("nets.{name}"), options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
        zip.finish().unwrap();
    }
    let index = Index::in_memory().unwrap();
    let expected = twins([["html.zip/nets.html", "json.zip/nets.json"]]);
    for _ in 0..2 {
        assert_eq!(run_with(&index, &[dir.path()], false).0.twins, expected);
    }
}
