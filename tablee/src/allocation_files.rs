//! `tablee allocation …`: a day's problem solved, judged, simulated or made up from files, without any database. Whoever
//! distrusts a plan repeats it here; the formats are told in docs/allocation.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use clap::Subcommand;
use fair_share::generator::Size;
use fair_share::json::{self, Wrong};
use tokio::time::Instant;

/// What can be done with allocation files.
#[derive(Clone, Debug, Subcommand)]
pub enum Allocation {
    /// Solves a problem: the fairest plan, its proof, whole crates and the reasons.
    Solve {
        /// The problem, as docs/allocation/problem.schema.json tells.
        problem: PathBuf,
        /// Where the plan is written; on the terminal without it.
        #[arg(short, long)]
        output: Option<PathBuf>,
        /// Seconds after which the search for shorter ways ends; what is given to whom does not depend on it.
        #[arg(long)]
        time_limit: Option<u64>,
    },
    /// Judges a plan with other code than the solver's: limits, fairness, urgency, whole crates, totals.
    Check {
        /// The problem.
        problem: PathBuf,
        /// The plan, ours or another's.
        plan: PathBuf,
    },
    /// Plays made-up weeks under each way of sharing.
    Simulate {
        /// Settings, policies and seeds, as docs/allocation/README.md tells.
        simulation: PathBuf,
        /// Where the figures are written; on the terminal without it.
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
    /// Makes up a problem: the same for the same seed.
    Generate {
        /// How many structures.
        #[arg(long, default_value_t = 40)]
        structures: usize,
        /// How many lots.
        #[arg(long, default_value_t = 200)]
        lots: usize,
        /// All lots together, in hundredths of all needs.
        #[arg(long, default_value_t = 70)]
        supply_percent: i64,
        /// The seed.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Where the problem is written; on the terminal without it.
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
}

/// The exit code of input that is not understood.
const NOT_UNDERSTOOD: u8 = 2;

/// Does it. Input that is not understood is named by file and field, with exit code 2; a plan that does not hold ends
/// with exit code 1.
///
/// # Errors
/// When a file cannot be read or written.
pub fn run(command: &Allocation) -> anyhow::Result<ExitCode> {
    match command {
        Allocation::Solve { problem, output, time_limit } => {
            let text = read(problem)?;
            let until = time_limit.map(|seconds| Instant::now() + Duration::from_secs(seconds));
            let mut go_on = || until.is_none_or(|until| Instant::now() < until);
            told(problem, json::solve(&text, &mut go_on), output.as_deref())
        }
        Allocation::Check { problem, plan } => match json::check(&read(problem)?, &read(plan)?) {
            Ok(verdict) => {
                say(&verdict.json(), None)?;
                Ok(if verdict.sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
            }
            Err(wrong) => Ok(not_understood(problem, &wrong)),
        },
        Allocation::Simulate { simulation, output } => {
            told(simulation, json::simulate(&read(simulation)?), output.as_deref())
        }
        Allocation::Generate { structures, lots, supply_percent, seed, output } => {
            let size = Size { structures: *structures, lots: *lots, supply_percent: *supply_percent };
            told(Path::new("generate"), json::generate(size, *seed), output.as_deref())
        }
    }
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn told(file: &Path, outcome: Result<String, Wrong>, output: Option<&Path>) -> anyhow::Result<ExitCode> {
    match outcome {
        Ok(text) => {
            say(&text, output)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(wrong) => Ok(not_understood(file, &wrong)),
    }
}

fn say(text: &str, output: Option<&Path>) -> anyhow::Result<()> {
    use std::io::Write as _;
    match output {
        Some(path) => std::fs::write(path, format!("{text}\n"))
            .with_context(|| format!("{} cannot be written", path.display())),
        None => Ok(writeln!(std::io::stdout(), "{text}")?),
    }
}

fn not_understood(file: &Path, wrong: &Wrong) -> ExitCode {
    use std::io::Write as _;
    // Nothing more can be done where the terminal is gone.
    let _ = writeln!(std::io::stderr(), "tablee: {}: {wrong}", file.display());
    ExitCode::from(NOT_UNDERSTOOD)
}
