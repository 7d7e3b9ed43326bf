//! A second implementation of the model, slow and plain, to compare the engine with.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests fail loudly")]

use std::cmp::Ordering;
use std::collections::VecDeque;

use fair_share::generator::Dice;
use fair_share::{Candidate, Lot, Need, Problem, Rayon, Structure};

/// A very small problem, of a few grams.
pub fn tiny(seed: u64, structures: i64, lots: i64, most: i64) -> Problem {
    let mut dice = Dice::new(seed);
    let (temperatures, classes) = (2, 2);
    let rayons: Vec<Rayon> = [0, 1, 0].map(|temperature| Rayon { temperature }).to_vec();
    let structures: Vec<Structure> = (0..structures)
        .map(|_| Structure {
            past_grams: dice.between(0, 6),
            weight: dice.between(1, 5),
            storage: (0..temperatures).map(|_| dice.between(0, most * 2)).collect(),
            needs: (0..rayons.len())
                .map(|rayon| Need { rayon, caps: (0..classes).map(|_| dice.between(0, most + 2)).collect() })
                .collect(),
        })
        .collect();
    let lots = (0..lots)
        .map(|_| Lot {
            rayon: dice.between(0, 2) as usize,
            class: dice.between(0, 1) as usize,
            grams: dice.between(0, most),
            crate_grams: dice.between(0, 2),
            candidates: (0..structures.len() as u32)
                .filter_map(|structure| {
                    let metres = dice.between(1, 9) as u32;
                    dice.chance(70).then_some(Candidate { structure, metres })
                })
                .collect(),
            exclusions: vec![],
        })
        .collect();
    Problem { temperatures, classes, rayons, structures, lots, tolerance_permille: 0 }
}

/// Maximum flow by shortest augmenting paths (Edmonds and Karp 1972) from the lots that `lot` accepts to the
/// structures that `structure` accepts.
pub fn max_flow(problem: &Problem, lot: impl Fn(usize) -> bool, structure: impl Fn(usize) -> bool) -> i64 {
    let mut arcs: Vec<(usize, i64)> = Vec::new();
    let mut out: Vec<Vec<usize>> = vec![vec![]; 2];
    let mut join = |out: &mut Vec<Vec<usize>>, from: usize, to: usize, cap: i64| {
        while out.len() <= from.max(to) {
            out.push(vec![]);
        }
        out[from].push(arcs.len());
        arcs.push((to, cap));
        out[to].push(arcs.len());
        arcs.push((from, 0));
    };
    let mut nodes = 2 + problem.lots.len();
    let mut entry = vec![vec![None; problem.rayons.len()]; problem.structures.len()];
    for (a, it) in problem.structures.iter().enumerate() {
        if it.weight == 0 || !structure(a) {
            continue;
        }
        let storages = nodes;
        nodes += problem.temperatures;
        for (temperature, &room) in it.storage.iter().enumerate() {
            join(&mut out, storages + temperature, 1, room);
        }
        for need in &it.needs {
            entry[a][need.rayon] = Some(nodes);
            for (class, &cap) in need.caps.iter().enumerate() {
                let last = class + 1 == problem.classes;
                let to = if last { storages + problem.rayons[need.rayon].temperature } else { nodes + 1 };
                join(&mut out, nodes, to, cap);
                nodes += 1;
            }
        }
    }
    for (l, it) in problem.lots.iter().enumerate().filter(|&(l, _)| lot(l)) {
        join(&mut out, 0, 2 + l, it.grams);
        for candidate in &it.candidates {
            if let Some(entry) = entry[candidate.structure as usize][it.rayon] {
                join(&mut out, 2 + l, entry + it.class, i64::MAX / 4);
            }
        }
    }
    let mut total = 0;
    loop {
        let mut from: Vec<Option<usize>> = vec![None; out.len()];
        let mut queue = VecDeque::from([0]);
        while let Some(node) = queue.pop_front() {
            for &arc in &out[node] {
                let (to, room) = arcs[arc];
                if room > 0 && to != 0 && from[to].is_none() {
                    from[to] = Some(arc);
                    queue.push_back(to);
                }
            }
        }
        let mut path = vec![];
        let mut node = 1;
        while let Some(arc) = from[node] {
            path.push(arc);
            node = arcs[arc ^ 1].0;
        }
        if path.is_empty() {
            return total;
        }
        let grams = path.iter().map(|&arc| arcs[arc].1).min().unwrap();
        for arc in path {
            arcs[arc].1 -= grams;
            arcs[arc ^ 1].1 += grams;
        }
        total += grams;
    }
}

/// The leximin vector in whole grams, by greed over the polymatroid: gram after gram to the lowest structure for
/// which no set of structures would then hold more than the lots can bring it (all sets are looked at).
pub fn greedy(problem: &Problem) -> Vec<i64> {
    let n = problem.structures.len();
    let rank: Vec<i64> =
        (0..1_usize << n).map(|set| max_flow(problem, |_| true, |a| set >> a & 1 == 1)).collect();
    let mut shares = vec![0; n];
    let mut open: Vec<usize> = (0..n).filter(|&a| problem.structures[a].weight > 0).collect();
    while let Some(&a) = open.iter().min_by(|&&a, &&b| before(problem, &shares, a, b)) {
        shares[a] += 1;
        let holds = |set: usize| (0..n).filter(|&b| set >> b & 1 == 1).map(|b| shares[b]).sum::<i64>();
        if (0..1_usize << n).any(|set| holds(set) > rank[set]) {
            shares[a] -= 1;
            open.retain(|&b| b != a);
        }
    }
    shares
}

fn before(problem: &Problem, shares: &[i64], a: usize, b: usize) -> Ordering {
    let (x, y) = (&problem.structures[a], &problem.structures[b]);
    let left = (x.past_grams + shares[a]) * y.weight;
    let right = (y.past_grams + shares[b]) * x.weight;
    left.cmp(&right).then(x.weight.cmp(&y.weight)).then(a.cmp(&b))
}

/// Compares two vectors of shares by their sorted levels, poorest first: greater is fairer.
pub fn compare(problem: &Problem, left: &[i64], right: &[i64]) -> Ordering {
    let levels = |shares: &[i64]| {
        let mut levels: Vec<(i64, i64)> = (0..shares.len())
            .filter(|&a| problem.structures[a].weight > 0)
            .map(|a| (problem.structures[a].past_grams + shares[a], problem.structures[a].weight))
            .collect();
        levels.sort_by(|x, y| (x.0 * y.1).cmp(&(y.0 * x.1)));
        levels
    };
    let (left, right) = (levels(left), levels(right));
    let order = |(x, y): (&(i64, i64), &(i64, i64))| (x.0 * y.1).cmp(&(y.0 * x.1));
    left.iter().zip(&right).map(order).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// Every vector of shares that any division of the lots can give.
pub fn every_division(problem: &Problem) -> Vec<Vec<i64>> {
    let mut pairs = vec![];
    for (l, lot) in problem.lots.iter().enumerate() {
        for candidate in &lot.candidates {
            pairs.push((l, candidate.structure as usize));
        }
    }
    let mut found = vec![];
    let mut grams = vec![0; pairs.len()];
    divide(problem, &pairs, 0, &mut grams, &mut found);
    found.sort();
    found.dedup();
    found
}

fn divide(
    problem: &Problem,
    pairs: &[(usize, usize)],
    i: usize,
    grams: &mut Vec<i64>,
    found: &mut Vec<Vec<i64>>,
) {
    let sum = |keep: &dyn Fn(usize, usize) -> bool| {
        pairs.iter().zip(grams.iter()).filter(|((l, a), _)| keep(*l, *a)).map(|(_, g)| g).sum::<i64>()
    };
    if i == pairs.len() {
        let fits = problem.structures.iter().enumerate().all(|(a, it)| {
            let by = |keep: &dyn Fn(&Lot) -> bool| sum(&|l, b| b == a && keep(&problem.lots[l]));
            let asked = |rayon| it.needs.iter().any(|need| need.rayon == rayon);
            by(&|lot| !asked(lot.rayon)) == 0
                && it
                    .storage
                    .iter()
                    .enumerate()
                    .all(|(th, &room)| by(&|lot| problem.rayons[lot.rayon].temperature == th) <= room)
                && it.needs.iter().all(|need| {
                    need.caps
                        .iter()
                        .enumerate()
                        .all(|(k, &cap)| by(&|lot| lot.rayon == need.rayon && lot.class <= k) <= cap)
                })
        });
        if fits {
            found.push((0..problem.structures.len()).map(|a| sum(&|_, b| b == a)).collect());
        }
        return;
    }
    let lot = pairs[i].0;
    let left = problem.lots[lot].grams - sum(&|l, _| l == lot);
    for part in 0..=left {
        grams[i] = part;
        divide(problem, pairs, i + 1, grams, found);
    }
    grams[i] = 0;
}
