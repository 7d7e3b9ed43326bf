//! Minimum deliveries and receiving days.

use fair_share::generator::{Size, generate};
use fair_share::{
    Candidate, Lot, Need, Options, Problem, Rayon, Reason, Structure, check, hold_back, solve, solve_gathered,
};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_delivery_is_below_its_minimum(
        structures in 1_usize..30, lots in 0_usize..80, supply_percent in 20_i64..120, seed in any::<u64>(),
        kilos in 0_i64..400,
    ) {
        let problem = generate(Size { structures, lots, supply_percent }, seed);
        let minimum = vec![kilos * 1_000; structures];
        let found = solve_gathered(&problem, &minimum, &Options::default(), &mut || true).unwrap();
        prop_assert_eq!(check(&found.problem, &found.plan), vec![]);
        for (a, level) in found.plan.levels.iter().enumerate() {
            let there = |rayon: usize| -> i64 {
                let near = |lot: &&Lot| lot.rayon == rayon && lot.candidates.iter().any(|c| c.structure as usize == a);
                problem.lots.iter().filter(near).map(|lot| lot.grams).sum()
            };
            let structure = &problem.structures[a];
            let most: i64 = (0..problem.temperatures)
                .map(|temperature| {
                    let here = structure.needs.iter().filter(|n| problem.rayons[n.rayon].temperature == temperature);
                    let asked = here.map(|need| need.caps[need.caps.len() - 1].min(there(need.rayon)));
                    asked.sum::<i64>().min(structure.storage[temperature])
                })
                .sum();
            let waits = found.waiting.iter().any(|one| one.structure == a);
            prop_assert!(!waits || most >= minimum[a], "structure {} waits for what can never be", a);
            prop_assert!(level.crate_grams == 0 || level.crate_grams >= minimum[a] || most < minimum[a]);
        }
        prop_assert!(found.urgent_lost_grams >= 0);
        prop_assert!(found.urgent_lost_grams == 0 || !found.waiting.is_empty());
        if kilos == 0 {
            prop_assert_eq!(&found.plan, &solve(&problem).unwrap());
        }
    }
}

#[test]
fn the_best_served_waits_and_a_small_one_does_not() {
    let structure = |past_grams, asked: i64| Structure {
        past_grams,
        weight: 100_000,
        storage: vec![100_000],
        needs: vec![Need { rayon: 0, caps: vec![asked] }],
    };
    let candidates = (0..3).map(|structure| Candidate { structure, metres: 1_000 }).collect();
    let problem = Problem {
        temperatures: 1,
        classes: 1,
        rayons: vec![Rayon { temperature: 0 }],
        structures: vec![structure(2_000, 50_000), structure(0, 50_000), structure(0, 3_000)],
        lots: vec![Lot { grams: 15_000, crate_grams: 1_000, candidates, ..Lot::default() }],
        tolerance_permille: 0,
    };
    let found = solve_gathered(&problem, &[8_000; 3], &Options::default(), &mut || true).unwrap();
    let grams: Vec<i64> = found.plan.levels.iter().map(|level| level.crate_grams).collect();
    assert_eq!(
        grams,
        [0, 12_000, 3_000],
        "5 kg are not worth the way, 3 kg are all that the small one asks for"
    );
    assert_eq!(found.waiting.iter().map(|one| (one.structure, one.grams)).collect::<Vec<_>>(), [(0, 5_000)]);
    assert_eq!(found.plan.explanations[0].barred[0].reason, Reason::SetAside);
    assert!(solve_gathered(&problem, &[1], &Options::default(), &mut || true).is_err());
}

#[test]
fn who_does_not_receive_today_is_told_so() {
    let mut problem = generate(Size { structures: 6, lots: 30, supply_percent: 60 }, 5);
    hold_back(&mut problem, &[2, 99], Reason::PickupWindow);
    let plan = solve(&problem).unwrap();
    assert_eq!(check(&problem, &plan), vec![]);
    assert_eq!(plan.levels[2].crate_grams, 0);
    assert!(plan.explanations[2].barred.iter().any(|barred| barred.reason == Reason::PickupWindow));
    assert!(plan.levels[0].crate_grams > 0);
}
