//! The files: a problem, a plan, a simulation.
//!
//! Invariant: a field that the format does not know is refused, so that a misspelt cap is never a cap of nothing.

use serde::{Deserialize, Serialize};

use super::read::Wrong;
use crate::explain::Why;
use crate::plan::{Certificate, CrateShare, Group, Leftover, Level, Plan, Share};
use crate::problem::{Lot, Problem, Rayon, Structure};
use crate::simulator::{Policy, Settings};
use crate::solve::Options;
use crate::transport::Haul;

/// The format of a problem.
pub const PROBLEM_FORMAT: &str = "tablee-allocation-problem-1";
/// The format of a plan.
pub const PLAN_FORMAT: &str = "tablee-allocation-plan-1";
/// The format of a simulation.
pub const SIMULATION_FORMAT: &str = "tablee-allocation-simulation-1";

/// A problem, see [`Problem`], and how to solve it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProblemFile {
    /// [`PROBLEM_FORMAT`].
    pub format: String,
    /// See [`Problem::temperatures`].
    pub temperatures: usize,
    /// See [`Problem::classes`].
    pub classes: usize,
    /// See [`Problem::tolerance_permille`]; 0 if left out.
    #[serde(default)]
    pub tolerance_permille: u32,
    /// See [`Options`]; the usual ones if left out.
    #[serde(default)]
    pub options: Options,
    /// Names for people; the engine does not read them.
    #[serde(default)]
    pub names: Names,
    /// See [`Problem::rayons`].
    pub rayons: Vec<Rayon>,
    /// See [`Problem::structures`].
    pub structures: Vec<Structure>,
    /// See [`Problem::lots`].
    pub lots: Vec<Lot>,
}

/// Names, in the order of the lists that they belong to; an empty list names nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Names {
    /// Of the temperature classes.
    pub temperatures: Vec<String>,
    /// Of the expiry classes.
    pub classes: Vec<String>,
    /// Of the rayons.
    pub rayons: Vec<String>,
    /// Of the structures.
    pub structures: Vec<String>,
    /// Of the lots.
    pub lots: Vec<String>,
}

impl From<Problem> for ProblemFile {
    fn from(problem: Problem) -> Self {
        Self {
            format: PROBLEM_FORMAT.into(),
            temperatures: problem.temperatures,
            classes: problem.classes,
            tolerance_permille: problem.tolerance_permille,
            options: Options::default(),
            names: Names::default(),
            rayons: problem.rayons,
            structures: problem.structures,
            lots: problem.lots,
        }
    }
}

impl ProblemFile {
    /// The problem for the engine.
    #[must_use]
    pub fn problem(&self) -> Problem {
        Problem {
            temperatures: self.temperatures,
            classes: self.classes,
            rayons: self.rayons.clone(),
            structures: self.structures.clone(),
            lots: self.lots.clone(),
            tolerance_permille: self.tolerance_permille,
        }
    }

    /// Refuses lists of names of another length than what they name.
    pub(super) fn check_names(&self) -> Result<(), Wrong> {
        let names = &self.names;
        for (list, found, wanted) in [
            ("temperatures", names.temperatures.len(), self.temperatures),
            ("classes", names.classes.len(), self.classes),
            ("rayons", names.rayons.len(), self.rayons.len()),
            ("structures", names.structures.len(), self.structures.len()),
            ("lots", names.lots.len(), self.lots.len()),
        ] {
            if found != 0 && found != wanted {
                let message = format!("must have {wanted} entries, or none");
                return Err(Wrong { path: format!("names.{list}"), message });
            }
        }
        Ok(())
    }
}

/// A plan, see [`Plan`]. One that is to be checked may have shares only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFile {
    /// [`PLAN_FORMAT`].
    pub format: String,
    /// See [`Plan::fractional`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fractional: Option<Vec<Share>>,
    /// See [`Plan::crates`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crates: Option<Vec<CrateShare>>,
    /// See [`Plan::levels`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub levels: Option<Vec<Level>>,
    /// See [`Plan::groups`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<Group>>,
    /// See [`Plan::certificate`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
    /// See [`Plan::haul`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub haul: Option<Haul>,
    /// See [`Plan::unallocated`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unallocated: Option<Vec<Leftover>>,
    /// See [`Plan::explanations`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanations: Option<Vec<Why>>,
}

impl From<Plan> for PlanFile {
    fn from(plan: Plan) -> Self {
        Self {
            format: PLAN_FORMAT.into(),
            fractional: Some(plan.fractional),
            crates: Some(plan.crates),
            levels: Some(plan.levels),
            groups: Some(plan.groups),
            certificate: Some(plan.certificate),
            haul: Some(plan.haul),
            unallocated: Some(plan.unallocated),
            explanations: Some(plan.explanations),
        }
    }
}

impl PlanFile {
    /// The plan, if the file has all of it.
    #[must_use]
    pub fn whole(&self) -> Option<Plan> {
        Some(Plan {
            fractional: self.fractional.clone()?,
            crates: self.crates.clone()?,
            levels: self.levels.clone()?,
            groups: self.groups.clone()?,
            certificate: self.certificate?,
            explanations: self.explanations.clone()?,
            unallocated: self.unallocated.clone()?,
            haul: self.haul.unwrap_or_default(),
        })
    }
}

/// What to simulate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SimulationFile {
    /// [`SIMULATION_FORMAT`].
    pub format: String,
    /// See [`Settings`]; those of the model's description where left out.
    #[serde(default)]
    pub settings: Settings,
    /// The ways of sharing to play.
    pub policies: Vec<Policy>,
    /// The seeds to play each with.
    pub seeds: Vec<u64>,
}

impl SimulationFile {
    /// Refuses what would never end, or could not be counted.
    pub(super) fn check(&self) -> Result<(), Wrong> {
        let settings = &self.settings;
        for (field, found, most) in [
            ("structures", settings.structures, 20_000),
            ("lots_per_day", settings.lots_per_day, 20_000),
            ("days", settings.days, 3_660),
            ("supply_percent", usize::try_from(settings.supply_percent).unwrap_or(usize::MAX), 10_000),
        ] {
            if found > most {
                let message = format!("must be from 0 to {most}");
                return Err(Wrong { path: format!("settings.{field}"), message });
            }
        }
        Ok(())
    }
}
