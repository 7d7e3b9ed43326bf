//! What the structures have voted, in figures: norms, weights, how fast the past fades, what is too small to matter.
//!
//! The field calls this « la règle de répartition ». A need comes from the people served and the voted norms, never
//! from what a structure asks for, so that asking for more cannot bring more. Invariant: a rule is data; it changes
//! only by a decision, and a past run can be replayed under another one ([`crate::replay`]).

use serde::{Deserialize, Serialize};

use crate::memory::USUAL_KEPT_PERMILLE;
use crate::problem::MAX_QUANTITY;

/// A version of the rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rule {
    /// What one person needs in a day, in grams (equivalent grams where there are coefficients), all rayons together.
    pub norm_grams: i64,
    /// The voted weight of each structure, in thousandths; those that are not named weigh 1000.
    pub weights_permille: Vec<u32>,
    /// What is kept of the past from one day to the next, in thousandths, see [`kept_permille`].
    pub kept_permille: u32,
    /// See [`crate::Problem::tolerance_permille`].
    pub tolerance_permille: u32,
    /// The coefficient of each rayon in thousandths, see [`crate::in_equivalents`]; empty where a gram is a gram.
    pub coefficients_permille: Vec<u32>,
}

impl Default for Rule {
    /// 1.5 kg a person and day, equal weights, a half-life of 23 days, one point of tolerance, no coefficients.
    fn default() -> Self {
        Self {
            norm_grams: 1_500,
            weights_permille: Vec::new(),
            kept_permille: USUAL_KEPT_PERMILLE,
            tolerance_permille: 10,
            coefficients_permille: Vec::new(),
        }
    }
}

impl Rule {
    /// What a structure that serves so many people should receive in a day, in grams × its weight (1000 ‰ = 1).
    #[must_use]
    pub fn need_of_a_day(&self, structure: usize, people: i64) -> i64 {
        let weight = i128::from(self.weights_permille.get(structure).copied().unwrap_or(1_000));
        let need = i128::from(people.max(0)) * i128::from(self.norm_grams.max(0)) * weight / 1_000;
        i64::try_from(need.min(i128::from(MAX_QUANTITY))).unwrap_or(MAX_QUANTITY)
    }
}

/// What to keep from one day to the next, in thousandths, so that half is forgotten after so many days (the nearest
/// that thousandths allow; 970 for 23 days). 0 days: nothing is kept.
#[must_use]
pub fn kept_permille(half_life_days: u32) -> u32 {
    const UNIT: u128 = 1_000_000_000_000;
    if half_life_days == 0 {
        return 0;
    }
    let after = |kept: u32| (0..half_life_days).fold(UNIT, |left, _| left * u128::from(kept) / 1_000);
    (0..=1_000).min_by_key(|&kept| after(kept).abs_diff(UNIT / 2)).unwrap_or(1_000)
}

#[cfg(test)]
mod tests {
    use super::{Rule, kept_permille};

    #[test]
    fn a_half_life_in_days_becomes_what_is_kept_a_day() {
        assert_eq!([0, 1, 7, 23, 69].map(kept_permille), [0, 500, 906, 970, 990]);
    }

    #[test]
    fn a_need_comes_from_people_norm_and_weight() {
        let rule = Rule { weights_permille: vec![1_000, 1_250], ..Rule::default() };
        assert_eq!([0, 1, 2].map(|a| rule.need_of_a_day(a, 100)), [150_000, 187_500, 150_000]);
        assert_eq!(rule.need_of_a_day(0, -3), 0);
        assert_eq!(rule.need_of_a_day(0, i64::MAX), crate::MAX_QUANTITY);
    }
}
