//! The second opinion on whole crates: no envy beyond one crate and the tolerance.
//!
//! Invariant: every pair of a holder and somebody who could have taken the crate instead is looked at.

use super::{Breach, Sums};
use crate::plan::CrateShare;
use crate::problem::Problem;

pub(super) fn check_envy(
    problem: &Problem,
    shares: &[CrateShare],
    crates: &Sums,
    breaches: &mut Vec<Breach>,
) {
    let stand = |a: usize, less: i64| {
        let structure = &problem.structures[a];
        (i128::from(structure.past_grams + crates.structures[a] - less), i128::from(structure.weight))
    };
    let tolerance = i128::from(problem.tolerance_permille);
    for share in shares {
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
                let taker = stand(to, 0);
                let gap = (giver.0 * taker.1 - taker.0 * giver.1) * 1000;
                if to != share.structure
                    && gap > tolerance * taker.1 * giver.1
                    && fits(problem, crates, share.lot, to, size)
                {
                    breaches.push(Breach::Envy { lot: share.lot, from: share.structure, to });
                }
            }
        }
    }
}

/// No crate is left over that somebody has room for. What is left of goods without crates is not looked at: they are
/// levelled among themselves, after the crates.
pub(super) fn check_left(problem: &Problem, crates: &Sums, breaches: &mut Vec<Breach>) {
    for (l, lot) in problem.lots.iter().enumerate().filter(|(_, lot)| lot.crate_grams > 0) {
        let left = lot.grams - crates.lots[l];
        let size = if left >= lot.crate_grams { lot.crate_grams } else { left };
        if size == 0 {
            continue;
        }
        let taker =
            lot.candidates.iter().map(|c| c.structure as usize).find(|&a| fits(problem, crates, l, a, size));
        if let Some(structure) = taker {
            breaches.push(Breach::Unplaced { lot: l, structure });
        }
    }
}

/// Whether a structure asks for a lot, and has room for so many grams more of it.
fn fits(problem: &Problem, crates: &Sums, l: usize, a: usize, grams: i64) -> bool {
    let (lot, structure) = (&problem.lots[l], &problem.structures[a]);
    let temperature = problem.rayons[lot.rayon].temperature;
    let Some(need) = structure.needs.iter().find(|need| need.rayon == lot.rayon) else { return false };
    structure.weight > 0
        && crates.storages[a][temperature] + grams <= structure.storage[temperature]
        && (lot.class..problem.classes).all(|k| crates.up_to(a, lot.rayon, k) + grams <= need.caps[k])
}
