//! The shorter ways: fairness and urgency stay as they are, and no fair division would be shorter.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests fail loudly")]

use std::collections::BTreeMap;

use crate::common::tiny;
use fair_share::generator::{Size, generate};
use fair_share::{Options, Plan, Problem, Share, check, gram_metres, level, solve_with};
use proptest::prelude::*;

fn plan(problem: &Problem, balance_metres: u32, transport_steps: u64) -> Plan {
    solve_with(problem, &Options { balance_metres, transport_steps }, &mut || true).unwrap()
}

/// Grams per expiry class, and per structure: what must not change.
fn sums(problem: &Problem, shares: &[Share]) -> BTreeMap<(usize, usize), i64> {
    let mut sums = BTreeMap::new();
    for share in shares {
        *sums.entry((0, problem.lots[share.lot].class)).or_default() += share.grams;
        *sums.entry((1, share.structure)).or_default() += share.grams;
    }
    sums
}

/// What uneven rayons cost: the convex price of the model, gram by gram of each fifth of a need.
fn unevenness(problem: &Problem, shares: &[Share], balance_metres: u32) -> i128 {
    let mut got: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for share in shares {
        *got.entry((share.structure, problem.lots[share.lot].rayon)).or_default() += share.grams;
    }
    let price = |(&(a, rayon), &grams): (&(usize, usize), &i64)| {
        let need = problem.structures[a].needs.iter().find(|need| need.rayon == rayon).unwrap();
        let asked = i128::from(*need.caps.last().unwrap());
        (0..5_i128)
            .map(|fifth| {
                let part = (i128::from(grams).min(asked * (fifth + 1) / 5) - asked * fifth / 5).max(0);
                part * (i128::from(balance_metres) * (2 * fifth + 1) / 5)
            })
            .sum::<i128>()
    };
    got.iter().map(price).sum()
}

/// The least grams × metres (balance included) for given sums, by successive shortest paths (Bellman and Ford) on a
/// network of its own.
fn least(problem: &Problem, sums: &BTreeMap<(usize, usize), i64>, balance_metres: i64) -> i128 {
    let mut arcs: Vec<(usize, usize, i64, i64)> = Vec::new();
    let mut join = |from: usize, to: usize, cap: i64, cost: i64| {
        arcs.push((from, to, cap, cost));
        arcs.push((to, from, 0, -cost));
    };
    let lots = 2 + problem.classes;
    let mut nodes = lots + problem.lots.len();
    for class in 0..problem.classes {
        join(0, 2 + class, sums.get(&(0, class)).copied().unwrap_or(0), 0);
    }
    let mut entry = BTreeMap::new();
    for (a, it) in problem.structures.iter().enumerate() {
        let top = nodes;
        join(top, 1, sums.get(&(1, a)).copied().unwrap_or(0), 0);
        for (temperature, &room) in it.storage.iter().enumerate() {
            join(top + 1 + temperature, top, room, 0);
        }
        nodes += 1 + it.storage.len();
        for need in &it.needs {
            entry.insert((a, need.rayon), nodes);
            let storage = top + 1 + problem.rayons[need.rayon].temperature;
            for (class, &cap) in need.caps.iter().enumerate() {
                if class + 1 < problem.classes {
                    join(nodes + class, nodes + class + 1, cap, 0);
                    continue;
                }
                for fifth in 0..5 {
                    let part = cap * (fifth + 1) / 5 - cap * fifth / 5;
                    join(nodes + class, storage, part, balance_metres * (2 * fifth + 1) / 5);
                }
            }
            nodes += problem.classes;
        }
    }
    for (l, lot) in problem.lots.iter().enumerate() {
        join(2 + lot.class, lots + l, lot.grams, 0);
        for candidate in &lot.candidates {
            if let Some(entry) = entry.get(&(candidate.structure as usize, lot.rayon)) {
                join(lots + l, entry + lot.class, i64::MAX / 4, i64::from(candidate.metres));
            }
        }
    }
    let mut cost = 0;
    loop {
        let mut reach = vec![(i64::MAX, usize::MAX); nodes];
        reach[0].0 = 0;
        for _ in 0..nodes {
            for (i, &(from, to, cap, price)) in arcs.iter().enumerate() {
                if cap > 0 && reach[from].0 < i64::MAX && reach[from].0 + price < reach[to].0 {
                    reach[to] = (reach[from].0 + price, i);
                }
            }
        }
        if reach[1].0 == i64::MAX {
            return cost;
        }
        let (mut path, mut node) = (vec![], 1);
        while node != 0 {
            path.push(reach[node].1);
            node = arcs[reach[node].1].0;
        }
        let grams = path.iter().map(|&i| arcs[i].2).min().unwrap();
        for i in path {
            arcs[i].2 -= grams;
            arcs[i ^ 1].2 += grams;
        }
        cost += i128::from(grams) * i128::from(reach[1].0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn small_problems_travel_as_little_as_they_can(
        seed in any::<u64>(), structures in 1_i64..6, lots in 0_i64..9, most in 1_i64..20, balance in 0_u32..40,
    ) {
        let problem = tiny(seed, structures, lots, most);
        let plan = plan(&problem, balance, u64::MAX);
        prop_assert_eq!(check(&problem, &plan), vec![]);
        prop_assert!(plan.haul.least);
        let found = gram_metres(&problem, &plan.fractional) + unevenness(&problem, &plan.fractional, balance);
        prop_assert_eq!(found, least(&problem, &sums(&problem, &plan.fractional), balance.into()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn shorter_ways_change_neither_fairness_nor_urgency(
        structures in 2_usize..25, lots in 1_usize..150, supply_percent in 20_i64..150, seed in any::<u64>(),
        steps in prop::sample::select(vec![0_u64, 10, 200, u64::MAX]),
    ) {
        let problem = generate(Size { structures, lots, supply_percent }, seed);
        let (long, _) = level(&problem).unwrap();
        let short = plan(&problem, 0, steps);
        prop_assert_eq!(check(&problem, &short), vec![]);
        prop_assert_eq!(sums(&problem, &short.fractional), sums(&problem, &long));
        prop_assert!(gram_metres(&problem, &short.fractional) <= gram_metres(&problem, &long));
        let best = plan(&problem, 0, u64::MAX).haul;
        prop_assert!(best.least && best.bound == best.cost && best.cost == best.kilogram_metres);
        prop_assert!(short.haul.bound <= best.cost && best.cost <= short.haul.cost);
    }

    #[test]
    fn balance_makes_rayons_more_even(
        structures in 2_usize..25, lots in 1_usize..150, supply_percent in 20_i64..150, seed in any::<u64>(),
    ) {
        let problem = generate(Size { structures, lots, supply_percent }, seed);
        let (without, with) = (plan(&problem, 0, u64::MAX), plan(&problem, 5_000, u64::MAX));
        prop_assert_eq!(&with.levels.iter().map(|l| l.after).collect::<Vec<_>>(),
            &without.levels.iter().map(|l| l.after).collect::<Vec<_>>());
        let uneven = |plan: &Plan| unevenness(&problem, &plan.fractional, 5_000);
        prop_assert!(uneven(&with) <= uneven(&without));
        prop_assert!(with.haul.kilogram_metres >= without.haul.kilogram_metres);
    }
}

#[test]
fn a_search_that_is_cut_short_says_how_far_it_may_be() {
    let problem = generate(Size { structures: 60, lots: 400, supply_percent: 65 }, 4);
    let stopped = solve_with(&problem, &Options::default(), &mut || false).unwrap();
    let best = solve_with(&problem, &Options::default(), &mut || true).unwrap();
    assert!(!stopped.haul.least && best.haul.least);
    assert!(stopped.haul.bound <= best.haul.cost && best.haul.cost < stopped.haul.cost);
    assert!(stopped.certificate.holds);
    assert_eq!(check(&problem, &stopped), vec![]);
}
