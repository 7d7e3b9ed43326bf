//! Whole crates.
//!
//! A crate goes where it overshoots the exact optimum least; then crates move from a structure to one that is
//! served less, as long as the giver would still stand higher without the crate, by more than the tolerance.
//!
//! Invariant: no cap is ever exceeded, and at the end no structure that could take a crate of a lot stands, by more
//! than the tolerance, below what a holder of that lot would be without that crate; no crate is left that would fit.

use crate::desk::book;
use crate::leximin;
use crate::network::Network;
use crate::plan::{CrateShare, Share};
use crate::problem::{Lot, Problem};
use crate::solve::deal;
use crate::tree::Tree;

/// What one structure holds of one lot.
#[derive(Clone, Copy, Debug)]
struct Holding {
    structure: u32,
    full: i64,
    odd: bool,
}

/// The state of the rounding.
struct Rounding<'a> {
    problem: &'a Problem,
    tree: &'a Tree,
    /// Grams each structure would get in the exact optimum.
    goal: Vec<i64>,
    /// Grams each structure has now.
    got: Vec<i64>,
    /// Grams on each node of the trees.
    load: Vec<i64>,
    /// Who holds crates, per lot, by structure.
    holdings: Vec<Vec<Holding>>,
    /// Full crates not given, per lot.
    loose: Vec<i64>,
    /// Whether the last, smaller crate is not given, per lot.
    loose_odd: Vec<bool>,
}

/// Turns exact shares into whole crates. Goods without crates are levelled again over what is left.
pub(crate) fn round(problem: &Problem, tree: &Tree, exact: &[Share]) -> Vec<CrateShare> {
    let whole = |share: &Share| CrateShare {
        lot: share.lot,
        structure: share.structure,
        crates: 0,
        grams: share.grams,
    };
    if problem.lots.iter().all(|lot| lot.crate_grams == 0) {
        return exact.iter().map(whole).collect();
    }
    let mut rounding = Rounding::new(problem, tree, exact);
    rounding.place_loose();
    let divided = if problem.lots.iter().any(|lot| lot.crate_grams == 0 && lot.grams > 0) {
        rounding.divide()
    } else {
        Vec::new()
    };
    loop {
        rounding.repair();
        if !rounding.place_loose() {
            break;
        }
    }
    let mut crates: Vec<CrateShare> = divided.iter().map(whole).collect();
    for (l, holdings) in rounding.holdings.iter().enumerate() {
        let lot = &problem.lots[l];
        for holding in holdings.iter().filter(|holding| holding.full > 0 || holding.odd) {
            let odd = if holding.odd { odd_grams(lot) } else { 0 };
            crates.push(CrateShare {
                lot: l,
                structure: holding.structure as usize,
                crates: holding.full + i64::from(holding.odd),
                grams: holding.full * lot.crate_grams + odd,
            });
        }
    }
    crates.sort_unstable();
    crates
}

/// Weight of the last, smaller crate of a lot; 0 if all crates are full.
const fn odd_grams(lot: &Lot) -> i64 {
    if lot.crate_grams > 0 { lot.grams % lot.crate_grams } else { 0 }
}

impl<'a> Rounding<'a> {
    fn new(problem: &'a Problem, tree: &'a Tree, exact: &[Share]) -> Self {
        let crates = |lot: &Lot| if lot.crate_grams > 0 { lot.grams / lot.crate_grams } else { 0 };
        let mut rounding = Self {
            problem,
            tree,
            goal: vec![0; problem.structures.len()],
            got: vec![0; problem.structures.len()],
            load: vec![0; tree.len()],
            holdings: vec![Vec::new(); problem.lots.len()],
            loose: problem.lots.iter().map(crates).collect(),
            loose_odd: problem.lots.iter().map(|lot| odd_grams(lot) > 0).collect(),
        };
        for share in exact {
            rounding.goal[share.structure] += share.grams;
            let size = problem.lots[share.lot].crate_grams;
            if size == 0 {
                // Kept in the way of the crates until it is divided again, so that crates do not take its room.
                rounding.carry(share.lot, share.structure as u32, share.grams);
                continue;
            }
            let full = share.grams / size;
            if full > 0 {
                let holding = Holding { structure: share.structure as u32, full, odd: false };
                rounding.holdings[share.lot].push(holding);
                rounding.loose[share.lot] -= full;
                rounding.carry(share.lot, holding.structure, full * size);
            }
        }
        rounding
    }

    fn entry(&self, lot: usize, structure: u32) -> Option<u32> {
        let lot = &self.problem.lots[lot];
        self.tree.entry(structure as usize, lot.rayon, lot.class)
    }

    /// Adds grams (or takes them, below zero) on the way from a lot to a structure.
    fn carry(&mut self, lot: usize, structure: u32, grams: i64) {
        self.got[structure as usize] += grams;
        if let Some(entry) = self.entry(lot, structure) {
            for v in self.tree.path(entry) {
                self.load[v] += grams;
            }
        }
    }

    fn fits(&self, lot: usize, structure: u32, grams: i64) -> bool {
        self.entry(lot, structure)
            .is_some_and(|entry| self.tree.path(entry).all(|v| self.load[v] + grams <= self.tree.cap[v]))
    }

    fn hold(&mut self, lot: usize, structure: u32, odd: bool, sign: i64) {
        let size = if odd { odd_grams(&self.problem.lots[lot]) } else { self.problem.lots[lot].crate_grams };
        self.carry(lot, structure, sign * size);
        let held = &mut self.holdings[lot];
        let i = match held.binary_search_by_key(&structure, |holding| holding.structure) {
            Ok(i) => i,
            Err(i) => {
                held.insert(i, Holding { structure, full: 0, odd: false });
                i
            }
        };
        if odd {
            held[i].odd = sign > 0;
        } else {
            held[i].full += sign;
        }
    }

    /// Gives the loose crates, most urgent and largest first, to whom each overshoots least; true if one was given.
    fn place_loose(&mut self) -> bool {
        let mut order: Vec<(usize, i64, usize, bool)> = Vec::new();
        for (l, lot) in self.problem.lots.iter().enumerate() {
            if self.loose[l] > 0 {
                order.push((lot.class, -lot.crate_grams, l, false));
            }
            if self.loose_odd[l] {
                order.push((lot.class, -odd_grams(lot), l, true));
            }
        }
        order.sort_unstable();
        let mut placed = false;
        for (_, size, lot, odd) in order {
            let many = if odd { 1 } else { self.loose[lot] };
            for _ in 0..many {
                let Some(structure) = self.least_overshoot(lot, -size) else { break };
                self.hold(lot, structure, odd, 1);
                placed = true;
                if odd {
                    self.loose_odd[lot] = false;
                } else {
                    self.loose[lot] -= 1;
                }
            }
        }
        placed
    }

    fn least_overshoot(&self, lot: usize, size: i64) -> Option<u32> {
        let mut best: Option<(i128, i128, u32)> = None;
        for candidate in &self.problem.lots[lot].candidates {
            let a = candidate.structure;
            let over = i128::from(self.got[a as usize] + size - self.goal[a as usize]);
            let weight = i128::from(self.problem.structures[a as usize].weight);
            let better = best.is_none_or(|(least, its_weight, it)| {
                (over * its_weight).cmp(&(least * weight)).then(a.cmp(&it)).is_lt()
            });
            if better && self.fits(lot, a, size) {
                best = Some((over, weight, a));
            }
        }
        best.map(|(_, _, a)| a)
    }

    /// Takes the goods without crates back and levels them over what the crates have left; returns their shares.
    fn divide(&mut self) -> Vec<Share> {
        let mut rest = self.problem.clone();
        for lot in rest.lots.iter_mut().filter(|lot| lot.crate_grams > 0) {
            lot.grams = 0;
        }
        self.load.fill(0);
        self.got.fill(0);
        let mut taken: Vec<(usize, u32, i64)> = Vec::new();
        for (l, holdings) in self.holdings.iter().enumerate() {
            let lot = &self.problem.lots[l];
            for holding in holdings {
                let odd = if holding.odd { odd_grams(lot) } else { 0 };
                taken.push((l, holding.structure, holding.full * lot.crate_grams + odd));
            }
        }
        for &(l, a, grams) in &taken {
            self.carry(l, a, grams);
            book(&mut rest, l, a as usize, grams);
        }
        let mut network = Network::build(&rest);
        leximin::share(&rest, &mut network);
        let shares = deal(&rest, &network);
        for share in &shares {
            self.carry(share.lot, share.structure as u32, share.grams);
        }
        shares
    }

    /// Moves crates to structures served less until no move is justified.
    fn repair(&mut self) {
        loop {
            let mut again = false;
            for lot in 0..self.problem.lots.len() {
                if self.holdings[lot].is_empty() {
                    continue;
                }
                for odd in [false, true] {
                    while let Some((giver, receiver)) = self.envy(lot, odd) {
                        self.hold(lot, giver, odd, -1);
                        self.hold(lot, receiver, odd, 1);
                        again = true;
                    }
                }
            }
            if !again {
                return;
            }
        }
    }

    /// The best served holder of a crate of a lot and the least served structure that should have it instead.
    fn envy(&self, lot: usize, odd: bool) -> Option<(u32, u32)> {
        let size = if odd { odd_grams(&self.problem.lots[lot]) } else { self.problem.lots[lot].crate_grams };
        let level = |a: u32, less: i64| {
            let structure = &self.problem.structures[a as usize];
            (i128::from(structure.past_grams + self.got[a as usize] - less), i128::from(structure.weight))
        };
        let above = |x: (i128, i128), y: (i128, i128)| x.0 * y.1 > y.0 * x.1;
        let mut giver: Option<(u32, (i128, i128))> = None;
        for holding in &self.holdings[lot] {
            let holds = if odd { holding.odd } else { holding.full > 0 };
            let without = level(holding.structure, size);
            if holds && giver.is_none_or(|(_, best)| above(without, best)) {
                giver = Some((holding.structure, without));
            }
        }
        let (giver, without) = giver?;
        let tolerance = i128::from(self.problem.tolerance_permille);
        let mut receiver: Option<(u32, (i128, i128))> = None;
        for candidate in &self.problem.lots[lot].candidates {
            let a = candidate.structure;
            let (grams, weight) = level(a, 0);
            let gap = (without.0 * weight - grams * without.1) * 1000;
            if a != giver
                && gap > tolerance * weight * without.1
                && receiver.is_none_or(|(_, least)| above(least, (grams, weight)))
                && self.fits(lot, a, size)
            {
                receiver = Some((a, (grams, weight)));
            }
        }
        receiver.map(|(a, _)| (giver, a))
    }
}
