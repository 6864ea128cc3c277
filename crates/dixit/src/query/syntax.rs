//! From text to tokens.

use std::ops::Range;

use super::field::Name;
use super::wildcard::is_star;

/// A piece of the query, with its bytes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    /// A run of characters. `glued`: a quotation mark or parenthesis follows at once.
    Word {
        glued: bool,
    },
    /// The run after a field's colon.
    Value,
    /// Quoted text; `inner` is without the marks, `suffix` what is glued to them from a `~` on, or
    /// stars.
    Phrase {
        inner: Range<usize>,
        closed: bool,
        suffix: Range<usize>,
    },
    /// A field's name with its colon. `glued`: a value follows at once.
    Name {
        name: Name,
        glued: bool,
    },
    Open,
    Close,
    /// A minus with something after it.
    Minus,
    /// A minus with nothing after it, or a closing mark with nothing open.
    Stray,
    Or,
    And,
    Not,
    /// `NEAR`, or `NEAR/` with what follows the stroke.
    Near,
}

/// Reads tokens from left to right, looking at every character a bounded number of times.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// A minus here is a sign, not a hyphen.
    fresh: bool,
    after_minus: bool,
    value_next: bool,
}

impl<'a> Tokens<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0, fresh: true, after_minus: false, value_next: false }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn token(&mut self, kind: TokenKind, end: usize) -> Token {
        self.after_minus = matches!(kind, TokenKind::Minus);
        self.fresh = matches!(kind, TokenKind::Minus | TokenKind::Open);
        let span = self.at..end;
        self.at = end;
        Token { kind, span }
    }

    fn phrase(&mut self, quote: char) -> Token {
        let start = self.at + quote.len_utf8();
        let inside = self.text.get(start..).unwrap_or("");
        let end = inside.char_indices().find(|(_, c)| closes(quote, *c));
        let (inner, end, closed) = match end {
            Some((at, c)) => (start..start + at, start + at + c.len_utf8(), true),
            None => (start..self.text.len(), self.text.len(), false),
        };
        let after = self.text.get(end..).unwrap_or("");
        let length = match after.starts_with(is_tilde) {
            true => after.find(is_delimiter).unwrap_or(after.len()),
            false => after.find(|c| !is_star(c)).unwrap_or(after.len()),
        };
        let suffix = end..end + length;
        self.value_next = false;
        self.token(TokenKind::Phrase { inner, closed, suffix }, end + length)
    }

    fn run(&mut self) -> Token {
        let rest = self.rest();
        let length = rest.find(is_delimiter).unwrap_or(rest.len());
        let (run, after) = rest.split_at(length);
        let glued = after.starts_with(|c| is_open(c) || is_quote(c));
        let end = self.at + length;
        if std::mem::take(&mut self.value_next) {
            return self.token(TokenKind::Value, end);
        }
        let operator = match run {
            // `-OR` leaves out a word.
            _ if self.after_minus => None,
            "OR" => Some(TokenKind::Or),
            "AND" => Some(TokenKind::And),
            "NOT" => Some(TokenKind::Not),
            _ if is_near(run) => Some(TokenKind::Near),
            _ => None,
        };
        if let Some(operator) = operator {
            return self.token(operator, end);
        }
        if let Some((name, _)) = run.split_once(is_colon)
            && let Some(known) = Name::read(name)
        {
            let value = run[name.len()..].trim_start_matches(|c| is_colon(c) || is_invisible(c));
            self.value_next = !value.is_empty();
            let glued = self.value_next || glued;
            return self.token(TokenKind::Name { name: known, glued }, end - value.len());
        }
        self.token(TokenKind::Word { glued }, end)
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if !self.value_next {
            let rest = self.rest();
            let skipped = rest.find(|c| !is_space(c) && !is_invisible(c)).unwrap_or(rest.len());
            if rest[..skipped].contains(is_space) {
                self.fresh = true;
                self.after_minus = false;
            }
            self.at += skipped;
        }
        let c = self.rest().chars().next()?;
        let after = self.at + c.len_utf8();
        Some(if is_open(c) {
            self.token(TokenKind::Open, after)
        } else if is_close(c) {
            self.token(TokenKind::Close, after)
        } else if is_quote(c) {
            self.phrase(c)
        } else if is_closing_quote(c) {
            self.token(TokenKind::Stray, after)
        } else if is_minus(c) && self.fresh && !self.value_next {
            let next = self.text[after..].chars().find(|c| !is_invisible(*c));
            let lone = next.is_none_or(|c| is_space(c) || is_close(c));
            self.token(if lone { TokenKind::Stray } else { TokenKind::Minus }, after)
        } else {
            self.run()
        })
    }
}

/// White space, the ideographic space among it; other control characters part words as well.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Characters that steer the direction or breaking of text and that no reader sees; they come along
/// with copied text. Joiners stay: some scripts spell with them.
pub(super) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

pub(super) const fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

const fn is_minus(c: char) -> bool {
    matches!(c, '-' | '－' | '\u{2212}')
}

/// `~`, also as wide keyboards write it.
pub(super) const fn is_tilde(c: char) -> bool {
    matches!(c, '~' | '～' | '〜')
}

pub(super) const fn is_stroke(c: char) -> bool {
    matches!(c, '/' | '／')
}

fn is_near(run: &str) -> bool {
    run.strip_prefix("NEAR").is_some_and(|rest| rest.is_empty() || rest.starts_with(is_stroke))
}

/// A whole number in digits, wide ones too; `None` for anything else. More than fits is the greatest.
pub(super) fn number(text: &str) -> Option<u32> {
    let mut number = None;
    for c in text.chars() {
        let digit = match c {
            '０'..='９' => u32::from(c) - u32::from('０'),
            _ => c.to_digit(10)?,
        };
        number = Some(number.unwrap_or(0u32).saturating_mul(10).saturating_add(digit));
    }
    number
}

const fn is_open(c: char) -> bool {
    matches!(c, '(' | '（')
}

const fn is_close(c: char) -> bool {
    matches!(c, ')' | '）')
}

/// Marks that may open a quotation: English, German (`„…“`, `»…«`), French and East Asian.
const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '＂' | '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '『')
}

const fn is_closing_quote(c: char) -> bool {
    matches!(c, '」' | '』')
}

/// Curly marks end at either curly mark, since languages differ in which one closes.
const fn closes(open: char, c: char) -> bool {
    match open {
        '"' | '＂' => matches!(c, '"' | '＂'),
        '«' => matches!(c, '»'),
        '»' => matches!(c, '«' | '»'),
        '「' => matches!(c, '」'),
        '『' => matches!(c, '』'),
        _ => matches!(c, '“' | '”' | '‟' | '"' | '＂'),
    }
}

fn is_delimiter(c: char) -> bool {
    is_space(c) || is_open(c) || is_close(c) || is_quote(c) || is_closing_quote(c)
}

/// The text without invisible characters, its white space folded.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if !is_space(c) {
            folded.push(c);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}
