//! Nothing from data reaches a terminal raw.

use std::borrow::Cow;
use std::fmt::Write;

/// The text with control, direction and invisible characters written out, so that it can neither
/// steer a terminal nor read otherwise than it is.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_harmful) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' | '\t' | '\r' => out.push(' '),
            _ if is_harmful(c) => {
                let _ = write!(out, "{}", c.escape_unicode());
            }
            _ => out.push(c),
        }
    }
    out.into()
}

fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_steers_a_terminal_is_written_out() {
        assert_eq!(clean("plain 人权 🌍"), "plain 人权 🌍");
        assert_eq!(clean("a\u{1b}[31mb\nc"), "a\\u{1b}[31mb c");
        assert_eq!(clean("evil\u{202e}txt\u{200b}"), "evil\\u{202e}txt\\u{200b}");
    }
}
