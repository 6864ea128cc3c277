//! From words that were met to topics.

use std::fmt::Write as _;
use std::ops::Range;

use dixit::BasisKind;

use super::super::Found;
use super::super::few::Few;
use super::super::tokens::{Class, Token};
use super::super::vocabulary::{NumberedText, TextWords};
use super::Taxonomy;
use super::file::WordList;
use super::terms::{LONGEST_TERM, Languages, Map, Met, Node, Written, is_word};

/// At most so many topics of a text.
const MOST_TOPICS: usize = 5;
/// Words of a long text that are read at once.
const AT_A_TIME: usize = 1 << 14;
/// At most so many words as evidence.
const MOST_EVIDENCE: usize = 5;
/// A word that says the topic only together with others.
const WEAK: f64 = 0.35;
/// An office or a law: what is said of it may be about something else.
const BODY: f64 = 0.8;
/// A word that outweighs others.
const DECISIVE: f64 = 2.2;
/// Each further word of a term makes it surer, up to [`MOST_SPECIFIC`]: "right to food" says more
/// than "food".
const PER_WORD: f64 = 0.4;
const MOST_SPECIFIC: f64 = 2.6;
/// Words of the title count so much more.
const TITLE: f64 = 2.5;
/// What one body in a short text amounts to.
const THRESHOLD: f64 = BODY;
/// Words up to which a text is short; in longer ones a passing mention does not count.
const SHORT_TEXT: f64 = 120.0;
/// How much more a text needs that is longer than that, by the logarithm of its length.
const PER_LENGTH: f64 = 1.2;
/// What the other topics of a major add to the best of them.
const OF_OTHERS: f64 = 0.5;
/// Topics with less than this share of the best one's score are passing.
const SHARE_OF_BEST: f64 = 0.22;
/// The confidence of a topic at the threshold, and the most that there is: of single-topic titles
/// of bills two in three are right at the threshold, and four in five well above it.
const CONFIDENCE: (f64, f64) = (0.6, 0.85);

/// What a term counts, by its list and its length.
pub(super) fn weight(list: WordList, term: &Written) -> f64 {
    let specific = (1.0 + PER_WORD * (term.len() - 1.0)).min(MOST_SPECIFIC);
    match list {
        WordList::Strong(_) => specific,
        WordList::Weak => WEAK * specific,
        // Their names are long whatever they have to do with the text.
        WordList::Bodies => BODY,
        WordList::Decisive => DECISIVE * specific,
    }
}

/// How often a term was met, and where first.
#[derive(Debug, Default)]
struct Hit {
    body: u32,
    title: u32,
    /// Where it stands in the body, the first few times.
    places: Few<Range<usize>, MOST_EVIDENCE>,
}

struct Tally<'a> {
    taxonomy: &'a Taxonomy,
    languages: Languages,
    /// By the node at which the term ends.
    hits: Map<Node, Hit>,
    words: u32,
}

#[derive(Debug, Default)]
struct Scored<'a> {
    score: f64,
    /// Whether a word that says the topic by itself is there.
    strong: bool,
    title: bool,
    terms: Vec<(f64, &'a [Range<usize>])>,
}

pub(super) fn find(
    taxonomy: &Taxonomy,
    text: &mut NumberedText<'_>,
    languages: Languages,
) -> Vec<Found<String>> {
    let mut tally = Tally { taxonomy, languages, hits: Map::default(), words: 0 };
    let NumberedText { title_tokens, tokens, rest, words, .. } = text;
    tally.read(words, title_tokens, true, true);
    tally.words = 0;
    let mut further = rest.clone().filter(is_word).peekable();
    let mut done = tally.read(words, tokens, further.peek().is_none(), false);
    let mut buffer: Vec<Token<'_>> = Vec::new();
    while further.peek().is_some() {
        if buffer.is_empty() {
            buffer.extend(&tokens[done..]);
        } else {
            buffer.drain(..done);
        }
        buffer.extend(further.by_ref().take(AT_A_TIME));
        done = tally.read(words, &buffer, further.peek().is_none(), false);
    }
    tally.topics()
}

impl Tally<'_> {
    /// Reads tokens, and tells how many were read: all when they are the last, else none is read behind which
    /// so few words stand that a term may go on.
    fn read(
        &mut self,
        words: &mut TextWords,
        tokens: &[Token<'_>],
        last: bool,
        title: bool,
    ) -> usize {
        let (terms, languages) = (&self.taxonomy.terms, self.languages);
        let is_word = |at: &usize| tokens[*at].class != Class::Mark;
        let until = if last {
            tokens.len()
        } else {
            (0..tokens.len()).rev().filter(is_word).nth(LONGEST_TERM).unwrap_or(0)
        };
        let mut at = 0;
        while at < until {
            let first = &tokens[at];
            at += 1;
            if first.class == Class::Mark {
                continue;
            }
            self.words = self.words.saturating_add(1);
            let range = first.range();
            let mut node = match words.met(first, terms) {
                Met::Nothing | Met::Word(_, None) => continue,
                Met::Open(begins, ends) => {
                    if terms.may_be_open(languages) {
                        for node in [begins, ends].into_iter().flatten() {
                            self.hit(node.get(), range.clone(), title);
                        }
                    }
                    continue;
                }
                Met::Word(_, Some(first)) => first.get(),
            };
            let (mut best, mut taken, mut depth, mut next) = (None, 0, 0, at);
            if terms.ends(node, languages) {
                best = Some((node, range.end, at));
            }
            while depth + 1 < LONGEST_TERM && terms.goes_on(node) {
                let Some(further) = (next..tokens.len()).find(is_word) else { break };
                next = further + 1;
                let Met::Word(word, _) = words.met(&tokens[further], terms) else { break };
                let Some(behind) = terms.step(node, word) else { break };
                (node, depth) = (behind, depth + 1);
                if terms.ends(node, languages) {
                    (best, taken) = (Some((node, tokens[further].end(), next)), depth);
                }
            }
            if let Some((node, end, behind)) = best {
                self.hit(node, range.start..end, title);
                self.words = self.words.saturating_add(u32::try_from(taken).unwrap_or(0));
                at = behind;
            }
        }
        at
    }

    fn hit(&mut self, node: Node, range: Range<usize>, title: bool) {
        if !self.taxonomy.terms.ends(node, self.languages) {
            return;
        }
        let hit = self.hits.entry(node).or_default();
        if title {
            hit.title = hit.title.saturating_add(1);
            return;
        }
        hit.body = hit.body.saturating_add(1);
        hit.places.push(range);
    }

    fn topics(&self) -> Vec<Found<String>> {
        let mut scored = self.scores();
        let length = f64::from(self.words);
        // Twice as long a text needs about one more word.
        let threshold = THRESHOLD + PER_LENGTH * (1.0 + (length / SHORT_TEXT - 1.0).max(0.0)).ln();
        let mut ranked = self.ranked(&scored, threshold);
        let best = ranked.first().map_or(0.0, |(score, _)| *score);
        ranked.retain(|(score, _)| *score >= best * SHARE_OF_BEST);
        ranked.truncate(MOST_TOPICS);
        ranked
            .into_iter()
            .filter_map(|(score, topic)| {
                let scored = scored.remove(&topic)?;
                Some(self.found(topic, Scored { score, ..scored }, threshold))
            })
            .collect()
    }

    /// What each topic amounts to.
    fn scores(&self) -> Map<usize, Scored<'_>> {
        let mut scored: Map<usize, Scored<'_>> = Map::default();
        // In the same order every time, so that sums are the same to the last bit.
        let mut hits: Vec<_> = self.hits.iter().collect();
        hits.sort_unstable_by_key(|&(node, _)| *node);
        for (node, hit) in hits {
            let times = f64::from(hit.body);
            let score = if hit.body > 0 { 1.0 + times.ln() } else { 0.0 }
                + TITLE * f64::from(hit.title.min(2));
            for says in self.taxonomy.terms.says(*node, self.languages) {
                let scored = scored.entry(says.topic).or_default();
                scored.score += score * says.weight;
                scored.strong |= says.weight >= BODY;
                scored.title |= hit.title > 0;
                scored.terms.push((score * says.weight, hit.places.as_slice()));
            }
        }
        scored
    }

    /// The topics that are there, the best first: of each major the best one, which the others of the major
    /// help, and its subtopics that are there by themselves.
    fn ranked(&self, scored: &Map<usize, Scored<'_>>, threshold: f64) -> Vec<(f64, usize)> {
        let mut majors: Map<usize, Vec<usize>> = Map::default();
        let mut topics: Vec<usize> = scored.keys().copied().collect();
        topics.sort_unstable();
        for topic in topics {
            majors.entry(self.taxonomy.topics[topic].major).or_default().push(topic);
        }
        let mut ranked: Vec<(f64, usize)> = Vec::new();
        for (major, topics) in majors {
            let score = |topic: &usize| scored[topic].score;
            let best = topics.iter().map(score).fold(0.0, f64::max);
            let sum: f64 = topics.iter().map(score).sum();
            let total = best + OF_OTHERS * (sum - best);
            if total < threshold || !topics.iter().any(|topic| scored[topic].strong) {
                continue;
            }
            let stands = |topic: &&usize| {
                **topic != major && scored[*topic].strong && score(topic) >= threshold
            };
            let better = |a: &&usize, b: &&usize| score(a).total_cmp(&score(b)).then(b.cmp(a));
            let of_all = topics.iter().filter(|topic| scored[*topic].strong).max_by(better);
            let main = topics.iter().filter(stands).max_by(better).or(of_all);
            let Some(&main) = main else { continue };
            ranked.push((total, main));
            let others = topics.iter().filter(stands).filter(|topic| **topic != main);
            ranked.extend(others.map(|topic| (score(topic), *topic)));
        }
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked
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
