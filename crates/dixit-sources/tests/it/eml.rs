//! Mails.

use dixit::{Statement, StatementDate};
use dixit_sources::{Problem, ReadLimits, ReadOptions, part_bytes, read_all, text_of};

fn read(file: &[u8]) -> (Vec<Statement>, Vec<Problem>) {
    let (format, records, problems) = read_all("a.eml", file, &ReadOptions::default()).unwrap();
    assert_eq!(format.reader.name(), "eml");
    crate::any_input::check_reader("eml", file);
    (records.into_iter().map(|record| record.statement).collect(), problems)
}

fn told(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.message.as_str()).collect()
}

/// The bytes of the mail behind some words of a statement.
fn bytes<'f>(file: &'f [u8], statement: &Statement, words: &str) -> &'f [u8] {
    let at =
        statement.text.find(words).unwrap_or_else(|| panic!("{words:?} in {:?}", statement.text));
    &file[statement.source_span(at..at + words.len()).unwrap().as_range().unwrap()]
}

const FIELDS: &str = "Received: from mx.norland.example\r\n\tby mail.example; Sat, 4 May 2024 01:00:00 +0000\r\n\
From: Press office <press@norland.example>\r\nTo: news@example.org\r\n\
Date: Fri, 03 May 2024 23:30:00 -0500\r\nSubject: =?utf-8?Q?Herring_quota_falls?=\r\n =?utf-8?B?IGJ5IMOpdmVu?=\r\n\
MIME-Version: 1.0\r\n";

fn mail(rest: &str) -> Vec<u8> {
    [FIELDS.as_bytes(), rest.as_bytes()].concat()
}

#[test]
fn a_mail_has_its_day_and_its_subject_and_no_speaker() {
    let file = mail("\r\nThe quota falls by a tenth.\r\n\r\nIt is needed.\r\n");
    let (statements, problems) = read(&file);
    assert!(problems.is_empty(), "{problems:?}");
    let statement = &statements[0];
    assert_eq!(statement.text, "The quota falls by a tenth.\n\nIt is needed.");
    // The day of who sent it, though it was another one elsewhere by then.
    assert_eq!(statement.date, StatementDate::day(2024, 5, 3));
    assert_eq!(statement.title.as_deref(), Some("Herring quota falls by éven"));
    assert_eq!(statement.speaker, None);
    assert_eq!(statement.source.encoding, None);
    assert_eq!(bytes(&file, statement, "needed"), b"needed");
    let evidence = |field: &str| {
        let span = statement.basis[field].evidence[0].as_range().unwrap();
        std::str::from_utf8(&file[span]).unwrap().trim_end().to_owned()
    };
    assert_eq!(evidence("date"), "Date: Fri, 03 May 2024 23:30:00 -0500");
    assert!(evidence("title").starts_with("Subject: =?utf-8?Q?Herring"));
    let own = statement.source.span.unwrap().as_range().unwrap();
    assert!(file[own].starts_with(b"The quota"));
}

#[test]
fn quoted_printable_and_base64_lead_back_to_the_mail() {
    let file = mail(
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
         L'=C3=A9t=C3=A9 dernier, la ministre a d=C3=A9clar=C3=A9 que les quo=\r\ntas baisseront.\r\n",
    );
    let statement = read(&file).0.remove(0);
    assert_eq!(statement.text, "L'été dernier, la ministre a déclaré que les quotas baisseront.");
    assert_eq!(bytes(&file, &statement, "été"), b"=C3=A9t=C3=A9");
    assert_eq!(bytes(&file, &statement, "quotas"), b"quo=\r\ntas");
    let encoding = statement.source.encoding.as_deref();
    assert_eq!(encoding, Some("quoted-printable"));
    assert_eq!(text_of(bytes(&file, &statement, "été"), encoding), "été");

    let latin = mail(
        "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: base64\r\n\r\n\
         TCfpdOkgZGVybmllciwgbGEgbWluaXN0cmUgYSBk6WNsYXLpIHF1ZSBs\r\nZXMgcXVvdGFzIGJhaXNzZXJvbnQu\r\n",
    );
    let statement = read(&latin).0.remove(0);
    assert_eq!(statement.text, "L'été dernier, la ministre a déclaré que les quotas baisseront.");
    let encoding = statement.source.encoding.as_deref();
    assert_eq!(encoding, Some("base64 windows-1252"));
    // Three bytes are four letters, whole groups of which are given.
    assert_eq!(bytes(&latin, &statement, "L'é"), b"TCfp");
    assert!(text_of(bytes(&latin, &statement, "les quotas"), encoding).contains("les quotas"));
    // Evidence in the fields is not taken for base64.
    let date = statement.basis["date"].evidence[0].as_range().unwrap();
    assert!(text_of(&latin[date], encoding).starts_with("Date: Fri"));
}

#[test]
fn eight_bits_are_read_as_declared() {
    let mut file = mail("Content-Type: text/plain; charset=\"windows-1252\"\r\n\r\nL'");
    file.extend_from_slice(b"\xE9t\xE9 dernier \x96 enfin.\r\n");
    let statement = read(&file).0.remove(0);
    assert_eq!(statement.text, "L'été dernier – enfin.");
    assert_eq!(statement.source.encoding.as_deref(), Some("windows-1252"));
    assert_eq!(bytes(&file, &statement, "été"), b"\xE9t\xE9");
}

#[test]
fn what_others_wrote_and_signatures_are_left_out() {
    let (statements, problems) = read(&mail(
        "Content-Type: text/plain; format=flowed\r\n\r\nThe quota falls, as was said in the \r\nmorning.\r\n\r\n\
         On 2 May 2024 Bo Lind wrote:\r\n> Will the quota fall?\r\n>> No.\r\n\r\nIt will.\r\n-- \r\nPress office\r\n",
    ));
    assert_eq!(statements[0].text, "The quota falls, as was said in the morning.\n\nIt will.");
    assert_eq!(told(&problems), ["3 lines that quote another mail were left out"]);
    assert!(!problems[0].left_out);
    let (statements, problems) = read(&mail("\r\nBo Lind wrote:\r\n> Nothing but this.\r\n"));
    assert!(statements.is_empty());
    assert_eq!(told(&problems)[1], "there is nothing in it but quotes of other mails");
}

#[test]
fn of_one_text_in_two_forms_the_plain_one_is_read() {
    let parts = |first: &str, second: &str| {
        mail(&format!(
            "Content-Type: multipart/alternative; boundary=\"=_b\"\r\n\r\nFor old programs.\r\n--=_b\r\n{first}\r\n\
             --=_b\r\n{second}\r\n--=_b--\r\nAfter all.\r\n"
        ))
    };
    let plain = "Content-Type: text/plain\r\n\r\nThe quota falls.";
    let html = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        <html><body><p>The quota of herring &amp; cod falls by a =C3=A9ven number of tonnes.</p></body></html>";
    for file in [parts(plain, html), parts(html, plain)] {
        let (statements, problems) = read(&file);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(statements.len(), 1);
        assert_eq!(statements[0].text, "The quota falls.");
    }
    let file = parts(html, "Content-Type: image/png\r\n\r\nx");
    let statement = read(&file).0.remove(0);
    assert_eq!(statement.text, "The quota of herring & cod falls by a éven number of tonnes.");
    assert_eq!(bytes(&file, &statement, "éven"), b"=C3=A9ven");
    assert_eq!(bytes(&file, &statement, "&"), b"&amp;");
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |chunk: &[u8]| {
        let bits =
            (0..3).fold(0_u32, |bits, at| bits << 8 | u32::from(*chunk.get(at).unwrap_or(&0)));
        (0..4)
            .map(move |at| (bits >> (18 - 6 * at) & 63) as usize)
            .enumerate()
            .map(
                move |(at, letter)| {
                    if at > chunk.len() { '=' } else { char::from(LETTERS[letter]) }
                },
            )
            .collect::<String>()
    };
    bytes.chunks(57).map(|line| line.chunks(3).map(group).collect::<String>() + "\r\n").collect()
}

fn with_attachments(attachments: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut file = mail(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee what is attached.\r\n",
    );
    for (name, kind, bytes) in attachments {
        let part = format!(
            "--b\r\nContent-Type: {kind}; name=\"{name}\"\r\nContent-Disposition: attachment; \
             filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            base64(bytes)
        );
        file.extend_from_slice(part.as_bytes());
    }
    file.extend_from_slice(b"--b--\r\n");
    file
}

#[test]
fn attached_text_is_read_and_what_is_not_read_is_told() {
    let file = with_attachments(&[
        ("note.txt", "text/plain", "The cod quota rises, sagt Björn.".as_bytes()),
        ("figures.xlsx", "application/octet-stream", b"\x00\x01"),
        ("logo.png", "image/png", b"\x89PNG"),
    ]);
    let (statements, problems) = read(&file);
    let texts: Vec<_> = statements.iter().map(|statement| statement.text.as_str()).collect();
    assert_eq!(texts, ["See what is attached.", "The cod quota rises, sagt Björn."]);
    assert_eq!(statements[1].source.ordinal, Some(2));
    // When the mail was sent says nothing of when that was written.
    assert_eq!((statements[1].date, &statements[1].title), (None, &None));
    assert_eq!(
        told(&problems),
        [
            "attachment 4 `figures.xlsx`: it is damaged: it is no text, PDF or DOCX, and so it is left out"
        ]
    );
    assert!(problems[0].left_out);
}

#[cfg(all(feature = "pdf", feature = "docx"))]
#[test]
fn attached_documents_are_read_and_found_again() {
    let pdf = crate::made::pdf(&[&[(0, "Words of an attached PDF.")]]);
    let docx = crate::made::docx(&crate::made::p("Words of an attached DOCX."));
    let file = with_attachments(&[
        ("a.pdf", "application/pdf", &pdf),
        ("b.docx", "application/msword", &docx),
    ]);
    let (statements, problems) = read(&file);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(statements.len(), 3);
    for (statement, part) in
        statements[1..].iter().zip(["attachment-3/text-layer", "attachment-4/word/document.xml"])
    {
        assert_eq!(statement.source.part.as_deref(), Some(part));
        let part = part_bytes(&file, part, &ReadLimits::default()).unwrap();
        assert_eq!(bytes(&part, statement, "attached"), b"attached");
    }
    let cut = with_attachments(&[("a.pdf", "application/pdf", &pdf[..80])]);
    let (statements, problems) = read(&cut);
    assert_eq!(statements.len(), 1);
    assert!(
        told(&problems)[0].starts_with("attachment 3 `a.pdf`: it is damaged: "),
        "{problems:?}"
    );
}

#[test]
fn it_is_known_by_what_programs_write() {
    let by = |name: &str, file: &[u8]| {
        read_all(name, file, &ReadOptions::default())
            .map(|(format, ..)| format.reader.name())
            .unwrap()
    };
    let file = mail("\r\nWords.\r\n");
    for name in ["a.eml", "a.txt", "a", "a.md"] {
        assert_eq!(by(name, &file), "eml", "{name}");
    }
    // A letter that begins with such lines is one.
    let letter =
        b"From: Ada Rask\nDate: 3 May 2024\nSubject: Herring\n\nThe quota falls by a tenth.\n";
    assert_eq!(by("a.txt", letter), "text");
    assert_eq!(by("a.eml", letter), "eml");
    assert_eq!(by("a.txt", b"MIME-Version: 1.0\nFrom here on words, Date: none.\n"), "text");
}

#[test]
fn damage_is_told_and_nothing_panics() {
    let file =
        with_attachments(&[("note.txt", "text/plain", b"The cod quota rises by some tonnes.")]);
    let (_, problems) = read(&file[..file.len() - 9]);
    assert_eq!(told(&problems), ["its last part has no end: it may be cut off"]);
    for at in 0..file.len() {
        let mut damaged = file.clone();
        damaged[at] ^= 0x0F;
        crate::any_input::check_reader("eml", &damaged);
        crate::any_input::check_reader("eml", &file[..at]);
    }
    let (_, problems) = read(&mail(
        "Content-Type: text/plain; charset=klingon\r\nContent-Transfer-Encoding: base64\r\n\r\nVGhlIHF1b3Rh*IGZhbGxz\r\n",
    ));
    assert_eq!(
        told(&problems),
        [
            "1 bytes of it are none of its transfer encoding",
            "it names an encoding that nobody knows, `klingon`: taken by its bytes"
        ]
    );
    let (statements, problems) = read(&mail("\r\n"));
    assert!(statements.is_empty() && problems[0].left_out);
}

#[test]
fn parts_in_parts_without_end_end() {
    let nested: String = (0..20_000).fold(String::new(), |mut all, at| {
        all.push_str(&format!("Content-Type: multipart/mixed; boundary=b{at}\r\n\r\n--b{at}\r\n"));
        all
    });
    let (_, problems) = read(&mail(&nested));
    assert!(!problems.is_empty());
    let messages = "Content-Type: message/rfc822\r\n\r\n".repeat(200_000);
    let (statements, problems) = read(&mail(&messages));
    assert!(statements.is_empty());
    assert!(problems.iter().all(|problem| problem.left_out), "{problems:?}");
    let many = format!(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n{}",
        "--b\r\n\r\nThe same words.\r\n".repeat(5_000)
    );
    let (statements, problems) = read(&mail(&many));
    assert!(statements.len() < 1000);
    assert!(told(&problems).contains(&"it has more than 1000 parts: the rest is left out"));
}

#[test]
fn other_mails_below_without_marks_are_left_out() {
    for below in [
        "-----Original Message-----\r\nFrom: Jon Moe\r\nSent: Monday\r\nTo: Press\r\nSubject: x\r\n\r\nThe minister lies.\r\n",
        "From: Jon Moe\r\nSent: Monday\r\nTo: Press\r\nSubject: x\r\n\r\nThe minister lies.\r\n",
        "On Monday, 6 May 2024, Jon Moe\r\n<jon@example.org> wrote:\r\n\r\nThe minister lies.\r\n",
        "On Monday, Jon Moe wrote:\r\n\r\nThe minister lies.\r\n",
    ] {
        let file = mail(&format!("\r\nThe quota falls.\r\n\r\n{below}"));
        let (statements, problems) = read(&file);
        assert_eq!(statements[0].text.trim_end(), "The quota falls.", "{below}");
        assert!(told(&problems)[0].contains("quote another mail"), "{problems:?}");
    }
}
