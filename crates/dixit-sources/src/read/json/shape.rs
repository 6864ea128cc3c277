//! Where the records of a document are: found by what its values look like, path by path.

use std::collections::HashMap;
use std::io;

use super::scan::{At, Scanner, Taken, Token};
use crate::read::json_text;
use crate::read::mapping::{FieldMap, Slot};

/// Paths beyond so many are data by name, such as a table of countries.
const MOST_PATHS: usize = 4096;
/// Nobody nests records deeper.
const MOST_DEPTH: usize = 48;
/// The look of a long string shows in its front.
const LOOK_BYTES: usize = 4096;

/// A step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    Key(String),
    /// Each element of an array.
    Each,
}

/// Where the records are, and the text in them; records may lie in records.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// The ways to the records, each with the text in them.
    pub(super) records: Vec<Place>,
}

/// What the values under one path look like.
struct Node {
    step: Step,
    parent: usize,
    children: HashMap<Step, usize>,
    strings: u64,
    bytes: u64,
    words: u64,
    /// Strings that end as sentences do.
    sentences: u64,
    /// Strings that hold markup.
    markup: u64,
}

/// What was seen of a document.
pub(super) struct Seen {
    nodes: Vec<Node>,
    /// Where it is no JSON, or ends too early.
    pub(super) broken: Option<At>,
}

impl Seen {
    /// Looks through a document, or the front of one.
    pub(super) fn new(mut bytes: &[u8]) -> io::Result<Self> {
        let mut seen = Self { nodes: vec![Node::new(0, Step::Each)], broken: None };
        let mut scanner = Scanner::new(&mut bytes)?;
        let mut open: Vec<(usize, bool)> = Vec::new();
        let (mut member, mut buffer) = (None, Vec::new());
        loop {
            let at = scanner.at();
            match scanner.token()? {
                Token::End => {
                    if scanner.depth() > 0 {
                        seen.broken.get_or_insert(scanner.at());
                    }
                    return Ok(seen);
                }
                Token::Stray => {
                    seen.broken.get_or_insert(at);
                }
                Token::Close => {
                    open.pop();
                }
                Token::Key => {
                    let parent = open.last().map_or(0, |(node, _)| *node);
                    member = seen.child(parent, Step::Key(key_text(&scanner.key)));
                }
                Token::Value(first) => {
                    let node = match open.last() {
                        None => Some(0),
                        Some((_, true)) => member,
                        Some((parent, false)) => seen.child(*parent, Step::Each),
                    };
                    let is_open = matches!(first, b'{' | b'[');
                    match node {
                        Some(node) if is_open && open.len() < MOST_DEPTH => {
                            scanner.enter(first);
                            open.push((node, first == b'{'));
                        }
                        Some(node) if first == b'"' => {
                            let start = scanner.at().byte;
                            let taken = scanner.take(&mut buffer, usize::MAX)?;
                            if taken != Taken::Cut {
                                seen.nodes[node].see(&buffer, scanner.at().byte - start);
                            }
                        }
                        _ => {
                            if scanner.take(&mut buffer, 0)? == Taken::Cut {
                                seen.broken.get_or_insert(scanner.at());
                            }
                        }
                    }
                }
            }
        }
    }

    /// How many fields hold text of any sort.
    pub(super) fn fields(&self) -> usize {
        self.nodes.iter().filter(|node| node.strings > 0).count()
    }

    fn child(&mut self, parent: usize, step: Step) -> Option<usize> {
        if let Some(known) = self.nodes[parent].children.get(&step) {
            return Some(*known);
        }
        if self.nodes.len() >= MOST_PATHS {
            return None;
        }
        let node = self.nodes.len();
        self.nodes.push(Node::new(parent, step.clone()));
        self.nodes[parent].children.insert(step, node);
        Some(node)
    }

    fn path(&self, mut node: usize) -> Vec<Step> {
        let mut path = Vec::new();
        while node != 0 {
            path.push(self.nodes[node].step.clone());
            node = self.nodes[node].parent;
        }
        path.reverse();
        path
    }

    /// Where the records are, if there are any: around the path that holds the most prose.
    pub(super) fn shape(&self, fields: &FieldMap) -> Option<Shape> {
        let mut places: Vec<(Place, f64)> = Vec::new();
        for node in 1..self.nodes.len() {
            if self.nodes[node].strings == 0 {
                continue;
            }
            if let Some(place) =
                Place::new(self.path(node)).map(|place| self.as_reply(self.as_paragraphs(place)))
                && let Some(score) = self.score(node, &place, fields)
            {
                places.push((place, score));
            }
        }
        let (best, _) = places.iter().max_by(|(_, one), (_, other)| one.total_cmp(other))?;
        // Sections of one document keep their records in arrays of their own.
        let has_array = |place: &Place| place.record.contains(&Step::Each);
        let is_alike = |place: &Place| {
            place == best
                || place.text == best.text
                    && place.is_list == best.is_list
                    && place.item == best.item
                    && (has_array(place) && has_array(best) || are_replies(place, best))
        };
        let of_others = self.around(best, &places);
        let is_named = |place: &Place| place.text.last().is_some_and(|key| is_text_name(key));
        let alike = places.iter().map(|(place, _)| place).filter(|place| is_alike(place));
        // What has no name of a text beside a text that has is a teaser.
        let alike = alike.filter(|_| of_others.is_none() || is_named(best));
        Some(Shape { records: alike.chain(of_others).cloned().collect() })
    }

    /// The text around records that name nobody, where it is somebody's: theirs it may not be.
    fn around<'p>(&self, best: &Place, places: &'p [(Place, f64)]) -> Option<&'p Place> {
        if self.says(&best.record, Slot::Speaker) {
            return None;
        }
        let around = places.iter().filter(|(place, _)| {
            place.record.len() < best.record.len()
                && best.record.starts_with(&place.record)
                && place.text.last().is_some_and(|key| is_text_name(key))
                && self.says(&place.record, Slot::Speaker)
        });
        let (place, _) = around.max_by(|(_, one), (_, other)| one.total_cmp(other))?;
        Some(place)
    }

    /// How much the strings under a path look like what was said; `None` if they do not.
    fn score(&self, node: usize, place: &Place, fields: &FieldMap) -> Option<f64> {
        let Node { strings, bytes, words, sentences, markup, .. } = self.nodes[node];
        if let Some(own) = fields.own_path(Slot::Text) {
            let path = place.text.join(".");
            let all = place.names().join(".");
            let is_own = path == own || all == own || all.ends_with(&format!(".{own}"));
            return is_own.then_some(bytes as f64);
        }
        let key = place.text.last()?;
        let slots = FieldMap::default().assign(&[key]);
        let is_value = key.eq_ignore_ascii_case("value") && self.says(&place.record, Slot::Speaker);
        let is_named = slots.contains_key(&Slot::Text) || is_value;
        if !is_named && !slots.is_empty() {
            return None;
        }
        let in_array = place.record.contains(&Step::Each);
        let is_prose = if markup > 0 {
            is_named || bytes >= 400 * strings
        } else if in_array && self.says_who_or_when(place) {
            is_named || words >= 4 * strings && bytes >= 12 * strings
        } else if is_named {
            // A short field of configuration may be called `content` as well.
            let is_somebodys = in_array || self.says(&place.record, Slot::Speaker);
            words >= if is_somebodys { 2 } else { 8 } * strings
        } else {
            let least = if in_array { 120 } else { 400 };
            bytes >= least * strings && words * 20 >= least * strings && sentences * 2 >= strings
        };
        let weight = if is_named { 4.0 } else { 1.0 };
        // Where the same words stand whole and in pieces, the whole counts.
        let whole = match place.is_list {
            // A list by the name of a text is no pieces of a field that has none.
            true if is_named => 0.9,
            true => 0.5,
            false => 1.0,
        };
        is_prose.then_some(bytes as f64 * weight * whole)
    }

    /// Whether records have a date or a speaker of their own.
    fn says_who_or_when(&self, place: &Place) -> bool {
        self.says(&place.record, Slot::Date) || self.says(&place.record, Slot::Speaker)
    }

    /// Whether the objects there have this field, in them or one further in.
    fn says(&self, record: &[Step], slot: Slot) -> bool {
        let Some(record) = self.node(record) else { return false };
        let mut keys: Vec<&str> = self.members(record).map(|(key, _)| key).collect();
        let within = self.members(record).flat_map(|(_, child)| self.members(child));
        keys.extend(within.map(|(key, _)| key));
        // A `name` alone may be anything's.
        keys.retain(|key| !key.eq_ignore_ascii_case("name"));
        FieldMap::default().assign(&keys).contains_key(&slot)
    }

    fn node(&self, path: &[Step]) -> Option<usize> {
        path.iter().try_fold(0, |node, step| self.nodes[node].children.get(step).copied())
    }

    fn members(&self, node: usize) -> impl Iterator<Item = (&str, usize)> {
        self.nodes[node].children.iter().filter_map(|(step, child)| match step {
            Step::Key(key) => Some((key.as_str(), *child)),
            Step::Each => None,
        })
    }

    /// `"body": [{"type": "p", "text": …}]` in the record of a speaker: paragraphs, and no records.
    fn as_paragraphs(&self, place: Place) -> Place {
        let [around @ .., Step::Key(list), Step::Each] = place.record.as_slice() else {
            return place;
        };
        let [item] = place.text.as_slice() else { return place };
        let from = around.iter().rposition(|step| *step == Step::Each).map_or(0, |each| each + 1);
        let record = &around[..from];
        let own = self.node(&place.record).map(|node| self.members(node).map(|(key, _)| key));
        let own: Vec<&str> = own.into_iter().flatten().collect();
        let own = FieldMap::default().assign(&own);
        let is_record =
            [Slot::Speaker, Slot::Date, Slot::Title, Slot::Url, Slot::Person, Slot::Role]
                .iter()
                .any(|slot| own.contains_key(slot));
        let is_text = is_text_name(list) && is_text_name(item) && !place.is_list;
        if is_record || !is_text || !self.says(record, Slot::Speaker) {
            return place;
        }
        let steps = around[from..].iter().filter_map(|step| match step {
            Step::Key(key) => Some(key.clone()),
            Step::Each => None,
        });
        let text = steps.chain([list.clone()]).collect();
        Place { record: record.to_vec(), text, is_list: true, item: Some(item.clone()) }
    }
}

impl Seen {
    /// `"reply": {"speaker": …, "text": …}`: a record of its own, and no field of what it replies to.
    fn as_reply(&self, mut place: Place) -> Place {
        let names = &place.text[..place.text.len() - 1];
        let Some(at) = names.iter().rposition(|name| is_reply(name)) else { return place };
        let steps = place.text[..=at].iter().cloned().map(Step::Key);
        let record: Vec<Step> = place.record.iter().cloned().chain(steps).collect();
        if self.says(&record, Slot::Speaker) {
            place.record = record;
            place.text.drain(..=at);
        }
        place
    }
}

fn is_reply(key: &str) -> bool {
    REPLIES.iter().any(|name| key.eq_ignore_ascii_case(name))
}

fn is_text_name(key: &str) -> bool {
    FieldMap::default().assign(&[key]).contains_key(&Slot::Text)
}

/// Names of what others said to a statement, under which it stands within it.
const REPLIES: [&str; 8] =
    ["reply", "replies", "answer", "answers", "response", "responses", "comments", "interjections"];

/// Whether the records of one place are replies within those of the other.
fn are_replies(one: &Place, other: &Place) -> bool {
    let (outer, inner) =
        if one.record.len() < other.record.len() { (one, other) } else { (other, one) };
    let within = inner.record.strip_prefix(outer.record.as_slice());
    within.is_some_and(|steps| {
        steps.iter().any(|step| matches!(step, Step::Key(key) if is_reply(key)))
    })
}

impl Node {
    fn new(parent: usize, step: Step) -> Self {
        let children = HashMap::new();
        Self { step, parent, children, strings: 0, bytes: 0, words: 0, sentences: 0, markup: 0 }
    }

    /// Looks at a string as it is written.
    fn see(&mut self, literal: &[u8], bytes: u64) {
        let front = &literal[..literal.len().min(LOOK_BYTES)];
        let front = String::from_utf8_lossy(front);
        let wide = front.chars().filter(|c| *c >= '\u{2E80}').count();
        let words = front.split_ascii_whitespace().count() + wide / 2;
        self.strings += 1;
        self.bytes += bytes;
        self.words += words as u64;
        let end = String::from_utf8_lossy(&literal[literal.len().saturating_sub(16)..]);
        let end = end.trim_end_matches(['"', ' ', '”', '\'', '\\', 'n']);
        self.sentences += u64::from(end.ends_with(['.', '!', '?', '。', '！', '？', ')', '…']));
        self.markup += u64::from(super::is_markup(&front));
    }
}

/// A path to text, apart where the record is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The way to the record.
    pub(super) record: Vec<Step>,
    /// The names on the way from a record to its text.
    pub(super) text: Vec<String>,
    /// Whether the text is a list of paragraphs.
    pub(super) is_list: bool,
    /// Under which name each holds its words, where they are objects.
    pub(super) item: Option<String>,
}

impl Place {
    fn new(mut path: Vec<Step>) -> Option<Self> {
        let is_list = path.last() == Some(&Step::Each);
        if is_list {
            path.pop();
        }
        let from = path.iter().rposition(|step| *step == Step::Each).map_or(0, |each| each + 1);
        let steps = path.split_off(from).into_iter();
        let text: Option<Vec<String>> = steps
            .map(|step| match step {
                Step::Key(key) => Some(key),
                Step::Each => None,
            })
            .collect();
        let text = text.filter(|text| !text.is_empty())?;
        Some(Self { record: path, text, is_list, item: None })
    }

    /// The names on the whole way.
    fn names(&self) -> Vec<&str> {
        let names = self.record.iter().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Each => None,
        });
        names.chain(self.text.iter().map(String::as_str)).collect()
    }
}

/// A member's name without its quotation marks and escapes.
pub(super) fn key_text(literal: &[u8]) -> String {
    let literal = String::from_utf8_lossy(literal);
    json_text::decode(&literal, 0).map_or_else(|| literal.into_owned(), |(text, _)| text)
}
