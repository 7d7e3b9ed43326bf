//! The memory of the fair share: what each structure received and needed, day by day, fading by half every so many days.
//!
//! Invariant: what is remembered of a day only ever fades; a structure that is new starts where the middle one stands.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kernel::StructureId;
use serde::{Deserialize, Serialize};

/// What one day left in the memory of one structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Whose.
    pub structure: StructureId,
    /// Which day.
    pub day: NaiveDate,
    /// Grams received.
    pub received: i64,
    /// Grams needed, weighted.
    pub need: i64,
}

/// What is remembered of one structure today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// Grams received, faded.
    pub received: i64,
    /// Grams needed, faded.
    pub need: i64,
}

/// One million: what a day of age zero counts for.
const WHOLE: i64 = 1_000_000;

/// What a day counts for after `age` days, in millionths: half after each half-life, geometrically in between.
#[must_use]
pub fn fading(age: i64, half_life_days: i64) -> i64 {
    let (age, half_life) = (age.max(0), half_life_days.max(1));
    let halvings = age / half_life;
    if halvings > 40 {
        return 0;
    }
    #[expect(clippy::cast_precision_loss, reason = "both are below 366")]
    let rest = (age % half_life) as f64 / half_life as f64;
    #[expect(clippy::cast_possible_truncation, reason = "between half a million and a million")]
    let within = (0.5_f64.powf(rest) * 1_000_000.0).round() as i64;
    within >> halvings
}

/// What is remembered on `today` of days before it.
#[must_use]
pub fn remember(days: &[Day], today: NaiveDate, half_life_days: i64) -> BTreeMap<StructureId, Past> {
    let mut sums: BTreeMap<StructureId, (i128, i128)> = BTreeMap::new();
    for day in days.iter().filter(|day| day.day < today) {
        let counts = i128::from(fading((today - day.day).num_days(), half_life_days));
        let sum = sums.entry(day.structure).or_default();
        sum.0 += i128::from(day.received) * counts;
        sum.1 += i128::from(day.need) * counts;
    }
    let back = |sum: i128| i64::try_from(sum / i128::from(WHOLE)).unwrap_or(i64::MAX);
    sums.into_iter()
        .map(|(structure, (received, need))| (structure, Past { received: back(received), need: back(need) }))
        .collect()
}

/// Where somebody new starts: with as much past need as the middle structure has, counted in days, and as much of it
/// met. `known` is each remembered structure's past and its need of one day; nobody known, nothing remembered.
#[must_use]
pub fn start_of_new(known: &[(Past, i64)], need_of_a_day: i64) -> Past {
    let mut depths: Vec<i64> =
        known.iter().filter(|(_, day)| *day > 0).map(|(past, day)| share(past.need, *day)).collect();
    let mut levels: Vec<i64> = known
        .iter()
        .filter(|(past, _)| past.need > 0)
        .map(|(past, _)| share(past.received, past.need))
        .collect();
    let (Some(depth), Some(level)) = (middle(&mut depths), middle(&mut levels)) else {
        return Past::default();
    };
    let need = of(need_of_a_day, depth);
    Past { received: of(need, level), need }
}

/// `part / whole` in millionths.
fn share(part: i64, whole: i64) -> i64 {
    i64::try_from(i128::from(part) * i128::from(WHOLE) / i128::from(whole.max(1))).unwrap_or(i64::MAX)
}

/// So many millionths of a quantity.
fn of(quantity: i64, millionths: i64) -> i64 {
    i64::try_from(i128::from(quantity) * i128::from(millionths) / i128::from(WHOLE)).unwrap_or(i64::MAX)
}

/// The middle value, the lower of the two for an even count.
pub(crate) fn middle(values: &mut [i64]) -> Option<i64> {
    values.sort_unstable();
    values.get(values.len().saturating_sub(1) / 2).copied()
}

#[cfg(test)]
mod tests {
    use kernel::uuid::Uuid;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn half_after_a_half_life() {
        assert_eq!(fading(0, 23), 1_000_000);
        assert_eq!(fading(23, 23), 500_000);
        assert_eq!(fading(46, 23), 250_000);
        assert_eq!(fading(1, 23), 970_313, "about 0.97 a day, the memory of the research");
        assert_eq!(fading(10_000, 23), 0);
    }

    #[test]
    fn only_days_before_count() {
        let structure = StructureId(Uuid::from_u128(1));
        let days = [
            Day { structure, day: day("2026-11-23"), received: 99, need: 99 },
            Day { structure, day: day("2026-11-22"), received: 1_000, need: 2_000 },
            Day { structure, day: day("2026-10-31"), received: 1_000, need: 1_000 },
        ];
        let past = remember(&days, day("2026-11-23"), 23)[&structure];
        assert_eq!(past, Past { received: 1_470, need: 2_440 });
    }

    #[test]
    fn somebody_new_starts_in_the_middle() {
        let known = [
            (Past { received: 100, need: 1_000 }, 100),
            (Past { received: 500, need: 1_000 }, 100),
            (Past { received: 900, need: 1_000 }, 100),
        ];
        assert_eq!(start_of_new(&known, 20), Past { received: 100, need: 200 });
        assert_eq!(start_of_new(&[], 20), Past::default());
    }

    proptest! {
        #[test]
        fn it_only_fades(age in 0_i64..2_000, half_life in 1_i64..=365) {
            prop_assert!(fading(age + 1, half_life) <= fading(age, half_life));
            prop_assert!((0..=WHOLE).contains(&fading(age, half_life)));
        }

        #[test]
        fn somebody_new_is_neither_first_nor_last(
            pasts in proptest::collection::vec((0_i64..1_000_000, 1_i64..1_000_000, 1_i64..50_000), 1..20),
            need in 1_i64..100_000,
        ) {
            let known: Vec<(Past, i64)> = pasts.iter()
                .map(|(received, past_need, day)| (Past { received: *received, need: *past_need }, *day)).collect();
            let start = start_of_new(&known, need);
            let most = pasts.iter().map(|(r, n, _)| share(*r, *n)).max().unwrap_or(0);
            prop_assert!(start.received <= of(start.need, most));
        }
    }
}
