//! Documents of word processors.

use dixit::Statement;
use dixit_sources::{DocumentError, Problem, ReadLimits, ReadOptions, part_bytes, read_all};

use crate::made::{docx, p, zipped};

fn read_with(file: &[u8], limits: ReadLimits) -> (Vec<Statement>, Vec<Problem>) {
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let (format, records, problems) = read_all("a.docx", file, &options).unwrap();
    assert_eq!(format.reader.name(), "docx");
    (records.into_iter().map(|record| record.statement).collect(), problems)
}

fn read(file: &[u8]) -> (Vec<Statement>, Vec<Problem>) {
    read_with(file, ReadLimits::default())
}

/// The one problem that a file without statements gives.
fn why(file: &[u8], limits: ReadLimits) -> String {
    let (statements, problems) = read_with(file, limits);
    assert!(statements.is_empty(), "{statements:?}");
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert!(problem.left_out);
    problem.to_string()
}

fn main_part(file: &[u8]) -> String {
    String::from_utf8(part_bytes(file, "word/document.xml", &ReadLimits::default()).unwrap())
        .unwrap()
}

/// Split into runs as programs do, with a note, something taken out, a text box in two forms.
fn release() -> Vec<u8> {
    let heading = |style: &str, text: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body = [
        heading("Title", "The herring quota falls"),
        "<w:p><w:r><w:t>On 3 May 2024 Ada Ra</w:t></w:r><w:r><w:rPr><w:del w:id=\"1\"/></w:rPr><w:t \
         xml:space=\"preserve\">sk said </w:t></w:r><w:del><w:r><w:delText>nothing </w:delText></w:r></w:del>\
         <w:moveFrom><w:r><w:t>moved </w:t></w:r></w:moveFrom><w:r><w:t>that the quota of herring &amp; \
         cod</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:instrText> PAGE \
         </w:instrText><w:t xml:space=\"preserve\"> will fall.</w:t></w:r></w:p>"
            .to_owned(),
        heading("Heading2", "Reasons"),
        "<w:p><w:r><w:t>It is needed:</w:t><w:br/><w:t>stocks are low,</w:t><w:tab/><w:t>very \
         low</w:t><w:noBreakHyphen/><w:t>lying.</w:t></w:r></w:p>"
            .to_owned(),
        format!(
            "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc>\
             </w:tr></w:tbl>",
            p("Year"), p("Tonnes"), p("of herring"), p("2023"), p("900")
        ),
        format!(
            "<w:p><mc:AlternateContent><mc:Choice><w:txbxContent>{0}</w:txbxContent></mc:Choice>\
             <mc:Fallback><w:txbxContent>{0}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:p>",
            p("In a box.")
        ),
    ];
    docx(&body.concat())
}

#[test]
fn paragraphs_headings_and_rows_are_lines() {
    let (statements, problems) = read(&release());
    assert!(problems.is_empty(), "{problems:?}");
    let [statement] = statements.as_slice() else { panic!("{statements:?}") };
    assert_eq!(
        statement.text,
        "On 3 May 2024 Ada Rask said that the quota of herring & cod will fall.\nReasons\nIt is \
         needed:\nstocks are low, very low\u{2011}lying.\nYear\tTonnes of herring\n2023\t900\nIn a box."
    );
    assert_eq!(statement.title.as_deref(), Some("The herring quota falls"));
    assert_eq!(statement.date, None);
}

#[test]
fn every_word_stands_in_the_main_part() {
    let file = release();
    let (statement, xml) = (read(&file).0.remove(0), main_part(&file));
    assert_eq!(statement.source.part.as_deref(), Some("word/document.xml"));
    let bytes = |range: std::ops::Range<usize>| {
        &xml[statement.source_span(range).unwrap().as_range().unwrap()]
    };
    for word in ["quota", "stocks", "Tonnes", "In a box."] {
        let at = statement.text.find(word).unwrap();
        assert_eq!(bytes(at..at + word.len()), word);
    }
    let and = statement.text.find('&').unwrap();
    assert_eq!(bytes(and..and + 1), "&amp;");
    // A name that the markup cuts in two has the markup between.
    let name = statement.text.find("Rask").unwrap();
    assert!(bytes(name..name + 4).starts_with("Ra</w:t>"));
    let title = statement.basis["title"].evidence[0].as_range().unwrap();
    assert_eq!(&xml[title], "The herring quota falls");
    crate::any_input::check_reader("docx", &file);
}

#[test]
fn it_is_known_by_its_content_and_is_no_archive() {
    let file = release();
    for name in ["a.docx", "a.zip", "a", "a.txt"] {
        let (format, records, _) =
            read_all(name, file.as_slice(), &ReadOptions::default()).unwrap();
        assert_eq!((format.reader.name(), records.len()), ("docx", 1), "{name}");
    }
    // Another zip archive under the name.
    assert_eq!(
        why(&zipped(&[("a.txt", "Words.")]), ReadLimits::default()),
        "a.docx: there is no `word/document.xml` in it"
    );
    // The main part under another name, which the document gives.
    let elsewhere = zipped(&[
        (
            "_rels/.rels",
            "<Relationships><Relationship Type=\"http://x/officeDocument\" Target=\"/word/doc2.xml\"/></Relationships>",
        ),
        (
            "word/doc2.xml",
            "<w:document><w:body><w:p><w:r><w:t>Words.</w:t></w:r></w:p></w:body></w:document>",
        ),
    ]);
    let statement = read(&elsewhere).0.remove(0);
    assert_eq!(
        (statement.text.as_str(), statement.source.part.as_deref()),
        ("Words.", Some("word/doc2.xml"))
    );
}

#[test]
fn a_title_among_the_properties_is_a_weak_one() {
    let with_title = |title: &str| {
        let core = format!("<cp:coreProperties><dc:title>{title}</dc:title></cp:coreProperties>");
        let main = format!("<w:document><w:body>{}</w:body></w:document>", p("Words alone."));
        read(&zipped(&[("word/document.xml", main.as_str()), ("docProps/core.xml", core.as_str())]))
            .0
            .remove(0)
    };
    let statement = with_title("Statement on the quota");
    assert_eq!(statement.title.as_deref(), Some("Statement on the quota"));
    assert!(!statement.basis["title"].is_fact());
    assert_eq!(with_title("Microsoft Word - quota").title, None);
}

#[test]
fn what_cannot_be_read_is_told() {
    let limits = ReadLimits::default();
    let file = release();
    assert_eq!(why(&docx(""), limits), "a.docx: no text in its word/document.xml");
    assert!(why(&file[..file.len() / 2], limits).starts_with("a.docx: it is damaged: "));
    // The mark of an encrypted document is that of old word processors.
    let compound = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), vec![0; 600]].concat();
    let error = read_all("a.docx", compound.as_slice(), &ReadOptions::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no reader: a document of an old word processor, or an encrypted one; save it as DOCX without a password"
    );
    assert_eq!(part_bytes(&compound, "word/document.xml", &limits), Err(DocumentError::Encrypted));
    // An encrypted entry.
    let mut marked = zipped(&[("word/document.xml", "<w:document/>")]);
    for mark in [&b"PK\x03\x04"[..], b"PK\x01\x02"] {
        let at = marked.windows(4).position(|bytes| bytes == mark).unwrap();
        marked[at + if mark[2] == 3 { 6 } else { 8 }] |= 1;
    }
    assert_eq!(
        why(&marked, limits),
        "a.docx: it is encrypted: save it without a password and take it in again"
    );
    for at in (0..file.len()).step_by(3) {
        let mut damaged = file.clone();
        damaged[at] ^= 0x41;
        crate::any_input::check_reader("docx", &damaged);
        crate::any_input::check_reader("docx", &file[..at]);
    }
}

#[test]
fn a_cut_main_part_gives_what_it_has() {
    let xml = "<w:document><w:body><w:p><w:r><w:t>All that is left of it.</w:t></w:r></w:p><w:p><w:r><w:t>An";
    let statement = read(&zipped(&[("word/document.xml", xml)])).0.remove(0);
    assert_eq!(statement.text, "All that is left of it.\nAn");
}

#[test]
fn bombs_do_not_go_off() {
    let mut limits = ReadLimits::default();
    limits.record_bytes = 1 << 20;
    let bomb = docx(&p(&"x".repeat(2 << 20)));
    assert!(bomb.len() < 20_000);
    assert_eq!(
        why(&bomb, limits),
        "a.docx: word/document.xml unpacks to more than 1048576 bytes: it is left out, as what fills memory \
         does so"
    );
    limits.document_bytes = 100;
    assert_eq!(
        why(&release(), limits),
        "a.docx: the document has more than 100 bytes, the most for one; split it"
    );
    // Elements in elements, and tables in tables, without end.
    let deep =
        docx(&["<w:tbl><w:tr><w:tc>".repeat(50_000), p("Deep."), "</w:tc>".repeat(9)].concat());
    assert_eq!(read(&deep).0[0].text, "Deep.");
}
