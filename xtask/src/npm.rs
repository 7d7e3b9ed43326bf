//! Front-end packages, fetched when their lock file changed and never by a build script.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::files;
use crate::process::{run, which};

/// Fetches the packages of a folder unless the ones of this very lock file are already there.
pub fn fetch(folder: &Path) -> Result<()> {
    let lock = files::fingerprint(folder, &[folder.join("package-lock.json")])?;
    let stamp = folder.join("node_modules/.tablee-stamp");
    if std::fs::read_to_string(&stamp).is_ok_and(|kept| kept == lock) {
        return Ok(());
    }
    println!("fetching the npm packages of {}/", folder.file_name().unwrap_or_default().to_string_lossy());
    let mut command = Command::new(program()?);
    command
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(folder);
    run(command)?;
    std::fs::create_dir_all(folder.join("node_modules"))?;
    std::fs::write(&stamp, lock).with_context(|| format!("{} cannot be written", stamp.display()))
}

fn program() -> Result<std::path::PathBuf> {
    which(if cfg!(windows) { "npm.cmd" } else { "npm" }).context(
        "npm was not found. Install Node.js 20 or later with npm (Debian and Ubuntu: `apt install nodejs npm`, \
         macOS: `brew install node`), then run the same command again.",
    )
}
