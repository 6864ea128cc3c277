//! From tokens to a tree, in one pass and with a stack of its own: deep input must not overflow
//! that of the machine.

mod groups;

use std::ops::Range;
use std::sync::Arc;

use super::build::{Item, Role, disjunction};
use super::clause::is_unknown;
use super::field::{Field, Name};
use super::note::{Note, NoteKind, Notes, shown};
use super::syntax::{Token, TokenKind, Tokens, is_space};
use super::tree::Node;
use super::vocabulary::Widened;
use super::{MatchMode, ParseOptions, Parsed, Query, QueryLimits};

/// What stands before an operand and waits for it.
#[derive(Debug, Default)]
struct Pending {
    /// The signs, and whether they add up to "not".
    sign: Option<(Range<usize>, bool)>,
    name: Option<(Name, Range<usize>)>,
    /// What was taken for a field: `foo` of `foo:"a b"`.
    word: Option<Item>,
}

/// The field that an operand looks at, and the operand's bytes.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) name: Option<Name>,
    /// The name stands before a group around the operand, not before the operand itself.
    pub(super) scoped: bool,
    /// From the operand's own name on.
    pub(super) span: Range<usize>,
}

impl Target {
    /// The part of a statement that the operand looks at.
    pub(super) fn field(&self) -> Option<Field> {
        self.name.and_then(Name::field)
    }
}

/// An open pair of parentheses; the first is the query itself.
#[derive(Debug, Default)]
struct Frame {
    open: Range<usize>,
    /// What stood before the parenthesis.
    outer: Pending,
    /// The field that words inside belong to.
    scope: Option<Name>,
    alternatives: Vec<Item>,
    items: Vec<Item>,
    run: usize,
    /// There was an operand since the last `OR`, if only one that was dropped.
    seen: bool,
    /// An operator that waits for its right side.
    operator: Option<(Range<usize>, Operator)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Or,
    And,
    /// With so many words between at most.
    Near(u32),
}

pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) options: &'a ParseOptions,
    pub(super) notes: Notes,
    /// How many parentheses may be open.
    allowed: usize,
    /// Parentheses that are open beyond that.
    ignored: usize,
    pub(super) clauses: usize,
    /// The saved queries that this is the text of, the outermost first.
    pub(super) inside: Vec<String>,
    frames: Vec<Frame>,
    frame: Frame,
    /// The end of the query was not read.
    cut: bool,
    /// A small `or`, `and` or `not` was told.
    pub(super) has_small_operator: bool,
    pending: Pending,
}

/// Reads a query. Never fails: what cannot be read is in the notes.
pub(super) fn parse(text: &str, options: &ParseOptions) -> Parsed {
    parse_within(text, options, &[])
}

/// Reads the text of a query that stands inside saved ones.
pub(super) fn parse_within(text: &str, options: &ParseOptions, inside: &[String]) -> Parsed {
    let depth = options.limits.bounded_depth();
    let mut allowed = depth;
    loop {
        let parsed = Parser::new(text, options, allowed, inside).run();
        // A parenthesis makes several levels at worst. Rather than guess, measure; halving makes
        // for a handful of passes, and only on input that nobody means.
        if parsed.query.root.height() <= depth {
            return parsed;
        }
        if allowed == 0 {
            return without_own_words(text, options, inside);
        }
        allowed /= 2;
    }
}

/// What a query is that even without parentheses is too deep by the user's own words.
fn without_own_words(text: &str, options: &ParseOptions, inside: &[String]) -> Parsed {
    let plain = ParseOptions { vocabulary: Arc::default(), ..options.clone() };
    let mut parsed = Parser::new(text, &plain, 0, inside).run();
    let message = "with your saved queries and synonyms it is too deep; they are left out";
    parsed.notes.insert(0, Note::new(0..text.len(), NoteKind::TooDeep, message));
    parsed
}

/// The text as far as the limit goes, with a note on what is beyond it.
pub(super) fn within<'a>(text: &'a str, limits: &QueryLimits, notes: &mut Notes) -> &'a str {
    if text.len() <= limits.bytes {
        return text;
    }
    let mut cut = limits.bytes;
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    let mut kept = &text[..cut];
    // Half a word is another word.
    if !text[cut..].starts_with(is_space)
        && let Some(space) = kept.rfind(is_space)
        && !kept[..space].trim().is_empty()
    {
        kept = &kept[..space];
    }
    let message = || {
        format!(
            "the query has {} bytes and at most {} are read; the rest is left out",
            text.len(),
            limits.bytes
        )
    };
    notes.add(NoteKind::TooLong, kept.len()..text.len(), message);
    kept
}

/// The tree, or the one that matches nothing, with a note that says so.
pub(super) fn finished(root: Option<Node>, whole: &str, mut notes: Notes) -> Parsed {
    let root = root.unwrap_or_else(|| {
        let message = || "nothing is left to search for; `*` finds every statement";
        notes.add(NoteKind::Nothing, 0..whole.len(), message);
        Node::nothing()
    });
    Parsed { query: Query { root }, notes: notes.finish() }
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, options: &'a ParseOptions, allowed: usize, inside: &[String]) -> Self {
        Self {
            text,
            options,
            notes: Notes::default(),
            allowed,
            ignored: 0,
            clauses: 0,
            inside: inside.to_vec(),
            frames: Vec::new(),
            frame: Frame::default(),
            cut: false,
            has_small_operator: false,
            pending: Pending::default(),
        }
    }

    fn run(mut self) -> Parsed {
        let whole = self.text;
        self.text = within(whole, &self.options.limits, &mut self.notes);
        self.cut = self.text.len() < whole.len();
        let mut tokens = Tokens::new(self.text).peekable();
        while let Some(token) = tokens.next() {
            let operand = !matches!(
                token.kind,
                TokenKind::Or
                    | TokenKind::And
                    | TokenKind::Near
                    | TokenKind::Not
                    | TokenKind::Close
            );
            if operand && self.clauses >= self.options.limits.clauses {
                let most = self.options.limits.clauses;
                let message = || format!("at most {most} clauses are read; the rest is left out");
                self.notes.add(
                    NoteKind::TooManyClauses,
                    token.span.start..self.text.len(),
                    message,
                );
                self.cut = true;
                break;
            }
            self.token(token, tokens.peek());
        }
        // What an operator at the end waits for may be in the part that was cut off.
        if !self.cut {
            self.settle();
        }
        let unclosed = self.frames.len() + self.ignored;
        if unclosed > 0 && !self.cut {
            let open = self.frames.get(1).map_or(&self.frame, |outermost| outermost);
            let message = || match unclosed {
                1 => "the parenthesis is not closed; it is taken to close at the end".into(),
                n => format!("{n} parentheses are not closed; they are taken to close at the end"),
            };
            self.notes.add(NoteKind::UnclosedParenthesis, open.open.clone(), message);
        }
        while let Some(parent) = self.frames.pop() {
            self.close(parent, self.text.len());
        }
        self.end_alternative();
        let root = disjunction(std::mem::take(&mut self.frame.alternatives));
        let root = root.map(|item| self.widened(item.node));
        finished(root, whole, self.notes)
    }

    /// The tree with what means the same as its words.
    fn widened(&mut self, root: Node) -> Node {
        // What a saved query comes to is widened with the query that it stands in.
        if !self.inside.is_empty() {
            return root;
        }
        let most = self.options.limits.clauses;
        let left = most.saturating_sub(self.clauses);
        let Widened { node: root, is_cut, passed } = self.options.vocabulary.widen(root, left);
        for (word, span) in passed {
            self.notes.add(NoteKind::Unsupported, span, || {
                format!(
                    "`{0}` has synonyms, which are not looked for beside near spellings; write ({0}~1 OR {0})",
                    shown(&word)
                )
            });
        }
        if is_cut {
            let message =
                || format!("at most {most} clauses are read; other synonyms are left out");
            self.notes.add(NoteKind::TooManyClauses, 0..self.text.len(), message);
        }
        root
    }

    fn token(&mut self, token: Token, next: Option<&Token>) {
        let Token { kind, span } = token;
        match kind {
            TokenKind::Minus => self.negate(span),
            TokenKind::Not => self.negate(span),
            TokenKind::Or => self.operator(span, Operator::Or),
            TokenKind::And => self.operator(span, Operator::And),
            TokenKind::Near => {
                let within = self.near_distance(&span);
                self.operator(span, Operator::Near(within));
            }
            TokenKind::Stray => self.stray(&span),
            TokenKind::Open => self.open(span),
            TokenKind::Close => self.closing(span),
            TokenKind::Name { name, glued: true } => self.pending.name = Some((name, span)),
            TokenKind::Name { name, glued: false } => self.empty_field(name, span, next),
            TokenKind::Phrase { inner, closed, suffix } => {
                if !closed && !self.cut {
                    let message = || "the quotation mark is not closed; the phrase runs to the end";
                    self.notes.add(NoteKind::UnclosedQuote, span.clone(), message);
                }
                let target = self.target(&span);
                let item = self.phrase(target, &self.text[inner], suffix);
                self.operand(item);
            }
            TokenKind::Word { glued } => {
                let named = self.text[span.clone()].strip_suffix(super::syntax::is_colon);
                if let Some(named) = named.filter(|named| glued && is_unknown(named)) {
                    let inner = span.start..span.start + named.len();
                    self.unknown(named, inner.clone());
                    let target = self.target(&inner);
                    self.pending.word = self.word(target, named);
                    return;
                }
                let target = self.target(&span);
                if target.name.is_none() || target.scoped {
                    self.small_operator(&span, next);
                }
                let item = self.word(target, &self.text[span]);
                self.operand(item);
            }
            TokenKind::Value => {
                let target = self.target(&span);
                let item = self.word(target, &self.text[span]);
                self.operand(item);
            }
        }
    }

    fn target(&mut self, span: &Range<usize>) -> Target {
        match self.pending.name.take() {
            Some((name, at)) => {
                Target { name: Some(name), scoped: false, span: at.start..span.end }
            }
            None => Target {
                name: self.frame.scope,
                scoped: self.frame.scope.is_some(),
                span: span.clone(),
            },
        }
    }

    fn negate(&mut self, span: Range<usize>) {
        self.pending.sign = Some(match self.pending.sign.take() {
            Some((first, not)) => (first.start..span.end, !not),
            None => (span, true),
        });
    }

    fn stray(&mut self, span: &Range<usize>) {
        let mut span = span.clone();
        match std::mem::take(&mut self.pending).sign {
            // `--` is one thing to a reader.
            Some((sign, _)) if sign.end == span.start => span.start = sign.start,
            Some((sign, _)) => self.dangling(sign),
            None => {}
        }
        let typed = &self.text[span.clone()];
        let message = || format!("`{}` stands alone and is left out", shown(typed));
        self.notes.add(NoteKind::Stray, span, message);
    }

    fn empty_field(&mut self, name: Name, mut span: Range<usize>, next: Option<&Token>) {
        let sign = std::mem::take(&mut self.pending).sign;
        span.start = sign.map_or(span.start, |(sign, _)| sign.start);
        self.frame.seen = true;
        self.frame.operator = None;
        let message = || format!("`{}:` has no value and is left out", name.as_str());
        // Most likely a space after the colon.
        let value = next.filter(|next| {
            let short = next.span.len() <= 60;
            short && matches!(next.kind, TokenKind::Word { .. } | TokenKind::Phrase { .. })
        });
        let text = self.text;
        let typed = text[span.clone()].trim_end();
        span.end = value.map_or(span.end, |next| next.span.end);
        self.notes.suggest(NoteKind::EmptyField, span, || {
            let suggestion = value.map(|next| format!("{typed}{}", &text[next.span.clone()]));
            (message(), suggestion)
        });
    }

    /// Whether something stands before in this group.
    pub(super) const fn has_operand(&self) -> bool {
        self.frame.seen
    }

    pub(super) const fn count(&mut self) {
        self.clauses += 1;
    }

    /// Words of a group belong to its field but are as optional as bare words inside it.
    pub(super) fn role(&self, target: &Target) -> Role {
        let Some(name) = target.name else { return Role::Bare };
        match name {
            Name::Since | Name::Until => Role::Bound,
            Name::Field(field) if field.is_token() => Role::Either(field),
            Name::Field(field) if field.is_single_valued() => {
                // `speaker:(guo jiakun)` is one name.
                if target.scoped { Role::Bind } else { Role::Either(field) }
            }
            Name::Field(_) if target.scoped && self.options.match_mode == MatchMode::Any => {
                Role::Bare
            }
            Name::Field(_) | Name::Query => Role::Bind,
        }
    }
}
