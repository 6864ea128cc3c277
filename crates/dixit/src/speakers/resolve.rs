//! Which of the ways in which persons are named are one person's.
//!
//! Nodes are the least that is one person for sure; rules join them, the safest first, and each rule
//! only where one candidate is left. So the outcome depends on the set of statements alone.

mod clusters;
mod told;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::gather::Group;
use super::name::{Name, tokens};
use super::{JoinRule, SPEAKERS_FORMAT, Speakers};
use clusters::{Clusters, Joining};

/// More names with one word in common than this are not compared with each other.
const MOST_ALIKE: usize = 4_000;

/// What is one person by itself: a name with what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Identity {
    /// A whole name.
    Full { name: Name, key: Option<String>, country: Option<String>, party: Option<String> },
    /// A single name that has a key.
    Keyed { name: Name, key: String },
    /// A single name, in one source.
    Short { name: Name, source: usize },
    /// No name: a label or an office.
    Office { label: Vec<String>, country: Option<String> },
}

/// Groups of one identity.
struct Node {
    identity: Identity,
    groups: Vec<usize>,
}

impl Node {
    fn name(&self) -> Option<&Name> {
        match &self.identity {
            Identity::Full { name, .. }
            | Identity::Keyed { name, .. }
            | Identity::Short { name, .. } => Some(name),
            Identity::Office { .. } => None,
        }
    }

    fn full_name(&self) -> Option<&Name> {
        match &self.identity {
            Identity::Full { name, .. } => Some(name),
            _ => None,
        }
    }
}

fn identity(group: &Group) -> Identity {
    let person = &group.person;
    let name = Name::new(person.name.as_deref().unwrap_or_default());
    if name.is_empty() {
        let label = tokens(person.label().unwrap_or_default());
        return Identity::Office { label, country: person.country.clone() };
    }
    match (&person.person, name.is_short()) {
        (Some(key), true) => Identity::Keyed { name, key: key.clone() },
        (None, true) => Identity::Short { name, source: group.source },
        (key, false) => Identity::Full {
            name,
            key: key.clone(),
            country: person.country.clone(),
            party: person.party.clone(),
        },
    }
}

/// Works out who is who among groups that stand in a fixed order.
pub(super) fn resolve(groups: &[Group], sources: &[String]) -> Speakers {
    let mut by_identity: BTreeMap<Identity, Vec<usize>> = BTreeMap::new();
    for (number, group) in groups.iter().enumerate() {
        by_identity.entry(identity(group)).or_default().push(number);
    }
    let nodes: Vec<Node> =
        by_identity.into_iter().map(|(identity, groups)| Node { identity, groups }).collect();
    let mut clusters = Clusters::new(&nodes, groups);
    by_key(&nodes, &mut clusters);
    by_whole_name(&nodes, &mut clusters);
    by_fitting_names(&nodes, &mut clusters);
    by_source(&nodes, groups, &mut clusters);
    left_over(&nodes, &mut clusters);
    let speakers = told::speakers(&nodes, groups, &clusters, sources);
    Speakers { format: SPEAKERS_FORMAT, total: speakers.len() as u64, speakers }
}

/// One key, and a word of the name in common: keys of two lists may be the same by chance.
fn by_key(nodes: &[Node], clusters: &mut Clusters) {
    let mut with_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, node) in nodes.iter().enumerate() {
        let key = match &node.identity {
            Identity::Full { key: Some(key), .. } | Identity::Keyed { key, .. } => key,
            _ => continue,
        };
        with_key.entry(key).or_default().push(number);
    }
    for (key, numbers) in with_key {
        for (place, &number) in numbers.iter().enumerate() {
            let name = nodes[number].name();
            let fits = |other: &&usize| {
                let other = nodes[**other].name();
                name.zip(other).is_some_and(|(name, other)| name.shares_a_word(other))
            };
            let Some(&other) = numbers[..place].iter().find(fits) else { continue };
            let note = format!("both bear the key `{key}`");
            clusters.join(other, number, JoinRule::SameKey, note);
        }
    }
}

/// One whole name, where nothing contradicts and one candidate is left.
fn by_whole_name(nodes: &[Node], clusters: &mut Clusters) {
    let mut alike: BTreeMap<&Name, Vec<usize>> = BTreeMap::new();
    for (number, node) in nodes.iter().enumerate() {
        if let Some(name) = node.full_name() {
            alike.entry(name).or_default().push(number);
        }
    }
    for mut numbers in alike.into_values() {
        // Those of whom more is known first: the others may then fit only one of them.
        numbers.sort_by_key(|&number| (std::cmp::Reverse(known_of(&nodes[number])), number));
        for (place, &number) in numbers.iter().enumerate() {
            join_the_one(
                clusters,
                number,
                &numbers[..place],
                |_, _| Some(JoinRule::SameName),
                false,
            );
        }
    }
}

fn known_of(node: &Node) -> usize {
    match &node.identity {
        Identity::Full { key, country, party, .. } => {
            4 * usize::from(key.is_some())
                + 2 * usize::from(country.is_some())
                + usize::from(party.is_some())
        }
        _ => 0,
    }
}

/// Names that fit: initials, middle names, a further surname, another order. Fitting is not enough.
fn by_fitting_names(nodes: &[Node], clusters: &mut Clusters) {
    let mut alike: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, node) in nodes.iter().enumerate() {
        let Some(name) = node.full_name() else { continue };
        let ends: BTreeSet<&str> = name.ends().collect();
        for end in ends {
            alike.entry(end).or_default().push(number);
        }
    }
    let mut order: Vec<usize> =
        (0..nodes.len()).filter(|&number| nodes[number].full_name().is_some()).collect();
    // Fuller names first, so that a shorter one meets all that it may belong to.
    let letters = |number: usize| nodes[number].full_name().map_or(0, Name::letters);
    order.sort_by_key(|&number| (std::cmp::Reverse(letters(number)), number));
    for number in order {
        let Some(name) = nodes[number].full_name() else { continue };
        let mut others: Vec<usize> = name
            .ends()
            .flat_map(|end| alike.get(end).into_iter().flatten().copied())
            .filter(|&other| other != number)
            .collect();
        others.sort_unstable();
        others.dedup();
        if others.len() > MOST_ALIKE {
            continue;
        }
        let fits = |one: usize, other: usize| {
            let (one, other) = (nodes[one].full_name()?, nodes[other].full_name()?);
            let rule = one.fits(other).filter(|rule| *rule != JoinRule::SameName)?;
            // A shorter name belongs to a fuller one, never the other way round.
            let is_fuller = other.letters() > one.letters() || rule == JoinRule::Order;
            is_fuller.then_some(rule)
        };
        join_the_one(clusters, number, &others, fits, true);
    }
}

/// Joins a node to the one cluster among those of others that it fits, if it is one.
fn join_the_one(
    clusters: &mut Clusters,
    number: usize,
    others: &[usize],
    fits: impl Fn(usize, usize) -> Option<JoinRule>,
    needs_more: bool,
) {
    // By cluster: the node of it that fits best.
    let mut candidates: BTreeMap<usize, (bool, JoinRule, usize)> = BTreeMap::new();
    let mut apart = Vec::new();
    for &other in others {
        if clusters.is_one(number, other) {
            continue;
        }
        let Some(rule) = fits(number, other) else { continue };
        match clusters.compare(number, other) {
            Joining::Contradicted(why) => apart.push((other, why)),
            Joining::Nothing if needs_more => {
                apart.push((other, "nothing but the names speaks for it".to_owned()));
            }
            joining => {
                let lacks = !matches!(joining, Joining::Shared(_));
                let candidate = (lacks, rule, other);
                candidates
                    .entry(clusters.root(other))
                    .and_modify(|best| *best = (*best).min(candidate))
                    .or_insert(candidate);
            }
        }
    }
    let least = candidates.values().map(|(lacks, ..)| *lacks).min();
    let best: Vec<_> =
        candidates.values().copied().filter(|(lacks, ..)| Some(*lacks) == least).collect();
    if let [(_, rule, other)] = best.as_slice() {
        let note = match clusters.compare(number, *other) {
            Joining::Shared(what) => format!("{}; both: {what}", said(*rule)),
            _ => format!("{}, and nothing contradicts", said(*rule)),
        };
        clusters.join(*other, number, *rule, note);
    } else {
        for (_, _, other) in best {
            apart.push((other, "more than one fits".to_owned()));
        }
    }
    for (other, why) in apart {
        clusters.part(number, other, why);
    }
}

fn said(rule: JoinRule) -> &'static str {
    match rule {
        JoinRule::SameName => "the same whole name",
        JoinRule::Order => "the same names in another order",
        JoinRule::MiddleNames => "one leaves out names between the others",
        JoinRule::Initials => "one has initials for given names",
        JoinRule::FurtherSurname => "one has a further surname",
        JoinRule::SameKey | JoinRule::ShortInSource | JoinRule::WithinSource => "",
    }
}

/// A single name in a source that names one person of that name in full.
fn by_source(nodes: &[Node], groups: &[Group], clusters: &mut Clusters) {
    let mut in_source: HashMap<usize, Vec<usize>> = HashMap::new();
    for (number, node) in nodes.iter().enumerate() {
        if node.full_name().is_some() {
            let sources: BTreeSet<usize> =
                node.groups.iter().map(|&group| groups[group].source).collect();
            for source in sources {
                in_source.entry(source).or_default().push(number);
            }
        }
    }
    for (number, node) in nodes.iter().enumerate() {
        let Identity::Short { name, source } = &node.identity else { continue };
        let Some(word) = name.words().first() else { continue };
        let called = |other: &&usize| {
            nodes[**other].full_name().is_some_and(|name| name.ends().any(|end| end == word))
        };
        let candidates: Vec<usize> =
            in_source.get(source).into_iter().flatten().filter(called).copied().collect();
        let roots: BTreeSet<usize> = candidates.iter().map(|&other| clusters.root(other)).collect();
        let Some(&first) = candidates.first() else { continue };
        let why = match roots.len() {
            1 => clusters.contradiction_of_titles(number, first),
            _ => Some("the source names several of that name".to_owned()),
        };
        match why {
            None => {
                let note = "the only one of that name in the source".to_owned();
                clusters.join(first, number, JoinRule::ShortInSource, note);
            }
            Some(why) => {
                for other in candidates {
                    clusters.part(number, other, why.clone());
                }
            }
        }
    }
}

/// Single names that belong to nobody are listed together, as what they are.
fn left_over(nodes: &[Node], clusters: &mut Clusters) {
    let mut first_of: BTreeMap<&Name, usize> = BTreeMap::new();
    for (number, node) in nodes.iter().enumerate() {
        if let Identity::Short { name, .. } = &node.identity
            && clusters.is_alone(number)
        {
            match first_of.get(name) {
                Some(&first) => clusters.list_with(first, number),
                None => drop(first_of.insert(name, number)),
            }
        }
    }
}
