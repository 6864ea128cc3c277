//! Which nodes are one person so far, and what speaks for and against joining more.

use std::collections::BTreeSet;

use super::super::JoinRule;
use super::super::gather::Group;
use super::super::name::tokens;
use super::Node;

/// What is known of a cluster by which it can be compared.
#[derive(Debug, Clone, Default)]
struct Traits {
    keys: BTreeSet<String>,
    countries: BTreeSet<String>,
    parties: BTreeSet<String>,
    affiliations: BTreeSet<String>,
    roles: BTreeSet<String>,
    sources: BTreeSet<usize>,
    titles: BTreeSet<Address>,
}

/// A form of address that not everybody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Address {
    OfAMan,
    OfAWoman,
}

/// What comes of comparing two clusters.
pub(super) enum Joining {
    /// They have this in common.
    Shared(String),
    /// Nothing in common beside the name, and nothing against it.
    Nothing,
    /// They differ in what one person has once.
    Contradicted(String),
}

/// Two nodes that were joined, and why.
pub(super) struct Join {
    pub(super) nodes: [usize; 2],
    pub(super) rule: JoinRule,
    pub(super) note: String,
}

/// Nodes in clusters.
pub(super) struct Clusters {
    parents: Vec<usize>,
    traits: Vec<Traits>,
    sizes: Vec<usize>,
    pub(super) joins: Vec<Join>,
    pub(super) apart: Vec<(usize, usize, String)>,
}

/// Pairs that are told to be apart, of all; a common name would fill a screen.
const MOST_APART: usize = 100_000;

impl Clusters {
    pub(super) fn new(nodes: &[Node], groups: &[Group]) -> Self {
        let traits = nodes.iter().map(|node| traits_of(node, groups)).collect();
        let (parents, sizes) = ((0..nodes.len()).collect(), vec![1; nodes.len()]);
        Self { parents, traits, sizes, joins: Vec::new(), apart: Vec::new() }
    }

    pub(super) fn root(&self, mut node: usize) -> usize {
        while self.parents[node] != node {
            node = self.parents[node];
        }
        node
    }

    pub(super) fn is_one(&self, one: usize, other: usize) -> bool {
        self.root(one) == self.root(other)
    }

    pub(super) fn is_alone(&self, node: usize) -> bool {
        self.sizes[self.root(node)] == 1
    }

    pub(super) fn join(&mut self, one: usize, other: usize, rule: JoinRule, note: String) {
        if !self.is_one(one, other) {
            self.list_with(one, other);
            self.joins.push(Join { nodes: [one, other], rule, note });
        }
    }

    /// Puts two nodes into one entry without saying that they are one person.
    pub(super) fn list_with(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        // The larger one takes the other in.
        let (kept, gone) =
            if self.sizes[one] >= self.sizes[other] { (one, other) } else { (other, one) };
        self.parents[gone] = kept;
        self.sizes[kept] += self.sizes[gone];
        let gone = std::mem::take(&mut self.traits[gone]);
        let kept = &mut self.traits[kept];
        kept.keys.extend(gone.keys);
        kept.countries.extend(gone.countries);
        kept.parties.extend(gone.parties);
        kept.affiliations.extend(gone.affiliations);
        kept.roles.extend(gone.roles);
        kept.sources.extend(gone.sources);
        kept.titles.extend(gone.titles);
    }

    pub(super) fn part(&mut self, one: usize, other: usize, why: String) {
        if self.apart.len() < MOST_APART {
            self.apart.push((one, other, why));
        }
    }

    /// What speaks for and against two clusters being one person, their names aside.
    pub(super) fn compare(&self, one: usize, other: usize) -> Joining {
        let (one, other) = (&self.traits[self.root(one)], &self.traits[self.root(other)]);
        if let Some(key) = one.keys.intersection(&other.keys).next() {
            return Joining::Shared(format!("the key `{key}`"));
        }
        if let Some((a, b)) = differing_keys(one, other) {
            return Joining::Contradicted(format!("their keys differ: `{a}` and `{b}`"));
        }
        if let Some((a, b)) = differ(&one.countries, &other.countries) {
            return Joining::Contradicted(format!("one speaks for {a}, the other for {b}"));
        }
        if let Some(why) = differing_titles(one, other) {
            return Joining::Contradicted(why);
        }
        if one.sources.intersection(&other.sources).next().is_some() {
            return Joining::Shared("the source".to_owned());
        }
        let shared = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.intersection(b).next().cloned();
        if let Some(affiliation) = shared(&one.affiliations, &other.affiliations) {
            return Joining::Shared(affiliation);
        }
        if let Some(party) = shared(&one.parties, &other.parties) {
            return Joining::Shared(party);
        }
        if let (Some(role), Some(country)) =
            (shared(&one.roles, &other.roles), shared(&one.countries, &other.countries))
        {
            return Joining::Shared(format!("{role}, {country}"));
        }
        if let Some((a, b)) = differ(&one.parties, &other.parties)
            && shared(&one.countries, &other.countries).is_none()
        {
            return Joining::Contradicted(format!("one is of {a}, the other of {b}"));
        }
        Joining::Nothing
    }

    pub(super) fn contradiction_of_titles(&self, one: usize, other: usize) -> Option<String> {
        let (one, other) = (&self.traits[self.root(one)], &self.traits[self.root(other)]);
        if one.titles.len() > 1 {
            return Some("a man and a woman are called so".to_owned());
        }
        differing_titles(one, other)
    }
}

fn traits_of(node: &Node, groups: &[Group]) -> Traits {
    let mut traits = Traits::default();
    for &group in &node.groups {
        let Group { person, source, .. } = &groups[group];
        traits.keys.extend(person.person.clone());
        traits.countries.extend(person.country.clone());
        traits.parties.extend(person.party.clone());
        traits.affiliations.extend(person.affiliation.clone());
        traits.roles.extend(person.role.clone());
        traits.sources.insert(*source);
        traits.titles.extend(person.as_written.as_deref().and_then(address_in));
    }
    traits
}

/// The form of address at the head or the end of a label.
fn address_in(written: &str) -> Option<Address> {
    const OF_MEN: [&str; 9] =
        ["mr", "mister", "sir", "herr", "monsieur", "senor", "sr", "signor", "senhor"];
    const OF_WOMEN: [&str; 12] = [
        "mrs", "ms", "miss", "madam", "frau", "mme", "madame", "senora", "sra", "signora",
        "senhora", "dona",
    ];
    if written.contains("先生") {
        return Some(Address::OfAMan);
    }
    if written.contains("女士") || written.contains("小姐") {
        return Some(Address::OfAWoman);
    }
    tokens(written).iter().find_map(|word| {
        let is = |list: &[&str]| list.contains(&word.as_str());
        if is(&OF_MEN) { Some(Address::OfAMan) } else { is(&OF_WOMEN).then_some(Address::OfAWoman) }
    })
}

fn differing_titles(one: &Traits, other: &Traits) -> Option<String> {
    let differ = !one.titles.is_empty() && !other.titles.is_empty() && one.titles != other.titles;
    differ.then(|| "one is addressed as a man, the other as a woman".to_owned())
}

/// A value of each, when both have some and none in common.
fn differ<'s>(
    one: &'s BTreeSet<String>,
    other: &'s BTreeSet<String>,
) -> Option<(&'s str, &'s str)> {
    let (a, b) = (one.first()?, other.first()?);
    one.is_disjoint(other).then_some((a.as_str(), b.as_str()))
}

/// Two keys of one list: they look alike but for their last part.
fn differing_keys<'s>(one: &'s Traits, other: &'s Traits) -> Option<(&'s str, &'s str)> {
    let list = |key: &str| {
        let end = key.rfind(['/', ':', '#', '.']).map_or(0, |at| at + 1);
        let kind = key[end..].bytes().all(|byte| byte.is_ascii_digit());
        (key[..end].to_owned(), kind)
    };
    // One that is the other and something more may be a later form of it.
    let is_longer = |long: &str, short: &str| {
        long.strip_prefix(short).is_some_and(|rest| rest.starts_with(['-', '_', '.']))
    };
    one.keys.iter().find_map(|a| {
        let differs = |b: &&String| list(b) == list(a) && !is_longer(a, b) && !is_longer(b, a);
        other.keys.iter().find(differs).map(|b| (a.as_str(), b.as_str()))
    })
}
