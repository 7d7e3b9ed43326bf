//! What happens between two batches: urgent lots poured as they come, proposals accepted, lots refused.
//!
//! The field calls this « la permanence »: somebody answers the phone, and what is agreed is agreed. Invariant: an
//! accepted line is frozen. Its grams are out of the lot, out of the structure's room and in its past, so nothing that
//! is decided later can touch them, and a refused pair is never proposed again.

use crate::online;
use crate::plan::{CrateShare, Plan};
use crate::problem::{Exclusion, Problem, Reason};
use crate::solve::{Options, solve_with};
use crate::validate::{Fault, Invalid, validate};

/// A problem that is being settled line by line.
#[derive(Clone, Debug)]
pub struct Desk {
    problem: Problem,
}

impl Desk {
    /// Opens with a day's problem.
    ///
    /// # Errors
    /// [`Invalid`] if the problem is not well formed.
    pub fn open(problem: Problem) -> Result<Self, Invalid> {
        validate(&problem)?;
        Ok(Self { problem })
    }

    /// What is still to be settled: lots, rooms and needs without what was accepted.
    #[must_use]
    pub const fn problem(&self) -> &Problem {
        &self.problem
    }

    /// Closes, and returns what is left: the lots that are carried over to the next batch.
    #[must_use]
    pub fn close(self) -> Problem {
        self.problem
    }

    /// Where the crates of one urgent lot should go now, see [`crate::pour_urgent`]; nothing is accepted by asking.
    ///
    /// # Errors
    /// [`Invalid`] (path `lot`) if the lot does not exist.
    pub fn pour(&self, lot: usize, metre_price: u32) -> Result<Vec<CrateShare>, Invalid> {
        online::pour_lot(&self.problem, lot, metre_price)
    }

    /// A batch over what is left.
    ///
    /// # Errors
    /// None in practice: the problem stays well formed.
    pub fn batch(&self, options: &Options) -> Result<Plan, Invalid> {
        solve_with(&self.problem, options, &mut || true)
    }

    /// Freezes grams of a lot for a structure. More than the structure had room for is allowed, since people may
    /// agree so: it then has no room left.
    ///
    /// # Errors
    /// [`Invalid`]: path `lot` or `structure` if it does not exist, `grams` if negative or more than the lot has.
    pub fn accept(&mut self, lot: usize, structure: usize, grams: i64) -> Result<(), Invalid> {
        self.known(lot, structure)?;
        if grams < 0 {
            return Err(wrong("grams", Fault::Negative));
        }
        let left = &mut self.problem.lots[lot].grams;
        if grams > *left {
            return Err(wrong("grams", Fault::TooLarge));
        }
        *left -= grams;
        book(&mut self.problem, lot, structure, grams);
        Ok(())
    }

    /// Notes that a structure does not want a lot: the pair is not proposed again, and the lot stays to be given.
    ///
    /// # Errors
    /// [`Invalid`]: path `lot` or `structure` if it does not exist.
    pub fn refuse(&mut self, lot: usize, structure: usize) -> Result<(), Invalid> {
        self.known(lot, structure)?;
        bar(&mut self.problem, lot, structure, Reason::Refused);
        Ok(())
    }

    fn known(&self, lot: usize, structure: usize) -> Result<(), Invalid> {
        if lot >= self.problem.lots.len() {
            return Err(wrong("lot", Fault::OutOfRange));
        }
        if structure >= self.problem.structures.len() {
            return Err(wrong("structure", Fault::OutOfRange));
        }
        Ok(())
    }
}

fn wrong(path: &str, fault: Fault) -> Invalid {
    Invalid { path: path.into(), fault }
}

/// Counts grams of a lot as received by a structure: in its past, out of its room and of what it asks for.
pub(crate) fn book(problem: &mut Problem, lot: usize, structure: usize, grams: i64) {
    let Problem { lots, structures, rayons, .. } = problem;
    let lot = &lots[lot];
    let to = &mut structures[structure];
    to.past_grams = to.past_grams.saturating_add(grams).min(crate::MAX_QUANTITY);
    let room = &mut to.storage[rayons[lot.rayon].temperature];
    *room = (*room - grams).max(0);
    for need in to.needs.iter_mut().filter(|need| need.rayon == lot.rayon) {
        for cap in &mut need.caps[lot.class..] {
            *cap = (*cap - grams).max(0);
        }
    }
}

/// Makes a candidate of a lot an exclusion; true if it was a candidate.
pub(crate) fn bar(problem: &mut Problem, lot: usize, structure: usize, reason: Reason) -> bool {
    let lot = &mut problem.lots[lot];
    let before = lot.candidates.len();
    lot.candidates.retain(|candidate| candidate.structure as usize != structure);
    let was = lot.candidates.len() < before;
    if was {
        lot.exclusions.push(Exclusion { structure: structure as u32, reason });
    }
    was
}
