//! What the days before count for today.
//!
//! Every day, what a structure has received and what it should have received lose a little weight: H becomes
//! g·H + received, N becomes g·N + need. With g = 970 ‰ a day, the weight halves in 23 days. Invariant: both sides
//! are discounted alike, so a day on which nothing is given and nothing is needed changes no level.

use serde::{Deserialize, Serialize};

use crate::problem::MAX_QUANTITY;
use crate::ratio::Ratio;

/// What is kept from one day to the next if nobody has voted otherwise, in thousandths (half-life 23 days).
pub const USUAL_KEPT_PERMILLE: u32 = 970;

/// The discounted past of one structure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// H: grams received, discounted; goes into [`crate::Structure::past_grams`].
    pub received_grams: i64,
    /// N without today: grams × weight it should have received, discounted. With today's need added, this is
    /// [`crate::Structure::weight`].
    pub needed_grams: i64,
}

impl Memory {
    /// The memory on the evening of a day. `kept_permille` above 1000 counts as 1000; quantities below zero count
    /// as zero, and the result stays within [`MAX_QUANTITY`].
    #[must_use]
    pub fn after_day(self, received_grams: i64, needed_grams: i64, kept_permille: u32) -> Self {
        let keep = |past: i64, today: i64| {
            let kept = i128::from(past.max(0)) * i128::from(kept_permille.min(1000)) / 1000;
            let sum = kept + i128::from(today.max(0));
            i64::try_from(sum.min(i128::from(MAX_QUANTITY))).unwrap_or(MAX_QUANTITY)
        };
        Self {
            received_grams: keep(self.received_grams, received_grams),
            needed_grams: keep(self.needed_grams, needed_grams),
        }
    }

    /// Where it stands; none if nothing was ever needed.
    #[must_use]
    pub const fn level(self) -> Option<Ratio> {
        Ratio::new(self.received_grams, self.needed_grams)
    }

    /// The memory to give a newcomer: the past need is its own, the past share that of the structure in the middle.
    /// Without it, a newcomer would take everything until it has caught up with a past that it did not have.
    #[must_use]
    pub fn newcomer(needed_grams: i64, others: &[Self]) -> Self {
        let mut levels: Vec<Ratio> = others.iter().filter_map(|memory| memory.level()).collect();
        levels.sort_unstable();
        let needed_grams = needed_grams.clamp(0, MAX_QUANTITY);
        let received = levels.get(levels.len() / 2).map_or(0, |middle| {
            i128::from(needed_grams) * i128::from(middle.grams()) / i128::from(middle.weight())
        });
        let received = received.min(i128::from(MAX_QUANTITY));
        Self { received_grams: i64::try_from(received).unwrap_or(MAX_QUANTITY), needed_grams }
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_QUANTITY, Memory, USUAL_KEPT_PERMILLE};
    use crate::ratio::Ratio;

    #[test]
    fn half_is_forgotten_after_23_days() {
        let mut memory = Memory { received_grams: 1_000_000, needed_grams: 2_000_000 };
        for _ in 0..23 {
            memory = memory.after_day(0, 0, USUAL_KEPT_PERMILLE);
        }
        assert!((490_000..505_000).contains(&memory.received_grams), "{memory:?}");
        assert_eq!(memory.level().map(Ratio::permille), Some(499));
    }

    #[test]
    fn today_counts_in_full() {
        let memory = Memory { received_grams: 100, needed_grams: 1000 }.after_day(50, 200, 970);
        assert_eq!(memory, Memory { received_grams: 147, needed_grams: 1170 });
        let huge = Memory { received_grams: MAX_QUANTITY, needed_grams: MAX_QUANTITY };
        assert_eq!(huge.after_day(i64::MAX, -1, 1000), huge);
    }

    #[test]
    fn a_newcomer_stands_in_the_middle() {
        let at = |received_grams| Memory { received_grams, needed_grams: 1000 };
        let newcomer = Memory::newcomer(500, &[at(900), at(100), at(600)]);
        assert_eq!(newcomer, Memory { received_grams: 300, needed_grams: 500 });
        assert_eq!(Memory::newcomer(500, &[]).received_grams, 0);
    }
}
