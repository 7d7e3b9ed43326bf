//! Voted coefficients: fair in equivalent grams, within the limits in real ones.

use fair_share::generator::{Dice, Size, generate};
use fair_share::{Candidate, Fault, Lot, Need, Problem, Rayon, Structure, check, in_equivalents, solve};
use proptest::prelude::*;

fn two(room: i64) -> Problem {
    let need = |rayon| Need { rayon, caps: vec![50_000] };
    let structure = |needs| Structure { past_grams: 0, weight: 100_000, storage: vec![room], needs };
    let lot = |rayon, grams, who: &[u32]| Lot {
        rayon,
        grams,
        crate_grams: 1_000,
        candidates: who.iter().map(|&structure| Candidate { structure, metres: 500 }).collect(),
        ..Lot::default()
    };
    Problem {
        temperatures: 1,
        classes: 1,
        rayons: vec![Rayon { temperature: 0 }; 2],
        structures: vec![structure(vec![need(0)]), structure(vec![need(0), need(1)])],
        lots: vec![lot(0, 30_000, &[0, 1]), lot(1, 10_000, &[1])],
        tolerance_permille: 0,
    }
}

#[test]
fn a_kilogram_that_counts_three_is_shared_as_three() {
    let plain: Vec<i64> =
        solve(&two(100_000)).unwrap().levels.iter().map(|level| level.crate_grams).collect();
    assert_eq!(plain, [20_000, 20_000]);
    let scaled = in_equivalents(&two(100_000), &[1_000, 3_000]).unwrap();
    assert_eq!(scaled.narrowed, []);
    let plan = solve(&scaled.problem).unwrap();
    assert_eq!(check(&scaled.problem, &plan), vec![]);
    let given: Vec<(usize, usize, i64, i64)> = scaled
        .crates(&plan)
        .iter()
        .map(|share| (share.lot, share.structure, share.crates, share.grams))
        .collect();
    assert_eq!(given, [(0, 0, 30, 30_000), (1, 1, 10, 10_000)]);
    assert_eq!(plan.levels[0].after, plan.levels[1].after);
}

#[test]
fn a_storage_shared_by_unequal_rayons_is_narrowed_and_named() {
    let scaled = in_equivalents(&two(40_000), &[1_000, 3_000]).unwrap();
    assert_eq!(scaled.narrowed, [(1, 0)], "the first structure asks for one rayon only: exact");
    assert_eq!(scaled.problem.structures[0].storage, [40_000_000]);
}

#[test]
fn coefficients_that_mean_nothing_are_refused() {
    let fault = |permille: &[u32]| {
        let refused = in_equivalents(&two(1), permille).unwrap_err();
        (refused.path, refused.fault)
    };
    assert_eq!(fault(&[1_000]), ("coefficients".into(), Fault::WrongLength));
    assert_eq!(fault(&[1_000, 0]), ("coefficients[1]".into(), Fault::NotPositive));
    assert_eq!(fault(&[200_000, 1]), ("coefficients[0]".into(), Fault::TooLarge));
    let mut huge = two(1);
    huge.lots[0].grams = 1_000_000_000_000_000;
    assert_eq!(in_equivalents(&huge, &[1_000, 1_000]).unwrap_err().path, "lots[0].grams");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn real_limits_hold_whatever_the_coefficients(
        structures in 1_usize..15, lots in 0_usize..50, supply_percent in 20_i64..200, seed in any::<u64>(),
    ) {
        let problem = generate(Size { structures, lots, supply_percent }, seed);
        let mut dice = Dice::new(seed);
        let permille: Vec<u32> = problem.rayons.iter().map(|_| dice.between(200, 4_000) as u32).collect();
        let scaled = in_equivalents(&problem, &permille).unwrap();
        let plan = solve(&scaled.problem).unwrap();
        prop_assert_eq!(check(&scaled.problem, &plan), vec![]);
        let exact: Vec<_> = scaled.shares(&plan).iter().map(|s| (s.lot, s.structure, s.grams)).collect();
        let crates: Vec<_> = scaled.crates(&plan).iter().map(|s| (s.lot, s.structure, s.grams)).collect();
        for shares in [exact, crates] {
            let sum = |keep: &dyn Fn(usize, usize) -> bool| -> i64 {
                shares.iter().filter(|s| keep(s.0, s.1)).map(|s| s.2).sum()
            };
            for (l, lot) in problem.lots.iter().enumerate() {
                prop_assert!(sum(&|i, _| i == l) <= lot.grams);
            }
            for (a, it) in problem.structures.iter().enumerate() {
                for (temperature, &room) in it.storage.iter().enumerate() {
                    let here = |l: usize| problem.rayons[problem.lots[l].rayon].temperature == temperature;
                    prop_assert!(sum(&|l, b| b == a && here(l)) <= room);
                }
                for need in &it.needs {
                    for (k, &cap) in need.caps.iter().enumerate() {
                        let here = |l: usize| problem.lots[l].rayon == need.rayon && problem.lots[l].class <= k;
                        prop_assert!(sum(&|l, b| b == a && here(l)) <= cap);
                    }
                }
            }
        }
    }
}
