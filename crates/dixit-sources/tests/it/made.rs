//! Documents that tests make.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

/// A document of a word processor with this body, as its programs write it.
pub(crate) fn docx(body: &str) -> Vec<u8> {
    let main = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}<w:sectPr/>\
         </w:body></w:document>"
    );
    zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", "<Relationships/>"),
        ("word/document.xml", &main),
        (
            "word/footnotes.xml",
            "<w:footnotes><w:p><w:r><w:t>A note below.</w:t></w:r></w:p></w:footnotes>",
        ),
        ("word/header1.xml", "<w:hdr><w:p><w:r><w:t>Storting of Norland</w:t></w:r></w:p></w:hdr>"),
    ])
}

/// A zip archive with these entries.
pub(crate) fn zipped<B: AsRef<[u8]>>(entries: &[(&str, B)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes.as_ref()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A paragraph of a word processor.
pub(crate) fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// A PDF: its objects, numbered from 1 on, with a table of their places.
pub(crate) fn pdf_of(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        writeln!(file, "{number} 0 obj").unwrap();
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let table = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    let size = objects.len() + 1;
    write!(file, "trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n")
        .unwrap();
    file
}

/// A stream with a dictionary that has these entries too.
pub(crate) fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let front = format!("<< /Length {} {entries} >>\nstream\n", data.len());
    [front.as_bytes(), data, b"\nendstream"].concat()
}

/// Packed as streams of PDF are.
pub(crate) fn deflated(data: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(data).unwrap();
    out.finish().unwrap()
}

/// The objects of a PDF whose pages are drawn by these: 1 the catalog, 2 the tree, 3 the font, then a page
/// and its content for each.
pub(crate) fn objects(contents: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let kids: Vec<String> = (0..contents.len()).map(|at| format!("{} 0 R", 4 + 2 * at)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), kids.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_vec(),
    ];
    for (at, content) in contents.iter().enumerate() {
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font \
             << /F1 3 0 R >> >> >>",
            5 + 2 * at
        );
        objects.push(page.into_bytes());
        objects.push(stream("/Filter /FlateDecode", &deflated(content)));
    }
    objects
}

/// What draws these lines: each with the room over it, in points.
pub(crate) fn drawn(lines: &[(u32, &str)]) -> Vec<u8> {
    let mut out = b"BT\n/F1 11 Tf\n72 800 Td\n".to_vec();
    for (room, line) in lines {
        // As in windows-1252, which the font says.
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(line);
        write!(out, "0 -{room} Td\n(").unwrap();
        for byte in bytes.iter() {
            if b"()\\".contains(byte) {
                out.push(b'\\');
            }
            out.push(*byte);
        }
        out.extend_from_slice(b") Tj\n");
    }
    out.extend_from_slice(b"ET\n");
    out
}

/// A PDF whose pages have these lines.
pub(crate) fn pdf(pages: &[&[(u32, &str)]]) -> Vec<u8> {
    let contents: Vec<Vec<u8>> = pages.iter().map(|lines| drawn(lines)).collect();
    pdf_of(&objects(&contents), "")
}
