//! `cargo xtask bench [NAME] …`: the release build measured on this machine, as a Markdown table.

use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail};

use crate::arguments::Arguments;
use crate::process::{answer, cargo, run as run_command};
use crate::project::Project;
use crate::terminal::heading;

/// The sizes that general solvers are asked too: structures and lots.
const BESIDE_SOLVERS: [(&str, &str); 2] = [("40", "200"), ("400", "2000")];

/// `allocation` measures the engine alone and compiles in seconds; `load` builds the server and asks it for pages.
pub fn run(project: &Project, arguments: Arguments) -> Result<ExitCode> {
    let words = arguments.rest();
    let (name, rest) =
        words.split_first().map_or(("allocation", &[][..]), |(name, rest)| (name.as_str(), rest));
    println!("{}", machine(project));
    match name {
        "allocation" => {
            let folder = project.target()?.join("bench");
            std::fs::create_dir_all(&folder)?;
            heading("the engine");
            run_command(example(project, "table", rest))?;
            heading("eight weeks under each way of sharing");
            run_command(example(project, "weeks", &[]))?;
            heading("beside general solvers, where Python has them (ortools, highspy)");
            for (structures, lots) in BESIDE_SOLVERS {
                let problem = folder.join(format!("{structures}x{lots}.json"));
                let sizes = [structures.to_owned(), lots.to_owned()];
                let text = answer(example(project, "problem", &sizes)).context("no problem was printed")?;
                std::fs::write(&problem, text)?;
                let mut compare = Command::new("python3");
                compare.arg(project.root().join("bench/compare_lp.py")).arg(&problem);
                run_command(compare)?;
            }
        }
        "load" => {
            heading("the release build (about 17 minutes on two cores the first time)");
            let mut build = cargo(project);
            build.args(["build", "--release", "-p", "tablee", "-p", "bench"]);
            run_command(build)?;
            heading("benchmarks");
            let mut bench = Command::new(project.root().join("target/release/bench"));
            bench.args(rest).current_dir(project.root());
            run_command(bench)?;
        }
        other => bail!("there is no benchmark called {other}: allocation, load"),
    }
    Ok(ExitCode::SUCCESS)
}

/// A measure of the engine, in the release build.
fn example(project: &Project, name: &str, rest: &[String]) -> Command {
    let mut measure = cargo(project);
    measure.args(["run", "--quiet", "--release", "-p", "fair-share", "--example", name, "--"]).args(rest);
    measure
}

/// What the figures were measured on, as the head of a Markdown document.
fn machine(project: &Project) -> String {
    let cores =
        std::thread::available_parallelism().map_or_else(|_| "?".to_owned(), |count| count.to_string());
    let file = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut version = Command::new(rustc);
    version.arg("--version").current_dir(project.root());
    let mut commit = Command::new("git");
    commit.args(["rev-parse", "--short", "HEAD"]).current_dir(project.root());
    let unknown = || "unknown".to_owned();
    table(&[
        ("processor", processor(&file("/proc/cpuinfo")).unwrap_or_else(unknown)),
        ("cores", cores),
        ("memory", memory(&file("/proc/meminfo")).unwrap_or_else(unknown)),
        ("system", format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)),
        ("compiler", answer(version).unwrap_or_else(unknown)),
        ("commit", answer(commit).unwrap_or_else(unknown)),
    ])
}

fn table(rows: &[(&str, String)]) -> String {
    let names: Vec<_> = rows.iter().map(|(name, _)| *name).collect();
    let values: Vec<_> = rows.iter().map(|(_, value)| value.as_str()).collect();
    format!("| {} |\n|{}\n| {} |\n", names.join(" | "), "---|".repeat(rows.len()), values.join(" | "))
}

fn processor(cpuinfo: &str) -> Option<String> {
    let line = cpuinfo.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn memory(meminfo: &str) -> Option<String> {
    let line = meminfo.lines().find(|line| line.starts_with("MemTotal:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(format!("{} MiB", kibibytes / 1024))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machine_facts_become_a_table() {
        assert_eq!(
            processor("processor\t: 0\nmodel name\t: Some CPU @ 2 GHz\n").as_deref(),
            Some("Some CPU @ 2 GHz")
        );
        assert_eq!(memory("MemTotal:       24576000 kB\nMemFree: 1 kB").as_deref(), Some("24000 MiB"));
        let head = table(&[("cores", "2".to_owned()), ("memory", "24000 MiB".to_owned())]);
        assert_eq!(head, "| cores | memory |\n|---|---|\n| 2 | 24000 MiB |\n");
    }
}
