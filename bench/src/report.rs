//! The figures as Markdown, for people to read and for `docs/benchmarks.md`.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use crate::allocate::Rounds;
use crate::measure::Outcome;
use crate::scenarios::Scenario;
use crate::server::{Memory, Started};
use crate::territory::Territory;

/// What was written.
pub fn territory(territory: &Territory) -> String {
    let mut text = String::from("| territory | rows |\n|---|---:|\n");
    for (what, count) in &territory.counts {
        let _ = writeln!(text, "| {what} | {} |", grouped(*count));
    }
    let _ = writeln!(text, "| file or database | {} |", mebibytes(territory.bytes));
    if let Some(wrote) = territory.wrote {
        let _ = writeln!(
            text,
            "| written in bulk by SQL, not through the use cases | {:.0} s |",
            wrote.as_secs_f64()
        );
    }
    text
}

/// What the program weighs and how it starts.
pub fn program(tablee: &Path, started: &Started) -> anyhow::Result<String> {
    let size = std::fs::metadata(tablee)?.len();
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    Ok(format!(
        "| program | |\n|---|---:|\n| binary | {} |\n| until it listens | {} ms |\n| until the first page is answered | {} ms |\n\
         | memory after that page | {} |\n| load of the machine before | {} |\n",
        mebibytes(size),
        millis(started.listened),
        millis(started.answered),
        mebibytes(started.idle.resident),
        load.split(' ').take(3).collect::<Vec<_>>().join(" "),
    ))
}

/// The table of pages, printed row by row: a run takes minutes.
pub struct Table;

impl Table {
    /// Prints its head.
    pub fn begin() -> Self {
        println!(
            "| page | people | each asks | p50 ms | p90 ms | p99 ms | max ms | answers/s | errors | KiB | memory |"
        );
        println!("|---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        Self
    }

    /// Prints a row, and what went wrong.
    pub fn row(&mut self, scenario: &Scenario, outcome: &Outcome, memory: Memory) {
        let pace =
            scenario.every.map_or("at once".to_owned(), |every| format!("every {} s", every.as_secs()));
        let head = format!("| {} | {} | {pace} |", scenario.name, scenario.people.len());
        match outcome {
            Outcome::Missing(status) => println!("{head} missing ({status}) | | | | | | | |"),
            Outcome::Measured(measured) => {
                let figures = &measured.figures;
                let percentiles: Vec<String> =
                    [50, 90, 99, 100].iter().map(|at| millis(figures.percentile(*at))).collect();
                let errors: usize = measured.errors.values().sum();
                println!(
                    "{head} {} | {:.0} | {errors} | {} | {} |",
                    percentiles.join(" | "),
                    rate(figures.count(), measured.took),
                    kibibytes(measured.bytes / figures.count().max(1)),
                    mebibytes(memory.resident),
                );
                for (error, often) in &measured.errors {
                    eprintln!("  {often} × {error}");
                }
            }
        }
    }

    /// Prints the most memory it took so far.
    pub fn end(self, memory: Memory) {
        println!("\nThe most memory the server held for its pages: {}.\n", mebibytes(memory.most));
    }
}

/// The runs of the allocation.
pub fn allocation(rounds: &Rounds) -> String {
    let mut text = String::from("| daily allocation | seconds | its page, ms |\n|---|---:|---:|\n");
    for (turn, (prepared, shown)) in (1_usize..).zip(rounds.prepared.iter().zip(&rounds.shown)) {
        let _ = writeln!(text, "| run {turn} | {:.2} | {} |", prepared.as_secs_f64(), millis(*shown));
    }
    if let Some(trouble) = &rounds.trouble {
        let _ = writeln!(text, "| {trouble} | | |");
    }
    let Memory { resident, most } = rounds.memory;
    let _ = writeln!(text, "\nMemory after the runs: {}, {} at most.", mebibytes(resident), mebibytes(most));
    text
}

fn millis(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1000.0)
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn rate(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64().max(f64::EPSILON)
}

fn kibibytes(bytes: usize) -> String {
    format!("{}.{}", bytes / 1024, bytes % 1024 * 10 / 1024)
}

fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", bytes.div_ceil(1024 * 1024))
}

/// `1512000` becomes `1,512,000`.
fn grouped(count: i64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_readable() {
        assert_eq!(grouped(1_512_000), "1,512,000");
        assert_eq!(grouped(300), "300");
        assert_eq!(millis(Duration::from_micros(1_250)), "1.2");
        assert_eq!(kibibytes(1024 * 8 + 512), "8.5");
        assert_eq!(mebibytes(1024 * 1024 + 1), "2 MiB");
    }
}
