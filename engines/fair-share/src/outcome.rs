//! Why a lot went where it did: for each structure, what it received of it or why nothing.
//!
//! Invariant: the answer is read off the whole crates of the plan, so it stays true to what will be carried.

use serde::{Deserialize, Serialize};

use crate::explain::derived;
use crate::plan::Plan;
use crate::problem::{Problem, Reason};
use crate::ratio::Ratio;

/// What a lot meant for one structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It receives some.
    Receives {
        /// Grams, in whole crates.
        grams: i64,
    },
    /// It could not be given any.
    Barred(Reason),
    /// What it asks for in this rayon is covered.
    NeedMet,
    /// It could not hand one more crate out before it expires.
    ExpiryFull {
        /// The expiry class whose cap is reached.
        class: usize,
    },
    /// There is no room for one more crate.
    StorageFull {
        /// The temperature class.
        temperature: usize,
    },
    /// It stands at least as high as the receivers.
    BetterServed {
        /// Where it stands.
        its: Ratio,
        /// Where the best served receiver stands.
        receivers: Ratio,
    },
    /// It stands lower, by less than one crate or the tolerance.
    WithinOneCrate {
        /// Where it stands.
        its: Ratio,
        /// Where the best served receiver stands.
        receivers: Ratio,
    },
    /// Nobody receives any of this lot.
    NotGiven,
}

/// Why one structure does, or does not, receive a lot.
///
/// Returns `None` if the lot or the structure does not exist, or the plan is not one of this problem.
#[must_use]
pub fn outcome(problem: &Problem, plan: &Plan, lot: usize, structure: usize) -> Option<Outcome> {
    let (it, to) = (problem.lots.get(lot)?, problem.structures.get(structure)?);
    let receivers = plan.crates.iter().filter(|share| share.lot == lot);
    let own: i64 =
        receivers.clone().filter(|share| share.structure == structure).map(|share| share.grams).sum();
    if own > 0 {
        return Some(Outcome::Receives { grams: own });
    }
    let told = it.exclusions.iter().find(|x| x.structure as usize == structure).map(|x| x.reason);
    let out = || {
        let listed = it.candidates.iter().any(|c| c.structure as usize == structure);
        if listed { None } else { Some(Reason::OutOfReach) }
    };
    let reason = match derived(problem, lot, structure) {
        Some(Reason::NotRequested) => Some(Reason::NotRequested),
        other => told.or(other).or_else(out),
    };
    if let Some(reason) = reason {
        return Some(Outcome::Barred(reason));
    }
    let crate_grams = if it.crate_grams > 0 { it.crate_grams.min(it.grams) } else { 1 };
    let need = to.needs.iter().find(|need| need.rayon == it.rayon)?;
    let temperature = problem.rayons[it.rayon].temperature;
    let (mut stored, mut taken) = (0_i64, vec![0_i64; problem.classes]);
    for share in plan.crates.iter().filter(|share| share.structure == structure) {
        let other = problem.lots.get(share.lot)?;
        if problem.rayons[other.rayon].temperature == temperature {
            stored += share.grams;
        }
        if other.rayon == it.rayon {
            for grams in &mut taken[other.class..] {
                *grams += share.grams;
            }
        }
    }
    let full = (it.class..problem.classes).find(|&k| taken[k] + crate_grams > need.caps[k]);
    if taken.last() >= need.caps.last() || full.is_some_and(|k| k + 1 == problem.classes) {
        return Some(Outcome::NeedMet);
    }
    if let Some(class) = full {
        return Some(Outcome::ExpiryFull { class });
    }
    if stored + crate_grams > to.storage[temperature] {
        return Some(Outcome::StorageFull { temperature });
    }
    let stand = |a: usize| {
        let grams = problem.structures.get(a)?.past_grams + plan.levels.get(a)?.crate_grams;
        Ratio::new(grams, problem.structures.get(a)?.weight)
    };
    let its = stand(structure)?;
    let Some(receivers) = receivers.filter_map(|share| stand(share.structure)).max() else {
        return Some(Outcome::NotGiven);
    };
    Some(if its >= receivers {
        Outcome::BetterServed { its, receivers }
    } else {
        Outcome::WithinOneCrate { its, receivers }
    })
}

/// What a lot meant for every structure that it names, in the order of the structures.
#[must_use]
pub fn story(problem: &Problem, plan: &Plan, lot: usize) -> Vec<(usize, Outcome)> {
    let Some(it) = problem.lots.get(lot) else { return Vec::new() };
    let candidates = it.candidates.iter().map(|c| c.structure as usize);
    let mut named: Vec<usize> =
        candidates.chain(it.exclusions.iter().map(|x| x.structure as usize)).collect();
    named.sort_unstable();
    named.into_iter().filter_map(|a| Some((a, outcome(problem, plan, lot, a)?))).collect()
}
