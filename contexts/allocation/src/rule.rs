//! The rule (« la règle de répartition »): what the structures voted, in figures, with the decision that made it.
//!
//! Invariant: a rule is never changed; a new version starts on a day and names its decision.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use network::Sector;
use serde::{Deserialize, Serialize};

kernel::id!(
    /// A version of the rule.
    RuleId
);

/// Weight of a structure nobody voted anything for, in thousandths.
pub const PLAIN_WEIGHT: i64 = 1_000;

/// The voted weights, in thousandths of a plain need.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    /// By sector, by its code; a sector that is not here weighs [`PLAIN_WEIGHT`].
    pub by_sector: BTreeMap<String, i64>,
}

impl Weights {
    /// The weight of a sector, in thousandths.
    #[must_use]
    pub fn of(&self, sector: Sector) -> i64 {
        self.by_sector.get(sector.code()).copied().unwrap_or(PLAIN_WEIGHT)
    }
}

/// A version of the rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// From which day it holds.
    pub starts_on: NaiveDate,
    /// After how many days what was received counts half.
    pub half_life_days: i64,
    /// Differences of level below this many thousandths are not worth moving a crate.
    pub tolerance_permille: i64,
    /// The voted weights.
    pub weights: Weights,
    /// Where and when it was decided, in a sentence; empty for the rule every coordination starts with.
    pub decision: String,
}

impl Rule {
    /// What holds until a coordination decides: 23 days, one point, equal weights (`research` figures: a memory of
    /// 0.97 a day, a tolerance band of one point).
    #[must_use]
    pub fn initial() -> Self {
        Self {
            starts_on: NaiveDate::default(),
            half_life_days: 23,
            tolerance_permille: 10,
            weights: Weights::default(),
            decision: String::new(),
        }
    }

    /// Whether its figures can be used.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        (1..=365).contains(&self.half_life_days)
            && (0..=200).contains(&self.tolerance_permille)
            && self.weights.by_sector.iter().all(|(sector, weight)| {
                Sector::from_code(sector).is_some() && (100..=10_000).contains(weight)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_everybody_starts_with_is_sound() {
        let rule = Rule::initial();
        assert!(rule.is_sound());
        assert_eq!(rule.weights.of(Sector::ALL[0]), PLAIN_WEIGHT);
        assert!(!Rule { half_life_days: 0, ..rule.clone() }.is_sound());
        assert!(!Rule { tolerance_permille: 201, ..rule.clone() }.is_sound());
        let mut heavy = rule;
        heavy.weights.by_sector.insert("inconnu".to_owned(), 1_000);
        assert!(!heavy.is_sound(), "a sector nobody knows weighs nothing");
    }
}
