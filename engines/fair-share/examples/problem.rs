//! Writes a made-up problem as JSON, for other solvers to be compared on (`bench/compare_lp.py`).
//!
//! `cargo run --release -p fair-share --example problem -- 400 2000 [seed] [supply in % of need] > problem.json`
#![expect(clippy::print_stdout, reason = "it writes to the standard output")]

use fair_share::generator::Size;
use fair_share::json::{Wrong, generate};

fn main() -> Result<(), Wrong> {
    let mut words = std::env::args().skip(1).filter_map(|word| word.parse::<u32>().ok());
    let (structures, lots) = (words.next().unwrap_or(400) as usize, words.next().unwrap_or(2000) as usize);
    let seed = u64::from(words.next().unwrap_or(1));
    let supply_percent = i64::from(words.next().unwrap_or(65));
    println!("{}", generate(Size { structures, lots, supply_percent }, seed)?);
    Ok(())
}
