//! Why a structure receives what it does: data for the page that explains.
//!
//! Invariant: every reason can be read off the problem and the flow; nothing is a guess, and every structure has one.

use serde::{Deserialize, Serialize};

use crate::network::Network;
use crate::plan::{Group, Level};
use crate::problem::{Problem, Reason};
use crate::ratio::Ratio;
use crate::tree::{NONE, Place};

/// The reasons for what one structure receives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// Index of the structure.
    pub structure: usize,
    /// What decided.
    pub cause: Cause,
    /// Its limits that are reached (R2), storages first.
    pub limits: Vec<Limit>,
    /// What its past changes (R4).
    pub past: Past,
    /// Lots that it could not be given, counted by reason (R5).
    pub barred: Vec<Barred>,
}

/// What decided how much a structure receives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// R1: it receives all it asks for.
    NeedMet,
    /// R1: it receives all it asks for in every rayon of which there is a lot for it.
    RayonsMet,
    /// R2: it would receive more if its storage, or what it can hand out before expiry, were larger.
    Limited,
    /// R3: it shares lots with the structures of its group; giving it more would take from one served no better.
    Shared {
        /// Index in [`crate::Plan::groups`].
        group: usize,
    },
    /// No lot can reach it; R5 says why.
    NoLot,
}

/// A limit of a structure that is reached (R2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// What is full.
    pub place: Limited,
    /// How much it takes, in grams.
    pub grams: i64,
    /// What the structure still asks for behind this limit, in grams.
    pub unmet_grams: i64,
    /// Better served structures, or lots left over, would give it more without this limit: the minimum cut passes
    /// here.
    pub binding: bool,
}

/// What can be full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limited {
    /// The storage at one temperature.
    Storage {
        /// The temperature class.
        temperature: usize,
    },
    /// What can be handed out before an expiry class has passed.
    Expiry {
        /// The rayon.
        rayon: usize,
        /// The expiry class.
        class: usize,
    },
}

/// What the past of a structure changes (R4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// H / N before today.
    pub before: Option<Ratio>,
    /// (H + t) / N after today.
    pub after: Option<Ratio>,
    /// How much more it had received than its group, at equal weight, in grams; below zero if less. Among
    /// structures at one level, this is exactly what today's share gives back.
    pub advance_grams: i64,
}

/// Lots that a structure could not be given, for one reason (R5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Barred {
    /// The reason.
    pub reason: Reason,
    /// How many lots.
    pub lots: usize,
    /// How many grams, all these lots together.
    pub grams: i64,
}

/// The reason that the problem itself gives for a pair, if it is not eligible.
pub(crate) fn derived(problem: &Problem, lot: usize, structure: usize) -> Option<Reason> {
    let lot = &problem.lots[lot];
    let it = &problem.structures[structure];
    let Some(need) = it.needs.iter().find(|need| need.rayon == lot.rayon) else {
        return Some(Reason::NotRequested);
    };
    if need.caps.last().is_none_or(|&cap| cap == 0) {
        Some(Reason::NotRequested)
    } else if it.weight == 0 {
        Some(Reason::NoWeight)
    } else if it.storage[problem.rayons[lot.rayon].temperature] == 0 {
        Some(Reason::NoStorage)
    } else if need.caps[lot.class..].contains(&0) {
        Some(Reason::NoThroughput)
    } else {
        None
    }
}

/// Explains every structure.
pub(crate) fn reasons(
    problem: &Problem,
    network: &Network,
    parts: &[u32],
    groups: &[Group],
    levels: &[Level],
) -> Vec<Why> {
    let received = by_rayon(problem, network);
    let mut barred = barred(problem);
    let means: Vec<(i128, i128)> = groups.iter().map(|group| mean(problem, group)).collect();
    let mut first = 0;
    let mut whys = Vec::with_capacity(problem.structures.len());
    for (a, structure) in problem.structures.iter().enumerate() {
        let got = &received[a];
        let end = first + structure.needs.len();
        let limits = limits(problem, network, parts, a, first, got);
        let level = &levels[a];
        let short = |i: usize| structure.needs[i].caps.last().copied().unwrap_or(0) > got[i];
        let cause = match level.group {
            _ if structure.weight > 0 && (0..got.len()).all(|i| !short(i)) => Cause::NeedMet,
            Some(group) if can_take(network, a) => Cause::Shared { group },
            Some(_) if limits.iter().any(|limit| limit.unmet_grams > 0) => Cause::Limited,
            Some(_) => Cause::RayonsMet,
            None => Cause::NoLot,
        };
        let (past, weight) = level.group.map_or((0, 1), |g| means[g]);
        let advance = if level.group.is_some() {
            i128::from(structure.past_grams) - past * i128::from(structure.weight) / weight.max(1)
        } else {
            0
        };
        let past = Past {
            before: level.before,
            after: level.after,
            advance_grams: i64::try_from(advance).unwrap_or(i64::MAX),
        };
        whys.push(Why { structure: a, cause, limits, past, barred: std::mem::take(&mut barred[a]) });
        first = end;
    }
    whys
}

fn mean(problem: &Problem, group: &Group) -> (i128, i128) {
    let sum = |value: fn(&crate::problem::Structure) -> i64| {
        group.structures.iter().map(|&a| i128::from(value(&problem.structures[a]))).sum::<i128>()
    };
    (sum(|s| s.past_grams), sum(|s| s.weight))
}

/// Grams received per structure and need.
fn by_rayon(problem: &Problem, network: &Network) -> Vec<Vec<i64>> {
    let mut received: Vec<Vec<i64>> = problem.structures.iter().map(|s| vec![0; s.needs.len()]).collect();
    let mut first: Vec<usize> = Vec::with_capacity(problem.structures.len());
    let mut next = 0;
    for structure in &problem.structures {
        first.push(next);
        next += structure.needs.len();
    }
    let tree = &network.tree;
    for v in 0..tree.len() {
        let parent = tree.parent[v];
        let on_top = parent != NONE && !matches!(tree.place[parent as usize], Place::Class { .. });
        if let (Place::Class { need, .. }, true) = (tree.place[v], on_top) {
            let a = tree.owner[v] as usize;
            received[a][need as usize - first[a]] += network.carried[v];
        }
    }
    received
}

/// Whether a gram could still enter the tree of a structure.
fn can_take(network: &Network, a: usize) -> bool {
    let tree = &network.tree;
    let mut stack = vec![tree.root[a]];
    while let Some(node) = stack.pop() {
        for &child in tree.children(node) {
            if network.carried[child as usize] < tree.cap[child as usize] {
                if matches!(tree.place[child as usize], Place::Class { .. }) {
                    return true;
                }
                stack.push(child);
            }
        }
    }
    false
}

fn limits(
    problem: &Problem,
    network: &Network,
    parts: &[u32],
    a: usize,
    first_need: usize,
    got: &[i64],
) -> Vec<Limit> {
    let tree = &network.tree;
    let needs = &problem.structures[a].needs;
    let short = |i: usize| (needs[i].caps.last().copied().unwrap_or(0) - got[i]).max(0);
    let mut limits = Vec::new();
    let mut stack: Vec<u32> = if tree.root[a] == NONE { Vec::new() } else { vec![tree.root[a]] };
    while let Some(node) = stack.pop() {
        stack.extend_from_slice(tree.children(node));
        let v = node as usize;
        let parent = tree.parent[v];
        if parent == NONE || network.carried[v] < tree.cap[v] {
            continue;
        }
        let (place, unmet_grams) = match tree.place[v] {
            Place::Structure => continue,
            Place::Storage { temperature } => {
                let temperature = temperature as usize;
                let here = |i: &usize| problem.rayons[needs[*i].rayon].temperature == temperature;
                let unmet = (0..needs.len()).filter(here).map(short).fold(0_i64, i64::saturating_add);
                (Limited::Storage { temperature }, unmet)
            }
            Place::Class { need, binding } => {
                let i = need as usize - first_need;
                let (rayon, class) = (needs[i].rayon, binding as usize);
                (Limited::Expiry { rayon, class }, short(i))
            }
        };
        if unmet_grams > 0 {
            // Part 1 is what the leftover lots can reach; elsewhere a crossing arc comes from a better served part.
            let binding = parts[v] == 1 || parts[v] != parts[parent as usize];
            limits.push(Limit { place, grams: tree.cap[v], unmet_grams, binding });
        }
    }
    limits.sort_by_key(|limit| match limit.place {
        Limited::Storage { temperature } => (0, temperature, 0),
        Limited::Expiry { rayon, class } => (1, rayon, class),
    });
    limits
}

/// Counts the non-edges of every structure. Structures that are neither candidates nor excluded are out of reach
/// of the lots of the rayons that they ask for.
fn barred(problem: &Problem) -> Vec<Vec<Barred>> {
    let rayons = problem.rayons.len();
    let mut lots_of = vec![(0_usize, 0_i64); rayons];
    let mut named = vec![(0_usize, 0_i64); rayons * problem.structures.len()];
    let mut counts: Vec<Vec<Barred>> = vec![Vec::new(); problem.structures.len()];
    let mut count = |a: usize, reason: Reason, lots: usize, grams: i64| match counts[a]
        .iter_mut()
        .find(|barred| barred.reason == reason)
    {
        Some(barred) => {
            barred.lots += lots;
            barred.grams += grams;
        }
        None => counts[a].push(Barred { reason, lots, grams }),
    };
    for (l, lot) in problem.lots.iter().enumerate().filter(|(_, lot)| lot.grams > 0) {
        lots_of[lot.rayon].0 += 1;
        lots_of[lot.rayon].1 += lot.grams;
        let candidates = lot.candidates.iter().map(|c| (c.structure, None));
        let excluded = lot.exclusions.iter().map(|x| (x.structure, Some(x.reason)));
        for (a, reason) in candidates.chain(excluded) {
            let a = a as usize;
            let slot = &mut named[a * rayons + lot.rayon];
            slot.0 += 1;
            slot.1 += lot.grams;
            let reason = match derived(problem, l, a) {
                Some(Reason::NotRequested) => Some(Reason::NotRequested),
                other => reason.or(other),
            };
            if let Some(reason) = reason {
                count(a, reason, 1, lot.grams);
            }
        }
    }
    for (a, structure) in problem.structures.iter().enumerate() {
        for need in structure.needs.iter().filter(|need| need.caps.last().is_some_and(|&cap| cap > 0)) {
            let (lots, grams) = lots_of[need.rayon];
            let (listed, listed_grams) = named[a * rayons + need.rayon];
            if lots > listed {
                count(a, Reason::OutOfReach, lots - listed, grams - listed_grams);
            }
        }
    }
    for list in &mut counts {
        list.sort_by_key(|barred| barred.reason);
    }
    counts
}
