//! Where the system keeps PostgreSQL's programs, and how to get them on Debian.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::process::{answer, is_program, which};
use crate::system;

/// The oldest major version the product supports.
const OLDEST: u32 = 15;

/// The programs of one PostgreSQL version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    /// The folder with `initdb`, `pg_ctl` and `postgres`.
    pub programs: PathBuf,
    /// Its major version.
    pub version: u32,
}

/// The newest usable version on this machine.
pub fn installation() -> Option<Installation> {
    let mut folders: Vec<PathBuf> = Vec::new();
    for versions in ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"] {
        let entries = std::fs::read_dir(versions).into_iter().flatten().flatten();
        folders.extend(entries.map(|entry| entry.path().join("bin")));
    }
    if let Some(asked) = which("pg_config").map(Command::new).and_then(|mut command| {
        command.arg("--bindir");
        answer(command)
    }) {
        folders.push(asked.into());
    }
    // Distributions link single programs into PATH; their neighbours are where the link points.
    let linked =
        which("postgres").or_else(|| which("initdb")).and_then(|program| program.canonicalize().ok());
    folders.extend(linked.and_then(|program| program.parent().map(Path::to_path_buf)));
    folders.into_iter().filter_map(|folder| usable(&folder)).max_by_key(|found| found.version)
}

fn usable(folder: &Path) -> Option<Installation> {
    if !["initdb", "pg_ctl", "postgres"].iter().all(|name| is_program(&folder.join(name))) {
        return None;
    }
    let mut command = Command::new(folder.join("postgres"));
    command.arg("--version");
    let version = major(&answer(command)?)?;
    (version >= OLDEST).then(|| Installation { programs: folder.to_path_buf(), version })
}

/// The major version in `postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)`.
fn major(line: &str) -> Option<u32> {
    let number = line.split_whitespace().find(|word| word.starts_with(|char: char| char.is_ascii_digit()))?;
    number.split(|char: char| !char.is_ascii_digit()).next()?.parse().ok()
}

/// Installs PostgreSQL without letting the distribution create and start a cluster of its own.
pub fn install() -> Result<()> {
    system::can_install().context("PostgreSQL 15 or later was not found")?;
    let folder = Path::new("/etc/postgresql-common/createcluster.d");
    let setting = folder.join("zz-tablee.conf");
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be created", folder.display()))?;
    std::fs::write(&setting, "create_main_cluster = false\n")
        .with_context(|| format!("{} cannot be written", setting.display()))?;
    let installed = system::install(&["postgresql"]);
    // Only this installation is concerned: later ones follow the administrator's own choice again.
    drop(std::fs::remove_file(&setting));
    installed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_the_programs_print() {
        assert_eq!(major("postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 18beta2"), Some(18));
        assert_eq!(major("postgres"), None);
    }
}
