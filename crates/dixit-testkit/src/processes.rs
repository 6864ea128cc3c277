//! The real program: killed at random moments, contending for an index, read from while it writes, and
//! given a million statements.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use dixit::{Examination, Health, Index, SearchRequest, Statement};

use crate::history::{small, statement};
use crate::random::Random;

/// What each source of an index holds: which version of it, and how many statements of that.
type Sources = BTreeMap<String, (u64, u64)>;

/// What came of killing.
#[derive(Debug, Default, Clone, Copy)]
pub struct Killed {
    /// Runs that were begun.
    pub rounds: u64,
    /// Runs that were killed before their end.
    pub killed: u64,
    /// Runs that had told a commit before they were killed.
    pub told: u64,
    /// Runs after which a new source was there in part.
    pub partial: u64,
}

/// An archive of files that change from round to round.
struct Archive {
    folder: PathBuf,
    files: Sources,
    version: u64,
}

impl Archive {
    fn write(&mut self, name: &str, statements: u64) {
        self.version += 1;
        let mut text = String::new();
        for n in 0..statements {
            text += &format!(
                "{{\"text\":\"version {} statement {n} of {name} on fish quotas\"}}\n",
                self.version
            );
        }
        fs::write(self.folder.join(name), text).unwrap();
        self.files.insert(name.to_owned(), (self.version, statements));
    }

    /// Adds, replaces and removes files.
    fn change(&mut self, random: &mut Random) {
        for _ in 0..1 + random.below(6) {
            let name = format!("file-{:02}.jsonl", random.below(24));
            if self.files.contains_key(&name) && random.below(4) == 0 {
                fs::remove_file(self.folder.join(&name)).unwrap();
                self.files.remove(&name);
            } else {
                // Mostly small ones, sometimes one that takes several commits.
                let statements = if random.below(5) == 0 { 150 } else { 1 + random.below(30) };
                self.write(&name, statements);
            }
        }
    }
}

/// What an index holds, by source; a source may not be a mixture of two versions.
fn sources(index: &Path, what: &str) -> Sources {
    let mut sources = Sources::new();
    let Ok(index) = Index::open(index) else { return sources };
    let answer = index.search(&SearchRequest::new("*").limit(10_000)).unwrap();
    let mut seen: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    for hit in answer.hits {
        let mut words = hit.statement.text.split(' ');
        let version: u64 = words.nth(1).unwrap().parse().unwrap();
        let number: u64 = words.nth(1).unwrap().parse().unwrap();
        let name = hit.statement.source.name;
        let known = sources.entry(name.clone()).or_insert((version, 0));
        assert_eq!(known.0, version, "{what}: {name} is a mixture");
        known.1 += 1;
        assert!(seen.entry(name).or_default().insert(number), "{what}: twice");
    }
    for (name, numbers) in seen {
        let whole = numbers.iter().copied().eq(0..numbers.len() as u64);
        assert!(whole, "{what}: {name} has gaps");
    }
    sources
}

fn spawn(program: &Path, folder: &Path, index: &Path) -> Child {
    Command::new(program)
        .args([
            "index",
            "-v",
            "--threads",
            "1",
            "--memory",
            "64M",
            "--commit-every",
            "40",
            "--wait",
            "30",
        ])
        .arg(folder)
        .arg("--index")
        .arg(index)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Kills `dixit index` at random moments, again and again on one index.
///
/// # Panics
/// When anything that was told as committed is not there, or anything is there by half.
#[must_use]
pub fn kill(program: &Path, rounds: u64, seed: u64) -> Killed {
    let dir = tempfile::tempdir().unwrap();
    let (folder, index) = (dir.path().join("archive"), dir.path().join("index"));
    fs::create_dir(&folder).unwrap();
    let mut archive = Archive { folder, files: Sources::new(), version: 0 };
    let mut random = Random::new(seed);
    let mut killed = Killed::default();
    // How long a whole run takes here and now.
    let mut usual = Duration::from_millis(100);
    let mut before = Sources::new();
    for round in 0..rounds {
        let what = format!("seed {seed}, round {round}");
        archive.change(&mut random);
        let begun = Instant::now();
        let mut child = spawn(program, &archive.folder, &index);
        let is_whole = random.below(16) == 0;
        let stderr = child.stderr.take().unwrap();
        let reader = std::thread::spawn(move || -> Vec<String> {
            BufReader::new(stderr).lines().map_while(Result::ok).collect()
        });
        if !is_whole {
            let limit = usual.as_micros() as u64 * 3 / 2;
            std::thread::sleep(Duration::from_micros(random.below(limit.max(1))));
            // SIGKILL: nothing can be done about it.
            child.kill().unwrap();
        }
        let status = child.wait().unwrap();
        let lines = reader.join().unwrap();
        killed.rounds += 1;
        if status.success() {
            usual = (usual * 7 + begun.elapsed()) / 8;
        } else {
            killed.killed += 1;
            assert!(status.code().is_none(), "{what}: it failed by itself: {lines:?}");
        }
        let after = check_round(&archive, &before, &index, &lines, &mut killed, &what);
        if status.success() {
            assert_eq!(after, archive.files, "{what}: a whole run");
            let examination = Examination::of(&index);
            assert!(examination.orphans.is_empty(), "{what}: left over {:?}", examination.orphans);
        }
        before = after;
    }
    killed
}

fn check_round(
    archive: &Archive,
    before: &Sources,
    index: &Path,
    lines: &[String],
    killed: &mut Killed,
    what: &str,
) -> Sources {
    let after = sources(index, what);
    // What was told before the last commit that was told is there for good.
    let last = lines.iter().rposition(|line| line.starts_with("committed "));
    let told: BTreeSet<&str> = lines[..last.unwrap_or(0)]
        .iter()
        .filter_map(|line| line.split_once(' '))
        .filter(|(change, _)| ["added", "changed", "removed"].contains(change))
        .map(|(_, name)| name.rsplit('/').next().unwrap())
        .collect();
    killed.told += u64::from(last.is_some());
    let names: BTreeSet<&String> =
        before.keys().chain(after.keys()).chain(archive.files.keys()).collect();
    for name in names {
        let (old, new, is) = (before.get(name), archive.files.get(name), after.get(name));
        if told.contains(name.as_str()) {
            assert_eq!(is, new, "{what}: {name} was told as committed");
        } else if is != old && is != new {
            // A new source may be there in part; its first statements, in their order.
            let in_part = match (old, new, is) {
                (None, Some((version, all)), Some((is_version, some))) => {
                    version == is_version && some < all
                }
                // It was there in part of this version, and is in larger part.
                (Some((old_version, old)), Some((version, all)), Some((is_version, some))) => {
                    version == is_version && old_version == version && old <= some && some <= all
                }
                _ => false,
            };
            assert!(in_part, "{what}: {name} was {old:?}, is to be {new:?}, is {is:?}");
            killed.partial += 1;
        }
    }
    if Index::exists(index) {
        let examination = Examination::of(index);
        assert_eq!(examination.health, Health::Healthy, "{what}: {:?}", examination.findings);
    } else {
        assert!(before.is_empty() && last.is_none(), "{what}: the index is gone");
    }
    after
}

/// What came of contending.
#[derive(Debug, Default, Clone, Copy)]
pub struct Contended {
    /// Runs that took their file in.
    pub done: u64,
    /// Runs that gave up waiting and said so.
    pub gave_up: u64,
}

/// Lets processes write to one index at the same time, each its own files. What a run that succeeded took
/// in is there; a run that gave up names who was in the way.
///
/// # Panics
/// When a batch is lost.
#[must_use]
pub fn contend(program: &Path, processes: u64, runs: u64, wait: &str) -> Contended {
    let dir = tempfile::tempdir().unwrap();
    let index = dir.path().join("index");
    let done = std::sync::Mutex::new(BTreeSet::new());
    let gave_up = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for process in 0..processes {
            let (dir, index, done, gave_up) = (dir.path(), &index, &done, &gave_up);
            scope.spawn(move || {
                for run in 0..runs {
                    let name = format!("file-{process}-{run}.txt");
                    let file = dir.join(&name);
                    fs::write(&file, format!("The words of {name}, on fish.\n")).unwrap();
                    let output = Command::new(program)
                        .args(["index", "--threads", "1", "--memory", "64M", "--wait", wait])
                        .arg(&file)
                        .arg("--index")
                        .arg(index)
                        .output()
                        .unwrap();
                    let said = String::from_utf8_lossy(&output.stderr);
                    match output.status.code() {
                        Some(0) => {
                            done.lock().unwrap().insert(name);
                        }
                        Some(2) => {
                            assert!(
                                said.contains("process ") && said.contains("is writing"),
                                "{said}"
                            );
                            gave_up.fetch_add(1, Ordering::Relaxed);
                        }
                        other => panic!("{other:?}: {said}"),
                    }
                }
            });
        }
    });
    let done = done.into_inner().unwrap();
    let answer =
        Index::open(&index).unwrap().search(&SearchRequest::new("fish").limit(10_000)).unwrap();
    let there: BTreeSet<String> =
        answer.hits.into_iter().map(|hit| hit.statement.source.name).collect();
    assert_eq!(there, done, "what was told as done is there, and nothing else");
    let examination = Examination::of(&index);
    assert_eq!(examination.health, Health::Healthy, "{:?}", examination.findings);
    Contended { done: done.len() as u64, gave_up: gave_up.into_inner() }
}

/// What came of reading while a writer commits.
#[derive(Debug, Default, Clone, Copy)]
pub struct ReadWhile {
    /// Commits that were made.
    pub commits: u64,
    /// Answers of this process's threads.
    pub answers: u64,
    /// Answers of other processes.
    pub answers_of_others: u64,
}

/// Sources that every commit replaces, all of them.
const REPLACED: u64 = 12;

/// Reads from an index until a file appears: every answer is of one commit, and none of an older one
/// than the last. The number of answers.
///
/// # Panics
/// When an answer is of no commit.
#[must_use]
pub fn read_until(index: &Path, stop: &dyn Fn() -> bool) -> u64 {
    let index = Index::open(index).unwrap();
    let (mut last, mut answers) = (0, 0);
    while !stop() {
        let answer = index.search(&SearchRequest::new("generation fish").limit(100)).unwrap();
        let generations: BTreeSet<u64> = answer
            .hits
            .iter()
            .map(|hit| hit.statement.text.split(' ').nth(1).unwrap().parse().unwrap())
            .collect();
        assert_eq!(answer.total, REPLACED, "half a commit");
        assert_eq!(answer.hits.len() as u64, REPLACED);
        assert_eq!(generations.len(), 1, "a mixture of {generations:?}");
        let generation = *generations.first().unwrap();
        assert!(generation >= last, "{generation} after {last}");
        last = generation;
        answers += 1;
    }
    answers
}

/// Commits so often while threads of this process and other processes read. `other` is this program with
/// the arguments that let it [read until](read_until) the file that follows the index exists.
///
/// # Panics
/// When an answer is of no commit.
#[must_use]
pub fn read_while_writing(commits: u64, threads: u64, others: u64, other: &Path) -> ReadWhile {
    let dir = tempfile::tempdir().unwrap();
    let (path, stop_file) = (dir.path().join("index"), dir.path().join("stop"));
    let index = Index::create(&path).unwrap();
    let mut writer = index.writer(&small()).unwrap();
    let commit = |writer: &mut dixit::Writer, generation: u64| {
        for source in 0..REPLACED {
            let key = format!("source-{source}");
            writer.remove_source(&key);
            let text = format!("Generation {generation} of {key}, on fish.");
            writer.add(&statement(&key, &text)).unwrap();
        }
        writer.commit().unwrap();
    };
    commit(&mut writer, 0);
    let stop = Arc::new(AtomicBool::new(false));
    let mut children: Vec<Child> = (0..others)
        .map(|_| {
            Command::new(other)
                .arg("read-until")
                .args([&path, &stop_file])
                .stdout(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let mut read = ReadWhile { commits, ..ReadWhile::default() };
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..threads)
            .map(|_| scope.spawn(|| read_until(&path, &|| stop.load(Ordering::Relaxed))))
            .collect();
        for generation in 1..=commits {
            commit(&mut writer, generation);
        }
        stop.store(true, Ordering::Relaxed);
        fs::write(&stop_file, "").unwrap();
        read.answers = readers.into_iter().map(|reader| reader.join().unwrap()).sum();
    });
    for child in &mut children {
        let mut said = String::new();
        child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(child.wait().unwrap().success(), "a reading process failed: {said}");
        read.answers_of_others += said.trim().parse::<u64>().unwrap();
    }
    writer.finish().unwrap();
    assert_eq!(Examination::of(&path).health, Health::Healthy);
    read
}

/// What taking many statements in needed.
#[derive(Debug, Clone, Copy)]
pub struct Needed {
    /// Statements in the index.
    pub statements: u64,
    /// Peak memory of the process, bytes.
    pub peak: u64,
    /// Bytes of input.
    pub input: u64,
    /// Segments in the end.
    pub segments: u64,
    /// Wall time.
    pub seconds: f64,
}

/// Takes so many statements in, by the real program with its defaults.
///
/// # Panics
/// When it fails.
#[must_use]
pub fn memory(program: &Path, statements: u64, seed: u64) -> Needed {
    let dir = tempfile::tempdir().unwrap();
    let (file, index) = (dir.path().join("many.jsonl"), dir.path().join("index"));
    let mut random = Random::new(seed);
    let mut out = std::io::BufWriter::new(fs::File::create(&file).unwrap());
    for n in 0..statements {
        let mut text = format!("Statement {n} on fish:");
        for _ in 0..20 {
            text += &format!(" word{}", random.below(3_000) * random.below(30));
        }
        writeln!(
            out,
            "{{\"text\":\"{text}.\",\"speaker\":\"Speaker {}\",\"date\":\"20{:02}-05-14\"}}",
            random.below(500),
            random.below(25)
        )
        .unwrap();
    }
    drop(out);
    let input = fs::metadata(&file).unwrap().len();
    let begun = Instant::now();
    let status = Command::new(program)
        .args(["index", "--quiet"])
        .arg(&file)
        .arg("--index")
        .arg(&index)
        .status()
        .unwrap();
    assert!(status.success());
    let seconds = begun.elapsed().as_secs_f64();
    let peak = peak_of_children();
    let stats = Index::open(&index).unwrap().searcher().unwrap().stats().unwrap();
    Needed { statements: stats.statements, peak, input, segments: stats.segments, seconds }
}

/// The most memory that any of the children had so far.
fn peak_of_children() -> u64 {
    let usage =
        nix::sys::resource::getrusage(nix::sys::resource::UsageWho::RUSAGE_CHILDREN).unwrap();
    usage.max_rss() as u64 * if cfg!(target_os = "macos") { 1 } else { 1024 }
}

/// Indexes files of nearly nothing but labels with `--memory 128M`; what each is, and the most memory that
/// one up to it took.
///
/// # Panics
/// When one takes more than that and 64 MiB.
#[must_use]
pub fn memory_of_odd_transcripts(program: &Path) -> Vec<(&'static str, u64)> {
    // Names have no digits.
    let letter = |digit: u8| char::from(b'a' + digit - b'0');
    let name = |n: u32| (n % 32_000).to_string().bytes().map(letter).collect::<String>();
    let turns = |count: u32| (0..count).map(move |n| format!("Mr. R{}: Yes, {n}.\n", name(n)));
    let files: [(&str, String); 5] = [
        ("labels alone", "A:\n".repeat(3_300_000)),
        ("as many lines as may be", "a\n".repeat(5_000_000)),
        ("notes alone", format!("Mr. X: yes\nMr. Y: no\n{}", "(a)\n".repeat(200_000))),
        ("more turns than are looked for", turns(700_000).collect()),
        ("as many turns as may be", turns(131_000).collect()),
    ];
    let mut peaks = Vec::new();
    for (what, text) in files {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("odd.txt");
        fs::write(&file, text).unwrap();
        let mut index = Command::new(program);
        index.args(["index", "--quiet", "--memory", "128M"]).arg(&file);
        let status = index.arg("--index").arg(dir.path().join("index")).status().unwrap();
        assert!(matches!(status.code(), Some(0 | 1)), "{what}: {status}");
        let peak = peak_of_children();
        assert!(peak <= (128 + 64) << 20, "{what}: {peak} bytes");
        peaks.push((what, peak));
    }
    peaks
}

/// What an index of very many commits is like.
#[derive(Debug, Clone, Copy)]
pub struct ManyCommits {
    /// The most segments that there were after a commit.
    pub most_segments: u64,
    /// Segments in the end.
    pub segments: u64,
    /// Files in the index folder in the end.
    pub files: u64,
    /// Opening and answering, milliseconds.
    pub open_and_answer: f64,
    /// All commits, seconds.
    pub seconds: f64,
}

/// Commits so often, one statement each.
///
/// # Panics
/// When the index is not what was committed.
#[must_use]
pub fn many_commits(commits: u64) -> ManyCommits {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("index");
    let index = Index::create(&path).unwrap();
    let mut writer = index.writer(&small()).unwrap();
    let mut most_segments = 0;
    let begun = Instant::now();
    for commit in 0..commits {
        let text = format!("Statement {commit} on fish and commit {}.", commit % 97);
        writer.add(&Statement::new(format!("source-{commit}"), text)).unwrap();
        writer.commit().unwrap();
        if commit % 50 == 0 {
            most_segments = most_segments.max(index.searcher().unwrap().stats().unwrap().segments);
        }
    }
    writer.finish().unwrap();
    let seconds = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let answer = Index::open(&path).unwrap().search(&SearchRequest::new("fish commit")).unwrap();
    let open_and_answer = begun.elapsed().as_secs_f64() * 1e3;
    assert_eq!(answer.total, commits);
    let examination = Examination::of(&path);
    assert_eq!(examination.health, Health::Healthy, "{:?}", examination.findings);
    let segments = Index::open(&path).unwrap().searcher().unwrap().stats().unwrap().segments;
    let files = examination.files + examination.orphans.len() as u64;
    ManyCommits { most_segments, segments, files, open_and_answer, seconds }
}
