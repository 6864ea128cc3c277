//! What other search engines read, and what is easily typed here for something else: told, where it is
//! taken as it stands.

use std::ops::Range;

use super::clause::has_word;
use super::field::{Field, Name};
use super::language;
use super::note::{NoteKind, shown};
use super::parse::{Parser, Target};
use super::syntax::{Token, TokenKind, is_tilde};
use super::wildcard::is_star;

impl Parser<'_> {
    /// The word without a `+` or `!` before it.
    pub(super) fn without_sign<'t>(&mut self, text: &'t str, target: &Target) -> &'t str {
        let Some(word) = text.strip_prefix(['+', '!', '＋', '！']) else { return text };
        // `+49` is a number, and `!!!` no word.
        if !word.starts_with(char::is_alphabetic) {
            return text;
        }
        let is_plus = text.starts_with(['+', '＋']);
        let span = target.span.end - text.len()..target.span.end;
        // White space and what nobody sees were folded away.
        let span =
            if self.text.get(span.clone()) == Some(text) { span } else { target.span.clone() };
        self.notes.suggest(NoteKind::Unsupported, span, || match is_plus {
            true => (
                "`+` is no sign here, since all words are wanted; it is left out".to_owned(),
                Some(word.to_owned()),
            ),
            false => ("`!` is no sign here and is left out".to_owned(), Some(format!("-{word}"))),
        });
        word
    }

    /// `topic:a,b` is one value.
    pub(super) fn listed(&mut self, text: &str, target: &Target) {
        let is_list = matches!(
            target.field(),
            Some(
                Field::Speaker
                    | Field::Role
                    | Field::Affiliation
                    | Field::Party
                    | Field::Country
                    | Field::Topic
                    | Field::Keyword
                    | Field::Event
            )
        );
        let parts = || text.split([',', ';', '，', '、']);
        if !is_list || parts().nth(1).is_none() || !parts().all(has_word) {
            return;
        }
        let before = match target.name.filter(|_| !target.scoped) {
            Some(name) => format!("{}:", name.as_str()),
            None => String::new(),
        };
        self.notes.suggest(NoteKind::Unsupported, target.span.clone(), || {
            let message = format!("`{}` is one value, whose words stand in a row", shown(text));
            let parts: Vec<&str> = parts().collect();
            (message, Some(format!("{before}({})", parts.join(" OR "))))
        });
    }

    /// Marks that say something outside of quotation marks alone: `"human*"`, `"herrng~1"`.
    pub(super) fn marks_within(&mut self, text: &str, target: &Target) {
        let is_mark = |word: &str| {
            let open = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
            let bare = open.trim_end_matches(|c| is_star(c) || is_tilde(c));
            bare.len() < open.len() && bare.ends_with(char::is_alphanumeric)
        };
        let is_open = |word: &str| {
            // `wo*d`, but not a footnote between two words.
            word.split(is_star).all(|part| part.ends_with(char::is_alphanumeric))
                && word.contains(is_star)
        };
        let Some(word) = text.split(' ').find(|word| is_mark(word) || is_open(word)) else {
            return;
        };
        self.notes.add(NoteKind::Unsupported, target.span.clone(), || {
            let mark = word.chars().find(|c| is_star(*c) || is_tilde(*c)).unwrap_or('*');
            format!("`{mark}` means nothing within quotation marks; these very words are searched")
        });
    }

    /// `or`, `and`, `not` and `near/3` between words: once a query, since prose is full of them.
    pub(super) fn small_operator(&mut self, span: &Range<usize>, next: Option<&Token>) {
        let word = &self.text[span.clone()];
        let operator = match word {
            "or" => "OR",
            "and" => "AND",
            "not" => "NOT",
            _ => match word.strip_prefix("near/") {
                Some(within) if within.bytes().all(|b| b.is_ascii_digit()) => "NEAR",
                _ => return,
            },
        };
        let goes_on = next.is_some_and(|next| {
            !matches!(
                next.kind,
                TokenKind::Close
                    | TokenKind::Stray
                    | TokenKind::Or
                    | TokenKind::And
                    | TokenKind::Not
                    | TokenKind::Near
            )
        });
        if !goes_on || self.has_small_operator || !(self.has_operand() || operator == "NOT") {
            return;
        }
        self.has_small_operator = true;
        self.notes.suggest(NoteKind::SmallOperator, span.clone(), || {
            let message =
                format!("`{word}` is searched as a word; the operator is written in capitals");
            (message, Some(format!("{operator}{}", word.get(operator.len()..).unwrap_or(""))))
        });
    }

    /// The tag of a language that is written as a tag or by its name.
    pub(super) fn language(&mut self, text: &str, target: &Target) -> String {
        if let Some(tag) = language::language_tag(text) {
            return tag;
        }
        let before = if target.scoped { "" } else { "language:" };
        self.notes.suggest(NoteKind::BadLanguage, target.span.clone(), || {
            let message = format!(
                "`{}` is no language that is known; it is searched as a tag, such as de, fr or zh-Hant",
                shown(text)
            );
            (message, language::meant(text).map(|meant| format!("{before}{meant}")))
        });
        text.to_owned()
    }

    /// Whether the operand looks at languages.
    pub(super) fn is_language(target: &Target) -> bool {
        target.name == Some(Name::Field(Field::Language))
    }
}
