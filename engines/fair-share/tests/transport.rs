//! The shorter ways: nothing else changes, and no exchange within a bucket would be shorter still.
#![expect(clippy::indexing_slicing, reason = "tests fail loudly")]

use std::collections::BTreeMap;

use fair_share::generator::{Size, generate};
use fair_share::{Problem, Share, gram_metres, level, solve};
use proptest::prelude::*;

/// Grams per lot, and per structure, rayon and class: what must not change.
fn sums(problem: &Problem, shares: &[Share]) -> BTreeMap<(usize, usize, usize, usize), i64> {
    let mut sums = BTreeMap::new();
    for share in shares {
        let lot = &problem.lots[share.lot];
        *sums.entry((0, share.lot, 0, 0)).or_default() += share.grams;
        *sums.entry((1, share.structure, lot.rayon, lot.class)).or_default() += share.grams;
    }
    sums
}

/// Whether some circle of exchanges between the structures of a bucket would shorten the ways (Floyd 1962).
fn could_be_shorter(problem: &Problem, shares: &[Share], rayon: usize, class: usize) -> bool {
    let n = problem.structures.len();
    let far = i64::MAX / 4;
    let mut gain = vec![vec![far; n]; n];
    for share in shares {
        let lot = &problem.lots[share.lot];
        if (lot.rayon, lot.class) != (rayon, class) {
            continue;
        }
        let metres = |a: usize| {
            let way = lot.candidates.iter().find(|c| c.structure as usize == a)?;
            Some(i64::from(way.metres))
        };
        for to in (0..n).filter(|&to| shares.iter().any(|s| s.structure == to)) {
            if let (Some(new), Some(old)) = (metres(to), metres(share.structure)) {
                gain[share.structure][to] = gain[share.structure][to].min(new - old);
            }
        }
    }
    for via in 0..n {
        for from in 0..n {
            for to in 0..n {
                gain[from][to] = gain[from][to].min(gain[from][via].saturating_add(gain[via][to]).min(far));
            }
        }
    }
    (0..n).any(|a| gain[a][a] < 0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_ways_are_the_shortest_within_each_bucket(
        structures in 2_usize..20, lots in 1_usize..150, supply_percent in 20_i64..150, seed in any::<u64>(),
    ) {
        let problem = generate(Size { structures, lots, supply_percent }, seed);
        let (long, _) = level(&problem).unwrap();
        let short = solve(&problem).unwrap().fractional;
        prop_assert_eq!(sums(&problem, &short), sums(&problem, &long));
        prop_assert!(gram_metres(&problem, &short) <= gram_metres(&problem, &long));
        for rayon in 0..problem.rayons.len() {
            for class in 0..problem.classes {
                prop_assert!(!could_be_shorter(&problem, &short, rayon, class), "rayon {} class {}", rayon, class);
            }
        }
    }
}
