//! What is committed stays, what is damaged is found and mended, and who is interrupted goes on.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use dixit_testkit::processes;

use crate::sandbox::Sandbox;

const DIXIT: &str = env!("CARGO_BIN_EXE_dixit");

#[test]
fn it_may_be_killed_at_any_moment() {
    let killed = processes::kill(Path::new(DIXIT), 25, 1);
    assert!(killed.killed > 5, "{killed:?}");
}

#[test]
fn processes_that_contend_lose_nothing() {
    let contended = processes::contend(Path::new(DIXIT), 4, 3, "60");
    assert_eq!((contended.done, contended.gave_up), (12, 0));
}

/// Spoils the largest file of the index's segments.
fn spoil(sandbox: &Sandbox) -> String {
    let folder = fs::read_dir(sandbox.path(".dixit")).unwrap().map(|entry| entry.unwrap().path());
    let segments = folder.filter(|path| path.is_dir()).max().unwrap();
    let files = fs::read_dir(segments).unwrap().map(|entry| entry.unwrap().path());
    let store =
        files.filter(|path| path.extension().is_some_and(|part| part == "store")).max().unwrap();
    let mut bytes = fs::read(&store).unwrap();
    bytes[20] ^= 0xff;
    fs::write(&store, bytes).unwrap();
    store.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn the_doctor_says_what_is_damaged_and_mends_it() {
    let sandbox = Sandbox::with_archive();
    let healthy = sandbox.run(&["doctor"]);
    assert_eq!(healthy.code, 0, "{}", healthy.out);
    assert!(healthy.out.contains("healthy") && healthy.out.contains("3 statements of 2 sources"));
    let nothing = sandbox.run(&["doctor", "--index", "elsewhere"]);
    assert_eq!(nothing.code, 2, "{}", nothing.out);
    assert!(nothing.out.contains("there is no index here"), "{}", nothing.out);

    let file = spoil(&sandbox);
    let searched = sandbox.run(&["search", "ships"]);
    assert_eq!(searched.code, 2);
    assert!(searched.err.contains("is damaged"), "{}", searched.err);
    assert!(searched.err.contains("run `dixit doctor`"), "{}", searched.err);
    assert!(!searched.err.contains("panicked"), "{}", searched.err);
    let damaged = sandbox.run(&["doctor"]);
    assert_eq!(damaged.code, 1);
    assert!(damaged.out.contains(&file), "{}", damaged.out);
    let json = sandbox.run(&["doctor", "--json"]).json();
    assert_eq!(json["health"], "damaged");
    assert!(json["findings"][0]["place"].as_str().unwrap().ends_with(&file));

    let mended = sandbox.run(&["doctor", "--repair"]);
    assert_eq!(mended.code, 0, "{}{}", mended.out, mended.err);
    assert!(mended.out.contains("healthy, 3 statements"), "{}", mended.out);
    assert_eq!(sandbox.run(&["search", "ships"]).code, 0);
    let after = sandbox.run(&["doctor"]);
    assert_eq!(after.code, 0, "{}", after.out);
    assert!(after.out.contains("set aside by a repair"), "{}", after.out);
    assert_eq!(sandbox.run(&["doctor", "--repair"]).code, 0, "nothing to mend");
}

#[test]
fn a_repair_takes_over_what_cannot_be_read_again_and_nothing_twice() {
    let sandbox = Sandbox::with_archive();
    let line = "{\"text\":\"Why does the quota fall?\",\"source\":{\"name\":\"fish.jsonl\"}}\n";
    sandbox.run_with(&["index", "-", "--name", "wire.jsonl"], line);
    // One file is away for now, as under a mount that is not there.
    fs::remove_file(sandbox.path("archive/ships.txt")).unwrap();
    let segments = fs::read_dir(sandbox.path(".dixit/segments-1")).unwrap();
    for file in segments.map(|entry| entry.unwrap().path()) {
        if file.extension().is_some_and(|part| part == "term") {
            fs::write(&file, "no terms").unwrap();
        }
    }
    let mended = sandbox.run(&["doctor", "--repair"]);
    assert_eq!(mended.code, 0, "{}{}", mended.out, mended.err);
    assert_eq!(sandbox.run(&["search", "ships"]).code, 0);
    let after = sandbox.run(&["doctor"]);
    assert_eq!(after.code, 0, "{}", after.out);
    assert!(!sandbox.path(".dixit/draft-2").exists());
}

#[test]
fn a_lost_manifest_is_no_lost_index() {
    let sandbox = Sandbox::with_archive();
    sandbox.run_with(&["index", "-", "--name", "wire.jsonl"], "{\"text\":\"Fish of the wire.\"}\n");
    fs::remove_file(sandbox.path(".dixit/dixit.json")).unwrap();
    assert_eq!(sandbox.run(&["doctor", "--index", ".dixit"]).code, 1);
    let ran = sandbox.run(&["index", "archive", "--index", ".dixit"]);
    assert_eq!(ran.code, 2, "it is not begun anew over what is there: {}", ran.out);
    let mended = sandbox.run(&["doctor", "--repair", "--index", ".dixit"]);
    assert_eq!(mended.code, 0, "{}{}", mended.out, mended.err);
    assert!(mended.out.contains("healthy, 4 statements"), "{}", mended.out);
}

#[test]
fn a_lost_manifest_takes_with_it_how_files_were_read() {
    let sandbox = Sandbox::new();
    sandbox.write("feed.jsonl", "{\"words\":\"Fish of the feed.\",\"text\":\"Other words.\"}\n");
    assert_eq!(sandbox.run(&["index", "feed.jsonl", "--map", "text=words"]).code, 0);
    fs::write(sandbox.path(".dixit/dixit.json"), "{").unwrap();
    let mended = sandbox.run(&["doctor", "--repair"]);
    assert_eq!(mended.code, 1, "{}{}", mended.out, mended.err);
    assert!(mended.out.contains("lost with the manifest") && mended.out.contains("feed.jsonl"));
    assert_eq!(sandbox.run(&["index", "feed.jsonl", "--map", "text=words"]).code, 0);
    assert_eq!(sandbox.run(&["search", "fish feed"]).code, 0);
}

#[test]
fn a_list_of_segments_that_is_lost_is_made_anew_and_nothing_counts_as_left_over() {
    let sandbox = Sandbox::with_archive();
    fs::remove_file(sandbox.path(".dixit/segments-1/meta.json")).unwrap();
    let report = sandbox.run(&["doctor", "--json"]).json();
    assert_eq!(report["health"], "damaged");
    assert_eq!(report["orphans"], serde_json::json!([]));
    let mended = sandbox.run(&["doctor", "--repair"]);
    assert_eq!(mended.code, 0, "{}{}", mended.out, mended.err);
    assert!(mended.out.contains("healthy, 3 statements"), "{}", mended.out);
}

#[test]
fn what_a_run_left_goes_and_what_is_not_ours_stays() {
    let sandbox = Sandbox::with_archive();
    let users = ["people.json", "segments-old/notes.txt", "notes/a.txt", "drafts.txt"];
    for name in users {
        sandbox.write(&format!(".dixit/{name}"), "mine");
    }
    // A rebuild that was killed.
    sandbox.write(".dixit/draft-2/meta.json", "{");
    let left = sandbox.run(&["doctor", "--json"]).json();
    assert_eq!(left["orphans"], serde_json::json!(["draft-2"]));
    sandbox.write("archive/new.txt", "More fish.");
    assert_eq!(sandbox.run(&["index", "archive"]).code, 0);
    assert!(!sandbox.path(".dixit/draft-2").exists());
    assert_eq!(sandbox.run(&["index", "archive", "--rebuild"]).code, 0);
    for name in users {
        assert!(sandbox.path(&format!(".dixit/{name}")).exists(), "{name}");
    }
}

#[test]
fn a_rebuild_over_a_manifest_that_does_not_read_keeps_the_old_segments() {
    let sandbox = Sandbox::with_archive();
    fs::write(sandbox.path(".dixit/dixit.json"), "spoilt").unwrap();
    // The index lies in the folder that is taken in.
    assert_eq!(sandbox.run(&["index", ".", "--rebuild"]).code, 0);
    let report = sandbox.run(&["doctor", "--json"]).json();
    assert_eq!(report["health"], "healthy");
    assert_eq!(report["statements"], 3, "its own files are no sources");
    assert_eq!(report["set_aside"], serde_json::json!(["segments-1"]));
}

#[test]
fn who_makes_an_index_waits_too() {
    let sandbox = Sandbox::new();
    sandbox.write("archive/a.txt", "Fish.");
    let mut first = start(&sandbox, &["index", "-", "--index", "new"]);
    for _ in 0..1_000 {
        std::thread::sleep(std::time::Duration::from_millis(10));
        if sandbox.path("new/dixit.lock").exists() {
            break;
        }
    }
    let mut second = start(&sandbox, &["index", "archive", "--index", "new", "--wait", "60"]);
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(second.try_wait().unwrap(), None, "it waits");
    first.stdin.take().unwrap().write_all(b"{\"text\":\"Fish of the wire.\"}\n").unwrap();
    assert_eq!(first.wait().unwrap().code(), Some(0));
    assert_eq!(second.wait().unwrap().code(), Some(0));
    let report = sandbox.run(&["doctor", "--json", "--index", "new"]).json();
    assert_eq!(report["statements"], 2);
}

#[test]
fn standard_input_that_is_empty_replaces_nothing() {
    let sandbox = Sandbox::with_archive();
    let line = "{\"text\":\"Fish of the wire.\"}\n";
    let twice = sandbox.run_with(&["index", "-", "-", "--name", "wire.jsonl"], line);
    assert_eq!(twice.code, 0, "{}{}", twice.out, twice.err);
    let empty = sandbox.run(&["index", "-", "--name", "wire.jsonl"]);
    assert_eq!(empty.code, 1);
    assert!(empty.err.contains("nothing came on standard input"), "{}", empty.err);
    assert_eq!(sandbox.run(&["search", "wire"]).code, 0);
    assert_eq!(sandbox.run(&["remove", "stdin:wire.jsonl"]).code, 0);
    let origins = sandbox.run(&["doctor", "--json"]).json()["origins"].clone();
    assert_eq!(origins.as_array().unwrap().len(), 1, "{origins}");
}

#[cfg(unix)]
#[test]
fn a_link_is_removed_by_its_own_path() {
    let sandbox = Sandbox::new();
    sandbox.write("archive/a.txt", "Fish in a.");
    sandbox.write("elsewhere/b.txt", "Fish in b.");
    let link = |to: &str, at: &str| {
        std::os::unix::fs::symlink(sandbox.path(to), sandbox.path(at)).unwrap();
    };
    link("elsewhere/b.txt", "archive/b.txt");
    link("archive", "same");
    sandbox.run(&["index", "archive"]);
    let removed = sandbox.run(&["remove", "archive/b.txt", "--json"]).json();
    assert!(removed["sources"][0].as_str().unwrap().ends_with("archive/b.txt"), "{removed}");
    let removed = sandbox.run(&["remove", "same/a.txt", "--json"]).json();
    assert!(removed["sources"][0].as_str().unwrap().ends_with("archive/a.txt"), "{removed}");
}

#[test]
fn a_repair_reads_as_it_was_read_and_keeps_what_no_file_states() {
    let sandbox = Sandbox::new();
    sandbox.write("feed.jsonl", "{\"words\":\"Fish of the feed.\"}\n");
    assert_eq!(sandbox.run(&["index", "feed.jsonl", "--map", "text=words"]).code, 0);
    let line = "{\"text\":\"Fish of the wire.\"}\n";
    assert_eq!(sandbox.run_with(&["index", "-", "--name", "wire.jsonl"], line).code, 0);
    // The columns are damaged; what is stored is not.
    let segments = fs::read_dir(sandbox.path(".dixit/segments-1")).unwrap();
    for file in segments.map(|entry| entry.unwrap().path()) {
        if file.extension().is_some_and(|part| part == "pos") {
            let mut bytes = fs::read(&file).unwrap();
            bytes[0] ^= 1;
            fs::write(&file, bytes).unwrap();
        }
    }
    assert_eq!(sandbox.run(&["doctor"]).code, 1);
    let mended = sandbox.run(&["doctor", "--repair", "--json"]);
    let json = mended.json();
    assert_eq!(json["repair"]["total"], 2, "{}{}", mended.out, mended.err);
    assert_eq!(json["repair"]["salvaged"], 1);
    assert_eq!(sandbox.run(&["search", "fish wire"]).code, 0);
    assert_eq!(sandbox.run(&["search", "fish feed"]).code, 0);
}

#[test]
fn sources_are_removed_by_path_folder_and_name() {
    let sandbox = Sandbox::with_archive();
    sandbox.write("more/a.txt", "Fish in a.");
    sandbox.write("more/b.txt", "Fish in b.");
    sandbox.run(&["index", "more"]);
    let unknown = sandbox.run(&["remove", "ships.txt", "none.txt"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("no source `none.txt`"), "{}", unknown.err);
    assert_eq!(sandbox.run(&["search", "ships"]).code, 0, "all of them or none");
    assert_eq!(sandbox.run(&["remove", "ships.txt"]).code, 0);
    assert_eq!(sandbox.run(&["search", "ships"]).code, 1);
    fs::remove_file(sandbox.path("more/a.txt")).unwrap();
    let removed = sandbox.run(&["remove", "more", "--json"]).json();
    assert_eq!(removed["statements"], 2, "also of a file that is gone");
    assert_eq!(sandbox.run(&["stats", "--json"]).json()["sources"], 1);
}

#[test]
fn what_was_not_meant_takes_nothing_away() {
    let sandbox = Sandbox::with_archive();
    assert_eq!(sandbox.run(&["remove", ""]).code, 2);
    assert_eq!(sandbox.run(&["index", "archive", "--exclude", ""]).code, 2);
    let typo = sandbox.run(&["index", "--rebuild", "archiv"]);
    assert_eq!(typo.code, 2);
    assert!(typo.err.contains("the index stays as it is"), "{}", typo.err);
    assert_eq!(sandbox.run(&["stats", "--json"]).json()["statements"], 3);
}

#[test]
fn a_dry_run_says_what_would_be_done_and_does_nothing() {
    let sandbox = Sandbox::with_archive();
    sandbox.write("archive/new.txt", "Fish.");
    sandbox.write("archive/x.xml", "<a/>");
    sandbox.write("archive/ships.txt", "Other words by now.");
    fs::remove_file(sandbox.path("archive/fish.jsonl")).unwrap();
    let dry = sandbox.run(&["index", "archive", "--dry-run", "-v"]);
    assert_eq!(dry.code, 1, "something has no reader");
    assert!(
        dry.out.contains("1 added, 1 changed, 0 same, 1 removed, 0 failed, 1 without"),
        "{}",
        dry.out
    );
    for line in ["added new.txt", "changed ships.txt"] {
        assert!(dry.err.contains(line), "{}", dry.err);
    }
    assert_eq!(sandbox.run(&["stats", "--json"]).json()["statements"], 3);
    let dry = sandbox.run(&["index", "archive", "--dry-run", "--index", "none", "--json"]).json();
    assert_eq!(dry["added"], 2);
    assert!(!sandbox.path("none").exists());
}

#[test]
fn another_writer_is_waited_for_and_then_named() {
    let sandbox = Sandbox::with_archive();
    let mut holder = start(&sandbox, &["index", "-", "--name", "slow.jsonl"]);
    wait_for_lock(&sandbox);
    let second = sandbox.run(&["index", "archive", "--wait", "0.1"]);
    assert_eq!(second.code, 2);
    let pid = format!("process {} (dixit)", holder.id());
    assert!(second.err.contains(&pid), "{}", second.err);
    assert_eq!(sandbox.run(&["search", "ships"]).code, 0, "reading waits for nobody");
    assert_eq!(sandbox.run(&["index", "archive", "--dry-run"]).code, 0);
    #[cfg(unix)]
    {
        let mut waiting = start(&sandbox, &["index", "archive", "--wait", "60"]);
        std::thread::sleep(std::time::Duration::from_millis(500));
        signal(&waiting, "-INT");
        assert_eq!(waiting.wait().unwrap().code(), Some(130), "also while it waits");
    }
    drop(holder.stdin.take());
    holder.wait().unwrap();
    assert_eq!(sandbox.run(&["index", "archive", "--wait", "0.1"]).code, 0);
}

fn start(sandbox: &Sandbox, args: &[&str]) -> Child {
    Command::new(DIXIT)
        .args(args)
        .current_dir(sandbox.path("."))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Until someone has written their name into the lock.
fn wait_for_lock(sandbox: &Sandbox) {
    for _ in 0..1_000 {
        std::thread::sleep(std::time::Duration::from_millis(10));
        // Taking the lock here would be in the way; whoever has it answers `index` so.
        let tried = sandbox.run(&["remove", "none", "--wait", "0"]);
        if tried.err.contains("is writing to the index") {
            return;
        }
    }
    panic!("nobody took the lock");
}

#[cfg(unix)]
fn signal(child: &Child, name: &str) {
    Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
}

#[cfg(unix)]
#[test]
fn who_is_interrupted_goes_on() {
    let sandbox = Sandbox::new();
    let mut lines = String::new();
    for n in 0..30_000 {
        lines += &format!("{{\"text\":\"Statement {n} on fish.\",\"date\":\"2024\"}}\n");
    }
    sandbox.write("many.jsonl", &lines);
    let mut child = start(&sandbox, &["index", "many.jsonl", "-v", "--commit-every", "500"]);
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.starts_with("committed") {
        line.clear();
        assert_ne!(said.read_line(&mut line).unwrap(), 0);
    }
    signal(&child, "-TERM");
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut said, &mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(143), "{rest}");
    assert!(rest.contains("the next run goes on"), "{rest}");
    let there = sandbox.run(&["stats", "--json"]).json()["statements"].as_u64().unwrap();
    assert!((500..30_000).contains(&there), "{there}");
    assert_eq!(sandbox.run(&["doctor"]).code, 0);

    let report = sandbox.run(&["index", "many.jsonl", "--json"]).json();
    assert_eq!(report["total"], 30_000);
    assert_eq!(report["statements"].as_u64().unwrap(), 30_000 - there, "only the rest is taken in");
    let same = sandbox.run(&["index", "many.jsonl", "--json", "--checksum"]).json();
    assert_eq!(same["same"], 1);

    // What stands there in the middle is another text by now: begun anew, nothing twice.
    let mut child = start(&sandbox, &["index", "-", "--name", "wire.jsonl"]);
    child.stdin.as_mut().unwrap().write_all(b"{\"text\":\"Fish on the wire.\"}\n").unwrap();
    wait_for_lock(&sandbox);
    signal(&child, "-INT");
    assert_eq!(child.wait().unwrap().code(), Some(130), "also while it waits for input");
    assert_eq!(sandbox.run(&["stats", "--json"]).json()["statements"], 30_000);
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error_and_a_closed_pipe_is_none() {
    let sandbox = Sandbox::with_archive();
    let id = sandbox.run(&["search", "ships", "--json"]).json()["hits"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let commands: [&[&str]; 12] = [
        &["search", "ships"],
        &["search", "ships", "--json"],
        &["show", &id],
        &["show", &id, "--source"],
        &["stats"],
        &["formats"],
        &["doctor"],
        &["doctor", "--json"],
        &["inspect", "archive/ships.txt"],
        &["completions", "bash"],
        &["index", "archive"],
        &["index", "archive", "--json"],
    ];
    let unheard = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status = Command::new(DIXIT)
        .args(["index", "none", "archive"])
        .current_dir(sandbox.path("."))
        .stdout(Stdio::null())
        .stderr(unheard)
        .status();
    assert_eq!(status.unwrap().code(), Some(1), "nobody hears the problem, and that is all");
    for args in commands {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let ran = Command::new(DIXIT)
            .args(args)
            .current_dir(sandbox.path("."))
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(ran.status.code(), Some(2), "{args:?}");
        assert!(String::from_utf8_lossy(&ran.stderr).contains("No space left"), "{args:?}");
        let mut child = start(&sandbox, args);
        drop(child.stdout.take());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_may_not_grow_is_an_error_and_costs_nothing() {
    let sandbox = Sandbox::with_archive();
    let mut lines = String::new();
    for n in 0..20_000 {
        lines += &format!("{{\"text\":\"Statement {n} on fish number {}.\"}}\n", n * 7919);
    }
    sandbox.write("many.jsonl", &lines);
    let run = |limit: &str| {
        let command = format!("ulimit -f {limit}; exec {DIXIT} index many.jsonl");
        Command::new("sh").args(["-c", &command]).current_dir(sandbox.path(".")).output().unwrap()
    };
    let limited = run("100");
    let said = String::from_utf8_lossy(&limited.stderr);
    assert_eq!(limited.status.code(), Some(2), "{said}");
    assert!(said.contains("File too large") && said.contains("make room"), "{said}");
    assert_eq!(sandbox.run(&["doctor"]).code, 0);
    assert_eq!(sandbox.run(&["stats", "--json"]).json()["statements"], 3);
    assert_eq!(run("unlimited").status.code(), Some(0));
    let json = sandbox.run(&["doctor", "--json"]).json();
    assert_eq!(
        (&json["statements"], json["orphans"].as_array().unwrap().len()),
        (&20_003.into(), 0)
    );
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_taken_in_and_two_stay_two() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::new();
    sandbox.write("archive/plain.txt", "Fish in plain.");
    for byte in [0xfe, 0xff] {
        let name = [b"a", &[byte][..], b".txt"].concat();
        fs::write(sandbox.path("archive").join(OsStr::from_bytes(&name)), format!("Fish {byte}."))
            .unwrap();
    }
    let report = sandbox.run(&["index", "archive", "--json"]).json();
    assert_eq!(report["total"], 3);
    let report = sandbox.run(&["index", "archive", "--json", "--checksum"]).json();
    assert_eq!(report["same"], 3);
    let drift = sandbox.run(&["doctor", "--json"]).json()["drift"].clone();
    assert_eq!(drift["same"], 3, "{drift}");
    let hits = sandbox.run(&["search", "fish 255", "--json"]).json();
    let id = hits["hits"][0]["id"].as_str().unwrap_or_else(|| panic!("{hits}"));
    assert_eq!(sandbox.run(&["show", id, "--source"]).out, "Fish 255.");
}
