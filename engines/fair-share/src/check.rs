//! A second opinion: checks a plan against its problem without any code of the solver.
//!
//! It builds its own network straight from the problem (every cap a node, nothing merged or folded) and reads only
//! what the plan says. Invariant: an empty list means that every constraint holds, in the exact optimum and in whole
//! crates, that the optimum is the largest and fairest one with the most urgent lots, and that no envy of more than
//! one crate (and the tolerance) is left.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::plan::Plan;
use crate::problem::Problem;

/// Which half of the plan a breach is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// The exact optimum.
    Exact,
    /// The whole crates.
    Crates,
}

/// Something that is wrong with a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are indices of the problem, and grams")]
pub enum Breach {
    /// A share names something unknown, is not positive, or appears twice.
    BadShare { stage: Stage, lot: usize, structure: usize },
    /// The structure is not one that can take the lot.
    NotEligible { stage: Stage, lot: usize, structure: usize },
    /// More is given of a lot than there is.
    LotExceeded { stage: Stage, lot: usize },
    /// A structure receives more than it can hand out before an expiry class, or than it asks for.
    NeedExceeded { stage: Stage, structure: usize, rayon: usize, class: usize },
    /// A structure receives more than it can store.
    StorageExceeded { stage: Stage, structure: usize, temperature: usize },
    /// The grams of a crate share are not those of whole crates.
    BrokenCrate { lot: usize, structure: usize },
    /// What the plan says of a structure is not the sum of its shares.
    WrongLevel { structure: usize },
    /// What the plan says is left of a lot is not what is left.
    WrongLeftover { lot: usize },
    /// The certificate does not hold, or does not say what the shares say.
    WrongCertificate,
    /// A structure could receive more, of what is left.
    NotMaximum { structure: usize },
    /// A gram could go from the first structure to the second, which stands lower.
    NotLeximin { from: usize, to: usize },
    /// The first lot is left over, though it could replace the second, less urgent.
    NotUrgentFirst { left: usize, used: usize },
    /// A crate of the lot should go from the first structure to the second.
    Envy { lot: usize, from: usize, to: usize },
}

/// Checks a plan; the list of what is wrong is empty for every plan of [`crate::solve`].
///
/// The problem must be a valid one, see [`crate::validate`].
#[must_use]
pub fn check(problem: &Problem, plan: &Plan) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let exact = plan.fractional.iter().map(|s| (s.lot, s.structure, s.grams));
    let crates = plan.crates.iter().map(|s| (s.lot, s.structure, s.grams));
    let exact = gather(problem, Stage::Exact, exact, &mut breaches);
    let crates = gather(problem, Stage::Crates, crates, &mut breaches);
    check_sums(problem, plan, &exact, &crates, &mut breaches);
    check_crates(problem, plan, &mut breaches);
    if breaches.is_empty() {
        check_optimum(problem, &exact, &mut breaches);
        check_envy(problem, plan, &crates, &mut breaches);
    }
    breaches
}

/// The sums of one half of a plan.
struct Sums {
    shares: BTreeMap<(usize, usize), i64>,
    lots: Vec<i64>,
    structures: Vec<i64>,
    /// Grams per structure, rayon and class (not cumulated).
    needs: BTreeMap<(usize, usize), Vec<i64>>,
    storages: Vec<Vec<i64>>,
}

impl Sums {
    /// Grams per structure and rayon up to a class.
    fn up_to(&self, structure: usize, rayon: usize, class: usize) -> i64 {
        self.needs.get(&(structure, rayon)).map_or(0, |grams| grams.iter().take(class + 1).sum())
    }
}

fn gather(
    problem: &Problem,
    stage: Stage,
    shares: impl Iterator<Item = (usize, usize, i64)>,
    breaches: &mut Vec<Breach>,
) -> Sums {
    let mut sums = Sums {
        shares: BTreeMap::new(),
        lots: vec![0; problem.lots.len()],
        structures: vec![0; problem.structures.len()],
        needs: BTreeMap::new(),
        storages: vec![vec![0; problem.temperatures]; problem.structures.len()],
    };
    for (l, a, grams) in shares {
        let known = l < problem.lots.len() && a < problem.structures.len() && grams > 0;
        if !known || sums.shares.insert((l, a), grams).is_some() {
            breaches.push(Breach::BadShare { stage, lot: l, structure: a });
            continue;
        }
        let (lot, structure) = (&problem.lots[l], &problem.structures[a]);
        let listed = lot.candidates.iter().any(|c| c.structure as usize == a);
        let asked = structure.needs.iter().any(|need| need.rayon == lot.rayon);
        if !listed || !asked || structure.weight == 0 {
            breaches.push(Breach::NotEligible { stage, lot: l, structure: a });
        }
        sums.lots[l] += grams;
        sums.structures[a] += grams;
        sums.storages[a][problem.rayons[lot.rayon].temperature] += grams;
        let by_class = sums.needs.entry((a, lot.rayon)).or_insert_with(|| vec![0; problem.classes]);
        by_class[lot.class] += grams;
    }
    for (l, lot) in problem.lots.iter().enumerate() {
        if sums.lots[l] > lot.grams {
            breaches.push(Breach::LotExceeded { stage, lot: l });
        }
    }
    for (a, structure) in problem.structures.iter().enumerate() {
        for (temperature, &room) in structure.storage.iter().enumerate() {
            if sums.storages[a][temperature] > room {
                breaches.push(Breach::StorageExceeded { stage, structure: a, temperature });
            }
        }
        for need in &structure.needs {
            for (class, &cap) in need.caps.iter().enumerate() {
                if sums.up_to(a, need.rayon, class) > cap {
                    breaches.push(Breach::NeedExceeded { stage, structure: a, rayon: need.rayon, class });
                }
            }
        }
    }
    sums
}

fn check_sums(problem: &Problem, plan: &Plan, exact: &Sums, crates: &Sums, breaches: &mut Vec<Breach>) {
    for (a, structure) in problem.structures.iter().enumerate() {
        let right = plan.levels.get(a).is_some_and(|level| {
            level.fractional_grams == exact.structures[a]
                && level.crate_grams == crates.structures[a]
                && level.after.map_or(0, crate::ratio::Ratio::weight) == structure.weight
                && level.after.is_none_or(|r| r.grams() == structure.past_grams + exact.structures[a])
                && level.before.is_none_or(|r| r.grams() == structure.past_grams)
        });
        if !right || plan.explanations.get(a).is_none_or(|why| why.structure != a) {
            breaches.push(Breach::WrongLevel { structure: a });
        }
    }
    for (l, lot) in problem.lots.iter().enumerate() {
        let right = plan.unallocated.get(l).is_some_and(|left| {
            left.fractional_grams == lot.grams - exact.lots[l]
                && left.crate_grams == lot.grams - crates.lots[l]
        });
        if !right {
            breaches.push(Breach::WrongLeftover { lot: l });
        }
    }
    let total: i64 = exact.lots.iter().sum();
    let said = plan.certificate;
    if !said.holds || said.total_grams != total || said.max_flow_grams != total {
        breaches.push(Breach::WrongCertificate);
    }
}

/// Whole crates only, and not more of them than the lot has.
fn check_crates(problem: &Problem, plan: &Plan, breaches: &mut Vec<Breach>) {
    let mut given: BTreeMap<usize, (i64, bool)> = BTreeMap::new();
    for share in &plan.crates {
        let Some(lot) = problem.lots.get(share.lot) else { continue };
        let broken = Breach::BrokenCrate { lot: share.lot, structure: share.structure };
        if lot.crate_grams == 0 {
            if share.crates != 0 {
                breaches.push(broken);
            }
            continue;
        }
        let odd = lot.grams % lot.crate_grams;
        let (count, odd_given) = given.entry(share.lot).or_default();
        *count += share.crates;
        let full = share.crates * lot.crate_grams == share.grams;
        let with_odd = odd > 0 && (share.crates - 1) * lot.crate_grams + odd == share.grams;
        let most = lot.grams / lot.crate_grams + i64::from(odd > 0);
        if !(full || with_odd && !std::mem::replace(odd_given, true)) || *count > most {
            breaches.push(broken);
        }
    }
}

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

fn check_optimum(problem: &Problem, exact: &Sums, breaches: &mut Vec<Breach>) {
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

fn check_envy(problem: &Problem, plan: &Plan, crates: &Sums, breaches: &mut Vec<Breach>) {
    let stand = |a: usize, less: i64| {
        let structure = &problem.structures[a];
        (i128::from(structure.past_grams + crates.structures[a] - less), i128::from(structure.weight))
    };
    let tolerance = i128::from(problem.tolerance_permille);
    for share in &plan.crates {
        let lot = &problem.lots[share.lot];
        if lot.crate_grams == 0 {
            continue;
        }
        let odd = share.grams % lot.crate_grams;
        let mut sizes = vec![lot.crate_grams];
        if odd > 0 {
            sizes.push(odd);
        }
        sizes.retain(|&size| share.grams >= size);
        for size in sizes {
            let giver = stand(share.structure, size);
            for candidate in &lot.candidates {
                let to = candidate.structure as usize;
                let Some(need) = problem.structures[to].needs.iter().find(|need| need.rayon == lot.rayon)
                else {
                    continue;
                };
                let taker = stand(to, 0);
                let gap = (giver.0 * taker.1 - taker.0 * giver.1) * 1000;
                let temperature = problem.rayons[lot.rayon].temperature;
                let fits = to != share.structure
                    && taker.1 > 0
                    && crates.storages[to][temperature] + size <= problem.structures[to].storage[temperature]
                    && (lot.class..problem.classes)
                        .all(|k| crates.up_to(to, lot.rayon, k) + size <= need.caps[k]);
                if fits && gap > tolerance * taker.1 * giver.1 {
                    breaches.push(Breach::Envy { lot: share.lot, from: share.structure, to });
                }
            }
        }
    }
}
