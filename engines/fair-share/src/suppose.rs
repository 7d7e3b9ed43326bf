//! « And if … »: what one more cubic metre, ten kilometres or one more opening day would change for a structure.
//!
//! The problem is changed and levelled again, so the answer is exact: it counts what the structure would gain, and
//! what that would take from others. Invariant: only the structure that is asked about changes.

use serde::{Deserialize, Serialize};

use crate::problem::{Candidate, Problem};
use crate::ratio::Ratio;
use crate::solve::level;
use crate::validate::{Fault, Invalid};

/// What could be different for one structure. Fields left at their default change nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Change {
    /// More room: temperature class, and grams (what a cubic metre holds is the caller's to know).
    pub storage: Vec<(usize, i64)>,
    /// Lots that it could then take too, each with the metres: those within ten more kilometres, or that would no
    /// longer expire before it opens.
    pub ways: Vec<(usize, u32)>,
    /// It opens one expiry class sooner: what it could hand out before class k + 1 expires, it can before class k.
    pub sooner: bool,
}

/// What a change would do today, in the exact optimum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Grams that the structure would receive more.
    pub gain_grams: i64,
    /// Grams that all structures together would receive more: the rest of the gain comes from others.
    pub total_gain_grams: i64,
    /// How many other structures would receive less.
    pub others_lower: usize,
    /// The lowest level of all, without the change.
    pub lowest_before: Option<Ratio>,
    /// The lowest level of all, with the change.
    pub lowest_after: Option<Ratio>,
}

/// Tells what a change would do for one structure. `now` is what each receives in the exact optimum without it:
/// [`crate::Level::fractional_grams`].
///
/// # Errors
/// [`Invalid`]: path `structure`, `now`, `storage` or `ways` for the question, or a path in the problem.
pub fn suppose(problem: &Problem, now: &[i64], structure: usize, change: &Change) -> Result<Effect, Invalid> {
    let wrong = |path: &str, fault| Err(Invalid { path: path.into(), fault });
    if now.len() != problem.structures.len() {
        return wrong("now", Fault::WrongLength);
    }
    let mut changed = problem.clone();
    let Some(it) = changed.structures.get_mut(structure) else {
        return wrong("structure", Fault::OutOfRange);
    };
    for &(temperature, grams) in &change.storage {
        let Some(room) = it.storage.get_mut(temperature) else {
            return wrong("storage", Fault::OutOfRange);
        };
        *room = room.saturating_add(grams);
    }
    if change.sooner {
        for need in &mut it.needs {
            for k in 1..need.caps.len() {
                need.caps[k - 1] = need.caps[k - 1].max(need.caps[k]);
            }
        }
    }
    for &(lot, metres) in &change.ways {
        let Some(lot) = changed.lots.get_mut(lot) else {
            return wrong("ways", Fault::OutOfRange);
        };
        lot.exclusions.retain(|exclusion| exclusion.structure as usize != structure);
        if lot.candidates.iter().all(|candidate| candidate.structure as usize != structure) {
            lot.candidates.push(Candidate { structure: structure as u32, metres });
        }
    }
    let mut then = vec![0_i64; now.len()];
    for share in level(&changed)?.0 {
        then[share.structure] += share.grams;
    }
    let lowest = |grams: &[i64]| {
        let all = problem.structures.iter().zip(grams);
        all.filter_map(|(s, grams)| Ratio::new(s.past_grams.saturating_add(*grams), s.weight)).min()
    };
    let others = (0..now.len()).filter(|&a| a != structure);
    Ok(Effect {
        gain_grams: then[structure] - now[structure],
        total_gain_grams: then.iter().sum::<i64>() - now.iter().sum::<i64>(),
        others_lower: others.filter(|&a| then[a] < now[a]).count(),
        lowest_before: lowest(now),
        lowest_after: lowest(&then),
    })
}
