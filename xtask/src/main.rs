//! `cargo xtask …`: everything a person or CI types in this project, one verb per file.
//!
//! Invariant: only the standard library, serde_json and anyhow, so that the first line of output comes after
//! seconds of compilation even on a fresh machine.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command speaks to the person at the terminal"
)]

mod arch;
mod arguments;
mod assets;
mod bench;
mod chromium;
mod demo;
mod files;
mod i18n;
mod licences;
mod npm;
mod packages;
mod postgres;
mod process;
mod project;
mod source;
mod statements;
mod system;
mod terminal;
mod test;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::arguments::Arguments;
use crate::project::Project;

const HELP: &str = "\
cargo xtask demo [--reset] [--port N] [--db FILE]   build and start the demo territory on this machine
cargo xtask test [--quick] [--only LEG] [--sqlite-only]
                                                    every check and test; says at the end what was skipped
cargo xtask pg                                      a throw-away PostgreSQL in the foreground, for developers
cargo xtask assets                                  front-end files into web/dist
cargo xtask arch                                    the layout and dependency rules
cargo xtask i18n [--fix]                            the French and English catalogues; --fix sets French spaces
cargo xtask licences                                licences and bans of every dependency
cargo xtask bench [NAME] [ARGUMENTS…]               benchmarks of the release build";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    let mut arguments = Arguments::from_command_line();
    let Some(verb) = arguments.next_word() else {
        println!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    };
    let project = Project::find()?;
    match verb.as_str() {
        "demo" => demo::run(&project, arguments),
        "test" => test::run(&project, arguments),
        "bench" => bench::run(&project, arguments),
        "pg" => arguments.nothing_left().and_then(|()| postgres::in_foreground(&project)),
        "assets" => arguments.nothing_left().and_then(|()| assets::run(&project)).map(|()| ExitCode::SUCCESS),
        "arch" => arguments.nothing_left().and_then(|()| verdict("arch", arch::check(&project)?)),
        "i18n" => {
            let fix = arguments.flag("--fix");
            arguments.nothing_left()?;
            if fix {
                i18n::repair(&project)?;
            }
            verdict("i18n", i18n::check(&project)?)
        }
        "licences" => arguments.nothing_left().and_then(|()| verdict("licences", licences::check(&project)?)),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        other => bail!("there is no verb `{other}`.\n\n{HELP}"),
    }
}

/// Prints what a check found; success only when it found nothing wrong.
fn verdict(name: &str, report: terminal::Report) -> Result<ExitCode> {
    Ok(if report.print(name) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
