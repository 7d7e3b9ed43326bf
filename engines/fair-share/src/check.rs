//! A second opinion: checks a plan against its problem without any code of the solver.
//!
//! It builds its own network straight from the problem (every cap a node, nothing merged or folded) and reads only
//! what the plan says. Invariant: an empty list means that every constraint holds, in the exact optimum and in whole
//! crates, that the optimum is the largest and fairest one with the most urgent lots, and that no envy of more than
//! one crate (and the tolerance) is left.

mod envy;
mod optimum;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::plan::{CrateShare, Plan, Share};
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
    /// The kilometres are not those of the shares, or below what is said to be the least.
    WrongHaul,
    /// A structure could receive more, of what is left.
    NotMaximum { structure: usize },
    /// A gram could go from the first structure to the second, which stands lower.
    NotLeximin { from: usize, to: usize },
    /// The first lot is left over, though it could replace the second, less urgent.
    NotUrgentFirst { left: usize, used: usize },
    /// A crate of the lot is left over, and would fit.
    Unplaced { lot: usize, structure: usize },
    /// A crate of the lot should go from the first structure to the second.
    Envy { lot: usize, from: usize, to: usize },
}

/// Checks a plan; the list of what is wrong is empty for every plan of [`crate::solve`].
///
/// The problem must be a valid one, see [`crate::validate`]; the plan may be anything.
#[must_use]
pub fn check(problem: &Problem, plan: &Plan) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let exact = check_exact(problem, &plan.fractional, &mut breaches);
    let crates = check_whole(problem, &plan.crates, &mut breaches);
    check_sums(problem, plan, &exact, &crates, &mut breaches);
    check_haul(problem, plan, &mut breaches);
    if breaches.is_empty() {
        optimum::check_optimum(problem, &exact, &mut breaches);
        envy::check_envy(problem, &plan.crates, &crates, &mut breaches);
        envy::check_left(problem, &crates, &mut breaches);
    }
    breaches
}

/// Checks shares that come without the rest of a plan, from another solver or from a hand: limits and fairness of the
/// exact shares, and limits, whole crates and envy of the crates, each if given.
///
/// The problem must be a valid one, see [`crate::validate`]; the shares may be anything.
#[must_use]
pub fn check_shares(
    problem: &Problem,
    exact: Option<&[Share]>,
    crates: Option<&[CrateShare]>,
) -> Vec<Breach> {
    let mut breaches = Vec::new();
    if let Some(shares) = exact {
        let sums = check_exact(problem, shares, &mut breaches);
        if breaches.is_empty() {
            optimum::check_optimum(problem, &sums, &mut breaches);
        }
    }
    if let Some(shares) = crates {
        let before = breaches.len();
        let sums = check_whole(problem, shares, &mut breaches);
        if breaches.len() == before {
            envy::check_envy(problem, shares, &sums, &mut breaches);
            envy::check_left(problem, &sums, &mut breaches);
        }
    }
    breaches
}

fn check_exact(problem: &Problem, shares: &[Share], breaches: &mut Vec<Breach>) -> Sums {
    gather(problem, Stage::Exact, shares.iter().map(|s| (s.lot, s.structure, s.grams)), breaches)
}

fn check_whole(problem: &Problem, shares: &[CrateShare], breaches: &mut Vec<Breach>) -> Sums {
    check_crates(problem, shares, breaches);
    gather(problem, Stage::Crates, shares.iter().map(|s| (s.lot, s.structure, s.grams)), breaches)
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
        self.needs
            .get(&(structure, rayon))
            .map_or(0, |grams| grams.iter().take(class + 1).fold(0, |sum, &grams| sum.saturating_add(grams)))
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
        let by_class = sums.needs.entry((a, lot.rayon)).or_insert_with(|| vec![0; problem.classes]);
        let temperature = problem.rayons[lot.rayon].temperature;
        for sum in [
            &mut sums.lots[l],
            &mut sums.structures[a],
            &mut sums.storages[a][temperature],
            &mut by_class[lot.class],
        ] {
            *sum = sum.saturating_add(grams);
        }
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
                && level
                    .after
                    .is_none_or(|r| r.grams() == structure.past_grams.saturating_add(exact.structures[a]))
                && level.before.is_none_or(|r| r.grams() == structure.past_grams)
        });
        if !right || plan.explanations.get(a).is_none_or(|why| why.structure != a) {
            breaches.push(Breach::WrongLevel { structure: a });
        }
    }
    for (l, lot) in problem.lots.iter().enumerate() {
        let right = plan.unallocated.get(l).is_some_and(|left| {
            left.fractional_grams == lot.grams.saturating_sub(exact.lots[l])
                && left.crate_grams == lot.grams.saturating_sub(crates.lots[l])
        });
        if !right {
            breaches.push(Breach::WrongLeftover { lot: l });
        }
    }
    let total = exact.lots.iter().fold(0_i64, |sum, &grams| sum.saturating_add(grams));
    let said = plan.certificate;
    if !said.holds || said.total_grams != total || said.max_flow_grams != total {
        breaches.push(Breach::WrongCertificate);
    }
}

/// The kilometres that the plan states, and that its bound is no contradiction.
fn check_haul(problem: &Problem, plan: &Plan, breaches: &mut Vec<Breach>) {
    let metres = |share: &Share| {
        let lot = problem.lots.get(share.lot)?;
        let way = lot.candidates.iter().find(|candidate| candidate.structure as usize == share.structure)?;
        Some(i128::from(share.grams) * i128::from(way.metres))
    };
    let sum = plan.fractional.iter().filter_map(metres).fold(0_i128, i128::saturating_add);
    let kilos = i64::try_from(sum.div_euclid(1_000)).unwrap_or(i64::MAX);
    let said = plan.haul;
    let unsaid = said == crate::Haul::default();
    if !unsaid && (said.kilogram_metres != kilos || said.bound > said.cost || said.cost < kilos) {
        breaches.push(Breach::WrongHaul);
    }
}

/// Whole crates only, and not more of them than the lot has.
fn check_crates(problem: &Problem, shares: &[CrateShare], breaches: &mut Vec<Breach>) {
    let mut given: BTreeMap<usize, (i128, bool)> = BTreeMap::new();
    for share in shares {
        let Some(lot) = problem.lots.get(share.lot) else { continue };
        let broken = Breach::BrokenCrate { lot: share.lot, structure: share.structure };
        if lot.crate_grams == 0 {
            if share.crates != 0 {
                breaches.push(broken);
            }
            continue;
        }
        let (size, crates, grams) =
            (i128::from(lot.crate_grams), i128::from(share.crates), i128::from(share.grams));
        let odd = i128::from(lot.grams) % size;
        let (count, odd_given) = given.entry(share.lot).or_default();
        *count = count.saturating_add(crates);
        let full = crates * size == grams;
        let with_odd = odd > 0 && (crates - 1) * size + odd == grams;
        let most = i128::from(lot.grams) / size + i128::from(odd > 0);
        if !(full || with_odd && !std::mem::replace(odd_given, true)) || *count > most {
            breaches.push(broken);
        }
    }
}
