//! The flow network of the transport problem, with what fairness and urgency have decided as fixed supplies.
//!
//! Each expiry class gives exactly the grams that it gives in the fair division, and each structure receives exactly
//! its fair share; which lots, by which doors, is free. Any such flow uses as many urgent grams and gives the same
//! levels, so nothing has to be weighed against metres. Invariant: nodes are the classes, then the lots, then the
//! nodes of the trees; every lot arc is endless, for the caps are behind it.

use crate::plan::Share;
use crate::problem::{Need, Problem};
use crate::transport::Budget;
use crate::transport::forest::Forest;
use crate::transport::simplex::{Arc, ENDLESS, Simplex};
use crate::tree::{NONE, Place, Tree};

/// Into how many steps the price of an uneven rayon is cut.
const STEPS: i64 = 5;

/// Arcs per lot to start with, nearest first.
const NEAREST: usize = 8;

/// Arcs per lot added in one round, worst first.
const WORST: usize = 5;

/// Where a lot could enter a tree, and how far that is.
#[derive(Clone, Copy, Debug)]
struct Way {
    metres: u32,
    node: u32,
}

/// The network, its flow, and the ways that are not arcs yet.
#[derive(Debug)]
pub(crate) struct Ground<'a> {
    problem: &'a Problem,
    tree: &'a Tree,
    /// The lots that anybody could take.
    lots: Vec<u32>,
    /// Ways of lot `i`: `first[i]..first[i + 1]`, nearest first.
    first: Vec<u32>,
    ways: Vec<Way>,
    simplex: Simplex,
    /// Arcs of the simplex before this one are not lot arcs.
    fixed: usize,
    /// What goes into each node from outside; below zero, what leaves.
    supply: Vec<i64>,
}

impl<'a> Ground<'a> {
    /// Builds the network around shares that are fair. `balance_metres` is the price of an uneven rayon, 0 for none.
    pub(crate) fn build(problem: &'a Problem, tree: &'a Tree, shares: &[Share], balance_metres: u32) -> Self {
        let mut ground = Self {
            problem,
            tree,
            lots: Vec::new(),
            first: vec![0],
            ways: Vec::new(),
            simplex: Simplex::default(),
            fixed: 0,
            supply: Vec::new(),
        };
        let index = ground.survey();
        let (mut arcs, mut flow) = (Vec::new(), Vec::new());
        let sent = ground.lay_fixed(shares, &index, balance_metres, &mut arcs, &mut flow);
        ground.fixed = arcs.len();
        ground.lay_nearest(sent, &mut arcs, &mut flow);
        let forest = Forest::grow(ground.supply.len(), &arcs, &mut flow);
        ground.simplex = Simplex::start(arcs, flow, forest.parent, forest.link);
        ground
    }

    /// Lists the ways of every lot; returns the index of each lot here, [`NONE`] where nobody could take it.
    fn survey(&mut self) -> Vec<u32> {
        let mut index = vec![NONE; self.problem.lots.len()];
        for (l, lot) in self.problem.lots.iter().enumerate().filter(|(_, lot)| lot.grams > 0) {
            let start = self.ways.len();
            self.ways.extend(lot.candidates.iter().filter_map(|c| {
                let node = self.tree.entry(c.structure as usize, lot.rayon, lot.class)?;
                Some(Way { metres: c.metres, node })
            }));
            if self.ways.len() > start {
                self.ways[start..].sort_unstable_by_key(|way| (way.metres, way.node));
                index[l] = self.lots.len() as u32;
                self.lots.push(l as u32);
                self.first.push(self.ways.len() as u32);
            }
        }
        index
    }

    /// Fixes what enters and leaves, and lays the arcs from the classes to the lots and those of the trees; returns
    /// what each lot sends where.
    fn lay_fixed(
        &mut self,
        shares: &[Share],
        index: &[u32],
        balance_metres: u32,
        arcs: &mut Vec<Arc>,
        flow: &mut Vec<i64>,
    ) -> Vec<Vec<(u32, i64)>> {
        let (problem, tree, trees) = (self.problem, self.tree, self.trees());
        let (mut used, mut carried) = (vec![0_i64; self.lots.len()], vec![0_i64; tree.len()]);
        let mut sent: Vec<Vec<(u32, i64)>> = vec![Vec::new(); self.lots.len()];
        self.supply = vec![0; trees as usize + tree.len()];
        for share in shares {
            let lot = &problem.lots[share.lot];
            let Some(entry) = tree.entry(share.structure, lot.rayon, lot.class) else { continue };
            let i = index[share.lot] as usize;
            used[i] += share.grams;
            self.supply[lot.class] += share.grams;
            self.supply[(trees + tree.root[share.structure]) as usize] -= share.grams;
            sent[i].push((entry, share.grams));
            for v in tree.path(entry) {
                carried[v] += share.grams;
            }
        }
        for (i, (&l, &grams)) in self.lots.iter().zip(&used).enumerate() {
            let lot = &problem.lots[l as usize];
            let head = (problem.classes + i) as u32;
            arcs.push(Arc { tail: lot.class as u32, head, cost: 0, cap: lot.grams });
            flow.push(grams);
        }
        let asked: Vec<i64> = problem.structures.iter().flat_map(|s| &s.needs).map(whole).collect();
        for (v, (&parent, &grams)) in tree.parent.iter().zip(&carried).enumerate() {
            if parent == NONE {
                continue;
            }
            let (tail, head) = (trees + v as u32, trees + parent);
            let mut left = grams;
            for (cost, cap) in steps(tree, v, &asked, balance_metres) {
                arcs.push(Arc { tail, head, cost, cap });
                flow.push(left.min(cap));
                left -= left.min(cap);
            }
        }
        sent
    }

    /// Lays the arcs of each lot to where it goes, and to the nearest places.
    fn lay_nearest(&self, sent: Vec<Vec<(u32, i64)>>, arcs: &mut Vec<Arc>, flow: &mut Vec<i64>) {
        for (i, mut mine) in sent.into_iter().enumerate() {
            mine.sort_unstable();
            for (rank, way) in self.ways_of(i).iter().enumerate() {
                let grams = match mine.binary_search_by_key(&way.node, |&(node, _)| node) {
                    Ok(at) => mine[at].1,
                    Err(_) if rank < NEAREST => 0,
                    Err(_) => continue,
                };
                let tail = (self.problem.classes + i) as u32;
                let head = self.trees() + way.node;
                arcs.push(Arc { tail, head, cost: i64::from(way.metres), cap: ENDLESS });
                flow.push(grams);
            }
        }
    }

    /// Improves the flow until it is the best, or the budget runs out; returns whether it is known to be the best.
    pub(crate) fn improve(&mut self, budget: &mut Budget<'_>) -> bool {
        while self.simplex.run(budget) {
            if !self.widen() {
                return true;
            }
        }
        false
    }

    /// Adds the worst missing arcs of each lot; false if there is none.
    fn widen(&mut self) -> bool {
        let mut found = Vec::new();
        for i in 0..self.lots.len() {
            let mut worst: Vec<(i64, Way)> = Vec::new();
            let here = self.price_of_lot(i);
            for &way in self.ways_of(i) {
                let reduced = self.reduced(here, way);
                if reduced < 0 && (worst.len() < WORST || worst.last().is_some_and(|last| reduced < last.0)) {
                    let at = worst.partition_point(|other| other.0 <= reduced);
                    worst.insert(at, (reduced, way));
                    worst.truncate(WORST);
                }
            }
            found.extend(worst.into_iter().map(|(_, way)| (i as u32, way)));
        }
        for &(i, way) in &found {
            let tail = self.problem.classes as u32 + i;
            let head = self.trees() + way.node;
            self.simplex.add(Arc { tail, head, cost: i64::from(way.metres), cap: ENDLESS });
        }
        !found.is_empty()
    }

    /// What no fair division can go below, in grams × metres (balance included): the value of the prices.
    pub(crate) fn bound(&self) -> i128 {
        let simplex = &self.simplex;
        let value = |(node, &supply): (u32, &i64)| i128::from(supply) * i128::from(simplex.price(node));
        let mut bound = -(0..).zip(&self.supply).map(value).sum::<i128>();
        for arc in &simplex.arcs[..self.fixed] {
            bound += i128::from(simplex.reduced(arc).min(0)) * i128::from(arc.cap);
        }
        for i in 0..self.lots.len() {
            let here = self.price_of_lot(i);
            let least = self.ways_of(i).iter().map(|&way| self.reduced(here, way)).min().unwrap_or(0);
            bound += i128::from(least.min(0)) * i128::from(self.problem.lots[self.lots[i] as usize].grams);
        }
        bound
    }

    /// What the flow costs, in grams × metres, balance included.
    pub(crate) fn cost(&self) -> i128 {
        let cost = |(arc, &flow): (&Arc, &i64)| i128::from(arc.cost) * i128::from(flow);
        self.simplex.arcs.iter().zip(&self.simplex.flow).map(cost).sum()
    }

    /// The flow as shares, by lot and structure.
    pub(crate) fn shares(&self) -> Vec<Share> {
        let mut shares = Vec::new();
        let arcs = self.simplex.arcs.iter().zip(&self.simplex.flow).skip(self.fixed);
        for (arc, &grams) in arcs.filter(|&(_, &grams)| grams > 0) {
            let lot = self.lots[arc.tail as usize - self.problem.classes] as usize;
            let structure = self.tree.owner[(arc.head - self.trees()) as usize] as usize;
            shares.push(Share { lot, structure, grams });
        }
        shares.sort_unstable();
        shares
    }

    fn trees(&self) -> u32 {
        (self.problem.classes + self.lots.len()) as u32
    }

    fn ways_of(&self, i: usize) -> &[Way] {
        &self.ways[self.first[i] as usize..self.first[i + 1] as usize]
    }

    fn price_of_lot(&self, i: usize) -> i64 {
        self.simplex.price((self.problem.classes + i) as u32)
    }

    fn reduced(&self, here: i64, way: Way) -> i64 {
        i64::from(way.metres) + here - self.simplex.price(self.trees() + way.node)
    }
}

/// The arcs from a tree node to its parent: one, or for a whole rayon, where balance has a price, several of rising
/// cost. The fuller a rayon is beside what was asked, the dearer its next gram (the square of the share met).
fn steps(tree: &Tree, v: usize, asked: &[i64], balance_metres: u32) -> Vec<(i64, i64)> {
    let cap = tree.cap[v];
    let parent = tree.parent[v] as usize;
    let asked = match (tree.place[v], tree.place[parent]) {
        (Place::Class { need, .. }, Place::Storage { .. }) if balance_metres > 0 => asked[need as usize],
        _ => return vec![(0, cap)],
    };
    let mut arcs = Vec::new();
    let mut from = 0_i64;
    for step in 0..STEPS {
        let to = (i128::from(asked) * i128::from(step + 1) / i128::from(STEPS)) as i64;
        let width = to.min(cap) - from;
        if width > 0 {
            arcs.push((i64::from(balance_metres) * (2 * step + 1) / STEPS, width));
            from += width;
        }
    }
    arcs
}

/// What a structure asks for in one rayon.
fn whole(need: &Need) -> i64 {
    need.caps.last().copied().unwrap_or(0)
}
