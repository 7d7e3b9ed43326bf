//! Between two batches: what is accepted stays accepted, what is refused stays refused, and it always ends.

use std::collections::BTreeSet;

use fair_share::generator::{Dice, Size, generate};
use fair_share::{Desk, Fault, Options, Problem, USUAL_METRE_PRICE, check};
use proptest::prelude::*;

fn territory() -> impl Strategy<Value = Problem> {
    (1_usize..12, 0_usize..25, 20_i64..150, any::<u64>()).prop_map(
        |(structures, lots, supply_percent, seed)| generate(Size { structures, lots, supply_percent }, seed),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn refusals_come_to_an_end_and_nothing_is_lost(problem in territory(), seed in any::<u64>()) {
        let all: i64 = problem.lots.iter().map(|lot| lot.grams).sum();
        let pairs: usize = problem.lots.iter().map(|lot| lot.candidates.len()).sum();
        let past: i64 = problem.structures.iter().map(|s| s.past_grams).sum();
        let (mut desk, mut dice) = (Desk::open(problem).unwrap(), Dice::new(seed));
        let (mut given, mut rounds) = (0, 0);
        let mut refused = BTreeSet::new();
        loop {
            let plan = desk.batch(&Options::default()).unwrap();
            prop_assert_eq!(check(desk.problem(), &plan), vec![]);
            if plan.crates.is_empty() {
                break;
            }
            for share in plan.crates {
                prop_assert!(!refused.contains(&(share.lot, share.structure)), "proposed again: {:?}", share);
                if dice.chance(40) {
                    desk.refuse(share.lot, share.structure).unwrap();
                    refused.insert((share.lot, share.structure));
                } else {
                    desk.accept(share.lot, share.structure, share.grams).unwrap();
                    given += share.grams;
                }
            }
            rounds += 1;
            prop_assert!(rounds <= pairs + 1);
        }
        let left = desk.close();
        prop_assert_eq!(left.lots.iter().map(|lot| lot.grams).sum::<i64>() + given, all);
        prop_assert_eq!(left.structures.iter().map(|s| s.past_grams).sum::<i64>(), past + given);
    }

    #[test]
    fn urgent_lots_fit_when_they_are_poured_one_after_the_other(problem in territory()) {
        let mut desk = Desk::open(problem.clone()).unwrap();
        for lot in (0..problem.lots.len()).filter(|&l| problem.lots[l].class == 0) {
            for share in desk.pour(lot, USUAL_METRE_PRICE).unwrap() {
                desk.accept(lot, share.structure, share.grams).unwrap();
            }
        }
        for (a, (before, now)) in problem.structures.iter().zip(&desk.problem().structures).enumerate() {
            let taken = now.past_grams - before.past_grams;
            let freed: i64 = before.storage.iter().zip(&now.storage).map(|(before, now)| before - now).sum();
            prop_assert_eq!(taken, freed, "structure {} took more than it had room for", a);
        }
        let plan = desk.batch(&Options::default()).unwrap();
        prop_assert_eq!(check(desk.problem(), &plan), vec![]);
    }
}

#[test]
fn the_desk_refuses_what_does_not_exist() {
    let problem = generate(Size { structures: 2, lots: 2, supply_percent: 60 }, 1);
    let mut desk = Desk::open(problem).unwrap();
    let all = desk.problem().lots[0].grams;
    assert_eq!(desk.accept(2, 0, 1).unwrap_err().path, "lot");
    assert_eq!(desk.refuse(0, 2).unwrap_err().path, "structure");
    assert_eq!(desk.accept(0, 0, all + 1).unwrap_err().fault, Fault::TooLarge);
    assert_eq!(desk.accept(0, 0, -1).unwrap_err().fault, Fault::Negative);
    assert_eq!(desk.pour(7, 0).unwrap_err().path, "lot");
    desk.accept(0, 0, all).unwrap();
    assert_eq!(desk.problem().lots[0].grams, 0);
}
