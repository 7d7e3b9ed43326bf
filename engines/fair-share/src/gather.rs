//! Fewer and larger deliveries: nobody crosses the town for a yoghurt.
//!
//! A structure that would receive less than its minimum waits for another day; the best served wait first, and their
//! memory brings them back. Choosing whom to serve at all is an integer decision outside the theorems of fairness, so
//! this is a rule of thumb, and the certificate speaks of the division between those who are served today.
//!
//! Receiving days cost nothing, and come first: see [`hold_back`]. Invariant: a structure that could never reach its
//! minimum today (small, or with little room) is not made to wait for it.

use serde::{Deserialize, Serialize};

use crate::desk::bar;
use crate::plan::Plan;
use crate::problem::{Problem, Reason, Structure};
use crate::solve::{Options, solve_with};
use crate::validate::{Fault, Invalid, validate};

/// A plan in which every delivery is worth the way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gathered {
    /// The problem without those who wait: what [`Gathered::plan`] solves, and what [`crate::check`] checks it with.
    pub problem: Problem,
    /// The plan for those who are served today.
    pub plan: Plan,
    /// Who waits for another day, by index.
    pub waiting: Vec<Waiting>,
    /// Grams of the most urgent class that are not used today because of that, in the exact optimum: what the
    /// minimum costs in food thrown away.
    pub urgent_lost_grams: i64,
}

/// A structure that waits for another day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Index of the structure.
    pub structure: usize,
    /// What it would have received in whole crates, in grams, when it was asked to wait.
    pub grams: i64,
}

/// Takes structures out of a day on which they do not receive: their pairs become exclusions for that reason.
/// Unknown indices are ignored.
pub fn hold_back(problem: &mut Problem, structures: &[usize], reason: Reason) {
    let mut held = vec![false; problem.structures.len()];
    for &a in structures {
        if let Some(slot) = held.get_mut(a) {
            *slot = true;
        }
    }
    for l in 0..problem.lots.len() {
        let names = problem.lots[l].candidates.iter().map(|candidate| candidate.structure as usize);
        let mine: Vec<usize> = names.filter(|&a| held[a]).collect();
        for a in mine {
            bar(problem, l, a, reason);
        }
    }
}

/// As [`solve_with`], without deliveries below `minimum` grams (one per structure). In each pass two thirds of those
/// below wait, the best served first, and what they leave makes the others' deliveries larger. To promise somebody
/// that it will not wait again, give it the minimum 0.
///
/// # Errors
/// [`Invalid`], with the path of the first wrong field; `minimum` if there is not one per structure.
pub fn solve_gathered(
    problem: &Problem,
    minimum: &[i64],
    options: &Options,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Gathered, Invalid> {
    validate(problem)?;
    if minimum.len() != problem.structures.len() {
        return Err(Invalid { path: "minimum".into(), fault: Fault::WrongLength });
    }
    let within = |(&least, &most): (&i64, &i64)| if most < least { 0 } else { least };
    let minimum: Vec<i64> = minimum.iter().zip(&most(problem)).map(within).collect();
    let mut problem = problem.clone();
    let mut waiting = Vec::new();
    let quick = Options { transport_steps: 0, ..*options };
    let mut last = false;
    let mut urgent = None;
    loop {
        let plan = if last {
            solve_with(&problem, options, go_on)?
        } else {
            solve_with(&problem, &quick, &mut || true)?
        };
        let used = urgent_grams(&problem, &plan);
        let first = *urgent.get_or_insert(used);
        let mut below: Vec<usize> =
            (0..minimum.len()).filter(|&a| (1..minimum[a]).contains(&plan.levels[a].crate_grams)).collect();
        if below.is_empty() {
            if last {
                waiting.sort_unstable_by_key(|one: &Waiting| one.structure);
                return Ok(Gathered { problem, plan, waiting, urgent_lost_grams: first - used });
            }
            last = true;
            continue;
        }
        below.sort_by(|&a, &b| plan.levels[b].after.cmp(&plan.levels[a].after).then(a.cmp(&b)));
        below.truncate((below.len() * 2 / 3).max(1));
        waiting.extend(below.iter().map(|&a| Waiting { structure: a, grams: plan.levels[a].crate_grams }));
        hold_back(&mut problem, &below, Reason::SetAside);
    }
}

/// Grams of the most urgent class that a plan uses.
fn urgent_grams(problem: &Problem, plan: &Plan) -> i64 {
    let urgent = plan.fractional.iter().filter(|share| problem.lots[share.lot].class == 0);
    urgent.map(|share| share.grams).sum()
}

/// What each structure could take today if it were alone, at most, in grams.
fn most(problem: &Problem) -> Vec<i64> {
    let rayons = problem.rayons.len();
    let mut near = vec![0_i64; problem.structures.len() * rayons];
    for lot in &problem.lots {
        for candidate in &lot.candidates {
            near[candidate.structure as usize * rayons + lot.rayon] += lot.grams;
        }
    }
    let alone = |(a, structure): (usize, &Structure)| {
        let mut rooms = structure.storage.clone();
        let parts = structure.needs.iter().map(|need| {
            let room = &mut rooms[problem.rayons[need.rayon].temperature];
            let asked = need.caps.last().copied().unwrap_or(0);
            let part = asked.min(*room).min(near[a * rayons + need.rayon]);
            *room -= part;
            part
        });
        parts.fold(0_i64, i64::saturating_add)
    };
    problem.structures.iter().enumerate().map(alone).collect()
}
