//! Minimum-cost flow by the primal network simplex, on arcs that may be added as it goes.
//!
//! The basis is a spanning tree hung on an artificial root; one arc enters, the cycle that it closes is turned until
//! an arc is full or empty, and that arc leaves (Dantzig 1951). Which arc leaves follows the rule of strongly feasible
//! trees (Cunningham 1976), so that it never goes in circles. Invariant: the flow satisfies every node at every
//! moment, so the search can stop after any step, and its prices still give a lower bound.

use crate::transport::Budget;
use crate::tree::NONE;

/// « As much as one likes », as the capacity of an arc.
pub(crate) const ENDLESS: i64 = i64::MAX;

/// Where an arc outside the tree stands, or that it is in the tree.
const EMPTY: i64 = 1;
const FULL: i64 = -1;
const BASIC: i64 = 0;

/// One arc: from, to, cost of a gram, grams that it can carry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arc {
    pub(crate) tail: u32,
    pub(crate) head: u32,
    pub(crate) cost: i64,
    pub(crate) cap: i64,
}

impl Arc {
    pub(crate) const fn room(&self, flow: i64) -> i64 {
        if self.cap == ENDLESS { ENDLESS } else { self.cap - flow }
    }
}

/// A node of the spanning tree: its parent, first child and next sibling ([`NONE`] if there is none).
#[derive(Clone, Copy, Debug)]
struct Node {
    parent: u32,
    child: u32,
    next: u32,
    depth: u32,
    price: i64,
}

/// The flow and the basis.
#[derive(Debug, Default)]
pub(crate) struct Simplex {
    pub(crate) arcs: Vec<Arc>,
    pub(crate) flow: Vec<i64>,
    state: Vec<i64>,
    /// The tree. What is touched at every node of a subtree stands together.
    nodes: Vec<Node>,
    /// The arc to the parent; [`NONE`] where it is artificial and always empty.
    link: Vec<u32>,
    /// Whether that arc leads to the parent, not from it.
    upward: Vec<bool>,
    previous: Vec<u32>,
    stack: Vec<u32>,
    cursor: usize,
}

impl Simplex {
    /// Starts from a feasible flow whose arcs strictly between empty and full form a forest: `parent` and `link` are
    /// that forest ([`NONE`] at its roots).
    pub(crate) fn start(arcs: Vec<Arc>, flow: Vec<i64>, parent: Vec<u32>, link: Vec<u32>) -> Self {
        let nodes = parent.len();
        let root = nodes as u32;
        let state = arcs.iter().zip(&flow).map(|(arc, &flow)| if flow == arc.cap { FULL } else { EMPTY });
        let mut state: Vec<i64> = state.collect();
        let mut upward = vec![true; nodes + 1];
        for (v, &arc) in link.iter().enumerate().filter(|&(_, &arc)| arc != NONE) {
            state[arc as usize] = BASIC;
            upward[v] = arcs[arc as usize].tail as usize == v;
        }
        let hung = |parent: u32| Node { parent, child: NONE, next: NONE, depth: 0, price: 0 };
        let mut tree: Vec<Node> = parent.iter().map(|&up| hung(if up == NONE { root } else { up })).collect();
        tree.push(hung(NONE));
        let mut simplex = Self {
            arcs,
            flow,
            state,
            nodes: tree,
            link,
            upward,
            previous: vec![NONE; nodes + 1],
            stack: Vec::new(),
            cursor: 0,
        };
        simplex.link.push(NONE);
        for v in (0..root).rev() {
            simplex.adopt(simplex.nodes[v as usize].parent, v);
        }
        simplex.price_tree(root);
        simplex
    }

    /// Adds an empty arc.
    pub(crate) fn add(&mut self, arc: Arc) {
        self.arcs.push(arc);
        self.flow.push(0);
        self.state.push(EMPTY);
    }

    /// What a gram is worth at a node.
    pub(crate) fn price(&self, node: u32) -> i64 {
        self.nodes[node as usize].price
    }

    /// The reduced cost of an arc: its cost, plus the price of its tail, minus the price of its head.
    pub(crate) fn reduced(&self, arc: &Arc) -> i64 {
        arc.cost + self.price(arc.tail) - self.price(arc.head)
    }

    /// Improves the flow step by step; false if the budget ran out before it was optimal over the arcs that it has.
    pub(crate) fn run(&mut self, budget: &mut Budget<'_>) -> bool {
        while let Some(arc) = self.entering() {
            if !budget.spend() {
                return false;
            }
            self.pivot(arc);
        }
        true
    }

    /// The worst arc of the first block that has a bad one.
    fn entering(&mut self) -> Option<usize> {
        let many = self.arcs.len();
        let block = (many.isqrt() / 2).max(32);
        let (mut worst, mut found) = (0, None);
        let mut left = block;
        let mut at = if self.cursor < many { self.cursor } else { 0 };
        for _ in 0..many {
            let reduced = self.state[at] * self.reduced(&self.arcs[at]);
            if reduced < worst {
                (worst, found) = (reduced, Some(at));
            }
            at = if at + 1 == many { 0 } else { at + 1 };
            left -= 1;
            if left == 0 {
                if found.is_some() {
                    break;
                }
                left = block;
            }
        }
        self.cursor = at;
        found
    }

    fn meeting(&self, mut u: u32, mut v: u32) -> u32 {
        while u != v {
            let (one, other) = (&self.nodes[u as usize], &self.nodes[v as usize]);
            if one.depth >= other.depth {
                u = one.parent;
            } else {
                v = other.parent;
            }
        }
        u
    }

    /// Room on the way from a node to its parent (or back).
    fn room(&self, node: u32, to_parent: bool) -> i64 {
        let link = self.link[node as usize];
        let along = self.upward[node as usize] == to_parent;
        if link == NONE {
            return if along { ENDLESS } else { 0 };
        }
        let flow = self.flow[link as usize];
        if along { self.arcs[link as usize].room(flow) } else { flow }
    }

    fn push(&mut self, node: u32, to_parent: bool, grams: i64) {
        let link = self.link[node as usize];
        if link != NONE {
            let along = self.upward[node as usize] == to_parent;
            self.flow[link as usize] += if along { grams } else { -grams };
        }
    }

    fn pivot(&mut self, entering: usize) {
        let arc = self.arcs[entering];
        let up = self.state[entering] == EMPTY;
        let (first, second) = if up { (arc.tail, arc.head) } else { (arc.head, arc.tail) };
        let join = self.meeting(first, second);
        let (mut grams, mut out, mut from_first) = (arc.cap, NONE, false);
        let mut u = first;
        while u != join {
            let room = self.room(u, false);
            if room < grams {
                (grams, out, from_first) = (room, u, true);
            }
            u = self.nodes[u as usize].parent;
        }
        u = second;
        while u != join {
            let room = self.room(u, true);
            if room <= grams {
                (grams, out, from_first) = (room, u, false);
            }
            u = self.nodes[u as usize].parent;
        }
        if grams > 0 {
            self.flow[entering] += if up { grams } else { -grams };
            for (start, to_parent) in [(first, false), (second, true)] {
                let mut u = start;
                while u != join {
                    self.push(u, to_parent, grams);
                    u = self.nodes[u as usize].parent;
                }
            }
        }
        if out == NONE {
            self.state[entering] = -self.state[entering];
            return;
        }
        let leaving = self.link[out as usize];
        if leaving != NONE {
            self.state[leaving as usize] = if self.flow[leaving as usize] == 0 { EMPTY } else { FULL };
        }
        self.state[entering] = BASIC;
        let (inner, outer) = if from_first { (first, second) } else { (second, first) };
        self.rehang(out, inner, outer, entering as u32, arc.tail == inner);
    }

    /// Cuts the subtree of `out`, and hangs it by `inner` on `outer`.
    fn rehang(&mut self, out: u32, inner: u32, outer: u32, arc: u32, upward: bool) {
        let (mut node, mut above, mut link, mut up) = (inner, outer, arc, upward);
        loop {
            let at = node as usize;
            let before = (self.nodes[at].parent, self.link[at], self.upward[at]);
            self.leave(node);
            self.nodes[at].parent = above;
            self.link[at] = link;
            self.upward[at] = up;
            self.adopt(above, node);
            if node == out {
                break;
            }
            (above, node) = (node, before.0);
            (link, up) = (before.1, !before.2);
        }
        // The arcs inside keep their reduced costs, so the prices of the whole subtree change by the same amount.
        let shift = self.price_below(inner) - self.price(inner);
        self.settle(inner, shift);
    }

    fn adopt(&mut self, parent: u32, node: u32) {
        let first = std::mem::replace(&mut self.nodes[parent as usize].child, node);
        self.nodes[node as usize].next = first;
        self.previous[node as usize] = NONE;
        if first != NONE {
            self.previous[first as usize] = node;
        }
    }

    fn leave(&mut self, node: u32) {
        let Node { parent, next, .. } = self.nodes[node as usize];
        let previous = self.previous[node as usize];
        if previous == NONE {
            self.nodes[parent as usize].child = next;
        } else {
            self.nodes[previous as usize].next = next;
        }
        if next != NONE {
            self.previous[next as usize] = previous;
        }
    }

    /// The price of a node that makes the reduced cost of the arc to its parent zero.
    fn price_below(&self, node: u32) -> i64 {
        let (at, link) = (node as usize, self.link[node as usize]);
        let cost = if link == NONE { 0 } else { self.arcs[link as usize].cost };
        let above = self.price(self.nodes[at].parent);
        if self.upward[at] { above - cost } else { above + cost }
    }

    /// Shifts the prices in the subtree of a node, and sets the depths from its parent's.
    fn settle(&mut self, top: u32, shift: i64) {
        self.stack.clear();
        self.stack.push(top);
        while let Some(node) = self.stack.pop() {
            let depth = self.nodes[self.nodes[node as usize].parent as usize].depth + 1;
            let it = &mut self.nodes[node as usize];
            it.price += shift;
            it.depth = depth;
            let mut child = it.child;
            while child != NONE {
                self.stack.push(child);
                child = self.nodes[child as usize].next;
            }
        }
    }

    /// Sets all prices and depths anew.
    fn price_tree(&mut self, root: u32) {
        self.stack.clear();
        self.stack.push(root);
        while let Some(node) = self.stack.pop() {
            if node != root {
                let price = self.price_below(node);
                let depth = self.nodes[self.nodes[node as usize].parent as usize].depth + 1;
                let it = &mut self.nodes[node as usize];
                (it.price, it.depth) = (price, depth);
            }
            let mut child = self.nodes[node as usize].child;
            while child != NONE {
                self.stack.push(child);
                child = self.nodes[child as usize].next;
            }
        }
    }
}
