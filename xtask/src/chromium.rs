//! The browser of the journeys: the one named, the system's, or Debian's package.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::process::{is_program, which};
use crate::system;

const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const PLACES: &[&str] = &[
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// A Chromium to drive, installed if need be.
pub fn program() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM").map(PathBuf::from) {
        if is_program(&named) {
            return Ok(named);
        }
        bail!("CHROMIUM names {}, which is not a program", named.display());
    }
    if let Some(found) = found() {
        return Ok(found);
    }
    system::can_install().context("Chromium was not found")?;
    // Without a font the pages would be measured and pictured with empty boxes.
    system::install(&["chromium", "fonts-dejavu-core"])?;
    found().context("Chromium is still not there after installing it")
}

fn found() -> Option<PathBuf> {
    let placed = PLACES.iter().map(PathBuf::from).find(|path| is_program(path));
    NAMES.iter().find_map(|name| which(name)).or(placed)
}
