//! The same model as a linear programme, solved by a general solver that knows nothing of flows.
//!
//! Leximin by successive programmes (Ogryczak and Śliwiński 2006): raise all that are not fixed as high as possible,
//! fix those that cannot be higher, go on. And theorem T2 by first-order conditions: a point of a polytope minimises a
//! convex function if and only if no point of it is better for the gradient there; so one programme each shows that
//! the leximin division has the largest Nash product, and the least sum of squares, among all divisions that give as
//! much.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests fail loudly")]

use fair_share::generator::{Size, generate};
use fair_share::{Problem, solve};
use microlp::{ComparisonOp, OptimizationDirection, Variable};

/// The programme: variables in kilograms for each pair that is open, and for what each structure receives.
struct Programme {
    lp: microlp::Problem,
    received: Vec<Variable>,
}

fn kilos(grams: i64) -> f64 {
    grams as f64 / 1_000.0
}

impl Programme {
    /// `worth` is what a kilogram of each structure counts in the objective.
    fn new(problem: &Problem, direction: OptimizationDirection, worth: &[f64]) -> Self {
        let mut lp = microlp::Problem::new(direction);
        let received: Vec<Variable> =
            worth.iter().map(|&worth| lp.add_var(worth, (0.0, f64::INFINITY))).collect();
        let mut pairs = Vec::new();
        for (l, lot) in problem.lots.iter().enumerate() {
            for a in lot.candidates.iter().map(|candidate| candidate.structure as usize) {
                let it = &problem.structures[a];
                if it.weight > 0 && it.needs.iter().any(|need| need.rayon == lot.rayon) {
                    pairs.push((l, a, lp.add_var(0.0, (0.0, f64::INFINITY))));
                }
            }
        }
        let mut at_most = |keep: &dyn Fn(usize, usize) -> bool, grams: i64| {
            let terms: Vec<_> = pairs.iter().filter(|p| keep(p.0, p.1)).map(|p| (p.2, 1.0)).collect();
            if !terms.is_empty() {
                lp.add_constraint(terms.as_slice(), ComparisonOp::Le, kilos(grams));
            }
        };
        for (l, lot) in problem.lots.iter().enumerate() {
            at_most(&|i, _| i == l, lot.grams);
        }
        for (a, it) in problem.structures.iter().enumerate() {
            for (temperature, &room) in it.storage.iter().enumerate() {
                let here = |l: usize| problem.rayons[problem.lots[l].rayon].temperature == temperature;
                at_most(&|l, b| b == a && here(l), room);
            }
            for need in &it.needs {
                for (k, &cap) in need.caps.iter().enumerate() {
                    let here = |l: usize| problem.lots[l].rayon == need.rayon && problem.lots[l].class <= k;
                    at_most(&|l, b| b == a && here(l), cap);
                }
            }
        }
        for (a, &all) in received.iter().enumerate() {
            let mut terms: Vec<_> = pairs.iter().filter(|p| p.1 == a).map(|p| (p.2, 1.0)).collect();
            terms.push((all, -1.0));
            lp.add_constraint(terms.as_slice(), ComparisonOp::Eq, 0.0);
        }
        Self { lp, received }
    }

    fn best(&self) -> f64 {
        self.lp.solve().unwrap().into_solution().unwrap().objective()
    }
}

/// The past and the weight of a structure, in kilograms.
fn standing(problem: &Problem, a: usize) -> (f64, f64) {
    (kilos(problem.structures[a].past_grams), kilos(problem.structures[a].weight))
}

/// The highest common level of the structures that are not fixed, each fixed one at its level.
fn highest(problem: &Problem, fixed: &[Option<f64>]) -> f64 {
    let mut programme = Programme::new(problem, OptimizationDirection::Maximize, &vec![0.0; fixed.len()]);
    let level = programme.lp.add_var(1.0, (0.0, 1_000.0));
    for (a, fixed) in fixed.iter().enumerate() {
        let (past, weight) = standing(problem, a);
        match *fixed {
            Some(level) => {
                let least = (level * weight - past - 1e-6).max(0.0);
                programme.lp.add_constraint([(programme.received[a], 1.0)], ComparisonOp::Ge, least);
            }
            None => {
                let terms = [(programme.received[a], 1.0), (level, -weight)];
                programme.lp.add_constraint(terms, ComparisonOp::Ge, -past);
            }
        }
    }
    programme.best()
}

/// How high one structure could be, if all others keep at least the levels given.
fn alone(problem: &Problem, a: usize, least: &[f64]) -> f64 {
    let mut worth = vec![0.0; least.len()];
    worth[a] = 1.0;
    let programme = Programme::new(problem, OptimizationDirection::Maximize, &worth);
    let mut lp = programme.lp;
    for (b, &level) in least.iter().enumerate() {
        let (past, weight) = standing(problem, b);
        lp.add_constraint(
            [(programme.received[b], 1.0)],
            ComparisonOp::Ge,
            (level * weight - past - 1e-6).max(0.0),
        );
    }
    let (past, weight) = standing(problem, a);
    (past + lp.solve().unwrap().into_solution().unwrap().objective()) / weight
}

/// Those of the open structures that rise when all rise a little together as far as they can: they are not blocked.
fn rising(problem: &Problem, open: &[usize], least: &[f64]) -> Vec<usize> {
    let mut programme = Programme::new(problem, OptimizationDirection::Maximize, &vec![0.0; least.len()]);
    let mut rises = vec![None; least.len()];
    for (a, &level) in least.iter().enumerate() {
        let (past, weight) = standing(problem, a);
        let needed = level * weight - past - 1e-6;
        if open.contains(&a) {
            let rise = programme.lp.add_var(1.0, (0.0, 0.01));
            rises[a] = Some(rise);
            let terms = [(programme.received[a], 1.0), (rise, -weight)];
            programme.lp.add_constraint(terms, ComparisonOp::Ge, needed);
        } else {
            programme.lp.add_constraint([(programme.received[a], 1.0)], ComparisonOp::Ge, needed.max(0.0));
        }
    }
    let solution = programme.lp.solve().unwrap().into_solution().unwrap();
    let rises = |a: &usize| rises[*a].is_some_and(|rise| solution.var_value(rise) > 1e-4);
    open.iter().copied().filter(rises).collect()
}

/// The levels of the leximin division, by successive programmes.
fn leximin(problem: &Problem) -> Vec<f64> {
    let many = problem.structures.len();
    let mut fixed: Vec<Option<f64>> = vec![None; many];
    while fixed.iter().any(Option::is_none) {
        let level = highest(problem, &fixed);
        let least: Vec<f64> = fixed.iter().map(|fixed| fixed.unwrap_or(level)).collect();
        let open: Vec<usize> = (0..many).filter(|&a| fixed[a].is_none()).collect();
        let free = rising(problem, &open, &least);
        let asked = open.iter().filter(|a| !free.contains(a));
        let tops: Vec<(usize, f64)> = asked.map(|&a| (a, alone(problem, a, &least))).collect();
        let lowest = tops.iter().map(|top| top.1).fold(f64::INFINITY, f64::min);
        assert!(lowest.is_finite(), "somebody is blocked at every level");
        for (a, top) in tops {
            if top <= level.max(lowest) + 1e-7 {
                fixed[a] = Some(top);
            }
        }
    }
    fixed.into_iter().flatten().collect()
}

fn levels(problem: &Problem) -> Vec<f64> {
    let levels = solve(problem).unwrap().levels;
    levels.iter().map(|level| level.after.map_or(0.0, |r| r.grams() as f64 / r.weight() as f64)).collect()
}

/// Asserts that the levels are those of successive programmes; returns the largest difference.
fn compare_levels(problem: &Problem) -> f64 {
    let both = levels(problem).into_iter().zip(leximin(problem)).enumerate();
    both.fold(0.0, |largest, (a, (found, by_programme))| {
        // Whole grams: one more or less, and the slack of the programmes.
        let close = 1e-6_f64.max(2.0 / problem.structures[a].weight as f64);
        let gap = (found - by_programme).abs();
        assert!(gap <= close, "structure {a}: {found} {by_programme}");
        gap.max(largest)
    })
}

#[test]
fn the_levels_are_those_of_successive_linear_programmes() {
    for (structures, lots, supply_percent, seed) in
        [(3, 6, 40, 1), (5, 10, 65, 2), (6, 14, 65, 3), (7, 12, 120, 4), (8, 16, 30, 5)]
    {
        compare_levels(&generate(Size { structures, lots, supply_percent }, seed));
    }
}

/// A quarter of a town; the whole one, 40 structures and 200 lots, takes minutes and differs by 1e-6 at most.
#[test]
fn the_levels_of_a_quarter_are_those_of_successive_linear_programmes() {
    let largest = compare_levels(&generate(Size { structures: 12, lots: 40, supply_percent: 65 }, 1));
    assert!(largest <= 1e-6, "{largest}");
}

/// Asserts that no division that gives as much is better for the gradient of a function of the levels.
fn best_for_gradient(problem: &Problem, direction: OptimizationDirection, gradient: impl Fn(f64) -> f64) {
    let levels = levels(problem);
    let worth: Vec<f64> = levels.iter().map(|&level| gradient(level)).collect();
    let plan = solve(problem).unwrap();
    let mut programme = Programme::new(problem, direction, &worth);
    let all: Vec<_> = programme.received.iter().map(|&variable| (variable, 1.0)).collect();
    let total = kilos(plan.certificate.total_grams);
    programme.lp.add_constraint(all.as_slice(), ComparisonOp::Ge, total - 1e-4);
    let here: f64 =
        plan.levels.iter().zip(&worth).map(|(level, worth)| kilos(level.fractional_grams) * worth).sum();
    let best = programme.best();
    let scale = here.abs().max(1.0);
    assert!((best - here).abs() <= 2e-5 * scale, "{here} {best}");
}

#[test]
fn leximin_has_the_largest_nash_product_and_the_least_squares() {
    for (structures, lots, supply_percent, seed) in
        [(6, 12, 50, 1), (12, 40, 65, 2), (20, 60, 65, 3), (20, 50, 110, 4)]
    {
        let problem = generate(Size { structures, lots, supply_percent }, seed);
        best_for_gradient(&problem, OptimizationDirection::Maximize, |level| 1.0 / level.max(1e-3));
        best_for_gradient(&problem, OptimizationDirection::Minimize, |level| level);
        best_for_gradient(&problem, OptimizationDirection::Minimize, |level| level * level * level);
    }
}

#[test]
fn the_size_of_a_town_has_the_least_squares_too() {
    let problem = generate(Size { structures: 40, lots: 200, supply_percent: 65 }, 5);
    best_for_gradient(&problem, OptimizationDirection::Minimize, |level| level);
}

#[test]
fn no_programme_gives_more() {
    for seed in 1..5 {
        let problem = generate(Size { structures: 20, lots: 60, supply_percent: 65 }, seed);
        let most = Programme::new(&problem, OptimizationDirection::Maximize, &[1.0; 20]).best();
        let given = kilos(solve(&problem).unwrap().certificate.total_grams);
        assert!((most - given).abs() <= 1e-6 * given, "{most} {given}");
    }
}
