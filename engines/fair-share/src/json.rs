//! The engine from text to text: problems, plans and simulations as JSON, for a command line and for outside judges.
//!
//! The formats are described in `docs/allocation`. Everything is a whole number. What cannot be read or makes no sense
//! is refused with the path of the field, as in `lots[3].grams: must not be negative`. Invariant: no text, however
//! wrong, makes this module panic, and the same text gives the same text.

mod read;
mod wire;

use serde::Serialize;

use crate::check::{Breach, check as check_plan, check_shares};
use crate::generator;
use crate::simulator::{self, Figures, Policy};
use crate::solve::solve_with;

pub use read::Wrong;
pub use wire::{
    Names, PLAN_FORMAT, PROBLEM_FORMAT, PlanFile, ProblemFile, SIMULATION_FORMAT, SimulationFile,
};

/// Most structures and lots that [`generate`] makes.
const MOST_GENERATED: usize = 1_000_000;

/// Reads a problem.
///
/// # Errors
/// [`Wrong`]: the path of the first wrong field and what is wrong with it.
pub fn read_problem(text: &str) -> Result<ProblemFile, Wrong> {
    let file: ProblemFile = read::parse(text)?;
    read::format(&file.format, PROBLEM_FORMAT)?;
    file.check_names()?;
    crate::validate(&file.problem()).map_err(Wrong::from)?;
    Ok(file)
}

/// Reads a plan, or bare shares. Whether it is right is for [`check`] to say.
///
/// # Errors
/// [`Wrong`]: the path of the first wrong field and what is wrong with it.
pub fn read_plan(text: &str) -> Result<PlanFile, Wrong> {
    let file: PlanFile = read::parse(text)?;
    read::format(&file.format, PLAN_FORMAT)?;
    Ok(file)
}

/// Solves a problem. `go_on` is asked now and then during the search for shorter ways, see [`solve_with`].
///
/// # Errors
/// [`Wrong`] for a problem that cannot be read.
pub fn solve(problem: &str, go_on: &mut dyn FnMut() -> bool) -> Result<String, Wrong> {
    let file = read_problem(problem)?;
    let plan = solve_with(&file.problem(), &file.options, go_on)?;
    Ok(write(&PlanFile::from(plan)))
}

/// What the second opinion says of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Nothing is wrong.
    pub sound: bool,
    /// What is wrong.
    pub breaches: Vec<Breach>,
    /// Grams of all lots.
    pub supply_grams: i64,
    /// Grams given in the exact optimum; none if the plan has no exact shares.
    pub exact_grams: Option<i64>,
    /// Grams given in whole crates; none if the plan has no crates.
    pub crate_grams: Option<i64>,
}

impl Verdict {
    /// The verdict as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        write(self)
    }
}

/// Checks a plan against its problem, without any code of the solver: limits, fairness, urgency, whole crates, envy,
/// and where the plan is a whole one, everything it states.
///
/// # Errors
/// [`Wrong`] for a problem or a plan that cannot be read; the path of the plan begins with `plan:`.
pub fn check(problem: &str, plan: &str) -> Result<Verdict, Wrong> {
    let problem = read_problem(problem)?.problem();
    let file = read_plan(plan).map_err(|wrong| Wrong { path: format!("plan:{}", wrong.path), ..wrong })?;
    let breaches = match file.whole() {
        Some(plan) => check_plan(&problem, &plan),
        None => check_shares(&problem, file.fractional.as_deref(), file.crates.as_deref()),
    };
    let sum = |grams: &mut dyn Iterator<Item = i64>| grams.fold(0_i64, i64::saturating_add);
    Ok(Verdict {
        sound: breaches.is_empty(),
        breaches,
        supply_grams: sum(&mut problem.lots.iter().map(|lot| lot.grams)),
        exact_grams: file.fractional.map(|shares| sum(&mut shares.iter().map(|share| share.grams))),
        crate_grams: file.crates.map(|shares| sum(&mut shares.iter().map(|share| share.grams))),
    })
}

/// One row of a simulation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Row {
    /// None for the reference.
    policy: Option<Policy>,
    seed: u64,
    figures: Figures,
}

/// Plays every policy of a simulation with every seed, and the reference.
///
/// # Errors
/// [`Wrong`] for a simulation that cannot be read, or is too large to be counted.
pub fn simulate(simulation: &str) -> Result<String, Wrong> {
    let file: SimulationFile = read::parse(simulation)?;
    read::format(&file.format, SIMULATION_FORMAT)?;
    file.check()?;
    let mut rows = Vec::new();
    for &seed in &file.seeds {
        for &policy in &file.policies {
            let figures = simulator::simulate(&file.settings, policy, seed)?;
            rows.push(Row { policy: Some(policy), seed, figures });
        }
        rows.push(Row { policy: None, seed, figures: simulator::reference(&file.settings, seed)? });
    }
    Ok(write(&rows))
}

/// Makes a problem of a made-up territory.
///
/// # Errors
/// [`Wrong`] if the size is beyond a million structures or lots, or the supply is negative or above a thousand times
/// the needs.
pub fn generate(size: generator::Size, seed: u64) -> Result<String, Wrong> {
    let wrong = |path: &str, message: &str| Err(Wrong { path: path.into(), message: message.into() });
    if size.structures > MOST_GENERATED {
        return wrong("structures", "are too many");
    }
    if size.lots > MOST_GENERATED {
        return wrong("lots", "are too many");
    }
    if !(0..=100_000).contains(&size.supply_percent) {
        return wrong("supply_percent", "must be from 0 to 100000");
    }
    Ok(write(&ProblemFile::from(generator::generate(size, seed))))
}

/// Writes a value of this module as JSON, one line, fields in a fixed order.
#[must_use]
pub fn write(value: &impl Serialize) -> String {
    // Only maps with keys that are not text, or a failing writer, make this fail; there is neither here.
    serde_json::to_string(value).unwrap_or_default()
}
