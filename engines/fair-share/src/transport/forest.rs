//! From any flow to one whose arcs in between form a forest, at no more cost.
//!
//! Arcs strictly between empty and full are taken one by one; where one closes a cycle, the cycle is turned in its
//! cheaper direction until an arc is empty or full. Invariant: what enters and leaves every node never changes.

use crate::transport::simplex::Arc;
use crate::tree::NONE;

/// A forest over the nodes: the parent of each, and the arc to it; [`NONE`] at the roots.
#[derive(Debug)]
pub(crate) struct Forest {
    pub(crate) parent: Vec<u32>,
    pub(crate) link: Vec<u32>,
    stamp: Vec<u32>,
    now: u32,
}

impl Forest {
    /// Cancels the cycles of a flow, and returns the forest that is left.
    pub(crate) fn grow(nodes: usize, arcs: &[Arc], flow: &mut [i64]) -> Self {
        let mut forest =
            Self { parent: vec![NONE; nodes], link: vec![NONE; nodes], stamp: vec![0; nodes], now: 0 };
        for arc in 0..arcs.len() {
            while between(&arcs[arc], flow[arc]) {
                let Some(cycle) = forest.path(arcs[arc].head, arcs[arc].tail) else {
                    forest.join(arcs, arc);
                    break;
                };
                forest.turn(arcs, flow, arc, &cycle);
            }
        }
        forest
    }

    /// The nodes below which the path from one node to another passes, if they are in one tree: those on the side of
    /// the start, then those on the side of the end.
    fn path(&mut self, start: u32, end: u32) -> Option<(Vec<u32>, Vec<u32>)> {
        self.now += 1;
        let mut node = start;
        while node != NONE {
            self.stamp[node as usize] = self.now;
            node = self.parent[node as usize];
        }
        let mut there = Vec::new();
        node = end;
        while self.stamp[node as usize] != self.now {
            there.push(node);
            node = self.parent[node as usize];
            if node == NONE {
                return None;
            }
        }
        let meeting = node;
        let mut here = Vec::new();
        node = start;
        while node != meeting {
            here.push(node);
            node = self.parent[node as usize];
        }
        Some((here, there))
    }

    /// Turns the cycle that an arc closes, in its cheaper direction, and cuts what has become empty or full.
    fn turn(&mut self, arcs: &[Arc], flow: &mut [i64], arc: usize, cycle: &(Vec<u32>, Vec<u32>)) {
        // From the head of the arc up, then down to its tail: (arc, whether the flow goes along it).
        let mut steps = vec![(arc, true)];
        for &node in &cycle.0 {
            let link = self.link[node as usize] as usize;
            steps.push((link, arcs[link].tail == node));
        }
        for &node in &cycle.1 {
            let link = self.link[node as usize] as usize;
            steps.push((link, arcs[link].head == node));
        }
        let cost: i64 =
            steps.iter().map(|&(arc, along)| if along { arcs[arc].cost } else { -arcs[arc].cost }).sum();
        let along_first = cost <= 0;
        let room = |&(arc, along): &(usize, bool)| {
            if along == along_first { arcs[arc].room(flow[arc]) } else { flow[arc] }
        };
        let grams = steps.iter().map(room).min().unwrap_or(0);
        for &(arc, along) in &steps {
            flow[arc] += if along == along_first { grams } else { -grams };
        }
        for &node in cycle.0.iter().chain(&cycle.1) {
            let link = self.link[node as usize] as usize;
            if !between(&arcs[link], flow[link]) {
                self.parent[node as usize] = NONE;
                self.link[node as usize] = NONE;
            }
        }
    }

    /// Joins two trees by an arc: turns the tree of its tail around, and hangs it on its head.
    fn join(&mut self, arcs: &[Arc], arc: usize) {
        let (mut node, mut above, mut link) = (arcs[arc].tail, arcs[arc].head, arc as u32);
        while node != NONE {
            let at = node as usize;
            let before = (self.parent[at], self.link[at]);
            self.parent[at] = above;
            self.link[at] = link;
            (above, node, link) = (node, before.0, before.1);
        }
    }
}

const fn between(arc: &Arc, flow: i64) -> bool {
    flow > 0 && flow < arc.cap
}
