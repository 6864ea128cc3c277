//! Packed files: read through, bounded, and told when they are damaged.

use std::io::Write;

use dixit::{Index, SearchRequest, Span};
use dixit_sources::read::Record;
use dixit_sources::{
    OpenError, Problem, ReadOptions, Report, Root, SyncOptions, drift, open, preview, read_all,
    source_bytes,
};

use crate::syncing::{counts, run_with};

pub(crate) fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(1);
    let mut packed = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

type Pack = fn(&[u8]) -> Vec<u8>;
const WAYS: [(&str, Pack); 3] = [("gz", gz), ("zst", zst), ("xz", xz)];

fn read(name: &str, file: &[u8]) -> Result<(Vec<Record>, Vec<Problem>), OpenError> {
    let (_, records, problems) = read_all(name, file, &ReadOptions::default())?;
    Ok((records, problems))
}

fn lines() -> String {
    (0..2000)
        .map(|number| format!("{{\"text\":\"Étape {number}\",\"id\":\"{number}\"}}\n"))
        .collect()
}

#[test]
fn packed_files_are_read_as_what_they_hold() {
    let lines = lines();
    for (ending, pack) in WAYS {
        let file = pack(lines.as_bytes());
        // By their first bytes, whatever they are called.
        for name in [format!("a.jsonl.{ending}"), "a.jsonl".to_owned(), "renamed".to_owned()] {
            let (records, problems) = read(&name, &file).unwrap();
            assert!(problems.is_empty(), "{problems:?}");
            assert_eq!(records.len(), 2000, "{name}");
            let statement = &records[1999].statement;
            assert_eq!((statement.text.as_str(), &statement.source.name), ("Étape 1999", &name));
            // Places count bytes of what is inside.
            let span = statement.source_span(0..6).unwrap();
            assert_eq!(&lines[span.as_range().unwrap()], "Étape");
        }
        let opened = open("a.md.GZ", file.as_slice(), &ReadOptions::default()).unwrap();
        assert_eq!(opened.packed, Some(ending));
        // One behind another is one file.
        let two = [file.clone(), pack(b"{\"text\":\"one more\"}")].concat();
        assert_eq!(read("a.jsonl", &two).unwrap().0.len(), 2001, "{ending}");
        let text = pack("# Heading\n\nWords.\n".as_bytes());
        assert_eq!(read(&format!("a.md.{ending}"), &text).unwrap().0[0].statement.text, "Words.\n");
    }
    // Named so, and not packed.
    assert_eq!(read("a.jsonl.gz", lines.as_bytes()).unwrap().0.len(), 2000);
}

#[test]
fn another_encoding_inside_is_decoded() {
    let text = "L'été dernier, la ministre a déclaré que les quotas seront réduits.";
    let inside = crate::any_input::encode(text, "windows-1252");
    let (records, _) = read("a.txt.xz", &xz(&inside)).unwrap();
    let statement = &records[0].statement;
    assert_eq!(statement.text, text);
    assert_eq!(statement.source_span(0..5), Some(Span::new(0, 4)));
}

#[test]
fn cut_and_damaged_streams_fail_and_say_so() {
    let lines = lines();
    for (ending, pack) in WAYS {
        let file = pack(lines.as_bytes());
        for at in [file.len() / 2, file.len() - 1, 12] {
            let error = read("a.jsonl", &file[..at]).unwrap_err().to_string();
            let why = format!("it cannot be unpacked ({ending}): it is cut off");
            assert_eq!(error, why, "{ending} at {at}");
        }
    }
    // Whichever byte differs, nothing false comes out untold, and nothing panics.
    let lines: String = lines.lines().take(40).flat_map(|line| [line, "\n"]).collect();
    for (ending, pack) in WAYS {
        let file = pack(lines.as_bytes());
        for at in (0..file.len()).step_by(5) {
            let mut damaged = file.clone();
            damaged[at] ^= 0x10;
            if let Ok((records, problems)) = read("a.jsonl", &damaged) {
                let told = problems.iter().filter(|problem| problem.left_out).count();
                let all = records.iter().all(|record| lines.contains(&record.statement.text));
                assert!(all || told > 0, "{ending} at {at}");
            }
        }
    }
}

#[test]
fn bombs_go_off_outside() {
    let line = [b"{\"text\":\"".to_vec(), vec![b'x'; 1 << 20], b"\"}\n".to_vec()].concat();
    let zeros = line.repeat(3);
    let mut options = ReadOptions::default();
    for (ending, pack) in WAYS {
        let file = pack(&zeros);
        let read = |options: &ReadOptions| read_all("a.jsonl", file.as_slice(), options);
        let why = |options: &ReadOptions| read(options).err().map(|error| error.to_string());
        options.limits = dixit_sources::ReadLimits::default();
        assert_eq!(read(&options).unwrap().1.len(), 3, "{ending}: so little hurts nobody");
        options.limits.unpacked_free = 1 << 20;
        options.limits.unpacked_ratio = 50;
        let too_much = "it unpacks to more than 50 times its size: no text does".to_owned();
        assert_eq!(why(&options), Some(too_much), "{ending}");
        options.limits.unpacked_ratio = 1 << 40;
        assert_eq!(read(&options).unwrap().1.len(), 3, "{ending}");
        options.limits.unpacked_bytes = 1 << 20;
        let too_long = "it unpacks to more than 1048576 bytes, the most for one input".to_owned();
        assert_eq!(why(&options), Some(too_long), "{ending}");
    }
}

/// A zip archive of some files.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated);
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn run(index: &Index, root: &std::path::Path) -> (Report, Vec<String>) {
    run_with(index, &[root], false)
}

#[test]
fn entries_of_an_archive_are_sources_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().canonicalize().unwrap();
    let path = root.join("years.zip");
    let put = |bytes: &[u8]| std::fs::write(&path, bytes).unwrap();
    let inner = zip(&[("z.txt", b"Too deep.")]);
    let lines = gz(b"{\"text\":\"one\"}\n{\"text\":\"two\"}\n");
    let french = crate::any_input::encode("L'été dernier, la ministre a déclaré.", "windows-1252");
    let files: [(&str, &[u8]); 8] = [
        ("2024/a.txt", b"The first text of all."),
        ("2024/b.jsonl.gz", &lines),
        ("c.txt", &french),
        ("../out.txt", b"It leads out."),
        ("inner.zip", &inner),
        ("table.xyz", b"no reader takes this"),
        ("__MACOSX/a.txt", b"hidden"),
        (".hidden", b"hidden"),
    ];
    put(&zip(&files));
    // Old enough for its time to tell.
    let age = |seconds: u64| {
        let then = std::time::SystemTime::now() - std::time::Duration::from_secs(seconds);
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(then).unwrap();
    };
    age(60);
    let index = Index::in_memory().unwrap();
    let (report, problems) = run(&index, &root);
    assert_eq!(counts(&report), [3, 0, 0, 0, 1, 2, 4], "{problems:?}");
    for told in [
        "years.zip/../out.txt: its name leads out of the archive",
        "years.zip/inner.zip: a zip archive inside another, from standard input, or that is one document is not unpacked",
        "years.zip/table.xyz: no reader for `.xyz` files yet",
    ] {
        assert!(problems.iter().any(|problem| problem == told), "{told}: {problems:?}");
    }
    let answer = index.search(&SearchRequest::new("first")).unwrap();
    let statement = &answer.hits[0].statement;
    assert_eq!(statement.source.name, "years.zip/2024/a.txt");
    let key = root.join("years.zip/2024/a.txt").display().to_string();
    assert_eq!(source_bytes(&key, None).unwrap(), b"The first text of all.");
    let packed = root.join("years.zip/2024/b.jsonl.gz").display().to_string();
    assert!(source_bytes(&packed, None).unwrap().starts_with(b"{\"text\":\"one\"}"));

    let drifted = |index: &Index| drift(&index.searcher().unwrap().sources().unwrap());
    assert_eq!(drifted(&index).same, 3);
    let (report, _) = run(&index, &root);
    assert_eq!(counts(&report), [0, 0, 3, 0, 1, 2, 4], "a second run changes nothing");

    // Touched, and rewritten with one entry changed, one gone and one new.
    age(50);
    assert_eq!(drifted(&index).changed, 3);
    assert_eq!(counts(&run(&index, &root).0), [0, 0, 3, 0, 1, 2, 4]);
    assert_eq!(drifted(&index).same, 3);
    put(&zip(&[files[0], ("2024/b.jsonl.gz", &gz(b"{\"text\":\"three\"}")), ("d.txt", b"New.")]));
    let preview =
        preview(Some(&index), &[Root::Path(root.clone())], &SyncOptions::default(), &mut |_| ());
    let preview = preview.unwrap();
    assert_eq!((preview.added, preview.removed), (1, 1));
    let (report, _) = run(&index, &root);
    assert_eq!(counts(&report), [1, 1, 1, 1, 0, 0, 3]);

    // Damaged: what is known of it stays, and that is told.
    let whole = std::fs::read(&path).unwrap();
    put(&whole[..whole.len() / 2]);
    let (report, problems) = run(&index, &root);
    assert_eq!(counts(&report), [0, 0, 0, 0, 1, 0, 3]);
    assert!(problems[0].starts_with("years.zip: it cannot be unpacked (zip):"), "{problems:?}");
    // A byte of one entry's content: that one fails alone.
    let mut damaged = whole.clone();
    damaged[30 + "2024/a.txt".len() + 4] ^= 0x40;
    put(&damaged);
    let (report, problems) = run(&index, &root);
    assert_eq!((report.failed, report.total), (1, 3), "{problems:?}");
    assert!(problems[0].starts_with("years.zip/2024/a.txt: it cannot be unpacked"), "{problems:?}");

    // No archive any more, and gone.
    put(b"{\"text\":\"plain\"}\n{\"text\":\"words\"}\n");
    let (report, _) = run(&index, &root);
    assert_eq!((report.added, report.removed, report.total), (1, 3, 2));
    put(&whole);
    assert_eq!(run(&index, &root).0.added, 3);
    std::fs::remove_file(&path).unwrap();
    std::fs::write(root.join("other.txt"), "Other words.").unwrap();
    let (report, _) = run(&index, &root);
    assert_eq!((report.removed, report.total), (3, 1));
}

#[test]
fn archives_are_no_bombs_either() {
    let dir = tempfile::tempdir().unwrap();
    let bomb = [b"{\"text\":\"".to_vec(), vec![b'x'; 100 << 20]].concat();
    let small = b"{\"text\":\"good\"}".as_slice();
    std::fs::write(dir.path().join("a.zip"), zip(&[("a.jsonl", &bomb), ("b.jsonl", small)]))
        .unwrap();
    let index = Index::in_memory().unwrap();
    let (report, problems) = run(&index, dir.path());
    assert_eq!((report.failed, report.added), (2, 0), "{problems:?}");
    assert!(problems[0].contains("more than 250 times its size"), "{problems:?}");
}
