//! The guide as a newcomer follows it: each of its commands, in its order, from the root of the repository.

use std::path::Path;

use crate::sandbox::Sandbox;

/// A command line as a shell takes it apart: words, and what stands in single quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for c in line.chars() {
        match c {
            '\'' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words
}

#[test]
fn every_command_of_the_guide_does_what_it_says() {
    let root = std::path::absolute(Path::new("../..")).unwrap();
    let guide = std::fs::read_to_string(root.join("GUIDE.md")).unwrap();
    let sandbox = Sandbox::new();
    let mut count = 0;
    for line in guide.lines().filter_map(|line| line.strip_prefix("dixit ")) {
        let args: Vec<String> = words(line)
            .into_iter()
            .map(|word| match word.starts_with("examples/") || word.starts_with("crates/") {
                true => root.join(word).to_string_lossy().into_owned(),
                false => word,
            })
            .collect();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let ran = sandbox.run(&args);
        // One file of the samples is told of; that is 1 for `index`.
        let may_be = if args[0] == "index" { 1 } else { 0 };
        assert!((0..=may_be).contains(&ran.code), "dixit {line}: {}{}", ran.out, ran.err);
        assert!(!ran.out.is_empty() || !ran.err.is_empty(), "dixit {line}: {}{}", ran.out, ran.err);
        count += 1;
    }
    assert!(count >= 10, "{count} commands in the guide");
}

/// The examples of `dixit search --help`, asked of the samples.
#[test]
fn every_example_of_the_help_of_search_does_what_it_says() {
    let root = std::path::absolute(Path::new("../..")).unwrap();
    let sandbox = Sandbox::new();
    let samples = root.join("examples/statements").to_string_lossy().into_owned();
    assert!((0..=1).contains(&sandbox.run(&["index", &samples]).code));
    let help = sandbox.run(&["search", "--help"]).out;
    let examples: Vec<&str> =
        help.lines().filter_map(|line| line.strip_prefix("  dixit search ")).collect();
    assert!(examples.len() >= 5, "{help}");
    for line in examples {
        let line = line.replace("examples/statements", &samples);
        let double = if line.starts_with('"') { line.replacen('"', "'", 2) } else { line };
        let args = words(&double);
        let args: Vec<&str> =
            std::iter::once("search").chain(args.iter().map(String::as_str)).collect();
        let ran = sandbox.run(&args);
        // What the samples do not hold is not found, which is no error.
        assert!((0..=1).contains(&ran.code), "{args:?}: {}{}", ran.out, ran.err);
        assert!(!ran.err.contains("note:"), "{args:?}: {}", ran.err);
    }
}
