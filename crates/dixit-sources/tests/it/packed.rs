//! Packed files: read through, bounded, and told when they are damaged.

use std::io::Write;

use dixit::Span;
use dixit_sources::read::Record;
use dixit_sources::{OpenError, Problem, ReadOptions, open, read_all};

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
        // Whichever byte differs, nothing false comes out untold, and nothing panics.
        for at in (0..file.len()).step_by(7) {
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
    let zeros = line.repeat(80);
    let mut options = ReadOptions::default();
    for (ending, pack) in WAYS {
        let file = pack(&zeros);
        let read = |options: &ReadOptions| read_all("a.jsonl", file.as_slice(), options);
        let why = |options: &ReadOptions| read(options).err().map(|error| error.to_string());
        options.limits = dixit_sources::ReadLimits::default();
        let too_much = "it unpacks to more than 250 times its size: no text does".to_owned();
        assert_eq!(why(&options), Some(too_much), "{ending}");
        options.limits.unpacked_ratio = 1 << 40;
        assert_eq!(read(&options).unwrap().1.len(), 80, "{ending}");
        options.limits.unpacked_bytes = 1 << 20;
        let too_long = "it unpacks to more than 1048576 bytes, the most for one input".to_owned();
        assert_eq!(why(&options), Some(too_long), "{ending}");
    }
}
