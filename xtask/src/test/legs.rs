//! The legs of the test command, in their order.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::outcome::Outcome;
use super::tally::Tally;
use crate::postgres::{self, Cluster};
use crate::process::{cargo, listen, run, succeeds, watched};
use crate::project::Project;
use crate::terminal::Report;
use crate::{arch, assets, chromium, i18n, licences, npm, statements};

/// The tests loop over both engines when this names a PostgreSQL.
const POSTGRES_URL: &str = "TABLEE_TEST_POSTGRES_URL";

/// What the legs share.
pub struct Bench<'project> {
    project: &'project Project,
    sqlite_only: bool,
    without_postgres: bool,
    cluster: Option<Cluster>,
}

impl<'project> Bench<'project> {
    /// Nothing started yet.
    pub fn new(project: &'project Project, sqlite_only: bool) -> Self {
        Self { project, sqlite_only, without_postgres: false, cluster: None }
    }
}

type Outcomes = Vec<(&'static str, Outcome)>;

/// One leg.
pub struct Leg {
    /// How `--only` names it.
    pub name: &'static str,
    /// What it does, for its heading.
    pub what: &'static str,
    /// Whether `--quick` keeps it.
    pub quick: bool,
    /// A leg without which it cannot run.
    pub needs: Option<&'static str>,
    /// Runs it; several outcomes when part of it can be missing.
    pub run: fn(&mut Bench<'_>, &'static str) -> Outcomes,
}

const fn leg(
    name: &'static str,
    what: &'static str,
    quick: bool,
    needs: Option<&'static str>,
    run: fn(&mut Bench<'_>, &'static str) -> Outcomes,
) -> Leg {
    Leg { name, what, quick, needs, run }
}

/// All of them: cheap checks first, so that a slip is known within seconds.
pub const LEGS: &[Leg] = &[
    leg("fmt", "the code is formatted", true, None, |bench, name| {
        let mut command = cargo(bench.project);
        command.args(["fmt", "--all", "--check"]);
        checked(name, run(command))
    }),
    leg("assets", "style sheet and scripts are built", true, None, |bench, name| {
        checked(name, assets::run(bench.project))
    }),
    leg("arch", "layout and dependency rules", true, None, |bench, name| {
        reported(name, arch::check(bench.project))
    }),
    leg("i18n", "French and English catalogues", true, None, |bench, name| {
        reported(name, i18n::check(bench.project))
    }),
    leg("clippy", "lints, all targets, warnings are errors", false, None, |bench, name| {
        let mut command = coloured(cargo(bench.project));
        command.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
        checked(name, run(command))
    }),
    // The server comes with its tests: built alone it has other features, and most of the house is compiled twice.
    leg("build", "the server and every test", true, None, |bench, name| {
        let mut command = coloured(cargo(bench.project));
        command.args(["test", "--workspace", "--no-run"]);
        checked(name, run(command))
    }),
    leg("tests", "unit and integration tests on SQLite and PostgreSQL", true, Some("build"), tests),
    leg(
        "sql",
        "every statement is executed by a test on both engines",
        true,
        Some("tests"),
        |bench, name| {
            // Where PostgreSQL was not to be had, its tests were skipped and counted; this leg asks for what could be had.
            reported(name, statements::check(bench.project, bench.sqlite_only || bench.without_postgres))
        },
    ),
    leg("doc", "examples in the documentation", false, Some("build"), |bench, name| {
        let mut command = coloured(cargo(bench.project));
        command.args(["test", "--doc", "--workspace"]);
        vec![(name, counted(command, Tally::hear_cargo))]
    }),
    leg("journeys", "the browser, as a person uses it", false, Some("build"), journeys),
    leg("licences", "licences and bans of the dependencies", false, None, |bench, name| {
        reported(name, licences::check(bench.project))
    }),
];

fn tests(bench: &mut Bench<'_>, name: &'static str) -> Outcomes {
    let mut outcomes = Vec::new();
    let mut command = coloured(cargo(bench.project));
    let with_nextest = {
        let mut version = cargo(bench.project);
        version.args(["nextest", "--version"]);
        succeeds(version)
    };
    if with_nextest {
        command.args(["nextest", "run", "--workspace", "--no-fail-fast"]);
    } else {
        println!("cargo-nextest is not here, so cargo test is used (slower, the same tests)");
        command.args(["test", "--workspace", "--tests", "--no-fail-fast"]);
    }
    match statements::begin(bench.project) {
        Ok(folder) => command.env(statements::LOG, folder),
        Err(error) => return checked(name, Err(error)),
    };
    match postgres_url(bench) {
        Ok(Some(url)) => {
            command.env(POSTGRES_URL, url);
        }
        Ok(None) => {
            println!("on SQLite only, as asked");
            command.env_remove(POSTGRES_URL);
        }
        Err(error) => {
            println!("SKIPPED, the tests on PostgreSQL: {error:#}");
            outcomes.push(("postgres", Outcome::skipped(format!("{error:#}"))));
            bench.without_postgres = true;
            command.env_remove(POSTGRES_URL);
        }
    }
    let hear = if with_nextest { Tally::hear_nextest } else { Tally::hear_cargo };
    outcomes.push((name, counted(command, hear)));
    outcomes
}

/// The PostgreSQL to test on: the one somebody named, else a private one; none when not wanted.
fn postgres_url(bench: &mut Bench<'_>) -> Result<Option<String>> {
    if bench.sqlite_only {
        return Ok(None);
    }
    if let Ok(named) = std::env::var(POSTGRES_URL) {
        println!("on SQLite and on the PostgreSQL that {POSTGRES_URL} names");
        return Ok(Some(named));
    }
    if bench.cluster.is_none() {
        let cluster = postgres::start()?;
        println!("on SQLite and on a private PostgreSQL {}", cluster.version());
        bench.cluster = Some(cluster);
    }
    Ok(bench.cluster.as_ref().map(Cluster::url))
}

fn journeys(bench: &mut Bench<'_>, name: &'static str) -> Outcomes {
    let browser = match chromium::program() {
        Ok(browser) => browser,
        Err(error) => {
            println!("SKIPPED, the browser journeys: {error:#}");
            return vec![(name, Outcome::skipped(format!("{error:#}")))];
        }
    };
    match journeys_in(bench, browser) {
        Ok(outcomes) => outcomes,
        Err(error) => checked(name, Err(error)),
    }
}

fn journeys_in(bench: &mut Bench<'_>, browser: PathBuf) -> Result<Outcomes> {
    let folder = bench.project.path("e2e");
    let own = scripts(&folder.join("lib"))?;
    let journeys = scripts(&folder.join("journeys"))?;
    let mut outcomes = Vec::new();
    // The harness proves itself even before there is a journey to make with it.
    let mut name = "journeys";
    if journeys.is_empty() {
        println!("SKIPPED, the browser journeys: there is none in e2e/journeys");
        outcomes.push((name, Outcome::skipped("there is none in e2e/journeys")));
        name = "harness";
    }
    npm::fetch(&folder)?;
    let binary = bench.project.binary("debug")?;
    let mut command = Command::new(assets::node()?);
    if !journeys.is_empty() {
        println!("writing the demo territory that the journeys copy");
        let template = bench.project.target()?.join("journeys.db");
        let mut seed = Command::new(&binary);
        seed.arg("demo").arg("--db").arg(&template).args(["--reset", "--seed-only"]);
        run(seed)?;
        command.env("TABLEE_E2E_TEMPLATE", template);
    }
    // A limit, so that a browser that hangs cannot hold CI for ever; no journey comes near it.
    command.args(["--test", "--test-reporter=spec", "--test-timeout=900000"]).args(own).args(journeys);
    command.current_dir(&folder).env("TABLEE_BIN", binary).env("CHROMIUM", browser);
    // Journeys about several processes need the engine that serves several processes.
    match postgres_url(bench) {
        Ok(Some(url)) => command.env(POSTGRES_URL, url),
        Ok(None) | Err(_) => command.env_remove(POSTGRES_URL),
    };
    if watched() {
        command.env("FORCE_COLOR", "1");
    }
    outcomes.push((name, counted(command, Tally::hear_node)));
    Ok(outcomes)
}

/// The test files of a folder: node's own search differs between its versions.
fn scripts(folder: &std::path::Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = crate::files::walk(folder)?;
    files.retain(|path| path.to_string_lossy().ends_with(".test.mjs"));
    Ok(files)
}

/// Our pipes must not cost a person the colours and the progress bar.
fn coloured(mut command: Command) -> Command {
    if watched() {
        command.env("CARGO_TERM_COLOR", "always");
        command.env("CARGO_TERM_PROGRESS_WHEN", "always").env("CARGO_TERM_PROGRESS_WIDTH", "80");
    }
    command
}

fn checked(name: &'static str, result: Result<()>) -> Outcomes {
    if let Err(error) = &result {
        println!("{error:#}");
    }
    vec![(name, Outcome::of_check(result.is_ok()))]
}

fn reported(name: &'static str, result: Result<Report>) -> Outcomes {
    checked(
        name,
        result.and_then(|report| {
            if report.print(name) {
                Ok(())
            } else {
                anyhow::bail!("each line above names file, line and rule")
            }
        }),
    )
}

fn counted(command: Command, hear: fn(&mut Tally, &str)) -> Outcome {
    let mut tally = Tally::default();
    match listen(command, |line| hear(&mut tally, line)) {
        Ok(status) => Outcome::of_tests(status.success(), tally),
        Err(error) => {
            println!("{error:#}");
            Outcome::Failed(tally)
        }
    }
}
