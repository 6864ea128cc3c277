//! PDF: the text layer, and where each word stands in it.

use dixit::{SourceMap, Statement};
use dixit_sources::{DocumentError, Problem, ReadLimits, ReadOptions, part_bytes, read_all};

use crate::made::{deflated, drawn, objects, pdf, pdf_of, stream};

fn read_with(file: &[u8], limits: ReadLimits) -> (Vec<Statement>, Vec<Problem>) {
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let (format, records, problems) = read_all("a.pdf", file, &options).unwrap();
    assert_eq!(format.reader.name(), "pdf");
    (records.into_iter().map(|record| record.statement).collect(), problems)
}

fn read(file: &[u8]) -> (Vec<Statement>, Vec<Problem>) {
    read_with(file, ReadLimits::default())
}

fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

/// The one problem that a file without statements gives.
fn why(file: &[u8], limits: ReadLimits) -> String {
    let (statements, problems) = read_with(file, limits);
    assert!(statements.is_empty(), "{statements:?}");
    assert!(problems.iter().any(|problem| problem.left_out), "{problems:?}");
    told(&problems).pop().unwrap()
}

fn layer(file: &[u8]) -> String {
    String::from_utf8(part_bytes(file, "text-layer", &ReadLimits::default()).unwrap()).unwrap()
}

/// Two pages of a release, each under the same heading and over its number.
fn release() -> Vec<u8> {
    pdf(&[
        &[
            (0, "Fisheries Ministry of Norland"),
            (30, "The herring quota falls by a tenth"),
            (30, "On 3 May 2024 the spokesperson Ada Rask told the press in the capital"),
            (14, "that the quota of herring will be lowered by a tenth of what it was in"),
            (14, "the year before. “It’s needed,” she said."),
            (30, "The boats of the north are to be paid for the days on which they stay in"),
            (14, "the harbour, and those who give up fishing will be taught another trade and"),
            (400, "Page 1 of 2"),
        ],
        &[
            (0, "Fisheries Ministry of Norland"),
            (30, "helped to find a place in which to practise it."),
            (30, "A law is to follow before the summer."),
            (400, "Page 2 of 2"),
        ],
    ])
}

#[test]
fn pages_are_one_text_in_paragraphs() {
    let file = release();
    let (statements, problems) = read(&file);
    assert_eq!(
        told(&problems),
        [
            "a.pdf: 4 lines that recur at the edges of pages (headers, footers, page numbers) were left out"
        ]
    );
    let [statement] = statements.as_slice() else { panic!("{statements:?}") };
    assert_eq!(statement.title.as_deref(), Some("The herring quota falls by a tenth"));
    let text = "On 3 May 2024 the spokesperson Ada Rask told the press in the capital that the quota of \
                herring will be lowered by a tenth of what it was in the year before. “It’s needed,” she \
                said.\n\nThe boats of the north are to be paid for the days on which they stay in the \
                harbour, and those who give up fishing will be taught another trade and helped to find a \
                place in which to practise it.\n\nA law is to follow before the summer.";
    assert_eq!(statement.text, text);
}

#[test]
fn every_word_stands_in_the_text_layer() {
    let file = release();
    let layer = layer(&file);
    assert_eq!(layer.matches('\u{C}').count(), 1, "{layer:?}");
    let (statements, _) = read(&file);
    let statement = &statements[0];
    assert_eq!(statement.source.part.as_deref(), Some("text-layer"));
    for word in ["spokesperson", "“It’s needed,”", "another trade", "practise"] {
        let at = statement.text.find(word).unwrap();
        let span = statement.source_span(at..at + word.len()).unwrap();
        assert_eq!(&layer[span.as_range().unwrap()], word);
        assert_eq!(statement.text_range(span), Some(at..at + word.len()));
    }
    let title = statement.basis["title"].evidence[0].as_range().unwrap();
    assert_eq!(&layer[title], "The herring quota falls by a tenth");
    let whole = &layer[statement.source.span.unwrap().as_range().unwrap()];
    assert!(whole.starts_with("On 3 May 2024") && whole.ends_with("before the summer."), "{whole}");
}

#[test]
fn it_is_known_by_its_content_in_archives_and_packed() {
    let file = release();
    for name in ["a.pdf", "a.txt", "a", "a.docx"] {
        let (format, records, _) =
            read_all(name, file.as_slice(), &ReadOptions::default()).unwrap();
        assert_eq!((format.reader.name(), records.len()), ("pdf", 1), "{name}");
    }
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gz, &file).unwrap();
    let gz = gz.finish().unwrap();
    let (format, records, _) =
        read_all("a.pdf.gz", gz.as_slice(), &ReadOptions::default()).unwrap();
    assert_eq!((format.reader.name(), records.len()), ("pdf", 1));
}

#[test]
fn a_soft_hyphen_joins_and_a_hard_one_stays() {
    // In the encoding of Windows the code of a soft hyphen is one of a hard hyphen; here `~` is one.
    let lines = [
        (0, "The commission for the administration of the com~"),
        (14, "mon waters was asked about the co-"),
        (14, "operation of the coasts, and about the further com-"),
        (14, "mittee, and said nothing of it."),
    ];
    let mut all = objects(&[drawn(&lines)]);
    all[2] = b"<< /Type /Font /Subtype /Type1 /BaseFont /A /Encoding /WinAnsiEncoding /ToUnicode 6 0 R >>"
        .to_vec();
    all.push(stream("", b"1 beginbfchar <7E><00AD> endbfchar"));
    let file = pdf_of(&all, "");
    let (statements, _) = read(&file);
    let text = &statements[0].text;
    assert_eq!(
        text,
        "The commission for the administration of the common waters was asked about the co-\noperation of \
         the coasts, and about the further com-\nmittee, and said nothing of it."
    );
    let at = text.find("common").unwrap();
    let span = statements[0].source_span(at..at + 6).unwrap();
    assert_eq!(&layer(&file)[span.as_range().unwrap()], "com\u{AD}\nmon");
}

#[test]
fn words_are_parted_by_room_and_codes_read_by_the_fonts_own_table() {
    // Two bytes a character, as most programs write now: a table says what they mean.
    let table = b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n1 begincodespacerange\n\
        <0000> <FFFF>\nendcodespacerange\n1 beginbfrange\n<0001> <0003> <0041>\nendbfrange\n1 beginbfchar\n\
        <0004> <00E9>\nendbfchar\nendcmap\n";
    let content =
        b"BT /F1 10 Tf 50 700 Td [<00010002> -600 <0003> 20 <0004> <0009>] TJ ET".to_vec();
    let mut all = objects(&[content]);
    all[2] = b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 6 0 R \
        /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /DW 500 /W [1 [700] 2 3 600] >>] >>".to_vec();
    all.push(stream("", table));
    let file = pdf_of(&all, "");
    assert_eq!(layer(&file), "AB Cé\u{FFFD}\n");
    let (_, problems) = read(&file);
    assert_eq!(
        told(&problems),
        ["a.pdf, page 1: 1 characters have a shape and no meaning: U+FFFD stands there"]
    );
}

#[test]
fn drawings_within_pages_are_read_and_those_within_themselves_end() {
    let content = b"q 1 0 0 1 0 0 cm /X Do Q".to_vec();
    let mut all = objects(&[content]);
    all[3] = b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> /XObject << \
        /X 6 0 R >> >> >>".to_vec();
    let inner = [drawn(&[(0, "Words in a drawing.")]), b"/X Do".to_vec()].concat();
    all.push(stream("/Type /XObject /Subtype /Form", &inner));
    let layer = layer(&pdf_of(&all, ""));
    assert!(layer.starts_with("Words in a drawing.\n"), "{layer}");
    assert!(layer.len() < 1000, "{layer}");
}

#[test]
fn a_title_among_the_properties_is_a_weak_one() {
    let with_title = |title: &str| {
        let mut all = objects(&[drawn(&[(0, "Words without a heading over them.")])]);
        all.push(format!("<< /Title ({title}) /CreationDate (D:20200101000000Z) >>").into_bytes());
        let statement = read(&pdf_of(&all, "/Info 6 0 R")).0.remove(0);
        assert_eq!(statement.date, None, "the day of the file is not that of the words");
        statement
    };
    let statement = with_title("Statement on the quota of herring");
    assert_eq!(statement.title.as_deref(), Some("Statement on the quota of herring"));
    assert!(!statement.basis["title"].is_fact());
    for title in ["Microsoft Word - quota final.doc", "quota.indd", "Untitled", "x"] {
        assert_eq!(with_title(title).title, None, "{title}");
    }
}

#[test]
fn pages_without_words_are_told() {
    let picture = b"q 100 0 0 100 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID X EI Q".to_vec();
    let words = drawn(&[(0, "Words on the second page.")]);
    let (statements, problems) = read(&pdf_of(&objects(&[picture.clone(), words]), ""));
    assert_eq!(statements[0].text, "Words on the second page.");
    assert_eq!(told(&problems), ["a.pdf, page 1: a picture without words"]);
    assert_eq!(problems[0].page, Some(1));
    let scan = pdf_of(&objects(&[picture.clone(), picture]), "");
    assert_eq!(
        why(&scan, ReadLimits::default()),
        "a.pdf: no text layer: its 2 pages show no words (a scan?); put it through character recognition and \
         take it in again"
    );
}

#[test]
fn what_is_cut_or_damaged_is_told_and_never_panics() {
    let file = release();
    for at in (0..file.len()).step_by(7) {
        let (statements, problems) = match read_all("a.pdf", &file[..at], &ReadOptions::default()) {
            Ok((_, records, problems)) => (records.len(), problems),
            Err(_) => continue,
        };
        assert!(statements > 0 || !problems.is_empty(), "cut at {at}");
        let mut damaged = file.clone();
        damaged[at] ^= 0x15;
        crate::any_input::check_reader("pdf", &damaged);
    }
    assert!(why(&file[..60], ReadLimits::default()).contains("it is damaged"));
    // A wrong length of a stream is no loss: where it ends is written too.
    let length = file.windows(8).position(|bytes| bytes == b"/Length ").unwrap();
    let mut wrong = file.clone();
    wrong[length + 8] = b'9';
    assert!(layer(&wrong).contains("herring quota"));
}

#[test]
fn an_encrypted_one_is_told() {
    let mut all = objects(&[drawn(&[(0, "Words.")])]);
    let hash = "41".repeat(32);
    all.push(
        format!("<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{hash}> /U <{hash}> >>")
            .into_bytes(),
    );
    let file = pdf_of(&all, &format!("/Encrypt 6 0 R /ID [<{0}> <{0}>]", "42".repeat(16)));
    assert_eq!(
        why(&file, ReadLimits::default()),
        "a.pdf: it is encrypted: save it without a password and take it in again"
    );
    let error = part_bytes(&file, "text-layer", &ReadLimits::default()).unwrap_err();
    assert_eq!(error, DocumentError::Encrypted);
}

#[test]
fn trees_of_pages_that_have_no_end_end() {
    // A node that is its own child, two that are each other's, and a chain of many.
    let words = drawn(&[(0, "Words on the only page.")]);
    let mut all = objects(&[words]);
    all[1] = b"<< /Type /Pages /Kids [2 0 R 6 0 R 4 0 R 2 0 R] /Count 9 /Parent 6 0 R >>".to_vec();
    all.push(b"<< /Type /Pages /Kids [2 0 R 6 0 R] /Count 9 /Parent 2 0 R >>".to_vec());
    let (statements, problems) = read(&pdf_of(&all, ""));
    assert!(!problems.is_empty() || !statements.is_empty());
    let mut chain = objects(&[]);
    for number in 0..5_000 {
        chain.push(
            format!("<< /Type /Pages /Kids [{} 0 R] /Parent {} 0 R >>", number + 5, number + 3)
                .into_bytes(),
        );
    }
    chain[1] = b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>".to_vec();
    let _ = why(&pdf_of(&chain, ""), ReadLimits::default());
    // And arrays within arrays.
    let mut deep = objects(&[drawn(&[(0, "Words.")])]);
    deep.push([b"[".repeat(100_000), b"]".repeat(100_000)].concat());
    let _ = read(&pdf_of(&deep, ""));
}

#[test]
fn bombs_do_not_go_off() {
    let mut limits = ReadLimits::default();
    limits.record_bytes = 1 << 20;
    // A page that is one instruction again and again.
    let page = b"0 0 m ".repeat(1 << 20);
    let (statements, problems) =
        read_with(&pdf_of(&objects(&[page, drawn(&[(0, "Words.")])]), ""), limits);
    assert_eq!(statements[0].text, "Words.");
    assert_eq!(
        told(&problems),
        ["a.pdf, page 1: its content unpacks to more than 1048576 bytes: it is left out"]
    );
    // Packed objects.
    let objects_of = |data: &[u8], filter: &str| {
        let mut all = objects(&[drawn(&[(0, "Words.")])]);
        all.push(stream(&format!("/Type /ObjStm /N 1 /First 4 {filter}"), data));
        pdf_of(&all, "")
    };
    let much = deflated(&b" ".repeat(2 << 20));
    assert_eq!(
        why(&objects_of(&much, "/Filter /FlateDecode"), limits),
        "a.pdf: what its objects are packed in unpacks to more than 1048576 bytes: it is left out, as what \
         fills memory does so"
    );
    let twice = objects_of(&deflated(&much), "/Filter [/FlateDecode /FlateDecode]");
    assert_eq!(
        why(&twice, limits),
        "a.pdf: it is damaged: its objects are packed in an unusual way"
    );
    // Values without end, packed or not.
    limits.document_values = 10_000;
    let values = [b"9 0 [ ".to_vec(), b"1 ".repeat(40_000), b"]".to_vec()].concat();
    for file in [
        objects_of(&deflated(&values), "/Filter /FlateDecode"),
        pdf_of(&[objects(&[]), vec![values]].concat(), ""),
    ] {
        let why = why(&file, limits);
        assert!(why.starts_with("a.pdf: it is made of more than "), "{why}");
    }
    // One content that all of many pages draw.
    let mut shared = objects(&[drawn(&[(14, "The same words again."); 2_000])]);
    shared[1] =
        format!("<< /Type /Pages /Kids [{}] /Count 5000 >>", "4 0 R ".repeat(5_000)).into_bytes();
    limits.document_values = ReadLimits::default().document_values;
    shared.extend((0..5_000).map(|_| b"null".to_vec()));
    let (_, problems) = read_with(&pdf_of(&shared, ""), limits);
    assert!(told(&problems).iter().any(|why| why.contains("the rest is left out")), "{problems:?}");
    // And one that is longer than documents are.
    limits.document_bytes = 1000;
    assert_eq!(
        why(&release(), limits),
        "a.pdf: the document has more than 1000 bytes, the most for one; split it"
    );
}

#[test]
fn the_map_is_short_where_the_text_stands_as_it_is() {
    let statement = read(&release()).0.remove(0);
    let map: &SourceMap = statement.source.map.as_ref().unwrap();
    let json = serde_json::to_string(map).unwrap();
    assert!(json.len() < 120, "{json}");
}
