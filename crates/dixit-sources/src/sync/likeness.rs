//! Whether two sources hold the same document, told by a few numbers of each.
//!
//! Of all stretches of so many letters and digits, those with the lowest hashes stand for a text: two
//! texts that share most of their stretches share most of these, however each is cut into statements
//! (Andrei Broder, "On the resemblance and containment of documents", 1997).

use std::fmt;
use std::fs::File;
use std::str::FromStr;

use dixit::{SourceRecord, Statement};

use crate::fingerprint::Fingerprint;
use crate::open::{ReadOptions, open};
use crate::read::{Flow, Item};
use crate::walk::{SourceFile, path_of_text};

/// Letters and digits of a stretch: some words. One that differs takes as many stretches with it, so that
/// what is written after one pattern is told apart.
const STRETCH: usize = 40;

/// Hashes that stand for a document: twins share nearly all of them, others none, so a few would do.
const SAMPLE: usize = 16;

/// What is kept of hashes of another make tells nothing.
const VERSION: &str = "1";

/// Where so many of the sample are shared, it is no chance.
const ENOUGH: usize = 3;

/// What a source is like.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Likeness {
    /// Stands for the one address that all its statements give.
    pub(super) url: Option<u64>,
    /// The lowest hashes of its text, in order.
    pub(super) sample: Vec<u32>,
}

impl Likeness {
    /// Whether most of what the smaller one says, three fifths, stands in the other, too: twins come to
    /// eight tenths and more, where one has lists or heads that the other lacks, to six.
    ///
    /// Up to the last hash of a full sample all of the document's are known; so up to the lower one of
    /// both, and there they can be compared.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let limit = self.limit().min(other.limit());
        let [own, others] =
            [self, other].map(|it| it.sample.partition_point(|hash| *hash <= limit));
        let shared = self.sample[..own]
            .iter()
            .filter(|hash| other.sample[..others].binary_search(hash).is_ok())
            .count();
        let smaller = own.min(others);
        // Of a short text all is known, however little that is.
        let is_all = self.sample.len().min(other.sample.len()) == smaller && smaller < SAMPLE;
        shared > 0 && shared * 5 >= smaller * 3 && (shared >= ENOUGH || is_all)
    }

    fn limit(&self) -> u32 {
        match self.sample.last() {
            Some(last) if self.sample.len() == SAMPLE => *last,
            _ => u32::MAX,
        }
    }
}

impl fmt::Display for Likeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{VERSION}:")?;
        if let Some(url) = self.url {
            write!(f, "{url:016x}")?;
        }
        f.write_str(":")?;
        self.sample.iter().try_for_each(|hash| write!(f, "{hash:08x}"))
    }
}

impl FromStr for Likeness {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split(':');
        let (Some(VERSION), Some(url), Some(sample), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(());
        };
        let url = match url {
            "" => None,
            url => Some(u64::from_str_radix(url, 16).map_err(|_| ())?),
        };
        let hash = |digits: &[u8]| {
            let digits = std::str::from_utf8(digits).ok().filter(|digits| digits.len() == 8);
            digits.and_then(|digits| u32::from_str_radix(digits, 16).ok())
        };
        let sample: Option<Vec<u32>> = sample.as_bytes().chunks(8).map(hash).collect();
        let sample = sample.filter(|sample| sample.is_sorted()).ok_or(())?;
        Ok(Self { url, sample })
    }
}

/// Finds out what a source is like while it is read.
#[derive(Debug, Default)]
pub(super) struct Sketch {
    /// Whether another source has its name; otherwise only what gives an address is looked at.
    is_wanted: bool,
    url: Address,
    sample: Vec<u32>,
}

/// The address of all statements so far.
#[derive(Debug, Default)]
enum Address {
    #[default]
    Unseen,
    One(String),
    /// None, or more than one.
    No,
}

impl Sketch {
    pub(super) fn new(is_wanted: bool) -> Self {
        Self { is_wanted, ..Self::default() }
    }

    pub(super) fn put(&mut self, statement: &Statement) {
        match (&self.url, &statement.source.url) {
            (Address::No, _) => {}
            (Address::Unseen, Some(url)) => self.url = Address::One(url.clone()),
            (Address::One(known), Some(url)) if known == url => {}
            _ => self.url = Address::No,
        }
        if self.is_wanted || matches!(self.url, Address::One(_)) {
            stretches(&statement.text, |hash| keep(&mut self.sample, hash));
        }
    }

    /// What it is like, if anybody is to know.
    pub(super) fn finish(self) -> Option<Likeness> {
        let url = match self.url {
            Address::One(url) => {
                let hash = blake3::hash(url.as_bytes());
                let first: [u8; 8] = *hash.as_bytes().first_chunk()?;
                Some(u64::from_le_bytes(first))
            }
            _ => None,
        };
        let is_known = self.is_wanted || url.is_some();
        is_known.then_some(Likeness { url, sample: self.sample })
    }
}

/// Keeps a hash if it is one of the lowest.
fn keep(sample: &mut Vec<u32>, hash: u32) {
    let is_full = sample.len() == SAMPLE;
    if is_full && sample.last().is_some_and(|last| *last <= hash) {
        return;
    }
    if let Err(at) = sample.binary_search(&hash) {
        sample.truncate(SAMPLE - 1);
        sample.insert(at, hash);
    }
}

/// Hashes of all stretches of a text, or of all of it where it is shorter: letters and digits alone, so
/// that lines, marks and capitals make no difference.
fn stretches(text: &str, mut take: impl FnMut(u32)) {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    const LEAVING: u64 = BASE.wrapping_pow(STRETCH as u32);
    let mut ring = [0_u64; STRETCH];
    let (mut hash, mut seen) = (0_u64, 0_usize);
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        let folded = if c.is_ascii() {
            c.to_ascii_lowercase()
        } else {
            c.to_lowercase().next().unwrap_or(c)
        };
        let coming = u64::from(u32::from(folded));
        let leaving = std::mem::replace(&mut ring[seen % STRETCH], coming);
        hash = hash
            .wrapping_mul(BASE)
            .wrapping_add(coming)
            .wrapping_sub(leaving.wrapping_mul(LEAVING));
        seen += 1;
        if seen >= STRETCH {
            take(mixed(hash));
        }
    }
    if seen > 0 && seen < STRETCH {
        take(mixed(hash));
    }
}

/// All bits of a hash in half of them (the finish of SplitMix64).
fn mixed(hash: u64) -> u32 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (hash >> 32) as u32
}

/// Reads a file for what it is like alone; its format, too. Nothing when it cannot be read, which is told
/// where it is taken in.
pub(super) fn likeness_of(
    file: &SourceFile,
    options: &ReadOptions,
) -> Option<(&'static str, Likeness)> {
    let opened = open(&file.name, File::open(&file.path).ok()?, options).ok()?;
    let format = opened.format.reader.name();
    let opened = opened.beside(options.companions.beside(&file.path));
    let mut sketch = Sketch::new(true);
    let mut put = |item| {
        if let Item::Record(record) = item {
            sketch.put(&record.statement);
        }
        Flow::More
    };
    opened.read(&file.name, options, &mut put).ok()?;
    Some((format, sketch.finish()?))
}

/// The same of what was taken in before anybody asked, if the file is still what it was.
pub(super) fn likeness_of_known(record: &SourceRecord, options: &ReadOptions) -> Option<Likeness> {
    let root = record.root.clone()?;
    let path = path_of_text(&record.key);
    let metadata = path.metadata().ok().filter(std::fs::Metadata::is_file)?;
    let file = SourceFile::new(&path, record.name.clone(), root, &metadata);
    let print: Fingerprint = record.fingerprint.parse().ok()?;
    let is_as_it_was = record.partial.is_none() && print.looks_same(&file);
    is_as_it_was.then(|| likeness_of(&file, options))?.map(|(_, likeness)| likeness)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of so many words, none of which is in one that begins elsewhere.
    fn text(words: std::ops::Range<u32>) -> String {
        words.map(|n| format!("Word{} ", n.wrapping_mul(2_654_435_761))).collect()
    }

    fn like(texts: &[&str]) -> Likeness {
        let mut sketch = Sketch::new(true);
        for text in texts {
            sketch.put(&Statement::new("a.txt", *text));
        }
        sketch.finish().unwrap()
    }

    #[test]
    fn the_same_text_is_told_however_it_is_cut_and_written() {
        let (long, other) = (text(0..2000), text(5000..7000));
        let whole = like(&[&long]);
        let (head, tail) = long.split_at(long.len() / 3);
        let lines = tail.to_uppercase().replace(' ', " —\n");
        assert!(whole.is_same(&like(&[head, &lines])));
        assert!(!whole.is_same(&like(&[&other])));
        // A part is told, and what has but a part in common is not.
        assert!(whole.is_same(&like(&[&text(0..500)])));
        assert!(!whole.is_same(&like(&[&text(1500..4000)])));
        assert!(like(&["Yes."]).is_same(&like(&["YES"])));
        assert!(!like(&["Yes."]).is_same(&like(&["No."])));
        assert!(!like(&[]).is_same(&like(&[])), "nothing is like nothing");
    }

    #[test]
    fn it_is_kept_as_text() {
        let mut likeness = like(&[&text(0..100)]);
        assert_eq!(likeness.to_string().parse(), Ok(likeness.clone()));
        likeness.url = Some(7);
        assert_eq!(likeness.to_string().parse(), Ok(likeness));
        assert_eq!(like(&[]).to_string().parse(), Ok(like(&[])));
        for text in ["", "1", "0::", "1::00", "1:x:", "1::é0000000", "1::0000000200000001"] {
            assert_eq!(text.parse::<Likeness>(), Err(()), "{text}");
        }
    }
}
