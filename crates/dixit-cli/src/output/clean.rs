//! Nothing from data reaches a terminal raw.

use std::borrow::Cow;
use std::fmt::Write;

/// The text with control, direction and invisible characters written out, so that it can neither
/// steer a terminal nor read otherwise than it is.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_harmful(c) || is_joiner(c)) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '\n' | '\t' | '\r' => out.push(' '),
            _ if is_harmful(c) || (is_joiner(c) && !can_be_joined(before)) => {
                let _ = write!(out, "{}", c.escape_unicode());
            }
            _ => out.push(c),
        }
        before = c;
    }
    out.into()
}

fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{2800}' | '\u{FE00}'..='\u{FE0E}')
        || matches!(c, '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}')
        || matches!(c, '\u{180B}'..='\u{180F}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{3164}')
        || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFA0}')
        || matches!(c, '\u{FFF9}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Zero-width joiner and non-joiner: part of the spelling in Persian and many scripts of India, and of
/// emoji, as is the mark that asks for a picture; nothing but hidden between other letters.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE0F}')
}

/// Whether the scripts of these letters are written with joiners.
fn can_be_joined(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{1DFF}' | '\u{2600}'..='\u{27BF}' | '\u{FB50}'..='\u{FEFC}' | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_steers_a_terminal_is_written_out() {
        assert_eq!(clean("plain 人权 🌍"), "plain 人权 🌍");
        assert_eq!(clean("a\u{1b}[31mb\nc"), "a\\u{1b}[31mb c");
        assert_eq!(clean("می\u{200c}خواهم 👩\u{200d}🚀"), "می\u{200c}خواهم 👩\u{200d}🚀");
        assert_eq!(clean("a\u{200d}b\u{61c}c"), "a\\u{200d}b\\u{61c}c");
        assert_eq!(
            clean("co\u{ad}op \u{2764}\u{fe0f} a\u{fe0f}"),
            "co\\u{ad}op \u{2764}\u{fe0f} a\\u{fe0f}"
        );
        assert_eq!(clean("evil\u{202e}txt\u{200b}"), "evil\\u{202e}txt\\u{200b}");
    }
}
