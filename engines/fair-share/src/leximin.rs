//! The fairest flow: the one that raises the worst served as high as possible, then the next, and so on.
//!
//! Divide and conquer on minimum cuts (Fujishige 1980, Groenevelt 1991): guess the level that would use up all
//! lots of a part, send the maximum flow under that ceiling; either every structure is full, and the part is one
//! group at one level, or the minimum cut separates a poorer side from a richer one, and both go on alone.
//!
//! Invariant: an arc that crosses from a richer side to a poorer one is saturated and is never touched again: the
//! poorer side counts it as received, the richer side as given.

use crate::level::{Claim, pour};
use crate::maxflow::{Part, Search};
use crate::network::Network;
use crate::problem::Problem;
use crate::tree::NONE;
use crate::urgent;

/// A group of the result, in the compact indices of the network.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cluster {
    /// All members are at the limits of what they can take.
    pub(crate) saturated: bool,
    pub(crate) structures: Vec<u32>,
    pub(crate) sources: Vec<u32>,
}

/// Turns the empty flow of a network into the leximin flow; returns the groups, and the part of each tree node.
pub(crate) fn share(problem: &Problem, network: &mut Network) -> (Vec<Cluster>, Vec<u32>) {
    let mut search = Search::new(network);
    let all = Part {
        sources: (0..network.grams.len() as u32).collect(),
        nodes: (0..network.tree.len() as u32).collect(),
    };
    urgent::fill(network, &mut search, &all);
    let (poorer, richer) = split(network, &mut search, all, 1);
    let mut clusters = Vec::new();
    if !richer.nodes.is_empty() || !richer.sources.is_empty() {
        clusters.push(close(network, richer, true));
    }
    let mut parts = 2;
    let mut waiting = vec![poorer];
    let mut committed = vec![0_i64; network.tree.len()];
    while let Some(part) = waiting.pop() {
        let Some(full) = settle(problem, network, &mut search, &part, &mut committed) else {
            clusters.push(close(network, part, false));
            continue;
        };
        if full {
            clusters.push(close(network, part, false));
        } else {
            let (poorer, richer) = split(network, &mut search, part, parts);
            parts += 1;
            if poorer.nodes.is_empty() || richer.nodes.is_empty() {
                // A part that is not full always has two sides; if ever not, stop here: the certificate will say so.
                clusters.extend([poorer, richer].map(|side| close(network, side, false)));
                continue;
            }
            waiting.push(richer);
            waiting.push(poorer);
        }
    }
    (clusters, search.home)
}

fn close(network: &Network, part: Part, saturated: bool) -> Cluster {
    let tops = part.nodes.iter().filter(|&&v| network.tree.parent[v as usize] == NONE);
    let structures = tops.map(|&v| network.tree.owner[v as usize]).collect();
    Cluster { saturated, structures, sources: part.sources }
}

/// Fills a part up to the level that uses all its lots. Some(true) if every structure ends at that level, none if
/// there is nothing to level.
fn settle(
    problem: &Problem,
    network: &mut Network,
    search: &mut Search,
    part: &Part,
    committed: &mut [i64],
) -> Option<bool> {
    let mut total = part.sources.iter().map(|&s| i128::from(network.grams[s as usize])).sum::<i128>();
    let mut claims = Vec::new();
    let mut tops = Vec::new();
    for &node in &part.nodes {
        let v = node as usize;
        let mut inside = 0;
        for &child in network.tree.children(node) {
            if search.home[child as usize] == search.home[v] {
                inside += committed[child as usize];
            } else {
                inside += network.carried[child as usize];
                total += i128::from(network.carried[child as usize]);
            }
        }
        committed[v] = inside;
        let parent = network.tree.parent[v];
        if parent == NONE {
            let structure = &problem.structures[network.tree.owner[v] as usize];
            claims.push(Claim {
                past: structure.past_grams,
                weight: structure.weight,
                low: inside,
                high: network.tree.cap[v],
                rank: network.tree.owner[v],
            });
            tops.push(node);
        } else if search.home[parent as usize] != search.home[v] {
            total -= i128::from(network.carried[v]);
        }
    }
    if tops.is_empty() {
        return None;
    }
    let highs = || claims.iter().map(|c| c.high).collect();
    let shares = pour(&claims, total).unwrap_or_else(highs);
    for (&top, &grams) in tops.iter().zip(&shares) {
        search.limit[top as usize] = grams;
        let excess = network.carried[top as usize] - grams;
        if excess > 0 {
            pull_back(network, search, committed, top, excess);
        }
    }
    search.fill(network, &part.sources);
    Some(tops.iter().all(|&top| network.carried[top as usize] == search.limit[top as usize]))
}

/// Takes grams back from a structure, down to the lots, leaving what comes from other parts.
fn pull_back(network: &mut Network, search: &Search, committed: &[i64], top: u32, excess: i64) {
    let mut stack = vec![(top, excess)];
    while let Some((node, mut grams)) = stack.pop() {
        let v = node as usize;
        network.carried[v] -= grams;
        let mut i = 0;
        while let Some(&feed) = network.feeds[v].get(i) {
            if grams == 0 {
                break;
            }
            let less = grams.min(network.flow[feed.arc as usize]);
            network.flow[feed.arc as usize] -= less;
            network.used[feed.source as usize] -= less;
            grams -= less;
            if network.flow[feed.arc as usize] == 0 {
                network.unlist(node, i);
            } else {
                i += 1;
            }
        }
        for &child in network.tree.children(node) {
            if search.home[child as usize] == search.home[v] {
                let less = grams.min(network.carried[child as usize] - committed[child as usize]);
                if less > 0 {
                    grams -= less;
                    stack.push((child, less));
                }
            }
        }
    }
}

/// Separates what the last search has reached (richer, becomes part `name`) from the rest (poorer).
fn split(network: &mut Network, search: &mut Search, part: Part, name: u32) -> (Part, Part) {
    let (mut poorer, mut richer) = (Part::default(), Part::default());
    for node in part.nodes {
        if search.reached_node(node) {
            search.home[node as usize] = name;
            richer.nodes.push(node);
        } else {
            poorer.nodes.push(node);
        }
    }
    for source in part.sources {
        if search.reached_source(source) {
            richer.sources.push(source);
        } else {
            network.prune(source as usize, |node| !search.reached_node(node));
            poorer.sources.push(source);
        }
    }
    (poorer, richer)
}
