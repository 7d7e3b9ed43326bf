//! One urgent lot, now: crate by crate to whoever stands lowest.
//!
//! For a lot that expires before the next batch there is no time to weigh it against the others. Each crate goes to
//! the structure whose level would be the lowest with it, distance counting a little. Invariant: a cap is never
//! exceeded, and the answer depends on the problem alone.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::plan::CrateShare;
use crate::problem::{Lot, Problem};
use crate::validate::{Fault, Invalid, validate};

/// What a metre costs, in millionths of a level, if nobody has voted otherwise: 2 points per 10 km.
pub const USUAL_METRE_PRICE: u32 = 2;

/// A lot of more crates than this is poured in bundles of crates; goods without crates in as many parts.
const MOST_STEPS: i64 = 20_000;

/// A structure waiting for the next crate; the greatest is served first.
#[derive(Clone, Copy, Debug)]
struct Turn {
    with_next: i64,
    weight: i64,
    metres: u32,
    price: u32,
    structure: u32,
}

impl Ord for Turn {
    fn cmp(&self, other: &Self) -> Ordering {
        let (mine, its) = (i128::from(self.weight), i128::from(other.weight));
        // Quantities are at most 2·10^15: the left side stays below 10^37, and a saturated right side is larger.
        let gap = (i128::from(self.with_next) * its - i128::from(other.with_next) * mine) * 1_000_000;
        let detour = (i128::from(other.metres) - i128::from(self.metres)) * i128::from(self.price);
        let detour = detour.saturating_mul(mine * its);
        let order = gap.cmp(&detour).then(self.metres.cmp(&other.metres));
        order.then(self.structure.cmp(&other.structure)).reverse()
    }
}

impl PartialOrd for Turn {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Turn {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Turn {}

/// Pours one lot of the problem over the structures that can take it; the other lots are ignored, so the caps must
/// be what is free now and `past_grams` must count what was already given today.
///
/// `metre_price` is in millionths of a level per metre, see [`USUAL_METRE_PRICE`].
///
/// # Errors
/// [`Invalid`] if the problem is not well formed, or (path `lot`) if the lot does not exist.
pub fn pour_urgent(problem: &Problem, lot: usize, metre_price: u32) -> Result<Vec<CrateShare>, Invalid> {
    validate(problem)?;
    pour_lot(problem, lot, metre_price)
}

/// As [`pour_urgent`], for a problem that has been validated.
pub(crate) fn pour_lot(problem: &Problem, lot: usize, metre_price: u32) -> Result<Vec<CrateShare>, Invalid> {
    let Some(it) = problem.lots.get(lot) else {
        return Err(Invalid { path: "lot".into(), fault: Fault::OutOfRange });
    };
    let mut free: Vec<i64> = (0..problem.structures.len()).map(|a| room(problem, it, a)).collect();
    let rooms = free.clone();
    if it.crate_grams == 0 {
        let step = (it.grams / MOST_STEPS).max(1000).min(it.grams);
        pour(problem, it, metre_price, (it.grams, 1, step), &mut free);
    } else {
        let (unit, odd) = (it.crate_grams, it.grams % it.crate_grams);
        let step = unit * (it.grams / unit / MOST_STEPS).max(1);
        pour(problem, it, metre_price, (it.grams - odd, unit, step), &mut free);
        pour(problem, it, metre_price, (odd, odd, odd), &mut free);
    }
    let given = rooms.iter().zip(&free).map(|(room, free)| room - free).enumerate();
    Ok(given
        .filter(|&(_, grams)| grams > 0)
        .map(|(structure, grams)| {
            let crates = if it.crate_grams == 0 { 0 } else { (grams + it.crate_grams - 1) / it.crate_grams };
            CrateShare { lot, structure, crates, grams }
        })
        .collect())
}

/// Pours (grams, in multiples of a unit, in steps) into what is free.
fn pour(problem: &Problem, lot: &Lot, price: u32, (grams, unit, step): (i64, i64, i64), free: &mut [i64]) {
    let full = free.to_vec();
    let mut turns: BinaryHeap<Turn> = lot
        .candidates
        .iter()
        .filter(|candidate| free[candidate.structure as usize] >= unit.max(1))
        .map(|candidate| {
            let structure = &problem.structures[candidate.structure as usize];
            let already =
                room(problem, lot, candidate.structure as usize) - full[candidate.structure as usize];
            Turn {
                with_next: structure.past_grams + already + step,
                weight: structure.weight,
                metres: candidate.metres,
                price,
                structure: candidate.structure,
            }
        })
        .collect();
    let mut left = grams;
    while left > 0 {
        let Some(mut turn) = turns.pop() else { break };
        let room = &mut free[turn.structure as usize];
        let part = step.min(left).min(*room - *room % unit);
        if part > 0 {
            *room -= part;
            left -= part;
            turn.with_next += part;
            turns.push(turn);
        }
    }
}

/// What a structure can take of this lot, in grams.
pub(crate) fn room(problem: &Problem, lot: &Lot, a: usize) -> i64 {
    let structure = &problem.structures[a];
    if structure.weight == 0 {
        return 0;
    }
    let need = structure.needs.iter().find(|need| need.rayon == lot.rayon);
    let hand_out = need.and_then(|need| need.caps[lot.class..].iter().copied().min()).unwrap_or(0);
    hand_out.min(structure.storage[problem.rayons[lot.rayon].temperature])
}
