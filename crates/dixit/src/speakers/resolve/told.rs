//! Clusters as people and programs are shown them.

use std::collections::{BTreeMap, HashMap};

use super::super::gather::{Days, Group};
use super::super::{Apart, JoinRule, Joined, Naming, Speaker, Tenure, WrittenForm};
use super::clusters::Clusters;
use super::{Identity, Node};
use crate::id::StatementId;

/// How many of each are listed for one speaker.
const MOST_TOLD: usize = 50;

pub(super) fn speakers(
    nodes: &[Node],
    groups: &[Group],
    clusters: &Clusters,
    sources: &[String],
) -> Vec<Speaker> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for node in 0..nodes.len() {
        members.entry(clusters.root(node)).or_default().push(node);
    }
    let mut by_root: BTreeMap<usize, Speaker> = BTreeMap::new();
    for (&root, of) in &members {
        by_root.insert(root, speaker(nodes, groups, of, sources));
    }
    for join in &clusters.joins {
        let [one, other] =
            join.nodes.map(|node| (form_of(&nodes[node], groups), example(&nodes[node], groups)));
        let Some(speaker) = by_root.get_mut(&clusters.root(join.nodes[0])) else { continue };
        // Two ways to one name in one form are no news.
        if join.rule == JoinRule::SameName && one.0 == other.0 {
            continue;
        }
        if speaker.joined.len() < MOST_TOLD {
            let (rule, note) = (join.rule, join.note.clone());
            let statements = vec![one.1, other.1];
            speaker.joined.push(Joined { forms: [one.0, other.0], rule, note, statements });
        }
    }
    for (one, other, why) in &clusters.apart {
        let (one, other) = (clusters.root(*one), clusters.root(*other));
        if one == other {
            continue;
        }
        for (here, there) in [(one, other), (other, one)] {
            let Some(name) = by_root.get(&there).map(|speaker| speaker.name.clone()) else {
                continue;
            };
            if let Some(speaker) = by_root.get_mut(&here) {
                let apart = Apart { name, why: why.clone() };
                if speaker.apart.len() < MOST_TOLD && !speaker.apart.contains(&apart) {
                    speaker.apart.push(apart);
                }
            }
        }
    }
    let mut speakers: Vec<(usize, Speaker)> = by_root.into_iter().collect();
    speakers.sort_by(|(a_root, a), (b_root, b)| {
        let count = |speaker: &Speaker| speaker.statements + speaker.passages;
        (count(b).cmp(&count(a))).then_with(|| a.name.cmp(&b.name)).then(a_root.cmp(b_root))
    });
    speakers.into_iter().map(|(_, speaker)| speaker).collect()
}

fn speaker(nodes: &[Node], groups: &[Group], of: &[usize], sources: &[String]) -> Speaker {
    let groups_of = || of.iter().flat_map(|&node| &nodes[node].groups).map(|&group| &groups[group]);
    let naming = of.iter().map(|&node| naming(&nodes[node])).min().unwrap_or(Naming::Office);
    let mut days = Days::default();
    let (mut statements, mut passages, mut unsure) = (0, 0, 0);
    let mut forms: HashMap<&str, u64> = HashMap::new();
    let mut names: BTreeMap<&str, u64> = BTreeMap::new();
    let mut keys: Vec<String> = Vec::new();
    let mut roles: BTreeMap<[Option<&String>; 4], (u64, Days)> = BTreeMap::new();
    let mut ties: BTreeMap<(&str, &str, &str), (StatementId, &Group)> = BTreeMap::new();
    for group in groups_of() {
        let person = &group.person;
        let count = group.statements + group.passages;
        statements += group.statements;
        passages += group.passages;
        unsure += group.unsure;
        days.join(group.days);
        let written = person.as_written.as_deref().or(person.label()).unwrap_or_default();
        if !group.is_pronoun {
            *forms.entry(written).or_default() += count;
        }
        if let Some(name) = &person.name {
            *names.entry(name).or_default() += count;
        }
        if let Some(key) = &person.person
            && !keys.contains(key)
        {
            keys.push(key.clone());
        }
        let Group { person, .. } = group;
        let tenure = [
            person.role.as_ref(),
            person.affiliation.as_ref(),
            person.party.as_ref(),
            person.country.as_ref(),
        ];
        if tenure.iter().any(Option::is_some) {
            let (with, days) = roles.entry(tenure).or_default();
            *with += count;
            days.join(group.days);
        }
        if let (Some((rule, _)), Some(name)) = (&group.tied_by, &person.name)
            && !super::super::name::holds(written, name)
        {
            let tie = ties.entry((written, name, rule)).or_insert((group.example, group));
            *tie = if group.example < tie.0 { (group.example, group) } else { *tie };
        }
    }
    let name = best_name(&names, naming).or_else(|| most(&forms)).unwrap_or_default();
    let joined = ties.into_iter().take(MOST_TOLD).map(|((written, name, rule), (id, group))| {
        let reason = group.tied_by.as_ref().and_then(|(_, note)| note.clone());
        let reason = reason.map(|note| format!(": {note}")).unwrap_or_default();
        let source = sources.get(group.source).map_or("", String::as_str);
        Joined {
            forms: [written.to_owned(), name.to_owned()],
            rule: JoinRule::WithinSource,
            note: format!("by `{rule}` in {source}{reason}"),
            statements: vec![id],
        }
    });
    let joined = joined.collect();
    keys.sort_unstable();
    Speaker {
        name,
        naming,
        keys,
        statements,
        passages,
        unsure,
        first: days.first,
        last: days.last,
        forms: sorted(forms),
        roles: tenures(roles),
        joined,
        apart: Vec::new(),
    }
}

fn naming(node: &Node) -> Naming {
    match node.identity {
        Identity::Full { .. } | Identity::Keyed { .. } => Naming::Full,
        Identity::Short { .. } => Naming::Short,
        Identity::Office { .. } => Naming::Office,
    }
}

/// The most frequent whole name; one in capitals or with initials only when there is no other.
fn best_name(names: &BTreeMap<&str, u64>, naming: Naming) -> Option<String> {
    let is_in_capitals =
        |name: &str| !name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase);
    let is_whole =
        |name: &str| naming != Naming::Full || !super::super::name::Name::new(name).is_short();
    let rank = |name: &str, count: u64| {
        let is_spelt_out = !super::super::name::Name::new(name).has_initials();
        (is_whole(name), !is_in_capitals(name), is_spelt_out, count)
    };
    let best = names.iter().max_by(|(a, a_count), (b, b_count)| {
        rank(a, **a_count).cmp(&rank(b, **b_count)).then_with(|| b.cmp(a))
    });
    best.map(|(name, _)| (*name).to_owned())
}

fn most(forms: &HashMap<&str, u64>) -> Option<String> {
    let most = forms.iter().max_by(|(a, m), (b, n)| m.cmp(n).then_with(|| b.cmp(a)));
    most.map(|(form, _)| (*form).to_owned())
}

fn sorted(forms: HashMap<&str, u64>) -> Vec<WrittenForm> {
    let mut forms: Vec<WrittenForm> = forms
        .into_iter()
        .map(|(written, count)| WrittenForm { written: written.to_owned(), count })
        .collect();
    forms.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.written.cmp(&b.written)));
    forms
}

fn tenures(roles: BTreeMap<[Option<&String>; 4], (u64, Days)>) -> Vec<Tenure> {
    let mut roles: Vec<Tenure> = roles
        .into_iter()
        .map(|([role, affiliation, party, country], (count, days))| Tenure {
            role: role.cloned(),
            affiliation: affiliation.cloned(),
            party: party.cloned(),
            country: country.cloned(),
            count,
            first: days.first,
            last: days.last,
        })
        .collect();
    // Those without a date last.
    let begins = |tenure: &Tenure| {
        let first = tenure.first.map(|date| date.range().from);
        (first.is_none(), first, std::cmp::Reverse(tenure.count))
    };
    roles.sort_by_key(begins);
    roles
}

/// The words of a node as most of its statements have them.
fn form_of(node: &Node, groups: &[Group]) -> String {
    let most =
        node.groups.iter().map(|&group| &groups[group]).max_by_key(|group| {
            (group.statements + group.passages, std::cmp::Reverse(group.example))
        });
    most.and_then(|group| group.person.name.as_deref().or(group.person.label()))
        .unwrap_or_default()
        .to_owned()
}

fn example(node: &Node, groups: &[Group]) -> StatementId {
    let examples = node.groups.iter().map(|&group| groups[group].example);
    examples.min().unwrap_or_else(|| groups[0].example)
}
