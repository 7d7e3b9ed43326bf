//! `cargo xtask test`: every check and test of the project, in one run, with nothing hidden.
//!
//! Invariant: the last line counts what passed, failed and was skipped; what could not be had is named before it.

mod legs;
mod outcome;
mod tally;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::arguments::Arguments;
use crate::project::Project;
use crate::terminal::{heading, spoken};
use legs::{Bench, LEGS, Leg};
use outcome::{Outcome, Summary};

/// Runs the legs asked for, in their order, going on after a failed one.
pub fn run(project: &Project, mut arguments: Arguments) -> Result<ExitCode> {
    let quick = arguments.flag("--quick");
    let sqlite_only = arguments.flag("--sqlite-only");
    let mut only = Vec::new();
    while let Some(names) = arguments.option("--only")? {
        only.extend(names.split(',').map(str::to_owned));
    }
    arguments.nothing_left()?;
    if let Some(unknown) = only.iter().find(|name| LEGS.iter().all(|leg| leg.name != name.as_str())) {
        let known: Vec<_> = LEGS.iter().map(|leg| leg.name).collect();
        bail!("there is no leg `{unknown}`; the legs are {}", known.join(", "));
    }
    let wanted = |leg: &Leg| match only.is_empty() {
        true => !quick || leg.quick,
        false => only.iter().any(|name| name == leg.name),
    };

    let strict = std::env::var("CI").is_ok_and(|value| value == "true");
    let mut bench = Bench::new(project, sqlite_only || quick);
    let mut summary = Summary::new(strict);
    for leg in LEGS {
        if !wanted(leg) {
            summary.left_out(leg.name);
            continue;
        }
        heading(&format!("{}: {}", leg.name, leg.what));
        let started = Instant::now();
        let outcomes = match leg.needs.filter(|needed| summary.failed(needed)) {
            Some(needed) => vec![(leg.name, Outcome::skipped(format!("{needed} failed before it")))],
            None => (leg.run)(&mut bench, leg.name),
        };
        let took = started.elapsed();
        for (name, outcome) in outcomes {
            println!("{} {name} after {}", outcome.word(), spoken(took));
            summary.add(name, took, outcome);
        }
    }
    // The cluster stops before the last lines, so that nothing is printed after them.
    drop(bench);
    heading("summary");
    Ok(if summary.print() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
