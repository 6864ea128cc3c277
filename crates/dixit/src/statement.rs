//! The statement: who said what, when, about what, and where it is written.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::date::StatementDate;
use crate::id::StatementId;
use crate::span::{SourceMap, Span};

/// Version of the statement JSON. Fields are added under the same version; a change of meaning
/// makes a new one.
pub const STATEMENT_FORMAT: u32 = 1;

/// Extracted values of a lower confidence are shown with a question mark, never as fact.
///
/// 0.8 is the level at which four of five such values must be right; what the rules really reach is
/// measured, not assumed.
pub const FACT_CONFIDENCE: f64 = 0.8;

/// One turn of a transcript or debate, or one article, release or speech taken whole.
///
/// A plain value: the same JSON comes in, is stored, and goes out. What is not known is absent and
/// its [`basis`](Self::basis) says why.
///
/// ```
/// use dixit::{Kind, Statement};
///
/// let mut statement = Statement::new("ministry/today.txt", "We will publish the figures in May.");
/// statement.kind = Kind::Answer;
/// let json = serde_json::to_string(&statement).unwrap();
/// assert_eq!(serde_json::from_str::<Statement>(&json).unwrap(), statement);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Version of this JSON, [`STATEMENT_FORMAT`].
    #[serde(default = "statement_format")]
    pub format: u32,
    /// The name of the statement, the same on every machine; see [`StatementId`].
    pub id: StatementId,
    /// The words, decoded to UTF-8 and otherwise as published.
    pub text: String,
    /// The headline or section heading over the words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What sort of statement it is.
    #[serde(default)]
    pub kind: Kind,
    /// BCP 47 tag of the language of `text`, such as `en` or `zh-Hant`.
    #[serde(default)]
    pub language: Option<String>,
    /// Whose words they are, or who stands behind the statement taken whole.
    #[serde(default)]
    pub speaker: Option<Person>,
    /// The day (or month, or year) on which it was said or published.
    #[serde(default)]
    pub date: Option<StatementDate>,
    /// What it is about: `major/named subtopic` where the taxonomy gave it, else as the source says.
    #[serde(default)]
    pub topics: Vec<String>,
    /// Phrases that tell this statement from others.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// The sitting, briefing or agenda item in which it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// Documents that it cites. Their titles are nobody's words here.
    #[serde(default)]
    pub references: Vec<String>,
    /// Where it is written.
    pub source: Source,
    /// Stretches of the text that it attributes to someone.
    #[serde(default)]
    pub passages: Vec<Passage>,
    /// How each value above is known, by field name (`speaker`, `date`, `topics`, …).
    #[serde(default)]
    pub basis: BTreeMap<String, Basis>,
}

fn statement_format() -> u32 {
    STATEMENT_FORMAT
}

impl Statement {
    /// A statement of which only the words and the source's name are known.
    ///
    /// Its id takes the text for the first of its wording in that source.
    #[must_use]
    pub fn new(source: impl Into<String>, text: impl Into<String>) -> Self {
        let source = Source { name: source.into(), ..Source::default() };
        let text = text.into();
        Self {
            format: STATEMENT_FORMAT,
            id: StatementId::new(source.id_name(), &text, 0),
            text,
            title: None,
            kind: Kind::default(),
            language: None,
            speaker: None,
            date: None,
            topics: Vec::new(),
            keywords: Vec::new(),
            event: None,
            references: Vec::new(),
            source,
            passages: Vec::new(),
            basis: BTreeMap::new(),
        }
    }

    /// The bytes of the original file behind a range of `text`.
    ///
    /// A statement that never stood in a file answers with the range itself: its text is its source.
    #[must_use]
    pub fn source_span(&self, text: std::ops::Range<usize>) -> Option<Span> {
        if let Some(map) = &self.source.map {
            return map.to_source(text);
        }
        if text.start > text.end || text.end > self.text.len() {
            return None;
        }
        let start = self.source.span.map_or(0, |span| span.start);
        // A span that came along may lie anywhere.
        let end = start.checked_add(text.end as u64)?;
        Some(Span::new(start + text.start as u64, end))
    }

    /// The range of `text` behind a span of the original file, where the span lies in the text.
    #[must_use]
    pub fn text_range(&self, span: Span) -> Option<std::ops::Range<usize>> {
        let range = match &self.source.map {
            Some(map) => map.to_text(span)?,
            None => {
                let start = self.source.span.map_or(0, |span| span.start);
                Span::new(span.start.checked_sub(start)?, span.end.checked_sub(start)?)
                    .as_range()?
            }
        };
        self.text.get(range.clone()).map(|_| range)
    }

    /// Where the text stands in the file: needed only when it is not `source.span` byte for byte.
    pub fn set_source_map(&mut self, map: SourceMap) {
        let derivable = self.source.span.is_some_and(|span| {
            map.verbatim_start() == Some(span.start) && span.len() == self.text.len() as u64
        });
        self.source.map = (!derivable).then_some(map);
    }

    /// Records how a field is known.
    pub fn set_basis(&mut self, field: &str, basis: Basis) {
        self.basis.insert(field.to_owned(), basis);
    }
}

/// What sort of statement it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Kind {
    /// A prepared speech or a contribution to a debate.
    Speech,
    /// An answer to a question.
    Answer,
    /// A question.
    Question,
    /// Remarks: spoken, not prepared.
    Remark,
    /// A press release.
    Release,
    /// A text that narrates, such as a news article. Also what is assumed when nothing is known:
    /// only what an article attributes to someone counts as said by them.
    #[default]
    Article,
    /// Words thrown in by someone who does not have the floor; also applause and laughter.
    Interjection,
    /// Procedure: votes, stage directions, chair formulas.
    Procedure,
}

impl Kind {
    /// Every kind, in the order of the contract.
    pub const ALL: [Self; 8] = [
        Self::Speech,
        Self::Answer,
        Self::Question,
        Self::Remark,
        Self::Release,
        Self::Article,
        Self::Interjection,
        Self::Procedure,
    ];

    /// The name that JSON and queries use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Speech => "speech",
            Self::Answer => "answer",
            Self::Question => "question",
            Self::Remark => "remark",
            Self::Release => "release",
            Self::Article => "article",
            Self::Interjection => "interjection",
            Self::Procedure => "procedure",
        }
    }

    /// Whether all of the text was said by the speaker (a turn or a speech), so that `said:`
    /// searches it whole.
    #[must_use]
    pub const fn is_spoken(self) -> bool {
        matches!(
            self,
            Self::Speech | Self::Answer | Self::Question | Self::Remark | Self::Interjection
        )
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(text));
        found.ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|kind| kind.as_str()).collect();
            format!("`{text}` is not a kind of statement; the kinds are {}", names.join(", "))
        })
    }
}

/// Somebody who speaks, as far as the source tells.
///
/// A chair whose name is not given has a `role` and no `name`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Person {
    /// The name, without titles: `Guo Jiakun`.
    #[serde(default)]
    pub name: Option<String>,
    /// The very words that name the person here: `MS. PSAKI`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_written: Option<String>,
    /// The office in which the person speaks: `spokesperson`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The body that the person speaks for: `Foreign Ministry`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub affiliation: Option<String>,
    /// The party or parliamentary group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// The country that the person speaks for, by its English short name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Key of the person in the source's or the user's own list of persons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
}

impl Person {
    /// Somebody of whom the name is known.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..Self::default() }
    }

    /// What to call the person: the name, else the words of the source, else the office.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        self.name.as_deref().or(self.as_written.as_deref()).or(self.role.as_deref())
    }
}

/// Where a statement is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Source {
    /// The path of the file relative to the root that was given, with `/` between its parts.
    pub name: String,
    /// Where it is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The key that the source itself gives this record, such as its `id` in JSON lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// Which statement of the source it is, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<u64>,
    /// The bytes of the file that hold the record; of a compressed file, the bytes that it unpacks to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// What of the file all places count the bytes of, where it is not the file itself:
    /// `word/document.xml` of a document in DOCX, the `text-layer` of a PDF, and both of an attachment of
    /// a mail (`attachment-2/text-layer`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The encoding of those bytes where it is not UTF-8, by its name in the Encoding Standard; in a mail
    /// after its transfer encoding (`base64`, `quoted-printable windows-1252`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Where each byte of `text` stands, when `text` is not `span` byte for byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<SourceMap>,
}

impl Source {
    /// The name that goes into ids: the URL where there is one, else the path.
    #[must_use]
    pub fn id_name(&self) -> &str {
        self.url.as_deref().unwrap_or(&self.name)
    }
}

/// How somebody's words are given inside a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Quoted.
    Direct,
    /// Retold: "he noted that …".
    Indirect,
}

/// A stretch of a text that the text attributes to someone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// Quoted or retold.
    pub form: Form,
    /// Whom the text names as its source; `None` when it does not.
    #[serde(default)]
    pub speaker: Option<Person>,
    /// The words that name the source here, whether or not they tell who it is: `Roe`, `She`, `critics`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Span>,
    /// The words that attribute: `noted that`. Pieces of one quotation (`“…,” she said, “…”`) share them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Span>,
    /// What was said.
    pub content: Span,
    /// How the speaker is known, or why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BasisKind {
    /// The source states it as data: a field, an attribute, front matter.
    Given,
    /// The text states it.
    Extracted,
    /// It follows from what the text states.
    Inferred,
    /// It is not known; the rule says why.
    Unknown,
}

impl BasisKind {
    /// The name that JSON uses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Extracted => "extracted",
            Self::Inferred => "inferred",
            Self::Unknown => "unknown",
        }
    }
}

/// How a value is known: where it comes from, on which bytes, by which rule, how surely.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Basis {
    /// Where the value comes from.
    pub kind: BasisKind,
    /// The bytes of the file that show it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Span>,
    /// The rule that found it, or the reason why it is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// 0 to 1: the share of such values that are right.
    #[serde(default)]
    pub confidence: f64,
    /// The rule's reasoning in words: `80th anniversary of the United Nations (1945) gives 2025`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The values between which the text does not decide.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<String>,
}

impl Basis {
    /// A basis of this kind and rule, without evidence or confidence yet.
    #[must_use]
    pub fn new(kind: BasisKind, rule: impl Into<String>) -> Self {
        Self {
            kind,
            evidence: Vec::new(),
            rule: Some(rule.into()),
            confidence: 0.0,
            note: None,
            candidates: Vec::new(),
        }
    }

    /// The value stands as data in the source, at `evidence`.
    #[must_use]
    pub fn given(rule: impl Into<String>, evidence: impl IntoIterator<Item = Span>) -> Self {
        let basis = Self::new(BasisKind::Given, rule).with_confidence(1.0);
        Self { evidence: evidence.into_iter().collect(), ..basis }
    }

    /// The value is not known, and `rule` names the reason.
    #[must_use]
    pub fn unknown(rule: impl Into<String>) -> Self {
        Self::new(BasisKind::Unknown, rule)
    }

    /// The same basis with this confidence, kept within 0 to 1.
    #[must_use]
    pub fn with_confidence(self, confidence: f64) -> Self {
        Self { confidence: confidence.clamp(0.0, 1.0), ..self }
    }

    /// The same basis with one more stretch of evidence.
    #[must_use]
    pub fn with_evidence(mut self, span: Span) -> Self {
        self.evidence.push(span);
        self
    }

    /// The same basis with its reasoning in words.
    #[must_use]
    pub fn with_note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    /// Whether the value may be shown without a question mark.
    #[must_use]
    pub fn is_fact(&self) -> bool {
        self.kind != BasisKind::Unknown && self.confidence >= FACT_CONFIDENCE
    }
}
