//! `cargo xtask assets`: style sheet, scripts and icons into `web/dist`, only when something changed.
//!
//! Never in a build script: `cargo check` must not touch the network.

use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::process::{run as run_command, which};
use crate::project::Project;
use crate::{files, npm};

/// Builds what is missing or out of date.
pub fn run(project: &Project) -> Result<()> {
    let web = project.path("web");
    for needed in ["package.json", "package-lock.json", "build.mjs"] {
        if !web.join(needed).is_file() {
            bail!("web/{needed} is missing: the checkout is not complete");
        }
    }
    // Everything of ours in the folder, not only src/: a forgotten input would leave stale files behind.
    let fingerprint = files::fingerprint(&web, &files::walk(&web)?)?;
    let stamp = web.join("dist/.stamp");
    if std::fs::read_to_string(&stamp).is_ok_and(|kept| kept == fingerprint) {
        println!("assets: up to date");
        return Ok(());
    }
    npm::fetch(&web)?;
    println!("building web/dist");
    let mut build = Command::new(node()?);
    build.arg("build.mjs").current_dir(&web);
    run_command(build)?;
    std::fs::create_dir_all(web.join("dist"))?;
    std::fs::write(&stamp, fingerprint).with_context(|| format!("{} cannot be written", stamp.display()))
}

/// The JavaScript runtime of the build and of the journeys.
pub fn node() -> Result<std::path::PathBuf> {
    which(if cfg!(windows) { "node.exe" } else { "node" })
        .context("node was not found. Install Node.js 20 or later, then run the same command again.")
}
