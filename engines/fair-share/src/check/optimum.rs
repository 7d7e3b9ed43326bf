//! The second opinion on the exact optimum: largest, leximin, most urgent lots first.
//!
//! Searches in a residual network built straight from the problem, every cap a node. Invariant: nothing of the solver
//! is used or trusted.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Breach, Sums};
use crate::problem::Problem;

/// The residual network of the exact optimum: lots, then needs by class, then storages, then structures.
struct Residual {
    next: Vec<Vec<u32>>,
    seen: Vec<bool>,
    structures: usize,
}

impl Residual {
    fn build(problem: &Problem, exact: &Sums) -> Self {
        let lots = problem.lots.len();
        let needs: usize = problem.structures.iter().map(|s| s.needs.len()).sum();
        let storages = lots + needs * problem.classes;
        let structures = storages + problem.structures.len() * problem.temperatures;
        let mut next = vec![Vec::new(); structures + problem.structures.len()];
        let mut join = |from: usize, to: usize, room: bool, carries: bool| {
            if room {
                next[from].push(to as u32);
            }
            if carries {
                next[to].push(from as u32);
            }
        };
        let mut entries: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut node = lots;
        for (a, structure) in problem.structures.iter().enumerate() {
            for need in &structure.needs {
                entries.insert((a, need.rayon), node);
                let storage = storages + a * problem.temperatures + problem.rayons[need.rayon].temperature;
                for (class, &cap) in need.caps.iter().enumerate() {
                    let carried = exact.up_to(a, need.rayon, class);
                    let to = if class + 1 == problem.classes { storage } else { node + class + 1 };
                    join(node + class, to, carried < cap, carried > 0);
                }
                node += problem.classes;
            }
            for (temperature, &room) in structure.storage.iter().enumerate() {
                let carried = exact.storages[a][temperature];
                let storage = storages + a * problem.temperatures + temperature;
                join(storage, structures + a, carried < room, carried > 0);
            }
        }
        for (l, lot) in problem.lots.iter().enumerate() {
            for a in lot.candidates.iter().map(|c| c.structure as usize) {
                let Some(&entry) = entries.get(&(a, lot.rayon)) else { continue };
                if problem.structures[a].weight > 0 {
                    join(l, entry + lot.class, true, exact.shares.contains_key(&(l, a)));
                }
            }
        }
        Self { seen: vec![false; next.len()], next, structures }
    }

    /// Every place not seen before that a start leads to.
    fn reach(&mut self, start: usize) -> Vec<usize> {
        let mut found = Vec::new();
        if !std::mem::replace(&mut self.seen[start], true) {
            found.push(start);
        }
        let mut head = 0;
        while head < found.len() {
            for &to in &self.next[found[head]] {
                if !std::mem::replace(&mut self.seen[to as usize], true) {
                    found.push(to as usize);
                }
            }
            head += 1;
        }
        found
    }
}

pub(super) fn check_optimum(problem: &Problem, exact: &Sums, breaches: &mut Vec<Breach>) {
    let mut residual = Residual::build(problem, exact);
    let structures = residual.structures;
    let mut left: Vec<usize> =
        (0..problem.lots.len()).filter(|&l| exact.lots[l] < problem.lots[l].grams).collect();
    left.sort_by_key(|&l| problem.lots[l].class);
    for l in left {
        for place in residual.reach(l) {
            if place >= structures {
                breaches.push(Breach::NotMaximum { structure: place - structures });
            } else if place < problem.lots.len()
                && problem.lots[place].class > problem.lots[l].class
                && exact.lots[place] > 0
            {
                breaches.push(Breach::NotUrgentFirst { left: l, used: place });
            }
        }
    }
    // Where a structure stands before its last gram (the giver) and before its next one (the taker).
    let stand = |a: usize, less: i64| {
        let structure = &problem.structures[a];
        (structure.past_grams + exact.structures[a] - less, structure.weight, a)
    };
    let order = |x: (i64, i64, usize), y: (i64, i64, usize)| -> Ordering {
        let (left, right) = (i128::from(x.0) * i128::from(y.1), i128::from(y.0) * i128::from(x.1));
        left.cmp(&right).then(x.1.cmp(&y.1)).then(x.2.cmp(&y.2))
    };
    let mut givers: Vec<usize> = (0..problem.structures.len()).filter(|&a| exact.structures[a] > 0).collect();
    givers.sort_by(|&a, &b| order(stand(b, 1), stand(a, 1)));
    residual.seen.fill(false);
    for giver in givers {
        for place in residual.reach(structures + giver) {
            if place >= structures && order(stand(place - structures, 0), stand(giver, 1)).is_lt() {
                breaches.push(Breach::NotLeximin { from: giver, to: place - structures });
            }
        }
    }
}
