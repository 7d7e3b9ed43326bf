//! Prints the table of the simulator: what eight weeks look like under each way of sharing, mean of some seeds.
//!
//! `cargo run --release -p fair-share --example weeks -- [structures] [lots a day] [days] [supply in %] [seeds]`
#![expect(clippy::print_stdout, reason = "a measure prints what it has measured")]

use fair_share::Invalid;
use fair_share::simulator::{Figures, Policy, Settings, reference, simulate};

fn main() -> Result<(), Invalid> {
    let mut words = std::env::args().skip(1).filter_map(|word| word.parse::<u32>().ok());
    let mut next = |usual: u32| words.next().unwrap_or(usual);
    let settings = Settings {
        structures: next(100) as usize,
        lots_per_day: next(60) as usize,
        days: next(56) as usize,
        supply_percent: i64::from(next(70)),
        ..Settings::default()
    };
    let seeds = u64::from(next(3).max(1));
    let rows = [
        ("nearest first (telephone)", Policy::NearestFirst),
        ("pro rata of the need, per lot", Policy::ProRata),
        ("water-filling, today only", Policy::WaterToday),
        ("water-filling with memory", Policy::WaterMemory),
        ("urgent at once + daily batch", Policy::UrgentThenBatch),
        ("all in the daily batch", Policy::Batch),
        ("batch, deliveries >= 15 % of a week", Policy::Gathered { minimum_permille: 150 }),
        ("batch, deliveries >= 30 % of a week", Policy::Gathered { minimum_permille: 300 }),
    ];
    println!(
        "| policy | kg given | still there | worst | p10 | Gini | worst 2 weeks | km/kg | receivers/lot | receptions/week |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for (name, policy) in rows {
        let all = (1..=seeds).map(|seed| simulate(&settings, policy, seed)).collect::<Result<Vec<_>, _>>()?;
        print_row(name, &all);
    }
    let all = (1..=seeds).map(|seed| reference(&settings, seed)).collect::<Result<Vec<_>, _>>()?;
    print_row("reference (all known at once)", &all);
    Ok(())
}

fn print_row(name: &str, all: &[Figures]) {
    let mean = |figure: fn(&Figures) -> i64| all.iter().map(figure).sum::<i64>() as f64 / all.len() as f64;
    println!(
        "| {name} | {:.1} % | {:.1} % | {:.3} | {:.3} | {:.4} | {:.3} | {:.2} | {:.1} | {:.1} |",
        mean(|f| f.given) / 100.0,
        mean(|f| f.waiting) / 100.0,
        mean(|f| f.worst) / 1e4,
        mean(|f| f.tenth) / 1e4,
        mean(|f| f.gini) / 1e4,
        mean(|f| f.worst_fortnight) / 1e4,
        mean(|f| f.metres) / 1e3,
        mean(|f| f.receivers) / 100.0,
        mean(|f| f.receptions) / 100.0,
    );
}
