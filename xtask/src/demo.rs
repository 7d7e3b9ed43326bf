//! `cargo xtask demo`: from a fresh checkout to the demo territory in a browser, with an honest estimate.

use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result};

use crate::arguments::Arguments;
use crate::assets;
use crate::process::{cargo, run as run_command};
use crate::project::Project;
use crate::terminal::{heading, spoken};

/// Builds what is missing, then becomes the demo server.
pub fn run(project: &Project, mut arguments: Arguments) -> Result<ExitCode> {
    let reset = arguments.flag("--reset");
    let port = arguments.option("--port")?;
    let database = arguments.option("--db")?;
    arguments.nothing_left()?;
    if let Some(port) = &port {
        port.parse::<u16>()
            .with_context(|| format!("--port takes a number from 0 to 65535, not `{port}`"))?;
    }

    let started = std::time::Instant::now();
    let binary = project.binary("debug")?;
    println!("{}", estimate(binary.is_file(), std::thread::available_parallelism().map_or(2, usize::from)));

    heading("1 of 3: pages' style and scripts");
    assets::run(project)?;

    heading("2 of 3: the server");
    let mut build = cargo(project);
    build.args(["build", "-p", "tablee"]);
    run_command(build)?;

    heading(&format!("3 of 3: the demo territory (ready to start after {})", spoken(started.elapsed())));
    let database = match database {
        Some(path) => std::path::PathBuf::from(path),
        None => project.path("var/demo.db"),
    };
    if let Some(folder) = database.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be created", folder.display()))?;
    }
    let mut server = Command::new(binary);
    server.arg("demo").arg("--db").arg(database);
    if let Some(port) = port {
        server.args(["--port", &port]);
    }
    if reset {
        server.arg("--reset");
    }
    become_program(server)
}

/// What to expect, from the measured skeleton: about 12 minutes of one core from nothing.
fn estimate(built_before: bool, cores: usize) -> String {
    if built_before {
        return "The server was built here before: this takes seconds, or a minute if much changed."
            .to_owned();
    }
    let minutes = 12_usize.div_ceil(cores.max(1)).max(2);
    format!(
        "First start: everything is fetched and built once, about {minutes} minutes on {cores} cores \
         (cargo shows how far it is). The next start takes seconds."
    )
}

/// Leaves the terminal to the server, so that Ctrl-C reaches it and nobody else stands between.
fn become_program(mut server: Command) -> Result<ExitCode> {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        let error = server.exec();
        Err(error).context("the server could not be started")
    }
    #[cfg(not(unix))]
    {
        let status = server.status().context("the server could not be started")?;
        Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_estimate_follows_the_cores_and_what_is_built() {
        assert!(estimate(false, 2).contains("about 6 minutes on 2 cores"));
        assert!(estimate(false, 64).contains("about 2 minutes"));
        assert!(estimate(true, 2).contains("seconds"));
    }
}
