//! A private PostgreSQL for tests: found or installed, started on a free local port, gone afterwards.
//!
//! Invariant: the system's own clusters are never started, stopped or written to.

mod cluster;
mod find;

use std::process::ExitCode;

use anyhow::{Context as _, Result};

pub use cluster::Cluster;
pub use find::installation;

use crate::project::Project;
use crate::system;

/// Finds PostgreSQL (installing it where that is possible) and starts a private cluster.
pub fn start() -> Result<Cluster> {
    let found = match installation() {
        Some(found) => found,
        None => {
            find::install()?;
            installation().context("PostgreSQL 15 or later is still not there after installing it")?
        }
    };
    Cluster::start(&found)
}

/// `cargo xtask pg`: a cluster for developers, until Ctrl-C.
pub fn in_foreground(project: &Project) -> Result<ExitCode> {
    let mut cluster = start()?;
    println!("PostgreSQL {} answers at {}", cluster.version(), cluster.url());
    println!("Everything in it disappears with Ctrl-C. Two uses of it:");
    println!("  TABLEE_TEST_POSTGRES_URL={} cargo nextest run -p store", cluster.url());
    println!("  TABLEE_DATABASE_URL={} {} serve", cluster.url(), project.binary("debug")?.display());
    if system::is_root() {
        println!(
            "(it runs as the user `{}`, because PostgreSQL refuses root)",
            cluster.owner().unwrap_or("?")
        );
    }
    cluster.wait()?;
    Ok(ExitCode::SUCCESS)
}
