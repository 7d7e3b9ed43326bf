//! Measures the engine on made-up territories: seconds, the certificate and the second opinion, for one size.
//!
//! `cargo run --release -p fair-share --example measure -- 400 2000 [seed] [supply in % of need]`
#![expect(clippy::print_stdout, reason = "a measure prints what it has measured")]

use std::time::Instant;

use fair_share::generator::{Size, generate};
use fair_share::{Invalid, check, gram_metres, level, solve};

fn main() -> Result<(), Invalid> {
    let mut words = std::env::args().skip(1).filter_map(|word| word.parse::<u32>().ok());
    let structures = words.next().unwrap_or(400) as usize;
    let lots = words.next().unwrap_or(2000) as usize;
    let seed = u64::from(words.next().unwrap_or(1));
    let supply_percent = i64::from(words.next().unwrap_or(65));
    let problem = generate(Size { structures, lots, supply_percent }, seed);
    let pairs: usize = problem.lots.iter().map(|lot| lot.candidates.len()).sum();
    println!("{structures} structures, {lots} lots, {pairs} candidates, supply {supply_percent} %");

    let start = Instant::now();
    let (shares, certificate) = level(&problem)?;
    println!("certified optimum: {:?}, {} shares", start.elapsed(), shares.len());
    println!("{certificate:?}");
    let before = gram_metres(&problem, &shares) / 1_000_000_000;
    drop(shares);

    let start = Instant::now();
    let plan = solve(&problem)?;
    println!("whole plan: {:?}, {} groups", start.elapsed(), plan.groups.len());
    let after = gram_metres(&problem, &plan.fractional) / 1_000_000_000;
    println!("t·km: {before}, {after} with the shorter ways");
    let placed: i64 = plan.crates.iter().map(|share| share.grams).sum();
    let parts = i128::from(placed) * 10_000 / i128::from(plan.certificate.total_grams.max(1));
    println!("in whole crates: {parts} / 10000 of the optimum, {} shares", plan.crates.len());
    println!("second opinion: {:?}", check(&problem, &plan));
    Ok(())
}
