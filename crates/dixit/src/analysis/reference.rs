//! One form for a document symbol, however it is spaced and dotted.

/// Laws and bills that are called by several names, in their parts.
const SAME: [(&str, &str); 15] = [
    // `A.RES.78.1`; `S.Res. 14` is the Senate's.
    ("ares", "a res"),
    ("adec", "a dec"),
    ("eres", "e res"),
    ("public law", "pl"),
    ("publ", "pl"),
    ("publno", "pl"),
    ("pub l", "pl"),
    ("pub law", "pl"),
    ("plno", "pl"),
    ("p l", "pl"),
    ("resolutions", "resolution"),
    ("h r", "hr"),
    ("h res", "hres"),
    ("h con res", "hconres"),
    ("h j res", "hjres"),
];

/// The form in which references are compared: runs of letters and of digits, in lower case and with one space
/// between; letters that only dots and spaces part, the first of them with a dot, are one run.
///
/// ```
/// use dixit::analysis::reference_form;
///
/// assert_eq!(reference_form("H. R. 3684"), "hr 3684");
/// assert_eq!(reference_form("h.r.3684"), "hr 3684");
/// assert_eq!(reference_form("A/RES/78/1"), "a res 78 1");
/// assert_eq!(reference_form("COM(2023) 12"), "com 2023 12");
/// assert_eq!(reference_form("Public Law 117-58"), reference_form("Pub. L. 117–58"));
/// ```
#[must_use]
pub fn reference_form(text: &str) -> String {
    let mut form = String::with_capacity(text.len());
    // What stands between this run and the one before it, and whether that one was of letters.
    let (mut between, mut before) = (String::new(), None);
    let mut chars = text.chars().peekable();
    while let Some(first) = chars.next() {
        if !first.is_alphanumeric() {
            between.push(first);
            continue;
        }
        let is_digit = first.is_ascii_digit();
        let mut run: String = first.to_lowercase().collect();
        while let Some(next) =
            chars.next_if(|next| next.is_alphanumeric() && next.is_ascii_digit() == is_digit)
        {
            run.extend(next.to_lowercase());
        }
        let is_abbreviated = between.starts_with('.')
            && between[1..].chars().all(char::is_whitespace)
            && before == Some(false)
            && !is_digit;
        if !form.is_empty() && !is_abbreviated {
            form.push(' ');
        }
        form.push_str(&run);
        between.clear();
        before = Some(is_digit);
    }
    // `No.` before a number says nothing.
    if form.contains(" no ") {
        form = form.replace(" no ", " ");
    }
    // Those of the Security Council have a year behind them, or none.
    if form.starts_with("s res ") {
        form = form.split(' ').take(3).collect::<Vec<_>>().join(" ");
    }
    for (written, one) in SAME {
        if let Some(rest) = form.strip_prefix(written)
            && rest.starts_with(' ')
        {
            return format!("{one}{rest}");
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_has_one_form() {
        for (form, written) in [
            (
                "hr 3684",
                &["H.R. 3684", "H. R. 3684", "h.r.3684", "HR 3684", "HR3684", "H R 3684"][..],
            ),
            ("sconres 14", &["S. Con. Res. 14", "S.Con.Res.14"]),
            ("a res 78 1", &["A/RES/78/1", "a/res/78/1", "A / RES / 78 / 1", "A.RES.78.1"]),
            ("com 2023 12", &["COM(2023) 12", "COM (2023)12"]),
            ("regulation eu 2016 679", &["Regulation (EU) 2016/679"]),
            ("regulation eu 2016 679", &["Regulation (EU) No 2016/679"]),
            ("resolution 2334 2016", &["resolution 2334 (2016)"]),
            ("s res 2334", &["S/RES/2334", "S/RES/2334(2016)", "S / RES / 2334 (2016)"]),
            (
                "pl 117 58",
                &[
                    "Pub. L. No. 117-58",
                    "Public Law No. 117-58",
                    "Public Law 117-58",
                    "Pub. L. 117-58",
                    "P.L. 117–58",
                ],
            ),
            ("", &["", " . ", "—"]),
        ] {
            for written in written {
                assert_eq!(reference_form(written), form, "{written}");
            }
        }
        assert_ne!(reference_form("A/RES/78/1"), reference_form("A/RES/7/81"));
    }
}
