//! Eight weeks of a made-up territory under one way of sharing: what it does to the worst served, to the kilograms
//! and to the kilometres. To be looked at before a rule is voted.
//!
//! Every day lots arrive, what was not given and still keeps is carried over, structures open on their days, hand out
//! what they have and ask for what they lack. Invariant: the same settings, policy and seed give the same figures, and
//! every policy meets the same lots and the same structures.

mod figures;
mod policy;
mod town;

use serde::{Deserialize, Serialize};

pub use figures::Figures;
pub use policy::Policy;

use crate::memory::USUAL_KEPT_PERMILLE;
use crate::solve::{Options, level};
use crate::validate::Invalid;
use figures::Tally;
use town::Town;

/// What is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Number of structures.
    pub structures: usize,
    /// Lots that arrive every day.
    pub lots_per_day: usize,
    /// Number of days.
    pub days: usize,
    /// All lots together, in hundredths of all needs.
    pub supply_percent: i64,
    /// What is kept of the past from one day to the next, in thousandths.
    pub kept_permille: u32,
    /// See [`crate::Problem::tolerance_permille`].
    pub tolerance_permille: u32,
    /// For the policies that solve a batch.
    pub options: Options,
}

impl Default for Settings {
    /// The territory of the model's description: 100 structures, 60 lots a day, 56 days, 70 % of what is needed.
    fn default() -> Self {
        Self {
            structures: 100,
            lots_per_day: 60,
            days: 56,
            supply_percent: 70,
            kept_permille: USUAL_KEPT_PERMILLE,
            tolerance_permille: 10,
            options: Options::default(),
        }
    }
}

/// Plays the days under one policy.
///
/// # Errors
/// [`Invalid`] for settings beyond what the engine can count (path in the problem of the day).
pub fn simulate(settings: &Settings, policy: Policy, seed: u64) -> Result<Figures, Invalid> {
    let mut town = Town::found(settings, seed);
    let mut tally = Tally::new(settings.structures);
    for day in 0..settings.days {
        town.receive_lots(day);
        let problem = town.problem(settings);
        let shares = policy.share(&problem, &town.needs_of_a_day(), &settings.options)?;
        tally.count(&problem, &town.needs_of_a_day(), &shares);
        town.deliver(&problem, &shares, settings.kept_permille);
    }
    Ok(tally.figures(town.arrived_grams(), town.waiting_grams()))
}

/// The division that would be the fairest if all lots of all days were known at once and could be kept for ever, the
/// limits of all days added up. No policy can be expected to reach it; it is an orientation, not a bound. Only the
/// figures about levels and kilograms are set.
///
/// # Errors
/// As [`simulate`].
pub fn reference(settings: &Settings, seed: u64) -> Result<Figures, Invalid> {
    let mut town = Town::found(settings, seed);
    for day in 0..settings.days {
        town.receive_lots(day);
    }
    let problem = town.all_at_once(settings);
    let mut received = vec![0; settings.structures];
    for share in level(&problem)?.0 {
        received[share.structure] += share.grams;
    }
    let needs: Vec<i64> = problem.structures.iter().map(|structure| structure.weight).collect();
    Ok(Figures::of_levels(&received, &needs, town.arrived_grams()))
}
