//! What holds of every input, whatever is in it. The fuzz targets run the same checks.

use std::collections::BTreeSet;

use dixit::{Basis, BasisKind, Passage, Span, Statement, StatementId};
use dixit_sources::read::{self, Record};
use dixit_sources::{Extraction, OpenError, Problem, ReadOptions, part_bytes, read_all, text_of};

/// The day of taking in.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 1, 14);

/// Reads a file as one of the formats.
pub(crate) fn check_reader(format: &str, file: &[u8]) {
    let reader = read::by_name(format);
    assert!(reader.is_some(), "no reader `{format}`");
    let options = ReadOptions { format: reader, ..ReadOptions::default() };
    let _ = records("check.in", file, &options);
}

/// Reads a file whose format shows by its content and by a name that its first byte picks, and
/// completes what is found.
pub(crate) fn check_recognised(data: &[u8]) {
    const NAMES: [&str; 8] = [
        "check.txt",
        "check.md",
        "check.jsonl",
        "check.json",
        "check",
        "12 May 2024.text",
        "check.csv",
        "check.tsv",
    ];
    let Some((first, file)) = data.split_first() else { return };
    let name = NAMES[usize::from(*first) % NAMES.len()];
    for Record { mut statement } in records(name, file, &ReadOptions::default()) {
        let own = statement.clone();
        complete(&mut statement);
        assert_eq!((&own.text, &own.source), (&statement.text, &statement.source));
        if has_own_place(&statement, name, file) {
            places(&statement, Span::from(0..file.len()));
        }
    }
}

/// Reads a transcript as text, as Markdown or as a page, by its length.
pub(crate) fn check_transcript(file: &[u8]) {
    check_reader(["text", "markdown", "html"][file.len() % 3], file);
}

/// Encodings that a file may be in, by which [`check_decoded`] writes one.
pub(crate) const ENCODINGS: [&str; 12] = [
    "UTF-16LE",
    "UTF-16BE",
    "windows-1252",
    "windows-1251",
    "windows-1253",
    "ISO-8859-2",
    "KOI8-R",
    "Big5",
    "gb18030",
    "Shift_JIS",
    "EUC-KR",
    "EUC-JP",
];

/// The bytes of a text in an encoding, with the mark or the declaration that says so; what the encoding
/// does not have is left out.
pub(crate) fn encode(text: &str, encoding: &str) -> Vec<u8> {
    let units = text.encode_utf16();
    match encoding {
        "UTF-16LE" => [vec![0xFF, 0xFE], units.flat_map(u16::to_le_bytes).collect()].concat(),
        "UTF-16BE" => [vec![0xFE, 0xFF], units.flat_map(u16::to_be_bytes).collect()].concat(),
        name => {
            let Some(encoding) = encoding_rs::Encoding::for_label(name.as_bytes()) else {
                panic!("no encoding `{name}`");
            };
            let encoded = |c: char| {
                let mut utf_8 = [0; 4];
                let (bytes, _, is_lossy) = encoding.encode(c.encode_utf8(&mut utf_8));
                let (again, _) = encoding.decode_without_bom_handling(&bytes);
                // Some characters come back as others that look alike.
                (!is_lossy && again.chars().eq([c])).then(|| bytes.into_owned())
            };
            text.chars().filter_map(encoded).flatten().collect()
        }
    }
}

/// Reads a text in an encoding that the first byte picks; what was written is read, and every
/// character stands where the statement says. The second byte may put an error in.
pub(crate) fn check_decoded(data: &[u8]) {
    let [pick, error, rest @ ..] = data else { return };
    let name = ENCODINGS[usize::from(*pick) % ENCODINGS.len()];
    let text = String::from_utf8_lossy(rest).replace(['\0', '\u{FEFF}'], " ");
    let declared = format!("<?xml version=\"1.0\" encoding=\"{name}\"?>\n{text}");
    let mut file = encode(&declared, name);
    if *error < 128 && !file.is_empty() {
        let at = usize::from(*error) * file.len() / 128;
        file[at] ^= 0x80;
    }
    let options = ReadOptions { format: read::by_name("text"), ..ReadOptions::default() };
    let records = records("check.txt", &file, &options);
    if *error >= 128
        && let [Record { statement }] = records.as_slice()
        && statement.source.encoding.as_deref() == Some(name)
    {
        let whole = text_of(&file, Some(name)).replace('\u{FEFF}', "");
        assert_eq!(whole, statement.text);
    }
    // And whatever the bytes are.
    let _ = self::records("check.txt", rest, &options);
}

/// Completes a statement of which only the text is known.
pub(crate) fn check_extraction(text: &str) {
    let mut statement = Statement::new("check.in", text);
    complete(&mut statement);
    places(&statement, Span::from(0..text.len()));
    for span in spans(&statement) {
        let range = span.as_range().unwrap_or_default();
        assert!(text.get(range.clone()).is_some(), "{range:?} in {text:?}");
    }
}

/// Reads a file whole; what comes has to be sound in itself and within the file.
fn records(name: &str, file: &[u8], options: &ReadOptions) -> Vec<Record> {
    let (format, records, problems) = match read_all(name, file, options) {
        Ok((format, records, problems)) => (format.reader.name(), records, problems),
        Err(OpenError::Unread(why)) => {
            assert!(options.format.is_none() && !why.is_empty(), "{why}");
            return Vec::new();
        }
        Err(OpenError::Io(error)) => {
            assert!(is_packed(file), "memory cannot fail to be read: {error}");
            return Vec::new();
        }
    };
    if is_packed(file) {
        return Vec::new();
    }
    let lines = file.split(|byte| *byte == b'\n').count() as u64;
    for Problem { source, line, byte, message, .. } in &problems {
        assert!(source == name && !message.is_empty());
        assert!(line.is_none_or(|line| (1..=lines).contains(&line)), "{line:?}: {message}");
        assert!(byte.is_none_or(|byte| byte <= file.len() as u64), "{byte:?}: {message}");
    }
    let ids: BTreeSet<_> = records.iter().map(|record| record.statement.id).collect();
    assert_eq!(ids.len(), records.len());
    for Record { statement } in &records {
        assert!(!statement.text.trim().is_empty());
        let _ = round_trip(statement);
        let part = statement.source.part.as_deref().filter(|_| is_document(format));
        let part = part.map(|part| part_bytes(file, part, &options.limits));
        let file = match &part {
            Some(Ok(part)) => part,
            Some(Err(error)) => panic!("what was read is not found again: {error}"),
            None => file,
        };
        if statement.source.name == name {
            text_lies_in(file, statement);
        }
        if has_own_place(statement, name, file) {
            places(statement, Span::from(0..file.len()));
        }
    }
    records
}

/// Whether the places of a format may count bytes of a part of the file.
fn is_document(format: &str) -> bool {
    matches!(format, "pdf" | "docx" | "eml")
}

/// Reads a document of a word processor whose main part is this.
pub(crate) fn check_docx(xml: &[u8]) {
    let file = stored("word/document.xml", xml);
    check_reader("docx", &file);
    check_reader("docx", xml);
}

/// A zip archive with one entry, which is not packed.
pub(crate) fn stored(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 };
        }
    }
    let length = (bytes.len() as u32).to_le_bytes();
    let name_length = (name.len() as u16).to_le_bytes();
    // Version, flags, method, time, day, checksum and lengths, alike in both places.
    let same = [
        &[20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..],
        &(!crc).to_le_bytes(),
        &length,
        &length,
        &name_length,
        &[0, 0],
    ]
    .concat();
    let local = [&b"PK\x03\x04"[..], &same, name.as_bytes(), bytes].concat();
    let central = [&b"PK\x01\x02\x14\0"[..], &same, &[0; 14], name.as_bytes()].concat();
    let end = [
        &b"PK\x05\x06\0\0\0\0\x01\0\x01\0"[..],
        &(central.len() as u32).to_le_bytes(),
        &(local.len() as u32).to_le_bytes(),
        &[0, 0],
    ]
    .concat();
    [local, central, end].concat()
}

/// Whether a file begins as packed ones do.
fn is_packed(file: &[u8]) -> bool {
    let marks: [&[u8]; 4] = [b"\x1F\x8B", b"\x28\xB5\x2F\xFD", b"\xFD7zXZ", b"\x2A\x4D\x18"];
    marks.iter().any(|mark| file.starts_with(mark) || file.get(1..4) == Some(*mark))
}

/// Whether all places in a statement count bytes of this file. A record that brings its own (an
/// export does) tells of another file.
fn has_own_place(statement: &Statement, name: &str, file: &[u8]) -> bool {
    let text = text_of(file, statement.source.encoding.as_deref());
    let brings = |key: &str| text.contains(key);
    statement.source.name == name
        && !brings("\"basis\"")
        && !brings("\"passages\"")
        && !brings("\\u00")
}

/// The statement goes out as JSON and comes in as the same.
fn round_trip(statement: &Statement) -> String {
    assert_eq!(statement.id.as_str().parse::<StatementId>(), Ok(statement.id));
    let json = serde_json::to_string(statement).unwrap_or_default();
    match serde_json::from_str::<Statement>(&json) {
        Ok(again) => assert_eq!(&again, statement),
        Err(error) => panic!("{error}: {json}"),
    }
    json
}

/// What was written out as a line of a file reads back without loss.
fn export(statement: &Statement) {
    let json = round_trip(statement);
    if statement.text.trim().is_empty() {
        return;
    }
    let options = ReadOptions { format: read::by_name("jsonl"), ..ReadOptions::default() };
    let (_, records, problems) =
        read_all("check.export", json.as_bytes(), &options).unwrap_or_else(|e| panic!("{e}"));
    assert!(problems.is_empty(), "{problems:?}: {json}");
    let mut again = records[0].statement.clone();
    // The key under which the export holds it.
    assert_eq!(again.source.record, Some(statement.id.to_string()));
    again.source.record.clone_from(&statement.source.record);
    // Which of the same words it is, was counted in the other file.
    again.id = statement.id;
    assert_eq!(&again, statement);
}

/// Every character of a text stands where the statement says, in order.
fn text_lies_in(file: &[u8], statement: &Statement) {
    let record = statement.source.span.unwrap_or_default();
    assert!(record.end <= file.len() as u64 && !record.is_empty(), "{record:?}");
    let text = &statement.text;
    let mut before = Span::new(record.start, record.start);
    let encoding = statement.source.encoding.as_deref();
    for (at, c) in text.char_indices() {
        let range = at..at + c.len_utf8();
        let Some(span) = statement.source_span(range.clone()) else {
            panic!("{range:?} of {text:?} stands nowhere");
        };
        // In some encodings one sequence of bytes stands for two characters.
        let is_next = before.end <= span.start
            || encoding.is_some() && before == span
            // Four letters stand for three bytes there, of which a character may have a part.
            || encoding.is_some_and(|name| name.starts_with("base64"))
                && before.start <= span.start
                && before.end <= span.end;
        assert!(is_next && span.end <= record.end, "{span:?} for {c:?} at {at}");
        before = span;
        let bytes = &file[span.as_range().unwrap_or_default()];
        let is_same = match encoding {
            None => bytes == c.encode_utf8(&mut [0; 4]).as_bytes(),
            // What a byte means there depends on those before it.
            Some(name) if name.ends_with("ISO-2022-JP") => true,
            // What is none of its letters may stand between them, and a character of several bytes may
            // begin in the middle of four.
            Some(name) if name.starts_with("base64 ") => true,
            Some("base64") if has_other_letters(bytes) => true,
            Some(_) => text_of(bytes, encoding).contains(c),
        };
        // Escapes, doubled marks, what stands between two strings, and what is no UTF-8; in markup
        // also entities, white space that is folded, and the ends of paragraphs.
        let written = text_of(bytes, encoding);
        let is_decoded = written.is_empty()
            || written.starts_with(['\\', '&'])
            || (c == '"' && written == "\"\"")
            || matches!(c, '\u{FFFD}' | ' ' | '\n')
            // A hyphen that is written as an element.
            || c == '\u{2011}' && written.starts_with('<');
        assert!(is_same || is_decoded, "{c:?} at {at} for {bytes:?}");
        // The way back is as long as the map.
        if at % 61 == 0 && encoding.is_none() && is_same {
            assert_eq!(statement.text_range(span), Some(range));
        }
    }
    assert_eq!(statement.source_span(0..text.len() + 1), None);
}

/// Whether bytes are not base64 alone.
fn has_other_letters(bytes: &[u8]) -> bool {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_= \t\r\n".contains(byte);
    !bytes.iter().all(is_letter)
}

/// Fills in what is missing; what is found has to be sound in itself.
fn complete(statement: &mut Statement) {
    let given = statement.clone();
    let mut extraction = Extraction::default();
    extraction.today = Some(TODAY);
    extraction.complete(statement);
    for (field, basis) in &statement.basis {
        if given.basis.contains_key(field) {
            continue;
        }
        assert!((0.0..=1.0).contains(&basis.confidence), "{field}: {basis:?}");
        assert!(basis.rule.as_ref().is_some_and(|rule| !rule.is_empty()), "{field}: {basis:?}");
        let is_known = match field.as_str() {
            "speaker" => statement.speaker.is_some(),
            "date" => statement.date.is_some(),
            "language" => statement.language.is_some(),
            _ => true,
        };
        assert_eq!(is_known, basis.kind != BasisKind::Unknown, "{field}: {basis:?}");
    }
    if given.date.is_none() {
        let first = statement.date.and_then(|date| date.range().from);
        assert!(first.is_none_or(|first| first <= TODAY), "{first:?} is yet to come");
    }
    let lists = [&statement.topics, &statement.keywords, &statement.references];
    if given.topics.is_empty() && given.keywords.is_empty() && given.references.is_empty() {
        assert!(lists.into_iter().flatten().all(|value| !value.trim().is_empty()), "{lists:?}");
    }
    export(statement);
}

/// Every place that a statement names lies in a span.
fn places(statement: &Statement, file: Span) {
    for span in spans(statement) {
        assert!(span.start <= span.end && span.end <= file.end, "{span:?}: {statement:?}");
    }
    for passage in &statement.passages {
        assert!(!passage.content.is_empty(), "{passage:?}");
    }
}

fn spans(statement: &Statement) -> Vec<Span> {
    let of_passage = |passage: &Passage| {
        let evidence = passage.basis.iter().flat_map(|basis: &Basis| basis.evidence.clone());
        evidence.chain([passage.content]).chain(passage.cue).collect::<Vec<_>>()
    };
    let of_basis = statement.basis.values().flat_map(|basis| basis.evidence.clone());
    of_basis.chain(statement.passages.iter().flat_map(of_passage)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The formats that there are readers for.
    const FORMATS: [&str; 18] = [
        "pdf",
        "docx",
        "eml",
        "tei",
        "akoma-ntoso",
        "parlparse",
        "bundestag",
        "hansard-au",
        "hansard-ca",
        "hansard-uk-historic",
        "feed",
        "html",
        "xml",
        "jsonl",
        "json",
        "markdown",
        "csv",
        "text",
    ];

    /// Inputs that were trouble once; the folders may hold none.
    #[test]
    fn what_fuzzing_found_stays_fixed() {
        for target in FORMATS.into_iter().chain(["recognise", "extract", "decode", "transcripts"]) {
            let folder = std::path::Path::new("../../fuzz/regressions").join(target);
            for entry in folder.read_dir().into_iter().flatten() {
                let data = std::fs::read(entry.unwrap().path()).unwrap();
                match target {
                    "recognise" => check_recognised(&data),
                    "decode" => check_decoded(&data),
                    "docx" => check_docx(&data),
                    "transcripts" => check_transcript(&data),
                    "extract" => check_extraction(&String::from_utf8_lossy(&data)),
                    format => check_reader(format, &data),
                }
            }
        }
    }

    /// Pieces that mean something to some reader, and any bytes between them.
    fn file() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop::sample::select(vec![
            "{\"text\":\"",
            "\",\"date\":\"",
            "\",\"speaker\":{\"name\":\"",
            "\"}",
            "}",
            "[",
            ",",
            "{\"speeches\":[",
            "\"date\":\"2024-05-03\",",
            "\"content\":{\"text\":\"",
            "\"},",
            "Speaker,Text,Date\n",
            "Ada Rask,\"",
            "\"\"",
            "\",",
            ",3/14/24\n",
            "\t",
            ";",
            "\n",
            "\r\n",
            "\\n",
            "\\u00e9",
            "\\ud83c",
            "\",\"source\":{\"name\":\"b\",\"span\":[1,2]},\"id\":\"",
            "---\n",
            "title: ",
            "date: 2024-05-03\n",
            "party: ",
            "tags: [a, \"b",
            "]",
            "- ",
            "# ",
            "Ada Rask said that ",
            "On 3 May 2024, ",
            "\u{feff}",
            "\u{a0}",
            "words and more of them ",
            "<TEI><text><body>",
            "<u who=\"#a\">",
            "</u>",
            "<seg>",
            "<note type=\"speaker\">",
            "<akomaNtoso><debate><debateBody>",
            "<speech by=\"#a\" speakername=\"Ada Rask\">",
            "</speech>",
            "<from>",
            "</from>",
            "<publicwhip>",
            "<hansard><session.header>",
            "<Hansard><HansardBody>",
            "<Intervention><PersonSpeaking>",
            "</PersonSpeaking>",
            "<talker><name>",
            "</name></talker>",
            "<dbtplenarprotokoll><rede><p klasse=\"redner\"><redner>",
            "</redner>Ada Rask:</p>",
            "<kommentar>",
            "</kommentar>",
            "<housecommons><p><member>",
            "</member><membercontribution>",
            "<rss><item><description>",
            "</description></item>",
            "<html><b>Ada:</b> ",
            "<p>",
            "</p>",
            "<br>",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "&amp;",
            "&lt;b&gt;",
            "&#x1F30D;",
            "<",
            ">",
            "</",
            "“",
            "”",
            "é",
            "界",
            ":",
            "'",
            "%PDF-1.7\n",
            "From: a@b.example\n",
            "Date: Fri, 3 May 2024 10:00:00 +0200\n",
            "MIME-Version: 1.0\n",
            "Subject: =?utf-8?q?=C3=A9?= ",
            "Content-Type: multipart/mixed; boundary=b\n",
            "Content-Type: text/plain; charset=windows-1252; format=flowed\n",
            "Content-Type: text/html\n",
            "Content-Transfer-Encoding: quoted-printable\n",
            "Content-Transfer-Encoding: base64\n",
            "--b\n",
            "--b--\n",
            "> ",
            "=C3=A9",
            "=\n",
            "w6kgw6kg",
            "<w:p>",
            "<w:t>",
            "</w:t>",
            "</w:p>",
        ]);
        let bytes = prop::collection::vec(any::<u8>(), 0..4);
        let part = prop_oneof![6 => piece.prop_map(|piece| piece.as_bytes().to_vec()), 1 => bytes];
        prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn any_file_is_read(file in file(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            for file in [file, bytes] {
                for format in FORMATS {
                    check_reader(format, &file);
                }
                check_docx(&file);
                check_recognised(&file);
            }
        }

        #[test]
        fn any_text_is_decoded(pick in 0..12_u8, error in any::<u8>(), text in "[ -~]{0,30}[а-яé中文字가나다あいうアイ ]{0,60}\\PC{0,40}") {
            check_decoded(&[&[pick, 255], text.as_bytes()].concat());
            check_decoded(&[&[pick, error], text.as_bytes()].concat());
        }

        #[test]
        fn any_text_is_completed(text in "\\PC{0,300}", file in file()) {
            check_extraction(&text);
            check_extraction(&String::from_utf8_lossy(&file));
        }

        #[test]
        fn a_confidence_is_kept_to_the_last_bit(confidence in 0.0..=1.0) {
            let mut statement = Statement::new("check.in", "Words.");
            let basis = Basis::new(BasisKind::Inferred, "rule").with_confidence(confidence);
            statement.set_basis("date", basis);
            let _ = round_trip(&statement);
        }
    }
}
