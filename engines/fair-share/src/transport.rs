//! Shorter ways at the same fairness: every structure keeps its share, every expiry class what it gives.
//!
//! A minimum-cost flow over the whole network ([`ground`]), by the network simplex ([`simplex`]) from the fair flow
//! onwards, with arcs added as they are needed (column generation). Its prices prove how far from the minimum it can
//! still be, whenever it stops. By the linkage theorem (Perfect 1968, Pym 1969) nothing is lost on fairness or on
//! urgent lots. Family balance adds, for each rayon of a structure, a convex price of the share met.
//!
//! Invariant: what each structure receives and what each expiry class gives never change.

mod forest;
mod ground;
mod simplex;

use serde::{Deserialize, Serialize};

use crate::plan::Share;
use crate::problem::Problem;
use crate::tree::Tree;

/// How many steps are taken before the clock outside is asked whether to go on.
const STEPS_BETWEEN: u64 = 1024;

/// How much may still be spent on shorter ways.
pub(crate) struct Budget<'a> {
    steps: u64,
    go_on: &'a mut dyn FnMut() -> bool,
}

impl<'a> Budget<'a> {
    pub(crate) fn new(steps: u64, go_on: &'a mut dyn FnMut() -> bool) -> Self {
        Self { steps, go_on }
    }

    /// Takes one step; false if there is none left.
    fn spend(&mut self) -> bool {
        if self.steps.is_multiple_of(STEPS_BETWEEN) && !(self.go_on)() {
            self.steps = 0;
        }
        let left = self.steps > 0;
        self.steps = self.steps.saturating_sub(1);
        left
    }
}

/// How far the goods travel in the exact optimum, and how much less any fair division could do.
///
/// One kilogram-metre is a thousand grams × metres; figures are rounded down, and stop at the largest that fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Haul {
    /// Kilograms × metres of [`crate::Plan::fractional`].
    pub kilogram_metres: i64,
    /// The same, with the price of uneven rayons ([`crate::Options::balance_metres`]) added: what was made small.
    pub cost: i64,
    /// No division of the same fairness and urgency costs less than this.
    pub bound: i64,
    /// The cost is the least there is, to the gram × metre.
    pub least: bool,
}

/// Rearranges fair shares for the least transport (and balance) that the budget can find.
pub(crate) fn haul(
    problem: &Problem,
    tree: &Tree,
    shares: &mut Vec<Share>,
    balance_metres: u32,
    budget: &mut Budget<'_>,
) -> Haul {
    let mut ground = ground::Ground::build(problem, tree, shares, balance_metres);
    let least = ground.improve(budget);
    *shares = ground.shares();
    let kilo = |value: i128| i64::try_from(value.div_euclid(1000)).unwrap_or(i64::MAX);
    Haul {
        kilogram_metres: kilo(gram_metres(problem, shares)),
        cost: kilo(ground.cost()),
        bound: kilo(ground.bound()),
        least,
    }
}

/// Grams × metres of a list of shares: what [`crate::solve`] keeps small. A share whose structure is not a candidate
/// of its lot counts nothing.
#[must_use]
pub fn gram_metres(problem: &Problem, shares: &[Share]) -> i128 {
    let metres = |share: &Share| {
        let lot = problem.lots.get(share.lot)?;
        let candidate = lot.candidates.iter().find(|c| c.structure as usize == share.structure)?;
        Some(i128::from(candidate.metres) * i128::from(share.grams))
    };
    shares.iter().filter_map(metres).sum()
}
