//! The proof that goes with every plan, found on the final flow alone.
//!
//! A maximum flow is leximin if and only if no residual path leads from a structure to one that stands lower
//! (Megiddo 1974, Fujishige 1980). One search in decreasing order of level visits each place once, so the proof
//! costs less than a single maximum flow.
//!
//! Invariant: nothing here trusts how the flow was found: parts, pruned arcs and ceilings are ignored.

use crate::level::Claim;
use crate::network::Network;
use crate::plan::Certificate;
use crate::problem::Problem;
use crate::tree::NONE;

/// A search over the whole residual network that visits each place at most once, whatever the number of starts.
struct Sweep<'a> {
    network: &'a Network,
    nodes: Vec<bool>,
    sources: Vec<bool>,
    stack: Vec<(bool, u32)>,
    visited: usize,
}

impl<'a> Sweep<'a> {
    fn new(network: &'a Network) -> Self {
        Self {
            network,
            nodes: vec![false; network.tree.len()],
            sources: vec![false; network.grams.len()],
            stack: Vec::new(),
            visited: 0,
        }
    }

    fn push(&mut self, is_source: bool, place: u32) {
        let seen = if is_source { &mut self.sources } else { &mut self.nodes };
        if !std::mem::replace(&mut seen[place as usize], true) {
            self.visited += 1;
            self.stack.push((is_source, place));
        }
    }

    /// Follows residual arcs from a start, and shows each new place.
    fn run(&mut self, is_source: bool, start: u32, mut show: impl FnMut(bool, u32)) {
        let network = self.network;
        self.push(is_source, start);
        while let Some((is_source, place)) = self.stack.pop() {
            show(is_source, place);
            let at = place as usize;
            if is_source {
                for arc in network.first[at]..network.first[at + 1] {
                    self.push(false, network.target[arc as usize]);
                }
                continue;
            }
            let parent = network.tree.parent[at];
            if parent != NONE && network.carried[at] < network.tree.cap[at] {
                self.push(false, parent);
            }
            for &child in network.tree.children(place) {
                if network.carried[child as usize] > 0 {
                    self.push(false, child);
                }
            }
            for feed in &network.feeds[at] {
                if network.flow[feed.arc as usize] > 0 {
                    self.push(true, feed.source);
                }
            }
        }
    }
}

/// Proves, or disproves, that the flow is maximum, leximin and uses the most urgent lots.
pub(crate) fn certify(problem: &Problem, network: &Network) -> Certificate {
    let total_grams: i64 = network.used.iter().sum();
    let (max_flow_grams, cut_visited) = cut(network);
    let (leximin, order_visited) = ordered(problem, network);
    let urgent_first = urgency(network);
    Certificate {
        holds: total_grams == max_flow_grams && leximin && urgent_first,
        total_grams,
        max_flow_grams,
        leximin,
        urgent_first,
        visited: cut_visited + order_visited,
    }
}

/// Capacity of the cut around what the leftover lots can reach.
fn cut(network: &Network) -> (i64, usize) {
    let mut sweep = Sweep::new(network);
    for source in 0..network.grams.len() {
        if network.used[source] < network.grams[source] {
            sweep.run(true, source as u32, |_, _| {});
        }
    }
    let lots = (0..network.grams.len()).filter(|&s| !sweep.sources[s]).map(|s| network.grams[s]).sum::<i64>();
    let mut capacity = lots;
    for v in 0..network.tree.len() {
        let parent = network.tree.parent[v];
        if sweep.nodes[v] && (parent == NONE || !sweep.nodes[parent as usize]) {
            capacity = capacity.saturating_add(network.tree.cap[v]);
        }
    }
    (capacity, sweep.visited)
}

/// Whether no gram can go from a structure to one that stands lower in the common order.
fn ordered(problem: &Problem, network: &Network) -> (bool, usize) {
    let claim = |a: u32| {
        let structure = &problem.structures[a as usize];
        Claim { past: structure.past_grams, weight: structure.weight, low: 0, high: 0, rank: a }
    };
    let tree = &network.tree;
    let mut givers: Vec<u32> = tree.root.iter().copied().filter(|&v| v != NONE).collect();
    givers.retain(|&v| network.carried[v as usize] > 0);
    let last = |v: u32| claim(tree.owner[v as usize]).next(network.carried[v as usize] - 1);
    givers.sort_unstable_by_key(|&v| std::cmp::Reverse(last(v)));
    let mut sweep = Sweep::new(network);
    let mut holds = true;
    for giver in givers {
        let limit = last(giver);
        sweep.run(false, giver, |is_source, place| {
            if is_source || tree.parent[place as usize] != NONE || place == giver {
                return;
            }
            let carried = network.carried[place as usize];
            let could_take = carried < tree.cap[place as usize];
            if could_take && claim(tree.owner[place as usize]).next(carried) < limit {
                holds = false;
            }
        });
    }
    (holds, sweep.visited)
}

/// Whether no leftover lot could replace a less urgent one that is in use.
fn urgency(network: &Network) -> bool {
    let mut left: Vec<u32> = (0..network.grams.len() as u32)
        .filter(|&s| network.used[s as usize] < network.grams[s as usize])
        .collect();
    left.sort_by_key(|&s| network.class[s as usize]);
    let mut sweep = Sweep::new(network);
    let mut holds = true;
    for source in left {
        let class = network.class[source as usize];
        sweep.run(true, source, |is_source, place| {
            if is_source && network.class[place as usize] > class && network.used[place as usize] > 0 {
                holds = false;
            }
        });
    }
    holds
}
