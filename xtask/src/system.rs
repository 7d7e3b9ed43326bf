//! The machine: who we are on it, and what may be installed.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{answer, run, succeeds, which};

/// Whether this process is the superuser (PostgreSQL and Chromium behave differently then).
pub fn is_root() -> bool {
    let mut id = Command::new("id");
    id.arg("-u");
    answer(id).as_deref() == Some("0")
}

/// Whether missing programs may be installed here; otherwise an error that says what to do by hand.
pub fn can_install() -> Result<()> {
    if !Path::new("/etc/debian_version").is_file() || which("apt-get").is_none() {
        bail!("install it with this system's own packages; only Debian's can be installed from here");
    }
    if !is_root() {
        bail!("install it by hand (for instance `sudo apt-get install …`): only root can from here");
    }
    Ok(())
}

/// Installs Debian packages, saying so; tries twice, because mirrors have bad minutes.
pub fn install(packages: &[&str]) -> Result<()> {
    can_install()?;
    let names = packages.join(" ");
    println!("installing Debian packages: {names}");
    for attempt in 1..=2 {
        if apt(&["update", "-q"])
            && apt(&[&["install", "-y", "-q", "--no-install-recommends"], packages].concat())
        {
            return Ok(());
        }
        println!("apt-get did not succeed (attempt {attempt} of 2)");
    }
    bail!("apt-get could not install {names}; its messages are above")
}

fn apt(words: &[&str]) -> bool {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args(["-o", "Dpkg::Use-Pty=0"]).args(words);
    command.stdin(std::process::Stdio::null());
    run(command).is_ok()
}

/// A way to run a program as somebody who is not root.
#[derive(Debug, Clone)]
pub struct OtherUser {
    /// The account's name.
    pub name: String,
    words: Vec<String>,
}

impl OtherUser {
    /// `postgres` where it exists, else `nobody`; `None` when this system has no way to become somebody else.
    pub fn find() -> Option<Self> {
        let name = ["postgres", "nobody"].into_iter().find(|name| {
            let mut id = Command::new("id");
            id.args(["-u", name]);
            succeeds(id)
        })?;
        let mut group = Command::new("id");
        group.args(["-g", name]);
        let group = answer(group)?;
        let words: Vec<String> = if which("setpriv").is_some() {
            ["setpriv", "--reuid", name, "--regid", &group, "--clear-groups", "--"].map(str::to_owned).into()
        } else if which("runuser").is_some() {
            ["runuser", "-u", name, "--"].map(str::to_owned).into()
        } else {
            return None;
        };
        Some(Self { name: name.to_owned(), words })
    }

    /// The words to put before a command line so that it runs as this account.
    pub fn prefix(&self) -> &[String] {
        &self.words
    }
}
