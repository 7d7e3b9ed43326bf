//! Past days again, under another rule: who would have received what.
//!
//! The frozen problems of a run, or of a month of runs, are solved again with norms, weights, half-life, tolerance or
//! coefficients of one's choice. What is counted as received follows the replay, so one day's difference weighs on the
//! next. Lots, requests and rooms stay as they were recorded: a structure that would have had more on Monday does not
//! ask for less on Tuesday, so a replay of many days shows a direction, not a forecast.
//!
//! Invariant: a replay is a pure function of what was recorded and of the rule; nothing recorded is changed.

use serde::{Deserialize, Serialize};

use crate::equivalent::in_equivalents;
use crate::memory::Memory;
use crate::problem::{MAX_QUANTITY, Problem};
use crate::ratio::Ratio;
use crate::rule::Rule;
use crate::solve::{Options, solve_with};
use crate::validate::{Fault, Invalid};

/// What was recorded. Every list inside has one entry per structure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The days before the replay, oldest first, one entry per day even if nothing was given.
    pub before: Vec<PastDay>,
    /// The days to replay, oldest first. `past_grams`, `weight` and `tolerance_permille` in them are not used.
    pub days: Vec<ReplayDay>,
}

/// A day before the replay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PastDay {
    /// Grams that each structure received (equivalent grams where the rule has coefficients).
    pub received_grams: Vec<i64>,
    /// How many people each structure served; 0 before it took part.
    pub people: Vec<i64>,
}

/// A day to replay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplayDay {
    /// The frozen problem.
    pub problem: Problem,
    /// How many people each structure served; 0 before it took part.
    pub people: Vec<i64>,
}

/// What a rule would have done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    /// Per day, the grams of each structure in whole crates.
    pub days: Vec<Vec<i64>>,
    /// Every plan was certified.
    pub certified: bool,
    /// Where each structure stands at the end (in equivalent grams where there are coefficients).
    pub memories: Vec<Memory>,
}

impl Replay {
    /// Grams of each structure over all days.
    #[must_use]
    pub fn totals(&self) -> Vec<i64> {
        let mut totals = vec![0; self.memories.len()];
        for day in &self.days {
            totals.iter_mut().zip(day).for_each(|(total, grams)| *total += grams);
        }
        totals
    }

    /// The level of each structure at the end; none if it needed nothing.
    #[must_use]
    pub fn levels(&self) -> Vec<Option<Ratio>> {
        self.memories.iter().map(|memory| memory.level()).collect()
    }
}

/// Replays a record under a rule. A structure that first serves people after others have a past starts where the
/// middle one stands, with as many days of past need.
///
/// # Errors
/// [`Invalid`], its path within the record (`days[3].problem.lots[0].grams`) or the rule (`coefficients[2]`).
pub fn replay(record: &Record, rule: &Rule, options: &Options) -> Result<Replay, Invalid> {
    let many = record.days.first().map_or(0, |day| day.problem.structures.len());
    let mut memories = vec![Memory::default(); many];
    for (i, day) in record.before.iter().enumerate() {
        lengths(&format!("before[{i}].received_grams"), day.received_grams.len(), many)?;
        lengths(&format!("before[{i}].people"), day.people.len(), many)?;
        let needs = needs(rule, &day.people);
        welcome(&mut memories, &needs);
        for (a, memory) in memories.iter_mut().enumerate() {
            *memory = memory.after_day(day.received_grams[a], needs[a], rule.kept_permille);
        }
    }
    let mut replay = Replay { days: Vec::new(), certified: true, memories };
    for (i, day) in record.days.iter().enumerate() {
        lengths(&format!("days[{i}].problem.structures"), day.problem.structures.len(), many)?;
        lengths(&format!("days[{i}].people"), day.people.len(), many)?;
        let within = |invalid: Invalid| match invalid.path.starts_with("coefficients") {
            true => invalid,
            false => Invalid { path: format!("days[{i}].problem.{}", invalid.path), ..invalid },
        };
        let needs = needs(rule, &day.people);
        welcome(&mut replay.memories, &needs);
        let mut problem = day.problem.clone();
        problem.tolerance_permille = rule.tolerance_permille;
        for (a, structure) in problem.structures.iter_mut().enumerate() {
            structure.past_grams = replay.memories[a].received_grams;
            structure.weight = replay.memories[a].needed_grams.saturating_add(needs[a]).min(MAX_QUANTITY);
        }
        let (mut real, mut counted) = (vec![0; many], vec![0; many]);
        if rule.coefficients_permille.is_empty() {
            let plan = solve_with(&problem, options, &mut || true).map_err(within)?;
            replay.certified &= plan.certificate.holds;
            plan.crates.iter().for_each(|share| real[share.structure] += share.grams);
            counted.clone_from(&real);
        } else {
            let equivalent = in_equivalents(&problem, &rule.coefficients_permille).map_err(within)?;
            let plan = solve_with(&equivalent.problem, options, &mut || true).map_err(within)?;
            replay.certified &= plan.certificate.holds;
            equivalent.crates(&plan).iter().for_each(|share| real[share.structure] += share.grams);
            plan.crates.iter().for_each(|share| counted[share.structure] += share.grams);
            counted.iter_mut().for_each(|grams| *grams /= 1_000);
        }
        for (a, memory) in replay.memories.iter_mut().enumerate() {
            *memory = memory.after_day(counted[a], needs[a], rule.kept_permille);
        }
        replay.days.push(real);
    }
    Ok(replay)
}

fn lengths(path: &str, found: usize, wanted: usize) -> Result<(), Invalid> {
    if found == wanted { Ok(()) } else { Err(Invalid { path: path.into(), fault: Fault::WrongLength }) }
}

fn needs(rule: &Rule, people: &[i64]) -> Vec<i64> {
    people.iter().enumerate().map(|(a, &people)| rule.need_of_a_day(a, people)).collect()
}

/// Gives newcomers a past: as many days of their need as the middle structure remembers, met as the middle one's.
fn welcome(memories: &mut [Memory], needs: &[i64]) {
    let known: Vec<usize> = (0..memories.len()).filter(|&a| memories[a].needed_grams > 0).collect();
    let mut depths: Vec<Ratio> =
        known.iter().filter_map(|&a| Ratio::new(memories[a].needed_grams, needs[a])).collect();
    depths.sort_unstable();
    let Some(&depth) = depths.get(depths.len().saturating_sub(1) / 2) else { return };
    let others: Vec<Memory> = known.iter().map(|&a| memories[a]).collect();
    for (memory, &need) in memories.iter_mut().zip(needs) {
        if memory.needed_grams == 0 && need > 0 {
            let past = i128::from(need) * i128::from(depth.grams()) / i128::from(depth.weight());
            let past = i64::try_from(past.min(i128::from(MAX_QUANTITY))).unwrap_or(MAX_QUANTITY);
            *memory = Memory::newcomer(past, &others);
        }
    }
}
