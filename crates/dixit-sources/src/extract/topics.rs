//! What a text is about: topics of a taxonomy, with the words that gave them.

use std::collections::{HashMap, VecDeque};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::LazyLock;

use dixit::BasisKind;
use serde::Deserialize;

use super::Found;
use super::tokens::{Class, Token, tokens};

/// At most so many topics of a text.
const MOST_TOPICS: usize = 5;
/// At most so many words as evidence.
const MOST_EVIDENCE: usize = 5;
/// A word that says the topic only together with others.
const WEAK: f64 = 0.35;
/// Each further word of a term makes it surer, up to [`MOST_SPECIFIC`]: "right to food" says more
/// than "food".
const PER_WORD: f64 = 0.4;
const MOST_SPECIFIC: f64 = 2.6;
/// Words of the title count so much more.
const TITLE: f64 = 2.5;
/// What one word in a short text amounts to.
const THRESHOLD: f64 = 1.0;
/// Words up to which a text is short; in longer ones a passing mention does not count.
const SHORT_TEXT: f64 = 120.0;
/// Topics with less than this share of the best one's score are passing.
const SHARE_OF_BEST: f64 = 0.22;
/// The confidence of a topic at the threshold, and the most that there is: of single-topic titles
/// of bills two in three are right at the threshold, and four in five well above it.
const CONFIDENCE: (f64, f64) = (0.6, 0.85);
/// Longer terms than this many tokens are not read from a taxonomy.
const LONGEST_TERM: usize = 12;

/// A hierarchy of topics and the words that tell them.
///
/// ```
/// use dixit_sources::extract::topics::Taxonomy;
///
/// let taxonomy = Taxonomy::parse(
///     r#"
///     [[topic]]
///     name = "sport"
///     en = ["match"]
///     [[topic.sub]]
///     name = "chess"
///     en = ["chess", "grandmaster"]
///     "#,
/// )
/// .unwrap();
/// let found = taxonomy.find(None, "Two grandmasters met.");
/// assert_eq!(found[0].value, "sport/chess");
/// assert_eq!(taxonomy.resolve("Chess"), Some("sport/chess"));
/// ```
#[derive(Debug, Clone)]
pub struct Taxonomy {
    topics: Vec<Topic>,
    nodes: Vec<Node>,
    names: HashMap<String, usize>,
}

#[derive(Debug, Clone)]
struct Topic {
    path: String,
    major: usize,
}

/// A place in the tree of words: what may follow, and the topics of the term that ends here.
#[derive(Debug, Clone, Default)]
struct Node {
    next: HashMap<String, usize>,
    topics: Vec<(usize, f64)>,
}

/// Why a taxonomy cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TaxonomyError {
    /// It is not TOML of the right shape.
    #[error("the taxonomy is not readable: {0}")]
    Toml(#[from] toml::de::Error),
    /// A topic without a name, or with a `/` in it.
    #[error("`{0}` is not a name for a topic: write at least one letter and no `/`")]
    Name(String),
    /// Two topics of one name.
    #[error("the topic `{0}` stands twice")]
    Twice(String),
    /// A word without letters.
    #[error("`{term}`, a word of `{topic}`, has no letters or is too long")]
    Term {
        /// The path of the topic.
        topic: String,
        /// The word.
        term: String,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    topic: Vec<MajorRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MajorRow {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    weak: Vec<String>,
    #[serde(default)]
    en: Vec<String>,
    #[serde(default)]
    de: Vec<String>,
    #[serde(default)]
    fr: Vec<String>,
    #[serde(default)]
    es: Vec<String>,
    #[serde(default)]
    zh: Vec<String>,
    /// Words of any language, for users' own files.
    #[serde(default)]
    terms: Vec<String>,
    #[serde(default)]
    sub: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    weak: Vec<String>,
    #[serde(default)]
    en: Vec<String>,
    #[serde(default)]
    de: Vec<String>,
    #[serde(default)]
    fr: Vec<String>,
    #[serde(default)]
    es: Vec<String>,
    #[serde(default)]
    zh: Vec<String>,
    #[serde(default)]
    terms: Vec<String>,
}

impl Default for Taxonomy {
    /// A copy of [`Taxonomy::shipped`].
    fn default() -> Self {
        Self::shipped().clone()
    }
}

impl Taxonomy {
    /// The taxonomy that comes with dixit, read once.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Taxonomy> = LazyLock::new(|| {
            // The file is part of the program; a test reads it.
            Taxonomy::parse(include_str!("../../data/taxonomy.toml"))
                .unwrap_or_else(|_| Taxonomy::empty())
        });
        &SHIPPED
    }

    fn empty() -> Self {
        Self { topics: Vec::new(), nodes: vec![Node::default()], names: HashMap::new() }
    }

    /// Reads a taxonomy: `[[topic]]` tables with `name`, `aliases`, word lists `en`, `de`, `fr`,
    /// `es`, `zh`, `terms` and `weak`, and `[[topic.sub]]` tables of the same shape.
    pub fn parse(text: &str) -> Result<Self, TaxonomyError> {
        let file: File = toml::from_str(text)?;
        let mut taxonomy = Self::empty();
        for row in file.topic {
            let major = taxonomy.topics.len();
            let MajorRow { name, aliases, weak, en, de, fr, es, zh, terms, sub } = row;
            let path = name.clone();
            let own = Row { name, aliases, weak, en, de, fr, es, zh, terms };
            taxonomy.add(path.clone(), major, &own)?;
            for row in sub {
                taxonomy.add(format!("{path}/{}", row.name), major, &row)?;
            }
        }
        Ok(taxonomy)
    }

    fn add(&mut self, path: String, major: usize, row: &Row) -> Result<(), TaxonomyError> {
        if row.name.contains('/') || !row.name.chars().any(char::is_alphabetic) {
            return Err(TaxonomyError::Name(row.name.clone()));
        }
        let topic = self.topics.len();
        if self.topics.iter().any(|topic| topic.path == path) {
            return Err(TaxonomyError::Twice(path));
        }
        self.names.insert(key(&path), topic);
        for name in std::iter::once(&row.name).chain(&row.aliases) {
            self.names.entry(key(name)).or_insert(topic);
        }
        let strong = [&row.aliases, &row.en, &row.de, &row.fr, &row.es, &row.zh, &row.terms];
        for term in strong.into_iter().flatten().filter(|term| !row.weak.contains(term)) {
            self.add_term(&path, topic, term, 1.0)?;
        }
        for term in &row.weak {
            self.add_term(&path, topic, term, WEAK)?;
        }
        self.topics.push(Topic { path, major });
        Ok(())
    }

    fn add_term(
        &mut self,
        path: &str,
        topic: usize,
        term: &str,
        weight: f64,
    ) -> Result<(), TaxonomyError> {
        let words: Vec<_> = tokens(term).filter(is_word).map(|token| stem(&token)).collect();
        if words.is_empty() || words.len() > LONGEST_TERM {
            let (topic, term) = (path.to_owned(), term.to_owned());
            return Err(TaxonomyError::Term { topic, term });
        }
        let further = f64::from(u32::try_from(words.len() - 1).unwrap_or(0));
        // In Chinese a character is a token, and most words are two.
        let per_word = if term.is_ascii() || !words[0].chars().all(super::tokens::is_cjk) {
            PER_WORD
        } else {
            PER_WORD / 4.0
        };
        let weight = weight * (1.0 + per_word * further).min(MOST_SPECIFIC);
        let mut node = 0;
        for word in words {
            let free = self.nodes.len();
            node = *self.nodes[node].next.entry(word).or_insert(free);
            if node == free {
                self.nodes.push(Node::default());
            }
        }
        let topics = &mut self.nodes[node].topics;
        match topics.iter_mut().find(|(other, _)| *other == topic) {
            Some((_, before)) => *before = before.max(weight),
            None => topics.push((topic, weight)),
        }
        Ok(())
    }

    /// The path of a topic that is named by its path, its name or an alias, whatever the case.
    #[must_use]
    pub fn resolve(&self, name: &str) -> Option<&str> {
        self.names.get(&key(name)).map(|&topic| self.topics[topic].path.as_str())
    }

    /// The paths of all topics, majors before their subtopics.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.topics.iter().map(|topic| topic.path.as_str())
    }

    /// The topics of a text, at most five, best first. The value is `major/subtopic`, or the major
    /// alone when only its own words are there. Ranges count bytes of `body`; a topic that only the
    /// title shows has none.
    #[must_use]
    pub fn find(&self, title: Option<&str>, body: &str) -> Vec<Found<String>> {
        let mut tally = Tally { taxonomy: self, hits: HashMap::new(), words: 0 };
        if let Some(title) = title {
            tally.read(title, true);
        }
        tally.words = 0;
        tally.read(body, false);
        tally.topics()
    }
}

fn key(name: &str) -> String {
    super::squeeze(name).to_lowercase()
}

/// Marks inside a term do not count: "economic, social and cultural".
fn is_word(token: &Token<'_>) -> bool {
    token.class != Class::Mark
}

/// A word in lower case and without the ending of an English plural.
fn stem(token: &Token<'_>) -> String {
    let mut word = String::new();
    stem_into(token, &mut word);
    word
}

/// The same into a buffer that is there already.
fn stem_into(token: &Token<'_>, word: &mut String) {
    word.clear();
    if !token.text.is_ascii() {
        word.push_str(&token.folded());
        return;
    }
    word.push_str(token.text);
    word.make_ascii_lowercase();
    if word.len() <= 3 || !word.ends_with('s') {
        return;
    }
    if word.ends_with("ies") && word.len() > 4 {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        word.pop();
    }
}

/// How often a term was met, and where first.
#[derive(Debug, Default)]
struct Hit {
    body: u32,
    title: u32,
    ranges: Vec<Range<usize>>,
}

struct Tally<'a> {
    taxonomy: &'a Taxonomy,
    /// By the node at which the term ends.
    hits: HashMap<usize, Hit>,
    words: u32,
}

impl Tally<'_> {
    fn read(&mut self, text: &str, title: bool) {
        let nodes = &self.taxonomy.nodes;
        // The next few tokens, so that a term is followed word by word without a copy of the text.
        let mut stream = tokens(text).filter(is_word);
        let mut window: VecDeque<Token<'_>> = VecDeque::with_capacity(LONGEST_TERM);
        let mut word = String::new();
        loop {
            while window.len() < LONGEST_TERM {
                let Some(token) = stream.next() else { break };
                window.push_back(token);
            }
            let (mut node, mut depth, mut taken, mut best) = (0, 0, 1, None);
            while let Some(token) = window.get(depth) {
                stem_into(token, &mut word);
                let Some(&next) = nodes[node].next.get(&word) else { break };
                (node, depth) = (next, depth + 1);
                if !nodes[node].topics.is_empty() {
                    (best, taken) = (Some(node), depth);
                }
            }
            let (Some(first), Some(last)) = (window.front(), window.get(taken - 1)) else { break };
            if let Some(node) = best {
                let hit = self.hits.entry(node).or_default();
                if title {
                    hit.title += 1;
                } else {
                    hit.body += 1;
                    if hit.ranges.len() < MOST_EVIDENCE {
                        hit.ranges.push(first.start..last.end());
                    }
                }
            }
            self.words = self.words.saturating_add(u32::try_from(taken).unwrap_or(1));
            window.drain(..taken);
        }
    }

    fn topics(&self) -> Vec<Found<String>> {
        let mut scored: HashMap<usize, Scored> = HashMap::new();
        // In the order of the text, so that equal scores come out the same every time.
        let mut hits: Vec<_> = self.hits.iter().collect();
        hits.sort_unstable_by_key(|&(node, _)| *node);
        for (node, hit) in hits {
            let times = f64::from(hit.body);
            let score = if hit.body > 0 { 1.0 + times.ln() } else { 0.0 }
                + TITLE * f64::from(hit.title.min(2));
            for &(topic, weight) in &self.taxonomy.nodes[*node].topics {
                let scored = scored.entry(topic).or_default();
                scored.score += score * weight;
                scored.strong |= weight >= 1.0;
                scored.title |= hit.title > 0;
                scored.terms.push((score * weight, &hit.ranges));
            }
        }
        let length = f64::from(self.words);
        // Twice as long a text needs about one more word.
        let threshold = THRESHOLD + 1.2 * (1.0 + (length / SHORT_TEXT - 1.0).max(0.0)).ln();
        self.join_majors(&mut scored, threshold);
        let best = scored.values().map(|scored| scored.score).fold(0.0, f64::max);
        let mut kept: Vec<_> = scored
            .into_iter()
            .filter(|(_, scored)| {
                scored.strong && scored.score >= threshold && scored.score >= best * SHARE_OF_BEST
            })
            .collect();
        kept.sort_by(|(a, left), (b, right)| right.score.total_cmp(&left.score).then(a.cmp(b)));
        kept.truncate(MOST_TOPICS);
        kept.into_iter().map(|(topic, scored)| self.found(topic, scored, threshold)).collect()
    }

    /// The own words of a major count for it only where none of its subtopics is there; else they
    /// help the best of these.
    fn join_majors(&self, scored: &mut HashMap<usize, Scored<'_>>, threshold: f64) {
        let majors: Vec<usize> = scored
            .keys()
            .copied()
            .filter(|&topic| self.taxonomy.topics[topic].major == topic)
            .collect();
        for major in majors {
            let best = scored
                .iter()
                .filter(|&(&topic, scored)| {
                    topic != major
                        && self.taxonomy.topics[topic].major == major
                        && scored.strong
                        && scored.score >= threshold
                })
                .max_by(|a, b| a.1.score.total_cmp(&b.1.score).then(b.0.cmp(a.0)))
                .map(|(&topic, _)| topic);
            if let Some(best) = best
                && let Some(own) = scored.remove(&major)
                && let Some(sub) = scored.get_mut(&best)
            {
                sub.score += own.score / 2.0;
            }
        }
    }

    fn found(&self, topic: usize, mut scored: Scored<'_>, threshold: f64) -> Found<String> {
        scored.terms.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut evidence: Vec<Range<usize>> = Vec::new();
        // The first place of each word before the second place of any.
        for place in 0..MOST_EVIDENCE {
            for (_, ranges) in &scored.terms {
                if let Some(range) = ranges.get(place).filter(|_| evidence.len() < MOST_EVIDENCE) {
                    evidence.push(range.clone());
                }
            }
        }
        evidence.sort_by_key(|range| range.start);
        let (low, high) = CONFIDENCE;
        let confidence = high - (high - low) * threshold / scored.score.max(threshold);
        let mut note = String::new();
        if scored.title {
            note.push_str("words of the title count for it");
        }
        if evidence.is_empty() {
            let _ = write!(note, "; none of the text does");
        }
        Found {
            value: self.taxonomy.topics[topic].path.clone(),
            evidence,
            kind: BasisKind::Inferred,
            rule: "taxonomy-words",
            confidence,
            note: (!note.is_empty()).then_some(note),
        }
    }
}

#[derive(Debug, Default)]
struct Scored<'a> {
    score: f64,
    /// Whether a word that says the topic by itself is there.
    strong: bool,
    title: bool,
    terms: Vec<(f64, &'a Vec<Range<usize>>)>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn paths(title: Option<&str>, body: &str) -> Vec<String> {
        Taxonomy::shipped().find(title, body).into_iter().map(|found| found.value).collect()
    }

    #[test]
    fn the_shipped_taxonomy_is_read() {
        let taxonomy = Taxonomy::parse(include_str!("../../data/taxonomy.toml")).unwrap();
        let majors = taxonomy.paths().filter(|path| !path.contains('/')).count();
        assert!(majors >= 20 && taxonomy.paths().count() > 80);
        for path in taxonomy.paths() {
            assert_eq!(taxonomy.resolve(path), Some(path));
            assert_eq!(path, path.to_lowercase());
        }
        assert_eq!(taxonomy.resolve("Human Rights"), Some("civil rights/human rights"));
        assert_eq!(taxonomy.resolve("defense"), Some("defence"));
        assert_eq!(taxonomy.resolve("sorcery"), None);
    }

    #[test]
    fn texts_have_the_topics_of_their_words() {
        for (text, topic) in [
            (
                "The council spoke about human rights and about torture in prisons abroad.",
                "civil rights/human rights",
            ),
            ("Human-rights defenders met.", "civil rights/human rights"),
            ("Parliament raised the minimum wage.", "labour/wages and working conditions"),
            (
                "The UN General Assembly met to discuss the Security Council.",
                "international affairs/united nations",
            ),
            ("A bill to lower the tariff on imports.", "foreign trade"),
            (
                "The vaccine is safe, the ministry said, and the pandemic is over.",
                "health/diseases and vaccination",
            ),
            (
                "We must act on climate change and on greenhouse gases.",
                "environment/climate change",
            ),
            ("Die Bundesregierung senkt die Steuern.", "macroeconomics/taxes"),
            ("Le gouvernement agit contre le changement climatique.", "environment/climate change"),
            ("El gobierno defiende los derechos humanos.", "civil rights/human rights"),
            ("中方高度重视人权，人权事业不断发展。", "civil rights/human rights"),
            (
                "Economic, social\nand cultural rights belong to all.",
                "civil rights/economic, social and cultural rights",
            ),
        ] {
            assert!(
                paths(None, text).iter().any(|path| path == topic),
                "{text}: {:?}",
                paths(None, text)
            );
        }
    }

    #[test]
    fn words_inside_words_and_weak_words_do_not_count() {
        for text in [
            "",
            "The taxidermist had a wageless inflationist.",
            "We care for our country.",
            "good morning, everyone",
        ] {
            assert_eq!(paths(None, text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_passing_mention_in_a_long_text_does_not_count() {
        let talk =
            "The harvest was good and the farmers sold wheat, corn and cattle at the market. "
                .repeat(40);
        let found = paths(None, &format!("{talk} One of them owned a satellite. {talk}"));
        assert_eq!(found, ["agriculture"]);
        let found = paths(
            Some("Satellites and spacecraft"),
            &format!("{talk} One of them owned a satellite. {talk}"),
        );
        assert!(found.iter().any(|path| path == "technology/space"), "{found:?}");
    }

    #[test]
    fn the_evidence_is_the_words() {
        let text =
            "Human rights matter. So does the right to food, and so do human rights defenders.";
        let found = Taxonomy::shipped().find(None, text);
        let shown: Vec<_> = found[0].evidence.iter().map(|range| &text[range.clone()]).collect();
        assert_eq!(found[0].value, "civil rights/human rights");
        assert_eq!(shown, ["Human rights", "human rights defenders"]);
        let found = Taxonomy::shipped().find(Some("Human rights"), "We met.");
        assert_eq!(
            (found[0].value.as_str(), found[0].evidence.len()),
            ("civil rights/human rights", 0)
        );
    }

    #[test]
    fn what_is_no_taxonomy_says_why() {
        for (text, why) in [
            ("[[topic]]\nname = \"a/b\"", "`a/b` is not a name"),
            ("[[topic]]\nname = \" \"", "is not a name"),
            ("[[topic]]\nname = \"a\"\n[[topic]]\nname = \"a\"", "`a` stands twice"),
            ("[[topic]]\nname = \"a\"\nen = [\"!\"]", "`!`, a word of `a`, has no letters"),
            ("[[topic]]\nnames = 1", "not readable"),
            ("[[topic", "not readable"),
        ] {
            let error = Taxonomy::parse(text).unwrap_err().to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
        assert!(Taxonomy::parse("").unwrap().find(None, "human rights").is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_ranges_lie_in_it(text in "\\PC{0,300}", parts in prop::collection::vec(prop::sample::select(vec![
            "human", "rights", "united", "nations", ",", "人权", "and", "economic", "social", "cultural", "\n", "é", "İ", "STRASSE", "ß",
        ]), 0..60)) {
            for text in [text, parts.join(" ")] {
                for found in Taxonomy::shipped().find(None, &text) {
                    prop_assert!(found.confidence >= 0.5 && found.confidence <= 1.0);
                    prop_assert!(!found.evidence.is_empty() && found.evidence.len() <= 5);
                    for range in found.evidence {
                        prop_assert!(text.get(range.clone()).is_some(), "{range:?}");
                    }
                }
            }
        }
    }
}
