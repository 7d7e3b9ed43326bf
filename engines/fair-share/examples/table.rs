//! Prints what the engine costs and brings on made-up territories, as Markdown: CPU seconds of one thread, peak memory.
//!
//! `cargo run --release -p fair-share --example table -- [--heavy] [--seed 1] [--supply 65]`
#![expect(clippy::print_stdout, reason = "a measure prints what it has measured")]

use std::collections::BTreeMap;
use std::fs::{read_to_string, write};
use std::time::Instant;

use fair_share::generator::{Dice, Size, generate};
use fair_share::{
    CrateShare, Desk, Options, Plan, Problem, Ratio, Share, USUAL_METRE_PRICE, check, gram_metres, level,
    solve_with,
};

fn main() -> Result<(), fair_share::Invalid> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let after = |name: &str, usual: i64| {
        let at = words.iter().position(|word| word == name);
        at.and_then(|at| words.get(at + 1)?.parse().ok()).unwrap_or(usual)
    };
    let (seed, supply_percent) = (after("--seed", 1), after("--supply", 65));
    let mut sizes = vec![(40, 50), (40, 200), (100, 500), (200, 1_000), (400, 2_000), (1_000, 8_000)];
    if words.iter().any(|word| word == "--heavy") {
        sizes.push((2_000, 20_000));
    }
    println!("Supply {supply_percent} % of need, seed {seed}, one thread, CPU seconds.\n");
    println!(
        "| structures × lots | pairs | leximin, certified | whole plan | t·km: any leximin → exact → crates | \
         in crates | Gini exact → crates | lowest exact → crates | urgent pour, 99 of 100 | memory | second opinion |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|");
    for (structures, lots) in sizes {
        let problem = generate(Size { structures, lots, supply_percent }, seed.unsigned_abs());
        let _ = write("/proc/self/clear_refs", "5");
        let ((_, certificate), levelled) = measured(|| level(&problem))?;
        let memory_of_levels = peak();
        let (plan, planned) = measured(|| solve_with(&problem, &Options::default(), &mut || true))?;
        let memory = peak();
        let pairs: usize = problem.lots.iter().map(|lot| lot.candidates.len()).sum();
        let placed: i64 = plan.crates.iter().map(|share| share.grams).sum();
        let kilometres = |shares: &[Share]| gram_metres(&problem, shares) / 1_000_000_000;
        let share = |s: &CrateShare| Share { lot: s.lot, structure: s.structure, grams: s.grams };
        let in_crates: Vec<Share> = plan.crates.iter().map(share).collect();
        let (exact, crates) = (levels(&problem, &plan, false), levels(&problem, &plan, true));
        let sound = certificate.holds && plan.certificate.holds && check(&problem, &plan).is_empty();
        println!(
            "| {structures} × {lots} | {pairs} | {levelled:.4} | {planned:.3} | {} → {} → {} | {:.1} % | {:.4} → {:.4} | \
             {:.3} → {:.3} | {:.2} ms | {memory_of_levels}, {memory} MB | {} |",
            kilometres(&any_leximin(&problem)?),
            kilometres(&plan.fractional),
            kilometres(&in_crates),
            placed as f64 * 100.0 / plan.certificate.total_grams.max(1) as f64,
            gini(&exact),
            gini(&crates),
            exact.first().unwrap_or(&0.0),
            crates.first().unwrap_or(&0.0),
            slowest_pour(&problem)? * 1e3,
            if sound { "sound" } else { "NOT SOUND" },
        );
    }
    Ok(())
}

/// The time that this thread has spent working; where the system does not tell, the time on the wall.
struct Cpu(Option<u64>, Instant);

impl Cpu {
    fn now() -> Self {
        let told = read_to_string("/proc/thread-self/schedstat").ok();
        let told = told.and_then(|text| text.split_whitespace().next()?.parse().ok());
        Self(told, Instant::now())
    }

    fn seconds(&self) -> f64 {
        match (self.0, Self::now().0) {
            (Some(then), Some(now)) => (now - then) as f64 / 1e9,
            _ => self.1.elapsed().as_secs_f64(),
        }
    }
}

/// What some work gives, and its mean seconds over as many repetitions as a clock that ticks needs.
fn measured<T, E>(work: impl Fn() -> Result<T, E>) -> Result<(T, f64), E> {
    let start = Cpu::now();
    let mut many = 0.0;
    loop {
        let done = work()?;
        many += 1.0;
        if start.seconds() > 0.25 {
            return Ok((done, start.seconds() / many));
        }
    }
}

/// Most memory held since it was last reset, in megabytes.
fn peak() -> u64 {
    let text = read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1_024
}

/// A leximin division that knows nothing of distances.
fn any_leximin(problem: &Problem) -> Result<Vec<Share>, fair_share::Invalid> {
    let (mut blind, mut dice) = (problem.clone(), Dice::new(7));
    for candidate in blind.lots.iter_mut().flat_map(|lot| &mut lot.candidates) {
        candidate.metres = dice.between(0, 1_000_000) as u32;
    }
    Ok(level(&blind)?.0)
}

/// The levels of all structures, lowest first.
fn levels(problem: &Problem, plan: &Plan, crates: bool) -> Vec<f64> {
    let both = problem.structures.iter().zip(&plan.levels);
    let level = both.filter_map(|(structure, level)| {
        let grams = if crates { level.crate_grams } else { level.fractional_grams };
        Ratio::new(structure.past_grams + grams, structure.weight)
    });
    let mut levels: Vec<f64> = level.map(|ratio| ratio.grams() as f64 / ratio.weight() as f64).collect();
    levels.sort_by(f64::total_cmp);
    levels
}

fn gini(levels: &[f64]) -> f64 {
    let many = levels.len() as f64;
    let weighted: f64 =
        levels.iter().enumerate().map(|(i, level)| (2.0 * i as f64 + 1.0 - many) * level).sum();
    weighted / (many * levels.iter().sum::<f64>()).max(1e-9)
}

/// How long an urgent decision takes at most, but for one in a hundred, on an open desk; on the wall.
fn slowest_pour(problem: &Problem) -> Result<f64, fair_share::Invalid> {
    let desk = Desk::open(problem.clone())?;
    let mut times: BTreeMap<u128, usize> = BTreeMap::new();
    let mut many = 0;
    for lot in (0..problem.lots.len()).step_by((problem.lots.len() / 500).max(1)) {
        let start = Instant::now();
        desk.pour(lot, USUAL_METRE_PRICE)?;
        *times.entry(start.elapsed().as_nanos()).or_default() += 1;
        many += 1;
    }
    let mut left = many - many / 100;
    for (time, count) in times {
        if left <= count {
            return Ok(time as f64 / 1e9);
        }
        left -= count;
    }
    Ok(0.0)
}
