//! Measures the engine on made-up territories: seconds and the certificate, per size.
//!
//! `cargo run --release -p fair-share --example measure -- 400 2000`

use std::time::Instant;

use fair_share::generator::{Size, generate};

#[expect(clippy::print_stdout, reason = "a measure prints what it has measured")]
fn main() {
    let mut sizes = std::env::args().skip(1).filter_map(|word| word.parse::<usize>().ok());
    let (structures, lots) = (sizes.next().unwrap_or(400), sizes.next().unwrap_or(2000));
    let seed = sizes.next().unwrap_or(1) as u64;
    let problem = generate(Size { structures, lots, supply_percent: 65 }, seed);
    let pairs: usize = problem.lots.iter().map(|lot| lot.candidates.len()).sum();
    let start = Instant::now();
    match fair_share::level(&problem) {
        Ok((shares, certificate)) => {
            println!(
                "{structures} x {lots}: {pairs} candidates, {} shares, {:?}",
                shares.len(),
                start.elapsed()
            );
            println!("{certificate:?}");
        }
        Err(invalid) => println!("{invalid}"),
    }
    let start = Instant::now();
    if let Ok(plan) = fair_share::solve(&problem) {
        let placed: i64 = plan.crates.iter().map(|share| share.grams).sum();
        println!(
            "whole plan {:?}: {} groups, {:.2} % of the exact optimum in whole crates",
            start.elapsed(),
            plan.groups.len(),
            placed as f64 * 100.0 / plan.certificate.total_grams.max(1) as f64,
        );
    }
}
