//! « A kilogram of baby milk is not a kilogram of potatoes »: voted coefficients turn grams into equivalent grams.
//!
//! The division is then fair in equivalent grams. Everything that is counted per rayon is scaled exactly; a storage
//! stays a limit in real grams, and that leaves the laminar world where rayons of different coefficients share one. Two
//! cases stay exact: one coefficient in a storage, or a storage that holds all that is asked for it. Elsewhere the
//! storage is narrowed to what is safe whatever it is filled with, and named. Ways are then made short for equivalent
//! grams, not for real ones. Invariant: a plan brought back to grams
//! never exceeds a limit of the first problem.

use crate::plan::{CrateShare, Plan, Share};
use crate::problem::Problem;
use crate::validate::{Fault, Invalid, validate};

/// Largest coefficient, in thousandths.
pub const MAX_COEFFICIENT: u32 = 100_000;

/// A problem in thousandths of equivalent grams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equivalent {
    /// The problem to solve. Its certificate is that of the division in equivalent grams.
    pub problem: Problem,
    /// Storages that are used less than they could be: structure and temperature class.
    pub narrowed: Vec<(usize, usize)>,
    permille: Vec<u32>,
}

/// Turns a problem into equivalent grams. `permille` is the coefficient of each rayon, in thousandths (1000: a gram
/// counts as a gram). What the structures have received and needed before must already be in equivalent grams.
///
/// # Errors
/// [`Invalid`]: `coefficients`, `coefficients[r]`, or a path in the problem (also for quantities that become too large).
pub fn in_equivalents(problem: &Problem, permille: &[u32]) -> Result<Equivalent, Invalid> {
    validate(problem)?;
    if permille.len() != problem.rayons.len() {
        return Err(Invalid { path: "coefficients".into(), fault: Fault::WrongLength });
    }
    for (r, &coefficient) in permille.iter().enumerate() {
        let fault = match coefficient {
            0 => Fault::NotPositive,
            1..=MAX_COEFFICIENT => continue,
            _ => Fault::TooLarge,
        };
        return Err(Invalid { path: format!("coefficients[{r}]"), fault });
    }
    let mut scaled = problem.clone();
    let of = |rayon: usize| i64::from(permille[rayon]);
    for lot in &mut scaled.lots {
        lot.grams = lot.grams.saturating_mul(of(lot.rayon));
        lot.crate_grams = lot.crate_grams.saturating_mul(of(lot.rayon));
    }
    let mut narrowed = Vec::new();
    for (a, structure) in scaled.structures.iter_mut().enumerate() {
        structure.past_grams = structure.past_grams.saturating_mul(1_000);
        structure.weight = structure.weight.saturating_mul(1_000);
        for (temperature, room) in structure.storage.iter_mut().enumerate() {
            let here =
                structure.needs.iter().filter(|need| problem.rayons[need.rayon].temperature == temperature);
            let asked = |need: &crate::Need| need.caps.last().copied().unwrap_or(0);
            let real: i64 = here.clone().map(asked).fold(0, i64::saturating_add);
            let equivalent = here.clone().map(|need| asked(need).saturating_mul(of(need.rayon)));
            let equivalent = equivalent.fold(0, i64::saturating_add);
            let least = here.clone().map(|need| of(need.rayon)).min().unwrap_or(1_000);
            let most = here.map(|need| of(need.rayon)).max().unwrap_or(1_000);
            if real <= *room {
                *room = equivalent;
            } else {
                *room = room.saturating_mul(least);
                if least < most {
                    narrowed.push((a, temperature));
                }
            }
        }
        for need in &mut structure.needs {
            need.caps.iter_mut().for_each(|cap| *cap = cap.saturating_mul(of(need.rayon)));
        }
    }
    validate(&scaled)?;
    Ok(Equivalent { problem: scaled, narrowed, permille: permille.to_vec() })
}

impl Equivalent {
    /// The exact shares of a plan of [`Equivalent::problem`], in real grams; what does not fill a gram stays.
    #[must_use]
    pub fn shares(&self, plan: &Plan) -> Vec<Share> {
        let real = |share: &Share| Share { grams: self.real(share.lot, share.grams), ..*share };
        plan.fractional.iter().map(real).filter(|share| share.grams > 0).collect()
    }

    /// The crates of a plan of [`Equivalent::problem`], in real grams.
    #[must_use]
    pub fn crates(&self, plan: &Plan) -> Vec<CrateShare> {
        let real = |share: &CrateShare| CrateShare { grams: self.real(share.lot, share.grams), ..*share };
        plan.crates.iter().map(real).filter(|share| share.grams > 0).collect()
    }

    fn real(&self, lot: usize, grams: i64) -> i64 {
        let rayon = self.problem.lots.get(lot).map_or(0, |lot| lot.rayon);
        grams / self.permille.get(rayon).map_or(1_000, |&coefficient| i64::from(coefficient.max(1)))
    }
}
