//! What must hold for every problem.
#![expect(clippy::unwrap_used, reason = "tests fail loudly")]

use crate::common::{compare, every_division, greedy, max_flow, tiny};
use fair_share::generator::{Dice, Size, generate};
use fair_share::{Cause, MAX_QUANTITY, MAX_TOLERANCE, Problem, Ratio, check, solve};
use proptest::prelude::*;

fn territory() -> impl Strategy<Value = Problem> {
    (1_usize..25, 0_usize..60, 5_i64..220, any::<u64>()).prop_map(
        |(structures, lots, supply_percent, seed)| generate(Size { structures, lots, supply_percent }, seed),
    )
}

fn shares(problem: &Problem) -> Vec<i64> {
    solve(problem).unwrap().levels.iter().map(|level| level.fractional_grams).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_plan_passes_the_second_opinion(problem in territory()) {
        let plan = solve(&problem).unwrap();
        prop_assert_eq!(check(&problem, &plan), vec![]);
    }

    #[test]
    fn all_that_can_be_given_is_given(problem in territory()) {
        let plan = solve(&problem).unwrap();
        prop_assert_eq!(plan.certificate.total_grams, max_flow(&problem, |_| true, |_| true));
        prop_assert_eq!(plan.certificate.max_flow_grams, plan.certificate.total_grams);
        prop_assert!(plan.certificate.holds);
    }

    #[test]
    fn urgent_lots_are_used_as_much_as_they_could_be(problem in territory()) {
        let plan = solve(&problem).unwrap();
        for class in 0..problem.classes {
            let urgent = |l: usize| problem.lots[l].class <= class;
            let used: i64 = plan.fractional.iter().filter(|s| urgent(s.lot)).map(|s| s.grams).sum();
            prop_assert_eq!(used, max_flow(&problem, urgent, |_| true), "classes up to {}", class);
        }
    }

    #[test]
    fn a_larger_lot_never_makes_the_division_less_fair(
        problem in territory(), which in any::<prop::sample::Index>(),
    ) {
        prop_assume!(!problem.lots.is_empty());
        let mut more = problem.clone();
        more.lots[which.index(problem.lots.len())].grams *= 2;
        let (before, after) = (shares(&problem), shares(&more));
        // From the poorest on, the first level that differs is higher.
        prop_assert!(compare_wide(&problem, &after, &before).is_ge());
        prop_assert!(after.iter().sum::<i64>() >= before.iter().sum());
    }

    #[test]
    fn only_the_proportions_of_the_weights_count(problem in territory(), factor in 2_i64..50) {
        let mut scaled = problem.clone();
        for structure in &mut scaled.structures {
            structure.weight *= factor;
        }
        prop_assert_eq!(shares(&scaled), shares(&problem));
    }

    #[test]
    fn other_units_give_the_same_shares(problem in territory()) {
        let mut scaled = problem.clone();
        for structure in &mut scaled.structures {
            structure.past_grams *= 1000;
            structure.weight *= 1000;
            structure.storage.iter_mut().for_each(|grams| *grams *= 1000);
            structure.needs.iter_mut().flat_map(|need| &mut need.caps).for_each(|grams| *grams *= 1000);
        }
        scaled.lots.iter_mut().for_each(|lot| lot.grams *= 1000);
        let most = problem.structures.len() as i64;
        for (grams, milligrams) in shares(&problem).into_iter().zip(shares(&scaled)) {
            prop_assert!((grams * 1000 - milligrams).abs() <= most * 1000, "{} {}", grams, milligrams);
        }
    }

    #[test]
    fn the_same_problem_has_the_same_plan(problem in territory()) {
        let plan = solve(&problem).unwrap();
        prop_assert_eq!(&solve(&problem).unwrap(), &plan);
        let mut turned = problem;
        turned.lots.iter_mut().for_each(|lot| lot.candidates.reverse());
        prop_assert_eq!(&solve(&turned).unwrap().levels, &plan.levels);
    }

    #[test]
    fn the_order_of_the_structures_does_not_count(problem in territory()) {
        let last = problem.structures.len() - 1;
        let mut turned = problem.clone();
        turned.structures.reverse();
        for lot in &mut turned.lots {
            lot.candidates.iter_mut().for_each(|c| c.structure = last as u32 - c.structure);
            lot.exclusions.iter_mut().for_each(|x| x.structure = last as u32 - x.structure);
        }
        let mut mirrored = shares(&turned);
        mirrored.reverse();
        prop_assert_eq!(compare_wide(&problem, &mirrored, &shares(&problem)), std::cmp::Ordering::Equal);
    }
}

/// As [`compare`], for quantities whose products need 128 bits.
fn compare_wide(problem: &Problem, left: &[i64], right: &[i64]) -> std::cmp::Ordering {
    let levels = |shares: &[i64]| {
        let level = |(structure, grams): (&fair_share::Structure, &i64)| {
            Ratio::new(structure.past_grams + grams, structure.weight)
        };
        let mut levels: Vec<_> = problem.structures.iter().zip(shares).filter_map(level).collect();
        levels.sort();
        levels
    };
    levels(left).cmp(&levels(right))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn small_problems_agree_with_greed_over_all_sets(
        seed in any::<u64>(), structures in 1_i64..6, lots in 0_i64..7, most in 1_i64..15,
    ) {
        let problem = tiny(seed, structures, lots, most);
        let plan = solve(&problem).unwrap();
        prop_assert_eq!(check(&problem, &plan), vec![]);
        prop_assert_eq!(shares(&problem), greedy(&problem));
    }

    #[test]
    fn no_division_at_all_is_fairer(seed in any::<u64>(), structures in 1_i64..4, lots in 1_i64..3) {
        let problem = tiny(seed, structures, lots, 4);
        let found = shares(&problem);
        for other in every_division(&problem) {
            prop_assert!(compare(&problem, &other, &found).is_le(), "{:?} is fairer than {:?}", other, found);
            prop_assert!(other.iter().sum::<i64>() <= found.iter().sum());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_largest_quantities_are_counted_right(
        seed in any::<u64>(), structures in 1_i64..6, lots in 0_i64..7, zeros in 6_u32..15,
        tolerance_permille in prop::sample::select(vec![0, 10, MAX_TOLERANCE]),
    ) {
        let unit = 10_i64.pow(zeros);
        let mut dice = Dice::new(seed);
        let mut problem = tiny(seed, structures, lots, 9);
        let mut grow = |value: &mut i64| *value = (*value * unit - dice.between(0, 3)).clamp(0, MAX_QUANTITY);
        for structure in &mut problem.structures {
            grow(&mut structure.past_grams);
            grow(&mut structure.weight);
            structure.storage.iter_mut().for_each(&mut grow);
            structure.needs.iter_mut().flat_map(|need| &mut need.caps).for_each(&mut grow);
        }
        for lot in &mut problem.lots {
            grow(&mut lot.grams);
            if lot.crate_grams > 0 {
                lot.crate_grams *= unit;
            }
        }
        problem.tolerance_permille = tolerance_permille;
        let plan = solve(&problem).unwrap();
        prop_assert_eq!(check(&problem, &plan), vec![]);
        prop_assert_eq!(plan.certificate.total_grams, max_flow(&problem, |_| true, |_| true));
    }

    #[test]
    fn every_structure_has_a_whole_explanation(problem in territory()) {
        let plan = solve(&problem).unwrap();
        for (a, why) in plan.explanations.iter().enumerate() {
            let (it, level) = (&problem.structures[a], &plan.levels[a]);
            let asked: i64 = it.needs.iter().map(|need| need.caps[need.caps.len() - 1]).sum();
            prop_assert_eq!(why.structure, a);
            prop_assert_eq!((why.past.before, why.past.after), (level.before, level.after));
            match why.cause {
                Cause::NeedMet => prop_assert_eq!(level.fractional_grams, asked),
                Cause::RayonsMet => prop_assert!(level.group.is_some()),
                Cause::Limited => prop_assert!(why.limits.iter().any(|limit| limit.unmet_grams > 0)),
                Cause::Shared { group } => {
                    // Nobody who shares a lot of the group stands higher than its lowest, unless that lowest is full.
                    prop_assert_eq!(level.group, Some(group));
                    prop_assert!(plan.groups[group].structures.contains(&a));
                    prop_assert!(plan.groups[group].level <= level.after);
                }
                Cause::NoLot => {
                    let asks = |rayon: usize| {
                        it.needs.iter().any(|n| n.rayon == rayon && n.caps[n.caps.len() - 1] > 0)
                    };
                    let there = problem.lots.iter().any(|lot| lot.grams > 0 && asks(lot.rayon));
                    prop_assert_eq!(level.group, None);
                    prop_assert!(!there || !why.barred.is_empty(), "structure {} is told nothing", a);
                    prop_assert_eq!(level.fractional_grams, 0);
                }
            }
            let nobody: i64 = why.barred.iter().map(|barred| barred.grams).sum();
            let there: i64 = problem.lots.iter().map(|lot| lot.grams).sum();
            prop_assert!(nobody <= there);
        }
    }
}
