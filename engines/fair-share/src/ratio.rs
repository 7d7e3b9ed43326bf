//! A share of need, written as an exact fraction of two integers.
//!
//! Invariant: the denominator is strictly positive, and comparisons multiply crosswise in 128 bits, so that two
//! shares are never confused by a rounding.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// An exact fraction: grams received, past included, over weight (the need, past included).
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Ratio {
    grams: i64,
    weight: i64,
}

impl Ratio {
    /// The fraction `grams / weight`, or `None` when the weight is not positive.
    #[must_use]
    pub const fn new(grams: i64, weight: i64) -> Option<Self> {
        if weight > 0 { Some(Self { grams, weight }) } else { None }
    }

    /// Above the bar, in grams.
    #[must_use]
    pub const fn grams(self) -> i64 {
        self.grams
    }

    /// Below the bar, in the unit of [`crate::Structure::weight`].
    #[must_use]
    pub const fn weight(self) -> i64 {
        self.weight
    }

    /// The fraction in thousandths, rounded down; what a page prints as « 61.8 % » is 618.
    #[must_use]
    pub fn permille(self) -> i64 {
        let thousandths = (i128::from(self.grams) * 1000).div_euclid(i128::from(self.weight.max(1)));
        i64::try_from(thousandths).unwrap_or(i64::MAX)
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        (i128::from(self.grams) * i128::from(other.weight))
            .cmp(&(i128::from(other.grams) * i128::from(self.weight)))
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}

#[cfg(test)]
mod tests {
    use super::Ratio;

    #[test]
    fn compares_without_rounding() {
        let third = Ratio::new(333_333_333_333, 1_000_000_000_000);
        assert!(third < Ratio::new(1, 3));
        assert_eq!(Ratio::new(2, 6), Ratio::new(1, 3));
        assert_eq!(Ratio::new(1, 0), None);
    }

    #[test]
    fn prints_thousandths_rounded_down() {
        assert_eq!(Ratio::new(2, 3).map(Ratio::permille), Some(666));
        assert_eq!(
            Ratio::new(1_000_000_000_000_000, 1).map(Ratio::permille),
            Some(1_000_000_000_000_000_000)
        );
    }
}
