//! An index kept in step with files.

use std::fs;
use std::path::Path;

use dixit::{Index, SearchRequest, WriterOptions};
use dixit_sources::{Event, Report, Root, SyncOptions, sync};

/// Files are written shortly after another here, so that only their bytes tell them apart.
fn run(index: &Index, paths: &[&Path]) -> (Report, Vec<String>) {
    run_with(index, paths, true)
}

pub(crate) fn run_with(index: &Index, paths: &[&Path], checksum: bool) -> (Report, Vec<String>) {
    let options = SyncOptions {
        writer: WriterOptions { memory: 15_000_000, threads: 1, ..WriterOptions::default() },
        checksum,
        ..SyncOptions::default()
    };
    let roots: Vec<_> = paths.iter().map(|path| Root::Path(path.to_path_buf())).collect();
    let mut problems = Vec::new();
    let report = sync(index, &roots, &options, &mut |event| {
        if let Event::Problem(problem) = event {
            problems.push(problem.to_string());
        }
    });
    (report.unwrap(), problems)
}

/// Added, changed, same, removed, failed, without a reader; statements in the index.
pub(crate) fn counts(report: &Report) -> [u64; 7] {
    let Report { added, changed, same, removed, failed, unread, total, .. } = *report;
    [added, changed, same, removed, failed, unread, total]
}

fn names(index: &Index) -> Vec<String> {
    let answer = index.search(&SearchRequest::new("*").limit(100)).unwrap();
    let mut names: Vec<_> = answer.hits.into_iter().map(|hit| hit.statement.source.name).collect();
    names.sort();
    names
}

#[test]
fn unchanged_changed_vanished_and_unreadable_sources() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("archive");
    fs::create_dir_all(root.join("sub")).unwrap();
    let write = |name: &str, text: &str| fs::write(root.join(name), text).unwrap();
    write("a.txt", "The first text of all.");
    write("sub/b.jsonl", "{\"text\":\"one\"}\n{\"text\":\"two\"}\nnonsense\n");
    write("c.xml", "<menu/>");
    write(".hidden.txt", "Hidden.");
    let index = Index::in_memory().unwrap();

    let (report, problems) = run(&index, &[&root]);
    assert_eq!(counts(&report), [2, 0, 0, 0, 0, 1, 3]);
    assert_eq!(report.problems.left_out, 2);
    assert!(
        problems.iter().any(|problem| problem.starts_with("sub/b.jsonl:3: not a JSON object")),
        "{problems:?}"
    );
    assert_eq!(names(&index), ["a.txt", "sub/b.jsonl", "sub/b.jsonl"]);
    assert_eq!(report.formats["jsonl"].statements, 2);

    let (report, _) = run(&index, &[&root]);
    assert_eq!(counts(&report), [0, 0, 2, 0, 0, 1, 3], "a second run changes nothing");

    write("a.txt", "Another text.");
    fs::remove_file(root.join("sub/b.jsonl")).unwrap();
    let (report, _) = run(&index, &[&root]);
    assert_eq!(counts(&report), [0, 1, 0, 1, 0, 1, 1]);

    // Only what lies under the given paths can be gone, and a path that is missing is not empty.
    write("d.txt", "Words of another file.");
    run(&index, &[&root]);
    let elsewhere = dir.path().join("elsewhere");
    let (report, problems) = run(&index, &[&elsewhere, &root.join("sub")]);
    assert_eq!(counts(&report), [0, 0, 0, 0, 1, 0, 2]);
    assert_eq!(problems.len(), 1);
    fs::rename(&root, dir.path().join("moved")).unwrap();
    let (report, _) = run(&index, &[&root]);
    assert_eq!(counts(&report), [0, 0, 0, 0, 1, 0, 2], "a missing root is failed, never removed");
}

#[test]
fn the_same_document_under_two_roots_is_held_once() {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (dir.path().join("one"), dir.path().join("two"));
    for root in [&one, &two] {
        fs::create_dir(root).unwrap();
        fs::write(root.join("a.txt"), "The same words of the same name.").unwrap();
    }
    let index = Index::in_memory().unwrap();
    let (report, problems) = run(&index, &[&one, &two]);
    assert_eq!((report.added, report.total), (2, 1));
    assert!(problems[0].contains("kept once"), "{problems:?}");
    let (report, _) = run(&index, &[&one, &two]);
    assert_eq!((report.same, report.total), (2, 1));
    // When the one that holds it goes, the other takes its place.
    fs::remove_file(one.join("a.txt")).unwrap();
    let (report, _) = run(&index, &[&one, &two]);
    assert_eq!((report.removed, report.total), (1, 1));
}

#[test]
fn files_can_be_passed_over() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["a.txt", "b.txt", "c.txt"] {
        fs::write(dir.path().join(name), format!("Words of {name}.")).unwrap();
    }
    fs::write(dir.path().join(".dixitignore"), "b.txt\n").unwrap();
    let index = Index::in_memory().unwrap();
    let options = SyncOptions { exclude: vec!["c.*".into()], ..SyncOptions::default() };
    sync(&index, &[Root::Path(dir.path().into())], &options, &mut |_| {}).unwrap();
    assert_eq!(names(&index), ["a.txt"]);
}

#[test]
fn a_line_that_passes_nothing_over_is_told() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.txt"), "Words.").unwrap();
    fs::write(dir.path().join("b.txt"), "Other words.").unwrap();
    fs::write(dir.path().join(".dixitignore"), "a{b\nb.txt\n").unwrap();
    let index = Index::in_memory().unwrap();
    let (_, problems) = run(&index, &[dir.path()]);
    assert_eq!(names(&index), ["a.txt"], "the other lines hold");
    assert!(problems.len() == 1 && problems[0].contains("a{b"), "{problems:?}");
}

#[test]
fn a_file_is_no_index_because_of_its_name() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("dixit.json"), "{\"text\":\"Words.\"}").unwrap();
    fs::write(dir.path().join("a.txt"), "Other words.").unwrap();
    let index = Index::in_memory().unwrap();
    let (_, problems) = run(&index, &[dir.path()]);
    let is_told = problems.iter().any(|problem| problem.contains("dixit.json"));
    assert!(names(&index).contains(&"a.txt".to_owned()) && (is_told || names(&index).len() == 2));
}

#[test]
fn a_file_that_was_only_touched_is_looked_through_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.txt");
    let long_ago = |days: u64| {
        let time = std::time::SystemTime::now() - std::time::Duration::from_secs(days * 86_400);
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    };
    fs::write(&path, "Words.").unwrap();
    long_ago(20);
    let index = Index::in_memory().unwrap();
    run(&index, &[dir.path()]);
    let print = || index.searcher().unwrap().sources().unwrap()[0].fingerprint.clone();
    let before = print();
    long_ago(10);
    let (report, _) = run(&index, &[dir.path()]);
    assert_eq!((report.same, report.changed), (1, 0));
    let renewed = print();
    assert_ne!(renewed, before);
    run(&index, &[dir.path()]);
    assert_eq!(print(), renewed);
}

#[cfg(unix)]
#[test]
fn links_and_pipes_do_not_trap_a_walk() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("root");
    fs::create_dir(&root).unwrap();
    fs::write(root.join("a.txt"), "Words.").unwrap();
    std::os::unix::fs::symlink(&root, root.join("loop")).unwrap();
    std::process::Command::new("mkfifo").arg(root.join("pipe.txt")).status().unwrap();
    let index = Index::in_memory().unwrap();
    let (report, problems) = run(&index, &[&root]);
    assert_eq!(report.total, 1);
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_source_that_cannot_be_read_any_more_stays_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.txt");
    fs::write(&path, "Words of a file.").unwrap();
    let index = Index::in_memory().unwrap();
    run(&index, &[dir.path()]);
    // A file of the system's that opens and fails when it is read.
    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink("/proc/self/mem", &path).unwrap();
    let (report, problems) = run(&index, &[dir.path()]);
    assert_eq!(counts(&report), [0, 0, 0, 0, 1, 0, 1], "{problems:?}");
    assert_eq!(names(&index), ["a.txt"]);
}

#[test]
fn a_source_that_is_read_otherwise_is_read_again() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.jsonl"), "{\"text\":\"one\",\"words\":\"two\"}\n").unwrap();
    let index = Index::in_memory().unwrap();
    run(&index, &[dir.path()]);
    let mut options = SyncOptions::default();
    options.read.fields = "text=words".parse().unwrap();
    let roots = [Root::Path(dir.path().into())];
    let report = sync(&index, &roots, &options, &mut |_| {}).unwrap();
    assert_eq!((report.changed, report.total), (1, 1));
    assert_eq!(index.search(&SearchRequest::new("two")).unwrap().total, 1);
    let how = &index.origins().unwrap()[0].how;
    assert!(how.contains("text=words"), "what a repair would go by: {how}");
}

#[test]
fn a_new_source_is_committed_bit_by_bit_and_one_that_replaces_another_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.jsonl");
    let write = |version: u32| {
        let line = |n| format!("{{\"text\":\"version {version} statement {n}\"}}\n");
        fs::write(&path, (0..1_000).map(line).collect::<String>()).unwrap();
    };
    write(1);
    let index = Index::in_memory().unwrap();
    let options = SyncOptions { commit_statements: 300, checksum: true, ..SyncOptions::default() };
    let roots = [Root::Path(dir.path().into())];
    let commits = |index: &Index| {
        let mut commits = Vec::new();
        let report = sync(index, &roots, &options, &mut |event| {
            if let Event::Committed { total, .. } = event {
                commits.push(total);
            }
        });
        (report.unwrap().total, commits)
    };
    assert_eq!(commits(&index), (1_000, vec![300, 600, 900, 1_000]));
    write(2);
    assert_eq!(commits(&index), (1_000, vec![1_000]), "the old state or the new one");
    assert_eq!(index.search(&SearchRequest::new("\"version 2\"")).unwrap().total, 1_000);
}

#[test]
fn a_source_that_changed_behind_what_was_taken_in_is_begun_anew() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.jsonl");
    let write = |first: &str| {
        let line = |n| format!("{{\"text\":\"{first} {n}\"}}\n");
        fs::write(&path, (0..1_000).map(line).collect::<String>()).unwrap();
    };
    write("one");
    let index = Index::in_memory().unwrap();
    let options = SyncOptions { commit_statements: 300, ..SyncOptions::default() };
    let roots = [Root::Path(dir.path().into())];
    // Stopped after the first commit.
    let stopped = sync(&index, &roots, &options, &mut |event| {
        if let Event::Committed { .. } = event {
            options.stop.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    });
    assert!(stopped.unwrap_err().to_string().contains("300 statements"));
    let known = index.searcher().unwrap().sources().unwrap().remove(0);
    assert_eq!((known.statements, known.partial.unwrap().records), (300, 300));
    write("two");
    options.stop.store(false, std::sync::atomic::Ordering::Relaxed);
    let report = sync(&index, &roots, &options, &mut |_| {}).unwrap();
    assert_eq!(report.total, 1_000);
    assert_eq!(index.search(&SearchRequest::new("one")).unwrap().total, 0);
}

/// A statement that two sources state stays as long as one of them does.
#[test]
fn a_twin_takes_the_place_of_one_that_changed_or_moved_or_went_elsewhere() {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (dir.path().join("one"), dir.path().join("two"));
    let write = |root: &Path, name: &str, text: &str| {
        fs::create_dir_all(root).unwrap();
        fs::write(root.join(name), text).unwrap();
    };
    let herring = |index: &Index| index.search(&SearchRequest::new("herring")).unwrap().total;
    for root in [&one, &two] {
        write(root, "a.txt", "Herring of the first file.");
    }
    let index = Index::in_memory().unwrap();
    run(&index, &[&one, &two]);
    write(&one, "a.txt", "Quite other words.");
    run(&index, &[&one, &two]);
    assert_eq!(herring(&index), 1, "the one that held it changed");

    // Gone in a run over one root, found again in the next over the other.
    let index = Index::in_memory().unwrap();
    write(&one, "a.txt", "Herring of the first file.");
    run(&index, &[&two]);
    run(&index, &[&one]);
    fs::remove_file(two.join("a.txt")).unwrap();
    run(&index, &[&two]);
    run(&index, &[&one]);
    assert_eq!(herring(&index), 1);
    assert_eq!(counts(&run(&index, &[&one]).0)[2], 1, "and then it is the same");

    // Moved into a file that is read before.
    let index = Index::in_memory().unwrap();
    let three = dir.path().join("three");
    let line = "{\"text\":\"Herring moved.\",\"url\":\"http://example.org/1\"}\n";
    let other = "{\"text\":\"Cod.\",\"url\":\"http://example.org/2\"}\n";
    write(&three, "b.jsonl", &format!("{line}{other}"));
    run(&index, &[&three]);
    write(&three, "a.jsonl", line);
    write(&three, "b.jsonl", other);
    run(&index, &[&three]);
    assert_eq!(herring(&index), 1);
}

#[test]
fn a_file_is_read_again_when_the_list_of_persons_beside_it_changes() {
    let dir = tempfile::tempdir().unwrap();
    let list = dir.path().join("X-listPerson.xml");
    let person = |name: &str| {
        format!(
            "<listPerson xmlns=\"http://www.tei-c.org/ns/1.0\"><person xml:id=\"p\"><persName>{name}</persName></person></listPerson>"
        )
    };
    let debate = "<TEI><text><body><u who=\"#p\">Words.</u></body></text></TEI>";
    fs::create_dir(dir.path().join("2024")).unwrap();
    fs::write(dir.path().join("2024/X_1.xml"), debate).unwrap();
    fs::write(&list, person("Ada Rask")).unwrap();
    let index = Index::in_memory().unwrap();
    let found = |speaker: &str| {
        let query = format!("speaker:\"{speaker}\"");
        index.search(&SearchRequest::new(&query)).unwrap().total
    };
    run(&index, &[dir.path()]);
    assert_eq!(found("Ada Rask"), 1);
    let (report, _) = run(&index, &[dir.path()]);
    assert_eq!((report.same, report.changed), (2, 0));
    fs::write(&list, person("Ada Holm-Rask")).unwrap();
    let (report, _) = run(&index, &[dir.path()]);
    assert_eq!((report.same, report.changed), (0, 2), "the list, and the debate that uses it");
    assert_eq!(found("Ada Holm-Rask"), 1);
}
