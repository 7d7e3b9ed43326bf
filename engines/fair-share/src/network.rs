//! The flow network of a day: lots on one side, the trees of the structures on the other.
//!
//! Invariant: `used` of a source is the sum of its arcs' flows, and `carried` of a node is what comes in from its
//! arcs and children; every arc with a positive flow is in the list `feeds` of its target exactly once.

use crate::plan::Share;
use crate::problem::Problem;
use crate::tree::{NONE, Tree};

/// An arc with, once, a positive flow: its source and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Feed {
    pub(crate) source: u32,
    pub(crate) arc: u32,
}

/// The network and the flow on it.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    pub(crate) tree: Tree,
    /// Identical lots (same rayon, class and structures) are one source: `members[s]` are their indices.
    pub(crate) members: Vec<Vec<u32>>,
    /// Grams of each source.
    pub(crate) grams: Vec<i64>,
    /// Expiry class of each source.
    pub(crate) class: Vec<u32>,
    /// Grams of each source in use.
    pub(crate) used: Vec<i64>,
    /// Arcs of source `s`: `first[s]..first[s + 1]`, nearest structure first.
    pub(crate) first: Vec<u32>,
    /// Where the arcs that still count end: those beyond lead to nodes that the source can no longer feed.
    pub(crate) end: Vec<u32>,
    /// The tree node each arc leads to.
    pub(crate) target: Vec<u32>,
    /// Grams on each arc.
    pub(crate) flow: Vec<i64>,
    listed: Vec<bool>,
    /// For each tree node, the arcs into it that carry something (and some that no longer do).
    pub(crate) feeds: Vec<Vec<Feed>>,
    /// Grams on the arc from each tree node to its parent (for a structure: what it receives).
    pub(crate) carried: Vec<i64>,
}

impl Network {
    /// Builds the network of a validated problem, without any flow.
    pub(crate) fn build(problem: &Problem) -> Self {
        let tree = Tree::plant(problem);
        let mut order: Vec<(usize, usize, u64, u32)> = Vec::new();
        let mut lists: Vec<(u32, u32)> = vec![(0, 0); problem.lots.len()];
        let mut all: Vec<u32> = Vec::new();
        let mut sorted: Vec<(u32, u32, u32)> = Vec::new();
        for (l, lot) in problem.lots.iter().enumerate().filter(|(_, lot)| lot.grams > 0) {
            sorted.clear();
            sorted.extend(lot.candidates.iter().filter_map(|c| {
                let node = tree.entry(c.structure as usize, lot.rayon, lot.class)?;
                Some((c.metres, c.structure, node))
            }));
            if sorted.is_empty() {
                continue;
            }
            sorted.sort_unstable();
            let start = all.len() as u32;
            all.extend(sorted.iter().map(|&(_, _, node)| node));
            lists[l] = (start, all.len() as u32);
            order.push((lot.rayon, lot.class, fingerprint(&all[start as usize..]), l as u32));
        }
        order.sort_unstable();
        let list = |l: u32| {
            let (start, end) = lists[l as usize];
            &all[start as usize..end as usize]
        };
        let mut members: Vec<Vec<u32>> = Vec::new();
        let mut previous = None;
        for &(rayon, class, print, l) in &order {
            let same = previous == Some((rayon, class, print))
                && members.last().is_some_and(|group| list(group[0]) == list(l));
            match members.last_mut() {
                Some(group) if same => group.push(l),
                _ => members.push(vec![l]),
            }
            previous = Some((rayon, class, print));
        }
        members.sort_unstable_by_key(|group| group[0]);
        let mut first = vec![0_u32];
        let mut target = Vec::new();
        for group in &members {
            target.extend_from_slice(list(group[0]));
            first.push(target.len() as u32);
        }
        let lots = |group: &Vec<u32>| group.iter().map(|&l| problem.lots[l as usize].grams).sum::<i64>();
        let grams: Vec<i64> = members.iter().map(lots).collect();
        let class = members.iter().map(|group| problem.lots[group[0] as usize].class as u32).collect();
        let end = first[1..].to_vec();
        Self {
            used: vec![0; grams.len()],
            flow: vec![0; target.len()],
            listed: vec![false; target.len()],
            feeds: vec![Vec::new(); tree.len()],
            carried: vec![0; tree.len()],
            tree,
            members,
            grams,
            class,
            first,
            end,
            target,
        }
    }

    /// Replaces the flow by that of some shares of the same problem. All arcs count again.
    pub(crate) fn load(&mut self, problem: &Problem, shares: &[Share]) {
        self.end.copy_from_slice(&self.first[1..]);
        self.used.fill(0);
        self.carried.fill(0);
        self.flow.fill(0);
        self.listed.fill(false);
        self.feeds.iter_mut().for_each(Vec::clear);
        let mut source_of = vec![NONE; problem.lots.len()];
        for (s, members) in self.members.iter().enumerate() {
            for &lot in members {
                source_of[lot as usize] = s as u32;
            }
        }
        for share in shares {
            let lot = &problem.lots[share.lot];
            let source = source_of[share.lot];
            let Some(entry) = self.tree.entry(share.structure, lot.rayon, lot.class) else { continue };
            if source == NONE {
                continue;
            }
            if let Some(arc) = self.arcs(source as usize).find(|&arc| self.target[arc] == entry) {
                self.used[source as usize] += share.grams;
                self.feed(source, arc as u32, share.grams);
                let Self { tree, carried, .. } = self;
                tree.path(entry).for_each(|v| carried[v] += share.grams);
            }
        }
    }

    /// The arcs of a source that still count.
    pub(crate) fn arcs(&self, source: usize) -> std::ops::Range<usize> {
        self.first[source] as usize..self.end[source] as usize
    }

    /// Adds grams to an arc from a source, and to the source.
    pub(crate) fn feed(&mut self, source: u32, arc: u32, grams: i64) {
        self.flow[arc as usize] += grams;
        if grams > 0 && !self.listed[arc as usize] {
            self.listed[arc as usize] = true;
            self.feeds[self.target[arc as usize] as usize].push(Feed { source, arc });
        }
    }

    /// Forgets entry `i` of the list of a node, whose flow has come back to zero.
    pub(crate) fn unlist(&mut self, node: u32, i: usize) {
        let gone = self.feeds[node as usize].swap_remove(i);
        self.listed[gone.arc as usize] = false;
    }

    /// Drops the arcs of a source for which `keep` is false; they carry nothing.
    pub(crate) fn prune(&mut self, source: usize, keep: impl Fn(u32) -> bool) {
        let mut write = self.first[source] as usize;
        for read in self.arcs(source) {
            if keep(self.target[read]) {
                if read != write {
                    self.swap_arcs(read, write);
                }
                write += 1;
            }
        }
        self.end[source] = write as u32;
    }

    fn swap_arcs(&mut self, i: usize, j: usize) {
        for (from, to) in [(i, j), (j, i)] {
            if self.listed[from] {
                let node = self.target[from] as usize;
                if let Some(feed) = self.feeds[node].iter_mut().find(|feed| feed.arc as usize == from) {
                    feed.arc = to as u32;
                }
            }
        }
        self.target.swap(i, j);
        self.flow.swap(i, j);
        self.listed.swap(i, j);
    }
}

fn fingerprint(list: &[u32]) -> u64 {
    list.iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, &word| (hash ^ u64::from(word)).wrapping_mul(0x100_0000_01b3))
}
